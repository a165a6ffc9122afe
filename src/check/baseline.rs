//! The findings that were there before: a file that is written once, and lists what does not fail.
//!
//! A finding is known again by its file, its cause and the shape of its request (`GET api.example/orders/{}`), so that new
//! tokens, ids and lines do not make it a new one. Nothing of a credential is in it: it is made of the diagnosis.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a baseline knows a finding by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct BaselineKey {
    /// The path of the file.
    pub(crate) file: String,
    /// The id of the cause.
    pub(crate) cause: String,
    /// The shape of the request.
    pub(crate) request: String,
}

/// So many findings of one kind.
#[derive(Debug, Serialize, Deserialize)]
struct BaselineRow {
    #[serde(flatten)]
    key: BaselineKey,
    count: usize,
}

/// The file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaselineFile {
    version: u32,
    findings: Vec<BaselineRow>,
}

/// The findings of a baseline that were not met yet.
#[derive(Debug, Default)]
pub(crate) struct Baseline {
    left: BTreeMap<BaselineKey, usize>,
}

const VERSION: u32 = 1;

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with it, without anything of its text.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let file: BaselineFile = serde_json::from_slice(bytes)
            .map_err(|error| format!("not a baseline: line {}, column {}", error.line(), error.column()))?;
        if file.version != VERSION {
            return Err(format!("a baseline of version {}; this program reads version {VERSION}", file.version));
        }
        let mut left = BTreeMap::new();
        for row in file.findings {
            *left.entry(row.key).or_default() += row.count;
        }
        Ok(Self { left })
    }

    /// Whether a finding is in it; each entry counts once.
    pub(crate) fn take(&mut self, key: &BaselineKey) -> bool {
        match self.left.get_mut(key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many of its findings were not met, in the files that were read.
    pub(crate) fn gone(&self, is_read: impl Fn(&str) -> bool) -> usize {
        self.left.iter().filter(|(key, _)| is_read(&key.file)).map(|(_, count)| count).sum()
    }
}

/// The text of a baseline with these findings.
pub(crate) fn written(findings: &[BaselineKey]) -> String {
    let mut counts: BTreeMap<&BaselineKey, usize> = BTreeMap::new();
    for key in findings {
        *counts.entry(key).or_default() += 1;
    }
    let findings = counts.into_iter().map(|(key, count)| BaselineRow { key: key.clone(), count }).collect();
    let file = BaselineFile { version: VERSION, findings };
    // Strings and numbers are always JSON.
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(cause: &str) -> BaselineKey {
        BaselineKey { file: "a.har".into(), cause: cause.into(), request: "GET api.example/orders/{}".into() }
    }

    #[test]
    fn a_finding_counts_as_often_as_it_was_there() {
        let text = written(&[key("token-expired"), key("token-expired"), key("token-unknown")]);
        let mut baseline = Baseline::read(text.as_bytes()).expect("a baseline");
        assert_eq!([0, 1, 2].map(|_| baseline.take(&key("token-expired"))), [true, true, false]);
        assert_eq!(baseline.gone(|file| file == "a.har"), 1);
        assert_eq!(baseline.gone(|_| false), 0);
    }

    #[test]
    fn another_file_is_rejected_without_its_text() {
        let said = Baseline::read(br#"{"token": "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"}"#).expect_err("not a baseline");
        assert!(!said.contains("4kQe") && said.contains("line 1"), "{said}");
        assert!(Baseline::read(br#"{"version": 2, "findings": []}"#).expect_err("a version").contains("version 2"));
    }
}

//! The code quality report of GitLab.

use std::io;

use serde_json::{Value, json};

use super::issues::{Issue, issues};
use crate::diagnosis::model::{Diagnosis, Verdict};

/// Writes one report for all files.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    let all: Vec<Value> =
        files.iter().flat_map(|(file, diagnosis)| issues(file, diagnosis)).map(|issue| entry(&issue)).collect();
    serde_json::to_writer_pretty(&mut *out, &all)?;
    out.write_all(b"\n")
}

fn entry(issue: &Issue<'_>) -> Value {
    json!({
        "description": issue.message(),
        "check_name": issue.id,
        "fingerprint": format!("{:016x}", fingerprint(issue)),
        "severity": match issue.verdict {
            Verdict::Confirmed => "critical",
            Verdict::Likely => "major",
            Verdict::Possible | Verdict::Next => "minor",
            _ => "info",
        },
        "location": { "path": issue.file, "lines": { "begin": issue.start.0, "end": issue.end.0 } },
    })
}

/// The same number for the same finding in every run (FNV-1a). Nothing of the text goes into it.
fn fingerprint(issue: &Issue<'_>) -> u64 {
    let place = format!("{}\0{}\0{}\0{}", issue.file, issue.id, issue.start.0, issue.start.1);
    place.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_fingerprint_for_each_finding() {
        let story = samples::story();
        let all = issues("a.txt", &story);
        let prints: std::collections::BTreeSet<u64> = all.iter().map(fingerprint).collect();
        assert_eq!(prints.len(), all.len());
        assert!(all.len() > 1);
    }
}

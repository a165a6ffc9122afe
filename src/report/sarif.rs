//! SARIF 2.1.0, which code hosts and editors show beside the file.

use std::io;

use serde_json::{Value, json};

use super::issues::{Issue, issues};
use super::line_index::LineIndex;
use crate::diagnosis::model::{Diagnosis, Verdict};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes one log for all files.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    let mut ids: Vec<&str> = Vec::new();
    let mut rules: Vec<Value> = Vec::new();
    let mut results: Vec<Value> = Vec::new();
    for (file, diagnosis) in files {
        let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
        for issue in issues(file, diagnosis) {
            let index = ids.iter().position(|id| *id == issue.id).unwrap_or_else(|| {
                ids.push(issue.id);
                rules.push(rule(&issue));
                ids.len() - 1
            });
            results.push(result(&issue, index, &places));
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "why401", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn rule(issue: &Issue<'_>) -> Value {
    let mut rule = json!({ "id": issue.id, "shortDescription": { "text": issue.title } });
    if !issue.references.is_empty() {
        rule["help"] = json!({ "text": format!("Sources: {}", issue.references.join("; ")) });
    }
    rule
}

fn result(issue: &Issue<'_>, index: usize, places: &LineIndex<'_>) -> Value {
    let (start, end) = places.ends(issue.span);
    json!({
        "ruleId": issue.id,
        "ruleIndex": index,
        "level": level(issue.verdict),
        "message": { "text": issue.message() },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(issue.file) },
                "region": {
                    "startLine": start.0,
                    "startColumn": start.1,
                    "endLine": end.0,
                    "endColumn": end.1,
                },
            },
        }],
        "properties": { "verdict": issue.verdict.name() },
    })
}

const fn level(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "error",
        Verdict::Likely => "warning",
        _ => "note",
    }
}

/// A file name as the relative reference of a URI.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn regions_are_exact() {
        let story = samples::story();
        let mut out = Vec::new();
        write(&mut out, &[("my ticket.txt", &story)]).expect("a vector takes it");
        let log: Value = serde_json::from_slice(&out).expect("JSON");
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20ticket.txt");
        // `Authorization: ` has 15 characters, the token 28.
        let region = json!({ "startLine": 6, "startColumn": 16, "endLine": 6, "endColumn": 44 });
        assert_eq!(place["region"], region);
        assert_eq!(log["runs"][0]["results"][0]["ruleId"], "missing-bearer-prefix");
    }
}

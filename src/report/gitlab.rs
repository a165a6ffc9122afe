//! The code quality report of GitLab.

use std::io;

use serde_json::{Value, json};

use super::issues::{Issue, issues};
use super::line_index::LineIndex;
use crate::diagnosis::model::{Diagnosis, Verdict};

/// Writes one report for all files.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    let mut all: Vec<Value> = Vec::new();
    for (file, diagnosis) in files {
        let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
        all.extend(issues(file, diagnosis).iter().map(|issue| entry(issue, &places)));
    }
    serde_json::to_writer_pretty(&mut *out, &all)?;
    out.write_all(b"\n")
}

fn entry(issue: &Issue<'_>, places: &LineIndex<'_>) -> Value {
    let (start, end) = places.ends(issue.span);
    json!({
        "description": issue.message(),
        "check_name": issue.id,
        "fingerprint": format!("{:016x}", fingerprint(issue, start)),
        "severity": match issue.verdict {
            Verdict::Confirmed => "critical",
            Verdict::Likely => "major",
            Verdict::Possible | Verdict::Next => "minor",
            _ => "info",
        },
        "location": { "path": issue.file, "lines": { "begin": start.0, "end": end.0 } },
    })
}

/// The same number for the same finding in every run (FNV-1a). Nothing of the text goes into it.
fn fingerprint(issue: &Issue<'_>, start: (usize, usize)) -> u64 {
    let place = format!("{}\0{}\0{}\0{}", issue.file, issue.id, start.0, start.1);
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
        let places = LineIndex::new(&story.paste, &story.lines);
        let prints: std::collections::BTreeSet<u64> =
            all.iter().map(|issue| fingerprint(issue, places.position(issue.span.start))).collect();
        assert_eq!(prints.len(), all.len());
        assert!(all.len() > 1);
    }
}

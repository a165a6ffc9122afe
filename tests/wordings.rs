//! Messages of libraries, labelled with what their words say: how many of them are read rightly.
//!
//! A message alone is in a 401, so that nothing but its words can name a cause.

use std::fs;

use why401::{Options, Pack, Verdict, diagnose};

/// The least share of specific messages whose first cause is right.
const RIGHT: f64 = 0.88;

/// The greatest share of specific messages whose first cause is wrong, and likely or confirmed.
const WRONG: f64 = 0.02;

#[test]
fn messages_of_libraries_are_read() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let table = fs::read_to_string("tests/wordings.tsv").expect("readable");
    let (mut specific, mut right, mut wrong, mut too_sure) = (0.0, 0.0, Vec::new(), Vec::new());
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut columns = line.splitn(3, '\t');
        let (label, _, text) = (columns.next().unwrap_or(""), columns.next(), columns.next().unwrap_or(""));
        let body = serde_json::json!({ "message": text });
        let capture = format!("HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{body}\n");
        let diagnosis = diagnose(capture.as_bytes(), &pack, &Options::default());
        let causes: Vec<(&str, Verdict)> =
            diagnosis.exchanges.iter().flat_map(|e| &e.causes).map(|c| (c.id.as_str(), c.verdict)).collect();
        let wanted: Vec<&str> = label.trim_start_matches('?').split(',').collect();
        let is_unfit = |(id, verdict): &(&str, Verdict)| *verdict <= Verdict::Likely && !wanted.contains(id);
        if label.starts_with('?') || label == "vague" {
            too_sure.extend(causes.iter().find(|c| is_unfit(c)).map(|(id, _)| format!("{text}: {id}")));
            continue;
        }
        specific += 1.0;
        match causes.first() {
            Some((id, _)) if wanted.contains(id) => right += 1.0,
            Some(cause) if is_unfit(cause) => wrong.push(format!("{text}: {}", cause.0)),
            _ => {}
        }
    }
    assert!(specific > 100.0, "the table is read");
    assert!(right / specific >= RIGHT, "{right} of {specific} are right");
    assert!((wrong.len() as f64) / specific <= WRONG, "{}", wrong.join("\n"));
    assert!(too_sure.len() <= 1, "{}", too_sure.join("\n"));
}

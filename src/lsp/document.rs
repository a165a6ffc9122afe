//! An open document, the edits of the editor, and what was found in a version of it.
//!
//! The text is a rope: an edit costs the same in a text of any length, and a copy for the thread that diagnoses costs nothing.

use std::sync::Arc;
use std::time::Instant;

use ropey::Rope;
use serde_json::Value;

use super::edits::EditLog;
use super::place::{ColumnUnit, character};
use super::spans::FoundIndex;
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis};
use crate::report::issues::{Issue, of_exchange};

/// A document.
#[derive(Debug)]
pub(super) struct OpenDocument {
    pub(super) version: i64,
    pub(super) text: Rope,
    /// When it was last changed.
    pub(super) changed: Instant,
    /// Whether a version after the last one that was taken is to be diagnosed.
    pub(super) is_stale: bool,
    analysis: Option<Arc<Analysis>>,
    /// The edits since the version of the analysis; without one, since it was opened.
    edits: EditLog,
    /// The edits since a version was taken to be diagnosed.
    taken: Option<EditLog>,
}

/// What was found in a version of a document.
#[derive(Debug)]
pub(super) struct Analysis {
    pub(super) diagnosis: Diagnosis,
    /// Whether the places of the diagnosis are those of the document. What was opened before it was read has others.
    pub(super) has_places: bool,
    /// The findings by their places: each by its exchange and its number there.
    pub(super) findings: FoundIndex<(usize, usize)>,
}

impl Analysis {
    pub(super) fn new(text: &str, diagnosis: Diagnosis) -> Self {
        let mut findings = Vec::new();
        for (exchange, of_it) in diagnosis.exchanges.iter().enumerate().filter(|(_, e)| e.superseded_by.is_none()) {
            let issues = of_exchange("", &diagnosis.lines, of_it);
            findings.extend(issues.iter().enumerate().map(|(number, issue)| (issue.span, (exchange, number))));
        }
        let has_places = diagnosis.paste.raw() == text;
        Self { has_places, findings: FoundIndex::new(findings), diagnosis }
    }

    /// A finding, with its exchange.
    pub(super) fn finding(&self, (exchange, number): (usize, usize)) -> Option<(Issue<'_>, &ExchangeDiagnosis)> {
        let exchange = self.diagnosis.exchanges.get(exchange)?;
        let issue = of_exchange("", &self.diagnosis.lines, exchange).into_iter().nth(number)?;
        Some((issue, exchange))
    }
}

/// The findings of an older version, in the text as it is now.
pub(super) struct FoundBefore<'d> {
    pub(super) analysis: &'d Analysis,
    pub(super) text: &'d Rope,
    pub(super) edits: &'d EditLog,
    pub(super) unit: ColumnUnit,
}

impl OpenDocument {
    pub(super) fn new(version: i64, text: &str, changed: Instant) -> Self {
        let (edits, taken) = (EditLog::default(), None);
        Self { version, text: Rope::from_str(text), changed, is_stale: true, analysis: None, edits, taken }
    }

    /// Applies the edits of a change in their order.
    pub(super) fn change(&mut self, version: i64, edits: &[Value], unit: ColumnUnit, now: Instant) {
        for edit in edits {
            let Some(new) = edit["text"].as_str() else { continue };
            match edit.get("range").filter(|range| !range.is_null()) {
                Some(range) => {
                    let start = character(&self.text, &range["start"], unit);
                    let end = character(&self.text, &range["end"], unit).max(start);
                    self.log(self.text.char_to_byte(start)..self.text.char_to_byte(end), new.len());
                    self.text.remove(start..end);
                    self.text.insert(start, new);
                }
                None => {
                    self.log(0..self.text.len_bytes(), new.len());
                    self.text = Rope::from_str(new);
                }
            }
        }
        self.version = version;
        self.changed = now;
        self.is_stale = true;
    }

    fn log(&mut self, old: std::ops::Range<usize>, new: usize) {
        if let Some(taken) = &mut self.taken {
            taken.push(old.clone(), new);
        }
        self.edits.push(old, new);
    }

    /// The text, to be diagnosed.
    pub(super) fn take(&mut self) -> Rope {
        self.is_stale = false;
        self.taken = Some(EditLog::default());
        self.text.clone()
    }

    /// Gives what was found in the text that was taken. False if that was the text of a document that was closed.
    pub(super) fn give(&mut self, analysis: Arc<Analysis>) -> bool {
        let Some(edits) = self.taken.take() else { return false };
        self.edits = edits;
        self.analysis = Some(analysis);
        true
    }

    /// What was found in the newest version that was diagnosed.
    pub(super) fn found(&self, unit: ColumnUnit) -> Option<FoundBefore<'_>> {
        let analysis = self.analysis.as_deref()?;
        Some(FoundBefore { analysis, text: &self.text, edits: &self.edits, unit })
    }

    /// Whether the text was edited since that version.
    pub(super) fn is_edited(&self) -> bool {
        !self.edits.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn range(line: u32, from: u32, to: u32) -> Value {
        json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } })
    }

    #[test]
    fn edits_are_applied_in_their_order() {
        let now = Instant::now();
        let mut document = OpenDocument::new(1, "GET /a\nHost: x\n", now);
        let edits = [
            json!({ "range": range(1, 6, 7), "text": "\u{1F600}y" }),
            json!({ "range": range(1, 8, 9), "text": "z" }),
            json!({ "range": range(0, 4, 6), "text": "/b" }),
        ];
        document.change(2, &edits, ColumnUnit::Utf16, now);
        assert_eq!(document.text, "GET /b\nHost: \u{1F600}z\n");
        document.change(3, &[json!({ "text": "new" })], ColumnUnit::Utf16, now);
        assert_eq!((document.version, document.text.to_string().as_str()), (3, "new"));
    }

    /// What an edit allocates; the places of an edit are found and its text is written without a look at the rest.
    #[test]
    fn an_edit_costs_the_same_in_a_text_of_any_length() {
        let line = "10:15:42 INFO \"GET /v1/orders/17 HTTP/1.1\" 200 from 10.0.0.7 in 12 ms\n";
        let cost = |lines: usize| {
            let mut document = OpenDocument::new(1, &line.repeat(lines), Instant::now());
            // The first edit after that copies what it changes, since the thread that diagnoses has the same text.
            let taken = document.take();
            let middle = u32::try_from(lines / 2).expect("a small number");
            let cost = allocation_counter::measure(|| {
                for column in 0..10 {
                    let edit = json!({ "range": range(middle, column, column), "text": "#" });
                    document.change(2, &[edit], ColumnUnit::Utf16, Instant::now());
                }
            });
            assert_eq!(taken.len_bytes() + 10, document.text.len_bytes());
            cost.bytes_total
        };
        let (small, large) = (cost(1_000), cost(100_000));
        assert!(large < small + 20_000, "{small} bytes in 70 KB, {large} bytes in 7 MB");
    }
}

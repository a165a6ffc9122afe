//! An open document, and the edits of the editor.

use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;

use super::place::{ColumnUnit, offset};
use crate::diagnosis::model::Diagnosis;

/// A document.
#[derive(Debug)]
pub(super) struct OpenDocument {
    pub(super) version: i64,
    pub(super) text: Arc<String>,
    /// When it was last changed.
    pub(super) changed: Instant,
    /// Whether its findings are those of an older version.
    pub(super) is_stale: bool,
    pub(super) analysis: Option<Arc<Analysis>>,
}

/// What was found in a version of a document.
#[derive(Debug)]
pub(super) struct Analysis {
    pub(super) version: i64,
    pub(super) text: Arc<String>,
    pub(super) diagnosis: Diagnosis,
}

impl Analysis {
    /// Whether the places of the diagnosis are those of the document. What was opened before it was read has others.
    pub(super) fn has_places(&self) -> bool {
        self.diagnosis.paste.raw() == self.text.as_str()
    }
}

impl OpenDocument {
    pub(super) fn new(version: i64, text: String, changed: Instant) -> Self {
        Self { version, text: Arc::new(text), changed, is_stale: true, analysis: None }
    }

    /// Applies the edits of a change in their order.
    pub(super) fn change(&mut self, version: i64, edits: &[Value], unit: ColumnUnit, now: Instant) {
        for edit in edits {
            let Some(new) = edit["text"].as_str() else { continue };
            match edit.get("range").filter(|range| !range.is_null()) {
                Some(range) => {
                    let start = offset(&self.text, &range["start"], unit);
                    let end = offset(&self.text, &range["end"], unit).max(start);
                    Arc::make_mut(&mut self.text).replace_range(start..end, new);
                }
                None => self.text = Arc::new(new.to_owned()),
            }
        }
        self.version = version;
        self.changed = now;
        self.is_stale = true;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn edits_are_applied_in_their_order() {
        let now = Instant::now();
        let mut document = OpenDocument::new(1, "GET /a\nHost: x\n".into(), now);
        let range = |line: u32, from: u32, to: u32| json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
        let edits = [
            json!({ "range": range(1, 6, 7), "text": "\u{1F600}y" }),
            json!({ "range": range(1, 8, 9), "text": "z" }),
            json!({ "range": range(0, 4, 6), "text": "/b" }),
        ];
        document.change(2, &edits, ColumnUnit::Utf16, now);
        assert_eq!(*document.text, "GET /b\nHost: \u{1F600}z\n");
        document.change(3, &[json!({ "text": "new" })], ColumnUnit::Utf16, now);
        assert_eq!((document.version, document.text.as_str()), (3, "new"));
    }
}

//! Says which form a JSON document has.

use super::model::{Form, ReadBy};
use super::table::FORMS;
use crate::capture::json::Json;
use crate::capture::json::content::{self, Content};
use crate::capture::json::heads::is_headers;
use crate::capture::model::Exchange;
use crate::text::Text;

/// A JSON document, recognised.
pub(crate) enum Document {
    /// A record of exchanges.
    Record(DocumentRecord),
    /// The content of a message, or a text like any other.
    Content(Content),
}

/// The form of a record, and its reader.
pub(crate) struct DocumentRecord {
    pub(crate) form: &'static Form,
    read: fn(&Json, &Text) -> Option<Vec<Exchange>>,
}

impl DocumentRecord {
    /// Reads the record, given the text before it on its line.
    pub(crate) fn exchanges(&self, json: &Json, before: &Text) -> Option<Vec<Exchange>> {
        (self.read)(json, before)
    }
}

/// Recognises a document: the first row of the table that knows it has it.
pub(crate) fn recognise(json: &Json) -> Document {
    for form in FORMS {
        if let ReadBy::Json { recognise, read } = form.read_by
            && recognise(json)
        {
            return Document::Record(DocumentRecord { form, read });
        }
    }
    let headers = || if is_headers(json) { Content::Headers } else { Content::Other };
    Document::Content(content::of(json).unwrap_or_else(headers))
}

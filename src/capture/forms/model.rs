//! What a form of capture is: how it is recognised, who reads it, and what its samples show.

use super::reader::Reader;
use crate::capture::json::Json;
use crate::capture::model::Exchange;
use crate::capture::shell::request::CommandRead;
use crate::text::Text;

/// A form in which requests are captured.
#[derive(Debug)]
pub(crate) struct Form {
    /// The word of `--from` that covers it.
    pub(crate) from: Reader,
    /// How it is recognised and read.
    pub(crate) read_by: ReadBy,
    /// What its samples show: one row of `docs/formats.md` each.
    pub(crate) shown: &'static [SampleRow],
}

/// How a form is recognised and read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ReadBy {
    /// A JSON document. The first row that recognises it has it.
    Json {
        recognise: fn(&Json) -> bool,
        /// Takes the document and the text before it on its line. `None` where it shows nothing after all.
        read: fn(&Json, &Text) -> Option<Vec<Exchange>>,
    },
    /// The call of a program. Of the rows with its name, the first that can read it has it.
    Program {
        /// In lower case.
        names: &'static [&'static str],
        /// Whether the name is only this program in lower case (`http`, and not `HTTP`).
        exact_case: bool,
        /// Takes the text and the offset of the name.
        read: fn(&Text, usize) -> Option<CommandRead>,
    },
    /// Lines of text, which `capture/lines` reads and `capture/assemble` puts together. When `--from` asks for this
    /// form, only the exchanges for which this holds are kept.
    Lines(fn(&Exchange) -> bool),
}

/// What the samples of a form show. The tests compare each cell with what is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SampleRow {
    /// The form, or a variety of it.
    pub(crate) name: &'static str,
    /// The parts of an exchange that are found in at least one sample; no sample shows others.
    pub(crate) parts: &'static str,
    /// How much of a request is known in the samples: `whole`, `withheld`, `part`.
    pub(crate) extents: &'static str,
    /// What that means for a field that is not shown.
    pub(crate) unseen: &'static str,
    /// Files in tests/captures, without `.txt`.
    pub(crate) samples: &'static [&'static str],
}

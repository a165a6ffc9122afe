//! The room that reads: any text in, exchanges out.
//!
//! It never fails. What cannot be parsed is prose, and a problem becomes a note with a span. What a thing means
//! is left to the rooms after it. It knows the words of HTTP and OAuth, of tools and of people who describe requests;
//! what is particular to one API (its field names, the labels of its ids) comes from the packs' vocabulary.

mod assemble;
pub(crate) mod body;
mod embedded;
mod forms;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod markup;
mod mentions;
pub(crate) mod model;
mod reader;
pub(crate) mod setup;
mod shell;
mod thread;
mod view;
pub(crate) mod when;
mod whole;
pub(crate) mod words;
pub(crate) mod yaml;

pub use forms::document as formats_document;
pub use forms::read_commands;
pub use forms::reader::Reader;
pub use whole::read;

use model::Capture;

use crate::pack::model::Vocabulary;
use crate::text::Text;

/// Reads a paste by one reader, or by whichever fit.
#[must_use]
pub fn read_as(paste: &Text, vocabulary: &Vocabulary, reader: Reader) -> Capture {
    match reader {
        Reader::AUTO => read(paste, vocabulary),
        reader => reader::read(paste, vocabulary, reader),
    }
}

//! The room that reads: any text in, exchanges out.
//!
//! It is total: there is no error. What cannot be parsed is prose, trouble is a note with a span. What a thing means
//! is left to the rooms after it. It knows the words of HTTP and OAuth, of tools and of people who describe requests;
//! what is particular to one API (its field names, the labels of its ids) comes from the packs' vocabulary.

mod assemble;
pub(crate) mod body;
mod embedded;
mod forms;
pub(crate) mod json;
pub(crate) mod lines;
mod mentions;
pub mod model;
mod reader;
mod shell;
mod thread;
mod view;
pub(crate) mod when;
pub(crate) mod words;

pub use forms::document as formats_document;
pub use forms::read_commands;
pub use forms::reader::Reader;
use std::ops::Range;

use model::{Capture, Exchange, Format, Note};

use crate::pack::model::Vocabulary;
use crate::text::Text;

/// Reads a paste by whichever readers fit.
#[must_use]
pub fn read(paste: &Text, vocabulary: &Vocabulary) -> Capture {
    let mut notes = Vec::new();
    let view = view::View::of(paste);
    let embedded = embedded::find(&view.text, Reader::AUTO, &mut notes);
    let clues = lines::read(&view, vocabulary, embedded);
    let records: Vec<_> = clues.iter().filter(|i| i.is_record()).map(|i| i.at.clone()).collect();
    assemble_capture(paste, clues, &view, vocabulary, &records, notes)
}

/// Reads a paste by one reader, or by whichever fit.
#[must_use]
pub fn read_as(paste: &Text, vocabulary: &Vocabulary, reader: Reader) -> Capture {
    match reader {
        Reader::AUTO => read(paste, vocabulary),
        reader => reader::read(paste, vocabulary, reader),
    }
}

/// Assembles what a text says: the text of one person, or of several in turn.
fn assemble_capture(
    paste: &Text,
    clues: Vec<lines::clue::Placed>,
    view: &view::View,
    vocabulary: &Vocabulary,
    records: &[Range<usize>],
    notes: Vec<Note>,
) -> Capture {
    let mut thread = thread::read(paste, vocabulary);
    let mentions = mentions::read(view, vocabulary, records);
    let topics = mentions::topics(&view.text, vocabulary);
    let (mut exchanges, mentions, topics) = match &mut thread {
        Some(thread) => {
            (thread.exchanges(clues, view, vocabulary), thread.mentions(mentions, paste), thread.topics(topics))
        }
        None => (
            assemble::assemble(clues, view, vocabulary),
            mentions::first_of_each(mentions),
            mentions::first_of_each_topic(topics),
        ),
    };
    let mut spoken_of = mentions.iter().map(|m| m.value.span()).chain(topics.iter().map(|t| t.span));
    if exchanges.is_empty()
        && let Some(first) = spoken_of.next()
    {
        let last = spoken_of.last().unwrap_or(first);
        // Nothing of a request is quoted, but the text is about one.
        exchanges.push(Exchange::unseen(Format::Ticket, first.to(last)));
    }
    Capture { exchanges, mentions, topics, notes, thread }
}

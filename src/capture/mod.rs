//! The room that reads: any text in, exchanges out.
//!
//! It is total: there is no error. What cannot be parsed is prose, trouble is a note with a span. What a thing means
//! is left to the rooms after it. It knows the words of HTTP and OAuth, of tools and of people who describe requests;
//! what is particular to one API (its field names, the labels of its ids) comes from the packs' vocabulary.

mod command;
mod curl;
pub(crate) mod document;
mod group;
pub(crate) mod har;
mod httpie;
pub(crate) mod items;
pub(crate) mod json;
mod mentions;
pub mod model;
pub(crate) mod postman;
mod powershell;
pub mod reader;
mod shell;
mod thread;
mod unwrap;
mod view;
mod wget;
pub(crate) mod when;
mod words;

pub use command::read_commands;
use std::ops::Range;

use model::{Capture, Exchange, Format, Mention, Note, Request};
use reader::Reader;

use crate::pack::model::Vocabulary;
use crate::text::Text;

/// Reads a paste by whichever readers fit.
#[must_use]
pub fn read(paste: &Text, vocabulary: &Vocabulary) -> Capture {
    let mut notes = Vec::new();
    let view = view::View::of(paste);
    let items = items::scan(&view, vocabulary, Reader::Auto, &mut notes);
    let records: Vec<_> = items.iter().filter(|i| i.is_record()).map(|i| i.at.clone()).collect();
    told(paste, items, &view, vocabulary, &records, notes)
}

/// Reads a paste by one reader, or by whichever fit.
#[must_use]
pub fn read_as(paste: &Text, vocabulary: &Vocabulary, reader: Reader) -> Capture {
    match reader {
        Reader::Auto => read(paste, vocabulary),
        reader => reader::read(paste, vocabulary, reader),
    }
}

/// Puts together what a text tells: of one person, or of several in turn.
fn told(
    paste: &Text,
    items: Vec<items::Placed>,
    view: &view::View,
    vocabulary: &Vocabulary,
    records: &[Range<usize>],
    notes: Vec<Note>,
) -> Capture {
    let mut thread = thread::read(paste, vocabulary);
    let mentions = mentions::read(view, vocabulary, records);
    let (exchanges, mentions) = match &mut thread {
        Some(thread) => (thread.exchanges(items, view, vocabulary), thread.mentions(mentions, paste)),
        None => (group::group(items, view, vocabulary), mentions::first_of_each(mentions)),
    };
    Capture { thread, ..around(exchanges, mentions, notes) }
}

fn around(mut exchanges: Vec<Exchange>, mentions: Vec<Mention>, notes: Vec<Note>) -> Capture {
    if exchanges.is_empty()
        && let (Some(first), Some(last)) = (mentions.first(), mentions.last())
    {
        // Nothing of a request is quoted, but the text is about one.
        exchanges.push(Exchange {
            format: Format::Ticket,
            request: Request::default(),
            response: None,
            sent_at: None,
            mentions: Vec::new(),
            at: first.value.span().to(last.value.span()),
        });
    }
    Capture { exchanges, mentions, notes, thread: None }
}

//! A whole paste, each part of it read as whichever form fits.

use std::ops::Range;

use super::forms::reader::Reader;
use super::lines::clue::Placed;
use super::model::{Capture, Exchange, Format, Note};
use super::view::View;
use super::{assemble, embedded, lines, mentions, setup, thread};
use crate::pack::model::Vocabulary;
use crate::text::Text;

/// Reads a paste by whichever readers fit.
#[must_use]
pub fn read(paste: &Text, vocabulary: &Vocabulary) -> Capture {
    let mut notes = Vec::new();
    let view = View::of(paste);
    let embedded = embedded::find(&view.text, Reader::AUTO, &mut notes);
    let clues = lines::read(&view, vocabulary, embedded);
    let records: Vec<_> = clues.iter().filter(|i| i.is_record()).map(|i| i.at.clone()).collect();
    assemble_capture(paste, clues, &view, vocabulary, &records, notes)
}

/// Assembles what a text says: the text of one person, or of several in turn.
pub(super) fn assemble_capture(
    paste: &Text,
    clues: Vec<Placed>,
    view: &View,
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
    let setup = setup::read(&view.text);
    let faults = setup.faults.iter().map(|(_, at)| *at);
    let mut spoken_of = mentions.iter().map(|m| m.value.span()).chain(topics.iter().map(|t| t.span)).chain(faults);
    if exchanges.is_empty()
        && let Some(first) = spoken_of.next()
    {
        let last = spoken_of.last().unwrap_or(first);
        // Nothing of a request is quoted, but the text is about one.
        exchanges.push(Exchange::unseen(Format::Ticket, first.to(last)));
    }
    Capture { exchanges, mentions, topics, notes, setup, thread }
}

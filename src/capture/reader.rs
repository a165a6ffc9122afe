//! A paste read as one form that the caller names, and by that reader alone.

use super::forms::reader::Reader;
use super::forms::{FORMS, ReadBy};
use super::lines::clue::{Clue, Placed};
use super::model::{Capture, Exchange, Format, Note};
use super::view::View;
use super::whole::{self, assemble_capture};
use super::{assemble, embedded, lines};
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text};

/// Reads a paste by one reader. Where it does not fit, a note says so, and nothing else is made of the paste.
pub(super) fn read(paste: &Text, vocabulary: &Vocabulary, reader: Reader) -> Capture {
    let view = View::of(paste);
    let mut notes = Vec::new();
    let embedded = embedded::find(&view.text, reader, &mut notes);
    let items = lines::read(&view, vocabulary, embedded);
    let seen = SeenJson::of(&items);
    let passed_over: Vec<_> = items
        .iter()
        .filter(|p| matches!(&p.clue, Clue::Exchanges(list) if list.is_empty()))
        .map(|p| p.at.clone())
        .collect();
    let capture = match reader {
        // A ticket that quotes nothing of a request may still be about one.
        Reader::AUTO | Reader::TICKET => assemble_capture(paste, items, &view, vocabulary, &passed_over, notes),
        // The reader of a record ignores the text around it.
        _ => Capture { exchanges: exchanges(items, &view, vocabulary, reader), notes, ..Capture::default() },
    };
    if !capture.exchanges.is_empty() {
        return capture;
    }
    let mut notes = capture.notes;
    notes.insert(0, misfit(paste, vocabulary, reader, &seen));
    Capture { notes, ..Capture::default() }
}

fn exchanges(items: Vec<Placed>, view: &View, vocabulary: &Vocabulary, reader: Reader) -> Vec<Exchange> {
    let records = |items: Vec<Placed>| -> Vec<Exchange> {
        let lists = items.into_iter().filter_map(|placed| match placed.clue {
            Clue::Exchanges(exchanges) => Some(exchanges),
            _ => None,
        });
        lists.flatten().collect()
    };
    if [Reader::AUTO, Reader::TICKET].contains(&reader) {
        return assemble::assemble(items, view, vocabulary);
    }
    if reader == Reader::JSON {
        // A document in the middle of something else does not make that something JSON.
        if !view.text.as_str().trim_start().starts_with(['{', '[']) {
            return Vec::new();
        }
        let documents = items.into_iter().filter(|p| matches!(p.clue, Clue::Exchanges(_) | Clue::Json { .. }));
        return assemble::assemble(documents.collect(), view, vocabulary);
    }
    let forms = || FORMS.iter().filter(|form| form.from == reader);
    if forms().all(|form| matches!(form.read_by, ReadBy::Json { .. })) {
        return records(items);
    }
    let mut found = assemble::assemble(items, view, vocabulary);
    found.retain(|exchange| {
        forms().any(|form| match form.read_by {
            ReadBy::Lines(keeps) => keeps(exchange),
            ReadBy::Program { .. } => exchange.format == Format::Command,
            ReadBy::Json { .. } => false,
        })
    });
    found
}

/// What of JSON a reader saw, for the words of a note.
#[derive(Default)]
struct SeenJson {
    /// The first document that this reader does not read as a record.
    document: Option<Span>,
    /// Its `log` without the `entries` of an HTTP Archive.
    log: Option<Span>,
    /// The entries of an HTTP Archive that has none.
    empty: Option<Span>,
}

impl SeenJson {
    fn of(items: &[Placed]) -> Self {
        let mut seen = Self::default();
        for placed in items {
            match &placed.clue {
                Clue::Json { json, .. } if seen.document.is_none() => {
                    seen.document = Some(json.span());
                    let log = json.get("log");
                    seen.log = log.map(super::json::Json::span);
                    let entries = log.and_then(|l| l.get("entries"));
                    seen.empty = entries.filter(|e| e.elements().is_empty()).map(super::json::Json::span);
                }
                _ => {}
            }
        }
        seen
    }
}

/// Says what a paste lacks, where, and what it is instead. It repeats nothing of the paste.
fn misfit(paste: &Text, vocabulary: &Vocabulary, reader: Reader, seen: &SeenJson) -> Note {
    let value = paste.as_str();
    let first = value.find(|c: char| !c.is_whitespace()).unwrap_or(value.len());
    let first = Span::new(first, first + value[first..].chars().next().map_or(0, char::len_utf8));
    if first.is_empty() {
        return Note { says: format!("{}; the paste is blank", reader.lacks), span: first };
    }
    if reader == Reader::HAR {
        if let Some(span) = seen.empty {
            return Note { says: "the HAR has no requests: its `log.entries` is empty".to_owned(), span };
        }
        if let Some(span) = seen.log {
            return Note { says: "this is not a HAR: there is a `log`, but no list `entries` in it".to_owned(), span };
        }
    }
    let found = whole::read(paste, vocabulary);
    let (instead, span) = match (found.exchanges.first(), seen.document) {
        (Some(exchange), _) => {
            let nothing_sent = exchange.request.method.is_none() && exchange.request.url.is_none();
            let what = match exchange.format {
                Format::Ticket if nothing_sent => "text about a request",
                Format::Ticket => "lines of a ticket",
                Format::Raw => "raw HTTP",
                Format::Command => "a command line",
                Format::Verbose => "the output of `curl -v`",
                Format::Har => "a HAR",
                Format::Json => "another JSON document",
                Format::Code => "source code",
            };
            (what, exchange.at)
        }
        (None, Some(span)) => ("a JSON document that shows no request", span),
        (None, None) => ("text without a request", first),
    };
    let says = format!("{}; found instead: {instead} (leave `--from` out to have it read)", reader.lacks);
    Note { says, span }
}

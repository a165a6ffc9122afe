//! A paste read as one form that the caller names, and by that reader alone.

use super::document::Kind;
use super::lines::clue::{Clue, Placed};
use super::model::{Capture, Exchange, Format, Note};
use super::{assemble, assemble_capture, embedded, lines, view::View};
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text};

/// Who reads a paste.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// Whichever fits, stretch by stretch.
    #[default]
    Auto,
    /// Labels, header lines and prose; commands and documents are text like any other.
    Ticket,
    /// HTTP messages as they go over the wire.
    Raw,
    /// Command lines of curl, wget, HTTPie and PowerShell.
    Command,
    /// What `curl -v` prints.
    Verbose,
    /// An HTTP Archive.
    Har,
    /// Saved requests of Postman and its like, and what its console shows.
    Postman,
    /// Any JSON document.
    Json,
}

impl Reader {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Auto, Self::Ticket, Self::Raw, Self::Command, Self::Verbose, Self::Har, Self::Postman, Self::Json];

    /// Whether command lines are looked for.
    pub(super) const fn reads_commands(self) -> bool {
        matches!(self, Self::Auto | Self::Command | Self::Verbose)
    }

    /// Whether a document of this kind is a record of exchanges to this reader.
    pub(super) const fn reads_records_of(self, kind: Kind) -> bool {
        match self {
            Self::Auto | Self::Json => true,
            Self::Har => matches!(kind, Kind::Har),
            Self::Postman => matches!(kind, Kind::Collection | Kind::PostmanConsole),
            Self::Ticket | Self::Raw | Self::Command | Self::Verbose => false,
        }
    }

    /// What the paste was taken for, and what it lacks to be that.
    const fn lacks(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::Ticket => "there is nothing to read as a ticket: no request, no answer and no labelled value",
            Self::Raw => "this is no raw HTTP: there is no request line that ends in `HTTP/…`, and no status line",
            Self::Command => "this is no command: there is no call of curl, wget, HTTPie or PowerShell",
            Self::Verbose => {
                "this is no output of `curl -v`: no line begins with `> ` and ends in `HTTP/…`, and none with `< HTTP/…`"
            }
            Self::Har => "this is no HAR: there is no `log.entries`",
            Self::Postman => "this is no Postman export: there are no saved requests (`item`) and no console record",
            Self::Json => "this is no JSON document of a request or an answer",
        }
    }
}

/// Reads a paste by one reader. Where it does not fit, a note says so, and nothing else is made of the paste.
pub(super) fn read(paste: &Text, vocabulary: &Vocabulary, reader: Reader) -> Capture {
    let view = View::of(paste);
    let mut notes = Vec::new();
    let embedded = embedded::find(&view.text, reader, &mut notes);
    let items = lines::read(&view, vocabulary, embedded);
    let seen = Seen::of(&items);
    let passed_over: Vec<_> = items
        .iter()
        .filter(|p| matches!(&p.clue, Clue::Exchanges(list) if list.is_empty()))
        .map(|p| p.at.clone())
        .collect();
    let capture = match reader {
        // A ticket that quotes nothing of a request may still be about one.
        Reader::Auto | Reader::Ticket => assemble_capture(paste, items, &view, vocabulary, &passed_over, notes),
        // What stands around the record is of no interest to its reader.
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
    match reader {
        Reader::Auto | Reader::Ticket => assemble::assemble(items, view, vocabulary),
        Reader::Har | Reader::Postman => records(items),
        // A document in the middle of something else does not make that something JSON.
        Reader::Json if !view.text.as_str().trim_start().starts_with(['{', '[']) => Vec::new(),
        Reader::Json => {
            let documents = items.into_iter().filter(|p| matches!(p.clue, Clue::Exchanges(_) | Clue::Json { .. }));
            assemble::assemble(documents.collect(), view, vocabulary)
        }
        Reader::Raw => {
            let is_answer = |e: &Exchange| {
                e.request.method.is_none()
                    && e.request.fields.is_empty()
                    && e.response.as_ref().is_some_and(|r| r.status.is_some() && !r.fields.is_empty())
            };
            let mut found = assemble::assemble(items, view, vocabulary);
            found.retain(|e| e.format == Format::Raw || is_answer(e));
            found
        }
        Reader::Command | Reader::Verbose => {
            let wanted = if reader == Reader::Command { Format::Command } else { Format::Verbose };
            let mut found = assemble::assemble(items, view, vocabulary);
            found.retain(|e| e.format == wanted);
            found
        }
    }
}

/// What of JSON a reader saw, for the words of a note.
#[derive(Default)]
struct Seen {
    /// The first document that is no record to this reader.
    document: Option<Span>,
    /// Its `log` without the `entries` of an HTTP Archive.
    log: Option<Span>,
    /// The entries of an HTTP Archive that has none.
    empty: Option<Span>,
}

impl Seen {
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
fn misfit(paste: &Text, vocabulary: &Vocabulary, reader: Reader, seen: &Seen) -> Note {
    let value = paste.as_str();
    let first = value.find(|c: char| !c.is_whitespace()).unwrap_or(value.len());
    let first = Span::new(first, first + value[first..].chars().next().map_or(0, char::len_utf8));
    if first.is_empty() {
        return Note { says: format!("{}; the paste is blank", reader.lacks()), span: first };
    }
    if reader == Reader::Har {
        if let Some(span) = seen.empty {
            return Note { says: "the HAR has no requests: its `log.entries` is empty".to_owned(), span };
        }
        if let Some(span) = seen.log {
            return Note { says: "this is no HAR: there is a `log`, but no list `entries` in it".to_owned(), span };
        }
    }
    let found = super::read(paste, vocabulary);
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
    let says = format!("{}; found instead: {instead} (leave `--from` out to have it read)", reader.lacks());
    Note { says, span }
}

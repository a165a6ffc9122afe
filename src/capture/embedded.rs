//! Finds the commands and the documents in JSON and XML in a text, wherever they begin. Lines are read around them.

use std::ops::Range;

use super::forms::reader::Reader;
use super::forms::{self, Document};
use super::json::content::Content;
use super::json::{self, Json};
use super::lines::clue::{Clue, Placed};
use super::markup;
use super::model::Note;
use super::{words, yaml};
use crate::text::Text;

/// An opening bracket that begins no document costs an attempt. After so many, brackets are passed over.
const MOST_FAILURES: usize = 2_000;

/// Finds what a reader of a form reads, in order and without overlaps.
pub(crate) fn find(text: &Text, reader: Reader, notes: &mut Vec<Note>) -> Vec<Placed> {
    let value = text.as_str();
    let mut found = Vec::new();
    let mut failures = 0_usize;
    let find_bracket = |from: usize| {
        value.as_bytes()[from..].iter().position(|b| matches!(b, b'{' | b'[' | b'<')).map_or(value.len(), |i| from + i)
    };
    let find_command = |from: usize| if reader.reads_commands() { forms::next_command(text, from) } else { None };
    let mut records = yaml::starts(value).into_iter().peekable();
    let (mut at, mut bracket_at, mut next_command) = (0, find_bracket(0), find_command(0));
    while at < value.len() {
        if next_command.as_ref().is_some_and(|(range, ..)| range.start < at) {
            next_command = find_command(at);
        }
        let command_at = next_command.as_ref().map_or(value.len(), |(range, ..)| range.start);
        if bracket_at < at {
            bracket_at = find_bracket(at);
        }
        if command_at <= bracket_at {
            let Some((range, exchanges, met)) = next_command.take() else { break };
            notes.extend(met);
            at = range.end.max(range.start + 1);
            found.push(Placed { at: range.start..at, clue: Clue::Exchanges(exchanges) });
            next_command = find_command(at);
            continue;
        }
        while records.next_if(|start| *start < at).is_some() {}
        if let Some(start) = records.next_if(|start| *start < bracket_at)
            && let Some((json, end)) = yaml::parse(text, start)
            && let Some(clue @ Clue::Exchanges(_)) = document(text, json, start..end, reader)
        {
            found.push(Placed { at: start..end, clue });
            at = end;
            continue;
        }
        at = bracket_at;
        if value[at..].starts_with('<') {
            if failures < MOST_FAILURES
                && let Some((range, clue)) = markup(text, at, reader)
            {
                at = range.end;
                found.push(Placed { at: range, clue });
            } else {
                at += 1;
            }
            continue;
        }
        if failures < MOST_FAILURES && !is_in_url(value, at) && !is_credentials(value, at) {
            if let Some(parsed) = json::parse(text, at) {
                notes.extend(parsed.notes);
                let end = parsed.end.max(at + 1);
                if let Some(clue) = document(text, parsed.json, at..end, reader) {
                    found.push(Placed { at: at..end, clue });
                    at = end;
                    continue;
                }
            }
            failures += 1;
        }
        at += 1;
    }
    found
}

/// The root elements of documents that servers answer with, and what they are.
const ROOTS: [(&str, Content); 12] = [
    ("operationoutcome", Content::OperationOutcome),
    ("envelope", Content::Fault),
    ("fault", Content::Fault),
    ("error", Content::ErrorObject),
    ("errors", Content::ErrorObject),
    ("errorresponse", Content::ErrorObject),
    ("problem", Content::ErrorObject),
    ("html", Content::Other),
    ("head", Content::Other),
    ("oautherror", Content::ErrorObject),
    ("exception", Content::ErrorObject),
    ("serviceexceptionreport", Content::ErrorObject),
];

/// The root elements of records of exchanges.
const RECORDS: [&str; 5] = ["pdml", "items", "item", "testresults", "httpsample"];

/// The XML document or page that begins with the `<` at this place.
fn markup(text: &Text, at: usize, reader: Reader) -> Option<(Range<usize>, Clue)> {
    /// How far a document goes.
    const LONGEST: usize = 60_000;
    let value = text.as_str();
    let rest = &value[at..];
    let head = &rest[..rest.floor_char_boundary(300)];
    let is_declared = head.starts_with("<?xml") || head.get(..9).is_some_and(|h| h.eq_ignore_ascii_case("<!doctype"));
    let name = |tag: &str| {
        let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'))).unwrap_or(tag.len());
        tag[..end].rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
    };
    let root = name(&head[1..]);
    let is_record = RECORDS.contains(&root.as_str());
    if !is_declared && !is_record && !ROOTS.iter().any(|(known, _)| *known == root) {
        return None;
    }
    let end = at + rest.floor_char_boundary(LONGEST);
    let read = markup::parse(&text.slice(at..end))?;
    if RECORDS.contains(&read.root.as_str()) {
        let range = at..at + read.end;
        return document(text, read.json, range.clone(), reader)
            .filter(|clue| matches!(clue, Clue::Exchanges(_)))
            .map(|clue| (range, clue));
    }
    let (_, kind) = *ROOTS.iter().find(|(known, _)| *known == read.root)?;
    let range = at..at + read.end;
    let source = text.slice(range.clone());
    // An envelope may also be what was sent.
    if kind == Content::Fault && !source.as_str().contains("ault") {
        return None;
    }
    let clue = match kind {
        Content::Other => Clue::Body { text: source, of_request: false },
        kind => Clue::Json { json: Box::new(read.json), text: source, kind },
    };
    Some((range, clue))
}

/// A bracket within a URL (`/{id}`) opens no document.
fn is_in_url(value: &str, at: usize) -> bool {
    value[..at].ends_with(['/', '$', '%', '&', '{'])
}

/// The print of an object in the place of a token (`Authorization: Bearer {'access_token': …}`) was sent as it is shown.
fn is_credentials(value: &str, at: usize) -> bool {
    let line = &value[value[..at].rfind('\n').map_or(0, |i| i + 1)..at];
    let before = line.trim_end().to_ascii_lowercase();
    let is_scheme = before.ends_with("bearer") || before.ends_with(": token") || before.ends_with(": basic");
    is_scheme && line.len() < 200 && before.contains("authorization")
}

/// What a JSON document shows; `None` where it is not a document after all.
fn document(text: &Text, json: Json, range: Range<usize>, reader: Reader) -> Option<Clue> {
    // A template string is filled in by the program: the reader of code knows that, the one of documents does not.
    let source = &text.as_str()[range.clone()];
    if source.contains('`') && source.contains("${") {
        return None;
    }
    match forms::recognise(&json) {
        // A record that is not for this reader: neither what it shows nor a text to pick labels from.
        Document::Record(record) if !reader.takes_documents_of(record.form.from.word) => {
            Some(Clue::Exchanges(Vec::new()))
        }
        Document::Record(record) => {
            let line = text.as_str()[..range.start].rfind('\n').map_or(0, |i| i + 1);
            record.exchanges(&json, &text.slice(line..range.start)).map(Clue::Exchanges)
        }
        // A list of numbers or words in brackets is prose.
        Document::Content(Content::Other) if matches!(json, Json::Array(..)) => None,
        // `headers={"api_token": token}`: fields of any name, which the reader of code knows by where they are.
        Document::Content(Content::Other) if words::is_argument_of_fields(&text.as_str()[..range.start]) => None,
        Document::Content(kind) => Some(Clue::Json { text: text.slice(range), json: Box::new(json), kind }),
    }
}

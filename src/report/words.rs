//! How the words of a message are read, for people and as JSON.

use std::io;
use std::ops::Range;

use serde::Serialize;

use super::style::{PageWriter, TextStyle};
use crate::pack::model::Pack;
use crate::redact::Redactor;
use crate::text::Span;
use crate::words::parts::{Parts, parts};

/// Writes how a message is read as text.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(out: &mut impl io::Write, message: &str, pack: &Pack, style: &TextStyle) -> io::Result<()> {
    let table = pack.words.table();
    let redactor = Redactor::new(message, &[]);
    let parts = parts(table, message);
    let mut page = PageWriter::new(style);
    page.heading("THE MESSAGE");
    page.prose(0, &redactor.clean(message));
    page.heading("ITS WORDS");
    if parts.clauses.iter().all(|c| c.forms.is_empty()) {
        page.prose(0, "The rules have none of these words. `docs/words.md` says how to add them.");
    }
    for (i, clause) in parts.clauses.iter().enumerate().filter(|(_, c)| !c.forms.is_empty()) {
        let advice = if clause.is_advice { " (advice)" } else { "" };
        page.led(0, &format!("clause {}{advice}", i + 1), |t| style.lead(t), "");
        for (at, kind, id) in &clause.forms {
            let id = if id.is_empty() { String::new() } else { format!(" {id}") };
            page.item(3, &format!("{}: ", quoted(at, &redactor)), &format!("{kind}{id}"));
        }
        for (at, id) in &clause.complaints {
            page.item(3, &format!("{}: ", quoted(at, &redactor)), &format!("complains: {id}"));
        }
    }
    page.heading("WHAT THEY MEAN");
    match &parts.reading {
        None => page.prose(0, "The message says too little to name a cause."),
        Some(reading) => {
            let mut fact = |lead: &str, value: Option<&str>| {
                if let Some(value) = value {
                    page.item(0, &format!("{lead}: "), value);
                }
            };
            let text = |range: &Option<Range<usize>>| range.as_ref().map(|r| shown(r, &redactor));
            fact("reads as", Some(&reading.says(table)));
            fact("context", reading.context);
            fact("about", reading.about);
            fact("complaint", reading.complaint);
            fact("expected", text(&reading.expected).as_deref());
            fact("got", text(&reading.got).as_deref());
            fact("family", Some(reading.family));
            fact("weight", Some(&format!("{} of 100; from 90 on, words alone make a cause likely", reading.weight)));
            fact("causes", Some(&reading.causes.join(", ")));
        }
    }
    page.gap();
    page.prose(0, "In a report the words choose among causes only where no known answer is recognised, and what the request shows comes first.");
    out.write_all(page.finish().as_bytes())
}

/// Some characters of the message, masked as they are in the whole of it.
fn shown(at: &Range<usize>, redactor: &Redactor) -> String {
    redactor.show(Span::new(at.start, at.end)).text
}

fn quoted(at: &Range<usize>, redactor: &Redactor) -> String {
    format!("\"{}\"", shown(at, redactor))
}

#[derive(Serialize)]
struct WordsJson<'a> {
    message: String,
    clauses: Vec<ClauseJson<'a>>,
    reading: Option<ReadingJson<'a>>,
}

#[derive(Serialize)]
struct ClauseJson<'a> {
    advice: bool,
    forms: Vec<FormJson<'a>>,
    complaints: Vec<FormJson<'a>>,
}

#[derive(Serialize)]
struct FormJson<'a> {
    words: String,
    kind: &'a str,
    id: &'a str,
}

#[derive(Serialize)]
struct ReadingJson<'a> {
    says: String,
    context: Option<&'a str>,
    about: Option<&'a str>,
    complaint: Option<&'a str>,
    expected: Option<String>,
    got: Option<String>,
    open: bool,
    family: &'a str,
    weight: u8,
    causes: &'a [&'a str],
}

/// Writes the same as JSON.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write_json(out: &mut impl io::Write, message: &str, pack: &Pack) -> io::Result<()> {
    let table = pack.words.table();
    let redactor = Redactor::new(message, &[]);
    let Parts { clauses, reading } = parts(table, message);
    let shown = |at: &Range<usize>| shown(at, &redactor);
    let clauses = clauses
        .iter()
        .map(|clause| ClauseJson {
            advice: clause.is_advice,
            forms: clause.forms.iter().map(|(at, kind, id)| FormJson { words: shown(at), kind, id }).collect(),
            complaints: clause
                .complaints
                .iter()
                .map(|(at, id)| FormJson { words: shown(at), kind: "complaint", id })
                .collect(),
        })
        .collect();
    let reading = reading.as_ref().map(|reading| ReadingJson {
        says: reading.says(table),
        context: reading.context,
        about: reading.about,
        complaint: reading.complaint,
        expected: reading.expected.as_ref().map(shown),
        got: reading.got.as_ref().map(shown),
        open: reading.is_open,
        family: reading.family,
        weight: reading.weight,
        causes: &reading.causes,
    });
    let message = redactor.clean(message);
    serde_json::to_writer_pretty(&mut *out, &WordsJson { message, clauses, reading })?;
    out.write_all(b"\n")
}

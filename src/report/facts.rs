//! The facts of a capture, for people and as JSON.

use std::io;

use serde::Serialize;

use super::line_index::LineIndex;
use super::style::{PageWriter, TextStyle};
use crate::diagnosis::seen::{Seen, SeenFact};
use crate::text::Span;

/// The most characters of an excerpt: enough to find it.
const LONGEST: usize = 60;

/// Writes the facts of a capture as text.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut impl io::Write, seen: &Seen, style: &TextStyle) -> io::Result<()> {
    let places = LineIndex::new(&seen.paste, &seen.lines);
    let mut page = PageWriter::new(style);
    if seen.exchanges.is_empty() {
        page.prose(0, "No request was found in this text.");
    }
    for (i, exchange) in seen.exchanges.iter().enumerate() {
        let request = if exchange.request.is_empty() { "a request that is not shown" } else { &exchange.request };
        page.heading(&format!("EXCHANGE {} OF {}: {request}", i + 1, seen.exchanges.len()));
        for fact in &exchange.facts {
            page.item(0, &format!("{}: ", fact.name), fact.value.as_deref().unwrap_or("absent"));
            if let Some(rests_on) = rests_on(fact, &places) {
                page.item(3, "", &rests_on);
            }
        }
        page.gap();
        page.prose(
            0,
            &format!("{} more facts are unseen. `why401 facts` lists all with how to get them.", exchange.unseen),
        );
    }
    out.write_all(page.finish().as_bytes())
}

/// Where a fact rests, and the first of these places as the paste shows it.
fn rests_on(fact: &SeenFact, places: &LineIndex<'_>) -> Option<String> {
    let (first, others) = fact.spans.split_first()?;
    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    Some(format!("{}{more}", quoted(*first, places)))
}

fn quoted(span: Span, places: &LineIndex<'_>) -> String {
    let (line, column) = places.position(span.start);
    format!("{line}:{column} {}", excerpt(span, places))
}

fn excerpt(span: Span, places: &LineIndex<'_>) -> String {
    let shown = places.paste.show(span).text;
    let one_line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

#[derive(Serialize)]
struct FactsJson<'a> {
    file: &'a str,
    exchanges: Vec<SeenExchangeJson<'a>>,
}

#[derive(Serialize)]
struct SeenExchangeJson<'a> {
    request: &'a str,
    facts: Vec<FactJson<'a>>,
    unseen: usize,
}

#[derive(Serialize)]
struct FactJson<'a> {
    name: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    rests_on: Vec<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    line: usize,
    column: usize,
    text: String,
}

/// Writes the facts of a capture as JSON.
///
/// # Errors
/// Those of the writer.
pub fn write_json(out: &mut impl io::Write, seen: &Seen, file: &str) -> io::Result<()> {
    let places = LineIndex::new(&seen.paste, &seen.lines);
    let fact = |fact: &'_ SeenFact| {
        let rests_on = fact.spans.iter().map(|span| {
            let (line, column) = places.position(span.start);
            PlaceJson { line, column, text: excerpt(*span, &places) }
        });
        rests_on.collect::<Vec<_>>()
    };
    let exchanges = seen.exchanges.iter().map(|exchange| SeenExchangeJson {
        request: &exchange.request,
        facts: exchange
            .facts
            .iter()
            .map(|f| FactJson {
                name: &f.name,
                state: if f.value.is_some() { "known" } else { "absent" },
                value: f.value.as_deref(),
                rests_on: fact(f),
            })
            .collect(),
        unseen: exchange.unseen,
    });
    let report = FactsJson { file, exchanges: exchanges.collect() };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    out.write_all(b"\n")
}

//! Besides the JSON report, what a page on the screen needs: headlines, groups, further texts, and where each span of the
//! report is in UTF-16, in which a browser counts.
//!
//! This is no contract: it fits the page of the same version (`web/page/`).

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::groups::groups;
use super::headline::{endpoint, headline};
use crate::diagnosis::model::{CauseView, Diagnosis, ExchangeDiagnosis};
use crate::text::Span;

#[derive(Debug, Serialize)]
struct ViewJson {
    /// The exchanges to explain, the most important first: one of each group, then those like it.
    groups: Vec<Vec<usize>>,
    exchanges: Vec<ShownExchangeJson>,
    /// The spans of the report: start and end in bytes, start and end in UTF-16. `None` where both are the same.
    places: Option<Vec<[usize; 4]>>,
}

#[derive(Debug, Serialize)]
struct ShownExchangeJson {
    headline: String,
    endpoint: Option<String>,
    /// At which gateway the checkpoints are.
    pathway: Option<String>,
    at: (usize, usize),
    /// What is known about each of the causes, and of those that are next.
    causes: Vec<String>,
    next: Vec<String>,
}

/// Writes the view of a diagnosis as JSON.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write(out: &mut impl io::Write, diagnosis: &Diagnosis) -> io::Result<()> {
    let by_address: BTreeMap<*const ExchangeDiagnosis, usize> =
        diagnosis.exchanges.iter().enumerate().map(|(i, e)| (std::ptr::from_ref(e), i)).collect();
    let index = |e: &ExchangeDiagnosis| by_address.get(&std::ptr::from_ref(e)).copied();
    let alike = groups(diagnosis);
    let view = ViewJson {
        groups: alike
            .iter()
            .map(|g| std::iter::once(g.shown).chain(g.others.iter().copied()).filter_map(index).collect())
            .collect(),
        exchanges: diagnosis.exchanges.iter().map(exchange).collect(),
        places: places(diagnosis),
    };
    serde_json::to_writer(&mut *out, &view)?;
    out.write_all(b"\n")
}

fn exchange(exchange: &ExchangeDiagnosis) -> ShownExchangeJson {
    let abouts = |causes: &[CauseView]| causes.iter().map(|c| c.about.clone()).collect();
    ShownExchangeJson {
        headline: headline(exchange, usize::MAX / 2, false),
        endpoint: endpoint(&exchange.endpoint),
        pathway: exchange.pathway.as_ref().map(|p| p.title.clone()),
        at: (exchange.at.start, exchange.at.end),
        causes: abouts(&exchange.causes),
        next: abouts(&exchange.next),
    }
}

/// Where the spans that a page marks are in UTF-16.
fn places(diagnosis: &Diagnosis) -> Option<Vec<[usize; 4]>> {
    let text = diagnosis.paste.raw();
    if text.is_ascii() {
        return None;
    }
    let mut spans: Vec<Span> = Vec::new();
    for exchange in &diagnosis.exchanges {
        spans.push(exchange.at);
        spans.extend(exchange.request.fields.iter().map(|field| field.span));
        let causes = exchange.causes.iter().chain(&exchange.next);
        spans.extend(causes.flat_map(|c| &c.evidence).filter_map(|e| e.span));
        spans.extend(exchange.ruled_out.iter().filter_map(|r| r.span));
    }
    spans.extend(diagnosis.notes.iter().map(|note| note.span));
    if let Some(thread) = &diagnosis.thread {
        spans.extend(thread.posts.iter().map(|post| post.span));
    }
    spans.sort_unstable();
    spans.dedup();
    let mut offsets: Vec<usize> = spans.iter().flat_map(|s| [s.start, s.end]).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let units = in_utf16(text, &offsets);
    let unit = |offset: usize| offsets.binary_search(&offset).map_or(0, |i| units[i]);
    Some(spans.iter().map(|s| [s.start, s.end, unit(s.start), unit(s.end)]).collect())
}

/// Sorted offsets of a text in UTF-16; one inside a character is that of the character.
fn in_utf16(text: &str, offsets: &[usize]) -> Vec<usize> {
    let (mut at, mut unit) = (0, 0);
    offsets
        .iter()
        .map(|offset| {
            let offset = text.floor_char_boundary(*offset);
            unit += text[at..offset].encode_utf16().count();
            at = offset;
            unit
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_view_counts_as_a_browser_does() {
        let paste = "é😀 Authorization: Token abc\n";
        let mark = samples::span_of(paste, "Token");
        let mut out = Vec::new();
        write(&mut out, &samples::one_cause(paste, &[(mark, "the scheme")])).expect("a vector takes it");
        let view: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        let places = view["places"].as_array().expect("the paste is not ASCII");
        let found =
            places.iter().any(|p| *p == serde_json::json!([mark.start, mark.end, mark.start - 3, mark.end - 3]));
        assert!(found, "{places:?}");
        assert_eq!(in_utf16("é😀x", &[0, 1, 2, 4, 6, 7]), [0, 0, 1, 1, 3, 4]);
    }
}

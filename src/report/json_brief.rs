//! The short form of the JSON report: for each request how it ended, its causes, and what to ask.

use std::io;

use serde::Serialize;

use super::line_index::LineIndex;
use crate::diagnosis::model::{CauseView, Diagnosis, ExchangeDiagnosis};

#[derive(Serialize)]
struct BriefJson<'d> {
    version: u32,
    exchanges: Vec<BriefExchangeJson<'d>>,
}

#[derive(Serialize)]
struct BriefExchangeJson<'d> {
    file: &'d str,
    line: usize,
    method: Option<&'d str>,
    url: Option<&'d str>,
    status: Option<u16>,
    causes: Vec<BriefCauseJson<'d>>,
    next: Vec<BriefCauseJson<'d>>,
    questions: Vec<&'d str>,
}

#[derive(Serialize)]
struct BriefCauseJson<'d> {
    id: &'d str,
    verdict: &'static str,
    title: &'d str,
    line: Option<usize>,
    column: Option<usize>,
    fix: &'d str,
}

/// Writes one document for all files.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    let mut exchanges = Vec::new();
    for (file, diagnosis) in files {
        let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
        let counted = diagnosis.exchanges.iter().filter(|e| e.superseded_by.is_none());
        exchanges.extend(counted.map(|e| brief(file, e, &places)));
    }
    serde_json::to_writer_pretty(&mut *out, &BriefJson { version: super::json::VERSION, exchanges })?;
    out.write_all(b"\n")
}

fn brief<'d>(file: &'d str, exchange: &'d ExchangeDiagnosis, places: &LineIndex<'_>) -> BriefExchangeJson<'d> {
    let cause = |cause: &'d CauseView| {
        let place = cause.evidence.iter().find_map(|e| e.span).map(|s| places.position(s.start));
        BriefCauseJson {
            id: &cause.id,
            verdict: cause.verdict.name(),
            title: &cause.title,
            line: place.map(|p| p.0),
            column: place.map(|p| p.1),
            fix: &cause.fix,
        }
    };
    BriefExchangeJson {
        file,
        line: places.line(exchange.at.start),
        method: exchange.request.method.as_deref(),
        url: exchange.request.url.as_deref(),
        status: exchange.response.as_ref().and_then(|r| r.status),
        causes: exchange.causes.iter().map(cause).collect(),
        next: exchange.next.iter().map(cause).collect(),
        questions: exchange.questions.iter().map(|q| q.how).collect(),
    }
}

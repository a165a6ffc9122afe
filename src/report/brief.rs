//! The shortest reports: one line a cause, and one line a file.

use std::io;

use super::groups::groups;
use super::headline::named;
use super::line_index::LineIndex;
use super::snippet::QuotedFile;
use super::style::{TextStyle, file_name};
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome, Verdict};

/// Writes one line for each cause: its place, its verdict, what is wrong. An exchange without a cause gets a line as well,
/// and so does a text without a request.
///
/// # Errors
/// Whatever the writer fails with.
pub fn causes(out: &mut impl io::Write, diagnosis: &Diagnosis, style: &TextStyle) -> io::Result<()> {
    let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
    let source = QuotedFile { file: &style.file, places: &places };
    let groups = groups(diagnosis);
    if diagnosis.exchanges.is_empty() {
        return writeln!(out, "{}: no request was found", file_name(&style.file));
    }
    for group in &groups {
        let exchange = group.shown;
        for cause in exchange.causes.iter().chain(&exchange.next) {
            let span = cause.evidence.iter().find_map(|e| e.span).unwrap_or(exchange.at);
            let verdict = style.verdict(cause.verdict, cause.verdict.name());
            writeln!(out, "{}: {verdict}: {}", source.place(span.start), named(&cause.title, &cause.id))?;
        }
        if exchange.causes.is_empty() {
            writeln!(out, "{}: {}", source.place(exchange.at.start), without_cause(exchange))?;
        }
    }
    Ok(())
}

/// Writes one line for the file: how many requests were refused, and the surest cause of the first.
///
/// # Errors
/// Whatever the writer fails with.
pub fn summary(out: &mut impl io::Write, diagnosis: &Diagnosis, style: &TextStyle) -> io::Result<()> {
    let file = file_name(&style.file);
    let groups = groups(diagnosis);
    let Some(first) = groups.first().map(|g| g.shown) else {
        let says = if diagnosis.exchanges.is_empty() { "no request was found" } else { "accepted, nothing to explain" };
        return writeln!(out, "{file}: {says}");
    };
    let status = first.response.as_ref().and_then(|r| r.status).map(|s| format!("{s}: ")).unwrap_or_default();
    let says = match first.causes.first() {
        Some(cause) => {
            let verdict = style.verdict(cause.verdict, cause.verdict.name());
            format!("{status}{verdict}: {}", named(&cause.title, &cause.id))
        }
        None => format!("{status}{}", without_cause(first)),
    };
    let others: usize = groups.iter().map(|g| 1 + g.others.len()).sum::<usize>() - 1;
    let more = match others {
        0 => String::new(),
        1 => "; 1 more request".to_owned(),
        n => format!("; {n} more requests"),
    };
    writeln!(out, "{file}: {says}{more}")
}

fn without_cause(exchange: &ExchangeDiagnosis) -> String {
    if exchange.outcome == Outcome::NoAnswer {
        return "no response shown, no defect found".to_owned();
    }
    let undecided = Verdict::Undecided.name();
    match exchange.questions.first() {
        Some(question) => format!("{undecided}: no cause found; find out: {}", question.how),
        None => format!("{undecided}: no cause found"),
    }
}

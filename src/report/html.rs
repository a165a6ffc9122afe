//! One page of HTML with everything in it: no script, no other file, in light and dark.
//!
//! It shows the checkpoints of the gateway in a row, the causes, and the text with its marks.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use html_escape::{encode_double_quoted_attribute, encode_text};

use super::groups::{groups, is_strong};
use super::headline::{endpoint, headline, named};
use super::line_index::LineIndex;
use super::style::file_name;
use crate::diagnosis::model::{
    CauseView, CheckpointState, CorrectionMark, Diagnosis, ExchangeDiagnosis, Outcome, PathwayView, Verdict,
};
use crate::text::Span;

/// A text with more lines than this is shown around its marks only.
const WHOLE: usize = 400;

/// The lines shown above and below a mark of a long text.
const CONTEXT: usize = 6;

/// How much of a long line is shown, in bytes before and after its first mark.
const LINE_CONTEXT: usize = 600;

/// How many causes that are ruled out are listed.
const RULED_OUT: usize = 20;

const STYLE: &str = "\
:root{color-scheme:light dark;--back:#fff;--text:#212b32;--soft:#f0f4f5;--line:#d8dde0;--bad:#b3201b;--good:#00703c;\
--warn:#8a5a00;--mark:#ffe58f}\
@media(prefers-color-scheme:dark){:root{--back:#16191c;--text:#e8edee;--soft:#22272b;--line:#3c444a;--bad:#ff8f85;\
--good:#6fd19b;--warn:#f0c060;--mark:#6b5300}}\
body{background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;\
padding:0 1rem}\
h1{font-size:1.3rem;overflow-wrap:anywhere}h2{font-size:1.1rem}\
code,pre{font-family:ui-monospace,Consolas,monospace;font-size:.875rem}\
pre{background:var(--soft);border:1px solid var(--line);overflow-x:auto;padding:.75rem}\
mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--bad)}\
.row{display:flex;flex-wrap:wrap;list-style:none;margin:1rem 0;padding:0}\
.row li{border-top:4px solid var(--line);flex:1 1 7rem;font-size:.875rem;padding:.4rem .5rem .4rem 0}\
.row .passed{border-color:var(--good)}.row .stopped{border-color:var(--bad)}.row .possible{border-color:var(--warn)}\
.row b{display:block}\
article{border-left:4px solid var(--line);margin:1rem 0;padding:.1rem 0 .1rem 1rem}\
.confirmed{border-color:var(--bad)}.likely,.next{border-color:var(--warn)}\
.remove{color:var(--bad)}.add{color:var(--good)}.number{color:var(--warn);user-select:none}";

/// Writes one page for all files.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>why401</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>"
    )?;
    for (file, diagnosis) in files {
        page(out, file, diagnosis)?;
    }
    writeln!(out, "</body>\n</html>")
}

fn page(out: &mut dyn io::Write, file: &str, diagnosis: &Diagnosis) -> io::Result<()> {
    let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
    let groups = groups(diagnosis);
    if groups.is_empty() {
        let says = if diagnosis.exchanges.is_empty() {
            "No request was found in this text."
        } else {
            "Accepted: nothing to explain."
        };
        writeln!(out, "<h1>{}</h1>\n<p>{says}</p>", encode_text(&file_name(file)))?;
    }
    for group in &groups {
        exchange(out, group.shown, &places)?;
        if !group.others.is_empty() {
            let lines: Vec<String> = group.others.iter().map(|e| places.line(e.at.start).to_string()).collect();
            writeln!(out, "<p>The same holds for the requests on these lines: {}.</p>", lines.join(", "))?;
        }
    }
    if !diagnosis.notes.is_empty() {
        writeln!(out, "<h2>Notes</h2>\n<ul>")?;
        for note in &diagnosis.notes {
            writeln!(out, "<li>line {}: {}</li>", places.line(note.span.start), encode_text(&note.says))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "<h2>The text, with credentials masked: {}</h2>", encode_text(&file_name(file)))?;
    paste(out, diagnosis, &places)
}

fn exchange(out: &mut dyn io::Write, exchange: &ExchangeDiagnosis, places: &LineIndex<'_>) -> io::Result<()> {
    writeln!(out, "<h1>{}</h1>", encode_text(&headline(exchange, usize::MAX / 2, false)))?;
    if let Some(endpoint) = endpoint(&exchange.endpoint) {
        writeln!(out, "<p>{}</p>", encode_text(&endpoint))?;
    }
    if let Some(message) = exchange.response.as_ref().and_then(|r| r.message.as_deref()) {
        writeln!(out, "<p>The response says: <q>{}</q></p>", encode_text(message))?;
    }
    if exchange.outcome == Outcome::NoAnswer {
        writeln!(out, "<p>The text shows no response, so the request alone was checked.</p>")?;
    } else if let Some(pathway) = &exchange.pathway {
        row(out, pathway)?;
    }
    if exchange.causes.is_empty() {
        writeln!(out, "<p>No cause was found in this text.</p>")?;
    }
    let is_strong = is_strong(exchange);
    for view in exchange.causes.iter().filter(|c| !is_strong || c.verdict <= Verdict::Likely).chain(&exchange.next) {
        cause(out, view, places)?;
    }
    if let Some(correction) = &exchange.correction {
        writeln!(out, "<h2>The request as it should be</h2>\n<pre>")?;
        for line in &correction.lines {
            let marked = line.marked();
            let text = encode_text(&marked);
            match line.mark {
                CorrectionMark::Keep => writeln!(out, "{text}")?,
                CorrectionMark::Remove => writeln!(out, "<del class=\"remove\">{text}</del>")?,
                CorrectionMark::Add => writeln!(out, "<ins class=\"add\">{text}</ins>")?,
            }
        }
        writeln!(out, "</pre>")?;
    }
    let possible = exchange.causes.iter().filter(|c| is_strong && c.verdict > Verdict::Likely);
    list(out, "Also possible", possible.map(|c| named(&c.title, &c.id)))?;
    list(out, "Still open", exchange.questions.iter().map(|q| q.how.to_owned()))?;
    let ruled_out = exchange.ruled_out.iter().take(RULED_OUT);
    list(out, "Ruled out", ruled_out.map(|r| format!("{}: {}", named(&r.title, &r.id), r.because)))
}

fn list(out: &mut dyn io::Write, title: &str, items: impl Iterator<Item = String>) -> io::Result<()> {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "<details><summary>{title}</summary>\n<ul>")?;
    for item in items {
        writeln!(out, "<li>{}</li>", encode_text(&item))?;
    }
    writeln!(out, "</ul></details>")
}

/// The checkpoints in a row: passed, stopped here, not reached.
fn row(out: &mut dyn io::Write, pathway: &PathwayView) -> io::Result<()> {
    if pathway.checkpoints.is_empty() {
        return Ok(());
    }
    writeln!(out, "<p>How far the request got at {}:</p>\n<ol class=\"row\">", encode_text(&pathway.title))?;
    for checkpoint in &pathway.checkpoints {
        let (class, sign, says) = match checkpoint.state {
            CheckpointState::Passed => ("passed", "✓", "passed"),
            CheckpointState::Stopped => ("stopped", "✕", "stopped here"),
            CheckpointState::Possible => ("possible", "?", "may have stopped here"),
            CheckpointState::NotReached => ("later", "–", "not reached"),
            CheckpointState::Unknown => ("unknown", "?", "not known"),
        };
        writeln!(out, "<li class=\"{class}\"><b>{sign} {}</b>{says}</li>", encode_text(&checkpoint.title))?;
    }
    writeln!(out, "</ol>")
}

fn cause(out: &mut dyn io::Write, cause: &CauseView, places: &LineIndex<'_>) -> io::Result<()> {
    let (verdict, id) = (cause.verdict.name(), encode_double_quoted_attribute(&cause.id));
    writeln!(out, "<article class=\"{verdict}\" data-cause=\"{id}\">")?;
    writeln!(out, "<h2>{verdict}: {} <code>{}</code></h2>", encode_text(&cause.title), encode_text(&cause.id))?;
    for evidence in &cause.evidence {
        let says = encode_text(&evidence.says);
        match evidence.span {
            Some(span) => {
                let line = places.line(span.start);
                writeln!(out, "<p><a href=\"#line-{line}\">line {line}</a>: {says}</p>")?;
            }
            None => writeln!(out, "<p>{says}</p>")?,
        }
    }
    if !cause.fix.trim().is_empty() {
        writeln!(out, "<p><strong>Fix:</strong> {}</p>", encode_text(&cause.fix))?;
    }
    if !cause.about.trim().is_empty() {
        writeln!(out, "<details><summary>Why</summary><p>{}</p></details>", encode_text(&cause.about))?;
    }
    writeln!(out, "</article>")
}

/// The text with its marks. Of a long one only the lines around them.
fn paste(out: &mut dyn io::Write, diagnosis: &Diagnosis, places: &LineIndex<'_>) -> io::Result<()> {
    let lines = &diagnosis.lines;
    let last = lines.line(diagnosis.paste.len());
    let mut marks: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    let views = diagnosis.exchanges.iter().flat_map(|e| e.causes.iter().chain(&e.next));
    for span in views.filter(|c| c.verdict != Verdict::Possible).flat_map(|c| &c.evidence).filter_map(|e| e.span) {
        let end = places.line(span.end.saturating_sub(1).max(span.start));
        for line in (places.line(span.start)..=end).take(WHOLE) {
            marks.entry(line).or_default().push(span);
        }
    }
    let shown = |line: usize| {
        last <= WHOLE
            || marks.range(line.saturating_sub(CONTEXT)..=line + CONTEXT).next().is_some()
            || (marks.is_empty() && line <= WHOLE)
    };
    writeln!(out, "<pre>")?;
    let mut is_cut = false;
    for line in 1..=last {
        if !shown(line) {
            is_cut = true;
            continue;
        }
        if std::mem::take(&mut is_cut) {
            writeln!(out, "<span class=\"number\">   …</span>")?;
        }
        let marks = marks.get(&line).map_or(&[][..], Vec::as_slice);
        write!(out, "<span class=\"number\" id=\"line-{line}\">{line:>4} </span>")?;
        marked(out, diagnosis, lines.range(line), marks)?;
        writeln!(out)?;
    }
    writeln!(out, "</pre>")
}

/// A line with its marks.
fn marked(out: &mut dyn io::Write, diagnosis: &Diagnosis, line: Range<usize>, marks: &[Span]) -> io::Result<()> {
    let raw = diagnosis.paste.raw();
    let anchor = marks.first().map_or(line.start, |m| m.start.clamp(line.start, line.end));
    let start = raw.floor_char_boundary(anchor.saturating_sub(LINE_CONTEXT).max(line.start));
    let end = raw.floor_char_boundary((anchor + LINE_CONTEXT).min(line.end).max(start));
    let shown = diagnosis.paste.show(Span::new(start, end));
    let mut ranges: Vec<Range<usize>> = marks
        .iter()
        .filter(|m| m.start <= end && m.end >= start)
        .map(|m| shown.range(Span::new(m.start.max(start), m.end.min(end).max(start))))
        .filter(|r| shown.text.is_char_boundary(r.start) && shown.text.is_char_boundary(r.end))
        .collect();
    ranges.sort_by_key(|r| (r.start, r.end));
    if start > line.start {
        write!(out, "…")?;
    }
    let mut at = 0;
    for range in ranges.into_iter().filter(|r| !r.is_empty()) {
        let from = range.start.max(at);
        if from >= range.end {
            continue;
        }
        write!(
            out,
            "{}<mark>{}</mark>",
            encode_text(&shown.text[at..from]),
            encode_text(&shown.text[from..range.end])
        )?;
        at = range.end;
    }
    write!(out, "{}", encode_text(shown.text[at..].trim_end_matches(['\r', '\n'])))?;
    if end < line.end { write!(out, "…") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_page_is_closed_and_covered() {
        let mut out = Vec::new();
        write(&mut out, &[("<ticket>.txt", &samples::story())]).expect("a vector takes it");
        let page = String::from_utf8(out).expect("UTF-8");
        assert!(!page.contains("4kQeTz8h"), "the token is covered");
        assert!(!page.contains("<ticket>") && !page.contains("<script"), "{page}");
        assert!(page.contains("<mark>‹token A, 28 characters›</mark>"), "{page}");
        assert!(page.contains("<li class=\"stopped\"><b>✕ Access token</b>stopped here</li>"), "{page}");
        for tag in ["article", "details", "ul", "ol", "pre", "mark", "li", "p"] {
            let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "<{tag}>");
        }
    }

    #[test]
    fn a_long_text_is_shown_around_its_marks() {
        let paste = format!("{}Authorization: Token abc\n{}", "x\n".repeat(5_000), "y".repeat(1_000_000));
        let mark = samples::span_of(&paste, "Token");
        let mut out = Vec::new();
        write(&mut out, &[("t", &samples::one_cause(&paste, &[(mark, "the scheme")]))]).expect("a vector takes it");
        assert!(out.len() < 10_000, "{} bytes", out.len());
    }
}

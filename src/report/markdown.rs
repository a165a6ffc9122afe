//! A report as Markdown, for an issue or a wiki page.

use std::io;

use super::groups::{groups, is_strong};
use super::headline::{endpoint, headline, named};
use super::line_index::LineIndex;
use super::message::{Message, MessageMarkup};
use super::snippet::{self, Mark, QuotedFile};
use super::style::{DEFAULT_WIDTH, file_name};
use crate::diagnosis::model::{CauseView, CorrectionLine, Diagnosis, ExchangeDiagnosis, Outcome, Verdict};

/// How many causes that are ruled out are listed.
const RULED_OUT: usize = 8;

/// Writes the report of each file.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    let mut message = Message::new(MessageMarkup::Markdown);
    for (file, diagnosis) in files {
        if files.len() > 1 {
            message.title(&file_name(file));
        }
        let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
        let source = QuotedFile { file, places: &places };
        let groups = groups(diagnosis);
        if groups.is_empty() {
            message.prose(match diagnosis.exchanges.len() {
                0 => "No request was found in this text.",
                1 => "The request was accepted: nothing to explain.",
                _ => "All requests were accepted: nothing to explain.",
            });
        }
        for group in &groups {
            exchange(&mut message, source, group.shown);
            if !group.others.is_empty() {
                let lines: Vec<String> = group.others.iter().map(|e| places.line(e.at.start).to_string()).collect();
                message.prose(&format!("The same holds for the requests on these lines: {}.", lines.join(", ")));
            }
        }
        let notes: Vec<String> =
            diagnosis.notes.iter().map(|n| format!("{}: {}", source.place(n.span.start), n.says)).collect();
        if !notes.is_empty() {
            message.heading("Notes");
            message.list(&notes);
        }
    }
    out.write_all(message.finish().as_bytes())
}

fn exchange(message: &mut Message, source: QuotedFile<'_>, exchange: &ExchangeDiagnosis) {
    message.heading(&format!("`{}`", headline(exchange, DEFAULT_WIDTH, false)));
    if let Some(endpoint) = endpoint(&exchange.endpoint) {
        message.prose(&endpoint);
    }
    if let Some(text) = exchange.response.as_ref().and_then(|r| r.message.as_deref()) {
        message.prose("The response says:");
        message.code("text", &text.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    if exchange.causes.is_empty() {
        message.prose(match exchange.outcome {
            Outcome::NoAnswer => "The text shows no response. Nothing shown in this request would be refused.",
            _ => "Nothing in this text shows why the request was refused.",
        });
    }
    let is_strong = is_strong(exchange);
    let (shown, possible): (Vec<&CauseView>, Vec<&CauseView>) =
        exchange.causes.iter().partition(|c| !is_strong || c.verdict <= Verdict::Likely);
    for view in shown {
        cause(message, source, view);
    }
    let changed: Vec<String> = exchange.correction.iter().flat_map(|c| &c.lines).map(CorrectionLine::marked).collect();
    if !changed.is_empty() {
        message.prose("The request as it should be:");
        message.code("diff", &changed);
    }
    if !exchange.next.is_empty() {
        message.prose("Next in line, once that is fixed:");
        let item = |c: &CauseView| format!("{}. {}", named(&c.title, &c.id), c.fix);
        message.list(&exchange.next.iter().map(item).collect::<Vec<_>>());
    }
    listed(message, "Also possible:", possible.iter().map(|c| named(&c.title, &c.id)));
    listed(message, "Still open:", exchange.questions.iter().map(|q| q.how.to_owned()));
    let ruled_out = exchange.ruled_out.iter().take(RULED_OUT);
    listed(message, "Ruled out:", ruled_out.map(|r| format!("{}: {}", named(&r.title, &r.id), r.because)));
}

fn listed(message: &mut Message, lead: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        message.prose(lead);
        message.list(&items);
    }
}

fn cause(message: &mut Message, source: QuotedFile<'_>, cause: &CauseView) {
    message.strong(&format!("{}: {}", cause.verdict.name(), named(&cause.title, &cause.id)));
    if let Some(first) = cause.evidence.first() {
        if let Some(span) = first.span {
            let marks = [Mark { span, label: String::new() }];
            message.code("text", &snippet::draw(source, &marks, cause.verdict, DEFAULT_WIDTH, false).compact().lines);
        }
        message.prose(&format!("Evidence: {}.", first.says));
    }
    if !cause.fix.trim().is_empty() {
        message.prose(&format!("Fix: {}", cause.fix));
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_story() {
        let mut out = Vec::new();
        write(&mut out, &[("ticket.txt", &samples::story())]).expect("a vector takes it");
        insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"));
    }
}

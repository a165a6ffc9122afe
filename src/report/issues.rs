//! The findings of a diagnosis as a flat list with exact places, for the formats that other tools read.

use super::groups::is_strong;
use super::headline::is_quiet;
use crate::diagnosis::model::{CauseView, Diagnosis, ExchangeDiagnosis, Outcome, Verdict};
use crate::text::{Lines, Span};

/// The id of a refusal for which no cause was found.
pub(crate) const NO_CAUSE: &str = "no-cause-found";

/// One finding.
pub(crate) struct Issue<'d> {
    /// The file, as it was named.
    pub(crate) file: &'d str,
    /// The id of the cause, or [`NO_CAUSE`].
    pub(crate) id: &'d str,
    pub(crate) verdict: Verdict,
    pub(crate) title: &'d str,
    /// The evidence; may be empty.
    pub(crate) says: String,
    /// What to do; may be empty.
    pub(crate) fix: &'d str,
    /// The sources of the rule.
    pub(crate) references: &'d [String],
    /// The characters.
    pub(crate) span: Span,
}

impl Issue<'_> {
    /// What is wrong, what shows it and what to do, in one paragraph.
    pub(crate) fn message(&self) -> String {
        let mut text = format!("{} ({}).", self.title, self.verdict.name());
        if !self.says.is_empty() {
            text += &format!(" {}.", capital(self.says.trim_end_matches('.')));
        }
        if !self.fix.trim().is_empty() {
            text += &format!(" Fix: {}", self.fix.trim());
        }
        text
    }
}

/// A text that begins with a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The findings of one file: for each request its causes, then what would be refused next.
pub(crate) fn issues<'d>(file: &'d str, diagnosis: &'d Diagnosis) -> Vec<Issue<'d>> {
    let counted = diagnosis.exchanges.iter().filter(|e| e.superseded_by.is_none());
    counted.flat_map(|exchange| of_exchange(file, &diagnosis.lines, exchange)).collect()
}

/// The findings of one request.
pub(crate) fn of_exchange<'d>(file: &'d str, lines: &Lines, exchange: &'d ExchangeDiagnosis) -> Vec<Issue<'d>> {
    if is_quiet(exchange) {
        return Vec::new();
    }
    let is_strong = is_strong(exchange);
    // Beside a sure cause a possible one is noise where each finding is shown alone.
    let causes = exchange.causes.iter().filter(|c| !is_strong || c.verdict <= Verdict::Likely);
    let of_cause = |cause: &'d CauseView| {
        let evidence = cause.evidence.first();
        Issue {
            file,
            id: &cause.id,
            verdict: cause.verdict,
            title: &cause.title,
            says: evidence.map(|e| e.says.clone()).unwrap_or_default(),
            fix: &cause.fix,
            references: &cause.references,
            span: span(lines, evidence.and_then(|e| e.span), exchange),
        }
    };
    let mut all: Vec<Issue<'d>> = causes.chain(&exchange.next).map(of_cause).collect();
    if exchange.causes.is_empty() && exchange.outcome != Outcome::NoAnswer {
        let question = exchange.questions.first().map(|q| format!("find out: {}", q.how));
        all.push(Issue {
            file,
            id: NO_CAUSE,
            verdict: Verdict::Undecided,
            title: "The text does not show why the request was refused",
            says: question.unwrap_or_default(),
            fix: "",
            references: &[],
            span: span(lines, None, exchange),
        });
    }
    all
}

/// The characters of a piece of evidence; without one, the first line of the exchange.
fn span(lines: &Lines, span: Option<Span>, exchange: &ExchangeDiagnosis) -> Span {
    span.unwrap_or_else(|| {
        let line = lines.range(lines.line(exchange.at.start));
        Span::new(exchange.at.start, line.end.clamp(exchange.at.start, exchange.at.end.max(exchange.at.start)))
    })
}

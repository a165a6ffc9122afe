//! Runs one example through the whole program.

use std::sync::Arc;

use super::branches::Branches;
use super::model::RuleProblem;
use crate::diagnosis::model::{CauseView, Diagnosis, Verdict};
use crate::engine::evaluate::evaluate;
use crate::facts::Facts;
use crate::keys::PublicKeys;
use crate::options::Options;
use crate::pack::model::{Answer, AnswerExample, Cause, Example, Pack};
use crate::text::{Span, Text};

/// The verdicts with which a cause is found.
pub(super) const FINDS: [Verdict; 4] = [Verdict::Confirmed, Verdict::Likely, Verdict::Possible, Verdict::Next];

/// What rules see of an example.
pub(super) struct Ran<'p> {
    pub(super) exchanges: Vec<RanExchange<'p>>,
}

/// What rules see of an exchange of an example.
pub(super) struct RanExchange<'p> {
    pub(super) facts: Facts,
    /// Whether causes are looked for: the request was not accepted.
    pub(super) is_judged: bool,
    /// The answers that the pathway may have given.
    known: Vec<&'p Answer>,
    /// The answers that were recognised.
    pub(super) recognised: Vec<&'p Answer>,
}

impl RanExchange<'_> {
    /// Whether the pathway may have given the answer.
    pub(super) fn may_be(&self, answer: &Answer) -> bool {
        self.known.iter().any(|a| a.id == answer.id)
    }

    /// Marks the parts of an answer's condition. Where the answer holds and another one went first, nothing is proved.
    pub(super) fn mark(&self, answer: &Answer, branches: &mut Branches<'_>) {
        let is_recognised = self.recognised.iter().any(|a| a.id == answer.id);
        if is_recognised || !evaluate(&answer.when, &self.facts).holds() {
            branches.mark(&self.facts);
        }
    }
}

impl<'p> Ran<'p> {
    /// Runs an example of a cause.
    pub(super) fn of(pack: &'p Pack, example: &Example) -> Self {
        Self::with(pack, &example.capture, &options(example, pack))
    }

    /// Runs an example of an answer.
    pub(super) fn of_answer(pack: &'p Pack, example: &AnswerExample) -> Self {
        Self::with(pack, &example.capture, &Options::default())
    }

    fn with(pack: &'p Pack, capture: &str, options: &Options) -> Self {
        let paste = Text::paste(&crate::carrier::open(crate::text::decode(capture.as_bytes())).text);
        let capture = crate::evidence::capture(&paste, pack, options);
        let gathered = crate::evidence::gather(&capture, &paste, pack, options);
        let exchanges = gathered.into_iter().zip(&capture.exchanges).map(|(mut evidence, exchange)| {
            let seen = crate::diagnosis::recognition(exchange, &evidence.facts, pack);
            if seen.is_judged && !seen.names_a_cause {
                crate::evidence::reading::read(&mut evidence, pack.words.table(), paste.as_str());
            }
            let facts = evidence.facts;
            RanExchange { facts, is_judged: seen.is_judged, known: seen.known, recognised: seen.recognised }
        });
        Self { exchanges: exchanges.collect() }
    }
}

fn options(example: &Example, pack: &Pack) -> Options {
    Options {
        now: example.now.as_ref().and_then(|n| n.parse().ok()),
        keys: example.jwks.as_ref().and_then(|j| PublicKeys::parse(j).ok()).map(Arc::new),
        product_set: example.product_set.as_ref().map(|p| crate::product_set::read(p.as_bytes(), pack)),
        ..Options::default()
    }
}

/// The diagnosis of an example.
#[must_use]
pub fn diagnose(pack: &Pack, example: &Example) -> Diagnosis {
    crate::diagnosis::diagnose(example.capture.as_bytes(), pack, &options(example, pack))
}

/// The verdict that a diagnosis gives to a cause: the strongest over all exchanges.
#[must_use]
pub fn verdict_of(diagnosis: &Diagnosis, id: &str) -> Verdict {
    const STRENGTH: [Verdict; 7] = [
        Verdict::Confirmed,
        Verdict::Likely,
        Verdict::Possible,
        Verdict::Next,
        Verdict::RuledOut,
        Verdict::Undecided,
        Verdict::Silent,
    ];
    let mut found = vec![Verdict::Silent];
    for exchange in &diagnosis.exchanges {
        found.extend(exchange.causes.iter().chain(&exchange.next).filter(|c| c.id == id).map(|c| c.verdict));
        found.extend(exchange.ruled_out.iter().filter(|r| r.id == id).map(|_| Verdict::RuledOut));
        found.extend(exchange.undecided.iter().filter(|u| u.id == id).map(|_| Verdict::Undecided));
    }
    STRENGTH.into_iter().find(|v| found.contains(v)).unwrap_or(Verdict::Silent)
}

/// What is wrong with an example: the first thing that it states and does not get.
pub(super) fn check(pack: &Pack, cause: &Cause, example: &Example) -> Option<RuleProblem> {
    let diagnosis = diagnose(pack, example);
    let file = || cause.all_examples().find(|(_, e)| std::ptr::eq(*e, example)).map_or(&*cause.file, |(file, _)| file);
    let fail = |says: String| {
        Some(RuleProblem {
            file: file().to_owned(),
            line: example.line,
            rule: cause.id.to_string(),
            found: format!("\"{}\": {says}", example.name),
            todo: "Correct the rule, or what the example states; `why401 FILE` shows the report of a capture."
                .to_owned(),
        })
    };
    let verdict = verdict_of(&diagnosis, &cause.id);
    if verdict.name() != example.verdict {
        return fail(format!("the verdict should be `{}`, it is `{}`", example.verdict, verdict.name()));
    }
    let marked = marked(&diagnosis, &cause.id);
    for wanted in &example.underlines {
        if !marked.iter().any(|span| example.capture.get(span.start..span.end) == Some(wanted.as_str())) {
            let places: Vec<String> = marked.iter().map(|s| format!("{}..{}", s.start, s.end)).collect();
            return fail(format!(
                "{} characters at {:?} should be underlined; underlined are the bytes {}",
                wanted.chars().count(),
                example.capture.find(wanted.as_str()),
                places.join(", ")
            ));
        }
    }
    let asked: Vec<&str> = diagnosis
        .exchanges
        .iter()
        .flat_map(|e| e.undecided.iter().filter(|u| u.id == cause.id))
        .flat_map(|u| u.needs.iter().map(|n| &*n.fact))
        .collect();
    match example.needs.iter().find(|n| !asked.contains(&n.as_str())) {
        Some(missing) => fail(format!("it should ask for `{missing}`; it asks for {}", asked.join(", "))),
        None => None,
    }
}

/// The characters that the evidence for (or against) a cause points at.
fn marked(diagnosis: &Diagnosis, id: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for exchange in &diagnosis.exchanges {
        let causes: Vec<&CauseView> = exchange.causes.iter().chain(&exchange.next).filter(|c| c.id == id).collect();
        for evidence in causes.iter().flat_map(|c| &c.evidence) {
            spans.extend(evidence.span);
            spans.extend(&evidence.also);
        }
        spans.extend(exchange.ruled_out.iter().filter(|r| r.id == id).filter_map(|r| r.span));
    }
    spans
}

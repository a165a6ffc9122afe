//! The examples of the rule files are their tests: each goes through the whole program, and its cause must get the
//! verdict that it states, underline the characters that it names, and ask for the facts that it lists.

use std::fmt;
use std::sync::Arc;

use crate::Options;
use crate::diagnosis::model::{CauseView, Diagnosis, Verdict};
use crate::evidence::keys::PublicKeys;
use crate::pack::model::{Cause, Example, Pack};
use crate::text::Span;

/// An example whose cause did not get what the example states.
#[derive(Clone, Debug)]
pub struct ExampleFailure {
    /// The file and line of the example.
    pub place: String,
    /// The cause.
    pub cause: String,
    /// The example's name.
    pub name: String,
    /// What was expected and what came.
    pub says: String,
}

impl fmt::Display for ExampleFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: \"{}\": {}", self.place, self.cause, self.name, self.says)
    }
}

/// Runs all examples; gives those that fail.
#[must_use]
pub fn run(pack: &Pack) -> Vec<ExampleFailure> {
    let of = |cause| move |(_, example)| check(pack, cause, example);
    pack.causes.iter().flat_map(|cause| cause.all_examples().filter_map(of(cause))).collect()
}

/// The diagnosis of an example.
#[must_use]
pub fn diagnose(pack: &Pack, example: &Example) -> Diagnosis {
    let keys = example.jwks.as_ref().and_then(|j| PublicKeys::parse(j).ok()).map(Arc::new);
    let product_set = example.product_set.as_ref().map(|p| crate::product_set::read(p.as_bytes()));
    let now = example.now.as_ref().and_then(|n| n.parse().ok());
    let options = Options { now, keys, product_set, ..Options::default() };
    crate::diagnose(example.capture.as_bytes(), pack, &options)
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

/// The file in which an example of a cause is.
fn file_of<'c>(cause: &'c Cause, example: &Example) -> &'c str {
    cause.all_examples().find(|(_, e)| std::ptr::eq(*e, example)).map_or(&cause.file, |(file, _)| file)
}

/// Checks one example.
#[must_use]
pub fn check(pack: &Pack, cause: &Cause, example: &Example) -> Option<ExampleFailure> {
    let diagnosis = diagnose(pack, example);
    let fail = |says: String| {
        Some(ExampleFailure {
            place: format!("{}:{}", file_of(cause, example), example.line),
            cause: cause.id.clone(),
            name: example.name.clone(),
            says,
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
        .flat_map(|u| u.needs.iter().map(|n| n.fact.as_str()))
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

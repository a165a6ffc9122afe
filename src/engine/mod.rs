//! The room that judges: facts of one exchange and causes of the packs in, one finding for each cause out.
//!
//! It adds no facts of its own, ranks nothing and knows no gateway: what an answer at a checkpoint means for the
//! causes is the diagnosis' business.

pub(crate) mod evaluate;
pub(crate) mod truth;

use std::borrow::Cow;

use evaluate::{evaluate, holds};
use truth::Truth;

use crate::facts::Facts;
use crate::pack::model::{Cause, Effect, Refinement, Sign};
use crate::text::Span;

/// What the signs of one cause came to.
#[derive(Debug)]
pub(crate) struct Finding<'p> {
    /// The cause.
    pub cause: &'p Cause,
    /// What other packs add to it for this exchange.
    pub refinements: Vec<&'p Refinement>,
    /// Its signs, in the order of the file, those of the refinements last, and whether each holds; `None` while it is open.
    pub signs: Vec<(&'p Sign, Option<bool>)>,
    /// What the words of the refusal say for it, where they were read.
    pub(crate) words: Option<WordSign>,
}

/// The words of a refusal as a sign for a cause.
#[derive(Debug)]
pub(crate) struct WordSign {
    /// Between 0 and 1, as that of a sign that suggests.
    pub(crate) weight: f64,
    /// What they say.
    pub(crate) says: String,
    /// The words, the most telling first.
    pub(crate) spans: Vec<Span>,
    /// Whether they are an answer that a pack knows from a system.
    pub(crate) is_of_system: bool,
    /// Whether that system means many causes by them, so that a defect which the request shows comes first.
    pub(crate) is_vague: bool,
    /// What that system needs instead.
    pub(crate) fix: Option<String>,
}

impl<'p> Finding<'p> {
    /// The signs of a kind that hold.
    pub(crate) fn holding(&self, kind: fn(Effect) -> bool) -> impl Iterator<Item = &'p Sign> {
        self.signs.iter().filter(move |(sign, holds)| *holds == Some(true) && kind(sign.effect)).map(|(sign, _)| *sign)
    }

    /// The facts that the signs of a kind wait for.
    pub(crate) fn open(&self, kind: fn(Effect) -> bool, facts: &Facts) -> Vec<&'p Cow<'static, str>> {
        let mut names = Vec::new();
        for (sign, _) in self.signs.iter().filter(|(sign, holds)| holds.is_none() && kind(sign.effect)) {
            if let Truth::Open(open) = evaluate(&sign.when, facts) {
                names.extend(open.iter().map(|fact| &fact.name));
            }
        }
        names
    }
}

/// The characters that show a sign that holds.
pub(crate) fn shown_by(sign: &Sign, facts: &Facts) -> Vec<Span> {
    match evaluate(&sign.when, facts) {
        Truth::Holds(spans) => spans,
        _ => Vec::new(),
    }
}

/// Evaluates every sign of the causes in question, with those refinements that apply to the exchange.
#[must_use]
pub(crate) fn judge<'p>(
    causes: impl Iterator<Item = &'p Cause>,
    facts: &Facts,
    applies: impl Fn(&Refinement) -> bool,
) -> Vec<Finding<'p>> {
    let finding = |cause: &'p Cause| {
        let refinements: Vec<&Refinement> = cause.refinements.iter().filter(|r| applies(r)).collect();
        let signs = cause.signs.iter().chain(refinements.iter().flat_map(|r| r.signs.iter()));
        Finding { cause, signs: signs.map(|sign| (sign, holds(&sign.when, facts))).collect(), refinements, words: None }
    };
    causes.map(finding).collect()
}

//! The room that judges: facts of one exchange and the causes of the packs in, one finding for each cause out.
//!
//! It adds no facts of its own, ranks nothing and knows no gateway: what an answer at a checkpoint means for the
//! causes is the diagnosis' business.

pub(crate) mod evaluate;
pub(crate) mod truth;

use evaluate::evaluate;
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
    /// Its signs with their outcomes, in the order of the file, those of the refinements last.
    pub signs: Vec<(&'p Sign, Truth<'p>)>,
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
}

impl<'p> Finding<'p> {
    /// The signs of a kind that hold, with the characters that show each.
    pub(crate) fn holding(&self, kind: fn(Effect) -> bool) -> impl Iterator<Item = (&'p Sign, &[Span])> {
        self.signs.iter().filter_map(move |(sign, truth)| match truth {
            Truth::Holds(spans) if kind(sign.effect) => Some((*sign, spans.as_slice())),
            _ => None,
        })
    }

    /// The facts that the signs of a kind wait for.
    pub(crate) fn open(&self, kind: fn(Effect) -> bool) -> Vec<&'p str> {
        let mut facts = Vec::new();
        for (sign, truth) in &self.signs {
            if let Truth::Open(open) = truth
                && kind(sign.effect)
            {
                facts.extend(open.iter().map(|fact| fact.name.as_str()));
            }
        }
        facts
    }
}

/// Evaluates every sign of every cause, with those refinements that apply to the exchange.
#[must_use]
pub(crate) fn judge<'p>(causes: &'p [Cause], facts: &Facts, applies: impl Fn(&Refinement) -> bool) -> Vec<Finding<'p>> {
    let finding = |cause: &'p Cause| {
        let refinements: Vec<&Refinement> = cause.refinements.iter().filter(|r| applies(r)).collect();
        let signs = cause.signs.iter().chain(refinements.iter().flat_map(|r| &r.signs));
        Finding {
            cause,
            signs: signs.map(|sign| (sign, evaluate(&sign.when, facts))).collect(),
            refinements,
            words: None,
        }
    };
    causes.iter().map(finding).collect()
}

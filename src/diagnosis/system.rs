//! Which answer of a known system an exchange has, and what it means: a sign for causes, like words that were read, but
//! surer.

use std::cmp::Reverse;

use super::render::rendered;
use crate::engine::evaluate::evaluate;
use crate::evidence::{ExchangeFacts, SystemWords, Worded};
use crate::facts::response::StatusFacts;
use crate::facts::system::SystemFacts;
use crate::pack::model::{Effect, Pack, Sign};
use crate::pack::system_model::{AnswerCertainty, SystemAnswer};
use crate::redact::Redactor;

/// How much less an answer weighs that only a text repeats, in hundredths.
const ONLY_TOLD: u8 = 13;

/// The most that an answer weighs that counts only because the text names its system, in hundredths.
const ONLY_NAMED: u8 = 60;

/// A system that is shown makes its words as telling as this many words more.
const SHOWN_COUNTS: usize = 3;

/// So does a condition of the answer that holds.
const SPECIAL_COUNTS: usize = 3;

/// The answer of a system that an exchange has.
pub(super) struct Recognised<'p> {
    answer: &'p SystemAnswer,
    found: Option<SystemWords>,
    is_only_named: bool,
}

impl Recognised<'_> {
    /// Whether the answer is a refusal though its status does not say so.
    pub(super) fn refuses(&self, status: i64) -> bool {
        self.found.as_ref().is_some_and(|f| f.is_in_response)
            && self.answer.statuses.iter().any(|s| i64::from(*s) == status)
    }

    /// Whether known answers of any server give way to it.
    pub(super) fn comes_first(&self) -> bool {
        self.found.is_some() && (self.answer.certainty != AnswerCertainty::Open || !self.answer.needs_system)
    }
}

/// How much an answer tells: whether it is in the response, by how many words, how surely.
type Rank = (bool, usize, Reverse<AnswerCertainty>);

/// The answer that tells most: one in the response before one that the text repeats, longer words before shorter ones.
pub(super) fn recognise<'p>(evidence: &ExchangeFacts<'_>, pack: &'p Pack, paste: &str) -> Option<Recognised<'p>> {
    let facts = &evidence.facts;
    let status = facts.number(StatusFacts::status());
    let line = facts.number(StatusFacts::status_line());
    let gives = |answer: &SystemAnswer| {
        let is_one = |status: i64| answer.statuses.iter().any(|s| i64::from(*s) == status);
        status.is_none_or(is_one) || line.is_some_and(is_one)
    };
    let is_shown = |number: usize| evidence.systems.contains(&(number, true));
    let is_known = |number: usize| evidence.systems.iter().any(|(known, _)| *known == number);
    // An answer whose causes the request excludes is another one with the same words.
    let is_open = |id: &String| {
        let excludes = |sign: &Sign| sign.effect == Effect::Excludes && evaluate(&sign.when, facts).holds();
        pack.cause(id).is_some_and(|cause| !cause.signs.iter().any(excludes))
    };
    let fits = |number: usize, answer: &SystemAnswer| {
        (!answer.needs_system || is_known(number))
            && (answer.statuses.is_empty() || gives(answer))
            && answer.when.as_ref().is_none_or(|when| evaluate(when, facts).holds())
            && answer.fits_text(paste)
            && answer.means.iter().any(&is_open)
    };
    let mut best: Option<(Rank, Recognised<'p>)> = None;
    let mut offer = |rank: Rank, recognised: Recognised<'p>| {
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, recognised));
        }
    };
    for found in &evidence.system_words {
        let number = found.system;
        let answer = pack.systems.system(number).and_then(|system| system.answers.get(found.answer));
        let Some(answer) = answer.filter(|answer| fits(number, answer)) else { continue };
        let shown = if is_shown(number) { SHOWN_COUNTS } else { 0 };
        let special = if answer.is_special() { SPECIAL_COUNTS } else { 0 };
        let is_only_named = answer.needs_system && !is_shown(number);
        let rank = (found.is_in_response, found.words + shown + special, Reverse(answer.certainty));
        offer(rank, Recognised { answer, found: Some(found.clone()), is_only_named });
    }
    if best.is_some() {
        return best.map(|(_, recognised)| recognised);
    }
    // Without known words: what a system means by whatever it says.
    let mut best: Option<((bool, bool), Recognised<'p>)> = None;
    for (number, is_shown) in &evidence.systems {
        let Some(system) = pack.systems.system(*number) else { continue };
        for answer in system.answers.iter().filter(|a| a.words.is_empty() && fits(*number, a)) {
            let rank = (*is_shown, answer.is_special());
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, Recognised { answer, found: None, is_only_named: !is_shown }));
            }
        }
    }
    best.map(|(_, recognised)| recognised)
}

/// What a recognised answer means.
pub(super) fn worded(recognised: &Recognised<'_>, evidence: &ExchangeFacts<'_>, redactor: &Redactor) -> Worded {
    let answer = recognised.answer;
    let mut weight = answer.certainty.weight();
    let spans = match &recognised.found {
        Some(found) => vec![found.span],
        None => evidence.facts.spans(SystemFacts::shown()).to_vec(),
    };
    if recognised.found.as_ref().is_some_and(|found| !found.is_in_response) {
        weight -= ONLY_TOLD;
    }
    if recognised.is_only_named {
        weight = weight.min(ONLY_NAMED);
    }
    Worded {
        weight,
        causes: answer.means.clone(),
        says: rendered(&answer.says, &evidence.facts, redactor),
        message: spans.clone(),
        spans,
        is_of_system: true,
        fix: answer.fix.as_ref().map(|fix| rendered(fix, &evidence.facts, redactor)),
    }
}

//! Conditions over facts.

use super::truth::Truth;
use crate::facts::{Fact, FactRef, Facts, Value};
use crate::pack::model::{Condition, Matcher, Part, RuleValue, Template};
use crate::text::Span;

/// Evaluates a condition, with the characters that decide it. They are only collected for the part that decides.
#[must_use]
pub(crate) fn evaluate<'c>(condition: &'c Condition, facts: &Facts) -> Truth<'c> {
    match condition {
        Condition::All(parts) => match first_failing(parts, facts) {
            Some(part) => evaluate(part, facts),
            None => Truth::all(parts.iter().map(|part| evaluate(part, facts))),
        },
        Condition::Any(parts) => match parts.iter().find(|part| holds(part, facts) == Some(true)) {
            Some(part) => evaluate(part, facts),
            None => Truth::any(parts.iter().map(|part| evaluate(part, facts))),
        },
        Condition::Not(part) => evaluate(part, facts).negate(),
        Condition::Test(fact, matcher) => test(fact, matcher, facts),
    }
}

/// Whether a condition holds; `None` while it is open. The same as [`evaluate`] without its reasons.
#[must_use]
pub(crate) fn holds(condition: &Condition, facts: &Facts) -> Option<bool> {
    match condition {
        Condition::All(parts) => match first_failing(parts, facts) {
            Some(_) => Some(false),
            None => parts.iter().all(|part| holds(part, facts).is_some()).then_some(true),
        },
        Condition::Any(parts) => {
            let mut is_open = false;
            for part in parts {
                match holds(part, facts) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => is_open = true,
                }
            }
            (!is_open).then_some(false)
        }
        Condition::Not(part) => holds(part, facts).map(|holds| !holds),
        Condition::Test(fact, matcher) => match compare(fact, matcher, facts) {
            Compared::Open(_) => None,
            Compared::Decided(holds, ..) => Some(holds),
        },
    }
}

/// Whether a condition holds for certain. It stops at the first part that does not, so it costs less than [`holds`] where
/// nearly no condition does.
#[must_use]
pub(crate) fn is_met(condition: &Condition, facts: &Facts) -> bool {
    match condition {
        Condition::All(parts) => {
            let (tests, others) =
                (|| parts.iter().filter(|part| is_test(part)), || parts.iter().filter(|part| !is_test(part)));
            tests().all(|part| is_met(part, facts)) && others().all(|part| is_met(part, facts))
        }
        Condition::Any(parts) => parts.iter().any(|part| is_met(part, facts)),
        Condition::Not(part) => holds(part, facts) == Some(false),
        Condition::Test(fact, matcher) => matches!(compare(fact, matcher, facts), Compared::Decided(true, ..)),
    }
}

/// The part that fails, of several the cheapest. Cheap parts are asked first, so that most regular expressions are
/// never compiled.
fn first_failing<'c>(parts: &'c [Condition], facts: &Facts) -> Option<&'c Condition> {
    // Most parts are simple tests.
    if let Some(part) = parts.iter().filter(|part| is_test(part)).find(|part| holds(part, facts) == Some(false)) {
        return Some(part);
    }
    let others = || parts.iter().enumerate().filter(|(_, part)| !is_test(part));
    others().next()?;
    let mut asked = None;
    loop {
        let order = others().map(|(at, part)| (cost(part), at));
        let next = order.filter(|next| asked.is_none_or(|asked| *next > asked)).min()?;
        if holds(&parts[next.1], facts) == Some(false) {
            return Some(&parts[next.1]);
        }
        asked = Some(next);
    }
}

/// Whether a condition is a test of the least cost.
fn is_test(condition: &Condition) -> bool {
    match condition {
        Condition::Test(_, Matcher::Matches(_)) => false,
        Condition::Test(..) => true,
        Condition::Not(part) => is_test(part),
        _ => false,
    }
}

fn cost(condition: &Condition) -> usize {
    match condition {
        Condition::Test(_, Matcher::Matches(_)) => 10,
        Condition::Test(..) => 1,
        Condition::Not(part) => cost(part),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().map(cost).sum::<usize>() + 1,
    }
}

/// What came of a test.
enum Compared<'c, 'f> {
    /// It waits for this fact.
    Open(&'c FactRef),
    /// Whether it holds, by these characters.
    Decided(bool, &'f [Span], &'f [Span]),
}

fn test<'c>(fact: &'c FactRef, matcher: &'c Matcher, facts: &Facts) -> Truth<'c> {
    match compare(fact, matcher, facts) {
        Compared::Open(fact) => Truth::Open(vec![fact]),
        Compared::Decided(true, spans, also) => Truth::Holds([spans, also].concat()),
        Compared::Decided(false, spans, also) => Truth::Fails([spans, also].concat()),
    }
}

fn compare<'c, 'f>(fact: &'c FactRef, matcher: &'c Matcher, facts: &'f Facts) -> Compared<'c, 'f> {
    let (value, spans) = match (facts.get(fact), matcher) {
        (Fact::Unseen, _) => return Compared::Open(fact),
        (Fact::Absent(spans), Matcher::Present(wanted)) => return Compared::Decided(!wanted, spans, &[]),
        (Fact::Absent(spans), _) => return Compared::Decided(false, spans, &[]),
        // A list that is known to be empty has nothing in it to be present.
        (Fact::Known(Value::List(items), spans), Matcher::Present(wanted)) => {
            return Compared::Decided(*wanted != items.is_empty(), spans, &[]);
        }
        (Fact::Known(_, spans), Matcher::Present(wanted)) => return Compared::Decided(*wanted, spans, &[]),
        (Fact::Known(value, spans), _) => (value, spans),
    };
    let (other, also): (Option<&Value>, &[Span]) = match matcher {
        Matcher::SameAs(other) => match facts.get(other) {
            Fact::Unseen => return Compared::Open(other),
            Fact::Absent(also) => return Compared::Decided(false, spans, also),
            Fact::Known(value, also) => (Some(value), also),
        },
        _ => (None, &[]),
    };
    if let Value::List(items) = value {
        // One fitting member is enough, and it is the one to point at.
        return match items.iter().find(|(text, _)| text_fits(text, matcher, other)) {
            Some((_, at)) => Compared::Decided(true, at, &[]),
            None => Compared::Decided(false, spans, &[]),
        };
    }
    Compared::Decided(fits(value, matcher, other), spans, also)
}

fn fits(value: &Value, matcher: &Matcher, other: Option<&Value>) -> bool {
    match (matcher, value) {
        (_, Value::Text(text)) => text_fits(text, matcher, other),
        (Matcher::Is(literals), Value::Number(number)) => {
            literals.iter().any(|literal| matches!(literal, RuleValue::Number(n) if n == number))
        }
        (Matcher::Is(literals), Value::Flag(flag)) => {
            literals.iter().any(|literal| matches!(literal, RuleValue::Flag(f) if f == flag))
        }
        (Matcher::Matches(pattern), value) => pattern.is_match(&value.words()),
        (Matcher::Between(above, below), Value::Number(n)) => {
            above.is_none_or(|a| *n > a) && below.is_none_or(|b| *n < b)
        }
        (Matcher::SameAs(_), value) => match other {
            Some(Value::List(items)) => items.iter().any(|(item, _)| *item == value.words()),
            Some(other) => other == value,
            None => false,
        },
        _ => false,
    }
}

fn text_fits(text: &str, matcher: &Matcher, other: Option<&Value>) -> bool {
    match matcher {
        Matcher::Is(literals) => literals.iter().any(|literal| matches!(literal, RuleValue::Text(t) if t == text)),
        Matcher::Matches(pattern) => pattern.is_match(text),
        Matcher::StartsWith(words) => words.iter().any(|w| text.starts_with(w.as_str())),
        Matcher::EndsWith(words) => words.iter().any(|w| text.ends_with(w.as_str())),
        Matcher::Contains(words) => {
            let text = text.to_lowercase();
            words.iter().any(|w| text.contains(w.as_str()))
        }
        Matcher::SameAs(_) => match other {
            Some(Value::List(items)) => items.iter().any(|(item, _)| item == text),
            Some(Value::Text(other)) => other == text,
            _ => false,
        },
        Matcher::Between(..) | Matcher::Present(_) => false,
    }
}

/// A sentence with the values of its facts. What is not known is shown as an ellipsis.
#[must_use]
pub(crate) fn fill(template: &Template, facts: &Facts) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            Part::Words(words) => words.to_string(),
            Part::Fact(fact) => match facts.get(fact) {
                Fact::Known(value, _) => value.words().into_owned(),
                _ => "…".to_owned(),
            },
        })
        .collect()
}

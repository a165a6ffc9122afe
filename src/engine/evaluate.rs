//! Conditions over facts.

use super::truth::Truth;
use crate::evidence::facts::{Fact, Facts, Value};
use crate::pack::model::{Condition, Literal, Matcher, Part, Template};
use crate::text::Span;

/// Evaluates a condition. Cheap parts are asked first, so that most regular expressions are never compiled.
#[must_use]
pub fn evaluate(condition: &Condition, facts: &Facts) -> Truth {
    match condition {
        Condition::All(parts) => {
            // Witnesses keep the order of the file; only the question whether it fails is asked cheap parts first.
            let mut order: Vec<&Condition> = parts.iter().collect();
            order.sort_by_key(|part| cost(part));
            for part in order {
                let truth = evaluate(part, facts);
                if truth.fails() {
                    return truth;
                }
            }
            Truth::all(parts.iter().map(|part| evaluate(part, facts)))
        }
        Condition::Any(parts) => Truth::any(parts.iter().map(|part| evaluate(part, facts))),
        Condition::Not(part) => evaluate(part, facts).negate(),
        Condition::Test(fact, matcher) => test(&fact.name, matcher, facts),
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

fn test(name: &str, matcher: &Matcher, facts: &Facts) -> Truth {
    let (value, spans) = match (facts.get(name), matcher) {
        (Fact::Unseen, _) => return Truth::Open(vec![name.to_owned()]),
        (Fact::Absent(spans), Matcher::Present(wanted)) => return decide(!wanted, spans.clone()),
        (Fact::Absent(spans), _) => return Truth::Fails(spans.clone()),
        // A list that is known to be empty has nothing in it to be present.
        (Fact::Known(Value::List(items), spans), Matcher::Present(wanted)) => {
            return decide(*wanted != items.is_empty(), spans.clone());
        }
        (Fact::Known(_, spans), Matcher::Present(wanted)) => return decide(*wanted, spans.clone()),
        (Fact::Known(value, spans), _) => (value, spans),
    };
    let other = match matcher {
        Matcher::SameAs(other) => match facts.get(&other.name) {
            Fact::Unseen => return Truth::Open(vec![other.name.clone()]),
            Fact::Absent(also) => return Truth::Fails(joined(spans, also)),
            Fact::Known(value, also) => Some((value, also)),
        },
        _ => None,
    };
    if let Value::List(items) = value {
        // One fitting member is enough, and it is the one to point at.
        for (text, at) in items {
            if fits(&Value::Text(text.clone()), matcher, other.map(|o| o.0)) {
                return Truth::Holds(at.clone());
            }
        }
        return Truth::Fails(spans.clone());
    }
    let holds = fits(value, matcher, other.map(|o| o.0));
    decide(holds, other.map_or_else(|| spans.clone(), |(_, also)| joined(spans, also)))
}

fn joined(a: &[Span], b: &[Span]) -> Vec<Span> {
    a.iter().chain(b).copied().collect()
}

fn decide(holds: bool, spans: Vec<Span>) -> Truth {
    if holds { Truth::Holds(spans) } else { Truth::Fails(spans) }
}

fn fits(value: &Value, matcher: &Matcher, other: Option<&Value>) -> bool {
    match (matcher, value) {
        (Matcher::Is(literals), value) => literals.iter().any(|literal| match (literal, value) {
            (Literal::Text(a), Value::Text(b)) => a == b,
            (Literal::Number(a), Value::Number(b)) => a == b,
            (Literal::Flag(a), Value::Flag(b)) => a == b,
            _ => false,
        }),
        (Matcher::Matches(pattern), value) => pattern.regex().is_some_and(|r| r.is_match(&value.words())),
        (Matcher::StartsWith(words), Value::Text(text)) => words.iter().any(|w| text.starts_with(w.as_str())),
        (Matcher::Contains(words), Value::Text(text)) => {
            let text = text.to_lowercase();
            words.iter().any(|w| text.contains(w.as_str()))
        }
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

/// A sentence with the values of its facts. What is not known is shown as an ellipsis.
#[must_use]
pub fn fill(template: &Template, facts: &Facts) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Fact(fact) => match facts.get(&fact.name) {
                Fact::Known(value, _) => value.words(),
                _ => "…".to_owned(),
            },
        })
        .collect()
}

//! What people say in sentences: the endpoints that they name, and the words of an answer that they repeat instead of
//! quoting it.

use super::model::ExchangeFacts;
use crate::capture::model::{Capture, Role};
use crate::facts::response::{RefusalFacts, StatusFacts};
use crate::facts::{Fact, ListItem, Observed};
use crate::pack::model::{Condition, Matcher, Numbering, Pack, RuleValue};
use crate::text::{Span, Text};

/// The endpoints that the text names by their ids.
pub(super) fn endpoints(paste: &Text, pack: &Pack) -> Vec<ListItem> {
    let mut named: Vec<ListItem> = Vec::new();
    for api in &pack.apis {
        let Some(numbering) = &api.numbering else { continue };
        let mut ids: Vec<&str> = pack.operations.iter().filter(|o| o.api == api.id).map(|o| o.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for (id, span) in numbered(paste.as_str(), numbering) {
            if ids.binary_search(&id.as_str()).is_ok() && !named.iter().any(|(n, _)| *n == id) {
                named.push((id.into(), vec![span]));
            }
        }
    }
    named
}

/// The ids of a numbering in a text. A42, A042 and A0042 are the same endpoint to those who write tickets.
fn numbered<'t>(text: &'t str, numbering: &'t Numbering) -> impl Iterator<Item = (String, Span)> {
    let bytes = text.as_bytes();
    let (prefix, digits) = (numbering.prefix.as_bytes(), numbering.digits);
    let first = numbering.prefix.chars().next().unwrap_or(' ');
    text.match_indices([first.to_ascii_uppercase(), first.to_ascii_lowercase()]).filter_map(move |(at, _)| {
        let from = at + prefix.len();
        let is_inside = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'-' | b'_'));
        if is_inside || !bytes.get(at..from)?.eq_ignore_ascii_case(prefix) {
            return None;
        }
        let count = bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let till = from + count;
        let goes_on = bytes.get(till).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        if !(2..=digits + 2).contains(&count) || goes_on {
            return None;
        }
        let number: u32 = text[from..till].parse().ok()?;
        Some((format!("{}{number:0digits$}", numbering.prefix), Span::new(at, till)))
    })
}

/// Gives words that only one known answer uses to the last exchange without words of its own, where the text repeats
/// them and does not quote the answer. In a thread they belong to the exchange of the same post.
pub(super) fn answers(all: &mut [ExchangeFacts<'_>], capture: &Capture, paste: &Text, pack: &Pack) {
    let is_silent = |e: &ExchangeFacts<'_>| {
        let is_refused = e.facts.number(StatusFacts::status()).is_none_or(|s| s >= 400);
        is_refused && *e.facts.get(RefusalFacts::message()) == Fact::Unseen
    };
    let mut silent: Vec<usize> = (0..all.len()).rev().filter(|at| is_silent(&all[*at])).collect();
    match &capture.thread {
        Some(thread) => silent.retain(|at| !thread.superseded.iter().any(|(old, _)| old == at)),
        None => silent.truncate(1),
    }
    if silent.is_empty() {
        return;
    }
    let said = Said::of(paste.as_str(), pack);
    for at in silent {
        let words = match &capture.thread {
            None => said.words(|_| true),
            Some(thread) => {
                let post = thread.post_of(capture.exchanges[at].at.start);
                let status = all[at].facts.number(StatusFacts::status()).map(|s| s.to_string());
                // A line of the other side's log says the status beside the words.
                let is_log = |place: usize| {
                    let text = paste.as_str();
                    let from = text[..place].rfind('\n').map_or(0, |i| i + 1);
                    let line = text[from..].lines().next().unwrap_or_default();
                    let mut words = line.split(|c: char| c.is_whitespace() || "=\"',;".contains(c));
                    status.as_ref().is_some_and(|s| words.any(|w| w == s))
                        && thread.post_of(place).is_some_and(|p| Some(p) > post && thread.posts[p].role == Role::Staff)
                };
                said.words(|place| thread.post_of(place) == post || is_log(place))
            }
        };
        give(all, capture, at, words);
    }
}

/// Gives words to an exchange, but for those inside another one: they are of that one's answer.
fn give(all: &mut [ExchangeFacts<'_>], capture: &Capture, at: usize, mut words: Vec<ListItem>) {
    words.retain(|(_, spans)| {
        !capture.exchanges.iter().enumerate().any(|(i, e)| i != at && spans.iter().any(|s| e.at.contains(*s)))
    });
    if !words.is_empty() {
        all[at].facts.set(RefusalFacts::message(), Observed::list(words));
    }
}

/// Every place of the text at which it has the words of a known answer, in the order of the answers.
struct Said<'t> {
    text: &'t str,
    /// For each text that an answer is recognised by: its places, all of one length.
    places: Vec<Vec<Span>>,
}

impl<'t> Said<'t> {
    fn of(text: &'t str, pack: &Pack) -> Self {
        /// Shorter words may come from anything.
        const SHORTEST: usize = 14;
        let lower = text.to_ascii_lowercase();
        let literals = pack.answers.iter().flat_map(|answer| literals(&answer.when));
        let places = literals.filter(|(literal, _)| literal.len() >= SHORTEST).map(|(literal, as_written)| {
            let text = if as_written { text } else { &lower };
            text.match_indices(literal).map(|(at, _)| Span::new(at, at + literal.len())).collect()
        });
        Self { text, places: places.collect() }
    }

    /// The words as the text has them, each where it is first said at a place that counts.
    fn words(&self, counts: impl Fn(usize) -> bool) -> Vec<ListItem> {
        let mut found: Vec<ListItem> = Vec::new();
        for places in &self.places {
            if let Some(span) = places.iter().find(|span| counts(span.start))
                && !found.iter().any(|(_, spans)| spans.contains(span))
            {
                found.push((self.text[span.start..span.end].to_owned().into(), vec![*span]));
            }
        }
        found
    }
}

/// The texts with which a condition compares the refusal's message, and whether their letters must be as written.
fn literals(condition: &Condition) -> Vec<(&str, bool)> {
    let is_message = |name: &str| name == "refusal.message";
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(literals).collect(),
        Condition::Not(_) => Vec::new(),
        Condition::Test(tested, Matcher::Is(values)) if is_message(&tested.name) => values
            .iter()
            .filter_map(|v| match v {
                RuleValue::Text(text) => Some((text.as_str(), true)),
                _ => None,
            })
            .collect(),
        Condition::Test(tested, Matcher::StartsWith(words)) if is_message(&tested.name) => {
            words.iter().map(|w| (w.as_str(), true)).collect()
        }
        Condition::Test(tested, Matcher::Contains(words)) if is_message(&tested.name) => {
            words.iter().map(|w| (w.as_str(), false)).collect()
        }
        Condition::Test(..) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_endpoints() {
        let numbering = Numbering { prefix: "A".into(), digits: 3 };
        let text = "A42, a042 and A0042, but not BA042, A4, A042x, x-A042 or A000042";
        let ids: Vec<String> = numbered(text, &numbering).map(|(id, _)| id).collect();
        assert_eq!(ids, ["A042", "A042", "A042"]);
    }
}

//! The scopes of a token, compared with those that the answer asks for: in the challenge (RFC 6750, section 3.1), in members
//! and fields that the vocabulary names, in the words of the refusal.

use std::ops::Range;

use super::authorization::Credentials;
use crate::capture::json::Json;
use crate::capture::model::{Exchange, Field};
use crate::facts::challenge::ChallengeFacts;
use crate::facts::claims::ScopeFacts;
use crate::facts::response::{RefusalFacts, StatusFacts};
use crate::facts::{Facts, JwtForm, ListItem, Observed, ScopesHeld};
use crate::pack::model::Vocabulary;
use crate::pack::rule_text::RuleText;
use crate::text::{Span, Text};

/// How deep in a token and in a body scopes are searched, how many are kept, and how long one may be.
const DEEPEST: usize = 4;
const MOST: usize = 100;
const LONGEST: usize = 200;

/// Sets the facts. Most answers ask for no scope, and most tokens cannot be read, which is not worth a question.
pub(super) fn read(
    facts: &mut Facts,
    exchange: &Exchange,
    credentials: Option<&Credentials>,
    body: Option<&Json>,
    vocabulary: &Vocabulary,
) {
    compare(facts, exchange, credentials, body, vocabulary).unwrap_or_else(|| ScopeFacts::absent(&[])).put(facts);
}

fn compare(
    facts: &Facts,
    exchange: &Exchange,
    credentials: Option<&Credentials>,
    body: Option<&Json>,
    vocabulary: &Vocabulary,
) -> Option<ScopeFacts> {
    let status = facts.number(StatusFacts::status());
    let is_refusal = status.is_none_or(|status| status >= 400) || !facts.items(RefusalFacts::code()).is_empty();
    let fields = exchange.response.as_ref().map(|r| r.fields.as_slice()).filter(|_| is_refusal)?;
    let needed = needed(facts, fields, body, &vocabulary.needed_scopes);
    if needed.is_empty() {
        return None;
    }
    let held = in_answer(fields, body, &vocabulary.granted_scopes)
        .or_else(|| in_token(exchange, credentials?, &vocabulary.scope_claims))?;
    let missing: Vec<ListItem> =
        needed.iter().filter(|(scope, _)| !held.iter().any(|(own, _)| is_same(own, scope))).cloned().collect();
    let count = match missing.len() {
        0 => ScopesHeld::All,
        missing if missing == needed.len() => ScopesHeld::None,
        _ => ScopesHeld::Some,
    };
    let mut places = needed.first().map(|(_, at)| at.clone()).unwrap_or_default();
    places.extend(held.first().and_then(|(_, at)| at.first()));
    Some(ScopeFacts {
        held: Observed::Known(count, places),
        missing: Observed::list(missing),
        needed: Observed::list(needed),
    })
}

/// Entra writes `api://<application>/Orders.Read` where a client asks, and `Orders.Read` in the token; Spring has `SCOPE_` before
/// an authority.
fn is_same(own: &str, needed: &str) -> bool {
    let plain = |scope: &str| scope.strip_prefix("SCOPE_").unwrap_or(scope).to_owned();
    let name = if needed.contains("://") { needed.rsplit('/').next().unwrap_or(needed) } else { needed };
    own == needed || plain(own) == plain(needed) || own == name
}

/// What an answer asks for; of several places the surest one alone.
fn needed(facts: &Facts, fields: &[Field], body: Option<&Json>, names: &[RuleText]) -> Vec<ListItem> {
    if let Some(scope) = facts.text(ChallengeFacts::scope()) {
        let at = facts.spans(ChallengeFacts::scope()).first().copied().unwrap_or(Span::new(0, 0));
        let mut found = Vec::new();
        add(&mut found, scope, at);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(found) = in_answer(fields, body, names).filter(|found| !found.is_empty()) {
        return found;
    }
    let mut found = Vec::new();
    let may_name = |message: &str| ["cope", "COPE", "ermission"].iter().any(|part| message.contains(part));
    for (message, at) in facts.items(RefusalFacts::message()).iter().filter(|(message, _)| may_name(message)) {
        for range in in_words(message) {
            add(&mut found, &message[range], at.first().copied().unwrap_or(Span::new(0, 0)));
        }
    }
    found
}

/// Whether two names are the same in letters and digits.
fn is_same_name(a: &str, b: &str) -> bool {
    plain_name(a).eq(plain_name(b))
}

fn plain_name(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase())
}

/// The scopes that members or fields of an answer name. `None` where there is no such member or field.
fn in_answer(fields: &[Field], body: Option<&Json>, names: &[RuleText]) -> Option<Vec<ListItem>> {
    let is_named = |name: &str| names.iter().any(|known| is_same_name(known.as_str(), name));
    let mut found = None;
    if let Some(body) = body {
        collect(body, &is_named, DEEPEST, &mut found);
    }
    for field in fields.iter().filter(|field| is_named(field.name.as_str())) {
        add(found.get_or_insert_default(), field.value.as_str(), field.value.span());
    }
    found
}

/// The scopes of a token that is shown whole. One that has no such claim has no scope.
fn in_token(exchange: &Exchange, credentials: &Credentials, names: &[RuleText]) -> Option<Vec<ListItem>> {
    let jwt = credentials.jwt.as_ref()?;
    let payload = jwt.payload.as_ref()?;
    // Of claims that were posted decoded, the end shows whether all are there.
    let is_decoded_whole = |text: &Text| {
        let text = text.as_str().trim_end();
        text.ends_with('}') && !text.contains("...") && !text.contains('…')
    };
    let decoded = exchange.decoded_jwt.payload.as_ref();
    if jwt.form != JwtForm::Jwt && !decoded.is_some_and(is_decoded_whole) {
        return None;
    }
    let is_named =
        |name: &str| names.iter().any(|known| known.as_str() == name.rsplit(['/', ':']).next().unwrap_or(name));
    let mut found = None;
    collect(payload, &is_named, DEEPEST, &mut found);
    let found = found.unwrap_or_default();
    // Claims that a poster writes down may be those that he finds worth it.
    (!found.is_empty() || jwt.form == JwtForm::Jwt).then_some(found)
}

/// Adds the scopes of all members with these names, at most so deep in a document.
fn collect(json: &Json, is_named: &dyn Fn(&str) -> bool, depth: usize, found: &mut Option<Vec<ListItem>>) {
    if depth == 0 {
        return;
    }
    for (name, value) in json.members() {
        if !is_named(name.as_str()) {
            collect(value, is_named, depth - 1, found);
            continue;
        }
        match value {
            Json::String(text) => add(found.get_or_insert_default(), text.as_str(), text.span()),
            Json::Array(items, _) => {
                for text in items.iter().filter_map(Json::as_text) {
                    add(found.get_or_insert_default(), text.as_str(), text.span());
                }
            }
            other => collect(other, is_named, depth - 1, found),
        }
    }
    for item in json.elements().iter().take(MOST) {
        collect(item, is_named, depth - 1, found);
    }
}

/// Adds the scopes of a list with blanks or commas between them.
fn add(found: &mut Vec<ListItem>, list: &str, at: Span) {
    for scope in list.split([' ', ',', '\n', '\t']).filter(|scope| !scope.is_empty() && scope.len() <= LONGEST) {
        if found.len() < MOST && !found.iter().any(|(known, _)| known == scope) {
            found.push((scope.to_owned().into(), vec![at]));
        }
    }
}

/// The scopes that a sentence asks for: in quotes or brackets, or with marks inside that words do not have, after the word
/// `scope` or `permission`. What the token is said to have is left out.
fn in_words(message: &str) -> Vec<Range<usize>> {
    const WORDS: [&str; 2] = ["scope", "permission"];
    const HELD: [&str; 9] =
        ["has", "have", "granted", "provided", "given", "current", "actual", "contains", "includes"];
    const BETWEEN: [&str; 12] =
        ["is", "are", "required", "needed", "missing", "one", "of", "the", "following", "any", "all", "for"];
    let lower = message.to_ascii_lowercase();
    let mut found = Vec::new();
    for word in WORDS {
        for (start, _) in lower.match_indices(word).take(8) {
            if lower[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "_.:/".contains(c)) {
                continue;
            }
            let before = lower[..start].rsplit(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty());
            if before.take(3).any(|word| HELD.contains(&word)) {
                continue;
            }
            let mut at = start + word.len();
            at += ["s", "(s)"].iter().find(|end| lower[at..].starts_with(**end)).map_or(0, |end| end.len());
            let before_it = found.len();
            while let Some((from, till)) = next(message, at) {
                at = till;
                let piece = message[from..till].trim_end_matches(['.', ':', '?', '!']);
                let is_quoted = message[..from].ends_with(['"', '\'', '`', '[', '(']);
                let has_marks = piece.contains(['.', ':', '/', '_']);
                if BETWEEN.contains(&piece.to_ascii_lowercase().as_str()) && !is_quoted {
                    continue;
                }
                // After the first one, the list goes on inside of its brackets only.
                let goes_on =
                    found[before_it..].last().is_some_and(|last: &Range<usize>| message[last.end..from].trim() == ",");
                if piece.is_empty() || !(is_quoted || has_marks || goes_on) {
                    break;
                }
                found.push(from..from + piece.len());
            }
        }
    }
    found
}

/// The next run of characters that a scope may have.
fn next(message: &str, at: usize) -> Option<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._:/*".contains(c);
    let from = at + message[at..].find(|c: char| is_part(c) && c != ':')?;
    let till = message[from..].find(|c| !is_part(c)).map_or(message.len(), |length| from + length);
    Some((from, till))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    fn scopes(message: &str) -> Vec<&str> {
        in_words(message).into_iter().map(|range| &message[range]).collect()
    }

    #[test]
    fn scopes_that_a_sentence_asks_for() {
        assert_eq!(scopes("Missing required scope: orders:write."), ["orders:write"]);
        assert_eq!(scopes("The token needs one of the scopes [read, orders.write]"), ["read", "orders.write"]);
        assert_eq!(scopes("Token has scope \"read\" but requires scope \"write\""), ["write"]);
        assert_eq!(scopes("This API requires the permission 'admin'"), ["admin"]);
        assert_eq!(scopes("Insufficient scope for this resource"), [""; 0]);
        assert_eq!(scopes("The scopes of the token do not suffice."), [""; 0]);
        assert_eq!(scopes("Out of microscope:x"), [""; 0]);
        // Each of the two words has a list of its own, in whatever order they stand.
        assert_eq!(scopes("The permission orders is missing, required scope: orders.write"), ["orders.write"]);
    }
}

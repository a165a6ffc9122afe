//! What the words of a refusal mean, read by the lexicon of the packs. This is for refusals that are not a known answer,
//! so the diagnosis asks for it once it has looked for those.

use std::borrow::Cow;
use std::ops::Range;

use super::model::{ExchangeFacts, Worded};
use crate::facts::response::{ReadingFacts, RefusalFacts, StatusFacts};
use crate::facts::{Facts, ListItem, Observed, RefusalFamily};
use crate::text::Span;
use crate::words::reading::{Reading, read as read_message};
use crate::words::table::WordTable;

/// A sentence with at least this weight is taken, whatever later ones say.
const CERTAIN: u8 = 90;

/// A sentence with less weight gives way to an error code.
const VAGUE: u8 = 55;

/// The highest weight of words that came with a status that is not about credentials.
const MOST_UNUSUAL: u8 = 60;

/// The highest weight of a sentence that nothing marks as the word of a machine: it may be what the asker believes.
const MOST_TOLD: u8 = 30;

/// Reads the words of a refusal and sets the facts about them.
pub(crate) fn read(evidence: &mut ExchangeFacts<'_>, table: WordTable<'_>, paste: &str) {
    let facts = &evidence.facts;
    let Some(scope) = StatusScope::of(facts) else { return ReadingFacts::unseen().put(&mut evidence.facts) };
    let found = best(table, facts.items(RefusalFacts::message()))
        .into_iter()
        .chain(best(table, facts.items(RefusalFacts::code())))
        // The sentence counts more than the code.
        .reduce(
            |sentence, code| {
                if sentence.0.weight < VAGUE && code.0.weight > sentence.0.weight { code } else { sentence }
            },
        );
    let Some((mut reading, item)) = found.filter(|(reading, item)| scope.holds(reading, &item.0)) else {
        let spans = facts.spans(RefusalFacts::message()).to_vec();
        return ReadingFacts::absent(&spans).put(&mut evidence.facts);
    };
    if scope == StatusScope::Unusual {
        reading.weight = reading.weight.min(MOST_UNUSUAL);
    }
    if evidence.is_told_in_sentence {
        reading.weight = reading.weight.min(MOST_TOLD);
    }
    let place = |range: &Option<Range<usize>>| range.as_ref().map(|r| place(item, r, paste));
    let text = |range: &Option<Range<usize>>| match range {
        Some(range) => Observed::at(item.0[range.clone()].to_owned(), self::place(item, range, paste)),
        None => Observed::Absent(item.1.clone()),
    };
    let (about_at, complaint_at) = (place(&reading.about_at), place(&reading.complaint_at));
    let list = |id: Option<&str>, at: Option<Span>| match (id, at) {
        (Some(id), Some(at)) => Observed::list(vec![(Cow::Owned(id.to_owned()), vec![at])]),
        _ => Observed::Absent(item.1.clone()),
    };
    let spans: Vec<Span> = [complaint_at, about_at].into_iter().flatten().collect();
    let facts = ReadingFacts {
        about: list(reading.about, about_at),
        complaint: list(reading.complaint, complaint_at),
        expected: text(&reading.expected),
        family: RefusalFamily::of(reading.family)
            .map_or_else(|| Observed::Absent(item.1.clone()), |family| Observed::Known(family, spans.clone())),
        got: text(&reading.got),
        weight: Observed::Known(i64::from(reading.weight), spans.clone()),
    };
    evidence.worded = Some(Worded {
        weight: reading.weight,
        causes: reading.causes.iter().map(|&id| id.to_owned()).collect(),
        says: match evidence.is_told_in_sentence {
            true => reading.says(table).replacen("the message", "the text", 1),
            false => reading.says(table),
        },
        spans,
        message: item.1.clone(),
        is_of_system: false,
        fix: None,
    });
    facts.put(&mut evidence.facts);
}

/// The best reading of several messages: the first one that is certain, otherwise the one with the most weight.
fn best<'t, 'm>(table: WordTable<'t>, messages: &'m [ListItem]) -> Option<(Reading<'t>, &'m ListItem)> {
    let mut best: Option<(Reading<'t>, &ListItem)> = None;
    for item in messages {
        let Some(reading) = read_message(table, &item.0) else { continue };
        let is_certain = reading.weight >= CERTAIN;
        if best.as_ref().is_none_or(|(known, _)| reading.weight > known.weight) {
            best = Some((reading, item));
        }
        if is_certain {
            break;
        }
    }
    best
}

/// The place of some characters of a message in the paste; that of the whole message where it was written in another way
/// there, with escapes for example.
fn place(item: &ListItem, range: &Range<usize>, paste: &str) -> Span {
    let whole = item.1.first().copied().unwrap_or(Span::new(0, 0));
    let part = &item.0[range.clone()];
    let shown = paste.get(whole.start..whole.end).unwrap_or_default();
    // The same words may come twice, so the search begins at the place where they would be without escapes.
    let from = if shown.is_char_boundary(range.start.min(shown.len())) { range.start.min(shown.len()) } else { 0 };
    match shown[from..].find(part).map(|at| at + from).or_else(|| shown.find(part)) {
        Some(at) => Span::new(whole.start + at, whole.start + at + part.len()),
        None => whole,
    }
}

/// Whether a message has an error code of a token endpoint (RFC 6749, section 5.2).
fn has_oauth_code(message: &str) -> bool {
    const CODES: [&str; 5] =
        ["invalid_client", "invalid_grant", "invalid_scope", "unauthorized_client", "unsupported_grant_type"];
    message.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|word| CODES.contains(&word))
}

/// Which words may be about the credentials, by the status that they came with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StatusScope {
    /// A refusal of the caller: whatever they say.
    Refusal,
    /// An error that some libraries give for bad credentials: only words that name credentials.
    Unusual,
}

impl StatusScope {
    /// `None` where the status is about something else.
    fn of(facts: &Facts) -> Option<Self> {
        let at_token_endpoint = || {
            let path = facts.text("request.path").unwrap_or_default();
            crate::url::is_of_token_endpoint(path)
                || facts.text("request.form-state.grant_type") == Some("present")
                || facts.text("response.body") == Some("oauth-error")
                || facts.items(RefusalFacts::message()).iter().any(|(message, _)| has_oauth_code(message))
        };
        match facts.number(StatusFacts::status()) {
            // 419, 440, 498 and 499 are what some products say for an ended session or a bad token.
            None | Some(401 | 403 | 407 | 419 | 440 | 498 | 499) => Some(Self::Refusal),
            Some(400) if at_token_endpoint() => Some(Self::Refusal),
            Some(400 | 422 | 500) => Some(Self::Unusual),
            Some(_) => None,
        }
    }

    /// Whether a reading counts. Other errors are everyday ones: "User not found", "name is required".
    fn holds(self, reading: &Reading<'_>, message: &str) -> bool {
        const CLEAR: u8 = 85;
        const OF_SIGN_IN: [&str; 7] = [
            "redirect-uri",
            "grant",
            "grant-type",
            "client-assertion",
            "authorization-code",
            "refresh-token",
            "client",
        ];
        const OF_CREDENTIALS: [&str; 8] =
            ["auth", "access token", "bearer", "jwt", "api key", "credential", "log in", "login"];
        let names_credentials = || {
            let message = message.to_ascii_lowercase();
            OF_CREDENTIALS.iter().any(|word| message.contains(word))
        };
        self == Self::Refusal
            || (reading.weight >= CLEAR && matches!(reading.family, "nothing-usable" | "unreadable" | "failed-check"))
            // What only authorization servers speak of.
            || (reading.weight >= CLEAR && reading.about.is_some_and(|about| OF_SIGN_IN.contains(&about)))
            // "Invalid authentication token": a token of a parser is called neither.
            || (reading.family == "not-recognised" && names_credentials())
    }
}

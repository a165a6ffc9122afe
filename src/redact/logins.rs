//! A name and a password as people write them next to each other: `I log in with svc / …`, `u: svc p: …`, `svc:… on INT`.

use std::ops::Range;

use super::between::blanks;
use super::cut;
use super::hidden::{Hidden, line_start};
use super::names::Telling;
use super::searchable::Searchable;
use super::value::{self, Firmness};

/// What announces a name and a password.
const LEADS: [&str; 12] = [
    "log in",
    "login",
    "logging in",
    "logged in",
    "log on",
    "logon",
    "sign in",
    "signed in",
    "credentials",
    "creds",
    "account",
    "user",
];

/// Marks between a name and a password, which stand alone.
const BETWEEN: [&str; 5] = [" / ", " | ", ", ", "/", " and "];

/// How far the name is from what announces it.
const NEAR: usize = 60;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = announced(searchable);
    found.extend(letters(searchable));
    found.extend(of_addresses(searchable));
    found
}

/// `use kim@shop.example with PASSWORD`, `kim@shop.example / PASSWORD`, `kim@shop.example:PASSWORD`.
fn of_addresses(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places("@") {
        let name = word_before(text, at);
        let rest = &text[at + 1..text.floor_char_boundary(at + 100)];
        let host =
            &rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len())];
        let end = at + 1 + host.len();
        if name.is_empty() || !host.contains('.') || text[name.clone()].contains(['/', ':', '‹']) {
            continue;
        }
        let Some((joint, is_weak)) = [(" with ", true), (" / ", false), (" | ", false), (" : ", false), (":", false)]
            .into_iter()
            .find(|(joint, _)| text[end..].starts_with(joint))
        else {
            continue;
        };
        // Somebody is written to with an id of a message, too.
        let lead = text[line_start(text, name.start)..name.start].to_ascii_lowercase();
        let verbs = [
            "use ",
            "using ",
            "login ",
            "log in ",
            "logged in ",
            "sign in ",
            "signed in ",
            "try ",
            "tried ",
            "as ",
            "user ",
        ];
        if is_weak && !verbs.iter().any(|verb| lead.contains(verb)) {
            continue;
        }
        let value = value::at(text, end + joint.len());
        let shown = &text[value.range.clone()];
        // `kim@host.example:1521:shop` has a port.
        let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
        let is_port =
            joint == ":" && (1..=5).contains(&digits) && !shown[digits..].starts_with(|c: char| c.is_alphanumeric());
        let is_cut = cut::is_in(shown) || cut::follows(&text[value.range.end..]);
        if !is_port && (is_cut || value::is_odd(shown.trim_end_matches(['.', ':', '!', '?']))) {
            found.extend(value::judge(text, value, Telling::Password, Firmness::Said));
        }
    }
    found
}

/// `log in with NAME / PASSWORD`.
fn announced(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for mark in BETWEEN {
        for at in searchable.places(mark) {
            let name = word_before(text, at);
            let lead = &text[line_start(text, name.start).max(text.ceil_char_boundary(name.start.saturating_sub(NEAR)))
                ..name.start];
            let lead = lead.to_ascii_lowercase();
            // A word in between: `log in to the portal with`; a sentence ends it.
            let lead = lead.rsplit(['.', '?', '!']).next().unwrap_or_default();
            let is_announced = LEADS.iter().any(|word| {
                lead.rfind(word).is_some_and(|i| {
                    let (before, behind) = (&lead[..i], &lead[i + word.len()..]);
                    let behind = behind.trim_end_matches(['(', '[']).trim_end().trim_end_matches(':');
                    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
                        && behind.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'\''))
                })
            });
            if name.len() < 2 || !is_announced {
                continue;
            }
            let value = value::at(text, at + mark.len());
            // Other marks are in any sentence: the two must be in brackets, or the word must be none of a sentence.
            let is_pair = |word: &str| word.trim_end_matches('=').contains(['=', ':']);
            let in_brackets = !is_pair(&text[name.clone()])
                && !is_pair(&text[value.range.clone()])
                && text[..name.start].ends_with(['(', '['])
                && (text[value.range.end..].starts_with([')', ']'])
                    || text[value.range.end..].starts_with("<br")
                    || cut::follows(&text[value.range.end..]));
            let is_weak = match mark {
                ", " | "/" => !in_brackets,
                " and " => {
                    !lead.contains("cred") || !value::is_odd(text[value.range.clone()].trim_end_matches(['.', '!']))
                }
                _ => false,
            };
            if is_weak {
                continue;
            }
            // A list of more than two words is none, nor the name of a field.
            let is_name = text[value.range.clone()].ends_with(':') || text[value.range.end..].starts_with(':');
            if !is_name && !text[value.range.end..].starts_with(mark) {
                found.extend(value::judge(text, value, Telling::Password, Firmness::Said));
            }
        }
    }
    found
}

/// The word that ends here.
fn word_before(text: &str, end: usize) -> Range<usize> {
    let base = text.ceil_char_boundary(end.saturating_sub(80));
    let is_of_word = |c: char| !c.is_whitespace() && !"\"'`<>|(){}[]".contains(c);
    let lead = &text[base..end];
    let start =
        lead.rfind(|c: char| !is_of_word(c)).map_or(0, |i| i + lead[i..].chars().next().map_or(1, char::len_utf8));
    base + start..end
}

/// `u: NAME p: PASSWORD`, on one line or two; also `"u":"…","p":"…"` and `?u=…&p=…`.
fn letters(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for mark in ["p:", "p=", "P:", "P=", "p\":", "p':", "pw:", "PW:"] {
        for at in searchable.places(mark) {
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '<' | '$')) {
                continue;
            }
            let from = blanks(text, at + mark.len());
            let value = value::at(text, from);
            let shown = &text[value.range.clone()];
            let is_value = shown.len() >= 6 && shown.bytes().any(|b| b.is_ascii_alphabetic());
            if is_value && is_after_user(bytes, at) {
                found.extend(value::judge(text, value, Telling::Password, Firmness::Marked));
            }
        }
    }
    found
}

/// Whether `u:`, `user:` or the like is on this line or the one above.
fn is_after_user(bytes: &[u8], at: usize) -> bool {
    const USERS: [&[u8]; 7] = [b"u", b"un", b"user", b"usr", b"username", b"login", b"id"];
    let from = at.saturating_sub(80);
    let lead = bytes[from..at].to_ascii_lowercase();
    let marks = lead.iter().enumerate().filter(|(_, b)| matches!(b, b':' | b'='));
    let mut lines = 0;
    for (mark, _) in marks.rev() {
        lines = lead[mark..].iter().filter(|b| **b == b'\n').count().max(lines);
        if lines > 1 {
            return false;
        }
        let mut end = mark;
        while end > 0 && matches!(lead[end - 1], b' ' | b'"' | b'\'') {
            end -= 1;
        }
        let start = lead[..end].iter().rposition(|b| !b.is_ascii_alphanumeric()).map_or(0, |i| i + 1);
        if USERS.contains(&&lead[start..end]) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn a_name_and_a_password() {
        for text in [
            "I log in with svc-orders / marigold77lamp and it worked",
            "the creds are kim / marigold77lamp.",
            "u: portal-int p: marigold77lamp",
            "user: kim\np: marigold77lamp",
            "{\"u\":\"kim\",\"p\":\"marigold77lamp\"}",
        ] {
            assert_eq!(masked(text, all), ["marigold77lamp"], "{text}");
        }
        for text in [
            "we log in with a card / smartcard / authenticator",
            "log in as admin / user",
            "GET /login / 401",
            "NHSD-End-User-Organisation-ODS: ZQ7 / NHSD-eRS-Business-Function: SERVICE_PROVIDER",
            "map: x, p: 0.0512345",
            "step: marigold77lamp",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}

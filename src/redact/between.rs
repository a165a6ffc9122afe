//! What may stand between the name of a credential and its value: blanks, tags, a line end, a few words.

use super::cut;
use super::hidden::{line_end, line_start};
use super::names;
use super::plain;
use super::value::{self, Firmness, ValueAt};

pub(super) fn skip(text: &str, from: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
    from + text.as_bytes()[from..].iter().take(most).take_while(|b| is(**b)).count()
}

pub(super) fn blanks(text: &str, mut from: usize) -> usize {
    loop {
        let next = skip(text, from, 40, |b| matches!(b, b' ' | b'\t'));
        let next = if text[next..].starts_with('\u{A0}') { next + 2 } else { next };
        if next == from {
            return from;
        }
        from = next;
    }
}

/// Where in a note in brackets the value begins: `(it is …)`.
pub(super) fn in_note(note: &str) -> Option<usize> {
    let inner = note.strip_prefix('(')?;
    let leads = ["it is ", "is ", "= ", "=", ": ", "now ", "currently "];
    leads.iter().find(|lead| inner.starts_with(**lead)).map(|lead| 1 + lead.len())
}

/// A line of a log without its time and level.
pub(super) fn without_stamp(line: &str) -> &str {
    let mut rest = line.trim_start();
    for _ in 0..3 {
        let Some((first, more)) = rest.split_once(' ') else { break };
        let is_time = first.starts_with(|c: char| c.is_ascii_digit() || c == '[') && first.contains([':', '-']);
        let is_level =
            matches!(first.trim_matches(['[', ']', ':']), "INFO" | "DEBUG" | "WARN" | "ERROR" | "TRACE" | "WARNING");
        if !is_time && !is_level {
            break;
        }
        rest = more.trim_start();
    }
    rest
}

/// Whether a name here begins a line or a cell.
pub(super) fn begins_cell(before: &str) -> bool {
    let start = before.bytes().rposition(|b| matches!(b, b'\n' | b'\r' | b'\t' | b';' | b'|')).map_or(0, |at| at + 1);
    let line = without_stamp(&before[start..]);
    !line.bytes().any(|b| matches!(b, b':' | b'=' | b','))
        && line.trim_start_matches(|c: char| " >*#`-•\"'".contains(c)).split_whitespace().nth(4).is_none()
}

/// Where the content begins after the tags that follow here.
pub(super) fn behind_tags(text: &str, mut at: usize) -> Option<usize> {
    let from = at;
    at = skip(text, at, 4, |b| matches!(b, b'"' | b'\'' | b' ' | b'/'));
    if text[at..].starts_with('>') {
        at += 1;
    }
    for _ in 0..4 {
        at = skip(text, at, 40, |b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
        if !text[at..].starts_with('<') {
            break;
        }
        let tag = &text[at..text.floor_char_boundary(at + 120)];
        let len = tag.find('>')?;
        const BLOCKS: [&str; 14] =
            ["h1", "h2", "h3", "h4", "title", "center", "p", "div", "body", "head", "html", "button", "li", "pre"];
        let name = tag[1..len].trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') || BLOCKS.contains(&name) {
            return None;
        }
        at += len + 1;
    }
    (at > from
        && text[from..at].contains('>')
        && (text[from..at].contains('<') || text[from..at].starts_with(['"', '\''])))
    .then_some(at)
}

/// The value on the next line that is not blank, where a label is a line of its own.
pub(super) fn below(text: &str, name: usize, from: usize) -> Option<(ValueAt, Firmness)> {
    let line = line_start(text, name);
    let lead = without_stamp(&text[line..name]).trim_start_matches(|c: char| " \t>*#`-•\"'(".contains(c));
    if lead.split_whitespace().count() > 3 || lead.contains([':', '=', '.', '{', '<']) {
        return None;
    }
    let mut at = from;
    for _ in 0..4 {
        at = skip(text, at, 4, |b| matches!(b, b'\r' | b'\n'));
        let end = line_end(text, at);
        let shown = text[at..end].trim_start_matches([' ', '\t', '>']);
        let start = end - shown.len();
        let is_fence = shown.starts_with("```") || shown.starts_with("~~~");
        let is_rule = shown.len() >= 3 && shown.trim_end().bytes().all(|b| matches!(b, b'-' | b'=' | b'~'));
        if shown.trim().is_empty() || is_rule || is_fence && !shown[3..].contains('`') {
            at = end;
            if at == text.len() {
                return None;
            }
            continue;
        }
        let start = start + shown.bytes().take_while(|b| matches!(*b, b'-' | b'*' | b' ')).count();
        let value = value::at(text, start);
        // It is the only word of its line.
        let rest = text
            .get(value.range.end..end)
            .unwrap_or_default()
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '*'));
        let inner = &text[value.range.clone()];
        let is_label = inner.ends_with(':') || names::is_name(inner.trim_end_matches(':'));
        let is_label = is_label
            || inner
                .split_once('=')
                .is_some_and(|(n, v)| !v.is_empty() && n.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_'));
        let goes_on = cut::follows(rest) || rest.starts_with("<br");
        let rest = if goes_on { "" } else { rest };
        return (rest.is_empty() && !is_label).then_some((value, Firmness::Said));
    }
    None
}

/// Words between a name and its value that say when or where the credential is used.
const OF_TIME_AND_PLACE: &[&str] = &[
    "for",
    "from",
    "in",
    "on",
    "of",
    "at",
    "it",
    "us",
    "me",
    "them",
    "this",
    "that",
    "the",
    "our",
    "my",
    "your",
    "new",
    "old",
    "current",
    "int",
    "dev",
    "test",
    "prod",
    "production",
    "live",
    "sandbox",
    "staging",
    "stage",
    "uat",
    "qa",
    "ref",
    "integration",
    "environment",
    "env",
    "morning",
    "afternoon",
    "evening",
    "today",
    "yesterday",
    "week",
    "night",
];

/// A few small words and a mark or a verb between a name and its value: `the password for the sandbox: …`, `the API key that I
/// was given is …`.
pub(super) fn behind_words(text: &str, from: usize) -> Option<(usize, Firmness)> {
    let rest = &text[from..];
    if rest.starts_with(['"', '\'']) {
        return None;
    }
    let mut at = 0;
    for count in 0..7 {
        const OTHERS: [&str; 30] = [
            "error",
            "code",
            "status",
            "reason",
            "message",
            "id",
            "expires",
            "expired",
            "expiry",
            "issuer",
            "audience",
            "type",
            "url",
            "endpoint",
            "host",
            "scope",
            "scopes",
            "time",
            "exception",
            "failed",
            "invalid",
            "missing",
            "because",
            "but",
            "and",
            "or",
            "which",
            "line",
            "version",
            "port",
        ];
        if rest[..at].split_whitespace().next_back().is_some_and(|last| OTHERS.contains(&last)) {
            return None;
        }
        let bytes = &rest.as_bytes()[at..];
        let is_of_word = |(i, b): &(usize, &u8)| {
            b.is_ascii_alphabetic() || **b == b'\'' || **b == b',' && bytes.get(i + 1) == Some(&b' ')
        };
        let word = bytes.iter().take(16).enumerate().take_while(is_of_word).count();
        let next = bytes.get(word).copied();
        // Two blanks are the border of a cell.
        if word > 0
            && count < 5
            && rest[at + word..].starts_with("  ")
            && begins_cell(&text[line_start(text, from)..from])
        {
            return Some((from + at + word, Firmness::Said));
        }
        match next {
            Some(b':') if word > 0 && count < 6 && !rest[at + word..].starts_with("://") => {
                let mark = from + at + word + 1;
                let next = blanks(text, mark);
                if text[next..].starts_with(['\n', '\r']) {
                    return below(text, from, next).map(|(value, certainty)| (value.range.start, certainty));
                }
                return Some((mark, Firmness::Said));
            }
            Some(b' ') if word > 0 => {
                at += word + 1;
                for mark in ["= ", "-> ", "→ ", "=> ", "⇒ ", ":= ", "> ", "- ", "– ", ".... ", "........ ", "| ", ": "]
                {
                    if rest[at..].starts_with(mark) {
                        return Some((from + at + mark.len(), Firmness::Said));
                    }
                }
                for verb in ["is ", "was ", "to ", "be ", "from "] {
                    if rest[at..].starts_with(verb) {
                        let next = from + at + verb.len();
                        // `that I was given is …`: the second verb counts.
                        if !plain::is_plain(&text[value::word(text, next)]) {
                            return Some((next, Firmness::Said));
                        }
                    }
                }
                if let Some(value) = in_note(&rest[at..]) {
                    return Some((from + at + value, Firmness::Said));
                }
                // `the access token from this morning 7f3k…`.
                let next = value::word(text, from + at);
                let is_cut = cut::follows(&text[next.end..]) || cut::is_in(&text[next.clone()]);
                let is_value = is_cut || value::is_odd(&text[next]);
                if rest[..at].split_whitespace().all(|word| OF_TIME_AND_PLACE.contains(&word)) && is_value {
                    return Some((from + at, Firmness::Bare));
                }
                // `the API key for int 7f3k…`, `the token from today "…"`.
                let is_quote =
                    rest[at..].strip_prefix('(').unwrap_or(&rest[at..]).starts_with(['`', '"', '\'', '“', '‘']);
                if is_quote
                    || count == 1
                        && rest.starts_with("for ")
                        && !rest[at..].starts_with(|c: char| c.is_ascii_lowercase())
                {
                    return Some((from + at, Firmness::Bare));
                }
            }
            Some(b'\n' | b'\r') if word > 0 && count < 4 => {
                let end = from + at + word;
                return below(text, from, end).map(|(value, certainty)| (value.range.start, certainty));
            }
            Some(b'\t') if word > 0 && count < 4 => return Some((from + at + word + 1, Firmness::Said)),
            Some(b',' | b';') if word > 0 && count < 4 && begins_cell(&text[line_start(text, from)..from]) => {
                return Some((from + at + word + 1, Firmness::Said));
            }
            Some(b'<') if word > 0 && count < 4 => {
                return behind_tags(text, from + at + word).map(|at| (at, Firmness::Said));
            }
            Some(b'`' | b'"' | b'\'' | b'*') if word > 0 && count < 4 => {
                let closed = skip(text, from + at + word, 4, |b| matches!(b, b'`' | b'"' | b'\'' | b'*'));
                if text[closed..].starts_with(['\n', '\r']) {
                    return below(text, from, closed).map(|(value, certainty)| (value.range.start, certainty));
                }
                return None;
            }
            _ => return None,
        }
    }
    None
}

/// A value further on in the sentence, after a verb: `the secret which I got from the portal reads …`. Only a word in which
/// letters and digits change is taken for one.
pub(super) fn said_later(text: &str, from: usize) -> Option<usize> {
    const FAR: usize = 120;
    let rest = &text[from..text.floor_char_boundary(from + FAR)];
    let rest = &rest[..rest.find(['\n', '\r', '?']).unwrap_or(rest.len())];
    let rest = rest.split(". ").next().unwrap_or(rest);
    [" is ", " was ", " reads ", " = "].iter().find_map(|verb| {
        rest.match_indices(verb).map(|(at, _)| from + at + verb.len()).find(|next| {
            let word = text[value::word(text, *next)].trim_end_matches(['.', ':', '!']);
            !word.contains('-') && value::is_odd(word) && word.bytes().any(|b| b.is_ascii_alphabetic())
        })
    })
}

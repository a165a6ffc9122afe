//! What is left of a credential from which a part was taken out: `kq7RmZt2…bVn4hXw1`.

use super::detect::{changes, is_beginning_of_jwt, is_made_of_words};
use super::hidden::Hidden;
use super::searchable::Searchable;
use crate::shape::is_mixed;

/// Whether a value has a mark that stands for a part of it.
pub(super) fn is_in(value: &str) -> bool {
    MARKS.iter().any(|mark| value.contains(mark))
}

/// Whether what follows a value is a mark in brackets that stands for the rest of it.
pub(super) fn follows(rest: &str) -> bool {
    MARKS.iter().any(|mark| mark.starts_with(['[', '<']) && rest.starts_with(mark))
}

/// What goes on after a cut in a value that ends here, long enough to help.
pub(super) fn tail(text: &str, end: usize) -> Option<Hidden> {
    let rest = &text[end..];
    let marks = rest.len() - rest.trim_start_matches([']', ')', '>', ',', ';', '&', '!', '#', '$', '.']).len();
    let bytes = rest.as_bytes();
    let mark = MARKS.iter().find_map(|mark| {
        let at = (0..=marks).find(|at| bytes[*at..].starts_with(mark.as_bytes()))?;
        Some(at + mark.len())
    })?;
    let start = end + mark;
    let more = text[start..].len() - text[start..].trim_start_matches(|c: char| "*.•…#,;&!$xX".contains(c)).len();
    let start = start + more;
    let len = text[start..]
        .find(|c: char| c.is_whitespace() || "\"'`<>|)(}{][@,;".contains(c))
        .unwrap_or(text.len() - start)
        .min(512);
    let value = text.get(start..start + len)?.trim_end_matches(['.', ':', '!', '?']);
    (value.len() >= 6).then(|| Hidden { range: start..start + value.len(), anywhere: is_mixed(value) })
}

/// Marks that stand for what was taken out.
const MARKS: &[&str] = &[
    "…",
    "...",
    "***",
    "[cut]",
    "[...]",
    "[…]",
    "<snip>",
    "[snip]",
    "xxxx",
    "XXXX",
    "•••",
    "####",
    "<...>",
    "[redacted]",
    "[REDACTED]",
];

/// The ends that were left, where they look drawn at random and are long enough to help.
pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for mark in MARKS {
        let mut next = 0;
        for at in searchable.places(mark) {
            if at < next {
                continue;
            }
            let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '+' | '/' | '=');
            let masks = |c: char| matches!(c, '*' | '.' | '•' | '…' | '#');
            let behind = &text[at + mark.len()..];
            let end = at + mark.len() + behind.find(|c| !masks(c)).unwrap_or(behind.len());
            next = end;
            // More dots are those of a dump, or of a table of contents.
            if *mark == "..." && (end - at > 3 || text[..at].ends_with('.')) {
                continue;
            }
            let base = text.ceil_char_boundary(at.saturating_sub(512));
            let from = text[base..at]
                .rfind(|c: char| !is_of_word(c))
                .map_or(base, |i| base + i + text[base + i..].chars().next().map_or(1, char::len_utf8));
            let most = text.floor_char_boundary(end + 512);
            let till = text[end..most].find(|c: char| !is_of_word(c)).map_or(most, |i| end + i);
            let (head, tail) = (&text[from..at], text.get(end..till).unwrap_or_default());
            // Dots are also in sentences; nobody puts the other marks between words.
            let is_sure = !matches!(*mark, "…" | "...");
            let is_of_jwt = head.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(head).starts_with("eyJ");
            let tells = |part: &str| {
                let part = part.rsplit(['=', '/']).next().unwrap_or(part);
                if is_of_jwt && part.len() >= 6 && is_mixed(part) {
                    return !is_beginning_of_jwt(part);
                }
                part.len() >= 6
                    && part.bytes().any(|b| b.is_ascii_digit())
                    && (changes(part) >= 3 || is_sure && is_mixed(part) && !is_made_of_words(part))
                    && !is_of_uuid(part)
                    && !part.bytes().all(|b| b.is_ascii_digit())
            };
            if tells(head) {
                found.push(Hidden { range: from + path_before(head)..at, anywhere: true });
            }
            if tells(tail) {
                found.push(Hidden { range: end..till, anywhere: true });
            }
        }
    }
    found
}

/// The length of the words of a path in front of the end that was left: `services/webhook/kq7RmZt2`.
fn path_before(head: &str) -> usize {
    let mut len = 0;
    while let Some((segment, _)) = head[len..].split_once('/')
        && segment.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    {
        len += segment.len() + 1;
    }
    len
}

/// Whether this may be a piece of an id: groups of hexadecimal digits.
fn is_of_uuid(part: &str) -> bool {
    part.contains('-') && part.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

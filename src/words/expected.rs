//! What a message says was expected, and what was found instead.

use std::ops::Range;

use super::clauses::WordMark;
use super::table::Class;

/// The longest value, in bytes.
const LONGEST: usize = 200;

/// The places of the expected value and of the one that was found.
pub(super) fn values<'m>(
    marks: impl Iterator<Item = &'m WordMark>,
    message: &str,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let (mut expected, mut got) = (None, None);
    for mark in marks {
        match mark.class {
            Class::Expected if expected.is_none() => expected = value(message, mark.at.end),
            Class::Got if got.is_none() => got = value(message, mark.at.end),
            _ => {}
        }
    }
    (expected, got)
}

/// The value that begins at or after a place: what is in quotes, or a word.
fn value(message: &str, from: usize) -> Option<Range<usize>> {
    const QUOTES: [(char, char); 6] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('[', ']')];
    let rest = message.get(from..)?;
    let start = from + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || ":=".contains(c)).len());
    let rest = message.get(start..)?;
    let first = rest.chars().next()?;
    if let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == first) {
        let inner = start + first.len_utf8();
        let length = message[inner..].find(*close).filter(|length| *length <= LONGEST && *length > 0)?;
        return Some(inner..inner + length);
    }
    let length = rest.find(|c: char| c.is_whitespace() || ",;)\"'".contains(c)).unwrap_or(rest.len());
    let length = rest[..length].trim_end_matches(['.', ':', '!']).len();
    // An article or a word of the sentence is not a value.
    let is_value = rest[..length].chars().any(|c| !c.is_ascii_lowercase()) || rest[..length].len() > 14;
    (is_value && (1..=LONGEST).contains(&length)).then_some(start..start + length)
}

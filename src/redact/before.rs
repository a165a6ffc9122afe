//! Credentials in front of their name: `hunter2 is our password`.

use std::ops::Range;

use super::broken;
use super::hidden::{Hidden, line_start};
use super::names::{self, Telling};
use super::value::{self, Firmness, ValueAt};
use crate::text::offset_in;

/// `hunter2 is our password`, `using hunter2 as token`: the value comes first.
pub(super) fn value(text: &str, name: &Range<usize>, told: Telling) -> Vec<Hidden> {
    let base = text.ceil_char_boundary(name.start.saturating_sub(600));
    let line = text[base..name.start].rfind('\n').map_or(base, |i| base + i + 1);
    let lead = &text[line..name.start];
    // The words of the name itself: `our API key`, `the service account password`.
    const LINKS: [&str; 6] = [" is ", " was ", " as ", " ist ", " est ", " = "];
    // Only letters, blanks and a few marks may be between the value and its name.
    let stops = |b: u8| b.is_ascii_graphic() && !b.is_ascii_alphabetic() && !matches!(b, b'\'' | b'-' | b'"' | b'=');
    let near = lead.bytes().rposition(stops).map_or(0, |at| at + 1);
    let Some((at, link)) = LINKS.iter().filter_map(|link| lead[near..].rfind(link).map(|i| (near + i, *link))).max()
    else {
        // `… as token`: nothing is between them.
        return Vec::new();
    };
    // `extraheader = AUTHORIZATION: …`: the name has a value of its own.
    if link == " = " && text[name.end..].starts_with([':', '=']) {
        return Vec::new();
    }
    let between = lead[at + link.len()..].trim();
    let is_near = between.split_whitespace().count() <= 4
        && between.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'\'' | b'-' | b'"'));
    if !is_near {
        return Vec::new();
    }
    let end = line + at;
    let shown = text[line..end].trim_end_matches(['"', '\'', '`', '”', '’', '*']);
    let quoted = shown.len() < end - line;
    let after = |i: usize| i + shown[i..].chars().next().map_or(1, char::len_utf8);
    // In quotes a value may have any character, and begins after the opening one.
    let opened = quoted.then(|| shown.rfind(['"', '\'', '`', '“', '‘'])).flatten().map(after);
    if quoted && opened.is_none() {
        return opened_above(
            text,
            line,
            &shown[shown.len() - shown.trim_start_matches([' ', '\t', '>']).len()..],
            told,
        );
    }
    let start = opened
        .filter(|start| !shown[*start..].contains(char::is_whitespace))
        .unwrap_or_else(|| shown.rfind(|c: char| c.is_whitespace() || "\"'`“‘(,;<>".contains(c)).map_or(0, after));
    let value = ValueAt { range: line + start..line + shown.len(), quoted };
    let word = &text[value.range.clone()];
    if names::is_name(word) || word.len() < 6 {
        return Vec::new();
    }
    let mut found = value::judge(text, value, told, Firmness::Said);
    if !found.is_empty() {
        found.extend(replaced(text, line + start, told));
    }
    let above = found.first().and_then(|first| broken::start(text, &first.range));
    found.extend(above.map(|range| Hidden { range, anywhere: true }));
    found
}

/// The value in front of `with` and this one: `Replaced … with … as the API key`.
fn replaced(text: &str, from: usize, told: Telling) -> Vec<Hidden> {
    let lead = &text[line_start(text, from)..from];
    let lead = lead.trim_end_matches(['"', '\'', '`', '“', '‘']);
    let Some(lead) = [" with ", " by "].iter().find_map(|joint| lead.strip_suffix(joint)) else { return Vec::new() };
    let word = lead.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_matches(['"', '\'', '`', '“', '”', '‘', '’']);
    let is_verb = |word: &str| ["eplaced", "eplace", "wapped", "xchanged"].iter().any(|verb| word.ends_with(verb));
    if word.len() < 6 || !lead.split_whitespace().any(is_verb) {
        return Vec::new();
    }
    let start = offset_in(text, word);
    value::judge(text, ValueAt { range: start..start + word.len(), quoted: false }, told, Firmness::Said)
}

/// The parts of a value in quotes that is in front of its name, if the quotes were opened on the line above. `end`: what of the
/// value is on the line that begins at `line`.
fn opened_above(text: &str, line: usize, end: &str, told: Telling) -> Vec<Hidden> {
    let above = text[..line].trim_end_matches(['\n', '\r']);
    let above = &above[line_start(above, above.len())..];
    let Some(opened) = above.rfind(['"', '\'', '`', '“', '‘']) else { return Vec::new() };
    let start = above[opened..].trim_start_matches(['"', '\'', '`', '“', '‘']);
    if start.len() < 4 || [start, end].iter().any(|part| part.contains(char::is_whitespace)) {
        return Vec::new();
    }
    let place = |part: &str| {
        let at = offset_in(text, part);
        ValueAt { range: at..at + part.len(), quoted: true }
    };
    [start, end].iter().flat_map(|part| value::judge(text, place(part), told, Firmness::Marked)).collect()
}

//! Private keys in PEM.

use std::ops::Range;

use super::hidden::Hidden;
use super::searchable::Searchable;

const BEGIN: &str = "-----BEGIN ";

/// The lines of the private keys of a text.
pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    if !searchable.has(BEGIN) {
        return found;
    }
    for key in private_keys(text) {
        let mut at = key.start;
        for line in text[key].split_inclusive('\n') {
            let shown = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            let start = at + line.len() - shown.len();
            let end = start + shown.trim_end().len();
            at += line.len();
            if start < end {
                found.push(Hidden { range: start..end, anywhere: end - start >= 16 });
            }
        }
    }
    found
}

/// Private keys, as the ranges between their first and their last line.
pub(crate) fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(BEGIN).map(|i| from + i) {
        let end = text[at..].find("-----END ").map_or(text.len(), |i| at + i);
        let line_end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        if text[at..line_end.min(end)].contains("PRIVATE KEY") {
            let head = text[at + 5..end].find("-----").map_or(line_end + 1, |i| at + 5 + i + 5);
            found.push(head.min(end)..end);
        }
        from = end.max(at + 11).min(text.len());
    }
    found
}

//! A line of a paste without the marks of quoting (`> `).

use std::ops::Range;

/// A line of the paste without the marks of quoting.
pub(super) struct QuotedLine<'p> {
    /// Where it is in the paste, without the line end.
    pub(super) at: Range<usize>,
    /// How many marks were in front of it.
    pub(super) depth: usize,
    pub(super) content: &'p str,
}

pub(super) fn unquoted(value: &str, at: Range<usize>) -> QuotedLine<'_> {
    let (mut depth, mut content) = (0, &value[at.clone()]);
    while let Some(rest) = content.strip_prefix('>').or_else(|| content.strip_prefix("&gt;")) {
        depth += 1;
        content = rest.strip_prefix(' ').unwrap_or(rest);
    }
    QuotedLine { at, depth, content }
}

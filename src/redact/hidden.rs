//! A stretch of a text that must not be shown.

use std::ops::Range;

/// A credential, and whether its value is masked everywhere: an ordinary word is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) range: Range<usize>,
    pub(super) anywhere: bool,
}

/// How much of a line is looked at around a place: a line may be as long as a paste.
const NEAR: usize = 512;

/// Where the line of this place begins, or what is near of it.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let base = text.ceil_char_boundary(at.saturating_sub(NEAR));
    text[base..at].rfind('\n').map_or(base, |i| base + i + 1)
}

/// Where the line of this place ends, or what is near of it.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text.floor_char_boundary(at + NEAR);
    text[at..end].find(['\n', '\r']).map_or(end, |i| at + i)
}

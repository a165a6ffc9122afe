//! What a line reader gets and what it gives.
//!
//! A reader of a whole line gets the line's range and gives the rest of the line, which is then read piece by piece. A
//! reader of a piece gets the place where a word begins and the end of the line, and gives the place where the piece
//! ends. Both give `None`, and no clue, where the text is not of their kind.

use std::ops::Range;

use super::clue::{Clue, Placed};
use crate::capture::view::View;
use crate::pack::model::Vocabulary;
use crate::text::Text;

/// The text around a line: readers look back to the beginning of the line, and forward where a value goes on.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) text: &'a Text,
    pub(super) view: &'a View,
    pub(super) vocabulary: &'a Vocabulary,
}

impl<'a> Page<'a> {
    pub(super) fn str(self) -> &'a str {
        self.text.as_str()
    }

    /// What is before this place on its line.
    pub(super) fn before(self, at: usize) -> &'a str {
        let before = &self.str()[..at];
        &before[before.rfind('\n').map_or(0, |i| i + 1)..]
    }
}

/// The clues found so far, in order.
#[derive(Default)]
pub(super) struct Clues {
    pub(super) found: Vec<Placed>,
    /// The lines up to this place were read as part of a clue.
    pub(super) read_to: usize,
}

impl Clues {
    pub(super) fn push(&mut self, at: Range<usize>, clue: Clue) {
        self.found.push(Placed { at, clue });
    }

    /// Records that a clue goes on in the next lines, up to this place.
    pub(super) fn reads_to(&mut self, end: usize) {
        self.read_to = self.read_to.max(end);
    }
}

/// Reads a whole line: gives the rest of it.
pub(super) type LineReader = fn(Page<'_>, Range<usize>, &mut Clues) -> Option<Range<usize>>;

/// Reads a piece of a line that begins at the first offset and ends before the second: gives its end.
pub(super) type PieceReader = fn(Page<'_>, usize, usize, &mut Clues) -> Option<usize>;

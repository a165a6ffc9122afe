//! What a line reader gets and what it gives.
//!
//! A reader of a whole line gets the line's range and gives the rest of the line, which is then read piece by piece. A
//! reader of a piece gets the place where a word begins and the end of the line, and gives the place where the piece
//! ends. Both give `None`, and no clue, where the text is not of their kind.

use std::cell::Cell;
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
    /// A place, and where its line begins. Places are asked about mostly in order, so the search goes on from there.
    pub(super) last_line: &'a Cell<(usize, usize)>,
}

impl<'a> Page<'a> {
    pub(super) fn str(self) -> &'a str {
        self.text.as_str()
    }

    /// What is before this place on its line.
    pub(super) fn before(self, at: usize) -> &'a str {
        let (from, line) = match self.last_line.get() {
            last if last.0 <= at => last,
            _ => (0, 0),
        };
        let line = self.str()[from..at].rfind('\n').map_or(line, |i| from + i + 1);
        self.last_line.set((at, line));
        &self.str()[line..at]
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

    /// Records an empty line. Several in a row say no more than one.
    pub(super) fn push_blank(&mut self, at: Range<usize>) {
        if !self.found.last().is_some_and(|last| matches!(last.clue, Clue::Blank)) {
            self.push(at, Clue::Blank);
        }
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

/// Runs one reader on a text by itself.
#[cfg(test)]
pub(super) mod trial {
    use std::cell::Cell;

    use super::{Clues, LineReader, Page, PieceReader};
    use crate::capture::view::View;
    use crate::pack::model::Vocabulary;
    use crate::text::Text;

    fn on<R>(paste: &str, read: impl FnOnce(Page<'_>, &mut Clues) -> R) -> (R, Vec<String>) {
        let view = View::of(&Text::paste(paste));
        let vocabulary = Vocabulary::default();
        let mut out = Clues::default();
        let result = read(
            Page { text: &view.text, view: &view, vocabulary: &vocabulary, last_line: &Cell::default() },
            &mut out,
        );
        (result, out.found.iter().map(|placed| placed.clue.shown()).collect())
    }

    /// The clues of the first line of a text, and the rest of the line; `None` where the reader does not read it.
    pub(in super::super) fn line(reader: LineReader, paste: &str) -> Option<(Vec<String>, String)> {
        let end = paste.find('\n').unwrap_or(paste.len());
        let (rest, clues) = on(paste, |page, out| reader(page, 0..end, out).map(|rest| page.str()[rest].to_owned()));
        rest.map(|rest| (clues, rest))
    }

    /// The clues that begin at the mark `¦` of a line, and what is left after them.
    pub(in super::super) fn piece(reader: PieceReader, marked: &str) -> Option<(Vec<String>, String)> {
        let at = marked.find('¦').unwrap_or(0);
        let paste = marked.replace('¦', "");
        let (rest, clues) = on(&paste, |page, out| {
            let line_end = page.str()[at..].find('\n').map_or(paste.len(), |i| at + i);
            reader(page, at, line_end, out).map(|end| page.str()[end.min(line_end)..line_end].to_owned())
        });
        rest.map(|rest| (clues, rest))
    }

    /// Asserts what a reader of lines reads: the clues, then the rest.
    #[track_caller]
    pub(in super::super) fn reads_line(reader: LineReader, paste: &str, clues: &[&str], rest: &str) {
        assert_eq!(
            line(reader, paste),
            Some((clues.iter().map(|c| (*c).to_owned()).collect(), rest.to_owned())),
            "{paste}"
        );
    }

    /// Asserts what a reader of pieces reads: the clues, then the rest of the line.
    #[track_caller]
    pub(in super::super) fn reads(reader: PieceReader, paste: &str, clues: &[&str], rest: &str) {
        assert_eq!(
            piece(reader, paste),
            Some((clues.iter().map(|c| (*c).to_owned()).collect(), rest.to_owned())),
            "{paste}"
        );
    }

    /// Asserts that a reader of pieces leaves these texts to others.
    #[track_caller]
    pub(in super::super) fn leaves(reader: PieceReader, pastes: &[&str]) {
        for paste in pastes {
            assert_eq!(piece(reader, paste), None, "{paste}");
        }
    }
}

//! Line and column of any offset in the input, at a cost that does not depend on the length of the line.

use crate::redact::Redactor;
use crate::text::{Lines, Span, UnitCounts};

/// Converts offsets in the input to lines and columns.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    pub(crate) paste: &'a Redactor,
    pub(crate) lines: &'a Lines,
    characters: UnitCounts,
}

impl<'a> LineIndex<'a> {
    pub(crate) fn new(paste: &'a Redactor, lines: &'a Lines) -> Self {
        Self { paste, lines, characters: UnitCounts::of(paste.raw(), beginnings) }
    }

    /// The line that holds this offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.line(offset.min(self.paste.len()))
    }

    /// The line and the column (in characters) of this offset, both from 1.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let offset = self.paste.raw().floor_char_boundary(offset);
        let line = self.line(offset);
        let start = self.lines.range(line).start;
        (line, self.characters(offset).saturating_sub(self.characters(start)) + 1)
    }

    /// Line and column of the first character of a span, and those after its last one.
    pub(crate) fn ends(&self, span: Span) -> ((usize, usize), (usize, usize)) {
        (self.position(span.start), self.position(span.end.max(span.start)))
    }

    /// The number of characters that begin before this offset.
    fn characters(&self, offset: usize) -> usize {
        self.characters.before(self.paste.raw(), offset)
    }
}

/// The number of characters that begin in these bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_those_that_counting_gives(start in "[aé€\n\r\u{1F600}]{0,20}", times in 0usize..900, at in 0usize..40_000) {
            let text = start.repeat(times);
            let (paste, lines) = (Redactor::new(&text, &[]), Lines::of(&text));
            let at = text.floor_char_boundary(at);
            prop_assert_eq!(LineIndex::new(&paste, &lines).position(at), lines.position(&text, at));
        }
    }
}

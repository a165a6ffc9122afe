//! Line and column of any offset in the input, at a cost that does not depend on the length of the line.
//!
//! A HAR file is often one line of megabytes: to count its characters anew for each of ten thousand fields would
//! take minutes. They are counted once, block by block.

use crate::redact::Redactor;
use crate::text::Lines;

/// Converts offsets in the input to lines and columns.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    pub(crate) paste: &'a Redactor,
    pub(crate) lines: &'a Lines,
    /// The number of characters that begin before each block.
    before: Vec<usize>,
}

/// The size of a block in bytes.
const BLOCK: usize = 512;

impl<'a> LineIndex<'a> {
    pub(crate) fn new(paste: &'a Redactor, lines: &'a Lines) -> Self {
        let mut seen = 0;
        let before = paste
            .raw()
            .as_bytes()
            .chunks(BLOCK)
            .map(|block| {
                let before = seen;
                seen += beginnings(block);
                before
            })
            .collect();
        Self { paste, lines, before }
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

    /// The number of characters that begin before this offset.
    fn characters(&self, offset: usize) -> usize {
        let bytes = self.paste.raw().as_bytes();
        let offset = offset.min(bytes.len());
        let block = (offset / BLOCK).min(self.before.len().saturating_sub(1));
        self.before.get(block).copied().unwrap_or(0) + beginnings(&bytes[block * BLOCK..offset])
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

//! Places in a text as an editor counts them: lines from 0, and columns in UTF-16 units or in bytes.

use std::ops::Range;

use serde_json::{Value, json};

use crate::text::UnitCounts;

/// How an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColumnUnit {
    /// The default of the protocol.
    #[default]
    Utf16,
    /// Bytes of UTF-8, where the editor offers it.
    Byte,
}

impl ColumnUnit {
    /// The word of the protocol.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::Byte => "utf-8",
        }
    }

    /// How many units come before any place of a text.
    fn counts(self, text: &str) -> UnitCounts {
        let utf16 = |bytes: &[u8]| {
            bytes.iter().map(|b| usize::from(*b & 0xC0 != 0x80) + usize::from(*b >= 0xF0)).sum::<usize>()
        };
        match self {
            Self::Byte => UnitCounts::of(text, <[u8]>::len),
            Self::Utf16 => UnitCounts::of(text, utf16),
        }
    }
}

/// The lines of a text, and the units before any place of it.
#[derive(Debug)]
pub(super) struct PlaceIndex<'t> {
    text: &'t str,
    units: UnitCounts,
    starts: Vec<usize>,
}

impl<'t> PlaceIndex<'t> {
    pub(super) fn new(text: &'t str, unit: ColumnUnit) -> Self {
        let mut starts = vec![0];
        starts.extend(line_ends(text.as_bytes()).map(|end| end.end));
        Self { text, units: unit.counts(text), starts }
    }

    /// The place of an offset.
    pub(super) fn place(&self, offset: usize) -> Value {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        json!({ "line": line, "character": self.units(offset) - self.units(self.starts[line]) })
    }

    pub(super) fn range(&self, range: Range<usize>) -> Value {
        json!({ "start": self.place(range.start), "end": self.place(range.end.max(range.start)) })
    }

    fn units(&self, offset: usize) -> usize {
        self.units.before(self.text, offset)
    }
}

/// The ends of the lines: `\n`, `\r\n`, or `\r` alone.
fn line_ends(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(move |at| match bytes[at] {
        b'\r' if bytes.get(at + 1) == Some(&b'\n') => None,
        b'\n' if at > 0 && bytes[at - 1] == b'\r' => Some(at - 1..at + 1),
        _ => Some(at..at + 1),
    })
}

/// The offset of a place. A place after the end of its line is that end.
pub(super) fn offset(text: &str, place: &Value, unit: ColumnUnit) -> usize {
    let number = |key: &str| place[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (line, column) = (number("line"), number("character"));
    let mut ends = line_ends(text.as_bytes());
    let start = match line.checked_sub(1) {
        None => 0,
        Some(before) => match ends.nth(before) {
            Some(end) => end.end,
            None => return text.len(),
        },
    };
    let end = ends.next().map_or(text.len(), |end| end.start);
    let line = &text[start..end];
    let within = match unit {
        ColumnUnit::Byte => line.floor_char_boundary(column),
        ColumnUnit::Utf16 => {
            let mut left = column;
            let found = line.char_indices().find(|(_, c)| {
                let is_here = left < c.len_utf16();
                left = left.saturating_sub(c.len_utf16());
                is_here
            });
            found.map_or(line.len(), |(at, _)| at)
        }
    };
    start + within
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_leads_back_to_its_offset(text in "[aé€\n\r\u{1F600}]{0,60}", times in 1usize..40, at in 0usize..4_000) {
            let text = text.repeat(times);
            let at = text.floor_char_boundary(at);
            // The middle of a line end is no place of its own.
            prop_assume!(!(at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')));
            for unit in [ColumnUnit::Utf16, ColumnUnit::Byte] {
                let place = PlaceIndex::new(&text, unit).place(at);
                prop_assert_eq!(offset(&text, &place, unit), at, "{} in {:?}", place, text);
            }
        }
    }

    #[test]
    fn a_place_outside_of_the_text_is_its_end() {
        let at = |line: u32, character: u32| {
            offset("ab\r\nc", &json!({ "line": line, "character": character }), ColumnUnit::Utf16)
        };
        assert_eq!([at(0, 1), at(0, 9), at(1, 0), at(1, 9), at(7, 0)], [1, 2, 4, 5, 5]);
    }
}

//! Places in a text as an editor counts them: lines from 0, and columns in UTF-16 units or in bytes.
//!
//! The text is a rope, which knows the lines, characters and units before each of its pieces: no place costs a look at the
//! whole text.

use std::ops::Range;

use ropey::Rope;
use serde_json::{Value, json};

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

    /// The units before a character.
    fn before(self, text: &Rope, character: usize) -> usize {
        match self {
            Self::Utf16 => text.char_to_utf16_cu(character),
            Self::Byte => text.char_to_byte(character),
        }
    }

    /// The character that has a unit. Both are counted from the beginning of the text.
    fn character(self, text: &Rope, unit: usize) -> usize {
        match self {
            Self::Utf16 => text.utf16_cu_to_char(unit),
            Self::Byte => text.byte_to_char(unit),
        }
    }
}

/// The place of a byte; of the last one, where the text is shorter.
fn place(text: &Rope, byte: usize, unit: ColumnUnit) -> Value {
    let character = text.byte_to_char(byte.min(text.len_bytes()));
    let line = text.char_to_line(character);
    let column = unit.before(text, character) - unit.before(text, text.line_to_char(line));
    json!({ "line": line, "character": column })
}

/// The places of the ends of a range of bytes.
pub(super) fn places(text: &Rope, range: Range<usize>, unit: ColumnUnit) -> Value {
    json!({ "start": place(text, range.start, unit), "end": place(text, range.end.max(range.start), unit) })
}

/// The character at a place. A place after the end of its line is that end.
pub(super) fn character(text: &Rope, place: &Value, unit: ColumnUnit) -> usize {
    let number = |key: &str| place[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (line, column) = (number("line"), number("character"));
    if line >= text.len_lines() {
        return text.len_chars();
    }
    let start = text.line_to_char(line);
    let end = line_end(text, line);
    let (first, last) = (unit.before(text, start), unit.before(text, end));
    unit.character(text, first.saturating_add(column).min(last))
}

/// The byte at a place.
pub(super) fn byte(text: &Rope, place: &Value, unit: ColumnUnit) -> usize {
    text.char_to_byte(character(text, place, unit))
}

/// The character after the last one of a line, without `\n`, `\r\n` or `\r`.
fn line_end(text: &Rope, line: usize) -> usize {
    let next = text.line_to_char(line + 1);
    let is = |character: usize, c: char| character.checked_sub(1).and_then(|at| text.get_char(at)) == Some(c);
    if line + 1 == text.len_lines() {
        next
    } else if is(next, '\n') && is(next - 1, '\r') {
        next - 2
    } else {
        next - 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_place_leads_back_to_its_byte(text in "[aé€\n\r\u{1F600}]{0,60}", times in 1usize..40, at in 0usize..4_000) {
            let text = text.repeat(times);
            let at = text.floor_char_boundary(at);
            // The middle of a line end is no place of its own.
            prop_assume!(!(at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')));
            let rope = Rope::from_str(&text);
            for unit in [ColumnUnit::Utf16, ColumnUnit::Byte] {
                let place = place(&rope, at, unit);
                prop_assert_eq!(byte(&rope, &place, unit), at, "{} in {:?}", place, text);
            }
        }

        #[test]
        fn lines_and_columns_are_those_of_the_protocol(text in "[aé\n\r\u{1F600}]{0,40}", at in 0usize..120) {
            let at = text.floor_char_boundary(at);
            prop_assume!(!(at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')));
            let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
            let (lines, last) = (before.matches('\n').count(), before.rsplit('\n').next().unwrap_or_default());
            let rope = Rope::from_str(&text);
            let expected = |column: usize| json!({ "line": lines, "character": column });
            prop_assert_eq!(place(&rope, at, ColumnUnit::Utf16), expected(last.encode_utf16().count()));
            prop_assert_eq!(place(&rope, at, ColumnUnit::Byte), expected(last.len()));
        }
    }

    #[test]
    fn a_place_outside_of_the_text_is_its_end() {
        let text = Rope::from_str("ab\r\nc");
        let at = |line: u64, column: u64| byte(&text, &json!({ "line": line, "character": column }), ColumnUnit::Utf16);
        assert_eq!([at(0, 1), at(0, 9), at(1, 0), at(1, 9), at(7, 0)], [1, 2, 4, 5, 5]);
        assert_eq!([at(0, u64::MAX), at(u64::MAX, 0)], [2, 5]);
    }

    #[test]
    fn half_a_character_is_that_character() {
        let text = Rope::from_str("a\u{1F600}b\n");
        let at = |column: u64, unit| byte(&text, &json!({ "line": 0, "character": column }), unit);
        assert_eq!([1, 2, 3].map(|column| at(column, ColumnUnit::Utf16)), [1, 1, 5]);
        assert_eq!([1, 3, 5].map(|column| at(column, ColumnUnit::Byte)), [1, 1, 5]);
    }
}

//! Turns pasted bytes into text that knows its position in the paste.
//!
//! A value that was unescaped (a HAR string, a quoted curl argument, a line that a mail program wrapped, a claim
//! inside a JWT) no longer matches the paste character for character. So [`Text`] keeps the decoded string and a
//! short list of pieces that say where each part of the value was. Slicing a value slices the list too. A decoder
//! can therefore work on the output of another one (a JSON string inside a shell argument inside a quoted mail),
//! and nothing has to be found again by searching.
//!
//! All offsets count bytes of the paste *as decoded to UTF-8, without its byte-order mark*; for the usual UTF-8
//! paste these are the bytes of the file.

use std::fmt;
use std::ops::Range;

/// A stretch of the paste, in bytes, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this one.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span has no characters: the position of a blank value.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// A stretch of a value and the stretch of the paste that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the value.
    at: usize,
    /// Its length in the value.
    len: usize,
    /// Where it was in the paste.
    span: Span,
    /// Whether both have the same characters. An escape sequence does not, and maps as a whole.
    verbatim: bool,
}

/// A decoded string that knows where each part of it was in the paste.
///
/// `Debug` shows only position and length, because a value may be a credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    value: String,
    origin: TextOrigin,
}

/// Where the parts of a value were in the paste. Nearly every value is one piece, and a paste has tens of thousands.
#[derive(Clone, PartialEq, Eq)]
enum TextOrigin {
    /// The value is empty: its position.
    Empty(Span),
    One(Piece),
    Many(Vec<Piece>),
}

impl TextOrigin {
    fn of(text: &str, span: Span, verbatim: bool) -> Self {
        match text.len() {
            0 => Self::Empty(span),
            len => Self::One(Piece { at: 0, len, span, verbatim }),
        }
    }

    fn pieces(&self) -> &[Piece] {
        match self {
            Self::Empty(_) => &[],
            Self::One(piece) => std::slice::from_ref(piece),
            Self::Many(pieces) => pieces,
        }
    }

    fn last_mut(&mut self) -> Option<&mut Piece> {
        match self {
            Self::Empty(_) => None,
            Self::One(piece) => Some(piece),
            Self::Many(pieces) => pieces.last_mut(),
        }
    }

    fn push(&mut self, piece: Piece) {
        match self {
            Self::Empty(_) => *self = Self::One(piece),
            Self::One(first) => *self = Self::Many(vec![*first, piece]),
            Self::Many(pieces) => pieces.push(piece),
        }
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let span = self.span();
        write!(f, "Text({}..{}, {} bytes)", span.start, span.end, self.value.len())
    }
}

impl Text {
    /// The whole paste.
    #[must_use]
    pub fn paste(text: &str) -> Self {
        Self::verbatim(text, 0)
    }

    /// A string that is copied unchanged from this offset of the paste.
    #[must_use]
    pub fn verbatim(text: &str, start: usize) -> Self {
        let span = Span::new(start, start + text.len());
        Self { value: text.to_owned(), origin: TextOrigin::of(text, span, true) }
    }

    /// A value that is not in the paste itself but follows from this part of it.
    #[must_use]
    pub fn implied(text: &str, span: Span) -> Self {
        Self { value: text.to_owned(), origin: TextOrigin::of(text, span, false) }
    }

    /// The decoded value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Length of the decoded value in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.value.len()
    }

    /// Whether the decoded value is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// Where the whole value was in the paste.
    #[must_use]
    pub fn span(&self) -> Span {
        match &self.origin {
            TextOrigin::Empty(span) => *span,
            TextOrigin::One(piece) => piece.span,
            TextOrigin::Many(pieces) => match pieces.as_slice() {
                [first, .., last] => first.span.to(last.span),
                pieces => pieces.first().map_or(Span::new(0, 0), |piece| piece.span),
            },
        }
    }

    /// Whether the value is in the paste unchanged and in one piece.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        match &self.origin {
            TextOrigin::Empty(_) => true,
            TextOrigin::One(piece) => piece.verbatim,
            TextOrigin::Many(_) => false,
        }
    }

    /// Where this part of the value was in the paste. Offsets past the end are clamped to it.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let (start, end) = (range.start.min(self.value.len()), range.end.min(self.value.len()));
        if start >= end {
            let at = self.place(start);
            return Span::new(at, at);
        }
        let pieces = self.origin.pieces();
        let (first, last) = (&pieces[self.piece_at(start)], &pieces[self.piece_at(end - 1)]);
        let from = if first.verbatim { first.span.start + (start - first.at) } else { first.span.start };
        let till = if last.verbatim { last.span.start + (end - last.at) } else { last.span.end };
        Span::new(from, till.max(from))
    }

    /// The position in the paste of the boundary before byte `offset` of the value.
    fn place(&self, offset: usize) -> usize {
        if let TextOrigin::Empty(span) = &self.origin {
            return span.start;
        }
        if offset >= self.value.len() {
            return self.span().end;
        }
        let piece = &self.origin.pieces()[self.piece_at(offset)];
        if piece.verbatim { piece.span.start + (offset - piece.at) } else { piece.span.start }
    }

    /// The index of the piece that holds byte `offset`; the value must not be empty.
    fn piece_at(&self, offset: usize) -> usize {
        self.origin.pieces().partition_point(|p| p.at <= offset).saturating_sub(1)
    }

    /// A part of the value. The range must lie on character boundaries of the value.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut builder = TextBuilder::new(self.span_of(range.start..range.start));
        builder.copy(self, range);
        builder.finish()
    }

    /// The spans of the paste that make up the value, in the order of the value, adjacent ones joined.
    pub(crate) fn places(&self) -> Vec<Span> {
        let mut places: Vec<Span> = Vec::new();
        for piece in self.origin.pieces() {
            match places.last_mut() {
                Some(last) if last.end == piece.span.start => last.end = piece.span.end,
                _ => places.push(piece.span),
            }
        }
        places
    }

    /// The value without white space at its ends, including NO-BREAK SPACE and similar characters.
    #[must_use]
    pub fn trim(&self) -> Self {
        let start = self.value.len() - self.value.trim_start().len();
        let end = start + self.value.trim().len();
        self.slice(start..end)
    }

    /// The lines of the value without their line ends (`\n`, `\r\n`, a lone `\r`).
    #[must_use]
    pub fn lines(&self) -> Vec<Self> {
        line_ranges(&self.value).map(|r| self.slice(r)).collect()
    }
}

/// Where a part of a text begins in it, in bytes. The part is a slice of that text's own string.
pub(crate) fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The ranges of the lines of a string, without line ends. A final line end does not start another line.
pub(crate) fn line_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let from = start;
        let end = bytes[from..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |len| from + len);
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
        Some(from..end)
    })
}

/// The same without the rest of a long run of blank lines, which says nothing: a file may have nothing else.
pub(crate) fn telling_line_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    /// So many blank lines in a row are kept.
    const MOST_BLANK: usize = 64;
    let mut blank = 0;
    line_ranges(text).filter(move |range| {
        blank = if range.is_empty() { blank + 1 } else { 0 };
        blank <= MOST_BLANK
    })
}

/// Builds a [`Text`] from parts of others and from decoded escape sequences.
#[derive(Debug)]
pub(crate) struct TextBuilder {
    text: Text,
}

impl TextBuilder {
    /// An empty value; `anchor` is its position if it stays empty.
    #[must_use]
    pub(crate) fn new(anchor: Span) -> Self {
        let origin = TextOrigin::Empty(Span::new(anchor.start, anchor.start));
        Self { text: Text { value: String::new(), origin } }
    }

    /// Appends a part of another value unchanged.
    pub(crate) fn copy(&mut self, source: &Text, range: Range<usize>) {
        let (start, end) = (range.start.min(source.value.len()), range.end.min(source.value.len()));
        if start >= end {
            return;
        }
        let first = source.piece_at(start);
        for piece in &source.origin.pieces()[first..] {
            if piece.at >= end {
                break;
            }
            let (from, till) = (piece.at.max(start), (piece.at + piece.len).min(end));
            let span = if piece.verbatim {
                Span::new(piece.span.start + (from - piece.at), piece.span.start + (till - piece.at))
            } else {
                piece.span
            };
            self.push(&source.value[from..till], span, piece.verbatim);
        }
    }

    /// Appends `with`, the decoded form of this part of another value (an escape sequence).
    pub(crate) fn replace(&mut self, source: &Text, range: Range<usize>, with: &str) {
        self.push(with, source.span_of(range), false);
    }

    fn push(&mut self, value: &str, span: Span, verbatim: bool) {
        if value.is_empty() {
            return;
        }
        let at = self.text.value.len();
        self.text.value.push_str(value);
        if let Some(last) = self.text.origin.last_mut()
            && verbatim
            && last.verbatim
            && last.span.end == span.start
        {
            last.len += value.len();
            last.span.end = span.end;
            return;
        }
        self.text.origin.push(Piece { at, len: value.len(), span, verbatim });
    }

    /// Length of the value so far, in bytes.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.text.value.len()
    }

    /// Whether nothing has been appended yet.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.text.value.is_empty()
    }

    /// The value.
    #[must_use]
    pub(crate) fn finish(self) -> Text {
        self.text
    }
}

/// Line and column of offsets. Lines count from 1; columns count characters from 1.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The range of each line in the paste.
    ranges: Vec<Range<usize>>,
}

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        // Counted first: a vector that grows is twice as large for a moment.
        let mut ranges = Vec::with_capacity(line_ranges(text).count().max(1));
        ranges.extend(line_ranges(text));
        if ranges.is_empty() {
            ranges.push(0..0);
        }
        Self { ranges }
    }

    /// The line (from 1) that holds this offset.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.ranges.partition_point(|r| r.start <= offset).max(1)
    }

    /// The line and column (both from 1, the column in characters) of this offset of `text`.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.ranges[line - 1].start;
        let column = text.get(start..offset.clamp(start, text.len())).map_or(0, |s| s.chars().count()) + 1;
        (line, column)
    }

    /// The range of a line, counted from 1.
    #[must_use]
    pub fn range(&self, line: usize) -> Range<usize> {
        self.ranges.get(line.saturating_sub(1)).cloned().unwrap_or(0..0)
    }
}

/// How many units (characters, say) begin before any offset of a text. They are counted once, block by block, so that the
/// cost does not depend on the length of a line: a HAR file is often one line of megabytes.
#[derive(Debug)]
pub(crate) struct UnitCounts {
    units: fn(&[u8]) -> usize,
    /// The number before each block. Empty for a text of ASCII characters, of which each byte is a unit.
    before: Vec<usize>,
}

impl UnitCounts {
    /// The size of a block in bytes.
    const BLOCK: usize = 512;

    /// `units` counts those that begin in some bytes of UTF-8, which may begin and end within a character.
    pub(crate) fn of(text: &str, units: fn(&[u8]) -> usize) -> Self {
        if text.is_ascii() {
            return Self { units, before: Vec::new() };
        }
        let mut seen = 0;
        let before = text
            .as_bytes()
            .chunks(Self::BLOCK)
            .map(|block| {
                let before = seen;
                seen += units(block);
                before
            })
            .collect();
        Self { units, before }
    }

    /// The number before an offset of the same text; before its end, where the offset is beyond it.
    pub(crate) fn before(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        if self.before.is_empty() {
            return offset;
        }
        let block = (offset / Self::BLOCK).min(self.before.len().saturating_sub(1));
        let begun = &text.as_bytes()[block * Self::BLOCK..offset];
        self.before.get(block).copied().unwrap_or(0) + (self.units)(begun)
    }
}

/// The pairs of bytes in a text. Of several hundred phrases a text has few, and nearly all others have a pair that it
/// lacks: they need not be searched for.
pub(crate) struct BytePairs {
    pairs: Vec<u64>,
    /// A long text has nearly every pair. Of it these are runs of four bytes, several of which may share a bit.
    fours: Vec<u64>,
}

impl BytePairs {
    pub(crate) fn of(text: &str) -> Self {
        let mut pairs = Self { pairs: Vec::new(), fours: Vec::new() };
        if text.len() >= Self::LONG {
            pairs.fours = vec![0; Self::FOURS / 64];
            // Of a slice whose length is known no index is checked.
            let fours = &mut pairs.fours[..Self::FOURS / 64];
            let mut last = 0_u32;
            for byte in text.bytes() {
                last = last << 8 | u32::from(byte);
                let bit = Self::four(last);
                fours[bit / 64] |= 1_u64 << (bit % 64);
            }
            return pairs;
        }
        pairs.pairs = vec![0; if text.len() < Self::SHORT { 64 } else { 1024 }];
        for pair in text.as_bytes().windows(2) {
            let bit = pairs.bit(pair[0], pair[1]);
            pairs.pairs[bit / 64] |= 1_u64 << (bit % 64);
        }
        pairs
    }

    /// Shorter texts have so few pairs that several may share a bit: clearing the bits would take longer than the text.
    const SHORT: usize = 1024;

    /// From this length on a text has too many pairs to tell it by them.
    const LONG: usize = 8192;

    /// How many bits there are for runs of four bytes.
    const FOURS: usize = 1 << 18;

    #[inline]
    const fn four(bytes: u32) -> usize {
        (bytes.wrapping_mul(0x9E37_79B1) >> (32 - Self::FOURS.trailing_zeros())) as usize
    }

    /// The bit of a pair: one for each of them where there are enough.
    #[inline]
    const fn bit(&self, first: u8, second: u8) -> usize {
        let (first, second) = (first as usize, second as usize);
        ((first << 8 | second) ^ first << 4) & (self.pairs.len() * 64 - 1)
    }

    /// Whether the text has all pairs of a word: nearly every word is out by its first one.
    #[inline]
    pub(crate) fn may_have_word(&self, word: &str) -> bool {
        if let [first, second, ..] = word.as_bytes()
            && !self.pairs.is_empty()
        {
            let bit = self.bit(*first, *second);
            if self.pairs[bit / 64] & 1 << (bit % 64) == 0 {
                return false;
            }
        }
        self.may_have(word.bytes())
    }

    /// Whether the text has all pairs of a phrase. If not, it does not have the phrase.
    pub(crate) fn may_have(&self, phrase: impl Iterator<Item = u8>) -> bool {
        let has = |bits: &[u64], bit: usize| bits[bit / 64] & 1 << (bit % 64) != 0;
        let mut phrase = phrase;
        if self.fours.is_empty() {
            let Some(mut before) = phrase.next() else { return true };
            return phrase.all(|byte| {
                let bit = self.bit(before, byte);
                before = byte;
                has(&self.pairs, bit)
            });
        }
        let mut last = phrase.by_ref().take(3).fold(0_u32, |last, byte| last << 8 | u32::from(byte));
        phrase.all(|byte| {
            last = last << 8 | u32::from(byte);
            has(&self.fours, Self::four(last))
        })
    }
}

/// The decoded text, and what had to be replaced to decode it.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding that was read: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `UTF-32LE` or `UTF-32BE`.
    pub encoding: &'static str,
    /// Where an invalid sequence was replaced by U+FFFD, as offsets of `text`.
    pub replaced: Vec<usize>,
    /// What carried the text and was opened, outermost first; empty for a text that was pasted as it is.
    pub opened: Vec<&'static str>,
}

impl fmt::Debug for Decoded {
    /// Does not print the text, which may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decoded({} bytes of {}, {} replaced)", self.text.len(), self.encoding, self.replaced.len())
    }
}

/// Decodes any bytes: UTF-8, UTF-16 and UTF-32 with or without byte-order mark and in either byte order, and if none of
/// them fits, UTF-8 with U+FFFD for invalid sequences.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_utf8(rest),
        [0xFF, 0xFE, 0, 0, rest @ ..] => decode_utf32(rest, "UTF-32LE", u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => decode_utf32(rest, "UTF-32BE", u32::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, "UTF-16LE", u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, "UTF-16BE", u16::from_be_bytes),
        _ => match unmarked(bytes) {
            Some("UTF-16LE") => decode_utf16(bytes, "UTF-16LE", u16::from_le_bytes),
            Some("UTF-16BE") => decode_utf16(bytes, "UTF-16BE", u16::from_be_bytes),
            Some("UTF-32LE") => decode_utf32(bytes, "UTF-32LE", u32::from_le_bytes),
            Some("UTF-32BE") => decode_utf32(bytes, "UTF-32BE", u32::from_be_bytes),
            _ => decode_utf8(bytes),
        },
    }
}

/// The encoding of a text without a byte-order mark: the zero bytes of mostly Western text have a place in each unit.
fn unmarked(bytes: &[u8]) -> Option<&'static str> {
    const HEAD: usize = 512;
    let head = bytes[..bytes.len().min(HEAD)].chunks_exact(4);
    let units = head.len();
    let mut zeros = [0; 4];
    for unit in head {
        for (place, byte) in unit.iter().enumerate() {
            zeros[place] += usize::from(*byte == 0);
        }
    }
    // More than half of the characters are ASCII, and none is U+0000.
    let (odd, even) = (zeros[1] + zeros[3], zeros[0] + zeros[2]);
    match zeros {
        _ if units == 0 => None,
        [0, _, a, b] if a == units && b == units => Some("UTF-32LE"),
        [a, b, _, 0] if a == units && b == units => Some("UTF-32BE"),
        _ if even == 0 && odd > units => Some("UTF-16LE"),
        _ if odd == 0 && even > units => Some("UTF-16BE"),
        _ => None,
    }
}

fn decode_utf8(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            replaced.push(text.len());
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Decoded { text, encoding: "UTF-8", replaced, opened: Vec::new() }
}

fn decode_utf16(bytes: &[u8], encoding: &'static str, unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut replaced = Vec::new();
    for decoded in char::decode_utf16(units) {
        if decoded.is_err() {
            replaced.push(text.len());
        }
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if bytes.len() % 2 == 1 {
        replaced.push(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text, encoding, replaced, opened: Vec::new() }
}

fn decode_utf32(bytes: &[u8], encoding: &'static str, unit: fn([u8; 4]) -> u32) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut replaced = Vec::new();
    let units = bytes.chunks_exact(4);
    let has_rest = !units.remainder().is_empty();
    for decoded in units.map(|b| char::from_u32(unit([b[0], b[1], b[2], b[3]]))).chain(has_rest.then_some(None)) {
        if decoded.is_none() {
            replaced.push(text.len());
        }
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text, encoding, replaced, opened: Vec::new() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Decodes escapes (here `^c` is an upper-case c) twice, as nested formats do.
    fn unescape(source: &Text) -> Text {
        let mut out = TextBuilder::new(source.span());
        let value = source.as_str();
        let mut chars = value.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            if c == '^'
                && let Some(&(j, next)) = chars.peek()
            {
                chars.next();
                out.replace(source, i..j + next.len_utf8(), &next.to_uppercase().to_string());
            } else {
                out.copy(source, i..i + c.len_utf8());
            }
        }
        out.finish()
    }

    #[test]
    fn a_decoded_value_knows_the_characters_it_came_from() {
        let paste = Text::paste("x=^bearer tok");
        let value = unescape(&paste.slice(2..13));
        assert_eq!(value.as_str(), "Bearer tok");
        assert_eq!(value.span_of(0..6), Span::new(2, 9), "the escape belongs to the word");
        assert_eq!(value.slice(7..10).span(), Span::new(10, 13));
        assert!(!value.is_verbatim());
    }

    #[test]
    fn an_empty_value_has_a_place() {
        let paste = Text::paste("Name:   \r\nNext: x");
        let lines = paste.lines();
        assert_eq!(lines.len(), 2);
        let blank = lines[0].slice(5..8).trim();
        assert!(blank.is_empty());
        assert_eq!(blank.span(), Span::new(8, 8));
    }

    #[test]
    fn every_encoding_is_read() {
        assert_eq!(decode(b"\xEF\xBB\xBFab").text, "ab");
        assert_eq!(decode(b"\xFF\xFEa\0\xE9\0").text, "aé");
        assert_eq!(decode(b"a\0b\0").encoding, "UTF-16LE");
        assert_eq!(decode(b"\0a\0b").text, "ab");
        for text in ["GET /a", "“GET” /a\nAuthorization: é"] {
            let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
            let wide = |bytes: fn(u32) -> [u8; 4]| text.chars().flat_map(|c| bytes(u32::from(c))).collect::<Vec<u8>>();
            let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
            for bytes in [
                units(u16::to_le_bytes),
                units(u16::to_be_bytes),
                marked(b"\xFF\xFE", &units(u16::to_le_bytes)),
                wide(u32::to_le_bytes),
                wide(u32::to_be_bytes),
                marked(b"\xFF\xFE\0\0", &wide(u32::to_le_bytes)),
                marked(b"\0\0\xFE\xFF", &wide(u32::to_be_bytes)),
            ] {
                assert_eq!(decode(&bytes).text, text, "{bytes:?}");
            }
        }
        assert_eq!(decode(b"a\0\0\0b\0").text, "a\u{FFFD}");
        let broken = decode(b"a\xFFb");
        assert_eq!((broken.text.as_str(), broken.replaced.as_slice()), ("a\u{FFFD}b", &[1_usize][..]));
    }

    #[test]
    fn columns_count_characters() {
        let text = "é€x\nyz";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, 5), (1, 3));
        assert_eq!(lines.position(text, 8), (2, 2));
    }

    proptest! {
        #[test]
        fn spans_stand_on_character_boundaries(source in "[a-zé€^ \r\n\u{1F600}]{0,40}", cut in 0usize..40, len in 0usize..40) {
            let paste = Text::paste(&source);
            let once = unescape(&paste);
            let twice = unescape(&once);
            for text in [&once, &twice] {
                let bounds: Vec<usize> = text.as_str().char_indices().map(|(i, _)| i).chain([text.len()]).collect();
                let start = bounds[cut % bounds.len()];
                let end = bounds[(cut + len) % bounds.len()].max(start);
                let part = text.slice(start..end);
                prop_assert_eq!(part.as_str(), &text.as_str()[start..end]);
                for span in [part.span(), text.span_of(start..end)] {
                    prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
                    prop_assert!(span.start <= span.end && span.end <= source.len());
                }
                if part.is_verbatim() {
                    let span = part.span();
                    prop_assert_eq!(&source[span.start..span.end], part.as_str());
                }
            }
            // Decoding the characters of a span gives the value back.
            let span = once.span();
            if !once.is_empty() {
                let again = unescape(&Text::verbatim(&source[span.start..span.end], span.start));
                prop_assert_eq!(again.as_str(), once.as_str());
            }
        }

        #[test]
        fn any_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let decoded = decode(&bytes);
            for at in decoded.replaced {
                prop_assert!(decoded.text[at..].starts_with(char::REPLACEMENT_CHARACTER));
            }
        }

        #[test]
        fn lines_cover_the_text(source in "[ab\r\n]{0,30}") {
            let text = Text::paste(&source);
            let joined: String = text.lines().iter().map(|l| l.as_str().to_owned()).collect();
            prop_assert_eq!(joined, source.replace(['\r', '\n'], ""));
        }
    }
}

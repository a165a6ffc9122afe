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
use std::sync::Arc;

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

/// A place in four bytes: a text is cut into tens of thousands of parts. A text of more than 4 GB is read up to there.
fn compact(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A [`Span`] in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct CompactSpan {
    start: u32,
    end: u32,
}

impl From<Span> for CompactSpan {
    fn from(span: Span) -> Self {
        Self { start: compact(span.start), end: compact(span.end) }
    }
}

impl CompactSpan {
    const fn wide(self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }
}

/// A stretch of a value and the stretch of the paste that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the value.
    at: u32,
    /// Its length in the value.
    len: u32,
    /// Where it was in the paste.
    span: CompactSpan,
    /// Whether both have the same characters. An escape sequence does not, and maps as a whole.
    verbatim: bool,
}

impl Piece {
    fn at(&self) -> usize {
        self.at as usize
    }

    fn end(&self) -> usize {
        self.at() + self.len as usize
    }

    /// The stretch of the paste from which this part of the value came. The part begins and ends in the piece.
    fn span_of(&self, part: Range<usize>) -> Span {
        let span = self.span.wide();
        match self.verbatim {
            true => Span::new(span.start + (part.start - self.at()), span.start + (part.end - self.at())),
            false => span,
        }
    }
}

/// A decoded string that knows where each part of it was in the paste.
///
/// `Debug` shows only position and length, because a value may be a credential.
#[derive(Clone)]
pub struct Text {
    /// The string that holds the value. A text shares it with all parts that are cut out of it.
    whole: Arc<str>,
    from: u32,
    till: u32,
    origin: TextOrigin,
}

/// Where the parts of a value were in the paste. Nearly every value is one piece, and a paste has tens of thousands.
#[derive(Clone, PartialEq, Eq)]
enum TextOrigin {
    /// The stretch of the whole value; the position of an empty one.
    One {
        span: CompactSpan,
        verbatim: bool,
    },
    Many(Arc<Vec<Piece>>),
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() && self.origin == other.origin
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = self.span();
        write!(f, "Text({}..{}, {} bytes)", span.start, span.end, self.len())
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
        Self::one(text, Span::new(start, start + text.len()), true)
    }

    /// A value that is not in the paste itself but follows from this part of it.
    #[must_use]
    pub fn implied(text: &str, span: Span) -> Self {
        Self::one(text, span, text.is_empty())
    }

    fn one(text: &str, span: Span, verbatim: bool) -> Self {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        Self {
            from: 0,
            till: compact(text.len()),
            whole: text.into(),
            origin: TextOrigin::One { span: span.into(), verbatim },
        }
    }

    /// The decoded value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.whole[self.from as usize..self.till as usize]
    }

    /// Length of the decoded value in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        (self.till - self.from) as usize
    }

    /// Whether the decoded value is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.from == self.till
    }

    /// Where the whole value was in the paste.
    #[must_use]
    pub fn span(&self) -> Span {
        match &self.origin {
            TextOrigin::One { span, .. } => span.wide(),
            TextOrigin::Many(pieces) => match pieces.as_slice() {
                [first, .., last] => first.span.wide().to(last.span.wide()),
                pieces => pieces.first().map_or(Span::new(0, 0), |piece| piece.span.wide()),
            },
        }
    }

    /// Whether the value is in the paste unchanged and in one piece.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        matches!(self.origin, TextOrigin::One { verbatim: true, .. })
    }

    /// Where this part of the value was in the paste. Offsets past the end are clamped to it.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        let (start, end) = (range.start.min(self.len()), range.end.min(self.len()));
        if start >= end {
            let at = self.place(start);
            return Span::new(at, at);
        }
        let (first, last) = (self.piece(start), self.piece(end - 1));
        let from = first.span_of(start..start).start;
        Span::new(from, last.span_of(end..end).end.max(from))
    }

    /// The position in the paste of the boundary before byte `offset` of the value.
    fn place(&self, offset: usize) -> usize {
        if self.is_empty() {
            return self.span().start;
        }
        if offset >= self.len() {
            return self.span().end;
        }
        self.piece(offset).span_of(offset..offset).start
    }

    /// The piece that holds byte `offset`; the value must not be empty.
    fn piece(&self, offset: usize) -> Piece {
        match &self.origin {
            TextOrigin::One { span, verbatim } => {
                Piece { at: 0, len: self.till - self.from, span: *span, verbatim: *verbatim }
            }
            TextOrigin::Many(pieces) => pieces[piece_at(pieces, offset)],
        }
    }

    /// A part of the value. The range must lie on character boundaries of the value.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let (start, end) = (range.start.min(self.len()), range.end.min(self.len()));
        if start >= end {
            let at = self.place(start);
            return Self::one("", Span::new(at, at), true);
        }
        let mut parts = self.parts(start..end);
        let (first, rest) = (parts.next(), parts.next());
        let origin = match (first, rest) {
            (Some(only), None) => TextOrigin::One { span: only.span, verbatim: only.verbatim },
            _ => TextOrigin::Many(Arc::new(self.parts(start..end).collect())),
        };
        Self {
            whole: Arc::clone(&self.whole),
            from: self.from + compact(start),
            till: self.from + compact(end),
            origin,
        }
    }

    /// The pieces of a part of the value, with their places in the part. The part is not empty and lies in the value.
    fn parts(&self, range: Range<usize>) -> impl Iterator<Item = Piece> {
        let (pieces, only) = match &self.origin {
            TextOrigin::One { .. } => (&[][..], Some(self.piece(0))),
            TextOrigin::Many(pieces) => (&pieces[piece_at(pieces, range.start)..], None),
        };
        let all = only.into_iter().chain(pieces.iter().copied());
        let till = range.end;
        all.take_while(move |piece| piece.at() < till).map(move |piece| {
            let part = piece.at().max(range.start)..piece.end().min(range.end);
            Piece {
                at: compact(part.start - range.start),
                len: compact(part.len()),
                span: piece.span_of(part).into(),
                verbatim: piece.verbatim,
            }
        })
    }

    /// The spans of the paste that make up the value, in the order of the value, adjacent ones joined.
    pub(crate) fn places(&self) -> Vec<Span> {
        let mut places: Vec<Span> = Vec::new();
        if self.is_empty() {
            return places;
        }
        for span in self.parts(0..self.len()).map(|piece| piece.span.wide()) {
            match places.last_mut() {
                Some(last) if last.end == span.start => last.end = span.end,
                _ => places.push(span),
            }
        }
        places
    }

    /// The value without white space at its ends, including NO-BREAK SPACE and similar characters.
    #[must_use]
    pub fn trim(&self) -> Self {
        let value = self.as_str();
        let start = value.len() - value.trim_start().len();
        self.slice(start..start + value.trim().len())
    }

    /// The lines of the value without their line ends (`\n`, `\r\n`, a lone `\r`).
    #[must_use]
    pub fn lines(&self) -> Vec<Self> {
        line_ranges(self.as_str()).map(|r| self.slice(r)).collect()
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
    value: String,
    pieces: Vec<Piece>,
    /// Where the value is if it stays empty.
    anchor: usize,
}

impl TextBuilder {
    /// An empty value; `anchor` is its position if it stays empty.
    #[must_use]
    pub(crate) fn new(anchor: Span) -> Self {
        Self { value: String::new(), pieces: Vec::new(), anchor: anchor.start }
    }

    /// Appends a part of another value unchanged.
    pub(crate) fn copy(&mut self, source: &Text, range: Range<usize>) {
        let (start, end) = (range.start.min(source.len()), range.end.min(source.len()));
        if start >= end {
            return;
        }
        let value = &source.as_str()[start..end];
        for piece in source.parts(start..end) {
            self.push(&value[piece.at()..piece.end()], piece.span, piece.verbatim);
        }
    }

    /// Appends `with`, the decoded form of this part of another value (an escape sequence).
    pub(crate) fn replace(&mut self, source: &Text, range: Range<usize>, with: &str) {
        self.push(with, source.span_of(range).into(), false);
    }

    fn push(&mut self, value: &str, span: CompactSpan, verbatim: bool) {
        if value.is_empty() || self.value.len() + value.len() > u32::MAX as usize {
            return;
        }
        let at = compact(self.value.len());
        self.value.push_str(value);
        if let Some(last) = self.pieces.last_mut()
            && verbatim
            && last.verbatim
            && last.span.end == span.start
        {
            last.len += compact(value.len());
            last.span.end = span.end;
            return;
        }
        self.pieces.push(Piece { at, len: compact(value.len()), span, verbatim });
    }

    /// Length of the value so far, in bytes.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.value.len()
    }

    /// Whether nothing has been appended yet.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// The value.
    #[must_use]
    pub(crate) fn finish(mut self) -> Text {
        let origin = match self.pieces.as_slice() {
            [] => return Text::one("", Span::new(self.anchor, self.anchor), true),
            [only] => TextOrigin::One { span: only.span, verbatim: only.verbatim },
            _ => {
                self.pieces.shrink_to_fit();
                TextOrigin::Many(Arc::new(self.pieces))
            }
        };
        Text { from: 0, till: compact(self.value.len()), whole: self.value.into(), origin }
    }
}

/// The index of the piece that holds byte `offset` of a value.
fn piece_at(pieces: &[Piece], offset: usize) -> usize {
    pieces.partition_point(|piece| piece.at() <= offset).saturating_sub(1)
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

// With its path: `build.rs` includes this file from another folder.
#[cfg(test)]
#[path = "text/tests.rs"]
mod tests;

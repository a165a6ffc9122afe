//! The same text again, with its credentials and NHS numbers masked: for a log or a ticket that is to be posted.
//!
//! Nothing else of it changes, not even bytes that are not text. The same value gets the same mask (`‹token-1›`), so that a
//! reader still sees that two are the same. What was masked once is left as it is.

use std::collections::HashMap;
use std::ops::Range;

use crate::capture::{self, Reader};
use crate::pack::model::Pack;
use crate::redact::{Mask, Redactor, words};
use crate::secret::Secret;
use crate::sensitive;
use crate::text::{self, Lines, Text, offset_in};

/// What is masked beside credentials and NHS numbers, on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Also {
    /// Booking references of e-RS: twelve digits.
    Ubrn,
    /// Names of people, where a label or a field says that they are one.
    Name,
    /// E-mail and IP addresses.
    Address,
    /// Hosts of URLs and of `Host` fields.
    Host,
    /// ODS codes, where a label says so.
    Ods,
}

impl Also {
    const fn word(self) -> &'static str {
        match self {
            Self::Ubrn => "ubrn",
            Self::Name => "name",
            Self::Address => "address",
            Self::Host => "host",
            Self::Ods => "ods",
        }
    }
}

/// A stretch that was masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedStretch {
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// What is shown in its place.
    pub mask: String,
    /// How many characters it has.
    pub chars: usize,
}

/// A text with masks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedText {
    /// Its bytes, in the encoding of the input.
    pub bytes: Vec<u8>,
    /// What was masked, in the order of the text.
    pub stretches: Vec<MaskedStretch>,
}

/// Masks texts. Values that occur in several of them get the same mask.
#[derive(Debug, Default)]
pub struct Masker {
    also: Vec<Also>,
    words: Vec<String>,
    numbers: HashMap<(&'static str, Secret), usize>,
    counts: HashMap<&'static str, usize>,
}

impl Masker {
    /// A masker of credentials and NHS numbers, of these further kinds, and of these words in either letter case.
    #[must_use]
    pub fn new(also: &[Also], words: &[String]) -> Self {
        Self { also: also.to_vec(), words: words::folded(words), ..Self::default() }
    }

    /// Masks a text of any encoding that is read.
    #[must_use]
    pub fn mask(&mut self, bytes: &[u8], pack: &Pack) -> MaskedText {
        let source = Original::of(bytes);
        let text = source.text.as_str();
        let masks = masks_in(text);
        let mut found = credentials(text, pack);
        found.extend(self.further(text));
        found.retain(|(range, _)| {
            !range.is_empty() && !masks.iter().any(|m| m.start < range.end && range.start < m.end)
        });
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let lines = Lines::of(text);
        let (mut out, mut stretches, mut at) = (Vec::with_capacity(bytes.len()), Vec::new(), 0);
        source.begin(&mut out);
        for (range, kind) in found {
            // What begins inside another stretch was masked with it.
            if range.start < at {
                continue;
            }
            source.copy(at..range.start, &mut out);
            let value = &text[range.clone()];
            let mask = format!("‹{kind}-{}›", self.number(kind, value));
            source.write(&mask, &mut out);
            let (line, column) = lines.position(text, range.start);
            stretches.push(MaskedStretch { line, column, mask, chars: value.chars().count() });
            at = range.end;
        }
        source.copy(at..text.len(), &mut out);
        MaskedText { bytes: out, stretches }
    }

    fn number(&mut self, kind: &'static str, value: &str) -> usize {
        // An NHS number is the same with and without blanks.
        let value = match kind {
            "nhs-number" => value.chars().filter(char::is_ascii_digit).collect(),
            _ => value.to_owned(),
        };
        let count = self.counts.entry(kind).or_default();
        *self.numbers.entry((kind, Secret::new(&value))).or_insert_with(|| {
            *count += 1;
            *count
        })
    }

    /// What is masked on request.
    fn further(&self, text: &str) -> Vec<(Range<usize>, &'static str)> {
        let mut found = Vec::new();
        for also in &self.also {
            let ranges = match also {
                Also::Ubrn => numbers_of_twelve(text),
                Also::Name => labelled(text, NAMES, |c| c.is_alphabetic() || " '’.,-".contains(c)),
                Also::Address => addresses(text),
                Also::Host => hosts(text),
                Also::Ods => labelled(text, ODS, |c| c.is_ascii_uppercase() || c.is_ascii_digit()),
            };
            found.extend(ranges.into_iter().map(|range| (range, also.word())));
        }
        found.extend(words::places(text, &self.words).into_iter().map(|range| (range, "word")));
        found.retain(|(range, _)| text.get(range.clone()).is_some());
        found
    }
}

/// The masks that a text has already.
fn masks_in(text: &str) -> Vec<Range<usize>> {
    text.match_indices('‹')
        .filter_map(|(at, _)| {
            let len = text[at..text.floor_char_boundary(at + 120)].find('›')?;
            Some(at..at + len + '›'.len_utf8())
        })
        .collect()
}

/// The stretches that are credentials or NHS numbers.
fn credentials(text: &str, pack: &Pack) -> Vec<(Range<usize>, &'static str)> {
    let mut hidden = in_capture(text, pack);
    // What a mail or a terminal carries is written in other characters here; its values are looked for all the same.
    let opened = crate::carrier::open(text::decode(text.as_bytes()));
    if !opened.opened.is_empty() {
        let inner = in_capture(&opened.text, pack);
        let redactor = Redactor::masking(&opened.text, &inner.secrets, &inner.spans);
        hidden.secrets.extend(redactor.values());
    }
    hidden.secrets.retain(|(_, value)| !value.expose().contains(['‹', '›']));
    let redactor = Redactor::masking(text, &hidden.secrets, &hidden.spans);
    let word = |mask: Mask| match mask {
        Mask::Token => "token",
        Mask::Jwt => "jwt",
        Mask::Key => "key",
        Mask::Secret => "secret",
        Mask::NhsNumber => "nhs-number",
        Mask::Word => "word",
    };
    redactor.masked().into_iter().map(|(span, mask)| (span.start..span.end, word(mask))).collect()
}

fn in_capture(text: &str, pack: &Pack) -> sensitive::Sensitive {
    let paste = Text::paste(text);
    let capture = capture::read(&paste, &pack.vocabulary);
    sensitive::by_any_reader(&capture, &paste, pack, Reader::AUTO)
}

/// Labels of names of people.
const NAMES: &[&str] = &[
    "from:",
    "to:",
    "cc:",
    "author:",
    "reporter:",
    "assignee:",
    "name of patient:",
    "patient name:",
    "patient:",
    "clinician:",
    "contact:",
    "sent by:",
    "\"family\":",
    "\"given\":",
    "\"displayname\":",
    "\"fullname\":",
    "\"surname\":",
    "\"firstname\":",
];

/// Labels of ODS codes.
const ODS: &[&str] = &[
    "ods:",
    "ods code:",
    "ods-code:",
    "ods=",
    "odscode:",
    "odscode\":",
    "ods_code\":",
    "ods code is",
    "organisation-ods:",
    "organisation-ods\":",
    "organisation-ods'",
    "organisation-ods=",
    "ods code",
];

/// The values after these labels, made of these characters.
fn labelled(text: &str, labels: &[&str], is_of_value: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for label in labels {
        for (at, _) in lower.match_indices(label) {
            let from = at + label.len();
            let lead = text[from..].bytes().take(8).take_while(|b| b" \t\"'[:=".contains(b)).count();
            let start = from + lead;
            let rest = &text[start..text.floor_char_boundary(start + 80)];
            let len = rest.find(|c| !is_of_value(c)).unwrap_or(rest.len());
            let value = rest[..len].trim_end_matches([' ', '.', ',', '-', '\'']);
            if value.chars().count() >= 2 {
                found.push(start..start + value.len());
            }
        }
    }
    found
}

/// Numbers of twelve digits, together or in three groups of four.
fn numbers_of_twelve(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let (mut digits, mut end) = (0, at);
        while end < bytes.len() && digits < 13 {
            match bytes[end] {
                b'0'..=b'9' => digits += 1,
                b' ' | b'-' if matches!(digits, 4 | 8) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {}
                _ => break,
            }
            end += 1;
        }
        if digits == 12 && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}

/// E-mail addresses, and IPv4 addresses.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-'".contains(c);
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let base = text.ceil_char_boundary(at.saturating_sub(64));
        let start = text[base..at]
            .rfind(|c| !is_local(c))
            .map_or(base, |i| base + i + text[base + i..].chars().next().map_or(1, char::len_utf8));
        let rest = &text[at + 1..text.floor_char_boundary(at + 255)];
        let host = rest[..rest.find(|c| !is_host(c)).unwrap_or(rest.len())].trim_end_matches(['.', '-']);
        if start < at && host.contains('.') {
            found.push(start..at + 1 + host.len());
        }
    }
    let mut from = 0;
    for word in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
        let start = offset_in(text, word);
        let parts: Vec<&str> = word.trim_matches('.').split('.').collect();
        if parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok()) && start >= from {
            let lead = word.len() - word.trim_start_matches('.').len();
            found.push(start + lead..start + lead + word.trim_matches('.').len());
        }
        from = start + word.len();
    }
    found
}

/// Hosts of URLs and of `Host` fields.
fn hosts(text: &str) -> Vec<Range<usize>> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let mut starts: Vec<usize> = text.match_indices("://").map(|(at, mark)| at + mark.len()).collect();
    let lower = text.to_ascii_lowercase();
    for mark in ["host: ", "host\": \"", "host\":\"", ":authority: ", "host=\""] {
        starts.extend(lower.match_indices(mark).map(|(at, mark)| at + mark.len()));
    }
    let mut found = Vec::new();
    for start in starts {
        let rest = &text[start..text.floor_char_boundary(start + 512)];
        let authority = rest.find(|c: char| c.is_whitespace() || "/?#\"'<>".contains(c)).unwrap_or(rest.len());
        let user = rest[..authority].rfind('@').map_or(0, |i| i + 1);
        let len = rest[user..authority].find(|c| !is_host(c)).unwrap_or(authority - user);
        if len >= 3 {
            found.push(start + user..start + user + len);
        }
    }
    found
}

/// The input as text, with the way back to its bytes.
struct Original<'a> {
    text: String,
    /// For each invalid sequence its place in the text and its bytes.
    invalid: Vec<(usize, &'a [u8])>,
    encoding: Encoding,
    mark: &'a [u8],
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16(fn(u16) -> [u8; 2]),
    Utf32(fn(u32) -> [u8; 4]),
}

impl<'a> Original<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let decoded = text::decode(bytes);
        let encoding = match decoded.encoding {
            "UTF-16LE" => Encoding::Utf16(u16::to_le_bytes),
            "UTF-16BE" => Encoding::Utf16(u16::to_be_bytes),
            "UTF-32LE" => Encoding::Utf32(u32::to_le_bytes),
            "UTF-32BE" => Encoding::Utf32(u32::to_be_bytes),
            _ => Encoding::Utf8,
        };
        // Units that are no characters become U+FFFD: as bytes, nothing would be found in the text.
        if !matches!(encoding, Encoding::Utf8) {
            let marks: [&[u8]; 4] = [b"\xFF\xFE\0\0", b"\0\0\xFE\xFF", b"\xFF\xFE", b"\xFE\xFF"];
            let mark =
                marks.into_iter().find(|mark| bytes.starts_with(mark)).map_or(&[][..], |mark| &bytes[..mark.len()]);
            return Self { text: decoded.text, invalid: Vec::new(), encoding, mark };
        }
        let (mark, rest) = bytes.split_at(if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 });
        let mut source = Self { text: String::with_capacity(rest.len()), invalid: Vec::new(), encoding, mark };
        for chunk in rest.utf8_chunks() {
            source.text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                source.invalid.push((source.text.len(), chunk.invalid()));
                source.text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        source
    }

    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.mark);
    }

    fn write(&self, text: &str, out: &mut Vec<u8>) {
        match self.encoding {
            Encoding::Utf8 => out.extend_from_slice(text.as_bytes()),
            Encoding::Utf32(bytes) => text.chars().for_each(|c| out.extend(bytes(u32::from(c)))),
            Encoding::Utf16(bytes) => text.encode_utf16().for_each(|unit| out.extend(bytes(unit))),
        }
    }

    fn copy(&self, range: Range<usize>, out: &mut Vec<u8>) {
        let first = self.invalid.partition_point(|(at, _)| *at < range.start);
        let mut at = range.start;
        for (place, bytes) in self.invalid[first..].iter().take_while(|(place, _)| *place < range.end) {
            self.write(&self.text[at..*place], out);
            out.extend_from_slice(bytes);
            at = place + char::REPLACEMENT_CHARACTER.len_utf8();
        }
        self.write(&self.text[at.min(range.end)..range.end], out);
    }
}

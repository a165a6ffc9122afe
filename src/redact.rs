//! The paste as it may be shown.
//!
//! A [`Redactor`] knows every stretch of the paste that holds a credential or an NHS number, and every value that
//! was found to be one. Reports never quote the paste itself: they ask the redactor for a line, a span or a cleaned
//! text. What it gives out holds no credential, no NHS number and no control character.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::secret::Secret;
use crate::text::Span;

/// What kind of thing is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// An access token or another opaque token.
    Token,
    /// A JSON Web Token.
    Jwt,
    /// An API key.
    Key,
    /// A password, client secret, cookie or the like.
    Secret,
    /// An NHS number.
    NhsNumber,
}

impl Cover {
    const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Jwt => "JWT",
            Self::Key => "key",
            Self::Secret => "secret",
            Self::NhsNumber => "NHS number",
        }
    }
}

/// A value that must not be shown.
#[derive(Clone, Debug)]
struct Covered {
    cover: Cover,
    value: Secret,
    /// What it is called: `token A`.
    name: String,
}

impl Covered {
    /// What stands in its place, or in the place of so many bytes of it.
    fn label(&self, len: usize) -> String {
        match self.cover {
            Cover::NhsNumber => "‹NHS number›".to_owned(),
            _ if len < self.value.expose().len() => format!("‹part of {}›", self.name),
            _ => format!("‹{}, {} characters›", self.name, self.value.chars()),
        }
    }
}

/// Shows the paste, and texts made of it, without what must stay in.
#[derive(Clone)]
pub struct Redactor {
    paste: String,
    /// Covered stretches, sorted, not overlapping; the index is that of the value.
    spans: Vec<(Span, usize)>,
    values: Vec<Covered>,
    index: Index,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} bytes, {} covered)", self.paste.len(), self.values.len())
    }
}

/// Finds many values in a text in one pass, and what begins like one of them: servers quote the first characters of a
/// token, and in letters of either case.
#[derive(Clone, Default)]
struct Index {
    /// Values of [`Index::BEGINNING`] bytes and more in small letters, sorted.
    long: Vec<Known>,
    /// How they begin.
    beginnings: HashSet<[u8; Index::BEGINNING]>,
    /// The two bytes that one of them begins with: most places of a text are out at once.
    pairs: HashSet<[u8; 2]>,
    /// Shorter values, found as they were written.
    short: HashMap<Vec<u8>, usize>,
}

/// A value to be found.
#[derive(Clone)]
struct Known {
    folded: Vec<u8>,
    index: usize,
    /// The longest other value that this one begins with.
    within: Option<usize>,
    /// Whether its beginning gives it away: not so for numbers, many of which begin alike.
    in_part: bool,
}

impl Index {
    /// The shortest piece of a value that is taken for it.
    const BEGINNING: usize = 8;
    /// How far before the end of a value it is no longer looked for others.
    const DEEP: usize = 1024;

    fn of(values: &[Covered]) -> Self {
        let mut index = Self::default();
        for (at, covered) in values.iter().enumerate() {
            let value = covered.value.expose();
            let folded = value.to_ascii_lowercase().into_bytes();
            let Some((beginning, _)) = folded.split_first_chunk() else {
                index.short.insert(value.as_bytes().to_vec(), at);
                continue;
            };
            index.beginnings.insert(*beginning);
            index.pairs.insert([folded[0], folded[1]]);
            index.long.push(Known { folded, index: at, within: None, in_part: covered.cover != Cover::NhsNumber });
        }
        index.long.sort_by(|a, b| a.folded.cmp(&b.folded).then(a.index.cmp(&b.index)));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..index.long.len() {
            while open.last().is_some_and(|&o| !index.long[at].folded.starts_with(&index.long[o].folded)) {
                open.pop();
            }
            index.long[at].within = open.last().copied();
            open.push(at);
        }
        index
    }

    /// Every place of every value; places may overlap.
    fn find(&self, text: &str, values: &[Covered]) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        if self.long.is_empty() && self.short.is_empty() {
            return found;
        }
        let folded = text.to_ascii_lowercase().into_bytes();
        let mut covered = 0;
        for at in 0..folded.len() {
            // Deep in a value nothing begins that would end behind it; a token of one letter must not be compared with
            // itself from each of its places.
            if covered > at + Self::DEEP {
                continue;
            }
            for len in SHORTEST..Self::BEGINNING {
                let Some(piece) = text.as_bytes().get(at..at + len).filter(|_| !self.short.is_empty()) else { break };
                found.extend(self.short.get(piece).map(|index| (at..at + len, *index)));
            }
            let begins = folded[at..].first_chunk().is_some_and(|pair| self.pairs.contains(pair))
                && folded[at..].first_chunk().is_some_and(|beginning| self.beginnings.contains(beginning));
            if begins && let Some((len, index)) = self.longest(&folded[at..], values) {
                let end = text.floor_char_boundary(at + len);
                covered = covered.max(end);
                found.push((at..end, index));
            }
        }
        found
    }

    /// The longest beginning of the text that is a value or tells one.
    fn longest(&self, text: &[u8], values: &[Covered]) -> Option<(usize, usize)> {
        let behind = self.long.partition_point(|known| known.folded.as_slice() <= text);
        let shared = |at: usize| {
            let folded = self.long[at].folded.as_slice();
            if text.starts_with(folded) {
                return folded.len();
            }
            folded.iter().zip(text).take_while(|(a, b)| a == b).count()
        };
        // What shares most with a text stands next to it in the order.
        let neighbours = behind.saturating_sub(1)..(behind + 1).min(self.long.len());
        let (len, at) = neighbours.map(|at| (shared(at), at)).max()?;
        let known = &self.long[at];
        let value = values[known.index].value.expose();
        if len == known.folded.len() || known.in_part && tells(value, len) {
            return Some((len, known.index));
        }
        let mut within = Some(at);
        while let Some(known) = within.map(|at| &self.long[at]) {
            if known.folded.len() <= len {
                return Some((known.folded.len(), known.index));
            }
            within = known.within;
        }
        None
    }
}

/// Whether so many bytes of a value's beginning are a part of it that helps: drawn at random, or half of it.
fn tells(value: &str, len: usize) -> bool {
    let piece = &value[..value.floor_char_boundary(len)];
    let letters = piece.bytes().any(|b| b.is_ascii_alphabetic());
    len >= Index::BEGINNING && letters && (is_mixed(piece) || len * 2 >= value.len())
}

/// Letters and digits, or large and small letters, in one word.
pub(crate) fn is_mixed(word: &str) -> bool {
    let digit = word.bytes().any(|b| b.is_ascii_digit());
    let small = word.bytes().any(|b| b.is_ascii_lowercase());
    let large = word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    digit && (small || large) || small && large
}

/// Makes one stretch of those that overlap; it goes by the name of the longest.
fn merged(mut found: Vec<(Range<usize>, usize)>) -> Vec<(Range<usize>, usize)> {
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out: Vec<(Range<usize>, usize, usize)> = Vec::with_capacity(found.len());
    for (range, index) in found {
        match out.last_mut() {
            Some((last, name, longest)) if range.start < last.end => {
                if range.len() > *longest {
                    (*name, *longest) = (index, range.len());
                }
                last.end = last.end.max(range.end);
            }
            _ => {
                let len = range.len();
                out.push((range, index, len));
            }
        }
    }
    out.into_iter().map(|(range, index, _)| (range, index)).collect()
}

/// The shortest value that is looked for everywhere: a shorter one would hide half of the text.
const SHORTEST: usize = 6;

/// A piece of the paste as shown, with the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// For each stretch of the paste in it: where it stood, and where it is in `text`.
    map: Vec<(Span, Range<usize>)>,
}

impl Shown {
    /// Where a span of the paste is in the text shown; a span inside a covered stretch is the whole cover.
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.map.iter().find(|(s, _)| span.start < s.end || s.is_empty() && s.start >= span.start);
        let Some((first, shown)) = start else { return self.text.len()..self.text.len() };
        let from = if first.len() == shown.len() && span.start >= first.start {
            shown.start + (span.start - first.start)
        } else {
            shown.start
        };
        if span.is_empty() {
            return from..from;
        }
        let end = self.map.iter().rev().find(|(s, _)| s.start < span.end);
        let Some((last, shown)) = end else { return from..from };
        let till = if last.len() == shown.len() && span.end <= last.end {
            shown.start + (span.end - last.start)
        } else {
            shown.end
        };
        from..till.max(from)
    }
}

impl Redactor {
    /// A redactor for this paste that covers these values, wherever they stand, and what looks like a credential or
    /// an NHS number by itself.
    #[must_use]
    pub fn new(paste: &str, secrets: &[(Cover, Secret)]) -> Self {
        let mut redactor =
            Self { paste: paste.to_owned(), spans: Vec::new(), values: Vec::new(), index: Index::default() };
        let mut found: Vec<(Cover, Secret)> = secrets.to_vec();
        for (cover, range) in credential_like(paste) {
            found.push((cover, Secret::new(&paste[range])));
        }
        // The longest first: a password that is part of a longer credential must not leave the rest of it behind.
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(found[i].1.expose().len()), i));
        let mut known = BTreeSet::new();
        for &i in &order {
            redactor.cover(found[i].0, &found[i].1, &mut known);
        }
        for range in nhs_numbers(paste) {
            redactor.cover(Cover::NhsNumber, &Secret::new(&paste[range]), &mut known);
        }
        redactor.index = Index::of(&redactor.values);
        redactor.find_all();
        redactor.name_all();
        redactor
    }

    fn cover(&mut self, cover: Cover, value: &Secret, known: &mut BTreeSet<Secret>) {
        let exposed = value.expose().trim();
        if exposed.chars().count() < SHORTEST || !known.insert(Secret::new(exposed)) {
            return;
        }
        // The name is given once the order of appearance is known.
        self.values.push(Covered { cover, value: Secret::new(exposed), name: String::new() });
    }

    /// Finds every place of every value. Where two overlap, both are covered.
    fn find_all(&mut self) {
        let found = merged(self.index.find(&self.paste, &self.values));
        self.spans = found.into_iter().map(|(range, index)| (Span::new(range.start, range.end), index)).collect();
    }

    /// Gives the values letters by first appearance, so that a report can say that two are the same.
    fn name_all(&mut self) {
        let mut named = vec![false; self.values.len()];
        let mut letters = Letters::default();
        let order: Vec<usize> = self.spans.iter().map(|(_, i)| *i).chain(0..self.values.len()).collect();
        for index in order {
            if std::mem::replace(&mut named[index], true) {
                continue;
            }
            let covered = &mut self.values[index];
            if covered.cover != Cover::NhsNumber {
                covered.name = format!("{} {}", covered.cover.word(), letters.next());
            }
        }
    }

    /// Covers further stretches of the paste whose value is too short or too common to be looked for by itself.
    pub fn cover_span(&mut self, cover: Cover, span: Span) {
        let Some(text) = self.paste.get(span.start..span.end).filter(|t| !t.is_empty()) else { return };
        let value = Secret::new(text);
        let at = self.spans.partition_point(|(s, _)| s.end <= span.start);
        let overlapping = self.spans[at..].iter().take_while(|(s, _)| s.start < span.end).count();
        if self.spans[at..at + overlapping].iter().any(|(s, _)| s.contains(span)) {
            return;
        }
        // What was covered in part is covered as a whole.
        let whole = self.spans[at..at + overlapping].iter().fold(span, |whole, (s, _)| whole.to(*s));
        self.values.push(Covered { cover, value, name: cover.word().to_owned() });
        self.spans.splice(at..at + overlapping, [(whole, self.values.len() - 1)]);
    }

    /// A stretch of the paste as it may be shown.
    #[must_use]
    pub fn show(&self, span: Span) -> Shown {
        let mut shown = Shown::default();
        let mut at = span.start.min(self.paste.len());
        let end = span.end.min(self.paste.len());
        let first = self.spans.partition_point(|(s, _)| s.end <= at);
        for (covered, index) in &self.spans[first..] {
            if covered.start >= end {
                break;
            }
            self.show_plain(&mut shown, at..covered.start.max(at));
            let from = shown.text.len();
            shown.text.push_str(&self.values[*index].label(covered.len()));
            shown.map.push((*covered, from..shown.text.len()));
            at = covered.end;
        }
        self.show_plain(&mut shown, at..end.max(at));
        if shown.map.is_empty() {
            shown.map.push((Span::new(span.start, span.start), 0..0));
        }
        shown
    }

    fn show_plain(&self, shown: &mut Shown, range: Range<usize>) {
        let Some(text) = self.paste.get(range.clone()) else { return };
        for (i, c) in text.char_indices() {
            let place = range.start + i;
            let from = shown.text.len();
            push_visible(&mut shown.text, c);
            let (span, till) = (Span::new(place, place + c.len_utf8()), shown.text.len());
            // Neighbouring characters that are shown as they are make one entry of the map.
            match shown.map.last_mut() {
                Some((s, r))
                    if span.len() == till - from && s.len() == r.len() && s.end == span.start && r.end == from =>
                {
                    s.end = span.end;
                    r.end = till;
                }
                _ => shown.map.push((span, from..till)),
            }
        }
    }

    /// A text made of the paste (a decoded value, a sentence with values in it) as it may be shown.
    #[must_use]
    pub fn clean(&self, text: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut at = 0;
        for (range, index) in merged(self.index.find(text, &self.values)) {
            replaced.push_str(&text[at..range.start]);
            replaced.push_str(&self.values[index].label(range.len()));
            at = range.end;
        }
        replaced.push_str(&text[at..]);
        let text = replaced;
        // A decoded value can hold what did not stand in the paste in letters (a claim of a JWT, an escaped string).
        let found: Vec<(Cover, Range<usize>)> = credential_like(&text)
            .into_iter()
            .chain(nhs_numbers(&text).into_iter().map(|r| (Cover::NhsNumber, r)))
            .collect();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (cover, range) in sorted(found) {
            if range.start < at {
                continue;
            }
            text[at..range.start].chars().for_each(|c| push_visible(&mut out, c));
            match cover {
                Cover::NhsNumber => out.push_str("‹NHS number›"),
                _ => out.push_str(&format!("‹{}, {} characters›", cover.word(), text[range.clone()].chars().count())),
            }
            at = range.end;
        }
        text[at..].chars().for_each(|c| push_visible(&mut out, c));
        out
    }

    /// How a credential is called in this report (`‹token A, 28 characters›`).
    #[must_use]
    pub fn name(&self, value: &str) -> String {
        self.values
            .iter()
            .find(|v| v.value.expose() == value.trim())
            .map_or_else(|| format!("‹{} characters›", value.chars().count()), |v| v.label(v.value.expose().len()))
    }

    /// The length of the paste in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paste.len()
    }

    /// Whether the paste is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paste.is_empty()
    }

    /// The paste itself, for line numbers and the like; never to be printed.
    pub(crate) fn raw(&self) -> &str {
        &self.paste
    }
}

fn sorted(mut found: Vec<(Cover, Range<usize>)>) -> Vec<(Cover, Range<usize>)> {
    found.sort_by_key(|(_, r)| (r.start, std::cmp::Reverse(r.end)));
    found
}

/// A, B, … Z, A2, B2, …
#[derive(Default)]
struct Letters(usize);

impl Letters {
    fn next(&mut self) -> String {
        let (letter, round) = (self.0 % 26, self.0 / 26);
        self.0 += 1;
        let letter = char::from(b'A' + u8::try_from(letter).unwrap_or(0));
        if round == 0 { letter.to_string() } else { format!("{letter}{}", round + 1) }
    }
}

/// Writes a character so that it can do nothing to a terminal and can be seen.
fn push_visible(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str("    "),
        '\n' => out.push('\n'),
        '\r' => {}
        '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
        '\u{7F}' => out.push('\u{2421}'),
        '\u{80}'..='\u{9F}' => out.push('\u{FFFD}'),
        // Direction marks can make a line read backwards; zero-width characters hide.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{00AD}'
        | '\u{061C}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => out.push_str(&format!("<U+{:04X}>", c as u32)),
        '\u{2028}' | '\u{2029}' => out.push('\u{240A}'),
        _ => out.push(c),
    }
}

const fn is_token_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'=')
}

/// The stretches that look like a credential by themselves, whatever stands around them: JWTs, long words of mixed
/// letters and digits. UUIDs, URLs and names are not.
fn credential_like(text: &str) -> Vec<(Cover, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !is_token_byte(bytes[i]) {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len() && is_token_byte(bytes[i]) {
            i += 1;
        }
        words_in(text, start..i, &mut found);
    }
    found
}

fn words_in(text: &str, range: Range<usize>, found: &mut Vec<(Cover, Range<usize>)>) {
    let run = &text[range.clone()];
    if let Some(at) = run.find("eyJ")
        && run[at..].len() >= 20
    {
        // A JWT, or what is left of one: cover it to the end of the run.
        found.push((Cover::Jwt, range.start + at..range.end));
        return words_in(text, range.start..range.start + at, found);
    }
    // The words of a path or a query are judged one by one; so are the parts of a dotted name.
    let mut start = 0;
    for end in run
        .bytes()
        .enumerate()
        .filter(|(_, b)| matches!(b, b'/' | b'=' | b'.' | b'+' | b'~'))
        .map(|(i, _)| i)
        .chain([run.len()])
    {
        let word = &run[start..end];
        // In a path a shorter word is told from its neighbours.
        if is_random(word) || run.contains('/') && is_short_random(word) {
            found.push((Cover::Token, range.start + start..range.start + end));
        }
        start = end + 1;
    }
}

/// Whether a word looks drawn at random: at least 20 characters with digits and letters of both cases, or a long run
/// of hexadecimal digits; not a UUID, not words joined by hyphens or underscores.
fn is_random(word: &str) -> bool {
    if word.len() < 20 || is_uuid_like(word) {
        return false;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    let joints = word.len() - digits - lower - upper;
    if joints * 6 > word.len() {
        return false;
    }
    let hex = word.len() >= 32 && joints == 0 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let changes = changes(word);
    hex || (digits >= 1 && lower >= 3 && upper >= 3 && changes * 4 >= word.len())
        || (word.len() >= 24 && digits >= 4 && (lower >= 4 || upper >= 4) && changes * 5 >= word.len() && joints <= 2)
        || (joints == 0 && lower >= 5 && upper >= 5 && changes * 3 >= word.len())
}

/// Whether a word of 12 to 19 letters of both cases and digits changes between them as only chance does.
pub(crate) fn is_short_random(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().filter(is).count() >= 2;
    (12..20).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && changes(word) * 2 >= word.len()
}

/// How often a word changes between digits, small and capital letters; a capital that begins a word does not count.
fn changes(word: &str) -> usize {
    let differ = |p: &&[u8]| class(p[0]) != class(p[1]) && !(p[0].is_ascii_uppercase() && p[1].is_ascii_lowercase());
    word.as_bytes().windows(2).filter(differ).count()
}

const fn class(b: u8) -> u8 {
    match b {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    }
}

/// Whether the word is a UUID, or a UUID with a letter or a counter around it.
fn is_uuid_like(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.windows(5).any(|g| {
        g.iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(part, len)| part.len() == len && part.bytes().all(|b| b.is_ascii_hexdigit()))
    })
}

/// NHS numbers: ten digits, together or as 3-3-4, whose last is the check digit (modulus 11).
pub(crate) fn nhs_numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let fresh = bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric());
        if !fresh {
            i += 1;
            continue;
        }
        let (mut digits, mut at) = (Vec::with_capacity(10), i);
        while at < bytes.len() && digits.len() < 10 {
            if bytes[at].is_ascii_digit() {
                digits.push(u32::from(bytes[at] - b'0'));
            } else if !(matches!(bytes[at], b' ' | b'-') && matches!(digits.len(), 3 | 6)) {
                break;
            }
            at += 1;
        }
        let ends = bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-');
        if digits.len() == 10 && ends && has_check_digit(&digits) {
            found.push(i..at);
            i = at;
        } else {
            while i < bytes.len() && bytes[i].is_ascii_digit() {
                i += 1;
            }
        }
    }
    found
}

fn has_check_digit(digits: &[u32]) -> bool {
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    let check = 11 - sum % 11;
    (if check == 11 { 0 } else { check }) == digits[9]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(redactor: &Redactor) -> String {
        redactor.show(Span::new(0, redactor.len())).text
    }

    #[test]
    fn a_credential_is_covered_wherever_it_stands() {
        let paste = "Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\nagain 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ!";
        let redactor = Redactor::new(paste, &[]);
        assert_eq!(whole(&redactor), "Authorization: ‹token A, 28 characters›\nagain ‹token A, 28 characters›!");
        let shown = redactor.show(Span::new(0, 43));
        let range = shown.range(Span::new(15, 43));
        assert_eq!(&shown.text[range], "‹token A, 28 characters›");
        assert_eq!(&shown.text[shown.range(Span::new(0, 13))], "Authorization");
    }

    #[test]
    fn ordinary_words_stay() {
        let paste = "SERVICE_PROVIDER_CLINICIAN_ADMIN 6f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90 NHSD-eRS-On-Behalf-Of-User-ID \
                     urn:ietf:params:oauth:client-assertion-type:jwt-bearer keymanagement.service.InvalidAPICallAsNoApiProductMatchFound \
                     /FHIR/STU3/ReferralRequest/$ers.createReferralAndSendForTriage org.example.AbstractReferralRequestHandlerFactory2 \
                     101ac1f5-7e90-403d-8ca7-bada9fb6f199-1 rrt-0669301659697266087-a-geu2-1712744-15183000-1 2026-03-06T12:02:10.004Z";
        assert_eq!(whole(&Redactor::new(paste, &[])), paste);
    }

    #[test]
    fn nhs_numbers_are_masked_by_their_check_digit() {
        assert_eq!(
            Redactor::new("", &[]).clean("Patient/9990123438, 999 012 3438, 9990123439, 000000070123"),
            "Patient/‹NHS number›, ‹NHS number›, 9990123439, 000000070123"
        );
    }

    #[test]
    fn control_characters_become_visible() {
        let redactor = Redactor::new("a\u{1b}[31mb\u{202e}c\u{200b}\u{9b}", &[]);
        assert_eq!(whole(&redactor), "a\u{241b}[31mb<U+202E>c<U+200B>\u{FFFD}");
    }

    #[test]
    fn jwt_and_cut_jwt_are_covered() {
        let shown =
            Redactor::new("", &[]).clean("x eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhIn0.c2ln-_x y eyJhbGciOiJSUzUxMiIsInR5 z");
        assert_eq!(shown, "x ‹JWT, 44 characters› y ‹JWT, 24 characters› z");
    }
}

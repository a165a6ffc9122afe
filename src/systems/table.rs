//! Patterns of words as one table of bytes, and the search for all of them at once.
//!
//! A pattern is a run of words: case, white space and punctuation do not count. `{}` stands for up to [`WIDEST`] words of
//! any kind in the same line. Each pattern is entered under the rarest word of its first run, so a text is searched by looking up each of
//! its words once, however many patterns there are. The look-up is a hash: almost no word of a text is in the table.
//!
//! `build.rs` includes this file and writes the table of the built-in packs. The same code makes a table when packs of
//! the user add systems of their own.

#![allow(dead_code, reason = "the build writes the table, the program reads it")]

use std::collections::BTreeMap;
use std::ops::Range;

/// The most words that a gap of a pattern covers.
const WIDEST: usize = 12;

/// The most bytes of a text that are searched: the first half and the last half of a longer one.
const LONGEST_TEXT: usize = 1 << 18;

/// The most places that one search gives.
const MOST_HITS: usize = 1024;

/// The longest word that is looked up.
const LONGEST_WORD: usize = 64;

/// The gap in a pattern of the table.
const GAP: u8 = b'*';
const GAP_WORD: &str = "*";

/// Whether a rule file describes a system: `_system.toml`, or `_system-kong.toml` where a pack has several.
pub(crate) fn is_system(name: &str) -> bool {
    name.strip_prefix("_system")
        .is_some_and(|rest| rest == ".toml" || (rest.starts_with('-') && rest.ends_with(".toml")))
}

/// What a pattern shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatternKind {
    /// A text that has it speaks of the system.
    Named,
    /// A message that has it came from the system or went to it.
    Shown,
    /// The system refuses in these words.
    Words,
}

/// A pattern of a rule file.
#[derive(Clone, Debug)]
pub(crate) struct SystemPattern {
    pub(crate) text: String,
    pub(crate) kind: PatternKind,
    /// The number of its file, in the order in which files are read.
    pub(crate) file: usize,
    /// The number of its answer in the file; 0 for the other kinds.
    pub(crate) answer: usize,
}

/// A place at which a text has a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SystemHit {
    pub(crate) kind: PatternKind,
    pub(crate) file: usize,
    pub(crate) answer: usize,
    /// The bytes of the text.
    pub(crate) range: Range<usize>,
    /// The number of words of the pattern, without its gaps: how much the place tells.
    pub(crate) words: usize,
}

/// The words of a text, as ranges of bytes: runs of letters, digits and bytes beyond ASCII.
fn words(text: &str) -> Vec<Range<usize>> {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && is_word(bytes[at]) {
            at += 1;
        }
        if at > start {
            found.push(start..at);
        }
        at += 1;
    }
    found
}

/// The words of a pattern in lower case, with [`GAP_WORD`] where anything may be. Gaps at the ends mean nothing.
pub(crate) fn pattern_words(pattern: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut rest = pattern;
    loop {
        let (before, after) = match rest.find('{') {
            Some(at) => match rest[at..].find('}') {
                Some(end) => (&rest[..at], Some(&rest[at + end + 1..])),
                None => (rest, None),
            },
            None => (rest, None),
        };
        all.extend(words(before).into_iter().map(|range| before[range].to_ascii_lowercase()));
        let Some(after) = after else { break };
        if all.last().is_some_and(|word| word != GAP_WORD) {
            all.push(GAP_WORD.to_owned());
        }
        rest = after;
    }
    if all.last().is_some_and(|word| word == GAP_WORD) {
        all.pop();
    }
    all
}

/// Writes the table. `None` if there are more patterns than it can number, or one without words.
pub(crate) fn write(patterns: &[SystemPattern]) -> Option<Vec<u8>> {
    let split: Vec<Vec<String>> = patterns.iter().map(|p| pattern_words(&p.text)).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for word in split.iter().flatten() {
        *uses.entry(word).or_default() += 1;
    }
    // The patterns under each word, with the place of the word in its pattern.
    let mut anchors: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, words) in split.iter().enumerate() {
        let first_run = words.iter().take_while(|word| *word != GAP_WORD).enumerate();
        let (at, word) = first_run.min_by_key(|(_, word)| uses.get(word.as_str()).copied().unwrap_or_default())?;
        anchors.entry(word).or_default().push((number, at));
    }
    let (mut heads, mut entries, mut texts) = (Vec::new(), Vec::new(), String::new());
    let mut count: u32 = 0;
    for (word, list) in &anchors {
        put(&mut heads, texts.len())?;
        put(&mut heads, word.len())?;
        put(&mut heads, count as usize)?;
        texts.push_str(word);
        for (number, at) in list {
            let (pattern, words) = (&patterns[*number], split[*number].join(" "));
            put(&mut entries, texts.len())?;
            put(&mut entries, words.len())?;
            put(&mut entries, pattern.file)?;
            put(&mut entries, pattern.answer)?;
            put(&mut entries, *at)?;
            put(&mut entries, pattern.kind as usize)?;
            texts.push_str(&words);
            count += 1;
        }
    }
    let slots = slots(anchors.len());
    let mut taken = vec![0; slots];
    for (number, word) in anchors.keys().enumerate() {
        let mut slot = hash(word.as_bytes()) & (slots - 1);
        while taken[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        taken[slot] = number + 1;
    }
    let mut table = Vec::new();
    put(&mut table, anchors.len())?;
    put(&mut table, count as usize)?;
    for number in taken {
        put(&mut table, number)?;
    }
    table.extend(heads);
    table.extend(entries);
    table.extend(texts.into_bytes());
    Some(table)
}

/// How many places the look-up has: at most a quarter is taken.
fn slots(anchors: usize) -> usize {
    (anchors * 4).next_power_of_two()
}

/// FNV-1a, of which the low bits count.
fn hash(word: &[u8]) -> usize {
    let mixed = word.iter().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (mixed ^ mixed >> 15) as usize
}

fn put(bytes: &mut Vec<u8>, number: usize) -> Option<()> {
    bytes.extend(u32::try_from(number).ok()?.to_le_bytes());
    Some(())
}

/// A table as [`write`] writes it.
#[derive(Clone, Copy)]
pub(crate) struct SystemTable<'t> {
    bytes: &'t [u8],
    /// How many anchors and patterns there are, and how many places the look-up has.
    anchors: usize,
    patterns: usize,
    slots: usize,
    /// Where the anchors, the patterns and their texts begin.
    heads: usize,
    entries: usize,
    texts: usize,
}

fn number(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, |b| u32::from_le_bytes(b) as usize)
}

/// Bytes of the head, of an anchor, of a pattern.
const HEAD: usize = 8;
const ANCHOR: usize = 12;
const ENTRY: usize = 24;

impl<'t> SystemTable<'t> {
    pub(crate) fn of(bytes: &'t [u8]) -> Self {
        let (anchors, patterns) = (number(bytes, 0), number(bytes, 4));
        let slots = slots(anchors);
        let heads = HEAD + slots * 4;
        let entries = heads + anchors * ANCHOR;
        Self { bytes, anchors, patterns, slots, heads, entries, texts: entries + patterns * ENTRY }
    }

    fn number(self, at: usize) -> usize {
        number(self.bytes, at)
    }

    fn text_bytes(self, at: usize) -> &'t [u8] {
        let (start, length) = (self.texts + self.number(at), self.number(at + 4));
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    /// The numbers of the patterns under a word.
    fn under(self, word: &[u8]) -> Range<usize> {
        let mut slot = hash(word) & (self.slots - 1);
        // A table that is not one of ours has no free place.
        for _ in 0..self.slots {
            let Some(anchor) = self.number(HEAD + slot * 4).checked_sub(1) else { break };
            let at = self.heads + anchor * ANCHOR;
            if self.text_bytes(at) == word {
                let is_last = anchor + 1 == self.anchors;
                let end = if is_last { self.patterns } else { self.number(at + ANCHOR + 8) };
                return self.number(at + 8)..end;
            }
            slot = (slot + 1) & (self.slots - 1);
        }
        0..0
    }

    /// Every place at which a text has a pattern, in the order of the text. Of a very long text both ends are searched.
    pub(crate) fn find(self, text: &str) -> Vec<SystemHit> {
        let mut hits = Vec::new();
        if text.len() <= LONGEST_TEXT {
            self.find_in(text, 0, &mut hits);
        } else {
            let boundary = |mut at: usize| {
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                at
            };
            let (head, tail) = (boundary(LONGEST_TEXT / 2), boundary(text.len() - LONGEST_TEXT / 2));
            self.find_in(&text[..head], 0, &mut hits);
            self.find_in(&text[tail..], tail, &mut hits);
        }
        hits
    }

    fn find_in(self, text: &str, offset: usize, hits: &mut Vec<SystemHit>) {
        let places = words(text);
        let mut lower = [0; LONGEST_WORD];
        for (index, place) in places.iter().enumerate() {
            let Some(buffer) = lower.get_mut(..place.len()) else { continue };
            for (to, from) in buffer.iter_mut().zip(&text.as_bytes()[place.clone()]) {
                *to = from.to_ascii_lowercase();
            }
            for number in self.under(buffer) {
                if hits.len() == MOST_HITS {
                    return;
                }
                hits.extend(self.fits(number, text, &places, index, offset));
            }
        }
    }

    /// Whether the text has this pattern with its anchor at this word.
    fn fits(
        self,
        number: usize,
        text: &str,
        places: &[Range<usize>],
        anchor: usize,
        offset: usize,
    ) -> Option<SystemHit> {
        let entry = self.entries + number * ENTRY;
        let start = anchor.checked_sub(self.number(entry + 16))?;
        let bytes = text.as_bytes();
        let is_at = |at: usize, word: &[u8]| {
            places.get(at).is_some_and(|place| bytes[place.clone()].eq_ignore_ascii_case(word))
        };
        let pattern = self.text_bytes(entry);
        // Most patterns fail at their first word.
        let mut first = pattern.split(|byte| *byte == b' ');
        if !is_at(start, first.next()?) {
            return None;
        }
        // Of the others most fail at their second.
        if first.next().is_some_and(|word| *word != [GAP] && !is_at(start + 1, word)) {
            return None;
        }
        let (mut next, mut count, mut last) = (start, 0, start);
        for (run, part) in pattern.split(|byte| *byte == GAP).enumerate() {
            let words = || part.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
            let fits = |at: usize| words().zip(at..).all(|(word, at)| is_at(at, word));
            let reach = if run == 0 { 0 } else { WIDEST };
            let at = (next..=next + reach).find(|at| fits(*at))?;
            // A gap is within one line: the end of a field and the words of a body are not one sentence.
            if run > 0 && text[places[last].end..places[at].start].contains('\n') {
                return None;
            }
            let length = words().count();
            next = at + length;
            last = next - 1;
            count += length;
        }
        let range = places[start].start + offset..places[last].end + offset;
        let kind = match self.number(entry + 20) {
            0 => PatternKind::Named,
            1 => PatternKind::Shown,
            _ => PatternKind::Words,
        };
        Some(SystemHit { kind, file: self.number(entry + 8), answer: self.number(entry + 12), range, words: count })
    }
}

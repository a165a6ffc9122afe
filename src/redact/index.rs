//! Finds many values in a text in one pass, and pieces of them: servers quote the first or the last characters of a token,
//! and in letters of either case.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::detect::is_camel;
use super::mask::{Mask, MaskedValue, SHORTEST};
use crate::shape::is_mixed;

/// A piece of so many bytes that looks random gives a credential away.
const PIECE: usize = 6;
/// So much of a value, and of all values together, is looked for in pieces: what is beyond is found from its beginning.
const IN_PIECES: usize = 256;
const ALL_PIECES: usize = 1 << 18;

#[derive(Clone, Default)]
pub(super) struct Index {
    /// Values of [`Index::BEGINNING`] bytes or more, in lower case, sorted.
    long: Vec<Known>,
    /// How they begin.
    beginnings: HashSet<[u8; Index::BEGINNING]>,
    starts: StartBits,
    /// Shorter values, found as they were written.
    short: HashMap<Vec<u8>, usize>,
    /// Pieces of random values, in lower case: which value, and the offset in it.
    pieces: HashMap<[u8; PIECE], (usize, usize)>,
    piece_starts: StartBits,
    /// Those of both.
    any_starts: StartBits,
}

/// The four bytes that values begin with, a bit for several of them: nearly all places of a text are out at once.
#[derive(Clone, Default)]
struct StartBits(Option<Box<[u64; StartBits::WORDS]>>);

impl StartBits {
    const WORDS: usize = 1024;

    const fn bit(first: [u8; 4]) -> usize {
        (u32::from_le_bytes(first).wrapping_mul(0x9E37_79B1) >> 16) as usize
    }

    fn add(&mut self, value: &[u8]) {
        if let Some(first) = value.first_chunk() {
            let bit = Self::bit(*first);
            self.0.get_or_insert_with(|| Box::new([0; Self::WORDS]))[bit / 64] |= 1 << (bit % 64);
        }
    }

    fn has(&self, first: [u8; 4]) -> bool {
        let bit = Self::bit(first);
        self.0.as_ref().is_some_and(|bits| bits[bit / 64] & 1 << (bit % 64) != 0)
    }

    /// The first place from this one on at which one of them may begin.
    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let bits = self.0.as_deref()?;
        let may_begin = |first: &[u8]| {
            let bit = Self::bit([first[0], first[1], first[2], first[3]]);
            bits[bit / 64] & 1 << (bit % 64) != 0
        };
        text.get(from..)?.windows(4).position(may_begin).map(|skipped| from + skipped)
    }
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
    /// How far inside a value the search for other values stops.
    const DEEP: usize = 1024;

    pub(super) fn of(values: &[MaskedValue]) -> Self {
        let mut index = Self::default();
        for (at, masked) in values.iter().enumerate() {
            let value = masked.value.expose();
            let folded = value.to_ascii_lowercase().into_bytes();
            if masked.mask != Mask::NhsNumber {
                index.add_pieces(value, &folded, at);
            }
            let Some((beginning, _)) = folded.split_first_chunk() else {
                index.short.insert(value.as_bytes().to_vec(), at);
                continue;
            };
            index.beginnings.insert(*beginning);
            index.starts.add(&folded);
            index.any_starts.add(&folded);
            index.long.push(Known { folded, index: at, within: None, in_part: masked.mask != Mask::NhsNumber });
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

    fn add_pieces(&mut self, value: &str, folded: &[u8], at: usize) {
        for (from, piece) in folded.windows(PIECE).enumerate().take(IN_PIECES) {
            let is_telling = value.get(from..from + PIECE).is_some_and(is_mixed);
            if self.pieces.len() < ALL_PIECES
                && is_telling
                && let Ok(piece) = <[u8; PIECE]>::try_from(piece)
            {
                self.pieces.entry(piece).or_insert((at, from));
                self.piece_starts.add(&piece);
                self.any_starts.add(&piece);
            }
        }
    }

    /// Every place of every value; places may overlap.
    pub(super) fn find(&self, text: &str, values: &[MaskedValue]) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        if self.long.is_empty() && self.short.is_empty() {
            return found;
        }
        let folded = text.to_ascii_lowercase().into_bytes();
        let has_short = !self.short.is_empty();
        let mut masked = 0;
        let mut next = 0;
        // A short value may begin anywhere.
        let place = |from: usize| if has_short { Some(from) } else { self.any_starts.next(&folded, from) };
        while let Some(at) = place(next).filter(|at| *at < folded.len()) {
            next = at + 1;
            // Deep in a value nothing begins that would end after it; a token of one letter must not be compared with
            // itself from each of its places.
            if masked > at + Self::DEEP {
                continue;
            }
            for len in SHORTEST..Self::BEGINNING {
                let Some(piece) = text.as_bytes().get(at..at + len).filter(|_| has_short) else { break };
                found.extend(self.short.get(piece).map(|index| (at..at + len, *index)));
            }
            // The last three places are too near the end.
            let Some(first) = folded[at..].first_chunk() else { continue };
            if at >= masked
                && self.piece_starts.has(*first)
                && let Some(piece) = folded[at..].first_chunk().and_then(|piece| self.pieces.get(piece))
            {
                let (index, from) = *piece;
                let value = values[index].value.expose().as_bytes()[from..].iter();
                let len = value.zip(&folded[at..]).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
                // Letters in front of a piece of both cases are none by themselves (`abc` of `abcdEf`).
                let before = values[index].value.expose().as_bytes()[..from].iter().rev();
                let before = before.zip(folded[masked.min(at)..at].iter().rev());
                let is_lead = |(a, b): &(&u8, &u8)| a.is_ascii_alphanumeric() && a.eq_ignore_ascii_case(b);
                let lead = before.take(PIECE - 1).take_while(is_lead).count();
                let end = text.floor_char_boundary(at + len);
                let start = text.ceil_char_boundary(at - lead);
                if text.is_char_boundary(at) && end > at && !is_in_word(text, &(start..end)) {
                    masked = end;
                    found.push((start..end, index));
                }
            }
            if self.starts.has(*first)
                && folded[at..].first_chunk().is_some_and(|beginning| self.beginnings.contains(beginning))
                && let Some((len, index)) = self.longest(&folded[at..], values)
            {
                let end = text.floor_char_boundary(at + len);
                if !is_in_word(text, &(at..end)) {
                    masked = masked.max(end);
                    found.push((at..end, index));
                }
            }
        }
        found
    }

    /// The longest beginning of the text that is a value or identifies one.
    fn longest(&self, text: &[u8], values: &[MaskedValue]) -> Option<(usize, usize)> {
        let behind = self.long.partition_point(|known| known.folded.as_slice() <= text);
        let shared = |at: usize| {
            let folded = self.long[at].folded.as_slice();
            if text.starts_with(folded) {
                return folded.len();
            }
            folded.iter().zip(text).take_while(|(a, b)| a == b).count()
        };
        // In sorted order the value that shares most with a text is next to it.
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

/// The longest run of letters that is in another word by chance (`escript` of `TypeScript` in `description`).
const BY_CHANCE: usize = 9;

/// Whether a few letters are only a part of a longer word. An escape in front of them (`\n`) is none of it.
fn is_in_word(text: &str, found: &Range<usize>) -> bool {
    let is_letter = u8::is_ascii_alphabetic;
    let bytes = text.as_bytes();
    if found.len() > BY_CHANCE || !bytes[found.clone()].iter().all(is_letter) {
        return false;
    }
    let before = bytes[..found.start].iter().rev().take(40).take_while(|b| is_letter(b)).count();
    let is_escape = before == 1 && bytes[..found.start - 1].ends_with(b"\\");
    let behind = bytes[found.end..].iter().take(40).take_while(|b| is_letter(b)).count();
    let run = &text[found.start - before..found.end + behind];
    // In a run drawn at random nothing is there by chance.
    run.len() > found.len() && !(is_escape && behind == 0) && is_camel(run)
}

/// Whether so many bytes of a value's beginning are a part of it that helps: drawn at random, or half of it.
fn tells(value: &str, len: usize) -> bool {
    let piece = &value[..value.floor_char_boundary(len)];
    let letters = piece.bytes().any(|b| b.is_ascii_alphabetic());
    len >= Index::BEGINNING && letters && (is_mixed(piece) || len * 2 >= value.len())
}

//! The paste as it may be shown.
//!
//! A [`Redactor`] knows every stretch of the paste that holds a credential or an NHS number, and every value that
//! was found to be one. Reports never quote the paste itself: they ask the redactor for a line, a span or a cleaned
//! text. What it gives out holds no credential, no NHS number and no control character.

mod before;
mod between;
mod blobs;
mod broken;
mod bytes;
mod code;
mod columns;
mod cut;
mod detect;
mod dialogue;
mod fallback;
mod flagged;
mod foreign;
mod hashes;
mod hidden;
mod html_tables;
mod index;
mod inputs;
mod labelled;
mod links;
mod logins;
mod mask;
mod members;
mod named;
pub(crate) mod names;
mod options;
mod pem;
mod phrases;
mod plain;
mod prefixes;
mod printed;
mod redirected;
mod remote;
mod resp;
mod scan;
mod schemes;
mod searchable;
mod siblings;
mod states;
mod typed;
mod value;
mod views;
pub(crate) mod words;
mod workflows;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex};

#[cfg(feature = "cli")]
pub(crate) use detect::{is_short_random, nhs_numbers};
use index::Index;
pub(crate) use mask::Mask;
use mask::{MaskedValue, SHORTEST};
pub(crate) use pem::private_keys;
pub(crate) use plain::is_plain;
use scan::Readings;

use crate::secret::Secret;
use crate::text::Span;
use crate::visible::{is_hidden, push_visible};

/// Shows the paste, and texts made of it, without what must stay in.
#[derive(Clone)]
pub struct Redactor {
    paste: String,
    /// MaskedValue stretches, sorted, not overlapping; the index is that of the value.
    spans: Vec<(Span, usize)>,
    values: Vec<MaskedValue>,
    index: Index,
    /// Words of the user's choice, in lower case.
    words: Vec<String>,
    /// Short texts that were cleaned: exchanges share the names of their fields and the sentences of the rules.
    cleaned: Arc<Mutex<HashMap<String, String>>>,
}

/// Texts of at most so many bytes are remembered, and so many of them: then it begins anew, as an exchange asks for its own texts
/// several times and for those of others never again.
const SHORT: usize = 512;
const MOST_REMEMBERED: usize = 1024;

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} bytes, {} masked)", self.paste.len(), self.values.len())
    }
}

/// Why a stretch of a text is masked.
#[derive(Clone, Copy)]
enum MaskReason {
    /// A value, or a piece of one.
    Value(usize),
    /// What looks like this.
    Like(Mask),
}

/// Makes one stretch of those that overlap; it goes by the name of the longest.
fn merged<T: Copy>(mut found: Vec<(Range<usize>, T)>) -> Vec<(Range<usize>, T)> {
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out: Vec<(Range<usize>, T, usize)> = Vec::with_capacity(found.len());
    for (range, name) in found {
        match out.last_mut() {
            Some((last, named, longest)) if range.start < last.end => {
                if range.len() > *longest {
                    (*named, *longest) = (name, range.len());
                }
                last.end = last.end.max(range.end);
            }
            _ => {
                let len = range.len();
                out.push((range, name, len));
            }
        }
    }
    out.into_iter().map(|(range, name, _)| (range, name)).collect()
}

/// A piece of the paste as shown, with the way back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// For each stretch of the paste in it: where it stood, and where it is in `text`.
    map: Vec<(Span, Range<usize>)>,
}

impl Shown {
    /// Where a span of the paste is in the text shown; a span inside a masked stretch is the whole mask.
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
    /// A redactor for this paste that masks these values wherever they occur, and what looks like a credential or
    /// an NHS number by itself or by its name.
    #[must_use]
    pub fn new(paste: &str, secrets: &[(Mask, Secret)]) -> Self {
        Self::masking(paste, secrets, &[])
    }

    /// The same, with further places of the paste: the text there is a credential, elsewhere it may be a plain word.
    #[must_use]
    pub fn masking(paste: &str, secrets: &[(Mask, Secret)], places: &[Span]) -> Self {
        let mut redactor = Self {
            paste: paste.to_owned(),
            spans: Vec::new(),
            values: Vec::new(),
            index: Index::default(),
            words: Vec::new(),
            cleaned: Arc::default(),
        };
        let mut found: Vec<(Mask, Secret)> = secrets.to_vec();
        let readings = Readings::of(paste);
        let scanned = readings.scan();
        found.extend(scanned.values);
        let mut ranges: Vec<(Range<usize>, Mask)> =
            places.iter().map(|place| (place.start..place.end, Mask::Secret)).collect();
        ranges.extend(scanned.places);
        // The longest first: masking a password that is part of a longer credential must not leave the rest visible.
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(found[i].1.expose().len()), i));
        let mut known = BTreeSet::new();
        for &i in &order {
            redactor.add(found[i].0, &found[i].1, &mut known);
        }
        redactor.index = Index::of(&redactor.values);
        redactor.find_all(&readings, ranges);
        redactor.name_all();
        redactor
    }

    /// The same, with words of the user's choice masked as well, in either letter case.
    #[must_use]
    pub(crate) fn with_words(mut self, words: &[String]) -> Self {
        self.words = words::folded(words);
        self.cleaned = Arc::default();
        let mut found: Vec<(Range<usize>, usize)> =
            self.spans.iter().map(|(span, index)| (span.start..span.end, *index)).collect();
        for place in words::places(&self.paste, &self.words) {
            found.push((place.clone(), self.values.len()));
            let value = Secret::new(&self.paste[place]);
            self.values.push(MaskedValue { mask: Mask::Word, value, name: Mask::Word.word().to_owned() });
        }
        self.spans = merged(found).into_iter().map(|(range, i)| (Span::new(range.start, range.end), i)).collect();
        self
    }

    fn add(&mut self, mask: Mask, value: &Secret, known: &mut BTreeSet<Secret>) {
        let exposed = value.expose().trim();
        if exposed.chars().count() < SHORTEST || !known.insert(Secret::new(exposed)) {
            return;
        }
        // The name is given once the order of appearance is known.
        self.values.push(MaskedValue { mask, value: Secret::new(exposed), name: String::new() });
    }

    /// Finds every place of every value, and adds the places given. Where two overlap, both are masked.
    fn find_all(&mut self, readings: &Readings<'_>, places: Vec<(Range<usize>, Mask)>) {
        let mut found = readings.known(&self.index, &self.values);
        // A place whose value is known goes by the name of the value.
        let by_value: HashMap<&str, usize> =
            self.values.iter().enumerate().map(|(i, v)| (v.value.expose(), i)).collect();
        let mut unknown = Vec::new();
        for (place, mask) in places {
            let Some(text) = self.paste.get(place.clone()).filter(|text| !text.is_empty()) else { continue };
            match by_value.get(text) {
                Some(index) => found.push((place, *index)),
                None => unknown.push((place, mask)),
            }
        }
        for (place, mask) in unknown {
            let value = Secret::new(&self.paste[place.clone()]);
            found.push((place, self.values.len()));
            self.values.push(MaskedValue { mask, value, name: mask.word().to_owned() });
        }
        let found = merged(found);
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
            let masked = &mut self.values[index];
            if masked.mask != Mask::NhsNumber && masked.name.is_empty() {
                masked.name = format!("{} {}", masked.mask.word(), letters.next());
            }
        }
    }

    /// A stretch of the paste as it may be shown.
    #[must_use]
    pub fn show(&self, span: Span) -> Shown {
        let mut shown = Shown::default();
        let mut at = span.start.min(self.paste.len());
        let end = span.end.min(self.paste.len());
        let first = self.spans.partition_point(|(s, _)| s.end <= at);
        for (masked, index) in &self.spans[first..] {
            if masked.start >= end {
                break;
            }
            self.show_plain(&mut shown, at..masked.start.max(at));
            let from = shown.text.len();
            shown.text.push_str(&self.values[*index].label(masked.len()));
            shown.map.push((*masked, from..shown.text.len()));
            at = masked.end;
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
        if text.len() > SHORT {
            return self.cleaned(text);
        }
        if let Some(known) = self.cleaned.lock().ok().and_then(|cleaned| cleaned.get(text).cloned()) {
            return known;
        }
        let clean = self.cleaned(text);
        if let Ok(mut cleaned) = self.cleaned.lock() {
            if cleaned.len() >= MOST_REMEMBERED {
                cleaned.clear();
            }
            cleaned.insert(text.to_owned(), clean.clone());
        }
        clean
    }

    fn cleaned(&self, text: &str) -> String {
        // A decoded value can hold text that is not in the paste as written (a claim of a JWT, an escaped string). All
        // is looked for in the text as it is: a mask in the middle of a credential would make two words of it.
        let readings = Readings::of(text);
        let known = readings.known(&self.index, &self.values).into_iter();
        let known = known.map(|(range, index)| (range, MaskReason::Value(index)));
        let like = readings.scan().places.into_iter().map(|(range, mask)| (range, MaskReason::Like(mask)));
        let words = words::places(text, &self.words).into_iter().map(|range| (range, MaskReason::Like(Mask::Word)));
        let found = merged(known.chain(like).chain(words).collect());
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (range, name) in found {
            text[at..range.start].chars().for_each(|c| push_visible(&mut out, c));
            let masked = &text[range.clone()];
            match name {
                MaskReason::Value(index) if masked.len() <= self.values[index].value.expose().len() => {
                    out.push_str(&self.values[index].label(masked.len()));
                }
                MaskReason::Value(index) => out.push_str(&self.values[index].mask.label(masked)),
                MaskReason::Like(mask) => out.push_str(&mask.label(masked)),
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

    /// The stretches of the paste that are masked, in order; none overlap.
    pub(crate) fn masked(&self) -> Vec<(Span, Mask)> {
        self.spans.iter().map(|(span, index)| (*span, self.values[*index].mask)).collect()
    }

    /// The values that are masked wherever they occur.
    pub(crate) fn values(&self) -> Vec<(Mask, Secret)> {
        self.values.iter().map(|value| (value.mask, value.value.clone())).collect()
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

    /// Whether this is the paste.
    #[must_use]
    pub fn is_of(&self, text: &str) -> bool {
        self.paste == text
    }

    /// The whole paste with a sign in place of each character that must not be shown, and of each that cannot be seen.
    /// It is as long as the paste in UTF-16, which is how JavaScript counts: a page can lay it over the paste. Line ends
    /// and tabs stay.
    #[must_use]
    pub fn covered(&self) -> String {
        let mut out = String::with_capacity(self.paste.len());
        let mut spans = self.spans.iter().map(|(span, _)| span).peekable();
        for (at, c) in self.paste.char_indices() {
            while spans.next_if(|span| span.end <= at).is_some() {}
            let is_masked = spans.peek().is_some_and(|span| span.start <= at);
            match c {
                '\n' | '\r' | '\t' => out.push(c),
                _ if is_masked => out.extend(std::iter::repeat_n('•', c.len_utf16())),
                '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or(c)),
                c if is_hidden(c) => out.extend(std::iter::repeat_n(char::REPLACEMENT_CHARACTER, c.len_utf16())),
                c => out.push(c),
            }
        }
        out
    }

    /// The paste itself, for line numbers and the like; never to be printed.
    pub(crate) fn raw(&self) -> &str {
        &self.paste
    }
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
    fn a_covered_text_is_as_long_as_the_paste() {
        let paste = "Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\r\nx:\t\u{1b}[31m\u{202e}😀é\u{e0041}\n";
        let covered = Redactor::new(paste, &[]).covered();
        assert_eq!(
            covered,
            format!("Authorization: {}\r\nx:\t\u{241b}[31m\u{fffd}😀é\u{fffd}\u{fffd}\n", "•".repeat(28))
        );
        assert_eq!(covered.encode_utf16().count(), paste.encode_utf16().count());
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

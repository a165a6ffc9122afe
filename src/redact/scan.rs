//! Everything in a text that must not be shown, found by its look or by its place, in the text and in its other readings.

use std::ops::Range;

use super::detect::{credential_like, nhs_numbers};
use super::hidden::Hidden;
use super::index::Index;
use super::mask::{Mask, MaskedValue, SHORTEST};
use super::searchable::Searchable;
use super::{
    blobs, broken, code, columns, cut, dialogue, flagged, foreign, hashes, html_tables, inputs, links, logins, members,
    named, options, pem, phrases, plain, prefixes, printed, redirected, remote, resp, schemes, views, workflows,
};
use crate::secret::Secret;
use crate::text::Text;

/// What a text holds that must not be shown.
#[derive(Default)]
pub(super) struct Scan {
    /// Values that are masked wherever they occur.
    pub(super) values: Vec<(Mask, Secret)>,
    /// Places of the text, which may overlap.
    pub(super) places: Vec<(Range<usize>, Mask)>,
    /// The parts of values that were cut: a reader may take one of them for a text of its own.
    pieces: Vec<Range<usize>>,
}

/// A text with its other readings and with what is encoded in it, each made once.
pub(super) struct Readings<'t> {
    text: &'t str,
    views: Vec<Text>,
    blobs: Vec<(Range<usize>, String)>,
}

impl<'t> Readings<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, views: views::of(text), blobs: blobs::all(text) }
    }

    /// Looks through the text for what must not be shown.
    pub(super) fn scan(&self) -> Scan {
        let mut found = Scan::default();
        look(self.text, &self.blobs, &mut found, |range| vec![range]);
        for view in &self.views {
            look(view.as_str(), &blobs::all(view.as_str()), &mut found, |range| places(view, range));
        }
        for piece in std::mem::take(&mut found.pieces) {
            let value = self.text.get(piece).unwrap_or_default();
            if value.len() >= SHORTEST && !plain::is_english(value) {
                found.values.push((Mask::Secret, Secret::new(value)));
            }
        }
        found
    }

    /// Every place of every known value, in the text and in its other readings. Places may overlap.
    pub(super) fn known(&self, index: &Index, values: &[MaskedValue]) -> Vec<(Range<usize>, usize)> {
        let mut found = index.find(self.text, values);
        if values.is_empty() {
            return found;
        }
        for view in &self.views {
            for (range, value) in index.find(view.as_str(), values) {
                found.extend(places(view, range).into_iter().map(|place| (place, value)));
            }
        }
        for (range, decoded) in &self.blobs {
            if let Some((_, value)) = index.find(decoded, values).first() {
                found.push((range.clone(), *value));
            }
        }
        found
    }
}

/// The places of the text that a part of one of its readings is made of.
fn places(view: &Text, range: Range<usize>) -> Vec<Range<usize>> {
    view.slice(range).places().into_iter().map(|span| span.start..span.end).collect()
}

fn look(
    text: &str,
    blobs: &[(Range<usize>, String)],
    found: &mut Scan,
    map: impl Fn(Range<usize>) -> Vec<Range<usize>>,
) {
    let mut rests = Vec::new();
    let mut add = |range: Range<usize>, mask: Mask, anywhere: bool| {
        let below = if mask == Mask::NhsNumber { Vec::new() } else { broken::rest(text, &range) };
        if !below.is_empty() {
            rests.push((range.clone(), below, mask));
        }
        let Some(value) = text.get(range.clone()).filter(|value| !value.is_empty()) else { return };
        if anywhere {
            found.values.push((mask, Secret::new(value)));
        }
        let places = map(range);
        if anywhere && places.len() > 1 && mask != Mask::NhsNumber {
            found.pieces.extend(places.iter().cloned());
        }
        found.places.extend(places.into_iter().map(|place| (place, mask)));
    };
    for (mask, range) in credential_like(text) {
        add(range, mask, true);
    }
    for hidden in by_place(text) {
        add(hidden.range, Mask::Secret, hidden.anywhere);
    }
    for range in nhs_numbers(text) {
        add(range, Mask::NhsNumber, true);
    }
    for (range, decoded) in blobs {
        if is_telling(decoded) {
            add(range.clone(), Mask::Secret, true);
        }
    }
    for (range, below, mask) in rests {
        // The whole value may be on one line elsewhere.
        let whole: String = std::iter::once(&range).chain(&below).map(|part| &text[part.clone()]).collect();
        found.values.push((mask, Secret::new(&whole)));
        found.places.extend(below.into_iter().flat_map(&map).map(|place| (place, mask)));
    }
}

/// The text in the place of a credential.
fn by_place(text: &str) -> Vec<Hidden> {
    let searchable = Searchable::of(text);
    let mut found = named::all(text);
    found.extend(columns::all(text));
    found.extend(html_tables::all(&searchable));
    found.extend(inputs::all(&searchable));
    found.extend(remote::all(&searchable));
    found.extend(links::all(&searchable));
    found.extend(options::all(&searchable));
    found.extend(code::all(&searchable));
    found.extend(pem::all(&searchable));
    found.extend(prefixes::all(&searchable));
    found.extend(schemes::all(&searchable));
    found.extend(redirected::all(&searchable));
    found.extend(logins::all(&searchable));
    found.extend(dialogue::all(&searchable));
    found.extend(members::all(&searchable));
    found.extend(printed::all(text));
    found.extend(phrases::all(&searchable));
    found.extend(hashes::all(&searchable));
    found.extend(workflows::all(&searchable));
    found.extend(flagged::all(&searchable));
    found.extend(foreign::all(&searchable));
    found.extend(resp::all(&searchable));
    let tails: Vec<Hidden> = found.iter().filter_map(|hidden| cut::tail(text, hidden.range.end)).collect();
    found.extend(tails);
    found.extend(cut::all(&searchable));
    found
}

/// Whether a text that was encoded holds a credential or an NHS number.
fn is_telling(text: &str) -> bool {
    let is_pair = text.split_once(':').is_some_and(|(user, password)| {
        !user.is_empty() && password.len() >= 4 && !text.contains(char::is_whitespace) && !password.starts_with("//")
    });
    is_pair || !credential_like(text).is_empty() || !nhs_numbers(text).is_empty() || !by_place(text).is_empty()
}

//! A text that is searched for many words.
//!
//! Most texts are short and have none of the words, so preparing each search would cost more than all else.

use memchr::memmem;

use crate::text::BytePairs;

pub(super) struct Searchable<'t> {
    pub(super) text: &'t str,
    pairs: BytePairs,
}

impl<'t> Searchable<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, pairs: BytePairs::of(text) }
    }

    /// Where the text has this word, each place after the end of the one before it.
    #[inline]
    pub(super) fn places(&self, word: &'static str) -> WordPlaces<'t> {
        let may_have = self.pairs.may_have_word(word);
        WordPlaces(may_have.then(|| Box::new(memmem::find_iter(self.text.as_bytes(), word))))
    }

    pub(super) fn has(&self, word: &'static str) -> bool {
        self.places(word).next().is_some()
    }
}

/// The places of a word. A search is a large thing, and nearly no text has any of the words: it is made only where it may find
/// one.
pub(super) struct WordPlaces<'t>(Option<Box<memmem::FindIter<'t, 'static>>>);

impl Iterator for WordPlaces<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.0.as_mut()?.next()
    }
}

/// What a search hides of a text, for the tests of the searches.
#[cfg(test)]
pub(super) fn masked(text: &str, all: fn(&Searchable<'_>) -> Vec<super::hidden::Hidden>) -> Vec<&str> {
    all(&Searchable::of(text)).iter().map(|hidden| &text[hidden.range.clone()]).collect()
}

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
    pub(super) fn places(&self, word: &'static str) -> impl Iterator<Item = usize> + use<'t> {
        let may_have = self.pairs.may_have(word.bytes());
        may_have.then(|| memmem::find_iter(self.text.as_bytes(), word)).into_iter().flatten()
    }

    pub(super) fn has(&self, word: &'static str) -> bool {
        self.places(word).next().is_some()
    }
}

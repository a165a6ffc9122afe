//! Rule files on their way to one pack.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::model::{Mistake, Pack, Refinement};
use crate::text::Span;
use crate::words::table::WordSource;

/// Packs while they are being merged.
#[derive(Default)]
pub(crate) struct Loaded {
    pub(crate) pack: Pack,
    /// They are joined to their causes once all files are read: a later file may replace a cause.
    pub(super) refinements: Vec<Refinement>,
    /// Whether references to names in other files are checked. References among the built-in files are checked by a
    /// test, not at every start.
    pub(super) checks_links: bool,
    pub(super) links: Vec<Link>,
    /// The words of all files, those of later packs first.
    pub(crate) words: WordSource,
    pub(super) mistakes: Vec<Mistake>,
}

/// A rule file before it is read.
pub(crate) struct Unread<'t> {
    pub(crate) pack: Cow<'t, str>,
    pub(crate) name: Cow<'t, str>,
    /// Its path, as shown to the user.
    pub(crate) shown: Cow<'t, str>,
    pub(crate) text: Cow<'t, str>,
    /// Whether it is the user's own file, which may replace built-in entries.
    pub(crate) is_own: bool,
}

/// A name in a rule file that must exist somewhere else.
pub(super) struct Link {
    pub(super) what: &'static str,
    /// The answer that has the name in its `like`; else empty.
    pub(super) of: String,
    pub(crate) name: String,
    pub(super) file: String,
    pub(super) span: Range<usize>,
}

impl Link {
    /// The mistake that a name does not exist, or already exists.
    pub(super) fn mistake(self, unread: &[Unread<'_>], found: String, expected: String) -> Mistake {
        let source = unread.iter().find(|u| u.shown == self.file).map(|u| Arc::from(&*u.text));
        Mistake {
            file: self.file,
            source: source.unwrap_or_default(),
            span: Span::new(self.span.start, self.span.end),
            found,
            expected,
        }
    }

    pub(super) const ABOUT: &'static str = "thing to be about";
    pub(super) const ANSWER: &'static str = "answer";
    pub(super) const API: &'static str = "API";
    pub(super) const CAUSE: &'static str = "cause";
    pub(super) const CHECKPOINT: &'static str = "checkpoint";
    pub(super) const COMPLAINT: &'static str = "complaint";
    pub(super) const LIKE: &'static str = "answer to be like";
    /// Not a name that must exist, but one that must not exist twice.
    pub(super) const NEW_ANSWER: &'static str = "new answer";
    pub(super) const PACK: &'static str = "scope of a pack";
    pub(super) const PATHWAY: &'static str = "pathway";
}

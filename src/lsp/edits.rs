//! The edits since a version of a document was diagnosed, and where its places have moved to.

use std::ops::Range;

/// The most edits that are remembered. After so many the findings of the old version are of no use.
const MOST: usize = 4_096;

/// A stretch of bytes that another one replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edit {
    start: usize,
    old: usize,
    new: usize,
}

/// The edits in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct EditLog {
    edits: Vec<Edit>,
    /// Whether an edit was not remembered.
    is_cut: bool,
}

impl EditLog {
    /// Adds an edit: `new` bytes in the place of these.
    pub(super) fn push(&mut self, old: Range<usize>, new: usize) {
        if old.is_empty() && new == 0 {
            return;
        }
        if self.edits.len() == MOST {
            self.is_cut = true;
            return;
        }
        self.edits.push(Edit { start: old.start, old: old.len(), new });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Where a stretch of the old text is now. `None` if it was edited.
    pub(super) fn moved(&self, range: Range<usize>) -> Option<Range<usize>> {
        if self.is_cut {
            return None;
        }
        self.edits.iter().try_fold(range, |range, edit| {
            let end = edit.start + edit.old;
            if range.end <= edit.start {
                Some(range)
            } else if end <= range.start {
                Some(range.start - edit.old + edit.new..range.end - edit.old + edit.new)
            } else {
                None
            }
        })
    }

    /// Where a byte of the text was in the old text. `None` if it was written since.
    pub(super) fn origin(&self, byte: usize) -> Option<usize> {
        if self.is_cut {
            return None;
        }
        self.edits.iter().rev().try_fold(byte, |byte, edit| {
            if byte < edit.start {
                Some(byte)
            } else {
                byte.checked_sub(edit.start + edit.new).map(|after| edit.start + edit.old + after)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A stretch that was not edited has the same text in its new place, and that place leads back.
        #[test]
        fn what_was_not_edited_is_found_again(edits in prop::collection::vec((0usize..60, 0usize..8, "[xyz]{0,6}"), 0..6), at in 0usize..50, length in 1usize..10) {
            let old: String = ('\u{21}'..'\u{7e}').filter(|c| !"xyz".contains(*c)).collect();
            let (mut text, mut log) = (old.clone(), EditLog::default());
            let is_one = edits.len() == 1;
            for (start, length, new) in edits {
                let start = start.min(text.len());
                let end = (start + length).min(text.len());
                text.replace_range(start..end, &new);
                log.push(start..end, new.len());
            }
            let range = at..at + length;
            if let Some(moved) = log.moved(range.clone()) {
                prop_assert_eq!(&text[moved.clone()], &old[range.clone()]);
                prop_assert_eq!(log.origin(moved.start), Some(range.start));
            } else if is_one {
                prop_assert!(!text.contains(&old[range]));
            }
        }
    }

    #[test]
    fn what_is_not_remembered_is_not_guessed() {
        let mut log = EditLog::default();
        (0..=MOST).for_each(|_| log.push(0..0, 1));
        assert_eq!((log.moved(5..6), log.origin(9_000)), (None, None));
    }
}

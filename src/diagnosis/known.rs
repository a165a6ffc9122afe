//! Lists that many exchanges of an input have in common. Each is stored once: of a log with thousands of refusals they would
//! be most of what is stored.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// The lists of one kind so far.
pub(super) struct KnownLists<T>(RefCell<HashSet<Arc<[T]>>>);

impl<T> Default for KnownLists<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Eq + Hash> KnownLists<T> {
    /// The same list, shared with all exchanges that have it.
    pub(super) fn shared(&self, list: Vec<T>) -> Arc<[T]> {
        let mut known = self.0.borrow_mut();
        if let Some(known) = known.get(list.as_slice()) {
            return Arc::clone(known);
        }
        let list: Arc<[T]> = list.into();
        known.insert(Arc::clone(&list));
        list
    }
}

//! A credential as it may be shown: its shape and its length, never its value.
//!
//! Two credentials can be compared, so that "the same token was accepted a minute ago" can be said. Nothing of the
//! value can be printed: not by `Debug`, not by `Display`, and no digest of it is ever shown, since a digest of a
//! weak password is as good as the password. Reports call credentials by letters instead (token A, token B).

use std::fmt;

/// A credential. It can be compared and described, not printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret {
    value: String,
}

impl Secret {
    /// Takes a value in.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self { value: value.to_owned() }
    }

    /// How many characters it has.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.value.chars().count()
    }

    /// The value, for the modules of this crate that search for it in order to hide it.
    pub(crate) fn expose(&self) -> &str {
        &self.value
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} characters)", self.chars())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn debug_shows_nothing_of_the_value(value in "[A-Za-z0-9_-]{12,60}") {
            let shown = format!("{:?} {:#?}", Secret::new(&value), Some(Secret::new(&value)));
            for piece in value.as_bytes().windows(6) {
                let piece = std::str::from_utf8(piece).expect("ASCII");
                prop_assume!(!"Secret( characters)Some".contains(piece));
                prop_assert!(!shown.contains(piece));
            }
        }
    }
}

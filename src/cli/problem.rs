//! Why the input or the arguments cannot be used: where, what was found, what was expected, what to do.

use std::fmt;

/// A reason to stop with exit status 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    place: String,
    found: String,
    expected: Option<String>,
    todo: Option<String>,
}

impl Problem {
    pub(super) fn new(place: impl Into<String>, found: impl Into<String>) -> Self {
        Self { place: place.into(), found: found.into(), expected: None, todo: None }
    }

    pub(super) fn expected(mut self, what: impl Into<String>) -> Self {
        self.expected = Some(what.into());
        self
    }

    pub(super) fn todo(mut self, what: impl Into<String>) -> Self {
        self.todo = Some(what.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}: {}", self.place, self.found)?;
        if let Some(expected) = &self.expected {
            writeln!(f, "  expected: {expected}")?;
        }
        if let Some(todo) = &self.todo {
            writeln!(f, "  to do: {todo}")?;
        }
        Ok(())
    }
}

/// The longest word that is compared with others: the distance costs the product of both lengths.
const LONGEST: usize = 64;

/// The name that was probably meant: the nearest, if no more than a third of it is different.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().count() > LONGEST {
        return None;
    }
    let word = word.to_lowercase().replace(['_', ' '], "-");
    names
        .map(|name| (strsim::osa_distance(&word, name), name))
        .filter(|(distance, name)| distance * 3 <= name.chars().count().max(3))
        .min_by_key(|(distance, name)| (*distance, *name))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let names = || ["missing-bearer-prefix", "token-expired", "clock-skew"].into_iter();
        assert_eq!(nearest("mising-bearer-prefix", names()), Some("missing-bearer-prefix"));
        assert_eq!(nearest("Token_Expired", names()), Some("token-expired"));
        assert_eq!(nearest("bearer", names()), None);
        assert_eq!(nearest(&"x".repeat(100_000), names()), None);
    }
}

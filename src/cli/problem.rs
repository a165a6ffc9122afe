//! Why the input or the arguments cannot be used: where, what was found, what was expected, what to do.

use std::fmt;

use crate::redact::{Redactor, is_short_random};

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

    /// The same problem under another name of its place.
    pub(super) fn of(self, place: &str) -> Self {
        Self { place: place.to_owned(), ..self }
    }

    /// Where and what, in a line.
    pub(super) fn line(&self) -> String {
        format!("{}: {}\n", self.place, self.found)
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

/// An argument that is safe to repeat: people paste tokens and passwords where a name or a number is expected.
pub(super) fn echoed(argument: &str) -> String {
    let cleaned = Redactor::new("", &[]).clean(argument);
    let begins = |scheme: &str| argument.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    let is_credential = argument.contains('=') || begins("bearer ") || begins("basic ");
    let is_shown = !is_credential
        && cleaned == argument
        && !argument.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| is_short_random(word) || is_shuffled(word));
    if is_shown { cleaned } else { format!("‹{} characters›", argument.chars().count()) }
}

/// Whether letters and digits of a long word change as they do in no name: `kq7rmzt2lw9xbvn4`.
fn is_shuffled(word: &str) -> bool {
    const SHORTEST: usize = 12;
    let changes = word.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
    word.len() >= SHORTEST && changes.count() >= 4
}

/// The value of an option that is safe to repeat. Options take numbers and times; anything else may be a credential, so
/// only its length is printed.
pub(super) fn echoed_value(value: &str) -> String {
    let is_number = value.bytes().filter(u8::is_ascii_alphabetic).count() <= 4 && value.len() <= 40;
    if is_number && crate::redact::nhs_numbers(value).is_empty() {
        return echoed(value);
    }
    format!("‹{} characters›", value.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_may_be_a_credential_is_counted() {
        for (argument, shown) in [
            ("ticket-2026-11-25.txt", "ticket-2026-11-25.txt"),
            ("kq7RmZt2Lw9XbVn4", "‹16 characters›"),
            ("kq7RmZt2Lw9XbVn4.txt", "‹20 characters›"),
            ("4kQeTz8hWq2LrVn0XyPs7BdUcGfJ", "‹28 characters›"),
        ] {
            assert_eq!(echoed(argument), shown, "{argument}");
        }
        for (value, shown) in [
            ("tset", "tset"),
            ("hunterpassx", "‹11 characters›"),
            ("20000001234", "20000001234"),
            ("2025-12-15T11:14:00", "2025-12-15T11:14:00"),
            ("hunter2pass", "‹11 characters›"),
            ("9990123438", "‹10 characters›"),
        ] {
            assert_eq!(echoed_value(value), shown, "{value}");
        }
    }
}

//! What is masked, and what is shown in its place.

use crate::secret::Secret;

/// The shortest value that is looked for everywhere: a shorter one would hide half of the text.
pub(super) const SHORTEST: usize = 6;

/// What kind of thing is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// An access token or another opaque token.
    Token,
    /// A JSON Web Token.
    Jwt,
    /// An API key.
    Key,
    /// A password, client secret, cookie or the like.
    Secret,
    /// An NHS number.
    NhsNumber,
    /// A word of the user's choice.
    Word,
}

impl Mask {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Jwt => "JWT",
            Self::Key => "key",
            Self::Secret => "secret",
            Self::NhsNumber => "NHS number",
            Self::Word => "word",
        }
    }

    /// What is shown in the place of something that has no name of its own.
    pub(super) fn label(self, masked: &str) -> String {
        match self {
            Self::NhsNumber => "‹NHS number›".to_owned(),
            _ => format!("‹{}, {} characters›", self.word(), masked.chars().count()),
        }
    }
}

/// A value that must not be shown.
#[derive(Clone, Debug)]
pub(super) struct MaskedValue {
    pub(super) mask: Mask,
    pub(super) value: Secret,
    /// What it is called: `token A`.
    pub(super) name: String,
}

impl MaskedValue {
    /// What is shown in its place, or in the place of this many bytes of it.
    pub(super) fn label(&self, len: usize) -> String {
        match self.mask {
            Mask::NhsNumber => "‹NHS number›".to_owned(),
            _ if len < self.value.expose().len() => format!("‹part of {}›", self.name),
            _ => format!("‹{}, {} characters›", self.name, self.value.chars()),
        }
    }
}

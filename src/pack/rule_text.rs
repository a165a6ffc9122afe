//! The texts of rules.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A text of a rule. In a built-in rule it is part of the program; in a user's rule it was read from a file.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleText(Cow<'static, str>);

impl RuleText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for RuleText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for RuleText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for RuleText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<String> for RuleText {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<&'static str> for RuleText {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<RuleText> for String {
    fn from(text: RuleText) -> Self {
        text.0.into_owned()
    }
}

impl From<RuleText> for Cow<'static, str> {
    fn from(text: RuleText) -> Self {
        text.0
    }
}

impl PartialEq<str> for RuleText {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for RuleText {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl PartialEq<String> for RuleText {
    fn eq(&self, other: &String) -> bool {
        &*self.0 == other.as_str()
    }
}

impl PartialEq<RuleText> for String {
    fn eq(&self, other: &RuleText) -> bool {
        self.as_str() == &*other.0
    }
}

impl PartialEq<RuleText> for str {
    fn eq(&self, other: &RuleText) -> bool {
        self == &*other.0
    }
}

impl PartialEq<RuleText> for &str {
    fn eq(&self, other: &RuleText) -> bool {
        *self == &*other.0
    }
}

impl fmt::Display for RuleText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for RuleText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl Serialize for RuleText {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

/// Borrows the text from bytes that are part of the program.
impl<'de: 'static> Deserialize<'de> for RuleText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Borrowed;

        impl<'de: 'static> Visitor<'de> for Borrowed {
            type Value = &'static str;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(text)
            }
        }

        from.deserialize_str(Borrowed).map(|text| Self(Cow::Borrowed(text)))
    }
}

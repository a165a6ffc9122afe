//! The texts of rules.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::texts::{ENDS, TEXTS};

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

/// The build puts the texts of all rules in one file, each once. A rule has the number of its text: reading a number costs less
/// than checking that some bytes are text.
impl Serialize for RuleText {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        POOL.with_borrow_mut(|pool| pool.number(self)).serialize(to)
    }
}

impl<'de: 'static> Deserialize<'de> for RuleText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(from)? as usize;
        // The first text begins where none ends.
        let start = number.checked_sub(1).map_or(Some(0), end);
        let text = start.zip(end(number)).and_then(|(start, end)| TEXTS.get(start..end));
        text.map(Self::from).ok_or_else(|| D::Error::custom("a text that was not written"))
    }
}

/// Where the text of this number ends.
fn end(number: usize) -> Option<usize> {
    let bytes = ENDS.get(number * 4..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes) as usize)
}

/// The texts of rules that were written so far.
#[derive(Default)]
struct Pool {
    texts: String,
    /// Where each text ends, four bytes each.
    ends: Vec<u8>,
    numbers: BTreeMap<String, u32>,
}

impl Pool {
    fn number(&mut self, text: &str) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(text.to_owned()).or_insert_with(|| {
            self.texts.push_str(text);
            self.ends.extend((self.texts.len() as u32).to_le_bytes());
            next
        })
    }
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// All texts that this thread has written, and where each of them ends.
#[allow(dead_code, reason = "the build calls it")]
pub(crate) fn written() -> (String, Vec<u8>) {
    POOL.with_borrow(|pool| (pool.texts.clone(), pool.ends.clone()))
}

//! Parts of the built-in rules that are read when they are first asked for.
//!
//! Of most causes a run needs only the id, the checkpoints and the answers. So `build.rs` writes the signs, the texts
//! and the corrections as bytes of their own, and reading the pack steps over them.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{self, Serialize, Serializer};

/// A value that is read when it is first asked for.
pub struct Late<T> {
    /// The bytes that `build.rs` wrote; empty for a value of a user's rule.
    written: &'static [u8],
    read: OnceLock<T>,
}

/// What can be read late.
pub trait Readable: Default + Deserialize<'static> {}

impl<T: Default + Deserialize<'static>> Readable for T {}

impl<T: Readable> Late<T> {
    /// Changes the value.
    pub fn edit<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.take();
        let result = change(&mut value);
        *self = Self::from(value);
        result
    }

    /// Takes the value and leaves the default one.
    pub fn take(&mut self) -> T {
        let written = std::mem::take(&mut self.written);
        self.read.take().unwrap_or_else(|| read(written))
    }
}

/// Bytes that cannot be read are a defect of the build, which a test excludes.
fn read<T: Readable>(written: &'static [u8]) -> T {
    postcard::from_bytes(written).unwrap_or_default()
}

impl<T: Readable> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.read.get_or_init(|| read(self.written))
    }
}

impl<T> From<T> for Late<T> {
    fn from(value: T) -> Self {
        Self { written: &[], read: OnceLock::from(value) }
    }
}

impl<T> Default for Late<T> {
    fn default() -> Self {
        Self { written: &[], read: OnceLock::new() }
    }
}

impl<T: Readable + fmt::Debug> fmt::Debug for Late<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: Readable + Serialize> Serialize for Late<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&postcard::to_allocvec(&**self).map_err(ser::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Late<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Borrowed;

        impl<'de: 'static> Visitor<'de> for Borrowed {
            type Value = &'static [u8];

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
                Ok(bytes)
            }
        }

        from.deserialize_bytes(Borrowed).map(|written| Self { written, read: OnceLock::new() })
    }
}

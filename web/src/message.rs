//! The form of a request and of its answer: a head in JSON, and parts of any bytes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A head and its parts.
#[derive(Debug, Default)]
pub struct Message {
    /// What is asked, or how it ended.
    pub head: Map<String, Value>,
    /// Pastes and files, or reports.
    pub parts: Vec<Vec<u8>>,
}

#[derive(Deserialize)]
struct Lengths {
    #[serde(default)]
    parts: Vec<usize>,
}

impl Message {
    /// The answer to something that could not be done.
    #[must_use]
    pub fn error(says: impl Into<String>) -> Self {
        let mut message = Self::default();
        message.set("error", says.into());
        message
    }

    /// Adds a value to the head.
    pub fn set(&mut self, key: &str, value: impl Serialize) {
        if let Ok(value) = serde_json::to_value(value) {
            self.head.insert(key.to_owned(), value);
        }
    }

    /// Reads a message; `None` where its lengths do not fit.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (head, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let lengths: Lengths = serde_json::from_slice(head).ok()?;
        let mut parts = Vec::new();
        for length in lengths.parts {
            let (part, after) = rest.split_at_checked(length)?;
            parts.push(part.to_vec());
            rest = after;
        }
        Some(Self { head: serde_json::from_slice(head).ok()?, parts })
    }

    /// The message as bytes.
    #[must_use]
    pub fn written(mut self) -> Vec<u8> {
        self.set("parts", self.parts.iter().map(Vec::len).collect::<Vec<_>>());
        let head = Value::Object(self.head).to_string();
        let mut bytes = Vec::with_capacity(4 + head.len() + self.parts.iter().map(Vec::len).sum::<usize>());
        bytes.extend_from_slice(&u32::try_from(head.len()).unwrap_or(0).to_le_bytes());
        bytes.extend_from_slice(head.as_bytes());
        self.parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let mut message = Message { parts: vec![b"GET /a".to_vec(), Vec::new(), vec![0, 255]], ..Message::default() };
        message.set("ask", "diagnose");
        let read = Message::read(&message.written()).expect("it was written just now");
        assert_eq!(read.parts, [b"GET /a".to_vec(), Vec::new(), vec![0, 255]]);
        assert_eq!(read.head["ask"], "diagnose");
    }

    #[test]
    fn lengths_that_do_not_fit_are_no_message() {
        for bytes in
            [&b""[..], b"\x09\0\0\0{}", b"\x0d\0\0\0{\"parts\":[9]}abc", b"\xff\xff\xff\xff{}", b"\x02\0\0\0[]"]
        {
            assert!(Message::read(bytes).is_none(), "{bytes:?}");
        }
    }
}

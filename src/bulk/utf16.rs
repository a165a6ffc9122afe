//! A file in UTF-16, as PowerShell writes it, read as UTF-8.

use std::io::{self, Read};

/// The mark at the beginning of a file, and whether its units have their high byte first.
const MARKS: [([u8; 2], bool); 2] = [([0xFF, 0xFE], false), ([0xFE, 0xFF], true)];

/// Whether a file with this beginning is in UTF-16, and with the high byte first. Its mark says so.
pub(super) fn of(head: &[u8]) -> Option<bool> {
    MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, is_big_endian)| *is_big_endian)
}

/// Reads UTF-16 as UTF-8. What is no character becomes the replacement character.
pub(super) struct Utf16Reader<R> {
    from: R,
    is_big_endian: bool,
    /// A byte that waits for the second one of its unit, and a unit that waits for the second one of its character.
    byte: Option<u8>,
    unit: Option<u16>,
    ready: Vec<u8>,
    given: usize,
}

impl<R: Read> Utf16Reader<R> {
    /// `from` begins with the mark, which is left out.
    pub(super) const fn new(from: R, is_big_endian: bool) -> Self {
        Self { from, is_big_endian, byte: None, unit: None, ready: Vec::new(), given: 0 }
    }

    /// Decodes what comes next. Returns whether there was anything.
    fn fill(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 1 << 13];
        let len = self.from.read(&mut bytes)?;
        let waiting = self.unit.take();
        let mut units: Vec<u16> = waiting.into_iter().collect();
        for &second in &bytes[..len] {
            let Some(first) = self.byte.take() else {
                self.byte = Some(second);
                continue;
            };
            let pair = [first, second];
            units.push(if self.is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
        }
        // The first half of a character waits for the second one, unless the file ends with it.
        if len > 0 && units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit)) {
            self.unit = units.pop();
        }
        self.ready.clear();
        self.given = 0;
        for character in char::decode_utf16(units) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            if character != '\u{feff}' {
                self.ready.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        Ok(len > 0)
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if !self.fill()? && self.ready.is_empty() {
                return Ok(0);
            }
        }
        let ready = &self.ready[self.given..];
        let len = ready.len().min(out.len());
        out[..len].copy_from_slice(&ready[..len]);
        self.given += len;
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drops<'b>(&'b [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let len = self.0.len().min(1).min(out.len());
            out[..len].copy_from_slice(&self.0[..len]);
            self.0 = &self.0[len..];
            Ok(len)
        }
    }

    fn read(bytes: &[u8]) -> String {
        let is_big_endian = of(bytes).expect("its mark");
        let mut whole = String::new();
        Utf16Reader::new(bytes, is_big_endian).read_to_string(&mut whole).expect("a text");
        let mut slowly = String::new();
        Utf16Reader::new(Drops(bytes), is_big_endian).read_to_string(&mut slowly).expect("a text");
        assert_eq!(whole, slowly);
        whole
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        let text = "\u{feff}GET /a → 401\r\n🔑";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), "GET /a → 401\r\n🔑");
        assert_eq!(read(&big), "GET /a → 401\r\n🔑");
        assert_eq!(of(b"GET"), None);
        // Half a character, and half a unit.
        assert_eq!(read(&[0xFF, 0xFE, 0x41, 0, 0x3D, 0xD8]), "A\u{fffd}");
        assert_eq!(read(&[0xFF, 0xFE, 0x41, 0, 0x42]), "A");
    }
}

//! The records of a file: the entries of a HAR file, or lines. One is read at a time.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use memchr::memmem;

use super::utf16::{self, Utf16Reader};

/// The longest record, in bytes. What follows is left out.
pub(super) const LONGEST_RECORD: usize = 1 << 20;

/// So much of a file decides what it is.
const HEAD: usize = 1 << 18;

/// What the records of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BulkKind {
    /// Entries of a HAR file.
    HarEntries,
    /// JSON, one exchange a line.
    JsonLines,
    /// Lines of a log, or of a text that people wrote.
    TextLines,
    /// A document that cannot be cut: one record.
    Document,
}

/// A record.
#[derive(Clone, Debug, Default)]
pub(super) struct BulkRecord {
    pub(super) text: String,
    /// Its first line in the file, counted from 1.
    pub(super) line: usize,
}

/// What is read of a file: its beginning was read before, to see what it is.
type Rest<R> = BufReader<io::Chain<Cursor<Vec<u8>>, InUtf8<R>>>;

/// A file, read as UTF-8.
enum InUtf8<R> {
    AsItIs(io::Chain<Cursor<Vec<u8>>, R>),
    FromUtf16(Utf16Reader<io::Chain<Cursor<Vec<u8>>, R>>),
}

impl<R: Read> Read for InUtf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::AsItIs(file) => file.read(out),
            Self::FromUtf16(file) => file.read(out),
        }
    }
}

/// Reads the records of a file.
pub(super) struct RecordReader<R> {
    from: Rest<R>,
    pub(super) kind: BulkKind,
    line: usize,
    /// How many records were too long.
    pub(super) cut: usize,
}

impl<R: Read> RecordReader<R> {
    /// # Errors
    /// The file cannot be read, or is not a text in UTF-8 or, with its mark, in UTF-16.
    pub(super) fn of(mut file: R) -> io::Result<Self> {
        let mut mark = Vec::new();
        file.by_ref().take(2).read_to_end(&mut mark)?;
        let byte_order = utf16::of(&mark);
        let whole = Cursor::new(mark).chain(file);
        let mut file = match byte_order {
            Some(is_big_endian) => InUtf8::FromUtf16(Utf16Reader::new(whole, is_big_endian)),
            None => InUtf8::AsItIs(whole),
        };
        let mut head = Vec::new();
        file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        if head.iter().take(1 << 13).filter(|b| **b == 0).count() > 3 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it is not a text in UTF-8, or in UTF-16 with its mark",
            ));
        }
        let (kind, from) = kind(&head);
        let line = 1 + memchr::memchr_iter(b'\n', &head[..from]).count();
        let mut head = Cursor::new(head);
        head.set_position(from as u64);
        Ok(Self { from: BufReader::with_capacity(1 << 16, head.chain(file)), kind, line, cut: 0 })
    }

    /// The next record; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<BulkRecord>> {
        loop {
            let line = self.line;
            let mut taken = Taken::default();
            let is_more = match self.kind {
                BulkKind::HarEntries => self.entry(&mut taken)?,
                BulkKind::JsonLines | BulkKind::TextLines => self.text_line(&mut taken)?,
                BulkKind::Document => self.document(&mut taken)?,
            };
            if !is_more {
                return Ok(None);
            }
            self.cut += usize::from(taken.is_cut);
            // An empty line of a text parts its blocks.
            if self.kind == BulkKind::TextLines || !taken.bytes.trim_ascii().is_empty() {
                let text = String::from_utf8(taken.bytes)
                    .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
                return Ok(Some(BulkRecord { text, line: line + taken.lines_before }));
            }
        }
    }

    /// The next line, with its end.
    fn text_line(&mut self, taken: &mut Taken) -> io::Result<bool> {
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                return Ok(!taken.bytes.is_empty());
            }
            let end = memchr::memchr(b'\n', buffer);
            let length = end.map_or(buffer.len(), |end| end + 1);
            taken.push(&buffer[..length]);
            self.from.consume(length);
            if end.is_some() {
                self.line += 1;
                // The end of a line that was cut is kept.
                if taken.is_cut {
                    taken.bytes.push(b'\n');
                }
                return Ok(true);
            }
        }
    }

    /// All that is left.
    fn document(&mut self, taken: &mut Taken) -> io::Result<bool> {
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                return Ok(!taken.bytes.is_empty());
            }
            taken.push(buffer);
            let length = buffer.len();
            self.from.consume(length);
        }
    }

    /// The next entry: from its brace to the one that closes it.
    fn entry(&mut self, taken: &mut Taken) -> io::Result<bool> {
        let (mut depth, mut is_in_string, mut is_escaped) = (0_usize, false, false);
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                return Ok(!taken.bytes.is_empty());
            }
            let (mut begin, mut used, mut is_done, mut is_end) = ((depth > 0).then_some(0), buffer.len(), false, false);
            for (at, byte) in buffer.iter().enumerate() {
                if *byte == b'\n' {
                    self.line += 1;
                    taken.lines_before += usize::from(depth == 0);
                }
                if is_in_string {
                    match byte {
                        _ if is_escaped => is_escaped = false,
                        b'\\' => is_escaped = true,
                        b'"' => is_in_string = false,
                        _ => {}
                    }
                    continue;
                }
                match byte {
                    b'"' if depth > 0 => is_in_string = true,
                    b'{' | b'[' => {
                        begin = begin.or(Some(at));
                        depth += 1;
                    }
                    b'}' | b']' if depth > 0 => {
                        depth -= 1;
                        is_done = depth == 0;
                    }
                    b']' => is_end = true,
                    _ => {}
                }
                if is_done || is_end {
                    used = at + 1;
                    break;
                }
            }
            if let Some(begin) = begin {
                taken.push(&buffer[begin..used]);
            }
            self.from.consume(used);
            if is_done {
                return Ok(true);
            }
            if is_end {
                // What comes after the entries says nothing of them.
                io::copy(&mut self.from, &mut io::sink())?;
                return Ok(false);
            }
        }
    }
}

/// What was taken of a record.
#[derive(Default)]
struct Taken {
    bytes: Vec<u8>,
    is_cut: bool,
    /// The line ends between the record before and this one.
    lines_before: usize,
}

impl Taken {
    fn push(&mut self, bytes: &[u8]) {
        let room = LONGEST_RECORD - self.bytes.len().min(LONGEST_RECORD);
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.is_cut |= bytes.len() > room;
    }
}

/// What a file is, by its beginning, and where its records begin.
fn kind(head: &[u8]) -> (BulkKind, usize) {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mark = head.len() - text.len();
    let shown = text.trim_ascii_start();
    if let Some(entries) = entries(text).filter(|_| shown.starts_with(b"{")) {
        return (BulkKind::HarEntries, mark + entries);
    }
    let line = shown.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    let kind = match (shown.first(), line.last()) {
        (Some(b'{'), Some(b'}')) if line.len() > 2 => BulkKind::JsonLines,
        (Some(b'{' | b'['), _) | (Some(b'<'), _) => BulkKind::Document,
        _ => BulkKind::TextLines,
    };
    (kind, mark)
}

/// Where the first entry of a HAR file may begin.
fn entries(text: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"\"entries\"";
    memmem::find(text, b"\"log\"")?;
    memmem::find_iter(text, NAME).find_map(|at| {
        let rest =
            text[at + NAME.len()..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"[")?;
        Some(text.len() - rest.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> (BulkKind, Vec<(String, usize)>) {
        let mut reader = RecordReader::of(text.as_bytes()).expect("it is a text");
        let mut found = Vec::new();
        while let Some(record) = reader.next().expect("memory can be read") {
            found.push((record.text, record.line));
        }
        (reader.kind, found)
    }

    #[test]
    fn entries_of_a_har_file() {
        let har = "{\"log\": {\"version\": \"1.2\",\n \"entries\" : [\n{\"a\": \"}]\\\"\"},\n\n {\"b\": [{}]}], \"x\": [{}]}}";
        let (kind, found) = records(har);
        assert_eq!(kind, BulkKind::HarEntries);
        assert_eq!(found, [("{\"a\": \"}]\\\"\"}".to_owned(), 3), ("{\"b\": [{}]}".to_owned(), 5)]);
    }

    #[test]
    fn lines() {
        assert_eq!(
            records("{\"a\": 1}\n\n{\"b\": 2}"),
            (BulkKind::JsonLines, vec![("{\"a\": 1}\n".to_owned(), 1), ("{\"b\": 2}".to_owned(), 3)])
        );
        assert_eq!(records("{\n\"a\": 1\n}\n"), (BulkKind::Document, vec![("{\n\"a\": 1\n}\n".to_owned(), 1)]));
        assert_eq!(records("a\n\nb\n").1, [("a\n".to_owned(), 1), ("\n".to_owned(), 2), ("b\n".to_owned(), 3)]);
    }

    #[test]
    fn a_long_line_is_cut() {
        let text = format!("{}\nb\n", "a".repeat(LONGEST_RECORD + 5));
        let mut reader = RecordReader::of(text.as_bytes()).expect("it is a text");
        let first = reader.next().expect("memory can be read").expect("a line");
        assert_eq!((first.text.len(), reader.cut), (LONGEST_RECORD + 1, 1));
        let second = reader.next().expect("memory can be read").expect("a line");
        assert_eq!((second.text.as_str(), second.line), ("b\n", 2));
    }

    #[test]
    fn what_is_not_a_text() {
        assert!(RecordReader::of(&b"\0\0\0\0\0"[..]).is_err());
    }
}

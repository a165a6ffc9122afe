//! Records that are judged together.
//!
//! What one exchange tells of another counts within a batch and the records around it: a token that was accepted in the line
//! before, the words of a refusal in the line after.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::ops::Range;

use super::records::{BulkKind, BulkRecord, RecordReader};

/// The most records of a batch, and the bytes after which no more are added: of JSON, and of text, which takes more memory to
/// read.
const MOST_RECORDS: usize = 256;
const MOST_JSON: usize = 1 << 18;
const MOST_TEXT: usize = 1 << 15;

/// So many records in front of a batch and after it are read with it, and of those so many bytes.
const AROUND: usize = 16;
const MOST_AROUND: usize = 1 << 14;

/// Some records of a file as one text.
pub(super) struct BulkBatch {
    pub(super) text: String,
    /// The part of the text that belongs to this batch, in bytes.
    pub(super) own: Range<usize>,
    /// Where each record begins in the text, and its line in the file.
    pub(super) places: Vec<(usize, usize)>,
}

/// The batches of a file.
pub(crate) struct Batches<R> {
    records: RecordReader<R>,
    before: VecDeque<BulkRecord>,
    after: VecDeque<BulkRecord>,
}

impl<R: Read> Batches<R> {
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn of(file: R) -> io::Result<Self> {
        Ok(Self { records: RecordReader::of(file)?, before: VecDeque::new(), after: VecDeque::new() })
    }

    /// How many records were too long so far.
    pub(crate) const fn cut(&self) -> usize {
        self.records.cut
    }

    /// The next batch; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn next_batch(&mut self) -> io::Result<Option<BulkBatch>> {
        let kind = self.records.kind;
        let (most_records, most_bytes) = match kind {
            BulkKind::TextLines => (usize::MAX, MOST_TEXT),
            BulkKind::HarEntries | BulkKind::JsonLines | BulkKind::Document => (MOST_RECORDS, MOST_JSON),
        };
        let (mut own, mut bytes) = (Vec::new(), 0);
        while own.len() < most_records && bytes < most_bytes {
            let next = match self.after.pop_front() {
                Some(next) => Some(next),
                None => self.records.next()?,
            };
            let Some(next) = next else { break };
            bytes += next.text.len();
            own.push(next);
        }
        if own.is_empty() {
            return Ok(None);
        }
        let mut ahead: usize = self.after.iter().map(|r| r.text.len()).sum();
        while self.after.len() < AROUND && ahead < MOST_AROUND {
            let Some(next) = self.records.next()? else { break };
            ahead += next.text.len();
            self.after.push_back(next);
        }
        let batch = self.joined(kind, &own);
        self.before.extend(own);
        while self.before.len() > AROUND || self.before.iter().map(|r| r.text.len()).sum::<usize>() > MOST_AROUND {
            self.before.pop_front();
        }
        Ok(Some(batch))
    }

    fn joined(&self, kind: BulkKind, own: &[BulkRecord]) -> BulkBatch {
        let is_har = kind == BulkKind::HarEntries;
        let mut text = String::from(if is_har { "{\"log\":{\"entries\":[\n" } else { "" });
        let mut places = Vec::new();
        let mut add = |text: &mut String, record: &BulkRecord| {
            if is_har && !places.is_empty() {
                text.push_str(",\n");
            }
            places.push((text.len(), record.line));
            text.push_str(&record.text);
        };
        self.before.iter().for_each(|record| add(&mut text, record));
        let start = text.len();
        own.iter().for_each(|record| add(&mut text, record));
        let end = text.len();
        // A record that is too long to be context may still be the next of its batch.
        let around = self.after.iter().take_while(|record| record.text.len() < MOST_AROUND);
        around.for_each(|record| add(&mut text, record));
        text.push_str(if is_har { "\n]}}\n" } else { "" });
        BulkBatch { text, own: start..end, places }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batches(text: &str) -> Vec<BulkBatch> {
        let mut batches = Batches::of(text.as_bytes()).expect("it is a text");
        let mut found = Vec::new();
        while let Some(batch) = batches.next_batch().expect("memory can be read") {
            found.push(batch);
        }
        found
    }

    #[test]
    fn each_record_is_in_one_batch_and_around_others() {
        let text: String = (0..600).map(|i| format!("{{\"number\": {i}}}\n")).collect();
        let found = batches(&text);
        let own: String = found.iter().map(|batch| &batch.text[batch.own.clone()]).collect();
        assert_eq!((own, found.len()), (text, 3));
        let second = &found[1];
        assert_eq!(second.places.len(), 16 + 256 + 16);
        assert_eq!(second.places[16], (second.own.start, 257));
    }

    #[test]
    fn a_small_text_is_whole() {
        let found = batches("We get 401:\n\nGET /x\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "We get 401:\n\nGET /x\n");
    }
}

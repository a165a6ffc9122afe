//! Reads product sets: what an ASID is registered for, in the formats in which it can be obtained.
//!
//! A product set is read once, apart from the paste. Nothing is guessed: if a file does not decide, that is a
//! [`Reason`], not a missing endpoint.

mod check;
mod ldif;
mod list;
mod map;
pub mod model;
mod sds;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::collections::HashMap;

pub use check::{Choice, check, choose};
pub use map::{InteractionMap, MapError};
use model::{Kind, ProductSetFile, Reason, Record};

/// Reads a file with a product set. Any bytes are accepted.
#[must_use]
pub fn read(bytes: &[u8]) -> ProductSetFile {
    let text = crate::text::decode(bytes).text;
    if text.trim().is_empty() {
        return ProductSetFile::without(Kind::Empty, Reason::EmptyFile);
    }
    if let Some(file) = sds::read(&text).filter(|file| is_meant(&text, file)) {
        return file;
    }
    if let Some(file) = ldif::read(&text) {
        return file;
    }
    list::read(&text)
}

/// Whether the JSON is the main content of the file, not the body of a captured exchange or a stray bracket.
fn is_meant(text: &str, file: &ProductSetFile) -> bool {
    let at_start = text.trim_start().starts_with(['{', '[']);
    let says_something = !file.records.is_empty() || file.kind == Kind::SdsEndpoint;
    let from_sds = text.contains("/spine-directory/") || file.problem == Some(Reason::EmptyResult);
    at_start || says_something || from_sds
}

/// The records of a file, one for each ASID, in file order.
fn merged(records: Vec<Record>) -> Vec<Record> {
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    let mut merged: Vec<Record> = Vec::new();
    for record in records {
        match places.get(&record.asid) {
            Some(&at) => merged[at].absorb(record),
            None => {
                places.insert(record.asid.clone(), merged.len());
                merged.push(record);
            }
        }
    }
    merged.iter_mut().for_each(Record::tidy);
    merged
}

//! Endpoints in data of people's own: `{"asid": "200000100000", "endpoints": ["A005", "A042"]}`.
//!
//! Keys say what a list is, so a list under an unknown key decides nothing.

use super::answer::{self, CellAnswer};
use super::literal::Literals;
use super::model::{GapKind, Marked, ProductSetFile, Record, SetGap, merged};
use super::names::SetNames;
use super::node::{Datum, Group};
use super::table;
use super::words;
use crate::facts::SetForm;

/// Keys under which the endpoints of a system are listed.
const LISTS: [&str; 12] = [
    "endpoints",
    "endpoint",
    "endpointids",
    "endpointid",
    "apis",
    "apiids",
    "apiid",
    "listed",
    "granted",
    "approved",
    "productset",
    "id",
];

/// Whether a key is that of a list of endpoints.
pub(super) fn is_list(key: &str) -> bool {
    let name: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    LISTS.contains(&name.as_str())
}

/// Reads endpoints from data with keys; `None` if it has no keys or no endpoints.
pub(super) fn read(literals: &Literals, names: &SetNames) -> Option<ProductSetFile> {
    let mut reader = KeyedReader { names, records: Vec::new(), has_keys: false };
    for node in &literals.nodes {
        reader.walk(node, None, true);
    }
    let has_ids = reader.records.iter().any(|r| !r.is_bare());
    if !has_ids || !reader.has_keys {
        return None;
    }
    let mut file = ProductSetFile::of(SetForm::List, merged(reader.records));
    if literals.is_broken || !literals.nodes.iter().all(Datum::is_whole) {
        file.gaps.push(SetGap::new(GapKind::Cut, "the data ends early: a bracket or a quote is not closed", None));
    }
    Some(file)
}

struct KeyedReader<'n> {
    names: &'n SetNames,
    records: Vec<Record>,
    has_keys: bool,
}

impl KeyedReader<'_> {
    /// Takes the endpoints of a value. `is_list` says whether its key is one for endpoints that are granted.
    fn walk(&mut self, node: &Datum, asid: Option<&str>, is_list: bool) {
        match node {
            Datum::Text(leaf) => {
                let ids = self.names.endpoints(&leaf.text, &[]).into_iter().map(|(id, _)| id);
                let mut record = Record { asid: asid.map(str::to_owned), ..Record::default() };
                if is_list {
                    record.endpoints.extend(ids)
                } else {
                    record.doubtful.extend(ids)
                }
                self.records.push(record);
            }
            Datum::Elided(line) => self.records.push(Record {
                asid: asid.map(str::to_owned),
                gaps: vec![SetGap::new(GapKind::LeftOut, "the program that printed the list left a part out", *line)],
                ..Record::default()
            }),
            Datum::Group(group) => self.group(group, asid, is_list),
        }
    }

    fn group(&mut self, group: &Group, asid: Option<&str>, is_list: bool) {
        let own = group.text("asid").and_then(words::asid);
        let asid = own.as_deref().or(asid);
        if self.answered(group, asid) {
            return;
        }
        for item in &group.items {
            let key = item.key.as_deref();
            self.has_keys |= key.is_some();
            let name: Option<String> = key.map(|k| k.chars().filter(char::is_ascii_alphanumeric).collect());
            let of_key = key.and_then(words::whole_asid);
            let is_list = match &name {
                None => is_list,
                Some(_) if of_key.is_some() => true,
                Some(name) => LISTS.contains(&name.as_str()),
            };
            // `{"A005": true, "A042": false}`
            if let (Some(id), [Datum::Text(leaf)]) = (key.and_then(|k| self.names.endpoint(k)), item.values.as_slice())
            {
                self.records.push(said(id, &leaf.text, asid, leaf.line));
                continue;
            }
            for value in &item.values {
                self.walk(value, of_key.as_deref().or(asid), is_list);
            }
        }
    }

    /// Takes an endpoint with an answer: `{"id": "A042", "status": "pending"}`. Whether it was one.
    fn answered(&mut self, group: &Group, asid: Option<&str>) -> bool {
        let texts: Vec<&str> =
            group.items.iter().filter(|i| i.key.is_some()).filter_map(|i| i.values.first()?.text()).collect();
        let Some(id) = texts.iter().find_map(|t| self.names.endpoint(t)) else { return false };
        // What had an end may not be granted any more.
        let is_end = |key: &str| table::is_end(key);
        let is_set = |text: &str| !matches!(answer::of(text), CellAnswer::Blank | CellAnswer::No);
        let ended = group
            .items
            .iter()
            .filter(|i| i.key.as_deref().is_some_and(is_end))
            .filter_map(|i| i.values.first()?.text());
        if ended.clone().any(is_set) {
            self.has_keys = true;
            let doubtful = vec![id];
            self.records.push(Record { asid: asid.map(str::to_owned), doubtful, ..Record::default() });
            return true;
        }
        let said = texts
            .iter()
            .map(|t| (answer::of(t), *t))
            .find(|(a, _)| !matches!(a, CellAnswer::Other | CellAnswer::Blank | CellAnswer::Cross));
        let mut record = Record { asid: asid.map(str::to_owned), ..Record::default() };
        match said {
            Some((CellAnswer::Yes, _)) => record.endpoints.push(id),
            Some((_, quote)) => {
                record.denied.push(Marked { id, quote: quote.to_owned(), column: None, line: Some(group.line) })
            }
            None => return false,
        }
        self.has_keys = true;
        self.records.push(record);
        true
    }
}

/// An endpoint with what is said of it.
fn said(id: String, text: &str, asid: Option<&str>, line: usize) -> Record {
    let mut record = Record { asid: asid.map(str::to_owned), ..Record::default() };
    match answer::of(text) {
        CellAnswer::Yes => record.endpoints.push(id),
        CellAnswer::No | CellAnswer::Pending => {
            record.denied.push(Marked { id, quote: text.to_owned(), column: None, line: Some(line) });
        }
        _ => record.doubtful.push(id),
    }
    record
}

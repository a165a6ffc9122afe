//! Interactions and endpoints in nested data of people's own and of databases: a search engine's hits, typed values, objects
//! in lists, elements of XML, blocks of a configuration language.
//!
//! Ids belong to the ASID that a group around them names. If one of them has none, or two, nothing is read.

use super::answer::{self, CellAnswer, ColumnKind};
use super::list;
use super::literal::Literals;
use super::model::{GapKind, Marked, ProductSetFile, Record, SetGap, merged};
use super::names::SetNames;
use super::node::{Datum, Group, Leaf, Member};
use super::table;
use super::words::{self, AsidCell};
use crate::facts::SetForm;

/// Members that name what the other members of a group belong to: `{"key": "200000100000", "value": […]}`.
const NAMES: [&str; 5] = ["key", "name", "id", "_id", "n"];

/// Parts of the keys of what is not granted, or not any more. Keys may have their words joined.
const NOT_GRANTED: [&str; 16] = [
    "missing",
    "removed",
    "requested",
    "pending",
    "excluded",
    "rejected",
    "withdrawn",
    "denied",
    "revoked",
    "disabled",
    "inactive",
    "previous",
    "unavailable",
    "notlisted",
    "required",
    "needed",
];

/// Reads nested data; `None` unless every id in the text has one owner.
pub(super) fn read(literals: &Literals, names: &SetNames, text: &str) -> Option<ProductSetFile> {
    let mut reader = NestedReader { names, records: Vec::new(), count: 0 };
    literals.nodes.iter().try_for_each(|n| reader.walk(n))?;
    if reader.records.iter().all(Record::is_bare) || words::interactions(text).len() > reader.count {
        return None;
    }
    let mut file = ProductSetFile::of(SetForm::List, merged(reader.records));
    // One object a line has no end.
    file.taken_as_whole = literals.nodes.len() > 1;
    if !literals.nodes.iter().all(Datum::is_whole) {
        let says = "the data is not whole: a bracket or a quote does not match, or a part was left out";
        file.gaps.push(SetGap::new(GapKind::Cut, says, None));
    }
    Some(file)
}

/// The one text of a value, also inside of wrappers with a single member: `{"S": "200000100000"}`.
pub(super) fn plain(node: &Datum) -> Option<&str> {
    match node {
        Datum::Text(leaf) => Some(&leaf.text),
        Datum::Group(group) => match (group.text("value").or_else(|| group.text("#text")), group.items.as_slice()) {
            (Some(text), _) => Some(text),
            (None, [only]) => plain(only.values.first().filter(|_| only.values.len() == 1)?),
            _ => None,
        },
        Datum::Elided(_) => None,
    }
}

/// A number that is an ASID by its length.
fn number(text: &str) -> Option<String> {
    match words::asid_cell(text) {
        AsidCell::Number(number) if number.len() == words::ASID_DIGITS => Some(number),
        _ => None,
    }
}

/// The key of a member: its own, or the name that an element without other use has as an attribute.
fn key_of<'m>(member: &'m Member, value: &'m Datum) -> Option<&'m str> {
    let named = || value.group().and_then(|g| NAMES.iter().find_map(|n| g.text(n)));
    match member.key.as_deref() {
        Some(key) if value.group().is_some_and(|g| g.open == b'<') => named().or(Some(key)),
        own => own,
    }
}

fn is_asid_key(key: &str) -> bool {
    table::is_asid(&table::column_name(key)) && table::column_name(key) != "dn"
}

struct NestedReader<'n> {
    names: &'n SetNames,
    records: Vec<Record>,
    /// How many interactions were read.
    count: usize,
}

impl NestedReader<'_> {
    /// Takes a value that is in no group with an ASID.
    fn walk(&mut self, node: &Datum) -> Option<()> {
        let group = match node {
            Datum::Group(group) => group,
            Datum::Text(leaf) => return (!self.has_ids(&leaf.text)).then_some(()),
            Datum::Elided(_) => return Some(()),
        };
        if let Some(asid) = owner(group)? {
            let mut record = Record { asid: Some(asid), ..Record::default() };
            for item in &group.items {
                self.member(item, &mut record, true)?;
            }
            if !group.is_closed {
                record.gaps.push(SetGap::new(GapKind::Cut, "the record has no end", group.line));
            }
            self.records.push(record);
            return Some(());
        }
        for item in &group.items {
            for value in &item.values {
                match item.key.as_deref().and_then(number) {
                    Some(asid) => {
                        let mut record = Record { asid: Some(asid), ..Record::default() };
                        self.take(value, &mut record, true, true)?;
                        self.records.push(record);
                    }
                    None => self.walk(value)?,
                }
            }
        }
        Some(())
    }

    fn has_ids(&self, text: &str) -> bool {
        !words::interactions(text).is_empty() || self.names.endpoint(text).is_some()
    }

    fn member(&mut self, item: &Member, record: &mut Record, is_granted: bool) -> Option<()> {
        for value in &item.values {
            let key = key_of(item, value);
            if item.key.as_deref().is_some_and(|k| self.has_ids(k)) {
                return None;
            }
            if key.is_some_and(is_asid_key) {
                // Another ASID below the first.
                let other = plain(value).and_then(number).is_some_and(|n| Some(&n) != record.asid.as_ref());
                if other || plain(value).is_none() {
                    return None;
                }
                continue;
            }
            let lower = key.unwrap_or_default().to_ascii_lowercase();
            let is_denied = NOT_GRANTED.iter().any(|w| lower.contains(w)) || list::is_doubt(&lower);
            let is_list = key.is_none_or(|k| table::is_ids(&table::column_name(k)) || super::keyed::is_list(&lower));
            self.take(value, record, is_granted && !is_denied, is_list)?;
        }
        Some(())
    }

    fn take(&mut self, node: &Datum, record: &mut Record, is_granted: bool, is_list: bool) -> Option<()> {
        match node {
            Datum::Text(leaf) => self.leaf(leaf, record, is_granted, is_list),
            Datum::Elided(line) => {
                let says = "the program that printed the list left a part out";
                record.gaps.push(SetGap::new(GapKind::LeftOut, says, *line));
                Some(())
            }
            Datum::Group(group) => {
                if owner(group)?.is_some_and(|asid| Some(&asid) != record.asid.as_ref()) {
                    return None;
                }
                let said = self.said(group);
                let mut inner = Record { asid: record.asid.clone(), ..Record::default() };
                for item in &group.items {
                    // The values of a list have the key of the list.
                    if item.key.is_none() || group.items.len() == 1 {
                        item.values.iter().try_for_each(|v| self.take(v, &mut inner, is_granted, is_list))?;
                    } else {
                        self.member(item, &mut inner, is_granted)?;
                    }
                }
                if !group.is_closed {
                    inner.gaps.push(SetGap::new(GapKind::Cut, "a list has no end", group.line));
                }
                let has_ended = group.items.iter().any(|item| {
                    let text = item.values.first().and_then(plain).unwrap_or_default();
                    item.key.as_deref().is_some_and(table::is_end)
                        && !matches!(answer::of(text), CellAnswer::Blank | CellAnswer::No)
                });
                match said {
                    // It may not be granted any more.
                    None if has_ended => {
                        let ids = inner.endpoints.drain(..).chain(inner.interactions.drain(..));
                        inner.doubtful.extend(ids);
                    }
                    None => {}
                    Some(quote) => {
                        let ids = inner.endpoints.drain(..).chain(inner.interactions.drain(..));
                        let mark = |id| Marked { id, quote: quote.clone(), column: None, line: Some(group.line) };
                        inner.denied.extend(ids.map(mark));
                    }
                }
                record.absorb(inner);
                Some(())
            }
        }
    }

    /// The words with which an object says that it is not granted: `{"id": "urn:…", "status": "pending"}`.
    fn said(&self, group: &Group) -> Option<String> {
        group.items.iter().find_map(|item| {
            let value = item.values.first()?;
            let key = key_of(item, value)?;
            let text = plain(value).filter(|t| !self.has_ids(t))?;
            let kind = answer::column(key);
            let is_no = matches!(answer::of(text), CellAnswer::No | CellAnswer::Pending);
            let is_said = match kind {
                ColumnKind::Granted | ColumnKind::Unknown if answer::is_reversed(key) => {
                    answer::of(text) == CellAnswer::Yes
                }
                ColumnKind::Granted | ColumnKind::Unknown => is_no,
                ColumnKind::Wanted | ColumnKind::Aside => false,
            };
            (is_said && !text.bytes().all(|b| b.is_ascii_digit() || b == b'-')).then(|| text.to_owned())
        })
    }

    fn leaf(&mut self, leaf: &Leaf, record: &mut Record, is_granted: bool, is_list: bool) -> Option<()> {
        let found = words::interactions(&leaf.text);
        if found.is_empty() && number(&leaf.text).is_some_and(|n| is_list && Some(&n) != record.asid.as_ref()) {
            return None;
        }
        if found.iter().any(|(id, _)| !words::is_full(id)) || leaf.text.contains('…') || leaf.text.contains("...") {
            record.gaps.push(SetGap::new(GapKind::Value, "an interaction id is cut short", leaf.line));
        }
        self.count += found.len();
        let endpoint = self.names.endpoint(&leaf.text);
        let interactions = found.into_iter().map(|(id, _)| id);
        if is_granted {
            record.interactions.extend(interactions);
        } else {
            record.doubtful.extend(interactions);
        }
        match endpoint {
            Some(id) if is_granted && is_list => record.endpoints.push(id),
            Some(id) => record.doubtful.push(id),
            None => {}
        }
        Some(())
    }
}

/// The ASID that a group's own members name; the outer `None` if they name two.
#[allow(clippy::option_option)]
fn owner(group: &Group) -> Option<Option<String>> {
    let mut own: Option<String> = None;
    for item in &group.items {
        for value in &item.values {
            if !key_of(item, value).is_some_and(is_asid_key) {
                continue;
            }
            let Some(asid) = plain(value).and_then(number) else { continue };
            if own.as_ref().is_some_and(|o| *o != asid) {
                return None;
            }
            own = Some(asid);
        }
    }
    // A name that is an ASID, beside other members.
    let named = || {
        let of = |name: &str| group.get(name).and_then(plain).and_then(number);
        NAMES.iter().find_map(|n| of(n)).filter(|_| group.items.len() > 1)
    };
    Some(own.or_else(named))
}

//! Lists the other way round: each endpoint or interaction with the ASIDs that have it, as lines
//! (`A042: 200000100000, 200000100001`) or as data (`{"A042": ["200000100000"]}`).
//!
//! An ASID that a line does not name has not got what the line is about, also where the line names none.

use std::collections::{BTreeMap, HashMap};

use super::literal::Literals;
use super::model::{GapKind, ProductSetFile, Record, SetGap, merged};
use super::names::SetNames;
use super::node::Datum;
use super::source::SetSource;
use super::words;
use crate::facts::SetForm;

/// One line with an ASID may be anything.
const FEWEST: usize = 2;

/// Reads lines that begin with an endpoint or an interaction and go on with ASIDs; `None` if any line has something else.
pub(super) fn lines(source: &SetSource, names: &SetNames) -> Option<ProductSetFile> {
    let mut table = Owners::default();
    let mut is_cut = false;
    for (i, line) in source.lines.iter().enumerate() {
        let text = line.text.trim().trim_start_matches(['-', '*', '•']).trim_start();
        if text.is_empty() {
            continue;
        }
        let Some((id, rest)) = head(text, names) else {
            // A title, before the first line with an id.
            let has_ids = !words::asids_in(text).0.is_empty() || !words::interactions(text).is_empty();
            if table.rows > 0 || has_ids || !names.endpoints(text, &[]).is_empty() {
                return None;
            }
            continue;
        };
        // The last number may have been cut.
        let is_last = i + 1 == source.lines.len() && !source.ends_with_break;
        let whole = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let found = asids(rest);
        is_cut = is_last && found.as_ref().is_none_or(Vec::is_empty);
        let asids = found.or_else(|| asids(whole).filter(|_| is_last))?;
        table.add(id, asids);
    }
    let mut file = table.finish()?;
    file.taken_as_whole = true;
    if is_cut {
        file.gaps.push(SetGap::new(GapKind::Cut, "the last line has no end", source.lines.len()));
    }
    Some(file)
}

/// Reads data whose keys are endpoints or interactions, and whose values are lists of ASIDs.
pub(super) fn data(literals: &Literals, names: &SetNames, text: &str) -> Option<ProductSetFile> {
    let [Datum::Group(group)] = literals.nodes.as_slice() else { return None };
    let is_id = |key: Option<&str>| key.is_some_and(|k| names.endpoint(k).is_some() || k.starts_with("urn:"));
    if !group.items.iter().all(|i| is_id(i.key.as_deref())) {
        return None;
    }
    // Keys were read in lower case.
    let written: HashMap<String, String> =
        words::interactions(text).into_iter().map(|(id, _)| (id.to_ascii_lowercase(), id)).collect();
    let mut table = Owners::default();
    for item in &group.items {
        let key = item.key.as_deref()?;
        let id = id(written.get(key).map_or(key, String::as_str), names)?;
        let mut owners = Vec::new();
        for value in &item.values {
            match value {
                Datum::Text(leaf) => owners.extend(asids(&leaf.text)?),
                Datum::Group(list) if list.is_closed && list.items.iter().all(|i| i.key.is_none()) => {
                    for value in list.values() {
                        owners.push(words::whole_asid(value.text()?)?);
                    }
                }
                _ => return None,
            }
        }
        table.add(id, owners);
    }
    let mut file = table.finish()?;
    if literals.is_broken || !group.is_closed {
        file.gaps.push(SetGap::new(GapKind::Cut, "the data ends early: a bracket or a quote is not closed", None));
    }
    Some(file)
}

/// What has been read: who has which.
#[derive(Default)]
struct Owners {
    rows: usize,
    of: BTreeMap<String, Record>,
}

impl Owners {
    fn add(&mut self, id: Id, asids: Vec<String>) {
        self.rows += 1;
        for asid in asids {
            let record =
                self.of.entry(asid.clone()).or_insert_with(|| Record { asid: Some(asid), ..Record::default() });
            match &id {
                Id::Endpoint(id) => record.endpoints.push(id.clone()),
                Id::Interaction(id) => record.interactions.push(id.clone()),
            }
        }
    }

    fn finish(self) -> Option<ProductSetFile> {
        let is_table = self.rows >= FEWEST && !self.of.is_empty();
        is_table.then(|| ProductSetFile::of(SetForm::List, merged(self.of.into_values().collect())))
    }
}

enum Id {
    Endpoint(String),
    Interaction(String),
}

fn id(text: &str, names: &SetNames) -> Option<Id> {
    let interaction = || words::interaction(text).filter(|id| words::is_full(id)).map(Id::Interaction);
    names.endpoint(text).map(Id::Endpoint).or_else(interaction)
}

/// The id that a line begins with, and what follows its mark.
fn head<'l>(line: &'l str, names: &SetNames) -> Option<(Id, &'l str)> {
    let end = match words::interactions(line).first() {
        Some((_, range)) if range.start == 0 => range.end,
        Some(_) => return None,
        None => line.find(|c: char| !c.is_ascii_alphanumeric())?,
    };
    let id = id(&line[..end], names)?;
    let rest = line[end..].trim_start();
    let rest = [":", "=>", "->", "→", "="].iter().find_map(|mark| rest.strip_prefix(mark))?;
    Some((id, rest))
}

/// ASIDs in a row, and nothing else.
fn asids(text: &str) -> Option<Vec<String>> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let words = text.split(|c: char| matches!(c, ',' | ';' | '/') || c.is_whitespace()).filter(|w| !w.is_empty());
    words.map(words::whole_asid).collect()
}

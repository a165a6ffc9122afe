//! Whether a product set lists an endpoint.

use std::collections::HashSet;

use super::InteractionMap;
use super::model::{Kind, ListingVerdict, ProductSetFile, Reason, Record};
use super::words::{squeezed, squeezed_name};
use crate::pack::model::{Operation, Pack};

/// The record of a file that belongs to an ASID.
#[derive(Clone, Copy, Debug)]
pub enum Choice<'f> {
    /// This one.
    Record(&'f Record),
    /// The file is for other ASIDs; holds the closest one if it looks like a typo.
    OtherAsid(Option<&'f str>),
    /// There are several records, and nothing says which one is meant.
    Several,
    /// The file has no records.
    None,
}

/// Picks the record of an ASID; a file with only one record needs none.
#[must_use]
pub fn choose<'f>(file: &'f ProductSetFile, asid: Option<&str>) -> Choice<'f> {
    let Some(asid) = asid else {
        return match file.records.as_slice() {
            [] => Choice::None,
            [only] => Choice::Record(only),
            _ => Choice::Several,
        };
    };
    if let Some(record) = file.records.iter().find(|r| r.asid.as_deref() == Some(asid)) {
        return Choice::Record(record);
    }
    match file.records.as_slice() {
        [] => Choice::None,
        // The file names no ASID: the user vouches for it by passing it.
        [only] if only.asid.is_none() => Choice::Record(only),
        records => {
            let near = records.iter().filter_map(|r| r.asid.as_deref()).find(|a| squeezed(a) == squeezed(asid));
            Choice::OtherAsid(near)
        }
    }
}

/// Says whether a product set lists an endpoint (`A042`) for an ASID.
#[must_use]
pub fn check(
    file: &ProductSetFile,
    map: &InteractionMap,
    pack: &Pack,
    endpoint: &str,
    asid: Option<&str>,
) -> ListingVerdict {
    if file.kind == Kind::SdsEndpoint {
        return ListingVerdict::NotAProductSet;
    }
    if let Some(problem) = &file.problem {
        return ListingVerdict::CannotTell(problem.clone());
    }
    match choose(file, asid) {
        Choice::Record(record) => of_record(record, map, pack, endpoint),
        Choice::OtherAsid(near) => ListingVerdict::CannotTell(Reason::OtherAsid(near.map(str::to_owned))),
        Choice::Several => ListingVerdict::CannotTell(Reason::SeveralAsids),
        Choice::None => ListingVerdict::CannotTell(Reason::EmptyResult),
    }
}

fn of_record(record: &Record, map: &InteractionMap, pack: &Pack, endpoint: &str) -> ListingVerdict {
    if record.is_bare() {
        return ListingVerdict::CannotTell(Reason::NoInteractions);
    }
    let has = |list: &[String]| list.iter().any(|id| id == endpoint);
    if has(&record.endpoints) {
        return ListingVerdict::Listed;
    }
    if has(&record.doubtful) {
        return ListingVerdict::CannotTell(Reason::Doubtful);
    }
    let rules = &pack.product_set;
    let own: Vec<&str> = record.interactions_of(&rules.namespace).collect();
    let known = known(map, pack, endpoint);
    let any = |same: fn(&str, &str) -> bool| {
        known.iter().any(|k| record.interactions.iter().any(|i| same(unversioned(k), unversioned(i))))
    };
    if any(|a, b| a == b) {
        return ListingVerdict::Listed;
    }
    // Endpoint ids decide, unless the file lists interactions and merely mentions an endpoint or two.
    if !record.endpoints.is_empty() && record.endpoints.len() >= own.len() {
        return if record.partial { ListingVerdict::CannotTell(Reason::Partial) } else { ListingVerdict::NotListed };
    }
    if any(str::eq_ignore_ascii_case) {
        return ListingVerdict::CannotTell(Reason::LetterCase);
    }
    // A line break may have split the id that we look for.
    let cut = |i: &str| i.len() > rules.namespace.len() + 2 && known.iter().any(|k| unversioned(k).starts_with(i));
    if own.iter().any(|i| cut(i)) {
        return ListingVerdict::CannotTell(Reason::Broken);
    }
    if own.is_empty() {
        return match (record.partial, record.interactions.is_empty()) {
            (true, _) => ListingVerdict::CannotTell(Reason::Partial),
            (false, true) => ListingVerdict::CannotTell(Reason::NoInteractions),
            (false, false) => ListingVerdict::NoErsInteractions,
        };
    }
    let operations = || pack.operations.iter().filter(|o| o.api == rules.api);
    if !operations().any(|o| o.id == endpoint) {
        return ListingVerdict::CannotTell(Reason::UnknownEndpoint);
    }
    if known.is_empty() {
        let names: HashSet<String> = own.iter().map(|id| name(id, pack)).collect();
        let of = |mine: bool| operations().filter(move |o| (o.id == endpoint) == mine).flat_map(|o| stems(o, pack));
        let fitting: Vec<String> = of(true).filter(|stem| names.contains(stem)).collect();
        if !fitting.is_empty() {
            // A name that also fits another endpoint proves neither.
            let others: HashSet<String> = of(false).collect();
            let alone = fitting.iter().any(|stem| !others.contains(stem));
            return if alone { ListingVerdict::LikelyListed } else { ListingVerdict::CannotTell(Reason::Ambiguous) };
        }
    }
    match (record.partial, known.is_empty()) {
        (true, _) => ListingVerdict::CannotTell(Reason::Partial),
        (false, false) => ListingVerdict::NotListed,
        (false, true) => ListingVerdict::LikelyNotListed,
    }
}

/// The interactions known to belong to an endpoint: publicly, or from the user's table.
fn known<'a>(map: &'a InteractionMap, pack: &'a Pack, endpoint: &str) -> Vec<&'a str> {
    let public = pack.product_set.interactions.iter().filter(|i| i.endpoint == endpoint).map(|i| i.id.as_str());
    public.chain(map.of(endpoint).iter().map(String::as_str)).collect()
}

/// An interaction id without its version.
fn unversioned(id: &str) -> &str {
    match id.rsplit_once("_V").or_else(|| id.rsplit_once("_v")) {
        Some((head, version)) if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) => head,
        _ => id,
    }
}

/// The name of an interaction without its version and underscores: `READBINARYR4`.
fn name(interaction: &str, pack: &Pack) -> String {
    let name = interaction.strip_prefix(pack.product_set.namespace.as_str()).unwrap_or(interaction);
    squeezed_name(unversioned(name))
}

/// The names that the interaction of an operation may have: a verb, what its path or its title in the catalogue calls
/// the thing, the FHIR version.
fn stems(operation: &Operation, pack: &Pack) -> Vec<String> {
    let Some(fhir) = operation.fhir.as_deref().map(squeezed_name) else { return Vec::new() };
    let segments: Vec<&str> = operation
        .path
        .split('/')
        .filter(|s| !s.is_empty() && Some(*s) != operation.fhir.as_deref() && *s != "FHIR")
        .collect();
    if let Some(named) = segments.iter().find_map(|s| s.strip_prefix("$ers.")) {
        return vec![format!("{}{fhir}", squeezed_name(named))];
    }
    let Some(resource) = segments.first() else { return Vec::new() };
    let instance = segments.get(1).is_some_and(|s| s.starts_with('{'));
    let verbs = pack.product_set.verbs.iter().filter(|v| v.method == operation.method && v.instance == instance);
    let mut words: Vec<&str> = verbs.flat_map(|v| v.words.iter().map(String::as_str)).collect();
    // If the catalogue also reads a single instance, READ means that one.
    if !instance {
        let one = |o: &&Operation| {
            o.api == operation.api
                && o.method == operation.method
                && o.fhir == operation.fhir
                && o.id != operation.id
                && o.path.strip_prefix(operation.path.as_str()).is_some_and(|rest| rest.starts_with("/{"))
        };
        if pack.operations.iter().any(|o| one(&o)) {
            words.retain(|w| *w == "SEARCH");
        }
    }
    let title = operation.name.split('(').next().unwrap_or_default();
    let title = title.split_once(' ').map(|(_, rest)| squeezed_name(rest)).unwrap_or_default();
    let resource = squeezed_name(resource);
    let nouns = [resource, title];
    let stem =
        |verb: &&str| nouns.iter().filter(|n| !n.is_empty()).map(|n| format!("{verb}{n}{fhir}")).collect::<Vec<_>>();
    words.iter().flat_map(stem).collect()
}

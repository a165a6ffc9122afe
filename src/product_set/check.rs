//! Whether a product set lists an endpoint.

use std::collections::HashSet;

use super::map::InteractionMap;
use super::model::{GapKind, ListingVerdict, ProductSetFile, Reason, Record, SetGap};
use super::names::SetNames;
use super::words::{squeezed, squeezed_name};
use crate::facts::SetForm;
use crate::pack::model::{Operation, Pack};
use crate::pack::rule_text::RuleText;

/// What a product set is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked<'a> {
    /// The endpoint (`A042`).
    pub endpoint: &'a str,
    /// The ASID of the calling system.
    pub asid: Option<&'a str>,
    /// Whether the user gave the ASID together with the file, and so vouches for a file that names none.
    pub is_vouched: bool,
    /// The name of the environment that was called.
    pub environment: Option<&'a str>,
}

/// The record of a file that belongs to an ASID.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Choice<'f> {
    /// This one.
    Record(&'f Record),
    /// The file is for other ASIDs; holds the closest one if it looks like a typo.
    OtherAsid(Option<&'f str>),
    /// There are several records, and nothing says which one is meant.
    Several,
    /// The file does not name the ASID of its interactions.
    Anonymous,
    /// The file has ASIDs, but its ids cannot be given to one of them.
    Unclear,
    /// The file has no records.
    None,
}

/// Picks the record of an ASID. A file with only one record needs none, if it is known to have all that there are.
#[must_use]
pub(crate) fn choose<'f>(file: &'f ProductSetFile, asked: &Asked<'_>, pack: &Pack) -> Choice<'f> {
    let names = &SetNames::of(pack);
    let Some(asid) = asked.asid else {
        return match file.records.as_slice() {
            [] => Choice::None,
            [only] if only.asid.is_none() && (file.has_unclear_owner || only.has_repeats || file.numbers.len() > 1) => {
                Choice::Unclear
            }
            _ if file.has_unclear_owner && file.kind == SetForm::List => Choice::Unclear,
            [only] if only.asid.is_some() && file.is_search_open => Choice::Several,
            records => of_environment(&records.iter().collect::<Vec<_>>(), asked, names)
                .map_or(Choice::Several, Choice::Record),
        };
    };
    if file.has_unclear_owner && file.kind == SetForm::List {
        return Choice::Unclear;
    }
    let own: Vec<&Record> = file.records.iter().filter(|r| r.asid.as_deref() == Some(asid)).collect();
    if !own.is_empty() {
        return of_environment(&own, asked, names).map_or(Choice::Several, Choice::Record);
    }
    if file.records.is_empty() {
        return Choice::None;
    }
    let anonymous: Vec<&Record> = file.records.iter().filter(|r| r.asid.is_none()).collect();
    if anonymous.len() == file.records.len() {
        return unnamed(file, &anonymous, asid, asked, names);
    }
    if file.has_unclear_owner || !anonymous.is_empty() {
        return Choice::Unclear;
    }
    let near = file.records.iter().filter_map(|r| r.asid.as_deref()).find(|a| squeezed(a) == squeezed(asid));
    Choice::OtherAsid(near)
}

/// The record of a file that gives no ASID to its ids.
fn unnamed<'f>(
    file: &'f ProductSetFile,
    records: &[&'f Record],
    asid: &str,
    asked: &Asked<'_>,
    names: &SetNames,
) -> Choice<'f> {
    // An ASID in the text that was not understood as the owner of the ids may be the owner all the same.
    let is_named = file.numbers.iter().any(|n| n == asid);
    if file.has_unclear_owner || records.iter().any(|r| r.has_repeats) || file.numbers.iter().any(|n| n != asid) {
        return Choice::Unclear;
    }
    let Some(record) = of_environment(records, asked, names) else { return Choice::Several };
    // People list the endpoints of their own system. What a program prints may be of any.
    let is_list = !record.interactions.is_empty() && record.endpoints.is_empty() && record.implied.is_empty();
    if is_list && !is_named && !asked.is_vouched { Choice::Anonymous } else { Choice::Record(record) }
}

/// The record of the environment that was called; the only one, if the file does not tell environments apart.
fn of_environment<'f>(records: &[&'f Record], asked: &Asked<'_>, names: &SetNames) -> Option<&'f Record> {
    if let [only] = records {
        return Some(only);
    }
    let mut fitting = records.iter().filter(|r| {
        let stated = r.environment.as_deref().and_then(|e| names.environment(e));
        stated.is_some() && stated == asked.environment
    });
    let first = fitting.next().copied();
    first.filter(|_| fitting.next().is_none())
}

/// Says whether a product set lists an endpoint for an ASID.
#[must_use]
pub(crate) fn check(file: &ProductSetFile, map: &InteractionMap, pack: &Pack, asked: &Asked<'_>) -> ListingVerdict {
    if file.kind == SetForm::SdsEndpoint {
        return ListingVerdict::NotAProductSet;
    }
    if let Some(problem) = &file.problem {
        return ListingVerdict::CannotTell(problem.clone());
    }
    let reason = match choose(file, asked, pack) {
        Choice::Record(record) if asked.asid.is_none() && record.asid.is_some() && !file.gaps.is_empty() => {
            // The search found more than the file shows: the system that called may be among the rest.
            of_gaps(file.gaps.iter())
        }
        Choice::Record(record) => return of_record(file, record, map, pack, asked.endpoint),
        Choice::OtherAsid(near) => Reason::OtherAsid(near.map(str::to_owned)),
        Choice::Several => Reason::SeveralAsids,
        Choice::Anonymous => Reason::NoAsid,
        Choice::Unclear => Reason::OwnerUnclear,
        Choice::None => Reason::EmptyResult,
    };
    ListingVerdict::CannotTell(reason)
}

/// The reason that signs of missing parts give.
fn of_gaps<'g>(gaps: impl Iterator<Item = &'g SetGap> + Clone) -> Reason {
    let code = gaps.clone().find_map(|g| if let GapKind::Ldap(code) = g.kind { Some(code) } else { None });
    match code {
        Some(code) => Reason::LdapError(code),
        None if gaps.clone().all(|g| g.kind == GapKind::OpenEnded) => Reason::Partial,
        None => Reason::Broken,
    }
}

fn of_record(
    file: &ProductSetFile,
    record: &Record,
    map: &InteractionMap,
    pack: &Pack,
    endpoint: &str,
) -> ListingVerdict {
    let gaps = || file.gaps.iter().chain(&record.gaps);
    if record.is_bare() {
        let has_values = gaps().next().is_none();
        return ListingVerdict::CannotTell(if has_values { Reason::NoInteractions } else { of_gaps(gaps()) });
    }
    // What is missing cannot be said of a file of which something is missing.
    let missing = |verdict: ListingVerdict| {
        if record.partial {
            ListingVerdict::CannotTell(Reason::Partial)
        } else if file.has_unclear_owner {
            // Rows whose ASID cannot be read may be of this one.
            ListingVerdict::CannotTell(Reason::OwnerUnclear)
        } else if gaps().next().is_some() {
            ListingVerdict::CannotTell(of_gaps(gaps()))
        } else {
            verdict
        }
    };
    let has = |list: &[String]| list.iter().any(|id| id == endpoint);
    let rules = &pack.product_set;
    let own: Vec<&str> = record.interactions_of(&rules.namespace).collect();
    let known = known(map, pack, endpoint);
    let is_known = |id: &str, same: fn(&str, &str) -> bool| known.iter().any(|k| same(unversioned(k), unversioned(id)));
    let any = |same: fn(&str, &str) -> bool| record.interactions.iter().any(|i| is_known(i, same));
    let exact: fn(&str, &str) -> bool = |a, b| a == b;
    let is_listed = has(&record.endpoints) || any(exact);
    let is_denied = record.denied.iter().any(|m| m.id == endpoint || is_known(&m.id, exact));
    let is_doubtful = has(&record.doubtful) || record.doubtful.iter().any(|d| is_known(d, exact));
    match (is_listed, is_denied) {
        (true, false) => return ListingVerdict::Listed,
        (true, true) => return ListingVerdict::CannotTell(Reason::Doubtful),
        (false, true) => return ListingVerdict::NotListed,
        (false, false) if is_doubtful => return ListingVerdict::CannotTell(Reason::Doubtful),
        (false, false) => {}
    }
    if has(&record.implied) {
        return ListingVerdict::LikelyListed;
    }
    // Endpoint ids decide, unless the file lists interactions and merely mentions an endpoint or two.
    let by_ids = record.endpoints.len() + record.denied.len() + record.implied.len();
    if by_ids > 0 && by_ids >= own.len() {
        return missing(ListingVerdict::NotListed);
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
        return if record.interactions.is_empty() {
            missing(ListingVerdict::CannotTell(Reason::NoInteractions))
        } else {
            missing(ListingVerdict::NoErsInteractions)
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
        return missing(ListingVerdict::LikelyNotListed);
    }
    missing(ListingVerdict::NotListed)
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
    let mut words: Vec<&str> = verbs.flat_map(|v| v.words.iter().map(RuleText::as_str)).collect();
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

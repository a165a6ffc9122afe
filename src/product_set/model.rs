//! A product set as typed data.

use std::collections::HashMap;
use std::fmt;

use crate::facts::{SetForm, SetReason, SetVerdict};

impl SetForm {
    /// Its description in reports.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::List => "a list",
            Self::Csv => "a table",
            Self::Spreadsheet => "a spreadsheet",
            Self::SdsJson => "SDS records (JSON)",
            Self::SdsXml => "SDS records (XML)",
            Self::Ldif => "SDS records (LDIF)",
            Self::LdapPrint => "SDS records (printed by a program)",
            Self::Ticket => "the text of the ticket",
            Self::SdsEndpoint => "SDS message-handling records",
            Self::CpmAdditionalInteractions => "reference data of the Connecting Party Manager",
            Self::CpmDevice => "a device of the Connecting Party Manager",
            Self::OperationOutcome => "an error answer",
            Self::Empty => "an empty file",
            Self::Unknown => "a file of unknown form",
        }
    }
}

/// Why a file does not decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file is empty.
    EmptyFile,
    /// The search found nothing.
    EmptyResult,
    /// The file is for other ASIDs; holds the closest one if it looks like a typo.
    OtherAsid(Option<String>),
    /// The file is for several ASIDs, and nothing says which one is meant.
    SeveralAsids,
    /// The file shows interactions, but not whose they are.
    NoAsid,
    /// The file has ASIDs, but its structure was not understood, so its ids cannot be given to one of them.
    OwnerUnclear,
    /// The directory server reported an error; holds its LDAP result code.
    LdapError(i32),
    /// The record shows no interactions.
    NoInteractions,
    /// The file has only some of the interactions, so absence proves nothing.
    Partial,
    /// The file is an error response.
    OperationOutcome,
    /// The file has references (`$ref`) instead of records.
    Reference,
    /// The file is cut off or damaged.
    Broken,
    /// The form of the file is unknown.
    UnknownForm,
    /// The file mentions the endpoint only as missing, requested or removed.
    Doubtful,
    /// The file has an interaction that fits both this endpoint and another.
    Ambiguous,
    /// The file has the interaction in different letter case; interaction ids are case-sensitive.
    LetterCase,
    /// The endpoint that was called is unknown.
    UnknownEndpoint,
    /// The file is for a different environment from the one called.
    OtherEnvironment,
}

impl Reason {
    /// The reason without its details.
    #[must_use]
    pub const fn word(&self) -> SetReason {
        match self {
            Self::EmptyFile => SetReason::EmptyFile,
            Self::EmptyResult => SetReason::EmptyResult,
            Self::OtherAsid(_) => SetReason::OtherAsid,
            Self::SeveralAsids => SetReason::SeveralAsids,
            Self::NoAsid => SetReason::NoAsid,
            Self::OwnerUnclear => SetReason::OwnerUnclear,
            Self::LdapError(_) => SetReason::LdapError,
            Self::NoInteractions => SetReason::NoInteractions,
            Self::Partial => SetReason::Partial,
            Self::OperationOutcome => SetReason::OperationOutcome,
            Self::Reference => SetReason::Reference,
            Self::Broken => SetReason::Broken,
            Self::UnknownForm => SetReason::UnknownForm,
            Self::Doubtful => SetReason::Doubtful,
            Self::Ambiguous => SetReason::Ambiguous,
            Self::LetterCase => SetReason::LetterCase,
            Self::UnknownEndpoint => SetReason::UnknownEndpoint,
            Self::OtherEnvironment => SetReason::OtherEnvironment,
        }
    }
}

/// What a product set says about an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListingVerdict {
    /// The endpoint is listed.
    Listed,
    /// The endpoint is not listed.
    NotListed,
    /// An interaction whose name fits is listed.
    LikelyListed,
    /// No interaction whose name fits is listed.
    LikelyNotListed,
    /// The system has no interaction of this API at all.
    NoErsInteractions,
    /// The file does not decide.
    CannotTell(Reason),
    /// The file is not a product set.
    NotAProductSet,
}

impl ListingVerdict {
    /// The verdict without its reason.
    #[must_use]
    pub(crate) const fn word(&self) -> SetVerdict {
        match self {
            Self::Listed => SetVerdict::Listed,
            Self::NotListed => SetVerdict::NotListed,
            Self::LikelyListed => SetVerdict::LikelyListed,
            Self::LikelyNotListed => SetVerdict::LikelyNotListed,
            Self::NoErsInteractions => SetVerdict::NoErsInteractions,
            Self::CannotTell(_) => SetVerdict::CannotTell,
            Self::NotAProductSet => SetVerdict::NotAProductSet,
        }
    }

    /// The reason why it does not decide.
    #[must_use]
    pub(crate) const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::CannotTell(reason) => Some(reason),
            _ => None,
        }
    }
}

/// A file with a product set, as read. `Debug` shows only counts, since the file may hold anything.
#[derive(Clone, PartialEq, Eq)]
pub struct ProductSetFile {
    /// The kind of file.
    pub kind: SetForm,
    /// The records, one for each ASID.
    pub records: Vec<Record>,
    /// The reason why it has no records.
    pub problem: Option<Reason>,
    /// Notes about irregularities in the file.
    pub notes: Vec<String>,
    /// Signs that the file is not whole.
    pub gaps: Vec<SetGap>,
    /// Whether its form has no end mark, and nothing hints that something is missing.
    pub taken_as_whole: bool,
    /// Whether its form hides how the search ended, so that there may be other systems.
    pub is_search_open: bool,
    /// The numbers that look like ASIDs anywhere in the file, if no record has one.
    pub numbers: Vec<String>,
    /// Whether there is an ASID whose digits are lost, or ids that belong to none of the records.
    pub has_unclear_owner: bool,
}

/// A sign that something is missing, or a value that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetGap {
    /// The kind of sign.
    pub kind: GapKind,
    /// The sign in words, without a full stop.
    pub says: String,
    /// The line of the file, from 1.
    pub line: Option<usize>,
}

impl SetGap {
    pub(super) fn new(kind: GapKind, says: impl Into<String>, line: impl Into<Option<usize>>) -> Self {
        Self { kind, says: says.into(), line: line.into() }
    }

    /// The sign with its place.
    #[must_use]
    pub fn placed(&self) -> String {
        self.line.map_or_else(|| self.says.clone(), |line| format!("line {line}: {}", self.says))
    }
}

/// The kinds of gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// The file or a record ends early.
    Cut,
    /// The tool left something out, and says so.
    LeftOut,
    /// A value was dropped.
    Value,
    /// The server reported an error with this LDAP result code.
    Ldap(i32),
    /// The text says itself that it is not a full list.
    OpenEnded,
}

/// An id that the file marks as not granted, with the words that it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The endpoint or interaction id.
    pub id: String,
    /// The cell, or the words.
    pub quote: String,
    /// The name of the column, if it is a table.
    pub column: Option<String>,
    /// The line of the file, from 1.
    pub line: Option<usize>,
}

impl fmt::Debug for ProductSetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProductSetFile({}, {} records)", self.kind.name(), self.records.len())
    }
}

impl ProductSetFile {
    pub(super) fn of(kind: SetForm, records: Vec<Record>) -> Self {
        Self {
            kind,
            records,
            problem: None,
            notes: Vec::new(),
            gaps: Vec::new(),
            taken_as_whole: false,
            is_search_open: false,
            numbers: Vec::new(),
            has_unclear_owner: false,
        }
    }

    pub(super) fn without(kind: SetForm, problem: Reason) -> Self {
        Self { problem: Some(problem), ..Self::of(kind, Vec::new()) }
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// What a file says about one ASID.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The ASID.
    pub asid: Option<String>,
    /// The party key.
    pub party_key: Option<String>,
    /// The ODS code of the organisation that uses it.
    pub ods: Option<String>,
    /// The environment, as the file names it: a word or a host.
    pub environment: Option<String>,
    /// The manufacturer's ODS code: the M of MPV.
    pub manufacturer: Option<String>,
    /// The product's name: the P.
    pub product: Option<String>,
    /// The product's version: the V.
    pub version: Option<String>,
    /// The access mode, as the file names it.
    pub access_mode: Option<String>,
    /// The endpoints listed (`A042`), sorted.
    pub endpoints: Vec<String>,
    /// The endpoints that a range (`A005-A012`) or "all except …" includes without naming them.
    pub implied: Vec<String>,
    /// The endpoints and interactions that the file marks as not granted: no, pending, requested.
    pub denied: Vec<Marked>,
    /// The endpoints that the file mentions in words that leave open whether they are listed.
    pub doubtful: Vec<String>,
    /// The interactions, sorted.
    pub interactions: Vec<String>,
    /// Whether the file has only some of the ASID's interactions.
    pub partial: bool,
    /// Signs that something of this record is missing.
    pub gaps: Vec<SetGap>,
    /// Whether an interaction occurs twice. An entry has each once, so the record is of several systems.
    pub has_repeats: bool,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} endpoints, {} interactions)", self.endpoints.len(), self.interactions.len())
    }
}

/// Merges the entries of a directory by ASID. Entries without one are kept apart: they may belong to different systems.
pub(super) fn merged_entries(entries: Vec<Record>) -> Vec<Record> {
    let (named, mut anonymous): (Vec<_>, Vec<_>) = entries.into_iter().partition(|r| r.asid.is_some());
    let mut merged = merged(named);
    anonymous.iter_mut().for_each(Record::tidy);
    merged.extend(anonymous);
    merged
}

/// Merges the records of the same ASID and environment, in file order.
pub(super) fn merged(records: Vec<Record>) -> Vec<Record> {
    type Owner = (Option<String>, Option<String>);
    let mut places: HashMap<Owner, usize> = HashMap::new();
    let mut merged: Vec<Record> = Vec::new();
    for record in records {
        let owner = (record.asid.clone(), record.environment.clone());
        match places.get(&owner) {
            Some(&at) => merged[at].absorb(record),
            None => {
                places.insert(owner, merged.len());
                merged.push(record);
            }
        }
    }
    merged.iter_mut().for_each(Record::tidy);
    merged
}

impl Record {
    pub(crate) fn tidy(&mut self) {
        let count = self.interactions.len();
        for list in [&mut self.endpoints, &mut self.doubtful, &mut self.interactions, &mut self.implied] {
            list.sort_unstable();
            list.dedup();
        }
        self.has_repeats |= self.interactions.len() < count;
        let listed = &self.endpoints;
        self.doubtful.retain(|id| listed.binary_search(id).is_err());
        self.implied.retain(|id| listed.binary_search(id).is_err());
    }

    /// Merges another record of the same ASID.
    pub(super) fn absorb(&mut self, other: Self) {
        for (own, others) in [
            (&mut self.party_key, other.party_key),
            (&mut self.ods, other.ods),
            (&mut self.environment, other.environment),
            (&mut self.manufacturer, other.manufacturer),
            (&mut self.product, other.product),
            (&mut self.version, other.version),
            (&mut self.access_mode, other.access_mode),
        ] {
            *own = own.take().or(others);
        }
        self.endpoints.extend(other.endpoints);
        self.implied.extend(other.implied);
        self.denied.extend(other.denied);
        self.gaps.extend(other.gaps);
        self.doubtful.extend(other.doubtful);
        self.interactions.extend(other.interactions);
        self.partial |= other.partial;
    }

    /// The interactions of the API with this namespace.
    pub fn interactions_of<'r>(&'r self, namespace: &'r str) -> impl Iterator<Item = &'r str> {
        self.interactions.iter().map(String::as_str).filter(move |i| !namespace.is_empty() && i.starts_with(namespace))
    }

    /// Whether it lists any endpoint or interaction.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.endpoints.is_empty()
            && self.implied.is_empty()
            && self.denied.is_empty()
            && self.doubtful.is_empty()
            && self.interactions.is_empty()
    }
}

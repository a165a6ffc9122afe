//! A product set as typed data.

use std::fmt;

use crate::facts::{SetForm, SetReason, SetVerdict, Word as _};

/// The names of all forms.
pub const FORMS: &[&str] = SetForm::WORDS;

/// The names of all verdicts, and of having no file.
pub const VERDICTS: &[&str] = SetVerdict::WORDS;

/// The names of all reasons.
pub const REASONS: &[&str] = SetReason::WORDS;

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text with endpoint or interaction ids.
    List,
    /// A table with a column of endpoint or interaction ids.
    Csv,
    /// The Spine Directory Service's FHIR `Device`, bare or in a `Bundle`; also the JSON of the ldap3 library.
    SdsJson,
    /// The Spine Directory Service's LDAP records.
    Ldif,
    /// Message-handling records (`Endpoint`, `nhsMhs`), which do not describe a calling system.
    SdsEndpoint,
    /// Reference data of the Connecting Party Manager: only some of the interactions.
    CpmAdditionalInteractions,
    /// A device of the Connecting Party Manager.
    CpmDevice,
    /// An error response.
    OperationOutcome,
    /// An empty file.
    Empty,
    /// None of the above.
    Unknown,
}

impl Kind {
    /// Its name, one of [`FORMS`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Csv => "csv",
            Self::SdsJson => "sds-json",
            Self::Ldif => "ldif",
            Self::SdsEndpoint => "sds-endpoint",
            Self::CpmAdditionalInteractions => "cpm-additional-interactions",
            Self::CpmDevice => "cpm-device",
            Self::OperationOutcome => "operation-outcome",
            Self::Empty => "empty",
            Self::Unknown => "unknown",
        }
    }

    /// Its description in reports.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::List => "a list",
            Self::Csv => "a table (CSV)",
            Self::SdsJson => "SDS records (JSON)",
            Self::Ldif => "SDS records (LDIF)",
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
    /// Its name, one of [`REASONS`].
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::EmptyFile => "empty-file",
            Self::EmptyResult => "empty-result",
            Self::OtherAsid(_) => "other-asid",
            Self::SeveralAsids => "several-asids",
            Self::NoInteractions => "no-interactions",
            Self::Partial => "partial",
            Self::OperationOutcome => "operation-outcome",
            Self::Reference => "reference",
            Self::Broken => "broken",
            Self::UnknownForm => "unknown-form",
            Self::Doubtful => "doubtful",
            Self::Ambiguous => "ambiguous",
            Self::LetterCase => "letter-case",
            Self::UnknownEndpoint => "unknown-endpoint",
            Self::OtherEnvironment => "other-environment",
        }
    }
}

/// What a product set says about an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListingVerdict {
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
    /// Its name, one of [`VERDICTS`].
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::NotListed => "not-listed",
            Self::LikelyListed => "likely-listed",
            Self::LikelyNotListed => "likely-not-listed",
            Self::NoErsInteractions => "no-ers-interactions",
            Self::CannotTell(_) => "cannot-tell",
            Self::NotAProductSet => "not-a-product-set",
        }
    }

    /// The reason why it does not decide.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
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
    pub kind: Kind,
    /// The records, one for each ASID.
    pub records: Vec<Record>,
    /// The reason why it has no records.
    pub problem: Option<Reason>,
    /// Notes about irregularities in the file.
    pub notes: Vec<String>,
}

impl fmt::Debug for ProductSetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProductSetFile({}, {} records)", self.kind.name(), self.records.len())
    }
}

impl ProductSetFile {
    pub(super) fn of(kind: Kind, records: Vec<Record>) -> Self {
        Self { kind, records, problem: None, notes: Vec::new() }
    }

    pub(super) fn without(kind: Kind, problem: Reason) -> Self {
        Self { kind, records: Vec::new(), problem: Some(problem), notes: Vec::new() }
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
    /// The endpoints that the file mentions as missing, requested or removed.
    pub doubtful: Vec<String>,
    /// The interactions, sorted.
    pub interactions: Vec<String>,
    /// Whether the file has only some of the ASID's interactions.
    pub partial: bool,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} endpoints, {} interactions)", self.endpoints.len(), self.interactions.len())
    }
}

impl Record {
    pub(super) fn tidy(&mut self) {
        for list in [&mut self.endpoints, &mut self.doubtful, &mut self.interactions] {
            list.sort_unstable();
            list.dedup();
        }
        let listed = &self.endpoints;
        self.doubtful.retain(|id| listed.binary_search(id).is_err());
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
        self.endpoints.is_empty() && self.doubtful.is_empty() && self.interactions.is_empty()
    }
}

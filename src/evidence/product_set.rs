//! What a product set that was given beside the paste says of the endpoint that was called.

use super::model::ExchangeFacts;
use crate::facts::endpoint::{HostFacts, NamedFacts, UrlFacts};
use crate::facts::product_set::ProductSetFacts;
use crate::facts::{Listing, Observed, SetEnvironment, SetVerdict};
use crate::options::Options;
use crate::pack::model::Pack;
use crate::product_set::model::{ListingVerdict, Marked, ProductSetFile, Reason, Record, SetGap};
use crate::product_set::{Asked, Choice, InteractionMap, check, choose, ldap_result};

/// A product set, as far as it bears on an exchange.
pub(crate) struct Judged<'o> {
    pub(crate) file: &'o ProductSetFile,
    pub(crate) record: Option<&'o Record>,
    /// The endpoint that was called, or the only one that the text names.
    pub(crate) endpoint: Option<String>,
    /// The ASID asked for.
    pub(crate) asid: Option<String>,
    /// How many different ASIDs the text gives.
    pub(crate) asids: usize,
    /// The name of the environment that was called.
    pub(crate) environment: Option<String>,
    pub(crate) verdict: ListingVerdict,
}

/// Whether product sets matter to an exchange at all: it goes to the API that has them, or its API is unknown.
pub(crate) fn is_relevant(evidence: &ExchangeFacts<'_>, pack: &Pack) -> bool {
    let api = &pack.product_set.api;
    match evidence.place.api {
        _ if api.is_empty() => false,
        Some(called) => called.id == *api,
        None => evidence.facts.text(HostFacts::host()).is_none() && evidence.facts.text(UrlFacts::path()).is_none(),
    }
}

/// Looks the endpoint up.
pub(crate) fn judge<'o>(evidence: &ExchangeFacts<'_>, pack: &Pack, options: &'o Options) -> Option<Judged<'o>> {
    let file = options.product_set.as_ref().filter(|_| is_relevant(evidence, pack))?;
    let mut asids: Vec<&str> = evidence.mentions_of("asid").map(|m| m.value.as_str()).collect();
    let asid = asids.first().map(|a| (*a).to_owned());
    asids.sort_unstable();
    asids.dedup();
    let count = if options.asid.is_some() { 1 } else { asids.len() };
    let endpoint = endpoint(evidence);
    let none = InteractionMap::default();
    let map = options.interaction_map.as_ref().unwrap_or(&none);
    let asked = Asked {
        endpoint: endpoint.as_deref().unwrap_or_default(),
        asid: asid.as_deref(),
        is_vouched: options.asid.is_some(),
        environment: evidence.place.environment.map(|e| e.name.as_str()),
    };
    let record = match choose(file, &asked, pack) {
        Choice::Record(record) => Some(record),
        _ => None,
    };
    let mut verdict = check(file, map, pack, &asked);
    let decides = !matches!(verdict, ListingVerdict::CannotTell(_) | ListingVerdict::NotAProductSet);
    if endpoint.is_none() && decides {
        verdict = ListingVerdict::CannotTell(Reason::UnknownEndpoint);
    } else if decides && record.is_some_and(|r| environment(r, evidence, pack) == SetEnvironment::Other) {
        verdict = ListingVerdict::CannotTell(Reason::OtherEnvironment);
    }
    let environment = evidence.place.environment.map(|e| e.name.to_string());
    Some(Judged { file, record, endpoint, asid, asids: count, environment, verdict })
}

fn endpoint(evidence: &ExchangeFacts<'_>) -> Option<String> {
    if let Some(operation) = evidence.place.operation {
        return Some(operation.id.to_string());
    }
    match evidence.facts.list(NamedFacts::named()).as_slice() {
        // A path that fits no endpoint is not the one that the text names.
        [only] if evidence.facts.text(UrlFacts::path()).is_none() => Some((*only).to_owned()),
        _ => None,
    }
}

/// Whether a record is of the environment that was called.
fn environment(record: &Record, evidence: &ExchangeFacts<'_>, pack: &Pack) -> SetEnvironment {
    let Some(stated) = record.environment.as_deref() else { return SetEnvironment::Unstated };
    let is = |e: &crate::pack::model::Environment| {
        [&e.name, &e.title].into_iter().chain(&e.hosts).chain(&e.words).any(|w| w.eq_ignore_ascii_case(stated))
    };
    let known = pack.environments.iter().find(|e| is(e));
    match (known, evidence.place.environment) {
        (Some(known), Some(called)) if known.name == called.name => SetEnvironment::Same,
        (Some(_), Some(_)) => SetEnvironment::Other,
        _ => SetEnvironment::Unstated,
    }
}

/// Sets what it says. The file is not a part of the paste, so its facts have no place there.
pub(super) fn read(evidence: &mut ExchangeFacts<'_>, pack: &Pack, options: &Options) {
    if !is_relevant(evidence, pack) {
        return;
    }
    facts(evidence, pack, options).put(&mut evidence.facts);
}

fn facts(evidence: &ExchangeFacts<'_>, pack: &Pack, options: &Options) -> ProductSetFacts {
    let text = |text: Option<String>| match text {
        Some(text) => Observed::Known(text.into(), Vec::new()),
        None => Observed::Unseen,
    };
    let Some(judged) = judge(evidence, pack, options) else {
        return ProductSetFacts {
            verdict: Observed::Known(SetVerdict::NoFile, Vec::new()),
            checked: text(endpoint(evidence)),
            ..ProductSetFacts::unseen()
        };
    };
    let stated = judged.record.map_or(SetEnvironment::Unstated, |r| environment(r, evidence, pack));
    let listing = match judged.verdict {
        ListingVerdict::Listed => Some(Listing::Listed),
        ListingVerdict::NotListed => Some(Listing::NotListed),
        ListingVerdict::LikelyListed => Some(Listing::LikelyListed),
        // Not one interaction of the API: whatever the id of this endpoint's is, it is hardly there.
        ListingVerdict::LikelyNotListed | ListingVerdict::NoErsInteractions => Some(Listing::LikelyNotListed),
        ListingVerdict::CannotTell(_) | ListingVerdict::NotAProductSet => None,
    };
    let reason = judged.verdict.reason().map(crate::product_set::model::Reason::word);
    ProductSetFacts {
        asid: text(judged.record.and_then(|r| r.asid.as_ref()).or(judged.asid.as_ref()).cloned()),
        checked: text(judged.endpoint.clone()),
        listing: listing.map_or(Observed::Unseen, |listing| Observed::Known(listing, Vec::new())),
        environment: Observed::Known(stated, Vec::new()),
        form: Observed::Known(judged.file.kind, Vec::new()),
        reason: reason.map_or(Observed::Unseen, |reason| Observed::Known(reason, Vec::new())),
        says: text(Some(says(&judged, pack))),
        verdict: Observed::Known(judged.verdict.word(), Vec::new()),
    }
}

/// What the product set says, in a sentence without its full stop.
pub(crate) fn says(judged: &Judged<'_>, pack: &Pack) -> String {
    let endpoint = judged.endpoint.as_deref().unwrap_or("the endpoint");
    let rules = &pack.product_set;
    let title = &rules.title;
    let asid = judged.record.and_then(|r| r.asid.as_deref());
    let of = asid.or(judged.asid.as_deref()).map_or_else(|| "the ASID".to_owned(), |a| format!("ASID {a}"));
    let by_ids = judged.record.is_some_and(|r| !r.endpoints.is_empty());
    let own = judged.record.map_or(0, |r| r.interactions_of(&rules.namespace).count());
    match &judged.verdict {
        ListingVerdict::Listed if by_ids => format!("the product set of {of} lists {endpoint}"),
        ListingVerdict::Listed => format!("the product set of {of} has the interaction of {endpoint}"),
        ListingVerdict::NotListed if denied(judged).is_some() => {
            let quote = denied(judged).map(quoted).unwrap_or_default();
            format!("the product set of {of} has {endpoint} marked as not granted: {quote}")
        }
        ListingVerdict::NotListed if by_ids => {
            let count = judged.record.map_or(0, |r| r.endpoints.len());
            format!("{endpoint} is not among the {count} endpoints of the product set of {of}")
        }
        ListingVerdict::NotListed => {
            format!("the interaction of {endpoint} is not among the {own} {title} interactions of {of}")
        }
        ListingVerdict::LikelyListed if implied(judged) => format!(
            "the product set of {of} has a range of endpoints, and {endpoint} is inside it. It is likely listed, but the file \
             does not name it"
        ),
        ListingVerdict::LikelyListed => format!(
            "{of} has an interaction with the name that {endpoint} would have. The id is not public, so {endpoint} is \
             likely listed, but that is not certain"
        ),
        ListingVerdict::LikelyNotListed => format!(
            "none of the {own} {title} interactions of {of} has the name that {endpoint} would have. The id is not public, \
             so {endpoint} is likely not listed, but that is not certain"
        ),
        ListingVerdict::NoErsInteractions => format!(
            "{of} has interactions, but none for {title}: it looks like a system that is registered only for other messages"
        ),
        ListingVerdict::NotAProductSet => {
            "the file holds message-handling records (Endpoint, nhsMhs): they say where messages \
                                    are received, not what an ASID may call. It is not a product set, and nothing follows \
                                    from what is missing in it"
                .to_owned()
        }
        ListingVerdict::CannotTell(reason) => cannot_tell(judged, reason, endpoint, &of),
    }
}

/// The words that mark the endpoint as not granted.
fn denied<'o>(judged: &Judged<'o>) -> Option<&'o Marked> {
    let endpoint = judged.endpoint.as_deref()?;
    let denied = &judged.record?.denied;
    // An interaction may be marked instead of the endpoint; the only mark is then the one that was meant.
    denied.iter().find(|m| m.id == endpoint)
}

fn quoted(marked: &Marked) -> String {
    let place = marked.line.map_or_else(String::new, |line| format!("line {line}: "));
    match (&marked.column, marked.quote.is_empty()) {
        (Some(column), true) => format!("{place}nothing in the column \"{column}\""),
        (Some(column), false) => format!("{place}\"{}\" in the column \"{column}\"", marked.quote),
        (None, _) => format!("{place}\"{}\"", marked.quote),
    }
}

/// Whether only a range includes the endpoint.
fn implied(judged: &Judged<'_>) -> bool {
    let endpoint = judged.endpoint.as_deref().unwrap_or_default();
    judged.record.is_some_and(|r| r.implied.iter().any(|i| i == endpoint))
}

/// The first sign that something is missing.
fn gap<'o>(judged: &Judged<'o>) -> Option<&'o SetGap> {
    judged.record.iter().flat_map(|r| &r.gaps).chain(&judged.file.gaps).next()
}

fn cannot_tell(judged: &Judged<'_>, reason: &Reason, endpoint: &str, of: &str) -> String {
    match reason {
        Reason::EmptyFile => "the file is empty".to_owned(),
        Reason::EmptyResult => {
            "the search found no system. That does not mean that the endpoint is missing: a wrong ODS \
                                code, or an ASID without the interaction that was searched for, gives the same answer"
                .to_owned()
        }
        Reason::OtherAsid(near) => {
            let asked = judged.asid.as_deref().unwrap_or("…");
            let mut there: Vec<&str> = judged.file.records.iter().filter_map(|r| r.asid.as_deref()).take(5).collect();
            there.dedup();
            let hint = near.as_ref().map(|near| format!(". The two differ only in their zeros: {near} may be meant"));
            format!(
                "the file is for ASID {}, not for {asked}, so it says nothing about {asked}{}",
                there.join(", "),
                hint.unwrap_or_default()
            )
        }
        Reason::SeveralAsids => {
            "the file has several ASIDs, and nothing says which one made the call: give it with --asid".to_owned()
        }
        Reason::NoAsid => format!(
            "the file lists interactions, but does not say whose they are: they may be those of another system than {of}. If \
             they are its own, say so with --asid, or write `ASID: …` above them"
        ),
        Reason::OwnerUnclear => format!(
            "the file has ASIDs, and its structure was not understood well enough to know which of its ids belong to {of}. \
             Export it again as LDIF or JSON, or write one list for each ASID, below a line `ASID: …`"
        ),
        Reason::LdapError(code) => {
            let (says, todo) = ldap_result::advice(*code);
            let todo = todo.map_or_else(String::new, |todo| format!(". To do: {todo}"));
            format!("{says}, so what is not in the file may be registered all the same{todo}")
        }
        Reason::NoInteractions => format!(
            "the file shows no interactions for {of}: they were not requested, or were left out. A record always has some, \
             so this does not mean that {endpoint} is missing"
        ),
        Reason::Partial => format!("{endpoint} is not in the file, but the file holds only part of what {of} has"),
        Reason::OperationOutcome => "the file is an error response, not a product set".to_owned(),
        Reason::Reference => "the file holds references ($ref) where records are expected: it is an example from \
                              the documentation, not a response"
            .to_owned(),
        Reason::Broken => match gap(judged) {
            Some(gap) => format!("{endpoint} is not in the file, but the file is not whole ({})", gap.placed()),
            None => "the file ends early or is damaged: an entry that is missing may have been cut off".to_owned(),
        },
        Reason::UnknownForm => {
            "the format of the file is not known: it has no endpoint ids, no interaction ids and no \
                                records. Expected: a list of endpoint ids (A042) or interaction ids, a CSV with a \
                                column endpoint_id or interaction_id, SDS FHIR JSON (Device or Bundle), or LDIF"
                .to_owned()
        }
        Reason::Doubtful => format!(
            "the file names {endpoint} only in a sentence, in a range, or where it is about something missing, pending or \
             requested. That counts neither as listed nor as missing. Give the bare list"
        ),
        Reason::Ambiguous => {
            format!("{of} has an interaction whose name fits {endpoint}, but it fits another endpoint as well")
        }
        Reason::LetterCase => format!(
            "{of} has the interaction of {endpoint} in different letter case. Interaction ids are case-sensitive, so either \
             the file was altered or the record is wrong"
        ),
        Reason::UnknownEndpoint => match judged.endpoint {
            Some(_) => format!("{endpoint} is not in the catalogue"),
            None => {
                "it is not known which endpoint was called: give the method and the full URL of the request".to_owned()
            }
        },
        Reason::OtherEnvironment => {
            let stated = judged.record.and_then(|r| r.environment.as_deref()).unwrap_or("another environment");
            format!(
                "the file is for {stated}, but the request went to another environment. A product set is valid for one \
             environment only"
            )
        }
    }
}

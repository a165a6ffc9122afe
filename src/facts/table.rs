//! The table of all facts, sorted by name.

use std::cmp::Ordering;

use super::authorization::{
    AnatomyFacts, AuthorizationFacts, DigestFacts, ElsewhereFacts, TokenClaim, TokenHeader, TokenTimes,
};
use super::challenge::ChallengeFacts;
use super::claims::{ClaimFacts, ScopeFacts};
use super::endpoint::{AccessFacts, ApiFacts, FieldCheck, HostFacts, NamedFacts, OperationFacts, UrlFacts};
use super::history::{AccessModeFacts, AssertionHistory, RedirectFacts, TokenHistory, UserFacts};
use super::mentions::{Mentioned, SuspectedFacts, TopicFacts};
use super::model::FactInfo;
use super::product_set::ProductSetFacts;
use super::proof::ProofFacts;
use super::query::QueryParameter;
use super::request::{ContentTypeFacts, RequestFacts, RequestField};
use super::response::{ReadingFacts, RefusalFacts, ResponseBodyFacts, ResponseFacts, ResponseField, StatusFacts};
use super::setup::SetupFacts;
use super::siblings::SiblingFacts;
use super::system::SystemFacts;
use super::token_request::{
    AssertionClaim, AssertionFacts, AssertionHeader, FormParameter, RequestBodyFacts, SignatureFacts, SubjectClaim,
    SubjectHeader, SubjectTokenFacts,
};
use super::told::ToldFacts;

/// The groups, each with the number at which it ends, in the order of the numbers.
const GROUPS: &[(&[FactInfo], usize)] = &[
    (RequestFacts::FACTS, RequestFacts::END),
    (RequestField::FACTS, RequestField::END),
    (ContentTypeFacts::FACTS, ContentTypeFacts::END),
    (QueryParameter::FACTS, QueryParameter::END),
    (UrlFacts::FACTS, UrlFacts::END),
    (HostFacts::FACTS, HostFacts::END),
    (ApiFacts::FACTS, ApiFacts::END),
    (OperationFacts::FACTS, OperationFacts::END),
    (AccessFacts::FACTS, AccessFacts::END),
    (FieldCheck::FACTS, FieldCheck::END),
    (NamedFacts::FACTS, NamedFacts::END),
    (AuthorizationFacts::FACTS, AuthorizationFacts::END),
    (AnatomyFacts::FACTS, AnatomyFacts::END),
    (TokenTimes::FACTS, TokenTimes::END),
    (TokenHeader::FACTS, TokenHeader::END),
    (TokenClaim::FACTS, TokenClaim::END),
    (ElsewhereFacts::FACTS, ElsewhereFacts::END),
    (DigestFacts::FACTS, DigestFacts::END),
    (StatusFacts::FACTS, StatusFacts::END),
    (ResponseFacts::FACTS, ResponseFacts::END),
    (ResponseField::FACTS, ResponseField::END),
    (ResponseBodyFacts::FACTS, ResponseBodyFacts::END),
    (RefusalFacts::FACTS, RefusalFacts::END),
    (ReadingFacts::FACTS, ReadingFacts::END),
    (ChallengeFacts::FACTS, ChallengeFacts::END),
    (Mentioned::FACTS, Mentioned::END),
    (TopicFacts::FACTS, TopicFacts::END),
    (SuspectedFacts::FACTS, SuspectedFacts::END),
    (ToldFacts::FACTS, ToldFacts::END),
    (RequestBodyFacts::FACTS, RequestBodyFacts::END),
    (FormParameter::FACTS, FormParameter::END),
    (AssertionFacts::FACTS, AssertionFacts::END),
    (AssertionHeader::FACTS, AssertionHeader::END),
    (AssertionClaim::FACTS, AssertionClaim::END),
    (SignatureFacts::FACTS, SignatureFacts::END),
    (SubjectTokenFacts::FACTS, SubjectTokenFacts::END),
    (SubjectHeader::FACTS, SubjectHeader::END),
    (SubjectClaim::FACTS, SubjectClaim::END),
    (AccessModeFacts::FACTS, AccessModeFacts::END),
    (AssertionHistory::FACTS, AssertionHistory::END),
    (RedirectFacts::FACTS, RedirectFacts::END),
    (TokenHistory::FACTS, TokenHistory::END),
    (UserFacts::FACTS, UserFacts::END),
    (SiblingFacts::FACTS, SiblingFacts::END),
    (ProofFacts::FACTS, ProofFacts::END),
    (ProductSetFacts::FACTS, ProductSetFacts::END),
    (SetupFacts::FACTS, SetupFacts::END),
    (SystemFacts::FACTS, SystemFacts::END),
    (ClaimFacts::FACTS, ClaimFacts::END),
    (ScopeFacts::FACTS, ScopeFacts::END),
];

const COUNT: usize = GROUPS[GROUPS.len() - 1].1;

// A table of facts holds their places in bytes.
const _: () = assert!(COUNT < 255, "widen `Facts::places`");

/// All facts, sorted by name.
pub static FACTS: &[FactInfo] = &TABLE;

const TABLE: [FactInfo; COUNT] = sorted(numbered());

/// Gives the facts their numbers. A group that is missing here, or not after the one that it names, does not compile.
const fn numbered() -> [FactInfo; COUNT] {
    let mut facts = [GROUPS[0].0[0]; COUNT];
    let (mut group, mut at) = (0, 0);
    while group < GROUPS.len() {
        let (own, end) = GROUPS[group];
        assert!(at + own.len() == end, "a group is not after the group that it names");
        let mut i = 0;
        while i < own.len() {
            facts[at] = own[i];
            facts[at].slot = at;
            at += 1;
            i += 1;
        }
        group += 1;
    }
    facts
}

const fn sorted(mut facts: [FactInfo; COUNT]) -> [FactInfo; COUNT] {
    let mut at = 1;
    while at < COUNT {
        let mut i = at;
        while i > 0 && matches!(order(facts[i].name, facts[i - 1].name), Ordering::Less) {
            (facts[i], facts[i - 1]) = (facts[i - 1], facts[i]);
            i -= 1;
        }
        at += 1;
    }
    facts
}

/// The order of names, part by part: `request.field.*` comes before `request.field-state.*`.
const fn order(a: &str, b: &str) -> Ordering {
    const fn rank(byte: u8) -> u8 {
        if byte == b'.' { 0 } else { byte }
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] != b[at] {
            return if rank(a[at]) < rank(b[at]) { Ordering::Less } else { Ordering::Greater };
        }
        at += 1;
    }
    if a.len() < b.len() {
        Ordering::Less
    } else if a.len() > b.len() {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// The places of the facts in [`FACTS`], in plain byte order of their names: rules name thousands of facts when they are
/// loaded, and whole names compare faster than part by part.
static BY_BYTES: [usize; COUNT] = by_bytes();

const fn by_bytes() -> [usize; COUNT] {
    const fn is_less(a: &[u8], b: &[u8]) -> bool {
        let mut at = 0;
        while at < a.len() && at < b.len() {
            if a[at] != b[at] {
                return a[at] < b[at];
            }
            at += 1;
        }
        a.len() < b.len()
    }
    let mut places = [0; COUNT];
    let mut at = 0;
    while at < COUNT {
        places[at] = at;
        let mut i = at;
        while i > 0 && is_less(TABLE[places[i]].name.as_bytes(), TABLE[places[i - 1]].name.as_bytes()) {
            (places[i], places[i - 1]) = (places[i - 1], places[i]);
            i -= 1;
        }
        at += 1;
    }
    places
}

/// Finds a fact by the name used in a rule file. For a family, also gives what is in the place of the star.
#[must_use]
pub(crate) fn find(name: &str) -> Option<(&'static FactInfo, Option<&str>)> {
    let after = match BY_BYTES.binary_search_by(|&place| FACTS[place].name.cmp(name)) {
        Ok(at) if !FACTS[BY_BYTES[at]].is_family() => return Some((&FACTS[BY_BYTES[at]], None)),
        Ok(at) | Err(at) => at,
    };
    let member_of = |fact: &'static FactInfo| {
        let member = name.strip_prefix(fact.name.strip_suffix('*')?)?;
        (!member.is_empty()).then_some((fact, Some(member)))
    };
    // The name of every family has a dot before its star. The first parts of dotted keys, as `request`, end here.
    if !name.contains('.') {
        return None;
    }
    // A star sorts before letters and digits, so a member comes right after its family. Others are looked for one by one.
    let family = after.checked_sub(1).and_then(|before| member_of(&FACTS[BY_BYTES[before]]));
    family.or_else(|| FACTS.iter().find_map(member_of))
}

/// Whether a name is the first part of longer ones, as `authorization` is of `authorization.scheme`.
#[must_use]
pub(crate) fn is_prefix(name: &str) -> bool {
    FACTS.iter().any(|f| f.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_sorted_and_none_is_declared_twice() {
        for pair in FACTS.windows(2) {
            assert_eq!(order(pair[0].name, pair[1].name), Ordering::Less, "{} {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn every_fact_is_found_by_its_name() {
        for fact in FACTS {
            let name = fact.name.replace('*', "Some-Member.of.it");
            let (found, member) = find(&name).expect("it is in the table");
            assert_eq!(found.name, fact.name);
            assert_eq!(member, fact.is_family().then_some("Some-Member.of.it"));
            assert!(!fact.is_family() || fact.name.ends_with(".*"), "{}", fact.name);
        }
        // A member that sorts before the star, and one that comes after another fact with the same beginning.
        assert_eq!(
            find("request.field.#x").map(|(fact, member)| (fact.name, member)),
            Some(("request.field.*", Some("#x")))
        );
        assert_eq!(find("mention.zone").map(|(fact, member)| (fact.name, member)), Some(("mention.*", Some("zone"))));
        assert!(find("request.field.").is_none());
        assert!(find("request").is_none());
        assert!(is_prefix("request") && is_prefix("request.field") && !is_prefix("request.method"));
    }

    #[test]
    fn numbers_are_dense() {
        let mut slots: Vec<usize> = FACTS.iter().map(|f| f.slot).collect();
        slots.sort_unstable();
        assert!(slots.into_iter().eq(0..FACTS.len()));
    }
}

//! Whole reports with a product set beside the ticket.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;
use why401::{
    Diagnosis, InteractionMap, JsonReport, Options, Pack, TextStyle, diagnose, read_product_set as read, write_text,
};

/// The token is sent bare; the ticket blames the product set.
const BARE_TOKEN: &str = "\
Hello, we get a 401 from A042 since we moved from A006. Is it missing in our product set?
App ID: 5f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f
ASID: 200000100000
Time of call: 2026-03-04 10:11

GET https://int.api.service.nhs.uk/referrals/FHIR/R4/Binary/9a1c5f60-1111-4222-8333-944455556666 HTTP/1.1
Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ
NHSD-End-User-Organisation-ODS: F5H1R
NHSD-eRS-Business-Function: SERVICE_PROVIDER_CLINICIAN
X-Correlation-ID: 5b0cfb8a-9a55-4d8f-8f7b-222233334444

HTTP/1.1 401 Unauthorized
Content-Type: application/fhir+json
WWW-Authenticate: Bearer realm=\"null\",error=\"invalid_token\"

{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"login\",\"diagnostics\":\"Invalid access token\"}]}
";

/// The back end refuses. The status is documented for a missing interaction; the words are made up.
const FORBIDDEN: &str = "\
GET /referrals/FHIR/R4/Binary/9a1c5f60-1111-4222-8333-944455556666 HTTP/1.1
Host: int.api.service.nhs.uk
Authorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ
NHSD-End-User-Organisation-ODS: F5H1R
NHSD-eRS-Business-Function: SERVICE_PROVIDER_CLINICIAN
X-Correlation-ID: 5b0cfb8a-9a55-4d8f-8f7b-222233334444

HTTP/1.1 403 Forbidden
Content-Type: application/fhir+json
X-Request-ID: 1c0e6f0a-2222-4333-8444-555566667777-1

{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"forbidden\",\"diagnostics\":\"ASID is missing the required interaction\"}]}
";

thread_local! {
    static PACK: Pack = pack();
}

fn pack() -> Pack {
    Pack::builtin().unwrap_or_else(|error| panic!("{error}"))
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/product-sets").join(name)).expect("the sample is there")
}

fn diagnosed(ticket: &str, set: Option<&[u8]>, change: impl FnOnce(Options) -> Options) -> Diagnosis {
    let options = set.map_or_else(Options::default, |set| Options::default().product_set(read(set, &pack())));
    diagnose(ticket.as_bytes(), &pack(), &change(options))
}

fn report(ticket: &str, set: Option<&[u8]>, change: impl FnOnce(Options) -> Options) -> String {
    let diagnosis = diagnosed(ticket, set, change);
    let mut out = Vec::new();
    let style = TextStyle { file: "ticket.txt".to_owned(), ..TextStyle::default() };
    write_text(&mut out, &diagnosis, &style).expect("a vector takes everything");
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(!text.contains("4kQeTz8h"), "the token is covered");
    text
}

/// The section alone: what the other rules say of the ticket is tested elsewhere.
fn section(ticket: &str, set: Option<&[u8]>, change: impl FnOnce(Options) -> Options) -> String {
    let text = report(ticket, set, change);
    let start = text.find("PRODUCT SET\n").unwrap_or(text.len());
    let end = text[start..].find("\nFOR SUPPORT").map_or(text.len(), |i| start + i);
    text[start..end].to_owned()
}

#[test]
fn whole_reports() {
    assert_snapshot!(
        "not_listed_and_a_bare_token",
        report(BARE_TOKEN, Some(&sample("product-set.missing-a042.csv")), |o| o)
    );
    assert_snapshot!(
        "likely_not_listed_and_forbidden",
        report(FORBIDDEN, Some(&sample("sds-as.missing-a042.ldif")), |o| o)
    );
    assert_snapshot!("a_mail", report(BARE_TOKEN, Some(&sample("product-set.missing-a042.csv")), |o| o.draft(true)));
}

#[test]
fn what_is_listed_is_said() {
    assert_snapshot!("listed", section(BARE_TOKEN, Some(&sample("product-set.full.list.txt")), |o| o));
    assert_snapshot!("likely_listed", section(FORBIDDEN, Some(&sample("sds-device-bundle.full.json")), |o| o));
    assert_snapshot!("other_messages_only", section(FORBIDDEN, Some(&sample("sds-device.hl7v3-only.json")), |o| o));
    assert_snapshot!("one_of_two_asids", section(BARE_TOKEN, Some(&sample("sds-device-bundle.two-asids.json")), |o| o));
}

#[test]
fn what_cannot_tell_is_said() {
    let of = |name: &str| section(FORBIDDEN, Some(&sample(name)), |o| o);
    assert_snapshot!("two_asids", of("sds-device-bundle.two-asids.json"));
    assert_snapshot!("an_endpoint_bundle", of("sds-endpoint-bundle.not-a-product-set.json"));
    assert_snapshot!("an_empty_bundle", of("sds-device-bundle.empty.json"));
    assert_snapshot!("no_interactions_requested", of("ldapsearch-output.no-interactions-requested.txt"));
    assert_snapshot!("a_part_only", of("cpm-as-additional-interactions.json"));
    assert_snapshot!(
        "another_asid",
        section(FORBIDDEN, Some(&sample("product-set.full.list.txt")), |o| o.asid("200000010000"))
    );
    assert_snapshot!("an_unknown_form", section(FORBIDDEN, Some(b"Dear all,\nplease see attached.\n"), |o| o));
    assert_snapshot!("a_request", section(FORBIDDEN, Some(FORBIDDEN.as_bytes()), |o| o));
    assert_snapshot!("another_environment", section(FORBIDDEN, Some(b"Environment: DEP\nA005\n"), |o| o));
    assert_snapshot!(
        "an_error_answer",
        section(
            FORBIDDEN,
            Some(
                br#"{"resourceType":"OperationOutcome","issue":[{"details":{"coding":[{"code":"NO_RECORD_FOUND"}]}}]}"#
            ),
            |o| o
        )
    );
    let mut silent = Vec::new();
    for file in [
        "sds-endpoint-bundle.not-a-product-set.json",
        "sds-device-bundle.empty.json",
        "ldapsearch-output.no-interactions-requested.txt",
    ] {
        silent.push(of(file).contains("Missing:"));
    }
    assert_eq!(silent, [false; 3], "none of them counts as missing");
}

#[test]
fn without_a_file_it_says_how_to_get_one() {
    assert_snapshot!("no_file", section(BARE_TOKEN, None, |o| o));
    let silent = FORBIDDEN.replace("ASID is missing the required interaction", "The logged in user is not authorised");
    assert_eq!(section(&silent, None, |o| o), "", "the product set is not in question");
}

#[test]
fn a_request_to_another_api_leaves_it_unused() {
    let ticket = FORBIDDEN.replace("/referrals/FHIR/R4/Binary", "/personal-demographics/FHIR/R4/Patient");
    let text = report(&ticket, Some(b"A005\nA042"), |o| o);
    assert!(text.contains("the product set was not used"), "{text}");
}

#[test]
fn a_file_that_contradicts_the_back_end_is_not_believed_blindly() {
    let text = section(FORBIDDEN, Some(&sample("product-set.full.list.txt")), |o| o);
    assert!(text.contains("The back end decides"), "{text}");
}

#[test]
fn a_mail_that_cannot_be_drafted_is_missed() {
    let ticket = FORBIDDEN.replace("/referrals/FHIR/R4/Binary", "/personal-demographics/FHIR/R4/Patient");
    assert!(report(&ticket, None, |o| o.draft(true)).contains("no email was drafted"));
}

#[test]
fn a_map_decides() {
    let map = InteractionMap::read(
        b"endpoint_id,interaction_id\nA042,urn:nhs:names:services:ers:READ_BINARY_R4_V001\n",
        &pack(),
    )
    .expect("a map");
    let text = section(FORBIDDEN, Some(&sample("sds-as.missing-a042.ldif")), |o| o.interaction_map(map));
    assert!(text.contains("Missing: A042"), "{text}");
}

#[test]
fn the_json_report_has_it() {
    let diagnosis = diagnosed(BARE_TOKEN, Some(&sample("product-set.missing-a042.csv")), |o| o);
    let mut out = Vec::new();
    JsonReport::new([("t", &diagnosis)]).write(&mut out).expect("a vector takes everything");
    let value: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    insta::assert_json_snapshot!(value["exchanges"][0]["product_set"]);
}

/// Nothing of what people give for a product set is shown unless it has the shape of a part of one.
#[test]
fn a_credential_in_the_file_is_not_shown() {
    let set = "ASID: 200000100000\nAPI key: 9Qb2Lr7XyPs1KdUcGfJ0HnVtWq5EaZm3\nproduct name: 9Qb2Lr7XyPs1KdUcGfJ0HnVtWq5EaZm3\nA005\n";
    let diagnosis = diagnosed(BARE_TOKEN, Some(set.as_bytes()), |o| o.draft(true));
    assert!(!format!("{diagnosis:?}").contains("9Qb2Lr7X"));
    assert!(!report(BARE_TOKEN, Some(set.as_bytes()), |o| o.draft(true)).contains("9Qb2Lr7X"));
    let options = Options::default().product_set(read(set.as_bytes(), &pack()));
    assert!(!format!("{options:?}").contains("9Qb2Lr7X"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reading_never_panics(text in "(ASID:? ?|A0?42|urn:nhs:names:services:ers:|dn: |nhsAsSvcIA:: |\\{\"|\\}|\\[|\\]|,|;|\n|\r| |\"|é|[0-9]{1,12}|endpoint_id|interaction_id|_V001|-){0,60}") {
        let file = PACK.with(|pack| read(text.as_bytes(), pack));
        let shown = format!("{file:?}");
        prop_assert!(!shown.contains("urn:"));
    }
}

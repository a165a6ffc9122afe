use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use super::model::*;
use super::*;
use crate::pack::model::Pack;

fn pack() -> Pack {
    crate::pack::load(&[], false).unwrap_or_else(|error| panic!("{error}"))
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/product-sets").join(name)).expect("the sample is there")
}

fn verdict(text: &str, endpoint: &str, asid: Option<&str>) -> String {
    let verdict = check(&read(text.as_bytes()), &InteractionMap::default(), &pack(), endpoint, asid);
    verdict.reason().map_or(verdict.name().to_owned(), |r| format!("{}: {}", verdict.name(), r.name()))
}

#[test]
fn the_samples_get_the_expected_answers() {
    let (pack, map) = (pack(), InteractionMap::default());
    let expected: Value = serde_json::from_slice(&sample("expected.json")).expect("JSON");
    for (name, wanted) in expected.as_object().expect("an object") {
        let file = read(&sample(name));
        assert_eq!(Value::from(file.kind.name()), wanted["kind"], "{name}");
        let records = wanted["records"].as_array().expect("a list");
        assert_eq!(file.records.len(), records.len(), "{name}");
        if let Some(all) = wanted.get("verdict_all") {
            for endpoint in ["A005", "A030", "A042"] {
                assert_eq!(Value::from(check(&file, &map, &pack, endpoint, None).name()), *all, "{name}");
            }
        }
        for (record, wanted) in file.records.iter().zip(records) {
            let asid = record.asid.as_deref();
            assert_eq!(asid, wanted["asid"].as_str(), "{name}");
            let own = record.interactions_of("urn:nhs:names:services:ers:").count();
            assert_eq!(own, wanted["ers_interactions"], "{name}");
            assert_eq!(record.interactions.len() - own, wanted["other_interactions"], "{name}");
            assert_eq!(Value::from(record.endpoints.clone()), wanted["endpoints"], "{name}");
            for (endpoint, wanted) in wanted["verdict"].as_object().expect("an object") {
                assert_eq!(check(&file, &map, &pack, endpoint, asid).name(), wanted, "{name} {endpoint}");
            }
        }
    }
}

#[test]
fn a_product_and_its_owner_are_read() {
    let file = read(&sample("sds-as.missing-a042.ldif"));
    let record = &file.records[0];
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    assert_eq!(text(&record.party_key), "F5H1R-850000");
    assert_eq!((text(&record.manufacturer), text(&record.ods)), ("F5H1R".to_owned(), "F5H1R".to_owned()));
    assert_eq!(text(&record.product), "My SPINE Product");
    assert_eq!(text(&record.version), "2000.01 e-RS FHIR (AS)");
    assert_eq!(text(&read(&sample("sds-device-bundle.full.json")).records[0].environment), "int.api.service.nhs.uk");
}

#[test]
fn a_map_of_the_users_makes_the_answer_exact() {
    let map = InteractionMap::read(b"endpoint_id,interaction_id\nA042,urn:nhs:names:services:ers:X_R4_V001\nA005,\n")
        .expect("a map");
    let file = read(&sample("sds-device-bundle.full.json"));
    assert_eq!(check(&file, &map, &pack(), "A042", None), ListingVerdict::NotListed);
    assert_eq!(check(&file, &map, &pack(), "A005", None), ListingVerdict::LikelyListed);
    let public = InteractionMap::read(&sample("interaction-map.csv")).expect("a map");
    assert_eq!(check(&file, &public, &pack(), "A042", None), ListingVerdict::LikelyListed);
    assert_eq!(InteractionMap::read(b"a,b\n1,2\n"), Err(MapError::NoColumns));
    assert_eq!(InteractionMap::read(b"endpoint_id,interaction_id\nA042,\n"), Err(MapError::NoRows));
}

#[test]
fn spellings_of_endpoints() {
    let ids = |text: &str| words::endpoints(text, &[]);
    assert_eq!(ids("A42 A042,A0042 a042-retrieve (A042)"), ["A042"; 5]);
    assert_eq!(ids("A20047-821870 A91342 XA042 A042x 00000000-0000-4000-a042-000000000042 A4 A000"), [""; 0]);
}

#[test]
fn what_cannot_tell_is_told_apart() {
    assert_eq!(verdict("", "A042", None), "cannot-tell: empty-file");
    assert_eq!(verdict("hello\nworld", "A042", None), "cannot-tell: unknown-form");
    assert_eq!(verdict("{\"a\": 1}", "A042", None), "cannot-tell: unknown-form");
    assert_eq!(
        verdict("GET /FHIR/R4/Binary/1 HTTP/1.1\nHTTP/1.1 401\nA042 fails", "A042", None),
        "cannot-tell: unknown-form"
    );
    assert_eq!(verdict("ASID: 200000100000\n", "A042", None), "cannot-tell: no-interactions");
    assert_eq!(verdict("ASID: 200000100000\nA005", "A042", Some("200000100001")), "cannot-tell: other-asid");
    assert_eq!(verdict("ASID: 200000100000\nA005\nA042 is not on it yet", "A042", None), "cannot-tell: doubtful");
    assert_eq!(verdict("endpoint_id,status\nA005,yes\nA042,requested\n", "A042", None), "cannot-tell: doubtful");
    assert_eq!(verdict("endpoint_id\n", "A042", None), "cannot-tell: empty-result");
    assert_eq!(
        verdict("# extended LDIF\n# numResponses: 1\nsearch: 2\nresult: 0 Success\n", "A042", None),
        "cannot-tell: empty-result"
    );
    assert_eq!(
        verdict(
            "dn: uniqueIdentifier=S1,ou=services\nobjectClass: nhsMhs\nnhsMhsSvcIA: urn:nhs:names:services:ers:X\n",
            "A042",
            None
        ),
        "not-a-product-set"
    );
    let outcome = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"details\":{\"coding\":[{\"code\":\"NO_RECORD_FOUND\"}]}}]}";
    assert_eq!(verdict(outcome, "A042", None), "cannot-tell: operation-outcome");
    assert_eq!(read(outcome.as_bytes()).notes, ["its code is NO_RECORD_FOUND"]);
    let reference = "{\"resourceType\":\"Bundle\",\"total\":1,\"entry\":[{\"resource\":{\"$ref\":\"Device.json\"}}]}";
    assert_eq!(verdict(reference, "A042", None), "cannot-tell: reference");
    assert_eq!(verdict("{\"resourceType\":\"Bundle\",\"total\":1,\"ent", "A042", None), "cannot-tell: broken");
    let cased = "urn:nhs:names:services:ers:read_practitioner_role_r4_v001\nurn:nhs:names:services:ers:OTHER_R4_V001";
    assert_eq!(verdict(cased, "A030", None), "cannot-tell: letter-case");
}

#[test]
fn a_slip_in_an_asid_is_recognised() {
    let file = read(b"ASID 200000000068: A005, A006");
    let verdict = check(&file, &InteractionMap::default(), &pack(), "A005", Some("2000000068"));
    assert_eq!(verdict, ListingVerdict::CannotTell(Reason::OtherAsid(Some("200000000068".to_owned()))));
}

#[test]
fn two_lists_in_one_text() {
    let text = "ASID: 200000100000\nA005\nASID: 200000100001\nA042\n";
    assert_eq!(verdict(text, "A042", Some("200000100000")), "not-listed");
    assert_eq!(verdict(text, "A042", Some("200000100001")), "listed");
    assert_eq!(verdict(text, "A042", None), "cannot-tell: several-asids");
}

#[test]
fn a_fold_that_lost_its_blank_is_joined() {
    let text = String::from_utf8(sample("sds-as.missing-a042.ldif")).expect("UTF-8");
    let pasted = text.replace("\n ", "\n").replace('\n', "\r\n");
    assert_eq!(read(pasted.as_bytes()).records[0].interactions, read(text.as_bytes()).records[0].interactions);
}

#[test]
fn debug_shows_numbers_only() {
    let file = read(b"ASID: 200000100000\nproduct name: s3cr3t\nA005");
    assert_eq!(
        format!("{file:?} {:?}", file.records[0]),
        "ProductSetFile(list, 1 records) Record(1 endpoints, 0 interactions)"
    );
}

/// The only public id: the program must not know the ids that the samples invent.
#[test]
fn no_interaction_is_invented() {
    let ids: Vec<String> = pack().product_set.interactions.iter().map(|i| i.id.clone()).collect();
    assert_eq!(ids, ["urn:nhs:names:services:ers:READ_PRACTITIONER_ROLE_R4_V001"]);
    for folder in ["rules/nhs-ers", "rules/nhs", "rules/http"] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let text = fs::read_to_string(entry.expect("an entry").path()).expect("text");
            for (id, _) in words::interactions(&text) {
                assert!(ids.contains(&id) || !id.contains(":ers:"), "{folder}: {id}");
            }
        }
    }
}

#[test]
fn a_name_that_fits_two_endpoints_shows_neither() {
    // The user's data: GENERATE_CRI fits A007 and A043.
    assert_eq!(verdict("urn:nhs:names:services:ers:GENERATE_CRI_STU3_V001", "A007", None), "cannot-tell: ambiguous");
    let other = "urn:nhs:names:services:ers:ANYTHING_STU3_V001";
    assert_eq!(verdict(other, "A007", None), "likely-not-listed");
    assert_eq!(
        verdict("urn:nhs:names:services:ers:READ_HEALTHCARE_SERVICE_R4_V001", "A035", None),
        "likely-not-listed"
    );
    assert_eq!(verdict("urn:nhs:names:services:ers:READ_HEALTHCARE_SERVICE_R4_V001", "A033", None), "likely-listed");
    assert_eq!(verdict("urn:nhs:names:services:ers:ACCEPT_REFERRAL_STU3_V002", "A013", None), "likely-listed");
}

#[test]
fn a_large_file_takes_no_time() {
    let ids: String = (0..100_000).map(|i| format!("urn:nhs:names:services:ers:X{i}_STU3_V001\n")).collect();
    assert_eq!(verdict(&ids, "A042", None), "likely-not-listed");
    assert_eq!(verdict(&"{\"a\":".repeat(20_000), "A042", None), "cannot-tell: broken");
    assert_eq!(verdict(&"A".repeat(1_000_000), "A042", None), "cannot-tell: unknown-form");
}

#[test]
fn what_a_mail_says_beside_its_list_is_not_listed() {
    let mail = "Hi, regarding your A042 question:\nASID: 200000100000 has\nA005, A006\nA008 to A013\n";
    assert_eq!(verdict(mail, "A005", None), "listed");
    assert_eq!(verdict(mail, "A042", None), "cannot-tell: doubtful");
    assert_eq!(verdict(mail, "A010", None), "cannot-tell: doubtful", "inside a range");
    assert_eq!(verdict(mail, "A030", None), "not-listed");
    assert_eq!(verdict("On your ASID we have A004, A005, A006 and A008", "A005", None), "listed");
    assert_eq!(verdict("The full e-RS product set:\nA005\nA006\n", "A042", None), "cannot-tell: partial");
    assert_eq!(verdict("Product #1: A005\n", "A005", None), "listed");
}

#[test]
fn an_asid_that_stands_once_holds_for_the_rows_below() {
    let text = "ASID;Endpoint ID\n200000100000;A005\n;A006\n200000100001;A030\n;A042\n";
    assert_eq!(verdict(text, "A006", Some("200000100000")), "listed");
    assert_eq!(verdict(text, "A042", Some("200000100000")), "not-listed");
    assert_eq!(verdict(text, "A042", Some("200000100001")), "listed");
    let again = "ASID: 200000100000\nA005\nASID: 200000100001\nA030\nASID: 200000100000\nA042\n";
    assert_eq!(verdict(again, "A042", Some("200000100000")), "listed");
}

#[test]
fn an_interaction_cut_by_a_line_break_decides_nothing() {
    let cut = "urn:nhs:names:services:ers:READ_PRACTITI\nONER_ROLE_R4_V001\n";
    assert_eq!(verdict(cut, "A030", None), "cannot-tell: broken");
}

#[test]
fn names_are_in_their_lists() {
    for name in ["listed", "no-file"] {
        assert!(VERDICTS.contains(&name));
    }
    assert!(FORMS.contains(&Kind::CpmDevice.name()));
    assert!(REASONS.contains(&Reason::OtherAsid(None).name()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        let _ = InteractionMap::read(&bytes);
    }

    #[test]
    fn a_sample_cut_and_spoilt_is_read(which in 0usize..6, at in 0usize..4000, with in "[\\[\\]{}\":, \n#Aa0-9:-é]{0,12}") {
        let names = [
            "sds-device-bundle.full.json", "ldap3-entries.missing-a042.json", "sds-as.missing-a042.ldif",
            "product-set.full.list.txt", "product-set.missing-a042.csv", "cpm-as-additional-interactions.json",
        ];
        let mut bytes = sample(names[which]);
        bytes.truncate(at);
        bytes.extend_from_slice(with.as_bytes());
        let file = read(&bytes);
        prop_assert!(file.records.iter().all(|r| r.asid.as_ref().is_none_or(|a| a.bytes().all(|b| b.is_ascii_digit()))));
    }
}

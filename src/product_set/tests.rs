use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use super::model::*;
use super::names::SetNames;
use super::{Asked, InteractionMap, MapError, words};
use crate::facts::SetForm;
use crate::pack::model::Pack;

thread_local! {
    /// Loading the rules takes longer than reading a file with them.
    static PACK: Pack = pack();
}

fn pack() -> Pack {
    crate::pack::load(&[], false).unwrap_or_else(|error| panic!("{error}"))
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/product-sets").join(name)).expect("the sample is there")
}

fn read(bytes: &[u8]) -> ProductSetFile {
    PACK.with(|pack| super::read(bytes, pack))
}

fn check(
    file: &ProductSetFile,
    map: &InteractionMap,
    pack: &Pack,
    endpoint: &str,
    asid: Option<&str>,
) -> ListingVerdict {
    super::check(file, map, pack, &Asked { endpoint, asid, is_vouched: false, environment: Some("int") })
}

fn map_of(bytes: &[u8]) -> Result<InteractionMap, MapError> {
    PACK.with(|pack| InteractionMap::read(bytes, pack))
}

fn verdict(text: &str, endpoint: &str, asid: Option<&str>) -> String {
    let verdict = check(&read(text.as_bytes()), &InteractionMap::default(), &pack(), endpoint, asid);
    verdict
        .reason()
        .map_or(verdict.word().name().to_owned(), |r| format!("{}: {}", verdict.word().name(), r.word().name()))
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
                assert_eq!(Value::from(check(&file, &map, &pack, endpoint, None).word().name()), *all, "{name}");
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
                assert_eq!(check(&file, &map, &pack, endpoint, asid).word().name(), wanted, "{name} {endpoint}");
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
    let map = map_of(b"endpoint_id,interaction_id\nA042,urn:nhs:names:services:ers:X_R4_V001\nA005,\n").expect("a map");
    let file = read(&sample("sds-device-bundle.full.json"));
    assert_eq!(check(&file, &map, &pack(), "A042", None), ListingVerdict::NotListed);
    assert_eq!(check(&file, &map, &pack(), "A005", None), ListingVerdict::LikelyListed);
    let public = map_of(&sample("interaction-map.csv")).expect("a map");
    assert_eq!(check(&file, &public, &pack(), "A042", None), ListingVerdict::LikelyListed);
    assert_eq!(map_of(b"a,b\n1,2\n"), Err(MapError::NoColumns));
    assert_eq!(map_of(b"endpoint_id,interaction_id\nA042,\n"), Err(MapError::NoRows));
}

#[test]
fn spellings_of_endpoints() {
    let names = SetNames::of(&pack());
    let ids = |text: &str| names.endpoints(text, &[]).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
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
    assert_eq!(verdict("endpoint_id,status\nA005,yes\nA042,requested\n", "A042", None), "not-listed");
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
    let ids: Vec<String> = pack().product_set.interactions.iter().map(|i| i.id.to_string()).collect();
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
    assert_eq!(verdict(mail, "A010", None), "likely-listed", "inside a range");
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

const FIRST: &str = "200000123401";

#[test]
fn tables_as_people_make_them() {
    for (text, wanted) in [
        ("Endpoint,Description,INT,LIVE\nA005,Retrieve,Yes,Yes\nA042,Attachment,No,Yes\n", "not-listed"),
        ("API ID;Approved?\nA005;Y\nA042;Y\n", "listed"),
        ("Endpoint,Included?\nA005,✓\nA042,✗\n", "not-listed"),
        ("Endpoint\tOn ASID\nA005\tx\nA042\t\n", "not-listed"),
        ("Endpoint  On ASID\nA005      x\nA042\n", "not-listed"),
        ("Endpoint,Required\nA005,Yes\nA042,Yes\n", "cannot-tell: doubtful"),
        ("Endpoint,Requested,Approved\nA005,Yes,Yes\nA042,Yes,No\n", "not-listed"),
        ("Endpoint,Deprecated,Listed\nA005,No,Yes\nA042,No,Yes\n", "listed"),
        ("Endpoint,Status\nA005,Active\nA042,see note 3\n", "cannot-tell: doubtful"),
        ("ASID,A005,A042\n200000123401,Y,N\n200000123402,Y,Y\n", "not-listed"),
        ("ASID,Endpoints\n200000123401,\"A005\nA042\"\n200000123402,A005\n", "listed"),
        ("ASID,Endpoint\n=\"200000123401\",A005\n=\"200000123402\",A042\n", "not-listed"),
        ("ASID,Endpoint\n2.00E+11,A005\n2.00E+11,A042\n", "cannot-tell: owner-unclear"),
        ("ASID,Endpoint\n200 000 123 401,A005\n200 000 123 402,A042\n", "not-listed"),
        ("ASID,Endpoint,Status\n200000123401,A005,Yes\n,A042,Yes\n200000123402,A042,No\n", "listed"),
        ("sep=;\nEndpoint;Status\nA005;Live\nA042;Not live\n", "not-listed"),
        ("Endpoints by ASID\n\nEndpoint;200000123401;200000123402\nA005;Yes;Yes\nA042;No;Yes\n", "not-listed"),
        ("Product set of ASID 200000123402\n\nEndpoint,Listed\nA005,Yes\nA042,Yes\n", "cannot-tell: other-asid"),
        ("ASID,Endpoint,Note\n200000123401,A005,\"first\n200000123402,A042,x\n", "cannot-tell: broken"),
        ("||Endpoint||Approved||\n|A005|Yes|\n|A042|No|\n", "not-listed"),
        ("ASID 200000123401: A005–A012, A042\nASID 200000123402: A005\n", "listed"),
        ("Endpoints: A005-A044 except A042\n", "not-listed"),
        ("A005, A006, A008 etc.\n", "cannot-tell: partial"),
        ("A005\nA006\nand 12 more\n", "cannot-tell: partial"),
        ("A005 Retrieve referral\nA008 FETCH_WORKLIST\n", "not-listed"),
        ("A005\nA042\nASID: 200000123401\n\nA005\nASID: 200000123402\n", "cannot-tell: owner-unclear"),
    ] {
        assert_eq!(verdict(text, "A042", Some(FIRST)), wanted, "{text}");
    }
}

/// A table in a mail, whose second row may have a style.
fn struck(first: &str, second: &str, style: &str) -> String {
    let head = "<table><tr><th>ASID</th><th>Endpoint</th></tr>";
    format!("{head}<tr><td>200000123401</td>{first}</tr><tr{style}><td>200000123401</td>{second}</tr></table>\n")
}

/// A042 is struck out, crossed, ended, commented out, or below a heading for what is asked for: it is never listed.
#[test]
fn what_is_not_granted_any_more_is_not_listed() {
    const NO: &str = "not-listed";
    const OPEN: &str = "cannot-tell: doubtful";
    for (text, wanted) in [
        ("ASID 200000123401\nA005 ✅\nA042 ❌\nA029 ✅\n", NO),
        ("ASID 200000123401\n✅ A005\n❌ A042\n✅ A029\n", NO),
        ("ASID 200000123401\n- [x] A005\n- [ ] A042\n- [x] A029\n", NO),
        ("ASID 200000123401\n- A005\n- ~~A042~~\n- A029\n", OPEN),
        (&struck("<td>A005</td>", "<td><span style=\"text-decoration: line-through\">A042</span></td>", ""), OPEN),
        (&struck("<td>A005</td>", "<td style='text-decoration:line-through'>A042</td>", ""), OPEN),
        (
            &struck("<td>A005</td>", "<td>A042</td>", " style=\"text-decoration-line: line-through\""),
            "cannot-tell: owner-unclear",
        ),
        ("ASID 200000123401\n\nApproved:\nA005\n\nRequested:\nA042\n", OPEN),
        ("# ASID 200000123401\n\n## Approved\n- A005\n\n## Not approved\n- A042\n", OPEN),
        ("ASID 200000123401\n A005\n-A042\n+A029\n", OPEN),
        ("asid = \"200000123401\"\n[endpoints]\nA005 = true\nA042 = false\n", NO),
        ("[200000123401]\nA005 = yes\n;A042 = yes\n", NO),
        ("{\"asid\":\"200000123401\",\"endpoints\":{\"A005\":true,\"A042\":false}}", NO),
        ("{asid: '200000123401', endpoints: ['A005', /* 'A042', */ 'A029']}", NO),
        (
            "[{\"asid\":\"200000123401\",\"endpoints\":[{\"id\":\"A005\",\"to\":null},{\"id\":\"A042\",\"to\":\"2024-01-01\"}]}]",
            OPEN,
        ),
        ("asid,endpoint,removed on\n200000123401,A005,\n200000123401,A042,2024-01-01\n", OPEN),
        ("asid,endpoint,Valid to\n200000123401,A005,9999-12-31\n200000123401,A042,2021-01-01\n", OPEN),
        ("||ASID||Endpoint||\n|200000123401|A005|\n|200000123401|-A042-|\n", OPEN),
        (
            "<table><tr><th>ASID</th><th>Endpoint</th></tr><tr><td>200000123401</td><td>A005</td></tr>\
             <tr><td>200000123401</td><td><s>A042</s></td></tr></table>",
            OPEN,
        ),
    ] {
        assert_eq!(verdict(text, "A042", Some("200000123401")), wanted, "{text}");
        assert_eq!(verdict(text, "A005", Some("200000123401")), "listed", "{text}");
    }
}

/// The reader of spreadsheets gets what people send.
#[cfg(feature = "sheets")]
#[test]
fn a_damaged_spreadsheet_is_no_panic() {
    for name in ["spreadsheet.xlsx", "spreadsheet.ods"] {
        let whole = fs::read(Path::new("tests/product-set-forms").join(name)).expect("the sample is there");
        let mut state: u32 = 401;
        for _ in 0..100 {
            let mut bytes = whole.clone();
            for _ in 0..4 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = state as usize % bytes.len();
                bytes[at] ^= (state >> 24) as u8;
            }
            let file = read(&bytes);
            assert!(file.records.iter().all(|r| r.interactions.len() < 100), "{name}");
        }
    }
}

#[test]
fn tables_that_lost_their_shape_decide_nothing_wrong() {
    for (text, wanted) in [
        // A mail program put paragraphs into the cells.
        (
            "<html><body><table><tr><td><p>Endpoint</p></td><td><p>Approved</p></td></tr><tr><td><p>A005</p></td><td><p>Yes</p></td></tr><tr><td><p>A042</p></td><td><p>No</p></td></tr></table></body></html>",
            "not-listed",
        ),
        (
            "<table><tr><td>Endpoint</td><td>Approved</td></tr><tr><td>A005</td><td>Yes</td></tr><tr><td>A0",
            "cannot-tell: broken",
        ),
        // Each cell on a line of its own.
        ("Endpoint\nName\nApproved\nA005\nRetrieve\nYes\nA042\nAttachment\nNo\n", "not-listed"),
        ("Endpoint\n\nApproved\n\nA005\n\nYes\n\nA042\n\nYes\n\n", "listed"),
        ("Endpoint\nA005\nYes\nwith a note\nA042\nNo\n", "cannot-tell: doubtful"),
        // Records one below the other.
        (
            "*** 1. row ***\nEndpoint: A005\nStatus: Live\n*** 2. row ***\nEndpoint: A042\nStatus: Pending\n2 rows in set\n",
            "not-listed",
        ),
        (
            "-[ RECORD 1 ]---\nendpoint | A005\nlisted | t\n-[ RECORD 2 ]---\nendpoint | A042\nlisted | f\n",
            "not-listed",
        ),
        // Two ASIDs head two columns.
        ("200000123401,200000123402\nA005,A005\nA006,A042\n", "not-listed"),
        ("200000123402\n200000123401\nA005\nA042\n", "cannot-tell: owner-unclear"),
        // Two tables below their ASIDs, and two with different columns.
        (
            "ASID 200000123401\n\n| Endpoint | Live |\n|---|---|\n| A005 | Yes |\n\nASID 200000123402\n\n| Endpoint | Live |\n|---|---|\n| A042 | Yes |\n",
            "not-listed",
        ),
        ("| Endpoint | Live |\n| A005 | Yes |\n| Live | Endpoint |\n| No | A042 |\n", "cannot-tell: owner-unclear"),
        // Another endpoint in the row, and endpoints that are not there.
        ("Endpoint,Replaced by,Listed\nA006,A042,Yes\nA005,,Yes\n", "not-listed"),
        ("ASID,Endpoints,Missing endpoints\n200000123401,A005,A042\n", "cannot-tell: doubtful"),
        ("Endpoint,Name\nA005,Retrieve\nNot yet approved:,\nA042,Attachment\n", "cannot-tell: doubtful"),
        ("Endpoint ID    Status\nA005           Live\nA042           Not live\n", "not-listed"),
        ("endpoint  status\n--------  --------\nA005      live\nA042      not live\n", "not-listed"),
        (" endpoint | listed\n----------+--------\n A005     | t\n          | t\n(3 rows)\n", "cannot-tell: broken"),
        (
            "┌──────┬─────┐\n│ endpoint │ live │\n├──────┼─────┤\n│ A005 │ yes │\n│ A042 │ no │\n└──────┴─────┘\n",
            "not-listed",
        ),
        (
            "[{\"endpoint\": \"A005\", \"status\": \"Yes\"}, {\"endpoint\": \"A042\", \"status\": \"No\"}]\n",
            "not-listed",
        ),
        ("endpoint,status\rA005,Yes\rA042,No\r", "not-listed"),
    ] {
        assert_eq!(verdict(text, "A042", Some(FIRST)), wanted, "{text}");
    }
}

#[test]
fn a_name_may_follow_what_it_names() {
    let entry = |asid: &str, id: &str| {
        format!(
            "- attributes:\n    nhsAsSvcIA:\n    - urn:nhs:names:services:ers:OTHER_R4_V001\n    - urn:nhs:names:services:ers:{id}_V001\n  dn: uniqueIdentifier={asid},ou=Services,o=nhs\n"
        )
    };
    let yaml = entry(FIRST, "READ_BINARY_R4") + &entry("200000123402", "READ_BINARY_STU3");
    assert_eq!(verdict(&yaml, "A042", Some(FIRST)), "likely-listed");
    assert_eq!(verdict(&yaml, "A042", Some("200000123402")), "likely-not-listed");
    // The name of a person is not that of an entry.
    let php = "dn: uniqueIdentifier=200000123401,ou=Services,o=nhs\nuniqueIdentifier: 1\n\t200000123401\nnhsApproverURP: 1\n\tuniqueIdentifier=000000000101,uid=000000000102,ou=people,o=nhs\nnhsAsSvcIA: 1\n\turn:nhs:names:services:ers:READ_BINARY_R4_V001\nnhsIDCode: 1\n\tF5H1R\n";
    assert_eq!(verdict(php, "A042", Some(FIRST)), "likely-listed");
    assert_eq!(verdict(php, "A042", Some("000000000101")), "cannot-tell: other-asid");
}

#[test]
fn what_is_missing_is_never_said_of_half_a_file() {
    let ldif =
        "dn: uniqueIdentifier=200000123401,ou=Services,o=nhs\nnhsAsSvcIA: urn:nhs:names:services:ers:OTHER_R4_V001\n";
    let node = "{ dn: 'uniqueIdentifier=200000123401,o=nhs', nhsAsSvcIA: [ 'urn:nhs:names:services:ers:A_R4_V001', ... 7 more items ] }";
    for (text, wanted) in [
        (format!("{ldif}\n"), "likely-not-listed"),
        (ldif.to_owned(), "cannot-tell: broken"),
        (format!("{ldif}nhsAsSvcIA:< file:///var/tmp/x\n\n"), "cannot-tell: broken"),
        (format!("{ldif}nhsAsSvcIA:: dXJuO*\n\n"), "cannot-tell: broken"),
        (format!("{ldif}\n# search result\nresult: 4 Size limit exceeded\n"), "cannot-tell: ldap-error"),
        (format!("# extended LDIF\n{ldif}\n"), "cannot-tell: broken"),
        (format!("{ldif}\npagedresults: cookie=AQ==\n"), "cannot-tell: broken"),
        (format!("{ldif}\n# numEntries: 2\n"), "cannot-tell: broken"),
        (ldif.replace("nhsAsSvcIA", "nhsAsSvcIA;range=0-99") + "\n", "cannot-tell: broken"),
        (node.to_owned(), "cannot-tell: broken"),
    ] {
        assert_eq!(verdict(&text, "A042", Some(FIRST)), wanted, "{text}");
    }
    let error = "ldap_search_ext: Bad search filter (-7)\n";
    assert_eq!(verdict(error, "A042", Some(FIRST)), "cannot-tell: ldap-error");
}

#[test]
fn a_row_may_be_longer_than_the_head() {
    assert_eq!(read(b";endpoint_id\nASIDASIDASID;;[;A42").kind, SetForm::Csv);
}

#[test]
fn keys_say_what_a_list_is() {
    let says = |text: &str| verdict(text, "A042", Some(FIRST));
    let of = |rest: &str| says(&format!("{{\"asid\": \"200000123401\", \"endpoints\": [\"A005\"{rest}}}\n"));
    assert_eq!(of(", \"A042\"]"), "listed");
    assert_eq!(of("]"), "not-listed");
    assert_eq!(of("], \"missing\": [\"A042\"]"), "cannot-tell: doubtful");
    assert_eq!(of("], \"endpoint\": {\"id\": \"A042\", \"status\": \"pending\"}"), "not-listed");
    assert_eq!(says("{\"200000123401\": [\"A005\"], \"200000123402\": [\"A042\"]}\n"), "not-listed");
}

#[test]
fn what_a_writer_says_is_read() {
    let says = |text: &str| super::ticket::statement(text, &pack()).map(|s| (s.line, s.record.endpoints.join(" ")));
    let said = "Hello,\nwe have A005, A006 and A042 on our INT ASID.\nWhy does it fail?";
    assert_eq!(says(said), Some((2, "A005 A006 A042".to_owned())));
    assert_eq!(says("We need A005, A006 and A042 on our ASID"), None);
    assert_eq!(says("We have a 401 from A005, A006 and A042"), None);
    assert_eq!(says("Do we have A005, A006 and A042 on our ASID?"), None);
    assert_eq!(says("Our ASID does not have A005, A006 and A042"), None);
    let approved = "Hi,\n\n> Please find below the endpoints that are enabled on your INT ASID 200000123401:\n>\n> - A005 Retrieve referral\n> - A006\n> - A042\n>\n> Kind regards\n\nA029 fails with a 401.\n";
    assert_eq!(says(approved), Some((3, "A005 A006 A042".to_owned())));
    let said = super::ticket::statement(approved, &pack()).expect("a statement");
    assert_eq!(said.record.asid.as_deref(), Some(FIRST));
    assert_eq!(says("Product set: A005, A006, A042\n"), Some((1, "A005 A006 A042".to_owned())));
    assert_eq!(says("Our product set:\nA005\nA006\nA042\n"), Some((1, "A005 A006 A042".to_owned())));
    assert_eq!(says("Please add to our product set:\nA005\nA006\nA042\n"), None);
    assert_eq!(says("Endpoints that fail:\nA005\nA006\nA042\n"), None);
    assert_eq!(says("Our product set needs these:\nA005\nA006\nA042\n"), None);
    let table = "See below.\n\n| Endpoint | Approved |\n|---|---|\n| A005 | Yes |\n| A042 | No |\n";
    assert_eq!(says(table), Some((3, "A005".to_owned())));
}

#[test]
fn a_list_without_an_owner_is_given_to_no_asid() {
    let list = "['urn:nhs:names:services:ers:READ_BINARY_R4_V001', 'urn:nhs:names:services:ers:OTHER_R4_V001']\n";
    assert_eq!(verdict(list, "A042", Some(FIRST)), "cannot-tell: no-asid");
    assert_eq!(verdict(&list.repeat(2), "A042", None), "cannot-tell: several-asids");
    assert_eq!(verdict(list, "A042", None), "likely-listed");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        let _ = map_of(&bytes);
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

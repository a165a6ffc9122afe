//! docs/formats.md says what is read of each form of capture, and the samples in tests/captures show that it is so.
//! `cargo xtask docs` writes the document.

use std::collections::BTreeSet;
use std::fs;

use super::document::{row, rows};
use super::model::SampleRow;
use super::reader::Reader;
use super::recognise::{Document, recognise};
use super::table::FORMS;
use super::toy::TOY;
use super::{har, object, postman};
use crate::capture;
use crate::capture::json::content::Content;
use crate::capture::json::{Json, parse};
use crate::capture::model::{Body, Capture, Exchange, Extent};
use crate::pack::model::Pack;
use crate::text::Text;
use proptest::prelude::*;

fn pack() -> Pack {
    crate::pack::load(&[], false).expect("the built-in packs load")
}

#[test]
fn a_new_form_is_one_row() {
    const SOURCE: &str = r#"It says {"toy-call": {"verb": "PUT"}}, and then 401."#;
    let methods = |capture: Capture| -> Vec<String> {
        capture.exchanges.iter().filter_map(|e| Some(e.request.method.as_ref()?.as_str().to_owned())).collect()
    };
    let pack = pack();
    let read = |from| methods(capture::read_as(&Text::paste(SOURCE), &pack.vocabulary, from));
    let json = parse(&Text::paste(SOURCE), 8).expect("JSON").json;
    assert!(matches!(recognise(&json), Document::Record(record) if record.form.shown[0].name == "A toy"));
    assert_eq!(read(Reader::AUTO), ["PUT"]);
    assert_eq!(read(Reader::named("postman").expect("a reader")), ["PUT"]);
    assert_eq!(read(Reader::HAR), Vec::<String>::new());
    assert_eq!(row(&TOY, &TOY.shown[0]), "| A toy | `postman` | method | part | unseen |  |\n");
}

fn parts(exchange: &Exchange) -> Vec<&'static str> {
    let request = &exchange.request;
    let answer = exchange.response.as_ref();
    let shown = |body: &Body| !body.is_unseen();
    [
        ("method", request.method.is_some()),
        ("URL", request.url.is_some()),
        ("fields", !request.fields.is_empty()),
        ("body", shown(&request.body)),
        ("answer", answer.is_some_and(|a| a.status.is_some())),
        ("answer fields", answer.is_some_and(|a| !a.fields.is_empty())),
        ("answer body", answer.is_some_and(|a| shown(&a.body))),
        ("time", exchange.sent_at.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, is_shown)| is_shown.then_some(name))
    .collect()
}

const ORDER: [&str; 8] = ["method", "URL", "fields", "body", "answer", "answer fields", "answer body", "time"];

fn found(shown: &SampleRow, pack: &Pack) -> (String, String) {
    let (mut all, mut extents) = (BTreeSet::new(), BTreeSet::new());
    for sample in shown.samples {
        let bytes = fs::read(format!("tests/captures/{sample}.txt")).unwrap_or_else(|e| panic!("{sample}: {e}"));
        let decoded = crate::text::decode(&bytes);
        let capture = capture::read(&Text::paste(&decoded.text), &pack.vocabulary);
        assert!(!capture.exchanges.is_empty(), "{sample} shows nothing");
        for exchange in &capture.exchanges {
            all.extend(parts(exchange));
            extents.insert(match exchange.request.extent {
                Extent::Whole => "whole",
                Extent::Part => "part",
                Extent::Withheld(_) => "withheld",
            });
        }
    }
    let parts: Vec<&str> = ORDER.into_iter().filter(|p| all.contains(p)).collect();
    (parts.join(", "), extents.into_iter().collect::<Vec<_>>().join(", "))
}

#[test]
fn the_samples_show_what_the_table_says() {
    let pack = pack();
    let wrong: Vec<String> = rows()
        .filter_map(|(_, shown)| {
            let (parts, extents) = found(shown, &pack);
            (parts != shown.parts || extents != shown.extents)
                .then(|| format!("{}: the samples show {parts}; {extents}", shown.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_form_has_a_sample() {
    let lacking: Vec<&str> = FORMS.iter().filter(|f| f.shown.is_empty()).map(|f| f.from.word()).collect();
    assert_eq!(lacking, Vec::<&str>::new());
}

fn json(source: &str) -> Json {
    parse(&Text::paste(source), 0).unwrap_or_else(|| panic!("no JSON: {source}")).json
}

#[test]
fn contents_are_no_exchange() {
    for (source, kind) in [
        (r#"{"resourceType": "OperationOutcome", "issue": []}"#, Content::OperationOutcome),
        (
            r#"{"resourceType": "Bundle", "entry": [{"request": {"method": "GET", "url": "x/y"}, "response": {"status": "200"}}]}"#,
            Content::FhirResource,
        ),
        (r#"{"fault": {"faultstring": "x", "detail": {"errorcode": "y"}}}"#, Content::Fault),
        (r#"{"error": "invalid_request", "error_description": "x"}"#, Content::OAuthError),
        (r#"{"access_token": "x", "expires_in": "599", "token_type": "Bearer"}"#, Content::TokenAnswer),
        (r#"{"alg": "RS512", "typ": "JWT", "kid": "x"}"#, Content::JwtHeader),
        (r#"{"iss": "x", "sub": "x", "aud": "https://a.example/", "exp": 1}"#, Content::JwtPayload),
        (r#"{"timestamp": "2026-03-04", "status": 401, "error": "Unauthorized", "path": "/x"}"#, Content::ErrorObject),
        (r#"{"type": "https://a.example/p", "title": "Unauthorized", "status": 401}"#, Content::ErrorObject),
        (r#"{"errors": [{"message": "Not signed in"}], "data": null}"#, Content::ErrorObject),
        (r#"{"status_code": 403, "errors": [{"messages": ["No"]}, {"messages": ["None at all"]}]}"#, Content::Other),
        (
            r#"{"status_code": 403, "errors": [{"type": "status", "messages": ["No right to it"]}]}"#,
            Content::ErrorObject,
        ),
        (r#"{"detail": {"status": "unauthorized", "message": "No key came"}}"#, Content::ErrorObject),
        (r#"{"msg": "Token has expired"}"#, Content::ErrorObject),
        (r#"{"title": "A book", "reason": "a gift"}"#, Content::Other),
        (r#"{"keys": [{"kty": "RSA", "alg": "RS512", "kid": "x"}]}"#, Content::Other),
        (r#"{"issuer": "https://a.example", "token_endpoint": "https://a.example/t"}"#, Content::Other),
        (r#"{"grant_type": "client_credentials", "client_assertion": "x"}"#, Content::Other),
        ("{}", Content::Other),
        ("[1, 2]", Content::Other),
        ("{authorization: 'Bearer x'}", Content::Headers),
    ] {
        assert!(matches!(recognise(&json(source)), Document::Content(found) if found == kind), "{source}");
    }
}

#[test]
fn each_document_has_its_reader() {
    for (source, from) in [
        (r#"{"log": {"entries": []}}"#, Reader::HAR),
        (r#"{"Request Headers": {}, "Network": {}}"#, Reader::POSTMAN),
        (r#"{"info": {}, "item": []}"#, Reader::POSTMAN),
        (r#"{"request": {"method": "GET", "url": "https://a.example"}}"#, Reader::JSON),
    ] {
        assert!(matches!(recognise(&json(source)), Document::Record(record) if record.form.from == from), "{source}");
    }
}

#[test]
fn work_is_linear() {
    let cost = |source: &str| {
        let read = || {
            let json = json(source);
            let _ = (recognise(&json), har::exchanges(&json), postman::exchanges(&json), object::exchanges(&json));
        };
        allocation_counter::measure(read).bytes_total
    };
    let check = |name: &str, one: u64, two: u64| {
        assert!(two <= one * 22 / 10 + 100_000, "{name}: {one} bytes, {two} for twice the length");
    };
    for unit in
        ["{\"request\":{\"url\":\"a/\"}},", "\"{\\\"a\\\":1}\",", "{\"method\":\"GET\",\"headers\":[\"A\",\"b\"]},"]
    {
        for head in ["[", "{\"request\":[", "{\"headers\":[", "{\"log\":{\"entries\":[", "{\"info\":1,\"item\":["] {
            let of_length = |length: usize| cost(&format!("{head}{}", unit.repeat(length / unit.len())));
            check(&format!("{head}{unit}"), of_length(25_000), of_length(50_000));
        }
    }
    let members = |count: usize| {
        let members: String = (0..count).map(|i| format!("\"k{i}\":{{\"url\":\"/{i}\"}},")).collect();
        cost(&format!("{{{members}"))
    };
    check("members", members(1000), members(2000));
}

proptest! {
    #[test]
    fn nothing_panics(source in "[{\\[](\"(method|url|headers|request|response|status|body|entries|log|item|info|config|params|code|type|auth)\": ?|\\{|\\}|\\[|\\]|, ?|\"GET\"|\"https://a.example/é\"|401|\"Host\"|\"name\": \"é\", ?\"value\": \"x\"|null|\"é: x\\\\r\\\\n\"){0,40}") {
        let text = Text::paste(&source);
        if let Some(parsed) = parse(&text, 0) {
            let _ = recognise(&parsed.json);
            let found = [object::exchanges(&parsed.json), har::exchanges(&parsed.json), postman::exchanges(&parsed.json),
                postman::console(&parsed.json, &text).map(|e| vec![e])];
            for exchange in found.into_iter().flatten().flatten() {
                prop_assert!(exchange.at.end <= source.len());
                let shown = format!("{:?}", parts(&exchange));
                prop_assert!(!shown.is_empty());
            }
        }
    }
}

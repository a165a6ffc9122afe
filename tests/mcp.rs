//! `why401 mcp` as a client sees it: lines in, lines out. `tests/agents/client.py` does the same with the official client.

use std::fmt::Write as _;

use serde_json::{Value, json};
use why401::cli::{self, Exit, Streams};

const TICKET: &str = "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n\
                      Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n";

/// What the server answers to these messages, in order.
fn answers(messages: &[Value]) -> Vec<Value> {
    let input = messages.iter().fold(String::new(), |mut text, message| {
        let _ = writeln!(text, "{message}");
        text
    });
    said(&input)
}

fn said(input: &str) -> Vec<Value> {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let mut stdin = input.as_bytes();
    let exit = cli::run(["why401".into(), "mcp".into()], &mut Streams::alone(&mut stdin, &mut out, &mut errors));
    assert_eq!((exit, errors.is_empty()), (Exit::Nothing, true));
    let out = String::from_utf8(out).expect("UTF-8");
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn call(tool: &str, arguments: &Value) -> Value {
    let request = json!({ "jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": { "name": tool, "arguments": arguments } });
    answers(&[request]).remove(0)
}

#[test]
fn a_conversation() {
    let said = answers(&[
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } } }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "ping" }),
        json!({ "jsonrpc": "2.0", "id": 3, "method": "tools/list" }),
        json!({ "jsonrpc": "2.0", "id": 4, "method": "resources/list" }),
        json!({ "jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": { "name": "diagnos", "arguments": {} } }),
    ]);
    assert_eq!(said.len(), 5);
    assert_eq!(said[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(said[1]["result"], json!({}));
    let names: Vec<&str> =
        said[2]["result"]["tools"].as_array().expect("tools").iter().filter_map(|t| t["name"].as_str()).collect();
    assert_eq!(names, ["diagnose", "explain", "redact", "product_set", "compare"]);
    assert_eq!(said[3]["error"]["code"], -32601);
    assert_eq!(said[4]["error"]["message"], "there is no such tool. Did you mean `diagnose`?");
}

#[test]
fn a_diagnosis_is_short_and_names_what_to_fetch() {
    let said = call("diagnose", &json!({ "text": TICKET }));
    insta::assert_json_snapshot!(said["result"]["structuredContent"]);
    assert!(!said.to_string().contains("4kQe"));
    let open = call(
        "diagnose",
        &json!({ "text": "GET https://api.shop.example/orders/17\nX-Api-Key: 7BdUcGfJ4kQeTz8hWq2L\n\nHTTP/1.1 401 Unauthorized\n" }),
    );
    let fetch = &open["result"]["structuredContent"]["fetch"];
    assert!(fetch["how"].is_string() && fetch["decides"].as_array().is_some_and(|all| !all.is_empty()), "{fetch}");
    let none = call("diagnose", &json!({ "text": "It does not work." }));
    assert!(
        none["result"]["structuredContent"]["fetch"]["how"]
            .as_str()
            .is_some_and(|how| how.contains("the text shows none"))
    );
}

#[test]
fn the_other_tools_answer() {
    let page = call("explain", &json!({ "cause": "missing-bearer-prefix" }));
    assert_eq!(page["result"]["structuredContent"]["id"], "missing-bearer-prefix");
    let masked = call("redact", &json!({ "text": TICKET }));
    let masked = &masked["result"]["structuredContent"];
    assert_eq!((&masked["masked"], &masked["is_cut"]), (&json!(1), &json!(false)));
    assert!(masked["text"].as_str().is_some_and(|text| text.contains("Authorization: ‹token-1›")), "{masked}");
    let set = call("product_set", &json!({ "text": "ASID 200000001234\nA005\nA042\n" }));
    assert!(set["result"]["structuredContent"]["asids"].to_string().contains("A042"), "{set}");
    let good = TICKET.replace("Authorization: ", "Authorization: Bearer ").replace("401 Unauthorized", "200 OK");
    let compared = call("compare", &json!({ "working": { "text": good }, "failing": { "text": TICKET } }));
    let compared = &compared["result"]["structuredContent"];
    assert!(
        compared["differences"].to_string().contains("authorization.scheme") && compared["same"].is_null(),
        "{compared}"
    );
    // A long capture is given by path; the folder of the tests is the current one.
    let by_path = call("diagnose", &json!({ "path": "examples/ticket.txt" }));
    assert_eq!(by_path["result"]["structuredContent"]["requests"][0]["causes"][0]["id"], "missing-bearer-prefix");
}

#[test]
fn mistakes_are_answered_and_repeat_nothing() {
    for (tool, arguments, says) in [
        ("diagnose", json!({}), "give `text` or `path`"),
        ("diagnose", json!({ "text": "a", "path": "b" }), "give `text` or `path`"),
        ("diagnose", json!({ "txt": TICKET }), "Did you mean `text`?"),
        ("diagnose", json!({ "text": TICKET, "status": 4010 }), "`status` takes a whole number from 100 to 599"),
        ("diagnose", json!({ "path": "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ" }), "no such file"),
        ("diagnose", json!({ "path": "/etc/passwd" }), "--allow DIR"),
        ("explain", json!({ "cause": "missing-bearer-prefx" }), "Did you mean `missing-bearer-prefix`?"),
        ("explain", json!({ "cause": "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ" }), "no such cause"),
        ("compare", json!({ "working": { "text": "a" } }), "failing."),
    ] {
        let said = call(tool, &arguments);
        assert_eq!(said["result"]["isError"], true, "{said}");
        let text = said["result"]["content"][0]["text"].as_str().expect("a text");
        assert!(text.contains(says) && !text.contains("4kQe"), "{text}");
    }
    let said = said("{\"token\": 4kQeTz8h\n[1]\n\n{\"id\": 7}\n");
    let codes: Vec<&Value> = said.iter().map(|answer| &answer["error"]["code"]).collect();
    assert_eq!(codes, [-32700, -32600, -32600]);
}

/// The first call may have begun; the others are taken off before they are.
#[test]
fn a_cancelled_call_is_not_answered() {
    let call = |id: i32| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "diagnose", "arguments": { "text": TICKET.repeat(20) } } });
    let cancel =
        |id: i32| json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": id } });
    let said = answers(&[call(1), call(2), call(3), cancel(2), json!({ "jsonrpc": "2.0", "id": 4, "method": "ping" })]);
    let mut ids: Vec<i64> = said.iter().filter_map(|answer| answer["id"].as_i64()).collect();
    ids.sort_unstable();
    assert_eq!(ids, [1, 3, 4]);
}

//! `why401 lsp` as an editor sees it: framed messages in, framed messages out. `tests/editors/` does the same with real
//! editors and clients.

use std::io;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use why401::cli::{self, Exit, Streams};

const URI: &str = "file:///project/orders.http";
const BARE: &str = "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n\
                    Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\nAccept: */*\n\n";

fn framed(messages: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        let mut message = message.clone();
        message["jsonrpc"] = "2.0".into();
        let text = message.to_string();
        bytes.extend(format!("Content-Length: {}\r\n\r\n{text}", text.len()).bytes());
    }
    bytes
}

fn unframed(mut bytes: &[u8]) -> Vec<Value> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let head = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let length = String::from_utf8_lossy(&bytes[..head]);
        let length: usize = length.trim_start_matches("Content-Length: ").trim().parse().expect("a length");
        found.push(serde_json::from_slice(&bytes[head + 4..head + 4 + length]).expect("JSON"));
        bytes = &bytes[head + 4 + length..];
    }
    found
}

/// What the server says to an editor that opens a document and does this with it.
fn session(text: &str, capabilities: &Value, then: &[Value]) -> Vec<Value> {
    let mut messages = vec![
        json!({ "id": "begin", "method": "initialize", "params": { "capabilities": capabilities } }),
        json!({ "method": "initialized", "params": {} }),
        json!({ "method": "textDocument/didOpen", "params": { "textDocument": { "uri": URI, "version": 1, "languageId": "http", "text": text } } }),
    ];
    messages.extend_from_slice(then);
    messages.extend([json!({ "id": "end", "method": "shutdown", "params": null }), json!({ "method": "exit" })]);
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let input = framed(&messages);
    let mut stdin = input.as_slice();
    let exit = cli::run(["why401".into(), "lsp".into()], &mut Streams::alone(&mut stdin, &mut out, &mut errors));
    assert_eq!((exit, String::from_utf8_lossy(&errors).as_ref()), (Exit::Nothing, ""));
    unframed(&out)
}

fn answer(said: &[Value], id: u32) -> Value {
    said.iter().find(|message| message["id"] == id).expect("an answer")["result"].clone()
}

fn place(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

fn hover(id: u32, line: u32, character: u32) -> Value {
    json!({ "id": id, "method": "textDocument/hover", "params": { "textDocument": { "uri": URI }, "position": place(line, character) } })
}

fn actions(id: u32, line: u32) -> Value {
    json!({ "id": id, "method": "textDocument/codeAction", "params": {
        "textDocument": { "uri": URI }, "range": { "start": place(line, 0), "end": place(line, 999) }, "context": { "diagnostics": [] } } })
}

/// The text after the edits of the first action.
fn edited(text: &str, actions: &Value) -> String {
    let mut edits: Vec<Value> = actions[0]["edit"]["changes"][URI].as_array().expect("edits").clone();
    edits.reverse();
    let at = |place: &Value| {
        let number = |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("a number");
        text.split_inclusive('\n').take(number("line")).map(str::len).sum::<usize>() + number("character")
    };
    edits.iter().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(
            at(&edit["range"]["start"])..at(&edit["range"]["end"]),
            edit["newText"].as_str().expect("a text"),
        );
        text
    })
}

#[test]
fn a_finding_has_its_code_its_link_its_page_and_its_correction() {
    let said = session(BARE, &json!({}), &[hover(1, 1, 20), hover(2, 2, 3), actions(3, 1), actions(4, 2)]);
    let published = said.iter().find(|m| m["method"] == "textDocument/publishDiagnostics").expect("findings");
    let finding = &published["params"]["diagnostics"][0];
    assert_eq!(finding["code"], "missing-bearer-prefix");
    assert_eq!(finding["range"], json!({ "start": place(1, 15), "end": place(1, 43) }));
    assert_eq!(finding["codeDescription"]["href"], "https://www.rfc-editor.org/rfc/rfc6750#section-2.1");
    insta::assert_snapshot!(answer(&said, 1)["contents"]["value"].as_str().expect("a page"));
    assert!(answer(&said, 2).is_null());
    assert_eq!(edited(BARE, &answer(&said, 3)), BARE.replace("4kQe", "Bearer 4kQe"));
    assert_eq!(answer(&said, 4), json!([]));
    assert!(!format!("{said:?}").contains("4kQe"));
}

#[test]
fn edits_are_followed_and_the_newest_version_counts() {
    let change = |version: u32, from: u32, to: u32, text: &str| {
        json!({ "method": "textDocument/didChange", "params": { "textDocument": { "uri": URI, "version": version },
            "contentChanges": [{ "range": { "start": place(1, from), "end": place(1, to) }, "text": text }] } })
    };
    let said = session(BARE, &json!({}), &[change(2, 15, 15, "Token "), change(3, 15, 20, "Bearer"), actions(1, 1)]);
    let last = said.iter().rfind(|m| m["method"] == "textDocument/publishDiagnostics").expect("findings");
    assert_eq!(last["params"]["version"], 3);
    assert_eq!(last["params"]["diagnostics"], json!([]), "the editor wrote the scheme");
    assert_eq!(answer(&said, 1), json!([]));
}

/// The input of an editor that waits, before each of its steps, until the server has said something.
struct Waiting {
    steps: std::vec::IntoIter<(&'static str, Vec<u8>)>,
    now: io::Cursor<Vec<u8>>,
    said: Said,
}

/// What the server has said so far.
#[derive(Clone, Default)]
struct Said(Arc<(Mutex<Vec<u8>>, Condvar)>);

impl io::Read for Waiting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.now.read(buffer)?;
        if read > 0 {
            return Ok(read);
        }
        let Some((awaited, next)) = self.steps.next() else { return Ok(0) };
        let (bytes, news) = &*self.said.0;
        let is_missing = |bytes: &mut Vec<u8>| !String::from_utf8_lossy(bytes).contains(awaited);
        let bytes = bytes.lock().expect("no panic");
        let waited = news.wait_timeout_while(bytes, Duration::from_secs(120), is_missing).expect("no panic");
        assert!(!waited.1.timed_out(), "the server did not say {awaited}");
        self.now = io::Cursor::new(next);
        self.now.read(buffer)
    }
}

impl io::Write for Said {
    fn write(&mut self, new: &[u8]) -> io::Result<usize> {
        self.0.0.lock().expect("no panic").extend(new);
        self.0.1.notify_all();
        Ok(new.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A page is asked for right after an edit: it comes from the version before, where its text is now. A closed document has no
/// finding left.
#[test]
fn a_page_follows_the_edits() {
    let open = json!({ "method": "textDocument/didOpen",
        "params": { "textDocument": { "uri": URI, "version": 1, "languageId": "http", "text": BARE } } });
    let change = json!({ "method": "textDocument/didChange", "params": { "textDocument": { "uri": URI, "version": 2 },
        "contentChanges": [{ "range": { "start": place(0, 0), "end": place(0, 0) }, "text": "# a\n# b\n" }] } });
    let close = json!({ "method": "textDocument/didClose", "params": { "textDocument": { "uri": URI } } });
    let end = json!({ "id": "end", "method": "shutdown", "params": null });
    let begin = json!({ "id": "begin", "method": "initialize", "params": { "capabilities": {} } });
    let mut said = Said::default();
    let mut stdin = Waiting {
        steps: vec![
            ("", framed(&[begin, open])),
            ("\"code\":\"missing-bearer-prefix\"", framed(&[change, hover(1, 3, 20), hover(2, 1, 20)])),
            ("\"id\":2", framed(&[close, end, json!({ "method": "exit" })])),
        ]
        .into_iter(),
        now: io::Cursor::default(),
        said: said.clone(),
    };
    let mut errors = Vec::new();
    let exit = cli::run(["why401".into(), "lsp".into()], &mut Streams::alone(&mut stdin, &mut said, &mut errors));
    assert_eq!(exit, Exit::Nothing);
    let said = unframed(&said.0.0.lock().expect("no panic"));
    let page = answer(&said, 1);
    assert_eq!(page["range"], json!({ "start": place(3, 15), "end": place(3, 43) }));
    assert!(page["contents"]["value"].as_str().is_some_and(|text| text.contains("[missing-bearer-prefix]")));
    assert!(answer(&said, 2).is_null(), "that line was written since");
    let last = said.iter().rfind(|m| m["method"] == "textDocument/publishDiagnostics").expect("findings");
    assert_eq!(last["params"]["diagnostics"], json!([]));
}

/// In UTF-16 a character outside of the first plane counts as two, and in bytes as four.
#[test]
fn columns_are_counted_as_the_editor_does() {
    let text =
        BARE.replace("Authorization: ", "X-Note: \u{1F600} é\nAuthorization: ").replace("GET https", "GET  https");
    for (capabilities, word) in
        [(json!({}), "utf-16"), (json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } }), "utf-8")]
    {
        let said = session(&text, &capabilities, &[actions(1, 2)]);
        assert_eq!(said[0]["result"]["capabilities"]["positionEncoding"], word);
        let published = said.iter().find(|m| m["method"] == "textDocument/publishDiagnostics").expect("findings");
        assert_eq!(published["params"]["diagnostics"][0]["range"]["start"], place(2, 15));
    }
}

#[test]
fn the_request_in_an_archive_is_corrected_in_its_place() {
    let har = "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\",\
               \"headers\":[{\"name\":\"Authorization\",\"value\":\"4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\"}]},\"response\":{\"status\":401,\"headers\":[],\"content\":{}}}]}}";
    let said = session(har, &json!({}), &[actions(1, 0)]);
    assert_eq!(edited(har, &answer(&said, 1)), har.replace("\"4kQe", "\"Bearer 4kQe"));
}

#[test]
fn what_is_not_served_is_refused() {
    let said = session(BARE, &json!({}), &[json!({ "id": 1, "method": "textDocument/rename", "params": {} })]);
    assert_eq!(said.iter().find(|m| m["id"] == 1).expect("an answer")["error"]["code"], -32601);
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let mut stdin: &[u8] = b"Content-Length: 30\r\n\r\n{\"token\": 4kQeTz8hWq2LrVn0XyPs";
    let exit = cli::run(["why401".into(), "lsp".into()], &mut Streams::alone(&mut stdin, &mut out, &mut errors));
    assert_eq!(exit, Exit::Unusable);
    assert!(!String::from_utf8_lossy(&errors).contains("4kQe"));
}

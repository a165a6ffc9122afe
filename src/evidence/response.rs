//! What the answer says, in whatever form it says it.

use super::challenge;
use super::clock;
use super::facts::{Fact, Facts, Value};
use crate::capture::json::{self, Json};
use crate::capture::model::{Body, Extent, Field, Response};
use crate::capture::words::is_said_empty;
use crate::text::{Span, Text};

/// Puts the facts of an answer into the table; gives the body as JSON where it is that.
pub(super) fn read(
    facts: &mut Facts,
    response: Option<&Response>,
    request_fields: &[Field],
    refused: Option<u16>,
) -> Option<Json> {
    let status = response.and_then(|r| r.status);
    if let Some(status) = status {
        facts.set("response.status", Value::Number(i64::from(status.code)), vec![status.span]);
    } else if let Some(code) = refused {
        facts.set("response.status", Value::Number(i64::from(code)), Vec::new());
    }
    let Some(response) = response else {
        facts.set_flag("response.seen", refused.is_some(), Vec::new());
        return None;
    };
    facts.set_flag("response.seen", true, status.map(|s| s.span).into_iter().collect());
    if let Some(reason) = &response.reason {
        facts.set_text("response.reason", reason.as_str(), reason.span());
    }
    fields(facts, response, request_fields);
    let mut says = Says::default();
    challenges(facts, response, &mut says);
    let json = body(facts, &response.body, &mut says);
    says.put(facts, response);
    json
}

/// What the answer says is wrong, with the places.
#[derive(Default)]
struct Says {
    messages: Vec<(String, Vec<Span>)>,
    codes: Vec<(String, Vec<Span>)>,
}

impl Says {
    fn message(&mut self, text: &Text) {
        // What typographic editors make of an apostrophe is not what the server sent.
        let plain = text.as_str().trim().replace(['’', '‘'], "'").replace(['“', '”'], "\"").replace('\u{A0}', " ");
        // `<error code>: <words>`, as Apigee writes it in challenges and some APIs in their diagnostics.
        if let Some((code, words)) = plain.split_once(": ")
            && code.contains('.')
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'))
        {
            push(&mut self.codes, code.to_owned(), text.span());
            push(&mut self.messages, words.to_owned(), text.span());
        }
        push(&mut self.messages, plain, text.span());
    }

    fn code(&mut self, text: &Text) {
        push(&mut self.codes, text.as_str().trim().to_owned(), text.span());
    }

    fn put(self, facts: &mut Facts, response: &Response) {
        let known_empty = matches!(response.body, Body::Empty(_)) && response.extent == Extent::Whole;
        for (name, items) in [("refusal.message", self.messages), ("refusal.code", self.codes)] {
            if !items.is_empty() {
                let spans = items.iter().flat_map(|(_, s)| s.clone()).collect();
                facts.set(name, Value::List(items), spans);
            } else if known_empty || !response.body.is_unseen() && !matches!(response.body, Body::Empty(_)) {
                facts.set_absent(name, status_span(response));
            }
        }
    }
}

fn push(items: &mut Vec<(String, Vec<Span>)>, text: String, span: Span) {
    // A mail may have broken the line in the middle of a sentence.
    let text = if text.contains('\n') { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text };
    if text.is_empty() {
        return;
    }
    match items.iter_mut().find(|(t, _)| *t == text) {
        Some((_, spans)) => spans.push(span),
        None => items.push((text, vec![span])),
    }
}

fn status_span(response: &Response) -> Vec<Span> {
    response.status.map(|s| s.span).into_iter().collect()
}

fn fields(facts: &mut Facts, response: &Response, request_fields: &[Field]) {
    for field in &response.fields {
        let state = if field.value.is_empty() { "blank" } else { "present" };
        facts.set_text(&format!("response.field-state.{}", field.name.as_str()), state, field.name.span());
        facts.set_text(&format!("response.field.{}", field.name.as_str()), field.value.as_str(), field.value.span());
    }
    match &response.extent {
        Extent::Whole => {
            facts.set_family(
                "response.field-state.",
                Fact::Known(Value::Text("absent".to_owned()), status_span(response)),
            );
            facts.set_family("response.field.", Fact::Absent(status_span(response)));
        }
        Extent::Part | Extent::Withheld(_) => {}
    }
    if let Some(date) = response.fields.iter().find(|f| f.is("date"))
        && let Some(moment) = clock::parse(date.value.as_str())
    {
        facts.set("response.date", Value::Number(moment.seconds), vec![date.value.span()]);
    }
    let Some(id) = response.fields.iter().find(|f| f.is("x-request-id")) else {
        if response.extent == Extent::Whole {
            facts.set_flag("response.request-id-from-server", false, status_span(response));
        }
        return;
    };
    // The gateway echoes the client's own; only another value was made by the back end.
    let own = request_fields.iter().find(|f| f.is("x-request-id"));
    let echoed = own.is_some_and(|o| o.value.as_str() == id.value.as_str());
    let made_by_server = !echoed && is_server_id(id.value.as_str());
    facts.set_flag("response.request-id-from-server", made_by_server, vec![id.value.span()]);
}

/// A UUID with a counter behind it: `…-1`.
fn is_server_id(value: &str) -> bool {
    value.rsplit_once('-').is_some_and(|(uuid, counter)| {
        crate::shape::is_uuid(uuid) && !counter.is_empty() && counter.bytes().all(|b| b.is_ascii_digit())
    })
}

fn challenges(facts: &mut Facts, response: &Response, says: &mut Says) {
    let fields: Vec<&Field> = response.fields.iter().filter(|f| f.is("www-authenticate")).collect();
    if fields.is_empty() {
        if response.extent == Extent::Whole {
            facts.set_text(
                "challenge.state",
                "absent",
                status_span(response).first().copied().unwrap_or(Span::new(0, 0)),
            );
            for name in [
                "challenge.error",
                "challenge.description",
                "challenge.code",
                "challenge.schemes",
                "challenge.realm",
                "challenge.scope",
            ] {
                facts.set_absent(name, status_span(response));
            }
        }
        return;
    }
    let state = if fields.iter().all(|f| f.value.is_empty()) { "blank" } else { "present" };
    facts.set_text("challenge.state", state, fields[0].name.span());
    let challenges: Vec<_> = fields.iter().flat_map(|f| challenge::read(&f.value)).collect();
    let schemes = challenges.iter().map(|c| (c.scheme.as_str().to_ascii_lowercase(), vec![c.scheme.span()])).collect();
    facts.set("challenge.schemes", Value::List(schemes), challenges.iter().map(|c| c.scheme.span()).collect());
    let parameter = |name: &str| challenges.iter().find_map(|c| c.get(name));
    for (fact, name) in [
        ("challenge.realm", "realm"),
        ("challenge.error", "error"),
        ("challenge.scope", "scope"),
        ("challenge.description", "error_description"),
    ] {
        match parameter(name) {
            Some(value) => facts.set_text(fact, value.as_str(), value.span()),
            None => facts.set_absent(fact, vec![fields[0].value.span()]),
        }
    }
    let Some(description) = parameter("error_description") else {
        // Without a description there is no error code in it either.
        facts.set_absent("challenge.code", vec![fields[0].value.span()]);
        return;
    };
    // Apigee writes `<error code>: <fault string>`.
    let value = description.as_str();
    match value.split_once(": ") {
        Some((code, message)) if !code.contains(' ') && code.contains('.') => {
            let at = value.len() - message.len();
            let (code, message) = (description.slice(0..code.len()), description.slice(at..value.len()));
            facts.set_text("challenge.code", code.as_str(), code.span());
            says.code(&code);
            says.message(&message);
        }
        _ => {
            facts.set_absent("challenge.code", vec![description.span()]);
            says.message(description);
        }
    }
}

fn body(facts: &mut Facts, body: &Body, says: &mut Says) -> Option<Json> {
    let text = match body {
        Body::Unseen => return None,
        Body::Form(_) => return None,
        Body::Empty(span) => {
            facts.set_text("response.body", "empty", *span);
            absent_details(facts, &[*span]);
            return None;
        }
        Body::Text(text) if is_said_empty(text.as_str()) => {
            facts.set_text("response.body", "empty", text.span());
            absent_details(facts, &[text.span()]);
            return None;
        }
        Body::Text(text) => text,
    };
    let json = document(text);
    let kind = match &json {
        Some(json) => json_body(facts, json, says),
        None if text.as_str().trim_start().starts_with('<') => "html",
        None => {
            says.message(&text.trim());
            "text"
        }
    };
    facts.set_text("response.body", kind, text.span());
    absent_details(facts, &[text.span()]);
    json
}

/// The JSON document of a body, also where it stands in a JSON string or in quotes.
pub(super) fn document(text: &Text) -> Option<Json> {
    let value = text.as_str();
    let at = value.find(|c: char| !(c.is_whitespace() || c.is_control() || "\"'“”‘’b".contains(c)))?;
    if !value[at..].starts_with(['{', '[', '\\']) {
        return None;
    }
    if let Some(parsed) = json::parse(text, at)
        && parsed.json.is_object()
    {
        return Some(parsed.json);
    }
    // A JSON string that holds the document: `"{\"resourceType\": …}"`.
    let from = value.find(['"', '“'])?;
    let mut builder = crate::text::TextBuilder::new(text.span());
    let mut chars = value.char_indices().skip_while(|(i, _)| *i <= from).peekable();
    while let Some((i, c)) = chars.next() {
        match (c, chars.peek().copied()) {
            ('\\', Some((j, next @ ('"' | '\\' | '/')))) => {
                chars.next();
                builder.replace(text, i..j + next.len_utf8(), next.encode_utf8(&mut [0; 4]));
            }
            ('\\', Some((j, 'n' | 'r' | 't'))) => {
                chars.next();
                builder.replace(text, i..j + 1, " ");
            }
            _ => builder.copy(text, i..i + c.len_utf8()),
        }
    }
    let inner = builder.finish();
    let start = inner.as_str().find('{')?;
    json::parse(&inner, start).map(|p| p.json)
}

/// Says of every detail that was not set that the body lacks it.
fn absent_details(facts: &mut Facts, spans: &[Span]) {
    const DETAILS: [&str; 9] = [
        "response.issue-code",
        "response.detail-code",
        "response.detail-display",
        "response.detail-system",
        "response.diagnostics",
        "response.error",
        "response.error-description",
        "response.fault-code",
        "response.fault-string",
    ];
    for name in DETAILS {
        if matches!(facts.get(name), Fact::Unseen) {
            facts.set_absent(name, spans.to_vec());
        }
    }
}

fn json_body(facts: &mut Facts, json: &Json, says: &mut Says) -> &'static str {
    let text = |path: &[&str]| json.path(path).and_then(Json::as_text);
    if text(&["resourceType"]).is_some_and(|t| t.as_str() == "OperationOutcome") || json.get("issue").is_some() {
        outcome(facts, json, says);
        return "operation-outcome";
    }
    if let Some(fault) = json.get("fault") {
        if let Some(message) = fault.get("faultstring").and_then(Json::as_text) {
            facts.set_text("response.fault-string", message.as_str(), message.span());
            says.message(message);
        }
        if let Some(code) = fault.path(&["detail", "errorcode"]).and_then(Json::as_text) {
            facts.set_text("response.fault-code", code.as_str(), code.span());
            says.code(code);
        }
        return "fault";
    }
    if let Some(error) = text(&["error"]) {
        facts.set_text("response.error", error.as_str(), error.span());
        says.code(error);
        match text(&["error_description"]).or_else(|| text(&["message"])) {
            Some(description) => {
                facts.set_text("response.error-description", description.as_str(), description.span());
                says.message(description);
            }
            None => says.message(error),
        }
        return "oauth-error";
    }
    for name in ["message", "detail", "title", "error_description", "Message"] {
        if let Some(message) = text(&[name]) {
            says.message(message);
        }
    }
    for error in json.get("errors").map(Json::elements).unwrap_or_default() {
        for name in ["detail", "title", "message"] {
            if let Some(message) = error.get(name).and_then(Json::as_text) {
                says.message(message);
            }
        }
        if let Some(code) = error.get("code").and_then(Json::as_text) {
            says.code(code);
        }
    }
    "json"
}

fn outcome(facts: &mut Facts, json: &Json, says: &mut Says) {
    type Found = Vec<(String, Vec<Span>)>;
    let (mut issue_codes, mut codes, mut displays, mut systems, mut diagnostics) =
        (Found::new(), Found::new(), Found::new(), Found::new(), Found::new());
    let add = |items: &mut Found, value: Option<&Json>| {
        if let Some(text) = value.and_then(Json::as_text) {
            push(items, text.as_str().trim().to_owned(), text.span());
        }
    };
    for issue in json.get("issue").map(Json::elements).unwrap_or_default() {
        add(&mut issue_codes, issue.get("code"));
        add(&mut diagnostics, issue.get("diagnostics"));
        if let Some(text) = issue.get("diagnostics").and_then(Json::as_text) {
            says.message(text);
        }
        if let Some(text) = issue.path(&["details", "text"]).and_then(Json::as_text) {
            says.message(text);
        }
        for coding in issue.path(&["details", "coding"]).map(Json::elements).unwrap_or_default() {
            add(&mut codes, coding.get("code"));
            add(&mut displays, coding.get("display"));
            add(&mut systems, coding.get("system"));
            if let Some(code) = coding.get("code").and_then(Json::as_text) {
                says.code(code);
            }
            // Some APIs put the gateway's words into `display`.
            if let Some(display) = coding.get("display").and_then(Json::as_text) {
                says.message(display);
            }
        }
    }
    for (name, items) in [
        ("response.issue-code", issue_codes),
        ("response.detail-code", codes),
        ("response.detail-display", displays),
        ("response.detail-system", systems),
        ("response.diagnostics", diagnostics),
    ] {
        if !items.is_empty() {
            let spans = items.iter().flat_map(|(_, s)| s.clone()).collect();
            facts.set(name, Value::List(items), spans);
        }
    }
}

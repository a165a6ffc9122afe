//! What a response shows: status line, fields, body.

use super::challenge;
use super::refusal::{Refusal, push, status_span};
use crate::capture::body::document;
use crate::capture::json::Json;
use crate::capture::model::{Body, Extent, Field, Response};
use crate::capture::when::Moment;
use crate::capture::words::is_said_empty;
use crate::facts::response::{ResponseBodyFacts, ResponseFacts, ResponseField, StatusFacts};
use crate::facts::{Facts, ListItem, Observed, Presence, ResponseBodyKind};
use crate::text::{Span, Text};

/// Sets the facts of a response; gives the body where it is JSON. `refused` is the status that the caller states.
pub(super) fn read(
    facts: &mut Facts,
    response: Option<&Response>,
    request_fields: &[Field],
    refused: Option<u16>,
) -> Option<Json> {
    status_line(response, refused).put(facts);
    let response = response?;
    fields(facts, response, request_fields);
    let mut refusal = Refusal::default();
    // The challenges first: their words are the gateway's own.
    challenge::read(facts, response, &mut refusal);
    let (details, json) = body(&response.body, &mut refusal);
    details.put(facts);
    refusal.facts(response).put(facts);
    json
}

fn status_line(response: Option<&Response>, refused: Option<u16>) -> StatusFacts {
    let shown = response.and_then(|r| r.status);
    let status = match (shown, refused) {
        (Some(status), _) => Observed::at(i64::from(status.code), status.span),
        (None, Some(code)) => Observed::Known(i64::from(code), Vec::new()),
        (None, None) => Observed::Unseen,
    };
    let reason = response.and_then(|r| r.reason.as_ref());
    StatusFacts {
        reason: reason.map_or(Observed::Unseen, Observed::text),
        seen: match response {
            Some(response) => Observed::Known(true, status_span(response)),
            None => Observed::Known(refused.is_some(), Vec::new()),
        },
        status,
    }
}

fn fields(facts: &mut Facts, response: &Response, request_fields: &[Field]) {
    for field in &response.fields {
        let state = if field.value.is_empty() { Presence::Blank } else { Presence::Present };
        ResponseField { value: Observed::text(&field.value), state: Observed::at(state, field.name.span()) }
            .put_member(facts, field.name.as_str());
    }
    if response.extent == Extent::Whole {
        ResponseField {
            value: Observed::Absent(status_span(response)),
            state: Observed::Known(Presence::Absent, status_span(response)),
        }
        .put_others(facts);
    }
    let date = response.fields.iter().find(|f| f.is("date"));
    let moment = date.and_then(|d| Some((Moment::read(d.value.as_str())?, d.value.span())));
    ResponseFacts {
        date: moment.map_or(Observed::Unseen, |(moment, at)| Observed::at(moment.seconds, at)),
        request_id_from_server: request_id_from_server(response, request_fields),
    }
    .put(facts);
}

/// Whether the back end made the request id: the gateway only echoes the client's own.
fn request_id_from_server(response: &Response, request_fields: &[Field]) -> Observed<bool> {
    match response.fields.iter().find(|f| f.is("x-request-id")) {
        Some(id) => {
            let own = request_fields.iter().find(|f| f.is("x-request-id"));
            let is_echo = own.is_some_and(|o| o.value.as_str() == id.value.as_str());
            Observed::at(!is_echo && is_server_id(id.value.as_str()), id.value.span())
        }
        None if response.extent == Extent::Whole => Observed::Known(false, status_span(response)),
        None => Observed::Unseen,
    }
}

/// A UUID with a counter behind it: `…-1`.
fn is_server_id(value: &str) -> bool {
    value.rsplit_once('-').is_some_and(|(uuid, counter)| {
        crate::shape::is_uuid(uuid) && !counter.is_empty() && counter.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The facts of a body. What a body that is shown does not have is absent.
fn body(body: &Body, refusal: &mut Refusal) -> (ResponseBodyFacts, Option<Json>) {
    let empty = |at: Span| ResponseBodyFacts {
        kind: Observed::at(ResponseBodyKind::Empty, at),
        ..ResponseBodyFacts::absent(&[at])
    };
    let text = match body {
        Body::Unseen | Body::Form(_) => return (ResponseBodyFacts::unseen(), None),
        Body::Empty(span) => return (empty(*span), None),
        Body::ErrorMember { name, value } => return (error_member(name, value, refusal), None),
        Body::Text(text) if is_said_empty(text.as_str()) => return (empty(text.span()), None),
        Body::Text(text) => text,
    };
    let absent = ResponseBodyFacts::absent(&[text.span()]);
    let Some(json) = document(text) else {
        let kind = if text.as_str().trim_start().starts_with('<') {
            ResponseBodyKind::Html
        } else {
            refusal.message(&text.trim());
            ResponseBodyKind::Text
        };
        return (ResponseBodyFacts { kind: Observed::at(kind, text.span()), ..absent }, None);
    };
    (json_body(&json, text.span(), absent, refusal), Some(json))
}

/// The facts of a body of which one member is quoted. Its name says which kind of document it is from; the other members
/// are not shown.
fn error_member(name: &str, value: &Text, refusal: &mut Refusal) -> ResponseBodyFacts {
    let of = |kind| ResponseBodyFacts { kind: Observed::at(kind, value.span()), ..ResponseBodyFacts::unseen() };
    let text = Observed::text(value);
    if matches!(name, "error" | "errorcode") {
        refusal.code(value);
    }
    if name != "errorcode" {
        refusal.message(value);
    }
    match name {
        "diagnostics" => {
            let mut diagnostics = Vec::new();
            push(&mut diagnostics, value.as_str().to_owned(), value.span());
            ResponseBodyFacts { diagnostics: Observed::list(diagnostics), ..of(ResponseBodyKind::OperationOutcome) }
        }
        "faultstring" => ResponseBodyFacts { fault_string: text, ..of(ResponseBodyKind::Fault) },
        "errorcode" => ResponseBodyFacts { fault_code: text, ..of(ResponseBodyKind::Fault) },
        "error" => ResponseBodyFacts { error: text, ..of(ResponseBodyKind::OauthError) },
        _ => ResponseBodyFacts { error_description: text, ..of(ResponseBodyKind::OauthError) },
    }
}

/// The facts of a JSON body at `at`; `absent` is a body that has none of the members.
fn json_body(json: &Json, at: Span, absent: ResponseBodyFacts, refusal: &mut Refusal) -> ResponseBodyFacts {
    let text = |path: &[&str]| json.path(path).and_then(Json::as_text);
    if text(&["resourceType"]).is_some_and(|t| t.as_str() == "OperationOutcome") || json.get("issue").is_some() {
        return outcome(json, at, absent, refusal);
    }
    if let Some(fault) = json.get("fault") {
        let message = fault.get("faultstring").and_then(Json::as_text);
        let code = fault.path(&["detail", "errorcode"]).and_then(Json::as_text);
        message.into_iter().for_each(|m| refusal.message(m));
        code.into_iter().for_each(|c| refusal.code(c));
        return ResponseBodyFacts {
            kind: Observed::at(ResponseBodyKind::Fault, at),
            fault_code: code.map_or(absent.fault_code, Observed::text),
            fault_string: message.map_or(absent.fault_string, Observed::text),
            ..absent
        };
    }
    if let Some(error) = text(&["error"]) {
        let description = text(&["error_description"]).or_else(|| text(&["message"]));
        refusal.code(error);
        refusal.message(description.unwrap_or(error));
        return ResponseBodyFacts {
            kind: Observed::at(ResponseBodyKind::OauthError, at),
            error: Observed::text(error),
            error_description: description.map_or(absent.error_description, Observed::text),
            ..absent
        };
    }
    for name in ["message", "detail", "title", "error_description", "Message"] {
        if let Some(message) = text(&[name]) {
            refusal.message(message);
        }
    }
    for error in json.get("errors").map(Json::elements).unwrap_or_default() {
        for name in ["detail", "title", "message"] {
            if let Some(message) = error.get(name).and_then(Json::as_text) {
                refusal.message(message);
            }
        }
        if let Some(code) = error.get("code").and_then(Json::as_text) {
            refusal.code(code);
        }
    }
    ResponseBodyFacts { kind: Observed::at(ResponseBodyKind::Json, at), ..absent }
}

fn outcome(json: &Json, at: Span, absent: ResponseBodyFacts, refusal: &mut Refusal) -> ResponseBodyFacts {
    let (mut issue_codes, mut codes, mut displays, mut systems, mut diagnostics) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let add = |items: &mut Vec<ListItem>, value: Option<&Json>| {
        if let Some(text) = value.and_then(Json::as_text) {
            push(items, text.as_str().trim().to_owned(), text.span());
        }
    };
    for issue in json.get("issue").map(Json::elements).unwrap_or_default() {
        add(&mut issue_codes, issue.get("code"));
        add(&mut diagnostics, issue.get("diagnostics"));
        if let Some(text) = issue.get("diagnostics").and_then(Json::as_text) {
            refusal.message(text);
        }
        if let Some(text) = issue.path(&["details", "text"]).and_then(Json::as_text) {
            refusal.message(text);
        }
        for coding in issue.path(&["details", "coding"]).map(Json::elements).unwrap_or_default() {
            add(&mut codes, coding.get("code"));
            add(&mut displays, coding.get("display"));
            add(&mut systems, coding.get("system"));
            if let Some(code) = coding.get("code").and_then(Json::as_text) {
                refusal.code(code);
            }
            // Some APIs put the gateway's words into `display`.
            if let Some(display) = coding.get("display").and_then(Json::as_text) {
                refusal.message(display);
            }
        }
    }
    let list = |items: Vec<ListItem>| match items.is_empty() {
        true => Observed::absent(at),
        false => Observed::list(items),
    };
    ResponseBodyFacts {
        kind: Observed::at(ResponseBodyKind::OperationOutcome, at),
        issue_code: list(issue_codes),
        detail_code: list(codes),
        detail_display: list(displays),
        detail_system: list(systems),
        diagnostics: list(diagnostics),
        ..absent
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    fn answer(head: &str, body: &str) -> String {
        format!("GET /things HTTP/1.1\nHost: api.example.org\n\nHTTP/1.1 401 Unauthorized\n{head}\n{body}")
    }

    #[test]
    fn details_that_a_body_lacks_are_absent() {
        assert_facts(
            &answer(
                "",
                "{\"fault\":{\"faultstring\":\"Invalid access token\",\"detail\":{\"errorcode\":\"oauth.v2.InvalidAccessToken\"}}}",
            ),
            &[
                ("response.status", "401"),
                ("response.reason", "Unauthorized"),
                ("response.body", "fault"),
                ("response.fault-string", "Invalid access token"),
                ("response.fault-code", "oauth.v2.InvalidAccessToken"),
                ("response.error", "absent"),
                ("response.diagnostics", "absent"),
                ("refusal.message", "Invalid access token"),
                ("refusal.code", "oauth.v2.InvalidAccessToken"),
            ],
        );
        assert_facts(
            &answer("", "{\"error\":\"invalid_token\"}"),
            &[
                ("response.body", "oauth-error"),
                ("response.error-description", "absent"),
                ("refusal.message", "invalid_token"),
            ],
        );
    }

    #[test]
    fn an_outcome_may_have_several_issues() {
        assert_facts(
            &answer(
                "",
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"login\",\"diagnostics\":\"one\"},{\"code\":\"login\",\"diagnostics\":\"two\"}]}",
            ),
            &[
                ("response.body", "operation-outcome"),
                ("response.issue-code", "login"),
                ("response.diagnostics", "one, two"),
                ("response.detail-code", "absent"),
                ("response.fault-code", "absent"),
            ],
        );
    }

    #[test]
    fn one_quoted_member_says_nothing_of_the_others() {
        assert_facts(
            "GET https://api.example.org/things gives 401 with error_description=\"The token is too old\"",
            &[
                ("response.body", "oauth-error"),
                ("response.error-description", "The token is too old"),
                ("response.error", "unseen"),
                ("refusal.message", "The token is too old"),
                ("refusal.code", "unseen"),
            ],
        );
        assert_facts(
            "GET https://api.example.org/things gives 401, and the log has fault.string=\"Too many calls\"",
            &[
                ("response.body", "fault"),
                ("response.fault-string", "Too many calls"),
                ("response.fault-code", "unseen"),
                ("response.diagnostics", "unseen"),
            ],
        );
    }

    #[test]
    fn an_answer_that_is_not_shown() {
        assert_facts(
            "GET /things HTTP/1.1\nHost: api.example.org\n\n",
            &[
                ("response.seen", "no"),
                ("response.status", "unseen"),
                ("response.body", "unseen"),
                ("refusal.message", "unseen"),
            ],
        );
    }

    #[test]
    fn the_date_and_the_request_id() {
        assert_facts(
            &answer("Date: Wed, 04 Mar 2026 10:11:12 GMT\nX-Request-ID: 101ac1f5-7e90-403d-8ca7-bada9fb6f199-1\n", ""),
            &[
                ("response.date", "1772619072"),
                ("response.request-id-from-server", "yes"),
                ("response.field-state.date", "present"),
            ],
        );
    }
}

//! What a response shows: status line, fields, body.

use super::challenge;
use super::refusal::{Refusal, status_span};
use super::request::by_name;
use super::response_body;
use crate::capture::json::Json;
use crate::capture::model::{Extent, Field, Response};
use crate::capture::when::Moment;
use crate::facts::response::{ResponseFacts, ResponseField, StatusFacts};
use crate::facts::{Facts, Observed, Presence};
use crate::text::Text;

/// Sets the facts of a response; gives the body where it is JSON. `refused` is the status that the caller states.
pub(super) fn read(
    facts: &mut Facts,
    response: Option<&Response>,
    request_fields: &[Field],
    refused: Option<u16>,
) -> Option<Json> {
    let Some(response) = response else {
        status_line(None, refused, None).put(facts);
        return None;
    };
    let body = response_body::ReadBody::of(&response.body);
    let is_success = response.status.is_some_and(|s| (200..300).contains(&s.code));
    let in_body = body.as_ref().and_then(|b| if is_success { b.status_inside() } else { b.status() });
    // A body of which all that is quoted is the reason phrase.
    let in_body = in_body.or_else(|| {
        let text = response.body.text().filter(|_| body.is_none() && !is_success)?;
        Some((response_body::status_named(text)?, text.clone()))
    });
    status_line(Some(response), refused, in_body).put(facts);
    fields(facts, response, request_fields);
    let mut refusal = Refusal::default();
    // The challenges first: their words are the gateway's own.
    challenge::read(facts, response, &mut refusal);
    response_body::read(&response.body, body.as_ref(), &mut refusal).put(facts);
    refusal.facts(response).put(facts);
    body.and_then(response_body::ReadBody::into_json)
}

/// The status: of the status line, unless the body of an answer of success is a refusal; or as the caller states it, or as
/// the body repeats it.
fn status_line(response: Option<&Response>, refused: Option<u16>, in_body: Option<(u16, Text)>) -> StatusFacts {
    let shown = response.and_then(|r| r.status);
    let line = shown.filter(|status| in_body.is_some() && (200..300).contains(&status.code));
    let status = match (shown, refused, in_body) {
        (Some(_), _, Some((code, text))) if line.is_some() => Observed::at(i64::from(code), text.span()),
        (Some(status), ..) => Observed::at(i64::from(status.code), status.span),
        (None, Some(code), _) => Observed::Known(i64::from(code), Vec::new()),
        (None, None, Some((code, text))) => Observed::at(i64::from(code), text.span()),
        (None, None, None) => Observed::Unseen,
    };
    let reason = response.and_then(|r| r.reason.as_ref());
    StatusFacts {
        reason: reason.map_or(Observed::Unseen, Observed::text),
        seen: match response {
            Some(response) => Observed::Known(true, status_span(response)),
            None => Observed::Known(refused.is_some(), Vec::new()),
        },
        status,
        status_line: line.map_or(Observed::Unseen, |status| Observed::at(i64::from(status.code), status.span)),
    }
}

fn fields(facts: &mut Facts, response: &Response, request_fields: &[Field]) {
    for (name, field) in by_name(&response.fields) {
        let state = if field.value.is_empty() { Presence::Blank } else { Presence::Present };
        ResponseField { value: Observed::text(&field.value), state: Observed::at(state, field.name.span()) }
            .put_member(facts, &name);
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

/// A UUID followed by a counter: `…-1`.
fn is_server_id(value: &str) -> bool {
    value.rsplit_once('-').is_some_and(|(uuid, counter)| {
        crate::shape::is_uuid(uuid) && !counter.is_empty() && counter.bytes().all(|b| b.is_ascii_digit())
    })
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
    fn a_body_that_is_a_reason_phrase_names_the_status() {
        for (body, status) in [
            (r#"{"message":"Unauthorized"}"#, "401"),
            (r#"{"error":"Forbidden."}"#, "403"),
            (r#"{"message":"Unauthorized to read it"}"#, "unseen"),
            (r#"{"role":"Forbidden", "message": "No"}"#, "unseen"),
        ] {
            assert_facts(&format!("Every call gives {body}"), &[("response.status", status)]);
        }
        assert_facts("HTTP/1.1 200 OK\n\nUnauthorized\n", &[("response.status", "200")]);
    }

    #[test]
    fn a_refusal_in_an_answer_of_success() {
        let answer =
            |body: &str| format!("GET /things HTTP/1.1\nHost: api.example.org\n\nHTTP/1.1 200 OK\nServer: x\n\n{body}");
        for (body, status) in [
            (r#"{"errors":[{"message":"No","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}"#, "401"),
            (r#"{"errors":[{"message":"No","extensions":{"http":{"status":403}}}],"data":{"order":null}}"#, "403"),
            (r#"{"code":401,"msg":"Sign in first","data":null}"#, "401"),
            (r#"{"jsonrpc":"2.0","id":1,"error":{"code":401,"message":"No"}}"#, "401"),
            (
                "<s:Envelope xmlns:s=\"x\"><s:Body><s:Fault><faultcode>wsse:FailedAuthentication</faultcode><faultstring>No</faultstring></s:Fault></s:Body></s:Envelope>",
                "401",
            ),
            (r#"{"code":401,"message":"a room","data":{"floor":4}}"#, "200"),
            (r#"{"rooms":[{"code":401,"name":"a room"}]}"#, "200"),
            (r#"{"errors":[{"message":"No such order","extensions":{"code":"NOT_FOUND"}}]}"#, "200"),
        ] {
            let line = if status == "200" { "unseen" } else { "200" };
            assert_facts(&answer(body), &[("response.status", status), ("response.status-line", line)]);
        }
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

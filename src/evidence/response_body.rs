//! The body of a response: the error objects that servers answer with, in JSON, XML and HTML, and their words.
//!
//! A body that is not understood says nothing: it neither proves nor rules out anything.

use super::refusal::{Refusal, push};
use crate::capture::body::document;
use crate::capture::json::Json;
use crate::capture::markup::{self, Markup};
use crate::capture::model::Body;
use crate::capture::words::is_said_empty;
use crate::facts::response::ResponseBodyFacts;
use crate::facts::{ListItem, Observed, ResponseBodyKind};
use crate::text::{Span, Text};

/// How deep an error object may be nested in others.
const DEPTH: usize = 8;
/// How many values of a body are looked at.
const VALUES: usize = 2000;
/// How many messages a body may give.
const MESSAGES: usize = 24;
/// Longer texts of a page are not a message.
const LONGEST: usize = 400;

/// Names of members that hold words, without case, blanks, `_` and `-`. The most specific first.
const WORDS: &[&str] = &[
    "errordescription",
    "errordetail",
    "errordetails",
    "diagnostics",
    "faultstring",
    "developermessage",
    "errormessage",
    "errormsg",
    "detail",
    "details",
    "message",
    "messages",
    "msg",
    "localizedmessage",
    "usermessage",
    "description",
    "reason",
    "text",
    "hint",
    "cause",
    "exception",
    "exceptionmessage",
    "stringtosign",
    // JSON-RPC says the reason there.
    "data",
    "display",
    "error",
    "errors",
    "err",
    "title",
    "#text",
];
/// Names of members that hold codes.
const CODES: &[&str] = &[
    "code",
    "errorcode",
    "errcode",
    "type",
    "errortype",
    "error",
    "reason",
    "status",
    "name",
    "faultcode",
    "subcode",
    "value",
    "errorid",
];
/// Names of members that hold the status. `code` counts only as a number.
const STATUSES: &[&str] =
    &["status", "statuscode", "httpstatus", "httpstatuscode", "httpcode", "responsecode", "code", "errorcode"];

/// A body that was read.
pub(super) enum ReadBody {
    Json(Json),
    Markup(Markup),
}

impl ReadBody {
    /// Reads a body of a known form, also where words come before it.
    pub(super) fn of(body: &Body) -> Option<Self> {
        let text = body.text()?;
        let value = text.as_str();
        if let Some(json) = document(text) {
            return Some(Self::Json(in_string(&json).unwrap_or(json)));
        }
        let start =
            value.len() - value.trim_start_matches(|c: char| c.is_whitespace() || "\"'`“”‘’b".contains(c)).len();
        if value[start..].starts_with('<') {
            return markup::parse(&text.slice(start..value.len())).map(Self::Markup);
        }
        // `401 Unauthorized: {"error": …}`
        let at = value.find('{')?;
        let is_line = !value[..at].trim_end().contains('\n') && at < LONGEST;
        is_line.then(|| document(&text.slice(at..value.len())).map(Self::Json)).flatten()
    }

    /// The document, if it is JSON.
    pub(super) fn into_json(self) -> Option<Json> {
        match self {
            Self::Json(json) => Some(json),
            Self::Markup(_) => None,
        }
    }

    const fn json(&self) -> &Json {
        match self {
            Self::Json(json) => json,
            Self::Markup(markup) => &markup.json,
        }
    }

    /// The status of a refusal that an answer of success has inside: the errors of GraphQL, an error object in place of
    /// data, a SOAP fault.
    pub(super) fn status_inside(&self) -> Option<(u16, Text)> {
        let json = self.json();
        let in_all = |part: &Json| {
            let mut found = None;
            each_object(part, &mut |object| {
                if found.is_none() {
                    found = status_of_code(object);
                }
            });
            found
        };
        if let Self::Markup(markup) = self {
            let fault = if markup.is_page() { None } else { find(json, &|part| part.get("faultcode").is_some()) };
            return in_all(fault.or_else(|| find(json, &|part| part.get("fault").is_some()))?);
        }
        if let Some(errors) = json.get("errors").filter(|errors| !errors.elements().is_empty()) {
            return in_all(errors);
        }
        let has_data = ["data", "result"]
            .iter()
            .filter_map(|name| json.get(name))
            .any(|data| !data.members().is_empty() || !data.elements().is_empty());
        let says_why = |part: &Json| {
            let is_words =
                |name: &str| ["message", "msg", "error", "errormessage", "errormsg", "detail"].contains(&name);
            part.members().iter().any(|(name, _)| is_words(&plain(name.as_str())))
        };
        let parts = [Some(json), json.get("error"), json.get("meta"), json.get("status")];
        let mut parts = parts.into_iter().flatten().filter(|part| says_why(part));
        if has_data { None } else { parts.find_map(status_of_code) }
    }

    /// The status of a refusal, where an error object repeats it.
    pub(super) fn status(&self) -> Option<(u16, Text)> {
        let mut found = None;
        each_object(self.json(), &mut |object| {
            for (name, value) in object.members() {
                let Some(text) = value.as_text() else { continue };
                if found.is_some() || !STATUSES.contains(&plain(name.as_str()).as_str()) {
                    continue;
                }
                let digits = text.as_str().trim();
                let is_code = digits.len() == 3 && digits.starts_with(['4', '5']);
                if let Some(code) = digits.parse().ok().filter(|_| is_code) {
                    found = Some((code, text.clone()));
                }
            }
        });
        found.or_else(|| {
            let is_word =
                |name: &str| ["message", "msg", "error", "title", "reason", "detail"].contains(&plain(name).as_str());
            let text = |(name, value): &(Text, Json)| value.as_text().filter(|_| is_word(name.as_str())).cloned();
            self.json().members().iter().filter_map(text).find_map(|text| Some((status_named(&text)?, text)))
        })
    }
}

/// The status of which a text is the reason phrase, and nothing more (RFC 9110, section 15.5).
pub(super) fn status_named(text: &Text) -> Option<u16> {
    let phrase = text.as_str().trim().trim_end_matches(['.', '!']);
    [("unauthorized", 401), ("forbidden", 403)]
        .into_iter()
        .find(|(name, _)| phrase.eq_ignore_ascii_case(name))
        .map(|(_, code)| code)
}

/// The status of the first code in an error object that is one of the caller's credentials.
fn status_of_code(object: &Json) -> Option<(u16, Text)> {
    /// What error codes say that are words: of GraphQL servers, of WS-Security (SOAP Message Security 1.1, section 12).
    const MEANINGS: [(&str, u16); 10] = [
        ("unauthenticated", 401),
        ("unauthorized", 401),
        ("unauthorised", 401),
        ("notauthenticated", 401),
        ("failedauthentication", 401),
        ("failedcheck", 401),
        ("invalidsecurity", 401),
        ("securitytokenunavailable", 401),
        ("forbidden", 403),
        ("accessdenied", 403),
    ];
    object.members().iter().find_map(|(name, value)| {
        let (name, text) = (plain(name.as_str()), value.as_text()?);
        let value = text.as_str().trim();
        let is_number = STATUSES.contains(&name.as_str()) && matches!(value, "401" | "403" | "407");
        if is_number {
            return Some((value.parse().ok()?, text.clone()));
        }
        let word = plain(value.rsplit(':').next().unwrap_or_default());
        let meaning = MEANINGS.iter().find(|(meaning, _)| word.ends_with(meaning) || word.starts_with(meaning))?;
        (CODES.contains(&name.as_str()) && !value.contains(' ')).then(|| (meaning.1, text.clone()))
    })
}

/// The error object in a string of another: an exception's message, the body in a log record.
fn in_string(json: &Json) -> Option<Json> {
    const HOLDERS: [&str; 6] = ["message", "body", "error", "detail", "responsebody", "response"];
    let holds = |(name, value): &(Text, Json)| {
        let text = value.as_text().filter(|_| HOLDERS.contains(&plain(name.as_str()).as_str()))?;
        let at = text.as_str().find('{')?;
        // Words such as `{id}` are not an object.
        document(&text.slice(at..text.len())).filter(|inner| inner.is_object() && !inner.members().is_empty())
    };
    json.members().iter().find_map(holds)
}

/// The facts of a body. What a body that is understood does not have is absent.
pub(super) fn read(body: &Body, answer: Option<&ReadBody>, refusal: &mut Refusal) -> ResponseBodyFacts {
    let empty = |at: Span| ResponseBodyFacts {
        kind: Observed::at(ResponseBodyKind::Empty, at),
        ..ResponseBodyFacts::absent(&[at])
    };
    let text = match body {
        Body::Unseen | Body::Form(_) => return ResponseBodyFacts::unseen(),
        Body::Empty(span) => return empty(*span),
        Body::ErrorMembers(members) => return error_members(members, refusal),
        Body::Text(text) if is_said_empty(text.as_str()) => return empty(text.span()),
        Body::Text(text) => text,
    };
    let absent = ResponseBodyFacts::absent(&[text.span()]);
    match answer {
        Some(ReadBody::Json(json)) => object(json, text.span(), absent, ResponseBodyKind::Json, refusal),
        Some(ReadBody::Markup(page)) if page.is_page() => {
            self::page(page, refusal);
            ResponseBodyFacts { kind: Observed::at(ResponseBodyKind::Html, text.span()), ..absent }
        }
        Some(ReadBody::Markup(xml)) => {
            let kind = if xml.root == "operationoutcome" {
                return outcome(&xml.json, text.span(), absent, refusal);
            } else {
                ResponseBodyKind::Xml
            };
            object(&xml.json, text.span(), absent, kind, refusal)
        }
        None if text.as_str().trim_start().starts_with(['<', '{', '[']) => {
            refusal.leave_unread();
            let is_markup = text.as_str().trim_start().starts_with('<');
            let kind = if is_markup { ResponseBodyKind::Html } else { ResponseBodyKind::Text };
            ResponseBodyFacts { kind: Observed::at(kind, text.span()), ..ResponseBodyFacts::unseen() }
        }
        None => {
            refusal.message(&text.trim());
            ResponseBodyFacts { kind: Observed::at(ResponseBodyKind::Text, text.span()), ..absent }
        }
    }
}

/// The facts of a body of which members are quoted. The name of the first says which kind of document it is from; what the
/// others hold is not known.
fn error_members(members: &[(&'static str, Text)], refusal: &mut Refusal) -> ResponseBodyFacts {
    let mut facts = ResponseBodyFacts::unseen();
    for (name, value) in members {
        if matches!(*name, "error" | "errorcode") {
            refusal.code(value);
        }
        if *name != "errorcode" {
            refusal.message(value);
        }
        let text = Observed::text(value);
        let kind = match *name {
            "diagnostics" => {
                let mut diagnostics = Vec::new();
                push(&mut diagnostics, value.as_str().to_owned(), value.span());
                facts.diagnostics = Observed::list(diagnostics);
                ResponseBodyKind::OperationOutcome
            }
            "faultstring" => {
                facts.fault_string = text;
                ResponseBodyKind::Fault
            }
            "errorcode" => {
                facts.fault_code = text;
                ResponseBodyKind::Fault
            }
            "error" => {
                facts.error = text;
                ResponseBodyKind::OauthError
            }
            _ => {
                facts.error_description = text;
                ResponseBodyKind::OauthError
            }
        };
        if matches!(facts.kind, Observed::Unseen) {
            facts.kind = Observed::at(kind, value.span());
        }
    }
    facts
}

/// The words of a page: its title and its headings first.
fn page(page: &Markup, refusal: &mut Refusal) {
    let is_head = |name: &str| matches!(name, "title" | "h1" | "h2" | "h3" | "pre");
    let mut count = 0;
    for heads in [true, false] {
        for (_, words) in page.words.iter().filter(|(name, _)| is_head(name) == heads) {
            // A stack trace after a message is not part of it.
            let first = words.as_str().lines().next().unwrap_or_default().trim_end().len();
            let words = words.slice(0..first);
            if count < MESSAGES && words.len() <= LONGEST && !words.as_str().starts_with("at ") {
                refusal.message(&words);
                count += 1;
            }
        }
    }
    if count == 0 {
        refusal.leave_unread();
    }
}

/// The facts of an object at `at`; `absent` is a body that has none of the members.
fn object(
    json: &Json,
    at: Span,
    absent: ResponseBodyFacts,
    kind: ResponseBodyKind,
    refusal: &mut Refusal,
) -> ResponseBodyFacts {
    if let Some(json) = find(json, &is_outcome) {
        return outcome(json, at, absent, refusal);
    }
    let faults = |json: &Json| json.get("fault").is_some_and(Json::is_object);
    if let Some(fault) = find(json, &faults).and_then(|json| json.get("fault")) {
        let message = fault.get("faultstring").and_then(Json::as_text);
        let code = fault.path(&["detail", "errorcode"]).or_else(|| fault.get("faultcode")).and_then(Json::as_text);
        message.into_iter().for_each(|m| refusal.message(m));
        code.into_iter().for_each(|c| refusal.code(c));
        words(fault, refusal);
        return ResponseBodyFacts {
            kind: Observed::at(ResponseBodyKind::Fault, at),
            fault_code: code.map_or(absent.fault_code, Observed::text),
            fault_string: message.map_or(absent.fault_string, Observed::text),
            ..absent
        };
    }
    let text = |json: &Json, name: &str| json.get(name).and_then(Json::as_text).cloned();
    let has_error = |json: &Json| json.get("error").is_some_and(|e| matches!(e, Json::String(_)));
    if let Some((json, error)) = find(json, &has_error).and_then(|json| Some((json, text(json, "error")?))) {
        let description = text(json, "error_description").or_else(|| text(json, "message"));
        refusal.code(&error);
        refusal.message(description.as_ref().unwrap_or(&error));
        words(json, refusal);
        return ResponseBodyFacts {
            kind: Observed::at(ResponseBodyKind::OauthError, at),
            error_description: description.as_ref().map_or(absent.error_description, Observed::text),
            error: Observed::text(&error),
            ..absent
        };
    }
    words(json, refusal);
    if refusal.is_empty() {
        refusal.leave_unread();
    }
    ResponseBodyFacts { kind: Observed::at(kind, at), ..absent }
}

fn is_outcome(json: &Json) -> bool {
    let is_named = json.get("resourceType").and_then(Json::as_text).is_some_and(|t| t.as_str() == "OperationOutcome");
    let has_issues = |issues: &Json| {
        let first = issues.elements().first().unwrap_or(issues);
        first.get("severity").is_some() || first.get("diagnostics").is_some() || first.get("details").is_some()
    };
    is_named || json.get("issue").is_some_and(has_issues)
}

/// The first object, outermost first, that is of a kind.
fn find<'j>(json: &'j Json, is_it: &dyn Fn(&Json) -> bool) -> Option<&'j Json> {
    let mut level = vec![json];
    let mut left = VALUES;
    for _ in 0..DEPTH {
        if let Some(found) = level.iter().find(|json| is_it(json)) {
            return Some(found);
        }
        let below = level.iter().flat_map(|json| json.elements().iter().chain(json.members().iter().map(|(_, v)| v)));
        level = below.filter(|json| json.is_object() || !json.elements().is_empty()).take(left).collect();
        left = left.saturating_sub(level.len());
        if level.is_empty() {
            break;
        }
    }
    None
}

/// Visits every object, outermost first.
fn each_object<'j>(json: &'j Json, visit: &mut dyn FnMut(&'j Json)) {
    let mut level = vec![json];
    let mut left = VALUES;
    for _ in 0..DEPTH {
        level.iter().filter(|json| json.is_object()).for_each(|json| visit(json));
        let below = level.iter().flat_map(|json| json.elements().iter().chain(json.members().iter().map(|(_, v)| v)));
        level = below.filter(|json| json.is_object() || !json.elements().is_empty()).take(left).collect();
        left = left.saturating_sub(level.len());
    }
}

/// A member's name without case and without what separates its words.
fn plain(name: &str) -> String {
    let name = name.strip_prefix('@').unwrap_or(name);
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Collects the words and codes of an error object and of the objects in it.
fn words(json: &Json, refusal: &mut Refusal) {
    let mut found: Vec<(usize, Text)> = Vec::new();
    let mut codes: Vec<Text> = Vec::new();
    if let Json::Array(elements, _) = json {
        found.extend(elements.iter().filter_map(Json::as_text).map(|text| (0, text.clone())));
    }
    each_object(json, &mut |object| {
        for (name, value) in object.members() {
            let name = plain(name.as_str());
            let place = WORDS.iter().position(|known| *known == name);
            let texts = value.as_text().into_iter().chain(value.elements().iter().filter_map(Json::as_text));
            for text in texts {
                let s = text.as_str().trim();
                let is_sentence = s.contains(char::is_whitespace);
                if let Some(place) = place.filter(|_| s.bytes().any(|b| b.is_ascii_alphabetic()) || !s.is_ascii())
                    && (is_sentence || !s.contains("://"))
                {
                    found.push((place, text.clone()));
                }
                if !is_sentence
                    && CODES.contains(&name.as_str())
                    && s.bytes().any(|b| b.is_ascii_alphabetic())
                    && !s.contains('/')
                {
                    codes.push(text.clone());
                }
            }
        }
    });
    // Of several levels the outermost was found first; the sort is stable.
    found.sort_by_key(|(place, _)| *place);
    for (_, text) in found.into_iter().take(MESSAGES) {
        if text.len() <= LONGEST || !refusal.has_message() {
            refusal.message(&text);
        }
    }
    codes.iter().take(MESSAGES).for_each(|code| refusal.code(code));
}

fn outcome(json: &Json, at: Span, absent: ResponseBodyFacts, refusal: &mut Refusal) -> ResponseBodyFacts {
    let (mut issue_codes, mut codes, mut displays, mut systems, mut diagnostics) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let add = |items: &mut Vec<ListItem>, value: Option<&Json>| {
        if let Some(text) = value.and_then(Json::as_text) {
            push(items, text.as_str().trim().to_owned(), text.span());
        }
    };
    for issue in json.get("issue").into_iter().flat_map(each) {
        add(&mut issue_codes, issue.get("code"));
        add(&mut diagnostics, issue.get("diagnostics"));
        if let Some(text) = issue.get("diagnostics").and_then(Json::as_text) {
            refusal.message(text);
        }
        if let Some(text) = issue.path(&["details", "text"]).and_then(Json::as_text) {
            refusal.message(text);
        }
        for coding in issue.path(&["details", "coding"]).into_iter().flat_map(each) {
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
    if !refusal.has_message() {
        narrative(json, refusal);
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

/// An array's elements, or the value itself: XML does not distinguish a list of one.
fn each(json: &Json) -> impl Iterator<Item = &Json> {
    let elements = json.elements();
    let single = if elements.is_empty() { Some(json) } else { None };
    elements.iter().chain(single)
}

/// The words of the narrative, for readers of the outcome: XHTML, in JSON as a string.
fn narrative(json: &Json, refusal: &mut Refusal) {
    let Some(div) = json.path(&["text", "div"]) else { return };
    let page = div.as_text().and_then(markup::parse);
    for (_, words) in page.iter().flat_map(|page| &page.words).take(MESSAGES) {
        refusal.message(words);
    }
    if page.is_none() {
        let mut texts: Vec<Text> = div.as_text().cloned().into_iter().collect();
        each_object(div, &mut |object| {
            let values = object.members().iter().flat_map(|(_, value)| each(value));
            texts.extend(values.filter_map(Json::as_text).filter(|t| !t.as_str().contains("://")).cloned());
        });
        texts.iter().take(MESSAGES).for_each(|text| refusal.message(text));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    fn answer(status: &str, body: &str) -> String {
        format!("GET /things HTTP/1.1\nHost: api.example.org\n\nHTTP/1.1 {status}\n\n{body}")
    }

    #[test]
    fn error_objects_of_many_kinds_have_words() {
        for (body, message, code) in [
            ("{\"msg\":\"Signature verification failed\"}", "Signature verification failed", "absent"),
            ("{\"errorCode\":\"\",\"errorDescription\":\"No such box\"}", "No such box", "absent"),
            ("{\"error\":{\"code\":\"InvalidToken\",\"message\":\"Too old\"}}", "Too old", "InvalidToken"),
            (
                "{\"data\":{\"error\":\"invalid_grant\",\"error_description\":\"Unknown code\"}}",
                "Unknown code, invalid_grant",
                "invalid_grant",
            ),
            (
                "{\"errors\":[{\"message\":\"Not signed in\",\"extensions\":{\"code\":\"UNAUTHENTICATED\"}}]}",
                "Not signed in",
                "UNAUTHENTICATED",
            ),
            (
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"detail\":\"No token\",\"status\":401}",
                "No token, Unauthorized",
                "about:blank, Unauthorized",
            ),
            (
                "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                "Request has expired",
                "AccessDenied",
            ),
            (
                "<problem xmlns=\"urn:ietf:rfc:7807\"><title>No key</title><status>401</status></problem>",
                "No key",
                "absent",
            ),
            (
                "<html><head><title>401 No</title></head><body><h1>401 No</h1><b>Sign in first.</b></body></html>",
                "401 No, Sign in first.",
                "absent",
            ),
        ] {
            let code = code.replace("about:blank, Unauthorized", "about:blank");
            assert_facts(&answer("401 Unauthorized", body), &[("refusal.message", message), ("refusal.code", &code)]);
        }
    }

    #[test]
    fn soap_faults_are_faults() {
        assert_facts(
            &answer(
                "500 Internal Server Error",
                "<s:Envelope xmlns:s=\"x\"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Not \
                 authorised</faultstring></s:Fault></s:Body></s:Envelope>",
            ),
            &[
                ("response.body", "fault"),
                ("response.fault-string", "Not authorised"),
                ("response.fault-code", "s:Client"),
            ],
        );
    }

    #[test]
    fn outcomes_in_xml() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OperationOutcome xmlns=\"http://hl7.org/fhir\">\n  \
                   <issue>\n    <severity value=\"error\"/>\n    <code value=\"security\"/>\n    <details><coding><system \
                   value=\"https://codes.example/x\"/><code value=\"NO_KEY\"/><display value=\"No key\"/></coding></details>\n    \
                   <diagnostics value=\"The key isn&apos;t known\"/>\n  </issue>\n</OperationOutcome>";
        assert_facts(
            &answer("401 Unauthorized", xml),
            &[
                ("response.body", "operation-outcome"),
                ("response.issue-code", "security"),
                ("response.detail-code", "NO_KEY"),
                ("response.diagnostics", "The key isn't known"),
                ("refusal.message", "The key isn't known, No key"),
            ],
        );
    }

    #[test]
    fn the_status_may_be_in_the_body_alone() {
        let told = "POST https://api.example.org/things\n\nResponse body:\n{\"statusCode\":401,\"message\":\"Invalid token\"}\n";
        assert_facts(told, &[("response.status", "401"), ("refusal.message", "Invalid token")]);
    }

    #[test]
    fn a_body_that_is_not_understood_says_nothing() {
        assert_facts(&answer("401 Unauthorized", "{\"ok\":false}"), &[("refusal.message", "unseen")]);
        assert_facts(&answer("401 Unauthorized", "<html></html>"), &[("refusal.message", "unseen")]);
    }
}

//! Any other JSON document that shows a request: an error object of an HTTP client, a line of a log, a recorded
//! interaction, the options of a call.
//!
//! Tools agree on words, not on shapes. So what counts here is the vocabulary of the names (without regard to case,
//! hyphens, underscores and blanks), anywhere in the document. A document that shows neither a request nor
//! the head of an answer (an error body, a token, a FHIR resource) gives nothing.

use crate::capture::json::content;
use crate::capture::json::heads::{SENT, is_answer_head, is_headers, is_one_of};
use crate::capture::json::members::{
    Members, body, composed_url, credentials, field_lines, fields, form, has_digit, status, withheld,
};
use crate::capture::json::{self, Json};
use crate::capture::model::{Body, DecodedJwt, Exchange, Extent, Field, Format, Print, Request, Response, Status};
use crate::text::{Text, TextBuilder};

/// Whether a document records an exchange, and is not the content of a message or a list of header fields.
pub(crate) fn is_record(json: &Json) -> bool {
    content::of(json).is_none() && !is_headers(json) && exchanges(json).is_some()
}

/// The exchanges that a document shows. `None` when it shows no request and no head of an answer.
pub(crate) fn exchanges(json: &Json) -> Option<Vec<Exchange>> {
    let mut found = Vec::new();
    walk(json, 0, &mut found);
    if found.is_empty() && is_headers(json) {
        found.push(from_headers(json));
    }
    (!found.is_empty()).then_some(found)
}

/// How many layers of JSON in strings are opened.
const LAYERS: usize = 4;

fn walk(json: &Json, layer: usize, found: &mut Vec<Exchange>) {
    match json {
        Json::Array(elements, _) => {
            let first = found.len();
            for element in elements {
                let before = found.len();
                walk(element, layer, found);
                join_answer(found, first, before);
            }
        }
        Json::Object(members, _) => {
            if content::of(json).is_some() {
                return;
            }
            let own = match read_object(json) {
                Some(exchange) if shows_a_head(&exchange) => {
                    found.extend(hops(json, exchange));
                    return;
                }
                own => own,
            };
            // What lies within may show more: a log names the operation outside and the request inside.
            let before = found.len();
            for (_, value) in members {
                walk(value, layer, found);
            }
            if let Some(own) = own
                && !found[before..].iter().any(shows_a_head)
            {
                found.truncate(before);
                found.push(own);
            }
        }
        Json::String(text) if layer < LAYERS => {
            let start = text.len() - text.as_str().trim_start().len();
            if let Some(parsed) = json::parse(text, start) {
                walk(&parsed.json, layer + 1, found);
            }
        }
        _ => {}
    }
}

/// The exchanges of a call that was redirected: the error of axios holds the options of the call and the last request
/// that was sent. The answer in between is not shown; what is known of it is where it pointed.
fn hops(json: &Json, exchange: Exchange) -> Vec<Exchange> {
    const LAST: [&[&str]; 3] = [
        &["request", "_redirectable", "_currentUrl"],
        &["request", "res", "responseUrl"],
        &["response", "request", "res", "responseUrl"],
    ];
    let last = LAST.iter().find_map(|path| json.path(path)).and_then(Json::as_text);
    let first = exchange.request.url.as_ref().map(Text::as_str);
    let is_redirect = |url: &Text| {
        let host = |url: &str| url.split('/').nth(2).map(str::to_ascii_lowercase);
        url.as_str().contains("://") && first.is_some_and(|f| f.contains("://") && host(f) != host(url.as_str()))
    };
    let sent = json.path(&["request", "_header"]).and_then(Json::as_text).and_then(message_request);
    let (Some(url), Some(mut sent)) = (last.filter(|url| is_redirect(url)), sent) else { return vec![exchange] };
    let options = ["config", "options"].iter().find_map(|name| json.get(name)).filter(|c| c.is_object());
    sent.url = Some(url.clone());
    let mut before = exchange.clone();
    if let Some(options) = options {
        before.request = read_request(&Members::of(options), options);
        before.request.extent = client_extent(&before.request.fields);
    }
    let location = Field { name: Text::implied("Location", url.span()), value: url.clone() };
    before.response = Some(Response { fields: vec![location], ..Response::default() });
    vec![before, Exchange { request: sent, ..exchange }]
}

fn shows_a_head(exchange: &Exchange) -> bool {
    !exchange.request.fields.is_empty() || exchange.response.as_ref().is_some_and(|r| !r.fields.is_empty())
}

/// A log writes the request and its answer as two records: the second one completes the first.
fn join_answer(found: &mut Vec<Exchange>, first: usize, before: usize) {
    if before <= first || found.len() != before + 1 {
        return;
    }
    let (request, answer) = (&found[before - 1], &found[before]);
    let shows_request = |e: &Exchange| e.request.method.is_some() || !e.request.fields.is_empty();
    if request.response.is_some() || !shows_request(request) || shows_request(answer) || answer.response.is_none() {
        return;
    }
    let url = |e: &Exchange| e.request.url.as_ref().map(|u| u.as_str().to_owned());
    if url(answer).is_some() && url(answer) != url(request) {
        return;
    }
    if let Some(answer) = found.pop()
        && let Some(request) = found.last_mut()
    {
        request.response = answer.response;
        request.at = request.at.to(answer.at);
    }
}

const REQUEST: &[&str] =
    &["request", "req", "httprequest", "requestmessage", "requestdetails", "requestinfo", "outgoing"];
const CONFIG: &[&str] = &["config", "requestconfig", "requestoptions", "options", "opts", "init"];
const RESPONSE: &[&str] =
    &["response", "res", "resp", "httpresponse", "responsemessage", "responsedetails", "answer", "reply"];
const METHOD: &[&str] = &["method", "httpmethod", "requestmethod", "httprequestmethod", "verb", "httpverb", "type"];
const URL: &[&str] = &[
    "url",
    "uri",
    "requesturi",
    "requesturl",
    "fullurl",
    "urlfull",
    "httpurl",
    "absoluteuri",
    "href",
    "originalurl",
    "endpoint",
    "requesttarget",
    "target",
];
const PATH: &[&str] = &["path", "requestpath", "urlpath", "httptarget", "rawpath"];
const HEADERS: &[&str] = &["headers", "rawheaders", "httpheaders", "headerfields", "multivalueheaders", "header"];
const REQUEST_HEADERS: &[&str] =
    &["requestheaders", "reqheaders", "rawrequestheaders", "httprequestheaders", "requestheader"];
/// What Node keeps of the fields that a program set, by lower-case name: `{ accept: [ 'Accept', '*/*' ] }`.
const OUT_HEADERS: &[&str] = &["symbol(koutheaders)", "symbol(outheaderskey)"];
const RESPONSE_HEADERS: &[&str] =
    &["responseheaders", "resheaders", "respheaders", "rawresponseheaders", "responseheader"];
const STATUS: &[&str] = &[
    "statuscode",
    "status",
    "httpstatus",
    "httpstatuscode",
    "responsestatus",
    "responsestatuscode",
    "responsecode",
    "httpresponsestatuscode",
    "resultcode",
];
const REASON: &[&str] = &["statustext", "reasonphrase", "reason", "statusmessage", "statusdescription"];
const FORM: &[&str] = &["form", "formdata", "formparams", "formparameters", "urlencoded"];
const REQUEST_BODY: &[&str] =
    &["requestbody", "reqbody", "postdata", "postbody", "requestpayload", "requestcontent", "requestdata"];
const BODY: &[&str] = &["body", "data", "payload", "json", "content", "rawbody", "text"];
const RESPONSE_BODY: &[&str] =
    &["responsebody", "resbody", "responsetext", "responsedata", "responsecontent", "responsepayload"];
const TIME: &[&str] = &[
    "sentat",
    "starteddatetime",
    "startedat",
    "requesttime",
    "requestedat",
    "timestamp",
    "t",
    "time",
    "datetime",
    "recordedat",
    "starttime",
    "createdat",
    "date",
];

/// The exchange that this very object records.
fn read_object(json: &Json) -> Option<Exchange> {
    let flat = Members::of(json);
    let request = flat.find(REQUEST);
    let config = flat.find(CONFIG).filter(|c| c.is_object());
    let response = flat.find(RESPONSE);
    let answer = response.filter(|r| r.is_object()).map(Members::of);

    // An answer of a client library leads back to its request.
    let within = |names| answer.as_ref().and_then(|a| a.find(names)).filter(|v| v.is_object());
    // A client keeps its own request and the one of its platform side by side.
    let beside = flat.find(&["req", "nodereq"]).filter(|r| r.is_object());
    let inner = within(&["req", "nodereq"]);
    let containers: Vec<&Json> =
        [config, request.filter(|r| r.is_object()), within(CONFIG), within(REQUEST), beside, inner]
            .into_iter()
            .flatten()
            .collect();
    let mut shown =
        containers.iter().map(|c| read_request(&Members::of(c), c)).reduce(Request::completed_by).unwrap_or_default();
    if let Some(raw) = request.and_then(Json::as_text).and_then(raw_message) {
        shown = shown.completed_by(raw.request());
    }
    let recorded = !containers.is_empty() && !is_blank(&shown);

    let own_headers = flat.find(HEADERS);
    let elsewhere = !shown.fields.is_empty() || flat.find(REQUEST_HEADERS).is_some();
    let unsent = |f: &[Field]| !f.iter().any(|f| is_one_of(SENT, f));
    let mut outer = read_request(&flat, json);
    // Fields beside a status and without a method are those of the answer, unless only a client sends them.
    let fetched = outer.method.is_none() && flat_status(&flat).is_some();
    let answered = own_headers.map(fields).is_some_and(|h| elsewhere || is_answer_head(&h) || (fetched && unsent(&h)));
    if answered && flat.find(REQUEST_HEADERS).is_none() {
        outer.fields.clear();
    }
    if answered || flat.find(REQUEST_BODY).is_none() && (recorded || answer.is_some()) && flat.find(FORM).is_none() {
        outer.body = flat.find(REQUEST_BODY).map_or(Body::Unseen, |b| body(b, &outer.fields));
    }
    let bodiless = |m: &Text| ["get", "head"].iter().any(|name| m.as_str().eq_ignore_ascii_case(name));
    let outer_sends_nothing = outer.method.as_ref().is_some_and(bodiless) && flat.find(REQUEST_BODY).is_none();
    if outer_sends_nothing && flat_status(&flat).is_some() {
        outer.body = Body::Unseen;
    }
    let mut shown = shown.completed_by(outer);

    let mut back = read_response(response, answer.as_ref());
    if back.status.is_none()
        && let Some((status, reason)) = flat_status(&flat)
    {
        back.status = Some(status);
        back.reason = back.reason.or(reason);
    }
    if back.fields.is_empty() {
        let headers = flat.find(RESPONSE_HEADERS).or(own_headers.filter(|_| answered));
        back.fields = headers.map(fields).unwrap_or_default();
        back.extent = answer_extent(&back.fields, headers);
    }
    if back.body.is_unseen() {
        // A GET sends no content: what is shown is what came back.
        let fetched = back.status.is_some() && outer_sends_nothing;
        let own = flat.find(BODY).filter(|_| answered || fetched || (recorded && answer.is_none()));
        back.body = flat.find(RESPONSE_BODY).or(own).map_or(Body::Unseen, |b| body(b, &back.fields));
    }
    if back.reason.is_none() && back.status.is_some() {
        back.reason = flat.text(REASON, |r| !r.is_empty());
    }

    let absolute = shown.url.as_ref().is_some_and(|u| u.as_str().contains("://"));
    let contained = recorded || request.is_some_and(|r| r.is_object());
    let request_shown = (shown.method.is_some() && shown.url.is_some())
        || !shown.fields.is_empty()
        || (absolute && (back.status.is_some() || contained));
    let is_error = back.status.is_some() && read_error(&flat, &mut shown, &mut back);
    let head_shown = back.status.is_some() && (answer.is_some() || !back.fields.is_empty() || is_error);
    if !request_shown && !head_shown {
        return None;
    }
    if shown.extent != Extent::Whole {
        shown.extent = client_extent(&shown.fields);
    }
    let cut = |names, view: &Members<'_>| view.find(names).is_some_and(|head| !is_whole(head));
    let views = containers.iter().map(|c| Members::of(c)).chain([Members::of(json)]);
    if views.into_iter().any(|view| cut(HEADERS, &view) || cut(REQUEST_HEADERS, &view)) {
        shown.extent = Extent::Part;
    }
    // Application Insights has the URL of a dependency as its data.
    if let Body::Text(text) = &back.body
        && text.as_str().contains("://")
        && !text.as_str().contains(char::is_whitespace)
        && shown.url.as_ref().is_none_or(|u| u.as_str().starts_with('/'))
    {
        shown.url = Some(text.clone());
        back.body = Body::Unseen;
    }
    let has_answer = back.status.is_some() || !back.fields.is_empty() || !back.body.is_unseen();
    let time = |view: &Members<'_>| view.text(TIME, |t| t.bytes().any(|b| b.is_ascii_digit()));
    Some(Exchange {
        format: Format::Json,
        request: shown,
        response: has_answer.then_some(back),
        sent_at: containers.iter().find_map(|c| time(&Members::of(c))).or_else(|| time(&flat)),
        expanded: Vec::new(),
        secrets: Vec::new(),
        decoded_jwt: DecodedJwt::default(),
        print: Print::default(),
        at: json.span(),
    })
}

/// The error object of a client as JSON: its name, its status, and a message that may name the URL and hold the body.
fn read_error(view: &Members<'_>, shown: &mut Request, back: &mut Response) -> bool {
    let is_named = view.text(&["name"], |name| name.ends_with("Error") || name.ends_with("Exception")).is_some();
    let Some(message) = view.find(&["message"]).and_then(Json::as_text).filter(|_| is_named) else { return false };
    let value = message.as_str();
    if shown.url.is_none()
        && let Some(at) = value.find("https://").or_else(|| value.find("http://"))
    {
        let len = value[at..].find(|c: char| c.is_whitespace() || "\"'<>,".contains(c)).unwrap_or(value.len() - at);
        shown.url = Some(message.slice(at..at + len));
    }
    if back.body.is_unseen()
        && let Some(at) = value.find(['{', '['])
    {
        back.body = Body::Text(message.slice(at..value.len()));
    }
    shown.url.is_some()
}

fn is_blank(request: &Request) -> bool {
    request.method.is_none() && request.url.is_none() && request.fields.is_empty() && request.body.is_unseen()
}

impl Request {
    /// Takes from another view of the same request what this one does not show.
    fn completed_by(self, other: Self) -> Self {
        let longer = other.fields.len() > self.fields.len();
        Self {
            method: self.method.or(other.method),
            url: self.url.or(other.url),
            fields: if longer { other.fields } else { self.fields },
            body: if self.body.is_unseen() { other.body } else { self.body },
            extent: if longer { other.extent } else { self.extent },
        }
    }
}

fn is_method(word: &str) -> bool {
    (3..=10).contains(&word.len())
        && ["get", "head", "post", "put", "delete", "connect", "options", "trace", "patch"]
            .iter()
            .any(|method| method.eq_ignore_ascii_case(word))
}

fn is_url(word: &str) -> bool {
    !word.contains(char::is_whitespace) && (word.contains('/') || word.contains("{{"))
}

fn read_request(view: &Members<'_>, json: &Json) -> Request {
    // .NET: `"Method": {"Method": "GET"}`
    let inner = || Members::of(view.find(METHOD)?).text(METHOD, is_method);
    let mut request = Request { method: view.text(METHOD, is_method).or_else(inner), ..Request::default() };
    let base = view.text(&["baseurl", "prefixurl", "baseuri"], is_url);
    let relative = |word: &str| base.is_some() && !word.contains(char::is_whitespace);
    request.url =
        view.text(URL, |word| is_url(word) || relative(word)).or_else(|| view.find(URL).and_then(composed_url));
    if request.method.is_none()
        && let Some(line) = view.text(&["name", "operationname", "requestline", "route"], |l| request_line(l).is_some())
        && let Some((method, target)) = request_line(line.as_str())
    {
        request.method = Some(line.slice(method));
        request.url = request.url.or_else(|| Some(line.slice(target)));
    }
    for names in [REQUEST_HEADERS, HEADERS, OUT_HEADERS] {
        let Some(headers) = view.find(names).filter(|_| request.fields.is_empty()) else { continue };
        // What Node keeps as `_header` is the head as it was sent.
        if let Some(raw) = headers.as_text().and_then(raw_message).map(RawMessage::request) {
            request.method = request.method.or(raw.method);
            request.url = request.url.or(raw.url);
            (request.fields, request.extent) = (raw.fields, raw.extent);
        } else {
            request.fields = fields(headers);
        }
    }
    if request.url.is_none() && (request.method.is_some() || !request.fields.is_empty()) {
        let path = view.text(PATH, |p| p.starts_with('/'));
        // Node: `{ hostname: 'a.example', path: '/x' }`
        let host = path.is_some() && view.find(&["hostname", "host"]).and_then(Json::as_text).is_some();
        request.url = if host { composed_url(json) } else { path };
    }
    if let (Some(url), Some(base)) = (&request.url, &base)
        && !url.as_str().contains("://")
    {
        request.url = Some(join(base, url));
    }
    if let Some(auth) = view.find(&["auth", "authentication"])
        && !request.fields.iter().any(|f| f.is("authorization"))
        && let Some(field) = credentials(auth)
    {
        request.fields.push(field);
    }
    request.body = match view.find(FORM).map(form) {
        Some(form @ Body::Form(_)) => form,
        _ => view.find(REQUEST_BODY).or_else(|| view.find(BODY)).map_or(Body::Unseen, |b| body(b, &request.fields)),
    };
    request
}

/// The method and the target of `GET /path`, perhaps with a version after it.
fn request_line(line: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let method = line.split(' ').next().filter(|m| is_method(m))?;
    let start = method.len() + line[method.len()..].len() - line[method.len()..].trim_start_matches(' ').len();
    let target = line[start..].split(char::is_whitespace).next().filter(|t| is_url(t))?;
    Some((0..method.len(), start..start + target.len()))
}

fn join(base: &Text, url: &Text) -> Text {
    let mut out = TextBuilder::new(base.span());
    let stem = base.as_str().trim_end_matches('/').len();
    out.copy(base, 0..stem);
    if !url.as_str().starts_with(['/', '?']) {
        out.replace(url, 0..0, "/");
    }
    out.copy(url, 0..url.len());
    out.finish()
}

fn read_response(response: Option<&Json>, view: Option<&Members<'_>>) -> Response {
    let Some(json) = response else { return Response::default() };
    let Some(view) = view else {
        if let Some((status, reason)) = status(json) {
            return Response { status: Some(status), reason, ..Response::default() };
        }
        if let Some(raw) = json.as_text().and_then(raw_message) {
            return raw.response();
        }
        return Response { body: body(json, &[]), ..Response::default() };
    };
    let headers = view.find(HEADERS).or_else(|| view.find(RESPONSE_HEADERS));
    let fields = headers.map(fields).unwrap_or_default();
    let mut found = Response { extent: answer_extent(&fields, headers), fields, ..Response::default() };
    if let Some((status, reason)) = flat_status(view).or_else(|| view.find(&["code"]).and_then(status)) {
        found.status = Some(status);
        found.reason = reason;
    }
    found.reason = found.reason.or_else(|| view.text(REASON, |r| !r.is_empty()));
    let content = view.find(BODY).or_else(|| view.find(RESPONSE_BODY));
    found.body = content.map_or(Body::Unseen, |b| body(b, &found.fields));
    // An answer without any word of HTTP in it is the content itself.
    let known = [HEADERS, RESPONSE_HEADERS, STATUS, BODY, RESPONSE_BODY, CONFIG, REQUEST];
    let is_content = content::of(json).is_some() || !known.iter().any(|names| view.find(names).is_some());
    if is_content && !json.members().is_empty() {
        return Response { body: body(json, &[]), ..Response::default() };
    }
    found
}

fn coded_if(view: &Members<'_>, condition: bool) -> Option<(Status, Option<Text>)> {
    view.find(&["code"]).filter(|c| condition && has_digit(c)).and_then(status)
}

fn flat_status(view: &Members<'_>) -> Option<(Status, Option<Text>)> {
    let named = |name: &&str| view.find(&[*name]).and_then(status);
    // Newman writes `"status": "Unauthorized", "code": 401`: the number counts.
    let numbered = STATUS.iter().filter_map(|n| named(n).filter(|_| view.find(&[*n]).is_some_and(has_digit))).next();
    let coded = || view.find(&["code"]).filter(|c| matches!(c, Json::Number(_))).and_then(status);
    // OkHttp prints `Response{protocol=h2, code=401, message=Unauthorized, url=…}`.
    let is_printed = view.has("protocol") && view.has("code") && view.has("url");
    if let Some((code, _)) = coded_if(view, is_printed) {
        return Some((code, view.text(&["message"], |m| !m.is_empty())));
    }
    let worded = || STATUS.iter().find_map(named);
    numbered.or_else(|| worded().map(|w| coded().map_or(w.clone(), |(code, _)| (code, w.1)))).or_else(|| {
        // `"status": {"code": 401, "message": "Unauthorized"}`
        let inner = Members::of(view.find(&["status"])?);
        let (code, reason) = inner.find(&["code", "statuscode"]).and_then(status)?;
        Some((code, reason.or_else(|| inner.text(&["message", "text", "reason"], |r| !r.is_empty()))))
    })
}

/// A raw HTTP message in a string.
struct RawMessage {
    start: Text,
    head: Vec<Field>,
    body: Body,
    whole: bool,
}

impl RawMessage {
    fn request(self) -> Request {
        let line = request_line(self.start.as_str());
        let part = |range| self.start.slice(range);
        let (method, url) = line.map_or((None, None), |(method, target)| (Some(part(method)), Some(part(target))));
        Request { method, url, fields: self.head, body: self.body, extent: extent_of(self.whole) }
    }

    fn response(self) -> Response {
        let status = status(&Json::String(self.start));
        let (status, reason) = status.map_or((None, None), |(status, reason)| (Some(status), reason));
        Response { status, reason, fields: self.head, body: self.body, extent: extent_of(self.whole) }
    }
}

/// The request of a raw message, as a tool keeps it.
pub(super) fn message_request(text: &Text) -> Option<Request> {
    raw_message(text).map(RawMessage::request).filter(|r| r.method.is_some())
}

/// The response of a raw message.
pub(super) fn message_response(text: &Text) -> Option<Response> {
    raw_message(text).map(RawMessage::response).filter(|r| r.status.is_some())
}

const fn extent_of(whole: bool) -> Extent {
    if whole { Extent::Whole } else { Extent::Part }
}

fn raw_message(text: &Text) -> Option<RawMessage> {
    let s = text.as_str();
    let end = s.find(['\r', '\n']).unwrap_or(s.len());
    let line = &s[..end];
    let request = request_line(line).is_some() && line.contains(" HTTP/");
    if !request && !line.starts_with("HTTP/") {
        return None;
    }
    let blank = s.find("\r\n\r\n").map(|at| (at, at + 4)).or_else(|| s.find("\n\n").map(|at| (at, at + 2)));
    let (head_end, body_start) = blank.unwrap_or((s.len(), s.len()));
    let head = if end < head_end { field_lines(&text.slice(end..head_end)) } else { Vec::new() };
    let body = if body_start < s.len() { Body::Text(text.slice(body_start..s.len())) } else { Body::Unseen };
    Some(RawMessage { start: text.slice(0..end), head, body, whole: blank.is_some() })
}

fn from_headers(json: &Json) -> Exchange {
    let fields = fields(json);
    let (mut request, mut response) = (Request::default(), None);
    if is_answer_head(&fields) {
        response = Some(Response { fields, ..Response::default() });
    } else {
        request.fields = fields;
    }
    Exchange {
        format: Format::Json,
        request,
        response,
        sent_at: None,
        expanded: Vec::new(),
        secrets: Vec::new(),
        decoded_jwt: DecodedJwt::default(),
        print: Print::default(),
        at: json.span(),
    }
}

fn is_whole(json: &Json) -> bool {
    match json {
        Json::Array(_, source) | Json::Object(_, source) => source.is_whole(),
        _ => true,
    }
}

/// How much of a request's head a client library shows: what it adds itself proves that the rest was added too.
fn client_extent(fields: &[Field]) -> Extent {
    let added = ["host", "user-agent", "accept-encoding"];
    if fields.iter().any(|f| is_one_of(&added, f)) {
        return withheld(&["host", "content-length", "connection"]);
    }
    Extent::Part
}

fn answer_extent(fields: &[Field], headers: Option<&Json>) -> Extent {
    extent_of(fields.iter().any(|f| f.is("date")) && headers.is_some_and(is_whole))
}

#[cfg(test)]
mod tests;

//! HTTP Archives (HAR 1.2), as browsers and proxies export them.
//!
//! Any field may be missing, null, of another type or cut off. What a browser leaves out of its export on purpose
//! (credentials and cookies) is *withheld*, never absent.

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::capture::json::Json;
use crate::capture::json::members::{self, fields, pseudo};
use crate::capture::model::{Body, DecodedJwt, Exchange, Extent, Field, Format, Print, Request, Response};
use crate::text::{Text, TextBuilder};

/// Programs whose export leaves credentials out unless the user asks for them.
const BROWSERS: &[&str] =
    &["webinspector", "chrome", "chromium", "firefox", "safari", "webkit", "edge", "opera", "brave", "vivaldi"];

/// Whether this is an HTTP Archive, or a part of one.
pub(crate) fn is_har(json: &Json) -> bool {
    entries(json).is_some()
}

/// The exchanges of an HTTP Archive, of its bare `entries`, or of a single entry.
pub(crate) fn exchanges(json: &Json) -> Option<Vec<Exchange>> {
    let entries = entries(json)?;
    let (sent, returned) = extents(json, &entries);
    let exchanges: Vec<Exchange> = entries.into_iter().filter_map(|entry| exchange(entry, &sent, &returned)).collect();
    // A browser asks for the icon of a page by itself, without credentials: no program sent that.
    let is_icon = |e: &Exchange| e.request.url.as_ref().is_some_and(|u| u.as_str().ends_with("/favicon.ico"));
    if exchanges.iter().all(is_icon) {
        return Some(exchanges);
    }
    Some(exchanges.into_iter().filter(|e| !is_icon(e)).collect())
}

fn entries(json: &Json) -> Option<Vec<&Json>> {
    let listed = json.path(&["log", "entries"]).or_else(|| json.get("entries"));
    if let Some(Json::Array(entries, _)) = listed
        && (json.get("log").is_some() || entries.iter().any(is_entry))
    {
        return Some(entries.iter().collect());
    }
    if is_entry(json) {
        return Some(vec![json]);
    }
    let elements = json.elements();
    (!elements.is_empty() && elements.iter().all(is_entry)).then(|| elements.iter().collect())
}

/// Whether this object is one entry: a request beside what only an archive notes of it.
fn is_entry(json: &Json) -> bool {
    let Some(request) = json.get("request").filter(|r| r.is_object()) else { return false };
    let noted = ["startedDateTime", "timings", "cache", "pageref", "_resourceType"];
    let of_request = ["headersSize", "bodySize", "queryString", "httpVersion", "cookies"];
    let shown = ["method", "url", "headers"].iter().any(|key| request.get(key).is_some());
    let archived = noted.iter().any(|key| json.get(key).is_some())
        || of_request.iter().filter(|key| request.get(key).is_some()).count() >= 2;
    shown && archived
}

/// How much the export shows of a request and of an answer.
fn extents(json: &Json, entries: &[&Json]) -> (Extent, Extent) {
    let log = json.get("log").unwrap_or(json);
    let name = |key| log.path(&[key, "name"]).and_then(Json::as_text).map(|n| n.as_str().to_ascii_lowercase());
    let by_browser = match name("creator") {
        // A single entry that was cut out: which program wrote it is unknown.
        None => true,
        Some(creator) => BROWSERS.iter().any(|browser| creator.contains(browser)),
    };
    // One credential shown proves that the export leaves none out.
    let shown = entries.iter().any(|entry| {
        let has = |side, names: &[&str]| {
            let head = entry.path(&[side, "headers"]).map(fields).unwrap_or_default();
            head.iter().any(|field| names.iter().any(|name| field.is(name)))
        };
        has("request", &["authorization", "cookie"]) || has("response", &["set-cookie"])
    });
    if by_browser && !shown {
        let sent = ["authorization", "cookie", "proxy-authorization"];
        return (members::withheld(&sent), members::withheld(&["set-cookie"]));
    }
    (Extent::Whole, Extent::Whole)
}

fn exchange(entry: &Json, sent: &Extent, returned: &Extent) -> Option<Exchange> {
    let request = entry.get("request").filter(|r| r.is_object());
    let response = entry.get("response").filter(|r| r.is_object());
    if request.is_none() && response.is_none() {
        return None;
    }
    Some(Exchange {
        format: Format::Har,
        request: request.map(|r| read_request(r, sent)).unwrap_or_default(),
        response: response.and_then(|r| read_response(r, returned)),
        sent_at: text(entry, "startedDateTime"),
        expanded: Vec::new(),
        secrets: [request, response].into_iter().flatten().flat_map(cookies).collect(),
        decoded_jwt: DecodedJwt::default(),
        print: Print::default(),
        at: entry.span(),
    })
}

/// The values of a list of cookies, which show the Cookie fields again.
fn cookies(message: &Json) -> Vec<Text> {
    message.get("cookies").map(Json::elements).unwrap_or_default().iter().filter_map(|c| text(c, "value")).collect()
}

/// A member that is a text and not blank.
fn text(json: &Json, key: &str) -> Option<Text> {
    json.get(key)?.as_text().map(Text::trim).filter(|text| !text.is_empty())
}

fn read_request(json: &Json, sent: &Extent) -> Request {
    let headers = json.get("headers");
    let hidden = |name| headers.and_then(|h| pseudo(h, name));
    let fields = headers.map(fields).unwrap_or_default();
    let body = match json.get("postData") {
        Some(post) => post_data(post),
        None => {
            number(json, "bodySize").filter(|size| size.as_str() == "0").map_or(Body::Unseen, |s| Body::Empty(s.span()))
        }
    };
    Request {
        method: text(json, "method").or_else(|| hidden(":method")),
        url: text(json, "url").or_else(|| pseudo_url(&hidden)),
        extent: extent(sent, headers, &fields),
        fields,
        body,
    }
}

/// The URL that the pseudo-header fields of HTTP/2 say together.
fn pseudo_url(hidden: &impl Fn(&'static str) -> Option<Text>) -> Option<Text> {
    let path = hidden(":path")?;
    let Some(authority) = hidden(":authority") else { return Some(path) };
    let scheme = hidden(":scheme").unwrap_or_else(|| Text::implied("https", authority.span()));
    let mut url = TextBuilder::new(authority.span());
    url.copy(&scheme, 0..scheme.len());
    url.replace(&scheme, 0..scheme.len(), "://");
    url.copy(&authority, 0..authority.len());
    url.copy(&path, 0..path.len());
    Some(url.finish())
}

/// A list of fields that is missing, blank or cut off shows a part at most.
fn extent(whole: &Extent, headers: Option<&Json>, fields: &[Field]) -> Extent {
    let complete = match headers {
        Some(Json::Array(_, source) | Json::Object(_, source)) => source.is_whole() && !fields.is_empty(),
        Some(other) => !other.is_null() && !fields.is_empty(),
        None => false,
    };
    if complete { whole.clone() } else { Extent::Part }
}

fn post_data(post: &Json) -> Body {
    let content = post.get("text").and_then(Json::as_text).filter(|text| !text.is_empty());
    if let Some(content) = content {
        return decoded(post, content);
    }
    match post.get("params").map(members::form) {
        Some(form @ Body::Form(_)) => form,
        _ => post.as_text().map_or(Body::Unseen, |text| Body::Text(text.clone())),
    }
}

fn number<'a>(json: &'a Json, key: &str) -> Option<&'a Text> {
    json.get(key)?.as_text()
}

/// Content that an archive may hold in base64. `Unseen` when it is not text.
fn decoded(holder: &Json, content: &Text) -> Body {
    let encoding = holder.get("encoding").and_then(Json::as_text).map(Text::as_str);
    if !encoding.is_some_and(|e| e.eq_ignore_ascii_case("base64")) {
        return Body::Text(content.clone());
    }
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&base64::alphabet::STANDARD, config);
    let letters: String = content.as_str().chars().filter(|c| !c.is_whitespace()).collect();
    let text = engine.decode(letters).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or(Body::Unseen, |text| Body::Text(Text::implied(&text, content.span())))
}

fn read_response(json: &Json, returned: &Extent) -> Option<Response> {
    let headers = json.get("headers");
    let fields = headers.map(fields).unwrap_or_default();
    let status = json.get("status").and_then(members::status);
    // Status 0: the request was blocked or is still running.
    if status.is_none() && fields.is_empty() {
        return None;
    }
    let (status, reason) = status.map_or((None, None), |(status, reason)| (Some(status), reason));
    Some(Response {
        status,
        reason: text(json, "statusText").or(reason),
        body: content(json, &fields),
        extent: extent(returned, headers, &fields),
        fields,
    })
}

/// The content of an answer. Browsers drop it when it was not loaded: a missing text is unseen, not empty.
fn content(response: &Json, fields: &[Field]) -> Body {
    let content = response.get("content");
    let size = content.and_then(|c| number(c, "size"));
    let held = content.and_then(|c| number(c, "text")).filter(|text| !text.is_empty());
    if let (Some(content), Some(held)) = (content, held) {
        return decoded(content, held);
    }
    if size.is_some_and(|size| !matches!(size.as_str(), "0" | "-1")) {
        return Body::Unseen;
    }
    let length = fields.iter().find(|f| f.is("content-length")).map(|f| &f.value);
    let zero = [length, size, number(response, "bodySize")].into_iter().flatten().find(|n| n.as_str() == "0");
    if length.is_some_and(|length| length.as_str() != "0") {
        return Body::Unseen;
    }
    zero.map_or(Body::Unseen, |zero| Body::Empty(zero.span()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::json::parse;

    fn read(source: &str) -> Vec<Exchange> {
        exchanges(&parse(&Text::paste(source), 0).expect("JSON").json).expect("a HAR")
    }

    fn archive(creator: &str, request_headers: &str, rest: &str) -> String {
        format!(
            r#"{{"log": {{"version": "1.2", "creator": {{"name": "{creator}"}}, "entries": [{{"startedDateTime": "2026-03-04T10:11:12.000Z",
            "request": {{"method": "GET", "url": "https://int.api.service.nhs.uk/x", "headers": [{request_headers}], "bodySize": 0}}{rest}}}]}}}}"#
        )
    }

    const ACCEPT: &str = r#"{"name": "Accept", "value": "*/*"}, {"name": ":path", "value": "/y"}"#;

    fn names(extent: &Extent) -> Vec<&str> {
        match extent {
            Extent::Withheld(names) => names.iter().map(String::as_str).collect(),
            Extent::Whole => vec!["whole"],
            Extent::Part => vec!["part"],
        }
    }

    #[test]
    fn an_export_of_a_browser_withholds_credentials() {
        let answer = r#", "response": {"status": 401, "statusText": "Unauthorized", "headers": [{"name": "Date", "value": "x"}],
            "content": {"size": 12, "mimeType": "application/json", "text": "{\"a\": \"b\"}"}}"#;
        let source = archive("WebInspector", ACCEPT, answer);
        let found = read(&source);
        let exchange = &found[0];
        assert_eq!(names(&exchange.request.extent), ["authorization", "cookie", "proxy-authorization"]);
        assert_eq!(exchange.request.fields.len(), 1, "a pseudo-header field is no field");
        assert!(matches!(exchange.request.body, Body::Empty(_)));
        assert_eq!(exchange.sent_at.as_ref().map(Text::as_str), Some("2026-03-04T10:11:12.000Z"));
        let response = exchange.response.as_ref().expect("an answer");
        assert_eq!(response.status.map(|s| (s.code, &source[s.span.start..s.span.end])), Some((401, "401")));
        assert_eq!(names(&response.extent), ["set-cookie"]);
        assert_eq!(response.body.text().map(Text::as_str), Some(r#"{"a": "b"}"#));
    }

    #[test]
    fn one_credential_shown_proves_that_none_is_withheld() {
        let shown = r#"{"name": "authorization", "value": ""}"#;
        assert_eq!(names(&read(&archive("Firefox", shown, ""))[0].request.extent), ["whole"]);
        assert_eq!(names(&read(&archive("Insomnia REST Client", ACCEPT, ""))[0].request.extent), ["whole"]);
        assert_eq!(names(&read(&archive("Firefox", "", ""))[0].request.extent), ["part"], "no field was captured");
    }

    #[test]
    fn an_answer_without_text_is_unseen_unless_its_size_is_zero() {
        let body = |response: &str| {
            let found = read(&archive("Chrome", ACCEPT, &format!(r#", "response": {response}"#)));
            found[0].response.clone().map(|r| r.body)
        };
        assert!(matches!(body(r#"{"status": 401, "content": {}}"#), Some(Body::Unseen)));
        assert!(matches!(body(r#"{"status": 401, "content": {"size": 40, "text": ""}}"#), Some(Body::Unseen)));
        assert!(matches!(body(r#"{"status": "401", "content": {"size": 0}}"#), Some(Body::Empty(_))));
        assert!(matches!(body(r#"{"status": 401, "bodySize": 0}"#), Some(Body::Empty(_))));
        assert!(matches!(
            body(r#"{"status": 401, "headers": [{"name": "content-length", "value": "0"}]}"#),
            Some(Body::Empty(_))
        ));
        assert!(body(r#"{"status": 0, "headers": []}"#).is_none());
        let encoded =
            body(r#"{"status": 401, "content": {"text": "eyJhIjoxfQ", "encoding": "base64"}}"#).expect("an answer");
        assert_eq!(encoded.text().map(Text::as_str), Some(r#"{"a":1}"#));
        assert!(matches!(
            body(r#"{"status": 401, "content": {"text": "/////w==", "encoding": "base64"}}"#),
            Some(Body::Unseen)
        ));
    }

    #[test]
    fn forms_and_pseudo_header_fields() {
        let source = r#"{"entries": [{"startedDateTime": null, "time": 1, "request": {"method": null, "headers": [
            {"name": ":method", "value": "POST"}, {"name": ":authority", "value": "a.example"},
            {"name": ":scheme", "value": "https"}, {"name": ":path", "value": "/t"}, {"name": "accept", "value": "*/*"}],
            "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "grant_type", "value": "x"}]}},
            "response": null, "cache": {}}]}"#;
        let found = read(source);
        let request = &found[0].request;
        assert_eq!(request.method.as_ref().map(Text::as_str), Some("POST"));
        assert_eq!(request.url.as_ref().map(Text::as_str), Some("https://a.example/t"));
        assert!(matches!(&request.body, Body::Form(pairs) if pairs[0].0.as_str() == "grant_type"));
        assert!(found[0].response.is_none());
    }

    #[test]
    fn an_archive_that_breaks_off() {
        let source = archive("Proxyman", ACCEPT, "");
        for end in 0..source.len() {
            let Some(parsed) = parse(&Text::paste(&source[..end]), 0) else { continue };
            for exchange in exchanges(&parsed.json).unwrap_or_default() {
                let cut = !source[..end].contains(r#""/y"}]"#);
                assert_eq!(names(&exchange.request.extent), [if cut { "part" } else { "whole" }], "{end}");
            }
        }
    }

    #[test]
    fn other_documents_are_no_archive() {
        for source in [
            r#"{"request": {"method": "GET", "url": "https://a.example/"}, "response": {"status": 401}}"#,
            r#"{"resourceType": "Bundle", "entry": [{"request": {"method": "GET", "url": "x"}}]}"#,
            r#"{"entries": [1, 2]}"#,
        ] {
            assert!(!is_har(&parse(&Text::paste(source), 0).expect("JSON").json), "{source}");
        }
    }
}

//! Records in XML: the packets of `tshark -T pdml`, the items that Burp saves, the samples of JMeter.
//!
//! An element is an object of the same tree as JSON. Messages that are kept in base64 are decoded; the text of the
//! paste is then a credential itself, and is handed on as one.

use base64::Engine as _;

use super::object::{message_request, message_response};
use crate::capture::json::Json;
use crate::capture::json::members::{body, field_lines, status};
use crate::capture::model::{Body, Exchange, Extent, Format, Response};
use crate::text::Text;

/// Whether an element records exchanges.
pub(crate) fn is_record(json: &Json) -> bool {
    !samples(json).is_empty() || !items(json).is_empty() || packets(json).any(|p| !http_fields(p).is_empty())
}

/// The exchanges of a record. `None` where it shows none after all.
pub(crate) fn exchanges(json: &Json) -> Option<Vec<Exchange>> {
    let mut found: Vec<Exchange> = samples(json).into_iter().map(sample).collect();
    found.extend(items(json).into_iter().map(item));
    for packet in packets(json) {
        add_packet(packet, &mut found);
    }
    (!found.is_empty()).then_some(found)
}

/// The child elements of one name.
fn children<'a>(json: &'a Json, name: &str) -> Vec<&'a Json> {
    match json.get(name) {
        Some(Json::Array(elements, _)) => elements.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

/// The words of an element, also of one with attributes.
fn words(json: &Json) -> Option<&Text> {
    json.as_text().or_else(|| json.get("#text").and_then(Json::as_text)).filter(|t| !t.is_empty())
}

fn word<'a>(json: &'a Json, name: &str) -> Option<&'a Text> {
    json.get(name).and_then(words)
}

/// The samples of JMeter, also one that was copied alone.
fn samples(json: &Json) -> Vec<&Json> {
    let is_sample = |s: &Json| s.get("rc").is_some() && s.get("requestHeader").is_some();
    let mut found = children(json, "httpSample");
    found.extend(Some(json));
    found.retain(|s| is_sample(s));
    found
}

fn sample(json: &Json) -> Exchange {
    let mut exchange = Exchange::unseen(Format::Json, json.span());
    exchange.request.method = word(json, "method").cloned();
    exchange.request.url = word(json, "java.net.URL").cloned();
    exchange.request.fields = word(json, "requestHeader").map(field_lines).unwrap_or_default();
    exchange.request.extent = whole_with_host(exchange.request.fields.iter().any(|f| f.is("host")));
    let (status, _) = json.get("rc").and_then(status).unzip();
    let fields = word(json, "responseHeader").map(field_lines).unwrap_or_default();
    exchange.response = status.map(|status| Response {
        status: Some(status),
        reason: word(json, "rm").cloned(),
        body: json
            .get("responseData")
            .and_then(words)
            .map_or(Body::Unseen, |t| body(&Json::String(t.clone()), &fields)),
        fields,
        ..Response::default()
    });
    exchange
}

fn whole_with_host(has_host: bool) -> Extent {
    if has_host { Extent::Whole } else { Extent::Part }
}

/// The items that Burp saves.
fn items(json: &Json) -> Vec<&Json> {
    let mut found = children(json, "item");
    found.extend(Some(json));
    found.retain(|i| i.get("request").is_some() && i.get("responselength").or_else(|| i.get("mimetype")).is_some());
    found
}

fn item(json: &Json) -> Exchange {
    let mut exchange = Exchange::unseen(Format::Json, json.span());
    let mut message = |name: &str| -> Option<Text> {
        let element = json.get(name)?;
        let written = words(element)?;
        if element.get("base64").and_then(Json::as_text).is_none_or(|b| b.as_str() != "true") {
            return Some(written.clone());
        }
        exchange.secrets.push(written.clone());
        let bytes = base64::engine::general_purpose::STANDARD.decode(written.as_str()).ok()?;
        Some(Text::implied(&String::from_utf8_lossy(&bytes), written.span()))
    };
    let (sent, back) = (message("request"), message("response"));
    if let Some(request) = sent.as_ref().and_then(message_request) {
        exchange.request = request;
    }
    exchange.request.method = exchange.request.method.take().or_else(|| word(json, "method").cloned());
    exchange.request.url = word(json, "url").cloned().or_else(|| exchange.request.url.take());
    exchange.response = back.as_ref().and_then(message_response).or_else(|| {
        let (status, _) = json.get("status").and_then(status).unzip();
        status.map(|status| Response { status: Some(status), ..Response::default() })
    });
    exchange
}

fn packets(json: &Json) -> impl Iterator<Item = &Json> {
    children(json, "packet").into_iter().filter(|p| p.get("proto").is_some())
}

/// The fields of HTTP in a packet, in order: name, text, and the element.
fn http_fields(packet: &Json) -> Vec<(&str, Text)> {
    let mut found = Vec::new();
    for proto in children(packet, "proto") {
        if proto.get("name").and_then(Json::as_text).is_some_and(|n| n.as_str() == "http") {
            collect(proto, 0, &mut found);
        }
    }
    found
}

fn collect<'a>(element: &'a Json, depth: usize, found: &mut Vec<(&'a str, Text)>) {
    for field in children(element, "field") {
        let name = field.get("name").and_then(Json::as_text).map_or("", Text::as_str);
        if let Some(show) = field.get("show").and_then(Json::as_text).filter(|_| name.starts_with("http.")) {
            found.push((name, shown(show, field.get("value").and_then(Json::as_text))));
        } else if name.is_empty() && field.get("show").and_then(Json::as_text).is_some_and(|s| s.as_str() == "\\r\\n") {
            found.push(("", Text::implied("", field.span())));
        }
        if depth < 4 {
            collect(field, depth + 1, found);
        }
    }
}

/// What a field shows, without its line end. `show` writes some bytes as escapes; `value` has all in hexadecimal.
fn shown(show: &Text, value: Option<&Text>) -> Text {
    let written = show.as_str();
    for end in ["\\xd\\xa", "\\x0d\\x0a", "\\r\\n", "\r\n"] {
        if let Some(rest) = written.strip_suffix(end).filter(|rest| !rest.contains('\\')) {
            return show.slice(0..rest.len());
        }
    }
    let is_hex = |v: &Text| v.len().is_multiple_of(2) && v.as_str().bytes().all(|b| b.is_ascii_hexdigit());
    match value.filter(|v| written.contains('\\') && is_hex(v)) {
        Some(value) => {
            let digits = value.as_str();
            let bytes: Vec<u8> = (0..digits.len() / 2)
                .filter_map(|i| u8::from_str_radix(digits.get(i * 2..i * 2 + 2)?, 16).ok())
                .collect();
            Text::implied(String::from_utf8_lossy(&bytes).trim_end(), show.span())
        }
        None => show.clone(),
    }
}

/// Adds what a packet shows: a request, or the response to the last one.
fn add_packet(packet: &Json, found: &mut Vec<Exchange>) {
    let shown = http_fields(packet);
    let text = |name: &str| shown.iter().find(|(n, _)| *n == name).map(|(_, t)| t.clone());
    let lines = |name: &str| {
        shown.iter().filter(|(n, _)| *n == name).flat_map(|(_, line)| field_lines(line)).collect::<Vec<_>>()
    };
    let secrets = children(packet, "proto").into_iter().filter_map(|p| p.get("value").and_then(Json::as_text).cloned());
    let content = text("http.file_data");
    if let Some(method) = text("http.request.method") {
        let mut exchange = Exchange::unseen(Format::Json, packet.span());
        exchange.request.fields = lines("http.request.line");
        exchange.request.extent = whole_with_host(exchange.request.fields.iter().any(|f| f.is("host")));
        exchange.request.method = Some(method);
        exchange.request.url = text("http.request.full_uri").or_else(|| text("http.request.uri"));
        exchange.secrets.extend(secrets);
        found.push(exchange);
    } else if let Some(code) = text("http.response.code") {
        let fields = lines("http.response.line");
        let (status, _) = status(&Json::String(code)).unzip();
        let body = content.map_or(Body::Unseen, |t| body(&Json::String(t), &fields));
        let reason = text("http.response.phrase");
        let response = Some(Response { status, reason, body, fields, ..Response::default() });
        match found.last_mut().filter(|e| e.response.is_none()) {
            Some(asked) => {
                asked.at = asked.at.to(packet.span());
                asked.response = response;
            }
            None => found.push(Exchange { response, ..Exchange::unseen(Format::Json, packet.span()) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::markup;

    fn read(source: &str) -> String {
        let root = markup::parse(&Text::paste(source)).expect("XML").json;
        let found = exchanges(&root).unwrap_or_default();
        let one = |e: &Exchange| {
            let text = |t: &Option<Text>| t.as_ref().map_or("-".to_owned(), |t| t.as_str().to_owned());
            let fields: Vec<String> =
                e.request.fields.iter().map(|f| format!("{}={}", f.name.as_str(), f.value.as_str())).collect();
            let status = e.response.as_ref().and_then(|r| r.status).map_or(0, |s| s.code);
            format!("{} {} [{}] {status}", text(&e.request.method), text(&e.request.url), fields.join(" "))
        };
        found.iter().map(one).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_sample_of_jmeter() {
        assert_eq!(
            read(
                "<testResults version=\"1.2\"><httpSample rc=\"401\" rm=\"Unauthorized\"><responseHeader class=\"java.lang.String\">HTTP/1.1 401 Unauthorized\nA: b</responseHeader><requestHeader class=\"java.lang.String\">Host: a.example\nAuthorization: Zz1\n</requestHeader><method>GET</method><java.net.URL>https://a.example/v1</java.net.URL></httpSample></testResults>"
            ),
            "GET https://a.example/v1 [Host=a.example Authorization=Zz1] 401"
        );
    }

    #[test]
    fn an_item_of_burp() {
        let encode = |s: &str| base64::engine::general_purpose::STANDARD.encode(s);
        let source = format!(
            "<items><item><url><![CDATA[https://a.example/v1]]></url><request base64=\"true\"><![CDATA[{}]]></request><status>401</status><mimetype>JSON</mimetype><response base64=\"true\"><![CDATA[{}]]></response></item></items>",
            encode("GET /v1 HTTP/2\r\nHost: a.example\r\nAuthorization: Zz1\r\n\r\n"),
            encode("HTTP/2 401 Unauthorized\r\nA: b\r\n\r\n{}")
        );
        assert_eq!(read(&source), "GET https://a.example/v1 [Host=a.example Authorization=Zz1] 401");
    }

    #[test]
    fn packets_of_wireshark() {
        assert_eq!(
            read(
                "<pdml><packet><proto name=\"http\"><field name=\"\" show=\"GET /v1 HTTP/1.1\\r\\n\"><field name=\"http.request.method\" show=\"GET\"/></field><field name=\"http.request.line\" show=\"Host: a.example\\xd\\xa\"/><field name=\"http.request.line\" show=\"Authorization: \\xd\\xa\" value=\"417574686f72697a6174696f6e3a200d0a\"/><field name=\"http.request.full_uri\" show=\"http://a.example/v1\"/></proto></packet><packet><proto name=\"http\"><field name=\"http.response.code\" show=\"401\"/></proto></packet></pdml>"
            ),
            "GET http://a.example/v1 [Host=a.example Authorization=] 401"
        );
    }

    #[test]
    fn other_elements_are_no_records() {
        for source in ["<error><code>401</code></error>", "<items><item>1</item></items>", "<pdml><packet/></pdml>"] {
            let root = markup::parse(&Text::paste(source)).expect("XML").json;
            assert!(!is_record(&root), "{source}");
        }
    }
}

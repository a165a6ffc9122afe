//! Packets as `tshark -T json` prints them: HTTP/1 messages that Wireshark has dissected.
//!
//! The header fields are repeated members `http.request.line`, each a line as it was sent; with
//! `--no-duplicate-keys` they are one list. An empty line ends the head, so a head without it is shown in part.
//! HTTP/2 is not read.

use std::collections::VecDeque;

use crate::capture::json::Json;
use crate::capture::json::members::{field_lines, status};
use crate::capture::model::{Body, Exchange, Extent, Field, Format, Request, Response};
use crate::text::Text;

/// Whether this is a list of packets, or a single one, with an HTTP message among them.
pub(crate) fn is_packets(json: &Json) -> bool {
    packets(json).any(|packet| messages(packet).next().is_some())
}

/// The exchanges of the packets. A response whose request is not certain is an exchange of its own.
pub(crate) fn exchanges(json: &Json) -> Option<Vec<Exchange>> {
    let mut found = Vec::new();
    let mut waiting = Waiting::default();
    for packet in packets(json) {
        for message in messages(packet) {
            let mut exchange = Exchange::unseen(Format::Json, packet.span());
            exchange.secrets = secrets(packet, message);
            if find(message, "http.response.code").is_none() {
                exchange.request = request(message);
                exchange.sent_at = text(packet, &["frame", "frame.time_epoch"]).filter(|t| t.as_str().contains('T'));
                waiting.add(found.len(), packet, message);
                found.push(exchange);
                continue;
            }
            let response = response(message);
            match waiting.take(packet, message) {
                Some(index) => {
                    let asked: &mut Exchange = &mut found[index];
                    asked.at = asked.at.to(exchange.at);
                    asked.response = Some(response);
                    asked.secrets.append(&mut exchange.secrets);
                }
                None => {
                    exchange.response = Some(response);
                    found.push(exchange);
                }
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// How many requests may wait for their responses at once, so that the work stays linear.
const WAITING: usize = 64;

/// The requests that have no response yet.
#[derive(Default)]
struct Waiting {
    requests: VecDeque<WaitingRequest>,
    /// Whether one was given up, so that a single request that fits need not be the one that is meant.
    is_cut: bool,
}

/// A request, and what its response may name it by.
struct WaitingRequest {
    index: usize,
    frame: Option<Text>,
    stream: Option<Text>,
    uri: Option<Text>,
}

impl Waiting {
    fn add(&mut self, index: usize, packet: &Json, message: &Json) {
        if self.requests.len() == WAITING {
            self.requests.pop_front();
            self.is_cut = true;
        }
        self.requests.push_back(WaitingRequest {
            index,
            frame: text(packet, &["frame", "frame.number"]),
            stream: text(packet, &["tcp", "tcp.stream"]),
            uri: find(message, "http.request.full_uri").and_then(Json::as_text).cloned(),
        });
    }

    /// The request that a response answers, if only one can be meant.
    fn take(&mut self, packet: &Json, message: &Json) -> Option<usize> {
        let word = |name| find(message, name).and_then(Json::as_text);
        let (frame, uri) = (word("http.request_in"), word("http.response_for.uri"));
        let stream = text(packet, &["tcp", "tcp.stream"]);
        let differs = |a: Option<&Text>, b: Option<&Text>| a.zip(b).is_some_and(|(a, b)| a.as_str() != b.as_str());
        let mut fitting = self.requests.iter().enumerate().filter(|(_, sent)| {
            !differs(frame, sent.frame.as_ref())
                && !differs(stream.as_ref(), sent.stream.as_ref())
                && !differs(uri, sent.uri.as_ref())
        });
        let (place, sent) = fitting.next()?;
        let is_named = frame.is_some() && sent.frame.is_some();
        if fitting.next().is_some() || self.is_cut && !is_named {
            return None;
        }
        self.requests.remove(place).map(|sent| sent.index)
    }
}

fn packets(json: &Json) -> impl Iterator<Item = &Json> {
    let list = json.elements();
    let one = list.is_empty().then_some(json);
    list.iter().chain(one).filter(|packet| packet.path(&["_source", "layers"]).is_some())
}

/// The HTTP messages of a packet. Several in one packet are repeated members, or a list.
fn messages(packet: &Json) -> impl Iterator<Item = &Json> {
    let layers = packet.path(&["_source", "layers"]).map_or(&[][..], Json::members);
    let named = layers.iter().filter(|(name, _)| name.as_str() == "http").map(|(_, layer)| layer);
    named.flat_map(|layer| layer.elements().iter().chain(layer.is_object().then_some(layer))).filter(|message| {
        ["http.request.method", "http.response.code"].iter().any(|name| find(message, name).is_some())
    })
}

/// A member of a message. Those of the first line are one level down, in a member that is named after that line.
fn find<'a>(message: &'a Json, name: &str) -> Option<&'a Json> {
    message.get(name).or_else(|| message.members().iter().find_map(|(_, inner)| inner.get(name)))
}

fn text(packet: &Json, path: &[&str]) -> Option<Text> {
    packet.path(&["_source", "layers"])?.path(path)?.as_text().cloned()
}

fn request(message: &Json) -> Request {
    let word = |name| find(message, name).and_then(Json::as_text).cloned();
    Request {
        method: word("http.request.method"),
        url: word("http.request.uri"),
        fields: fields(message, "http.request.line"),
        body: body(message),
        extent: extent(message),
    }
}

fn response(message: &Json) -> Response {
    let reason = find(message, "http.response.phrase").and_then(Json::as_text);
    let (status, _) = find(message, "http.response.code").and_then(status).unzip();
    Response {
        status,
        reason: reason.filter(|reason| !reason.is_empty()).cloned(),
        fields: fields(message, "http.response.line"),
        body: body(message),
        extent: extent(message),
    }
}

/// What shows the credentials of a message once more: its bytes, and the decoded user and password.
fn secrets(packet: &Json, message: &Json) -> Vec<Text> {
    let basic = message.path(&["http.authorization_tree", "http.authbasic"]).and_then(Json::as_text).cloned();
    [text(packet, &["tcp", "tcp.payload"]), basic].into_iter().flatten().filter(|t| !t.is_empty()).collect()
}

/// The header fields: repeated members with this name, or a list of lines.
fn fields(message: &Json, name: &str) -> Vec<Field> {
    let lines = message.members().iter().filter(|(key, _)| key.as_str() == name);
    let lines = lines.flat_map(|(_, value)| value.elements().iter().chain(std::iter::once(value)));
    lines.filter_map(Json::as_text).flat_map(field_lines).collect()
}

/// How much of the head is shown: all of it, if its empty line is.
fn extent(message: &Json) -> Extent {
    let ends = message.members().iter().any(|(name, _)| matches!(name.as_str(), "\\r\\n" | "\r\n"));
    let is_whole = matches!(message, Json::Object(_, source) if source.is_whole());
    if ends && is_whole { Extent::Whole } else { Extent::Part }
}

/// The content. Newer versions print its bytes: `7b:22:…`.
fn body(message: &Json) -> Body {
    let Some(content) = message.get("http.file_data").and_then(Json::as_text) else { return Body::Unseen };
    let digits = |pair: &str| if pair.len() == 2 { u8::from_str_radix(pair, 16).ok() } else { None };
    let bytes: Option<Vec<u8>> = content.as_str().split(':').map(digits).collect();
    let Some(bytes) = bytes else { return Body::Text(content.clone()) };
    String::from_utf8(bytes).map_or(Body::Unseen, |text| Body::Text(Text::implied(&text, content.span())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::json::parse;

    fn packet(frame: &str, http: &str) -> String {
        format!(
            r#"{{"_source": {{"layers": {{"frame": {{"frame.number": "{frame}"}}, "tcp": {{"tcp.stream": "0"}}, "http": {{{http}}}}}}}}}"#
        )
    }

    const SENT: &str = r#""GET /x HTTP/1.1\\r\\n": {"http.request.method": "GET", "http.request.uri": "/x"},
        "http.host": "a.example", "http.request.line": "Host: a.example\r\n", "http.request.line": "Authorization:\r\n""#;
    const END: &str = r#", "\\r\\n": """#;

    fn returned(request: &str) -> String {
        format!(
            r#""HTTP/1.1 401 x\\r\\n": {{"http.response.code": "401", "http.response.phrase": "Unauthorized"}},
            "http.response.line": "Date: d\r\n", "http.request_in": "{request}", "http.file_data": "6e:6f"{END}"#
        )
    }

    fn read(source: &str) -> Vec<Exchange> {
        exchanges(&parse(&Text::paste(source), 0).expect("JSON").json).expect("packets")
    }

    fn shown(fields: &[Field]) -> Vec<(&str, &str)> {
        fields.iter().map(|f| (f.name.as_str(), f.value.as_str())).collect()
    }

    #[test]
    fn a_request_and_its_response() {
        let source = format!("[{}, {}]", packet("4", &format!("{SENT}{END}")), packet("8", &returned("4")));
        let found = read(&source);
        let [exchange] = found.as_slice() else { panic!("{found:?}") };
        let request = &exchange.request;
        assert_eq!(request.url.as_ref().map(Text::as_str), Some("/x"));
        assert_eq!(shown(&request.fields), [("Host", "a.example"), ("Authorization", "")]);
        assert_eq!(request.extent, Extent::Whole);
        let value = request.fields[0].value.span();
        assert_eq!(&source[value.start..value.end], "a.example");
        assert_eq!(value.start, source.find("Host: a.example").expect("the line") + 6);
        let response = exchange.response.as_ref().expect("a response");
        assert_eq!(response.status.map(|s| s.code), Some(401));
        assert!(matches!(&response.body, Body::Text(text) if text.as_str() == "no"), "{:?}", response.body);
    }

    #[test]
    fn a_response_to_another_frame_is_not_given_to_this_request() {
        let found = read(&format!("[{}, {}]", packet("4", &format!("{SENT}{END}")), packet("8", &returned("5"))));
        assert_eq!(found.len(), 2);
        assert!(found[0].response.is_none());
        assert!(found[1].request.method.is_none());
    }

    #[test]
    fn of_two_requests_that_may_be_meant_neither_is_answered() {
        let sent = format!("{SENT}{END}").replace("\"/x\"", "\"/y\"");
        let answer = returned("").replace(r#""http.request_in": "","#, "");
        let found = read(&format!("[{}, {}, {}]", packet("4", &sent), packet("5", &sent), packet("8", &answer)));
        assert_eq!(found.iter().map(|e| e.response.is_some()).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn a_head_without_its_empty_line_is_shown_in_part() {
        assert_eq!(read(&packet("4", SENT))[0].request.extent, Extent::Part);
    }

    #[test]
    fn fields_in_one_list() {
        let source = packet(
            "4",
            r#""http.request.method": "GET", "http.request.line": ["Host: a.example\r\n", "Accept: */*\r\n"]"#,
        );
        assert_eq!(shown(&read(&source)[0].request.fields), [("Host", "a.example"), ("Accept", "*/*")]);
    }

    #[test]
    fn what_is_not_packets() {
        for source in [
            r#"{"_source": {"layers": {"dns": {}}}}"#,
            r#"{"_source": {"method": "GET"}}"#,
            r#"[{"http": {"http.request.method": "GET"}}]"#,
        ] {
            assert!(!is_packets(&parse(&Text::paste(source), 0).expect("JSON").json), "{source}");
        }
    }
}

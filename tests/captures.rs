//! Tickets of every shape in which people have a request, and what is read from each.
//!
//! One snapshot for each file of `tests/captures/`: the exchanges with method, URL, extent, fields, status, bodies
//! and mentions. Values are shown as a report may show them. A sign behind a value says how it stands in the paste:
//! nothing where it stands there letter for letter, `≈` where it was decoded or put together.

use std::fmt::Write as _;

use proptest::prelude::*;

use why401::internals::{Body, Capture, Exchange, Extent, Field, Text};
use why401::{Redactor, Span};

struct Shower<'a> {
    paste: &'a str,
    redactor: Redactor,
}

impl Shower<'_> {
    fn text(&self, text: &Text) -> String {
        let at = text.span();
        let written = self.paste.get(at.start..at.end).expect("a span lies on character boundaries");
        let mut shown = self.redactor.clean(text.as_str()).replace('\n', "⏎");
        if shown.chars().count() > 100 {
            shown = shown.chars().take(100).chain(['…']).collect();
        }
        if written == text.as_str() { shown } else { format!("{shown} ≈") }
    }

    fn extent(extent: &Extent) -> String {
        match extent {
            Extent::Whole => "whole".to_owned(),
            Extent::Part => "part".to_owned(),
            Extent::Withheld(names) => format!("whole but for {}", names.join(", ")),
        }
    }

    fn fields(&self, out: &mut String, fields: &[Field]) {
        for field in fields {
            let value = if field.value.is_empty() {
                let Span { start, .. } = field.value.span();
                let name = field.name.span();
                if start < name.start { "(blank, MISPLACED)".to_owned() } else { "(blank)".to_owned() }
            } else {
                self.text(&field.value)
            };
            let _ = writeln!(out, "    {}: {value}", self.text(&field.name));
        }
    }

    fn body(&self, body: &Body) -> String {
        match body {
            Body::Unseen => "unseen".to_owned(),
            Body::Empty(_) => "empty".to_owned(),
            Body::Text(text) => format!("text {}", self.text(text)),
            Body::ErrorMembers(members) => {
                let members: Vec<String> = members.iter().map(|(n, v)| format!("{n} alone {}", self.text(v))).collect();
                members.join(" & ")
            }
            Body::Form(list) => {
                let pairs: Vec<String> = list.iter().map(|(n, v)| format!("{}={}", n.as_str(), self.text(v))).collect();
                format!("form {}", pairs.join(" & "))
            }
        }
    }

    fn exchange(&self, out: &mut String, exchange: &Exchange) {
        let request = &exchange.request;
        let _ = writeln!(out, "{}, {}", exchange.format.name(), Self::extent(&request.extent));
        let shown = |t: &Option<Text>| t.as_ref().map_or_else(|| "?".to_owned(), |t| self.text(t));
        let _ = writeln!(out, "  {} {}", shown(&request.method), shown(&request.url));
        self.fields(out, &request.fields);
        if !request.body.is_unseen() {
            let _ = writeln!(out, "  body {}", self.body(&request.body));
        }
        if let Some(response) = &exchange.response {
            let status = response.status.map_or_else(
                || "?".to_owned(),
                |s| {
                    let written = self.paste.get(s.span.start..s.span.end).expect("the status lies in the paste");
                    if written == s.code.to_string() { written.to_owned() } else { format!("{} ≈ {written}", s.code) }
                },
            );
            let reason = response.reason.as_ref().map(|r| format!(" {}", self.text(r))).unwrap_or_default();
            let _ = writeln!(out, "  => {status}{reason}, {}", Self::extent(&response.extent));
            self.fields(out, &response.fields);
            let _ = writeln!(out, "  body {}", self.body(&response.body));
        }
        if let Some(sent) = &exchange.sent_at {
            let _ = writeln!(out, "  at {}", self.text(sent));
        }
        let jwt = &exchange.decoded_jwt;
        let beside = exchange.expanded.iter().map(|t| ("shell-expanded", t));
        let beside = beside.chain(exchange.secrets.iter().map(|t| ("credential", t)));
        let beside = beside.chain(jwt.header.iter().map(|t| ("jwt-header", t)));
        for (kind, text) in beside.chain(jwt.payload.iter().map(|t| ("jwt-payload", t))) {
            let _ = writeln!(out, "  ~ {kind} {}", self.text(text));
        }
    }

    fn capture(&self, capture: &Capture) -> String {
        let mut out = String::new();
        for exchange in &capture.exchanges {
            self.exchange(&mut out, exchange);
        }
        for mention in &capture.mentions {
            let _ = writeln!(out, "~ {} {}", mention.kind, self.text(&mention.value));
        }
        for topic in &capture.topics {
            let _ = writeln!(out, "~ topic {}", self.text(&Text::implied(&topic.id, topic.span)));
        }
        for note in &capture.notes {
            let _ = writeln!(out, "! {}", note.says);
        }
        out
    }
}

#[test]
fn every_shape_is_read() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        insta::glob!("captures/*.txt", |path| {
            let decoded = why401::internals::decode(&std::fs::read(path).expect("the ticket can be read"));
            let capture = why401::internals::read(&Text::paste(&decoded.text), &pack.vocabulary);
            let shower = Shower { paste: &decoded.text, redactor: Redactor::new(&decoded.text, &[]) };
            insta::assert_snapshot!(shower.capture(&capture));
        });
    });
}

/// Pieces that tickets are made of, whole and cut.
const FRAGMENTS: &[&str] = &[
    "GET /a/b HTTP/1.1\n",
    "GET https://int.api.service.nhs.uk/a/é?x=1 ",
    "Host: int.api.service.nhs.uk\r\n",
    "Authorization: Bearer ",
    "Authorization",
    ": ",
    "\n",
    "\r\n",
    "\n\n",
    "HTTP/1.1 401 Unauthorized",
    "HTTP/2 401 ",
    "> ",
    "< ",
    "| ",
    "|",
    "* [HTTP/2] [1] [accept: */*]\n",
    "=> Send header, 5 bytes\n",
    "<= Recv header\n",
    "0000: GET / HTTP/1.1\n",
    "0010: 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50 ABCDEFGHIJKLMNOP\n",
    "http-outgoing-0 >> \"GET /a HTTP/1.1[\\r][\\n]\"\n",
    "http-outgoing-0 << \"",
    "send: b'GET /a HTTP/1.1\\r\\nHost: x\\r\\n",
    "reply: 'HTTP/1.1 401 x\\r\\n'\n",
    "header: A-B: c\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "`",
    "“",
    "”",
    "\\",
    "{{",
    "}}",
    "@token = é\n",
    "{{token}}",
    "get {\n",
    "auth:bearer {\n  token: é\n}\n",
    "headers = {'A-B': 'c', 'Authorization': f'Bearer {t}'}",
    "\"Bearer \" + token",
    "curl -H 'A: b' ",
    "curl https://a.example/é ",
    "<br>",
    "<pre>",
    "</td>",
    "<td>",
    "&nbsp;",
    "é",
    "\u{a0}",
    "\u{2011}",
    "😀",
    "From: a@b.example\nTo: c\n",
    "Request URL:\nhttps://a.example/b\n",
    "content-length:\n0\n",
    ":authority: a.example\n",
    ":status: 401\n",
    "401",
    " - ",
    " => ",
    "<-- 401 ",
    "--> ",
    "setBearerAuth(",
    "AuthenticationHeaderValue(\"Bearer\", ",
    "HttpHeaders.AUTHORIZATION, ",
    "forHTTPHeaderField: \"A-B\")",
    "https://a.example:443 \"GET /é HTTP/1.1\" 401 0",
    "grant_type=client_credentials&client_secret=é",
    "access_token",
    "eyJhbGciOiJSUzUxMiJ9.e30.",
    "StatusCode: 401, ReasonPhrase: 'é', Headers:\n{\n",
    "-----BEGIN PRIVATE KEY-----\n",
    "ASID: 200000001234 ",
    "\t",
    "  ",
    ",",
    ";",
    "=",
    "(",
    ")",
    "$ers.x",
    "#{t}",
    "${t}",
    "h3. ",
    "{code}",
    "```",
    "1. ",
    "Name,Value\n",
    "Accept,é\n",
];

/// Whether every place lies in the paste, on character boundaries.
fn lies_well(capture: &Capture, paste: &str) {
    let span = |at: Span| {
        assert!(at.start <= at.end && paste.get(at.start..at.end).is_some(), "{at:?} of {} bytes", paste.len())
    };
    let text = |text: &Text| span(text.span());
    let body = |b: &Body| match b {
        Body::Unseen => {}
        Body::Empty(at) => span(*at),
        Body::Text(t) => text(t),
        Body::ErrorMembers(members) => members.iter().for_each(|(_, value)| text(value)),
        Body::Form(list) => list.iter().for_each(|(name, value)| {
            text(name);
            text(value);
        }),
    };
    let fields = |list: &[Field]| {
        for field in list {
            text(&field.name);
            text(&field.value);
        }
    };
    for exchange in &capture.exchanges {
        span(exchange.at);
        exchange.request.method.iter().chain(&exchange.request.url).chain(&exchange.sent_at).for_each(text);
        fields(&exchange.request.fields);
        body(&exchange.request.body);
        exchange.expanded.iter().chain(&exchange.secrets).for_each(text);
        exchange.decoded_jwt.header.iter().chain(&exchange.decoded_jwt.payload).for_each(text);
        if let Some(response) = &exchange.response {
            response.status.iter().for_each(|s| span(s.span));
            response.reason.iter().for_each(text);
            fields(&response.fields);
            body(&response.body);
        }
    }
    capture.mentions.iter().for_each(|m| text(&m.value));
    capture.topics.iter().for_each(|t| span(t.span));
    capture.notes.iter().for_each(|n| span(n.span));
}

proptest! {
    #[test]
    fn nothing_is_too_broken_to_read(pieces in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..40)) {
        let pack = why401::Pack::builtin().expect("the built-in packs load");
        let paste = pieces.concat();
        lies_well(&why401::internals::read(&Text::paste(&paste), &pack.vocabulary), &paste);
        let _ = why401::diagnose(paste.as_bytes(), &pack, &why401::Options::default());
    }
}

//! Items become exchanges: which line belongs to which request, what is the request's and what the answer's.

use std::collections::HashSet;
use std::ops::Range;

use super::document::Kind;
use super::json::Json;
use super::lines::clue::{Clue, Placed, Sureness};
use super::model::{Body, DecodedJwt, Exchange, Extent, Field, Format, Request, Response, Status};
use super::view::{Direction, View};
use super::words::{self, Label};
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text, TextBuilder};

/// Puts the items together.
pub(crate) fn group(items: Vec<Placed>, view: &View, vocabulary: &Vocabulary) -> Vec<Exchange> {
    let mut grouper = Grouper {
        view,
        vocabulary,
        done: Vec::new(),
        current: Draft::default(),
        time: None,
        pending_status: None,
        after_blank: false,
    };
    for placed in items {
        grouper.take(placed);
    }
    grouper.finish()
}

/// Which side of the exchange lines belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Side {
    #[default]
    Request,
    Answer,
}

/// An exchange while it is put together.
#[derive(Default)]
struct Draft {
    method: Option<Text>,
    url: Option<Text>,
    host: Option<Text>,
    path: Option<Text>,
    url_from_prose: bool,
    versioned: bool,
    fields: Vec<Field>,
    parameters: Vec<(Text, Text)>,
    request_body: Option<Text>,
    head_closed: bool,
    /// Somebody left out lines of the head and says so.
    cut: bool,
    code: bool,
    from_command: bool,
    /// The member of the error that was quoted by itself.
    said: Option<&'static str>,
    response: Option<Response>,
    /// The names of the fields so far, in small letters: how many of `fields` are in it, and which.
    names: (usize, HashSet<String>),
    status_sure: Option<Sureness>,
    answer_versioned: bool,
    answer_head_closed: bool,
    side: Side,
    sent_at: Option<Text>,
    expanded: Vec<Text>,
    secrets: Vec<Text>,
    decoded_jwt: DecodedJwt,
    /// What the form of a recorded request said of itself: its name, and how much of the head it shows.
    recorded: Option<(Format, Extent)>,
    range: Option<Range<usize>>,
}

impl Draft {
    fn has_request(&self) -> bool {
        self.method.is_some()
            || self.url.is_some()
            || self.host.is_some()
            || self.path.is_some()
            || !self.fields.is_empty()
            || !self.parameters.is_empty()
            || self.request_body.is_some()
    }

    /// Whether a field of this name was sent already. A head may have thousands.
    fn has_field(&mut self, name: &str) -> bool {
        let (known, names) = &mut self.names;
        if *known > self.fields.len() {
            (*known, *names) = Default::default();
        }
        names.extend(self.fields[*known..].iter().map(|f| f.name.as_str().to_ascii_lowercase()));
        *known = self.fields.len();
        names.contains(&name.to_ascii_lowercase())
    }

    fn is_empty(&self) -> bool {
        !self.has_request() && self.response.is_none()
    }

    fn cover(&mut self, at: &Range<usize>) {
        let range = self.range.get_or_insert_with(|| at.clone());
        range.start = range.start.min(at.start);
        range.end = range.end.max(at.end);
    }

    fn answer(&mut self) -> &mut Response {
        self.response.get_or_insert_with(Response::default)
    }

    fn has_status(&self) -> bool {
        self.status_sure.is_some_and(|s| s > Sureness::Prose)
    }

    fn has_answer(&self) -> bool {
        self.response.as_ref().is_some_and(|r| r.status.is_some() || !r.body.is_unseen())
    }
}

struct Grouper<'a> {
    view: &'a View,
    vocabulary: &'a Vocabulary,
    done: Vec<Exchange>,
    current: Draft,
    time: Option<Text>,
    /// A status that a sentence names before or after the exchange that it is about.
    pending_status: Option<(u16, Span, Option<Text>)>,
    after_blank: bool,
}

impl Grouper<'_> {
    fn take(&mut self, placed: Placed) {
        let Placed { at, clue } = placed;
        let blank = matches!(clue, Clue::Blank);
        match clue {
            Clue::Time(time) => self.time = Some(time),
            Clue::RequestLine { method, url, versioned } => self.request_line(&at, method, url, versioned),
            Clue::Url { url, method, is_code } => self.url(&at, url, method, is_code),
            Clue::Host(host) => {
                self.turn_to_request_if(|d| d.host.as_ref().is_some_and(|h| h.as_str() != host.as_str()));
                self.current.host = Some(host);
                self.current.cover(&at);
            }
            Clue::Path(path) => {
                let known = self.current.url.as_ref().or(self.current.path.as_ref());
                let is_other = known.is_some_and(|u| !same_target(u.as_str(), path.as_str()));
                self.turn_to_request_if(|_| is_other);
                self.current.path = Some(path);
                self.current.cover(&at);
            }
            Clue::Method(method) => {
                self.turn_to_request_if(|d| {
                    d.method.as_ref().is_some_and(|m| !m.as_str().eq_ignore_ascii_case(method.as_str()))
                });
                self.current.method = Some(method);
                self.current.cover(&at);
            }
            Clue::BasePath(path) => {
                if self.is_base_of(&path) {
                    self.current.url = Some(self.on_base(path));
                    self.current.cover(&at);
                }
            }
            Clue::CodeMethod(method) => {
                if self.current.method.is_none() || self.current.code && !self.current.has_answer() {
                    self.current.method = Some(method);
                    self.current.code = true;
                    self.current.cover(&at);
                }
            }
            Clue::Status { code, span, reason, sure } => self.status(&at, code, span, reason, sure),
            Clue::Field { field, is_code } => self.field(&at, field, is_code),
            Clue::Expanded(value) => self.current.expanded.push(value),
            Clue::Parameter { name, value } => {
                self.turn_to_request_if(|_| false);
                let is_twin = self.current.parameters.iter().any(|(n, _)| n.as_str() == name.as_str());
                if is_twin && self.current.has_answer() {
                    self.close();
                }
                if !self.current.has_answer() || !is_twin {
                    self.current.parameters.push((name, value));
                    self.current.cover(&at);
                }
            }
            Clue::Form(form) => {
                if self.current.has_answer() {
                    self.close();
                }
                self.current.request_body = Some(form);
                self.current.cover(&at);
            }
            Clue::Json { json, text, kind } => self.json(&at, &json, text, kind),
            Clue::Exchanges(exchanges) => self.exchanges(&at, exchanges),
            Clue::Heading(label) => self.heading(label),
            Clue::Body { text, of_request } => self.body(&at, text, of_request),
            Clue::ErrorMember { name, value } => self.says(&at, name, &value),
            Clue::EmptyBody(span) => {
                if self.current.answer().body.is_unseen() {
                    self.current.answer().body = Body::Empty(span);
                }
            }
            Clue::Blank => self.blank(),
            Clue::Line(text) => self.line(&at, &text),
        }
        self.after_blank = blank;
    }

    fn close(&mut self) {
        let draft = std::mem::take(&mut self.current);
        if let Some(exchange) = finished(draft, self.view) {
            self.done.push(exchange);
        }
    }

    /// A labelled part of a request begins a new exchange where the current one has an answer already.
    fn turn_to_request_if(&mut self, taken: impl Fn(&Draft) -> bool) {
        if self.current.has_status() && self.current.has_request() && taken(&self.current) {
            self.close();
        }
    }

    fn stamp(&mut self) {
        if self.current.sent_at.is_none() {
            self.current.sent_at = self.time.take();
        }
    }

    fn request_line(&mut self, at: &Range<usize>, method: Text, url: Text, versioned: bool) {
        if self.current.from_command && versioned && !self.current.has_answer() {
            // The wire shows what the command before it really sent; only the body is not repeated there.
            let command = std::mem::take(&mut self.current);
            self.current.request_body = command.request_body;
            self.current.parameters = command.parameters;
            self.current.sent_at = command.sent_at;
            self.current.range = command.range;
        }
        let current = &self.current;
        // A URL in the sentence before, or labelled fields, may belong to this very request.
        let is_other = current.url.as_ref().is_some_and(|u| !same_target(u.as_str(), url.as_str()))
            && (!current.url_from_prose || current.has_answer());
        let same_method = current.method.as_ref().is_none_or(|m| m.as_str().eq_ignore_ascii_case(method.as_str()));
        let has_target = current.url.is_some() || current.path.is_some();
        let is_other = is_other || has_target && !current.url_from_prose && !same_method;
        let repeats = current.url.is_some() && current.method.is_some() && !is_other;
        if repeats && !versioned && (current.has_answer() || !current.fields.is_empty()) {
            // The same line again, as in a sentence about the request above.
            if !current.has_status() || !self.after_blank {
                return;
            }
            self.close();
        } else if is_other && !self.is_base_of(&url)
            || self.current.has_status() && self.current.has_request()
            || (self.current.versioned && versioned)
        {
            self.close();
        }
        self.stamp();
        let url = self.on_base(url);
        let draft = &mut self.current;
        draft.method = Some(method);
        draft.url = Some(url);
        draft.url_from_prose = false;
        draft.versioned |= versioned;
        draft.side = Side::Request;
        draft.cover(at);
    }

    /// Whether the URL known so far is a base (`https://host`) to which this target is a path.
    fn is_base_of(&self, target: &Text) -> bool {
        let Some(base) = &self.current.url else { return false };
        let rest = base.as_str().split("://").nth(1).unwrap_or_default().trim_end_matches('/');
        target.as_str().starts_with('/') && !rest.is_empty() && !rest.contains('/') && !self.current.has_answer()
    }

    /// A path on the base that code names beside it, or on the host of a labelled or connected server.
    fn on_base(&self, target: Text) -> Text {
        if !self.is_base_of(&target) {
            return target;
        }
        match &self.current.url {
            Some(base) => joined(Some(base), Some(&target)).unwrap_or(target),
            None => target,
        }
    }

    fn url(&mut self, at: &Range<usize>, url: Text, method: Option<Text>, is_code: bool) {
        if !is_request_url(url.as_str(), &self.vocabulary.pages) {
            return;
        }
        let current = &self.current;
        if let Some(known) = &current.url {
            // The same target in full: a log line names the path, another the URL.
            if known.as_str().starts_with('/') && !self.current.versioned && same_target(known.as_str(), url.as_str()) {
                self.current.url = Some(url);
                return;
            }
            if same_target(known.as_str(), url.as_str())
                || (method.is_none() && !current.url_from_prose && !self.is_labelled(at))
            {
                return;
            }
            if current.has_status() || !current.url_from_prose || method.is_some() {
                self.close();
            }
        } else if current.has_status()
            && current.has_request()
            && !current.fields.is_empty()
            && (current.answer_versioned || !self.is_labelled(at))
        {
            // The answer came first and its request's URL is named behind it: unlikely; a new request is more so.
            self.close();
        }
        self.stamp();
        let labelled = self.is_labelled(at);
        let draft = &mut self.current;
        if method.is_some() {
            draft.method = method;
        }
        draft.url = Some(url);
        draft.url_from_prose = !labelled && !is_code && draft.method.is_none();
        draft.code |= is_code;
        draft.cover(at);
    }

    /// Whether the item begins with a label (then its range is longer than the URL in it).
    fn is_labelled(&self, at: &Range<usize>) -> bool {
        let item = &self.view.text.as_str()[at.clone()];
        !(item.starts_with("http") || item.starts_with('/'))
    }

    fn status(&mut self, at: &Range<usize>, code: u16, span: Span, reason: Option<Text>, sure: Sureness) {
        let is_wire = sure == Sureness::Wire;
        if sure == Sureness::Prose {
            if self.current.has_request() && self.current.status_sure.is_none() && !self.current.url_from_prose {
                self.set_status(at, code, span, reason, sure);
            } else if self.pending_status.is_none_or_success() {
                self.pending_status = Some((code, span, reason));
            }
            return;
        }
        if self.current.has_status() {
            let known = self.current.response.as_ref().and_then(|r| r.status).map(|s| s.code);
            let answered = self.current.answer_versioned || known != Some(code);
            if is_wire && answered && self.current.status_sure == Some(Sureness::Wire) {
                // A second status line: the answer to another request, of which nothing is shown.
                self.close();
            } else if !is_wire {
                return;
            }
        }
        self.set_status(at, code, span, reason, sure);
        self.current.answer_versioned = is_wire;
    }

    fn set_status(&mut self, at: &Range<usize>, code: u16, span: Span, reason: Option<Text>, sure: Sureness) {
        let answer = self.current.answer();
        answer.status = Some(Status { code, span });
        answer.reason = reason;
        self.current.status_sure = Some(sure);
        if sure > Sureness::Prose {
            self.current.side = Side::Answer;
        }
        self.current.cover(at);
    }

    fn field(&mut self, at: &Range<usize>, field: Field, is_code: bool) {
        let name = field.name.as_str().to_owned();
        if field.is("from") && !self.current.versioned {
            // In a ticket it is the sender of a mail.
            return;
        }
        let direction = self.view.direction(at.start);
        let of_answer = match direction {
            Some(Direction::In) => true,
            Some(Direction::Out) => false,
            None if words::is_answer_field(&name) => true,
            None if words::is_request_field(&name, self.vocabulary) => false,
            None => self.current.side == Side::Answer && !is_code,
        };
        if of_answer {
            self.current.cover(at);
            self.current.side = Side::Answer;
            if name.eq_ignore_ascii_case("content-length")
                && field.value.as_str() == "0"
                && self.current.answer().body.is_unseen()
            {
                let span = field.value.span();
                self.current.answer().body = Body::Empty(span);
            }
            self.current.answer().fields.push(field);
            return;
        }
        let twin = self.current.has_field(&name);
        if self.current.has_answer() && (twin || self.current.head_closed && self.after_blank && self.current.versioned)
        {
            self.close();
        }
        if self.current.side == Side::Answer && self.current.has_request() && self.current.has_answer() && twin {
            self.close();
        }
        // A label's own list of headers may be quoted twice; the same value again adds nothing.
        let repeated =
            twin && self.current.fields.iter().any(|f| f.is(&name) && f.value.as_str() == field.value.as_str());
        if repeated && !self.current.versioned && (self.after_blank || is_code) {
            return;
        }
        self.stamp();
        if !self.current.has_answer() {
            self.current.side = Side::Request;
        }
        self.current.code |= is_code;
        self.current.fields.push(field);
        self.current.cover(at);
    }

    fn json(&mut self, at: &Range<usize>, json: &Json, text: Text, kind: Kind) {
        let only_fields = kind == Kind::Other
            && matches!(json, Json::Object(members, _) if !members.is_empty() && members.iter().all(|(name, value)| words::is_plain_field(name.as_str()) && value.as_text().is_some()));
        match kind {
            _ if kind == Kind::Headers || only_fields => {
                let fields = header_members(json);
                let of_request = fields.iter().any(|f| words::is_request_field(f.name.as_str(), self.vocabulary));
                let of_answer = fields.iter().any(|f| words::is_answer_field(f.name.as_str()));
                if (self.current.side == Side::Answer || of_answer) && !of_request {
                    let is_empty = fields
                        .iter()
                        .find(|f| f.is("content-length") && f.value.as_str() == "0")
                        .map(|f| f.value.span());
                    self.current.answer().fields.extend(fields);
                    if let Some(span) = is_empty.filter(|_| self.current.answer().body.is_unseen()) {
                        self.current.answer().body = Body::Empty(span);
                    }
                    self.current.side = Side::Answer;
                    self.current.cover(at);
                    return;
                }
                for field in fields {
                    self.field(at, field, true);
                }
                self.current.code = true;
            }
            Kind::JwtHeader | Kind::JwtPayload => {
                let decoded = &mut self.current.decoded_jwt;
                let part = if kind == Kind::JwtHeader { &mut decoded.header } else { &mut decoded.payload };
                part.get_or_insert(text);
                self.current.cover(at);
            }
            Kind::OperationOutcome | Kind::Fault | Kind::OAuthError | Kind::TokenAnswer => {
                if matches!(self.current.response.as_ref().map(|r| &r.body), Some(Body::Text(_)))
                    && self.current.has_request()
                {
                    // A second answer with nothing of its request: keep the first.
                    return;
                }
                self.current.answer().body = Body::Text(text);
                self.current.side = Side::Answer;
                self.current.cover(at);
            }
            _ if is_form_object(json) && !self.is_wire_body() => {
                for (name, value) in form_members(json) {
                    self.current.parameters.push((name, value));
                }
                self.current.cover(at);
            }
            Kind::Other if !self.current.has_status() && self.current.has_request() && status_of(json).is_some() => {
                if let Some((code, span)) = status_of(json) {
                    self.set_status(at, code, span, None, Sureness::Label);
                }
            }
            _ => {
                let of_answer = self.current.side == Side::Answer;
                if let Some(Json::String(method)) = json.get("method")
                    && words::METHODS.iter().any(|m| m.eq_ignore_ascii_case(method.as_str()))
                    && self.current.method.is_none()
                {
                    self.current.method = Some(method.clone());
                }
                // A block of code is no body: JSON has its names in quotes.
                let inner = text.as_str().trim_start_matches(['{', '[', ' ', '\n', '\t', '\r']);
                let is_block = self.current.code && !inner.starts_with(['"', '\'', '“', '\\']);
                if !is_block || of_answer {
                    self.body(at, text, !of_answer);
                }
            }
        }
    }

    /// Whether what stands here is the content of a message on the wire rather than a value in a program.
    fn is_wire_body(&self) -> bool {
        let current = &self.current;
        let says_json = current.fields.iter().any(|f| f.is("content-type") && f.value.as_str().contains("json"));
        current.versioned && current.head_closed || says_json
    }

    /// Makes the error document again of which only one member is quoted.
    fn says(&mut self, at: &Range<usize>, name: &'static str, value: &Text) {
        // Of several members the one with the sentence tells most.
        let rank = |name: &str| ["errorcode", "error"].iter().position(|n| *n == name).unwrap_or(2);
        let tells_more = self.current.said.is_some_and(|said| rank(name) > rank(said));
        if !(self.current.answer().body.is_unseen() || tells_more) || value.as_str().contains(['"', '\\']) {
            return;
        }
        let mut document = TextBuilder::new(value.span());
        let (open, close) = match name {
            "diagnostics" => ("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"", "\"}]}"),
            "faultstring" => ("{\"fault\":{\"faultstring\":\"", "\"}}"),
            "errorcode" => ("{\"fault\":{\"detail\":{\"errorcode\":\"", "\"}}}"),
            "error" => ("{\"error\":\"", "\"}"),
            _ => ("{\"error\":\"\",\"error_description\":\"", "\"}"),
        };
        document.replace(value, 0..0, open);
        document.copy(value, 0..value.len());
        document.replace(value, value.len()..value.len(), close);
        self.current.answer().body = Body::Text(document.finish());
        self.current.said = Some(name);
        self.current.cover(at);
    }

    fn body(&mut self, at: &Range<usize>, text: Text, of_request: bool) {
        if text.is_empty() {
            return;
        }
        if of_request {
            if self.current.request_body.is_none() && self.current.has_request() && !self.current.has_answer() {
                self.current.request_body = Some(text);
                self.current.cover(at);
            }
            return;
        }
        if self.current.answer().body.is_unseen() {
            self.current.answer().body = Body::Text(text);
        }
        self.current.cover(at);
    }

    fn exchanges(&mut self, at: &Range<usize>, exchanges: Vec<Exchange>) {
        let mut exchanges = exchanges;
        // The URL stood before the options of the call: they are one request.
        if let [only] = exchanges.as_mut_slice()
            && !self.current.has_answer()
            && self.current.fields.is_empty()
            && only.format != Format::Command
            && let Some(url) = &self.current.url
        {
            let same = only.request.url.as_ref().is_none_or(|u| u.as_str() == url.as_str());
            if same {
                only.request.url = only.request.url.take().or_else(|| self.current.url.take());
                only.request.method = only.request.method.take().or_else(|| self.current.method.take());
                self.current.url = None;
                self.current.method = None;
            }
        }
        let Some(last) = exchanges.pop() else { return };
        // What stood before in the text and has no answer yet may be the same request in other words.
        if !self.current.is_empty() && (self.current.has_answer() || self.current.url.is_some()) {
            self.close();
        }
        self.done.append(&mut exchanges);
        let mut draft = Draft::default();
        std::mem::swap(&mut draft, &mut self.current);
        let mut last = last;
        // What was met just before (a variable with the token, say) belongs to it.
        last.expanded.append(&mut draft.expanded);
        last.secrets.append(&mut draft.secrets);
        last.decoded_jwt = draft.decoded_jwt;
        if last.response.is_some() {
            self.done.push(last);
            return;
        }
        // Its answer may follow in the text.
        let range = at.clone();
        self.current = Draft {
            method: last.request.method.clone(),
            url: last.request.url.clone(),
            fields: last.request.fields.clone(),
            request_body: last.request.body.text().cloned(),
            parameters: match &last.request.body {
                Body::Form(pairs) => pairs.clone(),
                _ => Vec::new(),
            },
            sent_at: last.sent_at.clone().or_else(|| self.time.take()),
            expanded: last.expanded,
            secrets: last.secrets,
            decoded_jwt: last.decoded_jwt,
            recorded: Some((last.format, last.request.extent)),
            range: Some(range),
            from_command: true,
            ..Draft::default()
        };
        self.current.head_closed = true;
    }

    fn heading(&mut self, label: Label) {
        match label {
            Label::ResponseHead | Label::ResponseBody => self.current.side = Side::Answer,
            Label::RequestHead | Label::RequestBody => {
                if self.current.has_status() && self.current.has_request() && !self.current.fields.is_empty() {
                    self.close();
                }
                self.current.side = Side::Request;
            }
            _ => {}
        }
    }

    fn blank(&mut self) {
        match self.current.side {
            Side::Request if !self.current.fields.is_empty() => self.current.head_closed = true,
            Side::Answer if self.current.status_sure == Some(Sureness::Wire) => self.current.answer_head_closed = true,
            _ => {}
        }
    }

    /// A line that is nothing else: the plain text of an answer, if it stands where the body stands.
    fn line(&mut self, at: &Range<usize>, text: &Text) {
        if self.current.side == Side::Request
            && self.current.versioned
            && !self.current.head_closed
            && is_elision(text.as_str())
        {
            self.current.cut = true;
            return;
        }
        // The length of a chunk (RFC 9112, section 7.1) is no content.
        let is_chunk_size = text.len() <= 8
            && text.as_str().trim().bytes().all(|b| b.is_ascii_hexdigit())
            && self.current.response.as_ref().is_some_and(|r| r.fields.iter().any(|f| f.is("transfer-encoding")));
        if is_chunk_size {
            return;
        }
        let body_follows = self.current.side == Side::Answer
            && self.current.answer_head_closed
            && self.current.status_sure == Some(Sureness::Wire)
            && self.view.is_dump
            && self.current.response.as_ref().is_some_and(|r| r.body.is_unseen());
        let first_line_of_body = self.current.side == Side::Answer
            && self.current.answer_head_closed
            && self.after_blank
            && !self.view.is_dump
            && self.current.response.as_ref().is_some_and(|r| r.body.is_unseen() && !r.fields.is_empty())
            && !looks_like_prose(text.as_str());
        if body_follows || first_line_of_body {
            self.current.answer().body = Body::Text(text.trim());
            self.current.cover(at);
        }
    }

    fn finish(mut self) -> Vec<Exchange> {
        self.close();
        let mut done = self.done;
        // A status that a sentence names belongs to the last exchange without one.
        if let Some((code, span, reason)) = self.pending_status {
            let nothing = done.is_empty();
            let lacking = done.iter_mut().rev().find(|e| e.response.as_ref().is_none_or(|r| r.status.is_none()));
            match lacking {
                Some(exchange) => {
                    let answer = exchange.response.get_or_insert_with(Response::default);
                    answer.status = Some(Status { code, span });
                    answer.reason = reason;
                }
                None if nothing && code >= 400 => {
                    let response = Response { status: Some(Status { code, span }), reason, ..Response::default() };
                    done.push(Exchange {
                        format: Format::Ticket,
                        request: Request::default(),
                        response: Some(response),
                        sent_at: None,
                        expanded: Vec::new(),
                        secrets: Vec::new(),
                        decoded_jwt: DecodedJwt::default(),
                        at: span,
                    });
                }
                None => {}
            }
        }
        done
    }
}

trait PendingStatus {
    fn is_none_or_success(&self) -> bool;
}

impl PendingStatus for Option<(u16, Span, Option<Text>)> {
    /// Whether a status that is about to be remembered says more than this one: a refusal more than a success.
    fn is_none_or_success(&self) -> bool {
        self.as_ref().is_none_or(|(code, ..)| *code < 400)
    }
}

/// Whether a URL may be that of a request: not a picture, a page of documentation or a name space.
fn is_request_url(url: &str, pages: &[String]) -> bool {
    let lower = url.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".html", ".htm", ".pdf", ".css", ".js", ".md"]
        .iter()
        .any(|e| path.ends_with(e));
    if lower.starts_with('/') {
        return !is_file;
    }
    let host = path.split("//").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    let is_page =
        pages.iter().any(|h| host.strip_suffix(h.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    !(is_file || is_page || host.is_empty())
}

fn same_target(a: &str, b: &str) -> bool {
    let path = |url: &str| -> String {
        let rest = url.split("://").nth(1).map_or(url, |r| r.find('/').map_or("", |i| &r[i..]));
        rest.to_owned()
    };
    a == b || !path(a).is_empty() && path(a) == path(b) && (a.starts_with('/') || b.starts_with('/'))
}

/// Whether a line says that others were left out: `...`, `[snip]`, `(other headers removed)`.
fn is_elision(text: &str) -> bool {
    let text = text.trim();
    let folded = text.trim_matches(|c: char| " []()<>{}*-#/".contains(c)).to_lowercase();
    folded.starts_with("...")
        || folded.starts_with('…')
        || folded.len() < 60
            && [
                "snip",
                "cut",
                "omitted",
                "removed",
                "other headers",
                "more headers",
                "further headers",
                "rest of",
                "etc",
            ]
            .iter()
            .any(|w| folded.contains(w))
}

/// Whether a line is a sentence rather than the plain text of an answer.
fn looks_like_prose(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let text = text.trim();
    words > 3
        && (text.ends_with(['.', '?', '!', ',']) && !text.contains(':')
            || text.starts_with(['W', 'I', 'T']) && words > 6 && !text.contains(':'))
}

fn header_members(json: &Json) -> Vec<Field> {
    let Json::Object(members, _) = json else { return Vec::new() };
    members
        .iter()
        .filter_map(|(name, value)| {
            let value = match value {
                Json::String(text) | Json::Number(text) => text.trim(),
                Json::Array(items, _) => items.first().and_then(Json::as_text)?.trim(),
                _ => return None,
            };
            Some(Field { name: name.clone(), value })
        })
        .collect()
}

/// The status of an object that is about an answer and says little else.
fn status_of(json: &Json) -> Option<(u16, Span)> {
    if json.members().len() > 4 {
        return None;
    }
    let status = ["status", "statusCode", "status_code"].iter().find_map(|name| json.get(name))?;
    let Json::Number(text) = status else { return None };
    let code = text.as_str().parse().ok().filter(|c| (100..600).contains(c))?;
    Some((code, text.span()))
}

/// Whether an object is the form of a token request.
fn is_form_object(json: &Json) -> bool {
    ["grant_type", "client_assertion", "client_assertion_type", "subject_token", "refresh_token"]
        .iter()
        .any(|name| matches!(json.get(name), Some(Json::String(_))))
        && json.get("access_token").is_none()
}

fn form_members(json: &Json) -> Vec<(Text, Text)> {
    let Json::Object(members, _) = json else { return Vec::new() };
    members
        .iter()
        .filter_map(|(name, value)| match value {
            Json::String(text) | Json::Number(text) => Some((name.clone(), text.clone())),
            _ => None,
        })
        .collect()
}

/// Some loggers put every value in quotes; a single quoted value may have been sent like that.
fn unquote_all(request: &mut [Field], answer: &mut [Field]) {
    let is_quoted =
        |f: &Field| f.value.len() >= 2 && f.value.as_str().starts_with('"') && f.value.as_str().ends_with('"');
    let all = || request.iter().chain(answer.iter()).filter(|f| !f.value.is_empty());
    if all().count() < 2 || !all().all(is_quoted) {
        return;
    }
    for field in request.iter_mut().chain(answer).filter(|f| is_quoted(f)) {
        field.value = field.value.slice(1..field.value.len() - 1).trim();
    }
}

/// Makes the exchange of a draft; nothing where it holds too little to be one.
fn finished(mut draft: Draft, view: &View) -> Option<Exchange> {
    let nothing_but_a_url = draft.url_from_prose
        && draft.fields.is_empty()
        && draft.parameters.is_empty()
        && draft.request_body.is_none()
        && draft.method.is_none()
        && draft.response.is_none();
    if draft.is_empty() && draft.decoded_jwt.is_empty() {
        return None;
    }
    let range = draft.range.clone().unwrap_or(0..0);
    let at = view.text.span_of(range);
    let has_host = draft.fields.iter().any(|f| f.is("host") || f.is(":authority"));
    let url = match (&draft.url, &draft.host) {
        // The host stands beside the path: labelled, or as the argument of a call.
        (Some(url), Some(_)) if url.as_str().starts_with('/') && !has_host => joined(draft.host.as_ref(), Some(url)),
        (Some(url), _) => Some(url.clone()),
        (None, host) => joined(host.as_ref(), draft.path.as_ref()),
    };
    let is_dump = view.is_dump && draft.versioned;
    let (format, extent) = match draft.recorded {
        Some(recorded) => recorded,
        // A client always sends Host: a head without it was cut, or put together by hand.
        None if is_dump => (Format::Verbose, if has_host && !draft.cut { Extent::Whole } else { Extent::Part }),
        None if draft.versioned && has_host && !draft.cut => (Format::Raw, Extent::Whole),
        None if draft.versioned => (Format::Raw, Extent::Part),
        None if draft.code => (Format::Code, Extent::Part),
        None => (Format::Ticket, Extent::Part),
    };
    let body = match (draft.request_body.take(), std::mem::take(&mut draft.parameters)) {
        (Some(text), _) => Body::Text(text),
        (None, parameters) if !parameters.is_empty() => Body::Form(parameters),
        _ => Body::Unseen,
    };
    let mut fields = draft.fields;
    let mut answer_fields = draft.response.as_mut().map(|r| std::mem::take(&mut r.fields)).unwrap_or_default();
    unquote_all(&mut fields, &mut answer_fields);
    if let Some(response) = draft.response.as_mut() {
        response.fields = answer_fields;
    }
    // Pseudo-fields of HTTP/2 are not fields.
    fields.retain(|f| !f.name.as_str().starts_with(':'));
    let host_field = fields.iter().find(|f| f.is("host")).map(|f| f.value.clone());
    let url = url.or_else(|| host_field.filter(|_| nothing_but_a_url));
    let request = Request { method: draft.method, url, fields, body, extent };
    let response = draft.response.map(|mut response| {
        let from_wire = draft.answer_versioned && !response.fields.is_empty();
        response.extent = if from_wire { Extent::Whole } else { Extent::Part };
        response
    });
    Some(Exchange {
        format,
        request,
        response,
        sent_at: draft.sent_at,
        expanded: draft.expanded,
        secrets: draft.secrets,
        decoded_jwt: draft.decoded_jwt,
        at,
    })
}

/// A URL put together from a labelled host and path.
fn joined(host: Option<&Text>, path: Option<&Text>) -> Option<Text> {
    let Some(host) = host else { return path.cloned() };
    let Some(path) = path else { return Some(host.clone()) };
    let mut builder = TextBuilder::new(host.span());
    builder.copy(host, 0..host.len());
    if !host.as_str().ends_with('/') && !path.as_str().starts_with('/') {
        builder.replace(path, 0..0, "/");
    }
    builder.copy(path, 0..path.len());
    Some(builder.finish())
}

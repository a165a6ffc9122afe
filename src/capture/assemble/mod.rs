//! Assembles clues into exchanges: which clue belongs to which request, and to which of its two messages.

mod draft;
mod looks;
mod merge;
mod once;
#[cfg(test)]
mod tests;

use std::ops::Range;

use draft::{ExchangeDraft, MessageSide, finished, joined};
use looks::{
    filled_in, form_members, is_elision, is_form_object, is_origin, is_request_url, looks_like_prose, same_target,
    status_of,
};

use super::json::Json;
use super::json::content::Content;
use super::json::members;
use super::lines::clue::{Clue, Placed, Sureness};
use super::model::{Body, Exchange, Field, Format, Response, Status};
use super::view::{Direction, View};
use super::words::{self, Label};
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text};

/// Assembles clues, which are in the order of the text.
pub(crate) fn assemble(clues: Vec<Placed>, view: &View, vocabulary: &Vocabulary) -> Vec<Exchange> {
    let mut assembler = Assembler {
        view,
        vocabulary,
        done: Vec::new(),
        current: ExchangeDraft::default(),
        time: None,
        pending_status: None,
        after_blank: false,
        list_side: None,
    };
    let sides = looks::sides(&clues, vocabulary);
    for (placed, side) in clues.into_iter().zip(sides) {
        assembler.list_side = side;
        assembler.take(placed);
    }
    assembler.finish()
}

/// A status in a sentence. A refusal says more than a success, so it replaces one.
struct PendingStatus {
    code: u16,
    span: Span,
    reason: Option<Text>,
}

struct Assembler<'a> {
    view: &'a View,
    vocabulary: &'a Vocabulary,
    done: Vec<Exchange>,
    current: ExchangeDraft,
    time: Option<Text>,
    /// A status that a sentence names before or after the exchange that it is about.
    pending_status: Option<PendingStatus>,
    after_blank: bool,
    /// The message to which the list of fields belongs that the clue is in, if that is plain.
    list_side: Option<MessageSide>,
}

impl Assembler<'_> {
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
                let known = self.current.exchange.request.url.as_ref().or(self.current.path.as_ref());
                let is_other = known.is_some_and(|u| !same_target(u.as_str(), path.as_str()));
                self.turn_to_request_if(|_| is_other);
                self.current.path = Some(path);
                self.current.cover(&at);
            }
            Clue::Method(method) => {
                self.turn_to_request_if(|d| {
                    d.exchange
                        .request
                        .method
                        .as_ref()
                        .is_some_and(|m| !m.as_str().eq_ignore_ascii_case(method.as_str()))
                });
                self.current.exchange.request.method = Some(method);
                self.current.cover(&at);
            }
            Clue::BasePath(path) => {
                if self.is_base_of(&path) {
                    self.current.exchange.request.url = Some(self.on_base(path));
                    self.current.cover(&at);
                }
            }
            Clue::CodeMethod(method) => {
                if self.current.exchange.request.method.is_none() || self.current.code && !self.current.has_answer() {
                    self.current.exchange.request.method = Some(method);
                    self.current.code = true;
                    self.current.cover(&at);
                }
            }
            Clue::Status { code, span, reason, sure } => self.status(&at, code, span, reason, sure),
            Clue::Field { field, is_code } => self.field(&at, field, is_code),
            Clue::Expanded(value) => self.current.exchange.expanded.push(value),
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
                self.current.exchange.request.body = Body::Text(form);
                self.current.cover(&at);
            }
            Clue::Json { json, text, kind } => self.json(&at, &json, text, kind),
            Clue::Exchanges(exchanges) => self.exchanges(&at, exchanges),
            Clue::Heading(label) => self.heading(label),
            Clue::Body { text, of_request } => self.body(&at, text, of_request),
            Clue::ErrorMember { name, value } => self.error_member(&at, name, &value),
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
    fn turn_to_request_if(&mut self, taken: impl Fn(&ExchangeDraft) -> bool) {
        if self.current.has_status() && self.current.has_request() && taken(&self.current) {
            self.close();
        }
    }

    fn stamp(&mut self) {
        if self.current.exchange.sent_at.is_none() {
            self.current.exchange.sent_at = self.time.take();
        }
    }

    fn request_line(&mut self, at: &Range<usize>, method: Text, url: Text, versioned: bool) {
        if self.current.is_recorded && versioned && !self.current.has_answer() {
            // The wire shows what the command before it really sent; only the body is not repeated there.
            let command = std::mem::take(&mut self.current);
            self.current.exchange.request.body = command.exchange.request.body;
            self.current.parameters = command.parameters;
            self.current.exchange.sent_at = command.exchange.sent_at;
            self.current.range = command.range;
            // What the client was asked for names the host; the wire has only the path. A print that leaves fields out
            // may do so in the dump of the wire too.
            self.current.cut = command.cut;
            self.current.exchange.request.url =
                command.exchange.request.url.filter(|u| same_target(u.as_str(), url.as_str()));
        }
        let current = &self.current;
        // A URL in the sentence before, or labelled fields, may belong to this very request.
        let is_other = current.exchange.request.url.as_ref().is_some_and(|u| !same_target(u.as_str(), url.as_str()))
            && (!current.url_from_prose || current.has_answer());
        let same_method =
            current.exchange.request.method.as_ref().is_none_or(|m| m.as_str().eq_ignore_ascii_case(method.as_str()));
        let has_target = current.exchange.request.url.is_some() || current.path.is_some();
        let is_other = is_other || has_target && !current.url_from_prose && !same_method;
        let repeats = current.exchange.request.url.is_some() && current.exchange.request.method.is_some() && !is_other;
        if repeats && !versioned && (current.has_answer() || !current.exchange.request.fields.is_empty()) {
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
        if versioned && self.current.url_from_prose && self.is_base_of(&url) {
            // A link in a banner is not the base of a message that has its own Host.
            let base = self.current.exchange.request.url.take();
            self.current.host = self.current.host.take().or(base);
        }
        let url = self.on_base(url);
        let draft = &mut self.current;
        draft.exchange.request.method = Some(method);
        let is_known = url.as_str().starts_with('/')
            && draft
                .exchange
                .request
                .url
                .as_ref()
                .is_some_and(|u| u.as_str().contains("://") && same_target(u.as_str(), url.as_str()));
        if !is_known {
            draft.exchange.request.url = Some(url);
        }
        draft.url_from_prose = false;
        draft.versioned |= versioned;
        draft.side = MessageSide::Request;
        draft.cover(at);
    }

    /// Whether the URL known so far is a base (`https://host`) to which this target is a path.
    fn is_base_of(&self, target: &Text) -> bool {
        let Some(base) = &self.current.exchange.request.url else { return false };
        let rest = base.as_str().split("://").nth(1).unwrap_or_default().trim_end_matches('/');
        target.as_str().starts_with('/') && !rest.is_empty() && !rest.contains('/') && !self.current.has_answer()
    }

    /// A path on the base that code names beside it, or on the host of a labelled or connected server.
    fn on_base(&self, target: Text) -> Text {
        if !self.is_base_of(&target) {
            return target;
        }
        match &self.current.exchange.request.url {
            Some(base) => joined(Some(base), Some(&target)).unwrap_or(target),
            None => target,
        }
    }

    fn url(&mut self, at: &Range<usize>, url: Text, method: Option<Text>, is_code: bool) {
        if !is_request_url(url.as_str(), &self.vocabulary.pages) {
            return;
        }
        let current = &self.current;
        if let Some(known) = &current.exchange.request.url {
            // The same target in full: a log line names the path, another the URL.
            if known.as_str().starts_with('/') && !self.current.versioned && same_target(known.as_str(), url.as_str()) {
                self.current.exchange.request.url = Some(url);
                return;
            }
            // Behind the answer, an address without a path is where something runs, not what was called.
            let is_place = current.has_status() && method.is_none() && !is_code && is_origin(url.as_str());
            if same_target(known.as_str(), url.as_str())
                || is_place
                || (method.is_none() && !current.url_from_prose && !self.is_labelled(at))
            {
                return;
            }
            if current.has_status() || !current.url_from_prose || method.is_some() {
                self.close();
            }
        } else if current.has_status()
            && current.has_request()
            && !current.exchange.request.fields.is_empty()
            && (current.answer_versioned || !self.is_labelled(at))
        {
            // A response first and the URL of its request after it is unlikely; a new request is likelier.
            self.close();
        }
        self.stamp();
        let labelled = self.is_labelled(at);
        let draft = &mut self.current;
        if method.is_some() {
            draft.exchange.request.method = method;
        }
        draft.exchange.request.url = Some(url);
        draft.url_from_prose = !labelled && !is_code && draft.exchange.request.method.is_none();
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
            } else if self.pending_status.as_ref().is_none_or(|known| known.code < 400) {
                self.pending_status = Some(PendingStatus { code, span, reason });
            }
            return;
        }
        if self.current.has_status() {
            let known = self.current.exchange.response.as_ref().and_then(|r| r.status).map(|s| s.code);
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
            self.current.side = MessageSide::Answer;
        }
        self.current.cover(at);
    }

    fn field(&mut self, at: &Range<usize>, field: Field, is_code: bool) {
        let name = field.name.as_str().to_owned();
        // `authorization: Authorization`: a print of the names, which shows no value.
        if field.value.as_str().eq_ignore_ascii_case(&name) {
            return;
        }
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
            None => match self.list_side {
                Some(side) => side == MessageSide::Answer,
                None => self.current.side == MessageSide::Answer && !is_code,
            },
        };
        if of_answer {
            self.current.cover(at);
            self.current.side = MessageSide::Answer;
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
        if self.current.side == MessageSide::Answer && self.current.has_request() && self.current.has_answer() && twin {
            self.close();
        }
        // A label's own list of headers may be quoted twice; the same value again adds nothing.
        let repeated = twin
            && self
                .current
                .exchange
                .request
                .fields
                .iter()
                .any(|f| f.is(&name) && f.value.as_str() == field.value.as_str());
        if repeated && !self.current.versioned && (self.after_blank || is_code) {
            return;
        }
        self.stamp();
        if !self.current.has_answer() {
            self.current.side = MessageSide::Request;
        }
        self.current.code |= is_code;
        if is_code {
            self.current.coded.insert(field.name.span().start);
        }
        if is_code && let Some(expression) = filled_in(&field) {
            self.current.exchange.expanded.push(expression);
        }
        self.current.exchange.request.fields.push(field);
        self.current.cover(at);
    }

    fn json(&mut self, at: &Range<usize>, json: &Json, text: Text, kind: Content) {
        // Java and Go print a list of values for each name.
        let is_value = |value: &Json| {
            let all = value.elements();
            value.as_text().is_some() || !all.is_empty() && all.iter().all(|v| v.as_text().is_some())
        };
        let only_fields = kind == Content::Other
            && matches!(json, Json::Object(members, _) if !members.is_empty() && members.iter().all(|(name, value)| words::is_plain_field(name.as_str()) && is_value(value)));
        match kind {
            _ if kind == Content::Headers || only_fields => {
                let fields = members::fields(json);
                let of_request = fields.iter().any(|f| words::is_request_field(f.name.as_str(), self.vocabulary));
                let of_answer = fields.iter().any(|f| words::is_answer_field(f.name.as_str()));
                if (self.current.side == MessageSide::Answer || of_answer) && !of_request {
                    let is_empty = fields
                        .iter()
                        .find(|f| f.is("content-length") && f.value.as_str() == "0")
                        .map(|f| f.value.span());
                    self.current.answer().fields.extend(fields);
                    if let Some(span) = is_empty.filter(|_| self.current.answer().body.is_unseen()) {
                        self.current.answer().body = Body::Empty(span);
                    }
                    self.current.side = MessageSide::Answer;
                    self.current.cover(at);
                    return;
                }
                for field in fields {
                    self.field(at, field, true);
                }
                self.current.code = true;
            }
            Content::JwtHeader | Content::JwtPayload => {
                let decoded = &mut self.current.exchange.decoded_jwt;
                let part = if kind == Content::JwtHeader { &mut decoded.header } else { &mut decoded.payload };
                part.get_or_insert(text);
                self.current.cover(at);
            }
            Content::ErrorObject if self.is_wire_body() && !self.current.has_answer() && !self.has_command() => {
                self.body(at, text, true);
            }
            Content::OperationOutcome
            | Content::Fault
            | Content::OAuthError
            | Content::ErrorObject
            | Content::TokenAnswer => {
                if matches!(
                    self.current.exchange.response.as_ref().map(|r| &r.body),
                    Some(Body::Text(_) | Body::ErrorMembers(_))
                ) && self.current.has_request()
                {
                    // A second answer with nothing of its request: keep the first.
                    return;
                }
                self.current.answer().body = Body::Text(text);
                self.current.side = MessageSide::Answer;
                self.current.cover(at);
            }
            _ if is_form_object(json) && !self.is_wire_body() => {
                for (name, value) in form_members(json) {
                    self.current.parameters.push((name, value));
                }
                self.current.cover(at);
            }
            Content::Other if !self.current.has_status() && self.current.has_request() && status_of(json).is_some() => {
                if let Some((code, span)) = status_of(json) {
                    self.set_status(at, code, span, None, Sureness::Label);
                }
            }
            _ => {
                let of_answer = self.current.side == MessageSide::Answer;
                if let Some(Json::String(method)) = json.get("method")
                    && words::METHODS.iter().any(|m| m.eq_ignore_ascii_case(method.as_str()))
                    && self.current.exchange.request.method.is_none()
                {
                    self.current.exchange.request.method = Some(method.clone());
                }
                // A block of code is not a body: JSON has its names in quotes.
                let inner = text.as_str().trim_start_matches(['{', '[', ' ', '\n', '\t', '\r']);
                let is_block = self.current.code && !inner.starts_with(['"', '\'', '“', '\\']);
                if !is_block || of_answer {
                    self.body(at, text, !of_answer);
                }
            }
        }
    }

    /// Whether the request is a command, which holds its own body: a document after it is an answer.
    fn has_command(&self) -> bool {
        self.current.is_recorded && self.current.exchange.format == Format::Command
    }

    /// Whether this is the content of a message on the wire rather than a value in a program.
    fn is_wire_body(&self) -> bool {
        let current = &self.current;
        let says_json =
            current.exchange.request.fields.iter().any(|f| f.is("content-type") && f.value.as_str().contains("json"));
        current.versioned && current.head_closed || says_json
    }

    /// An error document of which only one member is quoted.
    fn error_member(&mut self, at: &Range<usize>, name: &'static str, value: &Text) {
        // Of several members the one with the sentence says most.
        let rank = |name: &str| ["errorcode", "error"].iter().position(|n| *n == name).unwrap_or(2);
        // An escaped character was not decoded, so the words are not those that were sent.
        if value.as_str().contains(['"', '\\']) {
            return;
        }
        let mut members = match &self.current.answer().body {
            Body::Unseen => Vec::new(),
            Body::ErrorMembers(members) if members.iter().all(|(known, _)| rank(known) != rank(name)) => {
                members.clone()
            }
            _ => return,
        };
        members.push((name, value.clone()));
        members.sort_by_key(|(name, _)| std::cmp::Reverse(rank(name)));
        self.current.answer().body = Body::ErrorMembers(members);
        self.current.cover(at);
    }

    fn body(&mut self, at: &Range<usize>, text: Text, of_request: bool) {
        if text.is_empty() {
            return;
        }
        if of_request {
            if !self.current.has_body() && self.current.has_request() && !self.current.has_answer() {
                self.current.exchange.request.body = Body::Text(text);
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
        for exchange in exchanges.iter_mut().filter(|e| e.format == Format::Json) {
            let expressions = exchange.request.fields.iter().filter_map(filled_in);
            exchange.expanded.extend(expressions);
        }
        // The URL stood before the options of the call: they are one request.
        if let [only] = exchanges.as_mut_slice()
            && !self.current.has_answer()
            && self.current.exchange.request.fields.is_empty()
            && only.format != Format::Command
            && let Some(url) = &self.current.exchange.request.url
        {
            let same = only.request.url.as_ref().is_none_or(|u| u.as_str() == url.as_str());
            if same {
                only.request.url = only.request.url.take().or_else(|| self.current.exchange.request.url.take());
                only.request.method =
                    only.request.method.take().or_else(|| self.current.exchange.request.method.take());
                self.current.exchange.request.url = None;
                self.current.exchange.request.method = None;
            }
        }
        let Some(last) = exchanges.pop() else { return };
        if exchanges.is_empty() && self.is_answer_again(&last) {
            if let Some(response) = last.response {
                merge::response(self.current.answer(), response);
                self.current.status_sure.get_or_insert(Sureness::Label);
                self.current.cover(at);
            }
            return;
        }
        // What stood before in the text and has no answer yet may be the same request in other words.
        if !self.current.is_empty() && (self.current.has_answer() || self.current.exchange.request.url.is_some()) {
            self.close();
        }
        self.done.append(&mut exchanges);
        let mut draft = std::mem::take(&mut self.current);
        let mut last = last;
        // What was met just before (a variable with the token, say) belongs to it.
        last.expanded.append(&mut draft.exchange.expanded);
        last.secrets.append(&mut draft.exchange.secrets);
        last.decoded_jwt = draft.exchange.decoded_jwt;
        if last.response.is_some() {
            self.done.push(last);
            return;
        }
        // Its answer may follow in the text.
        last.sent_at = last.sent_at.or_else(|| self.time.take());
        let withheld = once::notices(&mut last.request);
        self.current = ExchangeDraft::of_recorded(last, at.clone());
        self.current.cut = withheld;
    }

    /// Whether a record holds only the answer to the current request, which a program printed apart from it.
    fn is_answer_again(&self, record: &Exchange) -> bool {
        let request = &record.request;
        let is_answer =
            request.url.is_none() && request.method.is_none() && request.fields.is_empty() && request.body.is_unseen();
        let Some(response) = record.response.as_ref().filter(|_| is_answer && self.current.has_request()) else {
            return false;
        };
        let known = self.current.exchange.response.as_ref().and_then(|r| r.status).map(|s| s.code);
        known.is_none() || response.status.is_none_or(|status| Some(status.code) == known)
    }

    fn heading(&mut self, label: Label) {
        match label {
            Label::ResponseHead | Label::ResponseBody => self.current.side = MessageSide::Answer,
            Label::RequestHead | Label::RequestBody => {
                if self.current.has_status()
                    && self.current.has_request()
                    && !self.current.exchange.request.fields.is_empty()
                {
                    self.close();
                }
                self.current.side = MessageSide::Request;
            }
            _ => {}
        }
    }

    fn blank(&mut self) {
        match self.current.side {
            MessageSide::Request if !self.current.exchange.request.fields.is_empty() => self.current.head_closed = true,
            MessageSide::Answer if self.current.status_sure == Some(Sureness::Wire) => {
                self.current.answer_head_closed = true
            }
            _ => {}
        }
    }

    /// A line that is nothing else: the plain text of an answer, if it is in the place of the body.
    fn line(&mut self, at: &Range<usize>, text: &Text) {
        if self.current.side == MessageSide::Request
            && self.current.versioned
            && !self.current.head_closed
            && is_elision(text.as_str())
        {
            self.current.cut = true;
            return;
        }
        if words::is_end_of_print(text.as_str()) && self.current.has_request() && !self.current.has_answer() {
            self.current.exchange.print.is_listed = true;
            return;
        }
        // The length of a chunk (RFC 9112, section 7.1) is not content.
        let is_chunk_size = text.len() <= 8
            && text.as_str().trim().bytes().all(|b| b.is_ascii_hexdigit())
            && self
                .current
                .exchange
                .response
                .as_ref()
                .is_some_and(|r| r.fields.iter().any(|f| f.is("transfer-encoding")));
        if is_chunk_size || looks::is_of_log(text.as_str()) {
            return;
        }
        let body_follows = self.current.side == MessageSide::Answer
            && self.current.answer_head_closed
            && self.current.status_sure == Some(Sureness::Wire)
            && self.view.is_dump
            && self.current.exchange.response.as_ref().is_some_and(|r| r.body.is_unseen());
        let first_line_of_body = self.current.side == MessageSide::Answer
            && self.current.answer_head_closed
            && self.after_blank
            && !self.view.is_dump
            && self.current.exchange.response.as_ref().is_some_and(|r| r.body.is_unseen() && !r.fields.is_empty())
            && !looks_like_prose(text.as_str());
        if body_follows || first_line_of_body {
            self.current.answer().body = Body::Text(text.trim());
            self.current.cover(at);
        }
    }

    fn finish(mut self) -> Vec<Exchange> {
        self.close();
        let mut done = self.done;
        for exchange in &mut done {
            let is_wire = matches!(exchange.format, Format::Raw | Format::Verbose);
            once::fields(&mut exchange.request, is_wire);
        }
        let mut done = merge::calls(done);
        // A status that a sentence names belongs to the last exchange without one.
        if let Some(PendingStatus { code, span, reason }) = self.pending_status {
            let is_good = |r: &Response| r.status.is_some_and(|s| s.code < 400);
            let is_unexplained = done.iter().all(|e| e.response.as_ref().is_some_and(is_good));
            // An answer of which only the place is known that it led to is a redirect.
            let lacks = |r: &Response| r.status.is_none() && !r.fields.iter().any(|f| f.is("location"));
            let lacking = done.iter_mut().rev().find(|e| e.response.as_ref().is_none_or(lacks));
            match lacking {
                Some(exchange) => {
                    let answer = exchange.response.get_or_insert_with(Response::default);
                    answer.status = Some(Status { code, span });
                    answer.reason = reason;
                }
                // Nothing that is shown was refused, so the sentence is about a request that is not shown.
                None if is_unexplained && code >= 400 => {
                    let response = Response { status: Some(Status { code, span }), reason, ..Response::default() };
                    done.push(Exchange { response: Some(response), ..Exchange::unseen(Format::Ticket, span) });
                }
                None => {}
            }
        }
        follow_redirects(&mut done);
        done
    }
}

/// A program that prints answers alone (`curl -i -L`) says by its redirects where the next request went.
fn follow_redirects(exchanges: &mut [Exchange]) {
    for i in 1..exchanges.len() {
        let (before, after) = exchanges.split_at_mut(i);
        let (Some(from), Some(to)) = (before.last(), after.first_mut()) else { return };
        let Some(answer) = &from.response else { continue };
        let is_redirect = answer.status.is_some_and(|s| (300..400).contains(&s.code));
        let is_answer_only = to.response.is_some() && to.request.url.is_none() && to.request.fields.is_empty();
        if is_redirect && is_answer_only {
            let location = answer.fields.iter().find(|f| f.is("location")).map(|f| f.value.clone());
            to.request.url = location.filter(|l| l.as_str().contains("://"));
        }
    }
}

//! The things that a paste shows, one by one and in order: request lines, status lines, fields, labelled values,
//! JSON documents, commands. What they add up to is decided elsewhere (`group`).

use std::ops::Range;

use super::document::Kind;
use super::json::{self, Json};
use super::model::{Exchange, Field, Note};
use super::reader::Reader;
use super::view::View;
use super::words::{self, BEFORE_STATUS, FORM_PARAMETERS, Label, METHODS, REASONS};
use super::{command, document, postman};
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text, TextBuilder};

/// How a status was written; a better one replaces a worse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sureness {
    /// In a sentence.
    Prose,
    /// After a label.
    Label,
    /// In a status line.
    Wire,
}

/// Something that a paste shows.
#[derive(Debug)]
pub(crate) enum Item {
    /// A method and a target; `versioned` where `HTTP/…` follows, as on the wire.
    RequestLine { method: Text, url: Text, versioned: bool },
    /// A URL in a sentence or in code, with the method that stands near it.
    Url { url: Text, method: Option<Text>, is_code: bool },
    /// A labelled host.
    Host(Text),
    /// A labelled path.
    Path(Text),
    /// A labelled method.
    Method(Text),
    /// A path in code, which counts only where the base of the URL is known.
    BasePath(Text),
    /// A method that a program sets.
    CodeMethod(Text),
    /// A status.
    Status { code: u16, span: Span, reason: Option<Text>, sure: Sureness },
    /// A header field; `is_code` where a program sets it.
    Field { field: Field, is_code: bool },
    /// A part of a value that a program or shell puts in when it runs.
    Expanded(Text),
    /// A form parameter.
    Parameter { name: Text, value: Text },
    /// A form in one piece.
    Form(Text),
    /// A JSON document that is no capture by itself.
    Json { json: Json, text: Text, kind: Kind },
    /// Whole exchanges read by a format of their own.
    Exchanges(Vec<Exchange>),
    /// A line that says what follows.
    Heading(Label),
    /// A labelled body.
    Body { text: Text, of_request: bool },
    /// A member of an error body that stands by itself: `error_description="…"`.
    Says { name: &'static str, value: Text },
    /// A body that is said to be empty.
    EmptyBody(Span),
    /// An empty line.
    Blank,
    /// A time at the beginning of a line.
    Time(Text),
    /// Any other line.
    Line(Text),
}

/// An item and its range in the view.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) at: Range<usize>,
    pub(crate) item: Item,
}

impl Placed {
    /// Whether it is what a tool recorded for machines to read.
    pub(crate) fn is_record(&self) -> bool {
        matches!(&self.item, Item::Exchanges(list) if list.iter().any(|e| e.format == super::model::Format::Har))
    }
}

/// Reads the items of a view.
pub(crate) fn scan(view: &View, vocabulary: &Vocabulary, reader: Reader, notes: &mut Vec<Note>) -> Vec<Placed> {
    let text = &view.text;
    let mut scanner = Scanner { view, text, vocabulary, reader, claims: Vec::new(), items: Vec::new(), read_to: 0 };
    scanner.claim(notes);
    scanner.run();
    scanner.items
}

/// How long a string literal may be, in bytes: what is longer is no credential, and a quote that nothing closes must
/// not be followed to the end of the paste again and again.
const LONGEST: usize = 8192;

struct Scanner<'a> {
    view: &'a View,
    text: &'a Text,
    vocabulary: &'a Vocabulary,
    reader: Reader,
    /// Stretches that a format of their own has read, in order.
    claims: Vec<(Range<usize>, Option<Item>)>,
    items: Vec<Placed>,
    /// Up to where lines were read as part of an earlier one.
    read_to: usize,
}

impl<'a> Scanner<'a> {
    fn str(&self) -> &'a str {
        self.text.as_str()
    }

    /// Finds the commands and the JSON documents.
    fn claim(&mut self, notes: &mut Vec<Note>) {
        let value = self.str();
        let mut at = 0;
        let mut failures = 0_usize;
        let find_bracket = |from: usize| {
            value.as_bytes()[from..].iter().position(|b| matches!(b, b'{' | b'[')).map_or(value.len(), |i| from + i)
        };
        let mut bracket_at = find_bracket(0);
        let find_command =
            |from: usize| if self.reader.reads_commands() { command::next(self.text, from) } else { None };
        let mut next_command = find_command(0);
        while at < value.len() {
            if next_command.as_ref().is_some_and(|(range, ..)| range.start < at) {
                next_command = find_command(at);
            }
            let command_at = next_command.as_ref().map_or(value.len(), |(range, ..)| range.start);
            if bracket_at < at {
                bracket_at = find_bracket(at);
            }
            if command_at <= bracket_at {
                let Some((range, exchanges, found)) = next_command.take() else { break };
                notes.extend(found);
                at = range.end.max(range.start + 1);
                self.claims.push((range.start..at, Some(Item::Exchanges(exchanges))));
                next_command = find_command(at);
                continue;
            }
            at = bracket_at;
            // An opening bracket that begins nothing costs a look; a paste of nothing but brackets must not cost more.
            if failures < 2_000 && !self.inside_word(at) {
                match json::parse(self.text, at) {
                    Some(parsed) => {
                        notes.extend(parsed.notes);
                        let end = parsed.end.max(at + 1);
                        if let Some(item) = self.json_item(parsed.json, at..end) {
                            self.claims.push((at..end, Some(item)));
                            at = end;
                            continue;
                        }
                        failures += 1;
                    }
                    None => failures += 1,
                }
            }
            at += 1;
        }
    }

    /// A bracket within a URL (`/{id}`) opens no document.
    fn inside_word(&self, at: usize) -> bool {
        self.str()[..at].ends_with(['/', '=', '$', '%', '?', '&']) && !self.str()[..at].ends_with(['=', '?'])
            || self.str()[..at].ends_with("{")
    }

    fn json_item(&self, json: Json, range: Range<usize>) -> Option<Item> {
        // A template string is filled in by the program: the reader of code knows that, the one of documents does not.
        let source = &self.str()[range.clone()];
        if source.contains('`') && source.contains("${") {
            return None;
        }
        let kind = document::classify(&json);
        let text = self.text.slice(range.clone());
        if matches!(kind, Kind::Har | Kind::Collection | Kind::PostmanConsole | Kind::Document)
            && !self.reader.reads_records_of(kind)
        {
            // A record that is not for this reader: neither what it shows nor a text to pick labels from.
            return Some(Item::Exchanges(Vec::new()));
        }
        match kind {
            Kind::Har => super::har::exchanges(&json).map(Item::Exchanges),
            Kind::Collection => postman::exchanges(&json).map(Item::Exchanges),
            Kind::PostmanConsole => {
                let before = &self.str()[..range.start];
                let line = before.rfind('\n').map_or(0, |i| i + 1);
                postman::console(&json, &self.text.slice(line..range.start)).map(|e| Item::Exchanges(vec![e]))
            }
            Kind::Document => document::exchanges(&json).map(Item::Exchanges),
            // A list of numbers or words in brackets is prose.
            Kind::Other if matches!(json, Json::Array(..)) => None,
            _ => Some(Item::Json { json, text, kind }),
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        let claims = std::mem::take(&mut self.claims);
        let ranges: Vec<Range<usize>> = claims.iter().map(|(r, _)| r.clone()).collect();
        let mut claims = claims.into_iter().peekable();
        while at < self.str().len() {
            if at < self.read_to {
                at = self.read_to;
                continue;
            }
            let end = self.str()[at..].find('\n').map_or(self.str().len(), |i| at + i);
            // The claims that begin in this line, with the text between them.
            let mut from = at;
            let mut first = true;
            while let Some((range, _)) = claims.peek()
                && range.start <= end
                && range.start >= from
            {
                let start = range.start;
                self.segment(from..start, first, Some(start));
                first = false;
                if let Some((range, Some(item))) = claims.next() {
                    from = range.end;
                    self.items.push(Placed { at: range, item });
                }
            }
            // A claim may have taken further lines; go on behind it.
            let end =
                if from > end { self.str()[from..].find('\n').map_or(self.str().len(), |i| from + i) } else { end };
            let next_claim = ranges.get(ranges.partition_point(|r| r.start < from)).map(|r| r.start);
            if claims.peek().is_some_and(|(r, _)| r.start <= end && r.start >= from) {
                at = from;
                continue;
            }
            self.segment(from..end, first, next_claim);
            at = end + 1;
        }
    }

    fn push(&mut self, at: Range<usize>, item: Item) {
        self.items.push(Placed { at, item });
    }

    /// A line, or what of it stands between claims.
    fn segment(&mut self, range: Range<usize>, at_line_start: bool, next_claim: Option<usize>) {
        let line = &self.str()[range.clone()];
        if line.trim().is_empty() {
            if at_line_start && next_claim != Some(range.end) {
                self.push(range, Item::Blank);
            }
            return;
        }
        let before = self.items.len();
        let range = self.skip_time(range);
        let word = self.str()[range.clone()].trim();
        if at_line_start && METHODS.contains(&word) {
            let method = self.text.slice(range.clone()).trim();
            self.push(range, Item::Method(method));
            return;
        }
        if at_line_start && (self.form_line(range.clone()) || self.pair_line(range.clone())) {
            return;
        }
        if at_line_start && self.method_above(range.clone()) {
            return;
        }
        if at_line_start && (self.small_request_line(range.clone()) || self.bare_heading(range.clone())) {
            return;
        }
        self.inline(range.clone());
        // A quotation mark or a bracket alone says nothing.
        let says = self.str()[range.clone()].contains(char::is_alphanumeric);
        if self.items.len() == before && says {
            let text = self.text.slice(range.clone());
            self.push(range, Item::Line(text));
        }
    }

    /// A time at the beginning of a log line.
    fn skip_time(&mut self, range: Range<usize>) -> Range<usize> {
        let line = &self.str()[range.clone()];
        let lead = line.len() - line.trim_start_matches(['[', ' ', '\t']).len();
        let Some(len) = time_length(&line[lead..]) else { return range };
        let at = range.start + lead;
        let time = self.text.slice(at..at + len);
        self.push(at..at + len, Item::Time(time));
        at + len..range.end
    }

    /// `Label: value`, `Name<tab>value`, `| Name | value |`, `Name = value`, `- **Name**: value`.
    fn pair_line(&mut self, range: Range<usize>) -> bool {
        let line = &self.str()[range.clone()];
        if let Some(found) = self.pseudo_field(range.clone()) {
            return found;
        }
        if line.trim_start().starts_with(['"', '\'', '“', '‘']) {
            // A pair of literals in code or JSON is read by its quotes.
            let at = range.start + (line.len() - line.trim_start().len());
            if let Some(end) = self.quoted_pair(at, range.end) {
                self.inline(end.min(range.end)..range.end);
                return true;
            }
            // `'Name: value',` is one literal.
            if literal_within(&self.str()[at..range.end], LONGEST)
                .is_some_and(|l| self.str()[at..][l.content].contains(": "))
            {
                return false;
            }
        }
        let Some(pair) = split_pair(line) else { return false };
        let shift = |r: &Range<usize>| range.start + r.start..range.start + r.end;
        let name = line[pair.name.clone()].to_owned();
        let (name_at, value_at) = (shift(&pair.name), shift(&pair.value));
        let is_cell = pair.is_cell;
        let parameter = FORM_PARAMETERS.contains(&name.as_str())
            || name.starts_with("client_assertion")
            || name.starts_with("subject_token");
        let is_field = words::is_field_name(&name, self.vocabulary)
            // An unknown name with a hyphen may begin a sentence; a field value is seldom one.
            || words::may_be_field_name(&name, self.vocabulary) && line[pair.value.clone()].split_whitespace().count() < 5;
        if is_field && !(words::label(&name).is_some() && pair.is_assignment) {
            return self.field_line(name_at, value_at, range, is_cell);
        }
        if parameter {
            let known = FORM_PARAMETERS.iter().filter(|p| name.starts_with(**p)).max_by_key(|p| p.len());
            let len = known.map_or(name.len(), |p| p.len());
            let value = self.value_from(value_at, true);
            let name = self.text.slice(name_at.start..name_at.start + len);
            self.push(range, Item::Parameter { name, value });
            return true;
        }
        let Some(label) = words::label(&name) else { return false };
        self.labelled(label, name_at, value_at, range)
    }

    /// `:authority: host`, as HTTP/2 writes the request line.
    fn pseudo_field(&mut self, range: Range<usize>) -> Option<bool> {
        let line = &self.str()[range.clone()];
        let lead = line.len() - line.trim_start().len();
        let rest = line[lead..].strip_prefix(':')?;
        let (name, value) = rest.split_once(':')?;
        let value_at = range.end - value.len();
        let text = self.text.slice(value_at..range.end).trim();
        let item = match name {
            "method" if METHODS.contains(&text.as_str()) => Item::Method(text),
            "authority" if !text.is_empty() => Item::Host(text),
            "path" if text.as_str().starts_with('/') => Item::Path(text),
            "status" => {
                let (code, at) = leading_status(text.as_str())?;
                Item::Status { code, span: text.span_of(at..at + 3), reason: None, sure: Sureness::Label }
            }
            "scheme" => return Some(true),
            _ => return None,
        };
        self.push(range, item);
        Some(true)
    }

    fn field_line(&mut self, name: Range<usize>, value: Range<usize>, range: Range<usize>, is_cell: bool) -> bool {
        let rest = &self.str()[value.clone()];
        // A squashed line goes on with other fields behind the value.
        let end = if is_cell || self.view.direction(name.start).is_some() {
            value.end
        } else {
            value.start + self.value_end(rest, false)
        };
        let mut text = self.value_from(value.start..end, end == value.end);
        if is_cell && text.len() >= 2 && text.as_str().starts_with('"') && text.as_str().ends_with('"') {
            text = text.slice(1..text.len() - 1);
        }
        let name = self.text.slice(name);
        self.push(range.start..end, Item::Field { field: Field { name, value: text }, is_code: false });
        if end < value.end {
            self.inline(end..value.end);
        }
        true
    }

    /// The value of a line, with what the next lines add to it: an indented continuation of a blank value, or the
    /// rest of a JWT that a mail program wrapped.
    fn value_from(&self, range: Range<usize>, to_line_end: bool) -> Text {
        let value = unwrapped(&self.text.slice(range.clone()).trim());
        if !to_line_end {
            return value;
        }
        let after = &self.str()[range.end..];
        let Some(after) = after.strip_prefix('\n') else { return value };
        let next_at = range.end + 1;
        let next = &after[..after.find('\n').unwrap_or(after.len())];
        if value.is_empty() && next.starts_with([' ', '\t']) && !next.trim().is_empty() && split_pair(next).is_none() {
            // A continuation line (RFC 9112, section 5.2).
            return self.text.slice(next_at..next_at + next.len()).trim();
        }
        let first = next.trim();
        let is_scheme = value.as_str().eq_ignore_ascii_case("bearer") || value.as_str().eq_ignore_ascii_case("basic");
        if is_scheme && is_token_like(first) && !looks_like_field(next) {
            // The scheme on one line, the token on the next: no header field is sent like this.
            let lead = next_at + (next.len() - next.trim_start().len());
            let mut builder = TextBuilder::new(value.span());
            builder.copy(&value, 0..value.len());
            builder.replace(self.text, range.end..lead, " ");
            builder.copy(self.text, lead..lead + first.len());
            return builder.finish();
        }
        if value.is_empty() {
            let quoted = first.len() >= 2
                && (first.starts_with('"') && first.ends_with('"')
                    || first.starts_with('`') && first.ends_with('`')
                    || first.starts_with('“') && first.ends_with('”'));
            let with_scheme = first.split_once(' ').is_some_and(|(scheme, token)| {
                (scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic"))
                    && !token.trim().contains(' ')
            });
            if quoted || with_scheme {
                return unquoted(&self.text.slice(next_at..next_at + next.len()).trim());
            }
        }
        let word_at = value.as_str().rfind(' ').map_or(0, |i| i + 1);
        let is_jwt = value.as_str()[word_at..].starts_with("eyJ");
        if !is_jwt {
            return value;
        }
        let mut builder = TextBuilder::new(value.span());
        builder.copy(&value, 0..value.len());
        let mut at = next_at;
        let mut width = value.len() - word_at;
        while let Some(line) = self.str().get(at..).map(|s| &s[..s.find('\n').unwrap_or(s.len())]) {
            let word = line.trim();
            let continues = width >= 40
                && !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'='));
            if !continues {
                break;
            }
            let lead = line.len() - line.trim_start().len();
            builder.copy(self.text, at + lead..at + lead + word.len());
            width = word.len();
            at += line.len() + 1;
            if at > self.str().len() {
                break;
            }
        }
        builder.finish()
    }

    fn labelled(&mut self, label: Label, name: Range<usize>, value: Range<usize>, range: Range<usize>) -> bool {
        let text = unquoted(&self.text.slice(value.clone()).trim());
        match label {
            Label::Url => {
                if text.is_empty() {
                    let next = self.value_from(value, true);
                    if let Some(url) = url_in(&next) {
                        self.push(range, Item::Url { url, method: None, is_code: false });
                        return true;
                    }
                    return false;
                }
                let first = text.as_str().split_whitespace().next().unwrap_or_default();
                if METHODS.contains(&first) {
                    self.inline(value);
                    return true;
                }
                if let Some(url) = url_in(&text) {
                    self.push(range, Item::Url { url, method: None, is_code: false });
                    return true;
                }
                false
            }
            Label::Host if text.as_str().contains('.') && !text.as_str().contains(' ') => {
                let item = if text.as_str().contains("://") {
                    Item::Url { url: text, method: None, is_code: false }
                } else {
                    Item::Host(text)
                };
                self.push(range, item);
                true
            }
            Label::Path if !text.is_empty() && !text.as_str().contains(' ') => {
                self.push(range, Item::Path(text));
                true
            }
            Label::Method if METHODS.iter().any(|m| m.eq_ignore_ascii_case(text.as_str())) => {
                self.push(range, Item::Method(text));
                true
            }
            Label::Status => {
                if let Some((code, at)) = leading_status(text.as_str()) {
                    let span = text.span_of(at..at + 3);
                    let reason = reason_in(&text, at + 3);
                    self.push(range.clone(), Item::Status { code, span, reason, sure: Sureness::Label });
                    let rest = range.end - (range.end - value.start).min(text.len().saturating_sub(at + 3));
                    if text.as_str()[at + 3..].contains([':', '{', '=']) && text.is_verbatim() {
                        self.inline(rest..range.end);
                    }
                    return true;
                }
                false
            }
            Label::ResponseBody if REASONS.contains(&text.as_str().to_ascii_lowercase().as_str()) => true,
            Label::ResponseBody | Label::RequestBody => {
                let of_request = label == Label::RequestBody;
                if is_said_empty(text.as_str()) && !text.is_empty() {
                    if !of_request {
                        self.push(range, Item::EmptyBody(text.span()));
                    }
                } else if text.is_empty() {
                    self.push(range, Item::Heading(label));
                } else if of_request && is_form(text.as_str()) {
                    self.push(range, Item::Form(text));
                } else if url_in(&text).is_none() {
                    self.push(range, Item::Body { text, of_request });
                } else {
                    return false;
                }
                true
            }
            Label::ResponseHead | Label::RequestHead => {
                self.push(name, Item::Heading(label));
                if let Some((code, at)) = leading_status(text.as_str())
                    && label == Label::ResponseHead
                {
                    let span = text.span_of(at..at + 3);
                    let reason = reason_in(&text, at + 3);
                    self.push(range, Item::Status { code, span, reason, sure: Sureness::Label });
                } else if is_said_empty(text.as_str()) && !text.is_empty() {
                    self.push(range, Item::EmptyBody(text.span()));
                } else {
                    self.inline(value);
                }
                true
            }
            Label::Host | Label::Path | Label::Method => false,
        }
    }

    /// `GET` on a line of its own, above the URL.
    fn method_above(&mut self, range: Range<usize>) -> bool {
        let method = self.text.slice(range.clone()).trim();
        let below = self.str().get(range.end + 1..).unwrap_or_default().trim_start();
        if !METHODS.contains(&method.as_str()) || !(below.starts_with("http://") || below.starts_with("https://")) {
            return false;
        }
        self.push(range, Item::Method(method));
        true
    }

    /// `Request Headers` on a line of its own, without a colon.
    fn bare_heading(&mut self, range: Range<usize>) -> bool {
        let line = self.str()[range.clone()].trim().trim_start_matches(['#', '-', '=', '*', '>', ' ']);
        let heading = words::label(line.trim_end_matches(['-', '=', ' ']));
        match heading {
            Some(label @ (Label::RequestHead | Label::ResponseHead)) if line.len() <= 24 => {
                self.push(range, Item::Heading(label));
                true
            }
            _ => false,
        }
    }

    /// `get /path` at the beginning of a line, in small letters.
    fn small_request_line(&mut self, range: Range<usize>) -> bool {
        let line = &self.str()[range.clone()];
        let lead = line.len() - line.trim_start().len();
        let Some((word, rest)) = line[lead..].split_once(' ') else { return false };
        let known = METHODS.iter().any(|m| m.eq_ignore_ascii_case(word)) && !METHODS.contains(&word);
        if !known
            || !(rest.starts_with("http://")
                || rest.starts_with("https://")
                || rest.starts_with('/') && rest[1..].contains('/'))
        {
            return false;
        }
        let at = range.start + lead;
        let url_at = at + word.len() + 1;
        let len = url_length(rest);
        let item = Item::RequestLine {
            method: self.text.slice(at..at + word.len()),
            url: self.text.slice(url_at..url_at + len),
            versioned: false,
        };
        self.push(at..url_at + len, item);
        self.inline(url_at + len..range.end);
        true
    }

    /// A line that is a form body: `a=b&c=d`.
    fn form_line(&mut self, range: Range<usize>) -> bool {
        let text = self.text.slice(range.clone()).trim();
        if !is_form(text.as_str()) {
            return false;
        }
        let (value, read_to) = self.form_from(range.clone(), text);
        self.read_to = self.read_to.max(read_to);
        self.push(range, Item::Form(value));
        true
    }

    /// A form, with the lines that a mail program broke it into.
    fn form_from(&self, range: Range<usize>, first: Text) -> (Text, usize) {
        let mut builder = TextBuilder::new(first.span());
        builder.copy(&first, 0..first.len());
        let mut at = range.end + 1;
        let mut width = first.len();
        while let Some(line) = self.str().get(at..).map(|s| &s[..s.find('\n').unwrap_or(s.len())]) {
            let word = line.trim();
            // One parameter a line, or the rest of a line that a mail program broke.
            let is_parameter = word.starts_with('&') && word.contains('=') && !word.contains(' ');
            let is_rest = width >= 40 && !word.contains([' ', ':', '{', '<']) && !word.starts_with("HTTP/");
            if word.is_empty() || !(is_parameter || is_rest) {
                break;
            }
            let lead = line.len() - line.trim_start().len();
            builder.copy(self.text, at + lead..at + lead + word.len());
            width = word.len();
            at += line.len() + 1;
        }
        (builder.finish(), at.min(self.str().len()))
    }

    /// Items anywhere in a line, one behind the other.
    fn inline(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.str()[at..range.end];
            let begins = at == range.start || !self.str()[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let next = if begins { self.item_at(at, range.end) } else { None };
            if let Some(end) = next {
                at = self.str().ceil_char_boundary(end.max(at + 1));
                continue;
            }
            // To the next place where a word can begin.
            let mut chars = rest.char_indices();
            let first = chars.next().map(|(_, c)| c);
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            at += if first.is_some_and(is_word) {
                rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
            } else {
                first.map_or(1, char::len_utf8)
            };
        }
    }

    /// The item that begins here; gives its end.
    fn item_at(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let first = rest.chars().next()?;
        if let Some((len, code, code_at, reason)) = status_line(rest) {
            let span = self.text.span_of(at + code_at..at + code_at + 3);
            let reason = Some(self.text.slice(at + reason.start..at + reason.end).trim()).filter(|r| !r.is_empty());
            self.push(at..at + len, Item::Status { code, span, reason, sure: Sureness::Wire });
            return Some(at + len);
        }
        if let Some((method, url, len, versioned)) = request_line(rest) {
            let item = Item::RequestLine {
                method: self.text.slice(at + method.start..at + method.end),
                url: self.text.slice(at + url.start..at + url.end),
                versioned,
            };
            self.push(at..at + len, item);
            return Some(at + len);
        }
        if rest.starts_with("https://") || rest.starts_with("http://") {
            if let Some(found) = self.pool_line(at, end) {
                return Some(found);
            }
            let len = url_length(rest);
            let (method, is_code) = self.method_before(at);
            let url = self.text.slice(at..at + len);
            self.push(at..at + len, Item::Url { url, method, is_code });
            return Some(at + len);
        }
        if matches!(first, '"' | '\'' | '“' | '‘' | '`') {
            return self
                .called_with(at, end)
                .or_else(|| self.value_for_field(at, end))
                .or_else(|| self.quoted_pair(at, end));
        }
        if first == '/'
            && self.str()[..at].ends_with(|c: char| c.is_whitespace() || "(\"'`“‘".contains(c))
            && is_api_path(&rest[..url_length(rest)])
        {
            let len = url_length(rest);
            let url = self.text.slice(at..at + len);
            self.push(at..at + len, Item::Url { url, method: None, is_code: false });
            return Some(at + len);
        }
        let begins_line = || self.str()[..at].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let arrow = match first {
            '<' => answer_arrow(rest),
            '-' | '=' | '→' if begins_line() => result_arrow(rest),
            _ => None,
        };
        if let Some((len, code)) = arrow {
            let span = self.text.span_of(at + len - 3..at + len);
            self.push(at..at + len, Item::Status { code, span, reason: None, sure: Sureness::Label });
            return Some(at + len);
        }
        if let Some(method) = METHODS
            .iter()
            .find(|m| rest.strip_prefix('.').and_then(|r| r.strip_prefix(**m)).is_some_and(|r| r.starts_with('(')))
        {
            // `.GET()` of a builder.
            let method = at + 1..at + 1 + method.len();
            let item = Item::Method(self.text.slice(method.clone()));
            self.push(method.clone(), item);
            return Some(method.end);
        }
        if let Some(end) = self.parameter_in_sentence(at, end) {
            return Some(end);
        }
        if let Some(end) = self.error_word(at, end) {
            return Some(end);
        }
        if first.is_ascii_digit()
            && let Some(code) = self.status_in_prose(at, end)
        {
            let span = self.text.span_of(at..at + 3);
            self.push(at..at + 3, Item::Status { code, span, reason: None, sure: Sureness::Prose });
            return Some(at + 3);
        }
        if first.is_ascii_alphabetic() {
            if let Some(found) = self.assignment_at(at, end) {
                return Some(found);
            }
            if let Some(found) =
                self.bearer_call(at, end).or_else(|| self.method_call(at, end)).or_else(|| self.named_constant(at, end))
            {
                return Some(found);
            }
            if let Some(found) = self.field_at(at, end) {
                return Some(found);
            }
            if let Some(len) = form_length(rest) {
                let text = self.text.slice(at..at + len);
                let (text, read_to) = if at + len == end { self.form_from(at..end, text) } else { (text, 0) };
                self.read_to = self.read_to.max(read_to);
                self.push(at..at + len, Item::Form(text));
                return Some(at + len);
            }
        }
        None
    }

    /// `https://host:443 "GET /path HTTP/1.1" 401 0`: what urllib3 logs of each call.
    fn pool_line(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let host = url_length(rest);
        let call = rest[host..].strip_prefix(" \"")?;
        let (method, url, _, _) = request_line(call)?;
        let from = at + host + 2;
        let len = call.find('"')?;
        if !call[url.clone()].starts_with('/') || !call[url.end.min(len)..len].trim_start().starts_with("HTTP/") {
            return None;
        }
        let mut builder = TextBuilder::new(self.text.span_of(at..at));
        builder.copy(self.text, at..at + host);
        builder.copy(self.text, from + url.start..from + url.end);
        let item = Item::RequestLine {
            method: self.text.slice(from + method.start..from + method.end),
            url: builder.finish(),
            versioned: false,
        };
        self.push(at..from + len, item);
        let tail = call[len..].strip_prefix("\" ")?;
        let code_at = from + len + 2;
        if let Some((code, 0)) = leading_status(tail) {
            let span = self.text.span_of(code_at..code_at + 3);
            self.push(code_at..code_at + 3, Item::Status { code, span, reason: None, sure: Sureness::Label });
            return Some(code_at + 3);
        }
        Some(code_at)
    }

    /// `open("GET", "https://…")`, `request("GET", "/path")`: a method and a target as arguments.
    fn called_with(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let Some(method) = literal_within(rest, 12) else { return self.base_literal(at, end) };
        if !METHODS.contains(&&rest[method.content.clone()]) {
            return None;
        }
        let after = rest[method.end..].trim_start().strip_prefix(',')?.trim_start();
        let target_at = rest.len() - after.len();
        let Some(target) = literal_within(after, 4096) else {
            if !self.str()[..at].ends_with('(') {
                return None;
            }
            let method = self.text.slice(at + method.content.start..at + method.content.end);
            let stop = at + target_at;
            self.push(at..stop, Item::CodeMethod(method));
            return Some(stop);
        };
        let value = &after[target.content.clone()];
        if !(value.starts_with('/') || value.starts_with("http://") || value.starts_with("https://")) {
            return None;
        }
        let from = at + target_at + target.content.start;
        let item = Item::RequestLine {
            method: self.text.slice(at + method.content.start..at + method.content.end),
            url: self.text.slice(from..from + value.len()),
            versioned: false,
        };
        let stop = at + target_at + target.end;
        self.push(at..stop, item);
        Some(stop)
    }

    /// `HTTPSConnection("host")`, `new RestRequest("/path")`: a part of the URL as the argument of a call.
    fn base_literal(&mut self, at: usize, end: usize) -> Option<usize> {
        let before = &self.str()[..at];
        if !before.ends_with(['(', ' ', '@']) {
            return None;
        }
        let rest = &self.str()[at..end];
        let literal = literal_within(rest, 2048)?;
        let content = &rest[literal.content.clone()];
        let plain = !content.is_empty() && !content.contains([' ', '<', '(', ',']);
        let text = self.text.slice(at + literal.content.start..at + literal.content.end);
        let connects = ["Connection(", "HTTP.new(", "HttpHost(", "Host("].iter().any(|c| before.ends_with(c));
        if plain && connects && content.contains('.') && !content.contains('/') {
            self.push(at..at + literal.end, Item::Host(text));
            return Some(at + literal.end);
        }
        if plain && content.starts_with('/') && content[1..].contains('/') {
            self.push(at..at + literal.end, Item::BasePath(text));
            return Some(at + literal.end);
        }
        None
    }

    /// `addValue("value", forHTTPHeaderField: "Name")`: the value stands before the name.
    fn value_for_field(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let value = literal_within(rest, LONGEST)?;
        let after = rest[value.end..]
            .trim_start()
            .strip_prefix(',')?
            .trim_start()
            .strip_prefix("forHTTPHeaderField:")?
            .trim_start();
        let name = literal_within(after, 128)?;
        let name_at = at + (rest.len() - after.len()) + name.content.start;
        let text = self.decode_literal(at + value.content.start..at + value.content.end).trim();
        self.interpolated(&text, "\\(", ")");
        let name = self.text.slice(name_at..name_at + name.content.len());
        let stop = name_at + name.len() + 1;
        self.push(at..stop, Item::Field { field: Field { name, value: text }, is_code: true });
        Some(stop)
    }

    /// Notes the part of a literal that the program puts in.
    fn interpolated(&mut self, text: &Text, open: &str, close: &str) {
        let value = text.as_str();
        if let Some(from) = value.find(open) {
            let till = value[from..].find(close).map_or(value.len(), |i| from + i + close.len());
            let span = text.slice(from..till);
            self.push(0..0, Item::Expanded(span));
        }
    }

    /// `setBearerAuth(token)`, `new AuthenticationHeaderValue("Bearer", token)`: a call that makes the field.
    fn bearer_call(&mut self, at: usize, end: usize) -> Option<usize> {
        const CALLS: [&str; 7] = [
            "setBearerAuth(",
            "bearerAuth(",
            "bearer_auth(",
            "AuthenticationHeaderValue(",
            "withBearerToken(",
            "SetAuthToken(",
            "setBearerToken(",
        ];
        let rest = &self.str()[at..end];
        let call = CALLS.iter().find(|c| rest.starts_with(**c))?;
        let mut from = at + call.len();
        let mut builder = TextBuilder::new(self.text.span_of(at..at));
        if *call == "AuthenticationHeaderValue(" {
            let scheme = literal_within(&self.str()[from..end], 40)?;
            builder.copy(self.text, from + scheme.content.start..from + scheme.content.end);
            let after = &self.str()[from + scheme.end..end];
            let tail = after.trim_start().strip_prefix(',').map_or("", str::trim_start);
            builder.replace(self.text, from + scheme.end..end - tail.len(), if tail.is_empty() { "" } else { " " });
            from = end - tail.len();
        } else {
            builder.replace(self.text, at..at + call.len() - 1, "Bearer ");
        }
        let argument = &self.str()[from..end];
        let stop = if let Some(token) = literal_within(argument, LONGEST) {
            builder.copy(self.text, from + token.content.start..from + token.content.end);
            from + token.end
        } else {
            let len = argument.find([')', ',', ';', ' ']).unwrap_or(argument.len());
            if len > 0 {
                let expression = self.text.slice(from..from + len);
                builder.replace(self.text, from..from, "${");
                builder.copy(&expression, 0..len);
                builder.replace(self.text, from + len..from + len, "}");
                self.push(from..from + len, Item::Expanded(expression));
            }
            from + len
        };
        let name = Text::implied("Authorization", self.text.span_of(at..at + call.len() - 1));
        self.push(at..stop, Item::Field { field: Field { name, value: builder.finish().trim() }, is_code: true });
        Some(stop)
    }

    /// `HttpMethod.GET`, `Method = "GET"`, `.method("GET"`, `CURLOPT_CUSTOMREQUEST => 'GET'`, `HTTP::Get.new`.
    fn method_call(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|l| *l <= 24)?;
        let word = rest[..len].to_ascii_lowercase();
        let names_method = word.ends_with("method") || word.ends_with("customrequest") || word == "verb";
        if !names_method && rest[..len] != *"HTTP" {
            return None;
        }
        let after = &rest[len..];
        let mark = after.len() - after.trim_start_matches([' ', '(', '=', ':', '>', '.', ',', '"', '\'', '-']).len();
        let marks = &after[..mark];
        if mark == 0
            || mark > 8
            || !(marks.contains(['(', '=', '.', ',', '\'', '"']) || marks == "::")
            || (rest[..len] == *"HTTP" && marks != "::")
        {
            return None;
        }
        let value = &after[mark..];
        let value_len = value.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(value.len());
        if !METHODS.iter().any(|m| m.eq_ignore_ascii_case(&value[..value_len])) {
            return None;
        }
        let from = at + len + mark;
        let method = self.text.slice(from..from + value_len);
        self.push(at..from + value_len, Item::CodeMethod(method));
        Some(from + value_len)
    }

    /// `HttpHeaders.AUTHORIZATION, "Bearer …"`: a constant that stands for a field name.
    fn named_constant(&mut self, at: usize, end: usize) -> Option<usize> {
        const HOLDERS: [&str; 5] = ["HttpHeaders.", "HeaderNames.", "HttpHeader.", "HttpRequestHeader.", "header::"];
        let rest = &self.str()[at..end];
        let holder = HOLDERS.iter().find(|h| rest.starts_with(**h))?;
        let name = &rest[holder.len()..];
        let len = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
        let field = match name[..len].to_ascii_lowercase().replace('_', "").as_str() {
            "authorization" => "Authorization",
            "contenttype" => "Content-Type",
            "accept" => "Accept",
            "cookie" => "Cookie",
            "host" => "Host",
            "useragent" => "User-Agent",
            _ => return None,
        };
        let from = at + holder.len() + len;
        let after = &self.str()[from..end];
        let skip = after.len() - after.trim_start_matches([' ', ',', '(', ')', '=', ']', ':']).len();
        if skip == 0 {
            return None;
        }
        let argument = &after[skip..];
        let value = literal_within(argument, LONGEST)?;
        let value_at = from + skip;
        let text = self.decode_literal(value_at + value.content.start..value_at + value.content.end);
        let (text, stop) = self.concatenated(text, value_at + value.end, end);
        self.interpolated(&text, "${", "}");
        let name = Text::implied(field, self.text.span_of(at..from));
        self.push(at..stop, Item::Field { field: Field { name, value: text.trim() }, is_code: true });
        Some(stop)
    }

    /// `"Bearer " + token`: what follows a literal is known only when the program runs.
    fn concatenated(&mut self, text: Text, literal_end: usize, end: usize) -> (Text, usize) {
        let behind = &self.str()[literal_end..end];
        let tail = behind.trim_start();
        let joins = tail.starts_with(['+', '.', '&'])
            && !tail.starts_with("...")
            && !tail.starts_with(".to")
            && !tail.starts_with("&&");
        let word = tail.get(1..).unwrap_or_default().trim_start_matches(['+', ' ']);
        let is_call = tail.starts_with('.') && !word.starts_with('$') && word.contains('(');
        if !joins || is_call || !word.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '$') {
            return (text, literal_end);
        }
        let from = end - word.len();
        let mut depth = 0_usize;
        let len = word
            .find(|c: char| {
                match c {
                    '(' => depth += 1,
                    ')' if depth > 0 => depth -= 1,
                    _ => {}
                }
                depth == 0 && matches!(c, ',' | ';' | '}' | ' ') || c == ')' && depth == 0 && !word.contains('(')
            })
            .unwrap_or(word.len());
        let len = word[..len].trim_end_matches(')').len().max(1);
        let expression = self.text.slice(from..from + len);
        let mut builder = TextBuilder::new(text.span());
        builder.copy(&text, 0..text.len());
        builder.replace(self.text, from..from, "${");
        builder.copy(&expression, 0..expression.len());
        builder.replace(self.text, from + len..from + len, "}");
        self.push(from..from + len, Item::Expanded(expression));
        (builder.finish(), from + len)
    }

    /// `grant_type is client_credentials`, `for client_assertion_type I filled in urn:ietf:…`: a parameter of OAuth whose value
    /// is a word of OAuth, so that a sentence can name both.
    fn parameter_in_sentence(&mut self, at: usize, end: usize) -> Option<usize> {
        const NAMES: [&str; 4] = ["grant_type", "client_assertion_type", "subject_token_type", "requested_token_type"];
        const VALUES: [&str; 4] =
            ["client_credentials", "authorization_code", "refresh_token", "urn:ietf:params:oauth:"];
        let rest = &self.str()[at..end];
        let name = NAMES.into_iter().find(|n| rest.strip_prefix(n).is_some_and(|after| after.starts_with(' ')))?;
        let after = &rest[name.len()..rest.floor_char_boundary(name.len() + 48)];
        let words = || after.split([' ', '"', '\'', '`', '“', '”']).filter(|w| !w.is_empty());
        let value = words().take(6).find(|w| VALUES.iter().any(|v| w.starts_with(v)))?;
        // Words between them, and no mark that ends a clause.
        let from = name.len() + after.find(value)?;
        if rest[name.len()..from].contains(['.', ';', ',', '{', '=', ':']) {
            return None;
        }
        let whole = &rest[from..];
        let len = whole.find(|c: char| c.is_whitespace() || "\"'`,;)”".contains(c)).unwrap_or(whole.len());
        let len = whole[..len].trim_end_matches('.').len();
        let (name, value) = (self.text.slice(at..at + name.len()), self.text.slice(at + from..at + from + len));
        self.push(at..at + from + len, Item::Parameter { name, value });
        Some(at + from + len)
    }

    /// `error_description="…"` or `"diagnostics": "…"` without the document around it.
    fn error_word(&mut self, at: usize, end: usize) -> Option<usize> {
        // As documents call it, or as the logs of gateways do: `fault.string=`, `fault.name=`.
        const NAMES: [(&str, &str); 12] = [
            ("error_description", "error_description"),
            ("diagnostics", "diagnostics"),
            ("faultstring", "faultstring"),
            ("fault.string", "faultstring"),
            ("fault_string", "faultstring"),
            ("fault.code", "errorcode"),
            ("fault.name", "errorcode"),
            ("fault_code", "errorcode"),
            ("fault_name", "errorcode"),
            ("fault", "faultstring"),
            ("errorcode", "errorcode"),
            ("error", "error"),
        ];
        let quotes = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '\\');
        let rest = &self.str()[at..end];
        // A stretch of nothing but quotes is no beginning of a word, and must not be walked again at each of them.
        if rest.chars().take(12).take_while(|c| quotes(*c)).count() == 12 {
            return None;
        }
        let inner = rest.trim_start_matches(quotes);
        // A bar parts name and value where the line is a row of a table.
        let line = self.str()[..at].rfind('\n').map_or(0, |i| i + 1);
        let marks: &[char] =
            if self.str()[line..].trim_start().starts_with('|') { &['=', ':', '|'] } else { &['=', ':'] };
        let (written, name) = NAMES.into_iter().find(|(n, _)| {
            inner.strip_prefix(n).is_some_and(|after| after.trim_start_matches(quotes).trim_start().starts_with(marks))
        })?;
        let after = inner[written.len()..].trim_start_matches(quotes).trim_start();
        let value = after[1..].trim_start_matches([' ', '=', '>']);
        let open = value.chars().next().filter(|c| quotes(*c));
        let value_at = end - value.len() + value.len() - value.trim_start_matches(quotes).len();
        let value = value.trim_start_matches(quotes);
        // Unquoted, only one word is sure to belong to it.
        let len = match open {
            Some(_) => {
                value.find(['"', '”', '“', '\\']).or_else(|| value.rfind(['\'', '’', '‘'])).unwrap_or(value.len())
            }
            None if name == "error" => return None,
            None => {
                let len = value.find([',', ';', '|', '}', '"']).unwrap_or(value.len());
                // The next pair of a log line: `fault.code=a.b fault.string="…"`.
                let next = value[..len].match_indices(' ').map(|(i, _)| i).find(|i| is_pair(&value[i + 1..]));
                next.unwrap_or(len)
            }
        };
        let text = self.text.slice(value_at..value_at + len).trim();
        // The name of a fault alone is not what documents call its code.
        if text.is_empty() || written != name && name == "errorcode" && !text.as_str().contains('.') {
            return None;
        }
        self.push(at..value_at + len, Item::Says { name, value: text });
        Some(value_at + len)
    }

    /// `method=GET` or `status=401` in the middle of a log line.
    fn assignment_at(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let len = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '_')?;
        // `statusCode() = 400`, `status = 401`, `http_method="POST"`.
        let after = rest[len..].trim_start_matches("()");
        let blanks = after.len() - after.trim_start_matches(' ').len();
        let value = after[blanks..].strip_prefix('=').or_else(|| after.strip_prefix(':'))?;
        let value = value.trim_start_matches([' ', '"', '\'']);
        let from = at + rest.len() - value.len();
        let word = value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len());
        let quoted = value.find(['"', '\'', ' ', ',', ';']).unwrap_or(value.len());
        let text = |len: usize| self.text.slice(from..from + len);
        let name = rest[..len].replace('_', " ");
        let is_assigned = after[blanks..].starts_with('=');
        let item = match words::label(&name).or_else(|| words::label(name.strip_suffix("Code")?))? {
            Label::Method if METHODS.iter().any(|m| m.eq_ignore_ascii_case(&value[..word])) => Item::Method(text(word)),
            Label::Status if word == 3 && rest.len() > len + 1 => {
                let code: u16 = value[..3].parse().ok().filter(|c| (100..600).contains(c))?;
                Item::Status { code, span: self.text.span_of(from..from + 3), reason: None, sure: Sureness::Label }
            }
            Label::Host if is_assigned && value[..quoted].contains('.') && !value.starts_with("http") => {
                self.push(at..from + quoted, Item::Host(text(quoted)));
                return Some(from + quoted);
            }
            Label::Path if is_assigned && value.starts_with('/') => {
                self.push(at..from + quoted, Item::Path(text(quoted)));
                return Some(from + quoted);
            }
            _ => return None,
        };
        self.push(at..from + word, item);
        Some(from + word)
    }

    /// `Name: value` or `Name|value` in the middle of a line.
    fn field_at(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
        let name = &rest[..len];
        if !words::is_field_name(name, self.vocabulary) {
            return None;
        }
        let opened = self.str()[..at].ends_with(['|', '{']);
        let after = &rest[len..];
        let blanks = after.len() - after.trim_start_matches(' ').len();
        let separator = after[blanks..].chars().next()?;
        let in_cells = opened && matches!(separator, '|' | ':');
        let quote = self.str()[..at].chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`' | '“'));
        let assigned = separator == '='
            && (name.contains('-')
                || after[blanks + 1..].starts_with(['"', '\''])
                || name.eq_ignore_ascii_case("authorization") && {
                    let value = &after[blanks + 1..];
                    let word = value.trim_start().split([' ', '\t']).next().unwrap_or_default();
                    !value.starts_with(' ') || word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic")
                });
        if !(separator == ':' || in_cells || assigned) {
            return None;
        }
        // `Authorization:Bearer` is fine, `host:443` and `from:` in a sentence are not.
        let value_at = len + blanks + separator.len_utf8();
        let value = &rest[value_at..];
        if separator == ':' && value.starts_with("//") {
            return None;
        }
        if let Some(found) = quote.and_then(|q| self.field_in_literal(at, len, value_at, end, q)) {
            return Some(found);
        }
        if separator == '='
            && let Some(literal) = literal_within(value.trim_start(), LONGEST)
        {
            let lead = value.len() - value.trim_start().len();
            let from = at + value_at + lead;
            let content = self.decode_literal(from + literal.content.start..from + literal.content.end);
            let field = Field { name: self.text.slice(at..at + len), value: content.trim() };
            self.push(at..from + literal.end, Item::Field { field, is_code: false });
            return Some(from + literal.end);
        }
        if separator == ':'
            && value.starts_with('[')
            && let Some(close) = value.bytes().take(LONGEST).position(|b| b == b']')
        {
            // A map printed by Go: `Accept:[a/b] Host:[c]`.
            let content = self.text.slice(at + value_at + 1..at + value_at + close).trim();
            let stop = at + value_at + close + 1;
            self.push(
                at..stop,
                Item::Field { field: Field { name: self.text.slice(at..at + len), value: content }, is_code: false },
            );
            return Some(stop);
        }
        if separator == ':'
            && value.trim_start().starts_with('`')
            && value.contains("${")
            && let Some(literal) = literal_within(value.trim_start(), LONGEST)
        {
            // A template string of JavaScript under a name without quotes.
            let from = at + value_at + (value.len() - value.trim_start().len());
            let content = self.text.slice(from + literal.content.start..from + literal.content.end).trim();
            self.interpolated(&content, "${", "}");
            let field = Field { name: self.text.slice(at..at + len), value: content };
            self.push(at..from + literal.end, Item::Field { field, is_code: true });
            return Some(from + literal.end);
        }
        let value_len = self.value_end(value, in_cells);
        // `X-Correlation-ID=6f0d… fault="…"`: the next pair of a log line.
        let next_pair = value[..value_len].match_indices(' ').map(|(i, _)| i).find(|i| is_pair(&value[i + 1..]));
        let value_len = next_pair.filter(|i| separator == '=' && *i > 0).unwrap_or(value_len);
        let line = self.str()[..at].rfind('\n').map_or(0, |i| i + 1);
        let in_sentence = self.str()[line..at].trim_end().ends_with(|c: char| c.is_alphabetic())
            && self.str()[line..at].trim().contains(' ');
        if in_sentence && !name.contains('-') && value[..value_len].trim().is_empty() {
            // `With a new token:` announces what follows.
            return None;
        }
        let text = unwrapped(&self.text.slice(at + value_at..at + value_at + value_len).trim());
        let value_len = if in_sentence || name.eq_ignore_ascii_case("authorization") {
            credentials_length(&value[..value_len])
        } else {
            value_len
        };
        let text = if value_len < text.len() {
            unwrapped(&self.text.slice(at + value_at..at + value_at + value_len).trim())
        } else {
            text
        };
        let to_line_end = at + value_at + value_len == end;
        let text = if to_line_end && text.is_empty() { self.value_from(at + value_at..end, true) } else { text };
        let text = without_tail(&text);
        let field = Field { name: self.text.slice(at..at + len), value: text };
        self.push(at..at + value_at + value_len, Item::Field { field, is_code: false });
        Some(at + value_at + value_len)
    }

    /// `'Name: value'`: a whole field in one string literal, which ends where the literal ends.
    fn field_in_literal(&mut self, at: usize, name: usize, value: usize, end: usize, quote: char) -> Option<usize> {
        let close = if quote == '“' { '”' } else { quote };
        let rest = &self.str()[at + value..end];
        let mut escaped = false;
        let len = rest.find(|c: char| {
            let ends = c == close && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        let tail = rest[len + close.len_utf8()..].trim_start();
        // A backtick ends a piece of code in a sentence; another quote ends a literal in code.
        if !(quote == '`'
            || tail.is_empty()
            || tail.starts_with([',', ')', ']', '}', ';', '.', '+', '\\', '^', '`', '-', '&', '|', 'h']))
        {
            return None;
        }
        let range = at + value..at + value + len;
        let text = self.decode_literal(range.clone());
        let behind = range.end + close.len_utf8();
        let (text, stop) = self.concatenated(text, behind, end);
        if stop == behind && quote == '"' {
            self.interpolated(&text, "$", " ");
        }
        let field = Field { name: self.text.slice(at..at + name), value: text.trim() };
        self.push(at..stop, Item::Field { field, is_code: quote != '`' });
        Some(stop)
    }

    /// How far a field value goes in a line that may hold more behind it.
    fn value_end(&self, value: &str, in_cells: bool) -> usize {
        if in_cells {
            return value.find(['|', '}']).unwrap_or(value.len());
        }
        let parameters = has_parameters(value);
        // What stands in quotes is one piece; a quote that nothing closes is none.
        let mut quoted_until = 0;
        let mut last_quote = value.rfind('"').unwrap_or(0);
        for (i, c) in value.char_indices() {
            if i < quoted_until {
                continue;
            }
            if c == '"' && i < last_quote {
                match value[i + 1..].find('"') {
                    Some(next) => quoted_until = i + 1 + next + 1,
                    None => last_quote = 0,
                }
                continue;
            }
            if i == 0 || !value[..i].ends_with([' ', '\t', '\u{A0}']) {
                continue;
            }
            let rest = &value[i..];
            if rest.starts_with("-> ") || rest.starts_with("=> ") || rest.starts_with("<- ") || rest.starts_with("→ ")
            {
                return i;
            }
            if status_line(rest).is_some() || request_line(rest).is_some() {
                return i;
            }
            if !c.is_ascii_alphabetic() {
                continue;
            }
            let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
            let next = &rest[len..];
            let is_other = words::is_field_name(&rest[..len], self.vocabulary)
                || matches!(words::label(&rest[..len]), Some(Label::Method | Label::Status | Label::Url));
            let before = value[..i].trim_end_matches([' ', '\t', '\u{A0}']);
            if is_other && next.starts_with('=') && before.ends_with([';', ',']) && !parameters {
                // `a=b; c=d`: another assignment.
                return before.len() - 1;
            }
            let is_field = next.starts_with(": ") || next == ":";
            // `Authorization: Bearer: token`: a scheme with a colon is part of the value that it begins.
            let is_scheme = value[..i].trim().is_empty() && rest[..len].eq_ignore_ascii_case("bearer");
            if is_field && !is_scheme && words::is_field_name(&rest[..len], self.vocabulary) {
                return i;
            }
            if self.begins_mention(rest) {
                return i;
            }
        }
        value.len()
    }

    /// Whether a label of the packs (`Application ID:`) begins here.
    fn begins_mention(&self, rest: &str) -> bool {
        self.vocabulary.mentions.iter().flat_map(|m| &m.labels).any(|label| {
            rest.get(..label.len()).is_some_and(|s| s.eq_ignore_ascii_case(label))
                && rest[label.len()..].trim_start().starts_with([':', '='])
        })
    }

    /// `"Name": "value"`, `"Name", "value"`, `"Name" = "value"`, `'Name' => 'value'` in code.
    fn quoted_pair(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.str()[at..end];
        let name = literal_within(rest, 128)?;
        let content = &rest[name.content.clone()];
        let is_parameter = FORM_PARAMETERS.contains(&content);
        if !is_parameter && !words::may_be_field_name(content, self.vocabulary) {
            return None;
        }
        if !is_parameter
            && let Some(tail) = rest[name.end..].strip_prefix('>')
            && let Some(len) = tail.bytes().take(LONGEST).position(|b| b == b'<')
        {
            // `<header name="Accept">a/b</header>`
            let from = at + name.end + 1;
            let value = self.text.slice(from..from + len).trim();
            let name = self.text.slice(at + name.content.start..at + name.content.end);
            self.push(at..from + len, Item::Field { field: Field { name, value }, is_code: false });
            return Some(from + len);
        }
        let mut after = name.end;
        let mut separators = 0;
        for c in rest[after..].chars() {
            match c {
                ' ' | '\t' => {}
                ':' | ',' | '=' | '>' | ']' | ')' | '(' => separators += 1,
                _ => break,
            }
            after += c.len_utf8();
        }
        if separators == 0 || separators > 4 {
            return None;
        }
        let prefix = rest[after..].len() - rest[after..].trim_start_matches(['f', 'F', '$', '@', 'b', 'u', 'r']).len();
        let interpolates =
            rest[after..after + prefix].contains(['f', 'F', '$']) || rest[after + prefix..].starts_with('`');
        let shift = after + prefix;
        let Some(value) = literal_within(&rest[shift..], LONGEST) else {
            return self.expression_value(at, end, &name, after, is_parameter);
        };
        let content_at = at + shift + value.content.start..at + shift + value.content.end;
        let mut text = self.decode_literal(content_at);
        let joined = self.concatenated(text.clone(), at + shift + value.end, end);
        let stop = joined.1;
        if stop > at + shift + value.end {
            text = joined.0;
        } else if text.as_str().contains("#{") {
            self.interpolated(&text, "#{", "}");
        } else if text.as_str().contains("\\(") {
            self.interpolated(&text, "\\(", ")");
        } else if rest[shift..].starts_with('"') && text.as_str().contains('$') {
            let from = text.as_str().find('$').unwrap_or(0);
            let till = text.as_str()[from..].find(' ').map_or(text.len(), |i| from + i);
            let variable = text.slice(from..till);
            self.push(at..at + 1, Item::Expanded(variable));
        } else if interpolates && text.as_str().contains('{') {
            let value = text.as_str();
            if let (Some(from), Some(till)) = (value.find('{'), value.rfind('}'))
                && from < till
            {
                let from = if value[..from].ends_with('$') { from - 1 } else { from };
                let expanded = text.slice(from..(till + 1).max(from));
                self.push(at..at + 1, Item::Expanded(expanded));
            }
        }
        let name_at = at + name.content.start..at + name.content.end;
        let name = self.text.slice(name_at);
        let item = if is_parameter {
            Item::Parameter { name, value: text }
        } else {
            Item::Field { field: Field { name, value: text.trim() }, is_code: true }
        };
        self.push(at..stop, item);
        Some(stop)
    }

    /// `"client_assertion": assertion`: sent, with a value that only the running program knows.
    fn expression_value(
        &mut self,
        at: usize,
        end: usize,
        name: &Literal,
        after: usize,
        is_parameter: bool,
    ) -> Option<usize> {
        let from = at + after;
        let rest = &self.str()[from..end];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$') {
            return None;
        }
        let len = rest.find([',', ';', ')', '}', ' ']).unwrap_or(rest.len());
        let value = self.text.slice(from..from + len);
        let name = self.text.slice(at + name.content.start..at + name.content.end);
        self.push(from..from + len, Item::Expanded(value.clone()));
        let item = if is_parameter {
            Item::Parameter { name, value }
        } else {
            Item::Field { field: Field { name, value }, is_code: true }
        };
        self.push(at..from + len, item);
        Some(from + len)
    }

    /// A string literal without its escapes.
    fn decode_literal(&self, range: Range<usize>) -> Text {
        let value = &self.str()[range.clone()];
        if !value.contains('\\') {
            return self.text.slice(range);
        }
        let mut builder = TextBuilder::new(self.text.span_of(range.start..range.start));
        let mut at = range.start;
        let mut chars = value.char_indices();
        while let Some((i, c)) = chars.next() {
            if c != '\\' {
                continue;
            }
            let Some((j, next)) = chars.next() else { break };
            builder.copy(self.text, at..range.start + i);
            let means = match next {
                'n' => "\n".to_owned(),
                't' => "\t".to_owned(),
                'r' => "\r".to_owned(),
                // What the program puts in (`\(session.token)`); no escape of any language.
                '(' => "\\(".to_owned(),
                other => other.to_string(),
            };
            builder.replace(self.text, range.start + i..range.start + j + next.len_utf8(), &means);
            at = range.start + j + next.len_utf8();
        }
        builder.copy(self.text, at..range.end);
        builder.finish()
    }

    /// The method that stands before a URL in the same statement or sentence.
    fn method_before(&self, at: usize) -> (Option<Text>, bool) {
        let before = &self.str()[..at];
        let line = before.rfind('\n').map_or(0, |i| i + 1);
        let from = before.ceil_char_boundary(line.max(at.saturating_sub(90)));
        let context = &before[from..];
        let is_code =
            context.trim_end().ends_with(['"', '\'', '(', '`', ',', '=']) && context.contains(['(', '=', '"']);
        let mut found = None;
        for (start, word) in split_words(context) {
            let upper = word.to_ascii_uppercase();
            let exact = METHODS.contains(&word);
            // `requests.post(`, `HttpMethod.Post`, `PostAsync(`: in code any case counts.
            let before = &context[..start];
            let stands = !before.ends_with(|c: char| c.is_ascii_alphanumeric()) || before.ends_with("Http");
            let coded = is_code && stands && METHODS.contains(&upper.as_str()) && word.len() > 2;
            if exact || coded {
                found = Some(self.text.slice(from + start..from + start + word.len()));
            }
        }
        (found, is_code)
    }

    /// A status code in a sentence.
    fn status_in_prose(&self, at: usize, end: usize) -> Option<u16> {
        let rest = &self.str()[at..end];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3
            || rest[3..].starts_with(['.', ':', '/', '-', '%'])
                && rest[4..].starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return None;
        }
        if rest[3..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            return None;
        }
        let line = self.str()[..at].rfind('\n').map_or(0, |i| i + 1);
        let before = &self.str()[line..at];
        if before.ends_with(['-', '/', '.', '#', '_', '+', '£', '$']) && !before.ends_with("- ") {
            return None;
        }
        let code: u16 = rest[..3].parse().ok().filter(|c| (100..600).contains(c))?;
        let after =
            beginning(&rest[3..], 60).trim_start_matches(|c: char| " -–—:)]\"'”’".contains(c)).to_ascii_lowercase();
        let named = REASONS.iter().any(|r| after.starts_with(r));
        let word_before = before
            .trim_end_matches(|c: char| c.is_whitespace() || "([\"'“‘:=#/".contains(c))
            .rsplit(|c: char| c.is_whitespace() || c == '(')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let introduced = word_before.starts_with("http") && word_before.contains("://")
            || BEFORE_STATUS.contains(&word_before.as_str())
            || word_before.ends_with("status")
            || word_before.ends_with("statuscode")
            || word_before.ends_with("response");
        let alone = before.trim().trim_matches(|c: char| "\"'“”‘’([#/*>".contains(c)).is_empty()
            && (after.is_empty() || after.starts_with(['{', ',', '"', '“']) || named || code == 401);
        let plain = matches!(code, 401 | 403);
        (named && plausible(code) || introduced && (plain || named || (400..600).contains(&code)) || alone || plain)
            .then_some(code)
    }
}

/// Whether a number with a reason word behind it is a status code that APIs answer with.
const fn plausible(code: u16) -> bool {
    matches!(code, 100 | 101 | 200..=208 | 300..=308 | 400..=431 | 451 | 500..=511)
}

/// Words of a piece of code: split at everything that is no letter, and before capitals (`PostAsync`).
fn split_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut previous = ' ';
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let joins = c.is_ascii_alphabetic() && !(c.is_ascii_uppercase() && previous.is_ascii_lowercase());
        match (start, joins) {
            (Some(from), false) => {
                words.push((from, &text[from..i]));
                start = c.is_ascii_alphabetic().then_some(i);
            }
            (None, _) if c.is_ascii_alphabetic() => start = Some(i),
            _ => {}
        }
        previous = c;
    }
    words
}

/// The length of a time at the beginning of a text: `2026-03-06T12:02:10.004Z`, `2026-03-18 10:00:01,110`.
fn time_length(text: &str) -> Option<usize> {
    let b = text.as_bytes();
    let digits = |range: Range<usize>| b.get(range).is_some_and(|s| s.iter().all(u8::is_ascii_digit));
    let is_date = digits(0..4) && b.get(4) == Some(&b'-') && digits(5..7) && b.get(7) == Some(&b'-') && digits(8..10);
    if !is_date || !matches!(b.get(10), Some(b'T' | b' ')) || !digits(11..13) || b.get(13) != Some(&b':') {
        return None;
    }
    let rest = &text[11..];
    let mut len = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(rest.len());
    let zone = &rest[len..];
    if zone.starts_with('Z') {
        len += 1;
    } else if zone.starts_with(['+', '-']) {
        let zone_len = zone[1..].find(|c: char| !(c.is_ascii_digit() || c == ':')).map_or(zone.len(), |i| i + 1);
        if zone_len >= 3 {
            len += zone_len;
        }
    }
    Some(11 + rest[..len].trim_end_matches([',', '.', ':']).len())
}

/// The reason phrase behind a labelled status: its words, or what `ReasonPhrase:` says.
fn reason_in(text: &Text, from: usize) -> Option<Text> {
    let rest = &text.as_str()[from..];
    if let Some(at) = rest.find("ReasonPhrase: '") {
        let start = from + at + "ReasonPhrase: '".len();
        let end = text.as_str()[start..].find('\'').map_or(text.len(), |i| start + i);
        return Some(text.slice(start..end));
    }
    let end = from + rest.find([',', '{', '\t', '|']).unwrap_or(rest.len());
    // `401 Unauthorized  Time: 140 ms`: several blanks begin something else.
    let words = rest.trim_start().find("  ").map_or(end, |i| from + (rest.len() - rest.trim_start().len()) + i);
    let end = end.min(words);
    Some(unquoted(&text.slice(from..end).trim()))
        .map(|r| {
            let lead = r.len() - r.as_str().trim_start_matches([' ', '(', '-', '–', ':']).len();
            let end = r.as_str().trim_end_matches([' ', ')', ':']).len().max(lead);
            r.slice(lead..end)
        })
        .filter(|r| !r.is_empty())
}

/// Whether a line is one word that may be a credential, or stands for one.
fn is_token_like(word: &str) -> bool {
    let all =
        word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'='));
    all && word.len() >= 16 && word.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn looks_like_field(line: &str) -> bool {
    split_pair(line).is_some_and(|p| words::is_plain_field(&line[p.name]))
}

struct Pair {
    name: Range<usize>,
    value: Range<usize>,
    is_cell: bool,
    is_assignment: bool,
}

/// Splits a line into a label and what follows it.
fn split_pair(line: &str) -> Option<Pair> {
    let lead = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || "-*•·+#".contains(c)).len();
    let body = &line[lead..];
    let doubled = usize::from(body.starts_with("||"));
    if let Some(row) = body.get(doubled..).and_then(|b| b.strip_prefix('|')) {
        let lead = lead + doubled;
        // A row of a table: the first two cells.
        let first = row.find('|')?;
        let name = trimmed(row, 0..first);
        let cell = |from: usize| -> Range<usize> {
            let end = row[from..].find('|').map_or(row.len(), |i| from + i);
            let part = &row[from..end];
            let start = from + (part.len() - part.trim_start().len());
            start..(from + part.trim_end().len()).max(start)
        };
        let mut value = cell(first + 1);
        let next = row[first + 1..].find('|').map_or(row.len(), |i| first + 2 + i);
        if value.is_empty() && next < row.len() {
            // A column for the request, a column for the answer.
            value = cell(next);
        }
        if row[value.clone()].len() > 4 && row[value.clone()].starts_with("**") && row[value.clone()].ends_with("**") {
            value = value.start + 2..value.end - 2;
        }
        let shift = lead + 1;
        return Some(Pair {
            name: shift + name.start..shift + name.end,
            value: shift + value.start..shift + value.end,
            is_cell: true,
            is_assignment: false,
        });
    }
    // `Name   | value`: a table of two columns without a frame.
    if let Some(bar) = body.find(" | ")
        && words::is_token(body[..bar].trim_end())
        && !body[bar + 3..].contains('|')
    {
        let name = trimmed(body, 0..bar);
        let value = trimmed(body, bar + 3..body.len());
        return Some(Pair {
            name: lead + name.start..lead + name.end,
            value: lead + value.start..lead + value.end,
            is_cell: true,
            is_assignment: false,
        });
    }
    let separator = body.char_indices().find(|(_, c)| matches!(c, ':' | '=' | '\t' | '–' | '—' | ','));
    let separator = match separator {
        // `Name,value` of a CSV file: only a field name has no blank before and behind the comma.
        Some((at, ',')) if !words::is_plain_field(&body[..at]) || body[at + 1..].starts_with(' ') => return None,
        Some(found) => Some(found),
        None => None,
    };
    let separator = separator
        .or_else(|| loose_separator(body))
        .filter(|(at, _)| loose_separator(body).is_none_or(|(loose, _)| loose > *at))
        .or_else(|| loose_separator(body))?;
    let name = trimmed(body, 0..separator.0);
    if name.is_empty() || name.len() > 60 || body[name.clone()].split_whitespace().count() > 5 {
        return None;
    }
    let mut from = separator.0 + separator.1.len_utf8();
    if separator.1 == ':' && body[from..].starts_with("//") {
        return None;
    }
    if matches!(separator.1, '=' | '-') && body[from..].starts_with('>') {
        from += 1;
    }
    // `**Status:** 401` has its mark behind the colon.
    let marks = body[from..].len() - body[from..].trim_start_matches(['*', '_']).len();
    if marks == 2 || marks == 1 && body.starts_with(['*', '_']) {
        from += marks;
    }
    Some(Pair {
        name: lead + name.start..lead + name.end,
        value: lead + from..line.len(),
        is_cell: matches!(separator.1, '\t' | ',' | ' '),
        is_assignment: separator.1 == '=',
    })
}

/// `Name   value`, `Name - value`, `Name -> value`: what stands behind the first word of a line, if that is a field name.
fn loose_separator(body: &str) -> Option<(usize, char)> {
    let len = body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).filter(|len| *len > 0)?;
    if !words::is_plain_field(&body[..len])
        || !body[..len].contains('-') && !body[..len].eq_ignore_ascii_case("authorization")
    {
        return None;
    }
    let rest = &body[len..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\u{A0}']).len();
    let tail = &rest[blanks..];
    if tail.is_empty() {
        return None;
    }
    if blanks > 0 && (tail.starts_with("- ") || tail.starts_with("-> ")) {
        return Some((len + blanks, '-'));
    }
    (rest.starts_with("  ") && !tail.starts_with(|c: char| ":=|-–—>".contains(c))).then_some((len, ' '))
}

/// A range without white space and marks of emphasis at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let marks = |c: char| c.is_whitespace() || "*`_".contains(c);
    let quotes = |c: char| marks(c) || "\"'“”‘’".contains(c);
    let start = range.start + (part.len() - part.trim_start_matches(quotes).len());
    let end = range.start + part.trim_end_matches(quotes).len();
    start..end.max(start)
}

/// A value without the backticks of a formatted word around it.
fn unwrapped(text: &Text) -> Text {
    let value = text.as_str();
    if matches!(value, "\"\"" | "''" | "“”") {
        // Two quotes with nothing between them are how people and YAML write a blank value.
        let middle = value.chars().next().map_or(0, char::len_utf8);
        return text.slice(middle..middle);
    }
    if value.len() >= 2 && value.starts_with('`') && value.ends_with('`') {
        return text.slice(1..value.len() - 1).trim();
    }
    if let Some(rest) = value.strip_suffix('`')
        && !rest.contains('`')
    {
        return text.slice(0..rest.len()).trim();
    }
    text.clone()
}

/// A labelled value without quotation marks around it.
fn unquoted(text: &Text) -> Text {
    let text = unwrapped(text);
    let marks: &[char] = &['"', '\'', '“', '”', '‘', '’', '<', '>', ','];
    let value = text.as_str();
    let start = value.len() - value.trim_start_matches(marks).len();
    let end = value.trim_end_matches(marks).len();
    if start == 0 && end == value.len() { text } else { text.slice(start..end.max(start)) }
}

/// A value in a squashed line without the separator behind it.
/// Whether a text begins with `name=`.
fn is_pair(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).unwrap_or(text.len());
    end > 0 && text[end..].starts_with('=')
}

/// `Digest username="…", uri="…"`: a scheme and its parameters, of which none is an assignment of its own.
fn has_parameters(value: &str) -> bool {
    let Some((scheme, rest)) = value.trim_start().split_once(' ') else { return false };
    let name = rest.trim_start().split_once('=').map_or("", |(name, _)| name);
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_word(scheme) && is_word(name)
}

fn without_tail(text: &Text) -> Text {
    let value = text.as_str();
    let end = value.trim_end_matches([' ', '\u{A0}']).len();
    text.slice(0..end)
}

fn url_in(text: &Text) -> Option<Text> {
    let value = text.as_str();
    if let Some(at) = value.find("https://").or_else(|| value.find("http://")) {
        return Some(text.slice(at..at + url_length(&value[at..])));
    }
    let first = value.split_whitespace().next()?;
    let is_path = first.starts_with('/') && first.len() > 1;
    let is_host = first.contains('/') && first.split('/').next().is_some_and(|h| h.contains('.') && h.len() > 4);
    (is_path || is_host).then(|| text.slice(0..first.len()))
}

/// How long the URL at the beginning of a text is.
pub(crate) fn url_length(text: &str) -> usize {
    let stop = |c: char| c.is_whitespace() || "\"'`<>|“”‘’\\^".contains(c) || c.is_control();
    let len = text.find(stop).unwrap_or(text.len());
    // What closes a sentence or a bracket is not of the URL; a template's braces are.
    let mut url = &text[..len];
    loop {
        let cut = url.trim_end_matches(['.', ',', ';', ':', '!', '*', '_']);
        let cut = if cut.ends_with(')') && !cut.contains('(') { &cut[..cut.len() - 1] } else { cut };
        let cut = if cut.ends_with('}') && !cut.contains('{') { &cut[..cut.len() - 1] } else { cut };
        let cut = if cut.ends_with(']') && !cut.contains('[') { &cut[..cut.len() - 1] } else { cut };
        if cut.len() == url.len() {
            return cut.len();
        }
        url = cut;
    }
}

/// `HTTP/1.1 401 Unauthorized`: its length, the code and its place, the reason phrase.
fn status_line(text: &str) -> Option<(usize, u16, usize, Range<usize>)> {
    let rest = text.strip_prefix("HTTP/")?;
    let version = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    if version == 0 && !rest.starts_with(' ') {
        return None;
    }
    let blanks = rest[version..].len() - rest[version..].trim_start_matches([' ', '"', ':']).len();
    let at = 5 + version + blanks;
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let code: u16 =
        (digits == 3).then(|| text[at..at + 3].parse().ok()).flatten().filter(|c| (100..600).contains(c))?;
    let after = beginning(&text[at + 3..], 80);
    // The reason phrase: words up to what cannot be one.
    let mut end = 0;
    for (start, word) in word_starts(after) {
        let is_reason = word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '\'' | '’' | '(' | ')'));
        let is_field = word.ends_with(':') || after[start + word.len()..].starts_with(':');
        if !is_reason
            || is_field
            || start + word.len() > 40
            || (end > 0 && word.chars().next().is_some_and(char::is_uppercase) && words_known(word))
        {
            break;
        }
        end = start + word.len();
    }
    Some((at + 3 + end, code, at, at + 3..at + 3 + end))
}

/// Words that begin a field or a sentence behind a squashed status line, not a reason phrase.
fn words_known(word: &str) -> bool {
    ["Date", "Server", "Content-Type", "Content-Length", "WWW-Authenticate", "Connection", "Application"]
        .contains(&word)
}

fn word_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split([' ', '|', '}', ',', '"'])
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .take_while(|(start, word)| *start == 0 || !word.is_empty())
        .filter(|(_, word)| !word.is_empty())
}

/// `GET /path HTTP/1.1` or `GET https://host/path`: method, target, length, whether a version follows.
fn request_line(text: &str) -> Option<(Range<usize>, Range<usize>, usize, bool)> {
    let method = METHODS.iter().find(|m| text.starts_with(**m))?;
    let rest = &text[method.len()..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if blanks == 0 || blanks > 4 {
        return None;
    }
    let at = method.len() + blanks;
    let target = &text[at..];
    let (lead, target) = match target.strip_prefix(['"', '\'', '`', '“', '<']) {
        Some(inner) => (target.len() - inner.len(), inner),
        None => (0, target),
    };
    let is_url = target.starts_with("http://") || target.starts_with("https://");
    let is_path = target.starts_with('/') && target.len() > 1;
    let word = target.split([' ', '\t']).next().unwrap_or_default();
    let is_host = word.split('/').next().is_some_and(|h| h.contains('.') && !h.contains(' ') && h.len() > 6)
        && word.contains('/');
    let is_template = target.starts_with("{{");
    if !(is_url || is_path || is_host || is_template) {
        return None;
    }
    let len = url_length(target);
    let end = at + lead + len;
    let tail = &text[end..];
    let versioned =
        tail.trim_start_matches(' ').starts_with("HTTP/") && status_line(tail.trim_start_matches(' ')).is_none();
    let version = if versioned {
        let from = tail.len() - tail.trim_start_matches(' ').len();
        from + tail[from..].find(|c: char| c.is_whitespace() || c == '"').unwrap_or(tail.len() - from)
    } else {
        0
    };
    Some((0..method.len(), at + lead..end, end + version, versioned))
}

struct Literal {
    content: Range<usize>,
    end: usize,
}

/// A string literal at the beginning of a text.
fn literal(text: &str) -> Option<Literal> {
    let open = text.chars().next()?;
    let close: &[char] = match open {
        '"' => &['"'],
        '\'' => &['\''],
        '`' => &['`'],
        '“' => &['”', '“', '"'],
        '‘' => &['’', '‘', '\''],
        _ => return None,
    };
    let start = open.len_utf8();
    let mut chars = text[start..].char_indices();
    while let Some((i, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if close.contains(&c) {
            return Some(Literal { content: start..start + i, end: start + i + c.len_utf8() });
        }
    }
    None
}

/// Whether a path in a sentence is that of an API, not of a file: it has a segment that such paths have.
fn is_api_path(path: &str) -> bool {
    let mut segments = path.split(['/', '?']).filter(|s| !s.is_empty());
    segments.any(|s| {
        let lower = s.to_ascii_lowercase();
        matches!(lower.as_str(), "fhir" | "api" | "oauth" | "oauth2")
            || lower.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    }) && path[1..].contains('/')
}

/// How far the credentials go in a sentence: a scheme and one word, or one word, before the sentence goes on.
fn credentials_length(value: &str) -> usize {
    let lead = value.len() - value.trim_start().len();
    let mut end = lead;
    let mut words = value[lead..].split(' ').map(|w| (w, w.len()));
    let mut take = |end: &mut usize| -> Option<String> {
        let (word, len) = words.next()?;
        *end += len + usize::from(*end > lead);
        Some(word.to_owned())
    };
    let first = take(&mut end).unwrap_or_default();
    if matches!(first.to_ascii_lowercase().as_str(), "bearer" | "basic" | "digest" | "dpop") && take(&mut end).is_none()
    {
        return value.len();
    }
    let end = end.min(value.len());
    let goes_on = value[end..].trim_start().split(' ').next().unwrap_or_default();
    let is_sentence = goes_on.len() > 1
        && goes_on.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b',' | b'.'))
        && is_token_like(value[lead..end].rsplit(' ').next().unwrap_or_default());
    if is_sentence { end } else { value.len() }
}

/// A string literal that ends within so many bytes.
fn literal_within(text: &str, limit: usize) -> Option<Literal> {
    literal(&text[..text.floor_char_boundary(limit)])
}

/// `<-- 401`, `<- 401`, `< 401`: how loggers and timelines mark an answer. Gives the length up to the code's end.
fn answer_arrow(text: &str) -> Option<(usize, u16)> {
    let rest = text.strip_prefix('<')?;
    let at = 1 + (rest.len() - rest.trim_start_matches('-').len());
    let tail = text[at..].strip_prefix(' ')?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let code: u16 = (digits == 3).then(|| tail[..3].parse().ok()).flatten().filter(|c| (100..600).contains(c))?;
    Some((at + 4, code))
}

/// `-> 401`, `=> 401 Unauthorized`, `→ 401`: how people write what came back, on a line of its own.
fn result_arrow(text: &str) -> Option<(usize, u16)> {
    let rest = ["-> ", "--> ", "=> ", "==> ", "→ "].iter().find_map(|arrow| text.strip_prefix(arrow))?;
    let code = rest.get(..3)?.parse().ok().filter(|c| (100..600).contains(c))?;
    let ends = rest[3..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '.');
    ends.then_some((text.len() - rest.len() + 3, code))
}

/// How long the form is that begins a text with a parameter of OAuth.
fn form_length(text: &str) -> Option<usize> {
    let name = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    if !text[name..].starts_with('=') || !FORM_PARAMETERS.contains(&&text[..name]) {
        return None;
    }
    let limit = text.floor_char_boundary(2 * LONGEST);
    let len = text[..limit].find([' ', '"', '\'']).unwrap_or(limit);
    (is_form(&text[..len]) && text[..len].contains("grant_type=") && text[..len].contains('&')).then_some(len)
}

/// The beginning of a text, no longer than so many characters.
fn beginning(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}

/// The status code at the beginning of a labelled value.
fn leading_status(text: &str) -> Option<(u16, usize)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let lead = text[..at].trim().trim_end_matches(['(', ':', '"', '“']).trim().to_ascii_lowercase();
    if !(lead.is_empty() || lead.starts_with("http") || lead == "status" || lead == "error" || lead == "code") {
        return None;
    }
    if text[..at].starts_with("HTTP/") || text[..at].ends_with('/') {
        let (_, code, code_at, _) = status_line(text)?;
        return Some((code, code_at));
    }
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let code = (digits == 3).then(|| text[at..at + 3].parse().ok()).flatten().filter(|c| (100..600).contains(c))?;
    Some((code, at))
}

/// Whether a text says that there is nothing.
pub(crate) fn is_said_empty(text: &str) -> bool {
    let folded = text.trim().trim_matches(|c: char| "()[]<>\"'“”‘’`.*-".contains(c)).trim().to_ascii_lowercase();
    matches!(
        folded.as_str(),
        "" | "empty"
            | "none"
            | "no body"
            | "blank"
            | "nothing"
            | "no content"
            | "empty body"
            | "null"
            | "n/a"
            | "empty string"
            | "0 bytes"
    )
}

/// Whether a text is a form body: `name=value&name=value`.
pub(crate) fn is_form(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty()
        || text.contains(['\n', '{', '"'])
        || text.contains("://") && !text.contains("grant_type") && !text.contains('&')
    {
        return false;
    }
    let mut parts = text.split('&');
    let named = |part: &str| {
        part.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'[' | b']' | b'%'))
        })
    };
    let first = parts.next().unwrap_or_default();
    let known = |part: &str| part.split_once('=').is_some_and(|(name, _)| FORM_PARAMETERS.contains(&name));
    if !text.contains('&') {
        return known(first) && !text.contains(' ');
    }
    !text.split('&').take(3).any(|p| p.contains(' ') && !known(p)) && named(first) && parts.all(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_lines_and_status_lines() {
        assert_eq!(request_line("GET /a/b HTTP/1.1 x").map(|r| (r.1, r.2, r.3)), Some((4..8, 17, true)));
        assert_eq!(request_line("POST https://a.example/b?x=1, then").map(|r| (r.1, r.3)), Some((5..28, false)));
        assert!(request_line("GET the token from https://a.example").is_none());
        assert_eq!(status_line("HTTP/1.1 401 Unauthorized Date: Mon").map(|s| (s.0, s.1)), Some((25, 401)));
        assert_eq!(status_line("HTTP/2 403").map(|s| s.1), Some(403));
        assert_eq!(status_line("HTTP/1.1 401 Unauthorized, body length 0").map(|s| s.3), Some(12..25));
        assert!(status_line("HTTP/1.1 is used").is_none());
    }

    #[test]
    fn urls_end_where_the_sentence_goes_on() {
        assert_eq!(url_length("https://a.example/b)."), 19);
        assert_eq!(url_length("https://a.example/b?x=(1) y"), 25);
    }

    #[test]
    fn times() {
        assert_eq!(time_length("2026-03-06T12:02:10.004Z [x]"), Some(24));
        assert_eq!(time_length("2026-03-18 10:00:01,110 ERROR"), Some(23));
        assert_eq!(time_length("2026-03-18T10:00:01+01:00 x"), Some(25));
        assert_eq!(time_length("20 March"), None);
    }

    #[test]
    fn forms() {
        assert!(is_form("grant_type=client_credentials&client_assertion=eyJ.x.y"));
        assert!(is_form("a=1&b=2"));
        assert!(!is_form("a = 1 & b = 2"));
        assert!(!is_form("see x=1"));
    }
}

//! An exchange while it is assembled, and what it becomes.

use std::collections::HashSet;
use std::ops::Range;

use crate::capture::lines::clue::Sureness;
use crate::capture::model::{Body, Exchange, Extent, Field, Format, Response, not_among};
use crate::capture::view::View;
use crate::capture::words;
use crate::text::{Span, Text, TextBuilder};

/// Which message of the exchange lines belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageSide {
    Request,
    Answer,
}

/// An exchange while it is assembled.
pub(super) struct ExchangeDraft {
    /// What is known so far. Where the reader of a form gave the exchange, it is kept as that reader gave it.
    pub(super) exchange: Exchange,
    /// Whether the reader of a form gave it, and so stated its format and how much of the head it shows. Its answer may
    /// follow in the text.
    pub(super) is_recorded: bool,
    /// A labelled host, to which the URL may be a path.
    pub(super) host: Option<Text>,
    pub(super) path: Option<Text>,
    pub(super) url_from_prose: bool,
    /// Whether a request line of the wire was seen.
    pub(super) versioned: bool,
    /// Parameters that were shown one by one. A body in one piece counts instead of them.
    pub(super) parameters: Vec<(Text, Text)>,
    pub(super) head_closed: bool,
    /// The text says that lines of the head were left out.
    pub(super) cut: bool,
    pub(super) code: bool,
    /// Where the names of the fields begin that code sets.
    pub(super) coded: HashSet<usize>,
    /// The names of the fields so far, in lower case: how many of the fields are in it, and which.
    names: (usize, HashSet<String>),
    pub(super) status_sure: Option<Sureness>,
    pub(super) answer_versioned: bool,
    pub(super) answer_head_closed: bool,
    pub(super) side: MessageSide,
    pub(super) range: Option<Range<usize>>,
}

impl Default for ExchangeDraft {
    fn default() -> Self {
        Self {
            exchange: Exchange::unseen(Format::Ticket, Span::new(0, 0)),
            is_recorded: false,
            host: None,
            path: None,
            url_from_prose: false,
            versioned: false,
            parameters: Vec::new(),
            head_closed: false,
            cut: false,
            code: false,
            coded: HashSet::new(),
            names: Default::default(),
            status_sure: None,
            answer_versioned: false,
            answer_head_closed: false,
            side: MessageSide::Request,
            range: None,
        }
    }
}

impl ExchangeDraft {
    /// The draft of an exchange that the reader of a form gave. Its head is complete.
    pub(super) fn of_recorded(exchange: Exchange, range: Range<usize>) -> Self {
        let parameters = match &exchange.request.body {
            Body::Form(pairs) => pairs.clone(),
            _ => Vec::new(),
        };
        Self { exchange, is_recorded: true, parameters, head_closed: true, range: Some(range), ..Self::default() }
    }

    pub(super) fn has_request(&self) -> bool {
        let request = &self.exchange.request;
        request.method.is_some()
            || request.url.is_some()
            || self.host.is_some()
            || self.path.is_some()
            || !request.fields.is_empty()
            || !self.parameters.is_empty()
            || self.has_body()
    }

    /// Whether the body of the request was seen in one piece.
    pub(super) fn has_body(&self) -> bool {
        self.exchange.request.body.text().is_some()
    }

    /// Whether a field of this name was sent already. A head may have thousands.
    pub(super) fn has_field(&mut self, name: &str) -> bool {
        let (known, names) = &mut self.names;
        if *known > self.exchange.request.fields.len() {
            (*known, *names) = Default::default();
        }
        names.extend(self.exchange.request.fields[*known..].iter().map(|f| f.name.as_str().to_ascii_lowercase()));
        *known = self.exchange.request.fields.len();
        names.contains(&name.to_ascii_lowercase())
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.has_request() && self.exchange.response.is_none()
    }

    pub(super) fn cover(&mut self, at: &Range<usize>) {
        let range = self.range.get_or_insert_with(|| at.clone());
        range.start = range.start.min(at.start);
        range.end = range.end.max(at.end);
    }

    pub(super) fn answer(&mut self) -> &mut Response {
        self.exchange.response.get_or_insert_with(Response::default)
    }

    pub(super) fn has_status(&self) -> bool {
        self.status_sure.is_some_and(|s| s > Sureness::Prose)
    }

    pub(super) fn has_answer(&self) -> bool {
        self.exchange.response.as_ref().is_some_and(|r| r.status.is_some() || !r.body.is_unseen())
    }
}

/// Makes the exchange of a draft; `None` where it holds too little to be one.
pub(super) fn finished(draft: ExchangeDraft, view: &View) -> Option<Exchange> {
    let is_answered = draft.exchange.response.is_some();
    if draft.is_empty() && draft.exchange.decoded_jwt.is_empty() {
        return None;
    }
    let ExchangeDraft { mut exchange, parameters, .. } = draft;
    let request = &mut exchange.request;
    let has_fields = !request.fields.is_empty();
    let is_only_a_url = draft.url_from_prose
        && !has_fields
        && parameters.is_empty()
        && request.body.text().is_none()
        && request.method.is_none()
        && !is_answered;
    let has_host = request.fields.iter().any(|f| f.is("host") || f.is(":authority"));
    request.url = match (request.url.take(), &draft.host) {
        // The host is named beside the path: labelled, or as the argument of a call.
        (Some(url), Some(_)) if url.as_str().starts_with('/') && !has_host => joined(draft.host.as_ref(), Some(&url)),
        (Some(url), _) => Some(url),
        (None, host) => joined(host.as_ref(), draft.path.as_ref()),
    };
    if !draft.is_recorded {
        (exchange.format, request.extent) = match (view.is_dump && draft.versioned, draft.versioned) {
            // A client always sends Host: a head without it was cut, or put together by hand.
            (true, _) => (Format::Verbose, if has_host && !draft.cut { Extent::Whole } else { Extent::Part }),
            (_, true) if has_host && !draft.cut => (Format::Raw, Extent::Whole),
            (_, true) => (Format::Raw, Extent::Part),
            _ if draft.code => (Format::Code, Extent::Part),
            _ => (Format::Ticket, Extent::Part),
        };
    }
    if request.body.text().is_none() {
        request.body = if parameters.is_empty() { Body::Unseen } else { Body::Form(parameters) };
    }
    let mut no_fields = Vec::new();
    unquote_all(&mut request.fields, exchange.response.as_mut().map_or(&mut no_fields, |r| &mut r.fields));
    // Pseudo-fields of HTTP/2 are not fields.
    request.fields.retain(|f| !f.name.as_str().starts_with(':'));
    if is_only_a_url && request.url.is_none() {
        request.url = request.fields.iter().find(|f| f.is("host")).map(|f| f.value.clone());
    }
    if let Some(response) = &mut exchange.response {
        // A head without any field was cut, unless the client's own log shows where it ends and the body begins.
        let ends_in_log = exchange.format == Format::Verbose && !draft.cut && response.body.text().is_some();
        let is_whole = draft.answer_versioned && (!response.fields.is_empty() || ends_in_log);
        response.extent = if is_whole { Extent::Whole } else { Extent::Part };
    }
    if !draft.is_recorded {
        exchange.print.only_in_code = only_in_code(&exchange, &draft.coded, draft.versioned);
    }
    exchange.at = view.text.span_of(draft.range.unwrap_or(0..0));
    Some(exchange)
}

/// The fields that code sets and that are not in the request as it was printed, where one was: by a message on the wire,
/// by a log that marks its end, or by a list in which the client has put fields of its own.
fn only_in_code(exchange: &Exchange, coded: &HashSet<usize>, versioned: bool) -> Vec<Span> {
    if coded.is_empty() {
        return Vec::new();
    }
    let is_coded = |f: &&Field| coded.contains(&f.name.span().start);
    let (by_code, printed): (Vec<&Field>, Vec<&Field>) = exchange.request.fields.iter().partition(is_coded);
    let is_print = exchange.print.is_listed
        || versioned && !printed.is_empty()
        || printed.iter().filter(|f| words::is_client_field(f.name.as_str())).count() > 1;
    if is_print { not_among(by_code, printed) } else { Vec::new() }
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

/// A URL put together from a labelled host and path.
pub(super) fn joined(host: Option<&Text>, path: Option<&Text>) -> Option<Text> {
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

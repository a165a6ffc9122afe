//! The room that turns a capture into facts: what was sent, where it went, what came back, and what one exchange
//! says about another. Causes are left to the engine.

mod authorization;
mod challenge;
mod clock;
mod endpoint;
pub mod facts;
mod history;
mod jwt;
pub mod keys;
pub(crate) mod product_set;
pub mod registry;
mod response;
mod secrets;
mod token_request;
mod url;

pub(crate) use endpoint::Place;

use facts::{Fact, Facts, Value};

use crate::Options;
use crate::capture::lines::form_body::is_form;
use crate::capture::model::{Body, Capture, Exchange, Extent, Mention, Request, Role};
use crate::capture::reader::Reader;
use crate::pack::model::{Condition, Literal, Matcher, Pack};
use crate::redact::{Cover, Redactor};
use crate::secret::Secret;
use crate::shape;
use crate::text::{Span, Text};

/// What is known of one exchange.
#[derive(Debug)]
pub(crate) struct Evidence<'p> {
    pub(crate) facts: Facts,
    pub(crate) place: Place<'p>,
    /// What the text says that bears on this exchange: its own first.
    pub(crate) mentions: Vec<Mention>,
}

/// What must not be shown of a paste.
#[derive(Debug)]
pub(crate) struct Covered {
    pub(crate) secrets: Vec<(Cover, Secret)>,
    pub(crate) spans: Vec<Span>,
}

impl Covered {
    /// The paste as it may be shown.
    pub(crate) fn redactor(&self, paste: &str) -> Redactor {
        Redactor::covering(paste, &self.secrets, &self.spans)
    }
}

/// Collects what must not be shown. A reader that somebody chose may not know a credential for one that another reader
/// would find.
pub(crate) fn covered_by_any(capture: &Capture, paste: &Text, pack: &Pack, options: &Options) -> Covered {
    let mut found = covered(capture, paste.as_str(), pack);
    if options.from != Reader::Auto {
        let auto = crate::capture::read(paste, &pack.vocabulary);
        let more = covered(&auto, paste.as_str(), pack);
        found.secrets.extend(more.secrets);
        found.spans.extend(more.spans);
    }
    found
}

/// Collects what must not be shown.
fn covered(capture: &Capture, paste: &str, pack: &Pack) -> Covered {
    let (mut found, places) = secrets::collect(capture, &pack.vocabulary);
    found.extend(secrets::options(paste));
    // A key in a field is shown again by its value: there it is known by its words.
    let keys = secrets::private_keys(paste);
    for key in &keys {
        let words = paste[key.clone()].split_whitespace().filter(|w| w.len() >= 8);
        found.extend(words.map(|w| (Cover::Key, Secret::new(w))));
    }
    let mut spans: Vec<Span> = keys.into_iter().map(|r| Span::new(r.start, r.end)).collect();
    spans.extend(places.into_iter().map(|place| {
        // A pair of digits of a hex dump: the dump shows the characters again at the end of the line.
        let is_pair =
            paste.get(place.start..place.end).is_some_and(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_hexdigit()));
        let line_end = if is_pair { paste[place.end..].bytes().take(80).position(|b| b == b'\n') } else { None };
        Span::new(place.start, place.end + line_end.unwrap_or(0))
    }));
    Covered { secrets: found, spans }
}

/// Whether a time that somebody wrote down says in which zone it is.
pub(crate) fn has_zone(time: &str) -> bool {
    clock::parse(time).is_some_and(|m| m.has_zone) || ["UTC", "GMT", "BST", "+0"].iter().any(|z| time.contains(z))
}

/// Gathers the facts of every exchange of a capture.
pub(crate) fn gather<'p>(capture: &Capture, paste: &Text, pack: &'p Pack, options: &Options) -> Vec<Evidence<'p>> {
    let mut all: Vec<Evidence<'p>> = Vec::with_capacity(capture.exchanges.len());
    let mut histories = Vec::with_capacity(capture.exchanges.len());
    let superseded = capture.thread.as_ref().map_or(0, |t| t.superseded.len());
    let only_one_lacks_status = capture.exchanges.len() - superseded == 1;
    for exchange in &capture.exchanges {
        let mut facts = Facts::default();
        let expanded: Vec<Span> = exchange.expanded.iter().map(Text::span).collect();
        request(&mut facts, exchange, &expanded);
        let place = endpoint::read(&mut facts, &exchange.request, pack);
        let credentials = authorization::read(&mut facts, &exchange.request, &expanded, &pack.vocabulary);
        let status = options
            .status
            .filter(|_| only_one_lacks_status && exchange.response.as_ref().is_none_or(|r| r.status.is_none()));
        let body = response::read(&mut facts, exchange.response.as_ref(), &exchange.request.fields, status);
        let mentions = mentions(capture, exchange, pack, options, paste);
        mention_facts(&mut facts, &mentions);
        topics(&mut facts, capture);
        let moment = history::moment(exchange, &facts, body.as_ref(), &mentions, options);
        token_request::read(&mut facts, exchange, &expanded, moment, options.keys.as_deref());
        history::judge_own_token(&mut facts, credentials.as_ref(), moment);
        histories.push(history::Entry::of(exchange, &facts, credentials, body, moment));
        all.push(Evidence { facts, place, mentions });
    }
    history::compare(&mut all, &histories);
    history::redirects(&mut all, &capture.exchanges);
    words_in_prose(&mut all, capture, paste, pack);
    let named = endpoints_named(paste, pack);
    for (evidence, exchange) in all.iter_mut().zip(&capture.exchanges) {
        named_endpoints(&mut evidence.facts, &named, pack, &evidence.place);
        endpoint::by_name(&mut evidence.facts, &exchange.request, pack, &mut evidence.place);
        endpoint::check_fields(&mut evidence.facts, &exchange.request, &evidence.place);
        product_set::read(evidence, pack, options);
    }
    all
}

/// Whether a field that is not among those shown is known not to have been sent.
pub(crate) enum FieldState {
    /// It was not; the spans show the head that lacks it.
    Absent(Vec<Span>),
    /// The capture cannot tell.
    Unseen,
}

pub(crate) fn field_state(request: &Request, name: &str) -> FieldState {
    let head = || request.method.iter().chain(&request.url).map(Text::span).collect();
    match &request.extent {
        Extent::Whole => FieldState::Absent(head()),
        Extent::Withheld(names) if !names.iter().any(|n| n.eq_ignore_ascii_case(name)) => FieldState::Absent(head()),
        Extent::Withheld(_) | Extent::Part => FieldState::Unseen,
    }
}

fn request(facts: &mut Facts, exchange: &Exchange, expanded: &[Span]) {
    let request = &exchange.request;
    if let Some(method) = &request.method {
        facts.set_text("request.method", &method.as_str().to_ascii_uppercase(), method.span());
    }
    let extent = match request.extent {
        Extent::Whole => "whole",
        Extent::Part => "part",
        Extent::Withheld(_) => "withheld",
    };
    facts.set("request.extent", Value::Text(extent.to_owned()), Vec::new());
    match &request.extent {
        Extent::Part => {}
        Extent::Whole | Extent::Withheld(_) => {
            let head: Vec<Span> = request.method.iter().chain(&request.url).map(Text::span).collect();
            facts.set_family("request.field.", Fact::Absent(head.clone()));
            facts.set_family("request.field-shape.", Fact::Absent(head.clone()));
            facts.set_family("request.field-state.", Fact::Known(Value::Text("absent".to_owned()), head.clone()));
            facts.set_family("request.field-count.", Fact::Known(Value::Number(0), head));
        }
    }
    if let Extent::Withheld(names) = &request.extent {
        for name in names {
            for family in ["request.field", "request.field-shape", "request.field-state", "request.field-count"] {
                facts.set_unseen(&format!("{family}.{name}"));
            }
        }
    }
    let mut counts: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    for field in &request.fields {
        *counts.entry(field.name.as_str().to_ascii_lowercase()).or_default() += 1;
    }
    for field in &request.fields {
        let name = field.name.as_str();
        if name.is_empty() {
            continue;
        }
        let state = if field.value.is_empty() { "blank" } else { "present" };
        let at = if field.value.is_empty() { field.name.span().to(field.value.span()) } else { field.value.span() };
        facts.set(&format!("request.field-state.{name}"), Value::Text(state.to_owned()), vec![at]);
        facts.set(&format!("request.field.{name}"), Value::Text(field.value.as_str().to_owned()), vec![at]);
        facts.set_text(&format!("request.field-shape.{name}"), shape::of(field.value.as_str()).name(), at);
        let count = counts.get(&name.to_ascii_lowercase()).copied().unwrap_or(1);
        facts.set(&format!("request.field-count.{name}"), Value::Number(count), vec![at]);
        // What the shell or the program put in was sent, but is not shown.
        if expanded.iter().any(|e| e.overlaps(field.value.span())) {
            facts.set_unseen(&format!("request.field.{name}"));
            facts.set_unseen(&format!("request.field-shape.{name}"));
            continue;
        }
        if field.is("content-type") {
            let media = field.value.as_str().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            facts.set_text("request.content-type", &media, at);
        }
    }
    if request.fields.iter().all(|f| !f.is("content-type"))
        && let FieldState::Absent(spans) = field_state(request, "content-type")
    {
        facts.set_absent("request.content-type", spans);
    }
    if let Some(target) = &request.url {
        let query = url::Url::of(target).query;
        facts.set_family("request.query.", Fact::Absent(vec![target.span()]));
        facts.set_family("request.query-state.", Fact::Known(Value::Text("absent".to_owned()), vec![target.span()]));
        for (name, value) in query.iter().filter(|(n, _)| !n.is_empty()) {
            let state = if value.is_empty() { "blank" } else { "present" };
            facts.set_text(&format!("request.query-state.{}", name.as_str()), state, name.span());
            facts.set_text(&format!("request.query.{}", name.as_str()), value.as_str(), value.span());
        }
    }
}

/// The form parameters of a request, decoded; also those that stand in a JSON object where a form is wanted.
pub(crate) fn form(request: &Request) -> Vec<(Text, Text)> {
    match &request.body {
        Body::Form(pairs) => pairs.clone(),
        Body::Text(text) if is_form(text.as_str()) => url::parameters(&text.trim()),
        Body::Text(text) => response::document(text)
            .map(|json| {
                json.members()
                    .iter()
                    .filter_map(|(name, value)| Some((name.clone(), value.as_text()?.clone())))
                    .collect()
            })
            .unwrap_or_default(),
        Body::Unseen | Body::Empty(_) => Vec::new(),
    }
}

/// What the text says that bears on an exchange: its own fields first, then what stands around it.
fn mentions(capture: &Capture, exchange: &Exchange, pack: &Pack, options: &Options, paste: &Text) -> Vec<Mention> {
    let mut mentions = Vec::new();
    if let Some(asid) = &options.asid {
        let at = Span::new(paste.len(), paste.len());
        mentions.push(Mention { kind: "asid".to_owned(), value: Text::implied(asid, at) });
    }
    if let Some(sent) = &exchange.sent_at {
        mentions.push(Mention { kind: "sent-at".to_owned(), value: sent.clone() });
    }
    for kind in &pack.vocabulary.mentions {
        let Some(name) = &kind.field else { continue };
        let own = exchange.request.fields.iter().find(|f| f.is(name));
        let field = own.or_else(|| exchange.response.as_ref().and_then(|r| r.fields.iter().find(|f| f.is(name))));
        if let Some(field) = field.filter(|f| !f.value.is_empty()) {
            mentions.push(Mention { kind: kind.kind.clone(), value: field.value.clone() });
        }
    }
    mentions.extend(capture.mentions.iter().cloned());
    mentions
}

fn mention_facts(facts: &mut Facts, mentions: &[Mention]) {
    for mention in mentions {
        let name = format!("mention.{}", mention.kind);
        if matches!(facts.get(&name), Fact::Unseen) {
            facts.set(&name, Value::Text(mention.value.as_str().to_owned()), vec![mention.value.span()]);
        }
    }
}

fn topics(facts: &mut Facts, capture: &Capture) {
    let mut topics: Vec<(String, Vec<Span>)> = Vec::new();
    for topic in &capture.topics {
        if !topics.iter().any(|(id, _)| *id == topic.id) {
            topics.push((topic.id.clone(), vec![topic.span]));
        }
    }
    // A topic that is named as an access mode states it, unless both are spoken of.
    let modes: Vec<(String, Vec<Span>)> = topics
        .iter()
        .filter(|(t, _)| matches!(registry::find("access.mode"), Some((info, _)) if matches!(info.kind, registry::Type::OneOf(words) if words.contains(&t.as_str()))))
        .cloned()
        .collect();
    if let [(mode, spans)] = modes.as_slice() {
        facts.set("access.mode", Value::Text(mode.clone()), spans.clone());
    }
    let spans = topics.iter().flat_map(|(_, s)| s.clone()).collect();
    facts.set("mention.topics", Value::List(topics), spans);
    if let Some(thread) = &capture.thread {
        let suspected = thread.suspected.iter().map(|t| (t.id.clone(), vec![t.span]));
        let spans = thread.suspected.iter().map(|t| t.span).collect();
        facts.set("mention.suspected", Value::List(suspected.collect()), spans);
    }
}

/// The endpoints that the text names by their ids.
fn endpoints_named(paste: &Text, pack: &Pack) -> Vec<(String, Vec<Span>)> {
    let value = paste.as_str();
    let mut named: Vec<(String, Vec<Span>)> = Vec::new();
    let mut ids: Vec<&str> = pack
        .operations
        .iter()
        .map(|o| o.id.as_str())
        .filter(|id| id.len() == 4 && id[1..].bytes().all(|b| b.is_ascii_digit()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let bytes = value.as_bytes();
    for (at, _) in value.match_indices(['A', 'a']) {
        if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'-' | b'_')) {
            continue;
        }
        let digits = value[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let after = bytes.get(at + 1 + digits).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        if !(2..=5).contains(&digits) || after {
            continue;
        }
        // A42, A042 and A0042 are the same endpoint to those who write tickets.
        let Ok(number) = value[at + 1..at + 1 + digits].parse::<u32>() else { continue };
        let id = format!("A{number:03}");
        if ids.contains(&id.as_str()) && !named.iter().any(|(n, _)| *n == id) {
            named.push((id, vec![Span::new(at, at + 1 + digits)]));
        }
    }
    named
}

/// What the endpoints that the text names say of an exchange.
fn named_endpoints(facts: &mut Facts, named: &[(String, Vec<Span>)], pack: &Pack, place: &Place<'_>) {
    if named.is_empty() {
        return;
    }
    if let [(only, spans)] = named {
        match place.operation {
            Some(operation) => facts.set_flag("endpoint.named-differs", operation.id != *only, spans.clone()),
            // The path is known under another verb, or not at all: the request is not the endpoint that is named.
            None if place.api.is_some_and(|a| pack.operations.iter().any(|o| o.api == a.id)) => {
                facts.set_flag("endpoint.named-differs", true, spans.clone());
            }
            None => {}
        }
    }
    let spans = named.iter().flat_map(|(_, s)| s.clone()).collect();
    facts.set("endpoint.named", Value::List(named.to_vec()), spans);
}

/// Words that only one answer is known to use, where somebody tells of the answer and does not quote it. They belong to
/// the last exchange without words of its own; in a thread, to that of the same post.
fn words_in_prose(all: &mut [Evidence<'_>], capture: &Capture, paste: &Text, pack: &Pack) {
    let is_silent = |e: &Evidence<'_>| {
        let refused = e.facts.number("response.status").is_none_or(|s| s >= 400);
        refused && matches!(e.facts.get("refusal.message"), Fact::Unseen)
    };
    let mut silent = (0..all.len()).rev().filter(|at| is_silent(&all[*at]));
    let Some(thread) = &capture.thread else {
        if let Some(at) = silent.next() {
            let found = words_of_answers(paste.as_str(), &paste.as_str().to_ascii_lowercase(), pack, |_| true);
            tell(all, capture, at, found);
        }
        return;
    };
    let counts = |at: &usize| !thread.superseded.iter().any(|(old, _)| old == at);
    let lacking: Vec<usize> = silent.filter(counts).collect();
    let lower = paste.as_str().to_ascii_lowercase();
    for at in lacking {
        let post = thread.post_of(capture.exchanges[at].at.start);
        let status = all[at].facts.number("response.status").map(|s| s.to_string());
        // A line of the other side's log says the status beside the words.
        let is_log = |place: usize| {
            let text = paste.as_str();
            let from = text[..place].rfind('\n').map_or(0, |i| i + 1);
            let line = text[from..].lines().next().unwrap_or_default();
            let words = || line.split(|c: char| c.is_whitespace() || "=\"',;".contains(c));
            status.as_ref().is_some_and(|s| words().any(|w| w == s))
                && thread.post_of(place).is_some_and(|p| Some(p) > post && thread.posts[p].role == Role::Staff)
        };
        let counts = |place| thread.post_of(place) == post || is_log(place);
        tell(all, capture, at, words_of_answers(paste.as_str(), &lower, pack, counts));
    }
}

/// Gives the words to an exchange, but for those that stand in another one's answer: they are that answer's.
fn tell(all: &mut [Evidence<'_>], capture: &Capture, at: usize, mut found: Vec<(String, Vec<Span>)>) {
    found.retain(|(_, spans)| {
        !capture.exchanges.iter().enumerate().any(|(i, e)| i != at && spans.iter().any(|s| e.at.contains(*s)))
    });
    if !found.is_empty() {
        let spans = found.iter().flat_map(|(_, s)| s.clone()).collect();
        all[at].facts.set("refusal.message", Value::List(found), spans);
    }
}

/// The words of known answers in the text, as it has them. `lower` is the text in small letters.
fn words_of_answers(value: &str, lower: &str, pack: &Pack, counts: impl Fn(usize) -> bool) -> Vec<(String, Vec<Span>)> {
    let mut found: Vec<(String, Vec<Span>)> = Vec::new();
    for answer in &pack.answers {
        for (literal, as_written) in literals(&answer.when, "refusal.message") {
            let text = if as_written { value } else { lower };
            if literal.len() >= 14
                && let Some(at) = text.match_indices(literal).map(|(at, _)| at).find(|at| counts(*at))
            {
                let span = Span::new(at, at + literal.len());
                if !found.iter().any(|(_, spans)| spans.contains(&span)) {
                    found.push((value[span.start..span.end].to_owned(), vec![span]));
                }
            }
        }
    }
    found
}

/// The texts with which a condition compares a fact, and whether their letters must be as written.
fn literals<'c>(condition: &'c Condition, fact: &str) -> Vec<(&'c str, bool)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(|p| literals(p, fact)).collect(),
        Condition::Not(_) => Vec::new(),
        Condition::Test(tested, Matcher::Is(values)) if tested.name == fact => values
            .iter()
            .filter_map(|v| match v {
                Literal::Text(text) => Some((text.as_str(), true)),
                _ => None,
            })
            .collect(),
        Condition::Test(tested, Matcher::StartsWith(words)) if tested.name == fact => {
            words.iter().map(|w| (w.as_str(), true)).collect()
        }
        Condition::Test(tested, Matcher::Contains(words)) if tested.name == fact => {
            words.iter().map(|w| (w.as_str(), false)).collect()
        }
        Condition::Test(..) => Vec::new(),
    }
}

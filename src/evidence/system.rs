//! Which of the systems that the packs know an exchange went through, and which of their answers it has.
//!
//! A URL, a field or a body shows a system. A text may only name one, which is weaker.

use std::collections::HashMap;
use std::rc::Rc;

use super::model::{ExchangeFacts, SystemWords};
use super::places::SpanIndex;
use crate::capture::model::{Body, Capture, Exchange, Response, Role};
use crate::facts::response::{RefusalFacts, StatusFacts};
use crate::facts::system::SystemFacts;
use crate::facts::{Facts, ListItem, Observed, SystemTrait};
use crate::pack::model::Pack;
use crate::systems::table::{PatternKind, SystemHit, SystemTable};
use crate::text::{Span, Text};

/// Adds to each exchange the systems and the answers that it, or the text about it, has.
pub(super) fn read(all: &mut [ExchangeFacts<'_>], capture: &Capture, exchanges: &SpanIndex, paste: &Text, pack: &Pack) {
    let table = pack.systems.table();
    let mut search = SystemSearch { table, known: HashMap::new() };
    let told: Vec<(SystemHit, Span)> = places(table, paste);
    let about = capture.exchanges.len().checked_sub(1).map(|last| spoken_of(all, capture).unwrap_or(last));
    let mut told_of: Vec<Vec<(&SystemHit, Span, FoundIn)>> = vec![Vec::new(); all.len()];
    for (hit, span) in &told {
        let mut owners = exchanges.containing(*span).peekable();
        if owners.peek().is_none()
            && let Some(about) = about.filter(|about| is_of_asker(capture, *about, *span))
        {
            told_of[about].push((hit, *span, FoundIn::Text));
        }
        owners.for_each(|owner| told_of[owner].push((hit, *span, FoundIn::Exchange)));
    }
    for (at, (evidence, told)) in all.iter_mut().zip(told_of).enumerate() {
        let mut found = FoundSystems::default();
        found.of_messages(&mut search, &capture.exchanges[at], evidence);
        for (hit, span, found_in) in told {
            found.add(hit, span, found_in);
        }
        let ids = |numbers: &[(usize, Span)]| -> Observed<Vec<String>> {
            let items: Vec<ListItem> = numbers
                .iter()
                .filter_map(|(number, span)| Some((pack.systems.system(*number)?.id.clone().into(), vec![*span])))
                .collect();
            if items.is_empty() { Observed::Unseen } else { Observed::list(items) }
        };
        let traits = Some(traits_of(&found.shown, pack)).filter(|known| !known.is_empty());
        let traits = observed(traits.unwrap_or_else(|| traits_of(&found.named, pack)));
        SystemFacts { named: ids(&found.named), shown: ids(&found.shown), traits }.put(&mut evidence.facts);
        evidence.systems = found.shown.iter().map(|(number, _)| (*number, true)).collect();
        evidence.systems.extend(found.named.iter().map(|(number, _)| (*number, false)));
        evidence.system_words = found.words;
    }
}

/// What these systems are known to do, each by the characters that show the system.
fn traits_of(systems: &[(usize, Span)], pack: &Pack) -> Vec<(SystemTrait, Vec<Span>)> {
    let mut known: Vec<(SystemTrait, Vec<Span>)> = Vec::new();
    for (number, span) in systems {
        for (found, _) in pack.systems.system(*number).into_iter().flat_map(|system| &system.traits) {
            match known.iter_mut().find(|(known, _)| known == found) {
                Some((_, spans)) => spans.push(*span),
                None => known.push((*found, vec![*span])),
            }
        }
    }
    known
}

/// Nothing is known of what the systems do.
pub(super) fn no_traits(facts: &mut Facts) {
    facts.set(SystemFacts::traits(), observed(Vec::new()));
}

fn observed(known: Vec<(SystemTrait, Vec<Span>)>) -> Observed<Vec<SystemTrait>> {
    if known.is_empty() {
        return Observed::Absent(Vec::new());
    }
    let spans = known.iter().flat_map(|(_, spans)| spans.iter().copied()).collect();
    Observed::Known(known, spans)
}

/// The words of a refusal in a text that has no exchange: those of an answer that no other system uses, or of one that the
/// text speaks of.
pub(super) fn refusal_in(paste: &Text, pack: &Pack) -> Option<Span> {
    let found = places(pack.systems.table(), paste);
    let is_named = |file: usize| found.iter().any(|(hit, _)| hit.file == file && hit.kind != PatternKind::Words);
    let counts = |hit: &SystemHit| {
        let answer = pack.systems.system(hit.file).and_then(|system| system.answers.get(hit.answer));
        hit.kind == PatternKind::Words && answer.is_some_and(|a| !a.needs_system || is_named(hit.file))
    };
    found.iter().find(|(hit, _)| counts(hit)).map(|(_, span)| *span)
}

/// The exchange that the text around the exchanges is about: the last one that was refused.
fn spoken_of(all: &[ExchangeFacts<'_>], capture: &Capture) -> Option<usize> {
    (0..all.len()).rev().find(|at| {
        let is_old = capture.thread.as_ref().is_some_and(|t| t.superseded.iter().any(|(old, _)| old == at));
        !is_old && all[*at].facts.number(StatusFacts::status()).is_none_or(|status| status >= 400)
    })
}

/// Whether a place is in a post of the one who asks, or in the one of the exchange. Others only guess.
fn is_of_asker(capture: &Capture, at: usize, span: Span) -> bool {
    let Some(thread) = &capture.thread else { return true };
    let post = thread.post_of(span.start);
    post == thread.post_of(capture.exchanges[at].at.start)
        || post.is_some_and(|post| thread.posts[post].role == Role::Asker)
}

fn places(table: SystemTable<'_>, text: &Text) -> Vec<(SystemHit, Span)> {
    table.find(text.as_str()).into_iter().map(|hit| (hit.clone(), text.span_of(hit.range))).collect()
}

/// The search in the texts of many exchanges, which have the same fields and messages again and again.
struct SystemSearch<'t> {
    table: SystemTable<'t>,
    known: HashMap<String, Rc<[SystemHit]>>,
}

impl SystemSearch<'_> {
    /// Texts of at most so many bytes are remembered, and so many of them.
    const SHORT: usize = 512;
    const MOST_KNOWN: usize = 1024;

    fn hits(&mut self, text: &str) -> Rc<[SystemHit]> {
        if let Some(known) = self.known.get(text) {
            return Rc::clone(known);
        }
        let found: Rc<[SystemHit]> = self.table.find(text).into();
        if text.len() <= Self::SHORT && self.known.len() < Self::MOST_KNOWN {
            self.known.insert(text.to_owned(), Rc::clone(&found));
        }
        found
    }
}

/// Where a pattern was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FoundIn {
    Request,
    Response,
    /// In the part of the text that was read as the exchange.
    Exchange,
    /// In the text around it.
    Text,
}

/// What the patterns found for one exchange.
#[derive(Default)]
struct FoundSystems {
    shown: Vec<(usize, Span)>,
    named: Vec<(usize, Span)>,
    words: Vec<SystemWords>,
}

impl FoundSystems {
    fn of_messages(&mut self, search: &mut SystemSearch<'_>, exchange: &Exchange, evidence: &ExchangeFacts<'_>) {
        let request = &exchange.request;
        if let Some(url) = &request.url {
            self.search(search, url, FoundIn::Request);
        }
        let mut fields = |fields: &[crate::capture::model::Field], from: FoundIn| {
            for field in fields {
                let line = format!("{}: {}", field.name.as_str(), field.value.as_str());
                for hit in &*search.hits(&line) {
                    self.add(hit, field.name.span().to(field.value.span()), from);
                }
            }
        };
        fields(&request.fields, FoundIn::Request);
        if let Some(response) = &exchange.response {
            fields(&response.fields, FoundIn::Response);
            self.of_response(search, response);
        }
        let facts = &evidence.facts;
        for (message, spans) in facts.items(RefusalFacts::message()).iter().chain(facts.items(RefusalFacts::code())) {
            let span = spans.first().copied().unwrap_or(Span::new(0, 0));
            for hit in &*search.hits(message) {
                self.add(hit, span, FoundIn::Response);
            }
        }
    }

    fn of_response(&mut self, search: &mut SystemSearch<'_>, response: &Response) {
        if let Some(reason) = &response.reason {
            self.search(search, reason, FoundIn::Response);
        }
        match &response.body {
            Body::Text(text) => self.search(search, text, FoundIn::Response),
            Body::ErrorMembers(members) => {
                members.iter().for_each(|(_, value)| self.search(search, value, FoundIn::Response));
            }
            Body::Form(_) | Body::Unseen | Body::Empty(_) => {}
        }
    }

    fn search(&mut self, search: &mut SystemSearch<'_>, text: &Text, from: FoundIn) {
        for hit in &*search.hits(text.as_str()) {
            self.add(hit, text.span_of(hit.range.clone()), from);
        }
    }

    fn add(&mut self, hit: &SystemHit, span: Span, from: FoundIn) {
        let push = |list: &mut Vec<(usize, Span)>| {
            if !list.iter().any(|(number, _)| *number == hit.file) {
                list.push((hit.file, span));
            }
        };
        match hit.kind {
            PatternKind::Shown if from != FoundIn::Text => push(&mut self.shown),
            // A request that a text speaks of may be another one, and a URL in it may be a link.
            PatternKind::Shown | PatternKind::Named => push(&mut self.named),
            PatternKind::Words if from == FoundIn::Request => {}
            PatternKind::Words => {
                let is_in_response = from != FoundIn::Text;
                let new = SystemWords { system: hit.file, answer: hit.answer, words: hit.words, is_in_response, span };
                let known = self.words.iter_mut().find(|w| (w.system, w.answer) == (hit.file, hit.answer));
                match known {
                    Some(known) if (known.is_in_response, known.words) < (is_in_response, hit.words) => *known = new,
                    Some(_) => {}
                    None => self.words.push(new),
                }
            }
        }
    }
}

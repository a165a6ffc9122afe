//! What the text says beside the exchanges: ids, times, topics.

use std::rc::Rc;

use super::model::SaidMentions;
use crate::capture::model::{Capture, Exchange, Mention};
use crate::facts::history::AccessModeFacts;
use crate::facts::mentions::{Mentioned, SuspectedFacts, TopicFacts};
use crate::facts::{AccessMode, Fact, Facts, ListItem, Observed};
use crate::options::Options;
use crate::pack::model::Pack;
use crate::text::{Span, Text};

/// What bears on one exchange alone: what the caller states, then its own fields.
pub(super) fn of_exchange(exchange: &Exchange, pack: &Pack, options: &Options, paste: &Text) -> Vec<Mention> {
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
            mentions.push(Mention { kind: kind.kind.to_string(), value: field.value.clone() });
        }
    }
    mentions
}

/// What the text around the exchanges says, in the form in which each exchange takes it over.
pub(super) struct SaidInText {
    pub(super) all: Rc<SaidMentions>,
    mode: Option<(AccessMode, Vec<Span>)>,
    topics: Vec<ListItem>,
    suspected: Option<Vec<ListItem>>,
}

impl SaidInText {
    pub(super) fn of(capture: &Capture) -> Self {
        let mut topics: Vec<ListItem> = Vec::new();
        for topic in &capture.topics {
            if !topics.iter().any(|(id, _)| *id == topic.id) && !is_of_response(capture, topic.span) {
                topics.push((topic.id.clone().into(), vec![topic.span]));
            }
        }
        // A topic that is named as an access mode states it, unless both are spoken of.
        let mut modes = topics.iter().filter_map(|(id, spans)| Some((AccessMode::of(id)?, spans.clone())));
        let mode = modes.next().filter(|_| modes.next().is_none());
        let suspected = capture.thread.as_ref().map(|thread| {
            let topics = thread.suspected.iter().map(|t| (t.id.clone().into(), vec![t.span]));
            topics.collect()
        });
        Self { all: Rc::new(SaidMentions::of(&capture.mentions)), mode, topics, suspected }
    }
}

/// Sets what is mentioned. Of several values of a kind the first counts.
pub(super) fn read(facts: &mut Facts, own: &[Mention], said: &SaidInText) {
    for mention in own.iter().chain(said.all.firsts()) {
        if *facts.get((Mentioned::value(), mention.kind.as_str())) == Fact::Unseen {
            Mentioned { value: Observed::text(&mention.value) }.put_member(facts, &mention.kind);
        }
    }
}

/// Whether a response contains this place. A server that names its software, or a page of a proxy, is not what the
/// poster says.
fn is_of_response(capture: &Capture, at: Span) -> bool {
    capture.exchanges.iter().filter_map(|e| e.response.as_ref()).any(|response| {
        response.fields.iter().any(|field| field.value.span().contains(at))
            || response.body.text().is_some_and(|body| body.as_str().starts_with('<') && body.span().contains(at))
    })
}

/// Sets what the text is about.
pub(super) fn topics(facts: &mut Facts, said: &SaidInText) {
    if let Some((mode, spans)) = &said.mode {
        AccessModeFacts { mode: Observed::Known(*mode, spans.clone()) }.put(facts);
    }
    TopicFacts { topics: Observed::list(said.topics.clone()) }.put(facts);
    if let Some(suspected) = &said.suspected {
        SuspectedFacts { topics: Observed::list(suspected.clone()) }.put(facts);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts_of, shown};
    use super::*;

    #[test]
    fn without_topics_the_list_is_empty_and_nothing_is_suspected() {
        let facts = facts_of("GET https://api.example.org/things\n401 Unauthorized\n");
        assert_eq!(shown(&facts, TopicFacts::topics()), "");
        assert_eq!(shown(&facts, SuspectedFacts::topics()), "unseen");
        assert_eq!(shown(&facts, (Mentioned::value(), "asid")), "unseen");
    }
}

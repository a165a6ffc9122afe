//! The parts of a thread that do not count: requests that a later post repeats, values that it corrects, and guesses.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::{EarlierView, ExchangeDiagnosis, PostView, Support, SuspicionView, ThreadView, Verdict};
use crate::capture::model::{Capture, Mention, Role, Thread, Topic};
use crate::pack::model::{Cause, Condition, Matcher, Pack, RuleValue};
use crate::redact::Redactor;

/// Removes the findings of exchanges that a later post replaces.
pub(super) fn supersede(thread: &Thread, exchanges: &mut [ExchangeDiagnosis]) {
    for &(old, new) in &thread.superseded {
        let Some(exchange) = exchanges.get_mut(old) else { continue };
        exchange.superseded_by = Some(new);
        exchange.causes.clear();
        exchange.next.clear();
        exchange.ruled_out.clear();
        exchange.undecided = Arc::default();
        exchange.questions = Arc::default();
        exchange.correction = None;
        exchange.support = Support::default();
        exchange.product_set = None;
        exchange.draft = None;
    }
}

/// The thread, without names: reports are made to be posted.
pub(super) fn view(
    thread: &Thread,
    capture: &Capture,
    exchanges: &[ExchangeDiagnosis],
    shown: Option<usize>,
    pack: &Pack,
    redactor: &Redactor,
) -> ThreadView {
    let posts =
        thread.posts.iter().filter_map(|post| Some(PostView { role: post.role, span: *post.parts.first()? })).collect();
    let mut first: HashMap<&str, &Mention> = HashMap::new();
    capture.mentions.iter().for_each(|m| {
        first.entry(&m.kind).or_insert(m);
    });
    let earlier = thread.earlier.iter().filter_map(|mention| {
        let now = first.get(mention.kind.as_str())?;
        let title = pack.vocabulary.mentions.iter().find(|m| m.kind == mention.kind).map(|m| m.title.clone())?;
        Some(EarlierView {
            title: title.to_string(),
            value: redactor.clean(mention.value.as_str()),
            span: mention.value.span(),
            now: redactor.clean(now.value.as_str()),
            now_span: now.value.span(),
        })
    });
    let exchange = shown.and_then(|at| exchanges.get(at));
    let suspected = thread.suspected.iter().map(|topic| {
        let asked = pack.causes.iter().filter(|c| is_about(c, &topic.id));
        let causes = asked.map(|c| (c.id.to_string(), c.title.to_string(), verdict(exchange, &c.id))).collect();
        SuspicionView { words: redactor.show(topic.span).text, span: topic.span, causes }
    });
    let last = thread.posts.iter().rposition(|p| p.role == Role::Asker);
    let is_solved = |topic: &&Topic| topic.id == "solved" && thread.post_of(topic.span.start) == last;
    let solved = capture.topics.iter().find(is_solved).map(|topic| topic.span);
    let order_is_known = thread.order_is_known;
    ThreadView {
        order_is_known,
        solved,
        posts,
        earlier: earlier.collect(),
        suspected: suspected.filter(|s| !s.causes.is_empty()).collect(),
    }
}

/// Whether a cause has a sign about this topic of the text.
pub(super) fn is_about(cause: &Cause, topic: &str) -> bool {
    cause.all_signs().any(|(_, s)| asks_topic(&s.when, topic))
}

/// Whether a condition asks if the text mentions this topic.
fn asks_topic(condition: &Condition, topic: &str) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|p| asks_topic(p, topic)),
        Condition::Not(_) => false,
        Condition::Test(fact, Matcher::Is(values)) => {
            fact.name == "mention.topics" && values.iter().any(|v| matches!(v, RuleValue::Text(text) if text == topic))
        }
        Condition::Test(..) => false,
    }
}

/// The verdict of an exchange on a cause.
fn verdict(exchange: Option<&ExchangeDiagnosis>, id: &str) -> Verdict {
    let Some(exchange) = exchange else { return Verdict::Silent };
    let listed = exchange.causes.iter().chain(&exchange.next).find(|c| c.id == id).map(|c| c.verdict);
    let ruled_out = || exchange.ruled_out.iter().any(|r| r.id == id).then_some(Verdict::RuledOut);
    let undecided = || exchange.undecided.iter().any(|u| u.id == id).then_some(Verdict::Undecided);
    listed.or_else(ruled_out).or_else(undecided).unwrap_or(Verdict::Silent)
}

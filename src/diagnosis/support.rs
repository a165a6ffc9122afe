//! The details that support will ask for: those in the ticket, and those that are missing.

use super::model::Support;
use super::scope::Scope;
use crate::capture::model::Exchange;
use crate::evidence::ExchangeFacts;
use crate::facts::{Fact, rest_of_answer};
use crate::pack::model::Pack;
use crate::redact::Redactor;

/// Only the time of the request.
pub(super) fn time(evidence: &ExchangeFacts<'_>, pack: &Pack, redactor: &Redactor) -> Support {
    let mut support = Support::default();
    if let Some(kind) = pack.vocabulary.mentions.iter().find(|k| k.support && k.kind == TIME)
        && let Some(value) = value(evidence, &kind.kind, redactor)
    {
        support.has.push((kind.title.to_string(), value));
    }
    support
}

/// The kind of mention that says when a request was sent.
const TIME: &str = "sent-at";

/// A value that support asks for. Of the time, the date of the response will do.
fn value(evidence: &ExchangeFacts<'_>, kind: &str, redactor: &Redactor) -> Option<String> {
    let date = || evidence.facts.text("response.field.date").filter(|_| kind == TIME);
    evidence.mention(kind).map(|m| m.value.as_str()).or_else(date).map(|value| redactor.clean(value))
}

pub(super) fn list(
    exchange: &Exchange,
    evidence: &ExchangeFacts<'_>,
    pack: &Pack,
    scope: &Scope<'_>,
    redactor: &Redactor,
) -> Support {
    let mut support = Support::default();
    let facts = &evidence.facts;
    let place = &evidence.place;
    let environment = place.environment.or(place.said.environment).map(|e| format!("{} ({})", e.title, e.name));
    put(&mut support, "Environment", environment, "give the host that was called");
    let operation = place.operation.or(place.said.operation);
    let endpoint = operation.map(|o| format!("{} {}", o.id, o.name)).or_else(|| place.api.map(|a| a.title.to_string()));
    put(&mut support, "Endpoint", endpoint, "give the method and the full URL of the request");
    for kind in pack.vocabulary.mentions.iter().filter(|k| k.support) {
        let value = value(evidence, &kind.kind, redactor);
        let how = match &kind.field {
            Some(field) => format!("copy the {field} field"),
            None => "look it up in the developer portal, or in your registration documents".to_owned(),
        };
        let is_time = kind.kind == TIME;
        if is_time
            && let Some(mention) = evidence.mention(TIME)
            && !crate::evidence::has_zone(&redactor.clean(mention.value.as_str()))
        {
            support.lacks.push((
                "Time zone of the request".to_owned(),
                "give the date, and say whether the time is UTC or UK time".to_owned(),
            ));
        }
        // Support teams of other platforms do not ask for the ids of this one, but every team asks for the time.
        if value.is_none() && !is_time && !scope.holds(&kind.pack) {
            continue;
        }
        let how = if is_time { "give the date, time and time zone of the request".to_owned() } else { how };
        put(&mut support, &kind.title, value, &how);
    }
    let status = facts.number("response.status").map(|s| s.to_string());
    put(&mut support, "Status of the response", status, "copy the status line of the response");
    let body = match (facts.text("response.body"), facts.get("refusal.message")) {
        (Some("empty"), _) => Some("empty".to_owned()),
        (Some(_), _) => Some("quoted".to_owned()),
        (None, Fact::Known(..)) if !evidence.is_told_in_sentence => Some("quoted in part".to_owned()),
        _ => None,
    };
    let had_answer = exchange.response.is_some() || facts.number("response.status").is_some();
    if had_answer || body.is_some() {
        put(&mut support, "Body of the response", body, rest_of_answer(facts));
    }
    support
}

fn put(support: &mut Support, title: &str, value: Option<String>, how: &str) {
    match value {
        Some(value) => support.has.push((title.to_owned(), value)),
        None => support.lacks.push((title.to_owned(), how.to_owned())),
    }
}

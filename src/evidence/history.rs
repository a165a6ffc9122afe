//! What one exchange says about another: the same token accepted elsewhere, where it was issued, how old it was.

use super::authorization::Credentials;
use super::clock;
use super::facts::{Facts, Value};
use super::{Evidence, form};
use crate::Options;
use crate::capture::json::Json;
use crate::capture::model::{Exchange, Mention};
use crate::secret::Secret;
use crate::shape::Shape;
use crate::text::{Span, Text};

/// When a request was made, as far as anybody can tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    pub(super) seconds: i64,
    /// Where it is written.
    pub(super) span: Option<Span>,
    /// Whether the zone was written.
    pub(super) has_zone: bool,
    /// Whether it is only an upper bound: today's clock, for a ticket without a date.
    pub(super) may_be_later: bool,
}

impl When {
    const fn known(seconds: i64, span: Option<Span>) -> Self {
        Self { seconds, span, has_zone: true, may_be_later: false }
    }
}

/// The moment of an exchange: `--now`, else the ticket's own dates, else the clock.
pub(super) fn moment(
    exchange: &Exchange,
    facts: &Facts,
    body: Option<&Json>,
    mentions: &[Mention],
    options: &Options,
) -> Option<When> {
    if let Some(now) = options.now {
        return Some(When::known(now.as_second(), None));
    }
    if let Some(seconds) = facts.number("response.date") {
        return Some(When::known(seconds, facts.spans("response.date").first().copied()));
    }
    let written = |text: &Text| {
        clock::parse(text.as_str()).filter(|m| m.has_zone).map(|m| When::known(m.seconds, Some(text.span())))
    };
    if let Some(when) = exchange.sent_at.as_ref().and_then(written) {
        return Some(when);
    }
    let updated = body.and_then(|b| b.path(&["meta", "lastUpdated"])).and_then(Json::as_text);
    if let Some(when) = updated.and_then(written) {
        return Some(when);
    }
    if let Some(when) = mentions.iter().filter(|m| m.kind == "sent-at").find_map(|m| written(&m.value)) {
        return Some(when);
    }
    options.clock.map(|now| When { seconds: now.as_second(), span: None, has_zone: true, may_be_later: true })
}

/// Expiry of a JWT that was sent as token, at the time of the request.
pub(super) fn judge_own_token(facts: &mut Facts, credentials: Option<&Credentials>, moment: Option<When>) {
    let Some(jwt) = credentials.and_then(|c| c.jwt.as_ref()) else { return };
    let (Some(payload), Some(moment)) = (&jwt.payload, moment) else { return };
    let seconds = |name: &str| {
        payload.get(name).and_then(Json::as_text).and_then(|t| Some((t.as_str().parse::<f64>().ok()? as i64, t.span())))
    };
    if let Some((exp, span)) = seconds("exp") {
        let expired = exp <= moment.seconds;
        if !(moment.may_be_later && expired) {
            facts.set_flag("authorization.expired", expired, vec![span].into_iter().chain(moment.span).collect());
        }
    }
    if let Some((nbf, span)) = seconds("nbf").or_else(|| seconds("iat"))
        && !moment.may_be_later
    {
        facts.set("authorization.not-before-in", Value::Number(nbf - moment.seconds), vec![span]);
    }
}

/// What is remembered of an exchange for the comparison.
pub(super) struct Entry {
    credentials: Option<(Secret, Span)>,
    issued: Vec<(&'static str, Secret)>,
    lifetime: Option<i64>,
    assertion: Option<(Secret, Span)>,
    grant: Option<String>,
    /// When it was made; zone-less times of one log can be compared with each other.
    at: Option<(i64, bool, Span)>,
    status: Option<i64>,
    environment: Option<String>,
    host: Option<Span>,
    user_levels: [Option<(i64, Span)>; 2],
}

/// The claims by which an ID token states at which level a user signed in and was identified.
const LEVEL_CLAIMS: [&str; 2] = ["authentication_assurance_level", "id_assurance_level"];

impl Entry {
    pub(super) fn of(
        exchange: &Exchange,
        facts: &Facts,
        credentials: Option<Credentials>,
        body: Option<Json>,
        moment: Option<When>,
    ) -> Self {
        let parameters = form(&exchange.request);
        let parameter = |name: &str| parameters.iter().find(|(n, _)| n.as_str() == name).map(|(_, v)| v);
        let member = |name: &str| body.as_ref().and_then(|b| b.get(name)).and_then(Json::as_text);
        let in_text = exchange.response.as_ref().and_then(|r| r.body.text()).filter(|_| body.is_none());
        let logged = in_text.and_then(|t| t.as_str().split("access_token=").nth(1)).map(|rest| {
            rest.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
                .next()
                .unwrap_or_default()
                .to_owned()
        });
        let mut issued: Vec<(&'static str, Secret)> =
            [("access-token", "access_token"), ("refresh-token", "refresh_token"), ("id-token", "id_token")]
                .into_iter()
                .filter_map(|(kind, name)| Some((kind, Secret::new(member(name)?.as_str()))))
                .collect();
        issued.extend(logged.filter(|t| t.len() > 8).map(|t| ("access-token", Secret::new(&t))));
        let own_time =
            exchange.sent_at.as_ref().and_then(|t| clock::parse(t.as_str()).map(|m| (m.seconds, m.has_zone, t.span())));
        // The token answer may state its own moment, in milliseconds.
        let stated =
            member("issued_at").and_then(|t| Some((t.as_str().trim().parse::<i64>().ok()? / 1000, true, t.span())));
        let at = stated
            .or(own_time)
            .or_else(|| moment.filter(|m| !m.may_be_later).and_then(|m| Some((m.seconds, m.has_zone, m.span?))));
        let level = |name: &str| -> Option<(i64, Span)> {
            let fact = ["subject-token.claim", "authorization.claim"]
                .into_iter()
                .map(|p| format!("{p}.{name}"))
                .find(|f| facts.text(f).is_some())?;
            Some((facts.text(&fact)?.parse().ok()?, facts.spans(&fact).first().copied()?))
        };
        Self {
            credentials: credentials
                .filter(|c| c.shape.is_credential() || c.shape == Shape::Uuid)
                .map(|c| (Secret::new(c.text.as_str()), c.text.span())),
            issued,
            lifetime: member("expires_in").and_then(|t| t.as_str().trim().parse().ok()),
            assertion: parameter("client_assertion")
                .filter(|t| crate::shape::of(t.as_str()) == Shape::Jwt)
                .map(|t| (Secret::new(t.as_str()), t.span())),
            grant: parameter("grant_type").map(|t| t.as_str().to_owned()),
            at,
            status: facts.number("response.status").or_else(|| member("access_token").map(|_| 200)),
            environment: facts.text("endpoint.environment").map(str::to_owned),
            host: facts.spans("endpoint.environment").first().copied(),
            user_levels: [level(LEVEL_CLAIMS[0]), level(LEVEL_CLAIMS[1])],
        }
    }
}

/// What a redirect did to the credentials: the answer before this request pointed to where it goes.
pub(super) fn redirects(all: &mut [Evidence<'_>], exchanges: &[Exchange]) {
    for i in 1..all.len() {
        let (before, after) = all.split_at_mut(i);
        let Some(from) = before.last() else { continue };
        let to = &mut after[0].facts;
        let redirected = from.facts.number("response.status").is_some_and(|s| (300..400).contains(&s));
        let location = from.facts.text("response.field.location").unwrap_or_default().to_owned();
        let host_of = |url: &str| {
            url.split("://").nth(1).map(|r| r.split(['/', '?', ':']).next().unwrap_or_default().to_lowercase())
        };
        let (old, new) =
            (from.facts.text("request.host").map(str::to_owned), to.text("request.host").map(str::to_owned));
        let leads_here =
            location.is_empty() || host_of(&location).is_none_or(|h| new.as_deref().is_none_or(|n| n == h));
        if !redirected || !leads_here {
            continue;
        }
        let at = from.facts.spans("response.status");
        if let (Some(old), Some(new)) = (&old, &new) {
            to.set("redirect.from-host", Value::Text(old.clone()), at.clone());
            to.set_flag("redirect.other-host", old != new, at.clone());
        }
        let sent = |e: &Exchange| {
            e.request.fields.iter().find(|f| f.is("authorization") && !f.value.is_empty()).map(|f| f.value.clone())
        };
        let (first, second) = (sent(&exchanges[i - 1]), sent(&exchanges[i]));
        let absent = to.text("authorization.state") == Some("absent");
        let word = match (first, second) {
            (Some(a), Some(b)) if a.as_str() == b.as_str() => "forwarded",
            (Some(_), None) if absent => "dropped",
            (None, None) if absent => "none",
            _ => continue,
        };
        to.set("redirect.credentials", Value::Text(word.to_owned()), at);
    }
}

/// Puts what the exchanges say about each other into their tables.
pub(super) fn compare(all: &mut [Evidence<'_>], entries: &[Entry]) {
    for (i, evidence) in all.iter_mut().enumerate() {
        let own = &entries[i];
        let facts = &mut evidence.facts;
        if let Some((assertion, span)) = &own.assertion {
            let twin = entries
                .iter()
                .enumerate()
                .find_map(|(j, e)| e.assertion.as_ref().filter(|(a, _)| j != i && a == assertion).map(|(_, s)| *s));
            if let Some(other) = twin {
                facts.set_flag("assertion.repeated", true, vec![*span, other]);
            }
        }
        levels(facts, entries, i);
        let Some((token, span)) = &own.credentials else { continue };
        let same = |e: &&Entry| e.credentials.as_ref().is_some_and(|(t, _)| t == token);
        let others = || entries.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, e)| e).filter(same);
        let accepted = others().find(|e| e.status.is_some_and(|s| s < 400));
        let refused = others().find(|e| e.status.is_some_and(|s| s >= 400));
        if let Some(other) = accepted {
            let at = other.credentials.iter().map(|(_, s)| *s).collect();
            facts.set_flag("token.accepted-elsewhere", true, at);
        }
        if let Some(other) = refused {
            let at = other.credentials.iter().map(|(_, s)| *s).collect();
            facts.set_flag("token.refused-elsewhere", true, at);
        }
        let issuer = entries.iter().find_map(|e| e.issued.iter().find(|(_, t)| t == token).map(|(kind, _)| (e, *kind)));
        let Some((issuer, kind)) = issuer else { continue };
        facts.set_text("authorization.kind", kind, *span);
        if let Some(grant) = &issuer.grant {
            let mode = if grant == "client_credentials" { "application-restricted" } else { "user-restricted" };
            facts.set_text("access.mode", mode, *span);
        }
        if let Some(environment) = &issuer.environment {
            let at: Vec<Span> = issuer.host.into_iter().collect();
            facts.set("token.issuer-environment", Value::Text(environment.clone()), at.clone());
            if let Some(called) = &own.environment {
                let differs = called != environment;
                facts.set_flag("token.issued-for-other-environment", differs, at.into_iter().chain(own.host).collect());
            }
        }
        if let (Some(issued), Some(used)) = (issuer.at, own.at)
            && issued.1 == used.1
        {
            let age = used.0 - issued.0;
            facts.set("token.age", Value::Number(age), vec![issued.2, used.2]);
            if let Some(lifetime) = issuer.lifetime {
                facts.set_flag("token.outlived", age > lifetime, vec![used.2, issued.2]);
            }
        }
    }
}

/// The user's levels, from the ID token that was exchanged for this token, or the only one of the capture.
fn levels(facts: &mut Facts, entries: &[Entry], own: usize) {
    for (level, name) in [(0, "user.assurance-level"), (1, "user.identity-level")] {
        let before = entries[..=own].iter().rev().find_map(|e| e.user_levels[level]);
        if let Some((value, span)) = before {
            facts.set(name, Value::Number(value), vec![span]);
        }
    }
}

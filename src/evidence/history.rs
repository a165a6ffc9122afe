//! What one exchange says about another: the same token accepted elsewhere, where it was issued, how old it was.

use std::collections::BTreeMap;

use super::authorization::Credentials;
use super::model::{ExchangeFacts, Sent};
use crate::capture::json::Json;
use crate::capture::model::{Exchange, Mention};
use crate::capture::when::Moment;
use crate::facts::authorization::{AnatomyFacts, AuthorizationFacts, TokenClaim, TokenTimes};
use crate::facts::endpoint::{HostFacts, UrlFacts};
use crate::facts::history::{AccessModeFacts, AssertionHistory, RedirectFacts, TokenHistory, UserFacts};
use crate::facts::response::{ResponseFacts, ResponseField, StatusFacts};
use crate::facts::token_request::SubjectClaim;
use crate::facts::{AccessMode, Address, Facts, Observed, RedirectedCredentials, TokenKind};
use crate::options::Options;
use crate::secret::Secret;
use crate::shape::Shape;
use crate::text::{Span, Text};

/// When a request was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestTime {
    /// Since 1970.
    pub(super) seconds: i64,
    /// Where it is written; `None` where an option or the clock gives it.
    pub(super) span: Option<Span>,
    /// Whether the request may have been made earlier than this: today's clock, for a ticket without a date.
    pub(super) is_upper_bound: bool,
}

impl RequestTime {
    const fn known(seconds: i64, span: Option<Span>) -> Self {
        Self { seconds, span, is_upper_bound: false }
    }
}

/// A time as it is written, if its zone is known.
fn written(text: &Text) -> Option<RequestTime> {
    let moment = Moment::read(text.as_str()).filter(|m| m.has_zone)?;
    Some(RequestTime::known(moment.seconds, Some(text.span())))
}

/// The first time of a request that mentions state.
pub(super) fn said_at<'m>(mentions: impl IntoIterator<Item = &'m Mention>) -> Option<RequestTime> {
    mentions.into_iter().filter(|m| m.kind == "sent-at").find_map(|m| written(&m.value))
}

/// The moment of an exchange: `--now`, else the ticket's own dates, else the clock.
pub(super) fn moment(
    exchange: &Exchange,
    facts: &Facts,
    body: Option<&Json>,
    said: Option<RequestTime>,
    options: &Options,
) -> Option<RequestTime> {
    if let Some(now) = options.now {
        return Some(RequestTime::known(now.as_second(), None));
    }
    if let Some(seconds) = facts.number(ResponseFacts::date()) {
        return Some(RequestTime::known(seconds, facts.spans(ResponseFacts::date()).first().copied()));
    }
    if let Some(when) = exchange.sent_at.as_ref().and_then(written) {
        return Some(when);
    }
    let updated = body.and_then(|b| b.path(&["meta", "lastUpdated"])).and_then(Json::as_text);
    if let Some(when) = updated.and_then(written) {
        return Some(when);
    }
    if said.is_some() {
        return said;
    }
    options.clock.map(|now| RequestTime { seconds: now.as_second(), span: None, is_upper_bound: true })
}

/// Expiry of a JWT that was sent as token, at the time of the request.
pub(super) fn judge_own_token(facts: &mut Facts, credentials: Option<&Credentials>, moment: Option<RequestTime>) {
    let Some(jwt) = credentials.and_then(|c| c.jwt.as_ref()) else { return };
    let (Some(payload), Some(moment)) = (&jwt.payload, moment) else { return };
    let seconds = |name: &str| {
        payload.get(name).and_then(Json::as_text).and_then(|t| Some((t.as_str().parse::<f64>().ok()? as i64, t.span())))
    };
    let expired = seconds("exp").and_then(|(exp, span)| {
        let expired = exp <= moment.seconds;
        let is_sure = !(moment.is_upper_bound && expired);
        is_sure.then(|| Observed::Known(expired, [span].into_iter().chain(moment.span).collect()))
    });
    let not_before = seconds("nbf").or_else(|| seconds("iat")).filter(|_| !moment.is_upper_bound);
    TokenTimes {
        expired: expired.unwrap_or(Observed::Unseen),
        not_before_in: not_before.map_or(Observed::Unseen, |(nbf, span)| Observed::at(nbf - moment.seconds, span)),
    }
    .put(facts);
}

/// What is remembered of an exchange for the comparison.
pub(super) struct HistoryEntry {
    credentials: Option<(Secret, Span)>,
    issued: Vec<(TokenKind, Secret)>,
    lifetime: Option<i64>,
    assertion: Option<(Secret, Span)>,
    grant: Option<String>,
    /// When it was made; zone-less times of one log can be compared with each other.
    at: Option<(Moment, Span)>,
    status: Option<i64>,
    environment: Option<String>,
    host: Option<Span>,
    is_token_request: bool,
    user_levels: [Option<(i64, Span)>; 2],
}

/// The claims by which an ID token states at which level a user signed in and was identified.
const LEVEL_CLAIMS: [&str; 2] = ["authentication_assurance_level", "id_assurance_level"];

impl HistoryEntry {
    pub(super) fn of(
        sent: &Sent<'_>,
        facts: &Facts,
        credentials: Option<Credentials>,
        body: Option<Json>,
        moment: Option<RequestTime>,
    ) -> Self {
        let exchange = sent.exchange;
        let parameter = |name: &str| sent.form.iter().find(|(n, _)| n.as_str() == name).map(|(_, v)| v);
        let member = |name: &str| body.as_ref().and_then(|b| b.get(name)).and_then(Json::as_text);
        let in_text = exchange.response.as_ref().and_then(|r| r.body.text()).filter(|_| body.is_none());
        let logged = in_text.and_then(|t| t.as_str().split("access_token=").nth(1)).map(|rest| {
            rest.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
                .next()
                .unwrap_or_default()
                .to_owned()
        });
        let mut issued: Vec<(TokenKind, Secret)> = [
            (TokenKind::AccessToken, "access_token"),
            (TokenKind::RefreshToken, "refresh_token"),
            (TokenKind::IdToken, "id_token"),
        ]
        .into_iter()
        .filter_map(|(kind, name)| Some((kind, Secret::new(member(name)?.as_str()))))
        .collect();
        issued.extend(logged.filter(|t| t.len() > 8).map(|t| (TokenKind::AccessToken, Secret::new(&t))));
        let own_time = exchange.sent_at.as_ref().and_then(|t| Some((Moment::read(t.as_str())?, t.span())));
        let with_zone = |seconds: i64| Moment { seconds, has_zone: true };
        // The token answer may state its own moment, in milliseconds.
        let stated = member("issued_at")
            .and_then(|t| Some((with_zone(t.as_str().trim().parse::<i64>().ok()? / 1000), t.span())));
        let at = stated
            .or(own_time)
            .or_else(|| moment.filter(|m| !m.is_upper_bound).and_then(|m| Some((with_zone(m.seconds), m.span?))));
        let level = |name: &str| -> Option<(i64, Span)> {
            let subject = (SubjectClaim::value(), name);
            let own = (TokenClaim::value(), name);
            level_of(facts, subject, || level_of(facts, own, || None))
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
            status: facts.number(StatusFacts::status()).or_else(|| member("access_token").map(|_| 200)),
            environment: facts.text(HostFacts::environment()).map(str::to_owned),
            host: facts.spans(HostFacts::environment()).first().copied(),
            is_token_request: facts.text(UrlFacts::path()).is_some_and(crate::url::is_of_token_endpoint),
            user_levels: [level(LEVEL_CLAIMS[0]), level(LEVEL_CLAIMS[1])],
        }
    }
}

/// The level that a claim states, or what `or` gives where there is no such claim.
fn level_of(
    facts: &Facts,
    claim: impl Address + Copy,
    or: impl FnOnce() -> Option<(i64, Span)>,
) -> Option<(i64, Span)> {
    match facts.text(claim) {
        Some(level) => Some((level.parse().ok()?, facts.spans(claim).first().copied()?)),
        None => or(),
    }
}

/// What a redirect did to the credentials: the answer before this request pointed to where it goes.
pub(super) fn redirects(all: &mut [ExchangeFacts<'_>], exchanges: &[Exchange]) {
    for i in 1..all.len() {
        let (before, after) = all.split_at_mut(i);
        let Some(from) = before.last() else { continue };
        let facts = redirect(&from.facts, &after[0].facts, &exchanges[i - 1], &exchanges[i]);
        facts.put(&mut after[0].facts);
    }
}

fn redirect(from: &Facts, to: &Facts, first: &Exchange, second: &Exchange) -> RedirectFacts {
    let location = from.text((ResponseField::value(), "location")).unwrap_or_default();
    // The error object of a client shows where a redirect led, but not the status of that answer.
    let status = from.number(StatusFacts::status());
    let redirected = status.map_or(!location.is_empty(), |s| (300..400).contains(&s));
    let target = UrlOrigin::of(location);
    let (old, new) = (from.text(HostFacts::host()), to.text(HostFacts::host()));
    let leads_here = location.is_empty() || target.as_ref().is_none_or(|t| new.is_none_or(|n| n == t.host));
    if !redirected || !leads_here {
        return RedirectFacts::unseen();
    }
    let at = match from.spans(StatusFacts::status()) {
        [] => from.spans((ResponseField::value(), "location")),
        spans => spans,
    };
    let hosts = old.zip(new);
    let sent = |e: &Exchange| {
        e.request.fields.iter().find(|f| f.is("authorization") && !f.value.is_empty()).map(|f| f.value.clone())
    };
    let has_user = target.as_ref().is_some_and(|t| t.has_user);
    let is_basic = |value: &Text| value.as_str().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic "));
    let is_absent = to.text(AuthorizationFacts::state()) == Some("absent");
    let was_dropped = from.text(RedirectFacts::credentials()) == Some("dropped");
    let credentials = match (sent(first), sent(second)) {
        (Some(a), Some(b)) if a.as_str() == b.as_str() => Some(RedirectedCredentials::Forwarded),
        (_, Some(b)) if has_user && is_basic(&b) => Some(RedirectedCredentials::FromUrl),
        (Some(_), None) if is_absent => Some(RedirectedCredentials::Dropped),
        // What was dropped at an earlier hop does not come back.
        (None, None) if is_absent && was_dropped => Some(RedirectedCredentials::Dropped),
        (None, None) if is_absent => Some(RedirectedCredentials::None),
        _ => None,
    };
    RedirectFacts {
        credentials: credentials.map_or(Observed::Unseen, |word| Observed::Known(word, at.to_vec())),
        from_host: hosts.map_or(Observed::Unseen, |(old, _)| Observed::Known(old.to_owned().into(), at.to_vec())),
        other_host: hosts.map_or(Observed::Unseen, |(old, new)| Observed::Known(old != new, at.to_vec())),
        other_origin: match (first.request.url.as_ref().and_then(|url| UrlOrigin::of(url.as_str())), target) {
            (Some(from), Some(to)) => Observed::Known(from.is_left_for(&to), at.to_vec()),
            _ => hosts.map_or(Observed::Unseen, |(old, new)| Observed::Known(old != new, at.to_vec())),
        },
        same_path: match (path(first), path(second)) {
            (Some(old), Some(new)) => Observed::Known(old == new, at.to_vec()),
            _ => Observed::Unseen,
        },
    }
}

/// The path of a request without the slash at its end.
fn path(exchange: &Exchange) -> Option<&str> {
    let target = exchange.request.url.as_ref()?.as_str();
    let from = target.find("://").map_or(0, |at| at + 3);
    let path = &target[from + target[from..].find('/')?..];
    Some(path.split(['?', '#']).next()?.trim_end_matches('/'))
}

/// What a whole URL has in front of its path, in lower case.
struct UrlOrigin {
    scheme: String,
    host: String,
    port: String,
    /// Whether there is a user, with or without a password.
    has_user: bool,
}

impl UrlOrigin {
    fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_lowercase();
        let authority = rest.split(['/', '?', '#']).next()?.to_lowercase();
        let (user, place) = authority.rsplit_once('@').map_or((None, &*authority), |(user, place)| (Some(user), place));
        let standard = if scheme == "http" { "80" } else { "443" };
        let (host, port) = place.split_once(':').unwrap_or((place, standard));
        Some(Self { host: host.to_owned(), port: port.to_owned(), has_user: user.is_some(), scheme })
    }

    /// Whether clients drop credentials on the way to another one. From http to https of the same host most take
    /// them along.
    fn is_left_for(&self, to: &Self) -> bool {
        let is_upgrade = self.scheme == "http" && to.scheme == "https" && self.port == "80" && to.port == "443";
        self.host != to.host || !is_upgrade && (self.scheme != to.scheme || self.port != to.port)
    }
}

/// Puts what the exchanges say about each other into their tables. `token_endpoints`: those that the text names, with the
/// environment of each.
pub(super) fn compare(all: &mut [ExchangeFacts<'_>], entries: &[HistoryEntry], token_endpoints: &[(String, Span)]) {
    let known = KnownSecrets::of(entries);
    let mut levels = [None, None];
    for (i, (evidence, entry)) in all.iter_mut().zip(entries).enumerate() {
        let facts = &mut evidence.facts;
        // The user's levels come from the ID token that was exchanged for this token, or the latest one before.
        for (level, own) in levels.iter_mut().zip(entry.user_levels) {
            *level = own.or(*level);
        }
        repeated(entries, &known, i).put(facts);
        let [assurance_level, identity_level] =
            levels.map(|level| level.map_or(Observed::Unseen, |(value, span)| Observed::at(value, span)));
        UserFacts { assurance_level, identity_level }.put(facts);
        let mut history = token(facts, entries, &known, i);
        if matches!(history.requested_elsewhere, Observed::Unseen) {
            history.requested_elsewhere = named_elsewhere(entry, token_endpoints);
        }
        history.put(facts);
    }
}

/// Whether the only token endpoints that the text names are of another environment than this call.
fn named_elsewhere(own: &HistoryEntry, token_endpoints: &[(String, Span)]) -> Observed<bool> {
    let Some(called) = own.environment.as_ref().filter(|_| !own.is_token_request) else { return Observed::Unseen };
    let Some((_, first)) = token_endpoints.first() else { return Observed::Unseen };
    let is_elsewhere = token_endpoints.iter().all(|(environment, _)| environment != called);
    Observed::Known(is_elsewhere, std::iter::once(*first).chain(own.host).collect())
}

/// Of what is asked about a secret, the first two exchanges: one of them is not the one that asks.
#[derive(Default)]
struct FirstTwo([Option<usize>; 2]);

impl FirstTwo {
    fn add(&mut self, at: usize) {
        if let Some(free) = self.0.iter_mut().find(|place| place.is_none()) {
            *free = Some(at);
        }
    }

    fn other_than(&self, own: usize) -> Option<usize> {
        self.0.iter().flatten().copied().find(|at| *at != own)
    }
}

/// Where the secrets of a capture are seen, so that each exchange need not look at all others.
#[derive(Default)]
struct KnownSecrets<'e> {
    assertions: BTreeMap<&'e Secret, FirstTwo>,
    accepted: BTreeMap<&'e Secret, FirstTwo>,
    refused: BTreeMap<&'e Secret, FirstTwo>,
    issued: BTreeMap<&'e Secret, (usize, TokenKind)>,
}

impl<'e> KnownSecrets<'e> {
    fn of(entries: &'e [HistoryEntry]) -> Self {
        let mut known = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            if let Some((assertion, _)) = &entry.assertion {
                known.assertions.entry(assertion).or_default().add(at);
            }
            for (kind, token) in &entry.issued {
                known.issued.entry(token).or_insert((at, *kind));
            }
            let (Some((token, _)), Some(status)) = (&entry.credentials, entry.status) else { continue };
            let list = if status < 400 { &mut known.accepted } else { &mut known.refused };
            list.entry(token).or_default().add(at);
        }
        known
    }
}

fn repeated(entries: &[HistoryEntry], known: &KnownSecrets<'_>, own: usize) -> AssertionHistory {
    let twin = entries[own].assertion.as_ref().and_then(|(assertion, span)| {
        let other = known.assertions.get(assertion)?.other_than(own)?;
        Some(vec![*span, entries[other].assertion.as_ref()?.1])
    });
    AssertionHistory { repeated: twin.map_or(Observed::Unseen, |spans| Observed::Known(true, spans)) }
}

/// Whether every token request that is shown went to another environment than this call.
fn requested_elsewhere(entries: &[HistoryEntry], at: usize) -> Observed<bool> {
    /// How many entries before the call are looked at: a token is asked for shortly before it is used.
    const NEAR: usize = 20;
    let own = &entries[at];
    let Some(called) = own.environment.as_ref().filter(|_| !own.is_token_request) else { return Observed::Unseen };
    let mut asked = entries[at.saturating_sub(NEAR)..at].iter().filter(|e| e.is_token_request).peekable();
    let Some(first) = asked.peek().map(|e| e.host) else { return Observed::Unseen };
    let is_elsewhere = asked.all(|e| e.environment.as_ref().is_some_and(|environment| environment != called));
    Observed::Known(is_elsewhere, first.into_iter().chain(own.host).collect())
}

/// What the other exchanges say of a token. The one that issued it also shows its kind, and whether it is for a user.
fn token(facts: &mut Facts, entries: &[HistoryEntry], known: &KnownSecrets<'_>, at: usize) -> TokenHistory {
    let own = &entries[at];
    let unseen = || TokenHistory { requested_elsewhere: requested_elsewhere(entries, at), ..TokenHistory::unseen() };
    let Some((token, span)) = &own.credentials else { return unseen() };
    let elsewhere = |list: &BTreeMap<&Secret, FirstTwo>| match list.get(token).and_then(|two| two.other_than(at)) {
        Some(other) => Observed::Known(true, entries[other].credentials.iter().map(|(_, s)| *s).collect()),
        None => Observed::Unseen,
    };
    let mut history = TokenHistory {
        accepted_elsewhere: elsewhere(&known.accepted),
        refused_elsewhere: elsewhere(&known.refused),
        ..unseen()
    };
    let Some(&(issuer, kind)) = known.issued.get(token) else { return history };
    let issuer = &entries[issuer];
    facts.set(AnatomyFacts::kind(), Observed::at(kind, *span));
    if let Some(grant) = &issuer.grant {
        let is_application = grant == "client_credentials";
        let mode = if is_application { AccessMode::ApplicationRestricted } else { AccessMode::UserRestricted };
        AccessModeFacts { mode: Observed::at(mode, *span) }.put(facts);
    }
    if let Some(environment) = &issuer.environment {
        let at: Vec<Span> = issuer.host.into_iter().collect();
        if let Some(called) = &own.environment {
            let both = at.iter().copied().chain(own.host).collect();
            history.issued_for_other_environment = Observed::Known(called != environment, both);
        }
        history.issuer_environment = Observed::Known(environment.clone().into(), at);
    }
    if let (Some((issued, issued_at)), Some((used, used_at))) = (issuer.at, own.at)
        && issued.has_zone == used.has_zone
    {
        let age = used.seconds - issued.seconds;
        history.age = Observed::Known(age, vec![issued_at, used_at]);
        if let Some(lifetime) = issuer.lifetime {
            history.outlived = Observed::Known(age > lifetime, vec![used_at, issued_at]);
        }
    }
    history
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts_with, shown};
    use super::*;
    use crate::pack::model::Pack;

    fn facts(capture: &str) -> Vec<Facts> {
        facts_with(capture, &Pack::default(), &Options::default())
    }

    #[test]
    fn a_token_that_worked_elsewhere() {
        let request = |path: &str, status: &str| {
            format!(
                "GET {path} HTTP/1.1\nHost: api.example.org\nAuthorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 {status}\n\n"
            )
        };
        let all = facts(&format!("{}\n{}", request("/one", "200 OK"), request("/two", "401 Unauthorized")));
        assert_eq!(all.len(), 2);
        assert_eq!(shown(&all[1], TokenHistory::accepted_elsewhere()), "yes");
        assert_eq!(shown(&all[1], TokenHistory::refused_elsewhere()), "unseen");
        assert_eq!(shown(&all[0], TokenHistory::refused_elsewhere()), "yes");
        assert_eq!(shown(&all[1], TokenHistory::age()), "unseen");
    }

    #[test]
    fn a_redirect_that_drops_the_credentials() {
        let all = facts(
            "GET /one HTTP/1.1\nHost: a.example.org\nAuthorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 302 Found\nLocation: https://b.example.org/one\n\nGET /one HTTP/1.1\nHost: b.example.org\n\nHTTP/1.1 401 Unauthorized\n\n",
        );
        assert_eq!(all.len(), 2);
        assert_eq!(shown(&all[1], RedirectFacts::credentials()), "dropped");
        assert_eq!(shown(&all[1], RedirectFacts::from_host()), "a.example.org");
        assert_eq!(shown(&all[1], RedirectFacts::other_host()), "yes");
        assert_eq!(shown(&all[0], RedirectFacts::credentials()), "unseen");
    }
}

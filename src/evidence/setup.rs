//! What the client's own set-up and the fields of the request show to be wrong with the credentials, short of the
//! Authorization field's own anatomy.

use super::model::Sent;
use super::places::ExchangePlaces;
use crate::capture::model::{Capture, Exchange, Format, Setup};
use crate::capture::setup::value;
use crate::facts::response::RefusalFacts;
use crate::facts::setup::SetupFacts;
use crate::facts::{CredentialsSource, Facts, Observed, SetupFault};
use crate::redact::names;
use crate::shape::{self, PlaceholderKind};
use crate::text::{Span, Text};

/// What the text shows of the set-up, for all exchanges.
pub(super) struct SetupShown {
    /// What is in no response.
    setup: Setup,
    /// Whether it sets a token or a key.
    sets_token: bool,
}

impl SetupShown {
    pub(super) fn of(capture: &Capture, places: &ExchangePlaces, paste: &str) -> Self {
        let mut setup = capture.setup.clone();
        if !(setup.faults.is_empty() && setup.kinds.is_empty()) {
            setup.faults.retain(|(_, at)| !is_in_an_answer(capture, places, *at));
            setup.kinds.retain(|(_, at)| !is_in_an_answer(capture, places, *at));
        }
        let is_token = |kind: CredentialsSource| matches!(kind, CredentialsSource::Token | CredentialsSource::ApiKey);
        let sets_token = setup.kinds.iter().any(|(kind, _)| is_token(*kind)) || paste.contains("Bearer");
        Self { setup, sets_token }
    }
}

/// Sets the facts of the set-up for one exchange.
pub(super) fn read(facts: &mut Facts, shown: &SetupShown, sent: &Sent<'_>) {
    let exchange = sent.exchange;
    let mut found = Found::default();
    for (fault, at) in own_fields(sent) {
        found.add(fault, at);
    }
    for (fault, at) in around(shown, exchange) {
        found.add(fault, at);
    }
    // Where the server gives a reason, that says more.
    let says_why = facts.items(RefusalFacts::message()).iter().any(|(message, _)| message.contains(' '));
    let has_field = exchange.request.fields.iter().any(|f| f.is("authorization"));
    let kinds: Vec<(CredentialsSource, Vec<Span>)> =
        if says_why || has_field || shows_credentials(exchange) || !found.items.is_empty() {
            Vec::new()
        } else {
            shown.setup.kinds.iter().map(|(kind, at)| (*kind, vec![*at])).collect()
        };
    let places = |spans: &[&Vec<Span>]| spans.iter().flat_map(|s| s.iter().copied()).collect::<Vec<Span>>();
    let at_faults = places(&found.items.iter().map(|(_, at)| at).collect::<Vec<_>>());
    let at_kinds = places(&kinds.iter().map(|(_, at)| at).collect::<Vec<_>>());
    SetupFacts { faults: Observed::Known(found.items, at_faults), kinds: Observed::Known(kinds, at_kinds) }.put(facts);
}

/// Faults, each kind once, with all its places.
#[derive(Default)]
struct Found {
    items: Vec<(SetupFault, Vec<Span>)>,
}

impl Found {
    fn add(&mut self, fault: SetupFault, at: Span) {
        match self.items.iter_mut().find(|(known, _)| *known == fault) {
            Some((_, spans)) if spans.iter().any(|s| s.overlaps(at)) => {}
            Some((_, spans)) => spans.push(at),
            None => self.items.push((fault, vec![at])),
        }
    }
}

/// The faults around an exchange that bear on it.
fn around<'s>(shown: &'s SetupShown, exchange: &'s Exchange) -> impl Iterator<Item = (SetupFault, Span)> + 's {
    let is_shown = shows_credentials(exchange);
    let is_recorded = is_shown && matches!(exchange.format, Format::Raw | Format::Verbose | Format::Har);
    let field = exchange.request.fields.iter().find(|f| f.is("authorization"));
    let is_basic = field.is_none_or(|f| f.value.as_str().get(..5).is_some_and(|s| s.eq_ignore_ascii_case("basic")));
    let sent: Option<Span> = field.map(|f| f.value.span());
    let sets_token = shown.sets_token;
    let own: Option<Span> = (exchange.format == Format::Command).then_some(exchange.at);
    shown.setup.faults.iter().copied().filter(move |(fault, at)| match fault {
        // The wire shows what was left of it.
        SetupFault::ExpandedByShell => true,
        SetupFault::OtherSource => is_basic && sets_token,
        // The field itself says it better, unless it has a variable there.
        SetupFault::NotFilledIn if sent.is_some_and(|value| value.overlaps(*at)) => {
            exchange.expanded.iter().any(|e| e.span().overlaps(*at))
        }
        // What was sent is shown, so code beside it proves nothing.
        _ if is_recorded => false,
        _ => !is_shown || own.is_none_or(|own| own.overlaps(*at)) || *fault == SetupFault::LineEndKept,
    })
}

/// Whether the request shows credentials that may be real.
fn shows_credentials(exchange: &Exchange) -> bool {
    let expanded: Vec<Span> = exchange.expanded.iter().map(Text::span).collect();
    exchange.request.fields.iter().any(|field| {
        let is_one = field.is("authorization") || names::telling(field.name.as_str()).is_some();
        let value = field.value.as_str();
        let token =
            value.split_once(' ').filter(|(scheme, _)| shape::is_scheme(scheme)).map_or(value, |(_, rest)| rest);
        is_one && shape::of(token).is_credential() && !expanded.iter().any(|e| e.overlaps(field.value.span()))
    })
}

/// Whether a place is in a response. What a server sends is not the client's set-up.
fn is_in_an_answer(capture: &Capture, places: &ExchangePlaces, at: Span) -> bool {
    places.answer_fields.containing(at).next().is_some()
        || places.answer_bodies.containing(at).any(|exchange| {
            let body = capture.exchanges[exchange].response.as_ref().and_then(|r| r.body.text());
            body.is_some_and(|body| body.as_str().starts_with(['{', '[', '<']) && !is_echo(body, at))
        })
}

/// Whether a place in a body is one where the server prints the credentials that it got.
fn is_echo(body: &Text, at: Span) -> bool {
    let start = at.start.saturating_sub(body.span().start);
    body.as_str().get(..start).is_some_and(|before| before.ends_with("provided: "))
}

/// What the fields of the request show.
fn own_fields(sent: &Sent<'_>) -> Vec<(SetupFault, Span)> {
    let exchange = sent.exchange;
    let mut found = Vec::new();
    let authorization = exchange.request.fields.iter().find(|f| f.is("authorization"));
    let is_written = matches!(exchange.format, Format::Code | Format::Command);
    for field in &exchange.request.fields {
        let is_authorization = field.is("authorization");
        if field.is("cookie") || !is_authorization && names::telling(field.name.as_str()).is_none() {
            continue;
        }
        let at = field.value.span();
        if field.value.is_empty() {
            let fault = match authorization {
                Some(other) if !other.value.is_empty() && !other.value.as_str().contains('$') => {
                    SetupFault::BlankBesideOther
                }
                _ => SetupFault::BlankValue,
            };
            // "Decoded token:" in a sentence is not a field.
            let is_field = exchange.format != Format::Ticket || field.name.as_str().contains(['-', '_']);
            if !is_authorization && is_field {
                found.push((fault, field.name.span().to(at)));
            }
            continue;
        }
        if field.name.as_str().contains('_') {
            found.push((SetupFault::UnderscoreInName, field.name.span()));
        }
        if sent.is_expanded(at) {
            found.extend(variable_alone(exchange, &field.value).filter(|_| is_authorization).map(|fault| (fault, at)));
            continue;
        }
        let value = field.value.as_str();
        let token =
            value.split_once(' ').filter(|(scheme, _)| shape::is_scheme(scheme)).map_or(value, |(_, rest)| rest);
        let is_template =
            matches!(shape::placeholder(token), Some(PlaceholderKind::Template | PlaceholderKind::ShellVariable));
        if is_template && is_written && !token.starts_with("{{") {
            found.push((SetupFault::NotExpanded, at));
            continue;
        }
        let inner = value.trim_matches(['"', '\'']);
        if value::keeps_line_end(inner) && (inner.len() < value.len() || inner.ends_with("\\n")) {
            found.push((SetupFault::LineEndKept, at));
        }
        // In code and in prose the words of a sample may hide the token.
        let may_hide =
            is_authorization && !matches!(exchange.format, Format::Json | Format::Har | Format::Verbose | Format::Raw);
        let fault = value::fault(field.name.as_str(), value).filter(|f| *f != SetupFault::SampleValue || !may_hide);
        found.extend(fault.map(|fault| (fault, at)));
    }
    found
}

/// A whole value that is a variable named after a token: `Authorization: accessToken`.
fn variable_alone(exchange: &Exchange, value: &Text) -> Option<SetupFault> {
    let name = value.as_str().trim_start_matches("${").trim_end_matches('}');
    let last = name.rsplit(['.', '[', ']', '"', '\'']).find(|part| !part.is_empty()).unwrap_or_default();
    let lower: String = last.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let is_whole = !value.as_str().contains(' ') && !name.contains('$');
    let is_token = ["token", "jwt", "apikey"].iter().any(|end| lower.ends_with(end));
    let is_header = ["bearer", "header", "auth", "basic"].iter().any(|w| lower.contains(w)) && !lower.contains("oauth");
    (matches!(exchange.format, Format::Code | Format::Json) && is_whole && is_token && !is_header)
        .then_some(SetupFault::VariableAlone)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    #[test]
    fn fields_that_show_a_fault() {
        for (field, fault) in [
            ("X-Api-Key: ", "blank-value"),
            ("X-Api-Key: /run/secrets/mail_key", "path-for-value"),
            ("Authorization: Bearer /run/secrets/mail_key", "path-for-value"),
            ("X-Api-Key: MAIL_API_KEY", "name-for-value"),
            ("Authorization: Bearer MAIL_TOKEN_HERE", "sample-value"),
            ("Authorization: Bearer n4XqQ9xLr6TbVd2K", ""),
            ("X-Api-Key: n4XqQ9xLr6TbVd2K", ""),
        ] {
            let text = format!("GET /things HTTP/1.1\nHost: api.example.org\n{field}\n\nHTTP/1.1 401 Unauthorized\n\n");
            assert_facts(&text, &[("credentials.setup-faults", fault)]);
        }
    }

    #[test]
    fn a_variable_in_single_quotes() {
        let command =
            |quote: char| format!("curl -H {quote}Authorization: Bearer $TOKEN{quote} https://api.example.org/\n");
        assert_facts(&command('\''), &[("credentials.setup-faults", "not-expanded")]);
        assert_facts(&command('"'), &[("credentials.setup-faults", "")]);
    }

    #[test]
    fn the_wire_counts_more_than_what_is_around_it() {
        let wire = "GET /things HTTP/1.1\nHost: api.example.org\nAuthorization: Bearer n4XqQ9xLr6TbVd2K\n\nHTTP/1.1 401 Unauthorized\n\n";
        assert_facts(&format!("- MAIL_TOKEN=\"n4XqQ9xLr6TbVd2K\"\n\n{wire}"), &[("credentials.setup-faults", "")]);
        assert_facts(
            "- MAIL_TOKEN=\"n4XqQ9xLr6TbVd2K\"\n\n401 Unauthorized\n",
            &[("credentials.setup-faults", "quotes-kept")],
        );
    }
}

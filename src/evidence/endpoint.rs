//! Where a request went: environment and API by host and base path, the endpoint by path and method.

use crate::pack::rule_text::RuleText;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use super::judge::Judge;
use super::model::{EndpointMatch, SaidPlace, Sent};
use crate::capture::model::{Extent, Request};
use crate::facts::endpoint::{AccessFacts, ApiFacts, FieldCheck, HostFacts, NamedFacts, OperationFacts, UrlFacts};
use crate::facts::history::AccessModeFacts;
use crate::facts::request::RequestField;
use crate::facts::{CredentialsKind, Fact, Facts, ListItem, Observed, UrlScheme, Value};
use crate::nearest::within;
use crate::pack::model::{Api, Environment, Operation, Pack};
use crate::text::{Span, Text};
use crate::url::{Url, is_of_token_endpoint};

/// The hosts of no pack that were met, each with the known one that it is nearly: most exchanges of a capture share theirs.
pub(super) type UnknownHosts<'p> = HashMap<String, Option<&'p str>>;

/// Looks a request up and sets what is found.
pub(super) fn read<'p>(
    facts: &mut Facts,
    sent: &Sent<'_>,
    pack: &'p Pack,
    unknown: &mut UnknownHosts<'p>,
) -> EndpointMatch<'p> {
    let mut place = EndpointMatch::default();
    let request = &sent.exchange.request;
    let field = || request.fields.iter().find(|f| f.is("host")).map(|f| without_port(&f.value));
    let Some(url) = &sent.url else {
        // Without a path a host of no pack is still that: some other server.
        if let Some(host) = field() {
            let name = host.as_str().to_ascii_lowercase();
            if !pack.environments.iter().any(|e| e.hosts.iter().any(|h| *h == *name)) {
                put_host(facts, &host, name, None, (pack, unknown));
            }
        }
        return place;
    };
    let path = url.path.as_str();
    let scheme = url.scheme.as_ref().and_then(|s| Some((UrlScheme::of(&s.as_str().to_ascii_lowercase())?, s.span())));
    UrlFacts {
        path: if path.is_empty() { Observed::Unseen } else { Observed::text(&url.path) },
        scheme: scheme.map_or(Observed::Unseen, |(scheme, at)| Observed::at(scheme, at)),
    }
    .put(facts);
    let host = url.host.clone().or_else(field);
    if let Some(host) = &host {
        let name = host.as_str().to_ascii_lowercase();
        place.environment = environment(pack, &name, path);
        put_host(facts, host, name, place.environment, (pack, unknown));
    }
    // A path without a host is looked up too; its environment stays unknown.
    if host.is_some() && place.environment.is_none() && !pack.environments.is_empty() {
        return place;
    }
    let Some((api, base)) = api(pack, path) else {
        // A path alone may be of any server: a line of the client's own log, for example.
        if host.is_some() {
            unknown_api(facts, &url.path, pack);
        }
        return place;
    };
    place.api = Some(api);
    let base_span = url.path.span_of(0..base.len());
    let environment_name = place.environment.map(|e| e.name.as_str());
    let own = api.credentials_in.iter().find(|(name, _)| Some(name.as_str()) == environment_name);
    ApiFacts {
        api: Observed::at(api.id.clone(), if base.is_empty() { url.path.span() } else { base_span }),
        base_path_missing: Observed::at(false, base_span),
        // A proxy that answers asks for its own credentials, whatever the API behind it takes.
        credentials: match sent.judge {
            Judge::Proxy => Observed::Unseen,
            Judge::Server => credentials(own.map_or(&api.credentials, |(_, credentials)| credentials), base_span),
        },
    }
    .put(facts);
    if pack.operations.iter().any(|o| o.api == api.id) {
        let (operation_facts, operation) = operation(request, pack, api, url, base);
        operation_facts.put(facts);
        place.operation = operation;
    }
    let rest_span = url.path.span_of(base.len()..url.path.len());
    let modes = match place.operation {
        Some(operation) if !operation.access_modes.is_empty() => list(&operation.access_modes, rest_span),
        _ if !api.access_modes.is_empty() => list(&api.access_modes, base_span),
        _ => Observed::Unseen,
    };
    AccessFacts { modes }.put(facts);
    place
}

fn unknown_api(facts: &mut Facts, path: &Text, pack: &Pack) {
    let at = path.span();
    let fits = |o: &Operation| o.path.contains('/') && o.path.len() > 6 && fits(&o.path, path.as_str()).is_some();
    ApiFacts {
        api: Observed::absent(at),
        base_path_missing: Observed::at(pack.operations.iter().any(fits), at),
        credentials: Observed::Unseen,
    }
    .put(facts);
    OperationFacts {
        id: Observed::absent(at),
        known: Observed::at(false, at),
        path_known: Observed::at(false, at),
        ..OperationFacts::unseen()
    }
    .put(facts);
}

fn without_port(host: &Text) -> Text {
    let end = host.as_str().find(':').unwrap_or(host.len());
    host.slice(0..end)
}

/// A list that rests on one stretch of the paste.
fn list(items: &[RuleText], span: Span) -> Observed<Vec<String>> {
    Observed::Known(items.iter().map(|i| (Cow::Owned(i.to_string()), vec![span])).collect(), vec![span])
}

fn credentials(kinds: &[RuleText], span: Span) -> Observed<Vec<CredentialsKind>> {
    let kinds = kinds.iter().filter_map(|kind| Some((CredentialsKind::of(kind)?, vec![span])));
    Observed::Known(kinds.collect(), vec![span])
}

fn put_host<'p>(
    facts: &mut Facts,
    host: &Text,
    name: String,
    environment: Option<&Environment>,
    (pack, unknown): (&'p Pack, &mut UnknownHosts<'p>),
) {
    let like = match environment {
        Some(_) => None,
        None => match unknown.get(&name) {
            Some(like) => *like,
            None => *unknown.entry(name.clone()).or_insert(like(pack, &name)),
        },
    };
    HostFacts {
        environment: match environment {
            Some(environment) => Observed::at(environment.name.clone(), host.span()),
            None => Observed::absent(host.span()),
        },
        like: like.map_or(Observed::Unseen, |known| Observed::at(known.to_owned(), host.span())),
        host: Observed::at(name, host.span()),
    }
    .put(facts);
}

/// The environment of a host; where a host serves several, the base path decides.
fn environment<'p>(pack: &'p Pack, host: &str, path: &str) -> Option<&'p Environment> {
    let hosted = || pack.environments.iter().filter(|e| e.hosts.iter().any(|h| h == host));
    let first = path.split('/').nth(1).unwrap_or_default();
    hosted()
        .find(|e| e.bases.iter().any(|b| b.trim_start_matches('/') == first))
        .or_else(|| hosted().find(|e| e.bases.is_empty()))
        .or_else(|| hosted().next())
}

/// The most URLs of a text that are looked at for token endpoints.
const MOST_URLS: usize = 200;

/// The token endpoints that a text names by their URLs: the environment of each, and its place.
pub(super) fn token_endpoints(paste: &Text, pack: &Pack) -> Vec<(String, Span)> {
    let text = paste.as_str();
    let urls = text.match_indices("https://").take(MOST_URLS).map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || c.is_control() || "\"'`<>()[]{}|\\,;".contains(c));
        at..at + rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ':', '!', '?']).len()
    });
    let named = urls.filter_map(|url| {
        let (host, path) = text[url.clone()]["https://".len()..].split_once('/')?;
        let path = path.split(['?', '#']).next().filter(|path| is_of_token_endpoint(path))?;
        let found = environment(pack, &host.to_ascii_lowercase(), &format!("/{path}"))?;
        Some((found.name.to_string(), Span::new(url.start, url.end)))
    });
    named.collect()
}

/// The known host that a host nearly is: a slip of the pen, not another environment.
fn like<'p>(pack: &'p Pack, host: &str) -> Option<&'p str> {
    let hosts = pack.environments.iter().flat_map(|e| &e.hosts).map(RuleText::as_str);
    within(host, hosts, |known| 2.max(known.len() / 8))
}

/// The API whose base path is the longest that the path begins with.
fn api<'p>(pack: &'p Pack, path: &str) -> Option<(&'p Api, &'p str)> {
    pack.apis
        .iter()
        .flat_map(|api| api.bases.iter().map(move |base| (api, base.as_str())))
        .filter(|(_, base)| path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
        .max_by_key(|(_, base)| base.len())
}

/// Whether a path fits a pattern, and how many of its segments are literal.
fn fits(pattern: &str, path: &str) -> Option<usize> {
    let (mut literal, mut parts) = (0, path.split('/'));
    for wanted in pattern.split('/') {
        let part = parts.next()?;
        if wanted.starts_with('{') && wanted.ends_with('}') {
            if part.is_empty() {
                return None;
            }
        } else if wanted == part {
            literal += 1;
        } else {
            return None;
        }
    }
    parts.next().is_none().then_some(literal)
}

/// The operation of an API that a request calls.
fn operation<'p>(
    request: &Request,
    pack: &'p Pack,
    api: &Api,
    url: &Url,
    base: &str,
) -> (OperationFacts, Option<&'p Operation>) {
    let rest = &url.path.as_str()[base.len()..];
    let span = url.path.span_of(base.len()..url.path.len());
    let version = ["STU3", "R4", "DSTU2"].into_iter().find(|v| rest.split('/').any(|part| part == *v));
    let version = || version.map_or(Observed::Unseen, |version| Observed::at(version, span));
    let mut fitting: Vec<(usize, &Operation)> = pack
        .operations
        .iter()
        .filter(|o| o.api == api.id)
        .filter_map(|o| fits(&o.path, rest).map(|literal| (literal, o)))
        .collect();
    // The pattern with more literal segments is meant: `$ers.fetchworklist` is not a UBRN.
    let most = fitting.iter().map(|(literal, _)| *literal).max().unwrap_or(0);
    fitting.retain(|(literal, _)| *literal == most);
    if fitting.is_empty() {
        let unknown = OperationFacts {
            path_known: Observed::at(false, span),
            known: Observed::at(false, span),
            id: Observed::absent(span),
            fhir: version(),
            ..OperationFacts::unseen()
        };
        return (unknown, None);
    }
    let methods: Vec<RuleText> = fitting.iter().map(|(_, o)| o.method.clone()).collect();
    let operation = match &request.method {
        Some(method) => fitting.iter().find(|(_, o)| o.method.eq_ignore_ascii_case(method.as_str())).map(|(_, o)| *o),
        // Without a method the path decides, where only one operation has it; else a reading one is most likely.
        None => fitting.iter().find(|(_, o)| fitting.len() == 1 || o.method == "GET").map(|(_, o)| *o),
    };
    let Some(operation) = operation else {
        let method = request.method.as_ref().map(Text::span);
        let other_method = OperationFacts {
            path_known: Observed::at(true, span),
            methods: list(&methods, span),
            known: Observed::Known(false, method.into_iter().chain([span]).collect()),
            id: Observed::absent(span),
            fhir: version(),
            ..OperationFacts::unseen()
        };
        return (other_method, None);
    };
    let known = OperationFacts {
        business_functions: list(&operation.business_functions, span),
        deprecated: Observed::at(operation.deprecated, span),
        fhir: operation.fhir.clone().map_or_else(version, |fhir| Observed::at(fhir, span)),
        id: Observed::at(operation.id.clone(), span),
        known: Observed::at(true, span),
        methods: list(&methods, span),
        path_known: Observed::at(true, span),
        superseded_by: match &operation.superseded_by {
            Some(newer) => Observed::at(newer.clone(), span),
            None => Observed::absent(span),
        },
    };
    (known, Some(operation))
}

/// Sets which endpoints the text names, and whether the request goes to another one.
pub(super) fn named(facts: &mut Facts, named: &[ListItem], pack: &Pack, place: &EndpointMatch<'_>) {
    if named.is_empty() {
        return;
    }
    let is_catalogued = || place.api.is_some_and(|a| pack.operations.iter().any(|o| o.api == a.id));
    let differs = match (named, place.operation) {
        ([(only, spans)], Some(operation)) => Observed::Known(*operation.id != **only, spans.clone()),
        // The path is known under another method, or not at all: the request is not for the endpoint that is named.
        ([(_, spans)], None) if is_catalogued() => Observed::Known(true, spans.clone()),
        _ => Observed::Unseen,
    };
    NamedFacts { named: Observed::list(named.to_vec()), differs }.put(facts);
}

/// Where no URL is shown, the endpoints that the text names identify the API, if all belong to the same one. A single one
/// and a single environment are then taken as what was called, by the words of the text.
pub(super) fn by_name<'p>(
    facts: &mut Facts,
    request: &Request,
    environments: &SaidEnvironment<'_, 'p>,
    pack: &'p Pack,
    place: &mut EndpointMatch<'p>,
) {
    if request.url.is_some() || place.api.is_some() {
        return;
    }
    let named = facts.list(NamedFacts::named());
    let of_named = |o: &&Operation| named.contains(&o.id.as_str());
    let Some(first) = pack.operations.iter().find(of_named) else { return };
    if pack.operations.iter().filter(of_named).any(|o| o.api != first.api) {
        return;
    }
    let Some(api) = pack.api(&first.api) else { return };
    place.api = Some(api);
    let has_host = matches!(facts.get(HostFacts::host()), Fact::Known(..));
    place.said = SaidPlace {
        operation: (named.len() == 1).then_some(first),
        environment: if has_host { None } else { environments.get() },
    };
    let at = facts.spans(NamedFacts::named()).first().copied().unwrap_or(Span::new(0, 0));
    ApiFacts {
        api: Observed::at(api.id.clone(), at),
        base_path_missing: Observed::Unseen,
        credentials: credentials(&api.credentials, at),
    }
    .put(facts);
}

/// The environment that a text names, if it names one only. The text is searched when it is first asked for, and once for
/// all exchanges.
pub(super) struct SaidEnvironment<'t, 'p> {
    text: &'t str,
    pack: &'p Pack,
    found: OnceCell<Option<&'p Environment>>,
}

impl<'t, 'p> SaidEnvironment<'t, 'p> {
    pub(super) const fn of(text: &'t str, pack: &'p Pack) -> Self {
        Self { text, pack, found: OnceCell::new() }
    }

    fn get(&self) -> Option<&'p Environment> {
        *self.found.get_or_init(|| {
            let lower = self.text.to_ascii_lowercase();
            let is_named = |e: &&Environment| e.words.iter().any(|word| is_said(self.text, &lower, word));
            let mut said = self.pack.environments.iter().filter(is_named);
            said.next().filter(|_| said.next().is_none())
        })
    }
}

/// Whether a text calls an environment by this word. One in capitals is a name; one that is also a common noun
/// ("integration", "production") must stand as one: "in production", "the integration environment".
fn is_said(text: &str, lower: &str, word: &str) -> bool {
    let is_name = !word.contains(|c: char| c.is_ascii_lowercase());
    let (text, word) = match is_name {
        true => (text, Cow::Borrowed(word)),
        false => (lower, Cow::Owned(word.to_ascii_lowercase())),
    };
    let edge = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    text.match_indices(&*word).any(|(at, found)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        let full_stop = after.starts_with('.') && !after[1..].starts_with(|c: char| c.is_alphanumeric());
        let stands = edge(before.chars().next_back()) && (full_stop || edge(after.chars().next()));
        let is_place = ["in ", "on ", "to "].iter().any(|w| before.ends_with(w));
        stands && (is_name || found.contains(' ') || is_place || after.trim_start().starts_with("env"))
    })
}

/// Compares the fields with those that the endpoint wants, once the access mode is known or there is only one.
pub(super) fn check_fields(facts: &mut Facts, request: &Request, place: &EndpointMatch<'_>) {
    let Some(api) = place.api else { return };
    let modes = facts.list(AccessFacts::modes());
    let known = facts.text(AccessModeFacts::mode());
    let by_mode = |lists: &'_ [(RuleText, Vec<RuleText>)], mode: &str| -> Vec<RuleText> {
        lists.iter().find(|(m, _)| m == mode).map(|(_, fields)| fields.clone()).unwrap_or_default()
    };
    let mode = known.or_else(|| (modes.len() == 1).then(|| modes[0]));
    let required: Vec<RuleText> = match (place.operation, mode) {
        (None, _) => api.required.clone(),
        (Some(operation), Some(mode)) => by_mode(&operation.required, mode),
        // Either mode is possible: only what both require is required for sure.
        (Some(operation), None) => {
            let mut lists = modes.iter().map(|m| by_mode(&operation.required, m));
            let first = lists.next().unwrap_or_default();
            lists.fold(first, |common, list| common.into_iter().filter(|f| list.contains(f)).collect())
        }
    };
    let (mut missing, mut blank, mut is_open) = (Vec::new(), Vec::new(), request.extent == Extent::Part);
    for name in required.into_iter().chain(api.required.iter().cloned()) {
        match facts.get((RequestField::state(), name.as_str())) {
            Fact::Known(Value::Text(state), spans) if state == "absent" => missing.push((name.into(), spans.clone())),
            Fact::Known(Value::Text(state), spans) if state == "blank" => blank.push((name.into(), spans.clone())),
            Fact::Unseen => is_open = true,
            _ => {}
        }
    }
    let list = |mut items: Vec<ListItem>| {
        items.dedup();
        if items.is_empty() && is_open { Observed::Unseen } else { Observed::list(items) }
    };
    let unwanted = match (place.operation, known) {
        (Some(operation), Some(mode)) => {
            let forbidden = by_mode(&operation.forbidden, mode).into_iter();
            let sent = forbidden.filter_map(|name| {
                let field = request.fields.iter().find(|f| f.is(&name))?;
                Some((name.into(), vec![field.name.span()]))
            });
            Observed::list(sent.collect())
        }
        _ => Observed::Unseen,
    };
    FieldCheck { blank: list(blank), missing: list(missing), unwanted }.put(facts);
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts_with, shown};
    use super::*;
    use crate::options::Options;

    /// Asserts facts of a request line under the built-in packs.
    #[track_caller]
    fn assert_endpoint(line: &str, expected: &[(&str, &str)]) {
        let pack = crate::pack::load(&[], false).expect("the built-in packs load");
        let capture = format!("{line}\nAuthorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n401 Unauthorized\n");
        let facts = facts_with(&capture, &pack, &Options::default());
        for (name, value) in expected {
            assert_eq!(shown(&facts[0], *name), *value, "{name} of {line}");
        }
    }

    #[test]
    fn a_known_operation() {
        assert_endpoint(
            "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole",
            &[
                ("request.scheme", "https"),
                ("endpoint.environment", "int"),
                ("endpoint.api", "e-referral-service"),
                ("endpoint.base-path-missing", "no"),
                ("endpoint.credentials", "bearer"),
                ("endpoint.known", "yes"),
                ("endpoint.path-known", "yes"),
                ("endpoint.fhir", "R4"),
                ("endpoint.host-like", "unseen"),
            ],
        );
    }

    #[test]
    fn a_path_under_another_method_and_an_unknown_one() {
        assert_endpoint(
            "DELETE https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole",
            &[("endpoint.known", "no"), ("endpoint.path-known", "yes"), ("endpoint.id", "absent")],
        );
        assert_endpoint(
            "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/Nothing",
            &[("endpoint.known", "no"), ("endpoint.path-known", "no"), ("endpoint.methods", "unseen")],
        );
    }

    #[test]
    fn a_host_of_nobody_and_a_slip() {
        assert_endpoint(
            "GET https://api.example.org/things",
            &[("endpoint.environment", "absent"), ("endpoint.host-like", "unseen"), ("endpoint.api", "unseen")],
        );
        assert_endpoint(
            "GET https://int.api.servise.nhs.uk/referrals/FHIR/R4/PractitionerRole",
            &[("endpoint.environment", "absent"), ("endpoint.host-like", "int.api.service.nhs.uk")],
        );
    }

    #[test]
    fn where_a_text_says_that_the_request_went() {
        let pack = crate::pack::load(&[], false).expect("the built-in packs load");
        for (text, said) in [
            ("We call A042 on INT: 401", Some("int")),
            ("A042 in the integration environment answers 401", Some("int")),
            ("We get 401 in production.", Some("prod")),
            ("Our integration with A042 gets 401", None),
            ("An INTERNAL call, print() and int.api", None),
            ("It works on INT and not in production", None),
        ] {
            assert_eq!(SaidEnvironment::of(text, &pack).get().map(|e| e.name.as_str()), said, "{text}");
        }
    }
}

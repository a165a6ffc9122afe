//! Where a request went: environment and API by host and base path, the endpoint by path and verb.

use super::facts::{Fact, Facts, Value};
use super::url::Url;
use crate::capture::model::{Extent, Request};
use crate::pack::model::{Api, Environment, Operation, Pack};
use crate::text::{Span, Text};

/// What the catalogue has for a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'p> {
    pub(crate) environment: Option<&'p Environment>,
    pub(crate) api: Option<&'p Api>,
    pub(crate) operation: Option<&'p Operation>,
}

/// Looks a request up and puts what is found into the table.
pub(super) fn read<'p>(facts: &mut Facts, request: &Request, pack: &'p Pack) -> Place<'p> {
    let mut place = Place::default();
    let Some(target) = &request.url else { return place };
    let url = Url::of(target);
    let host =
        url.host.clone().or_else(|| request.fields.iter().find(|f| f.is("host")).map(|f| without_port(&f.value)));
    if let Some(scheme) = &url.scheme {
        let scheme_name = scheme.as_str().to_ascii_lowercase();
        if matches!(scheme_name.as_str(), "http" | "https") {
            facts.set_text("request.scheme", &scheme_name, scheme.span());
        }
    }
    let path = url.path.as_str();
    if !path.is_empty() {
        facts.set_text("request.path", path, url.path.span());
    }
    if let Some(host) = &host {
        let name = host.as_str().to_ascii_lowercase();
        facts.set_text("request.host", &name, host.span());
        place.environment = environment(pack, &name, path);
        if let Some(environment) = place.environment {
            facts.set_text("endpoint.environment", &environment.name, host.span());
        } else {
            facts.set_absent("endpoint.environment", vec![host.span()]);
            if let Some(known) = like(pack, &name) {
                facts.set_text("endpoint.host-like", known, host.span());
            }
        }
    }
    // A path without a host is looked up too: on which environment, nobody knows.
    if host.is_some() && place.environment.is_none() && !pack.environments.is_empty() {
        return place;
    }
    let found = api(pack, path);
    let Some((api, base)) = found else {
        // A path alone may be anybody's: a line of the client's own server log, say.
        if host.is_some() {
            absent_endpoint(facts, &url.path);
            let fits = pack
                .operations
                .iter()
                .any(|o| o.path.contains('/') && o.path.len() > 6 && fits(&o.path, path).is_some());
            facts.set_flag("endpoint.base-path-missing", fits, vec![url.path.span()]);
        }
        return place;
    };
    place.api = Some(api);
    let base_span = url.path.span_of(0..base.len());
    facts.set_text("endpoint.api", &api.id, if base.is_empty() { url.path.span() } else { base_span });
    facts.set_flag("endpoint.base-path-missing", false, vec![base_span]);
    let environment_name = place.environment.map(|e| e.name.as_str());
    let credentials = api
        .credentials_in
        .iter()
        .find(|(name, _)| Some(name.as_str()) == environment_name)
        .map_or(&api.credentials, |(_, credentials)| credentials);
    set_list(facts, "endpoint.credentials", credentials, base_span);
    operations(facts, request, pack, &url, base, &mut place);
    if place.operation.is_none_or(|o| o.access_modes.is_empty()) && !api.access_modes.is_empty() {
        set_list(facts, "endpoint.access-modes", &api.access_modes, base_span);
    }
    place
}

fn without_port(host: &Text) -> Text {
    let end = host.as_str().find(':').unwrap_or(host.len());
    host.slice(0..end)
}

fn absent_endpoint(facts: &mut Facts, path: &Text) {
    facts.set_absent("endpoint.api", vec![path.span()]);
    facts.set_absent("endpoint.id", vec![path.span()]);
    facts.set_flag("endpoint.known", false, vec![path.span()]);
    facts.set_flag("endpoint.path-known", false, vec![path.span()]);
}

fn set_list(facts: &mut Facts, name: &str, items: &[String], span: Span) {
    let list = items.iter().map(|i| (i.clone(), vec![span])).collect();
    facts.set(name, Value::List(list), vec![span]);
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

/// The known host that a host nearly is: a slip of the pen, not another environment.
fn like<'p>(pack: &'p Pack, host: &str) -> Option<&'p str> {
    pack.environments
        .iter()
        .flat_map(|e| &e.hosts)
        .map(|known| (strsim::damerau_levenshtein(host, known), known.as_str()))
        .filter(|(distance, known)| *distance <= 2.max(known.len() / 8))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
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

fn operations<'p>(facts: &mut Facts, request: &Request, pack: &'p Pack, url: &Url, base: &str, place: &mut Place<'p>) {
    let Some(api) = place.api else { return };
    let rest = &url.path.as_str()[base.len()..];
    let span = url.path.span_of(base.len()..url.path.len());
    if !pack.operations.iter().any(|o| o.api == api.id) {
        return;
    }
    if let Some(fhir) = ["STU3", "R4", "DSTU2"].iter().find(|v| rest.split('/').any(|part| part == **v)) {
        facts.set_text("endpoint.fhir", fhir, span);
    }
    let mut fitting: Vec<(usize, &Operation)> = pack
        .operations
        .iter()
        .filter(|o| o.api == api.id)
        .filter_map(|o| fits(&o.path, rest).map(|literal| (literal, o)))
        .collect();
    // The pattern with more literal segments is meant: `$ers.fetchworklist` is no UBRN.
    let most = fitting.iter().map(|(literal, _)| *literal).max().unwrap_or(0);
    fitting.retain(|(literal, _)| *literal == most);
    facts.set_flag("endpoint.path-known", !fitting.is_empty(), vec![span]);
    if fitting.is_empty() {
        facts.set_flag("endpoint.known", false, vec![span]);
        facts.set_absent("endpoint.id", vec![span]);
        return;
    }
    let methods: Vec<String> = fitting.iter().map(|(_, o)| o.method.clone()).collect();
    set_list(facts, "endpoint.methods", &methods, span);
    let operation = match &request.method {
        Some(method) => fitting.iter().find(|(_, o)| o.method.eq_ignore_ascii_case(method.as_str())).map(|(_, o)| *o),
        // Without a method the path decides, where only one operation has it; else a reading one is most likely.
        None => fitting.iter().find(|(_, o)| fitting.len() == 1 || o.method == "GET").map(|(_, o)| *o),
    };
    let Some(operation) = operation else {
        let method = request.method.as_ref().map(Text::span);
        facts.set_flag("endpoint.known", false, method.into_iter().chain([span]).collect());
        facts.set_absent("endpoint.id", vec![span]);
        return;
    };
    place.operation = Some(operation);
    facts.set_flag("endpoint.known", true, vec![span]);
    facts.set_text("endpoint.id", &operation.id, span);
    if let Some(fhir) = &operation.fhir {
        facts.set_text("endpoint.fhir", fhir, span);
    }
    facts.set_flag("endpoint.deprecated", operation.deprecated, vec![span]);
    match &operation.superseded_by {
        Some(newer) => facts.set_text("endpoint.superseded-by", newer, span),
        None => facts.set_absent("endpoint.superseded-by", vec![span]),
    }
    set_list(facts, "endpoint.business-functions", &operation.business_functions, span);
    if !operation.access_modes.is_empty() {
        set_list(facts, "endpoint.access-modes", &operation.access_modes, span);
    }
}

/// Where no URL is shown, the endpoints that the text names tell the API, if they are all of one.
pub(super) fn by_name<'p>(facts: &mut Facts, request: &Request, pack: &'p Pack, place: &mut Place<'p>) {
    if request.url.is_some() || place.api.is_some() {
        return;
    }
    let named: Vec<String> = facts.list("endpoint.named").iter().map(|n| (*n).to_owned()).collect();
    let spans = facts.spans("endpoint.named");
    let of_named = |o: &&Operation| named.contains(&o.id);
    let Some(first) = pack.operations.iter().find(of_named) else { return };
    if pack.operations.iter().filter(of_named).any(|o| o.api != first.api) {
        return;
    }
    let Some(api) = pack.api(&first.api) else { return };
    place.api = Some(api);
    let at = spans.first().copied().unwrap_or(Span::new(0, 0));
    facts.set_text("endpoint.api", &api.id, at);
    set_list(facts, "endpoint.credentials", &api.credentials, at);
}

/// Required and unwanted fields, once the access mode is known or there is only one.
pub(super) fn check_fields(facts: &mut Facts, request: &Request, place: &Place<'_>) {
    let Some(api) = place.api else { return };
    let modes = facts.list("endpoint.access-modes").iter().map(|m| (*m).to_owned()).collect::<Vec<_>>();
    let known = facts.text("access.mode").map(str::to_owned);
    let mode = known.clone().or_else(|| (modes.len() == 1).then(|| modes[0].clone()));
    let by_mode = |lists: &[(String, Vec<String>)], mode: &str| -> Vec<String> {
        lists.iter().find(|(m, _)| m == mode).map(|(_, fields)| fields.clone()).unwrap_or_default()
    };
    let required: Option<Vec<String>> = match (place.operation, &mode) {
        (None, _) => Some(api.required.clone()),
        (Some(operation), Some(mode)) => Some(by_mode(&operation.required, mode)),
        // Either mode is possible: only what both require is required for sure.
        (Some(operation), None) => {
            let mut lists = modes.iter().map(|m| by_mode(&operation.required, m));
            let first = lists.next().unwrap_or_default();
            Some(lists.fold(first, |common, list| common.into_iter().filter(|f| list.contains(f)).collect()))
        }
    };
    let (mut missing, mut blank, mut undecided) = (Vec::new(), Vec::new(), false);
    for name in required.into_iter().flatten().chain(api.required.iter().cloned()) {
        match facts.get(&format!("request.field-state.{name}")) {
            Fact::Known(Value::Text(state), spans) if state == "absent" => missing.push((name, spans.clone())),
            Fact::Known(Value::Text(state), spans) if state == "blank" => blank.push((name, spans.clone())),
            Fact::Unseen => undecided = true,
            _ => {}
        }
    }
    for (fact, mut items) in [("endpoint.missing-fields", missing), ("endpoint.blank-fields", blank)] {
        items.dedup();
        if items.is_empty() && (undecided || request.extent == Extent::Part) {
            continue;
        }
        let spans = items.iter().flat_map(|(_, s)| s.clone()).collect();
        facts.set(fact, Value::List(items), spans);
    }
    if let (Some(operation), Some(mode)) = (place.operation, &known) {
        let unwanted: Vec<(String, Vec<Span>)> = by_mode(&operation.forbidden, mode)
            .into_iter()
            .filter_map(|name| {
                let field = request.fields.iter().find(|f| f.is(&name))?;
                Some((name, vec![field.name.span()]))
            })
            .collect();
        let spans = unwanted.iter().flat_map(|(_, s)| s.clone()).collect();
        facts.set("endpoint.unwanted-fields", Value::List(unwanted), spans);
    }
}

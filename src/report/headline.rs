//! The first lines of an exchange in any report: the request, how it ended, and which endpoint that is.

use super::style::{char_columns, columns};
use crate::diagnosis::model::{EndpointView, ExchangeDiagnosis, Outcome};

/// An accepted exchange without findings.
pub(crate) fn is_quiet(exchange: &ExchangeDiagnosis) -> bool {
    exchange.outcome == Outcome::Accepted && exchange.causes.is_empty()
}

/// A cause as reports name it.
pub(super) fn named(title: &str, id: &str) -> String {
    format!("{title} [{id}]")
}

/// The status of the response with its reason, if it is known.
pub(super) fn status(exchange: &ExchangeDiagnosis) -> Option<String> {
    let response = exchange.response.as_ref()?;
    let status = response.status?;
    Some(format!("{status} {}", response.reason.as_deref().unwrap_or_default()).trim_end().to_owned())
}

/// The request and how it ended, in one line if possible. The snippets, the corrected request and JSON have the whole
/// URL. In a plain style no arrow is drawn.
pub(crate) fn headline(exchange: &ExchangeDiagnosis, width: usize, plain: bool) -> String {
    let arrow = if plain { ", answered " } else { " → " };
    let answer = match (exchange.outcome, status(exchange)) {
        (_, Some(status)) => status,
        (Outcome::NoAnswer, None) => "no response shown".to_owned(),
        (_, None) => "a response without its status".to_owned(),
    };
    let method = exchange.request.method.as_deref();
    let request = match (method, exchange.request.url.as_deref()) {
        (Some(method), None) => format!("{method} (URL not shown)"),
        (None, None) => "A request (request line not shown)".to_owned(),
        (method, Some(url)) => {
            let method = method.map(|m| format!("{m} ")).unwrap_or_default();
            let room = width.saturating_sub(columns(&method) + columns(arrow) + columns(&answer));
            format!("{method}{}", shortened(url, room))
        }
    };
    format!("{request}{arrow}{answer}")
}

/// Shortens a URL to this many columns: first its long segments and its query go, then its scheme, then its end.
fn shortened(url: &str, room: usize) -> String {
    const LONG: usize = 20;
    if columns(url) <= room {
        return url.to_owned();
    }
    let (path, query) = url.split_once('?').map_or((url, ""), |(path, _)| (path, "?…"));
    let (scheme, rest) = path.split_once("://").map_or(("", path), |(scheme, rest)| (scheme, rest));
    // The first segment is the host (or empty): it says where the request went.
    let segment = |(i, s): (usize, &str)| if i > 0 && columns(s) >= LONG { "…".to_owned() } else { s.to_owned() };
    let rest = rest.split('/').enumerate().map(segment).collect::<Vec<_>>().join("/") + query;
    let full = format!("{scheme}://{rest}");
    if !scheme.is_empty() && columns(&full) <= room {
        return full;
    }
    let room = room.max(LONG);
    if columns(&rest) <= room {
        return rest;
    }
    let mut used = 1;
    let kept = rest.chars().take_while(|c| {
        used += char_columns(*c);
        used <= room
    });
    kept.collect::<String>() + "…"
}

/// Which endpoint was called, and where. `None` if no pack knows it.
pub(super) fn endpoint(endpoint: &EndpointView) -> Option<String> {
    let fhir = endpoint.fhir.as_ref().map(|f| format!("({f})"));
    let operation: Vec<&str> =
        [endpoint.id.as_deref(), endpoint.name.as_deref(), fhir.as_deref()].into_iter().flatten().collect();
    let parts: Vec<String> = [
        (!operation.is_empty()).then(|| operation.join(" ")),
        endpoint.api_title.clone().or_else(|| endpoint.api.clone()),
        endpoint.environment_title.clone().or_else(|| endpoint.environment.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let source = if endpoint.said_in_text { " (as the text says)" } else { "" };
    (!parts.is_empty()).then(|| parts.join(", ") + source)
}

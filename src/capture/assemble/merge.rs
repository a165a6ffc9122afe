//! One call that a program printed in pieces: the options, the request, the answer, the error that was raised.
//!
//! Two exchanges that follow each other are one call if they name the same target, do not contradict each other, and
//! each shows something that the other lacks. Two complete exchanges are two calls, even if they are alike.

use super::looks::same_target;
use crate::capture::model::{Body, Exchange, Extent, Format, Request, Response};
use crate::shape;

/// Joins the pieces of each call.
pub(super) fn calls(exchanges: Vec<Exchange>) -> Vec<Exchange> {
    let mut out: Vec<Exchange> = Vec::with_capacity(exchanges.len());
    for exchange in exchanges {
        match out.last_mut() {
            Some(last) if is_same_call(last, &exchange) => join(last, exchange),
            _ => out.push(exchange),
        }
    }
    out
}

fn is_same_call(a: &Exchange, b: &Exchange) -> bool {
    // A recording holds each call once.
    let is_recording = |e: &Exchange| e.format == Format::Har;
    if is_recording(a) || is_recording(b) || contradict(a, b) {
        return false;
    }
    let target = |e: &Exchange| e.request.url.as_ref().map(|u| u.as_str().to_owned());
    let is_same = match (target(a), target(b)) {
        (Some(a), Some(b)) => is_one_target(&a, &b),
        // An answer without a request belongs to what was sent before it.
        (_, None) => is_answer_only(b),
        (None, Some(_)) => false,
    };
    is_same && (lacks(a, b) || lacks(b, a)) && !(is_complete(a) && is_complete(b))
}

fn is_one_target(a: &str, b: &str) -> bool {
    let bare = |url: &str| url.split("://").last().unwrap_or(url).trim_end_matches('/').to_owned();
    same_target(a, b) || bare(a) == bare(b)
}

fn is_answer_only(e: &Exchange) -> bool {
    e.response.is_some()
        && e.request.method.is_none()
        && e.request.fields.is_empty()
        && e.request.body.is_unseen()
        && e.decoded_jwt.is_empty()
}

/// Whether both messages of an exchange are shown.
fn is_complete(e: &Exchange) -> bool {
    let answered =
        e.response.as_ref().is_some_and(|r| r.status.is_some() && (!r.fields.is_empty() || !r.body.is_unseen()));
    answered && !e.request.fields.is_empty() && e.request.method.is_some()
}

/// Whether the first lacks something that the second shows.
fn lacks(a: &Exchange, b: &Exchange) -> bool {
    let fields = |e: &Exchange| !e.request.fields.is_empty();
    let status = |e: &Exchange| e.response.as_ref().is_some_and(|r| r.status.is_some());
    let body = |e: &Exchange| e.response.as_ref().is_some_and(|r| r.body.text().is_some());
    let answer_fields = |e: &Exchange| e.response.as_ref().is_some_and(|r| !r.fields.is_empty());
    [fields, status, body, answer_fields].iter().any(|has| has(b) && !has(a))
}

fn contradict(a: &Exchange, b: &Exchange) -> bool {
    let method = |e: &Exchange| e.request.method.as_ref().map(|m| m.as_str().to_ascii_uppercase());
    let status = |e: &Exchange| e.response.as_ref().and_then(|r| r.status).map(|s| s.code);
    let differ = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    if differ(method(a).as_deref(), method(b).as_deref())
        || matches!((status(a), status(b)), (Some(a), Some(b)) if a != b)
    {
        return true;
    }
    // Fields that one print hides or leaves out are no contradiction.
    b.request.fields.iter().any(|field| {
        let other = a.request.fields.iter().find(|f| f.is(field.name.as_str()));
        other.is_some_and(|other| {
            let (x, y) = (other.value.as_str(), field.value.as_str());
            x != y && !shape::is_redacted(x) && !shape::is_redacted(y)
        })
    })
}

/// Adds to the first what only the second shows.
fn join(a: &mut Exchange, b: Exchange) {
    a.at = a.at.to(b.at);
    request(&mut a.request, b.request);
    match (&mut a.response, b.response) {
        (Some(known), Some(other)) => response(known, other),
        (known @ None, other) => *known = other,
        _ => {}
    }
    a.sent_at = a.sent_at.take().or(b.sent_at);
    a.expanded.extend(b.expanded);
    a.secrets.extend(b.secrets);
    a.decoded_jwt.header = a.decoded_jwt.header.take().or(b.decoded_jwt.header);
    a.decoded_jwt.payload = a.decoded_jwt.payload.take().or(b.decoded_jwt.payload);
}

fn request(known: &mut Request, other: Request) {
    known.method = known.method.take().or(other.method);
    let is_path = known.url.as_ref().is_none_or(|u| !u.as_str().contains("://"));
    if is_path && other.url.is_some() {
        known.url = other.url;
    }
    // The more complete head counts; the other one adds what is missing in it.
    let is_better = other.extent != Extent::Part && known.extent == Extent::Part || known.fields.is_empty();
    let (mut fields, rest) = if is_better {
        (other.fields, std::mem::take(&mut known.fields))
    } else {
        (std::mem::take(&mut known.fields), other.fields)
    };
    for field in rest {
        match fields.iter_mut().find(|f| f.is(field.name.as_str())) {
            Some(known) if shape::is_redacted(known.value.as_str()) && !shape::is_redacted(field.value.as_str()) => {
                *known = field
            }
            Some(_) => {}
            None => fields.push(field),
        }
    }
    known.fields = fields;
    if is_better {
        known.extent = other.extent;
    }
    if known.body.is_unseen() {
        known.body = other.body;
    }
}

/// Adds to an answer what only another print of it shows.
pub(super) fn response(known: &mut Response, other: Response) {
    known.status = known.status.or(other.status);
    known.reason = known.reason.take().or(other.reason);
    for field in other.fields {
        if !known.fields.iter().any(|f| f.is(field.name.as_str())) {
            known.fields.push(field);
        }
    }
    if known.body.is_unseen() || matches!(known.body, Body::Empty(_)) && other.body.text().is_some() {
        known.body = other.body;
    }
}

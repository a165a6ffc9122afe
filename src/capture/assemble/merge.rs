//! One call that a program printed in pieces: the options, the request, the answer, the error that was raised.
//!
//! Two exchanges that follow each other are one call if they name the same target, do not contradict each other, and
//! each shows something that the other lacks. Two complete exchanges are two calls, even if they are alike.

use super::looks::same_target;
use crate::capture::model::{Body, Exchange, Extent, Format, Request, Response, not_among};
use crate::shape;
use crate::text::Span;

/// Joins the pieces of each call.
pub(super) fn calls(mut exchanges: Vec<Exchange>) -> Vec<Exchange> {
    if let [answer, command] = &mut exchanges[..]
        && is_answer_first(answer, command)
    {
        command.response = answer.response.take();
        command.at = answer.at.to(command.at);
        exchanges.remove(0);
    }
    let mut out: Vec<Exchange> = Vec::with_capacity(exchanges.len());
    for exchange in exchanges {
        match out.last_mut() {
            Some(last) if is_same_call(last, &exchange) => join(last, exchange),
            _ => out.push(exchange),
        }
    }
    out
}

/// Whether a text shows the answer and then the command that got it, and no other call.
fn is_answer_first(answer: &Exchange, command: &Exchange) -> bool {
    is_answer_only(answer)
        && answer.request.url.is_none()
        && command.response.is_none()
        && command.format == Format::Command
        && answer.response.as_ref().is_some_and(|r| r.status.is_some_and(|s| s.code >= 400) || r.body.text().is_some())
}

fn is_same_call(a: &Exchange, b: &Exchange) -> bool {
    // A recording holds each call once.
    let is_recording = |e: &Exchange| e.format == Format::Har;
    if is_recording(a) || is_recording(b) || contradict(a, b) {
        return false;
    }
    // A command after an answered one is another try.
    if a.format == Format::Command && b.format == Format::Command && a.response.is_some() {
        return false;
    }
    let target = |e: &Exchange| e.request.url.as_ref().map(|u| u.as_str().to_owned());
    let is_same = match (target(a), target(b)) {
        (Some(first), Some(target)) => {
            is_one_target(&first, &target)
                || is_host_of(&target, &first) && is_answer_only(b)
                // Settings name the host, and the call comes later.
                || target.contains("://") && is_host_of(&first, &target) && is_answer_only(a) && !has_status(a)
        }
        // An answer without a request belongs to what was sent before it, as does a head that was shown before.
        (_, None) => is_answer_only(b) || is_head_again(a, b),
        (None, Some(_)) => false,
    };
    // Some programs print a whole call several times; the second print then names no target or the same fields.
    let is_twice = is_complete(a) && is_complete(b) && !is_print_again(a, b);
    let is_more = lacks(a, b) || lacks(b, a) || is_head_again(a, b) || is_print_again(a, b);
    is_same && (is_more || is_target_only(a) && is_target_only(b)) && !is_twice
}

fn is_one_target(a: &str, b: &str) -> bool {
    let bare = |url: &str| url.split("://").last().unwrap_or(url).trim_end_matches('/').to_owned();
    same_target(a, b) || bare(a) == bare(b) || is_end_of(a, b) || is_end_of(b, a)
}

/// Whether one is a path relative to the base of the other: `Binary/1` in a client of `https://a.example/fhir`.
fn is_end_of(relative: &str, url: &str) -> bool {
    let is_relative = !relative.contains("://") && !relative.starts_with('/') && relative.len() >= 4;
    is_relative && url.contains("://") && url.strip_suffix(relative).is_some_and(|base| base.ends_with('/'))
}

/// Whether a URL is only the host of another one, as loggers print it when a connection ends.
fn is_host_of(origin: &str, url: &str) -> bool {
    let Some(host) = origin.split("://").nth(1).map(|h| h.trim_end_matches('/')).filter(|h| !h.contains('/')) else {
        return false;
    };
    url.starts_with('/') || url.split("://").nth(1).is_some_and(|rest| rest.split('/').next() == Some(host))
}

/// Whether the second names no method and only fields that the first shows with the same values.
fn is_head_again(a: &Exchange, b: &Exchange) -> bool {
    b.request.method.is_none()
        && !b.request.fields.is_empty()
        && b.decoded_jwt.is_empty()
        && b.request.fields.iter().all(|field| {
            a.request.fields.iter().any(|f| f.is(field.name.as_str()) && f.value.as_str() == field.value.as_str())
        })
}

/// Whether the second is an object of the program (not a message of the wire) that shows the same head and the same
/// answer: a program prints its request and the answer that leads back to it.
fn is_print_again(a: &Exchange, b: &Exchange) -> bool {
    let is_object = matches!(b.format, Format::Code | Format::Json);
    let status = |e: &Exchange| e.response.as_ref().and_then(|r| r.status).map(|s| s.code);
    let known = |f: &crate::capture::model::Field| {
        b.request.fields.iter().any(|g| {
            let (x, y) = (f.value.as_str(), g.value.as_str());
            g.is(f.name.as_str()) && (x == y || is_cut_of(x, y))
        })
    };
    is_object
        && b.sent_at.is_none()
        && status(a) == status(b)
        && !a.request.fields.is_empty()
        && a.request.fields.iter().all(known)
}

/// Whether only the target is known, as in a line that announces the request.
fn is_target_only(e: &Exchange) -> bool {
    e.request.fields.is_empty() && e.request.body.is_unseen() && e.response.is_none() && e.decoded_jwt.is_empty()
}

fn is_answer_only(e: &Exchange) -> bool {
    e.response.is_some()
        && e.request.method.is_none()
        && e.request.fields.is_empty()
        && e.request.body.is_unseen()
        && e.decoded_jwt.is_empty()
}

fn has_status(e: &Exchange) -> bool {
    e.response.as_ref().is_some_and(|r| r.status.is_some())
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
    let body = |e: &Exchange| e.response.as_ref().is_some_and(|r| r.body.text().is_some());
    let answer_fields = |e: &Exchange| e.response.as_ref().is_some_and(|r| !r.fields.is_empty());
    [fields, has_status, body, answer_fields].iter().any(|has| has(b) && !has(a))
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
    // Fields that one print hides or leaves out do not contradict the other.
    b.request.fields.iter().any(|field| {
        let other = a.request.fields.iter().find(|f| f.is(field.name.as_str()));
        other.is_some_and(|other| {
            let (x, y) = (other.value.as_str(), field.value.as_str());
            x != y && !shape::is_redacted(x) && !shape::is_redacted(y) && !is_cut_of(x, y) && !is_cut_of(y, x)
        })
    })
}

/// Whether one value is the beginning of the other, with the dots of a print that was cut.
fn is_cut_of(cut: &str, whole: &str) -> bool {
    ["...", "…"]
        .iter()
        .any(|dots| cut.strip_suffix(dots).is_some_and(|head| !head.is_empty() && whole.starts_with(head)))
}

/// Adds to the first what only the second shows.
fn join(a: &mut Exchange, b: Exchange) {
    a.at = a.at.to(b.at);
    a.print.is_listed |= b.print.is_listed;
    a.print.only_in_code.extend(b.print.only_in_code);
    a.print.only_in_code.extend(only_in_code(&a.request, a.format, &b.request, b.format));
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

/// The fields that only the code of a call sets, where the other exchange is that call as it went over the wire.
fn only_in_code(a: &Request, a_format: Format, b: &Request, b_format: Format) -> Vec<Span> {
    let is_wire = |format| matches!(format, Format::Raw | Format::Verbose);
    let (code, wire) = match (a_format, b_format) {
        (Format::Code, format) if is_wire(format) => (a, b),
        (format, Format::Code) if is_wire(format) => (b, a),
        _ => return Vec::new(),
    };
    if wire.fields.is_empty() { Vec::new() } else { not_among(&code.fields, &wire.fields) }
}

fn request(known: &mut Request, other: Request) {
    known.method = known.method.take().or(other.method);
    if let Some(url) = other.url
        && known.url.as_ref().is_none_or(|k| {
            !k.as_str().contains("://") || is_host_of(k.as_str(), url.as_str()) && url.as_str().contains("://")
        })
    {
        known.url = Some(url);
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
            Some(known) if is_cut_of(known.value.as_str(), field.value.as_str()) => *known = field,
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

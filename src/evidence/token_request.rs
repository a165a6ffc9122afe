//! A request to a token endpoint: its form, the client assertion and the subject token in it.

use super::authorization::claims;
use super::facts::{Fact, Facts, Value};
use super::history::When;
use super::jwt::{Form, Jwt};
use super::keys::{Check, PublicKeys};
use super::url::Url;
use crate::capture::json::{self, Json};
use crate::capture::lines::form_body::is_form;
use crate::capture::model::{Body, Exchange, Format};
use crate::shape;
use crate::text::{Span, Text};

pub(super) fn read(
    facts: &mut Facts,
    exchange: &Exchange,
    expanded: &[Span],
    moment: Option<When>,
    keys: Option<&PublicKeys>,
) {
    let request = &exchange.request;
    let parameters = super::form(request);
    match &request.body {
        Body::Text(text) => {
            let kind = if is_form(text.as_str()) {
                "form"
            } else if text.as_str().trim_start().starts_with(['{', '[']) {
                "json"
            } else if text.as_str().trim_start().starts_with('<') {
                "xml"
            } else {
                "text"
            };
            facts.set_text("request.body", kind, text.span());
            if kind == "form" {
                // The whole form is shown: what is not in it was not sent.
                absent_parameters(facts, text.span());
            }
        }
        Body::Form(pairs) => {
            let spans: Vec<Span> = pairs.iter().map(|(n, _)| n.span()).collect();
            if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                facts.set("request.body", Value::Text("form".to_owned()), vec![first.to(*last)]);
                if matches!(exchange.format, Format::Command | Format::Har) {
                    absent_parameters(facts, first.to(*last));
                }
            }
        }
        Body::Empty(span) => facts.set_text("request.body", "none", *span),
        Body::Unseen => {}
    }
    for (name, value) in parameters.iter().filter(|(n, _)| !n.is_empty()) {
        let name = name.as_str();
        let unknown = expanded.iter().any(|e| e.overlaps(value.span()));
        let state = if value.is_empty() { "blank" } else { "present" };
        facts.set(&format!("request.form-state.{name}"), Value::Text(state.to_owned()), vec![value.span()]);
        if unknown {
            facts.set_unseen(&format!("request.form.{name}"));
            facts.set_unseen(&format!("request.form-shape.{name}"));
            continue;
        }
        facts.set_text(&format!("request.form.{name}"), value.as_str(), value.span());
        facts.set_text(&format!("request.form-shape.{name}"), shape::of(value.as_str()).name(), value.span());
    }
    let parameter = |name: &str| {
        let found = parameters.iter().find(|(n, _)| n.as_str() == name).map(|(_, v)| v);
        found.filter(|v| !v.is_empty() && !expanded.iter().any(|e| e.overlaps(v.span())))
    };
    assertion(facts, exchange, parameter("client_assertion"), moment);
    if let (Some(keys), Some(token)) = (keys, parameter("client_assertion")) {
        signature(facts, token, keys);
    }
    if let Some(token) = parameter("subject_token") {
        let jwt = Jwt::of(token);
        facts.set_text("subject-token.form", jwt.form.name(), token.span());
        claims(facts, &jwt, "subject-token", token.span());
        expires_in(facts, "subject-token.expires-in", jwt.payload.as_ref(), moment);
    }
}

/// What the keys that the user gave say about the signature of the client assertion.
fn signature(facts: &mut Facts, token: &Text, keys: &PublicKeys) {
    let (algorithm, kid) = (facts.text("assertion.header.alg"), facts.text("assertion.header.kid"));
    let Some(check) = keys.check(token.as_str().trim(), algorithm, kid) else { return };
    let word = match check {
        Check::Verified => "verified",
        Check::WrongKey => "wrong-key",
        Check::KidUnknown => "kid-unknown",
    };
    facts.set_text("assertion.signature", word, token.span());
}

fn absent_parameters(facts: &mut Facts, span: Span) {
    facts.set_family("request.form.", Fact::Absent(vec![span]));
    facts.set_family("request.form-shape.", Fact::Absent(vec![span]));
    facts.set_family("request.form-state.", Fact::Known(Value::Text("absent".to_owned()), vec![span]));
}

/// Seconds from the request to `exp`.
fn expires_in(facts: &mut Facts, name: &str, payload: Option<&Json>, moment: Option<When>) {
    let Some(exp) = payload.and_then(|p| p.get("exp")) else { return };
    let (Some(text), Some(moment)) = (exp.as_text(), moment) else { return };
    let Ok(exp_at) = text.as_str().parse::<f64>() else { return };
    let mut left = exp_at as i64 - moment.seconds;
    if exp_at > 100_000_000_000.0 {
        // Read in seconds, as servers do, a time in milliseconds lies some 50,000 years ahead.
        left = i64::MAX / 4;
    }
    if moment.may_be_later && left < 0 {
        // By today's clock it has expired; whether it had when the request was made, nobody can tell.
        return;
    }
    facts.set(name, Value::Number(left), vec![exp.span()].into_iter().chain(moment.span).collect());
}

fn assertion(facts: &mut Facts, exchange: &Exchange, parameter: Option<&Text>, moment: Option<When>) {
    let decoded = |part: &Option<Text>| -> Option<(Json, Span)> {
        let text = part.as_ref()?;
        let at = text.as_str().find('{')?;
        Some((json::parse(text, at)?.json, text.span()))
    };
    // The name of a variable, or what the poster put in the place of the token, says less than the decoded parts do.
    let has_parts = !exchange.decoded_jwt.is_empty();
    let parameter = parameter.filter(|token| !has_parts || matches!(Jwt::of(token).form, Form::Jwt | Form::Cut));
    let (jwt, span) = match parameter {
        Some(token) => (Jwt::of(token), token.span()),
        None => {
            // The decoded parts, as people post them instead of the token.
            let (header, payload) = (decoded(&exchange.decoded_jwt.header), decoded(&exchange.decoded_jwt.payload));
            let Some(span) = payload.as_ref().or(header.as_ref()).map(|(_, s)| *s) else { return };
            if !facts.text("request.path").is_none_or(|p| p.ends_with("/token")) {
                return;
            }
            (Jwt { form: Form::Cut, header: header.map(|h| h.0), payload: payload.map(|p| p.0) }, span)
        }
    };
    if parameter.is_some() {
        facts.set_text("assertion.form", jwt.form.name(), span);
    }
    claims(facts, &jwt, "assertion", span);
    let Some(payload) = &jwt.payload else { return };
    let claim = |name: &str| payload.get(name).and_then(Json::to_text);
    exp_form(facts, payload, jwt.form == Form::Jwt, span);
    expires_in(facts, "assertion.expires-in", Some(payload), moment);
    if let (Some(exp), Some(iat)) = (claim("exp"), claim("iat"))
        && let (Ok(exp_at), Ok(iat_at)) = (exp.as_str().parse::<f64>(), iat.as_str().parse::<f64>())
    {
        let seconds = |at: f64| if at > 100_000_000_000.0 { at / 1000.0 } else { at };
        let lifetime = (seconds(exp_at) - seconds(iat_at)) as i64;
        facts.set("assertion.lifetime", Value::Number(lifetime), vec![exp.span(), iat.span()]);
    }
    match (claim("iss"), claim("sub")) {
        (Some(iss), Some(sub)) => {
            facts.set_flag(
                "assertion.issuer-equals-subject",
                iss.as_str() == sub.as_str(),
                vec![iss.span(), sub.span()],
            );
        }
        _ if jwt.form == Form::Jwt => facts.set_flag("assertion.issuer-equals-subject", false, vec![span]),
        _ => {}
    }
    if let Some(iss) = claim("iss") {
        facts.set_text("assertion.issuer-shape", shape::of(iss.as_str()).name(), iss.span());
    }
    if let Some(aud) = payload.get("aud")
        && let Some(url) = posted_to(exchange)
    {
        let values: Vec<Text> = match aud {
            Json::Array(items, _) => items.iter().filter_map(Json::to_text).collect(),
            other => other.to_text().into_iter().collect(),
        };
        let matches = values.iter().any(|v| v.as_str() == url);
        facts.set_flag("assertion.audience-matches", matches, vec![aud.span()]);
    }
}

fn exp_form(facts: &mut Facts, payload: &Json, is_whole: bool, span: Span) {
    let (form, at) = match payload.get("exp") {
        Some(Json::Number(number)) => {
            let value = number.as_str().parse::<f64>().unwrap_or(0.0);
            (if value > 100_000_000_000.0 { "milliseconds" } else { "seconds" }, number.span())
        }
        Some(Json::String(text)) => ("string", text.span()),
        Some(other) => ("other", other.span()),
        None if is_whole => ("missing", span),
        None => return,
    };
    facts.set_text("assertion.exp-form", form, at);
}

/// The URL that a request was posted to, put together where target and host stand apart.
fn posted_to(exchange: &Exchange) -> Option<String> {
    let target = exchange.request.url.as_ref()?;
    let url = Url::of(target);
    let host = match &url.host {
        Some(_) if url.scheme.is_some() => return Some(target.as_str().to_owned()),
        Some(_) => return Some(format!("https://{}", target.as_str())),
        None => exchange.request.fields.iter().find(|f| f.is("host"))?.value.as_str().to_owned(),
    };
    Some(format!("https://{host}{}", target.as_str()))
}

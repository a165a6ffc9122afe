//! A request to a token endpoint: its form, and the client assertion and the subject token in it.

use super::authorization::{header, payload};
use super::history::RequestTime;
use super::jwt::Jwt;
use super::model::Sent;
use crate::capture::json::{self, Json};
use crate::capture::lines::form_body::is_form;
use crate::capture::model::{Body, Format};
use crate::facts::endpoint::UrlFacts;
use crate::facts::token_request::{
    AssertionClaim, AssertionFacts, AssertionHeader, FormParameter, RequestBodyFacts, SignatureFacts, SubjectClaim,
    SubjectHeader, SubjectTokenFacts,
};
use crate::facts::{ExpForm, Facts, JwtForm, Observed, Presence, RequestBodyKind};
use crate::keys::PublicKeys;
use crate::shape;
use crate::text::{Span, Text};

/// Sets the facts of the body and of the tokens in it.
pub(super) fn read(facts: &mut Facts, sent: &Sent<'_>, moment: Option<RequestTime>, keys: Option<&PublicKeys>) {
    body(facts, sent);
    for (name, value) in sent.form.iter().filter(|(n, _)| !n.is_empty()) {
        parameter(value, sent.is_expanded(value.span())).put_member(facts, name.as_str());
    }
    assertion(facts, sent, moment).put(facts);
    signature(facts, sent, keys).put(facts);
    if let Some(token) = sent.parameter("subject_token") {
        let (jwt, span) = (Jwt::of(token), token.span());
        header(facts, &jwt, span, SubjectHeader::value(), Some(SubjectHeader::state()));
        payload(facts, &jwt, span, SubjectClaim::value(), SubjectClaim::state());
        SubjectTokenFacts { expires_in: expires_in(jwt.payload.as_ref(), moment), form: Observed::at(jwt.form, span) }
            .put(facts);
    }
}

fn body(facts: &mut Facts, sent: &Sent<'_>) {
    // A form that is shown whole: what is not in it was not sent.
    let mut whole = None;
    let kind = match &sent.exchange.request.body {
        Body::Text(text) => {
            let start = text.as_str().trim_start();
            let kind = if is_form(text.as_str()) {
                whole = Some(text.span());
                RequestBodyKind::Form
            } else if start.starts_with(['{', '[']) {
                RequestBodyKind::Json
            } else if start.starts_with('<') {
                RequestBodyKind::Xml
            } else {
                RequestBodyKind::Text
            };
            Observed::at(kind, text.span())
        }
        Body::Form(pairs) => match (pairs.first(), pairs.last()) {
            (Some((first, _)), Some((last, _))) => {
                let span = first.span().to(last.span());
                whole = Some(span).filter(|_| matches!(sent.exchange.format, Format::Command | Format::Har));
                Observed::at(RequestBodyKind::Form, span)
            }
            _ => Observed::Unseen,
        },
        Body::Empty(span) => Observed::at(RequestBodyKind::None, *span),
        Body::Unseen | Body::ErrorMembers(_) => Observed::Unseen,
    };
    RequestBodyFacts { kind }.put(facts);
    if let Some(span) = whole {
        FormParameter {
            value: Observed::absent(span),
            shape: Observed::absent(span),
            state: Observed::at(Presence::Absent, span),
        }
        .put_others(facts);
    }
}

fn parameter(value: &Text, is_expanded: bool) -> FormParameter {
    let state = if value.is_empty() { Presence::Blank } else { Presence::Present };
    let state = Observed::at(state, value.span());
    if is_expanded {
        return FormParameter { value: Observed::Unseen, shape: Observed::Unseen, state };
    }
    let shape = shape::of(value.as_str());
    FormParameter { value: Observed::text(value), shape: Observed::at(shape, value.span()), state }
}

/// What the keys that the user gave say about the signature of the client assertion.
fn signature(facts: &Facts, sent: &Sent<'_>, keys: Option<&PublicKeys>) -> SignatureFacts {
    let check = keys.zip(sent.parameter("client_assertion")).and_then(|(keys, token)| {
        let member = |name| facts.text((AssertionHeader::value(), name));
        Some(Observed::at(keys.check(token.as_str().trim(), member("alg"), member("kid"))?, token.span()))
    });
    SignatureFacts { check: check.unwrap_or(Observed::Unseen) }
}

/// Seconds from the request to `exp`.
fn expires_in(payload: Option<&Json>, moment: Option<RequestTime>) -> Observed<i64> {
    let Some(exp) = payload.and_then(|p| p.get("exp")) else { return Observed::Unseen };
    let (Some(text), Some(moment)) = (exp.as_text(), moment) else { return Observed::Unseen };
    let Ok(exp_at) = text.as_str().parse::<f64>() else { return Observed::Unseen };
    let mut left = exp_at as i64 - moment.seconds;
    if exp_at > 100_000_000_000.0 {
        // Read in seconds, as servers do, a time in milliseconds lies some 50,000 years ahead.
        left = i64::MAX / 4;
    }
    if moment.is_upper_bound && left < 0 {
        // By today's clock it has expired. Whether it had when the request was made is unknown.
        return Observed::Unseen;
    }
    Observed::Known(left, [exp.span()].into_iter().chain(moment.span).collect())
}

/// The facts of the client assertion; sets its members.
fn assertion(facts: &mut Facts, sent: &Sent<'_>, moment: Option<RequestTime>) -> AssertionFacts {
    let exchange = sent.exchange;
    let decoded = |part: &Option<Text>| -> Option<(Json, Span)> {
        let text = part.as_ref()?;
        let at = text.as_str().find('{')?;
        Some((json::parse(text, at)?.json, text.span()))
    };
    // The name of a variable, or what the poster put in the place of the token, says less than the decoded parts do.
    let has_parts = !exchange.decoded_jwt.is_empty();
    let parameter = sent
        .parameter("client_assertion")
        .filter(|token| !has_parts || matches!(Jwt::of(token).form, JwtForm::Jwt | JwtForm::Cut));
    let (jwt, span) = match parameter {
        Some(token) => (Jwt::of(token), token.span()),
        None => {
            // The decoded parts, as people post them instead of the token.
            let (header, payload) = (decoded(&exchange.decoded_jwt.header), decoded(&exchange.decoded_jwt.payload));
            let Some(span) = payload.as_ref().or(header.as_ref()).map(|(_, s)| *s) else {
                return AssertionFacts::unseen();
            };
            if !facts.text(UrlFacts::path()).is_none_or(|p| p.ends_with("/token")) {
                return AssertionFacts::unseen();
            }
            (Jwt { form: JwtForm::Cut, header: header.map(|h| h.0), payload: payload.map(|p| p.0) }, span)
        }
    };
    header(facts, &jwt, span, AssertionHeader::value(), Some(AssertionHeader::state()));
    payload(facts, &jwt, span, AssertionClaim::value(), AssertionClaim::state());
    let form = if parameter.is_some() { Observed::at(jwt.form, span) } else { Observed::Unseen };
    let Some(payload) = &jwt.payload else { return AssertionFacts { form, ..AssertionFacts::unseen() } };
    let claim = |name: &str| payload.get(name).and_then(Json::to_text);
    let is_whole = jwt.form == JwtForm::Jwt;
    AssertionFacts {
        audience_matches: audience_matches(sent, payload),
        exp_form: exp_form(payload, is_whole, span),
        expires_in: expires_in(Some(payload), moment),
        form,
        issuer_equals_subject: match (claim("iss"), claim("sub")) {
            (Some(iss), Some(sub)) => Observed::Known(iss.as_str() == sub.as_str(), vec![iss.span(), sub.span()]),
            _ if is_whole => Observed::at(false, span),
            _ => Observed::Unseen,
        },
        issuer_shape: claim("iss").map_or(Observed::Unseen, |iss| Observed::at(shape::of(iss.as_str()), iss.span())),
        lifetime: lifetime(claim("exp"), claim("iat")),
    }
}

fn lifetime(exp: Option<Text>, iat: Option<Text>) -> Observed<i64> {
    let (Some(exp), Some(iat)) = (exp, iat) else { return Observed::Unseen };
    let (Ok(exp_at), Ok(iat_at)) = (exp.as_str().parse::<f64>(), iat.as_str().parse::<f64>()) else {
        return Observed::Unseen;
    };
    let seconds = |at: f64| if at > 100_000_000_000.0 { at / 1000.0 } else { at };
    Observed::Known((seconds(exp_at) - seconds(iat_at)) as i64, vec![exp.span(), iat.span()])
}

fn audience_matches(sent: &Sent<'_>, payload: &Json) -> Observed<bool> {
    let Some((audience, url)) = payload.get("aud").zip(posted_to(sent)) else { return Observed::Unseen };
    let values: Vec<Text> = match audience {
        Json::Array(items, _) => items.iter().filter_map(Json::to_text).collect(),
        other => other.to_text().into_iter().collect(),
    };
    Observed::at(values.iter().any(|v| v.as_str() == url), audience.span())
}

fn exp_form(payload: &Json, is_whole: bool, span: Span) -> Observed<ExpForm> {
    match payload.get("exp") {
        Some(Json::Number(number)) => {
            let value = number.as_str().parse::<f64>().unwrap_or(0.0);
            let form = if value > 100_000_000_000.0 { ExpForm::Milliseconds } else { ExpForm::Seconds };
            Observed::at(form, number.span())
        }
        Some(Json::String(text)) => Observed::at(ExpForm::String, text.span()),
        // In source code the value may be an expression, which is read as nothing.
        Some(Json::Null(_) | Json::Array(..)) if !is_whole => Observed::Unseen,
        Some(other) => Observed::at(ExpForm::Other, other.span()),
        None if is_whole => Observed::at(ExpForm::Missing, span),
        None => Observed::Unseen,
    }
}

/// The URL that a request was posted to, put together where target and host are apart.
fn posted_to(sent: &Sent<'_>) -> Option<String> {
    let request = &sent.exchange.request;
    let (target, url) = (request.url.as_ref()?, sent.url.as_ref()?);
    let host = match &url.host {
        Some(_) if url.scheme.is_some() => return Some(target.as_str().to_owned()),
        Some(_) => return Some(format!("https://{}", target.as_str())),
        None => request.fields.iter().find(|f| f.is("host"))?.value.as_str().to_owned(),
    };
    Some(format!("https://{host}{}", target.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    #[test]
    fn a_form_that_is_shown_whole() {
        assert_facts(
            "POST /oauth2/token HTTP/1.1\nHost: api.example.org\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&scope=\n\nHTTP/1.1 401 Unauthorized\n\n",
            &[
                ("request.body", "form"),
                ("request.form.grant_type", "client_credentials"),
                ("request.form-state.scope", "blank"),
                ("request.form-state.client_assertion", "absent"),
                ("assertion.form", "unseen"),
                ("subject-token.form", "unseen"),
            ],
        );
    }

    #[test]
    fn the_claims_of_an_assertion() {
        // {"alg":"RS512"} . {"iss":"a","sub":"a","exp":"300"}
        let assertion = "eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhIiwic3ViIjoiYSIsImV4cCI6IjMwMCJ9.c2lnbmF0dXJl";
        assert_facts(
            &format!(
                "POST /oauth2/token HTTP/1.1\nHost: api.example.org\n\ngrant_type=client_credentials&client_assertion={assertion}\n\nHTTP/1.1 401 Unauthorized\n\n"
            ),
            &[
                ("assertion.form", "jwt"),
                ("assertion.header.alg", "RS512"),
                ("assertion.header-state.kid", "absent"),
                ("assertion.claim.iss", "a"),
                ("assertion.claim-state.aud", "absent"),
                ("assertion.exp-form", "string"),
                ("assertion.issuer-equals-subject", "yes"),
                ("assertion.lifetime", "unseen"),
                ("assertion.audience-matches", "unseen"),
            ],
        );
    }
}

//! What a DPoP proof states (RFC 9449, section 4.3), against the request that it came with and the time of the answer.

use super::jwt::Jwt;
use super::model::Sent;
use crate::capture::json::Json;
use crate::facts::proof::ProofFacts;
use crate::facts::response::ResponseFacts;
use crate::facts::{Facts, Observed};
use crate::text::Text;
use crate::url::Url;

/// Sets the facts of the proof. A request without a field DPoP has none of them.
pub(super) fn read(facts: &mut Facts, sent: &Sent<'_>) {
    let request = &sent.exchange.request;
    let Some(field) = request.fields.iter().find(|f| f.is("dpop")) else {
        ProofFacts::absent(&[]).put(facts);
        return;
    };
    let payload = Jwt::of(&field.value).payload;
    let claim = |name: &str| payload.as_ref().and_then(|p| p.get(name)).and_then(Json::as_text);
    let method_differs = match (claim("htm"), &request.method) {
        (Some(htm), Some(method)) => {
            Observed::Known(!htm.as_str().eq_ignore_ascii_case(method.as_str()), vec![htm.span(), method.span()])
        }
        _ => Observed::Unseen,
    };
    let host = request.fields.iter().find(|f| f.is("host")).map(|f| f.value.as_str());
    let address_differs = match (claim("htu"), &sent.url, &request.url) {
        (Some(htu), Some(url), Some(target)) => differs(&Url::of(htu), url, host)
            .map_or(Observed::Unseen, |differs| Observed::Known(differs, vec![htu.span(), target.span()])),
        _ => Observed::Unseen,
    };
    let age = claim("iat").zip(facts.number(ResponseFacts::date())).and_then(|(iat, date)| {
        let issued: i64 = iat.as_str().parse().ok()?;
        Some(Observed::at(date.checked_sub(issued)?, iat.span()))
    });
    ProofFacts { method_differs, address_differs, age: age.unwrap_or(Observed::Unseen) }.put(facts);
}

/// Whether `htu` names another host or path than the request; `None` where its host is not known.
fn differs(htu: &Url, url: &Url, field: Option<&str>) -> Option<bool> {
    let lower = |text: &Text| text.as_str().to_ascii_lowercase();
    let own = htu.host.as_ref().map(lower)?;
    let without_port = |host: &str| host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let called = url.host.as_ref().map(lower).or_else(|| field.map(without_port))?;
    let path = |url: &Url| url.path.as_str().split('#').next().unwrap_or_default().to_owned();
    // A URL without a path is that of the root.
    let is_other_path = path(htu).trim_end_matches('/') != path(url).trim_end_matches('/')
        || path(htu).ends_with('/') != path(url).ends_with('/') && path(url).len() > 1;
    Some(own != called || is_other_path)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::super::tests::assert_facts;
    use crate::shape::URL_SAFE;

    fn request(payload: &str) -> String {
        let part = |text: &str| URL_SAFE.encode(text).trim_end_matches('=').to_owned();
        let proof = format!("{}.{}.bm90LXJlYWw", part(r#"{"typ":"dpop+jwt","alg":"ES256"}"#), part(payload));
        format!(
            "GET /v1/orders?page=2 HTTP/1.1\nHost: api.shop.example\nDPoP: {proof}\n\nHTTP/1.1 401 Unauthorized\nDate: Wed, 14 May 2025 09:30:00 GMT\n\n"
        )
    }

    #[test]
    fn a_proof_is_for_one_request() {
        assert_facts(
            &request(r#"{"htm":"GET","htu":"https://API.shop.example/v1/orders","iat":1747214990}"#),
            &[("proof.method-differs", "no"), ("proof.address-differs", "no"), ("proof.age", "10")],
        );
        assert_facts(
            &request(r#"{"htm":"POST","htu":"https://api.shop.example/v1/orders/","iat":1747215100}"#),
            &[("proof.method-differs", "yes"), ("proof.address-differs", "yes"), ("proof.age", "-100")],
        );
        assert_facts(&request("{}"), &[("proof.method-differs", "unseen"), ("proof.age", "unseen")]);
    }
}

//! The parameters of Digest credentials (RFC 7616).

use super::challenge::{self, Challenge};
use super::model::Sent;
use crate::facts::authorization::DigestFacts;
use crate::facts::{DigestForm, Observed};
use crate::text::Text;

/// What Digest credentials have, and whether they were made for this request.
pub(super) fn read(value: &Text, sent: &Sent<'_>) -> DigestFacts {
    let is_digest = |c: &Challenge| c.scheme.as_str().eq_ignore_ascii_case("digest");
    let Some(digest) = challenge::parse(value).into_iter().next().filter(is_digest) else {
        return DigestFacts::absent(&[value.span()]);
    };
    let has = |name: &str| digest.get(name).is_some_and(|v| !v.is_empty());
    let names_user = has("username") || has("username*");
    let is_complete = names_user && ["realm", "nonce", "uri", "response"].into_iter().all(has);
    let form = if is_complete { DigestForm::Complete } else { DigestForm::Incomplete };
    let target = sent.exchange.request.url.as_ref().filter(|url| !sent.is_expanded(url.span()));
    let uri_differs = match (digest.get("uri"), target) {
        (Some(uri), Some(target)) => {
            let differs = target_of(uri.as_str()) != target_of(target.as_str());
            Observed::Known(differs, vec![uri.span(), target.span()])
        }
        _ => Observed::Unseen,
    };
    DigestFacts { form: Observed::at(form, digest.scheme.span()), uri_differs }
}

/// Path and query of a URL, as they are in a request line.
fn target_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    rest.split('#').next().unwrap_or_default()
}

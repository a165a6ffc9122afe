//! How to get a fact that a capture does not show, where several facts share the instruction.

use super::model::{Fact, FactInfo};
use super::store::Facts;

pub(super) const HEAD: &str =
    "copy the request as the client sent it, with all of its header fields (`curl -v`, or the client's wire log)";
pub(super) const AUTH: &str =
    "copy the Authorization field as it was sent; you may replace the token, but nothing else";
pub(super) const ANSWER: &str = "copy the whole response: status line, header fields and body";
pub(super) const BODY: &str = "copy the body of the response, and its WWW-Authenticate field";
pub(super) const BODY_ALONE: &str = "copy the body of the response";
pub(super) const CHALLENGE_ALONE: &str = "copy the WWW-Authenticate field of the response";
const OF_PROXY: [(&str, &str); 6] = [
    (
        HEAD,
        "copy the request as the proxy got it, with all of its header fields (`curl -v` shows the one for CONNECT, too)",
    ),
    (AUTH, "copy the Proxy-Authorization field as it was sent; you may replace the credentials, but nothing else"),
    (ANSWER, "copy the whole answer of the proxy: status line, header fields and body (`curl -v` shows it)"),
    (BODY, "copy the body of the proxy's answer, and its Proxy-Authenticate field (`curl -v` shows them)"),
    (BODY_ALONE, "copy the body of the proxy's answer"),
    (CHALLENGE_ALONE, "copy the Proxy-Authenticate field of the proxy's answer (`curl -v` shows it)"),
];
pub(super) const TIME: &str = "give the time of the request with its time zone (or use --now)";
pub(super) const TOKEN_REQUEST: &str = "copy the request to the token endpoint with its form parameters";
pub(super) const ASSERTION: &str =
    "copy the header and the payload of the signed JWT (you may leave out the signature)";
pub(super) const PRODUCT_SET: &str = "give the product set of the ASID with --product-set: a list of its endpoints, or its record in the Spine Directory Service";
pub(super) const SUPPORT: &str = "look it up in the developer portal, or ask the team that set the application up";
pub(super) const URL: &str = "give the whole URL of the request";
pub(super) const METHOD_AND_URL: &str = "give the method and the whole URL of the request";
pub(super) const PAGE: &str = "look it up in the documentation of the endpoint";
pub(super) const CHAIN: &str = "copy all requests of the chain (`curl -v -L`)";
pub(super) const NAMED: &str = "say which endpoint you meant to call";
pub(super) const CLAIMS: &str =
    "paste the settings of the server (audience, issuer, key set) and the decoded header and payload of the token";
pub(super) const SCOPES: &str =
    "paste the answer with its WWW-Authenticate field and its body, and the decoded payload of the token";
pub(super) const SETUP: &str =
    "paste the code, the configuration or the command that sets the credentials, with the secret masked";

/// How to get a fact, without asking for what the capture has already. `None` where it decides nothing: what the API takes says
/// nothing of a proxy that refused before the API had the request.
pub(crate) fn how_to_get(info: &FactInfo, facts: &Facts) -> Option<&'static str> {
    if is_of_proxy(facts) && info.name.starts_with("endpoint.") {
        return None;
    }
    Some(if info.how == BODY { rest_of_answer(facts) } else { for_proxy(info.how, facts) })
}

/// How to get what is not shown of the words of an answer: they stand in its body, or in its challenge.
pub(crate) fn rest_of_answer(facts: &Facts) -> &'static str {
    let is_shown = |name| matches!(facts.get(name), Fact::Known(..));
    let how = match (is_shown("response.body"), is_shown("challenge.state")) {
        (true, false) => CHALLENGE_ALONE,
        (false, true) => BODY_ALONE,
        _ => BODY,
    };
    for_proxy(how, facts)
}

/// The same about the fields of a proxy, where a proxy refused.
fn for_proxy(how: &'static str, facts: &Facts) -> &'static str {
    let is_same = |(of_server, _): &&(&str, &'static str)| *of_server == how;
    OF_PROXY.iter().find(is_same).filter(|_| is_of_proxy(facts)).map_or(how, |(_, of_proxy)| of_proxy)
}

/// Whether a proxy refused the request, and not the server.
pub(crate) fn is_of_proxy(facts: &Facts) -> bool {
    facts.text("authorization.field") == Some("Proxy-Authorization")
}

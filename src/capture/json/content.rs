//! JSON documents that are the content of a message: errors, tokens, FHIR resources. They record no exchange.

use super::reader::Json;

/// The kind of such a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A FHIR OperationOutcome.
    OperationOutcome,
    /// A fault of an Apigee gateway.
    Fault,
    /// The error of a token endpoint (`error`, `error_description`), or of a JSON:API (`errors`).
    OAuthError,
    /// The response of a token endpoint: RFC 6749, section 5.1.
    TokenAnswer,
    /// The header of a JWT.
    JwtHeader,
    /// The claims of a JWT.
    JwtPayload,
    /// Any other FHIR resource.
    FhirResource,
    /// Header fields and nothing else.
    Headers,
    /// None of these.
    Other,
}

/// Recognises a document that is the content of a message, not a record of one.
pub(crate) fn of(json: &Json) -> Option<Content> {
    let string = |key: &str| match json.get(key) {
        Some(Json::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let has = |key: &str| json.get(key).is_some();
    if let Some(kind) = string("resourceType") {
        return Some(if kind == "OperationOutcome" { Content::OperationOutcome } else { Content::FhirResource });
    }
    if json.get("fault").is_some_and(Json::is_object) {
        return Some(Content::Fault);
    }
    if string("access_token").is_some() || (string("id_token").is_some() && has("expires_in")) {
        return Some(Content::TokenAnswer);
    }
    // JSON:API, as NHS Notify answers.
    if json
        .get("errors")
        .and_then(|errors| errors.elements().first())
        .is_some_and(|e| e.get("detail").is_some() && (e.get("code").is_some() || e.get("status").is_some()))
    {
        return Some(Content::OAuthError);
    }
    let code = |code: &str| code.contains('_') && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if string("error").is_some_and(|e| has("error_description") || (code(e) && !has("url"))) {
        return Some(Content::OAuthError);
    }
    if string("alg").is_some() && !has("kty") && (has("typ") || has("kid") || json.members().len() <= 2) {
        return Some(Content::JwtHeader);
    }
    let claims = ["iss", "sub", "aud", "exp", "iat", "jti", "nbf"].iter().filter(|c| has(c)).count();
    (claims >= 2).then_some(Content::JwtPayload)
}

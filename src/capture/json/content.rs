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
    /// An error in a form of its own: problem+json, GraphQL, a cloud's error object.
    ErrorObject,
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
    let string = |key: &str| string_of(json, key);
    let has = |key: &str| json.get(key).is_some();
    if let Some(kind) = string("resourceType") {
        return Some(if kind == "OperationOutcome" { Content::OperationOutcome } else { Content::FhirResource });
    }
    // Whoever shortens an outcome leaves out its type.
    let is_issue = |issue: &Json| issue.get("diagnostics").is_some() || issue.get("details").is_some();
    if json.get("issue").and_then(|issues| issues.elements().first()).is_some_and(is_issue) {
        return Some(Content::OperationOutcome);
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
    if claims >= 2 {
        return Some(Content::JwtPayload);
    }
    is_error_object(json).then_some(Content::ErrorObject)
}

fn string_of<'j>(json: &'j Json, name: &str) -> Option<&'j str> {
    match json.get(name) {
        Some(Json::String(text)) => Some(text.as_str()),
        _ => None,
    }
}

/// Whether an object tells of a refusal in words.
fn is_error_object(json: &Json) -> bool {
    const WORDS: [&str; 13] = [
        "message",
        "messages",
        "msg",
        "detail",
        "title",
        "error",
        "error_description",
        "errorMessage",
        "errorDescription",
        "description",
        "reason",
        "faultstring",
        "diagnostics",
    ];
    /// In short objects words like these speak of credentials.
    const OF_CREDENTIALS: [&str; 23] = [
        "token",
        "auth",
        "credential",
        "jwt",
        "signature",
        "expired",
        "permission",
        "permitted",
        "not allowed",
        "forbidden",
        "denied",
        "api key",
        "api-key",
        "api_key",
        "apikey",
        "password",
        "log in",
        "logged in",
        "login",
        "sign in",
        "signed in",
        "scope",
        "redirect_uri",
    ];
    const MOST_MEMBERS: usize = 16;
    /// A record of an exchange, or the error of a client that holds one.
    const OF_RECORDS: [&str; 11] =
        ["config", "request", "response", "headers", "url", "method", "options", "stack", "body", "req", "res"];
    let members = json.members();
    let is_record = |object: &Json| OF_RECORDS.iter().any(|name| object.get(name).is_some_and(|v| !v.is_null()));
    // The error of a client names the URL in its message: it is more than what came back.
    let text = |name: &str| json.get(name).and_then(Json::as_text).map(|t| t.as_str().to_owned()).unwrap_or_default();
    let is_of_client = text("name").ends_with("Error") && text("message").contains("://");
    if members.is_empty() || members.len() > MOST_MEMBERS || is_record(json) || is_of_client {
        return false;
    }
    // The object itself and those in it: `{"meta": {"code": 401}, "error": {"message": …}}`.
    let inner = || {
        members
            .iter()
            .map(|(_, value)| value)
            .filter(|value| value.members().len() <= MOST_MEMBERS && !is_record(value))
    };
    let is_sentence = |object: &Json| {
        let is_said = |value: &Json| matches!(value, Json::String(text) if text.as_str().len() > 2);
        WORDS
            .iter()
            .any(|name| object.get(name).is_some_and(|v| is_said(v) || v.elements().first().is_some_and(is_said)))
    };
    let has_status = |object: &Json| {
        ["status", "statusCode", "status_code", "code", "httpStatus"].iter().any(|name| {
            let code = object.get(name).and_then(Json::as_text).map_or("", |text| text.as_str().trim());
            code.len() == 3 && code.starts_with(['4', '5']) && code.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let errors = json.get("errors").map(Json::elements).unwrap_or_default();
    let has_words = is_sentence(json)
        || inner().any(is_sentence)
        || errors.first().is_some_and(|error| is_sentence(error) || matches!(error, Json::String(_)));
    if !has_words {
        return false;
    }
    // `{"error": "You are not a member of this project"}`
    let is_said = string_of(json, "error").is_some_and(|text| text.trim().contains(' ')) && members.len() <= 6;
    let says_error = |name: &str| json.get(name).is_some_and(|error| error.is_object() && is_sentence(error));
    let mentions_credentials = || {
        let of_list = errors.first().and_then(Json::as_text);
        let texts = WORDS.iter().filter_map(|name| json.get(name)?.as_text()).chain(of_list);
        members.len() <= 6
            && texts
                .map(|text| text.as_str().to_ascii_lowercase())
                .any(|text| text.len() < 300 && OF_CREDENTIALS.iter().any(|word| text.contains(word)))
    };
    has_status(json)
        || is_said
        || inner().any(has_status)
        || says_error("error")
        || ["detail", "details", "errors", "exception", "failure"].iter().any(|name| says_error(name))
        || errors.first().is_some_and(is_sentence)
        || mentions_credentials()
}

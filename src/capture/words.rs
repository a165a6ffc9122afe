//! Words of HTTP, OAuth and of people who describe requests. What is particular to one API is in the packs.

use crate::pack::model::Vocabulary;

/// Methods that requests in tickets are made with.
pub(crate) const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"];

/// What comes after a method and a blank at the beginning of a text.
pub(crate) fn after_method(text: &str) -> Option<&str> {
    METHODS.iter().find_map(|method| text.strip_prefix(*method)?.strip_prefix(' '))
}

/// Codes that no standard has and servers, proxies and clouds use.
const OTHER_STATUSES: [u16; 27] = [
    218, 419, 420, 430, 440, 444, 449, 450, 460, 463, 464, 494, 495, 496, 497, 498, 499, 509, 520, 521, 522, 523, 524,
    525, 526, 529, 530,
];

/// Whether a number is a status code of HTTP. Other numbers of three digits are lengths, counts and times.
pub(crate) fn is_status(code: u16) -> bool {
    http::StatusCode::from_u16(code).is_ok_and(|code| code.canonical_reason().is_some())
        || OTHER_STATUSES.contains(&code)
}

/// Registered field names without a hyphen; names with one are recognised by their form.
const PLAIN_FIELDS: &[&str] = &[
    "accept",
    "age",
    "allow",
    "authorization",
    "connection",
    "cookie",
    "date",
    "dpop",
    "etag",
    "expect",
    "expires",
    "forwarded",
    "from",
    "host",
    "link",
    "location",
    "origin",
    "pragma",
    "prefer",
    "range",
    "referer",
    "server",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "upgrade",
    "vary",
    "via",
    "warning",
];

/// First parts of hyphenated field names that occur in the middle of a line.
const PREFIXES: &[&str] = &[
    "accept-",
    "access-control-",
    "api-",
    "cache-",
    "client-",
    "content-",
    "cross-origin-",
    "if-",
    "keep-",
    "last-",
    "nhsd-",
    "nhs-",
    "ocp-",
    "permissions-",
    "postman-",
    "proxy-",
    "referrer-",
    "request-",
    "retry-",
    "sec-",
    "set-",
    "ssp-",
    "strict-",
    "transfer-",
    "upgrade-",
    "user-",
    "www-",
    "x-",
    "xapi-",
];

/// Fields that only answers carry.
const ANSWER_FIELDS: &[&str] = &[
    "age",
    "allow",
    "etag",
    "expires",
    "location",
    "proxy-authenticate",
    "retry-after",
    "server",
    "set-cookie",
    "strict-transport-security",
    "vary",
    "www-authenticate",
    "x-content-type-options",
    "x-frame-options",
    "x-xss-protection",
];

/// Fields that only requests carry.
const REQUEST_FIELDS: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cookie",
    "expect",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "origin",
    "proxy-authorization",
    "referer",
    "user-agent",
];

/// Fields that a client puts in by itself, so that a list with some of them is its own print, not a choice of a person.
const CLIENT_FIELDS: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "host",
    "referer",
    "sec-fetch-mode",
    "user-agent",
];

/// Whether clients put this field in by themselves.
pub(crate) fn is_client_field(name: &str) -> bool {
    CLIENT_FIELDS.iter().any(|f| f.eq_ignore_ascii_case(name))
}

/// Whether a line of a log says that the print of a request ends: `--> END GET`.
pub(crate) fn is_end_of_print(line: &str) -> bool {
    line.trim_start().strip_prefix("--> END").is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Parameters of OAuth requests (RFC 6749, RFC 7521, RFC 7523, RFC 8693).
pub(crate) const FORM_PARAMETERS: &[&str] = &[
    "actor_token",
    "actor_token_type",
    "assertion",
    "audience",
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "grant_type",
    "password",
    "redirect_uri",
    "refresh_token",
    "requested_token_type",
    "resource",
    "scope",
    "state",
    "subject_token",
    "subject_token_type",
    "username",
];

/// Whether the name is that of a header field, anywhere in a line.
pub(crate) fn is_field_name(name: &str, vocabulary: &Vocabulary) -> bool {
    let lower = name.to_ascii_lowercase();
    if !is_token(name) {
        return false;
    }
    PLAIN_FIELDS.contains(&lower.as_str())
        || vocabulary.fields.iter().chain(&vocabulary.token_fields).any(|f| f.eq_ignore_ascii_case(name))
        || vocabulary.mentions.iter().any(|m| m.field.as_ref().is_some_and(|f| f.eq_ignore_ascii_case(name)))
        || lower.contains('-') && PREFIXES.iter().any(|p| lower.starts_with(p) && lower.len() > p.len())
}

/// Whether the name is that of a header field that every API knows, or has the form of one.
pub(crate) fn is_plain_field(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_token(name)
        && (PLAIN_FIELDS.contains(&lower.as_str())
            || lower.contains('-') && PREFIXES.iter().any(|p| lower.starts_with(p) && lower.len() > p.len()))
}

/// Whether a line may begin with this name as a header field: any token with a hyphen that looks like one.
pub(crate) fn may_be_field_name(name: &str, vocabulary: &Vocabulary) -> bool {
    is_field_name(name, vocabulary)
        || is_token(name)
            && name.contains('-')
            && name
                .split('-')
                .all(|part| part.len() > 1 && part.chars().next().is_some_and(|c| c.is_ascii_alphabetic()))
            && name.bytes().filter(|b| *b == b'-').count() <= 8
}

/// Whether an object that comes next is what a call is given as its header fields: `headers=`, `headers:`.
pub(crate) fn is_argument_of_fields(before: &str) -> bool {
    /// How far back the name may begin, in bytes.
    const FARTHEST: usize = 40;
    let near = before[before.floor_char_boundary(before.len().saturating_sub(FARTHEST))..].trim_end();
    let name = near.strip_suffix(['=', ':']).map(str::trim_end);
    name.and_then(|name| name.get(name.len().checked_sub(7)?..))
        .is_some_and(|name| name.eq_ignore_ascii_case("headers"))
}

/// Whether only answers carry this field.
pub(crate) fn is_answer_field(name: &str) -> bool {
    ANSWER_FIELDS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether only requests carry this field.
pub(crate) fn is_request_field(name: &str, vocabulary: &Vocabulary) -> bool {
    let lower = name.to_ascii_lowercase();
    REQUEST_FIELDS.contains(&lower.as_str())
        || vocabulary.fields.iter().chain(&vocabulary.token_fields).any(|f| f.eq_ignore_ascii_case(name))
}

/// Whether all characters are those of a token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
        && name.bytes().any(|b| b.is_ascii_alphabetic())
}

/// What a label in front of a value says that the value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Url,
    Host,
    Path,
    Method,
    Status,
    RequestHead,
    ResponseHead,
    RequestBody,
    ResponseBody,
}

/// Labels as people write them, in lower case.
const LABELS: &[(&str, Label)] = &[
    ("url", Label::Url),
    ("uri", Label::Url),
    ("request url", Label::Url),
    ("request uri", Label::Url),
    ("requesturi", Label::Url),
    ("request-url", Label::Url),
    ("full url", Label::Url),
    ("endpoint", Label::Url),
    ("endpoint url", Label::Url),
    ("api url", Label::Url),
    ("address", Label::Url),
    ("target", Label::Url),
    ("token url", Label::Url),
    ("token endpoint", Label::Url),
    ("call", Label::Url),
    ("api call", Label::Url),
    ("request line", Label::Url),
    ("http request", Label::Url),
    ("base url", Label::Host),
    ("baseurl", Label::Host),
    ("host", Label::Host),
    ("server", Label::Host),
    ("hostname", Label::Host),
    ("path", Label::Path),
    ("resource", Label::Path),
    ("request path", Label::Path),
    ("uri path", Label::Path),
    ("resource path", Label::Path),
    ("method", Label::Method),
    ("verb", Label::Method),
    ("request method", Label::Method),
    ("http method", Label::Method),
    ("http verb", Label::Method),
    ("status", Label::Status),
    ("status code", Label::Status),
    ("statuscode", Label::Status),
    ("status-code", Label::Status),
    ("http status", Label::Status),
    ("http status code", Label::Status),
    ("http code", Label::Status),
    ("response status", Label::Status),
    ("response status code", Label::Status),
    ("response code", Label::Status),
    ("return code", Label::Status),
    ("error code", Label::Status),
    ("code", Label::Status),
    ("result", Label::Status),
    ("answer", Label::ResponseHead),
    ("reply", Label::ResponseHead),
    ("response", Label::ResponseHead),
    ("the response", Label::ResponseHead),
    ("http response", Label::ResponseHead),
    ("api response", Label::ResponseHead),
    ("server response", Label::ResponseHead),
    ("response received", Label::ResponseHead),
    ("response header", Label::ResponseHead),
    ("response headers", Label::ResponseHead),
    ("error", Label::ResponseHead),
    ("error response", Label::ResponseHead),
    ("error message", Label::ResponseBody),
    ("output", Label::ResponseHead),
    ("returns", Label::ResponseHead),
    ("we get", Label::ResponseHead),
    ("request", Label::RequestHead),
    ("the request", Label::RequestHead),
    ("http headers", Label::RequestHead),
    ("headers", Label::RequestHead),
    ("header", Label::RequestHead),
    ("request header", Label::RequestHead),
    ("request headers", Label::RequestHead),
    ("headers sent", Label::RequestHead),
    ("sent", Label::RequestHead),
    ("request body", Label::RequestBody),
    ("payload", Label::RequestBody),
    ("request payload", Label::RequestBody),
    ("form", Label::RequestBody),
    ("form data", Label::RequestBody),
    ("post data", Label::RequestBody),
    ("body", Label::ResponseBody),
    ("response body", Label::ResponseBody),
    ("response payload", Label::ResponseBody),
    ("response content", Label::ResponseBody),
    ("response text", Label::ResponseBody),
    ("content", Label::ResponseBody),
    ("diagnostics", Label::ResponseBody),
    ("message", Label::ResponseBody),
    ("response message", Label::ResponseBody),
    // What tickets of other languages call them.
    ("anfrage", Label::RequestHead),
    ("antwort", Label::ResponseHead),
    ("fehler", Label::ResponseHead),
    ("methode", Label::Method),
    ("kopfzeilen", Label::RequestHead),
    ("requête", Label::RequestHead),
    ("réponse", Label::ResponseHead),
    ("en-têtes", Label::RequestHead),
    ("méthode", Label::Method),
    ("erreur", Label::ResponseHead),
    ("solicitud", Label::RequestHead),
    ("respuesta", Label::ResponseHead),
    ("cabeceras", Label::RequestHead),
    ("método", Label::Method),
    ("verzoek", Label::RequestHead),
    ("antwoord", Label::ResponseHead),
];

/// What this label says, if it is one.
pub(crate) fn label(text: &str) -> Option<Label> {
    let folded = text.trim().trim_matches(|c: char| "*_`#\"'“”‘’ ".contains(c)).to_lowercase();
    if folded.len() > 24 {
        return None;
    }
    LABELS.iter().find(|(words, _)| *words == folded).map(|(_, label)| *label)
}

/// Reason phrases, by which a number in a sentence is known to be a status code.
pub(crate) const REASONS: &[&str] = &[
    "ok",
    "created",
    "accepted",
    "unauthorized",
    "unauthorised",
    "forbidden",
    "bad request",
    "badrequest",
    "not found",
    "method not allowed",
    "not acceptable",
    "conflict",
    "unsupported media",
    "unprocessable",
    "too many requests",
    "internal server error",
    "server error",
    "bad gateway",
    "service unavailable",
    "gateway timeout",
    "access denied",
    "error",
    "status",
    "response",
    "temporary redirect",
    "found",
    "moved",
    "precondition",
    "no content",
    "gone",
    "timeout",
    "payload too",
];

/// Words before a number that make it a status code.
pub(crate) const BEFORE_STATUS: &[&str] = &[
    "a",
    "an",
    "with",
    "status",
    "code",
    "statuscode",
    "http",
    "error",
    "get",
    "gets",
    "got",
    "getting",
    "gives",
    "gave",
    "returns",
    "returned",
    "returning",
    "receive",
    "received",
    "receiving",
    "answered",
    "answers",
    "answer",
    "is",
    "was",
    "response",
    "->",
    "=>",
    "<-",
    "the",
    "always",
    "still",
    "now",
    "only",
    "get:",
    "and",
    "by",
];

/// Whether a text says that there is nothing.
pub(crate) fn is_said_empty(text: &str) -> bool {
    let folded = text.trim().trim_matches(|c: char| "()[]<>\"'“”‘’`.*-".contains(c)).trim().to_ascii_lowercase();
    matches!(
        folded.as_str(),
        "" | "empty"
            | "none"
            | "no body"
            | "blank"
            | "nothing"
            | "no content"
            | "empty body"
            | "null"
            | "n/a"
            | "empty string"
            | "0 bytes"
    )
}

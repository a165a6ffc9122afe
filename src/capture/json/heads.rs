//! Header fields by their names: which side sends them, and whether a JSON value holds header fields and nothing else.

use super::members::{fields, is_token};
use super::reader::Json;
use crate::capture::model::Field;

/// Names that only a client sends.
pub(crate) const SENT: &[&str] = &[
    "authorization",
    "host",
    "user-agent",
    "accept",
    "accept-encoding",
    "accept-language",
    "cookie",
    "origin",
    "referer",
    "if-match",
    "if-none-match",
    "proxy-authorization",
    "expect",
    "te",
    "forwarded",
    "from",
];

/// Names that only a server sends.
const ANSWERED: &[&str] = &[
    "www-authenticate",
    "server",
    "set-cookie",
    "location",
    "retry-after",
    "etag",
    "allow",
    "age",
    "vary",
    "via",
    "strict-transport-security",
    "x-powered-by",
    "last-modified",
    "expires",
    "proxy-authenticate",
    "transfer-encoding",
];

/// Names that both send.
const BOTH: &[&str] = &[
    "content-type",
    "content-length",
    "connection",
    "date",
    "cache-control",
    "content-encoding",
    "pragma",
    "keep-alive",
];

pub(crate) fn is_one_of(names: &[&str], field: &Field) -> bool {
    names.iter().any(|name| field.is(name))
}

/// Whether these are the fields of an answer.
pub(crate) fn is_answer_head(fields: &[Field]) -> bool {
    !fields.iter().any(|f| is_one_of(SENT, f)) && fields.iter().any(|f| is_one_of(ANSWERED, f) || f.is("date"))
}

/// Whether an object holds header fields and nothing else.
pub(crate) fn is_headers(json: &Json) -> bool {
    let members = json.members();
    let listed = |e: &Json| {
        let named =
            e.members().len() <= 3 && (e.get("name").is_some() || e.get("key").is_some()) && e.get("value").is_some();
        named || (e.elements().len() == 2 && e.elements()[0].as_text().is_some())
    };
    let list = !json.elements().is_empty() && json.elements().iter().all(listed);
    let plain = |value: &Json| {
        !value.is_object() && value.elements().iter().all(|e| e.as_text().is_some()) && !matches!(value, Json::Bool(..))
    };
    let object = !members.is_empty() && members.iter().all(|(name, value)| is_token(name.as_str()) && plain(value));
    if !object && !list {
        return false;
    }
    let found = fields(json);
    let known = |f: &Field| is_one_of(SENT, f) || is_one_of(ANSWERED, f) || is_one_of(BOTH, f);
    // `from`, `date`, `host` and the like are words of any document: a hyphen makes the name of a field.
    let certain = |f: &Field| {
        let name = f.name.as_str();
        f.is("authorization") || name.contains('-') && (known(f) || name.to_ascii_lowercase().starts_with("x-"))
    };
    let like = |f: &Field| known(f) || f.name.as_str().contains('-');
    found.iter().any(|f| f.is("authorization"))
        || (found.iter().any(certain) && found.iter().filter(|f| like(f)).count() >= 2)
}

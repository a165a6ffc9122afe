//! Words that follow the name of a credential and are not its value.

/// Words that say something about a credential, or that are a value of a setting with such a name.
const PLAIN: &[&str] = &[
    "above",
    "absent",
    "accept",
    "accepted",
    "access",
    "active",
    "actual",
    "again",
    "algorithm",
    "alias",
    "allowed",
    "always",
    "anonymous",
    "anything",
    "apikey",
    "application",
    "apply",
    "approved",
    "associated",
    "authentication",
    "authorization",
    "authorisation",
    "available",
    "basic",
    "because",
    "bearer",
    "before",
    "below",
    "blank",
    "blocked",
    "broken",
    "cached",
    "cannot",
    "change",
    "changed",
    "checked",
    "claim",
    "claims",
    "clear",
    "client",
    "confidential",
    "contains",
    "copied",
    "correct",
    "could",
    "credentials",
    "credential",
    "default",
    "denied",
    "description",
    "details",
    "different",
    "disabled",
    "does",
    "each",
    "either",
    "empty",
    "enabled",
    "encoded",
    "encrypted",
    "endpoint",
    "error",
    "every",
    "example",
    "exchange",
    "exists",
    "expected",
    "expired",
    "expires",
    "expiry",
    "external",
    "failed",
    "failure",
    "false",
    "field",
    "fields",
    "fine",
    "first",
    "following",
    "format",
    "forbidden",
    "found",
    "fresh",
    "from",
    "generated",
    "generation",
    "given",
    "good",
    "grant",
    "granted",
    "header",
    "headers",
    "here",
    "hidden",
    "however",
    "implicit",
    "include",
    "included",
    "incorrect",
    "inside",
    "instead",
    "internal",
    "invalid",
    "issue",
    "issued",
    "issuer",
    "itself",
    "just",
    "known",
    "lacks",
    "length",
    "lifetime",
    "live",
    "locked",
    "looks",
    "management",
    "manager",
    "matched",
    "matches",
    "missing",
    "must",
    "needed",
    "needs",
    "negotiate",
    "never",
    "none",
    "normal",
    "not",
    "nothing",
    "null",
    "number",
    "okay",
    "omit",
    "omitted",
    "only",
    "opaque",
    "optional",
    "other",
    "page",
    "password",
    "pending",
    "permissions",
    "please",
    "plus",
    "policy",
    "present",
    "private",
    "production",
    "profile",
    "provided",
    "provider",
    "public",
    "query",
    "refresh",
    "refused",
    "rejected",
    "removed",
    "renewed",
    "request",
    "required",
    "requires",
    "reset",
    "response",
    "restricted",
    "result",
    "returned",
    "revoked",
    "right",
    "rotated",
    "rotation",
    "same",
    "same-origin",
    "sandbox",
    "scope",
    "secret",
    "security",
    "seems",
    "sent",
    "server",
    "service",
    "session",
    "shared",
    "shorter",
    "should",
    "signature",
    "signed",
    "since",
    "something",
    "status",
    "still",
    "store",
    "string",
    "strict",
    "subject",
    "succeeded",
    "success",
    "supplied",
    "supported",
    "test",
    "that",
    "their",
    "there",
    "these",
    "they",
    "this",
    "through",
    "token",
    "tokens",
    "true",
    "type",
    "unattended",
    "undefined",
    "unknown",
    "unset",
    "unused",
    "updated",
    "used",
    "user",
    "using",
    "valid",
    "value",
    "values",
    "verified",
    "version",
    "what",
    "when",
    "where",
    "which",
    "while",
    "with",
    "within",
    "without",
    "works",
    "would",
    "wrong",
    "your",
    "redacted",
    "renewal",
    "removal",
    "request.",
    "username",
    "userid",
    "nonce",
    "digest",
    "string.",
    "text",
    "uuid",
    "base64",
    "oauth2",
    "oauth",
    "openid",
    "identity",
    "gateway",
    "proxy",
    "store.",
    "vault",
    "config",
    "file",
    "files",
    "env",
    "environment",
    "variable",
    "variables",
    "function",
    "method",
    "name",
    "names",
    "list",
    "object",
    "array",
    "number.",
    "boolean",
    "integer",
    "object.",
    "const",
    "return",
    "await",
    "async",
    "self",
    "this.",
    "todo",
    "fixme",
    "level3",
    "level2",
    "message",
    "messages",
    "code",
    "errorcode",
    "detail",
    "resource",
    "resourcetype",
    "attributes",
    "display",
    "content",
    "host",
    "date",
    "email",
    "domain",
    "parameter",
    "parameters",
    "validation",
    "description",
    "realm",
    "title",
    "instance",
    "accept",
    "agent",
    "origin",
    "referer",
    "cookie",
    "cookies",
    "key",
    "keys",
    "auth",
    "jwt",
    "jwks",
    "assertion",
    "correlation",
    "connection",
    "encoding",
    "language",
    "control",
    "path",
    "port",
    "uri",
    "url",
    "id",
    "ids",
    "kid",
    "alg",
    "iss",
    "aud",
    "sub",
    "iat",
    "exp",
    "nbf",
    "jti",
    "typ",
    "next",
    "login",
    "logout",
    "account",
    "username",
    "prefix",
    "schema",
    "scheme",
    "basicauth",
    "bearerauth",
    "open",
    "requests",
    "open",
    "sign",
    "data",
    "body",
    "json",
    "xml",
    "html",
    "api",
    "app",
    "apps",
    "web",
    "org",
    "organisation",
    "ods",
    "asid",
    "nhs",
    "nhsd",
    "end",
    "role",
    "roles",
    "team",
    "support",
    "sure",
    "itself",
    "good",
    "old",
    "new",
    "both",
    "all",
    "any",
    "some",
    "limit",
    "timestamp",
    "time",
    "seconds",
    "minutes",
    "hours",
    "days",
    "today",
    "yesterday",
    "now",
    "later",
    "zero",
    "one",
    "two",
    "three",
    "more",
    "less",
    "else",
    "then",
    "than",
    "also",
    "only",
    "even",
    "about",
    "after",
    "between",
    "during",
    "against",
    "into",
    "onto",
    "over",
    "under",
    "call",
    "calls",
    "called",
    "check",
    "code_challenge",
    "s256",
    "practitionerrole",
    "operationoutcome",
    "person",
    "people",
    "patient",
    "caller",
    "developer",
    "portal",
    "tenant",
    "aal2",
    "aal3",
    "rs512",
    "rs256",
    "hs256",
    "es256",
    "sha256",
    "sha512",
    "md5",
    "http",
    "https",
    "curl",
    "postman",
];

/// Whether this is a word that says something about a credential.
pub(crate) fn is_plain(value: &str) -> bool {
    let lower = value.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    lower.is_empty() || PLAIN.contains(&lower.as_str()) || lower.len() < 3
}

/// Whether a name is made of such words alone: `invalid_token`, `x-correlation-id`, `errorCode`.
pub(super) fn is_words(value: &str) -> bool {
    if value.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut words = Vec::new();
    for part in value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let bytes = part.as_bytes();
        let mut start = 0;
        for i in 1..bytes.len() {
            if bytes[i - 1].is_ascii_lowercase() && bytes[i].is_ascii_uppercase() {
                words.push(&part[start..i]);
                start = i;
            }
        }
        words.push(&part[start..]);
    }
    words.len() > 1 && words.iter().all(|word| is_plain(word) || is_surely_english(word) && word.len() >= 4)
}

/// Whether this is a date or a time.
pub(super) fn is_time(value: &str) -> bool {
    let bytes = value.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if is_duration(value) {
        return true;
    }
    let is_of_time = bytes.iter().all(|b| b.is_ascii_digit() || b"-:.+TZ/".contains(b));
    is_of_time
        && (digits == 4 && bytes.get(4) == Some(&b'-')
            || digits == 8 && bytes.get(8) == Some(&b'T')
            || digits <= 2 && bytes.get(digits).is_some_and(|b| b":/".contains(b)))
}

/// `3h2m1s`, `1.5s`: numbers with a unit each, in falling order.
fn is_duration(value: &str) -> bool {
    let mut rest = value;
    for unit in ["d", "h", "m", "s"] {
        let digits = rest.bytes().take(6).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        if let Some(next) = rest[digits..].strip_prefix(unit).filter(|_| digits > 0) {
            rest = next;
        }
    }
    rest.is_empty() && !value.is_empty()
}

/// Whether this is an expression of a programming language: `process.env.TOKEN`, `config.key`.
pub(super) fn is_expression(value: &str) -> bool {
    let mut parts = value.split('.').peekable();
    let is_name =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'$'));
    value.contains('.') && parts.peek().is_some() && parts.all(is_name)
}

/// Endings that English words have, and that made-up words seldom have.
const ENDINGS: &[&str] = &[
    "ed", "ing", "ly", "able", "ible", "ive", "ous", "ent", "ant", "ary", "ory", "ion", "ions", "ment", "ments",
    "ness", "ity", "ical", "ful", "less", "ence", "ance", "ers", "ism", "ist", "ure", "age", "ates", "ated", "izer",
    "iser", "ation", "word", "words", "name", "code", "type", "point", "points", "ship", "ward", "wise", "ies",
    "ology",
];

/// Whether a word, or each word of a name, seems to be English.
pub(super) fn is_english(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| {
            let lower = word.to_ascii_lowercase();
            lower.len() < 4
                || is_plain(&lower)
                || lower.len() >= 5 && ENDINGS.iter().any(|end| lower.ends_with(end)) && !is_pronounceable(&lower)
        })
}

/// Endings that hardly a made-up word has.
const SURE_ENDINGS: &[&str] =
    &["ed", "ing", "ible", "able", "tion", "tions", "ment", "ness", "fully", "ical", "sion", "type", "name", "less"];

/// The same, for a place in which nearly all words are values.
pub(super) fn is_surely_english(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| {
            let lower = word.to_ascii_lowercase();
            lower.len() < 4
                || is_plain(&lower)
                || lower.len() >= 6 && SURE_ENDINGS.iter().any(|end| lower.ends_with(end)) && !is_pronounceable(&lower)
        })
}

/// Whether a word in lower case is one of those that generators of passwords make to be spoken: consonants and vowels take turns
/// to the end. Hardly an English word of this length is like that.
pub(super) fn is_pronounceable(word: &str) -> bool {
    let is_vowel = |b: u8| b"aeiou".contains(&b);
    let bytes = word.as_bytes();
    bytes.len() >= 10
        && bytes.iter().all(u8::is_ascii_lowercase)
        && bytes.last().is_some_and(|b| is_vowel(*b))
        && bytes.windows(2).all(|pair| is_vowel(pair[0]) != is_vowel(pair[1]))
        && !is_plain(word)
}

/// Words that make several words a sentence, and not a passphrase.
const OF_SENTENCES: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "cannot", "does", "for", "from", "had", "has",
    "have", "in", "is", "it", "may", "must", "no", "not", "of", "on", "or", "our", "should", "that", "the", "this",
    "to", "was", "we", "were", "will", "with", "you", "your", "missing", "invalid", "expired", "required", "type",
    "error", "failed",
];

/// Whether several words are a sentence, or a part of one.
pub(super) fn is_sentence(value: &str) -> bool {
    // An array of characters.
    if value.split(", ").all(|part| part.chars().count() == 1) {
        return false;
    }
    // A syllable of a passphrase with hyphens (`be-zutumuku`) is no word.
    let mut words = value.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.any(|word| OF_SENTENCES.contains(&word.to_ascii_lowercase().as_str()))
}

//! The anatomy of the Authorization field: scheme, credentials, what they look like and what is wrong with them.

use super::facts::{Fact, Facts, Value};
use super::jwt::{Form, Jwt};
use super::{FieldState, field_state};
use crate::capture::json::Json;
use crate::capture::model::{Field, Request};
use crate::pack::model::Vocabulary;
use crate::shape::{self, Basic, Shape};
use crate::text::{Span, Text};

/// Schemes that need no token-like look to be known as such (the registered ones and what people write instead).
const SCHEMES: &[&str] = &[
    "apikey",
    "api-key",
    "aws4-hmac-sha256",
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hawk",
    "hmac",
    "hoba",
    "jwt",
    "mac",
    "mutual",
    "negotiate",
    "ntlm",
    "oauth",
    "privatetoken",
    "scram-sha-256",
    "sharedkey",
    "signature",
    "token",
    "vapid",
    "x-api-key",
    "key",
    "access_token",
    "bearer:",
    "token:",
    "barer",
    "beaerer",
    "bear",
    "berer",
];

/// What a field with nothing in it does not have.
const ANATOMY: &[&str] = &[
    "authorization.credentials",
    "authorization.scheme",
    "authorization.scheme-as-written",
    "authorization.shape",
    "authorization.kind",
    "authorization.damage",
];

/// Whether a word is an authentication scheme.
pub(super) fn is_scheme(word: &str) -> bool {
    SCHEMES.contains(&word.to_ascii_lowercase().as_str())
}

/// What was sent as credentials.
#[derive(Clone, Debug)]
pub(super) struct Credentials {
    /// The token, without scheme.
    pub(super) text: Text,
    pub(super) jwt: Option<Jwt>,
    pub(super) shape: Shape,
}

/// Puts the facts of the Authorization field into the table; gives the credentials for those who compare them.
pub(super) fn read(
    facts: &mut Facts,
    request: &Request,
    expanded: &[Span],
    vocabulary: &Vocabulary,
) -> Option<Credentials> {
    elsewhere(facts, request, vocabulary);
    let fields: Vec<&Field> = request.fields.iter().filter(|f| f.is("authorization")).collect();
    let Some(first) = fields.first() else {
        absent(facts, request);
        return None;
    };
    facts.set(
        "authorization.count",
        Value::Number(i64::try_from(fields.len()).unwrap_or(i64::MAX)),
        fields.iter().map(|f| f.name.span()).collect(),
    );
    // Several fields: the last Bearer one is the most telling for what follows.
    let main =
        fields.iter().rev().find(|f| f.value.as_str().to_ascii_lowercase().starts_with("bearer ")).unwrap_or(first);
    let schemes: Vec<String> = fields
        .iter()
        .map(|f| split(&f.value).0.map_or_else(|| "none".to_owned(), |s| s.as_str().to_ascii_lowercase()))
        .collect();
    let differ = schemes.iter().any(|s| *s != schemes[0]);
    let two_in_one = main.value.as_str().split(',').skip(1).any(|part| {
        let word = part.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        matches!(word.as_str(), "bearer" | "basic") && part.split_whitespace().count() > 1
    });
    facts.set_flag(
        "authorization.schemes-differ",
        differ || two_in_one,
        fields.iter().map(|f| f.value.span()).collect(),
    );
    let value = &main.value;
    if value.is_empty() {
        facts.set("authorization.state", Value::Text("blank".to_owned()), vec![main.name.span().to(value.span())]);
        for name in ANATOMY {
            facts.set_absent(name, vec![main.name.span()]);
        }
        return None;
    }
    facts.set("authorization.state", Value::Text("present".to_owned()), vec![value.span()]);
    anatomy(facts, value, expanded)
}

fn absent(facts: &mut Facts, request: &Request) {
    match field_state(request, "authorization") {
        FieldState::Absent(spans) => {
            facts.set("authorization.state", Value::Text("absent".to_owned()), spans.clone());
            facts.set("authorization.count", Value::Number(0), spans.clone());
            facts.set_flag("authorization.schemes-differ", false, spans.clone());
            for name in ANATOMY.iter().chain(&["authorization.placeholder", "authorization.basic"]) {
                facts.set_absent(name, spans.clone());
            }
        }
        FieldState::Unseen => {}
    }
}

/// Splits a value into scheme and credentials. A bare token has no scheme.
fn split(value: &Text) -> (Option<Text>, Text) {
    let text = value.as_str();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let first = &text[..end];
    let known = is_scheme(first);
    // `Authorization: token,` in a program: the name of a variable.
    if end == text.len() && shape::placeholder(first.trim_end_matches([',', ';'])) == Some("words") {
        return (None, value.clone());
    }
    if end == text.len() {
        return if known { (Some(value.clone()), value.slice(end..end)) } else { (None, value.clone()) };
    }
    let is_word =
        first.len() <= 20 && first.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b':' | b'_'));
    let looks_like_token =
        shape::of(first).is_credential() || shape::is_redacted(first) || shape::placeholder(first).is_some() && !known;
    if known || is_word && !looks_like_token {
        return (Some(value.slice(0..end)), value.slice(end..text.len()).trim());
    }
    (None, value.clone())
}

fn anatomy(facts: &mut Facts, value: &Text, expanded: &[Span]) -> Option<Credentials> {
    let (scheme, mut credentials) = split(value);
    match &scheme {
        Some(scheme) => {
            facts.set_text("authorization.scheme", &scheme.as_str().to_ascii_lowercase(), scheme.span());
            facts.set_text("authorization.scheme-as-written", scheme.as_str(), scheme.span());
        }
        // Who covers the whole value covers the scheme too.
        None if shape::is_wholly_redacted(value.as_str()) => {}
        None => {
            facts.set_text("authorization.scheme", "none", value.span());
            facts.set_absent("authorization.scheme-as-written", vec![value.span()]);
        }
    }
    let mut repeated = false;
    if let Some(scheme) = &scheme {
        let first = credentials.as_str().split_whitespace().next().unwrap_or_default();
        if !first.is_empty() && first.eq_ignore_ascii_case(scheme.as_str()) {
            repeated = true;
            let at = scheme.span().to(credentials.span_of(0..first.len()));
            facts.set_flag("authorization.scheme-repeated", true, vec![at]);
            credentials = credentials.slice(first.len()..credentials.len()).trim();
        }
    }
    if !repeated {
        facts.set_flag("authorization.scheme-repeated", false, vec![value.span()]);
    }
    if credentials.is_empty() {
        let at = scheme.as_ref().map_or_else(|| value.span(), Text::span);
        for name in [
            "authorization.credentials",
            "authorization.shape",
            "authorization.kind",
            "authorization.damage",
            "authorization.placeholder",
            "authorization.basic",
        ] {
            facts.set_absent(name, vec![at]);
        }
        return None;
    }
    // What the shell or the program puts in is sent, but the capture does not show it.
    let is_expanded = expanded.iter().any(|e| e.overlaps(credentials.span()));
    facts.set_flag("authorization.filled-in", is_expanded, vec![credentials.span()]);
    if is_expanded {
        if scheme.is_none() {
            facts.set_unseen("authorization.scheme");
            facts.set_unseen("authorization.scheme-as-written");
            facts.set_unseen("authorization.scheme-repeated");
        }
        return None;
    }
    let span = credentials.span();
    facts.set_text("authorization.credentials", credentials.as_str(), span);
    // The quotation marks of `Digest username="…", …` belong there; a Bearer token has no parameters.
    let parameters = is_parameters(credentials.as_str()) && !scheme.as_ref().is_none_or(is_bearer);
    let core = if parameters { credentials.clone() } else { core(&credentials) };
    let found = shape::of(core.as_str());
    let damage = if parameters
        || is_sentence(credentials.as_str())
        || matches!(found, Shape::Redacted | Shape::Placeholder)
        || is_basic(scheme.as_ref())
    {
        Vec::new()
    } else {
        damage(&credentials, scheme.is_none())
    };
    let spans = damage.iter().flat_map(|(_, s)| s.clone()).collect();
    facts.set("authorization.damage", Value::List(damage), spans);
    facts.set_text("authorization.shape", found.name(), span);
    match shape::placeholder(credentials.as_str()).filter(|_| found == Shape::Placeholder) {
        Some(kind) => facts.set_text("authorization.placeholder", kind, span),
        None => facts.set_absent("authorization.placeholder", vec![span]),
    }
    if is_basic(scheme.as_ref()) && found != Shape::Redacted && found != Shape::Placeholder {
        let word = match shape::basic(credentials.as_str()) {
            Basic::WellFormed => "well-formed",
            Basic::NotBase64 => "not-base64",
            Basic::NoColon => "no-colon",
        };
        facts.set_text("authorization.basic", word, span);
    } else {
        facts.set_absent("authorization.basic", vec![span]);
    }
    if matches!(found, Shape::Opaque | Shape::ApiKey | Shape::Uuid | Shape::Basic) {
        // An opaque value says nothing of itself: no claims, no times, no kind.
        for name in ["authorization.kind", "authorization.expired", "authorization.not-before-in"] {
            facts.set_absent(name, vec![span]);
        }
        for family in ["authorization.claim.", "authorization.header."] {
            facts.set_family(family, Fact::Absent(vec![span]));
        }
        facts.set_family("authorization.claim-state.", Fact::Known(Value::Text("absent".to_owned()), vec![span]));
    }
    let jwt = (found == Shape::Jwt).then(|| Jwt::of(&core));
    if let Some(jwt) = &jwt {
        claims(facts, jwt, "authorization", span);
        if let Some(kind) = kind_of(jwt) {
            facts.set_text("authorization.kind", kind, span);
        }
    }
    Some(Credentials { text: core, jwt, shape: found })
}

fn is_bearer(scheme: &Text) -> bool {
    scheme.as_str().eq_ignore_ascii_case("bearer")
}

/// Whether words stand where a token belongs: `same as in Postman`. They are the poster's, and show no damage.
fn is_sentence(credentials: &str) -> bool {
    let is_word = |w: &str| w.chars().all(|c| c.is_alphabetic() || ",.'’!-".contains(c));
    credentials.split_whitespace().count() >= 3 && credentials.split_whitespace().all(is_word)
}

/// Whether credentials are a list of parameters (RFC 9110, section 11.4).
fn is_parameters(credentials: &str) -> bool {
    let Some((name, value)) = credentials.split_once('=') else { return false };
    let name = name.trim_end();
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        && !value.trim_start_matches('=').is_empty()
        && (value.trim_start().starts_with('"') || value.contains(','))
}

fn is_basic(scheme: Option<&Text>) -> bool {
    scheme.is_some_and(|s| s.as_str().eq_ignore_ascii_case("basic"))
}

/// The token itself, without quotes or brackets around it and without words behind it.
fn core(credentials: &Text) -> Text {
    let value = credentials.as_str();
    if shape::placeholder(value).is_some() || shape::is_redacted(value) {
        return credentials.clone();
    }
    let marks = |c: char| "\"'“”‘’<>[](){},;".contains(c);
    let start = value.len() - value.trim_start_matches(marks).len();
    let end = value.trim_end_matches(marks).len().max(start);
    let inner = &value[start..end];
    let word = inner.find(char::is_whitespace).unwrap_or(inner.len());
    if shape::of(&inner[..word]).is_credential() {
        return credentials.slice(start..start + word);
    }
    credentials.slice(start..end)
}

type Found = Vec<(String, Vec<Span>)>;

fn damage(credentials: &Text, is_bare: bool) -> Found {
    let value = credentials.as_str();
    let mut found = Found::new();
    let mut add =
        |what: &str, range: std::ops::Range<usize>| found.push((what.to_owned(), vec![credentials.span_of(range)]));
    let first = value.chars().next().unwrap_or(' ');
    let last = value.chars().next_back().unwrap_or(' ');
    let smart = |c: char| "“”‘’".contains(c);
    if matches!(first, '"' | '\'') || matches!(last, '"' | '\'') {
        add("quotes", 0..value.len());
    } else if smart(first) != smart(last) {
        // A pair of typographic quotes is what an editor makes of a quoted word; a single one was in the value.
        add("quotes", 0..value.len());
    }
    if matches!(first, '[' | '{' | '(' | '<') && matches!(last, ']' | '}' | ')' | '>') {
        add("brackets", 0..value.len());
    }
    let inner = value.trim_matches(|c: char| "\"'“”‘’".contains(c));
    if let Some(at) = inner.find(char::is_whitespace)
        && !is_bare
    {
        let from = value.find(inner).unwrap_or(0) + at;
        let is_parameters = inner[at..].contains('=') && inner[at..].contains('"');
        let head_is_token = shape::of(&inner[..at]).is_credential();
        let tail = inner[at..].trim();
        if is_parameters {
        } else if value[from..].contains('\n') {
            add("line-break", from..value.len());
        } else if head_is_token && !shape::of(tail).is_credential() && tail.chars().any(char::is_alphabetic) {
            add("trailing-text", from..value.len());
        } else {
            add("white-space", from..value.len());
        }
    }
    if let Some(at) = value.find(['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{00AD}']) {
        let len = value[at..].chars().next().map_or(1, char::len_utf8);
        add("invisible", at..at + len);
    } else if let Some((at, c)) =
        value.char_indices().find(|(_, c)| !c.is_ascii() && !smart(*c) && *c != '…' && *c != '\u{A0}')
    {
        add("not-ascii", at..at + c.len_utf8());
    }
    if let Some((at, c)) = value.char_indices().find(|(_, c)| c.is_control() && *c != '\n' && *c != '\t') {
        add("control", at..at + c.len_utf8());
    }
    let hex = |at: usize| value.get(at + 1..at + 3).is_some_and(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
    if let Some((at, _)) = value.match_indices('%').find(|(at, _)| hex(*at)) {
        add("percent-encoded", at..at + 3);
    }
    if matches!(last, ',' | ';') {
        add("trailing-text", value.len() - 1..value.len());
    }
    let bare = inner.trim_end_matches([',', ';']);
    if bare.starts_with("eyJ")
        && !bare.contains(char::is_whitespace)
        && !shape::is_redacted(bare)
        && bare.matches('.').count() != 2
        && bare.matches('.').count() != 4
    {
        add("truncated", 0..value.len());
    }
    found
}

/// Puts header members and claims into the table.
pub(super) fn claims(facts: &mut Facts, jwt: &Jwt, prefix: &'static str, span: Span) {
    let parts: [(&Option<Json>, &str, &str, &'static str, &'static str); 2] = match prefix {
        "authorization" => [
            (&jwt.header, "authorization.header", "", "", "authorization.header."),
            (
                &jwt.payload,
                "authorization.claim",
                "authorization.claim-state",
                "authorization.claim-state.",
                "authorization.claim.",
            ),
        ],
        "assertion" => [
            (&jwt.header, "assertion.header", "assertion.header-state", "assertion.header-state.", "assertion.header."),
            (&jwt.payload, "assertion.claim", "assertion.claim-state", "assertion.claim-state.", "assertion.claim."),
        ],
        _ => [
            (
                &jwt.header,
                "subject-token.header",
                "subject-token.header-state",
                "subject-token.header-state.",
                "subject-token.header.",
            ),
            (
                &jwt.payload,
                "subject-token.claim",
                "subject-token.claim-state",
                "subject-token.claim-state.",
                "subject-token.claim.",
            ),
        ],
    };
    for (json, values, states, state_family, value_family) in parts {
        let Some(json) = json else { continue };
        for (name, value) in json.members() {
            let words = match value {
                Json::Array(items, _) => {
                    items.iter().filter_map(Json::to_text).map(|t| t.as_str().to_owned()).collect::<Vec<_>>().join(" ")
                }
                other => other.to_text().map(|t| t.as_str().to_owned()).unwrap_or_default(),
            };
            let at = value.span();
            if name.as_str().is_empty() {
                continue;
            }
            facts.set(&format!("{values}.{}", name.as_str()), Value::Text(words.clone()), vec![at]);
            if !states.is_empty() {
                let state = if words.is_empty() { "blank" } else { "present" };
                facts.set(&format!("{states}.{}", name.as_str()), Value::Text(state.to_owned()), vec![at]);
            }
        }
        // A payload that was cut off may hold claims that are not seen.
        if jwt.form == Form::Jwt || std::ptr::eq(json, jwt.header.as_ref().unwrap_or(json)) {
            facts.set_family(value_family, Fact::Absent(vec![span]));
            if !state_family.is_empty() {
                facts.set_family(state_family, Fact::Known(Value::Text("absent".to_owned()), vec![span]));
            }
        }
    }
}

/// What kind of token a JWT is by its own claims.
fn kind_of(jwt: &Jwt) -> Option<&'static str> {
    let payload = jwt.payload.as_ref()?;
    let text = |name: &str| payload.get(name).and_then(Json::to_text).map(|t| t.as_str().to_owned());
    if text("tokenName").as_deref() == Some("id_token") || text("typ").as_deref() == Some("ID") {
        return Some("id-token");
    }
    if text("tokenName").as_deref() == Some("refresh_token") || text("typ").as_deref() == Some("Refresh") {
        return Some("refresh-token");
    }
    let same = text("iss").is_some() && text("iss") == text("sub");
    let to_token_endpoint = text("aud").is_some_and(|aud| aud.trim_end_matches('/').ends_with("/token"));
    if to_token_endpoint || same && text("jti").is_some() {
        return Some("client-assertion");
    }
    let has = |name: &str| payload.get(name).is_some();
    if has("nonce") || has("at_hash") || has("c_hash") || has("auth_time") && !has("scope") {
        return Some("id-token");
    }
    if has("scope") || has("scp") || text("tokenName").as_deref() == Some("access_token") {
        return Some("access-token");
    }
    None
}

/// A token that stands somewhere else in the request.
fn elsewhere(facts: &mut Facts, request: &Request, vocabulary: &Vocabulary) {
    let named = |name: &str| vocabulary.token_fields.iter().any(|t| t.eq_ignore_ascii_case(name));
    let bears = |value: &str| {
        let value = value.trim();
        let token = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")).unwrap_or(value);
        shape::of(token).is_credential() || shape::is_redacted(token) && !token.is_empty()
    };
    for field in request.fields.iter().filter(|f| !f.is("authorization") && !f.is("cookie")) {
        let name = field.name.as_str();
        let prefixed = field.value.as_str().to_ascii_lowercase().starts_with("bearer ");
        if (named(name) || prefixed) && bears(field.value.as_str()) {
            found_elsewhere(facts, "field", &field.name, &field.value);
            return;
        }
    }
    let query = request.url.as_ref().map(|u| super::url::Url::of(u).query).unwrap_or_default();
    for (name, value) in &query {
        if named(name.as_str()) && bears(value.as_str()) {
            found_elsewhere(facts, "query", name, value);
            return;
        }
    }
    for (name, value) in super::form(request) {
        if name.as_str() == "access_token" && bears(value.as_str()) {
            found_elsewhere(facts, "body", &name, &value);
            return;
        }
    }
    // Only a head that is shown whole has no token anywhere else in it.
    if matches!(field_state(request, "x-any-field-that-nobody-sends"), FieldState::Absent(_)) {
        let span = request.url.as_ref().map(Text::span).into_iter().collect::<Vec<_>>();
        facts.set_absent("credentials.elsewhere", span.clone());
        facts.set_absent("credentials.elsewhere-name", span);
    }
}

fn found_elsewhere(facts: &mut Facts, place: &str, name: &Text, value: &Text) {
    facts.set_text("credentials.elsewhere", place, value.span());
    facts.set_text("credentials.elsewhere-name", name.as_str(), name.span());
}

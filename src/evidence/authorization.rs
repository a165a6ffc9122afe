//! The anatomy of the Authorization field: scheme, credentials, what they look like and what is wrong with them.

use super::challenge;
use super::digest;
use super::judge::Judge;
use super::jwt::Jwt;
use super::model::Sent;
use super::print;
use super::request::{head, is_absent, shows_head};
use crate::capture::json::{self, Json};
use crate::capture::model::{Field, Format};
use crate::facts::authorization::{
    AnatomyFacts, AuthorizationFacts, DigestFacts, ElsewhereFacts, TokenClaim, TokenHeader, TokenTimes,
};
use crate::facts::endpoint::UrlFacts;
use crate::facts::{Damage, Facts, Family, JwtForm, Observed, Presence, TokenKind, TokenPlace};
use crate::pack::model::Vocabulary;
use crate::shape::{self, PlaceholderKind, Shape};
use crate::text::{Span, Text};
use base64::Engine as _;

/// What was sent as credentials.
#[derive(Clone, Debug)]
pub(super) struct Credentials {
    /// The token, without scheme.
    pub(super) text: Text,
    pub(super) jwt: Option<Jwt>,
    pub(super) shape: Shape,
}

/// Sets the facts of the Authorization field; gives the credentials, to be compared with those of other requests.
pub(super) fn read(facts: &mut Facts, sent: &Sent<'_>, vocabulary: &Vocabulary) -> Option<Credentials> {
    elsewhere(sent, vocabulary).put(facts);
    let credentials = field(facts, sent);
    let is_hidden = credentials.as_ref().is_none_or(|c| matches!(c.shape, Shape::Redacted | Shape::Placeholder));
    if !is_hidden || facts.text(AuthorizationFacts::state()) == Some("absent") {
        return credentials;
    }
    let Some((jwt, payload)) = decoded(facts, sent) else { return credentials };
    Some(match credentials {
        Some(known) => Credentials { jwt: Some(jwt), ..known },
        None => Credentials { text: payload, jwt: Some(jwt), shape: Shape::Redacted },
    })
}

/// Sets what the decoded parts of a token show, as people post them in place of the token; gives them with the text of the
/// claims. At a token endpoint they are those of a client assertion, and `None` is given.
fn decoded(facts: &mut Facts, sent: &Sent<'_>) -> Option<(Jwt, Text)> {
    let part = |part: &Option<Text>| -> Option<Json> {
        let text = part.as_ref()?;
        Some(json::parse(text, text.as_str().find('{')?)?.json)
    };
    let parts = &sent.exchange.decoded_jwt;
    let text = parts.payload.as_ref().or(parts.header.as_ref())?;
    let jwt = Jwt { form: JwtForm::Cut, header: part(&parts.header), payload: part(&parts.payload) };
    let path = facts.text(UrlFacts::path()).unwrap_or_default();
    let is_token_request = crate::url::is_of_token_endpoint(path) || !sent.form.is_empty();
    if is_token_request || kind_of(&jwt) == Some(TokenKind::ClientAssertion) {
        return None;
    }
    header(facts, &jwt, text.span(), TokenHeader::value(), None);
    payload(facts, &jwt, text.span(), TokenClaim::value(), TokenClaim::state());
    Some((jwt, text.clone()))
}

/// Sets the facts of the field itself.
fn field(facts: &mut Facts, sent: &Sent<'_>) -> Option<Credentials> {
    let request = &sent.exchange.request;
    let fields: Vec<&Field> = request.fields.iter().filter(|f| f.is(sent.judge.credentials())).collect();
    let Some(first) = fields.first() else {
        absent(facts, sent);
        return None;
    };
    let is_wire = is_wire(sent);
    // Several fields: the last Bearer one is the most telling for what follows.
    let main =
        fields.iter().rev().find(|f| f.value.as_str().to_ascii_lowercase().starts_with("bearer ")).unwrap_or(first);
    let schemes: Vec<String> = fields
        .iter()
        .map(|f| split(&f.value, is_wire).0.map_or_else(|| "none".to_owned(), |s| s.as_str().to_ascii_lowercase()))
        .collect();
    let differ = schemes.iter().any(|s| *s != schemes[0]);
    let two_in_one = main.value.as_str().split(',').skip(1).any(|part| {
        let word = part.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        matches!(word.as_str(), "bearer" | "basic") && part.split_whitespace().count() > 1
    });
    let value = &main.value;
    digest::read(value, sent).put(facts);
    AuthorizationFacts {
        count: Observed::Known(
            i64::try_from(fields.len()).unwrap_or(i64::MAX),
            fields.iter().map(|f| f.name.span()).collect(),
        ),
        field: judged_field(sent.judge),
        schemes_differ: Observed::Known(differ || two_in_one, fields.iter().map(|f| f.value.span()).collect()),
        print: print::only_in_code(sent, &fields),
        state: match value.is_empty() {
            true if sent.is_taken_out => Observed::Unseen,
            true => Observed::at(Presence::Blank, main.name.span().to(value.span())),
            false => Observed::at(Presence::Present, value.span()),
        },
    }
    .put(facts);
    if value.is_empty() {
        let name = main.name.span();
        if sent.is_taken_out {
            taken_out(name).put(facts);
            return None;
        }
        AnatomyFacts {
            basic: Observed::Unseen,
            credentials: Observed::absent(name),
            damage: Observed::absent(name),
            filled_in: Observed::Unseen,
            masked_jwt: Observed::Unseen,
            kind: Observed::absent(name),
            placeholder: Observed::Unseen,
            scheme: Observed::absent(name),
            scheme_as_written: Observed::absent(name),
            scheme_repeated: Observed::Unseen,
            shape: Observed::absent(name),
        }
        .put(facts);
        return None;
    }
    anatomy(facts, value, sent)
}

/// The parts of credentials that the author of the text took out of this place.
fn taken_out(at: Span) -> AnatomyFacts {
    AnatomyFacts { shape: Observed::at(Shape::Redacted, at), ..AnatomyFacts::unseen() }
}

/// Sets what a request without the field does not have.
fn absent(facts: &mut Facts, sent: &Sent<'_>) {
    let request = &sent.exchange.request;
    if !is_absent(request, sent.judge.credentials()) || !sent.judge.is_sure_of(sent.exchange) {
        let field = judged_field(sent.judge);
        AuthorizationFacts { field, print: print::not_listed(facts, sent), ..AuthorizationFacts::unseen() }.put(facts);
        // Digest is rare: what is not shown is taken for another scheme, so that nothing asks about its parameters.
        DigestFacts::absent(&[]).put(facts);
        return;
    }
    let head = head(request);
    AuthorizationFacts {
        count: Observed::Known(0, head.clone()),
        field: judged_field(sent.judge),
        schemes_differ: Observed::Known(false, head.clone()),
        print: Observed::Absent(head.clone()),
        state: Observed::Known(Presence::Absent, head.clone()),
    }
    .put(facts);
    DigestFacts::absent(&head).put(facts);
    AnatomyFacts { filled_in: Observed::Unseen, scheme_repeated: Observed::Unseen, ..AnatomyFacts::absent(&head) }
        .put(facts);
}

fn judged_field(judge: Judge) -> Observed<String> {
    Observed::Known(judge.credentials_as_written().into(), Vec::new())
}

/// Splits a value into scheme and credentials. A bare token has no scheme. `is_wire`: the value is what was sent, and not
/// a word or a variable in its place.
fn split(value: &Text, is_wire: bool) -> (Option<Text>, Text) {
    let text = value.as_str();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let first = &text[..end];
    let known = shape::is_scheme(first);
    // `valid token`, `same as in Postman`: words in place of the whole value; the first one is not a scheme.
    let is_phrase = text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || ",.'’!-".contains(c));
    if !known && end < text.len() && is_phrase && shape::is_redacted(text) {
        return (None, value.clone());
    }
    // `Authorization: token,` in a program: the name of a variable.
    if end == text.len()
        && !(known && is_wire)
        && shape::placeholder(first.trim_end_matches([',', ';'])) == Some(PlaceholderKind::Words)
    {
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

fn anatomy(facts: &mut Facts, value: &Text, sent: &Sent<'_>) -> Option<Credentials> {
    let (scheme, mut credentials) = split(value, is_wire(sent));
    let (name, as_written) = match &scheme {
        Some(scheme) => (Observed::at(scheme.as_str().to_ascii_lowercase(), scheme.span()), Observed::text(scheme)),
        // Who covers the whole value covers the scheme too.
        None if shape::is_wholly_redacted(value.as_str()) => (Observed::Unseen, Observed::Unseen),
        None => (Observed::at("none", value.span()), Observed::absent(value.span())),
    };
    let mut repeated = Observed::at(false, value.span());
    if let Some(scheme) = &scheme {
        let first = credentials.as_str().split_whitespace().next().unwrap_or_default();
        if !first.is_empty() && first.eq_ignore_ascii_case(scheme.as_str()) {
            repeated = Observed::at(true, scheme.span().to(credentials.span_of(0..first.len())));
            credentials = credentials.slice(first.len()..credentials.len()).trim();
        }
    }
    if credentials.is_empty() {
        let at = scheme.as_ref().map_or_else(|| value.span(), Text::span);
        let rest = match sent.is_taken_out {
            true => taken_out(at),
            false => AnatomyFacts::absent(&[at]),
        };
        AnatomyFacts {
            scheme: name,
            scheme_as_written: as_written,
            scheme_repeated: repeated,
            filled_in: Observed::Unseen,
            ..rest
        }
        .put(facts);
        return None;
    }
    let span = credentials.span();
    // What the shell or the program puts in is sent, but the capture does not show it: not even whether it is a scheme.
    if sent.is_expanded(span) {
        let has_scheme = scheme.is_some();
        AnatomyFacts {
            filled_in: Observed::at(true, span),
            scheme: if has_scheme { name } else { Observed::Unseen },
            scheme_as_written: if has_scheme { as_written } else { Observed::Unseen },
            scheme_repeated: if has_scheme { repeated } else { Observed::Unseen },
            ..AnatomyFacts::unseen()
        }
        .put(facts);
        return None;
    }
    // The quotation marks of `Digest username="…", …` belong there; a Bearer token has no parameters.
    let parameters = is_parameters(credentials.as_str()) && !scheme.as_ref().is_none_or(is_bearer);
    let core = if parameters { credentials.clone() } else { core(&credentials) };
    let found = shape::of(core.as_str());
    let is_left_out = matches!(found, Shape::Redacted | Shape::Placeholder);
    let damage = if scheme.is_some() && found == Shape::Redacted && is_quoted_mask(credentials.as_str()) {
        vec![(Damage::Quotes, vec![span])]
    } else if parameters
        || is_sentence(credentials.as_str())
        || found == Shape::Placeholder
        || is_basic(scheme.as_ref())
    {
        Vec::new()
    } else {
        let is_masked = found == Shape::Redacted;
        let mut found = if is_masked { Vec::new() } else { damage(&credentials, scheme.is_none()) };
        // Whoever masks a token leaves the blanks in front of it.
        found.extend(scheme.as_ref().and_then(|scheme| gap(value, scheme, &credentials)));
        found
    };
    // Of a masked JWT the beginning is often left, and with it claims that matter.
    let begins_as_jwt = found == Shape::Redacted && core.as_str().starts_with("eyJ");
    let jwt = (found == Shape::Jwt || begins_as_jwt).then(|| Jwt::of(&core));
    let says_nothing = matches!(found, Shape::Opaque | Shape::ApiKey | Shape::Uuid | Shape::Basic);
    AnatomyFacts {
        basic: if is_basic(scheme.as_ref()) && !is_left_out {
            Observed::at(shape::basic(credentials.as_str()), span)
        } else {
            Observed::absent(span)
        },
        damage: Observed::Known(damage.clone(), damage.into_iter().flat_map(|(_, at)| at).collect()),
        filled_in: Observed::at(false, span),
        masked_jwt: match found {
            Shape::Redacted if !begins_as_jwt && shape::is_wholly_redacted(core.as_str()) => Observed::Unseen,
            _ => Observed::at(begins_as_jwt, span),
        },
        kind: match jwt.as_ref().and_then(kind_of) {
            Some(kind) => Observed::at(kind, span),
            None if says_nothing => Observed::absent(span),
            None => Observed::Unseen,
        },
        placeholder: match shape::placeholder(credentials.as_str()).filter(|_| found == Shape::Placeholder) {
            Some(kind) => Observed::at(kind, span),
            None => Observed::absent(span),
        },
        scheme: name,
        scheme_as_written: as_written,
        scheme_repeated: repeated,
        shape: Observed::at(found, span),
        credentials: Observed::text(&credentials),
    }
    .put(facts);
    if says_nothing {
        // An opaque value says nothing of itself: no claims, no times.
        TokenTimes::absent(&[span]).put(facts);
        TokenHeader::absent(&[span]).put_others(facts);
        TokenClaim { value: Observed::absent(span), state: Observed::at(Presence::Absent, span) }.put_others(facts);
    }
    if let Some(jwt) = &jwt {
        header(facts, jwt, span, TokenHeader::value(), None);
        payload(facts, jwt, span, TokenClaim::value(), TokenClaim::state());
    }
    Some(Credentials { text: core, jwt, shape: found })
}

fn is_bearer(scheme: &Text) -> bool {
    scheme.as_str().eq_ignore_ascii_case("bearer")
}

/// Whether there are words in the place of a token: `same as in Postman`. The author wrote them; they are not damage.
fn is_sentence(credentials: &str) -> bool {
    let is_word = |w: &str| w.chars().all(|c| c.is_alphabetic() || ",.'’!-".contains(c));
    credentials.split_whitespace().count() >= 3 && credentials.split_whitespace().all(is_word)
}

/// Whether a mask was typed over a token within its quotation marks: `"****"`. Around a name, as in `"<token>"`,
/// they may be the author's own.
fn is_quoted_mask(credentials: &str) -> bool {
    let inner = ['"', '\''].iter().find_map(|mark| credentials.strip_prefix(*mark)?.strip_suffix(*mark));
    inner.is_some_and(|inner| inner.len() >= 3 && inner.chars().all(|c| "*xX•●".contains(c)))
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

/// The token itself, without quotes or brackets around it and without words after it.
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

/// What is wrong with credentials, with the places. `is_bare`: no scheme is before them.
fn damage(credentials: &Text, is_bare: bool) -> Vec<(Damage, Vec<Span>)> {
    let value = credentials.as_str();
    let mut found = Vec::new();
    let mut add = |what: Damage, range: std::ops::Range<usize>| found.push((what, vec![credentials.span_of(range)]));
    let first = value.chars().next().unwrap_or(' ');
    let last = value.chars().next_back().unwrap_or(' ');
    let smart = |c: char| "“”‘’".contains(c);
    if matches!(first, '"' | '\'') || matches!(last, '"' | '\'') {
        add(Damage::Quotes, 0..value.len());
    } else if smart(first) != smart(last) {
        // A pair of typographic quotes is what an editor makes of a quoted word; a single one was in the value.
        add(Damage::Quotes, 0..value.len());
    }
    if matches!(first, '[' | '{' | '(' | '<') && matches!(last, ']' | '}' | ')' | '>') {
        add(Damage::Brackets, 0..value.len());
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
            add(Damage::LineBreak, from..value.len());
        } else if head_is_token && !shape::of(tail).is_credential() && tail.chars().any(char::is_alphabetic) {
            add(Damage::TrailingText, from..value.len());
        } else {
            add(Damage::WhiteSpace, from..value.len());
        }
    }
    if let Some(at) = value.find(['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{00AD}']) {
        let len = value[at..].chars().next().map_or(1, char::len_utf8);
        add(Damage::Invisible, at..at + len);
    } else if let Some((at, c)) =
        value.char_indices().find(|(_, c)| !c.is_ascii() && !smart(*c) && *c != '…' && *c != '\u{A0}')
    {
        add(Damage::NotAscii, at..at + c.len_utf8());
    }
    if let Some((at, c)) = value.char_indices().find(|(_, c)| c.is_control() && *c != '\n' && *c != '\t') {
        add(Damage::Control, at..at + c.len_utf8());
    }
    let hex = |at: usize| value.get(at + 1..at + 3).is_some_and(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
    if let Some((at, _)) = value.match_indices('%').find(|(at, _)| hex(*at)) {
        add(Damage::PercentEncoded, at..at + 3);
    }
    if matches!(last, ',' | ';') {
        add(Damage::TrailingText, value.len() - 1..value.len());
    }
    let bare = inner.trim_end_matches([',', ';']);
    let is_whole = bare.starts_with("eyJ") && !bare.contains(char::is_whitespace) && !shape::is_redacted(bare);
    let lacks_a_part = is_whole && !matches!(bare.matches('.').count(), 2 | 4);
    if lacks_a_part || is_whole && is_signature_short(bare) {
        add(Damage::Truncated, 0..value.len());
    }
    found
}

/// More than one blank between the scheme and the credentials.
fn gap(value: &Text, scheme: &Text, credentials: &Text) -> Option<(Damage, Vec<Span>)> {
    let (from, till) = (scheme.len(), value.as_str().len());
    let rest = &value.as_str()[from..till];
    let blanks = rest.len() - rest.trim_start().len();
    let is_next = rest.trim_start().starts_with(credentials.as_str());
    (blanks > 1 && is_next && rest[..blanks].bytes().all(|b| b == b' '))
        .then(|| (Damage::Gap, vec![value.span_of(from..from + blanks)]))
}

/// Whether the signature of a JWT is shorter than its algorithm makes it, or of a length that base64 cannot have.
fn is_signature_short(token: &str) -> bool {
    let mut parts = token.split('.');
    let (Some(header), Some(_), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    if signature.is_empty() {
        return false;
    }
    let header = shape::URL_SAFE.decode(header.trim_end_matches('=')).unwrap_or_default();
    let header = String::from_utf8_lossy(&header);
    let algorithm = header.split("\"alg\"").nth(1).and_then(|rest| rest.split('"').nth(1)).unwrap_or_default();
    // In characters of base64 without padding.
    let least = match algorithm {
        "HS256" => 43,
        "HS384" => 64,
        "HS512" | "ES256" | "EdDSA" => 86,
        "ES384" => 128,
        "ES512" => 176,
        _ => 0,
    };
    signature.len() % 4 == 1 || signature.len() < least
}

/// Sets the members of a JWT's header. A header that can be decoded is whole: what it lacks is absent.
pub(super) fn header(
    facts: &mut Facts,
    jwt: &Jwt,
    token: Span,
    values: Family<String>,
    states: Option<Family<Presence>>,
) {
    if let Some(json) = &jwt.header {
        members(facts, json, values, states, |_| true);
        others(facts, token, values, states);
    }
}

/// Sets the claims of a JWT. A payload that was cut off may hold claims that are not seen.
pub(super) fn payload(facts: &mut Facts, jwt: &Jwt, token: Span, values: Family<String>, states: Family<Presence>) {
    if let Some(json) = &jwt.payload {
        let is_whole = jwt.form == JwtForm::Jwt;
        // In source code the value may be an expression, which is read as nothing.
        let is_shown = |value: &Json| is_whole || !matches!(value, Json::Null(_));
        members(facts, json, values, Some(states), is_shown);
        if is_whole {
            others(facts, token, values, Some(states));
        }
    }
}

fn members(
    facts: &mut Facts,
    json: &Json,
    values: Family<String>,
    states: Option<Family<Presence>>,
    is_shown: impl Fn(&Json) -> bool,
) {
    let named = json.members().iter().filter(|(name, _)| !name.as_str().is_empty());
    for (name, value) in named.filter(|(_, value)| is_shown(value)) {
        let text = match value {
            Json::Array(items, _) => {
                items.iter().filter_map(Json::to_text).map(|t| t.as_str().to_owned()).collect::<Vec<_>>().join(" ")
            }
            other => other.to_text().map(|t| t.as_str().to_owned()).unwrap_or_default(),
        };
        if let Some(states) = states {
            let state = if text.is_empty() { Presence::Blank } else { Presence::Present };
            facts.set_member(states, name.as_str(), Observed::at(state, value.span()));
        }
        facts.set_member(values, name.as_str(), Observed::at(text, value.span()));
    }
}

fn others(facts: &mut Facts, token: Span, values: Family<String>, states: Option<Family<Presence>>) {
    facts.set_others(values, Observed::absent(token));
    if let Some(states) = states {
        facts.set_others(states, Observed::at(Presence::Absent, token));
    }
}

/// What kind of token a JWT is by its own claims.
fn kind_of(jwt: &Jwt) -> Option<TokenKind> {
    let payload = jwt.payload.as_ref()?;
    let text = |name: &str| payload.get(name).and_then(Json::to_text).map(|t| t.as_str().to_owned());
    if text("tokenName").as_deref() == Some("id_token") || text("typ").as_deref() == Some("ID") {
        return Some(TokenKind::IdToken);
    }
    if text("tokenName").as_deref() == Some("refresh_token") || text("typ").as_deref() == Some("Refresh") {
        return Some(TokenKind::RefreshToken);
    }
    // Names that libraries and identity providers use for the kind of token.
    let kind = ["token_use", "token_type", "type"].iter().find_map(|name| text(name)).unwrap_or_default();
    match kind.to_ascii_lowercase().as_str() {
        "id" | "id_token" => return Some(TokenKind::IdToken),
        "refresh" | "refresh_token" => return Some(TokenKind::RefreshToken),
        "access" | "access_token" => return Some(TokenKind::AccessToken),
        _ => {}
    }
    let same = text("iss").is_some() && text("iss") == text("sub");
    let to_token_endpoint = text("aud").is_some_and(|aud| aud.trim_end_matches('/').ends_with("/token"));
    if to_token_endpoint || same && text("jti").is_some() {
        return Some(TokenKind::ClientAssertion);
    }
    let has = |name: &str| payload.get(name).is_some();
    if has("nonce") || has("at_hash") || has("c_hash") || has("auth_time") && !has("scope") {
        return Some(TokenKind::IdToken);
    }
    if has("scope") || has("scp") || text("tokenName").as_deref() == Some("access_token") {
        return Some(TokenKind::AccessToken);
    }
    None
}

/// Whether a field shows what was sent, character by character.
const fn is_wire(sent: &Sent<'_>) -> bool {
    matches!(sent.exchange.format, Format::Raw | Format::Verbose | Format::Har)
}

/// Whether the scheme of a value is one that the answer offers.
fn is_offered(sent: &Sent<'_>, value: &Text) -> bool {
    let scheme = value.as_str().split_whitespace().next().unwrap_or_default();
    let fields = sent.exchange.response.iter().flat_map(|r| &r.fields).filter(|f| f.is(sent.judge.challenges()));
    let mut offered = fields.flat_map(|f| challenge::parse(&f.value)).peekable();
    match offered.peek() {
        Some(_) => offered.any(|c| c.scheme.as_str().eq_ignore_ascii_case(scheme)),
        None => scheme.eq_ignore_ascii_case("basic"),
    }
}

/// A token that is sent somewhere else in the request.
fn elsewhere(sent: &Sent<'_>, vocabulary: &Vocabulary) -> ElsewhereFacts {
    let request = &sent.exchange.request;
    let found = |place, name: &Text, value: &Text| ElsewhereFacts {
        place: Observed::at(place, value.span()),
        name: Observed::text(name),
    };
    let named = |name: &str| vocabulary.token_fields.iter().any(|t| t.eq_ignore_ascii_case(name));
    let bears = |value: &str| {
        let value = value.trim();
        let token = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")).unwrap_or(value);
        let is_left_out = shape::is_redacted(token) || shape::placeholder(token).is_some();
        shape::of(token).is_credential() || is_left_out && !token.is_empty()
    };
    let is_other = |f: &&Field| !f.is("authorization") && !f.is(sent.judge.credentials()) && !f.is("cookie");
    for field in request.fields.iter().filter(is_other) {
        let prefixed = field.value.as_str().to_ascii_lowercase().starts_with("bearer ");
        if (named(field.name.as_str()) || prefixed) && bears(field.value.as_str()) {
            return found(TokenPlace::Field, &field.name, &field.value);
        }
    }
    let query = sent.url.as_ref().map(|url| url.query.as_slice()).unwrap_or_default();
    if let Some((name, value)) = query.iter().find(|(n, v)| named(n.as_str()) && bears(v.as_str())) {
        return found(TokenPlace::Query, name, value);
    }
    if let Some((name, value)) = sent.form.iter().find(|(n, v)| n.as_str() == "access_token" && bears(v.as_str())) {
        return found(TokenPlace::Body, name, value);
    }
    // For a proxy, what is in Authorization may be meant for the server behind it; with a scheme that the proxy offers, it
    // is more likely its own login in the wrong field.
    if sent.judge == Judge::Proxy
        && let Some(field) = request.fields.iter().find(|f| f.is("authorization"))
        && is_offered(sent, &field.value)
    {
        return found(TokenPlace::Field, &field.name, &field.value);
    }
    // Only a head that is shown whole has no token anywhere else in it.
    if !shows_head(request) {
        return ElsewhereFacts::unseen();
    }
    let target: Vec<Span> = request.url.iter().map(Text::span).collect();
    ElsewhereFacts::absent(&target)
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    fn request(field: &str) -> String {
        format!("GET /things HTTP/1.1\nHost: api.example.org\n{field}\nHTTP/1.1 401 Unauthorized\n\n")
    }

    #[test]
    fn a_request_without_the_field() {
        assert_facts(
            &request(""),
            &[
                ("authorization.state", "absent"),
                ("authorization.count", "0"),
                ("authorization.scheme", "absent"),
                ("authorization.placeholder", "absent"),
                ("authorization.basic", "absent"),
                ("credentials.elsewhere", "absent"),
            ],
        );
    }

    #[test]
    fn a_field_without_a_token() {
        assert_facts(
            &request("Authorization: Bearer\n"),
            &[
                ("authorization.state", "present"),
                ("authorization.scheme", "bearer"),
                ("authorization.credentials", "absent"),
                ("authorization.shape", "absent"),
                ("authorization.filled-in", "unseen"),
            ],
        );
    }

    #[test]
    fn an_opaque_token_has_no_claims() {
        assert_facts(
            &request("Authorization: BEARER 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n"),
            &[
                ("authorization.scheme", "bearer"),
                ("authorization.scheme-as-written", "BEARER"),
                ("authorization.scheme-repeated", "no"),
                ("authorization.shape", "opaque"),
                ("authorization.kind", "absent"),
                ("authorization.expired", "absent"),
                ("authorization.claim.scope", "absent"),
                ("authorization.claim-state.scope", "absent"),
                ("authorization.header.alg", "absent"),
                ("authorization.damage", ""),
            ],
        );
    }

    #[test]
    fn a_masked_jwt_shows_what_is_left_of_it() {
        // {"alg":"RS512"} and {"exp":1772619300,"iss":"a"}
        let value = "Bearer eyJhbGciOiJSUzUxMiJ9.eyJleHAiOjE3NzI2MTkzMDAsImlzcyI6ImEifQ.***";
        assert_facts(
            &request(&format!("Authorization: {value}\n")),
            &[
                ("authorization.shape", "redacted"),
                ("authorization.masked-jwt", "yes"),
                ("authorization.header.alg", "RS512"),
                ("authorization.claim.iss", "a"),
                ("authorization.claim-state.aud", "absent"),
                ("authorization.damage", ""),
            ],
        );
        let cut = "Bearer eyJhbGciOiJSUzUxMiJ9.eyJleHAiOjE3NzI2MTkz…";
        assert_facts(&request(&format!("Authorization: {cut}\n")), &[("authorization.claim-state.aud", "unseen")]);
        for (value, is_jwt) in [("Bearer eyJhb****", "yes"), ("Bearer 0vGS…46Q", "no"), ("Bearer ****", "unseen")] {
            assert_facts(&request(&format!("Authorization: {value}\n")), &[("authorization.masked-jwt", is_jwt)]);
        }
    }

    #[test]
    fn the_decoded_parts_of_a_token() {
        let text = "GET https://api.example.org/things\n401 Unauthorized\n\n{\"alg\":\"RS256\",\"typ\":\"JWT\"}\n{\"iss\":\"issuer\",\"sub\":\"7\",\"exp\":1893456000}\n";
        assert_facts(
            text,
            &[
                ("authorization.claim.iss", "issuer"),
                ("authorization.header.alg", "RS256"),
                ("authorization.claim-state.aud", "unseen"),
            ],
        );
    }

    #[test]
    fn a_proxy_judges_its_own_field() {
        let request = |fields: &str| {
            format!(
                "CONNECT api.example.org:443 HTTP/1.1\nHost: api.example.org:443\n{fields}\n\nHTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: Basic realm=\"x\"\n\n"
            )
        };
        assert_facts(
            &request("Authorization: Basic am86cmlnaHQtaG9yc2U="),
            &[
                ("authorization.field", "Proxy-Authorization"),
                ("authorization.state", "absent"),
                ("challenge.schemes", "basic"),
                ("credentials.elsewhere-name", "Authorization"),
            ],
        );
        assert_facts(
            &request(
                "Authorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\nProxy-Authorization: Basic am86cmlnaHQtaG9yc2U=",
            ),
            &[
                ("authorization.scheme", "basic"),
                ("authorization.basic", "well-formed"),
                ("credentials.elsewhere", "absent"),
            ],
        );
        assert_facts(
            "curl -x http://proxy.example:3128 https://api.example.org/things\n\nHTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: Basic realm=\"x\"\n\n",
            &[("authorization.field", "Proxy-Authorization"), ("authorization.state", "unseen")],
        );
    }

    #[test]
    fn digest_credentials_and_their_request() {
        let field = |uri: &str, rest: &str| {
            request(&format!(
                "Authorization: Digest username=\"jo\", realm=\"x\", nonce=\"41d8\", uri=\"{uri}\"{rest}\n"
            ))
        };
        let response = ", response=\"0f343b0931126a20f133d67c2b018a3b\"";
        for (text, form, differs) in [
            (field("/things", response), "complete", "no"),
            (field("/other", response), "complete", "yes"),
            (field("https://api.example.org/things", response), "complete", "no"),
            (field("/things", ""), "incomplete", "no"),
        ] {
            assert_facts(&text, &[("authorization.digest", form), ("authorization.digest-uri-differs", differs)]);
        }
        assert_facts(&request("Authorization: Basic am86eA==\n"), &[("authorization.digest", "absent")]);
    }

    #[test]
    fn a_scheme_that_is_also_a_name_for_credentials() {
        assert_facts(
            &request("Authorization: Token\n"),
            &[("authorization.scheme", "token"), ("authorization.credentials", "absent")],
        );
    }

    #[test]
    fn damage_is_named() {
        for (value, damage) in [
            ("Bearer \"4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\"", "quotes"),
            ("Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ please check", "trailing-text"),
            ("Bearer eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhIn0", "truncated"),
            ("Bearer \"****\"", "quotes"),
            ("Bearer ****", ""),
            ("Bearer \"<token>\"", ""),
        ] {
            assert_facts(&request(&format!("Authorization: {value}\n")), &[("authorization.damage", damage)]);
        }
    }

    #[test]
    fn what_hides_the_value_hides_the_scheme() {
        for mask in ["[secure]", "Sensitive", "****1234", "valid token", "same as in Postman", "not shown", "xxx"] {
            let shown = [
                ("authorization.scheme", "unseen"),
                ("authorization.damage", ""),
                ("authorization.placeholder", "absent"),
            ];
            assert_facts(&request(&format!("Authorization: {mask}\n")), &shown);
        }
        assert_facts(&request("Authorization: 0vGS…46Q\n"), &[("authorization.scheme", "none")]);
    }

    #[test]
    fn a_token_in_the_query() {
        assert_facts(
            "GET /things?access_token=4kQeTz8hWq2LrVn0XyPs7BdUcGfJ HTTP/1.1\nHost: api.example.org\nAccess_Token: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\nX-Other: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n\n",
            &[("credentials.elsewhere", "field"), ("credentials.elsewhere-name", "X-Other")],
        );
    }
}

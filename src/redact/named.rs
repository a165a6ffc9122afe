//! Credentials that follow their name in a text: `password=…`, `"client_secret": "…"`, `our API key is …`,
//! `https://user:password@host`. Whatever the text is; where a reader knows better, it says so itself.

use std::ops::Range;

use super::detect::is_uuid_like;
use super::names::{self, Telling};
use crate::shape::{self, Shape, is_mixed};

/// What is found no further than this from its name.
const FAR: usize = 4096;

/// Words that may follow a name and are not its value.
const NO_VALUES: [&str; 38] = [
    "expired",
    "missing",
    "invalid",
    "required",
    "none",
    "null",
    "true",
    "false",
    "bearer",
    "basic",
    "present",
    "absent",
    "unknown",
    "removed",
    "redacted",
    "here",
    "string",
    "yes",
    "no",
    "not",
    "correct",
    "incorrect",
    "wrong",
    "valid",
    "undefined",
    "hidden",
    "blank",
    "empty",
    "optional",
    "value",
    "header",
    "token",
    "below",
    "above",
    "same",
    "sent",
    "other",
    "checked",
];

/// Words before a credential that say how it is meant.
const SCHEMES: [&str; 7] = ["bearer", "basic", "digest", "token", "dpop", "apikey", "negotiate"];

/// A credential, and whether its value is masked everywhere: an ordinary word is not.
pub(super) struct Named {
    pub(super) range: Range<usize>,
    pub(super) anywhere: bool,
}

/// All of them, in the order of the text.
pub(super) fn all(text: &str) -> Vec<Named> {
    let mut found = behind_names(text);
    found.extend(parameters(text));
    found.extend(user_infos(text));
    found.extend(encoded_by_a_shell(text));
    found
}

const fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}

fn behind_names(text: &str) -> Vec<Named> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut before) = (0, 0..0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| is_name_byte(**b)).count();
        let name = text[at..end].trim_end_matches(['.', '-']);
        // `\nAuthorization` in a JSON string: the letter of the escape is none of the name.
        let escaped = at > 0 && bytes[at - 1] == b'\\' && name.starts_with(['n', 'r', 't']);
        let name = if escaped { &name[1..] } else { name };
        let told = name_told(name, text, &before, at);
        if let Some(told) = told {
            found.extend(value(text, at + usize::from(escaped) + name.len(), told, name, at));
        }
        before = at..end;
        at = end.max(at + 1);
    }
    found
}

/// What a word means as a name, alone or with the word before it (`API key`).
fn name_told(name: &str, text: &str, before: &Range<usize>, at: usize) -> Option<Telling> {
    if name.len() < 2 {
        return None;
    }
    if let Some(told) = names::telling(name) {
        return Some(told);
    }
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "bearer" => return Some(Telling::Token),
        "pass" | "pin" | "pat" | "pw" | "auth" if text.as_bytes().get(at + name.len()) == Some(&b'=') => {
            return Some(Telling::Password);
        }
        "key" | "id" | "code" => {}
        _ => return None,
    }
    const FIRST: [&str; 14] = [
        "api",
        "access",
        "secret",
        "private",
        "subscription",
        "signing",
        "consumer",
        "master",
        "app",
        "auth",
        "encryption",
        "shared",
        "session",
        "authorization",
    ];
    let near = text.get(before.end..at).is_some_and(|between| between == " ");
    let first =
        text.get(before.clone()).filter(|first| near && FIRST.contains(&first.to_ascii_lowercase().as_str()))?;
    names::telling(&format!("{first}-{lower}"))
}

/// The value after a name that ends here.
fn value(text: &str, from: usize, told: Telling, name: &str, at: usize) -> Option<Named> {
    let bytes = text.as_bytes();
    let quotes = |b: u8| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b'*' | b')' | b']' | b'}');
    let blank = |b: u8| matches!(b, b' ' | b'\t' | 0xC2 | 0xA0);
    let skip =
        |from: usize, is: &dyn Fn(u8) -> bool| from + bytes[from..].iter().take(24).take_while(|b| is(**b)).count();
    let behind = skip(skip(from, &quotes), &blank);
    let rest = text.get(behind..)?;
    let is_option = text[..at].ends_with("--") || text[..at].ends_with(" -");
    let marks = ["->", "=>", ":=", "==", "=", ":", "|", "%3D", "%3d", "%253D", ">"];
    let mut is_bare = false;
    let in_path = rest.starts_with('/') && text[..at].ends_with('/') && name.eq_ignore_ascii_case("token");
    let (mut start, strong) = if in_path {
        (behind + 1, false)
    } else if let Some(mark) = marks.iter().find(|mark| rest.starts_with(**mark)) {
        (behind + mark.len(), true)
    } else if let Some(value) = ["value=", "\"value\":", "value:"].iter().find_map(|v| {
        let rest = rest.trim_start_matches([',', ' ']);
        rest.starts_with(v).then(|| text.len() - rest.len() + v.len())
    }) {
        (value, true)
    } else if is_option && behind > from {
        (behind, true)
    } else {
        let between = words_between(rest);
        is_bare = between == 0;
        (behind + between, false)
    };
    let opens = |b: u8| {
        matches!(b, b'"' | b'\'' | b'`' | b'\\' | b'*' | b'(' | b'[' | b' ' | b'\t' | b'=' | b'>' | b':' | 0xC2 | 0xA0)
    };
    let before_quotes = start;
    start = skip(start, &opens);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let quoted = bytes.get(before_quotes..start).is_some_and(|b| b.iter().any(|b| matches!(b, b'"' | b'\'' | b'`')));
    let mut word = word_at(text, start);
    if in_path {
        word.end = text[word.clone()].find('/').map_or(word.end, |i| word.start + i);
    }
    // `Authorization: Bearer …`: the scheme is not the value.
    if let Some(next) = behind_scheme(text, &word) {
        word = next;
    }
    // `Bearer%20…`, `Bearer:…`: so is one that another mark parts from it.
    let glued = SCHEMES.iter().find(|s| text[word.clone()].get(..s.len()).is_some_and(|w| w.eq_ignore_ascii_case(s)));
    if let Some(scheme) =
        glued.filter(|s| !text[word.start + s.len()..word.end].starts_with(|c: char| c.is_alphanumeric()))
    {
        word.start += scheme.len();
        word.start += text[word.clone()].bytes().take_while(|b| matches!(b, b':' | b'=' | b',')).count();
    }
    let value = text[word.clone()].trim_end_matches(['.', ':', '!', '?', '\\']);
    let range = word.start..word.start + value.len();
    let is_word = value.bytes().all(|b| b.is_ascii_alphabetic());
    let is_uuid = is_uuid_like(value);
    let random = is_mixed(value) || is_uuid;
    if value.len() < 4
        || value.contains("://")
        || value.contains(['‹', '›'])
        || NO_VALUES.contains(&value.to_ascii_lowercase().as_str())
        || matches!(shape::of(value), Shape::Placeholder | Shape::Redacted)
        || names::telling(value).is_some() && is_word
        || is_bare
            && !quoted
            && (text[..at].ends_with([':', '.', '/']) || !is_uuid && !has_digits_between_letters(value))
        || !strong && !(value.len() >= 6 && (random || quoted && !value.contains(' ')))
        || told == Telling::Token && !random && !(value.len() >= 8 && value.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    // A path or a version after `token` says where a token comes from; it is not a token.
    if told == Telling::Token && value.starts_with('/') || name.len() + 1 == value.len() && value.starts_with(name) {
        return None;
    }
    Some(Named { range, anywhere: random && value.len() >= 6 })
}

/// A word of a sentence has no digit but at its end.
fn has_digits_between_letters(value: &str) -> bool {
    let inner = value.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_digit = inner.bytes().any(|b| b.is_ascii_digit());
    let large = inner.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
    let small = inner.bytes().filter(u8::is_ascii_lowercase).count();
    let has_end_digit = inner.len() < value.len();
    !value.contains(['.', '/'])
        && (has_digit || large > 0 && has_end_digit || value.len() >= 12 && large > 2 && small > 2)
}

/// `is`, `was`, or a few small words and a colon between a name and its value; gives their length.
fn words_between(rest: &str) -> usize {
    const VERBS: [&str; 15] = [
        "is ",
        "was ",
        "are ",
        "- ",
        "– ",
        "starts with ",
        "starting with ",
        "starting ",
        "begins with ",
        "beginning ",
        "ends with ",
        "ends in ",
        "ending in ",
        "ending with ",
        "ending ",
    ];
    for verb in VERBS {
        if rest.starts_with(verb) {
            return verb.len();
        }
    }
    let mut at = 0;
    for _ in 0..5 {
        let word = rest[at..].bytes().take(16).take_while(u8::is_ascii_lowercase).count();
        match rest.as_bytes().get(at + word) {
            Some(b':' | b'=') if word > 0 => return at + word + 1,
            Some(b' ') if word > 0 && rest[at + word + 1..].starts_with("= ") => return at + word + 2,
            Some(b' ') if rest[at..].starts_with("of ") => return at + 3,
            Some(b' ') if word > 0 => at += word + 1,
            _ => break,
        }
    }
    // `Bearer 6f0d…`, `token 'x'`: the value follows directly.
    0
}

fn word_at(text: &str, start: usize) -> Range<usize> {
    let stops = |c: char| c.is_whitespace() || "\"'`<>|,;)(&}{]“”‘’".contains(c) || c.is_control();
    let rest = &text[start..text.floor_char_boundary(start + FAR)];
    let end = rest.find(stops).unwrap_or(rest.len());
    // An escape ends it too: `\n`, `\"`; a path of Windows does not.
    let end = ["\\n", "\\r", "\\\"", "\\t", "%26"].iter().filter_map(|e| rest[..end].find(e)).min().unwrap_or(end);
    start..start + end
}

/// The word after a scheme.
fn behind_scheme(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    if !SCHEMES.contains(&text[word.clone()].to_ascii_lowercase().as_str()) {
        return None;
    }
    let rest = text.get(word.end..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\u{A0}', '\t', '=', ':']).len();
    (blanks > 0).then(|| word_at(text, word.end + blanks))
}

/// The values of parameters that name a secret, in any URL of the text: a fragment, another field, a URL in a URL.
fn parameters(text: &str) -> Vec<Named> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for mark in ["=", "%3D", "%3d", "%253D", "%253d"] {
        for (at, _) in text.match_indices(mark) {
            let is_of_name = |b: &u8| b.is_ascii_alphanumeric() || b"_-[]%.".contains(b);
            let mut from = at - bytes[..at].iter().rev().take(60).take_while(|b| is_of_name(b)).count();
            // `%3Ftoken`, `%26token`, `%2526token`: the digits of the escape come before the name.
            let escapes = ["%253F", "%253f", "%2526", "%2523", "%3F", "%3f", "%26", "%23"];
            let escape = escapes.iter().filter_map(|e| text[from..at].rfind(e).map(|i| from + i + e.len())).max();
            let starts = escape.is_some() || from > 0 && matches!(bytes[from - 1], b'?' | b'&' | b'#' | b';');
            from = escape.unwrap_or(from);
            if !starts || !names::is_secret_parameter(&text[from..at]) {
                continue;
            }
            let begin = at + mark.len();
            let is_of_value = |b: &u8| b.is_ascii_graphic() && !b"&#\"'`<>,;|(){}[]".contains(b);
            let len = bytes[begin..].iter().take(4 * FAR).take_while(|b| is_of_value(b)).count();
            let value = &text[begin..begin + len];
            let value = ["%26", "%2526"].iter().filter_map(|e| value.find(e)).min().map_or(value, |end| &value[..end]);
            let value = value.trim_end_matches(['.', ':', '!', '?', '\\']);
            if value.len() >= 4 && !matches!(shape::of(value), Shape::Redacted | Shape::Placeholder) {
                let anywhere = value.len() >= 6 && (is_mixed(value) || is_uuid_like(value) || value.len() >= 8);
                found.push(Named { range: begin..begin + value.len(), anywhere });
            }
        }
    }
    found
}

/// The passwords in `scheme://user:password@host`.
fn user_infos(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("://") {
        let from = at + mark.len();
        let rest = &text[from..text.floor_char_boundary(from + 512)];
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`<>".contains(c)).unwrap_or(rest.len());
        let Some(host) = rest[..end].find('@') else { continue };
        let Some(colon) = rest[..host].find(':') else { continue };
        let password = &rest[colon + 1..host];
        // A port, and a path with an `@` in it, are not a password.
        let is_port =
            password.split('/').next().is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
        let shown = matches!(shape::of(password), Shape::Placeholder | Shape::Redacted);
        if password.len() >= 3 && !(is_port && password.contains('/')) && !shown {
            let range = from + colon + 1..from + host;
            found.push(Named { range, anywhere: password.len() >= 6 });
        }
    }
    found
}

/// `$(echo -n user:password | base64)`: what a shell encodes before it is sent.
fn encoded_by_a_shell(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("base64") {
        let base = text.ceil_char_boundary(at.saturating_sub(160));
        let Some(pipe) = text[base..at].trim_end().strip_suffix('|') else { continue };
        let pipe = pipe.trim_end_matches(['"', '\'', ' ']);
        let Some(word) = pipe.rsplit([' ', '\'', '"']).next() else { continue };
        let password = word.split_once(':').map_or(word, |(_, password)| password);
        if word.starts_with(['-', '$', '%', '<']) || pipe.trim_end_matches(word).trim_end().ends_with(['|', ';', '&']) {
            continue;
        }
        let start = base + pipe.len() - password.len();
        if password.len() >= 4 && shape::of(password) != Shape::Placeholder {
            found.push(Named { range: start..start + password.len(), anywhere: password.len() >= 6 });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut out = text.to_owned();
        let mut found = all(text);
        found.sort_by_key(|n| std::cmp::Reverse(n.range.start));
        let mut last = usize::MAX;
        for named in found.into_iter().filter(|n| n.range.end <= text.len()) {
            if named.range.end <= last {
                last = named.range.start;
                out.replace_range(named.range, "‹›");
            }
        }
        out
    }

    #[test]
    fn values_behind_names() {
        for (text, wanted) in [
            ("password: hunterpassx", "password: ‹›"),
            ("password=hunterpassx and so on", "password=‹› and so on"),
            ("DB_PASS='hunter,2'", "DB_PASS='‹›,2'"),
            ("\"client_secret\": \"2f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90\"", "\"client_secret\": \"‹›\""),
            ("\\\"client_secret\\\": \\\"ab12cdXY\\\"", "\\\"client_secret\\\": \\\"‹›\\\""),
            ("our API key is ab12cdXY.", "our API key is ‹›."),
            ("the password is ab12cdXY", "the password is ‹›"),
            ("we send \"Bearer 2f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90\"", "we send \"Bearer ‹›\""),
            ("Authorization: Basic c3ZjOm5sbHEyMlpI\\r\\nX: y", "Authorization: Basic ‹›\\r\\nX: y"),
            ("Invalid ApiKey for given resource: ab12cdXY", "Invalid ApiKey for given resource: ‹›"),
            ("| Client secret | hunterpassx |", "| Client secret | ‹› |"),
            ("keytool --storepass hunterpassx", "keytool --storepass ‹›"),
            ("<add key=\"consumer_key\" value=\"ab12cdXY\"/>", "<add key=\"consumer_key\" value=\"‹›\"/>"),
            ("curl -x http://me:hunterpassx@proxy.example:8080 x", "curl -x http://me:‹›@proxy.example:8080 x"),
            ("Basic $(echo -n svc:hunterpassx | base64)", "Basic $(echo -n svc:‹› | base64)"),
            ("GET /x?auth[token]=ab12cdXY&key=ab12cdXZ", "GET /x?auth[token]=‹›&key=‹›"),
            ("?u=https%253A%252F%252Fy%253Ftoken%253Dab12cdXY", "?u=https%253A%252F%252Fy%253Ftoken%253D‹›"),
            ("session id 7f3kQ2mX9", "session id ‹›"),
            ("/a/token/2f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90/b", "/a/token/‹›/b"),
            ("we send Bearer qORgcubMepQVbQ", "we send Bearer ‹›"),
            ("an Authorization header of ab12cdXY", "an Authorization header of ‹›"),
            ("Authorization header value = ab12cdXY", "Authorization header value = ‹›"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_are_no_values() {
        for text in [
            "token: expired",
            "Authorization: none",
            "the access token has expired after 10 minutes",
            "token_type=Bearer&expires_in=599",
            "grant_type=client_credentials&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "password: <your password>",
            "Bearer token from https://int.api.service.nhs.uk/oauth2/token",
            "token endpoint: /oauth2/token",
            "secret: REDACTED",
            "PASS: test_login",
            "Bearer realm=\"null\",error=\"invalid_token\"",
            "The API key is missing or wrong",
            "https://a.example:8080/x@y",
            "https://int.api.service.nhs.uk/oauth2/token/info",
            "a Bearer PractitionerRole",
        ] {
            assert_eq!(shown(text), text, "{text}");
        }
    }
}

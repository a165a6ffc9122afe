//! Credentials in URLs: parameters, the part before the host, links that reset a password.

use super::broken;
use super::bytes::{has_length, lengths};
use super::cut;
use super::detect::{is_camel, is_short_random, is_uuid_like};
use super::hidden::Hidden;
use super::names;
use super::plain;
use super::searchable::Searchable;
use super::value::{self, FAR, Firmness};
use crate::shape::is_mixed;
use crate::text::offset_in;

/// All of them.
pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = parameters(searchable);
    found.extend(bare_user_infos(searchable));
    found.extend(in_paths(searchable));
    if searchable.has(AUTHORITY) {
        found.extend(user_infos(searchable));
        found.extend(spaced_user_infos(searchable));
        found.extend(one_time_links(searchable));
    }
    found
}

/// The mark in front of the host of a URL.
const AUTHORITY: &str = "://";

/// The values of parameters that name a secret, in any URL of the text: a fragment, another field, a URL in a URL.
fn parameters(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for mark in ["=", "%3D", "%3d", "%253D", "%253d"] {
        for at in searchable.places(mark) {
            let is_of_name =
                |b: &u8| b.is_ascii_alphanumeric() || matches!(*b, b'_' | b'-' | b'[' | b']' | b'%' | b'.');
            let mut from = at - bytes[..at].iter().rev().take(60).take_while(|b| is_of_name(b)).count();
            // `%3Ftoken`, `%26token`, `%2526token`: the digits of the escape come before the name.
            let escapes = ["%253F", "%253f", "%2526", "%2523", "%3F", "%3f", "%26", "%23"];
            let has_escape = bytes[from..at].contains(&b'%');
            let escapes = escapes.iter().filter(|_| has_escape);
            let escape = escapes.filter_map(|e| text[from..at].rfind(e).map(|i| from + i + e.len())).max();
            let starts = escape.is_some() || from > 0 && matches!(bytes[from - 1], b'?' | b'&' | b'#' | b';');
            from = escape.unwrap_or(from);
            if !starts || !names::is_secret_parameter(&text[from..at]) {
                continue;
            }
            let begin = at + mark.len();
            let is_of_value = |b: &u8| b.is_ascii_graphic() && !b"&#\"'`<>,;|(){}[]".contains(b);
            let len = bytes[begin..].iter().take(FAR).take_while(|b| is_of_value(b)).count();
            let value = &text[begin..begin + len];
            let value = ["%26", "%2526"].iter().filter_map(|e| value.find(e)).min().map_or(value, |end| &value[..end]);
            let value = value.trim_end_matches(['.', ':', '!', '?', '\\']);
            found.extend(value::sure(text, begin..begin + value.len()));
        }
    }
    found
}

/// The passwords in `scheme://user:password@host`.
fn user_infos(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(AUTHORITY) {
        let from = at + AUTHORITY.len();
        let rest = &text[from..text.floor_char_boundary(from + 512)];
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>')).unwrap_or(rest.len());
        let end = rest[..end].find("://").unwrap_or(end);
        let end = broken::end_at_host(rest, end);
        let authority = rest[..end].find(['/', '?']).unwrap_or(end);
        if let Some(host) = rest[..end].find('@').filter(|host| *host > authority) {
            // A token in base64 may hold slashes; a host before a path has a dot.
            let user = &rest[..host];
            if !user.contains(['.', ':']) && user.len() >= 20 && is_mixed(user) {
                found.push(Hidden { range: from..from + host, anywhere: true });
                continue;
            }
        }
        // A password may hold a slash; then the host comes after the first `@`.
        let Some(host) = rest[..authority].rfind('@').or_else(|| rest[..end].find('@')) else { continue };
        let Some(colon) = rest[..host].find(':') else {
            // `https://TOKEN@host`.
            let user = &rest[..host];
            if cut::is_in(user) {
                found.extend(value::left_over(text, &(from..from + host), Firmness::Assigned));
            }
            if !user.contains('/') && user.len() >= 8 && (is_mixed_code(user) || user.len() >= 20) {
                found.push(Hidden { range: from..from + host, anywhere: true });
            }
            continue;
        };
        let password = &rest[colon + 1..host];
        // A port, and a path with an `@` in it, are not a password.
        let is_port =
            password.split('/').next().is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
        let is_base64 = password.contains('+') && is_mixed(password);
        if password.len() >= 3 && !(is_port && password.contains('/') && !is_base64) {
            found.extend(value::sure(text, from + colon + 1..from + host));
        }
    }
    found
}

/// The passwords in `scheme://user:pass word@host`: a program takes blanks in them, and a URL has none.
fn spaced_user_infos(searchable: &Searchable<'_>) -> Vec<Hidden> {
    const LONGEST: usize = 80;
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(AUTHORITY) {
        let from = at + AUTHORITY.len();
        let rest = &text[from..text.floor_char_boundary(from + LONGEST)];
        let rest = &rest[..end_below(rest)];
        let Some(blank) = rest.find([' ', '\n', '\r']) else { continue };
        let word = &rest[..blank];
        let Some(colon) = word.find(':').filter(|_| !word.contains(['/', '@', '?', '#'])) else { continue };
        let is_port = word[colon + 1..].bytes().all(|b| b.is_ascii_digit());
        let Some(host) = rest.find('@').filter(|host| !rest[..*host].contains("://")) else { continue };
        let behind = &rest[host + 1..];
        let len = behind.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(behind.len());
        // Behind a mail address a sentence goes on.
        let is_host = len > 2 && behind[len..].starts_with(['/', ':', '?', '\'']) || len == behind.len();
        if !is_port && colon > 0 && is_host && behind[..len].contains('.') {
            // The marks of a quoted mail stay.
            let password = &rest[colon + 1..host];
            for line in password.split(['\n', '\r']) {
                let shown = line.trim_start_matches(['>', ' ']).trim_end();
                let start = offset_in(text, shown);
                if !shown.is_empty() {
                    found.push(Hidden { range: start..start + shown.len(), anywhere: shown.len() >= 6 });
                }
            }
        }
    }
    found
}

/// Where the words of a URL end that a program took with blanks: at the end of the line, or on the next one if the host is there.
fn end_below(rest: &str) -> usize {
    let stops = |c: char| matches!(c, '"' | '<');
    let most = rest.find(stops).unwrap_or(rest.len());
    let Some(line) = rest[..most].find(['\n', '\r']) else { return rest[..most].find('>').unwrap_or(most) };
    let above = &rest[..line];
    let below = rest[line..most].trim_start_matches(['\r', '\n']);
    let below = below.trim_start_matches(['>', ' ', '\t']);
    let start = most - below.len();
    let end = start + below.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(below.len());
    // The rest of a word, and the host.
    if !above.contains(['@', '/', '>']) && rest[start..end].contains('@') {
        end
    } else {
        above.find('>').unwrap_or(line)
    }
}

/// Words in front of a colon that are no name of a user: what follows is a mail address or the like.
const ADDRESSED: &[&str] =
    &["mailto", "sip", "sips", "xmpp", "acct", "mail", "email", "e-mail", "to", "from", "cc", "bcc", "user", "upn"];

/// The passwords in `user:password@host` without a scheme, where they do not look like words.
fn bare_user_infos(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places("@") {
        let base = text.ceil_char_boundary(at.saturating_sub(200));
        let is_of_user = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let from = text[base..at]
            .rfind(|c: char| !(is_of_user(c) || matches!(c, ':' | '+' | '/')))
            .map_or(base, |i| base + i + text[base + i..].chars().next().map_or(1, char::len_utf8));
        // `name/password@host`, as Oracle has it, is one word with one slash.
        let word = &text[from..at];
        let mark = if word.contains(':') { ':' } else { '/' };
        let word = if mark == ':' { word.rsplit('/').next().unwrap_or(word) } else { word };
        let from = at - word.len();
        let Some((user, password)) = word.split_once(mark).filter(|(_, rest)| !rest.contains('/')) else { continue };
        let host = &text[at + 1..text.floor_char_boundary(at + 100)];
        let host = &host[..host.find(|c| !is_of_user(c)).unwrap_or(host.len())];
        let is_host = host.trim_end_matches('.').contains('.') && host.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_user = !user.is_empty() && !ADDRESSED.contains(&user.to_ascii_lowercase().as_str());
        // `scope/package-name@1.2.3` is a version of a package.
        let is_version = mark == '/'
            && (password.contains('-')
                || !host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic())));
        if is_host && is_user && !is_version && !password.contains(':') && value::is_odd(password) {
            found.extend(value::sure(text, from + user.len() + 1..at));
        }
    }
    found
}

/// Segments of a path after which a code that works once is a credential.
const ONE_TIME: &[&str] = &[
    "reset",
    "verify",
    "confirm",
    "magic",
    "invite",
    "invitation",
    "activate",
    "activation",
    "unsubscribe",
    "webhook",
    "webhooks",
    "hooks",
    "webhookb2",
    "recover",
    "recovery",
    "onetime",
    "sso",
    "token",
    "tokens",
    "share",
    "download-link",
    "apikey",
    "apitoken",
    "accesskey",
    "accesstoken",
    "authtoken",
    "passcode",
];

/// `/apikey/…`, `/token/…`: the segment of a path behind one that names a credential, also where the host was not copied.
fn in_paths(searchable: &Searchable<'_>) -> Vec<Hidden> {
    // What is certain to name one, and what is also the name of a resource, behind which an id may follow.
    const NAMES: [(&str, bool); 8] = [
        ("apikey/", true),
        ("apiKey/", true),
        ("api-key/", true),
        ("api_key/", true),
        ("access_token/", true),
        ("token/", false),
        ("key/", false),
        ("secret/", false),
    ];
    let text = searchable.text;
    let mut found = Vec::new();
    for (name, is_sure) in NAMES {
        for at in searchable.places(name) {
            if !text[..at].ends_with('/') {
                continue;
            }
            let from = at + name.len();
            let rest = &text[from..text.floor_char_boundary(from + 256)];
            let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_~.=+".contains(b)).count();
            let segment = rest[..len].trim_end_matches(['.', '=']);
            let is_value = is_short_code(segment) || is_sure && (is_mixed_code(segment) || value::is_odd(segment));
            if is_value {
                found.push(Hidden { range: from..from + segment.len(), anywhere: true });
            }
        }
    }
    found
}

fn is_one_time(word: &str) -> bool {
    const LENGTHS: [u32; 256] = lengths([ONE_TIME]);
    has_length(&LENGTHS, word) && ONE_TIME.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a segment of a path has one of these words.
fn has_one_time(segment: &str) -> bool {
    segment.split(['-', '_', '.']).any(is_one_time)
}

/// `/reset/…`, `/magic-link/…`: what follows in the path is the credential.
fn one_time_links(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(AUTHORITY) {
        let from = at + AUTHORITY.len();
        let rest = &text[from..text.floor_char_boundary(from + 512)];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ')' | '?' | '#'))
            .unwrap_or(rest.len());
        let end = rest[..end].find("://").unwrap_or(end);
        let (mut is_due, mut goes_on) = (false, false);
        let mut start = from;
        // `/reset?user=kim&t=…`: a parameter of any name.
        let path = rest[..end].rsplit('/').next().unwrap_or_default();
        let is_for_person = |word: &str| ONE_TIME.contains(&word) && !matches!(word, "token" | "tokens" | "sso");
        if rest[end..].starts_with('?') && path.split(['-', '_', '.']).any(is_for_person) {
            found.extend(odd_parameters(text, from + end + 1));
        }
        // A code in base64: its slashes do not end segments.
        if let Some((lead, code)) = code_in_base64(&rest[..end]) {
            found.push(Hidden { range: from + lead..from + lead + code, anywhere: true });
        }
        found.extend(of_hook(text, from, &rest[..end]));
        // `https://conda.example/t/…/channel`.
        if let Some(at) = rest[..end].find("/t/").filter(|_| rest[..end].contains("conda")) {
            let segment = rest[at + "/t/".len()..end].split('/').next().unwrap_or_default();
            let begin = from + at + "/t/".len();
            found.extend(value::sure(text, begin..begin + segment.len()));
        }
        for segment in rest[..end].split('/') {
            let range = start..start + segment.len();
            start = range.end + 1;
            if has_one_time(segment) && (is_one_time(segment) || !is_mixed_code(segment)) {
                is_due = true;
                continue;
            }
            if is_due && cut::is_in(segment) {
                found.extend(value::left_over(text, &range, Firmness::Assigned));
                continue;
            }
            let value = segment.trim_end_matches(['.', ',', ':', ';', '!']);
            // A code in base64 may hold slashes. A word is none of it.
            let is_word = is_camel(value) && value.bytes().all(|b| b.is_ascii_alphabetic());
            let is_rest =
                goes_on && !is_word && value.bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'+');
            // No word of an address is that long.
            let is_long = value.len() >= 24 && value.bytes().all(|b| b.is_ascii_alphanumeric());
            // The number of a hook is none.
            let is_number = value.bytes().all(|b| b.is_ascii_digit());
            let is_odd = !is_number && value::is_odd(value) && !plain::is_english(value);
            if is_due && !value.is_empty() && (is_mixed_code(value) || is_rest || is_long || is_odd) {
                goes_on = true;
                found.push(Hidden { range: range.start..range.start + value.len(), anywhere: true });
            }
        }
    }
    found
}

/// The last segment of the address of a webhook: who knows it can post. It may look like words.
fn of_hook(text: &str, from: usize, url: &str) -> Option<Hidden> {
    const LONG: usize = 16;
    let (host, path) = url.split_once('/')?;
    let path = path.trim_end_matches(['/', '.', ',', ';', ':', '!']);
    let (lead, last) = path.rsplit_once('/')?;
    let is_hook = |word: &str| matches!(word, "hooks" | "webhooks" | "webhook" | "hook" | "webhookb2");
    // `/trigger/orders/with/key/…`: the segment before says it.
    let is_named = lead.rsplit('/').next() == Some("key");
    let is_announced = host.split('.').next().is_some_and(is_hook) || lead.split('/').any(is_hook) || is_named;
    // The address of a resource on a service for webhooks has words and short ids.
    let is_value = last.len() >= LONG && !plain::is_english(last) && !last.contains(['%', '{', '$', ':'])
        || is_short_code(last) && host.split('.').next().is_some_and(is_hook);
    let start = from + host.len() + 1 + lead.len() + 1;
    (is_announced && is_value && text.get(start..start + last.len()) == Some(last))
        .then_some(Hidden { range: start..start + last.len(), anywhere: true })
}

/// `b1kx9ab`: letters and digits that take turns.
fn is_short_code(value: &str) -> bool {
    (6..LONGEST_CODE).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric())
        && value.bytes().any(|b| b.is_ascii_digit())
        && value.trim_end_matches(|c: char| c.is_ascii_digit()).bytes().any(|b| b.is_ascii_digit())
}

/// A longer one is a value whatever it looks like.
const LONGEST_CODE: usize = 16;

/// The values of a query that no word looks like.
fn odd_parameters(text: &str, from: usize) -> Vec<Hidden> {
    let rest = &text[from..text.floor_char_boundary(from + 512)];
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | ')' | '#'))
        .unwrap_or(rest.len());
    let mut found = Vec::new();
    for part in rest[..end].split('&') {
        let Some((_, value)) = part.split_once('=') else { continue };
        let value = value.trim_end_matches(['.', ',', ':', ';', '!']);
        let start = offset_in(text, value);
        if value.len() >= 8 && (value::is_odd(value) || is_mixed_code(value)) {
            found.extend(value::sure(text, start..start + value.len()));
        }
    }
    found
}

/// Where a code in base64 with slashes begins after the segment that announces it, and its length.
fn code_in_base64(path: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for segment in path.split('/') {
        start += segment.len() + 1;
        if has_one_time(segment) {
            let code = path.get(start..)?;
            let is_long = (code.len() >= 24 || cut::is_in(code)) && code.contains(['+', '='])
                || code.len() >= 12 && code.contains('+');
            let is_code = is_long && code.contains('/') && is_mixed(code);
            return is_code.then_some((start, code.len()));
        }
    }
    None
}

/// Whether a segment of a path is a code, and not a word or a version.
fn is_mixed_code(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    is_uuid_like(value)
        || is_short_random(value)
        || value.len() >= 8 && digits >= 1 && is_mixed(value)
        || value.len() >= 24 && is_mixed(value)
}

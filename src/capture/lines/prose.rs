//! Sentences: URLs, paths, statuses, parameters of OAuth and members of errors that people name in them.

use std::ops::Range;

use super::access;
use super::clue::{Clue, Placed, Sureness};
use super::page::{Clues, Page};
use super::pairs::is_pair;
use super::urls::{query_errors, url_length};
use super::wire::beginning;
use crate::capture::words::{self, BEFORE_STATUS, METHODS, REASONS};
use crate::text::Text;

/// `https://host/path`, with the method that is next to it.
pub(super) fn url(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    if !(rest.starts_with("https://") || rest.starts_with("http://")) {
        return None;
    }
    let len = url_length(rest);
    let (method, is_code) = method_before(page, at);
    out.push(at..at + len, Clue::Url { url: page.text.slice(at..at + len), method, is_code });
    if let Some(query) = rest[..len].find(['?', '#']).map(|i| at + i + 1) {
        query_errors(page, query, at + len, out);
    }
    Some(at + len)
}

/// `/fhir/R4/Patient`: a path of an API, with a blank, a quote or a bracket in front of it.
pub(super) fn path(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let begins = page.str()[..at].ends_with(|c: char| c.is_whitespace() || "(\"'`“‘".contains(c));
    if !rest.starts_with('/') || !begins {
        return None;
    }
    let len = url_length(rest);
    if !is_api_path(&rest[..len]) {
        return None;
    }
    out.push(at..at + len, Clue::Url { url: page.text.slice(at..at + len), method: None, is_code: false });
    Some(at + len)
}

/// The method before a URL in the same statement or sentence.
fn method_before(page: Page<'_>, at: usize) -> (Option<Text>, bool) {
    let before = &page.str()[..at];
    let line = at - page.before(at).len();
    let from = before.ceil_char_boundary(line.max(at.saturating_sub(90)));
    let context = &before[from..];
    let is_code = context.trim_end().ends_with(['"', '\'', '(', '`', ',', '=']) && context.contains(['(', '=', '"']);
    let mut found = None;
    for (start, word) in split_words(context) {
        let upper = word.to_ascii_uppercase();
        let exact = METHODS.contains(&word);
        // `requests.post(`, `HttpMethod.Post`, `PostAsync(`: in code any case counts.
        let before = &context[..start];
        let stands = !before.ends_with(|c: char| c.is_ascii_alphanumeric()) || before.ends_with("Http");
        let coded = is_code && stands && METHODS.contains(&upper.as_str()) && word.len() > 2;
        if exact || coded {
            found = Some(page.text.slice(from + start..from + start + word.len()));
        }
    }
    (found, is_code)
}

/// Words of a piece of code: split at everything that is not a letter, and before capitals (`PostAsync`).
fn split_words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut previous = ' ';
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let joins = c.is_ascii_alphabetic() && !(c.is_ascii_uppercase() && previous.is_ascii_lowercase());
        match (start, joins) {
            (Some(from), false) => {
                words.push((from, &text[from..i]));
                start = c.is_ascii_alphabetic().then_some(i);
            }
            (None, _) if c.is_ascii_alphabetic() => start = Some(i),
            _ => {}
        }
        previous = c;
    }
    words
}

/// Whether a path in a sentence is that of an API, not of a file: it has a segment that such paths have.
fn is_api_path(path: &str) -> bool {
    let mut segments = path.split(['/', '?']).filter(|s| !s.is_empty());
    segments.any(|s| {
        let lower = s.to_ascii_lowercase();
        matches!(lower.as_str(), "fhir" | "api" | "oauth" | "oauth2")
            || lower.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    }) && path[1..].contains('/')
}

/// Words of a log between a call and its status.
const BETWEEN: [&str; 14] = [
    "http",
    "status",
    "code",
    "response",
    "returned",
    "answered",
    "responded",
    "got",
    "with",
    "received",
    "result",
    "rc",
    "statuscode",
    "done",
];

/// `Head "https://a.example/v2/": unauthorized` at the end of a line: clients give the reason phrase of a 401 without its
/// number. It stands behind what was called, so it is not a word of a sentence.
pub(super) fn reason_of_call(page: Page<'_>, from: usize, end: usize, out: &mut Clues) {
    const REASON: &str = "unauthorized";
    let clues = &out.found[from..];
    let is_call = |placed: &Placed| matches!(placed.clue, Clue::RequestLine { .. } | Clue::Url { .. });
    let has_status = clues.iter().any(|placed| matches!(placed.clue, Clue::Status { .. }));
    let Some(call) = clues.iter().rfind(|placed| is_call(placed)).filter(|_| !has_status) else { return };
    let behind = &page.str()[call.at.end.min(end)..end];
    let Some((between, word)) = behind.trim_end().rsplit_once(": ") else { return };
    if !between.chars().all(|c| matches!(c, '"' | '\'' | '\\')) || !word.eq_ignore_ascii_case(REASON) {
        return;
    }
    let at = end - behind.len() + between.len() + 2;
    let reason = page.text.slice(at..at + REASON.len());
    let span = reason.span();
    let clue = Clue::Status { code: 401, span, reason: Some(reason), sure: Sureness::Prose };
    out.push(at..at + REASON.len(), clue);
}

/// A status after the request that it answers, on one line of a log (`GET https://a/b - HTTP 307`), is as sure as one with a
/// label. `from`: the first clue of the line.
pub(super) fn status_of_call(page: Page<'_>, from: usize, end: usize, out: &mut Clues) {
    let is_call = |placed: &Placed| matches!(placed.clue, Clue::RequestLine { .. });
    let Some(call) = out.found[from..].iter().rposition(is_call).map(|i| from + i) else { return };
    let Range { start: call_start, end: call_end } = out.found[call].at.clone();
    let behind = &page.str()[call_end..end.max(call_end)];
    let Some((at, code)) = logged_status(behind).or_else(|| access::status_behind(behind)) else {
        let before = page.before(call_start);
        let Some((at, code)) = access::status_before(before) else { return };
        let at = call_start - before.len() + at;
        // Without its column it is one of several numbers that may be a status.
        let is_other = |placed: &Placed| !matches!(&placed.clue, Clue::Status { sure, .. } if *sure == Sureness::Prose);
        let rest = out.found.split_off(from);
        out.found.extend(rest.into_iter().filter(is_other));
        let span = page.text.span_of(at..at + 3);
        out.push(at..at + 3, Clue::Status { code, span, reason: None, sure: Sureness::Label });
        return;
    };
    let at = call_end + at;
    let known = out.found[call..].iter_mut().find(|p| matches!(p.clue, Clue::Status { .. }));
    match known.map(|placed| (placed.at.start, &mut placed.clue)) {
        Some((start, Clue::Status { sure, .. })) if start <= at + 3 => {
            if *sure == Sureness::Prose {
                *sure = Sureness::Label;
            }
        }
        Some(_) => {}
        None => {
            let span = page.text.span_of(at..at + 3);
            out.push(at..at + 3, Clue::Status { code, span, reason: None, sure: Sureness::Label });
        }
    }
}

/// `after 12.3ms - 401` at the end of a line: how clients of .NET log that an answer came.
pub(super) fn status_after_time(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = page.str()[at..end].strip_prefix("after ")?.trim_end();
    let (time, code) = rest.split_once("ms - ")?;
    let is_time = time.len() <= 12 && time.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number: u16 = code.parse().ok().filter(|number| is_time && code.len() == 3 && words::is_status(*number))?;
    let from = at + "after ".len() + time.len() + "ms - ".len();
    let span = page.text.span_of(from..from + 3);
    out.push(from..from + 3, Clue::Status { code: number, span, reason: None, sure: Sureness::Label });
    Some(from + 3)
}

/// The status at the beginning of what a log says after a call, and its place.
fn logged_status(rest: &str) -> Option<(usize, u16)> {
    let mut at = 0;
    for _ in 0..4 {
        at += rest[at..].find(|c: char| c.is_ascii_alphanumeric())?;
        // What follows further away is about something else.
        if at > 40 {
            return None;
        }
        let word = &rest[at..at + rest[at..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len() - at)];
        if word.len() == 3
            && let Ok(code) = word.parse::<u16>()
        {
            return words::is_status(code).then_some((at, code));
        }
        let is_version = word == "HTTP" && rest[at + 4..].starts_with('/');
        if !BETWEEN.contains(&word.to_ascii_lowercase().as_str()) || is_version {
            return None;
        }
        at += word.len();
    }
    None
}

/// `grant_type is client_credentials`, `for client_assertion_type I filled in urn:ietf:…`: a parameter of OAuth whose value
/// is a word of OAuth, so that a sentence can name both.
pub(super) fn parameter_in_sentence(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    const NAMES: [&str; 4] = ["grant_type", "client_assertion_type", "subject_token_type", "requested_token_type"];
    const VALUES: [&str; 4] = ["client_credentials", "authorization_code", "refresh_token", "urn:ietf:params:oauth:"];
    let rest = &page.str()[at..end];
    let name = NAMES.into_iter().find(|n| rest.strip_prefix(n).is_some_and(|after| after.starts_with(' ')))?;
    let after = &rest[name.len()..rest.floor_char_boundary(name.len() + 48)];
    let words = || after.split([' ', '"', '\'', '`', '“', '”']).filter(|w| !w.is_empty());
    let value = words().take(6).find(|w| VALUES.iter().any(|v| w.starts_with(v)))?;
    // Words between them, and no mark that ends a clause.
    let from = name.len() + after.find(value)?;
    if rest[name.len()..from].contains(['.', ';', ',', '{', '=', ':']) {
        return None;
    }
    let whole = &rest[from..];
    let len = whole.find(|c: char| c.is_whitespace() || "\"'`,;)”".contains(c)).unwrap_or(whole.len());
    let len = whole[..len].trim_end_matches('.').len();
    let (name, value) = (page.text.slice(at..at + name.len()), page.text.slice(at + from..at + from + len));
    out.push(at..at + from + len, Clue::Parameter { name, value });
    Some(at + from + len)
}

/// `error_description="…"` or `"diagnostics": "…"` without the document around it.
pub(super) fn error_member(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    // As documents call it, or as the logs of gateways do: `fault.string=`, `fault.name=`.
    const NAMES: [(&str, &str); 12] = [
        ("error_description", "error_description"),
        ("diagnostics", "diagnostics"),
        ("faultstring", "faultstring"),
        ("fault.string", "faultstring"),
        ("fault_string", "faultstring"),
        ("fault.code", "errorcode"),
        ("fault.name", "errorcode"),
        ("fault_code", "errorcode"),
        ("fault_name", "errorcode"),
        ("fault", "faultstring"),
        ("errorcode", "errorcode"),
        ("error", "error"),
    ];
    let quotes = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '\\');
    let rest = &page.str()[at..end];
    // A stretch of quotes does not begin a word, and must not be walked again at each quote.
    if rest.chars().take(12).take_while(|c| quotes(*c)).count() == 12 {
        return None;
    }
    let inner = rest.trim_start_matches(quotes);
    // A bar parts name and value where the line is a row of a table.
    let line = at - page.before(at).len();
    let marks: &[char] = if page.str()[line..].trim_start().starts_with('|') { &['=', ':', '|'] } else { &['=', ':'] };
    let is_named = |name: &str| {
        let Some(after) = inner.strip_prefix(name) else { return false };
        // `diagnostics "User id missing"`: in a sentence the quotation marks show that a value follows.
        let is_quoted = name == "diagnostics" && (after.starts_with(" \"") || after.starts_with(" “"));
        is_quoted || after.trim_start_matches(quotes).trim_start().starts_with(marks)
    };
    let (written, name) = NAMES.into_iter().find(|(n, _)| is_named(n))?;
    // `?error=invalid_scope&error_description=…`: a part of a query, without the URL around it.
    if matches!(page.before(at).chars().next_back(), Some('?' | '&' | '#')) && rest.starts_with("error") {
        let end = at + url_length(rest);
        return query_errors(page, at, end, out).then_some(end);
    }
    let after = inner[written.len()..].trim_start_matches(quotes).trim_start();
    let value = after.strip_prefix(marks).unwrap_or(&inner[written.len()..]).trim_start_matches([' ', '=', '>']);
    let open = value.chars().next().filter(|c| quotes(*c));
    let value_at = end - value.len() + value.len() - value.trim_start_matches(quotes).len();
    let value = value.trim_start_matches(quotes);
    // Unquoted, only one word is sure to belong to it.
    let len = match open {
        Some(_) => value.find(['"', '”', '“', '\\']).or_else(|| value.rfind(['\'', '’', '‘'])).unwrap_or(value.len()),
        None if name == "error" => return None,
        None => {
            let len = value.find([',', ';', '|', '}', '"']).unwrap_or(value.len());
            // The next pair of a log line: `fault.code=a.b fault.string="…"`.
            let next = value[..len].match_indices(' ').map(|(i, _)| i).find(|i| is_pair(&value[i + 1..]));
            next.unwrap_or(len)
        }
    };
    let text = page.text.slice(value_at..value_at + len).trim();
    // The name of a fault alone is not what documents call its code.
    if text.is_empty() || written != name && name == "errorcode" && !text.as_str().contains('.') {
        return None;
    }
    out.push(at..value_at + len, Clue::ErrorMember { name, value: text });
    Some(value_at + len)
}

/// A status code in a sentence.
pub(super) fn status(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 3
        || rest[3..].starts_with(['.', ':', '/', '-', '%'])
            && rest[4..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return None;
    }
    // `the call 401s now`: as a verb, or as a plural.
    let is_word = rest[3..].starts_with('s')
        && matches!(&rest[..3], "401" | "403")
        && !rest[4..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if rest[3..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && !is_word {
        return None;
    }
    let before = page.before(at);
    if before.ends_with(['-', '/', '.', '#', '_', '+', '£', '$']) && !before.ends_with("- ") {
        return None;
    }
    let code: u16 = rest[..3].parse().ok().filter(|c| words::is_status(*c))?;
    let after = beginning(&rest[3..], 60).trim_start_matches(|c: char| " -–—:)]\"'”’".contains(c)).to_ascii_lowercase();
    let named = REASONS.iter().any(|r| after.starts_with(r));
    let word_before = before
        .trim_end_matches(|c: char| c.is_whitespace() || "([\"'“‘:=#/".contains(c))
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let introduced = word_before.starts_with("http") && word_before.contains("://")
        || BEFORE_STATUS.contains(&word_before.as_str())
        || word_before.ends_with("status")
        || word_before.ends_with("statuscode")
        || word_before.ends_with("response");
    let alone = before.trim().trim_matches(|c: char| "\"'“”‘’([#/*>".contains(c)).is_empty()
        && (after.is_empty() || after.starts_with(['{', '[', ',', '"', '“']) || named || code == 401);
    let plain = matches!(code, 401 | 403);
    let is_status =
        named && plausible(code) || introduced && (plain || named || (400..600).contains(&code)) || alone || plain;
    if !is_status {
        return None;
    }
    out.push(
        at..at + 3,
        Clue::Status { code, span: page.text.span_of(at..at + 3), reason: None, sure: Sureness::Prose },
    );
    Some(at + 3)
}

/// Whether a number followed by a reason word is a status code that APIs answer with.
const fn plausible(code: u16) -> bool {
    matches!(code, 100 | 101 | 200..=208 | 300..=308 | 400..=431 | 451 | 500..=511)
}

#[cfg(test)]
mod tests {
    use super::super::page::trial::{leaves, reads};
    use super::*;

    #[test]
    fn urls_with_the_method_before_them() {
        reads(url, "We call ¦https://a.example/b.", &["url https://a.example/b"], ".");
        reads(url, "a POST to ¦https://a.example/b", &["url POST https://a.example/b"], "");
        reads(url, "requests.post(\"¦https://a.example/b\")", &["url post https://a.example/b code"], "\")");
        leaves(url, &["ftp://a.example"]);
    }

    #[test]
    fn paths_of_apis() {
        reads(path, "we call ¦/fhir/R4 now", &["url /fhir/R4"], " now");
        leaves(path, &["see ¦/usr/bin", "and¦/fhir/R4", "¦/fhir"]);
    }

    #[test]
    fn statuses_in_sentences() {
        for text in
            ["we get a ¦401", "error ¦500 now", "the call ¦401s now", "¦404 Not Found", "status: ¦400", "¦403 again"]
        {
            let (clues, _) = super::super::page::trial::piece(status, text).expect(text);
            assert!(clues[0].starts_with("status ") && clues[0].ends_with("Prose"), "{clues:?}");
        }
        leaves(status, &["¦200 patients", "¦401.5", "in ¦2026", "-¦401", "£¦401", "a ¦40123"]);
    }

    #[test]
    fn statuses_after_the_time_that_an_answer_took() {
        let says = "status 401 Label";
        reads(status_after_time, "Received HTTP response headers ¦after 12.3ms - 401", &[says], "");
        leaves(status_after_time, &["after 12ms - 401 orders", "after a while - 401", "after 3ms - 4010"]);
    }

    #[test]
    fn parameters_in_sentences() {
        reads(
            parameter_in_sentence,
            "grant_type is client_credentials.",
            &["parameter grant_type=client_credentials"],
            ".",
        );
        leaves(
            parameter_in_sentence,
            &["grant_type is wrong", "grant_type: client_credentials", "grant_type is x, client_credentials"],
        );
    }

    #[test]
    fn members_of_errors_without_their_document() {
        let says = "error member error_description: It has expired";
        reads(error_member, "error_description=\"It has expired\", x", &[says], "\", x");
        reads(error_member, "diagnostics: It has expired", &["error member diagnostics: It has expired"], "");
        reads(error_member, "fault.name=a.b.C x=1", &["error member errorcode: a.b.C"], " x=1");
        leaves(error_member, &["error=invalid", "the error is", "fault.name=word"]);
    }
}

//! What goes over the wire, or what logs write like it: request lines, status lines, the pseudo-fields of HTTP/2.

use std::ops::Range;

use super::clue::{Clue, Sureness};
use super::page::{Clues, Page};
use super::urls::{query_errors, url_length};
use crate::capture::words::METHODS;
use crate::text::TextBuilder;

/// How far before an arrow a call may begin.
const LONGEST_CALL: usize = 2048;

/// `HTTP/1.1 401 Unauthorized`.
pub(super) fn status(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let (len, code, code_at, reason) = status_line(&page.str()[at..end])?;
    let span = page.text.span_of(at + code_at..at + code_at + 3);
    let reason = Some(page.text.slice(at + reason.start..at + reason.end).trim()).filter(|r| !r.is_empty());
    out.push(at..at + len, Clue::Status { code, span, reason, sure: Sureness::Wire });
    Some(at + len)
}

/// `GET /path HTTP/1.1`, `GET https://host/path`.
pub(super) fn request(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let (method, url, len, versioned) = request_line(&page.str()[at..end])?;
    let clue = Clue::RequestLine {
        method: page.text.slice(at + method.start..at + method.end),
        url: page.text.slice(at + url.start..at + url.end),
        versioned,
    };
    out.push(at..at + len, clue);
    if let Some(query) = page.str()[at + url.start..at + url.end].find('?') {
        query_errors(page, at + url.start + query + 1, at + url.end, out);
    }
    Some(at + len)
}

/// `GET` on a line of its own.
pub(super) fn lone_method(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    if !METHODS.contains(&page.str()[range.clone()].trim()) {
        return None;
    }
    let rest = range.end..range.end;
    let method = page.text.slice(range.clone()).trim();
    out.push(range, Clue::Method(method));
    Some(rest)
}

/// `<-- 401`, `-> 401`: an arrow and the status that came back.
pub(super) fn arrow(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let (len, code) = match rest.chars().next()? {
        '<' => answer_arrow(rest)?,
        '-' | '=' | '→' => result_arrow(rest).filter(|_| is_after_call(page.before(at)))?,
        _ => return None,
    };
    let span = page.text.span_of(at + len - 3..at + len);
    out.push(at..at + len, Clue::Status { code, span, reason: None, sure: Sureness::Label });
    Some(at + len)
}

/// `:authority: host`, as HTTP/2 writes the request line.
pub(super) fn pseudo_field(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let line = &page.str()[range.clone()];
    let lead = line.len() - line.trim_start().len();
    let rest = line[lead..].strip_prefix(':')?;
    let (name, value) = rest.split_once(':')?;
    let value_at = range.end - value.len();
    let text = page.text.slice(value_at..range.end).trim();
    let item = match name {
        "method" if METHODS.contains(&text.as_str()) => Clue::Method(text),
        "authority" if !text.is_empty() => Clue::Host(text),
        "path" if text.as_str().starts_with('/') => Clue::Path(text),
        "status" => {
            let (code, at) = leading_status(text.as_str())?;
            Clue::Status { code, span: text.span_of(at..at + 3), reason: None, sure: Sureness::Label }
        }
        "scheme" => return Some(range.end..range.end),
        _ => return None,
    };
    let rest = range.end..range.end;
    out.push(range, item);
    Some(rest)
}

/// `get /path` at the beginning of a line, in lower case.
pub(super) fn lower_case_request_line(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let line = &page.str()[range.clone()];
    let lead = line.len() - line.trim_start().len();
    let (word, rest) = line[lead..].split_once(' ')?;
    let known = METHODS.iter().any(|m| m.eq_ignore_ascii_case(word)) && !METHODS.contains(&word);
    if !known
        || !(rest.starts_with("http://")
            || rest.starts_with("https://")
            || rest.starts_with('/') && rest[1..].contains('/'))
    {
        return None;
    }
    let at = range.start + lead;
    let url_at = at + word.len() + 1;
    let len = url_length(rest);
    let item = Clue::RequestLine {
        method: page.text.slice(at..at + word.len()),
        url: page.text.slice(url_at..url_at + len),
        versioned: false,
    };
    out.push(at..url_at + len, item);
    Some(url_at + len..range.end)
}

/// `https://host:443 "GET /path HTTP/1.1" 401 0`: what urllib3 logs of each call.
pub(super) fn pool_line(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    // The name of a logger may be glued to the URL.
    if !rest.starts_with("http://") && !rest.starts_with("https://") {
        return None;
    }
    let host = url_length(rest);
    let call = rest[host..].strip_prefix(" \"")?;
    let (method, url, _, _) = request_line(call)?;
    let from = at + host + 2;
    let len = call.find('"')?;
    if !call[url.clone()].starts_with('/') || !call[url.end.min(len)..len].trim_start().starts_with("HTTP/") {
        return None;
    }
    let mut builder = TextBuilder::new(page.text.span_of(at..at));
    builder.copy(page.text, at..at + host);
    builder.copy(page.text, from + url.start..from + url.end);
    let item = Clue::RequestLine {
        method: page.text.slice(from + method.start..from + method.end),
        url: builder.finish(),
        versioned: false,
    };
    out.push(at..from + len, item);
    let Some(tail) = call[len..].strip_prefix("\" ") else { return Some(from + len) };
    let code_at = from + len + 2;
    if let Some((code, 0)) = leading_status(tail) {
        let span = page.text.span_of(code_at..code_at + 3);
        out.push(code_at..code_at + 3, Clue::Status { code, span, reason: None, sure: Sureness::Label });
        return Some(code_at + 3);
    }
    Some(code_at)
}

/// A time at the beginning of a log line.
pub(super) fn time(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let line = &page.str()[range.clone()];
    let lead = line.len() - line.trim_start_matches(['[', ' ', '\t']).len();
    let len = time_length(&line[lead..])?;
    let at = range.start + lead;
    let time = page.text.slice(at..at + len);
    out.push(at..at + len, Clue::Time(time));
    Some(at + len..range.end)
}

/// The length of a time at the beginning of a text: `2026-03-06T12:02:10.004Z`, `2026-03-18 10:00:01,110`.
fn time_length(text: &str) -> Option<usize> {
    let b = text.as_bytes();
    let digits = |range: Range<usize>| b.get(range).is_some_and(|s| s.iter().all(u8::is_ascii_digit));
    let is_date = digits(0..4) && b.get(4) == Some(&b'-') && digits(5..7) && b.get(7) == Some(&b'-') && digits(8..10);
    if !is_date || !matches!(b.get(10), Some(b'T' | b' ')) || !digits(11..13) || b.get(13) != Some(&b':') {
        return None;
    }
    let rest = &text[11..];
    let mut len = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(rest.len());
    let zone = &rest[len..];
    if zone.starts_with('Z') {
        len += 1;
    } else if zone.starts_with(['+', '-']) {
        let zone_len = zone[1..].find(|c: char| !(c.is_ascii_digit() || c == ':')).map_or(zone.len(), |i| i + 1);
        if zone_len >= 3 {
            len += zone_len;
        }
    }
    Some(11 + rest[..len].trim_end_matches([',', '.', ':']).len())
}

/// `HTTP/1.1 401 Unauthorized`: its length, the code and its place, the reason phrase.
pub(super) fn status_line(text: &str) -> Option<(usize, u16, usize, Range<usize>)> {
    let rest = text.strip_prefix("HTTP/")?;
    let version = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    if version == 0 && !rest.starts_with(' ') {
        return None;
    }
    let blanks = rest[version..].len() - rest[version..].trim_start_matches([' ', '"', ':']).len();
    let at = 5 + version + blanks;
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let code: u16 =
        (digits == 3).then(|| text[at..at + 3].parse().ok()).flatten().filter(|c| (100..600).contains(c))?;
    let after = beginning(&text[at + 3..], 80);
    // The reason phrase: words up to what cannot be one.
    let mut end = 0;
    for (start, word) in word_starts(after) {
        let is_reason = word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '\'' | '’' | '(' | ')'));
        let is_field = word.ends_with(':') || after[start + word.len()..].starts_with(':');
        if !is_reason
            || is_field
            || start + word.len() > 40
            || (end > 0 && word.chars().next().is_some_and(char::is_uppercase) && begins_something_else(word))
        {
            break;
        }
        end = start + word.len();
    }
    Some((at + 3 + end, code, at, at + 3..at + 3 + end))
}

/// Words after a squashed status line that begin a field or a sentence, not a reason phrase.
fn begins_something_else(word: &str) -> bool {
    ["Date", "Server", "Content-Type", "Content-Length", "WWW-Authenticate", "Connection", "Application"]
        .contains(&word)
}

fn word_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split([' ', '|', '}', ',', '"'])
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .take_while(|(start, word)| *start == 0 || !word.is_empty())
        .filter(|(_, word)| !word.is_empty())
}

/// `GET /path HTTP/1.1` or `GET https://host/path`: method, target, length, whether a version follows.
pub(super) fn request_line(text: &str) -> Option<(Range<usize>, Range<usize>, usize, bool)> {
    let method = METHODS.iter().find(|m| text.starts_with(**m))?;
    let rest = &text[method.len()..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if blanks == 0 || blanks > 4 {
        return None;
    }
    let at = method.len() + blanks;
    let target = &text[at..];
    let (lead, target) = match target.strip_prefix(['"', '\'', '`', '“', '<']) {
        Some(inner) => (target.len() - inner.len(), inner),
        None => (0, target),
    };
    let is_url = target.starts_with("http://") || target.starts_with("https://");
    let is_path = target.starts_with('/') && target.len() > 1;
    let word = target.split([' ', '\t']).next().unwrap_or_default();
    let is_host = word.split('/').next().is_some_and(|h| h.contains('.') && !h.contains(' ') && h.len() > 6)
        && word.contains('/');
    let is_template = target.starts_with("{{");
    // `GET api/orders?key=x`: a path without its first slash. A query keeps it apart from `GET and/or POST`.
    let is_relative = word.split_once('?').is_some_and(|(path, query)| {
        path.contains('/') && path.starts_with(|c: char| c.is_ascii_alphanumeric()) && query.contains('=')
    });
    // The request to a proxy names host and port only (RFC 9112, section 3.2.3).
    let is_authority = *method == "CONNECT"
        && target[word.len()..].trim_start().starts_with("HTTP/")
        && word.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    if !(is_url || is_path || is_host || is_template || is_relative || is_authority) {
        return None;
    }
    let len = url_length(target);
    let end = at + lead + len;
    let tail = &text[end..];
    let versioned =
        tail.trim_start_matches(' ').starts_with("HTTP/") && status_line(tail.trim_start_matches(' ')).is_none();
    let version = if versioned {
        let from = tail.len() - tail.trim_start_matches(' ').len();
        from + tail[from..].find(|c: char| c.is_whitespace() || c == '"').unwrap_or(tail.len() - from)
    } else {
        0
    };
    Some((0..method.len(), at + lead..end, end + version, versioned))
}

/// The status code at the beginning of a labelled value.
pub(super) fn leading_status(text: &str) -> Option<(u16, usize)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let lead = text[..at].trim().trim_end_matches(['(', ':', '"', '“']).trim().to_ascii_lowercase();
    if !(lead.is_empty() || lead.starts_with("http") || lead == "status" || lead == "error" || lead == "code") {
        return None;
    }
    if text[..at].starts_with("HTTP/") || text[..at].ends_with('/') {
        let (_, code, code_at, _) = status_line(text)?;
        return Some((code, code_at));
    }
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let code = (digits == 3)
        .then(|| text[at..at + 3].parse().ok())
        .flatten()
        .filter(|c| crate::capture::words::is_status(*c))?;
    Some((code, at))
}

/// The beginning of a text, no longer than so many characters.
pub(super) fn beginning(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(at, _)| &text[..at])
}

/// `<-- 401`, `<- 401`, `< 401`: how loggers and timelines mark an answer. Gives the length up to the code's end.
fn answer_arrow(text: &str) -> Option<(usize, u16)> {
    let rest = text.strip_prefix('<')?;
    let at = 1 + (rest.len() - rest.trim_start_matches('-').len());
    let tail = text[at..].strip_prefix(' ')?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let code: u16 =
        (digits == 3).then(|| tail[..3].parse().ok()).flatten().filter(|c| crate::capture::words::is_status(*c))?;
    Some((at + 4, code))
}

/// Whether what stands before an arrow on its line is nothing, or a call: `curl https://a.example/b -> 200`.
fn is_after_call(before: &str) -> bool {
    // A line may have many arrows, so only a stretch before each is looked at.
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_CALL))..];
    before.trim().is_empty() || near.ends_with([' ', '\t']) && near.contains("://")
}

/// `-> 401`, `=> 401 Unauthorized`, `→ 401`: how people write what came back.
fn result_arrow(text: &str) -> Option<(usize, u16)> {
    let rest = ["-> ", "--> ", "=> ", "==> ", "→ "].iter().find_map(|arrow| text.strip_prefix(arrow))?;
    let code = rest.get(..3)?.parse().ok().filter(|c| crate::capture::words::is_status(*c))?;
    let ends = rest[3..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '.');
    ends.then_some((text.len() - rest.len() + 3, code))
}

#[cfg(test)]
mod tests {
    use super::super::page::trial::{leaves, line, reads, reads_line};
    use super::*;

    #[test]
    fn request_lines_and_status_lines() {
        assert_eq!(request_line("GET /a/b HTTP/1.1 x").map(|r| (r.1, r.2, r.3)), Some((4..8, 17, true)));
        assert_eq!(request_line("POST https://a.example/b?x=1, then").map(|r| (r.1, r.3)), Some((5..28, false)));
        assert!(request_line("GET the token from https://a.example").is_none());
        assert_eq!(status_line("HTTP/1.1 401 Unauthorized Date: Mon").map(|s| (s.0, s.1)), Some((25, 401)));
        assert_eq!(status_line("HTTP/2 403").map(|s| s.1), Some(403));
        assert_eq!(status_line("HTTP/1.1 401 Unauthorized, body length 0").map(|s| s.3), Some(12..25));
        assert!(status_line("HTTP/1.1 is used").is_none());
        reads(status, "HTTP/1.1 401 Unauthorized", &["status 401 Unauthorized Wire"], "");
        reads(request, "GET /a/b HTTP/1.1", &["request GET /a/b HTTP"], "");
        reads(request, "CONNECT a.example:443 HTTP/1.1", &["request CONNECT a.example:443 HTTP"], "");
        reads(request, "GET a/b?c=d", &["request GET a/b?c=d"], "");
        reads(request, "GET {{base}}/b now", &["request GET {{base}}/b"], " now");
        leaves(request, &["CONNECT a:443 now", "GETTING /a", "get /a/b", "GET it", "GET and/or POST"]);
    }

    #[test]
    fn pseudo_fields_of_http2() {
        reads_line(pseudo_field, ":authority: a.example", &["host a.example"], "");
        reads_line(pseudo_field, ":path: /b?c=d", &["path /b?c=d"], "");
        reads_line(pseudo_field, ":method: GET", &["method GET"], "");
        reads_line(pseudo_field, ":status: 401", &["status 401 Label"], "");
        reads_line(pseudo_field, ":scheme: https", &[], "");
        assert_eq!(line(pseudo_field, ": authority"), None);
    }

    #[test]
    fn methods_on_a_line_of_their_own_and_in_lower_case() {
        reads_line(lone_method, "GET", &["method GET"], "");
        assert_eq!(line(lone_method, "GET it"), None);
        reads_line(lower_case_request_line, "get /a/b 401", &["request get /a/b"], " 401");
        assert_eq!(line(lower_case_request_line, "get the token"), None);
    }

    #[test]
    fn log_lines() {
        let clues = ["request GET https://a.example:443/b", "status 401 Label"];
        reads(pool_line, "https://a.example:443 \"GET /b HTTP/1.1\" 401 0", &clues, " 0");
        leaves(pool_line, &["https://a.example \"quoted\""]);
        reads_line(time, "[2026-03-06T12:02:10Z] x", &["time 2026-03-06T12:02:10Z"], "] x");
    }

    #[test]
    fn arrows() {
        reads(arrow, "<-- 401 x", &["status 401 Label"], " x");
        reads(arrow, "-> 401", &["status 401 Label"], "");
        reads(arrow, "→ 401", &["status 401 Label"], "");
        reads(arrow, "curl https://a.example/b ¦-> 200", &["status 200 Label"], "");
        leaves(arrow, &["it says ¦-> 401", "-> 4011", "< x"]);
    }

    #[test]
    fn times() {
        assert_eq!(time_length("2026-03-06T12:02:10.004Z [x]"), Some(24));
        assert_eq!(time_length("2026-03-18 10:00:01,110 ERROR"), Some(23));
        assert_eq!(time_length("2026-03-18T10:00:01+01:00 x"), Some(25));
        assert_eq!(time_length("20 March"), None);
    }

    #[test]
    fn labelled_statuses() {
        assert_eq!(leading_status("401 Unauthorized"), Some((401, 0)));
        assert_eq!(leading_status("HTTP/1.1 401"), Some((401, 9)));
        assert_eq!(leading_status("about 401"), None);
        assert_eq!(leading_status("4010"), None);
    }
}

//! The rest of a value that was broken over lines: `…Qy<br>Tqe4…`, or `…Qy` with `> Tqe4…` below it.
//!
//! Where a credential ends with its line, and the next line begins with characters that no word has, the two are one value.

use std::ops::Range;

use super::detect::{changes, is_camel, is_made_of_words, is_uuid_like, odd_runs};
use super::hidden::line_start;
use crate::shape::is_mixed;

/// A value goes on for so many lines at most.
const MOST_LINES: usize = 3;

/// The longest rest on a line, in bytes.
const LONGEST: usize = 1024;

/// Tags that break a line, as mail programs write them.
pub(super) const BREAKS: [&str; 3] = ["<br>", "<br/>", "<br />"];

/// A shorter rest is of no use.
const SHORTEST: usize = 6;

/// Where the text goes on after the end of a line, or a `<br>`, at this place: after the blanks and the marks of a quoted mail.
pub(super) fn next_line(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let tag = BREAKS.iter().chain(&["<BR>"]).find(|tag| rest.starts_with(**tag)).map_or(0, |tag| tag.len());
    let bytes = &rest.as_bytes()[tag..];
    let blanks = bytes.iter().take(2).take_while(|b| **b == b' ').count();
    let line = match &bytes[blanks..] {
        [b'\r', b'\n', ..] => blanks + 2,
        [b'\n', ..] => blanks + 1,
        _ => 0,
    };
    let indent = bytes[line..].iter().take(40).take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
    (tag + line > 0).then_some(at + tag + line + indent)
}

fn is_of_value(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '+' | '/' | '=' | '.')
}

/// The characters of a token from here on, without the full stop of a sentence.
fn run(text: &str, from: usize) -> &str {
    let rest = &text[from..text.floor_char_boundary(from + LONGEST)];
    rest[..rest.find(|c| !is_of_value(c)).unwrap_or(rest.len())].trim_end_matches('.')
}

/// The part of a rest in front of a word of a path: `…b93b/accept`.
fn without_path(tail: &str) -> &str {
    let is_word = |rest: &str| {
        let word = rest.split('/').next().unwrap_or_default();
        word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase())
    };
    tail.match_indices('/').find(|(at, _)| *at > 0 && is_word(&tail[at + 1..])).map_or(tail, |(at, _)| &tail[..at])
}

/// The places below a value that are the rest of it.
///
/// The value itself may be a part of a longer run (the last segment of a path).
pub(super) fn rest(text: &str, value: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = value.end;
    let own = value.start.max(text.ceil_char_boundary(value.end.saturating_sub(LONGEST)));
    let own = text[own..value.end].rsplit(|c| !is_of_value(c)).next().unwrap_or_default();
    let mut head = if own.len() >= SHORTEST { own } else { last_run(text, value.end) };
    for _ in 0..MOST_LINES {
        let next = next_line(text, end).or_else(|| after_soft_break(text, end, head));
        let Some(next) = next else { break };
        let tail = without_path(run(text, next));
        if repeats_beginning(text, end, tail) || !goes_on(head, tail, &text[next + tail.len()..]) {
            break;
        }
        end = next + tail.len();
        found.push(next..end);
        head = tail;
    }
    found
}

/// Whether the line of this place begins with the same word as the next one: a logger's name, not the rest of a value.
fn repeats_beginning(text: &str, at: usize, word: &str) -> bool {
    let line = &text[line_start(text, at)..at];
    let begins = line.trim_start_matches([' ', '\t', '>']).strip_prefix(word);
    begins.is_some_and(|rest| rest.starts_with([' ', '\t', ':', ']', '|']))
}

/// The part on the line above of a value that begins its line.
pub(super) fn start(text: &str, value: &Range<usize>) -> Option<Range<usize>> {
    let base = text.ceil_char_boundary(value.start.saturating_sub(60));
    let lead = &text[base..value.start];
    // Of a tag the last mark is not one of a quoted mail.
    let is_tag = BREAKS.iter().any(|tag| lead.ends_with(tag));
    let lead = if is_tag { lead } else { lead.trim_end_matches([' ', '\t', '>', '"', '\'', '`']) };
    let end = base + lead.trim_end_matches(['\n', '\r', ' ']).len();
    let tag = BREAKS.iter().find_map(|tag| text[..end].strip_suffix(tag)).map_or(end, str::len);
    if tag == base + lead.len() {
        return None;
    }
    let head = last_run(text, tag);
    goes_on(head, &text[value.clone()], " ").then_some(tag - head.len()..tag)
}

/// Where a word with a name and a password in front of a host ends that begins a text: the second end if the word was broken over
/// lines in front of the `@`. The first is `end`.
pub(super) fn end_at_host(text: &str, end: usize) -> usize {
    let Some(next) = next_line(text, end).filter(|_| !text[..end].contains('@')) else { return end };
    let tail = run(text, next);
    let host = next + tail.len();
    // The `@` is sure enough, but a mail address may be on a line of its own.
    let is_drawn = tail.bytes().any(|b| b.is_ascii_digit()) || is_mixed(tail);
    if !text[host..].starts_with('@') || !is_telling(last_run(text, end)) || !is_drawn {
        return end;
    }
    text[host..]
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>'))
        .map_or(text.len(), |i| host + i)
}

/// The characters of a token that the text has in front of this place, without the name of a parameter.
fn last_run(text: &str, end: usize) -> &str {
    let base = text.ceil_char_boundary(end.saturating_sub(LONGEST));
    let lead = &text[base..end];
    let from = lead.rfind(|c| !is_of_value(c)).map_or(0, |i| i + lead[i..].chars().next().map_or(1, char::len_utf8));
    let run = &lead[from..];
    let name = run.trim_end_matches('=').rfind('=').map_or(0, |at| at + 1);
    &run[name..]
}

/// A JWT of which the last part is missing, and blanks: the line end was a soft break of a mail, the blanks are an indent.
fn after_soft_break(text: &str, end: usize, head: &str) -> Option<usize> {
    let is_part = head.starts_with("eyJ") && head.matches('.').count() == 1;
    let blanks = text[end..].bytes().take(40).take_while(|b| *b == b' ').count();
    (is_part && blanks >= 2).then_some(end + blanks)
}

/// Whether the characters at the beginning of a line are the rest of the value that the line above ends with. `after`: the text
/// after them.
fn goes_on(head: &str, tail: &str, after: &str) -> bool {
    if head.len() < SHORTEST || tail.len() < SHORTEST || !is_telling(head) {
        return false;
    }
    // The name of a field or of a parameter, an address, a time.
    let body = tail.trim_end_matches('=');
    let closes = |rest: &str| {
        rest.is_empty()
            || rest
                .starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '}' | ',' | ';' | '>' | '|' | '/'))
    };
    let is_name = after.starts_with([':', '(', '='])
        || body.contains('=')
        || body.len() < tail.len() && after.strip_prefix(['"', '\'']).is_some_and(|rest| !closes(rest));
    if is_name || tail.contains("HTTP/") || is_time(tail) || is_uuid_like(tail) {
        return false;
    }
    let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let letters = body.bytes().filter(u8::is_ascii_alphabetic).count();
    if is_hex(head) && is_hex(tail) && digits > 0 && (letters > 0 || tail.starts_with('-')) {
        return true;
    }
    letters > 0 && is_random(head, body, tail, digits)
}

/// Whether characters look drawn at random, where a value is expected to go on.
fn is_random(head: &str, body: &str, tail: &str, digits: usize) -> bool {
    // A path has words; base64 has none, and mostly ends with its padding.
    if tail.starts_with('/') && !tail.ends_with('=') && !tail.contains('+') {
        return false;
    }
    let is_padded = tail.ends_with('=');
    // After a value that is surely drawn at random, one odd run is enough.
    let is_sure = head.len() >= 12 && head.bytes().any(|b| b.is_ascii_digit()) && changes(head) * 3 >= head.len();
    let is_base64 = is_padded && body.contains('/');
    if is_sure && is_mostly_large(body) {
        return true;
    }
    // No word ends with a lone capital letter.
    let is_unended = body.len() >= 8
        && body
            .as_bytes()
            .windows(2)
            .last()
            .is_some_and(|end| end[0].is_ascii_lowercase() && end[1].is_ascii_uppercase());
    let is_odd = !is_camel(body) || is_sure && (odd_runs(body).1 > 0 || is_unended) || is_base64;
    let of_words = || body.split(['/', '.']).any(|part| part.len() >= 5 && has_words(part));
    if !is_odd && is_made_of_words(body) || !(is_base64 || is_odd && is_sure) && of_words() {
        return false;
    }
    if digits > 0 {
        return digits >= 2 || changes(body) * 5 >= body.len();
    }
    is_mixed(body) && is_odd
}

/// Whether most letters of a long word in either case are capitals: no name is written like that.
fn is_mostly_large(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let large = word.bytes().filter(u8::is_ascii_uppercase).count();
    letters >= 10 && large * 2 > letters && large < letters && word.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether a part of a path is made of words without digits.
fn has_words(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'))
        && (is_made_of_words(part) && is_camel(part))
}

fn is_telling(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().any(|b| is(&b));
    has(u8::is_ascii_digit) && (has(|b| b.is_ascii_alphabetic()) || word.contains('-'))
        || is_mixed(word) && (!is_camel(word) || word.contains('+'))
}

fn is_time(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    matches!(digits, 2 | 4) && word.as_bytes().get(digits).is_some_and(|b| matches!(b, b'-' | b'/'))
        || digits == 8 && word.as_bytes().get(8) == Some(&b'T')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_value_is_found() {
        for (text, expected) in [
            ("p6GXU87KXynp4P\n> 9ZhvhANKeTAKya --tenant", vec!["9ZhvhANKeTAKya"]),
            ("6449c6c0ce38f3cf<br>8ae51bae4255f84b", vec!["8ae51bae4255f84b"]),
            ("1cf3b1dd-c5e1-45f1<br/>\n-a53c-cf372b6bc41c.", vec!["-a53c-cf372b6bc41c"]),
            ("MzhTd3k47UFx/PQ7+kq2m\n/5yhi/DBXja2uCSZP5Da=", vec!["/5yhi/DBXja2uCSZP5Da="]),
            ("u7WKbj8Uw92Bf8\n    giexqTidpNKnuR https://a.example/", vec!["giexqTidpNKnuR"]),
            ("Aq9fK2\nGwKVsfknxrrnXA is it", vec!["GwKVsfknxrrnXA"]),
        ] {
            let end = text.find(['\n', '<']).expect("a break");
            let found: Vec<&str> = rest(text, &(0..end)).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn another_line_is_not_the_rest() {
        for next in [
            "X-Request-Id: 4f3a",
            "401 Unauthorized",
            "HTTP/1.1 401",
            "2026-06-01T09:30:00Z",
            "eRS-FetchWorklist-Parameters-1",
            "ServiceRequest",
            "HTTPBasicAuth",
            "/FHIR/R4/ServiceRequest/a1b2c3d4",
            "6f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90",
            "grant_type=client_credentials",
            "data2=\"x\"",
            "GET https://a1.example/b2",
        ] {
            let text = format!("p6GXU87KXynp4P\n{next}");
            assert!(rest(&text, &(0..14)).is_empty(), "{next}");
        }
    }
}

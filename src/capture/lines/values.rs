//! How far the value after a label goes, and what is put around it.

use std::ops::Range;

use super::page::Page;
use super::pairs::split_pair;
use super::wire::{request_line, status_line};
use crate::capture::words::{self, Label};
use crate::text::{Text, TextBuilder};

/// The value of a line, with what the next lines add to it: an indented continuation of a blank value, or the
/// rest of a JWT that a mail program wrapped.
pub(super) fn value_from(page: Page<'_>, range: Range<usize>, to_line_end: bool) -> Text {
    let value = unwrapped(&page.text.slice(range.clone()).trim());
    if !to_line_end {
        return value;
    }
    let after = &page.str()[range.end..];
    let Some(after) = after.strip_prefix('\n') else { return value };
    let next_at = range.end + 1;
    let next = &after[..after.find('\n').unwrap_or(after.len())];
    if value.is_empty() && next.starts_with([' ', '\t']) && !next.trim().is_empty() && split_pair(next).is_none() {
        // A continuation line (RFC 9112, section 5.2).
        return page.text.slice(next_at..next_at + next.len()).trim();
    }
    let first = next.trim();
    let is_scheme = value.as_str().eq_ignore_ascii_case("bearer") || value.as_str().eq_ignore_ascii_case("basic");
    if is_scheme && is_token_like(first) && !looks_like_field(next) {
        // The scheme on one line, the token on the next: no header field is sent like this.
        let lead = next_at + (next.len() - next.trim_start().len());
        let mut builder = TextBuilder::new(value.span());
        builder.copy(&value, 0..value.len());
        builder.replace(page.text, range.end..lead, " ");
        builder.copy(page.text, lead..lead + first.len());
        return builder.finish();
    }
    if value.is_empty() {
        let quoted = first.len() >= 2
            && (first.starts_with('"') && first.ends_with('"')
                || first.starts_with('`') && first.ends_with('`')
                || first.starts_with('“') && first.ends_with('”'));
        let with_scheme = first.split_once(' ').is_some_and(|(scheme, token)| {
            (scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic"))
                && !token.trim().contains(' ')
        });
        if quoted || with_scheme {
            return unquoted(&page.text.slice(next_at..next_at + next.len()).trim());
        }
    }
    let word_at = value.as_str().rfind(' ').map_or(0, |i| i + 1);
    let is_jwt = value.as_str()[word_at..].starts_with("eyJ");
    if !is_jwt {
        return value;
    }
    let mut builder = TextBuilder::new(value.span());
    builder.copy(&value, 0..value.len());
    let mut at = next_at;
    let mut width = value.len() - word_at;
    while let Some(line) = page.str().get(at..).map(|s| &s[..s.find('\n').unwrap_or(s.len())]) {
        let word = line.trim();
        let continues = width >= 40
            && !word.is_empty()
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'='));
        if !continues {
            break;
        }
        let lead = line.len() - line.trim_start().len();
        builder.copy(page.text, at + lead..at + lead + word.len());
        width = word.len();
        at += line.len() + 1;
        if at > page.str().len() {
            break;
        }
    }
    builder.finish()
}

/// How far a field value goes in a line that may go on after it.
pub(super) fn value_end(page: Page<'_>, value: &str, in_cells: bool) -> usize {
    if in_cells {
        return value.find(['|', '}']).unwrap_or(value.len());
    }
    let parameters = has_parameters(value);
    // Text in quotes is one piece; a quote that nothing closes does not count.
    let mut quoted_until = 0;
    let mut last_quote = value.rfind('"').unwrap_or(0);
    for (i, c) in value.char_indices() {
        if i < quoted_until {
            continue;
        }
        if c == '"' && i < last_quote {
            match value[i + 1..].find('"') {
                Some(next) => quoted_until = i + 1 + next + 1,
                None => last_quote = 0,
            }
            continue;
        }
        if i == 0 || !value[..i].ends_with([' ', '\t', '\u{A0}']) {
            continue;
        }
        let rest = &value[i..];
        if rest.starts_with("-> ") || rest.starts_with("=> ") || rest.starts_with("<- ") || rest.starts_with("→ ") {
            return i;
        }
        if status_line(rest).is_some() || request_line(rest).is_some() {
            return i;
        }
        if !c.is_ascii_alphabetic() {
            continue;
        }
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
        let next = &rest[len..];
        let is_other = words::is_field_name(&rest[..len], page.vocabulary)
            || matches!(words::label(&rest[..len]), Some(Label::Method | Label::Status | Label::Url));
        let before = value[..i].trim_end_matches([' ', '\t', '\u{A0}']);
        if is_other && next.starts_with('=') && before.ends_with([';', ',']) && !parameters {
            // `a=b; c=d`: another assignment.
            return before.len() - 1;
        }
        let is_field = next.starts_with(": ") || next == ":";
        // `Authorization: Bearer: token`: a scheme with a colon is part of the value that it begins.
        let is_scheme = value[..i].trim().is_empty() && rest[..len].eq_ignore_ascii_case("bearer");
        if is_field && !is_scheme && words::is_field_name(&rest[..len], page.vocabulary) {
            return i;
        }
        if begins_mention(page, rest) {
            return i;
        }
    }
    value.len()
}

/// Whether a label of the packs (`Application ID:`) begins here.
fn begins_mention(page: Page<'_>, rest: &str) -> bool {
    page.vocabulary.mentions.iter().flat_map(|m| &m.labels).any(|label| {
        rest.get(..label.len()).is_some_and(|s| s.eq_ignore_ascii_case(label))
            && rest[label.len()..].trim_start().starts_with([':', '='])
    })
}

/// `Digest username="…", uri="…"`: a scheme and its parameters, of which none is an assignment of its own.
fn has_parameters(value: &str) -> bool {
    let Some((scheme, rest)) = value.trim_start().split_once(' ') else { return false };
    let name = rest.trim_start().split_once('=').map_or("", |(name, _)| name);
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_word(scheme) && is_word(name)
}

pub(super) fn without_tail(text: &Text) -> Text {
    let value = text.as_str();
    let end = value.trim_end_matches([' ', '\u{A0}']).len();
    text.slice(0..end)
}

/// How far the credentials go in a sentence: a scheme and one word, or one word, before the sentence goes on.
pub(super) fn credentials_length(value: &str) -> usize {
    let lead = value.len() - value.trim_start().len();
    let mut end = lead;
    let mut words = value[lead..].split(' ').map(|w| (w, w.len()));
    let mut take = |end: &mut usize| -> Option<String> {
        let (word, len) = words.next()?;
        *end += len + usize::from(*end > lead);
        Some(word.to_owned())
    };
    let first = take(&mut end).unwrap_or_default();
    if matches!(first.to_ascii_lowercase().as_str(), "bearer" | "basic" | "digest" | "dpop") && take(&mut end).is_none()
    {
        return value.len();
    }
    let end = end.min(value.len());
    let goes_on = value[end..].trim_start().split(' ').next().unwrap_or_default();
    let credentials = value[lead..end].rsplit(' ').next().unwrap_or_default();
    let is_word = goes_on.len() > 1 && goes_on.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b',' | b'.'));
    let is_sentence =
        is_word && is_token_like(credentials) || (is_word || goes_on.starts_with('(')) && is_blank_to_fill(credentials);
    if is_sentence { end } else { value.len() }
}

/// How far a value goes in a sentence that goes on with another clause: `Set-Cookie: sid=7; Secure, but the next calls fail`.
pub(super) fn clause_length(value: &str) -> usize {
    /// The words of a clause. Lists such as `gzip, deflate, br` have commas between theirs.
    const WORDS: usize = 3;
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let is_clause = |rest: &str| rest.split(' ').take(WORDS).filter(|word| is_word(word)).count() == WORDS;
    value.match_indices(", ").map(|(at, _)| at).find(|at| is_clause(&value[at + 2..])).unwrap_or(value.len())
}

/// Whether a word is a place that a program was to fill: `{{token}}`, `${token}`, `<token>`.
fn is_blank_to_fill(word: &str) -> bool {
    [("{{", "}}"), ("${", "}"), ("<", ">")].iter().any(|(open, close)| word.starts_with(open) && word.ends_with(close))
}

/// Whether a sentence only speaks of the field: it goes on after the scheme, as in `Authorization: Bearer for the API`.
pub(super) fn is_talk(value: &str) -> bool {
    const GOES_ON: [&str; 20] = [
        "for", "in", "with", "as", "is", "to", "on", "and", "from", "by", "at", "but", "so", "when", "which", "that",
        "of", "or", "only", "because",
    ];
    let mut words = value.split_whitespace();
    let scheme = words.next().unwrap_or_default();
    let is_scheme = ["bearer", "basic", "digest"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
    is_scheme && words.next().is_some_and(|word| GOES_ON.contains(&word)) && words.next().is_some()
}

/// Where a quotation mark closes that a sentence opens in front of a field: `I send "Authorization: Bearer x" as the page
/// says`.
pub(super) fn quoted_length(before: &str, value: &str) -> Option<usize> {
    const MARKS: [(char, char); 4] = [('"', '"'), ('`', '`'), ('\'', '\''), ('“', '”')];
    let (open, close) = MARKS.iter().find(|(open, _)| before.ends_with(*open))?;
    let close = value.find(*close).filter(|at| !value[..*at].trim().is_empty())?;
    let sentence = before.trim_end_matches(*open);
    if sentence.trim().is_empty() {
        // A sentence that was wrapped in front of the quotation mark goes on after it.
        return goes_on_as_sentence(&value[close..]).then_some(close);
    }
    let sentence = sentence.strip_suffix(' ')?;
    (sentence.ends_with(|c: char| c.is_alphabetic()) && sentence.contains(' ')).then_some(close)
}

/// Whether a sentence goes on after a quotation mark: `" returns 401`.
pub(super) fn goes_on_as_sentence(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.next() == Some(' ') && chars.next().is_some_and(|c| c.is_ascii_lowercase())
}

/// How far the credentials go in a line that begins with the field and goes on as a sentence: three words or more, of
/// which the first is no part of a token.
pub(super) fn line_length(value: &str) -> usize {
    let len = credentials_length(value);
    let words = value[len..].split_whitespace().take(3).count();
    if words == 3 { len } else { value.len() }
}

/// Whether a line is one word that may be a credential, or stands for one.
fn is_token_like(word: &str) -> bool {
    let all =
        word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'='));
    all && word.len() >= 16 && word.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn looks_like_field(line: &str) -> bool {
    split_pair(line).is_some_and(|p| words::is_plain_field(&line[p.name]))
}

/// The reason phrase after a labelled status: its words, or what `ReasonPhrase:` says.
pub(super) fn reason_in(text: &Text, from: usize) -> Option<Text> {
    let rest = &text.as_str()[from..];
    if let Some(at) = rest.find("ReasonPhrase: '") {
        let start = from + at + "ReasonPhrase: '".len();
        let end = text.as_str()[start..].find('\'').map_or(text.len(), |i| start + i);
        return Some(text.slice(start..end));
    }
    let end = from + rest.find([',', '{', '\t', '|']).unwrap_or(rest.len());
    // `401 Unauthorized  Time: 140 ms`: several blanks begin something else.
    let words = rest.trim_start().find("  ").map_or(end, |i| from + (rest.len() - rest.trim_start().len()) + i);
    let end = end.min(words);
    Some(unquoted(&text.slice(from..end).trim()))
        .map(|r| {
            let lead = r.len() - r.as_str().trim_start_matches([' ', '(', '-', '–', ':']).len();
            let end = r.as_str().trim_end_matches([' ', ')', ':']).len().max(lead);
            r.slice(lead..end)
        })
        .filter(|r| !r.is_empty())
}

/// A value without the backticks of a formatted word around it.
pub(super) fn unwrapped(text: &Text) -> Text {
    let value = text.as_str();
    if matches!(value, "\"\"" | "''" | "“”") {
        // Two quotes with nothing between them are how people and YAML write a blank value.
        let middle = value.chars().next().map_or(0, char::len_utf8);
        return text.slice(middle..middle);
    }
    if value.len() >= 2 && value.starts_with('`') && value.ends_with('`') {
        return text.slice(1..value.len() - 1).trim();
    }
    if let Some(rest) = value.strip_suffix('`')
        && !rest.contains('`')
    {
        return text.slice(0..rest.len()).trim();
    }
    text.clone()
}

/// A labelled value without quotation marks around it.
pub(super) fn unquoted(text: &Text) -> Text {
    let text = unwrapped(text);
    let marks: &[char] = &['"', '\'', '“', '”', '‘', '’', '<', '>', ','];
    let value = text.as_str();
    let start = value.len() - value.trim_start_matches(marks).len();
    let end = value.trim_end_matches(marks).len();
    if start == 0 && end == value.len() { text } else { text.slice(start..end.max(start)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_a_value_are_not_of_it() {
        let shown = |text: &str| unquoted(&Text::paste(text)).as_str().to_owned();
        assert_eq!(shown("`GET`"), "GET");
        assert_eq!(shown("“a.example”,"), "a.example");
        assert_eq!(unwrapped(&Text::paste("\"\"")).as_str(), "");
        assert_eq!(unwrapped(&Text::paste("\"a\"")).as_str(), "\"a\"");
    }

    #[test]
    fn reasons_end_before_the_next_thing() {
        let reason = |text: &str| reason_in(&Text::paste(text), 3).map(|r| r.as_str().to_owned());
        assert_eq!(reason("401 Unauthorized").as_deref(), Some("Unauthorized"));
        assert_eq!(reason("401 (Unauthorized)").as_deref(), Some("Unauthorized"));
        assert_eq!(reason("401 Unauthorized  Time: 140 ms").as_deref(), Some("Unauthorized"));
        assert_eq!(reason("401, ReasonPhrase: 'Unauthorized', Version: 1.1").as_deref(), Some("Unauthorized"));
        assert_eq!(reason("401"), None);
    }

    #[test]
    fn credentials_end_before_the_sentence_goes_on() {
        let shown = |text: &'static str| &text[..credentials_length(text)];
        assert_eq!(shown("Bearer AbCdEfGhIjKlMnOp1234 and it fails"), "Bearer AbCdEfGhIjKlMnOp1234");
        assert_eq!(shown("Bearer one two"), "Bearer one two");
    }

    #[test]
    fn a_clause_ends_a_value() {
        let cut = |value: &'static str| &value[..clause_length(value)];
        assert_eq!(cut("sid=7; Secure, but the next calls fail"), "sid=7; Secure");
        assert_eq!(cut("sid=7, pero la próxima falla"), "sid=7");
        for whole in ["gzip, deflate, br, zstd", "Wed, 21 Oct 2025 07:28:00 GMT", "no-cache, no-store", "a, b c"] {
            assert_eq!(cut(whole), whole);
        }
    }
}

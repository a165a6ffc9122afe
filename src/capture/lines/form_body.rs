//! Bodies in the form of HTML forms: `a=b&c=d`.

use std::ops::Range;

use super::clue::Clue;
use super::literals::LONGEST;
use super::page::{Clues, Page};
use crate::capture::words::FORM_PARAMETERS;
use crate::text::{Text, TextBuilder};

/// A form that begins with a parameter of OAuth, in the middle of a line.
pub(super) fn piece(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let len = form_length(&page.str()[at..end])?;
    let text = page.text.slice(at..at + len);
    let (text, read_to) = if at + len == end { form_from(page, at..end, text) } else { (text, 0) };
    out.reads_to(read_to);
    out.push(at..at + len, Clue::Form(text));
    Some(at + len)
}

/// A line that is a form body: `a=b&c=d`.
pub(super) fn line(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let text = page.text.slice(range.clone()).trim();
    if !is_form(text.as_str()) {
        return None;
    }
    let (value, read_to) = form_from(page, range.clone(), text);
    out.reads_to(read_to);
    let rest = range.end..range.end;
    out.push(range, Clue::Form(value));
    Some(rest)
}

/// A form, with the lines that a mail program broke it into.
fn form_from(page: Page<'_>, range: Range<usize>, first: Text) -> (Text, usize) {
    let mut builder = TextBuilder::new(first.span());
    builder.copy(&first, 0..first.len());
    let mut at = range.end + 1;
    let mut width = first.len();
    while let Some(line) = page.str().get(at..).map(|s| &s[..s.find('\n').unwrap_or(s.len())]) {
        let word = line.trim();
        // One parameter a line, or the rest of a line that a mail program broke.
        let is_parameter = word.starts_with('&') && word.contains('=') && !word.contains(' ');
        // Settings with one on each line are none.
        let is_setting = |line: &str| !line.contains('&') && line.contains('=');
        let is_next = is_setting(first.as_str()) && is_setting(word);
        let is_rest = width >= 40 && !is_next && !word.contains([' ', ':', '{', '<']) && !word.starts_with("HTTP/");
        if word.is_empty() || !(is_parameter || is_rest) {
            break;
        }
        let lead = line.len() - line.trim_start().len();
        builder.copy(page.text, at + lead..at + lead + word.len());
        width = word.len();
        at += line.len() + 1;
    }
    (builder.finish(), at.min(page.str().len()))
}

/// How long the form is that begins a text with a parameter of OAuth.
fn form_length(text: &str) -> Option<usize> {
    let name = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    if !text[name..].starts_with('=') || !FORM_PARAMETERS.contains(&&text[..name]) {
        return None;
    }
    let limit = text.floor_char_boundary(2 * LONGEST);
    let len = text[..limit].find([' ', '"', '\'']).unwrap_or(limit);
    (is_form(&text[..len]) && text[..len].contains("grant_type=") && text[..len].contains('&')).then_some(len)
}

/// Whether a text is a form body: `name=value&name=value`.
pub(crate) fn is_form(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty()
        || text.contains(['\n', '{', '"'])
        || text.contains("://") && !text.contains("grant_type") && !text.contains('&')
    {
        return false;
    }
    let mut parts = text.split('&');
    let named = |part: &str| {
        part.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'[' | b']' | b'%'))
        })
    };
    let first = parts.next().unwrap_or_default();
    let known = |part: &str| part.split_once('=').is_some_and(|(name, _)| FORM_PARAMETERS.contains(&name));
    if !text.contains('&') {
        return known(first) && !text.contains(' ');
    }
    !text.split('&').take(3).any(|p| p.contains(' ') && !known(p)) && named(first) && parts.all(named)
}

#[cfg(test)]
mod tests {
    use super::super::page::trial::{leaves, line as read_line, reads, reads_line};
    use super::*;

    #[test]
    fn forms() {
        assert!(is_form("grant_type=client_credentials&client_assertion=eyJ.x.y"));
        assert!(is_form("a=1&b=2"));
        assert!(!is_form("a = 1 & b = 2"));
        assert!(!is_form("see x=1"));
    }

    #[test]
    fn a_form_may_go_on_in_the_next_lines() {
        reads_line(line, "grant_type=a\n&code=b", &["form grant_type=a&code=b"], "");
        reads_line(line, "a=1&b=2\nnext: line", &["form a=1&b=2"], "");
        assert_eq!(read_line(line, "Status: 401"), None);
    }

    #[test]
    fn a_form_in_a_line_begins_with_a_parameter_of_oauth() {
        reads(piece, "sent ¦grant_type=x&client_id=y \"z\"", &["form grant_type=x&client_id=y"], " \"z\"");
        leaves(piece, &["a=1&b=2", "client_id=y"]);
    }
}

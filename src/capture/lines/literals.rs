//! String literals of programming languages, and what is joined to them.

use std::ops::Range;

use super::clue::Clue;
use super::page::{Clues, Page};
use crate::text::{Text, TextBuilder};

/// How long a string literal may be, in bytes. Longer text is not a credential, and a quote that nothing closes must
/// not be followed to the end of the paste again and again.
pub(super) const LONGEST: usize = 8192;

pub(super) struct Literal {
    pub(super) content: Range<usize>,
    pub(super) end: usize,
}

/// A string literal at the beginning of a text.
fn literal(text: &str) -> Option<Literal> {
    let open = text.chars().next()?;
    let close: &[char] = match open {
        '"' => &['"'],
        '\'' => &['\''],
        '`' => &['`'],
        '“' => &['”', '“', '"'],
        '‘' => &['’', '‘', '\''],
        _ => return None,
    };
    let start = open.len_utf8();
    let mut chars = text[start..].char_indices();
    while let Some((i, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if close.contains(&c) {
            return Some(Literal { content: start..start + i, end: start + i + c.len_utf8() });
        }
    }
    None
}

/// A string literal that ends within so many bytes.
pub(super) fn literal_within(text: &str, limit: usize) -> Option<Literal> {
    literal(&text[..text.floor_char_boundary(limit)])
}

/// A string literal without its escapes.
pub(super) fn decode_literal(page: Page<'_>, range: Range<usize>) -> Text {
    let value = &page.str()[range.clone()];
    if !value.contains('\\') {
        return page.text.slice(range);
    }
    let mut builder = TextBuilder::new(page.text.span_of(range.start..range.start));
    let mut at = range.start;
    let mut chars = value.char_indices();
    while let Some((i, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        let Some((j, next)) = chars.next() else { break };
        builder.copy(page.text, at..range.start + i);
        let means = match next {
            'n' => "\n".to_owned(),
            't' => "\t".to_owned(),
            'r' => "\r".to_owned(),
            // What the program puts in (`\(session.token)`); no escape of any language.
            '(' => "\\(".to_owned(),
            other => other.to_string(),
        };
        builder.replace(page.text, range.start + i..range.start + j + next.len_utf8(), &means);
        at = range.start + j + next.len_utf8();
    }
    builder.copy(page.text, at..range.end);
    builder.finish()
}

/// Notes the part of a literal that the program puts in.
pub(super) fn interpolated(text: &Text, open: &str, close: &str, out: &mut Clues) {
    let value = text.as_str();
    if let Some(from) = value.find(open) {
        let till = value[from..].find(close).map_or(value.len(), |i| from + i + close.len());
        let span = text.slice(from..till);
        out.push(0..0, Clue::Expanded(span));
    }
}

/// `"Bearer " + token`: what follows a literal is known only when the program runs.
pub(super) fn concatenated(
    page: Page<'_>,
    text: Text,
    literal_end: usize,
    end: usize,
    out: &mut Clues,
) -> (Text, usize) {
    let behind = &page.str()[literal_end..end];
    let tail = behind.trim_start();
    let joins = tail.starts_with(['+', '.', '&'])
        && !tail.starts_with("...")
        && !tail.starts_with(".to")
        && !tail.starts_with("&&");
    let word = tail.get(1..).unwrap_or_default().trim_start_matches(['+', ' ']);
    let is_call = tail.starts_with('.') && !word.starts_with('$') && word.contains('(');
    if !joins || is_call || !word.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '$') {
        return (text, literal_end);
    }
    let from = end - word.len();
    let mut depth = 0_usize;
    let len = word
        .find(|c: char| {
            match c {
                '(' => depth += 1,
                ')' if depth > 0 => depth -= 1,
                _ => {}
            }
            depth == 0 && matches!(c, ',' | ';' | '}' | ' ') || c == ')' && depth == 0 && !word.contains('(')
        })
        .unwrap_or(word.len());
    let len = word[..len].trim_end_matches(')').len().max(1);
    let expression = page.text.slice(from..from + len);
    let mut builder = TextBuilder::new(text.span());
    builder.copy(&text, 0..text.len());
    builder.replace(page.text, from..from, "${");
    builder.copy(&expression, 0..expression.len());
    builder.replace(page.text, from + len..from + len, "}");
    out.push(from..from + len, Clue::Expanded(expression));
    (builder.finish(), from + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_end_at_their_own_quote() {
        let content = |text: &str| literal_within(text, LONGEST).map(|l| text[l.content].to_owned());
        assert_eq!(content("\"a 'b' c\" d").as_deref(), Some("a 'b' c"));
        assert_eq!(content("'a\\'b'").as_deref(), Some("a\\'b"));
        assert_eq!(content("“a”").as_deref(), Some("a"));
        assert_eq!(content("\"never closed"), None);
        assert_eq!(content("a"), None);
        assert!(literal_within("\"abcdef\"", 4).is_none());
    }
}

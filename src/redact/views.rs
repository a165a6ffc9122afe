//! Other readings of a text: with the joints of a cut value taken out, and with escapes undone. A credential that was broken
//! over lines or encoded is whole in one of them, and each of its characters still knows its place in the text.

use super::bytes::only;
use super::detect::{changes, is_camel, is_made_of_words};
use super::hidden::line_start;
use crate::text::{Text, TextBuilder};

/// How often escapes are undone: `%2525`, JSON in JSON.
const DEEPEST: usize = 3;

/// The readings of a text that differ from the text itself.
pub(super) fn of(text: &str) -> Vec<Text> {
    let mut views = Vec::new();
    if !may_differ(text) {
        return views;
    }
    let mut last = Text::paste(text);
    if let Some(joined) = joined(&last) {
        views.push(joined.clone());
        last = joined;
    }
    for _ in 0..DEEPEST {
        let Some(decoded) = decoded(&last) else { break };
        last = joined(&decoded).unwrap_or(decoded);
        views.push(last.clone());
    }
    views
}

/// Whether the text has any character that a joint or an escape begins with.
fn may_differ(text: &str) -> bool {
    const MARKS: [bool; 256] =
        only(&[b'\\', b'%', b'&', b'<', b'\n', b'\r', 0x1B, 0xC2, 0xE2, 0xEF, b'"', b'\'', b'*', b'=']);
    text.bytes().any(|b| MARKS[usize::from(b)])
}

/// Tags that may be in the middle of a word.
const TAGS: &[&str] = &["wbr", "em", "mark", "b", "i", "strong", "span", "font", "u", "code", "tt", "hl", "a"];

/// The text with stretches taken out or replaced; `None` if there are none. `find`: the length of the stretch at a place, and
/// the character that it stands for; `begins`: whether a stretch may begin with this byte.
fn rebuilt(
    text: &Text,
    begins: &[bool; 256],
    find: impl Fn(&str, usize) -> Option<(usize, Option<char>)>,
) -> Option<Text> {
    let value = text.as_str();
    let mut out = TextBuilder::new(text.span());
    let (mut at, mut from, mut changed) = (0, 0, false);
    while let Some(skipped) = value.as_bytes()[at..].iter().position(|byte| begins[usize::from(*byte)]) {
        at += skipped;
        let Some((len, replaced_by)) = find(value, at) else {
            at += 1;
            continue;
        };
        out.copy(text, from..at);
        if let Some(c) = replaced_by {
            out.replace(text, at..at + len, c.encode_utf8(&mut [0; 4]));
        }
        at += len;
        from = at;
        changed = true;
    }
    if !changed {
        return None;
    }
    out.copy(text, from..value.len());
    Some(out.finish())
}

/// The text without the joints of cut values.
fn joined(text: &Text) -> Option<Text> {
    const BEGINS: [bool; 256] =
        only(&[b'\\', b'^', b'`', b'=', b'"', b'\'', b'<', b'\n', b'\r', b'*', 0x1B, 0xC2, 0xE2, 0xEF]);
    rebuilt(text, &BEGINS, |value, at| Some((joint(value, at), None)).filter(|(len, _)| *len > 0))
}

/// The length of the joint at this place, or 0.
fn joint(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'`' if text[..at].ends_with('`') => 0,
        b'\\' | b'^' | b'`' => {
            if let Some(len) = written_colour(rest) {
                return len;
            }
            match line_end(&bytes[1..]) {
                0 => 0,
                end => {
                    let indent = indent(&bytes[1 + end..]);
                    // An option on the next line is a word of its own.
                    if is_option(&bytes[1 + end + indent..]) { 0 } else { 1 + end + indent }
                }
            }
        }
        b'=' => match line_end(&bytes[1..]) {
            0 => 0,
            end => {
                let next = 1 + end + indent(&bytes[1 + end..]);
                // After the padding of base64 the next field begins.
                let rest_of_line = &rest[next..];
                let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                let word = rest_of_line.find(|c| !is_of_word(c)).unwrap_or(rest_of_line.len());
                let line = at - line_start(text, at);
                // A soft break comes where a line is full. In a shorter line the sign is the padding of base64, and a field, a
                // sentence, or an item of a list follows.
                let behind = &rest[next + word..];
                // `=3D` is a character of quoted-printable, and `=` at the end padding.
                let is_assigned = word > 0
                    && behind.strip_prefix('=').is_some_and(|value| {
                        let is_escape = value.len() >= 2
                            && value.as_bytes()[..2].iter().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(b));
                        !is_escape && value.starts_with(|c: char| c.is_ascii_graphic() && c != '=')
                    });
                let is_field = behind.starts_with(':') || is_assigned;
                let is_padding = is_field && rest[..next].ends_with("  ")
                    || line < 72
                        && (is_field
                            || word == 0
                            || behind.starts_with(' ')
                                && rest[next..next + word].bytes().all(|b| !b.is_ascii_digit())
                                && !rest[next + 1..next + word].contains('-'));
                if is_padding { 0 } else { next }
            }
        },
        0x1B => colour(rest),
        0xC2 if bytes.get(1) == Some(&0xAD) => 2,
        0xE2 if matches!(bytes.get(1..3), Some([0x80, 0x8B..=0x8F] | [0x81, 0xA0..=0xA4])) => 3,
        0xEF if rest.starts_with('\u{FEFF}') => 3,
        b'*' if rest.starts_with("**") && !rest.starts_with("***") && is_inside(text, at, 2) => 2,
        b'"' | b'\'' => of_strings(rest),
        b'<' => tag(text, at),
        b'\n' | b'\r' => wrapped(text, at, 0),
        _ => 0,
    }
}

fn is_option(bytes: &[u8]) -> bool {
    match bytes {
        [b'-', b'-', ..] => true,
        [b'-', letter, b' ' | b'=' | b'\n' | b'\r', ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

/// Blanks and marks of a quoted mail at the beginning of a line.
fn indent(bytes: &[u8]) -> usize {
    bytes.iter().take(40).take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count()
}

/// Whether what is around this is the inside of a word.
fn is_inside(text: &str, at: usize, len: usize) -> bool {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=' | '.' | '~');
    text[..at].ends_with(is_of_word) && text[at + len..].starts_with(is_of_word)
}

fn colour(rest: &str) -> usize {
    let Some(inner) = rest[1..].strip_prefix('[') else { return 1 };
    let len = inner.bytes().take(24).take_while(|b| b.is_ascii_digit() || *b == b';').count();
    if inner.as_bytes().get(len).is_some_and(u8::is_ascii_alphabetic) { len + 3 } else { 2 }
}

/// `\x1b[0m`, `^[[0m`: a colour that a logger wrote out.
fn written_colour(rest: &str) -> Option<usize> {
    let mark =
        ["\\x1b[", "\\x1B[", "\\u001b[", "\\u001B[", "\\033[", "\\e[", "^[["].iter().find(|m| rest.starts_with(**m))?;
    let inner = &rest[mark.len()..];
    let len = inner.bytes().take(24).take_while(|b| b.is_ascii_digit() || *b == b';').count();
    inner[len..].starts_with('m').then(|| mark.len() + len + 1)
}

/// `" + "`, `" .\n "`, and two strings on two lines that a compiler joins.
fn of_strings(rest: &str) -> usize {
    let quote = &rest[..1];
    let bytes = rest.as_bytes();
    let skip = |from: usize| {
        from + bytes[from..].iter().take(60).take_while(|b| matches!(*b, b' ' | b'\t' | b'\r' | b'\n' | b'>')).count()
    };
    let mut at = skip(1);
    let breaks = rest[1..at].contains('\n');
    let operator = bytes.get(at).filter(|b| matches!(*b, b'+' | b'.' | b'&' | b'\\') && (at > 1 || **b == b'+'));
    if operator.is_some() {
        at = skip(at + 1);
        if bytes.get(at) == Some(&b'_') {
            at = skip(at + 1);
        }
    } else if !breaks {
        return 0;
    }
    let rest = &rest[at..];
    // A string that is the name of a member does not go on with the one before it.
    let is_name = rest.starts_with(quote)
        && rest[1..].find(quote).is_some_and(|end| {
            rest[1 + end + 1..].trim_start_matches(' ').starts_with([':', '=']) || rest[1 + end + 1..].starts_with(" =")
        });
    if !is_name
        && rest.starts_with(quote)
        && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '+' | '.' | '='))
    {
        at + 1
    } else {
        0
    }
}

/// The length of a tag in a word; a line break only where the word goes on after it.
fn tag(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let inner = rest[1..].trim_start_matches('/');
    let name = inner.bytes().take(8).take_while(u8::is_ascii_alphanumeric).count();
    let name = inner[..name].to_ascii_lowercase();
    let Some(end) = rest.bytes().take(300).position(|b| b == b'>') else { return 0 };
    if TAGS.contains(&name.as_str()) {
        return if is_inside(text, at, end + 1) || text[..at].ends_with('>') || text[at + end + 1..].starts_with('<') {
            end + 1
        } else {
            0
        };
    }
    if name == "br" { wrapped(text, at, end + 1) } else { 0 }
}

/// The length of a line end in the middle of a word. It is one where the word before is long and the next line has nothing but
/// the rest of it.
fn wrapped(text: &str, at: usize, mark: usize) -> usize {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '+' | '/' | '=' | '.');
    let start = at + mark;
    let bytes = text.as_bytes();
    let end = line_end(&bytes[start..]);
    if mark == 0 && end == 0 {
        return 0;
    }
    let next = start + end;
    let next = next + indent(&bytes[next..]);
    let base = text.ceil_char_boundary(at.saturating_sub(200));
    let head = text[base..at]
        .rfind(|c| !is_of_word(c))
        .map_or(&text[base..at], |i| text[base + i..at].trim_start_matches(|c| !is_of_word(c)));
    let tail = &text[next..text.floor_char_boundary(next + 4096)];
    let len = tail.find(|c| !is_of_word(c)).unwrap_or(tail.len());
    let (tail, after) = tail.split_at(len);
    let has = |word: &str, is: fn(&u8) -> bool| word.bytes().any(|b| is(&b));
    // With more on its line, the rest must look drawn at random.
    let digits = tail.bytes().filter(u8::is_ascii_digit).count();
    let is_random = tail.len() >= 8
        && (digits >= 2 && has(tail, u8::is_ascii_lowercase) || changes(tail) * 3 >= tail.len())
        && !tail.starts_with("20");
    let ends = after.starts_with([' ', '@', '/', ':', '?', '&']) && is_random && !tail.contains("HTTP")
        || after.is_empty()
        || after.starts_with(['\n', '\r', '"', '\'', '`', '<', ',', ';', '|', ')', '}', ']']);
    let is_telling = |word: &str| {
        has(word, u8::is_ascii_digit) && has(word, |b| b.is_ascii_alphabetic())
            || !word.contains('-')
                && has(word, u8::is_ascii_lowercase)
                && word.bytes().skip(1).any(|b| b.is_ascii_uppercase())
    };
    // Names below each other: `eRS-OperationOutcome-1`.
    let is_list = [head, tail].iter().all(|word| word.contains('-') && is_made_of_words(word));
    let goes_on = ends
        && !is_list
        && head.len() >= 8
        && tail.len() >= 4
        && is_telling(head)
        && (head.bytes().any(|b| b.is_ascii_digit()) || !is_camel(head))
        && is_telling(tail)
        && !tail.ends_with('.')
        && !tail.trim_end_matches('=').contains('=');
    // A path or a host is not the rest of a word.
    if goes_on && !tail.starts_with('/') && !(head.contains("//") && text[..at].ends_with(&format!(":{head}"))) {
        next - at
    } else {
        0
    }
}

/// The text with escapes undone: `%2F`, `\u002f`, `&quot;`, `=3D`.
fn decoded(text: &Text) -> Option<Text> {
    let escapes = text.as_str().match_indices('=').map(|(at, _)| &text.as_str().as_bytes()[at + 1..]);
    let mut escapes = escapes.filter(|rest| [b"3D", b"20", b"0A", b"C2"].iter().any(|e| rest.starts_with(*e)));
    let is_quoted_printable = escapes.nth(1).is_some();
    const BEGINS: [bool; 256] = only(&[b'%', b'=', b'\\', b'&', 0xEF]);
    rebuilt(text, &BEGINS, |value, at| {
        let bytes = value.as_bytes();
        let found = match bytes[at] {
            b'%' => hex(&value[at..], 1, 2),
            b'=' if is_quoted_printable => hex(&value[at..], 1, 2),
            b'\\' => match bytes.get(at + 1) {
                Some(b'u') => hex(&value[at..], 2, 4),
                Some(b'x') => hex(&value[at..], 2, 2),
                Some(b'"') => Some(('"', 2)),
                Some(b'/') => Some(('/', 2)),
                Some(b'n') => Some(('\n', 2)),
                Some(b'\\') => Some(('\\', 2)),
                _ => None,
            },
            b'&' => entity(&value[at..]),
            // Full-width characters.
            0xEF => value[at..].chars().next().and_then(|c| match c as u32 {
                code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).map(|c| (c, 3)),
                _ => None,
            }),
            _ => None,
        };
        found.map(|(c, len)| (len, Some(c)))
    })
}

/// The character that so many digits mean; only those that can be shown, and blanks.
fn hex(text: &str, mark: usize, digits: usize) -> Option<(char, usize)> {
    let code = u32::from_str_radix(text.get(mark..mark + digits)?, 16).ok()?;
    let c = char::from_u32(code)?;
    (c.is_ascii_graphic() || matches!(c, ' ' | '\n' | '\r' | '\t') || digits == 4 && !c.is_control())
        .then_some((c, mark + digits))
}

fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 9] = [
        ("&quot;", '"'),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&apos;", '\''),
        ("&#39;", '\''),
        ("&nbsp;", ' '),
        ("&equals;", '='),
        ("&colon;", ':'),
    ];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*c, name.len()));
    }
    let inner = text.strip_prefix("&#")?;
    let end = inner.bytes().take(8).position(|b| b == b';')?;
    let digits = &inner[..end];
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let c = char::from_u32(code).filter(|c| !c.is_control())?;
    Some((c, end + 3))
}

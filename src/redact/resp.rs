//! `AUTH` in the protocol of Redis, as a dump or a monitor shows it.

use std::ops::Range;

use super::hidden::Hidden;
use super::searchable::Searchable;
use super::value;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for command in ["AUTH", "auth", "Auth"] {
        for at in searchable.places(command) {
            let end = at + command.len();
            if text[..at].ends_with('"') && text[end..].starts_with("\" \"") {
                found.extend(strings(text, end + 2));
            } else if text[..at].ends_with(['\n', 'n', ' '])
                && let Some(separator) = separator(&text[end..])
            {
                found.extend(counted(text, end, separator));
            }
        }
    }
    found
}

/// What ends a line of the protocol here, with the marks of a quoted mail or a list.
fn separator(rest: &str) -> Option<&str> {
    if rest.starts_with("\\r\\n$") {
        return Some(&rest[.."\\r\\n".len()]);
    }
    let end = rest.bytes().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let marks = rest[end..].bytes().take(8).take_while(|b| matches!(b, b' ' | b'>')).count();
    (end > 0 && rest[end + marks..].starts_with('$')).then_some(&rest[..end + marks])
}

/// The last of two arguments at most: `$12`, a line end, and twelve bytes.
fn counted(text: &str, mut at: usize, separator: &str) -> Vec<Hidden> {
    let mut last: Option<Range<usize>> = None;
    for _ in 0..2 {
        let Some(rest) = text[at..].strip_prefix(separator).and_then(|rest| rest.strip_prefix('$')) else { break };
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_digit).count();
        let Ok(len) = rest[..digits].parse::<usize>() else { break };
        let Some(value) = rest[digits..].strip_prefix(separator) else { break };
        let start = text.len() - value.len();
        if value.get(..len).is_none() {
            break;
        }
        last = Some(start..start + len);
        at = start + len;
    }
    last.map(|range| value::sure(text, range)).unwrap_or_default()
}

/// The longest rest of a string that was broken over lines.
const BROKEN: usize = 200;

/// The last of the strings on the line: `"auth" "default" "…"`.
fn strings(text: &str, from: usize) -> Vec<Hidden> {
    let mut last = None;
    let mut next = from;
    // Values and names: `"auth" "default" "…"`, each perhaps broken over lines.
    for _ in 0..2 {
        let Some(string) = value::quoted(text, next) else { break };
        let end = string.range.end;
        last = Some(string.range);
        let Some(more) = text[end..].strip_prefix("\" ") else { break };
        next = text.len() - more.len();
    }
    // In a dump a string may go on below whatever it looks like: a quotation mark ends it.
    let Some(mut range) = last else { return Vec::new() };
    if !text[range.end..].starts_with('"') {
        let rest = &text[range.end..text.floor_char_boundary(range.end + BROKEN)];
        if let Some(close) = rest.find('"').filter(|close| rest[..*close].matches('\n').count() <= 2) {
            range.end += close;
        }
    }
    value::sure(text, range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_a_dump() {
        for text in [
            "*2\r\n$4\r\nAUTH\r\n$12\r\nrokamulitane\r\n",
            "*2\n$4\nAUTH\n$12\nrokamulitane\n*1\n$4\nPING\n",
            "*3\\r\\n$4\\r\\nAUTH\\r\\n$3\\r\\nkim\\r\\n$12\\r\\nrokamulitane\\r\\n",
            "133 [0 127.0.0.1:6086] \"auth\" \"default\" \"rokamulitane\"\n",
        ] {
            let found = all(&Searchable::of(text));
            assert_eq!(found.first().map(|hidden| &text[hidden.range.clone()]), Some("rokamulitane"), "{text}");
            assert_eq!(found.len(), 1, "{text}");
        }
        assert_eq!(all(&Searchable::of("\"auth\" is missing\nAUTH\n$1\n")), []);
    }
}

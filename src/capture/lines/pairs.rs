//! Splits a line into a label and its value.

use std::ops::Range;

use crate::capture::words;

pub(super) struct Pair {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
    pub(super) is_cell: bool,
    pub(super) is_assignment: bool,
}

/// Splits a line into a label and what follows it.
pub(super) fn split_pair(line: &str) -> Option<Pair> {
    let lead = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || "-*•·+#".contains(c)).len();
    let body = &line[lead..];
    let doubled = usize::from(body.starts_with("||"));
    if let Some(row) = body.get(doubled..).and_then(|b| b.strip_prefix('|')) {
        let lead = lead + doubled;
        // A row of a table: the first two cells.
        let first = row.find('|')?;
        let name = trimmed(row, 0..first);
        let cell = |from: usize| -> Range<usize> {
            let end = row[from..].find('|').map_or(row.len(), |i| from + i);
            let part = &row[from..end];
            let start = from + (part.len() - part.trim_start().len());
            start..(from + part.trim_end().len()).max(start)
        };
        let mut value = cell(first + 1);
        let next = row[first + 1..].find('|').map_or(row.len(), |i| first + 2 + i);
        if value.is_empty() && next < row.len() {
            // A column for the request, a column for the answer.
            value = cell(next);
        }
        if row[value.clone()].len() > 4 && row[value.clone()].starts_with("**") && row[value.clone()].ends_with("**") {
            value = value.start + 2..value.end - 2;
        }
        let shift = lead + 1;
        return Some(Pair {
            name: shift + name.start..shift + name.end,
            value: shift + value.start..shift + value.end,
            is_cell: true,
            is_assignment: false,
        });
    }
    // `Name   | value`: a table of two columns without a frame.
    if let Some(bar) = body.find(" | ")
        && words::is_token(body[..bar].trim_end())
        && !body[bar + 3..].contains('|')
    {
        let name = trimmed(body, 0..bar);
        let value = trimmed(body, bar + 3..body.len());
        return Some(Pair {
            name: lead + name.start..lead + name.end,
            value: lead + value.start..lead + value.end,
            is_cell: true,
            is_assignment: false,
        });
    }
    // `[Name] => value`, as PHP prints an array.
    if let Some((name, value)) = body.strip_prefix('[').and_then(|rest| rest.split_once("] =>"))
        && words::is_token(name)
    {
        let from = line.len() - value.len();
        return Some(Pair {
            name: lead + 1..lead + 1 + name.len(),
            value: from..line.len(),
            is_cell: false,
            is_assignment: true,
        });
    }
    let separator = body.char_indices().find(|(_, c)| matches!(c, ':' | '=' | '\t' | '–' | '—' | ','));
    let separator = match separator {
        // `Name,value` of a CSV file: only a field name has no blank before and after the comma.
        Some((at, ',')) if !words::is_plain_field(&body[..at]) || body[at + 1..].starts_with(' ') => return None,
        Some(found) => Some(found),
        None => None,
    };
    let separator = separator
        .or_else(|| loose_separator(body))
        .filter(|(at, _)| loose_separator(body).is_none_or(|(loose, _)| loose > *at))
        .or_else(|| loose_separator(body))?;
    let name = trimmed(body, 0..separator.0);
    if name.is_empty() || name.len() > 60 || body[name.clone()].split_whitespace().count() > 5 {
        return None;
    }
    let mut from = separator.0 + separator.1.len_utf8();
    if separator.1 == ':' && body[from..].starts_with("//") {
        return None;
    }
    if matches!(separator.1, '=' | '-') && body[from..].starts_with('>') {
        from += 1;
    }
    // `**Status:** 401` has its mark after the colon.
    let marks = body[from..].len() - body[from..].trim_start_matches(['*', '_']).len();
    if marks == 2 || marks == 1 && body.starts_with(['*', '_']) {
        from += marks;
    }
    Some(Pair {
        name: lead + name.start..lead + name.end,
        value: lead + from..line.len(),
        is_cell: matches!(separator.1, '\t' | ',' | ' '),
        is_assignment: separator.1 == '=',
    })
}

/// `Name   value`, `Name - value`, `Name -> value`: the text after the first word of a line, if that is a field name.
fn loose_separator(body: &str) -> Option<(usize, char)> {
    let len = body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).filter(|len| *len > 0)?;
    if !words::is_plain_field(&body[..len])
        || !body[..len].contains('-') && !body[..len].eq_ignore_ascii_case("authorization")
    {
        return None;
    }
    let rest = &body[len..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\u{A0}']).len();
    let tail = &rest[blanks..];
    if tail.is_empty() {
        return None;
    }
    if blanks > 0 && (tail.starts_with("- ") || tail.starts_with("-> ")) {
        return Some((len + blanks, '-'));
    }
    (rest.starts_with("  ") && !tail.starts_with(|c: char| ":=|-–—>".contains(c))).then_some((len, ' '))
}

/// A range without white space and marks of emphasis at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let marks = |c: char| c.is_whitespace() || "*`_".contains(c);
    let quotes = |c: char| marks(c) || "\"'“”‘’".contains(c);
    let start = range.start + (part.len() - part.trim_start_matches(quotes).len());
    let end = range.start + part.trim_end_matches(quotes).len();
    start..end.max(start)
}

/// A value in a squashed line without the separator after it.
/// Whether a text begins with `name=`.
pub(super) fn is_pair(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).unwrap_or(text.len());
    end > 0 && text[end..].starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(line: &str) -> Option<(&str, &str)> {
        split_pair(line).map(|p| (&line[p.name], line[p.value].trim()))
    }

    #[test]
    fn labels_and_values() {
        assert_eq!(pair("Status: 401"), Some(("Status", "401")));
        assert_eq!(pair("- **Status:** 401"), Some(("Status", "401")));
        assert_eq!(pair("Authorization = Bearer a"), Some(("Authorization", "Bearer a")));
        assert_eq!(pair("'Accept' => 'a/b'"), Some(("Accept", "'a/b'")));
        assert_eq!(pair("Accept\ta/b"), Some(("Accept", "a/b")));
        assert_eq!(pair("Authorization   Bearer a"), Some(("Authorization", "Bearer a")));
        assert_eq!(pair("X-Request-ID - 1"), Some(("X-Request-ID", "1")));
        assert_eq!(pair("Content-Type,a/b"), Some(("Content-Type", "a/b")));
        assert_eq!(pair("    [Authorization] => Bearer a"), Some(("Authorization", "Bearer a")));
    }

    #[test]
    fn rows_of_tables() {
        assert_eq!(pair("| Accept | a/b |"), Some(("Accept", "a/b")));
        assert_eq!(pair("| Accept | | a/b |"), Some(("Accept", "a/b")));
        assert_eq!(pair("Accept  | a/b"), Some(("Accept", "a/b")));
    }

    #[test]
    fn sentences_and_urls_are_no_pairs() {
        assert_eq!(pair("https://a.example/b"), None);
        assert_eq!(pair("This is a sentence of more than five words: yes"), None);
        assert_eq!(pair("a, b"), None);
        assert_eq!(pair("words without a mark"), None);
    }

    #[test]
    fn pairs_of_log_lines() {
        assert!(is_pair("fault.code=a"));
        assert!(!is_pair("=a"));
        assert!(!is_pair("a b=c"));
    }
}

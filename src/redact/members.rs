//! What is inside of something that is named for credentials: `secrets = { stripe: "…" }`, `INSERT INTO … (token) VALUES ("…")`.

use super::hidden::{Hidden, line_start};
use super::names::{self, Telling};
use super::searchable::Searchable;
use super::value::{self, Firmness, ValueAt};
use crate::text::offset_in;

/// How much of a group is looked at.
const LONGEST: usize = 1024;

/// So many values of a list are read.
const MOST_ITEMS: usize = 50;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = of_groups(searchable);
    found.extend(of_rows(searchable));
    found
}

/// The ends of names of several credentials.
const PLURALS: [&str; 12] = [
    "secrets",
    "SECRETS",
    "Secrets",
    "passwords",
    "PASSWORDS",
    "Passwords",
    "keys",
    "KEYS",
    "Keys",
    "tokens",
    "TOKENS",
    "Tokens",
];

/// `const SECRETS = { stripe: '…', db: '…' }`, the lines below `secrets:`, `API_KEYS=…,…`, `"apiKeys": ["…", "…"]`.
fn of_groups(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for plural in PLURALS {
        for at in searchable.places(plural) {
            let end = at + plural.len();
            let Some(certainty) = named_group(text, at, end) else { continue };
            let rest = &text[end..text.floor_char_boundary(end + LONGEST)];
            let marks = rest.len() - rest.trim_start_matches(['"', '\'', ' ', ':', '=', '>']).len();
            if !rest[..marks].contains([':', '=']) {
                continue;
            }
            let from = end + marks;
            if let Some(group) = text[from..end + rest.len()].strip_prefix('{') {
                let end = group.find('}').unwrap_or(group.len());
                members(text, from + 1, &group[..end], &mut found);
            } else if rest[marks..].starts_with(['\n', '\r']) {
                let depth = at - line_start(text, at);
                let lines = rest[marks..].trim_start_matches(['\r', '\n']);
                let start = end + rest.len() - lines.len();
                let deeper = |line: &str| {
                    let item = line.trim_start_matches([' ', '\t', '>']);
                    let indent = line.len() - item.len();
                    // An item of a list may stand further to the left than the name, which a log has behind a time.
                    indent > depth || item.starts_with("- ")
                };
                let len = lines.split_inclusive('\n').take_while(|line| deeper(line)).map(str::len).sum::<usize>();
                members(text, start, &lines[..len], &mut found);
                items(text, start, &lines[..len], certainty, &mut found);
            } else if let Some(certainty) = certainty {
                list(text, from, rest[..marks].ends_with(['"', '\'']), certainty, &mut found);
            }
        }
    }
    found
}

/// How sure it is that the name that ends with a plural means credentials: `API_KEYS` does, `keys` may; `publicKeys` does not.
/// The inner value is none where only a group of members counts.
fn named_group(text: &str, at: usize, end: usize) -> Option<Option<Firmness>> {
    if text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let is_of_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let start = at - text.as_bytes()[..at].iter().rev().take(40).take_while(is_of_name).count();
    let plural = &text[at..end];
    if start == at {
        return (!plural.eq_ignore_ascii_case("keys")).then_some(None);
    }
    // The same name of one.
    names::telling(&text[start..end - 1]).map(|_| Some(Firmness::Marked))
}

/// The items of a list that stand below its name: `- …`.
fn items(text: &str, start: usize, group: &str, certainty: Option<Firmness>, found: &mut Vec<Hidden>) {
    let Some(certainty) = certainty else { return };
    let mut at = start;
    for line in group.split_inclusive('\n') {
        let from = at;
        at += line.len();
        let Some(item) = line.trim_start_matches([' ', '\t', '>']).strip_prefix("- ") else { continue };
        if item.contains(": ") || item.trim().contains(char::is_whitespace) {
            continue;
        }
        let value = value::at(text, from + line.len() - item.len());
        found.extend(value::judge(text, value, Telling::Password, certainty));
    }
}

/// The values of a list that begins here: `[\"…\", \"…\"]`, `…,…`.
fn list(text: &str, from: usize, in_quotes: bool, certainty: Firmness, found: &mut Vec<Hidden>) {
    if text[from..].starts_with(['[', '(']) {
        let mut at = from + 1;
        for _ in 0..MOST_ITEMS {
            at += text[at..].bytes().take(60).take_while(|b| b" ,\n\r\t".contains(b)).count();
            let Some(string) = value::quoted(text, at) else { break };
            at = string.range.end + text[string.range.end..].chars().next().map_or(0, char::len_utf8);
            found.extend(value::judge(text, string, Telling::Password, certainty));
        }
        return;
    }
    let mut at = from;
    for number in 0..MOST_ITEMS {
        let word = value::word(text, at);
        let is_list = number > 0 || text[word.end..].starts_with(',');
        if word.is_empty() || !is_list {
            break;
        }
        at = word.end;
        found.extend(value::judge(text, ValueAt { range: word, quoted: in_quotes }, Telling::Password, certainty));
        let Some(next) = text[at..].strip_prefix(',') else { break };
        // In quotes blanks may follow the comma.
        let blanks = if in_quotes { next.len() - next.trim_start_matches(' ').len() } else { 0 };
        at += 1 + blanks;
    }
}

/// The values of the members of a group that begins at a place.
fn members(text: &str, start: usize, group: &str, found: &mut Vec<Hidden>) {
    const OTHERS: [&str; 6] = ["file", "name", "external", "environment", "driver", "key"];
    for member in group.split([',', '\n']) {
        let Some((name, _)) = member.split_once([':', '=']) else { continue };
        let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if name.contains(char::is_whitespace) || OTHERS.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let offset = offset_in(group, member);
        let mark = member.find([':', '=']).unwrap_or(0) + 1;
        let value = value::at(text, start + offset + mark);
        if value.range.end <= start + group.len() {
            found.extend(value::judge(text, value, Telling::Password, Firmness::Bare));
        }
    }
}

/// `INSERT INTO t (user, token) VALUES ('kim', '…')`: the columns say which value is one.
fn of_rows(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for mark in ["VALUES", "values"] {
        for at in searchable.places(mark) {
            let lead = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST))..at];
            let Some(columns) = lead.trim_end().strip_suffix(')').and_then(|lead| lead.rsplit_once('(')) else {
                continue;
            };
            let told: Vec<_> = columns
                .1
                .split(',')
                .map(|column| names::telling(column.trim_matches([' ', '"', '`', '[', ']'])))
                .collect();
            if told.iter().all(Option::is_none) {
                continue;
            }
            let open =
                at + mark.len() + text[at + mark.len()..].bytes().take_while(|b| b.is_ascii_whitespace()).count();
            if text[open..].starts_with('(') {
                cells(text, open + 1, &told, &mut found);
            }
        }
    }
    found
}

/// The values of a row that begins here, in the columns that name credentials.
fn cells(text: &str, from: usize, told: &[Option<Telling>], found: &mut Vec<Hidden>) {
    let mut at = from;
    for told in told {
        at += text[at..].bytes().take_while(|b| matches!(b, b' ' | b',' | b'N')).count();
        let Some(ValueAt { range, quoted }) = value::quoted(text, at) else {
            let Some(len) = text[at..text.floor_char_boundary(at + LONGEST)].find([',', ')']) else { return };
            at += len;
            continue;
        };
        at = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        if let Some(told) = told {
            found.extend(value::judge(text, ValueAt { range, quoted }, *told, Firmness::Assigned));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn members_of_a_group() {
        for text in [
            "const SECRETS = { stripe: 'rokamulitane', db: 'velimazonupa' };",
            "secrets:\n  stripe: rokamulitane\n  db: velimazonupa\nnext: tomorrowmoro\n",
        ] {
            assert_eq!(masked(text, all), ["rokamulitane", "velimazonupa"], "{text}");
        }
        for text in [
            "secrets:\n  TOKEN: ${{ secrets.TOKEN }}\n  file: rokamulitane\n",
            "\"secrets\": [\"rokamulitane\"]",
            "tokens = { used: 12, left: many }",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn values_of_a_row() {
        let text = "INSERT INTO tokens (user, token, note) VALUES ('kim', 'rokamulitane', 'a note')";
        assert_eq!(masked(text, all), ["rokamulitane"]);
        assert_eq!(masked("INSERT INTO a (user, note) VALUES ('kim', 'rokamulitane')", all), Vec::<&str>::new());
    }
}

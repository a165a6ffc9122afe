//! What is inside of something that is named for credentials: `secrets = { stripe: "…" }`, `INSERT INTO … (token) VALUES ("…")`.

use super::hidden::{Hidden, line_start};
use super::names::{self, Telling};
use super::searchable::Searchable;
use super::value::{self, Firmness, ValueAt};

/// How much of a group is looked at.
const LONGEST: usize = 1024;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = of_groups(searchable);
    found.extend(of_rows(searchable));
    found
}

/// `const SECRETS = { stripe: '…', db: '…' }`, and the lines below `secrets:`.
fn of_groups(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for name in [
        "secrets",
        "SECRETS",
        "Secrets",
        "passwords",
        "PASSWORDS",
        "API_KEYS",
        "apiKeys",
        "api_keys",
        "tokens",
        "TOKENS",
    ] {
        for at in searchable.places(name) {
            let rest = &text[at + name.len()..text.floor_char_boundary(at + name.len() + LONGEST)];
            let marks = rest.len() - rest.trim_start_matches(['"', '\'', ' ', ':', '=', '>']).len();
            if !rest[..marks].contains([':', '=']) {
                continue;
            }
            let from = at + name.len() + marks;
            if let Some(group) = text[from..at + name.len() + rest.len()].strip_prefix('{') {
                let end = group.find('}').unwrap_or(group.len());
                members(text, from + 1, &group[..end], &mut found);
            } else if rest[marks..].starts_with(['\n', '\r']) {
                let depth = at - line_start(text, at);
                let lines = rest[marks..].trim_start_matches(['\r', '\n']);
                let start = at + name.len() + rest.len() - lines.len();
                let deeper = |line: &str| line.len() - line.trim_start().len() > depth;
                let len = lines.split_inclusive('\n').take_while(|line| deeper(line)).map(str::len).sum::<usize>();
                members(text, start, &lines[..len], &mut found);
            }
        }
    }
    found
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
        let offset = member.as_ptr() as usize - group.as_ptr() as usize;
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
    use super::*;

    fn masked(text: &str) -> Vec<&str> {
        all(&Searchable::of(text)).iter().map(|hidden| &text[hidden.range.clone()]).collect()
    }

    #[test]
    fn members_of_a_group() {
        for text in [
            "const SECRETS = { stripe: 'rokamulitane', db: 'velimazonupa' };",
            "secrets:\n  stripe: rokamulitane\n  db: velimazonupa\nnext: tomorrowmoro\n",
        ] {
            assert_eq!(masked(text), ["rokamulitane", "velimazonupa"], "{text}");
        }
        for text in [
            "secrets:\n  TOKEN: ${{ secrets.TOKEN }}\n  file: rokamulitane\n",
            "\"secrets\": [\"rokamulitane\"]",
            "tokens = { used: 12, left: many }",
        ] {
            assert_eq!(masked(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn values_of_a_row() {
        let text = "INSERT INTO tokens (user, token, note) VALUES ('kim', 'rokamulitane', 'a note')";
        assert_eq!(masked(text), ["rokamulitane"]);
        assert_eq!(masked("INSERT INTO a (user, note) VALUES ('kim', 'rokamulitane')"), Vec::<&str>::new());
    }
}

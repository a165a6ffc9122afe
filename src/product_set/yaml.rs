//! YAML as structured data.

use super::node::{Datum, Group, Leaf, Member};
use crate::capture::json::Json;
use crate::capture::yaml;
use crate::text::Text;

/// Reads a YAML document; `None` if the text is not one. YAML has no end mark.
pub(super) fn read(text: &str) -> Option<Datum> {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && *l != "---" && !l.starts_with('#'));
    let first = lines.next()?;
    let is_block = first.starts_with('-') || first.ends_with(':');
    if !is_block || !text.lines().any(|l| l.trim_start().starts_with('-')) || !text.contains(':') {
        return None;
    }
    let text = Text::paste(&untagged(text).replace('\u{A0}', " "));
    let json = yaml::document(&text)?;
    let starts: Vec<usize> = std::iter::once(0).chain(text.as_str().match_indices('\n').map(|(i, _)| i + 1)).collect();
    let node = datum(&json, &starts);
    node.group().is_some_and(|g| g.values().any(|v| v.group().is_some())).then_some(node)
}

/// A document without the types that Ruby and Python write in front of values: `!ruby/object:Net::LDAP::Entry`.
fn untagged(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(" !") && !text.contains(" :") && !text.contains("\n:") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // `:name:` is how Ruby writes a symbol.
        let at = line.find(|c: char| c != ' ' && c != '-').unwrap_or(line.len());
        let symbol = line[at..].strip_prefix(':').filter(|rest| rest.contains(':'));
        let line = &symbol.map_or(line.to_owned(), |rest| format!("{}{rest}", &line[..at]));
        match line.find(" !ruby/").or_else(|| line.find(" !!python/")) {
            Some(at) => {
                out.push_str(&line[..at]);
                let rest = &line[at + 1..];
                out.push_str(&rest[rest.find(char::is_whitespace).unwrap_or(rest.len())..]);
            }
            None => out.push_str(line),
        }
    }
    out.into()
}

fn datum(json: &Json, starts: &[usize]) -> Datum {
    let line = starts.partition_point(|s| *s <= json.span().start).max(1);
    let items = match json {
        // How Ruby writes the strings and lists of its directory library.
        Json::Object(members, _) if is_wrapper(members.iter().map(|(n, _)| n.as_str())) => {
            return datum(&members[0].1, starts);
        }
        Json::Object(members, _) => members
            .iter()
            .map(|(name, value)| Member {
                key: Some(name.as_str().trim_start_matches(':').to_ascii_lowercase()),
                values: vec![datum(value, starts)],
            })
            .collect(),
        Json::Array(values, _) => values.iter().map(|v| Member { key: None, values: vec![datum(v, starts)] }).collect(),
        _ => {
            let text = json.as_text().map_or(String::new(), |t| t.as_str().to_owned());
            return Datum::Text(Leaf { text, line, is_quoted: true });
        }
    };
    Datum::Group(Group { name: String::new(), open: b'[', items, is_closed: true, line })
}

fn is_wrapper<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    matches!((names.next(), names.next()), (Some("str"), Some("ber_identifier")) | (Some("internal"), Some("ivars")))
}

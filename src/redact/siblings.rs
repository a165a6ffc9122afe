//! A name and its value as members of one object: `{"key": "client_secret", "value": "…"}`, in either order, in JSON, YAML and
//! the attributes of XML; and the parts of a form.

use std::ops::Range;

use memchr::memmem;

use super::hidden::Hidden;
use super::names::Telling;
use super::value::{self, Firmness};
use crate::text::offset_in;

/// How far the members of an object may be from each other.
const NEAR: usize = 400;

/// Members that hold the name of something.
const LABELS: &[&str] = &[
    "key",
    "name",
    "id",
    "label",
    "header",
    "variable",
    "field",
    "param",
    "property",
    "env",
    "title",
    "parameterkey",
    "outputkey",
    "optionname",
];

/// Members that hold the value of something.
const VALUES: &[&str] = &[
    "value",
    "val",
    "secret",
    "data",
    "content",
    "defaultvalue",
    "default",
    "currentvalue",
    "initialvalue",
    "parametervalue",
    "outputvalue",
];

/// The value that belongs to the name at this place.
pub(super) fn of(text: &str, name: &Range<usize>, told: Telling) -> Vec<Hidden> {
    let base = text.ceil_char_boundary(name.start.saturating_sub(90));
    // The words of a name of several.
    let before = text[base..name.start].trim_end_matches(|c: char| c.is_alphanumeric() || c == ' ');
    let before = before.trim_end_matches(['"', '\'', '\\', ' ']);
    let Some(before) = before.strip_suffix([':', '=']) else { return Vec::new() };
    let before = before.trim_end_matches(['"', '\'', '\\', ' ']);
    let label = last_word(before).to_ascii_lowercase();
    // `<input type="password" value="…">`.
    let is_input = label == "type" && before.to_ascii_lowercase().contains("<input");
    if !LABELS.contains(&label.as_str()) && !is_input {
        return Vec::new();
    }
    let label_at = base + before.len() - label.len();
    if let Some(part) = of_form(text, name, label_at) {
        return value::judge(text, part, told, Firmness::Assigned);
    }
    let end = after(text, name.end);
    let ahead = &text[name.end..end];
    if let Some(at) = value_in(ahead) {
        return value::judge(text, value::at(text, name.end + at), told, Firmness::Assigned);
    }
    let start = start(text, label_at);
    let Some(at) = value_in(&text[start..label_at]) else { return Vec::new() };
    value::judge(text, value::at(text, start + at), told, Firmness::Assigned)
}

/// Where the value begins that is a member of the same object as this member.
pub(super) fn value_beside(text: &str, member: &Range<usize>) -> Option<usize> {
    let end = after(text, member.end);
    if let Some(at) = value_in(&text[member.end..end]) {
        return Some(member.end + at);
    }
    let start = start(text, member.start);
    value_in(&text[start..member.start]).map(|at| start + at)
}

/// Where the value begins in a block that opens here: `{ default = "…" }`.
pub(super) fn in_block(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..text.floor_char_boundary(from + NEAR)];
    let block = &rest[..rest.find('}').unwrap_or(rest.len())];
    value_in(block).map(|at| from + at)
}

fn last_word(text: &str) -> &str {
    let from = text
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    &text[from..]
}

/// The end of the object that goes on here.
fn after(text: &str, from: usize) -> usize {
    let rest = &text[from..text.floor_char_boundary(from + NEAR)];
    let is_mark = |at: &usize| {
        let bytes = &rest.as_bytes()[*at..];
        match bytes[0] {
            b'}' | b'{' | b'<' => true,
            b'/' => bytes.starts_with(b"/>"),
            b'\n' => ITEMS.iter().chain(&["\n\n", "\n\r\n"]).any(|mark| bytes.starts_with(mark.as_bytes())),
            _ => false,
        }
    };
    from + (0..rest.len()).find(is_mark).unwrap_or(rest.len())
}

/// The beginnings of the items of a list.
const ITEMS: [&str; 3] = ["\n- ", "\n  - ", "\n    - "];

/// The beginning of the object that this is a member of.
fn start(text: &str, at: usize) -> usize {
    let base = text.ceil_char_boundary(at.saturating_sub(NEAR));
    let lead = &text[base..at];
    let is_mark = |at: &usize| {
        let bytes = &lead.as_bytes()[*at..];
        match bytes[0] {
            b'}' | b'{' => true,
            b'/' => bytes.starts_with(b"/>"),
            // A tag that breaks a line is none of an object.
            b'<' => !bytes.starts_with(b"<br"),
            b'\n' => ITEMS.iter().chain(&["\n> - ", "\n\n", "\n>\n"]).any(|mark| bytes.starts_with(mark.as_bytes())),
            _ => false,
        }
    };
    base + (0..lead.len()).rev().find(is_mark).unwrap_or(0)
}

/// Where the value of a member named `value` begins.
fn value_in(members: &str) -> Option<usize> {
    let lower = members.to_ascii_lowercase();
    for name in VALUES {
        for at in memmem::find_iter(lower.as_bytes(), name) {
            let is_word = !lower[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            let rest = &lower[at + name.len()..];
            let marks = rest.len() - rest.trim_start_matches(['"', '\'', '\\', ' ']).len();
            if is_word && rest[marks..].starts_with([':', '=']) {
                return Some(at + name.len() + marks + 1);
            }
        }
    }
    None
}

/// The content of a part of a form whose name this is.
fn of_form(text: &str, name: &Range<usize>, label: usize) -> Option<value::ValueAt> {
    let lead = &text[text.ceil_char_boundary(label.saturating_sub(60))..label];
    if !lead.to_ascii_lowercase().contains("form-data") {
        return None;
    }
    let rest = &text[name.end..text.floor_char_boundary(name.end + NEAR)];
    // The value is after the first blank line; a line end may be written out.
    let mut at = rest.find(['\n', '\r']).or_else(|| rest.find("\\r\\n"))?;
    let is_written = rest[at..].starts_with('\\');
    if is_written {
        let start = name.end + rest.find("\\r\\n\\r\\n")? + 8;
        return Some(value::ValueAt { range: value::word(text, start), quoted: false });
    }
    let mut is_blank = false;
    for line in rest[at..].split_inclusive('\n').skip(1) {
        at = offset_in(rest, line);
        let shown = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        if shown.is_empty() {
            is_blank = true;
        } else if is_blank {
            let start = name.end + at + line.len() - shown.len();
            return Some(value::ValueAt { range: value::word(text, start), quoted: false });
        }
    }
    None
}

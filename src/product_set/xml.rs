//! XML as structured data: FHIR resources, and directory entries as DSML or in an XML of one's own.
//!
//! FHIR's XML has the same members as its JSON: an element is a member, and its attribute `value` is the value.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::node::{Datum, Group, Leaf, Member};

/// Deeper elements are not read.
const DEEPEST: usize = 200;

/// Reads an XML document; `None` if the text is not XML. A document without its end gives groups that are not closed.
pub(super) fn read(text: &str) -> Option<Datum> {
    let start = text.trim_start();
    let is_element =
        start.starts_with('<') && start[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '?' || c == '!');
    if !is_element {
        return None;
    }
    let mut lines = LineCounter {
        text: start,
        at: 0,
        line: text.len().checked_sub(start.len()).map_or(1, |n| text[..n].matches('\n').count() + 1),
    };
    let mut reader = Reader::from_str(start);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut stack = vec![Group { is_closed: true, ..Group::default() }];
    let mut is_broken = false;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let line = lines.at(at);
        match reader.read_event() {
            Ok(Event::Start(tag)) if stack.len() <= DEEPEST => stack.push(element(&tag, line)),
            Ok(Event::Empty(tag)) => {
                let group = element(&tag, line);
                add(&mut stack, group);
            }
            Ok(Event::End(_)) if stack.len() > 1 => {
                if let Some(group) = stack.pop() {
                    add(&mut stack, group);
                }
            }
            Ok(Event::Text(text)) => {
                let content = unwrapped(text.trim());
                if !content.is_empty() {
                    push_text(&mut stack, content, line);
                }
            }
            Ok(Event::CData(text)) => push_text(&mut stack, text.to_string(), line),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                is_broken = true;
                break;
            }
        }
    }
    is_broken |= stack.len() > 1;
    while stack.len() > 1 {
        if let Some(mut group) = stack.pop() {
            group.is_closed = false;
            add(&mut stack, group);
        }
    }
    let mut root = stack.pop()?;
    root.is_closed &= !is_broken;
    (!root.items.is_empty()).then_some(Datum::Group(root))
}

/// The lines of a text, asked for in order.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn at(&mut self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if at > self.at {
            self.line += self.text.as_bytes()[self.at..at].iter().filter(|b| **b == b'\n').count();
            self.at = at;
        }
        self.line
    }
}

fn element(tag: &BytesStart<'_>, line: usize) -> Group {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let name = local(tag.name().as_ref());
    let mut items = Vec::new();
    // FHIR names a resource by its element, where JSON has a member.
    if ["Bundle", "Device", "Endpoint", "OperationOutcome"].contains(&name.as_str()) {
        items.push(item("resourcetype", name.clone(), line));
    }
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = unwrapped(&attribute.value.replace("&amp;", "&").replace("&quot;", "\""));
        items.push(item(&local(attribute.key.as_ref()).to_ascii_lowercase(), value, line));
    }
    Group { name, open: b'<', items, is_closed: true, line }
}

/// A value without the line ends that a mail program put into it.
fn unwrapped(text: &str) -> String {
    let joined: String = text.lines().map(str::trim).collect();
    if text.contains('\n') && !joined.contains(' ') { joined } else { text.to_owned() }
}

fn item(key: &str, text: String, line: usize) -> Member {
    Member { key: Some(key.to_owned()), values: vec![Datum::Text(Leaf { text, line, is_quoted: true })] }
}

/// Adds an element to the one that holds it, as a member with its name.
fn add(stack: &mut [Group], group: Group) {
    let Some(parent) = stack.last_mut() else { return };
    parent.is_closed &= group.is_closed;
    let key = Some(group.name.to_ascii_lowercase());
    parent.items.push(Member { key, values: vec![Datum::Group(group)] });
}

fn push_text(stack: &mut [Group], text: String, line: usize) {
    if let Some(group) = stack.last_mut() {
        group.items.push(item("#text", text, line));
    }
}

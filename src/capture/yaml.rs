//! The part of YAML in which recorded interactions are kept (vcrpy, VCR, go-vcr): mappings and sequences by indentation,
//! plain, quoted and block scalars. It is read into the same tree as JSON.
//!
//! What is ignored: anchors, tags, flow collections over several lines, several documents.

use std::ops::Range;

use super::json::{self, Json};
use crate::text::{Text, TextBuilder};

/// How deep blocks may nest.
const DEPTH: usize = 32;
/// How many lines are read.
const LINES: usize = 20_000;
/// The lines that begin a record of interactions.
const HEADS: [&str; 2] = ["interactions:", "http_interactions:"];

/// Whether a line begins a record of interactions.
pub(crate) fn is_head(line: &str) -> bool {
    HEADS.contains(&line.trim_end())
}

/// Where records of interactions begin.
pub(crate) fn starts(value: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in value.split_inclusive('\n') {
        if is_head(line) {
            found.push(at);
        }
        at += line.len();
    }
    found
}

/// Reads the block mapping that begins at this line; gives where it ended, too.
pub(crate) fn parse(text: &Text, from: usize) -> Option<(Json, usize)> {
    let value = text.as_str();
    let mut lines = Vec::new();
    let mut at = from;
    for line in value[from..].split_inclusive('\n').take(LINES) {
        let body = line.trim_end();
        let indent = body.len() - body.trim_start_matches(' ').len();
        if !body.trim_start().is_empty() {
            lines.push(YamlLine { indent, range: at + indent..at + body.len() });
        }
        at += line.len();
    }
    let mut reader = YamlReader { text, lines, next: 0, end: from };
    let json = reader.block(0, 0);
    json.is_object().then_some((json, reader.end))
}

/// Reads a text that is one YAML document from its beginning to its end, a mapping or a sequence; `None` if it is not.
pub(crate) fn document(text: &Text) -> Option<Json> {
    let value = text.as_str();
    let head = value.find("---").filter(|at| value[..*at].trim().is_empty()).map_or(0, |at| at + 3);
    let mut at = head;
    let mut lines = Vec::new();
    for line in value[head..].split_inclusive('\n').take(LINES) {
        let body = line.trim_end();
        let indent = body.len() - body.trim_start_matches(' ').len();
        if !body.trim_start().is_empty() && !body.trim_start().starts_with('#') {
            lines.push(YamlLine { indent, range: at + indent..at + body.len() });
        }
        at += line.len();
    }
    let indent = lines.first()?.indent;
    let last = lines.last()?.range.end;
    let mut reader = YamlReader { text, lines, next: 0, end: head };
    let json = reader.block(indent, 0);
    (reader.next == reader.lines.len() && reader.end == last).then_some(json)
}

struct YamlLine {
    indent: usize,
    /// Without the indentation and blanks at the end.
    range: Range<usize>,
}

struct YamlReader<'t> {
    text: &'t Text,
    lines: Vec<YamlLine>,
    next: usize,
    end: usize,
}

impl YamlReader<'_> {
    fn peek(&self) -> Option<(usize, &str)> {
        let line = self.lines.get(self.next)?;
        Some((line.indent, &self.text.as_str()[line.range.clone()]))
    }

    fn range(&self) -> Range<usize> {
        self.lines.get(self.next).map_or(self.end..self.end, |line| line.range.clone())
    }

    fn step(&mut self) {
        self.end = self.range().end;
        self.next += 1;
    }

    /// The mapping or the sequence whose first line has this indentation.
    fn block(&mut self, indent: usize, depth: usize) -> Json {
        let start = self.range().start;
        if depth >= DEPTH {
            return Json::Null(self.text.span_of(start..start));
        }
        let is_item = |line: &str| line == "-" || line.starts_with("- ");
        if self.peek().is_some_and(|(_, line)| is_item(line)) {
            let mut elements = Vec::new();
            while let Some((at, line)) = self.peek() {
                if at != indent || !is_item(line) {
                    break;
                }
                elements.push(self.item(indent, depth));
            }
            return Json::array(elements, self.text.span_of(start..self.end.max(start)));
        }
        let mut members = Vec::new();
        while let Some((at, line)) = self.peek() {
            let Some((name, value)) = (at == indent).then(|| key(line)).flatten() else { break };
            let begin = self.range().start;
            let name = self.text.slice(begin + name.start..begin + name.end);
            let value = begin + value..self.range().end;
            members.push((name, self.value(value, indent, depth)));
        }
        Json::object(members, self.text.span_of(start..self.end.max(start)))
    }

    /// `- a: b` is a mapping that begins two columns further on.
    fn item(&mut self, indent: usize, depth: usize) -> Json {
        let range = self.range();
        let line = &self.text.as_str()[range.clone()];
        let skip = 1 + line[1..].len() - line[1..].trim_start().len();
        let content = range.start + skip..range.end;
        if content.is_empty() {
            return self.value(content, indent, depth);
        }
        let inner = &self.text.as_str()[content.clone()];
        if key(inner).is_some() || inner.starts_with("- ") {
            if let Some(line) = self.lines.get_mut(self.next) {
                *line = YamlLine { indent: indent + skip, range: content };
            }
            return self.block(indent + skip, depth + 1);
        }
        self.value(content, indent, depth)
    }

    /// What follows a name or the mark of an item: on its line, or indented below it.
    fn value(&mut self, range: Range<usize>, indent: usize, depth: usize) -> Json {
        let written = &self.text.as_str()[range.clone()];
        if written.is_empty() {
            let empty = self.text.span_of(range);
            self.step();
            return match self.peek() {
                // A sequence may have the indentation of its name.
                Some((at, line)) if at > indent || at == indent && line.starts_with('-') => self.block(at, depth + 1),
                _ => Json::Null(empty),
            };
        }
        if written.starts_with(['|', '>']) && written.len() <= 3 {
            self.step();
            let folded = written.starts_with('>');
            return self.gather(None, indent, if folded { " " } else { "\n" });
        }
        if written.starts_with(['"', '\'']) {
            return self.quoted(range, indent);
        }
        if written.starts_with(['{', '['])
            && let Some(parsed) = json::parse(self.text, range.start)
        {
            self.step();
            return parsed.json;
        }
        let span = self.text.span_of(range.clone());
        let plain = match written {
            "null" | "~" | "{}" | "[]" | "''" | "\"\"" => Some(Json::Null(span)),
            "true" => Some(Json::Bool(true, span)),
            "false" => Some(Json::Bool(false, span)),
            _ if written.bytes().all(|b| b.is_ascii_digit()) => Some(Json::Number(self.text.slice(range.clone()))),
            _ => None,
        };
        if let Some(plain) = plain {
            self.step();
            return plain;
        }
        self.step();
        self.gather(Some(range), indent, " ")
    }

    /// A scalar that goes on in the lines that are indented further.
    fn gather(&mut self, first: Option<Range<usize>>, indent: usize, between: &str) -> Json {
        let begin = first.as_ref().map_or(self.range().start, |r| r.start);
        let mut out = TextBuilder::new(self.text.span_of(begin..begin));
        let mut is_first = true;
        if let Some(range) = first {
            out.copy(self.text, range);
            is_first = false;
        }
        while self.peek().is_some_and(|(at, _)| at > indent) {
            let range = self.range();
            if !is_first {
                out.replace(self.text, range.start..range.start, between);
            }
            out.copy(self.text, range);
            is_first = false;
            self.step();
        }
        Json::String(out.finish())
    }

    /// A scalar in quotes, which may go on in the next lines.
    fn quoted(&mut self, range: Range<usize>, indent: usize) -> Json {
        let value = self.text.as_str();
        let quote = value.as_bytes()[range.start];
        let mut out = TextBuilder::new(self.text.span_of(range.clone()));
        let mut part = range.start + 1..range.end;
        loop {
            let closed = self.copy_quoted(&mut out, part.clone(), quote);
            self.step();
            if closed || self.peek().is_none_or(|(at, _)| at <= indent) {
                return Json::String(out.finish());
            }
            let next = self.range();
            // In double quotes a backslash joins the lines as they are.
            if !(quote == b'"' && value[part].ends_with('\\')) {
                out.replace(self.text, next.start..next.start, " ");
            }
            part = next;
        }
    }

    /// Copies a line of a quoted scalar. Whether its closing quote was met.
    fn copy_quoted(&self, out: &mut TextBuilder, range: Range<usize>, quote: u8) -> bool {
        let s = self.text.as_str();
        let (mut at, mut run) = (range.start, range.start);
        while at < range.end {
            let byte = s.as_bytes()[at];
            let next = s.as_bytes().get(at + 1).copied().filter(|_| at + 1 < range.end);
            if byte == quote && quote == b'\'' && next == Some(b'\'') {
                out.copy(self.text, run..at);
                (run, at) = (at + 1, at + 2);
            } else if byte == quote {
                out.copy(self.text, run..at);
                return true;
            } else if byte == b'\\' && quote == b'"' {
                out.copy(self.text, run..at);
                let means = match next {
                    Some(b'n') => "\n",
                    Some(b'r') => "\r",
                    Some(b't') => "\t",
                    Some(b'"') => "\"",
                    Some(b'\\') => "\\",
                    Some(b' ') => " ",
                    // At the end of a line, or an escape that is kept as written.
                    _ => "",
                };
                if !means.is_empty() {
                    out.replace(self.text, at..at + 2, means);
                } else if let Some(c) = s[at + 1..range.end].chars().next() {
                    out.copy(self.text, at..at + 1 + c.len_utf8());
                }
                at += 1 + s[at + 1..range.end].chars().next().map_or(0, char::len_utf8);
                run = at;
            } else {
                at += 1;
            }
        }
        out.copy(self.text, run..range.end);
        false
    }
}

/// The name of a member and where its value begins: `name: value`, `"name":`.
fn key(line: &str) -> Option<(Range<usize>, usize)> {
    let (name, rest) = match line.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let end = line[1..].bytes().position(|b| b == *quote)? + 1;
            (1..end, end + 1)
        }
        _ => {
            let end = line.find(':')?;
            (0..end, end)
        }
    };
    let after = line.get(rest..)?.strip_prefix(':')?;
    if !(after.is_empty() || after.starts_with(' ')) || name.is_empty() || line.starts_with(['{', '[', '#']) {
        return None;
    }
    Some((name, line.len() - after.trim_start().len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::json::outline;

    #[test]
    fn blocks_become_a_tree() {
        for (yaml, expected) in [
            (
                "interactions:\n- request:\n    body: null\n    headers:\n      Accept:\n      - '*/*'\n    uri: https://a.example/b\n",
                r#"{interactions=[{request={body=null headers={Accept=["*/*"]} uri="https://a.example/b"}}]}"#,
            ),
            ("a: 'it''s\n  folded'\nb: \"x\\\n  y\\\"\"\n", r#"{a="it's folded" b="xy\""}"#),
            ("a: |\n  one\n  two\nb: plain\n  goes on\n", r#"{a="one\ntwo" b="plain goes on"}"#),
            ("a:\n  code: 401\n  message: No\nb:\n", r#"{a={code="401" message="No"} b=null}"#),
            ("a:\n- b: 1\n  c: d\n-\n  b: 2\n", r#"{a=[{b="1" c="d"} {b="2"}]}"#),
        ] {
            let (json, end) = parse(&Text::paste(yaml), 0).expect("YAML");
            assert_eq!(outline(&json), expected, "{yaml}");
            assert_eq!(end, yaml.trim_end().len(), "{yaml}");
        }
    }

    #[test]
    fn a_document_is_read_whole_or_not_at_all() {
        let read = |yaml: &str| document(&Text::paste(yaml)).map(|json| outline(&json));
        assert_eq!(read("---\n- a: b\n- c\n").as_deref(), Some(r#"[{a="b"} "c"]"#));
        assert_eq!(read("- a: b\nprose\n"), None);
    }

    #[test]
    fn values_keep_their_places() {
        let yaml = "interactions:\n- request:\n    headers:\n      Authorization:\n      - 'Bearer x'\n";
        let (json, _) = parse(&Text::paste(yaml), 0).expect("YAML");
        let value = &json.get("interactions").expect("a list").elements()[0];
        let value = value.path(&["request", "headers", "Authorization"]).expect("a field").elements()[0].span();
        assert!(yaml[value.start..value.end].contains("Bearer x"));
    }

    #[test]
    fn records_begin_at_their_own_line() {
        assert_eq!(starts("see\ninteractions:\n- a\n  interactions: x\nhttp_interactions:\n"), [4, 40]);
    }
}

//! Reads data that a program printed: JSON, and the notations of Python, Perl, Ruby, JavaScript, PHP and Java.
//!
//! They differ in brackets, quotes and in what is between a key and its value, so one tolerant reader takes them all. It
//! never fails: a bracket without its end gives a group that is not closed. Work is linear; nesting is bounded.

use super::entry;
use super::node::{Datum, Group, Leaf, Member};

/// Deeper brackets are skipped.
const DEEPEST: usize = 200;

/// The structures of a text.
#[derive(Debug, Default)]
pub(super) struct Literals {
    /// Each outermost structure, in order.
    pub(super) nodes: Vec<Datum>,
    /// Whether a bracket or a quote does not end, or a bracket ends that did not begin.
    pub(super) is_broken: bool,
}

/// Reads all structures that begin a line. Text between them is skipped.
pub(super) fn read(text: &str) -> Literals {
    let mut reader =
        LiteralReader { text, bytes: text.as_bytes(), at: 0, line: 1, stack: Vec::new(), skipped: 0, is_broken: false };
    let mut nodes = Vec::new();
    while let Some(start) = reader.next_start() {
        reader.go_to(start);
        if let Some(node) = reader.structure() {
            nodes.push(node);
        }
    }
    Literals { nodes, is_broken: reader.is_broken }
}

struct LiteralReader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line: usize,
    stack: Vec<Group>,
    /// Brackets that are nested too deeply.
    skipped: usize,
    is_broken: bool,
}

impl LiteralReader<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn go_to(&mut self, at: usize) {
        self.line += self.bytes[self.at..at].iter().filter(|b| **b == b'\n').count();
        self.at = at;
    }

    /// Where the next structure begins: at a bracket that is the first of its line, or follows a name there.
    fn next_start(&self) -> Option<usize> {
        let mut from = self.at;
        loop {
            let rest = self.text.get(from..)?;
            if rest.is_empty() {
                return None;
            }
            let line = rest.split('\n').next().unwrap_or_default();
            if let Some(at) = start_in(line) {
                return Some(from + at);
            }
            from += line.len() + 1;
            if from > self.bytes.len() {
                return None;
            }
        }
    }

    /// Reads one structure, up to its last bracket or to the end of the text.
    fn structure(&mut self) -> Option<Datum> {
        let root = Group { items: vec![Member::default()], line: self.line, ..Group::default() };
        self.stack = vec![root];
        self.skipped = 0;
        while self.at < self.bytes.len() {
            self.token();
            if self.stack.len() == 1 && self.stack[0].values().any(|v| v.group().is_some()) {
                break;
            }
        }
        while self.stack.len() > 1 {
            self.is_broken = true;
            self.close(false);
        }
        let root = self.stack.pop()?;
        root.items.into_iter().flat_map(|i| i.values).find(|v| v.group().is_some())
    }

    fn token(&mut self) {
        let byte = self.peek(0);
        match byte {
            b'\n' => {
                self.line += 1;
                self.at += 1;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'{' | b'[' | b'(' => self.open(byte),
            b'#' if self.peek(1) == b'<' => {
                self.at += 1;
                self.open(b'<');
            }
            b'}' | b']' | b')' => self.closing(match byte {
                b'}' => b'{',
                b']' => b'[',
                _ => b'(',
            }),
            b'>' if self.stack.last().is_some_and(|g| g.open == b'<') => self.closing(b'<'),
            b'/' if self.peek(1) == b'*' => {
                let end = self.text[self.at..].find("*/").map_or(self.bytes.len(), |i| self.at + i + 2);
                self.go_to(end);
            }
            b'/' if self.peek(1) == b'/' => {
                let end = self.text[self.at..].find('\n').map_or(self.bytes.len(), |i| self.at + i);
                self.go_to(end);
            }
            b',' | b';' => {
                self.at += 1;
                self.next_item();
            }
            b'=' if self.peek(1) == b'>' => self.key(2),
            b'=' | b':' => self.key(1),
            b'"' | b'\'' => self.string(),
            _ if self.text[self.at..].starts_with(['“', '”']) => self.string(),
            b'.' if self.bytes[self.at..].starts_with(b"...") => self.elided(),
            _ if self.text[self.at..].starts_with('…') => self.elided(),
            _ => self.bare(),
        }
    }

    fn item(&mut self) -> &mut Member {
        if self.stack.is_empty() {
            self.stack.push(Group::default());
        }
        let last = self.stack.len() - 1;
        let group = &mut self.stack[last];
        if group.items.is_empty() {
            group.items.push(Member::default());
        }
        let last = group.items.len() - 1;
        &mut group.items[last]
    }

    fn next_item(&mut self) {
        if let Some(group) = self.stack.last_mut()
            && group.items.last().is_some_and(|i| i.key.is_some() || !i.values.is_empty())
        {
            group.items.push(Member::default());
        }
    }

    fn push(&mut self, node: Datum) {
        self.item().values.push(node);
    }

    /// The last value was a key.
    fn key(&mut self, len: usize) {
        self.at += len;
        let item = self.item();
        let Some(last) = item.values.pop() else { return };
        let key = match &last {
            // `:dn` in Ruby, `@attributes`; a quoted name is meant as it is (`"$ref"`).
            Datum::Text(leaf) if !leaf.is_quoted => Some(leaf.text.trim_matches([':', '@', '%', '$']).to_owned()),
            Datum::Text(leaf) => Some(leaf.text.clone()),
            // PHP prints `[nhsassvcia] => …`.
            Datum::Group(group) => match group.items.as_slice() {
                [only] if only.key.is_none() => only.values.first().and_then(Datum::text).map(str::to_owned),
                _ => None,
            },
            Datum::Elided(_) => None,
        };
        let Some(key) = key else { return item.values.push(last) };
        let key = key.to_ascii_lowercase();
        if item.key.is_some() || !item.values.is_empty() {
            self.next_item();
        }
        self.item().key = Some(key);
    }

    fn open(&mut self, byte: u8) {
        self.at += 1;
        if self.stack.len() > DEEPEST {
            self.skipped += 1;
            return;
        }
        self.entry_name_as_key();
        let mut name = String::new();
        if byte != b'['
            && matches!(self.item().values.last(), Some(Datum::Text(leaf)) if !leaf.is_quoted)
            && let Some(Datum::Text(leaf)) = self.item().values.pop()
        {
            name = leaf.text;
        }
        let line = self.line;
        self.stack.push(Group { name, open: byte, line, is_closed: true, items: vec![Member::default()] });
    }

    /// Java's `{uniqueIdentifier=1,ou=Services,o=nhs={…}}`: the name of an entry with its equals signs is one key.
    fn entry_name_as_key(&mut self) {
        let item = self.item();
        let [Datum::Text(leaf)] = item.values.as_slice() else { return };
        let Some(rest) = leaf.text.strip_suffix('=').filter(|t| !leaf.is_quoted && t.contains(',')) else { return };
        let Some(key) = item.key.as_deref().filter(|k| entry::is_known(k)) else { return };
        item.key = Some(format!("{key}={}", rest.to_ascii_lowercase()));
        item.values.clear();
    }

    fn closing(&mut self, open: u8) {
        self.at += 1;
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(at) = self.stack.iter().skip(1).rposition(|g| g.open == open).map(|i| i + 1) else {
            self.is_broken = true;
            return;
        };
        while self.stack.len() > at + 1 {
            self.is_broken = true;
            self.close(false);
        }
        self.close(true);
    }

    fn close(&mut self, is_whole: bool) {
        let Some(mut group) = self.stack.pop() else { return };
        group.items.retain(|i| i.key.is_some() || !i.values.is_empty());
        group.is_closed &= is_whole;
        if !group.is_closed
            && let Some(parent) = self.stack.last_mut()
        {
            parent.is_closed = false;
        }
        paired(&mut group);
        let line = group.line;
        if let Some(text) = buffered(&group) {
            return self.push(Datum::Text(Leaf { text, line, is_quoted: true }));
        }
        let node = if is_left_out(&group) && !self.is_key_next() { Datum::Elided(line) } else { Datum::Group(group) };
        self.push(node);
    }

    /// Whether `=>` or `:` follows.
    fn is_key_next(&self) -> bool {
        let rest = self.text[self.at..].trim_start_matches([' ', '\t']);
        rest.starts_with("=>") || rest.starts_with(':')
    }

    fn elided(&mut self) {
        let line = self.line;
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|b| matches!(b, b'\n' | b']' | b'}' | b')' | b'>')).unwrap_or(rest.len());
        self.push(Datum::Elided(line));
    }

    fn string(&mut self) {
        let start_line = self.line;
        let mut chars = self.text[self.at..].char_indices().peekable();
        let Some((_, quote)) = chars.next() else { return };
        let ends = |c: char| if matches!(quote, '“' | '”') { matches!(c, '“' | '”' | '"') } else { c == quote };
        let mut text = String::new();
        let mut end = None;
        let mut lines = 0;
        while let Some((i, c)) = chars.next() {
            if ends(c) {
                end = Some(i + c.len_utf8());
                break;
            }
            match c {
                '\n' => lines += 1,
                // None of the notations has a line end in a string: a mail program wrapped it.
                '\r' => {}
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => {}
                    Some(x @ ('u' | 'x')) => {
                        let mut code = 0;
                        for _ in 0..if x == 'u' { 4 } else { 2 } {
                            let Some(digit) = chars.peek().and_then(|(_, c)| c.to_digit(16)) else { break };
                            code = code * 16 + digit;
                            chars.next();
                        }
                        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    Some('\n') => lines += 1,
                    Some(other) => text.push(other),
                    None => {}
                },
                other => text.push(other),
            }
        }
        self.line += lines;
        let is_whole = end.is_some();
        self.at += end.unwrap_or(self.text.len() - self.at);
        let is_key = self.text[self.at..].trim_start_matches([' ', '\t']).starts_with([':', '=']);
        match self.item().values.last_mut() {
            // Python breaks a long string into several, which are one.
            Some(Datum::Text(last)) if last.is_quoted && !is_key => last.text.push_str(&text),
            _ => self.push(Datum::Text(Leaf { text, line: start_line, is_quoted: true })),
        }
        if !is_whole {
            self.is_broken = true;
            self.push(Datum::Elided(start_line));
        }
    }

    /// A word, a number, or a value without quotes.
    fn bare(&mut self) {
        let rest = &self.text[self.at..];
        // Java prints `dn=uniqueIdentifier=1,ou=Services`: after a key, commas and equals signs belong to the value.
        let is_value =
            self.stack.last().and_then(|g| g.items.last()).is_some_and(|i| i.key.is_some() && i.values.is_empty());
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((i, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, c)| *c);
            let loose = next.is_whitespace() || matches!(next, '\'' | '"' | '“' | '[' | '{' | '(');
            let stops = match c {
                ']' | '}' | ')' | '[' | '{' | '(' => true,
                '>' => self.stack.last().is_some_and(|g| g.open == b'<') && !rest[..i].ends_with(['-', '=']),
                ';' => true,
                ',' => !is_value || loose,
                // Go prints `{ASID:200000100000 Interactions:[…]}`.
                ':' => loose || next.is_ascii_digit() && is_asid_name(&rest[..i]),
                '=' => !is_value || next == '>',
                '"' | '\'' => i == 0 || !rest[..i].ends_with(|c: char| c.is_alphanumeric()) || i <= 2,
                c => c.is_whitespace(),
            };
            if stops {
                end = i;
                break;
            }
        }
        if end == 0 {
            self.at += rest.chars().next().map_or(1, char::len_utf8);
            return;
        }
        let word = &rest[..end];
        self.at += end;
        // `b'…'` and `u'…'`: a mark of the string.
        if word.len() <= 2 && matches!(self.peek(0), b'\'' | b'"') {
            return;
        }
        let leaf = Leaf { text: word.to_owned(), line: self.line, is_quoted: false };
        self.push(Datum::Text(leaf));
    }
}

/// Erlang's `[{"a",["b"]},{"c",["d"]}]` is a map: a tuple of a string and a list becomes a member.
fn paired(group: &mut Group) {
    const PAIR: &str = "pair of a string and a list";
    let is_tuple = group.open == b'{' && group.name.is_empty() && group.items.iter().all(|i| i.key.is_none());
    if is_tuple && let [Member { values: name, .. }, Member { values, .. }] = group.items.as_mut_slice() {
        if let ([Datum::Text(leaf)], [Datum::Group(list)]) = (name.as_slice(), values.as_slice())
            && leaf.is_quoted
            && list.open == b'['
        {
            let member = Member { key: Some(leaf.text.to_ascii_lowercase()), values: std::mem::take(values) };
            group.items = vec![member];
            group.name = PAIR.to_owned();
        }
        return;
    }
    let is_pair = |i: &Member| matches!(i.values.as_slice(), [Datum::Group(g)] if i.key.is_none() && g.name == PAIR);
    if group.open != b'[' || group.items.is_empty() || !group.items.iter().all(is_pair) {
        return;
    }
    let pairs = std::mem::take(&mut group.items).into_iter().flat_map(|i| i.values);
    group.items = pairs.filter_map(|v| if let Datum::Group(g) = v { Some(g.items) } else { None }).flatten().collect();
}

/// The text of `{"type": "Buffer", "data": [117, 114, 110]}`, Node's bytes in JSON.
fn buffered(group: &Group) -> Option<String> {
    if group.items.len() != 2 || group.text("type") != Some("Buffer") || !group.is_closed {
        return None;
    }
    let bytes = group.get("data")?.group()?.values().map(|v| v.text()?.parse::<u8>().ok()).collect::<Option<_>>()?;
    String::from_utf8(bytes).ok()
}

/// `[Array]`, `[Object]`, `[Array(5)]`: what Node prints instead of a value that is nested too deeply.
fn is_left_out(group: &Group) -> bool {
    let [item] = group.items.as_slice() else { return false };
    let word = match item.values.as_slice() {
        [Datum::Text(leaf)] if !leaf.is_quoted => leaf.text.as_str(),
        [Datum::Group(inner)] => inner.name.as_str(),
        _ => return false,
    };
    group.open == b'[' && item.key.is_none() && matches!(word, "Array" | "Object" | "Map" | "Set")
}

fn is_asid_name(word: &str) -> bool {
    ["asid", "uniqueidentifier", "spineasid"].iter().any(|n| word.eq_ignore_ascii_case(n))
}

/// Where a structure begins in a line: at its first bracket, if nothing but a name is in front of it.
fn start_in(line: &str) -> Option<usize> {
    const LONGEST_NAME: usize = 120;
    let at = line.find(['{', '[', '('])?;
    let before = line[..at].trim();
    if line[at..].starts_with('[') && before.ends_with("#<") {
        return None;
    }
    let is_name = before.len() <= LONGEST_NAME
        && before.chars().all(|c| {
            c.is_alphanumeric()
                || matches!(
                    c,
                    '_' | '$'
                        | '.'
                        | ':'
                        | '='
                        | '-'
                        | '>'
                        | '#'
                        | '<'
                        | '@'
                        | '&'
                        | '*'
                        | '"'
                        | '\''
                        | ' '
                        | '|'
                        | '`'
                )
        })
        && (before.is_empty()
            || before.split_whitespace().count() <= 2
            || before.split_whitespace().rev().nth(1).is_some_and(|w| matches!(w, "=" | "=>" | ":"))
            || before.ends_with([':', '=', '>', '$'])
            // A block of HCL: `resource "system" "first" {`.
            || before.ends_with('"') && before.split_whitespace().skip(1).all(|w| w.starts_with('"') && w.ends_with('"'))
            || before.starts_with("#<"));
    if !is_name {
        return None;
    }
    if let Some(ruby) = line.find("#<").filter(|i| *i < at) {
        return Some(ruby);
    }
    // `Attribute(…)`: the name belongs to the structure.
    let name = before.rsplit([' ', '=', ':', '>']).next().unwrap_or_default();
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
    Some(if is_word && line[..at].ends_with(name) { at - name.len() } else { at })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The strings of a text, joined by blanks; `…` for what was left out.
    fn shown(text: &str) -> String {
        fn show(node: &Datum, out: &mut Vec<String>) {
            match node {
                Datum::Text(leaf) => out.push(leaf.text.clone()),
                Datum::Elided(_) => out.push("…".to_owned()),
                Datum::Group(group) => {
                    out.push(format!("{}(", group.name));
                    for item in &group.items {
                        out.extend(item.key.iter().map(|k| format!("{k}:")));
                        item.values.iter().for_each(|v| show(v, out));
                    }
                    out.push(if group.is_closed { ")" } else { "?" }.to_owned());
                }
            }
        }
        let mut out = Vec::new();
        read(text).nodes.iter().for_each(|n| show(n, &mut out));
        out.join(" ")
    }

    #[test]
    fn every_language_gives_the_same_data() {
        for text in [
            r#"{"dn": "x=1,o=n", "ia": ["a", "b"]}"#,
            "{'dn': 'x=1,o=n', 'ia': [b'a', u'b']}",
            "{ dn: 'x=1,o=n', ia: [ 'a', 'b' ] }",
            "{dn=x=1,o=n, ia=[a, b]}",
            r#"{:dn=>"x=1,o=n", :ia=>["a", "b"]}"#,
        ] {
            assert_eq!(shown(text), "( dn: x=1,o=n ia: ( a b ) )", "{text}");
        }
        assert_eq!(shown("$VAR1 = {\n 'ia' => [\n 'a' ] };"), "( ia: ( a ) )");
        assert_eq!(
            shown("Array\n(\n    [ia] => Array\n        (\n            [0] => urn:a\n        )\n)\n"),
            "( ia: Array( 0: urn:a ) )"
        );
        assert_eq!(shown("Entry(dn='x', at={At(name=ia)})"), "Entry( dn: x at: ( At( name: ia ) ) )");
    }

    #[test]
    fn what_is_missing_is_seen() {
        assert_eq!(shown("{ a: [\n 'x',\n ... 7 more items\n ], b: [Array] }"), "( a: ( x … ) b: … )");
        assert_eq!(shown("{\"a\": [\"x\", \"y"), "( a: ( x y … ? ?");
        assert!(read("{\"a\": 1").is_broken);
        assert!(!read("Hello, don't\n{\"a\": 1}\nBye :-)").is_broken);
    }

    #[test]
    fn deep_nesting_is_bounded() {
        assert!(read(&"{\"a\":".repeat(20_000)).is_broken);
    }
}

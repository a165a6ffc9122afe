//! bash and its like.

use std::ops::Range;

use super::lexer::{HERE, Lexer, Quoted, SINGLES, SUBSTITUTION, ShellWord};
use crate::text::{Text, TextBuilder};

impl Lexer<'_> {
    pub(super) fn posix(&mut self) {
        while let Some(c) = self.peek() {
            let len = c.len_utf8();
            match c {
                ' ' | '\t' => {
                    self.close();
                    self.at += 1;
                }
                '\u{A0}' => {
                    self.odd_blank(len);
                    self.close();
                    self.at += len;
                }
                '\n' | '\r' => {
                    if !self.goes_on() {
                        break;
                    }
                }
                '\\' => self.posix_backslash(),
                '\'' => self.single(),
                '"' => self.double(),
                '$' if self.s[self.at..].starts_with("$'") => self.ansi_c(),
                '$' if self.s[self.at..].starts_with("$\"") => {
                    self.word();
                    self.at += 1;
                    self.double();
                }
                '$' => self.dollar(),
                '`' if self.inline => break,
                '`' => self.backticks(),
                '‘' | '“' | '”' | '’' if self.may_open() => {
                    self.typographic(len);
                    if SINGLES.contains(&c) { self.single() } else { self.double() }
                }
                ';' | '|' => break,
                '&' if self.s[self.at..].starts_with("&>") => self.redirect(),
                '&' => {
                    let glued = self.open.is_some()
                        && self.s[self.at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
                    if glued {
                        self.note(
                            "a shell ends the command at an `&` outside quotes: what follows is not sent",
                            self.at..self.at + 1,
                        );
                    }
                    break;
                }
                '<' | '>' => self.redirect(),
                '#' if self.open.is_none() => self.at = self.line_end(self.at),
                '(' => {
                    self.brackets += 1;
                    self.copy(self.at..self.at + 1);
                    self.at += 1;
                }
                ')' => {
                    if self.brackets == 0 {
                        break;
                    }
                    self.brackets -= 1;
                    self.copy(self.at..self.at + 1);
                    self.at += 1;
                }
                '-' | '=' | '→' if self.open.is_none() && self.is_arrow() => break,
                _ => self.plain(),
            }
        }
    }

    /// Whether people write here what the command led to: `curl … -> 401 Unauthorized`.
    fn is_arrow(&self) -> bool {
        let rest = &self.s[self.at..];
        let after = ["-> ", "=> ", "--> ", "→ "].iter().find_map(|arrow| rest.strip_prefix(arrow));
        after.is_some_and(|after| {
            let after = after.trim_start();
            after.starts_with(['{', '"'])
                || after.starts_with(|c: char| c.is_ascii_digit())
                || after.starts_with("HTTP")
        })
    }

    /// A typographic quote counts as one where a quote may be expected; inside a word it is an apostrophe.
    fn may_open(&self) -> bool {
        self.open.is_none() || self.s[..self.at].ends_with(['=', ':'])
    }

    fn posix_backslash(&mut self) {
        if self.continuation() {
            return;
        }
        let at = self.at;
        match self.s[at + 1..].chars().next() {
            Some(c) => {
                let end = at + 1 + c.len_utf8();
                self.replace(at..end, c.encode_utf8(&mut [0; 4]));
                self.at = end;
            }
            // At the very end it continues onto nothing.
            None => self.at += 1,
        }
    }

    /// The stretch inside single quotes; `self.at` is at the opening one.
    pub(super) fn single(&mut self) {
        let opened = self.peek().map_or(1, char::len_utf8);
        let inside = self.at + opened;
        self.word().quoted = Quoted::Yes;
        let typographic = opened > 1;
        let found = if self.missing.single {
            None
        } else {
            let rest = &self.s[inside..];
            if typographic { rest.find(['‘', '’', '\'']) } else { rest.find('\'') }
        };
        let close = found.map(|i| inside + i).filter(|end| !self.holds_answer(inside..*end));
        let Some(end) = close else {
            self.missing.single |= found.is_none();
            let range = self.unclosed(inside);
            let end = range.end;
            self.copy(range);
            self.at = end;
            return;
        };
        self.copy(inside..end);
        self.at = end + self.s[end..].chars().next().map_or(1, char::len_utf8);
    }

    /// Where the double quote closes whose inside begins here. Quotes within `$(…)` do not count.
    fn double_close(&mut self, inside: usize, typographic: bool) -> Option<usize> {
        let mut at = inside;
        while let Some(c) = self.s[at..].chars().next() {
            match c {
                '\\' => at += 1 + self.s[at + 1..].chars().next().map_or(0, char::len_utf8),
                '$' if self.s[at + 1..].starts_with('(') => {
                    at = self.balanced(at + 1, '(', ')', SUBSTITUTION).unwrap_or(at + 1);
                }
                '"' => return Some(at),
                '“' | '”' if typographic => return Some(at),
                _ => at += c.len_utf8(),
            }
        }
        None
    }

    pub(super) fn double(&mut self) {
        let opened = self.peek().map_or(1, char::len_utf8);
        let inside = self.at + opened;
        self.word().quoted = Quoted::Yes;
        let found = if self.missing.double { None } else { self.double_close(inside, opened > 1) };
        let close = found.filter(|end| !self.holds_answer(inside..*end));
        let end = close.unwrap_or_else(|| {
            self.missing.double |= found.is_none();
            self.unclosed(inside).end
        });
        self.at = inside;
        while self.at < end {
            let at = self.at;
            match self.s.as_bytes()[at] {
                b'\\' => self.double_backslash(end),
                b'$' | b'`' => match self.expansion(at, false).filter(|till| *till <= end) {
                    Some(till) => self.expand(at..till),
                    None => {
                        self.copy(at..at + 1);
                        self.at += 1;
                    }
                },
                _ => {
                    let len = self.s[at..end].find(['\\', '$', '`']).unwrap_or(end - at);
                    self.copy(at..at + len);
                    self.at += len;
                }
            }
        }
        if close.is_some() {
            self.at = end + self.s[end..].chars().next().map_or(1, char::len_utf8);
        }
    }

    fn double_backslash(&mut self, end: usize) {
        let at = self.at;
        if let Some(len) = self.newline(at + 1)
            && at + 1 + len <= end
        {
            self.at = at + 1 + len;
            return;
        }
        match self.s[at + 1..end].chars().next() {
            Some(c @ ('$' | '`' | '"' | '\\')) => {
                self.replace(at..at + 2, c.encode_utf8(&mut [0; 4]));
                self.at += 2;
            }
            _ => {
                self.copy(at..at + 1);
                self.at += 1;
            }
        }
    }

    /// `$'…'`, with the escapes of C.
    fn ansi_c(&mut self) {
        let inside = self.at + 2;
        self.word().quoted = Quoted::Yes;
        let mut escaped = false;
        let close = self.s[inside..].char_indices().find_map(|(i, c)| {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '\'' {
                return Some(inside + i);
            }
            None
        });
        let end = close.unwrap_or_else(|| self.unclosed(inside).end);
        self.at = inside;
        while self.at < end {
            let at = self.at;
            if self.s.as_bytes()[at] != b'\\' {
                let len = self.s[at..end].find('\\').unwrap_or(end - at);
                self.copy(at..at + len);
                self.at += len;
                continue;
            }
            let (till, value) = c_escape(&self.s[..end], at);
            if value.is_empty() {
                self.copy(at..till);
            } else {
                self.replace(at..till, &value);
            }
            self.at = till;
        }
        self.at = end + usize::from(close.is_some());
    }

    fn backticks(&mut self) {
        self.dollar();
    }

    /// At the end of the line that announced it: reads the here-document.
    pub(super) fn here_document(&mut self, delimiter: &str, literal: bool, tabs: bool) {
        let start = self.at + self.newline(self.at).unwrap_or(0);
        let mut value = TextBuilder::new(self.text.span_of(start..start));
        let mut at = start;
        // One that has no end must not be looked for through all of the paste, by each command anew.
        while at < self.s.len().min(start + HERE) {
            let end = self.line_end(at);
            let next = end + self.newline(end).unwrap_or(0);
            let skip = if tabs { self.s[at..end].len() - self.s[at..end].trim_start_matches('\t').len() } else { 0 };
            if &self.s[at + skip..end] == delimiter {
                self.at = end;
                let range = start..at;
                let text = value.finish();
                let expansions = if literal { Vec::new() } else { self.expansions_in(&text) };
                self.stdin = Some(ShellWord { text, quoted: Quoted::Yes, expansions, range });
                return;
            }
            value.copy(self.text, at + skip..next);
            at = next;
        }
        self.note("the here-document that begins here has no end; its content is not read", self.at..self.at);
    }

    /// The expansions in the content of a here-document.
    fn expansions_in(&self, text: &Text) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut inner = Lexer::new(self.shell, text, 0, self.continues);
        let mut at = 0;
        while let Some(i) = text.as_str()[at..].find(['$', '`', '\\']) {
            let start = at + i;
            at = start + 1;
            if text.as_str().as_bytes()[start] == b'\\' {
                at += text.as_str()[at..].chars().next().map_or(0, char::len_utf8);
            } else if let Some(end) = inner.expansion(start, false) {
                found.push(start..end);
                at = end;
            }
        }
        found
    }
}

/// The end and the value of the C escape at `at`; an empty value means that it is taken as written.
fn c_escape(s: &str, at: usize) -> (usize, String) {
    let Some(c) = s[at + 1..].chars().next() else {
        return (s.len(), String::new());
    };
    let after = at + 1 + c.len_utf8();
    let simple = |value: char| (after, value.to_string());
    let hex = |from: usize, max: usize| {
        let len = s[from..].bytes().take(max).take_while(u8::is_ascii_hexdigit).count();
        (from + len, u32::from_str_radix(&s[from..from + len], 16).ok())
    };
    match c {
        'n' => simple('\n'),
        't' => simple('\t'),
        'r' => simple('\r'),
        'a' => simple('\u{7}'),
        'b' => simple('\u{8}'),
        'e' | 'E' => simple('\u{1B}'),
        'f' => simple('\u{C}'),
        'v' => simple('\u{B}'),
        '\\' | '\'' | '"' | '?' => simple(c),
        'u' | 'U' => match hex(after, if c == 'u' { 4 } else { 8 }) {
            (end, Some(code)) => (end, char::from_u32(code).unwrap_or('\u{FFFD}').to_string()),
            _ => (after, String::new()),
        },
        'x' | '0'..='7' => c_bytes(s, at),
        _ => (after, String::new()),
    }
}

/// A run of escapes of single bytes: together they are UTF-8.
fn c_bytes(s: &str, at: usize) -> (usize, String) {
    let (mut bytes, mut end) = (Vec::new(), at);
    while let Some(rest) = s[end..].strip_prefix('\\') {
        let (digits, radix, skip) = match rest.bytes().next() {
            Some(b'x') => (rest[1..].bytes().take(2).take_while(u8::is_ascii_hexdigit).count(), 16, 1),
            Some(b'0'..=b'7') => (rest.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count(), 8, 0),
            _ => break,
        };
        let Ok(code) = u32::from_str_radix(&rest[skip..skip + digits], radix) else {
            break;
        };
        bytes.push(u8::try_from(code & 0xFF).unwrap_or_default());
        end += 1 + skip + digits;
    }
    if end == at {
        return (at + 2, String::new());
    }
    (end, String::from_utf8_lossy(&bytes).into_owned())
}

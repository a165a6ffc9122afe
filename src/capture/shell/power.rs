//! PowerShell.

use super::lexer::{DOUBLES, HERE, Lexer, Quoted, SINGLES, SUBSTITUTION, Shell, ShellWord, TABLE, first_bytes};
use crate::text::Text;

/// One value of a PowerShell expression, which begins at `from` or after blanks: a string, a table, a variable, a
/// bracketed expression, or a bare word. `None` where none begins on this line.
pub(crate) fn power_value(text: &Text, from: usize) -> Option<ShellWord> {
    let mut lexer = Lexer::new(Shell::Power, text, from, &|_, _| false);
    lexer.power_value();
    lexer.close();
    lexer.words.pop()
}

impl Lexer<'_> {
    pub(super) fn powershell(&mut self) {
        while let Some(c) = self.peek() {
            let len = c.len_utf8();
            let rest = &self.s[self.at..];
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
                '`' => {
                    if self.continuation() {
                        continue;
                    }
                    if self.inline {
                        break;
                    }
                    self.backtick_escape(self.s.len());
                }
                '@' if rest.starts_with("@{") && self.open.is_none() => self.table(),
                '@' if self.open.is_none() && (rest.starts_with("@'") || rest.starts_with("@\"")) => {
                    if !self.here_string() {
                        self.plain();
                    }
                }
                c if SINGLES.contains(&c) => self.ps_quoted(&SINGLES, false),
                c if DOUBLES.contains(&c) => self.ps_quoted(&DOUBLES, true),
                '$' => self.dollar(),
                '(' => match self.balanced(self.at, '(', ')', SUBSTITUTION) {
                    Some(end) => self.expand(self.at..end),
                    None => self.plain(),
                },
                ';' | '|' | ')' | '}' | '&' => break,
                '<' | '>' => self.redirect(),
                '#' if self.open.is_none() => self.at = self.line_end(self.at),
                _ => self.plain(),
            }
        }
    }

    pub(super) fn power_value(&mut self) {
        loop {
            let rest = &self.s[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\u{A0}']).len();
            // A type comes before the value: `[string]$x`.
            if !self.s[self.at..].starts_with('[') {
                break;
            }
            match self.balanced(self.at, '[', ']', SUBSTITUTION) {
                Some(end) => self.at = end,
                None => break,
            }
        }
        let Some(c) = self.peek() else {
            return;
        };
        let rest = &self.s[self.at..];
        match c {
            _ if rest.starts_with("@{") => self.table(),
            '@' if (rest.starts_with("@'") || rest.starts_with("@\"")) && self.here_string() => {}
            '(' => {
                if let Some(end) = self.balanced(self.at, '(', ')', SUBSTITUTION) {
                    self.expand(self.at..end);
                }
            }
            '$' => self.power_variable(),
            c if SINGLES.contains(&c) => self.ps_quoted(&SINGLES, false),
            c if DOUBLES.contains(&c) => self.ps_quoted(&DOUBLES, true),
            _ => {
                let len =
                    rest.find([' ', '\t', '\r', '\n', ';', ',', ')', ']', '}', '=', '"', '\'']).unwrap_or(rest.len());
                if len > 0 {
                    self.copy(self.at..self.at + len);
                    self.at += len;
                }
            }
        }
    }

    /// A variable with what is asked of it: `$r.a[0].Method(1)`.
    fn power_variable(&mut self) {
        let start = self.at;
        let Some(mut end) = self.expansion(start, true) else {
            self.plain();
            return;
        };
        loop {
            let next = match self.s[end..].chars().next() {
                Some('[') => self.balanced(end, '[', ']', SUBSTITUTION),
                Some('(') => self.balanced(end, '(', ')', SUBSTITUTION),
                Some('.') => {
                    let name =
                        self.s[end + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
                    (name > 0).then_some(end + 1 + name)
                }
                _ => None,
            };
            match next {
                Some(next) => end = next,
                None => break,
            }
        }
        self.expand(start..end);
    }

    /// A backtick with the character after it, and the value of both.
    fn backtick_escape(&mut self, end: usize) {
        let at = self.at;
        let Some(c) = self.s[at + 1..end].chars().next() else {
            self.at += 1;
            return;
        };
        let till = at + 1 + c.len_utf8();
        let value = match c {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{C}',
            'v' => '\u{B}',
            'e' => '\u{1B}',
            other => other,
        };
        self.replace(at..till, value.encode_utf8(&mut [0; 4]));
        self.at = till;
    }

    /// A PowerShell string; any quote of its kind closes it, and two of them mean one.
    fn ps_quoted(&mut self, kind: &[char], expands: bool) {
        let opened = self.peek().map_or(1, char::len_utf8);
        let inside = self.at + opened;
        self.word().quoted = Quoted::Yes;
        let known_missing = if expands { self.missing.double } else { self.missing.single };
        let close = if known_missing { None } else { ps_close(self.s, inside, kind, expands) };
        let closes = close.filter(|end| !self.holds_answer(inside..*end));
        let end = closes.unwrap_or_else(|| self.unclosed(inside).end);
        if close.is_none() {
            if expands { self.missing.double = true } else { self.missing.single = true }
        }
        self.at = inside;
        while self.at < end {
            let at = self.at;
            let c = self.peek().unwrap_or(' ');
            match c {
                '`' if expands => self.backtick_escape(end),
                '$' if expands => match self.expansion(at, false).filter(|till| *till <= end) {
                    Some(till) => self.expand(at..till),
                    None => {
                        self.copy(at..at + 1);
                        self.at += 1;
                    }
                },
                c if kind.contains(&c) => {
                    let till = at + c.len_utf8() + self.s[at + c.len_utf8()..].chars().next().map_or(0, char::len_utf8);
                    self.replace(at..till.min(end).max(at), c.encode_utf8(&mut [0; 4]));
                    self.at = till.min(end).max(at + c.len_utf8());
                }
                _ => {
                    let len = self.s[at..end].find(|c: char| c == '`' || c == '$' || kind.contains(&c));
                    let len = len.filter(|l| *l > 0).unwrap_or(if len.is_none() { end - at } else { c.len_utf8() });
                    self.copy(at..at + len);
                    self.at += len;
                }
            }
        }
        if closes.is_some() {
            self.at = end + self.s[end..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// `@{…}`: one word that holds the text between the brackets.
    fn table(&mut self) {
        let at = self.at;
        let Some(end) = self.balanced(at + 1, '{', '}', TABLE) else {
            self.note("this table is never closed; not read", at..at + 2);
            self.copy(at..at + 2);
            self.at = at + 2;
            return;
        };
        self.copy(at + 2..end - 1);
        self.word().quoted = Quoted::Table;
        self.at = end;
        self.close();
    }

    /// `@'` or `@"`, a line end, any lines, and the mirror image at the beginning of a line.
    fn here_string(&mut self) -> bool {
        let at = self.at;
        let expands = self.s.as_bytes()[at + 1] == b'"';
        let Some(len) = self.newline(at + 2) else {
            return false;
        };
        let start = at + 2 + len;
        let mark = if expands { "\n\"@" } else { "\n'@" };
        let Some(found) = first_bytes(&self.s[start - 1..], HERE).find(mark) else {
            return false;
        };
        let close = start - 1 + found;
        let end = if self.s[..close].ends_with('\r') { close - 1 } else { close };
        self.word().quoted = Quoted::Yes;
        self.at = start;
        while self.at < end {
            let from = self.at;
            let len = if expands { self.s[from..end].find(['$', '`']).unwrap_or(end - from) } else { end - from };
            self.copy(from..from + len);
            self.at += len;
            if self.at >= end {
                break;
            }
            if self.s.as_bytes()[self.at] == b'`' {
                self.backtick_escape(end);
            } else {
                let here = self.at;
                match self.expansion(here, false).filter(|till| *till <= end) {
                    Some(till) => self.expand(here..till),
                    None => {
                        self.copy(here..here + 1);
                        self.at += 1;
                    }
                }
            }
        }
        self.at = close + mark.len();
        true
    }
}

/// Where a PowerShell string that begins at `inside` closes.
fn ps_close(s: &str, inside: usize, kind: &[char], expands: bool) -> Option<usize> {
    let mut chars = s[inside..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if expands && c == '`' {
            chars.next();
        } else if kind.contains(&c) {
            if chars.peek().is_some_and(|(_, next)| kind.contains(next)) {
                chars.next();
            } else {
                return Some(inside + i);
            }
        }
    }
    None
}

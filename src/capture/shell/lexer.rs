//! What the lexers of the three shells share: the words of a command while they are read, quotes and expansions.

use std::ops::Range;

use crate::capture::model::Note;
use crate::text::{Text, TextBuilder};

/// The shell that a command line was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    /// bash, sh, zsh.
    Posix,
    /// The Windows command prompt.
    Cmd,
    /// PowerShell of any version.
    Power,
}

/// How a word was quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoted {
    /// Not at all.
    No,
    /// At least a part of it, so that it is certainly one word.
    Yes,
    /// It is the inside of a PowerShell hash table, `@{…}`.
    Table,
}

/// A word of a command, as the shell hands it to the program.
#[derive(Clone, Debug)]
pub(crate) struct ShellWord {
    /// Its value.
    pub(crate) text: Text,
    /// How it was quoted.
    pub(crate) quoted: Quoted,
    /// The parts of the value that the shell replaces, as they were written.
    pub(crate) expansions: Vec<Range<usize>>,
    /// Its range in the text that was split, quotes included.
    pub(crate) range: Range<usize>,
}

impl ShellWord {
    /// Whether the shell puts in all of it.
    pub(crate) fn is_expansion(&self) -> bool {
        matches!(self.expansions.as_slice(), [one] if *one == (0..self.text.len()))
    }
}

/// A command, split.
#[derive(Clone, Debug)]
pub(crate) struct ShellCommand {
    /// Its words, the first being the program.
    pub(crate) words: Vec<ShellWord>,
    /// Where it ends in the text that was split.
    pub(crate) end: usize,
    /// What was met on the way.
    pub(crate) notes: Vec<Note>,
    /// What a here-document or here-string gives it to read.
    pub(crate) stdin: Option<ShellWord>,
}

/// Says whether a line (without its leading blanks) goes on with the command although nothing announces it, given
/// the words read so far.
pub(crate) type Continues<'a> = &'a dyn Fn(&str, &[ShellWord]) -> bool;

/// The text before this offset on its line.
pub(crate) fn line_before(s: &str, at: usize) -> &str {
    // A prompt is short; a line may be long, and have many commands.
    let head = last_bytes(s.get(..at).unwrap_or(""), 512);
    let start = head.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    &head[start..]
}

pub(super) fn first_line(s: &str) -> &str {
    let s = first_bytes(s, 64 * 1024);
    let line = s.find('\n').map_or(s, |i| &s[..i]);
    line.find('\r').map_or(line, |i| &line[..i])
}

/// The beginning of a text, as many whole characters as fit.
pub(super) fn first_bytes(s: &str, max: usize) -> &str {
    &s[..s.floor_char_boundary(max)]
}

/// The end of a text, as many whole characters as fit.
pub(super) fn last_bytes(s: &str, max: usize) -> &str {
    &s[s.ceil_char_boundary(s.len().saturating_sub(max))..]
}

/// A word that is being read.
pub(super) struct Open {
    pub(super) value: TextBuilder,
    pub(super) quoted: Quoted,
    pub(super) expansions: Vec<Range<usize>>,
    pub(super) start: usize,
}

/// What a scan to the end of the text did not find, so that it is not looked for again: this keeps the work linear.
#[derive(Default)]
pub(super) struct Missing {
    pub(super) single: bool,
    pub(super) double: bool,
    pub(super) paren: bool,
    pub(super) brace: bool,
    pub(super) backtick: bool,
}

pub(super) struct Lexer<'a> {
    pub(super) shell: Shell,
    pub(super) text: &'a Text,
    pub(super) s: &'a str,
    pub(super) at: usize,
    pub(super) words: Vec<ShellWord>,
    pub(super) open: Option<Open>,
    pub(super) notes: Vec<Note>,
    pub(super) stdin: Option<ShellWord>,
    /// A here-document was announced: its delimiter, whether that was quoted, whether tabs are cut.
    pub(super) here: Option<(String, bool, bool)>,
    /// The command is between backticks, like code in Markdown, and ends at one.
    pub(super) inline: bool,
    /// Brackets opened in words of the command.
    pub(super) brackets: usize,
    pub(super) missing: Missing,
    pub(super) continues: Continues<'a>,
    pub(super) noted_blank: bool,
    pub(super) noted_quotes: bool,
}

/// How far the end of `$(…)` or `${…}` is looked for, so that the work stays linear.
pub(super) const SUBSTITUTION: usize = 4096;
/// How far the end of a PowerShell table is looked for.
pub(super) const TABLE: usize = 16 * 1024;

/// How far the end of a here-document is looked for.
pub(super) const HERE: usize = 32 * 1024;

pub(super) const SINGLES: [char; 5] = ['\'', '‘', '’', '‚', '‛'];
pub(super) const DOUBLES: [char; 5] = ['"', '“', '”', '„', '‟'];

impl<'a> Lexer<'a> {
    pub(super) fn new(shell: Shell, text: &'a Text, from: usize, continues: Continues<'a>) -> Self {
        let s = text.as_str();
        let at = if s.is_char_boundary(from) { from } else { s.len() };
        Self {
            shell,
            text,
            s,
            at,
            words: Vec::new(),
            open: None,
            notes: Vec::new(),
            stdin: None,
            here: None,
            inline: line_before(s, at).ends_with('`'),
            brackets: 0,
            missing: Missing::default(),
            continues,
            noted_blank: false,
            noted_quotes: false,
        }
    }

    pub(super) fn finish(mut self) -> ShellCommand {
        self.close();
        ShellCommand { words: self.words, end: self.at, notes: self.notes, stdin: self.stdin }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.s[self.at..].chars().next()
    }

    pub(super) fn note(&mut self, says: &str, range: Range<usize>) {
        self.notes.push(Note { says: says.to_owned(), span: self.text.span_of(range) });
    }

    pub(super) fn word(&mut self) -> &mut Open {
        let (text, at) = (self.text, self.at);
        self.open.get_or_insert_with(|| Open {
            value: TextBuilder::new(text.span_of(at..at)),
            quoted: Quoted::No,
            expansions: Vec::new(),
            start: at,
        })
    }

    pub(super) fn copy(&mut self, range: Range<usize>) {
        let text = self.text;
        self.word().value.copy(text, range);
    }

    pub(super) fn replace(&mut self, range: Range<usize>, with: &str) {
        let text = self.text;
        self.word().value.replace(text, range, with);
    }

    pub(super) fn expand(&mut self, range: Range<usize>) {
        let text = self.text;
        let word = self.word();
        let start = word.value.len();
        word.value.copy(text, range.clone());
        let end = word.value.len();
        word.expansions.push(start..end);
        self.at = range.end;
    }

    pub(super) fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.words.push(ShellWord {
                text: open.value.finish(),
                quoted: open.quoted,
                expansions: open.expansions,
                range: open.start..self.at,
            });
        }
    }

    /// The length of the line end at this offset, if there is one.
    pub(super) fn newline(&self, at: usize) -> Option<usize> {
        let rest = self.s.get(at..).unwrap_or("");
        match rest.as_bytes() {
            [b'\r', b'\n', ..] => Some(2),
            [b'\r' | b'\n', ..] => Some(1),
            _ => None,
        }
    }

    /// The end of the line that holds this offset.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.s[at..].find(['\n', '\r']).map_or(self.s.len(), |i| at + i)
    }

    /// At a continuation sign of one byte: steps over it and the line end that follows, if one does.
    pub(super) fn continuation(&mut self) -> bool {
        let after = self.at + 1;
        let rest = self.s.get(after..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{A0}']).len();
        let Some(len) = self.newline(after + blanks) else {
            return false;
        };
        if blanks > 0 {
            self.note(
                "there are blanks after the continuation character, so a shell ends the command here; read as a continuation",
                self.at..after + blanks,
            );
        }
        self.at = after + blanks + len;
        self.skip_prompt();
        true
    }

    /// Steps over the prompt that a shell prints before a continued line.
    pub(super) fn skip_prompt(&mut self) {
        let rest = &self.s[self.at..];
        let prompt = match self.shell {
            Shell::Posix => "> ",
            Shell::Cmd => "More? ",
            Shell::Power => ">> ",
        };
        let Some(line) = rest.strip_prefix(prompt) else {
            return;
        };
        let next = line.trim_start_matches([' ', '\t']);
        if self.shell != Shell::Posix || next.starts_with(['-', '\'', '"']) || next.starts_with("http") {
            self.at += prompt.len();
        }
    }

    /// At a line end outside quotes: steps over it if the command plainly goes on. A here-document is read.
    pub(super) fn goes_on(&mut self) -> bool {
        self.close();
        if let Some((delimiter, literal, tabs)) = self.here.take() {
            self.here_document(&delimiter, literal, tabs);
            return false;
        }
        let mut next = self.at + self.newline(self.at).unwrap_or(0);
        // Mail programs double line ends, so one empty line may come between.
        let blank = self.s[next..].len() - self.s[next..].trim_start_matches([' ', '\t']).len();
        if let Some(len) = self.newline(next + blank) {
            next += blank + len;
        }
        let rest = &self.s[next..];
        let rest = if self.shell == Shell::Power { rest.strip_prefix(">> ").unwrap_or(rest) } else { rest };
        let rest = rest.trim_start_matches([' ', '\t', '\u{A0}']);
        if !(self.continues)(first_line(rest), &self.words) {
            return false;
        }
        let start = self.s.len() - rest.len();
        self.note("this line does not end in a continuation character, but the command continues on the next; read as one command", self.at..self.at);
        self.at = start;
        true
    }

    /// What was read as quotes, or as a blank, was not what a shell takes for one.
    pub(super) fn typographic(&mut self, len: usize) {
        if !self.noted_quotes {
            self.noted_quotes = true;
            self.note(
                "the command has typographic quotes where it needs plain ones; read as plain quotes",
                self.at..self.at + len,
            );
        }
    }

    pub(super) fn odd_blank(&mut self, len: usize) {
        if !self.noted_blank {
            self.noted_blank = true;
            self.note(
                "there is a no-break space between words of the command; read as a space",
                self.at..self.at + len,
            );
        }
    }

    /// A quote opens at `self.at` and never closes: its value goes to the end of the line.
    pub(super) fn unclosed(&mut self, inside: usize) -> Range<usize> {
        let end = self.line_end(inside);
        let sign = match self.shell {
            Shell::Posix => '\\',
            Shell::Cmd => '^',
            Shell::Power => '`',
        };
        let value = self.s[inside..end].trim_end();
        let value = value.strip_suffix(sign).map_or(value, str::trim_end);
        self.note("this quote is never closed; read up to the end of the line", self.at..inside);
        inside..inside + value.len()
    }

    /// Whether an answer begins inside this stretch: then a quote that opened before was never meant to reach here.
    pub(super) fn holds_answer(&self, range: Range<usize>) -> bool {
        self.s[range].contains("\nHTTP/")
    }

    /// A run of characters without meaning to any of the shells.
    pub(super) fn plain(&mut self) {
        let rest = &self.s[self.at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let len = rest[first..]
            .find(|c: char| !(c.is_alphanumeric() || "-_.:/=,?+~*!%^".contains(c)) || DOUBLES.contains(&c))
            .map_or(rest.len(), |i| first + i);
        // `%` and `^` mean something to the command prompt alone, which is not read by this.
        self.copy(self.at..self.at + len);
        self.at += len;
    }

    pub(super) fn dollar(&mut self) {
        let at = self.at;
        match self.expansion(at, true) {
            Some(end) => self.expand(at..end),
            None => {
                self.copy(at..at + 1);
                self.at += 1;
            }
        }
    }

    /// The end of what the shell expands at `at`, where there is a `$` or a backtick.
    pub(super) fn expansion(&mut self, at: usize, bare: bool) -> Option<usize> {
        let rest = &self.s[at + 1..];
        if self.s.as_bytes()[at] == b'`' {
            if self.missing.backtick {
                return None;
            }
            let end = rest.find('`');
            self.missing.backtick = end.is_none();
            return end.map(|i| at + 1 + i + 1);
        }
        match rest.chars().next()? {
            '(' => self.balanced(at + 1, '(', ')', SUBSTITUTION),
            '{' => {
                if self.missing.brace {
                    return None;
                }
                let end = rest.bytes().take(SUBSTITUTION).position(|b| b == b'}');
                self.missing.brace = end.is_none();
                end.map(|i| at + 1 + i + 1)
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let name = |s: &str| s.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(s.len());
                let mut end = at + 1 + name(rest);
                if self.shell == Shell::Power {
                    let step = |end: usize, sign: char| {
                        let tail = self.s[end..].strip_prefix(sign)?;
                        Some(end + 1 + name(tail)).filter(|next| *next > end + 1)
                    };
                    end = step(end, ':').unwrap_or(end);
                    while bare && let Some(next) = step(end, '.') {
                        end = next;
                    }
                }
                Some(end)
            }
            c if c.is_ascii_digit() && self.shell == Shell::Posix => Some(at + 2),
            '@' | '*' | '#' | '?' | '$' | '!' | '-' if self.shell == Shell::Posix => Some(at + 2),
            _ => None,
        }
    }

    /// The end of a bracketed stretch that opens at `at`; brackets inside quotes do not count.
    pub(super) fn balanced(&mut self, at: usize, open: char, close: char, limit: usize) -> Option<usize> {
        if self.missing.paren || !self.s[at..].starts_with(open) {
            return None;
        }
        let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
        let escape = if self.shell == Shell::Power { '`' } else { '\\' };
        for (i, c) in self.s[at..].char_indices().take(limit) {
            if escaped {
                escaped = false;
            } else if c == escape && quote != Some('\'') {
                escaped = true;
            } else if let Some(q) = quote {
                if c == q {
                    quote = None;
                }
            } else if c == '\'' || c == '"' {
                quote = Some(c);
            } else if c == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    return Some(at + i + 1);
                }
            }
        }
        self.missing.paren = true;
        None
    }

    /// At `<`, `>` or `&>`: a placeholder in pointed brackets is a part of the word, all else is a redirection.
    pub(super) fn redirect(&mut self) {
        if let Some(end) = placeholder(self.s, self.at) {
            self.copy(self.at..end);
            self.at = end;
            return;
        }
        // `2>` and the like: the number is not a separate word.
        if self
            .open
            .as_ref()
            .is_some_and(|w| w.start < self.at && self.s[w.start..self.at].bytes().all(|b| b.is_ascii_digit()))
        {
            self.open = None;
        }
        self.close();
        let rest = &self.s[self.at..];
        let sign = rest.len() - rest.trim_start_matches(['<', '>', '&']).len();
        let here = rest.starts_with("<<") && self.shell == Shell::Posix;
        let here_string = here && rest.starts_with("<<<");
        let mut at = self.at + sign;
        let tabs = here && !here_string && self.s[at..].starts_with('-');
        at += usize::from(tabs);
        at += self.s[at..].len() - self.s[at..].trim_start_matches([' ', '\t']).len();
        self.at = at;
        let first = self.words.len();
        self.target();
        self.close();
        let target = if self.words.len() > first { self.words.pop() } else { None };
        if here_string {
            self.stdin = target;
        } else if here && let Some(word) = target {
            self.here = Some((word.text.as_str().to_owned(), word.quoted == Quoted::Yes, tabs));
        }
    }

    /// The one word after a redirection.
    pub(super) fn target(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\n' | '\r' | ';' | '|' | '&' | '<' | '>' | ')' => break,
                '\'' => self.single(),
                '"' => self.double(),
                '$' => self.dollar(),
                _ => {
                    self.copy(self.at..self.at + c.len_utf8());
                    self.at += c.len_utf8();
                }
            }
        }
    }
}

/// The end of a placeholder like `<access token>` that begins at `at`. `< in > out` is none: a file name does not
/// hug both brackets.
pub(super) fn placeholder(s: &str, at: usize) -> Option<usize> {
    let rest = s.get(at..)?.strip_prefix('<')?;
    let len = rest.find(|c: char| !(c.is_alphanumeric() || " _-./'".contains(c)))?;
    let inside = &rest[..len];
    let fits = rest[len..].starts_with('>')
        && len <= 80
        && inside.starts_with(char::is_alphabetic)
        && !inside.ends_with(char::is_whitespace);
    fits.then_some(at + 1 + len + 1)
}

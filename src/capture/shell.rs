//! Splits a pasted command line into words as its shell would, each word still knowing its place in the paste.
//!
//! Three shells matter: bash and its like, the Windows command prompt, and PowerShell. A paste has been through mail
//! programs, forums and ticket systems on its way here, so some damage that they are known to do is repaired, and
//! noted: typographic quotes, no-break spaces, blanks after a continuation sign, continuation signs lost, quotes
//! that never close.

mod cmd;
mod posix;
mod power;

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
pub(crate) struct Word {
    /// Its value.
    pub(crate) text: Text,
    /// How it was quoted.
    pub(crate) quoted: Quoted,
    /// The parts of the value where the shell puts something else in: they stand as they were written.
    pub(crate) expansions: Vec<Range<usize>>,
    /// Where it stands in the text that was split, quotes included.
    pub(crate) range: Range<usize>,
}

impl Word {
    /// Whether the shell puts in all of it.
    pub(crate) fn is_expansion(&self) -> bool {
        matches!(self.expansions.as_slice(), [one] if *one == (0..self.text.len()))
    }
}

/// A command, split.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    /// Its words, the first being the program.
    pub(crate) words: Vec<Word>,
    /// Where it ends in the text that was split.
    pub(crate) end: usize,
    /// What was met on the way.
    pub(crate) notes: Vec<Note>,
    /// What a here-document or here-string gives it to read.
    pub(crate) stdin: Option<Word>,
}

/// Says whether a line (without its leading blanks) goes on with the command although nothing announces it, given
/// the words read so far.
pub(crate) type Continues<'a> = &'a dyn Fn(&str, &[Word]) -> bool;

/// Which shell a command was written for: by its continuation signs, then by the prompt before it, then by signs
/// that only one shell has.
pub(crate) fn shell_of(text: &Text, from: usize) -> Shell {
    let s = text.as_str();
    let before = line_before(s, from);
    let line = first_line(s.get(from..).unwrap_or(""));
    let trimmed = line.trim_end();
    let inline = before.ends_with('`');
    if trimmed.ends_with('^') {
        return Shell::Cmd;
    }
    if trimmed.ends_with('`') && !inline {
        return Shell::Power;
    }
    if trimmed.ends_with('\\') {
        return Shell::Posix;
    }
    let prompt = before.trim().trim_start_matches("(").trim_end_matches("& ").trim_end();
    if prompt.ends_with('>') {
        if prompt.starts_with("PS") {
            return Shell::Power;
        }
        let mut signs = prompt.chars();
        if signs.next().is_some_and(|c| c.is_ascii_alphabetic()) && signs.next() == Some(':') {
            return Shell::Cmd;
        }
    }
    if prompt.ends_with('$') {
        return Shell::Posix;
    }
    let line = first_bytes(line, 4096);
    if line.contains("^\"") {
        return Shell::Cmd;
    }
    if line.to_ascii_lowercase().contains("$env:") {
        return Shell::Power;
    }
    if !line.contains('\'') && line.match_indices('%').any(|(i, _)| cmd::percent_name(line, i).is_some()) {
        return Shell::Cmd;
    }
    Shell::Posix
}

/// What stands before this offset on its line.
pub(crate) fn line_before(s: &str, at: usize) -> &str {
    // A prompt is short; a line may be long, and have many commands.
    let head = last_bytes(s.get(..at).unwrap_or(""), 512);
    let start = head.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    &head[start..]
}

fn first_line(s: &str) -> &str {
    let s = first_bytes(s, 64 * 1024);
    let line = s.find('\n').map_or(s, |i| &s[..i]);
    line.find('\r').map_or(line, |i| &line[..i])
}

/// The beginning of a text, as many whole characters as fit.
fn first_bytes(s: &str, max: usize) -> &str {
    &s[..s.floor_char_boundary(max)]
}

/// The end of a text, as many whole characters as fit.
fn last_bytes(s: &str, max: usize) -> &str {
    &s[s.ceil_char_boundary(s.len().saturating_sub(max))..]
}

/// Splits the command that begins at `from`.
pub(crate) fn split(shell: Shell, text: &Text, from: usize, continues: Continues<'_>) -> Command {
    let mut lexer = Lexer::new(shell, text, from, continues);
    match shell {
        Shell::Posix => lexer.posix(),
        Shell::Power => lexer.powershell(),
        Shell::Cmd => return cmd::split(lexer),
    }
    lexer.finish()
}

/// One value of a PowerShell expression, which begins at `from` or behind blanks: a string, a table, a variable, a
/// bracketed expression, or a bare word. `None` where none begins on this line.
pub(crate) fn power_value(text: &Text, from: usize) -> Option<Word> {
    let mut lexer = Lexer::new(Shell::Power, text, from, &|_, _| false);
    lexer.power_value();
    lexer.close();
    lexer.words.pop()
}

/// A word that is being read.
struct Open {
    value: TextBuilder,
    quoted: Quoted,
    expansions: Vec<Range<usize>>,
    start: usize,
}

/// What a scan to the end of the text did not find, so that it is not looked for again: this keeps the work linear.
#[derive(Default)]
struct Missing {
    single: bool,
    double: bool,
    paren: bool,
    brace: bool,
    backtick: bool,
}

struct Lexer<'a> {
    shell: Shell,
    text: &'a Text,
    s: &'a str,
    at: usize,
    words: Vec<Word>,
    open: Option<Open>,
    notes: Vec<Note>,
    stdin: Option<Word>,
    /// A here-document was announced: its delimiter, whether that was quoted, whether tabs are cut.
    here: Option<(String, bool, bool)>,
    /// The command stands between backticks, as code does in Markdown, and ends at one.
    inline: bool,
    /// Brackets opened in words of the command.
    brackets: usize,
    missing: Missing,
    continues: Continues<'a>,
    noted_blank: bool,
    noted_quotes: bool,
}

/// How far the end of `$(…)` or `${…}` is looked for, so that the work stays linear.
const SUBSTITUTION: usize = 4096;
/// How far the end of a PowerShell table is looked for.
const TABLE: usize = 16 * 1024;

/// How far the end of a here-document is looked for.
const HERE: usize = 32 * 1024;

const SINGLES: [char; 5] = ['\'', '‘', '’', '‚', '‛'];
const DOUBLES: [char; 5] = ['"', '“', '”', '„', '‟'];

impl<'a> Lexer<'a> {
    fn new(shell: Shell, text: &'a Text, from: usize, continues: Continues<'a>) -> Self {
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

    fn finish(mut self) -> Command {
        self.close();
        Command { words: self.words, end: self.at, notes: self.notes, stdin: self.stdin }
    }

    fn peek(&self) -> Option<char> {
        self.s[self.at..].chars().next()
    }

    fn note(&mut self, says: &str, range: Range<usize>) {
        self.notes.push(Note { says: says.to_owned(), span: self.text.span_of(range) });
    }

    fn word(&mut self) -> &mut Open {
        let (text, at) = (self.text, self.at);
        self.open.get_or_insert_with(|| Open {
            value: TextBuilder::new(text.span_of(at..at)),
            quoted: Quoted::No,
            expansions: Vec::new(),
            start: at,
        })
    }

    fn copy(&mut self, range: Range<usize>) {
        let text = self.text;
        self.word().value.copy(text, range);
    }

    fn replace(&mut self, range: Range<usize>, with: &str) {
        let text = self.text;
        self.word().value.replace(text, range, with);
    }

    fn expand(&mut self, range: Range<usize>) {
        let text = self.text;
        let word = self.word();
        let start = word.value.len();
        word.value.copy(text, range.clone());
        let end = word.value.len();
        word.expansions.push(start..end);
        self.at = range.end;
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.words.push(Word {
                text: open.value.finish(),
                quoted: open.quoted,
                expansions: open.expansions,
                range: open.start..self.at,
            });
        }
    }

    /// The length of the line end at this offset, if there is one.
    fn newline(&self, at: usize) -> Option<usize> {
        let rest = self.s.get(at..).unwrap_or("");
        match rest.as_bytes() {
            [b'\r', b'\n', ..] => Some(2),
            [b'\r' | b'\n', ..] => Some(1),
            _ => None,
        }
    }

    /// The end of the line that holds this offset.
    fn line_end(&self, at: usize) -> usize {
        self.s[at..].find(['\n', '\r']).map_or(self.s.len(), |i| at + i)
    }

    /// At a continuation sign of one byte: steps over it and the line end behind it, if that is what follows.
    fn continuation(&mut self) -> bool {
        let after = self.at + 1;
        let rest = self.s.get(after..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{A0}']).len();
        let Some(len) = self.newline(after + blanks) else {
            return false;
        };
        if blanks > 0 {
            self.note(
                "blanks stand between the continuation sign and the end of the line, so that a shell ends the command there; read as a continuation",
                self.at..after + blanks,
            );
        }
        self.at = after + blanks + len;
        self.skip_prompt();
        true
    }

    /// Steps over the prompt that a shell prints before a continued line.
    fn skip_prompt(&mut self) {
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
    fn goes_on(&mut self) -> bool {
        self.close();
        if let Some((delimiter, literal, tabs)) = self.here.take() {
            self.here_document(&delimiter, literal, tabs);
            return false;
        }
        let mut next = self.at + self.newline(self.at).unwrap_or(0);
        // Mail programs double line ends: one empty line may stand between.
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
        self.note("no continuation sign stands at the end of this line, yet the next goes on with the command; read as one command", self.at..self.at);
        self.at = start;
        true
    }

    /// What was read as quotes, or as a blank, was not what a shell takes for one.
    fn typographic(&mut self, len: usize) {
        if !self.noted_quotes {
            self.noted_quotes = true;
            self.note(
                "typographic quotes stand where the command needs plain ones; read as plain quotes",
                self.at..self.at + len,
            );
        }
    }

    fn odd_blank(&mut self, len: usize) {
        if !self.noted_blank {
            self.noted_blank = true;
            self.note("a no-break space stands between words of the command; read as a blank", self.at..self.at + len);
        }
    }

    /// A quote opens at `self.at` and never closes: its value goes to the end of the line.
    fn unclosed(&mut self, inside: usize) -> Range<usize> {
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
    fn holds_answer(&self, range: Range<usize>) -> bool {
        self.s[range].contains("\nHTTP/")
    }

    /// A run of characters without meaning to any of the shells.
    fn plain(&mut self) {
        let rest = &self.s[self.at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let len = rest[first..]
            .find(|c: char| !(c.is_alphanumeric() || "-_.:/=,?+~*!%^".contains(c)) || DOUBLES.contains(&c))
            .map_or(rest.len(), |i| first + i);
        // `%` and `^` mean something to the command prompt alone, which is not read by this.
        self.copy(self.at..self.at + len);
        self.at += len;
    }

    fn dollar(&mut self) {
        let at = self.at;
        match self.expansion(at, true) {
            Some(end) => self.expand(at..end),
            None => {
                self.copy(at..at + 1);
                self.at += 1;
            }
        }
    }

    /// The end of what the shell expands at `at`, where a `$` or a backtick stands.
    fn expansion(&mut self, at: usize, bare: bool) -> Option<usize> {
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
    fn balanced(&mut self, at: usize, open: char, close: char, limit: usize) -> Option<usize> {
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
    fn redirect(&mut self) {
        if let Some(end) = placeholder(self.s, self.at) {
            self.copy(self.at..end);
            self.at = end;
            return;
        }
        // `2>` and the like: the number is no word of its own.
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

    /// The one word behind a redirection.
    fn target(&mut self) {
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
fn placeholder(s: &str, at: usize) -> Option<usize> {
    let rest = s.get(at..)?.strip_prefix('<')?;
    let len = rest.find(|c: char| !(c.is_alphanumeric() || " _-./'".contains(c)))?;
    let inside = &rest[..len];
    let fits = rest[len..].starts_with('>')
        && len <= 80
        && inside.starts_with(char::is_alphabetic)
        && !inside.ends_with(char::is_whitespace);
    fits.then_some(at + 1 + len + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn never(_: &str, _: &[Word]) -> bool {
        false
    }

    fn words(shell: Shell, source: &str) -> Vec<String> {
        let text = Text::paste(source);
        split(shell, &text, 0, &never).words.iter().map(|w| w.text.as_str().to_owned()).collect()
    }

    fn expanded(shell: Shell, source: &str) -> Vec<String> {
        let text = Text::paste(source);
        let command = split(shell, &text, 0, &never);
        let parts = |w: &Word| w.expansions.iter().map(|e| w.text.as_str()[e.clone()].to_owned()).collect::<Vec<_>>();
        command.words.iter().flat_map(parts).collect()
    }

    #[test]
    fn bash_words() {
        let cases: &[(&str, &[&str])] = &[
            ("c a  b", &["c", "a", "b"]),
            ("c 'a b' \"c d\"", &["c", "a b", "c d"]),
            ("c 'it'\\''s'", &["c", "it's"]),
            ("c a\\ b \\'x", &["c", "a b", "'x"]),
            ("c \\\n  -x", &["c", "-x"]),
            ("c \\\r\n  -x", &["c", "-x"]),
            ("c \\  \n  -x", &["c", "-x"]),
            ("c \\\n> -x", &["c", "-x"]),
            ("c \"a\\\nb\"", &["c", "ab"]),
            ("c \"a\\$b\\\"c\\d\"", &["c", "a$b\"c\\d"]),
            ("c $'a\\tb\\u00e9\\xc3\\xa9\\'\\101'", &["c", "a\tb\u{e9}\u{e9}'A"]),
            ("c $\"x\"", &["c", "x"]),
            ("c a; d", &["c", "a"]),
            ("c a | d", &["c", "a"]),
            ("c a && d", &["c", "a"]),
            ("c a > f -x 2>&1 -y", &["c", "a", "-x", "-y"]),
            ("c <access token> <id>", &["c", "<access token>", "<id>"]),
            ("c a # b", &["c", "a"]),
            ("c a#b", &["c", "a#b"]),
            ("c a\nd", &["c", "a"]),
            ("c \u{201c}a b\u{201d} \u{2018}c d\u{2019}", &["c", "a b", "c d"]),
            ("c 'a\u{201c}b'", &["c", "a\u{201c}b"]),
            ("c 'open\nnext", &["c", "open"]),
            ("c \"open \\\n  -x", &["c", "open", "-x"]),
            ("c '' \"\"", &["c", "", ""]),
            ("c \"$(d \"x y\")\" z", &["c", "$(d \"x y\")", "z"]),
        ];
        for (source, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(words(Shell::Posix, source), expected, "{source}");
        }
    }

    #[test]
    fn command_prompt_words() {
        let cases: &[(&str, &[&str])] = &[
            ("c ^\n  -x ^\r\n  -y", &["c", "-x", "-y"]),
            ("c \"a \"\"b\"\" c\"", &["c", "a \"b\" c"]),
            ("c \"a \\\"b\\\" c\" d\\e", &["c", "a \"b\" c", "d\\e"]),
            ("c ^\"^{^\\^\"a^\\^\": 1^}^\" x", &["c", "{\"a\": 1}", "x"]),
            ("c ^\"a^\n\nb^\"", &["c", "a\nb"]),
            ("c \"a^b\" a^&b", &["c", "a^b", "a&b"]),
            ("c \"a&b\" & d", &["c", "a&b"]),
            ("c 'a b'", &["c", "'a", "b'"]),
            ("c \"a\\\\\" b", &["c", "a\\", "b"]),
            ("c a 2>nul b > f d", &["c", "a", "b", "d"]),
        ];
        for (source, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(words(Shell::Cmd, source), expected, "{source}");
        }
    }

    #[test]
    fn powershell_words() {
        let cases: &[(&str, &[&str])] = &[
            ("c `\n  -x `\r\n  -y", &["c", "-x", "-y"]),
            ("c 'it''s' \"say \"\"hi\"\"\"", &["c", "it's", "say \"hi\""]),
            ("c \"a`\"b`n`$x\"", &["c", "a\"b\n$x"]),
            ("c \u{201c}a b\u{201d} \u{2018}c d'", &["c", "a b", "c d"]),
            ("c @{ 'a' = \"}\"; b = 1 } -x", &["c", " 'a' = \"}\"; b = 1 ", "-x"]),
            ("c @'\na 'b'\n$x\n'@ -x", &["c", "a 'b'\n$x", "-x"]),
            ("c (Get-Content x) y", &["c", "(Get-Content x)", "y"]),
        ];
        for (source, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(words(Shell::Power, source), expected, "{source}");
        }
    }

    #[test]
    fn what_the_shell_puts_in() {
        let posix = "c \"Bearer $TOKEN\" '$NO' ${A:-b} \"$(d \"x\")\" \\$e `f g` $1 a$ \"$\"";
        assert_eq!(expanded(Shell::Posix, posix), ["$TOKEN", "${A:-b}", "$(d \"x\")", "`f g`", "$1"]);
        let cmd = "c \"Bearer %TOKEN%\" %A_1% a%20b%20c %C3%A9 100%";
        assert_eq!(expanded(Shell::Cmd, cmd), ["%TOKEN%", "%A_1%"]);
        let power = "c \"Bearer $token.x\" '$no' $env:TOKEN \"$($r.access_token)\" $r.token `$e";
        assert_eq!(expanded(Shell::Power, power), ["$token", "$env:TOKEN", "$($r.access_token)", "$r.token"]);
    }

    #[test]
    fn which_shell() {
        let shell = |source: &str| shell_of(&Text::paste(source), source.find("curl").unwrap_or(0));
        assert_eq!(shell("curl https://a.example/ \\\n -H 'x: y'"), Shell::Posix);
        assert_eq!(shell("curl https://a.example/ ^\r\n -H \"x: y\""), Shell::Cmd);
        assert_eq!(shell("curl.exe https://a.example/ `\n -H 'x: y'"), Shell::Power);
        assert_eq!(shell("C:\\work>curl https://a.example/"), Shell::Cmd);
        assert_eq!(shell("PS C:\\work> curl.exe https://a.example/"), Shell::Power);
        assert_eq!(shell("me@box:~$ curl https://a.example/"), Shell::Posix);
        assert_eq!(shell("run `curl https://a.example/`"), Shell::Posix);
        assert_eq!(shell("curl -H \"x: %TOKEN%\" https://a.example/"), Shell::Cmd);
    }

    #[test]
    fn damage_is_noted() {
        let notes = |source: &str| split(Shell::Posix, &Text::paste(source), 0, &never).notes.len();
        assert_eq!(notes("c a \\\n b"), 0);
        assert_eq!(notes("c a \\ \n b"), 1);
        assert_eq!(notes("c \u{201c}a\u{201d}"), 1);
        assert_eq!(notes("c 'a"), 1);
        assert_eq!(notes("c a?x=1&y=2"), 1);
    }

    /// Writes a word as one that bash reads back, in one of several ways.
    fn quote(word: &str, how: u8) -> String {
        match how % 4 {
            0 => format!("'{}'", word.replace('\'', "'\\''")),
            1 => {
                let escaped = word.chars().flat_map(|c| {
                    let escape = matches!(c, '"' | '\\' | '$' | '`').then_some('\\');
                    escape.into_iter().chain([c])
                });
                format!("\"{}\"", escaped.collect::<String>())
            }
            2 => format!("$'{}'", word.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n")),
            _ if word.is_empty() || word.contains('\n') => quote(word, 0),
            _ => word.chars().flat_map(|c| ['\\', c]).collect(),
        }
    }

    proptest! {
        #[test]
        fn a_quoted_word_is_read_back(list in proptest::collection::vec(("[a-z '\"\\\\$`<>|&;#\n\u{e9}\u{201c}(){}-]{0,12}", any::<u8>()), 0..6)) {
            let line: String = list.iter().map(|(word, how)| format!(" {}", quote(word, *how))).collect();
            let expected: Vec<String> = std::iter::once("c".to_owned()).chain(list.iter().map(|(w, _)| w.clone())).collect();
            prop_assert_eq!(words(Shell::Posix, &format!("c{line}")), expected);
        }

        #[test]
        fn any_text_is_split(source in "(?s)[ac '\"\\\\$`^%<>|&;#@{}()=\r\n\u{e9}\u{201c}\u{2019}\u{a0}-]{0,60}", from in 0usize..70) {
            let text = Text::paste(&source);
            for shell in [Shell::Posix, Shell::Cmd, Shell::Power] {
                let command = split(shell, &text, from, &|line, _| line.starts_with('-'));
                prop_assert!(command.end <= source.len() && source.is_char_boundary(command.end));
                for word in &command.words {
                    let spans = word.expansions.iter().map(|e| word.text.span_of(e.clone())).chain([word.text.span()]);
                    for span in spans {
                        let fits = source.get(span.start..span.end).is_some();
                        prop_assert!(fits, "{:?}", span);
                    }
                    for range in &word.expansions {
                        prop_assert!(word.text.as_str().get(range.clone()).is_some());
                    }
                }
            }
        }
    }
}

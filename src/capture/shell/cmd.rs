//! The Windows command prompt.

use std::ops::Range;

use super::lexer::{Lexer, Open, Quoted, ShellCommand, ShellWord, placeholder};
use crate::capture::model::Note;
use crate::text::{Span, Text, TextBuilder};

/// The end of `%NAME%` that begins at `at`. Percent-encoded text (`%20a%20`) is none.
pub(super) fn percent_name(s: &str, at: usize) -> Option<usize> {
    let rest = s.get(at + 1..)?;
    let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let (name, tail) = rest.split_at(len);
    let hex = |s: &str| s.len() >= 2 && s.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    let tail = tail.strip_prefix('%')?;
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && !(hex(name) && (name.len() == 2 || hex(tail)));
    fits.then_some(at + len + 2)
}

/// The command prompt itself looks for carets and variables; the program then splits what is left into words by
/// the rules of the C runtime. Hence two passes.
pub(super) fn split(mut lexer: Lexer<'_>) -> ShellCommand {
    let mut line = Line { value: TextBuilder::new(Span::new(0, 0)), expansions: Vec::new(), places: Vec::new() };
    let mut quoted = false;
    while let Some(c) = lexer.peek() {
        let (at, len) = (lexer.at, c.len_utf8());
        match c {
            '"' | '“' | '”' => {
                quoted = !quoted;
                line.push(&lexer, at..at + len);
            }
            '%' if let Some(end) = percent_name(lexer.s, at) => {
                let start = line.value.len();
                line.push(&lexer, at..end);
                line.expansions.push(start..line.value.len());
                lexer.at = end;
                continue;
            }
            '\n' | '\r' => {
                // Nothing quotes a line end here. What goes on plainly is accepted all the same.
                if !lexer.goes_on() {
                    break;
                }
                line.replace(&lexer, at..lexer.at, " ");
                quoted = false;
                continue;
            }
            '^' if !quoted => {
                cmd_caret(&mut lexer, &mut line);
                continue;
            }
            '|' if !quoted => break,
            '&' if !quoted => {
                if lexer.s[..at].ends_with(|c: char| c.is_alphanumeric())
                    && lexer.s[at + 1..].starts_with(char::is_alphanumeric)
                {
                    lexer.note(
                        "the command prompt ends the command at an `&` outside quotes: what follows is not sent",
                        at..at + 1,
                    );
                }
                break;
            }
            '<' | '>' if !quoted => {
                if let Some(end) = placeholder(lexer.s, at) {
                    line.push(&lexer, at..end);
                    lexer.at = end;
                    continue;
                }
                lexer.redirect();
                line.replace(&lexer, at..at + 1, " ");
                continue;
            }
            '`' if !quoted && lexer.inline => break,
            // The number of a redirection.
            '1' | '2' if !quoted && lexer.s[at + 1..].starts_with('>') && lexer.s[..at].ends_with(' ') => {}
            _ => line.push(&lexer, at..at + len),
        }
        lexer.at += len;
    }
    let end = lexer.at;
    let mut notes = std::mem::take(&mut lexer.notes);
    let words = runtime_words(line, &mut notes, lexer.text);
    ShellCommand { words, end, notes, stdin: None }
}

/// At a caret: it escapes the next character. Before a line end, that is the character after the line end.
fn cmd_caret(lexer: &mut Lexer<'_>, line: &mut Line) {
    let at = lexer.at;
    let continued = lexer.continuation();
    if !continued {
        lexer.at = at + 1;
    }
    // A line end that is escaped in this way is a part of the word.
    if let Some(len) = lexer.newline(lexer.at) {
        line.replace(lexer, at..lexer.at + len, "\n");
        lexer.at += len;
        return;
    }
    if continued {
        // What follows a continued line is text, were it a caret or a quote; a blank stays one.
        return;
    }
    let Some(c) = lexer.peek() else {
        return;
    };
    let till = lexer.at + c.len_utf8();
    line.replace(lexer, at..till, c.encode_utf8(&mut [0; 4]));
    lexer.at = till;
}

/// A command line without its carets.
struct Line {
    value: TextBuilder,
    expansions: Vec<Range<usize>>,
    /// Offsets of the line, and where each began in the text that was split.
    places: Vec<(usize, usize)>,
}

impl Line {
    fn push(&mut self, lexer: &Lexer<'_>, range: Range<usize>) {
        self.places.push((self.value.len(), range.start));
        self.value.copy(lexer.text, range);
    }

    fn replace(&mut self, lexer: &Lexer<'_>, range: Range<usize>, with: &str) {
        self.places.push((self.value.len(), range.start));
        self.value.replace(lexer.text, range, with);
    }
}

/// Splits a line as the C runtime of Windows does: blanks part words, `"` quotes, `\"` and `""` are quotes inside
/// quotes, and backslashes count only before a quote.
fn runtime_words(line: Line, notes: &mut Vec<Note>, source: &Text) -> Vec<ShellWord> {
    let Line { value, expansions, places } = line;
    let text = value.finish();
    let s = text.as_str();
    let place = |at: usize| {
        let index = places.partition_point(|p: &(usize, usize)| p.0 <= at).saturating_sub(1);
        places.get(index).map_or(0, |p| p.1 + at.saturating_sub(p.0))
    };
    let mut words = Vec::new();
    let mut open: Option<Open> = None;
    let (mut at, mut quoted) = (0, false);
    let mut expansions = expansions.iter().peekable();
    let mut apostrophe = None;
    while let Some(c) = s[at..].chars().next() {
        let len = c.len_utf8();
        if !quoted && matches!(c, ' ' | '\t' | '\u{A0}') {
            finish_word(&mut words, open.take(), place(at));
            at += len;
            continue;
        }
        if c == '\'' && open.is_none() && apostrophe.is_none() {
            apostrophe = Some(at);
        }
        let word = open.get_or_insert_with(|| Open {
            value: TextBuilder::new(text.span_of(at..at)),
            quoted: Quoted::No,
            expansions: Vec::new(),
            start: place(at),
        });
        while expansions.next_if(|e| e.end <= at).is_some() {}
        if let Some(range) = expansions.peek()
            && range.start == at
        {
            let start = word.value.len();
            word.value.copy(&text, (*range).clone());
            word.expansions.push(start..word.value.len());
            at = range.end;
            continue;
        }
        let slashes = s[at..].bytes().take_while(|b| *b == b'\\').count();
        if slashes > 0 {
            let before_quote = s[at + slashes..].starts_with('"');
            if !before_quote {
                word.value.copy(&text, at..at + slashes);
                at += slashes;
                continue;
            }
            for pair in 0..slashes / 2 {
                word.value.replace(&text, at + 2 * pair..at + 2 * pair + 2, "\\");
            }
            at += slashes / 2 * 2;
            if slashes % 2 == 1 {
                word.value.replace(&text, at..at + 2, "\"");
                at += 2;
            }
            continue;
        }
        if matches!(c, '"' | '“' | '”') {
            if quoted && c == '"' && s[at + 1..].starts_with('"') {
                word.value.replace(&text, at..at + 2, "\"");
                at += 2;
                continue;
            }
            word.quoted = Quoted::Yes;
            quoted = !quoted;
            at += len;
            continue;
        }
        word.value.copy(&text, at..at + len);
        at += len;
    }
    if let Some(at) = apostrophe {
        let start = place(at);
        notes.push(Note {
            says:
                "single quotes do not quote at the Windows command prompt: they are sent, and spaces separate the words"
                    .to_owned(),
            span: character(source, start),
        });
    }
    if quoted && let Some(word) = &open {
        notes.push(Note {
            says: "this quote is never closed; read up to the end of the line".to_owned(),
            span: character(source, word.start),
        });
    }
    finish_word(&mut words, open, place(s.len()));
    words
}

/// The place of one character.
fn character(source: &Text, at: usize) -> Span {
    let len = source.as_str().get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    source.span_of(at..at + len)
}

fn finish_word(words: &mut Vec<ShellWord>, open: Option<Open>, end: usize) {
    let Some(open) = open else {
        return;
    };
    let range = open.start..end.max(open.start);
    words.push(ShellWord { text: open.value.finish(), quoted: open.quoted, expansions: open.expansions, range });
}

//! How text is laid out: colour as the last step, and prose wrapped at word boundaries.
//!
//! Colour is decided once, by the caller ([`TextStyle::colour`]); nothing here looks at a terminal.

use colored::{Color, Colorize as _};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::links::linked;
use crate::diagnosis::model::Verdict;
use crate::visible::is_hidden;

/// The layout of a text report.
#[derive(Clone, Debug)]
pub struct TextStyle {
    /// The name of the input file, as snippets print it.
    pub file: String,
    /// The width in columns. Only commands, ids and lines of a corrected request are wider.
    pub width: usize,
    /// Whether headings, verdicts and carets are coloured.
    pub colour: bool,
    /// Whether places are given in words, with nothing drawn, for readers who listen to the report.
    pub plain: bool,
    /// Whether the terminal shows links (OSC 8); standards are then linked.
    pub links: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self { file: STDIN.to_owned(), width: DEFAULT_WIDTH, colour: false, plain: false, links: false }
    }
}

/// The default width of a report, in columns.
pub(crate) const DEFAULT_WIDTH: usize = 80;

/// The smallest width in columns at which a report is readable.
pub(crate) const SMALLEST_WIDTH: usize = 40;

/// The file name printed for standard input.
pub(crate) const STDIN: &str = "<stdin>";

impl TextStyle {
    /// The width to use, at least [`SMALLEST_WIDTH`].
    pub(crate) fn columns(&self) -> usize {
        self.width.max(SMALLEST_WIDTH)
    }

    fn paint(&self, text: &str, colour: Option<Color>) -> String {
        if !self.colour {
            return text.to_owned();
        }
        // The caller has already decided about colour; without this, `colored` would ask the environment itself.
        colored::control::set_override(true);
        match colour {
            Some(colour) => text.bold().color(colour).to_string(),
            None => text.bold().to_string(),
        }
    }

    /// A heading.
    pub(crate) fn heading(&self, text: &str) -> String {
        self.paint(text, Some(Color::Cyan))
    }

    /// The words that begin a paragraph.
    pub(crate) fn lead(&self, text: &str) -> String {
        self.paint(text, None)
    }

    /// Something correct, such as an added line.
    pub(crate) fn good(&self, text: &str) -> String {
        self.paint(text, Some(Color::Green))
    }

    /// Something wrong, such as a removed line.
    pub(crate) fn bad(&self, text: &str) -> String {
        self.paint(text, Some(Color::Red))
    }

    /// A word in the colour of a verdict.
    pub(crate) fn verdict(&self, verdict: Verdict, text: &str) -> String {
        let colour = match verdict {
            Verdict::Confirmed => Color::Red,
            Verdict::Likely | Verdict::Next => Color::Yellow,
            Verdict::Possible | Verdict::Undecided => Color::Blue,
            Verdict::RuledOut | Verdict::Silent => Color::Green,
        };
        self.paint(text, Some(colour))
    }
}

/// The number of columns that a text takes up.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The number of columns that a character takes up.
pub(crate) fn char_columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// A file name that is safe to print: characters that could move the cursor or reverse the line are replaced.
#[must_use]
pub(crate) fn file_name(name: &str) -> String {
    name.chars().map(|c| if is_hidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Breaks a text into lines of at most `width` columns: at spaces, and inside a word only where it is longer than a
/// line. A line break of the text counts as a space, an empty line stays one.
#[must_use]
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    for line in text.trim().lines() {
        if !line.trim().is_empty() {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        } else if !paragraph.is_empty() {
            wrap_paragraph(&paragraph, width, &mut lines);
            lines.push(String::new());
            paragraph.clear();
        }
    }
    wrap_paragraph(&paragraph, width, &mut lines);
    lines
}

fn wrap_paragraph(text: &str, width: usize, lines: &mut Vec<String>) {
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let size = columns(word);
        if used > 0 && used + 1 + size <= width {
            line.push(' ');
            line.push_str(word);
            used += 1 + size;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for c in word.chars() {
            let size = char_columns(c);
            if used + size > width && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += size;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    for line in lines.iter_mut() {
        line.truncate(line.trim_end().len());
    }
}

/// A text that takes at most `most` lines of this width, and whether something was left out. Whole sentences are kept
/// where one fits; otherwise words, with an ellipsis.
pub(crate) fn clipped(text: &str, width: usize, most: usize) -> (String, bool) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let most = most.max(1);
    let lines = wrap(&text, width);
    if lines.len() <= most {
        return (text, false);
    }
    let ends = text.match_indices(". ").filter(|(at, _)| text[at + 2..].starts_with(|c: char| !c.is_lowercase()));
    let whole = ends.map(|(at, _)| &text[..=at]).filter(|part| wrap(part, width).len() <= most).last();
    // A first sentence of two words is not an answer.
    if let Some(whole) = whole.filter(|w| columns(w) * 3 >= width) {
        return (whole.to_owned(), true);
    }
    let mut kept = lines[..most].join(" ");
    loop {
        let line = format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']));
        if wrap(&line, width).len() <= most {
            return (line, true);
        }
        match kept.rfind(' ') {
            Some(at) => kept.truncate(at),
            None => {
                kept.pop();
            }
        }
    }
}

/// A line without blanks at its end, also where a colour is switched off after them.
pub(crate) fn without_trailing_blanks(line: &str) -> String {
    let mut codes = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_end();
        let Some(at) = rest.rfind('\u{1b}') else { break };
        if !is_colour_code(&rest[at..]) {
            break;
        }
        codes.push(&rest[at..]);
        rest = &rest[..at];
    }
    let mut out = rest.to_owned();
    codes.iter().rev().for_each(|code| out.push_str(code));
    out
}

fn is_colour_code(text: &str) -> bool {
    text.strip_prefix("\u{1b}[")
        .and_then(|t| t.strip_suffix('m'))
        .is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit() || b == b';'))
}

/// A page that is being written.
pub(crate) struct PageWriter<'a> {
    pub(crate) style: &'a TextStyle,
    lines: Vec<String>,
}

impl<'a> PageWriter<'a> {
    pub(crate) const fn new(style: &'a TextStyle) -> Self {
        Self { style, lines: Vec::new() }
    }

    /// An empty line, unless there is one already or the page begins.
    pub(crate) fn gap(&mut self) {
        if self.lines.last().is_some_and(|l| !l.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// A heading, with an empty line above it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        let painted = self.style.heading(text);
        self.lines.push(painted);
    }

    /// A line as it is, never wrapped.
    pub(crate) fn line(&mut self, line: &str) {
        self.lines.push(without_trailing_blanks(line));
    }

    /// A paragraph.
    pub(crate) fn prose(&mut self, indent: usize, text: &str) {
        self.led(indent, "", str::to_owned, text);
    }

    /// A paragraph with a lead ("- ", "1. "); its other lines are indented to the text, not to the lead.
    pub(crate) fn item(&mut self, indent: usize, lead: &str, text: &str) {
        self.led(indent, lead, str::to_owned, text);
    }

    /// A paragraph with a lead that is painted.
    pub(crate) fn led(&mut self, indent: usize, lead: &str, paint: impl Fn(&str) -> String, text: &str) {
        let hang = indent + columns(lead);
        let width = self.style.columns().saturating_sub(hang).max(10);
        for (i, line) in wrap(text, width).into_iter().enumerate() {
            let begin = if i == 0 && !lead.is_empty() {
                format!("{}{}", " ".repeat(indent), paint(lead))
            } else {
                " ".repeat(hang)
            };
            self.line(&format!("{begin}{line}"));
        }
    }

    /// A paragraph with a painted lead, in at most so many lines.
    pub(crate) fn led_at_most(&mut self, indent: usize, lead: &str, text: &str, most: usize) {
        let width = self.style.columns().saturating_sub(indent + columns(lead)).max(10);
        let style = self.style;
        self.led(indent, lead, |t| style.lead(t), &clipped(text, width, most).0);
    }

    /// The number of lines so far.
    pub(crate) const fn height(&self) -> usize {
        self.lines.len()
    }

    /// Adds the lines of another page.
    pub(crate) fn append(&mut self, other: PageWriter<'_>) {
        self.lines.extend(other.lines);
    }

    /// A paragraph that begins with a lead and a word, both painted by the word's own colour function.
    pub(crate) fn verdict(&mut self, lead: &str, verdict: Verdict, text: &str) {
        let word = verdict.name().replace('-', " ");
        let hang = columns(lead);
        let style = self.style;
        let width = style.columns().saturating_sub(hang).max(10);
        for (i, line) in wrap(&format!("{word}: {text}"), width).into_iter().enumerate() {
            match line.strip_prefix(word.as_str()).filter(|_| i == 0) {
                Some(rest) => self.line(&format!("{lead}{}{rest}", style.verdict(verdict, &word))),
                None => self.line(&format!("{}{line}", " ".repeat(hang))),
            }
        }
    }

    /// The page as text; it ends with a line end unless it is empty.
    pub(crate) fn finish(mut self) -> String {
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        let links = self.style.links;
        self.lines.into_iter().fold(String::new(), |mut page, line| {
            if links {
                page.push_str(&linked(&line));
            } else {
                page.push_str(&line);
            }
            page.push('\n');
            page
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prose_is_wrapped_at_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one\n  two\n\nthree", 20), ["one two", "", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("日本語 日本", 5), ["日本", "語", "日本"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn blanks_before_a_colour_code_go_too() {
        assert_eq!(without_trailing_blanks("a \u{1b}[31m  \u{1b}[0m "), "a\u{1b}[31m\u{1b}[0m");
        assert_eq!(without_trailing_blanks("a  "), "a");
    }

    #[test]
    fn a_file_name_cannot_move_the_cursor() {
        assert_eq!(file_name("a\u{1b}[2Jb\u{202e}"), "a\u{FFFD}[2Jb\u{FFFD}");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in "\\PC{0,80}", width in 2usize..30) {
            for line in wrap(&text, width) {
                prop_assert!(columns(&line) <= width, "{line:?}");
            }
        }
    }
}

//! A text line by line, without what mail programs, trackers and editors put around it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::html_table;
use crate::carrier;

/// A text whose lines still know their number in the file.
#[derive(Debug, Default)]
pub(super) struct SetSource {
    pub(super) lines: Vec<SourceLine>,
    /// Whether the last line ends with a line break.
    pub(super) ends_with_break: bool,
    /// Whether it is a page that ends within a table.
    pub(super) is_cut: bool,
}

/// One line.
#[derive(Debug)]
pub(super) struct SourceLine {
    pub(super) text: String,
    /// Its number in the file, from 1.
    pub(super) number: usize,
}

impl SetSource {
    /// Takes the wrapping off a text, layer by layer.
    pub(super) fn of(text: &str) -> Self {
        const MOST: usize = 4;
        let mut text = std::borrow::Cow::Borrowed(text);
        let mut is_cut = false;
        for _ in 0..MOST {
            match unwrapped(&text, &mut is_cut) {
                Some(inner) => text = inner.into(),
                None => break,
            }
        }
        // Columns and rows, as ASCII has separators for them.
        if text.contains('\u{1E}') && text.contains('\u{1F}') {
            text = text.replace('\u{1F}', "\t").replace('\u{1E}', "\n").into();
        }
        // Excel on a Mac ends lines with a carriage return alone.
        let lone = |(i, c): (usize, char)| c == '\r' && !text[i + 1..].starts_with(['\n', '\r']);
        if text.char_indices().any(lone) {
            text = text.replace("\r\n", "\n").replace('\r', "\n").into();
        }
        let mut lines: Vec<SourceLine> = text
            .split('\n')
            .enumerate()
            .map(|(i, l)| SourceLine { text: without_escapes(l.strip_suffix('\r').unwrap_or(l)), number: i + 1 })
            .collect();
        // White space after the last line break is the beginning of a line that was cut, not a blank line.
        let ends_with_break = text.ends_with('\n');
        if lines.last().is_some_and(|l| l.text.trim().is_empty()) {
            lines.pop();
        }
        let mut source = Self { lines, ends_with_break, is_cut };
        for _ in 0..MOST {
            if !source.pass() {
                break;
            }
        }
        source
    }

    /// The lines joined again.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (i, line) in self.lines.iter().enumerate() {
            text.push_str(&line.text);
            if i + 1 < self.lines.len() || self.ends_with_break {
                text.push('\n');
            }
        }
        text
    }

    /// The number in the file of a line of [`Self::text`], counted from 1.
    pub(super) fn number(&self, line: usize) -> usize {
        self.lines.get(line.saturating_sub(1)).map_or(line, |l| l.number)
    }

    /// Takes one layer off; whether there was one.
    fn pass(&mut self) -> bool {
        self.lines.retain(|l| !is_fence(l.text.trim()));
        self.unspace()
            | self.unend()
            | self.unprefix()
            | self.untime()
            | self.unbranch()
            | self.unnumber()
            | self.unindex()
            | self.undent()
    }

    /// Takes off the same mark in front of all lines: of quoted mail, of a list.
    fn unprefix(&mut self) -> bool {
        let mut changed = false;
        for mark in [">", "•", "-", "*", "·", "|"] {
            let marked = |l: &SourceLine| {
                l.text.starts_with(mark) && (mark == ">" || l.text[mark.len()..].starts_with([' ', '\u{A0}']))
            };
            let full = self.lines.iter().filter(|l| !l.text.trim().is_empty());
            let (all, with) = full.fold((0, 0), |(all, with), l| (all + 1, with + usize::from(marked(l))));
            // Quoted mail has lines of its author between; every other mark must be in front of all lines.
            let is_carrier = if mark == ">" { with > 0 } else { with == all && all > 1 };
            // A table of Markdown has bars at both ends.
            if !is_carrier || mark == "|" && self.lines.iter().any(|l| l.text.trim_end().ends_with('|')) {
                continue;
            }
            for line in &mut self.lines {
                if marked(line) {
                    let rest = &line.text[mark.len()..];
                    line.text = rest.strip_prefix([' ', '\u{A0}']).unwrap_or(rest).to_owned();
                    changed = true;
                }
            }
        }
        changed
    }

    /// Takes off the mark that `cat -A` puts at the end of each line.
    fn unend(&mut self) -> bool {
        if self.lines.len() < 2 || !self.lines.iter().all(|l| l.text.ends_with('$')) {
            return false;
        }
        self.lines.iter_mut().for_each(|l| {
            l.text.pop();
        });
        true
    }

    /// Takes off the time, and the level, that a log has in front of every line.
    fn untime(&mut self) -> bool {
        let full = || self.lines.iter().filter(|l| !l.text.trim().is_empty());
        if full().count() < 3 || !full().all(|l| behind_time(&l.text).is_some()) {
            return false;
        }
        for line in &mut self.lines {
            line.text = behind_time(&line.text).unwrap_or_default().to_owned();
        }
        true
    }

    /// Takes off the branches of a tree that was drawn (`│   ├── urn:…`).
    fn unbranch(&mut self) -> bool {
        let is_line = |c: char| ('\u{2500}'..='\u{257F}').contains(&c);
        let branch = |l: &SourceLine| l.text.find(|c: char| !is_line(c) && !c.is_whitespace()).filter(|at| *at > 0);
        let drawn = self.lines.iter().filter(|l| l.text.contains("├─") || l.text.contains("└─")).count();
        // A line of a table has bars behind its cells, too.
        let is_tree = drawn > 1 && self.lines.iter().all(|l| !l.text[branch(l).unwrap_or(0)..].contains(is_line));
        if !is_tree {
            return false;
        }
        for line in &mut self.lines {
            line.text = line.text[branch(line).unwrap_or(0)..].to_owned();
        }
        true
    }

    /// Takes off line numbers (`   1  dn: …`), which count up from line to line.
    fn unnumber(&mut self) -> bool {
        let number = |l: &SourceLine| {
            let digits = l.text.trim_start();
            let len = digits.bytes().take_while(u8::is_ascii_digit).count();
            digits[..len].parse::<usize>().ok().map(|n| (n, l.text.len() - digits.len() + len))
        };
        let numbers: Vec<_> = self.lines.iter().filter(|l| !l.text.trim().is_empty()).map(number).collect();
        let counts = numbers.windows(2).all(|w| matches!(w, [Some((a, _)), Some((b, _))] if *b > *a && *b - *a <= 3));
        if numbers.len() < 3 || !counts {
            return false;
        }
        // What separates the number from its line: as much as every line has.
        let rest = |l: &SourceLine| number(l).map_or(String::new(), |(_, at)| l.text[at..].to_owned());
        let all: Vec<String> = self.lines.iter().map(rest).collect();
        let mark = all.iter().filter(|r| !r.trim().is_empty()).all(|r| r.starts_with([':', '.', ')', '|', '\t']));
        let blank = |r: &str| r.chars().skip(usize::from(mark)).take_while(|c| *c == ' ').count();
        let common = all.iter().filter(|r| !r.trim().is_empty()).map(|r| blank(r)).min().unwrap_or(0);
        for (line, rest) in self.lines.iter_mut().zip(all) {
            line.text = rest.chars().skip(usize::from(mark) + common).collect();
        }
        true
    }

    /// Takes off the number of each element (`[0] "urn:…"`), as Data::Printer and awesome_print show it; the first has no mark
    /// between a key and its list either.
    fn unindex(&mut self) -> bool {
        let element = |text: &str| {
            let inner = text.trim_start().strip_prefix('[')?;
            let end = inner.find(']').filter(|end| inner[..*end].trim().bytes().all(|b| b.is_ascii_digit()))?;
            let value = inner[end + 1..].trim_start();
            let is_element = !inner[..end].trim().is_empty() && value.starts_with(['"', '{', '[', '#']);
            is_element.then(|| value.to_owned())
        };
        if !self.lines.iter().any(|l| element(&l.text).is_some()) {
            return false;
        }
        for line in &mut self.lines {
            if let Some(value) = element(&line.text) {
                line.text = value;
            }
            let text = line.text.trim();
            let key = text.strip_suffix(['[', '{']).map(str::trim_end).filter(|key| {
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '=' | ',' | '_' | '-' | '.');
                key.len() + 1 < text.len() && key.starts_with(char::is_alphabetic) && key.chars().all(is_part)
            });
            if let Some(key) = key {
                line.text = format!("\"{key}\": {}", &text[text.len() - 1..]);
            }
        }
        true
    }

    /// Takes off the white space that all lines begin with.
    fn undent(&mut self) -> bool {
        let full = || self.lines.iter().filter(|l| !l.text.trim().is_empty());
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\u{A0}');
        let Some(first) = full().next() else { return false };
        let mut common: String = first.text.chars().take_while(|c| is_blank(*c)).collect();
        for line in full() {
            let same = line.text.chars().zip(common.chars()).take_while(|(a, b)| a == b).count();
            common = common.chars().take(same).collect();
        }
        if common.is_empty() {
            return false;
        }
        for line in &mut self.lines {
            line.text = line.text.strip_prefix(&common).unwrap_or_default().to_owned();
        }
        true
    }

    /// Takes out the blank lines that a form puts after every line.
    fn unspace(&mut self) -> bool {
        const FEWEST: usize = 6;
        let is_blank = |l: &SourceLine| l.text.trim().is_empty();
        if self.lines.len() < FEWEST || !self.lines.iter().skip(1).step_by(2).all(is_blank) {
            return false;
        }
        let mut at = 0;
        self.lines.retain(|_| {
            at += 1;
            at % 2 == 1
        });
        true
    }
}

/// A line without the time and the level of a log: `2026/03/04 10:11:12 INFO …`, `[2026-03-04T10:11:12.000Z] …`.
fn behind_time(line: &str) -> Option<&str> {
    const DATE: &str = "dddd-dd-dd?dd:dd:dd";
    let line = line.trim_start_matches('[');
    let fits = |(byte, wanted): (u8, u8)| match wanted {
        b'd' => byte.is_ascii_digit(),
        b'-' => matches!(byte, b'-' | b'/'),
        b'?' => matches!(byte, b' ' | b'T'),
        wanted => byte == wanted,
    };
    if line.len() < DATE.len() || !line.bytes().zip(DATE.bytes()).all(fits) {
        return None;
    }
    let rest = line[DATE.len()..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'Z' | '+' | '-' | ':' | ']'));
    if rest.len() == line.len() - DATE.len() && !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    const LEVELS: [&str; 6] = ["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "ERROR"];
    let level = rest.trim_start().trim_start_matches('[');
    let Some(behind) = LEVELS.iter().find_map(|l| level.strip_prefix(l)) else {
        return Some(rest.strip_prefix(' ').unwrap_or(rest));
    };
    let behind = behind.trim_start_matches([']', ':']);
    Some(behind.strip_prefix(' ').unwrap_or(behind))
}

fn is_fence(line: &str) -> bool {
    let is_block = |name: &str| {
        line.strip_prefix(name).is_some_and(|r| (r.starts_with(':') || r.starts_with('}')) && line.ends_with('}'))
    };
    (line.starts_with("```") || line.starts_with("~~~")) && !line[3..].contains([' ', '`', '{'])
        || is_block("{code")
        || is_block("{noformat")
        || is_block("{quote")
}

/// A line without colours and invisible characters.
fn without_escapes(line: &str) -> String {
    let mut line = anstream::adapter::strip_str(line).to_string();
    line.retain(|c| !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}'));
    line
}

/// The text inside a mail, an HTML page, RTF or quoted-printable text; `None` if it is none of them.
fn unwrapped(text: &str, is_cut: &mut bool) -> Option<String> {
    let start = text.trim_start();
    if let Some(inner) = carrier::rtf::open(start).or_else(|| mail(start)) {
        return Some(inner);
    }
    let lower: String = start.chars().take(200).collect::<String>().to_ascii_lowercase();
    let is_html = [
        "<html",
        "<!doctype html",
        "<body",
        "<div",
        "<pre",
        "<p>",
        "<p ",
        "<table",
        "<br",
        "<span",
        "<meta",
        "<tr",
        "<ul",
        "<ol",
        "<li",
        "<h1",
        "<h2",
        "<h3",
        "<h4",
        "<!--",
        "<font",
        "<b>",
        "<dl",
        "<section",
        "<main",
        "<article",
        "<tbody",
        "<thead",
        "<center",
        "<strong",
        "<style",
    ];
    let is_html = is_html.iter().any(|t| lower.starts_with(t));
    if is_html && text.contains("=3D") && is_quoted_printable(text) {
        return quoted_printable(text);
    }
    if is_html {
        // Some tools print the rows of a table without the table around them.
        let page = if lower.starts_with("<tr") { format!("<table>{start}</table>") } else { start.to_owned() };
        let page = with_struck_marks(&page);
        let (page, is_table_cut) = html_table::with_plain_tables(&page);
        *is_cut |= is_table_cut;
        return Some(carrier::html::text(&page));
    }
    // A string of JSON in which the whole text is.
    if start.starts_with('"')
        && start.trim_end().ends_with('"')
        && let Ok(inner) = serde_json::from_str::<String>(start.trim_end())
        && !inner.trim().is_empty()
    {
        return Some(inner);
    }
    // The colons of a file of properties.
    if text.contains("urn\\:") {
        return Some(text.replace("\\:", ":").replace("\\=", "="));
    }
    // A text that was escaped for HTML, but has no tags.
    if !text.contains('<') && (text.contains("&quot;") || text.contains("&#39;") || text.contains("&lt;")) {
        return Some(html_escape::decode_html_entities(text).into_owned());
    }
    if is_quoted_printable(text) { quoted_printable(text) } else { None }
}

/// A page with `~~` behind each tag that strikes out what it holds, by itself or by its style, and in each cell of such a row.
fn with_struck_marks(page: &str) -> String {
    const STRIKE: [&str; 6] = ["<s>", "</s>", "<del>", "</del>", "<strike>", "</strike>"];
    let mut out = String::with_capacity(page.len());
    let mut in_row = false;
    let mut rest = page;
    while let Some(end) = rest.find('>') {
        let (part, after) = rest.split_at(end + 1);
        out.push_str(part);
        rest = after;
        let tag = part[part.rfind('<').unwrap_or(end)..].to_ascii_lowercase();
        let is_row = tag.starts_with("<tr");
        let is_struck = tag.contains("line-through") || STRIKE.contains(&tag.as_str());
        in_row = if is_row { is_struck } else { in_row && !tag.starts_with("</tr") };
        let is_cell = tag.starts_with("<td") || tag.starts_with("<th");
        if is_struck && !is_row || in_row && is_cell {
            out.push_str("~~");
        }
    }
    out.push_str(rest);
    out
}

fn mail(text: &str) -> Option<String> {
    let (head, body) = text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n"))?;
    let field = |name: &str| {
        head.lines().find_map(|l| {
            let (n, v) = l.split_once(':')?;
            n.eq_ignore_ascii_case(name).then(|| v.trim().to_ascii_lowercase())
        })
    };
    let is_head =
        head.lines().all(|l| l.starts_with([' ', '\t']) || l.split_once(':').is_some_and(|(n, _)| !n.contains(' ')));
    if !is_head {
        return None;
    }
    let encoding = field("content-transfer-encoding")?;
    let body = match encoding.as_str() {
        "quoted-printable" => quoted_printable(body)?,
        "base64" => {
            let bytes = STANDARD.decode(body.split_whitespace().collect::<String>()).ok()?;
            crate::text::decode(&bytes).text
        }
        _ => body.to_owned(),
    };
    Some(body)
}

/// Whether there are both soft line ends and escaped equals signs, or many of one kind.
fn is_quoted_printable(text: &str) -> bool {
    let escaped = text.matches("=3D").count();
    let soft = text.lines().filter(|l| l.ends_with('=') && l.len() > 70).count();
    // The first bytes of letters with accents, of ticks and dashes.
    let letters = ["=C2=", "=C3=", "=E2="].iter().map(|b| text.matches(b).count()).sum::<usize>();
    let is_narrow = text.lines().all(|l| l.len() <= 78);
    is_narrow && (escaped + letters > 0 || soft > 0 && text.matches("=20").count() + soft > 1)
}

fn quoted_printable(text: &str) -> Option<String> {
    let bytes = quoted_printable::decode(text, quoted_printable::ParseMode::Robust).ok()?;
    Some(crate::text::decode(&bytes).text)
}

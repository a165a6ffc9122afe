//! Lowers a rule file's TOML, table by table, and records a mistake for everything that is wrong.
//!
//! The tree is lowered by hand, not derived, because every key and value has a span: each mistake is shown at its
//! characters, all mistakes of a file are found at once, and no value of a wrong type is silently accepted.

use std::cell::{Cell, OnceCell};
use std::ops::Range;
use std::sync::Arc;

use super::model::Mistake;
use super::pattern::Pattern;
use super::rule_text::RuleText;
use super::tree::{self, Node, TomlEntry, TomlValue};
use crate::nearest::nearest;
use crate::text::Span;
use crate::visible::is_hidden;

/// The first words of a mistake that the TOML parser reports.
pub(super) const NOT_TOML: &str = "this is not TOML";

/// A rule file while it is being read.
pub(crate) struct File<'s> {
    pub(super) name: &'s str,
    pub(super) source: &'s str,
    pub(super) mistakes: Vec<Mistake>,
    /// Whether regular expressions are compiled to check them. The built-in ones are checked by a test, not at start.
    pub(super) checks_patterns: bool,
    /// Whether it has nothing of a rule file at its top: it is then another program's.
    pub(super) is_foreign: bool,
    /// Of a file of another program: what was found, and what was expected.
    foreign: (&'static str, &'static str),
    /// The text that all mistakes share, once there is one.
    shared: OnceCell<Arc<str>>,
    /// An offset whose line is known.
    last_line: Cell<(usize, usize)>,
}

/// Further mistakes of a rule file, and of all rule files, are not listed.
pub(crate) const MOST_MISTAKES: usize = 100;

impl<'s> File<'s> {
    pub(crate) fn new(name: &'s str, source: &'s str, checks_patterns: bool) -> Self {
        Self {
            name,
            source,
            mistakes: Vec::new(),
            checks_patterns,
            is_foreign: false,
            foreign: (
                "this is not a rule file: it has no key of one",
                "Give a folder of rule files only: `why401 rules new ID` prints one.",
            ),
            shared: OnceCell::new(),
            last_line: Cell::new((0, 1)),
        }
    }

    /// A file of the user's that holds settings, not a rule.
    pub(crate) fn of_settings(name: &'s str, source: &'s str) -> Self {
        let foreign = (
            "this is not a file of settings: it has no key of one",
            "Give a file of settings: `docs/pipelines.md` describes its keys.",
        );
        Self { foreign, ..Self::new(name, source, true) }
    }

    /// The whole file; TOML errors become mistakes.
    pub(crate) fn table(&mut self) -> Table<'s> {
        let (Node { value, span }, errors) = tree::parse(self.source);
        let mut line = 0;
        for (span, message) in errors {
            // Further errors on the same line usually follow from the first.
            if self.line(span.start) != line {
                line = self.line(span.start);
                self.mistake(span, format!("{NOT_TOML}: {message}"), "Write plain TOML 1.0.");
            }
        }
        let TomlValue::Table(entries) = value else { return Table::new(Vec::new(), span) };
        Table { is_top: true, ..Table::new(entries, span) }
    }

    pub(crate) fn mistake(&mut self, span: Range<usize>, found: impl Into<String>, expected: impl Into<String>) {
        if self.mistakes.len() >= MOST_MISTAKES {
            return;
        }
        self.mistakes.push(Mistake {
            file: self.name.to_owned(),
            source: Arc::clone(self.shared.get_or_init(|| self.source.into())),
            span: Span::new(span.start, span.end),
            found: found.into(),
            expected: expected.into(),
        });
    }

    /// A text of the user that is printed must not do anything to a terminal. Only a capture may hold any character.
    fn check_visible(&mut self, key: &str, text: &str, span: &Range<usize>) {
        if !self.checks_patterns || key == "capture" {
            return;
        }
        if let Some(c) = text.chars().find(|c| is_hidden(*c) && !matches!(c, '\n' | '\r' | '\t')) {
            let found = format!("`{key}` has a character that cannot be seen (U+{:04X})", u32::from(c));
            self.mistake(
                span.clone(),
                found,
                "Leave it out; in a regular expression write `\\x{…}` in a literal string.",
            );
        }
    }

    /// The mistakes in the order of the file. Of a file that is not a rule file nothing is repeated.
    pub(crate) fn take_mistakes(&mut self) -> Vec<Mistake> {
        let mut mistakes = std::mem::take(&mut self.mistakes);
        if self.is_foreign {
            let (found, expected) = self.foreign;
            return vec![Mistake {
                file: self.name.to_owned(),
                source: Arc::default(),
                span: Span::new(0, 0),
                found: found.to_owned(),
                expected: expected.to_owned(),
            }];
        }
        mistakes.sort_by_key(|m| m.span);
        mistakes
    }

    /// A regular expression. If patterns are checked, an invalid one is a mistake.
    pub(super) fn pattern(&mut self, (source, span): (RuleText, Range<usize>)) -> Pattern {
        let pattern = Pattern::new(source);
        if self.checks_patterns
            && let Err(error) = pattern.check()
        {
            let last = error.lines().last().unwrap_or_default().trim().to_owned();
            self.mistake(span, "this is not a regular expression", last);
        }
        pattern
    }

    /// The line of an offset. Tables are mostly read in file order, so counting continues from the last offset.
    pub(crate) fn line(&self, offset: usize) -> usize {
        let offset = offset.min(self.source.len());
        let (from, line) = match self.last_line.get() {
            last if last.0 <= offset => last,
            _ => (0, 1),
        };
        let line = line + self.source.as_bytes()[from..offset].iter().filter(|b| **b == b'\n').count();
        self.last_line.set((offset, line));
        line
    }
}

/// A table of the file. Its keys are removed as they are read; keys that remain at the end are mistakes.
pub(crate) struct Table<'s> {
    entries: Vec<Option<TomlEntry<'s>>>,
    asked: Vec<&'static str>,
    pub(crate) span: Range<usize>,
    /// Whether it is the whole file.
    is_top: bool,
}

impl<'s> Table<'s> {
    pub(crate) fn new(entries: Vec<TomlEntry<'s>>, span: Range<usize>) -> Self {
        Self { entries: entries.into_iter().map(Some).collect(), asked: Vec::new(), span, is_top: false }
    }

    /// The keys that have not been read yet, in file order.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = TomlEntry<'s>> {
        self.entries.into_iter().flatten()
    }

    fn take(&mut self, key: &'static str) -> Option<TomlEntry<'s>> {
        self.asked.push(key);
        self.entries.iter_mut().find(|e| e.as_ref().is_some_and(|e| e.key == key))?.take()
    }

    pub(crate) fn text(&mut self, file: &mut File<'s>, key: &'static str) -> Option<(RuleText, Range<usize>)> {
        let entry = self.take(key)?;
        let span = entry.node.span;
        match entry.node.value {
            TomlValue::Text(text) => {
                file.check_visible(key, &text, &span);
                Some((text.into_owned().into(), span))
            }
            other => {
                file.mistake(span, format!("`{key}` is {}", other.kind()), "It takes a string.");
                None
            }
        }
    }

    pub(crate) fn required(&mut self, file: &mut File<'s>, key: &'static str) -> (RuleText, Range<usize>) {
        let here = self.entries.iter().flatten().any(|e| e.key == key);
        let found = self.text(file, key);
        if found.is_none() && !here {
            let span = self.span.start..self.span.start.saturating_add(1).min(self.span.end.max(self.span.start));
            file.mistake(span, format!("`{key}` is missing here"), format!("Add `{key} = \"…\"`."));
        }
        found.unwrap_or_default()
    }

    pub(crate) fn flag(&mut self, file: &mut File<'s>, key: &'static str) -> Option<bool> {
        let entry = self.take(key)?;
        let span = entry.node.span;
        match entry.node.value {
            TomlValue::Flag(flag) => Some(flag),
            other => {
                file.mistake(span, format!("`{key}` is {}", other.kind()), "It takes true or false.");
                None
            }
        }
    }

    /// A date, as TOML writes it.
    pub(crate) fn date(&mut self, file: &mut File<'s>, key: &'static str) -> Option<(String, Range<usize>)> {
        let entry = self.take(key)?;
        let span = entry.node.span;
        match entry.node.value {
            TomlValue::Date(date) => Some((date, span)),
            other => {
                let expected = "It takes a date without quotation marks: 2027-01-31.";
                file.mistake(span, format!("`{key}` is {}", other.kind()), expected);
                None
            }
        }
    }

    pub(super) fn number(&mut self, file: &mut File<'s>, key: &'static str) -> Option<(f64, Range<usize>)> {
        let entry = self.take(key)?;
        let Node { value, span } = entry.node;
        let number = match &value {
            TomlValue::Decimal(number) => *number,
            TomlValue::Whole(number) => number.map(|n| n as f64),
            _ => None,
        };
        if number.is_none() {
            file.mistake(span.clone(), format!("`{key}` is {}", value.kind()), "It takes a number.");
        }
        Some((number?, span))
    }

    /// A list of strings; a single string counts as a list of one.
    pub(crate) fn texts(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<(RuleText, Range<usize>)> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        texts(file, key, entry.node)
    }

    pub(super) fn numbers(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<(i64, Range<usize>)> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let items = match entry.node {
            Node { value: TomlValue::List(items), .. } => items,
            single => vec![single],
        };
        let mut numbers = Vec::new();
        for Node { value, span } in items {
            match value {
                TomlValue::Whole(Some(number)) => numbers.push((number, span)),
                other => {
                    file.mistake(span, format!("this is {}", other.kind()), format!("`{key}` takes whole numbers."))
                }
            }
        }
        numbers
    }

    pub(crate) fn table(&mut self, file: &mut File<'s>, key: &'static str) -> Option<Table<'s>> {
        let entry = self.take(key)?;
        let span = entry.key_span.start..entry.node.span.end.max(entry.key_span.end);
        match entry.node.value {
            TomlValue::Table(entries) => Some(Table::new(entries, span)),
            other => {
                file.mistake(span, format!("`{key}` is {}", other.kind()), "It takes a table.");
                None
            }
        }
    }

    pub(crate) fn tables(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<Table<'s>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        tables(file, key, entry.node)
    }

    /// Reports every key that was not read as a mistake.
    pub(crate) fn finish(mut self, file: &mut File<'s>) {
        let asked = std::mem::take(&mut self.asked);
        let is_top = self.is_top;
        // Keys that were read have left their place.
        let has_known = self.entries.iter().any(Option::is_none);
        let unknown: Vec<TomlEntry<'s>> = self.into_entries().collect();
        let mut known = asked.clone();
        known.sort_unstable();
        known.dedup();
        let is_near = |entry: &TomlEntry<'_>| nearest(&entry.key, asked.iter().copied()).is_some();
        let is_broken = file.mistakes.iter().any(|m| m.found.starts_with(NOT_TOML));
        if is_top && !has_known && (is_broken || !unknown.is_empty()) && !unknown.iter().any(is_near) {
            file.is_foreign = true;
        }
        for entry in unknown {
            let near = nearest(&entry.key, asked.iter().copied());
            let expected = near
                .map_or_else(|| format!("Known here: {}.", known.join(", ")), |near| format!("Did you mean `{near}`?"));
            file.mistake(entry.key_span, format!("there is no key `{}` here", entry.key), expected);
        }
    }
}

pub(crate) fn texts<'s>(file: &mut File<'s>, key: &str, node: Node<'s>) -> Vec<(RuleText, Range<usize>)> {
    let Node { value, span } = node;
    let items = match value {
        TomlValue::Text(text) => {
            file.check_visible(key, &text, &span);
            return vec![(text.into_owned().into(), span)];
        }
        TomlValue::List(items) => items,
        other => {
            file.mistake(span, format!("`{key}` is {}", other.kind()), "It takes a string or a list of strings.");
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for Node { value, span } in items {
        match value {
            TomlValue::Text(text) => {
                file.check_visible(key, &text, &span);
                found.push((text.into_owned().into(), span));
            }
            other => file.mistake(span, format!("this is {}", other.kind()), format!("`{key}` takes strings.")),
        }
    }
    found
}

pub(crate) fn tables<'s>(file: &mut File<'s>, key: &str, node: Node<'s>) -> Vec<Table<'s>> {
    let Node { value, span } = node;
    let TomlValue::List(items) = value else {
        file.mistake(
            span,
            format!("`{key}` is not a list of tables"),
            format!("Write `[[{key}]]`, or a list of inline tables."),
        );
        return Vec::new();
    };
    let mut found = Vec::new();
    for Node { value, span } in items {
        match value {
            TomlValue::Table(entries) => found.push(Table::new(entries, span)),
            other => file.mistake(span, format!("this is {}", other.kind()), format!("`{key}` takes tables.")),
        }
    }
    found
}

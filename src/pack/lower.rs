//! Lowers a rule file's TOML, table by table, and records a mistake for everything that is wrong.
//!
//! The tree is lowered by hand, not derived, because every key and value has a span: each mistake is shown at its
//! characters, all mistakes of a file are found at once, and no value of a wrong type is silently accepted.

use std::cell::Cell;
use std::ops::Range;

use super::model::Mistake;
use super::pattern::Pattern;
use super::rule_text::RuleText;
use super::tree::{self, Node, TomlEntry, TomlValue};
use crate::nearest::nearest;
use crate::text::Span;

/// The first words of a mistake that the TOML parser reports.
pub(super) const NOT_TOML: &str = "this is not TOML";

/// A rule file while it is being read.
pub(super) struct File<'s> {
    pub(super) name: &'s str,
    pub(super) source: &'s str,
    pub(super) mistakes: Vec<Mistake>,
    /// Whether regular expressions are compiled to check them. The built-in ones are checked by a test, not at start.
    pub(super) checks_patterns: bool,
    /// An offset whose line is known.
    last_line: Cell<(usize, usize)>,
}

impl<'s> File<'s> {
    pub(super) fn new(name: &'s str, source: &'s str, checks_patterns: bool) -> Self {
        Self { name, source, mistakes: Vec::new(), checks_patterns, last_line: Cell::new((0, 1)) }
    }

    /// The whole file; TOML errors become mistakes.
    pub(super) fn table(&mut self) -> Table<'s> {
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
        Table::new(entries, span)
    }

    pub(super) fn mistake(&mut self, span: Range<usize>, found: impl Into<String>, expected: impl Into<String>) {
        self.mistakes.push(Mistake {
            file: self.name.to_owned(),
            source: self.source.to_owned(),
            span: Span::new(span.start, span.end),
            found: found.into(),
            expected: expected.into(),
        });
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
    pub(super) fn line(&self, offset: usize) -> usize {
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
pub(super) struct Table<'s> {
    entries: Vec<Option<TomlEntry<'s>>>,
    asked: Vec<&'static str>,
    pub(super) span: Range<usize>,
}

impl<'s> Table<'s> {
    pub(super) fn new(entries: Vec<TomlEntry<'s>>, span: Range<usize>) -> Self {
        Self { entries: entries.into_iter().map(Some).collect(), asked: Vec::new(), span }
    }

    /// The keys that have not been read yet, in file order.
    pub(super) fn into_entries(self) -> impl Iterator<Item = TomlEntry<'s>> {
        self.entries.into_iter().flatten()
    }

    fn take(&mut self, key: &'static str) -> Option<TomlEntry<'s>> {
        self.asked.push(key);
        self.entries.iter_mut().find(|e| e.as_ref().is_some_and(|e| e.key == key))?.take()
    }

    pub(super) fn text(&mut self, file: &mut File<'s>, key: &'static str) -> Option<(RuleText, Range<usize>)> {
        let entry = self.take(key)?;
        let span = entry.node.span;
        match entry.node.value {
            TomlValue::Text(text) => Some((text.into_owned().into(), span)),
            other => {
                file.mistake(span, format!("`{key}` is {}", other.kind()), "It takes a string.");
                None
            }
        }
    }

    pub(super) fn required(&mut self, file: &mut File<'s>, key: &'static str) -> (RuleText, Range<usize>) {
        let here = self.entries.iter().flatten().any(|e| e.key == key);
        let found = self.text(file, key);
        if found.is_none() && !here {
            let span = self.span.start..self.span.start.saturating_add(1).min(self.span.end.max(self.span.start));
            file.mistake(span, format!("`{key}` is missing here"), format!("Add `{key} = \"…\"`."));
        }
        found.unwrap_or_default()
    }

    pub(super) fn flag(&mut self, file: &mut File<'s>, key: &'static str) -> Option<bool> {
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
    pub(super) fn texts(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<(RuleText, Range<usize>)> {
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

    pub(super) fn table(&mut self, file: &mut File<'s>, key: &'static str) -> Option<Table<'s>> {
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

    pub(super) fn tables(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<Table<'s>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        tables(file, key, entry.node)
    }

    /// Reports every key that was not read as a mistake.
    pub(super) fn finish(mut self, file: &mut File<'s>) {
        let asked = std::mem::take(&mut self.asked);
        for entry in self.into_entries() {
            let near = nearest(&entry.key, asked.iter().copied());
            let mut known = asked.clone();
            known.sort_unstable();
            known.dedup();
            let expected = near
                .map_or_else(|| format!("Known here: {}.", known.join(", ")), |near| format!("Did you mean `{near}`?"));
            file.mistake(entry.key_span, format!("there is no key `{}` here", entry.key), expected);
        }
    }
}

pub(super) fn texts<'s>(file: &mut File<'s>, key: &str, node: Node<'s>) -> Vec<(RuleText, Range<usize>)> {
    let Node { value, span } = node;
    let items = match value {
        TomlValue::Text(text) => return vec![(text.into_owned().into(), span)],
        TomlValue::List(items) => items,
        other => {
            file.mistake(span, format!("`{key}` is {}", other.kind()), "It takes a string or a list of strings.");
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for Node { value, span } in items {
        match value {
            TomlValue::Text(text) => found.push((text.into_owned().into(), span)),
            other => file.mistake(span, format!("this is {}", other.kind()), format!("`{key}` takes strings.")),
        }
    }
    found
}

pub(super) fn tables<'s>(file: &mut File<'s>, key: &str, node: Node<'s>) -> Vec<Table<'s>> {
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

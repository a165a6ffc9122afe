//! A rule file's TOML, table by table, with a mistake for everything that is not as it should be.
//!
//! The tree is lowered by hand, not derived: every key and value has a span, so a mistake is shown at its
//! characters, all mistakes of a file are found in one go, and no value of a wrong type is taken without a word.

use std::cell::Cell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::model::{Mistake, Pattern};
use crate::text::Span;

/// How a mistake begins that TOML itself refuses.
pub(super) const NOT_TOML: &str = "this is not TOML";

/// A rule file while it is read.
pub(super) struct File<'s> {
    pub(super) name: &'s str,
    pub(super) source: &'s str,
    pub(super) mistakes: Vec<Mistake>,
    /// Whether regular expressions are compiled to see that they can be. The built-in ones are by a test, not at start.
    pub(super) checks_patterns: bool,
    /// An offset whose line is known.
    last_line: Cell<(usize, usize)>,
}

impl<'s> File<'s> {
    pub(super) fn new(name: &'s str, source: &'s str, checks_patterns: bool) -> Self {
        Self { name, source, mistakes: Vec::new(), checks_patterns, last_line: Cell::new((0, 1)) }
    }

    /// Parses the file; what TOML itself refuses becomes mistakes.
    pub(super) fn parse(&mut self) -> Table<'s> {
        let (table, errors) = DeTable::parse_recoverable(self.source);
        let mut line = 0;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            // What follows on the same line is mostly the echo of the first.
            if self.line(span.start) != line {
                line = self.line(span.start);
                self.mistake(span, format!("{NOT_TOML}: {}", error.message()), "Write plain TOML 1.0.");
            }
        }
        let span = table.span();
        Table::new(table.into_inner(), span)
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

    /// A regular expression; what is wrong with it is a mistake where patterns are checked.
    pub(super) fn pattern(&mut self, (source, span): (String, Range<usize>)) -> Pattern {
        let pattern = Pattern::new(&source);
        if self.checks_patterns
            && let Err(error) = pattern.check()
        {
            let last = error.lines().last().unwrap_or_default().trim().to_owned();
            self.mistake(span, "this is not a regular expression", last);
        }
        pattern
    }

    /// The line of an offset. Tables are mostly asked in the order of the file, so the count goes on from the last.
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

/// A table of the file whose keys are taken one by one; what is left over at the end is a mistake.
pub(super) struct Table<'s> {
    entries: Vec<Option<Entry<'s>>>,
    asked: Vec<&'static str>,
    pub(super) span: Range<usize>,
}

pub(super) struct Entry<'s> {
    pub(super) key: DeString<'s>,
    pub(super) key_span: Range<usize>,
    pub(super) value: Spanned<DeValue<'s>>,
}

impl<'s> Table<'s> {
    pub(super) fn new(table: DeTable<'s>, span: Range<usize>) -> Self {
        let entries = table
            .into_iter()
            .map(|(key, value)| Some(Entry { key_span: key.span(), key: key.into_inner(), value }))
            .collect();
        Self { entries, asked: Vec::new(), span }
    }

    /// What is left of the table, in the order of the file: the parser sorts by name, people do not.
    pub(super) fn into_entries(self) -> Vec<Entry<'s>> {
        let mut entries: Vec<Entry<'s>> = self.entries.into_iter().flatten().collect();
        entries.sort_by_key(|e| e.key_span.start);
        entries
    }

    fn take(&mut self, key: &'static str) -> Option<Entry<'s>> {
        self.asked.push(key);
        self.entries.iter_mut().find(|e| e.as_ref().is_some_and(|e| e.key == key))?.take()
    }

    pub(super) fn text(&mut self, file: &mut File<'s>, key: &'static str) -> Option<(String, Range<usize>)> {
        let entry = self.take(key)?;
        let span = entry.value.span();
        match entry.value.into_inner() {
            DeValue::String(text) => Some((text.into_owned(), span)),
            other => {
                file.mistake(span, format!("`{key}` is {}", kind(&other)), "It takes a string.");
                None
            }
        }
    }

    pub(super) fn required(&mut self, file: &mut File<'s>, key: &'static str) -> (String, Range<usize>) {
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
        let span = entry.value.span();
        match entry.value.into_inner() {
            DeValue::Boolean(flag) => Some(flag),
            other => {
                file.mistake(span, format!("`{key}` is {}", kind(&other)), "It takes true or false.");
                None
            }
        }
    }

    pub(super) fn number(&mut self, file: &mut File<'s>, key: &'static str) -> Option<(f64, Range<usize>)> {
        let entry = self.take(key)?;
        let span = entry.value.span();
        let value = entry.value.into_inner();
        let number = match &value {
            DeValue::Float(f) => f.as_str().replace('_', "").parse().ok(),
            DeValue::Integer(i) => integer(i).map(|n| n as f64),
            _ => None,
        };
        if number.is_none() {
            file.mistake(span.clone(), format!("`{key}` is {}", kind(&value)), "It takes a number.");
        }
        Some((number?, span))
    }

    /// A list of strings; a single string counts as a list of one.
    pub(super) fn texts(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<(String, Range<usize>)> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        texts(file, key, entry.value)
    }

    pub(super) fn numbers(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<(i64, Range<usize>)> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        let span = entry.value.span();
        let items = match entry.value.into_inner() {
            DeValue::Array(items) => items.into_iter().collect(),
            other => vec![Spanned::new(span, other)],
        };
        let mut numbers = Vec::new();
        for item in items {
            let span = item.span();
            match item.get_ref() {
                DeValue::Integer(i) if integer(i).is_some() => numbers.extend(integer(i).map(|n| (n, span))),
                other => {
                    file.mistake(span, format!("this is {}", kind(other)), format!("`{key}` takes whole numbers."))
                }
            }
        }
        numbers
    }

    pub(super) fn table(&mut self, file: &mut File<'s>, key: &'static str) -> Option<Table<'s>> {
        let entry = self.take(key)?;
        let span = entry.key_span.start..entry.value.span().end.max(entry.key_span.end);
        match entry.value.into_inner() {
            DeValue::Table(table) => Some(Table::new(table, span)),
            other => {
                file.mistake(span, format!("`{key}` is {}", kind(&other)), "It takes a table.");
                None
            }
        }
    }

    pub(super) fn tables(&mut self, file: &mut File<'s>, key: &'static str) -> Vec<Table<'s>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        tables(file, key, entry.value)
    }

    /// Every key that nobody asked for is a mistake.
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

pub(super) fn texts<'s>(file: &mut File<'s>, key: &str, value: Spanned<DeValue<'s>>) -> Vec<(String, Range<usize>)> {
    let span = value.span();
    let items = match value.into_inner() {
        DeValue::String(text) => return vec![(text.into_owned(), span)],
        DeValue::Array(items) => items,
        other => {
            file.mistake(span, format!("`{key}` is {}", kind(&other)), "It takes a string or a list of strings.");
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for item in items {
        let span = item.span();
        match item.into_inner() {
            DeValue::String(text) => found.push((text.into_owned(), span)),
            other => file.mistake(span, format!("this is {}", kind(&other)), format!("`{key}` takes strings.")),
        }
    }
    found
}

pub(super) fn tables<'s>(file: &mut File<'s>, key: &str, value: Spanned<DeValue<'s>>) -> Vec<Table<'s>> {
    let span = value.span();
    let DeValue::Array(items) = value.into_inner() else {
        file.mistake(
            span,
            format!("`{key}` is not a list of tables"),
            format!("Write `[[{key}]]`, or a list of inline tables."),
        );
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items {
        let span = item.span();
        match item.into_inner() {
            DeValue::Table(table) => found.push(Table::new(table, span)),
            other => file.mistake(span, format!("this is {}", kind(&other)), format!("`{key}` takes tables.")),
        }
    }
    found
}

pub(super) fn integer(integer: &toml::de::DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The name of the list that is most like the one written, if any is near enough to be meant.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    names
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(written, name), name))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

//! A rule file as a tree of values, each with its position in the file.
//!
//! A user's rule files are parsed when they are read. The built-in ones were parsed by `build.rs`, which includes this
//! file: next to their text it embeds the tree in a compact form, and reading that takes a fraction of the time that
//! parsing takes. The tree leaves out the examples, which a diagnosis does not need.

#![allow(dead_code, reason = "the build writes trees, the program reads them")]

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// A value and its span.
pub(super) struct Node<'s> {
    pub(super) value: TomlValue<'s>,
    pub(super) span: Range<usize>,
}

/// A value of a rule file.
pub(super) enum TomlValue<'s> {
    Text(Cow<'s, str>),
    /// `None` if the number does not fit 64 bits.
    Whole(Option<i64>),
    Decimal(Option<f64>),
    Flag(bool),
    Date,
    List(Vec<Node<'s>>),
    /// Its entries, in the order of the file.
    Table(Vec<TomlEntry<'s>>),
}

/// An entry of a table.
pub(super) struct TomlEntry<'s> {
    pub(super) key: Cow<'s, str>,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node<'s>,
}

impl TomlValue<'_> {
    /// Its name in a mistake.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Whole(_) => "a whole number",
            Self::Decimal(_) => "a decimal number",
            Self::Flag(_) => "true or false",
            Self::Date => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// The offset of the first `[[example]]`. Examples come last and are more than half of the text.
pub(super) fn examples_at(text: &str) -> usize {
    if text.starts_with("[[example]]") {
        return 0;
    }
    text.find("\n[[example]]").map_or(text.len(), |at| at + 1)
}

/// Parses as much of a file as possible; TOML errors are listed with their positions.
pub(super) fn parse(source: &str) -> (Node<'_>, Vec<(Range<usize>, String)>) {
    let (table, errors) = DeTable::parse_recoverable(source);
    let errors = errors.iter().map(|e| (e.span().unwrap_or(0..0), e.message().to_owned())).collect();
    let span = table.span();
    (Node { value: TomlValue::Table(entries(table.into_inner())), span }, errors)
}

fn entries(table: DeTable<'_>) -> Vec<TomlEntry<'_>> {
    let mut entries: Vec<TomlEntry<'_>> = table
        .into_iter()
        .map(|(key, value)| TomlEntry { key_span: key.span(), key: key.into_inner(), node: node(value) })
        .collect();
    // The parser sorts by name; restore the file order.
    entries.sort_by_key(|e| e.key_span.start);
    entries
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => TomlValue::Text(text),
        DeValue::Integer(integer) => TomlValue::Whole(whole(&integer)),
        DeValue::Float(float) => TomlValue::Decimal(float.as_str().replace('_', "").parse().ok()),
        DeValue::Boolean(flag) => TomlValue::Flag(flag),
        DeValue::Datetime(_) => TomlValue::Date,
        DeValue::Array(items) => TomlValue::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => TomlValue::Table(entries(table)),
    };
    Node { value, span }
}

fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

/// Writes a tree: its structure and positions as bytes, then all its texts concatenated.
pub(super) fn write(node: &Node<'_>, shape: &mut Vec<u8>, words: &mut String) {
    shape.push(match &node.value {
        TomlValue::Text(_) => b't',
        TomlValue::Whole(Some(_)) => b'i',
        TomlValue::Whole(None) => b'I',
        TomlValue::Decimal(Some(_)) => b'd',
        TomlValue::Decimal(None) => b'D',
        TomlValue::Flag(false) => b'f',
        TomlValue::Flag(true) => b'F',
        TomlValue::Date => b'z',
        TomlValue::List(_) => b'l',
        TomlValue::Table(_) => b'm',
    });
    write_span(&node.span, shape);
    match &node.value {
        TomlValue::Text(text) => write_text(text, shape, words),
        TomlValue::Whole(Some(number)) => shape.extend(number.to_le_bytes()),
        TomlValue::Decimal(Some(number)) => shape.extend(number.to_le_bytes()),
        TomlValue::List(items) => {
            write_number(items.len(), shape);
            items.iter().for_each(|item| write(item, shape, words));
        }
        TomlValue::Table(entries) => {
            write_number(entries.len(), shape);
            for entry in entries {
                write_text(&entry.key, shape, words);
                write_span(&entry.key_span, shape);
                write(&entry.node, shape, words);
            }
        }
        TomlValue::Whole(None) | TomlValue::Decimal(None) | TomlValue::Flag(_) | TomlValue::Date => {}
    }
}

fn write_text(text: &str, shape: &mut Vec<u8>, words: &mut String) {
    write_number(text.len(), shape);
    words.push_str(text);
}

fn write_span(span: &Range<usize>, shape: &mut Vec<u8>) {
    write_number(span.start, shape);
    write_number(span.end.saturating_sub(span.start), shape);
}

/// Seven bits per byte, lowest first; the eighth bit says that more follow.
fn write_number(mut number: usize, shape: &mut Vec<u8>) {
    while number > 0x7f {
        shape.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    shape.push(number as u8);
}

/// Reads a tree written by [`write`]; `None` if the bytes are invalid.
pub(super) fn read<'s>(shape: &'s [u8], words: &'s str) -> Option<Node<'s>> {
    Written { shape, words }.node()
}

/// The unread rest of a written tree.
struct Written<'s> {
    shape: &'s [u8],
    words: &'s str,
}

impl<'s> Written<'s> {
    fn node(&mut self) -> Option<Node<'s>> {
        let (tag, rest) = self.shape.split_first()?;
        self.shape = rest;
        let span = self.span()?;
        let value = match tag {
            b't' => TomlValue::Text(Cow::Borrowed(self.text()?)),
            b'i' => TomlValue::Whole(Some(i64::from_le_bytes(self.eight()?))),
            b'I' => TomlValue::Whole(None),
            b'd' => TomlValue::Decimal(Some(f64::from_le_bytes(self.eight()?))),
            b'D' => TomlValue::Decimal(None),
            b'f' => TomlValue::Flag(false),
            b'F' => TomlValue::Flag(true),
            b'z' => TomlValue::Date,
            b'l' => TomlValue::List(self.several(Self::node)?),
            b'm' => TomlValue::Table(self.several(Self::entry)?),
            _ => return None,
        };
        Some(Node { value, span })
    }

    fn several<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        // Each takes at least one byte.
        let mut all = Vec::with_capacity(count.min(self.shape.len()));
        for _ in 0..count {
            all.push(one(self)?);
        }
        Some(all)
    }

    fn entry(&mut self) -> Option<TomlEntry<'s>> {
        let key = Cow::Borrowed(self.text()?);
        Some(TomlEntry { key, key_span: self.span()?, node: self.node()? })
    }

    fn text(&mut self) -> Option<&'s str> {
        let length = self.number()?;
        let (text, rest) = self.words.split_at_checked(length)?;
        self.words = rest;
        Some(text)
    }

    fn span(&mut self) -> Option<Range<usize>> {
        let start = self.number()?;
        Some(start..start + self.number()?)
    }

    fn eight(&mut self) -> Option<[u8; 8]> {
        let (bytes, rest) = self.shape.split_first_chunk()?;
        self.shape = rest;
        Some(*bytes)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, rest) = self.shape.split_first()?;
            self.shape = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

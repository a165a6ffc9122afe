//! A rule file as a tree of values, each with its position in the file.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// A value and its span.
pub(crate) struct Node<'s> {
    pub(crate) value: TomlValue<'s>,
    pub(crate) span: Range<usize>,
}

/// A value of a rule file.
pub(crate) enum TomlValue<'s> {
    Text(Cow<'s, str>),
    /// `None` if the number does not fit 64 bits.
    Whole(Option<i64>),
    Decimal(Option<f64>),
    Flag(bool),
    /// As it is written.
    Date(String),
    List(Vec<Node<'s>>),
    /// Its entries, in the order of the file.
    Table(Vec<TomlEntry<'s>>),
}

/// An entry of a table.
pub(crate) struct TomlEntry<'s> {
    pub(crate) key: Cow<'s, str>,
    pub(crate) key_span: Range<usize>,
    pub(crate) node: Node<'s>,
}

impl TomlValue<'_> {
    /// Its name in a mistake.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Whole(_) => "a whole number",
            Self::Decimal(_) => "a decimal number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
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
        DeValue::Datetime(date) => TomlValue::Date(date.to_string()),
        DeValue::Array(items) => TomlValue::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => TomlValue::Table(entries(table)),
    };
    Node { value, span }
}

fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

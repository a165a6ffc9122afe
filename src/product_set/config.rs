//! TOML as structured data.

use toml::de::{DeTable, DeValue};

use super::node::{Datum, Group, Leaf, Member};

/// Reads a TOML document; `None` if the text is not one, or has no tables and no lists. TOML has no end mark.
pub(super) fn toml(text: &str) -> Option<Datum> {
    let is_likely = text.contains('=')
        && text.lines().any(|l| {
            let line = l.trim();
            line.starts_with('[') || line.ends_with(['[', '{', ']', '}'])
        });
    let table = is_likely.then(|| DeTable::parse(text).ok()).flatten()?;
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let group = of_table(table.get_ref(), 1, &starts);
    let is_nested = group.values().any(|v| v.group().is_some());
    is_nested.then_some(Datum::Group(group))
}

fn of_table(table: &DeTable<'_>, line: usize, starts: &[usize]) -> Group {
    let member = |(key, value): (&toml::Spanned<toml::de::DeString<'_>>, &toml::Spanned<DeValue<'_>>)| Member {
        key: Some(key.get_ref().to_ascii_lowercase()),
        values: vec![of_value(value, starts)],
    };
    let items = table.iter().map(member).collect();
    Group { name: String::new(), open: b'{', items, is_closed: true, line }
}

fn of_value(value: &toml::Spanned<DeValue<'_>>, starts: &[usize]) -> Datum {
    let line = starts.partition_point(|s| *s <= value.span().start).max(1);
    let text = match value.get_ref() {
        DeValue::Table(table) => return Datum::Group(of_table(table, line, starts)),
        DeValue::Array(array) => {
            let items = array.iter().map(|v| Member { key: None, values: vec![of_value(v, starts)] }).collect();
            return Datum::Group(Group { name: String::new(), open: b'[', items, is_closed: true, line });
        }
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(is_true) => is_true.to_string(),
        DeValue::Datetime(time) => time.to_string(),
    };
    Datum::Text(Leaf { text, line, is_quoted: true })
}

//! Credentials in the tables of HTML: a row of `<th>` names the columns, the rows of `<td>` below hold them.

use super::hidden::Hidden;
use super::names::{self, Telling};
use super::searchable::Searchable;
use super::value::{self, Firmness, ValueAt};
use crate::text::offset_in;

/// So much of a table is read.
const LONGEST: usize = 8192;

/// A longer label is none of a column.
const LONGEST_LABEL: usize = 40;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    let mut covered = 0;
    for open in ["<th>", "<th ", "<TH>", "<TH "] {
        for at in searchable.places(open) {
            // The row of a heading is read once, from its first cell.
            if at < covered {
                continue;
            }
            let table = &text[at..text.floor_char_boundary(at + LONGEST)];
            let table = &table[..end_of(table, "table")];
            let ends = ["<td", "<TD", "<tr", "<TR"].iter().filter_map(|tag| table.find(tag)).min();
            let heading = &table[..end_of(table, "tr").min(ends.unwrap_or(table.len()))];
            covered = at + heading.len();
            let columns: Vec<Option<Telling>> = cells(heading, 'h').map(|cell| names::telling(label(cell)?)).collect();
            // One `<th>` labels the cell beside it.
            if columns.len() < 2 || columns.iter().all(Option::is_none) {
                continue;
            }
            for row in rows(&table[heading.len()..]) {
                for (cell, told) in cells(row, 'd').zip(&columns) {
                    let Some(told) = told else { continue };
                    let shown = content(cell);
                    let start = offset_in(text, shown);
                    let value = ValueAt { range: start..start + shown.len(), quoted: false };
                    if !shown.is_empty() && !shown.contains(char::is_whitespace) {
                        found.extend(value::judge(text, value, *told, Firmness::Marked));
                    }
                }
            }
        }
    }
    found
}

/// Where an element ends, or the text.
fn end_of(text: &str, element: &str) -> usize {
    let is_end = |at: &usize| {
        let name = &text[at + 2..];
        name.get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element))
            && name[element.len()..].starts_with(['>', ' '])
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(text.len())
}

/// The rows behind the heading.
fn rows(mut rest: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let open = ["<tr", "<TR"].iter().filter_map(|open| rest.find(open)).min()?;
        let row = &rest[open..];
        let row = &row[..end_of(row, "tr").max("<tr".len())];
        rest = &rest[open + row.len()..];
        // A row has its tag at least, so that this ends.
        Some(row)
    })
}

/// What is behind the tag of each cell of a row, up to the next cell.
fn cells(row: &str, kind: char) -> impl Iterator<Item = &str> {
    let is_cell = move |part: &&str| {
        let mut letters = part.chars().map(|c| c.to_ascii_lowercase());
        letters.next() == Some('t')
            && letters.next() == Some(kind)
            && letters.next().is_some_and(|c| c == '>' || c == ' ')
    };
    // A tag within a cell is none of a cell: what follows it is read with the cell's own tag.
    let starts = row.match_indices('<').map(|(at, _)| &row[at + 1..]).filter(is_cell);
    starts.filter_map(|part| part.split_once('>').map(|(_, rest)| rest))
}

/// The text of a cell, without the tags around it.
fn content(mut cell: &str) -> &str {
    for _ in 0..4 {
        cell = cell.trim_start();
        match cell.strip_prefix('<').filter(|tag| !tag.starts_with('/')).and_then(|tag| tag.split_once('>')) {
            Some((_, inner)) => cell = inner,
            None => break,
        }
    }
    cell[..cell.find('<').unwrap_or(cell.len())].trim()
}

/// The label of a column.
fn label(cell: &str) -> Option<&str> {
    let label = content(cell);
    (label.len() <= LONGEST_LABEL).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn the_cells_below_a_name() {
        for text in [
            "<table><tr><th>User</th><th>Password</th></tr><tr><td>kim</td><td>rokamulitane</td></tr></table>",
            "<TABLE>\n<TR><TH>Password<TH>User\n<tr><td><code>rokamulitane</code></td><td>kim</td></tr>",
            "<tr><th scope=col>Env</th><th scope=col>Client secret</th></tr><tr><td>INT</td><td class=é>rokamulitane",
        ] {
            assert_eq!(masked(text, all).first(), Some(&"rokamulitane"), "{text}");
        }
        for text in [
            "<table><tr><th>Field</th><th>Note</th></tr><tr><td>kim</td><td>rokamulitane</td></tr></table>",
            "<table><tr><th>Password</th><th>Note</th></tr><tr><td>required</td><td>rokamulitane</td></tr></table>",
            "<th>Password</th></tr>",
            "<th>",
            "<th >é</th",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}

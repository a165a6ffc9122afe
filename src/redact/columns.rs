//! Credentials in the columns of a table: the first row names them (`| client_id | client_secret |`), the rows below hold them.

use super::hidden::Hidden;
use super::names::{self, Telling};
use super::value::{self, Firmness, ValueAt};
use crate::text::offset_in;

/// So many rows are read below a heading.
const MOST_ROWS: usize = 50;

/// A longer line is no row of a table that people paste.
const LONGEST: usize = 400;

/// Names of other columns, which show that a row is a heading and not a name and its value.
const OTHERS: &[&str] = &[
    "id",
    "name",
    "user",
    "username",
    "client_id",
    "clientid",
    "client id",
    "login",
    "email",
    "env",
    "environment",
    "url",
    "host",
    "scope",
    "scopes",
    "app",
    "application",
    "system",
    "service",
    "expires",
    "owner",
    "type",
    "notes",
    "description",
    "account",
    "login name",
    "user name",
    "display name",
    "website",
    "web site",
    "site",
    "title",
    "folder",
    "group",
    "role",
    "comments",
];

/// The heading of a table.
struct Heading {
    separator: char,
    cells: usize,
    secret: Vec<(usize, Telling)>,
    /// Whether a line of hyphens is still to come.
    needs_rule: bool,
    rows: usize,
}

/// All of them.
pub(super) fn all(text: &str) -> Vec<Hidden> {
    let mut found = ruled(text);
    let mut heading: Option<Heading> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let from = at;
        at += line.len();
        let shown = line.trim_end();
        let row = shown.trim_start_matches([' ', '\t', '>']);
        let is_rule = row.starts_with("--") && row.bytes().all(|b| matches!(b, b'-' | b'+'));
        if row.len() > LONGEST || !row.contains(['|', '\t', ',', ';']) && !is_rule {
            heading = None;
            continue;
        }
        if let Some(table) = &mut heading {
            if row.contains("--") && row.bytes().all(|b| b"|-:+= \t".contains(&b)) {
                table.needs_rule = false;
                continue;
            }
            let cells: Vec<&str> = row.split(table.separator).collect();
            if !table.needs_rule && table.cells == cells.len() && table.rows < MOST_ROWS {
                table.rows += 1;
                for (number, told) in &table.secret {
                    let cell = bare(cells[*number]);
                    let start = from + offset_in(line, cell);
                    let value = ValueAt { range: start..start + cell.len(), quoted: false };
                    if !cell.contains(char::is_whitespace) {
                        found.extend(value::judge(text, value, *told, Firmness::Marked));
                    }
                }
                continue;
            }
        }
        heading = heading_of(row);
    }
    found
}

/// The cells of a table whose columns are parted by blanks, below a rule of hyphens: `Name  Secret`, `----  ------`.
fn ruled(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    let mut above = "";
    // The columns that name credentials, while their rows follow: where each begins.
    let mut columns: Vec<(usize, Telling)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let from = at;
        at += line.len();
        let shown = line.trim_end();
        if shown.len() > LONGEST || shown.is_empty() {
            columns.clear();
        } else if shown.contains("-- ") && shown.bytes().all(|b| matches!(b, b'-' | b' ')) {
            let begins = |i: &usize| shown.as_bytes()[*i] == b'-' && (*i == 0 || shown.as_bytes()[*i - 1] == b' ');
            let name = |start: usize| above.get(start..)?.split("  ").next().map(str::trim);
            columns = (0..shown.len())
                .filter(begins)
                .filter_map(|start| Some((start, names::telling(name(start)?)?)))
                .collect();
        } else {
            for (start, told) in &columns {
                let is_column = shown.get(..*start).is_some_and(|before| before.is_empty() || before.ends_with(' '));
                let Some(cell) = shown.get(*start..).filter(|cell| is_column && !cell.starts_with(' ')) else {
                    continue;
                };
                let len = cell.find(' ').unwrap_or(cell.len());
                let value = ValueAt { range: from + start..from + start + len, quoted: false };
                found.extend(value::judge(text, value, *told, Firmness::Marked));
            }
        }
        above = shown;
    }
    found
}

/// A cell without blanks, quotation marks and emphasis around its text.
fn bare(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || "\"'`*".contains(c))
}

fn heading_of(row: &str) -> Option<Heading> {
    let separator = ['|', '\t', ';', ','].into_iter().find(|mark| row.contains(*mark))?;
    // `||Name||Password||`: the heading of a table of a wiki, whose rows have single borders and no rule above them.
    let is_of_wiki = row.starts_with("||") && row.trim_end().ends_with("||");
    let cells: Vec<&str> =
        if is_of_wiki { row.split("||").map(bare).collect() } else { row.split(separator).map(bare).collect() };
    let is_label =
        |cell: &&str| cell.len() <= 40 && cell.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-. ()".contains(&b));
    if cells.len() < 2 || cells.len() > 40 || !cells.iter().all(is_label) {
        return None;
    }
    let secret: Vec<(usize, Telling)> =
        cells.iter().enumerate().filter_map(|(i, cell)| Some((i, names::telling(cell)?))).collect();
    let is_ruled = separator == '|';
    let has_other = cells.iter().any(|cell| OTHERS.contains(&cell.to_ascii_lowercase().as_str()));
    let is_heading = !secret.is_empty() && (is_ruled || has_other && cells.iter().all(|cell| !cell.is_empty()));
    is_heading.then_some(Heading {
        separator,
        cells: cells.len(),
        secret,
        needs_rule: is_ruled && !is_of_wiki,
        rows: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn values_below_their_names_are_found() {
        for (text, expected) in [
            (
                "| client_id | client_secret |\n|---|---|\n| abc | gadubi-revipi-gunulebe |\n",
                vec!["gadubi-revipi-gunulebe"],
            ),
            ("client_secret,client_id\nPovuno2domudi,abc\nKilaze3tedifo,def\n", vec!["Povuno2domudi", "Kilaze3tedifo"]),
            ("user;password\nsvc;\"Fudola3zumafa\"\n", vec!["Fudola3zumafa"]),
            ("| client_secret | abc |\n| redirect_uri | callback-of-shop |\n", vec![]),
            ("we send client_id, client_secret, scope\nand then, after that, nothing\n", vec![]),
        ] {
            let found: Vec<&str> = all(text).into_iter().map(|hidden| &text[hidden.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}

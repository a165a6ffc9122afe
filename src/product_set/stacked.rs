//! Tables that are not in rows: records of `name: value` one below the other, and tables whose cells stand on lines of their
//! own since a mail program took the columns away.

use super::answer::{self, CellAnswer};
use super::grid::{Grid, Row, is_rule};
use super::names::SetNames;
use super::source::SetSource;
use super::table;
use super::words;

/// The longest name of a column.
const LONGEST_NAME: usize = 40;

/// A record has at most as many members.
const MOST_NAMES: usize = 60;

/// Records as database clients print them: `mysql -E`, `psql -x`, `.mode line`, `Format-List`. `None` if a line is not of
/// this kind.
pub(super) fn vertical(source: &SetSource) -> Option<Grid> {
    let mut names: Vec<String> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut is_open = false;
    let mut before = Vec::new();
    for line in &source.lines {
        let text = line.text.trim();
        if text.is_empty() || is_separator(text) {
            is_open = false;
            continue;
        }
        // PowerShell goes on below, at the column of the values.
        if is_open
            && line.text.starts_with("    ")
            && let Some(cell) = rows.last_mut().and_then(|r| r.cells.last_mut()).filter(|c| c.starts_with('{'))
            && !cell.ends_with('}')
        {
            cell.push_str(if cell.ends_with(',') { " " } else { "" });
            cell.push_str(text);
            continue;
        }
        let Some((name, value)) = member(text) else {
            // A title, or the number of rows.
            let is_footer = text.starts_with(|c: char| c.is_ascii_digit() || c == '(') && text.contains(" row");
            if is_open && !is_footer {
                return None;
            }
            is_open = false;
            if !rows.is_empty() && !words::asids_in(text).0.is_empty() {
                return None;
            }
            before.push(Row { number: line.number, cells: vec![text.to_owned()] });
            continue;
        };
        let known = names.iter().position(|n| n == name);
        if known.is_none() && names.len() == MOST_NAMES {
            return None;
        }
        let row = match rows.last_mut() {
            Some(row) if is_open && known.is_none_or(|at| row.cells.get(at).is_none_or(String::is_empty)) => row,
            _ => {
                rows.push(Row { number: line.number, cells: Vec::new() });
                rows.last_mut()?
            }
        };
        is_open = true;
        let at = known.unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        row.cells.resize(row.cells.len().max(at + 1), String::new());
        // The line of a gap is that of the id.
        value.clone_into(&mut row.cells[at]);
    }
    let is_table = names.iter().any(|n| table::is_id_heading(n)) && names.len() > 1 && !rows.is_empty();
    if !is_table || before.len() > 3 {
        return None;
    }
    let mut grid = Grid { rows: before, ..Grid::default() };
    let number = rows.first().map_or(1, |r| r.number);
    grid.rows.push(Row { number, cells: names });
    grid.rows.extend(rows);
    Some(grid)
}

/// `*** 1. row ***`, `-[ RECORD 1 ]---`
fn is_separator(text: &str) -> bool {
    is_rule(text)
        || text.starts_with("***") && text.ends_with("***")
        || text.starts_with("-[ RECORD ")
        || text.starts_with("─[ RECORD ")
}

fn member(text: &str) -> Option<(&str, &str)> {
    // Miller has blanks between a name and its value.
    if let Some((name, value)) = text.split_once(' ')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && table::is_id_heading(name)
        && !value.trim_start().starts_with([':', '|', '=', '│'])
        && !value.trim().is_empty()
        // `Endpoint ID: A042` has a name of two words.
        && !value.trim_end().ends_with(':')
        && !value.contains(['|', '=', '│'])
        && !value.contains(": ")
        && !value.contains(" :")
    {
        return Some((name, value.trim()));
    }
    let at = text.find([':', '|', '=', '│'])?;
    let (name, rest) = text.split_at(at);
    let name = name.trim();
    let value = rest.chars().next().map(|c| rest[c.len_utf8()..].trim())?;
    let is_name = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.split_whitespace().count() <= 4
        && name.starts_with(char::is_alphabetic)
        && !name.eq_ignore_ascii_case("urn")
        && words::asids_in(name).0.is_empty()
        && !value.contains(['|', '│'])
        && !name.contains(['{', '}', '[', ']', '"', '<', '>', ',']);
    // `interactions : {urn:…, urn:…}` of PowerShell has blanks in front of its colon; data does not.
    let is_list = value.starts_with('{') && rest.starts_with(": ") && text[..at].ends_with(' ');
    (is_name && (is_list || !value.starts_with(['{', '[']))).then_some((name, value))
}

/// A table with one cell on each line; `None` unless the ids come at equal distances, below a heading of their own.
pub(super) fn one_cell_a_line(source: &SetSource, names: &SetNames) -> Option<Grid> {
    const WIDEST: usize = 12;
    let lines: Vec<(usize, &str)> =
        source.lines.iter().map(|l| (l.number, l.text.trim())).filter(|(_, t)| !t.is_empty()).collect();
    let is_id = |t: &str| names.endpoint(t).is_some() || words::interaction(t).is_some();
    let ids: Vec<usize> = (0..lines.len()).filter(|&i| is_id(lines[i].1)).collect();
    let [first, second, ..] = *ids.as_slice() else { return None };
    let width = second - first;
    let is_even = ids.windows(2).all(|w| w[1] - w[0] == width);
    if !(2..=WIDEST).contains(&width) || !is_even || first < width || !table::is_id_heading(lines[first - width].1) {
        return None;
    }
    let heading = first - width;
    let cells = |start: usize| -> Vec<&str> { lines.iter().skip(start).take(width).map(|(_, t)| *t).collect() };
    let column = (0..width.min(heading + 1)).find(|&column| {
        let head = cells(heading - column);
        let rows: Vec<Vec<&str>> = ids.iter().map(|id| cells(id - column)).collect();
        (0..width).all(|at| {
            let below = || rows.iter().filter_map(|r| r.get(at)).copied();
            let is_number = |t: &str| words::whole_asid(t).is_some();
            // A heading is not a value, and the ASIDs are below theirs.
            let is_heading = !matches!(answer::of(head[at]), CellAnswer::Yes | CellAnswer::No | CellAnswer::Pending)
                || below().all(|t| matches!(answer::of(t), CellAnswer::Yes | CellAnswer::No | CellAnswer::Pending));
            let has_numbers = below().any(is_number);
            is_heading
                && !(is_number(head[at]) && has_numbers)
                && (!has_numbers || below().all(is_number) && table::is_asid(&table::column_name(head[at])))
        })
    })?;
    let mut grid = Grid::default();
    for (number, text) in &lines[..heading - column] {
        grid.rows.push(Row { number: *number, cells: vec![(*text).to_owned()] });
    }
    for start in std::iter::once(heading).chain(ids.iter().copied()).map(|id| id - column) {
        let cells = cells(start).into_iter().map(str::to_owned).collect();
        grid.rows.push(Row { number: lines[start].0, cells });
    }
    let last = ids.last().map_or(lines.len(), |id| id - column + width);
    for (number, text) in lines.iter().skip(last) {
        grid.rows.push(Row { number: *number, cells: vec![(*text).to_owned()] });
    }
    Some(grid)
}

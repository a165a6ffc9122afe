//! Spreadsheets that are text: SYLK, and the XML of Excel 2003 and of OpenDocument.

use super::node::{Datum, Group};
use super::rows::{Grid, Row};

const MOST_COLUMNS: usize = 200;
const MOST_ROWS: usize = 20_000;

/// Reads SYLK: `C;Y2;X1;K"A042"`. A field that is left out has the value of the cell before. `None` if it is another text.
pub(super) fn sylk(text: &str) -> Option<Grid> {
    let mut lines = text.lines().map(str::trim_end);
    if !lines.next()?.starts_with("ID;P") {
        return None;
    }
    let mut grid = Grid { is_damaged: true, ..Grid::default() };
    let (mut x, mut y) = (1, 1);
    for (number, line) in lines.enumerate() {
        if line == "E" {
            grid.is_damaged = false;
            break;
        }
        let Some(fields) = line.strip_prefix("C;") else { continue };
        let mut value = None;
        for field in fields.replace(";;", "\u{0}").split(';') {
            let number = || field[1..].parse::<usize>().ok();
            match field.chars().next() {
                Some('X') => x = number()?,
                Some('Y') => y = number()?,
                Some('K') => value = Some(field[1..].trim_matches('"').replace('\u{0}', ";")),
                _ => {}
            }
        }
        if !(1..=MOST_COLUMNS).contains(&x) || !(1..=MOST_ROWS).contains(&y) {
            return None;
        }
        while grid.rows.len() < y {
            grid.rows.push(Row { number: number + 2, cells: Vec::new() });
        }
        let cells = &mut grid.rows[y - 1].cells;
        cells.resize(cells.len().max(x), String::new());
        cells[x - 1] = value.unwrap_or_default();
    }
    Some(grid)
}

/// The sheets of a spreadsheet in XML: rows of cells. `None` if a document has none.
pub(super) fn xml(node: &Datum) -> Option<Vec<Grid>> {
    let mut grids = Vec::new();
    sheets(node, &mut grids);
    (!grids.is_empty()).then_some(grids)
}

fn sheets(node: &Datum, grids: &mut Vec<Grid>) {
    let Some(group) = node.group() else { return };
    if group.open != b'<' && !group.name.is_empty() {
        return;
    }
    let is_sheet =
        matches!(group.name.as_str(), "Table" | "table") && group.items.iter().any(|i| is_row(i.key.as_deref()));
    if !is_sheet {
        return group.values().for_each(|v| sheets(v, grids));
    }
    let mut grid = Grid { is_damaged: !group.is_closed, ..Grid::default() };
    for row in group.items.iter().filter(|i| is_row(i.key.as_deref())).flat_map(|i| &i.values).filter_map(Datum::group)
    {
        if grid.rows.len() == MOST_ROWS {
            grid.is_damaged = true;
            break;
        }
        grid.rows.push(Row { number: row.line, cells: cells(row) });
    }
    grids.push(grid);
}

fn is_row(key: Option<&str>) -> bool {
    matches!(key, Some("row" | "table-row"))
}

fn cells(row: &Group) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let all =
        row.items.iter().filter(|i| matches!(i.key.as_deref(), Some("cell" | "table-cell" | "covered-table-cell")));
    for cell in all.flat_map(|i| &i.values).filter_map(Datum::group) {
        let number = |key: &str| cell.text(key).and_then(|n| n.parse::<usize>().ok());
        // Excel leaves empty cells out and gives the number of the next.
        if let Some(index) = number("index").filter(|i| *i <= MOST_COLUMNS) {
            cells.resize(cells.len().max(index - 1), String::new());
        }
        let mut texts = Vec::new();
        shown(cell, &mut texts);
        let count = number("number-columns-repeated").unwrap_or(1).min(MOST_COLUMNS.saturating_sub(cells.len()));
        cells.extend(std::iter::repeat_n(texts.join("\n"), count));
    }
    cells
}

/// The texts of a cell, without its attributes.
fn shown<'g>(group: &'g Group, texts: &mut Vec<&'g str>) {
    for item in &group.items {
        for value in &item.values {
            match (item.key.as_deref(), value) {
                (Some("#text"), Datum::Text(leaf)) => texts.push(&leaf.text),
                (_, Datum::Group(inner)) if inner.open == b'<' => shown(inner, texts),
                _ => {}
            }
        }
    }
}

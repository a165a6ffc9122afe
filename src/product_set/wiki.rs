//! Tables of AsciiDoc, whose rows may be spread over lines.

use super::rows::{Grid, Row};
use super::source::SetSource;

/// Whether a line begins or ends a table.
fn is_border(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 4 && line.starts_with('|') && line[1..].bytes().all(|b| b == b'=')
}

/// Whether the last table has no end. Its bars are read all the same.
pub(super) fn is_cut(source: &SetSource) -> bool {
    source.lines.iter().filter(|line| is_border(&line.text)).count() % 2 == 1
}

/// Reads tables between lines of `|===`; other lines are rows of one cell. `None` if a table has no end, or has no bars.
pub(super) fn asciidoc(source: &SetSource) -> Option<Grid> {
    if !source.lines.iter().any(|l| is_border(&l.text)) {
        return None;
    }
    let mut grid = Grid::default();
    // The cells of the table that is open, and the number of its columns, if it is known.
    let mut open: Option<Vec<(usize, String)>> = None;
    let mut width: Option<usize> = None;
    for line in &source.lines {
        let text = line.text.trim();
        let Some(cells) = &mut open else {
            if is_border(text) {
                open = Some(Vec::new());
            } else if text.starts_with('[') && text.ends_with(']') {
                width = columns(text);
            } else if !text.is_empty() {
                grid.rows.push(Row { number: line.number, cells: vec![text.to_owned()] });
            }
            continue;
        };
        if is_border(text) {
            let wide = width.take()?;
            if wide == 0 || cells.len() % wide != 0 {
                return None;
            }
            let mut cells = open.take()?.into_iter();
            while let Some((number, first)) = cells.next() {
                let rest = cells.by_ref().take(wide - 1).map(|(_, cell)| cell);
                grid.rows.push(Row { number, cells: std::iter::once(first).chain(rest).collect() });
            }
            continue;
        }
        let mut parts = text.split('|').map(|c| c.trim().trim_matches('`'));
        let before = parts.next().unwrap_or_default();
        match cells.last_mut() {
            // The rest of a cell; in front of a bar there may be its format (`2+|`, `a|`), which is not understood.
            Some((_, last)) if !before.is_empty() => {
                if text.contains('|') {
                    return None;
                }
                last.push('\n');
                last.push_str(before);
            }
            None if !before.is_empty() => return None,
            _ => {}
        }
        cells.extend(parts.map(|cell| (line.number, cell.to_owned())));
        if !cells.is_empty() && width.is_none() {
            width = Some(cells.len());
        }
    }
    (open.is_none() && grid.rows.iter().any(|r| r.cells.len() > 1)).then_some(grid)
}

/// The number of columns in the attributes of a table: `[cols="1,3"]`, `[%header,cols=2*]`.
fn columns(attributes: &str) -> Option<usize> {
    let value = &attributes[attributes.find("cols=")? + 5..];
    let list = match value.strip_prefix('"') {
        Some(rest) => rest.split('"').next()?,
        None => value.split([',', ']']).next()?,
    };
    let one = |part: &str| part.split_once('*').and_then(|(n, _)| n.trim().parse::<usize>().ok()).unwrap_or(1);
    Some(list.split([',', ';']).map(one).sum())
}

/// Reads a table of LaTeX, with one row on each line: `a & b \\\\`. `None` if there is none.
pub(super) fn latex(source: &SetSource) -> Option<Grid> {
    let begins = |l: &str| ["\\begin{tabular", "\\begin{longtable"].iter().any(|b| l.contains(b));
    if !source.lines.iter().any(|l| begins(&l.text)) {
        return None;
    }
    let mut grid = Grid::default();
    for line in &source.lines {
        // Rules may be in front of a row or behind it.
        let text = line.text.trim();
        let text = text.split("\\hline").find(|part| part.contains('&')).unwrap_or(text).trim();
        let Some(row) = text.strip_suffix("\\\\").filter(|row| row.contains('&')) else {
            if text.contains('&') {
                return None;
            }
            continue;
        };
        let row = row.replace("\\&", "\u{0}").replace("\\textbackslash", "");
        let cell = |cell: &str| cell.replace('\u{0}', "&").replace('\\', "").trim().to_owned();
        grid.rows.push(Row { number: line.number, cells: row.split('&').map(cell).collect() });
    }
    (grid.rows.len() > 1).then_some(grid)
}

//! Tables as rows of cells: CSV with any separator, Markdown, and what spreadsheets and mail programs paste.

use super::source::SetSource;

/// A table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The name of the sheet.
    pub(super) name: Option<String>,
    pub(super) rows: Vec<Row>,
    /// Whether quotes or rows do not match, so that cells may be in the wrong place.
    pub(super) is_damaged: bool,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// Its line or row number, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

/// Splits a text into rows and cells; `None` if it has no separator.
pub(super) fn of(source: &SetSource) -> Option<Grid> {
    let Some(separator) = separator(source) else { return aligned(source) };
    if separator == '|' {
        return Some(bars(source));
    }
    let lines: Vec<_> = source.lines.iter().filter(|l| !is_remark(&l.text)).collect();
    let text: String = lines.iter().map(|l| l.text.replace(['“', '”'], "\"") + "\n").collect();
    let is_odd = text.matches('"').count() % 2 == 1;
    let mut grid = Grid { is_damaged: is_odd, ..Grid::default() };
    // A quote that does not close would swallow the rest of the table.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(!is_odd)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let Ok(record) = record else {
            grid.is_damaged = true;
            continue;
        };
        let line = record.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
        let number = lines.get(line.saturating_sub(1)).map_or(line, |l| l.number);
        grid.rows.push(Row { number, cells: record.iter().map(|c| c.trim().to_owned()).collect() });
    }
    Some(grid)
}

/// Comments, and Excel's `sep=;`.
fn is_remark(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('#') && !line.starts_with("#,") && !line.starts_with("#;") && !line.starts_with("#\t")
        || line.to_ascii_lowercase().starts_with("sep=")
}

/// The separator that is in most lines, at least in two.
fn separator(source: &SetSource) -> Option<char> {
    let text: Vec<&str> =
        source.lines.iter().map(|l| l.text.as_str()).filter(|l| !l.trim().is_empty() && !is_remark(l)).collect();
    if let Some(line) = source.lines.iter().map(|l| l.text.trim()).find(|l| l.to_ascii_lowercase().starts_with("sep="))
    {
        return line[4..].chars().next().filter(|c| matches!(c, ',' | ';' | '\t' | '|'));
    }
    let count = |c: char| text.iter().filter(|l| l.contains(c)).count();
    let is_table = |c: char| count(c) >= 2 && count(c) * 2 >= text.len();
    if is_table('\t') {
        return Some('\t');
    }
    // Apache Directory Studio joins several values of a cell with bars; a table of bars has them in its heading, too.
    if is_table('|') && text.first().is_some_and(|l| l.contains('|')) {
        return Some('|');
    }
    // Commas may be in the cells of a table with semicolons, seldom the other way round.
    if is_table(';') && count(';') >= count(',') {
        return Some(';');
    }
    is_table(',').then_some(',')
}

/// A table whose columns are aligned with blanks. A cell belongs to the column that begins at or before it.
fn aligned(source: &SetSource) -> Option<Grid> {
    let lines: Vec<_> = source.lines.iter().filter(|l| !l.text.trim().is_empty() && !is_remark(&l.text)).collect();
    let starts: Vec<usize> = spaced(&lines.first()?.text).iter().map(|(at, _)| *at).collect();
    if starts.len() < 2 || lines.len() < 2 {
        return None;
    }
    let mut grid = Grid::default();
    for line in lines {
        let mut cells = vec![String::new(); starts.len()];
        for (at, text) in spaced(&line.text) {
            let column = starts.iter().rposition(|s| *s <= at + 1).unwrap_or(0);
            if !cells[column].is_empty() {
                cells[column].push(' ');
            }
            cells[column].push_str(text);
        }
        grid.rows.push(Row { number: line.number, cells });
    }
    Some(grid)
}

/// The parts of a line that are separated by two blanks or more, with their columns.
fn spaced(line: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut column = 0;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start().len();
        column += rest[..blanks].chars().count();
        rest = &rest[blanks..];
        let end = rest.find("  ").unwrap_or(rest.len());
        let part = rest[..end].trim_end();
        if !part.is_empty() {
            parts.push((column, part));
        }
        column += rest[..end].chars().count();
        rest = &rest[end..];
    }
    parts
}

/// A table of Markdown, of Jira (`||head||`), or drawn with bars.
fn bars(source: &SetSource) -> Grid {
    let mut grid = Grid::default();
    for line in &source.lines {
        let text = line.text.trim().replace("||", "|");
        let is_rule = text.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' '));
        if is_rule || !text.contains('|') {
            continue;
        }
        let inner = text.strip_prefix('|').unwrap_or(&text);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let cells = inner.split('|').map(|c| c.trim().trim_matches(['*', '`']).to_owned()).collect();
        grid.rows.push(Row { number: line.number, cells });
    }
    grid
}

//! Tables as rows of cells: CSV with any separator, Markdown, and what spreadsheets and mail programs paste.

use super::columns;
pub(super) use super::rows::{Grid, Row, is_rule};
use super::rows::{is_remark, only_cell};
use super::source::SetSource;

/// Splits a text into rows and cells; `None` if it has no separator.
pub(super) fn of(source: &SetSource) -> Option<Grid> {
    let Some(separator) = separator(source) else { return columns::aligned(source) };
    if separator == '|' {
        return Some(bars(source));
    }
    let lines: Vec<_> = source.lines.iter().filter(|l| !is_remark(&l.text)).collect();
    let text: String = lines
        .iter()
        .map(|l| l.text.trim_start().strip_prefix(":header: ").unwrap_or(&l.text).replace(['“', '”'], "\"") + "\n")
        .collect();
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
    let names_columns = |l: &&str| {
        let lower = l.to_ascii_lowercase();
        l.contains('\t') && ["endpoint", "asid", "interaction", "nhsassvcia"].iter().any(|w| lower.contains(w))
    };
    if is_table('\t') || count('\t') >= 2 && text.iter().any(names_columns) {
        return Some('\t');
    }
    // Apache Directory Studio joins several values of a cell with bars; a table of bars has them in its heading, too.
    let drawn = source.lines.iter().filter(|l| l.text.trim_start().starts_with(BARS) && !is_rule(&l.text)).count();
    let is_in_head = || text.iter().find(|l| !is_rule(l)).is_some_and(|l| l.contains(BARS));
    let bars = text.iter().filter(|l| l.contains(BARS) && !is_rule(l)).count();
    if bars >= 2 && (drawn >= 2 || bars * 2 >= text.len() && is_in_head()) {
        return Some('|');
    }
    // A heading that is aligned with blanks has no commas; its cells may have lists with commas.
    let is_aligned = text.iter().any(|l| {
        let lower = l.to_ascii_lowercase();
        let names = ["endpoint", "asid", "interaction"].iter().any(|w| lower.contains(w));
        names && l.trim().contains("  ") && !l.contains([',', ';']) && !l.contains(|c: char| c.is_ascii_digit())
    });
    if is_aligned {
        return None;
    }
    // Commas may be in the cells of a table with semicolons, seldom the other way round.
    if is_table(';') && count(';') >= count(',') {
        return Some(';');
    }
    is_table(',').then_some(',')
}

/// The bars between cells, as programs draw them.
const BARS: [char; 7] = ['|', '│', '┃', '║', '┆', '┊', '╎'];

/// A table of Markdown, of Jira (`||head||`), or drawn with bars. Other lines are rows of one cell.
fn bars(source: &SetSource) -> Grid {
    let mut grid = Grid::default();
    let drawn: Vec<_> = source.lines.iter().filter(|l| l.text.contains(BARS) && !is_rule(&l.text)).collect();
    // psql has bars between the cells only, so that a line may begin with the bar after a blank cell.
    let outer = drawn.iter().all(|l| l.text.trim_start().starts_with(BARS));
    // Whether each cell of the row above fills its column.
    let mut full: Vec<bool> = Vec::new();
    for line in &source.lines {
        let text = line.text.trim_end();
        if is_rule(text) || text.trim().is_empty() {
            full.clear();
            continue;
        }
        if !text.contains(BARS) {
            grid.rows.push(Row { number: line.number, cells: vec![text.trim().to_owned()] });
            full.clear();
            continue;
        }
        let text = text.replace("||", "|");
        let inner = if outer { text.trim_start().trim_start_matches(BARS) } else { text.as_str() };
        let inner = if outer { inner.strip_suffix(BARS).unwrap_or(inner) } else { inner };
        let raw: Vec<&str> = inner.split(BARS).collect();
        let cells: Vec<String> = raw.iter().map(|c| unmarked(c.trim()).to_owned()).collect();
        // A long id goes on below, in a column that it fills.
        if let Some((at, rest)) = only_cell(&cells)
            && full.get(at) == Some(&true)
            && super::words::is_tail(rest)
            && let Some(above) = grid.rows.last_mut().and_then(|r| r.cells.get_mut(at)).filter(|c| c.contains(':'))
        {
            above.push_str(rest);
        } else {
            grid.rows.push(Row { number: line.number, cells });
        }
        full = raw.iter().map(|c| !c.trim().is_empty() && c.len() - c.trim_end().len() <= 1).collect();
    }
    grid
}

/// A cell without the marks of Markdown (`**A042**`) and Textile (`_. Endpoint`, `<. A042`).
fn unmarked(cell: &str) -> &str {
    let end = cell.bytes().take_while(|b| matches!(b, b'_' | b'<' | b'>' | b'=' | b'^' | b'~')).count();
    let cell = if end > 0 { cell[end..].strip_prefix('.').unwrap_or(cell) } else { cell };
    cell.trim_start().trim_matches(['*', '`'])
}

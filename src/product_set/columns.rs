//! Tables whose columns are aligned with blanks, as terminals and reports print them.

use super::rows::{Grid, Row, is_remark, is_rule, only_cell};
use super::source::{SetSource, SourceLine};
use super::words;
use std::ops::Range;

const MOST_COLUMNS: usize = 60;

/// Reads a table that is aligned with blanks; `None` if its lines have no columns in common.
pub(super) fn aligned(source: &SetSource) -> Option<Grid> {
    let lines: Vec<&SourceLine> =
        source.lines.iter().filter(|l| !l.text.trim().is_empty() && !is_remark(&l.text) && !is_rule(&l.text)).collect();
    let ruled = ruled(source);
    let widths: Vec<usize> = ruled.iter().flatten().map(|r| r.len()).collect();
    let starts = match ruled {
        Some(columns) => columns.into_iter().map(|c| c.start).collect(),
        None => shown(&lines)?,
    };
    if !(2..=MOST_COLUMNS).contains(&starts.len()) {
        return None;
    }
    // A title, or the text below a table, runs across the gaps.
    let fits = |l: &SourceLine| {
        let mut chars = l.text.chars().enumerate().take(starts.last().copied().unwrap_or(0));
        chars.all(|(i, c)| c.is_whitespace() || !starts.contains(&(i + 1)))
    };
    let mut grid = Grid::default();
    let mut above: Option<usize> = None;
    for line in lines {
        if !fits(line) {
            grid.rows.push(Row { number: line.number, cells: vec![line.text.trim().to_owned()] });
            above = None;
            continue;
        }
        let cells = cut(&line.text, &starts);
        // A long id goes on below, in a column that it fills.
        if let Some((at, rest)) = only_cell(&cells)
            && above == Some(at)
            && words::is_tail(rest)
            && let Some(cell) = grid.rows.last_mut().and_then(|r| r.cells.get_mut(at))
        {
            cell.push_str(rest);
            above = Some(at).filter(|_| rest.len() == widths[at]);
            continue;
        }
        above = cells.iter().zip(&widths).position(|(c, width)| c.contains(':') && c.len() == *width);
        grid.rows.push(Row { number: line.number, cells });
    }
    let grid = joined_headings(grid);
    grid.rows.iter().any(|r| r.cells.len() > 1).then_some(grid)
}

/// Where the columns of a table without a rule begin: of all its lines, or of those with wide gaps.
fn shown(lines: &[&SourceLine]) -> Option<Vec<usize>> {
    let wide: Vec<&SourceLine> = lines.iter().copied().filter(|l| l.text.trim().contains("  ")).collect();
    if wide.is_empty() {
        return None;
    }
    let all = starts(&filled(lines));
    let is_split = |l: &SourceLine| cut(&l.text, &all).iter().filter(|c| !c.is_empty()).count() > 1;
    if all.len() > 1 && lines.iter().filter(|l| is_split(l)).count() * 2 >= lines.len() {
        return Some(all);
    }
    (wide.len() >= 2 && wide.len() * 2 >= lines.len()).then(|| starts(&filled(&wide)))
}

/// The columns that a line of dashes below the heading shows.
fn ruled(source: &SetSource) -> Option<Vec<Range<usize>>> {
    let is_stroke = |c: char| matches!(c, '-' | '=' | '─' | '━');
    let rule = source
        .lines
        .iter()
        .find(|l| l.text.split_whitespace().count() > 1 && l.text.chars().all(|c| c == ' ' || is_stroke(c)))?;
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (i, c) in rule.text.chars().enumerate().filter(|(_, c)| is_stroke(*c)) {
        match columns.last_mut().filter(|r| r.end == i && c != ' ') {
            Some(column) => column.end = i + 1,
            None => columns.push(i..i + 1),
        }
    }
    Some(columns)
}

/// Which positions some line has a character at.
fn filled(lines: &[&SourceLine]) -> Vec<bool> {
    const WIDEST: usize = 1000;
    let width = lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0).min(WIDEST);
    let mut filled = vec![false; width];
    for line in lines {
        for (i, c) in line.text.chars().enumerate().take(width) {
            filled[i] |= !c.is_whitespace();
        }
    }
    filled
}

/// Where columns begin: after a position that is blank in all lines.
fn starts(filled: &[bool]) -> Vec<usize> {
    (0..filled.len()).filter(|&i| filled[i] && (i == 0 || !filled[i - 1])).collect()
}

fn cut(line: &str, starts: &[usize]) -> Vec<String> {
    let mut cells = vec![String::new(); starts.len()];
    for (i, c) in line.chars().enumerate() {
        let column = starts.partition_point(|s| *s <= i).saturating_sub(1);
        cells[column].push(c);
    }
    cells.iter().map(|c| c.trim().to_owned()).collect()
}

/// A heading of two words over a narrow column is one column, whose second part is empty below.
fn joined_headings(mut grid: Grid) -> Grid {
    let width = grid.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    let Some(head) = grid.rows.iter().position(|r| r.cells.len() == width) else { return grid };
    for column in (1..width).rev() {
        let is_empty = |r: &Row| r.cells.get(column).is_none_or(String::is_empty);
        if grid.rows.iter().skip(head + 1).all(is_empty) {
            for row in grid.rows.iter_mut().filter(|r| r.cells.len() == width) {
                let cell = row.cells[column].clone();
                let before = &mut row.cells[column - 1];
                if !cell.is_empty() && !before.is_empty() {
                    before.push(' ');
                }
                before.push_str(&cell);
            }
            grid.rows.iter_mut().filter(|r| r.cells.len() == width).for_each(|r| {
                r.cells.remove(column);
            });
            return joined_headings(grid);
        }
    }
    grid
}

//! A table as rows of cells, and lines that are none.

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

/// The cell of a row whose other cells are blank, and its column.
pub(super) fn only_cell(cells: &[String]) -> Option<(usize, &str)> {
    let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let (at, only) = filled.next()?;
    filled.next().is_none().then_some((at, only.as_str()))
}

/// Comments, Excel's `sep=;`, and the options of a directive in reStructuredText (`:widths: 20, 80`).
pub(super) fn is_remark(line: &str) -> bool {
    let line = line.trim();
    let is_option = || {
        let name = line.strip_prefix(':').and_then(|rest| rest.split_once(": "));
        name.is_some_and(|(name, _)| name != "header" && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
    };
    if line.starts_with(".. ") && line.contains("::") || is_option() {
        return true;
    }
    line.starts_with('#') && !line.starts_with("#,") && !line.starts_with("#;") && !line.starts_with("#\t")
        || line.to_ascii_lowercase().starts_with("sep=")
}

/// Whether a line only draws a line.
pub(super) fn is_rule(line: &str) -> bool {
    let is_drawn =
        |c: char| matches!(c, '|' | '-' | ':' | '+' | '=' | ' ' | '\t') || ('\u{2500}'..='\u{257F}').contains(&c);
    let strokes = line.chars().filter(|c| matches!(c, '-' | '=') || ('\u{2500}'..='\u{257F}').contains(c)).count();
    line.chars().all(is_drawn) && strokes >= 2
}

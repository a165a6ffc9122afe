//! Spreadsheets (xlsx, ods): their sheets as tables.
//!
//! Not xls: `calamine` (0.38) panics on workbooks of that kind that are damaged.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use super::grid::{Grid, Row};

/// Larger sheets are not read: a product set has some dozens of rows.
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 200;

/// Whether a file may be a spreadsheet: a ZIP archive that names the parts of one.
pub(super) fn is_spreadsheet(bytes: &[u8]) -> bool {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    bytes.starts_with(b"PK\x03\x04") && (has(b"xl/workbook") || has(b"opendocument.spreadsheet"))
}

/// The most bytes that all parts of a spreadsheet may have together: a small archive can hold a huge sheet.
const MOST_BYTES: u64 = 64 << 20;

/// How many bytes the parts of an archive have, as its directory says (the field "uncompressed size").
fn unpacked(bytes: &[u8]) -> u64 {
    const ENTRY: &[u8] = b"PK\x01\x02";
    const SIZE: std::ops::Range<usize> = 24..28;
    let mut total = 0;
    let mut at = 0;
    while let Some(next) = bytes[at..].windows(ENTRY.len()).position(|w| w == ENTRY) {
        let entry = &bytes[at + next..];
        let size = entry.get(SIZE).and_then(|s| s.try_into().ok()).map_or(0, u32::from_le_bytes);
        total += u64::from(size);
        at += next + ENTRY.len();
    }
    total
}

/// The sheets of a spreadsheet; `None` if it is damaged, and then not even its first sheets are known to be right.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Grid>> {
    if unpacked(bytes) > MOST_BYTES {
        return None;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).ok()?;
        let (first, _) = range.start().unwrap_or_default();
        let rows = range.rows().take(MOST_ROWS).enumerate().map(|(i, cells)| Row {
            number: usize::try_from(first).unwrap_or(0) + i + 1,
            cells: cells.iter().take(MOST_COLUMNS).map(shown).collect(),
        });
        let is_damaged = range.height() > MOST_ROWS || range.width() > MOST_COLUMNS;
        grids.push(Grid { name: Some(name), rows: rows.collect(), is_damaged });
    }
    Some(grids)
}

/// A cell as people see it. A spreadsheet keeps an ASID that was typed as a number with all its digits.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Bool(true) => "Yes".to_owned(),
        Data::Bool(false) => "No".to_owned(),
        Data::Error(_) => "?".to_owned(),
        other => other.to_string().trim().to_owned(),
    }
}

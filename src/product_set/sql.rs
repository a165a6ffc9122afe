//! Rows in SQL: `INSERT INTO … VALUES (…)`, with the names of columns from there or from `CREATE TABLE`, and `COPY … FROM stdin`.
//!
//! Not `sqlparser` (77,000 lines): its parser rejects the dumps of mysqldump, pg_dump and sqlite3, whose settings and commands it
//! does not know, and its tokenizer gives nothing for a text that is cut in a string. Here only rows that are inserted count.

use std::collections::HashMap;

use super::rows::{Grid, Row};

/// A statement as its words, strings and signs.
type SqlStatement = Vec<Token>;

struct Token {
    text: String,
    is_quoted: bool,
    line: usize,
}

impl Token {
    fn is(&self, word: &str) -> bool {
        !self.is_quoted && self.text.eq_ignore_ascii_case(word)
    }
}

/// What the statements of a text say.
pub(super) struct SqlRows {
    pub(super) grid: Grid,
    /// Whether the last statement has no end.
    pub(super) is_cut: bool,
    /// Whether rows were changed or deleted, so that what was inserted may not be there any more.
    pub(super) is_changed: bool,
    /// Whether a statement with ids was not understood.
    pub(super) is_odd: bool,
}

/// Reads the rows that a text inserts; `None` if it inserts none, or rows into several tables.
pub(super) fn rows(text: &str) -> Option<SqlRows> {
    let lower = text.to_ascii_lowercase();
    if !(lower.contains("insert ") || lower.contains("copy ") && lower.contains(" from stdin")) {
        return None;
    }
    let mut columns: HashMap<String, Vec<String>> = HashMap::new();
    let mut inserted = Inserted::default();
    let (mut is_changed, mut is_odd) = (false, false);
    // Whether a transaction has begun, and not ended.
    let mut is_open = false;
    let (statements, mut is_cut) = statements(text, &mut inserted)?;
    for statement in statements {
        let word = |at: usize, word: &str| statement.get(at).is_some_and(|t| t.is(word));
        if word(0, "create") && statement.iter().any(|t| t.is("table")) {
            let open = statement.iter().position(|t| t.is("("))?;
            let name = name_before(&statement, open)?;
            columns.insert(name, defined(&statement[open + 1..]));
        } else if word(0, "insert") || word(0, "replace") {
            let into = statement.iter().position(|t| t.is("into"))?;
            let values = statement.iter().position(|t| t.is("values"))?;
            let open = statement[into..values].iter().position(|t| t.is("(")).map(|i| into + i);
            let name = name_before(&statement, open.unwrap_or(values))?;
            let named = match open {
                Some(open) => tuples(&statement[open..values]).next().map(|(_, cells)| cells),
                None => columns.get(&name).cloned(),
            };
            for (line, cells) in tuples(&statement[values + 1..]) {
                inserted.row(&name, named.as_deref(), line, cells)?;
            }
        } else if word(0, "begin") || word(0, "start") {
            is_open = true;
        } else if word(0, "commit") || word(0, "end") {
            is_open = false;
        } else if ["update", "delete", "truncate", "merge", "rollback"].iter().any(|w| word(0, w))
            || word(0, "drop") && !inserted.rows.is_empty()
        {
            is_changed = true;
        } else {
            is_odd |= statement.iter().any(|t| t.text.contains("urn:") || super::words::asid(&t.text).is_some());
        }
    }
    is_cut |= is_open || inserted.is_open;
    let width = inserted.rows.iter().map(|r| r.cells.len()).max()?;
    let mut head = inserted.head.unwrap_or_default();
    if head.is_empty() {
        head = (0..width).map(|at| guessed(&inserted.rows, at)).collect();
    }
    let mut grid = Grid::default();
    grid.rows.push(Row { number: inserted.rows.first()?.number, cells: head });
    grid.rows.extend(inserted.rows);
    Some(SqlRows { grid, is_cut, is_changed, is_odd })
}

#[derive(Default)]
struct Inserted {
    table: Option<String>,
    head: Option<Vec<String>>,
    rows: Vec<Row>,
    /// Whether the rows of `COPY` have no end.
    is_open: bool,
}

impl Inserted {
    /// Takes a row; `None` if it is of another table, or has other columns, than those before.
    fn row(&mut self, table: &str, head: Option<&[String]>, number: usize, cells: Vec<String>) -> Option<()> {
        let head = head.unwrap_or_default();
        if *self.table.get_or_insert_with(|| table.to_owned()) != table
            || self.head.get_or_insert_with(|| head.to_vec()).as_slice() != head
        {
            return None;
        }
        self.rows.push(Row { number, cells });
        Some(())
    }
}

/// A name for a column without one, by its values.
fn guessed(rows: &[Row], at: usize) -> String {
    let all = |test: &dyn Fn(&str) -> bool| rows.iter().all(|r| r.cells.get(at).is_some_and(|c| test(c)));
    if all(&|c| super::words::whole_asid(c).is_some()) {
        "asid".to_owned()
    } else if all(&|c| super::words::interaction(c).is_some()) {
        "interaction".to_owned()
    } else {
        String::new()
    }
}

/// The name of the table in front of a place: the last word, without its schema.
fn name_before(statement: &[Token], at: usize) -> Option<String> {
    let name = &statement.get(at.checked_sub(1)?)?.text;
    Some(name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase())
}

/// The names of the columns in a definition.
fn defined(tokens: &[Token]) -> Vec<String> {
    const OTHER: [&str; 7] = ["primary", "key", "constraint", "unique", "foreign", "check", "index"];
    let mut names = Vec::new();
    let (mut depth, mut is_first) = (0, true);
    for token in tokens {
        match token.text.as_str() {
            "(" if !token.is_quoted => depth += 1,
            ")" if !token.is_quoted && depth == 0 => break,
            ")" if !token.is_quoted => depth -= 1,
            "," if !token.is_quoted && depth == 0 => is_first = true,
            name if is_first => {
                is_first = false;
                if !OTHER.iter().any(|o| token.is(o)) {
                    names.push(name.to_owned());
                }
            }
            _ => {}
        }
    }
    names
}

/// The values in each pair of brackets, with the line.
fn tuples(tokens: &[Token]) -> impl Iterator<Item = (usize, Vec<String>)> {
    let mut all = Vec::new();
    let mut open: Option<(usize, Vec<String>)> = None;
    let mut depth = 0;
    for token in tokens {
        match (token.is_quoted, token.text.as_str(), depth) {
            (false, "(", 0) => {
                open = Some((token.line, vec![String::new()]));
                depth = 1;
            }
            (false, ")", 1) => {
                all.extend(open.take());
                depth = 0;
            }
            (false, "(", _) => depth += 1,
            (false, ")", 2..) => depth -= 1,
            (false, ",", 1) => {
                if let Some((_, cells)) = &mut open {
                    cells.push(String::new());
                }
            }
            (is_quoted, text, 1..) => {
                if let Some(cell) = open.as_mut().and_then(|(_, cells)| cells.last_mut())
                    && (is_quoted || !text.eq_ignore_ascii_case("null"))
                {
                    cell.push_str(text);
                }
            }
            _ => {}
        }
    }
    all.into_iter()
}

/// The statements of a text, and whether the last one has no end. The rows of `COPY` are entered at once.
fn statements(text: &str, inserted: &mut Inserted) -> Option<(Vec<SqlStatement>, bool)> {
    let mut all = Vec::new();
    let mut current: SqlStatement = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            '\n' => {
                line += 1;
                1
            }
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            // A command of psql, as pg_dump writes it.
            '\\' if current.is_empty() => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |i| i + 2);
                line += rest[..end].matches('\n').count();
                end
            }
            '\'' | '"' | '`' => {
                let Some((value, end)) = quoted(rest, c) else { break };
                current.push(Token { text: value, is_quoted: c == '\'', line });
                line += rest[..end].matches('\n').count();
                end
            }
            ';' => {
                let statement = std::mem::take(&mut current);
                if statement.first().is_some_and(|t| t.is("copy")) && statement.iter().any(|t| t.is("stdin")) {
                    let taken = copied(&statement, &rest[1..], line, inserted)?;
                    line += rest[..=taken].matches('\n').count();
                    rest = &rest[1 + taken..];
                    continue;
                }
                all.push(statement);
                1
            }
            '(' | ')' | ',' | '=' => {
                current.push(Token { text: c.to_string(), is_quoted: false, line });
                1
            }
            c if c.is_whitespace() => c.len_utf8(),
            _ => {
                let stops = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '\'' | '"' | '`' | '=');
                let end = rest.find(stops).unwrap_or(rest.len()).max(c.len_utf8());
                current.push(Token { text: rest[..end].trim_matches(['[', ']']).to_owned(), is_quoted: false, line });
                end
            }
        };
        rest = &rest[skip..];
    }
    let is_cut = !current.is_empty() || !rest.is_empty();
    all.push(current);
    Some((all, is_cut))
}

/// A string with its marks, and its length; `None` if it does not end.
fn quoted(text: &str, mark: char) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if mark == '\'' => value.extend(chars.next().map(|(_, c)| c)),
            c if c == mark => {
                if chars.next_if(|(_, next)| *next == mark).is_none() {
                    // A mail program broke the line.
                    if !value.contains(' ') {
                        value.retain(|c| c != '\n' && c != '\r');
                    }
                    return Some((value, at + 1));
                }
                value.push(c);
            }
            c => value.push(c),
        }
    }
    None
}

/// Takes the rows below `COPY`, separated by tabs, up to `\.`; gives their length.
fn copied(statement: &[Token], below: &str, line: usize, inserted: &mut Inserted) -> Option<usize> {
    let open = statement.iter().position(|t| t.is("("));
    let name = name_before(statement, open.or_else(|| statement.iter().position(|t| t.is("from")))?)?;
    let head = open.and_then(|open| tuples(&statement[open..]).next()).map(|(_, cells)| cells);
    let mut taken = 0;
    for (i, row) in below.split_inclusive('\n').enumerate() {
        taken += row.len();
        let row = row.trim_end_matches(['\n', '\r']);
        if row == "\\." {
            return Some(taken);
        }
        if row.trim().is_empty() {
            continue;
        }
        let cells = row.split('\t').map(|c| if c == "\\N" { String::new() } else { c.to_owned() }).collect();
        inserted.row(&name, head.as_deref(), line + i, cells)?;
    }
    inserted.is_open = true;
    Some(taken)
}

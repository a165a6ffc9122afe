//! Tables as people make them: endpoints with a column for the answer, matrices of endpoints with ASIDs or environments,
//! a list of endpoints for each ASID.

use std::collections::HashSet;

use super::answer::{self, CellAnswer, ColumnKind};
use super::grid::{Grid, Row};
use super::model::{GapKind, Marked, ProductSetFile, Reason, Record, SetGap, merged};
use super::names::SetNames;
use super::words::{self, AsidCell};
use crate::facts::SetForm;

/// What the columns of the user's table of interactions are called.
pub(super) const ENDPOINT: [&str; 3] = ["endpoint_id", "endpoint", "api_id"];
pub(super) const INTERACTION: [&str; 4] = ["interaction_id", "interaction", "nhsassvcia", "service_interaction_id"];

/// A column's name: lower case, joined by underscores.
pub(super) fn column_name(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{FEFF}').to_ascii_lowercase();
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("_")
}

/// Reads a table; `None` if it has no column of endpoints or interactions.
pub(super) fn read(grid: &Grid, kind: SetForm, names: &SetNames) -> Option<ProductSetFile> {
    let head = head(grid, names)?;
    let layout = Layout::of(grid, head, names);
    let mut reader = TableReader {
        grid,
        names,
        layout,
        records: Vec::new(),
        gaps: Vec::new(),
        has_unclear_owner: false,
        asid: None,
        environment: None,
        is_doubted: false,
        loose: Vec::new(),
        headed: HashSet::new(),
    };
    reader.preamble(&grid.rows[..head]);
    for row in &grid.rows[head + 1..] {
        reader.row(row);
    }
    Some(reader.finish(kind))
}

/// The row with the names of the columns: the last one above the first row with data that names a column.
fn head(grid: &Grid, names: &SetNames) -> Option<usize> {
    const FARTHEST: usize = 30;
    let mut title = None;
    for (i, row) in grid.rows.iter().enumerate().take(FARTHEST) {
        if is_asid_line(row) {
            continue;
        }
        let count = |test: &dyn Fn(&str) -> bool| row.cells.iter().filter(|c| test(c)).count();
        let headings = count(&|c| is_id_heading(c) && !has_ids(c, names));
        let filled = count(&|c| !c.is_empty());
        if filled < 2 {
            // A single heading may be the title of the table, or that of its only column.
            title = title.or((headings > 0).then_some(i));
            if filled == 0 || headings > 0 || !row.cells.iter().any(|c| has_ids(c, names)) {
                continue;
            }
        }
        let endpoints = count(&|c| names.endpoint(c.split_whitespace().next().unwrap_or_default()).is_some());
        // A matrix has endpoints for headings, and ASIDs below its first one.
        let is_matrix =
            endpoints > 1 && row.cells.first().is_some_and(|c| !has_ids(c, names)) && is_followed_by_asid(grid, i);
        let asids = count(&|c| matches!(words::asid_cell(c), AsidCell::Number(n) if n.len() == words::ASID_DIGITS));
        // A column for each ASID, with its ids below.
        let is_by_asid = asids > 1 && !row.cells.iter().any(|c| has_ids(c, names));
        if headings > 0 && endpoints == 0 || is_matrix || is_by_asid {
            return Some(i);
        }
        if row.cells.iter().any(|c| has_ids(c, names)) {
            break;
        }
    }
    title
}

/// Whether a row is `ASID | 200000100000`: it is above a table, and does not name its columns.
fn is_asid_line(row: &Row) -> bool {
    let mut filled = row.cells.iter().filter(|c| !c.is_empty());
    let (Some(name), Some(value), None) = (filled.next(), filled.next(), filled.next()) else { return false };
    is_asid(&column_name(name))
        && matches!(words::asid_cell(value), AsidCell::Number(n) if n.len() == words::ASID_DIGITS)
}

fn is_followed_by_asid(grid: &Grid, head: usize) -> bool {
    grid.rows
        .get(head + 1)
        .is_some_and(|r| matches!(words::asid_cell(r.cells.first().map_or("", String::as_str)), AsidCell::Number(_)))
}

fn has_ids(cell: &str, names: &SetNames) -> bool {
    let interactions = words::interactions(cell);
    !interactions.is_empty() || !names.endpoints(cell, &[]).is_empty()
}

/// Whether a line is the heading of a table with one column.
pub(super) fn is_heading(line: &str) -> bool {
    let name = column_name(line);
    ENDPOINT.contains(&name.as_str()) || INTERACTION.contains(&name.as_str())
}

/// Whether a cell is the heading of a column of endpoints, interactions or ASIDs.
pub(super) fn is_id_heading(cell: &str) -> bool {
    is_ids(&column_name(cell)) || is_asid(&column_name(cell))
}

/// Whether this is the name of a column with ids.
pub(super) fn is_ids(name: &str) -> bool {
    const WORDS: [&str; 9] = [
        "endpoint",
        "endpoints",
        "interaction",
        "interactions",
        "nhsassvcia",
        "nhsaasvcia",
        "api",
        "apis",
        "operation",
    ];
    const NEVER: [&str; 14] = [
        "name",
        "title",
        "description",
        "version",
        "url",
        "method",
        "status",
        "owner",
        "replaced",
        "replaces",
        "superseded",
        "supersedes",
        "previous",
        "old",
    ];
    let words: Vec<&str> = name.split('_').collect();
    words.len() <= 5 && words.iter().any(|w| WORDS.contains(w)) && !words.iter().any(|w| NEVER.contains(w))
        || matches!(name, "id" | "endpoint_name_id" | "service_interaction_id" | "a_number" | "code")
}

pub(super) fn is_asid(name: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let words: Vec<&str> = name.split('_').collect();
    words.len() <= MOST_WORDS
        && words.iter().any(|w| matches!(*w, "asid" | "asids"))
        && words::asids_in(name).0.is_empty()
        && !name.contains(|c: char| c.is_ascii_digit())
        || is_asid_name(name)
}

fn is_asid_name(name: &str) -> bool {
    matches!(
        name,
        "asid" | "asids" | "nhsspineasid" | "spine_asid" | "uniqueidentifier" | "accredited_system_id" | "dn"
    )
}

/// More ids outside of the columns for them are not kept.
const MOST_LOOSE: usize = 1000;

/// What the columns hold.
#[derive(Debug, Default)]
struct Layout {
    headings: Vec<String>,
    /// Columns with endpoints or interactions.
    ids: Vec<usize>,
    /// Columns with the endpoints or interactions of the ASID in their heading.
    lists: Vec<(usize, String)>,
    /// Columns with ids that are not granted, or not yet: `Missing endpoints`, `Requested`.
    lacking: Vec<usize>,
    asid: Option<usize>,
    /// Columns whose heading is an ASID.
    asids: Vec<(usize, String)>,
    /// Columns whose heading is an environment, with its name.
    environments: Vec<(usize, String)>,
    /// Columns whose heading is an endpoint.
    endpoints: Vec<(usize, String)>,
    /// Columns with answers, and whether each says that an endpoint is granted.
    answers: Vec<(usize, ColumnKind)>,
    /// Whether a cross means yes.
    is_cross_yes: bool,
    /// Whether nothing in a cell of a column with answers means no.
    is_blank_no: bool,
}

impl Layout {
    fn of(grid: &Grid, head: usize, names: &SetNames) -> Self {
        let mut headings = grid.rows[head].cells.clone();
        let rows = &grid.rows[head + 1..];
        let width = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0).max(headings.len());
        // A row may have more cells than the head has names.
        headings.resize(width, String::new());
        let mut layout = Self { headings, ..Self::default() };
        let mut answers: Vec<CellAnswer> = Vec::new();
        for column in 0..width {
            let heading = layout.headings.get(column).cloned().unwrap_or_default();
            let name = column_name(&heading);
            // `On ASID` may head a column of answers.
            let is_answered = || {
                rows.iter()
                    .filter_map(|r| r.cells.get(column))
                    .filter(|c| !c.is_empty())
                    .all(|c| answer::of(c) != CellAnswer::Other)
            };
            let with_interactions =
                || rows.iter().filter_map(|r| r.cells.get(column)).any(|c| !words::interactions(c).is_empty());
            if layout.asid.is_none()
                && is_asid(&name)
                && (is_asid_name(&name) || !is_answered())
                && (name == "dn" || !with_interactions())
            {
                layout.asid = Some(column);
                continue;
            }
            if let AsidCell::Number(asid) = words::asid_cell(&heading)
                && asid.len() == words::ASID_DIGITS
            {
                // The text below a table is a row of one cell.
                let inside = || rows.iter().filter(|r| r.cells.len() > 1);
                let cells =
                    || inside().filter_map(|r| r.cells.get(column)).filter(|c| answer::of(c) != CellAnswer::Blank);
                let with_ids = cells().filter(|c| has_ids(c, names)).count();
                if with_ids > 0 && with_ids == cells().count() {
                    layout.lists.push((column, asid));
                } else {
                    layout.asids.push((column, asid));
                }
                continue;
            }
            if let Some(id) = heading.split_whitespace().next().and_then(|w| names.endpoint(w)) {
                layout.endpoints.push((column, id));
                continue;
            }
            let cells = || rows.iter().filter_map(|r| r.cells.get(column)).filter(|c| !c.is_empty());
            let with_ids = cells().filter(|c| has_ids(c, names)).count();
            if with_ids > 0 && (is_ids(&name) || with_ids * 2 > cells().count()) {
                match answer::column(&heading) {
                    _ if answer::is_reversed(&heading) => layout.lacking.push(column),
                    ColumnKind::Wanted => layout.lacking.push(column),
                    // `Replaced by: A042`
                    ColumnKind::Aside if !is_ids(&name) && answer::is_of_other(&heading) => {}
                    _ => layout.ids.push(column),
                }
                continue;
            }
            if is_ids(&name) && cells().count() == 0 {
                layout.ids.push(column);
                continue;
            }
            let said = || cells().map(|c| answer::of(c));
            let known = said().filter(|a| *a != CellAnswer::Other).count();
            let named = answer::column(&heading);
            let is_status =
                named == ColumnKind::Granted && (known > 0 || answer::is_certain(&heading) && cells().count() > 0);
            if named == ColumnKind::Aside && names.environment(&heading).is_none()
                || known * 2 <= cells().count() && !is_status
                || known == 0 && !is_status && names.environment(&heading).is_none()
            {
                continue;
            }
            answers.extend(said());
            match names.environment(&heading) {
                Some(environment) => layout.environments.push((column, environment.to_owned())),
                None => layout.answers.push((column, named)),
            }
        }
        let cells = |columns: &[(usize, String)]| -> Vec<CellAnswer> {
            columns
                .iter()
                .flat_map(|(c, _)| rows.iter().filter_map(move |r| r.cells.get(*c)).map(|c| answer::of(c)))
                .collect()
        };
        answers.extend(cells(&layout.asids));
        answers.extend(cells(&layout.endpoints));
        let has = |answer: CellAnswer| answers.contains(&answer);
        layout.is_cross_yes = !has(CellAnswer::Yes);
        // Beside ticks, an empty cell is a no. Beside a written yes and no it is not filled in.
        layout.is_blank_no =
            !has(CellAnswer::No) && !has(CellAnswer::Pending) || has(CellAnswer::Cross) && !has(CellAnswer::No);
        layout
    }
}

impl Layout {
    /// Whether what a column says of ids is understood, or is about other endpoints.
    fn is_read(&self, column: usize) -> bool {
        self.ids.contains(&column)
            || self.lists.iter().any(|(c, _)| *c == column)
            || self.lacking.contains(&column)
            || self.headings.get(column).is_some_and(|h| answer::is_of_other(h))
    }
}

struct TableReader<'g> {
    grid: &'g Grid,
    names: &'g SetNames,
    layout: Layout,
    records: Vec<Record>,
    gaps: Vec<SetGap>,
    has_unclear_owner: bool,
    /// The ASID and the environment of the rows above.
    asid: Option<String>,
    environment: Option<String>,
    /// Whether a heading within the table says that the rows below are not granted.
    is_doubted: bool,
    /// Ids that are named outside of the columns for ids.
    loose: Vec<String>,
    /// The ASIDs in headings, above the table or within it.
    headed: HashSet<String>,
}

impl TableReader<'_> {
    /// Rows above the header: `ASID | 200000100000`, `Environment: INT`, a title.
    fn preamble(&mut self, rows: &[Row]) {
        for row in rows {
            let text = row.cells.join(" ");
            let (numbers, is_unreadable) = words::asids_in(&text);
            self.has_unclear_owner |= is_unreadable || numbers.len() > 1;
            if let [only] = numbers.as_slice() {
                let is_other = !self.headed.is_empty() && !self.headed.contains(only);
                self.has_unclear_owner |= is_other;
                self.asid = (!is_other).then(|| only.clone());
                self.headed.insert(only.clone());
            }
            let environment = row.cells.iter().flat_map(|c| c.split(':')).find_map(|c| self.names.environment(c));
            self.environment = environment.map(str::to_owned).or(self.environment.take());
        }
    }

    fn cell(row: &Row, column: usize) -> &str {
        row.cells.get(column).map_or("", String::as_str)
    }

    fn has_ids(&self, row: &Row) -> bool {
        row.cells.iter().any(|c| has_ids(c, self.names))
    }

    /// Takes a row of one cell without ids: a heading within the table, or the text below it. Whether it was one.
    fn aside(&mut self, row: &Row) -> bool {
        let mut filled = row.cells.iter().filter(|c| !c.is_empty());
        let (Some(text), second) = (filled.next(), filled.next()) else { return false };
        // `ASID,200000100000` above the next rows.
        let text = match second {
            None => text,
            Some(number) if filled.next().is_none() && is_asid(&column_name(text)) && self.layout.asid.is_none() => {
                number
            }
            Some(_) => return false,
        };
        let is_number = !matches!(words::asid_cell(text), AsidCell::Unreadable);
        let lower = text.to_lowercase();
        if self.layout.headings.len() < 2 || is_number && self.layout.asid.is_some() {
            return false;
        }
        // A heading within the table, or above the next table of a mail.
        match words::asids_in(text).0.as_slice() {
            [] => {}
            [asid] if self.layout.asid.is_none() && self.layout.asids.is_empty() && !self.has_ids(row) => {
                self.has_unclear_owner |= self.asid.is_none();
                self.asid = Some(asid.clone());
                self.headed.insert(asid.clone());
            }
            _ => self.has_unclear_owner = true,
        }
        if self.has_ids(row) {
            if !super::list::is_sentence(&lower) {
                return false;
            }
            // The letter around the table.
            let ids = self.names.endpoints(text, &[]).into_iter().map(|(id, _)| id);
            let ids = ids.chain(words::interactions(text).into_iter().map(|(id, _)| id)).collect();
            self.loose.extend::<Vec<String>>(ids);
            return true;
        }
        self.is_doubted = super::list::is_doubt(&lower);
        if super::list::is_open_ended(&lower) {
            self.gaps.push(SetGap::new(GapKind::OpenEnded, "the text says that the table is not complete", row.number));
        }
        let stated = lower.trim_start_matches('(').split_once(" row").and_then(|(n, _)| n.trim().parse::<usize>().ok());
        let below = || self.grid.rows.iter().filter(|r| r.cells.len() > 1).count().saturating_sub(1);
        if let Some((stated, below)) = stated.map(|n| (n, below())).filter(|(n, below)| n > below) {
            let says = format!("the query found {stated} rows, and {below} are in the file");
            self.gaps.push(SetGap::new(GapKind::LeftOut, says, row.number));
        }
        true
    }

    /// Takes the ids of columns that are each of one ASID.
    fn lists(&mut self, row: &Row) {
        for (column, asid) in self.layout.lists.clone() {
            let mut record = Record { asid: Some(asid), environment: self.environment.clone(), ..Record::default() };
            let ids = self.cell_ids(row, column, &mut record);
            let said = CellSaid { answer: CellAnswer::Yes, quote: String::new() };
            apply(&mut record, &ids, said, row, None);
            self.records.push(record);
        }
    }

    /// Notes the ids in columns for what is missing or asked for.
    fn lacking(&self, row: &Row, record: &mut Record) {
        for column in &self.layout.lacking {
            let mut said = Record::default();
            let ids = self.cell_ids(row, *column, &mut said);
            record.doubtful.extend(ids);
            record.doubtful.append(&mut said.implied);
            record.doubtful.append(&mut said.doubtful);
        }
    }

    /// Whether a column for the end of what is granted has a value in this row.
    fn is_ended(&self, row: &Row) -> bool {
        let mut columns = self.layout.headings.iter().enumerate().filter(|(_, heading)| is_end(heading));
        columns.any(|(at, _)| {
            let cell = Self::cell(row, at);
            // The end of time is none.
            !matches!(answer::of(cell), CellAnswer::Blank | CellAnswer::No) && !cell.contains("9999")
        })
    }

    fn named<'r>(&self, row: &'r Row, wanted: &[&str]) -> &'r str {
        let at = self.layout.headings.iter().position(|h| wanted.contains(&column_name(h).as_str()));
        at.map_or("", |at| Self::cell(row, at))
    }

    /// Whether a row right below the names of the columns names them once more, and says nothing about what is granted.
    fn is_below_head(&self, row: &Row) -> bool {
        let says = |cell: &String| {
            cell.contains(|c: char| c.is_ascii_digit())
                || answer::of(cell) != CellAnswer::Other && !cell.trim().is_empty()
                || answer::is_reversed(cell)
                || is_end(cell)
                || self.names.environment(cell).is_some()
                || matches!(answer::column(cell), ColumnKind::Granted | ColumnKind::Wanted)
        };
        self.records.is_empty() && !self.has_unclear_owner && self.asid.is_none() && !row.cells.iter().any(says)
    }

    fn row(&mut self, row: &Row) {
        if row.cells.iter().all(|c| c.trim().is_empty() || super::grid::is_rule(c)) || self.aside(row) {
            return;
        }
        // The heading of a second table, with other columns.
        let heads = row.cells.iter().filter(|c| is_id_heading(c) && !has_ids(c, self.names)).count();
        if heads > 0 && self.is_below_head(row) {
            return;
        }
        if heads > 0 && !self.has_ids(row) && row.cells.iter().zip(&self.layout.headings).any(|(a, b)| a != b) {
            self.has_unclear_owner = true;
        }
        if let Some(column) = self.layout.asid {
            match words::asid_cell(Self::cell(row, column)) {
                // Merged cells have their value only in the first row.
                AsidCell::Blank => {}
                AsidCell::Number(number) => self.asid = Some(number),
                AsidCell::Unreadable => match super::entry::asid_of_dn(Self::cell(row, column)) {
                    Some(asid) => self.asid = Some(asid),
                    // Types below the names (`str`), the number of rows.
                    None if !Self::cell(row, column).contains(|c: char| c.is_ascii_digit()) && !self.has_ids(row) => {
                        return;
                    }
                    None => {
                        self.has_unclear_owner = true;
                        return;
                    }
                },
            }
        }
        let environment = words::short(self.named(row, &["environment", "env"]));
        self.environment = environment.or(self.environment.take());
        let mut record = Record { asid: self.asid.clone(), environment: self.environment.clone(), ..Record::default() };
        record.party_key = words::party_key(self.named(row, &["party_key", "nhsmhspartykey"]));
        record.ods = words::ods(self.named(row, &["ods_code", "ods", "nhsidcode"]));
        record.manufacturer =
            words::ods(self.named(row, &["manufacturer", "manufacturer_ods_code", "nhsmhsmanufacturerorg"]));
        record.product = words::short(self.named(row, &["product_name", "product", "nhsproductname"]));
        record.version = words::short(self.named(row, &["product_version", "version", "nhsproductversion"]));
        record.access_mode = words::short(self.named(row, &["access_mode"]));
        self.lists(row);
        for (column, cell) in row.cells.iter().enumerate().filter(|(c, _)| !self.layout.is_read(*c)) {
            self.loose.extend(self.names.endpoints(cell, &[]).into_iter().map(|(id, _)| id));
            self.loose.extend(words::interactions(cell).into_iter().map(|(id, _)| id).filter(|_| column > 0));
        }
        self.lacking(row, &mut record);
        let ids = self.ids(row, &mut record);
        if self.is_doubted || self.is_ended(row) {
            record.doubtful.extend(ids);
            self.records.push(record);
            return;
        }
        if !self.layout.endpoints.is_empty() && ids.is_empty() {
            for (column, id) in &self.layout.endpoints {
                let said = self.said(row, *column, ColumnKind::Granted);
                apply(&mut record, std::slice::from_ref(id), said, row, Some(&self.layout.headings[*column]));
            }
            self.records.push(record);
            return;
        }
        if ids.is_empty() && record.gaps.is_empty() && !record.partial && record.is_bare() {
            if self.layout.asid.is_some() {
                self.records.push(record);
            }
            return;
        }
        let shared = self.shared(row);
        let matrix = if self.layout.asids.is_empty() { &self.layout.environments } else { &self.layout.asids };
        if matrix.is_empty() {
            let (said, column) = shared.unwrap_or((CellSaid { answer: CellAnswer::Yes, quote: String::new() }, None));
            apply(&mut record, &ids, said, row, column.map(|c| self.layout.headings[c].as_str()));
            self.records.push(record);
            return;
        }
        let by_asid = !self.layout.asids.is_empty();
        for (column, owner) in matrix {
            let mut own = record.clone();
            if by_asid {
                own.asid = Some(owner.clone());
            } else {
                own.environment = Some(owner.clone());
            }
            let mut said = self.said(row, *column, ColumnKind::Granted);
            if let Some((over, _)) = &shared
                && matches!(said.answer, CellAnswer::Yes)
                && over.answer != CellAnswer::Yes
            {
                said = over.clone();
            }
            apply(&mut own, &ids, said, row, self.layout.headings.get(*column).map(String::as_str));
            self.records.push(own);
        }
    }

    /// The ids of a row. What its cells say in words about several is set in the record.
    fn ids(&self, row: &Row, record: &mut Record) -> Vec<String> {
        let mut ids = Vec::new();
        for column in &self.layout.ids {
            ids.extend(self.cell_ids(row, *column, record));
        }
        ids.dedup();
        ids
    }

    fn cell_ids(&self, row: &Row, column: usize, record: &mut Record) -> Vec<String> {
        let cell = Self::cell(row, column);
        let interactions = words::interactions(cell);
        let covered: Vec<_> = interactions.iter().map(|(_, r)| r.clone()).collect();
        // What is beside the interactions.
        let mut beside = String::new();
        let mut at = 0;
        for range in &covered {
            beside.push_str(&cell[at..range.start]);
            at = range.end;
        }
        beside.push_str(&cell[at..]);
        if interactions.iter().any(|(id, _)| !words::is_full(id))
            || beside.contains('…') && !beside.contains('-')
            || cell.trim_end_matches([' ', ',', ']', '}', ')']).ends_with("...")
        {
            record.gaps.push(SetGap::new(GapKind::Value, "a cell is cut short", row.number));
        }
        let endpoints = self.names.endpoints(cell, &covered);
        let lower = cell.to_lowercase();
        if let Some(at) = super::list::except(&lower) {
            let (before, after): (Vec<_>, Vec<_>) = endpoints.iter().cloned().partition(|(_, r)| r.start < at);
            record.implied.extend(self.names.between(cell, &before));
            let ids: Vec<String> = before.into_iter().map(|(id, _)| id).collect();
            record.denied.extend(after.into_iter().map(|(id, _)| Marked {
                id,
                quote: cell.to_owned(),
                column: None,
                line: Some(row.number),
            }));
            record.partial |= ids.is_empty();
            return ids;
        }
        record.partial |= super::list::is_open_ended(&lower);
        let mut ids: Vec<String> = endpoints.iter().map(|(id, _)| id.clone()).collect();
        ids.extend(interactions.into_iter().map(|(id, _)| id));
        // `A042 (requested)`
        // Jira strikes out with hyphens.
        let is_struck = cell.len() > 2 && cell.starts_with('-') && cell.ends_with('-');
        if is_struck || super::list::is_doubt(&beside.to_lowercase()) {
            record.doubtful.extend(self.names.between(cell, &endpoints));
            record.doubtful.extend(ids);
            return Vec::new();
        }
        record.implied.extend(self.names.between(cell, &endpoints));
        ids
    }

    /// What the columns that are about no one ASID or environment say: the last word counts, a request does not.
    fn shared(&self, row: &Row) -> Option<(CellSaid, Option<usize>)> {
        let said = |wanted: &[ColumnKind]| -> Vec<(CellSaid, Option<usize>)> {
            let columns = self.layout.answers.iter().filter(|(_, c)| wanted.contains(c));
            columns.map(|(at, c)| (self.said(row, *at, *c), Some(*at))).collect()
        };
        let granted = said(&[ColumnKind::Granted, ColumnKind::Unknown]);
        let all = if granted.is_empty() { said(&[ColumnKind::Wanted]) } else { granted };
        let rank = |a: CellAnswer| match a {
            CellAnswer::No => 0,
            CellAnswer::Pending => 1,
            CellAnswer::Other | CellAnswer::Cross => 2,
            CellAnswer::Blank => 3,
            CellAnswer::Yes => 4,
        };
        all.into_iter().min_by_key(|(s, _)| rank(s.answer))
    }

    fn said(&self, row: &Row, column: usize, kind: ColumnKind) -> CellSaid {
        let cell = Self::cell(row, column);
        let answer = match answer::of(cell) {
            CellAnswer::Cross if self.layout.is_cross_yes => CellAnswer::Yes,
            CellAnswer::Cross => CellAnswer::No,
            CellAnswer::Blank if self.layout.is_blank_no => CellAnswer::No,
            CellAnswer::Blank => CellAnswer::Other,
            answer => answer,
        };
        let heading = self.layout.headings.get(column).map_or("", String::as_str);
        let answer = match answer {
            CellAnswer::Yes if answer::is_reversed(heading) => CellAnswer::No,
            CellAnswer::No if answer::is_reversed(heading) => CellAnswer::Yes,
            // To be required is not to be granted.
            CellAnswer::Yes if kind == ColumnKind::Wanted => CellAnswer::Other,
            answer => answer,
        };
        CellSaid { answer, quote: cell.to_owned() }
    }

    fn finish(mut self, kind: SetForm) -> ProductSetFile {
        // An ASID above the table holds only if the table does not name another one.
        if self.layout.asid.is_none()
            && self.layout.asids.is_empty()
            && self.layout.lists.is_empty()
            && self.asid.is_some()
        {
            let mut cells = self.grid.rows.iter().flat_map(|r| &r.cells);
            self.has_unclear_owner |= cells.any(|c| words::asids_in(c).0.iter().any(|n| !self.headed.contains(n)));
        }
        let mut records = merged(std::mem::take(&mut self.records));
        let loose: HashSet<String> = self.loose.drain(..).take(MOST_LOOSE).collect();
        for record in records.iter_mut().filter(|_| !loose.is_empty()) {
            let said: HashSet<&String> =
                record.interactions.iter().chain(record.denied.iter().map(|m| &m.id)).collect();
            let unsaid: Vec<String> = loose.iter().filter(|id| !said.contains(id)).cloned().collect();
            record.doubtful.extend(unsaid);
            record.tidy();
        }
        let mut file = if records.is_empty() {
            ProductSetFile::without(
                kind,
                if self.has_unclear_owner { Reason::OwnerUnclear } else { Reason::EmptyResult },
            )
        } else {
            ProductSetFile::of(kind, records)
        };
        if file.records.is_empty() && !self.has_unclear_owner {
            file = file.note("the table has a header row but no other rows");
        }
        if let Some(name) = &self.grid.name {
            file = file.note(format!("the sheet \"{name}\" was read"));
        }
        file.gaps = self.gaps;
        if self.grid.is_damaged {
            file.gaps.push(SetGap::new(
                GapKind::Value,
                "the quotes of the table do not match, so a cell may be in the wrong place",
                None,
            ));
        }
        file.has_unclear_owner = self.has_unclear_owner;
        // An archive that is cut cannot be opened.
        file.taken_as_whole = kind != SetForm::Spreadsheet;
        file
    }
}

/// What a cell says.
#[derive(Clone, Debug)]
struct CellSaid {
    answer: CellAnswer,
    quote: String,
}

/// Enters ids into a record as a cell says.
fn apply(record: &mut Record, ids: &[String], said: CellSaid, row: &Row, column: Option<&str>) {
    let is_interaction = |id: &str| id.contains(':');
    match said.answer {
        CellAnswer::Yes => {
            for id in ids {
                if is_interaction(id) {
                    record.interactions.push(id.clone())
                } else {
                    record.endpoints.push(id.clone())
                }
            }
        }
        CellAnswer::No | CellAnswer::Pending => {
            record.implied.clear();
            record.denied.extend(ids.iter().map(|id| Marked {
                id: id.clone(),
                quote: said.quote.clone(),
                column: column.map(str::to_owned),
                line: Some(row.number),
            }));
        }
        CellAnswer::Other | CellAnswer::Blank | CellAnswer::Cross => {
            record.doubtful.append(&mut record.implied);
            record.doubtful.extend(ids.iter().cloned());
        }
    }
}

/// Whether a heading or a key is that of the end of what is granted: `Valid to`, `Removed on`.
pub(super) fn is_end(heading: &str) -> bool {
    const NAMES: [&str; 16] = [
        "to",
        "valid_to",
        "end",
        "ends",
        "ended",
        "end_date",
        "enddate",
        "validto",
        "until",
        "valid_until",
        "expires",
        "expiry",
        "expiry_date",
        "removed_on",
        "withdrawn_on",
        "deleted_at",
    ];
    NAMES.contains(&column_name(heading).as_str())
}

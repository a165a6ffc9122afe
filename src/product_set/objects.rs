//! Records of people's own in structured data as a table: `[{"asid": "…", "interactions": ["…"]}]`, one object a line, and
//! the ways in which pandas writes a table as JSON.

use super::grid::{Grid, Row};
use super::node::{Datum, Group};
use super::table;

/// The data as a table; `None` if it is not a list of flat records.
pub(super) fn grid(nodes: &[Datum]) -> Option<Grid> {
    let mut records: Vec<&Group> = Vec::new();
    for node in nodes {
        collect(node, &mut records, 0)?;
    }
    let mut grid = match records.as_slice() {
        [] => return None,
        [only] => by_column(only).or_else(|| of_records(&records))?,
        _ => of_records(&records)?,
    };
    grid.is_damaged |= !nodes.iter().all(Datum::is_whole);
    grid.rows.first()?.cells.iter().any(|c| table::is_id_heading(c)).then_some(grid)
}

/// The records of a value: the value itself, the members of a list, or those of the only list in it.
fn collect<'d>(node: &'d Datum, records: &mut Vec<&'d Group>, depth: usize) -> Option<()> {
    const DEEPEST: usize = 4;
    let group = node.group()?;
    if depth > DEEPEST {
        return None;
    }
    let keyed = group.items.iter().filter(|i| i.key.is_some()).count();
    if keyed == 0 {
        return group.values().try_for_each(|v| collect(v, records, depth + 1));
    }
    if let [only] = group.items.as_slice()
        && let [value] = only.values.as_slice()
        && value.group().is_some_and(|g| g.values().all(|v| v.group().is_some()))
    {
        return collect(value, records, depth + 1);
    }
    records.push(group);
    Some(())
}

fn of_records(records: &[&Group]) -> Option<Grid> {
    let mut names: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for record in records {
        let mut cells: Vec<String> = vec![String::new(); names.len()];
        for item in &record.items {
            let name = item.key.as_deref()?;
            let at = names.iter().position(|n| *n == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            cells.resize(cells.len().max(at + 1), String::new());
            cells[at] = cell(item.values.as_slice())?;
        }
        rows.push(Row { number: record.line, cells });
    }
    let mut grid = Grid::default();
    grid.rows.push(Row { number: 1, cells: names.into_iter().map(str::to_owned).collect() });
    grid.rows.extend(rows);
    Some(grid)
}

/// The text of a value, or the texts of a list, each on a line.
fn cell(values: &[Datum]) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for value in values {
        match value {
            Datum::Text(leaf) => texts.push(&leaf.text),
            Datum::Group(group) if group.items.iter().all(|i| i.key.is_none()) => {
                for inner in group.values() {
                    match inner {
                        Datum::Text(leaf) => texts.push(&leaf.text),
                        Datum::Elided(_) => {}
                        Datum::Group(_) => return None,
                    }
                }
            }
            Datum::Elided(_) => {}
            Datum::Group(_) => return None,
        }
    }
    Some(texts.join("\n"))
}

/// `{"ASID": {"0": …}, "Interaction": {"0": …}}`, and `{"columns": […], "data": [[…]]}`.
fn by_column(group: &Group) -> Option<Grid> {
    let mut grid = Grid::default();
    let row = |cells| Row { number: group.line, cells };
    if let (Some(names), Some(data)) = (group.get("columns"), group.get("data").and_then(Datum::group)) {
        grid.rows.push(row(names.group()?.values().map(|v| v.text().unwrap_or_default().to_owned()).collect()));
        for line in data.values() {
            let cells = line.group()?.values().map(|v| cell(std::slice::from_ref(v))).collect::<Option<Vec<_>>>()?;
            grid.rows.push(row(cells));
        }
        return Some(grid);
    }
    if let Some(grid) = of_lists(group) {
        return Some(grid);
    }
    let columns: Vec<&Group> = group
        .items
        .iter()
        .map(|i| i.values.first().and_then(Datum::group).filter(|g| g.items.iter().all(|i| i.key.is_some())))
        .collect::<Option<Vec<_>>>()?;
    let first = columns.first()?;
    grid.rows.push(row(group.items.iter().map(|i| i.key.clone().unwrap_or_default()).collect()));
    for item in &first.items {
        let key = item.key.as_deref()?;
        let cells = columns.iter().map(|c| cell(std::slice::from_ref(c.get(key)?))).collect::<Option<Vec<_>>>()?;
        grid.rows.push(row(cells));
    }
    Some(grid)
}

/// `{"asid": ["…", "…"], "interaction": ["…", "…"]}`: columns of the same length, one of them with an ASID in each row.
fn of_lists(group: &Group) -> Option<Grid> {
    let names: Vec<&str> = group.items.iter().map(|i| i.key.as_deref()).collect::<Option<_>>()?;
    let mut columns: Vec<Vec<&str>> = Vec::new();
    for item in &group.items {
        let [Datum::Group(list)] = item.values.as_slice() else { return None };
        if !list.is_closed || list.items.iter().any(|i| i.key.is_some()) {
            return None;
        }
        columns.push(list.values().map(|v| v.text()).collect::<Option<_>>()?);
    }
    let height = columns.first()?.len();
    let is_owner = |at: usize| {
        table::is_asid(&table::column_name(names[at])) && columns[at].iter().all(|t| super::words::asid(t).is_some())
    };
    if height < 2 || columns.iter().any(|c| c.len() != height) || !(0..columns.len()).any(is_owner) {
        return None;
    }
    let mut grid = Grid::default();
    grid.rows.push(Row { number: group.line, cells: names.into_iter().map(str::to_owned).collect() });
    for at in 0..height {
        grid.rows.push(Row { number: group.line, cells: columns.iter().map(|c| c[at].to_owned()).collect() });
    }
    Some(grid)
}

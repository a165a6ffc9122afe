//! Recognises the form of a file and reads it.

use super::answer;
use super::by_endpoint;
use super::cells;
use super::config;
use super::directory;
use std::collections::{BTreeSet, HashSet};

use super::grid;
use super::keyed;
use super::list;
use super::literal::{self, Literals};
use super::model::{GapKind, Marked, ProductSetFile, Reason, Record, SetGap, merged_entries};
use super::more;
use super::names::SetNames;
use super::nested;
use super::node::Datum;
use super::objects;
use super::paths;
use super::sds;
use super::source::SetSource;
use super::sql;
use super::stacked;
use super::table;
use super::wiki;
use super::words;
use super::xml;
use super::yaml;
use crate::facts::SetForm;
use crate::pack::model::Pack;

/// How deep a text may be in the strings of another: a mail in a ticket's JSON, a response body in a HAR file.
const DEEPEST: usize = 3;

/// Reads a file with a product set. Any bytes are accepted.
#[must_use]
pub fn read(bytes: &[u8], pack: &Pack) -> ProductSetFile {
    let names = &SetNames::of(pack);
    #[cfg(feature = "sheets")]
    if super::sheet::is_spreadsheet(bytes) {
        return spreadsheet(bytes, names);
    }
    let text = crate::text::decode(bytes).text;
    if text.trim().is_empty() {
        return ProductSetFile::without(SetForm::Empty, Reason::EmptyFile);
    }
    of_text(&text, names, 0).unwrap_or_else(|| ProductSetFile::without(SetForm::Unknown, Reason::UnknownForm))
}

/// Whether a file is a spreadsheet that this program reads.
#[must_use]
pub(crate) fn is_spreadsheet(bytes: &[u8]) -> bool {
    #[cfg(feature = "sheets")]
    let is_sheet = super::sheet::is_spreadsheet(bytes);
    #[cfg(not(feature = "sheets"))]
    let is_sheet = {
        let _ = bytes;
        false
    };
    is_sheet
}

#[cfg(feature = "sheets")]
fn spreadsheet(bytes: &[u8], names: &SetNames) -> ProductSetFile {
    match super::sheet::read(bytes) {
        Some(grids) => of_sheets(&grids, names),
        None => ProductSetFile::without(SetForm::Spreadsheet, Reason::Broken),
    }
}

/// Reads the sheet that is a product set. Of several, none can be preferred.
fn of_sheets(grids: &[grid::Grid], names: &SetNames) -> ProductSetFile {
    let read = grids.iter().filter_map(|g| {
        let mut file = table::read(g, SetForm::Spreadsheet, names)?;
        // A sheet that is named after its system.
        let (numbers, _) = words::asids_in(g.name.as_deref().unwrap_or_default());
        if let ([asid], [record]) = (numbers.as_slice(), file.records.as_mut_slice())
            && record.asid.is_none()
            && !file.has_unclear_owner
        {
            record.asid = Some(asid.clone());
        }
        Some(file)
    });
    let mut files: Vec<ProductSetFile> = read.filter(|f| f.records.iter().any(|r| !r.is_bare())).collect();
    match files.len() {
        0 => ProductSetFile::without(SetForm::Spreadsheet, Reason::UnknownForm),
        1 => {
            let mut file = files.remove(0);
            if file.records.iter().any(|r| r.asid.is_none()) {
                let all: Vec<String> =
                    grids.iter().flat_map(|g| &g.rows).flat_map(|r| r.cells.iter().cloned()).collect();
                let (numbers, is_unreadable) = words::asids_in(&all.join("\n"));
                file.numbers = numbers;
                file.has_unclear_owner |= is_unreadable;
            }
            file
        }
        count => {
            // Each sheet may be of another system or environment.
            let all_named = files.iter().all(|f| f.records.iter().all(|r| r.asid.is_some()));
            let notes: Vec<String> = files.iter().flat_map(|f| f.notes.clone()).collect();
            let records: Vec<Record> = files.drain(..).flat_map(|f| f.records).collect();
            let mut file = ProductSetFile::of(SetForm::Spreadsheet, merged_entries(records));
            file.notes = notes;
            file.has_unclear_owner = !all_named;
            file.note(format!("{count} sheets have endpoints or interactions"))
        }
    }
}

fn of_text(text: &str, names: &SetNames, depth: usize) -> Option<ProductSetFile> {
    let source = SetSource::of(text);
    let mut file = of_source(&source, names, depth)?;
    if source.is_cut || !source.ends_with_break {
        // A cell that is blank in the last row may have been cut off.
        let last = source.lines.iter().rev().find(|l| !l.text.trim().is_empty()).map(|l| l.number);
        for record in &mut file.records {
            let is_cut = |m: &Marked| m.quote.is_empty() && m.line == last;
            let (cut, denied) = std::mem::take(&mut record.denied).into_iter().partition(is_cut);
            record.denied = denied;
            let cut: Vec<Marked> = cut;
            record.doubtful.extend(cut.into_iter().map(|m| m.id));
            record.tidy();
        }
    }
    if source.is_cut {
        file.gaps.push(SetGap::new(
            GapKind::Cut,
            "the page ends within a table",
            source.lines.last().map(|l| l.number),
        ));
    }
    Some(file)
}

fn of_source(source: &SetSource, names: &SetNames, depth: usize) -> Option<ProductSetFile> {
    let text = source.text();
    if text.trim().is_empty() {
        return None;
    }
    if let Some(grid) = cells::sylk(&text) {
        return Some(of_sheets(&[grid], names));
    }
    // The names of a spreadsheet's cells look like those of endpoints.
    if source.lines.iter().any(|l| l.text.starts_with("cell:A1:")) {
        return None;
    }
    if let Some(file) = of_document(
        yaml::read(&text).or_else(|| config::toml(&text)).or_else(|| paths::read(source)),
        source,
        &text,
        names,
    ) {
        return Some(finished(file, &text));
    }
    // Without names of entries, lines with attributes may be the members of printed data.
    if directory::has_names(source)
        && let Some(file) = directory::read(source)
    {
        let other = is_unread(&file, &text)
            .then(|| {
                let data = sds::read(&literal::read(&text), false).filter(|f| lost(f, &text) == 0);
                data.filter(|f| !f.records.is_empty()).or_else(|| list::headed(source))
            })
            .flatten();
        return Some(finished(other.unwrap_or(file), &text));
    }
    if let Some(file) = sql::rows(&text).and_then(|rows| of_sql(rows, source, names)) {
        return Some(finished(file, &text));
    }
    let xml = xml::read(&text).map(|node| Literals { nodes: vec![node], is_broken: false });
    let is_xml = xml.is_some();
    let mut literals = xml.unwrap_or_else(|| literal::read(&text));
    if is_xml {
        literals.is_broken = !literals.nodes.iter().all(super::node::Datum::is_whole);
    }
    if is_xml && let Some(grids) = literals.nodes.first().and_then(cells::xml) {
        return Some(of_sheets(&grids, names));
    }
    let sign_of_more = more::sign(&literals);
    let found = sds::read(&literals, is_xml).filter(|file| is_meant(&text, file));
    if let Some(mut file) = found {
        file.gaps.extend(sign_of_more);
        relabel(&mut file, source);
        let lost = lost(&file, &text);
        if lost > 0 {
            let says = format!("{lost} interaction ids of the file belong to no record that was understood");
            file.gaps.push(SetGap::new(GapKind::Value, says, None));
        }
        // Brackets around the name of an entry are no record.
        if lost > 0
            && file.records.iter().all(Record::is_bare)
            && let Some(file) = by_line(source)
        {
            return Some(finished(file, &text));
        }
        if !is_xml && file.kind == SetForm::LdapPrint && is_json(&text) {
            file.kind = SetForm::SdsJson;
        }
        return Some(finished(file, &text));
    }
    if let Some(file) = directory::read(source) {
        return Some(finished(file, &text));
    }
    let is_cut_data = literals.is_broken && literals.nodes.iter().any(|n| !n.is_whole() && holds_ids(n, names));
    let finished = |mut file: ProductSetFile| {
        if is_cut_data {
            let says = "the data ends early or is damaged: a bracket or a quote is not closed";
            file.gaps.push(SetGap::new(GapKind::Cut, says, None));
        }
        file.gaps.extend(sign_of_more.clone());
        finished(file, &text)
    };
    if depth < DEEPEST {
        let inner = sds::inner_texts(&literals).into_iter().filter_map(|t| of_text(&t, names, depth + 1));
        let inner: Vec<_> = inner.filter(|f| !f.records.is_empty() || f.kind == SetForm::SdsEndpoint).collect();
        if let Some(file) = joined(inner, literals.is_broken) {
            return Some(file);
        }
    }
    if depth > 0 && !text.contains("urn:") && !text.contains('\n') {
        return None;
    }
    if let Some(file) = by_endpoint::data(&literals, names, &text).or_else(|| by_endpoint::lines(source, names)) {
        return Some(finished(file));
    }
    if let Some(file) = of_records(&literals, names).or_else(|| nested::read(&literals, names, &text)) {
        return Some(finished(file));
    }
    // A list of interactions as a program prints it: no entry, no owner.
    if let Some(file) = values(&literals, &text) {
        let rows = || stacked::vertical(source).and_then(|g| table::read(&g, SetForm::Csv, names));
        let named = || rows().filter(|f| f.records.iter().any(|r| r.asid.is_some() && !r.is_bare()));
        let file = by_line(source).or_else(|| owned(&literals)).or_else(named).unwrap_or(file);
        return Some(finished(file));
    }
    let shown = |grid: grid::Grid| table::read(&grid, SetForm::Csv, names).filter(|f| !f.records.is_empty());
    if let Some(file) = stacked::vertical(source).and_then(shown) {
        return Some(finished(file));
    }
    if let Some(file) = wiki::asciidoc(source).and_then(shown) {
        return Some(finished(file));
    }
    if let Some(mut file) = wiki::latex(source).and_then(shown) {
        if !text.contains("\\end{") {
            file.gaps.push(SetGap::new(GapKind::Cut, "the table has no end: `\\end{tabular}` is missing", None));
        }
        return Some(finished(file));
    }
    let grid = grid::of(source);
    // A last row with all cells, whose last cell is closed, needs no line end.
    let is_row_whole = grid.as_ref().is_some_and(|grid| {
        let width = |row: Option<&grid::Row>| row.map_or(0, |r| r.cells.len());
        let head = grid.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        head > 1 && width(grid.rows.last()) == head && !grid.is_damaged && text.ends_with(['"', '|'])
    });
    if let Some(mut file) = grid.and_then(|g| table::read(&g, SetForm::Csv, names)) {
        // A line that has both is surer than a heading.
        if file.records.iter().any(|r| r.asid.is_none())
            && let Some(file) = by_line(source)
        {
            return Some(finished(file));
        }
        if wiki::is_cut(source) {
            file.gaps.push(SetGap::new(GapKind::Cut, "the table has no end: a line `|===` is missing", None));
        }
        if is_row_whole {
            return Some(self::finished(file, &(text + "\n")));
        }
        return Some(finished(file));
    }
    if let Some(file) = stacked::one_cell_a_line(source, names).and_then(shown) {
        return Some(finished(file));
    }
    if let Some(file) = by_line(source).or_else(|| list::headed(source)) {
        return Some(finished(file));
    }
    if depth == 0
        && let Some(file) = keyed::read(&literals, names)
    {
        return Some(finished(file));
    }
    // Its ids must not be taken for a list without owner.
    if is_directory_data(&text) {
        if let Some(file) = list::headed(source).filter(|_| !literals.is_broken) {
            return Some(finished(file));
        }
        let mut file = ProductSetFile::without(SetForm::Unknown, Reason::OwnerUnclear);
        if literals.is_broken {
            file.problem = Some(Reason::Broken);
        }
        return Some(file);
    }
    // A key without what it has.
    if literals.is_broken && text.trim_start().starts_with('{') {
        return Some(ProductSetFile::without(SetForm::SdsJson, Reason::Broken));
    }
    let file = list::read(source, names);
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    if file.problem == Some(Reason::UnknownForm) && table::is_heading(first) {
        return Some(
            ProductSetFile::without(SetForm::Csv, Reason::EmptyResult)
                .note("the table has a header row but no other rows"),
        );
    }
    if file.problem == Some(Reason::UnknownForm) && literals.is_broken && text.trim_start().starts_with('[') {
        return Some(ProductSetFile::without(SetForm::SdsJson, Reason::Broken));
    }
    Some(finished(file))
}

/// Reads the data of a document that has no end mark.
fn of_document(node: Option<Datum>, source: &SetSource, text: &str, names: &SetNames) -> Option<ProductSetFile> {
    let literals = Literals { nodes: vec![node?], is_broken: false };
    let mut file = sds::read(&literals, false)
        .filter(|f| !f.records.is_empty())
        .or_else(|| of_records(&literals, names))
        .or_else(|| nested::read(&literals, names, text))?;
    file.gaps.extend(more::sign(&literals));
    relabel(&mut file, source);
    file.taken_as_whole = true;
    Some(file)
}

/// Reads the rows of SQL statements.
fn of_sql(rows: sql::SqlRows, source: &SetSource, names: &SetNames) -> Option<ProductSetFile> {
    let mut file = table::read(&rows.grid, SetForm::Csv, names).filter(|f| f.records.iter().any(|r| !r.is_bare()))?;
    if rows.is_changed {
        return Some(
            ProductSetFile::without(SetForm::Csv, Reason::UnknownForm)
                .note("its statements change or delete rows, so the rows that they insert may not be there any more"),
        );
    }
    if rows.is_odd {
        file.gaps.push(SetGap::new(GapKind::Value, "a statement with ids was not understood", None));
    }
    if rows.is_cut {
        file.gaps.push(SetGap::new(GapKind::Cut, "the last statement has no end", None));
    }
    relabel(&mut file, source);
    Some(file)
}

/// Whether a text has interactions, and a file that was read from it has none of them.
fn is_unread(file: &ProductSetFile, text: &str) -> bool {
    !file.records.is_empty()
        && file.records.iter().all(|r| r.interactions.is_empty())
        && !file.notes.iter().any(|n| n.contains("message-handling"))
        && !words::interactions(text).is_empty()
}

/// Reads records that are members of people's own.
fn of_records(literals: &Literals, names: &SetNames) -> Option<ProductSetFile> {
    let grid = objects::grid(&literals.nodes)?;
    let is_damaged = grid.is_damaged || literals.is_broken;
    let mut file = table::read(&grid, SetForm::Csv, names).filter(|f| f.records.iter().any(|r| !r.is_bare()))?;
    // One object a line has no end.
    file.taken_as_whole = literals.nodes.len() > 1;
    file.gaps.retain(|g| g.line.is_some());
    if is_damaged {
        let says = "the data is not whole: a bracket or a quote does not match, or a part was left out";
        file.gaps.push(SetGap::new(GapKind::Cut, says, None));
    }
    Some(file)
}

/// Whether structured data names an endpoint or an interaction.
fn holds_ids(node: &Datum, names: &SetNames) -> bool {
    let mut found = false;
    node.leaves(&mut |leaf| {
        found = found || !words::interactions(&leaf.text).is_empty() || !names.endpoints(&leaf.text, &[]).is_empty();
    });
    found
}

/// Whether the data is the main content of the file, not the body of a captured exchange or a stray bracket.
fn is_meant(text: &str, file: &ProductSetFile) -> bool {
    let at_start = text.trim_start().starts_with(['{', '[', '<', '(', '$', '#']);
    let says_something = !file.records.is_empty() || file.kind == SetForm::SdsEndpoint;
    let from_sds = text.contains("/spine-directory/") || file.problem == Some(Reason::EmptyResult);
    at_start || says_something || from_sds
}

fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with(['{', '['])
        && start[1..].trim_start().starts_with(['"', '{', '['])
        && text.contains("\": ") | text.contains("\":")
}

/// Whether a text has the names of the directory in it.
fn is_directory_data(text: &str) -> bool {
    const NAMES: [&str; 7] = [
        "nhsassvcia",
        "uniqueidentifier=",
        "nhsspineasid",
        "nhsserviceinteractionid",
        "\"resourcetype\"",
        "nhsmhspartykey:",
        "ou=services",
    ];
    let lower = text.to_ascii_lowercase();
    NAMES.iter().any(|n| lower.contains(n)) && text.contains("urn:")
}

/// Turns the lines of the unwrapped text into those of the file.
fn relabel(file: &mut ProductSetFile, source: &SetSource) {
    let own = file.records.iter_mut().flat_map(|r| &mut r.gaps);
    for gap in own.chain(&mut file.gaps) {
        gap.line = gap.line.map(|line| source.number(line));
    }
}

/// Notes what is known about the ASIDs of a file whose records have none, and signs of a cut that no form has.
fn finished(mut file: ProductSetFile, text: &str) -> ProductSetFile {
    if file.taken_as_whole {
        let last = text.trim_end().lines().next_back().unwrap_or_default();
        // A line or two may be all that a person typed, unless it has an ASID, too.
        let is_long = text.lines().take(3).count() == 3 || !words::asids_in(last).0.is_empty();
        let ids = words::interactions(last);
        // A bracket closes the last record; an id with its version is not cut, if all have one.
        let has_end = last.trim_end().ends_with([']', '}', ')'])
            || ids.last().is_some_and(|(id, range)| range.end == last.trim_end().len() && is_versioned(id));
        // A bullet without its item, or the first digits of a row.
        let is_begun = || {
            let last = text.lines().next_back().unwrap_or_default();
            let is_mark = !last.is_empty()
                && !last.chars().any(char::is_alphanumeric)
                && !last.ends_with(['-', '=', '+', '|', '*', '}', ']', ')']);
            let digits = last.trim_start();
            is_mark && !grid::is_rule(last)
                || last.contains('\u{FFFD}')
                || (1..words::ASID_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        if is_long && !text.ends_with('\n') && (!ids.is_empty() && !has_end || is_begun()) {
            file.gaps.push(SetGap::new(GapKind::Cut, "the last line has no end", text.lines().count()));
        }
        file.records.iter_mut().filter(|r| has_cut_version(&r.interactions)).for_each(|r| {
            r.gaps.push(SetGap::new(GapKind::Value, "an interaction id has no version, unlike the others", None));
        });
    }
    if let Some(at) = words::fragment(text)
        && !has_joined(&file, text)
    {
        let line = text[..at].matches('\n').count() + 1;
        file.gaps.push(SetGap::new(GapKind::Value, "an interaction id is broken into parts", line));
    }
    if file.records.iter().any(|r| r.asid.is_none()) {
        let (numbers, is_unreadable) = words::asids_in(text);
        file.numbers = numbers;
        file.has_unclear_owner |= is_unreadable;
    }
    file
}

/// Whether a record has an interaction that the text has only in parts, so that the parts were understood.
fn has_joined(file: &ProductSetFile, text: &str) -> bool {
    let whole: HashSet<String> = words::interactions(text).into_iter().map(|(id, _)| id).collect();
    file.records.iter().flat_map(|r| &r.interactions).any(|id| !whole.contains(id))
}

/// Whether an interaction ends with a version (`_V001`).
fn is_versioned(id: &str) -> bool {
    let digits = id.len() - id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    digits == 3 && id[..id.len() - digits].ends_with("_V")
}

/// Whether one interaction has no version (`_V001`) although others of its service have one: it was cut.
fn has_cut_version(interactions: &[String]) -> bool {
    let service = |id: &String| id.rsplit_once(':').map_or(0..0, |(service, _)| 0..service.len());
    let (with, without): (Vec<&String>, Vec<&String>) = interactions.iter().partition(|id| is_versioned(id));
    let versioned: HashSet<&str> = with.into_iter().map(|id| &id[service(id)]).collect();
    without.into_iter().any(|id| versioned.contains(&id[service(id)]))
}

/// How many interactions of a text are in none of its records. Those of message-handling records are none of its own.
fn lost(file: &ProductSetFile, text: &str) -> usize {
    if file.records.is_empty() || file.notes.iter().any(|n| n.contains("message-handling")) {
        return 0;
    }
    let known: BTreeSet<&str> = file.records.iter().flat_map(|r| &r.interactions).map(String::as_str).collect();
    let all: HashSet<String> = words::interactions(text).into_iter().map(|(id, _)| id).collect();
    // The first part of an id that is broken over two lines is not another id.
    let is_known = |id: &str| known.range(id..).next().is_some_and(|k| k.starts_with(id));
    all.iter().filter(|id| !is_known(id)).count()
}

/// Lists of interactions as a program prints them.
fn values(literals: &Literals, text: &str) -> Option<ProductSetFile> {
    let mut records = Vec::new();
    let mut count = 0;
    for node in &literals.nodes {
        let mut record = Record::default();
        node.leaves(&mut |leaf| {
            let found = words::interactions(&leaf.text);
            if found.iter().any(|(id, _)| !words::is_full(id)) {
                record.gaps.push(SetGap::new(GapKind::Value, "an interaction id is cut short", leaf.line));
            }
            for (id, _) in found {
                count += 1;
                record.interactions.push(id);
            }
        });
        if record.interactions.len() < 2 {
            continue;
        }
        if !node.is_whole() {
            record.gaps.push(SetGap::new(GapKind::Cut, "the printed list is shortened or has no end", None));
        }
        records.push(record);
    }
    // One that is outside of the data may belong to another list.
    if records.is_empty() || words::interactions(text).len() > count {
        return None;
    }
    let mut file = ProductSetFile::of(SetForm::LdapPrint, merged_entries(records));
    if literals.is_broken {
        file.gaps.push(SetGap::new(GapKind::Cut, "the data is damaged: its brackets or quotes do not match", None));
    }
    Some(file)
}

/// Lists that hold an ASID and its interactions: `["200000100000", "F5H1R", "urn:…", "urn:…"]`.
fn owned(literals: &Literals) -> Option<ProductSetFile> {
    fn walk(node: &Datum, records: &mut Vec<Record>, left: &mut usize) -> Option<()> {
        let group = node.group()?;
        let mut record = Record::default();
        for value in group.values() {
            match value {
                Datum::Text(leaf) => {
                    let asid = words::whole_asid(&leaf.text);
                    if asid.is_some() && record.asid.is_some() {
                        return None;
                    }
                    record.asid = record.asid.take().or(asid);
                    record.interactions.extend(words::interaction(&leaf.text));
                }
                Datum::Group(_) => walk(value, records, left)?,
                Datum::Elided(_) => return None,
            }
        }
        if !record.interactions.is_empty() {
            record.asid.as_ref()?;
            *left += record.interactions.len();
            records.push(record);
        }
        group.is_closed.then_some(())
    }
    let (mut records, mut count) = (Vec::new(), 0);
    literals.nodes.iter().try_for_each(|n| walk(n, &mut records, &mut count))?;
    let all: usize = literals
        .nodes
        .iter()
        .map(|n| {
            let mut found = 0;
            n.leaves(&mut |leaf| found += words::interactions(&leaf.text).len());
            found
        })
        .sum();
    (all == count && !literals.is_broken).then(|| ProductSetFile::of(SetForm::LdapPrint, merged_entries(records)))
}

/// Interactions with the ASID of each in the same line: `200000100000 urn:…`, a name of an entry and its list.
fn by_line(source: &SetSource) -> Option<ProductSetFile> {
    let mut records = Vec::new();
    for line in &source.lines {
        let found = words::interactions(&line.text);
        if found.is_empty() {
            continue;
        }
        let (numbers, is_unreadable) = words::asids_in(&line.text);
        let [asid] = numbers.as_slice() else { return None };
        if is_unreadable || found.iter().any(|(id, _)| !words::is_full(id)) {
            return None;
        }
        if answer::is_said(&line.text) {
            return None;
        }
        let mut record = Record { asid: Some(asid.clone()), ..Record::default() };
        let is_cut = line.text.contains('…')
            || line.text.contains("...")
            || line.text.matches(['[', '{', '(']).count() > line.text.matches([']', '}', ')']).count();
        if is_cut {
            record.gaps.push(SetGap::new(GapKind::LeftOut, "the line is shortened", line.number));
        }
        record.interactions.extend(found.into_iter().map(|(id, _)| id));
        records.push(record);
    }
    if records.is_empty() {
        return None;
    }
    let mut file = ProductSetFile::of(SetForm::List, merged_entries(records));
    file.taken_as_whole = true;
    Some(file)
}

/// The files in the strings of another, as one.
fn joined(files: Vec<ProductSetFile>, is_broken: bool) -> Option<ProductSetFile> {
    let mut files = files.into_iter();
    let mut all = files.next()?;
    for file in files {
        if file.records.is_empty() {
            continue;
        }
        if all.records.is_empty() {
            all.kind = file.kind;
        }
        all.records.extend(file.records);
        all.notes.extend(file.notes);
        all.gaps.extend(file.gaps);
        all.numbers.extend(file.numbers);
        all.has_unclear_owner |= file.has_unclear_owner;
        all.is_search_open |= file.is_search_open;
        all.taken_as_whole |= file.taken_as_whole;
    }
    all.records = merged_entries(std::mem::take(&mut all.records));
    // Lines of a string are not lines of the file.
    all.records.iter_mut().flat_map(|r| &mut r.gaps).chain(&mut all.gaps).for_each(|g| g.line = None);
    if is_broken && !all.records.is_empty() {
        all.gaps.push(SetGap::new(GapKind::Cut, "the data ends early: a bracket or a quote is not closed", None));
    }
    Some(all)
}

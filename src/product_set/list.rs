//! Plain lists: pasted text and CSV.

use super::model::{Kind, ProductSetFile, Reason, Record};
use super::{merged, words};

/// Reads a list. A text without endpoints and interactions is of unknown form.
pub(super) fn read(text: &str) -> ProductSetFile {
    if let Some(file) = table(text) {
        return file;
    }
    if is_exchange(text) {
        return ProductSetFile::without(Kind::Unknown, Reason::UnknownForm)
            .note("it is a captured request, not a product set");
    }
    let mut records: Vec<Record> = vec![Record::default()];
    for line in text.lines() {
        take_line(&mut records, line);
    }
    let bare = records.iter().all(Record::is_bare);
    if bare && records.iter().all(|r| r.asid.is_none()) {
        return ProductSetFile::without(Kind::Unknown, Reason::UnknownForm);
    }
    ProductSetFile::of(Kind::List, merged(records))
}

/// Whether a text is a captured request, whose endpoint id would otherwise count as listed.
fn is_exchange(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches(['>', '<', '*', ' ', '\t', '"', '\'']);
        let begins = |word: &str| line.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word));
        begins("HTTP/1") || begins("HTTP/2") || begins("curl ") || begins("authorization:")
    })
}

fn take_line(records: &mut Vec<Record>, line: &str) {
    let content = without_comment(line);
    if content.trim().is_empty() {
        return;
    }
    let lower = content.to_ascii_lowercase();
    if let Some(asid) = behind(content, &lower, "asid").and_then(|v| words::asid(first_word(v))) {
        // A second ASID starts a second list.
        if records.last().is_some_and(|r| r.asid.as_ref().is_some_and(|a| *a != asid)) {
            records.push(Record::default());
        }
        if let Some(record) = records.last_mut() {
            record.asid = Some(asid);
        }
    }
    let Some(record) = records.last_mut() else { return };
    let label = |name: &str| behind(content, &lower, name).map(str::trim);
    if let Some(key) = label("party key").or_else(|| label("partykey")).and_then(|v| words::party_key(first_word(v))) {
        record.party_key = Some(key);
    }
    if let Some(ods) = label("ods code").or_else(|| label("ods")).and_then(|v| words::ods(first_word(v))) {
        record.ods = Some(ods);
    }
    for (name, place) in [
        ("environment", &mut record.environment),
        ("product name", &mut record.product),
        ("product version", &mut record.version),
        ("access mode", &mut record.access_mode),
    ] {
        if let Some(value) = label(name).and_then(words::short) {
            *place = Some(value);
        }
    }
    let interactions = words::interactions(content);
    let covered: Vec<_> = interactions.iter().map(|(_, range)| range.clone()).collect();
    let endpoints = words::endpoints(content, &covered);
    record.partial |= is_open_ended(&lower);
    if is_doubt(&lower) || is_sentence(&lower) && endpoints.len() < ENUMERATION {
        record.doubtful.extend(endpoints);
        return;
    }
    record.doubtful.extend(between(content));
    record.endpoints.extend(endpoints);
    record.interactions.extend(interactions.into_iter().map(|(id, _)| id));
}

/// This many ids in one line are a list, regardless of the words around them.
const ENUMERATION: usize = 3;

/// A comment may explain an id, and may name others. `#1` and the like do not start a comment.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.split_once(" # ").or_else(|| line.split_once("\t# ")).map_or(line, |(content, _)| content)
}

/// The ids inside a range (`A004-A008`, `A004 to A008`): perhaps meant, but not written.
fn between(content: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut before: Option<(u32, usize)> = None;
    let mut at = 0;
    for word in content.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let id = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let number = words::endpoint(id).and_then(|id| id[1..].parse::<u32>().ok());
        if let (Some(number), Some((first, end))) = (number, before) {
            let joint = content[end..at].trim().to_ascii_lowercase();
            if matches!(joint.as_str(), "-" | "–" | "—" | "to" | "through" | ".." | "..." | "…" | "- to -") {
                found.extend((first + 1..number).map(|n| format!("A{n:03}")));
            }
        }
        before = number.map(|n| (n, at + id.len())).or(before);
        at += word.len();
    }
    found
}

/// Whether a line says that the list is incomplete.
fn is_open_ended(lower: &str) -> bool {
    const PHRASES: [&str; 12] = [
        "full e-rs product set",
        "full product set",
        "full set",
        "all endpoints",
        "all e-rs",
        "all interactions",
        "everything",
        "etc",
        "and so on",
        "among others",
        "including",
        "for example",
    ];
    PHRASES.iter().any(|p| lower.contains(p))
}

/// Whether a line addresses a reader instead of listing something.
fn is_sentence(lower: &str) -> bool {
    const WORDS: [&str; 18] = [
        "i",
        "we",
        "you",
        "your",
        "our",
        "us",
        "please",
        "regarding",
        "question",
        "issue",
        "ticket",
        "fails",
        "failing",
        "failed",
        "error",
        "errors",
        "401",
        "403",
    ];
    lower.contains('?') || lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| WORDS.contains(&w))
}

/// The text after a label and its colon.
fn behind<'l>(line: &'l str, lower: &str, label: &str) -> Option<&'l str> {
    let at = lower.find(label)?;
    let alone = at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
    let rest = line.get(at + label.len()..)?;
    let value = rest.trim_start_matches([' ', '\t', '*', '_', '|', ',']);
    let value = value.strip_prefix([':', '=']).or_else(|| (label == "asid").then_some(value))?;
    (alone && rest.len() != value.len()).then_some(value.trim_start_matches([' ', '\t', '"', '*', '`', '|']))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '|' | ')' | '`' | '*'))
        .next()
        .unwrap_or_default()
}

/// Whether a line is about something that is missing or not there yet. An id in it does not count as listed.
fn is_doubt(lower: &str) -> bool {
    const WORDS: [&str; 17] = [
        "not",
        "no",
        "missing",
        "without",
        "except",
        "lacks",
        "lacking",
        "removed",
        "withdrawn",
        "requested",
        "pending",
        "absent",
        "unavailable",
        "excluded",
        "excluding",
        "isn't",
        "never",
    ];
    const PHRASES: [&str; 5] = ["to be added", "please add", "needs adding", "yet to", "to add"];
    lower.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'')).any(|w| WORDS.contains(&w))
        || PHRASES.iter().any(|p| lower.contains(p))
}

/// The cells of a line, with CSV quoting.
pub(super) fn cells(line: &str, delimiter: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            c if c == delimiter && !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells.into_iter().map(|c| c.trim().to_owned()).collect()
}

/// A column's name: lower case, joined by underscores.
pub(super) fn column(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{FEFF}').to_ascii_lowercase();
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("_")
}

/// The delimiter and the columns, if a line is the header of a table with one of these columns.
pub(super) fn head(line: &str, wanted: &[&str]) -> Option<(char, Vec<String>)> {
    [',', ';', '\t', '|'].into_iter().find_map(|delimiter| {
        let columns: Vec<String> = cells(line, delimiter).iter().map(|c| column(c)).collect();
        let fits = columns.iter().any(|c| wanted.contains(&c.as_str()));
        (fits && (columns.len() > 1 || delimiter == ',')).then_some((delimiter, columns))
    })
}

/// The lines that matter.
pub(super) fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#'))
}

pub(super) const ENDPOINT: [&str; 3] = ["endpoint_id", "endpoint", "api_id"];
pub(super) const INTERACTION: [&str; 4] = ["interaction_id", "interaction", "nhsassvcia", "service_interaction_id"];

fn table(text: &str) -> Option<ProductSetFile> {
    let mut rows = rows(text);
    let wanted: Vec<&str> = ENDPOINT.into_iter().chain(INTERACTION).collect();
    let (delimiter, columns) = head(rows.next()?, &wanted)?;
    let place = |names: &[&str]| columns.iter().position(|c| names.contains(&c.as_str()));
    let (endpoint, interaction) = (place(&ENDPOINT), place(&INTERACTION));
    let state = place(&["status", "state", "enabled", "listed", "in_product_set", "present", "active"]);
    let asid = place(&["asid", "nhsspineasid", "uniqueidentifier", "spine_asid"]);
    let mut records: Vec<Record> = Vec::new();
    let mut last: Option<String> = None;
    for row in rows {
        let cells = cells(row, delimiter);
        let cell = |place: Option<usize>| place.and_then(|i| cells.get(i)).map_or("", String::as_str);
        // Some spreadsheets give the ASID only in the first row.
        last = words::asid(cell(asid)).or(last);
        let mut record = Record { asid: last.clone(), ..Record::default() };
        let fill = |field: &mut Option<String>, names: &[&str], shape: fn(&str) -> Option<String>| {
            *field = field.take().or_else(|| shape(cell(place(names))));
        };
        fill(&mut record.party_key, &["party_key", "nhsmhspartykey"], words::party_key);
        fill(&mut record.ods, &["ods_code", "ods", "nhsidcode"], words::ods);
        fill(&mut record.environment, &["environment", "env"], words::short);
        fill(&mut record.manufacturer, &["manufacturer", "manufacturer_ods_code"], words::ods);
        fill(&mut record.product, &["product_name", "product"], words::short);
        fill(&mut record.version, &["product_version", "version"], words::short);
        fill(&mut record.access_mode, &["access_mode"], words::short);
        let said = cell(state).to_ascii_lowercase();
        let doubt =
            matches!(said.as_str(), "n" | "false" | "0" | "inactive" | "disabled" | "rejected") || is_doubt(&said);
        let id = words::endpoint(cell(endpoint)).or_else(|| words::endpoints(cell(endpoint), &[]).into_iter().next());
        if doubt {
            record.doubtful.extend(id);
        } else {
            record.endpoints.extend(id);
            record.interactions.extend(words::interaction(cell(interaction)));
        }
        records.push(record);
    }
    let records = merged(records);
    if records.is_empty() {
        return Some(
            ProductSetFile::without(Kind::Csv, Reason::EmptyResult)
                .note("the table has a header row but no other rows"),
        );
    }
    Some(ProductSetFile::of(Kind::Csv, records))
}

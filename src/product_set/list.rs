//! Plain lists and what people write around them.

use super::answer::{self, CellAnswer};
use super::model::{GapKind, Marked, ProductSetFile, Reason, Record, SetGap, merged};
use super::names::SetNames;
use super::source::SetSource;
use super::words;
use crate::facts::SetForm;

/// Reads a list. A text without endpoints and interactions is of unknown form.
pub(super) fn read(source: &SetSource, names: &SetNames) -> ProductSetFile {
    if is_exchange(source) {
        return ProductSetFile::without(SetForm::Unknown, Reason::UnknownForm)
            .note("it is a captured request, not a product set");
    }
    let is_added = |l: &str| l.strip_prefix('+').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let mut reader = ListReader {
        names,
        records: vec![Record::default()],
        has_ids_without_owner: false,
        is_unclear: false,
        is_doubted: false,
        is_diff: source.lines.iter().any(|l| is_added(&l.text)),
    };
    for line in &source.lines {
        reader.line(&line.text, line.number);
    }
    let is_unclear = reader.is_unclear;
    let mut records = merged(reader.records);
    // Answers on lines of their own: a table that lost its columns. Each may be about the id above or below it.
    if let Some(number) = answer_line(source, names) {
        for record in &mut records {
            for ids in [&mut record.endpoints, &mut record.interactions, &mut record.implied] {
                record.doubtful.append(ids);
            }
            let says =
                "the file has answers (yes, no) on lines of their own, so it was a table whose columns were lost";
            record.gaps.push(SetGap::new(GapKind::Value, says, number));
            record.tidy();
        }
    }
    let named = records.iter().filter(|r| r.asid.is_some()).count();
    // Ids in front of the first of several ASIDs may belong to it, or to none.
    let is_unclear = is_unclear || named > 1 && records.iter().any(|r| r.asid.is_none() && !r.is_bare());
    if records.iter().all(|r| r.is_bare() && r.asid.is_none()) {
        return ProductSetFile::without(SetForm::Unknown, Reason::UnknownForm);
    }
    let records: Vec<Record> = records.into_iter().filter(|r| r.asid.is_some() || !r.is_bare()).collect();
    let mut file = ProductSetFile::of(SetForm::List, records);
    file.has_unclear_owner = is_unclear;
    file.taken_as_whole = true;
    file
}

/// Whether a text is a captured request, whose endpoint id would otherwise count as listed.
pub(super) fn is_exchange(source: &SetSource) -> bool {
    source.lines.iter().any(|line| {
        let line = line.text.trim_start_matches(['>', '<', '*', ' ', '\t', '"', '\'']);
        let begins = |word: &str| line.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word));
        begins("HTTP/1") || begins("HTTP/2") || begins("curl ") || begins("authorization:")
    })
}

/// Interactions below lines that name an ASID, an entry or a system, in a text with names of the directory; `None` unless each
/// line with a number heads a list and nothing else is in between.
pub(super) fn headed(source: &SetSource) -> Option<ProductSetFile> {
    let mut records: Vec<Record> = Vec::new();
    let mut is_list = false;
    for line in &source.lines {
        let found = words::interactions(&line.text);
        let (numbers, is_unreadable) = words::asids_in(&line.text);
        if is_unreadable {
            return None;
        }
        match (numbers.as_slice(), found.is_empty()) {
            ([], true) => {
                let lower = line.text.to_ascii_lowercase();
                // An attribute ends what is known about the lists, and so do words about what follows.
                let is_title = records.is_empty() && is_head(&line.text);
                if lower.contains("nhs") && !lower.contains("o=nhs") && !is_title
                    || is_doubt(&lower)
                    || is_open_ended(&lower)
                {
                    return None;
                }
            }
            ([], false) => {
                let record = records.last_mut()?;
                is_list = true;
                // A tick of Markdown is no answer.
                let mut words = line.text.replace("[x]", "").replace("[X]", "");
                for (id, _) in &found {
                    words = words.replace(id.as_str(), "");
                }
                if is_doubt(&words.to_ascii_lowercase()) || answer::is_said(&words) || words.contains("[ ]") {
                    return None;
                }
                if line.text.contains("...")
                    || line.text.contains('…')
                    || found.iter().any(|(id, _)| !words::is_full(id))
                {
                    record.gaps.push(SetGap::new(GapKind::Value, "an interaction id is cut short", line.number));
                }
                record.interactions.extend(found.into_iter().map(|(id, _)| id));
            }
            ([asid], true) if is_head(&line.text) && (is_list || records.is_empty()) => {
                records.push(Record { asid: Some(asid.clone()), ..Record::default() });
                is_list = false;
            }
            _ => return None,
        }
    }
    if !is_list {
        // The numbers may follow their lists.
        return None;
    }
    let mut file = ProductSetFile::of(SetForm::List, merged(records));
    file.taken_as_whole = true;
    Some(file)
}

/// Whether the words of a line are those of a heading: `Entry 0: uniqueIdentifier=…`, `ASID 200000100000 has:`.
fn is_head(line: &str) -> bool {
    const WORDS: [&str; 38] = [
        "asid",
        "dn",
        "entry",
        "system",
        "uniqueidentifier",
        "ou",
        "services",
        "o",
        "nhs",
        "for",
        "of",
        "has",
        "product",
        "set",
        "record",
        "device",
        "interactions",
        "registered",
        "the",
        "accredited",
        "h",
        "int",
        "dep",
        "live",
        "prod",
        "production",
        "integration",
        "environment",
        "list",
        "listed",
        "granted",
        "approved",
        "enabled",
        "spine",
        "sds",
        "full",
        "current",
        "sets",
    ];
    let lower = line.to_ascii_lowercase();
    let mut all = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    lower.matches('=').count() <= 4 && all.all(|w| WORDS.contains(&w))
}

/// The first of the lines without ids that are answers, if there are enough of them to be those of a table.
fn answer_line(source: &SetSource, names: &SetNames) -> Option<usize> {
    let is_id = |t: &str| !names.endpoints(t, &[]).is_empty() || !words::interactions(t).is_empty();
    let said = |t: &str| {
        let value = t.rsplit([':', '|', '=', '\t', '│']).next().unwrap_or(t);
        // A line of dashes is not a no.
        let is_word = value
            .chars()
            .any(|c| c.is_alphabetic() || matches!(c, '✓' | '✔' | '✗' | '✘' | '✅' | '❌' | '☑' | '☐' | '?'));
        if is_word { answer::of(value) } else { CellAnswer::Blank }
    };
    let answers: Vec<(usize, CellAnswer)> = source
        .lines
        .iter()
        .filter(|l| !is_id(&l.text))
        .map(|l| (l.number, said(l.text.trim())))
        .filter(|(_, a)| matches!(a, CellAnswer::Yes | CellAnswer::No | CellAnswer::Pending | CellAnswer::Cross))
        .collect();
    let is_no = |a: &CellAnswer| matches!(a, CellAnswer::No | CellAnswer::Pending);
    let is_table = answers.len() > 1 || answers.iter().any(|(_, a)| is_no(a));
    answers.first().filter(|_| is_table).map(|(number, _)| *number)
}

struct ListReader<'n> {
    names: &'n SetNames,
    records: Vec<Record>,
    has_ids_without_owner: bool,
    is_unclear: bool,
    /// Whether the heading above is that of what is missing or asked for.
    is_doubted: bool,
    /// Whether lines begin with `+`, so that others with `-` were taken out.
    is_diff: bool,
}

impl ListReader<'_> {
    fn line(&mut self, line: &str, number: usize) {
        let is_id = |text: &str| !self.names.endpoints(text, &[]).is_empty() || !words::interactions(text).is_empty();
        if let Some(is_doubted) = section(line, &line.to_ascii_lowercase()).filter(|_| !is_id(line)) {
            self.is_doubted = is_doubted;
        }
        let content = without_comment(line);
        if content.trim().is_empty() {
            return;
        }
        let lower = content.to_ascii_lowercase();
        let mut said = statement(content, &lower, number, self.names);
        if self.is_doubted || self.is_diff && content.starts_with('-') {
            for ids in [&mut said.endpoints, &mut said.interactions, &mut said.implied] {
                said.doubtful.append(ids);
            }
        }
        if !self.owner(content, &lower, &said) {
            return;
        }
        let Some(record) = self.records.last_mut() else { return };
        labels(record, content, &lower);
        record.absorb(said);
    }

    /// Finds out whose ids the line has. Whether that is one ASID, or none so far.
    fn owner(&mut self, content: &str, lower: &str, said: &Record) -> bool {
        let labelled = behind(content, lower, "asid").and_then(|v| words::asid(first_word(v)));
        let (numbers, is_unreadable) = words::asids_in(content);
        let is_labelled = lower.contains("asid");
        if is_unreadable {
            self.is_unclear = true;
            return false;
        }
        let asids: Vec<String> = match labelled {
            Some(asid) if numbers.iter().all(|n| *n == asid) => vec![asid],
            // A number of twelve digits alone on its line, or in front of ids, is an ASID as well.
            _ if is_labelled || !said.is_bare() || is_number_line(content) => numbers,
            _ => Vec::new(),
        };
        match asids.as_slice() {
            [] => true,
            [asid] => {
                // A second ASID starts a second list.
                let is_next = self.records.last().is_some_and(|r| r.asid.as_ref().is_some_and(|a| a != asid));
                // Two ASIDs in a row may head two columns.
                self.is_unclear |= is_next && self.records.last().is_some_and(|r| r.is_bare() && !r.partial);
                if is_next {
                    self.records.push(Record::default());
                }
                let is_first = self.records.iter().all(|r| r.asid.is_none());
                if is_first && self.records.iter().any(|r| !r.is_bare()) {
                    self.has_ids_without_owner = true;
                } else if is_next && self.has_ids_without_owner {
                    // Do the ASIDs head their lists, or follow them?
                    self.is_unclear = true;
                }
                if let Some(record) = self.records.last_mut() {
                    record.asid = Some(asid.clone());
                }
                true
            }
            _ => {
                self.is_unclear |= !said.is_bare();
                said.is_bare()
            }
        }
    }
}

/// Whether a line has a number and nothing else: `--- 200000100000 ---`.
fn is_number_line(content: &str) -> bool {
    content.chars().filter(|c| c.is_alphanumeric()).count() <= words::ASID_DIGITS + 4
        && !content.chars().any(char::is_alphabetic)
}

/// What one line says about endpoints and interactions.
pub(super) fn statement(content: &str, lower: &str, number: usize, names: &SetNames) -> Record {
    let mut said = Record::default();
    let interactions = words::interactions(content);
    if interactions.iter().any(|(id, _)| !words::is_full(id)) {
        said.gaps.push(SetGap::new(GapKind::Value, "an interaction id is cut short", number));
    }
    let covered: Vec<_> = interactions.iter().map(|(_, range)| range.clone()).collect();
    let ids = names.endpoints(content, &covered);
    said.partial = is_open_ended(lower);
    if let Some(at) = except(lower)
        && ids.iter().any(|(_, r)| r.start > at)
        && !is_sentence(&lower[..at])
    {
        let (before, after): (Vec<_>, Vec<_>) = ids.into_iter().partition(|(_, r)| r.start < at);
        said.implied = names.between(content, &before);
        said.partial |= before.is_empty();
        said.endpoints = before.into_iter().map(|(id, _)| id).collect();
        said.denied = after.into_iter().map(|(id, _)| marked(id, content, number)).collect();
        return said;
    }
    let between = names.between(content, &ids);
    let endpoints: Vec<String> = ids.into_iter().map(|(id, _)| id).collect();
    let beside = beside(content, &interactions, names);
    if let Some(answer) = box_of(content).or_else(|| answer_beside(&beside))
        && answer != CellAnswer::Yes
    {
        let all = endpoints.into_iter().chain(between).chain(interactions.into_iter().map(|(id, _)| id));
        if answer == CellAnswer::No {
            said.denied = all.map(|id| marked(id, content, number)).collect();
        } else {
            said.doubtful = all.collect();
        }
        return said;
    }
    if is_doubt(lower) || is_sentence(lower) && endpoints.len() < ENUMERATION {
        said.doubtful = endpoints;
        said.doubtful.extend(between);
        said.doubtful.extend(interactions.into_iter().map(|(id, _)| id));
        return said;
    }
    said.implied = between;
    said.endpoints = endpoints;
    said.interactions = interactions.into_iter().map(|(id, _)| id).collect();
    said
}

/// The words of a line that are no ids.
fn beside(content: &str, interactions: &[(String, std::ops::Range<usize>)], names: &SetNames) -> String {
    let mut ranges: Vec<_> = interactions.iter().map(|(_, r)| r.clone()).collect();
    ranges.extend(names.endpoints(content, &ranges).into_iter().map(|(_, r)| r));
    ranges.sort_by_key(|r| r.start);
    let (mut out, mut at) = (String::new(), 0);
    for range in ranges.into_iter().filter(|r| r.end <= content.len()) {
        out.push_str(content.get(at..range.start).unwrap_or_default());
        out.push(' ');
        at = range.end.max(at);
    }
    out.push_str(content.get(at..).unwrap_or_default());
    out
}

/// An answer beside the ids of a line: `A042 = false`, `A042 ❌`.
fn answer_beside(beside: &str) -> Option<CellAnswer> {
    const CROSSES: [char; 8] = ['❌', '✗', '✘', '✖', '☒', '☐', '\u{1F534}', '\u{1F6AB}'];
    if beside.contains(CROSSES) {
        return Some(CellAnswer::No);
    }
    let word = beside.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '=' | '-' | '–' | '>' | '→' | '|' | '"' | '\'' | ',' | '*' | '•')
    });
    // `A005 to A012` is a range.
    const JOINS: [&str; 4] = ["to", "and", "or", "till"];
    let mut all = word.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let is_joined = all.clone().next().is_some() && all.all(|w| JOINS.contains(&w.to_lowercase().as_str()));
    if word.is_empty() || word.split_whitespace().count() > 3 || is_joined {
        return None;
    }
    Some(answer::of(word)).filter(|a| matches!(a, CellAnswer::No | CellAnswer::Pending | CellAnswer::Cross))
}

/// Whether a line without ids heads what is below it, and whether that is something missing or asked for.
fn section(line: &str, lower: &str) -> Option<bool> {
    const WANTED: [&str; 6] = ["required", "needed", "wanted", "request", "outstanding", "deprecated"];
    let words = lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|w| !w.is_empty());
    let line = line.trim();
    let is_heading =
        line.starts_with('#') || line.ends_with([':', '*', '_', '=']) || !line.ends_with(['.', '!', '?', ',']);
    (is_heading && (1..=8).contains(&words.clone().count()))
        .then(|| is_doubt(lower) || words.clone().any(|w| WANTED.contains(&w)))
}

/// What the box in front of an item of a list says: `- [x] A005`, `☐ A042`.
fn box_of(content: &str) -> Option<CellAnswer> {
    let item = content.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+' | '•'));
    if let Some(rest) = item.strip_prefix('[') {
        let (mark, _) = rest.split_once(']')?;
        return match mark.trim() {
            "" => Some(CellAnswer::No),
            "x" | "X" => Some(CellAnswer::Yes),
            // `[A042](address)` is a link.
            mark => (mark.chars().count() == 1 && !mark.starts_with(|c: char| c.is_ascii_digit()))
                .then_some(CellAnswer::Other),
        };
    }
    let mark = item.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_ascii())?;
    match answer::of(&mark.to_string()) {
        said @ (CellAnswer::Yes | CellAnswer::No | CellAnswer::Pending) => Some(said),
        _ => None,
    }
}

fn marked(id: String, content: &str, number: usize) -> Marked {
    Marked { id, quote: words::short(content).unwrap_or_default(), column: None, line: Some(number) }
}

/// Takes what a line says about the system.
fn labels(record: &mut Record, content: &str, lower: &str) {
    let label = |name: &str| behind(content, lower, name).map(str::trim);
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
}

/// This many ids in one line are a list, regardless of the words around them.
const ENUMERATION: usize = 3;

/// A comment may explain an id, and may name others. `#1` and the like do not start a comment.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with(';') || line.trim_start().starts_with("//") {
        return "";
    }
    if line.trim_start().starts_with('#') {
        // The heading of a list in Markdown: `## ASID 200000100000`.
        let rest = line.trim_start().trim_start_matches('#');
        return if is_head(rest) && words::asids_in(rest).0.len() == 1 { rest } else { "" };
    }
    line.split_once(" # ").or_else(|| line.split_once("\t# ")).map_or(line, |(content, _)| content)
}

/// Whether a line says that the list is incomplete.
pub(super) fn is_open_ended(lower: &str) -> bool {
    const PHRASES: [&str; 11] = [
        "full e-rs product set",
        "full product set",
        "full set",
        "all endpoints",
        "all e-rs",
        "all interactions",
        "everything",
        "and so on",
        "among others",
        "and others",
        "for example",
    ];
    const WORDS: [&str; 4] = ["etc", "including", "e.g", "eg"];
    let has_word = lower
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
        .any(|w| WORDS.contains(&w.trim_matches('.')));
    // A line of dots is a border.
    let ends_open = (lower.trim_end().ends_with('…') || lower.trim_end().ends_with("..."))
        && lower.trim().bytes().any(|b| b != b'.');
    has_word || ends_open || is_and_more(lower) || PHRASES.iter().any(|p| lower.contains(p))
}

/// "and 3 more", "+ 12 others", "more items".
fn is_and_more(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';'))
        .filter(|w| !w.is_empty())
        .collect();
    words.windows(2).any(|w| {
        let counts =
            w[0].trim_start_matches('+').parse::<u32>().is_ok() || matches!(w[0], "and" | "some" | "many" | "plus");
        counts && matches!(w[1].trim_end_matches('.'), "more" | "others" | "other")
    })
}

/// Whether a line addresses a reader instead of listing something.
pub(super) fn is_sentence(lower: &str) -> bool {
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
    (alone && rest.len() != value.len()).then_some(value.trim_start_matches([' ', '\t', '"', '*', '`', '|', '\'', '=']))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '"' | '|' | ')' | '`' | '*' | '\''))
        .next()
        .unwrap_or_default()
}

/// Whether a line is about something that is missing or not there yet. An id in it does not count as listed.
pub(super) fn is_doubt(lower: &str) -> bool {
    const WORDS: [&str; 21] = [
        "false",
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
        "tbc",
        "rejected",
        "awaiting",
    ];
    const PHRASES: [&str; 6] = ["to be added", "please add", "needs adding", "yet to", "to add", "to be confirmed"];
    lower.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'')).any(|w| WORDS.contains(&w))
        || PHRASES.iter().any(|p| lower.contains(p))
        // Struck out.
        || lower.contains("~~")
}

/// Where the exception begins in "all except A030".
pub(super) fn except(lower: &str) -> Option<usize> {
    ["except", "excluding", "apart from", "but not", "other than", "without", "all but", "minus"]
        .iter()
        .filter_map(|w| lower.find(w))
        .min()
}

//! What the writer of a ticket says about the product set: "we have A005, A006 and A042 on our INT ASID", a pasted table.
//!
//! A statement counts only if it is about having. People also list what they need, what fails, and what they ask for.

use super::grid;
use super::list;
use super::model::{Record, merged};
use super::names::SetNames;
use super::source::SetSource;
use super::table;
use super::words;
use crate::facts::SetForm;
use crate::pack::model::Pack;

/// Longer lines are not the words of a writer.
const LONGEST: usize = 400;

/// Fewer endpoints in a sentence may be those of one problem.
const FEWEST: usize = 3;

/// What a writer says, and where.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) record: Record,
    pub(crate) quote: String,
    /// From 1.
    pub(crate) line: usize,
}

/// The first statement of a text about what an ASID has; `None` if there is none, or if it is about several ASIDs.
#[must_use]
pub(crate) fn statement(text: &str, pack: &Pack) -> Option<Statement> {
    let names = SetNames::of(pack);
    let lines: Vec<&str> = text.split('\n').collect();
    let sentence = lines.iter().enumerate().find_map(|(i, line)| sentence(line, i + 1, &names));
    sentence.or_else(|| pasted_list(&lines, &names)).or_else(|| pasted_table(&lines, &names))
}

/// A list below a line that says what it is: `The following are approved on your INT ASID:`, `Our product set:`.
fn pasted_list(lines: &[&str], names: &SetNames) -> Option<Statement> {
    let bare = |line: &&str| line.trim().trim_start_matches(['>', ' ']).to_owned();
    let has_ids = |line: &str| !names.endpoints(line, &[]).is_empty();
    for (i, line) in lines.iter().enumerate() {
        let intro = bare(line);
        let lower = intro.to_ascii_lowercase();
        if intro.len() > LONGEST
            || !is_intro(&lower)
            || list::is_doubt(&lower)
            || lower.contains('?')
            || has_ids(&intro)
        {
            continue;
        }
        let below: Vec<String> = lines[i + 1..]
            .iter()
            .map(bare)
            .skip_while(String::is_empty)
            .take_while(|l| l.len() <= LONGEST && has_ids(l) && !list::is_sentence(&l.to_ascii_lowercase()))
            .collect();
        if below.iter().map(|l| names.endpoints(l, &[]).len()).sum::<usize>() < FEWEST {
            continue;
        }
        let source = SetSource::of(&(intro.clone() + "\n" + &below.join("\n") + "\n"));
        if list::is_exchange(&source) {
            continue;
        }
        let file = list::read(&source, names);
        let [record] = file.records.as_slice() else { continue };
        if file.has_unclear_owner || !file.gaps.is_empty() || record.is_bare() {
            continue;
        }
        let mut record = record.clone();
        record.environment = record.environment.or_else(|| environment(&lower, names));
        return Some(Statement { record, quote: words::short(&shortened(&intro))?, line: i + 1 });
    }
    None
}

/// Whether a line says that a list of what a system has follows.
fn is_intro(lower: &str) -> bool {
    is_about_having(lower) || lower.trim_end().ends_with(':') && is_label(lower)
}

/// Whether words name a product set, and nothing that is wanted or that fails.
fn is_label(lower: &str) -> bool {
    (lower.contains("product set") || lower.contains("message set")) && !is_about_other(lower)
}

fn sentence(line: &str, number: usize, names: &SetNames) -> Option<Statement> {
    let line = line.trim().trim_start_matches(['>', ' ']);
    if line.len() > LONGEST || names.endpoints(line, &[]).len() < FEWEST {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let is_labelled =
        lower.split_once(':').is_some_and(|(label, _)| names.endpoints(label, &[]).is_empty() && is_label(label));
    if !(is_about_having(&lower) || is_labelled && !is_about_other(&lower))
        || list::is_doubt(&lower)
        || lower.contains('?')
    {
        return None;
    }
    let mut record = list::statement(line, &lower, number, names);
    let (asids, is_unreadable) = words::asids_in(line);
    if record.endpoints.is_empty() || asids.len() > 1 || is_unreadable {
        return None;
    }
    record.asid = asids.into_iter().next();
    record.environment = environment(&lower, names);
    record.tidy();
    Some(Statement { record, quote: words::short(&shortened(line))?, line: number })
}

/// Whether a sentence is about what a system has, not about what it needs or what fails.
fn is_about_having(lower: &str) -> bool {
    const HAVING: [&str; 13] = [
        "have",
        "has",
        "registered",
        "approved",
        "enabled",
        "assigned",
        "granted",
        "includes",
        "contains",
        "lists",
        "configured",
        "accredited",
        "covers",
    ];
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let is_of_system = has(&["asid", "asids"]) || lower.contains("product set") || lower.contains("message set");
    has(&HAVING) && is_of_system && !is_about_other(lower)
}

/// Whether a sentence is about what is needed, called, or fails.
fn is_about_other(lower: &str) -> bool {
    const OTHER: [&str; 22] = [
        "need",
        "needs",
        "want",
        "wants",
        "would",
        "should",
        "please",
        "calling",
        "called",
        "call",
        "tried",
        "testing",
        "tested",
        "fail",
        "fails",
        "failing",
        "error",
        "errors",
        "problem",
        "problems",
        "deprecated",
        "if",
    ];
    // "Please find below the endpoints that are enabled."
    let lower = ["please find", "please see", "as requested"].iter().fold(lower.to_owned(), |l, p| l.replace(p, ""));
    lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| OTHER.contains(&w))
}

/// The environment that a sentence names: `on our INT ASID`.
fn environment(lower: &str, names: &SetNames) -> Option<String> {
    let mut found = lower
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|w| w.len() > 2)
        .filter_map(|w| names.environment(w));
    let first = found.next()?;
    found.all(|other| other == first).then(|| first.to_owned())
}

/// A table of endpoints with answers in the text.
fn pasted_table(lines: &[&str], names: &SetNames) -> Option<Statement> {
    let mut start = 0;
    while start < lines.len() {
        let len = lines[start..].iter().take_while(|l| !l.trim().is_empty()).count();
        let block = &lines[start..start + len];
        let with_ids = block.iter().filter(|l| l.len() <= LONGEST && !names.endpoints(l, &[]).is_empty()).count();
        if with_ids >= 2 && with_ids * 2 >= len {
            let source = SetSource::of(&(block.join("\n") + "\n"));
            let file = if list::is_exchange(&source) {
                None
            } else {
                grid::of(&source).and_then(|g| table::read(&g, SetForm::Ticket, names))
            };
            let records = file.filter(|f| !f.has_unclear_owner && f.gaps.is_empty()).map(|f| merged(f.records));
            if let Some([record]) = records.as_deref()
                && !record.is_bare()
            {
                let quote = words::short(&shortened(block[0].trim()))?;
                return Some(Statement { record: record.clone(), quote, line: start + 1 });
            }
        }
        start += len + 1;
    }
    None
}

fn shortened(line: &str) -> String {
    const SHOWN: usize = 76;
    if line.chars().count() <= SHOWN {
        return line.to_owned();
    }
    line.chars().take(SHOWN).collect::<String>() + "…"
}

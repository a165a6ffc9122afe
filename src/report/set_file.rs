//! What a file with a product set says, and the difference between two of them, for people and as JSON.

use std::collections::BTreeSet;
use std::io;

use serde::Serialize;

use super::set_owner::SetOwnerJson;
use super::style::{PageWriter, TextStyle};
use crate::diagnosis::model::SetOf;
use crate::product_set::model::{Marked, ProductSetFile, Record, SetGap};
use crate::redact::Redactor;

/// A file as it was read, with the name to show for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedSet<'f> {
    pub(crate) name: &'f str,
    pub(crate) file: &'f ProductSetFile,
    /// The only ASID to show.
    pub(crate) asid: Option<&'f str>,
}

impl NamedSet<'_> {
    fn records(&self) -> impl Iterator<Item = &Record> {
        self.file.records.iter().filter(|r| self.asid.is_none_or(|a| r.asid.as_deref() == Some(a)))
    }

    fn gaps(&self) -> impl Iterator<Item = &SetGap> {
        self.file.gaps.iter().chain(self.records().flat_map(|r| &r.gaps))
    }

    /// `yes`, `no`, or `taken`: the form has no end mark, and nothing hints that something is missing.
    fn whole(&self) -> &'static str {
        if self.file.problem.is_some() || self.gaps().next().is_some() || self.records().any(|r| r.partial) {
            "no"
        } else if self.file.taken_as_whole {
            "taken"
        } else {
            "yes"
        }
    }

    /// Everything that its systems are registered for.
    fn ids(&self, by_system: bool) -> BTreeSet<OwnedId<'_>> {
        let mut ids = BTreeSet::new();
        for record in self.records() {
            let (asid, environment) = (record.asid.as_deref(), record.environment.as_deref());
            let owner = if by_system { (asid, environment) } else { (None, None) };
            let all = record.endpoints.iter().chain(&record.implied).chain(&record.interactions);
            ids.extend(all.map(|id| OwnedId { asid: owner.0, environment: owner.1, id }));
        }
        ids
    }
}

/// An endpoint or interaction, with the system if several are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OwnedId<'f> {
    asid: Option<&'f str>,
    environment: Option<&'f str>,
    id: &'f str,
}

/// How two files differ.
struct SetDifference<'f> {
    only_a: BTreeSet<OwnedId<'f>>,
    only_b: BTreeSet<OwnedId<'f>>,
    both: usize,
    notes: Vec<String>,
}

impl<'f> SetDifference<'f> {
    /// Compares each system with itself, or the only system of one file with the only one of the other.
    fn of(a: &'f NamedSet<'_>, b: &'f NamedSet<'_>) -> Self {
        let by_system = a.records().count() > 1 || b.records().count() > 1;
        let (of_a, of_b) = (a.ids(by_system), b.ids(by_system));
        let mut notes = Vec::new();
        let only = |set: &'f NamedSet<'_>| set.records().find_map(|r| r.asid.as_deref());
        if let (false, Some(x), Some(y)) = (by_system, only(a), only(b))
            && x != y
        {
            notes.push(format!("the files are of different systems: ASID {x} and ASID {y}"));
        }
        Self { only_a: &of_a - &of_b, only_b: &of_b - &of_a, both: (&of_a & &of_b).len(), notes }
    }
}

/// Nothing of a file is a secret by its place, but a value may look like one.
fn cleaner() -> Redactor {
    Redactor::new("", &[])
}

/// Writes what a file says, as text.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write(out: &mut impl io::Write, set: NamedSet<'_>, style: &TextStyle) -> io::Result<()> {
    let redactor = cleaner();
    let clean = |text: &str| redactor.clean(text);
    let mut page = PageWriter::new(style);
    page.item(0, &format!("{}: ", super::style::file_name(set.name)), set.file.kind.words());
    page.item(0, "Whole: ", whole_words(set));
    if let Some(problem) = &set.file.problem {
        page.item(0, "Cannot be used: ", &problem.word().name().replace('-', " "));
    }
    for record in set.records() {
        page.heading(&record.asid.as_deref().map_or_else(|| "NO ASID".to_owned(), |a| format!("ASID {}", clean(a))));
        for (title, value) in SetOf::of(record, clean).titled() {
            // The ASID is in the heading.
            if title != "ASID" {
                page.item(0, &format!("{title}: "), &value);
            }
        }
        for (title, ids) in [
            ("endpoints: ", &record.endpoints),
            ("in a range: ", &record.implied),
            ("named, but not clearly as listed: ", &record.doubtful),
        ] {
            if !ids.is_empty() {
                page.item(0, title, &clean(&ids.join(", ")));
            }
        }
        for marked in &record.denied {
            page.item(0, "not granted: ", &clean(&denied(marked)));
        }
        if !record.interactions.is_empty() {
            page.line(&format!("interactions ({}):", record.interactions.len()));
            // Never broken: an id in two pieces cannot be searched for.
            record.interactions.iter().for_each(|id| page.line(&format!("  - {}", clean(id))));
        }
        if record.is_bare() {
            page.prose(0, "nothing that it is registered for");
        }
    }
    if set.asid.is_some() && set.records().next().is_none() {
        page.gap();
        page.prose(0, "The file has nothing for this ASID.");
    }
    let rest: Vec<String> = set.gaps().map(SetGap::placed).chain(set.file.notes.iter().cloned()).collect();
    if !rest.is_empty() {
        page.heading("NOTES");
        rest.iter().for_each(|note| page.item(0, "- ", &clean(note)));
    }
    out.write_all(page.finish().as_bytes())
}

fn whole_words(set: NamedSet<'_>) -> &'static str {
    match set.whole() {
        "yes" => "yes",
        "taken" => "taken as whole: a file of this form has no end mark, and nothing hints that something is missing",
        _ => "no, or not known: an endpoint that is not in it may be registered all the same",
    }
}

fn denied(marked: &Marked) -> String {
    let place = marked.line.map_or_else(String::new, |line| format!(" (line {line})"));
    let column = marked.column.as_ref().map_or_else(String::new, |c| format!(" in the column \"{c}\""));
    format!("{} is marked \"{}\"{column}{place}", marked.id, marked.quote)
}

/// Writes what one file has and the other does not, as text.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write_difference(
    out: &mut impl io::Write,
    (a, b): (NamedSet<'_>, NamedSet<'_>),
    style: &TextStyle,
) -> io::Result<()> {
    let redactor = cleaner();
    let mut page = PageWriter::new(style);
    let difference = SetDifference::of(&a, &b);
    for (set, lacking, ids) in [(a, b, &difference.only_a), (b, a, &difference.only_b)] {
        page.heading(&format!("ONLY IN {}", super::style::file_name(set.name)));
        if ids.is_empty() {
            page.prose(0, "nothing");
        }
        for owned in ids {
            let asid = owned.asid.map_or_else(String::new, |asid| format!("ASID {asid}: "));
            let environment = owned.environment.map_or_else(String::new, |e| format!(" ({e})"));
            page.line(&format!("  - {}", redactor.clean(&format!("{asid}{}{environment}", owned.id))));
        }
        if !ids.is_empty() && lacking.whole() == "no" {
            let name = super::style::file_name(lacking.name);
            page.prose(0, &format!("{name} is not known to be whole: they may be missing from the file only."));
        }
    }
    page.gap();
    page.prose(0, &format!("In both: {}.", difference.both));
    difference.notes.iter().for_each(|note| page.item(0, "- ", &redactor.clean(note)));
    out.write_all(page.finish().as_bytes())
}

/// Whether two files differ in what they list.
pub(crate) fn differ(a: NamedSet<'_>, b: NamedSet<'_>) -> bool {
    let difference = SetDifference::of(&a, &b);
    !difference.only_a.is_empty() || !difference.only_b.is_empty()
}

#[derive(Debug, Serialize)]
struct SetFileJson {
    version: u32,
    file: String,
    form: &'static str,
    whole: &'static str,
    problem: Option<&'static str>,
    asids: Vec<SetRecordJson>,
    gaps: Vec<GapJson>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SetRecordJson {
    #[serde(flatten)]
    owner: SetOwnerJson,
    endpoints: Vec<String>,
    implied: Vec<String>,
    not_granted: Vec<MarkedJson>,
    doubtful: Vec<String>,
    interactions: Vec<String>,
}

#[derive(Debug, Serialize)]
struct MarkedJson {
    id: String,
    quote: String,
    column: Option<String>,
    line: Option<usize>,
}

#[derive(Debug, Serialize)]
struct GapJson {
    says: String,
    line: Option<usize>,
}

#[derive(Debug, Serialize)]
struct SetDifferenceJson {
    version: u32,
    files: [SetSideJson; 2],
    both: usize,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SetSideJson {
    file: String,
    whole: &'static str,
    only: Vec<OwnedIdJson>,
}

#[derive(Debug, Serialize)]
struct OwnedIdJson {
    asid: Option<String>,
    environment: Option<String>,
    id: String,
}

/// Writes what a file says, as JSON.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write_json(out: &mut impl io::Write, set: NamedSet<'_>) -> io::Result<()> {
    let redactor = cleaner();
    let clean = |text: &str| redactor.clean(text);
    let all = |ids: &[String]| ids.iter().map(|id| clean(id)).collect::<Vec<_>>();
    let shown = |text: &Option<String>| text.as_deref().map(clean);
    let record = |r: &Record| SetRecordJson {
        owner: SetOf::of(r, clean).into(),
        endpoints: all(&r.endpoints),
        implied: all(&r.implied),
        not_granted: r
            .denied
            .iter()
            .map(|m| MarkedJson { id: clean(&m.id), quote: clean(&m.quote), column: shown(&m.column), line: m.line })
            .collect(),
        doubtful: all(&r.doubtful),
        interactions: all(&r.interactions),
    };
    let json = SetFileJson {
        version: 1,
        file: super::style::file_name(set.name),
        form: set.file.kind.name(),
        whole: set.whole(),
        problem: set.file.problem.as_ref().map(|p| p.word().name()),
        asids: set.records().map(record).collect(),
        gaps: set.gaps().map(|g| GapJson { says: clean(&g.says), line: g.line }).collect(),
        notes: all(&set.file.notes),
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    out.write_all(b"\n")
}

/// Writes what one file has and the other does not, as JSON.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write_difference_json(out: &mut impl io::Write, (a, b): (NamedSet<'_>, NamedSet<'_>)) -> io::Result<()> {
    let redactor = cleaner();
    let clean = |text: &str| redactor.clean(text);
    let difference = SetDifference::of(&a, &b);
    let side = |set: NamedSet<'_>, only: &BTreeSet<OwnedId<'_>>| SetSideJson {
        file: super::style::file_name(set.name),
        whole: set.whole(),
        only: only
            .iter()
            .map(|o| OwnedIdJson { asid: o.asid.map(clean), environment: o.environment.map(clean), id: clean(o.id) })
            .collect(),
    };
    let json = SetDifferenceJson {
        version: 1,
        files: [side(a, &difference.only_a), side(b, &difference.only_b)],
        both: difference.both,
        notes: difference.notes.iter().map(|n| clean(n)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    out.write_all(b"\n")
}

//! The packs and their systems: a list, the page of a system, the answers that a wording belongs to, and the document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::style::{PageWriter, TextStyle};
use crate::facts::Word;
use crate::pack::model::Pack;
use crate::pack::system_model::{AnswerCertainty, System, SystemAnswer};
use crate::systems::table::PatternKind;

/// Writes the packs with the number of their causes and answers, and the systems of each.
///
/// # Errors
/// Those of the writer.
pub(crate) fn list(out: &mut impl io::Write, pack: &Pack, style: &TextStyle) -> io::Result<()> {
    let mut page = PageWriter::new(style);
    for (name, counts) in packs(pack) {
        page.heading(name);
        page.prose(0, &counts.says());
        for system in &counts.systems {
            let wordings: usize = system.answers.iter().map(|a| a.words.len()).sum();
            page.item(0, &format!("{}: ", system.id), &format!("{} ({wordings} wordings)", system.title));
        }
    }
    out.write_all(page.finish().as_bytes())
}

/// Writes the page of a system. Returns false where there is none with this id.
///
/// # Errors
/// Those of the writer.
pub(crate) fn show(out: &mut impl io::Write, pack: &Pack, id: &str, style: &TextStyle) -> io::Result<bool> {
    let Some(system) = pack.systems.all().find(|s| s.id == id) else { return Ok(false) };
    let mut page = PageWriter::new(style);
    page.heading(&system.id);
    page.prose(0, &format!("{}. Its file is {}.", capital(&system.title), system.file));
    for (lead, patterns) in
        [("shown by", &system.shown), ("named by", &system.named), ("known from", &system.references)]
    {
        if !patterns.is_empty() {
            page.item(0, &format!("{lead}: "), &patterns.join(", "));
        }
    }
    for (known, seen) in &system.traits {
        page.item(0, &format!("{}: ", known.word()), seen);
    }
    if !system.answers.is_empty() {
        page.heading("ANSWERS");
    }
    for answer in &system.answers {
        self::answer(&mut page, answer);
    }
    out.write_all(page.finish().as_bytes())?;
    Ok(true)
}

/// Writes the answers of systems that have some words. Returns false where none has.
///
/// # Errors
/// Those of the writer.
pub(crate) fn explain(out: &mut impl io::Write, pack: &Pack, words: &str, style: &TextStyle) -> io::Result<bool> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for hit in pack.systems.table().find(words) {
        if hit.kind == PatternKind::Words && !found.contains(&(hit.file, hit.answer)) {
            found.push((hit.file, hit.answer));
        }
    }
    let mut page = PageWriter::new(style);
    for (system, number) in &found {
        let Some(system) = pack.systems.system(*system) else { continue };
        let Some(answer) = system.answers.get(*number) else { continue };
        page.heading(&system.title);
        self::answer(&mut page, answer);
    }
    if !found.is_empty() {
        out.write_all(page.finish().as_bytes())?;
    }
    Ok(!found.is_empty())
}

fn answer(page: &mut PageWriter<'_>, answer: &SystemAnswer) {
    let words = if answer.words.is_empty() { "whatever it says".to_owned() } else { answer.words.join(" | ") };
    page.item(0, "- ", &words);
    page.item(2, "says: ", &answer.says.source());
    page.item(2, "means: ", &format!("{} ({})", answer.means.join(", "), certainty(answer.certainty)));
    if let Some(fix) = &answer.fix {
        page.item(2, "what to do: ", &fix.source());
    }
    if !answer.references.is_empty() {
        page.item(2, "known from: ", &answer.references.join("; "));
    }
    let conditions = [
        answer.needs_system.then(|| "only where the system is recognised".to_owned()),
        (!answer.statuses.is_empty()).then(|| {
            let statuses: Vec<String> = answer.statuses.iter().map(u16::to_string).collect();
            format!("with status {}", statuses.join(", "))
        }),
        answer.when.as_ref().map(|when| format!("where {}", super::explain::words(when))),
        answer.beside.as_ref().map(|beside| format!("where the text has /{}/", beside.source())),
    ];
    let conditions: Vec<String> = conditions.into_iter().flatten().collect();
    if !conditions.is_empty() {
        page.item(2, "counts: ", &conditions.join("; "));
    }
}

const fn certainty(certainty: AnswerCertainty) -> &'static str {
    match certainty {
        AnswerCertainty::Documented => "documented",
        AnswerCertainty::Inferred => "inferred",
        AnswerCertainty::Open => "open",
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What a pack has.
#[derive(Default)]
struct PackContents<'p> {
    causes: usize,
    refinements: usize,
    answers: usize,
    systems: Vec<&'p System>,
}

impl PackContents<'_> {
    /// What there is at all, with how many.
    fn counts(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let of_systems: usize = self.systems.iter().map(|s| s.answers.len()).sum();
        [
            (self.causes, "causes"),
            (self.refinements, "refinements"),
            (self.answers, "answers"),
            (self.systems.len(), "systems"),
            (of_systems, "answers of systems"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
    }

    fn says(&self) -> String {
        let counts: Vec<String> = self.counts().map(|(count, what)| format!("{count} {what}")).collect();
        counts.join(", ")
    }

    /// Without numbers: a new cause should not rewrite the document.
    fn kinds(&self) -> String {
        let kinds: Vec<&str> = self.counts().map(|(_, what)| what).collect();
        kinds.join(", ")
    }
}

fn packs(pack: &Pack) -> BTreeMap<&str, PackContents<'_>> {
    let mut all: BTreeMap<&str, PackContents<'_>> = BTreeMap::new();
    for cause in &pack.causes {
        all.entry(&cause.pack).or_default().causes += 1;
        for refinement in &cause.refinements {
            all.entry(&refinement.pack).or_default().refinements += 1;
        }
    }
    for answer in &pack.answers {
        let folder = answer.place.0.rsplit('/').nth(1).unwrap_or_default();
        all.entry(folder).or_default().answers += 1;
    }
    for system in pack.systems.all() {
        all.entry(&system.pack).or_default().systems.push(system);
    }
    all
}

impl Pack {
    /// `docs/packs.md`: what the packs know, how surely, and from where.
    #[must_use]
    pub fn packs_document(&self) -> String {
        let mut text = String::from(
            "# Packs\n\n<!-- Generated by `cargo xtask docs`; do not edit. -->\n\n\
             What each pack has. The causes are in `causes.md`, the known answers of documented gateways in `coverage.md`.\n\
             `why401 packs NAME` shows a system, `why401 explain 'WORDS'` the answers that have some words.\n",
        );
        for (name, contents) in packs(self) {
            let _ = writeln!(text, "\n## {name}\n\nHas {}.", contents.kinds());
            for system in contents.systems {
                let _ = writeln!(text, "\n### {}\n\n{}: `{}`.", system.title, system.id, system.file);
                if !system.references.is_empty() {
                    let _ = writeln!(text, "From: {}.", system.references.join("; "));
                }
                if !system.traits.is_empty() {
                    text.push_str("\n| trait | seen in |\n|---|---|\n");
                    for (known, seen) in &system.traits {
                        let _ = writeln!(text, "| `{}` | {} |", known.word(), seen.replace('|', "\\|"));
                    }
                }
                if system.answers.is_empty() {
                    continue;
                }
                text.push_str("\n| answer | means | certainty |\n|---|---|---|\n");
                for answer in &system.answers {
                    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
                    let first = answer.words.first().map_or_else(
                        || format!("any ({})", cell(&answer.says.source())),
                        |words| format!("`{}`", cell(words)),
                    );
                    let more = match answer.words.len() {
                        0 | 1 => String::new(),
                        count => format!(" and {} more", count - 1),
                    };
                    let beside = if answer.is_special() { ", where more is known" } else { "" };
                    let means: Vec<String> = answer.means.iter().map(|id| format!("`{id}`")).collect();
                    let certainty = certainty(answer.certainty);
                    let _ = writeln!(text, "| {first}{more}{beside} | {} | {certainty} |", means.join(", "));
                }
            }
        }
        text
    }
}

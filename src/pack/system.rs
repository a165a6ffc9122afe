//! `_system.toml`: a system, how it is recognised, and what its refusals mean.
//!
//! A built-in file is read when the table of patterns has found one of its patterns, so a system costs nothing until then.

use std::borrow::Cow;

use super::condition::{condition, template};
use super::files::{link, owned, statuses, word};
use super::loaded::{Link, Loaded, Unread};
use super::lower::{File, MOST_MISTAKES, Table};
use super::model::{Cause, Mistake};
use super::rule_text::RuleText;
use super::system_model::{AnswerCertainty, LateSystem, NO_CAUSE, System, SystemAnswer, SystemData, SystemExample};
use super::tree::examples_at;
use crate::facts::{SystemTrait, Word};
use crate::nearest::nearest;
use crate::systems::table::{SystemPattern, pattern_words};

/// The keys of `certainty` in a `_system.toml`.
const CERTAINTIES: [(&str, AnswerCertainty); 3] = [
    ("documented", AnswerCertainty::Documented),
    ("inferred", AnswerCertainty::Inferred),
    ("open", AnswerCertainty::Open),
];

/// The systems of these files, the built-in ones first. Those of the user are read at once, and so are all of them to
/// check them; a built-in one is read when one of its patterns is found.
///
/// # Errors
/// Every mistake of every file that was read.
pub(super) fn systems(
    files: Vec<Unread<'static>>,
    with_examples: bool,
    causes: &[Cause],
) -> Result<SystemData, Vec<Mistake>> {
    let mut loaded = Loaded { checks_links: true, ..Loaded::default() };
    let mut mistakes = Vec::new();
    let read: Vec<Option<System>> = files
        .iter()
        .map(|unread| {
            let is_read = with_examples || unread.is_own;
            is_read.then(|| {
                let end = if with_examples { unread.text.len() } else { examples_at(&unread.text) };
                let mut file = File::new(&unread.shown, &unread.text[..end], true);
                let system = system(&mut file, &unread.pack, &unread.name, &mut loaded);
                mistakes.append(&mut file.take_mistakes());
                mistakes.truncate(MOST_MISTAKES);
                system
            })
        })
        .collect();
    for link in std::mem::take(&mut loaded.links) {
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
        if !causes.iter().any(|cause| cause.id == link.name) {
            let expected = nearest(&link.name, causes.iter().map(|c| &*c.id))
                .map_or_else(|| "Name a cause.".to_owned(), |near| format!("Did you mean `{near}`?"));
            let found = format!("there is no cause `{}`", link.name);
            mistakes.push(link.mistake(&files, found, expected));
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    // More patterns than a table can number are as good as none.
    let table = match files.iter().any(|u| u.is_own) {
        true => crate::systems::table::write(&patterns(&files)).map_or(Cow::Borrowed(&[0; 8][..]), Cow::Owned),
        false => Cow::Borrowed(crate::systems::BUILT_IN),
    };
    let slots = files.into_iter().zip(read).map(|(unread, read)| match read {
        Some(system) => LateSystem::new(Box::new(|| system)),
        None => LateSystem::new(Box::new(move || of_file(&unread))),
    });
    Ok(SystemData { table, slots: slots.collect() })
}

/// A built-in system, without its examples.
fn of_file(unread: &Unread<'_>) -> System {
    let mut file = File::new(&unread.shown, &unread.text[..examples_at(&unread.text)], false);
    system(&mut file, &unread.pack, &unread.name, &mut Loaded::default())
}

/// The patterns of files, for the table that the build writes.
pub(crate) fn patterns(files: &[Unread<'_>]) -> Vec<SystemPattern> {
    files.iter().enumerate().flat_map(|(number, unread)| of_file(unread).patterns(number)).collect()
}

/// Reads a `_system.toml`.
pub(super) fn system(file: &mut File<'_>, pack: &str, name: &str, loaded: &mut Loaded) -> System {
    let mut table = file.table();
    let own = name.trim_end_matches(".toml").strip_prefix("_system-");
    let mut read = System {
        id: own.unwrap_or(pack).to_owned(),
        pack: pack.to_owned(),
        file: file.name.to_owned(),
        title: table.required(file, "title").0.into(),
        references: owned(table.texts(file, "references")),
        ..System::default()
    };
    for (key, kept) in [("named", &mut read.named), ("shown", &mut read.shown)] {
        let texts = table.texts(file, key);
        check(file, &texts, 1);
        *kept = owned(texts);
    }
    if let Some(known) = table.table(file, "traits") {
        traits(file, known, &mut read.traits);
    }
    for entry in table.tables(file, "answer") {
        let answer = answer(file, entry, loaded);
        read.answers.push(answer);
    }
    for mut entry in table.tables(file, "example") {
        let line = file.line(entry.span.start);
        let (name, cause) = (entry.required(file, "name").0.into(), entry.required(file, "cause"));
        if cause.0 != NO_CAUSE {
            link(file, loaded, Link::CAUSE, std::slice::from_ref(&cause));
        }
        let capture = entry.required(file, "capture").0.into();
        entry.finish(file);
        read.examples.push(SystemExample { name, cause: cause.0.into(), capture, line });
    }
    table.finish(file);
    read
}

/// `[traits]`: the name of each, and where it was seen.
fn traits<'s>(file: &mut File<'s>, known: Table<'s>, traits: &mut Vec<(SystemTrait, String)>) {
    for entry in known.into_entries() {
        let name = entry.key.to_string();
        let seen = super::lower::texts(file, &name, entry.node).into_iter().next();
        let Some(known) = SystemTrait::of(&name) else {
            let expected = nearest(&name, SystemTrait::WORDS.iter().copied()).map_or_else(
                || format!("Known here: {}.", SystemTrait::WORDS.join(", ")),
                |near| format!("Did you mean `{near}`? Known here: {}.", SystemTrait::WORDS.join(", ")),
            );
            file.mistake(entry.key_span, format!("there is no trait `{name}`"), expected);
            continue;
        };
        match seen.filter(|(text, _)| !text.trim().is_empty()) {
            Some((seen, _)) => traits.push((known, seen.to_string())),
            None => {
                file.mistake(entry.key_span, "this says nothing", "Write where it was seen, and in which version.");
            }
        }
    }
}

fn answer<'s>(file: &mut File<'s>, mut table: Table<'s>, loaded: &mut Loaded) -> SystemAnswer {
    let (line, span) = (file.line(table.span.start), table.span.start..table.span.start.saturating_add(1));
    let words = table.texts(file, "words");
    let needs_system = table.flag(file, "needs-system").unwrap_or(words.is_empty());
    check(file, &words, if needs_system { 1 } else { 2 });
    let statuses = statuses(file, &mut table, "status");
    let means = table.texts(file, "means");
    if means.is_empty() {
        file.mistake(span, "`means` is missing here", "Add `means = [\"…\"]`: the causes, the most likely one first.");
    }
    link(file, loaded, Link::CAUSE, &means);
    let certainty = table.text(file, "certainty");
    let certainty = word(file, certainty, &CERTAINTIES, AnswerCertainty::Documented);
    let says = table.required(file, "says");
    let says = template(file, says);
    let fix = table.text(file, "fix").map(|text| template(file, text));
    let when = table.table(file, "when").map(|inner| condition(file, inner));
    let beside = table.text(file, "beside").map(|text| file.pattern(text));
    let references = owned(table.texts(file, "references"));
    table.finish(file);
    SystemAnswer {
        words: owned(words),
        line,
        needs_system,
        statuses,
        when,
        beside,
        means: owned(means),
        certainty,
        says,
        fix,
        references,
    }
}

/// Words that tell too little would be found in any text.
fn check(file: &mut File<'_>, patterns: &[(RuleText, std::ops::Range<usize>)], least: usize) {
    const LONG: usize = 8;
    for (pattern, span) in patterns {
        let words = pattern_words(pattern);
        let first_run = words.iter().take_while(|word| *word != "*").count();
        let is_telling = words.len() >= least || words.iter().any(|word| word.len() >= LONG);
        if first_run == 0 || !is_telling {
            let expected = "Write more of the words; a pattern begins with a word, and `{}` stands for up to twelve.";
            file.mistake(span.clone(), format!("`{pattern}` tells too little"), expected);
        }
    }
}

//! The files of words of a pack, with all their checks. Without a mistake they give what `build.rs` makes of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::loaded::{Link, Loaded};
use super::lower::{File, Table};
use super::rule_text::RuleText;
use crate::facts::{RefusalFamily, ToldCredentials, ToldEvent, ToldPlace, Word as _};
use crate::nearest::nearest;
use crate::words::source::{Fields, KINDS, TOLD_KINDS, add, merged};
use crate::words::table::WordSource;
use crate::words::tokens::units;

/// A text and its place in the file.
type PlacedText = (RuleText, Range<usize>);

/// A table of the file as it was read.
#[derive(Default)]
struct WordEntry {
    texts: Vec<(&'static str, Vec<PlacedText>)>,
    numbers: Vec<(&'static str, f64)>,
    is_context: bool,
    takes_object: bool,
}

impl Fields for WordEntry {
    fn texts(&self, key: &str) -> Vec<String> {
        let found = self.texts.iter().find(|(name, _)| *name == key);
        found.map(|(_, texts)| texts.iter().map(|(text, _)| text.to_string()).collect()).unwrap_or_default()
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.numbers.iter().find(|(name, _)| *name == key).map(|(_, number)| *number)
    }

    fn flag(&self, key: &str) -> bool {
        match key {
            "context" => self.is_context,
            "object" => self.takes_object,
            _ => false,
        }
    }
}

impl WordEntry {
    fn list(&self, key: &str) -> &[PlacedText] {
        self.texts.iter().find(|(name, _)| *name == key).map(|(_, texts)| texts.as_slice()).unwrap_or_default()
    }
}

/// The keys of each list of tables: those that must be there, and those that may be.
const LISTS: [(&str, &[&str], &[&str]); 5] = [
    ("about", &["id", "forms"], &["title"]),
    ("complaint", &["id"], &["says", "forms", "denied"]),
    ("word", &["kind", "forms"], &["complaint"]),
    ("told", &["kind", "forms"], &["id"]),
    ("reading", &["about", "complaint", "family", "causes"], &["context"]),
];

/// `_words.toml`, and `_words-de.toml` for the words of a language.
pub(super) fn words(file: &mut File<'_>, loaded: &mut Loaded) {
    let mut table = file.table();
    let mut words = WordSource::default();
    // The order of the file is the order of the readings.
    for (list, required, optional) in LISTS {
        for mut entry in table.tables(file, list) {
            let mut read = WordEntry::default();
            let span = entry.span.start..entry.span.start.saturating_add(1);
            for key in required.iter().chain(optional).copied() {
                let texts = entry.texts(file, key);
                if texts.is_empty() && required.contains(&key) {
                    file.mistake(span.clone(), format!("`{key}` is missing here"), format!("Add `{key} = \"…\"`."));
                }
                read.texts.push((key, texts));
            }
            check(file, &mut entry, list, &mut read, loaded);
            entry.finish(file);
            add(&mut words, list, &read);
        }
    }
    table.finish(file);
    loaded.words = merged(std::mem::take(&mut loaded.words), words);
}

fn check<'s>(file: &mut File<'s>, entry: &mut Table<'s>, list: &str, read: &mut WordEntry, loaded: &mut Loaded) {
    let mut number = |file: &mut File<'s>, key: &'static str, most: f64, expected: &str| {
        let span = entry.span.start..entry.span.start.saturating_add(1);
        match entry.number(file, key) {
            Some((number, _)) if (0.0..=most).contains(&number) => read.numbers.push((key, number)),
            Some((_, span)) => file.mistake(span, format!("this `{key}` is out of range"), expected),
            None => file.mistake(span, format!("`{key}` is missing here"), format!("Add `{key}`. {expected}")),
        }
    };
    match list {
        "about" => {
            number(file, "level", 10.0, "It lies between 0 and 10: a token tells 2, an audience 4.");
            read.is_context = entry.flag(file, "context").unwrap_or(false);
        }
        "complaint" => read.takes_object = entry.flag(file, "object").unwrap_or(false),
        "reading" => number(file, "weight", 1.0, "It lies between 0 and 1."),
        _ => {}
    }
    for key in ["forms", "denied"] {
        for (form, span) in read.list(key) {
            let is_lower = !form.chars().any(char::is_uppercase);
            if !is_lower || units(form.trim_end_matches('*')).is_empty() {
                let expected = "Write the words in lower case, with spaces between them; a final `*` ends the beginning of a word.";
                file.mistake(span.clone(), format!("`{form}` is not a form"), expected);
            }
        }
    }
    let kinds: Vec<&str> = match list {
        "told" => TOLD_KINDS.iter().map(|k| k.0).collect(),
        _ => KINDS.iter().map(|k| k.0).collect(),
    };
    for (kind, span) in read.list("kind") {
        if !kinds.contains(&kind.as_str()) {
            one_of(file, kind, span.clone(), kinds.iter().copied());
        }
    }
    if list == "told" {
        told_id(file, read);
    }
    for (family, span) in read.list("family") {
        if RefusalFamily::of(family).is_none() {
            one_of(file, family, span.clone(), RefusalFamily::WORDS.iter().copied());
        }
    }
    super::files::link(file, loaded, Link::CAUSE, read.list("causes"));
    if list == "reading" {
        super::files::link(file, loaded, Link::ABOUT, &named(read.list("about")));
        super::files::link(file, loaded, Link::ABOUT, &named(read.list("context")));
        super::files::link(file, loaded, Link::COMPLAINT, &named(read.list("complaint")));
    }
    if list == "word" {
        super::files::link(file, loaded, Link::COMPLAINT, read.list("complaint"));
    }
}

/// Checks the id of words of people: the facts have a closed list of each kind.
fn told_id(file: &mut File<'_>, read: &WordEntry) {
    let names = match read.list("kind").first().map(|(kind, _)| kind.as_str()) {
        Some("where") => ToldPlace::WORDS,
        Some("event") => ToldEvent::WORDS,
        Some("uses") => ToldCredentials::WORDS,
        _ => return,
    };
    for (id, span) in read.list("id") {
        if !names.contains(&id.as_str()) {
            one_of(file, id, span.clone(), names.iter().copied());
        }
    }
}

/// Ids, without the signs for any and for none.
fn named(ids: &[PlacedText]) -> Vec<PlacedText> {
    ids.iter().filter(|(id, _)| id != "*" && id != "-").cloned().collect()
}

fn one_of<'n>(file: &mut File<'_>, found: &str, span: Range<usize>, names: impl Iterator<Item = &'n str> + Clone) {
    let expected = nearest(found, names.clone()).map_or_else(
        || format!("It is one of {}.", names.collect::<Vec<_>>().join(", ")),
        |near| format!("Did you mean \"{near}\"?"),
    );
    file.mistake(span, format!("\"{found}\" is not known here"), expected);
}

/// A form that is said to mean two things by files of the same pack, with both of them.
pub(super) fn doubled(words: &WordSource) -> Vec<String> {
    let mut seen: BTreeMap<(&str, bool), String> = BTreeMap::new();
    let mut doubled = Vec::new();
    for form in &words.forms {
        let meaning = format!("{:?} {}", form.class, form.concept);
        match seen.get(&(form.text.as_str(), form.is_told)) {
            Some(earlier) if *earlier != meaning => doubled.push(format!("`{}`: {earlier}, {meaning}", form.text)),
            _ => {}
        }
        seen.insert((&form.text, form.is_told), meaning);
    }
    doubled
}

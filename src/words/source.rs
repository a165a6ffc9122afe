//! From the tables of a `_words.toml` to the forms and readings of a table.
//!
//! `build.rs` includes this file. The packs room reads the same files with all its checks.

use super::table::{Class, ReadingRule, WordForm, WordSource};

/// Whether a rule file holds words: `_words.toml`, or `_words-de.toml` for those of a language.
pub(crate) fn is_words(name: &str) -> bool {
    name.strip_prefix("_words")
        .is_some_and(|rest| rest == ".toml" || (rest.starts_with('-') && rest.ends_with(".toml")))
}

/// The level of a complaint that is of what follows it: "lacks a claim".
pub(crate) const TAKES_OBJECT: u8 = 10;

/// The kinds of a `[[word]]`, with the level that tells two of one class apart.
pub(crate) const KINDS: [(&str, Class, u8); 11] = [
    ("not", Class::Not, 0),
    ("unable", Class::Not, 10),
    ("no", Class::No, 0),
    ("must", Class::Demand, 0),
    ("or", Class::Hedge, 0),
    ("may", Class::Hedge, 10),
    ("please", Class::Advice, 0),
    ("in", Class::Place, 0),
    ("expected", Class::Expected, 0),
    ("got", Class::Got, 0),
    ("nothing", Class::Nothing, 0),
];

/// The kinds of a `[[told]]`: words of people who tell of a refusal.
pub(crate) const TOLD_KINDS: [(&str, Class); 7] = [
    ("works", Class::Works),
    ("fails", Class::Fails),
    ("not", Class::Not),
    ("but", Class::Turn),
    ("where", Class::Where),
    ("event", Class::Event),
    ("uses", Class::Uses),
];

/// A table of a file of words.
pub(crate) trait Fields {
    /// The texts under a key; a single one is a list of one.
    fn texts(&self, key: &str) -> Vec<String>;
    /// The number under a key.
    fn number(&self, key: &str) -> Option<f64>;
    /// Whether a flag is set.
    fn flag(&self, key: &str) -> bool;
}

/// Adds a table of the file, by the name of its list.
pub(crate) fn add(source: &mut WordSource, list: &str, fields: &impl Fields) {
    let one = |key: &str| fields.texts(key).into_iter().next().unwrap_or_default();
    let title = one(if list == "complaint" { "says" } else { "title" });
    let mut add = |key: &str, class: Class, concept: &str, level: u8| {
        source.forms.extend(fields.texts(key).into_iter().map(|text| WordForm {
            text,
            class,
            concept: concept.to_owned(),
            title: title.clone(),
            level,
            is_told: list == "told",
        }));
    };
    match list {
        "about" => {
            let class = if fields.flag("context") { Class::Context } else { Class::About };
            let level = (fields.number("level").unwrap_or_default() * 10.0).round().clamp(0.0, 100.0);
            add("forms", class, &one("id"), level as u8);
        }
        "complaint" => {
            let level = if fields.flag("object") { TAKES_OBJECT } else { 0 };
            add("forms", Class::Complaint, &one("id"), level);
            add("denied", Class::Good, &one("id"), 0);
            if fields.texts("forms").is_empty() && fields.texts("denied").is_empty() {
                source.forms.push(WordForm {
                    text: String::new(),
                    class: Class::Complaint,
                    concept: one("id"),
                    title: one("says"),
                    level,
                    is_told: false,
                });
            }
        }
        "word" => {
            let kind = one("kind");
            if let Some((_, class, level)) = KINDS.iter().find(|(name, ..)| *name == kind) {
                add("forms", *class, &one("complaint"), *level);
            }
        }
        "told" => {
            let kind = one("kind");
            if let Some((_, class)) = TOLD_KINDS.iter().find(|(name, _)| *name == kind) {
                add("forms", *class, &one("id"), 0);
            }
        }
        "reading" => source.rules.push(ReadingRule {
            context: one("context"),
            about: fields.texts("about"),
            complaint: fields.texts("complaint"),
            weight: (fields.number("weight").unwrap_or_default() * 100.0).round().clamp(0.0, 100.0) as u8,
            family: one("family"),
            causes: fields.texts("causes"),
        }),
        _ => {}
    }
}

/// Words with those of a later pack, which come first.
pub(crate) fn merged(mut earlier: WordSource, mut later: WordSource) -> WordSource {
    later.forms.append(&mut earlier.forms);
    later.rules.append(&mut earlier.rules);
    later
}

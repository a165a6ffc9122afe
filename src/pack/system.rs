//! `_system.toml`: a system, how it is recognised, and what its refusals mean.
//!
//! A built-in file is read when the table of patterns has found one of its patterns, so a system costs nothing until then.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use super::condition::{condition, template};
use super::files::{link, owned, statuses, word};
use super::loaded::{Link, Loaded, Unread};
use super::lower::{File, Table};
use super::model::{Cause, Condition, Mistake, Template};
use super::pattern::Pattern;
use super::rule_text::RuleText;
use super::tree::examples_at;
use crate::nearest::nearest;
use crate::systems::table::{PatternKind, SystemPattern, SystemTable, pattern_words};

/// A system: a product, a service, a library.
#[derive(Debug, Default)]
pub(crate) struct System {
    /// Its id: that of the file, without `_system-`; of `_system.toml` the pack's.
    pub(crate) id: String,
    /// The pack that has it.
    pub(crate) pack: String,
    /// The path of its file, as shown to the user.
    pub(crate) file: String,
    /// Its name in a sentence.
    pub(crate) title: String,
    /// Where the knowledge comes from, and of which versions.
    pub(crate) references: Vec<String>,
    /// Patterns: a text that has one speaks of the system.
    pub(crate) named: Vec<String>,
    /// Patterns: a message that has one came from the system, or went to it.
    pub(crate) shown: Vec<String>,
    /// What it answers.
    pub(crate) answers: Vec<SystemAnswer>,
    /// Its examples; empty unless loaded with examples, since a diagnosis does not need them.
    pub(crate) examples: Vec<SystemExample>,
}

/// An example of a system: a paste and the first cause of its report.
#[derive(Debug)]
pub(crate) struct SystemExample {
    pub(crate) name: String,
    /// The id of the cause, or [`NO_CAUSE`].
    pub(crate) cause: String,
    pub(crate) capture: String,
    /// The line of its table in the file.
    pub(crate) line: usize,
}

/// What an example has as its cause where the report has none.
pub(crate) const NO_CAUSE: &str = "none";

/// An answer of a system and its meaning.
#[derive(Debug)]
pub(crate) struct SystemAnswer {
    /// Its wordings, as patterns. Empty: whatever the system says.
    pub(crate) words: Vec<String>,
    /// The line of its table in the file.
    pub(crate) line: usize,
    /// Whether other systems use the words, too: they count only where the system is recognised.
    pub(crate) needs_system: bool,
    /// The statuses that it comes with; empty: any refusal.
    pub(crate) statuses: Vec<u16>,
    /// What else must hold.
    pub(crate) when: Option<Condition>,
    /// What the text must have as well, as a regular expression.
    pub(crate) beside: Option<Pattern>,
    /// The causes that it may mean, the most likely one first.
    pub(crate) means: Vec<String>,
    pub(crate) certainty: AnswerCertainty,
    /// What it says, in a sentence of the report.
    pub(crate) says: Template,
    /// What to do about the first of its causes, in the words of this system.
    pub(crate) fix: Option<Template>,
    pub(crate) references: Vec<String>,
}

/// How surely an answer means the first of its causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnswerCertainty {
    /// The system says so, or its source or documents do.
    Documented,
    /// It mostly means that.
    Inferred,
    /// One of several.
    Open,
}

impl AnswerCertainty {
    /// How often the answer means its first cause, in hundredths.
    pub(crate) const fn weight(self) -> u8 {
        match self {
            Self::Documented => 93,
            Self::Inferred => 70,
            Self::Open => 45,
        }
    }
}

/// The keys of `certainty` in a `_system.toml`.
const CERTAINTIES: [(&str, AnswerCertainty); 3] = [
    ("documented", AnswerCertainty::Documented),
    ("inferred", AnswerCertainty::Inferred),
    ("open", AnswerCertainty::Open),
];

/// A file of a system that is read when it is needed.
struct SystemSlot {
    unread: Unread<'static>,
    system: OnceLock<System>,
}

/// The systems of all packs, and the table of their patterns.
pub(crate) struct SystemData {
    table: Cow<'static, [u8]>,
    slots: Vec<SystemSlot>,
}

impl Default for SystemData {
    fn default() -> Self {
        Self { table: Cow::Borrowed(&[0; 8]), slots: Vec::new() }
    }
}

impl fmt::Debug for SystemData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SystemData({} systems)", self.slots.len())
    }
}

impl SystemData {
    /// The systems of these files, the built-in ones first. Those of the user are read at once, and so are all of them to
    /// check them; a built-in one is read when one of its patterns is found.
    ///
    /// # Errors
    /// Every mistake of every file that was read.
    pub(super) fn of(files: Vec<Unread<'static>>, with_examples: bool, causes: &[Cause]) -> Result<Self, Vec<Mistake>> {
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
                    file.mistakes.sort_by_key(|m| m.span);
                    mistakes.append(&mut file.mistakes);
                    system
                })
            })
            .collect();
        for link in std::mem::take(&mut loaded.links) {
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
        let slot = |(unread, read): (Unread<'static>, Option<System>)| SystemSlot {
            unread,
            system: read.map_or_else(OnceLock::new, OnceLock::from),
        };
        Ok(Self { table, slots: files.into_iter().zip(read).map(slot).collect() })
    }

    /// The table of patterns.
    pub(crate) fn table(&self) -> SystemTable<'_> {
        SystemTable::of(&self.table)
    }

    /// The system of a file, by the number that the table gives.
    pub(crate) fn system(&self, number: usize) -> Option<&System> {
        let slot = self.slots.get(number)?;
        Some(slot.system.get_or_init(|| of_file(&slot.unread)))
    }

    /// All systems, in the order of their files.
    pub(crate) fn all(&self) -> impl Iterator<Item = &System> {
        (0..self.slots.len()).filter_map(|number| self.system(number))
    }
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

impl SystemAnswer {
    /// Whether it asks for more than its words: of several answers with the same words, such a one comes first.
    pub(crate) fn is_special(&self) -> bool {
        self.when.is_some() || self.beside.is_some()
    }

    /// Whether a text has what must stand beside the words.
    pub(crate) fn fits_text(&self, text: &str) -> bool {
        const MOST: usize = 1 << 16;
        let mut end = text.len().min(MOST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let fits = |pattern: &Pattern| pattern.is_match(&text[..end]);
        self.beside.as_ref().is_none_or(fits)
    }
}

impl System {
    /// Its patterns, for the file of this number.
    fn patterns(&self, file: usize) -> Vec<SystemPattern> {
        let of = |texts: &[String], kind: PatternKind, answer: usize| -> Vec<SystemPattern> {
            texts.iter().map(|text| SystemPattern { text: text.clone(), kind, file, answer }).collect()
        };
        let mut patterns = of(&self.named, PatternKind::Named, 0);
        patterns.extend(of(&self.shown, PatternKind::Shown, 0));
        for (number, answer) in self.answers.iter().enumerate() {
            patterns.extend(of(&answer.words, PatternKind::Words, number));
        }
        patterns
    }
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

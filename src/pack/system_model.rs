//! Systems as typed data: how they are recognised, and what their refusals mean.

use std::borrow::Cow;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::LazyLock;

use super::expression::{Condition, Template};
use super::pattern::Pattern;
use crate::facts::SystemTrait;
use crate::systems::table::{PatternKind, SystemPattern, SystemTable};

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
    /// What it does with credentials, where servers differ, and where that was seen.
    pub(crate) traits: Vec<(SystemTrait, String)>,
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

/// A system that is read from its file when it is needed.
pub(super) type LateSystem = LazyLock<System, Box<dyn FnOnce() -> System + Send + Sync + UnwindSafe + RefUnwindSafe>>;

/// The systems of all packs, and the table of their patterns.
pub(crate) struct SystemData {
    pub(super) table: Cow<'static, [u8]>,
    pub(super) slots: Vec<LateSystem>,
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
    /// The table of patterns.
    pub(crate) fn table(&self) -> SystemTable<'_> {
        SystemTable::of(&self.table)
    }

    /// The system of a file, by the number that the table gives.
    pub(crate) fn system(&self, number: usize) -> Option<&System> {
        self.slots.get(number).map(|late| &**late)
    }

    /// All systems, in the order of their files.
    pub(crate) fn all(&self) -> impl Iterator<Item = &System> {
        (0..self.slots.len()).filter_map(|number| self.system(number))
    }
}

impl SystemAnswer {
    /// Whether it asks for more than its words: of several answers with the same words, such a one comes first.
    pub(crate) fn is_special(&self) -> bool {
        self.when.is_some() || self.beside.is_some()
    }

    /// Whether a text has what must be beside the words.
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
    pub(super) fn patterns(&self, file: usize) -> Vec<SystemPattern> {
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

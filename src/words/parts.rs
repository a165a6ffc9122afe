//! A message taken apart, for people who ask why it is read as it is.

use std::ops::Range;

use super::clauses::{Clause, clauses};
use super::reading::{Reading, read};
use super::table::{Class, WordTable};
use super::tokens::units;

/// What was found in a message.
#[derive(Debug)]
pub(crate) struct Parts<'t> {
    /// Its clauses, in the order of the message.
    pub(crate) clauses: Vec<ClauseParts<'t>>,
    /// What they mean together.
    pub(crate) reading: Option<Reading<'t>>,
}

/// What was found in one clause.
#[derive(Debug)]
pub(crate) struct ClauseParts<'t> {
    /// The forms that the lexicon has: their characters, what kind of word they are, and the id of what they name.
    pub(crate) forms: Vec<(Range<usize>, &'static str, &'t str)>,
    /// The complaints: their characters, and the id.
    pub(crate) complaints: Vec<(Range<usize>, &'t str)>,
    /// Whether it only says what to do.
    pub(crate) is_advice: bool,
}

/// Takes a message apart.
pub(crate) fn parts<'t>(table: WordTable<'t>, message: &str) -> Parts<'t> {
    let one = |clause: Clause| ClauseParts {
        forms: clause.marks.iter().map(|m| (m.at.clone(), kind(m.class, m.level), table.name(m.concept))).collect(),
        complaints: clause.complaints.iter().map(|c| (c.at.clone(), table.name(c.concept))).collect(),
        is_advice: clause.is_advice,
    };
    let clauses = clauses(table, &units(message)).into_iter().map(one).collect();
    Parts { clauses, reading: read(table, message) }
}

const fn kind(class: Class, level: u8) -> &'static str {
    match class {
        Class::About | Class::Context => "about",
        Class::Complaint => "complaint",
        Class::Good => "complaint when denied",
        Class::Not | Class::No => "denial",
        Class::Demand => "demand",
        Class::Hedge if level > 0 => "leaves it open",
        Class::Hedge => "or",
        Class::Advice => "advice",
        Class::Place => "place",
        Class::Expected => "expected",
        Class::Got => "got",
        Class::Nothing => "nothing",
        Class::Works | Class::Fails | Class::Where | Class::Event | Class::Uses | Class::Turn => "told",
    }
}

//! What a message means: for each complaint the thing that it is most likely of, and the reading of the two.

use std::ops::Range;

use super::clauses::{Clause, Complaint, WordMark, clauses};
use super::expected;
use super::table::{Class, Fit, WordTable};
use super::tokens::units;

/// A reading with less weight means nothing: the message says too little.
const LEAST: u8 = 25;

/// A reading with at least this weight is not looked for in the neighbouring clauses.
const ENOUGH: u8 = 55;

/// Taken off where the complaint and the thing are in two clauses.
const OTHER_CLAUSE: u8 = 6;

/// Taken off where the sentence only says what to do.
const ADVICE: u8 = 30;

/// The most weight where the message leaves it open, as in "invalid or expired".
const MOST_OPEN: u8 = 60;

/// What a message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading<'t> {
    /// What the message as a whole is about, where that is more than a token: a client assertion, a DPoP proof.
    pub(crate) context: Option<&'t str>,
    /// What it complains of.
    pub(crate) about: Option<&'t str>,
    /// What is wrong with it; `None` where the message only names it.
    pub(crate) complaint: Option<&'t str>,
    /// Whether the message leaves open which of several things is wrong.
    pub(crate) is_open: bool,
    /// How often a message that reads like this means the first cause, in hundredths.
    pub(crate) weight: u8,
    pub(crate) family: &'t str,
    /// Ids, the most likely cause first.
    pub(crate) causes: Vec<&'t str>,
    /// The characters of the message that say what it is about.
    pub(crate) about_at: Option<Range<usize>>,
    /// The characters that complain.
    pub(crate) complaint_at: Option<Range<usize>>,
    /// The characters of the value that was expected.
    pub(crate) expected: Option<Range<usize>>,
    /// The characters of the value that the server got instead.
    pub(crate) got: Option<Range<usize>>,
}

impl Reading<'_> {
    /// What the message says, in a sentence that begins in lower case.
    pub(crate) fn says(&self, table: WordTable<'_>) -> String {
        let title =
            |id: Option<&str>| id.and_then(|id| table.concept(id)).map(|c| table.title(c)).filter(|t| !t.is_empty());
        let about = title(self.about).unwrap_or("something");
        let is_open = if self.is_open { " and leaves something open" } else { "" };
        match title(self.complaint) {
            Some(says) => format!("the message says, as its words are read, that {about} {says}{is_open}"),
            None => format!("the message names {about}{is_open}"),
        }
    }
}

/// A reading that is still being compared with others.
struct Candidate<'c, 't> {
    fit: Fit<'t>,
    about: Option<&'c WordMark>,
    complaint: Option<&'c Complaint>,
    weight: u8,
    is_open: bool,
}

/// Reads a message. `None` where it says too little.
pub(crate) fn read<'t>(table: WordTable<'t>, message: &str) -> Option<Reading<'t>> {
    let units = units(message);
    let clauses = clauses(table, &units);
    let contexts: Vec<u16> = clauses
        .iter()
        .filter(|c| !c.is_advice)
        .flat_map(Clause::abouts)
        .filter(|m| m.class == Class::Context)
        .map(|m| m.concept)
        .collect();
    let all: Vec<Candidate<'_, '_>> =
        (0..clauses.len()).flat_map(|at| candidates(table, &clauses, at, &contexts)).collect();
    // Of two with the same weight the first one in the message.
    let best = all.iter().reduce(|best, next| if next.weight > best.weight { next } else { best })?;
    if best.weight < LEAST {
        return None;
    }
    // "invalid or expired": both may be meant, and the request shows which.
    let mut causes: Vec<&str> = table.causes(best.fit).collect();
    for other in all.iter().filter(|c| best.is_open && c.is_open) {
        for cause in table.causes(other.fit) {
            if !causes.contains(&cause) {
                causes.push(cause);
            }
        }
    }
    let (expected, got) = expected::values(clauses.iter().flat_map(|c| &c.marks), message);
    Some(Reading {
        context: best.fit.has_context.then(|| contexts.first().map(|c| table.name(*c))).flatten(),
        about: best.about.map(|m| table.name(m.concept)),
        complaint: best.complaint.map(|c| table.name(c.concept)),
        is_open: best.is_open,
        weight: best.weight,
        family: best.fit.family,
        causes,
        about_at: best.about.map(|m| m.at.clone()),
        complaint_at: best.complaint.map(|c| c.at.clone()),
        expected,
        got,
    })
}

/// Whether a message says that a caller is refused, even where it does not say what for: "Access denied".
pub(crate) fn is_refusal(table: WordTable<'_>, message: &str) -> bool {
    /// The complaints that are about a caller, whatever they are joined with.
    const OF_CALLERS: [&str; 3] = ["unauthorized", "unauthenticated", "not-signed-in"];
    let units = units(message);
    let is_of_caller = |c: &Complaint| OF_CALLERS.contains(&table.name(c.concept));
    clauses(table, &units).iter().any(|clause| !clause.is_advice && clause.complaints.iter().any(is_of_caller))
        || read(table, message).is_some_and(|reading| reading.complaint.is_some() && reading.about.is_some())
}

/// The readings of one clause.
fn candidates<'c, 't>(
    table: WordTable<'t>,
    clauses: &'c [Clause],
    at: usize,
    contexts: &[u16],
) -> Vec<Candidate<'c, 't>> {
    let clause = &clauses[at];
    let lowered = |weight: u8, by: u8| weight.saturating_sub(by);
    let weigh = |fit: Fit<'t>, about, complaint, far: bool| {
        let mut weight = fit.weight;
        if far {
            weight = lowered(weight, OTHER_CLAUSE);
        }
        if clause.is_advice {
            weight = lowered(weight, ADVICE);
        }
        if clause.is_open {
            weight = weight.min(MOST_OPEN);
        }
        Candidate { fit, about, complaint, weight, is_open: clause.is_open }
    };
    let mut found = Vec::new();
    for complaint in &clause.complaints {
        let own = best_about(clause, complaint);
        let fit = |about: Option<&WordMark>| table.fit(contexts, about.map(|m| m.concept), Some(complaint.concept));
        let here = own.and_then(|about| Some(weigh(fit(Some(about))?, Some(about), Some(complaint), false)));
        let is_enough = here.as_ref().is_some_and(|c| c.fit.weight >= ENOUGH);
        found.extend(here);
        if is_enough {
            continue;
        }
        // "Audience: not valid", "invalid token (audience)".
        let others = [at.checked_sub(1), Some(at + 1)];
        for other in others.into_iter().flatten().filter_map(|i| clauses.get(i)).filter(|c| !c.is_advice) {
            // A clause with a complaint of its own is about something else.
            if other.complaints.is_empty()
                && let Some(about) = other.abouts().max_by_key(|m| m.level)
                && let Some(fit) = fit(Some(about))
            {
                found.push(weigh(fit, Some(about), Some(complaint), true));
            }
        }
        if own.is_none()
            && let Some(fit) = fit(None)
        {
            found.push(weigh(fit, None, Some(complaint), false));
        }
    }
    if clause.complaints.is_empty() {
        let named = clause
            .abouts()
            .filter_map(|about| Some(weigh(table.fit(contexts, Some(about.concept), None)?, Some(about), None, false)));
        found.extend(named);
    }
    found
}

/// What a complaint is most likely of.
fn best_about<'c>(clause: &'c Clause, complaint: &Complaint) -> Option<&'c WordMark> {
    let scored = clause.abouts().map(|about| (score(clause, about, complaint), about));
    // Less than nothing: it is of something else.
    let likely = scored.filter(|(score, _)| *score >= 0);
    likely.max_by_key(|(score, about)| (*score, std::cmp::Reverse(about.units.start))).map(|(_, about)| about)
}

/// How likely it is that a complaint is of something, in tenths of a level: how much naming it tells, how near it is, on
/// which side.
fn score(clause: &Clause, about: &WordMark, complaint: &Complaint) -> i32 {
    const FOR_EACH_UNIT: i32 = 3;
    const FARTHEST: usize = 10;
    const CROSSING: i32 = 15;
    const RIGHT_SIDE: i32 = 10;
    const WRONG_SIDE: i32 = 5;
    const OTHER_OBJECT: i32 = 25;
    const IN_A_PLACE: i32 = 15;
    const OF_A_COMPOUND: i32 = 8;
    let is_right = about.units.start >= complaint.units.end;
    let between = if is_right {
        complaint.units.end..about.units.start
    } else {
        about.units.end.min(complaint.units.start)..complaint.units.start
    };
    let mut score = i32::from(about.level) - FOR_EACH_UNIT * between.len().min(FARTHEST) as i32;
    let crosses = |c: &&Complaint| between.contains(&c.units.start) && c.units != complaint.units;
    score -= CROSSING * clause.complaints.iter().filter(crosses).count().min(2) as i32;
    if complaint.looks_right {
        score += match (is_right, complaint.has_object) {
            (true, _) => RIGHT_SIDE,
            (false, true) => -OTHER_OBJECT,
            (false, false) => -WRONG_SIDE,
        };
    }
    // "in the header", "of token": an article may be in between.
    let is_before = |m: &&WordMark| m.units.end <= about.units.start && about.units.start - m.units.end <= 1;
    if clause.marks.iter().filter(is_before).any(|m| m.class == Class::Place) {
        score -= IN_A_PLACE;
    }
    // "token audience": the last word of a compound is what it is.
    if clause.abouts().any(|m| m.units.start == about.units.end && m.level >= about.level) {
        score -= OF_A_COMPOUND;
    }
    score
}

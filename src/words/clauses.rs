//! A message as clauses, each with the forms of the lexicon that it holds and the complaints that they make.

use std::ops::Range;

use super::source::TAKES_OBJECT;
use super::table::{Class, WordTable};
use super::tokens::{Gap, Unit};

/// The most clauses that are read.
const MOST_CLAUSES: usize = 12;

/// The farthest that a denial reaches, in units: "not a properly formed and signed token".
const DENIAL_REACH: usize = 6;

/// The farthest that "no" reaches: "no valid authentication credentials have been provided".
const NO_REACH: usize = 10;

/// The farthest that a denial takes a complaint away: "has not been revoked".
const TAKES_AWAY: usize = 3;

/// A form of the lexicon in a message.
#[derive(Clone, Debug)]
pub(super) struct WordMark {
    /// Its units, counted from the beginning of the message.
    pub(super) units: Range<usize>,
    /// Its characters in the message.
    pub(super) at: Range<usize>,
    pub(super) class: Class,
    pub(super) level: u8,
    pub(super) concept: u16,
}

/// A complaint of a clause.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    pub(super) concept: u16,
    pub(super) units: Range<usize>,
    pub(super) at: Range<usize>,
    /// Whether it complains of what follows it ("no token"), not of what is in front of it ("the token is gone").
    pub(super) looks_right: bool,
    /// Whether something follows that it may be of, if only a word that the lexicon does not have: "lacks a phone number".
    pub(super) has_object: bool,
}

/// A part of a message between full stops, colons, brackets and the like.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// Its forms, but for those that mean nothing.
    pub(super) marks: Vec<WordMark>,
    pub(super) complaints: Vec<Complaint>,
    /// Whether it says what to do, not what is wrong.
    pub(super) is_advice: bool,
    /// Whether it leaves open which of several complaints is the right one.
    pub(super) is_open: bool,
}

impl Clause {
    /// What it may be about.
    pub(super) fn abouts(&self) -> impl Iterator<Item = &WordMark> {
        self.marks.iter().filter(|m| matches!(m.class, Class::About | Class::Context))
    }
}

/// The clauses of a message.
pub(super) fn clauses(table: WordTable<'_>, units: &[Unit]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = vec![Clause::default()];
    let mut first = 0;
    let mut at = 0;
    while at < units.len() {
        let found = table.longest(&units[at..]);
        // "…, please log in again"
        let is_advice = found.is_some_and(|f| f.class == Class::Advice);
        if at > first && (units[at].gap >= Gap::Clause || (is_advice && units[at].gap == Gap::Comma)) {
            if clauses.len() == MOST_CLAUSES {
                break;
            }
            clauses.push(Clause::default());
            first = at;
        }
        let Some(found) = found else {
            at += 1;
            continue;
        };
        let to = at + found.length;
        if let Some(clause) = clauses.last_mut().filter(|_| found.class != Class::Nothing) {
            // Advice begins its clause, or comes right after a word such as "so".
            clause.is_advice |= found.class == Class::Advice && at <= first + 1;
            clause.marks.push(WordMark {
                units: at..to,
                at: units[at].start..units[to - 1].end,
                class: found.class,
                level: found.level,
                concept: found.concept,
            });
        }
        at = to;
    }
    for clause in &mut clauses {
        complain(clause, units);
    }
    clauses
}

/// Finds the complaints of a clause: words that complain, and good words that are denied or demanded.
fn complain(clause: &mut Clause, units: &[Unit]) {
    let mut denial: Option<&WordMark> = None;
    let mut demand: Option<&WordMark> = None;
    let mut found: Vec<Complaint> = Vec::new();
    // The complaint of a "no" that no good word has used.
    let mut no: Option<usize> = None;
    let mut seen_about_since_denial = false;
    let mut opens = false;
    for mark in &clause.marks {
        let since = |other: &WordMark| mark.units.start.saturating_sub(other.units.end);
        match mark.class {
            Class::Not => {
                denial = Some(mark);
                seen_about_since_denial = false;
                no = None;
            }
            Class::No => {
                denial = Some(mark);
                seen_about_since_denial = false;
                no = Some(found.len());
                found.push(complaint(mark.concept, mark, mark, true));
            }
            Class::Demand | Class::Advice => demand = Some(mark),
            Class::Good => {
                let reach = |d: &WordMark| if d.class == Class::No { NO_REACH } else { DENIAL_REACH };
                if let Some(denied) = denial.filter(|d| since(d) <= reach(d)) {
                    match no {
                        // "no valid token": the token is missing; "no token was accepted": it is not allowed.
                        Some(at) => {
                            if seen_about_since_denial && mark.concept != found[at].concept {
                                found[at].concept = mark.concept;
                                found[at].looks_right = true;
                            }
                        }
                        None => found.push(complaint(mark.concept, denied, mark, !seen_about_since_denial)),
                    }
                    if no.is_none() {
                        denial = None;
                    }
                } else if let Some(demanded) = demand.filter(|d| since(d) <= DENIAL_REACH) {
                    let looks_right = demanded.class == Class::Advice;
                    found.push(complaint(mark.concept, demanded, mark, looks_right));
                    demand = None;
                }
            }
            Class::Complaint => {
                let is_denied = denial.is_some_and(|d| d.class == Class::Not && d.level == 0 && since(d) <= TAKES_AWAY);
                if is_denied && !seen_about_since_denial {
                    denial = None;
                } else {
                    found.push(complaint(mark.concept, mark, mark, mark.level == TAKES_OBJECT));
                }
            }
            Class::About | Class::Context => {
                // "not an access token": the denial is of the thing itself.
                if let Some(denied) = denial
                    && denied.class == Class::Not
                    && denied.level == 0
                    && since(denied) <= 2
                    && !seen_about_since_denial
                {
                    found.push(complaint(denied.concept, denied, denied, true));
                }
                seen_about_since_denial = true;
            }
            Class::Hedge => opens |= mark.level > 0,
            _ => {}
        }
    }
    for complaint in &mut found {
        complaint.has_object = complaint.looks_right && has_object(clause, complaint, units);
    }
    // A denial of a thing is only meant where no good word is denied.
    let is_of_thing = |c: &Complaint| clause.marks.iter().any(|m| m.class == Class::Not && m.units == c.units);
    if found.iter().any(|c| !is_of_thing(c)) {
        found.retain(|c| !is_of_thing(c));
    }
    let between = |a: &Complaint, b: &Complaint| {
        let (from, to) = (a.units.end.min(b.units.end), a.units.start.max(b.units.start));
        let is_or = |m: &WordMark| m.class == Class::Hedge && m.units.start >= from && m.units.end <= to;
        clause.marks.iter().any(is_or) || (from..=to).any(|u| units.get(u).is_some_and(|u| u.gap == Gap::Slash))
    };
    opens |= found.windows(2).any(|pair| pair[0].concept != pair[1].concept && between(&pair[0], &pair[1]));
    clause.is_open = opens;
    clause.complaints = found;
}

/// Whether a word follows a complaint that it may be of: not the end of the clause, "in the request", "or invalid".
fn has_object(clause: &Clause, complaint: &Complaint, units: &[Unit]) -> bool {
    let next = complaint.units.end;
    let Some(unit) = units.get(next).filter(|u| u.gap < Gap::Comma) else { return false };
    let mark = clause.marks.iter().find(|m| m.units.start == next);
    match mark.map(|m| m.class) {
        Some(Class::About | Class::Context) => true,
        Some(Class::Complaint) => {
            mark.is_some_and(|m| m.units.end < units.len() && units[m.units.end].gap < Gap::Comma)
        }
        Some(_) => false,
        None => !matches!(unit.word.as_str(), "and" | "but" | "because" | "so" | "when" | "if" | "here" | "header"),
    }
}

fn complaint(concept: u16, first: &WordMark, last: &WordMark, looks_right: bool) -> Complaint {
    Complaint {
        concept,
        units: first.units.start..last.units.end,
        at: first.at.start..last.at.end,
        looks_right,
        has_object: false,
    }
}

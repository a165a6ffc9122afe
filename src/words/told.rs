//! What people tell in a sentence: where something works and where it fails, what has happened, which credentials they
//! use.
//!
//! A place belongs to the nearest word of its clause that says that something works or fails. A clause without such a
//! word takes it from the clause before it in the same sentence, or else from the one after it; after "but" and with a
//! denial it says the opposite.

use std::ops::Range;

use super::table::{Class, WordTable};
use super::tokens::{Gap, Unit, units};

/// How far in front of a word a denial counts, in units: "does not always work".
const DENIAL_REACH: usize = 3;

/// Something that a sentence tells: the id and its characters.
pub(crate) type ToldWord<'t> = (&'t str, Range<usize>);

/// What a sentence tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ToldWords<'t> {
    /// The places at which it says that something works.
    pub(crate) works: Vec<ToldWord<'t>>,
    /// The places at which it says that something fails.
    pub(crate) fails: Vec<ToldWord<'t>>,
    pub(crate) events: Vec<ToldWord<'t>>,
    pub(crate) uses: Vec<ToldWord<'t>>,
}

/// A word that says that something works or fails.
struct ToldOutcome {
    unit: usize,
    works: bool,
}

/// A part of a sentence.
#[derive(Default)]
struct ToldClause<'t> {
    outcomes: Vec<ToldOutcome>,
    places: Vec<(usize, ToldWord<'t>)>,
    has_denial: bool,
    turns: bool,
}

/// Reads the sentences of a line.
pub(crate) fn read<'t>(table: WordTable<'t>, line: &str) -> ToldWords<'t> {
    let (units, forms) = (units(line), table.told());
    let mut told = ToldWords::default();
    let mut sentence: Vec<ToldClause<'t>> = vec![ToldClause::default()];
    let mut denied: Option<usize> = None;
    let mut at = 0;
    while at < units.len() {
        let unit = &units[at];
        let ends = at > 0 && ends_sentence(line, &units[at - 1], unit);
        if ends {
            settle(&mut told, std::mem::take(&mut sentence));
        }
        if ends || at > 0 && unit.gap >= Gap::Comma {
            sentence.push(ToldClause::default());
            denied = None;
        }
        let found = forms.and_then(|forms| table.longest_told(forms, &units[at..]));
        let length = found.map_or(1, |f| f.length);
        if found.is_some_and(|f| f.class == Class::Turn) && sentence.last().is_some_and(ToldClause::says_something) {
            sentence.push(ToldClause::default());
            denied = None;
        }
        let place = unit.start..units[at + length - 1].end;
        let Some(clause) = sentence.last_mut() else { break };
        let name = || found.map_or("", |f| table.name(f.concept));
        match found.map(|f| f.class).or_else(|| status(&line[place.clone()])) {
            Some(class @ (Class::Works | Class::Fails)) => {
                let is_denied = denied.take().is_some_and(|d| at - d <= DENIAL_REACH);
                clause.outcomes.push(ToldOutcome { unit: at, works: (class == Class::Works) != is_denied });
            }
            Some(Class::Not) => {
                denied = Some(at);
                clause.has_denial = true;
            }
            Some(Class::Turn) => clause.turns = true,
            Some(Class::Where) => clause.places.push((at, (name(), place))),
            Some(Class::Event) => told.events.push((name(), place)),
            Some(Class::Uses) => told.uses.push((name(), place)),
            _ => {}
        }
        at += length;
    }
    settle(&mut told, sentence);
    told
}

impl ToldClause<'_> {
    fn says_something(&self) -> bool {
        !self.outcomes.is_empty() || !self.places.is_empty()
    }
}

/// A status in a sentence: it works with 200 and fails with 401.
fn status(word: &str) -> Option<Class> {
    match word {
        "200" | "201" | "204" => Some(Class::Works),
        "401" | "403" => Some(Class::Fails),
        _ => None,
    }
}

/// Whether a sentence ends between two units. A number takes its full stop along.
fn ends_sentence(line: &str, before: &Unit, after: &Unit) -> bool {
    let gap = line.get(before.start..after.start).unwrap_or_default();
    gap.contains(['!', '?', ';', '。'])
        || gap.match_indices('.').any(|(at, _)| gap[at + 1..].starts_with(char::is_whitespace))
}

/// Gives each place of a sentence to the works or the fails.
fn settle<'t>(told: &mut ToldWords<'t>, sentence: Vec<ToldClause<'t>>) {
    let mut last: Option<bool> = None;
    let mut waiting: Vec<ToldWord<'t>> = Vec::new();
    for clause in sentence {
        let own = clause.outcomes.last().map(|o| o.works);
        if let Some(works) = own {
            told.list(works).append(&mut waiting);
        }
        for (unit, place) in clause.places {
            let nearest = clause.outcomes.iter().min_by_key(|o| o.unit.abs_diff(unit)).map(|o| o.works);
            let inherited = match last {
                _ if nearest.is_none() && clause.has_denial => Some(false),
                Some(works) => Some(works != clause.turns),
                None => None,
            };
            match nearest.or(inherited) {
                Some(works) => told.list(works).push(place),
                None => waiting.push(place),
            }
        }
        last = own.or(last);
    }
}

impl<'t> ToldWords<'t> {
    fn list(&mut self, works: bool) -> &mut Vec<ToldWord<'t>> {
        if works { &mut self.works } else { &mut self.fails }
    }
}

#[cfg(test)]
mod tests {
    use super::super::BUILT_IN;
    use super::*;

    /// `locally+ through-proxy-`, in the order of works, fails, events, uses.
    fn told(line: &str) -> String {
        let told = read(WordTable::of(BUILT_IN), line);
        let mark = |list: &[ToldWord<'_>], mark: &str| -> Vec<String> {
            list.iter().map(|(id, _)| format!("{id}{mark}")).collect()
        };
        [mark(&told.works, "+"), mark(&told.fails, "-"), mark(&told.events, "!"), mark(&told.uses, "?")]
            .concat()
            .join(" ")
    }

    #[test]
    fn contrasts() {
        for (line, expected) in [
            ("It works locally but not in production.", "locally+ production-"),
            ("On my machine (make run) everything passes. Behind nginx we get 401.", "locally+ through-proxy-"),
            ("In Postman the same call is fine, in our code it fails.", "other-client+ in-code-"),
            ("With curl it returns 200, through the load balancer 401.", "other-client+ through-proxy-"),
            ("It does not work in production.", "production-"),
            ("The other endpoints work.", "other-request+"),
            ("Das klappt lokal, aber nicht hinter dem Proxy.", "locally+ through-proxy-"),
            ("Only the first call works.", "first-time+"),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn events() {
        assert_eq!(told("Since the upgrade every call is refused."), "upgrade!");
        assert_eq!(told("After an hour it fails."), "after-a-while!");
        assert_eq!(told("The certificate was rotated."), "rotation! certificate?");
    }
}

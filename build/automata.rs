//! Writes the tables of regular expressions, which `src/pack/automaton.rs` reads.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::automaton::{DEAD, MATCHED, START};

/// A larger table is not written: the program compiles such an expression where it needs it. The values of mentions, which
/// every text is searched for, may be larger.
const LARGEST: usize = 6 << 10;
const LARGEST_AT_START: usize = 16 << 10;

/// No larger automaton is begun, which would take long.
const LARGEST_BEGUN: usize = 96 << 10;

/// The table of an expression; empty if it has none. It is for ASCII texts, and for others if the expression matches only ASCII.
pub(super) fn written(source: &str, at_start: bool) -> Vec<u8> {
    table(source, at_start).unwrap_or_default()
}

fn table(source: &str, at_start: bool) -> Option<Vec<u8>> {
    let (kind, anchored, largest) = match at_start {
        true => (StartKind::Anchored, Anchored::Yes, LARGEST_AT_START),
        false => (StartKind::Unanchored, Anchored::No, LARGEST),
    };
    let config = dense::Config::new()
        .match_kind(MatchKind::LeftmostFirst)
        .start_kind(kind)
        .dfa_size_limit(Some(LARGEST_BEGUN))
        .determinize_size_limit(Some(4 * LARGEST_BEGUN));
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let automaton = dense::Builder::new().syntax(syntax).configure(config).build(source).ok()?;
    let first = automaton.start_state(&start::Config::new().anchored(anchored)).ok()?;

    // All states that a search can be in, in the order in which they are met.
    let mut numbers: HashMap<StateID, u16> = HashMap::from([(first, START)]);
    let mut states = vec![first];
    let mut rows: Vec<Vec<u16>> = Vec::new();
    while let Some(state) = states.get(rows.len()).copied() {
        let nexts = (0..=u8::MAX).map(|byte| automaton.next_state(state, byte));
        let nexts: Vec<StateID> = nexts.chain([automaton.next_eoi_state(state)]).collect();
        let mut row = Vec::with_capacity(nexts.len());
        for next in nexts {
            let number = match automaton.is_dead_state(next) {
                true => DEAD,
                false => *numbers.entry(next).or_insert_with(|| {
                    states.push(next);
                    u16::try_from(states.len()).unwrap_or(MATCHED)
                }),
            };
            if number >= MATCHED {
                return None;
            }
            row.push(if automaton.is_match_state(next) { number | MATCHED } else { number });
        }
        rows.push(row);
    }

    // Bytes that lead to the same states are one class. The end of the text is the last class.
    let mut classes: HashMap<Vec<u16>, u8> = HashMap::new();
    let mut columns: Vec<Vec<u16>> = Vec::new();
    let mut out = Vec::new();
    for byte in 0..256 {
        let column: Vec<u16> = rows.iter().map(|row| row[byte]).collect();
        let class = u8::try_from(columns.len()).ok().filter(|class| *class < u8::MAX)?;
        let known = *classes.entry(column.clone()).or_insert(class);
        if known == class {
            columns.push(column);
        }
        out.push(known);
    }
    columns.push(rows.iter().map(|row| row[256]).collect());
    out.push(u8::try_from(columns.len()).ok()?);
    let dead = std::iter::repeat_n(DEAD, columns.len());
    let all = (0..rows.len()).flat_map(|state| columns.iter().map(move |column| column[state]));
    out.extend(dead.chain(all).flat_map(u16::to_le_bytes));
    (out.len() <= largest).then_some(out)
}

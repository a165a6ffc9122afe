//! Which parts of a condition never decide.
//!
//! A part that decides in no example is a guess: it may be misspelt, it may ask for a fact that is never set, or another
//! part may always say the same. Nothing would notice.

use crate::engine::evaluate::evaluate;
use crate::facts::Facts;
use crate::pack::model::Condition;

/// The parts of a condition, and which of them have held so far.
pub(super) struct Branches<'c> {
    root: &'c Condition,
    /// The parts in the order of the file, each before its own parts.
    parts: Vec<(&'c Condition, bool)>,
    /// Whether an alternative counts although another one holds too.
    counts_shared: bool,
}

impl<'c> Branches<'c> {
    /// For a condition of which each alternative must be needed.
    pub(super) fn needed(root: &'c Condition) -> Self {
        Self::of(root, false)
    }

    /// For a condition of which each alternative must only hold somewhere.
    pub(super) fn used(root: &'c Condition) -> Self {
        Self::of(root, true)
    }

    fn of(root: &'c Condition, counts_shared: bool) -> Self {
        fn add<'c>(condition: &'c Condition, parts: &mut Vec<(&'c Condition, bool)>) {
            parts.push((condition, false));
            match condition {
                Condition::All(inner) | Condition::Any(inner) => inner.iter().for_each(|c| add(c, parts)),
                Condition::Not(inner) => add(inner, parts),
                Condition::Test(..) => {}
            }
        }
        let mut parts = Vec::new();
        add(root, &mut parts);
        Self { root, parts, counts_shared }
    }

    /// Marks the parts that decide in an exchange. A part decides when it holds and everything around it leaves the
    /// decision to it: the other parts of `all` hold, the other parts of `any` do not. A part inside `not` decides when it
    /// alone keeps the whole from holding.
    pub(super) fn mark(&mut self, facts: &Facts) {
        let mut marker = Marker { facts, counts_shared: self.counts_shared, at: 0, parts: &mut self.parts };
        marker.mark(self.root, true);
    }

    /// How many parts there are, the whole included.
    pub(super) fn count(&self) -> usize {
        self.parts.len()
    }

    /// The outermost parts that never decided. Where a part never did, its own parts could not.
    pub(super) fn idle(&self) -> Vec<&'c Condition> {
        let mut idle = Vec::new();
        let mut at = 0;
        while let Some((condition, held)) = self.parts.get(at) {
            if *held || matches!(condition, Condition::Not(_)) && self.parts[at + 1].1 {
                at += 1;
            } else {
                idle.push(*condition);
                at += count(condition);
            }
        }
        idle
    }
}

/// A condition and all its parts.
fn count(condition: &Condition) -> usize {
    1 + match condition {
        Condition::All(inner) | Condition::Any(inner) => inner.iter().map(count).sum(),
        Condition::Not(inner) => count(inner),
        Condition::Test(..) => 0,
    }
}

/// Walks over a condition in the order of its parts.
struct Marker<'m, 'c> {
    facts: &'m Facts,
    counts_shared: bool,
    at: usize,
    parts: &'m mut [(&'c Condition, bool)],
}

impl Marker<'_, '_> {
    /// `decides` says whether everything around the condition leaves the decision to it.
    fn mark(&mut self, condition: &Condition, decides: bool) {
        if !decides {
            self.at += count(condition);
            return;
        }
        self.parts[self.at].1 |= self.holds(condition);
        self.at += 1;
        match condition {
            Condition::All(inner) => {
                let holds: Vec<bool> = inner.iter().map(|part| self.holds(part)).collect();
                for (i, part) in inner.iter().enumerate() {
                    self.mark(part, holds.iter().enumerate().all(|(j, holds)| i == j || *holds));
                }
            }
            Condition::Any(inner) => {
                let holds: Vec<bool> = inner.iter().map(|part| self.holds(part)).collect();
                for (i, part) in inner.iter().enumerate() {
                    let is_alone = holds.iter().enumerate().all(|(j, holds)| i == j || !holds);
                    self.mark(part, is_alone || self.counts_shared);
                }
            }
            Condition::Not(inner) => self.mark(inner, true),
            Condition::Test(..) => {}
        }
    }

    fn holds(&self, condition: &Condition) -> bool {
        evaluate(condition, self.facts).holds()
    }
}

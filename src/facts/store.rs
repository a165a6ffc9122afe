//! The facts of one exchange, by number.

use std::collections::BTreeMap;

use super::model::{Fact, FactType, Family, Key, ListItem, Observed, UNSEEN, Value};
use crate::text::Span;

/// All facts of one exchange.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// By number. In the slot of a family is what holds for the members that are not set by themselves.
    slots: Vec<Fact>,
    /// The members of families by number, their names in lower case.
    members: Vec<BTreeMap<String, Fact>>,
}

/// Something that says which fact is meant.
pub(crate) trait Address {
    /// The fact.
    fn fact<'f>(&self, facts: &'f Facts) -> &'f Fact;
}

impl<T> Address for Key<T> {
    fn fact<'f>(&self, facts: &'f Facts) -> &'f Fact {
        facts.slot(self.slot)
    }
}

/// A member of a family; its letters may be of either case.
impl<T> Address for (Family<T>, &str) {
    fn fact<'f>(&self, facts: &'f Facts) -> &'f Fact {
        match self.1.bytes().any(|b| b.is_ascii_uppercase()) {
            true => facts.member(self.0.slot, &self.1.to_ascii_lowercase()),
            false => facts.member(self.0.slot, self.1),
        }
    }
}

impl Facts {
    pub(super) fn slot(&self, slot: usize) -> &Fact {
        self.slots.get(slot).unwrap_or(&UNSEEN)
    }

    /// A member of a family, its name in lower case.
    pub(super) fn member(&self, slot: usize, name: &str) -> &Fact {
        let member = self.members.get(slot).and_then(|members| members.get(name));
        member.unwrap_or_else(|| self.slot(slot))
    }

    pub(super) fn members(&self, slot: usize) -> impl Iterator<Item = (&str, &Fact)> {
        self.members.get(slot).into_iter().flatten().map(|(name, fact)| (name.as_str(), fact))
    }

    /// A fact.
    pub(crate) fn get(&self, fact: impl Address) -> &Fact {
        fact.fact(self)
    }

    /// The text of a known fact.
    pub(crate) fn text(&self, fact: impl Address) -> Option<&str> {
        match fact.fact(self) {
            Fact::Known(Value::Text(text), _) => Some(text),
            _ => None,
        }
    }

    /// The number of a known fact.
    pub(crate) fn number(&self, fact: impl Address) -> Option<i64> {
        match fact.fact(self) {
            Fact::Known(Value::Number(number), _) => Some(*number),
            _ => None,
        }
    }

    /// The members of a known list.
    pub(crate) fn items(&self, fact: impl Address) -> &[ListItem] {
        match fact.fact(self) {
            Fact::Known(Value::List(items), _) => items,
            _ => &[],
        }
    }

    /// The texts of a known list.
    pub(crate) fn list(&self, fact: impl Address) -> Vec<&str> {
        self.items(fact).iter().map(|(text, _)| &**text).collect()
    }

    /// The characters by which a fact is known, or known to be absent.
    pub(crate) fn spans(&self, fact: impl Address) -> &[Span] {
        match fact.fact(self) {
            Fact::Known(_, spans) | Fact::Absent(spans) => spans,
            Fact::Unseen => &[],
        }
    }

    /// Sets a fact.
    pub(crate) fn set<T: FactType>(&mut self, key: Key<T>, observed: Observed<T>) {
        self.put(key.slot, observed.into());
    }

    /// Sets the fact of one member of a family.
    pub(crate) fn set_member<T: FactType>(&mut self, family: Family<T>, member: &str, observed: Observed<T>) {
        if self.members.len() <= family.slot {
            self.members.resize_with(family.slot + 1, BTreeMap::new);
        }
        self.members[family.slot].insert(member.to_ascii_lowercase(), observed.into());
    }

    /// Sets what holds for all members of a family that are not set by themselves.
    pub(crate) fn set_others<T: FactType>(&mut self, family: Family<T>, observed: Observed<T>) {
        self.put(family.slot, observed.into());
    }

    fn put(&mut self, slot: usize, fact: Fact) {
        if self.slots.len() <= slot {
            self.slots.resize(slot + 1, Fact::Unseen);
        }
        self.slots[slot] = fact;
    }
}

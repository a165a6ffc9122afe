//! The facts of one exchange, by number.

use super::model::{Fact, FactType, Family, Key, ListItem, Observed, UNSEEN, Value};
use crate::text::Span;

/// The members of a family, sorted by their names.
type FamilyMembers = Vec<(Box<str>, Fact)>;

/// All facts of one exchange.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// For each number the place in `known` plus one; 0 where the fact is unseen. A paste may hold thousands of exchanges,
    /// of which each knows some forty of two hundred facts.
    places: Vec<u8>,
    /// In the slot of a family is what holds for the members that are not set by themselves.
    known: Vec<Fact>,
    /// The members of families, with the number of the family, their names in lower case. Most families have one or two: a
    /// tree would take room for eleven.
    members: Vec<(usize, FamilyMembers)>,
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
        let place = self.places.get(slot).copied().unwrap_or_default();
        usize::from(place).checked_sub(1).and_then(|place| self.known.get(place)).unwrap_or(&UNSEEN)
    }

    /// A member of a family, its name in lower case.
    pub(super) fn member(&self, slot: usize, name: &str) -> &Fact {
        let members = self.family(slot);
        let place = members.binary_search_by(|(known, _)| (**known).cmp(name)).ok();
        place.map_or_else(|| self.slot(slot), |place| &members[place].1)
    }

    pub(super) fn members(&self, slot: usize) -> impl Iterator<Item = (&str, &Fact)> {
        self.family(slot).iter().map(|(name, fact)| (&**name, fact))
    }

    /// The members of a family, sorted by their names.
    fn family(&self, slot: usize) -> &[(Box<str>, Fact)] {
        self.members.iter().find(|(family, _)| *family == slot).map_or(&[], |(_, members)| members)
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
        let (name, fact) = (member.to_ascii_lowercase(), observed.into());
        let Some((_, members)) = self.members.iter_mut().find(|(known, _)| *known == family.slot) else {
            self.members.push((family.slot, vec![(name.into(), fact)]));
            return;
        };
        match members.binary_search_by(|(known, _)| (**known).cmp(name.as_str())) {
            Ok(place) => members[place].1 = fact,
            Err(place) => members.insert(place, (name.into(), fact)),
        }
    }

    /// Sets what holds for all members of a family that are not set by themselves.
    pub(crate) fn set_others<T: FactType>(&mut self, family: Family<T>, observed: Observed<T>) {
        self.put(family.slot, observed.into());
    }

    fn put(&mut self, slot: usize, fact: Fact) {
        let place = self.places.get(slot).copied().unwrap_or_default();
        if let Some(known) = usize::from(place).checked_sub(1).and_then(|place| self.known.get_mut(place)) {
            *known = fact;
            return;
        }
        if fact == Fact::Unseen {
            return;
        }
        if self.places.len() <= slot {
            self.places.resize(slot + 1, 0);
        }
        // There are fewer facts than a byte can number: `table` does not compile otherwise.
        self.known.push(fact);
        self.places[slot] = u8::try_from(self.known.len()).unwrap_or_default();
    }
}

//! Facts by the names that people and rule files use.

use super::model::{Fact, FactInfo, UNSEEN};
use super::store::{Address, Facts};
use super::table::{FACTS, find};

/// A fact named in a rule file. Its name is looked up once, when the rule is loaded.
#[derive(Clone, Debug)]
pub struct FactRef {
    /// Its name as written.
    pub name: String,
    /// Its entry in the table.
    pub info: &'static FactInfo,
    /// The member of a family, in lower case.
    member: Option<String>,
}

impl FactRef {
    /// Looks a name up in the table of facts.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (info, member) = find(name)?;
        Some(Self { name: name.to_owned(), info, member: member.map(str::to_ascii_lowercase) })
    }
}

impl Address for &FactRef {
    fn fact<'f>(&self, facts: &'f Facts) -> &'f Fact {
        match &self.member {
            Some(member) => facts.member(self.info.slot, member),
            None => facts.slot(self.info.slot),
        }
    }
}

/// A name that is not in the table is a fact that is never seen.
impl Address for &str {
    fn fact<'f>(&self, facts: &'f Facts) -> &'f Fact {
        match find(self) {
            Some((info, Some(member))) => facts.member(info.slot, &member.to_ascii_lowercase()),
            Some((info, None)) => facts.slot(info.slot),
            None => &UNSEEN,
        }
    }
}

impl Facts {
    /// The facts that are known or known to be absent, with their names, in the order of the table.
    pub(crate) fn seen(&self) -> impl Iterator<Item = (String, &Fact)> {
        let named = FACTS.iter().flat_map(|info| {
            let single = (!info.is_family()).then(|| (info.name.to_owned(), self.slot(info.slot)));
            let prefix = info.name.trim_end_matches('*');
            single.into_iter().chain(self.members(info.slot).map(move |(name, fact)| (format!("{prefix}{name}"), fact)))
        });
        named.filter(|(_, fact)| **fact != Fact::Unseen)
    }
}

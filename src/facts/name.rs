//! Facts by the names that people and rule files use.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::model::{Fact, FactInfo, UNSEEN};
use super::store::{Address, Facts};
use super::table::{FACTS, find};

/// A fact named in a rule file. Its name is looked up once, when the rule is loaded.
#[derive(Clone, Debug)]
pub struct FactRef {
    /// Its name as written.
    pub name: Cow<'static, str>,
    /// Its entry in the table.
    pub info: &'static FactInfo,
    /// The member of a family, in lower case.
    member: Option<Cow<'static, str>>,
}

impl FactRef {
    /// Looks a name up in the table of facts.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (info, member) = find(name)?;
        let member = member.map(|member| Cow::Owned(member.to_ascii_lowercase()));
        let name = if member.is_some() { Cow::Owned(name.to_owned()) } else { Cow::Borrowed(info.name) };
        Some(Self { name, info, member })
    }
}

/// A fact by its place in the table; of a member of a family also the name.
impl Serialize for FactRef {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let place = FACTS.iter().position(|info| info.name == self.info.name).unwrap_or(FACTS.len());
        (place, self.member.is_some().then_some(&*self.name)).serialize(to)
    }
}

/// Reads what the build of this program wrote, which has the same table.
impl<'de: 'static> Deserialize<'de> for FactRef {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (place, name) = <(usize, Option<&'static str>)>::deserialize(from)?;
        let info = FACTS.get(place).ok_or_else(|| D::Error::custom("a fact that is not in the table"))?;
        let Some(name) = name else { return Ok(Self { name: Cow::Borrowed(info.name), info, member: None }) };
        let member = name.get(info.name.len() - 1..).unwrap_or_default();
        let member = match member.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(member.to_ascii_lowercase()),
            false => Cow::Borrowed(member),
        };
        Ok(Self { name: Cow::Borrowed(name), info, member: Some(member) })
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

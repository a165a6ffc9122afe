//! Expressions of rule files: conditions over facts, and sentences with facts in braces.

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;
use super::rule_text::RuleText;
use crate::facts::FactRef;

/// A condition over facts.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A fact satisfies a matcher.
    Test(FactRef, Matcher),
}

impl Default for Condition {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl Condition {
    /// The facts that it uses, in file order.
    pub fn facts(&self) -> Vec<&FactRef> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::facts).collect(),
            Self::Not(part) => part.facts(),
            Self::Test(fact, Matcher::SameAs(other)) => vec![fact, other],
            Self::Test(fact, _) => vec![fact],
        }
    }

    /// Whether it uses a fact of this kind.
    pub(crate) fn uses(&self, is_of_kind: &impl Fn(&FactRef) -> bool) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.uses(is_of_kind)),
            Self::Not(part) => part.uses(is_of_kind),
            Self::Test(fact, Matcher::SameAs(other)) => is_of_kind(fact) || is_of_kind(other),
            Self::Test(fact, _) => is_of_kind(fact),
        }
    }

    /// What it compares a fact with, in file order; without what is denied.
    pub(crate) fn matchers(&self, name: &str) -> Vec<&Matcher> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(|part| part.matchers(name)).collect(),
            Self::Test(fact, matcher) if fact.name == name => vec![matcher],
            Self::Not(_) | Self::Test(..) => Vec::new(),
        }
    }
}

/// What a fact is compared with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Matcher {
    /// One of these values.
    Is(Vec<RuleValue>),
    /// It matches.
    Matches(Box<Pattern>),
    /// It begins with one of these texts.
    StartsWith(Vec<RuleText>),
    /// It ends with one of these texts.
    EndsWith(Vec<RuleText>),
    /// It contains one of these texts; case is ignored.
    Contains(Vec<RuleText>),
    /// It is between these bounds, both exclusive.
    Between(Option<i64>, Option<i64>),
    /// `true`: it is known and not absent; `false`: it is known to be absent.
    Present(bool),
    /// It equals another fact, or is a member of a list fact.
    SameAs(FactRef),
}

/// A value written in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum RuleValue {
    /// A text.
    Text(RuleText),
    /// A whole number.
    Number(i64),
    /// A boolean.
    Flag(bool),
}

/// A sentence with facts in braces.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Template {
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a sentence.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Part {
    /// Words as they are printed.
    Words(RuleText),
    /// The value of a fact.
    Fact(FactRef),
}

impl Template {
    /// The sentence as written, with the names of the facts in braces.
    #[must_use]
    pub fn source(&self) -> String {
        self.parts
            .iter()
            .map(|p| match p {
                Part::Words(words) => words.to_string(),
                Part::Fact(fact) => format!("{{{}}}", fact.name),
            })
            .collect()
    }
}

//! What is known of one exchange, as the rules see it.

use std::collections::BTreeMap;

use super::registry;
use crate::text::Span;

/// The value of a fact.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several texts, each with its place.
    List(Vec<(String, Vec<Span>)>),
}

/// Values may be credentials: `Debug` shows their kind only.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Number(number) => write!(f, "Number({number})"),
            Self::Flag(flag) => write!(f, "Flag({flag})"),
            Self::List(items) => write!(f, "List({} items)", items.len()),
        }
    }
}

impl Value {
    /// The value in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
            Self::List(items) => items.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// A fact of one exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It is known, by these characters.
    Known(Value, Vec<Span>),
    /// It is known not to be there; the spans show the message that lacks it.
    Absent(Vec<Span>),
    /// The capture does not show it.
    Unseen,
}

static UNSEEN: Fact = Fact::Unseen;

/// All facts of one exchange.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// By name; the star of a family is in lower case.
    known: BTreeMap<String, Fact>,
    /// What holds for the members of a family that are not named above, by the family's prefix.
    families: BTreeMap<&'static str, Fact>,
}

impl Facts {
    /// The fact of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> &Fact {
        if let Some(fact) = self.known.get(name) {
            return fact;
        }
        let Some((info, Some(member))) = registry::find(name) else { return &UNSEEN };
        let prefix = info.name.trim_end_matches('*');
        let key = format!("{prefix}{}", member.to_ascii_lowercase());
        self.known.get(&key).or_else(|| self.families.get(prefix)).unwrap_or(&UNSEEN)
    }

    /// The text of a known fact.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Fact::Known(Value::Text(text), _) => Some(text),
            _ => None,
        }
    }

    /// The number of a known fact.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Fact::Known(Value::Number(number), _) => Some(*number),
            _ => None,
        }
    }

    /// Whether a fact is known to be true.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Fact::Known(Value::Flag(true), _))
    }

    /// The texts of a known list.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        match self.get(name) {
            Fact::Known(Value::List(items), _) => items.iter().map(|(t, _)| t.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The characters by which a fact is known.
    #[must_use]
    pub fn spans(&self, name: &str) -> Vec<Span> {
        match self.get(name) {
            Fact::Known(_, spans) | Fact::Absent(spans) => spans.clone(),
            Fact::Unseen => Vec::new(),
        }
    }

    /// Sets a fact.
    pub(crate) fn set(&mut self, name: &str, value: Value, spans: Vec<Span>) {
        debug_assert!(registry::find(name).is_some(), "{name} is not in the table of facts");
        self.known.insert(canonical(name), Fact::Known(value, spans));
    }

    /// Sets a text, by the text that it was read from.
    pub(crate) fn set_text(&mut self, name: &str, text: &str, span: Span) {
        self.set(name, Value::Text(text.to_owned()), vec![span]);
    }

    /// Sets a flag.
    pub(crate) fn set_flag(&mut self, name: &str, flag: bool, spans: Vec<Span>) {
        self.set(name, Value::Flag(flag), spans);
    }

    /// Says that something is known not to be there.
    pub(crate) fn set_absent(&mut self, name: &str, spans: Vec<Span>) {
        debug_assert!(registry::find(name).is_some(), "{name} is not in the table of facts");
        self.known.insert(canonical(name), Fact::Absent(spans));
    }

    /// Says that the capture does not show it, whatever the family says.
    pub(crate) fn set_unseen(&mut self, name: &str) {
        self.known.insert(canonical(name), Fact::Unseen);
    }

    /// Says what holds for the members of a family that are not set one by one.
    pub(crate) fn set_family(&mut self, prefix: &'static str, fact: Fact) {
        self.families.insert(prefix, fact);
    }

    /// All facts that are known, with their names, for tests and for those who write rules.
    pub fn known(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.known.iter().map(|(name, fact)| (name.as_str(), fact))
    }
}

/// The name under which a fact is kept: the member of a family in lower case.
fn canonical(name: &str) -> String {
    match registry::find(name) {
        Some((info, Some(member))) => format!("{}{}", info.name.trim_end_matches('*'), member.to_ascii_lowercase()),
        _ => name.to_owned(),
    }
}

//! Three values, each with its reason.
//!
//! A condition holds, fails, or is open because a fact is unseen (Kleene's tables: unknown is not false, and the
//! negation of unknown is unknown). Truth carries its witness, so that *underline this*, *ruled out because* and
//! *find out next* come out of the evaluation itself.

use crate::facts::FactRef;
use crate::text::Span;

/// The outcome of a condition.
#[derive(Clone, Debug)]
pub(crate) enum Truth<'c> {
    /// It holds, by these characters.
    Holds(Vec<Span>),
    /// It fails, by these characters.
    Fails(Vec<Span>),
    /// It cannot be decided without these facts.
    Open(Vec<&'c FactRef>),
}

impl Truth<'_> {
    /// Whether it holds.
    #[must_use]
    pub(crate) const fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }

    /// Whether it fails.
    #[must_use]
    pub(crate) const fn fails(&self) -> bool {
        matches!(self, Self::Fails(_))
    }

    /// All of them: one that fails decides, else one that is open.
    #[must_use]
    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let (mut spans, mut open) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Self::Holds(mut found) => spans.append(&mut found),
                Self::Fails(found) => return Self::Fails(found),
                Self::Open(mut facts) => open.append(&mut facts),
            }
        }
        if open.is_empty() {
            return Self::Holds(spans);
        }
        open.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        open.dedup_by(|a, b| a.name == b.name);
        Self::Open(open)
    }

    /// One of them: the dual of [`Truth::all`].
    #[must_use]
    pub(crate) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::all(parts.into_iter().map(Self::negate)).negate()
    }

    /// Not this.
    #[must_use]
    pub(crate) fn negate(self) -> Self {
        match self {
            Self::Holds(spans) => Self::Fails(spans),
            Self::Fails(spans) => Self::Holds(spans),
            Self::Open(facts) => Self::Open(facts),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static NAMED: LazyLock<Vec<FactRef>> = LazyLock::new(|| {
        ["request.method", "request.path", "response.status"].into_iter().filter_map(FactRef::named).collect()
    });

    fn truth() -> impl Strategy<Value = Truth<'static>> {
        prop_oneof![
            Just(Truth::Holds(Vec::new())),
            Just(Truth::Fails(Vec::new())),
            (0..3usize).prop_map(|fact| Truth::Open(vec![&NAMED[fact]])),
        ]
    }

    const fn sign(truth: &Truth<'_>) -> i8 {
        match truth {
            Truth::Holds(_) => 1,
            Truth::Open(_) => 0,
            Truth::Fails(_) => -1,
        }
    }

    proptest! {
        #[test]
        fn kleenes_tables(parts in proptest::collection::vec(truth(), 0..5)) {
            // `all` is the minimum, `any` the maximum, and De Morgan's laws follow.
            let least = parts.iter().map(sign).min().unwrap_or(1);
            let most = parts.iter().map(sign).max().unwrap_or(-1);
            prop_assert_eq!(sign(&Truth::all(parts.clone())), least);
            prop_assert_eq!(sign(&Truth::any(parts.clone())), most);
            prop_assert_eq!(sign(&Truth::all(parts.clone()).negate()), sign(&Truth::any(parts.iter().cloned().map(Truth::negate))));
        }

        #[test]
        fn filling_in_an_unseen_fact_changes_no_decision(parts in proptest::collection::vec(truth(), 1..5), holds: bool) {
            let before = Truth::all(parts.clone());
            let filled = parts.into_iter().map(|p| match p {
                Truth::Open(_) if holds => Truth::Holds(Vec::new()),
                Truth::Open(_) => Truth::Fails(Vec::new()),
                other => other,
            });
            let after = Truth::all(filled);
            if !matches!(before, Truth::Open(_)) {
                prop_assert_eq!(sign(&before), sign(&after));
            }
        }
    }
}

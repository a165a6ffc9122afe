//! Causes, and how certain each is.

use std::borrow::Cow;

use crate::pack::model::{Certainty, Verdict};
use crate::text::Span;

/// A cause with the evidence for it.
#[derive(Clone, Debug)]
pub struct CauseView {
    /// The id of its rule (`missing-bearer-prefix`).
    pub id: String,
    /// How certain it is.
    pub verdict: Verdict,
    /// From 0 to 1. Orders causes that have the same verdict.
    pub score: f64,
    /// What is wrong, in one line.
    pub title: String,
    /// The id of the checkpoint that refuses it.
    pub checkpoint: String,
    /// The evidence; the first item is the one to underline.
    pub evidence: Vec<Evidence>,
    /// What the server does, and why.
    pub about: String,
    /// What to do.
    pub fix: String,
    /// Where the knowledge comes from.
    pub references: Vec<String>,
    /// Whether the rule is documented or inferred.
    pub certainty: Certainty,
}

/// A piece of evidence, with the characters that show it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The evidence in words.
    pub says: String,
    /// The characters that show it; `None` when it is that something is missing.
    pub span: Option<Span>,
    /// Further characters that support it.
    pub also: Vec<Span>,
}

/// A cause that is ruled out.
#[derive(Clone, Debug)]
pub struct RuledOut {
    /// The id of its rule.
    pub id: String,
    /// What would be wrong, in one line.
    pub title: String,
    /// Why it is ruled out.
    pub because: String,
    /// The characters that rule it out.
    pub span: Option<Span>,
}

/// A cause that a missing fact would decide.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Undecided {
    /// The id of its rule.
    pub id: String,
    /// What would be wrong, in one line.
    pub title: String,
    /// The missing facts.
    pub needs: Vec<Need>,
}

/// A missing fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Need {
    /// The name of the fact (`token.issuer-environment`).
    pub fact: Cow<'static, str>,
    /// The fact in words.
    pub says: &'static str,
    /// How to get it, as an instruction.
    pub how: &'static str,
}

/// A question to ask next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// How to answer it, as an instruction.
    pub how: &'static str,
    /// The names of the facts that the answer gives.
    pub facts: Vec<Cow<'static, str>>,
    /// The causes that the answer decides: id and title.
    pub decides: Vec<(String, String)>,
}

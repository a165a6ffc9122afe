//! What a test of the rules found.

use std::fmt;

/// Something that is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The rule file, as shown to the user.
    pub file: String,
    /// The line of the sign, answer, example or key, counted from 1.
    pub line: usize,
    /// The id of the cause, answer or pathway.
    pub rule: String,
    /// What is wrong.
    pub found: String,
    /// What to do about it.
    pub todo: String,
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}: {}: {}", self.file, self.line, self.rule, self.found)?;
        write!(f, "  to do: {}", self.todo)
    }
}

/// What was tested, and what is wrong.
#[derive(Debug, Default)]
pub struct RuleReport {
    /// How many causes.
    pub causes: usize,
    /// How many known answers, those of the causes included.
    pub answers: usize,
    /// How many examples.
    pub examples: usize,
    /// How many signs.
    pub signs: usize,
    /// How many parts the conditions have, each condition itself included.
    pub parts: usize,
    /// In the order in which they were found.
    pub problems: Vec<RuleProblem>,
}

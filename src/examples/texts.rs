//! The form of the texts of a cause.

use super::model::RuleProblem;
use crate::pack::line_of_key;
use crate::pack::model::{Cause, Pack};

/// The longest title, in characters: one line of a report.
const TITLE: usize = 90;

/// How many sentences `about` has at most.
const SENTENCES: usize = 8;

/// What is wrong with the texts of a cause.
pub(super) fn check(pack: &Pack, cause: &Cause) -> Vec<RuleProblem> {
    let title = &cause.title;
    let sentences =
        cause.about.split_inclusive(['.', '?']).filter(|s| s.trim().len() > 2 && s.ends_with(['.', '?'])).count();
    let is_kebab = cause.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let is_capital = title.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    let is_meant = || pack.systems.all().any(|s| s.answers.iter().any(|a| a.means.iter().any(|id| cause.id == *id)));
    let is_bare = cause.signs.is_empty() && cause.named_by.is_empty() && cause.answered_by.is_empty() && !is_meant();
    let rules = [
        ("title", title.ends_with('.'), "the title ends with a full stop".to_owned(), "Remove it."),
        (
            "title",
            title.chars().count() > TITLE,
            format!("the title is longer than {TITLE} characters"),
            "Shorten it; details belong in `about`.",
        ),
        ("title", !is_capital, "the title does not begin with a capital".to_owned(), "Write it as a sentence."),
        (
            "references",
            cause.references.is_empty(),
            "there is no reference".to_owned(),
            "Name a source that others can read.",
        ),
        (
            "title",
            is_bare,
            "there is no sign and no answer".to_owned(),
            "Add a `[[sign]]`, or name an answer in `named-by` or `answered-by`.",
        ),
        (
            "about",
            sentences > SENTENCES,
            format!("`about` has more than {SENTENCES} sentences"),
            "Leave out what a reader of the report does not need.",
        ),
        (
            "fix",
            !cause.fix.source().trim_end().ends_with('.'),
            "the fix does not end with a full stop".to_owned(),
            "Write whole sentences.",
        ),
        (
            "title",
            !is_kebab,
            "the id (the name of the file) is not in kebab case".to_owned(),
            "Use lower-case letters, digits and hyphens.",
        ),
    ];
    rules
        .into_iter()
        .filter(|(_, is_wrong, ..)| *is_wrong)
        .map(|(key, _, found, todo)| RuleProblem {
            file: cause.file.to_string(),
            line: line_of_key(&cause.file, key),
            rule: cause.id.to_string(),
            found,
            todo: todo.to_owned(),
        })
        .collect()
}

//! Sentences of rules, filled in with what a capture shows.

use crate::engine::evaluate::fill;
use crate::facts::Facts;
use crate::pack::model::{Part, Template};
use crate::redact::Redactor;

/// A sentence of a rule, filled in and safe to print. The words of the rule are not secret, but what it takes from the
/// input may be.
pub(super) fn rendered(template: &Template, facts: &Facts, redactor: &Redactor) -> String {
    let is_plain = template.parts.iter().all(|part| matches!(part, Part::Words(_)));
    let sentence = fill(template, facts);
    if is_plain { crate::visible::visible(&sentence) } else { redactor.clean(&sentence) }
}

//! What to find out next: the missing facts, grouped by how to get them, the most useful first.

use super::model::{ExchangeDiagnosis, Question, Undecided, Verdict};
use crate::pack::model::{Pack, Prevalence};

/// The number of questions asked. People do not answer more.
const MOST: usize = 4;

pub(super) fn ask(diagnosis: &ExchangeDiagnosis, pack: &Pack) -> Vec<Question> {
    // A confirmed cause explains the refusal: what would decide causes that nothing supports is not worth asking.
    if diagnosis.causes.iter().any(|c| c.verdict == Verdict::Confirmed) {
        return Vec::new();
    }
    let weight = |id: &str| pack.cause(id).map_or(Prevalence::Rare, |c| c.prevalence).weight();
    // Only the most common causes are asked about: what would decide a rare one is seldom worth an answer. So a new
    // cause that is seldom met changes no report in which a common one is open.
    let asking: Vec<(f64, &Undecided)> =
        diagnosis.undecided.iter().filter(|u| !u.needs.is_empty()).map(|u| (weight(&u.id), u)).collect();
    let most = asking.iter().map(|(weight, _)| *weight).fold(0.0, f64::max);
    if most < Prevalence::Common.weight() && diagnosis.causes.iter().any(|c| c.verdict == Verdict::Likely) {
        return Vec::new();
    }
    let mut questions: Vec<Question> = Vec::new();
    for (_, undecided) in asking.into_iter().filter(|(weight, _)| *weight >= most) {
        for need in &undecided.needs {
            let found = questions.iter().position(|q| q.how == need.how);
            let at = found.unwrap_or_else(|| {
                questions.push(Question { how: need.how, facts: Vec::new(), decides: Vec::new() });
                questions.len() - 1
            });
            let question = &mut questions[at];
            if !question.facts.contains(&need.fact) {
                question.facts.push(need.fact.clone());
            }
            if !question.decides.iter().any(|(id, _)| *id == undecided.id) {
                question.decides.push((undecided.id.clone(), undecided.title.clone()));
            }
        }
    }
    questions.sort_by(|a, b| b.decides.len().cmp(&a.decides.len()).then_with(|| a.how.cmp(b.how)));
    questions.truncate(MOST);
    questions
}

//! What to find out next: the missing facts, grouped by how to get them, the most useful first.

use super::model::{ExchangeDiagnosis, Question, Verdict};
use crate::pack::model::{Pack, Prevalence};

/// The number of questions asked. People do not answer more.
const MOST: usize = 4;

pub(super) fn ask(diagnosis: &ExchangeDiagnosis, pack: &Pack) -> Vec<Question> {
    // A confirmed cause explains the refusal: what would decide causes that nothing supports is not worth asking.
    if diagnosis.causes.iter().any(|c| c.verdict == Verdict::Confirmed) {
        return Vec::new();
    }
    let mut questions: Vec<(f64, Question)> = Vec::new();
    for undecided in &diagnosis.undecided {
        let prevalence = pack.cause(&undecided.id).map_or(Prevalence::Rare, |c| c.prevalence);
        for need in &undecided.needs {
            let found = questions.iter().position(|(_, q)| q.how == need.how);
            let at = found.unwrap_or_else(|| {
                let question = Question { how: need.how.clone(), facts: Vec::new(), decides: Vec::new() };
                questions.push((0.0, question));
                questions.len() - 1
            });
            let (weight, question) = &mut questions[at];
            if !question.facts.contains(&need.fact) {
                question.facts.push(need.fact.clone());
            }
            if !question.decides.iter().any(|(id, _)| *id == undecided.id) {
                question.decides.push((undecided.id.clone(), undecided.title.clone()));
                *weight += prevalence.weight();
            }
        }
    }
    // Once a cause is likely, do not ask questions that would only decide rare causes.
    if diagnosis.causes.iter().any(|c| c.verdict <= Verdict::Likely) {
        questions.retain(|(weight, _)| *weight >= Prevalence::Common.weight());
    }
    questions.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.how.cmp(&b.1.how)));
    questions.into_iter().take(MOST).map(|(_, question)| question).collect()
}

//! What an answer says about every checkpoint.
//!
//! A gateway stops at the first checkpoint that fails. So an answer recognised as given at one of them says that the
//! earlier ones were passed and the later ones not reached. A status alone narrows too: which checkpoints can answer
//! with it at all?

use super::model::{CheckpointState, Outcome};
use crate::engine::evaluate::evaluate;
use crate::engine::truth::Truth;
use crate::facts::Facts;
use crate::pack::model::{Answer, Cause, Certainty, Pack, Pathway};
use crate::text::Span;

/// How an exchange stands on its pathway.
pub(super) struct Standing<'p> {
    pub(super) pathway: Option<&'p Pathway>,
    /// The known answers that were recognised, all of one checkpoint; the most telling first.
    answers: Vec<(&'p Answer, Vec<Span>)>,
    /// All known answers of this pathway.
    pub(super) known: Vec<&'p Answer>,
    /// How sure the recognition is.
    pub(super) certainty: Certainty,
    pub(super) status: Option<u16>,
    pub(super) status_span: Option<Span>,
    pub(super) outcome: Outcome,
    /// Whether the words of the answer are not shown.
    pub(super) words_unseen: bool,
}

/// How a cause stands to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The answer names this very fault.
    Named,
    /// It is one of the faults that get this answer.
    Fits,
    /// The checkpoint gave the answer, but gives this fault other words.
    OtherWords,
    /// The checkpoint may have given the answer.
    Open,
    /// The checkpoint was passed.
    Passed,
    /// The checkpoint was not reached.
    NotReached,
    /// The checkpoint never answers with this status.
    NeverThisStatus,
    /// The checkpoint is not known to answer with this status.
    HardlyThisStatus,
    /// The pathway has no such checkpoint.
    Elsewhere,
}

impl<'p> Standing<'p> {
    pub(super) fn of(pack: &'p Pack, pathway: Option<&'p Pathway>, facts: &Facts, outcome: Outcome) -> Self {
        let here = |a: &&Answer| a.pathways.is_empty() || pathway.is_some_and(|p| a.pathways.contains(&p.id));
        let on_pathway = |a: &&Answer| pathway.is_some_and(|p| p.position(&a.checkpoint).is_some());
        let known: Vec<&Answer> = pack.answers.iter().filter(here).filter(on_pathway).collect();
        let mut answers: Vec<(&Answer, Vec<Span>)> = Vec::new();
        if matches!(outcome, Outcome::Refused | Outcome::Unclear) {
            for answer in &known {
                if let Truth::Holds(spans) = evaluate(&answer.when, facts) {
                    answers.push((answer, spans));
                }
            }
        }
        // The most telling first: an answer that names a fault, then one that faults are known to get.
        let weight = |a: &Answer| {
            let names = pack.causes.iter().any(|c| c.named_by.contains(&a.id));
            let fits = pack.causes.iter().any(|c| c.answered_by.contains(&a.id));
            (
                a.pathways.is_empty(),
                if names {
                    0
                } else if fits {
                    1
                } else {
                    2
                },
            )
        };
        answers.sort_by_key(|(a, _)| (weight(a).1, weight(a).0));
        if let Some(checkpoint) = answers.first().map(|(a, _)| a.checkpoint.clone()) {
            answers.retain(|(a, _)| a.checkpoint == checkpoint);
        }
        let quoted = facts.text("response.body").is_none() && facts.text("challenge.state").is_none();
        let certainty = match answers.first() {
            // Words in a sentence may be anybody's.
            Some((a, spans))
                if quoted && !spans.is_empty() && facts.spans("refusal.message").iter().any(|s| spans.contains(s)) =>
            {
                let _ = a;
                Certainty::Inferred
            }
            Some((a, _)) => a.certainty,
            None => Certainty::Documented,
        };
        Self {
            pathway,
            answers,
            known,
            certainty,
            status: facts.number("response.status").and_then(|s| u16::try_from(s).ok()),
            status_span: facts.spans("response.status").first().copied(),
            outcome,
            words_unseen: matches!(facts.get("refusal.message"), crate::facts::Fact::Unseen),
        }
    }

    /// The recognised answers, the most telling first.
    pub(super) fn recognised(&self) -> Vec<&'p Answer> {
        self.answers.iter().map(|(answer, _)| *answer).collect()
    }

    /// The most telling answer.
    pub(super) fn primary(&self) -> Option<(&'p Answer, &[Span])> {
        self.answers.first().map(|(a, spans)| (*a, spans.as_slice()))
    }

    /// The recognised answer that names a cause, or that it is known to get.
    pub(super) fn answer_of(&self, ids: &[String]) -> Option<(&'p Answer, &[Span])> {
        self.answers.iter().find(|(a, _)| ids.contains(&a.id)).map(|(a, spans)| (*a, spans.as_slice()))
    }

    /// Whether one of these answers exists on the pathway.
    pub(super) fn knows(&self, ids: &[String]) -> bool {
        self.known.iter().any(|a| ids.contains(&a.id))
    }

    /// The place of the answer's checkpoint.
    fn stopped_at(&self) -> Option<usize> {
        let (answer, _) = self.primary()?;
        self.pathway?.position(&answer.checkpoint)
    }

    /// The title of the checkpoint that gave the answer.
    pub(super) fn stopped_title(&self) -> Option<&'p str> {
        let at = self.stopped_at()?;
        Some(&self.pathway?.checkpoints[at].title)
    }

    /// The first of a cause's checkpoints that the pathway has, by its place.
    pub(super) fn position(&self, cause: &Cause) -> Option<usize> {
        let pathway = self.pathway?;
        cause.checkpoints.iter().filter_map(|c| pathway.position(c)).min()
    }

    /// How a cause stands to the answer. With several checkpoints the most favourable counts.
    pub(super) fn reach(&self, cause: &Cause) -> Reach {
        let Some(pathway) = self.pathway else { return Reach::Open };
        let places: Vec<usize> = cause.checkpoints.iter().filter_map(|c| pathway.position(c)).collect();
        if places.is_empty() {
            return Reach::Elsewhere;
        }
        if self.answer_of(&cause.named_by).is_some() {
            return Reach::Named;
        }
        if self.answer_of(&cause.answered_by).is_some() {
            return Reach::Fits;
        }
        if let Some(stopped) = self.stopped_at() {
            if places.contains(&stopped) {
                let has_words = self.knows(&cause.named_by) || self.knows(&cause.answered_by);
                return if has_words { Reach::OtherWords } else { Reach::Open };
            }
            return if places.iter().any(|p| *p > stopped) { Reach::NotReached } else { Reach::Passed };
        }
        let Some(status) = self.status else { return Reach::Open };
        let fits = |place: &usize| {
            let statuses = &pathway.checkpoints[*place].statuses;
            statuses.is_empty() || statuses.contains(&status)
        };
        if places.iter().any(fits) {
            return Reach::Open;
        }
        if places.iter().all(|p| pathway.checkpoints[*p].certain) {
            Reach::NeverThisStatus
        } else {
            Reach::HardlyThisStatus
        }
    }

    /// What happened at a checkpoint.
    pub(super) fn state(&self, place: usize) -> CheckpointState {
        if let Some(stopped) = self.stopped_at() {
            return match place.cmp(&stopped) {
                std::cmp::Ordering::Less => CheckpointState::Passed,
                std::cmp::Ordering::Equal => CheckpointState::Stopped,
                std::cmp::Ordering::Greater => CheckpointState::NotReached,
            };
        }
        if self.outcome == Outcome::Accepted {
            return CheckpointState::Passed;
        }
        let (Some(pathway), Some(status)) = (self.pathway, self.status) else { return CheckpointState::Unknown };
        let statuses = &pathway.checkpoints[place].statuses;
        if statuses.contains(&status) {
            return CheckpointState::Possible;
        }
        // Before the first checkpoint that gives this status, everything was passed; behind the last, nothing reached.
        let gives =
            |c: &crate::pack::model::Checkpoint| c.statuses.is_empty() || c.statuses.contains(&status) || !c.certain;
        let first = pathway.checkpoints.iter().position(gives);
        let last = pathway.checkpoints.iter().rposition(gives);
        match (first, last) {
            (Some(first), _) if place < first => CheckpointState::Passed,
            (_, Some(last)) if place > last => CheckpointState::NotReached,
            _ => CheckpointState::Unknown,
        }
    }
}

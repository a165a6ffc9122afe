//! Where on its pathway a request was stopped, and what that says about each cause.
//!
//! A gateway stops at the first checkpoint that fails. If a response is recognised as coming from one checkpoint, the
//! request passed the earlier ones and never reached the later ones. A status alone also narrows the choice, because not
//! every checkpoint can answer with it.

use super::model::{CheckpointState, Outcome};
use super::nearly::NearAnswer;
use super::render::rendered;
use crate::engine::evaluate::{evaluate, is_met};
use crate::engine::truth::Truth;
use crate::facts::{Fact, Facts};
use crate::pack::model::{Answer, Cause, Certainty, Checkpoint, KnownAnswers, Pack, Pathway};
use crate::pack::rule_text::RuleText;
use crate::redact::Redactor;
use crate::text::Span;

/// How far a request came on its pathway, as its response shows.
pub(super) struct GatewayTrace<'p> {
    pub(super) pathway: Option<&'p Pathway>,
    /// The known answers that were recognised, all from one checkpoint; the most specific first.
    answers: Vec<(&'p Answer, Vec<Span>)>,
    pack: &'p Pack,
    /// All known answers of this pathway.
    known: Option<&'p KnownAnswers>,
    /// Whether the recognition is documented or inferred.
    pub(super) certainty: Certainty,
    pub(super) status: Option<u16>,
    pub(super) status_span: Option<Span>,
    pub(super) outcome: Outcome,
    /// Whether the capture leaves out the error message of the response.
    pub(super) words_unseen: bool,
    /// Whether causes refer to the most specific answer.
    is_of_causes: bool,
    /// Whether the words of the answer are only told of, not shown.
    is_told: bool,
    /// The known answer that the words of this one nearly are.
    near: Option<NearAnswer>,
    /// The ids of answers that it is in other letter case, which whoever told of it may have changed.
    in_other_case: Vec<&'p str>,
}

/// How a cause relates to the response that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The response names this very fault.
    Named,
    /// Several faults get this response, this one among them.
    Shared,
    /// The checkpoint of this cause gave the response, but it reports this fault with a different message.
    OtherMessage,
    /// The checkpoint of this cause may have given the response.
    Open,
    /// The request passed the checkpoint.
    Passed,
    /// The request never reached the checkpoint.
    NotReached,
    /// The checkpoint never answers with this status.
    NeverThisStatus,
    /// The checkpoint is not known to answer with this status.
    UnusualStatus,
    /// The checkpoint has been seen to answer with this status, which belongs to other checks.
    RareStatus,
    /// The pathway does not have the checkpoint.
    NotOnPathway,
}

/// The answers that a pathway gives.
fn known_answers(pack: &Pack, pathway: &Pathway) -> KnownAnswers {
    let gives = |a: &Answer| {
        a.pathways.is_empty()
            || a.pathways.contains(&pathway.id)
            || pathway.like.as_ref().is_some_and(|like| a.pathways.contains(like))
    };
    let is_here = |a: &Answer| gives(a) && pathway.position(&a.checkpoint).is_some();
    let numbers: Vec<usize> = (0..pack.answers.len()).filter(|number| is_here(&pack.answers[*number])).collect();
    let mut by_id = numbers.clone();
    by_id.sort_unstable_by_key(|number| pack.answers[*number].id.as_str());
    KnownAnswers { numbers, by_id }
}

impl<'p> GatewayTrace<'p> {
    pub(super) fn of(pack: &'p Pack, pathway: Option<&'p Pathway>, facts: &Facts, outcome: Outcome) -> Self {
        let known = pathway.map(|pathway| pathway.answers.get_or_init(|| known_answers(pack, pathway)));
        let mut answers: Vec<(&Answer, Vec<Span>)> = Vec::new();
        if matches!(outcome, Outcome::Refused | Outcome::Unclear) {
            for answer in known.iter().flat_map(|known| &known.numbers).map(|number| &pack.answers[*number]) {
                if is_met(&answer.when, facts)
                    && let Truth::Holds(spans) = evaluate(&answer.when, facts)
                {
                    answers.push((answer, spans));
                }
            }
        }
        if answers.iter().any(|(a, _)| !a.is_fallback) {
            answers.retain(|(a, _)| !a.is_fallback);
        }
        // The most specific first: an answer that names a fault, then one that several faults get.
        let weight = |a: &Answer| {
            let rank = match (a.names, a.fits) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            (a.pathways.is_empty(), rank)
        };
        answers.sort_by_key(|(a, _)| (weight(a).1, weight(a).0));
        if let Some(checkpoint) = answers.first().map(|(a, _)| a.checkpoint.clone()) {
            answers.retain(|(a, _)| a.checkpoint == checkpoint);
        }
        let is_told = facts.text("response.body").is_none() && facts.text("challenge.state").is_none();
        let certainty = match answers.first() {
            // Words quoted in a sentence may not be those of the response.
            Some((_, spans))
                if is_told && !spans.is_empty() && facts.spans("refusal.message").iter().any(|s| spans.contains(s)) =>
            {
                Certainty::Inferred
            }
            Some((a, _)) => a.certainty,
            None => Certainty::Documented,
        };
        let is_of_causes = answers.first().is_some_and(|(a, _)| weight(a).1 < 2);
        Self {
            pack,
            pathway,
            answers,
            is_of_causes,
            is_told,
            near: None,
            in_other_case: Vec::new(),
            known,
            certainty,
            status: facts.number("response.status").and_then(|s| u16::try_from(s).ok()),
            status_span: facts.spans("response.status").first().copied(),
            outcome,
            words_unseen: matches!(facts.get("refusal.message"), Fact::Unseen),
        }
    }

    /// Leaves out the answers of any server that do not name one of these causes: a system is known that means them by the
    /// same words. The answers of a documented gateway stay.
    pub(super) fn give_way(&mut self, pack: &Pack, causes: &[String]) {
        if self.is_documented() {
            return;
        }
        let means = |answer: &Answer| {
            let causes = causes.iter().filter_map(|id| pack.cause(id));
            causes.into_iter().any(|c| c.named_by.contains(&answer.id))
        };
        self.answers.retain(|(answer, _)| means(answer));
        self.is_of_causes = !self.answers.is_empty();
    }

    /// The same, recognised by words that are nearly known. Where a word differs, the meaning is inferred.
    pub(super) fn nearly(mut self, near: NearAnswer) -> Self {
        if !near.is_same {
            self.certainty = Certainty::Inferred;
        }
        self.near = Some(near);
        self
    }

    /// The same, where the words may be those of other answers in other letter case: these leave their causes open.
    pub(super) fn beside(mut self, other: &Self) -> Self {
        self.in_other_case = other.answers.iter().map(|(answer, _)| answer.id.as_str()).collect();
        self
    }

    /// What a recognised answer means, and where its words are only nearly the known ones, what differs.
    pub(super) fn says(&self, answer: &Answer, facts: &Facts, redactor: &Redactor) -> String {
        let says = rendered(&answer.says, facts, redactor);
        match &self.near {
            None => says,
            Some(NearAnswer { wording, differs, .. }) => {
                redactor.clean(&format!("{says} (nearly the known response \"{wording}\": it differs {differs})"))
            }
        }
    }

    /// All known answers of this pathway.
    pub(super) fn known(&self) -> impl Iterator<Item = &'p Answer> {
        self.known.into_iter().flat_map(|known| &known.numbers).map(|number| &self.pack.answers[*number])
    }

    /// The recognised answers, the most specific first.
    pub(super) fn recognised(&self) -> Vec<&'p Answer> {
        self.answers.iter().map(|(answer, _)| *answer).collect()
    }

    /// The most specific answer that was recognised.
    pub(super) fn primary(&self) -> Option<(&'p Answer, &[Span])> {
        self.answers.first().map(|(a, spans)| (*a, spans.as_slice()))
    }

    /// Whether the response is a known answer that names a fault.
    pub(super) fn names_a_cause(&self) -> bool {
        self.primary().is_some_and(|(answer, _)| answer.names)
    }

    /// The first recognised answer that has one of these ids, with the spans it was recognised by.
    pub(super) fn answer_of(&self, ids: &[RuleText]) -> Option<(&'p Answer, &[Span])> {
        self.answers.iter().find(|(a, _)| ids.contains(&a.id)).map(|(a, spans)| (*a, spans.as_slice()))
    }

    /// Whether the pathway can give one of these answers.
    pub(super) fn knows(&self, ids: &[RuleText]) -> bool {
        let Some(known) = self.known else { return false };
        let id_of = |number: &usize| self.pack.answers[*number].id.as_str();
        ids.iter().any(|id| known.by_id.binary_search_by(|number| id_of(number).cmp(id.as_str())).is_ok())
    }

    /// Whether the recognised answer rules out other causes. A documented gateway's answer does, because it comes from
    /// one checkpoint. Of any other server only an answer to which causes refer does, unless it is vague or only told of.
    fn rules_out(&self) -> bool {
        if self.is_in_doubt() {
            return false;
        }
        self.is_documented() || self.is_of_causes && !self.is_vague() && !self.is_told
    }

    /// Whether the answer is only nearly a known one: another word, or words that are only told of.
    fn is_in_doubt(&self) -> bool {
        self.near.as_ref().is_some_and(|near| !near.is_same || self.is_told)
    }

    /// Whether the order and the statuses of the checkpoints are known.
    pub(super) fn is_documented(&self) -> bool {
        self.pathway.is_none_or(|p| p.is_documented)
    }

    /// Whether servers give the recognised answer to many faults.
    pub(super) fn is_vague(&self) -> bool {
        !self.is_documented() && self.primary().is_some_and(|(answer, _)| answer.is_vague)
    }

    /// The index of the checkpoint that gave the response.
    pub(super) fn stopped_at(&self) -> Option<usize> {
        let (answer, _) = self.primary()?;
        self.pathway?.position(&answer.checkpoint)
    }

    /// The title of the checkpoint that gave the response.
    pub(super) fn stopped_title(&self) -> Option<&'p str> {
        let at = self.stopped_at()?;
        Some(&self.pathway?.checkpoints[at].title)
    }

    /// The index of the first of a cause's checkpoints on this pathway.
    pub(super) fn position(&self, cause: &Cause) -> Option<usize> {
        let pathway = self.pathway?;
        cause.checkpoints.iter().filter_map(|c| pathway.position(c)).min()
    }

    /// How a cause relates to the response. For a cause with several checkpoints the most favourable one counts.
    pub(super) fn relation(&self, cause: &Cause) -> Relation {
        let Some(pathway) = self.pathway else { return Relation::Open };
        let indices = || cause.checkpoints.iter().filter_map(|c| pathway.position(c));
        if indices().next().is_none() {
            return Relation::NotOnPathway;
        }
        if self.answer_of(&cause.named_by).is_some() {
            return Relation::Named;
        }
        if self.answer_of(&cause.answered_by).is_some() {
            return Relation::Shared;
        }
        if let Some(stopped) = self.stopped_at().filter(|_| self.rules_out()) {
            if indices().any(|index| index == stopped) {
                let may_be = |ids: &[RuleText]| ids.iter().any(|id| self.in_other_case.contains(&id.as_str()));
                let is_in_other_case = may_be(&cause.named_by) || may_be(&cause.answered_by);
                let has_words = !is_in_other_case && (self.knows(&cause.named_by) || self.knows(&cause.answered_by));
                return if has_words { Relation::OtherMessage } else { Relation::Open };
            }
            return if indices().any(|index| index > stopped) { Relation::NotReached } else { Relation::Passed };
        }
        let Some(status) = self.status else { return Relation::Open };
        let can_answer = |index: usize| {
            let statuses = &pathway.checkpoints[index].statuses;
            statuses.is_empty() || statuses.contains(&status)
        };
        if indices().any(can_answer) {
            return Relation::Open;
        }
        if indices().any(|index| pathway.checkpoints[index].rare_statuses.contains(&status)) {
            return Relation::RareStatus;
        }
        if indices().all(|index| pathway.checkpoints[index].certain) {
            Relation::NeverThisStatus
        } else {
            Relation::UnusualStatus
        }
    }

    /// What happened at a checkpoint.
    pub(super) fn state(&self, index: usize) -> CheckpointState {
        if let Some(stopped) = self.stopped_at() {
            return match index.cmp(&stopped) {
                std::cmp::Ordering::Equal => CheckpointState::Stopped,
                _ if self.is_in_doubt() => CheckpointState::Unknown,
                std::cmp::Ordering::Less => CheckpointState::Passed,
                std::cmp::Ordering::Greater => CheckpointState::NotReached,
            };
        }
        if self.outcome == Outcome::Accepted {
            return CheckpointState::Passed;
        }
        let (Some(pathway), Some(status)) = (self.pathway, self.status) else { return CheckpointState::Unknown };
        let statuses = &pathway.checkpoints[index].statuses;
        if statuses.contains(&status) {
            return CheckpointState::Possible;
        }
        // The request passed every checkpoint before the first one that gives this status, and reached none after the last.
        let gives = |c: &Checkpoint| c.statuses.is_empty() || c.statuses.contains(&status) || !c.certain;
        let first = pathway.checkpoints.iter().position(gives);
        let last = pathway.checkpoints.iter().rposition(gives);
        match (first, last) {
            (Some(first), _) if index < first => CheckpointState::Passed,
            (_, Some(last)) if index > last => CheckpointState::NotReached,
            _ => CheckpointState::Unknown,
        }
    }
}

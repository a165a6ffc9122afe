//! One verdict for each cause: the weight of its signs, combined with how far the request came.
//!
//! `ARCHITECTURE.md` ("How a verdict comes about") has the tables that this file implements.

use std::borrow::Cow;

use super::elimination::{GatewayTrace, Relation};
use super::model::{CauseView, Evidence, ExchangeDiagnosis, Need, Outcome, RuledOut, Undecided, Verdict};
use super::render::{rendered, rendered_fix, worded};
use super::scope::Scope;
use crate::engine::evaluate::is_met;
use crate::engine::{Finding, WordSign, shown_by};
use crate::evidence::Worded;
use crate::facts::{self, Fact, Facts};
use crate::pack::model::{Cause, Certainty, Effect, Prevalence, Refinement, Sign};
use crate::redact::Redactor;
use crate::text::Span;

/// A cause with at least this score is `likely`.
const LIKELY: f64 = 0.5;

/// The score of a cause that the response names. The gateway's own word is the strongest evidence there is.
const NAMED: f64 = 0.97;

/// Added to [`NAMED`] when the request shows the fault as well, so that it comes before others that are only named.
const NAMED_AND_SHOWN: f64 = 0.01;

/// The score of a defect that the request shows, when the response is one that this defect gets.
const SHOWN_AND_ANSWERED: f64 = 0.96;

/// The score of a defect that the request shows, when the response does not say which checkpoint gave it.
const SHOWN: f64 = 0.95;

/// The highest score of a cause that is not confirmed. It must stay below [`SHOWN`], ties included.
const MOST_UNCONFIRMED: f64 = 0.94;

/// The score of a defect at a checkpoint that was not reached. It counts only when [`first_refusal`] turns such defects
/// into possible causes, and then it puts them above [`NOT_FATAL`].
const NEXT: f64 = 0.5;

/// As [`NEXT`], for a defect that may not be fatal in a request without a response.
const NEXT_NOT_FATAL: f64 = 0.4;

/// The score of a visible defect that may not be fatal. Below any useful sum of signs.
const NOT_FATAL: f64 = 0.2;

/// Factor for a checkpoint that is not known to give this status: its signs count a little less.
const UNUSUAL_STATUS_FACTOR: f64 = 0.9;

/// The highest score with an unusual status. Below [`LIKELY`]: no source shows that checkpoint giving the status.
const MOST_UNUSUAL_STATUS: f64 = 0.45;

/// Factor for a status that the checkpoint has been seen to give, though it belongs to other checks.
const RARE_STATUS_FACTOR: f64 = 0.9;

/// Factor for a defect that the request shows where the answer names other ones, which the request rules out.
const AGAINST_THE_ANSWER: f64 = 0.8;

/// How far below [`LIKELY`] a rival of a confirmed cause falls.
const JUST_BELOW: f64 = 0.01;

/// The highest score that is reported. A diagnosis from a capture is never quite certain.
const MOST_REPORTED: f64 = 0.99;

/// Evidence texts longer than this many bytes are repeated only once, even for other characters of the input.
const LONG_TEXT: usize = 40;

/// What prevalence adds to a score: enough to order two equal causes, never enough to change a verdict.
const fn tie_breaker(prevalence: Prevalence) -> f64 {
    match prevalence {
        Prevalence::Common => 0.01,
        Prevalence::Occasional => 0.005,
        Prevalence::Rare => 0.0,
    }
}

/// The decision about one cause.
pub(super) struct Decided<'p> {
    cause: &'p Cause,
    refinements: Vec<&'p Refinement>,
    verdict: Verdict,
    score: f64,
    evidence: Vec<Evidence>,
    because: Option<Evidence>,
    needs: Vec<Need>,
    /// The first of its checkpoints on the pathway.
    checkpoint_index: Option<usize>,
    /// Whether the request itself shows the defect.
    shown_by_request: bool,
    /// Whether a sign about the request makes it at least likely.
    likely_by_request: bool,
    /// Whether its only support is that the response names it.
    only_named: bool,
    /// Whether words that are no known answer may mean it.
    may_be_meant: bool,
    /// Whether any sign about the request supports it.
    has_request_sign: bool,
    /// The sum of its signs, without what the response adds.
    score_without_answer: f64,
    /// Whether its only support is that the response is one of those it gets.
    only_shared_answer: bool,
    fix: String,
    /// As the most specific pack words it.
    title: Cow<'p, str>,
    about: String,
}

/// Whether the signs of a cause are evaluated. Of any other cause a diagnosis says nothing.
pub(super) fn is_in_question(
    cause: &Cause,
    trace: &GatewayTrace<'_>,
    scope: &Scope<'_>,
    worded: Option<&Worded>,
) -> bool {
    match trace.relation(cause) {
        Relation::Named | Relation::Shared => true,
        // A pack about another platform applies only if it knows this very answer.
        _ if !scope.holds(&cause.pack) => false,
        // Mention a cause that this pathway never checks only if it is a common one, or one that the words may mean.
        Relation::NotOnPathway => {
            cause.prevalence == Prevalence::Common || worded.is_some_and(|w| w.causes.iter().any(|id| cause.id == *id))
        }
        _ => true,
    }
}

/// Decides every cause that is in question.
pub(super) fn all<'p>(
    findings: &[Finding<'p>],
    trace: &GatewayTrace<'p>,
    facts: &Facts,
    redactor: &Redactor,
) -> Vec<Decided<'p>> {
    decide_all(findings, DecisionContext { trace, facts, redactor, is_brief: false })
}

/// The same without reasons, and without those that are undecided.
pub(super) fn brief<'p>(
    mut findings: Vec<Finding<'p>>,
    trace: &GatewayTrace<'p>,
    facts: &Facts,
    redactor: &Redactor,
) -> Vec<Decided<'p>> {
    // Where no sign holds, and neither words nor an answer speak for a cause, it is silent or ruled out. Nearly all are, and
    // neither changes what is decided about another.
    findings.retain(|finding| {
        finding.words.is_some()
            || finding.signs.iter().any(|(_, holds)| *holds == Some(true))
            || trace.answer_of(&finding.cause.named_by).is_some()
            || trace.answer_of(&finding.cause.answered_by).is_some()
    });
    let mut decided = decide_all(&findings, DecisionContext { trace, facts, redactor, is_brief: true });
    decided.retain(|d| d.verdict <= Verdict::Possible);
    decided
}

fn decide_all<'p>(findings: &[Finding<'p>], context: DecisionContext<'_, 'p>) -> Vec<Decided<'p>> {
    let trace = context.trace;
    let mut decided: Vec<Decided<'p>> = findings.iter().map(|f| context.decide(f)).collect();
    if !trace.is_documented() {
        request_first(&mut decided, trace);
    }
    shown_before_named(&mut decided, trace);
    explain_away(&mut decided);
    against_the_answer(&mut decided, trace);
    if trace.outcome == Outcome::NoAnswer {
        first_refusal(&mut decided);
    }
    decided
}

/// An answer names a cause, and is known to be given to other faults, too: one that the request shows comes first. So it
/// does where words that are no known answer only say that the credentials are missing, unreadable or not known.
fn request_first(decided: &mut [Decided<'_>], trace: &GatewayTrace<'_>) {
    let is_shared = |d: &Decided<'_>| {
        trace.is_vague() || trace.answer_of(&d.cause.answered_by).is_some() || trace.primary().is_none()
    };
    let shows = |d: &Decided<'_>| d.verdict <= Verdict::Likely && !d.only_named && d.likely_by_request && is_shared(d);
    let is_shown = decided.iter().any(shows);
    // The words may mean what the request shows, too, even where the request alone does not make it likely.
    let meets_words = |d: &Decided<'_>| d.may_be_meant && d.has_request_sign;
    let is_met = decided.iter().any(|d| d.verdict <= Verdict::Likely && meets_words(d));
    let gives_way = |d: &Decided<'_>| d.only_named && is_shown || d.may_be_meant && is_met && !d.has_request_sign;
    for named in decided.iter_mut().filter(|d| d.verdict <= Verdict::Likely && gives_way(d)) {
        named.verdict = Verdict::Possible;
        named.score = named.score.min(LIKELY - JUST_BELOW);
    }
}

/// The request shows a defect that is known to get this very answer, so what the answer names is only what came of it: a token
/// endpoint finds no `grant_type` in a form that was sent as JSON.
fn shown_before_named(decided: &mut [Decided<'_>], trace: &GatewayTrace<'_>) {
    let is_origin = |d: &Decided<'_>| {
        d.verdict == Verdict::Confirmed && d.shown_by_request && trace.answer_of(&d.cause.answered_by).is_some()
    };
    if !decided.iter().any(is_origin) {
        return;
    }
    for named in decided.iter_mut().filter(|d| d.verdict == Verdict::Confirmed && d.only_named && !d.has_request_sign) {
        named.verdict = Verdict::Possible;
        named.score = named.score.min(LIKELY - JUST_BELOW);
    }
}

/// A confirmed cause is explanation enough: rivals at the same checkpoint are possible at most.
fn explain_away(decided: &mut [Decided<'_>]) {
    let places: Vec<Option<usize>> =
        decided.iter().filter(|d| d.verdict == Verdict::Confirmed).map(|d| d.checkpoint_index).collect();
    if places.is_empty() {
        return;
    }
    // A cause supported only by a shared answer is dropped when the request shows a defect that explains the answer.
    let shown = decided.iter().any(|d| d.verdict == Verdict::Confirmed && d.shown_by_request);
    for rival in decided.iter_mut().filter(|d| shown && d.verdict == Verdict::Possible && d.only_shared_answer) {
        rival.verdict = Verdict::Silent;
    }
    // A cause that is likely by its signs alone stays likely: a token in the wrong field *is* why Authorization is missing.
    for rival in decided.iter_mut().filter(|d| {
        d.verdict == Verdict::Likely && places.contains(&d.checkpoint_index) && d.score_without_answer < LIKELY
    }) {
        rival.verdict = Verdict::Possible;
        rival.score = rival.score.min(LIKELY - JUST_BELOW);
    }
}

/// The answer names only causes that the request rules out, so one of the two is not shown as it was. A defect that the
/// request shows at that very check is then the likeliest reason; never a certain one, since the answer speaks against it.
fn against_the_answer(decided: &mut [Decided<'_>], trace: &GatewayTrace<'_>) {
    if trace.primary().is_none() || decided.iter().any(|d| d.verdict <= Verdict::Possible) {
        return;
    }
    let Some(stopped) = trace.stopped_at() else { return };
    for shown in decided
        .iter_mut()
        .filter(|d| d.verdict == Verdict::Next && d.shown_by_request && d.checkpoint_index == Some(stopped))
    {
        shown.verdict = Verdict::Likely;
        shown.score = MOST_UNCONFIRMED * AGAINST_THE_ANSWER;
    }
}

/// Without a response, the first checkpoint with a defect is expected to refuse the request; later defects come next.
fn first_refusal(decided: &mut [Decided<'_>]) {
    let certain = |d: &&mut Decided<'_>| d.verdict <= Verdict::Likely;
    let Some(first) = decided.iter_mut().filter(certain).filter_map(|d| d.checkpoint_index).min() else {
        // There is no certain defect, so the visible ones would be met first.
        for shown in decided.iter_mut().filter(|d| d.verdict == Verdict::Next) {
            shown.verdict = Verdict::Possible;
        }
        return;
    };
    for later in
        decided.iter_mut().filter(|d| d.verdict <= Verdict::Possible && d.checkpoint_index.is_some_and(|p| p > first))
    {
        later.verdict = Verdict::Next;
    }
}

struct DecisionContext<'a, 'p> {
    trace: &'a GatewayTrace<'p>,
    facts: &'a Facts,
    redactor: &'a Redactor,
    /// Whether the reasons are left out.
    is_brief: bool,
}

impl<'p> DecisionContext<'_, 'p> {
    fn decide(&self, finding: &Finding<'p>) -> Decided<'p> {
        let cause = finding.cause;
        let title = finding.refinements.iter().rev().find_map(|r| r.title.as_ref()).unwrap_or(&cause.title);
        let mut decided = Decided {
            cause,
            refinements: finding.refinements.clone(),
            verdict: Verdict::Silent,
            score: 0.0,
            evidence: Vec::new(),
            because: None,
            needs: Vec::new(),
            checkpoint_index: self.trace.position(cause),
            shown_by_request: false,
            likely_by_request: false,
            only_named: false,
            may_be_meant: finding.words.as_ref().is_some_and(|w| !w.is_of_system),
            has_request_sign: false,
            score_without_answer: 0.0,
            only_shared_answer: false,
            fix: String::new(),
            title: worded(title, self.facts),
            about: String::new(),
        };
        // Words may name a cause that the pathway of any server does not have.
        let relation = match self.trace.relation(cause) {
            Relation::NotOnPathway if finding.words.is_some() => Relation::Open,
            // What a system is known to mean by its words holds whatever status it gives.
            Relation::UnusualStatus | Relation::RareStatus
                if finding.words.as_ref().is_some_and(|w| w.is_of_system) =>
            {
                Relation::Open
            }
            relation => relation,
        };
        // The words may mean it, but they were not read as a sign for it.
        if relation == Relation::NotOnPathway && cause.prevalence != Prevalence::Common {
            return decided;
        }
        if let Some(sign) = finding.holding(|e| e == Effect::Excludes).next() {
            decided.verdict = Verdict::RuledOut;
            decided.because = Some(sign).filter(|_| !self.is_brief).map(|sign| self.reason(sign));
            return decided;
        }
        if relation == Relation::NotOnPathway {
            return decided;
        }
        decided.only_shared_answer = relation == Relation::Shared
            && finding.signs.iter().all(|(sign, holds)| sign.effect == Effect::Excludes || *holds != Some(true));
        decided.score_without_answer = suggested(finding);
        decided.shown_by_request = finding.holding(|e| e == Effect::Confirms).next().is_some();
        decided.likely_by_request = is_likely_by_request(finding);
        decided.has_request_sign = has_request_sign(finding, 0.0);
        let says_little = |words: &WordSign| words.is_vague || self.says_little();
        let is_named = relation == Relation::Named || finding.words.as_ref().is_some_and(says_little);
        decided.only_named = is_named && decided.score_without_answer < LIKELY && !decided.shown_by_request;
        let (verdict, score) = self.weigh(finding, relation);
        decided.verdict = verdict;
        decided.score = score;
        if self.is_brief {
            return decided;
        }
        match verdict {
            Verdict::RuledOut => decided.because = Some(self.elimination(relation)),
            Verdict::Silent if matches!(relation, Relation::Open | Relation::Shared) => {
                decided.needs = self.needs(finding);
                if !decided.needs.is_empty() {
                    decided.verdict = Verdict::Undecided;
                }
            }
            Verdict::Silent => {}
            _ => {
                decided.evidence = self.evidence(finding, relation);
                let special = || cause.fixes.iter().find(|f| is_met(&f.when, self.facts)).map(|f| &f.fix);
                let of_pack = finding.refinements.iter().rev().find_map(|r| r.fix.as_ref());
                let fix = of_pack.or_else(special).unwrap_or(&cause.fix);
                let of_system = finding.words.as_ref().and_then(|words| words.fix.clone());
                decided.fix = of_system.unwrap_or_else(|| rendered_fix(fix, self.facts, self.redactor));
                let added = finding.refinements.iter().map(|r| r.about.as_str()).filter(|about| !about.is_empty());
                let about: Vec<&str> = std::iter::once(cause.about.as_str()).chain(added).collect();
                decided.about = worded(&about.join(" "), self.facts).into_owned();
            }
        }
        decided
    }

    /// The verdict and the score of a cause that no sign excludes.
    fn weigh(&self, finding: &Finding<'p>, relation: Relation) -> (Verdict, f64) {
        let cause = finding.cause;
        let confirms = finding.holding(|e| e == Effect::Confirms).next().is_some();
        let shows = finding.holding(|e| e == Effect::Shows).next().is_some();
        let suggested = weighed(finding);
        let tie = tie_breaker(cause.prevalence);
        let scored = |score: f64| match score {
            s if s >= LIKELY => (Verdict::Likely, s),
            s if s > 0.0 => (Verdict::Possible, s),
            _ => (Verdict::Silent, 0.0),
        };
        let (verdict, score) = match relation {
            Relation::Named => {
                (Verdict::Confirmed, NAMED + tie + if suggested > 0.0 || confirms { NAMED_AND_SHOWN } else { 0.0 })
            }
            Relation::Shared if confirms => (Verdict::Confirmed, SHOWN_AND_ANSWERED + tie),
            Relation::Shared => {
                scored((1.0 - (1.0 - cause.prevalence.weight()) * (1.0 - suggested) + tie).min(MOST_UNCONFIRMED))
            }
            // A defect that the request shows is still a defect, whatever this response is about.
            Relation::OtherMessage if confirms => (Verdict::Next, NEXT + tie),
            // The words of a server that is not documented prove less than what the request shows.
            Relation::OtherMessage if suggested >= LIKELY && !self.trace.is_documented() => {
                (Verdict::Possible, LIKELY - JUST_BELOW)
            }
            Relation::Passed | Relation::OtherMessage => (Verdict::RuledOut, 0.0),
            Relation::NotReached | Relation::NeverThisStatus if confirms || shows => (Verdict::Next, NEXT + tie),
            Relation::NotReached | Relation::NeverThisStatus => (Verdict::RuledOut, 0.0),
            Relation::UnusualStatus if confirms || shows => (Verdict::Next, NEXT + tie),
            // No source shows this status from that checkpoint: possible at most.
            Relation::UnusualStatus => scored((suggested * UNUSUAL_STATUS_FACTOR).min(MOST_UNUSUAL_STATUS)),
            // The status belongs to other checks, so even a visible defect may not be the reason.
            Relation::RareStatus if confirms => (Verdict::Likely, MOST_UNCONFIRMED * RARE_STATUS_FACTOR),
            Relation::RareStatus if suggested > 0.0 => {
                scored((suggested * RARE_STATUS_FACTOR + tie).min(MOST_UNCONFIRMED))
            }
            Relation::RareStatus if shows => (Verdict::Possible, NOT_FATAL + tie),
            Relation::RareStatus => (Verdict::Silent, 0.0),
            Relation::Open if confirms => (Verdict::Confirmed, SHOWN + tie),
            Relation::Open if suggested > 0.0 => scored((suggested + tie).min(MOST_UNCONFIRMED)),
            Relation::Open if shows && self.trace.outcome == Outcome::NoAnswer => (Verdict::Next, NEXT_NOT_FATAL + tie),
            Relation::Open if shows => (Verdict::Possible, NOT_FATAL + tie),
            Relation::Open | Relation::NotOnPathway => (Verdict::Silent, 0.0),
        };
        let inferred = cause.certainty == Certainty::Inferred
            || relation == Relation::Named && self.named_certainty(cause) == Certainty::Inferred
            // A vague answer is given to unreadable credentials, too: without them it does not prove its cause.
            || relation == Relation::Named && self.trace.is_vague() && !self.shows_credentials();
        if verdict == Verdict::Confirmed && inferred {
            (Verdict::Likely, score.min(MOST_UNCONFIRMED))
        } else {
            (verdict, score)
        }
    }

    /// Whether the words of the refusal do not say which check failed.
    fn says_little(&self) -> bool {
        matches!(self.facts.text("refusal.family"), Some("nothing-usable" | "unreadable" | "not-recognised"))
    }

    fn shows_credentials(&self) -> bool {
        !matches!(self.facts.get("authorization.credentials"), Fact::Unseen)
    }

    fn named_certainty(&self, cause: &Cause) -> Certainty {
        let own = self.trace.answer_of(&cause.named_by).map_or(Certainty::Documented, |(a, _)| a.certainty);
        if self.trace.certainty == Certainty::Inferred { Certainty::Inferred } else { own }
    }

    fn reason(&self, sign: &Sign) -> Evidence {
        let spans = shown_by(sign, self.facts);
        let pointed = sign.points_at.as_ref().map(|f| self.facts.spans(f)).unwrap_or_default();
        // Of a list, only the members that the sign is about.
        let own: Vec<Span> = pointed.iter().copied().filter(|at| spans.contains(at)).collect();
        let mut places = match (own.is_empty(), pointed.is_empty()) {
            (false, _) => own,
            (true, false) => pointed.to_vec(),
            (true, true) => spans.to_vec(),
        };
        places.extend(spans.iter().copied());
        let span = places.first().copied();
        let mut also: Vec<Span> = places.into_iter().skip(1).filter(|s| Some(*s) != span && !s.is_empty()).collect();
        also.sort_unstable();
        also.dedup();
        also.retain(|s| span.is_none_or(|main| !main.overlaps(*s)));
        Evidence { says: rendered(&sign.because, self.facts, self.redactor), span, also }
    }

    fn words(&self, words: &WordSign) -> Evidence {
        Evidence {
            says: self.redactor.clean(&words.says),
            span: words.spans.first().copied(),
            also: words.spans.iter().skip(1).copied().collect(),
        }
    }

    fn evidence(&self, finding: &Finding<'p>, relation: Relation) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        let answer = match relation {
            Relation::Named => self.trace.answer_of(&finding.cause.named_by),
            Relation::Shared => self.trace.answer_of(&finding.cause.answered_by),
            _ => None,
        };
        let says = answer.map(|(answer, spans)| Evidence {
            says: self.trace.says(answer, self.facts, self.redactor),
            span: spans.first().copied(),
            also: Vec::new(),
        });
        let signs = |kind: fn(Effect) -> bool| finding.holding(kind).map(|sign| self.reason(sign)).collect::<Vec<_>>();
        evidence.extend(signs(|e| e == Effect::Confirms));
        if relation == Relation::Named {
            // The gateway's own message comes first, unless the request itself shows the fault.
            evidence.extend(says.clone());
        }
        evidence.extend(signs(|e| matches!(e, Effect::Suggests(_))));
        evidence.extend(signs(|e| e == Effect::Shows));
        evidence.extend(finding.words.as_ref().map(|words| self.words(words)));
        if relation == Relation::Shared {
            evidence.extend(says);
        }
        // Two signs may say the same about the same characters.
        let mut seen: Vec<(String, Option<Span>)> = Vec::new();
        evidence.retain(|e| {
            let key = (e.says.clone(), e.span);
            let fresh = !seen.iter().any(|(says, span)| *says == key.0 && (*span == key.1 || e.says.len() > LONG_TEXT));
            seen.push(key);
            fresh
        });
        evidence
    }

    /// Why the pathway rules a cause out.
    fn elimination(&self, relation: Relation) -> Evidence {
        let title = self.trace.stopped_title().unwrap_or_default();
        let says = match relation {
            Relation::Passed => format!("the response comes from a later check ({title}), so this check was passed"),
            Relation::NotReached => {
                format!("the response comes from an earlier check ({title}), so this check was not reached")
            }
            Relation::OtherMessage => {
                "the check that refused the request reports this fault with a different message".to_owned()
            }
            _ => {
                let status = self.trace.status.unwrap_or_default();
                format!("the check for this fault never answers with {status}")
            }
        };
        let span = match relation {
            Relation::NeverThisStatus => self.trace.status_span,
            _ => self.trace.primary().and_then(|(_, spans)| spans.first().copied()),
        };
        Evidence { says, span, also: Vec::new() }
    }

    /// The facts that would decide a cause that nothing supports yet.
    fn needs(&self, finding: &Finding<'p>) -> Vec<Need> {
        if self.trace.outcome == Outcome::NoAnswer {
            return Vec::new();
        }
        let mut names: Vec<Cow<'static, str>> = Vec::new();
        // The error message decides, unless every positive sign of this cause has already failed.
        let positive = |e: Effect| matches!(e, Effect::Confirms | Effect::Suggests(_));
        let signs = || finding.signs.iter().filter(|(sign, _)| positive(sign.effect));
        let contradicted = signs().next().is_some() && signs().all(|(_, holds)| *holds == Some(false));
        let (named, fits) = (&finding.cause.named_by, &finding.cause.answered_by);
        if self.trace.words_unseen && (self.trace.knows(named) || self.trace.knows(fits) && !contradicted) {
            names.push(Cow::Borrowed("refusal.message"));
        }
        // Ask for confirming facts first; for suggesting ones only if there is nothing else to ask.
        names.extend(finding.open(|e| e == Effect::Confirms, self.facts).into_iter().cloned());
        if names.is_empty() {
            names.extend(finding.open(|e| matches!(e, Effect::Suggests(_)), self.facts).into_iter().cloned());
        }
        names.dedup();
        let mut needs: Vec<Need> = Vec::new();
        for name in names {
            let Some((info, _)) = facts::find(&name) else { continue };
            let Some(how) = facts::how_to_get(info, self.facts) else { continue };
            let need = Need { fact: name, says: info.says, how };
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        needs
    }
}

/// The combined weight of the suggesting signs that hold and of the words of the refusal.
fn weighed(finding: &Finding<'_>) -> f64 {
    let words = finding.words.as_ref().map_or(0.0, |words| words.weight);
    1.0 - (1.0 - suggested(finding)) * (1.0 - words)
}

/// Whether a sign about the request makes the cause at least likely.
fn is_likely_by_request(finding: &Finding<'_>) -> bool {
    finding.holding(|e| e == Effect::Confirms).next().is_some() || has_request_sign(finding, LIKELY)
}

/// Whether a sign about the request that weighs at least this much supports the cause.
fn has_request_sign(finding: &Finding<'_>, least: f64) -> bool {
    /// The beginnings of the names of facts that only the request decides.
    // `credentials.set-up` is the kind of credentials that the client has, which is not a defect.
    const OF_REQUEST: [&str; 5] =
        ["authorization.", "credentials.elsewhere", "credentials.setup-faults", "request.", "token."];
    let is_of_request = |sign: &Sign| {
        sign.points_at.as_ref().is_some_and(|fact| OF_REQUEST.iter().any(|group| fact.name.starts_with(group)))
    };
    let supports = |e: Effect| match e {
        Effect::Suggests(weight) => weight >= least,
        Effect::Confirms => true,
        _ => false,
    };
    finding.signs.iter().any(|(sign, holds)| *holds == Some(true) && supports(sign.effect) && is_of_request(sign))
}

/// The combined weight of the suggesting signs that hold.
fn suggested(finding: &Finding<'_>) -> f64 {
    let weights = finding.holding(|e| matches!(e, Effect::Suggests(_))).map(|sign| match sign.effect {
        Effect::Suggests(weight) => weight,
        _ => 0.0,
    });
    1.0 - weights.fold(1.0, |rest, weight| rest * (1.0 - weight))
}

/// The causes of these decisions, best first.
pub(super) fn views(decided: Vec<Decided<'_>>, trace: &GatewayTrace<'_>) -> Vec<CauseView> {
    // Collected in place, the list would keep the room of the decisions, which are larger and may be many.
    let mut causes = Vec::with_capacity(decided.len());
    causes.extend(decided.into_iter().map(|one| view(one, trace)));
    causes.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(b.score.total_cmp(&a.score)).then_with(|| a.id.cmp(&b.id)));
    causes
}

/// Sorts the decisions into the sections of a diagnosis. Returns those that are undecided.
pub(super) fn sort_into(
    diagnosis: &mut ExchangeDiagnosis,
    decided: Vec<Decided<'_>>,
    trace: &GatewayTrace<'_>,
    topics: &[&str],
) -> Vec<Undecided> {
    let mut next = Vec::new();
    let mut decided = decided;
    decided.retain(|d| d.verdict != Verdict::Silent);
    // List first the ruled-out causes that the text suspects, then the common ones, in the order of the checkpoints.
    let is_suspected = |d: &Decided<'_>| topics.iter().any(|t| super::thread::is_about(d.cause, t));
    decided.sort_by_cached_key(|d| {
        (!is_suspected(d), d.cause.prevalence.weight().mul_add(-100.0, 100.0) as i64, d.checkpoint_index)
    });
    let (mut causes, mut undecided) = (Vec::new(), Vec::new());
    for one in decided {
        match one.verdict {
            Verdict::Confirmed | Verdict::Likely | Verdict::Possible => causes.push(one),
            Verdict::Next => next.push((one.checkpoint_index, view(one, trace))),
            Verdict::RuledOut => {
                let because = one.because.unwrap_or(Evidence { says: String::new(), span: None, also: Vec::new() });
                diagnosis.ruled_out.push(RuledOut {
                    id: one.cause.id.to_string(),
                    title: one.title.into_owned(),
                    because: because.says,
                    span: because.span,
                });
            }
            Verdict::Undecided => undecided.push(Undecided {
                id: one.cause.id.to_string(),
                title: one.title.into_owned(),
                needs: one.needs,
            }),
            Verdict::Silent => {}
        }
    }
    // A paste may hold thousands of exchanges, and all are kept for the report.
    diagnosis.ruled_out.shrink_to_fit();
    diagnosis.causes = views(causes, trace);
    next.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.id.cmp(&y.id)));
    diagnosis.next = next.into_iter().map(|(_, cause)| cause).collect();
    undecided
}

fn view(mut one: Decided<'_>, trace: &GatewayTrace<'_>) -> CauseView {
    one.evidence.shrink_to_fit();
    let cause = one.cause;
    let own = one.checkpoint_index.and_then(|p| trace.pathway.map(|w| w.checkpoints[p].id.clone()));
    let references = cause.references.iter().chain(one.refinements.iter().flat_map(|r| r.references.iter()));
    CauseView {
        id: cause.id.to_string(),
        verdict: one.verdict,
        score: one.score.min(MOST_REPORTED),
        title: one.title.into_owned(),
        checkpoint: own.or_else(|| cause.checkpoints.first().cloned()).unwrap_or_default().into(),
        evidence: one.evidence,
        about: one.about,
        fix: one.fix,
        references: references.map(ToString::to_string).collect(),
        certainty: cause.certainty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::late::Late;
    use crate::pack::model::{Condition, Pack};

    fn cause(prevalence: Prevalence, certainty: Certainty) -> Cause {
        Cause {
            id: "a-cause".into(),
            pack: "http".into(),
            file: "".into(),
            title: "".into(),
            checkpoints: Vec::new(),
            prevalence,
            certainty,
            about: Late::default(),
            fix: Late::default(),
            fixes: Late::default(),
            references: Late::default(),
            named_by: Vec::new(),
            answered_by: Vec::new(),
            correction: Late::default(),
            signs: Late::default(),
            examples: Vec::new(),
            refinements: Vec::new(),
            own: (0, 0, 0),
        }
    }

    /// What [`DecisionContext::weigh`] makes of signs with these effects, all of which hold.
    fn weighed(cause: &Cause, relation: Relation, outcome: Outcome, effects: &[Effect]) -> (Verdict, f64) {
        let (pack, facts, redactor) = (Pack::default(), Facts::default(), Redactor::new("", &[]));
        let trace = GatewayTrace::of(&pack, None, &facts, outcome);
        let sign = |effect: &Effect| Sign {
            effect: *effect,
            because: Late::default(),
            points_at: None,
            when: Condition::All(Vec::new()),
            line: 1,
        };
        let signs: Vec<Sign> = effects.iter().map(sign).collect();
        let finding = Finding {
            cause,
            refinements: Vec::new(),
            signs: signs.iter().map(|sign| (sign, Some(true))).collect(),
            words: None,
        };
        DecisionContext { trace: &trace, facts: &facts, redactor: &redactor, is_brief: false }.weigh(&finding, relation)
    }

    /// The second table of `ARCHITECTURE.md`, "How a verdict comes about".
    #[test]
    fn each_relation_gives_its_verdicts() {
        use Verdict::{Confirmed, Likely, Next, Possible, RuledOut, Silent};
        // Signs that hold:       none       shows      weak      strong    confirms
        let table = [
            (Relation::Named, [Confirmed, Confirmed, Confirmed, Confirmed, Confirmed]),
            (Relation::Shared, [Possible, Possible, Possible, Likely, Confirmed]),
            (Relation::Open, [Silent, Possible, Possible, Likely, Confirmed]),
            (Relation::Passed, [RuledOut, RuledOut, RuledOut, RuledOut, RuledOut]),
            (Relation::OtherMessage, [RuledOut, RuledOut, RuledOut, RuledOut, Next]),
            (Relation::NotReached, [RuledOut, Next, RuledOut, RuledOut, Next]),
            (Relation::NeverThisStatus, [RuledOut, Next, RuledOut, RuledOut, Next]),
            (Relation::UnusualStatus, [Silent, Next, Possible, Possible, Next]),
            (Relation::RareStatus, [Silent, Possible, Possible, Likely, Likely]),
            (Relation::NotOnPathway, [Silent, Silent, Silent, Silent, Silent]),
        ];
        let signs =
            [&[][..], &[Effect::Shows], &[Effect::Suggests(0.2)], &[Effect::Suggests(0.8)], &[Effect::Confirms]];
        let rare = cause(Prevalence::Rare, Certainty::Documented);
        for (relation, verdicts) in table {
            let found = signs.map(|effects| weighed(&rare, relation, Outcome::Refused, effects).0);
            assert_eq!(found, verdicts, "{relation:?}");
        }
    }

    #[test]
    fn an_inferred_cause_is_never_confirmed() {
        let inferred = cause(Prevalence::Common, Certainty::Inferred);
        for relation in [Relation::Named, Relation::Shared, Relation::Open] {
            let (verdict, score) = weighed(&inferred, relation, Outcome::Refused, &[Effect::Confirms]);
            assert_eq!(verdict, Verdict::Likely, "{relation:?}");
            assert!(score <= MOST_UNCONFIRMED, "{relation:?}: {score}");
        }
    }

    #[test]
    fn without_a_response_a_defect_that_may_not_be_fatal_comes_next() {
        let common = cause(Prevalence::Common, Certainty::Documented);
        let verdict = |outcome| weighed(&common, Relation::Open, outcome, &[Effect::Shows]).0;
        assert_eq!(verdict(Outcome::NoAnswer), Verdict::Next);
        assert_eq!(verdict(Outcome::Refused), Verdict::Possible);
    }

    #[test]
    fn weights_add_up_without_reaching_certainty() {
        let rare = cause(Prevalence::Rare, Certainty::Documented);
        let score = |effects: &[Effect]| weighed(&rare, Relation::Open, Outcome::Refused, effects).1;
        assert!((score(&[Effect::Suggests(0.5), Effect::Suggests(0.5)]) - 0.75).abs() < 1e-9);
        assert!((score(&[Effect::Suggests(0.9); 6]) - MOST_UNCONFIRMED).abs() < 1e-9);
    }

    /// A tie-breaker orders causes of one kind and must never lift one over the next kind.
    #[test]
    fn a_tie_breaker_changes_no_verdict() {
        let most = tie_breaker(Prevalence::Common);
        assert!(MOST_UNCONFIRMED < SHOWN && SHOWN + most <= SHOWN_AND_ANSWERED + f64::EPSILON);
        assert!(
            SHOWN_AND_ANSWERED + most <= NAMED + f64::EPSILON
                && NAMED + NAMED_AND_SHOWN + most <= MOST_REPORTED + f64::EPSILON
        );
        assert!(MOST_UNUSUAL_STATUS < LIKELY && NOT_FATAL + most < NEXT_NOT_FATAL);
    }
}

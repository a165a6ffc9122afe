//! One verdict for each cause: its signs, weighed with how far the request came.

use super::elimination::{Reach, Standing};
use super::model::{CauseView, Evidence, ExchangeDiagnosis, Need, Outcome, RuledOut, Undecided, Verdict};
use super::scope::Scope;
use crate::engine::Finding;
use crate::facts::{self, Facts};
use crate::pack::model::{Cause, Certainty, Effect, Prevalence, Refinement, Sign};
use crate::redact::Redactor;
use crate::text::Span;

/// A score of at least this much is `likely`.
const LIKELY: f64 = 0.5;

/// What is decided about one cause.
pub(super) struct Decided<'p> {
    cause: &'p Cause,
    refinements: Vec<&'p Refinement>,
    verdict: Verdict,
    score: f64,
    evidence: Vec<Evidence>,
    because: Option<Evidence>,
    needs: Vec<Need>,
    place: Option<usize>,
    /// Whether the request itself shows the defect.
    shown: bool,
    /// What its own signs suggest, without the answer.
    own: f64,
    /// Whether nothing speaks for it but that the answer is one it may get.
    fits_only: bool,
    fix: String,
}

/// Decides about every cause.
pub(super) fn all<'p>(
    findings: &[Finding<'p>],
    standing: &Standing<'p>,
    scope: &Scope<'p>,
    facts: &Facts,
    redactor: &Redactor,
) -> Vec<Decided<'p>> {
    let context = Context { standing, scope, facts, redactor };
    let mut decided: Vec<Decided<'p>> = findings.iter().map(|f| context.decide(f)).collect();
    explain_away(&mut decided);
    if standing.outcome == Outcome::NoAnswer {
        first_refusal(&mut decided);
    }
    decided
}

/// What a confirmed cause explains needs no other: its rivals at the same checkpoint are possible at most.
fn explain_away(decided: &mut [Decided<'_>]) {
    let places: Vec<Option<usize>> =
        decided.iter().filter(|d| d.verdict == Verdict::Confirmed).map(|d| d.place).collect();
    if places.is_empty() {
        return;
    }
    // What only fits the answer, without a sign of its own, is explained by a defect that the request shows.
    let shown = decided.iter().any(|d| d.verdict == Verdict::Confirmed && d.shown);
    for rival in decided.iter_mut().filter(|d| shown && d.verdict == Verdict::Possible && d.fits_only) {
        rival.verdict = Verdict::Silent;
    }
    // What its own signs make likely stays so: a token in the wrong field *is* why Authorization is missing.
    for rival in
        decided.iter_mut().filter(|d| d.verdict == Verdict::Likely && places.contains(&d.place) && d.own < LIKELY)
    {
        rival.verdict = Verdict::Possible;
        rival.score = rival.score.min(LIKELY - 0.01);
    }
}

/// A request that was not sent yet is refused by the first checkpoint that finds a defect; the others come next.
fn first_refusal(decided: &mut [Decided<'_>]) {
    let certain = |d: &&mut Decided<'_>| d.verdict <= Verdict::Likely;
    let Some(first) = decided.iter_mut().filter(certain).filter_map(|d| d.place).min() else {
        // Nothing before them is wrong: what the request shows is what would be met first.
        for shown in decided.iter_mut().filter(|d| d.verdict == Verdict::Next) {
            shown.verdict = Verdict::Possible;
        }
        return;
    };
    for later in decided.iter_mut().filter(|d| d.verdict <= Verdict::Possible && d.place.is_some_and(|p| p > first)) {
        later.verdict = Verdict::Next;
    }
}

struct Context<'a, 'p> {
    standing: &'a Standing<'p>,
    scope: &'a Scope<'p>,
    facts: &'a Facts,
    redactor: &'a Redactor,
}

impl<'p> Context<'_, 'p> {
    fn decide(&self, finding: &Finding<'p>) -> Decided<'p> {
        let cause = finding.cause;
        let mut decided = Decided {
            cause,
            refinements: finding.refinements.clone(),
            verdict: Verdict::Silent,
            score: 0.0,
            evidence: Vec::new(),
            because: None,
            needs: Vec::new(),
            place: self.standing.position(cause),
            shown: false,
            own: 0.0,
            fits_only: false,
            fix: String::new(),
        };
        let reach = self.standing.reach(cause);
        // A pack about another platform speaks only where the answer is one that it knows.
        if !matches!(reach, Reach::Named | Reach::Fits) && !self.scope.holds(&cause.pack) {
            return decided;
        }
        // What this pathway does not check at all is worth a word only where everybody would think of it.
        if reach == Reach::Elsewhere && cause.prevalence != Prevalence::Common {
            return decided;
        }
        if let Some((sign, spans)) = finding.holding(|e| e == Effect::Excludes).next() {
            decided.verdict = Verdict::RuledOut;
            decided.because = Some(self.reason(sign, spans));
            return decided;
        }
        if reach == Reach::Elsewhere {
            return decided;
        }
        decided.evidence = self.evidence(finding, reach);
        let fix = finding.refinements.iter().rev().find_map(|r| r.fix.as_ref()).unwrap_or(&cause.fix);
        decided.fix = super::told(fix, self.facts, self.redactor);
        decided.fits_only = reach == Reach::Fits
            && finding.signs.iter().all(|(sign, truth)| sign.effect == Effect::Excludes || !truth.holds());
        decided.own = suggested(finding);
        decided.shown = finding.holding(|e| e == Effect::Confirms).next().is_some();
        let (verdict, score) = self.weigh(finding, reach);
        decided.verdict = verdict;
        decided.score = score;
        match verdict {
            Verdict::RuledOut => decided.because = Some(self.elimination(reach)),
            Verdict::Silent if matches!(reach, Reach::Open | Reach::Fits) => {
                decided.needs = self.needs(finding);
                if !decided.needs.is_empty() {
                    decided.verdict = Verdict::Undecided;
                }
            }
            _ => {}
        }
        decided
    }

    /// The verdict and the score of a cause that no sign excludes.
    fn weigh(&self, finding: &Finding<'p>, reach: Reach) -> (Verdict, f64) {
        let cause = finding.cause;
        let confirms = finding.holding(|e| e == Effect::Confirms).next().is_some();
        let shows = finding.holding(|e| e == Effect::Shows).next().is_some();
        let suggested = suggested(finding);
        let tie = match cause.prevalence {
            Prevalence::Common => 0.01,
            Prevalence::Occasional => 0.005,
            Prevalence::Rare => 0.0,
        };
        let scored = |score: f64| match score {
            s if s >= LIKELY => (Verdict::Likely, s),
            s if s > 0.0 => (Verdict::Possible, s),
            _ => (Verdict::Silent, 0.0),
        };
        let (verdict, score) = match reach {
            Reach::Named => (Verdict::Confirmed, 0.97 + tie + if suggested > 0.0 || confirms { 0.01 } else { 0.0 }),
            Reach::Fits if confirms => (Verdict::Confirmed, 0.96 + tie),
            Reach::Fits => scored((1.0 - (1.0 - cause.prevalence.weight()) * (1.0 - suggested) + tie).min(0.94)),
            // A defect that the request shows stays one, whatever this answer was about.
            Reach::OtherWords if confirms => (Verdict::Next, 0.5 + tie),
            Reach::Passed | Reach::OtherWords => (Verdict::RuledOut, 0.0),
            Reach::NotReached | Reach::NeverThisStatus if confirms || shows => (Verdict::Next, 0.5 + tie),
            Reach::NotReached | Reach::NeverThisStatus => (Verdict::RuledOut, 0.0),
            Reach::HardlyThisStatus if confirms || shows => (Verdict::Next, 0.5 + tie),
            // Nobody has seen this status from there: possible at most.
            Reach::HardlyThisStatus => scored((suggested * 0.9).min(0.45)),
            Reach::Open if confirms => (Verdict::Confirmed, 0.95 + tie),
            Reach::Open if suggested > 0.0 => scored((suggested + tie).min(0.94)),
            Reach::Open if shows && self.standing.outcome == Outcome::NoAnswer => (Verdict::Next, 0.4 + tie),
            Reach::Open if shows => (Verdict::Possible, 0.2 + tie),
            Reach::Open | Reach::Elsewhere => (Verdict::Silent, 0.0),
        };
        let inferred = cause.certainty == Certainty::Inferred
            || reach == Reach::Named && self.named_certainty(cause) == Certainty::Inferred;
        if verdict == Verdict::Confirmed && inferred { (Verdict::Likely, score.min(0.94)) } else { (verdict, score) }
    }

    fn named_certainty(&self, cause: &Cause) -> Certainty {
        let own = self.standing.answer_of(&cause.named_by).map_or(Certainty::Documented, |(a, _)| a.certainty);
        if self.standing.certainty == Certainty::Inferred { Certainty::Inferred } else { own }
    }

    fn reason(&self, sign: &Sign, spans: &[Span]) -> Evidence {
        let pointed = sign.points_at.as_ref().map(|f| self.facts.spans(f)).unwrap_or_default();
        let mut places = if pointed.is_empty() { spans.to_vec() } else { pointed.to_vec() };
        places.extend(spans.iter().copied());
        let span = places.first().copied();
        let mut also: Vec<Span> = places.into_iter().skip(1).filter(|s| Some(*s) != span && !s.is_empty()).collect();
        also.sort_unstable();
        also.dedup();
        also.retain(|s| span.is_none_or(|main| !main.overlaps(*s)));
        Evidence { says: super::told(&sign.because, self.facts, self.redactor), span, also }
    }

    fn evidence(&self, finding: &Finding<'p>, reach: Reach) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        let answer = match reach {
            Reach::Named => self.standing.answer_of(&finding.cause.named_by),
            Reach::Fits => self.standing.answer_of(&finding.cause.answered_by),
            _ => None,
        };
        let says = answer.map(|(answer, spans)| Evidence {
            says: super::told(&answer.says, self.facts, self.redactor),
            span: spans.first().copied(),
            also: Vec::new(),
        });
        let signs = |kind: fn(Effect) -> bool| {
            finding.holding(kind).map(|(sign, spans)| self.reason(sign, spans)).collect::<Vec<_>>()
        };
        evidence.extend(signs(|e| e == Effect::Confirms));
        if reach == Reach::Named {
            // The gateway's own word stands first, unless the request shows the very characters.
            evidence.extend(says.clone());
        }
        evidence.extend(signs(|e| matches!(e, Effect::Suggests(_))));
        evidence.extend(signs(|e| e == Effect::Shows));
        if reach == Reach::Fits {
            evidence.extend(says);
        }
        // Two signs may say the same of the same characters.
        let mut seen: Vec<(String, Option<Span>)> = Vec::new();
        evidence.retain(|e| {
            let key = (e.says.clone(), e.span);
            let fresh = !seen.iter().any(|(says, span)| *says == key.0 && (*span == key.1 || e.says.len() > 40));
            seen.push(key);
            fresh
        });
        evidence
    }

    /// Why the pathway rules a cause out.
    fn elimination(&self, reach: Reach) -> Evidence {
        let title = self.standing.stopped_title().unwrap_or_default();
        let says = match reach {
            Reach::Passed => format!("the answer comes from a later check ({title}): this one was passed"),
            Reach::NotReached => format!("the answer comes from the check of {title}: nothing behind it was looked at"),
            Reach::OtherWords => "the same check answers this with other words".to_owned(),
            _ => {
                let status = self.standing.status.unwrap_or_default();
                format!("the check that finds this never answers with {status}")
            }
        };
        let span = match reach {
            Reach::NeverThisStatus => self.standing.status_span,
            _ => self.standing.primary().and_then(|(_, spans)| spans.first().copied()),
        };
        Evidence { says, span, also: Vec::new() }
    }

    /// The facts that would decide about a cause of which nothing speaks yet.
    fn needs(&self, finding: &Finding<'p>) -> Vec<Need> {
        if self.standing.outcome == Outcome::NoAnswer {
            return Vec::new();
        }
        let mut names: Vec<String> = Vec::new();
        // The words of the answer decide, unless the request shows already that nothing speaks for this cause.
        let positive = |e: Effect| matches!(e, Effect::Confirms | Effect::Suggests(_));
        let signs = || finding.signs.iter().filter(|(sign, _)| positive(sign.effect));
        let contradicted = signs().next().is_some() && signs().all(|(_, truth)| truth.fails());
        let (named, fits) = (&finding.cause.named_by, &finding.cause.answered_by);
        if self.standing.words_unseen && (self.standing.knows(named) || self.standing.knows(fits) && !contradicted) {
            names.push("refusal.message".to_owned());
        }
        // What would confirm counts; what would only suggest does so where nothing else can be asked.
        names.extend(finding.open(|e| e == Effect::Confirms).into_iter().map(str::to_owned));
        if names.is_empty() {
            names.extend(finding.open(|e| matches!(e, Effect::Suggests(_))).into_iter().map(str::to_owned));
        }
        names.dedup();
        let mut needs: Vec<Need> = Vec::new();
        for name in names {
            let Some((info, _)) = facts::find(&name) else { continue };
            let need = Need { fact: name, says: info.says.to_owned(), how: info.how.to_owned() };
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        needs
    }
}

/// What the signs that suggest a cause come to together.
fn suggested(finding: &Finding<'_>) -> f64 {
    let weights = finding.holding(|e| matches!(e, Effect::Suggests(_))).map(|(sign, _)| match sign.effect {
        Effect::Suggests(weight) => weight,
        _ => 0.0,
    });
    1.0 - weights.fold(1.0, |rest, weight| rest * (1.0 - weight))
}

/// Sorts the decisions into the parts of a diagnosis.
pub(super) fn sort_into(
    diagnosis: &mut ExchangeDiagnosis,
    decided: Vec<Decided<'_>>,
    standing: &Standing<'_>,
    topics: &[&str],
) {
    let mut next = Vec::new();
    let mut decided = decided;
    // Ruled out first what the text suspects, then what could else have been meant: the common faults, in the order of
    // the checkpoints.
    let is_suspected = |d: &Decided<'_>| topics.iter().any(|t| super::thread::is_about(d.cause, t));
    decided.sort_by_key(|d| (!is_suspected(d), d.cause.prevalence.weight().mul_add(-100.0, 100.0) as i64, d.place));
    for one in decided {
        match one.verdict {
            Verdict::Confirmed | Verdict::Likely | Verdict::Possible => diagnosis.causes.push(view(one, standing)),
            Verdict::Next => next.push((one.place, view(one, standing))),
            Verdict::RuledOut => {
                let because = one.because.unwrap_or(Evidence { says: String::new(), span: None, also: Vec::new() });
                diagnosis.ruled_out.push(RuledOut {
                    id: one.cause.id.clone(),
                    title: one.cause.title.clone(),
                    because: because.says,
                    span: because.span,
                });
            }
            Verdict::Undecided => diagnosis.undecided.push(Undecided {
                id: one.cause.id.clone(),
                title: one.cause.title.clone(),
                needs: one.needs,
            }),
            Verdict::Silent => {}
        }
    }
    diagnosis
        .causes
        .sort_by(|a, b| a.verdict.cmp(&b.verdict).then(b.score.total_cmp(&a.score)).then_with(|| a.id.cmp(&b.id)));
    next.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.id.cmp(&y.id)));
    diagnosis.next = next.into_iter().map(|(_, cause)| cause).collect();
}

fn view(one: Decided<'_>, standing: &Standing<'_>) -> CauseView {
    let cause = one.cause;
    let own = one.place.and_then(|p| standing.pathway.map(|w| w.checkpoints[p].id.clone()));
    let added = one.refinements.iter().map(|r| r.about.as_str()).filter(|about| !about.is_empty());
    let about: Vec<&str> = std::iter::once(cause.about.as_str()).chain(added).collect();
    let references = cause.references.iter().chain(one.refinements.iter().flat_map(|r| &r.references));
    CauseView {
        id: cause.id.clone(),
        verdict: one.verdict,
        score: one.score.min(0.99),
        title: cause.title.clone(),
        checkpoint: own.or_else(|| cause.checkpoints.first().cloned()).unwrap_or_default(),
        evidence: one.evidence,
        about: about.join(" "),
        fix: one.fix,
        references: references.cloned().collect(),
        certainty: cause.certainty,
    }
}

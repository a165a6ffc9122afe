//! How the words of a refusal become signs: they choose a family of causes, and the request chooses among them.

use super::elimination::{GatewayTrace, Relation};
use super::scope::Scope;
use crate::engine::{Finding, WordSign};
use crate::evidence::Worded;
use crate::pack::model::Effect;

/// From this weight on, in hundredths, words alone make a cause likely.
const CERTAIN: u8 = 90;

/// The most that words with less weight, or with a known answer beside them, add. Below the least of a likely cause.
const MOST_POSSIBLE: f64 = 0.45;

/// What is taken off for each place down the list of causes.
const STEP: f64 = 0.05;

/// The least that a cause gets that the words may mean.
const LEAST: f64 = 0.1;

/// What words add where a known answer has said the same: enough to order the causes that get this answer.
const TIE: f64 = 0.03;

/// The same for clear words at a server about which little is known, where nothing else speaks for any of these causes: enough
/// to come before a commoner one.
const CLEAR_TIE: f64 = 0.25;
const CLEAR: u8 = 85;

/// From this many causes on, the answer of a system does not tell which.
const VAGUE: usize = 3;

/// Adds what the words say to the findings of the causes that they may mean.
pub(super) fn add(findings: &mut [Finding<'_>], worded: &Worded, trace: &GatewayTrace<'_>, scope: &Scope<'_>) {
    // A known answer that was recognised by the same words has said already what they mean.
    let is_known = !worded.is_of_system
        && trace.primary().is_some_and(|(_, spans)| spans.iter().any(|s| worded.message.contains(s)));
    // Where the request excludes all of them, or shows nothing for any, each one that it does not exclude counts.
    if give(findings, worded, trace, scope, is_known, true) == 0 && trace.primary().is_none() {
        give(findings, worded, trace, scope, is_known, false);
    }
}

/// Gives the sign to the causes that it may mean; returns how many. `needs_signs`: whether a cause after the first one counts
/// only where the capture leaves one of its own signs open.
fn give(
    findings: &mut [Finding<'_>],
    worded: &Worded,
    trace: &GatewayTrace<'_>,
    scope: &Scope<'_>,
    is_known: bool,
    needs_signs: bool,
) -> u8 {
    let mut rank: u8 = 0;
    let speaks = |finding: &Finding<'_>| {
        finding.holding(|e| matches!(e, Effect::Confirms | Effect::Suggests(_))).next().is_some()
    };
    let is_clear = is_known
        && worded.weight >= CLEAR
        && !trace.is_documented()
        && !findings.iter().any(|f| speaks(f) && trace.relation(f.cause) == Relation::Shared);
    for (place, id) in worded.causes.iter().enumerate() {
        let Some(finding) = findings.iter_mut().find(|f| f.cause.id == *id) else { continue };
        let is_here = match trace.relation(finding.cause) {
            // Words that came with such a status were read only where they speak of credentials.
            Relation::Open | Relation::Shared | Relation::UnusualStatus | Relation::RareStatus => true,
            // Little is known about such a server, so it may check more than its pathway says.
            Relation::NotOnPathway => !trace.is_documented(),
            _ => false,
        };
        if !is_here
            || !scope.holds(&finding.cause.pack)
            || contradicts(finding)
            || place > 0 && needs_signs && lacks_its_signs(finding)
        {
            continue;
        }
        let weight = match rank {
            0 if place == 0 && worded.is_of_system => f64::from(worded.weight) / 100.0,
            // The first cause has the full weight, unless the request contradicts the one that the words name first.
            0 if place == 0 && worded.weight >= CERTAIN && !is_known => f64::from(worded.weight) / 100.0,
            0 if place == 0 && is_clear => CLEAR_TIE,
            _ if is_known => TIE / f64::from(rank + 1),
            _ => (f64::from(worded.weight) / 100.0).min(MOST_POSSIBLE) - STEP * f64::from(rank),
        };
        finding.words = Some(WordSign {
            weight: if is_known { weight } else { weight.max(LEAST) },
            says: worded.says.clone(),
            spans: worded.spans.clone(),
            is_of_system: worded.is_of_system,
            is_vague: worded.is_of_system && worded.causes.len() >= VAGUE,
            fix: worded.fix.clone().filter(|_| place == 0),
        });
        rank += 1;
    }
    rank
}

/// Whether the capture shows that each sign of the cause fails: words that only may mean it do not bring it up then. A
/// single sign is not all that it may show.
fn lacks_its_signs(finding: &Finding<'_>) -> bool {
    let signs = || finding.signs.iter().filter(|(sign, _)| sign.effect != Effect::Excludes);
    signs().count() > 1 && signs().all(|(_, holds)| *holds == Some(false))
}

/// Whether the request shows that it is not this cause.
fn contradicts(finding: &Finding<'_>) -> bool {
    finding.holding(|e| e == Effect::Excludes).next().is_some()
}

//! The tests that rule files carry.
//!
//! Each example goes through the whole program and must get what it states. Beyond that every part of a rule must be
//! needed: a cause has an example that finds it, taking away a sign changes an example, and each part of a condition
//! decides in one. All of it is local: the examples of a file are enough to test the file. Only the conditions of
//! pathways, which have no examples of their own, are tested with the examples of all rules.

mod branches;
mod model;
mod run;
mod systems;
mod texts;

pub(crate) use model::{RuleProblem, RuleReport};
pub use run::{diagnose, verdict_of};

use branches::Branches;
use run::Ran;

use crate::engine::evaluate::evaluate;
use crate::pack::late::Late;
use crate::pack::model::{Answer, Cause, Example, Pack, Sign};
use crate::report::explain::words;

/// Tests all rules, or only the cause and the answer of one id. The packs must have been loaded with their examples, and
/// are as they were afterwards.
#[must_use]
pub fn test(pack: &mut Pack, only: Option<&str>) -> RuleReport {
    let mut report = RuleReport::default();
    let is_tested = |id: &str| only.is_none_or(|only| only == id);
    let mut pathways: Vec<(&str, Branches<'_>)> = Vec::new();
    if only.is_none() {
        pathways.extend(pack.pathways.iter().filter_map(|p| Some((p.id.as_str(), Branches::used(p.when.as_ref()?)))));
        pathways.extend(pack.scopes.iter().filter_map(|s| Some((s.pack.as_str(), Branches::used(s.when.as_ref()?)))));
    }
    let mut mark = |ran: &Ran<'_>| {
        for (_, branches) in &mut pathways {
            ran.exchanges.iter().for_each(|exchange| branches.mark(&exchange.facts));
        }
    };
    for cause in &pack.causes {
        let own: Vec<&Answer> = pack.answers.iter().filter(|a| a.place.0 == cause.file).collect();
        if is_tested(&cause.id) || own.iter().any(|a| is_tested(&a.id)) {
            self::cause(pack, cause, &own, &mut report, &mut mark);
        }
    }
    let shared = |a: &&Answer| pack.causes.iter().all(|c| c.file != a.place.0);
    for answer in pack.answers.iter().filter(shared).filter(|a| is_tested(&a.id)) {
        self::answer(pack, answer, &mut report, &mut mark);
    }
    for (id, branches) in &pathways {
        report.parts += branches.count();
        let (file, line) = crate::pack::place_of(id);
        report.problems.extend(branches.idle().into_iter().map(|part| RuleProblem {
            file: file.clone(),
            line,
            rule: (*id).to_owned(),
            found: format!("this part of its `when` holds in no example of any rule: {}", words(part)),
            todo: "Add an example in which it holds, or remove the part.".to_owned(),
        }));
    }
    drop(pathways);
    systems::test(pack, only, &mut report);
    for at in (0..pack.causes.len()).filter(|at| is_tested(&pack.causes[*at].id)).collect::<Vec<_>>() {
        needless_signs(pack, at, &mut report);
    }
    report
}

/// Tests a cause with what other packs add to it, and the answers that its file defines.
fn cause(pack: &Pack, cause: &Cause, own: &[&Answer], report: &mut RuleReport, mark: &mut impl FnMut(&Ran<'_>)) {
    let problem = |file: &str, line: usize, found: String, todo: &str| RuleProblem {
        file: file.to_owned(),
        line,
        rule: cause.id.to_string(),
        found,
        todo: todo.to_owned(),
    };
    report.causes += 1;
    report.answers += own.len();
    report.problems.extend(texts::check(pack, cause));
    let mut signs: Vec<Branches<'_>> = cause.all_signs().map(|(_, s)| Branches::needed(&s.when)).collect();
    let mut fixes: Vec<Branches<'_>> = cause.fixes.iter().map(|f| Branches::needed(&f.when)).collect();
    let mut answers: Vec<Branches<'_>> = own.iter().map(|a| Branches::needed(&a.when)).collect();
    for (_, example) in cause.all_examples() {
        report.examples += 1;
        let ran = Ran::of(pack, example);
        report.problems.extend(run::check(pack, cause, example));
        for exchange in ran.exchanges.iter().filter(|e| e.is_judged) {
            signs.iter_mut().chain(&mut fixes).for_each(|branches| branches.mark(&exchange.facts));
            for (answer, branches) in own.iter().zip(&mut answers).filter(|(a, _)| exchange.may_be(a)) {
                exchange.mark(answer, branches);
            }
        }
        mark(&ran);
    }
    if !cause.all_examples().any(|(_, e)| run::FINDS.iter().any(|verdict| verdict.name() == e.verdict)) {
        let todo = "Add an `[[example]]` with the verdict confirmed, likely, possible or next.";
        report.problems.push(problem(&cause.file, 1, "no example finds this cause".to_owned(), todo));
    }
    for ((file, sign), branches) in cause.all_signs().zip(&signs) {
        report.signs += 1;
        report.parts += branches.count();
        let of = |part| problem(file, sign.line, idle(&words(part)), TODO);
        report.problems.extend(branches.idle().into_iter().map(of));
    }
    for (special, branches) in cause.fixes.iter().zip(&fixes) {
        report.parts += branches.count();
        let of = |part| problem(&cause.file, special.line, idle(&words(part)), TODO);
        report.problems.extend(branches.idle().into_iter().map(of));
    }
    for (answer, branches) in own.iter().zip(&answers) {
        report.parts += branches.count();
        let of = |part| RuleProblem {
            rule: answer.id.to_string(),
            ..problem(&cause.file, answer.place.1, idle(&words(part)), TODO)
        };
        report.problems.extend(branches.idle().into_iter().map(of));
    }
}

/// Tests an answer that several causes share.
fn answer(pack: &Pack, answer: &Answer, report: &mut RuleReport, mark: &mut impl FnMut(&Ran<'_>)) {
    let problem = |line: usize, found: String, todo: &str| RuleProblem {
        file: answer.place.0.to_string(),
        line,
        rule: answer.id.to_string(),
        found,
        todo: todo.to_owned(),
    };
    report.answers += 1;
    report.examples += answer.examples.len();
    let mut branches = Branches::needed(&answer.when);
    for example in &answer.examples {
        let ran = Ran::of_answer(pack, example);
        let is_recognised = ran.exchanges.iter().any(|e| e.recognised.iter().any(|a| a.id == answer.id));
        if is_recognised != example.is_recognised {
            let not = if is_recognised { "" } else { "not " };
            let found = format!("\"{}\": the answer is {not}recognised", example.name);
            let others: Vec<&str> = ran.exchanges.iter().flat_map(|e| &e.recognised).map(|a| a.id.as_str()).collect();
            let todo = match others.as_slice() {
                [] => "Compare the capture with `when`; no other answer is recognised.".to_owned(),
                others => format!("Compare the capture with `when`; recognised is {}.", others.join(", ")),
            };
            report.problems.push(problem(example.line, found, &todo));
        }
        for exchange in ran.exchanges.iter().filter(|e| e.may_be(answer)) {
            exchange.mark(answer, &mut branches);
        }
        mark(&ran);
    }
    report.parts += branches.count();
    report.problems.extend(branches.idle().into_iter().map(|part| problem(answer.place.1, idle(&words(part)), TODO)));
}

fn idle(part: &str) -> String {
    format!("no example of this file needs this part of `when`: {part}")
}

const TODO: &str = "Add an example in which this part decides (all else that is needed holds, no other alternative \
                    does), or remove the part.";

/// A sign whose removal changes no example is not tested, or not needed.
fn needless_signs(pack: &mut Pack, at: usize, report: &mut RuleReport) {
    let mut orders = orders(pack, &pack.causes[at]).into_iter();
    // The lists of signs of the cause: its own, then those of its refinements.
    for list in 0..=pack.causes[at].refinements.len() {
        for i in 0..signs_of(&mut pack.causes[at], list).len() {
            let order = orders.next().unwrap_or_default();
            let sign = signs_of(&mut pack.causes[at], list).edit(|signs| signs.remove(i));
            let cause = &pack.causes[at];
            let examples: Vec<&Example> = cause.all_examples().map(|(_, e)| e).collect();
            if !order.into_iter().any(|e| run::check(pack, cause, examples[e]).is_some()) {
                let file = list.checked_sub(1).map_or(&cause.file, |r| &cause.refinements[r].file);
                report.problems.push(RuleProblem {
                    file: file.to_string(),
                    line: sign.line,
                    rule: cause.id.to_string(),
                    found: "no example needs this sign: without it all get the same".to_owned(),
                    todo: "Add an example in which the sign decides, or remove the sign.".to_owned(),
                });
            }
            signs_of(&mut pack.causes[at], list).edit(|signs| signs.insert(i, sign));
        }
    }
}

/// For each sign of a cause the numbers of its examples, in the order in which they are worth trying without the sign. The
/// first one that changes proves that the sign is needed, and that is mostly one in which the sign holds.
fn orders(pack: &Pack, cause: &Cause) -> Vec<Vec<usize>> {
    let ran: Vec<Ran<'_>> = cause.all_examples().map(|(_, e)| Ran::of(pack, e)).collect();
    let order = |sign: &Sign| {
        let rank = |example: usize| {
            let truths = ran[example].exchanges.iter().map(|e| evaluate(&sign.when, &e.facts));
            truths.map(|truth| (!truth.holds(), truth.fails())).min()
        };
        let mut order: Vec<usize> = (0..ran.len()).collect();
        order.sort_by_cached_key(|&example| rank(example).unwrap_or((true, true)));
        order
    };
    cause.all_signs().map(|(_, sign)| order(sign)).collect()
}

fn signs_of(cause: &mut Cause, list: usize) -> &mut Late<Vec<Sign>> {
    match list.checked_sub(1) {
        None => &mut cause.signs,
        Some(refinement) => &mut cause.refinements[refinement].signs,
    }
}

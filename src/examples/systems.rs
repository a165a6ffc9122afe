//! The tests of systems: each wording is read as its answer, and each example gets its cause.

use super::model::{RuleProblem, RuleReport};
use crate::diagnosis;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::pack::system_model::{NO_CAUSE, System, SystemAnswer};

/// Tests all systems, or only the one of an id.
pub(super) fn test(pack: &Pack, only: Option<&str>, report: &mut RuleReport) {
    for system in pack.systems.all().filter(|s| only.is_none_or(|only| only == s.id)) {
        report.answers += system.answers.len();
        let problem = |line: usize, found: String, todo: &str| RuleProblem {
            file: system.file.clone(),
            line,
            rule: system.id.clone(),
            found,
            todo: todo.to_owned(),
        };
        for answer in system.answers.iter().filter(|a| !a.is_special()) {
            for wording in &answer.words {
                let found = first_cause(pack, &refusal(system, answer, wording));
                if !found.as_ref().is_some_and(|cause| answer.means.contains(cause)) {
                    let found = format!("`{wording}` gets {}", found.as_deref().unwrap_or("no cause"));
                    let todo = "Another answer has the same words, or the request of the test excludes the cause: use \
                                `needs-system`, `when` or `beside`, or longer words.";
                    report.problems.push(problem(answer.line, found, todo));
                }
            }
        }
        for example in &system.examples {
            report.examples += 1;
            let found = first_cause(pack, &example.capture);
            let found = found.as_deref().unwrap_or(NO_CAUSE);
            if found != example.cause {
                let found = format!("\"{}\": the first cause is {found}, not {}", example.name, example.cause);
                report.problems.push(problem(example.line, found, "Compare the capture with the answers."));
            }
        }
    }
}

/// The first cause of the exchange to read first.
fn first_cause(pack: &Pack, text: &str) -> Option<String> {
    let diagnosis = diagnosis::diagnose(text.as_bytes(), pack, &Options::default());
    Some(diagnosis.exchanges[diagnosis.first?].causes.first()?.id.clone())
}

/// A refusal that shows nothing but the words of an answer and, if they need it, the system.
fn refusal(system: &System, answer: &SystemAnswer, wording: &str) -> String {
    let mut words = String::new();
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(before);
        words.push_str("made-up");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    words.push_str(rest);
    let shown = system.shown.iter().chain(&system.named).next().filter(|_| answer.needs_system);
    let body = serde_json::json!({ "message": words, "by": shown });
    let status = answer.statuses.first().copied().unwrap_or(401);
    format!("HTTP/1.1 {status}\nContent-Type: application/json\n\n{body}\n")
}

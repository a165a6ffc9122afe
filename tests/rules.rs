//! What holds the rule set together: examples, the need for every sign, the table of rivals, silence on good requests,
//! and rules about rules.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use why401::internals::{self, Condition, Effect, Matcher, Part, Template};
use why401::{FACTS, Options, Outcome, Pack, Verdict, diagnose};

fn pack() -> Pack {
    Pack::with_examples(&[]).unwrap_or_else(|error| panic!("{error}"))
}

/// Examples get what they state; every cause is found; every sign and every part of a condition is needed; texts have
/// their form. `why401 rules test` does the same.
#[test]
fn the_rules_pass_their_own_tests() {
    let report = internals::test_examples(&mut pack(), None);
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    assert!(report.causes > 90 && report.answers > 100 && report.examples > 400, "{report:?}");
}

/// Every example through the whole pack: the place of its own cause, and who stands above it.
#[test]
fn table_of_rivals() {
    let pack = pack();
    let mut table = String::new();
    for cause in &pack.causes {
        for (_, example) in cause.all_examples() {
            let diagnosis = internals::diagnose_example(&pack, example);
            let exchange = diagnosis.exchanges.iter().find(|e| e.causes.iter().any(|c| c.id == cause.id));
            let place = match exchange {
                Some(exchange) => {
                    let names: Vec<String> =
                        exchange.causes.iter().map(|c| format!("{} {}", c.verdict.name(), c.id)).collect();
                    let at = exchange.causes.iter().position(|c| c.id == cause.id).unwrap_or(0);
                    if at == 0 { "first".to_owned() } else { format!("{} behind {}", at + 1, names[..at].join(", ")) }
                }
                None => internals::verdict_of(&diagnosis, &cause.id).name().to_owned(),
            };
            let _ = writeln!(table, "{}: {}: {place}", cause.id, example.name);
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn good_requests_stay_silent() {
    let pack = pack();
    let mut loud = Vec::new();
    for entry in fs::read_dir("tests/good").expect("tests/good") {
        let path = entry.expect("entry").path();
        let diagnosis = diagnose(&fs::read(&path).expect("readable"), &pack, &Options::default());
        assert!(!diagnosis.exchanges.is_empty(), "{}: nothing was read", path.display());
        for exchange in &diagnosis.exchanges {
            assert!(matches!(exchange.outcome, Outcome::Accepted | Outcome::NoAnswer), "{}", path.display());
            for cause in exchange.causes.iter().filter(|c| c.verdict <= Verdict::Likely) {
                loud.push(format!("{}: {} {}", path.display(), cause.verdict.name(), cause.id));
            }
        }
    }
    assert_eq!(loud, Vec::<String>::new());
}

#[test]
fn no_fact_is_left_unused() {
    let pack = pack();
    let mut used = BTreeSet::new();
    let mut ask = |condition: &Condition| used.extend(condition.facts().into_iter().map(|f| f.info.name));
    pack.causes.iter().flat_map(|c| c.all_signs()).for_each(|(_, s)| ask(&s.when));
    pack.scopes.iter().filter_map(|s| s.when.as_ref()).for_each(&mut ask);
    pack.answers.iter().for_each(|a| ask(&a.when));
    pack.pathways.iter().filter_map(|p| p.when.as_ref()).for_each(&mut ask);
    let mut tell = |template: &Template| {
        used.extend(template.parts.iter().filter_map(|p| match p {
            Part::Fact(fact) => Some(fact.info.name),
            Part::Words(_) => None,
        }));
    };
    pack.causes.iter().for_each(|c| {
        tell(&c.fix);
        c.refinements.iter().filter_map(|r| r.fix.as_ref()).for_each(&mut tell);
        c.all_signs().for_each(|(_, s)| tell(&s.because));
        if let Some(correction) = &*c.correction {
            correction.set_fields.iter().chain(&correction.set_form).for_each(|(_, t)| tell(t));
            correction.set_url.iter().chain(&correction.set_method).for_each(&mut tell);
        }
    });
    pack.causes.iter().flat_map(|c| c.all_signs()).filter_map(|(_, s)| s.points_at.as_ref()).for_each(|f| {
        used.insert(f.info.name);
    });
    let unused: Vec<&str> = FACTS.iter().map(|f| f.name).filter(|n| !used.contains(n)).collect();
    insta::assert_snapshot!(unused.join("\n"));
}

#[test]
fn facts_are_described() {
    for fact in FACTS {
        assert!(!fact.says.is_empty() && !fact.how.is_empty(), "{}", fact.name);
        assert!(!fact.says.ends_with('.') && !fact.how.ends_with('.'), "{}", fact.name);
    }
    let names: BTreeSet<&str> = FACTS.iter().map(|f| f.name).collect();
    assert_eq!(names.len(), FACTS.len(), "a fact stands twice");
}

/// A condition that asks one fact for two different values can never hold.
#[test]
fn no_condition_contradicts_itself() {
    fn contradictions(condition: &Condition, place: &str, found: &mut Vec<String>) {
        let Condition::All(parts) = condition else { return };
        for (i, a) in parts.iter().enumerate() {
            for b in &parts[i + 1..] {
                if let (Condition::Test(x, Matcher::Is(u)), Condition::Test(y, Matcher::Is(v))) = (a, b)
                    && x.name == y.name
                    && !u.iter().any(|l| v.contains(l))
                {
                    found.push(format!("{place}: {}", x.name));
                }
            }
            contradictions(a, place, found);
        }
    }
    let mut found = Vec::new();
    for cause in &pack().causes {
        for (file, sign) in cause.all_signs() {
            contradictions(&sign.when, &format!("{file}:{}", sign.line), &mut found);
            if sign.effect == Effect::Confirms {
                // What confirms must rest on something that the capture shows.
                assert!(!sign.when.facts().is_empty(), "{file}:{}", sign.line);
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

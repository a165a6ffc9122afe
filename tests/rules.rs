//! What holds the rule set together: examples, the need for every sign, the table of rivals, silence on good requests,
//! and rules about rules.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use why401::diagnosis::model::{Outcome, Verdict};
use why401::evidence::registry::FACTS;
use why401::pack::model::{Condition, Effect, Matcher, Pack, Part, Template};
use why401::{Options, diagnose, examples, pack};

fn pack() -> Pack {
    pack::load(&[], true).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_example_gets_what_it_states() {
    let failures: Vec<String> = examples::run(&pack()).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_cause_has_an_example_that_finds_it() {
    let lacking: Vec<String> = pack()
        .causes
        .iter()
        .filter(|c| {
            !c.examples.iter().any(|e| ["confirmed", "likely", "possible", "next"].contains(&e.verdict.as_str()))
        })
        .map(|c| c.id.clone())
        .collect();
    assert_eq!(lacking, Vec::<String>::new(), "no example shows the cause itself");
}

/// A sign whose removal changes no example is not tested, or not needed.
#[test]
fn every_sign_is_needed() {
    let mut pack = pack();
    let mut needless = Vec::new();
    for i in 0..pack.causes.len() {
        for j in 0..pack.causes[i].signs.len() {
            let sign = pack.causes[i].signs.remove(j);
            let cause = &pack.causes[i];
            let missed = cause.examples.iter().any(|e| examples::check(&pack, cause, e).is_some());
            if !missed {
                needless.push(format!("{}:{} {:?}", cause.file, sign.line, sign.effect));
            }
            pack.causes[i].signs.insert(j, sign);
        }
    }
    assert!(needless.is_empty(), "{} signs that no example needs:\n{}", needless.len(), needless.join("\n"));
}

/// Every example through the whole pack: the place of its own cause, and who stands above it.
#[test]
fn table_of_rivals() {
    let pack = pack();
    let mut table = String::new();
    for cause in &pack.causes {
        for example in &cause.examples {
            let diagnosis = examples::diagnose(&pack, example);
            let exchange = diagnosis.exchanges.iter().find(|e| e.causes.iter().any(|c| c.id == cause.id));
            let place = match exchange {
                Some(exchange) => {
                    let names: Vec<String> =
                        exchange.causes.iter().map(|c| format!("{} {}", c.verdict.name(), c.id)).collect();
                    let at = exchange.causes.iter().position(|c| c.id == cause.id).unwrap_or(0);
                    if at == 0 { "first".to_owned() } else { format!("{} behind {}", at + 1, names[..at].join(", ")) }
                }
                None => examples::verdict_of(&diagnosis, &cause.id).name().to_owned(),
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
fn texts_have_their_form() {
    let mut wrong = Vec::new();
    for cause in &pack().causes {
        let mut check = |what: &str, is_wrong: bool| {
            if is_wrong {
                wrong.push(format!("{}: {what}", cause.file));
            }
        };
        check("the title ends with a full stop", cause.title.ends_with('.'));
        check("the title is longer than 90 characters", cause.title.chars().count() > 90);
        check(
            "the title does not begin with a capital",
            !cause.title.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()),
        );
        check("no reference", cause.references.is_empty());
        check(
            "no sign and no answer",
            cause.signs.is_empty() && cause.named_by.is_empty() && cause.answered_by.is_empty(),
        );
        let sentences =
            cause.about.split_inclusive(['.', '?']).filter(|s| s.trim().len() > 2 && s.ends_with(['.', '?'])).count();
        check("`about` has more than five sentences", sentences > 8);
        check("the fix does not end with a full stop", !cause.fix.source().trim_end().ends_with('.'));
        let id_fits = cause.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        check("the id is not in kebab case", !id_fits);
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_fact_is_left_unused() {
    let pack = pack();
    let mut used = BTreeSet::new();
    let mut ask = |condition: &Condition| used.extend(condition.facts().into_iter().map(|f| f.info.name));
    pack.causes.iter().flat_map(|c| &c.signs).for_each(|s| ask(&s.when));
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
        c.signs.iter().for_each(|s| tell(&s.because));
        if let Some(correction) = &c.correction {
            correction.set_fields.iter().chain(&correction.set_form).for_each(|(_, t)| tell(t));
            correction.set_url.iter().chain(&correction.set_method).for_each(&mut tell);
        }
    });
    pack.causes.iter().flat_map(|c| &c.signs).filter_map(|s| s.points_at.as_ref()).for_each(|f| {
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
        for sign in &cause.signs {
            contradictions(&sign.when, &format!("{}:{}", cause.file, sign.line), &mut found);
            if sign.effect == Effect::Confirms {
                // What confirms must rest on something that the capture shows.
                assert!(!sign.when.facts().is_empty(), "{}:{}", cause.file, sign.line);
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

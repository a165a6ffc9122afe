//! The systems of the packs. Their wordings and examples are tested with the other rules (`tests/rules.rs`).

use std::fs;

use why401::{FACTS, FactType, Options, Outcome, Pack, Verdict, diagnose, internals};

/// Texts that only speak of systems have no refusal, and no cause.
#[test]
fn a_text_that_names_a_system_is_no_refusal() {
    let pack = Pack::builtin().expect("the built-in packs load");
    for text in ["We run Kong in front of Keycloak.", "How do I log in to GitHub from Jenkins?", ""] {
        let diagnosis = diagnose(text.as_bytes(), &pack, &Options::default());
        assert!(diagnosis.exchanges.iter().all(|e| e.outcome != Outcome::Refused && e.causes.is_empty()), "{text}");
    }
}

/// The words of a refusal are enough, without a request and without a status. They are never more than likely.
#[test]
fn words_alone_make_a_cause_likely() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let log = "12:00:01 WARN gateway: Audiences in Jwt are not allowed (order-service)";
    let diagnosis = diagnose(log.as_bytes(), &pack, &Options::default());
    let cause = &diagnosis.exchanges[0].causes[0];
    assert_eq!((cause.id.as_str(), cause.verdict), ("wrong-audience", Verdict::Likely));
}

/// The pack of `docs/write-a-pack.md` loads, works and passes its own test.
#[test]
fn the_pack_of_the_document() {
    let document = fs::read_to_string("docs/write-a-pack.md").expect("readable");
    let file = document.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a TOML block");
    let folder = std::env::temp_dir().join(format!("why401-system-{}", std::process::id()));
    fs::create_dir_all(folder.join("shop")).expect("a folder");
    fs::write(folder.join("shop/_system.toml"), file).expect("written");
    let mut loaded = Pack::with_examples(std::slice::from_ref(&folder)).unwrap_or_else(|error| panic!("{error}"));
    let report = internals::test_examples(&mut loaded, Some("shop"));
    fs::remove_dir_all(&folder).expect("removed");
    assert!(report.problems.is_empty() && report.examples == 1, "{:?}", report.problems);
}

/// A mistake is shown with its line.
#[test]
fn mistakes_are_shown() {
    let folder = std::env::temp_dir().join(format!("why401-broken-{}", std::process::id()));
    fs::create_dir_all(folder.join("shop")).expect("a folder");
    let file =
        "title = \"a shop\"\n\n[[answer]]\nwords = [\"no\"]\nmeans = [\"token-expird\"]\nsays = \"it says no\"\n";
    fs::write(folder.join("shop/_system.toml"), file).expect("written");
    let error = Pack::builtin_and(std::slice::from_ref(&folder)).expect_err("it has mistakes").to_string();
    fs::remove_dir_all(&folder).expect("removed");
    assert!(error.contains("_system.toml:4:") && error.contains("`no` tells too little"), "{error}");
    assert!(error.contains("_system.toml:5:") && error.contains("Did you mean `token-expired`?"), "{error}");
}

/// A trait that no pack can have is shown with its line and those that there are; so is one without a place.
#[test]
fn unknown_traits_are_shown() {
    let folder = std::env::temp_dir().join(format!("why401-traits-{}", std::process::id()));
    fs::create_dir_all(folder.join("shop")).expect("a folder");
    let file = "title = \"a shop\"\n\n[traits]\none-space-onyl = \"shopd 2.4\"\nlikes-tea = \"shopd 2.4\"\n\
                any-spaces = \"\"\n";
    fs::write(folder.join("shop/_system.toml"), file).expect("written");
    let error = Pack::builtin_and(std::slice::from_ref(&folder)).expect_err("it has mistakes").to_string();
    fs::remove_dir_all(&folder).expect("removed");
    assert!(error.contains("_system.toml:4:") && error.contains("Did you mean `one-space-only`?"), "{error}");
    assert!(error.contains("_system.toml:5:") && error.contains("there is no trait `likes-tea`"), "{error}");
    assert!(trait_names().iter().all(|name| error.contains(name)), "{error}");
    assert!(error.contains("_system.toml:6:") && error.contains("in which version"), "{error}");
}

fn trait_names() -> &'static [&'static str] {
    let kind = FACTS.iter().find(|fact| fact.name == "system.traits").map(|fact| fact.kind);
    let Some(FactType::ListOf(names)) = kind else { panic!("system.traits is a list of words") };
    names
}

/// What a pack says was measured is in the table of the measurements, with the same name and version.
#[test]
fn traits_are_those_that_were_measured() {
    let table = fs::read_to_string("tests/servers/answers.tsv").expect("readable");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let shows = |row: &[&str], known: &str| {
        let (case, status) = (row[2].split(' ').next().unwrap_or_default(), row[3]);
        let is_accepted = ["200", "204"].contains(&status);
        match known {
            "compares-scheme-exactly" => case == "f2" && !is_accepted,
            "any-scheme-case" => case == "f2" && is_accepted,
            "one-space-only" => case == "f3" && !is_accepted,
            "any-spaces" => case == "f3" && is_accepted,
            "first-of-two-fields" => case == "f15" && is_accepted,
            "sends-no-challenge" => case == "f0" && !is_accepted && row[4] == "–",
            _ => panic!("`{known}` cannot be measured with these requests"),
        }
    };
    let document = Pack::builtin().expect("the built-in packs load").packs_document();
    let mut measured = 0;
    for line in document.lines().filter(|line| line.contains("measured: tests/servers")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [known, seen] = cells[..] else { continue };
        let known = known.trim_matches('`');
        if !trait_names().contains(&known) {
            continue;
        }
        measured += 1;
        let is_named = |row: &[&str]| row[1].split(", ").any(|version| seen.contains(version));
        assert!(rows.iter().any(|row| is_named(row) && shows(row, known)), "no row of answers.tsv shows this: {line}");
    }
    assert!(measured > 20, "{measured}");
}

/// Where a proxy refused, its own fields are asked for, and nothing about the API.
#[test]
fn a_proxy_is_asked_about_its_own_fields() {
    let pack = Pack::builtin().expect("the built-in packs load");
    for text in [
        "We get 407 from https://api.shop.example/v1/items",
        "CONNECT api.shop.example:443 HTTP/1.1\n\nHTTP/1.1 407 Proxy Authentication Required\n\
         Proxy-Authenticate: Basic realm=\"corp\"\n\n",
        "GET http://api.shop.example/v1/items\nProxy-Authorization: Basic cGF0OmdyZWVuLWRvb3I=\n\n\
         HTTP/1.1 407 Proxy Authentication Required\n",
    ] {
        let diagnosis = diagnose(text.as_bytes(), &pack, &Options::default());
        let asked: Vec<&str> = diagnosis.exchanges[0].questions.iter().map(|question| question.how).collect();
        let is_about_server =
            |how: &&&str| how.contains(" Authorization") || how.contains("WWW-") || how.contains("API");
        assert_eq!(asked.iter().find(is_about_server), None, "{text}");
        let missing: Vec<&String> = diagnosis.exchanges[0].support.lacks.iter().map(|(_, how)| how).collect();
        assert!(missing.iter().all(|how| !how.contains("WWW-")), "{missing:?}");
    }
    let server = "HTTP/1.1 401 Unauthorized\n";
    let diagnosis = diagnose(server.as_bytes(), &pack, &Options::default());
    assert!(diagnosis.exchanges[0].questions.iter().any(|question| question.how.contains("WWW-Authenticate")));
}

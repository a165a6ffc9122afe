use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use super::model::Cause;
use super::pattern::Pattern;
use super::*;

fn mistakes(text: &str) -> String {
    let unread = Unread {
        pack: "p".into(),
        name: "x.toml".into(),
        shown: "rules/p/x.toml".into(),
        text: text.into(),
        is_own: true,
    };
    LoadError::Mistakes(merge::read(&unread, true, true).mistakes).to_string()
}

const HEAD: &str = "title = \"t\"\ncheckpoint = \"access-token\"\nabout = \"a\"\nfix = \"f\"\n";

#[test]
fn a_wrong_fact_name_is_shown_with_the_nearest_one() {
    let text = format!(
        "{HEAD}[[sign]]\neffect = \"confirms\"\nbecause = \"b\"\n[sign.when]\nauthorisation.scheme = \"none\"\n"
    );
    insta::assert_snapshot!(mistakes(&text));
}

#[test]
fn all_mistakes_are_found_at_once() {
    let text = "title = 3\nchekpoint = \"x\"\nabout = \"a\"\nfix = \"see {request.hots}\"\nprevalence = \"comon\"\n\
        [[sign]]\neffect = \"confirm\"\nweight = 0.4\n[sign.when]\nresponse.status = 2026-01-01\nauthorization.shape = \"opague\"\n\
        request.method = { matchs = \"x\" }\nauthorization.count = { above = \"2\" }\n";
    insta::assert_snapshot!(mistakes(text));
}

#[test]
fn the_built_in_packs_load() {
    if let Err(error) = load(&[], true) {
        panic!("{error}");
    }
}

#[test]
fn every_regular_expression_compiles() {
    let pack = load(&[], false).expect("the built-in packs load");
    assert_eq!(pack.broken_patterns(), Vec::<String>::new());
}

/// The expressions of a condition.
fn expressions<'p>(condition: &'p Condition, found: &mut Vec<&'p Pattern>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| expressions(part, found)),
        Condition::Not(part) => expressions(part, found),
        Condition::Test(_, Matcher::Matches(pattern)) => found.push(pattern),
        Condition::Test(..) => {}
    }
}

/// Texts that an expression matches, and such with more around them.
fn matched(source: &str) -> Vec<String> {
    // The generator knows no borders.
    let without = source.replace(['^', '$'], "").replace("\\b", "");
    let Ok(strategy) = proptest::string::string_regex(&without) else { return Vec::new() };
    let mut runner = TestRunner::deterministic();
    let texts = (0..16).map(|_| strategy.new_tree(&mut runner).expect("a text").current());
    let around = |text: String| {
        let cut = text.chars().skip(1).collect();
        [format!("it says {text} here"), format!("{text}.a-1"), text.to_uppercase(), format!("é{text}"), cut, text]
    };
    texts.flat_map(around).chain([String::new()]).collect()
}

/// The expression as it is compiled where it has no automaton.
fn compiled(source: &str) -> regex::Regex {
    let ascii = regex::RegexBuilder::new(source).unicode(false).build();
    ascii.or_else(|_| regex::Regex::new(source)).expect("it is checked")
}

#[test]
fn an_automaton_of_the_build_matches_what_its_expression_does() {
    let pack = built_in().expect("the build found no mistake");
    let mut patterns = Vec::new();
    let signs = pack.causes.iter().flat_map(Cause::all_signs).map(|(_, sign)| &sign.when);
    signs.chain(pack.answers.iter().map(|a| &*a.when)).for_each(|when| expressions(when, &mut patterns));
    let with = patterns.iter().filter(|pattern| pattern.has_automaton()).count();
    assert!(with * 4 > patterns.len() * 3, "{with} of {}", patterns.len());
    for pattern in patterns {
        let regex = compiled(pattern.source());
        for text in matched(pattern.source()) {
            assert_eq!(pattern.is_match(&text), regex.is_match(&text), "{} in {text}", pattern.source());
        }
    }
    for kind in &pack.vocabulary.mentions {
        assert!(kind.value.has_automaton(), "{}", kind.kind);
        let regex = compiled(&format!("^(?:{})", kind.value.source()));
        for text in matched(kind.value.source()) {
            let found = regex.find(&text).map(|found| found.as_str());
            assert_eq!(kind.value.find(&text), found, "{} in {text}", kind.kind);
        }
    }
}

#[test]
fn what_the_build_wrote_is_what_its_files_say() {
    let files: Vec<Unread<'_>> =
        EMBEDDED.iter().map(embedded).filter(|file| !is_words(&file.name) && !is_system(&file.name)).collect();
    let read = joined(Loaded::default(), &files, false).unwrap_or_else(|error| panic!("{error}"));
    let built = built_in().expect("the build found no mistake");
    assert_eq!(format!("{built:#?}"), format!("{read:#?}"));
}

#[test]
fn a_pack_that_was_taken_apart_is_joined_to_the_same() {
    let built = || built_in().expect("the build found no mistake");
    let again = joined(merge::part(built()), &[], false).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(format!("{again:#?}"), format!("{:#?}", built()));
}

#[test]
fn the_table_of_words_that_the_build_made_is_that_of_the_checked_files() {
    let mut loaded = Loaded::default();
    let unread: Vec<Unread<'_>> = EMBEDDED.iter().map(embedded).filter(|file| is_words(&file.name)).collect();
    merge::add(&mut loaded, &unread, true, true);
    assert!(loaded.mistakes.is_empty(), "{}", LoadError::Mistakes(loaded.mistakes));
    assert!(table::write(&loaded.words).as_deref() == Some(crate::words::BUILT_IN));
    assert_eq!(words::doubled(&loaded.words), [] as [String; 0]);
}

#[test]
fn a_pack_that_breaks_off_is_no_pack() {
    // The last bytes of all are those of a part that is read late, or its length.
    for end in (0..WRITTEN.len()).step_by(997) {
        assert!(postcard::from_bytes::<Pack>(&WRITTEN[..end]).is_err(), "the first {end} bytes");
    }
}

/// Loads the built-in packs and one more file.
fn with_file(name: &str, text: &str) -> Result<Pack, LoadError> {
    let folder = std::env::temp_dir().join(format!("why401-pack-tests-{}-{name}", std::process::id()));
    fs::create_dir_all(folder.join("shop")).expect("a folder");
    fs::write(folder.join("shop").join(name), text).expect("a file");
    let loaded = load(std::slice::from_ref(&folder), false);
    fs::remove_dir_all(&folder).expect("the folder is there");
    loaded
}

/// The mistakes in one more file, without their positions.
fn found_in(name: &str, text: &str) -> Vec<(String, String)> {
    match with_file(name, text) {
        Err(LoadError::Mistakes(mistakes)) => mistakes.into_iter().map(|m| (m.found, m.expected)).collect(),
        Err(error) => panic!("{error}"),
        Ok(_) => Vec::new(),
    }
}

fn answer(id: &str, like: &str) -> String {
    format!(
        "[[answer]]\nid = \"{id}\"\nlike = {like}\ncheckpoint = \"access-token\"\nsays = \"s\"\n\
         [answer.when]\nrefusal.message = \"x\"\n"
    )
}

#[test]
fn a_cause_gets_the_answers_that_are_like_its_own() {
    let text = answer("shop-a", "\"says-token-expired\"") + &answer("shop-b", "[\"shop-a\", \"says-no-credentials\"]");
    let pack = with_file("_answers.toml", &text).unwrap_or_else(|error| panic!("{error}"));
    let has = |cause: &str, id: &str| {
        let cause = pack.cause(cause).expect("a cause");
        (cause.named_by.iter().any(|a| a == id), cause.answered_by.iter().any(|a| a == id))
    };
    assert_eq!(has("token-expired", "shop-a"), (true, false));
    assert_eq!(has("token-expired", "shop-b"), (true, false), "through shop-a");
    assert_eq!(has("token-in-wrong-field", "shop-b"), (false, true));
    assert_eq!(has("token-in-wrong-field", "shop-a"), (false, false));
}

#[test]
fn what_an_answer_is_like_must_exist_and_not_lead_back() {
    let unknown = found_in("_answers.toml", &answer("shop-a", "\"says-token-expird\""));
    assert_eq!(
        unknown,
        [("there is no answer `says-token-expird`".into(), "Did you mean `says-token-expired`?".into())]
    );
    let itself = found_in("_answers.toml", &answer("shop-a", "\"shop-a\""));
    assert_eq!(itself.len(), 1, "{itself:?}");
    let round = answer("shop-a", "\"shop-b\"") + &answer("shop-b", "\"shop-c\"") + &answer("shop-c", "\"shop-a\"");
    let round = found_in("_answers.toml", &round);
    assert_eq!(round.len(), 3, "{round:?}");
    assert_eq!(round[0].0, "`shop-a` is like `shop-b`, which is like `shop-a` again");
}

#[test]
fn a_refinement_adds_to_a_cause_and_replaces_nothing() {
    let text = "refines = \"token-expired\"\nabout = \"In the shop.\"\nanswered-by = \"says-no-credentials\"\n\
        [[sign]]\neffect = \"shows\"\nbecause = \"b\"\n[sign.when]\nresponse.status = 401\n";
    let (before, after) = (load(&[], false), with_file("token-expired.toml", text));
    let (before, after) = (before.expect("built in"), after.unwrap_or_else(|error| panic!("{error}")));
    let (before, after) = (before.cause("token-expired"), after.cause("token-expired"));
    let (before, after) = (before.expect("a cause"), after.expect("a cause"));
    assert_eq!((&after.pack, &*after.about, after.signs.len()), (&before.pack, &*before.about, before.signs.len()));
    assert_eq!(after.refinements.len(), before.refinements.len() + 1);
    assert_eq!(after.all_signs().count(), before.all_signs().count() + 1);
    assert!(after.answered_by.iter().any(|a| a == "says-no-credentials"));
}

#[test]
fn mistakes_of_refinements_and_of_a_packs_scope() {
    let unknown = found_in("x.toml", "refines = \"token-expird\"\n");
    assert_eq!(unknown, [("there is no cause `token-expird`".into(), "Did you mean `token-expired`?".into())]);
    let prevalence = found_in("x.toml", "refines = \"token-expired\"\nprevalence = \"rare\"\n");
    assert_eq!(prevalence[0].0, "there is no key `prevalence` here");
    let empty = found_in("_pack.toml", "");
    assert_eq!(empty[0].0, "neither `when` nor `part-of` is here");
    let part = found_in("_pack.toml", "part-of = \"http\"\n");
    assert_eq!(part[0].0, "there is no scope of a pack `http`");
}

use super::*;

fn mistakes(text: &str) -> String {
    let unread = Unread {
        pack: "p".into(),
        name: "x.toml".into(),
        shown: "rules/p/x.toml".to_owned(),
        text: text.into(),
        is_own: true,
    };
    LoadError::Mistakes(read(&unread, true).mistakes).to_string()
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

use super::*;

fn mistakes(text: &str) -> String {
    let unread = Unread {
        pack: "p".into(),
        name: "x.toml".into(),
        shown: "rules/p/x.toml".to_owned(),
        text: text.into(),
        tree: None,
        is_own: true,
    };
    LoadError::Mistakes(read(&unread, true, true).mistakes).to_string()
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

#[test]
fn what_the_build_embeds_is_the_file_before_its_examples() {
    for (pack, name, text, compact) in EMBEDDED {
        let (shape, words) = compact.unwrap_or_else(|| panic!("{pack}/{name} is not TOML"));
        let (parsed, errors) = tree::parse(&text[..tree::examples_at(text)]);
        assert!(errors.is_empty(), "{pack}/{name}: {errors:?}");
        let write = |node| {
            let (mut shape, mut words) = (Vec::new(), String::new());
            tree::write(&node, &mut shape, &mut words);
            (shape, words)
        };
        assert_eq!(write(parsed), (shape.to_vec(), words.to_owned()), "{pack}/{name}: embedded");
        let back = tree::read(shape, words).unwrap_or_else(|| panic!("{pack}/{name} cannot be read back"));
        assert_eq!(write(back), (shape.to_vec(), words.to_owned()), "{pack}/{name}: read back");
    }
}

#[test]
fn a_tree_that_breaks_off_is_no_tree() {
    let source = "a = [1, 2.5, true, 2026-01-01]\n[b]\nc = \"d\"\ne = 99999999999999999999\n";
    let (node, _) = tree::parse(source);
    let (mut shape, mut words) = (Vec::new(), String::new());
    tree::write(&node, &mut shape, &mut words);
    assert!(tree::read(&shape, &words).is_some());
    for end in 0..shape.len() {
        assert!(tree::read(&shape[..end], &words).is_none(), "the first {end} bytes");
    }
}

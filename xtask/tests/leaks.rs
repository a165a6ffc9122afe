//! A thousand made-up credentials, and none of them in any output. `cargo xtask leaks` makes a hundred thousand.

use xtask::leaks::{self, Depth};

#[test]
fn nothing_that_was_planted_is_shown() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let accepted = leaks::accepted().expect("the list is there");
    assert!(accepted.is_empty(), "the list of accepted leaks got empty, and stays so");
    let found = leaks::look(0..1_000, &pack, Depth::Reports);
    let fresh: Vec<_> = found.shapes.iter().filter(|(shape, _)| !accepted.contains(*shape)).collect();
    assert!(fresh.is_empty(), "{fresh:#?}");
}

/// A form of report that is added later is looked at, too.
#[test]
fn every_function_that_writes_a_report_is_looked_at() {
    let read = |path: &str| std::fs::read_to_string(xtask::root().join(path)).expect("a source file");
    let (library, outputs) = (read("src/lib.rs"), read("xtask/src/leaks/outputs.rs"));
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        all.filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
    };
    let called = words(&outputs);
    let exported = words(library.split("pub mod internals").next().unwrap_or_default());
    // Of `write as write_text` the second name counts.
    let named = exported.iter().zip(exported.iter().skip(1)).filter(|(_, next)| *next != "as").map(|(name, _)| name);
    let writers: Vec<&String> = named.filter(|name| name.starts_with("write_")).collect();
    assert!(writers.len() >= 10, "{writers:?}");
    let forgotten: Vec<_> = writers.into_iter().filter(|name| !called.contains(name)).collect();
    assert!(forgotten.is_empty(), "xtask/src/leaks/outputs.rs does not call {forgotten:?}");
}

/// Commands that read no paste.
const WITHOUT_PASTE: &[&str] = &["completions", "man", "page"];

/// A command that is added later is looked at, too.
#[test]
fn every_command_is_looked_at() {
    let read = |path: &str| std::fs::read_to_string(xtask::root().join(path)).expect("a source file");
    let called = read("xtask/src/leaks/outputs.rs") + &read("xtask/src/leaks/check.rs");
    let help = leaks::outputs::run(&["--help"]);
    let (_, rest) = help.split_once("Commands:\n").expect("the help lists the commands");
    let (list, _) = rest.split_once("\n\n").expect("a blank line ends the list");
    // A line that goes on begins further to the right.
    let commands: Vec<&str> = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| !WITHOUT_PASTE.contains(command))
        .collect();
    assert!(commands.len() >= 10, "{commands:?}");
    let forgotten: Vec<_> = commands.into_iter().filter(|name| !called.contains(&format!("\"{name}"))).collect();
    assert!(forgotten.is_empty(), "xtask/src/leaks/ does not call {forgotten:?}");
}

/// `cargo xtask leaks-in tests/labelled` looks at all of them, and at the cases of any other folder.
#[test]
fn no_report_of_a_labelled_case_shows_its_credentials() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    // A third of them, since each is reported in every form.
    let inputs: Vec<String> = leaks::inputs_of(&xtask::root().join("tests/labelled")).into_iter().step_by(3).collect();
    let found = leaks::in_reports_of_all(&inputs, &pack);
    assert!(found.credentials > 100, "{} credentials", found.credentials);
    assert!(found.leaks.is_empty(), "{:#?}", found.leaks);
}

/// `cargo xtask masks-in tests/labelled` prints them. What was masked once stays as it is.
#[test]
fn masking_a_labelled_case_again_changes_nothing() {
    let pack = why401::Pack::builtin().expect("the built-in packs load");
    let inputs = leaks::inputs_of(&xtask::root().join("tests/labelled"));
    let changed = leaks::mask_all(&inputs, &pack, &mut std::io::sink()).expect("a sink takes it");
    assert!(changed.is_empty(), "{changed:#?}");
}

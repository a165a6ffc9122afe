//! The outputs in README.md; `generated.rs` compares them with what the program prints.

#[test]
fn the_readme_shows_reports_and_the_manual_the_help_text() {
    for (name, least) in [("README.md", 5), ("docs/using.md", 2)] {
        let text = std::fs::read_to_string(xtask::root().join(name)).expect(name);
        let (_, blocks) = xtask::readme::rendered(&text).unwrap_or_else(|e| panic!("{e}"));
        assert!(blocks >= least, "{name}: {blocks} outputs");
    }
}

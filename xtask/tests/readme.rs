//! The outputs in README.md; `generated.rs` compares them with what the program prints.

#[test]
fn the_readme_shows_a_report_and_the_help_text() {
    let readme = std::fs::read_to_string(xtask::root().join("README.md")).expect("README.md");
    let (_, blocks) = xtask::readme::rendered(&readme).unwrap_or_else(|e| panic!("{e}"));
    assert!(blocks >= 2, "{blocks} outputs");
}

//! First screens: what a user sees without any option. Their height, where the fix begins, and that no credential is in
//! them.

use std::fs;
use std::path::{Path, PathBuf};

use why401::{Options, Pack, TextStyle, diagnose};

/// One paste of each kind.
const SAMPLES: &[&str] = &[
    "examples/ticket.txt",
    "tests/screens/challenge.txt",
    "tests/screens/several.har",
    "tests/screens/token-endpoint.txt",
    "tests/screens/no-request.txt",
    "tests/screens/undecided.txt",
    "tests/screens/not-sent-yet.txt",
];

fn read(path: &Path) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn screen(paste: &[u8], name: &str, width: usize, plain: bool, pack: &Pack) -> String {
    let style = TextStyle { file: name.to_owned(), width, plain, ..TextStyle::default() };
    let mut out = Vec::new();
    why401::write_screen(&mut out, &diagnose(paste, pack, &Options::default()), &style).expect("a vector takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn screens_of_three_widths() {
    let pack = Pack::builtin().expect("the built-in packs load");
    for path in SAMPLES {
        let name = Path::new(path).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let paste = read(Path::new(path));
        for width in [50, 80, 120] {
            let text = screen(&paste, &name, width, false, &pack);
            insta::assert_snapshot!(format!("{name}-{width}"), text);
        }
        let plain = screen(&paste, &name, 80, true, &pack);
        assert!(!plain.contains(['^', '|', '→']), "a plain screen draws nothing:\n{plain}");
        insta::assert_snapshot!(format!("{name}-plain"), plain);
    }
}

/// All pastes of the tests: one file each, or one line of labelled tickets each.
fn pastes() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut all = Vec::new();
    for folder in ["tickets", "captures", "good", "tools/captures", "screens"] {
        let entries = fs::read_dir(root.join(folder)).expect("a folder");
        let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).filter(|p| p.is_file()).collect();
        paths.sort();
        all.extend(paths.into_iter().map(|p| (p.display().to_string(), fs::read(&p).expect("a paste"))));
    }
    for entry in fs::read_dir(root.join("labelled")).expect("a folder") {
        let path = entry.expect("an entry").path();
        for line in fs::read_to_string(&path).expect("UTF-8").lines().filter(|l| !l.trim().is_empty()) {
            let case: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
            all.push((format!("{}: {}", path.display(), text("id")), text("input").into_bytes()));
        }
    }
    all
}

#[test]
fn a_first_screen_is_one_screen() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let mut heights = Vec::new();
    for (name, paste) in pastes() {
        let text = screen(&paste, "ticket.txt", 80, false, &pack);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() <= 40, "{} lines for {name}:\n{text}", lines.len());
        let is_fix = |line: &&str| line.trim_start().starts_with("Fix:") || line.starts_with("Find out:");
        if let Some(at) = lines.iter().position(is_fix) {
            assert!(at < 15, "the fix begins on line {} for {name}:\n{text}", at + 1);
        }
        for line in &lines {
            assert_eq!(*line, line.trim_end(), "{name}");
        }
        let conclusion = lines.last().copied().unwrap_or_default();
        assert!(conclusion.ends_with('.'), "{name} ends without a conclusion:\n{text}");
        heights.push(lines.len());
    }
    heights.sort_unstable();
    let median = heights[heights.len() / 2];
    assert!(median <= 24, "the median of {} screens is {median}", heights.len());
}

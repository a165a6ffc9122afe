//! Words of the field that are no credentials stay readable: names of profiles, operations, codes, hosts, scopes, media
//! types, fields, products, and ids that support needs.

use why401::{Masker, Pack, Redactor};

#[test]
fn innocent_words_are_not_masked() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let words: Vec<&str> = include_str!("redact/innocent.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .collect();
    assert!(words.len() >= 500, "{} words", words.len());
    let mut masker = Masker::new(&[], &[]);
    let mut found = Vec::new();
    for word in words {
        let in_json = format!("{}\n", serde_json::json!({ "note": word }));
        let frames = [
            format!("{word}\n"),
            format!("X-Note: {word}\n"),
            format!("We see {word} in the log, and nothing else.\n"),
            in_json,
        ];
        for text in frames {
            let masked = masker.mask(text.as_bytes(), &pack);
            let is_shown = Redactor::new(&text, &[]).clean(&text) == text;
            if masked.bytes != text.as_bytes() || !is_shown {
                found.push(format!("{text:?}: {}", String::from_utf8_lossy(&masked.bytes)));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn lines_about_credentials_are_not_masked() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let lines: Vec<&str> =
        include_str!("redact/readable.txt").lines().skip(1).filter(|line| !line.is_empty()).collect();
    assert!(lines.len() >= 60, "{} lines", lines.len());
    let mut masker = Masker::new(&[], &[]);
    let mut found = Vec::new();
    for line in lines {
        let text = format!("{line}\n");
        let masked = masker.mask(text.as_bytes(), &pack);
        let cleaned = Redactor::new(&text, &[]).clean(&text);
        if masked.bytes != text.as_bytes() || cleaned != text {
            found.push(format!("{text:?}: {} {cleaned}", String::from_utf8_lossy(&masked.bytes)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

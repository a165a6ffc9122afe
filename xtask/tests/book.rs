//! The documents as a book (`book.toml`): each of them is in it, and what they refer to is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of the Markdown files in `docs/`.
fn documents() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("docs")).expect("the documents");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".md") && name != "SUMMARY.md").collect()
}

/// The targets of the links of a text: `[words](target)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](").filter_map(|(at, _)| text[at + 2..].split_once(')').map(|(target, _)| target))
}

#[test]
fn every_document_is_in_the_book() {
    let summary = read(&root().join("docs/SUMMARY.md"));
    let listed: BTreeSet<String> = links(&summary).map(ToOwned::to_owned).collect();
    assert_eq!(listed, documents());
}

#[test]
fn what_a_document_refers_to_is_there() {
    let mut missing = Vec::new();
    let docs = documents().into_iter().map(|name| format!("docs/{name}"));
    let others = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md"].map(str::to_owned);
    for name in docs.chain(others) {
        let file = root().join(&name);
        let text = read(&file);
        // A generated table quotes the words of servers, which may look like a link.
        for target in links(&text).filter(|t| !t.contains("://") && !t.contains([' ', '`', '|', '"'])) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !file.parent().expect("a folder").join(path).exists() {
                missing.push(format!("{name}: {target}"));
            }
        }
        let mentioned = text.split('`').skip(1).step_by(2).filter(|word| word.starts_with("docs/"));
        for word in mentioned.filter(|word| word.ends_with(".md") && !root().join(word).exists()) {
            missing.push(format!("{name}: {word}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

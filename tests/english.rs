//! Phrases that make a sentence hard to read at first sight do not come back into rules and documents.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A phrase, and what to write instead.
const HABITS: [(&str, &str); 11] = [
    (r"(some|no|any|every)body|whoever", "the passive, or `someone`, `no one`, `everyone`"),
    (r"stands? (in|for|there|beside|behind|before|under|at|apart)", "`is in`, `means`, `comes before`, `follows`"),
    (r"(is|are|was|were) told of|(is|are) to be told", "`is reported`"),
    (r"speaks? of", "`mentions`"),
    (r"(small|large|capital) letters", "`lower case`, `upper case`"),
    (r"letter for letter", "`exactly`, `character for character`"),
    (r"a fault of its own|of one's own", "`an internal error`, `your own`"),
    (r"looked at", "`checked`, `read`"),
    (r"as it stands", "`as it is`"),
    (r"typed off", "`typed out`"),
    (r"(it|this|that|which|what) is none", "`is not one`, `there are no …`"),
];

/// The keys of rule files whose values people read. Everything else is matched or quoted.
const TEXTS: [&str; 10] = ["title", "about", "fix", "because", "says", "checks", "text", "name", "opening", "closing"];

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
}

/// The texts and comments of a rule file, captured messages left out.
fn texts(file: &str) -> Vec<String> {
    let captured = Regex::new(r"(?s)'''.*?'''").expect("a regex");
    let text = Regex::new(&format!(r#"(?m)^\s*(?:{})\s*=\s*("""(?s:.*?)"""|".*")"#, TEXTS.join("|"))).expect("a regex");
    let file = captured.replace_all(file, "");
    let mut found: Vec<String> = text.captures_iter(&file).map(|found| found[1].replace('\n', " ")).collect();
    found.extend(file.lines().filter(|line| line.starts_with("# ")).map(str::to_owned));
    found
}

#[test]
fn sentences_are_plain() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sentences: Vec<(PathBuf, String)> = Vec::new();
    let mut rules = Vec::new();
    files(&root.join("rules"), "toml", &mut rules);
    for path in rules {
        let file = fs::read_to_string(&path).expect("a rule file");
        sentences.extend(texts(&file).into_iter().map(|text| (path.clone(), text)));
    }
    let fence = Regex::new(r"(?ms)^```.*?^```").expect("a regex");
    let mut documents = Vec::new();
    files(&root.join("docs"), "md", &mut documents);
    documents.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root.join(name)));
    for path in documents {
        let file = fs::read_to_string(&path).expect("a document");
        // Outputs of the program are checked where they come from. Paragraphs, so that a line break hides nothing.
        let file = fence.replace_all(&file, "");
        sentences.extend(file.replace("\r\n", "\n").split("\n\n").map(|text| (path.clone(), text.replace('\n', " "))));
    }
    let mut mistakes = Vec::new();
    for (phrase, instead) in HABITS {
        let phrase = Regex::new(&format!(r"(?i)\b(?:{phrase})\b")).expect("a regex");
        for (path, text) in &sentences {
            for found in phrase.find_iter(text) {
                let name = path.strip_prefix(root).unwrap_or(path).display();
                mistakes.push(format!("{name}: {:?}: write {instead}", found.as_str()));
            }
        }
    }
    assert!(mistakes.is_empty(), "{} phrases to rewrite:\n{}", mistakes.len(), mistakes.join("\n"));
}

//! Lists the rule files into one table of embedded texts. The folder is the registry: nothing else names a rule.
//!
//! Beside each text stands the tree that the file parses to, in a form that is quickly read back: parsing them all took
//! most of a short run. A file that is no TOML gets none; the program then parses it and says what is wrong.
//!
//! The words of all packs become one table, which is searched as it is (`src/words/table.rs`).

#[path = "src/words/source.rs"]
mod source;
#[path = "src/words/table.rs"]
mod table;
#[path = "src/words/tokens.rs"]
mod tokens;
#[path = "src/pack/tree.rs"]
mod tree;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/pack/tree.rs");
    println!("cargo::rerun-if-changed=src/words");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let mut embedded = String::from("[\n");
    let mut words = table::WordSource::default();
    for pack in sorted(&root)?.into_iter().filter(|p| p.is_dir()) {
        println!("cargo::rerun-if-changed={}", pack.display());
        for file in sorted(&pack)?.into_iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
            let is_words = source::is_words(&name_of(&file));
            let tree = if is_words {
                "None".to_owned()
            } else {
                compact(&file, &out.join(format!("{}.{}", name_of(&pack), name_of(&file))))?
            };
            if is_words {
                words = source::merged(words, lower(&fs::read_to_string(&file)?));
            }
            let (pack, name, path) = (name_of(&pack), name_of(&file), file.display().to_string());
            let _ = writeln!(embedded, "    ({pack:?}, {name:?}, include_str!({path:?}), {tree}),");
        }
    }
    embedded.push_str("]\n");
    fs::write(out.join("rules.rs"), embedded)?;
    let words = table::write(&words).ok_or_else(|| io::Error::other("the packs have too many words"))?;
    fs::write(out.join("words.table"), words)
}

/// The words of a file. Its mistakes are found by a test, which reads it like any other rule file.
fn lower(text: &str) -> table::WordSource {
    let mut words = table::WordSource::default();
    let (tree, _) = tree::parse(text);
    for entry in entries(&tree) {
        for item in items(&entry.node) {
            let read = WordEntry(item);
            source::add(&mut words, &entry.key, &read);
        }
    }
    words
}

/// A table of a file of words.
struct WordEntry<'n>(&'n tree::Node<'n>);

impl source::Fields for WordEntry<'_> {
    fn texts(&self, key: &str) -> Vec<String> {
        let value = entries(self.0).iter().find(|e| e.key == key);
        value.map(|e| items(&e.node)).into_iter().flatten().filter_map(text).collect()
    }

    fn number(&self, key: &str) -> Option<f64> {
        match entries(self.0).iter().find(|e| e.key == key)?.node.value {
            tree::TomlValue::Decimal(number) => number,
            tree::TomlValue::Whole(number) => number.map(|n| n as f64),
            _ => None,
        }
    }

    fn flag(&self, key: &str) -> bool {
        entries(self.0).iter().any(|e| e.key == key && matches!(e.node.value, tree::TomlValue::Flag(true)))
    }
}

fn entries<'n, 's>(node: &'n tree::Node<'s>) -> &'n [tree::TomlEntry<'s>] {
    match &node.value {
        tree::TomlValue::Table(entries) => entries,
        _ => &[],
    }
}

/// The members of a list; anything else is a list of one.
fn items<'n, 's>(node: &'n tree::Node<'s>) -> &'n [tree::Node<'s>] {
    match &node.value {
        tree::TomlValue::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn text(node: &tree::Node<'_>) -> Option<String> {
    match &node.value {
        tree::TomlValue::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Writes the tree of a rule file and gives the code that embeds it.
fn compact(file: &Path, to: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    let (node, errors) = tree::parse(&text[..tree::examples_at(&text)]);
    if !errors.is_empty() {
        return Ok("None".to_owned());
    }
    let (mut shape, mut words) = (Vec::new(), String::new());
    tree::write(&node, &mut shape, &mut words);
    let (shape_path, words_path) = (to.with_extension("shape"), to.with_extension("words"));
    fs::write(&shape_path, shape)?;
    fs::write(&words_path, words)?;
    let (shape, words) = (shape_path.display().to_string(), words_path.display().to_string());
    Ok(format!("Some((include_bytes!({shape:?}), include_str!({words:?})))"))
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

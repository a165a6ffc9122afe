//! Lists the rule files into one table of embedded texts. The folder is the registry: nothing else names a rule.
//!
//! Beside each text stands the tree that the file parses to, in a form that is quickly read back: parsing them all took
//! most of a short run. A file that is no TOML gets none; the program then parses it and says what is wrong.

#[path = "src/pack/tree.rs"]
mod tree;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/pack/tree.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let mut table = String::from("[\n");
    for pack in sorted(&root)?.into_iter().filter(|p| p.is_dir()) {
        println!("cargo::rerun-if-changed={}", pack.display());
        for file in sorted(&pack)?.into_iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
            let tree = compact(&file, &out.join(format!("{}.{}", name_of(&pack), name_of(&file))))?;
            let (pack, name, path) = (name_of(&pack), name_of(&file), file.display().to_string());
            let _ = writeln!(table, "    ({pack:?}, {name:?}, include_str!({path:?}), {tree}),");
        }
    }
    table.push_str("]\n");
    fs::write(out.join("rules.rs"), table)
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

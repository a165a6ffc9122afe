//! Makes the built-in rules part of the program. The folder is the registry: nothing else names a rule.
//!
//! The files are read, checked and merged here, by the code that reads a user's files, and written as one pack in a form
//! that costs little to read at start. Their texts are embedded, too: `rules test` and `explain` read them. If a file has a
//! mistake, an empty pack is written; the program then reads the texts and says what is wrong.
//!
//! The words of all packs become one table, which is searched as it is (`src/words/table.rs`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use pack::loaded::{Loaded, Unread};

/// The part of the program that reads rule files. The names of the modules are those of the program, so that what
/// they import is found.
#[allow(dead_code, unused_imports, unused_macros, unreachable_pub, reason = "the build uses a part of each")]
#[path = "src/facts/mod.rs"]
mod facts;
#[allow(dead_code, reason = "the build uses a part of it")]
#[path = "src/nearest.rs"]
mod nearest;
#[allow(dead_code, unreachable_pub, reason = "the build uses a part of it")]
#[path = "src/shape.rs"]
mod shape;
#[allow(dead_code, unreachable_pub, reason = "the build uses a part of it")]
#[path = "src/text.rs"]
mod text;

#[allow(dead_code, unreachable_pub, reason = "the build uses a part of it")]
#[path = "src/visible.rs"]
mod visible;

#[allow(dead_code, unreachable_pub, reason = "the build uses a part of it")]
#[path = "src/pack"]
mod pack {
    mod automaton;
    mod condition;
    mod expression;
    mod files;
    mod late;
    pub(crate) mod loaded;
    mod lower;
    pub(crate) mod merge;
    pub(crate) mod model;
    mod needed;
    mod pattern;
    pub(crate) mod rule_text;
    pub(crate) mod system;
    mod system_model;
    mod tree;
    mod words;

    #[path = "../../build/automata.rs"]
    mod automata;

    /// The texts that this build is about to write.
    mod texts {
        pub(super) static TEXTS: &str = "";
        pub(super) static ENDS: &[u8] = &[];
    }
}

#[allow(dead_code, unreachable_pub, reason = "the build uses a part of it")]
#[path = "src/systems"]
mod systems {
    pub(crate) mod table;

    /// The table that this build is about to make.
    pub(crate) static BUILT_IN: &[u8] = &[];
}

#[allow(dead_code, unreachable_pub, reason = "the build uses a part of it")]
#[path = "src/words"]
mod words {
    pub(crate) mod source;
    pub(crate) mod table;
    pub(crate) mod tokens;

    /// The table that this build is about to make.
    pub(crate) static BUILT_IN: &[u8] = &[];
}

/// What `--version` prints besides the version: the commit, the date of the rules, and the target. A build for development does
/// not ask git: it would compile the program anew after each commit. In an archive of the crate there is no git.
fn version() {
    println!("cargo::rerun-if-env-changed=WHY401_COMMIT");
    println!("cargo::rerun-if-env-changed=WHY401_RULES_DATE");
    let given = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let is_release = given("PROFILE").is_some_and(|profile| profile == "release");
    let git = |arguments: &[&str]| {
        let root = given("CARGO_MANIFEST_DIR").filter(|root| is_release && Path::new(root).join(".git").exists())?;
        let output = Command::new("git").args(arguments).current_dir(root).output().ok()?;
        let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !said.is_empty()).then_some(said)
    };
    // It changes with each commit.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo::rerun-if-changed={log}");
    }
    let mut lines = vec![given("CARGO_PKG_VERSION").unwrap_or_default()];
    match given("WHY401_COMMIT").or_else(|| git(&["rev-parse", "--short=12", "HEAD"])).or_else(archived) {
        Some(commit) => lines.push(format!("commit: {commit}")),
        None => lines.push("commit: not known, a build for development".to_owned()),
    }
    let date = given("WHY401_RULES_DATE").or_else(|| git(&["log", "-1", "--format=%cs", "--", "rules"]));
    if let Some(date) = &date {
        lines.push(format!("rules of: {date}"));
    }
    println!("cargo::rustc-env=WHY401_RULES_DATE={}", date.unwrap_or_default());
    lines.push(format!("target: {}", given("TARGET").unwrap_or_default()));
    println!("cargo::rustc-env=WHY401_VERSION={}", lines.join("; "));
}

/// The commit that cargo writes into an archive of the crate.
fn archived() -> Option<String> {
    let path = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?).join(".cargo_vcs_info.json");
    let text = fs::read_to_string(path).ok()?;
    let (_, rest) = text.split_once("\"sha1\": \"")?;
    let commit = rest.get(..12).filter(|commit| commit.bytes().all(|b| b.is_ascii_hexdigit()))?;
    Some(commit.to_owned())
}

fn main() -> io::Result<()> {
    version();
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build");
    for source in ["facts", "nearest.rs", "pack", "shape.rs", "systems", "text.rs", "visible.rs", "words"] {
        println!("cargo::rerun-if-changed=src/{source}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let with_examples = env::var_os("CARGO_FEATURE_EXAMPLES").is_some();
    let mut embedded = String::from("[\n");
    let mut files: Vec<Unread<'_>> = Vec::new();
    for pack in sorted(&root)?.into_iter().filter(|p| p.is_dir()) {
        println!("cargo::rerun-if-changed={}", pack.display());
        for file in sorted(&pack)?.into_iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
            let (pack, name) = (name_of(&pack), name_of(&file));
            let shown = format!("rules/{pack}/{name}");
            // A browser downloads the program: there, only the files of the systems are read, and not their examples.
            if with_examples {
                let text = file.display().to_string();
                let _ = writeln!(embedded, "    ({pack:?}, {name:?}, {shown:?}, include_str!({text:?})),");
            } else if systems::table::is_system(&name) {
                let text = fs::read_to_string(&file)?;
                let text = text.find("\n[[example]]").map_or(text.as_str(), |at| &text[..=at]);
                let _ = writeln!(embedded, "    ({pack:?}, {name:?}, {shown:?}, {text:?}),");
            }
            files.push(Unread {
                shown: shown.into(),
                pack: pack.into(),
                name: name.into(),
                text: fs::read_to_string(&file)?.into(),
                is_own: false,
            });
        }
    }
    embedded.push_str("]\n");
    fs::write(out.join("rules.rs"), embedded)?;
    let (systems, files): (Vec<Unread<'_>>, Vec<Unread<'_>>) =
        files.into_iter().partition(|f| systems::table::is_system(&f.name));
    let patterns = pack::system::patterns(&systems);
    let table = systems::table::write(&patterns);
    fs::write(out.join("systems.table"), table.ok_or_else(|| io::Error::other("a pattern of a system has no words"))?)?;
    let mut loaded = Loaded::default();
    pack::merge::add(&mut loaded, &files, false, false);
    let words = words::table::write(&loaded.words);
    fs::write(out.join("words.table"), words.ok_or_else(|| io::Error::other("the packs have too many words"))?)?;
    let written = match pack::merge::join(&mut loaded, &files) {
        Ok(pack) => postcard::to_allocvec(&pack).map_err(io::Error::other)?,
        Err(_) if with_examples => Vec::new(),
        Err(_) => return Err(io::Error::other("a rule file has a mistake: `cargo run -- rules test` shows it")),
    };
    if env::var_os("CARGO_FEATURE_PAGE").is_some() {
        page(&out)?;
    }
    let (texts, ends) = pack::rule_text::written();
    fs::write(out.join("rules.texts"), texts)?;
    fs::write(out.join("rules.ends"), ends)?;
    fs::write(out.join("rules.pack"), written)
}

/// Makes the page for browsers, which `cargo xtask page` has built, a part of the program.
fn page(out: &Path) -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let page = env::var_os("WHY401_PAGE").map_or_else(|| root.join("target/page/why401.html.gz"), PathBuf::from);
    println!("cargo::rerun-if-env-changed=WHY401_PAGE");
    println!("cargo::rerun-if-changed={}", page.display());
    fs::copy(&page, out.join("page.gz")).map(drop).map_err(|error| {
        io::Error::other(format!("{}: {error}. The feature `page` needs `cargo xtask page` first", page.display()))
    })
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

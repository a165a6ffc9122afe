//! Work on why401 that is not part of it. `cargo xtask` lists what it does; the tests of this package check that the
//! generated documents are current, that reports and rule files fit their schemas, and that the source keeps its plan.

pub mod docs;
pub mod doubling;
pub mod fuzz;
pub mod house;
pub mod inputs;
pub mod leaks;
pub mod measure;
pub mod page;
pub mod readme;
pub mod schema;

use std::fs;
use std::path::Path;

/// The root of the repository.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A generated file: its path below the root, what is in it, and what should be.
#[derive(Debug)]
pub struct Document {
    /// Its path below the root of the repository.
    pub path: &'static str,
    found: String,
    wanted: String,
}

impl Document {
    fn new(path: &'static str, wanted: impl FnOnce(&str) -> Result<String, String>) -> Result<Self, String> {
        let found = fs::read_to_string(root().join(path)).unwrap_or_default().replace("\r\n", "\n");
        let wanted = wanted(&found).map_err(|e| format!("{path}: {e}"))?;
        Ok(Self { path, found, wanted })
    }

    /// The first line that differs from what it should be, if any does.
    #[must_use]
    pub fn difference(&self) -> Option<String> {
        if self.found == self.wanted {
            return None;
        }
        let line = self.found.lines().zip(self.wanted.lines()).take_while(|(a, b)| a == b).count();
        let (is, should_be) = (self.found.lines().nth(line), self.wanted.lines().nth(line));
        Some(format!(
            "{} is out of date from line {} on:\n  is        {:?}\n  should be {:?}\nRun: cargo xtask docs",
            self.path,
            line + 1,
            is.unwrap_or_default(),
            should_be.unwrap_or_default()
        ))
    }

    /// Writes the file as it should be.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self) -> std::io::Result<()> {
        fs::write(root().join(self.path), &self.wanted)
    }
}

/// All generated documents.
///
/// # Errors
/// The rules do not load, or a command of the README fails.
pub fn documents() -> Result<Vec<Document>, String> {
    let pack = why401::Pack::with_examples(&[]).map_err(|e| e.to_string())?;
    let ids = fs::read_to_string(root().join("tests/cause-ids.txt")).map_err(|e| e.to_string())?;
    Ok(vec![
        Document::new("docs/facts.md", |_| Ok(docs::facts()))?,
        Document::new("docs/causes.md", |_| Ok(docs::causes(&pack)))?,
        Document::new("docs/coverage.md", |_| Ok(docs::coverage(&pack, &ids)))?,
        Document::new("docs/formats.md", |_| Ok(why401::internals::formats_document()))?,
        Document::new("docs/packs.md", |_| Ok(pack.packs_document()))?,
        Document::new("docs/words.md", |found| Ok(docs::words(&pack, found)))?,
        Document::new("rules/schema.json", |_| Ok(schema::of_rule_files()))?,
        Document::new("README.md", |found| Ok(readme::rendered(found)?.0))?,
        Document::new("docs/using.md", |found| Ok(readme::rendered(found)?.0))?,
    ])
}

//! Loads the rule files, once, into typed, read-only packs.
//!
//! The built-in rule files are embedded as text and read by the same code as those of `--rules DIR`, which add to
//! them or replace them. All mistakes of all files are shown at once, each with file, line, column and what was
//! expected. Evaluation is left to the engine.

mod automata;
mod automaton;
mod condition;
mod expression;
mod files;
pub(crate) mod late;
mod loaded;
pub(crate) mod lower;
mod merge;
pub(crate) mod model;
mod needed;
pub(crate) mod pattern;
pub(crate) mod rule_text;
mod system;
pub(crate) mod system_model;
mod texts;
pub(crate) mod tree;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use loaded::{Loaded, Unread};
use model::{Condition, Matcher, Mistake, Pack, WordData};

use crate::redact::Redactor;
use crate::systems::table::is_system;
use crate::text::Span;
use crate::words::source::is_words;
use crate::words::table;

/// The built-in rule files: pack, file name, the path that is shown, and text.
static EMBEDDED: &[(&str, &str, &str, &str)] = &include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The pack that the build made of them, without examples and words. Empty if they have a mistake.
static WRITTEN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.pack"));

/// The most rule files that are read of a folder, and their bytes. The built-in packs have a tenth of it.
const MOST_FILES: usize = 10_000;
const MOST_BYTES: u64 = 64 << 20;

/// Why packs could not be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// A folder or file could not be read.
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// The error of the operating system.
        error: std::io::Error,
    },
    /// A folder has no rule files.
    NoRules {
        /// Its path.
        path: PathBuf,
    },
    /// A folder has more than is read.
    TooMuch {
        /// Its path.
        path: PathBuf,
    },
    /// Rule files have mistakes; the first hundred are listed.
    Mistakes(Vec<Mistake>),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => {
                write!(f, "{}: the rules cannot be read: {error}. Give a folder of rule files.", path.display())
            }
            Self::NoRules { path } => write!(
                f,
                "{}: no rule file here. Expected a folder of packs (DIR/<pack>/<cause>.toml), or one pack.",
                path.display()
            ),
            Self::TooMuch { path } => write!(
                f,
                "{}: more than is read: at most {MOST_FILES} rule files with {} MB. Give the folder of your packs only.",
                path.display(),
                MOST_BYTES >> 20
            ),
            Self::Mistakes(mistakes) => {
                for (i, mistake) in mistakes.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{mistake}")?;
                }
                if mistakes.len() >= lower::MOST_MISTAKES {
                    write!(f, "\nOnly the first {} mistakes are listed.\n", lower::MOST_MISTAKES)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl Pack {
    /// The built-in packs, without the examples of their rules.
    ///
    /// # Errors
    /// Never in a released version: tests load them.
    pub fn builtin() -> Result<Self, LoadError> {
        load(&[], false)
    }

    /// The built-in packs and those of the given folders on top of them, without the examples of their rules. An entry
    /// replaces a built-in one with the same name.
    ///
    /// # Errors
    /// [`LoadError`], with every mistake of every file.
    pub fn builtin_and(folders: &[PathBuf]) -> Result<Self, LoadError> {
        load(folders, false)
    }

    /// The same with the examples of the rules, which are their tests and take longest to read.
    ///
    /// # Errors
    /// [`LoadError`], with every mistake of every file.
    pub fn with_examples(folders: &[PathBuf]) -> Result<Self, LoadError> {
        load(folders, true)
    }
}

/// Loads the built-in packs and those of the given folders on top of them. Examples are read only when asked for.
///
/// # Errors
/// [`LoadError`], with every mistake of every file.
pub(crate) fn load(dirs: &[PathBuf], with_examples: bool) -> Result<Pack, LoadError> {
    let mut own: Vec<Unread<'static>> = Vec::new();
    for dir in dirs {
        read_folder(&mut own, dir)?;
    }
    let (own_systems, own): (Vec<Unread<'static>>, Vec<Unread<'static>>) =
        own.into_iter().partition(|u| is_system(&u.name));
    let mut pack = load_others(own, with_examples)?;
    let built_in = EMBEDDED.iter().filter(|(_, name, ..)| is_system(name)).map(embedded);
    let systems = system::systems(built_in.chain(own_systems).collect(), with_examples, &pack.causes);
    pack.systems = systems.map_err(LoadError::Mistakes)?;
    pack.has_own_rules = !dirs.is_empty();
    Ok(pack)
}

/// Loads everything but the systems.
fn load_others(mut own: Vec<Unread<'static>>, with_examples: bool) -> Result<Pack, LoadError> {
    // A user's pathway may lack a checkpoint that a built-in rule names, and words are merged from their files.
    let needs_texts = with_examples || own.iter().any(|u| u.name == "_pathway.toml" || is_words(&u.name));
    let built_in = if needs_texts { None } else { built_in() };
    if let Some(pack) = built_in {
        return if own.is_empty() { Ok(pack) } else { joined(merge::part(pack), &own, false) };
    }
    let mut unread: Vec<Unread<'_>> = EMBEDDED.iter().filter(|(_, name, ..)| !is_system(name)).map(embedded).collect();
    unread.append(&mut own);
    // The words of the built-in packs are a table that the build made. They are read only to check them, or to add to.
    let adds_words = unread.iter().any(|u| u.is_own && is_words(&u.name));
    unread.retain(|u| with_examples || adds_words || !is_words(&u.name));
    joined(Loaded::default(), &unread, with_examples)
}

/// The built-in packs as the build made them. `None` if the build found a mistake, which reading the files shows.
fn built_in() -> Option<Pack> {
    postcard::from_bytes(WRITTEN).ok()
}

fn embedded(file: &'static (&str, &str, &str, &str)) -> Unread<'static> {
    let (pack, name, shown, text) = file;
    Unread {
        pack: Cow::Borrowed(pack),
        name: Cow::Borrowed(name),
        shown: Cow::Borrowed(shown),
        text: Cow::Borrowed(text),
        is_own: false,
    }
}

/// Adds files to what is loaded and joins it.
fn joined(mut loaded: Loaded, unread: &[Unread<'_>], with_examples: bool) -> Result<Pack, LoadError> {
    let adds_words = unread.iter().any(|u| u.is_own && is_words(&u.name));
    merge::add(&mut loaded, unread, with_examples, with_examples || unread.iter().any(|u| u.is_own));
    let mut pack = merge::join(&mut loaded, unread).map_err(LoadError::Mistakes)?;
    if adds_words {
        // More words than a table can number are as good as none of the user's.
        if let Some(table) = table::write(&loaded.words) {
            pack.words = WordData(Cow::Owned(table));
        }
    }
    pack.broken_words = words::doubled(&loaded.words);
    Ok(pack)
}

/// Finds the rule files of a folder: of one pack, or of a folder of packs.
fn read_folder(unread: &mut Vec<Unread<'static>>, dir: &Path) -> Result<(), LoadError> {
    let unreadable = |path: &Path, error| LoadError::Unreadable { path: path.to_owned(), error };
    let list = |dir: &Path| -> Result<Vec<PathBuf>, LoadError> {
        let entries = fs::read_dir(dir).map_err(|e| unreadable(dir, e))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.sort();
        Ok(paths)
    };
    let is_rule = |path: &PathBuf| path.extension().is_some_and(|e| e == "toml") && path.is_file();
    let name_of = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let top = list(dir)?;
    let mut packs: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
    packs.push((dir.to_owned(), top.iter().filter(|p| is_rule(p)).cloned().collect()));
    for folder in top.iter().filter(|p| p.is_dir()) {
        packs.push((folder.clone(), list(folder)?.into_iter().filter(is_rule).collect()));
    }
    if packs.iter().all(|(_, files)| files.is_empty()) {
        return Err(LoadError::NoRules { path: dir.to_owned() });
    }
    let too_much = || LoadError::TooMuch { path: dir.to_owned() };
    if packs.iter().map(|(_, files)| files.len()).sum::<usize>() > MOST_FILES {
        return Err(too_much());
    }
    let mut left = MOST_BYTES;
    for (folder, files) in packs {
        for path in files {
            let mut bytes = Vec::new();
            let file = fs::File::open(&path).map_err(|e| unreadable(&path, e))?;
            file.take(left + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&path, e))?;
            left = left.checked_sub(bytes.len() as u64).ok_or_else(too_much)?;
            unread.push(Unread {
                pack: Cow::Owned(name_of(&folder)),
                name: Cow::Owned(name_of(&path)),
                shown: Cow::Owned(path.display().to_string()),
                text: Cow::Owned(crate::text::decode(&bytes).text),
                is_own: true,
            });
        }
    }
    Ok(())
}

/// The text of a rule file by the path that is shown to the user.
fn text_of(shown: &str) -> Cow<'static, str> {
    match EMBEDDED.iter().find(|(_, _, path, _)| *path == shown) {
        Some((.., text)) => Cow::Borrowed(text),
        None => Cow::Owned(fs::read_to_string(shown).unwrap_or_default()),
    }
}

/// The line of a key at the beginning of a rule file, counted from 1; the first line where the file has no such key.
pub(crate) fn line_of_key(file: &str, key: &str) -> usize {
    let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text_of(file).lines().position(is_key).map_or(1, |at| at + 1)
}

/// The built-in file that defines a pathway, or the scope of a pack, and the line.
pub(crate) fn place_of(id: &str) -> (String, usize) {
    let is_id = |line: &str| line.starts_with("id ") && line.contains(&format!("\"{id}\""));
    let scope = (format!("rules/{id}/_pack.toml"), 1);
    EMBEDDED
        .iter()
        .filter(|(_, name, ..)| *name == "_pathway.toml")
        .find_map(|(.., shown, text)| Some(((*shown).to_owned(), text.lines().position(is_id)? + 1)))
        .unwrap_or(scope)
}

impl Pack {
    /// The table of `docs/words.md`.
    #[must_use]
    pub fn words_document(&self) -> String {
        crate::words::index::document(self.words.table())
    }

    /// Compiles every regular expression of every rule and returns those that do not compile. A diagnosis compiles only
    /// those that it needs; checking a rule set needs all.
    #[must_use]
    pub fn broken_patterns(&self) -> Vec<String> {
        let signs =
            self.causes.iter().flat_map(|c| c.all_signs().map(|(file, s)| (format!("{file}:{}", s.line), &s.when)));
        let answers = self.answers.iter().map(|a| (format!("{}:{}", a.place.0, a.place.1), &*a.when));
        let pathways = self.pathways.iter().filter_map(|p| p.when.as_ref().map(|w| (format!("pathway {}", p.id), w)));
        let scopes = self.scopes.iter().filter_map(|s| s.when.as_ref().map(|w| (format!("pack {}", s.pack), w)));
        let mut found: Vec<String> =
            signs.chain(answers).chain(pathways).chain(scopes).flat_map(|(place, when)| broken(&place, when)).collect();
        for kind in &self.vocabulary.mentions {
            found.extend(kind.value.check().err().map(|e| format!("mention {}: {e}", kind.kind)));
        }
        found
    }
}

fn broken(place: &str, condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(|p| broken(place, p)).collect(),
        Condition::Not(part) => broken(place, part),
        Condition::Test(fact, Matcher::Matches(pattern)) => {
            pattern.check().err().map(|e| format!("{place}: {}: {e}", fact.name)).into_iter().collect()
        }
        Condition::Test(..) => Vec::new(),
    }
}

impl fmt::Display for Mistake {
    /// A folder that is given as rules may hold anything: the line is shown as a paste is, with masks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = crate::text::Lines::of(&self.source);
        let (line, column) = lines.position(&self.source, self.span.start);
        let near = Near::of(&self.source, lines.range(line));
        let file = near.redactor.clean(&self.file);
        writeln!(f, "{file}:{line}:{column}: {}", near.redactor.clean(&self.found))?;
        if !self.source.is_empty() {
            let (text, mark) = near.marked(self.span);
            let number = line.to_string();
            let margin = " ".repeat(number.len());
            writeln!(f, "{margin} |")?;
            writeln!(f, "{number} | {text}")?;
            writeln!(f, "{margin} | {}{}", " ".repeat(mark.start), "^".repeat(mark.len().max(1)))?;
            return writeln!(f, "{margin} = {}", near.redactor.clean(&self.expected));
        }
        writeln!(f, "  = {}", near.redactor.clean(&self.expected))
    }
}

/// A line of a rule file with what is around it, as it may be shown.
struct Near {
    redactor: Redactor,
    /// Where the piece begins in the file.
    start: usize,
    line: Range<usize>,
}

impl Near {
    /// So much before the line and after it can say what a value of it is.
    const AROUND: usize = 2_000;
    /// A longer line is cut.
    const LONGEST: usize = 400;

    fn of(source: &str, line: Range<usize>) -> Self {
        let start = source.ceil_char_boundary(line.start.saturating_sub(Self::AROUND));
        let till = source.floor_char_boundary(line.end.min(line.start + Self::LONGEST));
        let end = source.floor_char_boundary(till + Self::AROUND);
        Self { redactor: Redactor::new(&source[start..end], &[]), start, line: line.start..till }
    }

    /// The line, and the columns of a span of the file in it.
    fn marked(&self, span: Span) -> (String, Range<usize>) {
        let own = |at: usize| at.clamp(self.line.start, self.line.end) - self.start;
        let shown = self.redactor.show(Span::new(own(self.line.start), own(self.line.end)));
        let range = shown.range(Span::new(own(span.start), own(span.end)));
        let columns = |to: usize| shown.text.get(..to).map_or(0, |t| t.chars().count());
        (shown.text.clone(), columns(range.start)..columns(range.end))
    }
}

#[cfg(test)]
mod tests;

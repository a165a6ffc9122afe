//! Loads the rule files, once, into typed, read-only packs.
//!
//! The built-in rule files are embedded as text and read by the same code as those of `--rules DIR`, which add to
//! them or replace them. All mistakes of all files are shown at once, each with file, line, column and what was
//! expected. Evaluation is left to the engine.

mod condition;
mod files;
mod loaded;
mod lower;
pub mod model;
mod tree;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::nearest::nearest;
use loaded::{Compact, Link, Loaded, Unread};
use lower::File;
use model::{Answer, Condition, Matcher, Mistake, Pack, ProductSetRules, Refinement, WordData};

use crate::words::source::is_words;
use crate::words::table::{self, Class};

/// The built-in rule files: pack, file name, text, and the tree that the build parsed from it.
static EMBEDDED: &[(&str, &str, &str, Option<Compact>)] = &include!(concat!(env!("OUT_DIR"), "/rules.rs"));

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
    /// Rule files have mistakes; all of them are listed.
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
            Self::Mistakes(mistakes) => {
                for (i, mistake) in mistakes.iter().enumerate() {
                    if i > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{mistake}")?;
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
pub fn load(dirs: &[PathBuf], with_examples: bool) -> Result<Pack, LoadError> {
    let mut unread: Vec<Unread<'_>> = EMBEDDED
        .iter()
        .map(|(pack, name, text, tree)| Unread {
            pack: Cow::Borrowed(pack),
            name: Cow::Borrowed(name),
            shown: format!("rules/{pack}/{name}"),
            text: Cow::Borrowed(text),
            tree: *tree,
            is_own: false,
        })
        .collect();
    for dir in dirs {
        read_folder(&mut unread, dir)?;
    }
    let mut loaded = Loaded::default();
    let checks_links = with_examples || !dirs.is_empty();
    // The words of the built-in packs are a table that the build made. They are read only to check them, or to add to.
    let adds_words = unread.iter().any(|u| u.is_own && is_words(&u.name));
    unread.retain(|u| with_examples || adds_words || !is_words(&u.name));
    for (file, part) in unread.iter().zip(unread.iter().map(|f| read(f, with_examples, checks_links))) {
        merge(&mut loaded, part, file.is_own, &unread);
    }
    // Names that a broken file would have defined are not missing: its own mistakes come first.
    if !loaded.mistakes.iter().any(|m| m.found.starts_with(lower::NOT_TOML)) {
        check_links(&mut loaded, &unread);
    }
    if !loaded.mistakes.is_empty() {
        return Err(LoadError::Mistakes(loaded.mistakes));
    }
    let mut pack = loaded.pack;
    pack.causes.sort_by(|a, b| a.id.cmp(&b.id));
    refine(&mut pack, loaded.refinements);
    spread(&mut pack);
    // A pathway without a condition is the last resort, so it comes last.
    pack.pathways.sort_by_key(|p| p.when.is_none());
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
fn read_folder(unread: &mut Vec<Unread<'_>>, dir: &Path) -> Result<(), LoadError> {
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
    for (folder, files) in packs {
        for path in files {
            let bytes = fs::read(&path).map_err(|e| unreadable(&path, e))?;
            unread.push(Unread {
                pack: Cow::Owned(name_of(&folder)),
                name: Cow::Owned(name_of(&path)),
                shown: path.display().to_string(),
                text: Cow::Owned(crate::text::decode(&bytes).text),
                tree: None,
                is_own: true,
            });
        }
    }
    Ok(())
}

fn read(unread: &Unread<'_>, with_examples: bool, checks_links: bool) -> Loaded {
    let mut loaded = Loaded { checks_links, ..Loaded::default() };
    // A diagnosis does not parse the examples; the tree embedded by the build does not contain them.
    let (text, tree) = match unread.tree {
        _ if with_examples => (&*unread.text, None),
        Some((shape, words)) => (&*unread.text, tree::read(shape, words)),
        None => (&unread.text[..tree::examples_at(&unread.text)], None),
    };
    let mut file = File::new(&unread.shown, text, tree, unread.is_own);
    let name = &*unread.name;
    match name {
        name if is_words(name) => words::words(&mut file, &mut loaded),
        "_answers.toml" => files::answers(&mut file, with_examples, &mut loaded),
        "_catalogue.toml" => files::catalogue(&mut file, &mut loaded),
        "_environments.toml" => files::environments(&mut file, &mut loaded),
        "_pack.toml" => files::scope(&mut file, &unread.pack, &mut loaded),
        "_pathway.toml" => files::pathways(&mut file, &unread.pack, &mut loaded),
        "_product_set.toml" => files::product_set(&mut file, &mut loaded),
        "_vocabulary.toml" => files::vocabulary(&mut file, &unread.pack, &mut loaded),
        _ if name.starts_with('_') => {
            let known = "_answers.toml, _catalogue.toml, _environments.toml, _pack.toml, _pathway.toml, \
                         _product_set.toml, _vocabulary.toml, _words.toml";
            file.mistake(0..0, format!("there is no kind of file `{name}`"), format!("Known: {known}."));
        }
        _ => files::cause(&mut file, &unread.pack, name.trim_end_matches(".toml"), with_examples, &mut loaded),
    }
    file.mistakes.sort_by_key(|m| m.span);
    loaded.mistakes.append(&mut file.mistakes);
    loaded
}

/// Merges a file into the packs. An entry replaces an earlier one with the same id.
fn merge(whole: &mut Loaded, mut part: Loaded, is_own: bool, unread: &[Unread<'_>]) {
    for link in part.links.extract_if(.., |l| l.what == Link::NEW_ANSWER) {
        let twin = whole.pack.answers.iter().find(|a| a.id == link.name);
        if let Some(twin) = twin.filter(|_| !is_own) {
            let found = format!("there is an answer `{}` already, in {}:{}", link.name, twin.place.0, twin.place.1);
            whole.mistakes.push(link.mistake(unread, found, "Give it another id.".to_owned()));
        }
    }
    whole.links.append(&mut part.links);
    replace(&mut whole.refinements, part.refinements, |a, b| {
        a.pack == b.pack && Path::new(&a.file).file_name() == Path::new(&b.file).file_name()
    });
    whole.mistakes.append(&mut part.mistakes);
    whole.words = crate::words::source::merged(std::mem::take(&mut whole.words), part.words);
    let (pack, new) = (&mut whole.pack, part.pack);
    replace(&mut pack.causes, new.causes, |a, b| a.id == b.id);
    replace(&mut pack.answers, new.answers, |a, b| a.id == b.id);
    replace(&mut pack.apis, new.apis, |a, b| a.id == b.id);
    replace(&mut pack.operations, new.operations, |a, b| (&a.api, &a.method, &a.path) == (&b.api, &b.method, &b.path));
    replace(&mut pack.scopes, new.scopes, |a, b| a.pack == b.pack);
    replace(&mut pack.environments, new.environments, |a, b| a.name == b.name);
    replace(&mut pack.vocabulary.mentions, new.vocabulary.mentions, |a, b| a.kind == b.kind);
    replace(&mut pack.vocabulary.topics, new.vocabulary.topics, |a, b| a.id == b.id);
    product_sets(&mut pack.product_set, new.product_set);
    pack.vocabulary.fields.extend(new.vocabulary.fields);
    pack.vocabulary.token_fields.extend(new.vocabulary.token_fields);
    pack.vocabulary.secret_fields.extend(new.vocabulary.secret_fields);
    pack.vocabulary.pages.extend(new.vocabulary.pages);
    pack.vocabulary.staff.extend(new.vocabulary.staff);
    // The first matching pathway is used: file order within a pack, and later packs first, since they are more specific.
    let mut pathways = new.pathways;
    pack.pathways.retain(|p| !pathways.iter().any(|q| q.id == p.id));
    pathways.append(&mut pack.pathways);
    pack.pathways = pathways;
}

/// Merges what a file says about product sets. Its head and its email replace earlier ones; sentences have no ids, so
/// those of a file replace all earlier ones.
fn product_sets(whole: &mut ProductSetRules, new: ProductSetRules) {
    if !new.api.is_empty() {
        (whole.api, whole.cause, whole.topic) = (new.api, new.cause, new.topic);
        (whole.namespace, whole.title) = (new.namespace, new.title);
    }
    replace(&mut whole.interactions, new.interactions, |a, b| a.id == b.id);
    replace(&mut whole.verbs, new.verbs, |a, b| (&a.method, a.instance) == (&b.method, b.instance));
    replace(&mut whole.since, new.since, |a, b| a.0 == b.0);
    if !new.says.is_empty() {
        whole.says = new.says;
    }
    if new.draft.is_some() {
        whole.draft = new.draft;
    }
}

/// The text of a rule file by the path that is shown to the user.
fn text_of(shown: &str) -> Cow<'static, str> {
    let built_in =
        EMBEDDED.iter().find(|(pack, name, ..)| shown.strip_prefix("rules/") == Some(&format!("{pack}/{name}")));
    match built_in {
        Some((_, _, text, _)) => Cow::Borrowed(text),
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
        .find_map(|(pack, name, text, _)| Some((format!("rules/{pack}/{name}"), text.lines().position(is_id)? + 1)))
        .unwrap_or(scope)
}

fn replace<T>(whole: &mut Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    if !new.is_empty() {
        whole.retain(|old| !new.iter().any(|n| same(old, n)));
        whole.extend(new);
    }
}

/// Attaches each pack's refinements to the causes that they refine.
fn refine(pack: &mut Pack, refinements: Vec<Refinement>) {
    for refinement in refinements {
        let Ok(at) = pack.causes.binary_search_by(|c| c.id.cmp(&refinement.cause)) else { continue };
        let cause = &mut pack.causes[at];
        cause.checkpoints.extend(refinement.checkpoints.iter().cloned());
        cause.named_by.extend(refinement.named_by.iter().cloned());
        cause.answered_by.extend(refinement.answered_by.iter().cloned());
        cause.refinements.push(refinement);
    }
}

/// Adds to the answers of each cause those that are like one of them, so that nothing later has to know of `like`.
fn spread(pack: &mut Pack) {
    let (answers, causes) = (&pack.answers, &mut pack.causes);
    for answer in answers.iter().filter(|a| !a.like.is_empty()) {
        let general = general(answers, &answer.id);
        for cause in &mut *causes {
            for ids in [&mut cause.named_by, &mut cause.answered_by] {
                if ids.iter().any(|id| general.contains(&id.as_str())) && !ids.contains(&answer.id) {
                    ids.push(answer.id.clone());
                }
            }
        }
    }
}

/// The answers that an answer is like, directly or through others.
fn general<'p>(answers: &'p [Answer], id: &str) -> Vec<&'p str> {
    let mut found: Vec<&str> = Vec::new();
    let mut next = Some(id);
    let mut done = 0;
    while let Some(id) = next {
        for like in answers.iter().filter(|a| a.id == id).flat_map(|a| &a.like) {
            if !found.contains(&like.as_str()) {
                found.push(like);
            }
        }
        next = found.get(done).copied();
        done += 1;
    }
    found
}

fn check_links(loaded: &mut Loaded, unread: &[Unread<'_>]) {
    let pack = &loaded.pack;
    let answers: Vec<&str> = pack.answers.iter().map(|a| a.id.as_str()).collect();
    let apis: Vec<&str> = pack.apis.iter().map(|a| a.id.as_str()).collect();
    let causes: Vec<&str> = pack.causes.iter().map(|c| c.id.as_str()).collect();
    let packs: Vec<&str> = pack.scopes.iter().filter(|s| s.part_of.is_none()).map(|s| s.pack.as_str()).collect();
    let pathways: Vec<&str> = pack.pathways.iter().map(|p| p.id.as_str()).collect();
    let checkpoints: Vec<&str> =
        pack.pathways.iter().flat_map(|p| p.checkpoints.iter().map(|c| c.id.as_str())).collect();
    let ids = |is_complaint: bool| -> Vec<&str> {
        let fits = |class: Class| match is_complaint {
            true => matches!(class, Class::Complaint | Class::Good),
            false => matches!(class, Class::About | Class::Context),
        };
        loaded.words.forms.iter().filter(|f| fits(f.class)).map(|f| f.concept.as_str()).collect()
    };
    let (abouts, complaints) = (ids(false), ids(true));
    for link in loaded.links.drain(..) {
        let names = match link.what {
            Link::ABOUT => &abouts,
            Link::COMPLAINT => &complaints,
            Link::ANSWER | Link::LIKE => &answers,
            Link::API => &apis,
            Link::CAUSE => &causes,
            Link::PACK => &packs,
            Link::PATHWAY => &pathways,
            _ => &checkpoints,
        };
        if names.contains(&link.name.as_str()) {
            if link.what == Link::LIKE
                && (link.name == link.of || general(&pack.answers, &link.name).contains(&link.of.as_str()))
            {
                let found = format!("`{}` is like `{}`, which is like `{0}` again", link.of, link.name);
                let expected = "Remove one `like`: the more general answer has none.".to_owned();
                loaded.mistakes.push(link.mistake(unread, found, expected));
            }
            continue;
        }
        let what = if link.what == Link::LIKE { Link::ANSWER } else { link.what };
        let expected = nearest(&link.name, names.iter().copied())
            .map_or_else(|| "Name one that a pack defines.".to_owned(), |near| format!("Did you mean `{near}`?"));
        let found = format!("there is no {what} `{}`", link.name);
        loaded.mistakes.push(link.mistake(unread, found, expected));
    }
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
        let answers = self.answers.iter().map(|a| (format!("{}:{}", a.place.0, a.place.1), &a.when));
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = crate::text::Lines::of(&self.source);
        let (line, column) = lines.position(&self.source, self.span.start);
        let text = self.source.get(lines.range(line)).unwrap_or_default();
        let width = self
            .source
            .get(self.span.start..self.span.end)
            .map_or(1, |s| s.lines().next().unwrap_or("").chars().count());
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(f, "{}:{line}:{column}: {}", self.file, self.found)?;
        writeln!(f, "{margin} |")?;
        writeln!(f, "{number} | {text}")?;
        writeln!(f, "{margin} | {}{}", " ".repeat(column - 1), "^".repeat(width.max(1)))?;
        writeln!(f, "{margin} = {}", self.expected)
    }
}

#[cfg(test)]
mod tests;

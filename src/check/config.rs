//! `why401.toml`: the settings of a project.
//!
//! Read by hand from the tree with spans, as rule files are: every mistake is listed with its line and column, and with the
//! nearest right word.

use std::ops::Range;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern as PathPattern};
use jiff::civil::Date;

use super::coverage::Coverage;
use super::paths::relative;
use crate::capture::Reader;
use crate::nearest::nearest;
use crate::options::Options;
use crate::pack::lower::{File, Table};
use crate::pack::model::{Mistake, Pack, Verdict};
use crate::pack::rule_text::RuleText;
use crate::pack::tree::TomlValue;
use crate::redact::Redactor;
use crate::report::issues::NO_CAUSE;
use crate::text::Lines;

/// The id of a request that went to another environment than the settings say.
pub(crate) const OTHER_ENVIRONMENT: &str = "other-environment";

/// `*` does not cross folders, `**` does.
const MATCHING: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// The settings. Without a file all of them are empty.
#[derive(Debug, Default)]
pub(crate) struct CheckConfig {
    /// The name of the file in messages.
    name: String,
    /// The folder of the file, to which paths and patterns are relative.
    folder: PathBuf,
    source: String,
    /// What is read if the call names nothing.
    pub(crate) files: Vec<PathBuf>,
    /// Folders with rule packs.
    pub(crate) rules: Vec<PathBuf>,
    pub(crate) asid: Option<String>,
    pub(crate) product_set: Option<PathBuf>,
    /// The environment that requests are expected to go to, with its place in the file.
    pub(crate) environment: Option<(String, Range<usize>)>,
    /// The format of the files that match a pattern. The first one counts.
    formats: Vec<FormatEntry>,
    /// Words to mask.
    pub(crate) mask: Vec<String>,
    pub(crate) fail_on: Option<FailOnSetting>,
    pub(crate) baseline: Option<PathBuf>,
    pub(crate) ignore: Vec<IgnoreEntry>,
}

/// The lowest verdict that fails; `None` for never.
pub(crate) type FailOnSetting = Option<Verdict>;

/// Findings that are expected.
#[derive(Debug)]
pub(crate) struct IgnoreEntry {
    pub(crate) cause: String,
    cause_at: Range<usize>,
    pattern: PathPattern,
    /// The last day on which it counts.
    expires: Option<Date>,
    /// Where the entry begins.
    at: usize,
    /// Whether it applied to a finding.
    pub(crate) is_used: bool,
    /// Whether a file that it is about was read.
    pub(crate) has_file: bool,
}

/// The format of the files that match.
#[derive(Debug)]
struct FormatEntry {
    pattern: PathPattern,
    reader: Reader,
    at: usize,
    /// Whether it said the format of a file.
    is_used: bool,
}

/// What is to be said about the settings themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConfigWarning {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) says: String,
}

impl CheckConfig {
    /// No settings, for a folder without a file of them.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// Reads the settings. `name` is what messages call the file.
    ///
    /// # Errors
    /// Every mistake of the file.
    pub(crate) fn read(name: &str, folder: &Path, source: &str) -> Result<Self, Vec<Mistake>> {
        let mut file = File::of_settings(name, source);
        let mut top = file.table();
        let mut config = Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            source: source.to_owned(),
            files: paths(top.texts(&mut file, "files"), folder),
            rules: paths(top.texts(&mut file, "rules"), folder),
            product_set: top.text(&mut file, "product-set").map(|(text, _)| folder.join(text.as_str())),
            baseline: top.text(&mut file, "baseline").map(|(text, _)| folder.join(text.as_str())),
            environment: top.text(&mut file, "environment").map(|(text, at)| (text.as_str().to_owned(), at)),
            mask: top.texts(&mut file, "mask").into_iter().map(|(text, _)| text.as_str().to_owned()).collect(),
            ..Self::default()
        };
        if let Some((asid, at)) = top.text(&mut file, "asid") {
            let asid = asid.as_str();
            if !Options::is_asid(asid) {
                file.mistake(at, "`asid` is not an ASID", "An ASID has 12 digits.");
            }
            config.asid = Some(asid.to_owned());
        }
        if let Some((word, at)) = top.text(&mut file, "fail-on") {
            config.fail_on = fail_on(&mut file, word.as_str(), at);
        }
        if let Some(table) = top.table(&mut file, "formats") {
            config.formats = formats(&mut file, table);
        }
        for table in top.tables(&mut file, "ignore") {
            config.ignore.extend(ignore(&mut file, table));
        }
        top.finish(&mut file);
        let mistakes = file.take_mistakes();
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }

    /// Checks the words that only the packs know.
    ///
    /// # Errors
    /// Every id that no pack has.
    pub(crate) fn check(&self, pack: &Pack) -> Result<(), Vec<Mistake>> {
        let mut file = File::of_settings(&self.name, &self.source);
        let ids = || pack.causes.iter().map(|c| c.id.as_str()).chain([NO_CAUSE, OTHER_ENVIRONMENT]);
        for entry in self.ignore.iter().filter(|entry| !ids().any(|id| id == entry.cause)) {
            let expected = meant(&entry.cause, ids(), "`why401 rules list` shows all ids.");
            file.mistake(entry.cause_at.clone(), format!("there is no cause `{}`", entry.cause), expected);
        }
        let names = || pack.environments.iter().map(|e| e.name.as_str());
        if let Some((name, at)) = self.environment.as_ref().filter(|(name, _)| !names().any(|n| n == name)) {
            let mut all: Vec<&str> = names().collect();
            all.sort_unstable();
            all.dedup();
            let expected = meant(name, names(), &format!("The packs know {}.", all.join(", ")));
            file.mistake(at.clone(), format!("there is no environment `{name}`"), expected);
        }
        let mistakes = file.take_mistakes();
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    /// The format of a file, where the settings say it.
    pub(crate) fn reader(&mut self, file: &str) -> Reader {
        let path = self.seen(file);
        let given = self.formats.iter_mut().find(|entry| entry.pattern.matches_with(&path, MATCHING));
        let Some(given) = given else { return Reader::AUTO };
        given.is_used = true;
        given.reader
    }

    /// A file as patterns and the baseline see it.
    pub(crate) fn seen(&self, file: &str) -> String {
        relative(file, &self.folder)
    }

    /// Notes that a file was read.
    pub(crate) fn note_file(&mut self, path: &str) {
        for entry in &mut self.ignore {
            entry.has_file |= entry.pattern.matches_with(path, MATCHING);
        }
    }

    /// Whether a finding of a file is expected, and by which entry.
    pub(crate) fn entry(&self, path: &str, cause: &str, today: Date) -> Option<usize> {
        self.ignore.iter().position(|entry| {
            entry.cause == cause && !entry.is_expired(today) && entry.pattern.matches_with(path, MATCHING)
        })
    }

    /// What is to be said once the files were read: entries that expired, and those that apply to nothing. An entry about
    /// files that were not read may apply to them.
    pub(crate) fn warnings(&self, today: Date, read: &Coverage) -> Vec<ConfigWarning> {
        let lines = Lines::of(&self.source);
        let warning = |at: usize, says: String| ConfigWarning { file: self.name.clone(), line: lines.line(at), says };
        let shown = |pattern: &PathPattern| Redactor::new("", &[]).clean(pattern.as_str());
        let of = |entry: &IgnoreEntry| {
            let what = format!("the entry for [{}] in `{}`", entry.cause, shown(&entry.pattern));
            if let Some(date) = entry.expires.filter(|_| entry.is_expired(today)) {
                return Some(warning(
                    entry.at,
                    format!("{what} expired on {date}: fix the cause, or give a later date"),
                ));
            }
            let is_unused = !entry.is_used && (entry.has_file || read.has_all(entry.pattern.as_str()));
            is_unused.then(|| warning(entry.at, format!("{what} applies to nothing: remove it")))
        };
        let unused = |entry: &FormatEntry| {
            let says = || format!("the format for `{}` applies to no file: remove it", shown(&entry.pattern));
            let is_unused = !entry.is_used && read.has_all(entry.pattern.as_str());
            is_unused.then(|| warning(entry.at, says()))
        };
        self.formats.iter().filter_map(unused).chain(self.ignore.iter().filter_map(of)).collect()
    }
}

impl IgnoreEntry {
    fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|date| date < today)
    }
}

fn paths(texts: Vec<(RuleText, Range<usize>)>, folder: &Path) -> Vec<PathBuf> {
    texts.into_iter().map(|(text, _)| folder.join(text.as_str())).collect()
}

fn meant<'n>(word: &str, names: impl Iterator<Item = &'n str>, all: &str) -> String {
    nearest(word, names).map_or_else(|| all.to_owned(), |near| format!("Did you mean `{near}`?"))
}

fn fail_on(file: &mut File<'_>, word: &str, at: Range<usize>) -> Option<FailOnSetting> {
    const WORDS: [(&str, FailOnSetting); 4] = [
        ("confirmed", Some(Verdict::Confirmed)),
        ("likely", Some(Verdict::Likely)),
        ("possible", Some(Verdict::Possible)),
        ("never", None),
    ];
    let found = WORDS.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let names = WORDS.map(|(name, _)| name);
        let expected = meant(word, names.into_iter(), &format!("It takes {}.", names.join(", ")));
        file.mistake(at, "`fail-on` is not a verdict", expected);
    }
    found.map(|(_, setting)| *setting)
}

fn formats(file: &mut File<'_>, table: Table<'_>) -> Vec<FormatEntry> {
    let mut found = Vec::new();
    for entry in table.into_entries() {
        let pattern = pattern(file, &entry.key, entry.key_span.clone());
        let TomlValue::Text(word) = &entry.node.value else {
            let kind = entry.node.value.kind();
            file.mistake(entry.node.span, format!("this is {kind}"), "Write `\"*.log\" = \"ticket\"`.");
            continue;
        };
        let names = || Reader::ALL.iter().map(|reader| reader.word());
        match Reader::named(word) {
            Some(reader) => {
                let at = entry.key_span.start;
                found.extend(pattern.map(|pattern| FormatEntry { pattern, reader, at, is_used: false }));
            }
            None => {
                let all = names().collect::<Vec<_>>().join(", ");
                let expected = meant(word, names(), &format!("The formats are {all}."));
                file.mistake(entry.node.span, format!("there is no format `{word}`"), expected);
            }
        }
    }
    found
}

fn ignore<'s>(file: &mut File<'s>, mut table: Table<'s>) -> Option<IgnoreEntry> {
    let at = table.span.start;
    let (cause, cause_at) = table.required(file, "cause");
    let (glob, glob_at) = table.required(file, "file");
    let (reason, reason_at) = table.required(file, "reason");
    if reason.as_str().trim().is_empty() && !reason_at.is_empty() {
        file.mistake(reason_at, "`reason` is empty", "Say why this is expected.");
    }
    let expires = table.date(file, "expires").and_then(|(text, at)| {
        let date = text.parse::<Date>().ok();
        if date.is_none() {
            file.mistake(at, "`expires` is not a day", "Write a date without a time: 2027-01-31.");
        }
        date
    });
    let pattern = pattern(file, glob.as_str(), glob_at);
    table.finish(file);
    Some(IgnoreEntry {
        cause: cause.as_str().to_owned(),
        cause_at,
        pattern: pattern?,
        expires,
        at,
        is_used: false,
        has_file: false,
    })
}

fn pattern(file: &mut File<'_>, text: &str, at: Range<usize>) -> Option<PathPattern> {
    match PathPattern::new(text) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            file.mistake(at, format!("this is not a pattern: {}", error.msg), "Write a path with `*`, `**` and `?`.");
            None
        }
    }
}

/// The places of a mistake in one text, for the error message.
pub(crate) fn shown(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(source: &str) -> String {
        let pack = Pack::builtin().expect("the packs load");
        let read = CheckConfig::read("why401.toml", Path::new(""), source);
        shown(&read.and_then(|config| config.check(&pack)).expect_err("a mistake"))
    }

    #[test]
    fn every_mistake_has_its_line_and_the_nearest_word() {
        insta::assert_snapshot!(mistakes(
            "fail_on = \"likly\"\nasid = \"12\"\nenvironment = 3\n\n[formats]\n\"*.log\" = \"tickets\"\n\n\
             [[ignore]]\ncause = \"token-expired\"\nfile = \"a***\"\nexpires = \"2027-01-31\"\n"
        ));
    }

    #[test]
    fn ids_are_those_of_the_packs() {
        insta::assert_snapshot!(mistakes(
            "environment = \"itn\"\n\n[[ignore]]\ncause = \"token-expird\"\nfile = \"*\"\nreason = \"recorded in March\"\n"
        ));
    }

    #[test]
    fn of_another_file_nothing_is_repeated() {
        let shown = mistakes("[package]\nname = \"shop\"\ntoken = \"4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\"\n");
        assert!(shown.contains("not a file of settings") && !shown.contains("shop"), "{shown}");
    }

    #[test]
    fn an_entry_counts_until_its_day_and_then_is_reported() {
        let source = "[[ignore]]\ncause = \"token-expired\"\nfile = \"captures/**/*.har\"\nreason = \"old\"\nexpires = 2027-01-31\n";
        let config = CheckConfig::read("why401.toml", Path::new("shop"), source).expect("settings");
        let path = config.seen("./shop/captures/a/b.har");
        let day = |text: &str| text.parse::<Date>().expect("a date");
        assert_eq!(config.entry(&path, "token-expired", day("2027-01-31")), Some(0));
        assert_eq!(config.entry(&path, "token-unknown", day("2027-01-31")), None);
        assert_eq!(config.entry(&path, "token-expired", day("2027-02-01")), None);
        let (none, whole) = (Coverage::default(), Coverage::new(Vec::new(), true));
        let says: Vec<String> = config.warnings(day("2027-02-01"), &none).into_iter().map(|w| w.says).collect();
        assert_eq!(says.len(), 1);
        assert!(says[0].contains("expired on 2027-01-31"), "{says:?}");
        assert!(config.warnings(day("2027-01-01"), &none).is_empty(), "no file of it was read");
        assert_eq!(config.warnings(day("2027-01-01"), &whole).len(), 1);
    }

    #[test]
    fn a_pattern_says_the_format() {
        let source = "[formats]\n\"logs/*\" = \"ticket\"\n\"**/*.json\" = \"postman\"\n";
        let mut config = CheckConfig::read("why401.toml", Path::new(""), source).expect("settings");
        let unused = |config: &CheckConfig| config.warnings(Date::MIN, &Coverage::new(Vec::new(), true));
        assert_eq!(config.reader("logs/a.json"), Reader::TICKET);
        assert_eq!(unused(&config).iter().map(|warning| warning.line).collect::<Vec<_>>(), [3]);
        assert_eq!(config.reader("./out/a.json").word(), "postman");
        assert!(unused(&config).is_empty());
        assert_eq!(config.reader("a.har"), Reader::AUTO);
    }
}

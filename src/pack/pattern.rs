//! The regular expressions of rules.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use regex::Regex;
use serde::{Deserialize, Serialize, Serializer};

use super::automata;
use super::automaton::Automaton;
use super::needed::NeededWords;
use super::rule_text::RuleText;

/// A regular expression that is compiled when it is first needed.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pattern {
    source: RuleText,
    /// Whether it is matched only at the beginning of a text, which halves the time to compile it.
    at_start: bool,
    needed: NeededWords,
    /// What the build made of it; empty for a user's rule, and where it would be large.
    automaton: Automaton,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
    /// The same, compiled in a tenth of the time, for searches that take longer.
    #[serde(skip)]
    light: OnceLock<Option<regex_lite::Regex>>,
    /// How many bytes the light one has searched.
    #[serde(skip)]
    searched: AtomicUsize,
}

/// How many bytes are searched before compiling an expression for fast searches pays off.
const MOST_LIGHT: usize = 4096;

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.source, self.at_start, &self.needed, automata::written(&self.source, self.at_start)).serialize(to)
    }
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

impl Pattern {
    /// Stores an expression without compiling it; see [`Pattern::check`].
    #[must_use]
    pub fn new(source: RuleText) -> Self {
        Self {
            needed: NeededWords::of(&source),
            source,
            at_start: false,
            automaton: Automaton::default(),
            compiled: OnceLock::new(),
            light: OnceLock::new(),
            searched: AtomicUsize::new(0),
        }
    }

    /// The same expression, matched only at the beginning of a text.
    #[must_use]
    pub fn at_start(self) -> Self {
        Self { at_start: true, ..Self::new(self.source) }
    }

    /// The expression as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Compiles the expression to check it.
    ///
    /// # Errors
    /// The message of the regular expression compiler.
    pub fn check(&self) -> Result<(), String> {
        compile(&self.source).map(|_| ()).map_err(|e| e.to_string())
    }

    /// Whether the expression matches somewhere in a text; never if it does not compile.
    pub fn is_match(&self, text: &str) -> bool {
        if !self.needed.may_be_in(text) {
            return false;
        }
        if let Some(automaton) = self.automaton(text) {
            return automaton.is_match(text);
        }
        match self.light(text) {
            Some(light) => light.is_match(text),
            None => self.regex().is_some_and(|regex| regex.is_match(text)),
        }
    }

    /// The first match in a text.
    pub fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        if self.at_start
            && let Some(automaton) = self.automaton(text)
        {
            return automaton.end(text).and_then(|end| text.get(..end));
        }
        match self.light(text) {
            Some(light) => light.find(text).map(|found| found.as_str()),
            None => self.regex()?.find(text).map(|found| found.as_str()),
        }
    }

    /// The automaton of the expression, where it may be used for this text.
    fn automaton(&self, text: &str) -> Option<Automaton> {
        (!self.automaton.is_empty() && self.is_for_ascii(text)).then_some(self.automaton)
    }

    #[cfg(test)]
    pub(super) const fn has_automaton(&self) -> bool {
        !self.automaton.is_empty()
    }

    /// Whether letters beyond ASCII make no difference. If they do, only the engine that knows them may be asked.
    fn is_for_ascii(&self, text: &str) -> bool {
        text.is_ascii() || matches_only_ascii(&self.source)
    }

    /// The expression compiled for a few short texts. `None` once it has searched many bytes, and where both kinds could
    /// differ: for text that is not ASCII, if the expression may match such text.
    fn light(&self, text: &str) -> Option<&regex_lite::Regex> {
        if self.searched.load(Ordering::Relaxed) > MOST_LIGHT || !self.is_for_ascii(text) {
            return None;
        }
        self.searched.fetch_add(text.len(), Ordering::Relaxed);
        self.light.get_or_init(|| regex_lite::Regex::new(&self.anchored()).ok()).as_ref()
    }

    fn anchored(&self) -> Cow<'_, str> {
        if self.at_start { Cow::Owned(format!("^(?:{})", self.source)) } else { Cow::Borrowed(&self.source) }
    }

    /// The compiled expression; `None` if it does not compile.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.anchored()).ok()).as_ref()
    }
}

/// Whether an expression can match no character beyond ASCII: it has no dot and no negated class. `false` in doubt.
fn matches_only_ascii(source: &str) -> bool {
    let mut is_in_class = false;
    let mut bytes = source.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'W' | b'D' | b'S' | b'B' | b'p' | b'P' | b'x' | b'u' | b'U') | None => return false,
                Some(_) => {}
            },
            b'[' if bytes.peek() == Some(&b'^') || is_in_class => return false,
            b'[' => is_in_class = true,
            b']' => is_in_class = false,
            b'.' if !is_in_class => return false,
            _ if !byte.is_ascii() => return false,
            _ => {}
        }
    }
    true
}

/// Compiles with ASCII classes, which takes a tenth of the time; an expression that needs Unicode (`.`, a negated
/// class) gets it. Several rules ask the same: what was compiled once is shared.
fn compile(source: &str) -> Result<Regex, regex::Error> {
    static COMPILED: Mutex<BTreeMap<String, Regex>> = Mutex::new(BTreeMap::new());
    let known = COMPILED.lock().ok().and_then(|compiled| compiled.get(source).cloned());
    if let Some(regex) = known {
        return Ok(regex);
    }
    let regex = regex::RegexBuilder::new(source).unicode(false).build().or_else(|_| Regex::new(source))?;
    if let Ok(mut compiled) = COMPILED.lock() {
        compiled.insert(source.to_owned(), regex.clone());
    }
    Ok(regex)
}

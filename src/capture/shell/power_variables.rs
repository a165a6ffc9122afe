//! The variables and tables that the lines before a PowerShell command set.

use std::collections::HashMap;

use super::lexer::{Quoted, ShellWord};
use super::power::power_value;
use super::request::{Arg, MAX_VALUE, lines_before, put_in};
use crate::text::{Text, TextBuilder};

/// What a variable holds.
#[derive(Clone, Debug)]
pub(crate) enum PowerValue {
    /// A text, or something that is not shown: then the expansion is shown in its place.
    Text(Arg),
    /// A table with its entries in order.
    Table(Vec<(Text, Arg)>),
}

/// The variables that the lines before a command set, by their names in lower case.
#[derive(Debug, Default)]
pub(crate) struct PowerVariables {
    pub(crate) held: HashMap<String, PowerValue>,
}

/// The name of the variable that begins at `at`, in lower case, and where it ends.
pub(crate) fn variable_name(s: &str, at: usize) -> Option<(String, usize)> {
    let rest = s.get(at..)?.strip_prefix('$')?;
    let (inside, braces) = rest.strip_prefix('{').map_or((rest, 0), |r| (r, 1));
    let len = inside.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':')).count();
    let name = inside[..len].trim_end_matches(':').to_ascii_lowercase();
    if name.is_empty() || (braces == 1 && !inside[len..].starts_with('}')) {
        return None;
    }
    let name = name.strip_prefix("global:").or(name.strip_prefix("script:")).map_or(name.clone(), str::to_owned);
    Some((name, at + 1 + len + 2 * braces))
}

impl PowerVariables {
    /// Reads the assignments between the beginning of the window and the command.
    pub(crate) fn before(text: &Text, from: usize) -> Self {
        // Nothing after the command is read, so that a quote left open there does no harm.
        let text = &text.slice(lines_before(text.as_str(), from)..from);
        let s = text.as_str();
        let mut variables = Self::default();
        let mut at = 0;
        while at < s.len() {
            at = statement(s, at);
            let read = variables.assignment(text, at);
            if read.is_none() && s[at..line_end(s, at)].contains("@{") {
                // A table that is never closed takes up all that follows.
                break;
            }
            let mut end = read.unwrap_or(at);
            end += s[end..].len() - s[end..].trim_start_matches([' ', '\t']).len();
            if end > at && s[end..].starts_with(';') {
                at = end + 1;
                continue;
            }
            at = match s[end..].find(['\n', '\r']) {
                Some(i) => end + i + 1,
                None => break,
            };
        }
        variables
    }

    /// Reads `$x = …`, `$x["k"] = …`, `$x.k = …` or `$x.Add("k", …)`; returns where it ends.
    fn assignment(&mut self, text: &Text, at: usize) -> Option<usize> {
        let s = text.as_str();
        let (name, end) = variable_name(s, at)?;
        let rest = s[end..].trim_start_matches([' ', '\t']);
        if let Some(value) = rest.strip_prefix('=').filter(|v| !v.starts_with('=')) {
            let (value, end) = self.value(text, s.len() - value.len())?;
            self.held.insert(name, value);
            return Some(end);
        }
        let (key, after) = if s[end..].starts_with('[') {
            let key = power_value(text, end + 1)?;
            let after = key.range.end;
            (key, after + usize::from(s[after..].trim_start().starts_with(']')))
        } else if s[end..].get(..5).is_some_and(|add| add.eq_ignore_ascii_case(".add(")) {
            let key = power_value(text, end + 5)?;
            let after = key.range.end;
            (key, after)
        } else {
            let key = power_value(text, end + usize::from(s[end..].starts_with('.')))?;
            let after = key.range.end;
            (key, after)
        };
        let rest = s[after..].trim_start_matches([' ', '\t', ']']);
        let value = rest.strip_prefix(['=', ','])?;
        let (value, end) = self.value(text, s.len() - value.len())?;
        let Some(PowerValue::Table(entries)) = self.held.get_mut(&name) else {
            return Some(end);
        };
        if let PowerValue::Text(value) = value {
            // A key that is set again keeps its place: names of fields compare without regard to case.
            entries.retain(|(k, _)| !k.as_str().eq_ignore_ascii_case(key.text.as_str()));
            entries.push((key.text, value));
        }
        Some(end)
    }

    /// Reads a value, sums of texts and `-f` included; returns where it ends.
    pub(crate) fn value(&self, text: &Text, at: usize) -> Option<(PowerValue, usize)> {
        let s = text.as_str();
        let at = at + s[at..].len() - s[at..].trim_start_matches([' ', '\t']).len();
        let word = power_value(text, at)?;
        let mut end = word.range.end;
        if word.quoted != Quoted::Table && s[at..].starts_with("@{") {
            return None;
        }
        if word.quoted == Quoted::Table {
            return Some((PowerValue::Table(self.table(&word.text)), end));
        }
        let name = word.text.as_str();
        if word.quoted == Quoted::No && name.eq_ignore_ascii_case("New-Object") {
            return Some((PowerValue::Table(Vec::new()), line_end(s, end)));
        }
        if let Some(PowerValue::Table(entries)) = self.named(&word) {
            return Some((PowerValue::Table(entries.clone()), end));
        }
        let program =
            word.quoted == Quoted::No && !word.is_expansion() && name.starts_with(|c: char| c.is_alphabetic());
        let mut value = self.resolve(&Arg::of(&word, 0));
        if program {
            // The output of a command: not shown.
            value.expansions = std::iter::once(0..value.text.len()).collect();
        }
        loop {
            let rest = s[end..].trim_start_matches([' ', '\t']);
            if let Some(tail) = rest.strip_prefix('+') {
                let Some(next) = power_value(text, s.len() - tail.len()) else {
                    break;
                };
                end = next.range.end;
                value = join(&value, &self.resolve(&Arg::of(&next, 0)));
            } else if rest.starts_with("-f ") {
                value.expansions.extend(slots(value.as_str()));
                end = line_end(s, end);
                break;
            } else {
                break;
            }
        }
        Some((PowerValue::Text(value), end))
    }

    /// The entries of a table, given the text between its brackets.
    pub(crate) fn table(&self, inside: &Text) -> Vec<(Text, Arg)> {
        let s = inside.as_str();
        let (mut entries, mut at) = (Vec::new(), 0);
        while at < s.len() {
            let skip = s[at..].len() - s[at..].trim_start_matches([' ', '\t', '\r', '\n', ';', ',', '\u{A0}']).len();
            at += skip;
            let prompt = s[at..].strip_prefix(">>").map_or(0, |_| 2);
            at += prompt;
            if prompt > 0 {
                continue;
            }
            if s[at..].starts_with('#') {
                at = line_end(s, at);
                continue;
            }
            let Some(key) = power_value(inside, at) else {
                break;
            };
            let rest = s[key.range.end..].trim_start_matches([' ', '\t']);
            let value = rest.strip_prefix(['=', ':']).and_then(|v| self.value(inside, s.len() - v.len()));
            let Some((value, end)) = value else {
                at = line_end(s, key.range.end).max(at + 1);
                continue;
            };
            if let PowerValue::Text(value) = value {
                entries.push((key.text, value));
            }
            at = s.ceil_char_boundary(end.max(at + 1));
        }
        entries
    }

    /// The variable that a word names, if that is all it does.
    pub(crate) fn named(&self, word: &ShellWord) -> Option<&PowerValue> {
        if !word.is_expansion() {
            return None;
        }
        let (name, end) = variable_name(word.text.as_str(), 0)?;
        if end == word.text.len() { self.held.get(&name) } else { None }
    }

    /// Puts in the variables whose texts are known.
    pub(crate) fn resolve(&self, arg: &Arg) -> Arg {
        put_in(arg, &|written| self.known(written).cloned())
    }

    /// The text of `$x`, `$($x)` or `($x)`, unless all of it is unknown.
    pub(crate) fn known(&self, written: &str) -> Option<&Arg> {
        let inside = written.strip_prefix("$(").or(written.strip_prefix('(')).and_then(|w| w.strip_suffix(')'));
        let written = inside.map_or(written, str::trim);
        let (name, end) = variable_name(written, 0)?;
        match self.held.get(&name) {
            Some(PowerValue::Text(arg)) if end == written.len() && !arg.is_expansion() => Some(arg),
            _ => None,
        }
    }
}

/// Where the statement on this line begins: after blanks and prompts.
fn statement(s: &str, at: usize) -> usize {
    let blanks = |at: usize| at + s[at..].len() - s[at..].trim_start_matches([' ', '\t']).len();
    let at = blanks(at);
    let line = &s[at..line_end(s, at)];
    if line.starts_with("PS ")
        && let Some(i) = line.find("> ")
    {
        return blanks(at + i + 2);
    }
    if line.starts_with(">>") { blanks(at + 2) } else { at }
}

fn line_end(s: &str, at: usize) -> usize {
    s[at..].find(['\n', '\r']).map_or(s.len(), |i| at + i)
}

fn join(first: &Arg, second: &Arg) -> Arg {
    let mut out = TextBuilder::new(first.text.span());
    out.copy(&first.text, 0..first.text.len());
    let start = out.len();
    let mut expansions = first.expansions.clone();
    if start + second.text.len() <= MAX_VALUE {
        out.copy(&second.text, 0..second.text.len());
        expansions.extend(second.expansions.iter().map(|e| start + e.start..start + e.end));
    }
    Arg { text: out.finish(), expansions, quoted: Quoted::Yes, end: second.end }
}

/// The places `{0}` of a format.
fn slots(s: &str) -> Vec<std::ops::Range<usize>> {
    let close = |i: usize| s[i..].find('}').map(|len| i..i + len + 1);
    s.match_indices('{').filter_map(|(i, _)| close(i)).filter(|r| r.len() <= 4).collect()
}

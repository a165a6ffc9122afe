//! Puts into the words of a command what the lines before it set.

use std::collections::HashMap;

use super::lexer::{Quoted, Shell, ShellWord};
use super::power_variables::PowerVariables;
use super::request::{Arg, lines_before, put_in};
use super::split::split;
use crate::text::Text;

/// Finds the value of an expansion.
type Lookup = Box<dyn Fn(&str) -> Option<Arg>>;

/// Puts into the words of a command what the lines before it set.
pub(crate) fn put_in_variables(words: &mut [ShellWord], shell: Shell, text: &Text, from: usize) {
    if words.iter().all(|w| w.expansions.is_empty()) {
        return;
    }
    let known: Lookup = if shell == Shell::Power {
        let variables = PowerVariables::before(text, from);
        Box::new(move |written| variables.known(written).cloned())
    } else {
        let variables = assignments(text, from, shell);
        Box::new(move |written| {
            let name = match shell {
                Shell::Cmd => written.trim_matches('%').to_ascii_uppercase(),
                _ => {
                    let name = written.strip_prefix('$')?;
                    name.strip_prefix('{').and_then(|n| n.strip_suffix('}')).unwrap_or(name).to_owned()
                }
            };
            variables.get(&name).filter(|v| !v.is_expansion()).cloned()
        })
    };
    for word in words.iter_mut().filter(|w| !w.expansions.is_empty()) {
        let arg = put_in(&Arg::of(word, 0), &known);
        word.text = arg.text;
        word.expansions = arg.expansions;
    }
}

/// The variables that the lines before a command set: `NAME=value`, `export NAME=value`, `set NAME=value`.
fn assignments(text: &Text, from: usize, shell: Shell) -> HashMap<String, Arg> {
    // Nothing after the command is read, so that a quote left open there does no harm.
    let text = &text.slice(lines_before(text.as_str(), from)..from);
    let mut found = HashMap::new();
    let mut at = 0;
    for line in text.as_str().split_inclusive(['\n', '\r']) {
        let begin = at;
        at += line.len();
        // Behind a prompt: `$ NAME=value`, `C:\>set NAME=value`.
        let mut rest = line.trim_start_matches([' ', '\t']);
        for prompt in ["$ ", "> "] {
            let near = &rest[..rest.floor_char_boundary(80)];
            rest = near.find(prompt).map_or(rest, |i| &rest[i + prompt.len()..]);
        }
        let name_at = if shell == Shell::Cmd {
            let rest = rest.rsplit_once(">set ").map_or(rest, |(_, r)| r);
            rest.strip_prefix("set ").unwrap_or(rest).trim_start_matches('"')
        } else {
            rest.strip_prefix("export ").unwrap_or(rest)
        };
        let Some((name, value)) = name_at.split_once('=').filter(|_| is_assignment(name_at)) else {
            continue;
        };
        let from = begin + line.len() - value.len();
        if shell == Shell::Cmd {
            let value = value.trim_end_matches(['\r', '\n', '"']);
            let text = text.slice(from..from + value.len());
            let arg = Arg { text, expansions: Vec::new(), quoted: Quoted::Yes, end: from + value.len() };
            found.insert(name.to_ascii_uppercase(), arg);
            continue;
        }
        let split = split(shell, text, from, &|_, _| false);
        if let Some(word) = split.words.first().filter(|w| w.range.start == from) {
            let arg = put_in(&Arg::of(word, 0), &|written| found.get(written.trim_start_matches('$')).cloned());
            found.insert(name.to_owned(), arg);
        }
    }
    found
}

/// Whether a word sets a variable for the command after it: `TOKEN=abc curl …`.
pub(crate) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

//! Finds the commands of a text that send requests, and hands each to the reader of its program.

use super::model::ReadBy;
use super::table::FORMS;
use crate::capture::model::Exchange;
use crate::capture::shell::request::{CommandRead, program};
use crate::capture::shell::variables::is_assignment;
use crate::text::Text;

/// Where programs that send requests are called in a text, in order.
///
/// A name counts only where a command can be: at the beginning of a line (also after a prompt), after a character
/// that ends another command, or after a quote, a colon or a bracket in prose.
fn calls(s: &str, from: usize) -> Option<usize> {
    let bytes = s.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic()
            || (at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80))
        {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-' || **b == b'_').count();
        let mut end = at + len;
        let word = &s[at..end];
        let fits = programs().any(|(names, exact_case, _)| {
            names.iter().any(|name| if exact_case { *name == word } else { name.eq_ignore_ascii_case(word) })
        });
        if fits && s[end..].starts_with(".exe") {
            end += 4;
        }
        // `Invoke-RestMethod : The remote server returned an error` is what PowerShell says, not what was called.
        let says = s[end..].trim_start_matches(' ').starts_with(": ");
        let blank = !says && s[end..].starts_with([' ', '\t', '\u{A0}', '\\', '^', '`', '\n', '\r']);
        if fits && blank && may_stand(s, at) {
            return Some(at);
        }
        at += len.max(1);
    }
    None
}

/// Whether a command may begin here, judging by the text before it on its line.
fn may_stand(s: &str, at: usize) -> bool {
    let head = &s[..at];
    let trimmed = head.trim_end_matches([' ', '\t', '\u{A0}']);
    trimmed.is_empty()
        || trimmed.ends_with([
            '\n', '\r', '$', '#', '%', ')', '>', ';', '|', '&', '(', '`', '=', ':', '"', '\'', '/', '\\', '❯', '➜', '»',
        ])
        || trimmed
            .rsplit(['\n', '\r', ' ', '\t'])
            .next()
            .is_some_and(|w| matches!(w, "sudo" | "time" | "exec") || is_assignment(w))
}

type ReadCommand = fn(&Text, usize) -> Option<CommandRead>;

/// The programs of the table: their names, whether case counts, their readers.
fn programs() -> impl Iterator<Item = (&'static [&'static str], bool, ReadCommand)> {
    FORMS.iter().filter_map(|form| match form.read_by {
        ReadBy::Program { names, exact_case, read } => Some((names, exact_case, read)),
        _ => None,
    })
}

/// Reads the command that begins at `from`, whichever program it calls.
pub(crate) fn read(text: &Text, from: usize) -> Option<CommandRead> {
    let name = program(text.as_str(), from);
    programs().filter(|(names, ..)| names.contains(&name.as_str())).find_map(|(_, _, read)| read(text, from))
}

/// The next command of a text that could be read, from this offset on.
pub(crate) fn next(text: &Text, from: usize) -> Option<CommandRead> {
    let s = text.as_str();
    // What is read in vain is paid for: a text full of false starts must not be read over and over.
    let (mut at, mut budget) = (from, s.len().saturating_mul(4) + 4096);
    while let Some(start) = calls(s, at) {
        if let Some(found) = read(text, start) {
            return Some(found);
        }
        let line = s[start..].find(['\n', '\r']).unwrap_or(s.len() - start);
        budget = budget.checked_sub(line + 64)?;
        at = start + 1;
    }
    None
}

/// Reads every command of a text that sends HTTP requests, in order.
#[must_use]
pub fn read_commands(paste: &str) -> Vec<Exchange> {
    let text = Text::paste(paste);
    let (mut exchanges, mut at) = (Vec::new(), 0);
    while let Some((range, found, _)) = next(&text, at) {
        exchanges.extend(found);
        at = range.end.max(at + 1);
    }
    exchanges
}

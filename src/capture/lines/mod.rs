//! Reads the lines of a text, one by one, into clues. A line is tried as a whole first, then piece by piece.
//!
//! The order of the readers matters: the first one that reads a line or a piece keeps it. `LINES`, `AT_A_QUOTE` and
//! the other lists state that order, with the reason for each place in it.

mod access;
pub(crate) mod clue;
mod code;
pub(crate) mod form_body;
mod labels;
mod literals;
mod page;
mod pairs;
mod prose;
mod urls;
mod values;
mod wire;

use std::cell::Cell;
use std::ops::Range;

use super::view::View;
use crate::pack::model::Vocabulary;
use clue::{Clue, Placed};
use page::{Clues, LineReader, Page, PieceReader};

/// Readers of a whole line. They are tried only where the line really begins, not after an embedded document.
const LINES: &[LineReader] = &[
    // A method alone: nothing else is one word of this kind.
    wire::lone_method,
    // A form looks like an assignment, which the pairs below would split at its first `=`.
    form_body::line,
    // `:path: /x` begins with a colon, at which a pair would be split.
    wire::pseudo_field,
    // A pair in quotes ends at its quotes, and the rest of the line may hold more pairs.
    code::quoted_pair_line,
    labels::pair,
    // In lower case `get` and its like are words of prose, unless a target follows: after the labels (`get: /path`).
    wire::lower_case_request_line,
    // A heading has no separator, so every pair has been read.
    labels::bare_heading,
];

/// Readers of a piece that begins with a letter of ASCII.
const AT_A_LETTER: &[PieceReader] = &[
    // What is written as on the wire cannot be anything else.
    wire::status,
    wire::request,
    // A pool's log line begins with a URL, so it comes before the URL.
    wire::pool_line,
    prose::url,
    prose::status_after_time,
    // `grant_type is …` and `error_description=…` have names that the assignments below would take for others.
    prose::parameter_in_sentence,
    prose::error_member,
    // `status=401`, before calls whose name ends in the same word (`method=`).
    labels::assignment,
    // Calls and constants have dots and brackets in the name, which no field has.
    code::bearer_call,
    code::method_call,
    code::named_constant,
    labels::field,
    // A form in the middle of a line has no certain beginning but the name of a parameter.
    form_body::piece,
];

/// Readers of a piece that begins with an opening quote. All of them read a literal.
const AT_A_QUOTE: &[PieceReader] = &[
    // A method as the argument of a call decides what the next argument is.
    code::called_with,
    code::base_literal,
    // The label `forHTTPHeaderField:` comes after the value, so it must be looked for before pairs are.
    code::value_for_field,
    code::quoted_pair,
];

/// Readers of a piece that begins with a digit.
const AT_A_DIGIT: &[PieceReader] = &[prose::status];

/// Readers of a piece that begins with any other character.
const AT_A_MARK: &[PieceReader] = &[
    prose::path,
    wire::arrow,
    code::builder_method,
    // `\"error_description\": …`: the quotes of a document within a string.
    prose::error_member,
];

/// Reads the clues of a view. `embedded` are those that readers of a form have read: lines are read around them.
pub(crate) fn read(view: &View, vocabulary: &Vocabulary, embedded: Vec<Placed>) -> Vec<Placed> {
    let last_line = Cell::default();
    let page = Page { text: &view.text, view, vocabulary, last_line: &last_line };
    let value = page.str();
    let line_end = |from: usize| value[from..].find('\n').map_or(value.len(), |i| from + i);
    let starts: Vec<usize> = embedded.iter().map(|e| e.at.start).collect();
    let next_start = |from: usize| starts.get(starts.partition_point(|start| *start < from)).copied();
    let mut embedded = embedded.into_iter().peekable();
    let mut out = Clues::default();
    let mut at = 0;
    while at < value.len() {
        if at < out.read_to {
            at = out.read_to;
            continue;
        }
        let end = line_end(at);
        // What is embedded in this line, with the text between.
        let (mut from, mut begins_line) = (at, true);
        while let Some(inner) = embedded.next_if(|e| e.at.start <= end && e.at.start >= from) {
            segment(page, from..inner.at.start, begins_line, Some(inner.at.start), &mut out);
            begins_line = false;
            from = inner.at.end;
            out.found.push(inner);
        }
        // It may have ended on a later line: go on after it.
        let end = if from > end { line_end(from) } else { end };
        if embedded.peek().is_some_and(|e| e.at.start <= end && e.at.start >= from) {
            at = from;
            continue;
        }
        segment(page, from..end, begins_line, next_start(from), &mut out);
        at = end + 1;
    }
    out.found
}

/// Reads a line, or the part of one that is next to something embedded.
fn segment(page: Page<'_>, range: Range<usize>, begins_line: bool, next_embedded: Option<usize>, out: &mut Clues) {
    if page.str()[range.clone()].trim().is_empty() {
        if begins_line && next_embedded != Some(range.end) {
            out.push_blank(range);
        }
        return;
    }
    let before = out.found.len();
    let range = wire::time(page, range.clone(), out).unwrap_or(range);
    if begins_line && let Some(rest) = LINES.iter().find_map(|read| read(page, range.clone(), out)) {
        pieces(page, rest, out);
        return;
    }
    pieces(page, range.clone(), out);
    prose::status_of_call(page, before, range.end, out);
    prose::reason_of_call(page, before, range.end, out);
    // A quotation mark or a bracket alone says nothing.
    let says_something = page.str()[range.clone()].contains(char::is_alphanumeric);
    if out.found.len() == before && says_something {
        out.push(range.clone(), Clue::Line(page.text.slice(range)));
    }
}

/// Reads what is anywhere in a line, piece after piece.
fn pieces(page: Page<'_>, range: Range<usize>, out: &mut Clues) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut at = range.start;
    while let Some(first) = page.str().get(at..range.end).and_then(|rest| rest.chars().next()) {
        let begins = at == range.start || !page.str()[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let readers = match first {
            '"' | '\'' | '“' | '‘' | '`' => AT_A_QUOTE,
            c if c.is_ascii_alphabetic() => AT_A_LETTER,
            c if c.is_ascii_digit() => AT_A_DIGIT,
            _ => AT_A_MARK,
        };
        if begins && let Some(end) = readers.iter().find_map(|read| read(page, at, range.end, out)) {
            at = page.str().ceil_char_boundary(end.max(at + 1));
            continue;
        }
        // To the next place where a word can begin.
        at += if is_word(first) {
            let rest = &page.str()[at..range.end];
            rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
    }
}

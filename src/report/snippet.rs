//! Source lines with a caret under the characters that matter.
//!
//! `annotate-snippets` draws. This module prepares its input: lines as the redactor shows them, each cut to the width
//! around its marks. A minified HAR is one line of megabytes, so the work must depend on the width and not on the size
//! of the input. Line and column in the `-->` line are those of the input itself: a mask, or a tab shown as blanks,
//! moves whatever follows it.
//!
//! A mark over several lines is drawn line by line. A label that does not fit after its mark, or whose mark would be
//! drawn over another, is returned to the caller, who prints it as prose.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::line_index::LineIndex;
use super::style::{char_columns, columns, file_name, without_trailing_blanks};
use crate::diagnosis::model::Verdict;
use crate::text::Span;

/// An input that snippets can quote.
#[derive(Clone, Copy)]
pub(crate) struct QuotedFile<'a> {
    pub(crate) file: &'a str,
    pub(crate) places: &'a LineIndex<'a>,
}

impl QuotedFile<'_> {
    /// `file:line:column` of an offset.
    pub(crate) fn place(&self, offset: usize) -> String {
        let (line, column) = self.places.position(offset);
        format!("{}:{line}:{column}", file_name(self.file))
    }
}

/// Characters to underline, with a label.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    /// Printed after the underline; may be empty.
    pub(crate) label: String,
}

/// A drawn snippet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawn {
    /// The lines of the drawing, none wider than the given width.
    pub(crate) lines: Vec<String>,
    /// The indices of the marks whose label did not fit.
    pub(crate) unsaid: Vec<usize>,
}

impl Drawn {
    /// The same without the empty lines of the margin.
    pub(crate) fn compact(mut self) -> Self {
        self.lines.retain(|line| anstream::adapter::strip_str(line).to_string().trim() != "|");
        self
    }
}

/// The lines of the marks with their places in words, and nothing drawn.
pub(crate) fn in_words(source: QuotedFile<'_>, marks: &[Mark]) -> Drawn {
    const LONGEST: usize = 60;
    let lines = marks.iter().map(|mark| {
        let (line, from) = source.places.position(mark.span.start);
        let (last, till) = source.places.position(mark.span.end.saturating_sub(1).max(mark.span.start));
        let place = match (line == last, from == till) {
            (true, true) => format!("line {line}, column {from}"),
            (true, false) => format!("line {line}, columns {from} to {till}"),
            (false, _) => format!("line {line}, column {from}, to line {last}, column {till}"),
        };
        let text = source.places.paste.show(mark.span).text;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown: String = text.chars().take(LONGEST).collect();
        let cut = if shown.len() < text.len() { " and so on" } else { "" };
        if shown.is_empty() { place } else { format!("{place}: {shown}{cut}") }
    });
    Drawn { lines: lines.collect(), unsaid: (0..marks.len()).filter(|i| !marks[*i].label.is_empty()).collect() }
}

/// Marks further than this many lines from the first one are not drawn.
const MAX_DISTANCE: usize = 2_000;

/// The number of lines drawn of one mark.
const MAX_MARK_LINES: usize = 4;

/// Gaps of at least this many lines are left out.
const MIN_GAP: usize = 3;

/// Printed in place of the part of a line that was cut off.
const CUT: &str = "...";

/// A part of a mark that lies on one line.
struct MarkPart {
    mark: usize,
    span: Span,
    /// Whether this is the last part, which carries the label.
    last: bool,
}

/// Draws the marks; the first is the one that matters most.
pub(crate) fn draw(source: QuotedFile<'_>, marks: &[Mark], verdict: Verdict, width: usize, colour: bool) -> Drawn {
    let Some(first) = marks.first() else { return Drawn::default() };
    let home = source.places.line(first.span.start);
    let mut by_line: BTreeMap<usize, Vec<MarkPart>> = BTreeMap::new();
    for (index, mark) in marks.iter().enumerate() {
        for (line, piece) in pieces(source, index, mark.span) {
            if line.abs_diff(home) <= MAX_DISTANCE {
                by_line.entry(line).or_default().push(piece);
            }
        }
    }
    let (Some(top), Some(bottom)) = (by_line.keys().next().copied(), by_line.keys().next_back().copied()) else {
        return Drawn { lines: Vec::new(), unsaid: (0..marks.len()).collect() };
    };
    let gutter = bottom.to_string().len() + " | ".len();
    let room = width.saturating_sub(gutter).max(12);

    let mut text = String::new();
    let mut annotations = Vec::new();
    let mut said = vec![false; marks.len()];
    let mut drawn: Vec<Range<usize>> = Vec::new();
    let mut before = top;
    for (&line, pieces) in &by_line {
        between(source, before, line, room, &mut text);
        before = line;
        let (shown, ranges) = cut(source, line, pieces, room);
        for (piece, range) in pieces.iter().zip(ranges) {
            let Some(range) = range else { continue };
            let label = &marks[piece.mark].label;
            let fits =
                columns(&shown[..range.end]).max(columns(&shown[..range.start]) + 1) + 1 + columns(label) <= room;
            let place = text.len() + range.start..text.len() + range.end;
            // A mark drawn over another would hide it, so only the earlier one is drawn.
            if drawn.iter().any(|d| d.start < place.end && place.start < d.end || *d == place) {
                continue;
            }
            let kind = if piece.mark == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mut annotation = kind.span(place.clone());
            if piece.last && fits && !label.is_empty() && !label.contains('\n') {
                annotation = annotation.label(label.as_str());
                said[piece.mark] = true;
            }
            drawn.push(place);
            annotations.push(annotation);
        }
        text.push_str(&shown);
        text.push('\n');
    }

    let level = match verdict {
        Verdict::Confirmed => Level::ERROR,
        Verdict::Likely | Verdict::Next => Level::WARNING,
        _ => Level::NOTE,
    };
    // The lines are cut already: the renderer must not cut them again.
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(width + text.len());
    let snippet = Snippet::source(text).line_start(top).annotations(annotations);
    let picture = renderer.render(&[Group::with_level(level).element(snippet)]);
    let arrow = format!("{}-->", " ".repeat(bottom.to_string().len()));
    let arrow = if colour { format!("\x1b[1;94m{arrow}\x1b[0m") } else { arrow };
    let origin = format!("{arrow} {}", source.place(first.span.start));
    Drawn {
        lines: std::iter::once(origin).chain(picture.lines().map(without_trailing_blanks)).collect(),
        unsaid: (0..marks.len()).filter(|&i| !said[i] && !marks[i].label.is_empty()).collect(),
    }
}

/// The parts of a mark, line by line.
fn pieces(source: QuotedFile<'_>, mark: usize, span: Span) -> Vec<(usize, MarkPart)> {
    let length = source.places.paste.len();
    let span = Span::new(span.start.min(length), span.end.clamp(span.start.min(length), length));
    let first = source.places.lines.line(span.start);
    let last = if span.is_empty() { first } else { source.places.lines.line(span.end - 1) };
    let mut found: Vec<(usize, MarkPart)> = Vec::new();
    for line in (first..=last).take(MAX_MARK_LINES) {
        let range = source.places.lines.range(line);
        let (start, end) = (span.start.max(range.start), span.end.min(range.end));
        if start < end {
            found.push((line, MarkPart { mark, span: Span::new(start, end), last: false }));
        }
    }
    if found.is_empty() {
        // A blank value, or nothing but a line end.
        let range = source.places.lines.range(first);
        let at = span.start.clamp(range.start, range.end);
        found.push((first, MarkPart { mark, span: Span::new(at, at), last: false }));
    }
    if let Some((_, piece)) = found.last_mut() {
        piece.last = true;
    }
    found
}

/// Fills the lines between two lines with marks: a short gap is shown, a long one is only counted.
fn between(source: QuotedFile<'_>, above: usize, below: usize, room: usize, text: &mut String) {
    let gap = above + 1..below;
    let show = gap.len() < MIN_GAP;
    for line in gap {
        if show {
            text.push_str(&cut(source, line, &[], room).0);
        }
        text.push('\n');
    }
}

/// A line as shown, cut to the room around its marks, and where the marks are in it.
fn cut(source: QuotedFile<'_>, line: usize, pieces: &[MarkPart], room: usize) -> (String, Vec<Option<Range<usize>>>) {
    let whole = source.places.lines.range(line);
    let anchor = pieces.first().map_or_else(|| Span::new(whole.start, whole.start), |p| p.span);
    // In bytes first, so that a long line is never shown as a whole. A character has at most 4 bytes.
    let span_limit = room * 8;
    let raw = source.places.paste.raw();
    let start = raw.floor_char_boundary(anchor.start.saturating_sub(span_limit).max(whole.start));
    let end = raw.floor_char_boundary((anchor.start + span_limit).min(whole.end).max(start));
    let shown = source.places.paste.show(Span::new(start, end));
    let text = shown.text.replace('\n', " ");
    let ranges: Vec<Option<Range<usize>>> = pieces
        .iter()
        .map(|p| (p.span.start <= end && p.span.end >= start).then(|| shown.range(p.span)))
        .map(|r| r.filter(|r| text.is_char_boundary(r.start) && text.is_char_boundary(r.end)))
        .collect();
    let (mut more_left, mut more_right) = (start > whole.start, end < whole.end);
    // A mark may lie in blanks at the end of the line; one of no width is drawn as one caret.
    let marked =
        ranges.iter().flatten().map(|r| columns(&text[..r.end]) + usize::from(r.is_empty())).max().unwrap_or(0);
    if !more_left && !more_right && columns(text.trim_end()).max(marked) <= room {
        return (text, ranges);
    }

    let window = room - 2 * CUT.len();
    let column = |at: usize| columns(&text[..at]);
    let main = ranges.iter().flatten().next().cloned().unwrap_or(0..0);
    let all = ranges.iter().flatten().fold(main.clone(), |a, r| a.start.min(r.start)..a.end.max(r.end));
    let focus = if column(all.end) - column(all.start) <= window { all } else { main };
    let (left, size) = (column(focus.start), column(focus.end) - column(focus.start));
    // Some text before the mark helps the reader to recognise the line.
    let mut left = left.saturating_sub(window.saturating_sub(size) * 2 / 5);
    if left <= CUT.len() && !more_left {
        left = 0;
    }
    let (mut from, mut till, mut at) = (text.len(), text.len(), 0);
    for (i, c) in text.char_indices() {
        if at >= left {
            from = from.min(i);
        }
        if at + char_columns(c) > left + window && from <= i {
            till = i;
            break;
        }
        at += char_columns(c);
    }
    more_left |= from > 0;
    more_right |= !text[till..].trim_end().is_empty();
    let head = if more_left { CUT } else { "" };
    let tail = if more_right { CUT } else { "" };
    let moved = ranges.into_iter().map(|r| {
        let r = r?;
        let (start, end) = (r.start.clamp(from, till), r.end.clamp(from, till));
        // What lies outside of the window is not drawn; a mark of no width may lie on its edge.
        let inside = if r.is_empty() { r.start == start } else { start < end };
        inside.then(|| start - from + head.len()..end - from + head.len())
    });
    (format!("{head}{}{tail}", &text[from..till]), moved.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Redactor;
    use crate::text::Lines;

    /// A line with a caret, what is wrong with it, and what to do.
    fn mistake(file: &str, source: &str, span: Span, label: &str, help: &str) -> String {
        const WIDTH: usize = 100;
        let (paste, lines) = (Redactor::new(source, &[]), Lines::of(source));
        let source = QuotedFile { file, places: &LineIndex::new(&paste, &lines) };
        let drawn = draw(source, &[Mark { span, label: label.to_owned() }], Verdict::Confirmed, WIDTH, false);
        let mut out = String::new();
        let mut add = |line: &str| {
            out.push_str(line.trim_end());
            out.push('\n');
        };
        drawn.lines.iter().for_each(|l| add(l));
        for text in drawn.unsaid.iter().map(|_| label).chain((!help.is_empty()).then_some(help)) {
            for (i, line) in crate::report::style::wrap(text, WIDTH - 4).iter().enumerate() {
                add(&format!("{}{line}", if i == 0 { "  = " } else { "    " }));
            }
        }
        out
    }

    #[test]
    fn a_mistake_in_a_rule_file() {
        let source = "title = \"x\"\n\n[sign.when]\nauthorisation.scheme = \"none\"\n";
        let start = source.find("authorisation").expect("it is there");
        insta::assert_snapshot!(mistake(
            "rules/http/x.toml",
            source,
            Span::new(start, start + 20),
            "there is no fact `authorisation.scheme`",
            "expected the name of a fact, as `why401 facts` lists them; did you mean `authorization.scheme`?"
        ));
    }

    #[test]
    fn a_mistake_in_an_empty_file() {
        insta::assert_snapshot!(mistake("x.toml", "", Span::new(0, 0), "`title` is missing", "add it"));
    }

    #[test]
    fn a_mistake_in_the_middle_of_a_character_does_no_harm() {
        assert!(mistake("x.toml", "é", Span::new(1, 2), "odd", "").contains("--> x.toml:1:1\n"));
        assert!(mistake("x.toml", "é", Span::new(7, 3), "odd", "").contains("odd"));
    }
}

//! Edits that write the correction of a request.
//!
//! A correction is shown with masks, so an edit is what differs between the old and the new line: it inserts or removes
//! characters around a credential. Where the difference itself holds one, or the text is not where it is expected, there is
//! no edit.

use std::ops::Range;

use crate::capture::model::Format;
use crate::diagnosis::model::{CorrectionLine, CorrectionMark, ExchangeDiagnosis, FieldView};

/// Characters to replace, and the text in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextChange {
    pub(super) range: Range<usize>,
    pub(super) new: String,
}

/// The edits that write the correction of an exchange, in the order of the text.
pub(super) fn changes(exchange: &ExchangeDiagnosis, text: &str) -> Vec<TextChange> {
    let Some(correction) = &exchange.correction else { return Vec::new() };
    let is_lines = matches!(exchange.format, Format::Ticket | Format::Raw);
    let mut found: Vec<TextChange> = Vec::new();
    let mut fields = exchange.request.fields.iter().peekable();
    let mut lines = correction.lines.iter().peekable();
    let mut last_field = None;
    while let Some(line) = lines.next() {
        let old = &line.text;
        let field = fields.peek().copied().filter(|field| shown(field) == *old);
        match (line.mark, field) {
            (CorrectionMark::Keep, Some(field)) => {
                last_field = Some(field);
                fields.next();
            }
            (CorrectionMark::Remove, field) => {
                let new = lines.next_if(|next| next.mark == CorrectionMark::Add);
                if let Some(field) = field {
                    last_field = Some(field);
                    fields.next();
                    found.extend(in_field(field, new, text, is_lines));
                } else if let Some(new) = new {
                    found.extend(in_exchange(exchange, old, &new.text, text));
                }
            }
            (CorrectionMark::Add, _) if is_lines => found.extend(added(line, last_field, text)),
            _ => {}
        }
    }
    // In documents and commands a value may need escapes.
    let is_plain = |change: &TextChange| is_lines || !change.new.contains(['"', '\\', '\'', '`', '$', '\n']);
    found.retain(is_plain);
    found.sort_by_key(|change| (change.range.start, change.range.end));
    // Two edits of one place would depend on their order.
    found.dedup_by(|next, last| next.range.start < last.range.end);
    found
}

fn shown(field: &FieldView) -> String {
    format!("{}: {}", field.name, field.value).trim_end().to_owned()
}

/// The edit of a field: of its value, or of its whole line where it goes.
fn in_field(field: &FieldView, new: Option<&CorrectionLine>, text: &str, is_lines: bool) -> Option<TextChange> {
    let at = field.span.start..field.span.end;
    let Some(new) = new else {
        return whole_line(field, text).filter(|_| is_lines).map(|range| TextChange { range, new: String::new() });
    };
    let value = new.text.get(field.name.len()..)?.strip_prefix(':')?.trim_start();
    differing(text.get(at.clone())?, &field.value, value)
        .map(|(range, new)| TextChange { range: at.start + range.start..at.start + range.end, new })
}

/// The line of a field with its end, if there is nothing else in it.
fn whole_line(field: &FieldView, text: &str) -> Option<Range<usize>> {
    let start = text.get(..field.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text[field.span.start..].find('\n').map_or(text.len(), |at| field.span.start + at + 1);
    let line = text.get(start..end)?.trim();
    let rest = line
        .get(..field.name.len())
        .filter(|name| name.eq_ignore_ascii_case(&field.name))
        .map(|_| &line[field.name.len()..])?;
    let is_value = rest.trim_start().strip_prefix(':')?.trim() == text.get(field.span.start..field.span.end)?.trim();
    is_value.then_some(start..end)
}

/// The edit of a line that is in the exchange once, exactly as it is shown: the request line.
fn in_exchange(exchange: &ExchangeDiagnosis, old: &str, new: &str, text: &str) -> Option<TextChange> {
    let at = exchange.at;
    let own = text.get(at.start..at.end)?;
    let found = own.find(old)?;
    if own[found + old.len()..].contains(old) {
        return None;
    }
    let (range, new) = differing(old, old, new)?;
    let start = at.start + found;
    Some(TextChange { range: start + range.start..start + range.end, new })
}

/// The edit that adds a field after the last one.
fn added(line: &CorrectionLine, last: Option<&FieldView>, text: &str) -> Option<TextChange> {
    let range = whole_line(last?, text)?;
    if line.text.contains('‹') || !text[..range.end].ends_with('\n') {
        return None;
    }
    let end = if text[..range.end].ends_with("\r\n") { "\r\n" } else { "\n" };
    Some(TextChange { range: range.end..range.end, new: format!("{}{end}", line.text) })
}

/// The bytes of a raw text in which its masked form and a new masked text differ, and what comes in their place. `None` if
/// they hold a mask.
fn differing(raw: &str, old: &str, new: &str) -> Option<(Range<usize>, String)> {
    let same = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    // A mask is equal or different as a whole.
    let mut before = old.floor_char_boundary(same(old, new));
    if let Some(open) = old[..before].rfind('‹').filter(|open| !old[*open..before].contains('›')) {
        before = open;
    }
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let equal = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b).count();
    let mut after = old_rest.ceil_char_boundary(old_rest.len() - equal);
    if let Some(close) = old_rest[after..].find('›').filter(|close| !old_rest[after..after + close].contains('‹')) {
        after += close + '›'.len_utf8();
    }
    let removed = &old_rest[..after];
    let suffix = &old_rest[after..];
    let inserted = &new_rest[..new_rest.len() - suffix.len()];
    if removed.contains('‹') || inserted.contains('‹') {
        return None;
    }
    let prefix = &old[..before];
    let start = if !prefix.contains('‹') && raw.starts_with(prefix) {
        prefix.len()
    } else if !suffix.contains('‹') && raw.ends_with(suffix) {
        raw.len().checked_sub(suffix.len() + removed.len())?
    } else {
        return None;
    };
    let range = start..start + removed.len();
    (raw.get(range.clone()) == Some(removed)).then(|| (range, inserted.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_holds_only_what_differs() {
        for (raw, old, new, edit) in [
            ("4kQeTz8hWq", "‹token A, 10 characters›", "Bearer ‹token A, 10 characters›", Some((0..0, "Bearer "))),
            ("Bearer Bearer 4kQe", "Bearer Bearer ‹token A›", "Bearer ‹token A›", Some((7..14, ""))),
            ("\"4kQe\"", "\"‹token A›\"", "‹token A›", None),
            ("Token 4kQe", "Token ‹token A›", "Bearer ‹token A›", Some((0..5, "Bearer"))),
            ("Bearer 4kQe;", "Bearer ‹token A›;", "Bearer ‹token A›", Some((11..12, ""))),
            ("Bearer 4kQe", "Bearer ‹token A›", "Bearer ‹token B›", None),
            ("text/xml", "text/xml", "application/json", Some((0..8, "application/json"))),
        ] {
            let found = differing(raw, old, new);
            assert_eq!(found, edit.map(|(range, new)| (range, new.to_owned())), "{old} → {new}");
        }
    }
}

//! The lines of the request that a correction changes, each cut to the width around the change.

use super::style::{TextStyle, char_columns, columns};
use crate::diagnosis::model::{CorrectionLine, CorrectionMark, ExchangeDiagnosis};

/// Printed for what was cut off.
const CUT: &str = "…";

/// How many characters before the change are kept.
const CONTEXT: usize = 12;

/// The changed lines, at most so many, none wider than `room` columns. A removed line and the line that replaces it
/// stay together.
pub(super) fn lines(exchange: &ExchangeDiagnosis, most: usize, room: usize, style: &TextStyle) -> Vec<String> {
    let Some(correction) = &exchange.correction else { return Vec::new() };
    let changed: Vec<&CorrectionLine> = correction.lines.iter().filter(|l| l.mark != CorrectionMark::Keep).collect();
    let (minus, plus) = if style.plain { ("Remove: ", "Add: ") } else { ("- ", "+ ") };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = changed.get(at) {
        let replaced_by = changed.get(at + 1).filter(|n| {
            line.mark == CorrectionMark::Remove && n.mark == CorrectionMark::Add && name(&n.text) == name(&line.text)
        });
        let size = 1 + usize::from(replaced_by.is_some());
        if out.len() + size > most {
            break;
        }
        at += size;
        let begin = match replaced_by {
            Some(new) => common(&line.text, &new.text).saturating_sub(CONTEXT),
            None => 0,
        };
        for line in [Some(line), replaced_by].into_iter().flatten() {
            let lead = if line.mark == CorrectionMark::Add { plus } else { minus };
            let text = format!("{lead}{}", window(&line.text, begin, room.saturating_sub(columns(lead))));
            out.push(if line.mark == CorrectionMark::Add { style.good(&text) } else { style.bad(&text) });
        }
    }
    out
}

/// The name of a field or parameter.
fn name(line: &str) -> &str {
    line.split([':', '=']).next().unwrap_or(line)
}

/// The number of characters that two lines have in common at their beginning.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// A line, or the part of it that begins at this character, in so many columns.
fn window(line: &str, begin: usize, room: usize) -> String {
    if columns(line) <= room {
        return line.to_owned();
    }
    let name: String = line.chars().take_while(|c| *c != ':').collect();
    let head = if begin > name.chars().count() + 2 && columns(&name) < room / 3 && name.len() < line.len() {
        format!("{name}: {CUT}")
    } else {
        String::new()
    };
    let from = if head.is_empty() { 0 } else { begin };
    let mut used = columns(&head) + columns(CUT);
    let kept = line.chars().skip(from).take_while(|c| {
        used += char_columns(*c);
        used <= room
    });
    let kept: String = kept.collect();
    let is_end = from + kept.chars().count() == line.chars().count();
    format!("{head}{kept}{}", if is_end { "" } else { CUT })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_its_change() {
        let old = format!("Cookie: a={}; b=1; c=2", "x".repeat(60));
        assert_eq!(window(&old, 60, 40), "Cookie: …xxxxxxxxxx; b=1; c=2");
        assert_eq!(window("Accept: */*", 5, 40), "Accept: */*");
        assert_eq!(window(&"x".repeat(50), 20, 10), format!("{}…", "x".repeat(9)));
    }
}

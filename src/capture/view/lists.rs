//! Marks that an editor or a viewer puts in front of every line: of a list, or the number of the line.

use crate::text::Text;

/// The marks. `*` is not one: `curl -v` puts it in front of what it says about the connection.
const MARKS: &[&str] = &["\u{2022} ", "\u{2022}\t", "\u{25e6} ", "\u{25aa} ", "\u{00b7} ", "- "];

/// Between the number of a line and its text.
const SEPARATORS: &[&str] = &["\t", "  ", " | ", "| ", ": ", ":", ". ", ") ", " "];

/// Takes the marks off if nearly every line has the same one. A list within a text is left as it is.
pub(super) fn without_marks(lines: &mut [Text]) {
    without_numbers(lines);
    without_names(lines);
    let filled = lines.iter().filter(|l| !l.as_str().trim().is_empty()).count();
    let marked = |mark: &str| lines.iter().filter(|l| l.as_str().starts_with(mark)).count();
    let Some(mark) = MARKS.iter().find(|mark| filled >= 3 && marked(mark) * 10 >= filled * 9) else { return };
    for line in lines.iter_mut() {
        if line.as_str().starts_with(mark) {
            *line = line.slice(mark.len()..line.len());
        }
    }
}

/// Takes off the name that a viewer of logs puts in front of every line: `web-1  | `, `I/flutter ( 4321): `.
fn without_names(lines: &mut [Text]) {
    const ENDS: [&str; 3] = [" | ", "): ", "] "];
    let filled: Vec<&Text> = lines.iter().filter(|l| !l.as_str().trim().is_empty()).collect();
    let Some(first) = filled.first().map(|l| l.as_str()) else { return };
    let head = &first[..first.floor_char_boundary(60)];
    let prefixes = ENDS.iter().filter_map(|end| head.find(end).map(|at| &first[..at + end.len()]));
    let is_name = |prefix: &&str| {
        prefix.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            && !prefix.contains(['{', '"', '<', '>'])
            && filled.len() >= 4
            && filled.iter().filter(|l| l.as_str().starts_with(prefix.trim_end())).count() * 10 >= filled.len() * 9
    };
    let Some(prefix) = prefixes.filter(is_name).max_by_key(|p| p.len()).map(str::to_owned) else { return };
    for line in lines.iter_mut() {
        if line.as_str().starts_with(prefix.trim_end()) {
            let skip = if line.as_str().starts_with(&prefix) { prefix.len() } else { prefix.trim_end().len() };
            *line = line.slice(skip..line.len());
        }
    }
}

/// Takes line numbers off if they count the lines of the paste.
fn without_numbers(lines: &mut [Text]) {
    let number = |line: &Text| -> Option<(usize, usize)> {
        let value = line.as_str();
        let lead = value.len() - value.trim_start_matches(' ').len();
        let digits = value[lead..].bytes().take(7).take_while(u8::is_ascii_digit).count();
        Some((value[lead..lead + digits].parse().ok()?, lead + digits))
    };
    let filled: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].as_str().trim().is_empty()).collect();
    let numbers: Vec<Option<(usize, usize)>> = filled.iter().map(|i| number(&lines[*i])).collect();
    if numbers.len() < 3 || numbers.iter().any(Option::is_none) {
        return;
    }
    let numbers: Vec<(usize, usize)> = numbers.into_iter().flatten().collect();
    let counts = numbers.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1).count();
    if counts + 1 < numbers.len() {
        return;
    }
    // A line without text is only its number, and an editor may have removed the blanks after it.
    let rest = |i: usize, end: usize| lines[i].as_str()[end..].to_owned();
    let has = |separator: &str| {
        filled.iter().zip(&numbers).all(|(i, (_, end))| {
            let rest = rest(*i, *end);
            rest.trim().is_empty() || rest.starts_with(separator)
        })
    };
    let Some(separator) = SEPARATORS.iter().find(|s| has(s)) else { return };
    for (i, (_, end)) in filled.iter().zip(&numbers) {
        let skip = (end + separator.len()).min(lines[*i].len());
        let line = &lines[*i];
        lines[*i] = line.slice(skip..line.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> Vec<String> {
        let mut lines = Text::paste(text).lines();
        without_marks(&mut lines);
        lines.into_iter().map(|l| l.as_str().to_owned()).collect()
    }

    #[test]
    fn marks_of_every_line_go() {
        assert_eq!(
            without("\u{2022} GET /a HTTP/1.1\n\u{2022} Host: a\n\n\u{2022}   x: y"),
            ["GET /a HTTP/1.1", "Host: a", "", "  x: y"]
        );
        assert_eq!(without("  9  GET /a\n 10  Host: a\n 11\n 12    x"), ["GET /a", "Host: a", "", "  x"]);
        assert_eq!(without("1: a\n2: b\n3: c"), ["a", "b", "c"]);
    }

    #[test]
    fn names_of_containers_and_processes_go() {
        assert_eq!(
            without("web-1  | GET /a HTTP/1.1\nweb-1  | Host: a\nweb-1  |\nweb-1  | b"),
            ["GET /a HTTP/1.1", "Host: a", "", "b"]
        );
        assert_eq!(without("I/x ( 4): uri: a\nI/x ( 4): b\nI/x ( 4):  c\nI/x ( 4): d"), ["uri: a", "b", " c", "d"]);
    }

    #[test]
    fn marks_of_some_lines_stay() {
        for text in ["Sent:\n- Host: a\n- Accept: b\nand then", "401 a\n403 b\n500 c", "- a"] {
            assert_eq!(without(text).join("\n"), text);
        }
    }
}

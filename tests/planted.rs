//! Credentials that are planted in texts of many programs are masked, and nothing around them is (`redact/planted.txt`).

use why401::{Masker, Pack, Redactor};

/// Values of several looks: a spoken word, a word with a digit in it, one drawn at random, an id.
const LOOKS: [&str; 4] =
    ["rokamulitane", "Kiguse4temibi", "a7QkQeTz8hWq2LrVn0XyPs7BdUcG", "d5482a90-a29b-49fa-a5ff-5180bc0dbc0e"];

/// The texts, each under its heading, with the marks still in them.
fn texts() -> Vec<(&'static str, &'static str)> {
    let texts: Vec<_> = include_str!("redact/planted.txt")
        .split("\n=== ")
        .skip(1)
        .map(|text| text.split_once('\n').expect("a text under each heading"))
        .collect();
    assert!(texts.len() >= 200, "{} texts", texts.len());
    texts
}

/// The text with a value for each `@` in a marked stretch.
fn with_value(text: &str, value: &str) -> String {
    let parts = text.split('⟦').enumerate().map(|(i, part)| match part.split_once('⟧') {
        Some((inner, rest)) if i > 0 => format!("{}⟧{rest}", inner.replace('@', value)),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("⟦")
}

/// A text with each mask, or each marked stretch, as `‹›`.
fn with_holes(text: &str, (open, close): (char, char)) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(open) {
        out += before;
        if !(before.is_empty() && out.ends_with("‹›")) {
            out += "‹›";
        }
        rest = behind.split_once(close).expect("an end of each mark").1;
    }
    without_marks(&(out + rest))
}

/// The text without the marks next to a hole: a mask may cover a quotation mark or a bracket of the value.
fn without_marks(text: &str) -> String {
    let parts: Vec<&str> = text.split("‹›").collect();
    let is_mark = |c: char| c.is_ascii_punctuation() || c == ' ';
    let last = parts.len() - 1;
    let bare = parts.iter().enumerate().map(|(i, part)| {
        let part = if i > 0 { part.trim_start_matches(is_mark) } else { part };
        if i < last { part.trim_end_matches(is_mark) } else { part }
    });
    bare.collect::<Vec<_>>().join("‹›").replace("‹›‹›", "‹›")
}

/// The lines that differ.
fn difference(wanted: &str, shown: &str) -> Vec<String> {
    let lines = wanted.lines().zip(shown.lines()).filter(|(wanted, shown)| wanted != shown);
    lines.map(|(wanted, shown)| format!("\n    wanted {wanted}\n    shown  {shown}")).collect()
}

#[test]
fn what_is_planted_is_masked_and_nothing_else() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let mut wrong = Vec::new();
    for (name, text) in texts() {
        let looks = if with_value(text, "") != text { &LOOKS[..] } else { &LOOKS[..1] };
        for look in looks {
            let marked = with_value(text, look);
            let wanted = with_holes(&marked, ('⟦', '⟧'));
            let paste = marked.replace(['⟦', '⟧'], "");
            let masked = Masker::default().mask(paste.as_bytes(), &pack);
            let masked = String::from_utf8(masked.bytes).expect("UTF-8 in, UTF-8 out");
            let again = Masker::default().mask(masked.as_bytes(), &pack);
            let shown = with_holes(&masked, ('‹', '›'));
            let cleaned = with_holes(&Redactor::new("", &[]).clean(&paste), ('‹', '›'));
            if shown != wanted {
                wrong.push(format!("{name}, {look}: {}", difference(&wanted, &shown).concat()));
            } else if cleaned != with_holes(&marked.replace('\t', "    "), ('⟦', '⟧')) {
                wrong.push(format!("{name}, {look}, cleaned: {}", difference(&wanted, &cleaned).concat()));
            } else if again.bytes != masked.as_bytes() {
                wrong.push(format!("{name}, {look}, masked again: {}", String::from_utf8_lossy(&again.bytes)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Signs of several bytes and marks, at places that no text has them, and cuts: a search that looks ahead or behind must not end
/// between two bytes, and not beyond its text.
#[test]
fn a_text_that_is_broken_is_read_to_its_end() {
    const SIGNS: [&str; 12] = ["é", "“", "€", "😀", "\"", "'", "\n", "<", "(", "=", "\\", "‹"];
    for (number, (_, text)) in texts().into_iter().enumerate() {
        let text = with_value(text, LOOKS[number % LOOKS.len()]).replace(['⟦', '⟧'], "");
        for (turn, sign) in SIGNS.iter().enumerate().skip(number % 3).step_by(3) {
            let at = text.floor_char_boundary(text.len() * (turn * 7 + number) / 11 % (text.len() + 1));
            let (head, tail) = text.split_at(at);
            for broken in [format!("{head}{sign}{tail}"), format!("{head}{sign}"), format!("{sign}{tail}")] {
                assert!(Redactor::new(&broken, &[]).is_of(&broken));
            }
        }
    }
}

//! Colours and other escape sequences of a terminal, as bytes or as programs write them out (`^[[32m`, `\x1b[32m`).

use std::sync::LazyLock;

use regex::Regex;

/// The text without escape sequences.
pub(super) fn open(text: &str) -> Option<String> {
    if text.contains('\u{1b}') {
        return Some(anstream::adapter::strip_str(text).to_string());
    }
    // `cat -v`, loggers and JSON write the escape character out. Only colours are taken off: a token may hold `^[`.
    let written = ["^[[", "\\x1b[", "\\u001b[", "\\033[", "\\e[", "\\x1B[", "\\u001B[", "\u{241b}["];
    if !written.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let stripped = WRITTEN.replace_all(text, "");
    (stripped.len() < text.len()).then(|| stripped.into_owned())
}

#[expect(clippy::unwrap_used, reason = "the pattern is constant; a test uses it")]
static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\^\[|\\x1[bB]|\\u001[bB]|\\033|\\e|\u{241b})\[[0-9;]{0,20}m").unwrap());

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn colours_go_and_other_control_characters_stay() {
        assert_eq!(open("\u{1b}[32mHost: a\tb\u{1b}[0m\r\n").as_deref(), Some("Host: a\tb\r\n"));
        assert_eq!(open("\u{1b}]8;;http://a\u{1b}\\a\u{1b}]8;;\u{1b}\\").as_deref(), Some("a"));
        assert_eq!(open("^[[1;32mHost: a^[[0m").as_deref(), Some("Host: a"));
        assert_eq!(open("Host: a^[b"), None);
    }
}

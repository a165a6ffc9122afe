//! Words of the user's choice: names of people, projects, organisations.

use std::ops::Range;

/// The words in lower case, without blanks around them; an empty one would be everywhere.
pub(crate) fn folded(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect()
}

/// The places of these words, which are in lower case, in a text of either letter case.
pub(crate) fn places(text: &str, words: &[String]) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    // The lower case of some letters has another length: for each byte of it, where its letter is in the text.
    let mut lower = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        for small in c.to_lowercase() {
            lower.push(small);
            origin.extend(std::iter::repeat_n(at, small.len_utf8()));
        }
    }
    origin.push(text.len());
    let mut found = Vec::new();
    for word in words {
        for (at, word) in lower.match_indices(word.as_str()) {
            let start = origin[at];
            let end = origin[at + word.len()];
            // The end of a letter that became two is the end of the letter.
            let end = if end > start { end } else { text.ceil_char_boundary(start + 1) };
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_either_case() {
        let words = folded(&[" Bluebird ".to_owned(), String::new(), "straße".to_owned(), "i".to_owned()]);
        assert_eq!(words, ["bluebird", "straße", "i"]);
        let found = |text: &'static str| places(text, &words).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(found("BLUEBIRD, blueBird"), ["BLUEBIRD", "blueBird", "I", "i"]);
        assert_eq!(found("die Straße"), ["Straße", "i"]);
        assert_eq!(found("\u{130}"), ["\u{130}"]);
    }
}

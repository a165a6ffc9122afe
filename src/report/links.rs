//! Links to the standards that a text names, for terminals that show them (OSC 8).

/// A line in which each RFC is a link: `RFC 6750, section 3.1`. Its address is made of nothing but the numbers.
pub(super) fn linked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("RFC ") {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let Some((len, address)) = standard(found) else {
            out.push_str("RFC ");
            rest = &found["RFC ".len()..];
            continue;
        };
        let (words, after) = found.split_at(len);
        out.push_str(&format!("\u{1b}]8;;{address}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\"));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The length of the words that name a standard at the beginning of a text, and its address.
pub(crate) fn standard(text: &str) -> Option<(usize, String)> {
    const LONGEST: usize = 5;
    let digits = |text: &str, more: &[u8]| text.bytes().take_while(|b| b.is_ascii_digit() || more.contains(b)).count();
    let number_at = "RFC ".len();
    let number = digits(&text[number_at..], b"");
    if number == 0 || number > LONGEST {
        return None;
    }
    let end = number_at + number;
    let address = format!("https://www.rfc-editor.org/rfc/rfc{}", &text[number_at..end]);
    let Some(rest) = text[end..].strip_prefix(", section ") else { return Some((end, address)) };
    let section = rest[..digits(rest, b".")].trim_end_matches('.');
    if section.is_empty() {
        return Some((end, address));
    }
    Some((end + ", section ".len() + section.len(), format!("{address}#section-{section}")))
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn a_standard_is_a_link() {
        let shown = linked("RFC 6750, section 3.1; RFC 9470 and RFC x");
        assert_eq!(
            shown,
            "\u{1b}]8;;https://www.rfc-editor.org/rfc/rfc6750#section-3.1\u{1b}\\RFC 6750, section 3.1\u{1b}]8;;\u{1b}\\; \
             \u{1b}]8;;https://www.rfc-editor.org/rfc/rfc9470\u{1b}\\RFC 9470\u{1b}]8;;\u{1b}\\ and RFC x"
        );
        // A full stop ends the sentence, not the number of the section.
        assert!(linked("See RFC 7523, section 3.").ends_with("section 3\u{1b}]8;;\u{1b}\\."));
        assert_eq!(linked("RFC 123456789"), "RFC 123456789");
    }
}

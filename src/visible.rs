//! Characters that cannot be seen, and that can do something to a terminal, made visible.

use std::fmt::Write as _;

/// The characters of Unicode's categories Cc, Cf, Zl and Zp, and those with the property `Default_Ignorable_Code_Point`:
/// control and format characters, direction marks, zero-width characters, variation selectors, tags. A test compares the
/// table with the one of the `regex` crate.
const HIDDEN: &[(u32, u32)] = &[
    (0x0000, 0x001F),
    (0x007F, 0x009F),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1_10BD, 0x1_10BD),
    (0x1_10CD, 0x1_10CD),
    (0x1_3430, 0x1_343F),
    (0x1_BCA0, 0x1_BCA3),
    (0x1_D173, 0x1_D17A),
    (0xE_0000, 0xE_0FFF),
];

/// Whether a character cannot be seen. A line end and a tab count as such; a space does not.
pub(crate) fn is_hidden(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    let code = u32::from(c);
    let at = HIDDEN.partition_point(|(_, last)| *last < code);
    HIDDEN.get(at).is_some_and(|(first, _)| *first <= code)
}

/// A text without characters that can do something to a terminal. Its lines stay lines.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_visible(&mut out, c));
    out
}

/// Writes a character so that it can do nothing to a terminal and can be seen.
pub(crate) fn push_visible(out: &mut String, c: char) {
    match c {
        ' '..='~' | '\n' => out.push(c),
        '\t' => out.push_str("    "),
        '\r' => {}
        '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        '\u{7F}' => out.push('\u{2421}'),
        '\u{80}'..='\u{9F}' => out.push(char::REPLACEMENT_CHARACTER),
        '\u{2028}' | '\u{2029}' => out.push('\u{240A}'),
        c if is_hidden(c) => {
            // A string takes everything.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_unicode() {
        let hidden = regex::Regex::new(r"^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]$").expect("valid");
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for c in (0..=0x0010_FFFF_u32).filter_map(char::from_u32) {
            // The dollar sign also matches before a line end, so that is asked for by itself.
            let is_one = c == '\n' || hidden.is_match(c.encode_utf8(&mut [0; 4]));
            match ranges.last_mut() {
                _ if !is_one => {}
                Some((_, last)) if *last + 1 == u32::from(c) => *last = u32::from(c),
                _ => ranges.push((u32::from(c), u32::from(c))),
            }
        }
        let shown = |ranges: &[(u32, u32)]| ranges.iter().map(|(a, b)| format!("{a:04X}-{b:04X}")).collect::<Vec<_>>();
        assert_eq!(shown(HIDDEN), shown(&ranges));
    }

    #[test]
    fn what_is_visible_has_nothing_hidden() {
        let all: String = (0..=0x0010_FFFF_u32).filter_map(char::from_u32).collect();
        assert!(!visible(&all).chars().any(|c| is_hidden(c) && c != '\n'));
        assert_eq!(visible("a\u{1b}[31m\u{202e}\u{fe0f}b\tc\r\n"), "a\u{241b}[31m<U+202E><U+FE0F>b    c\n");
    }
}

//! The text of an RTF document (Word, WordPad, Outlook and TextEdit put it on the clipboard and in attachments).
//!
//! Only the text matters here, so this is the small part of RTF that carries it: groups, control words, and the three
//! ways to write a character. The crates for RTF build a document of fonts and styles and give up at the first control
//! word that they do not expect.

use super::line_ends::with_plain_line_ends;

/// Groups whose content is not text of the document.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "footer",
    "listtable",
    "rsidtbl",
    "generator",
    "themedata",
    "datastore",
];

/// The text of the document, one line for each paragraph.
pub(crate) fn open(text: &str) -> Option<String> {
    let begun = text.trim_start();
    if !begun.starts_with("{\\rtf") {
        return None;
    }
    let mut out = Vec::<u8>::with_capacity(begun.len() / 2);
    // For each open group: whether it is skipped, and how many characters replace a `\u` for old readers.
    let mut groups = vec![(false, 1_usize)];
    let source = with_plain_line_ends(begun);
    let bytes = source.as_bytes();
    let mut at = 0;
    // Bytes of an old character after `\u` that are not shown.
    let mut replaced = 0;
    while at < bytes.len() {
        let (skipped, fallback) = groups.last().copied().unwrap_or((false, 1));
        match bytes[at] {
            b'{' => {
                groups.push((skipped, fallback));
                at += 1;
            }
            b'}' => {
                // The outermost group closes the document; one brace too many changes nothing.
                if groups.len() > 1 {
                    groups.pop();
                }
                at += 1;
            }
            b'\n' => at += 1,
            b'\\' => {
                let control = Control::read(&bytes[at + 1..]);
                at += 1 + control.len;
                replaced = match control.word {
                    _ if skipped => 0,
                    RtfWord::Unicode(c) => {
                        let mut buffer = [0; 4];
                        out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
                        fallback
                    }
                    RtfWord::Byte(_) if replaced > 0 => replaced - 1,
                    RtfWord::Byte(byte) => {
                        let c = char::from(byte);
                        let mut buffer = [0; 4];
                        out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
                        0
                    }
                    RtfWord::Named(name, number) => {
                        match name {
                            "par" | "line" | "row" | "sect" | "page" => out.push(b'\n'),
                            "tab" | "cell" => out.push(b'\t'),
                            "lquote" | "rquote" => out.push(b'\''),
                            "ldblquote" | "rdblquote" => out.push(b'"'),
                            "endash" | "emdash" => out.push(b'-'),
                            "bullet" => out.extend_from_slice("\u{2022}".as_bytes()),
                            "uc" => set(&mut groups, |g| g.1 = number.unwrap_or(1).clamp(0, 8) as usize),
                            name if SKIPPED.contains(&name) => set(&mut groups, |g| g.0 = true),
                            _ => {}
                        }
                        0
                    }
                    RtfWord::Symbol(b'*') => {
                        set(&mut groups, |g| g.0 = true);
                        0
                    }
                    RtfWord::Symbol(symbol) => {
                        match symbol {
                            b'~' => out.push(b' '),
                            b'_' => out.push(b'-'),
                            b'\n' => out.push(b'\n'),
                            b'\\' | b'{' | b'}' => out.push(symbol),
                            _ => {}
                        }
                        0
                    }
                };
            }
            _ if replaced > 0 => {
                replaced -= 1;
                at += 1;
            }
            byte => {
                if !skipped {
                    out.push(byte);
                }
                at += 1;
            }
        }
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn set(groups: &mut [(bool, usize)], change: impl FnOnce(&mut (bool, usize))) {
    if let Some(group) = groups.last_mut() {
        change(group);
    }
}

/// A control word or symbol.
struct Control<'a> {
    word: RtfWord<'a>,
    /// Its length in bytes, without the backslash.
    len: usize,
}

enum RtfWord<'a> {
    /// `\par`, `\uc1`: a name and its number.
    Named(&'a str, Option<i32>),
    /// `\u8217`: a character by its UTF-16 number, which may be negative.
    Unicode(char),
    /// `\'e9`: a character of the document's code page, read as Latin-1.
    Byte(u8),
    /// `\~`, `\{`.
    Symbol(u8),
}

impl<'a> Control<'a> {
    /// Reads the bytes after a backslash.
    fn read(bytes: &'a [u8]) -> Self {
        let letters = bytes.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            if bytes.first() == Some(&b'\'')
                && let Some(byte) = bytes
                    .get(1..3)
                    .and_then(|h| std::str::from_utf8(h).ok())
                    .and_then(|h| u8::from_str_radix(h, 16).ok())
            {
                return Self { word: RtfWord::Byte(byte), len: 3 };
            }
            // The next byte may be the first of a longer character, which then stays text.
            return match bytes.first() {
                Some(symbol) if symbol.is_ascii() => Self { word: RtfWord::Symbol(*symbol), len: 1 },
                _ => Self { word: RtfWord::Symbol(b' '), len: 0 },
            };
        }
        let name = std::str::from_utf8(&bytes[..letters]).unwrap_or_default();
        let sign = usize::from(bytes.get(letters) == Some(&b'-'));
        let digits = bytes[letters + sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = (digits > 0)
            .then(|| std::str::from_utf8(&bytes[letters..letters + sign + digits]).ok()?.parse::<i32>().ok())
            .flatten();
        let mut len = if digits > 0 { letters + sign + digits } else { letters };
        // One blank ends the word and belongs to it.
        len += usize::from(bytes.get(len) == Some(&b' '));
        if name == "u"
            && let Some(number) = number
        {
            let code = u32::try_from(if number < 0 { number + 0x1_0000 } else { number }).unwrap_or(0xFFFD);
            return Self { word: RtfWord::Unicode(char::from_u32(code).unwrap_or('\u{FFFD}')), len };
        }
        Self { word: RtfWord::Named(name, number), len }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::open;

    #[test]
    fn the_text_of_a_document_is_read() {
        let rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Calibri;}}\n{\\*\\generator Word;}\\f0\\fs22 Authorization: 4kQe\\par\n\
                   caf\\'e9 \\u8217? \\{a\\}\\tab b\\\\c\\par\n}";
        assert_eq!(open(rtf).as_deref(), Some("Authorization: 4kQe\ncafé \u{2019} {a}\tb\\c\n"));
        assert_eq!(open("{\\rtf1\\uc0 \\u8217 s}").as_deref(), Some("\u{2019}s"));
    }

    #[test]
    fn other_text_is_left_alone() {
        assert_eq!(open("{\"rtf1\": 1}"), None);
    }

    proptest! {
        #[test]
        fn any_document_is_answered(rest in "[{}\\\\a-z0-9'é \n*-]{0,80}") {
            let document = format!("{{\\rtf1{rest}");
            prop_assert!(open(&document).is_some());
        }
    }
}

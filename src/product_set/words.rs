//! The formats of values in product sets. A value in another format is ignored: it may be anything, even a key.

use std::ops::Range;

/// The longest text that is accepted as an interaction id.
const LONGEST_INTERACTION: usize = 200;

/// The digits of an ASID.
pub(crate) const ASID_DIGITS: usize = 12;

/// A number that may be an ASID. Leading zeros matter, so it stays text.
pub(super) fn asid(text: &str) -> Option<String> {
    let text = text.trim();
    ((6..=14).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

/// A number that is an ASID by its length.
pub(super) fn whole_asid(text: &str) -> Option<String> {
    asid(text).filter(|asid| asid.len() == ASID_DIGITS)
}

/// What a cell of a spreadsheet says about an ASID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AsidCell {
    /// Nothing.
    Blank,
    /// An ASID, in whatever spelling: `'200000123401`, `="200000123401"`, `200 000 123 401`, `200000123401.0`.
    Number(String),
    /// A number whose digits are lost (`2.00000E+11`), or another text.
    Unreadable,
}

/// Reads the ASID of a cell.
pub(super) fn asid_cell(text: &str) -> AsidCell {
    let text = text.trim();
    if text.is_empty() || ["null", "(null)", "nan", "none", "n/a", "-"].iter().any(|b| text.eq_ignore_ascii_case(b)) {
        return AsidCell::Blank;
    }
    let inner =
        text.trim_start_matches('=').trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '’' | '‘' | '“' | '”'));
    let inner = inner.strip_suffix(".0").unwrap_or(inner);
    let inner = inner.strip_prefix("ASID").or_else(|| inner.strip_prefix("asid")).unwrap_or(inner);
    let inner = inner.trim_matches(|c: char| matches!(c, ':' | '#') || c.is_whitespace());
    let digits: String =
        inner.chars().filter(|c| !(c.is_whitespace() || matches!(c, ',' | '-' | '.' | '\''))).collect();
    // Digits may be grouped, but only as a whole number is: `F5H1R-850000` is not an ASID.
    let grouped = digits.len() != inner.len();
    match asid(&digits) {
        Some(number) if !grouped || number.len() == ASID_DIGITS => AsidCell::Number(number),
        _ => AsidCell::Unreadable,
    }
}

/// A party key.
pub(super) fn party_key(text: &str) -> Option<String> {
    let text = text.trim();
    let (ods, number) = text.rsplit_once('-')?;
    let digits = (5..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (digits && self::ods(ods).is_some()).then(|| text.to_owned())
}

/// An ODS code.
pub(super) fn ods(text: &str) -> Option<String> {
    let text = text.trim();
    ((1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| text.to_owned())
}

/// A short text for people: a name, a version, an environment.
pub(super) fn short(text: &str) -> Option<String> {
    const LONGEST: usize = 80;
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control))
        .then(|| text.to_owned())
}

/// An interaction id: a URN of the NHS or of ebXML.
pub(crate) fn interaction(text: &str) -> Option<String> {
    let text = text.trim();
    let is_urn = ["urn:nhs:names:services:", "urn:oasis:names:tc:ebxml-msg:"]
        .iter()
        .any(|p| text.get(..p.len()).is_some_and(|head| head.eq_ignore_ascii_case(p)) && text.len() > p.len());
    let plain = text.bytes().all(is_urn_byte);
    (is_urn && plain && text.len() <= LONGEST_INTERACTION).then(|| text.to_owned())
}

/// Whether an interaction id names both a service and one of its interactions. Half of a folded line may not.
pub(super) fn is_full(interaction: &str) -> bool {
    interaction.split(':').filter(|part| !part.is_empty()).count() >= 6
}

/// Whether a byte may be part of an interaction id.
pub(super) fn is_urn_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.')
}

/// Whether a text may be the rest of an interaction id that was broken.
pub(super) fn is_tail(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_urn_byte) && !text.to_ascii_lowercase().starts_with("urn:")
}

/// The interaction ids in a text, with their spans.
pub(super) fn interactions(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find_urn(text, at) {
        let len = text[start..].bytes().take_while(|b| is_urn_byte(*b)).count();
        let word = text[start..start + len].trim_end_matches(['.', ':', '-']);
        if let Some(id) = interaction(word) {
            found.push((id, start..start + word.len()));
        }
        at = start + len.max(4);
    }
    found
}

/// Where the first part of an interaction id that was broken begins: `:names:services:ers:X`, `urn:nhs:na`.
pub(super) fn fragment(text: &str) -> Option<usize> {
    const HEAD: &str = "urn:nhs:names:services:";
    let mut at = 0;
    for word in text.split(|c: char| !(c.is_ascii() && is_urn_byte(c as u8))) {
        let lower = word.to_ascii_lowercase();
        let is_tail = lower.contains("names:services:") && !lower.contains("urn:");
        let is_head = lower.starts_with("urn:nhs:") && lower.len() < HEAD.len() && HEAD.starts_with(&lower);
        if is_tail || is_head {
            return Some(at);
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

fn find_urn(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(4))
        .find(|&i| bytes[i..i + 4].eq_ignore_ascii_case(b"urn:") && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric()))
}

/// Numbers that may be ASIDs anywhere in a text, and whether one of them cannot be read (`2.00000E+11`).
pub(super) fn asids_in(text: &str) -> (Vec<String>, bool) {
    let mut found = Vec::new();
    let mut unreadable = false;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'-') {
            at += 1;
            continue;
        }
        let start = at;
        // Digits, and single blanks or commas between groups of three.
        let mut digits = 0;
        while let Some(b) = bytes.get(at) {
            let group = || bytes.get(at + 1..at + 4).is_some_and(|g| g.iter().all(u8::is_ascii_digit));
            match b {
                b'0'..=b'9' => digits += 1,
                b' ' | b',' if group() && digits % 3 == 0 && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit) => {}
                0xC2 if bytes.get(at + 1) == Some(&0xA0) => at += 1,
                _ => break,
            }
            at += 1;
        }
        let rest = &bytes[at..];
        let exponent = digits == 1
            && rest.first() == Some(&b'.')
            && rest.iter().skip(1).take(14).skip_while(|b| b.is_ascii_digit()).take(4).eq(b"E+11");
        unreadable |= exponent;
        let ends = !rest.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-');
        if digits == ASID_DIGITS && ends {
            let number: String = text[start..at].chars().filter(char::is_ascii_digit).collect();
            if !found.contains(&number) && found.len() < 64 {
                found.push(number);
            }
        }
        at = at.max(start + 1);
    }
    (found, unreadable)
}

/// An ASID with its runs of zeros removed: two ASIDs that are equal in this form differ by a typo.
pub(super) fn squeezed(asid: &str) -> String {
    let mut out = String::with_capacity(asid.len());
    for c in asid.chars() {
        if c != '0' || !out.ends_with('0') {
            out.push(c);
        }
    }
    out
}

/// A name in upper case with underscores between its words; camel case is split.
pub(super) fn squeezed_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

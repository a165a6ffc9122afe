//! The formats of values in product sets. A value in another format is ignored: it may be anything, even a key.

use std::ops::Range;

/// The longest text that is accepted as an interaction id.
const LONGEST_INTERACTION: usize = 200;

/// A number that may be an ASID. Leading zeros matter, so it stays text.
pub(super) fn asid(text: &str) -> Option<String> {
    let text = text.trim();
    ((6..=14).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
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
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.'));
    (is_urn && plain && text.len() <= LONGEST_INTERACTION).then(|| text.to_owned())
}

/// The interaction ids in a text, with their spans.
pub(super) fn interactions(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find_urn(text, at) {
        let len = text[start..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.'))
            .count();
        let word = text[start..start + len].trim_end_matches(['.', ':', '-']);
        if let Some(id) = interaction(word) {
            found.push((id, start..start + word.len()));
        }
        at = start + len.max(4);
    }
    found
}

fn find_urn(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(4))
        .find(|&i| bytes[i..i + 4].eq_ignore_ascii_case(b"urn:") && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric()))
}

/// The endpoint ids in a text; A42, A042 and A0042 count as the same.
pub(super) fn endpoints(text: &str, covered: &[Range<usize>]) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut covered = covered.iter().peekable();
    let mut i = 0;
    while i < bytes.len() {
        while covered.next_if(|r| r.end <= i).is_some() {}
        if let Some(range) = covered.peek().filter(|r| r.contains(&i)) {
            i = range.end;
            continue;
        }
        let start = i;
        while i < bytes.len() && (bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_') {
            i += 1;
        }
        if i == start {
            i += 1;
            continue;
        }
        if is_in_uuid(bytes, start, i) {
            continue;
        }
        found.extend(endpoint(&text[start..i]));
    }
    found
}

/// Whether a word of four characters is part of a UUID.
fn is_in_uuid(bytes: &[u8], start: usize, end: usize) -> bool {
    let hex = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_hexdigit);
    end - start == 4
        && start >= 2
        && bytes[start - 1] == b'-'
        && hex(start - 2)
        && bytes.get(end) == Some(&b'-')
        && hex(end + 1)
        && (start..end).all(hex)
        && bytes[..start - 1].iter().rev().take_while(|b| b.is_ascii_hexdigit()).take(8).count() >= 4
}

/// An endpoint id, in whatever spelling.
pub(super) fn endpoint(word: &str) -> Option<String> {
    let word = word.trim();
    let digits = word.strip_prefix(['A', 'a'])?;
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    // `A4` is paper; `A20047` is an organisation.
    ((1..=999).contains(&number) && digits.len() >= 2).then(|| format!("A{number:03}"))
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

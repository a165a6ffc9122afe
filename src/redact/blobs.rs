//! Text in base64 or in hexadecimal digits: what is in it may be a credential with its name.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::bytes::word_and;
use crate::shape::URL_SAFE;

/// The longest run that is decoded, in characters: a picture in a page is longer.
const LONGEST: usize = 1 << 16;

/// The stretches that decode to text, each with that text.
pub(super) fn all(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_of_run(bytes[at]) {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|b| is_of_run(**b)).count();
        let padding = bytes[at + len..].iter().take(2).take_while(|b| **b == b'=').count();
        if (12..=LONGEST).contains(&len) {
            let run = &text[at..at + len];
            let decoded = in_hexadecimal(run).or_else(|| in_base64(run));
            found.extend(decoded.map(|decoded| (at..at + len + padding, decoded)));
        }
        at += len + padding;
    }
    found
}

const fn is_of_run(b: u8) -> bool {
    const RUN: [bool; 256] = word_and(b"+/-_");
    RUN[b as usize]
}

fn in_base64(run: &str) -> Option<String> {
    // Words of letters in one case are not encoded text.
    let has = |is: fn(&u8) -> bool| run.bytes().any(|b| is(&b));
    if !(has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase)) {
        return None;
    }
    let bytes = STANDARD_NO_PAD.decode(run).ok().or_else(|| URL_SAFE.decode(run).ok())?;
    printable(bytes)
}

fn in_hexadecimal(run: &str) -> Option<String> {
    if run.len() < 16 || !run.len().is_multiple_of(2) || !run.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        (0..run.len()).step_by(2).map(|i| u8::from_str_radix(&run[i..i + 2], 16).ok()).collect();
    printable(bytes?)
}

fn printable(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    let is_shown = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    (text.len() >= 8 && text.chars().all(is_shown)).then_some(text)
}

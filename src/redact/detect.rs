//! What looks like a credential or an NHS number by itself, whatever is around it.

use std::ops::Range;

use super::mask::Mask;

const fn is_token_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'=')
}

/// The stretches that look like a credential by themselves, whatever is around them: JWTs, long words of mixed
/// letters and digits. UUIDs, URLs and names are not.
pub(super) fn credential_like(text: &str) -> Vec<(Mask, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !is_token_byte(bytes[i]) {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len() && is_token_byte(bytes[i]) {
            i += 1;
        }
        words_in(text, start..i, &mut found);
    }
    found
}

fn words_in(text: &str, range: Range<usize>, found: &mut Vec<(Mask, Range<usize>)>) {
    let run = &text[range.clone()];
    if let Some(at) = run.find("eyJ")
        && run[at..].len() >= 20
    {
        // A JWT, or what is left of one: mask it to the end of the run.
        found.push((Mask::Jwt, range.start + at..range.end));
        return words_in(text, range.start..range.start + at, found);
    }
    // The words of a path or a query are judged one by one; so are the parts of a dotted name.
    let is_path = run.contains('/');
    let mut start = 0;
    for end in run
        .bytes()
        .enumerate()
        .filter(|(_, b)| matches!(b, b'/' | b'=' | b'.' | b'+' | b'~'))
        .map(|(i, _)| i)
        .chain([run.len()])
    {
        let word = &run[start..end];
        // In a path a shorter word differs clearly from its neighbours.
        if is_random(word) || is_path && is_short_random(word) {
            found.push((Mask::Token, range.start + start..range.start + end));
        }
        start = end + 1;
    }
}

/// Whether a word looks drawn at random: at least 20 characters with digits and letters of both cases, or a long run
/// of hexadecimal digits; not a UUID, not words joined by hyphens or underscores.
fn is_random(word: &str) -> bool {
    if word.len() < 20 || is_uuid_like(word) {
        return false;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    let joints = word.len() - digits - lower - upper;
    if joints * 6 > word.len() {
        return false;
    }
    let hex = word.len() >= 32 && joints == 0 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let changes = changes(word);
    hex || (digits >= 1 && lower >= 3 && upper >= 3 && changes * 4 >= word.len())
        || (word.len() >= 24 && digits >= 4 && (lower >= 4 || upper >= 4) && changes * 5 >= word.len() && joints <= 2)
        || (joints == 0 && lower >= 5 && upper >= 5 && changes * 3 >= word.len())
}

/// Whether a word of 12 to 19 letters of both cases and digits changes between them as only chance does.
pub(crate) fn is_short_random(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().filter(is).count() >= 2;
    (12..20).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && changes(word) * 2 >= word.len()
}

/// How often a word changes between digits, small and capital letters; a capital that begins a word does not count.
fn changes(word: &str) -> usize {
    let differ = |p: &&[u8]| class(p[0]) != class(p[1]) && !(p[0].is_ascii_uppercase() && p[1].is_ascii_lowercase());
    word.as_bytes().windows(2).filter(differ).count()
}

const fn class(b: u8) -> u8 {
    match b {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    }
}

/// Whether the word is a UUID, or a UUID with a letter or a counter around it.
pub(super) fn is_uuid_like(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.windows(5).any(|g| {
        g.iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(part, len)| part.len() == len && part.bytes().all(|b| b.is_ascii_hexdigit()))
    })
}

/// NHS numbers: ten digits, together or as 3-3-4, whose last is the check digit (modulus 11). Escapes of URLs and of JSON
/// count as separators.
pub(crate) fn nhs_numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if let Some(len) = escape(&bytes[i..]) {
            i += len;
            if bytes.get(i).is_some_and(u8::is_ascii_digit) {
                i = number(bytes, i, &mut found);
            }
            continue;
        }
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        // A letter of a hexadecimal number goes on with it; `NHS9990123438` does not.
        let joined = i > 0 && bytes[i - 1].is_ascii_hexdigit();
        if joined {
            i += bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        } else {
            i = number(bytes, i, &mut found);
        }
    }
    found
}

/// Reads the number that begins here; gives where to go on.
fn number(bytes: &[u8], from: usize, found: &mut Vec<Range<usize>>) -> usize {
    let (mut digits, mut at) = (Vec::with_capacity(10), from);
    while at < bytes.len() && digits.len() < 10 {
        if bytes[at].is_ascii_digit() {
            digits.push(u32::from(bytes[at] - b'0'));
            at += 1;
        } else if let Some(len) = gap(&bytes[at..]).filter(|_| matches!(digits.len(), 3 | 6)) {
            at += len;
        } else {
            break;
        }
    }
    let behind = bytes.get(at).copied().unwrap_or(b' ');
    let between_hyphens = behind == b'-' && from > 0 && bytes[from - 1] == b'-';
    let ends = !behind.is_ascii_hexdigit() && !between_hyphens;
    if digits.len() == 10 && ends && is_nhs_number(&digits) {
        found.push(from..at);
        return at;
    }
    from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count().max(1)
}

/// The length of an escaped character that is not a digit: `%7C`, `=3D`, `\n`, but not `\u0039`.
fn escape(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'%' | b'=', a, b, ..]
            if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() && bytes[0] == b'%'
                || matches!((a, b), (b'3', b'D' | b'd') | (b'2', b'0')) =>
        {
            Some(3)
        }
        [b'\\', b'n' | b't' | b'r' | b'"' | b'/', ..] => Some(2),
        _ => None,
    }
}

/// What may separate the three parts of a number.
fn gap(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b' ' | b'-' | b'.' | b'+' | b'\t', ..] => Some(1),
        [b'%', b'2', b'0' | b'D' | b'd' | b'B' | b'b', ..] => Some(3),
        // A no-break space, and the hyphens that editors make.
        [0xC2, 0xA0, ..] => Some(2),
        [0xE2, 0x80, 0x90..=0x93 | 0xAF, ..] => Some(3),
        _ => None,
    }
}

/// Whether ten digits are an NHS number: by the check digit, and a number that begins with a Scottish date by the date.
fn is_nhs_number(digits: &[u32]) -> bool {
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    let check = 11 - sum % 11;
    let (day, month) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]);
    let is_dated = day > 31 || (1..=12).contains(&month) && day > 0;
    (if check == 11 { 0 } else { check }) == digits[9] && is_dated
}

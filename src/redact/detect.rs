//! What looks like a credential or an NHS number by itself, whatever is around it.

use std::ops::Range;

use super::bytes::{only, word_and};
use super::labelled;
use super::mask::Mask;

const fn is_token_byte(b: u8) -> bool {
    TOKEN_BYTES[b as usize]
}

/// The bytes that a token may have.
const TOKEN_BYTES: [bool; 256] = word_and(b"-_.~+/=");

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
        // The digits of `%20` are none of a token.
        let is_escape = i > 0 && bytes[i - 1] == b'%' && bytes[i..].iter().take(2).all(u8::is_ascii_hexdigit);
        let start = if is_escape { (i + 2).min(bytes.len()) } else { i };
        i = start;
        while i < bytes.len() && is_token_byte(bytes[i]) {
            i += 1;
        }
        words_in(text, start..i, &mut found);
    }
    found
}

/// No shorter word is taken for one that was drawn at random.
const SHORTEST_RANDOM: usize = 12;

fn words_in(text: &str, range: Range<usize>, found: &mut Vec<(Mask, Range<usize>)>) {
    if range.len() < SHORTEST_RANDOM {
        return;
    }
    let run = &text[range.clone()];
    if let Some(at) = run.as_bytes().windows(3).position(|w| w == b"eyJ")
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
        let place = range.start + start..range.start + end;
        if (is_random(word) || is_path && is_short_random(word)) && !labelled::is_open(text, &place) {
            found.push((Mask::Token, place));
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
    if joints * 6 > word.len() || joints > 0 && is_made_of_words(word) {
        return false;
    }
    let hex = word.len() >= 32 && joints == 0 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let changes = changes(word);
    hex || (digits >= 1 && lower >= 3 && upper >= 3 && changes * 4 >= word.len())
        || (word.len() >= 24 && digits >= 4 && (lower >= 4 || upper >= 4) && changes * 5 >= word.len() && joints <= 2)
        || (joints == 0 && lower >= 5 && upper >= 5 && changes * 3 >= word.len())
}

/// `eyJhbGciOiJ`: all JWTs begin like that, and it shows what was there.
pub(super) fn is_beginning_of_jwt(part: &str) -> bool {
    part.starts_with("eyJ") && part.len() <= 12
}

/// Whether the parts of a name are words or numbers each: `eRS-FetchWorklist-Parameters-1`. In a part drawn at random capital
/// letters and digits change with small letters more often than words begin.
pub(super) fn is_made_of_words(name: &str) -> bool {
    name.split(['-', '_']).filter(|part| !part.is_empty()).all(|part| {
        let bytes = part.as_bytes();
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_number = part.len() <= 4 && letters.is_empty();
        let has_digit = letters.bytes().any(|b| b.is_ascii_digit());
        let capitals = letters.bytes().filter(u8::is_ascii_uppercase).count();
        let is_upper = capitals == letters.len();
        let is_camel = capitals * 3 <= letters.len() || letters.len() <= 4 && bytes.len() <= 5;
        let has_vowel = letters.len() < 5 || letters.bytes().any(|b| b"aeiouyAEIOUY".contains(&b));
        is_number || !has_digit && (is_upper || is_camel) && has_vowel && part.len() - letters.len() <= 4
    })
}

/// Whether the letters of a name make words: `ServiceRequest`, `HTTPBasicAuth`. In letters drawn at random most runs in lower
/// case are short or have no vowel.
pub(super) fn is_camel(word: &str) -> bool {
    let (runs, odd) = odd_runs(word);
    odd * 2 < runs.max(1)
}

/// How many runs of letters in lower case a word has, each with the capital letter in front of it, and how many of them no word
/// can be. A letter in front of the first capital is none (`eRS`).
pub(super) fn odd_runs(word: &str) -> (usize, usize) {
    let (mut runs, mut odd) = (0, 0);
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|b| b.is_ascii_lowercase()).count();
        if len == 0 {
            at += 1;
            continue;
        }
        // The capital letter in front is the beginning of the word.
        let from = at - usize::from(at > 0 && bytes[at - 1].is_ascii_uppercase());
        let run = &bytes[from..at + len];
        if from > 0 || run.len() > 1 {
            runs += 1;
            odd += usize::from(run.len() < 3 || !run.iter().any(|b| b"aeiouyAEIOUY".contains(b)));
        }
        at += len;
    }
    (runs, odd)
}

/// Whether a word of 12 to 19 letters of both cases and digits changes between them as only chance does.
pub(crate) fn is_short_random(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().filter(is).count() >= 2;
    (SHORTEST_RANDOM..20).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && changes(word) * 2 >= word.len()
}

/// How often a word changes between digits, small and capital letters; a capital that begins a word does not count.
pub(super) fn changes(word: &str) -> usize {
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
    if word.len() < 36 {
        return false;
    }
    let groups: Vec<&str> = word.split('-').collect();
    groups.windows(5).any(|g| {
        g.iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(part, len)| part.len() == len && part.bytes().all(|b| b.is_ascii_hexdigit()))
    })
}

/// NHS numbers: ten digits, together or as 3-3-4, whose last is the check digit (modulus 11). Letters, marks and escapes of
/// URLs and of JSON may be around them.
pub(crate) fn nhs_numbers(text: &str) -> Vec<Range<usize>> {
    /// The bytes at which a number, or an escape in front of one, may begin.
    const BEGINS: [bool; 256] = only(b"0123456789%=\\");
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !BEGINS[usize::from(bytes[i])] {
            i += 1;
            continue;
        }
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
        i = number(bytes, i, &mut found);
    }
    found
}

/// Reads the number that begins here; gives where to go on.
fn number(bytes: &[u8], from: usize, found: &mut Vec<Range<usize>>) -> usize {
    let (mut digits, mut count, mut at) = ([0; 10], 0, from);
    let mut is_spread = false;
    while at < bytes.len() && count < digits.len() {
        if bytes[at].is_ascii_digit() {
            digits[count] = u32::from(bytes[at] - b'0');
            count += 1;
            at += 1;
        } else if let Some(len) = gap(&bytes[at..]).filter(|_| matches!(count, 3 | 6)) {
            at += len;
        } else if bytes[at] == b' ' && (count == 1 || is_spread) {
            // `9 9 9 0 1 2 …`: each digit by itself.
            is_spread = true;
            at += 1;
        } else {
            break;
        }
    }
    let behind = bytes.get(at).copied().unwrap_or(b' ');
    let between_hyphens = behind == b'-' && from > 0 && bytes[from - 1] == b'-';
    // The seconds of a clock begin with 1, and so do no numbers of England.
    let is_time = between_hyphens && digits[0] < 3;
    let may_be = count == digits.len() && !behind.is_ascii_digit() && !is_time && is_nhs_number(&digits);
    if may_be && !is_in_hexadecimal(bytes, from, at) {
        found.push(from..at);
        return at;
    }
    from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count().max(1)
}

/// Whether the digits are part of a longer hexadecimal number or of a UUID: one letter or two around them are not.
fn is_in_hexadecimal(bytes: &[u8], from: usize, to: usize) -> bool {
    let is_of_run = |b: &u8| b.is_ascii_hexdigit() || *b == b'-';
    let before = bytes[..from].iter().rev().take(40).take_while(|b| is_of_run(b)).count();
    let behind = bytes[to..].iter().take(40).take_while(|b| is_of_run(b)).count();
    let run = &bytes[from - before..to + behind];
    let touches = from > 0 && bytes[from - 1].is_ascii_hexdigit() || bytes.get(to).is_some_and(u8::is_ascii_hexdigit);
    let is_uuid = std::str::from_utf8(run).is_ok_and(is_uuid_like);
    // Letters in the run: a number between two hyphens is none.
    let letters = run.iter().filter(|b| b.is_ascii_alphabetic()).count();
    is_uuid || touches && letters >= 3 && run.len() >= 16
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

/// What may separate the three parts of a number: blanks and hyphens of every kind, a line end, an escape or a tag.
fn gap(bytes: &[u8]) -> Option<usize> {
    let one = |bytes: &[u8]| match bytes {
        [b' ' | b'-' | b'.' | b'+' | b'\t' | b'/' | b'_', ..] => Some(1),
        [b'%', b'C', b'2', b'%', b'A', b'0', ..] => Some(6),
        [b'%', b'2', b'0' | b'D' | b'd' | b'B' | b'b', ..] => Some(3),
        [b'&', b'n', b'b', b's', b'p', b';', ..] => Some(6),
        // A no-break space, a soft hyphen, and the blanks and hyphens that editors make.
        [0xC2, 0xA0 | 0xAD, ..] => Some(2),
        [0xE2, 0x80, 0x80..=0x95 | 0xAF, ..] | [0xE2, 0x81, 0x9F | 0xA0, ..] | [0xE3, 0x80, 0x80, ..] => Some(3),
        _ => None,
    };
    if let Some(len) = one(bytes) {
        return Some(len + one(&bytes[len..]).filter(|_| bytes[0] == b' ').unwrap_or(0));
    }
    if !matches!(bytes.first(), Some(b'<' | b'\r' | b'\n')) {
        return None;
    }
    let tag = ["<br>", "<br/>", "<br />", "<wbr>"]
        .iter()
        .find(|tag| bytes.starts_with(tag.as_bytes()))
        .map_or(0, |t| t.len());
    let line = bytes[tag..].iter().take(12).take_while(|b| matches!(b, b'\r' | b'\n' | b' ' | b'>' | b'\t')).count();
    (tag > 0 || bytes.starts_with(b"\n") || bytes.starts_with(b"\r")).then_some(tag + line)
}

/// Whether ten digits are an NHS number: by the check digit, and a number that begins with a Scottish date by the date.
fn is_nhs_number(digits: &[u32]) -> bool {
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    let check = 11 - sum % 11;
    let (day, month) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]);
    let is_dated = day > 31 || (1..=12).contains(&month) && day > 0;
    (if check == 11 { 0 } else { check }) == digits[9] && is_dated
}

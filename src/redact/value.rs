//! The grammar of a value: where one ends that begins at a place of a text, and whether it is a credential there.

use std::ops::Range;

use super::cut;
use super::detect::{changes, is_beginning_of_jwt, is_camel, is_uuid_like};
use super::hidden::{Hidden, line_end, line_start};
use super::names::{self, Telling};
use super::plain;
use super::states;
use crate::shape::{self, Shape, is_mixed};
use crate::text::offset_in;

/// A value is not looked for further than this from its name.
pub(super) const FAR: usize = 4096;

/// The longest value in quotes.
const IN_QUOTES: usize = 2048;

/// Words before a credential that say how it is meant.
const SCHEMES: [&str; 9] = ["bearer", "basic", "digest", "token", "dpop", "apikey", "negotiate", "ntlm", "hmac"];

/// How sure it is, from the place alone, that a value follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Firmness {
    /// The value follows its name in a sentence, without a mark or a verb.
    Bare,
    /// A verb is between them, or the value is on the next line.
    Said,
    /// A colon, an arrow or a cell's border is between them.
    Marked,
    /// It is assigned: in JSON, code, an option or the environment.
    Assigned,
}

/// A value: its characters, and whether quotes are around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ValueAt {
    pub(super) range: Range<usize>,
    pub(super) quoted: bool,
}

const QUOTES: [(&str, &str); 9] =
    [("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("”", "”"), ("„", "“"), ("‘", "’"), ("’", "’"), ("«", "»")];

/// The value that begins here, after blanks and the marks of emphasis.
pub(super) fn at(text: &str, from: usize) -> ValueAt {
    let bytes = text.as_bytes();
    let mut start = from;
    for _ in 0..24 {
        match bytes.get(start) {
            Some(b' ' | b'\t' | b'*' | b'(' | b'[' | b'=' | b'>' | b':') => start += 1,
            Some(0xC2) if bytes.get(start + 1) == Some(&0xA0) => start += 2,
            // `<<"…">>`: a string of Erlang.
            Some(b'<') if bytes[start..].starts_with(b"<<\"") => start += 2,
            _ => break,
        }
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    quoted(text, start).unwrap_or_else(|| ValueAt { range: word(text, start), quoted: false })
}

/// The value in quotes that begin here, perhaps with a letter of the language before them (`b'…'`, `@"…"`).
pub(super) fn quoted(text: &str, from: usize) -> Option<ValueAt> {
    let rest = text.get(from..)?;
    if let Some(value) = in_brackets_of_perl(rest, from) {
        return Some(value);
    }
    let prefix =
        rest.bytes().take_while(|b| matches!(b, b'b' | b'f' | b'r' | b'u' | b'@' | b'$' | b'L' | b'N')).count();
    let prefix = if prefix <= 2 && rest[prefix..].starts_with(['"', '\'']) { prefix } else { 0 };
    let escapes = rest[prefix..].bytes().take(8).take_while(|b| *b == b'\\').count();
    let opened = &rest[prefix + escapes..];
    let (open, close) = QUOTES.iter().find(|(open, _)| opened.starts_with(open))?;
    let mut start = from + prefix + escapes + open.len();
    // Three quotation marks, or three back-ticks, are one.
    let triple = open.repeat(2);
    if *open == *close && text[start..].starts_with(&triple) {
        start += triple.len();
        start += text[start..].bytes().take_while(|b| matches!(b, b'\n' | b'\r' | b' ')).count();
    }
    let body = &text[start..text.floor_char_boundary(start + IN_QUOTES)];
    let bytes = body.as_bytes();
    let mut end = body.len();
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'\n' | b'\r') {
            // The value goes on below where only the rest of one word is before the closing quote.
            match rest_below(body, i, close) {
                Some(rest) if i > 0 => end = rest,
                _ => end = i,
            }
            break;
        }
        let run = bytes[i..].iter().take_while(|b| **b == b'\\').count();
        if body.is_char_boundary(i + run) && body[i + run..].starts_with(close) && run <= escapes {
            end = i;
            break;
        }
        // A backslash and what it escapes belong together.
        let is_escaped = run > escapes && !matches!(bytes.get(i + run), Some(b'\n' | b'\r'));
        i += if run > 0 { run + usize::from(is_escaped) } else { 1 };
    }
    end = body.floor_char_boundary(end);
    Some(ValueAt { range: start..start + end, quoted: true })
}

/// `q[…]`, `qq{…}`: quotes of Perl.
fn in_brackets_of_perl(rest: &str, from: usize) -> Option<ValueAt> {
    let opened = rest.strip_prefix("qq").or_else(|| rest.strip_prefix('q'))?;
    let (open, close) = [('[', ']'), ('{', '}'), ('(', ')')].into_iter().find(|(open, _)| opened.starts_with(*open))?;
    let start = from + rest.len() - opened.len() + open.len_utf8();
    let body = &opened[open.len_utf8()..opened.floor_char_boundary(IN_QUOTES)];
    let end = body.find([close, '\n'])?;
    body[end..].starts_with(close).then_some(ValueAt { range: start..start + end, quoted: true })
}

/// Whether the string that ends here is the name of a member: a colon or an arrow follows its quotation mark.
pub(super) fn is_member_name(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(['"', '\'', '\\', '`']).trim_start_matches([' ', '\t']);
    rest.starts_with(':') || rest.starts_with('=') && !rest.starts_with("==")
}

/// Where a value ends that is in quotes which began further in front, as those of `'name=value'`.
pub(super) fn end_in_quotes(text: &str, from: usize, quote: char) -> Option<usize> {
    let body = &text[from..text.floor_char_boundary(from + IN_QUOTES)];
    let end = body.find([quote, '\n', '\r'])?;
    if body[end..].starts_with(quote) {
        return Some(from + end);
    }
    let close = quote.encode_utf8(&mut [0; 4]).to_owned();
    (end > 0).then(|| rest_below(body, end, &close)).flatten().map(|end| from + end)
}

/// Where a value ends that was broken over lines at this place: before its closing quote, two lines further at most.
fn rest_below(body: &str, line_end: usize, close: &str) -> Option<usize> {
    let mut at = line_end;
    for _ in 0..3 {
        at += body[at..].bytes().take_while(|b| matches!(b, b'\n' | b'\r' | b' ' | b'\t' | b'>')).count();
        let len = body[at..]
            .find(|c: char| c.is_whitespace() || close.starts_with(c) || matches!(c, ':' | '{' | '}' | '<'))?;
        // Only the padding of base64 ends with such a sign.
        if body[at..at + len].trim_end_matches('=').contains('=') {
            return None;
        }
        if body[at + len..].starts_with(close) {
            return (len >= 2).then_some(at + len);
        }
        if len == 0 || !body[at + len..].starts_with(['\n', '\r']) {
            return None;
        }
        at += len;
    }
    None
}

/// The length of what says that the value is on the next lines: a mark of YAML, perhaps with a tag (`!vault |`), or the
/// beginning of a document in a shell or a setting (`<<END`).
pub(super) fn block_mark(rest: &str) -> usize {
    let tag = match rest.strip_prefix('!') {
        Some(tag) => 1 + tag.bytes().take(40).take_while(u8::is_ascii_alphanumeric).count(),
        None => 0,
    };
    let from = tag + rest[tag..].bytes().take(4).take_while(|b| *b == b' ').count();
    let mark = [">-", "|-", ">+", "|+", ">", "|"]
        .iter()
        .find(|mark| rest[from..].strip_prefix(**mark).is_some_and(|rest| rest.starts_with(['\n', '\r'])));
    mark.map_or_else(|| here_document(rest), |mark| from + mark.len())
}

/// The length of `<<END` at the end of a line, or 0.
pub(super) fn here_document(rest: &str) -> usize {
    let Some(word) = rest.strip_prefix("<<") else { return 0 };
    let len = word
        .bytes()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(*b, b'-' | b'~' | b'\'' | b'"' | b'_'))
        .count();
    if len > 0 && word[len..].starts_with(['\n', '\r']) { 2 + len } else { 0 }
}

/// The word that begins here.
pub(super) fn word(text: &str, start: usize) -> Range<usize> {
    let stops = |c: char| c.is_whitespace() || "\"'`<>|,;)(&}{][“”‘’".contains(c) || c.is_control();
    let rest = &text[start..text.floor_char_boundary(start + FAR)];
    let end = rest.find(stops).unwrap_or(rest.len());
    // An escape ends it too: `\n`, `\"`; a path of Windows does not.
    let end = ["\\n", "\\r", "\\\"", "\\t", "%26"].iter().filter_map(|e| rest[..end].find(e)).min().unwrap_or(end);
    start..start + end
}

/// The word after a scheme.
fn behind_scheme(text: &str, word: &Range<usize>) -> Option<ValueAt> {
    let rest = text.get(word.end..)?;
    if !SCHEMES.contains(&text[word.clone()].to_ascii_lowercase().as_str()) {
        // A scheme that nobody registered: a name in capitals, and credentials of several parts.
        let is_name = word.len() >= 3 && text[word.clone()].bytes().all(|b| b.is_ascii_uppercase());
        let next = self::word(text, word.end + usize::from(rest.starts_with(' ')));
        let value = text.get(next.clone())?;
        let is_value = value.len() >= 16 && value.contains(':') && !value.contains("://") && !value.ends_with(':');
        let has_digit = value.bytes().any(|b| b.is_ascii_digit());
        return (is_name && is_value && has_digit && next.start > word.end)
            .then_some(ValueAt { range: next, quoted: false });
    }
    let blanks = rest.len() - rest.trim_start_matches([' ', '\u{A0}', '\t', '=', ':', '"', '\'', ',']).len();
    let folded = rest.bytes().take(4).take_while(|b| matches!(b, b'\r' | b'\n' | b'>')).count();
    if folded > 0 && rest.starts_with(['\r', '\n']) && rest[folded..].starts_with([' ', '\t']) {
        return Some(at(text, word.end + folded));
    }
    let range = self::word(text, word.end + blanks);
    // `"token_type":"Bearer","issued_at":`: the next member of an object.
    let is_member = rest[..blanks].contains(',') && is_member_name(text, range.end);
    (blanks > 0 && !is_member).then_some(ValueAt { range, quoted: false })
}

/// The credentials at a value's place: the value itself, what is left of one that was cut out, or nothing.
pub(super) fn judge(text: &str, mut value: ValueAt, told: Telling, certainty: Firmness) -> Vec<Hidden> {
    // `Authorization: Bearer …`: the scheme is not the value.
    if value.quoted {
        for _ in 0..3 {
            let inner = &text[value.range.clone()];
            let first = inner.split([' ', ':', '=']).next().unwrap_or_default();
            if !SCHEMES.contains(&first.to_ascii_lowercase().as_str()) || inner.len() == first.len() {
                break;
            }
            value.range.start += first.len();
            let rest = &text[value.range.clone()];
            value.range.start += rest.len() - rest.trim_start_matches([' ', ':', '=']).len();
        }
    } else {
        for _ in 0..3 {
            if let Some(next) = behind_scheme(text, &value.range) {
                value = next;
            }
        }
        value.range = without_glued_scheme(text, value.range);
    }
    let raw = &text[value.range.clone()];
    // A mark that ends a sentence is none of the value.
    let shown = if value.quoted { raw.trim() } else { raw.trim_end_matches(['.', ':', '!', '?', '\\', '*']) };
    let from = value.range.start + (raw.len() - raw.trim_start().len()) * usize::from(value.quoted);
    let range = from..from + shown.len();
    if shown.contains(['‹', '›']) || shown.len() < 4 || shape::is_no_value(shown) {
        return Vec::new();
    }
    // Words of other languages that follow the name are spoken like such passwords.
    let is_bare = certainty == Firmness::Bare && !value.quoted;
    if is_bare && plain::is_pronounceable(shown) && !is_among_english(text, &range) {
        return Vec::new();
    }
    // A call, or an element of a list, is an expression.
    let is_cut = !value.quoted && cut::follows(&text[range.end..]);
    // `[\r][\n]`: a program shows the end of the line.
    let is_line_end = text[range.end..].starts_with("[\\r]") || text[range.end..].starts_with("[\\n]");
    if !value.quoted
        && !is_line_end
        && text[range.end..].starts_with(['(', '['])
        && !is_cut
        && !shown.contains(['+', '/', '='])
    {
        return Vec::new();
    }
    match shape::of(shown) {
        Shape::Placeholder => return Vec::new(),
        Shape::Redacted => return left_over(text, &range, certainty),
        _ if is_cut => return left_over(text, &range, certainty),
        _ => {}
    }
    if !is_credential(shown, value.quoted, told, certainty) {
        return Vec::new();
    }
    lines(text, range)
}

/// Whether the line of this word has another word that is only English, or the word has no ending of a participle of another
/// language (`decodificati`).
fn is_among_english(text: &str, word: &Range<usize>) -> bool {
    const ENGLISH: [&str; 15] =
        ["the", "we", "our", "is", "and", "for", "with", "this", "use", "my", "that", "it", "was", "get", "of"];
    let line = &text[line_start(text, word.start)..line_end(text, word.end)];
    let is_participle =
        ["ato", "ata", "ati", "ate", "ado", "ada", "ito", "ita", "iti", "ite", "ido", "ida", "uto", "uta"]
            .iter()
            .any(|end| text[word.clone()].ends_with(end));
    let in_brackets = text[word.end..].starts_with(')');
    !is_participle
        || in_brackets
        || line.split_whitespace().any(|word| ENGLISH.iter().any(|english| word.eq_ignore_ascii_case(english)))
}

/// A value whose place alone makes it a credential: an argument of a call, an option. A placeholder is none, and of one that
/// was cut the rest is.
pub(super) fn sure(text: &str, range: Range<usize>) -> Vec<Hidden> {
    let Some(value) = text.get(range.clone()) else { return Vec::new() };
    if value.len() < 4 || value.contains(['‹', '›']) || value.starts_with(['$', '<']) || value.contains("://") {
        return Vec::new();
    }
    match shape::of(value) {
        Shape::Placeholder => Vec::new(),
        Shape::Redacted => left_over(text, &range, Firmness::Assigned),
        _ if plain::is_plain(value)
            || plain::is_expression(value)
            || value.contains(' ') && plain::is_sentence(value) =>
        {
            Vec::new()
        }
        _ => lines(text, range),
    }
}

/// The lines of a value.
fn lines(text: &str, range: Range<usize>) -> Vec<Hidden> {
    let value = &text[range.clone()];
    if !value.contains(['\n', '\r']) {
        let is_telling = is_mixed(value) || is_uuid_like(value) || value.bytes().all(|b| b.is_ascii_digit());
        let anywhere = value.len() >= 6 && (is_telling || value.len() >= 12) && !value.contains(' ');
        return vec![Hidden { range, anywhere }];
    }
    let mut found = Vec::new();
    let mut start = range.start;
    for line in value.split_inclusive(['\n', '\r']) {
        let shown = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let from = start + line.len() - shown.len();
        let till = from + shown.trim_end().len();
        start += line.len();
        if from < till {
            let anywhere = till - from >= 8 && is_mixed(&text[from..till]) && !text[from..till].contains(' ');
            found.push(Hidden { range: from..till, anywhere });
        }
    }
    found
}

/// The pieces of a value from which the middle was taken out.
pub(super) fn left_over(text: &str, range: &Range<usize>, certainty: Firmness) -> Vec<Hidden> {
    let value = &text[range.clone()];
    let place = |part: &str| {
        let start = range.start + offset_in(value, part);
        // A report may show the part by itself.
        let anywhere = is_mixed(part) || part.len() >= 8 && !plain::is_english(part);
        Hidden { range: start..start + part.len(), anywhere }
    };
    let is_prose = certainty <= Firmness::Said;
    // Dots follow words, too; the other marks only what was cut.
    let is_sure = !value.contains(['…', '.']);
    let is_wordlike = |part: &str| {
        let is_name = !part.split(['-', '_']).skip(1).any(|word| word.len() < 2);
        let is_of_base64 = part.contains('+') || is_mixed(part) && !is_camel(part);
        !is_sure && is_name && !is_of_base64 && plain::is_english(part) && !part.bytes().any(|b| b.is_ascii_digit())
    };
    // In several words a sentence says that the value was taken out.
    let is_sentence = value.contains(' ');
    let is_random = |part: &str| changes(part) >= 2 && part.bytes().any(|b| b.is_ascii_digit());
    let parts = value.split(|c: char| {
        !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '+' | '/' | '=' | '.')) || c == '…'
    });
    parts
        .flat_map(|part| part.split("..."))
        .filter(|part| {
            let is_mask = shape::is_redacted(part);
            part.len() >= 6
                && !is_mask
                && (!(is_sentence || is_prose && is_wordlike(part)) || is_random(part))
                && !is_beginning_of_jwt(part)
                && !plain::is_plain(part)
        })
        .map(place)
        .chain(cut::tail(text, range.end))
        .collect()
}

/// `Bearer%20…`, `Bearer:…`: the value after a scheme that another mark parts from it.
fn without_glued_scheme(text: &str, mut word: Range<usize>) -> Range<usize> {
    let glued = SCHEMES.iter().find(|s| text[word.clone()].get(..s.len()).is_some_and(|w| w.eq_ignore_ascii_case(s)));
    if let Some(scheme) = glued {
        let rest = &text[word.start + scheme.len()..word.end];
        let marks = if rest.starts_with("%20") {
            3
        } else {
            rest.bytes().take_while(|b| matches!(b, b':' | b'=' | b',' | b'+')).count()
        };
        if marks > 0 {
            word.start += scheme.len() + marks;
        }
    }
    word
}

/// Whether a value is a credential, at its place.
fn is_credential(value: &str, quoted: bool, told: Telling, certainty: Firmness) -> bool {
    let is_letters = value.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'));
    if plain::is_plain(value) || value.contains("://") || names::telling(value).is_some() && is_letters {
        return false;
    }
    if !quoted && certainty <= Firmness::Marked && states::is_one(value) {
        return false;
    }
    // A path or a version after `token` says where a token comes from.
    if value.starts_with(['/', '.', '\\']) && !value[1..].contains('+') && !is_mixed(value) {
        return false;
    }
    if value.contains(char::is_whitespace) && plain::is_sentence(value) {
        return false;
    }
    if plain::is_time(value)
        || !quoted && plain::is_expression(value)
        || told == Telling::Token && plain::is_words(value)
    {
        return false;
    }
    if told == Telling::Token && certainty != Firmness::Assigned && is_error_code(value) {
        return false;
    }
    let is_number = value.len() >= 6 && value.bytes().all(|b| b.is_ascii_digit());
    let is_random = is_mixed(value) || is_uuid_like(value) || is_number;
    let is_wordlike = !is_random && plain::is_english(value);
    let is_word = !is_random && plain::is_surely_english(value);
    match (certainty, told) {
        (Firmness::Assigned, Telling::Password) => true,
        (Firmness::Assigned, Telling::Token) => is_random || quoted && value.len() >= 6 || value.len() >= 8 && !is_word,
        (Firmness::Marked, Telling::Password) => is_random || quoted || !is_word || value.len() >= 12,
        (Firmness::Marked, Telling::Token) => is_random || value.len() >= 8 && !is_word,
        (Firmness::Said, _) => {
            value.len() >= 6 && (is_random && !is_numbered_word(value) || quoted || !is_wordlike && value.len() >= 8)
        }
        (Firmness::Bare, told) => {
            let is_odd = is_odd(value) || is_joined(value) && told == Telling::Password && !is_wordlike;
            value.len() >= 6 && (is_odd || quoted && !is_word)
        }
    }
}

/// Whether a word has a look that a word of a sentence has not.
pub(super) fn is_odd(value: &str) -> bool {
    value.len() >= 6
        && (is_uuid_like(value)
            || has_digits_between_letters(value)
            || value.bytes().all(|b| b.is_ascii_digit())
            || plain::is_pronounceable(value)
            || is_joined(value) && !value.split(['-', '_']).any(plain::is_surely_english))
}

/// Whether three words, or more, are joined with hyphens: a passphrase.
fn is_joined(value: &str) -> bool {
    value.split(['-', '_']).filter(|part| part.len() >= 4).count() >= 3
}

/// `IDX10503`, `AADSTS700016`: the code of an error, as messages about tokens have it.
fn is_error_code(value: &str) -> bool {
    let letters = value.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &value[letters..];
    (3..=7).contains(&letters) && (4..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `HTTP2`, `OAuth2`, `R4`: a word with a number at its end.
fn is_numbered_word(value: &str) -> bool {
    let inner = value.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    inner.len() + 3 > value.len() && inner.bytes().all(|b| b.is_ascii_alphabetic()) && plain::is_english(inner)
}

/// A word of a sentence has no digit but at its end.
fn has_digits_between_letters(value: &str) -> bool {
    let inner = value.trim_end_matches(|c: char| c.is_ascii_digit() || c == '=');
    let has_digit = inner.bytes().any(|b| b.is_ascii_digit());
    let large = inner.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
    let small = inner.bytes().filter(u8::is_ascii_lowercase).count();
    let has_end_digit = inner.len() < value.len();
    (!value.contains(['.', '/']) || value.len() >= 24 || value.contains('+') && is_mixed(value))
        && (has_digit || large > 0 && has_end_digit || value.len() >= 12 && large > 2 && small > 2)
}

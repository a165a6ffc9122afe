//! The shape of a value, independent of the field that it comes from.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Opaque,
    Jwt,
    Uuid,
    ApiKey,
    Basic,
    Placeholder,
    Redacted,
    Number,
    Other,
}

impl Shape {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Opaque => "opaque",
            Self::Jwt => "jwt",
            Self::Uuid => "uuid",
            Self::ApiKey => "api-key",
            Self::Basic => "basic",
            Self::Placeholder => "placeholder",
            Self::Redacted => "redacted",
            Self::Number => "number",
            Self::Other => "other",
        }
    }

    /// Whether a value of this shape may be a credential.
    pub(crate) const fn is_credential(self) -> bool {
        matches!(self, Self::Opaque | Self::Jwt | Self::ApiKey | Self::Basic)
    }
}

/// Standard base64, lenient about padding and trailing bits, as servers are.
const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// URL-safe base64, equally lenient.
pub(crate) const URL_SAFE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Determines the shape of a value.
pub(crate) fn of(value: &str) -> Shape {
    let value = value.trim();
    // Nothing that stands for another value has the form of a UUID.
    if is_uuid(value) {
        return Shape::Uuid;
    }
    // `<your access token from step 3>` is the text of instructions, with whatever words.
    if is_instruction(value) {
        return Shape::Placeholder;
    }
    if is_redacted(value) {
        return Shape::Redacted;
    }
    if placeholder(value).is_some() {
        return Shape::Placeholder;
    }
    if value.starts_with("eyJ") && value.contains('.') || value.starts_with("eyJ") && value.len() > 40 {
        return Shape::Jwt;
    }
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Shape::Number;
    }
    if basic(value) == Basic::WellFormed {
        return Shape::Basic;
    }
    let is_word =
        value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'='));
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    if value.len() == 32 && value.bytes().all(|b| b.is_ascii_alphanumeric()) && digits > 0 && letters > 0 {
        return Shape::ApiKey;
    }
    let mixed = value.bytes().any(|b| b.is_ascii_lowercase()) && value.bytes().any(|b| b.is_ascii_uppercase());
    if is_word && value.len() >= 16 && letters > 0 && (digits > 0 || mixed) {
        return Shape::Opaque;
    }
    Shape::Other
}

/// Whether this cannot be a value, by its grammar: an address in memory, an expression in brackets, a variable of a tool, a
/// tag of YAML, a type.
pub(crate) fn is_no_value(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let is_expression = [("{{", "}}"), ("${{", "}}"), ("$(", ")")]
        .iter()
        .any(|(open, close)| value.starts_with(open) && value.ends_with(close) && value.matches(open).count() == 1);
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    let is_variable = ["var.", "local.", "module.", "data.", "process.env."]
        .iter()
        .any(|lead| value.strip_prefix(lead).is_some_and(|rest| rest.split('.').all(is_word)));
    let tag = value.trim_end_matches(['|', '>', ' ']);
    let is_tag = tag.strip_prefix('!').is_some_and(is_word) && tag.len() < 20;
    let is_type = matches!(value.trim_end_matches(['!', '?', ';', ',']), "String" | "string" | "str" | "Text");
    is_expression && !value.contains(['"', '\'']) || is_variable || is_tag || is_type || is_address(value)
}

/// `0x7ffd4c3a2b10`, as a debugger shows a pointer: an address of a stack, of a heap or of a program has this length and begins
/// so. A key in hexadecimal digits is longer.
fn is_address(value: &str) -> bool {
    let Some(digits) = value.strip_prefix("0x") else { return false };
    let is_hex = !digits.is_empty() && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let begins = ["7f", "55", "56", "60"].iter().any(|lead| digits.starts_with(lead));
    is_hex && (digits.len() == 12 && begins || digits.len() == 16 && digits.starts_with("0000"))
}

/// Letters and digits, or upper and lower case, in one word.
pub(crate) fn is_mixed(word: &str) -> bool {
    let digit = word.bytes().any(|b| b.is_ascii_digit());
    let small = word.bytes().any(|b| b.is_ascii_lowercase());
    let large = word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    digit && (small || large) || small && large
}

pub(crate) fn is_uuid(value: &str) -> bool {
    let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    value.len() == 36
        && value.bytes().enumerate().all(|(at, b)| if is_dash(at) { b == b'-' } else { b.is_ascii_hexdigit() })
}

/// How well a value fits Basic credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basic {
    WellFormed,
    NotBase64,
    NoColon,
    NotText,
    LineEnd,
}

/// Whether a value is the base64 of `user:password` (RFC 7617, section 2).
pub(crate) fn basic(value: &str) -> Basic {
    let Ok(bytes) = STANDARD.decode(value) else { return Basic::NotBase64 };
    let whole = String::from_utf8_lossy(&bytes);
    let text = whole.trim_end_matches(['\r', '\n']);
    let printable = text.chars().all(|c| !c.is_control() && c != '\u{FFFD}');
    match (printable, text.find(':')) {
        (true, Some(at)) if text.len() < whole.len() && (at > 0 || text.len() > 1) => Basic::LineEnd,
        (true, Some(at)) if at > 0 || text.len() > 1 => Basic::WellFormed,
        (true, _) => Basic::NoColon,
        (false, _) => Basic::NotText,
    }
}

/// Words by which people and programs say that a value was taken out. One of them makes a value of a few words a mask.
const MASK_WORDS: &[&str] = &[
    "redacted",
    "masked",
    "hidden",
    "removed",
    "filtered",
    "secure",
    "sensitive",
    "omitted",
    "shortened",
    "snip",
    "snipped",
    "truncated",
    "cut",
    "obfuscated",
    "anonymised",
    "anonymized",
    "sanitised",
    "sanitized",
    "withheld",
    "private",
    "stripped",
    "deleted",
    "scrubbed",
    "suppressed",
    "obscured",
    "elided",
    "confidential",
    "blurred",
    "censored",
    "protected",
    "concealed",
];

/// What people write where they do not show a value. They say that the right one was sent, and not which.
const MASK_PHRASES: &[&str] = &[
    "left out",
    "not shown",
    "not printed",
    "not displayed",
    "not logged",
    "not included",
    "same as",
    "as per",
    "as in",
    "as above",
    "see above",
    "as documented",
    "valid token",
    "valid access token",
    "valid jwt",
    "valid bearer token",
    "correct token",
    "working token",
    "real token",
    "actual token",
    "token value",
    "token goes here",
    "token from",
    "token as",
];

/// Whether the author, or the program that printed it, has put something else in place of the value.
pub(crate) fn is_redacted(value: &str) -> bool {
    // Most values are one word, and of such a word little is asked.
    if value.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let xs = |bytes: &[u8]| bytes.iter().all(|b| b.eq_ignore_ascii_case(&b'x'));
        return value.len() < 16 && MASK_WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
            || value.len() == 3 && xs(value.as_bytes())
            || value.as_bytes().windows(4).any(xs);
    }
    let folded = value.to_lowercase();
    if value.contains(['…', '•', '█', '●']) || value.contains("...") || value.contains("***") {
        return true;
    }
    let inner = folded.trim_matches(|c: char| "()[]{}<>\"'“”‘’ *_-`|".contains(c));
    let words: Vec<&str> = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // A word that looks like a token is what remains of one: it must not be one that a mask is found in.
    let is_short = words.len() <= 8 && !words.iter().any(|w| w.len() >= 16 && w.bytes().any(|b| b.is_ascii_digit()));
    let is_short = is_short && !is_in_base64(value);
    if is_short && words.iter().any(|w| MASK_WORDS.contains(w)) {
        return true;
    }
    if is_short && words.len() > 1 && MASK_PHRASES.iter().any(|phrase| is_phrase_in(phrase, &words)) {
        return true;
    }
    // Words in brackets in place of a token are the author's: `(not pasting that here)`.
    let is_words = |text: &str| {
        text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '’' | '!' | '-'))
    };
    if value.starts_with('(') && value.ends_with(')') && inner.contains(char::is_whitespace) && is_words(inner) {
        return true;
    }
    // One letter repeated: XXXX, xxxxxxxx.
    let mut body = folded.chars().filter(|c| !"-. \"'[](){}<>".contains(*c));
    body.clone().all(|c| matches!(c, 'x' | '*' | '#' | '?')) && body.nth(2).is_some()
        || value.contains("xxxx")
        || value.contains("XXXX")
}

/// Whether a value is a long run of base64: one of its parts may be a word by chance (`…zw/cut+bS8…`).
fn is_in_base64(value: &str) -> bool {
    value.len() >= 24
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
        && value.bytes().filter(u8::is_ascii_digit).count() >= 2
        && is_mixed(value)
}

/// Whether the words of a phrase follow each other among these.
fn is_phrase_in(phrase: &str, words: &[&str]) -> bool {
    let begins = |words: &[&str]| {
        let mut rest = words.iter();
        phrase.split(' ').all(|word| rest.next().is_some_and(|next| *next == word))
    };
    // Of most words no phrase begins with any.
    let is_first = |word: &str| phrase.as_bytes().get(word.len()) == Some(&b' ') && phrase.starts_with(word);
    (0..words.len()).any(|at| is_first(words[at]) && begins(&words[at..]))
}

/// Whether nothing is left of the beginning of the value, so that it cannot be seen whether a scheme was there:
/// `[REDACTED]`, `***`, `(token removed)`, `****1234`. `0vGS…46Q` still shows that it had no scheme in front of it.
pub(crate) fn is_wholly_redacted(value: &str) -> bool {
    if !is_redacted(value) {
        return false;
    }
    let first = value.trim_start_matches(|c: char| "\"'“”‘’([{<".contains(c)).chars().next();
    if first.is_some_and(|c| matches!(c, '*' | '•' | '●' | '█' | '…' | '#')) || value.starts_with("...") {
        return true;
    }
    let rest: String = value.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    !rest.split_whitespace().any(|word| {
        let has_digit = word.bytes().any(|b| b.is_ascii_digit());
        let is_mask = word.chars().all(|c| c == 'x') || MASK_WORDS.contains(&word);
        !is_mask
            && (has_digit || word.len() >= 4 && value.contains(['…', '•']) || word.len() >= 3 && value.contains("..."))
    })
}

/// The remaining part of a value that the author partly removed, if it is long enough to be of use to an attacker (six
/// characters or more). Words that describe the removal are not part of it.
pub(crate) fn left_over(value: &str) -> Vec<&str> {
    let is_prose = value.contains(char::is_whitespace) || is_wrapped(value);
    let mut parts: Vec<&str> = Vec::new();
    for word in value.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '+' | '/' | '='))) {
        // `hunterxxxx`: a run of one letter hides the rest.
        let mut start = 0;
        for run in runs_of_x(word) {
            parts.push(&word[start..run.start]);
            start = run.end;
        }
        parts.push(&word[start..]);
    }
    parts.retain(|part| part.len() >= 6 && (is_mixed(part) || !is_prose && !is_redacted(part)));
    parts
}

fn is_wrapped(value: &str) -> bool {
    value.starts_with(['<', '[', '(', '{']) && value.ends_with(['>', ']', ')', '}'])
}

/// Runs of three or more of the letter x.
fn runs_of_x(word: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in word.bytes().enumerate().filter(|(_, b)| b.eq_ignore_ascii_case(&b'x')) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| run.len() >= 3);
    runs
}

/// What is in the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceholderKind {
    Brackets,
    Template,
    ShellVariable,
    Null,
    Object,
    Words,
}

/// Whether a value in brackets tells the reader what to put there: `[your API key]`.
fn is_instruction(value: &str) -> bool {
    const BRACKETS: [(char, char); 3] = [('<', '>'), ('[', ']'), ('{', '}')];
    let inner = BRACKETS.iter().find_map(|(open, close)| value.strip_prefix(*open)?.strip_suffix(*close));
    let Some(inner) = inner.map(str::to_lowercase) else { return false };
    let is_words =
        inner.len() <= 60 && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '\'' | '.'));
    is_words && inner.starts_with("your") && YOUR.iter().any(|word| inner.contains(word))
}

/// What a placeholder asks the reader for.
const YOUR: [&str; 7] = ["token", "key", "secret", "password", "credential", "jwt", "pat"];

/// The longest of the words below that stand for a value.
const LONGEST_WORDS: usize = 17;

/// The kind of placeholder, or `None` if the value is not one.
pub(crate) fn placeholder(value: &str) -> Option<PlaceholderKind> {
    let value = value.trim().trim_end_matches([',', ';']).trim_matches(['"', '\'', '“', '”']);
    // Nearly every value is a long word, and only one that begins with `your` can be a placeholder.
    let is_word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    if value.len() > LONGEST_WORDS
        && value.bytes().all(is_word)
        && !value.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("your"))
    {
        return None;
    }
    let folded = value.to_lowercase();
    if matches!(folded.as_str(), "undefined" | "null" | "none" | "nil" | "nan" | "(null)" | "false" | "true") {
        return Some(PlaceholderKind::Null);
    }
    if folded.starts_with("[object ")
        || folded.starts_with("system.") && !folded.contains(' ')
        || folded.contains("object at 0x")
        || folded == "[object]"
    {
        return Some(PlaceholderKind::Object);
    }
    let wrapped = |open: &str, close: &str| {
        value.len() > open.len() + close.len() && value.starts_with(open) && value.ends_with(close)
    };
    if wrapped("{{", "}}")
        || wrapped("{%", "%}")
        || wrapped("#{", "}")
        || wrapped("@{", "}")
        || wrapped("{", "}") && !value.contains([' ', '"', ':'])
    {
        return Some(PlaceholderKind::Template);
    }
    if wrapped("${", "}")
        || wrapped("$(", ")")
        || wrapped("%", "%")
        || value.starts_with('$')
            && value.len() > 2
            && value[1..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':'))
    {
        return Some(PlaceholderKind::ShellVariable);
    }
    // `base64(client_id:client_secret)`: how to make it.
    let of_words = |b: u8| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b':' | b'+' | b'.' | b' ');
    if let Some(inner) = folded.strip_prefix("base64(").and_then(|inner| inner.strip_suffix(')'))
        && inner.bytes().all(of_words)
    {
        return Some(PlaceholderKind::Template);
    }
    // A real token in brackets is a damaged one, not a placeholder.
    let inner = value.trim_matches(['<', '>', '[', ']', '{', '}']);
    if inner.len() < value.len() && inner.len() >= 20 && of(inner).is_credential() {
        return None;
    }
    if is_instruction(value) {
        return Some(PlaceholderKind::Brackets);
    }
    if wrapped("<", ">") || wrapped("[", "]") && value.contains(char::is_alphabetic) && !value.contains('"') {
        return Some(PlaceholderKind::Brackets);
    }
    const WORDS: [&str; 18] = [
        "access_token",
        "access-token",
        "access token",
        "accesstoken",
        "your_token",
        "your-token",
        "your token",
        "your_access_token",
        "your-access-token",
        "your access token",
        "token",
        "token_here",
        "token here",
        "my_token",
        "bearer_token",
        "insert token here",
        "the token",
        "jwt",
    ];
    let is_your = folded.len() <= 40
        && folded.starts_with("your")
        && folded.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b' '))
        && YOUR.iter().any(|word| folded.ends_with(word));
    if WORDS.contains(&folded.as_str()) || is_your || folded.starts_with("your") && folded.contains("token") {
        return Some(PlaceholderKind::Words);
    }
    None
}

/// Schemes that need no token-like look to be known as such (the registered ones and what people write instead).
const SCHEMES: &[&str] = &[
    "apikey",
    "api-key",
    "aws4-hmac-sha256",
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hawk",
    "hmac",
    "hoba",
    "jwt",
    "mac",
    "mutual",
    "negotiate",
    "ntlm",
    "oauth",
    "privatetoken",
    "scram-sha-256",
    "sharedkey",
    "signature",
    "token",
    "vapid",
    "x-api-key",
    "key",
    "access_token",
    "bearer:",
    "token:",
    "barer",
    "beaerer",
    "bear",
    "berer",
];

/// Whether a word is an authentication scheme.
pub(crate) fn is_scheme(word: &str) -> bool {
    SCHEMES.contains(&word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_basic() {
        for (value, kind) in [
            ("c3ZjLWVyczpub3QtYS1yZWFsLW9uZQ==", Basic::WellFormed),
            ("cGxhaW4gd29yZHM=", Basic::NoColon),
            ("n4XqQ9xLr6TbVd2KcYp7MzSj1FgE", Basic::NotText),
            ("c3ZjLWVyczpub3QtYS1yZWFsLW9uZQo=", Basic::LineEnd),
            ("user:password", Basic::NotBase64),
        ] {
            assert_eq!(basic(value), kind, "{value}");
        }
    }

    #[test]
    fn shapes() {
        for (value, shape) in [
            ("4kQeTz8hWq2LrVn0XyPs7BdUcGfJ", Shape::Opaque),
            ("g1112R_ccQ1Ebbb4gtHBP1aaaNM", Shape::Opaque),
            ("4lRwSS3zvmiZMoOWr9p7ZZHTRBA8ElJo", Shape::ApiKey),
            ("eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhIn0.c2ln", Shape::Jwt),
            ("6f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90", Shape::Uuid),
            ("c3ZjLWVyczpub3QtYS1yZWFsLW9uZQ==", Shape::Basic),
            ("undefined", Shape::Placeholder),
            ("{{token}}", Shape::Placeholder),
            ("$TOKEN", Shape::Placeholder),
            ("<access token>", Shape::Placeholder),
            ("[your access token from step 3]", Shape::Placeholder),
            ("{your API key}", Shape::Placeholder),
            ("(removed)", Shape::Redacted),
            ("(not pasting that here)", Shape::Redacted),
            ("(4kQeTz8hWq2LrVn0XyPs7BdUcGfJ)", Shape::Other),
            ("0vGS…46Q", Shape::Redacted),
            ("<redacted>", Shape::Redacted),
            ("XXXXXXXX", Shape::Redacted),
            ("555300000033", Shape::Number),
            ("W/\"4\"", Shape::Other),
        ] {
            assert_eq!(of(value), shape, "{value}");
        }
    }

    #[test]
    fn what_is_left_of_a_redacted_value() {
        for (value, left) in [
            ("hunterxxxxpass", vec!["hunter"]),
            ("kq7RmZt2Lw9X...bVn4hunter", vec!["kq7RmZt2Lw9X", "bVn4hunter"]),
            ("0vGS…46Q", vec![]),
            ("<redacted 28 characters>", vec![]),
            ("[REDACTED]", vec![]),
            ("REDACTED", vec![]),
            ("(token removed, began with kq7RmZt2)", vec!["kq7RmZt2"]),
            ("XXXXXXXX-XXXX-XXXX", vec![]),
        ] {
            assert_eq!(left_over(value), left, "{value}");
        }
    }
}

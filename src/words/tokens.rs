//! A message as units: words in lower case without accents, or single characters of scripts that put no spaces between
//! words.
//!
//! `build.rs` includes this file, so that the forms of the lexicon are cut in the same way as the messages.

/// The longest message that is read, in bytes. What follows is left out.
pub(crate) const LONGEST: usize = 2048;

/// What is between two units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing that matters.
    None,
    /// A slash, as in `missing/invalid`.
    Slash,
    /// A comma.
    Comma,
    /// The end of a clause: `.`, `;`, `(`, a dash between blanks.
    Clause,
    /// A colon: what is before it names what the rest is about.
    Colon,
}

/// One unit of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The word as the lexicon has it. Numbers, times, URLs and ids are `<number>`, `<time>`, `<url>`, `<id>`.
    pub(crate) word: String,
    /// Its first byte in the message.
    pub(crate) start: usize,
    /// The byte after it.
    pub(crate) end: usize,
    /// What is in front of it.
    pub(crate) gap: Gap,
}

/// Cuts a message into units.
pub(crate) fn units(message: &str) -> Vec<Unit> {
    let mut cutter = Cutter { units: Vec::new(), gap: Gap::None };
    let text = bounded(message);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += if c.is_alphanumeric() && is_scriptio_continua(c) {
            cutter.push(c.to_string(), at, at + c.len_utf8());
            c.len_utf8()
        } else if c.is_alphanumeric() {
            cutter.run(text, at)
        } else if c == '<' || c == '&' {
            cutter.markup(rest)
        } else {
            cutter.mark(text, at, c)
        };
    }
    cutter.units
}

/// As much of a message as is read.
fn bounded(message: &str) -> &str {
    let mut end = message.len().min(LONGEST);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    &message[..end]
}

/// Whether words of this script are written without spaces, or with endings that differ too much to be listed.
const fn is_scriptio_continua(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether an error code with its sentence begins here: `… not provided invalid_token: The token …`.
fn is_code_before_colon(text: &str, start: usize) -> bool {
    const LONGEST_CODE: usize = 60;
    let rest = &text.as_bytes()[start..];
    let length = rest.iter().take(LONGEST_CODE).take_while(|b| b.is_ascii_lowercase() || **b == b'_').count();
    rest[..length].contains(&b'_') && rest[length..].starts_with(b": ") && text[..start].ends_with(' ')
}

struct Cutter {
    units: Vec<Unit>,
    gap: Gap,
}

impl Cutter {
    fn push(&mut self, word: String, start: usize, end: usize) {
        if !word.is_empty() {
            self.units.push(Unit { word, start, end, gap: self.gap });
            self.gap = Gap::None;
        }
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// A mark of punctuation; gives its length.
    fn mark(&mut self, text: &str, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let before_is_blank = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        let after_is_blank = text[after..].chars().next().is_none_or(char::is_whitespace);
        let gap = match c {
            // A full stop inside `oauth.v2.InvalidToken` only separates words.
            '.' | '!' | '?' if after_is_blank || text[after..].starts_with(['"', '\'', ')', '<']) => Gap::Clause,
            ':' | '：' => Gap::Colon,
            ';' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '¦' | '\n' | '—' | '–' | '•' | '→' | '!' | '?' => {
                Gap::Clause
            }
            '。' | '，' | '；' | '！' | '？' | '（' | '）' | '【' | '】' => Gap::Clause,
            '-' | '=' if before_is_blank && after_is_blank => Gap::Clause,
            '/' => Gap::Slash,
            ',' | '、' => Gap::Comma,
            _ => Gap::None,
        };
        self.widen(gap);
        c.len_utf8()
    }

    /// A tag of HTML or an entity; gives its length.
    fn markup(&mut self, rest: &str) -> usize {
        const TAGS: [&str; 22] = [
            "a", "b", "body", "br", "code", "center", "div", "em", "h1", "h2", "h3", "head", "html", "i", "li", "p",
            "pre", "span", "strong", "td", "title", "tr",
        ];
        const LONGEST_TAG: usize = 200;
        if rest.starts_with('&') {
            let length = rest.bytes().take(9).position(|b| b == b';');
            return length.map_or(1, |at| at + 1);
        }
        let name = rest[1..].trim_start_matches('/');
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let close = rest.bytes().take(LONGEST_TAG).position(|b| b == b'>');
        match close.filter(|_| TAGS.iter().any(|t| t.eq_ignore_ascii_case(name))) {
            Some(at) => {
                self.widen(if matches!(name, "a" | "b" | "code" | "em" | "i" | "span" | "strong") {
                    Gap::None
                } else {
                    Gap::Clause
                });
                at + 1
            }
            None => 1,
        }
    }

    /// A run of letters and digits; gives its length.
    fn run(&mut self, text: &str, start: usize) -> usize {
        let rest = &text[start..];
        if is_code_before_colon(text, start) {
            self.widen(Gap::Clause);
        }
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let length = rest.find(|c: char| c.is_whitespace() || "\"'<>)]}`,".contains(c)).unwrap_or(rest.len());
            let length = rest[..length].trim_end_matches(['.', ';', ':']).len();
            self.push("<url>".to_owned(), start, start + length);
            return length;
        }
        let is_part =
            |c: char| (c.is_alphanumeric() && !is_scriptio_continua(c)) || matches!(c, '\'' | '’' | '`' | '‘');
        let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let length = rest[..length].trim_end_matches(['\'', '’', '`', '‘']).len();
        let run = &rest[..length];
        if let Some(value) = number(rest) {
            let word = if value.1 { "<time>" } else { "<number>" };
            self.push(word.to_owned(), start, start + value.0);
            return value.0;
        }
        if let Some(id) = id(rest) {
            self.push("<id>".to_owned(), start, start + id);
            return id;
        }
        let mut at = start;
        for part in run.split(['\'', '’', '`', '‘']) {
            self.apostrophe(part, at, at > start);
            at += part.len() + text[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        }
        length
    }

    /// A part of a run between apostrophes: `don` and `t`, `l` and `audience`, `token` and `s`.
    fn apostrophe(&mut self, part: &str, at: usize, is_second: bool) {
        if is_second && (part == "t" || part == "T") {
            if let Some(before) = self.units.last_mut()
                && let Some(base) = before.word.strip_suffix('n')
            {
                before.word = match base {
                    "ca" => "can".to_owned(),
                    "wo" => "will".to_owned(),
                    base => base.to_owned(),
                };
                self.push("not".to_owned(), at, at + part.len());
            }
            return;
        }
        // What is left of an article or a genitive.
        if matches!(part, "l" | "d" | "s" | "L" | "D" | "S") {
            return;
        }
        let mut from = 0;
        for piece in camel(part) {
            let (start, end) = (at + from, at + from + piece.len());
            from += piece.len();
            let word = plain(piece);
            match word.as_str() {
                "cannot" => {
                    self.push("can".to_owned(), start, start + 3);
                    self.push("not".to_owned(), start + 3, end);
                }
                _ => self.push(word, start, end),
            }
        }
    }
}

/// The length of a number or of a time at the beginning of a text, and whether it is a time.
fn number(text: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    if !bytes.first()?.is_ascii_digit() {
        return None;
    }
    let is_inner = |b: u8| b.is_ascii_digit() || matches!(b, b':' | b'-' | b'.' | b'T' | b'Z' | b'+' | b'/' | b',');
    let mut length = bytes.iter().take_while(|b| is_inner(**b)).count();
    while length > 1 && !(bytes[length - 1].is_ascii_digit() || bytes[length - 1] == b'Z') {
        length -= 1;
    }
    let goes_on = bytes.get(length).is_some_and(|b| b.is_ascii_alphanumeric());
    if goes_on {
        return None;
    }
    let parts = text[..length].bytes().filter(|b| matches!(b, b':' | b'-' | b'/')).count();
    Some((length, parts >= 2 || (length >= 10 && text[..length].bytes().all(|b| b.is_ascii_digit()))))
}

/// The length of a UUID or of another long id at the beginning of a text: such ids say nothing.
fn id(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let run = &text[..length];
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let is_hex = run.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    ((is_hex && length >= 16 && digits >= 4) || (digits >= 6 && length >= 24)).then_some(length)
}

/// Cuts `accessTokenExpired` and `JWTExpired` into words.
fn camel(run: &str) -> Vec<&str> {
    let bytes = run.as_bytes();
    // A code such as IDX10223 is one word, and so are HS256 and OAuth.
    if bytes.iter().any(u8::is_ascii_digit) || !run.is_ascii() {
        return vec![run];
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let next_is_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let is_start = here.is_ascii_uppercase() && (before.is_ascii_lowercase() || next_is_lower);
        // `OAuth`, `JWTs`
        let is_name = (at - from == 1 && before == b'O' && run[at..].starts_with("Auth"))
            || (here.is_ascii_uppercase() && run[at + 1..].starts_with('s') && at + 2 == bytes.len());
        if is_start && !is_name {
            pieces.push(&run[from..at]);
            from = at;
        }
    }
    pieces.push(&run[from..]);
    pieces
}

/// Lower case, without accents.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => plain.push('a'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => plain.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            'ß' => plain.push_str("ss"),
            'œ' => plain.push_str("oe"),
            'ё' => plain.push('е'),
            // Accents that are characters of their own.
            '\u{300}'..='\u{36F}' => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(message: &str) -> Vec<String> {
        units(message).into_iter().map(|u| u.word).collect()
    }

    #[test]
    fn codes_and_contractions_are_cut_into_words() {
        assert_eq!(words("FST_JWT_NO_AUTHORIZATION_IN_HEADER"), ["fst", "jwt", "no", "authorization", "in", "header"]);
        assert_eq!(words("invalidAccessToken"), ["invalid", "access", "token"]);
        assert_eq!(words("JWTExpired and OAuth, JWTs"), ["jwt", "expired", "and", "oauth", "jwts"]);
        assert_eq!(
            words("It couldn’t be read; can't, cannot"),
            ["it", "could", "not", "be", "read", "can", "not", "can", "not"]
        );
        assert_eq!(words("the user's key, l'émetteur"), ["the", "user", "key", "emetteur"]);
        assert_eq!(words("IDX10223: Lifetime"), ["idx10223", "lifetime"]);
    }

    #[test]
    fn values_are_one_unit_each() {
        assert_eq!(words("at 2026-03-04T10:11:12Z or 12"), ["at", "<time>", "or", "<number>"]);
        assert_eq!(words("see https://id.example/keys."), ["see", "<url>"]);
        assert_eq!(words("kid 0f8fad5b-d9cb-469f-a165-70867728950e"), ["kid", "<id>"]);
        assert_eq!(words("HS256 and base64"), ["hs256", "and", "base64"]);
    }

    #[test]
    fn markup_is_left_out() {
        assert_eq!(words("<h1>Unauthorized</h1><p>bad&nbsp;token</p>"), ["unauthorized", "bad", "token"]);
        assert_eq!(words("Bearer <token>"), ["bearer", "token"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_characters() {
        assert_eq!(words("token已过期"), ["token", "已", "过", "期"]);
        assert_eq!(words("토큰 만료"), ["토", "큰", "만", "료"]);
    }

    #[test]
    fn a_long_message_is_cut() {
        let message = "é ".repeat(LONGEST);
        assert!(units(&message).last().is_some_and(|u| u.end <= LONGEST));
    }
}

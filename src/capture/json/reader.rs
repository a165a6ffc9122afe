//! JSON as people paste it, read with the place of every value.
//!
//! The reader accepts all of RFC 8259 inside an object or an array, and what copying does to it: typographic quotes,
//! quotes that lost their mate at the end of a line, the backslashes that Markdown editors add, raw line ends in
//! strings, trailing commas, comments, the literals of Python and JavaScript (also what `util.inspect` and `repr`
//! print), and an end anywhere. It never fails once it has begun: what is open when the text ends is closed, and a
//! note says where it broke off.
//!
//! Strings are decoded into [`Text`], so that JSON inside a string is read by calling [`parse`] on the value.
//!
//! Every look ahead is bounded, so the work is linear in the input, also when a caller tries each bracket of a text.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use crate::capture::model::Note;
use crate::text::{Span, Text, TextBuilder};

/// How deep containers may nest.
const DEPTH: usize = 128;
/// How far a look ahead goes, in bytes.
const WINDOW: usize = 600;
/// How far the closing quote of a string may follow a raw line end, in bytes.
const FAR: usize = 4096;
/// How many notes one document may give.
const NOTES: usize = 16;

/// A JSON value with its place.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    /// `null`, `None`, `undefined`, or a value that is missing or was left out (`[Object]`).
    Null(Span),
    /// `true` or `false`.
    Bool(bool, Span),
    /// A number as written.
    Number(Text),
    /// A string, decoded.
    String(Text),
    /// An array, also a tuple.
    Array(Vec<Json>, Source),
    /// An object, its members in order, repeated names included.
    Object(Vec<(Text, Json)>, Source),
}

/// A string that Python fills in (`f"Bearer {token}"`) as a template that says so: `Bearer ${token}`.
fn as_template(text: &Text) -> Text {
    let s = text.as_str();
    let mut out = TextBuilder::new(text.span());
    let mut run = 0;
    for (brace, _) in s.match_indices('{') {
        if !s[..brace].ends_with(['$', '{']) && s[brace + 1..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
            out.copy(text, run..brace);
            out.replace(text, brace..brace + 1, "${");
            run = brace + 1;
        }
    }
    out.copy(text, run..s.len());
    out.finish()
}

/// The place of a container, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The whole document, once it is read.
    document: Rc<OnceCell<Text>>,
    range: Range<usize>,
    span: Span,
    whole: bool,
}

impl Source {
    fn foreign(span: Span) -> Self {
        Self { document: Rc::new(OnceCell::new()), range: 0..0, span, whole: false }
    }

    /// Whether all of it is there: it was closed, and nothing in it was left out.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Its place in the paste.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The container as written.
    pub(crate) fn text(&self) -> Text {
        match self.document.get() {
            Some(document) => document.slice(self.range.clone()),
            None => Text::implied("", self.span),
        }
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// Its value: an object or an array.
    pub(crate) json: Json,
    /// Where it ended, as an offset of the text that was read.
    pub(crate) end: usize,
    /// What could not be read as written.
    pub(crate) notes: Vec<Note>,
}

impl Json {
    /// The first member of this name, or else the first whose name differs by case only.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let members = self.members();
        let exact = members.iter().find(|(name, _)| name.as_str() == key);
        exact.or_else(|| members.iter().find(|(name, _)| name.as_str().eq_ignore_ascii_case(key))).map(|(_, v)| v)
    }

    /// The value at the end of a path of names.
    pub(crate) fn path(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |json, key| json.get(key))
    }

    /// The members of an object; none for any other value.
    pub(crate) fn members(&self) -> &[(Text, Self)] {
        match self {
            Self::Object(members, _) => members,
            _ => &[],
        }
    }

    /// The elements of an array; none for any other value.
    pub(crate) fn elements(&self) -> &[Self] {
        match self {
            Self::Array(elements, _) => elements,
            _ => &[],
        }
    }

    /// The text of a string or of a number.
    pub(crate) fn as_text(&self) -> Option<&Text> {
        match self {
            Self::String(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// An object that was not written as JSON.
    pub(crate) fn object(members: Vec<(Text, Self)>, span: Span) -> Self {
        Self::Object(members, Source::foreign(span))
    }

    /// An array that was not written as JSON.
    pub(crate) fn array(elements: Vec<Self>, span: Span) -> Self {
        Self::Array(elements, Source::foreign(span))
    }

    /// Its place in the paste.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Null(span) | Self::Bool(_, span) => *span,
            Self::Number(text) | Self::String(text) => text.span(),
            Self::Array(_, source) | Self::Object(_, source) => source.span(),
        }
    }

    /// Whether it is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(..))
    }

    /// Whether it is `null` or was left out.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null(_))
    }

    /// The value as text: a string decoded, a container as written. `None` for null.
    pub(crate) fn to_text(&self) -> Option<Text> {
        match self {
            Self::Null(_) => None,
            Self::Bool(value, span) => Some(Text::implied(if *value { "true" } else { "false" }, *span)),
            Self::Number(text) | Self::String(text) => Some(text.clone()),
            Self::Array(_, source) | Self::Object(_, source) => Some(source.text()),
        }
    }
}

/// Reads the JSON object or array that begins at byte `from` of the text.
///
/// `None` when the text there is plainly not JSON (`{{token}}`, `[INFO]`, `{id}`, `[200]`): an object must begin
/// with a name and a colon, an array with a value that is not a lone word or number.
pub(crate) fn parse(text: &Text, from: usize) -> Option<Parsed> {
    let s = text.as_str();
    let rest = s.get(from..)?;
    let opens = rest.starts_with(['{', '[']) || rest.starts_with("\\{") || rest.starts_with("\\[");
    if !opens {
        return None;
    }
    if !plausible(text, s, from) {
        return parse_escaped(text, from);
    }
    let mut parser = Parser::new(text, s, from);
    parser.skip_blank();
    let json = parser.value(0, Inside::Array)?;
    let (end, notes) = (parser.at, parser.notes);
    // Set once, here: a document that was not read to its end is never copied.
    let _ = parser.document.set(text.slice(from..end));
    Some(Parsed { json, end, notes })
}

/// Reads a document whose quotes are all escaped (`{\"a\":\"b\"}`): a part of a string, pasted without its quotes.
fn parse_escaped(text: &Text, from: usize) -> Option<Parsed> {
    let s = text.as_str();
    if !begins_escaped(&s[from..]) && !begins_doubled(&s[from..]) && !begins_printed(&s[from..]) {
        return None;
    }
    let head = unescape_once(text, from..floor(s, from + WINDOW / 3));
    let looks = head.text.as_str();
    if !plausible(&head.text, looks, 0) && !begins_escaped(looks) {
        return None;
    }
    let whole = unescape_once(text, from..s.len());
    let parsed = parse(&whole.text, 0)?;
    Some(Parsed { end: whole.origin(parsed.end), ..parsed })
}

/// Whether only brackets, blanks and escapes for line ends come before an escaped quote.
fn begins_escaped(s: &str) -> bool {
    let mut head = &s[..floor(s, 64)];
    loop {
        let rest = head.trim_start_matches(|c| matches!(c, '{' | '[') || is_blank(c));
        let rest = ["\\n", "\\r", "\\t"].iter().find_map(|e| rest.strip_prefix(e)).unwrap_or(rest);
        if rest.len() == head.len() {
            break;
        }
        head = rest;
    }
    head.starts_with('\\') && head.trim_start_matches('\\').starts_with('"')
}

/// Whether every quote is written twice, as in a cell of a CSV file: `{""error"": …`.
fn begins_doubled(s: &str) -> bool {
    let head = &s[..floor(s, 100)];
    let rest = head.trim_start_matches(|c| matches!(c, '{' | '[') || is_blank(c));
    rest.len() < head.len()
        && rest.strip_prefix("\"\"").is_some_and(|name| {
            let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '))).unwrap_or(0);
            end > 0 && name[end..].starts_with("\"\"")
        })
}

/// Whether this is the content of a string as `repr` prints it: line ends escaped, double quotes not.
fn begins_printed(s: &str) -> bool {
    let head = &s[..floor(s, 64)];
    let rest = head.trim_start_matches(['{', '[']);
    rest.len() < head.len() && ["\\n", "\\r", "\\t"].iter().any(|e| rest.starts_with(e)) && !begins_escaped(s)
}

/// A text with one layer of escapes taken off.
struct Unescaped {
    text: Text,
    /// Where each stretch of the result began: in the result, in the source.
    stretches: Vec<(usize, usize)>,
}

impl Unescaped {
    /// The offset of the source that this offset of the result stands for.
    fn origin(&self, at: usize) -> usize {
        let index = self.stretches.partition_point(|(result, _)| *result <= at).saturating_sub(1);
        self.stretches.get(index).map_or(at, |(result, source)| source + (at - result))
    }
}

/// Takes one layer of escapes off, up to the quote or the line end that closes the string.
fn unescape_once(text: &Text, range: Range<usize>) -> Unescaped {
    let s = &text.as_str()[..range.end];
    let mut out = TextBuilder::new(text.span_of(range.start..range.start));
    let mut stretches = vec![(0, range.start)];
    let (mut i, mut run) = (range.start, range.start);
    let doubled = begins_doubled(&s[i..]);
    let quote = if begins_printed(&s[i..]) { '\'' } else { '"' };
    while let Some(c) = s[i..].chars().next() {
        if doubled && s[i..].starts_with("\"\"") {
            out.copy(text, run..i);
            out.replace(text, i..i + 2, "\"");
            i += 2;
            stretches.push((out.len(), i));
            run = i;
            continue;
        }
        if c == quote || (!doubled && matches!(c, '\n' | '\r')) {
            break;
        }
        if doubled {
            i += c.len_utf8();
            continue;
        }
        if c != '\\' {
            i += c.len_utf8();
            continue;
        }
        out.copy(text, run..i);
        i = escape(text, s, i, false, &mut out);
        stretches.push((out.len(), i));
        run = i;
    }
    out.copy(text, run..i);
    Unescaped { text: out.finish(), stretches }
}

/// The nearest character boundary at or before `at`.
fn floor(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a JSON value can begin at this bracket. Looks at a bounded stretch only.
fn plausible(text: &Text, s: &str, from: usize) -> bool {
    let window = &s[..floor(s, from + WINDOW)];
    let cut = window.len() < s.len();
    let mut look = Parser::new(text, window, from);
    for _ in 0..24 {
        look.skip_blank();
        match look.peek() {
            Some('{') => {
                look.at += 1;
                look.skip_blank();
                if look.elision() {
                    look.at = look.scan(|c| is_blank(c) || c == ',').end;
                }
                return look.peek() == Some('}') || look.key(Comma::Seen).is_some();
            }
            Some('[') => {
                if look.is_spring_map() {
                    return true;
                }
                look.at += 1;
                look.skip_blank();
                if look.peek() == Some(']') {
                    return true;
                }
            }
            Some('(') => look.at += 1,
            Some(c) if opens_string(c) => {
                look.string(false);
                return if look.broken { cut } else { look.ends_value() };
            }
            Some(_) => {
                let prefix = look.string_prefix();
                if prefix > 0 {
                    look.at += prefix;
                    continue;
                }
                // `[401]` and `[INFO]` are prose; `[1, 2]` and `[null, true]` are lists.
                let word = look.scan(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
                let value = is_number(&window[word.clone()]) || literal(&window[word.clone()]).is_some();
                look.at = word.end;
                look.skip_blank();
                return value && look.peek() == Some(',');
            }
            None => return false,
        }
    }
    false
}

/// A literal of JSON, Python, JavaScript or Ruby.
enum JsonLiteral {
    Null,
    Bool(bool),
    NotANumber,
}

fn literal(word: &str) -> Option<JsonLiteral> {
    match word {
        "null" | "None" | "undefined" | "nil" | "NULL" => Some(JsonLiteral::Null),
        "true" | "True" | "TRUE" => Some(JsonLiteral::Bool(true)),
        "false" | "False" | "FALSE" => Some(JsonLiteral::Bool(false)),
        "NaN" | "Infinity" | "-Infinity" => Some(JsonLiteral::NotANumber),
        _ => None,
    }
}

/// Whether this is a number by the grammar of RFC 8259, section 6.
fn is_number(word: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (word, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

const fn is_double_curly(c: char) -> bool {
    matches!(c, '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2033}' | '\u{FF02}')
}

const fn is_single_curly(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{B4}')
}

const fn opens_string(c: char) -> bool {
    matches!(c, '"' | '\'' | '`') || is_double_curly(c) || is_single_curly(c)
}

/// Whether `c` may close what `open` opened.
const fn may_close(open: char, c: char) -> bool {
    if matches!(open, '"') || is_double_curly(open) {
        return matches!(c, '"') || is_double_curly(c);
    }
    if matches!(open, '`') && matches!(c, '`') {
        return true;
    }
    !matches!(open, '`') && (matches!(c, '\'' | '`') || is_single_curly(c))
}

/// Blank to a reader: white space, and what cannot be seen.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Punctuation that a Markdown editor may put a backslash before.
const fn is_markdown(c: char) -> bool {
    matches!(
        c,
        '_' | '*'
            | '['
            | ']'
            | '{'
            | '}'
            | '('
            | ')'
            | '$'
            | '#'
            | '+'
            | '-'
            | '.'
            | '!'
            | '|'
            | '~'
            | '<'
            | '>'
            | '&'
            | '='
            | ':'
            | '`'
            | ','
            | '@'
            | '^'
            | '%'
    )
}

/// Decodes the escape at byte `i` of `s` (a prefix of the text) and returns where it ended.
fn escape(text: &Text, s: &str, i: usize, bytes: bool, out: &mut TextBuilder) -> usize {
    let Some(c) = s[i + 1..].chars().next() else {
        out.copy(text, i..i + 1);
        return i + 1;
    };
    let end = i + 1 + c.len_utf8();
    let mut plain = |with: &str| {
        out.replace(text, i..end, with);
        end
    };
    match c {
        '"' | '\\' | '/' | '\'' => {
            let mut buffer = [0; 4];
            plain(c.encode_utf8(&mut buffer))
        }
        'b' => plain("\u{8}"),
        'f' => plain("\u{C}"),
        'n' => plain("\n"),
        'r' => plain("\r"),
        't' => plain("\t"),
        'u' => unicode_escape(text, s, i, out),
        'x' => hex_escape(text, s, i, bytes, out),
        // A backslash at the end of a line goes on in the next one.
        '\n' => end,
        '\r' => end + usize::from(s[end..].starts_with('\n')),
        c if is_markdown(c) => {
            let mut buffer = [0; 4];
            plain(c.encode_utf8(&mut buffer))
        }
        // Not an escape at all (`C:\ers`): it is kept as written.
        _ => {
            out.copy(text, i..end);
            end
        }
    }
}

/// The four hex digits of a `\u` escape at byte `i`.
fn code_unit(s: &str, i: usize) -> Option<u16> {
    let digits = s.get(i..)?.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}

fn unicode_escape(text: &Text, s: &str, i: usize, out: &mut TextBuilder) -> usize {
    let Some(first) = code_unit(s, i) else {
        out.copy(text, i..i + 2);
        return i + 2;
    };
    let pair = [first, code_unit(s, i + 6).unwrap_or(0)];
    let decoded = char::decode_utf16(pair).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
    let end = i + if decoded.len_utf16() == 2 { 12 } else { 6 };
    out.replace(text, i..end, decoded.encode_utf8(&mut [0; 4]));
    end
}

/// `\xa0` is a character in a string, but a byte in the bytes of Python, where a run of them is UTF-8.
fn hex_escape(text: &Text, s: &str, i: usize, bytes: bool, out: &mut TextBuilder) -> usize {
    let byte = |at: usize| {
        let digits = s.get(at..)?.strip_prefix("\\x")?.get(..2)?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
    };
    let Some(first) = byte(i) else {
        out.copy(text, i..i + 2);
        return i + 2;
    };
    if !bytes {
        out.replace(text, i..i + 4, char::from(first).encode_utf8(&mut [0; 4]));
        return i + 4;
    }
    let (mut run, mut end) = (vec![first], i + 4);
    while let Some(next) = byte(end) {
        run.push(next);
        end += 4;
    }
    out.replace(text, i..end, &String::from_utf8_lossy(&run));
    end
}

/// What a value is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Object,
    Array,
    /// In round brackets, as Python writes it.
    Tuple,
    /// In braces, as Go writes it.
    Slice,
}

/// What comes before a member: a name without quotes needs a comma before it, or else it may be prose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comma {
    Seen,
    Missing,
}

/// What to do at a raw line end inside a string.
enum LineEnd {
    /// It belongs to the string.
    Content,
    /// The string lost its closing quote here.
    Close,
    /// The document breaks off here.
    Break,
}

/// The last answer of [`Parser::straight_on_line`], and the offsets that it holds for.
struct Straight {
    quote: char,
    range: Range<usize>,
    comes: bool,
}

struct Parser<'a> {
    text: &'a Text,
    /// The text, or the part of it to be looked at.
    s: &'a str,
    from: usize,
    at: usize,
    /// The document ends here, whatever is open.
    broken: bool,
    /// Whether the name of the last member stood there without quotes.
    bare_key: bool,
    /// Whether a name is being read: it has no quotes in its middle.
    in_key: bool,
    /// Whether the last name was followed by an equals sign.
    equals: bool,
    notes: Vec<Note>,
    document: Rc<OnceCell<Text>>,
    straight: Straight,
}

impl<'a> Parser<'a> {
    fn new(text: &'a Text, s: &'a str, from: usize) -> Self {
        let document = Rc::new(OnceCell::new());
        Self {
            text,
            s,
            from,
            at: from,
            broken: false,
            bare_key: false,
            in_key: false,
            equals: false,
            notes: Vec::new(),
            document,
            straight: Straight { quote: '"', range: 0..0, comes: false },
        }
    }

    fn peek(&self) -> Option<char> {
        self.s[self.at..].chars().next()
    }

    fn next_after(&self, at: usize) -> Option<char> {
        self.s.get(at..)?.chars().next()
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.text.span_of(range)
    }

    fn source(&self, start: usize, whole: bool) -> Source {
        let range = start - self.from..self.at - self.from;
        Source { document: Rc::clone(&self.document), range, span: self.span(start..self.at), whole }
    }

    fn note(&mut self, says: &str, range: Range<usize>) {
        if self.notes.len() < NOTES {
            let span = self.span(range);
            self.notes.push(Note { says: says.to_owned(), span });
        }
    }

    fn break_off(&mut self) {
        if !self.broken {
            self.broken = true;
            self.note("the JSON breaks off here", self.at..self.at);
        }
    }

    /// The range of characters from here that satisfy a condition.
    fn scan(&self, accept: impl Fn(char) -> bool) -> Range<usize> {
        let rest = &self.s[self.at..];
        self.at..self.at + rest.find(|c| !accept(c)).unwrap_or(rest.len())
    }

    /// Skips white space, comments, and a backslash that Markdown put before a bracket.
    fn skip_blank(&mut self) {
        // Nearly always there is a blank at most, and then a sign of JSON.
        let bytes = self.s.as_bytes();
        while bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if bytes.get(self.at).is_some_and(|b| b.is_ascii_graphic() && !matches!(b, b'/' | b'#' | b'\\' | b'>')) {
            return;
        }
        let mut line_start = false;
        loop {
            let blanks = self.scan(is_blank);
            line_start |= self.s[blanks.clone()].contains(['\n', '\r']);
            self.at = blanks.end;
            let rest = &self.s[self.at..];
            if line_start && rest.starts_with('>') {
                // The mark of a quoted mail.
                self.at += 1;
                continue;
            }
            if rest.starts_with("//") || rest.starts_with('#') {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            } else if rest.starts_with('\\')
                && rest[1..].starts_with(['[', ']', '{', '}', '(', ')', ',', ':', '_', '='])
            {
                self.at += 1;
                return;
            } else {
                return;
            }
        }
    }

    /// The offset of the next character on this line that is not blank.
    fn on_line(&self, at: usize) -> usize {
        let rest = &self.s[at..];
        if rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) {
            return at;
        }
        at + rest.find(|c| !is_blank(c) || matches!(c, '\n' | '\r')).unwrap_or(rest.len())
    }

    /// Whether a value that ends at this offset is followed by what may follow a value.
    fn structural(&self, at: usize) -> bool {
        let at = self.on_line(at);
        let rest = &self.s[at..];
        match rest.chars().next() {
            None => true,
            Some('\\') => rest[1..].starts_with(['}', ']', ')', '[', '{']),
            Some('=') => rest.starts_with("=>"),
            Some('/') => rest.starts_with("//") || rest.starts_with("/*"),
            Some(c) => matches!(c, ',' | ':' | ';' | '}' | ']' | ')' | '+' | '#' | '\n' | '\r'),
        }
    }

    /// Whether the value that was just read ends as a value should.
    fn ends_value(&self) -> bool {
        self.structural(self.at)
    }

    fn value(&mut self, depth: usize, inside: Inside) -> Option<Json> {
        self.skip_blank();
        let start = self.at;
        let Some(c) = self.peek() else {
            self.break_off();
            return None;
        };
        if matches!(c, '{' | '[' | '(') && depth >= DEPTH {
            self.broken = true;
            self.note("the JSON is nested too deeply to be read any further", start..start);
            return None;
        }
        match c {
            '{' if self.placeholder_end(start).is_some() => self.bare(inside),
            '{' => Some(self.object(depth, '}')),
            '[' => Some(self.bracket(depth)),
            '(' => Some(self.array(depth, Inside::Tuple)),
            ',' | '}' | ']' | ')' => Some(Json::Null(self.span(start..start))),
            '%' if self.elixir_map().is_some() => {
                self.at = self.elixir_map().unwrap_or(start);
                self.value(depth, inside)
            }
            c if opens_string(c) => Some(Json::String(self.expression(false))),
            _ => self.word(depth, inside),
        }
    }

    /// The brace after `[Object: null prototype]`, and after the like of a subclass.
    fn prototype(&self) -> Option<usize> {
        let rest = self.s[self.at..floor(self.s, self.at + 80)].strip_prefix('[')?;
        let end = rest.find(" prototype] {").or_else(|| rest.find(": null prototype] {"))?;
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | ' ' | '_');
        rest[..end].chars().all(fits).then(|| self.at + 1 + end + " prototype] ".len())
    }

    /// The brace of `%{` or `%Req.Response{`, as Elixir writes a map.
    fn elixir_map(&self) -> Option<usize> {
        let rest = self.s[self.at..floor(self.s, self.at + 80)].strip_prefix('%')?;
        let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')))?;
        rest[name..].starts_with('{').then_some(self.at + 1 + name)
    }

    /// What opens with a square bracket: a list in most languages, a map where Spring prints header fields.
    fn bracket(&mut self, depth: usize) -> Json {
        // Node: `[Object: null prototype] {`
        if let Some(brace) = self.prototype() {
            self.at = brace;
            return self.object(depth, '}');
        }
        if let Some(left_out) = self.left_out() {
            return left_out;
        }
        if self.is_spring_map() {
            return self.object(depth, ']');
        }
        // Go: `[]string{"a"}`
        let rest = &self.s[self.at..floor(self.s, self.at + 40)];
        let brace = rest.strip_prefix("[]").and_then(|r| r.find(|c: char| !c.is_ascii_alphanumeric())).map(|at| at + 2);
        if let Some(brace) = brace.filter(|at| *at > 2 && rest[*at..].starts_with('{')) {
            self.at += brace;
            return self.array(depth, Inside::Slice);
        }
        self.array(depth, Inside::Array)
    }

    /// Whether `[Accept:"…", Host:"…"]` begins here.
    fn is_spring_map(&self) -> bool {
        let rest = &self.s[self.at + 1..floor(self.s, self.at + 100)];
        let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(0);
        name > 0 && rest[name..].starts_with(":\"")
    }

    fn object(&mut self, depth: usize, close: char) -> Json {
        let start = self.at;
        self.at += 1;
        let mut members = Vec::new();
        let mut comma = Comma::Seen;
        let (mut bare, mut whole) = (false, true);
        while !self.broken {
            let before = self.at;
            self.skip_blank();
            match self.peek() {
                None => {
                    self.break_off();
                    break;
                }
                Some(c) if c == close => {
                    self.at += 1;
                    break;
                }
                Some(',' | ';') => {
                    self.at += 1;
                    comma = Comma::Seen;
                    continue;
                }
                Some('}' | ']' | ')') => {
                    whole = false;
                    self.note("a closing brace is missing before this", self.at..self.at + 1);
                    break;
                }
                Some(_) => {}
            }
            if self.elision() {
                whole = false;
                comma = Comma::Seen;
                continue;
            }
            // Spring: a further value of the last field.
            if close == ']'
                && self.peek() == Some('"')
                && let Some(name) = members.last().map(|(name, _): &(Text, Json)| name.clone())
            {
                members.push((name, Json::String(self.string(false))));
                self.junk(Inside::Object);
                continue;
            }
            // Objects without any commas are written one member a line.
            let new_line = self.s[before..self.at].contains(['\n', '\r']);
            let bare_before = new_line && bare;
            if comma == Comma::Seen && !members.is_empty() && self.shorthand() {
                whole = false;
                comma = Comma::Missing;
                continue;
            }
            let Some(key) = self.key(if bare_before { Comma::Seen } else { comma }) else {
                self.at = if new_line { before } else { self.at };
                self.break_off();
                break;
            };
            comma = Comma::Missing;
            bare = self.bare_key;
            let Some(value) = self.value(depth + 1, Inside::Object) else { continue };
            members.push((key, value));
            self.junk(Inside::Object);
        }
        Json::Object(members, self.source(start, whole && !self.broken))
    }

    fn array(&mut self, depth: usize, inside: Inside) -> Json {
        let start = self.at;
        let close = match inside {
            Inside::Tuple => ')',
            Inside::Slice => '}',
            Inside::Array | Inside::Object => ']',
        };
        self.at += 1;
        let mut elements = Vec::new();
        let (mut comma, mut whole) = (true, true);
        while !self.broken {
            let before = self.at;
            self.skip_blank();
            match self.peek() {
                None => {
                    self.break_off();
                    break;
                }
                Some(c) if c == close => {
                    self.at += 1;
                    break;
                }
                Some(',') => {
                    self.at += 1;
                    comma = true;
                    continue;
                }
                Some(c @ ('}' | ']' | ')')) => {
                    whole = false;
                    self.note("a closing bracket is missing before this", self.at..self.at + c.len_utf8());
                    break;
                }
                Some(c) => {
                    if self.elision() {
                        whole = false;
                        comma = true;
                        continue;
                    }
                    if !comma && !matches!(c, '{' | '[' | '(') && !opens_string(c) {
                        self.at = before;
                        self.break_off();
                        break;
                    }
                }
            }
            comma = false;
            let Some(value) = self.value(depth + 1, inside) else { continue };
            elements.push(value);
            self.junk(inside);
        }
        Json::Array(elements, self.source(start, whole && !self.broken))
    }

    /// Skips the text between a value and the next comma, bracket or line end: the rest of an expression.
    fn junk(&mut self, inside: Inside) {
        if self.broken || self.ends_value() {
            return;
        }
        let start = self.on_line(self.at);
        let next = self.next_after(start);
        if self.s[start..].starts_with("...") || next == Some('\u{2026}') {
            return;
        }
        // A comma is missing; the object or the array goes on.
        if next.is_some_and(|c| opens_string(c) || (inside != Inside::Object && matches!(c, '{' | '[' | '('))) {
            return;
        }
        let mut open = 0_usize;
        let ends = |c: char| {
            open += usize::from(c == '(');
            if open > 0 && matches!(c, ')' | ',') {
                open -= usize::from(c == ')');
                return false;
            }
            matches!(c, ',' | '}' | ']' | ')' | '\n' | '\r')
        };
        let rest = &self.s[start..];
        let end = start + rest.find(ends).unwrap_or(rest.len());
        self.note("this was not read: a comma or a closing bracket was expected", start..end);
        self.at = end;
    }

    /// `...`, `…`, `<snip>` in place of members.
    fn elision(&mut self) -> bool {
        let rest = &self.s[self.at..];
        // Nearly everything begins with a quote.
        if rest.starts_with('"') {
            return false;
        }
        let len = if rest.starts_with("...") {
            rest.len() - rest.trim_start_matches('.').len()
        } else if rest.starts_with('\u{2026}') {
            3
        } else if let Some(mark) = ["[...]", "[\u{2026}]", "(...)"].iter().find(|mark| rest.starts_with(**mark)) {
            mark.len()
        } else if rest.starts_with('<') {
            rest[..floor(rest, 60)].find('>').map_or(0, |end| end + 1)
        } else {
            0
        };
        // `...` before a name is the spread operator of JavaScript: the name has no value here either.
        let spread = rest[len..].starts_with(|c: char| c.is_ascii_alphabetic());
        if len == 0 || (spread && rest.starts_with('<')) {
            return false;
        }
        let start = self.at;
        self.at += len;
        if spread {
            self.at = self.scan(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$')).end;
        } else {
            // `... 12 more items`
            let end = self.on_line(self.at);
            let more = &self.s[end..floor(self.s, end + 40)];
            if more.starts_with(|c: char| c.is_ascii_digit()) {
                self.at = end + more.find([',', '}', ']', '\n', '\r']).unwrap_or(more.len());
            }
        }
        self.note("a part was left out here", start..self.at);
        true
    }

    /// `url,` in an object of JavaScript: a name whose value is elsewhere.
    fn shorthand(&mut self) -> bool {
        let name = self.scan(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
        let end = self.on_line(name.end);
        let after = self.next_after(end);
        let found = !name.is_empty()
            && matches!(after, Some(',' | '}'))
            && !self.s[name.clone()].starts_with(|c: char| c.is_ascii_digit());
        if found {
            self.at = name.end;
        }
        found
    }

    /// A name and the sign after it.
    fn key(&mut self, comma: Comma) -> Option<Text> {
        let prefix = self.string_prefix();
        let first = self.next_after(self.at + prefix)?;
        self.bare_key = !opens_string(first);
        if self.bare_key {
            return if comma == Comma::Seen { self.bare_key() } else { None };
        }
        let start = self.at;
        self.at += prefix;
        self.in_key = true;
        let key = self.string(prefix > 0);
        self.in_key = false;
        if self.broken {
            // A name alone says nothing; the caller notes where it broke off.
            self.broken = false;
            self.notes.pop();
            self.at = start;
            return None;
        }
        if self.separator(false) {
            return Some(key);
        }
        // `"name: "value"`: the name lost its second quote, and the string ended where the value begins.
        let name = key.as_str().trim_end();
        let quote = self.s[..self.at].chars().next_back().map_or(0, char::len_utf8);
        let name = name.strip_suffix(':').unwrap_or("").trim_end_matches(|c| is_double_curly(c) || is_single_curly(c));
        if !name.is_empty() && key.is_verbatim() && self.peek().is_some() {
            self.at -= quote;
            return Some(key.slice(0..name.len()));
        }
        self.at = start;
        None
    }

    fn bare_key(&mut self) -> Option<Text> {
        let start = self.at;
        if self.peek() == Some('[') {
            // A computed name: `[Symbol(headers)]: …`.
            let end = self.s[start..floor(self.s, start + WINDOW)].find(']')? + start;
            self.at = end + 1;
            if self.s[start..end].contains(['\n', '"', '\'', '{']) || !self.separator(false) {
                self.at = start;
                return None;
            }
            return Some(self.text.slice(start + 1..end));
        }
        let accept = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.' | '@' | '\\' | '/');
        // A symbol of Ruby.
        self.at += usize::from(self.s[start..].starts_with(':'));
        let range = self.scan(accept);
        if range.is_empty() || range.len() > WINDOW {
            self.at = start;
            return None;
        }
        self.at = range.end;
        if self.peek().is_some_and(opens_string) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        let found = self.separator(true);
        // The colon of a URL ends no name.
        if !found || self.s[self.at..].starts_with("//") {
            self.at = start;
            return None;
        }
        Some(self.without_backslashes(range))
    }

    fn separator(&mut self, bare: bool) -> bool {
        self.skip_blank();
        let rest = &self.s[self.at..];
        let len = if rest.starts_with("=>") {
            2
        } else if rest.starts_with(':') || (bare && rest.starts_with('=') && !rest.starts_with("==")) {
            1
        } else {
            0
        };
        self.equals = rest.starts_with('=') && len == 1;
        self.at += len;
        len > 0
    }

    /// Whether a comma before this offset ends a value without quotes. (That of `Wed, 04 Mar 2026` does not.)
    fn member_follows(&self, at: usize) -> bool {
        let rest = self.s[at..floor(self.s, at + 160)].trim_start_matches([' ', '\t']);
        if rest.is_empty() || rest.starts_with(['\n', '\r', '}', '[', '\u{2026}']) || rest.starts_with("...") {
            return true;
        }
        if comment(rest) {
            return true;
        }
        if rest.starts_with(opens_string) {
            return begins_member(rest);
        }
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        let name = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.' | '\\' | '"')));
        let after = rest[name.unwrap_or(rest.len())..].trim_start_matches([' ', '\t']);
        let sign = if self.equals { '=' } else { ':' };
        name != Some(0) && (after.starts_with(sign) || after.starts_with("=>")) && !after.starts_with("://")
    }

    /// A part of the text without the backslashes that Markdown put in.
    fn without_backslashes(&self, range: Range<usize>) -> Text {
        let mut out = TextBuilder::new(self.span(range.start..range.start));
        let (mut run, mut i) = (range.start, range.start);
        let part = &self.s[..range.end];
        while let Some(found) = part[i..].find('\\') {
            let at = i + found;
            i = at + 1;
            let Some(c) = part[i..].chars().next().filter(|c| is_markdown(*c)) else { continue };
            out.copy(self.text, run..at);
            out.replace(self.text, at..i + c.len_utf8(), c.encode_utf8(&mut [0; 4]));
            i += c.len_utf8();
            run = i;
        }
        out.copy(self.text, run..range.end);
        out.finish()
    }

    /// The length of a prefix that Python writes before a string: `b'…'`, `u'…'`.
    fn string_prefix(&self) -> usize {
        let rest = &self.s.as_bytes()[self.at..];
        let letters = rest.iter().take(3).take_while(|b| b"bBuUrRfF".contains(b)).count();
        if (1..=2).contains(&letters) && matches!(rest.get(letters), Some(b'\'' | b'"')) { letters } else { 0 }
    }

    /// A string and what `+` adds to it. A name that is added is shown as a template would show it: `${name}`.
    fn expression(&mut self, bytes: bool) -> Text {
        let first = self.string(bytes);
        let first = self.formatted(first);
        let mut joined: Option<TextBuilder> = None;
        while !self.broken {
            let mark = self.at;
            self.skip_blank();
            if self.peek() != Some('+') {
                self.at = mark;
                break;
            }
            self.at += 1;
            self.skip_blank();
            let builder = joined.get_or_insert_with(|| {
                let mut builder = TextBuilder::new(first.span());
                builder.copy(&first, 0..first.len());
                builder
            });
            if self.peek().is_some_and(opens_string) {
                let next = self.string(false);
                builder.copy(&next, 0..next.len());
                continue;
            }
            let word = self.scan(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '(' | ')'));
            let name = self.s[word.clone()].trim_end_matches(')');
            if name.is_empty() {
                self.at = mark;
                break;
            }
            builder.replace(self.text, word.start..word.start + name.len(), &format!("${{{name}}}"));
            self.at = word.start + name.len();
        }
        joined.map_or(first, TextBuilder::finish)
    }

    /// A string of Python with the names filled in that `.format(name)` or `% name` puts there.
    fn formatted(&mut self, template: Text) -> Text {
        let at = self.on_line(self.at);
        let rest = &self.s[at..floor(self.s, at + 100)];
        let Some(arguments) = rest.strip_prefix(".format(").or_else(|| rest.strip_prefix('%')) else { return template };
        let name = arguments.trim_start_matches([' ', '(']);
        let name = &name[..name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(name.len())];
        let mark = ["{}", "{0}", "%s"].iter().find_map(|mark| Some((template.as_str().find(mark)?, mark.len())));
        let Some((mark, len)) = mark.filter(|_| !name.is_empty()) else { return template };
        let mut out = TextBuilder::new(template.span());
        out.copy(&template, 0..mark);
        out.replace(&template, mark..mark + len, &format!("${{{name}}}"));
        out.copy(&template, mark + len..template.len());
        out.finish()
    }

    /// The string that opens here.
    fn string(&mut self, bytes: bool) -> Text {
        let open = self.peek().unwrap_or('"');
        let start = self.at + open.len_utf8();
        let mut out = TextBuilder::new(self.span(start..start));
        let (mut i, mut run) = (start, start);
        // Behind a raw line end: where the closing quote was found to be.
        let mut mate = start;
        // Nearly every byte is one that ends nothing.
        let is_plain = |b: &u8| b.is_ascii() && !matches!(b, b'\\' | b'"' | b'\'' | b'`' | b'\n' | b'\r');
        loop {
            i += self.s.as_bytes()[i..].iter().take_while(|b| is_plain(b)).count();
            let Some(c) = self.s[i..].chars().next() else {
                self.at = i;
                break self.break_off();
            };
            match c {
                '\\' => {
                    out.copy(self.text, run..i);
                    i = escape(self.text, self.s, i, bytes, &mut out);
                    run = i;
                }
                '\n' | '\r' if i >= mate => match self.line_end(open, i, &mut mate) {
                    LineEnd::Content => i += 1,
                    LineEnd::Break => {
                        self.at = i;
                        break self.break_off();
                    }
                    LineEnd::Close => {
                        self.at = i;
                        let line = self.s[run..i].trim_end();
                        i = run + line.strip_suffix(',').unwrap_or(line).trim_end().len();
                        self.note("the closing quote is missing on this line", i..i);
                        break;
                    }
                },
                c if may_close(open, c) && self.closes(open, c, i) => {
                    self.at = i + c.len_utf8();
                    break;
                }
                c => i += c.len_utf8(),
            }
        }
        out.copy(self.text, run..i);
        out.finish()
    }

    /// Whether this quote closes the string that `open` opened.
    fn closes(&mut self, open: char, c: char, at: usize) -> bool {
        let after = at + c.len_utf8();
        if open == '`' {
            return true;
        }
        if c != open || !open.is_ascii() {
            if !self.structural(after) {
                return false;
            }
            // A typographic quote in a string with straight ones is content, unless nothing else can close it.
            return !open.is_ascii() || !self.straight_on_line(open, after);
        }
        let next = self.next_after(after);
        if open == '\'' {
            // An apostrophe is between letters.
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            return !(letter(next) && letter(self.s[..at].chars().next_back()));
        }
        if self.in_key {
            return true;
        }
        // A quote in the middle of a sentence: a word follows, and on this line comes a quote that ends a value.
        let word = self.next_after(self.on_line(after)).is_some_and(char::is_alphanumeric);
        !(word && self.later_end(after))
    }

    /// Whether a straight double quote that ends a value comes on this line, before any that begins a word.
    fn later_end(&self, from: usize) -> bool {
        let line = &self.s[from..floor(self.s, from + WINDOW)];
        let line = line.split(['\n', '\r']).next().unwrap_or(line);
        line.match_indices('"').take(8).any(|(i, _)| self.structural(from + i + 1))
    }

    /// Whether a straight quote of this kind comes on this line. Also true when the line is too long to tell.
    fn straight_on_line(&mut self, quote: char, from: usize) -> bool {
        if self.straight.quote == quote && self.straight.range.contains(&from) {
            return self.straight.comes;
        }
        let rest = &self.s[from..floor(self.s, from + FAR)];
        let found = rest.find([quote, '\n', '\r']);
        let end = from + found.unwrap_or(rest.len());
        let far = found.is_none() && end < self.s.len();
        let comes = far || self.s[end..].starts_with(quote);
        // The answer holds up to the place where it was found; where nothing was found, look again half way.
        let range = from..if far { from + FAR / 2 } else { end + 1 };
        self.straight = Straight { quote, range, comes };
        comes
    }

    /// What a raw line end at `at` means to the string that `open` opened.
    fn line_end(&self, open: char, at: usize, mate: &mut usize) -> LineEnd {
        let rest = &self.s[at..floor(self.s, at + FAR)];
        let Some(next) = rest.find(|c| !is_blank(c)) else { return LineEnd::Break };
        let next_line = &rest[next..];
        if next_line.starts_with(['}', ']']) || begins_member(next_line) {
            return LineEnd::Close;
        }
        let Some(quote) = rest.find(|c| may_close(open, c)) else { return LineEnd::Break };
        let len = rest[quote..].chars().next().map_or(1, char::len_utf8);
        if !self.structural(at + quote + len) && open != '`' {
            return LineEnd::Break;
        }
        *mate = at + quote;
        LineEnd::Content
    }

    /// Where `{{name}}` or `${name}` that begins here ends.
    fn placeholder_end(&self, at: usize) -> Option<usize> {
        let rest = &self.s[at..floor(self.s, at + 100)];
        let (open, close) = if rest.starts_with("{{") {
            (2, "}}")
        } else if rest.starts_with("${") {
            (2, "}")
        } else {
            return None;
        };
        let end = rest[open..].find(close)? + open;
        let name = &rest[open..end];
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '$');
        (!name.trim().is_empty() && name.chars().all(fits)).then_some(at + end + close.len())
    }

    /// `[Object]`, `[Array]`, `[Function: send]`, `[Circular *1]`: what `util.inspect` prints for what it leaves out.
    fn left_out(&mut self) -> Option<Json> {
        let rest = &self.s[self.at..floor(self.s, self.at + 100)];
        // `[Object [AxiosHeaders]]`
        let end =
            rest.find(']').map(|end| end + usize::from(rest[1..end].contains('[') && rest[end..].starts_with("]]")))?;
        let word = &rest[1..end];
        let name = &word[..word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len())];
        let known = matches!(
            name,
            "Object" | "Array" | "Function" | "AsyncFunction" | "Circular" | "Getter" | "Setter" | "class" | "Symbol"
        );
        if !known || word.contains(['"', '\'', ',']) {
            return None;
        }
        let start = self.at;
        self.at += end + 1;
        Some(Json::Null(self.span(start..self.at)))
    }

    /// The bracket of what a name opens: `AxiosHeaders {`, `Object [Error] {`, `Map(2) {`, `Headers([`.
    fn constructor(&self) -> Option<usize> {
        let window = &self.s[..floor(self.s, self.at + 120)];
        let mut at = self.at;
        if window[at..].starts_with("<ref *") {
            at += window[at..].find("> ")? + 2;
        }
        if !window[at..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$')) {
            return None;
        }
        at += window[at..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.' | ':')))?;
        if &window[self.at..at] == "map" && window[at..].starts_with('[') {
            // Go: `map[string][]string{`
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '[' | ']' | '*' | '.');
            at += window[at..].find(|c| !fits(c))?;
        }
        let count = window[at..].strip_prefix('(').and_then(|r| r.find(|c: char| !c.is_ascii_digit()).map(|n| (r, n)));
        match count {
            Some((rest, digits)) if digits > 0 && rest[digits..].starts_with(')') => at += digits + 2,
            Some(_) => return Some(at),
            None => {}
        }
        if window[at..].starts_with(" [") {
            let end = at + window[at..].find(']')? + 1;
            if window[end..].starts_with(" {") {
                at = end;
            }
        }
        at += window[at..].len() - window[at..].trim_start_matches(' ').len();
        let opens = window[at..].starts_with(['{', '[']) && plausible(self.text, self.s, at);
        opens.then_some(at)
    }

    /// An error that a program prints as a value: its message, the lines of its trace, and then its own members in
    /// braces. Gives the message and where the brace is.
    fn thrown(&self) -> Option<(Range<usize>, Option<usize>)> {
        let rest = &self.s[self.at..floor(self.s, self.at + WINDOW)];
        let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$')).count();
        let is_error = ["Error", "Exception"].iter().any(|kind| rest[..name].ends_with(kind));
        if !is_error || !rest[name..].starts_with([':', '\n', '\r', ' ']) {
            return None;
        }
        let end = rest.find('\n').map_or(rest.len(), |i| i);
        let message = self.at..self.at + rest[..end].trim_end().len();
        let (len, opens) = self.trace_len(message.end);
        (len > 0).then(|| (message.clone(), opens.then_some(message.end + len)))
    }

    /// The length of the lines of a trace from here on, and whether a brace comes after it (which is not counted).
    fn trace_len(&self, from: usize) -> (usize, bool) {
        let mut len = 0;
        for line in self.s[from..].split_inclusive('\n').take(200) {
            let trimmed = line.trim();
            if trimmed.is_empty() && len == 0 {
                len += line.len();
                continue;
            }
            if !trimmed.starts_with("at ") {
                break;
            }
            if trimmed.ends_with('{') {
                return (len + line.trim_end().len() - 1, true);
            }
            let end = line.trim_end().trim_end_matches([',', '}', ']']).len();
            if end < line.trim_end().len() {
                return (len + end, false);
            }
            len += line.len();
        }
        (if self.s[from..from + len].trim().is_empty() { 0 } else { len }, false)
    }

    /// A number, a literal, a string with a prefix, a constructor, or bare text.
    fn word(&mut self, depth: usize, inside: Inside) -> Option<Json> {
        let symbol =
            self.s[self.at..].strip_prefix(':').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()));
        self.at += usize::from(symbol);
        let start = self.at;
        let prefix = self.string_prefix();
        if prefix > 0 {
            self.at += prefix;
            let letters = &self.s[start..self.at];
            let (bytes, template) = (letters.contains(['b', 'B']), letters.contains(['f', 'F']));
            let text = self.expression(bytes);
            return Some(Json::String(if template { as_template(&text) } else { text }));
        }
        if let Some((message, bracket)) = self.thrown() {
            if depth >= DEPTH || bracket.is_none() {
                self.at = message.end + self.trace_len(message.end).0;
                return Some(Json::String(self.text.slice(message)));
            }
            self.at = bracket.unwrap_or(message.end);
            return self.value(depth + 1, inside);
        }
        if let Some(bracket) = self.constructor() {
            if depth >= DEPTH {
                self.broken = true;
                self.note("the JSON is nested too deeply to be read any further", start..start);
                return None;
            }
            self.at = bracket;
            let call = self.peek() == Some('(');
            let value = self.value(depth + 1, inside)?;
            return Some(match value {
                Json::Array(mut elements, _) if call && elements.len() == 1 => elements.remove(0),
                value => value,
            });
        }
        let word = self.scan(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_'));
        let written = &self.s[word.clone()];
        let member_follows = begins_member(&self.s[self.on_line(word.end)..]);
        if written.is_empty() || !(self.structural(word.end) || member_follows) {
            return self.bare(inside);
        }
        if is_number(written) {
            self.at = word.end;
            if word.end == self.s.len() {
                // More digits may have followed: 40 may be the half of 401.
                self.at = start;
                self.break_off();
                return None;
            }
            return Some(Json::Number(self.text.slice(word)));
        }
        let Some(literal) = literal(written) else { return self.bare(inside) };
        self.at = word.end;
        Some(match literal {
            JsonLiteral::Null => Json::Null(self.span(word)),
            JsonLiteral::Bool(value) => Json::Bool(value, self.span(word)),
            JsonLiteral::NotANumber => Json::Number(self.text.slice(word)),
        })
    }

    /// Text without quotes, up to what ends a value.
    fn bare(&mut self, inside: Inside) -> Option<Json> {
        let start = self.at;
        let mut i = start;
        while let Some(c) = self.s[i..].chars().next() {
            if let Some(end) = self.placeholder_end(i) {
                i = end;
                continue;
            }
            let ends = match c {
                ',' => inside != Inside::Object || self.member_follows(i + 1),
                '}' | '\n' | '\r' => true,
                ']' => inside != Inside::Object,
                ')' => inside == Inside::Tuple,
                '#' | '/' => i > start && self.s[..i].ends_with([' ', '\t']) && comment(&self.s[i..]),
                _ => false,
            };
            if ends {
                break;
            }
            i += c.len_utf8();
        }
        let written = self.s[start..i].trim_end_matches(is_blank);
        let written = written.trim_end_matches('\\');
        // The mate of the quote at its end is missing.
        let unpaired = written.chars().filter(|c| opens_string(*c)).count() == 1;
        let written = written.strip_suffix(opens_string).filter(|_| unpaired).unwrap_or(written);
        let end = start + written.len();
        let stops = self.next_after(i);
        if inside != Inside::Object && stops.is_some_and(|c| matches!(c, '\n' | '\r')) {
            // A line of prose after an array that breaks off.
            let next = self.s[i..floor(self.s, i + WINDOW)].trim_start_matches(is_blank);
            if !next.starts_with([',', ']', ')']) {
                self.break_off();
                return None;
            }
        }
        self.at = i;
        if stops.is_none() {
            self.break_off();
            let word = &self.s[start..end];
            let literal_cut = ["true", "false", "null", "True", "False", "None"].iter().any(|l| l.starts_with(word));
            if literal_cut || word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
                return None;
            }
        }
        Some(Json::String(self.without_backslashes(start..end)))
    }
}

fn comment(rest: &str) -> bool {
    rest.starts_with('#') || rest.starts_with("//") || rest.starts_with("/*")
}

/// Whether a line begins with a quoted name and a colon.
fn begins_member(line: &str) -> bool {
    let line = line.trim_start_matches(is_blank);
    let Some(open) = line.chars().next().filter(|c| opens_string(*c)) else { return false };
    let rest = &line[open.len_utf8()..floor(line, 160)];
    let Some(end) = rest.find(|c| may_close(open, c) || matches!(c, '\n' | '\r')) else { return false };
    let after = rest[end..].chars().next().map_or("", |c| &rest[end + c.len_utf8()..]);
    let after = after.trim_start_matches([' ', '\t']);
    after.starts_with(':') || after.starts_with("=>")
}

#[cfg(test)]
mod tests;

//! Credentials that follow their name in a text: `password=…`, `"client_secret": "…"`, `our API key is …`, a cell of a table,
//! the line below. Whatever the text is; where a reader knows better, it says so itself.

use std::ops::Range;

use super::before;
use super::hidden::{Hidden, line_end, line_start};
use super::names::{self, Telling};
use super::siblings;
use super::value::{self, Firmness, ValueAt};

/// All of them, in the order of the text.
pub(super) fn all(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    // What a value holds is not looked at again: a text of names alone would be read once for each of them.
    let mut covered = 0;
    for name in names_in(text) {
        if name.range.start < covered {
            continue;
        }
        let first = found.len();
        found.extend(siblings::of(text, &name.range, name.told));
        if let Some((value, certainty)) = behind(text, &name) {
            let is_key = text[name.range.clone()].eq_ignore_ascii_case("key") && name.needs_mark;
            let certainty = if is_key { Firmness::Bare } else { certainty };
            let value = if is_key { ValueAt { quoted: false, ..value } } else { value };
            // `key / secret: … / …`: the second value is that of the second name.
            let is_second = [" / ", " and ", " & "].iter().any(|joint| text[..name.range.start].ends_with(joint));
            let second = text[value.range.end..].starts_with(" / ").then(|| value::at(text, value.range.end + 3));
            found.extend(value::judge(text, value, name.told, certainty));
            if let Some(second) = second.filter(|_| is_second) {
                found.extend(value::judge(text, second, name.told, Firmness::Said));
            }
        }
        if !name.needs_mark {
            found.extend(before::value(text, &name.range, name.told));
        }
        covered = found[first..].iter().map(|hidden| hidden.range.end).max().unwrap_or(covered);
    }
    found
}

/// A name of a credential in the text.
struct Name {
    range: Range<usize>,
    told: Telling,
    /// Whether it is only a name where its place makes it one: `key`, `auth`.
    needs_mark: bool,
}

const fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}

fn names_in(text: &str) -> Vec<Name> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut before) = (0, 0..0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() && bytes[at] != b'_' {
            // `‹secret-2›` stands for a value, and names none.
            if bytes[at..].starts_with("‹".as_bytes())
                && let Some(len) = text[at..text.floor_char_boundary(at + 60)].find('›')
            {
                before = 0..0;
                at += len;
                continue;
            }
            // `contraseña`, `пароль`: names that are not ASCII are looked for whole.
            if bytes[at] >= 0xC2
                && text.is_char_boundary(at)
                && let Some(len) = names::foreign(&text[at..])
            {
                found.push(Name { range: at..at + len, told: Telling::Password, needs_mark: false });
            }
            at += 1;
            continue;
        }
        let mut end = at + bytes[at..].iter().take_while(|b| is_name_byte(**b)).count();
        // The rest of a word with an accent.
        if bytes.get(end).is_some_and(|b| *b >= 0xC3)
            && let Some(len) = names::foreign(&text[at..])
        {
            end = at + len;
            found.push(Name { range: at..end, told: Telling::Password, needs_mark: false });
            at = end;
            continue;
        }
        let name = text[at..end].trim_end_matches(['.', '-', '_']);
        // `\nAuthorization` in a JSON string: the letter of the escape is none of the name.
        let escaped = usize::from(at > 0 && bytes[at - 1] == b'\\' && name.starts_with(['n', 'r', 't']));
        // `-Dname=value`: the letter is the option of Java.
        let defined = usize::from(name.starts_with('D') && name.len() > 3 && ends_word(&text[..at], '-'));
        let range = at + escaped.max(defined)..at + name.len().max(escaped);
        if let Some((told, needs_mark)) = told_by(text, &range, &before) {
            found.push(Name { range, told, needs_mark });
        }
        before = at..end;
        at = end.max(at + 1);
    }
    found
}

/// What a word means as a name, alone or with the words before it (`API key`, `mot de passe`).
fn told_by(text: &str, range: &Range<usize>, before: &Range<usize>) -> Option<(Telling, bool)> {
    let name = &text[range.clone()];
    if name.len() < 2 {
        return None;
    }
    if let Some(told) = names::telling(name) {
        return Some((told, false));
    }
    let mut buffer = [0; names::LONGEST_SHORT];
    let lower = names::lower(name, &mut buffer)?;
    match lower {
        "bearer" => return Some((Telling::Token, false)),
        "passe" if text[line_start(text, range.start)..range.start].to_ascii_lowercase().ends_with("mot de ") => {
            return Some((Telling::Password, false));
        }
        "key" | "id" | "code" => {}
        "response" if is_of_digest(text, range) => return Some((Telling::Password, true)),
        "pin" => return Some((Telling::Password, name != "PIN")),
        _ if names::is_short(lower) => return Some((Telling::Password, true)),
        _ => return None,
    }
    const FIRST: [&str; 20] = [
        "api",
        "one-time",
        "access",
        "secret",
        "private",
        "subscription",
        "signing",
        "consumer",
        "master",
        "app",
        "auth",
        "encryption",
        "shared",
        "session",
        "authorization",
        "device",
        "account",
        "license",
        "licence",
        "service",
    ];
    let near = text.get(before.end..range.start).is_some_and(|between| between == " ");
    let first = text.get(before.clone()).filter(|first| near && FIRST.contains(&first.to_ascii_lowercase().as_str()));
    if let Some(first) = first {
        let told = if lower == "key" { Some(Telling::Password) } else { names::telling(&format!("{first}-{lower}")) };
        return told.map(|told| (told, false));
    }
    let is_open = text.get(before.clone()).is_some_and(|first| near && names::is_open_key(first));
    (lower == "key" && !is_open).then_some((Telling::Token, true))
}

/// Whether this is the parameter of Digest credentials that proves the password.
fn is_of_digest(text: &str, range: &Range<usize>) -> bool {
    let base = text.ceil_char_boundary(range.start.saturating_sub(400));
    let line = text[base..range.start].rsplit('\n').next().unwrap_or_default();
    text[range.end..].starts_with('=') && line.to_ascii_lowercase().contains("digest ")
}

/// Marks that assign, and marks that only stand between a name and its value.
const MARKS: &[(&str, Firmness)] = &[
    ("===", Firmness::Assigned),
    ("==", Firmness::Assigned),
    ("=>", Firmness::Assigned),
    ("->", Firmness::Marked),
    ("→", Firmness::Marked),
    ("⇒", Firmness::Marked),
    ("⟶", Firmness::Marked),
    ("⟹", Firmness::Marked),
    ("➜", Firmness::Marked),
    ("≔", Firmness::Assigned),
    ("＝", Firmness::Assigned),
    ("➔", Firmness::Marked),
    ("=&gt;", Firmness::Assigned),
    ("-&gt;", Firmness::Marked),
    (":=", Firmness::Assigned),
    ("::=", Firmness::Assigned),
    ("=", Firmness::Assigned),
    (":", Firmness::Marked),
    ("：", Firmness::Marked),
    ("|", Firmness::Marked),
    ("%3D", Firmness::Assigned),
    ("%3d", Firmness::Assigned),
    ("%253D", Firmness::Assigned),
    ("%3A", Firmness::Marked),
    (">", Firmness::Marked),
];

const VERBS: &[&str] = &[
    "is now ",
    "is still ",
    "is currently ",
    "is ",
    "was reset to ",
    "was set to ",
    "was changed to ",
    "was ",
    "has been changed to ",
    "are ",
    "to ",
    "should be ",
    "must be ",
    "will be ",
    "changed from ",
    "changed to ",
    "set to ",
    "starts with ",
    "starting with ",
    "starting ",
    "begins with ",
    "beginning ",
    "ends with ",
    "ends in ",
    "ending in ",
    "ending with ",
    "ending ",
    "ist ",
    "est ",
    "es ",
    "of ",
];

fn skip(text: &str, from: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
    from + text.as_bytes()[from..].iter().take(most).take_while(|b| is(**b)).count()
}

fn blanks(text: &str, mut from: usize) -> usize {
    loop {
        let next = skip(text, from, 40, |b| matches!(b, b' ' | b'\t'));
        let next = if text[next..].starts_with('\u{A0}') { next + 2 } else { next };
        if next == from {
            return from;
        }
        from = next;
    }
}

/// The value after a name, by what is between them.
fn behind(text: &str, name: &Name) -> Option<(ValueAt, Firmness)> {
    let end = name.range.end;
    let before = &text[text.ceil_char_boundary(name.range.start.saturating_sub(512))..name.range.start];
    let found = |from: usize, certainty: Firmness| Some((value::at(text, from), certainty));
    // `<client_secret>…`, `<ns:password type="text">…`: the content of an element, or the attribute's value.
    if before.ends_with('<')
        || before.ends_with(':') && before.trim_end_matches(|c: char| c.is_alphanumeric() || c == ':').ends_with('<')
    {
        let tag = &text[end..text.floor_char_boundary(end + 200)];
        if let Some(close) = tag.find('>').filter(|i| !tag[..*i].contains('<')) {
            return found(end + close + 1, Firmness::Assigned);
        }
    }
    // `My password's …`.
    if let Some(verb) = ["'s ", "’s "].iter().find(|verb| text[end..].starts_with(**verb))
        && (!name.needs_mark || value::is_odd(&text[value::word(text, end + verb.len())]))
    {
        return found(end + verb.len(), Firmness::Said);
    }
    // `token[…]`, `Bearer<…>`: what looks drawn at random in brackets right behind the name.
    if text[end..].starts_with(['[', '<']) && value::is_odd(&text[value::word(text, end + 1)]) {
        return found(end + 1, Firmness::Bare);
    }
    let closed = skip(text, end, 8, |b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b'*' | b')' | b']' | b'}' | b'_'));
    let closers = &text[end..closed];
    let is_quoted = closers.contains(['"', '\'', '`']);
    let mut from = blanks(text, closed);
    let mut rest = &text[from..];
    let is_option =
        before.ends_with("--") || before.ends_with('-') && !before.ends_with("--") && ends_word(before, '-');
    let is_slash_option = before.ends_with('/') && ends_word(before, '/');
    // `API key (INT): …`, `the password (it is …)`.
    let is_noted = rest.starts_with('(') && from > end;
    let mut gap_start = closed;
    // There may be two notes: `the secret (INT) (it is …)`.
    for _ in 0..2 {
        if !is_noted || !rest.starts_with('(') {
            break;
        }
        let inner = rest[1..].find([')', '\n']).filter(|i| *i <= 60).map(|i| &rest[1..=i])?;
        if let Some(at) = in_note(&rest[..inner.len() + 1]) {
            return found(from + at, Firmness::Said);
        }
        gap_start = from + inner.len() + 2;
        // `**API key (INT)**`: the marks that end the name.
        gap_start = skip(text, gap_start, 4, |b| matches!(b, b'"' | b'\'' | b'`' | b'*' | b'_'));
        from = blanks(text, gap_start);
        rest = text.get(from..)?;
    }
    if name.told == Telling::Token && rest.starts_with('/') && before.ends_with('/') {
        let value = value::word(text, from + 1);
        let len = text[value.clone()].find('/').unwrap_or(value.len());
        return Some((ValueAt { range: value.start..value.start + len, quoted: false }, Firmness::Bare));
    }
    if is_option && from > closed && closed == end && !rest.starts_with(['-', '=', ':', '|', '>']) {
        return found(from, Firmness::Assigned);
    }
    // `("password", "…")`, `["password", "…"]`, `'--password', '…'`.
    let is_whole = closers.len() == 1
        && before.trim_end_matches(|c: char| c.is_alphanumeric() || " -_".contains(c)).ends_with(closers);
    if is_whole && let Some(next) = next_argument(text, closed) {
        return found(next, Firmness::Assigned);
    }
    // `setPassword("…")`, `.token('…')`.
    let lower = text[name.range.clone()].to_ascii_lowercase();
    if text[end..].starts_with('(') && !["auth", "authorization"].iter().any(|n| lower.ends_with(n)) {
        let inner = blanks(text, end + 1);
        // Of a name and a password the second is meant (`code`).
        if ["credential", "credentials"].iter().any(|n| lower.ends_with(n)) && has_two(text, inner) {
            return None;
        }
        return value::quoted(text, inner).map(|value| (value, Firmness::Assigned));
    }
    // Tags between a name and its value: `<td>…</td><td>…`, `<setting name="…"><value>…`.
    if rest.starts_with(['<', '>', '"', '/'])
        && let Some(content) = behind_tags(text, if is_noted { from } else { closed })
    {
        return found(content, if is_quoted { Firmness::Assigned } else { Firmness::Marked });
    }
    // `variable "password" { default = "…" }`.
    if is_quoted
        && rest.starts_with('{')
        && let Some(at) = siblings::in_block(text, from)
    {
        return found(at, Firmness::Assigned);
    }
    // `cat > token <<END`.
    let document = value::here_document(rest);
    if document > 0 {
        return below(text, line_start(text, end), from + document);
    }
    if let Some((mark, certainty)) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark)) {
        let certainty = if is_quoted || is_option || is_slash_option { Firmness::Assigned } else { *certainty };
        return behind_mark(text, from + mark.len(), mark, certainty);
    }
    if name.needs_mark && !(lower == "pin" && begins_cell(before)) {
        return None;
    }
    for dash in ["- ", "– ", "— "] {
        if rest.starts_with(dash) {
            return found(from + dash.len(), Firmness::Marked);
        }
    }
    let dots = rest.bytes().take_while(|b| matches!(b, b'.' | b'_')).count();
    if dots >= 3 && from > closed {
        return found(blanks(text, from + dots), Firmness::Marked);
    }
    if rest.starts_with(['\n', '\r']) {
        return below(text, name.range.start, from);
    }
    let begins = begins_cell(before);
    let gap = &text[gap_start..from];
    if begins && (gap.contains('\t') || gap.len() >= 2) {
        return found(from, Firmness::Marked);
    }
    if begins && rest.starts_with([',', ';', '\t']) && gap_start == from && !rest[1..].starts_with([' ', '\n', '\r']) {
        return found(from + 1, Firmness::Marked);
    }
    if is_whole
        && begins
        && rest.starts_with([',', ';'])
        && !value::is_member_name(text, value::at(text, from + 1).range.end)
    {
        return found(from + 1, Firmness::Assigned);
    }
    let is_of_netrc =
        before.rsplit('\n').next().is_some_and(|line| line.contains("machine ") && line.contains(" login "));
    let in_brackets = before.ends_with('(') && {
        let word = value::word(text, from);
        !word.is_empty() && text[word.end..].starts_with(')')
    };
    if in_brackets && name.told == Telling::Password {
        return found(from, Firmness::Said);
    }
    if assigns_words(before) || is_of_netrc {
        return found(from, Firmness::Assigned);
    }
    // A quotation mark after a name ends a sentence, too; no value begins right behind it.
    if from == closed {
        return None;
    }
    for verb in VERBS {
        if rest.starts_with(verb) {
            return found(from + verb.len(), Firmness::Said);
        }
    }
    if let Some((from, certainty)) = behind_words(text, from) {
        return found(from, certainty);
    }
    // `Bearer 6f0d…`, `token 'x'`: the value follows directly.
    // Inside quotes, the next quotation mark ends them.
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let line = before.rsplit('\n').next().unwrap_or_default();
        if line.matches(quote).count() % 2 == 1 {
            return None;
        }
    }
    let directly = value::at(text, from);
    let is_word = text[directly.range.clone()].bytes().all(|b| b.is_ascii_lowercase()) && directly.range.len() >= 10;
    if lower == "bearer" && is_word {
        return Some((directly, Firmness::Said));
    }
    let is_part = before.ends_with([':', '.', '/', '-', '_', '=']);
    (!is_part || before.ends_with(": ")).then(|| found(from, Firmness::Bare))?
}

/// Where in a note in brackets the value begins: `(it is …)`.
fn in_note(note: &str) -> Option<usize> {
    let inner = note.strip_prefix('(')?;
    let leads = ["it is ", "is ", "= ", "=", ": ", "now ", "currently "];
    leads.iter().find(|lead| inner.starts_with(**lead)).map(|lead| 1 + lead.len())
}

/// Whether a character that a text ends with begins a word.
fn ends_word(text: &str, mark: char) -> bool {
    text.strip_suffix(mark)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '\t', '\n', '"', '\'', '`', '[', '(']))
}

/// `set NAME value`, `ENV NAME value`, `#define NAME value`: commands whose second word is the value.
fn assigns_words(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'']);
    ["set ", "setx ", "SET ", "ENV ", "ARG ", "#define ", "put ", "login ", "export ", "user ", "WITH ", "add "]
        .iter()
        .any(|word| before.ends_with(word))
}

/// A line of a log without its time and level.
fn without_stamp(line: &str) -> &str {
    let mut rest = line.trim_start();
    for _ in 0..3 {
        let Some((first, more)) = rest.split_once(' ') else { break };
        let is_time = first.starts_with(|c: char| c.is_ascii_digit() || c == '[') && first.contains([':', '-']);
        let is_level =
            matches!(first.trim_matches(['[', ']', ':']), "INFO" | "DEBUG" | "WARN" | "ERROR" | "TRACE" | "WARNING");
        if !is_time && !is_level {
            break;
        }
        rest = more.trim_start();
    }
    rest
}

/// Whether a name here begins a line or a cell.
fn begins_cell(before: &str) -> bool {
    let start = before.bytes().rposition(|b| matches!(b, b'\n' | b'\r' | b'\t' | b';' | b'|')).map_or(0, |at| at + 1);
    let line = without_stamp(&before[start..]);
    !line.bytes().any(|b| matches!(b, b':' | b'=' | b','))
        && line.trim_start_matches(|c: char| " >*#`-•\"'".contains(c)).split_whitespace().nth(4).is_none()
}

/// The next argument of a call or element of a list, if the text goes on with a comma and a quotation mark.
fn next_argument(text: &str, from: usize) -> Option<usize> {
    let at = blanks(text, from);
    let rest = text[at..].strip_prefix(',')?;
    let next = text.len() - rest.len() + rest.bytes().take(40).take_while(|b| b" \t\r\n".contains(b)).count();
    let mut inner = next;
    // `Some("…")`.
    if text[inner..].starts_with("Some(") {
        inner += 5;
    }
    value::quoted(text, inner).filter(|value| !value::is_member_name(text, value.range.end)).map(|_| inner)
}

/// Whether two strings are here, with a comma between them.
fn has_two(text: &str, from: usize) -> bool {
    value::quoted(text, from).and_then(|first| next_argument(text, first.range.end + 1)).is_some()
}

/// Where the content begins after the tags that follow here.
fn behind_tags(text: &str, mut at: usize) -> Option<usize> {
    let from = at;
    at = skip(text, at, 4, |b| matches!(b, b'"' | b'\'' | b' ' | b'/'));
    if text[at..].starts_with('>') {
        at += 1;
    }
    for _ in 0..4 {
        at = skip(text, at, 40, |b| b" \t\r\n".contains(&b));
        if !text[at..].starts_with('<') {
            break;
        }
        let tag = &text[at..text.floor_char_boundary(at + 120)];
        let len = tag.find('>')?;
        const BLOCKS: [&str; 14] =
            ["h1", "h2", "h3", "h4", "title", "center", "p", "div", "body", "head", "html", "button", "li", "pre"];
        let name = tag[1..len].trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') || BLOCKS.contains(&name) {
            return None;
        }
        at += len + 1;
    }
    (at > from
        && text[from..at].contains('>')
        && (text[from..at].contains('<') || text[from..at].starts_with(['"', '\''])))
    .then_some(at)
}

/// The value after a mark: on the same line, in a list or an object, or below.
fn behind_mark(text: &str, from: usize, mark: &str, certainty: Firmness) -> Option<(ValueAt, Firmness)> {
    let at = blanks(text, from);
    let rest = &text[at..];
    // Blocks of YAML, a list of one, or a value below its label.
    if mark == ":" || mark == "=" {
        let block = value::block_mark(rest);
        let ends = at + block;
        if text[ends..].starts_with(['\n', '\r']) {
            let line = line_start(text, from);
            return below(text, line, ends).map(|(value, c)| (value, if block > 0 { certainty } else { c }));
        }
        if rest.is_empty() {
            return None;
        }
    }
    // `'name=value'`: the quotes are around both.
    if mark == "=" && !rest.starts_with(['"', '\'']) {
        let name_start = text[..from - 1].rfind(|c: char| !(c.is_alphanumeric() || "_-. ".contains(c))).unwrap_or(0);
        let quote = text.as_bytes()[name_start];
        if matches!(quote, b'"' | b'\'')
            && let Some(end) = value::end_in_quotes(text, at, char::from(quote))
            && !text[at..end].lines().next().is_some_and(|line| line.contains(' '))
            && !text[at..end].trim_end_matches('=').contains('=')
        {
            return Some((ValueAt { range: at..end, quoted: true }, certainty));
        }
    }
    // `"name": {"value": "…"}`, `"name": ["…"]`.
    if rest.starts_with(['{', '[']) {
        let mut inner = at + skip(rest, 0, 60, |b| b"{[ \t\r\n".contains(&b));
        if let Some(len) = ["\"value\"", "'value'", "value", "\"$\"", "\"_\""]
            .iter()
            .find_map(|k| text[inner..].strip_prefix(*k).map(|_| k.len()))
        {
            inner = skip(text, inner + len, 8, |b| b": =\t".contains(&b));
        }
        let value = value::quoted(text, inner).filter(|v| !value::is_member_name(text, v.range.end));
        return value.map(|v| (v, Firmness::Assigned));
    }
    // `name: str = "…"`.
    if mark == ":"
        && !rest.starts_with(['"', '\'', '`'])
        && let Some(eq) = rest.find('=').filter(|i| *i <= 40)
    {
        let kind = rest[..eq].trim();
        let is_type = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b"_[]<>&'.?|".contains(&b));
        if is_type && let Some(value) = value::quoted(text, blanks(text, at + eq + 1)) {
            return Some((value, Firmness::Assigned));
        }
    }
    // `NAME=$(echo …)`.
    const PRINTED: [&str; 4] = ["$(echo -n ", "$(echo ", "$(printf %s ", "$(printf '%s' "];
    let bare = rest.strip_prefix('"').unwrap_or(rest);
    if let Some(call) = PRINTED.iter().find(|call| bare.starts_with(**call)) {
        return Some((value::at(text, at + rest.len() - bare.len() + call.len()), certainty));
    }
    // `"name": "value": …` has none; `os.environ["name"] or "…"`.
    Some((value::at(text, at), certainty))
}

/// The value on the next line that is not blank, where a label is a line of its own.
fn below(text: &str, name: usize, from: usize) -> Option<(ValueAt, Firmness)> {
    let line = line_start(text, name);
    let lead = without_stamp(&text[line..name]).trim_start_matches(|c: char| " \t>*#`-•\"'(".contains(c));
    if lead.split_whitespace().count() > 3 || lead.contains([':', '=', '.', '{', '<']) {
        return None;
    }
    let mut at = from;
    for _ in 0..4 {
        at = skip(text, at, 4, |b| matches!(b, b'\r' | b'\n'));
        let end = line_end(text, at);
        let shown = text[at..end].trim_start_matches(|c: char| " \t>".contains(c));
        let start = end - shown.len();
        let is_fence = shown.starts_with("```") || shown.starts_with("~~~");
        let is_rule = shown.len() >= 3 && shown.trim_end().bytes().all(|b| matches!(b, b'-' | b'=' | b'~'));
        if shown.trim().is_empty() || is_rule || is_fence && !shown[3..].contains('`') {
            at = end;
            if at == text.len() {
                return None;
            }
            continue;
        }
        let start = start + shown.bytes().take_while(|b| b"-* ".contains(b)).count();
        let value = value::at(text, start);
        // It is the only word of its line.
        let rest = text
            .get(value.range.end..end)
            .unwrap_or_default()
            .trim_matches(|c: char| c.is_whitespace() || "\"'`*".contains(c));
        let inner = &text[value.range.clone()];
        let is_label = inner.ends_with(':') || names::is_name(inner.trim_end_matches(':'));
        let is_label = is_label
            || inner
                .split_once('=')
                .is_some_and(|(n, v)| !v.is_empty() && n.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_'));
        let goes_on = super::cut::follows(rest) || rest.starts_with("<br");
        let rest = if goes_on { "" } else { rest };
        return (rest.is_empty() && !is_label).then_some((value, Firmness::Said));
    }
    None
}

/// Words between a name and its value that say when or where the credential is used.
const OF_TIME_AND_PLACE: &[&str] = &[
    "for",
    "from",
    "in",
    "on",
    "of",
    "at",
    "this",
    "that",
    "the",
    "our",
    "my",
    "your",
    "new",
    "old",
    "current",
    "int",
    "dev",
    "test",
    "prod",
    "production",
    "live",
    "sandbox",
    "staging",
    "stage",
    "uat",
    "qa",
    "ref",
    "integration",
    "environment",
    "env",
    "morning",
    "afternoon",
    "evening",
    "today",
    "yesterday",
    "week",
    "night",
];

/// A few small words and a mark or a verb between a name and its value: `the password for the sandbox: …`, `the API key that I
/// was given is …`.
fn behind_words(text: &str, from: usize) -> Option<(usize, Firmness)> {
    let rest = &text[from..];
    let mut at = 0;
    for count in 0..7 {
        const OTHERS: [&str; 30] = [
            "error",
            "code",
            "status",
            "reason",
            "message",
            "id",
            "expires",
            "expired",
            "expiry",
            "issuer",
            "audience",
            "type",
            "url",
            "endpoint",
            "host",
            "scope",
            "scopes",
            "time",
            "exception",
            "failed",
            "invalid",
            "missing",
            "because",
            "but",
            "and",
            "or",
            "which",
            "line",
            "version",
            "port",
        ];
        if rest[..at].split_whitespace().next_back().is_some_and(|last| OTHERS.contains(&last)) {
            return None;
        }
        let bytes = &rest.as_bytes()[at..];
        let is_of_word = |(i, b): &(usize, &u8)| {
            b.is_ascii_alphabetic() || **b == b'\'' || **b == b',' && bytes.get(i + 1) == Some(&b' ')
        };
        let word = bytes.iter().take(16).enumerate().take_while(is_of_word).count();
        let next = bytes.get(word).copied();
        // Two blanks are the border of a cell.
        if word > 0
            && count < 5
            && rest[at + word..].starts_with("  ")
            && begins_cell(&text[line_start(text, from)..from])
        {
            return Some((from + at + word, Firmness::Said));
        }
        match next {
            Some(b':') if word > 0 && count < 6 && !rest[at + word..].starts_with("://") => {
                let mark = from + at + word + 1;
                let next = blanks(text, mark);
                if text[next..].starts_with(['\n', '\r']) {
                    return below(text, from, next).map(|(value, certainty)| (value.range.start, certainty));
                }
                return Some((mark, Firmness::Said));
            }
            Some(b' ') if word > 0 => {
                at += word + 1;
                for mark in ["= ", "-> ", "→ ", "=> ", "⇒ ", ":= ", "> ", "- ", "– ", ".... ", "........ ", "| ", ": "]
                {
                    if rest[at..].starts_with(mark) {
                        return Some((from + at + mark.len(), Firmness::Said));
                    }
                }
                for verb in ["is ", "was ", "to ", "be ", "from "] {
                    if rest[at..].starts_with(verb) {
                        let next = from + at + verb.len();
                        // `that I was given is …`: the second verb counts.
                        if !super::plain::is_plain(&text[value::word(text, next)]) {
                            return Some((next, Firmness::Said));
                        }
                    }
                }
                if let Some(value) = in_note(&rest[at..]) {
                    return Some((from + at + value, Firmness::Said));
                }
                // `the access token from this morning 7f3k…`.
                let next = value::word(text, from + at);
                let is_cut = super::cut::follows(&text[next.end..]) || super::cut::is_in(&text[next.clone()]);
                let is_value = is_cut || value::is_odd(&text[next]);
                if rest[..at].split_whitespace().all(|word| OF_TIME_AND_PLACE.contains(&word)) && is_value {
                    return Some((from + at, Firmness::Bare));
                }
                // `the API key for int 7f3k…`, `the token from today "…"`.
                let is_quote =
                    rest[at..].strip_prefix('(').unwrap_or(&rest[at..]).starts_with(['`', '"', '\'', '“', '‘']);
                if is_quote
                    || count == 1
                        && rest.starts_with("for ")
                        && !rest[at..].starts_with(|c: char| c.is_ascii_lowercase())
                {
                    return Some((from + at, Firmness::Bare));
                }
            }
            Some(b'\n' | b'\r') if word > 0 && count < 4 => {
                let end = from + at + word;
                return below(text, from, end).map(|(value, certainty)| (value.range.start, certainty));
            }
            Some(b'\t') if word > 0 && count < 4 => return Some((from + at + word + 1, Firmness::Said)),
            Some(b',' | b';') if word > 0 && count < 4 && begins_cell(&text[line_start(text, from)..from]) => {
                return Some((from + at + word + 1, Firmness::Said));
            }
            Some(b'<') if word > 0 && count < 4 => {
                return behind_tags(text, from + at + word).map(|at| (at, Firmness::Said));
            }
            Some(b'`' | b'"' | b'\'' | b'*') if word > 0 && count < 4 => {
                let closed = skip(text, from + at + word, 4, |b| matches!(b, b'`' | b'"' | b'\'' | b'*'));
                if text[closed..].starts_with(['\n', '\r']) {
                    return below(text, from, closed).map(|(value, certainty)| (value.range.start, certainty));
                }
                return None;
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::all;

    /// The text with what is found as `#`.
    fn masked(text: &str) -> String {
        let mut out = text.to_owned();
        for hidden in all(text).iter().rev() {
            out.replace_range(hidden.range.clone(), "#");
        }
        out
    }

    #[test]
    fn a_note_may_follow_the_name() {
        for (text, shown) in [
            ("API Key (INT): hunter2pass", "API Key (INT): #"),
            ("API Key (INT),Yf8ZVU5y5BVu/Btn+rTznvazs3", "API Key (INT),#"),
            ("admin;API Key (INT);Yf8ZVU5y5BVu/Btn+rTznvazs3", "admin;API Key (INT);#"),
            ("the client secret (sandbox) (it is hunter2pass) worked", "the client secret (sandbox) (it is #) worked"),
            ("The API key (INT), which works in Postman", "The API key (INT), which works in Postman"),
            ("we use the access_token guboro-siregu-sapumaro", "we use the access_token #"),
            ("our app_secret is lazoka-l...fazusapa", "our app_secret is #...#"),
            ("the token is working...any ideas", "the token is working...any ideas"),
            ("Ecco i nostri token decodificati.", "Ecco i nostri token decodificati."),
        ] {
            assert_eq!(masked(text), shown);
        }
    }
}

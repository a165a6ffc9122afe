//! Credentials that follow their name in a text: `password=…`, `"client_secret": "…"`, `our API key is …`, a cell of a table,
//! the line below. Whatever the text is; where a reader knows better, it says so itself.

use std::ops::Range;

use super::before;
use super::between::{begins_cell, behind_tags, behind_words, below, blanks, in_note, said_later, skip};
use super::bytes::word_and;
use super::fallback;
use super::hidden::{Hidden, line_start};
use super::names::{self, Telling};
use super::siblings;
use super::typed;
use super::value::{self, Firmness, ValueAt};
use crate::shape::is_mixed;

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
            let word = &text[name.range.clone()];
            let is_key = word.eq_ignore_ascii_case("key") && name.needs_mark;
            let certainty = if is_key { Firmness::Bare } else { certainty };
            let value = if is_key { ValueAt { quoted: false, ..value } } else { value };
            // `key / secret: … / …`: the second value is that of the second name.
            let is_second = [" / ", " and ", " & "].iter().any(|joint| text[..name.range.start].ends_with(joint));
            let second = text[value.range.end..].starts_with(" / ").then(|| value::at(text, value.range.end + 3));
            let newer = newer_value(text, value.range.end, &text[name.range.clone()]);
            if !value.quoted
                && certainty >= Firmness::Marked
                && let Some(string) = fallback::of(text, value.range.start)
            {
                found.extend(value::judge(text, string, name.told, Firmness::Assigned));
            }
            found.extend(value::judge(text, value, name.told, certainty));
            if let Some(newer) = newer {
                found.extend(value::judge(text, newer, name.told, Firmness::Bare));
            }
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

/// The value that came after one that ends here (`changed from … to …`, `… → …`), or the second of several.
fn newer_value(text: &str, end: usize, name: &str) -> Option<ValueAt> {
    let closed = skip(text, end, 2, |b| matches!(b, b'"' | b'\'' | b'`'));
    let more: &[&str] = if names::is_plural(&name.to_ascii_lowercase()) { &[" and ", ", ", " or "] } else { &[] };
    let marks = [" to ", " with ", " by ", " -> ", " => ", " → ", " ⇒ "];
    let mark = marks.iter().chain(more).find(|mark| text[closed..].starts_with(**mark))?;
    Some(value::at(text, closed + mark.len()))
}

/// A name of a credential in the text.
struct Name {
    range: Range<usize>,
    told: Telling,
    /// Whether it is only a name where its place makes it one: `key`, `auth`.
    needs_mark: bool,
}

const fn is_name_byte(b: u8) -> bool {
    const NAME: [bool; 256] = word_and(b"_-.");
    NAME[b as usize]
}

fn names_in(text: &str) -> Vec<Name> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut before) = (0, 0..0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() && bytes[at] != b'_' {
            // `‹secret-2›` stands for a value, and names none.
            if bytes[at] >= 0xC2
                && bytes[at..].starts_with("‹".as_bytes())
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
    if !names::may_be_in_place(name) {
        return None;
    }
    let mut buffer = [0; names::LONGEST_SHORT];
    let lower = names::lower(name, &mut buffer)?;
    // `names::may_be_in_place` knows each of these words.
    match lower {
        "bearer" => return Some((Telling::Token, false)),
        "passe" if text[line_start(text, range.start)..range.start].to_ascii_lowercase().ends_with("mot de ") => {
            return Some((Telling::Password, false));
        }
        "key" | "id" | "code" => {}
        "response" | "mac" if is_of_digest(text, range) => return Some((Telling::Password, true)),
        "pin" => return Some((Telling::Password, name != "PIN")),
        _ if names::is_plural(lower) => return Some((Telling::Token, true)),
        _ if names::is_short(lower) => return Some((Telling::Password, true)),
        _ => return None,
    }
    const FIRST: [&str; 30] = [
        "api",
        "verification",
        "security",
        "login",
        "sms",
        "mfa",
        "2fa",
        "recovery",
        "backup",
        "totp",
        "webhook",
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

/// Whether this is the parameter of Digest or Hawk credentials that proves the secret.
fn is_of_digest(text: &str, range: &Range<usize>) -> bool {
    let base = text.ceil_char_boundary(range.start.saturating_sub(400));
    let line = text[base..range.start].rsplit('\n').next().unwrap_or_default();
    let line = line.to_ascii_lowercase();
    text[range.end..].starts_with('=') && (line.contains("digest ") || line.contains("hawk "))
}

/// Marks that assign, and marks that only stand between a name and its value.
const MARKS: &[(&str, Firmness)] = &[
    ("||=", Firmness::Assigned),
    ("??=", Firmness::Assigned),
    ("?=", Firmness::Assigned),
    ("<-", Firmness::Assigned),
    (".toBe(", Firmness::Assigned),
    (".toEqual(", Firmness::Assigned),
    (".to.equal(", Firmness::Assigned),
    (".to.eq(", Firmness::Assigned),
    ("›", Firmness::Marked),
    ("❯", Firmness::Marked),
    ("===", Firmness::Assigned),
    ("==", Firmness::Assigned),
    ("=>", Firmness::Assigned),
    ("->", Firmness::Marked),
    ("~>", Firmness::Marked),
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
    "reads ",
    "has value ",
    "has the value ",
    "with value ",
    "equals ",
    "ist ",
    "lautet ",
    "est ",
    "c'est ",
    "es ",
    "é ",
    "è ",
    "jest ",
    "of ",
];

/// The value after a name, by what is between them.
fn behind(text: &str, name: &Name) -> Option<(ValueAt, Firmness)> {
    let end = name.range.end;
    let before = &text[text.ceil_char_boundary(name.range.start.saturating_sub(512))..name.range.start];
    if names_a_secret(text, name, before) {
        return None;
    }
    let found = |from: usize, certainty: Firmness| Some((value::at(text, from), certainty));
    // `<client_secret>…`, `<ns:password type="text">…`: the content of an element, or the attribute's value.
    if before.ends_with('<')
        || before.ends_with(':') && before.trim_end_matches(|c: char| c.is_alphanumeric() || c == ':').ends_with('<')
    {
        let tag = &text[end..text.floor_char_boundary(end + 200)];
        if let Some(close) = tag.find('>').filter(|i| !tag[..*i].contains('<')) {
            return found(typed::in_value(text, end + close + 1), Firmness::Assigned);
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
    // The name of a user in front of the password and the host is read with the URL.
    if before.ends_with("://") && text[end..].starts_with(':') {
        return None;
    }
    // The tag that ends an element.
    if before.trim_end_matches(|c: char| c.is_alphanumeric() || c == ':').ends_with("</") {
        return None;
    }
    if let Some(from) = typed::behind(text, &name.range, before) {
        return found(from, Firmness::Assigned);
    }
    let closed = skip(text, end, 8, |b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b'*' | b')' | b']' | b'}' | b'_'));
    let closers = &text[end..closed];
    let is_quoted = closers.contains(['"', '\'', '`']);
    let mut from = blanks(text, closed);
    let mut rest = &text[from..];
    // `Password for 'https://kim@git.example': …`: what git asks.
    let asks = ["for '", "for key '"].into_iter().find(|asks| rest.starts_with(asks)).unwrap_or("for '");
    if let Some(asked) = rest.strip_prefix(asks)
        && let Some(close) = asked[..asked.floor_char_boundary(200)].find("': ")
        && !asked[..close].contains('\n')
    {
        return found(from + asks.len() + close + "': ".len(), Firmness::Said);
    }
    // `@password NVARCHAR(20) = '…'`: the type is in between.
    if let Some(string) = behind_type(text, end).filter(|_| !name.needs_mark) {
        return Some((string, Firmness::Assigned));
    }
    // `:token "…"`: a keyword of Clojure or Elixir.
    if before.strip_suffix(':').is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '{', '(', '\n', '[']))
        && from > closed
        && let Some(string) = value::quoted(text, from)
    {
        return Some((string, Firmness::Assigned));
    }
    // `key 1: …`: one of several.
    let number = skip(text, from, 3, |b| b.is_ascii_digit());
    if from > closed && (1..=2).contains(&(number - from)) && text[blanks(text, number)..].starts_with([':', '=']) {
        from = blanks(text, number);
        rest = &text[from..];
    }
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
        && before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).ends_with(closers);
    if is_whole && let Some(next) = next_argument(text, closed) {
        return found(next, Firmness::Assigned);
    }
    // `put(Context.SECURITY_CREDENTIALS, "…")`: a constant whose name says what the next argument is.
    let constant = text[name.range.clone()].rsplit('.').next().unwrap_or_default();
    if closers.is_empty()
        && constant.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.')).ends_with(['(', ',', ' '])
        && let Some(next) = next_argument(text, closed)
    {
        return found(next, Firmness::Assigned);
    }
    // `setPassword("…")`, `.token('…')`.
    let lower = text[name.range.clone()].to_ascii_lowercase();
    if text[end..].starts_with('(') && !["auth", "authorization"].iter().any(|n| lower.ends_with(n)) {
        let inner = blanks(text, end + 1);
        // Of a name and a password the last is meant; which one it is of credentials, their call says (`code`).
        if has_two(text, inner) {
            let is_pair = ["credential", "credentials"].iter().any(|n| lower.ends_with(n));
            return last_argument(text, inner).filter(|_| !is_pair).map(|value| (value, Firmness::Assigned));
        }
        // `credentials('orders-portal')`: a pipeline names an entry of its store.
        if lower == "credentials" && value::quoted(text, inner).is_some_and(|id| !is_mixed(&text[id.range])) {
            return None;
        }
        // `Password(…)`, as a program prints it.
        let word = value::word(text, inner);
        let is_printed = text[name.range.clone()].starts_with(|c: char| c.is_ascii_uppercase())
            && text[word.end..].starts_with(')')
            && value::is_odd(&text[word.clone()]);
        let printed = is_printed.then_some(ValueAt { range: word, quoted: false });
        return value::quoted(text, inner).or(printed).map(|value| (value, Firmness::Assigned));
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
    if names::is_plural(&lower) {
        // `both keys, … and …`.
        let first = value::at(text, from + usize::from(rest.starts_with(',')));
        return (from > closed || rest.starts_with(',')).then_some((first, Firmness::Bare));
    }
    if name.needs_mark && !(lower == "pin" && begins_cell(before)) {
        return typed::spoken(text, &lower, before, from).map(|(from, certainty)| (value::at(text, from), certainty));
    }
    // A picture that points at the value.
    let picture = rest
        .chars()
        .take_while(|c| matches!(*c as u32, 0x2B00..=0x2BFF | 0x2600..=0x27BF | 0xFE0F | 0x1F000..=0x1FAFF));
    let picture: usize = picture.map(char::len_utf8).sum();
    if picture > 0 && from > closed {
        let certainty = if name.told == Telling::Password { Firmness::Said } else { Firmness::Bare };
        return found(blanks(text, from + picture), certainty);
    }
    for dash in ["- ", "-- ", "– ", "— "] {
        if rest.starts_with(dash) {
            return found(from + dash.len(), Firmness::Marked);
        }
    }
    let dots = rest.bytes().take_while(|b| matches!(b, b'.' | b'_')).count();
    if dots >= 3 && (from > closed || dots >= 5 || rest[dots..].starts_with(':')) {
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
        if rest.get(..verb.len()).is_some_and(|start| start.eq_ignore_ascii_case(verb)) {
            return found(from + verb.len(), Firmness::Said);
        }
    }
    if let Some((from, certainty)) = behind_words(text, from) {
        return found(from, certainty);
    }
    if !value::is_odd(&text[value::at(text, from).range])
        && let Some(from) = said_later(text, from)
    {
        return found(from, Firmness::Bare);
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

/// Whether the word that follows is the name of a secret that a cluster or a cloud has: `docker service create --secret=orders`,
/// `--set-secrets=DB_PASS=orders:latest`, `secret "orders" deleted`.
fn names_a_secret(text: &str, name: &Name, before: &str) -> bool {
    const PROGRAMS: [&str; 6] = ["docker ", "podman ", "kubectl ", "oc ", "gcloud ", "nerdctl "];
    const OPTIONS: [&str; 3] = ["--set-secrets=", "--update-secrets=", "--secret="];
    let word = &text[name.range.clone()];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let option = line.rsplit(' ').next().unwrap_or_default();
    let is_option = option == "--" && matches!(word, "secret" | "set-secrets" | "update-secrets")
        || OPTIONS.iter().any(|lead| option.starts_with(lead));
    if is_option && PROGRAMS.iter().any(|program| line.contains(program)) {
        return true;
    }
    const DONE: [&str; 8] =
        [" deleted", " created", " configured", " unchanged", " patched", " not found", " already exists", " replaced"];
    matches!(word, "secret" | "secrets" | "Secret")
        && text[name.range.end..].starts_with(" \"")
        && value::quoted(text, name.range.end + 1).is_some_and(|value| {
            let rest = text[value.range.end..].strip_prefix('"').unwrap_or_default();
            DONE.iter().any(|done| rest.starts_with(done))
        })
}

/// Whether a character that a text ends with begins a word.
fn ends_word(text: &str, mark: char) -> bool {
    text.strip_suffix(mark)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '\t', '\n', '"', '\'', '`', '[', '(']))
}

/// `set NAME value`, `ENV NAME value`, `#define NAME value`: commands whose second word is the value.
fn assigns_words(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'']);
    // `kv put shop/db/password …`: the name ends a path.
    if before.ends_with('/') {
        let path = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c));
        return path.ends_with("put ");
    }
    ["set ", "setx ", "SET ", "ENV ", "ARG ", "#define ", "put ", "login ", "export ", "user ", "WITH ", "add "]
        .iter()
        .any(|word| before.ends_with(word))
}

/// The next argument of a call or element of a list, if the text goes on with a comma and a quotation mark.
fn next_argument(text: &str, from: usize) -> Option<usize> {
    let at = blanks(text, from);
    let rest = text[at..].strip_prefix(',')?;
    let next = text.len() - rest.len()
        + rest.bytes().take(40).take_while(|b| matches!(*b, b' ' | b'\t' | b'\r' | b'\n')).count();
    let mut inner = next;
    // `Some("…")`.
    if text[inner..].starts_with("Some(") {
        inner += 5;
    }
    value::quoted(text, inner).filter(|value| !value::is_member_name(text, value.range.end)).map(|_| inner)
}

/// The place behind the quotation mark that ends a string; a string at the end of the text may have none.
fn behind_quote(text: &str, end: usize) -> usize {
    end + text[end..].chars().next().map_or(0, char::len_utf8)
}

/// The last of the strings that are here with commas between them.
fn last_argument(text: &str, from: usize) -> Option<ValueAt> {
    let mut last = value::quoted(text, from)?;
    for _ in 0..4 {
        let Some(next) =
            next_argument(text, behind_quote(text, last.range.end)).and_then(|next| value::quoted(text, next))
        else {
            break;
        };
        last = next;
    }
    Some(last)
}

/// Whether two strings are here, with a comma between them.
fn has_two(text: &str, from: usize) -> bool {
    value::quoted(text, from).and_then(|first| next_argument(text, behind_quote(text, first.range.end))).is_some()
}

/// The string that is assigned to what has this name, behind its type: `token string = "…"`, `token[] = "…"`.
fn behind_type(text: &str, end: usize) -> Option<ValueAt> {
    const LONGEST: usize = 40;
    let rest = &text[end..text.floor_char_boundary(end + LONGEST)];
    let kind = &rest[..rest.find('=')?];
    // A parameter of a challenge (`Bearer realm="…"`) and a pair of a log have no blank in front of the mark.
    let is_type = kind.starts_with([' ', '[', ':'])
        && kind.ends_with(' ')
        && kind.split_whitespace().count() <= 2
        && kind.bytes().any(|b| b.is_ascii_alphanumeric() || b == b']')
        && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b" _()[]<>:&?*".contains(&b));
    // `token name = "…"` is about one.
    let is_about = kind.split_whitespace().any(|word| names::telling(&format!("token-{word}")).is_none());
    (is_type && !is_about).then(|| value::quoted(text, blanks(text, end + kind.len() + 1))).flatten()
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
        let name_start =
            text[..from - 1].rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))).unwrap_or(0);
        let quote = text.as_bytes()[name_start];
        if matches!(quote, b'"' | b'\'')
            && let Some(end) = value::end_in_quotes(text, at, char::from(quote))
            && !text[at..end].lines().next().is_some_and(|line| line.contains(' '))
            && !text[at..end].trim_end_matches('=').contains('=')
        {
            return Some((ValueAt { range: at..end, quoted: true }, certainty));
        }
    }
    // `Your new password: <b>…</b>`.
    const SHOWN_AS: [&str; 10] =
        ["<b>", "<strong>", "<code>", "<em>", "<i>", "<span", "<font", "<tt>", "<kbd>", "<mark>"];
    if SHOWN_AS.iter().any(|tag| rest.starts_with(tag))
        && let Some(content) = behind_tags(text, at)
    {
        return Some((value::at(text, content), certainty));
    }
    // `password = 0x5556 "…"`: a debugger shows where a string is, too.
    if let Some(address) = rest.strip_prefix("0x") {
        let digits = address.bytes().take(16).take_while(u8::is_ascii_hexdigit).count();
        if address[digits..].starts_with(" \"") {
            return Some((value::at(text, at + "0x".len() + digits + 1), certainty));
        }
    }
    // `name=[…]`, `name=<…>`: what looks drawn at random in brackets.
    if rest.starts_with(['[', '<']) {
        let inner = ValueAt { range: value::word(text, at + 1), quoted: false };
        if value::is_odd(&text[inner.range.clone()]) && text[inner.range.end..].starts_with([']', '>']) {
            return Some((inner, certainty));
        }
    }
    // `name = [s, e, c, r, e, t]`: an array of characters.
    if let Some(inner) = rest.strip_prefix('[') {
        let len = inner.bytes().take(4_096).position(|b| b == b']').unwrap_or(0);
        let is_char = |part: &str| part.chars().count() == 1;
        if len >= 10 && inner[..len].split(", ").all(is_char) {
            return Some((ValueAt { range: at + 1..at + 1 + len, quoted: true }, Firmness::Assigned));
        }
    }
    // `"name": {"value": "…"}`, `"name": ["…"]`.
    if rest.starts_with(['{', '[']) {
        let mut inner = at + skip(rest, 0, 60, |b| matches!(b, b'{' | b'[' | b' ' | b'\t' | b'\r' | b'\n'));
        if let Some(len) = ["\"value\"", "'value'", "value", "\"$\"", "\"_\""]
            .iter()
            .find_map(|k| text[inner..].strip_prefix(*k).map(|_| k.len()))
        {
            inner = skip(text, inner + len, 8, |b| matches!(b, b':' | b' ' | b'=' | b'\t'));
        }
        // `"github-oauth": {"github.example": "…"}`: the names of the members are hosts.
        if let Some(host) = value::quoted(text, inner)
            && text[host.range.clone()].contains('.')
            && value::is_member_name(text, host.range.end)
        {
            inner = skip(text, host.range.end, 8, |b| b"\"': ".contains(&b));
            inner -= usize::from(text[..inner].ends_with(['"', '\'']));
        }
        let value = value::quoted(text, inner).filter(|v| !value::is_member_name(text, v.range.end));
        return value.map(|v| (v, Firmness::Assigned));
    }
    // `name: str = "…"`.
    if mark == ":"
        && !rest.starts_with(['"', '\'', '`'])
        && let Some(eq) = rest.bytes().take(41).position(|b| b == b'=')
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

    /// A word that is told by its place gets there only if the table of such words has it.
    #[test]
    fn the_table_of_words_has_each_that_is_asked_for() {
        let source = include_str!("named.rs");
        let arms = source.split("    match lower {\n").nth(1).and_then(|rest| rest.split("_ => return None,").next());
        let arms = arms.expect("the words are matched in this file");
        let mut count = 0;
        for word in arms.lines().filter_map(|l| l.split(" =>").next()).flat_map(|l| l.split(" if ").next()) {
            for word in word.split('"').skip(1).step_by(2) {
                count += 1;
                assert!(crate::redact::names::may_be_in_place(word), "{word}");
            }
        }
        assert!(count >= 8, "{count}");
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

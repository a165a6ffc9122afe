//! Values with their type in front, as programs print them: `string(12) "…"`, `s:12:"…"`, `Some(…)`, `REG_SZ …`; and names
//! that only the words around them make a credential's.

use std::ops::Range;

use super::between::{blanks, skip, without_stamp};
use super::value::{self, Firmness};

/// Where the value begins behind a name of which the type, or the form of a list, is in between.
pub(super) fn behind(text: &str, name: &Range<usize>, before: &str) -> Option<usize> {
    of_php(text, name.end)
        .or_else(|| of_registry(text, name.end))
        .or_else(|| of_pair(text, name.end, before))
        .or_else(|| wrapped(text, name.end))
}

/// `["password"]=> string(12) "…"`, `["password":"Shop":private]=> …`, `s:8:"password";s:12:"…"`.
fn of_php(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..text.floor_char_boundary(end + 160)];
    let inner = rest.strip_prefix('"')?;
    if let Some(string) = inner.strip_prefix(";s:") {
        let digits = string.bytes().take_while(u8::is_ascii_digit).count();
        return string[digits..].starts_with(":\"").then(|| end + rest.len() - string.len() + digits + 1);
    }
    let arrow = inner.find("]=>").filter(|at| inner[..*at].is_empty() || inner[..*at].starts_with(':'))?;
    let from = end + 1 + arrow + "]=>".len();
    let from = skip(text, from, 40, |b| b.is_ascii_whitespace() || b == b'>');
    let string = text[from..].strip_prefix("string(")?;
    let digits = string.bytes().take_while(u8::is_ascii_digit).count();
    string[digits..].starts_with(") \"").then(|| from + "string(".len() + digits + 2)
}

/// `DefaultPassword    REG_SZ    …`, `/v ApiKey /t REG_SZ /d …`.
fn of_registry(text: &str, end: usize) -> Option<usize> {
    let from = blanks(text, end);
    let from = if text[from..].starts_with("/t ") { blanks(text, from + 3) } else { from };
    let kind = text[from..].strip_prefix("REG_").filter(|_| from > end)?;
    let len = kind.bytes().take_while(|b| b.is_ascii_uppercase() || *b == b'_').count();
    let next = blanks(text, from + 4 + len);
    let next = if text[next..].starts_with("/d ") { blanks(text, next + 3) } else { next };
    (!text[next..].starts_with(['\n', '\r', '/'])).then_some(next)
}

/// `[client_secret, …]`, `{password, "…"}`: a pair of a dictionary or a list.
fn of_pair(text: &str, end: usize, before: &str) -> Option<usize> {
    let open = before.chars().next_back().filter(|c| matches!(c, '[' | '{'))?;
    let close = if open == '[' { ']' } else { '}' };
    // Code takes apart what it is given like this, too.
    let begins = before[..before.len() - 1]
        .rsplit('\n')
        .next()
        .is_some_and(|lead| without_stamp(lead).trim_matches([' ', '\t', '>', '-', '*', '•']).is_empty());
    let from = blanks(text, end + usize::from(text[end..].starts_with(',')));
    if !text[end..].starts_with(',') {
        return None;
    }
    let value = value::at(text, from);
    let closed = text[value.range.end..].trim_start_matches(['"', '\'', '>']);
    let is_closed = closed.starts_with(close) || closed.starts_with("<br");
    (!value.range.is_empty() && is_closed && (value.quoted || open == '[' && begins)).then_some(from)
}

/// `api_key: Some(\n    "…",\n)`, `secret: ClientSecret("…")`: what a type is printed around.
fn wrapped(text: &str, end: usize) -> Option<usize> {
    let closed = skip(text, end, 2, |b| matches!(b, b'"' | b'\''));
    let from = blanks(text, skip(text, closed, 2, |b| matches!(b, b':' | b'=')));
    if from == closed || !text[from..].starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let name = text[from..].bytes().take(40).take_while(u8::is_ascii_alphanumeric).count();
    let is_call = ["Get", "Env", "Read", "Find", "Load"].iter().any(|call| text[from..].starts_with(call));
    let inner = text[from + name..].strip_prefix('(')?;
    let inner = text.len() - inner.len();
    let inner = skip(text, inner, 60, |b| b.is_ascii_whitespace() || b == b'>');
    (!is_call && text[inner..].starts_with('"')).then_some(inner)
}

/// The content of an element, or that of the element for the value in it: `<Password><Value>…`.
pub(super) fn in_value(text: &str, from: usize) -> usize {
    const CHARACTERS: &str = "<![CDATA[";
    let inner = skip(text, from, 60, |b| b.is_ascii_whitespace());
    if text[inner..].starts_with(CHARACTERS) {
        return inner + CHARACTERS.len();
    }
    let tag = &text[inner..text.floor_char_boundary(inner + 24)];
    let name = tag.strip_prefix('<').and_then(|tag| tag.split_once('>')).map(|(name, _)| name);
    match name {
        Some(name) if name.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case("value")) => {
            inner + name.len() + 2
        }
        _ => from,
    }
}

/// `user kim, pass …`, `MY KEY IS …`: a short name among words that make it one.
pub(super) fn spoken(text: &str, name: &str, before: &str, from: usize) -> Option<(usize, Firmness)> {
    let line = before.rsplit('\n').next().unwrap_or_default().to_ascii_lowercase();
    let rest = &text[from..];
    if matches!(name, "pass" | "pw") {
        let near = &line[line.ceil_char_boundary(line.len().saturating_sub(60))..];
        let is_after =
            ["user ", "username ", "login "].iter().any(|word| near.contains(word)) && near.ends_with([' ', ',', '/']);
        let is_value = rest.len() > 4 && !rest.starts_with(|c: char| c.is_whitespace());
        // `try pw …`.
        let is_odd =
            name == "pw" && value::is_odd(text[value::word(text, from)].trim_end_matches(['.', ',', '!', '?']));
        return (is_after && is_value || is_odd).then_some((from, Firmness::Said));
    }
    let owner = ["my ", "our ", "your "].iter().any(|owner| line.ends_with(owner));
    let is_said = rest.get(..3).is_some_and(|verb| verb.eq_ignore_ascii_case("is "));
    let is_odd = is_said && value::is_odd(text[value::word(text, from + 3)].trim_end_matches(['.', '!', '?']));
    // `the key is `…``: it is shown as code.
    let said = is_said.then(|| value::at(text, from + 3));
    let is_code = said.is_some_and(|said| said.quoted && value::is_odd(&text[said.range]));
    (name == "key" && (owner && is_odd || is_code)).then_some((from + 3, Firmness::Said))
}

#[cfg(test)]
mod tests {
    use super::super::named;

    fn masked(text: &str) -> Vec<&str> {
        named::all(text).iter().map(|hidden| &text[hidden.range.clone()]).collect()
    }

    #[test]
    fn a_type_stands_in_front_of_the_value() {
        for text in [
            "[\"password\"]=>\n  string(12) \"rokamulitane\"",
            "[\"secret\":\"Shop\\Client\":private]=>\n  string(12) \"rokamulitane\"",
            "s:8:\"password\";s:12:\"rokamulitane\";",
            "    DefaultPassword    REG_SZ    rokamulitane\n",
            "[client_secret, rokamulitane]",
            "{password,\"rokamulitane\"}",
            "api_key: Some(\n    \"rokamulitane\",\n)",
            "VPN user kim, pass rokamulitane, group leeds",
            "MY KEY IS rokamulitane WHY",
        ] {
            assert_eq!(masked(text), ["rokamulitane"], "{text}");
        }
        for text in
            ["[client_secret, grant_type, scope]", "the first pass of the user failed", "my key is not accepted"]
        {
            assert_eq!(masked(text), Vec::<&str>::new(), "{text}");
        }
    }
}

//! Credentials that code puts behind a scheme: `"Bearer " + "…"`, `f"Bearer {'…'}"`, `"Bearer {}".format("…")`,
//! `paste("Bearer", "…")`.

use super::hidden::Hidden;
use super::names::Telling;
use super::searchable::Searchable;
use super::value::{self, Firmness};

const SCHEMES: [&str; 6] = ["Bearer", "bearer", "Basic", "Token", "ApiKey", "token"];

/// Where a string is put into another one.
const HOLES: &[&str] = &["%s", "%v", "%@", "%1$s", "{}", "{0}", "{1}", "{:s}", "{:?}"];

/// What begins an expression inside a string.
const OPENINGS: &[&str] = &["${", "#{", "$(", "\\(", "{"];

/// Operators and calls of languages that join strings.
const JOINTS: &[&str] =
    &["format(", "concat(", "String(", "toString(", "str(", ",", "+", ".", "&", "~", "%", "<>", "(", "["];

/// How far the string is from the scheme.
const NEAR: usize = 60;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for scheme in SCHEMES {
        for at in searchable.places(scheme) {
            // It begins a string.
            let quote = text[..at].bytes().next_back().filter(|b| matches!(b, b'"' | b'\'' | b'`'));
            if let Some(quote) = quote
                && let Some(string) = string_behind(text, at + scheme.len(), quote)
                && !value::is_member_name(text, string.range.end)
            {
                found.extend(value::judge(text, string, Telling::Token, Firmness::Assigned));
            }
        }
    }
    found
}

/// The string that is joined to what ends here, which is inside quotes.
fn string_behind(text: &str, from: usize, quote: u8) -> Option<value::ValueAt> {
    let end = text.floor_char_boundary(from + NEAR);
    let bytes = text.as_bytes();
    let one_of = |words: &[&str], at: usize| {
        words.iter().find(|word| bytes[at..].starts_with(word.as_bytes())).map(|word| word.len())
    };
    let (mut at, mut is_inside, mut is_joined) = (from, true, false);
    while at < end {
        if is_inside && let Some(len) = one_of(HOLES, at) {
            at += len;
        } else if is_inside
            && !is_joined
            && let Some(len) = one_of(OPENINGS, at)
        {
            is_joined = true;
            at += len;
        } else if !is_inside && let Some(len) = one_of(JOINTS, at) {
            is_joined = true;
            at += len;
        } else if bytes[at] == quote && is_inside {
            if is_joined && quote != b'`' {
                return value::quoted(text, at);
            }
            is_inside = false;
            at += 1;
        } else if matches!(bytes[at], b'"' | b'\'') && is_joined {
            return value::quoted(text, at);
        } else if matches!(bytes[at], b' ' | b'\t' | b')') {
            at += 1;
        } else {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_put_behind_the_scheme() {
        for code in [
            "f\"Bearer {'lomupaneta'}\"",
            "\"Bearer \" + \"lomupaneta\"",
            "'Bearer ' . 'lomupaneta'",
            "\"Bearer {}\".format(\"lomupaneta\")",
            "fmt.Sprintf(\"Bearer %s\", \"lomupaneta\")",
            "format!(\"Bearer {}\", \"lomupaneta\")",
            "\"Bearer \".concat(\"lomupaneta\")",
            "\"Bearer \" <> \"lomupaneta\"",
            "['Bearer', 'lomupaneta'].join(' ')",
            "`Bearer ${'lomupaneta'}`",
        ] {
            let found = all(&Searchable::of(code));
            assert_eq!(found.first().map(|hidden| &code[hidden.range.clone()]), Some("lomupaneta"), "{code}");
        }
        for code in [
            "{\"Authorization\": \"Bearer \", \"Accept-Language\": \"en\"}",
            "\"Bearer \" + token, \"lomupaneta\"",
            "Authorization:\"Bearer \", NHSD-eRS-Business-Function:\"ZQ7\"",
        ] {
            assert_eq!(all(&Searchable::of(code)), [], "{code}");
        }
    }
}

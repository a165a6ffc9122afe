//! Hidden inputs of forms in HTML whose name says that they hold a token: `<input type=hidden name="csrf" value="…">`.

use std::ops::Range;

use super::hidden::Hidden;
use super::searchable::Searchable;
use super::value;

/// The longest tag that is read.
const LONGEST: usize = 2048;

/// Words of such names.
const NAMES: [&str; 9] =
    ["csrf", "xsrf", "token", "nonce", "secret", "authenticity", "verification", "assertion", "ticket"];

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for open in ["<input ", "<INPUT ", "<input\n", "&lt;input "] {
        for at in searchable.places(open) {
            let from = at + open.len();
            let tag = &text[from..text.floor_char_boundary(from + LONGEST)];
            let end = if open.starts_with('&') { tag.find("&gt;") } else { tag.find('>') };
            let tag = tag[..end.unwrap_or(tag.len())].to_ascii_lowercase();
            let attribute = |name: &str| attribute(&tag, name);
            let is_hidden = attribute("type").is_some_and(|kind| &tag[kind] == "hidden");
            let name = attribute("name").or_else(|| attribute("id"));
            let is_token = name.is_some_and(|name| NAMES.iter().any(|word| tag[name.clone()].contains(word)));
            if let Some(value) = attribute("value").filter(|_| is_hidden && is_token) {
                found.extend(value::sure(text, from + value.start..from + value.end));
            }
        }
    }
    found
}

/// The place of an attribute's value in a tag in lower case, in quotes of either kind or none.
fn attribute(tag: &str, name: &str) -> Option<Range<usize>> {
    let is_one = |at: &usize| {
        (*at == 0 || tag[..*at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\''))
            && tag[at + name.len()..].trim_start().starts_with('=')
    };
    let at = tag.match_indices(name).map(|(at, _)| at).find(is_one)?;
    let equals = at + name.len() + tag[at + name.len()..].find('=')? + 1;
    let start = tag.len() - tag[equals..].trim_start().len();
    let quote = tag[start..].chars().next()?;
    if matches!(quote, '"' | '\'') {
        let inner = start + 1;
        return Some(inner..inner + tag[inner..].find(quote)?);
    }
    let len = tag[start..].find(char::is_whitespace).unwrap_or(tag.len() - start);
    let len = tag[start..start + len].trim_end_matches('/').len();
    Some(start..start + len)
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn a_token_in_a_hidden_input() {
        for text in [
            "<input type=\"hidden\" name=\"csrf\" value=\"rokamulitane\">",
            "<input name='csrf' value='rokamulitane' type='hidden'/>",
            "<input value=rokamulitane type=hidden name=form_nonce>",
            "<INPUT NAME=XSRF TYPE=HIDDEN VALUE=rokamulitane />",
        ] {
            assert_eq!(masked(text, all), ["rokamulitane"], "{text}");
        }
        for text in [
            "<input type=\"hidden\" name=\"page\" value=\"rokamulitane\">",
            "<input type=\"text\" name=\"csrf\" value=\"rokamulitane\">",
            "<input type=\"hidden\" name=\"csrf\" value=\"",
            "<input type=hidden name=csrf value=é",
            "<input ",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}

//! How far a URL goes in a text.

use super::clue::Clue;
use super::page::{Clues, Page};
use crate::text::Text;

/// How long the URL at the beginning of a text is.
pub(super) fn url_length(text: &str) -> usize {
    let stop = |c: char| c.is_whitespace() || "\"'`<>|“”‘’\\^".contains(c) || c.is_control();
    let mut len = text.find(stop).unwrap_or(text.len());
    // `?token=<token>`, `/orders/<id>`: a name in place of a value is part of the URL.
    while let Some(name) = text[..len].ends_with(['=', '/']).then(|| placeholder_length(&text[len..])).flatten() {
        len += name;
        len += text[len..].find(stop).unwrap_or(text.len() - len);
    }
    // Loggers write several things in brackets one after another.
    let len = text[..len].find("][").unwrap_or(len);
    // What closes a sentence or a bracket is not of the URL; a template's braces are.
    let mut url = &text[..len];
    loop {
        let cut = url.trim_end_matches(['.', ',', ';', ':', '!', '*', '_']);
        let cut = if cut.ends_with(')') && !cut.contains('(') { &cut[..cut.len() - 1] } else { cut };
        let cut = if cut.ends_with('}') && !cut.contains('{') { &cut[..cut.len() - 1] } else { cut };
        let cut = if cut.ends_with(']') && !cut.contains('[') { &cut[..cut.len() - 1] } else { cut };
        if cut.len() == url.len() {
            return cut.len();
        }
        url = cut;
    }
}

/// The length of `<name>` at the beginning of a text.
fn placeholder_length(text: &str) -> Option<usize> {
    const LONGEST: usize = 40;
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(LONGEST).position(|b| b == b'>')?;
    let is_name = end > 0 && inner[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    is_name.then_some(end + 2)
}

pub(super) fn url_in(text: &Text) -> Option<Text> {
    let value = text.as_str();
    if let Some(at) = value.find("https://").or_else(|| value.find("http://")) {
        return Some(text.slice(at..at + url_length(&value[at..])));
    }
    let first = value.split_whitespace().next()?;
    let is_path = first.starts_with('/') && first.len() > 1;
    let is_host = first.contains('/') && first.split('/').next().is_some_and(|h| h.contains('.') && h.len() > 4);
    (is_path || is_host).then(|| text.slice(0..first.len()))
}

/// The code and the words of an error in a query, decoded: how an authorization server answers a browser (RFC 6749, section
/// 4.1.2.1). Whether there are any.
pub(super) fn query_errors(page: Page<'_>, from: usize, end: usize, out: &mut Clues) -> bool {
    const MEMBERS: [&str; 2] = ["error", "error_description"];
    let mut members = Vec::new();
    let mut at = from;
    for part in page.str()[from..end].split('&') {
        let place = at..at + part.len();
        at = place.end + 1;
        let Some(name) = MEMBERS.into_iter().find(|name| part.strip_prefix(name).is_some_and(|v| v.starts_with('=')))
        else {
            continue;
        };
        if let Some((_, value)) = crate::url::parameters(&page.text.slice(place.clone())).pop()
            && !value.is_empty()
        {
            members.push((place, name, value));
        }
    }
    // `?error=true` is a parameter of an API. The codes of the standard are of two words at least.
    let is_answer = members.iter().any(|(_, name, value)| *name == MEMBERS[1] || value.as_str().contains('_'));
    if is_answer {
        members.into_iter().for_each(|(place, name, value)| out.push(place, Clue::ErrorMember { name, value }));
    }
    is_answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_end_where_the_sentence_goes_on() {
        assert_eq!(url_length("https://a.example/b)."), 19);
        assert_eq!(url_length("https://a.example/b?x=(1) y"), 25);
        assert_eq!(url_length("https://a.example/{id}, and"), 22);
        assert_eq!(url_length("https://a.example/b][total: 1]"), 19);
        assert_eq!(url_length("https://a.example/<id>?t=<token>&b=<c> then"), 38);
        assert_eq!(url_length("https://a.example/b</a>"), 19);
        assert_eq!(url_length("https://a.example/</a>"), 18);
    }

    #[test]
    fn a_labelled_url_may_lack_its_scheme_or_host() {
        let url = |text: &str| url_in(&Text::paste(text)).map(|u| u.as_str().to_owned());
        assert_eq!(url("see https://a.example/b now").as_deref(), Some("https://a.example/b"));
        assert_eq!(url("/b/c now").as_deref(), Some("/b/c"));
        assert_eq!(url("a.example/b").as_deref(), Some("a.example/b"));
        assert_eq!(url("not known"), None);
    }
}

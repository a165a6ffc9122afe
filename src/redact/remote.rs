//! Calls of procedures on other machines whose name says that somebody logs in: the last string among the parameters is the
//! password (`{"method":"common.login","params":["shop","kim","…"]}`, and the same in XML).

use super::between::skip;
use super::code;
use super::hidden::Hidden;
use super::searchable::Searchable;
use super::value;

/// How far the parameters are from the name.
const NEAR: usize = 200;

/// So much of the parameters is read.
const LONGEST: usize = 1024;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = of_json(searchable);
    found.extend(of_xml(searchable));
    found
}

fn logs_in(method: &str) -> bool {
    let method = method.to_ascii_lowercase();
    ["login", "auth", "signin", "sign_in", "logon", "connect"].iter().any(|word| method.contains(word))
}

fn of_json(searchable: &Searchable<'_>) -> Vec<Hidden> {
    const METHOD: &str = "\"method\"";
    const PARAMETERS: &str = "\"params\"";
    let is_mark = |b| matches!(b, b' ' | b':');
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(METHOD) {
        let from = skip(text, at + METHOD.len(), 4, is_mark);
        let Some(method) = value::quoted(text, from) else { continue };
        let end = method.range.end;
        let near = &text[end..text.floor_char_boundary(end + NEAR)];
        let Some(place) = near.find(PARAMETERS).filter(|_| logs_in(&text[method.range])) else { continue };
        let open = skip(text, end + place + PARAMETERS.len(), 4, is_mark);
        if text[open..].starts_with('[')
            && let Some((_, last)) = code::arguments(text, open + 1).pop()
        {
            found.extend(value::sure(text, last));
        }
    }
    found
}

fn of_xml(searchable: &Searchable<'_>) -> Vec<Hidden> {
    const METHOD: &str = "<methodName>";
    const STRING: &str = "<string>";
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(METHOD) {
        let call = &text[at + METHOD.len()..text.floor_char_boundary(at + METHOD.len() + LONGEST)];
        let call = call.split("</methodCall").next().unwrap_or_default();
        let method = call.split('<').next().unwrap_or_default();
        if let Some(last) = call.rfind(STRING).filter(|_| logs_in(method)) {
            let start = at + METHOD.len() + last + STRING.len();
            let len = text[start..].find('<').unwrap_or_default();
            found.extend(value::sure(text, start..start + len));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn the_password_among_parameters() {
        for text in [
            "{\"method\":\"common.login\",\"params\":[\"shop\",\"kim\",\"rokamulitane\",{}],\"id\":1}",
            "{\"method\": \"authenticate\", \"id\": 1, \"params\": [\"kim\", \"rokamulitane\"]}",
            "<methodCall><methodName>login</methodName><params><param><value><string>kim</string></value></param>\
             <param><value><string>rokamulitane</string></value></param></params></methodCall>",
        ] {
            assert_eq!(masked(text, all), ["rokamulitane"], "{text}");
        }
        for text in [
            "{\"method\":\"orders.list\",\"params\":[\"shop\",\"rokamulitane\"]}",
            "{\"method\":\"login\"",
            "<methodName>list</methodName><string>rokamulitane</string>",
            "<methodName>login</methodName><string>é",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}

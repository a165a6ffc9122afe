//! JSON as people paste it, and as programs print it: the parser, and what its objects say about messages.

pub(crate) mod content;
pub(crate) mod heads;
pub(crate) mod members;
mod reader;

pub(crate) use reader::{Json, parse};

/// A tree in one line, for the tests of its readers.
#[cfg(test)]
pub(crate) fn outline(json: &Json) -> String {
    match json {
        Json::Object(members, _) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{}={}", name.as_str(), outline(value))).collect();
            format!("{{{}}}", members.join(" "))
        }
        Json::Array(..) => format!("[{}]", json.elements().iter().map(outline).collect::<Vec<_>>().join(" ")),
        Json::Null(_) => "null".to_owned(),
        _ => json.as_text().map_or("?".to_owned(), |t| format!("{:?}", t.as_str())),
    }
}

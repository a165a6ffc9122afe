//! What a body holds: the parameters of a form, a JSON document.

use super::json::{self, Json};
use super::lines::form_body::is_form;
use super::model::{Body, Request};
use crate::text::Text;

/// The form parameters of a request, decoded. The members of a JSON object count too: people send one where a form is
/// wanted.
pub(crate) fn parameters(request: &Request) -> Vec<(Text, Text)> {
    match &request.body {
        Body::Form(pairs) => pairs.clone(),
        Body::Text(text) if is_form(text.as_str()) => crate::url::parameters(&text.trim()),
        Body::Text(text) => document(text)
            .map(|json| {
                let members = json.members().iter();
                members.filter_map(|(name, value)| Some((name.clone(), value.as_text()?.clone()))).collect()
            })
            .unwrap_or_default(),
        Body::Unseen | Body::Empty(_) | Body::ErrorMembers(_) => Vec::new(),
    }
}

/// The JSON document of a body, also one inside a JSON string or quotes.
pub(crate) fn document(text: &Text) -> Option<Json> {
    let value = text.as_str();
    let at = value.find(|c: char| !(c.is_whitespace() || c.is_control() || "\"'“”‘’b".contains(c)))?;
    if !value[at..].starts_with(['{', '[', '\\']) {
        return None;
    }
    if let Some(parsed) = json::parse(text, at)
        && parsed.json.is_object()
    {
        return Some(parsed.json);
    }
    // A JSON string that holds the document: `"{\"resourceType\": …}"`.
    let from = value.find(['"', '“'])?;
    let mut builder = crate::text::TextBuilder::new(text.span());
    let mut chars = value.char_indices().skip_while(|(i, _)| *i <= from).peekable();
    while let Some((i, c)) = chars.next() {
        match (c, chars.peek().copied()) {
            ('\\', Some((j, next @ ('"' | '\\' | '/')))) => {
                chars.next();
                builder.replace(text, i..j + next.len_utf8(), next.encode_utf8(&mut [0; 4]));
            }
            ('\\', Some((j, 'n' | 'r' | 't'))) => {
                chars.next();
                builder.replace(text, i..j + 1, " ");
            }
            _ => builder.copy(text, i..i + c.len_utf8()),
        }
    }
    let inner = builder.finish();
    let start = inner.as_str().find('{')?;
    json::parse(&inner, start).map(|p| p.json)
}

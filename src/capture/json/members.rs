//! Members of objects by the names that tools give them: header fields, bodies, forms, statuses, URLs.

use base64::Engine as _;

use super::reader::{self, Json};
use crate::capture::model::{Body, Extent, Field, Status};
use crate::text::{Span, Text, TextBuilder};

/// A name as it is compared: letters and digits in lower case.
pub(crate) fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | '@') && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The members of an object by their compared names.
pub(crate) struct Members<'a> {
    members: Vec<(String, &'a Json)>,
}

impl<'a> Members<'a> {
    pub(crate) fn of(json: &'a Json) -> Self {
        Self { members: json.members().iter().map(|(k, v)| (normal(k.as_str()), v)).collect() }
    }

    /// The first of these names, in this order, that has a value.
    pub(crate) fn find(&self, names: &[&str]) -> Option<&'a Json> {
        names.iter().find_map(|name| self.members.iter().find(|(k, v)| k == name && !v.is_null()).map(|(_, v)| *v))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(k, _)| k == name)
    }

    pub(crate) fn text(&self, names: &[&str], fits: impl Fn(&str) -> bool) -> Option<Text> {
        names.iter().find_map(|name| {
            let (_, value) = self.members.iter().find(|(k, _)| k == name)?;
            value.as_text().filter(|text| fits(text.as_str().trim())).map(Text::trim)
        })
    }
}

/// A URL that is written as an object: with its raw form, or in parts.
pub(crate) fn composed_url(json: &Json) -> Option<Text> {
    let view = Members::of(json);
    if let Some(raw) =
        view.text(&["raw", "href", "full", "original", "rawurl", "absoluteuri", "url"], |u| !u.is_empty())
    {
        return Some(raw);
    }
    let mut url = TextBuilder::new(json.span());
    let mut put = |part: Option<&Json>, before: &str, between: &str| {
        let parts: Vec<&Text> = match part {
            Some(Json::Array(elements, _)) => elements.iter().filter_map(Json::as_text).collect(),
            Some(other) => other.as_text().into_iter().collect(),
            None => Vec::new(),
        };
        // Rust prints an optional part as `Some(8443)`.
        let inner: Vec<Text> = parts
            .into_iter()
            .map(|part| {
                let written = part.as_str();
                match written.strip_prefix("Some(").and_then(|v| v.strip_suffix(')')) {
                    Some(value) => part.slice(5..5 + value.len()),
                    None => part.clone(),
                }
            })
            .filter(|part| part.as_str() != "None")
            .collect();
        let parts: Vec<&Text> = inner.iter().collect();
        for (i, part) in parts.iter().enumerate() {
            let sign = if i == 0 { before } else { between };
            let sign = if sign == "/" && part.as_str().starts_with('/') { "" } else { sign };
            url.replace(part, 0..0, sign);
            url.copy(part, 0..part.len());
        }
        !parts.is_empty()
    };
    let scheme = put(view.find(&["protocol", "scheme"]), "", "");
    let host = view.find(&["host", "hostname", "domain", "authority"])?;
    put(Some(host), if scheme { "://" } else { "" }, ".");
    put(view.find(&["port"]), ":", "");
    put(view.find(&["path", "pathname"]), "/", "/");
    let url = url.finish();
    // `https:` and `https` are both written for the scheme.
    let twice = url.as_str().find(":://").map(|at| (at, at + 1));
    let Some((colon, rest)) = twice else { return Some(url) };
    let mut out = TextBuilder::new(url.span());
    out.copy(&url, 0..colon);
    out.copy(&url, rest..url.len());
    Some(out.finish())
}

pub(crate) fn has_digit(json: &Json) -> bool {
    json.as_text().is_some_and(|t| t.as_str().bytes().any(|b| b.is_ascii_digit()))
}

/// A status: `401`, `"401 Unauthorized"`, `"HTTP/1.1 401"`, `<Response [401]>`, `"Unauthorized"`.
pub(crate) fn status(json: &Json) -> Option<(Status, Option<Text>)> {
    let text = json.as_text()?;
    let s = text.as_str();
    if s.len() > 80 || s.contains('\n') {
        return None;
    }
    let start = match s.strip_prefix("HTTP/") {
        Some(rest) => s.len() - rest.len() + rest.find(' ')? + 1,
        None if s.starts_with("<Response [") => "<Response [".len(),
        None => s.len() - s.trim_start().len(),
    };
    let digits = s.get(start..start + 3).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    if let Some(digits) = digits {
        let rest = &s[start + 3..];
        let code = digits.parse().ok().filter(|code| (100..=599).contains(code))?;
        if rest.starts_with(|c: char| c.is_alphanumeric() || c == '.' || c == '-') {
            return None;
        }
        let reason = text.slice(start + 3..s.len()).trim();
        let worded = reason.as_str().starts_with(|c: char| c.is_alphabetic());
        return Some((Status { code, span: text.span_of(start..start + 3) }, worded.then_some(reason)));
    }
    let word = normal(s);
    if word.is_empty() {
        return None;
    }
    // .NET and Newman write the reason in place of the number.
    let named = (100..=599).find(|code| {
        http::StatusCode::from_u16(*code).ok().and_then(|c| c.canonical_reason()).is_some_and(|r| normal(r) == word)
    });
    named.map(|code| (Status { code, span: text.span() }, Some(text.trim())))
}

/// The fields of a message, in the forms in which tools write them. HTTP/2 pseudo-header fields are left out.
pub(crate) fn fields(json: &Json) -> Vec<Field> {
    let mut found = all_fields(json);
    found.retain(|field| !field.name.as_str().starts_with(':'));
    found
}

/// The value of an HTTP/2 pseudo-header field.
pub(crate) fn pseudo(json: &Json, name: &str) -> Option<Text> {
    all_fields(json).into_iter().find(|f| f.is(name) && !f.value.is_empty()).map(|f| f.value)
}

pub(crate) fn all_fields(json: &Json) -> Vec<Field> {
    let mut found = Vec::new();
    match json {
        Json::Object(members, _) => members.iter().for_each(|(name, value)| put_field(name, value, &mut found)),
        Json::Array(elements, _) => put_list(elements, &mut found),
        Json::String(text) => {
            let start = text.len() - text.as_str().trim_start().len();
            return match reader::parse(text, start) {
                Some(parsed) => all_fields(&parsed.json),
                None => field_lines(text),
            };
        }
        _ => {}
    }
    found
}

pub(crate) fn put_field(name: &Text, value: &Json, found: &mut Vec<Field>) {
    if let Some((name, value)) = named_pair(name, value) {
        put_field(name, value, found);
        return;
    }
    match value {
        Json::Array(values, _) => values.iter().for_each(|value| {
            if value.as_text().is_some() || value.get("value").is_some() {
                put_field(name, value, found);
            }
        }),
        // axios: fields common to all methods. AWS CloudFront: a list of objects, with the name once more.
        Json::Object(members, _) => {
            // The fetch polyfill keeps its fields in a `map`.
            if matches!(name.as_str(), "common" | "map" | "_headers") {
                members.iter().for_each(|(name, value)| put_field(name, value, found));
            } else if let Some(inner) = value.get("value").filter(|v| !v.is_object()) {
                put_field(name, inner, found);
            }
        }
        _ => {
            if let Some(value) = value.to_text() {
                found.push(Field { name: name.trim(), value: value.trim() });
            }
        }
    }
}

/// The name as it was set and the value, where Node keeps both: `host: [ 'Host', 'a.example' ]`.
fn named_pair<'a>(name: &Text, value: &'a Json) -> Option<(&'a Text, &'a Json)> {
    let [as_set, value] = value.elements() else { return None };
    let as_set = as_set.as_text().filter(|text| text.as_str().eq_ignore_ascii_case(name.as_str()))?;
    Some((as_set, value))
}

pub(crate) fn put_list(elements: &[Json], found: &mut Vec<Field>) {
    let texts: Vec<&Text> =
        elements.iter().filter_map(|e| if let Json::String(t) = e { Some(t) } else { None }).collect();
    if texts.len() == elements.len() {
        let line = |t: &&Text| t.as_str().split_once(':').is_some_and(|(name, _)| is_token(name));
        if texts.iter().all(line) {
            texts.iter().for_each(|t| found.extend(field_lines(t)));
        } else if texts.len().is_multiple_of(2) && texts.iter().step_by(2).all(|t| is_token(t.as_str())) {
            let pairs = texts.chunks_exact(2);
            found.extend(pairs.map(|p| Field { name: p[0].trim(), value: p[1].trim() }));
        }
        return;
    }
    for element in elements {
        match element {
            Json::Array(pair, _) => {
                if let [name, value] = pair.as_slice()
                    && let Some(name) = name.as_text()
                {
                    put_field(name, value, found);
                }
            }
            Json::Object(members, _) => {
                let name = ["name", "key", "field"].iter().find_map(|k| element.get(k)).and_then(Json::as_text);
                let value = ["value", "values", "val"].iter().find_map(|k| element.get(k));
                match (name, value) {
                    (Some(name), Some(value)) if is_enabled(element) => put_field(name, value, found),
                    // `[{"Accept": "…"}, {"Host": "…"}]`
                    (None, _) if members.len() == 1 => put_field(&members[0].0, &members[0].1, found),
                    _ => {}
                }
            }
            Json::String(text) => found.extend(field_lines(text)),
            _ => {}
        }
    }
}

/// Whether a saved field or parameter is sent.
pub(crate) fn is_enabled(json: &Json) -> bool {
    !matches!(json.get("disabled"), Some(Json::Bool(true, _)))
        && !matches!(json.get("enabled"), Some(Json::Bool(false, _)))
}

/// Whether this can be the name of a field: a token of RFC 9110, section 5.6.2, or a pseudo-header field.
pub(crate) fn is_token(name: &str) -> bool {
    let name = name.trim();
    let name = name.strip_prefix(':').unwrap_or(name);
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// The fields of lines `Name: value`.
pub(crate) fn field_lines(text: &Text) -> Vec<Field> {
    let mut found = Vec::new();
    for line in text.lines() {
        let Some(colon) = line.as_str().get(1..).and_then(|rest| rest.find(':')).map(|at| at + 1) else { continue };
        if is_token(&line.as_str()[..colon]) {
            let value = line.slice(colon + 1..line.len()).trim();
            found.push(Field { name: line.slice(0..colon).trim(), value });
        }
    }
    found
}

/// The content of a message. An object is the text of it as written, or a form where the fields say so.
pub(crate) fn body(json: &Json, fields: &[Field]) -> Body {
    match json {
        Json::Null(_) => Body::Unseen,
        Json::String(text) if text.is_empty() => Body::Empty(text.span()),
        Json::Object(..) => {
            // Recorded cassettes put the text one level down.
            if let Some(Json::String(text)) = json.get("string").filter(|_| json.members().len() <= 2) {
                return body(&Json::String(text.clone()), fields);
            }
            // A buffer of bytes, or a stream that a program has not read: neither shows the content.
            let is_buffer = json.get("type").and_then(Json::as_text).is_some_and(|t| t.as_str() == "Buffer");
            let is_stream = json.get("locked").is_some() && json.get("state").is_some()
                || json.get("_events").is_some()
                || json.get("_readableState").is_some();
            if is_buffer || is_stream {
                return Body::Unseen;
            }
            let media = fields.iter().find(|f| f.is("content-type")).map(|f| f.value.as_str().to_ascii_lowercase());
            let is_form = match &media {
                Some(media) => media.contains("x-www-form-urlencoded"),
                // The token endpoint takes forms only.
                None => json.get("grant_type").is_some(),
            };
            if is_form {
                return form(json);
            }
            json.to_text().map_or(Body::Unseen, Body::Text)
        }
        _ => json.to_text().map_or(Body::Unseen, Body::Text),
    }
}

/// Form parameters: an object, or a list of names and values.
pub(crate) fn form(json: &Json) -> Body {
    let pairs: Vec<(Text, Text)> = match json {
        Json::Object(members, _) => {
            let scalar = |v: &Json| v.to_text().filter(|_| !v.is_object());
            members
                .iter()
                .flat_map(|(name, value)| {
                    let values = if let Json::Array(values, _) = value {
                        values.as_slice()
                    } else {
                        std::slice::from_ref(value)
                    };
                    values.iter().filter_map(|v| Some((name.clone(), scalar(v)?))).collect::<Vec<_>>()
                })
                .collect()
        }
        Json::Array(elements, _) => {
            let mut found = Vec::new();
            for element in elements {
                let pair = match element {
                    Json::Array(pair, _) => pair.first().zip(pair.get(1)),
                    _ => element
                        .get("name")
                        .or_else(|| element.get("key"))
                        .zip(element.get("value"))
                        .filter(|_| is_enabled(element)),
                };
                if let Some((name, value)) = pair
                    && let (Some(name), Some(value)) = (name.as_text(), value.to_text())
                {
                    found.push((name.clone(), value));
                }
            }
            found
        }
        Json::String(text) if !text.is_empty() => return Body::Text(text.clone()),
        _ => Vec::new(),
    };
    if pairs.is_empty() { Body::Unseen } else { Body::Form(pairs) }
}

/// The field that a client makes of a user name and a password, or of a token.
pub(crate) fn credentials(auth: &Json) -> Option<Field> {
    let view = Members::of(auth);
    if let Some(token) = view.find(&["bearer"]).and_then(Json::as_text) {
        let mut value = TextBuilder::new(token.span());
        value.replace(token, 0..0, "Bearer ");
        value.copy(token, 0..token.len());
        return Some(implied_field("Authorization", value.finish(), auth.span()));
    }
    let word = |names| view.find(names).and_then(Json::as_text);
    let (user, password) = (word(&["username", "user"])?, word(&["password", "pass"])?);
    let joined = format!("{}:{}", user.as_str(), password.as_str());
    let value = format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(joined));
    Some(implied_field("Authorization", Text::implied(&value, user.span().to(password.span())), auth.span()))
}

/// A field that the tool adds.
pub(crate) fn implied_field(name: &str, value: Text, span: Span) -> Field {
    Field { name: Text::implied(name, span), value }
}

/// All but these names.
pub(crate) fn withheld(names: &[&str]) -> Extent {
    Extent::Withheld(names.iter().map(|&name| name.to_owned()).collect())
}

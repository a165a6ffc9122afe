//! A JSON Web Token taken apart, not verified. Every claim knows the characters of the token that encode it.

use base64::Engine as _;

use crate::capture::json::{self, Json};
use crate::facts::JwtForm;
use crate::shape::URL_SAFE;
use crate::text::{Text, TextBuilder};

/// The parts of a token.
#[derive(Clone, Debug)]
pub(crate) struct Jwt {
    pub(crate) form: JwtForm,
    pub(crate) header: Option<Json>,
    pub(crate) payload: Option<Json>,
}

impl Jwt {
    /// Decodes what there is of a token.
    pub(crate) fn of(token: &Text) -> Self {
        let value = token.as_str().trim();
        let none = |form| Self { form, header: None, payload: None };
        let is_start = value.starts_with("eyJ") || value.starts_with("ewo") || value.starts_with("eyA");
        if !is_start {
            return none(if crate::shape::is_redacted(value) { JwtForm::Redacted } else { JwtForm::NotJwt });
        }
        let token = token.trim();
        let value = token.as_str();
        let mut parts = Vec::new();
        let mut start = 0;
        for end in value.match_indices('.').map(|(i, _)| i).chain([value.len()]) {
            parts.push(token.slice(start..end));
            start = end + 1;
        }
        let header = parts.first().and_then(decode);
        let payload = parts.get(1).and_then(decode);
        let is_whole = [&header, &payload].iter().all(|p| p.as_ref().is_none_or(|(_, whole)| *whole));
        let (header, payload) = (header.map(|h| h.0), payload.map(|p| p.0));
        let signed = parts.get(2).is_some_and(|p| !p.is_empty());
        let form = match (&header, &payload) {
            (Some(_), Some(_)) if signed && parts.len() == 3 && is_whole => JwtForm::Jwt,
            (None, _) => JwtForm::NotJwt,
            _ => JwtForm::Cut,
        };
        Self { form, header, payload }
    }
}

/// Decodes a part. Four characters make three bytes: each decoded character is mapped to those that hold its bits.
/// Also says whether all of it could be read.
fn decode(part: &Text) -> Option<(Json, bool)> {
    let value = part.as_str();
    // A part that was cut in the middle still gives its first claims.
    let usable =
        value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '='))).unwrap_or(value.len());
    let mut encoded = value[..usable].trim_end_matches('=');
    if encoded.len() % 4 == 1 {
        encoded = &encoded[..encoded.len() - 1];
    }
    let bytes = URL_SAFE.decode(encoded).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut builder = TextBuilder::new(part.span());
    let mut at = 0;
    for c in text.chars() {
        let len = c.len_utf8();
        let (from, till) = (at * 4 / 3, (((at + len) * 4).div_ceil(3)).min(encoded.len()));
        builder.replace(part, from..till.max(from), c.encode_utf8(&mut [0; 4]));
        at += len;
    }
    let decoded = builder.finish();
    let start = decoded.as_str().len() - decoded.as_str().trim_start().len();
    let is_whole = usable == value.len();
    json::parse(&decoded, start).map(|parsed| (parsed.json, is_whole && parsed.notes.is_empty()))
}

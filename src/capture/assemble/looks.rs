//! What a clue looks like by itself: a URL that is requested, a line that says that others were left out, prose.

use super::draft::MessageSide;
use crate::capture::json::Json;
use crate::capture::lines::clue::{Clue, Placed};
use crate::capture::model::Field;
use crate::capture::words;
use crate::pack::model::Vocabulary;
use crate::pack::rule_text::RuleText;
use crate::text::{Span, Text};

/// Whether a URL may be that of a request: not a picture, a page of documentation or a name space.
pub(super) fn is_request_url(url: &str, pages: &[RuleText]) -> bool {
    let lower = url.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".html", ".htm", ".pdf", ".css", ".js", ".md"]
        .iter()
        .any(|e| path.ends_with(e));
    if lower.starts_with('/') {
        return !is_file;
    }
    let host = path.split("//").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    let is_page =
        pages.iter().any(|h| host.strip_suffix(h.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    !(is_file || is_page || host.is_empty())
}

pub(super) fn same_target(a: &str, b: &str) -> bool {
    let path = |url: &str| -> String {
        let rest = url.split("://").nth(1).map_or(url, |r| r.find('/').map_or("", |i| &r[i..]));
        rest.to_owned()
    };
    a == b || !path(a).is_empty() && path(a) == path(b) && (a.starts_with('/') || b.starts_with('/'))
}

/// Whether a URL has no path: `http://localhost:3000`.
pub(super) fn is_origin(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| !rest.trim_end_matches('/').contains(['/', '?', '#']))
}

/// For each clue, the message to which the list of fields belongs that it is in, where a field in it is one that only
/// answers have (`Date` and `Connection` come before `WWW-Authenticate`), or only requests, and no other contradicts.
pub(super) fn sides(clues: &[Placed], vocabulary: &Vocabulary) -> Vec<Option<MessageSide>> {
    let mut out = vec![None; clues.len()];
    let mut start = 0;
    while start < clues.len() {
        let run = clues[start..].iter().take_while(|c| matches!(c.clue, Clue::Field { .. } | Clue::Time(_))).count();
        let names = || {
            clues[start..start + run].iter().filter_map(|c| match &c.clue {
                Clue::Field { field, .. } => Some(field.name.as_str()),
                _ => None,
            })
        };
        let side = match (names().any(words::is_answer_field), names().any(|n| words::is_request_field(n, vocabulary)))
        {
            (true, false) => Some(MessageSide::Answer),
            (false, true) => Some(MessageSide::Request),
            _ => None,
        };
        out[start..start + run].fill(side);
        start += run.max(1);
    }
    out
}

/// Whether a line begins with the time or the number that a logger puts there.
pub(super) fn is_of_log(text: &str) -> bool {
    let stamp = text.split(' ').next().unwrap_or_default();
    let digits = stamp.bytes().filter(u8::is_ascii_digit).count();
    digits >= 6
        && stamp.starts_with(|c: char| c.is_ascii_digit())
        && stamp.bytes().all(|b| b.is_ascii_digit() || b".,:-/TZ+".contains(&b))
        && stamp.bytes().any(|b| !b.is_ascii_digit())
        && stamp.len() < text.len()
}

/// Whether a line says that others were left out: `...`, `[snip]`, `(other headers removed)`.
pub(super) fn is_elision(text: &str) -> bool {
    let text = text.trim();
    let folded = text.trim_matches(|c: char| " []()<>{}*-#/".contains(c)).to_lowercase();
    folded.starts_with("...")
        || folded.starts_with('…')
        || folded.len() < 60
            && [
                "snip",
                "cut",
                "omitted",
                "removed",
                "other headers",
                "more headers",
                "further headers",
                "rest of",
                "etc",
            ]
            .iter()
            .any(|w| folded.contains(w))
}

/// Whether a line is a sentence rather than the plain text of an answer.
pub(super) fn looks_like_prose(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let text = text.trim();
    text.ends_with('?') && !text.contains(['{', '=', ':'])
        || words > 3
            && (text.ends_with(['.', '?', '!', ',']) && !text.contains(':')
                || text.starts_with(['W', 'I', 'T']) && words > 6 && !text.contains(':'))
}

/// The status of an object that is about an answer and says little else.
pub(super) fn status_of(json: &Json) -> Option<(u16, Span)> {
    if json.members().len() > 4 {
        return None;
    }
    let status = ["status", "statusCode", "status_code"].iter().find_map(|name| json.get(name))?;
    let Json::Number(text) = status else { return None };
    let code = text.as_str().parse().ok().filter(|c| (100..600).contains(c))?;
    Some((code, text.span()))
}

/// Whether an object is the form of a token request.
pub(super) fn is_form_object(json: &Json) -> bool {
    ["grant_type", "client_assertion", "client_assertion_type", "subject_token", "refresh_token"]
        .iter()
        .any(|name| matches!(json.get(name), Some(Json::String(_))))
        && json.get("access_token").is_none()
}

pub(super) fn form_members(json: &Json) -> Vec<(Text, Text)> {
    let Json::Object(members, _) = json else { return Vec::new() };
    members
        .iter()
        .filter_map(|(name, value)| match value {
            Json::String(text) | Json::Number(text) => Some((name.clone(), text.clone())),
            _ => None,
        })
        .collect()
}

/// The part of a value in source code that is an expression: it says what was meant, not what was sent. The readers of
/// code write one as `${name}`; where the paste has these very characters in quotes, they were sent.
pub(super) fn filled_in(field: &Field) -> Option<Text> {
    let value = &field.value;
    let text = value.as_str();
    if let Some(at) = text.find("${").filter(|_| !value.is_verbatim()) {
        return Some(value.slice(at..text.len()));
    }
    let is_name = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && text.len() <= 40
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    let is_of_program = text.contains('_') || text.contains('.');
    let is_known = crate::shape::placeholder(text).is_some() || crate::shape::of(text).is_credential();
    (field.is("authorization") && is_name && is_of_program && !is_known).then(|| value.clone())
}

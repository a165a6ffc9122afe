//! The record of an issue, a comment or a chat message, as the interfaces of trackers give it: the ticket is one long
//! string of a JSON document.

use serde_json::Value;

/// Larger documents are captures.
const LARGEST: usize = 4 << 20;

/// The members that hold what people wrote.
const TEXTS: &[&str] = &[
    "description",
    "body",
    "body_text",
    "bodytext",
    "text",
    "comment",
    "comments",
    "content",
    "notes",
    "work_notes",
    "plain_body",
    "plaintext",
    "question",
    "answer",
];

/// The members that hold what the text is about, in one line.
const TITLES: &[&str] = &["title", "summary", "subject", "short_description"];

/// The members that hold what was said to it later.
const REPLIES: &[&str] = &["comment", "comments", "replies", "work_notes"];

/// Members of captures, of answers and of settings. A document with one of them is not a letter.
const OTHERS: &[&str] = &[
    "headers",
    "header",
    "request",
    "response",
    "entries",
    "log",
    "resourcetype",
    "fault",
    "error",
    "errors",
    "status",
    "statuscode",
    "url",
    "uri",
    "method",
    "item",
    "openapi",
    "swagger",
    "_source",
    "level",
    "curl",
    "config",
    "options",
];

/// Of these, members that the record of a tracker may have, too: its state, and links to itself.
const MAY_BE_OF_TRACKER: &[&str] = &["status", "url", "uri"];

/// Whether a JSON document has a member with this name.
fn has_member(document: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    let mut places = memchr::memmem::find_iter(document.as_bytes(), &quoted);
    places.any(|at| document[at + quoted.len()..].trim_start().starts_with(':'))
}

/// The title, the text and what was said to it.
pub(super) fn open(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let has_name = |names: &[&str]| {
        names.iter().any(|name| memchr::memmem::find(trimmed.as_bytes(), format!("\"{name}\"").as_bytes()).is_some())
    };
    if text.len() > LARGEST || !trimmed.starts_with(['{', '[']) || !(has_name(TITLES) || has_name(TEXTS)) {
        return None;
    }
    // In a string quotation marks are escaped, so this is a member; nothing needs to be parsed.
    let is_other = |name: &&str| !MAY_BE_OF_TRACKER.contains(name) && has_member(trimmed, name);
    if OTHERS.iter().any(is_other) {
        return None;
    }
    let document: Value = serde_json::from_str(trimmed).ok()?;
    let mut found = TrackerTexts::default();
    found.read(&document, "", 0, false);
    let is_letter = found.has_lines || found.parts.iter().any(|(rank, _)| *rank == 0) && found.parts.len() > 1;
    if found.is_other || !is_letter {
        return None;
    }
    found.parts.sort_by_key(|(rank, _)| *rank);
    let parts: Vec<String> = found.parts.into_iter().map(|(_, text)| text).collect();
    Some(parts.join("\n\n"))
}

#[derive(Default)]
struct TrackerTexts {
    /// The texts, each with its rank: titles, then what the record is about, then what others said to it.
    parts: Vec<(u8, String)>,
    /// Whether one of the texts has several lines.
    has_lines: bool,
    is_other: bool,
}

impl TrackerTexts {
    fn read(&mut self, value: &Value, name: &str, depth: usize, is_reply: bool) {
        if depth > 32 || self.is_other {
            return;
        }
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let name = name.to_ascii_lowercase();
                    // A tracker has a state of its own under `status`; an answer has a number there.
                    let is_state = name == "status" && !value.is_number();
                    if OTHERS.contains(&name.as_str()) && !is_state && !is_web_link(&name, value) {
                        self.is_other = true;
                        return;
                    }
                    let is_reply = is_reply || REPLIES.contains(&name.as_str());
                    self.read(value, &name, depth + 1, is_reply);
                }
            }
            Value::Array(elements) => elements.iter().for_each(|value| self.read(value, name, depth + 1, is_reply)),
            Value::String(text) if TITLES.contains(&name) => self.parts.push((0, text.clone())),
            Value::String(text) if TEXTS.contains(&name) => {
                self.has_lines |= text.trim().contains('\n');
                self.parts.push((1 + u8::from(is_reply), text.replace("\r\n", "\n")));
            }
            _ => {}
        }
    }
}

/// Records of trackers hold links to themselves.
fn is_web_link(name: &str, value: &Value) -> bool {
    matches!(name, "url" | "uri") && value.as_str().is_some_and(|v| v.starts_with("http"))
}

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn the_ticket_in_a_record_is_read() {
        let record = r#"{"key":"ERS-1","fields":{"summary":"401 again","status":{"name":"Open"},"description":"GET https://a.example/b\nAuthorization: 4kQe\n","comment":{"comments":[{"body":"any news?"}]}}}"#;
        assert_eq!(
            open(record).as_deref(),
            Some("401 again\n\nGET https://a.example/b\nAuthorization: 4kQe\n\n\nany news?")
        );
    }

    #[test]
    fn answers_and_captures_are_left_alone() {
        for other in [
            r#"{"error":"invalid_token","message":"a\nb"}"#,
            r#"{"status":401,"message":"a\nb"}"#,
            r#"{"request":{"headers":{}},"body":"a\nb"}"#,
            r#"{"summary":"one line"}"#,
            r#"["a\nb"]"#,
        ] {
            assert_eq!(open(other), None, "{other}");
        }
    }
}

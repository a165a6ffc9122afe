//! The tools: their names, what they take and what they answer.

use serde_json::{Value, json};

use crate::capture::Reader;

/// A tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AgentTool {
    Diagnose,
    Explain,
    Redact,
    ProductSet,
    Compare,
}

impl AgentTool {
    pub(super) const ALL: [Self; 5] = [Self::Diagnose, Self::Explain, Self::Redact, Self::ProductSet, Self::Compare];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Diagnose => "diagnose",
            Self::Explain => "explain",
            Self::Redact => "redact",
            Self::ProductSet => "product_set",
            Self::Compare => "compare",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Diagnose => "Why was this request refused?",
            Self::Explain => "What is known about a cause",
            Self::Redact => "A text with its credentials masked",
            Self::ProductSet => "What a product set lists",
            Self::Compare => "What differs between two requests",
        }
    }

    const fn says(self) -> &'static str {
        match self {
            Self::Diagnose => {
                "Explains why captured HTTP requests were refused with 401 or 403: causes with verdicts (confirmed, likely, \
                 possible), the place that shows each, the fix, and in `fetch` the next fact to find out. Takes a ticket, \
                 raw HTTP, curl -v, HAR, Postman, logs."
            }
            Self::Explain => {
                "Shows what is known about a cause by its id (as `diagnose` gives it), or which systems refuse with these \
                 words."
            }
            Self::Redact => "Returns a text with credentials and NHS numbers masked, to quote or post it.",
            Self::ProductSet => {
                "Reads a file with the product set of an ASID (list, table, SDS FHIR, LDIF) and returns its ASIDs, endpoints \
                 and interactions, and whether it is whole."
            }
            Self::Compare => {
                "Compares a request that worked with one that failed, and returns what differs in the parts that are checked, \
                 in the order of the checks."
            }
        }
    }

    fn takes(self) -> Value {
        let input = |of: &str| {
            json!({
                "type": "object",
                "description": of,
                "properties": input_keys(),
                "oneOf": [{ "required": ["text"] }, { "required": ["path"] }],
                "additionalProperties": false,
            })
        };
        match self {
            Self::Diagnose => {
                let formats: Vec<&str> = Reader::ALL.iter().map(|reader| reader.word()).collect();
                let mut schema = input("");
                let own = json!({
                    "from": { "type": "string", "enum": formats, "description": "The format; by default it is detected" },
                    "asid": { "type": "string", "pattern": "^[0-9]{12}$", "description": "The ASID, where the text lacks it" },
                    "status": { "type": "integer", "minimum": 100, "maximum": 599, "description": "The status, where the text lacks it" },
                    "now": { "type": "string", "description": "When the request was sent (RFC 3339), where the text lacks it" },
                    "product_set": { "type": "string", "description": "The path of a file with the product set of the ASID" },
                    "most": { "type": "integer", "minimum": 1, "maximum": 100, "default": 3, "description": "The most requests that are described" },
                    "detail": detail("`full` adds the whole report"),
                });
                extend(&mut schema["properties"], own);
                schema
            }
            Self::Explain => json!({
                "type": "object",
                "properties": {
                    "cause": { "type": "string", "description": "The id of a cause: missing-bearer-prefix" },
                    "words": { "type": "string", "description": "The words of a refusal" },
                    "detail": detail("`full` adds the signs"),
                },
                "oneOf": [{ "required": ["cause"] }, { "required": ["words"] }],
                "additionalProperties": false,
            }),
            Self::Redact => {
                let mut schema = input("");
                let own = json!({
                    "mask": { "type": "array", "items": { "type": "string" }, "description": "Further words to mask" },
                    "most": { "type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 20_000, "description": "The most characters that are returned" },
                });
                extend(&mut schema["properties"], own);
                schema
            }
            Self::ProductSet => {
                let mut schema = input("");
                extend(
                    &mut schema["properties"],
                    json!({ "asid": { "type": "string", "pattern": "^[0-9]{12}$", "description": "Only this ASID" } }),
                );
                schema
            }
            Self::Compare => json!({
                "type": "object",
                "properties": {
                    "working": input("The capture of the request that worked"),
                    "failing": input("The capture of the request that failed"),
                    "detail": detail("`full` adds what is the same in both"),
                },
                "required": ["working", "failing"],
                "additionalProperties": false,
            }),
        }
    }

    fn gives(self) -> Value {
        let text = || json!({ "type": "string" });
        let maybe = |kind: &str| json!({ "type": [kind, "null"] });
        let list = |items: Value| json!({ "type": "array", "items": items });
        let (properties, required) = match self {
            Self::Diagnose => {
                let cause = json!({
                    "type": "object",
                    "properties": {
                        "id": text(), "verdict": text(), "title": text(), "says": text(), "fix": text(),
                        "line": { "type": "integer" }, "column": { "type": "integer" },
                    },
                    "required": ["id", "verdict", "title", "line", "column"],
                });
                let request = json!({
                    "type": "object",
                    "properties": {
                        "request": text(), "line": { "type": "integer" }, "status": maybe("integer"),
                        "outcome": text(), "causes": list(cause), "alike": { "type": "integer" },
                    },
                    "required": ["request", "line", "status", "outcome", "causes", "alike"],
                });
                let fetch = json!({
                    "type": ["object", "null"],
                    "properties": { "how": text(), "facts": list(text()), "decides": list(text()) },
                    "required": ["how"],
                });
                let properties = json!({
                    "requests": list(request), "more": { "type": "integer" }, "accepted": { "type": "integer" },
                    "fetch": fetch, "report": maybe("object"),
                });
                (properties, json!(["requests", "more", "accepted", "fetch"]))
            }
            Self::Explain => (
                json!({
                    "id": text(), "title": text(), "certainty": text(), "checkpoints": list(text()), "about": text(),
                    "fix": text(), "references": list(text()), "signs": list(json!({ "type": "object" })), "text": text(),
                }),
                json!([]),
            ),
            Self::Redact => (
                json!({ "text": text(), "masked": { "type": "integer" }, "is_cut": { "type": "boolean" } }),
                json!(["text", "masked", "is_cut"]),
            ),
            Self::ProductSet => (
                json!({
                    "form": text(), "whole": { "type": "string", "enum": ["yes", "taken", "no"] }, "problem": maybe("string"),
                    "asids": list(json!({ "type": "object" })), "gaps": list(json!({})), "notes": list(text()),
                }),
                json!(["form", "whole", "asids"]),
            ),
            Self::Compare => (
                json!({
                    "working": { "type": "object" }, "failing": { "type": "object" },
                    "differences": list(json!({ "type": "object" })), "same": list(json!({ "type": "object" })),
                    "cautions": list(text()),
                }),
                json!(["working", "failing", "differences", "cautions"]),
            ),
        };
        json!({ "type": "object", "properties": properties, "required": required })
    }

    fn definition(self) -> Value {
        json!({
            "name": self.name(),
            "title": self.title(),
            "description": self.says(),
            "inputSchema": self.takes(),
            "outputSchema": self.gives(),
            "annotations": { "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false },
        })
    }
}

/// The answer to `tools/list`.
pub(super) fn list() -> Value {
    json!({ "tools": AgentTool::ALL.map(AgentTool::definition) })
}

fn input_keys() -> Value {
    json!({
        "text": { "type": "string", "description": "The text itself" },
        "path": { "type": "string", "description": "The path of a file, for a long text" },
    })
}

fn detail(full: &str) -> Value {
    json!({ "type": "string", "enum": ["short", "full"], "default": "short", "description": full })
}

fn extend(to: &mut Value, with: Value) {
    if let (Value::Object(to), Value::Object(with)) = (to, with) {
        to.extend(with);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_are_short() {
        // They are in the context of every conversation.
        let text = list().to_string();
        assert!(text.len() < 9_000, "{} bytes", text.len());
    }
}

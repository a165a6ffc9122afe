//! The messages of JSON-RPC, and the versions of the protocol.

use serde_json::{Value, json};

/// The versions that are spoken, the newest first. They differ in what this server does not use; each has tools with
/// structured results, or ignores these.
const VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// What a server says about itself to a model.
const INSTRUCTIONS: &str = "Explains why a captured HTTP request was refused (401, 403). Call `diagnose` with the whole \
    capture: request with all header fields, response with its body. Give long captures by path. Where the result has \
    `fetch`, get that fact and diagnose again. Results never hold credentials; what you pass in is not sent anywhere.";

/// The code of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RpcError {
    NotJson,
    NotARequest,
    UnknownMethod,
    BadParameters,
    Internal,
}

impl RpcError {
    const fn code(self) -> i32 {
        match self {
            Self::NotJson => -32700,
            Self::NotARequest => -32600,
            Self::UnknownMethod => -32601,
            Self::BadParameters => -32602,
            Self::Internal => -32603,
        }
    }
}

pub(super) fn result(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

pub(super) fn error(id: &Value, error: RpcError, says: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": error.code(), "message": says } })
}

/// The answer to `initialize`: the version that the client asks for if it is spoken, otherwise the newest.
pub(super) fn initialized(parameters: &Value) -> Value {
    let asked = parameters["protocolVersion"].as_str().unwrap_or_default();
    let version = VERSIONS.into_iter().find(|version| *version == asked).unwrap_or(VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "why401", "title": "why401", "version": env!("CARGO_PKG_VERSION") },
        "instructions": INSTRUCTIONS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_the_client_is_taken_if_it_is_spoken() {
        for (asked, given) in [("2025-03-26", "2025-03-26"), ("1999-01-01", VERSIONS[0]), ("", VERSIONS[0])] {
            assert_eq!(initialized(&json!({ "protocolVersion": asked }))["protocolVersion"], given);
        }
    }
}

//! Digests and ids that a label, or their form, shows to be no credentials: `sha256:9f86…`, `Trace-Id: 80f1…`.
//!
//! They look drawn at random, and support needs them. A label names one only together with the form that such a value has:
//! a token after `request id` is masked as everywhere.

use std::ops::Range;

/// Names of digests, fingerprints and hashes of commits.
const DIGESTS: &[&str] = &[
    "sha256",
    "sha-256",
    "sha384",
    "sha-384",
    "sha512",
    "sha-512",
    "sha1",
    "sha-1",
    "md5",
    "etag",
    "digest",
    "checksum",
    "fingerprint",
    "thumbprint",
    "x5t",
    "x5t#s256",
    "commit",
];

/// Names of ids of requests, traces and parts of traces.
const TRACES: &[&str] = &[
    "traceid",
    "trace-id",
    "trace_id",
    "trace id",
    "spanid",
    "span-id",
    "span_id",
    "span id",
    "parentspanid",
    "trace-context",
    "requestid",
    "request-id",
    "request_id",
    "request id",
    "correlationid",
    "correlation-id",
    "correlation_id",
    "correlation id",
    "cf-ray",
];

/// What makes the digest of a label one that proves a password, or a token that is only called an id.
const SECRET: &[&str] = &["hmac", "signature", "pass", "secret", "token", "basic", "bearer", "session"];

/// Whether a word that looks drawn at random is a digest or an id.
pub(super) fn is_open(text: &str, word: &Range<usize>) -> bool {
    if is_xray(&text[word.clone()]) {
        return true;
    }
    let run = run_around(text, word);
    let label = label_before(text, run.start);
    if SECRET.iter().any(|secret| label.contains(secret)) {
        return false;
    }
    let value = &text[run];
    names(DIGESTS, &label) && is_digest(value) || names(TRACES, &label) && is_trace(value)
}

/// `1-5759e988-bd862e3fe1be46a994272793`: a trace of AWS X-Ray.
fn is_xray(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    matches!(parts.as_slice(), ["1", time, rest] if time.len() == 8 && rest.len() == 24 && is_hex(time) && is_hex(rest))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The run of characters of base64 and hexadecimal around a word.
fn run_around(text: &str, word: &Range<usize>) -> Range<usize> {
    const LONGEST: usize = 140;
    let is_of_run = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    let bytes = text.as_bytes();
    let before = bytes[..word.start].iter().rev().take(LONGEST).take_while(is_of_run).count();
    let behind = bytes[word.end..].iter().take(LONGEST).take_while(is_of_run).count();
    let run = word.start - before..word.end + behind;
    // `sha256-X48E…`: the integrity of a script.
    let algorithm = ["sha256-", "sha384-", "sha512-"].iter().find(|a| text[run.clone()].starts_with(**a));
    run.start + algorithm.map_or(0, |a| a.len())..run.end
}

/// What is in front of a place on its line, in lower case, without the marks between a label and its value.
fn label_before(text: &str, at: usize) -> String {
    const FAR: usize = 40;
    let base = text.ceil_char_boundary(at.saturating_sub(FAR));
    let line = text[base..at].rsplit(['\n', '\r']).next().unwrap_or_default();
    let line = line.trim_end_matches(|c: char| " :=-\"'\\@/(*#`,{[".contains(c));
    line.strip_suffix("W").unwrap_or(line).trim_end_matches([' ', ':', '"']).to_ascii_lowercase()
}

fn names(labels: &[&str], before: &str) -> bool {
    labels.iter().any(|label| {
        let start = before.strip_suffix(label);
        start.is_some_and(|start| !start.ends_with(|c: char| c.is_alphanumeric()))
    })
}

/// Whether a value has the length and the characters of a digest, in hexadecimal or in base64.
fn is_digest(value: &str) -> bool {
    let in_hex = matches!(value.len(), 32 | 40 | 64 | 96 | 128) && is_hex(value);
    in_hex || matches!(value.len(), 22 | 27 | 43 | 64 | 86)
}

/// Whether a value is made of hexadecimal digits, perhaps with a short part after a hyphen (`8f1c2d3e4a5b6c7d-LHR`).
fn is_trace(value: &str) -> bool {
    let id = value.split(['/', '-']).next().unwrap_or_default();
    let rest = value.len() - id.len();
    matches!(id.len(), 16 | 24 | 32) && is_hex(id) && rest <= 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::offset_in;

    fn is_shown(text: &str) -> bool {
        let word = text.split([' ', ':', '=', '"']).rfind(|word| word.len() >= 16).expect("a word");
        let start = offset_in(text, word);
        is_open(text, &(start..start + word.len()))
    }

    #[test]
    fn digests_and_traces_are_named() {
        for text in [
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "Digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
            "\"trace_id\": \"0af7651916cd43dd8448eb211c80319c\"",
            "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793",
        ] {
            assert!(is_shown(text), "{text}");
        }
        for text in [
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "hmac-sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "password sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "request id: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ",
            "session id, request id: 80f198ee56343ba864fe8b2a57d3eff7",
        ] {
            assert!(!is_shown(text), "{text}");
        }
    }
}

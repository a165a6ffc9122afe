//! Values that their object says to be secret, whatever they are called: `"sensitive": true`, `"type": "secret"`, a cookie, the
//! data of a Secret of Kubernetes.

use std::ops::Range;

use super::hidden::Hidden;
use super::names::Telling;
use super::searchable::Searchable;
use super::siblings;
use super::value::{self, Firmness, ValueAt};

/// Members that say so, in front of their mark and with it.
const FLAGS: &[&str] = &[
    "\"sensitive\": true",
    "\"sensitive\":true",
    "\"type\": \"secret\"",
    "\"type\":\"secret\"",
    "\"secret\": true",
    "\"secret\":true",
    "\"isSecret\": true",
    "\"isSecret\":true",
    "\"secure\": true",
    "\"secure\":true",
    "\"httpOnly\": true",
    "\"httpOnly\":true",
];

/// So much of a document is looked at around `kind: Secret`.
const NEAR: usize = 8192;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = flagged(searchable);
    found.extend(of_secrets(searchable));
    found.extend(of_random(searchable));
    found
}

fn flagged(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for flag in FLAGS {
        for at in searchable.places(flag) {
            if let Some(from) = siblings::value_beside(text, &(at..at + flag.len())) {
                found.extend(value::judge(text, value::at(text, from), Telling::Password, Firmness::Assigned));
            }
        }
    }
    found
}

/// What Terraform drew: the `result` of a `random_password`.
fn of_random(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places("random_password") {
        let rest = &text[at..text.floor_char_boundary(at + 1024)];
        for mark in ["\"result\":", "result "] {
            let Some(place) = rest.find(mark) else { continue };
            let from = at + place + mark.len();
            found.extend(value::judge(text, value::at(text, from), Telling::Password, Firmness::Assigned));
        }
    }
    found
}

/// The members of `data` and `stringData` of a Secret of Kubernetes, in YAML and in JSON.
fn of_secrets(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for kind in ["kind: Secret", "\"kind\":\"Secret\"", "\"kind\": \"Secret\""] {
        for at in searchable.places(kind) {
            if text[at + kind.len()..].starts_with(|c: char| c.is_alphanumeric()) {
                continue;
            }
            let base = text.ceil_char_boundary(at.saturating_sub(NEAR));
            let base = text[base..at].rfind("\n---").map_or(base, |i| base + i);
            let end = text.floor_char_boundary(at + NEAR);
            let end = text[at..end].find("\n---").map_or(end, |i| at + i);
            let mut members = Vec::new();
            if kind.starts_with('"') {
                of_json(text, base..end, &mut members);
            } else {
                of_yaml(text, base..end, &mut members);
            }
            for value in members {
                found.extend(value::judge(text, value, Telling::Password, Firmness::Assigned));
            }
        }
    }
    found
}

fn of_yaml(text: &str, document: Range<usize>, found: &mut Vec<ValueAt>) {
    let mut at = document.start;
    // The indent of `data:`, while its members follow.
    let mut depth = None;
    for line in text[document].split_inclusive('\n') {
        let from = at;
        at += line.len();
        let indent = line.len() - line.trim_start_matches([' ', '>']).len();
        let shown = line.trim_start_matches([' ', '>']).trim_end();
        if matches!(shown, "data:" | "stringData:") {
            depth = Some(indent);
        } else if depth.is_some_and(|depth| indent > depth) {
            let Some(mark) = line.find(':').filter(|mark| line[mark + 1..].starts_with(' ')) else { continue };
            let value = value::at(text, from + mark + 1);
            if !text[value.range.clone()].is_empty() && !line[mark + 1..].trim().starts_with(['|', '>']) {
                found.push(value);
            }
        } else if !shown.is_empty() {
            depth = None;
        }
    }
}

fn of_json(text: &str, document: Range<usize>, found: &mut Vec<ValueAt>) {
    for name in ["\"data\"", "\"stringData\""] {
        for (place, _) in text[document.clone()].match_indices(name) {
            let from = document.start + place + name.len();
            let rest = &text[from..document.end];
            let marks = rest.len() - rest.trim_start_matches([' ', ':', '\n', '\r', '\t']).len();
            if !rest[marks..].starts_with('{') {
                continue;
            }
            let mut at = from + marks + 1;
            // Names and values take turns.
            for _ in 0..200 {
                at += text[at..].bytes().take_while(|b| b" ,:\n\r\t".contains(b)).count();
                let Some(string) = value::quoted(text, at).filter(|_| text[at..].starts_with('"')) else { break };
                at = (string.range.end + 1).min(text.len());
                if !value::is_member_name(text, string.range.end) {
                    found.push(string);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn values_that_their_object_says_to_be_secret() {
        for text in [
            "{\"key\":\"ers\",\"value\":\"rokamulitane\",\"type\":\"secret\"}",
            "\"db\": {\"value\": \"rokamulitane\", \"type\": \"string\", \"sensitive\": true}",
            "kind: Secret\nmetadata:\n  name: shop\nstringData:\n  ers: rokamulitane\nother: velimazonupa\n",
            "{\"data\":{\"ers\":\"rokamulitane\"},\"kind\":\"Secret\",\"metadata\":{\"name\":\"shop\"}}",
        ] {
            assert_eq!(masked(text, all), ["rokamulitane"], "{text}");
        }
        for text in [
            "{\"key\":\"env\",\"value\":\"rokamulitane\",\"type\":\"default\"}",
            "kind: ConfigMap\ndata:\n  ers: rokamulitane\n",
            "kind: SecretProviderClass\ndata:\n  ers: rokamulitane\n",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}

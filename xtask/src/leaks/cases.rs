//! Looks for the credentials of real captures in the reports about them.
//!
//! What is a credential is decided here by its label alone, without the library: this must not share its mistakes.

use std::io::Write;
use std::path::Path;

use why401::{Options, Pack};

use super::outputs;

/// The labels in front of a credential.
const LABELS: &[&str] = &[
    "bearer",
    "basic",
    "authorization",
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "password",
    "apikey",
    "api_key",
    "api-key",
    "cookie",
    "secret",
    "token",
];

/// A shorter value is more often a word than a credential.
const SHORTEST: usize = 16;

/// So many characters of one in an output are a leak.
const PIECE: usize = 8;

/// The captures of a folder with cases: the members `input`, `ticket` and `product_set` of each line of its JSON files.
#[must_use]
pub fn inputs_of(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut inputs = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "jsonl")) {
        for line in std::fs::read_to_string(path).unwrap_or_default().lines() {
            let Ok(case) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            for member in ["input", "ticket"] {
                inputs.extend(case[member].as_str().map(ToOwned::to_owned));
            }
        }
    }
    inputs
}

/// Captures as `redact` prints them, and those that change when they are masked again.
///
/// The printed text of two builds, compared, shows what a change masks more or less.
///
/// # Errors
/// Nothing can be written.
pub fn mask_all(inputs: &[String], pack: &Pack, out: &mut impl Write) -> std::io::Result<Vec<String>> {
    let mut changed = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        let once = outputs::masked(input.as_bytes(), pack);
        writeln!(out, "=== {}\n{once}", number + 1)?;
        let twice = outputs::masked(once.as_bytes(), pack);
        if let Some((before, after)) = once.lines().zip(twice.lines()).find(|(before, after)| before != after) {
            changed.push(format!("{}: {before}\n  becomes {after}", number + 1));
        }
    }
    Ok(changed)
}

/// What the reports of captures show of their credentials.
#[derive(Debug, Default)]
pub struct CaseLeaks {
    /// How many captures were read.
    pub captures: usize,
    /// How many credentials they have.
    pub credentials: usize,
    /// A description of each place at which an output shows a piece of one.
    pub leaks: Vec<String>,
}

/// Looks for the credentials of captures in every report about them.
#[must_use]
pub fn in_reports_of_all(inputs: &[String], pack: &Pack) -> CaseLeaks {
    let mut found = CaseLeaks::default();
    for input in inputs {
        found.captures += 1;
        let planted = planted_in(input);
        if planted.is_empty() {
            continue;
        }
        found.credentials += planted.len();
        let paste = input.as_bytes();
        let mut outputs = outputs::of_diagnosis(&why401::diagnose(paste, pack, &Options::default()), pack);
        outputs.extend(outputs::of_facts(paste, pack));
        outputs.push(("redact".into(), outputs::masked(paste, pack)));
        for value in &planted {
            for (name, output) in &outputs {
                if let Some(piece) = pieces(value).find(|piece| output.contains(piece)) {
                    let line = output.lines().find(|line| line.contains(piece)).unwrap_or_default();
                    found.leaks.push(format!("{name}: {piece} of {value} in {line:?}"));
                }
            }
        }
    }
    found
}

/// The pieces of a value that nothing else has: one with letters and digits.
fn pieces(value: &str) -> impl Iterator<Item = &str> {
    let all = (0..(value.len() + 1).saturating_sub(PIECE)).map(|at| &value[at..at + PIECE]);
    all.filter(|piece| is_mixed(piece))
}

fn is_mixed(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 2 && text.bytes().any(|b| b.is_ascii_alphabetic())
}

fn planted_in(input: &str) -> Vec<String> {
    let lower = input.to_ascii_lowercase();
    let mut found = Vec::new();
    for label in LABELS {
        for (at, _) in lower.match_indices(label) {
            let rest = &input[at + label.len()..];
            // `"token" : "…`, `token=…`, `Bearer …`.
            let mut value = rest.trim_start_matches(|c: char| " \t\"'\\:=".contains(c));
            if value.len() == rest.len() {
                continue;
            }
            while let Some((scheme, after)) =
                value.split_once(' ').filter(|(s, _)| LABELS[..2].contains(&s.to_ascii_lowercase().as_str()))
            {
                let _ = scheme;
                value = after.trim_start();
            }
            let len = value.find(|c: char| !c.is_ascii_alphanumeric() && !"+/_.~-".contains(c)).unwrap_or(value.len());
            let mut value = &value[..len];
            // All JWTs have nearly the same header.
            if value.starts_with("eyJ") {
                value = value.split_once('.').map_or("", |(_, rest)| rest);
            }
            let is_date = value.starts_with("20") && value.as_bytes().get(4) == Some(&b'-');
            if value.len() >= SHORTEST && is_mixed(value) && !is_date && !value.contains("://") {
                found.push(value.to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_found_by_their_labels() {
        let input = "Authorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n{\"client_secret\":\"aB3dE5fG7hJ9kL1m\"}\n\
                     password=short1 token: 2026-03-04T10:11:12.123Z apikey: not-a-token-but-a-word";
        assert_eq!(planted_in(input), ["4kQeTz8hWq2LrVn0XyPs7BdUcGfJ", "aB3dE5fG7hJ9kL1m"]);
    }
}

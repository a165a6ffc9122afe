//! Whether a piece of what was planted is in anything that the program prints.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use why401::{Options, Pack, Span};

use super::case::Case;
use super::outputs::{self, Output};

/// A piece of so many characters is a leak.
const PIECE: usize = 6;

/// Whether a piece is in the name of a fact, a cause or a rule, which reports print: syllables of a made-up word may be in one
/// (`scheme-repeated`).
fn is_own(piece: &[u8]) -> bool {
    const NAMES: [&str; 3] = [
        include_str!("../../../docs/facts.md"),
        include_str!("../../../docs/coverage.md"),
        include_str!("../../../tests/cause-ids.txt"),
    ];
    std::str::from_utf8(piece).is_ok_and(|piece| NAMES.iter().any(|names| names.contains(piece)))
}

/// A place where a piece of a credential is shown.
#[derive(Debug)]
pub(super) struct Leak {
    /// Which output has it.
    pub(super) form: String,
    /// The piece.
    pub(super) piece: String,
    /// The line of the output.
    pub(super) line: String,
}

/// How much is printed of each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The whole paste as it may be shown, and the same text cleaned.
    Paste,
    /// The same, and what `redact` makes of it, also when it is masked again.
    Masks,
    /// Every report.
    Reports,
}

/// The first leak of each output.
#[must_use]
pub(super) fn leaks(case: &Case, pack: &Pack, depth: Depth, number: u64) -> Vec<Leak> {
    let paste = case.paste.as_bytes();
    let options = Options::default().draft(number.is_multiple_of(3));
    let diagnosis = why401::diagnose(paste, pack, &options);
    let mut outputs: Vec<Output> = vec![
        ("full text".into(), diagnosis.paste.show(Span::new(0, diagnosis.paste.len())).text),
        ("cleaned".into(), why401::Redactor::new("", &[]).clean(&case.paste)),
    ];
    let mut changed = None;
    if depth != Depth::Paste {
        let once = outputs::masked(paste, pack);
        changed = masked_again(&once, pack);
        outputs.push(("redact".into(), once));
    }
    if depth == Depth::Reports {
        outputs.extend(outputs::of_diagnosis(&diagnosis, pack));
        match number % 4 {
            0 => outputs.extend(outputs::of_facts(paste, pack)),
            1 => {
                let good = b"GET https://int.api.service.nhs.uk/a/b\nAccept: */*\n\nHTTP/1.1 200 OK\n";
                outputs.extend(outputs::of_comparison(good, paste, pack));
            }
            2 => {
                let line = case.line.as_str();
                let arguments = [
                    vec![line],
                    vec!["explain", line],
                    vec!["help", line],
                    vec!["packs", line],
                    vec!["words", line],
                    vec!["--status", line],
                    vec!["--from", line],
                    vec!["--rules", line, "rules", "list"],
                    vec!["rules", "new", line],
                    vec!["rules", line],
                    vec!["product-set", line],
                ];
                let of_run = &arguments[usize::try_from(number / 4).unwrap_or(0) % arguments.len()];
                outputs.push(("errors".into(), outputs::run(of_run)));
            }
            _ => outputs.extend(outputs::of_commands(paste, usize::try_from(number / 4).unwrap_or(0))),
        }
    }
    let shown = outputs.into_iter().filter_map(|(form, output)| leak(case, &form, &output));
    shown.chain(changed).collect()
}

/// The first line that masking changes in a text that was masked before: what is masked once must stay as it is.
fn masked_again(once: &str, pack: &Pack) -> Option<Leak> {
    let twice = outputs::masked(once.as_bytes(), pack);
    let (before, after) = once.lines().zip(twice.lines()).find(|(before, after)| before != after)?;
    Some(Leak { form: "redact, again".into(), piece: after.to_owned(), line: before.to_owned() })
}

fn leak(case: &Case, form: &str, output: &str) -> Option<Leak> {
    let mut pieces: HashSet<&[u8]> = HashSet::new();
    for planted in &case.planted {
        pieces.extend(planted.as_bytes().windows(PIECE));
    }
    for piece in case.around.as_bytes().windows(PIECE) {
        pieces.remove(piece);
    }
    let found = |text: &str| -> Option<Leak> {
        let at = text.as_bytes().windows(PIECE).position(|piece| pieces.contains(piece) && !is_own(piece))?;
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        Some(Leak { form: form.to_owned(), piece: text[at..at + PIECE].to_owned(), line: text[start..end].to_owned() })
    };
    found(output).or_else(|| decoded(output).iter().find_map(|text| found(text)))
}

/// The text with one kind of encoding undone, for each kind that it has.
fn decoded(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    if text.contains('%') {
        out.push(without_escapes(text, "%", 2));
    }
    if text.contains('=') {
        out.push(without_escapes(&text.replace("=\n", ""), "=", 2));
    }
    if text.contains("\\u") {
        out.push(without_escapes(text, "\\u", 4));
    }
    let is_of_run = |c: char| c.is_ascii_alphanumeric() || "+/-_".contains(c);
    for run in text.split(|c| !is_of_run(c)).filter(|run| run.len() >= 12) {
        for bytes in [STANDARD_NO_PAD.decode(run), URL_SAFE_NO_PAD.decode(run)].into_iter().flatten() {
            out.extend(String::from_utf8(bytes).ok());
        }
        if run.len().is_multiple_of(2) && run.bytes().all(|b| b.is_ascii_hexdigit()) {
            let bytes: Option<Vec<u8>> =
                (0..run.len()).step_by(2).map(|i| u8::from_str_radix(&run[i..i + 2], 16).ok()).collect();
            out.extend(bytes.and_then(|bytes| String::from_utf8(bytes).ok()));
        }
    }
    out
}

/// Replaces `MARK` and so many hexadecimal digits by the character that they mean.
fn without_escapes(text: &str, mark: &str, digits: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        out.push_str(&rest[..at]);
        rest = &rest[at + mark.len()..];
        let code = rest.get(..digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[digits..];
            }
            None => out.push_str(mark),
        }
    }
    out + rest
}

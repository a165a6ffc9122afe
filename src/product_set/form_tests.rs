//! Files in the forms of real tools: each is read, and neither a cut nor what mail programs and trackers do to a text turns
//! an answer into its opposite.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use super::model::ProductSetFile;
use super::{Asked, InteractionMap};
use crate::pack::model::Pack;

/// Files of the size that real tools give.
const FOLDER: &str = "tests/product-set-forms";
/// Small files of the forms that have an end, so that a test can cut each at every byte.
const SMALL: &str = "tests/product-set-cuts";

/// The first system and the third have A042, the second has not; A029 is in all of them. Only the small files have the third.
const QUESTIONS: [(&str, &str); 4] =
    [("A042", "200000123401"), ("A042", "200000123402"), ("A029", "200000123402"), ("A042", "200000123403")];

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| crate::pack::load(&[], false).unwrap_or_else(|error| panic!("{error}")))
}

fn map() -> &'static InteractionMap {
    static MAP: OnceLock<InteractionMap> = OnceLock::new();
    let table = b"endpoint_id,interaction_id\nA042,urn:nhs:names:services:ers:READ_BINARY_R4_V001\nA029,urn:nhs:names:services:ers:SEARCH_TASK_STU3_V001\n";
    MAP.get_or_init(|| InteractionMap::read(table, pack()).expect("a map"))
}

fn said(file: &ProductSetFile, endpoint: &str, asid: Option<&str>) -> &'static str {
    let asked = Asked { endpoint, asid, is_vouched: false, environment: Some("int") };
    super::check(file, map(), pack(), &asked).word().name()
}

fn answers(bytes: &[u8]) -> [&'static str; 4] {
    let file = super::read(bytes, pack());
    QUESTIONS.map(|(endpoint, asid)| said(&file, endpoint, Some(asid)))
}

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(Path::new(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("a file"))
        })
        .filter(|(name, _)| name != "README.md" && (cfg!(feature = "sheets") || !name.starts_with("spreadsheet")))
        .collect();
    files.sort();
    files
}

#[test]
fn every_form_is_read() {
    for (name, bytes) in files(FOLDER) {
        assert_eq!(answers(&bytes)[..3], ["listed", "not-listed", "listed"], "{name}");
        let file = super::read(&bytes, pack());
        assert_eq!(said(&file, "A042", None), "cannot-tell", "{name}: of two ASIDs neither is taken");
        assert_eq!(said(&file, "A042", Some("200000123409")), "cannot-tell", "{name}: another ASID");
    }
    for (name, bytes) in files(SMALL) {
        assert_eq!(answers(&bytes), ["listed", "not-listed", "listed", "listed"], "{name}");
    }
}

/// What is wrong with the answers to a file that was cut or changed: none of them may be the opposite of the right one.
fn fault(answers: &[&str; 4]) -> bool {
    let is_denied = |said: &str| matches!(said, "not-listed" | "likely-not-listed" | "no-ers-interactions");
    is_denied(answers[0])
        || matches!(answers[1], "listed" | "likely-listed")
        || is_denied(answers[2])
        || is_denied(answers[3])
}

/// Cuts files at the given places and gives the first fault of each.
fn cut(files: Vec<(String, Vec<u8>)>, places: impl Fn(&[u8]) -> Vec<usize> + Sync) -> Vec<String> {
    let queue = Mutex::new(files);
    let faults = Mutex::new(Vec::new());
    let next = || queue.lock().expect("no thread panicked").pop();
    let work = || {
        while let Some((name, bytes)) = next() {
            let found = places(&bytes).into_iter().find_map(|at| {
                let answers = answers(&bytes[..at]);
                fault(&answers).then(|| format!("{name} cut at {at}: {answers:?}"))
            });
            faults.lock().expect("no thread panicked").extend(found);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    faults.into_inner().expect("no thread panicked")
}

#[test]
fn no_cut_of_a_form_with_an_end_turns_an_answer_round() {
    let faults = cut(files(SMALL), |bytes| (0..bytes.len()).collect());
    assert!(faults.is_empty(), "{faults:#?}");
}

/// As above, for files with many interactions and attributes, at fewer places.
#[test]
fn no_cut_of_a_large_file_turns_an_answer_round() {
    const CUTS: usize = 50;
    /// These have no end, so a cut between two lines does not show.
    const ENDLESS: [&str; 21] = [
        "by-endpoint.txt",
        "jq-paths.txt",
        "ruby-each.txt",
        "sqlite-ascii.txt",
        "two-headings.csv",
        "tree.txt",
        "table.rst",
        "checklist.md",
        "ruby-symbols.yaml",
        "lines.txt",
        "matrix.csv",
        "list.txt",
        "table.md",
        "directory-studio.csv",
        "python-yaml.txt",
        "mysql-vertical.txt",
        "cells.txt",
        "sqlite-box.txt",
        "powershell-table.txt",
        "columns.csv",
        "headed.txt",
    ];
    let with_end = files(FOLDER).into_iter().filter(|(name, _)| !ENDLESS.contains(&name.as_str())).collect();
    let faults = cut(with_end, |bytes| {
        let near = bytes.len().saturating_sub(40)..bytes.len();
        (1..bytes.len()).step_by(bytes.len() / CUTS + 1).chain(near).collect()
    });
    assert!(faults.is_empty(), "{faults:#?}");
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let mut width = 0;
        for byte in line.bytes() {
            let part = match byte {
                b'=' | 127.. | ..32 => format!("={byte:02X}"),
                _ => char::from(byte).to_string(),
            };
            if width + part.len() > 75 {
                out.push_str("=\n");
                width = 0;
            }
            width += part.len();
            out.push_str(&part);
        }
        out.push('\n');
    }
    out
}

fn each(text: &str, change: impl Fn(usize, &str) -> String) -> String {
    text.split('\n').enumerate().map(|(i, l)| change(i, l)).collect::<Vec<_>>().join("\n")
}

fn chunks(text: &str, width: usize) -> String {
    each(text, |_, l| {
        let chars: Vec<char> = l.chars().collect();
        chars.chunks(width).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn marked(text: &str, mark: &str) -> String {
    each(text, |_, l| if l.trim().is_empty() { l.to_owned() } else { format!("{mark} {l}") })
}

/// Breaks lines between words.
fn wrapped(text: &str, width: usize) -> String {
    each(text, |_, line| {
        let mut out = String::new();
        let mut column = 0;
        for word in line.split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if column > 0 && length > 0 && column + length > width {
                out = out.trim_end_matches(' ').to_owned() + "\n";
                column = 0;
                if word.trim().is_empty() {
                    continue;
                }
            }
            out.push_str(word);
            column += word.chars().count();
        }
        out.trim_end_matches(' ').to_owned()
    })
}

/// Turns pairs of quotes into curly ones.
fn curly(text: &str) -> String {
    each(text, |_, line| {
        let parts: Vec<&str> = line.split('"').collect();
        let paired = (parts.len() - 1) / 2 * 2;
        let mut out = String::new();
        for (i, part) in parts.iter().enumerate() {
            out.push_str(part);
            if i + 1 < parts.len() {
                out.push(if i >= paired {
                    '"'
                } else if i % 2 == 0 {
                    '\u{201C}'
                } else {
                    '\u{201D}'
                });
            }
        }
        out
    })
}

/// As Outlook writes a mail: each line is a paragraph.
fn paragraphs(text: &str) -> String {
    let line = |_: usize, l: &str| {
        format!("<p class=MsoNormal>{}</p>\r", if l.is_empty() { "&nbsp;".to_owned() } else { escaped(l) })
    };
    format!("<html><body>{}\n</body></html>", each(text, line))
}

fn mail(encoding: &str, body: &str) -> String {
    format!("From: a@client.example\nContent-Transfer-Encoding: {encoding}\n\n{body}")
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    chunks(&base64::engine::general_purpose::STANDARD.encode(text), 76)
}

fn rtf(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('{', "\\{").replace('}', "\\}").replace('\n', "\\par\n");
    format!("{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Calibri;}}}}\n{text}}}")
}

/// A name, and what it does to a text.
type Carrier = (&'static str, fn(&str) -> String);

/// What mail programs, trackers and editors do to a text.
const CARRIERS: &[Carrier] = &[
    ("crlf", |t| t.replace('\n', "\r\n")),
    ("quoted", |t| each(t, |_, l| format!("> {l}"))),
    ("quoted twice", |t| each(t, |_, l| format!(">> {l}"))),
    ("indented", |t| each(t, |_, l| format!("    {l}"))),
    ("indented by a tab", |t| each(t, |_, l| format!("\t{l}"))),
    ("fenced", |t| format!("```\n{t}\n```")),
    ("jira", |t| format!("{{code:java}}\n{t}\n{{code}}")),
    ("no-break spaces", |t| t.replace("  ", " \u{A0}").replace(": ", ":\u{A0}")),
    ("double-spaced", |t| t.replace('\n', "\n\n")),
    ("bullets", |t| marked(t, "\u{2022}")),
    ("dashes", |t| marked(t, "-")),
    ("numbered", |t| each(t, |i, l| format!("{:4}  {l}", i + 1))),
    ("broken at 76", |t| chunks(t, 76)),
    ("broken at 120", |t| chunks(t, 120)),
    ("wrapped at 72", |t| wrapped(t, 72)),
    ("curly quotes", curly),
    ("quoted-printable", quoted_printable),
    ("mail in quoted-printable", |t| mail("quoted-printable", &quoted_printable(t))),
    ("mail in base64", |t| mail("base64", &base64(t))),
    ("mail in HTML", |t| mail("quoted-printable", &quoted_printable(&paragraphs(t)))),
    ("html", |t| format!("<html><body><pre>{}</pre></body></html>", escaped(t))),
    ("html with breaks", |t| format!("<div>{}</div>", escaped(t).replace('\n', "<br>\n"))),
    ("rtf", rtf),
    ("a JSON string", |t| serde_json::json!({ "fields": { "description": t } }).to_string()),
    ("colours", |t| each(t, |_, l| format!("\u{1B}[32m{l}\u{1B}[0m"))),
    ("a letter around it", |t| {
        format!("Hi both,\n\nhere's what we got, don't know if it's right:\n\n{t}\n\nThanks,\nSam\n")
    }),
];

#[test]
fn no_carrier_turns_an_answer_round() {
    let (mut read, mut all) = (0, 0);
    for (name, bytes) in files(FOLDER).into_iter().chain(files(SMALL)) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if text.starts_with("PK") {
            continue;
        }
        for (carrier, carry) in CARRIERS {
            let said = answers(carry(&text).as_bytes());
            assert!(!fault(&said), "{name}, {carrier}: {said:?}");
            all += 1;
            read += usize::from(said[..3] == ["listed", "not-listed", "listed"]);
        }
    }
    assert!(read * 100 >= all * 85, "{read} of {all} are still read");
}

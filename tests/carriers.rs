//! Tickets as mail programs, trackers, editors and terminals hand them on: the answer must be the one of the ticket itself.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use proptest::prelude::*;
use why401::{Options, Pack, Verdict, diagnose};

type Carrier = fn(&str) -> String;

const MAIL: &str = "From: Sam Roe <sam@client.example>\r\nTo: desk@support.example\r\nSubject: 401 again\r\n\
                    Date: Tue, 03 Mar 2026 10:15:00 +0000\r\nMIME-Version: 1.0\r\n";

const CARRIERS: &[(&str, Carrier)] = &[
    ("line ends of Windows", |t| t.replace('\n', "\r\n")),
    ("quoted in a mail", |t| each_line(t, |l| format!("> {l}"))),
    ("indented", |t| each_line(t, |l| format!("    {l}"))),
    ("bullets", |t| each_line(t, |l| if l.trim().is_empty() { l.to_owned() } else { format!("\u{2022} {l}") })),
    ("numbered", |t| t.lines().enumerate().map(|(i, l)| format!("{:4}  {l}\n", i + 1)).collect()),
    ("colours", |t| each_line(t, |l| format!("\u{1b}[32m{l}\u{1b}[0m"))),
    ("quoted-printable", |t| String::from_utf8_lossy(&quoted_printable::encode(t)).into_owned()),
    ("mail in quoted-printable", |t| {
        let body = quoted_printable::encode(t);
        format!(
            "{MAIL}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
            String::from_utf8_lossy(&body)
        )
    }),
    ("mail in base64", |t| {
        let body = base64::engine::general_purpose::STANDARD.encode(t);
        let lines: Vec<&str> = body.as_bytes().chunks(76).filter_map(|c| std::str::from_utf8(c).ok()).collect();
        format!(
            "{MAIL}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            lines.join("\r\n")
        )
    }),
    ("mail in HTML", |t| {
        let page: String = t.lines().map(|l| format!("<p class=MsoNormal>{}</p>\r\n", escaped(l))).collect();
        format!("{MAIL}Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{page}</body></html>")
    }),
    ("HTML", |t| format!("<div>{}</div>", escaped(t).replace('\n', "<br>\n"))),
    ("RTF", |t| {
        let mut out = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Calibri;}}\n\\f0\\fs22 ".to_owned();
        for c in t.chars() {
            match c {
                '\\' | '{' | '}' => out.extend(['\\', c]),
                '\n' => out.push_str("\\par\n"),
                c if c.is_ascii() => out.push(c),
                c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                    let _ = write!(out, "\\u{unit}?");
                }),
            }
        }
        out + "}"
    }),
    ("a tracker's record", |t| {
        serde_json::json!({ "key": "SUP-1", "fields": { "summary": "401 again", "description": t } }).to_string()
    }),
    ("cut at 76 columns", |t| cut(t, 76)),
    ("cut at 120 columns", |t| cut(t, 120)),
    ("broken at 72 columns", |t| each_line(t, |l| broken(l, 72))),
];

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|l| change(l) + "\n").collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#x27;")
}

fn cut(text: &str, width: usize) -> String {
    each_line(text, |l| {
        let chars: Vec<char> = l.chars().collect();
        let parts: Vec<String> = chars.chunks(width).map(|c| c.iter().collect()).collect();
        parts.join("\n")
    })
}

fn broken(line: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for word in line.split(' ') {
        let len = word.chars().count();
        if used > 0 && used + 1 + len > width {
            out.push('\n');
            used = 0;
        } else if used > 0 || !out.is_empty() {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += len;
    }
    out
}

/// The causes of a text that are likely at least, best first.
fn causes(text: &str, pack: &Pack) -> Vec<(String, Verdict)> {
    let diagnosis = diagnose(text.as_bytes(), pack, &Options::default());
    let found = diagnosis.exchanges.iter().flat_map(|e| &e.causes);
    let mut found: Vec<_> = found.filter(|c| c.verdict <= Verdict::Likely).map(|c| (c.id.clone(), c.verdict)).collect();
    found.sort_by_key(|(_, verdict)| *verdict);
    found
}

#[test]
fn what_carried_a_ticket_does_not_change_its_answer() {
    let pack = Pack::builtin().expect("the built-in rules load");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tickets");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of tickets")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        // The source of a mail is in its carrier already.
        .filter(|path| !path.file_name().unwrap_or_default().to_string_lossy().starts_with("mail-"))
        .collect();
    files.sort();
    assert!(files.len() >= 10, "only {} tickets", files.len());
    let mut changed = Vec::new();
    let mut tried = 0_usize;
    for file in &files {
        let text = fs::read_to_string(file).expect("a ticket");
        let plain = causes(&text, &pack);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (carrier, carry) in CARRIERS {
            // The heads of a thread are looked for in the paste itself, where a mark is in front of them.
            if name.starts_with("thread-") && matches!(*carrier, "bullets" | "numbered") {
                continue;
            }
            tried += 1;
            let carried = causes(&carry(&text), &pack);
            // A carrier may hide something; it must not make something certain.
            let is_new = carried.iter().any(|c| !plain.iter().any(|p| p.0 == c.0));
            assert!(!is_new, "{name}, {carrier}: {carried:?}, and plainly {plain:?}");
            if carried.first().map(|c| &c.0) != plain.first().map(|c| &c.0) {
                changed.push(format!("{name}, {carrier}: {carried:?}, and plainly {plain:?}"));
            }
        }
    }
    assert!(changed.len() * 50 <= tried, "{} of {tried} changed:\n{}", changed.len(), changed.join("\n"));
}

/// A request that was accepted has no fault, however it is handed on.
#[test]
fn an_accepted_request_stays_accepted_in_any_carrier() {
    let pack = Pack::builtin().expect("the built-in rules load");
    let config = ProptestConfig { cases: 12, ..ProptestConfig::default() };
    let status = prop::sample::select(vec!["200 OK", "201 Created", "204 No Content"]);
    proptest!(config, |(token in "[a-z][0-9][A-Z][A-Za-z0-9]{25}", order in 1..9_999_u32, status in status)| {
        let text = format!(
            "GET /orders/{order} HTTP/1.1\nHost: api.example\nAuthorization: Bearer {token}\nAccept: */*\n\n\
             HTTP/1.1 {status}\nDate: Tue, 03 Mar 2026 10:11:12 GMT\nContent-Type: application/json\n\n"
        );
        for (carrier, carry) in CARRIERS {
            let found = causes(&carry(&text), &pack);
            prop_assert!(found.is_empty(), "{}: {:?}\n{}", carrier, found, text);
        }
    });
}

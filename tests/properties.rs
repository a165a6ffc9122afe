//! What must be true of any text: the same report each time, and no settled verdict that one more fact turns over.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use why401::{Diagnosis, Options, Pack, ReportForm, TextStyle, Verdict};

/// The tickets of the repository.
fn tickets() -> Vec<String> {
    let folder = fs::read_dir("tests/tickets").expect("the folder of tickets");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let is_text = |path: &&std::path::PathBuf| path.extension().is_some_and(|e| e == "txt");
    paths.iter().filter(is_text).map(|path| fs::read_to_string(path).expect("a ticket")).collect()
}

fn report(diagnosis: &Diagnosis) -> String {
    let mut out = Vec::new();
    why401::write_text(&mut out, diagnosis, &TextStyle::default()).expect("a vector takes it");
    for form in ReportForm::ALL {
        form.write(&mut out, &[("ticket.txt", diagnosis)]).expect("a vector takes it");
    }
    String::from_utf8(out).expect("UTF-8")
}

/// The causes of each exchange that are confirmed or ruled out.
fn settled(diagnosis: &Diagnosis) -> BTreeMap<(usize, String), bool> {
    let mut settled = BTreeMap::new();
    for (number, exchange) in diagnosis.exchanges.iter().enumerate() {
        for cause in exchange.causes.iter().filter(|cause| cause.verdict == Verdict::Confirmed) {
            settled.insert((number, cause.id.clone()), true);
        }
        for ruled_out in &exchange.ruled_out {
            settled.insert((number, ruled_out.id.clone()), false);
        }
    }
    settled
}

/// A ticket with a line less, doubled, or in another place.
fn changed(ticket: &str, from: usize, to: usize, how: usize) -> String {
    let mut lines: Vec<&str> = ticket.lines().collect();
    let (from, to) = (from % lines.len().max(1), to % lines.len().max(1));
    match how {
        0 => drop(lines.remove(from)),
        1 => lines.insert(to, lines[from]),
        2 => lines.swap(from, to),
        _ => lines.truncate(from + 1),
    }
    lines.join("\n")
}

#[test]
fn the_same_text_has_the_same_report() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let again = Pack::builtin().expect("the built-in packs load");
    let tickets = tickets();
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(at in 0..tickets.len(), from in 0..200_usize, to in 0..200_usize, how in 0..4_usize)| {
        let text = changed(&tickets[at], from, to, how);
        let once = report(&why401::diagnose(text.as_bytes(), &pack, &Options::default()));
        let twice = report(&why401::diagnose(text.as_bytes(), &again, &Options::default()));
        prop_assert_eq!(once, twice);
    });
}

#[test]
fn one_more_fact_turns_no_settled_verdict_over() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let tickets = tickets();
    // An ASID that the text does not give, and today's date, which must not make a token expired.
    let later = SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000);
    let learned = [Options::default().asid("200000123456"), Options::default().clock(later)];
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(at in 0..tickets.len(), from in 0..200_usize, to in 0..200_usize, how in 0..4_usize)| {
        let text = changed(&tickets[at], from, to, how);
        let before = settled(&why401::diagnose(text.as_bytes(), &pack, &Options::default()));
        for options in &learned {
            let behind = settled(&why401::diagnose(text.as_bytes(), &pack, options));
            for (cause, holds) in &before {
                let turned = behind.get(cause).is_some_and(|now| now != holds);
                prop_assert!(!turned, "{:?} is turned over by {:?}:\n{}", cause, options, text);
            }
        }
    });
}

/// Characters that a terminal obeys, and ways to write them that a reader undoes.
const UNSEEN: &[&str] = &[
    "\u{8}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{200b}",
    "\u{9b}31m",
    "=08",
    "=1B",
    "\\u0008",
    "\\u202e",
    "&#8;",
    "%08",
    "\\x1b[2J",
];

#[test]
fn no_report_has_a_character_that_a_terminal_obeys() {
    let pack = Pack::builtin().expect("the built-in packs load");
    let tickets = tickets();
    let config = ProptestConfig { cases: 48, ..ProptestConfig::default() };
    proptest!(config, |(at in 0..tickets.len(), place in 0..4_000_usize, unseen in 0..UNSEEN.len(), carried: bool)| {
        let ticket = if carried {
            String::from_utf8_lossy(&quoted_printable::encode(&tickets[at])).replace("\r\n", "\n")
        } else {
            tickets[at].clone()
        };
        let mut text = ticket;
        // Not in the middle of an escape of the carrier.
        let place = text.floor_char_boundary(place % (text.len() + 1));
        let place = text[..place].rfind(|c: char| c.is_ascii_lowercase()).map_or(0, |i| i + 1);
        text.insert_str(place, UNSEEN[unseen]);
        let diagnosis = why401::diagnose(text.as_bytes(), &pack, &Options::default());
        let mut out = report(&diagnosis).into_bytes();
        why401::write_screen(&mut out, &diagnosis, &TextStyle::default()).expect("a vector takes it");
        why401::write_summary(&mut out, &diagnosis, &TextStyle::default()).expect("a vector takes it");
        for markup in why401::MessageMarkup::ALL {
            why401::write_ticket(&mut out, &diagnosis, &pack, markup).expect("a vector takes it");
            why401::write_reply(&mut out, &diagnosis, markup).expect("a vector takes it");
        }
        let out = String::from_utf8(out).expect("UTF-8");
        let obeyed = out.chars().find(|c| c.is_control() && *c != '\n' || "\u{202e}\u{200b}".contains(*c));
        prop_assert!(obeyed.is_none(), "{:?} of {:?}:\n{}", obeyed, UNSEEN[unseen], text);
    });
}

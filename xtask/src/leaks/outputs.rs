//! Everything that the program prints about a paste, each output with its name. Only the public interface is used.
//!
//! Forms come from the tables of the library (`ReportForm::ALL`, `MessageMarkup::ALL`). `xtask/tests/leaks.rs` fails if the
//! library has a function that writes a report, or the program a command, and this file does not call it.

use std::ffi::OsString;

use why401::cli::{self, Streams};
use why401::{Diagnosis, MessageMarkup, Options, Pack, ReportForm, TextStyle};

/// The name of an output, and its text.
pub type Output = (String, String);

/// Every report of a diagnosis.
#[must_use]
pub fn of_diagnosis(diagnosis: &Diagnosis, pack: &Pack) -> Vec<Output> {
    let mut outputs = Vec::new();
    for plain in [false, true] {
        let style = TextStyle { plain, ..TextStyle::default() };
        let named = |name: &str| if plain { format!("{name}, plain") } else { name.to_owned() };
        outputs.push((named("text"), written(|out| why401::write_text(out, diagnosis, &style))));
        outputs.push((named("screen"), written(|out| why401::write_screen(out, diagnosis, &style))));
        outputs.push((named("causes"), written(|out| why401::write_causes(out, diagnosis, &style))));
        outputs.push((named("summary"), written(|out| why401::write_summary(out, diagnosis, &style))));
    }
    for form in ReportForm::ALL {
        outputs.push((format!("{form:?}"), written(|out| form.write(out, &[("ticket.txt", diagnosis)]))));
    }
    outputs.push(("view".into(), written(|out| why401::write_view(out, diagnosis))));
    outputs.push(("covered".into(), diagnosis.paste.covered()));
    for markup in MessageMarkup::ALL {
        let ticket = written(|out| why401::write_ticket(out, diagnosis, pack, markup));
        outputs.push((format!("ticket, {markup:?}"), ticket));
        outputs.push((format!("reply, {markup:?}"), written(|out| why401::write_reply(out, diagnosis, markup))));
    }
    outputs
}

/// The facts of a paste.
#[must_use]
pub fn of_facts(paste: &[u8], pack: &Pack) -> Vec<Output> {
    let seen = why401::seen(paste, pack, &Options::default());
    vec![
        ("facts".into(), written(|out| why401::write_facts(out, &seen, &TextStyle::default()))),
        ("facts as JSON".into(), written(|out| why401::write_facts_json(out, &seen, "ticket.txt"))),
    ]
}

/// The comparison with a request that worked; nothing if one of the two shows no request.
#[must_use]
pub fn of_comparison(good: &[u8], paste: &[u8], pack: &Pack) -> Vec<Output> {
    let Some(compared) = why401::compare(good, paste, pack, &Options::default()) else { return Vec::new() };
    let style = TextStyle::default();
    vec![
        ("compare".into(), written(|out| why401::write_comparison(out, &compared, ("a", "b"), &style))),
        ("compare as JSON".into(), written(|out| why401::write_comparison_json(out, &compared, ("a", "b")))),
    ]
}

/// What `why401 redact` prints.
#[must_use]
pub fn masked(paste: &[u8], pack: &Pack) -> String {
    let masked = why401::Masker::new(&[], &[]).mask(paste, pack);
    String::from_utf8_lossy(&masked.bytes).into_owned()
}

/// Commands that read a paste and have no function in the library, each with its arguments.
const COMMANDS: &[&[&str]] = &[
    &["bulk", "-"],
    &["bulk", "--format", "jsonl", "-"],
    &["check", "-"],
    &["check", "--format", "github", "-"],
    &["check", "--format", "junit", "-"],
    &["check", "--format", "jsonl", "-"],
    &["redact", "--check", "-"],
];

/// What the commands of the program print about a paste. Each number runs one of them.
#[must_use]
pub fn of_commands(paste: &[u8], number: usize) -> Vec<Output> {
    let arguments = COMMANDS[number % COMMANDS.len()];
    vec![(arguments.join(" "), run_on(arguments, paste))]
}

/// What the program prints with these arguments, on both streams.
#[must_use]
pub fn run(arguments: &[&str]) -> String {
    run_on(arguments, &[])
}

/// The same with this text as standard input.
#[must_use]
pub fn run_on(arguments: &[&str], mut stdin: &[u8]) -> String {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let stdin_is_terminal = stdin.is_empty();
    let mut streams = Streams { stdin_is_terminal, ..Streams::alone(&mut stdin, &mut out, &mut errors) };
    let arguments = ["why401"].iter().chain(arguments).map(OsString::from);
    cli::run(arguments, &mut streams);
    String::from_utf8_lossy(&[out, errors].concat()).into_owned()
}

fn written<E>(write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> String {
    let mut out = Vec::new();
    // A vector takes everything.
    let _ = write(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

//! Everything that the program prints about a paste, each output with its name. Only the public interface is used.
//!
//! Forms come from the tables of the library (`ReportForm::ALL`, `MessageMarkup::ALL`). `xtask/tests/leaks.rs` fails if the
//! library has a function that writes a report, or the program a command, and this file does not call it.

use std::ffi::OsString;

use serde_json::{Value, json};
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
    let text = String::from_utf8_lossy(paste);
    let outputs = |name: &str, messages: &[u8]| vec![(name.to_owned(), run_on(&[name], messages))];
    match number % (COMMANDS.len() + 2) {
        0 => outputs("mcp", &of_agent(&text)),
        1 => outputs("lsp", &of_editor(&text)),
        other => {
            let arguments = COMMANDS[other - 2];
            vec![(arguments.join(" "), run_on(arguments, paste))]
        }
    }
}

/// Calls of every tool, also with the paste in the place of other arguments.
fn of_agent(text: &str) -> Vec<u8> {
    let side = json!({ "text": text });
    let calls = [
        ("diagnose", json!({ "text": text, "detail": "full" })),
        ("redact", json!({ "text": text })),
        ("product_set", json!({ "text": text })),
        ("compare", json!({ "working": side, "failing": side, "detail": "full" })),
        ("explain", json!({ "cause": text })),
        ("explain", json!({ "words": text })),
        ("diagnose", json!({ "path": text })),
        ("diagnose", json!({ text: text })),
        (text, json!({})),
    ];
    let mut messages = Vec::new();
    for (number, (name, arguments)) in calls.iter().enumerate() {
        let parameters = json!({ "name": name, "arguments": arguments });
        let call = json!({ "jsonrpc": "2.0", "id": number, "method": "tools/call", "params": parameters });
        messages.extend(format!("{call}\n").bytes());
    }
    messages
}

/// A document that is opened, with questions about each of its lines.
fn of_editor(text: &str) -> Vec<u8> {
    let document = json!({ "uri": "file:///ticket.txt", "version": 1, "languageId": "plaintext", "text": text });
    let mut all = vec![
        json!({ "id": 0, "method": "initialize", "params": { "capabilities": {} } }),
        json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }),
    ];
    let uri = json!({ "uri": "file:///ticket.txt" });
    for line in 0..text.lines().count().min(40) {
        let place = |column: usize| json!({ "line": line, "character": column });
        let range = json!({ "start": place(0), "end": place(1_000) });
        let ask = |method: &str, number: usize, mut parameters: Value| {
            parameters["textDocument"] = uri.clone();
            json!({ "id": number, "method": method, "params": parameters })
        };
        all.push(ask("textDocument/hover", 2 * line + 1, json!({ "position": place(20) })));
        all.push(ask(
            "textDocument/codeAction",
            2 * line + 2,
            json!({ "range": range, "context": { "diagnostics": [] } }),
        ));
    }
    let mut messages = Vec::new();
    for message in &mut all {
        message["jsonrpc"] = "2.0".into();
        let text = message.to_string();
        messages.extend(format!("Content-Length: {}\r\n\r\n{text}", text.len()).bytes());
    }
    messages
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

//! Reads messages and writes answers. Documents are diagnosed on a thread of their own, once the editor has paused; the newest
//! version wins, and a question about a document is answered from that version.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::document::{Analysis, OpenDocument};
use super::findings;
use super::fixes::changes;
use super::place::{ColumnUnit, PlaceIndex, offset};
use crate::diagnosis::diagnose;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::report::issues::issues;

/// How long an editor must pause before a document is diagnosed.
const PAUSE: Duration = Duration::from_millis(200);

/// Longer documents are not diagnosed.
const MOST_BYTES: usize = 64 << 20;

/// What is asked about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AskKind {
    Hover,
    Fixes,
}

/// A question that waits.
#[derive(Debug)]
struct WaitingAsk {
    id: RequestId,
    kind: AskKind,
    uri: String,
    parameters: Value,
}

/// What the threads share.
#[derive(Default)]
struct Workspace {
    documents: HashMap<String, OpenDocument>,
    asks: VecDeque<WaitingAsk>,
    unit: ColumnUnit,
    is_closed: bool,
}

struct Server<'s> {
    workspace: Mutex<Workspace>,
    news: Condvar,
    out: Mutex<&'s mut (dyn Write + Send)>,
}

/// What the worker does next.
enum Step {
    Answer(WaitingAsk),
    Diagnose(String),
    End,
}

impl Server<'_> {
    fn workspace(&self) -> MutexGuard<'_, Workspace> {
        self.workspace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a message. An editor that no longer reads closes the input, too.
    fn send(&self, message: impl Into<Message>) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let message: Message = message.into();
        let _ = message.write(&mut *out).and_then(|()| out.flush());
    }

    fn error(&self, id: RequestId, code: ErrorCode, says: &str) {
        self.send(Response::new_err(id, code as i32, says.to_owned()));
    }
}

/// Serves until the editor says `exit` or its messages end. True if it said `shutdown` before.
///
/// # Errors
/// The input cannot be read, or is not made of messages of the protocol.
pub(crate) fn serve(
    input: &mut dyn Read,
    out: &mut (dyn Write + Send),
    pack: &Pack,
    options: &Options,
) -> io::Result<bool> {
    let server = Server { workspace: Mutex::default(), news: Condvar::new(), out: Mutex::new(out) };
    thread::scope(|scope| {
        scope.spawn(|| work(&server, pack, options));
        let read = read(input, &server);
        server.workspace().is_closed = true;
        server.news.notify_all();
        read
    })
}

fn read(input: &mut dyn Read, server: &Server<'_>) -> io::Result<bool> {
    let mut input = io::BufReader::new(input);
    let mut is_shut_down = false;
    loop {
        // The message of the error would quote the text.
        let message = Message::read(&mut input).map_err(|error| io::Error::from(error.kind()))?;
        match message {
            None => return Ok(is_shut_down),
            Some(Message::Notification(note)) if note.method == "exit" => return Ok(is_shut_down),
            Some(Message::Request(request)) if request.method == "shutdown" => {
                is_shut_down = true;
                server.send(Response::new_ok(request.id, Value::Null));
            }
            Some(Message::Request(request)) => ask(request, server),
            Some(Message::Notification(note)) => tell(note, server),
            // Nothing is asked of the editor.
            Some(Message::Response(_)) => {}
        }
    }
}

fn ask(request: Request, server: &Server<'_>) {
    let kind = match request.method.as_str() {
        "initialize" => return server.send(Response::new_ok(request.id, initialized(&request.params, server))),
        "textDocument/hover" => AskKind::Hover,
        "textDocument/codeAction" => AskKind::Fixes,
        _ => return server.error(request.id, ErrorCode::MethodNotFound, "there is no such method"),
    };
    let uri = request.params["textDocument"]["uri"].as_str().unwrap_or_default().to_owned();
    server.workspace().asks.push_back(WaitingAsk { id: request.id, kind, uri, parameters: request.params });
    server.news.notify_all();
}

/// The abilities of the server, with the unit of columns that both sides know.
fn initialized(parameters: &Value, server: &Server<'_>) -> Value {
    let offered = parameters["capabilities"]["general"]["positionEncodings"].as_array();
    let has_bytes = offered.is_some_and(|all| all.iter().any(|word| word == ColumnUnit::Byte.word()));
    let unit = if has_bytes { ColumnUnit::Byte } else { ColumnUnit::Utf16 };
    server.workspace().unit = unit;
    json!({
        "capabilities": {
            "positionEncoding": unit.word(),
            "textDocumentSync": { "openClose": true, "change": 2 },
            "hoverProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        },
        "serverInfo": { "name": "why401", "version": env!("CARGO_PKG_VERSION") },
    })
}

fn tell(note: Notification, server: &Server<'_>) {
    let parameters = note.params;
    let document = &parameters["textDocument"];
    let Some(uri) = document["uri"].as_str() else {
        if note.method == "$/cancelRequest" {
            cancel(&parameters["id"], server);
        }
        return;
    };
    let version = document["version"].as_i64().unwrap_or(0);
    let mut workspace = server.workspace();
    match note.method.as_str() {
        "textDocument/didOpen" => {
            let text = document["text"].as_str().unwrap_or_default().to_owned();
            // A document that was just opened is shown at once.
            let before = Instant::now().checked_sub(PAUSE).unwrap_or_else(Instant::now);
            workspace.documents.insert(uri.to_owned(), OpenDocument::new(version, text, before));
        }
        "textDocument/didChange" => {
            let unit = workspace.unit;
            let edits = parameters["contentChanges"].as_array().map_or(&[][..], Vec::as_slice);
            if let Some(document) = workspace.documents.get_mut(uri) {
                document.change(version, edits, unit, Instant::now());
            }
        }
        "textDocument/didClose" => {
            workspace.documents.remove(uri);
            drop(workspace);
            publish(&json!({ "uri": uri, "diagnostics": [] }), server);
            return;
        }
        _ => return,
    }
    server.news.notify_all();
}

fn cancel(id: &Value, server: &Server<'_>) {
    let Ok(id) = serde_json::from_value::<RequestId>(id.clone()) else { return };
    let mut workspace = server.workspace();
    let waiting = workspace.asks.iter().position(|ask| ask.id == id);
    if let Some(ask) = waiting.and_then(|at| workspace.asks.remove(at)) {
        drop(workspace);
        server.error(ask.id, ErrorCode::RequestCanceled, "cancelled");
    }
}

fn publish(findings: &Value, server: &Server<'_>) {
    server.send(Notification::new("textDocument/publishDiagnostics".to_owned(), findings));
}

fn work(server: &Server<'_>, pack: &Pack, options: &Options) {
    loop {
        match step(server) {
            Step::End => return,
            Step::Diagnose(uri) => {
                analysis(&uri, server, pack, options);
            }
            Step::Answer(ask) => {
                let answer = analysis(&ask.uri, server, pack, options).map(|analysis| answer(&ask, &analysis, server));
                server.send(Response::new_ok(ask.id, answer.flatten().unwrap_or(Value::Null)));
            }
        }
    }
}

/// Waits for what is to be done next: questions first, then the documents that have not changed for a while.
fn step(server: &Server<'_>) -> Step {
    let mut workspace = server.workspace();
    loop {
        if let Some(ask) = workspace.asks.pop_front() {
            return Step::Answer(ask);
        }
        if workspace.is_closed {
            return Step::End;
        }
        let stale = workspace.documents.iter().filter(|(_, document)| document.is_stale);
        let oldest =
            stale.min_by_key(|(_, document)| document.changed).map(|(uri, document)| (uri.clone(), document.changed));
        let wait = match oldest {
            Some((uri, changed)) => match (changed + PAUSE).checked_duration_since(Instant::now()) {
                None => return Step::Diagnose(uri),
                Some(left) if left.is_zero() => return Step::Diagnose(uri),
                Some(left) => left,
            },
            None => Duration::from_secs(3600),
        };
        workspace = server.news.wait_timeout(workspace, wait).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// What was found in the newest version of a document; made and published if it is not there. `None` if it is not open, or
/// changed meanwhile.
fn analysis(uri: &str, server: &Server<'_>, pack: &Pack, options: &Options) -> Option<Arc<Analysis>> {
    let (version, text, unit) = {
        let mut workspace = server.workspace();
        let unit = workspace.unit;
        let document = workspace.documents.get_mut(uri)?;
        if let Some(analysis) = document.analysis.as_ref().filter(|_| !document.is_stale) {
            return Some(Arc::clone(analysis));
        }
        document.is_stale = false;
        (document.version, Arc::clone(&document.text), unit)
    };
    if text.len() > MOST_BYTES {
        return None;
    }
    // A panic costs the findings of this version.
    let diagnosis = catch_unwind(AssertUnwindSafe(|| diagnose(text.as_bytes(), pack, options))).ok()?;
    let analysis = Arc::new(Analysis { version, text, diagnosis });
    {
        let mut workspace = server.workspace();
        let document = workspace.documents.get_mut(uri)?;
        if document.version != version || document.is_stale {
            return None;
        }
        document.analysis = Some(Arc::clone(&analysis));
    }
    publish(&findings::published(uri, &analysis, unit), server);
    Some(analysis)
}

fn answer(ask: &WaitingAsk, analysis: &Analysis, server: &Server<'_>) -> Option<Value> {
    let unit = server.workspace().unit;
    let place = |place: &Value| offset(&analysis.text, place, unit);
    match ask.kind {
        AskKind::Hover => findings::hover(analysis, place(&ask.parameters["position"]), unit),
        AskKind::Fixes => {
            let range = &ask.parameters["range"];
            Some(fixes(&ask.uri, analysis, place(&range["start"])..place(&range["end"]), unit))
        }
    }
}

/// The corrections of the requests that have a finding in this range.
fn fixes(uri: &str, analysis: &Analysis, range: std::ops::Range<usize>, unit: ColumnUnit) -> Value {
    if !analysis.has_places() {
        return json!([]);
    }
    let places = PlaceIndex::new(&analysis.text, unit);
    let all = issues("", &analysis.diagnosis);
    let mut actions = Vec::new();
    for exchange in analysis.diagnosis.exchanges.iter().filter(|e| e.superseded_by.is_none()) {
        let is_here = |start: usize, end: usize| start <= range.end && range.start <= end;
        let of_it =
            all.iter().filter(|issue| exchange.at.start <= issue.span.start && issue.span.start <= exchange.at.end);
        let here: Vec<Value> = of_it
            .filter(|issue| is_here(issue.span.start, issue.span.end))
            .map(|issue| findings::finding(issue, analysis, &places))
            .collect();
        if here.is_empty() {
            continue;
        }
        let edits: Vec<Value> = changes(exchange, &analysis.text)
            .into_iter()
            .map(|change| json!({ "range": places.range(change.range), "newText": change.new }))
            .collect();
        if edits.is_empty() {
            continue;
        }
        actions.push(json!({
            "title": "Write the correction of this request",
            "kind": "quickfix",
            "diagnostics": here,
            "isPreferred": true,
            "edit": { "changes": { uri: edits } },
        }));
    }
    Value::Array(actions)
}

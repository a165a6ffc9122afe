//! Reads messages and writes answers. Documents are diagnosed on a thread of their own, once the editor has paused.
//!
//! A page is asked for whenever the pointer rests, so it comes from the newest version that was diagnosed, at once: the edits
//! since then say where its places are now. A correction must fit the text, so it waits for the version that it is asked for.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::document::{Analysis, FoundBefore, OpenDocument};
use super::findings;
use super::place::{ColumnUnit, byte};
use crate::diagnosis::diagnose;
use crate::options::Options;
use crate::pack::model::Pack;

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

struct Server {
    workspace: Mutex<Workspace>,
    news: Condvar,
    /// To the thread that writes; `None` is the end. Who sends never waits for an editor that does not read, so messages can
    /// be sent in the order in which documents change.
    out: Sender<Option<Message>>,
}

/// What the worker does next.
enum Step {
    Answer(WaitingAsk),
    Diagnose(String),
    End,
}

impl Server {
    fn workspace(&self) -> MutexGuard<'_, Workspace> {
        self.workspace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a message. An editor that no longer reads closes the input, too.
    fn send(&self, message: impl Into<Message>) {
        let _ = self.out.send(Some(message.into()));
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
    let (sender, messages) = mpsc::channel::<Option<Message>>();
    let server = Server { workspace: Mutex::default(), news: Condvar::new(), out: sender };
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut out = out;
            for message in messages.into_iter().map_while(|message| message) {
                let _ = message.write(&mut out).and_then(|()| out.flush());
            }
        });
        let worker = scope.spawn(|| work(&server, pack, options));
        let read = read(input, &server);
        server.workspace().is_closed = true;
        server.news.notify_all();
        let _ = worker.join();
        let _ = server.out.send(None);
        read
    })
}

fn read(input: &mut dyn Read, server: &Server) -> io::Result<bool> {
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

fn ask(request: Request, server: &Server) {
    let kind = match request.method.as_str() {
        "initialize" => return server.send(Response::new_ok(request.id, initialized(&request.params, server))),
        "textDocument/hover" => AskKind::Hover,
        "textDocument/codeAction" => AskKind::Fixes,
        _ => return server.error(request.id, ErrorCode::MethodNotFound, "there is no such method"),
    };
    let uri = request.params["textDocument"]["uri"].as_str().unwrap_or_default().to_owned();
    let ask = WaitingAsk { id: request.id, kind, uri, parameters: request.params };
    let mut workspace = server.workspace();
    let unit = workspace.unit;
    let document = workspace.documents.get(&ask.uri);
    let can_wait = ask.kind == AskKind::Fixes && document.is_some_and(|d| d.is_stale || d.is_edited());
    match document.and_then(|document| document.found(unit)).filter(|_| !can_wait) {
        Some(found) => {
            let answer = answer(&ask, &found);
            drop(workspace);
            server.send(Response::new_ok(ask.id, answer));
        }
        None => {
            workspace.asks.push_back(ask);
            drop(workspace);
            server.news.notify_all();
        }
    }
}

/// The abilities of the server, with the unit of columns that both sides know.
fn initialized(parameters: &Value, server: &Server) -> Value {
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

fn tell(note: Notification, server: &Server) {
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
            let text = document["text"].as_str().unwrap_or_default();
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
            publish(&json!({ "uri": uri, "diagnostics": [] }), server);
            return;
        }
        _ => return,
    }
    server.news.notify_all();
}

fn cancel(id: &Value, server: &Server) {
    let Ok(id) = serde_json::from_value::<RequestId>(id.clone()) else { return };
    let mut workspace = server.workspace();
    let waiting = workspace.asks.iter().position(|ask| ask.id == id);
    if let Some(ask) = waiting.and_then(|at| workspace.asks.remove(at)) {
        drop(workspace);
        server.error(ask.id, ErrorCode::RequestCanceled, "cancelled");
    }
}

fn publish(findings: &Value, server: &Server) {
    server.send(Notification::new("textDocument/publishDiagnostics".to_owned(), findings));
}

fn work(server: &Server, pack: &Pack, options: &Options) {
    loop {
        match step(server) {
            Step::End => return,
            Step::Diagnose(uri) => {
                analysis(&uri, server, pack, options);
            }
            Step::Answer(ask) => {
                analysis(&ask.uri, server, pack, options);
                let workspace = server.workspace();
                let document = workspace.documents.get(&ask.uri);
                // A text that was edited meanwhile has no correction yet: the editor asks again.
                let document = document.filter(|document| ask.kind == AskKind::Hover || !document.is_edited());
                let found = document.and_then(|document| document.found(workspace.unit));
                let answer = found.map_or(Value::Null, |found| answer(&ask, &found));
                drop(workspace);
                server.send(Response::new_ok(ask.id, answer));
            }
        }
    }
}

/// Waits for what is to be done next: questions first, then the documents that have not changed for a while.
fn step(server: &Server) -> Step {
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

/// Diagnoses the newest version of a document, if that was not done yet, and publishes what was found.
fn analysis(uri: &str, server: &Server, pack: &Pack, options: &Options) -> Option<()> {
    let text = {
        let mut workspace = server.workspace();
        let document = workspace.documents.get_mut(uri).filter(|document| document.is_stale)?;
        document.take()
    };
    if text.len_bytes() > MOST_BYTES {
        return None;
    }
    let text = text.to_string();
    // A panic costs the findings of this version.
    let diagnosis = catch_unwind(AssertUnwindSafe(|| diagnose(text.as_bytes(), pack, options))).ok()?;
    let analysis = Arc::new(Analysis::new(&text, diagnosis));
    // They are sent while the document is locked, so that those of a closed one cannot come after its end.
    let mut workspace = server.workspace();
    let unit = workspace.unit;
    let document = workspace.documents.get_mut(uri)?;
    if !document.give(analysis) {
        return None;
    }
    let findings = document.found(unit).map(|found| findings::published(uri, document.version, &found))?;
    publish(&findings, server);
    Some(())
}

fn answer(ask: &WaitingAsk, found: &FoundBefore<'_>) -> Value {
    let place = |place: &Value| byte(found.text, place, found.unit);
    match ask.kind {
        AskKind::Hover => findings::hover(place(&ask.parameters["position"]), found).unwrap_or(Value::Null),
        AskKind::Fixes => {
            let range = &ask.parameters["range"];
            findings::fixes(&ask.uri, place(&range["start"])..place(&range["end"]), found)
        }
    }
}

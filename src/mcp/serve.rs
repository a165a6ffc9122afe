//! Reads requests, one a line, and writes answers. Tools run on threads of their own, so that a request can be cancelled and a
//! `ping` is answered while another one runs. One call runs at a time; one that was cancelled holds up no other.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::{Value, json};

use super::InputFiles;
use super::call::{call, safe};
use super::protocol::{self, RpcError};
use super::tools::{self, AgentTool};
use crate::nearest::nearest;
use crate::pack::model::Pack;

/// The longest message. Longer texts are given by path.
const MOST_BYTES: u64 = 64 << 20;

/// The threads that run calls: one for the call whose answer is wanted, the others for those that were cancelled and have not
/// ended yet.
const WORKERS: usize = 4;

/// The most calls that wait.
const MOST_WAITING: usize = 1_000;

/// A call of a tool that waits.
struct WaitingCall {
    id: Value,
    tool: AgentTool,
    arguments: Value,
}

/// A call that runs.
struct RunningCall {
    id: Value,
    /// Whether its answer is no longer wanted.
    is_cancelled: bool,
}

/// What waits, what each worker runs, and whether more can come.
#[derive(Default)]
struct Desk {
    waiting: VecDeque<WaitingCall>,
    running: [Option<RunningCall>; WORKERS],
    is_closed: bool,
}

/// The threads' common state.
struct Office<'o> {
    desk: Mutex<Desk>,
    news: Condvar,
    out: Mutex<&'o mut (dyn Write + Send)>,
}

impl Office<'_> {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a message. A client that no longer reads ends the run when its input ends.
    fn send(&self, message: &Value) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(out, "{message}").and_then(|()| out.flush());
    }
}

/// Serves until the input ends.
///
/// # Errors
/// The input cannot be read.
pub(crate) fn serve(
    input: &mut dyn Read,
    out: &mut (dyn Write + Send),
    pack: &Pack,
    files: &InputFiles<'_>,
) -> io::Result<()> {
    let office = Office { desk: Mutex::default(), news: Condvar::new(), out: Mutex::new(out) };
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            let office = &office;
            scope.spawn(move || work(worker, office, pack, files));
        }
        let read = read(input, &office);
        office.desk().is_closed = true;
        office.news.notify_all();
        read
    })
}

fn read(input: &mut dyn Read, office: &Office<'_>) -> io::Result<()> {
    let mut input = io::BufReader::new(input);
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if !line.ends_with(b"\n") && line.len() as u64 == MOST_BYTES {
            pass_over(&mut input)?;
            let says = format!("a message of more than {} MB: give the text by path", MOST_BYTES >> 20);
            office.send(&protocol::error(&Value::Null, RpcError::NotARequest, &says));
            continue;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Value>(&line) {
            Ok(Value::Array(messages)) => messages.iter().for_each(|message| take(message, office)),
            Ok(message) => take(&message, office),
            Err(_) => office.send(&protocol::error(&Value::Null, RpcError::NotJson, "not JSON, one message a line")),
        }
    }
}

/// Reads to the end of the line.
fn pass_over(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (length, is_end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(length);
        if is_end {
            return Ok(());
        }
    }
}

/// Answers a message, or puts it on the desk.
fn take(message: &Value, office: &Office<'_>) {
    let Some(method) = message["method"].as_str() else {
        // An answer to a request: this server makes none.
        if message.get("id").is_none() || message.get("result").is_none() && message.get("error").is_none() {
            let says = "a message without a method";
            office.send(&protocol::error(&message["id"], RpcError::NotARequest, says));
        }
        return;
    };
    let parameters = &message["params"];
    let Some(id) = message.get("id").filter(|id| id.is_string() || id.is_number()) else {
        if method == "notifications/cancelled" {
            cancel(&parameters["requestId"], office);
        }
        return;
    };
    match method {
        "initialize" => office.send(&protocol::result(id, &protocol::initialized(parameters))),
        "ping" => office.send(&protocol::result(id, &json!({}))),
        "tools/list" => office.send(&protocol::result(id, &tools::list())),
        "tools/call" => put(id, parameters, office),
        _ => {
            office.send(&protocol::error(id, RpcError::UnknownMethod, "there is no such method; there are only tools"))
        }
    }
}

fn put(id: &Value, parameters: &Value, office: &Office<'_>) {
    let name = parameters["name"].as_str().unwrap_or_default();
    let Some(tool) = AgentTool::ALL.into_iter().find(|tool| tool.name() == name) else {
        let names = AgentTool::ALL.map(AgentTool::name);
        let says = nearest(name, names).map_or_else(
            || format!("there is no such tool; the tools are {}", names.join(", ")),
            |near| format!("there is no such tool. Did you mean `{near}`?"),
        );
        return office.send(&protocol::error(id, RpcError::BadParameters, &says));
    };
    let mut desk = office.desk();
    if desk.waiting.len() >= MOST_WAITING {
        drop(desk);
        return office.send(&protocol::error(id, RpcError::Internal, "too many calls at a time"));
    }
    desk.waiting.push_back(WaitingCall { id: id.clone(), tool, arguments: parameters["arguments"].clone() });
    office.news.notify_all();
}

/// Takes a call off the desk. One that runs goes on to its end beside the next one, but is not answered.
fn cancel(id: &Value, office: &Office<'_>) {
    let mut desk = office.desk();
    desk.waiting.retain(|call| call.id != *id);
    for call in desk.running.iter_mut().flatten().filter(|call| call.id == *id) {
        call.is_cancelled = true;
    }
    office.news.notify_all();
}

fn work(worker: usize, office: &Office<'_>, pack: &Pack, files: &InputFiles<'_>) {
    while let Some(next) = next(worker, office) {
        // A panic is an error of this call only.
        let called = catch_unwind(AssertUnwindSafe(|| call(next.tool, &next.arguments, pack, files)));
        let answer = match called {
            Ok(called) => protocol::result(&next.id, &answered(called)),
            Err(_) => protocol::error(&next.id, RpcError::Internal, "internal error"),
        };
        let ended = office.desk().running[worker].take();
        if ended.is_some_and(|call| !call.is_cancelled) {
            office.send(&answer);
        }
        office.news.notify_all();
    }
}

/// The next call, once no other runs whose answer is wanted; `None` at the end.
fn next(worker: usize, office: &Office<'_>) -> Option<WaitingCall> {
    let mut desk = office.desk();
    loop {
        let is_free = desk.running.iter().flatten().all(|call| call.is_cancelled);
        if is_free && let Some(next) = desk.waiting.pop_front() {
            desk.running[worker] = Some(RunningCall { id: next.id.clone(), is_cancelled: false });
            return Some(next);
        }
        if desk.is_closed && desk.waiting.is_empty() {
            return None;
        }
        desk = office.news.wait(desk).unwrap_or_else(PoisonError::into_inner);
    }
}

/// The result of a call. What was wrong with it is a result, too, which the model reads.
fn answered(called: Result<Value, String>) -> Value {
    match called {
        Ok(result) => json!({
            "content": [{ "type": "text", "text": result.to_string() }],
            "structuredContent": result,
            "isError": false,
        }),
        Err(says) => json!({ "content": [{ "type": "text", "text": safe(&says) }], "isError": true }),
    }
}

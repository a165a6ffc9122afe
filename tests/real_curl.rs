//! What is read from a command is what curl sends: real commands, run by a real shell against a recorder.
//!
//! Runs only where curl and bash are installed, and says so where they are not.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use why401::internals::{Body, Exchange, Extent, read_commands};

#[derive(Debug)]
struct Recorded {
    method: String,
    target: String,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Reads one request.
fn record(stream: &mut TcpStream) -> Option<Recorded> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut bytes = Vec::new();
    let mut chunk = [0_u8; 4096];
    let head_end = loop {
        if let Some(i) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break i;
        }
        let n = stream.read(&mut chunk).ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&chunk[..n]);
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut body = bytes.split_off(head_end + 4);
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.splitn(3, ' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let fields: Vec<(String, String)> =
        lines.filter_map(|l| l.split_once(':')).map(|(n, v)| (n.to_owned(), v.trim().to_owned())).collect();
    let of = |name: &str| fields.iter().find(|f| f.0.eq_ignore_ascii_case(name)).map(|f| f.1.clone());
    if of("expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let length = of("content-length").and_then(|l| l.parse::<usize>().ok());
    let chunked = of("transfer-encoding").is_some();
    while chunked && !body.ends_with(b"0\r\n\r\n") || length.is_some_and(|l| body.len() < l) {
        let n = stream.read(&mut chunk).ok().filter(|n| *n > 0)?;
        body.extend_from_slice(&chunk[..n]);
    }
    Some(Recorded { method, target, fields, body })
}

fn recorder() -> (u16, Receiver<Recorded>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // Recorded before it is answered, so that it is there when curl has ended.
            let Some(recorded) = record(&mut stream) else {
                continue;
            };
            if sender.send(recorded).is_err() {
                return;
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
        }
    });
    (port, receiver)
}

fn installed(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// The path and query of a URL as curl puts them into the request line.
fn target_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let start = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let target = rest[start..].split('#').next().unwrap_or("");
    if target.starts_with('/') { target.to_owned() } else { format!("/{target}") }
}

/// Compares what was read with what was sent; returns what differs.
fn differences(read: &Exchange, sent: &Recorded) -> Vec<String> {
    let mut wrong = Vec::new();
    let expanded = |s: &str| read.expanded.iter().any(|e| s.contains(e.as_str()));
    let method = read.request.method.as_ref().map_or("", |m| m.as_str());
    if method != sent.method && !expanded(method) {
        wrong.push(format!("method: read {method}, sent {}", sent.method));
    }
    let url = read.request.url.as_ref().map_or("", |u| u.as_str());
    // curl 7 writes the escapes that `-G` makes in small letters.
    if !target_of(url).eq_ignore_ascii_case(&sent.target) && !expanded(url) {
        wrong.push(format!("target: read {}, sent {}", target_of(url), sent.target));
    }
    let withheld = match &read.request.extent {
        Extent::Withheld(names) => Some(names),
        _ => None,
    };
    for field in &read.request.fields {
        let (name, value) = (field.name.as_str(), field.value.as_str());
        let there = sent.fields.iter().any(|(n, v)| {
            n.eq_ignore_ascii_case(name)
                && (v == value
                    || expanded(value)
                    || (name == "Content-Type" && v.starts_with("multipart/") && v.starts_with(value)))
        });
        if !there {
            wrong.push(format!("field read and not sent: {name}: {value}"));
        }
    }
    for (name, value) in &sent.fields {
        let shown = read.request.fields.iter().any(|f| f.is(name));
        let known = withheld.is_none_or(|names| names.iter().any(|n| n.eq_ignore_ascii_case(name)));
        if !shown && !known {
            wrong.push(format!("field sent and neither read nor withheld: {name}: {value}"));
        }
    }
    let body = String::from_utf8_lossy(&sent.body);
    match &read.request.body {
        Body::Unseen | Body::ErrorMembers(_) => {}
        Body::Empty(_) if sent.body.is_empty() => {}
        Body::Empty(_) => wrong.push(format!("body: read as empty, sent {body}")),
        Body::Text(text) if text.as_str() == body || expanded(text.as_str()) => {}
        Body::Text(text) => wrong.push(format!("body: read {}, sent {body}", text.as_str())),
        Body::Form(parameters) => {
            for (name, value) in parameters {
                let head = format!("form-data; name=\"{}\"", name.as_str());
                let tail = format!("\r\n\r\n{}\r\n--", value.as_str());
                if !body.contains(&head) || !body.contains(&tail) {
                    wrong.push(format!("form: {} is not in {body}", name.as_str()));
                }
            }
        }
    }
    wrong
}

/// Where `URL` stands, the address of the recorder is put in; each block between lines of `%%` is a command.
const COMMANDS: &str = include_str!("data/curl-commands.txt");

#[test]
fn what_is_read_is_what_curl_sends() {
    if !installed("curl") || !installed("bash") {
        eprintln!("skipped: curl or bash is not installed");
        return;
    }
    let (port, receiver) = recorder();
    let mut failures = Vec::new();
    let mut count = 0;
    let home = std::env::temp_dir().join(format!("why401-curl-{port}"));
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join("body.txt"), "from=file\n").unwrap();
    std::fs::write(home.join(".netrc"), "machine 127.0.0.1 login jo password made-up\n").unwrap();
    for command in COMMANDS.split("%%\n").map(|c| {
        c.replace("URL", &format!("http://127.0.0.1:{port}")).replace("HOSTPORT", &format!("127.0.0.1:{port}"))
    }) {
        count += 1;
        let script = format!("curl() {{ command curl -sS -m 5 \"$@\"; }}\n{command}");
        let output = Command::new("bash")
            .args(["-c", &script])
            .env("HOME", &home)
            .env("TOKEN", "made-up-token")
            .current_dir(&home)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let sent: Vec<Recorded> = receiver.try_iter().collect();
        let read = read_commands(&command);
        let mut wrong: Vec<String> = read.iter().zip(&sent).flat_map(|(read, sent)| differences(read, sent)).collect();
        if read.len() != sent.len() || sent.is_empty() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            wrong.push(format!("{} requests read, {} sent {said}", read.len(), sent.len()));
        }
        if !wrong.is_empty() {
            failures.push(format!("{command}  {}", wrong.join("\n  ")));
        }
    }
    std::fs::remove_dir_all(&home).ok();
    assert!(failures.is_empty(), "{} of {count} differ:\n{}", failures.len(), failures.join("\n"));
    assert!(count >= 100, "{count}");
}

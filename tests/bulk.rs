//! `why401 bulk`: the same causes as the report of each exchange, and memory that does not grow with the input.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use allocation_counter::measure;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use why401::internals::judge_in_bulk;
use why401::{Options, Pack, diagnose};

const MESSAGES: [&str; 4] = ["Invalid access token", "token expired", "insufficient scope", "Unauthorized"];
const STATUSES: [u16; 5] = [200, 401, 401, 403, 200];

fn token(number: usize) -> String {
    format!("4kQeTz8hWq2LrVn0XyPs7BdUcG{:04}", number % 40)
}

/// An exchange as an entry of a HAR file.
fn entry(number: usize) -> String {
    let (status, message) = (STATUSES[number % 5], MESSAGES[number % 4]);
    let scheme = ["Bearer ", "bearer", "Token ", ""][number % 4];
    format!(
        "{{\"startedDateTime\": \"2026-03-01T1{}:{:02}:00.000Z\",\n \"request\": {{\"method\": \"GET\", \"url\": \
         \"https://api.shop.example/v1/orders/{number}\", \"headers\": [{{\"name\": \"Authorization\", \"value\": \
         \"{scheme}{}\"}}]}}, \"response\": {{\"status\": {status}, \"headers\": [{{\"name\": \"Content-Type\", \"value\": \
         \"application/json\"}}], \"content\": {{\"mimeType\": \"application/json\", \"text\": \
         \"{{\\\"message\\\":\\\"{message}\\\"}}\"}}}}}}",
        number / 60 % 10,
        number % 60,
        token(number)
    )
}

fn har(count: usize) -> String {
    let entries: Vec<String> = (0..count).map(entry).collect();
    format!("{{\"log\": {{\"version\": \"1.2\", \"entries\": [\n{}\n]}}}}\n", entries.join(",\n"))
}

fn json_lines(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        let (status, message) = (STATUSES[number % 5], MESSAGES[number % 4]);
        let _ = writeln!(
            text,
            "{{\"request\": {{\"method\": \"GET\", \"url\": \"https://api.shop.example/v1/orders/{number}\", \"headers\": \
             {{\"Authorization\": \"Bearer {}\"}}}}, \"response\": {{\"status\": {status}, \"body\": \
             \"{{\\\"message\\\": \\\"{message}\\\"}}\"}}}}",
            token(number)
        );
    }
    text
}

fn log(count: usize) -> String {
    let mut text = String::new();
    for number in 0..count {
        let (status, message) = (STATUSES[number % 5], MESSAGES[number % 4]);
        let time = format!("2026-03-01T1{}:{:02}:{:02}Z", number / 3600 % 10, number / 60 % 60, number % 60);
        let _ = writeln!(text, "{time} INFO GET https://api.shop.example/v1/orders/{number} -> {status} in 12ms");
        if status == 401 {
            let _ = writeln!(text, "{time} WARN {message}: Authorization: Bearer {}", token(number));
        }
    }
    text
}

/// A kind of input: its name, what makes one of so many exchanges, and how many the smaller one has.
type Kind = (&'static str, fn(usize) -> String, usize);

/// Where an exchange is, its status, and its causes with their verdicts.
type Judged = (u64, Option<u64>, Vec<(String, String)>);

fn in_bulk(text: &str, pack: &Pack) -> Vec<Judged> {
    let mut out = Vec::new();
    judge_in_bulk(text.as_bytes(), pack, &Options::default(), &mut out).expect("a vector takes it");
    rows(&out).iter().map(judged).collect()
}

fn rows(out: &[u8]) -> Vec<Value> {
    let lines = out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("each line is JSON")).collect()
}

fn judged(row: &Value) -> Judged {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let causes = row["causes"].as_array().expect("a list").iter().map(|c| (word(&c["id"]), word(&c["verdict"])));
    (row["line"].as_u64().expect("a line"), row["status"].as_u64(), causes.collect())
}

fn one_by_one(text: &str, pack: &Pack) -> Vec<Judged> {
    let diagnosis = diagnose(text.as_bytes(), pack, &Options::default());
    let exchanges = diagnosis.exchanges.iter().filter(|e| e.superseded_by.is_none());
    exchanges
        .map(|exchange| {
            let line = text[..exchange.at.start].matches('\n').count() as u64 + 1;
            let status = exchange.response.as_ref().and_then(|r| r.status).map(u64::from);
            let causes = exchange.causes.iter().map(|c| (c.id.clone(), c.verdict.name().to_owned()));
            (line, status, causes.collect())
        })
        .collect()
}

#[test]
fn the_causes_are_those_of_the_whole_report() {
    let pack = Pack::builtin().expect("the built-in packs are right");
    for text in [har(150), json_lines(150), log(200)] {
        let (bulk, whole) = (in_bulk(&text, &pack), one_by_one(&text, &pack));
        assert_eq!(bulk.len(), whole.len());
        for (bulk, whole) in bulk.iter().zip(&whole) {
            assert_eq!(bulk, whole);
        }
    }
}

#[test]
fn memory_does_not_grow_with_the_input() {
    /// Four times the input may take this much at most, in hundredths: the first batch has nothing in front of it.
    const MOST: u64 = 130;
    let pack = Pack::builtin().expect("the built-in packs are right");
    let most = |text: &str| {
        measure(|| {
            judge_in_bulk(text.as_bytes(), &pack, &Options::default(), &mut io::sink()).expect("a sink takes it");
        })
        .bytes_max
    };
    // The smaller input of each kind is more than a batch.
    let kinds: [Kind; 3] = [("HAR", har, 400), ("JSON lines", json_lines, 400), ("a log", log, 600)];
    for (name, make, count) in kinds {
        // The first run also reads the rules that it needs, and compiles their expressions once they have searched enough.
        most(&make(4 * count));
        let (one, mut four) = (most(&make(count)), most(&make(4 * count)));
        // Expressions are shared by all tests of the process: one of them may have been compiled in this run.
        if four * 100 > one * MOST {
            four = most(&make(4 * count));
        }
        assert!(four * 100 <= one * MOST, "{name}: {one} bytes at most, {four} for four times as much");
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_why401")).arg("bulk").args(arguments).output().expect("the program runs")
}

/// A run that is fed and read while it lasts.
fn started(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_why401"))
        .arg("bulk")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("why401-bulk-{}-{name}", std::process::id()));
    fs::create_dir_all(folder.join("inner")).expect("a folder");
    folder
}

#[test]
fn folders_packed_files_and_what_cannot_be_read() {
    let folder = folder("files");
    fs::write(folder.join("a.har"), har(10)).expect("a file");
    let packed = File::create(folder.join("inner/b.log.gz")).expect("a file");
    let mut packer = GzEncoder::new(packed, Compression::default());
    packer.write_all(log(10).as_bytes()).expect("the file takes it");
    packer.finish().expect("the file takes it");
    fs::write(folder.join("c.bin"), [0; 64]).expect("a file");
    let name = folder.to_string_lossy().into_owned();
    let text = run(&[&name]);
    let shown = String::from_utf8_lossy(&text.stdout);
    assert!(shown.starts_with("20 requests in 2 files: 12 refused, 8 accepted, 0 without a status.\n"), "{shown}");
    assert!(shown.contains("First 2026-03-01T10:00:00"), "{shown}");
    assert!(shown.contains("GET api.shop.example/v1/orders/{}"), "{shown}");
    assert!(String::from_utf8_lossy(&text.stderr).contains("c.bin"), "what cannot be read is said");
    assert_eq!(text.status.code(), Some(1));
    let lines = run(&["--format", "jsonl", "--jobs", "3", &name]);
    let files: Vec<Value> = rows(&lines.stdout).iter().map(|row| row["file"].clone()).collect();
    assert_eq!(files.len(), 20);
    assert!(files[0].as_str().is_some_and(|f| f.ends_with("a.har")), "in the order of the names: {files:?}");
    assert!(files[19].as_str().is_some_and(|f| f.ends_with("b.log.gz")), "in the order of the names: {files:?}");
    fs::remove_dir_all(folder).expect("the folder is there");
}

#[test]
fn no_credential_leaves() {
    let folder = folder("secrets");
    let file = folder.join("a.har");
    fs::write(&file, har(40)).expect("a file");
    let name = file.to_string_lossy().into_owned();
    for arguments in [vec![name.as_str()], vec!["--format", "jsonl", &name]] {
        let output = run(&arguments);
        let shown = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!shown.contains("4kQeTz"), "{shown}");
    }
    fs::remove_dir_all(folder).expect("the folder is there");
}

#[test]
fn zstd_and_utf16_are_read() {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    let folder = folder("encoded");
    // Two frames, as in a file that was written to twice.
    let (first, second) = (log(7), log(10).split_off(log(7).len()));
    let frames = [first.as_bytes(), second.as_bytes()].map(|part| compress_to_vec(part, CompressionLevel::Fastest));
    fs::write(folder.join("a.log.zst"), frames.concat()).expect("a file");
    let units = format!("\u{feff}{}", log(10)).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    fs::write(folder.join("b.log"), units).expect("a file");
    fs::write(folder.join("c.log"), log(10)).expect("a file");
    let output = run(&["--format", "jsonl", &folder.to_string_lossy()]);
    let rows: Vec<Value> = rows(&output.stdout);
    assert_eq!(rows.len(), 30, "{}", String::from_utf8_lossy(&output.stderr));
    let of = |part: &[Value]| part.iter().map(judged).collect::<Vec<_>>();
    assert_eq!(of(&rows[..10]), of(&rows[20..]), "zstd");
    assert_eq!(of(&rows[10..20]), of(&rows[20..]), "UTF-16");
    fs::remove_dir_all(folder).expect("the folder is there");
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_run() {
    let mut child = started(&["--format", "jsonl", "-"]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    // The program may end before it has read all of it.
    let _ = stdin.write_all(log(2_000).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("its end");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_what_was_found_so_far() {
    let mut child = started(&["--jobs", "1", "-"]);
    let mut stdin = child.stdin.take().expect("a pipe");
    // More than a pipe holds: when all of it is taken, the program has begun to judge.
    stdin.write_all(log(6_000).as_bytes()).expect("the program reads it");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("a signal").success());
    let _ = stdin.write_all(log(6_000).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("its end");
    let (said, warned) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(warned.contains("stopped: the rest of the input was not read"), "{warned}");
    let count: usize = said.split(' ').next().and_then(|n| n.parse().ok()).expect("how many requests");
    assert!((1..12_000).contains(&count), "{said}");
}

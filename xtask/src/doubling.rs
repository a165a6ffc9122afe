//! Whether the work is linear: inputs of each kind, doubled, with the instructions that the program needs for each.
//!
//! It takes minutes, so it is not part of the tests. The inputs are made up by a generator with a fixed seed, and vary
//! as real ones do: many tokens, targets, statuses and ids.

use std::error::Error;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;

use crate::measure::count;

/// Doubling an input may cost this much: 2 for linear work, and something for growing tables.
const MOST: f64 = 2.2;

/// A kind of input: its name, the size of the smallest input, and what makes one of a size.
type Kind = (&'static str, usize, fn(usize) -> String);

const KINDS: [Kind; 8] = [
    ("exchanges as JSON lines", 50, json_lines),
    ("curl commands", 50, curl_commands),
    ("posts of a thread", 25, posts),
    ("lines of a log", 200, log_lines),
    ("one line of parameters", 1 << 13, |size| "a=b&c=d%20e&".repeat(size / 12)),
    ("one line of =", 1 << 13, |size| "=".repeat(size)),
    ("one line of .", 1 << 13, |size| ".".repeat(size)),
    ("one line of JavaScript", 1 << 13, script),
];

/// Doubles each kind of input as often as asked, and prints the instructions and their ratio.
///
/// # Errors
/// Valgrind or the program cannot be run, or doubling costs more than it may.
pub fn run(program: &str, times: u32, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("why401-doubling-{}.txt", std::process::id()));
    let mut too_much = Vec::new();
    for (name, smallest, make) in KINDS {
        let mut before = None;
        for step in 0..=times {
            fs::write(&path, make(smallest << step))?;
            let counted = count(OsStr::new(program), &["--format=json".to_owned(), path.display().to_string()])?;
            #[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
            let ratio = before.map_or(0.0, |before: u64| counted as f64 / before as f64);
            writeln!(out, "{name:26} {:8} {:9} M  {ratio:.2}", smallest << step, counted / 1_000_000)?;
            before = Some(counted);
            // A small input shows what a run costs in any case.
            if step == times && ratio > MOST {
                too_much.push(format!("{name}: {ratio:.2}"));
            }
        }
    }
    fs::remove_file(&path).ok();
    if too_much.is_empty() { Ok(()) } else { Err(format!("doubling costs too much: {}", too_much.join(", ")).into()) }
}

/// Numbers that look drawn at random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % below.max(1)
    }

    /// One of forty tokens.
    fn token(&mut self) -> String {
        let mut letters = Numbers(40 + self.next(40) as u64);
        let alphabet = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
        (0..36).map(|_| char::from(alphabet[letters.next(alphabet.len())])).collect()
    }

    fn id(&mut self) -> String {
        let (a, b, c) = (self.next(1 << 30), self.next(1 << 12), self.next(1 << 30));
        format!("{a:08x}-{b:04x}-4{b:03x}-9{b:03x}-{c:012x}")
    }

    fn message(&mut self) -> &'static str {
        ["Invalid access token", "token expired", "insufficient scope", "Unauthorized"][self.next(4)]
    }

    fn status(&mut self) -> usize {
        [200, 200, 401, 401, 403][self.next(5)]
    }
}

fn json_lines(count: usize) -> String {
    let (mut numbers, mut text) = (Numbers(1), String::new());
    for i in 0..count {
        let (token, id, status, message) = (numbers.token(), numbers.id(), numbers.status(), numbers.message());
        let _ = writeln!(
            text,
            "{{\"request\": {{\"method\": \"GET\", \"url\": \"https://api.shop.example/v1/orders/{i}\", \"headers\": \
             {{\"Authorization\": \"Bearer {token}\", \"X-Request-ID\": \"{id}\"}}}}, \"response\": {{\"status\": {status}, \
             \"headers\": {{\"Content-Type\": \"application/json\"}}, \"body\": \"{{\\\"message\\\": \\\"{message}\\\"}}\"}}}}"
        );
    }
    text
}

fn curl_commands(count: usize) -> String {
    let (mut numbers, mut text) = (Numbers(2), String::new());
    for i in 0..count {
        let (token, id) = (numbers.token(), numbers.id());
        let _ = writeln!(
            text,
            "curl -H 'Authorization: Bearer {token}' -H 'X-Request-ID: {id}' https://api.shop.example/v1/orders/{i}"
        );
    }
    text
}

fn posts(count: usize) -> String {
    let (mut numbers, mut text) = (Numbers(3), String::new());
    for i in 0..count {
        let (token, message) = (numbers.token(), numbers.message());
        let name = ["Anna Field", "Tom Hill", "Support"][numbers.next(3)];
        let _ = writeln!(
            text,
            "On {} Mar 2026, at 10:{:02}, {name} wrote:\n\nGET https://api.shop.example/v1/orders/{i}\nAuthorization: \
             Bearer {token}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{{\"message\":\"{message}\"}}\n",
            1 + i % 28,
            i % 60
        );
    }
    text
}

fn log_lines(count: usize) -> String {
    let (mut numbers, mut text) = (Numbers(4), String::new());
    for i in 0..count {
        let (id, status, message) = (numbers.id(), numbers.status(), numbers.message());
        let at = format!("2026-03-01T10:{:02}:{:02}Z", i / 60 % 60, i % 60);
        let _ =
            writeln!(text, "{at} INFO request_id={id} GET https://api.shop.example/v1/orders/{i} -> {status} in 12ms");
        if status == 401 {
            let _ = writeln!(text, "{at} WARN {message}: Authorization: Bearer {}", numbers.token());
        }
    }
    text
}

fn script(size: usize) -> String {
    let (mut numbers, mut text) = (Numbers(5), String::new());
    while text.len() < size {
        let (name, message) = (numbers.next(9999), numbers.message());
        let _ = write!(
            text,
            "function f{name}(a,b){{var t=a.x{name}||{{}};if(!t.ok)throw new Error(\"{message}\");return t}}"
        );
    }
    text.truncate(size);
    text
}

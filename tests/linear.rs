//! That the work grows with the input and not with its square. What is counted are allocations and their bytes: they are
//! the same in each run, and times are not. `cargo xtask doubling` counts instructions.

use std::fmt::Write as _;
use std::io;

use allocation_counter::{AllocationInfo, measure};
use why401::{JsonReport, Options, Pack, diagnose};

/// Doubling an input may cost this much in hundredths: 2 for linear work, and something for tables that grow.
const MOST: u64 = 220;

/// A kind of input: its name, and what makes one of so many parts.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 7] = [
    ("an access log", access_log),
    ("a log with ids and refusals", mixed_log),
    ("exchanges as JSON lines", json_lines),
    ("curl commands", curl_commands),
    ("posts of a thread", posts),
    ("a thread with a long log", log_in_a_thread),
    ("line ends", line_ends),
];

#[test]
fn doubling_costs_double() {
    /// The parts of the smaller input.
    const PARTS: usize = 60;
    let pack = Pack::builtin().expect("the built-in packs are right");
    for (name, make) in KINDS {
        // The first run also reads the parts of the rules that it needs.
        counted(&pack, &make(2 * PARTS));
        let (one, two) = (counted(&pack, &make(PARTS)), counted(&pack, &make(2 * PARTS)));
        for (what, one, two) in [
            ("allocations", one.count_total, two.count_total),
            ("bytes in all", one.bytes_total, two.bytes_total),
            ("bytes at most", one.bytes_max, two.bytes_max),
        ] {
            assert!(two * 100 <= one * MOST, "{name}: {what}: {one} for {PARTS} parts, {two} for twice as many");
        }
    }
}

/// What `docs/limits.md` says of memory: bytes at most for each further part of an input.
#[test]
fn memory_stays_within_what_is_stated() {
    const PARTS: usize = 100;
    let pack = Pack::builtin().expect("the built-in packs are right");
    let kinds: [(Kind, usize); 5] = [
        // For each byte of it.
        (("sentences", sentences), 12 * sentences(1).len()),
        // A hundred in each part.
        (("line ends", line_ends), 48 * 100),
        (("short lines", short_lines), 480 * 100),
        // One call in each part, few of them refused.
        (("an access log", access_log), 6_000),
        // One refused exchange in each part.
        (("exchanges as JSON lines", json_lines), 30_000),
    ];
    for ((name, make), most) in kinds {
        counted(&pack, &make(2 * PARTS));
        let (one, two) = (counted(&pack, &make(PARTS)), counted(&pack, &make(2 * PARTS)));
        let each = usize::try_from(two.bytes_max.saturating_sub(one.bytes_max)).expect("it fits") / PARTS;
        assert!(each > 0 && each <= most, "{name}: {each} bytes for each part, and {most} are stated");
    }
}

/// What the text and the JSON of an input cost.
fn counted(pack: &Pack, text: &str) -> AllocationInfo {
    measure(|| {
        let diagnosis = diagnose(text.as_bytes(), pack, &Options::default());
        JsonReport::new([("input", &diagnosis)]).write(&mut io::sink()).expect("a sink takes it");
    })
}

fn token(number: usize) -> String {
    format!("4kQeTz8hWq2LrVn0XyPs7BdUcG{:04}", number % 40)
}

fn id(number: usize) -> String {
    format!("{:08x}-8d55-4f6e-9a3a-{:012x}", number * 7919, number * 104_729)
}

/// Next to nothing in many lines: what a line costs beside its characters.
fn line_ends(parts: usize) -> String {
    "\n".repeat(parts * 100) + "GET https://api.example/orders\n401 Unauthorized\n"
}

fn short_lines(parts: usize) -> String {
    "ok\n".repeat(parts * 100) + "GET https://api.example/orders\n401 Unauthorized\n"
}

/// Text without any request.
fn sentences(parts: usize) -> String {
    let text = "We changed nothing since Monday, and the team that runs the service sees no call of ours.\n\
                Where would we find out more? Kim asked the same last week, and there was no answer yet.\n";
    text.repeat(parts * 10)
}

fn access_log(parts: usize) -> String {
    (0..parts).fold(String::new(), |mut text, i| {
        let status = if i % 50 == 20 { 401 } else { 200 };
        let _ = writeln!(
            text,
            "10.0.0.1 - - [01/Mar/2026:10:00:{:02} +0000] \"GET /v1/orders/{i} HTTP/1.1\" {status} 512 \"-\" \"okhttp/4.9\"",
            i % 60
        );
        text
    })
}

fn mixed_log(parts: usize) -> String {
    (0..parts).fold(String::new(), |mut text, i| {
        let status = if i % 3 == 0 { 401 } else { 200 };
        let _ = writeln!(
            text,
            "2026-03-01T10:00:00Z INFO correlation-id: {} GET https://api.shop.example/v1/orders/{i} -> {status} in 12ms\n\
             2026-03-01T10:00:00Z WARN token expired: Authorization: Bearer {}",
            id(i),
            token(i)
        );
        text
    })
}

fn json_lines(parts: usize) -> String {
    (0..parts).fold(String::new(), |mut text, i| {
        let _ = writeln!(
            text,
            "{{\"request\": {{\"method\": \"GET\", \"url\": \"https://api.shop.example/v1/orders/{i}\", \"headers\": \
             {{\"Authorization\": \"Bearer {}\", \"X-Request-ID\": \"{}\"}}}}, \"response\": {{\"status\": 401, \"headers\": \
             {{\"Content-Type\": \"application/json\"}}, \"body\": \"{{\\\"message\\\": \\\"token expired\\\"}}\"}}}}",
            token(i),
            id(i)
        );
        text
    })
}

fn curl_commands(parts: usize) -> String {
    (0..parts).fold(String::new(), |mut text, i| {
        let _ = writeln!(
            text,
            "curl -H 'Authorization: Bearer {}' -H 'X-Request-ID: {}' https://api.shop.example/v1/orders/{i}",
            token(i),
            id(i)
        );
        text
    })
}

fn posts(parts: usize) -> String {
    (0..parts).fold(String::new(), |mut text, i| {
        let _ = writeln!(
            text,
            "On {} Mar 2026, at 10:{:02}, {} wrote:\n\nGET https://api.shop.example/v1/orders/{i}\nAuthorization: Bearer \
             {}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{{\"message\":\"token expired\"}}\n",
            1 + i % 28,
            i % 60,
            ["Anna Field", "Tom Hill"][i % 2],
            token(i)
        );
        text
    })
}

fn log_in_a_thread(parts: usize) -> String {
    format!(
        "Anna Field commented on 4 March 2026\n\nWe get 401:\n\n{}\n\nTom Hill commented on 5 March 2026\n\nSame log.\n",
        mixed_log(parts)
    )
}

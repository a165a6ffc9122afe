//! Inputs of any size for measuring. They are made up by a generator with a fixed seed, and vary as real ones do: many
//! tokens, targets, statuses and ids.

use std::fmt::Write as _;

/// The kinds of input, as [`of`] names them.
pub const KINDS: [&str; 6] = ["har", "json-lines", "curl", "posts", "log", "access-log"];

/// An input of a kind with so many entries, exchanges, commands, posts or lines. `None` for another kind than [`KINDS`].
#[must_use]
pub fn of(kind: &str, count: usize) -> Option<String> {
    let make: fn(usize) -> String = match kind {
        "har" => har,
        "json-lines" => json_lines,
        "curl" => curl_commands,
        "posts" => posts,
        "log" => log_lines,
        "access-log" => access_log,
        _ => return None,
    };
    Some(make(count))
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

pub(crate) fn json_lines(count: usize) -> String {
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

pub(crate) fn curl_commands(count: usize) -> String {
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

pub(crate) fn posts(count: usize) -> String {
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

pub(crate) fn log_lines(count: usize) -> String {
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

pub(crate) fn script(size: usize) -> String {
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

/// An HTTP Archive as browsers save it.
pub(crate) fn har(count: usize) -> String {
    let mut numbers = Numbers(6);
    let entries: Vec<String> = (0..count)
        .map(|i| {
            let (token, id, status, message) = (numbers.token(), numbers.id(), numbers.status(), numbers.message());
            let body = match status {
                200 => format!("{{\\\"id\\\":{i},\\\"sku\\\":\\\"{}\\\"}}", numbers.id()),
                _ => format!("{{\\\"message\\\":\\\"{message}\\\"}}"),
            };
            format!(
                "{{\"startedDateTime\": \"2026-03-01T10:{:02}:{:02}.000Z\", \"request\": {{\"method\": \"GET\", \"url\": \
                 \"https://api.shop.example/v1/orders/{i}?page={}\", \"httpVersion\": \"HTTP/2\", \"headers\": [{{\"name\": \
                 \"Host\", \"value\": \"api.shop.example\"}}, {{\"name\": \"Authorization\", \"value\": \"Bearer {token}\"}}, \
                 {{\"name\": \"X-Request-ID\", \"value\": \"{id}\"}}]}}, \"response\": {{\"status\": {status}, \"headers\": \
                 [{{\"name\": \"Content-Type\", \"value\": \"application/json\"}}], \"content\": {{\"mimeType\": \
                 \"application/json\", \"text\": \"{body}\"}}}}}}",
                i / 60 % 60,
                i % 60,
                i % 7
            )
        })
        .collect();
    format!("{{\"log\": {{\"version\": \"1.2\", \"entries\": [\n{}\n]}}}}\n", entries.join(",\n"))
}

/// The log of a server in which one call in fifty was refused.
pub(crate) fn access_log(count: usize) -> String {
    let (mut numbers, mut text) = (Numbers(7), String::new());
    for i in 0..count {
        let (client, size) = (numbers.next(250), numbers.next(9000));
        let status = if i % 50 == 20 { 401 } else { 200 };
        let _ = writeln!(
            text,
            "10.0.0.{client} - - [01/Mar/2026:10:{:02}:{:02} +0000] \"GET /v1/orders/{i} HTTP/1.1\" {status} {size} \"-\" \
             \"okhttp/4.9\"",
            i / 60 % 60,
            i % 60
        );
    }
    text
}

/// A thread of which one post is a long log.
pub(crate) fn log_in_a_thread(count: usize) -> String {
    let log = log_lines(count);
    format!(
        "Anna Field commented on 4 March 2026\n\nWe get 401:\n\n{log}\nTom Hill commented on 5 March 2026\n\nSame.\n"
    )
}

//! Messages within a line of a log: as a quoted literal, or as the pairs of a printed object.

use memchr::memmem;

use super::line::{Direction, ViewLine};
use crate::capture::words;
use crate::text::{Text, TextBuilder};

/// Puts the lines of a message in place of the line of the log that holds it.
pub(super) fn messages(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let line = without_nginx_context(line);
        if let Some(found) = quoted(&line.text).or_else(|| pairs(&line.text)) {
            // What was printed before on the same connection is another message.
            out.push(line.blank());
            out.extend(found);
        } else {
            out.push(without_doubled_slash(line));
        }
    }
    out
}

/// `write: b"GET /a HTTP/1.1\r\nHost: a\r\n\r\n"`, after the name of a logger.
fn quoted(line: &Text) -> Option<Vec<ViewLine>> {
    let value = line.as_str();
    memmem::find(value.as_bytes(), b"\\r\\n")?;
    let (open, direction) = value.match_indices(['"', '\'']).take(8).find_map(|(at, _)| {
        let inner = &value[at + 1..];
        let first = inner.split("\\r\\n").next().unwrap_or_default();
        let is_request = words::after_method(inner).is_some();
        if first.len() == inner.len() || first.contains(['"', '\'']) {
            None
        } else if is_request && first.contains(" HTTP/") {
            Some((at, Direction::Out))
        } else if inner.starts_with("HTTP/") {
            Some((at, Direction::In))
        } else {
            None
        }
    })?;
    // Python's `send:` is read by a pass of its own, and JSON by its reader.
    let before = value[..open].trim_end_matches(['b', 'B']).trim_end();
    if before.is_empty()
        || before.ends_with("send:")
        || before.ends_with("reply:")
        || value.trim_start().starts_with(['{', '[']) && before.contains('{')
    {
        return None;
    }
    let quote = &value[open..open + 1];
    let end = value.rfind(quote).filter(|end| *end > open)?;
    // Node prints a long member of an object in parts: `_header: 'GET /a HTTP/1.1\r\n' +`.
    if matches!(value[end + 1..].trim(), "+" | ",") {
        return None;
    }
    Some(parts(&line.slice(open + 1..end), direction))
}

/// The lines of a message with its line ends as escapes, with the escapes of the literal undone.
fn parts(message: &Text, direction: Direction) -> Vec<ViewLine> {
    let value = message.as_str();
    let mut found = Vec::new();
    let mut from = 0;
    let ends = value.match_indices("\\r\\n").map(|(at, end)| (at, at + end.len())).chain([(value.len(), value.len())]);
    for (at, next) in ends {
        found.push(ViewLine::new(Some(direction), unescaped(&message.slice(from..at))));
        from = next;
    }
    found
}

fn unescaped(text: &Text) -> Text {
    let value = text.as_str();
    if !value.contains("\\\"") && !value.contains("\\'") {
        return text.clone();
    }
    let mut out = TextBuilder::new(text.span());
    let mut at = 0;
    for (i, _) in value.match_indices('\\') {
        if i >= at && value[i + 1..].starts_with(['"', '\'']) {
            out.copy(text, at..i);
            at = i + 1;
        }
    }
    out.copy(text, at..value.len());
    out.finish()
}

/// Java's message head: `pairs: {GET /a HTTP/1.1: null}{Host: a}`, and `{null: HTTP/1.1 401 Unauthorized}` for an answer.
fn pairs(line: &Text) -> Option<Vec<ViewLine>> {
    let value = line.as_str();
    if !value.contains("null") {
        return None;
    }
    let start = value.find("{null: HTTP/").or_else(|| {
        let at = value.find('{')?;
        let first = value[at + 1..].split('}').next()?;
        let is_request = words::after_method(first).is_some();
        (is_request && first.ends_with(": null")).then_some(at)
    })?;
    let direction = if value[start..].starts_with("{null: ") { Direction::In } else { Direction::Out };
    let mut found = Vec::new();
    let mut at = start;
    while value[at..].starts_with('{') {
        // A value may hold braces: a pair ends where the next one begins, or with the line.
        let len = value[at..].find("}{").or_else(|| value[at..].rfind('}'))?;
        let inner = line.slice(at + 1..at + len);
        let text = inner.as_str();
        let range = match (text.strip_prefix("null: "), text.strip_suffix(": null")) {
            (Some(rest), _) => text.len() - rest.len()..text.len(),
            (_, Some(rest)) => 0..rest.len(),
            _ => 0..text.len(),
        };
        found.push(ViewLine::new(Some(direction), inner.slice(range)));
        at += len + 1;
    }
    found.push(ViewLine::new(Some(direction), line.slice(at..at)));
    Some(found)
}

/// nginx ends an entry of its error log with the client, the server block and the request that it received itself.
fn without_nginx_context(line: ViewLine) -> ViewLine {
    let value = line.as_str();
    let is_entry = value.contains(", server: ");
    let Some(client) = value.find(", client: ").filter(|_| is_entry) else { return line };
    let own = value.find(", request: \"").map(|at| at + ", request: \"".len());
    if value[..client].contains("://") {
        return ViewLine { text: line.text.slice(0..client), ..line };
    }
    let Some(from) = own else { return line };
    let end = value[from..].find('"').map_or(value.len(), |at| from + at);
    ViewLine { text: line.text.slice(from..end), ..line }
}

/// Node's undici prints an origin, a slash and the path, which begins with one.
fn without_doubled_slash(line: ViewLine) -> ViewLine {
    let value = line.as_str();
    if !value.starts_with("UNDICI ") && !value.starts_with("FETCH ") {
        return line;
    }
    let Some(host) = value.find("://").map(|at| at + 3) else { return line };
    let Some(slashes) = value[host..].find("//").map(|at| host + at) else { return line };
    if value[host..slashes].contains(' ') {
        return line;
    }
    let mut builder = TextBuilder::new(line.text.span());
    builder.copy(&line.text, 0..slashes);
    builder.copy(&line.text, slashes + 1..value.len());
    ViewLine { text: builder.finish(), ..line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> Vec<String> {
        let lines = Text::paste(text).lines().into_iter().map(|l| ViewLine::new(None, l)).collect();
        messages(lines).into_iter().map(|l| l.as_str().to_owned()).collect()
    }

    #[test]
    fn a_message_in_a_line_of_a_log_is_read() {
        assert_eq!(
            view("[TRACE verbose] 5b write: b\"GET /a HTTP/1.1\\r\\nx: \\\"y\\\"\\r\\n\\r\\n\""),
            ["", "GET /a HTTP/1.1", "x: \"y\"", "", ""]
        );
        assert_eq!(
            view("FINE: MessageHeader@6043 pairs: {GET /old HTTP/1.1: null}{Host: a.example}"),
            ["", "GET /old HTTP/1.1", "Host: a.example", ""]
        );
        assert_eq!(view("pairs: {null: HTTP/1.1 401 No}{a: b}"), ["", "HTTP/1.1 401 No", "a: b", ""]);
        assert_eq!(
            view("UNDICI 28: sending request to GET https://a.example//b/c"),
            ["UNDICI 28: sending request to GET https://a.example/b/c"]
        );
    }

    #[test]
    fn an_entry_of_nginx_is_about_one_request() {
        assert_eq!(
            view(
                "a to GET https://a.example/b, client: 192.0.2.9, server: x, request: \"GET /y HTTP/1.1\", host: \"z\""
            ),
            ["a to GET https://a.example/b"]
        );
        assert_eq!(view("no access, client: 192.0.2.9, server: x, request: \"GET /y HTTP/1.1\""), ["GET /y HTTP/1.1"]);
    }

    #[test]
    fn other_lines_stay() {
        for line in [
            "  _header: 'GET /b HTTP/1.1\\r\\n' +",
            "{\"a\": \"GET /b HTTP/1.1\\r\\nHost: a\\r\\n\"}",
            "say \"GET /b\"",
            "{GET: null}",
            "GET https://a//b",
        ] {
            assert_eq!(view(line), [line]);
        }
    }
}

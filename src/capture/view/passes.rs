//! What programs put around the lines of a message: the offsets of a trace, the names of loggers, the quotes of a
//! debug print, markup. Each pass here knows one habit, looks for its mark, and leaves a paste without it alone.
//!
//! A pass takes lines and gives lines. What it takes away is gone from the view, what remains keeps its place.

use super::dumps;
use super::hex;
use super::line::{Direction, ViewLine};
use super::logged;
use crate::capture::{words, yaml};
use crate::text::{Text, TextBuilder};

/// Takes everything off, from the outside in.
pub(super) fn all(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let lines = html(lines);
    let lines = mail_heads(hyphens(lines));
    let lines = wire_log(lines);
    let lines = logger_names(lines);
    let lines = trace(lines);
    let lines = dumps::followed_http2(dumps::var_dump(lines));
    let lines = hex::messages(lines);
    let lines = http2_fields(lines);
    let lines = debug_prints(lines);
    let lines = logged::messages(lines);
    let lines = cut_fields(lines);
    let lines = printed_ends(lines);
    let lines = escaped_line_ends(lines);
    let lines = markers(lines);
    let lines = bru(lines);
    let lines = variables(lines);
    values_below(lines)
}

/// Line ends and cells that HTML writes as tags; all other tags of a document's text go.
fn html(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    const TAGS: [&str; 30] = [
        "br",
        "br/",
        "p",
        "pre",
        "code",
        "div",
        "span",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "td",
        "th",
        "tr",
        "table",
        "tbody",
        "thead",
        "ul",
        "ol",
        "li",
        "html",
        "body",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "font",
        "a",
    ];
    const MARKS: [&str; 7] = ["<br", "<p>", "<pre", "<td", "<div", "<code>", "<li>"];
    let marked = lines
        .iter()
        .any(|l| l.as_str().contains('<') && MARKS.iter().any(|m| l.as_str().to_ascii_lowercase().contains(m)));
    if !marked {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        if !line.as_str().contains('<') {
            out.push(line);
            continue;
        }
        let value = line.as_str();
        let mut builder = TextBuilder::new(line.text.span());
        let mut at = 0;
        for (open, _) in value.match_indices('<') {
            if open < at {
                continue;
            }
            // A tag is short; a bracket that nothing closes is a bracket.
            let rest = &value[open + 1..];
            let Some(len) = rest.bytes().take(200).position(|b| b == b'>') else { continue };
            let tag = rest[..len].to_ascii_lowercase();
            let closes = tag.starts_with('/');
            let name = tag.trim_start_matches('/').split([' ', '\t']).next().unwrap_or_default().to_owned();
            // HTML is written in one case; `<Code>` is an element of XML.
            let written = rest.trim_start_matches('/').get(..name.len()).unwrap_or_default();
            let is_mixed = written.contains(|c: char| c.is_ascii_uppercase())
                && written.contains(|c: char| c.is_ascii_lowercase());
            if !TAGS.contains(&name.as_str()) || is_mixed {
                continue;
            }
            builder.copy(&line.text, at..open);
            let end = open + 1 + len + 1;
            at = end;
            let breaks = matches!(
                name.as_str(),
                "br" | "br/" | "p" | "pre" | "div" | "tr" | "li" | "h1" | "h2" | "h3" | "h4" | "table"
            );
            if breaks {
                out.push(ViewLine::new(line.direction, builder.finish()));
                builder = TextBuilder::new(line.text.span_of(end..end));
            } else if closes && matches!(name.as_str(), "td" | "th")
                || !closes && matches!(name.as_str(), "td" | "th") && builder.is_empty()
            {
                builder.replace(&line.text, open..end, "|");
            }
        }
        builder.copy(&line.text, at..value.len());
        out.push(ViewLine::new(line.direction, builder.finish()));
    }
    out
}

/// Wire logs of HTTP clients: `http-outgoing-0 >> "Host: x[\r][\n]"`, `>> Host: x`.
fn wire_log(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let split = |value: &str| -> Option<(usize, Direction)> {
        if !value.contains(">>") && !value.contains("<<") {
            return None;
        }
        let at = value
            .find(" >> ")
            .or_else(|| value.find(":>> \""))
            .map(|i| (i, Direction::Out))
            .or_else(|| value.find(" << ").or_else(|| value.find(":<< \"")).map(|i| (i, Direction::In)))?;
        let is_log = value[..at.0].trim_end().ends_with(|c: char| c.is_ascii_digit())
            && value[..at.0].contains("http-")
            || value[..at.0].contains("wire")
            || value[at.0..].contains("[\\r]");
        is_log.then_some((at.0 + 4, at.1))
    };
    if !lines.iter().any(|l| split(l.as_str()).is_some()) {
        return lines;
    }
    lines
        .into_iter()
        .map(|line| {
            let Some((from, direction)) = split(line.as_str()) else { return line };
            let value = &line.as_str()[from..];
            let is_quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
            let (start, end) = if is_quoted { (from + 1, line.text.len() - 1) } else { (from, line.text.len()) };
            let content = &line.as_str()[start..end];
            let content = content.strip_suffix("[\\n]").unwrap_or(content);
            let content = content.strip_suffix("[\\r]").unwrap_or(content);
            ViewLine::new(Some(direction), line.text.slice(start..start + content.len()))
        })
        .collect()
}

/// `[truncated]Authorization: Bearer eyJ`, as Wireshark prints a field that is too long for its window; newer versions
/// write `[…]`. The mark goes to the end of the value, where the rest is missing.
fn cut_fields(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    const MARKS: [&str; 4] = ["[truncated]", "[truncated] ", "[…]", "[...]"];
    lines
        .into_iter()
        .map(|line| {
            let value = line.as_str();
            let lead = value.len() - value.trim_start().len();
            let Some(mark) = MARKS.iter().rev().find(|mark| value[lead..].starts_with(**mark)) else { return line };
            let from = lead + mark.len();
            let end = value.trim_end().len();
            let name = value[from..].split_once(": ").map_or("", |(name, _)| name);
            let is_field = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            if !is_field {
                return line;
            }
            let printed_end = value[..end].strip_suffix("\\r\\n").map_or(end, str::len);
            let mut builder = TextBuilder::new(line.text.span());
            builder.copy(&line.text, from..printed_end);
            builder.replace(&line.text, printed_end..end, "…");
            ViewLine::new(line.direction, builder.finish())
        })
        .collect()
}

/// `[ErsClient#getBinary] Accept: */*`: the method of the program that logs.
fn logger_names(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let name = |value: &str| -> Option<usize> {
        let inner = value.strip_prefix('[')?;
        let end = inner.find("] ")?;
        let is_method = inner[..end].contains('#')
            && inner[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b"#_.$(),".contains(&b));
        is_method.then_some(end + 3)
    };
    lines
        .into_iter()
        .map(|line| {
            // A time and a level may come before the name.
            let found = line.as_str().find('[').filter(|at| *at < 80 && line.as_str()[*at..].contains('#'));
            match found.and_then(|at| name(&line.as_str()[at..]).map(|len| at + len)) {
                Some(from) => line.cut(from),
                None => line,
            }
        })
        .collect()
}

/// The offset at the beginning of a line of `curl --trace`, and the text after it.
fn offset(value: &str) -> Option<(usize, usize)> {
    let digits = value.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let rest = value[4..].strip_prefix(':')?;
    let from = if rest.starts_with(' ') { 6 } else { 5 };
    Some((usize::from_str_radix(digits, 16).ok()?, from))
}

/// `curl --trace-ascii` and `curl --trace`: `=> Send header`, `<= Recv data`, `0000: GET / HTTP/1.1`.
fn trace(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let heading = |value: &str| -> Option<(Direction, bool)> {
        let value = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.' || c == ' ');
        // The numbers of the transfer and of the connection: `[0-0] `.
        let ids = value.strip_prefix('[').and_then(|inner| inner.split_once("] "));
        let value =
            ids.filter(|(ids, _)| ids.bytes().all(|b| b.is_ascii_digit() || b == b'-')).map_or(value, |(_, v)| v);
        let (direction, what) = match (value.strip_prefix("=> Send "), value.strip_prefix("<= Recv ")) {
            (Some(what), _) => (Direction::Out, what),
            (_, Some(what)) => (Direction::In, what),
            _ => return None,
        };
        Some((direction, what.starts_with("header") || what.starts_with("data")))
    };
    if !lines.iter().any(|l| heading(l.as_str()).is_some()) {
        return lines;
    }
    let mut out: Vec<ViewLine> = Vec::with_capacity(lines.len());
    let mut section: Option<(Direction, bool)> = None;
    // Where the next line must begin to go on with the one before it.
    let mut expected = None;
    let mut hex = TextBuilder::new(crate::text::Span::new(0, 0));
    let mut hex_direction = None;
    let flush = |hex: &mut TextBuilder, direction: Option<Direction>, out: &mut Vec<ViewLine>| {
        let text = std::mem::replace(hex, TextBuilder::new(crate::text::Span::new(0, 0))).finish();
        out.extend(text.lines().into_iter().map(|l| ViewLine::new(direction, l)));
    };
    for line in lines {
        let value = line.as_str();
        if let Some(found) = heading(value) {
            if hex_direction != Some(found.0) {
                flush(&mut hex, hex_direction, &mut out);
            }
            section = Some(found);
            expected = None;
            continue;
        }
        if value.contains("== Info:") {
            continue;
        }
        let Some((at, from)) = offset(value) else {
            flush(&mut hex, hex_direction, &mut out);
            section = None;
            out.push(line);
            continue;
        };
        let Some((direction, shown)) = section else {
            out.push(line);
            continue;
        };
        if !shown {
            continue;
        }
        if let Some(bytes) = hex_bytes(&value[from..]) {
            if hex.is_empty() {
                hex = TextBuilder::new(line.text.span_of(from..from));
            }
            hex_direction = Some(direction);
            for (i, byte) in bytes {
                let place = from + i..from + i + 2;
                let c = [byte];
                let shown = std::str::from_utf8(&c).unwrap_or("\u{FFFD}");
                hex.replace(&line.text, place, shown);
            }
            continue;
        }
        let next = ViewLine::new(Some(direction), line.text.slice(from..line.text.len()));
        let length = next.text.len();
        if expected == Some(at)
            && at > 0
            && let Some(last) = out.last_mut()
        {
            last.joined = Some("");
        }
        expected = (length > 0).then_some(at + length);
        out.push(next);
    }
    flush(&mut hex, hex_direction, &mut out);
    out
}

/// The bytes of a line of a hex dump: up to 16 pairs of digits, then the characters they stand for.
fn hex_bytes(value: &str) -> Option<Vec<(usize, u8)>> {
    let mut bytes = Vec::with_capacity(16);
    let raw = value.as_bytes();
    let mut at = 0;
    while bytes.len() < 16 {
        let Some(pair) = value.get(at..at + 2).filter(|p| p.bytes().all(|b| b.is_ascii_hexdigit())) else { break };
        if raw.get(at + 2).is_some_and(|b| *b != b' ') {
            break;
        }
        bytes.push((at, u8::from_str_radix(pair, 16).ok()?));
        at += 3;
    }
    // The dump has a column of its own for the characters, after 16 places for pairs.
    (bytes.len() >= 2 && (bytes.len() == 16 || value.len() >= 48)).then_some(bytes)
}

/// Whether curl says of one field that it goes out over HTTP/2: `* [HTTP/2] [1] [accept: */*]`.
pub(super) fn is_http2_field(value: &str) -> bool {
    http2_field(value).is_some()
}

fn http2_field(value: &str) -> Option<(usize, usize)> {
    let rest = value.strip_prefix("* ")?;
    let at = ["[HTTP/2] [", "h2h3 [", "h2 [", "[HTTP/3] ["]
        .iter()
        .find_map(|p| rest.strip_prefix(p))
        .map(|r| value.len() - r.len())?;
    let rest = &value[at..];
    // Where there is a stream number, the field is in the second pair of brackets.
    let from = rest.find("] [").filter(|i| rest[..*i].bytes().all(|b| b.is_ascii_digit())).map_or(at, |i| at + i + 3);
    let end = value.trim_end().len().checked_sub(1)?;
    (value.trim_end().ends_with(']') && from < end && value[from..end].contains(": ")).then_some((from, end))
}

/// The fields that curl lists as they go out over HTTP/2; a request that it shows line by line makes them needless.
fn http2_fields(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let shows_request = lines.iter().any(|l| l.direction == Some(Direction::Out));
    lines
        .into_iter()
        .map(|line| match http2_field(line.as_str()) {
            Some(_) if shows_request => line.blank(),
            Some((from, end)) => ViewLine::new(line.direction, line.text.slice(from..end)),
            None => line,
        })
        .collect()
}

/// What Python's `http.client` prints: `send: b'GET …'`, `reply: 'HTTP/1.1 401 …'`, `header: Name: value`.
fn debug_prints(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let is_print = |value: &str| {
        let value = value.trim_start();
        value.starts_with("send: b'")
            || value.starts_with("send: b\"")
            || value.starts_with("reply: '")
            || value.starts_with("reply: \"")
    };
    if !lines.iter().any(|l| is_print(l.as_str())) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let value = line.as_str();
        let lead = value.len() - value.trim_start().len();
        let trimmed = &value[lead..];
        if let Some(rest) = trimmed.strip_prefix("header: ") {
            let from = value.len() - rest.len();
            out.push(ViewLine::new(Some(Direction::In), line.text.slice(from..value.len())));
            continue;
        }
        if !is_print(value) {
            out.push(line);
            continue;
        }
        let direction = if trimmed.starts_with("send") { Direction::Out } else { Direction::In };
        let from = lead + trimmed.find(['\'', '"']).map_or(0, |i| i + 1);
        let end = value.trim_end().trim_end_matches(['\'', '"']).len().max(from);
        for part in split_escaped(&line.text.slice(from..end), "\\r\\n") {
            out.push(ViewLine::new(Some(direction), part));
        }
    }
    out
}

/// Parts of a text between `\r\n` written as escapes.
fn split_escaped(text: &Text, mark: &str) -> Vec<Text> {
    let value = text.as_str();
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, mark) in value.match_indices(mark) {
        parts.push(text.slice(from..at));
        from = at + mark.len();
    }
    parts.push(text.slice(from..value.len()));
    parts
}

/// How programs print the line end of a field, longest first.
const PRINTED_ENDS: &[&str] = &[
    "[\\r][\\n]",
    "\\r\\n",
    "\\x0d\\x0a",
    "\\x0D\\x0A",
    "\\x0d",
    "\\x0D",
    "\\r",
    "\\n",
    "^M$",
    "^M",
    "\u{240d}\u{240a}",
    "\u{240d}",
    "\u{21b5}",
    " invert=0",
    "<CR><LF>",
    "[CR][LF]",
    "(CR)(LF)",
    "$",
];

/// Line ends that are printed as characters: `Host: a\r\n`, `Host: a^M`, `Host: a.` (a dump shows a carriage return as a full stop).
fn printed_ends(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let is_of_message = |value: &str| {
        let value = value.trim_start();
        let version = value.strip_prefix("HTTP/").is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()));
        let is_field = value.split_once(':').is_some_and(|(name, _)| words::is_token(name) && !name.is_empty());
        version || is_field || words::after_method(value).is_some()
    };
    let message: Vec<&str> =
        lines.iter().map(ViewLine::as_str).filter(|l| is_of_message(l)).map(str::trim_end).collect();
    let share = |end: &str| message.iter().filter(|l| l.ends_with(end)).count();
    // A single line may well end like this; a message whose lines all do was printed so.
    let end =
        PRINTED_ENDS.iter().copied().find(|end| share(end) >= 3 && share(end) * 2 > message.len()).or_else(|| {
            let is_dump = message.iter().any(|l| l.ends_with("HTTP/1.1.") || l.ends_with("HTTP/1.0."));
            (is_dump && share(".") >= 3).then_some(".")
        });
    let Some(end) = end else { return lines };
    lines
        .into_iter()
        .map(|line| {
            let value = line.as_str().trim_end();
            let rest = value.strip_suffix(end).filter(|rest| end != "." || rest.is_empty() || is_of_message(rest));
            let Some(rest) = rest else { return line };
            let rest_len = rest.trim_end_matches([' ', '\t']).len();
            // `Host: a\r\n"` has what a blank value had: its blanks belong to the field.
            ViewLine { text: line.text.slice(0..rest_len), ..line }
        })
        .collect()
}

/// How loggers print the line ends within a message that they write on one line; Indy's writes `<EOL>`.
const LINE_ENDS: &[&str] = &["\\r\\n", "<EOL>", "<CR><LF>", "<CRLF>", "[CR][LF]", "[\\r][\\n]"];

/// A message printed as one line, with its line ends as escapes.
fn escaped_line_ends(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let value = line.as_str();
        let begun = value.trim_start();
        // A quoted message (`"GET /… HTTP/1.1\r\n…"`) is not a JSON string.
        let is_message = begun
            .strip_prefix('"')
            .is_some_and(|inner| inner.starts_with("HTTP/") || words::after_method(inner).is_some());
        let starts_json = begun.starts_with(['{', '[', '"']) && !is_message;
        let mark = LINE_ENDS.iter().find(|mark| value.matches(**mark).take(2).count() == 2);
        let Some(mark) = mark.filter(|_| !starts_json) else {
            out.push(line);
            continue;
        };
        if value.contains("\":\"") || value.contains("\": \"") {
            out.push(line);
            continue;
        }
        let quotes = |c: char| is_message && (c == '"' || c.is_whitespace());
        let text = &line.text;
        let start = value.len() - value.trim_start_matches(quotes).len();
        let end = value.trim_end_matches(quotes).len().max(start);
        for part in split_escaped(&text.slice(start..end), mark) {
            out.push(ViewLine::new(line.direction, part));
        }
    }
    out
}

/// Lines by which tools and wikis say where something begins and ends.
fn markers(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let is_marker = |value: &str| {
        let value = value.trim();
        let wiki = ["{code", "{noformat", "{quote", "{panel", "{color", "[code]", "[/code]"]
            .iter()
            .any(|m| value.starts_with(m));
        wiki && value.ends_with(['}', ']']) && !value[1..].contains('{') && !value.contains('"')
            || value.starts_with("---re")
                && value.ends_with("---")
                && (value.contains(" begin") || value.contains(" end"))
    };
    lines
        .into_iter()
        .map(|line| {
            let value = line.as_str();
            if is_marker(value) {
                return line.blank();
            }
            // `{code}GET …` and `… {code}` on the line itself.
            for mark in ["{code}", "{noformat}", "{code:java}", "{code:json}", "{code:bash}"] {
                if let Some(rest) = value.strip_prefix(mark) {
                    let end = rest
                        .strip_suffix("{code}")
                        .or_else(|| rest.strip_suffix("{noformat}"))
                        .map_or(rest.len(), str::len);
                    return ViewLine::new(line.direction, line.text.slice(mark.len()..mark.len() + end));
                }
            }
            // A heading of Jira (`h3. Request`) or of a mail's screen reader.
            let bytes = value.as_bytes();
            if bytes.len() > 4 && bytes[0] == b'h' && (b'1'..=b'6').contains(&bytes[1]) && &bytes[2..4] == b". " {
                return line.cut(4);
            }
            line
        })
        .collect()
}

/// A request of Bruno: blocks of `name: value` that are named `get`, `headers`, `auth:bearer`.
fn bru(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let method = |value: &str| -> bool {
        value.trim_end().strip_suffix('{').map(str::trim_end).is_some_and(|word| {
            words::METHODS.iter().any(|m| m.eq_ignore_ascii_case(word)) && word.bytes().all(|b| b.is_ascii_lowercase())
        })
    };
    if !lines.iter().any(|l| method(l.as_str())) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut block = String::new();
    for line in lines {
        let value = line.as_str();
        let trimmed = value.trim();
        if block.is_empty() {
            let Some(name) = value.strip_suffix('{').or_else(|| trimmed.strip_suffix('{')).map(str::trim) else {
                out.push(line);
                continue;
            };
            if value.starts_with([' ', '\t'])
                || name.is_empty()
                || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-:".contains(&b))
            {
                out.push(line);
                continue;
            }
            block = name.to_owned();
            if method(value) {
                let mut builder = TextBuilder::new(line.text.span());
                builder.replace(&line.text, 0..0, "Method: ");
                builder.copy(&line.text, 0..name.len());
                out.push(ViewLine::new(None, builder.finish()));
            } else if name == "headers" || name.starts_with("body") {
                let mut builder = TextBuilder::new(line.text.span());
                builder.replace(
                    &line.text,
                    0..name.len(),
                    if name == "headers" { "Request headers:" } else { "Request body:" },
                );
                out.push(ViewLine::new(None, builder.finish()));
            } else {
                out.push(line.blank());
            }
            continue;
        }
        if value.trim_end() == "}" {
            block.clear();
            out.push(line.blank());
            continue;
        }
        let lead = value.len() - value.trim_start().len();
        match block.as_str() {
            "headers" if trimmed.starts_with('~') => {}
            "headers" => out.push(line.cut(lead)),
            name if name.starts_with("body") => out.push(line),
            "auth:bearer" if trimmed.starts_with("token:") => {
                let rest = trimmed["token:".len()..].trim_start();
                let from = lead + trimmed.len() - rest.len();
                let mut builder = TextBuilder::new(line.text.span());
                builder.replace(&line.text, lead..lead + "token".len(), "Authorization");
                builder.copy(&line.text, lead + "token".len()..lead + "token:".len());
                builder.replace(&line.text, lead + "token:".len()..from, " Bearer ");
                builder.copy(&line.text, from..lead + trimmed.len());
                out.push(ViewLine::new(None, builder.finish()));
            }
            name if words::METHODS.iter().any(|m| m.eq_ignore_ascii_case(name)) && trimmed.starts_with("url:") => {
                out.push(line.cut(lead))
            }
            _ => {}
        }
    }
    out
}

/// Variables of a file of requests: `@token = abc` above, `{{token}}` below.
fn variables(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let mut known: Vec<(String, Text)> = Vec::new();
    for line in &lines {
        let Some(rest) = line.as_str().strip_prefix('@') else { continue };
        let Some((name, value)) = rest.split_once('=') else { continue };
        let name = name.trim();
        if name.is_empty()
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
            || known.len() >= 64
        {
            continue;
        }
        let from = line.text.len() - value.len();
        known.push((name.to_owned(), line.text.slice(from..line.text.len()).trim()));
    }
    if known.is_empty() {
        return lines;
    }
    lines
        .into_iter()
        .filter(|l| !(l.as_str().starts_with('@') && l.as_str().contains('=')))
        .map(|line| {
            let value = line.as_str();
            if !value.contains("{{") {
                return line;
            }
            let mut builder = TextBuilder::new(line.text.span());
            let mut at = 0;
            for (open, _) in value.match_indices("{{") {
                let Some(len) = value[open..].bytes().take(80).position(|b| b == b'}') else { continue };
                let name = value[open + 2..open + len].trim();
                let Some((_, text)) = known.iter().find(|(n, _)| n == name) else { continue };
                if open < at || !value[open + len..].starts_with("}}") {
                    continue;
                }
                builder.copy(&line.text, at..open);
                builder.copy(text, 0..text.len());
                at = open + len + 2;
            }
            builder.copy(&line.text, at..value.len());
            ViewLine::new(line.direction, builder.finish())
        })
        .collect()
}

/// The developer tools of a browser copy a name on one line and its value on the next.
fn values_below(mut lines: Vec<ViewLine>) -> Vec<ViewLine> {
    if lines.iter().any(|l| yaml::is_head(l.as_str())) {
        return lines;
    }
    let is_name = |value: &str| -> bool {
        let value = value.trim();
        let bare = value.strip_suffix(':').unwrap_or(value);
        let name = bare.trim_start_matches(':');
        words::is_plain_field(name)
            || bare.starts_with(':') && matches!(name, "authority" | "method" | "path" | "scheme" | "status")
            || words::label(bare).is_some_and(|l| !matches!(l, words::Label::RequestHead | words::Label::ResponseHead))
            || matches!(bare.to_ascii_lowercase().as_str(), "remote address" | "referrer policy" | "request url")
    };
    let names: Vec<bool> = lines.iter().map(|l| is_name(l.as_str())).collect();
    let bare = |i: usize| !lines[i].as_str().trim().ends_with(':');
    let url = (0..lines.len().saturating_sub(1)).any(|i| {
        names[i]
            && lines[i].as_str().trim().to_ascii_lowercase().starts_with("request url")
            && lines[i + 1].as_str().trim().starts_with("http")
    });
    let mut found = Vec::new();
    let mut i = 0;
    while i + 1 < lines.len() {
        let next = lines[i + 1].as_str().trim();
        // The value of a name is the line below it, unless that is another name with its colon, or a pair.
        let is_next_name = names[i + 1] && (!url || next.ends_with(':'));
        let is_pair = next.split_once(": ").is_some_and(|(name, _)| is_name(name));
        if names[i] && (url || !bare(i)) && !next.is_empty() && !is_next_name && !is_pair {
            found.push(i);
            i += 1;
        }
        i += 1;
    }
    // A single name above something else may be a heading; three are a habit, and so is a URL under its label.
    if !url && found.len() < 3 {
        return lines;
    }
    for i in found {
        lines[i].joined = Some(if lines[i].as_str().trim().ends_with(':') { " " } else { ": " });
    }
    lines
}

/// The heads of mails and of the mails below them: `From:`, `Sent:`, `To:`. Their names are fields of mail, not of HTTP.
fn mail_heads(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let name = |value: &str| -> Option<&'static str> {
        let value = value.trim_start_matches([' ', '*', '_', '\u{A0}']);
        let (name, _) = value.split_once(':')?;
        let name = name.trim_end_matches(['*', '_', ' ']);
        [
            "From",
            "Sent",
            "To",
            "Cc",
            "Bcc",
            "Subject",
            "Date",
            "Reply-To",
            "Importance",
            "Attachments",
            "Von",
            "Gesendet",
            "An",
            "Betreff",
        ]
        .into_iter()
        .find(|n| n.eq_ignore_ascii_case(name))
    };
    let names: Vec<Option<&str>> = lines.iter().map(|l| name(l.as_str())).collect();
    let mut is_head = vec![false; lines.len()];
    let mut i = 0;
    while i < lines.len() {
        let end = (i..lines.len()).find(|j| names[*j].is_none()).unwrap_or(lines.len());
        let block = &names[i..end];
        let has = |n: &str| block.contains(&Some(n));
        let starts = has("From") || has("Von");
        let goes_on = ["Sent", "To", "Subject", "Gesendet", "An", "Betreff"].into_iter().any(has);
        if starts && goes_on {
            is_head[i..end].fill(true);
        }
        i = end.max(i) + 1;
    }
    lines
        .into_iter()
        .zip(is_head)
        .zip(names)
        .map(
            |((line, is_head), name)| {
                if is_head && !matches!(name, Some("Subject" | "Betreff")) { line.blank() } else { line }
            },
        )
        .collect()
}

/// The hyphens that word processors put into names.
fn hyphens(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    lines
        .into_iter()
        .map(|line| {
            let value = line.as_str();
            let end = value.find([':', '\t', '=', '|']).unwrap_or(0);
            if !value[..end].contains(['\u{2010}', '\u{2011}']) {
                return line;
            }
            let mut builder = TextBuilder::new(line.text.span());
            let mut at = 0;
            for (i, mark) in value[..end].match_indices(['\u{2010}', '\u{2011}']) {
                builder.copy(&line.text, at..i);
                builder.replace(&line.text, i..i + mark.len(), "-");
                at = i + mark.len();
            }
            builder.copy(&line.text, at..value.len());
            ViewLine { text: builder.finish(), ..line }
        })
        .collect()
}

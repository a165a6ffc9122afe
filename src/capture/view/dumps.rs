//! Messages in the dumps of values: PHP's `var_dump`, and a stream of HTTP/2 that Wireshark follows.

use super::line::{Direction, ViewLine};
use crate::text::{Text, TextBuilder};

/// PHP prints the length of a string in front of it, and the key of a member on the line before.
pub(super) fn var_dump(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    if lines.iter().filter(|l| literal(l.as_str()).is_some()).take(2).count() < 2 {
        return lines;
    }
    let mut out: Vec<ViewLine> = Vec::with_capacity(lines.len());
    let mut name: Option<Text> = None;
    for line in lines {
        let value = line.as_str().trim();
        if let Some(key) = value.strip_prefix('[').and_then(|v| v.strip_suffix("]=>")) {
            let from = line.as_str().find('[').unwrap_or(0) + 1;
            let key = line.text.slice(from..from + key.len());
            name = key.as_str().starts_with('"').then(|| key.slice(1..key.len().saturating_sub(1).max(1)));
        } else if let Some(range) = literal(line.as_str()) {
            let content = line.text.slice(range);
            out.push(match name.take() {
                Some(name) => {
                    let mut both = TextBuilder::new(name.span());
                    both.copy(&name, 0..name.len());
                    both.replace(&content, 0..0, ": ");
                    both.copy(&content, 0..content.len());
                    ViewLine::new(line.direction, both.finish())
                }
                None => ViewLine::new(line.direction, content),
            });
        } else if !(value == "}" || value.starts_with("array(") || value.starts_with("object(")) {
            name = None;
            out.push(line);
        }
    }
    out
}

/// The content of `string(3) "GET"` or `int(401)`.
fn literal(line: &str) -> Option<std::ops::Range<usize>> {
    let lead = line.len() - line.trim_start().len();
    let value = line.trim();
    if let Some(number) = value.strip_prefix("int(").and_then(|v| v.strip_suffix(')')) {
        return number.bytes().all(|b| b.is_ascii_digit()).then_some(lead + 4..lead + 4 + number.len());
    }
    let digits = value.strip_prefix("string(")?;
    let close = digits.find(')').filter(|end| *end > 0 && digits[..*end].bytes().all(|b| b.is_ascii_digit()))?;
    let from = "string(".len() + close + ") \"".len();
    let content = value.get(from..).filter(|_| value[..from].ends_with(") \""))?;
    let len = content.strip_suffix('"').unwrap_or(content).len();
    Some(lead + from..lead + from + len)
}

/// `tshark -z follow,http2,ascii`: each frame of header fields is a list of names and values, each with its length in
/// four bytes, of which the dump shows a full stop for most.
pub(super) fn followed_http2(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    if !lines.iter().any(|l| l.as_str().trim_end() == "Follow: http2,ascii") {
        return lines;
    }
    let is_length = |line: &str| {
        let digits = line.trim_end().trim_start_matches('\t');
        !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let is_rule = |line: &str| line.len() > 20 && line.trim_end().bytes().all(|b| b == b'=');
    let mut out = Vec::with_capacity(lines.len());
    let mut last = None;
    let mut i = 0;
    while i < lines.len() {
        if !is_length(lines[i].as_str()) {
            out.push(lines[i].clone());
            i += 1;
            continue;
        }
        let end = (i + 1..lines.len())
            .find(|j| is_length(lines[*j].as_str()) || is_rule(lines[*j].as_str()))
            .unwrap_or(lines.len());
        let mut frame = TextBuilder::new(lines[i].text.span());
        for (n, line) in lines[i + 1..end].iter().enumerate() {
            if n > 0 {
                frame.replace(&line.text, 0..0, "\n");
            }
            frame.copy(&line.text, 0..line.text.len());
        }
        let frame = frame.finish();
        let pairs = pairs(frame.as_str());
        if pairs.is_empty() {
            // The content of a message, after nine bytes of the frame's head.
            let skip = frame.len() - frame.as_str().trim_start_matches(['.', '\t', '\n']).len();
            out.extend(frame.slice(skip..frame.len()).lines().into_iter().map(|l| ViewLine::new(last, l)));
        } else {
            last = Some(head(&frame, &pairs, &mut out));
        }
        i = end;
    }
    out
}

type FrameField = (std::ops::Range<usize>, std::ops::Range<usize>);

/// The names and values of a frame of header fields; none where it is another frame.
fn pairs(frame: &str) -> Vec<FrameField> {
    let mut found = Vec::new();
    let Some(mut name) = name_at(frame, 0) else { return found };
    while frame[name.end..].starts_with("...") {
        let from = length_end(frame, name.end);
        // A value goes to where the next name begins with its length.
        let next = (from..frame.len())
            .filter(|at| frame.as_bytes()[*at] == b'.')
            .find_map(|at| name_at(frame, at).map(|name| (at, name)));
        let (end, following) = next.map_or((frame.len(), None), |(at, name)| (at, Some(name)));
        found.push((name, from..end));
        let Some(following) = following else { break };
        name = following;
    }
    let is_head = found.iter().any(|(name, _)| matches!(&frame[name.clone()], ":method" | ":status"));
    if is_head { found } else { Vec::new() }
}

/// Where the four bytes of a length end.
fn length_end(frame: &str, at: usize) -> usize {
    let last = frame[at + 3..].chars().next().map_or(0, char::len_utf8);
    at + 3 + last
}

/// The name whose length begins at this place, if another length follows it.
fn name_at(frame: &str, at: usize) -> Option<std::ops::Range<usize>> {
    if !frame.get(at..)?.starts_with("...") {
        return None;
    }
    let from = length_end(frame, at);
    let rest = &frame[from..];
    let len = rest
        .bytes()
        .take(80)
        .take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b':' | b'-' | b'_'))
        .count();
    (len > 0 && rest[len..].starts_with("...")).then_some(from..from + len)
}

/// Writes a head as HTTP/1 shows it; gives its direction.
fn head(frame: &Text, pairs: &[FrameField], out: &mut Vec<ViewLine>) -> Direction {
    let s = frame.as_str();
    let pseudo = |name: &str| pairs.iter().find(|(n, _)| &s[n.clone()] == name).map(|(_, v)| v.clone());
    let line = |parts: &[(&str, Option<std::ops::Range<usize>>)]| {
        let begin = parts.iter().find_map(|(_, r)| r.clone()).map_or(0, |r| r.start);
        let mut line = TextBuilder::new(frame.span_of(begin..begin));
        for (before, range) in parts {
            let at = range.as_ref().map_or(begin, |r| r.start);
            line.replace(frame, at..at, before);
            if let Some(range) = range {
                line.copy(frame, range.clone());
            }
        }
        line.finish()
    };
    out.push(ViewLine::new(None, frame.slice(0..0)));
    let direction = match pseudo(":status") {
        Some(status) => {
            out.push(ViewLine::new(Some(Direction::In), line(&[("HTTP/2 ", Some(status))])));
            Direction::In
        }
        None => {
            let parts = [("", pseudo(":method")), (" ", pseudo(":path")), (" HTTP/2", None)];
            out.push(ViewLine::new(Some(Direction::Out), line(&parts)));
            if let Some(authority) = pseudo(":authority") {
                out.push(ViewLine::new(Some(Direction::Out), line(&[("Host: ", Some(authority))])));
            }
            Direction::Out
        }
    };
    for (name, value) in pairs.iter().filter(|(name, _)| !s[name.clone()].starts_with(':')) {
        out.push(ViewLine::new(Some(direction), line(&[("", Some(name.clone())), (": ", Some(value.clone()))])));
    }
    out.push(ViewLine::new(Some(direction), frame.slice(0..0)));
    direction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(pass: fn(Vec<ViewLine>) -> Vec<ViewLine>, text: &str) -> Vec<String> {
        let lines = Text::paste(text).lines().into_iter().map(|l| ViewLine::new(None, l)).collect();
        pass(lines).into_iter().map(|l| l.as_str().to_owned()).collect()
    }

    #[test]
    fn strings_that_php_prints_with_their_length() {
        let dump = "array(2) {\n  [\"method\"]=>\n  string(3) \"GET\"\n  [0]=>\n  string(4) \"A: b\"\n}\nint(401)\nbye";
        assert_eq!(view(var_dump, dump), ["method: GET", "A: b", "401", "bye"]);
        assert_eq!(view(var_dump, "string(3) \"GET\"\n}"), ["string(3) \"GET\"", "}"]);
    }

    #[test]
    fn a_followed_stream_of_http2() {
        let dump = "Follow: http2,ascii\n98\n....:method....GET....:path...\n/v1/orders....:scheme....https...\n:authority....a.example....authorization....Zz1....x-blank....\n\t60\n....:status....401....date....Sun, 29 Nov\n\t20\n.........{\"a\": 1}\n=========================";
        assert_eq!(
            view(followed_http2, dump)[1..],
            [
                "",
                "GET /v1/orders HTTP/2",
                "Host: a.example",
                "authorization: Zz1",
                "x-blank: ",
                "",
                "",
                "HTTP/2 401",
                "date: Sun, 29 Nov",
                "",
                "{\"a\": 1}",
                "========================="
            ]
        );
    }

    #[test]
    fn numbers_elsewhere_stay() {
        assert_eq!(view(followed_http2, "401\nGET /a"), ["401", "GET /a"]);
    }
}

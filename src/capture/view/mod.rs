//! The paste as its author meant it: without mail quoting, code fences, prompts of dumps and the backslashes that
//! forum editors add. What remains is one [`Text`] whose every character still knows its place in the paste.

mod dumps;
mod hex;
mod line;
mod lists;
mod logged;
mod passes;
mod wraps;

pub(crate) use line::Direction;
use line::ViewLine;

use super::words;
use crate::text::{Span, Text, TextBuilder, telling_line_ranges};

/// The cleaned paste.
#[derive(Debug)]
pub(crate) struct View {
    /// All lines, joined by `\n`.
    pub(crate) text: Text,
    /// For each line: where it begins in `text`, and which way it went.
    pub(crate) lines: Vec<(usize, Option<Direction>)>,
    /// Whether the paste holds a wire dump with `>` and `<` in front of the lines.
    pub(crate) is_dump: bool,
}

impl View {
    /// Cleans a paste.
    pub(crate) fn of(paste: &Text) -> Self {
        let mut quoted: Vec<Text> = telling_line_ranges(paste.as_str()).map(|range| paste.slice(range)).collect();
        unquote_mail(&mut quoted);
        lists::without_marks(&mut quoted);
        let quoted = wraps::joined(quoted);
        let is_dump = is_dump(&quoted);
        let is_turned = is_dump && is_turned(&quoted);
        let escaped = has_forum_escapes(paste.as_str());
        // The reader of XML decodes the entities of a document itself, after it has found where values end.
        let is_xml = paste.as_str().trim_start().starts_with("<?xml");
        let entities =
            !is_xml && ["&quot;", "&lt;", "&amp;", "&nbsp;", "&#"].iter().any(|e| paste.as_str().contains(e));
        let mut lines = Vec::with_capacity(quoted.len());
        for line in quoted {
            let (direction, line) = if is_dump { undump(line) } else { (None, line) };
            let direction = if is_turned { direction.map(Direction::other) } else { direction };
            let Some(mut line) = line_without_fence(line) else {
                lines.push(ViewLine { direction, text: paste.slice(0..0), joined: None });
                continue;
            };
            if escaped {
                line = without_forum_escapes(&line);
            }
            if entities {
                line = without_entities(&line);
            }
            lines.push(ViewLine { direction, text: line, joined: None });
        }
        let lines = passes::all(lines);
        let has_directions = is_dump || lines.iter().any(|l| l.direction == Some(Direction::In));
        let mut builder = TextBuilder::new(paste.span());
        let mut starts = Vec::with_capacity(lines.len());
        for (number, line) in lines.iter().enumerate() {
            starts.push((builder.len(), line.direction));
            builder.copy(&line.text, 0..line.text.len());
            // The separator of two lines stands for their separator in the paste.
            let end = line.text.span().end;
            let next = lines.get(number + 1).map_or(end, |l| l.text.span().start).max(end);
            if line.joined.is_none() && next == end + 1 && is_line_feed(paste, end) {
                // As it is in the paste, so that neighbouring lines make one piece.
                builder.copy(&Text::verbatim("\n", end), 0..1);
                continue;
            }
            let here =
                Text::implied(line.joined.unwrap_or("\n"), Span::new(end.min(paste.len()), next.min(paste.len())));
            builder.copy(&here, 0..here.len());
        }
        Self { text: builder.finish(), lines: starts, is_dump: has_directions }
    }

    /// The direction of the line that holds this offset of the view.
    pub(crate) fn direction(&self, offset: usize) -> Option<Direction> {
        let line = self.lines.partition_point(|(start, _)| *start <= offset);
        self.lines.get(line.saturating_sub(1)).and_then(|(_, direction)| *direction)
    }
}

/// Whether the paste has a line feed at this place. Of a paste that was decoded this is not known.
fn is_line_feed(paste: &Text, at: usize) -> bool {
    paste.is_verbatim()
        && at.checked_sub(paste.span().start).and_then(|at| paste.as_str().as_bytes().get(at)) == Some(&b'\n')
}

/// Takes mail quoting (`> `, `>> `) off, level by level, as long as it is quoting and not the mark of a wire dump.
fn unquote_mail(lines: &mut [Text]) {
    for _ in 0..8 {
        let quoted = lines.iter().filter(|l| l.as_str().starts_with('>')).count();
        if quoted == 0 || is_dump(lines) {
            return;
        }
        for line in lines.iter_mut() {
            if let Some(rest) = line.as_str().strip_prefix('>') {
                // PowerShell's `>>` prompt of a continued line goes with the next round.
                let skip = 1 + usize::from(rest.starts_with(' '));
                *line = line.slice(skip..line.len());
            }
        }
    }
}

/// Whether `>` and `<` before the lines are those of `curl -v`: only the server's side has `<`.
fn is_dump(lines: &[Text]) -> bool {
    let answer = lines.iter().any(|l| {
        let line = l.as_str();
        line.starts_with("< HTTP/") || line.starts_with("<HTTP/") || line == "<" || line == "< "
    });
    let request = lines.iter().any(|l| {
        let line = l.as_str();
        line.starts_with("> ") && line.trim_end().rsplit(' ').next().is_some_and(|v| v.starts_with("HTTP/"))
    });
    // `> GET … HTTP/1.1` alone is a dump too, unless the answer is quoted the same way (then it is a mail).
    answer || request && !lines.iter().any(|l| l.as_str().starts_with("> HTTP/"))
}

/// Whether the marks are the other way round: requests-toolbelt prints `<` before the request and `>` before the answer.
fn is_turned(lines: &[Text]) -> bool {
    let has = |mark: &str, is: &dyn Fn(&str) -> bool| {
        lines.iter().any(|l| l.as_str().strip_prefix(mark).is_some_and(|rest| is(rest.trim_end())))
    };
    has("< ", &|rest| rest.contains(" HTTP/") && words::after_method(rest).is_some())
        && has("> ", &|rest| rest.starts_with("HTTP/"))
}

fn undump(line: Text) -> (Option<Direction>, Text) {
    let value = line.as_str();
    let direction = match value.as_bytes() {
        [b'>', b' ', ..] | [b'>'] => Some(Direction::Out),
        [b'<', b' ', ..] | [b'<'] | [b'<', b'H', b'T', b'T', b'P', ..] => Some(Direction::In),
        _ => None,
    };
    if direction.is_some() {
        let skip = if value.as_bytes().get(1) == Some(&b' ') { 2 } else { 1 };
        return (direction, line.slice(skip.min(line.len())..line.len()));
    }
    if value.starts_with("* ") || value.starts_with("} [") || value.starts_with("{ [") {
        if passes::is_http2_field(value) {
            return (None, line);
        }
        // What the client says about the connection.
        return (None, line.slice(0..0));
    }
    if value.starts_with("| ") && !value.trim_end().ends_with('|') {
        // Insomnia puts a bar before the lines of a body.
        return (None, line.slice(2..line.len()));
    }
    (None, line)
}

/// `None` for the line of a code fence.
fn line_without_fence(line: Text) -> Option<Text> {
    let value = line.as_str().trim();
    let is_fence = (value.starts_with("```") || value.starts_with("~~~")) && !value[3..].contains(['{', ' ', '`']);
    if is_fence {
        return None;
    }
    Some(line)
}

/// Whether a forum editor has put backslashes before characters that mean something to it.
fn has_forum_escapes(paste: &str) -> bool {
    paste.contains("\\_") || paste.contains("\\[ {") || paste.contains("\\[\"") || paste.contains("\\*\\*")
}

fn without_forum_escapes(line: &Text) -> Text {
    let value = line.as_str();
    if !value.contains('\\') {
        return line.clone();
    }
    let mut out = TextBuilder::new(line.span());
    let mut at = 0;
    for (i, _) in value.match_indices('\\') {
        let Some(next) = value[i + 1..].chars().next() else { continue };
        if i < at || !matches!(next, '_' | '*' | '[' | ']' | '#' | '<' | '>' | '~' | '-' | '|') {
            continue;
        }
        out.copy(line, at..i);
        out.replace(line, i..i + 1 + next.len_utf8(), next.encode_utf8(&mut [0; 4]));
        at = i + 1 + next.len_utf8();
    }
    out.copy(line, at..line.len());
    out.finish()
}

/// Decodes the entities that escaping a text as HTML produces. Only these: of the other 2,200 none has a meaning in a
/// captured request, and a query such as `?a=1&copy=2` must stay as it is. That is why no crate with the full table is
/// used.
fn without_entities(line: &Text) -> Text {
    const ENTITIES: [(&str, &str); 7] = [
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let value = line.as_str();
    let mut out = TextBuilder::new(line.span());
    let mut at = 0;
    for (i, _) in value.match_indices('&') {
        let rest = &value[i..];
        if let Some((entity, means)) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity)) {
            out.copy(line, at..i);
            out.replace(line, i..i + entity.len(), means);
            at = i + entity.len();
        } else if let Some((len, means)) = numeric_entity(rest) {
            out.copy(line, at..i);
            out.replace(line, i..i + len, means.encode_utf8(&mut [0; 4]));
            at = i + len;
        }
    }
    out.copy(line, at..line.len());
    out.finish()
}

/// `&#39;`, `&#x27;`: the length of an entity at the beginning of a text, and the character that it means.
fn numeric_entity(text: &str) -> Option<(usize, char)> {
    let number = text.strip_prefix("&#")?;
    let len = number.bytes().take(8).position(|b| b == b';')?;
    let digits = &number[..len];
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let means = char::from_u32(code).filter(|c| !c.is_control())?;
    Some((2 + len + 1, means))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(paste: &str) -> String {
        View::of(&Text::paste(paste)).text.as_str().to_owned()
    }

    #[test]
    fn mail_quoting_goes_and_wire_dumps_stay() {
        assert_eq!(
            view("Hi\n> GET https://a.example/b\n>\n> HTTP/1.1 401 x\n"),
            "Hi\nGET https://a.example/b\n\nHTTP/1.1 401 x\n"
        );
        let dump = View::of(&Text::paste("> GET /b HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 401\n* bye\n<\nbody"));
        assert!(dump.is_dump);
        assert_eq!(dump.text.as_str(), "GET /b HTTP/1.1\nHost: a\n\nHTTP/1.1 401\n\n\nbody\n");
        assert_eq!(dump.direction(0), Some(Direction::Out));
        assert_eq!(dump.direction(26), Some(Direction::In));
        assert!(View::of(&Text::paste("> > GET /b HTTP/1.1\n> < HTTP/1.1 401\n")).is_dump);
    }

    #[test]
    fn editors_backslashes_go() {
        assert_eq!(view("A: PROVIDER\\_ADMIN \\[ {\n"), "A: PROVIDER_ADMIN [ {\n");
        assert_eq!(view("a \\d \\n"), "a \\d \\n\n");
    }
}

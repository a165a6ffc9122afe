//! Dumps of a message as hexadecimal digits: `xxd`, `hexdump -C`, `tcpdump -X`, Wireshark, the trace of a client.
//!
//! A line has an offset or the name of a logger, the digits in groups, and the characters. Only the digits count: in the
//! characters a full stop may be anything.

use super::line::{Direction, ViewLine};
use crate::capture::words;
use crate::text::{Span, Text, TextBuilder};

/// The fewest bytes on a line of a dump but its last.
const FEWEST: usize = 8;

/// Puts the message in place of its dump. A dump in which no message begins stays as it is.
pub(super) fn messages(lines: Vec<ViewLine>) -> Vec<ViewLine> {
    let dumped: Vec<Option<Vec<Byte>>> = lines.iter().map(|l| bytes(l.as_str())).collect();
    let full = dumped.iter().flatten().filter(|b| b.len() >= FEWEST).count();
    if full < 2 {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    // Which way the last message of a dump went: what follows in a dump of its own is its body.
    let mut last: Option<Direction> = None;
    let mut i = 0;
    while i < lines.len() {
        let end = (i..lines.len()).find(|j| dumped[*j].is_none()).unwrap_or(lines.len());
        if end - i < 2 {
            out.extend(lines[i..end.max(i + 1)].iter().cloned());
            i = end.max(i + 1);
            continue;
        }
        let text = decoded(&lines[i..end], &dumped[i..end]);
        match message(&text) {
            Some((from, direction)) => {
                out.push(ViewLine::new(None, lines[i].text.slice(0..0)));
                let content = text.slice(from..text.len());
                out.extend(content.lines().into_iter().map(|l| ViewLine::new(Some(direction), l)));
                last = Some(direction);
            }
            None if last.is_some() && is_readable(text.as_str()) => {
                out.extend(text.lines().into_iter().map(|l| ViewLine::new(last, l)));
            }
            None => out.extend(lines[i..end].iter().cloned()),
        }
        i = end;
    }
    out
}

/// A byte and the place of its digits in the line.
type Byte = (usize, u8);

/// The bytes of a line of a dump; `None` for any other line.
fn bytes(line: &str) -> Option<Vec<Byte>> {
    // A logger's name comes first, and an offset after it.
    let after_name = line.find("] ").filter(|_| line.starts_with('[')).map_or(0, |i| i + 2);
    let mut at = after_name + leading_blanks(&line[after_name..]);
    let offset = line[at..].strip_prefix("0x").map_or(0, |_| 2);
    let digits = count_hex(&line[at + offset..]);
    let after = &line[at + offset + digits..];
    if (4..=8).contains(&digits) && (after.starts_with(':') || offset > 0 || after.starts_with("  ")) {
        at += offset + digits + usize::from(after.starts_with(':'));
        at += leading_blanks(&line[at..]);
    } else if after_name == 0 {
        return None;
    }
    let raw = line.as_bytes();
    let mut found = Vec::with_capacity(16);
    while found.len() < 32 {
        let group = count_hex(&line[at..]);
        if !matches!(group, 2 | 4 | 8) || raw.get(at + group).is_some_and(|b| !matches!(b, b' ' | b'|' | b'-')) {
            break;
        }
        for pair in (at..at + group).step_by(2) {
            found.push((pair, u8::from_str_radix(&line[pair..pair + 2], 16).ok()?));
        }
        at += group;
        let blanks = leading_blanks(&line[at..]);
        // Two blanks may part the halves of a line; the characters come after them too.
        let is_end = blanks >= 2 && found.len() != 8 || blanks > 2 || blanks == 0;
        if is_end {
            break;
        }
        at += blanks;
    }
    // A group that was filled up (`0a--`) is the last.
    if line[at..].len() >= 4 && count_hex(&line[at..]) == 2 && line[at + 2..].starts_with("--") {
        found.push((at, u8::from_str_radix(&line[at..at + 2], 16).ok()?));
    }
    (!found.is_empty() && (found.len() >= FEWEST || line.len() > at + 1)).then_some(found)
}

fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn count_hex(text: &str) -> usize {
    text.bytes().take(9).take_while(u8::is_ascii_hexdigit).count()
}

/// The bytes of several lines as text. A byte outside ASCII is shown as U+FFFD.
fn decoded(lines: &[ViewLine], dumped: &[Option<Vec<Byte>>]) -> Text {
    let mut builder = TextBuilder::new(lines.first().map_or(Span::new(0, 0), |l| l.text.span()));
    for (line, bytes) in lines.iter().zip(dumped) {
        for (at, byte) in bytes.iter().flatten() {
            let c = if byte.is_ascii() { char::from(*byte) } else { '\u{FFFD}' };
            builder.replace(&line.text, *at..*at + 2, c.encode_utf8(&mut [0; 4]));
        }
    }
    builder.finish()
}

/// Where a message begins: after the heads of the packet, if those were dumped too.
fn message(text: &Text) -> Option<(usize, Direction)> {
    let value = text.as_str();
    let near = value.char_indices().take(200).map(|(i, _)| i);
    for at in near {
        let rest = &value[at..];
        if rest.starts_with("HTTP/1.") {
            return Some((at, Direction::In));
        }
        let is_request = words::after_method(rest).is_some_and(|r| {
            let line = r.lines().next().unwrap_or_default();
            line.contains(" HTTP/1.") && (r.starts_with('/') || r.starts_with("http"))
        });
        if is_request {
            return Some((at, Direction::Out));
        }
    }
    None
}

fn is_readable(text: &str) -> bool {
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t') || *c == '\u{FFFD}').count();
    odd * 20 <= text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> Vec<(String, Option<Direction>)> {
        let lines = Text::paste(text).lines().into_iter().map(|l| ViewLine::new(None, l)).collect();
        messages(lines).into_iter().map(|l| (l.as_str().to_owned(), l.direction)).collect()
    }

    const OUT: Option<Direction> = Some(Direction::Out);

    #[test]
    fn dumps_of_several_programs_are_read() {
        let xxd = "00000000: 4745 5420 2f61 2048 5454 502f 312e 310d  GET /a HTTP/1.1.\n00000010: 0a48 6f73 743a 2061 0d0a                  .Host: a..\n";
        let hexdump = "00000000  47 45 54 20 2f 61 20 48  54 54 50 2f 31 2e 31 0d  |GET /a HTTP/1.1.|\n00000010  0a 48 6f 73 74 3a 20 61  0d 0a                    |.Host: a..|\n";
        let trace = "[TRACE util] 4745 5420 2f61 2048 5454 502f 312e 310d  GET./a.HTTP/1.1.\n[TRACE util] 0a48 6f73 743a 2061 0d0a ---- ---- ----  .Host:.a........\n";
        let tcpdump = "\t0x0000:  4500 0034 4745 5420 2f61 2048 5454 502f  E..4GET./a.HTTP/\n\t0x0010:  312e 310d 0a48 6f73 743a 2061 0d0a       1.1..Host:.a..\n";
        for dump in [xxd, hexdump, trace, tcpdump] {
            let found = view(dump);
            assert_eq!(found[1..], [("GET /a HTTP/1.1".to_owned(), OUT), ("Host: a".to_owned(), OUT)], "{dump}");
        }
    }

    #[test]
    fn other_lines_stay() {
        let text = "12345678: abcd efgh\nHost: a\n00000000  00 01 02 03 04 05 06 07  |........|\n00000008  00 01 02 03 04 05 06 07  |........|\n";
        let lines: Vec<String> = view(text).into_iter().map(|(l, _)| l).collect();
        assert_eq!(lines.join("\n") + "\n", text);
    }
}

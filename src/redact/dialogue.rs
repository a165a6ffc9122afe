//! Credentials that answer a question: in a chat (`what is the password?` and the next message), and in the protocols of mail,
//! files and Redis (`USER …`, `PASS …`).

use std::ops::Range;

use super::between::without_stamp;
use super::hidden::{Hidden, line_end, line_start};
use super::names::{self, Telling};
use super::searchable::Searchable;
use super::value::{self, Firmness, ValueAt};
use crate::text::offset_in;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = answers(searchable);
    found.extend(commands(searchable));
    found.extend(asked(searchable));
    found.extend(dissected(searchable));
    found
}

/// `Request arg: …` below `Request command: PASS`, and `Data: …` below `Data: Password:`, as a dissector of packets shows FTP and
/// Telnet.
fn dissected(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for (label, above) in [("Request arg: ", "PASS"), ("Data: ", "assword:")] {
        for at in searchable.places(label) {
            let line = line_start(text, at);
            let before = text[text.ceil_char_boundary(line.saturating_sub(200))..line].trim_end();
            let end = line_end(text, at);
            let word = text[at + label.len()..end].trim().trim_end_matches("\\n").trim_end_matches("\\r");
            if before.ends_with(above) && !word.contains(' ') {
                let start = offset_in(text, word);
                found.extend(value::sure(text, start..start + word.len()));
            }
        }
    }
    found
}

/// What an answer may begin with.
const OPENINGS: [&str; 14] = [
    "sure",
    "yes",
    "yep",
    "ok",
    "okay",
    "here",
    "here you go",
    "here it is",
    "it is",
    "it's",
    "its",
    "should be",
    "try",
    "use",
];

/// The only word of the line below a question for a credential.
fn answers(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places("?\n") {
        let question = &text[line_start(text, at)..at];
        let told = question.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).find_map(|word| {
            names::telling(word).or_else(|| names::is_short(&word.to_ascii_lowercase()).then_some(Telling::Password))
        });
        let is_key = question.to_ascii_lowercase().contains("api key");
        let Some(told) = told.or(is_key.then_some(Telling::Password)) else { continue };
        let Some(word) = only_word(text, below_author(text, at + 2)) else { continue };
        let value = ValueAt { range: word, quoted: false };
        found.extend(value::judge(text, value, told, Firmness::Said));
    }
    found
}

/// Where a message begins whose author and time have a line of their own: `ali  09:15`.
fn below_author(text: &str, from: usize) -> usize {
    let end = line_end(text, from);
    let line = &text[from..end];
    let is_time = |word: &str| {
        let word = word.trim_matches(['(', ')', '[', ']', ',']);
        let (hours, rest) = word.split_once(':').unwrap_or_default();
        let minutes = rest.as_bytes().iter().take(2);
        (1..=2).contains(&hours.len())
            && word.len() >= 4
            && !rest.is_empty()
            && hours.bytes().all(|b| b.is_ascii_digit())
            && minutes.into_iter().all(u8::is_ascii_digit)
    };
    let words = line.split_whitespace().count();
    let is_heading = (2..=6).contains(&words) && line.split_whitespace().any(is_time) && !line.contains(": ");
    let next = end + text[end..].bytes().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    if is_heading { next } else { from }
}

/// The only word of a message that begins here, after its time, its author and an opening.
fn only_word(text: &str, from: usize) -> Option<Range<usize>> {
    let end = line_end(text, from);
    let mut rest = without_stamp(&text[from..end]).trim_start_matches(['>', ' ']);
    // `ali: …`, `<ali> …`.
    if let Some((author, said)) = rest.split_once([':', '>'])
        && author.len() <= 30
        && author.split_whitespace().count() <= 2
        && said.starts_with(' ')
    {
        rest = said.trim_start();
    }
    for opening in OPENINGS {
        let Some(said) = rest.get(..opening.len()).filter(|first| first.eq_ignore_ascii_case(opening)) else {
            continue;
        };
        let after = &rest[said.len()..];
        if after.starts_with([' ', ',', ':', '!']) {
            rest = after.trim_start_matches([' ', ',', ':', '!']);
        }
    }
    let word = rest.trim().trim_matches(['"', '\'', '`']);
    let is_one = !word.is_empty() && !word.contains(char::is_whitespace);
    let start = offset_in(text, word);
    is_one.then(|| start..start + word.len())
}

/// `PASS …` after `USER …`, `AUTH …`, `a1 LOGIN NAME …`.
fn commands(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for command in ["PASS ", "AUTH ", " LOGIN "] {
        for at in searchable.places(command) {
            let line = line_start(text, at);
            let lead = without_stamp(&text[line..at]).trim_end_matches([' ', '>', ':', 'C', 'c', '-', '*']);
            let end = line_end(text, at);
            let words: Vec<&str> = text[at + command.len()..end].split_whitespace().collect();
            let secret = match (command, words.as_slice()) {
                ("PASS ", [word]) if lead.is_empty() && is_after(text, line, "USER ") || lead == "Command" => {
                    Some(*word)
                }
                ("AUTH ", [word] | [_, word]) if is_prompt(lead) && is_answered(text, end) => Some(*word),
                // A dissector of packets writes the end of the line out.
                ("PASS ", [word]) if lead.is_empty() && word.ends_with("\\r\\n") => word.strip_suffix("\\r\\n"),
                // A trace of system calls: `write(3, "PASS …\r\n", 19)`.
                ("PASS ", [word, ..]) if text[..at].ends_with('"') => word.split_once("\\r\\n").map(|(word, _)| word),
                // A tag that numbers the command: `a1 LOGIN …`.
                (" LOGIN ", [_, word]) if is_tag(lead) => Some(*word),
                _ => None,
            };
            if let Some(word) = secret {
                let word = word.trim_matches('"');
                let start = offset_in(text, word);
                found.extend(value::sure(text, start..start + word.len()));
            }
        }
    }
    found
}

/// What a mail server asks with: `Password:` in base64.
const ASKED: &str = "334 UGFzc3dvcmQ6";

/// The line below the question of a mail server for the password.
fn asked(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(ASKED) {
        let start = line_end(text, at);
        let start = start + text[start..].bytes().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let line = text[start..line_end(text, start)].trim_end();
        let word = line.rsplit([' ', ':', '>']).next().unwrap_or_default();
        let from = offset_in(text, word);
        if word.len() >= 4 {
            found.push(Hidden { range: from..from + word.len(), anywhere: true });
        }
    }
    found
}

/// Whether one of the four lines above has this command.
fn is_after(text: &str, line: usize, command: &str) -> bool {
    text[text.ceil_char_boundary(line.saturating_sub(400))..line]
        .lines()
        .rev()
        .take(4)
        .any(|above| above.contains(command))
}

/// Whether the next line is an answer of the protocol: `+OK`, `-WRONGPASS …`, `235 2.7.0 …`.
fn is_answered(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(['\r', '\n', ' ', 'S', ':', '<', '-']);
    let is_code = rest.len() > 4 && rest.as_bytes()[..3].iter().all(u8::is_ascii_digit) && rest.as_bytes()[3] == b' ';
    is_code
        || rest.starts_with("+OK")
        || rest.starts_with("OK\n")
        || ["WRONGPASS", "ERR ", "NOAUTH"].iter().any(|e| rest.starts_with(e))
}

/// Whether nothing is in front of a command, or the prompt of a client (`redis-cli`, `10.0.0.1:6379`).
fn is_prompt(lead: &str) -> bool {
    lead.is_empty() || lead.contains("redis") || lead.ends_with(":6379")
}

fn is_tag(lead: &str) -> bool {
    let tag = lead.rsplit(' ').next().unwrap_or(lead);
    (1..=6).contains(&tag.len())
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        && tag.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn the_answer_to_a_question() {
        let secret = "kuzamolireta-pano";
        for text in [
            "[12:04] kim: what's the pw?\n[12:05] ali: kuzamolireta-pano\n",
            "can you send me the client secret for INT?\nsure: kuzamolireta-pano\n",
            "<kim> which API key?\n<ali> it's kuzamolireta-pano\n",
            "which API key?\nali  09:15\nkuzamolireta-pano\n",
        ] {
            assert_eq!(masked(text, all), [secret], "{text}");
        }
        for text in [
            "Is the token expired?\nali: unauthorised\n",
            "Which password?\nThe one from Monday.\n",
            "Why?\nkuzamolireta\n",
            // Letters of two bytes where minutes would be.
            "what is the password?\nali 9:aé x\nkuzamolireta-pano\n",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn commands_of_protocols() {
        for text in [
            "USER kim\n331 Password required\nPASS kuzamolireta\n530 Login incorrect\n",
            "AUTH default kuzamolireta\n-WRONGPASS invalid username-password pair\n",
            "C: a1 LOGIN kim kuzamolireta\nS: a1 NO failed\n",
        ] {
            assert_eq!(masked(text, all), ["kuzamolireta"], "{text}");
        }
        assert_eq!(masked("PASS kuzamolireta\n PASS  src/app.test.js\nAUTH kuzamolireta\n", all), Vec::<&str>::new());
    }
}

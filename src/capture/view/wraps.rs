//! Lines that a mail program, a terminal or a form broke because they were too long.
//!
//! Two habits are known. A program that breaks between words (mail at 72 or 76 columns) starts a new line where the next
//! word would not have fitted, and leaves a word that is longer than a line alone. A program that cuts (a terminal, a
//! field of a form) makes every line but the last equally long. A line is joined with the next one only if the next
//! one does not look like the beginning of something.

use crate::capture::words;
use crate::text::{Text, TextBuilder};

/// The widths that programs break at. A paste whose longest line is shorter was not broken, or it does not matter.
const NARROWEST: usize = 60;

/// The widths at which programs cut, for a line that is the only one of its length.
const WIDTHS: &[usize] = &[64, 70, 72, 74, 75, 76, 77, 78, 79, 80, 100, 120, 128, 132, 160];

/// The longest line of a text that was broken between words, at 72 to 80 columns.
const LONGEST_OF_WORDS: std::ops::RangeInclusive<usize> = 66..=80;

/// Joins the lines that were broken.
pub(super) fn joined(lines: Vec<Text>) -> Vec<Text> {
    let lines = cut(lines);
    methods(broken_between_words(lines))
}

/// The number of characters of a line.
fn width(line: &Text) -> usize {
    line.as_str().chars().count()
}

/// Joins lines that were cut at one column, in the middle of a word or not.
fn cut(lines: Vec<Text>) -> Vec<Text> {
    let Some(most) = lines.iter().map(width).max().filter(|w| *w >= NARROWEST) else { return lines };
    let full: Vec<usize> = (0..lines.len().saturating_sub(1)).filter(|i| width(&lines[*i]) == most).collect();
    let follows = |i: usize| lines[i + 1].as_str();
    // Nothing follows a blank line, and a field may be the rest of a name that was cut.
    let may_go_on = |i: usize| {
        !follows(i).trim().is_empty() && !is_fixed(lines[i].as_str()) && !begin_alike(lines[i].as_str(), follows(i))
    };
    let is_open = |i: usize| may_go_on(i) && is_field(follows(i)) && cuts_word(&lines[i], &lines[i + 1]);
    let on: Vec<usize> = full.iter().copied().filter(|i| may_go_on(*i) && !begins_something(follows(*i))).collect();
    let open = full.iter().filter(|i| is_open(**i)).count();
    // Two lines of equal length are a coincidence if something begins after them.
    let is_habit = on.len() >= 2
        && on.len() * 5 >= (full.len() - open) * 4
        && on.iter().any(|i| cuts_word(&lines[*i], &lines[*i + 1]));
    if is_habit {
        let on: Vec<usize> = full.into_iter().filter(|i| on.binary_search(i).is_ok() || is_open(*i)).collect();
        return merge(lines, &on, "");
    }
    let is_token =
        WIDTHS.contains(&most) && full.len() == 1 && on.len() == 1 && cuts_token(&lines[on[0]], &lines[on[0] + 1]);
    if is_token { merge(lines, &on, "") } else { lines }
}

/// Whether two lines begin with the same word and go on, as entries of a log do.
fn begin_alike(line: &str, next: &str) -> bool {
    let first = |line: &str| line.split_once(' ').map(|(word, _)| word.to_owned());
    first(line).is_some_and(|word| !word.is_empty() && first(next) == Some(word))
}

/// Lines of dumps and tables are equally long by nature.
fn is_fixed(line: &str) -> bool {
    let trimmed = line.trim_start();
    let hex = trimmed.bytes().take_while(u8::is_ascii_hexdigit).count();
    let is_offset = hex >= 4 && trimmed[hex..].starts_with([' ', ':']);
    let first = trimmed.chars().next().unwrap_or(' ');
    let is_rule = trimmed.chars().all(|c| c == first);
    let is_row = trimmed.starts_with(['|', '+']) && trimmed.trim_end().ends_with(['|', '+']);
    is_offset || is_rule || is_row || trimmed.contains("-----")
}

/// Whether a word goes on from one line to the next.
fn cuts_word(line: &Text, next: &Text) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '%' | '=');
    line.as_str().ends_with(is_word) && next.as_str().starts_with(is_word)
}

/// Whether the word that goes on is too long to be one of a language.
fn cuts_token(line: &Text, next: &Text) -> bool {
    let is_token = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '%' | '=' | '&' | '+');
    let before = line.as_str().chars().rev().take_while(is_token).count();
    let after: String = next.as_str().chars().take_while(is_token).collect();
    // `401.` begins a sentence.
    let after = after.trim_end_matches('.');
    before >= 20 && after.len() >= 4 && after.bytes().any(|b| b.is_ascii_digit())
}

/// Joins lines that were broken between words.
fn broken_between_words(lines: Vec<Text>) -> Vec<Text> {
    let has_blank = |line: &Text| line.as_str().trim().contains(' ');
    let most = lines.iter().filter(|l| has_blank(l)).map(|l| l.as_str().trim_end().chars().count()).max();
    let Some(most) = most.filter(|w| LONGEST_OF_WORDS.contains(w)) else { return lines };
    let on: Vec<usize> = (0..lines.len().saturating_sub(1))
        .filter(|i| {
            let (line, next) = (lines[*i].as_str().trim_end(), lines[*i + 1].as_str());
            let word = next.split(' ').next().unwrap_or_default().chars().count();
            word > 0 && !line.trim().is_empty() && line.chars().count() + 1 + word > most && takes(line, next)
        })
        .collect();
    let nearly_full = on.iter().filter(|i| width(&lines[**i]) + 15 > most).count();
    if nearly_full < 2 {
        return lines;
    }
    merge(lines, &on, " ")
}

/// Joins a method that is alone on its line with the URL that did not fit after it.
fn methods(lines: Vec<Text>) -> Vec<Text> {
    let is_method = |line: &Text| words::METHODS.contains(&without_arrow(line.as_str().trim()));
    let is_url = |line: &Text| line.as_str().starts_with("http://") || line.as_str().starts_with("https://");
    let on: Vec<usize> =
        (0..lines.len().saturating_sub(1)).filter(|i| is_method(&lines[*i]) && is_url(&lines[*i + 1])).collect();
    if on.is_empty() { lines } else { merge(lines, &on, " ") }
}

/// Whether the next line may be the rest of this one.
fn takes(line: &str, next: &str) -> bool {
    let bare = next.trim_end();
    let is_version = bare.strip_prefix("HTTP/").is_some_and(|v| !v.contains(' '));
    let line = without_arrow(line);
    // Entries of a log and rows of a list begin alike.
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    // A program that breaks between words leaves the blank out.
    let is_indented = next.starts_with([' ', '\t']);
    if is_indented
        || begins_something(next) && !is_version
        || is_fixed(line)
        || is_fixed(next)
        || first(line) == first(next)
    {
        return false;
    }
    let is_url = next.starts_with("http://") || next.starts_with("https://");
    if words::METHODS.contains(&line) || words::after_method(line).is_some() {
        return is_url || is_version;
    }
    if is_field(line) {
        let is_form = next.split(' ').next().is_some_and(|word| word.contains('=') && word.contains('&'));
        return !is_url && !is_version && !is_form && !next.starts_with(['{', '[', '<', '"', '\'', '}']);
    }
    !line.ends_with(['\\', '`', '^', ';'])
}

/// Whether a line looks like the beginning of something: a field, a message, an entry of a log or of a list.
fn begins_something(line: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "> ",
        "< ",
        "* ",
        "- ",
        "# ",
        "\u{2022} ",
        "|",
        "```",
        "~~~",
        "HTTP/",
        "curl ",
        "--",
        ">",
        "<!",
        "<html",
        "//",
    ];
    let is_listed = BEGINNINGS.iter().any(|b| line.starts_with(b)) || line == "<";
    let is_request = words::METHODS.iter().any(|m| {
        line.strip_prefix(*m).is_some_and(|r| r.trim_start().starts_with("http") || r.trim_start().starts_with('/'))
    });
    // `method: GET`: a word that was cut is not followed by a colon and a blank.
    let word = line.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_member = line[word..].starts_with(": ") && words::label(&line[..word]).is_some();
    is_listed || is_request || is_field(line) || is_labelled(line) || is_dated(line) || is_member || has_level(line)
}

fn without_arrow(line: &str) -> &str {
    line.strip_prefix("> ").or_else(|| line.strip_prefix("< ")).unwrap_or(line)
}

/// Whether a line begins with the name of a header field and a colon.
fn is_field(line: &str) -> bool {
    let Some((name, rest)) = without_arrow(line).split_once(':') else { return false };
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    is_name
        && (rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}']))
        && (name.contains('-') || words::is_plain_field(name))
}

/// Whether a line begins with a name and a sign that gives it a value: `Status: 401`, `url => /a`, `Accept<tab>*/*`.
fn is_labelled(line: &str) -> bool {
    let name = line.bytes().take(60).take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
    let rest = &line[name..];
    let bare = rest.trim_start_matches(' ');
    name > 0 && (rest.starts_with('\t') || ["=>", "->", ":\t", "= "].iter().any(|sign| bare.starts_with(sign)))
}

/// Whether a line begins with the level of an entry of a log: `info: Shop.Client[1]`, `WARN: slow`.
fn has_level(line: &str) -> bool {
    const LEVELS: [&str; 13] = [
        "crit", "critical", "dbug", "debug", "error", "fail", "fatal", "info", "notice", "trace", "trce", "warn",
        "warning",
    ];
    let level = line.split_once(": ").map(|(level, _)| level);
    level.is_some_and(|level| LEVELS.iter().any(|known| known.eq_ignore_ascii_case(level)))
}

/// Whether a line begins with a date or a time, as entries of logs do.
fn is_dated(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(']);
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    matches!((digits, bytes.get(digits)), (4, Some(b'-' | b'/')) | (2, Some(b':' | b'/')))
}

/// Joins each of these lines with the one after it.
fn merge(lines: Vec<Text>, on: &[usize], between: &str) -> Vec<Text> {
    let mut out: Vec<Text> = Vec::with_capacity(lines.len());
    let mut building: Option<TextBuilder> = None;
    let mut on = on.iter().copied().peekable();
    for (i, line) in lines.iter().enumerate() {
        let goes_on = on.next_if_eq(&i).is_some();
        if building.is_none() && !goes_on {
            out.push(line.clone());
            continue;
        }
        let mut builder = building.take().unwrap_or_else(|| TextBuilder::new(line.span()));
        let end = if between.is_empty() || !goes_on { line.len() } else { line.as_str().trim_end().len() };
        builder.copy(line, 0..end);
        if goes_on {
            builder.replace(line, end..line.len(), between);
            building = Some(builder);
        } else {
            out.push(builder.finish());
        }
    }
    if let Some(builder) = building {
        out.push(builder.finish());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(text: &str) -> Vec<String> {
        joined(Text::paste(text).lines()).into_iter().map(|l| l.as_str().to_owned()).collect()
    }

    #[test]
    fn lines_that_were_cut_are_joined() {
        let long = format!("Authorization: Bearer {}", "aB3dE6gH9k".repeat(12));
        let cut = |at: usize| -> String {
            long.as_bytes().chunks(at).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join("\n")
        };
        for at in [64, 76, 120] {
            assert_eq!(
                join(&format!("GET /a HTTP/1.1\n{}\nHost: a\n", cut(at))),
                ["GET /a HTTP/1.1", &long, "Host: a"],
                "{at}"
            );
        }
    }

    #[test]
    fn lines_that_were_broken_between_words_are_joined() {
        let text = "POST\nhttps://api.example/a/very/long/path/that/does/not/fit/into/a/line/of/a/mail\nHTTP/1.1\n\
                    X-Request-Id: 5b2c\n\nWhen we call this with the token that we got from you a minute ago, the\n\
                    answer is always the same one, whatever we send and whoever is signed in\nat that time.";
        assert_eq!(
            join(text),
            [
                "POST https://api.example/a/very/long/path/that/does/not/fit/into/a/line/of/a/mail HTTP/1.1",
                "X-Request-Id: 5b2c",
                "",
                "When we call this with the token that we got from you a minute ago, the answer is always the same one, whatever we send and whoever is signed in at that time.",
            ]
        );
    }

    #[test]
    fn a_status_after_a_long_line_stays() {
        let text =
            "curl -H \"Authorization: Basic $T\" https://tracker.shop.example/rest/api/2/myself\n401. It was new.\n";
        assert_eq!(text.find('\n'), Some(80));
        assert_eq!(join(text).len(), 2);
    }

    #[test]
    fn lines_that_happen_to_be_equally_long_stay() {
        let text = "X-Request-ID: 5b2c0b60-7b5e-4a4e-9d6e-0a1b2c3d4e5f-0123456789\nX-Session-ID: 6b2c0b60-7b5e-4a4e-9d6e-0a1b2c3d4e5f-0123456789\nHost: a";
        assert_eq!(join(text).len(), 3);
        let dump = "0000: 4745 5420 2f72 6566 6572 7261 6c73 2f46 4849 522f 5234  GET./ref\n".repeat(3);
        assert_eq!(join(&dump).len(), 3);
        let log = "level=info method=GET url=https://api.shop.example/v1/orders/11 code=200\n".repeat(3);
        assert_eq!(join(&log).len(), 3);
    }
}

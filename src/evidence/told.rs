//! Refusals that a text tells of without quoting an answer: an exception, a line of a log, words in quotation marks, a
//! sentence.
//!
//! A line counts where it is marked as the word of a machine, or where it states something that a person does not say of themselves.
//! Which of them speak of credentials is decided by the lexicon.

use std::ops::Range;

use crate::facts::ListItem;
use crate::text::{Span, offset_in};
use crate::words::reading::{self, read};
use crate::words::table::WordTable;

/// The most lines that are read by the lexicon.
const MOST_READ: usize = 200;

/// The most refusals that are kept.
const MOST: usize = 6;

/// The longest part of a line that is read, in bytes.
const LONGEST: usize = 1000;

/// The least weight of the words of a machine.
const LEAST: u8 = 40;

/// The least weight of a sentence, which may be about anything.
const LEAST_OF_SENTENCE: u8 = 60;

/// Words of a refusal that a text tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToldRefusal {
    pub(super) at: Span,
    /// Whether it is a sentence that nothing marks as the word of a machine.
    pub(super) is_sentence: bool,
}

/// Which parts of a line count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineScope {
    All,
    /// Only the words of machines: a sentence of another person is what they suspect.
    Machines,
    None,
}

/// The refusals that these lines of a text tell of, in their order; sentences only where no machine says anything.
/// `scope`: what of a line counts.
pub(super) fn refusals(
    text: &str,
    lines: &[Range<usize>],
    table: WordTable<'_>,
    scope: impl Fn(Range<usize>) -> LineScope,
) -> Vec<ToldRefusal> {
    let (mut told, mut sentences, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    let mut read_so_far = 0;
    for &Range { start, end } in lines {
        if read_so_far >= MOST_READ || told.len() >= MOST {
            break;
        }
        let scope = scope(start..end);
        if scope == LineScope::None {
            continue;
        }
        let line = &text[start..end];
        let line = &line[..line.floor_char_boundary(LONGEST)];
        // What was taken of this line so far.
        let mut taken = 0;
        for part in parts(line) {
            let words = trimmed(line, part.from, part.to);
            if words.start < taken || part.is_sentence && scope == LineScope::Machines {
                continue;
            }
            if !(6..=LONGEST).contains(&words.len()) || !line[words.clone()].contains(' ') {
                continue;
            }
            read_so_far += 1;
            let Some(reading) = read(table, &line[words.clone()]) else { continue };
            let at = Span::new(start + words.start, start + words.end);
            let one = ToldRefusal { at, is_sentence: part.is_sentence };
            // What complains of nothing that is named may be about anything.
            if reading.complaint.is_none() || reading.about.is_none() && reading.weight < 80 {
                continue;
            }
            let (list, least) = if part.is_sentence { (&mut sentences, LEAST_OF_SENTENCE) } else { (&mut told, LEAST) };
            // A sentence about where a request goes is not about its credentials.
            let is_elsewhere = part.is_sentence && reading.family == "elsewhere";
            if reading.weight >= least && !is_elsewhere {
                list.push(one);
                taken = words.end;
            }
        }
        if taken == 0 && codes.len() < MOST && !is_code(line) {
            let found = error_codes(line).filter(|code| is_refusal(table, &line[code.clone()]));
            codes.extend(
                found.map(|code| ToldRefusal {
                    at: Span::new(start + code.start, start + code.end),
                    is_sentence: false,
                }),
            );
        }
    }
    // A code alone says less than any sentence about it.
    let mut found = [told, sentences, codes].into_iter().find(|list| !list.is_empty()).unwrap_or_default();
    found.truncate(MOST);
    found
}

/// The first refusal in a word or two that says nothing of what is wrong: `Error: unauthorized`. It counts where a text
/// tells nothing else.
pub(super) fn bare_refusal(
    text: &str,
    lines: &[Range<usize>],
    table: WordTable<'_>,
    scope: impl Fn(Range<usize>) -> LineScope,
) -> Option<ToldRefusal> {
    lines.iter().take(MOST_READ).find_map(|&Range { start, end }| {
        let scope = scope(start..end);
        let line = &text[start..end];
        let line = &line[..line.floor_char_boundary(LONGEST)];
        if scope == LineScope::None || is_code(line) {
            return None;
        }
        let words = bare_words(line, scope).find(|words| reading::is_refusal(table, &line[words.clone()]))?;
        Some(ToldRefusal { at: Span::new(start + words.start, start + words.end), is_sentence: false })
    })
}

/// The most words of a refusal that says nothing else, and their greatest length in bytes.
const MOST_BARE: usize = 4;
const LONGEST_BARE: usize = 48;

/// The parts of a line that may be a refusal in a word or two: what a machine says behind its mark or alone on the line,
/// what is in quotation marks, and what a person says was answered.
fn bare_words(line: &str, scope: LineScope) -> impl Iterator<Item = Range<usize>> + '_ {
    let behind_colon = line.rfind(": ").map(|at| (at + 2, line.len()));
    let whole = (!is_of_person(line)).then_some((0, line.len()));
    let of_machines = [marked(line), behind_colon].into_iter().flatten();
    let in_quotes = quotes(line).into_iter();
    let heard = sentences(line).into_iter().filter(move |_| scope == LineScope::All).filter_map(|(from, to)| {
        let words = heard_words(&line[from..to])?;
        Some((from + words.start, from + words.end))
    });
    of_machines
        .chain(in_quotes)
        .chain(heard)
        .chain(whole)
        .map(|(from, to)| {
            let words = trimmed(line, from, to);
            words.start..words.start + line[words].trim_end_matches(['.', '!']).len()
        })
        .filter(|words| {
            let text = &line[words.clone()];
            let count = text.split_whitespace().count();
            let has_only_words = text.chars().all(|c| c.is_alphabetic() || " -.!'’".contains(c));
            (1..=MOST_BARE).contains(&count) && text.len() <= LONGEST_BARE && has_only_words
        })
}

/// The words of a line that have the form of an error code: `invalid_grant`, `TOKEN_EXPIRED`.
fn error_codes(line: &str) -> impl Iterator<Item = Range<usize>> {
    /// What the names of metrics and settings end in.
    const MEASURES: [&str; 8] = ["count", "total", "rate", "seconds", "ms", "url", "handler", "enabled"];
    let is_of_code = |c: char| c.is_ascii_alphabetic() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + line[at..].find(is_of_code)?;
        let length = line[from..].find(|c: char| !is_of_code(c)).unwrap_or(line.len() - from);
        at = from + length;
        Some(from..at)
    })
    .filter(|word| {
        let code = &line[word.clone()];
        let (before, after) = (&line[..word.start], &line[word.end..]);
        let parts = code.split('_');
        let has_one_case = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            || code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        // A name is what is called, set, or a part of a longer one: `invalid_token(`, `token_expired = false`, `a.is_expired`.
        let is_part = before.ends_with(['.', '-', '/', '$', '@', '{', '<', '&', '?', '#'])
            || before.ends_with(|c: char| c.is_alphanumeric())
            || after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '-' | '/' | '$' | '}'))
            || after.trim_start_matches(['"', '\'', '`', ' ']).starts_with(['=', ':'])
            || after.starts_with('.') && after[1..].starts_with(|c: char| c.is_alphanumeric());
        (8..=48).contains(&code.len())
            && parts.clone().count() >= 2
            && parts.into_iter().all(|p| p.len() >= 2)
            && code.rsplit('_').next().is_none_or(|last| !MEASURES.contains(&last.to_ascii_lowercase().as_str()))
            && has_one_case
            && !is_part
    })
}

/// Whether a code complains of something of which the lexicon knows what it means.
fn is_refusal(table: WordTable<'_>, code: &str) -> bool {
    read(table, code).is_some_and(|reading| {
        reading.complaint.is_some()
            && (reading.about.is_some() || reading.weight >= LEAST_OF_SENTENCE)
            && reading.weight >= LEAST
            && reading.family != "elsewhere"
    })
}

/// The words of refusals as a text has them.
pub(super) fn items(text: &str, told: &[ToldRefusal]) -> Vec<ListItem> {
    told.iter().map(|one| (text[one.at.start..one.at.end].to_owned().into(), vec![one.at])).collect()
}

/// A part of a line that may be a message.
struct LinePart {
    from: usize,
    to: usize,
    is_sentence: bool,
}

/// What a line may say: the message after the mark of a machine, what is in quotation marks, or its sentences.
fn parts(line: &str) -> Vec<LinePart> {
    if is_code(line) {
        return Vec::new();
    }
    if let Some((from, to)) = marked(line) {
        return vec![LinePart { from, to, is_sentence: false }];
    }
    let mut parts: Vec<LinePart> = quoted(line);
    for (from, to) in sentences(line) {
        if is_statement(&line[from..to]) {
            parts.push(LinePart { from, to, is_sentence: true });
        } else if let Some(heard) = heard(&line[from..to]) {
            parts.push(LinePart { from: from + heard.start, to: from + heard.end, is_sentence: true });
        }
    }
    parts
}

/// What a person says was answered, without quotation marks: "we keep getting *invalid kid header in the assertion*". The words
/// from the verb to where the sentence turns to the person again.
fn heard(sentence: &str) -> Option<Range<usize>> {
    let words = heard_words(sentence)?;
    is_statement(&sentence[words.clone()]).then_some(words)
}

/// The same, whatever it states.
fn heard_words(sentence: &str) -> Option<Range<usize>> {
    const VERBS: [&str; 31] = [
        "get",
        "gets",
        "getting",
        "got",
        "receive",
        "receives",
        "received",
        "receiving",
        "see",
        "seeing",
        "saw",
        "says",
        "said",
        "saying",
        "returns",
        "returned",
        "returning",
        "replies",
        "replied",
        "answers",
        "answered",
        "responds",
        "responded",
        "throws",
        "fails",
        "failing",
        "rejects",
        "rejected",
        "told",
        "comes",
        "came",
    ];
    /// What may be between the verb and the words.
    const BETWEEN: [&str; 20] = [
        "with", "an", "a", "the", "error", "message", "errors", "is", "that", "this", "us", "me", "back", "response",
        "saying", "by", "of", "just", "only", "word",
    ];
    /// Words after which the sentence is about what the person does.
    const AFTER: [&str; 16] = [
        "when", "whenever", "while", "if", "although", "though", "even", "but", "because", "after", "i", "we", "my",
        "our", "every", "each",
    ];
    if sentence.trim_end().ends_with('?') {
        return None;
    }
    let is_one_of = |list: &[&str], word: &Range<usize>| list.contains(&sentence[word.clone()].to_lowercase().as_str());
    let mut words = words_of(sentence);
    words.find(|word| is_one_of(&VERBS, word))?;
    let first = words.find(|word| !is_one_of(&BETWEEN, word))?;
    let turn = words.find(|word| is_one_of(&AFTER, word) || sentence[..word.start].trim_end().ends_with(','));
    let end = sentence[..turn.map_or(sentence.len(), |word| word.start)].trim_end_matches([',', ' ']).len();
    (!is_one_of(&AFTER, &first) && first.start < end).then_some(first.start..end)
}

/// The words of a sentence, with their places.
fn words_of(sentence: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let words = sentence.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '\'' | '’')));
    words.filter(|word| !word.is_empty()).map(|word| {
        let from = offset_in(sentence, word);
        from..from + word.len()
    })
}

/// Whether a line is source code, whose texts are what a program may say.
pub(super) fn is_code(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(['{', ';'])
        || line.starts_with("//")
        || line.starts_with("def ")
        || line.starts_with("import ")
        || ["throw ", "return ", "raise ", "if (", "if(", "=> "].iter().any(|word| line.starts_with(word))
}

/// Where the message of a machine begins, if the line is marked as one.
fn marked(line: &str) -> Option<(usize, usize)> {
    let has = |byte: u8| line.as_bytes().contains(&byte);
    if has(b'=')
        && let Some(value) = pair(line)
    {
        return Some(value);
    }
    // What a client in Go was told about a call says more than what it was doing.
    if has(b'"')
        && let Some(from) = failed_call(line)
    {
        return Some((from, line.len()));
    }
    let exception = if has(b':') || has(b'(') { exception(line) } else { None };
    let status = if has(b'4') { status(line) } else { None };
    let found = [exception, label(line), level(line), code(line), refusal(line), status];
    let from = found.into_iter().flatten().min()?;
    Some((from + head_length(&line[from..]), line.len()))
}

/// The length of what a logger puts in front of a message: `[thread] (worker-7) a.b.C: `.
fn head_length(rest: &str) -> usize {
    let mut at = 0;
    for _ in 0..4 {
        let here = &rest[at..];
        let blank = here.len() - here.trim_start_matches(|c: char| c.is_whitespace() || ":-–—".contains(c)).len();
        let here = &here[blank..];
        let closed = match here.chars().next() {
            Some('[') => here.find(']'),
            Some('(') => here.find(')'),
            _ => {
                let name = here.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$')));
                name.filter(|end| here[..*end].contains('.') && here[*end..].starts_with(':'))
            }
        };
        match closed.filter(|end| *end < 80) {
            Some(end) => at += blank + end + 1,
            None => return at + blank,
        }
    }
    at
}

/// After `SomeException:` and `SomeError(`.
fn exception(line: &str) -> Option<usize> {
    const ENDS: [&str; 4] = ["Exception", "Error", "Failure", "Fault"];
    let found = ENDS.iter().filter_map(|end| {
        line.match_indices(end).map(|(at, _)| at + end.len()).find(|at| {
            let word =
                line[..*at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$'))).next();
            let is_name = word.is_some_and(|w| w.len() > end.len());
            is_name && line[*at..].trim_start_matches([']', '>']).starts_with([':', '('])
        })
    });
    found.min().map(|at| at + 1)
}

/// After `Error:`, `error -`, `fatal:`, `Reason:` at the beginning of a line.
fn label(line: &str) -> Option<usize> {
    const LABELS: &[&str] = &[
        "error",
        "fatal",
        "warning",
        "message",
        "msg",
        "reason",
        "detail",
        "details",
        "cause",
        "caused by",
        "failure",
        "failed",
        "remote",
        "npm err!",
        "npm error",
        "err",
        "status",
        "errore",
        "fehler",
        "erreur",
        "помилка",
        "error message",
        "the error is",
        "error description",
    ];
    let from = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let rest = &line[from..];
    let colon = rest[..rest.floor_char_boundary(41)].find([':', '!'])?;
    let name = rest[..colon].trim().to_lowercase();
    // `Error response from daemon: …`, `error getting credentials: …`
    let is_error = name.starts_with("error ") && name.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
    let is_known = name == "npm err" || name.len() <= 24 && LABELS.contains(&name.as_str());
    (is_known || is_error && rest[colon..].starts_with(": ")).then_some(from + colon + 1)
}

/// After the method and the URL that Go writes in front of what happened: `Get "https://a.example/v2/": …`.
fn failed_call(line: &str) -> Option<usize> {
    const METHODS: [&str; 6] = ["Get", "Post", "Put", "Patch", "Head", "Delete"];
    let at = line.find(" \"http")?;
    let is_method = METHODS.iter().any(|method| {
        line[..at].strip_suffix(method).is_some_and(|front| !front.ends_with(|c: char| c.is_alphanumeric()))
    });
    let url = at + 2;
    let end = url + line[url..].find('"')?;
    let is_message = is_method && line[end + 1..].starts_with(": ") && line.len() > end + 3;
    is_message.then_some(end + 3)
}

/// At a word that registries and their clients begin a refusal with: `denied: …`, `unauthorized: …`.
fn refusal(line: &str) -> Option<usize> {
    const WORDS: [&str; 4] = ["denied", "unauthorized", "unauthenticated", "forbidden"];
    let from = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let rest = &line[from..];
    let is_refusal = WORDS.iter().any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(": ")));
    is_refusal.then_some(from)
}

/// After the level of a log line.
fn level(line: &str) -> Option<usize> {
    const LEVELS: [&str; 9] = ["ERROR", "WARN", "WARNING", "FATAL", "SEVERE", "CRITICAL", "DEBUG", "INFO", "TRACE"];
    /// As some loggers write it at the beginning of a line: `info: Some.Class[1]`.
    const LOWER: [&str; 6] = ["info: ", "warn: ", "fail: ", "dbug: ", "crit: ", "debug: "];
    let beginning = line.trim_start();
    if let Some(word) = LOWER.iter().find(|word| beginning.starts_with(**word)) {
        return Some(line.len() - beginning.len() + word.len());
    }
    // `2025/05/02 03:00:14 `: the log package of Go, which has no levels.
    const GO_TIME: &[u8] = b"0000/00/00 00:00:00 ";
    let is_digit = |c: &u8| c.is_ascii_digit();
    let is_go = beginning.len() > GO_TIME.len()
        && beginning.bytes().zip(GO_TIME).all(|(c, form)| if is_digit(form) { is_digit(&c) } else { c == *form });
    if is_go {
        return Some(line.len() - beginning.len() + GO_TIME.len());
    }
    // `E0722 21:01:51.337404`: severity and date of glog.
    let mut letters = beginning.chars();
    let is_glog = letters.next().is_some_and(|c| "EWIF".contains(c))
        && letters.by_ref().take(4).filter(char::is_ascii_digit).count() == 4
        && letters.next() == Some(' ');
    if is_glog {
        return line.find("] ").map(|at| at + 2);
    }
    let head = &line[..line.floor_char_boundary(90)];
    if !head.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase)) {
        return None;
    }
    let found = LEVELS.iter().filter_map(|level| {
        let at = head.find(level)?;
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let end = at + level.len();
        (alone(head[..at].chars().next_back()) && alone(line[end..].chars().next())).then_some(end)
    });
    found.min()
}

/// The value of `err=…` or `msg="…"`, a pair of a log line.
fn pair(line: &str) -> Option<(usize, usize)> {
    const NAMES: [&str; 8] = ["err=", "msg=", "error=", "message=", "reason=", "error_message=", "errmsg=", "detail="];
    let found = NAMES.iter().filter_map(|name| {
        let at = line.find(name)?;
        let begins = line[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
        begins.then_some(at + name.len())
    });
    let from = found.min()?;
    let rest = &line[from..];
    let length = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].find(quote).map(|end| end + 1),
        // Up to the next pair: `error=access_denied, user=…`.
        _ => rest.match_indices(", ").map(|(at, _)| at).find(|at| {
            let next = &rest[at + 2..];
            next.find('=').is_some_and(|end| next[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
        }),
    };
    Some((from, from + length.unwrap_or(rest.len())))
}

/// At a code that only programs write: `IDX10223:`, `AADSTS50012`, `urn:vendor:error:…`.
fn code(line: &str) -> Option<usize> {
    let from = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let word = line[from..].split(|c: char| c.is_whitespace() || c == ':').next()?;
    let capitals = word.bytes().take_while(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b'-')).count();
    let digits = word.bytes().skip(capitals).take_while(u8::is_ascii_digit).count();
    let is_code = capitals >= 2 && digits >= 3 && capitals + digits == word.len();
    let urn = || line.find(":error:").and_then(|at| line[..at].rfind("urn:"));
    if is_code { Some(from) } else { urn() }
}

/// After a status that words follow as they follow it in the print of a program: `401: …`, `(403) …`, `401 - …`.
fn status(line: &str) -> Option<usize> {
    let at = after_status(line)?;
    let rest = &line[at..];
    let marks = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || ":)]-–—,>".contains(c)).len();
    // A program may print it at the beginning of a line without a mark: `401 Invalid token`.
    let is_first = line[..at].trim_start().len() == 3;
    let has_mark = is_first || rest[..marks].contains([':', ')', ']', '-', '–', '—']);
    let says_name = rest[marks..].starts_with(|c: char| c.is_uppercase() || "'\"“".contains(c));
    (has_mark && (says_name || rest[..marks].contains(':'))).then_some(at + marks)
}

/// The place after a status of a refusal and its reason phrase.
fn after_status(line: &str) -> Option<usize> {
    const REASONS: [&str; 3] = ["unauthorized", "forbidden", "bad request"];
    const STATUSES: [&str; 5] = ["401", "403", "400", "407", "498"];
    let found = STATUSES.iter().filter_map(|status| {
        let at = line.find(status)?;
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '/'));
        let end = at + status.len();
        let next =
            line[end..].chars().next().filter(|c| *c != '.' || line[end + 1..].starts_with(char::is_alphanumeric));
        (is_edge(line[..at].chars().next_back()) && is_edge(next)).then_some(end)
    });
    let at = found.min()?;
    let rest = &line[at..];
    let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "-–:(".contains(c)).len();
    let named = REASONS.iter().find(|r| rest.get(blank..blank + r.len()).is_some_and(|w| w.eq_ignore_ascii_case(r)));
    Some(at + named.map_or(0, |r| blank + r.len()))
}

/// What is in quotation marks, if it is more than a word.
fn quoted(line: &str) -> Vec<LinePart> {
    let is_more = |(from, to): &(usize, usize)| line[*from..*to].split_whitespace().count() >= 2;
    quotes(line).into_iter().filter(is_more).map(|(from, to)| LinePart { from, to, is_sentence: false }).collect()
}

/// What is in quotation marks.
fn quotes(line: &str) -> Vec<(usize, usize)> {
    const QUOTES: [(char, char); 7] =
        [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('`', '`'), ('‘', '’'), ('\'', '\'')];
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some((i, open)) = line[at..].char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c)) {
        let from = at + i + open.len_utf8();
        let close = QUOTES.iter().find(|(o, _)| *o == open).map_or(open, |(_, close)| *close);
        // An apostrophe is not a quotation mark.
        let is_apostrophe = matches!(open, '\'' | '’') && line[..at + i].ends_with(char::is_alphanumeric);
        let length = line[from..]
            .char_indices()
            .find(|(j, c)| *c == close && !(close == '\'' && line[from + j + 1..].starts_with(char::is_alphanumeric)));
        match length.filter(|_| !is_apostrophe) {
            Some((length, _)) => {
                parts.push((from, from + length));
                at = from + length + close.len_utf8();
            }
            None => at = from,
        }
    }
    parts
}

/// The sentences of a line.
fn sentences(line: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        let is_end = matches!(c, '.' | '!' | '?') && line[at + 1..].starts_with(|c: char| c.is_whitespace());
        if is_end {
            all.push((from, at + 1));
            from = at + 1;
        }
    }
    all.push((from, line.len()));
    all
}

/// Whether a sentence states something, and not what a person does, thinks, asks or asks others to do.
fn is_statement(sentence: &str) -> bool {
    let sentence = sentence.trim();
    !sentence.ends_with(['?', ',']) && sentence.split_whitespace().count() >= 3 && !is_of_person(sentence)
}

/// Whether a sentence has a word that people use of themselves and of what they think, ask or want.
fn is_of_person(sentence: &str) -> bool {
    const OF_PERSONS: &[&str] = &[
        "i", "we", "my", "our", "me", "us", "you", "your", "how", "why", "what", "whether", "if", "maybe", "perhaps",
        "think", "thought", "should", "would", "anyone", "anybody", "please", "checked", "sure", "correct", "right",
        "fine", "ok", "works", "work", "unless", "until", "likely", "probably", "possibly", "suspect", "guess", "ich",
        "wir", "je", "nous", "io", "noi", "я", "ми", "yo", "nosotros",
    ];
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.any(|word| OF_PERSONS.contains(&word.to_lowercase().as_str()))
}

/// A range without white space and marks at its ends.
fn trimmed(line: &str, from: usize, to: usize) -> Range<usize> {
    let is_mark = |c: char| c.is_whitespace() || "\"'`“”‘’:;,>|*#({[".contains(c);
    let text = &line[from..to.max(from)];
    let mut start = from + text.len() - text.trim_start_matches(is_mark).len();
    let end = from + text.trim_end_matches(is_mark).len();
    // `[API] Invalid key`: the bracket belongs to the words if it closes among them.
    let opens = [('[', ']'), ('(', ')')].into_iter().find(|(open, _)| line[..start].ends_with(*open));
    if let Some((open, close)) = opens
        && line[start..end.max(start)].split(open).next().is_some_and(|words| words.contains(close))
        && start > from
    {
        start -= 1;
    }
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::model::Pack;

    /// What a text tells of, with `~` in front of a sentence.
    fn told(text: &str) -> Vec<String> {
        let pack = Pack::builtin().expect("the built-in packs are right");
        let mut at = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            at += line.len();
            at - line.len()..at
        });
        let lines: Vec<_> = lines.collect();
        let mut found = refusals(text, &lines, pack.words.table(), |_| LineScope::All);
        if found.is_empty() {
            found.extend(bare_refusal(text, &lines, pack.words.table(), |_| LineScope::All));
        }
        found
            .iter()
            .map(|t| format!("{}{}", if t.is_sentence { "~" } else { "" }, &text[t.at.start..t.at.end]))
            .collect()
    }

    #[test]
    fn words_of_machines() {
        for (line, words) in [
            ("com.shop.TokenExpiredException: The token has expired", "The token has expired"),
            (
                "2026-03-04 10:11:12 WARN [http-7] c.s.Filter: Signature verification failed",
                "Signature verification failed",
            ),
            ("AADX50012: the audience is invalid", "AADX50012: the audience is invalid"),
            ("shop returned 401: No credentials were provided", "No credentials were provided"),
            ("level=error err=\"token is expired\"", "token is expired"),
            ("npm ERR! The token was revoked", "The token was revoked"),
            ("The log says \"jwt audience invalid\" each time.", "jwt audience invalid"),
            ("Error (403): Missing scope orders.read", "Missing scope orders.read"),
            ("Error response from the shop: the token was revoked", "the token was revoked"),
            ("Error: Get \"https://a.example/v2/\": token has expired", "token has expired"),
            ("denied: the account has no role for orders", "denied: the account has no role for orders"),
        ] {
            assert_eq!(told(line), [words], "{line}");
        }
    }

    #[test]
    fn codes_where_nothing_else_is_said() {
        for (line, words) in [
            ("After a month the app got \"invalid_grant\" again.", "invalid_grant"),
            ("We get invalid_client from the token endpoint.", "invalid_client"),
            ("my call always ends in TOKEN_EXPIRED", "TOKEN_EXPIRED"),
        ] {
            assert_eq!(told(line), [words], "{line}");
        }
        for line in [
            "my settings have token_expired = false",
            "we call invalid_token() there",
            "see https://a.example/docs/invalid_grant",
            "the metric invalid_token_count rises",
            "\"token_expired\": false",
        ] {
            assert!(told(line).is_empty(), "{line}: {:?}", told(line));
        }
        assert_eq!(
            told("The session is gone.\nWe get invalid_client.\nError: the token has expired"),
            ["the token has expired"]
        );
    }

    #[test]
    fn refusals_in_a_word_or_two() {
        for (text, words) in [
            ("$ docker pull registry.shop.example/app\nunauthorized\n", "unauthorized"),
            ("npm ERR! Unauthorized", "Unauthorized"),
            ("request failed: Unauthorized", "Unauthorized"),
            ("It comes back with just the word Unauthorized.", "Unauthorized"),
            ("we get Access denied", "Access denied"),
            ("The page only says \"Forbidden\".", "Forbidden"),
            ("Login failed.", "Login failed"),
            ("Nicht autorisiert", "Nicht autorisiert"),
        ] {
            assert_eq!(told(text), [words], "{text}");
        }
        for text in [
            "Is access denied?",
            "unauthorized = 3",
            "we are not logged in",
            "return Unauthorized();",
            "An authorized user sees the orders.",
            "Denied requests are counted each hour.",
            "unauthorized: see the page of the shop on signing in",
        ] {
            assert!(told(text).is_empty(), "{text}: {:?}", told(text));
        }
        assert_eq!(told("Unauthorized\nError: the token has expired"), ["the token has expired"]);
    }

    #[test]
    fn sentences_of_which_nobody_is_the_subject() {
        assert_eq!(
            told("Orders through the proxy.\nThe token has no audience claim.\n"),
            ["~The token has no audience claim."]
        );
    }

    #[test]
    fn what_persons_say_they_were_answered() {
        for (line, words) in [
            (
                "We keep getting invalid kid header in client_assertion JWT when we post.",
                "invalid kid header in client_assertion JWT",
            ),
            ("I see non-unique jti claim in client_assertion jwt", "non-unique jti claim in client_assertion jwt"),
            (
                "The gateway rejected us with the error token signature is invalid, so we asked.",
                "token signature is invalid",
            ),
        ] {
            assert_eq!(told(line), [format!("~{words}")], "{line}");
        }
        for line in [
            "Do we get an expired token?",
            "We get a token and send it on.",
            "I see what you mean about the token.",
            "We got it right, the token is not expired.",
        ] {
            assert!(told(line).is_empty(), "{line}: {:?}", told(line));
        }
    }

    #[test]
    fn thoughts_questions_and_code_are_no_refusals() {
        for line in [
            "Is the token expired?",
            "I think that the token is expired.",
            "We checked: the token is not expired.",
            "if (!token) throw new Error('No token provided');",
            "Everything is fine.",
        ] {
            assert!(told(line).is_empty(), "{line}: {:?}", told(line));
        }
    }
}

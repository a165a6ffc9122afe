//! The lines at which a post of a thread begins: the head of a mail, "On 4 March, Jane wrote:", the line that a tracker
//! or a forum puts above a comment, "Edit:".

use super::line::QuotedLine;
use crate::capture::when::When;

/// How a post begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadKind {
    /// `From:`, `Sent:`, `To:`: the text below is older.
    Mail,
    /// `… wrote:`: what is quoted below is older.
    Quote,
    /// A name and a time above a comment.
    Comment,
    /// The same person again, later: `Edit:`, `Update 6 March:`.
    Edit,
}

/// The head of a post.
#[derive(Clone, Debug)]
pub(super) struct PostHead {
    pub(super) kind: HeadKind,
    /// Who wrote it, as written; blank where it is not said.
    pub(super) author: String,
    pub(super) when: Option<When>,
    /// The number of its lines.
    pub(super) lines: usize,
    /// Whether its words say that a person writes. A name and a time alone may mean something else.
    pub(super) is_sure: bool,
}

/// The heads of a paste: the index of the first line of each. A name with a time counts where there are several.
pub(super) fn all(lines: &[QuotedLine<'_>]) -> Vec<(usize, PostHead)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        match at(lines, i) {
            Some(head) => {
                let next = i + head.lines.max(1);
                found.push((i, head));
                i = next;
            }
            None => i += 1,
        }
    }
    let named = found.iter().filter(|(_, h)| h.kind != HeadKind::Edit).count();
    found.retain(|(_, h)| h.is_sure || named >= 2);
    found
}

fn at(lines: &[QuotedLine<'_>], i: usize) -> Option<PostHead> {
    let line = lines[i].content.trim();
    if line.is_empty() {
        return None;
    }
    mail(lines, i).or_else(|| quote(lines, i)).or_else(|| edit(line)).or_else(|| {
        let words = Words::of(line);
        let comment = words.as_ref().and_then(|words| comment(line, words));
        comment.or_else(|| chat(line)).or_else(|| stacked(lines, i, words))
    })
}

/// A block of `From:` with `Sent:`, `To:` or `Subject:`.
fn mail(lines: &[QuotedLine<'_>], i: usize) -> Option<PostHead> {
    let from = labelled(lines[i].content).filter(|(name, _)| matches!(name.as_str(), "from" | "von"))?.1;
    let (mut count, mut goes_on, mut when) = (1, false, None);
    for line in lines[i + 1..].iter().take(8) {
        let Some((name, value)) = labelled(line.content) else { break };
        match name.as_str() {
            "sent" | "date" | "gesendet" | "datum" => when = When::read(value).filter(When::says_when),
            "to" | "cc" | "bcc" | "subject" | "an" | "betreff" | "reply-to" | "importance" | "attachments" => {}
            _ => break,
        }
        goes_on |= matches!(name.as_str(), "sent" | "to" | "subject" | "gesendet" | "an" | "betreff");
        count += 1;
    }
    goes_on.then(|| PostHead { kind: HeadKind::Mail, author: from.to_owned(), when, lines: count, is_sure: true })
}

/// `Name: value`, with the stars that editors put around the name of a mail's field.
fn labelled(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.trim().trim_start_matches(['*', '_']).split_once(':')?;
    let name = name.trim_end_matches(['*', '_', ' ']).to_ascii_lowercase();
    let is_name = name.len() <= 12 && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    is_name.then(|| (name, value.trim_matches([' ', '*', '_', '\u{A0}'])))
}

/// `On 4 March 2026 at 10:11, Jane Doe <jane@…> wrote:`, over two lines where it was wrapped.
fn quote(lines: &[QuotedLine<'_>], i: usize) -> Option<PostHead> {
    let first = lines[i].content.trim();
    if first.len() > 160 || first.contains("://") {
        return None;
    }
    let next = lines.get(i + 1).map(|l| l.content.trim()).filter(|l| l.len() <= 160 && !l.is_empty());
    let starts = first.starts_with("On ") || first.starts_with("Le ") || first.starts_with("Am ");
    let (whole, count) = match (wrote(first), next) {
        (Some(whole), _) => (whole.to_owned(), 1),
        (None, Some(next)) if starts => (wrote(&format!("{first} {next}"))?.to_owned(), 2),
        _ => return None,
    };
    let rest = ["On ", "Am ", "Le "].iter().find_map(|on| whole.strip_prefix(on)).unwrap_or(&whole);
    // The words of the time come first; the name is what follows.
    let mut when = When::default();
    let mut author = Vec::new();
    for word in rest.split([' ', ',']).filter(|w| !w.is_empty()) {
        if author.is_empty() && (when.take(word) || matches!(word, "at" | "on" | "um" | "à")) {
            continue;
        }
        author.push(word);
    }
    // Without a time it may be the end of any sentence: "the developer wrote:".
    let is_name = author.first().is_some_and(|a| a.starts_with(|c: char| c.is_uppercase() || c == '@' || c == '<'));
    let says_when = when.says_when();
    let plausible = (says_when || author.len() <= 4) && is_name;
    plausible.then(|| PostHead {
        kind: HeadKind::Quote,
        author: author.join(" "),
        when: says_when.then_some(when),
        lines: count,
        is_sure: true,
    })
}

fn wrote(line: &str) -> Option<&str> {
    let line = line.trim_end_matches(['*', '_', ' ']);
    let line = line.strip_suffix(':')?;
    [" wrote", " writes", " schrieb", " a écrit"].iter().find_map(|verb| line.strip_suffix(verb))
}

/// Words with which people correct what they wrote.
const EDITS: [&str; 10] =
    ["edit", "edited", "update", "updated", "correction", "corrected", "follow-up", "followup", "addendum", "later"];

/// `Edit:`, `UPDATE 2 (6 March):`, `Correction - the header is …`.
fn edit(line: &str) -> Option<PostHead> {
    let bare = line.trim_start_matches(['*', '_', '#', '[', '(', '-', '=', ' ']);
    let word_end = bare.find(|c: char| !(c.is_ascii_alphabetic() || c == '-')).unwrap_or(bare.len());
    let word = bare[..word_end].trim_end_matches('-').to_ascii_lowercase();
    if !EDITS.contains(&word.as_str()) {
        return None;
    }
    let rest = &bare[word_end..];
    let colon = rest.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = rest[at + 1..].trim_start_matches(['*', '_']);
        behind.is_empty() || behind.starts_with(' ')
    });
    let end = colon.or_else(|| rest.find(" - ")).or_else(|| rest.find(" – ")).or_else(|| {
        // A heading by itself.
        rest.trim_matches(|c: char| c.is_ascii_punctuation() || c == ' ').len().lt(&24).then_some(rest.len())
    })?;
    let mut when = When::default();
    let all_of_date = rest[..end]
        .split(|c: char| " ,*_#()[]=".contains(c))
        .filter(|w| !w.is_empty())
        .all(|w| when.take(w) || matches!(w, "at" | "on" | "of" | "-" | "–") || w.len() <= 2);
    // `Updated: 04/Mar/26` is a line of a form, not a post.
    let behind = rest[end..].trim_start_matches([':', ' ', '*', '-', '–']);
    let is_form = word.ends_with('d') && When::read(behind).is_some();
    let when = Some(when).filter(When::says_when);
    (all_of_date && !is_form).then(|| PostHead {
        kind: HeadKind::Edit,
        author: String::new(),
        when,
        lines: 0,
        is_sure: true,
    })
}

/// Verbs in the line above a comment.
const DEEDS: [&str; 18] = [
    "commented",
    "wrote",
    "replied",
    "posted",
    "said",
    "added",
    "answered",
    "responded",
    "writes",
    "says",
    "reply",
    "comment",
    "comments",
    "updates",
    "response",
    "post",
    "message",
    "answer",
];

/// Small words between name and time.
const BETWEEN: [&str; 27] = [
    "a",
    "an",
    "at",
    "on",
    "by",
    "from",
    "the",
    "this",
    "of",
    "in",
    "via",
    "email",
    "public",
    "internal",
    "note",
    "notes",
    "work",
    "additional",
    "customer",
    "visible",
    "has",
    "to",
    "ticket",
    "and",
    "edited",
    "contributor",
    "posts",
];

/// Words that begin a line about a request rather than one about a person.
const NO_NAMES: [&str; 44] = [
    "time",
    "date",
    "sent",
    "tested",
    "tried",
    "failed",
    "timestamp",
    "request",
    "requested",
    "response",
    "created",
    "expires",
    "expired",
    "issued",
    "since",
    "until",
    "started",
    "when",
    "last",
    "first",
    "call",
    "called",
    "error",
    "received",
    "logged",
    "token",
    "status",
    "released",
    "deployed",
    "info",
    "warn",
    "warning",
    "debug",
    "trace",
    "fatal",
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "from",
    "between",
    "around",
    "approximately",
];

/// What a line says about a post, if each of its words does.
#[derive(Default)]
struct Words<'l> {
    author: Vec<&'l str>,
    when: When,
    deed: Option<String>,
}

impl<'l> Words<'l> {
    fn of(line: &'l str) -> Option<Self> {
        if line.len() > 120 || line.contains("://") || line.contains(['=', '{', '}', '"', '\\', ';']) {
            return None;
        }
        let heading = line.trim_start_matches('#');
        let line = if heading.starts_with(' ') { heading } else { line };
        let line = line.trim_matches(|c: char| " *_-=~•|>".contains(c)).trim_end_matches('#');
        // `Created: 4 March 2026` is a line of a form.
        if line.split_once(": ").is_some_and(|(name, value)| When::read(name).is_none() && When::read(value).is_some())
        {
            return None;
        }
        let mut words = Self::default();
        let (mut number, mut in_role) = (false, false);
        let handle = handle_of(line);
        for raw in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '—' | '–')) {
            in_role |= raw.starts_with(['(', '<']);
            let closes = raw.ends_with([')', '>']) || raw.ends_with("):");
            let word = raw.trim_matches(|c: char| "()[]<>*_:★☆".contains(c));
            let lower = word.to_ascii_lowercase();
            let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
            let was_number = std::mem::replace(&mut number, false);
            if word.is_empty() || word == "-" {
                // Only marks.
            } else if lower.strip_prefix('#').is_some_and(digits) || was_number && digits(&lower) {
                // The number of a post.
            } else if (!in_role || words.author.is_empty()) && DEEDS.contains(&lower.as_str()) {
                number = matches!(lower.as_str(), "comment" | "post" | "reply" | "message" | "response" | "answer");
                words.deed = Some(lower);
            } else if BETWEEN.contains(&lower.as_str())
                || (!in_role || words.author.is_empty()) && words.when.take(word)
            {
                // Between them, or part of the time.
            } else if is_name(word, in_role) || handle == Some(word) {
                words.author.push(word);
            } else {
                return None;
            }
            in_role &= !closes;
        }
        let first = words.author.first().map(|first| first.to_ascii_lowercase());
        let is_other = first.is_some_and(|first| NO_NAMES.contains(&first.as_str()));
        (!is_other && words.author.len() <= 12).then_some(words)
    }

    fn is_name(&self) -> bool {
        !self.author.is_empty() && self.when == When::default() && self.deed.is_none()
    }

    fn is_time(&self) -> bool {
        self.author.is_empty() && self.when.says_when()
    }
}

/// The name of an account before a verb: `jane-doe commented …`. It may begin with a lower-case letter.
fn handle_of(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().map(|w| w.trim_matches(|c: char| matches!(c, '*' | '_' | ':')));
    let (first, second) = (words.next()?, words.next()?);
    let is_handle =
        first.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) && first.len() >= 3;
    (is_handle && matches!(second, "commented" | "replied" | "posted" | "wrote")).then_some(first)
}

/// A line with only a name and a time: `Jane Doe (Example Ltd) · 4 March 2026, 10:11`,
/// `Jane Doe commented 2 days ago`, `[10:11] Jane:`, `#3 Reply from NHS England Support`. `words`: what the line consists of.
fn comment(line: &str, words: &Words<'_>) -> Option<PostHead> {
    if words.author.is_empty() {
        return None;
    }
    let says_when = words.when.says_when();
    // A clock before a word, or one that shows seconds, is the beginning of a line of a log.
    let is_log = !words.when.has_day() && (words.when.has_seconds() || line.starts_with(|c: char| c.is_ascii_digit()));
    // `[HTTParty] [2026-11-29 10:00:00 +0000] > Accept: */*` and `[HTTP response 1/1]` are lines of logs.
    let is_wire = ["] >", "] <", "HTTP response", "HTTP request"].iter().any(|mark| line.contains(mark));
    if words.deed.is_none() && (is_log || is_wire) {
        return None;
    }
    // "Response from Postman:" is a heading over a response, not a name.
    let is_said =
        words.deed.as_deref().is_some_and(|d| ["commented", "replied", "wrote", "posted", "reply"].contains(&d));
    (says_when || is_said && (line.ends_with(':') || line.len() < 60)).then(|| PostHead {
        kind: HeadKind::Comment,
        author: words.author.join(" "),
        when: says_when.then_some(words.when),
        lines: 1,
        is_sure: words.deed.is_some() && says_when,
    })
}

/// A line of a chat, followed by what was said: `[10:11] Jane: …`, `03/05/2026, 10:01 - Jane Doe: …`.
fn chat(line: &str) -> Option<PostHead> {
    let (time, rest) = match line.strip_prefix('[') {
        Some(rest) => rest.split_once("] ")?,
        None => line.split_once(" - ").filter(|(time, _)| When::read(time).is_some_and(|w| w.has_day()))?,
    };
    let when = When::read(time).filter(|w| w.says_when() && (w.has_day() || !w.has_seconds()))?;
    let name = rest.split_once(": ")?.0;
    let author = Words::of(name).filter(Words::is_name)?.author.join(" ");
    (name.len() <= 40).then_some(PostHead {
        kind: HeadKind::Comment,
        author,
        when: Some(when),
        lines: 0,
        is_sure: false,
    })
}

/// The same on lines of their own: a name, perhaps a role, a time. `first`: what the first line consists of.
fn stacked(lines: &[QuotedLine<'_>], i: usize, first: Option<Words<'_>>) -> Option<PostHead> {
    let words =
        |at: usize| lines.get(at).filter(|l| l.depth == lines[i].depth).and_then(|l| Words::of(l.content.trim()));
    let line = |at: usize| lines.get(at).map(|l| l.content.trim());
    let name = line(i).filter(|l| l.len() <= 60)?;
    let is_handle = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) && name.len() >= 3;
    let mut author: Vec<&str> = match first.filter(Words::is_name) {
        Some(words) => words.author,
        None if is_handle && name.contains(|c: char| c.is_ascii_lowercase()) => vec![name],
        None => return None,
    };
    let (time, mut count) = match words(i + 1).filter(Words::is_time) {
        Some(time) => (time, 2),
        None => {
            // A role, or the number of the post.
            let badge = line(i + 1).filter(|l| l.len() <= 30 && l.split(' ').count() <= 4)?;
            if badge.is_empty() || !badge.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '&' | '#')) {
                return None;
            }
            author.push(badge);
            (words(i + 2).filter(Words::is_time)?, 3)
        }
    };
    // The lines below have no other use: the number of the post, "Public reply", a role.
    while let Some(more) = lines.get(i + count).map(|l| l.content.trim()).filter(|l| !l.is_empty() && l.len() <= 40) {
        match Words::of(more) {
            Some(words) if !words.when.says_when() && count <= 4 && (words.author.is_empty() || words.is_name()) => {
                author.extend(words.author);
            }
            _ => break,
        }
        count += 1;
    }
    Some(PostHead {
        kind: HeadKind::Comment,
        author: author.join(" "),
        when: Some(time.when),
        lines: count,
        is_sure: false,
    })
}

/// Whether a word can belong to a name, a handle or, in brackets, a role.
fn is_name(word: &str, in_role: bool) -> bool {
    let made_of = word.chars().all(|c| {
        c.is_alphabetic()
            || matches!(c, '.' | '-' | '\'' | '’' | '_' | '@' | '&' | '+')
            || in_role && (c == '/' || c.is_ascii_digit())
    }) || word.starts_with('@')
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-'));
    let begins = word.starts_with(|c: char| c.is_uppercase() || c == '@')
        || word.contains(['_', '@'])
        || word.contains('-') && word.contains(char::is_uppercase)
        || matches!(word, "van" | "de" | "der" | "von" | "of" | "and");
    made_of && (begins || in_role) && word.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(line: &str) -> Option<(HeadKind, String, bool)> {
        let lines: Vec<QuotedLine<'_>> =
            line.lines().map(|content| QuotedLine { at: 0..0, depth: 0, content }).collect();
        at(&lines, 0).map(|h| (h.kind, h.author, h.when.is_some()))
    }

    #[test]
    fn heads_of_posts() {
        for (line, kind, author, timed) in [
            ("Jane Doe commented on 4 Mar 2026", HeadKind::Comment, "Jane Doe", true),
            ("jane_doe commented 2 days ago", HeadKind::Comment, "jane_doe", true),
            ("**jane-doe7** commented on Mar 26, 2026 • Member", HeadKind::Comment, "jane-doe7 Member", true),
            ("Comment by Jane Doe [ 18/Feb/26 ]", HeadKind::Comment, "Jane Doe", true),
            ("Jane Doe (Example Health) – 4 March 2026, 10:11", HeadKind::Comment, "Jane Doe Example Health", true),
            ("NHS England API Support · 5 March 2026 at 09:02", HeadKind::Comment, "NHS England API Support", true),
            ("### Jane Doe, 2026-03-04 10:11", HeadKind::Comment, "Jane Doe", true),
            ("[04/03/2026 10:11] Jane Doe:", HeadKind::Comment, "Jane Doe", true),
            ("Jane Doe added a comment - 04/Mar/26 10:11 AM", HeadKind::Comment, "Jane Doe", true),
            ("Jane Doe  10:11 AM", HeadKind::Comment, "Jane Doe", true),
            ("--- Reply from NHS Support, 6 March ---", HeadKind::Comment, "NHS Support", true),
            ("#3 by @jane.doe, 4 March 2026", HeadKind::Comment, "@jane.doe", true),
            (
                "On Wed, 4 Mar 2026 at 10:11, Jane Doe <jane@a.example> wrote:",
                HeadKind::Quote,
                "Jane Doe <jane@a.example>",
                true,
            ),
            (
                "On 4 March 2026 at 10:11, Jane Doe\n<jane@a.example> wrote:",
                HeadKind::Quote,
                "Jane Doe <jane@a.example>",
                true,
            ),
            ("Jane Doe wrote:", HeadKind::Quote, "Jane Doe", false),
            ("From: Jane Doe\nSent: 04 March 2026 10:11\nTo: Support", HeadKind::Mail, "Jane Doe", true),
            ("*From:* Jane Doe <jane@a.example>\n*To:* Support", HeadKind::Mail, "Jane Doe <jane@a.example>", false),
            ("EDIT: the header had Bearer", HeadKind::Edit, "", false),
            ("Update 6 March: still the same", HeadKind::Edit, "", true),
            ("**Update 2:** now 403", HeadKind::Edit, "", false),
            ("Jane Doe\n6 days ago\n#1", HeadKind::Comment, "Jane Doe", true),
            ("Jane Doe\nNew member\n12 May 2026", HeadKind::Comment, "Jane Doe New member", true),
            ("p.oakes\n1\nMay 3", HeadKind::Comment, "p.oakes 1", true),
            ("[14/05 09:31] Jane Doe", HeadKind::Comment, "Jane Doe", true),
            ("[10:11] Jane: it is a 401", HeadKind::Comment, "Jane", true),
            ("03/05/2026, 10:01 - Jane Doe: it is a 401", HeadKind::Comment, "Jane Doe", true),
            ("Jane Doe\nNHS England\n4 March 2026, 10:11", HeadKind::Comment, "Jane Doe NHS England", true),
            (
                "Jane Doe (e-RS support)\nMar 19, 2026 at 11:33\nInternal note\n\nHello",
                HeadKind::Comment,
                "Jane Doe e-RS support",
                true,
            ),
            (
                "2026-03-17 13:30:44 - Jane Doe     Additional comments (Customer visible)",
                HeadKind::Comment,
                "Jane Doe",
                true,
            ),
        ] {
            assert_eq!(head(line), Some((kind, author.to_owned(), timed)), "{line}");
        }
    }

    #[test]
    fn other_lines_are_no_heads() {
        for line in [
            "Sent at 11:14 on 15 December.",
            "Date: Wed, 04 Mar 2026 10:11:12 GMT",
            "2026-03-04 10:11:12 INFO Sending",
            "2026-03-04 10:11:12,123 DEBUG HttpClient - GET",
            "Time: 4 March 2026 10:11",
            "Updated: 04/Mar/26",
            "Failed on 4 March at 10:11",
            "GET /referrals/FHIR/R4/Binary/1 HTTP/1.1",
            "Authorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ",
            "the developer wrote:",
            "From: jane@a.example",
            "HTTP/1.1 401 Unauthorized",
            "We moved from A006 to A042 on 4 March and it works since 10:11",
            "X-Correlation-ID: 2B1F0C8E-5A77-11F0-9C21-0050568A1C0D",
            "Update appointment request: 401",
            "[14:20:01] Main Thread",
            "09:12 Anna",
            "INT App ID: 6f0d2c1b-8d55-4f6e-9a3a-1c0b7f3e2d90",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }
}

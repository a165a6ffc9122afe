//! What the readers of command lines (curl, PowerShell, wget, HTTPie) share: arguments, and the request that they
//! add up to.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::lexer::{Quoted, ShellWord};
use crate::capture::model::{Body, DecodedJwt, Exchange, Extent, Field, Format, Note, Print, Request};
use crate::text::{Span, Text, TextBuilder};

/// What a reader of commands found: the range of the command in the text, its requests, and notes.
pub(crate) type CommandRead = (Range<usize>, Vec<Exchange>, Vec<Note>);

/// A word, or the part of one that is the argument of an option.
#[derive(Clone, Debug)]
pub(crate) struct Arg {
    pub(crate) text: Text,
    /// The parts where the shell puts something else in.
    pub(crate) expansions: Vec<Range<usize>>,
    pub(crate) quoted: Quoted,
    /// One past its last byte in the text that was split.
    pub(crate) end: usize,
}

impl Arg {
    /// The part of a word from this byte of its value on.
    pub(crate) fn of(word: &ShellWord, from: usize) -> Self {
        let whole = Self {
            text: word.text.clone(),
            expansions: word.expansions.clone(),
            quoted: word.quoted,
            end: word.range.end,
        };
        if from == 0 { whole } else { whole.part(from..word.text.len()) }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// A part of it.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        let expansions = self
            .expansions
            .iter()
            .filter(|e| e.start < range.end && e.end > range.start)
            .map(|e| e.start.max(range.start) - range.start..e.end.min(range.end) - range.start)
            .collect();
        Self { text: self.text.slice(range), expansions, quoted: self.quoted, end: self.end }
    }

    /// Whether the shell puts in all of it.
    pub(crate) fn is_expansion(&self) -> bool {
        matches!(self.expansions.as_slice(), [one] if *one == (0..self.text.len()))
    }
}

/// A request while the options of a command are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct SentDraft {
    pub(crate) fields: Vec<Field>,
    /// Names (in lower case) of fields that the tool adds, or whose value is not shown.
    pub(crate) withheld: Vec<String>,
    /// Unknown fields may have been sent as well (from a file of options, for example).
    pub(crate) open: bool,
    /// Parts of the request that the shell replaces.
    pub(crate) expansions: Vec<Text>,
    /// Credentials that are in no message.
    pub(crate) secrets: Vec<Text>,
    pub(crate) notes: Vec<Note>,
}

impl SentDraft {
    /// The token of an option for it, as the Authorization field that the client makes of it.
    pub(crate) fn bearer(&mut self, token: &Arg) {
        let mut value = TextBuilder::new(token.text.span());
        value.replace(&token.text, 0..0, "Bearer ");
        value.copy(&token.text, 0..token.text.len());
        if !token.expansions.is_empty() {
            self.withhold("authorization");
        }
        self.expanded(token);
        let name = Text::implied("Authorization", token.text.span());
        self.fields.push(Field { name, value: value.finish().trim() });
    }

    pub(crate) fn note(&mut self, says: &str, span: Span) {
        self.notes.push(Note { says: says.to_owned(), span });
    }

    /// Records that a part of what was sent was put in by the shell.
    pub(crate) fn expanded(&mut self, arg: &Arg) {
        for range in &arg.expansions {
            let value = arg.text.slice(range.clone());
            self.note("the shell puts a different value here before anything is sent", value.span());
            self.expansions.push(value);
        }
    }

    /// Records a credential that no message shows: it must not be shown either. Of `name:password` the password.
    pub(crate) fn credential(&mut self, option: &str, arg: &Arg) {
        let behind_name = ["user", "cert"].iter().any(|end| option.ends_with(end));
        let value = match arg.as_str().rfind(':') {
            Some(colon) if behind_name => arg.text.slice(colon + 1..arg.text.len()),
            None if behind_name => return,
            _ => arg.text.clone(),
        };
        self.secrets.push(value);
    }

    pub(crate) fn withhold(&mut self, name: &str) {
        let name = name.trim().to_ascii_lowercase();
        if !name.is_empty() && !self.withheld.contains(&name) {
            self.withheld.push(name);
        }
    }

    /// Adds a field that the user wrote: `name` and `value` are parts of `arg`.
    pub(crate) fn field(&mut self, name: Text, value: &Arg) {
        if !value.expansions.is_empty() {
            self.withhold(name.as_str());
        }
        self.expanded(value);
        self.fields.push(Field { name, value: value.text.trim() });
    }

    /// Adds a field that the tool sends because of the text at this span.
    pub(crate) fn implied(&mut self, name: &str, value: &str, span: Span) {
        self.fields.push(Field { name: Text::implied(name, span), value: Text::implied(value, span) });
    }

    /// Adds `Authorization: Basic …` for `user:password`.
    pub(crate) fn basic(&mut self, credentials: &Arg) {
        let span = credentials.text.span();
        if !credentials.expansions.is_empty() {
            self.expanded(credentials);
            self.withhold("authorization");
            return;
        }
        let value = format!("Basic {}", STANDARD.encode(credentials.as_str()));
        self.implied("Authorization", &value, span);
    }

    /// The exchange that all of this makes.
    pub(crate) fn exchange(&self, method: Option<Text>, url: Option<Text>, body: Body, at: Span) -> Exchange {
        let extent = if self.open { Extent::Part } else { Extent::Withheld(self.withheld.clone()) };
        Exchange {
            format: Format::Command,
            request: Request { method, url, fields: self.fields.clone(), body, extent },
            response: None,
            sent_at: None,
            expanded: self.expansions.clone(),
            secrets: self.secrets.clone(),
            decoded_jwt: DecodedJwt::default(),
            print: Print::default(),
            at,
        }
    }
}

/// A value grows no longer than this by what is put into it.
pub(crate) const MAX_VALUE: usize = 64 * 1024;

/// Where the lines begin in which the variables of a command are looked for: not so far back that a paste full of
/// commands would be read over and over.
pub(crate) fn lines_before(s: &str, from: usize) -> usize {
    const BYTES: usize = 16 * 1024;
    const LINES: usize = 200;
    let start = s.ceil_char_boundary(from.saturating_sub(BYTES));
    s[start..from].rmatch_indices('\n').nth(LINES).map_or(start, |(i, _)| start + i + 1)
}

/// Puts in the variables whose texts are known.
pub(crate) fn put_in(arg: &Arg, known: &dyn Fn(&str) -> Option<Arg>) -> Arg {
    let mut out = TextBuilder::new(arg.text.span());
    let mut expansions = Vec::new();
    let mut at = 0;
    for range in &arg.expansions {
        out.copy(&arg.text, at..range.start);
        at = range.end;
        let start = out.len();
        match known(&arg.as_str()[range.clone()]) {
            Some(known) if out.len() + known.text.len() <= MAX_VALUE => {
                out.copy(&known.text, 0..known.text.len());
                expansions.extend(known.expansions.iter().map(|e| start + e.start..start + e.end));
            }
            _ => {
                out.copy(&arg.text, range.clone());
                expansions.push(start..out.len());
            }
        }
    }
    out.copy(&arg.text, at..arg.text.len());
    Arg { text: out.finish(), expansions, quoted: arg.quoted, end: arg.end }
}

/// Appends the form encoding of a part of a text: what needs no escape stays letter for letter.
pub(crate) fn form_encode(out: &mut TextBuilder, source: &Text, range: Range<usize>, blank: &str) {
    let s = source.as_str();
    let mut at = range.start;
    while at < range.end {
        let rest = &s[at..range.end];
        let safe = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-._~".contains(c))).unwrap_or(rest.len());
        out.copy(source, at..at + safe);
        at += safe;
        let Some(c) = s[at..range.end].chars().next() else {
            break;
        };
        let end = at + c.len_utf8();
        let escaped: String =
            if c == ' ' { blank.to_owned() } else { s[at..end].bytes().map(|b| format!("%{b:02X}")).collect() };
        out.replace(source, at..end, &escaped);
        at = end;
    }
}

/// Percent-decodes the user part of a URL.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while i < bytes.len() {
        let code = text.get(i + 1..i + 3).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) if bytes[i] == b'%' => {
                out.push(byte);
                i += 3;
            }
            _ => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Appends a parameter to the query of a URL, before its fragment.
pub(crate) fn append_query(url: &Text, query: &Text) -> Text {
    let s = url.as_str();
    let head = s.find('#').unwrap_or(s.len());
    let mut out = TextBuilder::new(url.span());
    out.copy(url, 0..head);
    let sign = match s[..head].find('?') {
        None => "?",
        Some(i) if i + 1 == head || s[..head].ends_with('&') => "",
        Some(_) => "&",
    };
    out.replace(query, 0..0, sign);
    out.copy(query, 0..query.len());
    out.copy(url, head..s.len());
    out.finish()
}

/// Whether a word looks like something that can be called: a URL, a host, a variable or a placeholder for one.
pub(crate) fn is_url_like(word: &str) -> bool {
    let host = word.split(['/', '?', '#']).next().unwrap_or("");
    let named = host.split(':').next().unwrap_or("");
    word.contains("://")
        || word.starts_with(['$', '%', '<', '{'])
        || (word.starts_with('/') && word.len() > 1)
        || word.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit() || c == '/'))
        || named.eq_ignore_ascii_case("localhost")
        || (word.contains('/') && word.starts_with(char::is_alphanumeric))
        || (named.contains('.') && !named.ends_with('.') && named.starts_with(char::is_alphanumeric))
        || (named.starts_with('[') && word.contains(']'))
}

/// Whether a word behind a URL is more likely prose than a second one: `HTTP/1.1`, `and/or`, `401/403`.
pub(crate) fn may_be_prose(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
        && !word.contains("://")
        && word.split_once('/').is_some_and(|(host, _)| host.chars().all(char::is_alphanumeric) && host != "localhost")
}

/// The name of the program that is called at `from`, in lower case, without `.exe`.
pub(crate) fn program(s: &str, from: usize) -> String {
    let rest = s.get(from..).unwrap_or("");
    let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'.').count();
    let name = rest[..len].to_ascii_lowercase();
    name.strip_suffix(".exe").unwrap_or(&name).to_owned()
}

/// One line for an exchange, for tests: method, URL, fields, body, whether Authorization may have been sent unseen,
/// and what the shell put in.
#[cfg(test)]
pub(crate) fn line_of(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let mut out = message_of(request);
    match &request.extent {
        Extent::Withheld(names) if names.iter().any(|n| n == "authorization") => out += " ~authorization",
        Extent::Part => out += " part",
        _ => {}
    }
    for expanded in &exchange.expanded {
        out += &format!(" ${}", expanded.as_str());
    }
    out
}

/// The first part of that line: method, URL, fields and body.
#[cfg(test)]
pub(crate) fn message_of(request: &Request) -> String {
    let shown = |t: &Option<Text>| t.as_ref().map_or("-", |t| t.as_str()).to_owned();
    let mut out = format!("{} {}", shown(&request.method), shown(&request.url));
    for field in &request.fields {
        out += &format!(" [{}: {}]", field.name.as_str(), field.value.as_str());
    }
    out += &match &request.body {
        Body::Unseen | Body::ErrorMembers(_) => " body?".to_owned(),
        Body::Empty(_) => String::new(),
        Body::Text(text) => format!(" <{}>", text.as_str()),
        Body::Form(list) => list.iter().map(|(n, v)| format!(" ({}={})", n.as_str(), v.as_str())).collect(),
    };
    out
}

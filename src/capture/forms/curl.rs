//! Reads a curl command line the way curl does.
//!
//! What curl adds by itself (Host, User-Agent, Accept, …) is withheld from the command, not absent; what it never
//! adds by itself without being asked is absent. What only curl's surroundings know (a password typed at a prompt,
//! `.netrc`, a file, a variable of the shell) is unseen.

mod options;

use std::ops::Range;

use options::{is_option, letter, long_option};

use crate::capture::model::{Body, Exchange, Field, Note};
use crate::capture::shell::request::{self, Arg, CommandRead, SentDraft};
use crate::capture::shell::variables::put_in_variables;
use crate::capture::shell::{self, Quoted, Shell, ShellWord};
use crate::text::{Span, Text, TextBuilder};

/// As many URLs of one command become exchanges; more are noted.
const MAX_URLS: usize = 16;

/// Dashes that word processors make of `-` and `--`.
const DASHES: [char; 4] = ['–', '—', '−', '‑'];

/// Whether a line continues a curl command although no continuation character precedes it.
fn continues(line: &str, words: &[ShellWord]) -> bool {
    let token = line.split([' ', '\t', '\u{A0}']).next().unwrap_or("");
    if is_option(token) {
        return true;
    }
    let url = token.trim_start_matches(['\'', '"', '‘', '“']);
    let called = words.iter().skip(1).any(|w| w.text.as_str().contains("://") || w.is_expansion());
    words.len() > 1 && !called && (url.starts_with("http://") || url.starts_with("https://"))
}

/// Whether what follows the word `curl` may be its arguments.
fn begins_arguments(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\u{A0}', '\\', '^', '`', '\r', '\n']);
    let token = rest.split([' ', '\t', '\r', '\n']).next().unwrap_or("");
    let dashless = token.trim_start_matches('-').trim_start_matches(DASHES);
    token == "--"
        || (dashless.len() < token.len()
            && dashless.starts_with(|c: char| c.is_ascii_alphanumeric() || "#:$".contains(c)))
        || token.starts_with(['\'', '"', '‘', '“', '$'])
        || request::is_url_like(token)
}

/// Reads the curl command whose first word begins at `from`: its range, a request for each URL, and what was
/// met on the way. `None` where the word is not the beginning of a command that says anything.
pub(crate) fn read(text: &Text, from: usize) -> Option<CommandRead> {
    let s = text.as_str();
    if request::program(s, from) != "curl" {
        return None;
    }
    let name = s[from..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(s.len() - from);
    if !begins_arguments(&s[from + name..]) {
        return None;
    }
    let shell = shell::shell_of(text, from);
    let mut split = shell::split(shell, text, from, &continues);
    put_in_variables(&mut split.words, shell, text, from);
    let (program, words) = split.words.split_first()?;
    if words.iter().any(is_of_powershell) {
        return None;
    }
    let items = items(words);
    let mut end = program.range.end;
    let mut exchanges = Vec::new();
    let mut notes = split.notes;
    for part in items.split(|i| matches!(i, Item::Option { name: "next", .. })) {
        let mut operation = CurlOperation::default();
        let used = operation.take(part);
        if !operation.says_anything() {
            continue;
        }
        end = end.max(used);
        operation.build(program, split.stdin.as_ref(), &mut exchanges, &mut notes);
    }
    if exchanges.is_empty() {
        return None;
    }
    // Prose after the command is not part of it; a here-document is.
    let stray = items.last().is_some_and(|i| matches!(i, Item::Stray(_)));
    let end = if stray { end } else { split.end.max(end) };
    let at = text.span_of(from..end);
    for exchange in &mut exchanges {
        exchange.at = at;
    }
    if shell == Shell::Cmd && s[from..end].contains("\\\n") {
        notes.push(Note { says: "`\\` does not continue a line at the Windows command prompt".to_owned(), span: at });
    }
    notes.sort_by_key(|n| n.span);
    Some((from..end, exchanges, notes))
}

/// Whether a word can only be meant for Invoke-WebRequest, for which `curl` is another name in Windows PowerShell.
fn is_of_powershell(word: &ShellWord) -> bool {
    const NAMES: [&str; 7] = ["-uri", "-headers", "-method", "-body", "-usebasicparsing", "-contenttype", "-outfile"];
    word.quoted == Quoted::Table || NAMES.iter().any(|n| n.eq_ignore_ascii_case(word.text.as_str()))
}

/// What a word, or two, mean to curl.
#[derive(Clone, Debug)]
enum Item {
    /// An option with its long name; `on` is false after `--no-`.
    Option { name: &'static str, on: bool, arg: Option<Arg>, span: Span, end: usize },
    /// Something to call.
    Url(Arg),
    /// A word that belongs to nothing.
    Stray(Arg),
    /// Something to say about a word.
    Note(&'static str, Span),
}

/// Sorts words into options with their arguments, and URLs.
fn items(words: &[ShellWord]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut options = true;
    // An unquoted header field was cut at its blanks: the words after it were meant to be its value.
    let mut cut_field = None;
    let mut has_url = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let s = word.text.as_str();
        let span = word.text.span();
        let dashed = s.len() - s.trim_start_matches(DASHES).len();
        let (dashes, name_at) = match s {
            _ if !options || word.is_expansion() => (0, 0),
            "--" => {
                options = false;
                continue;
            }
            _ if s.starts_with("--") => (2, 2),
            _ if s.starts_with('-') && s.len() > 1 => (1, 1),
            _ if dashed > 0 => {
                (if s[dashed..].chars().nth(1).is_some_and(|c| c.is_ascii_lowercase()) { 2 } else { 1 }, dashed)
            }
            _ => (0, 0),
        };
        if dashed > 0 && dashes > 0 {
            items.push(Item::Note("the option has a typographic dash instead of `-`; read as `-`", span));
        }
        match dashes {
            0 => {
                let arg = Arg::of(word, 0);
                let stray = match cut_field {
                    Some(bare) => !s.contains("://") && (bare || !request::is_url_like(s)),
                    None => {
                        let is_prose = !request::is_url_like(s) || has_url && request::may_be_prose(s);
                        !word.is_expansion() && word.quoted == Quoted::No && is_prose
                    }
                };
                if !stray {
                    cut_field = None;
                    has_url = true;
                }
                items.push(if stray { Item::Stray(arg) } else { Item::Url(arg) });
                continue;
            }
            2 => long(word, name_at, &mut words, &mut items),
            _ => short(word, name_at, &mut words, &mut items),
        }
        cut_field = match items.last() {
            Some(Item::Option { name: "header", arg: Some(arg), .. }) if arg.quoted == Quoted::No => {
                Some(arg.as_str().ends_with(':'))
            }
            _ => None,
        };
    }
    items
}

fn long<'a>(word: &ShellWord, at: usize, rest: &mut impl Iterator<Item = &'a ShellWord>, items: &mut Vec<Item>) {
    let s = word.text.as_str();
    let span = word.text.span();
    if let Some((name, takes, on)) = long_option(&s[at..]) {
        let arg = if takes { rest.next().map(|w| Arg::of(w, 0)) } else { None };
        if takes && arg.is_none() {
            items.push(Item::Note("this option lacks its argument", span));
        }
        let end = arg.as_ref().map_or(word.range.end, |a| a.end);
        items.push(Item::Option { name, on, arg, span, end });
        return;
    }
    let equals = s[at..].find('=').map(|i| at + i);
    if let Some(i) = equals
        && let Some((name, true, on)) = long_option(&s[at..i])
    {
        items.push(Item::Note(
            "curl takes the argument of a long option as a separate word, not after `=`: it rejects this",
            span,
        ));
        items.push(Item::Option { name, on, arg: Some(Arg::of(word, i + 1)), span, end: word.range.end });
        return;
    }
    items.push(Item::Note("this is not a known option of curl; read as one without an argument", span));
}

fn short<'a>(word: &ShellWord, at: usize, rest: &mut impl Iterator<Item = &'a ShellWord>, items: &mut Vec<Item>) {
    let s = word.text.as_str();
    for (i, c) in s[at..].char_indices() {
        let span = word.text.span_of(at + i..at + i + c.len_utf8());
        let Some((name, takes)) = letter(c) else {
            items.push(Item::Note("this is not a known option of curl; read as one without an argument", span));
            continue;
        };
        if !takes {
            items.push(Item::Option { name, on: true, arg: None, span, end: word.range.end });
            continue;
        }
        let next = at + i + c.len_utf8();
        let arg = if next < s.len() { Some(Arg::of(word, next)) } else { rest.next().map(|w| Arg::of(w, 0)) };
        if arg.is_none() {
            items.push(Item::Note("this option lacks its argument", span));
        }
        let end = arg.as_ref().map_or(word.range.end, |a| a.end);
        items.push(Item::Option { name, on: true, arg, span, end });
        return;
    }
}

/// Where the options of one request (or of several to different URLs) are gathered.
#[derive(Default)]
struct CurlOperation {
    urls: Vec<Arg>,
    /// Header fields, and whether words after them were cut off.
    headers: Vec<(Arg, bool)>,
    method: Option<Arg>,
    get: bool,
    head: Option<Span>,
    upload: Option<Arg>,
    data: Vec<(&'static str, Arg)>,
    parts: Vec<(bool, Arg)>,
    queries: Vec<Arg>,
    request_target: Option<Arg>,
    user: Option<Arg>,
    bearer: Option<Arg>,
    /// A scheme by which curl first asks, or signs: what it sends cannot be known.
    scheme: Option<Span>,
    netrc: Option<Span>,
    agent: Option<Arg>,
    referer: Option<Arg>,
    cookies: Vec<Arg>,
    range: Option<Arg>,
    /// Options whose argument holds a credential that is not part of the message.
    credentials: Vec<(&'static str, Arg)>,
    /// Fields that an option adds with a value of curl's own.
    added: Vec<&'static str>,
    /// An option that may bring more options or fields with it.
    open: Option<Span>,
    notes: Vec<Note>,
}

impl CurlOperation {
    fn note(&mut self, says: &str, span: Span) {
        self.notes.push(Note { says: says.to_owned(), span });
    }

    /// Whether there is anything of a request in it.
    fn says_anything(&self) -> bool {
        !self.urls.is_empty()
            || !self.headers.is_empty()
            || !self.data.is_empty()
            || self.user.is_some()
            || self.bearer.is_some()
    }

    /// Takes the items in; returns where the last that meant anything ends.
    fn take(&mut self, items: &[Item]) -> usize {
        let mut end = 0;
        let mut strays = Vec::new();
        let mut after_field = false;
        for item in items {
            match item {
                Item::Note(says, span) => {
                    self.note(says, *span);
                    continue;
                }
                Item::Url(arg) => {
                    self.urls.push(arg.clone());
                    end = arg.end;
                }
                Item::Stray(arg) if after_field => {
                    end = arg.end;
                    if let Some((field, cut)) = self.headers.last_mut()
                        && !*cut
                    {
                        *cut = true;
                        let span = field.text.span();
                        self.note("the field is not quoted: the shell passes curl only the part before the space as the field, and curl takes the rest as URLs", span);
                    }
                    continue;
                }
                Item::Stray(arg) => strays.push(arg),
                Item::Option { name, on, arg, span, end: till } => {
                    end = *till;
                    self.option(name, *on, arg.as_ref(), *span);
                }
            }
            after_field =
                matches!(item, Item::Option { name: "header", arg: Some(arg), .. } if arg.quoted == Quoted::No);
        }
        // A word by itself may be a host without a dot, or prose.
        if let [one] = strays.as_slice()
            && self.urls.is_empty()
            && self.says_anything()
        {
            self.urls.push((*one).clone());
        } else if let Some(first) = strays.first() {
            let span = strays.iter().fold(first.text.span(), |span, arg| span.to(arg.text.span()));
            self.note("these words do not belong to an option of curl; they are not read", span);
        }
        self.leading_variables();
        end
    }

    /// `curl $OPTIONS https://…`: what the shell puts in there may be anything.
    fn leading_variables(&mut self) {
        let list = |a: &Arg| ["[@]", "[*]", "$@", "$*"].iter().any(|sign| a.as_str().contains(sign));
        let written = self.urls.iter().any(|u| !u.is_expansion());
        let (variables, urls) = std::mem::take(&mut self.urls)
            .into_iter()
            .partition(|u| u.is_expansion() && (list(u) || (written && u.quoted == Quoted::No)));
        self.urls = urls;
        let variables: Vec<Arg> = variables;
        if let Some(first) = variables.first() {
            let span = first.text.span();
            self.open = Some(span);
            self.note("the shell inserts words here: there may be options that are not shown", span);
        }
    }

    fn option(&mut self, name: &'static str, on: bool, arg: Option<&Arg>, span: Span) {
        let own = arg.cloned();
        match (name, own) {
            ("get", _) => self.get = on,
            ("head", _) => self.head = on.then_some(span),
            ("digest" | "ntlm" | "ntlm-wb" | "negotiate" | "anyauth", _) => self.scheme = on.then_some(span),
            ("netrc" | "netrc-optional", _) => self.netrc = on.then_some(span),
            ("compressed", _) if on => self.added.push("accept-encoding"),
            ("tr-encoding", _) if on => self.added.extend(["te", "connection"]),
            ("url", Some(arg)) => self.urls.push(arg),
            ("header", Some(arg)) => self.headers.push((arg, false)),
            ("request", Some(arg)) => self.method = Some(arg),
            ("upload-file", Some(arg)) => self.upload = Some(arg),
            ("data" | "data-ascii" | "data-raw" | "data-binary" | "data-urlencode" | "json", Some(arg)) => {
                self.data.push((name, arg));
            }
            ("form", Some(arg)) => self.parts.push((false, arg)),
            ("form-string", Some(arg)) => self.parts.push((true, arg)),
            ("url-query", Some(arg)) => self.queries.push(arg),
            ("request-target", Some(arg)) => self.request_target = Some(arg),
            ("user", Some(arg)) => self.user = Some(arg),
            ("oauth2-bearer", Some(arg)) => self.bearer = Some(arg),
            ("aws-sigv4", Some(_)) => {
                self.scheme = Some(span);
                self.added.extend(["x-amz-date", "x-amz-security-token"]);
            }
            ("netrc-file", Some(_)) => self.netrc = Some(span),
            ("user-agent", Some(arg)) => self.agent = Some(arg),
            ("referer", Some(arg)) => self.referer = Some(arg),
            ("cookie", Some(arg)) => self.cookies.push(arg),
            ("range", Some(arg)) => self.range = Some(arg),
            ("etag-compare", Some(_)) => self.added.push("if-none-match"),
            ("time-cond", Some(_)) => self.added.extend(["if-modified-since", "if-unmodified-since"]),
            ("continue-at", Some(_)) => self.added.push("range"),
            (name, Some(arg)) if options::CREDENTIALS.contains(&name) => self.credentials.push((name, arg)),
            ("config", Some(_)) => {
                self.open = Some(span);
                self.note("options are read from a file here: what they add is not shown", span);
            }
            _ => {}
        }
    }

    fn build(
        mut self,
        program: &ShellWord,
        stdin: Option<&ShellWord>,
        exchanges: &mut Vec<Exchange>,
        notes: &mut Vec<Note>,
    ) {
        let mut sent =
            SentDraft { open: self.open.is_some(), notes: std::mem::take(&mut self.notes), ..SentDraft::default() };
        for (option, arg) in &self.credentials {
            sent.credential(option, arg);
        }
        // Names that the user set or removed: curl adds none of its own by them.
        let own = self.own_fields(&mut sent);
        let is_own = |name: &str| own.iter().any(|n| n.eq_ignore_ascii_case(name));
        let custom = std::mem::take(&mut sent.fields);

        for name in ["host", "user-agent", "accept"] {
            if !is_own(name) {
                sent.withhold(name);
            }
        }
        if let Some(agent) = &self.agent
            && !is_own("user-agent")
        {
            sent.withheld.retain(|n| n != "user-agent");
            if !agent.text.is_empty() {
                sent.field(Text::implied("User-Agent", agent.text.span()), agent);
            }
        }
        if let Some(referer) = &self.referer
            && !is_own("referer")
        {
            let url = referer.as_str().strip_suffix(";auto").map_or(referer.text.len(), str::len);
            if url > 0 {
                sent.field(Text::implied("Referer", referer.text.span()), &referer.part(0..url));
            }
        }
        if let Some(range) = &self.range
            && !is_own("range")
        {
            let mut value = TextBuilder::new(range.text.span());
            value.replace(&range.text, 0..0, "bytes=");
            value.copy(&range.text, 0..range.text.len());
            sent.fields.push(Field { name: Text::implied("Range", range.text.span()), value: value.finish() });
        }
        for name in &self.added {
            if !is_own(name) {
                sent.withhold(name);
            }
        }
        if !is_own("cookie") {
            self.cookie(&mut sent);
        }
        let body = self.body(&mut sent, stdin, &is_own);
        let data = match &body {
            Body::Text(text) if self.get => Some(text.clone()),
            _ => None,
        };
        let unseen_query = self.get && body.is_unseen() && !self.data.is_empty();
        if unseen_query {
            sent.note("a file is read into the query of the URL: not shown", program.text.span());
        }
        let body = if self.get { Body::Empty(program.text.span()) } else { body };
        let method = self.method_of(program, &mut sent);

        if self.urls.is_empty() {
            sent.note("the command has no URL: part of it is missing", program.text.span());
            let mut one = sent.clone();
            one.open = true;
            self.authorize(&mut one, None, is_own("authorization"));
            one.fields.extend(custom.iter().cloned());
            let body = if matches!(body, Body::Empty(_)) { Body::Unseen } else { body };
            exchanges.push(one.exchange(self.method.as_ref().map(|_| method), None, body, program.text.span()));
            notes.append(&mut one.notes);
            return;
        }
        if let Some(more) = self.urls.get(MAX_URLS) {
            sent.note("the command calls more URLs than are read", more.text.span());
        }
        for (i, url) in self.urls.iter().take(MAX_URLS).enumerate() {
            let mut one = sent.clone();
            if i > 0 {
                one.notes.clear();
            }
            one.expanded(url);
            self.authorize(&mut one, Some(url), is_own("authorization"));
            one.fields.extend(custom.iter().cloned());
            let target = self.target(url, data.as_ref());
            exchanges.push(one.exchange(Some(method.clone()), Some(target), body.clone(), program.text.span()));
            // What holds for every URL was said with the first.
            notes.extend(one.notes);
        }
    }

    /// Reads the `-H` options: adds what is sent, and returns the names that were set or removed.
    fn own_fields(&self, sent: &mut SentDraft) -> Vec<String> {
        let mut own = Vec::new();
        for (arg, cut) in &self.headers {
            let s = arg.as_str();
            if s.starts_with('@') {
                sent.open = true;
                sent.note("fields are read from a file here: they are not shown", arg.text.span());
                continue;
            }
            if arg.is_expansion() {
                sent.open = true;
                sent.expanded(arg);
                continue;
            }
            let Some(colon) = s.find(':') else {
                let name = s.strip_suffix(';').filter(|n| !n.is_empty() && !n.contains(';'));
                match name {
                    Some(name) => {
                        own.push(name.to_owned());
                        let value = arg.part(name.len()..name.len());
                        sent.field(arg.text.slice(0..name.len()), &value);
                    }
                    None => sent.note("this field has no colon: curl does not send it", arg.text.span()),
                }
                continue;
            };
            let name = arg.text.slice(0..colon);
            if name.as_str().trim() != name.as_str() {
                sent.note("there is white space around the name of this field, and it is sent", name.span());
            }
            own.push(name.as_str().to_owned());
            if *cut {
                sent.withhold(name.as_str());
                continue;
            }
            let value = arg.part(colon + 1..s.len());
            if value.as_str().trim().is_empty() {
                sent.note("there is nothing after the colon: curl does not send this field at all", arg.text.span());
                continue;
            }
            sent.field(name, &value);
        }
        own
    }

    fn cookie(&self, sent: &mut SentDraft) {
        let mut value: Option<TextBuilder> = None;
        for arg in &self.cookies {
            if arg.is_expansion() {
                sent.withhold("cookie");
                sent.expanded(arg);
            } else if arg.as_str().starts_with('@') || !arg.as_str().contains('=') {
                if !arg.text.is_empty() {
                    sent.withhold("cookie");
                    sent.note("cookies are read from a file here: they are not shown", arg.text.span());
                }
            } else {
                let builder = value.get_or_insert_with(|| TextBuilder::new(arg.text.span()));
                if !builder.is_empty() {
                    builder.replace(&arg.text, 0..0, ";");
                }
                builder.copy(&arg.text, 0..arg.text.len());
                if !arg.expansions.is_empty() {
                    sent.withhold("cookie");
                }
                sent.expanded(arg);
            }
        }
        if let Some(value) = value {
            let value = value.finish();
            sent.fields.push(Field { name: Text::implied("Cookie", value.span()), value: value.trim() });
        }
    }

    /// What curl itself puts into Authorization. A field of the user's own keeps it from doing so.
    fn authorize(&self, sent: &mut SentDraft, url: Option<&Arg>, own: bool) {
        if own {
            let given = self.user.as_ref().or(self.bearer.as_ref());
            if let Some(given) = given {
                sent.note(
                    "an Authorization field is given as well: curl does not send these credentials",
                    given.text.span(),
                );
            }
            return;
        }
        if let Some(span) = self.scheme
            && (self.user.is_some() || self.netrc.is_some())
        {
            sent.withhold("authorization");
            sent.note("with this option curl sends different credentials, or none in its first request", span);
            return;
        }
        if let Some(token) = &self.bearer {
            sent.bearer(token);
            return;
        }
        if let Some(user) = &self.user {
            if user.is_expansion() || user.as_str().contains(':') {
                sent.basic(user);
                return;
            }
            sent.withhold("authorization");
            sent.note(
                "there is no password after the user name: curl asks for it, and it is not shown",
                user.text.span(),
            );
            return;
        }
        if let Some(url) = url
            && let Some(range) = user_info(url.as_str())
        {
            let info = url.part(range);
            if !info.expansions.is_empty() {
                sent.withhold("authorization");
                return;
            }
            let plain = request::percent_decode(info.as_str());
            let plain = if plain.contains(':') { plain } else { format!("{plain}:") };
            let arg = Arg { text: Text::implied(&plain, info.text.span()), ..info };
            sent.basic(&arg);
            return;
        }
        if let Some(span) = self.netrc {
            sent.withhold("authorization");
            sent.note("the credentials are read from .netrc: they are not shown", span);
        }
    }

    fn method_of(&self, program: &ShellWord, sent: &mut SentDraft) -> Text {
        if let Some(method) = &self.method {
            sent.expanded(method);
            return method.text.clone();
        }
        if let Some(span) = self.head {
            return Text::implied("HEAD", span);
        }
        if let Some(file) = &self.upload {
            return Text::implied("PUT", file.text.span());
        }
        let content = self.data.first().map(|d| &d.1).or_else(|| self.parts.first().map(|p| &p.1));
        match content {
            Some(arg) if !self.get => Text::implied("POST", arg.text.span()),
            _ => Text::implied("GET", program.text.span()),
        }
    }

    /// The body, with the fields that curl adds for it.
    fn body(&self, sent: &mut SentDraft, stdin: Option<&ShellWord>, is_own: &dyn Fn(&str) -> bool) -> Body {
        let withhold = |sent: &mut SentDraft, name: &str| {
            if !is_own(name) && !self.get {
                sent.withhold(name);
            }
        };
        let content_type = |sent: &mut SentDraft, value: &str, span: Span| {
            if !is_own("content-type") && !self.get {
                sent.withhold("content-type");
                sent.implied("Content-Type", value, span);
            }
        };
        if let Some(file) = &self.upload {
            for name in ["content-length", "transfer-encoding", "expect"] {
                withhold(sent, name);
            }
            sent.note("the body is read from a file: it is not shown", file.text.span());
            return Body::Unseen;
        }
        if let Some((_, first)) = self.data.first() {
            withhold(sent, "content-length");
            let span = first.text.span();
            let json = self.data.iter().any(|d| d.0 == "json");
            if json && !is_own("accept") && !self.get {
                sent.implied("Accept", "application/json", span);
            }
            content_type(sent, if json { "application/json" } else { "application/x-www-form-urlencoded" }, span);
            return self.data_body(sent, stdin);
        }
        if let Some((_, first)) = self.parts.first() {
            withhold(sent, "content-length");
            content_type(sent, "multipart/form-data", first.text.span());
            return self.form_body(sent);
        }
        Body::Empty(self.head.or(self.urls.first().map(|u| u.text.span())).unwrap_or(Span::new(0, 0)))
    }

    fn data_body(&self, sent: &mut SentDraft, stdin: Option<&ShellWord>) -> Body {
        let anchor = self.data.first().map_or(Span::new(0, 0), |d| d.1.text.span());
        let mut body = TextBuilder::new(anchor);
        let mut unseen = false;
        for (i, (kind, arg)) in self.data.iter().enumerate() {
            if i > 0 && *kind != "json" {
                body.replace(&arg.text, 0..0, "&");
            }
            if *kind == "data-urlencode" {
                unseen |= !url_encoded(&mut body, arg, sent);
                continue;
            }
            let s = arg.as_str();
            let piped = stdin.filter(|_| matches!(s, "@-" | "@/dev/stdin")).map(|w| Arg::of(w, 0));
            if let Some(piped) = piped.filter(|_| *kind != "data-raw") {
                let strip = matches!(*kind, "data" | "data-ascii");
                copy_without_line_ends(&mut body, &piped.text, strip);
                sent.expanded(&piped);
            } else if *kind != "data-raw" && s.starts_with('@') {
                sent.note("the body is read from a file here: it is not shown", arg.text.span());
                unseen = true;
            } else {
                body.copy(&arg.text, 0..s.len());
                sent.expanded(arg);
                unseen |= arg.is_expansion();
            }
        }
        match body.finish() {
            _ if unseen => Body::Unseen,
            empty if empty.is_empty() => Body::Empty(empty.span()),
            text => Body::Text(text),
        }
    }

    fn form_body(&self, sent: &mut SentDraft) -> Body {
        let mut parameters = Vec::new();
        let mut unseen = false;
        for (literal, arg) in &self.parts {
            let s = arg.as_str();
            sent.expanded(arg);
            let Some(equals) = s.find('=') else {
                sent.note("this part of the form has no `=`: curl rejects it", arg.text.span());
                unseen = true;
                continue;
            };
            let value = &s[equals + 1..];
            if !literal && value.starts_with(['@', '<']) {
                sent.note("a part of the body is read from a file here: it is not shown", arg.text.span());
                unseen = true;
                continue;
            }
            let range = if *literal { equals + 1..s.len() } else { part_value(s, equals + 1) };
            parameters.push((arg.text.slice(0..equals), arg.text.slice(range)));
        }
        if unseen { Body::Unseen } else { Body::Form(parameters) }
    }

    /// The URL that is called: with a scheme, with the name of an uploaded file, with what goes into the query.
    fn target(&self, url: &Arg, data: Option<&Text>) -> Text {
        let mut target = url.text.clone();
        let s = url.as_str();
        if !s.contains("://") && !s.starts_with(['$', '%', '<', '{']) {
            let mut with_scheme = TextBuilder::new(url.text.span());
            with_scheme.replace(&url.text, 0..0, "http://");
            with_scheme.copy(&url.text, 0..s.len());
            target = with_scheme.finish();
        }
        if let Some(file) = &self.upload
            && target.as_str().ends_with('/')
            && !matches!(file.as_str(), "-" | ".")
            && !target.as_str().contains('?')
        {
            let start = file.as_str().rfind(['/', '\\']).map_or(0, |i| i + 1);
            let mut named = TextBuilder::new(target.span());
            named.copy(&target, 0..target.len());
            named.copy(&file.text, start..file.text.len());
            target = named.finish();
        }
        if let Some(data) = data {
            target = request::append_query(&target, data);
        }
        for query in &self.queries {
            let mut encoded = TextBuilder::new(query.text.span());
            if query.as_str().starts_with('+') {
                encoded.copy(&query.text, 1..query.text.len());
            } else {
                url_encoded(&mut encoded, query, &mut SentDraft::default());
            }
            target = request::append_query(&target, &encoded.finish());
        }
        // Another target is asked for at the same host.
        if let Some(other) = &self.request_target
            && other.as_str().starts_with('/')
        {
            let s = target.as_str();
            let start = s.find("://").map_or(0, |i| i + 3);
            let path = s[start..].find(['/', '?', '#']).map_or(s.len(), |i| start + i);
            let mut replaced = TextBuilder::new(target.span());
            replaced.copy(&target, 0..path);
            replaced.copy(&other.text, 0..other.text.len());
            target = replaced.finish();
        }
        target
    }
}

/// Appends what `--data-urlencode` makes of its argument; false if a file is read.
fn url_encoded(body: &mut TextBuilder, arg: &Arg, sent: &mut SentDraft) -> bool {
    let s = arg.as_str();
    let sign = s.find('=').or_else(|| s.find('@'));
    let content = sign.map_or(0, |i| i + 1);
    if let Some(i) = sign {
        if s[i..].starts_with('@') {
            sent.note("the body is read from a file here: it is not shown", arg.text.span());
            return false;
        }
        if i > 0 {
            body.copy(&arg.text, 0..content);
        }
    }
    sent.expanded(arg);
    // What the shell inserts is encoded as well, but is unknown: it stays as it is written.
    let mut at = content;
    for range in &arg.expansions {
        if range.start < at {
            continue;
        }
        request::form_encode(body, &arg.text, at..range.start, "+");
        body.copy(&arg.text, range.clone());
        at = range.end;
    }
    request::form_encode(body, &arg.text, at..s.len(), "+");
    !(arg.is_expansion())
}

/// `-d @-` drops line ends of what it reads; `--data-binary` and `--json` keep them.
fn copy_without_line_ends(out: &mut TextBuilder, text: &Text, strip: bool) {
    if !strip {
        out.copy(text, 0..text.len());
        return;
    }
    let s = text.as_str();
    let mut at = 0;
    while at < s.len() {
        let end = s[at..].find(['\r', '\n', '\0']).map_or(s.len(), |i| at + i);
        out.copy(text, at..end);
        at = end + 1;
    }
}

/// The value of a part of a form that begins at `at`: up to `;type=` and the like, or inside double quotes.
fn part_value(s: &str, at: usize) -> Range<usize> {
    if s[at..].starts_with('"')
        && let Some(len) = s[at + 1..].find('"')
    {
        return at + 1..at + 1 + len;
    }
    at..s[at..].find(';').map_or(s.len(), |i| at + i)
}

/// The range of `user:password` in a URL.
fn user_info(url: &str) -> Option<Range<usize>> {
    let start = url.find("://").map_or(0, |i| i + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |i| start + i);
    let at = url[start..end].rfind('@')?;
    (at > 0).then_some(start..start + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::model::Extent;

    fn exchanges(command: &str) -> Vec<Exchange> {
        let text = Text::paste(command);
        read(&text, command.find("curl").unwrap_or(0)).map(|f| f.1).unwrap_or_default()
    }

    /// One line for a request: method, URL, fields, body, and what is withheld beyond what curl always adds.
    fn line(exchange: &Exchange) -> String {
        let request = &exchange.request;
        let mut out = request::message_of(request);
        match &request.extent {
            Extent::Part => out += " part",
            Extent::Whole => out += " whole",
            Extent::Withheld(names) => {
                let always = ["host", "user-agent", "accept"];
                for name in names.iter().filter(|n| !always.contains(&n.as_str())) {
                    out += &format!(" ~{name}");
                }
                for name in always.iter().filter(|a| names.iter().all(|n| n != *a)) {
                    out += &format!(" !{name}");
                }
            }
        }
        for expanded in &exchange.expanded {
            out += &format!(" shell-expanded={}", expanded.as_str());
        }
        for secret in &exchange.secrets {
            out += &format!(" credential={}", secret.as_str());
        }
        out
    }

    fn says(command: &str, expected: &[&str]) {
        let lines: Vec<String> = exchanges(command).iter().map(line).collect();
        assert_eq!(lines, expected, "{command}");
    }

    #[test]
    fn commands() {
        says("curl https://a.example/x", &["GET https://a.example/x"]);
        says("curl.exe -X POST https://a.example/x", &["POST https://a.example/x"]);
        says("curl a.example/x", &["GET http://a.example/x"]);
        says("curl localhost:8080/x", &["GET http://localhost:8080/x"]);
        says("curl -v gateway -H 'a: b'", &["GET http://gateway [a: b]"]);
        says(
            "curl {{base}}/x -H 'Authorization: Bearer {{token}}'",
            &["GET {{base}}/x [Authorization: Bearer {{token}}]"],
        );
        says(
            "curl <base url>/x -H 'Authorization: Bearer <access token>'",
            &["GET <base url>/x [Authorization: Bearer <access token>]"],
        );
        says("curl \"$BASE/x\"", &["GET $BASE/x shell-expanded=$BASE"]);
        says("curl $OPTS https://a.example/x", &["GET https://a.example/x part"]);
        says("curl \"${args[@]}\" https://a.example/x", &["GET https://a.example/x part"]);
        says(
            "curl 'https://a.example/x' -H 'Authorization: Bearer abc' -H 'X-Correlation-ID: 1' --compressed",
            &["GET https://a.example/x [Authorization: Bearer abc] [X-Correlation-ID: 1] ~accept-encoding"],
        );
        says(
            "curl https://a.example/ -H \"Authorization: Bearer $TOKEN\"",
            &["GET https://a.example/ [Authorization: Bearer $TOKEN] ~authorization shell-expanded=$TOKEN"],
        );
        says(
            "curl https://a.example/ -H 'Authorization: Bearer $TOKEN'",
            &["GET https://a.example/ [Authorization: Bearer $TOKEN]"],
        );
        says(
            "curl https://a.example/ -H \"Authorization: Bearer ${TOKEN}\"",
            &["GET https://a.example/ [Authorization: Bearer ${TOKEN}] ~authorization shell-expanded=${TOKEN}"],
        );
        says(
            "curl https://a.example/ -H \"Authorization: Bearer $(get token)\" -H 'b: c'",
            &[
                "GET https://a.example/ [Authorization: Bearer $(get token)] [b: c] ~authorization shell-expanded=$(get token)",
            ],
        );
        says("curl https://a.example/ -H \"$AUTH\"", &["GET https://a.example/ part shell-expanded=$AUTH"]);
        says(
            "curl https://a.example/ -H Authorization: Bearer abc.def.ghi -H 'b: c'",
            &["GET https://a.example/ [b: c] ~authorization"],
        );
        says("curl https://a.example/ -H Authorization:Bearer abc", &["GET https://a.example/ ~authorization"]);
        says("curl -H Accept: application/json https://a.example/", &["GET https://a.example/"]);
        says(
            "curl https://a.example/ -H 'Authorization:' -H 'Accept:' -H 'X;'",
            &["GET https://a.example/ [X: ] !accept"],
        );
        says("curl https://a.example/ -H @fields.txt", &["GET https://a.example/ part"]);
        says("curl https://a.example/ -u jo:pw", &["GET https://a.example/ [Authorization: Basic am86cHc=]"]);
        says("curl https://a.example/ -u jo", &["GET https://a.example/ ~authorization"]);
        says("curl https://a.example/ -u \"jo:$PW\"", &["GET https://a.example/ ~authorization shell-expanded=$PW"]);
        says(
            "curl https://a.example/ -u \"$USER_PW\"",
            &["GET https://a.example/ ~authorization shell-expanded=$USER_PW"],
        );
        says("curl https://jo:pw@a.example/", &["GET https://jo:pw@a.example/ [Authorization: Basic am86cHc=]"]);
        says(
            "curl \"https://jo:$PW@a.example/\"",
            &["GET https://jo:$PW@a.example/ ~authorization shell-expanded=$PW"],
        );
        says("curl https://a.example/ --oauth2-bearer abc", &["GET https://a.example/ [Authorization: Bearer abc]"]);
        says(
            "curl https://a.example/ --oauth2-bearer \"$T\"",
            &["GET https://a.example/ [Authorization: Bearer $T] ~authorization shell-expanded=$T"],
        );
        says("curl https://a.example/ -u jo:pw --digest", &["GET https://a.example/ ~authorization"]);
        says("curl https://a.example/ -n", &["GET https://a.example/ ~authorization"]);
        says("curl https://a.example/ -K conf", &["GET https://a.example/ part"]);
        says(
            "curl https://a.example/ -d a=1 -d b=2",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] <a=1&b=2> ~content-length ~content-type",
            ],
        );
        says(
            "curl https://a.example/ -d @f",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] body? ~content-length ~content-type",
            ],
        );
        says(
            "curl https://a.example/ -d \"a=$A&b=2\"",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] <a=$A&b=2> ~content-length ~content-type shell-expanded=$A",
            ],
        );
        says(
            "curl https://a.example/ -d \"$BODY\"",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] body? ~content-length ~content-type shell-expanded=$BODY",
            ],
        );
        says(
            "curl https://a.example/ --data-urlencode 'a=x y' --data-urlencode \"b=$B c\"",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] <a=x+y&b=$B+c> ~content-length ~content-type shell-expanded=$B",
            ],
        );
        says(
            "curl https://a.example/ -d \"client_assertion=$JWT\" -H 'content-type: application/x-www-form-urlencoded'",
            &[
                "POST https://a.example/ [content-type: application/x-www-form-urlencoded] <client_assertion=$JWT> ~content-length shell-expanded=$JWT",
            ],
        );
        says(
            "curl -G https://a.example/?z=1 -d a=1 --data-urlencode 'b=x y'",
            &["GET https://a.example/?z=1&a=1&b=x+y"],
        );
        says("curl -G https://a.example/ -d @f", &["GET https://a.example/"]);
        says(
            "curl https://a.example/ --json '{\"a\":1}'",
            &[
                "POST https://a.example/ [Accept: application/json] [Content-Type: application/json] <{\"a\":1}> ~content-length ~content-type",
            ],
        );
        says(
            "curl https://a.example/ -F a=1 -F 'b=2;type=x/y'",
            &["POST https://a.example/ [Content-Type: multipart/form-data] (a=1) (b=2) ~content-length ~content-type"],
        );
        says(
            "curl https://a.example/ -F f=@x",
            &["POST https://a.example/ [Content-Type: multipart/form-data] body? ~content-length ~content-type"],
        );
        says(
            "curl -T f https://a.example/d/",
            &["PUT https://a.example/d/f body? ~content-length ~transfer-encoding ~expect"],
        );
        says("curl -I https://a.example/", &["HEAD https://a.example/"]);
        says(
            "curl -A x -e y -b c=d -r 0-1 https://a.example/",
            &["GET https://a.example/ [User-Agent: x] [Referer: y] [Range: bytes=0-1] [Cookie: c=d] !user-agent"],
        );
        says("curl -b jar https://a.example/", &["GET https://a.example/ ~cookie"]);
        says(
            "curl -b \"s=$S\" https://a.example/",
            &["GET https://a.example/ [Cookie: s=$S] ~cookie shell-expanded=$S"],
        );
        says("curl -sSLX POST https://a.example/ -HName:v", &["POST https://a.example/ [Name: v]"]);
        says("curl --request=PUT https://a.example/ --header='A: b'", &["PUT https://a.example/ [A: b]"]);
        says("curl --made-up https://a.example/", &["GET https://a.example/"]);
        says(
            "curl https://a.example/1 https://a.example/2 --next -d x https://a.example/3",
            &[
                "GET https://a.example/1",
                "GET https://a.example/2",
                "POST https://a.example/3 [Content-Type: application/x-www-form-urlencoded] <x> ~content-length ~content-type",
            ],
        );
        says("curl -H 'Authorization: Bearer x'", &["- - [Authorization: Bearer x] body? part"]);
        says(
            "curl “https://a.example/” –H “Authorization: Bearer x” —data ‘a=1’",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] [Authorization: Bearer x] <a=1> ~content-length ~content-type",
            ],
        );
        says(
            "curl -X GET \"https://a.example/\" \\ \n -H \"a: b\"\n--data x\n\nThanks",
            &[
                "GET https://a.example/ [Content-Type: application/x-www-form-urlencoded] [a: b] <x> ~content-length ~content-type",
            ],
        );
        says("curl -X GET\n'https://a.example/' -H \"a: b\"", &["GET https://a.example/ [a: b]"]);
        says("curl -X GET \\\n> 'https://a.example/' \\\n> -H 'a: b'", &["GET https://a.example/ [a: b]"]);
        says(
            "curl 'https://a.example/' -d @- <<E\n{\"a\":1}\nE\n",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] <{\"a\":1}> ~content-length ~content-type",
            ],
        );
        says(
            "curl -d @- https://a.example/ <<< \"$X\"",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] <$X> ~content-length ~content-type shell-expanded=$X",
            ],
        );
        says(
            "curl \"https://a.example/?a=1&b=2\" ^\r\n  -H \"Authorization: Bearer %TOKEN%\" ^\r\n  -d \"{\"\"a\"\":1}\"",
            &[
                "POST https://a.example/?a=1&b=2 [Content-Type: application/x-www-form-urlencoded] [Authorization: Bearer %TOKEN%] <{\"a\":1}> ~authorization ~content-length ~content-type shell-expanded=%TOKEN%",
            ],
        );
        says(
            "curl ^\"https://a.example/?a=1^&b=2^\" ^\r\n  -H ^\"x: ^\\^\"q^\\^\"^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
            &[
                "POST https://a.example/?a=1&b=2 [Content-Type: application/x-www-form-urlencoded] [x: \"q\"] <{\"a\":1}> ~content-length ~content-type",
            ],
        );
        says(
            "curl.exe \"https://a.example/\" `\n  -H \"Authorization: Bearer $env:TOKEN\" `\n  -d '{\"a\":1}'",
            &[
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] [Authorization: Bearer $env:TOKEN] <{\"a\":1}> ~authorization ~content-length ~content-type shell-expanded=$env:TOKEN",
            ],
        );
        says("curl https://a.example/?a=1&b=2 -H 'Authorization: Bearer x'", &["GET https://a.example/?a=1"]);
        says("curl -Uri https://a.example/ -Headers @{a='b'}", &[]);
        says("curl -X \"$M\" https://a.example/", &["$M https://a.example/ shell-expanded=$M"]);
        says("curl -w '%{http_code}' -o /dev/null https://a.example/", &["GET https://a.example/"]);
        says("curl --url-query a=1 https://a.example/", &["GET https://a.example/?a=1"]);
        says(
            "curl -L -k -i -v -s -S -f --max-time 5 https://a.example/ --cert c.pem --key k.pem",
            &["GET https://a.example/"],
        );
        says(
            "curl -X POST https://a.example/ -d '{\n \"a\": 1\n}' -H 'content-type: application/json'",
            &["POST https://a.example/ [content-type: application/json] <{\n \"a\": 1\n}> ~content-length"],
        );
        says("curl -v\nhttps://a.example/x", &["GET https://a.example/x"]);
    }

    #[test]
    fn variables_of_the_lines_before() {
        says(
            "TOKEN=abc\ncurl https://a.example/ -H \"Authorization: Bearer $TOKEN\"",
            &["GET https://a.example/ [Authorization: Bearer abc]"],
        );
        says("$ export BASE='https://a.example'\n$ curl \"${BASE}/x\"", &["GET https://a.example/x"]);
        says(
            "A=b; C=\"$A d\"\ncurl https://a.example/ -H \"x: $C\"",
            &["GET https://a.example/ [x: $C] ~x shell-expanded=$C"],
        );
        says("A=b\nC=\"$A d\"\ncurl https://a.example/ -H \"x: $C\"", &["GET https://a.example/ [x: b d]"]);
        says(
            "T=$(get)\ncurl https://a.example/ -H \"x: $T\"",
            &["GET https://a.example/ [x: $T] ~x shell-expanded=$T"],
        );
        says(
            "C:\\>set TOKEN=abc d\r\nC:\\>curl -H \"x: %Token%\" https://a.example/",
            &["GET https://a.example/ [x: abc d]"],
        );
        says("$t = 'abc'\nPS C:\\> curl.exe -H \"x: $t\" https://a.example/", &["GET https://a.example/ [x: abc]"]);
    }

    /// What the notes of a command say, joined.
    fn notes(command: &str) -> String {
        let text = Text::paste(command);
        let found = read(&text, 0).map(|f| f.2).unwrap_or_default();
        found.iter().map(|n| n.says.as_str()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_notes_name_the_trouble() {
        let cases = [
            ("curl https://a.example/ -H 'X-A:'", "does not send this field"),
            ("curl https://a.example/ -H 'X-A'", "no colon"),
            ("curl https://a.example/ -H \"A: $B\"", "the shell puts a different value"),
            ("curl https://a.example/ -u jo", "no password"),
            ("curl https://a.example/ -n", ".netrc"),
            ("curl https://a.example/ -K x", "options are read from a file"),
            ("curl https://a.example/ -d @x", "read from a file"),
            ("curl https://a.example/ -b jar", "read from a file"),
            ("curl https://a.example/ --request=PUT", "after `=`"),
            ("curl https://a.example/ --made-up-option", "not a known option of curl"),
            ("curl https://a.example/ -X", "lacks its argument"),
            ("curl https://a.example/ –X PUT", "typographic dash"),
            ("curl https://a.example/ -H Authorization: Bearer x", "not quoted"),
            ("curl https://a.example/\n  -H 'a: b'", "does not end in a continuation character"),
            ("curl https://a.example/ -H 'a : b'", "white space around the name"),
            ("curl -u a:b -H 'Authorization: x' https://a.example/", "does not send these credentials"),
        ];
        for (command, expected) in cases {
            assert!(notes(command).contains(expected), "{command}: {}", notes(command));
        }
        assert_eq!(notes("curl -sSL 'https://a.example/' -H 'a: b'"), "");
    }

    #[test]
    fn a_note_holds_nothing_of_the_paste() {
        let secret = "c0FfEe5eCrEt";
        let commands = [
            format!("curl https://a.example/ -u jo:{secret} -H 'Authorization: {secret}'"),
            format!("curl https://a.example/ -H Authorization: {secret}"),
            format!("curl https://a.example/ -H 'Authorization {secret}' --{secret} -u {secret} -d @{secret} \"$"),
        ];
        for command in commands {
            assert!(!notes(&command).contains(secret));
            assert!(!format!("{:?}", exchanges(&command)).contains(secret));
        }
    }

    #[test]
    fn values_stand_where_they_were_written() {
        let source = "see: curl -d 'a=1' \\\n --data b=2 -H \"X-Quote: a\\\"b\" -u 'jo:x' https://a.example/?q";
        let text = Text::paste(source);
        let from = source.find("curl").expect("is there");
        let (range, exchanges, _) = read(&text, from).expect("is read");
        assert_eq!(&source[range], &source[from..]);
        let request = &exchanges[0].request;
        let at = |t: &Text| &source[t.span().start..t.span().end];
        assert_eq!(at(request.url.as_ref().expect("has one")), "https://a.example/?q");
        let quote = request.fields.iter().find(|f| f.is("x-quote")).expect("was sent");
        assert_eq!((quote.value.as_str(), at(&quote.value)), ("a\"b", "a\\\"b"));
        let authorization = request.fields.iter().find(|f| f.is("authorization")).expect("was sent");
        assert_eq!(at(&authorization.value), "jo:x");
        let body = request.body.text().expect("is shown");
        assert_eq!(body.as_str(), "a=1&b=2");
        let second = body.span_of(4..7);
        assert_eq!(&source[second.start..second.end], "b=2");
    }

    #[test]
    fn the_command_ends_where_it_ends() {
        let range = |source: &str| {
            let text = Text::paste(source);
            read(&text, source.find("curl").unwrap_or(0)).map(|f| source[f.0].to_owned()).unwrap_or_default()
        };
        assert_eq!(range("$ curl -i https://a.example/x\nHTTP/1.1 401 Unauthorized\n"), "curl -i https://a.example/x");
        assert_eq!(range("`curl https://a.example/x` fails"), "curl https://a.example/x");
        assert_eq!(range("curl https://a.example/x gives me a problem"), "curl https://a.example/x");
        for prose in ["gives HTTP/1.1 401 Unauthorized", "always ends in 401/403", "and/or its v2"] {
            assert_eq!(range(&format!("curl https://a.example/x {prose}")), "curl https://a.example/x", "{prose}");
        }
        assert_eq!(range("curl https://a.example/x b.example/y"), "curl https://a.example/x b.example/y");
        assert_eq!(
            range("curl https://a.example/x -H 'a: b\nHTTP/1.1 401 it's\n"),
            "curl https://a.example/x -H 'a: b"
        );
        assert_eq!(range("curl https://a.example/x | jq ."), "curl https://a.example/x ");
        for prose in [
            "curl fails",
            "curl - a tool",
            "curl\nhttp",
            "curl",
            "curling https://a.example",
            "curl is on https://a.example",
        ] {
            assert_eq!(range(prose), "", "{prose}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(
            pieces in proptest::collection::vec(prop_oneof![
                "(?s).{0,6}",
                "[ '\"\\\\$`^%<>|&;#@{}()=\r\n–“’-]{0,5}",
                proptest::sample::select(vec![
                    " -H ", "-H", "'Authorization: Bearer x'", " -d ", "@x", " -u ", "a:b", " https://a.example/", " -F ",
                    " --next ", " -G ", " --json ", " -b ", "a=1;b", " \\\n", " ^\n", " `\n", "$T", "%T%", "$(x)", " <<E\n", "\nE\n",
                    " -T ", " --data-urlencode ", " --url-query ", " -Xé", "curl ", "http", " -e ", ";auto",
                ]).prop_map(str::to_owned),
            ], 0..14),
        ) {
            let source = format!("curl {}", pieces.concat());
            let text = Text::paste(&source);
            let Some((range, exchanges, notes)) = read(&text, 0) else { return Ok(()); };
            prop_assert!(source.get(range).is_some());
            for exchange in &exchanges {
                let request = &exchange.request;
                let mut spans: Vec<Span> = request.fields.iter().flat_map(|f| [f.name.span(), f.value.span()]).collect();
                spans.extend(request.method.iter().chain(&request.url).map(Text::span));
                spans.extend(request.body.text().map(Text::span));
                spans.extend(exchange.expanded.iter().chain(&exchange.secrets).map(Text::span));
                spans.extend(notes.iter().map(|n| n.span));
                for span in spans {
                    prop_assert!(source.get(span.start..span.end).is_some());
                }
            }
        }

        #[test]
        fn any_paste_is_searched(source in "(?s).{0,80}", tail in "(curl|http|wget|iwr| |-H|'|\"|\n|;|https://a.example|:){0,30}") {
            let paste = format!("{source}{tail}");
            let read = crate::capture::read_commands(&paste);
            prop_assert!(read.len() <= paste.len());
        }
    }
}

//! Reads an HTTPie command line (`http`, `https`, `xh`).

use crate::capture::model::Body;
use crate::capture::shell::request::{self, Arg, CommandRead, SentDraft};
use crate::capture::shell::variables::put_in_variables;
use crate::capture::shell::{self, Quoted, ShellWord};
use crate::text::{Span, Text, TextBuilder};

/// Long options that take a value.
#[rustfmt::skip]
const WITH_ARGUMENT: &[&str] = &[
    "auth", "auth-type", "bearer", "boundary", "cert", "cert-key", "cert-key-pass", "chunked-size", "ciphers",
    "default-scheme", "format-options", "max-headers", "max-redirects", "output", "path", "pretty", "print", "proxy",
    "raw", "response-charset", "response-mime", "session", "session-read-only", "ssl", "style", "timeout", "verify",
];

/// Letters of options that take a value.
const LETTERS: &[(char, &str)] = &[('A', "auth-type"), ('a', "auth"), ('o', "output"), ('p', "print"), ('s', "style")];

/// The separators between the name and the value of an item: of two that begin at one place, the longer one counts.
const SIGNS: [&str; 10] = [":=@", "==@", ":=", "==", "=@", ":@", "=", ":", "@", ";"];

fn continues(line: &str, _: &[ShellWord]) -> bool {
    let token = line.split([' ', '\t', '=', '\u{A0}']).next().unwrap_or("");
    token.strip_prefix("--").is_some_and(|name| WITH_ARGUMENT.contains(&name) || matches!(name, "form" | "json"))
}

/// Splits `name:value` and the like.
fn item(s: &str) -> Option<(usize, &'static str)> {
    let mut escaped = false;
    for (i, c) in s.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if let Some(sign) = SIGNS.iter().find(|sign| s[i..].starts_with(**sign)) {
            return Some((i, *sign)).filter(|_| i > 0);
        }
    }
    None
}

fn is_method(word: &str) -> bool {
    const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    METHODS.iter().any(|m| m.eq_ignore_ascii_case(word))
}

fn is_target(word: &ShellWord) -> bool {
    let s = word.text.as_str();
    word.is_expansion() || (request::is_url_like(s) && (!s.starts_with('{') || s.starts_with("{{")))
}

/// What a command says, by kinds of its words.
#[derive(Default)]
struct HttpieOptions {
    given: Vec<(&'static str, Arg)>,
    form: bool,
    multipart: bool,
    words: Vec<ShellWord>,
}

impl HttpieOptions {
    fn of(words: &[ShellWord]) -> Self {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let s = word.text.as_str();
            if let Some(long) = s.strip_prefix("--").filter(|l| !l.is_empty()) {
                let (name, value) = long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
                options.form |= name == "form";
                options.multipart |= name == "multipart";
                if let Some(full) = WITH_ARGUMENT.iter().find(|w| **w == name) {
                    let arg = match value {
                        Some(value) => Some(Arg::of(word, s.len() - value.len())),
                        None => words.next().map(|w| Arg::of(w, 0)),
                    };
                    options.given.extend(arg.map(|a| (*full, a)));
                }
            } else if s.starts_with('-') && s.len() > 1 && word.quoted == Quoted::No {
                for (i, c) in s.char_indices().skip(1) {
                    options.form |= c == 'f';
                    if let Some((_, name)) = LETTERS.iter().find(|(l, _)| *l == c) {
                        let next = i + c.len_utf8();
                        let arg = if next < s.len() {
                            Some(Arg::of(word, next))
                        } else {
                            words.next().map(|w| Arg::of(w, 0))
                        };
                        options.given.extend(arg.map(|a| (*name, a)));
                        break;
                    }
                }
            } else {
                options.words.push(word.clone());
            }
        }
        options
    }

    fn get(&self, name: &str) -> Option<&Arg> {
        self.given.iter().rev().find(|g| g.0 == name).map(|g| &g.1)
    }
}

/// The parts of a body, as the items give them.
#[derive(Default)]
struct HttpieContent {
    parameters: Vec<(Text, Text)>,
    /// The same as members of a JSON object.
    members: Vec<String>,
    unseen: bool,
    span: Option<Span>,
}

/// Reads the command whose first word begins at `from`.
pub(crate) fn read(text: &Text, from: usize) -> Option<CommandRead> {
    let s = text.as_str();
    let name = request::program(s, from);
    if !matches!(name.as_str(), "http" | "https" | "xh") {
        return None;
    }
    let shell = shell::shell_of(text, from);
    let mut split = shell::split(shell, text, from, &continues);
    put_in_variables(&mut split.words, shell, text, from);
    let (program, words) = split.words.split_first()?;
    let options = HttpieOptions::of(words);
    let mut rest = options.words.as_slice();
    let method = rest.first().filter(|w| is_method(w.text.as_str()));
    if method.is_some() {
        rest = &rest[1..];
    }
    let (target, items) = rest.split_first().filter(|(w, _)| is_target(w))?;
    // A sentence goes on behind the last item: `http GET a.example/x gives 401 Unauthorized`.
    let is_item =
        |word: &ShellWord| word.quoted != Quoted::No || word.is_expansion() || item(word.text.as_str()).is_some();
    let len = items.iter().rposition(is_item).map_or(0, |last| last + 1);
    let ends_command = words.last().map(|word| word.range.end) == items.last().map(|word| word.range.end);
    let (items, end) = match items.len() - len {
        2.. if ends_command => (&items[..len], items[..len].last().unwrap_or(target).range.end),
        _ => (items, split.end),
    };
    let at = text.span_of(from..end);
    let mut sent = SentDraft { notes: split.notes, ..SentDraft::default() };
    let mut url = target_of(&Arg::of(target, 0), if name == "https" { "https://" } else { "http://" });
    sent.expanded(&Arg::of(target, 0));
    for name in ["host", "user-agent", "accept", "accept-encoding", "connection"] {
        sent.withhold(name);
    }

    let mut content = HttpieContent::default();
    let mut removed = Vec::new();
    for word in items {
        let arg = Arg::of(word, 0);
        let s = arg.as_str();
        let Some((i, sign)) = item(s) else {
            sent.note("this is not an item that HTTPie accepts", arg.text.span());
            continue;
        };
        let key = arg.text.slice(0..i);
        let value = arg.part(i + sign.len()..s.len());
        match sign {
            ":" if value.text.is_empty() => removed.push(key.as_str().to_ascii_lowercase()),
            ":" | ";" => sent.field(key, &value),
            ":@" => {
                sent.withhold(key.as_str());
                sent.note("the value of the field is read from a file: it is not shown", arg.text.span());
            }
            "==" => {
                sent.expanded(&value);
                let mut query = TextBuilder::new(arg.text.span());
                request::form_encode(&mut query, &arg.text, 0..i, "+");
                query.replace(&arg.text, i..i + 2, "=");
                request::form_encode(&mut query, &value.text, 0..value.text.len(), "+");
                url = request::append_query(&url, &query.finish());
            }
            _ => content.add(&mut sent, key, sign, &value, arg.text.span()),
        }
    }
    if let Some(raw) = options.get("raw") {
        content.span = Some(raw.text.span());
    }
    sent.withheld.retain(|name| !removed.contains(name));
    authorize(&options, &mut sent, removed.iter().any(|r| r == "authorization"));
    if let Some(password) = options.get("cert-key-pass") {
        sent.credential("cert-key-pass", password);
    }
    if let Some(session) = options.get("session").or(options.get("session-read-only")) {
        sent.open = true;
        sent.note("a session may add fields that are not shown", session.text.span());
    }
    let body = content.body(&options, &mut sent, at);
    let method = match method {
        Some(word) if word.text.as_str().bytes().all(|b| b.is_ascii_uppercase()) => word.text.clone(),
        Some(word) => Text::implied(&word.text.as_str().to_ascii_uppercase(), word.text.span()),
        None => match content.span {
            Some(span) => Text::implied("POST", span),
            None => Text::implied("GET", program.text.span()),
        },
    };
    let exchange = sent.exchange(Some(method), Some(url), body, at);
    Some((from..end, vec![exchange], sent.notes))
}

impl HttpieContent {
    fn add(&mut self, sent: &mut SentDraft, key: Text, sign: &str, value: &Arg, span: Span) {
        self.span = Some(self.span.map_or(span, |all| all.to(span)));
        sent.expanded(value);
        // Files, and keys that nest, are not followed.
        self.unseen |= sign.contains('@') || key.as_str().contains(['[', '\\']);
        let quoted = |s: &str| serde_json::Value::from(s).to_string();
        let written = if sign == ":=" { value.as_str().to_owned() } else { quoted(value.as_str()) };
        self.members.push(format!("{}: {written}", quoted(key.as_str())));
        self.parameters.push((key, value.text.clone()));
    }

    fn body(&self, options: &HttpieOptions, sent: &mut SentDraft, at: Span) -> Body {
        let Some(span) = self.span else {
            return Body::Empty(at);
        };
        sent.withhold("content-length");
        if !sent.fields.iter().any(|f| f.is("content-type")) {
            sent.withhold("content-type");
            let kind = match (options.multipart, options.form) {
                (true, _) => "multipart/form-data",
                (_, true) if !self.unseen => "application/x-www-form-urlencoded",
                (_, true) => return Body::Unseen,
                _ => "application/json",
            };
            sent.implied("Content-Type", kind, span);
        }
        if let Some(raw) = options.get("raw") {
            sent.expanded(raw);
            return if raw.is_expansion() { Body::Unseen } else { Body::Text(raw.text.clone()) };
        }
        if self.unseen {
            return Body::Unseen;
        }
        if options.form || options.multipart {
            return Body::Form(self.parameters.clone());
        }
        Body::Text(Text::implied(&format!("{{{}}}", self.members.join(", ")), span))
    }
}

/// HTTPie's short forms: `:8080/x` is on this machine, and a URL without scheme is one of plain HTTP.
fn target_of(target: &Arg, scheme: &str) -> Text {
    let s = target.as_str();
    if s.contains("://") && !s.starts_with("://") || s.starts_with(['$', '<', '{', '%']) {
        return target.text.clone();
    }
    let skip = if s.starts_with("://") { 3 } else { 0 };
    let mut out = TextBuilder::new(target.text.span());
    out.replace(&target.text, 0..0, scheme);
    if s[skip..].starts_with(':') {
        out.replace(&target.text, 0..0, "localhost");
        let port = s[skip + 1..].starts_with(|c: char| c.is_ascii_digit());
        out.copy(&target.text, skip + usize::from(!port)..s.len());
    } else {
        out.copy(&target.text, skip..s.len());
    }
    out.finish()
}

fn authorize(options: &HttpieOptions, sent: &mut SentDraft, removed: bool) {
    let kind = options.get("auth-type").map_or("basic", Arg::as_str);
    let bearer = options.get("bearer").or_else(|| options.get("auth").filter(|_| kind == "bearer"));
    if let Some(token) = bearer {
        sent.fields.retain(|f| !f.is("authorization"));
        sent.bearer(token);
        return;
    }
    let Some(auth) = options.get("auth").filter(|_| !removed) else {
        return;
    };
    if kind == "basic" && (auth.as_str().contains(':') || auth.is_expansion()) {
        sent.fields.retain(|f| !f.is("authorization"));
        sent.basic(auth);
        return;
    }
    sent.withhold("authorization");
    sent.note("the credentials that HTTPie makes from this are not shown", auth.text.span());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(source: &str) -> String {
        match read(&Text::paste(source), 0) {
            Some((_, exchanges, _)) => request::line_of(&exchanges[0]),
            None => "nothing".to_owned(),
        }
    }

    #[test]
    fn commands() {
        let cases = [
            ("http https://a.example/x", "GET https://a.example/x"),
            ("http GET a.example/x", "GET http://a.example/x"),
            ("http GET a.example/x X-B:c gives me a problem", "GET http://a.example/x [X-B: c]"),
            ("https a.example/x", "GET https://a.example/x"),
            ("http :8080/x", "GET http://localhost:8080/x"),
            ("http :/x", "GET http://localhost/x"),
            (
                "http GET https://a.example/x 'Authorization:Bearer abc' X-B:c q==\"d e\"",
                "GET https://a.example/x?q=d+e [Authorization: Bearer abc] [X-B: c]",
            ),
            (
                "http https://a.example/x \"Authorization:Bearer $T\"",
                "GET https://a.example/x [Authorization: Bearer $T] ~authorization $$T",
            ),
            (
                "http POST https://a.example/x name=value n:=1",
                "POST https://a.example/x [Content-Type: application/json] <{\"name\": \"value\", \"n\": 1}>",
            ),
            (
                "http -f https://a.example/token grant_type=client_credentials",
                "POST https://a.example/token [Content-Type: application/x-www-form-urlencoded] (grant_type=client_credentials)",
            ),
            ("http -a jo:pw https://a.example/", "GET https://a.example/ [Authorization: Basic am86cHc=]"),
            ("http -a jo https://a.example/", "GET https://a.example/ ~authorization"),
            ("http -A bearer -a abc https://a.example/", "GET https://a.example/ [Authorization: Bearer abc]"),
            (
                "http --auth-type=bearer --auth=\"$T\" https://a.example/",
                "GET https://a.example/ [Authorization: Bearer $T] ~authorization $$T",
            ),
            ("http https://a.example/ f@x", "POST https://a.example/ [Content-Type: application/json] body?"),
            ("http --raw '{}' PUT https://a.example/", "PUT https://a.example/ [Content-Type: application/json] <{}>"),
            ("http https://a.example/ 'X-Empty;' Accept:", "GET https://a.example/ [X-Empty: ]"),
            ("http --session=me https://a.example/", "GET https://a.example/ part"),
            ("http requests fail", "nothing"),
            ("http {", "nothing"),
        ];
        for (source, expected) in cases {
            assert_eq!(line(source), expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(tail in "(http|wget| |https://a.example/|-a|--auth|=|:|@|==|;|'|\"|\\\\|é|x|--header|--user|\n|\\$T){0,20}") {
            for program in ["http", "wget"] {
                let source = format!("{program} {tail}");
                let text = Text::paste(&source);
                let Some((range, exchanges, _)) = read(&text, 0) else { continue };
                prop_assert!(source.get(range).is_some());
                for field in &exchanges[0].request.fields {
                    for span in [field.name.span(), field.value.span()] {
                        prop_assert!(source.get(span.start..span.end).is_some());
                    }
                }
            }
        }
    }
}

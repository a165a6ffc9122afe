//! Reads `Invoke-RestMethod` and `Invoke-WebRequest` (and what they are also called), with the variables and tables
//! that the lines before them set.

use std::collections::HashMap;

use crate::capture::command::{self, Arg, Found, Sent};
use crate::capture::model::{Body, Field, Note};
use crate::capture::shell::{self, Quoted, Shell, Word};
use crate::text::{Span, Text, TextBuilder};

const NAMES: [&str; 6] = ["invoke-restmethod", "invoke-webrequest", "irm", "iwr", "curl", "wget"];

#[rustfmt::skip]
const SWITCHES: &[&str] = &[
    "allowinsecureredirect", "allowunencryptedauthentication", "debug", "disablekeepalive", "followrellink",
    "noproxy", "passthru", "preserveauthorizationonredirect", "preservehttpmethodonredirect",
    "proxyusedefaultcredentials", "resume", "skipcertificatecheck", "skipheadervalidation", "skiphttperrorcheck",
    "usebasicparsing", "usedefaultcredentials", "verbose",
];

#[rustfmt::skip]
const WITH_ARGUMENT: &[&str] = &[
    "authentication", "body", "certificate", "certificatethumbprint", "connectiontimeoutseconds", "contenttype",
    "credential", "custommethod", "erroraction", "errorvariable", "form", "headers", "httpversion", "infile",
    "maximumfollowrellink", "maximumredirection", "maximumretrycount", "method", "operationtimeoutseconds",
    "outfile", "outvariable", "proxy", "proxycredential", "responseheadersvariable", "retryintervalsec",
    "sessionvariable", "sslprotocol", "statuscodevariable", "timeoutsec", "token", "transferencoding", "uri",
    "useragent", "warningaction", "websession",
];

/// The full name of a parameter, which may be cut short, and whether it takes a value.
fn parameter(name: &str) -> Option<(&'static str, bool)> {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "" => return None,
        "ea" => return Some(("erroraction", true)),
        "h" | "head" => return Some(("headers", true)),
        _ => {}
    }
    let switches = SWITCHES.iter().map(|s| (*s, false));
    let all = || switches.clone().chain(WITH_ARGUMENT.iter().map(|w| (*w, true)));
    let exact = all().find(|(full, _)| *full == name);
    let mut fitting = all().filter(|(full, _)| full.starts_with(name.as_str()));
    exact.or_else(|| match (fitting.next(), fitting.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    })
}

fn continues(line: &str, _: &[Word]) -> bool {
    let token = line.split([' ', '\t', ':', '\u{A0}']).next().unwrap_or("");
    token.strip_prefix('-').is_some_and(|name| name.len() > 2 && parameter(name).is_some())
}

/// What a variable holds.
#[derive(Clone, Debug)]
enum Value {
    /// A text, or something that is not shown: then the expansion stands for it.
    Text(Arg),
    /// A table with its entries in order.
    Table(Vec<(Text, Arg)>),
}

/// The variables that the lines before a command set, by their names in lower case.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    held: HashMap<String, Value>,
}

/// The name of the variable that begins at `at`, in lower case, and where it ends.
fn variable_name(s: &str, at: usize) -> Option<(String, usize)> {
    let rest = s.get(at..)?.strip_prefix('$')?;
    let (inside, braces) = rest.strip_prefix('{').map_or((rest, 0), |r| (r, 1));
    let len = inside.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':')).count();
    let name = inside[..len].trim_end_matches(':').to_ascii_lowercase();
    if name.is_empty() || (braces == 1 && !inside[len..].starts_with('}')) {
        return None;
    }
    let name = name.strip_prefix("global:").or(name.strip_prefix("script:")).map_or(name.clone(), str::to_owned);
    Some((name, at + 1 + len + 2 * braces))
}

impl Variables {
    /// Reads the assignments between the beginning of the window and the command.
    pub(crate) fn before(text: &Text, from: usize) -> Self {
        // Nothing behind the command is read, so that a quote left open there costs nothing.
        let text = &text.slice(command::lines_before(text.as_str(), from)..from);
        let s = text.as_str();
        let mut variables = Self::default();
        let mut at = 0;
        while at < s.len() {
            at = statement(s, at);
            let read = variables.assignment(text, at);
            if read.is_none() && s[at..line_end(s, at)].contains("@{") {
                // A table that is never closed takes up all that follows.
                break;
            }
            let mut end = read.unwrap_or(at);
            end += s[end..].len() - s[end..].trim_start_matches([' ', '\t']).len();
            if end > at && s[end..].starts_with(';') {
                at = end + 1;
                continue;
            }
            at = match s[end..].find(['\n', '\r']) {
                Some(i) => end + i + 1,
                None => break,
            };
        }
        variables
    }

    /// Reads `$x = …`, `$x["k"] = …`, `$x.k = …` or `$x.Add("k", …)`; returns where it ends.
    fn assignment(&mut self, text: &Text, at: usize) -> Option<usize> {
        let s = text.as_str();
        let (name, end) = variable_name(s, at)?;
        let rest = s[end..].trim_start_matches([' ', '\t']);
        if let Some(value) = rest.strip_prefix('=').filter(|v| !v.starts_with('=')) {
            let (value, end) = self.value(text, s.len() - value.len())?;
            self.held.insert(name, value);
            return Some(end);
        }
        let (key, after) = if s[end..].starts_with('[') {
            let key = shell::power_value(text, end + 1)?;
            let after = key.range.end;
            (key, after + usize::from(s[after..].trim_start().starts_with(']')))
        } else if s[end..].get(..5).is_some_and(|add| add.eq_ignore_ascii_case(".add(")) {
            let key = shell::power_value(text, end + 5)?;
            let after = key.range.end;
            (key, after)
        } else {
            let key = shell::power_value(text, end + usize::from(s[end..].starts_with('.')))?;
            let after = key.range.end;
            (key, after)
        };
        let rest = s[after..].trim_start_matches([' ', '\t', ']']);
        let value = rest.strip_prefix(['=', ','])?;
        let (value, end) = self.value(text, s.len() - value.len())?;
        let Some(Value::Table(entries)) = self.held.get_mut(&name) else {
            return Some(end);
        };
        if let Value::Text(value) = value {
            // A key that is set again keeps its place: names of fields compare without regard to case.
            entries.retain(|(k, _)| !k.as_str().eq_ignore_ascii_case(key.text.as_str()));
            entries.push((key.text, value));
        }
        Some(end)
    }

    /// Reads a value, sums of texts and `-f` included; returns where it ends.
    fn value(&self, text: &Text, at: usize) -> Option<(Value, usize)> {
        let s = text.as_str();
        let at = at + s[at..].len() - s[at..].trim_start_matches([' ', '\t']).len();
        let word = shell::power_value(text, at)?;
        let mut end = word.range.end;
        if word.quoted != Quoted::Table && s[at..].starts_with("@{") {
            return None;
        }
        if word.quoted == Quoted::Table {
            return Some((Value::Table(self.table(&word.text)), end));
        }
        let name = word.text.as_str();
        if word.quoted == Quoted::No && name.eq_ignore_ascii_case("New-Object") {
            return Some((Value::Table(Vec::new()), line_end(s, end)));
        }
        if let Some(Value::Table(entries)) = self.named(&word) {
            return Some((Value::Table(entries.clone()), end));
        }
        let program =
            word.quoted == Quoted::No && !word.is_expansion() && name.starts_with(|c: char| c.is_alphabetic());
        let mut value = self.resolve(&Arg::of(&word, 0));
        if program {
            // The output of a command: not shown.
            value.expansions = std::iter::once(0..value.text.len()).collect();
        }
        loop {
            let rest = s[end..].trim_start_matches([' ', '\t']);
            if let Some(tail) = rest.strip_prefix('+') {
                let Some(next) = shell::power_value(text, s.len() - tail.len()) else {
                    break;
                };
                end = next.range.end;
                value = join(&value, &self.resolve(&Arg::of(&next, 0)));
            } else if rest.starts_with("-f ") {
                value.expansions.extend(slots(value.as_str()));
                end = line_end(s, end);
                break;
            } else {
                break;
            }
        }
        Some((Value::Text(value), end))
    }

    /// The entries of a table, given what stands between its brackets.
    fn table(&self, inside: &Text) -> Vec<(Text, Arg)> {
        let s = inside.as_str();
        let (mut entries, mut at) = (Vec::new(), 0);
        while at < s.len() {
            let skip = s[at..].len() - s[at..].trim_start_matches([' ', '\t', '\r', '\n', ';', ',', '\u{A0}']).len();
            at += skip;
            let prompt = s[at..].strip_prefix(">>").map_or(0, |_| 2);
            at += prompt;
            if prompt > 0 {
                continue;
            }
            if s[at..].starts_with('#') {
                at = line_end(s, at);
                continue;
            }
            let Some(key) = shell::power_value(inside, at) else {
                break;
            };
            let rest = s[key.range.end..].trim_start_matches([' ', '\t']);
            let value = rest.strip_prefix(['=', ':']).and_then(|v| self.value(inside, s.len() - v.len()));
            let Some((value, end)) = value else {
                at = line_end(s, key.range.end).max(at + 1);
                continue;
            };
            if let Value::Text(value) = value {
                entries.push((key.text, value));
            }
            at = s.ceil_char_boundary(end.max(at + 1));
        }
        entries
    }

    /// The variable that a word names, if that is all it does.
    fn named(&self, word: &Word) -> Option<&Value> {
        if !word.is_expansion() {
            return None;
        }
        let (name, end) = variable_name(word.text.as_str(), 0)?;
        if end == word.text.len() { self.held.get(&name) } else { None }
    }

    /// Puts in the variables whose texts are known.
    fn resolve(&self, arg: &Arg) -> Arg {
        command::put_in(arg, &|written| self.known(written).cloned())
    }

    /// The text of `$x`, `$($x)` or `($x)`, unless all of it is unknown.
    pub(crate) fn known(&self, written: &str) -> Option<&Arg> {
        let inside = written.strip_prefix("$(").or(written.strip_prefix('(')).and_then(|w| w.strip_suffix(')'));
        let written = inside.map_or(written, str::trim);
        let (name, end) = variable_name(written, 0)?;
        match self.held.get(&name) {
            Some(Value::Text(arg)) if end == written.len() && !arg.is_expansion() => Some(arg),
            _ => None,
        }
    }
}

/// Where the statement on this line begins: behind blanks and prompts.
fn statement(s: &str, at: usize) -> usize {
    let blanks = |at: usize| at + s[at..].len() - s[at..].trim_start_matches([' ', '\t']).len();
    let at = blanks(at);
    let line = &s[at..line_end(s, at)];
    if line.starts_with("PS ")
        && let Some(i) = line.find("> ")
    {
        return blanks(at + i + 2);
    }
    if line.starts_with(">>") { blanks(at + 2) } else { at }
}

fn line_end(s: &str, at: usize) -> usize {
    s[at..].find(['\n', '\r']).map_or(s.len(), |i| at + i)
}

fn join(first: &Arg, second: &Arg) -> Arg {
    let mut out = TextBuilder::new(first.text.span());
    out.copy(&first.text, 0..first.text.len());
    let start = out.len();
    let mut expansions = first.expansions.clone();
    if start + second.text.len() <= command::MAX_VALUE {
        out.copy(&second.text, 0..second.text.len());
        expansions.extend(second.expansions.iter().map(|e| start + e.start..start + e.end));
    }
    Arg { text: out.finish(), expansions, quoted: Quoted::Yes, end: second.end }
}

/// The places `{0}` of a format.
fn slots(s: &str) -> Vec<std::ops::Range<usize>> {
    let close = |i: usize| s[i..].find('}').map(|len| i..i + len + 1);
    s.match_indices('{').filter_map(|(i, _)| close(i)).filter(|r| r.len() <= 4).collect()
}

/// The parameters of a call, by their full names.
#[derive(Default)]
struct Call {
    given: Vec<(&'static str, Option<Word>, Span)>,
    /// Parameters out of a table that was splatted (`@params`).
    splatted: Vec<(Text, Arg)>,
    open: bool,
    notes: Vec<Note>,
}

impl Call {
    fn of(words: &[Word], variables: &Variables) -> Self {
        let mut call = Self::default();
        let mut words = words.iter().peekable();
        while let Some(word) = words.next() {
            let s = word.text.as_str();
            let span = word.text.span();
            if word.quoted == Quoted::No
                && let Some(name) = s.strip_prefix('@').filter(|n| !n.is_empty())
            {
                match variables.held.get(&name.to_ascii_lowercase()) {
                    Some(Value::Table(entries)) => call.splatted.extend(entries.iter().cloned()),
                    _ => call.open = true,
                }
                continue;
            }
            let dashed = word.quoted == Quoted::No && s.starts_with(['-', '–', '—']);
            if !dashed {
                if call.given.iter().all(|g| g.0 != "uri") {
                    call.given.push(("uri", Some(word.clone()), span));
                }
                continue;
            }
            let s = s.trim_start_matches(['-', '–', '—']);
            let (name, glued) = s.split_once(':').map_or((s, None), |(n, v)| (n, Some(v)));
            match parameter(name) {
                Some((name, false)) => call.given.push((name, None, span)),
                Some((name, true)) => {
                    let value = match glued {
                        Some(v) if !v.is_empty() => {
                            let at = word.text.len() - v.len();
                            let part = Arg::of(word, at);
                            Some(Word { text: part.text, expansions: part.expansions, ..word.clone() })
                        }
                        _ => words.next().cloned(),
                    };
                    call.given.push((name, value, span));
                }
                None => call.notes.push(Note {
                    says: "no parameter of the command that is known here; read as one without a value".to_owned(),
                    span,
                }),
            }
        }
        call
    }

    fn word(&self, name: &str) -> Option<&Word> {
        self.given.iter().find(|g| g.0 == name).and_then(|g| g.1.as_ref())
    }

    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|g| g.0 == name)
    }

    /// A parameter as a text.
    fn text(&self, name: &str, variables: &Variables) -> Option<Arg> {
        if let Some(word) = self.word(name) {
            return Some(variables.resolve(&Arg::of(word, 0)));
        }
        self.splatted.iter().find(|(key, _)| key.as_str().eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }

    /// A parameter as a table, if it is one whose entries are known.
    fn table(&self, name: &str, variables: &Variables) -> Option<Vec<(Text, Arg)>> {
        if let Some(word) = self.word(name) {
            if word.quoted == Quoted::Table {
                return Some(variables.table(&word.text));
            }
            return match variables.named(word) {
                Some(Value::Table(entries)) => Some(entries.clone()),
                _ => None,
            };
        }
        let value = self.text(name, variables)?;
        let (variable, _) = variable_name(value.as_str(), 0)?;
        match variables.held.get(&variable) {
            Some(Value::Table(entries)) => Some(entries.clone()),
            _ => None,
        }
    }
}

/// Reads the call whose first word begins at `from`.
pub(crate) fn read(text: &Text, from: usize) -> Option<Found> {
    let s = text.as_str();
    let program = command::program(s, from);
    if !NAMES.contains(&program.as_str()) {
        return None;
    }
    let split = shell::split(Shell::Power, text, from, &continues);
    let (name, words) = split.words.split_first()?;
    let variables = Variables::before(text, from);
    let mut call = Call::of(words, &variables);
    let uri = call.text("uri", &variables)?;
    if call.word("uri").is_some_and(|w| w.quoted == Quoted::No && !w.is_expansion())
        && !command::is_url_like(uri.as_str())
    {
        return None;
    }
    let at = text.span_of(from..split.end);
    let mut sent = Sent { open: call.open, notes: split.notes, ..Sent::default() };
    sent.notes.append(&mut call.notes);
    for name in ["host", "user-agent", "accept", "accept-encoding", "connection"] {
        sent.withhold(name);
    }
    headers(&call, &variables, &mut sent);
    authorize(&call, &variables, &mut sent);
    let method = method_of(&call, &variables, &mut sent, name.text.span());
    let mut url = with_scheme(&uri);
    let mut body = body_of(&call, &variables, &mut sent, method.as_str(), at);
    if let Body::Form(parameters) = &body
        && matches!(method.as_str(), "GET" | "HEAD")
    {
        for (name, value) in parameters {
            let mut query = TextBuilder::new(name.span());
            command::form_encode(&mut query, name, 0..name.len(), "+");
            query.replace(value, 0..0, "=");
            command::form_encode(&mut query, value, 0..value.len(), "+");
            url = command::append_query(&url, &query.finish());
        }
        body = Body::Empty(at);
    }
    sent.expanded(&uri);
    let exchange = sent.exchange(Some(method), Some(url), body, at);
    Some((from..split.end, vec![exchange], sent.notes))
}

/// PowerShell, too, takes a URL without scheme for one of plain HTTP.
fn with_scheme(uri: &Arg) -> Text {
    if uri.as_str().contains("://") || uri.as_str().starts_with(['$', '<', '{', '(']) {
        return uri.text.clone();
    }
    let mut out = TextBuilder::new(uri.text.span());
    out.replace(&uri.text, 0..0, "http://");
    out.copy(&uri.text, 0..uri.text.len());
    out.finish()
}

fn method_of(call: &Call, variables: &Variables, sent: &mut Sent, program: Span) -> Text {
    let given = call.text("method", variables).or_else(|| call.text("custommethod", variables));
    let Some(given) = given else {
        return Text::implied("GET", program);
    };
    sent.expanded(&given);
    let upper = given.as_str().to_ascii_uppercase();
    if !given.expansions.is_empty() || upper == given.as_str() {
        return given.text;
    }
    let mut out = TextBuilder::new(given.text.span());
    out.replace(&given.text, 0..given.text.len(), &upper);
    out.finish()
}

fn headers(call: &Call, variables: &Variables, sent: &mut Sent) {
    match call.table("headers", variables) {
        Some(entries) => {
            for (name, value) in entries {
                sent.field(name, &value);
            }
        }
        None => {
            if let Some(given) = call.text("headers", variables) {
                sent.open = true;
                sent.note("the table of fields is not shown", given.text.span());
            }
        }
    }
    if let Some(session) = call.text("websession", variables) {
        sent.open = true;
        sent.note("a session may add fields and cookies that are not shown", session.text.span());
    }
    if let Some(agent) = call.text("useragent", variables) {
        sent.field(Text::implied("User-Agent", agent.text.span()), &agent);
    }
    if let Some(kind) = call.text("contenttype", variables) {
        sent.fields.retain(|f| !f.is("content-type"));
        sent.field(Text::implied("Content-Type", kind.text.span()), &kind);
    }
}

fn authorize(call: &Call, variables: &Variables, sent: &mut Sent) {
    let scheme = call.text("authentication", variables).map(|a| a.as_str().to_ascii_lowercase());
    let token = call.text("token", variables);
    if let Some(token) = token.filter(|_| matches!(scheme.as_deref(), Some("bearer" | "oauth"))) {
        let secure = secure_string(&token).unwrap_or(token);
        let mut value = TextBuilder::new(secure.text.span());
        value.replace(&secure.text, 0..0, "Bearer ");
        value.copy(&secure.text, 0..secure.text.len());
        if !secure.expansions.is_empty() {
            sent.withhold("authorization");
        }
        sent.expanded(&secure);
        let name = Text::implied("Authorization", secure.text.span());
        sent.fields.push(Field { name, value: value.finish().trim() });
        return;
    }
    if call.has("credential") || call.has("usedefaultcredentials") || scheme.is_some_and(|s| s != "none") {
        sent.withhold("authorization");
    }
}

/// The text in `(ConvertTo-SecureString "…" -AsPlainText -Force)`.
fn secure_string(token: &Arg) -> Option<Arg> {
    let s = token.as_str();
    let at = s.to_ascii_lowercase().find("convertto-securestring")?;
    let quote = at + s[at..].find(['"', '\''])?;
    let word = shell::power_value(&token.text, quote)?;
    Some(Arg::of(&word, 0))
}

fn body_of(call: &Call, variables: &Variables, sent: &mut Sent, method: &str, at: Span) -> Body {
    if call.has("infile") || call.has("form") {
        for name in ["content-type", "content-length", "transfer-encoding"] {
            sent.withhold(name);
        }
        sent.note("the body is not shown", at);
        return Body::Unseen;
    }
    let table = call.table("body", variables);
    let text = call.text("body", variables);
    let Some(first) = text else {
        return Body::Empty(at);
    };
    if !matches!(method, "GET" | "HEAD") {
        sent.withhold("content-length");
        if !sent.fields.iter().any(|f| f.is("content-type")) {
            sent.withhold("content-type");
            if method == "POST" {
                sent.implied("Content-Type", "application/x-www-form-urlencoded", first.text.span());
            }
        }
    }
    if let Some(entries) = table {
        for (_, value) in &entries {
            sent.expanded(value);
        }
        return Body::Form(entries.into_iter().map(|(name, value)| (name, value.text)).collect());
    }
    sent.expanded(&first);
    if first.is_expansion() { Body::Unseen } else { Body::Text(first.text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(source: &str) -> String {
        let text = Text::paste(source);
        let Some((_, exchanges, _)) = command::next(&text, 0) else {
            return "nothing".to_owned();
        };
        command::line_of(&exchanges[0])
    }

    #[test]
    fn calls() {
        let cases = [
            ("Invoke-RestMethod https://a.example/x", "GET https://a.example/x"),
            ("Invoke-RestMethod -Uri https://a.example/x -Method Post", "POST https://a.example/x"),
            ("irm a.example/x -h @{ A = 'b' }", "GET http://a.example/x [A: b]"),
            (
                "Invoke-WebRequest -Uri \"https://a.example/x\" -Headers @{\"Authorization\"=\"Bearer abc\"; 'X-B' = 'c'} -UseBasicParsing",
                "GET https://a.example/x [Authorization: Bearer abc] [X-B: c]",
            ),
            ("curl -Uri https://a.example/ -Headers @{a='b'}", "GET https://a.example/ [a: b]"),
            (
                "$h = @{\n  Authorization = \"Bearer $token\" # c\n  'X-B' = 'c'\n}\n$h[\"X-C\"] = \"d\"\n$h.Add('X-D', 'e')\n$h.x = 'f'\n$r = Invoke-RestMethod -Uri https://a.example/ -Headers $h",
                "GET https://a.example/ [Authorization: Bearer $token] [X-B: c] [X-C: d] [X-D: e] [x: f] ~authorization $$token",
            ),
            (
                "$token = 'abc'\n$base = \"https://a.example\"\nirm \"$base/x\" -Headers @{ Authorization = \"Bearer $token\" }",
                "GET https://a.example/x [Authorization: Bearer abc]",
            ),
            (
                "$token = $r.access_token\nirm https://a.example/ -Headers @{ Authorization = \"Bearer \" + $token; X = 'y' }",
                "GET https://a.example/ [Authorization: Bearer $token] [X: y] ~authorization $$token",
            ),
            (
                "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$headers.Add(\"Accept\", \"a/b\")\n\n$response = Invoke-RestMethod 'https://a.example/' -Method 'GET' -Headers $headers\n$response | ConvertTo-Json",
                "GET https://a.example/ [Accept: a/b]",
            ),
            ("irm https://a.example/ -Headers $unknown", "GET https://a.example/ part"),
            (
                "PS C:\\w> $h = @{\n>> 'A' = 'b'\n>> }\nPS C:\\w> Invoke-RestMethod -Uri https://a.example/ `\n>>  -Headers $h `\n>>  -Method Put",
                "PUT https://a.example/ [A: b]",
            ),
            (
                "irm https://a.example/token -Method POST -Body @{ grant_type = 'client_credentials'; client_assertion = $jwt }",
                "POST https://a.example/token [Content-Type: application/x-www-form-urlencoded] (grant_type=client_credentials) (client_assertion=$jwt) $$jwt",
            ),
            ("irm https://a.example/x -Body @{ a = 'b c' }", "GET https://a.example/x?a=b+c"),
            (
                "$body = @'\n{\"a\": 1}\n'@\nirm https://a.example/ -Method Post -Body $body -ContentType 'application/json'",
                "POST https://a.example/ [Content-Type: application/json] <{\"a\": 1}>",
            ),
            (
                "irm https://a.example/ -Method Post -Body ($x | ConvertTo-Json) -ContentType 'application/json'",
                "POST https://a.example/ [Content-Type: application/json] body? $($x | ConvertTo-Json)",
            ),
            (
                "irm https://a.example/ -Authentication Bearer -Token (ConvertTo-SecureString \"abc\" -AsPlainText -Force)",
                "GET https://a.example/ [Authorization: Bearer abc]",
            ),
            (
                "irm https://a.example/ -Authentication Bearer -Token $t",
                "GET https://a.example/ [Authorization: Bearer $t] ~authorization $$t",
            ),
            ("irm https://a.example/ -Credential $c", "GET https://a.example/ ~authorization"),
            (
                "$p = @{\n Uri = 'https://a.example/'\n Method = 'Delete'\n}\nInvoke-RestMethod @p",
                "DELETE https://a.example/",
            ),
            ("irm https://a.example/\n  -Method Put", "PUT https://a.example/"),
            ("iwr is a name", "nothing"),
            ("Invoke-RestMethod", "nothing"),
            (
                "Invoke-RestMethod : The remote server returned an error: (401) Unauthorized.\nAt line:1 char:1",
                "nothing",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(line(source), expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(
            pieces in proptest::collection::vec(prop_oneof![
                "(?s).{0,5}",
                "[ '\"`$@{}()\\[\\];,=+.\r\n–“’>-]{0,6}",
                proptest::sample::select(vec![
                    "$h = ", "$h", "@{", "}", " -Headers ", " -Body ", "https://a.example/", "$h[\"a\"] = ", "$h.Add(\"a\", ", ")",
                    "@'\n", "\n'@", "@\"\n", "\n\"@", "irm ", "\nirm ", " -f ", " + ", "\n", "`\n", "@h", "$(", "[string]", " -Token ",
                    " -Authentication Bearer ", "(ConvertTo-SecureString ", "\"x\"",
                ]).prop_map(str::to_owned),
            ], 0..16),
        ) {
            let source = pieces.concat();
            let text = Text::paste(&source);
            for (at, _) in source.match_indices("irm") {
                let Some((range, exchanges, notes)) = read(&text, at) else { continue };
                prop_assert!(source.get(range).is_some());
                let request = &exchanges[0].request;
                let mut spans: Vec<Span> = request.fields.iter().flat_map(|f| [f.name.span(), f.value.span()]).collect();
                spans.extend(request.method.iter().chain(&request.url).map(Text::span));
                spans.extend(notes.iter().map(|n| n.span));
                for span in spans {
                    // A value put together from a variable stands in two places: its span may hold both.
                    prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end) && span.end <= source.len());
                }
            }
        }
    }
}

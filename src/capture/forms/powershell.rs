//! Reads `Invoke-RestMethod` and `Invoke-WebRequest` (and what they are also called), with the variables and tables
//! that the lines before them set.

use crate::capture::model::{Body, Field, Note};
use crate::capture::shell::power_variables::{PowerValue, PowerVariables, variable_name};
use crate::capture::shell::request::{self, Arg, CommandRead, SentDraft};
use crate::capture::shell::{self, Quoted, Shell, ShellWord};
use crate::text::{Span, Text, TextBuilder};

pub(super) const NAMES: [&str; 6] = ["invoke-restmethod", "invoke-webrequest", "irm", "iwr", "curl", "wget"];

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

fn continues(line: &str, _: &[ShellWord]) -> bool {
    let token = line.split([' ', '\t', ':', '\u{A0}']).next().unwrap_or("");
    token.strip_prefix('-').is_some_and(|name| name.len() > 2 && parameter(name).is_some())
}

/// The parameters of a call, by their full names.
#[derive(Default)]
struct Call {
    given: Vec<(&'static str, Option<ShellWord>, Span)>,
    /// Parameters out of a table that was splatted (`@params`).
    splatted: Vec<(Text, Arg)>,
    open: bool,
    notes: Vec<Note>,
}

impl Call {
    fn of(words: &[ShellWord], variables: &PowerVariables) -> Self {
        let mut call = Self::default();
        let mut words = words.iter().peekable();
        while let Some(word) = words.next() {
            let s = word.text.as_str();
            let span = word.text.span();
            if word.quoted == Quoted::No
                && let Some(name) = s.strip_prefix('@').filter(|n| !n.is_empty())
            {
                match variables.held.get(&name.to_ascii_lowercase()) {
                    Some(PowerValue::Table(entries)) => call.splatted.extend(entries.iter().cloned()),
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
                            Some(ShellWord { text: part.text, expansions: part.expansions, ..word.clone() })
                        }
                        _ => words.next().cloned(),
                    };
                    call.given.push((name, value, span));
                }
                None => call.notes.push(Note {
                    says: "not a known parameter of the command; read as one without a value".to_owned(),
                    span,
                }),
            }
        }
        call
    }

    fn word(&self, name: &str) -> Option<&ShellWord> {
        self.given.iter().find(|g| g.0 == name).and_then(|g| g.1.as_ref())
    }

    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|g| g.0 == name)
    }

    /// A parameter as a text.
    fn text(&self, name: &str, variables: &PowerVariables) -> Option<Arg> {
        if let Some(word) = self.word(name) {
            return Some(variables.resolve(&Arg::of(word, 0)));
        }
        self.splatted.iter().find(|(key, _)| key.as_str().eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }

    /// A parameter as a table, if it is one whose entries are known.
    fn table(&self, name: &str, variables: &PowerVariables) -> Option<Vec<(Text, Arg)>> {
        if let Some(word) = self.word(name) {
            if word.quoted == Quoted::Table {
                return Some(variables.table(&word.text));
            }
            return match variables.named(word) {
                Some(PowerValue::Table(entries)) => Some(entries.clone()),
                _ => None,
            };
        }
        let value = self.text(name, variables)?;
        let (variable, _) = variable_name(value.as_str(), 0)?;
        match variables.held.get(&variable) {
            Some(PowerValue::Table(entries)) => Some(entries.clone()),
            _ => None,
        }
    }
}

/// Reads the call whose first word begins at `from`.
pub(crate) fn read(text: &Text, from: usize) -> Option<CommandRead> {
    let s = text.as_str();
    let program = request::program(s, from);
    if !NAMES.contains(&program.as_str()) {
        return None;
    }
    let split = shell::split(Shell::Power, text, from, &continues);
    let (name, words) = split.words.split_first()?;
    let variables = PowerVariables::before(text, from);
    let mut call = Call::of(words, &variables);
    let uri = call.text("uri", &variables)?;
    if call.word("uri").is_some_and(|w| w.quoted == Quoted::No && !w.is_expansion())
        && !request::is_url_like(uri.as_str())
    {
        return None;
    }
    let at = text.span_of(from..split.end);
    let mut sent = SentDraft { open: call.open, notes: split.notes, ..SentDraft::default() };
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
            request::form_encode(&mut query, name, 0..name.len(), "+");
            query.replace(value, 0..0, "=");
            request::form_encode(&mut query, value, 0..value.len(), "+");
            url = request::append_query(&url, &query.finish());
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

fn method_of(call: &Call, variables: &PowerVariables, sent: &mut SentDraft, program: Span) -> Text {
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

fn headers(call: &Call, variables: &PowerVariables, sent: &mut SentDraft) {
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

fn authorize(call: &Call, variables: &PowerVariables, sent: &mut SentDraft) {
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

fn body_of(call: &Call, variables: &PowerVariables, sent: &mut SentDraft, method: &str, at: Span) -> Body {
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
        let Some((_, exchanges, _)) = crate::capture::forms::next_command(&text, 0) else {
            return "nothing".to_owned();
        };
        request::line_of(&exchanges[0])
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
                    // A value put together from a variable is in two places: its span may cover both.
                    prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end) && span.end <= source.len());
                }
            }
        }
    }
}

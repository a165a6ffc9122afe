//! Reads a wget command line.

use crate::capture::model::Body;
use crate::capture::shell::request::{self, Arg, CommandRead, SentDraft};
use crate::capture::shell::variables::put_in_variables;
use crate::capture::shell::{self, Quoted, ShellWord};
use crate::text::{Text, TextBuilder};

/// Long options that take a value, as the next word or after `=`.
#[rustfmt::skip]
const WITH_ARGUMENT: &[&str] = &[
    "accept", "append-output", "base", "bind-address", "body-data", "body-file", "ca-certificate", "ca-directory",
    "certificate", "certificate-type", "ciphers", "config", "connect-timeout", "cut-dirs", "default-page",
    "directory-prefix", "dns-timeout", "domains", "exclude-directories", "exclude-domains", "execute", "header",
    "http-password", "http-user", "include-directories", "input-file", "level", "limit-rate", "load-cookies",
    "max-redirect", "method", "output-document", "output-file", "password", "post-data", "post-file",
    "prefer-family", "private-key", "private-key-type", "proxy-password", "proxy-user", "quota", "read-timeout",
    "referer", "reject", "restrict-file-names", "save-cookies", "secure-protocol", "timeout", "tries", "use-askpass",
    "user", "user-agent", "wait", "waitretry",
];

/// Letters of options that take a value, and their long options.
#[rustfmt::skip]
const LETTERS: &[(char, &str)] = &[
    ('A', "accept"), ('B', "base"), ('D', "domains"), ('I', "include-directories"), ('O', "output-document"),
    ('P', "directory-prefix"), ('Q', "quota"), ('R', "reject"), ('T', "timeout"), ('U', "user-agent"),
    ('X', "exclude-directories"), ('a', "append-output"), ('e', "execute"), ('i', "input-file"), ('l', "level"),
    ('o', "output-file"), ('t', "tries"), ('w', "wait"),
];

fn continues(line: &str, words: &[ShellWord]) -> bool {
    let token = line.split([' ', '\t', '=', '\u{A0}']).next().unwrap_or("");
    let url = line.trim_start_matches(['\'', '"']);
    let called = words.iter().any(|w| w.text.as_str().contains("://"));
    token.strip_prefix("--").is_some_and(|name| WITH_ARGUMENT.contains(&name) || name == "auth-no-challenge")
        || (words.len() > 1 && !called && (url.starts_with("https://") || url.starts_with("http://")))
}

/// The options of a command with their values, and what it calls.
#[derive(Default)]
struct WgetOptions {
    given: Vec<(&'static str, Arg)>,
    no_challenge: bool,
    urls: Vec<Arg>,
    end: usize,
}

impl WgetOptions {
    fn of(words: &[ShellWord]) -> Self {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let s = word.text.as_str();
            if let Some(long) = s.strip_prefix("--").filter(|l| !l.is_empty()) {
                let (name, value) = long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
                options.no_challenge |= name == "auth-no-challenge";
                let mut fitting = WITH_ARGUMENT.iter().filter(|w| w.starts_with(name));
                let exact = WITH_ARGUMENT.iter().find(|w| **w == name);
                let full = exact.or_else(|| fitting.next().filter(|_| fitting.next().is_none()));
                if let Some(full) = full {
                    let arg = match value {
                        Some(value) => Some(Arg::of(word, s.len() - value.len())),
                        None => words.next().map(|w| Arg::of(w, 0)),
                    };
                    options.take(full, arg);
                }
                options.end = options.end.max(word.range.end);
            } else if s.starts_with('-') && s.len() > 1 {
                let takes = s.char_indices().skip(1).find_map(|(i, c)| {
                    LETTERS.iter().find(|(l, _)| *l == c).map(|(_, name)| (*name, i + c.len_utf8()))
                });
                if let Some((name, next)) = takes {
                    let arg =
                        if next < s.len() { Some(Arg::of(word, next)) } else { words.next().map(|w| Arg::of(w, 0)) };
                    options.take(name, arg);
                }
                options.end = options.end.max(word.range.end);
            } else if word.quoted == Quoted::Yes || word.is_expansion() || request::is_url_like(s) {
                options.urls.push(Arg::of(word, 0));
                options.end = options.end.max(word.range.end);
            }
        }
        options
    }

    fn take(&mut self, name: &'static str, arg: Option<Arg>) {
        if let Some(arg) = arg {
            self.end = self.end.max(arg.end);
            self.given.push((name, arg));
        }
    }

    fn get(&self, names: &[&str]) -> Option<&Arg> {
        self.given.iter().rev().find(|g| names.contains(&g.0)).map(|g| &g.1)
    }
}

/// Reads the command whose first word begins at `from`.
pub(crate) fn read(text: &Text, from: usize) -> Option<CommandRead> {
    let s = text.as_str();
    if request::program(s, from) != "wget" {
        return None;
    }
    let shell = shell::shell_of(text, from);
    let mut split = shell::split(shell, text, from, &continues);
    put_in_variables(&mut split.words, shell, text, from);
    let (program, words) = split.words.split_first()?;
    let first = words.first()?;
    let begins = first.quoted == Quoted::Yes
        || first.text.as_str().starts_with('-')
        || request::is_url_like(first.text.as_str());
    let of_powershell = words.iter().any(|w| w.quoted == Quoted::Table || w.text.as_str().eq_ignore_ascii_case("-uri"));
    if !begins || of_powershell {
        return None;
    }
    let options = WgetOptions::of(words);
    let url = options.urls.first()?;
    let end = options.end.max(program.range.end);
    let at = text.span_of(from..end);

    let mut sent = SentDraft { notes: split.notes, ..SentDraft::default() };
    for (_, arg) in options.given.iter().filter(|g| g.0 == "header") {
        let Some(colon) = arg.as_str().find(':') else {
            sent.note("this field has no colon: wget rejects it", arg.text.span());
            continue;
        };
        let name = arg.text.slice(0..colon);
        // A field that is given again replaces the first.
        sent.fields.retain(|f| !f.is(name.as_str()));
        sent.field(name, &arg.part(colon + 1..arg.text.len()));
    }
    let given = |sent: &SentDraft, name: &str| sent.fields.iter().any(|f| f.is(name));
    for (option, name) in [("user-agent", "User-Agent"), ("referer", "Referer")] {
        if let Some(value) = options.get(&[option]).filter(|v| !v.text.is_empty() && !given(&sent, name)) {
            sent.field(Text::implied(name, value.text.span()), value);
        }
    }
    for name in ["host", "user-agent", "accept", "accept-encoding", "connection"] {
        if !given(&sent, name) {
            sent.withhold(name);
        }
    }
    if options.get(&["load-cookies"]).is_some() {
        sent.withhold("cookie");
    }
    if let Some(file) = options.get(&["config", "execute"]) {
        sent.open = true;
        sent.note("these settings may add fields that are not shown", file.text.span());
    }
    authorize(&options, &mut sent);
    for (option, arg) in options.given.iter().filter(|g| g.0.ends_with("password")) {
        sent.credential(option, arg);
    }

    let file = options.get(&["post-file", "body-file"]);
    let data = options.get(&["post-data", "body-data"]);
    if let Some(content) = data.or(file) {
        sent.withhold("content-length");
        if !given(&sent, "content-type") {
            sent.withhold("content-type");
            sent.implied("Content-Type", "application/x-www-form-urlencoded", content.text.span());
        }
    }
    let method = match options.get(&["method"]) {
        Some(method) if method.as_str().bytes().all(|b| b.is_ascii_uppercase()) => method.text.clone(),
        // wget writes it in capitals.
        Some(method) => Text::implied(&method.as_str().to_ascii_uppercase(), method.text.span()),
        None => match options.get(&["post-data", "post-file"]) {
            Some(content) => Text::implied("POST", content.text.span()),
            None => Text::implied("GET", program.text.span()),
        },
    };
    let body = match (data, file) {
        (Some(data), _) => {
            sent.expanded(data);
            if data.is_expansion() { Body::Unseen } else { Body::Text(data.text.clone()) }
        }
        (None, Some(file)) => {
            sent.note("the body is read from a file: it is not shown", file.text.span());
            Body::Unseen
        }
        (None, None) => Body::Empty(url.text.span()),
    };
    sent.expanded(url);
    let mut target = TextBuilder::new(url.text.span());
    if !url.as_str().contains("://") && !url.as_str().starts_with(['$', '%', '<', '{']) {
        target.replace(&url.text, 0..0, "http://");
    }
    target.copy(&url.text, 0..url.text.len());
    let exchange = sent.exchange(Some(method), Some(target.finish()), body, at);
    Some((from..end, vec![exchange], sent.notes))
}

/// wget sends its user and password only when the server has asked for them, unless an option makes it send them at
/// once.
fn authorize(options: &WgetOptions, sent: &mut SentDraft) {
    let Some(user) = options.get(&["user", "http-user"]) else {
        return;
    };
    if sent.fields.iter().any(|f| f.is("authorization")) {
        return;
    }
    let password = options.get(&["password", "http-password"]);
    let Some(password) = password.filter(|_| options.no_challenge) else {
        sent.withhold("authorization");
        sent.note("wget sends these credentials only after the server has asked for them", user.text.span());
        return;
    };
    let mut joined = TextBuilder::new(user.text.span());
    joined.copy(&user.text, 0..user.text.len());
    joined.replace(&user.text, 0..0, ":");
    let start = joined.len();
    joined.copy(&password.text, 0..password.text.len());
    let mut expansions = user.expansions.clone();
    expansions.extend(password.expansions.iter().map(|e| start + e.start..start + e.end));
    sent.basic(&Arg { text: joined.finish(), expansions, quoted: Quoted::Yes, end: password.end });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(source: &str) -> String {
        let text = Text::paste(source);
        let Some((_, exchanges, _)) = read(&text, source.find("wget").unwrap_or(0)) else {
            return "nothing".to_owned();
        };
        request::line_of(&exchanges[0])
    }

    #[test]
    fn commands() {
        let cases = [
            ("wget https://a.example/x", "GET https://a.example/x"),
            ("wget -qO- a.example/x", "GET http://a.example/x"),
            (
                "wget --header='Authorization: Bearer abc' --header \"X: y\" 'https://a.example/x'",
                "GET https://a.example/x [Authorization: Bearer abc] [X: y]",
            ),
            (
                "wget --header=\"Authorization: Bearer $T\" https://a.example/x",
                "GET https://a.example/x [Authorization: Bearer $T] ~authorization $$T",
            ),
            (
                "wget --post-data 'a=1&b=2' https://a.example/ -O out",
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] <a=1&b=2>",
            ),
            (
                "wget --method=PUT --body-data='{}' --header='Content-Type: application/json' https://a.example/",
                "PUT https://a.example/ [Content-Type: application/json] <{}>",
            ),
            (
                "wget --method POST --post-file=f https://a.example/",
                "POST https://a.example/ [Content-Type: application/x-www-form-urlencoded] body?",
            ),
            ("wget --user=jo --password=pw https://a.example/", "GET https://a.example/ ~authorization"),
            (
                "wget --auth-no-challenge --user=jo --password=pw https://a.example/",
                "GET https://a.example/ [Authorization: Basic am86cHc=]",
            ),
            (
                "wget --no-check-certificate --quiet \\\n  --method GET \\\n  --timeout=0 \\\n  --header 'Accept: a/b' \\\n   'https://a.example/x'",
                "GET https://a.example/x [Accept: a/b]",
            ),
            ("wget -U agent https://a.example/", "GET https://a.example/ [User-Agent: agent]"),
            ("wget --method=put https://a.example/", "PUT https://a.example/"),
            ("wget it later", "nothing"),
        ];
        for (source, expected) in cases {
            assert_eq!(line(source), expected, "{source}");
        }
    }
}

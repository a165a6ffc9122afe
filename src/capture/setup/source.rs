//! Source code and shell that decide which value is sent: quotes in which nothing is expanded, characters that the shell
//! expands, files and commands that add a line end.

use std::ops::Range;

use memchr::memmem;

use crate::facts::SetupFault;
use crate::redact::names::telling;

/// The faults of a line, with their places in it.
pub(super) fn faults(line: &str) -> Vec<(SetupFault, Range<usize>)> {
    let mut found = Vec::new();
    found.extend(echo(line).map(|at| (SetupFault::LineEndKept, at)));
    found.extend(printed_line_end(line).map(|at| (SetupFault::LineEndKept, at)));
    found.extend(untrimmed(line).map(|at| (SetupFault::FileNotTrimmed, at)));
    found.extend(expanded(line).into_iter().map(|at| (SetupFault::ExpandedByShell, at)));
    found.extend(history(line).map(|at| (SetupFault::ExpandedByShell, at)));
    found.extend(json_text(line).map(|at| (SetupFault::QuotesKept, at)));
    found.extend(wrapped_base64(line).map(|at| (SetupFault::LineEndKept, at)));
    found.extend(other_kind(line).map(|at| (SetupFault::OtherTokenSent, at)));
    found
}

/// Where a line first has a word. Lines are long, and nearly none has any of the words here.
fn place(line: &str, word: &str) -> Option<usize> {
    memmem::find(line.as_bytes(), word.as_bytes())
}

/// A text that is written as JSON, and so has quotation marks around it: `jq '.access_token'` without `-r`,
/// `JSON.stringify(token)`, `json.get("access_token").toString()`.
fn json_text(line: &str) -> Option<Range<usize>> {
    if place(line, "oken").is_none() && place(line, "key").is_none() {
        return None;
    }
    if let Some(at) = place(line, "jq ").filter(|at| !line[..*at].ends_with(|c: char| c.is_alphanumeric())) {
        let rest = &line[at + 3..];
        let end = rest.find(['|', ')', '`', ';']).unwrap_or(rest.len());
        let arguments = &rest[..end];
        let is_raw = arguments.split_whitespace().any(|word| {
            word == "--raw-output" || word == "--join-output" || word.starts_with('-') && word[1..].contains(['r', 'j'])
        });
        let is_value = ["token", "key"].iter().any(|name| arguments.contains(name)) && arguments.contains('.');
        // Later words of the line may take the marks off.
        let is_trimmed = rest[end..].contains("tr -d") || rest[end..].contains("sed ") || rest[end..].contains("xargs");
        let is_kept = line[..at].contains("$(") || line[..at].contains('`');
        if is_value && is_kept && !is_raw && !is_trimmed {
            return Some(at..at + 3 + arguments.trim_end().len());
        }
    }
    let call = |begin: &str, end: &str| {
        let at = place(line, begin)?;
        let rest = &line[at + begin.len()..];
        let close = rest.find(end)?;
        let is_token = rest[..close].to_ascii_lowercase().contains("token");
        (is_token && close < 60).then(|| at..at + begin.len() + close + end.len())
    };
    call("JSON.stringify(", ")")
        .filter(|at| !line[at.clone()].contains('{'))
        .or_else(|| call(".get(\"", "\").toString()"))
        .or_else(|| call(".path(\"", "\").toString()"))
        .or_else(|| call("json.dumps(", ")").filter(|at| !line[at.clone()].contains('{')))
}

/// Base64 that is cut into lines: `Base64.DEFAULT` of Android, `encodebytes`, `Base64.encode64`, a MIME encoder.
fn wrapped_base64(line: &str) -> Option<Range<usize>> {
    const CALLS: [&str; 6] = [
        "Base64.DEFAULT",
        "base64.encodebytes(",
        "base64.encodestring(",
        "Base64.encode64(",
        "getMimeEncoder()",
        "Base64FormattingOptions.InsertLineBreaks",
    ];
    if place(line, "ase64").is_none() && place(line, "getMimeEncoder()").is_none() {
        return None;
    }
    let at = CALLS.iter().find_map(|call| place(line, call).map(|at| at..at + call.len()))?;
    let is_trimmed = ["strip", "trim", "chomp", "replace", "delete(", "gsub"].iter().any(|trim| line.contains(trim));
    (!is_trimmed && !line.contains("decode")).then_some(at)
}

/// A variable with another token in the place of the access token: `Bearer ${id_token}`, `"Bearer " + refreshToken`.
fn other_kind(line: &str) -> Option<Range<usize>> {
    behind_scheme(line).or_else(|| in_field(line))
}

/// `Authorization: session.getIdToken().getJwtToken()`: without a scheme.
fn in_field(line: &str) -> Option<Range<usize>> {
    const NAMES: [&str; 6] =
        ["getIdToken(", "getRefreshToken(", ".idToken", ".id_token", ".refreshToken", ".refresh_token"];
    /// The farthest that the name is from that of the field.
    const FARTHEST: usize = 60;
    let at = place(line, "uthorization")? + "uthorization".len();
    let rest = &line[at..line.floor_char_boundary((at + FARTHEST).min(line.len()))];
    let (from, name) = NAMES.iter().filter_map(|name| rest.find(name).map(|from| (from, name))).min()?;
    let between = &rest[..from];
    let is_value = between.trim_start_matches(['"', '\'', ']']).trim_start().starts_with([':', ',', '=']);
    let is_expression = !between.contains(';') && between.split_whitespace().count() <= 3;
    (is_value && is_expression).then(|| at + from..at + from + name.trim_end_matches('(').len())
}

/// `Bearer ${id_token}`.
fn behind_scheme(line: &str) -> Option<Range<usize>> {
    const NAMES: [&str; 6] =
        ["id_token", "idtoken", "refresh_token", "refreshtoken", "identitytoken", "client_assertion"];
    let at = place(line, "Bearer ")?;
    let rest = &line[at + 7..];
    let lead = rest.len() - rest.trim_start_matches(|c: char| " \"'`+.{$(&".contains(c)).len();
    // Without any sign of an expression the words are a text.
    if lead == 0 {
        return None;
    }
    let name = &rest[lead..];
    let length = name
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '>' | '[' | '"' | '\'')))
        .unwrap_or(name.len());
    let path = name[..length].to_ascii_lowercase();
    let last =
        path.trim_end_matches(['"', '\'', ']', '.']).rsplit(['.', '[', '"', '\'', '>']).next().unwrap_or_default();
    NAMES.contains(&last).then(|| at..at + 7 + lead + length)
}

/// `echo "secret" | base64`: echo adds a line end, which is then part of what is encoded.
fn echo(line: &str) -> Option<Range<usize>> {
    let to = ["base64", "openssl base64", "openssl enc"];
    place(line, "echo ")?;
    let (at, _) = line.match_indices("echo ").find(|(at, _)| !line[..*at].ends_with(|c: char| c.is_alphanumeric()))?;
    let rest = &line[at + 5..];
    let bar = rest.find('|')?;
    let target = rest[bar + 1..].trim_start();
    let first = rest.trim_start();
    let is_plain = !first.starts_with('-') || !first[1..].split(' ').next().unwrap_or_default().contains('n');
    let decodes = target.contains(" -d") || target.contains(" -D") || target.contains("--decode");
    (is_plain && to.iter().any(|t| target.starts_with(t)) && !decodes).then(|| at..at + 5 + bar)
}

/// `"Bearer abc\n"`: a message that prints the value of a field with a line end at its end.
fn printed_line_end(line: &str) -> Option<Range<usize>> {
    // The line end is written with an escape.
    if place(line, "\\n").is_none() && place(line, "\\r").is_none() {
        return None;
    }
    for scheme in ["Bearer ", "Basic ", "Token ", "token "] {
        for (at, _) in line.match_indices(scheme) {
            let Some(quote) = line[..at].chars().next_back().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let value = &line[at..];
            let end = value.find(quote).unwrap_or(0);
            let content = &value[..end];
            if content.ends_with("\\n") || content.ends_with("\\r") || content.ends_with("\\r\\n") {
                return Some(at..at + end);
            }
        }
    }
    None
}

/// `open("token.txt").read()`: the file may end with a line end, and nothing takes it off.
fn untrimmed(line: &str) -> Option<Range<usize>> {
    const CALLS: [&str; 9] = [
        "open(",
        "readFileSync(",
        "readFile(",
        "ReadFile(",
        "File.read(",
        "file_get_contents(",
        "ReadAllText(",
        "readString(",
        "read_to_string(",
    ];
    const TRIMS: [&str; 8] = ["strip", "trim", "chomp", "splitlines", "json", "yaml", "[:-1]", "TrimSpace"];
    if !line.contains('(') {
        return None;
    }
    let (at, call) =
        CALLS.iter().filter(|call| line.contains(**call)).find_map(|call| line.find(call).map(|at| (at, call)))?;
    let arguments = &line[at + call.len()..];
    let close = arguments.find(')')?;
    let reads = *call != "open(" || arguments[close..].starts_with(").read()");
    let lower = line.to_ascii_lowercase();
    let is_of_credential = ["token", "key", "secret", "password", "passwd", "pat"]
        .iter()
        .any(|w| arguments[..close].to_ascii_lowercase().contains(w) || lower[..at].contains(w));
    let is_document = [".pem", ".crt", ".cer", ".json", ".yaml", ".yml", ".p12", ".key", ".pub", ".toml", ".xml"]
        .iter()
        .any(|end| arguments[..close].contains(end));
    (reads && is_of_credential && !is_document && !TRIMS.iter().any(|trim| line.contains(trim)))
        .then(|| at..at + call.len() + close + 1)
}

/// `$` within a credential in double quotes or in none: the shell puts a variable there, which is most likely empty.
fn expanded(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !line.contains('$') || line.contains("$(") && line.contains("base64") {
        return found;
    }
    for value in credentials(line) {
        for (i, _) in line[value.clone()].match_indices('$') {
            let at = value.start + i;
            let before = line[..at].chars().next_back().unwrap_or(' ');
            let name = &line[at + 1..value.end];
            let len = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
            let name = &name[..len];
            if name.is_empty() || before == '\\' {
                continue;
            }
            let is_inside = before.is_ascii_alphanumeric() && before != '$';
            let begins = matches!(before, ':' | '$') || at == value.start;
            if is_inside && (!is_variable(name) || is_login_user(&line[..value.start]))
                || begins && is_random(name)
                || name.starts_with(|c: char| c.is_ascii_digit())
            {
                found.push(at..at + 1 + len);
                break;
            }
        }
    }
    found
}

/// Whether a name is one that people give to a variable: words in one case, joined by underscores.
fn is_variable(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_upper = letters.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let is_lower = letters.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let is_camel =
        letters.starts_with(|c: char| c.is_ascii_lowercase()) && letters.bytes().all(|b| b.is_ascii_alphabetic());
    let runs = letters.as_bytes().windows(3).any(|w| w.iter().all(u8::is_ascii_uppercase));
    let is_camel = is_camel && !runs;
    let has_vowel = letters.contains(|c: char| "aeiouAEIOU".contains(c));
    letters.len() >= 2 && name.len() - letters.len() <= 2 && (is_upper || is_lower || is_camel) && has_vowel
}

/// Whether a name is rather a part of a password: letters and digits mixed.
fn is_random(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name.len() - letters.len() >= 3 && letters.len() <= 2
        || !is_variable(name) && name.bytes().any(|b| b.is_ascii_digit())
}

/// The ranges of a command line in which credentials are, outside single quotes: the value of a field, `user:password`.
fn credentials(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_command =
        ["curl", "wget", "http ", "https ", "xh ", "git ", "export ", " -H", "--header", "echo ", " login "]
            .iter()
            .any(|word| line.contains(word));
    if !is_command {
        return found;
    }
    let mut at = 0;
    let bytes = line.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => at = line[at + 1..].find('\'').map_or(bytes.len(), |i| at + 1 + i + 1),
            b'"' => {
                let end = closing(line, at + 1).unwrap_or(bytes.len());
                let content = at + 1..end;
                let text = &line[content.clone()];
                if let Some(value) = field_value(text) {
                    found.push(content.start + value..content.end);
                } else if is_argument_of(&line[..at], text) {
                    found.push(content);
                }
                at = end + 1;
            }
            b' ' | b'\t' => at += 1,
            _ => {
                let end = line[at..].find([' ', '\t', '"', '\'']).map_or(bytes.len(), |i| at + i);
                let text = &line[at..end];
                let behind_equals = text.find('=').map_or(0, |i| i + 1);
                if is_argument_of(&line[..at], text) {
                    found.push(at..end);
                } else if behind_equals > 0 && telling(&text[..behind_equals - 1]).is_some() {
                    if text.ends_with('=') && bytes.get(end) == Some(&b'"') {
                        let close = closing(line, end + 1).unwrap_or(bytes.len());
                        found.push(end + 1..close);
                        at = close + 1;
                        continue;
                    }
                    found.push(at + behind_equals..end);
                }
                at = end.max(at + 1);
            }
        }
    }
    found
}

/// Where a double quote closes.
fn closing(line: &str, from: usize) -> Option<usize> {
    let mut escaped = false;
    line[from..]
        .find(|c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })
        .map(|i| from + i)
}

/// Where the value begins in `Name: value`, if the name is that of a credential.
fn field_value(text: &str) -> Option<usize> {
    let (name, value) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (is_name && telling(name).is_some()).then(|| text.len() - value.trim_start().len())
}

/// Whether the user of a `login` command follows: a dollar sign in the middle of such a name belongs to it.
fn is_login_user(before: &str) -> bool {
    let option = before.trim_end_matches([' ', '=', '"']);
    before.contains(" login ") && [" -u", "--username", "--user"].iter().any(|name| option.ends_with(name))
}

/// Whether a word is `user:password`, the argument of an option.
fn is_argument_of(before: &str, word: &str) -> bool {
    if is_login_user(before) {
        return true;
    }
    let before = before.trim_end_matches([' ', '=']);
    word.contains(':')
        && !word.contains("://")
        && [" -u", " -a", "--user", "--auth", "--basic"].iter().any(|option| before.ends_with(option))
}

/// `!` in double quotes, which an interactive shell replaces: it says so itself.
fn history(line: &str) -> Option<Range<usize>> {
    if !line.contains('!') {
        return None;
    }
    let at = line.find(": event not found")?;
    let from = line[..at].rfind('!')?;
    Some(from..at + ": event not found".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<(&'static str, &str)> {
        faults(line).into_iter().map(|(fault, at)| (crate::facts::Word::word(fault), &line[at])).collect()
    }

    #[test]
    fn what_the_shell_expands() {
        for (line, shown) in [
            ("curl -H \"X-Token: n4Xq$Q9xLr\" https://a.example/", "$Q9xLr"),
            ("curl -u \"jo:n4Xq$Q9xLr\" https://a.example/", "$Q9xLr"),
            ("curl --header \"token:R4q$uTRNBYVg3\" https://a.example/", "$uTRNBYVg3"),
            ("http -a jo:$Q912345 https://a.example/", "$Q912345"),
            ("export MAIL_TOKEN=\"n4Xq$Q9xLr\"", "$Q9xLr"),
            ("curl -H \"Authorization: Bearer rW05$2BOw\" https://a.example/", "$2BOw"),
        ] {
            assert_eq!(found(line), [("expanded-by-shell", shown)], "{line}");
        }
        for line in [
            "curl -H \"Authorization: Bearer $TOKEN\" https://a.example/",
            "curl -H \"Authorization: Bearer ${TOKEN}\" https://a.example/",
            "curl -H 'X-Token: n4Xq$Q9xLr' https://a.example/",
            "curl -u \"$USER:$PASSWORD\" https://a.example/",
            "curl -u \"$USER1:$PASS2\" https://a.example/",
            "curl \"https://a.example/x?price=a$Q9xLr\"",
            "MAIL_TOKEN=\"prefix$SUFFIX\" curl https://a.example/",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn texts_that_are_written_as_json() {
        assert_eq!(found("T=$(jq '.access_token' t.json)"), [("quotes-kept", "jq '.access_token' t.json")]);
        assert_eq!(found("T=$(curl -s $URL | jq .token)"), [("quotes-kept", "jq .token")]);
        assert_eq!(found("store('token', JSON.stringify(res.token))"), [("quotes-kept", "JSON.stringify(res.token)")]);
        assert_eq!(
            found("s = node.get(\"access_token\").toString();"),
            [("quotes-kept", ".get(\"access_token\").toString()")]
        );
        for line in [
            "T=$(jq -r '.access_token' t.json)",
            "T=$(jq .access_token t.json | tr -d '\"')",
            "curl -s $URL | jq .token",
            "body: JSON.stringify({ token: t })",
            "s = node.get(\"access_token\").asText();",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn tokens_of_another_kind() {
        assert_eq!(
            found("h.set('Authorization', `Bearer ${session.id_token}`)"),
            [("other-token-sent", "Bearer ${session.id_token")]
        );
        assert_eq!(
            found("headers = {\"Authorization\": \"Bearer \" + refresh_token}"),
            [("other-token-sent", "Bearer \" + refresh_token")]
        );
        assert_eq!(
            found("headers: { Authorization: session.getIdToken().getJwtToken() }"),
            [("other-token-sent", "getIdToken")]
        );
        for line in [
            "`Bearer ${access_token}`",
            "Bearer id_token",
            "grant_type=refresh_token",
            "headers: { Authorization: session.getAccessToken().getJwtToken() }",
            "the Authorization field holds a.id_token or not",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn users_of_logins() {
        assert_eq!(found("docker login r.example -u robot$deploy -p x"), [("expanded-by-shell", "$deploy")]);
        assert_eq!(found("docker login r.example -u 'robot$deploy' -p x"), []);
        assert_eq!(found("docker login r.example -u \"$USER\" -p x"), []);
    }

    #[test]
    fn base64_in_lines() {
        assert_eq!(found("c = Base64.encodeToString(b, Base64.DEFAULT);"), [("line-end-kept", "Base64.DEFAULT")]);
        assert_eq!(found("c = Base64.encode64(s).gsub(\"\\n\", \"\")"), []);
    }

    #[test]
    fn line_ends() {
        assert_eq!(found("B64=$(echo \":$PAT\" | base64)"), [("line-end-kept", "echo \":$PAT\" ")]);
        assert_eq!(found("echo -n \"a:b\" | base64"), []);
        assert_eq!(found("echo \"YTpi\" | base64 -d"), []);
        assert_eq!(found("invalid field value \"Bearer n4XqQ9\\n\" for key"), [("line-end-kept", "Bearer n4XqQ9\\n")]);
        assert_eq!(found("send: b'Authorization: Bearer n4XqQ9\\r\\n'"), []);
        assert_eq!(found("token = open(\"token.txt\").read()"), [("file-not-trimmed", "open(\"token.txt\")")]);
        assert_eq!(found("token = open(\"token.txt\").read().strip()"), []);
        assert_eq!(found("key = open(\"private.pem\").read()"), []);
    }
}

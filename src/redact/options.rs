//! Passwords among the arguments of programs, on a command line or as a list of arguments.

use std::ops::Range;

use super::broken;
use super::bytes::{add_lengths, word_and};
use super::cut;
use super::hidden::{Hidden, line_end, line_start};
use super::searchable::Searchable;
use super::value;

/// What of an argument is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SecretPart {
    Whole,
    /// What comes after the first colon, or all if there is none.
    Colon,
    /// Only what comes after a colon.
    OnlyColon,
    Comma,
    Percent,
    Slash,
    /// It follows the option without a blank (`-pSECRET`); a blank ends the option.
    Attached,
}

/// An option of some programs. A word of the option's own form: `-p`.
struct Rule {
    programs: &'static [&'static str],
    options: &'static [&'static str],
    part: SecretPart,
}

const RULES: &[Rule] = &[
    Rule {
        programs: &["curl", "curl.exe", "curlie", "wcurl"],
        options: &["-u", "--user", "-U", "--proxy-user"],
        part: SecretPart::Colon,
    },
    Rule { programs: &["curl", "curl.exe"], options: &["-E", "--cert", "--proxy-cert"], part: SecretPart::OnlyColon },
    Rule {
        programs: &["curl", "curl.exe"],
        options: &[
            "--pass",
            "--proxy-pass",
            "--oauth2-bearer",
            "--tlspassword",
            "--proxy-tlspassword",
            "-b",
            "--cookie",
        ],
        part: SecretPart::Whole,
    },
    Rule {
        programs: &["http", "https", "xh", "xhs", "httpie"],
        options: &["-a", "--auth", "--bearer", "--cert-key-pass"],
        part: SecretPart::Colon,
    },
    Rule {
        programs: &[
            "az",
            "docker",
            "podman",
            "nerdctl",
            "helm",
            "oc",
            "buildah",
            "sshpass",
            "mongo",
            "mongosh",
            "mongodump",
            "mongorestore",
            "rabbitmqadmin",
            "jf",
            "cf",
            "ibmcloud",
            "influx",
            "cqlsh",
            "ncftp",
            "ftp",
            "argocd",
            "nuget",
            "cypher-shell",
            "hydra",
            "twine",
            "conan",
            "crane",
            "oras",
            "regctl",
            "skopeo",
            "ncftpput",
            "ncftpget",
            "ncftpls",
            "racadm",
        ],
        options: &["-p", "--password", "--passwd"],
        part: SecretPart::Whole,
    },
    Rule { programs: &["sshpass"], options: &["-p"], part: SecretPart::Attached },
    Rule { programs: &["ssh-keygen"], options: &["-N", "-P"], part: SecretPart::Whole },
    Rule {
        programs: &["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mariadb", "mariadb-dump", "mycli"],
        options: &["-p"],
        part: SecretPart::Attached,
    },
    Rule { programs: &["isql", "tsql", "osql", "fisql"], options: &["-P"], part: SecretPart::Attached },
    Rule { programs: &["7z", "7za", "rar", "unrar"], options: &["-p"], part: SecretPart::Attached },
    Rule {
        programs: &[
            "ldapsearch",
            "ldapadd",
            "ldapmodify",
            "ldapdelete",
            "ldapwhoami",
            "ldapcompare",
            "ldappasswd",
            "ldapmodrdn",
        ],
        options: &["-w", "-s", "-a"],
        part: SecretPart::Whole,
    },
    Rule { programs: &["lftp", "open"], options: &["-u", "--user"], part: SecretPart::Comma },
    Rule { programs: &["redis-cli", "valkey-cli"], options: &["-a", "--pass"], part: SecretPart::Whole },
    Rule {
        programs: &[
            "sqlcmd",
            "bcp",
            "tsql",
            "isql",
            "osql",
            "ipmitool",
            "zip",
            "unzip",
            "clickhouse-client",
            "bconsole",
            "mosquitto_pub",
            "mosquitto_sub",
            "mosquitto_rr",
        ],
        options: &["-P", "--password"],
        part: SecretPart::Whole,
    },
    Rule {
        programs: &["smbclient", "rpcclient", "smbget", "net", "winexe"],
        options: &["-U", "--user"],
        part: SecretPart::Percent,
    },
    Rule { programs: &["security"], options: &["-w", "-p"], part: SecretPart::Whole },
    Rule { programs: &["aws"], options: &["--secret-string", "--master-user-password"], part: SecretPart::Whole },
    Rule { programs: &["doctl"], options: &["-t", "--access-token"], part: SecretPart::Whole },
    Rule { programs: &["dotnet", "nuget", "choco"], options: &["-k", "--api-key"], part: SecretPart::Whole },
    Rule { programs: &["signtool"], options: &["/p", "-p"], part: SecretPart::Whole },
    Rule { programs: &["codecov", "codecovcli"], options: &["-t"], part: SecretPart::Whole },
    Rule { programs: &["swaks"], options: &["-ap", "--auth-password"], part: SecretPart::Whole },
    Rule { programs: &["sendemail", "sendEmail"], options: &["-xp"], part: SecretPart::Whole },
    Rule { programs: &["snmpget", "snmpwalk", "snmpset"], options: &["-A", "-X", "-c"], part: SecretPart::Whole },
    Rule {
        programs: &["ab", "siege", "hey", "wrk", "bombardier"],
        options: &["-A", "-a", "-P"],
        part: SecretPart::Colon,
    },
    Rule {
        programs: &["skopeo", "buildah", "crane", "oras"],
        options: &["--creds", "--src-creds", "--dest-creds"],
        part: SecretPart::Colon,
    },
    Rule {
        programs: &["openssl"],
        options: &["-passin", "-passout", "-pass", "-K", "-k"],
        part: SecretPart::OnlyColon,
    },
    Rule { programs: &["openssl"], options: &["-K", "-k"], part: SecretPart::Whole },
    Rule {
        programs: &["psexec", "wmic", "schtasks", "psql.exe"],
        options: &["-p", "/P", "/RP", "/password"],
        part: SecretPart::Whole,
    },
    Rule {
        programs: &["sqlplus", "sqlldr", "exp", "imp", "expdp", "impdp", "rman"],
        options: &[""],
        part: SecretPart::Slash,
    },
];

/// The longest command that is read.
const LONGEST: usize = 2048;

/// The longest name of a program.
const LONGEST_NAME: usize = 24;

/// So many programs may have the same argument.
const MOST_NESTED: usize = 3;

/// The passwords among the arguments of the programs in a text.
pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for program in programs(text) {
        // A program may be an argument of another one (`docker run x mysql -p…`), but not of many.
        ends.retain(|end| *end > program.start);
        if ends.len() >= MOST_NESTED {
            continue;
        }
        let name = &text[program.clone()];
        // The program is in quotes: a list of arguments.
        let is_list = matches!(text.as_bytes().get(program.end), Some(b'"' | b'\''));
        let words = arguments(text, program.end, is_list);
        ends.push(words.last().map_or(program.end, |word| word.end));
        found.extend(special(text, name, &words));
        for rule in RULES.iter().filter(|rule| rule.programs.contains(&name)) {
            of_rule(text, rule, &words, &mut found);
        }
    }
    found.extend(handed_over(searchable));
    found.extend(bare_options(searchable));
    found
}

/// The words of a text that are names of programs in the table, at a place where one can be.
fn programs(text: &str) -> Vec<Range<usize>> {
    const BEGINS: [bool; 256] = word_and(b"");
    const NAME: [bool; 256] = word_and(b"-._");
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !BEGINS[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|b| NAME[usize::from(**b)]).count();
        let word = &text[at..at + len];
        let follows = bytes.get(at + len).is_some_and(|b| matches!(b, b' ' | b'\t' | b'"' | b'\''));
        if len <= LONGEST_NAME && follows && is_known(word) {
            found.push(at..at + len);
        }
        at += len;
    }
    found
}

/// Programs that take a password as an argument of its own.
const SPECIAL: &[&str] = &[
    "htpasswd",
    "kinit",
    "ConvertTo-SecureString",
    "az",
    "gh",
    "aws",
    "enable",
    "username",
    "drone",
    "bundle",
    "dotnet",
];

/// For each first byte of a known program, the lengths that its name can have, a bit for each: most words of a text are out
/// at once.
const LENGTHS: [u32; 256] = {
    let mut lengths = [0; 256];
    let mut rule = 0;
    while rule < RULES.len() {
        add_lengths(&mut lengths, RULES[rule].programs);
        rule += 1;
    }
    add_lengths(&mut lengths, SPECIAL);
    lengths
};

fn is_known(word: &str) -> bool {
    let may_be = word.bytes().next().is_some_and(|first| LENGTHS[usize::from(first)] & 1 << word.len() != 0);
    may_be && RULES.iter().map(|rule| rule.programs).chain([SPECIAL]).any(|names| names.contains(&word))
}

/// The arguments after a program: words, or the strings of a list. Quotes are not part of them.
pub(super) fn arguments(text: &str, from: usize, is_list: bool) -> Vec<Range<usize>> {
    let end = text.floor_char_boundary(from + LONGEST);
    let bytes = &text.as_bytes()[..end];
    let mut words = Vec::new();
    let mut at = from;
    at += usize::from(is_list);
    while at < end {
        match bytes[at] {
            b' ' | b'\t' => at += 1,
            b',' if is_list => at += 1,
            b'\n' | b'\r' if is_list => at += 1,
            b'\\' | b'^' | b'`' if line_goes_on(&bytes[at + 1..]) => {
                at += 1 + bytes[at + 1..].iter().take_while(|b| matches!(b, b' ' | b'\r' | b'\n')).count();
            }
            b'\n' | b'\r' | b'|' | b';' | b')' | b']' | b'`' => break,
            b'&' if bytes.get(at + 1) == Some(&b'&') => break,
            b'"' | b'\'' => {
                let Some(value) = value::quoted(text, at) else { break };
                at = value.range.end + 1;
                words.push(value.range);
            }
            _ if is_list || is_break(&bytes[at..]) => break,
            _ => {
                let start = at;
                while at < end
                    && !matches!(bytes[at], b' ' | b'\t' | b'\n' | b'\r' | b'|' | b';' | b')' | b'"' | b'\'' | b'`')
                    && !is_break(&bytes[at..])
                {
                    at += 1;
                }
                words.push(start..at);
                // `-p'secret'`, `--password="…"`: the quotes go on with the word.
                if at < end && matches!(bytes[at], b'"' | b'\'') {
                    let inner = &bytes[at + 1..];
                    let line = || at + 1 + inner.iter().position(|b| *b == b'\n').unwrap_or(inner.len());
                    let close = value::end_in_quotes(text, at + 1, char::from(bytes[at])).unwrap_or_else(line).min(end);
                    if let Some(last) = words.last_mut() {
                        last.end = close;
                    }
                    at = close + 1;
                }
            }
        }
        if words.len() > 400 {
            break;
        }
    }
    words.retain(|w| text.get(w.clone()).is_some());
    words
}

/// A `<br>` and the end of a line: what goes on after it is found from the end of the value.
fn is_break(rest: &[u8]) -> bool {
    let tag = broken::BREAKS.iter().find(|tag| rest.starts_with(tag.as_bytes()));
    tag.is_some_and(|tag| matches!(rest.get(tag.len()), Some(b'\n' | b'\r')))
}

fn line_goes_on(rest: &[u8]) -> bool {
    let blanks = rest.iter().take_while(|b| **b == b' ').count();
    matches!(rest.get(blanks), Some(b'\n')) || rest[blanks.min(rest.len())..].starts_with(b"\r\n")
}

fn of_rule(text: &str, rule: &Rule, words: &[Range<usize>], found: &mut Vec<Hidden>) {
    for (i, word) in words.iter().enumerate() {
        let shown = &text[word.clone()];
        for option in rule.options {
            if rule.part == SecretPart::Slash {
                // The host may be on the next line.
                let most = text.floor_char_boundary(word.start + LONGEST);
                let end = word.start + broken::end_at_host(&text[word.start..most], word.len());
                let shown = &text[word.start..end];
                if shown.contains('/') && shown.contains('@') && !shown.contains("://") {
                    push(text, word.start..end, rule.part, found);
                }
                continue;
            }
            let is_short = option.len() == 2;
            if shown == *option && rule.part != SecretPart::Attached {
                if let Some(next) = words.get(i + 1) {
                    push(text, next.clone(), rule.part, found);
                }
            } else if let Some(rest) = shown.strip_prefix(option).filter(|rest| !rest.is_empty()) {
                let start = word.end - rest.len();
                if let Some(value) = rest.strip_prefix('=') {
                    push(text, word.end - value.len()..word.end, rule.part, found);
                } else if is_short
                    && (rule.part == SecretPart::Attached || rest.contains(':') && rule.part == SecretPart::Colon)
                {
                    push(text, start..word.end, rule.part, found);
                }
            } else if is_short && rule.part == SecretPart::Colon && ends_cluster(shown, option) {
                // `-sSu name:password`: several letters in one option.
                if let Some(next) = words.get(i + 1) {
                    push(text, next.clone(), rule.part, found);
                }
            }
        }
    }
}

fn ends_cluster(word: &str, option: &str) -> bool {
    word.len() > 2
        && word.len() <= 8
        && word.starts_with('-')
        && !word.starts_with("--")
        && word.ends_with(&option[1..])
        && word[1..].bytes().all(|b| b.is_ascii_alphabetic())
}

/// Adds the secret part of an argument.
fn push(text: &str, mut range: Range<usize>, part: SecretPart, found: &mut Vec<Hidden>) {
    let word = &text[range.clone()];
    let quotes = word.len() - word.trim_start_matches(['"', '\'']).len();
    range.start += quotes;
    range.end -= word[quotes..].len() - word[quotes..].trim_end_matches(['"', '\'']).len();
    let word = &text[range.clone()];
    let mark = match part {
        SecretPart::Whole | SecretPart::Attached => None,
        SecretPart::Colon => word.find(':'),
        SecretPart::OnlyColon => match word.rfind(':') {
            Some(at) => Some(at),
            None => return,
        },
        SecretPart::Comma => word.find(','),
        SecretPart::Percent => match word.find('%') {
            Some(at) => Some(at),
            None => return,
        },
        SecretPart::Slash => match word.find('/') {
            Some(at) => {
                range.end = range.start + word.find('@').unwrap_or(word.len());
                Some(at)
            }
            None => return,
        },
    };
    if let Some(at) = mark {
        range.start += at + 1;
    }
    if range.start >= range.end {
        return;
    }
    // A password in base64 may begin with a slash.
    let shown = &text[range.clone()];
    let is_base64 = shown.contains('+') || shown.ends_with('=') || cut::is_in(shown);
    let is_file = matches!(part, SecretPart::OnlyColon) && shown.starts_with(['\\', '/']) && !is_base64;
    if !is_file {
        hide(text, range, found);
    }
}

fn hide(text: &str, range: Range<usize>, found: &mut Vec<Hidden>) {
    let value = &text[range.clone()];
    if !value.starts_with(['%', '-']) {
        found.extend(value::sure(text, range));
    }
}

/// The password among the arguments of such a program.
fn special(text: &str, program: &str, words: &[Range<usize>]) -> Vec<Hidden> {
    let mut found = Vec::new();
    // A password in base64 may begin with a slash, as the options of Windows do.
    let is_option = |word: &str| {
        word.starts_with('-')
            || word.strip_prefix('/').is_some_and(|name| name.split(':').next().is_some_and(is_plain_letters))
    };
    let plain: Vec<&Range<usize>> = words.iter().filter(|w| !is_option(&text[(*w).clone()])).collect();
    match program {
        // `htpasswd -b FILE USER PASSWORD`.
        "htpasswd" => {
            if let Some(last) = plain.get(2) {
                hide(text, (*last).clone(), &mut found);
            }
        }
        // `net use X: \\HOST\SHARE PASSWORD /user:NAME`.
        "net" if plain.first().is_some_and(|w| text[(*w).clone()].eq_ignore_ascii_case("use")) => {
            let at = plain.iter().position(|w| text[(*w).clone()].starts_with("\\\\"));
            if let Some(next) = at.and_then(|at| plain.get(at + 1)) {
                hide(text, (*next).clone(), &mut found);
            }
        }
        "ConvertTo-SecureString" => {
            if let Some(first) = plain.first() {
                hide(text, (*first).clone(), &mut found);
            }
        }
        // `gh secret set NAME --body SECRET`, `aws ssm put-parameter --type SecureString --value SECRET`.
        "az" | "gh" | "aws" | "drone"
            if words.iter().any(|word| ["secret", "SecureString"].contains(&&text[word.clone()])) =>
        {
            let at = words.iter().position(|word| ["--value", "--body", "-b", "--data"].contains(&&text[word.clone()]));
            if let Some(next) = at.and_then(|at| words.get(at + 1)) {
                hide(text, next.clone(), &mut found);
            }
        }
        // `dotnet user-secrets set NAME VALUE`.
        "dotnet" if plain.first().is_some_and(|word| &text[(**word).clone()] == "user-secrets") => {
            if let Some(value) =
                plain.get(3).filter(|_| plain.get(1).is_some_and(|set| &text[(**set).clone()] == "set"))
            {
                hide(text, (*value).clone(), &mut found);
            }
        }
        // `bundle config set HOST NAME:PASSWORD`.
        "bundle" if plain.first().is_some_and(|word| &text[(**word).clone()] == "config") => {
            if let Some(last) = plain.last().filter(|last| !text[(**last).clone()].contains("://")) {
                push(text, (*last).clone(), SecretPart::OnlyColon, &mut found);
            }
        }
        // `enable secret 0 SECRET`, `username NAME password 7 SECRET`: the number says how it is written.
        "enable" | "username" => {
            let is_name = |word: &&Range<usize>| matches!(&text[(**word).clone()], "secret" | "password");
            let is_digit = |word: &Range<usize>| word.len() == 1 && text.as_bytes()[word.start].is_ascii_digit();
            if let Some(at) = plain.iter().take(6).position(is_name)
                && let [number, secret, ..] = plain[at + 1..]
                && is_digit(number)
            {
                hide(text, (*secret).clone(), &mut found);
            }
        }
        // `docker login HOST USER PASSWORD` does not exist; `kinit` asks.
        _ => {}
    }
    found
}

fn is_plain_letters(name: &str) -> bool {
    !name.is_empty() && name.len() <= 12 && name.bytes().all(|b| b.is_ascii_alphabetic())
}

/// `echo SECRET | docker login --password-stdin`, `kinit name <<< SECRET`.
fn handed_over(searchable: &Searchable<'_>) -> Vec<Hidden> {
    const HERE: &str = "<<<";
    let text = searchable.text;
    let mut found = Vec::new();
    for at in searchable.places(HERE) {
        let start = at
            + HERE.len()
            + text[at + HERE.len()..].bytes().take_while(|b| matches!(b, b' ' | b'"' | b'\'' | b'$')).count();
        let most = text.floor_char_boundary(start + 512);
        let len = text[start..most].find(|c: char| c.is_whitespace() || "\"'|;&)<".contains(c)).unwrap_or(most - start);
        let line = line_start(text, at);
        let command = text[line..at].to_ascii_lowercase();
        let takes = ["login", "kinit", "passw", "token", "sudo", "secret", "base64", "gpg", "openssl", "auth"];
        if takes.iter().any(|word| command.contains(word)) {
            hide(text, start..start + len, &mut found);
        }
    }
    // `--password-file=<(echo …)`.
    for call in ["<(echo ", "<(printf '%s' "] {
        for at in searchable.places(call) {
            let command = text[line_start(text, at)..at].to_ascii_lowercase();
            if ["passw", "token", "secret", "auth"].iter().any(|word| command.contains(word)) {
                let begin = at + call.len();
                let begin = begin + usize::from(text[begin..].starts_with(['"', '\'']));
                hide(text, value::word(text, begin), &mut found);
            }
        }
    }
    // `pass insert NAME <<END` and the line below.
    for at in searchable.places(" <<") {
        let start = at + 1 + value::here_document(&text[at + 1..]);
        let command = text[line_start(text, at)..at].to_ascii_lowercase();
        if start > at + 1
            && ["pass insert", "login", "passwd", "secret", "kinit", "--token"]
                .iter()
                .any(|word| command.contains(word))
        {
            let word = text[at..start].trim_start_matches([' ', '<', '-', '~']).trim_matches(['"', '\'']);
            let mut body = start;
            for _ in 0..4 {
                body += text[body..].bytes().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
                let end = line_end(text, body);
                if end == body || &text[body..end] == word {
                    break;
                }
                if !text[body..end].contains([' ', '=', ':', '{']) {
                    hide(text, body..end, &mut found);
                }
                body = end;
            }
        }
    }
    for mark in [
        "stdin",
        "secret put",
        "secret set",
        "secrets set",
        "chpasswd",
        "--with-token",
        "sudo -S",
        "base64",
        "kinit",
        "htpasswd -i",
        "openssl",
        "cryptsetup",
        "secret create",
        " login",
    ] {
        for at in searchable.places(mark) {
            let line = line_start(text, at);
            let line = text.ceil_char_boundary(line.max(at.saturating_sub(400)));
            let Some(pipe) = text[line..at].rfind('|').map(|i| line + i) else { continue };
            let mut line = opened_above(text, line, pipe);
            // The pipe may be all that its line begins with.
            if line > 0 && text[line..pipe].trim().is_empty() {
                line = text.ceil_char_boundary(line_start(text, line - 1).max(line.saturating_sub(400)));
            }
            let command = text[line..pipe].trim_end();
            // The only word of its line is the end of one that begins above.
            let blanks = command.len() - command.trim_start().len();
            let word = line + blanks..line + command.len();
            if !word.is_empty()
                && let Some(above) = broken::start(text, &word)
            {
                let whole = &text[line_start(text, above.start)..above.end];
                if ["echo ", "printf "].iter().any(|echo| whole.contains(echo)) {
                    found.push(Hidden { range: above, anywhere: true });
                    found.push(Hidden { range: word, anywhere: true });
                }
            }
            let Some(echo) = ["echo ", "printf ", "Write-Output ", "print "]
                .iter()
                .filter_map(|e| command.rfind(e).map(|i| i + e.len()))
                .max()
            else {
                continue;
            };
            // The last word that is not an option is what is handed over.
            let words = arguments(&text[..line + command.len()], line + echo, false);
            if let Some(last) = words.last() {
                let part = if mark == "base64" { SecretPart::Colon } else { SecretPart::Whole };
                push(text, last.clone(), part, &mut found);
            }
        }
    }
    found
}

/// Where a command begins: on the line above, or the one above that, if a quotation mark was opened there.
fn opened_above(text: &str, mut line: usize, end: usize) -> usize {
    for _ in 0..2 {
        let command = &text[line..end];
        let is_open = ['"', '\''].iter().any(|quote| command.matches(*quote).count() % 2 == 1);
        if !is_open || line == 0 || !text[..line].ends_with('\n') {
            break;
        }
        line = line_start(text, line - 1);
    }
    line
}

/// Options that mean a password whatever the program is: what is left of a command whose first line was not copied.
fn bare_options(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    const OPTIONS: &[(&str, SecretPart)] = &[
        ("--proxy-user", SecretPart::Colon),
        ("--user", SecretPart::OnlyColon),
        ("-u", SecretPart::OnlyColon),
        ("-U", SecretPart::OnlyColon),
        ("-E", SecretPart::OnlyColon),
        ("--cert", SecretPart::OnlyColon),
        ("--pass", SecretPart::Whole),
        ("-passin", SecretPart::OnlyColon),
        ("-passout", SecretPart::OnlyColon),
        ("--creds", SecretPart::OnlyColon),
        ("/p:", SecretPart::Attached),
        ("/pass:", SecretPart::Attached),
    ];
    let mut found = Vec::new();
    for (option, part) in OPTIONS {
        for at in searchable.places(option) {
            if !text[..at].ends_with([' ', '\t', '\n', '"', '\'', '(']) {
                continue;
            }
            let mut start = at + option.len();
            let rest = &text[start..];
            if *part != SecretPart::Attached {
                // `"-u", "name:password"`.
                let marks =
                    rest.bytes().take(6).take_while(|b| matches!(b, b' ' | b'=' | b'\t' | b'"' | b'\'' | b',')).count();
                if marks == 0 {
                    continue;
                }
                start += marks;
            }
            let len = text[start..]
                .bytes()
                .take(LONGEST)
                .take_while(|b| !matches!(b, b' ' | b'"' | b'\'' | b'\n' | b'\r' | b'\t'))
                .count();
            // The rest of a word that a tag breaks is found from its end.
            let word = text.get(start..start + len).map(|word| word.split("<br").next().unwrap_or(word));
            if let Some(word) = word.filter(|w| !w.starts_with("http")) {
                let len = word.len();
                let is_path =
                    |p: &str| p.is_empty() || p.starts_with(['/', '\\']) && !p.contains('+') && !cut::is_in(p);
                let path = *part == SecretPart::OnlyColon && word.split(':').nth(1).is_some_and(is_path);
                if !path {
                    push(text, start..start + len, *part, &mut found);
                }
            }
        }
    }
    found
}

//! Credentials in source code: arguments of calls that take them, pairs of a name and a password, statements of SQL.

use std::ops::Range;

use super::broken;
use super::hidden::{Hidden, line_end, line_start};
use super::names;
use super::searchable::Searchable;
use super::value;
use crate::shape;
use crate::text::offset_in;

/// Which arguments of a call are secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    First,
    Second,
    Third,
    /// The second, or the only one.
    Last,
    /// The second, but not the only one.
    Pair,
    /// The last of any number.
    Final,
    /// The second, and the first if it has a look of its own.
    FirstTwo,
    /// What comes after a colon in the first.
    AfterColon,
}

/// Calls that take a credential, by the end of their name in lower case without `_`.
const CALLS: &[(&str, Which)] = &[
    ("basicauth", Which::Last),
    ("digestauth", Which::Last),
    ("ntlmauth", Which::Last),
    ("proxyauth", Which::Last),
    ("networkcredential", Which::Last),
    ("networkcredential]::new", Which::Last),
    ("pscredential]::new", Which::Last),
    ("secretcredential", Which::Final),
    ("usernamepasswordcredential", Which::Final),
    ("credentials.basic", Which::Last),
    ("credentials.of", Which::Last),
    ("usernamepasswordcredentials", Which::Last),
    ("usernamepasswordauthenticationtoken", Which::Last),
    ("passwordauthentication", Which::Last),
    ("pscredential", Which::Last),
    ("withbasicauth", Which::Last),
    ("withcredentials", Which::Second),
    ("authorizationbasic", Which::Last),
    ("basicauthentication", Which::Last),
    ("setauthentication", Which::Final),
    ("credentials", Which::Pair),
    ("net.cookie", Which::Second),
    ("signedstring", Which::First),
    ("symmetricsecuritykey", Which::First),
    ("httpbasicauthenticator", Which::Last),
    ("authenticationheadervalue", Which::Second),
    ("bearerauth", Which::First),
    ("withtoken", Which::First),
    ("bearertoken", Which::First),
    ("bearer", Which::First),
    ("oauth2authenticator", Which::First),
    ("jwtauthenticator", Which::First),
    (".auth", Which::FirstTwo),
    ("setauth", Which::Last),
    ("ssh2authpassword", Which::Third),
    ("ftplogin", Which::Third),
    ("ftp", Which::Third),
    ("ftptls", Which::Third),
    ("twilio::rest::client.new", Which::Second),
    ("ldapbind", Which::Third),
    ("getconnection", Which::Third),
    ("mysqliconnect", Which::Third),
    ("newmysqli", Which::Third),
    ("odbcconnect", Which::Third),
    ("imapopen", Which::Third),
    ("pdo", Which::Third),
    // As PHP prints a call in a trace.
    ("pdo->construct", Which::Third),
    ("mysqli->construct", Which::Third),
    ("mysqli->realconnect", Which::Third),
    ("ociconnect", Which::Second),
    ("pymssql.connect", Which::Third),
    ("pymysql.connect", Which::Third),
    ("mysqldb.connect", Which::Third),
    ("dbi->connect", Which::Third),
    ("oracledb.connect", Which::Second),
    ("cxoracle.connect", Which::Second),
    ("simplebind", Which::Second),
    ("simplebinds", Which::Second),
    ("setpassword", Which::Final),
    ("auth", Which::Second),
    ("login", Which::Second),
    ("authenticate", Which::Second),
    ("userpwd", Which::AfterColon),
    ("jwt.sign", Which::Second),
    ("jwt.encode", Which::Second),
    ("jwt.decode", Which::Second),
    ("jwt.verify", Which::Second),
    ("createhmac", Which::Second),
    ("hmac.new", Which::First),
    ("securestring", Which::First),
    ("btoa", Which::AfterColon),
    ("b64encode", Which::AfterColon),
    ("base64encode", Which::AfterColon),
    ("base64.encode", Which::AfterColon),
    ("strictencode64", Which::AfterColon),
    ("encode64", Which::AfterColon),
    ("buffer.from", Which::AfterColon),
    ("getbytes", Which::AfterColon),
    ("encodebase64string", Which::AfterColon),
    ("encodetostring", Which::AfterColon),
    ("stringtouint8array", Which::AfterColon),
    ("[]byte", Which::AfterColon),
    // Functions of databases and libraries that encrypt with a password, or hash one.
    ("pgpsymencrypt", Which::Second),
    ("pgpsymdecrypt", Which::Second),
    ("pgpsymencryptbytea", Which::Second),
    ("pgpsymdecryptbytea", Which::Second),
    ("pgppubdecrypt", Which::Third),
    ("bypassphrase", Which::First),
    ("openkey", Which::Second),
    ("encrypt", Which::Last),
    ("decrypt", Which::Last),
    ("crypt", Which::First),
    ("crypt.hash", Which::First),
    ("crypt.hashsync", Which::First),
    ("crypt.compare", Which::First),
    ("crypt.comparesync", Which::First),
    ("argon2.hash", Which::First),
    ("hashpw", Which::First),
    ("checkpw", Which::First),
    ("passwordhash", Which::First),
    ("passwordverify", Which::First),
    ("makepassword", Which::First),
    ("checkpassword", Which::First),
    ("scryptsync", Which::First),
    ("pbkdf2", Which::First),
    ("pbkdf2sync", Which::First),
    ("pbkdf2hmac", Which::Second),
    ("hashhmac", Which::Third),
    ("cipheriv", Which::Second),
    ("fernet", Which::First),
    ("encryptedtext", Which::Final),
    ("setcredential", Which::Final),
    ("setcredentials", Which::Final),
    ("addcredential", Which::Final),
];

/// Functions of SQL whose argument may be a password, by their whole name without `_`: methods of strings have these names, too,
/// and one has a single argument (`"…".encode('utf-8')`).
const FUNCTIONS: &[(&str, Which, usize)] = &[
    ("password", Which::First, 1),
    ("oldpassword", Which::First, 1),
    ("md5", Which::First, 1),
    ("sha", Which::First, 1),
    ("sha1", Which::First, 1),
    ("sha2", Which::First, 1),
    ("sha256", Which::First, 1),
    ("sha512", Which::First, 1),
    ("hashbytes", Which::Second, 2),
    ("standardhash", Which::First, 1),
    ("digest", Which::First, 2),
    ("encode", Which::First, 2),
    ("hmac", Which::Second, 3),
    ("hash", Which::Second, 2),
];

/// For each letter at the end of the name of a known call, the letters before it, a bit each: most calls of a text are out at
/// once.
const ENDS: [u32; 26] = {
    const fn add(ends: &mut [u32; 26], name: &str) {
        let name = name.as_bytes();
        let (last, before) = (name[name.len() - 1], name[name.len() - 2]);
        if last.is_ascii_lowercase() {
            ends[(last - b'a') as usize] |= bit(before);
        }
    }
    let (mut ends, mut at) = ([0; 26], 0);
    while at < CALLS.len() {
        add(&mut ends, CALLS[at].0);
        at += 1;
    }
    at = 0;
    while at < FUNCTIONS.len() {
        add(&mut ends, FUNCTIONS[at].0);
        at += 1;
    }
    ends
};

/// The bit of a letter in either case; all other characters share one.
const fn bit(byte: u8) -> u32 {
    let letter = (byte | 0x20).wrapping_sub(b'a');
    1 << if letter < 26 { letter } else { 26 }
}

/// Whether the end of a name may be that of a known call. A name that ends with no letter may be any.
fn may_be_known(name: &str) -> bool {
    let [.., before, last] = name.as_bytes() else { return false };
    let letter = (last | 0x20).wrapping_sub(b'a');
    !last.is_ascii_whitespace()
        && ENDS.get(usize::from(letter)).is_none_or(|ends| ends & bit(*before) != 0 || *before == b'_')
}

/// The secret argument of a function of SQL; nothing for another call.
fn of_function(text: &str, at: usize, name: &str) -> Option<Which> {
    let (_, which, least) = FUNCTIONS.iter().find(|(function, ..)| *function == name)?;
    let end = text.floor_char_boundary(at + 512);
    let commas = text[at..end].split(')').next().unwrap_or_default().matches(',').count();
    (commas + 1 >= *least).then_some(*which)
}

/// The credentials that code and statements show.
pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let mut found = Vec::new();
    calls(searchable, &mut found);
    pairs(searchable, &mut found);
    user_password(searchable, &mut found);
    header_fields(searchable, &mut found);
    statements(searchable.text, &mut found);
    private_members(searchable, &mut found);
    of_hosts(searchable, &mut found);
    without_brackets(searchable, &mut found);
    of_row_sets(searchable, &mut found);
    of_networks(searchable, &mut found);
    typed_in(searchable, &mut found);
    found
}

fn calls(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for (at, _) in text.match_indices('(') {
        let base = text.ceil_char_boundary(at.saturating_sub(48));
        let name = &text[base..at];
        if !may_be_known(name) {
            continue;
        }
        let from = name
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | ':' | '-' | '>')))
            .map_or(0, |i| i + name[i..].chars().next().map_or(1, char::len_utf8));
        let name: String = name[from..].chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).collect();
        if name.len() < 3 {
            continue;
        }
        let known = CALLS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, which)| *which);
        let Some(which) = known.or_else(|| of_function(text, at, &name)) else { continue };
        let strings = arguments(text, at + 1);
        let nth = |n: usize| strings.iter().find(|(i, _)| *i == n).map(|(_, range)| range);
        let chosen = match which {
            Which::First => nth(0),
            Which::Second => nth(1),
            Which::Third => nth(2),
            Which::FirstTwo => match nth(1) {
                Some(second) if strings.len() == 2 => Some(second),
                _ => nth(0),
            },
            // A host and a realm may be in front of the name.
            Which::Last | Which::Pair if strings.len() == 4 => nth(3),
            Which::Pair => nth(1),
            Which::Last => nth(1).or_else(|| nth(0)),
            Which::Final => strings.last().map(|(_, range)| range),
            Which::AfterColon => {
                if let Some(first) = nth(0)
                    && let Some(colon) = text[first.clone()].find(':')
                {
                    hide(text, first.start + colon + 1..first.end, found);
                }
                continue;
            }
        };
        if let Some(range) = chosen {
            hide(text, range.clone(), found);
        }
    }
    // `user = "name:password"` in a file of options for curl.
    const USER: &str = "user = \"";
    for at in searchable.places(USER) {
        let value = value::quoted(text, at + USER.len() - 1).map(|value| value.range);
        if let Some(range) = value.filter(|range| !text[range.clone()].contains([' ', '/']))
            && let Some(colon) = text[range.clone()].find(':')
        {
            hide(text, range.start + colon + 1..range.end, found);
        }
    }
    // `curl_setopt($ch, CURLOPT_USERPWD, "name:password")`.
    const USERPWD: &str = "USERPWD";
    for at in searchable.places(USERPWD) {
        let next = at
            + USERPWD.len()
            + text[at + USERPWD.len()..]
                .bytes()
                .take(8)
                .take_while(|b| matches!(*b, b',' | b' ' | b'=' | b'>' | b':'))
                .count();
        if let Some(value) = value::quoted(text, next)
            && let Some(colon) = text[value.range.clone()].find(':')
        {
            hide(text, value.range.start + colon + 1..value.range.end, found);
        }
    }
}

/// The strings in a list up to its end, four at most.
fn strings(text: &str, from: usize) -> Vec<Range<usize>> {
    arguments(text, from).into_iter().map(|(_, range)| range).collect()
}

/// The strings among the arguments of a call up to its end, four at most, each with the number of its argument.
pub(super) fn arguments(text: &str, from: usize) -> Vec<(usize, Range<usize>)> {
    let end = text.floor_char_boundary(from + 512);
    let mut strings = Vec::new();
    let (mut at, mut depth, mut objects, mut number) = (from, 0, 0_usize, 0);
    let bytes = text.as_bytes();
    while at < end && strings.len() < 4 {
        match bytes[at] {
            b'"' | b'\'' | b'`' => {
                let Some(value) = value::quoted(text, at) else { break };
                at = value.range.end + 1;
                if objects == 0 {
                    strings.push((number, value.range));
                }
            }
            b'(' | b'[' | b'{' => {
                depth += 1;
                objects += usize::from(bytes[at] == b'{');
                at += 1;
            }
            b')' | b']' | b'}' if depth == 0 => break,
            b')' | b']' | b'}' => {
                depth -= 1;
                objects -= usize::from(bytes[at] == b'}' && objects > 0);
                at += 1;
            }
            b';' => break,
            _ => {
                number += usize::from(bytes[at] == b',' && depth == 0);
                at += 1;
            }
        }
    }
    strings
}

/// `auth=('name', 'password')`, `auth: ['name', 'password']`, `auth: { user: 'name', pass: 'password' }`.
fn pairs(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for name in ["auth", "credentials", "credential", "creds", "basic"] {
        for at in searchable.places(name) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
                continue;
            }
            let from = at + name.len();
            let marks = text[from..]
                .bytes()
                .take(12)
                .take_while(|b| matches!(*b, b'"' | b'\'' | b' ' | b'=' | b':' | b'>' | b'\t'))
                .count();
            let open = from + marks;
            if marks == 0 || !text[from..open].contains(['=', ':']) || !text[open..].starts_with(['(', '[', '{']) {
                continue;
            }
            let is_object = text[open..].starts_with('{');
            let strings = strings(text, open + 1);
            if is_object {
                let end = text.floor_char_boundary(open + 1024);
                let end = text[open..end].find('}').map_or(end, |i| open + i);
                for string in strings.iter().filter(|s| s.end <= end) {
                    let lead = &text[open..string.start];
                    let key = lead.trim_end_matches(['"', '\'', ' ', ':', '=', '>', '`']);
                    let key = key.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                    if matches!(key, "pass" | "password" | "passwd" | "pwd" | "token" | "secret" | "bearer" | "key") {
                        hide(text, string.clone(), found);
                    }
                }
            } else if let Some(second) = strings.get(1) {
                hide(text, second.clone(), found);
            }
        }
    }
}

/// `[request setValue:@"…" forHTTPHeaderField:@"X-API-Key"]`: the name comes behind the value.
fn header_fields(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const FIELD: &str = "forHTTPHeaderField:";
    let text = searchable.text;
    for at in searchable.places(FIELD) {
        let is_telling =
            value::quoted(text, at + FIELD.len()).is_some_and(|name| names::telling(&text[name.range]).is_some());
        let lead = text[line_start(text, at)..at].trim_end().trim_end_matches(',');
        if let Some(inner) = lead.strip_suffix('"').filter(|_| is_telling)
            && let Some(open) = inner.rfind('"')
        {
            let start = offset_in(text, &inner[open + 1..]);
            hide(text, start..start + inner.len() - open - 1, found);
        }
    }
}

/// `scott/tiger@db`, after the marks by which one is known: a JDBC URL, `CONNECT`.
fn user_password(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for mark in ["jdbc:oracle:thin:", "jdbc:oracle:oci:", "connect ", "CONNECT ", "conn ", "userid=", "USERID="] {
        for at in searchable.places(mark) {
            let start = at + mark.len();
            let rest = &text[start..text.floor_char_boundary(start + 400)];
            let end =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>')).unwrap_or(rest.len());
            let word = &rest[..broken::end_at_host(rest, end)];
            if let (Some(slash), Some(host)) = (word.find('/'), word.rfind('@'))
                && slash > 0
                && slash + 1 < host
            {
                hide(text, start + slash + 1..start + host, found);
            }
        }
    }
}

/// `kim:password@tcp(db.example:3306)/shop`: the address of a database for a driver of Go.
fn of_networks(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const LONGEST: usize = 200;
    let text = searchable.text;
    for mark in ["@tcp(", "@tcp6(", "@unix("] {
        for at in searchable.places(mark) {
            let lead = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST))..at];
            let word = lead.rsplit(|c: char| c.is_whitespace() || "\"'`=".contains(c)).next().unwrap_or_default();
            if let Some((_, password)) = word.split_once(':') {
                hide(text, at - password.len()..at, found);
            }
        }
    }
}

/// `IDENTIFIED BY 'password'`, `WITH PASSWORD 'password'`.
fn statements(text: &str, found: &mut Vec<Hidden>) {
    const MARKS: [&str; 5] = [
        "identified by ",
        "with password ",
        "with encrypted password ",
        "set password ",
        "identified with mysql_native_password by ",
    ];
    for from in std::iter::once(0).chain(text.match_indices([' ', '\n']).map(|(at, _)| at + 1)) {
        let Some(head) = text.get(from..from + 1) else { continue };
        if !matches!(head, "i" | "I" | "w" | "W" | "s" | "S" | "p" | "P") {
            continue;
        }
        for mark in MARKS {
            if !text.get(from..from + mark.len()).is_some_and(|t| t.eq_ignore_ascii_case(mark)) {
                continue;
            }
            let start = from + mark.len();
            // `SET PASSWORD FOR kim@localhost = '…'`.
            let near = &text[start..text.floor_char_boundary(start + 80)];
            let user = near.get(..4).filter(|word| word.eq_ignore_ascii_case("for ")).and_then(|_| near.find(" = "));
            let start = start + user.unwrap_or_default();
            let next = start + text[start..].bytes().take_while(|b| matches!(b, b' ' | b'=')).count();
            let quoted = value::quoted(text, next);
            let value = quoted.clone().map_or_else(|| value::word(text, next), |v| v.range);
            // `SET password = crypt(…)`: a call.
            if quoted.is_some() || !text[value.end..].starts_with('(') {
                hide(text, value, found);
            }
        }
    }
}

/// `req.basic_auth 'kim', '…'`, `EXEC sp_addlogin 'kim', '…'`: calls of languages that need no brackets.
fn without_brackets(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const CALLS: [&str; 7] =
        ["sp_addlogin ", "sp_password ", "basic_auth ", "digest_auth ", "auth.basic ", ":basic, ", "basic_auth, {"];
    let text = searchable.text;
    for call in CALLS {
        for at in searchable.places(call) {
            let Some(first) = value::quoted(text, at + call.len()) else { continue };
            let next = first.range.end + 1;
            let blanks = text.get(next..).unwrap_or_default().bytes().take(4).take_while(|b| b", ".contains(b)).count();
            if blanks > 0
                && let Some(second) = value::quoted(text, next + blanks)
            {
                hide(text, second.range, found);
            }
        }
    }
}

/// `OPENROWSET('PROVIDER', 'host'; 'kim'; '…', …)`: semicolons part what one argument has.
fn of_row_sets(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const CALL: &str = "OPENROWSET(";
    let text = searchable.text;
    for at in searchable.places(CALL) {
        let mut from = at + CALL.len();
        let mut semicolons = 0;
        for _ in 0..5 {
            let Some(string) = value::quoted(text, from) else { break };
            if semicolons == 2 {
                hide(text, string.range, found);
                break;
            }
            // Behind the quotation mark; typographic ones are longer.
            let end = string.range.end;
            from = end + text[end..].chars().next().map_or(0, char::len_utf8);
            let marks = text[from..].bytes().take(4).take_while(|b| b",; ".contains(b));
            let marks = marks.inspect(|b| semicolons += usize::from(*b == b';')).count();
            from += marks;
        }
    }
}

/// `fill('#password', '…')`, `By.id("password")).sendKeys("…")`, `Input Password  id:password  …`: what a test types into a
/// form whose field is named on the same line.
fn typed_in(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const CALLS: [&str; 8] =
        [".fill(", ".type(", "sendKeys(", "send_keys(", ".setValue(", "pressSequentially(", "fill_in ", "enterText("];
    let text = searchable.text;
    let names_field = |lead: &str| {
        let near = &lead[lead.ceil_char_boundary(lead.len().saturating_sub(120))..];
        near.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .any(|word| names::telling(word).is_some())
    };
    for call in CALLS {
        for at in searchable.places(call) {
            let strings = strings(text, at + call.len());
            let last = strings.last().filter(|last| names_field(&text[line_start(text, at)..last.start]));
            if let Some(last) = last {
                hide(text, last.clone(), found);
            }
        }
    }
    for keyword in ["Input Password  ", "Input Text  ", "Fill Secret  ", "Fill Text  "] {
        for at in searchable.places(keyword) {
            let line = text[at..line_end(text, at)].trim_end();
            let Some((lead, cell)) = line.rsplit_once("  ") else { continue };
            if names_field(&lead["Input ".len() - 1..]) && lead.len() > keyword.len() {
                let start = offset_in(text, cell);
                hide(text, start..start + cell.len(), found);
            }
        }
    }
}

/// The private members of a JWK.
fn private_members(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    let mut next = 0;
    for at in searchable.places("kty") {
        if at < next {
            continue;
        }
        let start = text.ceil_char_boundary(at.saturating_sub(4096));
        let start = text[start..at].rfind('{').map_or(start, |i| start + i);
        let end = text.floor_char_boundary(at + 8192);
        let end = text[at..end].find('}').map_or(end, |i| at + i);
        next = end;
        let object = &text[start..end];
        for member in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            for quote in ["\"", "'", "\\\""] {
                let key = format!("{quote}{member}{quote}");
                for (i, _) in object.match_indices(key.as_str()) {
                    let after = start + i + key.len();
                    let marks =
                        text[after..].bytes().take(8).take_while(|b| matches!(*b, b' ' | b':' | b'\t' | b'\n')).count();
                    if text[after..after + marks].contains(':')
                        && let Some(value) = value::quoted(text, after + marks)
                    {
                        hide(text, value.range, found);
                    }
                }
            }
        }
    }
}

/// Lines of a `.pgpass` (`host:port:database:user:password`).
fn of_hosts(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for at in searchable.places(":5432:").chain(searchable.places(":*:")) {
        let line = line_start(text, at);
        let end = line_end(text, at);
        let end = text[at..end].find([' ', '"']).map_or(end, |i| at + i);
        let line = text[line..at].rfind([' ', '"', '\'']).map_or(line, |i| line + i + 1);
        let Some((last, _)) = text[line..end].match_indices(':').nth(3) else { continue };
        hide(text, line + last + 1..end, found);
    }
}

fn hide(text: &str, mut range: Range<usize>, found: &mut Vec<Hidden>) {
    // `Bearer …` in the argument: the scheme stays.
    if let Some((first, rest)) = text[range.clone()].split_once(' ')
        && shape::is_scheme(first)
    {
        range.start = range.end - rest.len();
    }
    found.extend(value::sure(text, range));
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn the_third_part_of_a_row_set_s_argument() {
        for (open, close) in [("'", "'"), ("“", "”")] {
            let quoted = |word: &str| format!("{open}{word}{close}");
            let parts = ["db.example", "kim", "rokamulitane"].map(quoted).join("; ");
            let text = format!("FROM OPENROWSET({}, {parts}, q)", quoted("SQLNCLI"));
            assert_eq!(masked(&text, all), ["rokamulitane"], "{text}");
        }
    }
}

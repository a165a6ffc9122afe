//! Credentials behind fixed words: lines of settings, commands of consoles, what devices show.

use super::between::{blanks, skip};
use super::detect::is_uuid_like;
use super::hidden::{Hidden, line_end, line_start};
use super::searchable::Searchable;
use super::value;
use crate::text::offset_in;

/// Words with a credential behind them: `*` is any one word, or the rest of one, `**` also a URL, all else is as written. The first word is not
/// `*`.
const PHRASES: &[&[&str]] = &[
    // Consoles of switches and routers.
    &["snmp-server", "community"],
    &["snmp-server", "host", "*", "version", "*"],
    &["rocommunity"],
    &["rwcommunity"],
    &["rocommunity6"],
    &["rwcommunity6"],
    &["auth", "sha"],
    &["auth", "md5"],
    &["priv", "aes", "128"],
    &["priv", "aes", "256"],
    &["priv", "aes"],
    &["priv", "des"],
    &["tacacs-server", "key"],
    &["tacacs-server", "host", "*", "key"],
    &["radius-server", "key"],
    &["radius-server", "host", "*", "key"],
    &["key", "7"],
    &["key", "0"],
    &["PSK"],
    &["Key", "Content"],
    // Settings.
    &["requirepass"],
    &["masterauth"],
    &["bindpw"],
    &["insecure-password"],
    // Commands.
    &["net", "user", "*"],
    &["add_user", "*"],
    &["change_password", "*"],
    &["net.exe", "user", "*"],
    &["wpa_passphrase", "*"],
    &["alias", "set", "*", "**", "*"],
    &["-Dsonar.login"],
    &["ansible-vault", "encrypt_string"],
    &["P/W"],
    &["config", "http-basic.*", "*"],
    &["config", "github-oauth.*"],
    &["config", "gitlab-token.*"],
    &["connect", "to", "*", "user", "*", "using"],
    &["radtest", "*"],
    &["radtest", "*", "*", "*", "*"],
    &["password", "\"Auth\""],
    &["password", "\"Private", "Key\""],
    &["passwd", "ENC"],
    &["password", "ENC"],
    &["psksecret", "ENC"],
];

/// The same for words that a sentence has, too: they must begin a command.
const COMMANDS: &[&[&str]] = &[&["vault", "login"], &["cargo", "login"], &["snyk", "auth"]];

/// How far the words of a phrase are from each other.
const NEAR: usize = 40;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for (phrase, is_command) in PHRASES.iter().map(|p| (p, false)).chain(COMMANDS.iter().map(|p| (p, true))) {
        for at in searchable.places(phrase[0]) {
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')) {
                continue;
            }
            if let Some(from) = behind(text, at + phrase[0].len(), &phrase[1..])
                && (!is_command || begins_command(text, at) || value::is_odd(&text[value::word(text, from)]))
            {
                hide(text, from, &mut found);
            }
        }
    }
    of_cards(searchable, &mut found);
    of_access_lists(searchable, &mut found);
    of_keyboards(searchable, &mut found);
    of_codes(searchable, &mut found);
    of_sections(searchable, &mut found);
    of_roles(searchable, &mut found);
    of_binds(searchable, &mut found);
    of_seeds(searchable, &mut found);
    of_accessors(searchable, &mut found);
    of_bundles(searchable, &mut found);
    of_tunnels(searchable, &mut found);
    of_messages(searchable, &mut found);
    found
}

/// `Your Orders code: 482913`, and the key of an authenticator that is typed by hand: `enter this key manually: JBSW Y3DP …`.
fn of_messages(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const CODE: &str = " code: ";
    const KEY: &str = "manually: ";
    let text = searchable.text;
    for at in searchable.places(CODE) {
        let lead = &text[line_start(text, at)..at];
        let words = lead.rsplit("our ").next().unwrap_or_default();
        let from = at + CODE.len();
        let end = skip(text, from, 9, |b| b.is_ascii_digit());
        if words.len() < lead.len() && words.split(' ').count() <= 3 && (4..=8).contains(&(end - from)) {
            found.push(Hidden { range: from..end, anywhere: false });
        }
    }
    for at in searchable.places(KEY) {
        let from = at + KEY.len();
        let end = skip(text, from, 80, |b| b.is_ascii_uppercase() || matches!(b, b'2'..=b'7' | b' '));
        let key = text[from..end].trim_end();
        if key.len() >= 16 && key.split(' ').all(|group| group.len() == 4 || group.len() >= 16) {
            found.push(Hidden { range: from..from + key.len(), anywhere: true });
        }
    }
}

/// `kim@shop.example : EAP "…"`: a line of the secrets of a tunnel.
fn of_tunnels(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for mark in [": EAP \"", ": XAUTH \"", ": PSK \"", ": NTLM \""] {
        for at in searchable.places(mark) {
            hide(text, at + mark.len() - 1, found);
        }
    }
}

/// `seed phrase: …`: twelve words or more.
fn of_seeds(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const FEWEST: usize = 12;
    let text = searchable.text;
    for mark in ["eed phrase", "nemonic", "ecovery phrase"] {
        for at in searchable.places(mark) {
            let from = skip(text, at + mark.len(), 8, |b| matches!(b, b'"' | b'\'' | b':' | b'=' | b' ' | b'\n'));
            let rest = &text[from..text.floor_char_boundary(from + 300)];
            let len = rest.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b' ').count();
            let words = rest[..len].trim_end();
            if words.split(' ').filter(|word| (3..=8).contains(&word.len())).count() >= FEWEST {
                found.push(Hidden { range: from..from + words.len(), anywhere: true });
            }
        }
    }
}

/// `SecretID: d5482a90-…`: with an id as its value it is the token of that accessor, and not the name of a secret.
fn of_accessors(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const ID: &str = "SecretID";
    let text = searchable.text;
    for at in searchable.places(ID) {
        let from = skip(text, at + ID.len(), 40, |b| matches!(b, b'"' | b':' | b'=' | b' ' | b'|'));
        let range = value::word(text, from);
        if from > at + ID.len() && is_uuid_like(&text[range.clone()]) {
            found.push(Hidden { range, anywhere: true });
        }
    }
}

/// `BUNDLE_GEMS__EXAMPLE: "kim:…"`, `npmAuthIdent: "kim:…"`: the credentials of a host that Bundler or Yarn has in its settings.
fn of_bundles(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const BUNDLE: &str = "BUNDLE_";
    const IDENT: &str = "npmAuthIdent";
    let text = searchable.text;
    for at in searchable.places(BUNDLE).chain(searchable.places(IDENT)) {
        let is_ident = text[at..].starts_with(IDENT);
        let end = skip(text, at, 80, |b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        let end = if is_ident { at + IDENT.len() } else { end };
        let from = skip(text, end, 4, |b| matches!(b, b':' | b'=' | b' ' | b'"' | b'\''));
        let range = value::word(text, from);
        let shown = &text[range.clone()];
        if from > end
            && (is_ident || text[at..end].contains("__"))
            && let Some((user, _)) = shown.split_once(':').filter(|_| !shown.contains("://"))
        {
            found.extend(value::sure(text, range.start + user.len() + 1..range.end));
        }
    }
}

/// `simple: …` below a bind, as a dissector of packets shows LDAP.
fn of_binds(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const MARK: &str = " simple: ";
    let text = searchable.text;
    for at in searchable.places(MARK) {
        let lead = &text[text.ceil_char_boundary(at.saturating_sub(300))..at];
        if lead.contains("bind") || lead.contains("LDAP") {
            hide(text, at + MARK.len(), found);
        }
    }
}

/// `role_id=… secret_id=…`: elsewhere an id of a secret is a name.
fn of_roles(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const ID: &str = "secret_id";
    let text = searchable.text;
    for at in searchable.places(ID) {
        let near = text.ceil_char_boundary(at.saturating_sub(200))..text.floor_char_boundary(at + 300);
        let from = skip(text, at + ID.len(), 4, |b| matches!(b, b'"' | b'\'' | b':' | b'=' | b' '));
        if from > at + ID.len() && (text[near.clone()].contains("role_id") || text[near].contains("approle")) {
            let from = from - usize::from(text[..from].ends_with(['"', '\'']));
            hide(text, from, found);
        }
    }
}

/// Whether nothing but a prompt is in front of this place: `$ `, `kim@host:~$ `, `- run: `.
fn begins_command(text: &str, at: usize) -> bool {
    let lead = text[line_start(text, at)..at].trim_end();
    lead.is_empty()
        || lead.ends_with(['$', '#', '%', '>', '+', '`', '"', '\'', '|', ';', '&'])
        || lead.ends_with("run:")
}

/// Where the text goes on after these words and a blank, on the same line.
fn behind(text: &str, mut at: usize, words: &[&str]) -> Option<usize> {
    for word in words {
        let from = blanks(text, at);
        if from == at {
            return None;
        }
        at = match *word {
            "*" => skip(text, from, NEAR, |b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b':' | b'=')),
            "**" => skip(text, from, 4 * NEAR, |b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'')),
            word if word.ends_with('*') => {
                let begin = from + text[from..].strip_prefix(&word[..word.len() - 1]).map(|_| word.len() - 1)?;
                skip(text, begin, NEAR, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            }
            word => from + text[from..].strip_prefix(word).map(|_| word.len())?,
        };
        if at == from {
            return None;
        }
    }
    let from = blanks(text, at);
    // `Key Content   : …`.
    let mark = skip(text, from, 1, |b| matches!(b, b':' | b'='));
    let next = blanks(text, mark);
    (next > at && !text[next..].starts_with(['\n', '\r'])).then_some(next)
}

fn hide(text: &str, from: usize, found: &mut Vec<Hidden>) {
    let quoted = value::quoted(text, from);
    let range = quoted.map_or_else(|| value::word(text, from), |value| value.range);
    let shown = text.get(range.clone()).unwrap_or_default();
    // An option, an address or a port comes where the credential was left out.
    let is_base64 = shown.len() >= 16 && shown.contains(['+', '=']);
    if (!shown.starts_with(['/', '-']) || shown.starts_with('/') && is_base64) && shown.len() >= 5 {
        found.extend(value::sure(text, range));
    }
}

/// `WIFI:T:WPA;S:ward;P:…;;`, as the codes on cards have it. A backslash escapes the mark that ends the value.
fn of_cards(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const CARD: &str = "WIFI:";
    let text = searchable.text;
    for at in searchable.places(CARD) {
        let from = at + CARD.len();
        let rest = &text[from..text.floor_char_boundary(from + 300)];
        let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
        let Some(start) = [";P:", "P:"].iter().find_map(|mark| {
            let place = rest.find(mark)?;
            (place == 0 || mark.starts_with(';')).then_some(place + mark.len())
        }) else {
            continue;
        };
        let mut is_escaped = false;
        let len = rest[start..].find(|c: char| {
            let ends = c == ';' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let len = len.unwrap_or(rest.len() - start);
        if len >= 4 {
            found.push(Hidden { range: from + start..from + start + len, anywhere: len >= 8 });
        }
    }
}

/// `user kim on >… ~* +@all`: the rules of Redis for a user.
fn of_access_lists(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for mark in [" on >", " on #", " off >"] {
        for at in searchable.places(mark) {
            let range = value::word(text, at + mark.len());
            let line = &text[line_start(text, at)..at];
            if line.to_ascii_lowercase().contains("user ") || line.to_ascii_lowercase().contains("setuser") {
                found.extend(value::sure(text, range));
            }
        }
    }
}

/// What a script types into a form or at a prompt: `{Tab}…{Enter}`, `expect "Password:"` and `send "…\r"`.
fn of_keyboards(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    let text = searchable.text;
    for mark in ["{Tab}", "{TAB}"] {
        for at in searchable.places(mark) {
            let range = value::word(text, at + mark.len());
            if text[range.end..].starts_with("{E") {
                found.extend(value::sure(text, range));
            }
        }
    }
    for mark in ["send \"", "send -- \"", "sendline(\"", "sendline('"] {
        for at in searchable.places(mark) {
            let near = text.ceil_char_boundary(at.saturating_sub(80))..text.floor_char_boundary(at + 160);
            let is_asked = text[near].contains("assword");
            if let Some(string) = value::quoted(text, at + mark.len() - 1).filter(|_| is_asked) {
                let len = text[string.range.clone()].trim_end_matches("\\n").trim_end_matches("\\r").len();
                found.extend(value::sure(text, string.range.start..string.range.start + len));
            }
        }
    }
}

/// `[BasicAuth]` and `kim: …` below it, in a file of Hurl.
fn of_sections(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const SECTION: &str = "[BasicAuth]";
    let text = searchable.text;
    for at in searchable.places(SECTION) {
        let line = at + SECTION.len();
        let line = skip(text, line, 2, |b| matches!(b, b'\r' | b'\n'));
        let end = line_end(text, line);
        if let Some((name, _)) = text[line..end].split_once(": ") {
            hide(text, line + name.len() + 2, found);
        }
    }
}

/// `Recovery codes:` and the lines below it.
fn of_codes(searchable: &Searchable<'_>, found: &mut Vec<Hidden>) {
    const HEADING: usize = 512;
    let text = searchable.text;
    for mark in ["ecovery codes", "ackup codes"] {
        for at in searchable.places(mark) {
            // A heading is short.
            let near = &text[at..text.floor_char_boundary(at + HEADING)];
            let Some(mut line) = near.find('\n').map(|i| at + i + 1) else { continue };
            for _ in 0..20 {
                let rest = &text[line..text.floor_char_boundary(line + 120)];
                let shown = rest.split('\n').next().unwrap_or_default();
                let code = shown.trim_matches(|c: char| c.is_whitespace() || "-*•>".contains(c));
                let is_code = code.len() >= 6
                    && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b' '))
                    && code.bytes().any(|b| b.is_ascii_digit());
                if !is_code {
                    break;
                }
                let start = line + offset_in(shown, code);
                found.push(Hidden { range: start..start + code.len(), anywhere: true });
                line += (shown.len() + 1).min(text.len() - line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::searchable::masked;
    use super::*;

    #[test]
    fn a_credential_behind_fixed_words() {
        let secret = "rokamulitane";
        for text in [
            "snmp-server community rokamulitane RO\n",
            "tacacs-server host 192.0.2.9 key rokamulitane\n",
            "WIFI:T:WPA;S:Ward 7;P:rokamulitane;;",
            "user kim on >rokamulitane ~* +@all\n",
            "Send, kim{Tab}rokamulitane{Enter}\n",
        ] {
            assert_eq!(masked(text, all), [secret], "{text}");
        }
        for text in [
            "snmp-server community public RO\n",
            "net user kim /delete\n",
            "auth sha256 is what they use\n",
            "WIFI:T:nopass;S:guest;;",
            "the client requirepassage\n",
        ] {
            assert_eq!(masked(text, all), Vec::<&str>::new(), "{text}");
        }
    }
}

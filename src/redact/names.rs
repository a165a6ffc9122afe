//! Names whose value is a credential: of header fields, parameters, JSON members, settings.

use super::bytes::{has_length, lengths};
use super::detect::odd_runs;

/// How sure a name is that its value is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// A token, a session: people also write other words after it (`token: expired`).
    Token,
    /// A password, a key: whatever follows is one.
    Password,
}

/// Words that name a credential as the last word of a name that has others before it.
const LAST: [&str; 11] =
    ["key", "pass", "pin", "auth", "sid", "bearer", "sso", "saml", "refresh", "principal", "verifier"];

/// What a key is not secret of.
const OPEN_KEYS: [&str; 23] = [
    "public",
    "agent",
    "pool",
    "idempotency",
    "party",
    "cache",
    "partition",
    "primary",
    "foreign",
    "sort",
    "surrogate",
    "routing",
    "row",
    "map",
    "publishable",
    "dedup",
    "parameter",
    "output",
    "object",
    "attribute",
    "tag",
    "lookup",
    "project",
];

/// Last words of names that are about a credential and not one: `token_type`, `secret-name`.
const ABOUT: [&str; 97] = [
    "type",
    "expires",
    "expiry",
    "in",
    "id",
    "ids",
    "urid",
    "url",
    "uri",
    "endpoint",
    "alg",
    "algorithm",
    "method",
    "name",
    "names",
    "count",
    "length",
    "shape",
    "state",
    "status",
    "header",
    "field",
    "format",
    "issuer",
    "audience",
    "lifetime",
    "age",
    "size",
    "policy",
    "mode",
    "server",
    "service",
    "kind",
    "level",
    "exchange",
    "stdin",
    "file",
    "path",
    "prompt",
    "reset",
    "manager",
    "required",
    "protected",
    "missing",
    "invalid",
    "expired",
    "exception",
    "error",
    "errors",
    "fault",
    "failure",
    "failed",
    "handler",
    "provider",
    "validation",
    "validator",
    "parameters",
    "parser",
    "requests",
    "source",
    "store",
    "cache",
    "middleware",
    "filter",
    "factory",
    "options",
    "settings",
    "config",
    "generator",
    "helper",
    "client",
    "controller",
    "schema",
    "scheme",
    "strategy",
    "guard",
    "plugin",
    "insufficient",
    "found",
    "valid",
    "challenge",
    "info",
    "details",
    "message",
    "scope",
    "scopes",
    "signed",
    "based",
    "free",
    "only",
    "rotation",
    "authority",
    "encryption",
    "hashing",
    "timeout",
    "attempts",
    "complexity",
];

/// The words of a name, in lower case: `X-Client-Secret`, `clientSecret`, `client.secret`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            before = None;
            continue;
        }
        let begins = before.is_none_or(|b: char| b.is_ascii_lowercase() && c.is_ascii_uppercase());
        match words.last_mut() {
            Some(word) if !begins => word.push(c.to_ascii_lowercase()),
            _ => words.push(c.to_ascii_lowercase().to_string()),
        }
        before = Some(c);
    }
    words
}

/// Whether the value under this name is a credential.
pub(crate) fn telling(name: &str) -> Option<Telling> {
    if name.len() > 80 || !has_stem(name) {
        return None;
    }
    // `token1`, `client_secret_2`: one of several.
    let words = words(name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-')));
    let last = words.last()?.as_str();
    let is_session_id = last == "id" && words.len() > 1 && words[words.len() - 2] == "session"
        || matches!(last, "sessionid" | "jsessionid" | "phpsessid" | "sessid");
    if is_session_id {
        return Some(Telling::Token);
    }
    let is_code_of = |first: &str| {
        first.ends_with("device")
            || matches!(
                first,
                "auth"
                    | "authorization"
                    | "verification"
                    | "user"
                    | "access"
                    | "security"
                    | "pin"
                    | "sms"
                    | "mfa"
                    | "2fa"
                    | "login"
                    | "recovery"
                    | "backup"
            )
    };
    if last == "code" && words.len() > 1 && is_code_of(&words[words.len() - 2]) {
        return Some(Telling::Token);
    }
    let ends_with = |tail: &[&str]| words.len() >= tail.len() && words[words.len() - tail.len()..] == *tail;
    if ends_with(&["one", "time", "code"]) {
        return Some(Telling::Token);
    }
    if ["phrase", "word", "code"].iter().any(|part| ends_with(&["pass", part])) {
        return Some(Telling::Password);
    }
    if ends_with(&["secure", "string"]) || ends_with(&["clear", "text"]) || ends_with(&["clear", "text", "password"]) {
        return Some(Telling::Password);
    }
    // The name of a secret that a cluster has: `existingSecret`, `imagePullSecret`.
    if ABOUT.contains(&last) || ["existing", "pull"].iter().any(|first| ends_with(&[first, "secret"])) {
        return None;
    }
    let mut found = None;
    for (i, word) in words.iter().enumerate() {
        let told = match word.as_str() {
            "key" if words.iter().any(|w| OPEN_KEYS.contains(&w.as_str())) => None,
            "key" | "pass" | "pin" if i > 0 && i + 1 == words.len() => Some(Telling::Password),
            word if LAST.contains(&word) => (i > 0 && i + 1 == words.len()).then_some(Telling::Token),
            word => of_word(word),
        };
        found = found.max(told);
    }
    found
}

/// Whether a word is the name of a credential, and not a value in which one is by chance (`…zh/cPsw+2…`).
pub(crate) fn is_name(word: &str) -> bool {
    let has_digit = word.bytes().any(|b| b.is_ascii_digit());
    let is_random = word.contains(['/', '+', '=']) || has_digit && odd_runs(word).1 > 0;
    !is_random && telling(word).is_some()
}

/// The stems of all words that name a credential.
const STEMS: [&str; 34] = [
    "assert",
    "auth",
    "bearer",
    "clear",
    "code",
    "contras",
    "cookie",
    "cred",
    "haslo",
    "hmac",
    "jwt",
    "kennw",
    "key",
    "otp",
    "parola",
    "pass",
    "pat",
    "pin",
    "principal",
    "psw",
    "pwd",
    "refresh",
    "salas",
    "saml",
    "secret",
    "secure",
    "senha",
    "sess",
    "sid",
    "sig",
    "sso",
    "token",
    "verif",
    "wachtw",
];

/// For each letter the second letters of the stems that begin with it, a bit each.
const SECOND_LETTERS: [u32; 26] = {
    let (mut letters, mut at) = ([0; 26], 0);
    while at < STEMS.len() {
        let stem = STEMS[at].as_bytes();
        letters[(stem[0] - b'a') as usize] |= 1 << (stem[1] - b'a');
        at += 1;
    }
    letters
};

/// For each letter where the stems that begin with it are: those of a letter are neighbours.
const OF_LETTER: [(usize, usize); 26] = {
    let (mut places, mut at) = ([(0, 0); 26], 0);
    while at < STEMS.len() {
        let place = &mut places[(STEMS[at].as_bytes()[0] - b'a') as usize];
        if place.1 == 0 {
            place.0 = at;
        }
        at += 1;
        place.1 = at;
    }
    places
};

/// Whether a name contains a stem of one of the words. This rejects most words of a text at once.
fn has_stem(name: &str) -> bool {
    let bytes = name.as_bytes();
    // The number of a letter of either case; more than 25 for any other byte.
    let letter = |byte: u8| (byte | 0x20).wrapping_sub(b'a');
    bytes.windows(2).enumerate().any(|(at, pair)| {
        let (first, second) = (letter(pair[0]), letter(pair[1]));
        let may_begin = second < 26 && SECOND_LETTERS.get(usize::from(first)).is_some_and(|l| l & 1 << second != 0);
        let begins =
            |stem: &&str| bytes[at..].get(..stem.len()).is_some_and(|b| b.eq_ignore_ascii_case(stem.as_bytes()));
        may_begin && OF_LETTER.get(usize::from(first)).is_some_and(|(from, to)| STEMS[*from..*to].iter().any(begins))
    })
}

/// Words that end like the name of a password, as `remotepass`, and are none: English ones, and programs.
const OTHER_PASSES: [&str; 14] = [
    "bypass",
    "compass",
    "encompass",
    "overpass",
    "underpass",
    "surpass",
    "trespass",
    "keepass",
    "lastpass",
    "gopass",
    "multipass",
    "sshpass",
    "askpass",
    "allpass",
];

fn of_word(word: &str) -> Option<Telling> {
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if ends(&[
        "secret",
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "apikey",
        "securestring",
        "userpass",
        "psw",
        "storepass",
        "senha",
        "keypass",
        "sshpass",
        "passwort",
        "kennwort",
        "wachtwoord",
        "contrasena",
        "accountkey",
        "sharedkey",
        "encryptionkey",
        "masterkey",
        "hostkey",
        "accesskey",
        "subscriptionkey",
        "secretkey",
        "privatekey",
        "signingkey",
        "authkey",
        "authtok",
        "communitystring",
        "instrumentationkey",
        "integrationkey",
        "functionkey",
        "licensekey",
        "storagekey",
        "presharedkey",
    ]) || matches!(word, "otp" | "creds" | "appkey" | "haslo" | "salasana" | "parola")
        || word.ends_with("pass") && word.len() > "pass".len() + 1 && !OTHER_PASSES.contains(&word)
    {
        return Some(Telling::Password);
    }
    let is_token = ends(&["token", "assertion", "signature", "jwt", "credential", "credentials"])
        || matches!(word, "hmac" | "sig" | "cookie" | "authorization" | "authorisation")
        || matches!(word, "samlresponse" | "samlrequest" | "samlart" | "session" | "proxyauthorization");
    is_token.then_some(Telling::Token)
}

/// Whether a key of this kind is not secret: `party key`, `public key`.
pub(crate) fn is_open_key(kind: &str) -> bool {
    OPEN_KEYS.contains(&kind.to_ascii_lowercase().as_str())
}

/// Names that are credentials only where a mark makes them the name of a value: `auth=…`, `"pin": "…"`.
pub(crate) fn is_short(lower: &str) -> bool {
    SHORT.contains(&lower)
}

const SHORT: [&str; 13] = [
    "pass",
    "pin",
    "pat",
    "pw",
    "auth",
    "sig",
    "ticket",
    "code_verifier",
    "verifier",
    "otp",
    "psk",
    "github-oauth",
    "v_data",
];

const PLURAL: [&str; 5] = ["keys", "tokens", "passwords", "secrets", "passphrases"];

/// Words that are names with what is before or behind them.
const IN_PLACE: [&str; 7] = ["bearer", "passe", "key", "id", "code", "response", "mac"];

/// Whether a word may be one of these. This rejects nearly every word of a text at once.
pub(super) fn may_be_in_place(name: &str) -> bool {
    const LENGTHS: [u32; 256] = lengths([&SHORT, &PLURAL, &IN_PLACE]);
    has_length(&LENGTHS, name)
}

/// None of the words that are names in their place is longer.
pub(super) const LONGEST_SHORT: usize = 16;

/// A name in lower case; `None` if it is longer than each of those words. Nearly every word of a text is asked for.
pub(super) fn lower<'b>(name: &str, buffer: &'b mut [u8; LONGEST_SHORT]) -> Option<&'b str> {
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}

/// Names of several credentials: a value follows only where it looks like one.
pub(crate) fn is_plural(lower: &str) -> bool {
    PLURAL.contains(&lower)
}

/// Names in other writing.
const FOREIGN: &[&str] = &[
    "contraseña",
    "clave secreta",
    "lösenord",
    "hasło",
    "пароль",
    "токен",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
    "κωδικός",
    "सांकेतिक",
];

/// The length of a name in another language that this text begins with.
pub(crate) fn foreign(text: &str) -> Option<usize> {
    FOREIGN.iter().find_map(|name| {
        let start = text.get(..name.len())?;
        (start.to_lowercase() == **name).then_some(name.len())
    })
}

/// Names that are too common in other places to be credentials there, and are credentials in the query of a URL or in a
/// form.
pub(crate) fn is_secret_parameter(name: &str) -> bool {
    // `auth[token]`, `user%5Bpassword%5D`: the name in the brackets.
    let inner = name.trim_end_matches([']', '[']).rsplit(['[']).next().unwrap_or(name);
    let inner = inner.strip_suffix("%5D").or_else(|| inner.strip_suffix("%5d")).unwrap_or(inner);
    let inner = inner.rsplit("%5B").next().and_then(|i| i.rsplit("%5b").next()).unwrap_or(inner);
    let lower = inner.to_ascii_lowercase();
    telling(inner).is_some()
        || matches!(
            lower.as_str(),
            "key" | "pass" | "pin" | "sid" | "code" | "auth" | "bearer" | "refresh" | "ticket" | "pat"
        )
        || lower == "session_state"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials() {
        for name in [
            "password",
            "DB_PASS",
            "clientSecret",
            "client-secret",
            "X-Client-Secret",
            "x-functions-key",
            "nhs.api.key",
            "SECRET_KEY",
            "apikey",
            "subscriptionKey",
            "passcode",
        ] {
            assert_eq!(telling(name), Some(Telling::Password), "{name}");
        }
        for name in ["access_token", "accessToken", "X-Auth", "X-Session-Id", "JSESSIONID", "X-JWT-Assertion", "X-Hmac"]
        {
            assert_eq!(telling(name), Some(Telling::Token), "{name}");
        }
    }

    #[test]
    fn names_about_credentials_are_none() {
        for name in [
            "token_type",
            "token_endpoint",
            "expires_in",
            "Idempotency-Key",
            "party-key",
            "NHSD-Session-URID",
            "key",
            "pass",
            "grant_type",
            "X-Correlation-ID",
            "client_assertion_type",
            "token-exchange",
            "publicKey",
        ] {
            assert_eq!(telling(name), None, "{name}");
        }
    }

    #[test]
    fn parameters() {
        for name in ["key", "code", "auth[token]", "user%5Bpassword%5D", "access_token", "sid"] {
            assert!(is_secret_parameter(name), "{name}");
        }
        for name in ["_id", "identifier", "state", "client_id", "_count", "grant_type"] {
            assert!(!is_secret_parameter(name), "{name}");
        }
    }
}

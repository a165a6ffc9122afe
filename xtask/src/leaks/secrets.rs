//! Made-up credentials of every look, and the names that people give them.

use super::random::Random;

/// The look of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Token,
    Long,
    Base64,
    Hex,
    Uuid,
    Jwt,
    Letters,
    Mixed,
    Symbols,
    Digits,
    Words,
    Short,
}

impl Kind {
    pub(super) const ALL: [Self; 12] = [
        Self::Token,
        Self::Long,
        Self::Base64,
        Self::Hex,
        Self::Uuid,
        Self::Jwt,
        Self::Letters,
        Self::Mixed,
        Self::Symbols,
        Self::Digits,
        Self::Words,
        Self::Short,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Long => "long",
            Self::Base64 => "base64",
            Self::Hex => "hex",
            Self::Uuid => "uuid",
            Self::Jwt => "jwt",
            Self::Letters => "letters",
            Self::Mixed => "mixed",
            Self::Symbols => "symbols",
            Self::Digits => "digits",
            Self::Words => "words",
            Self::Short => "short",
        }
    }

    /// Whether the value has characters that end an unquoted value.
    pub(super) const fn needs_quotes(self) -> bool {
        matches!(self, Self::Symbols)
    }
}

const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijkmnopqrstuvwxyz";
const DIGIT: &[u8] = b"23456789";
const ALNUM: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const URL_SAFE: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_";
const STANDARD: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789+/";
const HEX: &[u8] = b"0123456789abcdef";
const VOWELS: &[u8] = b"aeiou";
const CONSONANTS: &[u8] = b"bdfgklmnprstvz";

fn of(alphabet: &[u8], len: usize, random: &mut Random) -> String {
    (0..len).map(|_| char::from(alphabet[random.below(alphabet.len())])).collect()
}

/// Syllables, as a word that does not exist.
fn word(syllables: usize, random: &mut Random) -> String {
    (0..syllables).map(|_| of(CONSONANTS, 1, random) + &of(VOWELS, 1, random)).collect()
}

/// A value of this look. The second text is what of it must not be shown: the beginning that all JWTs share says nothing.
pub(super) fn value(kind: Kind, random: &mut Random) -> (String, String) {
    let value = match kind {
        // Upper, lower and digit at the beginning, so that a value never looks like a word by chance.
        Kind::Token => of(LOWER, 1, random) + &of(DIGIT, 1, random) + &of(UPPER, 1, random) + &of(ALNUM, 25, random),
        Kind::Long => of(UPPER, 1, random) + &of(DIGIT, 1, random) + &of(URL_SAFE, 60, random) + &of(LOWER, 1, random),
        Kind::Base64 => {
            let piece = |random: &mut Random| of(ALNUM, 3, random);
            format!(
                "{}/{}+{}/{}=",
                of(STANDARD, 12, random),
                piece(random),
                of(STANDARD, 9, random),
                of(ALNUM, 14, random)
            )
        }
        Kind::Hex => of(HEX, 30, random) + &of(DIGIT, 1, random) + "b",
        Kind::Uuid => {
            let mut group = |len| of(HEX, len, random);
            format!("{}-{}-4{}-a{}-{}", group(8), group(4), group(3), group(3), group(12))
        }
        Kind::Jwt => {
            let telling = format!("{}.{}", of(ALNUM, 40, random), of(URL_SAFE, 43, random));
            return (format!("eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJ{telling}"), telling);
        }
        Kind::Letters => word(6, random),
        Kind::Mixed => {
            let mut value = word(3, random);
            value[..1].make_ascii_uppercase();
            value + &of(DIGIT, 1, random) + &word(3, random)
        }
        Kind::Symbols => {
            let marks = [";", "&", ",", "!", "#", "$"];
            let mark = |random: &mut Random| marks[random.below(marks.len())];
            of(UPPER, 1, random)
                + &of(ALNUM, 6, random)
                + mark(random)
                + &of(DIGIT, 1, random)
                + &of(ALNUM, 6, random)
                + mark(random)
                + &of(ALNUM, 7, random)
        }
        Kind::Digits => of(DIGIT, 8, random),
        Kind::Words => format!("{}-{}-{}", word(3, random), word(3, random), word(4, random)),
        Kind::Short => of(LOWER, 2, random) + &of(DIGIT, 2, random) + &of(UPPER, 2, random) + &of(ALNUM, 4, random),
    };
    (value.clone(), value)
}

/// A number from the range that is never given to a patient, with its check digit.
pub(super) fn nhs_number(random: &mut Random) -> String {
    loop {
        let nine = format!("999{:06}", random.below(1_000_000));
        let sum: usize = nine.bytes().zip((2..=10).rev()).map(|(d, weight)| usize::from(d - b'0') * weight).sum();
        match 11 - sum % 11 {
            11 => return nine + "0",
            10 => {}
            check => return format!("{nine}{check}"),
        }
    }
}

/// Names of credentials, as fields, parameters, settings and labels have them.
pub(super) const NAMES: &[&str] = &[
    "password",
    "Password",
    "passwd",
    "DB_PASSWORD",
    "spring.datasource.password",
    "userPassword",
    "passphrase",
    "passcode",
    "pwd",
    "Passwort",
    "Kennwort",
    "contraseña",
    "senha",
    "wachtwoord",
    "client_secret",
    "clientSecret",
    "CLIENT_SECRET",
    "client-secret",
    "Client Secret",
    "app_secret",
    "secret",
    "SECRET_KEY",
    "webhook_secret",
    "api_key",
    "apikey",
    "API key",
    "API Key",
    "X-API-Key",
    "x-functions-key",
    "Ocp-Apim-Subscription-Key",
    "subscription_key",
    "private_key",
    "signing_key",
    "encryptionKey",
    "AccountKey",
    "SharedAccessKey",
    "aws_secret_access_key",
    "access_token",
    "accessToken",
    "access token",
    "refresh_token",
    "refresh token",
    "id_token",
    "auth_token",
    "authToken",
    "_authToken",
    "bearer_token",
    "device_code",
    "client_assertion",
    "subject_token",
    "session_token",
    "sessionToken",
    "X-Auth-Token",
    "PRIVATE-TOKEN",
    "csrf_token",
    "token",
    "GITHUB_TOKEN",
    "NPM_TOKEN",
    "SECRET",
    "storepass",
    "credential",
];

/// Names that are credentials only where they are the name of a member or a parameter.
pub(super) const SHORT_NAMES: &[&str] =
    &["auth", "key", "pin", "PIN", "pass", "pw", "code_verifier", "otp", "sig", "ticket"];

/// Names of several words, which only sentences and labels have.
pub(super) const PHRASES: &[&str] = &[
    "mot de passe",
    "API Key (INT)",
    "API key for int",
    "client secret (sandbox)",
    "access token from this morning",
    "service account password",
    "signing secret",
    "subscription key",
    "shared secret",
    "refresh token",
    "personal access token",
    "PIN",
];

//! Hashes of passwords as systems store them: `$2y$05$…`, `{SSHA}…`. Who has one can try passwords against it.

use super::hidden::Hidden;
use super::searchable::Searchable;

/// The names of methods, between two dollar signs.
const METHODS: &[&str] = &[
    "1",
    "2",
    "2a",
    "2b",
    "2x",
    "2y",
    "5",
    "6",
    "7",
    "y",
    "gy",
    "md5",
    "sha1",
    "apr1",
    "argon2i",
    "argon2d",
    "argon2id",
    "scrypt",
    "pbkdf2",
    "pbkdf2-sha256",
    "pbkdf2-sha512",
    "P",
    "H",
    "S",
];

/// The names of methods in a directory.
const SCHEMES: &[&str] = &[
    "{SHA}",
    "{SSHA}",
    "{SHA256}",
    "{SSHA256}",
    "{SHA512}",
    "{SSHA512}",
    "{MD5}",
    "{SMD5}",
    "{CRYPT}",
    "{PBKDF2}",
    "{ARGON2}",
    "{BCRYPT}",
];

/// A shorter one holds no digest.
const SHORTEST: usize = 16;

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found: Vec<Hidden> = Vec::new();
    let is_of_hash = |b: &u8| b.is_ascii_alphanumeric() || b"./$=,+-_".contains(b);
    for at in searchable.places("$") {
        if found.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        // A setting in which a dollar sign means a variable has two of them.
        let marks = if text[at..].starts_with("$$") { 2 } else { 1 };
        let rest = &text[at + marks..];
        let name = rest.bytes().take(16).take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        if !METHODS.contains(&&rest[..name]) || !rest[name..].starts_with('$') {
            continue;
        }
        let len = text.as_bytes()[at..].iter().take(400).take_while(|b| is_of_hash(b)).count();
        let value = &text[at..at + len];
        if len >= SHORTEST && value.matches('$').count() >= 2 {
            found.push(Hidden { range: at..at + len, anywhere: true });
        }
    }
    for scheme in SCHEMES {
        for at in searchable.places(scheme) {
            let from = at + scheme.len();
            let len = text.as_bytes()[from..].iter().take(400).take_while(|b| is_of_hash(b)).count();
            if len >= SHORTEST {
                found.push(Hidden { range: at..from + len, anywhere: true });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_found_by_their_beginning() {
        for (text, hash) in [
            ("kim:$2y$05$N9qo8uLOickgx2ZMRZoMyeIj\n", "$2y$05$N9qo8uLOickgx2ZMRZoMyeIj"),
            ("users=kim:$$apr1$$H6uskkkW$$IgXLP6ewTrSuBkTrqE8wj/\"", "$$apr1$$H6uskkkW$$IgXLP6ewTrSuBkTrqE8wj/"),
            ("userPassword: {SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n", "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="),
        ] {
            let found = all(&Searchable::of(text));
            assert_eq!(found.first().map(|hidden| &text[hidden.range.clone()]), Some(hash));
        }
        for text in
            ["$1 and $2 are the arguments", "it costs $5$ or so", "echo \"$TOKEN$SUFFIX-and-more-text\"", "{SHA}"]
        {
            assert_eq!(all(&Searchable::of(text)), [], "{text}");
        }
    }
}

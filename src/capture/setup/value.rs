//! What is wrong with a single value that is meant to be a credential, as far as the value itself shows it.

use crate::facts::SetupFault;
use crate::redact::names::telling;
use crate::shape::{self, Shape};

/// The fault that a literal value shows. `name` is the name of its setting, field or parameter.
pub(crate) fn fault(name: &str, value: &str) -> Option<SetupFault> {
    let value = value.trim();
    if value.is_empty() || value.len() > 300 {
        return None;
    }
    let bare = without_scheme(value);
    if is_sample(bare) {
        return Some(SetupFault::SampleValue);
    }
    if shape::is_redacted(bare) && !bare.contains("**") {
        return None;
    }
    if is_path(bare) && !names_a_place(name) {
        return Some(SetupFault::PathForValue);
    }
    (is_name_of_setting(bare) || is_label(bare)).then_some(SetupFault::NameForValue)
}

/// Whether a value ends with a line end that is written out (`\n`), or is base64 of a text that ends with one.
pub(crate) fn keeps_line_end(value: &str) -> bool {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    if (value.ends_with("\\n") || value.ends_with("\\r") || value.ends_with('\n')) && value.len() > 6 {
        return true;
    }
    if value.len() < 12 || !value.len().is_multiple_of(4) || value.contains(['.', '-', '_', ' ']) {
        return false;
    }
    let Ok(bytes) = STANDARD.decode(value) else { return false };
    let Some((b'\n', text)) = bytes.split_last() else { return false };
    text.len() >= 6 && text.iter().all(|b| b.is_ascii_graphic())
}

/// Whether the names of settings say that the value is a place and not the credential itself.
pub(super) fn names_a_place(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    // The last word of `TOKEN_FILE` and of `tokenFile`.
    let from = name.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |i| i + 1);
    let hump = name
        .char_indices()
        .rev()
        .zip(name.chars().rev().skip(1))
        .find(|((_, c), before)| c.is_ascii_uppercase() && before.is_ascii_lowercase());
    let from = hump.map_or(from, |((at, _), _)| at.max(from));
    let last = &lower[from.min(lower.len())..];
    let ends = |ends: &[&str]| ends.iter().any(|end| last.ends_with(end));
    ends(&["file", "path", "dir", "directory", "location", "url", "uri", "mount", "cert", "keystore", "store"])
        || matches!(
            last,
            "env" | "var" | "variable" | "ref" | "from" | "source" | "name" | "field" | "header" | "prefix"
        )
        || ["pem", "privatekey", "private_key", "private-key", "ssl", "tls", "cert"].iter().any(|w| lower.contains(w))
}

/// The value after `Bearer` and similar words.
pub(super) fn without_scheme(value: &str) -> &str {
    match value.split_once(' ') {
        Some((scheme, rest)) if shape::is_scheme(scheme) => rest.trim(),
        _ => value,
    }
}

/// Words that samples of documentation have in the place of the value.
fn is_sample(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_words = value.len() <= 60 && value.bytes().all(|b| b.is_ascii_alphabetic() || b"-_ ".contains(&b));
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_of_credential = |w: &&str| {
        ["token", "key", "secret", "password", "pat", "jwt", "credential", "apikey", "bearer"]
            .iter()
            .any(|s| w.ends_with(s))
    };
    let begins =
        words.first().is_some_and(|w| w.starts_with("your") || matches!(*w, "insert" | "paste" | "put" | "my"));
    let begins = begins || words.len() > 2 && words[0] == "add";
    let ends = words.last().is_some_and(|w| *w == "here");
    is_words && (begins && words.iter().any(is_of_credential) || ends && words.len() >= 2 || lower == "changeme")
}

/// A path of a file in the place of the value.
fn is_path(value: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "/._-~\\: ".contains(c);
    let depth = value.matches(['/', '\\']).count();
    let drive = value.as_bytes().get(1) == Some(&b':') && value.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let begins = value.starts_with('/') && depth >= 2
        || ["./", "../", "~/", "file:", "/run/", "@/"].iter().any(|start| value.starts_with(start))
        || drive && value.contains('\\');
    let last = value.rsplit(['/', '\\']).next().unwrap_or_default();
    // A path is made of words. Base64 may begin with a slash and have more.
    let is_words = value.split(['/', '\\', '.', '-', '_']).all(|part| part.len() <= 20 && !shape::is_mixed(part));
    begins && value.chars().all(is_word) && !last.is_empty() && is_words && shape::of(value) != Shape::Jwt
}

/// The name of an environment variable (`SERVICE_API_KEY`), also with a part of it masked by the server.
fn is_name_of_setting(value: &str) -> bool {
    value.contains('_')
        && value.len() >= 8
        && value.starts_with(|c: char| c.is_ascii_uppercase())
        && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_*".contains(&b))
        && (telling(value).is_some() || value.contains("**") && value.ends_with("KEY"))
        && value
            .split('_')
            .all(|part| !part.is_empty() && part.len() <= 14 && !part.starts_with(|c: char| c.is_ascii_digit()))
}

/// A label such as people give to a key: words joined by marks, of which one says that it is a key.
fn is_label(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['-', '_']).collect();
    let is_of_key = |w: &&str| matches!(*w, "key" | "apikey" | "token" | "secret");
    parts.len() >= 3
        && value.len() <= 40
        && parts.iter().all(|w| (2..=14).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.iter().any(is_of_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_no_credentials() {
        use SetupFault::{NameForValue, PathForValue, SampleValue};
        for (value, expected) in [
            ("Bearer /run/secrets/mail_token", Some(PathForValue)),
            ("./secrets/token.txt", Some(PathForValue)),
            ("C:\\keys\\token.txt", Some(PathForValue)),
            ("MAIL_API_KEY", Some(NameForValue)),
            ("MAIL_A**_KEY", Some(NameForValue)),
            ("api-key-backup", Some(NameForValue)),
            ("YOUR_API_KEY", Some(SampleValue)),
            ("ACCESS_TOKEN_HERE", Some(SampleValue)),
            ("my-secret-token", Some(SampleValue)),
            ("n4XqQ9xLr6TbVd2KcYp7MzSj1FgE", None),
            ("/9j4AAQSkZ/JRgABAQ/AAAQABAAD", None),
            ("AKIA_NOT_A_NAME", None),
            ("xoxb-17653672481-19874698323", None),
            ("correct-horse-battery", None),
            ("***", None),
        ] {
            assert_eq!(fault("token", value), expected, "{value}");
        }
        assert_eq!(fault("TOKEN_FILE", "/run/secrets/mail_token"), None);
    }

    #[test]
    fn line_ends_at_the_end_of_a_value() {
        for value in ["n4XqQ9xLr6Tb\\n", "c2VjcmV0LWtleS0xMgo="] {
            assert!(keeps_line_end(value), "{value}");
        }
        for value in ["n4XqQ9xLr6Tb", "c2VjcmV0LWtleS0xMg==", "\\n"] {
            assert!(!keeps_line_end(value), "{value}");
        }
    }
}

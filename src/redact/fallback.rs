//! The value that code falls back on: `getenv("TOKEN") ?? "…"`, `os.environ.get(…) or '…'`, `.unwrap_or("…")`.

use super::between::blanks;
use super::value::{self, ValueAt};

/// What stands between an expression and the string that is used in its place.
const JOINTS: &[&str] = &[
    "||",
    "??",
    "?:",
    " or ",
    " OR ",
    "unwrap_or(",
    "unwrap_or_else(||",
    "orElse(",
    "or_else(||",
    "getOrElse(",
    "or_default(",
    "default(",
    // The two sides of a condition.
    " ? ",
    " : ",
];

/// The bytes that they begin with: most places of a statement are out at once.
const BEGINS: [bool; 256] = {
    let (mut begins, mut at) = ([false; 256], 0);
    while at < JOINTS.len() {
        begins[JOINTS[at].as_bytes()[0] as usize] = true;
        at += 1;
    }
    begins
};

/// A statement is not followed further than this.
const LONGEST: usize = 240;

/// The string at the end of an expression that begins here, after the name of a credential and a mark.
pub(super) fn of(text: &str, from: usize) -> Option<ValueAt> {
    let end = text.floor_char_boundary(from + LONGEST);
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        match bytes[at] {
            b'\n' | b'\r' | b';' => return None,
            b'"' | b'\'' => {
                at = value::quoted(text, at).map_or(at, |string| string.range.end) + 1;
                continue;
            }
            byte if !BEGINS[usize::from(byte)] => {
                at += 1;
                continue;
            }
            _ => {}
        }
        let rest = &bytes[at..];
        if let Some(joint) = JOINTS.iter().find(|joint| rest.starts_with(joint.as_bytes())) {
            let next = blanks(text, at + joint.len());
            if let Some(string) = value::quoted(text, next) {
                return Some(string);
            }
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_that_is_fallen_back_on() {
        for code in [
            " process.env.PW || 'fallbackpw77'",
            " getenv('PW') ?: 'fallbackpw77';",
            " std::env::var(\"TOKEN\").unwrap_or(\"fallbackpw77\".to_string());",
            " Environment.GetEnvironmentVariable(\"PW\") ?? \"fallbackpw77\";",
            " isProduction ? readIt() : 'fallbackpw77'",
        ] {
            assert_eq!(of(code, 0).map(|value| &code[value.range]), Some("fallbackpw77"), "{code}");
        }
        for code in [" readIt(\"name\")", " a || b;\n x = c || 'other'", " one or none"] {
            assert_eq!(of(code, 0), None, "{code}");
        }
    }
}

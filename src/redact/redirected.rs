//! Credentials that a command writes into a file whose name says what it is: `echo … > token.txt`, `printf %s … | tee .netrc`.

use super::hidden::{Hidden, line_end};
use super::names;
use super::options;
use super::searchable::Searchable;
use super::value;

/// Commands that print their arguments.
const PRINTS: [&str; 4] = ["echo ", "printf ", "Write-Output ", "print "];

/// Marks in front of the file.
const INTO: [&str; 6] = [">>", ">", "| tee -a ", "| tee ", "| Out-File ", "| Set-Content "];

/// Parts of names of files that hold credentials.
const FILES: [&str; 9] = ["token", "secret", "passw", "pwd", "cred", "apikey", "api_key", "api-key", "jwt"];

pub(super) fn all(searchable: &Searchable<'_>) -> Vec<Hidden> {
    let text = searchable.text;
    let mut found = Vec::new();
    for print in PRINTS {
        for at in searchable.places(print) {
            let end = line_end(text, at);
            let start = at + print.len();
            let Some((mark, into)) = first_of(&text[start..end]) else { continue };
            let file = value::word(text, start + mark + into.len() + leading_blanks(text, start + mark + into.len()));
            if !is_of_credential(&text[file]) {
                continue;
            }
            // The last word in front of the mark.
            if let Some(last) = options::arguments(&text[..start + mark], start, false).last() {
                found.extend(value::sure(text, last.clone()));
            }
        }
    }
    found
}

/// The first mark outside quotes that a file follows, and where it is.
fn first_of(command: &str) -> Option<(usize, &'static str)> {
    let mut quote = None;
    for (at, c) in command.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '>' | '|') if !command[at..].starts_with(">&") => {
                let into = INTO.iter().find(|into| command[at..].starts_with(**into));
                return into.map(|into| (at, *into));
            }
            _ => {}
        }
    }
    None
}

fn leading_blanks(text: &str, from: usize) -> usize {
    text.as_bytes()[from..].iter().take(8).take_while(|b| matches!(b, b' ' | b'"' | b'\'')).count()
}

fn is_of_credential(file: &str) -> bool {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_ascii_lowercase();
    FILES.iter().any(|part| name.contains(part))
        || matches!(name.as_str(), ".netrc" | ".pgpass" | ".htpasswd" | "authorized_keys")
        || name.ends_with(".key")
        || names::telling(name.split('.').find(|part| !part.is_empty()).unwrap_or_default()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_into_such_a_file_is_one() {
        for command in [
            "echo zupanolimareta > token.txt",
            "echo -n \"zupanolimareta\" >> ~/.secrets/api_key",
            "printf '%s' 'zupanolimareta' | tee client-secret",
            "echo zupanolimareta >/run/secrets/password",
        ] {
            let found = all(&Searchable::of(command));
            assert_eq!(found.first().map(|hidden| &command[hidden.range.clone()]), Some("zupanolimareta"), "{command}");
        }
        for command in ["echo zupanolimareta > out.txt", "echo \"a > token.txt\"", "echo $TOKEN > token.txt", "echo x"]
        {
            assert_eq!(all(&Searchable::of(command)), [], "{command}");
        }
    }
}

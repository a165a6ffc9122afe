//! Reads files and standard input, and rejects what cannot be used.

use std::io::{ErrorKind, Read};
use std::path::Path;

use clap::CommandFactory as _;

use super::args::Cli;
use super::problem::{Problem, echoed};
use crate::keys::PublicKeys;
use crate::pack::model::Pack;
use crate::product_set::{InteractionMap, MapError};
use crate::report::style::{STDIN, file_name};

/// An input that was read.
pub(super) struct Input {
    /// Its name in reports.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// What a file is expected to hold.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The text that is expected.
    text: &'static str,
    /// "a file with …".
    file: &'static str,
    /// What to do if there is nothing in it.
    send: &'static str,
    /// Whether the name of a command may have been given by mistake.
    is_argument: bool,
    /// Whether a spreadsheet will do.
    may_be_sheet: bool,
}

impl Wanted {
    /// What to do about a file that is not text.
    const fn instead_of_binary(&self) -> &'static str {
        if self.may_be_sheet {
            "copy the table or the list out of it into a text file, or save it as xlsx, ods or CSV"
        } else {
            "copy the text out of it; if it is a screenshot, type out the text"
        }
    }
}

/// The captured request.
pub(super) const PASTE: Wanted = Wanted {
    text: "the text of a request and its response (a ticket, raw HTTP, curl, HAR, Postman)",
    file: "file with a captured request",
    send: "paste the request with all its header fields, and its response",
    is_argument: true,
    may_be_sheet: false,
};

/// The words of a refusal.
pub(super) const MESSAGE: Wanted = Wanted {
    text: "the message of a refusal",
    file: "file with a message",
    send: "give the message in quotation marks: why401 words 'the token has expired'",
    is_argument: false,
    may_be_sheet: false,
};

/// The product set.
pub(super) const PRODUCT_SET: Wanted = Wanted {
    text: "a product set (a list or table of endpoint or interaction ids, SDS FHIR JSON, LDIF)",
    file: "file with a product set",
    send: "run without --product-set to see how to get one",
    is_argument: false,
    may_be_sheet: true,
};

/// The user's table of interactions.
pub(super) const INTERACTION_MAP: Wanted = Wanted {
    text: "a CSV file whose first line names the columns endpoint_id and interaction_id",
    file: "CSV file",
    send: "fill in a row for each endpoint whose interaction id you know: A042,urn:nhs:names:services:ers:…",
    is_argument: false,
    may_be_sheet: false,
};

/// Reads a file, or the standard input for `-`.
pub(super) fn read(path: &Path, stdin: &mut dyn Read, wanted: &Wanted) -> Result<Input, Problem> {
    let (name, bytes) = if path.as_os_str() == "-" {
        (STDIN.to_owned(), read_stream(stdin, wanted)?)
    } else {
        (file_name(&path.to_string_lossy()), read_file(path, wanted)?)
    };
    check(&name, &bytes, wanted)?;
    Ok(Input { name, bytes })
}

/// Public keys.
const KEYS: Wanted = Wanted {
    text: "the public key that is registered for the application: a JWKS, a JWK or a PEM file",
    file: "file with public keys",
    send: "export the public key (never the private one), or save the registered JWKS",
    is_argument: false,
    may_be_sheet: false,
};

/// Reads a file with public keys.
pub(super) fn keys(path: &Path, stdin: &mut dyn Read) -> Result<PublicKeys, Problem> {
    let input = read(path, stdin, &KEYS)?;
    let name = echoed(&input.name);
    PublicKeys::parse(&crate::text::decode(&input.bytes).text)
        .map_err(|error| Problem::new(name, error.to_string()).expected(KEYS.text).todo(KEYS.send))
}

/// Reads the user's table of interactions.
pub(super) fn interaction_map(path: &Path, stdin: &mut dyn Read, pack: &Pack) -> Result<InteractionMap, Problem> {
    let input = read(path, stdin, &INTERACTION_MAP)?;
    let name = echoed(&input.name);
    InteractionMap::read(&input.bytes, pack).map_err(|error| {
        let found = match error {
            MapError::NoColumns => "the first line does not name the columns",
            MapError::NoRows => "no row has both an endpoint and an interaction id",
        };
        Problem::new(name, found).expected(INTERACTION_MAP.text).todo(INTERACTION_MAP.send)
    })
}

fn read_stream(stdin: &mut dyn Read, wanted: &Wanted) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    match stdin.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(e) => Err(Problem::new(STDIN, format!("cannot be read: {e}")).expected(wanted.text)),
    }
}

fn read_file(path: &Path, wanted: &Wanted) -> Result<Vec<u8>, Problem> {
    let name = path.to_string_lossy();
    if is_paste(&name) {
        return Err(Problem::new("arguments", "the text of a request, where a file name was expected")
            .expected("a file with the text in it")
            .todo("save it to a file, or run `why401 -` and paste it"));
    }
    // An error must not repeat a credential, not even one that was passed as a file name.
    let name = file_name(&echoed(&name));
    // A directory opens without an error on some systems and fails only when read: ask first.
    if path.is_dir() {
        return Err(Problem::new(name, "a directory")
            .expected(format!("a {}", wanted.file))
            .todo("name the file in it, or several of them"));
    }
    std::fs::read(path).map_err(|e| match e.kind() {
        ErrorKind::NotFound => not_found(name, wanted),
        ErrorKind::PermissionDenied => Problem::new(name, "permission denied")
            .expected(format!("a readable {}", wanted.file))
            .todo("change its permissions, or pipe its text into why401"),
        _ => Problem::new(name, format!("cannot be read: {e}")).expected(format!("a readable {}", wanted.file)),
    })
}

/// Whether an argument is the text of a request instead of a file name.
fn is_paste(name: &str) -> bool {
    const LONGEST_NAME: usize = 1_000;
    let field = || name.split_once(':').is_some_and(|(n, _)| n.eq_ignore_ascii_case("authorization"));
    name.len() > LONGEST_NAME || name.contains(['\n', '\r']) || name.contains("://") || field()
}

/// The command that was probably meant by a word that was read as a file name.
fn meant(name: &str) -> Option<String> {
    let cli = Cli::command();
    let commands: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
    crate::nearest::nearest(name, commands).map(str::to_owned)
}

fn not_found(name: String, wanted: &Wanted) -> Problem {
    if !wanted.is_argument {
        return Problem::new(name, "no such file")
            .expected(format!("a {}", wanted.file))
            .todo("check the name and the directory");
    }
    let todo = meant(&name).map_or_else(
        || "check the name and the directory, or paste the text into `why401 -`".to_owned(),
        |command| format!("did you mean the command `why401 {command}`?"),
    );
    Problem::new(name, "no such file").expected(format!("a {}", wanted.file)).todo(todo)
}

fn check(name: &str, bytes: &[u8], wanted: &Wanted) -> Result<(), Problem> {
    if bytes.is_empty() {
        return Err(Problem::new(name, "empty").expected(wanted.text).todo(wanted.send));
    }
    if wanted.may_be_sheet && crate::product_set::is_spreadsheet(bytes) {
        return Ok(());
    }
    if let Some(kind) = binary(bytes) {
        return Err(Problem::new(name, kind).expected(wanted.text).todo(wanted.instead_of_binary()));
    }
    if crate::text::decode(&bytes[..bytes.len().min(BLANK)]).text.trim().is_empty() && bytes.len() <= BLANK {
        return Err(Problem::new(name, "only white space").expected(wanted.text).todo(wanted.send));
    }
    Ok(())
}

/// Larger files are not checked for being only white space; the diagnosis says what it found in them.
const BLANK: usize = 1 << 20;

/// The beginnings of files that people attach to tickets.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xFF\xD8\xFF", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"%PDF-", "a PDF"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"\xD0\xCF\x11\xE0", "an old Office document or an Outlook message"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x0A\x0D\x0D\x0A", "a packet capture (pcapng)"),
    (b"\xD4\xC3\xB2\xA1", "a packet capture (pcap)"),
];

/// What a file that is not text seems to be.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    let head = &bytes[..bytes.len().min(8 << 10)];
    if crate::text::decode(&head[..head.len() & !1]).encoding != "UTF-8" {
        return None;
    }
    // One stray NUL in a token is a finding, not a reason to refuse the paste.
    let zeros = head.iter().filter(|b| **b == 0).count();
    (zeros >= 4 && zeros * 20 > head.len()).then_some("not text (it contains many NUL bytes)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binary_file_is_named() {
        assert_eq!(binary(b"\x89PNG\r\n\x1a\nxx"), Some("an image (PNG)"));
        assert_eq!(binary(b"PK\x03\x04xx"), Some("a ZIP archive or an Office document"));
        assert_eq!(binary(b"ab\0\0\0\0\0\0cd"), Some("not text (it contains many NUL bytes)"));
    }

    #[test]
    fn text_is_not_binary() {
        assert_eq!(binary(b"G\0E\0T\0 \0/\0"), None, "UTF-16 without a mark");
        assert_eq!(binary(b"\xFF\xFEG\0E\0T\0"), None);
        assert_eq!(binary(b"Authorization: Bearer ab\0cd"), None, "a NUL in a token is for the diagnosis");
        assert_eq!(binary(b"caf\xE9"), None, "Latin-1");
    }
}

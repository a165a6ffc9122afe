//! Reads files and standard input, and rejects what cannot be used.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;

use super::args::Cli;
use super::own_words::OwnWords;
use super::problem::{Problem, echoed};
use super::unpack::{self, MOST_BYTES, MOST_LINES, Unpacked};
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

/// Words to mask.
pub(super) const WORDS: Wanted = Wanted {
    text: "words to mask, one a line",
    file: "file with words",
    send: "write a name, a project or an organisation on each line",
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

/// The settings of a project.
pub(super) const SETTINGS: Wanted = Wanted {
    text: "the settings of a project (why401.toml)",
    file: "file with settings",
    send: "write `files = [\"captures\"]` into it; `docs/pipelines.md` describes all keys",
    is_argument: false,
    may_be_sheet: false,
};

/// The user's table of interactions.
pub(super) const INTERACTION_MAP: Wanted = Wanted {
    text: "a CSV file whose first line names the columns endpoint_id and interaction_id",
    file: "CSV file",
    send: "fill in a row for each endpoint whose interaction id you know: A042,urn:nhs:names:services:ers:…",
    is_argument: false,
    may_be_sheet: false,
};

/// The files to read: those that are named, or standard input.
pub(super) fn named_or_stdin(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() }
}

/// Reads a file, or the standard input for `-`.
pub(super) fn read(path: &Path, stdin: &mut dyn Read, wanted: &Wanted) -> Result<Input, Problem> {
    let (name, bytes) = if path.as_os_str() == "-" {
        (STDIN.to_owned(), read_stream(stdin, wanted)?)
    } else {
        (named(path), read_file(path, wanted)?)
    };
    let bytes = opened(&name, bytes, wanted)?;
    check(&name, &bytes, wanted)?;
    Ok(Input { name, bytes })
}

/// The text of a compressed file; other bytes as they are.
fn opened(name: &str, bytes: Vec<u8>, wanted: &Wanted) -> Result<Vec<u8>, Problem> {
    if wanted.may_be_sheet && crate::product_set::is_spreadsheet(&bytes) {
        return Ok(bytes);
    }
    let problem = |found: String| Problem::new(name, found).expected(wanted.text);
    match unpack::unpack(&bytes, MOST_BYTES) {
        Unpacked::AsItIs => Ok(bytes),
        Unpacked::Text(text) => Ok(text),
        Unpacked::TooLarge => Err(too_large(name, wanted)),
        Unpacked::Several(files) => {
            let found = format!("a ZIP archive with {files} files, or an Office document");
            Err(problem(found).todo("unpack it, and name the file with the request"))
        }
        Unpacked::Damaged => {
            Err(problem("a compressed file that cannot be unpacked".to_owned()).todo(wanted.instead_of_binary()))
        }
    }
}

fn too_large(name: &str, wanted: &Wanted) -> Problem {
    Problem::new(name, format!("more than {} MB", MOST_BYTES >> 20))
        .expected(wanted.text)
        .todo("cut out the minutes around the request, or split the file")
}

/// The words that the user wants masked.
pub(super) fn own_words(options: &OwnWords, stdin: &mut dyn Read) -> Result<Vec<String>, Problem> {
    let mut words = options.mask.clone();
    for path in &options.mask_list {
        let text = crate::text::decode(&read(path, stdin, &WORDS)?.bytes).text;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        words.extend(lines.map(ToOwned::to_owned));
    }
    Ok(words)
}

/// The name of a file in reports. It may hold an NHS number or a token as well as any text.
fn named(path: &Path) -> String {
    crate::redact::Redactor::new("", &[]).clean(&file_name(&path.to_string_lossy()))
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
    match stdin.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > MOST_BYTES => Err(too_large(STDIN, wanted)),
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
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|e| match e.kind() {
        ErrorKind::NotFound => not_found(name.clone(), wanted),
        ErrorKind::PermissionDenied => Problem::new(name.clone(), "permission denied")
            .expected(format!("a readable {}", wanted.file))
            .todo("change its permissions, or pipe its text into why401"),
        _ => Problem::new(name.clone(), format!("cannot be read: {e}")).expected(format!("a readable {}", wanted.file)),
    })?;
    if bytes.len() > MOST_BYTES { Err(too_large(&name, wanted)) } else { Ok(bytes) }
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
    if unpack::has_more_lines(bytes, MOST_LINES) {
        return Err(Problem::new(name, format!("more than {MOST_LINES} lines"))
            .expected(wanted.text)
            .todo("cut out the minutes around the request, or split the file"));
    }
    if let Some(kind) = unpack::binary(bytes) {
        return Err(Problem::new(name, kind).expected(wanted.text).todo(wanted.instead_of_binary()));
    }
    if crate::text::decode(&bytes[..bytes.len().min(BLANK)]).text.trim().is_empty() && bytes.len() <= BLANK {
        return Err(Problem::new(name, "only white space").expected(wanted.text).todo(wanted.send));
    }
    Ok(())
}

/// Larger files are not checked for being only white space; the diagnosis says what it found in them.
const BLANK: usize = 1 << 20;

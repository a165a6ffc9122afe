//! Error messages repeat nothing that must not be shown: people paste tokens where a name is expected, and give folders
//! and files of other programs.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use why401::cli::{self, Streams};

/// What the program prints, on both streams.
fn printed(arguments: &[&str]) -> String {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let mut stdin = std::io::empty();
    let mut streams = Streams { stdin_is_terminal: true, ..Streams::alone(&mut stdin, &mut out, &mut errors) };
    cli::run(["why401"].iter().chain(arguments).map(OsString::from), &mut streams);
    String::from_utf8([out, errors].concat()).expect("UTF-8")
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("why401-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("pack")).expect("a folder");
        Self(path)
    }

    /// Writes a rule file of the pack, and returns what `--rules` says of the folder.
    fn rules(&self, file: &str, text: &str) -> String {
        let path = self.0.join("pack").join(file);
        fs::write(&path, text).expect("a file");
        let said = printed(&["--rules", &self.0.to_string_lossy(), "rules", "list"]);
        fs::remove_file(path).expect("the file");
        said
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a piece of six characters of must not be in a message.
const SECRETS: &[&str] = &[
    "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ",
    "kq7rmzt2lw9xbvn4",
    "9990123438",
    "999 012 3438",
    "999-012-3438",
    "eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJhYmNkZWYifQ.c2lnbmF0dXJlMTIzNA",
];

/// Arguments with a secret at `@`.
const CALLS: &[&[&str]] = &[
    &["@"],
    &["@.txt"],
    &["/tmp/@/ticket.txt"],
    &["--@"],
    &["--@=x"],
    &["--status=@"],
    &["--status", "@"],
    &["--asid", "@"],
    &["--now", "@"],
    &["--from", "@"],
    &["--format", "@"],
    &["--fail-on=@"],
    &["--color", "@"],
    &["--width", "@"],
    &["--rules", "@", "rules", "list"],
    &["--jwks", "@", "examples/ticket.txt"],
    &["--product-set", "@", "examples/ticket.txt"],
    &["--interaction-map", "@", "--product-set", "examples/ticket.txt", "examples/ticket.txt"],
    &["--output", "@", "examples/ticket.txt"],
    &["--output", "/nowhere/@.html", "examples/ticket.txt"],
    &["explain", "@"],
    &["explain", "-@"],
    &["help", "@"],
    &["packs", "@"],
    &["facts", "@"],
    &["compare", "@", "@"],
    &["redact", "@"],
    &["redact", "--also", "@"],
    &["ticket", "--markup", "@", "examples/ticket.txt"],
    &["reply", "@"],
    &["rules", "@"],
    &["rules", "@", "x"],
    &["rules", "new", "@"],
    &["rules", "new", "patient-@"],
    &["rules", "new", "@-expired"],
    &["rules", "test", "@"],
    &["rules", "list", "@"],
    &["product-set", "@"],
    &["product-set", "--diff", "@", "@"],
    &["product-set", "--asid", "@", "examples/ticket.txt"],
    &["@", "--full", "--quiet"],
    &["--full", "@", "explain", "x"],
];

#[test]
fn no_error_repeats_a_credential_or_an_nhs_number() {
    let mut found = Vec::new();
    // A terminal's codes may stand in the middle of what was copied; the parser leaves them out where it repeats a value.
    let coloured = |secret: &str| {
        let (head, tail) = secret.split_at(secret.len() / 2);
        format!("{head}\u{1b}[1m{tail}")
    };
    for (secret, argument) in
        SECRETS.iter().flat_map(|s| [(s, (*s).to_owned()), (s, coloured(s)), (s, format!("echo {}", coloured(s)))])
    {
        for call in CALLS {
            let arguments: Vec<String> = call.iter().map(|a| a.replace('@', &argument)).collect();
            let said = printed(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            let mut pieces = secret.as_bytes().windows(6).map(|w| std::str::from_utf8(w).expect("ASCII"));
            if let Some(piece) = pieces.find(|piece| said.contains(piece)) {
                found.push(format!("{arguments:?}: {piece} in {said}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_error_repeats_a_character_that_a_terminal_obeys() {
    for secret in
        ["\u{1b}[31mred", "a\u{1b}]0;title\u{7}b", "b\u{202e}txt.exe", "zero\u{200b}width", "a\u{9b}2Jb", "x\rY"]
    {
        for call in CALLS {
            let arguments: Vec<String> = call.iter().map(|a| a.replace('@', secret)).collect();
            let said = printed(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
            let hidden = said.chars().find(|c| c.is_control() && *c != '\n' || "\u{202e}\u{200b}".contains(*c));
            assert_eq!(hidden, None, "{arguments:?}: {said:?}");
        }
    }
}

#[test]
fn a_file_of_another_program_is_not_repeated() {
    let folder = Folder::new("foreign");
    let said = folder.rules("settings.toml", "[database]\nuser = \"portal\"\nplace = \"Leeds General\"\n");
    assert!(said.contains("settings.toml:1:1: this is not a rule file"), "{said}");
    for word in ["portal", "Leeds", "database"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    let said = folder.rules("notes.toml", "Dear Kim,\nthe code of the door is 4711\n");
    assert!(!said.contains("4711"), "{said}");
}

#[test]
fn a_line_of_a_rule_file_is_masked() {
    let folder = Folder::new("masked");
    let secret = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ";
    let text = format!("titel = \"A\"\nabout = 5\nclient_secret = \"{secret}\"\nfix = [\"{secret}\"]\n");
    let said = folder.rules("own.toml", &text);
    assert!(said.contains("Did you mean `title`?"), "{said}");
    for piece in secret.as_bytes().windows(6).map(|w| std::str::from_utf8(w).expect("ASCII")) {
        assert!(!said.contains(piece), "{piece} in {said}");
    }
    let said = folder.rules(&format!("{secret}.toml"), "titel = \"A\"\n");
    assert!(!said.contains("8hWq2L"), "{said}");
}

#[test]
fn a_rule_file_has_no_character_that_a_terminal_obeys() {
    let folder = Folder::new("hidden");
    let said = folder.rules("own.toml", "title = \"red \\u001b[31m\"\nabout = \"left \u{202e}\"\n");
    assert!(said.contains("`title` has a character that cannot be seen (U+001B)"), "{said}");
    assert!(said.contains("U+202E") && !said.contains('\u{202e}') && !said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn mistakes_stop_after_the_first_hundred() {
    let folder = Folder::new("many");
    let many = |tables: usize| {
        let text: String = (0..tables).map(|i| format!("[[sign]]\neffekt = \"shows\"\nnumber = {i}\n")).collect();
        let mut said = String::new();
        let used = allocation_counter::measure(|| said = folder.rules("own.toml", &text));
        (said, used.bytes_max)
    };
    let (said, small) = many(500);
    assert_eq!(said.lines().filter(|line| line.contains("own.toml:")).count(), 100, "{said}");
    assert!(said.contains("Only the first 100 mistakes are listed."), "{said}");
    let (_, large) = many(2_000);
    assert!(large < small * 5, "{small} bytes for 500 tables, {large} for 2000");
}

#[test]
fn a_key_file_is_not_repeated() {
    let folder = Folder::new("keys");
    let path = folder.0.join("keys.json");
    let call = |text: &str| {
        fs::write(&path, text).expect("a file");
        printed(&["--jwks", &path.to_string_lossy(), "examples/ticket.txt"])
    };
    let said =
        call("{\"keys\":[{\"kty\":\"4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\"},{\"kty\":\"\\u001b[31m\"},{\"kty\":\"EC\"}]}");
    assert!(said.contains("found: EC, another kind"), "{said}");
    let many = vec!["{\"kty\":\"EC\"}"; 1_001].join(",");
    assert!(call(&format!("{{\"keys\":[{many}]}}")).contains("this lists 1001 keys; at most 1000 are read"));
}

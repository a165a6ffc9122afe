//! Whole runs of the program, with streams of our own.

use std::io::{self, Cursor, Write};
use std::path::PathBuf;

use insta::assert_snapshot;

use super::*;

struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

fn run_on(args: &[&str], stdin: &[u8], terminal: bool) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut stdin = Cursor::new(stdin.to_vec());
    let mut streams = Streams { stdin_is_terminal: terminal, ..Streams::alone(&mut stdin, &mut out, &mut err) };
    let exit = run(std::iter::once("why401").chain(args.iter().copied()).map(OsString::from), &mut streams);
    Ran { exit, out: String::from_utf8(out).expect("UTF-8"), err: String::from_utf8(err).expect("UTF-8") }
}

/// Runs it where nothing may be reported; gives what went wrong.
#[track_caller]
fn refused(args: &[&str], stdin: &[u8]) -> String {
    let ran = run_on(args, stdin, false);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Unusable, ""), "{}", ran.err);
    assert!(ran.err.ends_with('\n'));
    ran.err
}

/// A file of this name in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("why401-cli-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a temporary folder");
    let path = dir.join(name);
    std::fs::write(&path, bytes).expect("a temporary file");
    path
}

/// The error for a file with these bytes, without the folder's name.
#[track_caller]
fn refused_file(name: &str, bytes: &[u8]) -> String {
    let path = file(name, bytes);
    let shown = path.to_str().expect("UTF-8");
    let error = refused(&[shown], b"").replace(shown, name);
    std::fs::remove_dir_all(path.parent().expect("a folder")).expect("it was there");
    error
}

#[test]
fn errors_of_the_input() {
    assert_snapshot!("no_such_file", refused(&["no-such-file.txt"], b""));
    assert_snapshot!("a_slip_in_a_command", refused(&["explian", "x"], b""));
    assert_snapshot!("a_directory", refused(&["."], b""));
    assert_snapshot!("an_empty_file", refused_file("empty.txt", b""));
    assert_snapshot!("only_white_space", refused_file("blank.txt", b" \r\n\t\xC2\xA0\n"));
    assert_snapshot!("empty_stdin", refused(&[], b""));
    assert_snapshot!("an_image", refused_file("shot.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
    assert_snapshot!("nul_bytes", refused_file("x.bin", b"ab\0\0\0\0\0\0cd"));
}

#[test]
fn a_paste_as_argument_is_not_repeated() {
    let error = refused(&["Authorization: Bearer s3cr3t"], b"");
    assert_snapshot!(error);
    assert_eq!(refused(&["https://api.example.org/a?access_token=s3cr3t"], b""), error);
    assert!(!refused(&["4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"], b"").contains("4kQe"));
}

/// Only the form that the caller names is read, and a paste of another form gets a note with its place.
#[test]
fn a_named_form_is_read_and_no_other() {
    let curl = b"Hello\ncurl -H 'Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ' https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\nHTTP/1.1 401 Unauthorized\n";
    let har = br#"{"log":{"entries":[{"request":{"method":"GET","url":"https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole","headers":[{"name":"Authorization","value":"4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"}]},"response":{"status":401,"headers":[]}}]}}"#;
    let postman = br#"{"info":{"name":"x"},"item":[{"name":"a","request":{"method":"GET","url":"https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole","header":[{"key":"Authorization","value":"4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"}]}}]}"#;
    let raw = b"GET /referrals/FHIR/R4/PractitionerRole HTTP/1.1\nHost: int.api.service.nhs.uk\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n\n";
    let verbose = b"> GET /referrals/FHIR/R4/PractitionerRole HTTP/1.1\n> Host: int.api.service.nhs.uk\n> Authorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n>\n< HTTP/1.1 401 Unauthorized\n<\n";
    let ticket = b"GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\nresponse: 401\n";
    let pastes: [(&str, &[u8]); 6] =
        [("command", curl), ("har", har), ("postman", postman), ("raw", raw), ("curl-v", verbose), ("ticket", ticket)];
    let mut table = String::new();
    for from in ["ticket", "raw", "command", "curl-v", "har", "postman", "json"] {
        for (name, paste) in pastes {
            let ran = run_on(&["--from", from, "--format", "json"], paste, false);
            let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
            let exchanges = report["exchanges"].as_array().map_or(0, Vec::len);
            let note = &report["notes"][0];
            let says = note["says"].as_str().unwrap_or_default();
            assert_eq!(exchanges == 0, !says.is_empty(), "{from} on {name}: {}", ran.out);
            let outcome = if says.is_empty() {
                "read".to_owned()
            } else {
                format!("{}:{}: {says}", note["span"]["line"], note["span"]["column"])
            };
            table += &format!("--from {from} on {name}: {:?}, {outcome}\n", ran.exit);
        }
    }
    assert_snapshot!(table);
}

#[test]
fn utf_16_is_text() {
    let ran = run_on(&["-"], b"\xFF\xFEh\0i\0\n\0", false);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::NothingToJudge, ""));
}

#[test]
fn errors_of_the_arguments() {
    assert_snapshot!("an_unknown_option", refused(&["--fromat", "json"], b"x"));
    assert_snapshot!("an_unknown_format", refused(&["--format", "xml"], b"x"));
    assert_snapshot!("a_bad_time", refused(&["--now", "yesterday"], b"x"));
    assert_snapshot!("a_bad_asid", refused(&["--asid", "12"], b"x"));
    assert_snapshot!("a_bad_status", refused(&["--status", "4010"], b"x"));
    assert_snapshot!("a_bad_width", refused(&["--width", "3"], b"x"));
    assert_snapshot!("a_bad_rules_folder", refused(&["--rules", "no-such-folder"], b"x"));
    assert_snapshot!("an_option_of_the_diagnosis_before_a_command", refused(&["--format", "json", "facts"], b""));
}

#[test]
fn errors_of_the_product_set() {
    assert_snapshot!("no_such_product_set", refused(&["--product-set", "no-such-file.csv"], b"x"));
    assert_snapshot!("stdin_twice", refused(&["--product-set", "-"], b"x"));
    let with = |option: &str, bytes: &[u8]| {
        let path = file("set.csv", bytes);
        let shown = path.to_str().expect("UTF-8");
        let set = if option == "--interaction-map" { &["--product-set", shown][..] } else { &[][..] };
        let error = refused(&[set, &[option, shown]].concat(), b"x").replace(shown, "set.csv");
        std::fs::remove_dir_all(path.parent().expect("a folder")).expect("it was there");
        error
    };
    assert_snapshot!("an_empty_product_set", with("--product-set", b""));
    assert_snapshot!("a_map_without_columns", with("--interaction-map", b"A042,x\n"));
    assert_snapshot!("a_map_without_rows", with("--interaction-map", b"endpoint_id,interaction_id\nA042,\n"));
    assert_snapshot!("a_map_without_a_product_set", refused(&["--interaction-map", "map.csv"], b"x"));
}

/// What the program prints of a product set; it may find a difference.
#[track_caller]
fn of_product_set(args: &[&str]) -> String {
    let ran = run_on(&[&["product-set"], args].concat(), b"", true);
    assert_eq!(ran.err, "");
    assert!(matches!(ran.exit, Exit::Nothing | Exit::Found), "{:?}", ran.exit);
    ran.out
}

#[test]
fn what_a_product_set_says() {
    const TABLE: &str = "tests/product-set-forms/matrix.csv";
    const LIST: &str = "tests/product-sets/product-set.full.list.txt";
    assert_snapshot!("a_product_set", of_product_set(&[TABLE]));
    assert_snapshot!("a_product_set_of_one_asid", of_product_set(&["--asid", "200000123402", TABLE]));
    assert_snapshot!("a_product_set_without_this_asid", of_product_set(&["--asid", "200000123409", TABLE]));
    assert_snapshot!("a_product_set_as_json", of_product_set(&["--format", "json", TABLE]));
    assert_snapshot!("a_product_set_of_interactions", of_product_set(&["tests/product-sets/sds-as.missing-a042.ldif"]));
    assert_snapshot!(
        "a_product_set_of_another_kind",
        of_product_set(&["tests/product-sets/sds-endpoint-bundle.not-a-product-set.json"])
    );
    let path = file("cut.txt", b"Product set of ASID 200000123401:\nA005\nA006 to A008\nA042 (requested)\netc.\n");
    let shown = path.to_str().expect("UTF-8");
    assert_snapshot!("a_product_set_with_gaps", of_product_set(&[shown]).replace(shown, "cut.txt"));
    std::fs::remove_dir_all(path.parent().expect("a folder")).expect("it was there");
    let other = "tests/product-sets/product-set.missing-a042.csv";
    assert_snapshot!("two_product_sets", of_product_set(&["--diff", LIST, other]));
    assert_snapshot!("two_product_sets_as_json", of_product_set(&["--format", "json", "--diff", LIST, other]));
    assert_snapshot!("two_tables", of_product_set(&["--diff", TABLE, LIST]));
    assert_eq!(run_on(&["product-set", "--diff", TABLE, TABLE], b"", true).exit, Exit::Nothing);
    assert_eq!(run_on(&["product-set", "--diff", TABLE, LIST], b"", true).exit, Exit::Found);
}

#[test]
fn an_unknown_cause() {
    // The built-in causes come and go: what is offered is tested in `problem`.
    let error = refused(&["explain", "zzz\u{1b}[2J"], b"");
    assert_snapshot!(error);
}

#[test]
fn a_terminal_gets_a_hint() {
    let ran = run_on(&[], b"", true);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Unusable, ""));
    assert_snapshot!(ran.err);
}

#[test]
fn help_and_version_are_no_errors() {
    for args in [&["--help"][..], &["-h"], &["--version"], &["explain", "--help"], &["rules", "--help"], &["help"]] {
        let ran = run_on(args, b"", false);
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Nothing, ""), "{args:?}");
        assert!(!ran.out.is_empty());
    }
    assert_snapshot!(run_on(&["-h"], b"", false).out);
}

#[test]
fn options_of_every_command_stand_before_or_after_it() {
    for args in [&["--width", "60", "facts"][..], &["facts", "--width", "60"]] {
        let ran = run_on(args, b"", false);
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Nothing, ""), "{args:?}");
        assert!(ran.out.lines().all(|l| columns(l) <= 60));
        assert!(ran.out.starts_with("access.mode\n"));
    }
}

#[test]
fn colour_is_as_asked_for() {
    let facts = |args: &[&str], terminal: bool, no_color: bool| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut stdin = io::empty();
        let mut streams = Streams {
            stdout_is_terminal: terminal,
            variable: &|name| (no_color && name == "NO_COLOR").then(|| "1".to_owned()),
            ..Streams::alone(&mut stdin, &mut out, &mut err)
        };
        let args = ["why401", "facts"].iter().chain(args).map(OsString::from);
        assert_eq!(run(args, &mut streams), Exit::Nothing);
        out.contains(&0x1b)
    };
    assert!(facts(&[], true, false));
    assert!(!facts(&[], false, false), "not a terminal");
    assert!(!facts(&[], true, true), "NO_COLOR");
    assert!(!facts(&["--color", "never"], true, false));
    assert!(facts(&["--color", "always"], false, true), "an option is nearer than the environment");
}

#[test]
fn the_clipboard_is_read_as_if_it_was_piped_in() {
    let with = |args: &[&str], clipboard: Result<&str, &str>| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut stdin = io::empty();
        let text = || clipboard.map(str::to_owned).map_err(str::to_owned);
        let mut streams =
            Streams { stdin_is_terminal: true, clipboard: &text, ..Streams::alone(&mut stdin, &mut out, &mut err) };
        let args = ["why401", "--clipboard"].iter().chain(args).map(OsString::from);
        let exit = run(args, &mut streams);
        (exit, String::from_utf8_lossy(&out).into_owned() + &String::from_utf8_lossy(&err))
    };
    let paste = "GET https://api.example.org/a\nAuthorization:\n\nHTTP/1.1 401\n";
    let (exit, said) = with(&["--quiet"], Ok(paste));
    assert_eq!(exit, Exit::Found, "{said}");
    assert!(said.contains("blank-authorization"), "{said}");
    assert!(said.starts_with("<clipboard>"), "{said}");
    let (_, said) = with(&["--quiet"], Ok("\0\0\0"));
    assert!(said.starts_with("<clipboard>"), "{said}");
    let (exit, said) = with(&[], Err("this build cannot read it"));
    assert_eq!(exit, Exit::Unusable);
    assert!(said.contains("the clipboard cannot be read: this build cannot read it"), "{said}");
    assert!(said.contains("paste into `why401 -`"), "{said}");
    assert!(with(&["ticket.txt"], Ok(paste)).1.contains("--clipboard"), "not beside a file");
}

#[test]
fn a_terminal_that_shows_links_gets_them() {
    let page = |args: &[&str], shows_links: bool| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut stdin = io::empty();
        let mut streams =
            Streams { stdout_is_terminal: true, shows_links, ..Streams::alone(&mut stdin, &mut out, &mut err) };
        let args = ["why401", "explain", "step-up-required"].iter().chain(args).map(OsString::from);
        assert_eq!(run(args, &mut streams), Exit::Nothing);
        String::from_utf8(out).expect("UTF-8").contains("\u{1b}]8;;https://www.rfc-editor.org/rfc/rfc9470#section-3")
    };
    assert!(page(&[], true));
    assert!(!page(&[], false));
    assert!(!page(&["--color", "never"], true));
    assert!(!page(&["--style", "plain"], true));
}

#[test]
fn json_of_two_files_is_one_document() {
    let path = file("two.txt", b"hello\n");
    let shown = path.to_str().expect("UTF-8");
    let ran = run_on(&["--format", "json", shown, "-"], b"hello again\n", false);
    std::fs::remove_dir_all(path.parent().expect("a folder")).expect("it was there");
    assert_eq!(ran.exit, Exit::NothingToJudge, "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("one document");
    assert_eq!(report["version"], 1);
}

#[test]
fn a_ticket_is_addressed_by_its_cause() {
    let bare = "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/ServiceRequest\nAuthorization: Bearer \
                4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\nX-Correlation-ID: 5D2A7F10-93C4-4E61-B8A7-0C1F6E2D9B35\n\nHTTP/1.1 ";
    let not_approved = format!("{bare}401 Unauthorized\n\nInvalid API call as no apiproduct match found\n");
    let ran = run_on(&["ticket", "-"], not_approved.as_bytes(), false);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Nothing, ""));
    assert_snapshot!("a_ticket_about_the_platform", ran.out);
    let elsewhere = "GET https://api.shop.example/orders/1\n\nHTTP/1.1 401 Unauthorized\n";
    let ran = run_on(&["ticket", "--markup", "plain", "-"], elsewhere.as_bytes(), false);
    assert_snapshot!("a_ticket_about_any_server", ran.out);
    let ran = run_on(&["reply", "--markup", "plain", "-"], elsewhere.as_bytes(), false);
    assert_snapshot!("a_reply_about_any_server", ran.out);
}

#[test]
fn every_detail_of_the_report_has_its_option() {
    let bare = b"GET https://api.shop.example/orders/1\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401\n";
    let lines = |args: &[&str]| run_on(args, bare, false).out.lines().count();
    assert_eq!(lines(&["--summary"]), 1);
    assert!(lines(&["--quiet"]) < lines(&[]) && lines(&[]) <= 24 && lines(&["--full"]) > 24);
    assert_eq!(run_on(&["--full", "--quiet"], bare, false).exit, Exit::Unusable);
}

#[test]
fn reports_go_to_files_in_the_format_of_their_ending() {
    let ticket = file(
        "ticket.txt",
        b"GET https://int.api.service.nhs.uk/referrals/FHIR/R4/ServiceRequest\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401\n",
    );
    let folder = ticket.parent().expect("a folder");
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let (html, sarif) = (path("a.html"), path("a.sarif"));
    let ran = run_on(&["-o", &html, "-o", &sarif, &path("ticket.txt")], b"", false);
    assert_eq!((ran.exit, ran.out.as_str(), ran.err.as_str()), (Exit::Found, "", ""));
    let read = |name: &str| std::fs::read_to_string(name).expect("a report");
    assert!(read(&html).starts_with("<!DOCTYPE html>"));
    assert!(read(&sarif).contains("\"2.1.0\""));
    // A file is replaced, and nothing is left beside it.
    let ran = run_on(&["--format", "gitlab", "--output", &sarif, &path("ticket.txt")], b"", false);
    assert_eq!(ran.exit, Exit::Found, "{}", ran.err);
    assert!(read(&sarif).starts_with('['));
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), 3);
    let bad = [
        vec!["--format", "sarif", "--format", "html"],
        vec!["--output", "report"],
        vec!["--format", "sarif", "--output", "a.sarif", "--output", "b.html"],
        vec!["--output", "no-such-folder/a.html"],
    ];
    for args in bad {
        let ran = run_on(&[&args[..], &[&path("ticket.txt")]].concat(), b"", false);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Unusable, ""), "{args:?}");
        assert!(ran.err.contains("  expected: "), "{}", ran.err);
    }
    std::fs::remove_dir_all(folder).expect("it was there");
}

#[test]
fn every_format_is_written() {
    let paste = b"GET https://int.api.service.nhs.uk/referrals/FHIR/R4/ServiceRequest\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401\n";
    for (format, begin) in [
        ("jsonl", "{\"version\":1,"),
        ("markdown", "### `"),
        ("sarif", "{\n"),
        ("github", "::"),
        ("gitlab", "["),
        ("junit", "<?xml"),
        ("html", "<!DOCTYPE html>"),
    ] {
        let ran = run_on(&["--format", format, "-"], paste, false);
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Found, ""), "{format}");
        assert!(ran.out.starts_with(begin), "{format}: {}", ran.out);
        assert!(ran.out.contains("missing-bearer-prefix"), "{format}: {}", ran.out);
    }
    let brief = run_on(&["--format", "json", "--brief", "-"], paste, false).out;
    let brief: serde_json::Value = serde_json::from_str(&brief).expect("JSON");
    assert_eq!(brief["exchanges"][0]["causes"][0]["id"], "missing-bearer-prefix");
    let page = run_on(&["explain", "missing-bearer-prefix", "--format", "json"], b"", false).out;
    let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(page["id"], "missing-bearer-prefix");
}

#[test]
fn a_skeleton_is_a_toml_document() {
    let ran = run_on(&["rules", "new", "token-lost"], b"", false);
    assert_eq!(ran.exit, Exit::Nothing);
    assert!(toml::de::DeTable::parse(&ran.out).is_ok(), "{}", ran.out);
}

#[test]
fn one_rule_is_tested_alone() {
    let cause = run_on(&["rules", "test", "token-expired"], b"", false);
    assert_eq!(cause.exit, Exit::Nothing, "{}", cause.out);
    assert!(cause.out.starts_with("Checked 1 cause and "), "{}", cause.out);
    let answer = run_on(&["rules", "test", "no-bearer-token"], b"", false);
    assert_eq!(answer.exit, Exit::Nothing, "{}", answer.out);
    assert!(answer.out.starts_with("Checked 0 causes and 1 known answer: "), "{}", answer.out);
    let neither = run_on(&["rules", "test", "no-bearer-tokn"], b"", false);
    assert_eq!(neither.exit, Exit::Unusable);
    assert!(neither.err.contains("did you mean `no-bearer-token`?"), "{}", neither.err);
}

#[test]
fn a_needless_sign_is_named_with_its_line() {
    let ran = run_on(&["rules", "new", "token-lost"], b"", false);
    let rule = format!(
        "{}\n[[sign]]\neffect  = \"suggests\"\nbecause = \"it is so\"\n[sign.when]\nresponse.status = 599\n",
        ran.out.split("[[example]]").next().unwrap_or_default()
    );
    let line = rule.lines().count() - 4;
    let examples = ran.out.find("[[example]]").map_or("", |at| &ran.out[at..]);
    let path = file("token-lost.toml", format!("{rule}\n{examples}").as_bytes());
    let folder = path.parent().expect("a folder");
    let tested = run_on(&["rules", "test", folder.to_str().expect("UTF-8"), "token-lost"], b"", false);
    std::fs::remove_dir_all(folder).expect("it was there");
    assert_eq!(tested.exit, Exit::Found);
    assert!(tested.out.contains(&format!("token-lost.toml:{line}: token-lost: no example")), "{}", tested.out);
    assert!(tested.out.contains("  to do: "), "{}", tested.out);
}

/// Takes so many bytes, then fails.
struct Narrow(usize, io::ErrorKind);

impl Write for Narrow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(self.1.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let facts = |kind| {
        let mut err = Vec::new();
        let (mut stdin, mut stdout) = (io::empty(), Narrow(100, kind));
        let mut streams = Streams::alone(&mut stdin, &mut stdout, &mut err);
        let exit = run(["why401", "facts"].map(OsString::from), &mut streams);
        (exit, String::from_utf8(err).expect("UTF-8"))
    };
    assert_eq!(facts(io::ErrorKind::BrokenPipe), (Exit::Nothing, String::new()));
    let (exit, error) = facts(io::ErrorKind::StorageFull);
    assert_eq!(exit, Exit::Unusable);
    assert!(error.starts_with("error: <stdout>: the report cannot be written: "), "{error}");
}

#[test]
fn fail_on_sets_the_bar() {
    use super::fail_on::FailOn;
    use crate::diagnosis::model::Verdict;

    let bars = [FailOn::Confirmed, FailOn::Likely, FailOn::Possible, FailOn::Never];
    let row = |verdict| bars.map(|bar| bar.includes(verdict));
    assert_eq!(row(Verdict::Confirmed), [true, true, true, false]);
    assert_eq!(row(Verdict::Likely), [false, true, true, false]);
    assert_eq!(row(Verdict::Possible), [false, false, true, false]);
    assert_eq!(row(Verdict::Next), [false; 4]);
}

#[test]
fn a_comparison_says_where_it_tells_less_than_it_seems_to() {
    let request =
        "GET /referrals/FHIR/R4/PractitionerRole HTTP/1.1\nHost: int.api.service.nhs.uk\nAuthorization: @\n\nHTTP/1.1 ";
    let refused_one = request.replace('@', "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ") + "401 Unauthorized\n\n";
    let accepted = request.replace('@', "Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ") + "200 OK\n\n";
    let path = file("works.txt", accepted.as_bytes());
    let works = path.to_str().expect("UTF-8");
    let ran = run_on(&["compare", works, "-", "--from", "raw"], refused_one.as_bytes(), false);
    assert!(ran.exit == Exit::Found && !ran.out.contains("note:"), "{}", ran.out);
    let ran = run_on(&["compare", works, "-", "--from", "har"], refused_one.as_bytes(), false);
    assert_eq!(ran.exit, Exit::Unusable, "none of them is a HAR: {}", ran.out);
    std::fs::write(&path, refused_one.as_bytes()).expect("a temporary file");
    let ran = run_on(&["compare", works, "-"], refused_one.as_bytes(), false);
    assert!(
        ran.out.contains("note:   the first capture does not show a request that worked: it was refused"),
        "{}",
        ran.out
    );
    std::fs::remove_dir_all(path.parent().expect("a folder")).expect("it was there");
}

#[test]
fn facts_of_a_capture() {
    let ticket = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/ticket.txt")).expect("the example");
    let ran = run_on(&["facts", "-"], &ticket, false);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Nothing, ""));
    assert_snapshot!(ran.out);
    let json = run_on(&["facts", "-", "--format", "json"], &ticket, false);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let facts = json["exchanges"][0]["facts"].as_array().expect("a list");
    assert!(facts.iter().any(|f| f["name"] == "authorization.state" && f["state"] == "known"));
}

#[test]
fn options_of_facts_need_a_file() {
    assert_eq!(run_on(&["facts", "--format", "json"], b"", false).exit, Exit::Unusable);
}

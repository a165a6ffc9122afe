//! `why401 check`: the settings, the baseline and the formats, on folders as test runs leave them.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use why401::cli::{self, Exit, Streams};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    /// A project with captures: an expired token, a bare token, a request that was accepted, a picture.
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("why401-check-{name}-{}", std::process::id()));
        let folder = Self(path);
        folder.write("captures/orders.txt", EXPIRED);
        folder.write("captures/deep/bare.txt", BARE);
        folder.write("captures/good.txt", GOOD);
        folder.write("captures/picture.png", "\u{89}PNG\r\n\u{1a}\n\0\0\0\rIHDR\0\0\0");
        folder
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs `check` on the captures; returns how it ended, and both streams with the folder taken out.
    fn check(&self, more: &[&str]) -> (Exit, String, String) {
        let config = self.0.join("why401.toml");
        let mut arguments = vec!["why401".into(), "check".into()];
        if config.is_file() {
            arguments.extend([OsString::from("--config"), config.into()]);
        }
        if !more.iter().any(|word| word.ends_with(".txt")) {
            arguments.push(self.0.join("captures").into());
        }
        arguments.extend(more.iter().map(|word| OsString::from(word.replace('@', &self.0.to_string_lossy()))));
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let mut stdin = std::io::empty();
        let exit = cli::run(arguments, &mut Streams::alone(&mut stdin, &mut out, &mut errors));
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8").replace(&*self.0.to_string_lossy(), "@");
        (exit, text(out), text(errors))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const EXPIRED: &str = "GET /v1/orders/17 HTTP/1.1\nHost: api.shop.example\n\
                       Authorization: Bearer 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\nHTTP/1.1 401 Unauthorized\n\
                       WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"The token expired\"\n\n";
const BARE: &str = "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n\
                    Authorization: 7BdUcGfJ4kQeTz8hWq2LrVn0XyPs\n\nHTTP/1.1 401 Unauthorized\n";
const GOOD: &str = "GET /v1/orders/18 HTTP/1.1\nHost: api.shop.example\nAccept: */*\n\nHTTP/1.1 200 OK\n\n[]\n";

#[test]
fn a_folder_is_listed() {
    let folder = Folder::new("listed");
    let (exit, out, errors) = folder.check(&[]);
    assert_eq!(exit, Exit::Found);
    insta::assert_snapshot!(format!("{out}--- errors\n{errors}"));
}

#[test]
fn what_is_ignored_does_not_count() {
    let folder = Folder::new("ignored");
    folder.write(
        "why401.toml",
        "[[ignore]]\ncause = \"token-expired\"\nfile = \"captures/*.txt\"\nreason = \"a recorded token\"\n\n\
         [[ignore]]\ncause = \"missing-bearer-prefix\"\nfile = \"captures/**/*.txt\"\nreason = \"a test of the gateway\"\n\
         expires = 2020-01-31\n\n\
         [[ignore]]\ncause = \"token-unknown\"\nfile = \"captures/*\"\nreason = \"nothing has it\"\nexpires = 2999-01-31\n",
    );
    let (exit, out, errors) = folder.check(&["--format", "github"]);
    assert_eq!(exit, Exit::Found, "an entry that expired does not count");
    insta::assert_snapshot!(format!("{out}--- errors\n{errors}"));
    let (exit, out, errors) = folder.check(&["@/captures/orders.txt"]);
    assert_eq!(exit, Exit::Nothing, "{out}");
    // The entries about the folder below may be needed for files that were not named.
    assert_eq!(errors.matches("applies to nothing").count(), 1, "{errors}");
}

/// A call for a part of the captures says nothing about what the rest may need.
#[test]
fn entries_about_what_was_not_read_are_left_alone() {
    let folder = Folder::new("part");
    folder.write(
        "why401.toml",
        "baseline = \"known.json\"\n\n[formats]\n\"captures/*.har\" = \"har\"\n\"captures/deep/*.har\" = \"har\"\n\n\
         [[ignore]]\ncause = \"token-expired\"\nfile = \"captures/*.txt\"\nreason = \"a recorded token\"\n",
    );
    folder.check(&["--write-baseline", "@/known.json"]);
    let (config, part) = (folder.0.join("why401.toml"), folder.0.join("captures/deep"));
    let said = |arguments: &[&std::path::Path]| {
        let (mut out, mut errors, mut stdin) = (Vec::new(), Vec::new(), std::io::empty());
        let begin = [OsString::from("why401"), "check".into(), "--config".into()];
        let arguments = begin.into_iter().chain(arguments.iter().map(OsString::from));
        let exit = cli::run(arguments, &mut Streams::alone(&mut stdin, &mut out, &mut errors));
        assert_eq!(exit, Exit::Nothing);
        String::from_utf8(errors).expect("text")
    };
    let errors = said(&[&config, &part]);
    assert!(errors.contains("captures/deep/*.har` applies to no file"), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    // A finding of the baseline that is gone is missed in the file that was read, and nowhere else.
    folder.write("captures/deep/bare.txt", GOOD);
    let errors = said(&[&config, &part.join("bare.txt")]);
    assert!(errors.contains("1 of the baseline no longer found"), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    let errors = said(&[&config, &folder.0.join("captures/good.txt")]);
    assert!(!errors.contains("baseline") && !errors.contains("applies to no "), "{errors}");
}

#[test]
fn a_baseline_has_a_limit() {
    let folder = Folder::new("large-baseline");
    let file = fs::File::create(folder.0.join("known.json")).expect("a file");
    file.set_len((64 << 20) + 1).expect("a file with a hole");
    let (exit, _, errors) = folder.check(&["--baseline", "@/known.json"]);
    assert_eq!(exit, Exit::Unusable);
    assert!(errors.contains("more than 64 MB") && errors.contains("--write-baseline"), "{errors}");
}

#[test]
fn a_baseline_holds_what_was_there() {
    let folder = Folder::new("baseline");
    let (exit, ..) = folder.check(&["--write-baseline", "@/known.json"]);
    assert_eq!(exit, Exit::Nothing);
    let written = fs::read_to_string(folder.0.join("known.json")).expect("the baseline");
    assert!(written.contains("GET api.shop.example/v1/orders/{}") && !written.contains("4kQe"), "{written}");
    folder.write("why401.toml", "baseline = \"known.json\"\n");
    // The paths of the baseline were seen from another folder: without settings, from where the program ran.
    folder.check(&["--write-baseline", "@/known.json"]);
    let (exit, out, errors) = folder.check(&[]);
    assert_eq!((exit, errors.contains("baseline")), (Exit::Nothing, false), "{out}{errors}");
    assert!(out.contains("0 findings in 3 requests of 3 files; 2 in the baseline"), "{out}");
    folder.write("captures/orders.txt", &EXPIRED.replace("orders/17", "orders/99").replace("4kQe", "9zXw"));
    assert_eq!(folder.check(&[]).0, Exit::Nothing, "the same fault with other ids");
    folder.write("captures/new.txt", EXPIRED);
    assert_eq!(folder.check(&[]).0, Exit::Found);
    folder.write("captures/new.txt", GOOD);
    folder.write("captures/orders.txt", GOOD);
    let (exit, _, errors) = folder.check(&[]);
    assert_eq!(exit, Exit::Nothing);
    assert!(errors.contains("1 of the baseline no longer found"), "{errors}");
}

#[test]
fn another_environment_is_a_finding() {
    let folder = Folder::new("environment");
    folder.write("captures/live.txt", &BARE.replace("int.api", "api").replace("401 Unauthorized", "200 OK"));
    folder.write(
        "why401.toml",
        "environment = \"int\"\n\n[[ignore]]\ncause = \"token-expired\"\nfile = \"**\"\nreason = \"a test\"\n",
    );
    let (exit, out, _) = folder.check(&[]);
    assert_eq!(exit, Exit::Found);
    assert!(out.contains("live.txt:1:1: confirmed: The request goes to another environment than `int`"), "{out}");
    assert_eq!(out.matches("[other-environment]").count(), 1, "{out}");
}

#[test]
fn exit_statuses_are_those_of_the_documentation() {
    let folder = Folder::new("status");
    assert_eq!(folder.check(&["--fail-on", "never"]).0, Exit::Nothing);
    assert_eq!(folder.check(&["@/captures/good.txt"]).0, Exit::Nothing);
    folder.write("captures/words.txt", "Nothing to see here.\n");
    assert_eq!(folder.check(&["@/captures/words.txt"]).0, Exit::NothingToJudge);
    assert_eq!(folder.check(&["@/captures/missing.txt"]).0, Exit::Unusable);
    folder.write("why401.toml", "asdi = \"200000001234\"\n");
    let (exit, _, errors) = folder.check(&[]);
    assert_eq!(exit, Exit::Unusable);
    assert!(errors.contains("why401.toml:1:1:") && errors.contains("Did you mean `asid`?"), "{errors}");
}

#[test]
fn every_format_is_written_beside_the_text() {
    let folder = Folder::new("formats");
    for (format, holds) in [
        ("github", "::error file="),
        ("gitlab", "\"check_name\": \"missing-bearer-prefix\""),
        ("sarif", "\"ruleId\": \"token-expired\""),
        ("junit", "<failure message="),
        ("jsonl", "\"version\""),
    ] {
        let (exit, out, errors) = folder.check(&["--format", format, "--output", "@/out"]);
        assert_eq!(exit, Exit::Found, "{errors}");
        assert!(out.contains("2 findings in 3 requests of 3 files"), "{out}");
        let written = fs::read_to_string(folder.0.join("out")).expect("the report");
        assert!(written.contains(holds) && !written.contains("4kQe"), "{format}: {written}");
    }
}

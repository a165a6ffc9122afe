//! Text that is pasted at a terminal: lines of any length, and the keys that end and correct it.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

/// Both sides of a new terminal: the person's, and the program's.
fn terminal() -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&person).expect("access");
    unlockpt(&person).expect("unlocked");
    let name = ptsname(&person, Vec::new()).expect("a name");
    let program = OpenOptions::new().read(true).write(true).open(OsStr::from_bytes(name.as_bytes()));
    (person.into(), program.expect("the other side"))
}

#[test]
fn a_line_of_a_terminal_has_any_length() {
    let (mut person, program) = terminal();
    let mut child = Command::new(env!("CARGO_BIN_EXE_why401"))
        .args(["-", "--format", "json"])
        .stdin(Stdio::from(program.try_clone().expect("a copy")))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    // What the terminal echoes is read, or the person's side would fill up.
    let mut echoed = person.try_clone().expect("a copy");
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while echoed.read(&mut bytes).is_ok_and(|len| len > 0) {}
    });
    // A person pastes once the program waits for it.
    while tcgetattr(&program).expect("its settings").local_modes.contains(LocalModes::ICANON) {
        assert_eq!(child.try_wait().expect("its state"), None, "it ended before it read");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // Longer than any terminal's own line; the last word comes after all that it would cut.
    let path = "part/".repeat(2_000);
    let paste = format!(
        "GET https://api.example.org/{path}end HTTP/1.1\nHozt\u{7f}\u{7f}st: api.example.org\n\nHTTP/1.1 401\n\u{4}"
    );
    person.write_all(paste.as_bytes()).expect("typed");
    let output = child.wait_with_output().expect("its report");
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(report.contains("part/end"), "{report}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!report.contains("Hozt"), "{report}");
    // The terminal edits lines again.
    assert!(tcgetattr(&program).expect("its settings").local_modes.contains(LocalModes::ICANON));
}

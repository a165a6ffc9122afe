//! The program as it is installed: how it ends, and that it cannot reach the network.

use std::fs;
use std::process::Command;

/// Runs the program as a reader of the README would; returns its exit status.
fn status(arguments: &str) -> i32 {
    let output = Command::new(env!("CARGO_BIN_EXE_why401"))
        .args(arguments.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert!(output.stderr.is_empty(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.status.code().expect("an exit status")
}

#[test]
fn exit_statuses() {
    assert_eq!(status("examples/ticket.txt"), 1, "a cause was found");
    assert_eq!(status("--fail-on never examples/ticket.txt"), 0);
    assert_eq!(status("--help"), 0);
    assert_eq!(status("tests/screens/no-request.txt"), 3, "nothing to judge");
    assert_eq!(status("--format json tests/screens/no-request.txt"), 3);
    assert_eq!(status("ticket examples/ticket.txt"), 0, "a message was written");
    assert_eq!(status("reply tests/screens/no-request.txt"), 3);
}

/// What the program prints with these arguments.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_why401")).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A shell that has read the completions offers the commands and the options.
#[cfg(unix)]
#[test]
fn bash_completes_commands_and_options() {
    let offered = |word: &str| {
        let ask = format!(
            "{}\nCOMP_WORDS=(why401 {word}); COMP_CWORD=1; _why401 why401 {word} why401; echo \"${{COMPREPLY[@]}}\"",
            printed(&["completions", "bash"])
        );
        let output = Command::new("bash").args(["-c", &ask]).output().expect("bash runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert_eq!(offered("exp"), "explain");
    assert_eq!(offered("--prod"), "--product-set");
}

#[test]
fn every_shell_and_every_command_has_its_text() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(printed(&["completions", shell]).contains("product-set"), "{shell}");
    }
    let page = printed(&["man"]);
    assert!(page.starts_with(".ie") && page.contains(".SH OPTIONS"), "{page}");
    assert!(printed(&["man", "redact"]).contains("masked"));
}

/// "The program opens no socket": nothing in its sources could.
#[test]
fn no_source_names_the_network() {
    let mut folders = vec![std::path::PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                for name in ["std::net", "TcpStream", "UdpSocket", "UnixStream", "process::Command"] {
                    assert!(!text.contains(name), "{} names {name}", path.display());
                }
            }
        }
    }
}

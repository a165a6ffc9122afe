//! What README.md shows of the program is what the program prints. A line `<!-- output: why401 ARGUMENTS -->` stands
//! before each such block; ` | /json/pointer` behind the arguments takes a part of a JSON report. `UPDATE_DOCS=1`
//! rewrites the blocks.

use std::process::Command;
use std::{env, fs};

use serde_json::Value;

const README: &str = "README.md";
const MARK: &str = "<!-- output: why401 ";
const FENCE: &str = "```";

/// Runs the program as a reader of the README would; gives what it prints and its exit status.
fn run(arguments: &str) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_why401"))
        .args(arguments.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert!(output.stderr.is_empty(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code().expect("an exit status"))
}

/// What a block should show.
fn shown(command: &str) -> String {
    let (arguments, pointer) = match command.split_once(" | ") {
        Some((arguments, pointer)) => (arguments, Some(pointer)),
        None => (command, None),
    };
    let text = run(arguments).0;
    let Some(pointer) = pointer else { return text };
    let report: Value = serde_json::from_str(&text).expect("a JSON report");
    let part = report.pointer(pointer).unwrap_or_else(|| panic!("{command}: nothing there"));
    serde_json::to_string_pretty(part).expect("JSON") + "\n"
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = fs::read_to_string(README).expect("README.md").replace("\r\n", "\n");
    let (mut made, mut blocks) = (String::new(), 0);
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        let Some(command) = line.strip_prefix(MARK).and_then(|l| l.strip_suffix(" -->")) else { continue };
        let fence = lines.next().unwrap_or_default();
        assert!(fence.starts_with(FENCE), "a fenced block follows {line}");
        assert!(lines.any(|l| l == FENCE), "the block after {line} is closed");
        let text = shown(command);
        assert!(!text.lines().any(|l| l.starts_with(FENCE)), "{command} prints a fence");
        // The help text pads empty lines with blanks, which editors and patches lose.
        let trimmed: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
        made.push_str(&format!("{fence}\n{}\n{FENCE}\n", trimmed.join("\n")));
        blocks += 1;
    }
    assert!(blocks >= 2, "README.md shows the report and the help text");
    if env::var_os("UPDATE_DOCS").is_some_and(|v| v == "1") {
        fs::write(README, made).expect("README.md can be written");
        return;
    }
    let line = readme.lines().zip(made.lines()).take_while(|(a, b)| a == b).count();
    assert!(
        readme == made,
        "README.md is out of date from line {} on:\n  is        {:?}\n  should be {:?}\nRun: UPDATE_DOCS=1 cargo test --test readme",
        line + 1,
        readme.lines().nth(line).unwrap_or_default(),
        made.lines().nth(line).unwrap_or_default()
    );
}

#[test]
fn the_exit_statuses_are_as_told() {
    assert_eq!(run("examples/ticket.txt").1, 1, "a cause was found");
    assert_eq!(run("--fail-on never examples/ticket.txt").1, 0);
    assert_eq!(run("--help").1, 0);
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

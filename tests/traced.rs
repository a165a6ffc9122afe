//! The system calls of the program: no socket, no other program, no file that was not named. Needs `strace`; without it, or
//! where tracing is not allowed, there is nothing to check.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The calls of a run, one in a line. `None` if the run cannot be traced.
fn calls(arguments: &[&str]) -> Option<Vec<String>> {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let trace = std::env::temp_dir().join(format!("why401-trace-{}-{number}", std::process::id()));
    let status = Command::new("strace")
        .args(["-f", "-qq", "-s", "400", "-e", "trace=%network,%file,%process", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_why401"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let text = fs::read_to_string(&trace).unwrap_or_default();
    let _ = fs::remove_file(&trace);
    // A run that was not traced has not even been started.
    if status.is_err() || !text.contains("execve(") {
        return None;
    }
    Some(text.lines().map(ToOwned::to_owned).collect())
}

/// The files that a call names, with whether it may write.
fn opened(call: &str) -> Option<(PathBuf, bool)> {
    if !call.contains("open(") && !call.contains("openat(") && !call.contains("creat(") || call.contains("ENOENT") {
        return None;
    }
    let path = call.split('"').nth(1)?;
    let writes =
        ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "creat("].iter().any(|flag| call.contains(flag));
    Some((PathBuf::from(path), writes))
}

/// What the loader, the C library and the runtime of Rust read at the start.
fn is_of_system(path: &Path) -> bool {
    let folders = [
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/etc/ld.so.cache",
        "/etc/ld.so.preload",
        "/proc/self",
        "/sys/fs/cgroup",
    ];
    folders.iter().any(|folder| path.starts_with(folder)) && !path.starts_with("/proc/self/environ")
}

#[test]
fn a_run_opens_only_what_is_named() {
    let runs: &[(&[&str], &[&str])] = &[
        (&["examples/ticket.txt"], &["examples/ticket.txt"]),
        (&["--format", "html", "examples/ticket.txt"], &["examples/ticket.txt"]),
        (&["ticket", "examples/ticket.txt"], &["examples/ticket.txt"]),
        (&["redact", "examples/ticket.txt"], &["examples/ticket.txt"]),
        (&["explain", "missing-bearer-prefix"], &[]),
        (&["rules", "list"], &[]),
        (&["https://int.api.service.nhs.uk/a"], &[]),
    ];
    for (arguments, named) in runs {
        let Some(calls) = calls(arguments) else { return };
        let mut starts = 0;
        for call in &calls {
            for forbidden in
                ["socket(", "connect(", "sendto(", "bind(", "listen(", "unlink", "rename", "mkdir", "chmod"]
            {
                assert!(!call.contains(&format!(" {forbidden}")), "{arguments:?}: {call}");
            }
            starts += usize::from(call.contains("execve("));
            if let Some((path, writes)) = opened(call) {
                let is_named = named.iter().any(|name| path == Path::new(name));
                assert!(!writes, "{arguments:?} writes: {call}");
                assert!(is_named || is_of_system(&path), "{arguments:?} opens: {call}");
            }
        }
        assert_eq!(starts, 1, "{arguments:?} starts another program");
    }
}

#[test]
fn a_report_in_a_file_writes_that_file_only() {
    let folder = std::env::temp_dir().join(format!("why401-out-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let report = folder.join("report.html");
    if let Some(calls) = calls(&["--output", &report.to_string_lossy(), "examples/ticket.txt"]) {
        let written: Vec<PathBuf> = calls.iter().filter_map(|call| opened(call)).filter(|o| o.1).map(|o| o.0).collect();
        assert!(written.iter().all(|path| path.starts_with(&folder)), "{written:?}");
        let left: Vec<_> = fs::read_dir(&folder).expect("the folder").map(|e| e.expect("an entry").path()).collect();
        assert_eq!(left, [report], "nothing else is left");
    }
    fs::remove_dir_all(folder).expect("the folder");
}

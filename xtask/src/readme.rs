//! The outputs in README.md and `docs/using.md`. A line `<!-- output: why401 ARGUMENTS -->` is followed by a fenced block with what the
//! program prints; ` | /json/pointer` after the arguments selects a part of a JSON report.

use serde_json::Value;
use why401::cli::{self, Streams};

const MARK: &str = "<!-- output: why401 ";
const FENCE: &str = "```";

/// The text of README.md with every output as the program prints it now, and the number of outputs.
///
/// # Errors
/// A mark without a block, or a command that fails.
pub fn rendered(readme: &str) -> Result<(String, usize), String> {
    let (mut made, mut blocks) = (String::new(), 0);
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        let Some(command) = line.strip_prefix(MARK).and_then(|l| l.strip_suffix(" -->")) else { continue };
        let fence = lines.next().filter(|l| l.starts_with(FENCE)).ok_or_else(|| format!("no block follows {line}"))?;
        if !lines.any(|l| l == FENCE) {
            return Err(format!("the block after {line} is not closed"));
        }
        let text = shown(command)?;
        if text.lines().any(|l| l.starts_with(FENCE)) {
            return Err(format!("{command} prints a fence"));
        }
        // The help text pads empty lines with blanks, which editors and patches lose.
        let trimmed: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
        made.push_str(&format!("{fence}\n{}\n{FENCE}\n", trimmed.join("\n")));
        blocks += 1;
    }
    Ok((made, blocks))
}

fn shown(command: &str) -> Result<String, String> {
    let (arguments, pointer) = match command.split_once(" | ") {
        Some((arguments, pointer)) => (arguments, Some(pointer)),
        None => (command, None),
    };
    let text = run(arguments)?;
    let Some(pointer) = pointer else { return Ok(text) };
    let report: Value = serde_json::from_str(&text).map_err(|e| format!("{command}: {e}"))?;
    let part = report.pointer(pointer).ok_or_else(|| format!("{command}: nothing at {pointer}"))?;
    Ok(serde_json::to_string_pretty(part).map_err(|e| e.to_string())? + "\n")
}

/// Runs the program as a reader of the README would, in the root of the repository.
fn run(arguments: &str) -> Result<String, String> {
    std::env::set_current_dir(crate::root()).map_err(|e| e.to_string())?;
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut stdin = std::io::empty();
    let mut streams = Streams::alone(&mut stdin, &mut stdout, &mut stderr);
    let all = std::iter::once("why401").chain(arguments.split_whitespace()).map(std::ffi::OsString::from);
    cli::run(all, &mut streams);
    if stderr.is_empty() {
        String::from_utf8(stdout).map_err(|e| format!("{arguments}: {e}"))
    } else {
        Err(format!("{arguments}: {}", String::from_utf8_lossy(&stderr)))
    }
}

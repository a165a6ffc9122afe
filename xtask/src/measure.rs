//! How long the program takes: by the clock, and in instructions.

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::inputs;

/// Measures a command from its start to its end: the median, the least and the most in milliseconds. Measure `/bin/true`
/// as well, to see what a process costs that does nothing.
///
/// # Errors
/// The command cannot be run.
pub fn start_up(runs: usize, command: &[String], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (program, rest) = command.split_first().ok_or("which command?")?;
    let mut times = Vec::new();
    for _ in 0..runs {
        let begin = Instant::now();
        Command::new(program).args(rest).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let (first, last) = (times.first().ok_or("no run")?, times.last().ok_or("no run")?);
    writeln!(out, "{:.2} ms (of {runs}: {first:.2} to {last:.2})  {program}", times[times.len() / 2])?;
    Ok(())
}

/// Counts the instructions of a command, and of [`reference()`] in the same run. The ratio of the two can be compared
/// between machines and compilers better than either number. Needs valgrind.
///
/// # Errors
/// Valgrind or the command cannot be run.
pub fn instructions(command: &[String], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (program, rest) = command.split_first().ok_or("which command?")?;
    let counted = count(OsStr::new(program), rest)?;
    let here = std::env::current_exe()?;
    let reference = count(here.as_os_str(), &["reference".to_owned()])?;
    #[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
    let ratio = counted as f64 / reference as f64;
    writeln!(out, "{counted} instructions, {ratio:.3} of the reference ({reference})  {program}")?;
    Ok(())
}

/// Counts the instructions that the program needs for inputs of each kind, in all and for each byte.
///
/// # Errors
/// Valgrind or the program cannot be run.
pub fn bench(program: &str, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let ticket = fs::read_to_string(crate::root().join("examples/ticket.txt"))?;
    let inputs = [
        ("the README's ticket", ticket),
        ("HAR of 250 entries", inputs::har(250)),
        ("500 exchanges as JSON lines", inputs::json_lines(500)),
        ("500 curl commands", inputs::curl_commands(500)),
        ("250 posts of a thread", inputs::posts(250)),
        ("log of 2,000 calls", inputs::log_lines(2_000)),
        ("access log of 5,000 calls", inputs::access_log(5_000)),
    ];
    let path = std::env::temp_dir().join(format!("why401-bench-{}.txt", std::process::id()));
    for (name, input) in inputs {
        fs::write(&path, &input)?;
        for format in ["text", "json"] {
            let counted = count(OsStr::new(program), &[format!("--format={format}"), path.display().to_string()])?;
            #[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
            let (millions, each) = (counted as f64 / 1e6, counted as f64 / input.len() as f64);
            writeln!(out, "{name:28} {format:4} {:9} bytes {millions:9.1} M  {each:8.0} a byte", input.len())?;
        }
    }
    fs::remove_file(&path).ok();
    Ok(())
}

/// Fixed work of the kind that the program does: it reads and writes JSON.
///
/// # Errors
/// Never; the text is JSON.
pub fn reference() -> Result<usize, Box<dyn Error>> {
    let mut text = String::from("[");
    for i in 0..2_000_u32 {
        text.push_str(&format!("{{\"id\":{i},\"name\":\"field {i}\",\"values\":[{i},true,null,\"\\u00e9\"]}},"));
    }
    text.push_str("{}]");
    let value: serde_json::Value = serde_json::from_str(&text)?;
    Ok(serde_json::to_string(&value)?.len())
}

/// The instructions of a run.
pub(crate) fn count(program: &OsStr, arguments: &[String]) -> Result<u64, Box<dyn Error>> {
    let to = std::env::temp_dir().join(format!("why401-callgrind-{}", std::process::id()));
    Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", to.display())])
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|e| format!("valgrind cannot be run: {e}"))?;
    let total = total(&to);
    fs::remove_file(&to).ok();
    total
}

fn total(path: &Path) -> Result<u64, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|e| format!("callgrind wrote nothing: {e}"))?;
    let line = text.lines().find_map(|l| l.strip_prefix("totals: ").or_else(|| l.strip_prefix("summary: ")));
    Ok(line.ok_or("callgrind wrote no total")?.trim().parse()?)
}

//! Whether the work is linear: inputs of each kind, doubled, with the instructions that the program needs for each.
//!
//! It takes minutes, so it is not part of the tests; `tests/linear.rs` counts allocations instead.

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;

use crate::inputs;
use crate::measure::count;

/// Doubling an input may cost this much: 2 for linear work, and something for growing tables.
const MOST: f64 = 2.2;

/// A kind of input: its name, the size of the smallest input, and what makes one of a size.
type Kind = (&'static str, usize, fn(usize) -> String);

const KINDS: [Kind; 11] = [
    ("entries of a HAR", 25, inputs::har),
    ("exchanges as JSON lines", 50, inputs::json_lines),
    ("curl commands", 50, inputs::curl_commands),
    ("posts of a thread", 25, inputs::posts),
    ("a thread with a log", 100, inputs::log_in_a_thread),
    ("lines of a log", 200, inputs::log_lines),
    ("lines of an access log", 400, inputs::access_log),
    ("one line of parameters", 1 << 13, |size| "a=b&c=d%20e&".repeat(size / 12)),
    ("one line of =", 1 << 13, |size| "=".repeat(size)),
    ("one line of .", 1 << 13, |size| ".".repeat(size)),
    ("one line of JavaScript", 1 << 13, inputs::script),
];

/// Doubles each kind of input as often as asked, and prints the instructions and their ratio.
///
/// # Errors
/// Valgrind or the program cannot be run, or doubling costs more than it may.
pub fn run(program: &str, times: u32, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("why401-doubling-{}.txt", std::process::id()));
    let mut too_much = Vec::new();
    for (name, smallest, make) in KINDS {
        let mut before = None;
        for step in 0..=times {
            fs::write(&path, make(smallest << step))?;
            let counted = count(OsStr::new(program), &["--format=json".to_owned(), path.display().to_string()])?;
            #[expect(clippy::cast_precision_loss, reason = "counts of some millions")]
            let ratio = before.map_or(0.0, |before: u64| counted as f64 / before as f64);
            writeln!(out, "{name:26} {:8} {:9} M  {ratio:.2}", smallest << step, counted / 1_000_000)?;
            before = Some(counted);
            // A small input shows what a run costs in any case.
            if step == times && ratio > MOST {
                too_much.push(format!("{name}: {ratio:.2}"));
            }
        }
    }
    fs::remove_file(&path).ok();
    if too_much.is_empty() { Ok(()) } else { Err(format!("doubling costs too much: {}", too_much.join(", ")).into()) }
}

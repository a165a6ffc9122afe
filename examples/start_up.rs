//! How long a command takes from its start to its end: `cargo run --release --example start_up -- [-n RUNS] COMMAND [ARGUMENT]...`
//!
//! Prints the median, the least and the most in milliseconds. Measure `/bin/true` beside it: what a process costs that
//! does nothing is no part of the program.

#![allow(clippy::print_stdout, reason = "a tool for the terminal")]

use std::process::{Command, Stdio};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut runs = 20;
    if arguments.first().is_some_and(|a| a == "-n") {
        runs = arguments.get(1).ok_or("-n wants a number")?.parse()?;
        arguments.drain(..2);
    }
    let (program, rest) = arguments.split_first().ok_or("which command?")?;
    let mut times = Vec::new();
    for _ in 0..runs {
        let begin = Instant::now();
        Command::new(program).args(rest).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let (first, last) = (times.first().ok_or("no run")?, times.last().ok_or("no run")?);
    println!("{:.2} ms (of {runs}: {first:.2} to {last:.2})  {program}", times[times.len() / 2]);
    Ok(())
}

//! Looks for leaks: plants made-up credentials in pastes of every shape and searches everything that the program prints.
//!
//! A leak is a piece of six or more characters of a planted credential in any output, also after the output was decoded.
//! `tests/leaks/accepted.txt` lists the shapes in which leaks are accepted. The list got empty, and stays so.

mod case;
mod cases;
mod check;
pub mod outputs;
pub(crate) mod random;
mod secrets;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::ops::Range;

use case::Case;
pub use cases::{in_reports_of_all, inputs_of, mask_all};
pub use check::Depth;
use why401::Pack;

/// What a run found.
#[derive(Debug, Default)]
pub struct Found {
    /// How many cases were made.
    pub cases: u64,
    /// How many of them leak.
    pub leaking: u64,
    /// The leaks of each group, cut, look and place: how many of how many.
    counts: BTreeMap<String, (u64, u64)>,
    /// Shapes that leak, each with the first example.
    pub shapes: BTreeMap<String, String>,
}

impl Found {
    fn merge(&mut self, other: Self) {
        self.cases += other.cases;
        self.leaking += other.leaking;
        for (key, (leaks, all)) in other.counts {
            let count = self.counts.entry(key).or_default();
            count.0 += leaks;
            count.1 += all;
        }
        for (shape, example) in other.shapes {
            self.shapes.entry(shape).or_insert(example);
        }
    }
}

/// The shapes in which leaks are accepted.
///
/// # Errors
/// The list cannot be read.
pub fn accepted() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let list = std::fs::read_to_string(crate::root().join("tests/leaks/accepted.txt"))?;
    Ok(list.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(ToOwned::to_owned).collect())
}

/// Makes the cases of these seeds and looks for leaks.
#[must_use]
pub fn look(seeds: Range<u64>, pack: &Pack, depth: Depth) -> Found {
    let mut found = Found::default();
    for seed in seeds {
        let case = Case::of(seed);
        let leaks = check::leaks(&case, pack, depth, seed);
        found.cases += 1;
        found.leaking += u64::from(!leaks.is_empty());
        let group = case.shape.split('-').next().unwrap_or_default();
        let keys = [
            format!("group {group}"),
            format!("shape {}", case.shape),
            format!("cut {}", case.cut),
            format!("look {}", case.look),
            format!("place {}", case.place),
        ];
        for key in keys {
            let count = found.counts.entry(key).or_default();
            count.0 += u64::from(!leaks.is_empty());
            count.1 += 1;
        }
        for leak in &leaks {
            let count = found.counts.entry(format!("output {}", leak.form)).or_default();
            count.0 += 1;
        }
        if let Some(leak) = leaks.first() {
            found.shapes.entry(case.shape.clone()).or_insert_with(|| {
                format!(
                    "seed {seed}, {}, {}, {}, {}: {:?}\n      paste: {:?}\n      shown: {:?}",
                    case.cut, case.look, case.place, leak.form, leak.piece, case.line, leak.line
                )
            });
        }
    }
    found
}

/// The same on both cores.
fn look_on_two(cases: u64, first: u64, pack: &Pack, depth: Depth) -> Found {
    let middle = first + cases / 2;
    std::thread::scope(|scope| {
        let half = scope.spawn(|| look(first..middle, pack, depth));
        let mut found = look(middle..first + cases, pack, depth);
        if let Ok(half) = half.join() {
            found.merge(half);
        }
        found
    })
}

/// `cargo xtask leaks [CASES] [FIRST] [WHAT]`: runs, prints the rates, and one example of each shape that leaks. WHAT is
/// `paste` (only the paste as it may be shown, which is quicker), `masks` (also `redact`, and masking again) or `reports`.
///
/// # Errors
/// A shape leaks that is not on the list of accepted ones.
pub fn run(cases: u64, first: u64, depth: Depth, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    if cases == 0 {
        let case = Case::of(first);
        return Ok(write!(out, "{}", case.paste)?);
    }
    let pack = Pack::builtin()?;
    let found = look_on_two(cases, first, &pack, depth);
    let accepted = accepted()?;
    for (key, (leaks, all)) in &found.counts {
        if *leaks > 0 && !key.starts_with("shape ") {
            writeln!(out, "{key:<28} {leaks:>7} of {all}")?;
        }
    }
    for (shape, example) in &found.shapes {
        let (leaks, all) = found.counts[&format!("shape {shape}")];
        let mark = if accepted.contains(shape) { "accepted" } else { "NEW" };
        writeln!(out, "{shape} {mark} {leaks}/{all}\n      {example}")?;
    }
    writeln!(out, "{} pastes in {} shapes: {} leak", found.cases, shapes::SHAPES.len(), found.leaking)?;
    let fresh: Vec<&str> = found.shapes.keys().map(String::as_str).filter(|s| !accepted.contains(*s)).collect();
    if fresh.is_empty() { Ok(()) } else { Err(format!("not accepted: {}", fresh.join(", ")).into()) }
}

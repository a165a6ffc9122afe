//! Feeds the readers with broken input.
//!
//! Every capture of `tests/captures`, `tests/tickets` and `tests/labelled` is cut, doubled, spliced with another and
//! sprinkled with the bytes that formats are made of, then diagnosed by every reader and printed. A panic ends the run
//! and the error names the seed; the slowest input is named at the end, so that a hang is noticed.

use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};
use why401::{JsonReport, Options, Reader, TextStyle};

use crate::leaks::random::Random;

/// What becomes of plain characters in an editor or a mail.
const TYPOGRAPHY: &[(u8, &[u8])] = &[
    (b' ', b"\xC2\xA0"),
    (b' ', b"  "),
    (b' ', b"\t"),
    (b'"', b"\xE2\x80\x9C"),
    (b'\'', b"\xE2\x80\x99"),
    (b'-', b"\xE2\x80\x91"),
    (b'=', b"=3D"),
    (b':', b"\xEF\xBC\x9A"),
    (b'\n', b"\r\n"),
    (b'\n', b"\n> "),
    (b'\n', b" "),
    (b'&', b"&amp;"),
    (b'<', b"&lt;"),
];

const SPRINKLES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"'",
    b"`",
    b"\\",
    b"\\\"",
    b"$",
    b"${",
    b"%",
    b"^",
    b"|",
    b":",
    b": ",
    b"=",
    b"&",
    b";",
    b"> ",
    b"< ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\t",
    b"\0",
    b"\x1b[31m",
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"HTTP/1.1 401",
    b"Authorization: Bearer ",
    b"curl -H ",
    b"eyJ",
    b"GET ",
    b"-----BEGIN PRIVATE KEY-----",
    b"&lt;",
    b"\xe2\x80\x9c",
];

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut paste = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(paste.len() + 1);
        let till = (at + random.below(64)).min(paste.len());
        match random.below(8) {
            0 => paste.truncate(at),
            1 => drop(paste.drain(at..till)),
            2 => {
                let piece = paste[at..till].to_vec();
                for _ in 0..=random.below(40) {
                    paste.splice(at..at, piece.iter().copied());
                }
            }
            3 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let piece = other[from..(from + random.below(2000)).min(other.len())].to_vec();
                paste.splice(at..till, piece);
            }
            // Editors put other blanks, quotation marks and hyphens in the place of plain ones.
            6 => {
                let (plain, other) = TYPOGRAPHY[random.below(TYPOGRAPHY.len())];
                let text = paste.iter().flat_map(|b| if *b == plain { other.to_vec() } else { vec![*b] });
                paste = text.collect();
            }
            4 if at < paste.len() => paste[at] ^= 1 << random.below(8),
            5 => {
                let sprinkle = SPRINKLES[random.below(SPRINKLES.len())];
                for _ in 0..=random.below(30) {
                    paste.splice(at..at, sprinkle.iter().copied());
                }
            }
            _ => drop(paste.splice(at..at, SPRINKLES[random.below(SPRINKLES.len())].iter().copied())),
        }
    }
    paste
}

/// Runs for so many seconds, beginning with a seed. With 0 seconds it writes the input that the seed makes.
///
/// # Errors
/// The seed of an input that panics or puts a control character into the report; or a file that cannot be read.
pub fn run(seconds: u64, mut seed: u64, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let root = crate::root();
    let mut seeds = Vec::new();
    for directory in ["tests/captures", "tests/tickets"] {
        for entry in std::fs::read_dir(root.join(directory))? {
            let path = entry?.path();
            if path.is_file() {
                seeds.push(std::fs::read(path)?);
            }
        }
    }
    for entry in std::fs::read_dir(root.join("tests/labelled"))? {
        for line in std::fs::read_to_string(entry?.path())?.lines() {
            let ticket: serde_json::Value = serde_json::from_str(line)?;
            seeds.extend(ticket["input"].as_str().map(|input| input.as_bytes().to_vec()));
        }
    }
    if seconds == 0 {
        return Ok(out.write_all(&mutated(&seeds, &mut Random(seed)))?);
    }
    let pack = why401::Pack::builtin()?;
    let begin = Instant::now();
    let (mut runs, mut slowest) = (0_u64, (Duration::ZERO, 0, 0));
    while begin.elapsed().as_secs() < seconds {
        let paste = mutated(&seeds, &mut Random(seed));
        let from = Reader::ALL[usize::try_from(seed)? % Reader::ALL.len()];
        let started = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            let diagnosis = why401::diagnose(&paste, &pack, &Options::default().from(from));
            let mut text = Vec::new();
            let written = why401::write_text(&mut text, &diagnosis, &TextStyle::default()).is_ok()
                && JsonReport::new([("paste", &diagnosis)]).write(&mut Vec::new()).is_ok();
            // A control character would reach the terminal.
            written && !String::from_utf8_lossy(&text).chars().any(|c| c.is_control() && c != '\n')
        });
        if !matches!(outcome, Ok(true)) {
            return Err(format!("seed {seed}, {from:?}: a panic, or a control character in the report").into());
        }
        slowest = slowest.max((started.elapsed(), seed, paste.len()));
        runs += 1;
        seed += 1;
    }
    writeln!(out, "{runs} pastes from {} seeds; no panic, no control character", seeds.len())?;
    writeln!(out, "slowest: {} ms, seed {}, {} bytes", slowest.0.as_millis(), slowest.1, slowest.2)?;
    Ok(())
}

//! `why401 bulk`: many captures in one run.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use clap::{Args, ValueEnum};
use flate2::read::MultiGzDecoder;

use super::folders::files;
use super::problem::{Problem, echoed};
use super::unpack::GZIP;
use crate::bulk::{BulkSummary, judge_file};
use crate::capture::Reader;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::report::style::{STDIN, file_name};

/// Options of `bulk`.
#[derive(Debug, Args)]
pub(super) struct BulkArgs {
    /// Files and folders: HAR, JSON with one exchange a line, logs, tickets, also packed with gzip; `-`, or none, reads standard input
    #[arg(value_name = "FILE|DIR")]
    pub(super) files: Vec<PathBuf>,

    /// What is written
    #[arg(short, long, value_enum, default_value_t = BulkFormat::Text)]
    pub(super) format: BulkFormat,

    /// How many cores are used [default: all]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
}

/// What `bulk` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum BulkFormat {
    /// Causes, endpoints and hours with their counts, and examples
    Text,
    /// One line of JSON for each request, in the order of the input
    Jsonl,
}

/// Whether the user asked to stop.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BulkEnd {
    /// A request was refused for a cause that is at least likely.
    Explained,
    /// No request was.
    Unexplained,
    /// There was no request.
    NoRequest,
    /// No file could be read.
    Unreadable,
}

/// Judges the files; what cannot be read is said and passed over.
///
/// # Errors
/// The output takes nothing more.
pub(super) fn run(
    args: &BulkArgs,
    named: &[PathBuf],
    pack: &Pack,
    stdin: &mut dyn Read,
    (stdout, stderr): (&mut dyn Write, &mut dyn Write),
) -> io::Result<BulkEnd> {
    // Without a handler the process ends without what was found so far.
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
    let options = Options { from: Reader::AUTO, clock: Some(jiff::Timestamp::now()), ..Options::default() };
    let cores =
        args.jobs.map(usize::from).or_else(|| thread::available_parallelism().ok().map(usize::from)).unwrap_or(1);
    let mut summary = BulkSummary::default();
    let mut problems = 0;
    for path in files(named) {
        if STOPPED.load(Ordering::Relaxed) {
            break;
        }
        let name = if path.as_os_str() == "-" { STDIN.to_owned() } else { file_name(&echoed(&path.to_string_lossy())) };
        let opened: io::Result<Box<dyn Read + '_>> = match path.as_os_str() == "-" {
            true => unpacked(&mut *stdin),
            false => File::open(&path).and_then(unpacked),
        };
        let mut is_written = Ok(());
        let judged = opened.and_then(|file| {
            judge_file(file, (pack, &options), cores, |rows| {
                for row in &rows {
                    summary.add(&name, row);
                    if args.format == BulkFormat::Jsonl {
                        is_written = row.write(stdout, &name);
                    }
                    if is_written.is_err() {
                        return Ok(false);
                    }
                }
                Ok(!STOPPED.load(Ordering::Relaxed))
            })
        });
        is_written?;
        match judged {
            Ok(cut) => {
                summary.files += 1;
                summary.cut += cut;
            }
            Err(error) => {
                problems += 1;
                let problem = Problem::new(name, format!("cannot be read: {error}")).expected(
                    "a HAR file, JSON with one exchange a line, a log or another text, perhaps packed with gzip",
                );
                let _ = stderr.write_all(problem.to_string().as_bytes());
            }
        }
    }
    if args.format == BulkFormat::Text {
        summary.write(stdout)?;
    }
    if STOPPED.load(Ordering::Relaxed) {
        stdout.flush()?;
        let _ = stderr.write_all(b"stopped: the rest of the input was not read\n");
    }
    Ok(match (summary.files, summary.exchanges, summary.explained) {
        (0, _, _) if problems > 0 => BulkEnd::Unreadable,
        (_, 0, _) => BulkEnd::NoRequest,
        (_, _, 0) => BulkEnd::Unexplained,
        _ => BulkEnd::Explained,
    })
}

/// The text of a file, unpacked if need be.
fn unpacked<'r>(mut file: impl Read + 'r) -> io::Result<Box<dyn Read + 'r>> {
    let mut head = Vec::new();
    file.by_ref().take(GZIP.len() as u64).read_to_end(&mut head)?;
    let is_packed = head == GZIP;
    let whole = io::Cursor::new(head).chain(file);
    Ok(if is_packed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) })
}

//! `why401 bulk`: many captures in one run.

use std::fs::File;
use std::io::{self, BufRead as _, Read, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use clap::{Args, ValueEnum};
use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::folders::files;
use super::problem::{Problem, echoed};
use super::streams::Streams;
use super::unpack::GZIP;
use crate::bulk::{BulkSummary, judge_file};
use crate::capture::Reader;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::report::style::{STDIN, file_name};

/// Options of `bulk`.
#[derive(Debug, Args)]
pub(super) struct BulkArgs {
    /// Files and folders: HAR, JSON with one exchange a line, logs, tickets, also packed with gzip or zstd; `-`, or none, reads standard input
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

/// The bytes with which a file of zstd begins.
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

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
pub(super) fn run(args: &BulkArgs, named: &[PathBuf], pack: &Pack, streams: &mut Streams<'_>) -> io::Result<BulkEnd> {
    let Streams { stdin, stdout, stderr, .. } = streams;
    // Without a handler the process ends without what was found so far.
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
    let options = Options { from: Reader::AUTO, clock: Some(jiff::Timestamp::now()), ..Options::default() };
    let cores =
        args.jobs.map(usize::from).or_else(|| thread::available_parallelism().ok().map(usize::from)).unwrap_or(1);
    let mut summary = BulkSummary::default();
    let mut problems = 0;
    let files = files(named);
    // Lines that are written to the same terminal would break the bar.
    let is_shown = streams.shows_progress && !(args.format == BulkFormat::Jsonl && streams.stdout_is_terminal);
    let progress = progress(&files, is_shown);
    for path in files {
        if STOPPED.load(Ordering::Relaxed) {
            break;
        }
        let name = if path.as_os_str() == "-" { STDIN.to_owned() } else { file_name(&echoed(&path.to_string_lossy())) };
        let opened: io::Result<Box<dyn Read + '_>> = match path.as_os_str() == "-" {
            true => unpacked(progress.wrap_read(&mut **stdin)),
            false => File::open(&path).and_then(|file| unpacked(progress.wrap_read(file))),
        };
        let mut is_written = Ok(());
        let judged = opened.and_then(|file| {
            judge_file(file, (pack, &options), cores, |rows| {
                for row in &rows {
                    summary.add(&name, row);
                    if args.format == BulkFormat::Jsonl {
                        is_written = row.write(&mut **stdout, &name);
                    }
                    if is_written.is_err() {
                        return Ok(false);
                    }
                }
                progress.set_message(format!("{} requests", summary.exchanges));
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
                    "a HAR file, JSON with one exchange a line, a log or another text, perhaps packed with gzip or zstd",
                );
                let _ = stderr.write_all(problem.to_string().as_bytes());
            }
        }
    }
    progress.finish_and_clear();
    if args.format == BulkFormat::Text {
        summary.write(&mut **stdout)?;
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
    file.by_ref().take(ZSTD.len() as u64).read_to_end(&mut head)?;
    let (is_gzip, is_zstd) = (head.starts_with(GZIP), head == ZSTD);
    let whole = io::Cursor::new(head).chain(file);
    if is_gzip {
        return Ok(Box::new(MultiGzDecoder::new(whole)));
    }
    if is_zstd {
        return Ok(Box::new(ZstdFrames { frame: None, whole: Some(io::BufReader::new(whole)) }));
    }
    Ok(Box::new(whole))
}

/// All frames of a file of zstd, one after the other: a log that was rotated may have several.
struct ZstdFrames<R: Read> {
    frame: Option<StreamingDecoder<io::BufReader<R>, FrameDecoder>>,
    /// The file between two frames.
    whole: Option<io::BufReader<R>>,
}

impl<R: Read> Read for ZstdFrames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let len = frame.read(out)?;
                if len > 0 || out.is_empty() {
                    return Ok(len);
                }
                self.whole = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut whole) = self.whole.take() else { return Ok(0) };
            if whole.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.frame = Some(StreamingDecoder::new(whole).map_err(io::Error::other)?);
        }
    }
}

/// The bar at a terminal: bytes of all files, requests so far, and the time that is left.
fn progress(files: &[PathBuf], is_shown: bool) -> ProgressBar {
    if !is_shown {
        return ProgressBar::hidden();
    }
    let size = |file: &PathBuf| std::fs::metadata(file).map_or(0, |m| m.len());
    let total = (!files.iter().any(|file| file.as_os_str() == "-")).then(|| files.iter().map(size).sum());
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left"),
        // The size of what comes through a pipe is not known.
        None => (ProgressBar::no_length(), "{spinner} {bytes}, {msg}, {elapsed}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

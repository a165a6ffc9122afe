//! `why401 check`: the captures of a test run, judged by the settings of the project.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::check_args::{CheckArgs, CheckFormat};
use super::end::{Exit, Stop};
use super::fail_on::FailOn;
use super::folders::files;
use super::input::{self, Input};
use super::load::load;
use super::problem::{Problem, echoed};
use super::save;
use super::streams::Streams;
use crate::check::baseline::{self, Baseline};
use crate::check::config::{self, CheckConfig};
use crate::check::coverage::Coverage;
use crate::check::listing;
use crate::check::sift::Sieve;
use crate::diagnosis::model::{Diagnosis, Verdict};
use crate::options::Options;
use crate::report::forms::ReportForm;
use crate::report::style::file_name;

/// The name of the settings in a project.
const SETTINGS: &str = "why401.toml";

/// The most bytes of a baseline: some hundred thousand findings.
const MOST_BASELINE: u64 = 64 << 20;

/// The most bytes of captures whose reports are kept for one document.
const MOST_BYTES: usize = 512 << 20;

/// Judges the captures.
///
/// # Errors
/// The settings, the baseline or a file that was named cannot be used.
pub(super) fn run(args: &CheckArgs, rules: &[PathBuf], streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let config = settings(args.config.as_deref(), streams.stdin)?;
    let rules: Vec<PathBuf> = rules.iter().chain(&config.rules).cloned().collect();
    let pack = load(&rules, false)?;
    config.check(pack).map_err(|mistakes| Stop::Message(config::shown(&mistakes)))?;
    let options = options(args, &config, pack, streams.stdin)?;
    let known = match args.baseline.as_ref().or(config.baseline.as_ref()).filter(|_| args.write_baseline.is_none()) {
        Some(path) => read_baseline(path)?,
        None => Baseline::default(),
    };
    let fail_on = args.fail_on.map_or(config.fail_on.unwrap_or(Some(Verdict::Likely)), FailOn::least);
    let named = if args.files.is_empty() { config.files.clone() } else { args.files.clone() };
    if named.is_empty() {
        return Err(Problem::new("arguments", "no file and no folder")
            .expected("files or folders with captures")
            .todo(format!("name them, or write `files = [\"captures\"]` into {SETTINGS}"))
            .into());
    }
    let folders = named.iter().filter(|path| path.is_dir()).map(|path| config.seen(&path.to_string_lossy())).collect();
    let covered = Coverage::new(folders, args.files.is_empty());
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    let mut sieve = Sieve::new(config, known, today, covered);
    let mut read: Vec<(String, Diagnosis)> = Vec::new();
    let mut bytes = 0;
    // The text is printed file by file; a document for all files comes at the end.
    let is_text = args.format == CheckFormat::Text || args.output.is_some();
    for path in files(&named) {
        let is_named = named.contains(&path);
        let input = match input::read(&path, streams.stdin, &input::PASTE) {
            Ok(input) => input,
            Err(problem) if is_named => return Err(problem.into()),
            // A folder of a test run has pictures and empty files, too.
            Err(problem) => {
                let _ = streams.stderr.write_all(format!("passed over: {}", problem.line()).as_bytes());
                continue;
            }
        };
        let Input { name, bytes: text } = input;
        let from = sieve.config.reader(&path.to_string_lossy());
        let diagnosis = crate::diagnosis::diagnose(&text, pack, &Options { from, ..options.clone() });
        let rest = sieve.sift(&name, diagnosis);
        if is_text {
            listing::write(streams.stdout, &name, &rest)?;
        }
        if args.format != CheckFormat::Text && !rest.exchanges.is_empty() {
            bytes += text.len();
            if bytes > MOST_BYTES {
                return Err(Problem::new(name, format!("more than {} MB of captures", MOST_BYTES >> 20))
                    .expected("less, for a report in one document")
                    .todo("name fewer folders, or use --format text")
                    .into());
            }
            read.push((name, rest));
        }
    }
    document(args, &read, &sieve, streams)?;
    if is_text {
        streams.stdout.write_all(listing::counted(&sieve.counts).as_bytes())?;
    }
    if let Some(path) = &args.write_baseline {
        save::save(path, baseline::written(&sieve.findings).as_bytes())?;
        return Ok(Exit::Nothing);
    }
    let counts = sieve.counts;
    let is_found = fail_on.is_some_and(|least| counts.surest.is_some_and(|surest| surest <= least));
    Ok(if is_found {
        Exit::Found
    } else if counts.requests == 0 || counts.unexplained > 0 {
        Exit::NothingToJudge
    } else {
        Exit::Nothing
    })
}

/// Writes the findings in the format that was asked for, and what is to be said about the settings.
fn document(
    args: &CheckArgs,
    read: &[(String, Diagnosis)],
    sieve: &Sieve,
    streams: &mut Streams<'_>,
) -> Result<(), Stop> {
    let form = match args.format {
        CheckFormat::Text => None,
        CheckFormat::Github => Some(ReportForm::Github),
        CheckFormat::Gitlab => Some(ReportForm::Gitlab),
        CheckFormat::Sarif => Some(ReportForm::Sarif),
        CheckFormat::Junit => Some(ReportForm::Junit),
        CheckFormat::Jsonl => Some(ReportForm::JsonLines),
    };
    let mut bytes = Vec::new();
    let listed: Vec<(&str, &Diagnosis)> = read.iter().map(|(name, diagnosis)| (name.as_str(), diagnosis)).collect();
    match form {
        Some(form) => form.write(&mut bytes, &listed)?,
        None if args.output.is_some() => {
            return Err(Problem::new("arguments", "--output without a --format")
                .expected("the format of the file: --format sarif --output why401.sarif")
                .into());
        }
        None => {}
    }
    for warning in sieve.config.warnings(sieve.today, &sieve.read) {
        if args.format == CheckFormat::Github {
            bytes.extend(listing::annotated(&warning).bytes());
        }
        let _ = streams.stderr.write_all(listing::warned(&warning).as_bytes());
    }
    let gone = sieve.baseline.gone(|path| sieve.read.has(path));
    if gone > 0 {
        let says = format!("note: {gone} of the baseline no longer found: write it again with --write-baseline\n");
        let _ = streams.stderr.write_all(says.as_bytes());
    }
    match &args.output {
        Some(path) => save::save(path, &bytes)?,
        None => streams.stdout.write_all(&bytes)?,
    }
    Ok(())
}

/// The settings that are named, or those of this folder, or none.
fn settings(named: Option<&Path>, stdin: &mut dyn Read) -> Result<CheckConfig, Stop> {
    let path = match named {
        Some(path) => path,
        None if Path::new(SETTINGS).is_file() => Path::new(SETTINGS),
        None => return Ok(CheckConfig::none()),
    };
    let Input { name, bytes } = input::read(path, stdin, &input::SETTINGS)?;
    let source = crate::text::decode(&bytes).text;
    let folder = path.parent().unwrap_or(Path::new(""));
    CheckConfig::read(&name, folder, &source).map_err(|mistakes| Stop::Message(config::shown(&mistakes)))
}

fn read_baseline(path: &Path) -> Result<Baseline, Problem> {
    let name = file_name(&echoed(&path.to_string_lossy()));
    let problem = |found: String| {
        Problem::new(name.clone(), found)
            .expected("a baseline, as --write-baseline writes it")
            .todo("write it again: why401 check --write-baseline FILE …")
    };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BASELINE + 1).read_to_end(&mut bytes))
        .map_err(|error| problem(format!("cannot be read: {error}")))?;
    if bytes.len() as u64 > MOST_BASELINE {
        return Err(problem(format!("more than {} MB", MOST_BASELINE >> 20)));
    }
    Baseline::read(&bytes).map_err(problem)
}

/// The options of a diagnosis, as the settings give them.
fn options(
    args: &CheckArgs,
    config: &CheckConfig,
    pack: &crate::pack::model::Pack,
    stdin: &mut dyn Read,
) -> Result<Options, Stop> {
    let product_set = match &config.product_set {
        Some(path) => Some(crate::product_set::read(&input::read(path, stdin, &input::PRODUCT_SET)?.bytes, pack)),
        None => None,
    };
    let mut mask = input::own_words(&args.own_words, stdin)?;
    mask.extend(config.mask.iter().cloned());
    Ok(Options {
        asid: config.asid.clone(),
        clock: Some(jiff::Timestamp::now()),
        product_set,
        mask,
        ..Options::default()
    })
}

//! The command line: arguments and streams in, calls of the library, an exit status out.
//!
//! Nothing here knows about requests: what a user of the library would miss belongs in the library. The streams are
//! passed in, so that a test can run the whole program.

mod age;
mod args;
mod bulk;
mod check;
mod check_args;
pub mod clipboard;
mod end;
mod fail_on;
mod folders;
mod input;
mod load;
#[cfg(feature = "lsp")]
mod lsp;
mod manual;
mod mcp;
mod mcp_args;
mod output;
mod own_words;
mod page;
mod problem;
mod redact;
mod save;
mod skeleton;
mod streams;
mod terminal;
pub mod typed;
mod unpack;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::error::{ContextKind, ContextValue};
use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _};

use self::args::{Cli, Command, Diagnose, FileFormat, General, InputArgs, MarkupName, ReportFormat, Rules};
use self::bulk::BulkEnd;
pub use self::end::Exit;
use self::end::Stop;
use self::input::Input;
use self::load::{load, load_packs};
use self::problem::Problem;
pub use self::streams::Streams;
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome};
use crate::facts::{FACTS, Type};
use crate::nearest::nearest;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::report::forms::ReportForm;
use crate::report::message::MessageMarkup;
use crate::report::set_file::{self, NamedSet};
use crate::report::style::{PageWriter, TextStyle, columns};
use crate::report::{brief, explain, explain_json, screen, text, ticket};
use crate::visible::visible;

/// Runs the program with these arguments, the first of which is its name.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let outcome =
        match parse(args.clone()) {
            Ok(cli) => cli.and_then(|cli| {
                if cli.reads_clipboard() { with_clipboard(&cli, streams) } else { dispatch(&cli, streams) }
            }),
            Err(error) => usage(&error, &args, streams),
        };
    let outcome = outcome.and_then(|exit| {
        streams.stdout.flush()?;
        Ok(exit)
    });
    let message = match outcome {
        Ok(exit) => return exit,
        // The reader has seen enough (`why401 … | head`).
        Err(Stop::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => return Exit::Nothing,
        Err(Stop::Write(error)) => {
            Problem::new("<stdout>", format!("the report cannot be written: {error}")).to_string()
        }
        Err(Stop::Problem(problem)) => problem.to_string(),
        Err(Stop::Message(message)) => message,
    };
    // What was reported so far comes first. Where neither stream takes anything, the exit status must do.
    let _ = streams.stdout.flush();
    let _ = streams.stderr.write_all(visible(&message).as_bytes());
    let _ = streams.stderr.flush();
    Exit::Unusable
}

/// Reads the arguments. `clap` alone would accept the options of a diagnosis before a command, where they do nothing.
fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Result<Cli, Stop>, clap::Error> {
    let matches = Cli::command().try_get_matches_from(args)?;
    let cli = Cli::from_arg_matches(&matches)?;
    let Some(command) = matches.subcommand_name() else { return Ok(Ok(cli)) };
    let given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let Some(option) = [
        "files",
        "clipboard",
        "from",
        "format",
        "full",
        "quiet",
        "summary",
        "fail_on",
        "asid",
        "status",
        "now",
        "product_set",
        "interaction_map",
        "draft",
        "mask",
        "mask_list",
    ]
    .into_iter()
    .find(given) else {
        return Ok(Ok(cli));
    };
    let found = match option {
        "files" => format!("a file and the command `{command}`"),
        option => format!("`--{}` with the command `{command}`", option.replace('_', "-")),
    };
    Ok(Err(Problem::new("arguments", found)
        .expected("these arguments only without a command")
        .todo(format!("leave it out, or run `why401 {command} --help`"))
        .into()))
}

/// Help and version, which were asked for, and mistakes in the arguments.
fn usage(error: &clap::Error, args: &[OsString], streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let mut text = error.render().to_string();
    if error.use_stderr() {
        // What was typed is repeated in the message.
        for (kind, value) in error.context() {
            let ContextValue::String(typed) = value else { continue };
            // Where there is a list of words to choose from, a word that is none of them is a slip.
            let is_word = error.get(ContextKind::ValidValue).is_some();
            let shown = match kind {
                ContextKind::InvalidValue if is_word => problem::echoed(typed),
                ContextKind::InvalidValue => problem::echoed_value(typed),
                ContextKind::InvalidArg | ContextKind::InvalidSubcommand => problem::echoed(typed),
                _ => continue,
            };
            if shown != *typed {
                text = text.replace(typed.as_str(), &shown);
            }
        }
        return Err(Stop::Message(without_credentials(text, args)));
    }
    streams.stdout.write_all(text.as_bytes())?;
    if error.kind() == clap::error::ErrorKind::DisplayVersion {
        streams.stdout.write_all(age::remark().unwrap_or_default().as_bytes())?;
    }
    Ok(Exit::Nothing)
}

/// A message without what an argument of the call must not show, wherever the parser repeats it.
fn without_credentials(mut message: String, args: &[OsString]) -> String {
    let args: Vec<String> = args.iter().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    // An option with its value (`--status=…`) is repeated in whole or in part.
    let sides = |arg: &'_ String| arg.split_once('=').map(|(name, value)| [name.to_owned(), value.to_owned()]);
    let parts = args.iter().flat_map(|arg| std::iter::once(arg.clone()).chain(sides(arg).into_iter().flatten()));
    // The parser leaves colour codes out where it repeats a value.
    let mut parts: Vec<String> = parts
        .flat_map(|part| [anstream::adapter::strip_str(&part).to_string(), part])
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort_unstable_by_key(|part| std::cmp::Reverse(part.len()));
    parts.dedup();
    for part in parts {
        let shown = problem::echoed(&part);
        if shown != part {
            message = message.replace(&part, &shown);
        }
    }
    message
}

/// Runs a command on the text in the clipboard as if it had been piped in.
fn with_clipboard(cli: &Cli, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let text = (streams.clipboard)().map_err(|reason| {
        // The reason is the words of a library or of the system.
        Problem::new("--clipboard", format!("the clipboard cannot be read: {reason}"))
            .expected("a desktop, and a program that was built with the feature `clipboard`")
            .todo("paste into `why401 -` instead, or see docs/using.md for what prints the clipboard on each system")
    })?;
    let mut stdin = io::Cursor::new(text);
    let mut streams = Streams {
        stdin: &mut stdin,
        is_clipboard: true,
        stdout: &mut *streams.stdout,
        stderr: &mut *streams.stderr,
        stdin_is_terminal: false,
        ..*streams
    };
    dispatch(cli, &mut streams)
}

fn dispatch(cli: &Cli, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let general = &cli.general;
    let terminal = (streams.terminal_width, streams.shows_links);
    let style = terminal::style(general, streams.stdout_is_terminal, terminal, streams.variable);
    match &cli.command {
        None => diagnose(&cli.diagnose, general, &style, streams),
        Some(Command::Ticket(args)) => write_message(args, true, general, streams),
        Some(Command::Redact(args)) => redact_files(args, general, streams),
        Some(Command::Bulk(args)) => {
            needs_input(&args.files, streams)?;
            let pack = load(&general.rules, false)?;
            let end = bulk::run(args, &input::named_or_stdin(&args.files), pack, streams)?;
            Ok(match end {
                BulkEnd::Explained => Exit::Found,
                BulkEnd::Unexplained => Exit::Nothing,
                BulkEnd::NoRequest => Exit::NothingToJudge,
                BulkEnd::Unreadable => Exit::Unusable,
            })
        }
        Some(Command::Check(args)) => check::run(args, &general.rules, streams),
        Some(Command::Reply(args)) => write_message(args, false, general, streams),
        Some(Command::Compare { working, failing, from, format }) => {
            let options = Options { from: *from, clock: Some(jiff::Timestamp::now()), ..Options::default() };
            compare((working, failing), &options, *format, general, &style, streams)
        }
        Some(Command::Mcp(args)) => {
            mcp::run(args, load(&general.rules, false)?, streams).map_err(unreadable)?;
            Ok(Exit::Nothing)
        }
        #[cfg(feature = "lsp")]
        Some(Command::Lsp(_)) => {
            let is_shut_down = lsp::run(load(&general.rules, false)?, streams).map_err(unreadable)?;
            Ok(if is_shut_down { Exit::Nothing } else { Exit::Found })
        }
        Some(Command::Explain { cause, format }) => explain_cause(cause, *format, general, &style, streams),
        Some(Command::Facts { file: None, .. }) => list_facts(&style, streams),
        Some(Command::Facts { file: Some(file), from, format, now }) => {
            let clock = Some(jiff::Timestamp::now());
            let options = Options { from: *from, now: *now, clock, ..Options::default() };
            show_facts(file, &options, *format, general, &style, streams)
        }
        Some(Command::Packs { system }) => packs(system.as_deref(), general, &style, streams),
        Some(Command::Words { message, format }) => words(message, *format, general, &style, streams),
        Some(Command::ProductSet { file, asid, diff, format }) => {
            let files: Vec<&Path> = file.iter().chain(diff).map(PathBuf::as_path).collect();
            product_set(&files, asid.as_deref(), *format, general, &style, streams)
        }
        Some(Command::Rules { command: Rules::List }) => list(general, &style, streams),
        Some(Command::Rules { command: Rules::Test { what } }) => test(what, general, streams),
        Some(Command::Rules { command: Rules::New { id } }) => {
            streams.stdout.write_all(skeleton::rule(id)?.as_bytes())?;
            Ok(Exit::Nothing)
        }
        Some(Command::Completions { shell }) => {
            streams.stdout.write_all(&manual::completions(*shell))?;
            Ok(Exit::Nothing)
        }
        Some(Command::Page) => {
            streams.stdout.write_all(&page::page(streams.stdout_is_terminal)?)?;
            Ok(Exit::Nothing)
        }
        Some(Command::Man { command }) => {
            streams.stdout.write_all(&manual::page(command.as_deref())?)?;
            Ok(Exit::Nothing)
        }
    }
}

fn diagnose(args: &Diagnose, general: &General, style: &TextStyle, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    needs_input(&args.reading.files, streams)?;
    let pack = load(&general.rules, false)?;
    let files = input::named_or_stdin(&args.reading.files);
    let options = options(&args.reading, args.draft, pack, streams)?;
    let targets = output::targets(args)?;
    let mut exits = Vec::new();
    if let [(FileFormat::Text, None)] = targets.as_slice() {
        for (i, path) in files.iter().enumerate() {
            let (file, diagnosis) = one(path, pack, &options, streams)?;
            as_text(args, streams.stdout, &diagnosis, &TextStyle { file, ..style.clone() }, i, files.len())?;
            exits.push(exit(args, &diagnosis));
        }
        // For people: what reads a pipe looks at the version.
        if streams.stdout_is_terminal
            && let Some(remark) = age::remark()
        {
            writeln!(streams.stdout)?;
            streams.stdout.write_all(remark.as_bytes())?;
        }
    } else {
        // One document for all files: nothing is written before the last one was read.
        let read = files.iter().map(|path| one(path, pack, &options, streams)).collect::<Result<Vec<_>, _>>()?;
        exits.extend(read.iter().map(|(_, diagnosis)| exit(args, diagnosis)));
        for (format, file) in &targets {
            let style = TextStyle { colour: false, ..style.clone() };
            let Some(file) = file else {
                formatted(args, *format, &mut *streams.stdout, &read, &style)?;
                continue;
            };
            let mut bytes = Vec::new();
            formatted(args, *format, &mut bytes, &read, &style)?;
            save::save(file, &bytes)?;
        }
    }
    Ok([Exit::Found, Exit::NothingToJudge].into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Nothing))
}

/// The messages of a client cannot be read.
fn unreadable(error: io::Error) -> Stop {
    Problem::new("<stdin>", format!("cannot be read: {}", error.kind()))
        .expected("the messages of a client of this protocol")
        .into()
}

/// Says how to paste where no file is named and nothing is piped in.
fn needs_input(files: &[PathBuf], streams: &Streams<'_>) -> Result<(), Stop> {
    if files.is_empty() && streams.stdin_is_terminal { Err(Stop::Message(HOW_TO_PASTE.to_owned())) } else { Ok(()) }
}

/// What reports and errors call the text of the clipboard.
const CLIPBOARD: &str = "<clipboard>";

/// Reads a file and diagnoses it.
fn one(path: &Path, pack: &Pack, options: &Options, streams: &mut Streams<'_>) -> Result<(String, Diagnosis), Problem> {
    let Input { name, bytes } =
        input::read(path, streams.stdin, &input::PASTE).map_err(|problem| match streams.is_clipboard {
            true => problem.of(CLIPBOARD),
            false => problem,
        })?;
    let name = if streams.is_clipboard { CLIPBOARD.to_owned() } else { name };
    Ok((name, crate::diagnosis::diagnose(&bytes, pack, options)))
}

/// Writes a ticket or a reply for each file.
fn write_message(
    args: &args::MessageArgs,
    is_ticket: bool,
    general: &General,
    streams: &mut Streams<'_>,
) -> Result<Exit, Stop> {
    needs_input(&args.reading.files, streams)?;
    let pack = load(&general.rules, false)?;
    let options = options(&args.reading, false, pack, streams)?;
    let markup = match args.markup {
        MarkupName::Markdown => MessageMarkup::Markdown,
        MarkupName::Plain => MessageMarkup::Plain,
        MarkupName::Discourse => MessageMarkup::Discourse,
        MarkupName::Jira => MessageMarkup::Jira,
    };
    let mut exit = Exit::Nothing;
    for (i, path) in input::named_or_stdin(&args.reading.files).iter().enumerate() {
        let (_, diagnosis) = one(path, pack, &options, streams)?;
        if i > 0 {
            streams.stdout.write_all(b"\n")?;
        }
        if is_ticket {
            ticket::write_ticket(&mut streams.stdout, &diagnosis, pack, markup)?;
        } else {
            ticket::write_reply(&mut streams.stdout, &diagnosis, markup)?;
        }
        if !ticket::has_subject(&diagnosis) {
            exit = Exit::NothingToJudge;
        }
    }
    Ok(exit)
}

/// The reports of all files in one format.
fn formatted(
    args: &Diagnose,
    format: FileFormat,
    out: &mut dyn Write,
    read: &[(String, Diagnosis)],
    style: &TextStyle,
) -> io::Result<()> {
    let form = match format {
        FileFormat::Text => {
            for (i, (file, diagnosis)) in read.iter().enumerate() {
                as_text(args, out, diagnosis, &TextStyle { file: file.clone(), ..style.clone() }, i, read.len())?;
            }
            return Ok(());
        }
        FileFormat::Json if args.brief => ReportForm::BriefJson,
        FileFormat::Json => ReportForm::Json,
        FileFormat::Jsonl => ReportForm::JsonLines,
        FileFormat::Markdown => ReportForm::Markdown,
        FileFormat::Sarif => ReportForm::Sarif,
        FileFormat::Github => ReportForm::Github,
        FileFormat::Gitlab => ReportForm::Gitlab,
        FileFormat::Junit => ReportForm::Junit,
        FileFormat::Html => ReportForm::Html,
    };
    let files: Vec<(&str, &Diagnosis)> = read.iter().map(|(file, diagnosis)| (file.as_str(), diagnosis)).collect();
    form.write(out, &files)
}

/// The report for people on the `i`-th of so many files, in as much detail as was asked for.
fn as_text(
    args: &Diagnose,
    mut out: &mut dyn Write,
    diagnosis: &Diagnosis,
    style: &TextStyle,
    i: usize,
    files: usize,
) -> io::Result<()> {
    if files > 1 && !args.quiet && !args.summary {
        if i > 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(text::file_heading(style).as_bytes())?;
    }
    // A draft is part of the full report.
    if args.full || args.draft {
        return text::write(&mut out, diagnosis, style);
    }
    if args.quiet {
        return brief::causes(&mut out, diagnosis, style);
    }
    if args.summary {
        return brief::summary(&mut out, diagnosis, style);
    }
    screen::write(&mut out, diagnosis, style)
}

fn compare(
    (working, failing): (&Path, &Path),
    options: &Options,
    format: ReportFormat,
    general: &General,
    style: &TextStyle,
    streams: &mut Streams<'_>,
) -> Result<Exit, Stop> {
    let pack = load(&general.rules, false)?;
    let (a, b) =
        (input::read(working, streams.stdin, &input::PASTE)?, input::read(failing, streams.stdin, &input::PASTE)?);
    let Some(comparison) = crate::diagnosis::compare::compare(&a.bytes, &b.bytes, pack, options) else {
        return Err(Problem::new("arguments", "one of the two captures shows no request")
            .expected("two captures, one of a request that worked and one of a request that failed")
            .into());
    };
    let files = (a.name.as_str(), b.name.as_str());
    match format {
        ReportFormat::Text => crate::report::compare::write(&mut streams.stdout, &comparison, files, style)?,
        ReportFormat::Json => crate::report::compare::write_json(&mut streams.stdout, &comparison, files)?,
    }
    Ok(if comparison.differences.is_empty() { Exit::Nothing } else { Exit::Found })
}

/// Shows what a file with a product set says, or how two of them differ.
fn product_set(
    files: &[&Path],
    asid: Option<&str>,
    format: ReportFormat,
    general: &General,
    style: &TextStyle,
    streams: &mut Streams<'_>,
) -> Result<Exit, Stop> {
    let pack = load(&general.rules, false)?;
    let mut read = Vec::new();
    for path in files {
        let Input { name, bytes } = input::read(path, streams.stdin, &input::PRODUCT_SET)?;
        read.push((name, crate::product_set::read(&bytes, pack)));
    }
    let sets: Vec<NamedSet<'_>> = read.iter().map(|(name, file)| NamedSet { name, file, asid }).collect();
    let out = &mut streams.stdout;
    match (sets.as_slice(), format) {
        ([only], ReportFormat::Text) => set_file::write(out, *only, style)?,
        ([only], ReportFormat::Json) => set_file::write_json(out, *only)?,
        ([a, b], ReportFormat::Text) => set_file::write_difference(out, (*a, *b), style)?,
        ([a, b], ReportFormat::Json) => set_file::write_difference_json(out, (*a, *b))?,
        _ => {}
    }
    Ok(match sets.as_slice() {
        [a, b] if set_file::differ(*a, *b) => Exit::Found,
        _ => Exit::Nothing,
    })
}

/// The options of a diagnosis. A product set that cannot decide is a matter for the report; one that cannot be read is
/// an error.
fn options(args: &InputArgs, draft: bool, pack: &Pack, streams: &mut Streams<'_>) -> Result<Options, Stop> {
    let given = || args.product_set.iter().chain(&args.interaction_map).chain(&args.jwks);
    if given().chain(&input::named_or_stdin(&args.files)).filter(|path| path.as_os_str() == "-").count() > 1 {
        return Err(Problem::new("arguments", "standard input is requested twice")
            .expected("`-` for at most one file")
            .todo("save the request, or the product set, to a file")
            .into());
    }
    let product_set = match &args.product_set {
        Some(path) => Some(input::read(path, streams.stdin, &input::PRODUCT_SET)?),
        None => None,
    };
    let interaction_map = match &args.interaction_map {
        Some(path) => Some(input::interaction_map(path, streams.stdin, pack)?),
        None => None,
    };
    let keys = match &args.jwks {
        Some(path) => Some(Arc::new(input::keys(path, streams.stdin)?)),
        None => None,
    };
    Ok(Options {
        from: args.from,
        now: args.now,
        asid: args.asid.clone(),
        status: args.status,
        keys,
        clock: Some(jiff::Timestamp::now()),
        product_set: product_set.map(|input| crate::product_set::read(&input.bytes, pack)),
        interaction_map,
        draft,
        mask: input::own_words(&args.own_words, streams.stdin)?,
    })
}

fn exit(args: &Diagnose, diagnosis: &Diagnosis) -> Exit {
    let exchanges = &diagnosis.exchanges;
    if exchanges.iter().flat_map(|e| &e.causes).any(|c| args.fail_on.includes(c.verdict)) {
        return Exit::Found;
    }
    // A refusal that no cause fits was not understood, which is not the same as a request without a fault.
    let is_unexplained = |e: &ExchangeDiagnosis| {
        matches!(e.outcome, Outcome::Refused | Outcome::Unclear) && e.superseded_by.is_none() && e.causes.is_empty()
    };
    if exchanges.is_empty() || exchanges.iter().any(is_unexplained) { Exit::NothingToJudge } else { Exit::Nothing }
}

const HOW_TO_PASTE: &str = "\
why401 explains why a captured request got a 401.

Give it the request and its response, in whatever form you have them:
  why401 ticket.txt                a file
  why401 -                         paste, then Ctrl-D (Windows: Ctrl-Z and Enter)
  curl -v https://… 2>&1 | why401  the output of curl

Tokens and NHS numbers are never shown. `why401 --help` lists the options.
";

fn explain_cause(
    id: &str,
    format: ReportFormat,
    general: &General,
    style: &TextStyle,
    streams: &mut Streams<'_>,
) -> Result<Exit, Stop> {
    let pack = load(&general.rules, true)?;
    let Some(cause) = pack.cause(id) else {
        if crate::report::packs::explain(&mut streams.stdout, pack, id, style)? {
            return Ok(Exit::Nothing);
        }
        let causes = pack.causes.iter().map(|c| c.id.as_str());
        let name = crate::report::style::file_name(&problem::echoed(id));
        return Err(Problem::new("explain", format!("there is no cause `{name}`"))
            .expected("the id of a cause, as a report shows it in brackets, or words that a known system refuses with")
            .todo(did_you_mean(id, causes, "`why401 rules list` shows all ids"))
            .into());
    };
    match format {
        ReportFormat::Text => explain::write(&mut streams.stdout, cause, pack, style)?,
        ReportFormat::Json => explain_json::write(&mut streams.stdout, cause)?,
    }
    Ok(Exit::Nothing)
}

/// What rules see of a capture.
fn show_facts(
    path: &Path,
    options: &Options,
    format: ReportFormat,
    general: &General,
    style: &TextStyle,
    streams: &mut Streams<'_>,
) -> Result<Exit, Stop> {
    let pack = load(&general.rules, false)?;
    let Input { name, bytes } = input::read(path, streams.stdin, &input::PASTE)?;
    let seen = crate::diagnosis::seen::seen(&bytes, pack, options);
    match format {
        ReportFormat::Text => crate::report::facts::write(&mut streams.stdout, &seen, style)?,
        ReportFormat::Json => crate::report::facts::write_json(&mut streams.stdout, &seen, &name)?,
    }
    Ok(Exit::Nothing)
}

/// The packs and their systems, or one system.
fn packs(id: Option<&str>, general: &General, style: &TextStyle, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let pack = load(&general.rules, true)?;
    let Some(id) = id else {
        crate::report::packs::list(&mut streams.stdout, pack, style)?;
        return Ok(Exit::Nothing);
    };
    if crate::report::packs::show(&mut streams.stdout, pack, id, style)? {
        return Ok(Exit::Nothing);
    }
    let systems = pack.systems.all().map(|s| s.id.as_str());
    let name = crate::report::style::file_name(&problem::echoed(id));
    Err(Problem::new("packs", format!("there is no system `{name}`"))
        .expected("the id of a system")
        .todo(did_you_mean(id, systems, "`why401 packs` shows all ids"))
        .into())
}

/// What to do about an id that does not exist: the nearest of those that do, and where all are shown.
fn did_you_mean<'n>(id: &str, known: impl Iterator<Item = &'n str>, all: &str) -> String {
    match nearest(id, known) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all.to_owned(),
    }
}

/// How the words of a refusal are read.
fn words(
    message: &str,
    format: ReportFormat,
    general: &General,
    style: &TextStyle,
    streams: &mut Streams<'_>,
) -> Result<Exit, Stop> {
    let pack = load(&general.rules, false)?;
    let read = match message {
        "-" => Some(input::read(Path::new("-"), streams.stdin, &input::MESSAGE)?),
        _ => None,
    };
    let text = read.map(|input| crate::text::decode(&input.bytes).text);
    let message = text.as_deref().unwrap_or(message).trim();
    match format {
        ReportFormat::Text => crate::report::words::write(&mut streams.stdout, message, pack, style)?,
        ReportFormat::Json => crate::report::words::write_json(&mut streams.stdout, message, pack)?,
    }
    Ok(Exit::Nothing)
}

/// Prints texts with masks, or says what would be masked.
fn redact_files(args: &redact::RedactArgs, general: &General, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let pack = load(&general.rules, false)?;
    let mut masker = args.masker(&input::own_words(&args.own_words, streams.stdin)?);
    let mut is_found = false;
    for path in &input::named_or_stdin(&args.files) {
        let Input { name, bytes } = input::read(path, streams.stdin, &input::PASTE)?;
        let masked = masker.mask(&bytes, pack);
        is_found |= !masked.stretches.is_empty();
        if args.check {
            streams.stdout.write_all(redact::listed(&name, &masked).as_bytes())?;
        } else {
            streams.stdout.write_all(&masked.bytes)?;
        }
    }
    Ok(if args.check && is_found { Exit::Found } else { Exit::Nothing })
}

fn list_facts(style: &TextStyle, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let mut page = PageWriter::new(style);
    for fact in FACTS {
        page.led(0, fact.name, |t| style.lead(t), "");
        page.item(3, "what: ", fact.says);
        page.item(3, "type: ", &kind(fact.kind));
        page.item(3, "how to get it: ", fact.how);
    }
    streams.stdout.write_all(page.finish().as_bytes())?;
    Ok(Exit::Nothing)
}

fn kind(kind: Type) -> String {
    match kind {
        Type::Text => "text".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::List => "several texts".to_owned(),
        Type::OneOf(words) => format!("one of {}", words.join(", ")),
        Type::ListOf(words) => format!("some of {}", words.join(", ")),
    }
}

fn list(general: &General, style: &TextStyle, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let pack = load(&general.rules, false)?;
    let mut page = PageWriter::new(style);
    let widest = |of: fn(&crate::pack::model::Cause) -> usize| pack.causes.iter().map(of).max().unwrap_or(0);
    let id = widest(|c| columns(&c.id));
    let name = widest(|c| columns(&c.pack));
    for cause in &pack.causes {
        // A line for each cause, never wrapped: made to be searched.
        let checkpoint = cause.checkpoints.join(", ");
        page.line(&format!("{:id$}  {:name$}  {checkpoint}: {}", cause.id, cause.pack, cause.title));
    }
    streams.stdout.write_all(page.finish().as_bytes())?;
    Ok(Exit::Nothing)
}

fn test(what: &[PathBuf], general: &General, streams: &mut Streams<'_>) -> Result<Exit, Stop> {
    let (folders, ids): (Vec<&PathBuf>, Vec<&PathBuf>) = what.iter().partition(|w| w.is_dir());
    let dirs: Vec<PathBuf> = general.rules.iter().chain(folders).cloned().collect();
    let mut pack = load_packs(&dirs, true)?;
    let id = ids.first().map(|id| id.to_string_lossy());
    if let Some(id) = &id {
        let known = || pack.causes.iter().map(|c| c.id.as_str()).chain(pack.answers.iter().map(|a| a.id.as_str()));
        if ids.len() > 1 || !known().any(|k| k == id) {
            return Err(unknown_rule(id, known()).into());
        }
    }
    let report = crate::examples::test(&mut pack, id.as_deref());
    for problem in &report.problems {
        writeln!(streams.stdout, "{problem}")?;
    }
    let count = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    writeln!(
        streams.stdout,
        "Checked {} and {}: {}, {} and {} of their conditions. {}.",
        count(report.causes, "cause"),
        count(report.answers, "known answer"),
        count(report.examples, "example"),
        count(report.signs, "sign"),
        count(report.parts, "part"),
        if report.problems.is_empty() { "No problem".to_owned() } else { count(report.problems.len(), "problem") },
    )?;
    Ok(if report.problems.is_empty() { Exit::Nothing } else { Exit::Found })
}

fn unknown_rule<'n>(id: &str, known: impl Iterator<Item = &'n str>) -> Problem {
    let name = crate::report::style::file_name(&problem::echoed(id));
    Problem::new("rules test", format!("`{name}` is not a folder, a cause or a known answer"))
        .expected("a folder of rule files, or the id of one cause or answer")
        .todo(did_you_mean(id, known, "`why401 rules list` shows all causes"))
}

#[cfg(test)]
mod tests;

//! The command line as clap types. The doc comments here are the help text.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::fail_on::FailOn;
use super::own_words::OwnWords;
use crate::capture::Reader;
use crate::options::Options;
use crate::report::style::SMALLEST_WIDTH;

/// Explains why a captured request got a 401.
///
/// Reads the request and its response in whatever form you have them: a support ticket, raw header lines, a curl
/// command, the output of `curl -v`, a HAR file, a Postman export. Tokens and NHS numbers are never shown.
#[derive(Debug, Parser)]
// A fixed width: the help is quoted elsewhere, and must not depend on the terminal it was printed on.
#[command(name = "why401", version, long_version = LONG_VERSION, after_help = AFTER, term_width = 80)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    #[command(flatten)]
    pub(super) diagnose: Diagnose,

    #[command(flatten)]
    pub(super) general: General,
}

impl Cli {
    /// Whether the text is read from the clipboard.
    pub(super) const fn reads_clipboard(&self) -> bool {
        match &self.command {
            None => self.diagnose.reading.clipboard,
            Some(Command::Ticket(args) | Command::Reply(args)) => args.reading.clipboard,
            Some(_) => false,
        }
    }
}

/// The version, the commit, the date of the rules and the target, as `build.rs` found them.
const LONG_VERSION: &str = env!("WHY401_VERSION");

const AFTER: &str = "\
Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 the
input or the arguments cannot be used, 3 nothing to judge: no request was found,
or no cause fits the response.

A file that has the name of a command is given as ./NAME.

Examples:
  why401 ticket.txt
  curl -v https://… 2>&1 | why401
  why401 ticket ticket.txt
  why401 --output report.html ticket.txt
  why401 explain missing-bearer-prefix";

/// What is read, and what is known about it besides.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files with captured requests; `-`, or no file, reads standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Read the text in the clipboard (needs a desktop, and a build with the feature `clipboard`)
    #[arg(long, conflicts_with = "files")]
    pub(super) clipboard: bool,

    /// The format of the text; no other format is then tried
    #[arg(long, value_parser = forms(), default_value = "auto", value_name = "FORMAT", help_heading = KNOWN)]
    pub(super) from: Reader,

    /// The ASID of the calling system, if the text does not give it
    #[arg(long, value_parser = asid, help_heading = KNOWN)]
    pub(super) asid: Option<String>,

    /// The status of the response, if the text does not give it
    #[arg(long, value_name = "CODE", value_parser = status, help_heading = KNOWN)]
    pub(super) status: Option<u16>,

    /// When the request was sent, if the text does not say so (2026-03-04T10:11:12Z)
    #[arg(long, value_name = "RFC3339", value_parser = timestamp, help_heading = KNOWN)]
    pub(super) now: Option<jiff::Timestamp>,

    /// The registered public key (JWKS, JWK or PEM), for verifying a client assertion
    #[arg(long, value_name = "FILE", help_heading = KNOWN)]
    pub(super) jwks: Option<PathBuf>,

    /// The product set of the ASID: a list or table of endpoint or interaction ids, a spreadsheet, SDS FHIR, LDIF, or what a program printed of it
    #[arg(long, value_name = "FILE", help_heading = KNOWN)]
    pub(super) product_set: Option<PathBuf>,

    /// Your own table of endpoints and interactions: a CSV file with the columns endpoint_id and interaction_id
    #[arg(long, value_name = "FILE", requires = "product_set", help_heading = KNOWN)]
    pub(super) interaction_map: Option<PathBuf>,

    #[command(flatten)]
    pub(super) own_words: OwnWords,
}

/// The heading of options that say more about the request.
const KNOWN: &str = "About the request";

/// The heading of options about the report.
const REPORT: &str = "The report";

/// Options of a diagnosis.
#[derive(Debug, Args)]
pub(super) struct Diagnose {
    #[command(flatten)]
    pub(super) reading: InputArgs,

    /// The format of the report [default: text]
    #[arg(short, long, value_enum, value_name = "FORMAT", help_heading = REPORT)]
    pub(super) format: Vec<FileFormat>,

    /// Write the report to a file instead; its ending says the format where --format does not (repeatable, with a --format for each)
    #[arg(short, long, value_name = "FILE", help_heading = REPORT)]
    pub(super) output: Vec<PathBuf>,

    /// The short form of the JSON report
    #[arg(long, help_heading = REPORT)]
    pub(super) brief: bool,

    /// Show everything: why, further causes, what is ruled out, what support will ask for
    #[arg(long, group = "detail", help_heading = REPORT)]
    pub(super) full: bool,

    /// Show one line for each cause
    #[arg(short, long, group = "detail", help_heading = REPORT)]
    pub(super) quiet: bool,

    /// Show one line for each file
    #[arg(short, long, group = "detail", help_heading = REPORT)]
    pub(super) summary: bool,

    /// Exit with 1 if a cause has at least this verdict
    #[arg(long, value_enum, default_value_t = FailOn::Likely, value_name = "VERDICT", help_heading = REPORT)]
    pub(super) fail_on: FailOn,

    /// Replaced by `why401 ticket`: adds a draft email to the product-set team
    #[arg(long, hide = true)]
    pub(super) draft: bool,
}

/// A message about a request.
#[derive(Debug, Args)]
pub(super) struct MessageArgs {
    #[command(flatten)]
    pub(super) reading: InputArgs,

    /// The markup of the message
    #[arg(short, long, value_enum, default_value_t = MarkupName::Markdown, help_heading = REPORT)]
    pub(super) markup: MarkupName,
}

/// The markup of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MarkupName {
    /// GitHub, GitLab and most trackers
    Markdown,
    /// Mail
    Plain,
    /// Forums that run on Discourse
    Discourse,
    /// Jira
    Jira,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct General {
    /// A folder with rule packs, which add to the built-in ones or replace them by name (repeatable)
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) rules: Vec<PathBuf>,

    /// When to use colour; the environment can also say so (NO_COLOR, FORCE_COLOR, CLICOLOR)
    #[arg(long, value_enum, default_value_t = ColorWhen::Auto, value_name = "WHEN", global = true)]
    pub(super) color: ColorWhen,

    /// The width of a text report, in columns [default: that of the terminal, otherwise 80]
    #[arg(long, value_name = "N", value_parser = width, global = true)]
    pub(super) width: Option<usize>,

    /// How places in the text are shown
    #[arg(long, value_enum, default_value_t = PlaceStyle::Drawn, value_name = "STYLE", global = true)]
    pub(super) style: PlaceStyle,
}

/// What to do instead of a diagnosis.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare a request that worked with one that failed
    Compare {
        /// The capture of the request that worked
        #[arg(value_name = "WORKING")]
        working: PathBuf,
        /// The capture of the request that failed
        #[arg(value_name = "FAILING")]
        failing: PathBuf,
        /// The format of both captures; no other format is then tried
        #[arg(long, value_parser = forms(), default_value = "auto", value_name = "FORMAT")]
        from: Reader,
        /// The format of the report
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// Write a message to support that is ready to post: what it needs, what is ruled out, and whom to ask
    Ticket(MessageArgs),
    /// Write support's answer: the cause, its fix, and the one thing to send back
    Reply(MessageArgs),
    /// Read many captures, of any size, and count what refused them: HAR files, JSON lines, logs, folders, gzip
    Bulk(super::bulk::BulkArgs),
    /// Check the captures of a test run by the settings of a project (why401.toml), for a pipeline
    Check(super::check_args::CheckArgs),
    /// Serve the tools of an agent (Model Context Protocol) on standard input and output
    Mcp(super::mcp_args::McpArgs),
    /// Serve an editor (Language Server Protocol) on standard input and output
    #[cfg(feature = "lsp")]
    Lsp(super::lsp::LspArgs),
    /// Print a text again with its credentials and NHS numbers masked; nothing else of it changes
    Redact(super::redact::RedactArgs),
    /// Show what is known about a cause: its signs, its answers, its fix; or what the words of a refusal mean
    Explain {
        /// The id of the cause, as reports show it in brackets; or words or a code that a system refuses with
        #[arg(value_name = "CAUSE|WORDS")]
        cause: String,
        /// The format of the page of a cause
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// List the facts that rules may ask about, or show those of a FILE
    Facts {
        /// A file with captured requests; without it all facts are listed
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// What the text is; it is then read as that and as nothing else
        #[arg(long, value_parser = forms(), default_value = "auto", value_name = "FORMAT", requires = "file")]
        from: Reader,
        /// The form of the report
        #[arg(long, value_enum, default_value_t = ReportFormat::Text, requires = "file")]
        format: ReportFormat,
        /// When the request was sent, where the text does not say so (2026-03-04T10:11:12Z)
        #[arg(long, value_name = "RFC3339", value_parser = timestamp, requires = "file")]
        now: Option<jiff::Timestamp>,
    },
    /// List the packs and the systems that they know, or show what a system answers
    Packs {
        /// The id of a system
        #[arg(value_name = "SYSTEM")]
        system: Option<String>,
    },
    /// Show how the words of a refusal are read
    Words {
        /// The message, in quotation marks; `-` reads it from standard input
        #[arg(value_name = "MESSAGE")]
        message: String,
        /// The form of the answer
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// Show what a file with a product set says: its ASIDs, their endpoints and interactions, and what was not understood
    ProductSet {
        /// A file with a product set
        #[arg(value_name = "FILE", required_unless_present = "diff")]
        file: Option<PathBuf>,
        /// Only this ASID
        #[arg(long, value_parser = asid)]
        asid: Option<String>,
        /// Show what one of two files has and the other lacks
        #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"], conflicts_with = "file")]
        diff: Vec<PathBuf>,
        /// The format of the report
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// List, test and begin rules
    Rules {
        #[command(subcommand)]
        command: Rules,
    },
    /// Print the page for browsers, one file that works offline and sends nothing: why401 page > why401.html
    Page,
    /// Print what a shell needs to complete commands and options
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program, or of one of its commands, for `man -l -`
    Man {
        /// The name of a command (`redact`)
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(super) enum Rules {
    /// List all causes with their pack and checkpoint
    List,
    /// Run the examples of all rules, or of one, and check that every part of a rule is needed
    Test {
        /// A further folder with rule packs, or the id of the one cause or known answer to test
        #[arg(value_name = "DIR|ID", num_args = 0..=2)]
        what: Vec<PathBuf>,
    },
    /// Print the skeleton of a new rule file
    New {
        /// The id of the new cause: lower-case letters, digits and hyphens
        id: String,
    },
}

/// The values of `--from`, with their help.
fn forms() -> impl TypedValueParser<Value = Reader> {
    let values = Reader::ALL.map(|reader| PossibleValue::new(reader.word()).help(reader.help()));
    PossibleValuesParser::new(values).map(|word| Reader::named(&word).unwrap_or_default())
}

/// The format of the report of a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FileFormat {
    /// For people
    Text,
    /// For programs (schema/report.v1.schema.json)
    Json,
    /// One line of JSON for each request
    Jsonl,
    /// For an issue or a wiki page
    Markdown,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit's XML, for build servers
    Junit,
    /// One page, readable without script
    Html,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Text,
    /// For programs (schema/report.v1.schema.json)
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How places in the text are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PlaceStyle {
    /// The line, with a mark under the characters
    Drawn,
    /// In words, for screen readers: line 10, columns 16 to 43
    Plain,
}

fn asid(value: &str) -> Result<String, String> {
    let value = value.trim();
    if !Options::is_asid(value) {
        return Err("an ASID has 12 digits".to_owned());
    }
    Ok(value.to_owned())
}

fn status(value: &str) -> Result<u16, String> {
    match value.trim().parse() {
        Ok(code) if (100..600).contains(&code) => Ok(code),
        _ => Err("expected a status code from 100 to 599, such as 401".to_owned()),
    }
}

fn timestamp(value: &str) -> Result<jiff::Timestamp, String> {
    value.trim().parse().map_err(|_| "expected a time with its zone, such as 2026-03-04T10:11:12Z".to_owned())
}

fn width(value: &str) -> Result<usize, String> {
    const WIDEST: usize = 1_000;
    match value.parse() {
        Ok(width) if (SMALLEST_WIDTH..=WIDEST).contains(&width) => Ok(width),
        _ => Err(format!("expected a number from {SMALLEST_WIDTH} to {WIDEST}")),
    }
}

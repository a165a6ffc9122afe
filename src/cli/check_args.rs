//! The arguments of `why401 check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::fail_on::FailOn;
use super::own_words::OwnWords;

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files and folders with captures; without them those that the settings name
    #[arg(value_name = "FILE|DIR")]
    pub(super) files: Vec<PathBuf>,

    /// The settings [default: why401.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Findings that were there before, and do not count
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,

    /// Write what is found to a baseline, and count nothing of it
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) write_baseline: Option<PathBuf>,

    /// The format of the findings
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,

    /// Write the findings in this format to a file, too; the text is printed all the same
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Exit with 1 if a cause has at least this verdict [default: likely]
    #[arg(long, value_enum, value_name = "VERDICT")]
    pub(super) fail_on: Option<FailOn>,

    #[command(flatten)]
    pub(super) own_words: OwnWords,
}

/// The format of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// A line for each finding, and its fix
    Text,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// JUnit's XML, for build servers
    Junit,
    /// One line of JSON for each request
    Jsonl,
}

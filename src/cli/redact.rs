//! `why401 redact`: a text again, with masks.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::own_words::OwnWords;
use crate::masking::{Also, MaskedText, Masker};
use crate::visible::visible;

/// The arguments of `why401 redact`.
#[derive(Debug, Args)]
pub(super) struct RedactArgs {
    /// Files; `-`, or no file, reads standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Mask these, too
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    also: Vec<AlsoName>,

    #[command(flatten)]
    pub(super) own_words: OwnWords,

    /// Print only where something would be masked; exit status 1 if there is anything
    #[arg(long)]
    pub(super) check: bool,
}

impl RedactArgs {
    /// The masker with these words of the user.
    pub(super) fn masker(&self, words: &[String]) -> Masker {
        let also: Vec<Also> = self.also.iter().map(|name| name.also()).collect();
        Masker::new(&also, words)
    }
}

/// The values of `--also`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AlsoName {
    /// Booking references of twelve digits
    Ubrn,
    /// Names of people after a label
    Name,
    /// E-mail and IP addresses
    Address,
    /// Hosts of URLs
    Host,
    /// ODS codes after a label
    Ods,
}

impl AlsoName {
    const fn also(self) -> Also {
        match self {
            Self::Ubrn => Also::Ubrn,
            Self::Name => Also::Name,
            Self::Address => Also::Address,
            Self::Host => Also::Host,
            Self::Ods => Also::Ods,
        }
    }
}

/// A line for each stretch that would be masked: `ticket.txt:3:16: ‹token-1› (28 characters)`.
pub(super) fn listed(file: &str, masked: &MaskedText) -> String {
    let file = visible(file);
    masked.stretches.iter().fold(String::new(), |mut out, stretch| {
        let _ = writeln!(
            out,
            "{file}:{}:{}: {} ({} characters)",
            stretch.line, stretch.column, stretch.mask, stretch.chars
        );
        out
    })
}

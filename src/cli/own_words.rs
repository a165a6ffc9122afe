//! Words that the user wants masked: `--mask` and `--mask-list`.

use std::path::PathBuf;

use clap::Args;

/// The options with words to mask.
#[derive(Debug, Args)]
pub(super) struct OwnWords {
    /// Mask this word, too, in upper and lower case (repeatable)
    #[arg(long, value_name = "WORD")]
    pub(super) mask: Vec<String>,

    /// Mask the words of this file, too: one a line, `#` begins a comment (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(super) mask_list: Vec<PathBuf>,
}

//! The arguments of `why401 mcp`.

use std::path::PathBuf;

use clap::Args;

/// Options of `mcp`.
#[derive(Debug, Args)]
pub(super) struct McpArgs {
    /// A folder whose files may be read, besides the current one (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(super) allow: Vec<PathBuf>,
}

//! `why401 lsp`: a language server, on the streams of the process.

use std::io;

use clap::Args;

use super::streams::Streams;
use crate::lsp::serve;
use crate::options::Options;
use crate::pack::model::Pack;

/// Options of `lsp`.
#[derive(Debug, Args)]
pub(super) struct LspArgs {
    /// What editors add for servers on streams; it changes nothing
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}

/// Serves until the editor ends it. True if it did so in order.
///
/// # Errors
/// The input cannot be read, or is not made of messages of the protocol.
pub(super) fn run(pack: &Pack, streams: &mut Streams<'_>) -> io::Result<bool> {
    let options = Options { clock: Some(jiff::Timestamp::now()), ..Options::default() };
    serve::serve(streams.stdin, streams.stdout, pack, &options)
}

//! `why401 mcp`: the tools of an agent, on the streams of the process.

use std::io;
use std::path::{Path, PathBuf};

use super::input;
use super::mcp_args::McpArgs;
use super::streams::Streams;
use crate::mcp::{FileWanted, serve};
use crate::pack::model::Pack;

/// Serves until the input ends.
///
/// # Errors
/// The input cannot be read.
pub(super) fn run(args: &McpArgs, pack: &Pack, streams: &mut Streams<'_>) -> io::Result<()> {
    let folders = args.allow.iter().map(PathBuf::as_path).chain([Path::new(".")]);
    // Links are followed first: one may lead out of the folder.
    let folders: Vec<PathBuf> = folders.filter_map(|folder| folder.canonicalize().ok()).collect();
    let files = |path: &str, wanted: FileWanted| {
        let wanted = match wanted {
            FileWanted::Capture => &input::PASTE,
            FileWanted::ProductSet => &input::PRODUCT_SET,
        };
        let path = Path::new(path).canonicalize().map_err(|_| "there is no such file".to_owned())?;
        if !folders.iter().any(|folder| path.starts_with(folder)) {
            return Err("the file is not in a folder that may be read: start `why401 mcp` with --allow DIR".to_owned());
        }
        let read = input::read(&path, &mut io::empty(), wanted);
        read.map(|input| input.bytes).map_err(|problem| problem.line().trim_end().to_owned())
    };
    serve::serve(streams.stdin, streams.stdout, pack, &files)
}

//! Writes files.

use std::fs;
use std::path::Path;

use super::problem::{Problem, echoed};
use crate::report::style::file_name;

/// Writes a file so that a reader sees the old one or the new one, never a part.
pub(super) fn save(file: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = file.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file));
    written.map_err(|error| {
        // The part is useless; a failure to remove it is not a further problem.
        let _ = fs::remove_file(&beside);
        Problem::new(shown(file), format!("cannot be written: {error}")).expected("a file in a folder that exists")
    })
}

/// The name of a file in messages.
pub(super) fn shown(file: &Path) -> String {
    file_name(&echoed(&file.to_string_lossy()))
}

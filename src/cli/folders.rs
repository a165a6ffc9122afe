//! The files of folders.

use std::fs;
use std::path::{Path, PathBuf};

/// The deepest folder that is read.
const DEEPEST: usize = 32;

/// The files that are named, and those of the folders, in order. Hidden ones are passed over.
pub(super) fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in named {
        if path.is_dir() { files_in(path, 0, &mut found) } else { found.push(path.clone()) }
    }
    found
}

fn files_in(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link may lead out of the folder, or back into it.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !is_hidden && depth < DEEPEST => files_in(&entry.path(), depth + 1, found),
            Ok(kind) if kind.is_file() && !is_hidden => found.push(entry.path()),
            _ => {}
        }
    }
}

//! Where reports go: to the standard output, or to files that are replaced in one step.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{Diagnose, FileFormat};
use super::problem::{Problem, echoed};
use crate::report::style::file_name;

/// The reports that were asked for, each with its file; `None` is the standard output.
///
/// # Errors
/// The format of a file is not given and its name does not show it, or several reports go to the standard output.
pub(super) fn targets(args: &Diagnose) -> Result<Vec<(FileFormat, Option<PathBuf>)>, Problem> {
    let (formats, files) = (&args.format, &args.output);
    if files.is_empty() {
        return match formats.as_slice() {
            [] => Ok(vec![(FileFormat::Text, None)]),
            [one] => Ok(vec![(*one, None)]),
            _ => Err(Problem::new("arguments", "several formats for the standard output")
                .expected("one --format, or an --output FILE for each")
                .todo("name a file for each format: --format sarif --output a.sarif --format html --output a.html")),
        };
    }
    if formats.len() == files.len() {
        return Ok(formats.iter().copied().zip(files.iter().cloned().map(Some)).collect());
    }
    if !formats.is_empty() {
        return Err(Problem::new("arguments", format!("{} formats for {} files", formats.len(), files.len()))
            .expected("a --format for each --output FILE, in the same order, or none")
            .todo("leave --format out where the ending of the file says it"));
    }
    files.iter().map(|file| Ok((of_name(file)?, Some(file.clone())))).collect()
}

/// The format that the ending of a file name says.
fn of_name(file: &Path) -> Result<FileFormat, Problem> {
    let ending = file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    Ok(match ending.as_str() {
        "txt" => FileFormat::Text,
        "json" => FileFormat::Json,
        "jsonl" => FileFormat::Jsonl,
        "md" => FileFormat::Markdown,
        "sarif" => FileFormat::Sarif,
        "xml" => FileFormat::Junit,
        "html" | "htm" => FileFormat::Html,
        _ => {
            return Err(Problem::new(shown(file), "its name does not say the format")
                .expected("a name that ends in .txt, .json, .jsonl, .md, .sarif, .xml or .html")
                .todo("add --format for each --output"));
        }
    })
}

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

fn shown(file: &Path) -> String {
    file_name(&echoed(&file.to_string_lossy()))
}

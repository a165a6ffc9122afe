//! Where reports go: to the standard output, or to files that are replaced in one step.

use std::path::{Path, PathBuf};

use super::args::{Diagnose, FileFormat};
use super::problem::Problem;
use super::save::shown;

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

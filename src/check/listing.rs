//! The findings for people: a line for each, its fix, and what was counted.

use std::fmt::Write as _;
use std::io;

use super::config::ConfigWarning;
use super::sift::CheckCounts;
use crate::diagnosis::model::Diagnosis;
use crate::report::github::{escaped, property};
use crate::report::issues::issues;
use crate::report::line_index::LineIndex;
use crate::report::style::file_name;

/// Writes the findings of a file: place, verdict and cause as compilers do, and below it what shows it and what to do.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write(out: &mut dyn io::Write, file: &str, diagnosis: &Diagnosis) -> io::Result<()> {
    let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
    for issue in issues(file, diagnosis) {
        let (line, column) = places.position(issue.span.start);
        let place = file_name(issue.file);
        writeln!(out, "{place}:{line}:{column}: {}: {} [{}]", issue.verdict.name(), issue.title, issue.id)?;
        if !issue.says.is_empty() {
            writeln!(out, "    {}", issue.says)?;
        }
        if !issue.fix.trim().is_empty() {
            writeln!(out, "    Fix: {}", issue.fix.trim())?;
        }
    }
    Ok(())
}

/// The last line: `3 findings in 12 requests of 4 files; 2 ignored, 1 in the baseline.`
pub(crate) fn counted(counts: &CheckCounts) -> String {
    let of = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let mut text = format!(
        "{} in {} of {}",
        of(counts.shown, "finding"),
        of(counts.requests, "request"),
        of(counts.files, "file"),
    );
    let mut more = Vec::new();
    if counts.ignored > 0 {
        more.push(format!("{} ignored", counts.ignored));
    }
    if counts.known > 0 {
        more.push(format!("{} in the baseline", counts.known));
    }
    if counts.empty > 0 {
        more.push(format!("{} without a request", of(counts.empty, "file")));
    }
    if !more.is_empty() {
        let _ = write!(text, "; {}", more.join(", "));
    }
    text + ".\n"
}

/// A warning about the settings, for the error stream.
pub(crate) fn warned(warning: &ConfigWarning) -> String {
    format!("{}:{}: warning: {}\n", file_name(&warning.file), warning.line, warning.says)
}

/// The same as a workflow command of GitHub Actions. The text is that of the settings, which the user wrote.
pub(crate) fn annotated(warning: &ConfigWarning) -> String {
    let file = property(&file_name(&warning.file));
    format!("::warning file={file},line={}::{}\n", warning.line, escaped(&warning.says))
}

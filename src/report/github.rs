//! Workflow commands, which GitHub Actions shows as annotations.

use std::io;

use super::issues::issues;
use super::line_index::LineIndex;
use super::style::file_name;
use crate::diagnosis::model::{Diagnosis, Verdict};

/// Writes one command for each finding.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    for (file, diagnosis) in files {
        let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
        for issue in issues(file, diagnosis) {
            let command = match issue.verdict {
                Verdict::Confirmed => "error",
                Verdict::Likely => "warning",
                _ => "notice",
            };
            let ((line, column), (end_line, end_column)) = places.ends(issue.span);
            // The end is included here. Columns are only allowed where the finding is on one line.
            let columns = if line == end_line {
                format!(",col={column},endColumn={}", end_column.saturating_sub(1).max(column))
            } else {
                String::new()
            };
            writeln!(
                out,
                "::{command} file={},line={line},endLine={end_line}{columns},title={}::{}",
                property(&file_name(issue.file)),
                property(&format!("{}: {}", issue.verdict.name(), issue.id)),
                escaped(&issue.message()),
            )?;
        }
    }
    Ok(())
}

/// The text of a workflow command.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a workflow command.
pub(crate) fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_command_for_each_finding() {
        let mut out = Vec::new();
        write(&mut out, &[("a,b.txt", &samples::story())]).expect("a vector takes it");
        insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"));
    }
}

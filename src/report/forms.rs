//! The formats that other tools read, each in a file of its own.

use std::io;

use super::{github, gitlab, html, json, json_brief, junit, markdown, sarif};
use crate::diagnosis::model::Diagnosis;

/// A format of a report, for all files in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportForm {
    /// The JSON report (`schema/report.v1.schema.json`).
    Json,
    /// The JSON report in its short form.
    BriefJson,
    /// One line of JSON for each request.
    JsonLines,
    /// Markdown.
    Markdown,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// A page of HTML.
    Html,
}

impl ReportForm {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Json,
        Self::BriefJson,
        Self::JsonLines,
        Self::Markdown,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Html,
    ];

    /// Writes the report of these files, each with its name.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn write(self, out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
        let report = || json::Report::new(files.iter().copied());
        match self {
            Self::Json => report().write(out),
            Self::JsonLines => report().write_lines(out),
            Self::BriefJson => json_brief::write(out, files),
            Self::Markdown => markdown::write(out, files),
            Self::Sarif => sarif::write(out, files),
            Self::Github => github::write(out, files),
            Self::Gitlab => gitlab::write(out, files),
            Self::Junit => junit::write(out, files),
            Self::Html => html::write(out, files),
        }
    }
}

//! JUnit's XML, which build servers count: a test for each request, which fails if a cause is confirmed or likely.

use std::io;

use quick_xml::escape::escape;

use super::groups::is_strong;
use super::headline::headline;
use super::issues::{Issue, of_exchange};
use super::line_index::LineIndex;
use super::style::file_name;
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome};

/// Requests are not shortened to less than this.
const WIDTH: usize = 200;

/// Writes one report for all files.
///
/// # Errors
/// Whatever the writer fails with.
pub(super) fn write(out: &mut dyn io::Write, files: &[(&str, &Diagnosis)]) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"why401\">")?;
    for (file, diagnosis) in files {
        let name = file_name(file);
        let counted: Vec<&ExchangeDiagnosis> =
            diagnosis.exchanges.iter().filter(|e| e.superseded_by.is_none()).collect();
        let failures = counted.iter().filter(|e| is_strong(e)).count();
        let skipped = counted.iter().filter(|e| is_skipped(e)).count();
        writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" skipped=\"{skipped}\">",
            escape(name.as_str()),
            counted.len()
        )?;
        let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
        for exchange in counted {
            test(out, &name, exchange, &of_exchange(file, &diagnosis.lines, exchange), &places)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// A refused request of which nothing is sure.
fn is_skipped(exchange: &ExchangeDiagnosis) -> bool {
    !is_strong(exchange) && matches!(exchange.outcome, Outcome::Refused | Outcome::Unclear)
}

fn test(
    out: &mut dyn io::Write,
    file: &str,
    exchange: &ExchangeDiagnosis,
    own: &[Issue<'_>],
    places: &LineIndex<'_>,
) -> io::Result<()> {
    let name = headline(exchange, WIDTH, false);
    let (name, class) = (escape(name.as_str()), escape(file));
    let Some(first) = own.first() else {
        return writeln!(out, "    <testcase name=\"{name}\" classname=\"{class}\"/>");
    };
    writeln!(out, "    <testcase name=\"{name}\" classname=\"{class}\">")?;
    let text = own
        .iter()
        .map(|i| {
            let (line, column) = places.position(i.span.start);
            format!("{}:{line}:{column}: {} [{}]", i.file, i.message(), i.id)
        })
        .collect::<Vec<_>>()
        .join("\n");
    if is_strong(exchange) {
        let (message, kind) = (escape(first.title), escape(first.id));
        writeln!(out, "      <failure message=\"{message}\" type=\"{kind}\">{}</failure>", escape(text.as_str()))?;
    } else if is_skipped(exchange) {
        writeln!(out, "      <skipped message=\"{}\"/>", escape(format!("undecided: {}", first.title).as_str()))?;
    } else {
        writeln!(out, "      <system-out>{}</system-out>", escape(text.as_str()))?;
    }
    writeln!(out, "    </testcase>")
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_failed_test() {
        let mut out = Vec::new();
        write(&mut out, &[("a&b.txt", &samples::story())]).expect("a vector takes it");
        insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"));
    }
}

//! The findings of a diagnosis as an editor shows them.

use serde_json::{Value, json};

use super::document::Analysis;
use super::place::{ColumnUnit, PlaceIndex};
use crate::diagnosis::model::{CauseView, Verdict};
use crate::report::issues::{Issue, NO_CAUSE, issues};
use crate::report::links::standard;
use crate::report::message::escaped_markdown;
use crate::text::Span;

/// The most findings of a document. A log may have thousands.
const MOST: usize = 500;

/// The findings of a version, as the protocol lists them.
pub(super) fn published(uri: &str, analysis: &Analysis, unit: ColumnUnit) -> Value {
    let places = PlaceIndex::new(&analysis.text, unit);
    let all: Vec<Value> =
        issues("", &analysis.diagnosis).iter().take(MOST).map(|issue| finding(issue, analysis, &places)).collect();
    json!({ "uri": uri, "version": analysis.version, "diagnostics": all })
}

/// One finding.
pub(super) fn finding(issue: &Issue<'_>, analysis: &Analysis, places: &PlaceIndex<'_>) -> Value {
    let span = if analysis.has_places() { issue.span } else { Span::new(0, 0) };
    let mut found = json!({
        "range": places.range(span.start..span.end),
        "severity": match issue.verdict {
            Verdict::Confirmed => 1,
            Verdict::Likely => 2,
            _ => 3,
        },
        "code": issue.id,
        "source": "why401",
        "message": issue.message(),
    });
    if let Some(link) = issue.references.iter().find_map(|reference| link(reference)) {
        found["codeDescription"] = json!({ "href": link });
    }
    found
}

/// The address of a source: that of an RFC, or one that it names.
fn link(reference: &str) -> Option<String> {
    if let Some(at) = reference.find("https://") {
        let address = reference[at..].split(|c: char| c.is_whitespace() || ")>,;\"".contains(c)).next()?;
        return Some(address.to_owned());
    }
    standard(&reference[reference.find("RFC ")?..]).map(|(_, address)| address)
}

/// The pages of the causes at an offset, in Markdown. `None` where nothing was found there.
pub(super) fn hover(analysis: &Analysis, offset: usize, unit: ColumnUnit) -> Option<Value> {
    if !analysis.has_places() {
        return None;
    }
    let places = PlaceIndex::new(&analysis.text, unit);
    let all = issues("", &analysis.diagnosis);
    let here: Vec<&Issue<'_>> =
        all.iter().filter(|issue| issue.span.start <= offset && offset <= issue.span.end).collect();
    let first = here.first()?;
    let mut pages: Vec<String> = Vec::new();
    for issue in &here {
        let page = page(issue, analysis);
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    Some(json!({
        "contents": { "kind": "markdown", "value": pages.join("\n\n---\n\n") },
        "range": places.range(first.span.start..first.span.end),
    }))
}

fn page(issue: &Issue<'_>, analysis: &Analysis) -> String {
    let mut page = format!("**{}** `[{}]`\n\n{}", escaped(issue.title), issue.id, issue.verdict.name());
    if !issue.says.is_empty() {
        page += &format!(": {}", escaped(&issue.says));
    }
    let exchanges = analysis.diagnosis.exchanges.iter();
    let cause: Option<&CauseView> =
        exchanges.flat_map(|e| e.causes.iter().chain(&e.next)).find(|cause| cause.id == issue.id);
    if let Some(about) = cause.map(|cause| cause.about.trim()).filter(|about| !about.is_empty()) {
        page += &format!("\n\n{}", escaped(about));
    }
    if !issue.fix.trim().is_empty() {
        page += &format!("\n\n**Fix:** {}", escaped(issue.fix.trim()));
    }
    for reference in issue.references {
        page += &match link(reference) {
            Some(link) => format!("\n- [{}]({link})", escaped(reference)),
            None => format!("\n- {}", escaped(reference)),
        };
    }
    if issue.id != NO_CAUSE {
        page += &format!("\n\n`why401 explain {}` has its signs.", issue.id);
    }
    page
}

/// A text in Markdown. Texts of the rules may quote code; what comes from the document must not become markup.
fn escaped(text: &str) -> String {
    // A mark that nothing closes, from the document perhaps, begins no code: what follows would be markup.
    if !text.matches('`').count().is_multiple_of(2) {
        return escaped_markdown(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        is_code ^= c == '`';
        if !is_code && "\\*_[]<>#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_have_addresses() {
        for (reference, address) in [
            ("RFC 6750, section 2.1", Some("https://www.rfc-editor.org/rfc/rfc6750#section-2.1")),
            ("RFC 7519", Some("https://www.rfc-editor.org/rfc/rfc7519")),
            ("the guide (https://docs.example/guide), of 2024", Some("https://docs.example/guide")),
            ("a proxy policy", None),
            ("RFC without a number", None),
        ] {
            assert_eq!(link(reference).as_deref(), address, "{reference}");
        }
    }

    #[test]
    fn code_is_left_as_it_is() {
        assert_eq!(escaped("<b> `a_b` c_d"), "\\<b\\> `a_b` c\\_d");
        assert_eq!(escaped("`a` ` <b>"), "\\`a\\` \\` \\<b\\>");
    }
}

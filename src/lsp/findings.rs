//! The findings of a diagnosis as an editor shows them.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Value, json};

use super::document::{Analysis, FoundBefore};
use super::fixes::changes;
use super::place::places;
use crate::diagnosis::model::{CauseView, ExchangeDiagnosis, Verdict};
use crate::report::issues::{Issue, NO_CAUSE};
use crate::report::links::standard;
use crate::report::message::escaped_markdown;

/// The most findings of a document. A log may have thousands.
const MOST: usize = 500;

/// The most pages at one place: a request may be the evidence of others.
const MOST_PAGES: usize = 20;

/// The findings of a document, as the protocol lists them: without those whose text was edited since.
pub(super) fn published(uri: &str, version: i64, found: &FoundBefore<'_>) -> Value {
    let all = found.analysis.findings.all().iter();
    let all: Vec<Value> = all.filter_map(|(span, id)| finding(span.start..span.end, *id, found)).take(MOST).collect();
    json!({ "uri": uri, "version": version, "diagnostics": all })
}

/// One finding. `None` if its text was edited since.
fn finding(at: Range<usize>, id: (usize, usize), found: &FoundBefore<'_>) -> Option<Value> {
    let at = if found.analysis.has_places { found.edits.moved(at)? } else { 0..0 };
    let (issue, _) = found.analysis.finding(id)?;
    let mut finding = json!({
        "range": places(found.text, at, found.unit),
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
        finding["codeDescription"] = json!({ "href": link });
    }
    Some(finding)
}

/// The corrections of the requests that have a finding in this range of bytes.
///
/// The text must not have been edited since.
pub(super) fn fixes(uri: &str, range: Range<usize>, found: &FoundBefore<'_>) -> Value {
    let Analysis { diagnosis, has_places: true, findings, .. } = found.analysis else { return json!([]) };
    let mut by_exchange: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for (span, id) in findings.at(range).take(MOST) {
        by_exchange.entry(id.0).or_default().extend(finding(span.start..span.end, *id, found));
    }
    let mut actions = Vec::new();
    for (exchange, findings) in by_exchange {
        let Some(exchange) = diagnosis.exchanges.get(exchange) else { continue };
        let edits: Vec<Value> = changes(exchange, diagnosis.paste.raw())
            .into_iter()
            .map(|change| json!({ "range": places(found.text, change.range, found.unit), "newText": change.new }))
            .collect();
        if edits.is_empty() {
            continue;
        }
        actions.push(json!({
            "title": "Write the correction of this request",
            "kind": "quickfix",
            "diagnostics": findings,
            "isPreferred": true,
            "edit": { "changes": { uri: edits } },
        }));
    }
    Value::Array(actions)
}

/// The address of a source: that of an RFC, or one that it names.
fn link(reference: &str) -> Option<String> {
    if let Some(at) = reference.find("https://") {
        let address = reference[at..].split(|c: char| c.is_whitespace() || ")>,;\"".contains(c)).next()?;
        return Some(address.to_owned());
    }
    standard(&reference[reference.find("RFC ")?..]).map(|(_, address)| address)
}

/// The pages of the causes at a byte, in Markdown. `None` where nothing was found there.
pub(super) fn hover(byte: usize, found: &FoundBefore<'_>) -> Option<Value> {
    if !found.analysis.has_places {
        return None;
    }
    let before = found.edits.origin(byte)?;
    let mut pages: Vec<String> = Vec::new();
    let mut range = None;
    for (span, id) in found.analysis.findings.at(before..before).take(MOST_PAGES) {
        let Some(now) = found.edits.moved(span.start..span.end) else { continue };
        let Some((issue, exchange)) = found.analysis.finding(*id) else { continue };
        range.get_or_insert(now);
        let page = page(&issue, exchange);
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    Some(json!({
        "contents": { "kind": "markdown", "value": pages.join("\n\n---\n\n") },
        "range": places(found.text, range?, found.unit),
    }))
}

fn page(issue: &Issue<'_>, exchange: &ExchangeDiagnosis) -> String {
    let mut page = format!("**{}** `[{}]`\n\n{}", escaped(issue.title), issue.id, issue.verdict.name());
    if !issue.says.is_empty() {
        page += &format!(": {}", escaped(&issue.says));
    }
    let cause: Option<&CauseView> = exchange.causes.iter().chain(&exchange.next).find(|cause| cause.id == issue.id);
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
    use ropey::Rope;

    use super::super::edits::EditLog;
    use super::super::place::ColumnUnit;
    use super::*;

    /// What a page costs must not depend on what else is in the document: it is asked for at every rest of the pointer.
    #[test]
    fn a_page_costs_the_same_in_a_document_of_any_length() {
        let pack = crate::Pack::builtin().expect("the built-in packs are right");
        let bare = "GET https://api.shop.example/v1/orders/17\nAuthorization: 4kQeTz8hWq2LrVn0XyPs7BdUcGfJ\n\n\
                    HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n\n";
        let line = "10:15:42 INFO \"GET /v1/orders/17 HTTP/1.1\" 401 from 10.0.0.7 in 12 ms\n";
        let cost = |lines: usize| {
            let text = line.repeat(lines) + "\n" + bare;
            let diagnosis = crate::diagnose(text.as_bytes(), &pack, &crate::Options::default());
            let analysis = Analysis::new(&text, diagnosis);
            let (text, mut edits) = (Rope::from_str(&text), EditLog::default());
            edits.push(0..0, 2);
            let found = FoundBefore { analysis: &analysis, text: &text, edits: &edits, unit: ColumnUnit::Utf16 };
            let at = text.len_bytes() - bare.len() + bare.find("4kQe").expect("the token") + 2;
            let mut page = None;
            let cost = allocation_counter::measure(|| page = hover(at, &found));
            let page = page.expect("a finding");
            assert!(page["contents"]["value"].as_str().is_some_and(|text| text.contains("[missing-bearer-prefix]")));
            cost.bytes_total
        };
        let (small, large) = (cost(10), cost(1_000));
        assert_eq!(small, large);
    }

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

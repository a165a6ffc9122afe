//! The comparison of two captures, for people and as JSON.

use std::io;

use serde::Serialize;

use super::style::{PageWriter, TextStyle};
use crate::diagnosis::model::{ComparedRequest, Comparison};

/// Writes a comparison as text.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write(
    out: &mut impl io::Write,
    comparison: &Comparison,
    files: (&str, &str),
    style: &TextStyle,
) -> io::Result<()> {
    let mut page = PageWriter::new(style);
    let described = |side: &ComparedRequest, file: &str| {
        let status = side.status.map_or_else(|| "no status shown".to_owned(), |s| s.to_string());
        let more =
            if side.exchanges > 1 { format!(" (one of {} requests in it)", side.exchanges) } else { String::new() };
        let request = if side.request.is_empty() { "(request not shown)" } else { &side.request };
        format!("{file}: {request} → {status}{more}")
    };
    page.item(0, "works:  ", &described(&comparison.working, files.0));
    page.item(0, "fails:  ", &described(&comparison.failing, files.1));
    for caution in &comparison.cautions {
        page.item(0, "note:   ", caution);
    }
    if comparison.differences.is_empty() && comparison.same.is_empty() {
        page.heading("NOTHING TO COMPARE");
    } else if comparison.differences.is_empty() {
        page.heading("NO DIFFERENCE");
        page.prose(0, "The captures agree in everything that the gateway is known to check. What one of them does not show cannot be compared: give both requests as they left the client.");
    } else {
        page.heading("WHAT DIFFERS, IN THE ORDER OF THE CHECKS");
    }
    for (i, difference) in comparison.differences.iter().enumerate() {
        page.item(0, &format!("{}. ", i + 1), &format!("{} [{}]", difference.says, difference.fact));
        page.item(3, "works: ", &difference.working);
        page.item(3, "fails: ", &difference.failing);
        if let Some(checkpoint) = &difference.checkpoint {
            page.item(3, "checked by: ", checkpoint);
        }
        for (id, title) in &difference.causes {
            page.item(3, "→ ", &format!("{title} [{id}]"));
        }
    }
    if !comparison.same.is_empty() {
        page.heading("THE SAME IN BOTH, SO NOT THE REASON");
        for same in &comparison.same {
            page.item(0, "- ", &format!("{}: {}", same.fact, same.value));
        }
    }
    out.write_all(page.finish().as_bytes())
}

#[derive(Serialize)]
struct ComparisonJson<'c> {
    version: u8,
    working: ComparedRequestJson<'c>,
    failing: ComparedRequestJson<'c>,
    differences: Vec<DifferenceJson<'c>>,
    same: Vec<SharedFactJson<'c>>,
    cautions: &'c [String],
}

#[derive(Serialize)]
struct ComparedRequestJson<'c> {
    file: &'c str,
    request: &'c str,
    status: Option<u16>,
}

#[derive(Serialize)]
struct DifferenceJson<'c> {
    fact: &'c str,
    says: &'c str,
    working: &'c str,
    failing: &'c str,
    checkpoint: Option<&'c str>,
    causes: Vec<&'c str>,
}

#[derive(Serialize)]
struct SharedFactJson<'c> {
    fact: &'c str,
    value: &'c str,
}

/// Writes a comparison as JSON.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write_json(out: &mut impl io::Write, comparison: &Comparison, files: (&str, &str)) -> io::Result<()> {
    let json = ComparisonJson {
        version: 1,
        working: ComparedRequestJson {
            file: files.0,
            request: &comparison.working.request,
            status: comparison.working.status,
        },
        failing: ComparedRequestJson {
            file: files.1,
            request: &comparison.failing.request,
            status: comparison.failing.status,
        },
        differences: comparison
            .differences
            .iter()
            .map(|d| DifferenceJson {
                fact: &d.fact,
                says: &d.says,
                working: &d.working,
                failing: &d.failing,
                checkpoint: d.checkpoint.as_deref(),
                causes: d.causes.iter().map(|(id, _)| id.as_str()).collect(),
            })
            .collect(),
        cautions: &comparison.cautions,
        same: comparison.same.iter().map(|s| SharedFactJson { fact: &s.fact, value: &s.value }).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    out.write_all(b"\n")
}

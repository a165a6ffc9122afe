//! Fields that were sent once and printed twice, and notices that a program prints in place of fields.
//!
//! wget tells of its options and shows the request after them, a browser's tools list what the page set and what went
//! out, Wireshark shows a field and its parts. Only two fields in one message on the wire are two.

use crate::capture::model::{Extent, Field, Request};
use crate::shape;

/// Leaves of fields that were printed twice the one that went over the wire. `versioned`: a request line with its version
/// shows where that message begins.
pub(super) fn fields(request: &mut Request, versioned: bool) {
    notices(request);
    if request.fields.len() < 2 {
        return;
    }
    let line = request.url.as_ref().filter(|_| versioned).map(|url| url.span().start);
    let mut keep = vec![true; request.fields.len()];
    let folded: Vec<String> = request.fields.iter().map(|f| f.name.as_str().to_ascii_lowercase()).collect();
    // For each field the one of the same name after it.
    let mut later = vec![None; folded.len()];
    let mut last = std::collections::HashMap::new();
    for (i, name) in folded.iter().enumerate().rev() {
        later[i] = last.insert(name.as_str(), i);
    }
    let pairs: Vec<(usize, usize)> = later.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect();
    let same = |(i, j): &(usize, usize)| request.fields[*i].value.as_str() == request.fields[*j].value.as_str();
    // A fault sends one field twice; a list in which several come again was printed twice.
    let is_list = pairs.iter().filter(|p| same(p)).count() >= 2;
    for pair in &pairs {
        let (i, j) = *pair;
        let is_before = |f: &Field, at: usize| f.name.span().start < at;
        let is_told = line.is_some_and(|at| is_before(&request.fields[i], at) && !is_before(&request.fields[j], at));
        if is_told || is_list && same(pair) {
            keep[i] = false;
            continue;
        }
        // One print hides the value, the other shows it.
        let (first, second) = (request.fields[i].value.as_str(), request.fields[j].value.as_str());
        if shape::is_wholly_redacted(first) && !shape::is_redacted(second) && !second.is_empty() {
            keep[i] = false;
        } else if shape::is_wholly_redacted(second) && !shape::is_redacted(first) && !first.is_empty() {
            keep[j] = false;
        }
    }
    let mut keep = keep.into_iter();
    request.fields.retain(|_| keep.next().unwrap_or(true));
}

/// A program that leaves fields out may say so where they were: `"<NOTICE>": "5 HEADERS ARE REDACTED"`. Whether one did.
pub(super) fn notices(request: &mut Request) -> bool {
    let before = request.fields.len();
    request.fields.retain(|field| {
        let (name, value) = (field.name.as_str(), field.value.as_str().to_ascii_lowercase());
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:.!#$%&'*+^`|~".contains(&b));
        let is_about_fields = value.contains("header") || value.contains("field");
        let is_hidden = ["redacted", "hidden", "omitted", "removed", "more", "filtered", "masked"]
            .iter()
            .any(|w| value.contains(w));
        is_name || !(is_about_fields && is_hidden)
    });
    let found = request.fields.len() < before;
    if found {
        request.extent = Extent::Part;
    }
    found
}

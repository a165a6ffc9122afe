//! Fields that were sent once and printed twice, and notices that a program prints in place of fields.
//!
//! wget tells of its options and shows the request after them, a browser's tools list what the page set and what went
//! out, Wireshark shows a field and its parts. Only two fields in one message on the wire are two.

use std::collections::HashSet;

use crate::capture::model::{Extent, Request};
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
    // For each field the next one of the same name.
    let mut next = vec![None; folded.len()];
    let mut seen = std::collections::HashMap::new();
    for (i, name) in folded.iter().enumerate().rev() {
        next[i] = seen.insert(name.as_str(), i);
    }
    let pairs: Vec<(usize, usize)> = next.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect();
    let same = |(i, j): &(usize, usize)| request.fields[*i].value.as_str() == request.fields[*j].value.as_str();
    // A fault sends one field twice; a list in which several come again was printed twice.
    let is_list = pairs.iter().filter(|p| same(p)).count() >= 2;
    for pair in &pairs {
        let (i, j) = *pair;
        if is_list && same(pair) {
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
    if let Some(line) = line {
        options(request, line, &folded, &mut keep);
    }
    let mut keep = keep.into_iter();
    request.fields.retain(|_| keep.next().unwrap_or(true));
}

/// Drops the options that a program prints before the request: whatever the request shows again, and the whole list if
/// it is one. A client does not send every option: wget2 leaves out a field without a value.
fn options(request: &Request, line: usize, folded: &[String], keep: &mut [bool]) {
    let is_option = |i: usize| request.fields[i].name.span().start < line;
    let sent: HashSet<&str> = (0..folded.len()).filter(|i| !is_option(*i)).map(|i| folded[i].as_str()).collect();
    let (again, only): (Vec<usize>, Vec<usize>) =
        (0..folded.len()).filter(|i| is_option(*i)).partition(|i| sent.contains(folded[*i].as_str()));
    let listed: HashSet<&str> = again.iter().map(|i| folded[*i].as_str()).collect();
    for i in again {
        keep[i] = false;
    }
    for i in only.into_iter().filter(|_| listed.len() >= 2) {
        keep[i] = false;
    }
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

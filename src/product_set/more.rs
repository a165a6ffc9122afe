//! Signs in structured data that there is more than it shows: a count above the length of its list, a further page.

use super::answer::{self, CellAnswer};
use super::literal::Literals;
use super::model::{GapKind, SetGap};
use super::nested::plain;
use super::node::{Datum, Group};

/// Members that say how many there are, beside the list.
const COUNTS: [&str; 9] = [
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalelements",
    "count",
    "numfound",
    "resultcount",
];

/// Members that say how many pages there are.
const PAGES: [&str; 4] = ["totalpages", "pagecount", "lastpage", "numpages"];

/// Members that lead to the next page, if they are not empty.
const NEXT: [&str; 12] = [
    "lastevaluatedkey",
    "nexttoken",
    "nextpagetoken",
    "nextcursor",
    "nextlink",
    "odatanextlink",
    "next",
    "nextpage",
    "nextpageurl",
    "nexturl",
    "continuationtoken",
    "nextmarker",
];

/// Members that say yes if there is more.
const MORE: [&str; 8] =
    ["hasmore", "hasnextpage", "hasnext", "istruncated", "truncated", "incompleteresults", "morerecords", "partial"];

/// The first sign of more.
pub(super) fn sign(literals: &Literals) -> Option<SetGap> {
    literals.nodes.iter().find_map(of_value)
}

fn of_value(node: &Datum) -> Option<SetGap> {
    let group = node.group()?;
    of_group(group).or_else(|| group.values().find_map(of_value))
}

fn of_group(group: &Group) -> Option<SetGap> {
    let gap = |kind, says: String| Some(SetGap::new(kind, says, group.line));
    for item in &group.items {
        let (Some(key), Some(value)) = (item.key.as_deref(), item.values.first()) else { continue };
        let name: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        let is = |names: &[&str]| names.contains(&name.as_str());
        let text = plain(value).or_else(|| value.group()?.text("value"));
        let number = text.and_then(|t| t.parse::<usize>().ok());
        if is(&COUNTS)
            && let Some(stated) = number
            && let Some(shown) = only_list(group)
            && stated > shown
        {
            return gap(GapKind::LeftOut, format!("the data says that there are {stated}, and has {shown}"));
        }
        if is(&PAGES) && number.is_some_and(|n| n > 1) {
            return gap(GapKind::Cut, "the data is one page of several".to_owned());
        }
        let is_empty = match value {
            Datum::Text(leaf) => {
                matches!(leaf.text.to_ascii_lowercase().as_str(), "" | "null" | "none" | "false" | "nil")
            }
            Datum::Group(inner) => inner.items.is_empty(),
            Datum::Elided(_) => false,
        };
        let is_more = is(&MORE) && text.is_some_and(|t| answer::of(t) == CellAnswer::Yes);
        if is(&NEXT) && !is_empty || is_more {
            return gap(GapKind::Cut, "the data has a next page, which is not in the file".to_owned());
        }
    }
    None
}

/// The length of the only list among the members of a group.
fn only_list(group: &Group) -> Option<usize> {
    let lists = group
        .values()
        .filter_map(Datum::group)
        .filter(|g| g.open == b'[' && !g.items.is_empty() && g.items.iter().all(|i| i.key.is_none()));
    let mut lengths = lists.map(|g| g.values().count());
    let first = lengths.next()?;
    lengths.next().is_none().then_some(first)
}

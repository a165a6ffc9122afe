//! The head of a request: request line and fields.

use std::borrow::Cow;

use super::model::Sent;
use crate::capture::model::{Extent, Field, Request};
use crate::facts::request::{ContentTypeFacts, RequestFacts, RequestField};
use crate::facts::{Facts, HeadExtent, Observed, Presence};
use crate::shape;
use crate::text::{Span, Text};

/// The characters that show a request's head.
pub(super) fn head(request: &Request) -> Vec<Span> {
    request.method.iter().chain(&request.url).map(Text::span).collect()
}

/// Whether the capture shows the head, but for fields that the tool is known to leave out.
pub(super) const fn shows_head(request: &Request) -> bool {
    matches!(request.extent, Extent::Whole | Extent::Withheld(_))
}

/// Whether a field that is not among those shown is known not to have been sent.
pub(super) fn is_absent(request: &Request, name: &str) -> bool {
    match &request.extent {
        Extent::Whole => true,
        Extent::Withheld(names) => !names.iter().any(|n| n.eq_ignore_ascii_case(name)),
        Extent::Part => false,
    }
}

/// Sets the facts of the head.
pub(super) fn read(facts: &mut Facts, sent: &Sent<'_>) {
    let request = &sent.exchange.request;
    let extent = match request.extent {
        Extent::Whole => HeadExtent::Whole,
        Extent::Part => HeadExtent::Part,
        Extent::Withheld(_) => HeadExtent::Withheld,
    };
    let method = request.method.as_ref();
    RequestFacts {
        extent: Observed::Known(extent, Vec::new()),
        method: method.map_or(Observed::Unseen, |m| Observed::at(m.as_str().to_ascii_uppercase(), m.span())),
    }
    .put(facts);
    others(facts, request);
    for of_name in by_name(&request.fields).chunk_by(|(a, _), (b, _)| a == b) {
        let count = i64::try_from(of_name.len()).unwrap_or(i64::MAX);
        for (name, field) in of_name.iter().filter(|(name, _)| !name.is_empty()) {
            member(field, count, sent.is_expanded(field.value.span())).put_member(facts, name);
        }
    }
    content_type(sent).put(facts);
}

/// Fields in the order of their names in lower case, those of one name in the order of the head. So the facts of each come
/// behind those of the others: a head may have thousands of fields, and all would have to move.
pub(super) fn by_name(fields: &[Field]) -> Vec<(String, &Field)> {
    let mut named: Vec<_> = fields.iter().map(|field| (field.name.as_str().to_ascii_lowercase(), field)).collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    named
}

/// What holds for the fields that are not shown.
fn others(facts: &mut Facts, request: &Request) {
    if shows_head(request) {
        let head = head(request);
        RequestField {
            value: Observed::Absent(head.clone()),
            shape: Observed::Absent(head.clone()),
            state: Observed::Known(Presence::Absent, head.clone()),
            count: Observed::Known(0, head),
        }
        .put_others(facts);
    }
    if let Extent::Withheld(names) = &request.extent {
        for name in names {
            RequestField::unseen().put_member(facts, name);
        }
    }
}

fn member(field: &Field, count: i64, is_expanded: bool) -> RequestField {
    let is_blank = field.value.is_empty();
    let at = if is_blank { field.name.span().to(field.value.span()) } else { field.value.span() };
    let state = Observed::at(if is_blank { Presence::Blank } else { Presence::Present }, at);
    let count = Observed::at(count, at);
    if is_expanded {
        return RequestField { value: Observed::Unseen, shape: Observed::Unseen, state, count };
    }
    let value = field.value.as_str();
    RequestField { value: Observed::at(value.to_owned(), at), shape: Observed::at(shape::of(value), at), state, count }
}

fn content_type(sent: &Sent<'_>) -> ContentTypeFacts {
    let request = &sent.exchange.request;
    let mut fields = request.fields.iter().filter(|f| f.is("content-type")).peekable();
    if fields.peek().is_none() {
        let is_absent = is_absent(request, "content-type");
        return if is_absent { ContentTypeFacts::absent(&head(request)) } else { ContentTypeFacts::unseen() };
    }
    let Some(field) = fields.rfind(|f| !sent.is_expanded(f.value.span())) else {
        return ContentTypeFacts::unseen();
    };
    let media_type = field.value.as_str().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let at = if field.value.is_empty() { field.name.span().to(field.value.span()) } else { field.value.span() };
    ContentTypeFacts { media_type: Observed::Known(Cow::Owned(media_type), vec![at]) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    #[test]
    fn a_field_that_a_whole_head_lacks_is_absent() {
        assert_facts(
            "POST /things HTTP/1.1\nHost: api.example.org\nX-Blank:\nX-Two: a\nX-Two: b\nContent-Type: Text/Plain; charset=utf-8\n\nHTTP/1.1 401 Unauthorized\n\n",
            &[
                ("request.method", "POST"),
                ("request.extent", "whole"),
                ("request.field-state.X-BLANK", "blank"),
                ("request.field-count.x-two", "2"),
                ("request.field.x-two", "b"),
                ("request.field-state.x-three", "absent"),
                ("request.field.x-three", "absent"),
                ("request.field-count.x-three", "0"),
                ("request.content-type", "text/plain"),
            ],
        );
    }

    #[test]
    fn a_field_that_is_not_quoted_is_unseen() {
        assert_facts(
            "GET https://api.example.org/things\nAccept: */*\n401 Unauthorized\n",
            &[
                ("request.extent", "part"),
                ("request.field-state.accept", "present"),
                ("request.field-state.x-three", "unseen"),
                ("request.content-type", "unseen"),
            ],
        );
    }
}

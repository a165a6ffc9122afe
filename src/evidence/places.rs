//! Where the exchanges of a capture are in the paste, sorted: what a place belongs to is found without a look at each of
//! thousands of exchanges.

use std::ops::Range;

use crate::capture::model::{Capture, Response};
use crate::text::{Span, Text};

/// The places of all exchanges.
pub(super) struct ExchangePlaces {
    /// The exchanges themselves.
    pub(super) exchanges: SpanIndex,
    /// The targets of requests.
    pub(super) targets: SpanIndex,
    /// The names and the values of fields, of both messages.
    fields: SpanIndex,
    /// The values of the fields of requests, without blank ones.
    values: SpanIndex,
    /// The bodies of requests.
    bodies: SpanIndex,
    /// The values of the fields of answers, without blank ones.
    pub(super) answer_fields: SpanIndex,
    /// The bodies of answers.
    pub(super) answer_bodies: SpanIndex,
}

impl ExchangePlaces {
    pub(super) fn of(capture: &Capture) -> Self {
        let all = || capture.exchanges.iter().enumerate();
        let answers = || all().filter_map(|(i, e)| Some((i, e.response.as_ref()?)));
        let of_answers = |(i, r): (usize, &Response)| {
            let shown = r.fields.iter().filter(|f| !f.value.is_empty());
            shown.map(|f| (f.value.span(), i)).collect::<Vec<_>>()
        };
        let fields = all().flat_map(|(i, e)| {
            let fields = e.request.fields.iter().chain(e.response.iter().flat_map(|r| &r.fields));
            fields.flat_map(move |f| [(f.name.span(), i), (f.value.span(), i)])
        });
        let values = all().flat_map(|(i, e)| {
            let shown = e.request.fields.iter().filter(|f| !f.value.is_empty());
            shown.map(move |f| (f.value.span(), i))
        });
        Self {
            values: SpanIndex::of(values),
            exchanges: SpanIndex::of(all().map(|(i, e)| (e.at, i))),
            targets: SpanIndex::of(all().filter_map(|(i, e)| Some((e.request.url.as_ref()?.span(), i)))),
            fields: SpanIndex::of(fields),
            bodies: SpanIndex::of(all().filter_map(|(i, e)| Some((e.request.body.text()?.span(), i)))),
            answer_fields: SpanIndex::of(answers().flat_map(of_answers)),
            answer_bodies: SpanIndex::of(answers().filter_map(|(i, r)| Some((r.body.text().map(Text::span)?, i)))),
        }
    }

    /// Whether a line shows a part of a request or a field of an answer. `beginning`: how far to the right a field may
    /// begin.
    pub(super) fn is_of_request(&self, line: Range<usize>, beginning: usize) -> bool {
        let till = line.end.min(line.start + beginning);
        self.fields.starting_in(line.start..till).next().is_some() || self.bodies.overlaps(line)
    }

    /// Whether a place is in the value of a field of a request.
    pub(super) fn is_in_value(&self, place: Range<usize>) -> bool {
        self.values.overlaps(place)
    }
}

/// Spans with their owners, sorted by their starts.
pub(super) struct SpanIndex {
    spans: Vec<(Span, usize)>,
    /// For each span the furthest end of those up to it.
    reach: Vec<usize>,
}

impl SpanIndex {
    fn of(spans: impl Iterator<Item = (Span, usize)>) -> Self {
        let mut spans: Vec<(Span, usize)> = spans.collect();
        spans.sort_unstable();
        let mut furthest = 0;
        let reach = spans.iter().map(|(span, _)| {
            furthest = furthest.max(span.end);
            furthest
        });
        Self { reach: reach.collect(), spans }
    }

    /// The owners of the spans that contain this one.
    pub(super) fn containing(&self, inner: Span) -> impl Iterator<Item = usize> {
        let till = self.spans.partition_point(|(span, _)| span.start <= inner.start);
        let near = (0..till).rev().take_while(move |at| self.reach[*at] >= inner.end);
        near.filter(move |at| self.spans[*at].0.contains(inner)).map(|at| self.spans[at].1)
    }

    /// The spans that start in a range.
    pub(super) fn starting_in(&self, range: Range<usize>) -> impl Iterator<Item = Span> {
        let from = self.spans.partition_point(|(span, _)| span.start < range.start);
        self.spans[from..].iter().map(|(span, _)| *span).take_while(move |span| span.start < range.end)
    }

    /// Whether one of the spans has a byte in a range.
    fn overlaps(&self, range: Range<usize>) -> bool {
        let till = self.spans.partition_point(|(span, _)| span.start < range.end);
        till.checked_sub(1).is_some_and(|last| self.reach[last] > range.start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_a_look_at_each_finds(
            spans in prop::collection::vec((0usize..40, 0usize..12), 0..12), start in 0usize..50, length in 0usize..12,
        ) {
            let spans: Vec<Span> = spans.into_iter().map(|(start, length)| Span::new(start, start + length)).collect();
            let index = SpanIndex::of(spans.iter().copied().zip(0..));
            let asked = Span::new(start, start + length);
            let mut found: Vec<usize> = index.containing(asked).collect();
            found.sort_unstable();
            let each: Vec<usize> = (0..spans.len()).filter(|at| spans[*at].contains(asked)).collect();
            prop_assert_eq!(found, each);
            let range = asked.start..asked.end;
            prop_assert_eq!(
                index.overlaps(range.clone()),
                spans.iter().any(|s| s.start < asked.end && asked.start < s.end)
            );
            prop_assert_eq!(
                index.starting_in(range.clone()).count(),
                spans.iter().filter(|s| range.contains(&s.start)).count()
            );
        }
    }
}

//! Values by their places in a text, which may overlap.

use std::ops::Range;

use crate::text::Span;

/// The values, sorted by the beginning of their spans.
#[derive(Debug)]
pub(super) struct FoundIndex<V> {
    spans: Vec<(Span, V)>,
    /// The farthest end of the spans up to each one.
    reach: Vec<usize>,
}

impl<V> FoundIndex<V> {
    pub(super) fn new(mut spans: Vec<(Span, V)>) -> Self {
        // Stable: values of one place keep their order.
        spans.sort_by_key(|(span, _)| span.start);
        let mut reach = Vec::with_capacity(spans.len());
        for (span, _) in &spans {
            reach.push(reach.last().map_or(span.end, |before: &usize| span.end.max(*before)));
        }
        Self { spans, reach }
    }

    /// All of them, in the order of the text.
    pub(super) fn all(&self) -> &[(Span, V)] {
        &self.spans
    }

    /// Those that touch a range, in the order of the text. Looks at the ones from the first that may touch it.
    pub(super) fn at(&self, range: Range<usize>) -> impl Iterator<Item = &(Span, V)> {
        let first = self.reach.partition_point(|reach| *reach < range.start);
        let last = self.spans.partition_point(|(span, _)| span.start <= range.end);
        self.spans.get(first..last).unwrap_or_default().iter().filter(move |(span, _)| range.start <= span.end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_that_touch_are_found(spans in prop::collection::vec((0usize..50, 0usize..9), 0..20), start in 0usize..60, length in 0usize..5) {
            let spans: Vec<(Span, usize)> =
                spans.iter().enumerate().map(|(i, (at, length))| (Span::new(*at, at + length), i)).collect();
            let touches = |span: &Span| span.start <= start + length && start <= span.end;
            let mut expected: Vec<usize> = spans.iter().filter(|(span, _)| touches(span)).map(|(_, i)| *i).collect();
            let index = FoundIndex::new(spans);
            let mut found: Vec<usize> = index.at(start..start + length).map(|(_, i)| *i).collect();
            expected.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}

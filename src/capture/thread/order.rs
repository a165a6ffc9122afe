//! The order in which posts were written.

use super::draft::PostDraft;
use super::head::HeadKind;
use crate::capture::when::Order;

/// When each post was written, as far as its head says.
fn times(drafts: &[PostDraft]) -> Vec<Option<(u8, i64)>> {
    drafts.iter().map(|d| d.head.as_ref().and_then(|h| h.when?.order()).map(Order::key)).collect()
}

/// Whether times say which posts are the newer ones.
pub(super) fn times_decide(drafts: &[PostDraft]) -> bool {
    let known: Vec<(u8, i64)> = times(drafts).into_iter().flatten().collect();
    known.len() + 1 >= drafts.len()
        && known.windows(2).all(|w| w[0].0 == w[1].0)
        && known.windows(2).any(|w| w[0] != w[1])
        || drafts.iter().all(|d| d.head.as_ref().is_none_or(|h| h.kind == HeadKind::Edit))
}

/// The posts in the order in which they were written.
pub(super) fn order(drafts: &[PostDraft]) -> Vec<usize> {
    let times = times(drafts);
    let known: Vec<(u8, i64)> = times.iter().flatten().copied().collect();
    let one_kind = known.windows(2).all(|w| w[0].0 == w[1].0);
    let (up, down) =
        known.windows(2).fold((0, 0), |(up, down), w| (up + usize::from(w[0] < w[1]), down + usize::from(w[0] > w[1])));
    let is_mail =
        drafts.iter().any(|d| d.head.as_ref().is_some_and(|h| matches!(h.kind, HeadKind::Mail | HeadKind::Quote)));
    // People answer above a mail and below a comment.
    let newest_first = if one_kind && up != down { down > up } else { is_mail };
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    let is_edit = |at: usize| drafts[at].head.as_ref().is_some_and(|h| h.kind == HeadKind::Edit);
    let is_quote = |at: usize| drafts[at].head.as_ref().is_some_and(|h| h.kind == HeadKind::Quote);
    if newest_first {
        order.reverse();
    }
    // What is quoted is older than what quotes it, and what is added later is newer, wherever they are.
    for (at, draft) in drafts.iter().enumerate() {
        let Some(parent) = draft.parent.filter(|_| is_edit(at) || is_quote(at)) else { continue };
        let place = |of: usize| order.iter().position(|o| *o == of);
        let (Some(own), Some(other)) = (place(at), place(parent)) else { continue };
        if (own < other) == is_edit(at) {
            // Removing it shifts the posts after it by one place.
            order.remove(own);
            order.insert(other, at);
        }
    }
    // Where every time is known, times decide; a post without a head stays at the end.
    let rest = |at: &usize| times[*at].is_none() && !is_edit(*at);
    if one_kind && known.len() >= 2 && order.iter().filter(|at| rest(at)).count() <= 1 {
        let unknown_last = order.last().is_some_and(rest);
        order.sort_by_key(|at| {
            let own = times[*at].or_else(|| drafts[*at].parent.filter(|_| is_edit(*at)).and_then(|p| times[p]));
            (own.is_none() == unknown_last, own)
        });
    }
    order
}

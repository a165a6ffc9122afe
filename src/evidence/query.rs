//! The query of a request.

use super::model::Sent;
use crate::facts::query::QueryParameter;
use crate::facts::{Facts, Observed, Presence};

/// Sets the facts of the query. A URL is shown whole: a parameter that it lacks was not sent.
pub(super) fn read(facts: &mut Facts, sent: &Sent<'_>) {
    let (Some(target), Some(url)) = (&sent.exchange.request.url, &sent.url) else { return };
    QueryParameter { value: Observed::absent(target.span()), state: Observed::at(Presence::Absent, target.span()) }
        .put_others(facts);
    for (name, value) in url.query.iter().filter(|(n, _)| !n.is_empty()) {
        let state = if value.is_empty() { Presence::Blank } else { Presence::Present };
        QueryParameter { value: Observed::text(value), state: Observed::at(state, name.span()) }
            .put_member(facts, name.as_str());
    }
}

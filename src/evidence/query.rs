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

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    #[test]
    fn a_parameter_that_the_url_lacks_is_absent() {
        assert_facts(
            "GET https://api.example.org/things?id=1%202&blank=\n401 Unauthorized\n",
            &[
                ("request.query.id", "1 2"),
                ("request.query-state.blank", "blank"),
                ("request.query-state.other", "absent"),
                ("request.query.other", "absent"),
            ],
        );
        assert_facts("Accept: */*\n\nHTTP/1.1 401 Unauthorized\n", &[("request.query-state.other", "unseen")]);
    }
}

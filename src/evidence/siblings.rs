//! What an accepted request says about a refused one to the same address: with which scheme, and in which place, the
//! server takes credentials.

use std::collections::HashMap;

use super::model::ExchangeFacts;
use crate::capture::model::Exchange;
use crate::facts::authorization::{AnatomyFacts, AuthorizationFacts, ElsewhereFacts};
use crate::facts::response::StatusFacts;
use crate::facts::siblings::SiblingFacts;
use crate::facts::{Facts, Observed};
use crate::text::Span;

/// Where a request has its credentials.
#[derive(Clone, PartialEq, Eq)]
enum CredentialsPlace {
    /// In Authorization, after this scheme as it is written; `none` for a token without one.
    Authorization(String),
    /// In another field or parameter of this name, in lower case.
    Elsewhere(String),
}

impl CredentialsPlace {
    fn of(facts: &Facts) -> Option<(Self, Vec<Span>)> {
        if facts.text(AuthorizationFacts::state()) == Some("present") {
            let written =
                facts.text(AnatomyFacts::scheme_as_written()).or_else(|| facts.text(AnatomyFacts::scheme()))?;
            let spans = [facts.spans(AnatomyFacts::scheme_as_written()), facts.spans(AuthorizationFacts::state())];
            let span = spans.into_iter().find(|spans| !spans.is_empty())?;
            return Some((Self::Authorization(written.to_owned()), span.to_vec()));
        }
        let name = facts.text(ElsewhereFacts::name())?;
        Some((Self::Elsewhere(name.to_lowercase()), facts.spans(ElsewhereFacts::name()).to_vec()))
    }
}

/// Compares each refused request with the first accepted one to the same address.
pub(super) fn compare(all: &mut [ExchangeFacts<'_>], exchanges: &[Exchange]) {
    let mut accepted: HashMap<&str, (CredentialsPlace, Vec<Span>)> = HashMap::new();
    for (evidence, exchange) in all.iter().zip(exchanges) {
        let is_accepted = evidence.facts.number(StatusFacts::status()).is_some_and(|s| (200..300).contains(&s));
        if is_accepted
            && let Some(address) = address(exchange)
            && let Some(place) = CredentialsPlace::of(&evidence.facts)
        {
            accepted.entry(address).or_insert(place);
        }
    }
    for (evidence, exchange) in all.iter_mut().zip(exchanges) {
        let facts = &mut evidence.facts;
        let is_refused = facts.number(StatusFacts::status()).is_some_and(|s| s >= 400);
        let there = address(exchange).and_then(|address| accepted.get(address)).filter(|_| is_refused);
        let pair = there.and_then(|(there, spans)| Some((CredentialsPlace::of(facts)?.0, there, spans)));
        let (scheme, place) = match &pair {
            Some((here, there, _)) if here != *there => {
                let have_schemes = [here, *there].map(|place| matches!(place, CredentialsPlace::Authorization(_)));
                (have_schemes == [true, true], have_schemes != [true, true])
            }
            _ => (false, false),
        };
        let spans = pair.map_or_else(Vec::new, |(_, _, spans)| spans.clone());
        let known = |holds: bool| Observed::Known(holds, if holds { spans.clone() } else { Vec::new() });
        SiblingFacts { other_scheme: known(scheme), other_place: known(place) }.put(facts);
    }
}

/// Host and path of a request with a whole URL.
fn address(exchange: &Exchange) -> Option<&str> {
    let url = exchange.request.url.as_ref()?.as_str();
    url.contains("://").then(|| url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts_with, shown};
    use crate::options::Options;
    use crate::pack::model::Pack;

    const URL: &str = "https://api.shop.example/v1/orders";

    /// `sibling.other-scheme` and `sibling.other-place` of each exchange.
    fn siblings(first: &str, second: &str) -> Vec<[String; 2]> {
        let text = format!("curl {first} {URL}\nHTTP/1.1 401 Unauthorized\n\ncurl {second} {URL}\nHTTP/1.1 200 OK\n");
        let all = facts_with(&text, &Pack::default(), &Options::default());
        all.iter().map(|f| ["sibling.other-scheme", "sibling.other-place"].map(|name| shown(f, name))).collect()
    }

    #[test]
    fn another_scheme_was_accepted() {
        let bearer = "-H 'Authorization: Bearer n4XqQ9xLr6TbVd2K'";
        let none = ["no".to_owned(), "no".to_owned()];
        for (refused, scheme, place) in [
            ("-u pat:green-door", "yes", "no"),
            ("-H 'Authorization: bearer n4XqQ9xLr6TbVd2K'", "yes", "no"),
            ("-H 'Authorization: Bearer aaXqQ9xLr6TbVd2K'", "no", "no"),
            ("", "no", "no"),
        ] {
            assert_eq!(siblings(refused, bearer), [[scheme.to_owned(), place.to_owned()], none.clone()], "{refused}");
        }
    }
}

//! Sentences of rules, filled in with what a capture shows.

use std::borrow::Cow;

use crate::engine::evaluate::fill;
use crate::facts::{Facts, is_of_proxy};
use crate::pack::model::{Part, Template};
use crate::redact::Redactor;

/// What is added to a fix where a proxy asks for the credentials.
const LOGIN_OF_PROXY: &str = "The proxy asks for it, not the API: give the client the login of the proxy (curl: `-x … -U user:password`, else `HTTPS_PROXY=http://user:password@proxy:3128`).";

/// A sentence of a rule, filled in and safe to print. The words of the rule are not secret, but what it takes from the
/// input may be.
pub(super) fn rendered(template: &Template, facts: &Facts, redactor: &Redactor) -> String {
    let is_plain = template.parts.iter().all(|part| matches!(part, Part::Words(_)));
    let sentence = if is_of_proxy(facts) { fill(&for_proxy(template), facts) } else { fill(template, facts) };
    if is_plain { crate::visible::visible(&sentence) } else { redactor.clean(&sentence) }
}

/// The same for a sentence that says what to do.
pub(super) fn rendered_fix(template: &Template, facts: &Facts, redactor: &Redactor) -> String {
    let fix = rendered(template, facts, redactor);
    if is_of_proxy(facts) { format!("{fix} {LOGIN_OF_PROXY}") } else { fix }
}

/// Words of a rule in which nothing is filled in.
pub(super) fn worded<'w>(words: &'w str, facts: &Facts) -> Cow<'w, str> {
    if is_of_proxy(facts) { Cow::Owned(of_proxy(words)) } else { Cow::Borrowed(words) }
}

fn for_proxy(template: &Template) -> Template {
    let part = |part: &Part| match part {
        Part::Words(words) => Part::Words(of_proxy(words.as_str()).into()),
        Part::Fact(fact) => Part::Fact(fact.clone()),
    };
    Template { parts: template.parts.iter().map(part).collect() }
}

/// The same words about the fields of a proxy: what a server reads in Authorization, a proxy reads in
/// Proxy-Authorization, and it takes mostly Basic.
fn of_proxy(words: &str) -> String {
    words
        .replace("Authorization: Bearer <access token>", "Authorization: Basic <base64 of user:password>")
        .replace("Proxy-Authorization", "Authorization")
        .replace("Authorization", "Proxy-Authorization")
        .replace("WWW-Authenticate", "Proxy-Authenticate")
}

#[cfg(test)]
mod tests {
    use super::of_proxy;

    #[test]
    fn the_fields_of_a_proxy() {
        assert_eq!(of_proxy("No Authorization field was sent"), "No Proxy-Authorization field was sent");
        assert_eq!(of_proxy("see Proxy-Authorization"), "see Proxy-Authorization");
    }
}

//! What a client's own print of a request tells of the Authorization field that is not in it.

use super::judge::Judge;
use super::model::Sent;
use super::request::head;
use crate::capture::model::{Extent, Field};
use crate::capture::words;
use crate::facts::authorization::ElsewhereFacts;
use crate::facts::{Facts, Observed, PrintWithout};
use crate::shape;
use crate::text::Span;

/// Whether code sets the field, and the request as it was printed has none.
pub(super) fn only_in_code(sent: &Sent<'_>, fields: &[&Field]) -> Observed<PrintWithout> {
    let names: Vec<Span> = fields.iter().map(|f| f.name.span()).collect();
    if names.iter().all(|name| sent.exchange.print.only_in_code.contains(name)) {
        return Observed::Known(PrintWithout::OnlyInCode, names);
    }
    Observed::absent(names[0])
}

/// Whether a client's own print of the request lists its fields without this one, and no other one with a token.
pub(super) fn not_listed(facts: &Facts, sent: &Sent<'_>) -> Observed<PrintWithout> {
    let request = &sent.exchange.request;
    let by_client: Vec<Span> =
        request.fields.iter().filter(|f| words::is_client_field(f.name.as_str())).map(|f| f.name.span()).collect();
    let is_print = sent.exchange.print.is_listed || by_client.len() > 1;
    let is_login = |f: &Field| f.is("cookie") || shape::of(f.value.as_str()).is_credential();
    let is_elsewhere = facts.text(ElsewhereFacts::place()).is_some() || request.fields.iter().any(is_login);
    if is_elsewhere || sent.judge == Judge::Proxy || request.extent != Extent::Part || !is_print {
        return Observed::Unseen;
    }
    let at = if by_client.is_empty() { head(request) } else { by_client };
    Observed::Known(PrintWithout::NotListed, at)
}

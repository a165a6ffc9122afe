//! The room that turns a capture into facts: what was sent, where it went, what came back, and what one exchange
//! says about another. Causes are left to the engine.
//!
//! Each file reads one group of facts; their declarations are in the file of the same name in `facts/`. This file is
//! the order in which they are read.

mod authorization;
mod challenge;
mod claims;
mod digest;
mod endpoint;
mod history;
mod judge;
mod jwt;
mod mentions;
mod model;
mod places;
mod print;
pub(crate) mod product_set;
mod proof;
mod prose;
mod query;
pub(crate) mod reading;
mod refusal;
mod request;
mod response;
mod response_body;
mod scopes;
mod setup;
mod siblings;
mod system;
#[cfg(test)]
mod tests;
mod token_request;
mod told;

pub(crate) use model::{ExchangeFacts, SystemWords, Worded};

use model::Sent;
use places::ExchangePlaces;

use crate::capture::Reader;
use crate::capture::model::Capture;
use crate::capture::when::Moment;
use crate::facts::Facts;
use crate::options::Options;
use crate::pack::model::Pack;
use crate::text::Text;

/// Whether a time as written includes its zone.
pub(crate) fn has_zone(time: &str) -> bool {
    Moment::read(time).is_some_and(|m| m.has_zone) || ["UTC", "GMT", "BST", "+0"].iter().any(|z| time.contains(z))
}

/// Reads a paste into its exchanges. A refusal that the text only tells of is an answer, too.
pub(crate) fn capture(paste: &Text, pack: &Pack, options: &Options) -> Capture {
    let mut capture = crate::capture::read_as(paste, &pack.vocabulary, options.from);
    let has_sentences = [Reader::AUTO, Reader::TICKET].contains(&options.from);
    prose::add_told(&mut capture, paste, pack, has_sentences);
    capture
}

/// The topic of a text that says that its author took the token out.
const TOKEN_TAKEN_OUT: &str = "token-taken-out";

/// Gathers the facts of every exchange of a capture.
pub(crate) fn gather<'p>(capture: &Capture, paste: &Text, pack: &'p Pack, options: &Options) -> Vec<ExchangeFacts<'p>> {
    gather_for(capture, paste, pack, options, |_| true)
}

/// The same for a caller who needs to know which systems took part only if one of the exchanges asks for that.
pub(crate) fn gather_for<'p>(
    capture: &Capture,
    paste: &Text,
    pack: &'p Pack,
    options: &Options,
    asks_for_systems: impl Fn(&Facts) -> bool,
) -> Vec<ExchangeFacts<'p>> {
    let mut all: Vec<ExchangeFacts<'p>> = Vec::with_capacity(capture.exchanges.len());
    let mut histories = Vec::with_capacity(capture.exchanges.len());
    let superseded = capture.thread.as_ref().map_or(0, |t| t.superseded.len());
    let is_only_one = capture.exchanges.len() - superseded == 1;
    let said = mentions::SaidInText::of(capture);
    let said_at = history::said_at(said.all.of_kind("sent-at"));
    let places = ExchangePlaces::of(capture);
    let shown = setup::SetupShown::of(capture, &places, paste.as_str());
    let mut unknown_hosts = endpoint::UnknownHosts::new();
    let is_taken_out = capture.topics.iter().any(|topic| topic.id == TOKEN_TAKEN_OUT);
    // First what each exchange says of itself.
    for exchange in &capture.exchanges {
        let mut facts = Facts::default();
        let sent = Sent::of(exchange, paste.as_str(), is_taken_out);
        request::read(&mut facts, &sent);
        query::read(&mut facts, &sent);
        let place = endpoint::read(&mut facts, &sent, pack, &mut unknown_hosts);
        let credentials = authorization::read(&mut facts, &sent, &pack.vocabulary);
        // The status that the caller states is that of the only exchange, if the paste does not show one.
        let lacks_status = exchange.response.as_ref().is_none_or(|r| r.status.is_none());
        let status = options.status.filter(|_| is_only_one && lacks_status);
        let body = response::read(&mut facts, exchange.response.as_ref(), &exchange.request.fields, status);
        proof::read(&mut facts, &sent);
        scopes::read(&mut facts, exchange, credentials.as_ref(), body.as_ref(), &pack.vocabulary);
        let own_mentions = mentions::of_exchange(exchange, pack, options, paste);
        mentions::read(&mut facts, &own_mentions, &said);
        mentions::topics(&mut facts, &said);
        setup::read(&mut facts, &shown, &sent);
        // The moment comes from the response or from what is mentioned; with it, expiry can be judged.
        let moment =
            history::moment(exchange, &facts, body.as_ref(), history::said_at(&own_mentions).or(said_at), options);
        token_request::read(&mut facts, &sent, moment, options.keys.as_deref());
        history::judge_own_token(&mut facts, credentials.as_ref(), moment);
        histories.push(history::HistoryEntry::of(&sent, &facts, credentials, body, moment));
        all.push(ExchangeFacts {
            facts,
            place,
            own_mentions,
            said: said.all.clone(),
            worded: None,
            system_words: Vec::new(),
            systems: Vec::new(),
            is_told_in_sentence: false,
            in_other_case: Vec::new(),
        });
    }
    // Then what the exchanges show of each other. An issued token decides the access mode, whatever the text says.
    history::compare(&mut all, &histories, &endpoint::token_endpoints(paste, pack));
    history::redirects(&mut all, &capture.exchanges);
    siblings::compare(&mut all, &capture.exchanges);
    let named = claims::NamedValues::of(paste);
    for evidence in &mut all {
        claims::read(&mut evidence.facts, &named, is_only_one);
    }
    // Words in sentences only fill in where an exchange has no words of its own.
    prose::answers(&mut all, capture, &places, paste, pack);
    prose::tell(&mut all, capture, &places, paste, pack);
    let mut named = prose::endpoints(paste, pack);
    // A name is weaker than a method and a path, so it only counts where no exchange has those.
    if named.is_empty() && capture.exchanges.iter().all(|e| e.request.url.is_none()) {
        named = prose::endpoints_by_name(paste, pack);
    }
    let environments = endpoint::SaidEnvironment::of(paste.as_str(), pack);
    for (evidence, exchange) in all.iter_mut().zip(&capture.exchanges) {
        endpoint::named(&mut evidence.facts, &named, pack, &evidence.place);
        endpoint::by_name(&mut evidence.facts, &exchange.request, &environments, pack, &mut evidence.place);
        // Which fields are required depends on the endpoint and the access mode, so both come before.
        endpoint::check_fields(&mut evidence.facts, &exchange.request, &evidence.place);
        // The product set is asked about the endpoint, or about the one that the text names.
        product_set::read(evidence, pack, options);
    }
    let asks: Vec<bool> = all.iter().map(|evidence| asks_for_systems(&evidence.facts)).collect();
    if asks.contains(&true) {
        system::read(&mut all, capture, &places.exchanges, paste, pack);
    }
    // Where nobody asks for systems, the gateway is a known one, and what other servers do says nothing.
    for (evidence, _) in all.iter_mut().zip(asks).filter(|(_, asks)| !asks) {
        system::no_traits(&mut evidence.facts);
    }
    all
}

//! What this room gives on: the facts of an exchange, and what was looked up on the way.

use std::rc::Rc;

use crate::capture::model::{Exchange, Mention};
use crate::facts::Facts;
use crate::pack::model::{Api, Environment, Operation};
use crate::text::{Span, Text};
use crate::url::Url;

/// What the catalogue has for a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EndpointMatch<'p> {
    pub(crate) environment: Option<&'p Environment>,
    pub(crate) api: Option<&'p Api>,
    pub(crate) operation: Option<&'p Operation>,
}

/// What is known of one exchange.
#[derive(Debug)]
pub(crate) struct ExchangeFacts<'p> {
    pub(crate) facts: Facts,
    pub(crate) place: EndpointMatch<'p>,
    /// What the caller and the fields of this exchange say.
    pub(crate) own_mentions: Vec<Mention>,
    /// What the text says besides, the same for all exchanges of a capture.
    pub(crate) said: Rc<[Mention]>,
    /// What the words of the refusal mean, where they were read.
    pub(crate) worded: Option<Worded>,
}

impl ExchangeFacts<'_> {
    /// What the text says that bears on this exchange, its own fields first.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.own_mentions.iter().chain(&*self.said)
    }
}

/// What the words of a refusal mean for causes.
#[derive(Debug)]
pub(crate) struct Worded {
    /// How often such words mean the first cause, in hundredths.
    pub(crate) weight: u8,
    /// The causes that they may mean, the most likely one first.
    pub(crate) causes: Vec<String>,
    /// What they say, as a sentence of the report.
    pub(crate) says: String,
    /// The words that it rests on, the complaint first.
    pub(crate) spans: Vec<Span>,
    /// The whole message.
    pub(crate) message: Vec<Span>,
}

/// A request with its URL and form taken apart, which several readers need.
pub(super) struct Sent<'c> {
    pub(super) exchange: &'c Exchange,
    pub(super) url: Option<Url>,
    /// The form parameters, decoded.
    pub(super) form: Vec<(Text, Text)>,
    /// The stretches that a shell or a program replaced with other text before the request was sent.
    expanded: Vec<Span>,
}

impl<'c> Sent<'c> {
    pub(super) fn of(exchange: &'c Exchange) -> Self {
        Self {
            exchange,
            url: exchange.request.url.as_ref().map(Url::of),
            form: crate::capture::body::parameters(&exchange.request),
            expanded: exchange.expanded.iter().map(Text::span).collect(),
        }
    }

    /// Whether something else was sent than what the capture shows here.
    pub(super) fn is_expanded(&self, span: Span) -> bool {
        self.expanded.iter().any(|e| e.overlaps(span))
    }

    /// A form parameter that has a value and is shown as it was sent.
    pub(super) fn parameter(&self, name: &str) -> Option<&Text> {
        let found = self.form.iter().find(|(n, _)| n.as_str() == name).map(|(_, value)| value);
        found.filter(|value| !value.is_empty() && !self.is_expanded(value.span()))
    }
}

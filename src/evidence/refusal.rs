//! What a response says is wrong, collected from its body and its challenges.

use std::borrow::Cow;

use crate::capture::model::{Body, Extent, Response};
use crate::facts::response::RefusalFacts;
use crate::facts::{ListItem, Observed};
use crate::text::{Span, Text};

/// The messages and codes found so far, with their places.
#[derive(Default)]
pub(super) struct Refusal {
    messages: Vec<ListItem>,
    codes: Vec<ListItem>,
    /// Whether there is a body that was not understood.
    is_unread: bool,
}

impl Refusal {
    pub(super) fn message(&mut self, text: &Text) {
        // What typographic editors make of an apostrophe is not what the server sent.
        let plain = text.as_str().trim().replace(['’', '‘'], "'").replace(['“', '”'], "\"").replace('\u{A0}', " ");
        // `<error code>: <words>`, as Apigee writes it in challenges and some APIs in their diagnostics.
        if let Some((code, words)) = plain.split_once(": ")
            && code.contains('.')
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'))
        {
            push(&mut self.codes, code.to_owned(), text.span());
            push(&mut self.messages, words.to_owned(), text.span());
        }
        push(&mut self.messages, plain, text.span());
    }

    /// Records that there is a body whose words could not be read.
    pub(super) fn leave_unread(&mut self) {
        self.is_unread = true;
    }

    /// Whether there are words.
    pub(super) fn has_message(&self) -> bool {
        !self.messages.is_empty()
    }

    /// Whether there are neither words nor codes.
    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.codes.is_empty()
    }

    pub(super) fn code(&mut self, text: &Text) {
        push(&mut self.codes, text.as_str().trim().to_owned(), text.span());
    }

    /// The facts. Where the whole body is shown, what it does not say is absent.
    pub(super) fn facts(self, response: &Response) -> RefusalFacts {
        let is_known = match response.body {
            Body::Unseen | Body::ErrorMembers(_) => false,
            Body::Empty(_) => response.extent == Extent::Whole,
            Body::Text(_) | Body::Form(_) => !self.is_unread,
        };
        let fact = |items: Vec<ListItem>| match items.is_empty() {
            false => Observed::list(items),
            true if is_known => Observed::Absent(status_span(response)),
            true => Observed::Unseen,
        };
        RefusalFacts { code: fact(self.codes), message: fact(self.messages) }
    }
}

/// Adds a text to a list, or its place to the one that is there already.
pub(super) fn push(items: &mut Vec<ListItem>, text: String, span: Span) {
    // A mail may have broken the line in the middle of a sentence.
    let text = if text.contains('\n') { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text };
    if text.is_empty() {
        return;
    }
    match items.iter_mut().find(|(t, _)| *t == text) {
        Some((_, spans)) => spans.push(span),
        None => items.push((Cow::Owned(text), vec![span])),
    }
}

/// The characters that show a response.
pub(super) fn status_span(response: &Response) -> Vec<Span> {
    response.status.map(|s| s.span).into_iter().collect()
}

//! What this room gives on: the facts of an exchange, and what was looked up on the way.

use std::rc::Rc;

use super::judge::Judge;
use crate::capture::model::{Exchange, Format, Mention};
use crate::facts::{Facts, ListItem};
use crate::pack::model::{Api, Environment, Operation};
use crate::text::{Span, Text};
use crate::url::Url;

/// What the catalogue has for a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EndpointMatch<'p> {
    pub(crate) environment: Option<&'p Environment>,
    pub(crate) api: Option<&'p Api>,
    pub(crate) operation: Option<&'p Operation>,
    /// What the text says of it where the request is not shown. It names; nothing is checked by it.
    pub(crate) said: SaidPlace<'p>,
}

/// What a text says of where a request went.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SaidPlace<'p> {
    pub(crate) environment: Option<&'p Environment>,
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
    pub(crate) said: Rc<SaidMentions>,
    /// What the words of the refusal mean, where they were read.
    pub(crate) worded: Option<Worded>,
    /// The answers of known systems whose words the exchange, or the text about it, has.
    pub(crate) system_words: Vec<SystemWords>,
    /// The known systems that take part, by number, each with whether a message shows it and not only the text.
    pub(crate) systems: Vec<(usize, bool)>,
    /// Whether the words of the refusal are those of a sentence that nothing marks as the word of a machine.
    pub(crate) is_told_in_sentence: bool,
    /// The words of other answers that differ from those of the message in letter case alone, where it may have been changed.
    pub(crate) in_other_case: Vec<ListItem>,
}

/// Words that a system refuses with, as the paste has them.
#[derive(Clone, Debug)]
pub(crate) struct SystemWords {
    /// The number of the system.
    pub(crate) system: usize,
    /// The number of the answer among those of the system.
    pub(crate) answer: usize,
    /// The number of words that were found: how much they tell.
    pub(crate) words: usize,
    /// Whether the response has them, and not a text about it.
    pub(crate) is_in_response: bool,
    /// Their place.
    pub(crate) span: Span,
}

impl ExchangeFacts<'_> {
    /// The value of this kind that counts: that of its own fields, otherwise the first one of the text.
    pub(crate) fn mention(&self, kind: &str) -> Option<&Mention> {
        self.own_mentions.iter().find(|m| m.kind == kind).or_else(|| self.said.first(kind))
    }

    /// All values of this kind, its own first.
    pub(crate) fn mentions_of(&self, kind: &str) -> impl Iterator<Item = &Mention> {
        self.own_mentions.iter().filter(move |m| m.kind == kind).chain(self.said.of_kind(kind))
    }
}

/// What the text around the exchanges mentions, by kind. All exchanges share it: a log has thousands of both.
#[derive(Debug, Default)]
pub(crate) struct SaidMentions {
    /// In the order of the kinds' first mentions.
    kinds: Vec<Vec<Mention>>,
}

impl SaidMentions {
    pub(super) fn of(mentions: &[Mention]) -> Self {
        let mut kinds: Vec<Vec<Mention>> = Vec::new();
        for mention in mentions {
            // There are about a dozen kinds.
            match kinds.iter_mut().find(|list| list.first().is_some_and(|m| m.kind == mention.kind)) {
                Some(list) => list.push(mention.clone()),
                None => kinds.push(vec![mention.clone()]),
            }
        }
        Self { kinds }
    }

    /// The first mention of this kind.
    pub(crate) fn first(&self, kind: &str) -> Option<&Mention> {
        self.of_kind(kind).first()
    }

    /// All mentions of this kind.
    pub(crate) fn of_kind(&self, kind: &str) -> &[Mention] {
        let list = self.kinds.iter().find(|list| list.first().is_some_and(|m| m.kind == kind));
        list.map_or(&[], Vec::as_slice)
    }

    /// The first mention of each kind.
    pub(super) fn firsts(&self) -> impl Iterator<Item = &Mention> {
        self.kinds.iter().filter_map(|list| list.first())
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
    /// Whether they are an answer that a pack knows from a system.
    pub(crate) is_of_system: bool,
    /// What to do about the first cause, in the words of that system.
    pub(crate) fix: Option<String>,
}

/// A request with its URL and form taken apart, which several readers need.
pub(super) struct Sent<'c> {
    pub(super) exchange: &'c Exchange,
    /// Whether a server or a proxy refused it.
    pub(super) judge: Judge,
    pub(super) url: Option<Url>,
    /// The form parameters, decoded.
    pub(super) form: Vec<(Text, Text)>,
    /// The stretches that a shell or a program replaced with other text before the request was sent.
    expanded: Vec<Span>,
    /// Whether the text says that the token was taken out of it: a blank place is then no blank value.
    pub(super) is_taken_out: bool,
}

impl<'c> Sent<'c> {
    pub(super) fn of(exchange: &'c Exchange, paste: &str, is_taken_out: bool) -> Self {
        let mut expanded: Vec<Span> = exchange.expanded.iter().map(Text::span).collect();
        let fields = exchange.request.fields.iter().filter(|f| f.is("authorization") || f.is("proxy-authorization"));
        expanded.extend(fields.filter(|f| is_variable(exchange.format, &f.value, paste)).map(|f| f.value.span()));
        if exchange.format == Format::Code {
            let templates = exchange.request.fields.iter().filter(|f| f.value.as_str().contains('$'));
            expanded.extend(templates.map(|f| f.value.span()).filter(|at| fills_in_anyhow(paste, *at)));
        }
        let form = crate::capture::body::parameters(&exchange.request);
        expanded.extend(form.iter().filter(|(_, value)| is_expression(value, paste)).map(|(_, value)| value.span()));
        Self {
            exchange,
            judge: Judge::of(exchange.response.as_ref()),
            url: exchange.request.url.as_ref().map(Url::of),
            form,
            expanded,
            is_taken_out,
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

/// Whether the value of a field is the name of a variable in code: `{ "Authorization": accessToken }`. The name says what
/// was meant, and only the program knows what was sent.
fn is_variable(format: Format, value: &Text, paste: &str) -> bool {
    let name = value.as_str();
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_' || c == '$')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$'));
    if !is_name || !matches!(format, Format::Code | Format::Json) {
        return false;
    }
    let Some((line, after)) = around(value, paste) else { return false };
    // In quotes it is a literal; after `=` it is the print of a map, in which nothing has quotes.
    let is_after_name = line.ends_with(':') && (line.contains(['"', '\'', '{']) || format == Format::Code);
    is_after_name && after.starts_with([',', '}', ')', '\n', '\r'])
}

/// Whether a parameter of a form is a variable, a constant or a call of a program that makes the form:
/// `{"grant_type": GRANT, "client_assertion": assertion()}`. A line of settings has the same marks, and nothing around it.
fn is_expression(value: &Text, paste: &str) -> bool {
    let name = value.as_str();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'(' | b')'));
    if !is_name {
        return false;
    }
    let Some((line, after)) = around(value, paste) else { return false };
    line.ends_with(':') && (line.contains(['"', '\'', '{']) || after.starts_with([',', '}', ')']))
}

/// What stands before a value on its line, and what stands after it, without blanks; `None` where the paste has the value in
/// other characters.
fn around<'p>(value: &Text, paste: &'p str) -> Option<(&'p str, &'p str)> {
    /// How far back a line is read: it may be a document of megabytes.
    const LINE: usize = 2_000;
    let span = Some(value.span()).filter(|_| value.is_verbatim())?;
    let from = paste.floor_char_boundary(span.start.saturating_sub(LINE));
    let before = paste.get(from..span.start)?.trim_end_matches(' ');
    let line = &before[before.rfind('\n').map_or(0, |i| i + 1)..];
    Some((line, paste.get(span.end..)?.trim_start_matches(' ')))
}

/// Whether the language fills in variables in every literal, as Dart does.
fn fills_in_anyhow(paste: &str, at: Span) -> bool {
    let from = paste.floor_char_boundary(at.start.saturating_sub(1_500));
    let till = paste.floor_char_boundary((at.end + 1_500).min(paste.len()));
    let near = &paste[from..till];
    ["Uri.parse(", "Uri.https(", "package:", "<String, String>", "<String, dynamic>", "Dio("]
        .iter()
        .any(|sign| near.contains(sign))
}

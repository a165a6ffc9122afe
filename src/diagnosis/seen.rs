//! The facts of a capture as rules see them, for people who write rules.

use crate::evidence;
use crate::facts::{FACTS, Fact, Facts, Value};
use crate::options::Options;
use crate::pack::model::Pack;
use crate::redact::Redactor;
use crate::text::{Lines, Span, Text, decode};

/// What rules see of a capture. Its texts have been through the redactor.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The exchanges, in the order of the paste.
    pub exchanges: Vec<SeenExchange>,
    /// The paste, to quote it.
    pub paste: Redactor,
    /// Its lines.
    pub lines: Lines,
}

/// What rules see of one exchange.
#[derive(Clone, Debug)]
pub struct SeenExchange {
    /// Method and URL.
    pub request: String,
    /// The facts that are known or known to be absent, by name.
    pub facts: Vec<SeenFact>,
    /// How many single facts the capture does not show; families are not counted.
    pub unseen: usize,
}

/// A fact that a capture shows.
#[derive(Clone, Debug)]
pub struct SeenFact {
    /// Its name.
    pub name: String,
    /// Its value; `None` where it is known to be absent.
    pub value: Option<String>,
    /// The characters that it rests on.
    pub spans: Vec<Span>,
}

/// Shows the facts of every exchange of a capture.
#[must_use]
pub fn seen(bytes: &[u8], pack: &Pack, options: &Options) -> Seen {
    let decoded = decode(bytes);
    let paste = Text::paste(&decoded.text);
    let capture = evidence::capture(&paste, pack, options);
    let redactor =
        crate::sensitive::by_any_reader(&capture, &paste, pack, options.from).redactor(paste.as_str(), &options.mask);
    let exchanges = evidence::gather(&capture, &paste, pack, options)
        .into_iter()
        .zip(&capture.exchanges)
        .map(|(mut evidence, exchange)| {
            evidence::reading::read(&mut evidence, pack.words.table(), paste.as_str());
            let view = super::request(exchange, &evidence.facts, &redactor, false);
            SeenExchange {
                request: [view.method, view.url].into_iter().flatten().collect::<Vec<_>>().join(" "),
                facts: facts(&evidence.facts, &redactor),
                unseen: unseen(&evidence.facts),
            }
        })
        .collect();
    Seen { exchanges, lines: Lines::of(paste.as_str()), paste: redactor }
}

fn facts(facts: &Facts, redactor: &Redactor) -> Vec<SeenFact> {
    let seen = facts.seen().map(|(name, fact)| {
        let (value, spans) = match fact {
            Fact::Known(value, spans) => (Some(shown(&name, value, redactor)), spans.clone()),
            Fact::Absent(spans) => (None, spans.clone()),
            Fact::Unseen => (None, Vec::new()),
        };
        // The name of a parameter or a claim is a text of the paste.
        SeenFact { name: redactor.clean(&name), value, spans }
    });
    seen.collect()
}

fn unseen(facts: &Facts) -> usize {
    FACTS.iter().filter(|f| !f.is_family() && *facts.get(f.name) == Fact::Unseen).count()
}

/// A value as it may be shown.
fn shown(name: &str, value: &Value, redactor: &Redactor) -> String {
    let clean = |text: &str| {
        // With its name in front of it, the value of `client_secret` is known for a secret whatever it looks like.
        let member = name.rsplit('.').next().unwrap_or_default();
        let both = redactor.clean(&format!("{member}: {text}"));
        both.strip_prefix(&format!("{member}: ")).map_or_else(|| redactor.clean(text), str::to_owned)
    };
    match value {
        Value::Text(text) if name == "authorization.credentials" => redactor.name(text),
        Value::List(items) if items.is_empty() => "nothing".to_owned(),
        Value::List(items) => items.iter().map(|(text, _)| clean(text)).collect::<Vec<_>>().join(" | "),
        Value::Text(text) if text.is_empty() => "(empty)".to_owned(),
        other => clean(&other.words()),
    }
}

//! What a page can ask for. Each task is one call of the library.

use std::time::{Duration, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::Value;
use why401::{
    Also, FACTS, InteractionMap, JsonReport, Masker, MessageMarkup, Options, Pack, Reader, ReportForm, TextStyle,
    compare, diagnose, explain_cause, read_product_set, write_comparison_json, write_reply, write_screen, write_text,
    write_ticket, write_view,
};

use crate::message::Message;

/// What is asked, and what is known besides the parts. All but `ask` may be left out.
#[derive(Debug, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Ask {
    /// The task.
    ask: String,
    /// The name of the file that the first part was; of both for a comparison.
    names: Vec<String>,
    /// The format of the paste.
    from: String,
    /// The ASID of the calling system.
    asid: String,
    /// The status of the response.
    status: Option<u16>,
    /// When the request was sent.
    now: String,
    /// The clock of the machine, in milliseconds since 1970.
    clock: Option<u64>,
    /// Words that no report may show.
    mask: Vec<String>,
    /// What else a masked capture must not show.
    also: Vec<String>,
    /// Which part is the product set, the table of interactions, the public keys.
    product_set: Option<usize>,
    interaction_map: Option<usize>,
    jwks: Option<usize>,
    /// The format of a report, or the markup of a message.
    form: String,
    /// The id of a cause.
    cause: String,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            ask: String::new(),
            names: Vec::new(),
            from: "auto".to_owned(),
            asid: String::new(),
            status: None,
            now: String::new(),
            clock: None,
            mask: Vec::new(),
            also: Vec::new(),
            product_set: None,
            interaction_map: None,
            jwks: None,
            form: String::new(),
            cause: String::new(),
        }
    }
}

/// The packs, once they are loaded.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    pack: Option<Pack>,
}

impl Engine {
    /// Does what a request asks.
    pub(crate) fn answer_to(&mut self, request: Message) -> Message {
        let ask: Ask = match serde_json::from_value(Value::Object(request.head)) {
            Ok(ask) => ask,
            Err(_) => return Message::error("the request of the page has a head that is not understood"),
        };
        if self.pack.is_none() {
            match Pack::builtin() {
                Ok(pack) => self.pack = Some(pack),
                Err(error) => return Message::error(error.to_string()),
            }
        }
        let Some(pack) = &self.pack else { return Message::error("no rules") };
        answered(&ask, &request.parts, pack).unwrap_or_else(Message::error)
    }
}

/// Does what a request asks, with packs that are loaded for it alone.
#[must_use]
pub fn answer_to(request: Message) -> Message {
    Engine::default().answer_to(request)
}

fn answered(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Message, String> {
    match ask.ask.as_str() {
        "about" => Ok(about(pack)),
        "diagnose" => diagnosed(ask, parts, pack),
        "report" => report(ask, parts, pack),
        "ticket" | "reply" => message(ask, parts, pack),
        "mask" => masked(ask, parts, pack),
        "compare" => compared(ask, parts, pack),
        "explain" => {
            let mut out = Vec::new();
            let is_known = explain_cause(&mut out, &ask.cause, pack).map_err(|error| error.to_string())?;
            if !is_known {
                return Err("there is no such cause".to_owned());
            }
            Ok(Message { parts: vec![out], ..Message::default() })
        }
        _ => Err("the page asked for a task that does not exist".to_owned()),
    }
}

/// What the engine is and what it knows.
fn about(pack: &Pack) -> Message {
    let mut message = Message::default();
    message.set("version", env!("CARGO_PKG_VERSION"));
    message.set("jwks", cfg!(feature = "jwks"));
    message.set("sheets", cfg!(feature = "sheets"));
    message.set("facts", FACTS.len());
    message.set("forms", Reader::ALL.map(|reader| (reader.word(), reader.help())).to_vec());
    let causes =
        pack.causes.iter().map(|cause| (cause.id.to_string(), cause.title.to_string(), cause.pack.to_string()));
    message.set("causes", causes.collect::<Vec<_>>());
    message
}

fn options(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Options, String> {
    let from = Reader::named(&ask.from).ok_or("there is no such format")?;
    let mut options = Options::default().from(from).mask(ask.mask.iter().cloned());
    if let Some(clock) = ask.clock {
        options = options.clock(UNIX_EPOCH + Duration::from_millis(clock));
    }
    let asid = ask.asid.trim();
    if !asid.is_empty() {
        if !Options::is_asid(asid) {
            return Err("an ASID has 12 digits".to_owned());
        }
        options = options.asid(asid);
    }
    if let Some(status) = ask.status {
        if !(100..600).contains(&status) {
            return Err("expected a status code from 100 to 599, such as 401".to_owned());
        }
        options = options.status(status);
    }
    if !ask.now.trim().is_empty() {
        options = options
            .now(ask.now.trim())
            .map_err(|_| "expected a time with its zone, such as 2026-03-04T10:11:12Z".to_owned())?;
    }
    let part = |index: Option<usize>| index.and_then(|i| parts.get(i));
    if let Some(bytes) = part(ask.product_set) {
        options = options.product_set(read_product_set(bytes, pack));
    }
    if let Some(bytes) = part(ask.interaction_map) {
        options = options.interaction_map(InteractionMap::read(bytes, pack).map_err(|error| error.to_string())?);
    }
    #[cfg(feature = "jwks")]
    if let Some(bytes) = part(ask.jwks) {
        let text = why401::internals::decode(bytes).text;
        options = options.keys(why401::PublicKeys::parse(&text).map_err(|error| error.to_string())?);
    }
    Ok(options)
}

fn paste(parts: &[Vec<u8>]) -> &[u8] {
    parts.first().map_or(&[], Vec::as_slice)
}

fn name(ask: &Ask) -> &str {
    ask.names.first().map_or("<paste>", String::as_str)
}

/// The report for programs, what a page shows besides, and the text with its masks.
fn diagnosed(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Message, String> {
    let diagnosis = diagnose(paste(parts), pack, &options(ask, parts, pack)?);
    let (mut report, mut view) = (Vec::new(), Vec::new());
    JsonReport::new([(name(ask), &diagnosis)]).write(&mut report).map_err(|error| error.to_string())?;
    write_view(&mut view, &diagnosis).map_err(|error| error.to_string())?;
    let given = why401::internals::decode(paste(parts)).text;
    let mut message = Message::default();
    // Where a mail or the like was opened, places count in the text that was inside.
    message.set("opened", !diagnosis.paste.is_of(&given));
    message.parts = vec![report, view, diagnosis.paste.covered().into_bytes()];
    Ok(message)
}

/// The report in one of the formats of the program.
fn report(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Message, String> {
    let diagnosis = diagnose(paste(parts), pack, &options(ask, parts, pack)?);
    let form = match ask.form.as_str() {
        "json" => Some(ReportForm::Json),
        "jsonl" => Some(ReportForm::JsonLines),
        "markdown" => Some(ReportForm::Markdown),
        "sarif" => Some(ReportForm::Sarif),
        "html" => Some(ReportForm::Html),
        "text" | "full" => None,
        _ => return Err("there is no such format of a report".to_owned()),
    };
    let mut out = Vec::new();
    let style = || TextStyle { file: name(ask).to_owned(), ..TextStyle::default() };
    match form {
        Some(form) => form.write(&mut out, &[(name(ask), &diagnosis)]),
        None if ask.form == "full" => write_text(&mut out, &diagnosis, &style()),
        None => write_screen(&mut out, &diagnosis, &style()),
    }
    .map_err(|error| error.to_string())?;
    Ok(Message { parts: vec![out], ..Message::default() })
}

fn message(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Message, String> {
    let diagnosis = diagnose(paste(parts), pack, &options(ask, parts, pack)?);
    let markup = match ask.form.as_str() {
        "plain" => MessageMarkup::Plain,
        "discourse" => MessageMarkup::Discourse,
        "jira" => MessageMarkup::Jira,
        _ => MessageMarkup::Markdown,
    };
    let mut out = Vec::new();
    match ask.ask.as_str() {
        "ticket" => write_ticket(&mut out, &diagnosis, pack, markup),
        _ => write_reply(&mut out, &diagnosis, markup),
    }
    .map_err(|error| error.to_string())?;
    Ok(Message { parts: vec![out], ..Message::default() })
}

/// The paste again, with masks.
fn masked(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Message, String> {
    let also = |word: &String| match word.as_str() {
        "ubrn" => Ok(Also::Ubrn),
        "name" => Ok(Also::Name),
        "address" => Ok(Also::Address),
        "host" => Ok(Also::Host),
        "ods" => Ok(Also::Ods),
        _ => Err("there is no such kind to mask".to_owned()),
    };
    let also = ask.also.iter().map(also).collect::<Result<Vec<_>, _>>()?;
    let masked = Masker::new(&also, &ask.mask).mask(paste(parts), pack);
    let mut message = Message::default();
    message.set("masked", masked.stretches.len());
    message.parts = vec![masked.bytes];
    Ok(message)
}

fn compared(ask: &Ask, parts: &[Vec<u8>], pack: &Pack) -> Result<Message, String> {
    let [working, failing, ..] = parts else { return Err("a comparison needs two captures".to_owned()) };
    let options = options(ask, parts, pack)?;
    let comparison =
        compare(working, failing, pack, &options).ok_or("one of the two captures shows no request".to_owned())?;
    let names =
        (ask.names.first().map_or("working", String::as_str), ask.names.get(1).map_or("failing", String::as_str));
    let mut out = Vec::new();
    write_comparison_json(&mut out, &comparison, names).map_err(|error| error.to_string())?;
    Ok(Message { parts: vec![out], ..Message::default() })
}

//! A message to support, ready to post, and the answer of a support desk.
//!
//! Both are made from the exchange to read first. Whom to ask what is data of the packs (`[[contact]]` in `_pack.toml`).

use std::io;

use super::groups::{groups, is_strong};
use super::headline::{endpoint, named, status};
use super::line_index::LineIndex;
use super::message::{Message, MessageMarkup};
use crate::diagnosis::model::{
    CauseView, CorrectionLine, CorrectionMark, Diagnosis, ExchangeDiagnosis, Outcome, ProductSetView, Verdict,
};
use crate::pack::model::{Contact, Pack};

/// How many causes that are ruled out are listed. They are in the order of how common they are.
const RULED_OUT: usize = 8;

/// Whom to ask where no pack says so.
const NO_CONTACT: &str = "the team that runs the API";
const NO_QUESTION: &str = "Why was this request refused, and what has to change?";

/// Why no message can be written.
const NOTHING_TO_ASK: &str = "Nothing to ask: no refused request was found in this text.";

/// Whether there is anything to write a message about.
pub(crate) fn has_subject(diagnosis: &Diagnosis) -> bool {
    !groups(diagnosis).is_empty()
}

/// Writes a message to support about the exchange to read first. What is missing comes first, with how to get it.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write_ticket(
    out: &mut impl io::Write,
    diagnosis: &Diagnosis,
    pack: &Pack,
    markup: MessageMarkup,
) -> io::Result<()> {
    let groups = groups(diagnosis);
    let Some(group) = groups.first() else { return writeln!(out, "{NOTHING_TO_ASK}") };
    let exchange = group.shown;
    let mut message = Message::new(markup);
    let contact = contact(exchange, pack);
    before_posting(&mut message, exchange, contact);
    message.title(&subject(exchange));
    let to = contact.map_or(NO_CONTACT, |c| c.name.as_str());
    message.prose(&match contact.map(|c| c.reach.as_str()).filter(|r| !r.is_empty()) {
        Some(reach) => format!("To: {to} ({reach})"),
        None => format!("To: {to}"),
    });
    message.prose("Hello,");
    message.prose(&format!("{}. The details are below; credentials are masked.", opening(exchange)));
    message.values(&details(exchange));
    message.heading("Request");
    message.code("http", &request(exchange));
    if exchange.outcome != Outcome::NoAnswer {
        message.heading("Response");
        message.code("http", &response(exchange));
    }
    if group.others.len() == 1 {
        message.prose("1 further request in the same capture was answered the same way.");
    } else if !group.others.is_empty() {
        message
            .prose(&format!("{} further requests in the same capture were answered the same way.", group.others.len()));
    }
    suspected(&mut message, exchange);
    if let Some(set) = exchange.product_set.as_ref().filter(|s| s.form.is_some()) {
        product_set(&mut message, set);
    }
    ruled_out(&mut message, exchange);
    message.heading("Question");
    message.prose(contact.map_or(NO_QUESTION, |c| c.question.as_str()));
    out.write_all(message.finish().as_bytes())
}

/// Who can be asked about an exchange: by its surest cause, within the packs of the gateway that it went to.
fn contact<'p>(exchange: &ExchangeDiagnosis, pack: &'p Pack) -> Option<&'p Contact> {
    let pathway = exchange.pathway.as_ref()?;
    let pathway = pack.pathways.iter().find(|p| p.title == pathway.title)?;
    let cause = exchange.causes.first().filter(|c| c.verdict <= Verdict::Likely);
    pack.contact(&pathway.pack, cause.map(|c| c.id.as_str()))
}

/// What to do before the message is posted: the faults of the request itself, then what is missing.
fn before_posting(message: &mut Message, exchange: &ExchangeDiagnosis, contact: Option<&Contact>) {
    let own_fault = exchange.causes.first().filter(|c| {
        c.verdict <= Verdict::Likely && !contact.is_some_and(|contact| contact.causes.iter().any(|id| *id == c.id))
    });
    let lacks = missing(exchange);
    if own_fault.is_none() && lacks.is_empty() {
        return;
    }
    message.heading("Before you post this (then remove this part)");
    let mut items = Vec::new();
    if let Some(cause) = own_fault {
        let sure = if cause.verdict == Verdict::Confirmed { "Fix this first" } else { "Try this first" };
        items.push(format!("{sure}, it may make the message needless: {}", cause.fix));
    }
    items.extend(lacks.iter().map(|(title, how)| format!("Add {}: {how}", lower(title))));
    message.list(&items);
}

/// The details that support asks for and the text lacks. What the request line shows is not missing.
pub(super) fn missing(exchange: &ExchangeDiagnosis) -> Vec<(String, String)> {
    let url = exchange.request.url.as_deref();
    let has_host = url.is_some_and(|url| url.contains("://"));
    let is_shown = |title: &str| title == "Endpoint" && url.is_some() || title == "Environment" && has_host;
    exchange.support.lacks.iter().filter(|(title, _)| !is_shown(title)).cloned().collect()
}

fn subject(exchange: &ExchangeDiagnosis) -> String {
    let status = status(exchange).unwrap_or_else(|| "Refused request".to_owned());
    let place = place(exchange);
    format!("{status}: {place}")
}

/// Which endpoint was called, in words. A number is part of its name, an id without one is not.
fn place(exchange: &ExchangeDiagnosis) -> String {
    let mut named = exchange.endpoint.clone();
    if named.id.as_ref().is_some_and(|id| !id.contains(|c: char| c.is_ascii_digit())) {
        named.id = None;
    }
    endpoint(&named).unwrap_or_else(|| target(exchange))
}

fn opening(exchange: &ExchangeDiagnosis) -> String {
    let place = place(exchange);
    match (exchange.outcome, status(exchange)) {
        (Outcome::NoAnswer, _) => {
            format!("We are about to send a request to {place}, and would like to know whether it is right")
        }
        (_, Some(status)) => format!("A request to {place} was answered with {status}"),
        (_, None) => format!("A request to {place} was refused"),
    }
}

fn target(exchange: &ExchangeDiagnosis) -> String {
    let request = &exchange.request;
    match (&request.method, &request.url) {
        (Some(method), Some(url)) => format!("`{method} {url}`"),
        (None, Some(url)) => format!("`{url}`"),
        _ => "an endpoint that is not shown".to_owned(),
    }
}

/// What support asks for, then everything else that the text names.
fn details(exchange: &ExchangeDiagnosis) -> Vec<(String, String)> {
    const SHOWN_BELOW: [&str; 2] = ["Status of the response", "Body of the response"];
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut put = |title: &str, value: &str| {
        if !value.trim().is_empty() && !rows.iter().any(|(t, _)| t == title) {
            rows.push((title.to_owned(), value.to_owned()));
        }
    };
    for (title, value) in exchange.support.has.iter().filter(|(t, _)| !SHOWN_BELOW.contains(&t.as_str())) {
        put(title, value);
    }
    for mention in exchange.mentions.iter() {
        put(&mention.title, &mention.value);
    }
    rows
}

fn request(exchange: &ExchangeDiagnosis) -> Vec<String> {
    let request = &exchange.request;
    let line = [request.method.as_deref(), request.url.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut lines = vec![if line.is_empty() { "(request line not shown)".to_owned() } else { line }];
    lines.extend(request.fields.iter().map(|f| format!("{}: {}", f.name, f.value)));
    lines
}

fn response(exchange: &ExchangeDiagnosis) -> Vec<String> {
    let mut lines = vec![status(exchange).unwrap_or_else(|| "(status not shown)".to_owned())];
    let Some(response) = &exchange.response else { return lines };
    lines.extend(response.fields.iter().map(|f| format!("{}: {}", f.name, f.value)));
    if let Some(message) = response.message.as_deref() {
        lines.push(String::new());
        lines.extend(message.lines().map(str::to_owned));
    }
    lines
}

/// What the capture shows, as far as it is more than a possibility.
fn suspected(message: &mut Message, exchange: &ExchangeDiagnosis) {
    let causes: Vec<&CauseView> = exchange.causes.iter().filter(|c| c.verdict <= Verdict::Likely).collect();
    if causes.is_empty() && exchange.next.is_empty() {
        return;
    }
    message.heading("What the capture shows");
    let item = |cause: &&CauseView| {
        let because = cause.evidence.first().map(|e| format!(": {}", e.says)).unwrap_or_default();
        format!("{}: {}{because}", cause.verdict.name(), named(&cause.title, &cause.id))
    };
    let next = exchange.next.iter().collect::<Vec<_>>();
    message.list(&causes.iter().chain(&next).map(item).collect::<Vec<_>>());
}

fn product_set(message: &mut Message, set: &ProductSetView) {
    message.heading("Product set");
    message.prose(&format!("{}.", set.says));
}

fn ruled_out(message: &mut Message, exchange: &ExchangeDiagnosis) {
    let items: Vec<String> = exchange
        .ruled_out
        .iter()
        .take(RULED_OUT)
        .map(|r| format!("{}: {}", named(&r.title, &r.id), r.because))
        .collect();
    if !items.is_empty() {
        message.folded("What is ruled out, and by what", &items);
    }
}

/// Writes the answer of a support desk: the cause, its fix, and the one thing to send back.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write_reply(out: &mut impl io::Write, diagnosis: &Diagnosis, markup: MessageMarkup) -> io::Result<()> {
    let mut message = Message::new(markup);
    message.prose("Hello,");
    let groups = groups(diagnosis);
    let Some(exchange) = groups.first().map(|g| g.shown) else {
        message.prose(if diagnosis.exchanges.is_empty() {
            "Thank you for your message. It does not show a request yet, so we cannot say why it fails."
        } else {
            "Thank you for your message. The requests in it were accepted, so there is nothing to explain. If another one \
             fails, please send that one."
        });
        if diagnosis.exchanges.is_empty() {
            message.prose(&format!("Please {}", super::text::WHAT_TO_SEND));
        }
        return out.write_all(message.finish().as_bytes());
    };
    message.prose(&format!("Thank you for your message. {}.", answered(exchange)));
    match exchange.causes.first().filter(|_| is_strong(exchange)) {
        Some(cause) => explained(&mut message, exchange, cause, &LineIndex::new(&diagnosis.paste, &diagnosis.lines)),
        None => unexplained(&mut message, exchange),
    }
    message.prose(&send_back(exchange));
    out.write_all(message.finish().as_bytes())
}

fn answered(exchange: &ExchangeDiagnosis) -> String {
    let place = place(exchange);
    match (exchange.outcome, status(exchange)) {
        (Outcome::NoAnswer, _) => format!("We have looked at your request to {place}"),
        (_, Some(status)) => format!("We have looked at your request to {place}, which was answered with {status}"),
        (_, None) => format!("We have looked at your request to {place}, which was refused"),
    }
}

fn explained(message: &mut Message, exchange: &ExchangeDiagnosis, cause: &CauseView, places: &LineIndex<'_>) {
    let sure = if cause.verdict == Verdict::Confirmed { "The reason" } else { "The most likely reason" };
    let evidence = cause.evidence.first();
    let place = evidence.and_then(|e| e.span).map(|s| format!("line {} of your text: ", places.line(s.start)));
    let because = evidence.map(|e| format!(" ({}{})", place.unwrap_or_default(), e.says)).unwrap_or_default();
    message.prose(&format!("{sure}: {}{because}.", lower(&cause.title)));
    if !cause.fix.trim().is_empty() {
        message.prose(&format!("What to do: {}", cause.fix));
    }
    let lines = exchange.correction.iter().flat_map(|c| &c.lines);
    let changed: Vec<String> = lines.filter(|l| l.mark != CorrectionMark::Keep).map(CorrectionLine::marked).collect();
    if !changed.is_empty() {
        message.code("diff", &changed);
    }
    if let Some(next) = exchange.next.first() {
        message.prose(&format!(
            "Once that is done, the next check would find this: {}. {}",
            lower(&next.title),
            next.fix
        ));
    }
}

fn unexplained(message: &mut Message, exchange: &ExchangeDiagnosis) {
    if exchange.outcome == Outcome::NoAnswer {
        message.prose("It has no response yet, and we see nothing in it that would be refused.");
        return;
    }
    if exchange.causes.is_empty() {
        message.prose("It does not show yet why it was refused.");
        return;
    }
    message.prose("It does not show yet which of these is the reason:");
    message.list(&exchange.causes.iter().take(3).map(|c| named(&c.title, &c.id)).collect::<Vec<_>>());
}

/// The one thing to send, so that no second round is needed.
fn send_back(exchange: &ExchangeDiagnosis) -> String {
    let is_confirmed = exchange.causes.first().is_some_and(|c| c.verdict == Verdict::Confirmed);
    match exchange.questions.first().filter(|_| !is_confirmed) {
        Some(question) => {
            let how = question.how.trim_end_matches('.');
            format!("We need one thing to be sure: please {how}, and send it to us.")
        }
        None if exchange.outcome == Outcome::NoAnswer => {
            "If it is refused when you send it, please send us the response with its body.".to_owned()
        }
        None => "If it is still refused after that, please send us the new request and its response with the body."
            .to_owned(),
    }
}

/// A sentence that continues another one: the first word is lower-case unless it is a name.
fn lower(text: &str) -> String {
    const WORDS: [&str; 11] =
        ["The", "A", "An", "No", "Two", "What", "Body", "Status", "Time", "Environment", "Application"];
    let first = text.split(' ').next().unwrap_or_default();
    if !WORDS.contains(&first) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_ticket_and_a_reply_about_the_story() {
        let pack = Pack::default();
        let (mut ticket, mut reply) = (Vec::new(), Vec::new());
        write_ticket(&mut ticket, &samples::story(), &pack, MessageMarkup::Markdown).expect("a vector takes it");
        write_reply(&mut reply, &samples::story(), MessageMarkup::Plain).expect("a vector takes it");
        insta::assert_snapshot!(String::from_utf8(ticket).expect("UTF-8"));
        insta::assert_snapshot!(String::from_utf8(reply).expect("UTF-8"));
    }

    #[test]
    fn a_name_keeps_its_capital() {
        assert_eq!(lower("The token is damaged"), "the token is damaged");
        assert_eq!(lower("ASID"), "ASID");
    }
}

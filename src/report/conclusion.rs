//! The last line of a first screen: how much was found, how sure it is, and where the rest is.

use super::groups::{AlikeExchanges, is_strong};
use super::headline::{headline, is_quiet};
use super::style::{PageWriter, columns};
use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome, Verdict};

/// Where the rest is, and the same in fewer words.
const REST: [&str; 2] = ["why401 --full shows what was ruled out.", "why401 --full shows the rest."];

/// How many accepted requests are listed where none was refused.
const ACCEPTED_LISTED: usize = 5;

/// Writes the conclusion.
pub(super) fn write(page: &mut PageWriter<'_>, diagnosis: &Diagnosis, groups: &[AlikeExchanges<'_>]) {
    if diagnosis.exchanges.is_empty() {
        page.led_at_most(0, "To do: ", super::text::WHAT_TO_SEND, 4);
        page.gap();
        page.prose(0, "Nothing to judge: no request was found in this text.");
        return;
    }
    let accepted: Vec<&ExchangeDiagnosis> = diagnosis.exchanges.iter().filter(|e| is_quiet(e)).collect();
    let Some(first) = groups.first().map(|g| g.shown) else {
        for exchange in accepted.iter().take(ACCEPTED_LISTED) {
            page.prose(0, &headline(exchange, page.style.columns(), page.style.plain));
        }
        let more = accepted.len().saturating_sub(ACCEPTED_LISTED);
        if more > 0 {
            page.prose(0, &format!("and {more} more"));
        }
        page.gap();
        let says = if accepted.len() == 1 { "The request was" } else { "All requests were" };
        page.prose(0, &format!("{says} accepted: nothing to explain."));
        return;
    };
    let mut parts = vec![counts(first)];
    let explained: usize = groups.iter().map(|g| 1 + g.others.len()).sum();
    if explained > 1 || !accepted.is_empty() {
        let all = diagnosis.exchanges.len();
        let what = if first.outcome == Outcome::NoAnswer { "not accepted" } else { "refused" };
        parts.insert(0, format!("{explained} of {all} requests {what}; of the first: "));
    }
    let mut says = parts.concat();
    if first.outcome == Outcome::NoAnswer {
        says = format!("{says}. {}", readiness(first));
    }
    let lines = REST.map(|rest| format!("{says}. {rest}"));
    let fits = lines.iter().find(|line| columns(line) <= page.style.columns());
    page.prose(0, fits.unwrap_or(&lines[0]));
}

/// Whether a request that has no response is ready: to be sent, and to be asked about.
fn readiness(exchange: &ExchangeDiagnosis) -> String {
    const NAMED: usize = 3;
    if let Some(cause) = exchange.causes.first().filter(|c| c.verdict <= Verdict::Likely) {
        return format!("Not ready for support: fix [{}] first", cause.id);
    }
    // It was not sent yet, or its answer would be there.
    let lacks = super::ticket::missing(exchange);
    let titles: Vec<&str> =
        lacks.iter().map(|(title, _)| title.as_str()).filter(|title| !title.ends_with("of the response")).collect();
    if titles.is_empty() {
        return "Ready for support, with the response".to_owned();
    }
    let more = match titles.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown = titles[..titles.len().min(NAMED)].join(", ");
    format!("Not ready for support: add the response, {shown}{more}")
}

/// The findings of an exchange in numbers.
fn counts(exchange: &ExchangeDiagnosis) -> String {
    let of = |verdict: Verdict| exchange.causes.iter().filter(|c| c.verdict == verdict).count();
    let numbers = [
        (of(Verdict::Confirmed), "confirmed"),
        (of(Verdict::Likely), "likely"),
        (of(Verdict::Possible), "possible"),
        (exchange.next.len(), "next"),
    ];
    let found: Vec<String> =
        numbers.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let mut says = if found.is_empty() {
        match exchange.outcome {
            Outcome::NoAnswer => "No defect found".to_owned(),
            _ => "No cause found".to_owned(),
        }
    } else {
        found.join(", ")
    };
    if !is_strong(exchange) && !exchange.causes.is_empty() && exchange.outcome != Outcome::NoAnswer {
        says = format!("Undecided: {says}");
    }
    match exchange.questions.len() {
        0 => {}
        1 => says += "; 1 question open",
        n => says += &format!("; {n} questions open"),
    }
    says
}

//! The section about a thread: which posts there are, and what in them does not count.

use super::place::Places;
use super::style::Page;
use crate::diagnosis::model::{ExchangeDiagnosis, ThreadView, Verdict};

/// Writes the section.
pub(super) fn section(page: &mut Page<'_>, places: &Places<'_>, thread: &ThreadView, exchanges: &[ExchangeDiagnosis]) {
    page.heading("THE THREAD");
    let posts: Vec<String> =
        thread.posts.iter().map(|p| format!("{} (line {})", p.role.name(), places.line(p.span.start))).collect();
    page.prose(0, &format!("{} posts, oldest first: {}. The latest word counts.", posts.len(), posts.join(", ")));
    for exchange in exchanges {
        let Some(by) = exchange.superseded_by.and_then(|by| exchanges.get(by)) else { continue };
        let (old, new) = (places.line(exchange.at.start), places.line(by.at.start));
        let status = |e: &ExchangeDiagnosis| e.response.as_ref().and_then(|r| r.status);
        let answers = match (status(exchange), status(by)) {
            (Some(old), Some(new)) if old != new => format!(" (answered {old} then, {new} now)"),
            _ => String::new(),
        };
        let says = format!("the request of line {old}: line {new} tells of it anew{answers}");
        page.item(0, "- superseded: ", &says);
    }
    for earlier in &thread.earlier {
        let says = format!(
            "{} {} of line {}; now {} (line {})",
            earlier.title,
            earlier.value,
            places.line(earlier.span.start),
            earlier.now,
            places.line(earlier.now_span.start)
        );
        page.item(0, "- superseded: ", &says);
    }
    for suspicion in &thread.suspected {
        let causes: Vec<String> =
            suspicion.causes.iter().map(|(id, title, verdict)| format!("{title} [{id}]: {}", word(*verdict))).collect();
        let says =
            format!("\"{}\" in line {}. {}", suspicion.words, places.line(suspicion.span.start), causes.join("; "));
        page.item(0, "- suspected by others, no evidence: ", &says);
    }
    page.gap();
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Silent => "nothing here speaks for it",
        verdict => verdict.name(),
    }
}

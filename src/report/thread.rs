//! The section about a thread: its posts, and which of their contents no longer count.

use super::line_index::LineIndex;
use super::style::PageWriter;
use crate::diagnosis::model::{ExchangeDiagnosis, ThreadView, Verdict};

/// Writes the section.
pub(super) fn section(
    page: &mut PageWriter<'_>,
    places: &LineIndex<'_>,
    thread: &ThreadView,
    exchanges: &[ExchangeDiagnosis],
) {
    page.heading("THE THREAD");
    let posts: Vec<String> =
        thread.posts.iter().map(|p| format!("{} (line {})", p.role.name(), places.line(p.span.start))).collect();
    let order = if thread.order_is_known { "oldest first" } else { "in their likely order" };
    page.prose(
        0,
        &format!("{} posts, {order}: {}. A later post overrides an earlier one.", posts.len(), posts.join(", ")),
    );
    if let Some(span) = thread.solved {
        let says = "that it works now; what follows is about the request that failed";
        page.item(0, &format!("- line {} says ", places.line(span.start)), says);
    }
    for exchange in exchanges {
        let Some(by) = exchange.superseded_by.and_then(|by| exchanges.get(by)) else { continue };
        let (old, new) = (places.line(exchange.at.start), places.line(by.at.start));
        let status = |e: &ExchangeDiagnosis| e.response.as_ref().and_then(|r| r.status);
        let answers = match (status(exchange), status(by)) {
            (Some(old), Some(new)) if old != new => format!(" (answered {old} then, {new} now)"),
            _ => String::new(),
        };
        let says = format!("the request on line {old} was sent again, or corrected, on line {new}{answers}");
        page.item(0, "- superseded: ", &says);
    }
    for earlier in &thread.earlier {
        let says = format!(
            "{} {} (line {}) is now {} (line {})",
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
        let says = format!(
            "\"{}\" (line {}). This is not evidence. {}",
            suspicion.words,
            places.line(suspicion.span.start),
            causes.join("; ")
        );
        page.item(0, "- others suspect: ", &says);
    }
    page.gap();
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Silent => "nothing here supports it",
        Verdict::Confirmed | Verdict::Likely => "likely, by the other evidence",
        Verdict::Possible | Verdict::Next => "possible",
        Verdict::RuledOut => "ruled out",
        Verdict::Undecided => "open",
    }
}

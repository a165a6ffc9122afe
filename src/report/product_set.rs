//! The product set in the text report, and the draft email about it.

use super::style::PageWriter;
use crate::diagnosis::model::{Advice, ExchangeDiagnosis, ProductSetView};
use crate::facts::SetVerdict;

/// How many interactions are listed; the rest are only counted.
const SHOWN: usize = 60;

const NO_FILE: &str = "No product set was given, so this report cannot say whether it lists the endpoint. To find out, \
                       get one and pass it with --product-set FILE:";

/// That a file was given and cannot be used, for the top of a report. `None` if it decides, or if there is none.
pub(super) fn unusable(set: &ProductSetView) -> Option<String> {
    let cannot = matches!(set.verdict, SetVerdict::CannotTell | SetVerdict::NotAProductSet);
    (cannot && set.form.is_some()).then(|| format!("the product set does not decide: {}", set.says))
}

/// The section on the product set.
pub(super) fn section(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    let Some(set) = &exchange.product_set else { return };
    page.heading("PRODUCT SET");
    if set.form.is_none() {
        page.prose(0, NO_FILE);
    } else {
        page.prose(0, &format!("{}.", capital(&set.says)));
        of(page, set);
        listed(page, set);
    }
    for note in &set.notes {
        page.item(0, "- ", &format!("{}.", capital(note)));
    }
    several(page, "To do:", &set.ask);
    match set.form {
        Some(_) => several(page, "How to get a product set that decides this:", &set.get),
        None => set.get.iter().for_each(|advice| said(page, 0, advice)),
    }
    several(page, "Bear in mind:", &set.cautions);
}

fn several(page: &mut PageWriter<'_>, lead: &str, all: &[Advice]) {
    if all.is_empty() {
        return;
    }
    let style = page.style;
    page.line(&style.lead(lead));
    all.iter().for_each(|advice| said(page, 2, advice));
}

/// A sentence, then its command on a line of its own, never wrapped, so that it can be copied.
fn said(page: &mut PageWriter<'_>, indent: usize, advice: &Advice) {
    page.item(indent, "- ", &advice.says);
    if let Some(command) = &advice.command {
        page.line(&format!("{}{command}", " ".repeat(indent + 2)));
    }
}

/// Which system the product set belongs to.
fn of(page: &mut PageWriter<'_>, set: &ProductSetView) {
    let parts: Vec<String> = set.of.titled().into_iter().map(|(title, value)| format!("{title} {value}")).collect();
    let form = set.form.map_or("", crate::facts::SetForm::words);
    let style = page.style;
    if parts.is_empty() {
        page.led(0, "Read as: ", |t| style.lead(t), form);
    } else {
        page.led(0, "Read as: ", |t| style.lead(t), &format!("{form} of {}", parts.join(", ")));
    }
}

/// Which endpoints are missing and which are listed.
fn listed(page: &mut PageWriter<'_>, set: &ProductSetView) {
    let style = page.style;
    let named = |wanted: &[SetVerdict]| -> Vec<String> {
        let fits = set.endpoints.iter().filter(|e| wanted.contains(&e.verdict));
        fits.map(|e| e.name.as_ref().map_or_else(|| e.id.clone(), |name| format!("{} {name}", e.id))).collect()
    };
    for (lead, wanted) in [
        ("Missing: ", &[SetVerdict::NotListed][..]),
        ("Likely missing: ", &[SetVerdict::LikelyNotListed, SetVerdict::NoErsInteractions][..]),
        ("Likely listed: ", &[SetVerdict::LikelyListed][..]),
    ] {
        let names = named(wanted);
        if !names.is_empty() {
            page.led(0, lead, |t| style.lead(t), &names.join(", "));
        }
    }
    if !set.listed.is_empty() {
        let ids: Vec<&str> = set.listed.iter().map(|e| e.split(' ').next().unwrap_or(e)).collect();
        page.led(0, "Listed: ", |t| style.lead(t), &ids.join(", "));
    }
    if !set.interactions.is_empty() && set.listed.is_empty() {
        page.line(&style.lead("Interactions of the API:"));
        for interaction in set.interactions.iter().take(SHOWN) {
            // Never broken: an id in two pieces cannot be searched for.
            page.line(&format!("  - {interaction}"));
        }
        if set.interactions.len() > SHOWN {
            page.prose(2, &format!("and {} more", set.interactions.len() - SHOWN));
        }
    }
    for (asid, verdict) in &set.others {
        page.item(0, "- ", &format!("ASID {asid}: {}", verdict.name().replace('-', " ")));
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The draft email.
pub(super) fn draft(page: &mut PageWriter<'_>, exchange: &ExchangeDiagnosis) {
    let Some(draft) = &exchange.draft else { return };
    page.heading("DRAFT EMAIL");
    page.prose(0, "Fill in the parts in brackets. Never add the token or the API key: they are not needed.");
    page.gap();
    page.line(&format!("To: {}", draft.to));
    page.item(0, "Subject: ", &draft.subject);
    page.gap();
    page.prose(0, &draft.opening);
    page.gap();
    for (title, value) in &draft.lines {
        page.item(0, &format!("{title}: "), value);
    }
    page.gap();
    page.prose(0, &draft.closing);
}

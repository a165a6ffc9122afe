//! What a report says about the product set: what is listed, what is missing, whom to ask for what, and the email to them.

use std::cell::OnceCell;

use super::model::{Advice, EndpointListing, ExchangeDiagnosis, MailDraft, Outcome, ProductSetView, SetOf};
use super::render::rendered;
use crate::engine::evaluate::evaluate;
use crate::evidence::ExchangeFacts;
use crate::evidence::product_set::{Judged, is_relevant, judge, says};
use crate::facts::{SetForm, SetReason, SetVerdict};
use crate::options::Options;
use crate::pack::model::{Certainty, Operation, Pack, SayPart, Template};
use crate::product_set::model::{ListingVerdict, Reason, Record, SetGap};
use crate::product_set::ticket::{self, Statement};
use crate::product_set::words::ASID_DIGITS;
use crate::product_set::{Asked, InteractionMap, check};
use crate::redact::Redactor;

/// The view of an exchange's product set; without a file only where the product set is in question. `said`: what the text
/// says about it, which is looked for once.
pub(super) fn view(
    diagnosis: &ExchangeDiagnosis,
    evidence: &ExchangeFacts<'_>,
    pack: &Pack,
    options: &Options,
    redactor: &Redactor,
    said: &OnceCell<Option<Statement>>,
) -> Option<ProductSetView> {
    if diagnosis.outcome == Outcome::Accepted || !is_relevant(evidence, pack) {
        return None;
    }
    let facts = &evidence.facts;
    let clean = |text: &str| redactor.clean(text);
    let part = |part: SayPart| -> Vec<Advice> {
        let said = pack.product_set.says.iter().filter(|s| s.part == part && evaluate(&s.when, facts).holds());
        said.map(|s| {
            let sure = if s.certainty == Certainty::Inferred { " (Inferred, not documented.)" } else { "" };
            let command = s.command.as_ref().map(|c| rendered(c, facts, redactor).replace(['\r', '\n'], " "));
            Advice { says: format!("{}{sure}", rendered(&s.text, facts, redactor)), command }
        })
        .collect()
    };
    let judged = judge(evidence, pack, options);
    let stated = match (&judged, evidence.place.operation) {
        (None, Some(operation)) => stated(evidence, pack, redactor, said).map(|stated| (stated, operation.id.as_str())),
        _ => None,
    };
    if judged.is_none() && stated.is_none() {
        let rules = &pack.product_set;
        let asked = facts.list("mention.topics").contains(&rules.topic.as_str());
        let named = diagnosis.causes.iter().chain(&diagnosis.next).any(|c| c.id == rules.cause);
        if !asked && !named {
            return None;
        }
    }
    let mut view = ProductSetView {
        verdict: SetVerdict::NoFile,
        reason: None,
        form: None,
        endpoint: facts.text("product-set.checked").map(clean),
        says: String::new(),
        of: SetOf::default(),
        listed: Vec::new(),
        interactions: Vec::new(),
        endpoints: Vec::new(),
        others: Vec::new(),
        notes: Vec::new(),
        ask: part(SayPart::Ask),
        get: part(SayPart::Get),
        cautions: part(SayPart::Caution),
    };
    let judged = match (judged, stated) {
        (Some(judged), _) => judged,
        (None, Some((stated, endpoint))) => return Some(of_statement(view, stated, endpoint, pack, &clean)),
        (None, None) => return Some(view),
    };
    let none = InteractionMap::default();
    let map = options.interaction_map.as_ref().unwrap_or(&none);
    view.verdict = judged.verdict.word();
    view.reason = judged.verdict.reason().map(Reason::word);
    view.form = Some(judged.file.kind);
    view.says = clean(&says(&judged, pack));
    if let Some(record) = judged.record {
        view.of = SetOf::of(record, clean);
        view.listed = record.endpoints.iter().map(|e| clean(&titled(e, pack))).collect();
        view.interactions = record.interactions_of(&pack.product_set.namespace).map(clean).collect();
        view.endpoints = endpoints(&judged, record, evidence, pack, map);
    } else {
        view.others = others(&judged, pack, map);
    }
    view.notes = notes(&judged, evidence, pack, map).iter().map(|n| clean(n)).collect();
    Some(view)
}

/// What the text itself says about the product set, if it is about the system and the environment that called.
fn stated<'s>(
    evidence: &ExchangeFacts<'_>,
    pack: &Pack,
    redactor: &Redactor,
    said: &'s OnceCell<Option<Statement>>,
) -> Option<&'s Statement> {
    let stated = said.get_or_init(|| ticket::statement(redactor.raw(), pack)).as_ref()?;
    let called = evidence.place.environment.map(|e| e.name.as_str());
    let is_other = stated.record.environment.as_deref().is_some_and(|e| called.is_some_and(|c| c != e));
    let asid = evidence.mention("asid").map(|m| m.value.as_str());
    let is_of_other = stated.record.asid.as_deref().is_some_and(|a| asid.is_some_and(|b| a != b));
    (!is_other && !is_of_other).then_some(stated)
}

/// The view of what the text says: the writer's word, so never more than likely.
fn of_statement(
    mut view: ProductSetView,
    stated: &Statement,
    endpoint: &str,
    pack: &Pack,
    clean: &impl Fn(&str) -> String,
) -> ProductSetView {
    let record = &stated.record;
    let has = |ids: &[String]| ids.iter().any(|id| id == endpoint);
    let is_denied = record.denied.iter().any(|m| m.id == endpoint);
    view.form = Some(SetForm::Ticket);
    let (verdict, what) = if has(&record.endpoints) && !is_denied {
        (SetVerdict::LikelyListed, "is among the endpoints that the text says are registered")
    } else if !is_denied && (record.partial || has(&record.doubtful) || has(&record.implied)) {
        (SetVerdict::CannotTell, "may be among the endpoints that the text says are registered")
    } else {
        (SetVerdict::LikelyNotListed, "is not among the endpoints that the text says are registered")
    };
    view.verdict = verdict;
    view.reason = (verdict == SetVerdict::CannotTell).then_some(SetReason::Partial);
    view.says = clean(&format!(
        "{endpoint} {what} (line {}: \"{}\"). That is the writer's word: a product set given with --product-set overrules it",
        stated.line, stated.quote
    ));
    view.listed = record.endpoints.iter().map(|e| clean(&titled(e, pack))).collect();
    view.of = SetOf::of(record, clean);
    view
}

fn titled(endpoint: &str, pack: &Pack) -> String {
    match operation(endpoint, pack) {
        Some(operation) => format!("{endpoint} {}", operation.name),
        None => format!("{endpoint} (not in the catalogue)"),
    }
}

fn operation<'p>(endpoint: &str, pack: &'p Pack) -> Option<&'p Operation> {
    pack.operations.iter().find(|o| o.api == pack.product_set.api && o.id == endpoint)
}

/// The endpoint that was called, and those that the text names.
fn endpoints(
    judged: &Judged<'_>,
    record: &Record,
    evidence: &ExchangeFacts<'_>,
    pack: &Pack,
    map: &InteractionMap,
) -> Vec<EndpointListing> {
    let mut ids: Vec<String> = judged.endpoint.iter().cloned().collect();
    for id in evidence.facts.list("endpoint.named") {
        if !ids.iter().any(|i| i == id) && operation(id, pack).is_some() {
            ids.push(id.to_owned());
        }
    }
    let verdict = |id: &str| match &judged.verdict {
        // A file that cannot decide at all cannot decide for any endpoint.
        ListingVerdict::CannotTell(_) | ListingVerdict::NotAProductSet => SetVerdict::CannotTell,
        _ => check(judged.file, map, pack, &asked(judged, record.asid.as_deref(), id)).word(),
    };
    ids.into_iter()
        .map(|id| EndpointListing { name: operation(&id, pack).map(|o| o.name.to_string()), verdict: verdict(&id), id })
        .collect()
}

/// What each ASID of the file would say, where none was picked.
fn others(judged: &Judged<'_>, pack: &Pack, map: &InteractionMap) -> Vec<(String, SetVerdict)> {
    const MOST: usize = 20;
    let Some(endpoint) = &judged.endpoint else { return Vec::new() };
    let asids = judged.file.records.iter().filter_map(|r| r.asid.as_deref());
    asids
        .take(MOST)
        .map(|a| (a.to_owned(), check(judged.file, map, pack, &asked(judged, Some(a), endpoint)).word()))
        .collect()
}

/// The same question as before, about another ASID or endpoint.
fn asked<'a>(judged: &'a Judged<'_>, asid: Option<&'a str>, endpoint: &'a str) -> Asked<'a> {
    Asked {
        endpoint,
        asid: asid.or(judged.asid.as_deref()),
        is_vouched: true,
        environment: judged.environment.as_deref(),
    }
}

fn notes(judged: &Judged<'_>, evidence: &ExchangeFacts<'_>, pack: &Pack, map: &InteractionMap) -> Vec<String> {
    let mut notes = judged.file.notes.clone();
    if judged.asids > 1 {
        let asid = judged.asid.as_deref().unwrap_or("…");
        notes.push(format!(
            "the text gives {} ASIDs; {asid}, the first, was used (--asid chooses another)",
            judged.asids
        ));
    }
    notes.extend(gaps(judged));
    let (Some(record), Some(endpoint)) = (judged.record, judged.endpoint.as_deref()) else { return notes };
    if judged.asid.is_none()
        && let Some(asid) = &record.asid
    {
        notes.push(format!("the text names no ASID: {asid}, the only one in the file, was taken"));
    }
    if record.asid.is_none() {
        notes.push("the file does not name its ASID: it was assumed to be that of the calling system".to_owned());
    }
    if record.asid.as_ref().is_some_and(|a| a.len() != ASID_DIGITS) {
        notes.push("an ASID has 12 digits: the one in the file looks like a placeholder, or is cut short".to_owned());
    }
    if judged.file.taken_as_whole
        && matches!(judged.verdict, ListingVerdict::NotListed | ListingVerdict::LikelyNotListed)
        && !record.denied.iter().any(|m| m.id == endpoint)
    {
        notes.push("a file of this form has no end mark: it was taken as whole".to_owned());
    }
    let missing = |v: &ListingVerdict| matches!(v, ListingVerdict::NotListed | ListingVerdict::LikelyNotListed);
    let there = |v: &ListingVerdict| matches!(v, ListingVerdict::Listed | ListingVerdict::LikelyListed);
    if !missing(&judged.verdict) {
        return notes;
    }
    let of = |id: &str| check(judged.file, map, pack, &asked(judged, record.asid.as_deref(), id));
    let likely = |v: &ListingVerdict| {
        if matches!(v, ListingVerdict::LikelyListed | ListingVerdict::LikelyNotListed) { "likely " } else { "" }
    };
    let mut older: Vec<&str> = pack
        .operations
        .iter()
        .filter(|o| o.api == pack.product_set.api && o.superseded_by.as_deref() == Some(endpoint) && o.id != endpoint)
        .map(|o| o.id.as_str())
        .collect();
    older.dedup();
    for old in older {
        let verdict = of(old);
        if there(&verdict) {
            notes.push(format!(
                "{old}, which {endpoint} replaces, is {}listed and {endpoint} is {}not: the two are separate entries",
                likely(&verdict),
                likely(&judged.verdict)
            ));
        }
    }
    if let Some(newer) = evidence.place.operation.and_then(|o| o.superseded_by.as_deref())
        && there(&of(newer))
    {
        notes.push(format!("{newer}, which replaces {endpoint}, is {}listed: call that instead", likely(&of(newer))));
    }
    if let Some((_, date)) = pack.product_set.since.iter().find(|(id, _)| id == endpoint) {
        notes.push(format!("{endpoint} has existed since {date}: an older product set does not have it"));
    }
    notes
}

/// Signs that the file is not whole, and values that were not understood.
fn gaps(judged: &Judged<'_>) -> Vec<String> {
    const MOST: usize = 5;
    let all: Vec<&SetGap> = judged.record.iter().flat_map(|r| &r.gaps).chain(&judged.file.gaps).collect();
    let mut says: Vec<String> = all.iter().take(MOST).map(|g| g.placed()).collect();
    if all.len() > MOST {
        says.push(format!("{} more signs that the file is not whole", all.len() - MOST));
    }
    says
}

/// The email to the product-set team. Details that the ticket does not have are left as `[…]`.
pub(super) fn draft(
    diagnosis: &ExchangeDiagnosis,
    evidence: &ExchangeFacts<'_>,
    pack: &Pack,
    options: &Options,
    redactor: &Redactor,
) -> Option<MailDraft> {
    const GAP: &str = "[…]";
    let rule = pack.product_set.draft.as_ref().filter(|_| options.draft && is_relevant(evidence, pack))?;
    let facts = &evidence.facts;
    // A sentence with an ellipsis in it is a gap for the sender to fill.
    let text = |template: &Template| rendered(template, facts, redactor).replace('…', GAP);
    let judged = judge(evidence, pack, options);
    let record = judged.as_ref().and_then(|j| j.record);
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut put = |title: &str, value: Option<String>| {
        lines.push((title.to_owned(), value.filter(|v| !v.trim().is_empty()).unwrap_or_else(|| GAP.to_owned())));
    };
    let environment = evidence.place.environment.map(|e| format!("{} ({})", e.title, e.name));
    put("Environment", environment);
    put("Access mode", facts.text("access.mode").map(str::to_owned));
    let operation = evidence.place.operation.or_else(|| operation(facts.text("product-set.checked")?, pack));
    // The path of the catalogue: that of the request may hold a patient's ids.
    put("Endpoint", operation.map(|o| format!("{} {}, {} {}", o.id, o.name, o.method, o.path)));
    for kind in &rule.mentions {
        let title =
            pack.vocabulary.mentions.iter().find(|m| m.kind == *kind).map_or(kind.as_str(), |m| m.title.as_str());
        let said = evidence.mention(kind).map(|m| m.value.as_str().to_owned());
        let of_record = || {
            let record = record?;
            match kind.as_str() {
                "asid" => record.asid.clone(),
                "party-key" => record.party_key.clone(),
                "ods-code" => record.ods.clone(),
                _ => None,
            }
        };
        let mut value = said.or_else(of_record).map(|v| redactor.clean(&v));
        if kind == "sent-at" {
            value = value.or_else(|| facts.text("response.field.date").map(|d| redactor.clean(d)));
            value = value.map(|v| if crate::evidence::has_zone(&v) { v } else { format!("{v} {GAP} (time zone)") });
        }
        put(title, value);
    }
    if let Some(record) = record
        && let (Some(product), Some(version)) = (&record.product, &record.version)
    {
        let made = record.manufacturer.as_deref().map(|m| format!("{m}, ")).unwrap_or_default();
        put("Product (MPV)", Some(redactor.clean(&format!("{made}{product}, {version}"))));
    }
    put("Status of the response", facts.number("response.status").map(|s| s.to_string()));
    put("Diagnostics", diagnosis.response.as_ref().and_then(|r| r.message.clone()));
    if let Some(judged) =
        judged.as_ref().filter(|j| !matches!(j.verdict, ListingVerdict::CannotTell(_) | ListingVerdict::NotAProductSet))
    {
        put("What our copy of the product set says", Some(redactor.clean(&says(judged, pack))));
    }
    Some(MailDraft {
        to: rule.to.to_string(),
        subject: text(&rule.subject),
        opening: text(&rule.opening),
        lines,
        closing: text(&rule.closing),
    })
}

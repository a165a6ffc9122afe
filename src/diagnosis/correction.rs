//! The request as it should have been: the captured request with the corrections of its causes applied.

use super::model::{Correction, CorrectionLine, CorrectionMark, ExchangeDiagnosis, Verdict};
use super::render::rendered;
use crate::capture::body;
use crate::capture::model::{Body, Exchange};
use crate::engine::evaluate::is_met;
use crate::facts::Facts;
use crate::pack::model::{CorrectionRule, Pack};
use crate::pack::rule_text::RuleText;
use crate::redact::Redactor;

pub(super) fn build(
    exchange: &Exchange,
    diagnosis: &ExchangeDiagnosis,
    pack: &Pack,
    facts: &Facts,
    redactor: &Redactor,
) -> Option<Correction> {
    let sure = diagnosis.causes.iter().filter(|c| c.verdict <= Verdict::Likely).take(1);
    let ids = sure
        .chain(diagnosis.causes.iter().filter(|c| c.verdict == Verdict::Confirmed))
        .chain(&diagnosis.next)
        .map(|c| c.id.as_str());
    let mut rules: Vec<&CorrectionRule> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        rules.extend(rule(id, pack, facts));
    }
    let others = diagnosis.causes.iter().map(|c| c.id.as_str()).filter(|id| !seen.contains(id));
    let standard = others.filter_map(|id| rule(id, pack, facts)).filter(|rule| rule.standard_form);
    for rule in standard {
        // What a surer cause changes stays as it has it.
        let is_removed = |name: &RuleText| rules.iter().any(|r| r.remove_fields.contains(name));
        if !rule.set_fields.iter().any(|(name, _)| is_removed(name)) {
            rules.push(rule);
        }
    }
    if rules.is_empty() {
        return None;
    }
    let clean = |template: &crate::pack::model::Template| rendered(template, facts, redactor);
    let mut lines = Vec::new();
    request_line(exchange, diagnosis, &rules, &clean, &mut lines);
    fields(exchange, &rules, &clean, redactor, &mut lines);
    parameters(exchange, &rules, &clean, redactor, &mut lines);
    let changed = lines.iter().any(|l| l.mark != CorrectionMark::Keep);
    changed.then_some(Correction { lines })
}

/// The changes that a cause asks for, as the facts stand.
fn rule<'p>(cause: &str, pack: &'p Pack, facts: &Facts) -> Option<&'p CorrectionRule> {
    let mut rule = pack.cause(cause)?.correction.as_ref()?;
    while rule.when.as_ref().is_some_and(|when| !is_met(when, facts)) {
        rule = rule.otherwise.as_deref()?;
    }
    Some(rule)
}

fn line(mark: CorrectionMark, text: String) -> CorrectionLine {
    CorrectionLine { mark, text: text.trim_end().to_owned() }
}

fn request_line(
    exchange: &Exchange,
    diagnosis: &ExchangeDiagnosis,
    rules: &[&CorrectionRule],
    clean: &impl Fn(&crate::pack::model::Template) -> String,
    lines: &mut Vec<CorrectionLine>,
) {
    let Some(url) = &diagnosis.request.url else { return };
    let method = diagnosis.request.method.clone();
    let shown = |method: Option<&str>, url: &str| method.map_or_else(|| url.to_owned(), |m| format!("{m} {url}"));
    let new_url = rules.iter().find_map(|r| r.set_url.as_ref()).map(clean);
    let new_method = rules.iter().find_map(|r| r.set_method.as_ref()).map(clean);
    let old = shown(method.as_deref(), url);
    if new_url.is_none() && new_method.is_none() || exchange.request.url.is_none() {
        lines.push(line(CorrectionMark::Keep, old));
        return;
    }
    let new = shown(new_method.as_deref().or(method.as_deref()), new_url.as_deref().unwrap_or(url));
    if new == old {
        lines.push(line(CorrectionMark::Keep, old));
        return;
    }
    lines.push(line(CorrectionMark::Remove, old));
    lines.push(line(CorrectionMark::Add, new));
}

fn fields(
    exchange: &Exchange,
    rules: &[&CorrectionRule],
    clean: &impl Fn(&crate::pack::model::Template) -> String,
    redactor: &Redactor,
    lines: &mut Vec<CorrectionLine>,
) {
    let removed = |name: &str| rules.iter().flat_map(|r| &r.remove_fields).any(|f| f.eq_ignore_ascii_case(name));
    let mut set: Vec<(&str, String)> = Vec::new();
    for (name, template) in rules.iter().flat_map(|r| &r.set_fields) {
        if !set.iter().any(|(n, _)| n.eq_ignore_ascii_case(name)) {
            set.push((name, clean(template)));
        }
    }
    let mut placed: Vec<&str> = Vec::new();
    for field in &exchange.request.fields {
        let name = field.name.as_str();
        let old = format!("{}: {}", redactor.clean(name), redactor.clean(field.value.as_str()));
        if let Some((set_name, value)) = set.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
            let new = format!("{}: {value}", redactor.clean(name));
            if placed.contains(set_name) {
                lines.push(line(CorrectionMark::Remove, old));
            } else if new.trim_end() == old.trim_end() {
                lines.push(line(CorrectionMark::Keep, old));
            } else {
                lines.push(line(CorrectionMark::Remove, old));
                lines.push(line(CorrectionMark::Add, new));
            }
            placed.push(set_name);
        } else if removed(name) {
            lines.push(line(CorrectionMark::Remove, old));
        } else {
            lines.push(line(CorrectionMark::Keep, old));
        }
    }
    for (name, value) in set.iter().filter(|(n, _)| !placed.contains(n)) {
        lines.push(line(CorrectionMark::Add, format!("{name}: {value}")));
    }
}

fn parameters(
    exchange: &Exchange,
    rules: &[&CorrectionRule],
    clean: &impl Fn(&crate::pack::model::Template) -> String,
    redactor: &Redactor,
    lines: &mut Vec<CorrectionLine>,
) {
    let set: Vec<(&str, String)> =
        rules.iter().flat_map(|r| &r.set_form).map(|(n, t)| (n.as_str(), clean(t))).collect();
    if set.is_empty() || matches!(exchange.request.body, Body::Unseen) {
        return;
    }
    let mut placed: Vec<&str> = Vec::new();
    for (name, value) in body::parameters(&exchange.request) {
        let old = format!("{}={}", redactor.clean(name.as_str()), redactor.clean(value.as_str()));
        match set.iter().find(|(n, _)| *n == name.as_str()) {
            Some((n, new)) => {
                placed.push(n);
                lines.push(line(CorrectionMark::Remove, old));
                lines.push(line(CorrectionMark::Add, format!("{n}={new}")));
            }
            None => lines.push(line(CorrectionMark::Keep, old)),
        }
    }
    for (name, value) in set.iter().filter(|(n, _)| !placed.contains(n)) {
        lines.push(line(CorrectionMark::Add, format!("{name}={value}")));
    }
}

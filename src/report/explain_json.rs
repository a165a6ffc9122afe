//! What is known about a cause, as JSON.

use std::io;

use serde_json::json;

use super::explain::words;
use crate::pack::model::{Cause, Effect, Pack};

/// Writes what is known about the cause with this id. `false` if there is none; nothing is then written.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write_by_id(out: &mut impl io::Write, id: &str, pack: &Pack) -> io::Result<bool> {
    match pack.cause(id) {
        Some(cause) => write(out, cause).map(|()| true),
        None => Ok(false),
    }
}

/// Writes a cause.
///
/// # Errors
/// Whatever the writer fails with.
pub(crate) fn write(out: &mut impl io::Write, cause: &Cause) -> io::Result<()> {
    let texts = |all: &[crate::pack::rule_text::RuleText]| all.iter().map(|t| t.to_string()).collect::<Vec<_>>();
    let signs: Vec<serde_json::Value> = cause
        .all_signs()
        .map(|(file, sign)| {
            let (effect, weight) = match sign.effect {
                Effect::Confirms => ("confirms", None),
                Effect::Suggests(weight) => ("suggests", Some(weight)),
                Effect::Shows => ("shows", None),
                Effect::Excludes => ("excludes", None),
            };
            json!({ "file": file, "effect": effect, "weight": weight, "because": sign.because.source() })
        })
        .collect();
    let fixes: Vec<serde_json::Value> =
        cause.fixes.iter().map(|f| json!({ "fix": f.fix.source(), "when": words(&f.when) })).collect();
    let page = json!({
        "id": cause.id.to_string(),
        "pack": cause.pack.to_string(),
        "title": cause.title.to_string(),
        "checkpoints": texts(&cause.checkpoints),
        "prevalence": cause.prevalence.name(),
        "certainty": cause.certainty.name(),
        "about": cause.about.to_string(),
        "fix": cause.fix.source(),
        "fixes": fixes,
        "signs": signs,
        "named_by": texts(&cause.named_by),
        "answered_by": texts(&cause.answered_by),
        "references": texts(&cause.references),
    });
    serde_json::to_writer_pretty(&mut *out, &page)?;
    out.write_all(b"\n")
}

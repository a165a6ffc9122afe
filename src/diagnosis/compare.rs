//! Compares a capture of a request that worked with one that failed: what differs in the things a gateway checks, in the
//! order of its checkpoints, and what is the same and therefore not the reason.
//!
//! Only facts that the rules ask about matter. A field that no sign looks at, such as a correlation id or a time, may
//! differ.

use super::model::{ComparedRequest, Comparison, Difference, Outcome, SharedFact};
use crate::capture::model::Exchange;
use crate::engine::evaluate::evaluate;
use crate::evidence::{self, ExchangeFacts};
use crate::facts::{Fact, Facts, Value};
use crate::options::Options;
use crate::pack::model::{Cause, Pack, Pathway};
use crate::redact::Redactor;
use crate::text::{Text, decode};

/// A capture with the one exchange of it that is compared.
struct Chosen<'p> {
    exchange: Exchange,
    evidence: ExchangeFacts<'p>,
    redactor: Redactor,
    count: usize,
}

/// Compares two captures. `None` where one of them shows no request at all.
#[must_use]
pub fn compare(working: &[u8], failing: &[u8], pack: &Pack, options: &Options) -> Option<Comparison> {
    let working = choose(working, pack, options, true)?;
    let failing = choose(failing, pack, options, false)?;
    let pathway = super::pathway(pack, &failing.evidence.facts);
    let mut names: Vec<String> = Vec::new();
    for facts in [&working.evidence.facts, &failing.evidence.facts] {
        names.extend(facts.seen().map(|(name, _)| name).filter(|n| is_of_request(n)));
    }
    names.sort_unstable();
    names.dedup();
    let (mut differences, mut same) = (Vec::new(), Vec::new());
    for name in names {
        let (a, b) = (working.evidence.facts.get(name.as_str()), failing.evidence.facts.get(name.as_str()));
        let asking: Vec<&Cause> = pack.causes.iter().filter(|c| asks(c, &name)).collect();
        // A fact that only one capture shows cannot be compared, and one that no rule asks about does not matter.
        if asking.is_empty() || matches!(a, Fact::Unseen) && matches!(b, Fact::Unseen) {
            continue;
        }
        let one_sided = matches!(a, Fact::Unseen) || matches!(b, Fact::Unseen);
        if one_sided && !(is_field_state(&name) && !matches!(a, Fact::Absent(_)) && !matches!(b, Fact::Absent(_))) {
            continue;
        }
        let says = crate::facts::find(&name)
            .map(|(info, member)| member.map_or_else(|| info.says.to_owned(), |m| format!("{}: {m}", info.says)));
        let says = says.unwrap_or_default();
        if !one_sided && values_equal(a, b) {
            // An opaque token does not show whether it has expired.
            if name == "authorization.expired" && matches!(b, Fact::Absent(_)) {
                continue;
            }
            let value = if name == "authorization.credentials" && matches!(b, Fact::Known(..)) {
                "the same token; it may have expired in between".to_owned()
            } else {
                shown(&name, b, &failing.redactor)
            };
            same.push(SharedFact { value, fact: name, says });
            continue;
        }
        let is_secret =
            name == "authorization.credentials" && !matches!(a, Fact::Absent(_)) && !matches!(b, Fact::Absent(_));
        let (working_value, failing_value) = if is_secret {
            ("one token".to_owned(), "a different token".to_owned())
        } else {
            (shown(&name, a, &working.redactor), shown(&name, b, &failing.redactor))
        };
        let checkpoint_index = asking.iter().filter_map(|c| first_checkpoint_index(c, pathway)).min();
        let speaking = asking.iter().filter(|c| speaks(c, &name, &failing.evidence.facts));
        differences.push((
            checkpoint_index,
            Difference {
                fact: name.clone(),
                says,
                working: working_value,
                failing: failing_value,
                checkpoint: checkpoint_index.and_then(|p| pathway.map(|w| w.checkpoints[p].title.to_string())),
                causes: speaking.map(|c| (c.id.to_string(), c.title.to_string())).collect(),
            },
        ));
    }
    differences.sort_by(|(a, x), (b, y)| {
        (x.causes.is_empty(), a.is_none(), a)
            .cmp(&(y.causes.is_empty(), b.is_none(), b))
            .then_with(|| x.fact.cmp(&y.fact))
    });
    let mut cautions = cautions(&side(&working), &side(&failing), differences.is_empty() && same.is_empty());
    let is_bare = |chosen: &Chosen<'_>| chosen.evidence.facts.text("authorization.scheme") == Some("none");
    if is_bare(&working) && is_bare(&failing) {
        let says = "both requests send a token without a scheme; some endpoints accept that and others refuse it, so it \
                    may still be the reason why the second one fails";
        cautions.push(says.to_owned());
    }
    Some(Comparison {
        working: side(&working),
        failing: side(&failing),
        cautions,
        differences: differences.into_iter().map(|(_, d)| d).collect(),
        same,
    })
}

fn cautions(working: &ComparedRequest, failing: &ComparedRequest, is_empty: bool) -> Vec<String> {
    let mut cautions = Vec::new();
    match working.outcome {
        Outcome::Accepted => {}
        Outcome::Refused => {
            cautions.push("the first capture does not show a request that worked: it was refused".to_owned())
        }
        Outcome::NoAnswer | Outcome::Unclear => {
            cautions.push("the first capture does not show that its request worked".to_owned());
        }
    }
    if failing.outcome == Outcome::Accepted {
        cautions.push("the second capture does not show a request that failed: it was accepted".to_owned());
    }
    if is_empty {
        cautions.push(
            "the captures show nothing that can be compared: give both requests as they left the client".to_owned(),
        );
    }
    cautions
}

/// Reads a capture and picks the exchange to compare: the last that worked, or the first that was refused.
fn choose<'p>(bytes: &[u8], pack: &'p Pack, options: &Options, worked: bool) -> Option<Chosen<'p>> {
    let decoded = decode(bytes);
    let paste = Text::paste(&decoded.text);
    let capture = evidence::capture(&paste, pack, options);
    let redactor =
        crate::sensitive::by_any_reader(&capture, &paste, pack, options.from).redactor(paste.as_str(), &options.mask);
    let all: Vec<(Exchange, ExchangeFacts<'p>)> =
        capture.exchanges.iter().cloned().zip(evidence::gather(&capture, &paste, pack, options)).collect();
    let count = all.len();
    let ended = |e: &(Exchange, ExchangeFacts<'p>)| super::outcome(&e.0, &e.1.facts);
    let at = if worked {
        all.iter().rposition(|e| ended(e) == Outcome::Accepted).or_else(|| count.checked_sub(1))?
    } else {
        all.iter().position(|e| ended(e) == Outcome::Refused).or_else(|| count.checked_sub(1))?
    };
    let (exchange, evidence) = all.into_iter().nth(at)?;
    Some(Chosen { exchange, evidence, redactor, count })
}

fn side(chosen: &Chosen<'_>) -> ComparedRequest {
    let facts = &chosen.evidence.facts;
    let view = super::request(&chosen.exchange, facts, &chosen.redactor, false);
    let request = [view.method, view.url].into_iter().flatten().collect::<Vec<_>>().join(" ");
    ComparedRequest {
        request,
        status: facts.number("response.status").and_then(|s| u16::try_from(s).ok()),
        outcome: super::outcome(&chosen.exchange, facts),
        exchanges: chosen.count,
    }
}

/// Whether a fact says if a field was sent. That is worth a line even if only one capture shows it.
fn is_field_state(name: &str) -> bool {
    name == "authorization.state" || name.starts_with("request.field-state.")
}

/// Whether a fact is about the request, not about its response or the text around it.
fn is_of_request(name: &str) -> bool {
    let of_request = [
        "request.",
        "authorization.",
        "assertion.",
        "subject-token.",
        "endpoint.",
        "credentials.",
        "access.",
        "token.",
    ];
    // Paths and ids differ between any two requests; only the endpoint matters.
    let of_the_call = [
        "request.path",
        "request.extent",
        "request.url",
        "endpoint.named",
        "endpoint.known",
        "token.refused-elsewhere",
        "token.accepted-elsewhere",
    ];
    of_request.iter().any(|p| name.starts_with(p)) && !of_the_call.iter().any(|p| name.starts_with(p))
}

fn values_equal(a: &Fact, b: &Fact) -> bool {
    match (a, b) {
        (Fact::Absent(_), Fact::Absent(_)) => true,
        (Fact::Known(Value::List(x), _), Fact::Known(Value::List(y), _)) => {
            x.iter().map(|(t, _)| t).eq(y.iter().map(|(t, _)| t))
        }
        (Fact::Known(x, _), Fact::Known(y, _)) => x == y,
        _ => false,
    }
}

fn shown(name: &str, fact: &Fact, redactor: &Redactor) -> String {
    match fact {
        Fact::Known(..) if name == "authorization.credentials" => "a token".to_owned(),
        Fact::Known(Value::List(items), _) if items.is_empty() => "none".to_owned(),
        Fact::Known(value, _) => redactor.clean(&value.words()),
        Fact::Absent(_) => "absent".to_owned(),
        Fact::Unseen => "not shown".to_owned(),
    }
}

fn asks(cause: &Cause, fact: &str) -> bool {
    cause.signs.iter().any(|s| s.when.facts().iter().any(|f| f.name.eq_ignore_ascii_case(fact)))
}

/// Whether a sign of the cause that asks about this fact holds for the failing request.
fn speaks(cause: &Cause, fact: &str, facts: &Facts) -> bool {
    use crate::pack::model::Effect;
    cause.signs.iter().any(|s| {
        s.effect != Effect::Excludes
            && s.when.facts().iter().any(|f| f.name.eq_ignore_ascii_case(fact))
            && evaluate(&s.when, facts).holds()
    })
}

fn first_checkpoint_index(cause: &Cause, pathway: Option<&Pathway>) -> Option<usize> {
    let pathway = pathway?;
    cause.checkpoints.iter().filter_map(|c| pathway.position(c)).min()
}

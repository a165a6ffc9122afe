//! A diagnosis as a model needs it: the requests that were refused, the surest causes of each, and the next fact to get.

use serde_json::{Value, json};

use crate::diagnosis::model::{Diagnosis, ExchangeDiagnosis, Outcome};
use crate::report::groups::groups;
use crate::report::headline::headline;
use crate::report::issues::of_exchange;
use crate::report::json;
use crate::report::line_index::LineIndex;

/// Requests are not shortened to less than this.
const WIDTH: usize = 200;

/// The most causes of a request.
const MOST_CAUSES: usize = 4;

/// What to do where the text shows no request at all.
const NO_REQUEST: &str = "copy the request with its method, URL and all header fields, and the response with its status \
    and body: the text shows none";

/// The short result. Requests with the same causes are described once.
pub(super) fn of(diagnosis: &Diagnosis, most: usize) -> Value {
    let groups = groups(diagnosis);
    let places = LineIndex::new(&diagnosis.paste, &diagnosis.lines);
    let requests: Vec<Value> =
        groups.iter().take(most).map(|group| request(group.shown, group.others.len(), &places)).collect();
    let accepted = diagnosis.exchanges.iter().filter(|e| e.outcome == Outcome::Accepted).count();
    let fetch = match groups.first() {
        Some(group) => fetch(group.shown),
        None if diagnosis.exchanges.is_empty() => json!({ "how": NO_REQUEST }),
        None => Value::Null,
    };
    json!({
        "requests": requests,
        "more": groups.len().saturating_sub(most),
        "accepted": accepted,
        "fetch": fetch,
    })
}

fn request(exchange: &ExchangeDiagnosis, alike: usize, places: &LineIndex<'_>) -> Value {
    let causes: Vec<Value> = of_exchange("", places.lines, exchange)
        .into_iter()
        .take(MOST_CAUSES)
        .map(|issue| {
            let (line, column) = places.position(issue.span.start);
            json!({
                "id": issue.id,
                "verdict": issue.verdict.name(),
                "title": issue.title,
                "says": issue.says,
                "fix": issue.fix,
                "line": line,
                "column": column,
            })
        })
        .collect();
    json!({
        "request": headline(exchange, WIDTH, false),
        "line": places.line(exchange.at.start),
        "status": exchange.response.as_ref().and_then(|response| response.status),
        "outcome": json::outcome(exchange.outcome),
        "causes": causes,
        "alike": alike,
    })
}

/// The question that decides most.
fn fetch(exchange: &ExchangeDiagnosis) -> Value {
    exchange.questions.first().map_or(Value::Null, |question| {
        json!({
            "how": question.how,
            "facts": question.facts,
            "decides": question.decides.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        })
    })
}

//! A form that exists in tests only: one row, and the two functions of its file.

use super::model::{Form, ReadBy, SampleRow};
use super::reader::Reader;
use crate::capture::json::Json;
use crate::capture::json::members::Members;
use crate::capture::model::{Exchange, Format};

/// Its row in the table.
pub(super) const TOY: Form = Form {
    from: Reader::POSTMAN,
    read_by: ReadBy::Json { recognise: is_toy, read: |json, _| Some(vec![toy(json)]) },
    shown: &[SampleRow { name: "A toy", parts: "method", extents: "part", unseen: "unseen", samples: &[] }],
};

fn is_toy(json: &Json) -> bool {
    json.get("toy-call").is_some()
}

fn toy(json: &Json) -> Exchange {
    let method = json.get("toy-call").and_then(|call| Members::of(call).find(&["verb"])?.as_text().cloned());
    let mut exchange = Exchange::unseen(Format::Json, json.span());
    exchange.request.method = method;
    exchange
}

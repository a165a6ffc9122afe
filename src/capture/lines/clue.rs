//! Clues: what the lines of a text can show, one by one. `assemble` decides what they add up to.

use std::ops::Range;

use crate::capture::json::Json;
use crate::capture::json::content::Content;
use crate::capture::model::{Exchange, Field, Format};
use crate::capture::words::Label;
use crate::text::{Span, Text};

/// How a status was written. A better one replaces a worse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sureness {
    /// In a sentence.
    Prose,
    /// After a label.
    Label,
    /// In a status line.
    Wire,
}

/// Something that a text shows.
#[derive(Debug)]
pub(crate) enum Clue {
    /// A method and a target; `versioned` where `HTTP/…` follows, as on the wire.
    RequestLine { method: Text, url: Text, versioned: bool },
    /// A URL in a sentence or in code, with the method that is next to it.
    Url { url: Text, method: Option<Text>, is_code: bool },
    /// A labelled host.
    Host(Text),
    /// A labelled path.
    Path(Text),
    /// A labelled method.
    Method(Text),
    /// A path in code, which counts only where the base of the URL is known.
    BasePath(Text),
    /// A method that a program sets.
    CodeMethod(Text),
    /// A status.
    Status { code: u16, span: Span, reason: Option<Text>, sure: Sureness },
    /// A header field; `is_code` where a program sets it.
    Field { field: Field, is_code: bool },
    /// A part of a value that a program or shell replaces when it runs.
    Expanded(Text),
    /// A form parameter.
    Parameter { name: Text, value: Text },
    /// A form in one piece: `a=b&c=d`.
    Form(Text),
    /// A JSON document that is not a record of exchanges. Boxed: nearly all clues are lines, and those are smaller.
    Json { json: Box<Json>, text: Text, kind: Content },
    /// Whole exchanges, read by the reader of a form.
    Exchanges(Vec<Exchange>),
    /// A line that announces what follows.
    Heading(Label),
    /// A labelled body.
    Body { text: Text, of_request: bool },
    /// One member of an error document, without the document: `error_description="…"`.
    ErrorMember { name: &'static str, value: Text },
    /// A body that is said to be empty.
    EmptyBody(Span),
    /// An empty line.
    Blank,
    /// A time at the beginning of a line.
    Time(Text),
    /// Any other line.
    Line(Text),
}

/// A clue and its range in the view.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) at: Range<usize>,
    pub(crate) clue: Clue,
}

impl Placed {
    /// Whether a tool recorded it for machines to read.
    pub(crate) fn is_record(&self) -> bool {
        matches!(&self.clue, Clue::Exchanges(list) if list.iter().any(|e| e.format == Format::Har))
    }
}

#[cfg(test)]
impl Clue {
    /// One line that shows it, for tests.
    pub(super) fn shown(&self) -> String {
        let method = |m: &Option<Text>| m.as_ref().map_or(String::new(), |m| format!("{} ", m.as_str()));
        match self {
            Self::RequestLine { method, url, versioned } => {
                format!("request {} {}{}", method.as_str(), url.as_str(), if *versioned { " HTTP" } else { "" })
            }
            Self::Url { url, method: m, is_code } => {
                format!("url {}{}{}", method(m), url.as_str(), if *is_code { " code" } else { "" })
            }
            Self::Host(text) => format!("host {}", text.as_str()),
            Self::Path(text) => format!("path {}", text.as_str()),
            Self::Method(text) => format!("method {}", text.as_str()),
            Self::BasePath(text) => format!("base path {}", text.as_str()),
            Self::CodeMethod(text) => format!("code method {}", text.as_str()),
            Self::Status { code, reason, sure, .. } => {
                let reason = reason.as_ref().map_or(String::new(), |r| format!(" {}", r.as_str()));
                format!("status {code}{reason} {sure:?}")
            }
            Self::Field { field, is_code } => {
                format!(
                    "field {}: {}{}",
                    field.name.as_str(),
                    field.value.as_str(),
                    if *is_code { " code" } else { "" }
                )
            }
            Self::Expanded(text) => format!("expanded {}", text.as_str()),
            Self::Parameter { name, value } => format!("parameter {}={}", name.as_str(), value.as_str()),
            Self::Form(text) => format!("form {}", text.as_str()),
            Self::Json { text, .. } => format!("json {}", text.as_str()),
            Self::Exchanges(list) => format!("{} exchanges", list.len()),
            Self::Heading(label) => format!("heading {label:?}"),
            Self::Body { text, of_request } => {
                format!("{} body {}", if *of_request { "request" } else { "answer" }, text.as_str())
            }
            Self::ErrorMember { name, value } => format!("error member {name}: {}", value.as_str()),
            Self::EmptyBody(_) => "empty body".to_owned(),
            Self::Blank => "blank".to_owned(),
            Self::Time(text) => format!("time {}", text.as_str()),
            Self::Line(text) => format!("line {}", text.as_str()),
        }
    }
}

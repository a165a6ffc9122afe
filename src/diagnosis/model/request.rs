//! The request and the response as they may be shown, and the details around them.

use crate::capture::model::Extent;
use crate::text::Span;

/// The request.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// The method as written.
    pub method: Option<String>,
    /// The URL. Built from the target and the Host field when the capture has them apart.
    pub url: Option<String>,
    /// The header fields in the order they were sent.
    pub fields: Vec<FieldView>,
    /// How much of the request line and header fields the capture shows.
    pub extent: Extent,
}

/// A header field.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// The name as written.
    pub name: String,
    /// The value, with credentials masked.
    pub value: String,
    /// Where the value is in the input.
    pub span: Span,
}

/// The response.
#[derive(Clone, Debug)]
pub struct ResponseView {
    /// The status code; `None` when only header fields or a body are shown.
    pub status: Option<u16>,
    /// The reason phrase as written.
    pub reason: Option<String>,
    /// The header fields in the order they came.
    pub fields: Vec<FieldView>,
    /// The error message of the response.
    pub message: Option<String>,
    /// Where the status code is in the input; `None` when `--status` gave it.
    pub span: Option<Span>,
}

/// A labelled value from the text around the exchange.
#[derive(Clone, Debug)]
pub struct MentionView {
    /// Its kind, as the packs name it (`app-id`).
    pub kind: String,
    /// The label to print ("Application ID").
    pub title: String,
    /// The value, with credentials masked.
    pub value: String,
    /// Where the value is in the input.
    pub span: Span,
}

/// Where the request was sent. All values come from the packs, never from the input.
#[derive(Clone, Debug, Default)]
pub struct EndpointView {
    /// The id of the API (`e-referral-service`).
    pub api: Option<String>,
    /// The title of the API.
    pub api_title: Option<String>,
    /// The id of the endpoint (`A042`).
    pub id: Option<String>,
    /// The name of the endpoint ("Retrieve attachment").
    pub name: Option<String>,
    /// The FHIR version ("R4").
    pub fhir: Option<String>,
    /// The id of the environment (`int`).
    pub environment: Option<String>,
    /// The title of the environment ("Integration").
    pub environment_title: Option<String>,
    /// Whether only the text says which endpoint or environment it was, and no request shows it.
    pub said_in_text: bool,
}

/// The details that support will ask for.
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// Details that the input has: title and value.
    pub has: Vec<(String, String)>,
    /// Details that are missing: title and how to get them.
    pub lacks: Vec<(String, String)>,
}

//! Facts of a request's head.

use super::how::HEAD;
use super::model::Start;
use super::words::{HeadExtent, Presence};
use crate::shape::Shape;

facts! {
    /// The request line, and how much of the head is shown.
    group RequestFacts after Start {
        /// how much of the request's head the capture shows
        "request.extent" => extent: HeadExtent, HEAD;
        /// the method of the request
        "request.method" => method: String, "give the request line";
    }
}

facts! {
    /// A field of the request.
    family RequestField after RequestFacts {
        /// the value of a request field
        "request.field.*" => value: String, HEAD;
        /// how often a request field was sent
        "request.field-count.*" => count: i64, HEAD;
        /// what the value of a request field looks like
        "request.field-shape.*" => shape: Shape, HEAD;
        /// whether a request field was sent
        "request.field-state.*" => state: Presence, HEAD;
    }
}

facts! {
    /// The Content-Type of the request.
    group ContentTypeFacts after RequestField {
        /// the media type of the request, in lower case and without parameters
        "request.content-type" => media_type: String, HEAD;
    }
}

//! Facts of the query of a request.

use super::how::URL;
use super::request::ContentTypeFacts;
use super::words::Presence;

facts! {
    /// A parameter of the query.
    family QueryParameter after ContentTypeFacts {
        /// the value of a query parameter
        "request.query.*" => value: String, URL;
        /// whether a query parameter was sent
        "request.query-state.*" => state: Presence, URL;
    }
}

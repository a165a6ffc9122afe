//! Facts about other requests of the capture to the same address.

use super::history::UserFacts;

facts! {
    /// Another request to the same address that was accepted.
    group SiblingFacts after UserFacts {
        /// whether the capture shows that another request to the same address was accepted with another scheme in Authorization
        "sibling.other-scheme" => other_scheme: bool, "send the same request with another scheme, and compare the answers";
        /// whether the capture shows that another request to the same address was accepted with its credentials in another place: another field, a parameter, or Authorization
        "sibling.other-place" => other_place: bool,
            "send the same request with the credentials in the place that the documentation names, and compare the answers";
    }
}

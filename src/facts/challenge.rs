//! Facts of the WWW-Authenticate field.

use super::how::BODY;
use super::response::ReadingFacts;
use super::words::Presence;

facts! {
    /// The challenges of a response.
    group ChallengeFacts after ReadingFacts {
        /// the error code at the beginning of the challenge's error_description
        "challenge.code" => code: String, BODY;
        /// error_description of the Bearer challenge
        "challenge.description" => description: String, BODY;
        /// error of the Bearer challenge (RFC 6750, section 3)
        "challenge.error" => error: String, BODY;
        /// realm of the first challenge
        "challenge.realm" => realm: String, BODY;
        /// the schemes that WWW-Authenticate offers, in lower case
        "challenge.schemes" => schemes: Vec<String>, BODY;
        /// scope of the Bearer challenge
        "challenge.scope" => scope: String, BODY;
        /// stale of the Digest challenge: the nonce is too old, and nothing else is wrong
        "challenge.stale" => stale: bool, BODY;
        /// whether the answer has a WWW-Authenticate field (of a proxy: Proxy-Authenticate)
        "challenge.state" => state: Presence, BODY;
    }
}

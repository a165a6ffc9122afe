//! Facts about values that the text names elsewhere, compared with those of the token.

use super::how::{CLAIMS, SCOPES};
use super::system::SystemFacts;
use super::words::ScopesHeld;

facts! {
    /// Audience, issuer and key of the token against those that settings, challenges and key sets of the text name.
    group ClaimFacts after SystemFacts {
        /// whether the key set in the text has the key id of the client assertion
        "assertion.key-listed" => assertion_key: bool, CLAIMS;
        /// whether `aud` of the token is one of the audiences that settings or the challenge name
        "token.audience-as-set-up" => audience: bool, CLAIMS;
        /// whether `iss` of the token is one of the issuers that settings name
        "token.issuer-as-set-up" => issuer: bool, CLAIMS;
        /// whether the key set in the text has the key id of the token
        "token.key-listed" => key: bool, CLAIMS;
    }
}

facts! {
    /// The scopes of a token against those that the answer asks for.
    group ScopeFacts after ClaimFacts {
        /// whether none, some or all of the scopes that the answer asks for are in the token
        "token.scopes-held" => held: ScopesHeld, SCOPES;
        /// the scopes that the answer asks for and that are not in the token
        "token.scopes-missing" => missing: Vec<String>, SCOPES;
        /// the scopes that the answer asks for, where those of the token can be read
        "token.scopes-needed" => needed: Vec<String>, SCOPES;
    }
}

//! Facts about values that the text names elsewhere, compared with those of the token.

use super::how::CLAIMS;
use super::system::SystemFacts;

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

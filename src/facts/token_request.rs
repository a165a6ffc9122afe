//! Facts of a request's body, and of the tokens that a request to a token endpoint carries in it.

use super::how::{ASSERTION, TIME, TOKEN_REQUEST};
use super::told::ToldFacts;
use super::words::{ExpForm, JwtForm, Presence, RequestBodyKind, SignatureCheck};
use crate::shape::Shape;

facts! {
    /// The body of the request.
    group RequestBodyFacts after ToldFacts {
        /// what kind of body was sent
        "request.body" => kind: RequestBodyKind, "copy the request with its body";
    }
}

facts! {
    /// A parameter of the form.
    family FormParameter after RequestBodyFacts {
        /// the value of a form parameter of the request
        "request.form.*" => value: String, TOKEN_REQUEST;
        /// what the value of a form parameter looks like
        "request.form-shape.*" => shape: Shape, TOKEN_REQUEST;
        /// whether a form parameter was sent
        "request.form-state.*" => state: Presence, TOKEN_REQUEST;
    }
}

facts! {
    /// The client assertion.
    group AssertionFacts after FormParameter {
        /// whether `aud` of the client assertion is the URL that it was posted to, character for character
        "assertion.audience-matches" => audience_matches: bool, ASSERTION;
        /// how `exp` of the client assertion is written
        "assertion.exp-form" => exp_form: ExpForm, ASSERTION;
        /// seconds from the request to `exp` of the client assertion; negative when it had expired
        "assertion.expires-in" => expires_in: i64, TIME;
        /// whether the client assertion can be decoded
        "assertion.form" => form: JwtForm, ASSERTION;
        /// whether `iss` and `sub` of the client assertion are both there and the same
        "assertion.issuer-equals-subject" => issuer_equals_subject: bool, ASSERTION;
        /// what kind of value `iss` of the client assertion is: an API key, or the UUID of an application
        "assertion.issuer-shape" => issuer_shape: Shape, ASSERTION;
        /// seconds from `iat` to `exp` of the client assertion
        "assertion.lifetime" => lifetime: i64, ASSERTION;
    }
}

facts! {
    /// A member of the header of the client assertion.
    family AssertionHeader after AssertionFacts {
        /// a member of the header of the client assertion, as text
        "assertion.header.*" => value: String, ASSERTION;
        /// whether the header of the client assertion has this member
        "assertion.header-state.*" => state: Presence, ASSERTION;
    }
}

facts! {
    /// A claim of the client assertion.
    family AssertionClaim after AssertionHeader {
        /// a claim of the client assertion, as text
        "assertion.claim.*" => value: String, ASSERTION;
        /// whether the client assertion has this claim
        "assertion.claim-state.*" => state: Presence, ASSERTION;
    }
}

facts! {
    /// The signature of the client assertion.
    group SignatureFacts after AssertionClaim {
        /// whether the client assertion was signed with the public key that was given with --jwks
        "assertion.signature" => check: SignatureCheck, "give the registered public key or JWKS with --jwks";
    }
}

facts! {
    /// The subject token of a token exchange.
    group SubjectTokenFacts after SignatureFacts {
        /// seconds from the request to `exp` of the subject token
        "subject-token.expires-in" => expires_in: i64, TIME;
        /// whether the subject token can be decoded
        "subject-token.form" => form: JwtForm, TOKEN_REQUEST;
    }
}

facts! {
    /// A member of the header of the subject token.
    family SubjectHeader after SubjectTokenFacts {
        /// a member of the header of the subject token, as text
        "subject-token.header.*" => value: String, TOKEN_REQUEST;
        /// whether the header of the subject token has this member
        "subject-token.header-state.*" => state: Presence, TOKEN_REQUEST;
    }
}

facts! {
    /// A claim of the subject token.
    family SubjectClaim after SubjectHeader {
        /// a claim of the subject token, as text
        "subject-token.claim.*" => value: String, TOKEN_REQUEST;
        /// whether the subject token has this claim
        "subject-token.claim-state.*" => state: Presence, TOKEN_REQUEST;
    }
}

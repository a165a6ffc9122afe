//! Facts of the Authorization field, and of a token that is sent somewhere else.

use super::endpoint::NamedFacts;
use super::how::{AUTH, HEAD, TIME};
use super::words::{Damage, DigestForm, Presence, PrintWithout, TokenKind, TokenPlace};
use crate::shape::{Basic, PlaceholderKind, Shape};

facts! {
    /// Whether and how often the field was sent.
    group AuthorizationFacts after NamedFacts {
        /// how many Authorization fields were sent (of a proxy's refusal: Proxy-Authorization, here and below)
        "authorization.count" => count: i64, HEAD;
        /// the field that was judged: `Authorization`, or `Proxy-Authorization` where a proxy refused the request
        "authorization.field" => field: String, HEAD;
        /// whether two Authorization fields, or two kinds of credentials in one, were sent and disagree
        "authorization.schemes-differ" => schemes_differ: bool, HEAD;
        /// what a print of the request that has no Authorization field tells: the client's log, or a list with fields that
        /// clients put in by themselves. A print may leave fields out, and a client may add some later
        "authorization.print" => print: PrintWithout, AUTH;
        /// whether an Authorization field was sent
        "authorization.state" => state: Presence, AUTH;
    }
}

facts! {
    /// The parts of the field's value.
    group AnatomyFacts after AuthorizationFacts {
        /// whether Basic credentials are the base64 of `user:password`
        "authorization.basic" => basic: Basic, AUTH;
        /// what follows the scheme (never shown)
        "authorization.credentials" => credentials: String, AUTH;
        /// what is wrong inside or around the token
        "authorization.damage" => damage: Vec<Damage>, AUTH;
        /// whether a shell or a program puts the credentials in when it runs, so that the capture does not show them
        "authorization.filled-in" => filled_in: bool,
            "copy the field as it was sent (`curl -v` prints it), with the token masked";
        /// whether what is left of a masked or shortened token begins like a JWT
        "authorization.masked-jwt" => masked_jwt: bool, AUTH;
        /// what kind of token was sent, by its claims or because the capture shows where it came from
        "authorization.kind" => kind: TokenKind, AUTH;
        /// what kind of placeholder is in the place of the token
        "authorization.placeholder" => placeholder: PlaceholderKind, AUTH;
        /// the authentication scheme in lower case; `none` for a token without a scheme
        "authorization.scheme" => scheme: String, AUTH;
        /// the authentication scheme as it was written
        "authorization.scheme-as-written" => scheme_as_written: String, AUTH;
        /// whether the scheme is repeated (`Bearer Bearer …`)
        "authorization.scheme-repeated" => scheme_repeated: bool, AUTH;
        /// what the credentials look like
        "authorization.shape" => shape: Shape, AUTH;
    }
}

facts! {
    /// When the token is valid.
    group TokenTimes after AnatomyFacts {
        /// whether the JWT that was sent as token had expired when the request was made
        "authorization.expired" => expired: bool, TIME;
        /// seconds from the request to `nbf` (or `iat`) of the JWT that was sent as token; positive when it was not valid yet
        "authorization.not-before-in" => not_before_in: i64, TIME;
    }
}

facts! {
    /// A member of the header of the JWT that was sent as token.
    family TokenHeader after TokenTimes {
        /// a member of the header of the JWT that was sent as token, as text
        "authorization.header.*" => value: String, AUTH;
    }
}

facts! {
    /// A claim of the JWT that was sent as token.
    family TokenClaim after TokenHeader {
        /// a claim of the JWT that was sent as token, as text
        "authorization.claim.*" => value: String, AUTH;
        /// whether the JWT that was sent as token has this claim
        "authorization.claim-state.*" => state: Presence, AUTH;
    }
}

facts! {
    /// A token outside Authorization.
    group ElsewhereFacts after TokenClaim {
        /// where else in the request there is a token, outside Authorization
        "credentials.elsewhere" => place: TokenPlace, HEAD;
        /// the name of the field or parameter that holds that token
        "credentials.elsewhere-name" => name: String, HEAD;
    }
}

facts! {
    /// The parameters of Digest credentials.
    group DigestFacts after ElsewhereFacts {
        /// whether Digest credentials have all parameters that an answer to a challenge needs
        "authorization.digest" => form: DigestForm, AUTH;
        /// whether `uri` of Digest credentials is another one than the target of the request
        "authorization.digest-uri-differs" => uri_differs: bool, AUTH;
    }
}

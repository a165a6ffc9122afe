//! Facts about one exchange of a capture that another exchange shows.

use super::how::CHAIN;
use super::token_request::SubjectClaim;
use super::words::{AccessMode, RedirectedCredentials};

facts! {
    /// For whom the call is made.
    group AccessModeFacts after SubjectClaim {
        /// whether the call is made for a signed-in user or for the application alone
        "access.mode" => mode: AccessMode,
            "see which grant the token came from: client_credentials is application-restricted, authorization_code and token-exchange are user-restricted";
    }
}

facts! {
    /// The client assertion in other requests.
    group AssertionHistory after AccessModeFacts {
        /// whether the same client assertion is in more than one request of the capture
        "assertion.repeated" => repeated: bool, "compare the assertions (or their `jti`) of two token requests";
    }
}

facts! {
    /// A redirect that led to this request.
    group RedirectFacts after AssertionHistory {
        /// what became of the Authorization field when a redirect was followed to this request
        "redirect.credentials" => credentials: RedirectedCredentials, CHAIN;
        /// the host that redirected to this request
        "redirect.from-host" => from_host: String, CHAIN;
        /// whether the redirect led to another host
        "redirect.other-host" => other_host: bool, CHAIN;
        /// whether the redirect led to another host, another port or from https to http
        "redirect.other-origin" => other_origin: bool, CHAIN;
        /// whether the redirect was for the same path, but for a slash at its end
        "redirect.same-path" => same_path: bool, CHAIN;
    }
}

facts! {
    /// The token in other requests, and where it came from.
    group TokenHistory after RedirectFacts {
        /// whether the same token was accepted in another request of the capture
        "token.accepted-elsewhere" => accepted_elsewhere: bool,
            "try the same token on an endpoint that worked before";
        /// seconds from the issue of the token to the request
        "token.age" => age: i64, "compare the time of the token request with the time of the refused one";
        /// whether the token was issued by the token endpoint of another environment than the one called
        "token.issued-for-other-environment" => issued_for_other_environment: bool,
            "see which token endpoint issued the token";
        /// the environment whose token endpoint issued this token, where the capture shows it
        "token.issuer-environment" => issuer_environment: String, "see which token endpoint issued the token";
        /// whether the token was used after its lifetime had passed
        "token.outlived" => outlived: bool, "compare the time of the token request with the time of the refused one";
        /// whether the token requests of the capture went to another environment than the one called, whatever token was sent
        "token.requested-elsewhere" => requested_elsewhere: bool, "see which token endpoint issued the token";
        /// whether the same token was refused in another request of the capture
        "token.refused-elsewhere" => refused_elsewhere: bool, "try the same token on another endpoint";
    }
}

facts! {
    /// How the user signed in.
    group UserFacts after TokenHistory {
        /// the level at which the user signed in (authentication assurance level), from an ID token of the capture
        "user.assurance-level" => assurance_level: i64, "see authentication_assurance_level in the user's ID token";
        /// the level to which the user's identity was verified, from an ID token of the capture
        "user.identity-level" => identity_level: i64, "see id_assurance_level in the user's ID token";
    }
}

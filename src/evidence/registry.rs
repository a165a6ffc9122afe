//! The table of facts: everything that a rule may ask about.
//!
//! A fact has a dotted name, a type, one sentence that says what it is, and one that says how to get it when a
//! capture does not show it. Names with a `*` are families: the star stands for a name of the capture (a header
//! field, a form parameter, a claim), so that the engine itself knows no field by name.
//!
//! Adding a fact means: a line here, and the code in this room that finds it. Rule files then may use it.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Free text.
    Text,
    /// One of a closed list of words.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// Several texts; a rule asks whether one of them fits.
    List,
    /// Several words of a closed list.
    ListOf(&'static [&'static str]),
}

/// A fact that rules may ask about.
#[derive(Clone, Copy, Debug)]
pub struct FactInfo {
    /// Its dotted name; a `*` stands for a name of the capture.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Type,
    /// What it is.
    pub says: &'static str,
    /// How to get it where the capture does not show it.
    pub how: &'static str,
}

const fn fact(name: &'static str, kind: Type, says: &'static str, how: &'static str) -> FactInfo {
    FactInfo { name, kind, says, how }
}

const STATE: Type = Type::OneOf(&["present", "blank", "absent"]);
const SHAPE: Type =
    Type::OneOf(&["opaque", "jwt", "uuid", "api-key", "basic", "placeholder", "redacted", "number", "other"]);

const HEAD: &str =
    "copy the request as it left the client, with all of its header fields (`curl -v`, or the client's wire log)";
const AUTH: &str = "copy the Authorization line as it was sent; the token itself may be replaced, the rest must stay";
const ANSWER: &str = "copy the whole answer: status line, header fields and body";
const BODY: &str = "copy the body of the answer (and its WWW-Authenticate field)";
const TOKEN_REQUEST: &str = "copy the request to the token endpoint with its form parameters";
const ASSERTION: &str = "copy the header and the payload of the signed JWT (the signature may be cut off)";
const PRODUCT_SET: &str = "give the product set of the ASID with --product-set: a list of its endpoints, or its record in the Spine Directory Service";
const SUPPORT: &str = "look it up in the developer portal, or ask the team that set the application up";

/// All facts, sorted by name.
pub const FACTS: &[FactInfo] = &[
    fact(
        "access.mode",
        Type::OneOf(&["user-restricted", "application-restricted"]),
        "whether the call is made for a signed-in user or for the application alone",
        "see which grant the token came from: client_credentials is application-restricted, authorization_code and token-exchange are user-restricted",
    ),
    fact(
        "assertion.audience-matches",
        Type::Flag,
        "whether `aud` of the client assertion is the URL that it was posted to, character for character",
        ASSERTION,
    ),
    fact("assertion.claim.*", Type::Text, "a claim of the client assertion, as text", ASSERTION),
    fact("assertion.claim-state.*", STATE, "whether the client assertion has this claim", ASSERTION),
    fact(
        "assertion.exp-form",
        Type::OneOf(&["seconds", "milliseconds", "string", "missing", "other"]),
        "how `exp` of the client assertion is written",
        ASSERTION,
    ),
    fact(
        "assertion.expires-in",
        Type::Number,
        "seconds from the request to `exp` of the client assertion; negative when it had expired",
        "give the time of the request with its time zone (or use --now)",
    ),
    fact(
        "assertion.form",
        Type::OneOf(&["jwt", "cut", "not-jwt", "redacted"]),
        "whether the client assertion can be decoded",
        ASSERTION,
    ),
    fact("assertion.header.*", Type::Text, "a member of the header of the client assertion, as text", ASSERTION),
    fact("assertion.header-state.*", STATE, "whether the header of the client assertion has this member", ASSERTION),
    fact(
        "assertion.issuer-equals-subject",
        Type::Flag,
        "whether `iss` and `sub` of the client assertion are both there and the same",
        ASSERTION,
    ),
    fact(
        "assertion.issuer-shape",
        SHAPE,
        "what kind of value `iss` of the client assertion is: an API key, or the UUID of an application",
        ASSERTION,
    ),
    fact("assertion.lifetime", Type::Number, "seconds from `iat` to `exp` of the client assertion", ASSERTION),
    fact(
        "assertion.repeated",
        Type::Flag,
        "whether the same client assertion stands in more than one request of the capture",
        "compare the assertions (or their `jti`) of two token requests",
    ),
    fact(
        "assertion.signature",
        Type::OneOf(&["verified", "wrong-key", "kid-unknown"]),
        "whether the client assertion was signed with the public key that was given with --jwks",
        "give the registered public key or JWKS with --jwks",
    ),
    fact(
        "authorization.basic",
        Type::OneOf(&["well-formed", "not-base64", "no-colon"]),
        "whether Basic credentials are the base64 of `user:password`",
        AUTH,
    ),
    fact("authorization.claim.*", Type::Text, "a claim of the JWT that was sent as token, as text", AUTH),
    fact("authorization.claim-state.*", STATE, "whether the JWT that was sent as token has this claim", AUTH),
    fact("authorization.count", Type::Number, "how many Authorization fields were sent", HEAD),
    fact("authorization.credentials", Type::Text, "what stands after the scheme (never shown)", AUTH),
    fact(
        "authorization.damage",
        Type::ListOf(&[
            "quotes",
            "brackets",
            "white-space",
            "line-break",
            "invisible",
            "not-ascii",
            "trailing-text",
            "percent-encoded",
            "truncated",
            "control",
        ]),
        "what is wrong inside or around the token",
        AUTH,
    ),
    fact(
        "authorization.expired",
        Type::Flag,
        "whether the JWT that was sent as token had expired when the request was made",
        "give the time of the request with its time zone (or use --now)",
    ),
    fact(
        "authorization.header.*",
        Type::Text,
        "a member of the header of the JWT that was sent as token, as text",
        AUTH,
    ),
    fact(
        "authorization.kind",
        Type::OneOf(&["access-token", "id-token", "refresh-token", "client-assertion", "api-key"]),
        "what kind of token was sent, by its claims or because the capture shows where it came from",
        AUTH,
    ),
    fact(
        "authorization.not-before-in",
        Type::Number,
        "seconds from the request to `nbf` (or `iat`) of the JWT that was sent as token; positive when it was not valid yet",
        "give the time of the request with its time zone (or use --now)",
    ),
    fact(
        "authorization.placeholder",
        Type::OneOf(&["brackets", "template", "shell-variable", "null", "object", "words"]),
        "what kind of placeholder stands where the token belongs",
        AUTH,
    ),
    fact(
        "authorization.scheme",
        Type::Text,
        "the authentication scheme in lower case; `none` where a bare token stands without one",
        AUTH,
    ),
    fact("authorization.scheme-as-written", Type::Text, "the authentication scheme as it was written", AUTH),
    fact("authorization.scheme-repeated", Type::Flag, "whether the scheme stands twice (`Bearer Bearer …`)", AUTH),
    fact(
        "authorization.schemes-differ",
        Type::Flag,
        "whether two Authorization fields, or two kinds of credentials in one, were sent and disagree",
        HEAD,
    ),
    fact("authorization.shape", SHAPE, "what the credentials look like", AUTH),
    fact(
        "authorization.filled-in",
        Type::Flag,
        "whether a shell or a program puts the credentials in when it runs, so that the capture does not show them",
        "copy the field as it was sent (`curl -v` prints it), the token covered",
    ),
    fact("authorization.state", STATE, "whether an Authorization field was sent", AUTH),
    fact("challenge.code", Type::Text, "the error code at the beginning of the challenge's error_description", BODY),
    fact("challenge.description", Type::Text, "error_description of the Bearer challenge", BODY),
    fact("challenge.error", Type::Text, "error of the Bearer challenge (RFC 6750, section 3)", BODY),
    fact("challenge.realm", Type::Text, "realm of the first challenge", BODY),
    fact("challenge.schemes", Type::List, "the schemes that WWW-Authenticate offers, in lower case", BODY),
    fact("challenge.scope", Type::Text, "scope of the Bearer challenge", BODY),
    fact("challenge.state", STATE, "whether the answer has a WWW-Authenticate field", BODY),
    fact(
        "credentials.elsewhere",
        Type::OneOf(&["field", "query", "body", "cookie"]),
        "where else in the request a token stands, outside Authorization",
        HEAD,
    ),
    fact("credentials.elsewhere-name", Type::Text, "the name of the field or parameter that holds that token", HEAD),
    fact(
        "endpoint.access-modes",
        Type::List,
        "the access modes that the endpoint allows",
        "see the endpoint's page in the API catalogue",
    ),
    fact(
        "endpoint.api",
        Type::Text,
        "the API that was called, by host and base path",
        "give the whole URL of the request",
    ),
    fact(
        "endpoint.base-path-missing",
        Type::Flag,
        "whether the URL lacks the API's base path, without which it would fit an endpoint",
        "give the whole URL of the request",
    ),
    fact(
        "endpoint.business-functions",
        Type::List,
        "the business functions that the endpoint allows",
        "see the endpoint's page in the API catalogue",
    ),
    fact(
        "endpoint.credentials",
        Type::ListOf(&["bearer", "api-key", "basic", "none"]),
        "the kinds of credentials that the API takes",
        "see the API's page in the API catalogue",
    ),
    fact(
        "endpoint.deprecated",
        Type::Flag,
        "whether the endpoint is deprecated",
        "see the endpoint's page in the API catalogue",
    ),
    fact("endpoint.environment", Type::Text, "the environment that was called", "give the whole URL of the request"),
    fact(
        "endpoint.fhir",
        Type::Text,
        "the FHIR version of the endpoint (`STU3`, `R4`)",
        "give the whole URL of the request",
    ),
    fact(
        "endpoint.host-like",
        Type::Text,
        "the known host that the host of the URL nearly is",
        "give the whole URL of the request",
    ),
    fact(
        "endpoint.id",
        Type::Text,
        "the id of the endpoint in the catalogue, by method and path",
        "give the method and the whole URL of the request",
    ),
    fact(
        "endpoint.known",
        Type::Flag,
        "whether method and path fit an endpoint of the catalogue",
        "give the method and the whole URL of the request",
    ),
    fact(
        "endpoint.methods",
        Type::List,
        "the methods that the catalogue has for this path",
        "give the whole URL of the request",
    ),
    fact(
        "endpoint.missing-fields",
        Type::List,
        "fields that the endpoint requires and the request is known to lack",
        HEAD,
    ),
    fact("endpoint.blank-fields", Type::List, "fields that the endpoint requires and the request sends blank", HEAD),
    fact(
        "endpoint.named",
        Type::List,
        "the endpoints that the text names",
        "say which endpoint was meant to be called",
    ),
    fact(
        "endpoint.named-differs",
        Type::Flag,
        "whether the text names one endpoint and the request goes to another",
        "say which endpoint was meant to be called",
    ),
    fact(
        "endpoint.path-known",
        Type::Flag,
        "whether the path fits an endpoint of the catalogue under any method",
        "give the whole URL of the request",
    ),
    fact(
        "endpoint.superseded-by",
        Type::Text,
        "the endpoint that replaces a deprecated one",
        "see the endpoint's page in the API catalogue",
    ),
    fact(
        "endpoint.unwanted-fields",
        Type::List,
        "fields that the endpoint's access mode must not send and the request sends",
        HEAD,
    ),
    fact(
        "mention.*",
        Type::Text,
        "what the text says beside the exchange, by the kinds that the packs define",
        SUPPORT,
    ),
    fact(
        "mention.suspected",
        Type::List,
        "what people other than the asker speak of in a thread (a topic of a vocabulary): a suspicion, no evidence",
        "paste the whole thread",
    ),
    fact(
        "mention.topics",
        Type::List,
        "the topics that the text touches on, by the phrases that the packs define",
        "describe what was tried and since when it fails",
    ),
    fact("product-set.asid", Type::Text, "the ASID whose product set was given", PRODUCT_SET),
    fact(
        "product-set.endpoint",
        Type::OneOf(&["listed", "not-listed", "likely-listed", "likely-not-listed"]),
        "whether the product set of the ASID lists the endpoint",
        "ask for the list of endpoints (interactions) on the ASID",
    ),
    fact(
        "product-set.checked",
        Type::Text,
        "the endpoint that was looked for in the product set",
        "give the method and the whole URL of the request",
    ),
    fact(
        "product-set.environment",
        Type::OneOf(&["same", "other", "unstated"]),
        "whether the product set is of the environment that was called, as far as the file says so",
        PRODUCT_SET,
    ),
    fact(
        "product-set.form",
        Type::OneOf(crate::product_set::model::FORMS),
        "the form of the file with the product set",
        PRODUCT_SET,
    ),
    fact(
        "product-set.reason",
        Type::OneOf(crate::product_set::model::REASONS),
        "why the product set cannot tell",
        PRODUCT_SET,
    ),
    fact("product-set.says", Type::Text, "what the product set says of the endpoint, in a sentence", PRODUCT_SET),
    fact(
        "product-set.verdict",
        Type::OneOf(crate::product_set::model::VERDICTS),
        "what comes of the product set: the value of `product-set.endpoint`, or why there is none",
        PRODUCT_SET,
    ),
    fact(
        "redirect.credentials",
        Type::OneOf(&["dropped", "forwarded", "none"]),
        "what became of the Authorization field when a redirect was followed to this request",
        "copy all requests of the chain (`curl -v -L`)",
    ),
    fact(
        "redirect.from-host",
        Type::Text,
        "the host that redirected to this request",
        "copy all requests of the chain (`curl -v -L`)",
    ),
    fact(
        "redirect.other-host",
        Type::Flag,
        "whether the redirect led to another host",
        "copy all requests of the chain (`curl -v -L`)",
    ),
    fact("refusal.code", Type::List, "the error codes that the answer carries, in its body or its challenge", BODY),
    fact(
        "refusal.message",
        Type::List,
        "the words in which the answer says what is wrong: diagnostics, faultstring, error_description, display, challenge or plain text",
        BODY,
    ),
    fact(
        "request.body",
        Type::OneOf(&["none", "form", "json", "xml", "text"]),
        "what kind of body was sent",
        "copy the request with its body",
    ),
    fact(
        "request.content-type",
        Type::Text,
        "the media type of the request, in lower case and without parameters",
        HEAD,
    ),
    fact(
        "request.extent",
        Type::OneOf(&["whole", "part", "withheld"]),
        "how much of the request's head the capture shows",
        HEAD,
    ),
    fact("request.field.*", Type::Text, "the value of a request field", HEAD),
    fact("request.field-count.*", Type::Number, "how often a request field was sent", HEAD),
    fact("request.field-shape.*", SHAPE, "what the value of a request field looks like", HEAD),
    fact("request.field-state.*", STATE, "whether a request field was sent", HEAD),
    fact("request.form.*", Type::Text, "the value of a form parameter of the request", TOKEN_REQUEST),
    fact("request.form-shape.*", SHAPE, "what the value of a form parameter looks like", TOKEN_REQUEST),
    fact("request.form-state.*", STATE, "whether a form parameter was sent", TOKEN_REQUEST),
    fact("request.host", Type::Text, "the host that was called, in lower case", "give the whole URL of the request"),
    fact("request.method", Type::Text, "the method of the request", "give the request line"),
    fact("request.path", Type::Text, "the path of the URL", "give the whole URL of the request"),
    fact("request.query.*", Type::Text, "the value of a query parameter", "give the whole URL of the request"),
    fact("request.query-state.*", STATE, "whether a query parameter was sent", "give the whole URL of the request"),
    fact(
        "request.scheme",
        Type::OneOf(&["http", "https"]),
        "the scheme of the URL",
        "give the whole URL of the request",
    ),
    fact(
        "response.body",
        Type::OneOf(&["empty", "operation-outcome", "fault", "oauth-error", "json", "html", "text"]),
        "what kind of body came back",
        BODY,
    ),
    fact("response.date", Type::Number, "the server's clock when it answered, in seconds since 1970", ANSWER),
    fact("response.detail-code", Type::List, "details.coding.code of the OperationOutcome", BODY),
    fact("response.detail-display", Type::List, "details.coding.display of the OperationOutcome", BODY),
    fact("response.detail-system", Type::List, "details.coding.system of the OperationOutcome", BODY),
    fact("response.diagnostics", Type::List, "diagnostics of the OperationOutcome", BODY),
    fact("response.error", Type::Text, "error of the OAuth error body (RFC 6749, section 5.2)", BODY),
    fact("response.error-description", Type::Text, "error_description of the OAuth error body", BODY),
    fact("response.fault-code", Type::Text, "errorcode of the gateway's fault body", BODY),
    fact("response.fault-string", Type::Text, "faultstring of the gateway's fault body", BODY),
    fact("response.field.*", Type::Text, "the value of a field of the answer", ANSWER),
    fact("response.field-state.*", STATE, "whether the answer has this field", ANSWER),
    fact("response.issue-code", Type::List, "issue.code of the OperationOutcome", BODY),
    fact("response.reason", Type::Text, "the reason phrase of the answer", ANSWER),
    fact(
        "response.request-id-from-server",
        Type::Flag,
        "whether the answer carries an X-Request-ID that the client did not send: made by the back end, so the gateway let the request through",
        ANSWER,
    ),
    fact("response.seen", Type::Flag, "whether the capture shows any part of an answer", ANSWER),
    fact(
        "response.status",
        Type::Number,
        "the status code of the answer",
        "give the status code of the answer (or use --status)",
    ),
    fact("subject-token.claim.*", Type::Text, "a claim of the subject token, as text", TOKEN_REQUEST),
    fact("subject-token.claim-state.*", STATE, "whether the subject token has this claim", TOKEN_REQUEST),
    fact(
        "subject-token.expires-in",
        Type::Number,
        "seconds from the request to `exp` of the subject token",
        "give the time of the request with its time zone (or use --now)",
    ),
    fact(
        "subject-token.form",
        Type::OneOf(&["jwt", "cut", "not-jwt", "redacted"]),
        "whether the subject token can be decoded",
        TOKEN_REQUEST,
    ),
    fact("subject-token.header.*", Type::Text, "a member of the header of the subject token, as text", TOKEN_REQUEST),
    fact(
        "subject-token.header-state.*",
        STATE,
        "whether the header of the subject token has this member",
        TOKEN_REQUEST,
    ),
    fact(
        "token.accepted-elsewhere",
        Type::Flag,
        "whether the same token was accepted in another request of the capture",
        "try the same token on an endpoint that worked before",
    ),
    fact(
        "token.age",
        Type::Number,
        "seconds from the issue of the token to the request",
        "compare the time of the token request with the time of the refused one",
    ),
    fact(
        "token.issuer-environment",
        Type::Text,
        "the environment whose token endpoint issued this token, where the capture shows it",
        "see which token endpoint issued the token",
    ),
    fact(
        "token.issued-for-other-environment",
        Type::Flag,
        "whether the token was issued by the token endpoint of another environment than the one called",
        "see which token endpoint issued the token",
    ),
    fact(
        "token.outlived",
        Type::Flag,
        "whether the token was used after its lifetime had passed",
        "compare the time of the token request with the time of the refused one",
    ),
    fact(
        "token.refused-elsewhere",
        Type::Flag,
        "whether the same token was refused in another request of the capture",
        "try the same token on another endpoint",
    ),
    fact(
        "user.assurance-level",
        Type::Number,
        "the level at which the user signed in (authentication assurance level), from an ID token of the capture",
        "see authentication_assurance_level in the user's ID token",
    ),
    fact(
        "user.identity-level",
        Type::Number,
        "the level to which the user's identity was verified, from an ID token of the capture",
        "see id_assurance_level in the user's ID token",
    ),
];

/// Facts by name, and the families by their prefix.
struct Index {
    exact: HashMap<&'static str, &'static FactInfo>,
    families: Vec<(&'static str, &'static FactInfo)>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let exact = FACTS.iter().filter(|f| !f.name.ends_with('*')).map(|f| (f.name, f)).collect();
    let families = FACTS.iter().filter_map(|f| f.name.strip_suffix('*').map(|prefix| (prefix, f))).collect();
    Index { exact, families }
});

/// Finds a fact by the name used in a rule file; gives the entry and, for a family, what stands for the star.
#[must_use]
pub fn find(name: &str) -> Option<(&'static FactInfo, Option<&str>)> {
    if let Some(info) = INDEX.exact.get(name) {
        return Some((info, None));
    }
    INDEX.families.iter().find_map(|(prefix, info)| {
        let rest = name.strip_prefix(prefix)?;
        (!rest.is_empty()).then_some((*info, Some(rest)))
    })
}

/// Whether a name is the beginning of longer ones (`authorization` of `authorization.scheme`).
#[must_use]
pub fn is_prefix(name: &str) -> bool {
    FACTS.iter().any(|f| f.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

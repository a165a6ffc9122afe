//! How to get a fact that a capture does not show, where several facts share the instruction.

pub(super) const HEAD: &str =
    "copy the request as it left the client, with all of its header fields (`curl -v`, or the client's wire log)";
pub(super) const AUTH: &str =
    "copy the Authorization line as it was sent; the token itself may be replaced, the rest must stay";
pub(super) const ANSWER: &str = "copy the whole answer: status line, header fields and body";
pub(super) const BODY: &str = "copy the body of the answer (and its WWW-Authenticate field)";
pub(super) const TIME: &str = "give the time of the request with its time zone (or use --now)";
pub(super) const TOKEN_REQUEST: &str = "copy the request to the token endpoint with its form parameters";
pub(super) const ASSERTION: &str = "copy the header and the payload of the signed JWT (the signature may be cut off)";
pub(super) const PRODUCT_SET: &str = "give the product set of the ASID with --product-set: a list of its endpoints, or its record in the Spine Directory Service";
pub(super) const SUPPORT: &str = "look it up in the developer portal, or ask the team that set the application up";
pub(super) const URL: &str = "give the whole URL of the request";
pub(super) const METHOD_AND_URL: &str = "give the method and the whole URL of the request";
pub(super) const PAGE: &str = "see the endpoint's page in the API catalogue";
pub(super) const CHAIN: &str = "copy all requests of the chain (`curl -v -L`)";
pub(super) const NAMED: &str = "say which endpoint was meant to be called";

//! Two captures side by side.

use super::pathway::Outcome;

/// What differs between two captures, and what does not.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The request that worked, as far as its capture shows.
    pub working: ComparedRequest,
    /// The request that failed.
    pub failing: ComparedRequest,
    /// The facts that differ, in the order of the checkpoints.
    pub differences: Vec<Difference>,
    /// The facts that are the same in both.
    pub same: Vec<SharedFact>,
    /// Why the comparison may show less than it seems to.
    pub cautions: Vec<String>,
}

/// One of the two requests.
#[derive(Clone, Debug)]
pub struct ComparedRequest {
    /// Method and URL, with credentials masked.
    pub request: String,
    /// The status of the response.
    pub status: Option<u16>,
    /// How the exchange ended.
    pub outcome: Outcome,
    /// The number of requests in the capture; only one of them is compared.
    pub exchanges: usize,
}

/// A fact that differs between the two requests.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The name of the fact (`authorization.scheme`).
    pub fact: String,
    /// The fact in words.
    pub says: String,
    /// Its value in the request that worked.
    pub working: String,
    /// Its value in the request that failed.
    pub failing: String,
    /// The title of the first checkpoint that looks at it.
    pub checkpoint: Option<String>,
    /// The causes that this fact supports for the failing request: id and title.
    pub causes: Vec<(String, String)>,
}

/// A fact that is the same in both requests.
#[derive(Clone, Debug)]
pub struct SharedFact {
    /// The name of the fact.
    pub fact: String,
    /// The fact in words.
    pub says: String,
    /// Its value.
    pub value: String,
}

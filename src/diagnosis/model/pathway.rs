//! How far the request got.

use crate::pack::model::Certainty;
use crate::text::Span;

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The status is 400 or above.
    Refused,
    /// The status is below 400, or the body is a successful token response.
    Accepted,
    /// The capture shows no response, so the request alone is checked.
    NoAnswer,
    /// A response is shown, but not its status.
    Unclear,
}

/// The checkpoints of a gateway, and what happened at each.
#[derive(Clone, Debug)]
pub struct PathwayView {
    /// The name of the gateway, with its article ("the e-RS gateway").
    pub title: String,
    /// The checkpoints in the order in which the gateway runs them.
    pub checkpoints: Vec<CheckpointView>,
}

/// One checkpoint of a gateway.
#[derive(Clone, Debug)]
pub struct CheckpointView {
    /// Its id, which causes refer to (`access-token`).
    pub id: String,
    /// The name to print ("Access token").
    pub title: String,
    /// What happened there.
    pub state: CheckpointState,
}

/// What happened at a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckpointState {
    /// The request passed it.
    Passed,
    /// It refused the request.
    Stopped,
    /// It may have refused the request: it can answer with this status.
    Possible,
    /// The request did not get this far, or the checkpoint does not answer with this status.
    NotReached,
    /// Nothing is known.
    Unknown,
}

/// A known answer that the response was recognised as.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// The id of the answer in the rule files.
    pub id: String,
    /// The id of the checkpoint that gives it.
    pub checkpoint: String,
    /// What it means.
    pub says: String,
    /// Whether that meaning is documented or inferred.
    pub certainty: Certainty,
    /// The parts of the input that it was recognised by.
    pub spans: Vec<Span>,
}

//! The types of a diagnosis, ready for any report. Every text in them is already safe to print: credentials are
//! replaced, NHS numbers are masked and control characters are visible. Every location is a span of the input.

mod cause;
mod comparison;
mod correction;
mod mentions;
mod pathway;
mod product_set;
mod request;
mod thread;

pub use cause::{CauseView, Evidence, Need, Question, RuledOut, Undecided};
pub use comparison::{ComparedRequest, Comparison, Difference, SharedFact};
pub use correction::{Correction, CorrectionLine, CorrectionMark};
pub use mentions::MentionList;
pub(crate) use mentions::SharedMentions;
pub use pathway::{AnswerView, CheckpointState, CheckpointView, Outcome, PathwayView};
pub use product_set::{Advice, EndpointListing, MailDraft, ProductSetView, SetOf};
pub use request::{EndpointView, FieldView, MentionView, RequestView, ResponseView, Support};
pub use thread::{EarlierView, PostView, SuspicionView, ThreadView};

pub use crate::pack::model::Verdict;

use std::sync::Arc;

use crate::capture::model::{Extent, Format, Note};
use crate::redact::Redactor;
use crate::text::{Lines, Span};

/// The diagnosis of one input.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The input, with secrets masked. Reports quote the input only through this.
    pub paste: Redactor,
    /// Converts offsets in the input to line numbers.
    pub lines: Lines,
    /// One diagnosis per exchange, in the order of the input.
    pub exchanges: Vec<ExchangeDiagnosis>,
    /// The exchange to read first, as an index into `exchanges`: the refused one with the strongest cause. `None` when
    /// the input has no exchange.
    pub first: Option<usize>,
    /// What could not be read, and options that had no effect.
    pub notes: Vec<Note>,
    /// Who wrote what. `None` when the input is a single post.
    pub thread: Option<ThreadView>,
}

/// The diagnosis of one exchange.
#[derive(Clone, Debug)]
pub struct ExchangeDiagnosis {
    /// The part of the input that the exchange was read from.
    pub at: Span,
    /// The capture format it was read from.
    pub format: Format,
    /// How the exchange ended.
    pub outcome: Outcome,
    /// The exchange of a later post that replaces this one, as an index into [`Diagnosis::exchanges`]. A replaced exchange
    /// has no causes.
    pub superseded_by: Option<usize>,
    /// The request.
    pub request: RequestView,
    /// The response; `None` when the input shows none.
    pub response: Option<ResponseView>,
    /// Labelled values of the exchange and from the text around it.
    pub mentions: MentionList,
    /// Where the request was sent.
    pub endpoint: EndpointView,
    /// The checkpoints the request goes through; `None` when no pathway fits.
    pub pathway: Option<PathwayView>,
    /// The known answer that the response was recognised as.
    pub answer: Option<AnswerView>,
    /// Confirmed, likely and possible causes, best first.
    pub causes: Vec<CauseView>,
    /// Defects at checkpoints that this request has not reached, in the order of the checkpoints.
    pub next: Vec<CauseView>,
    /// Causes that are ruled out, each with its reason.
    pub ruled_out: Vec<RuledOut>,
    /// Causes that a missing fact would decide.
    pub undecided: Arc<[Undecided]>,
    /// What to find out next, the most useful question first.
    pub questions: Arc<[Question]>,
    /// The request with the fixes applied; `None` when no fix changes it.
    pub correction: Option<Correction>,
    /// The details that support will ask for.
    pub support: Support,
    /// What the product set of the ASID says, or how to get one where it may matter.
    pub product_set: Option<ProductSetView>,
    /// The email to the product-set team, when one was asked for.
    pub draft: Option<MailDraft>,
}

impl ExchangeDiagnosis {
    /// An exchange about which nothing is said but how it ended.
    pub(crate) fn unjudged(at: Span, format: Format, outcome: Outcome, extent: Extent) -> Self {
        Self {
            at,
            format,
            outcome,
            superseded_by: None,
            request: RequestView { method: None, url: None, fields: Vec::new(), extent },
            response: None,
            mentions: MentionList::default(),
            endpoint: EndpointView::default(),
            pathway: None,
            answer: None,
            causes: Vec::new(),
            next: Vec::new(),
            ruled_out: Vec::new(),
            undecided: Arc::default(),
            questions: Arc::default(),
            correction: None,
            support: Support::default(),
            product_set: None,
            draft: None,
        }
    }
}

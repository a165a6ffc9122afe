//! What a diagnosis says, ready for any report: every text in it is already safe to print (credentials replaced,
//! NHS numbers masked, control characters made visible), every place is a span of the paste.

use crate::capture::model::{Extent, Format, Note, Role};
use crate::pack::model::Certainty;
use crate::redact::Redactor;
use crate::text::{Lines, Span};

/// The answer to one paste.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The paste with what must not be shown covered; reports quote it through this only.
    pub paste: Redactor,
    /// Line numbers of the paste.
    pub lines: Lines,
    /// One diagnosis for each exchange, in the order of the paste.
    pub exchanges: Vec<ExchangeDiagnosis>,
    /// The exchange to read first (an index of `exchanges`): the refused one with the strongest cause.
    pub first: Option<usize>,
    /// What could not be read.
    pub notes: Vec<Note>,
    /// Who says what, where the paste is a thread of several posts.
    pub thread: Option<ThreadView>,
}

/// A thread of several posts, and what of it does not count.
#[derive(Clone, Debug, Default)]
pub struct ThreadView {
    /// The posts, oldest first: who speaks, and where the post begins.
    pub posts: Vec<PostView>,
    /// Whether times say in which order they were written; else the form of the text does.
    pub order_is_known: bool,
    /// Where the last post of the asker says that it works now.
    pub solved: Option<Span>,
    /// What was said and is said otherwise in a later post.
    pub earlier: Vec<EarlierView>,
    /// What others suspect.
    pub suspected: Vec<SuspicionView>,
}

/// A post of a thread.
#[derive(Clone, Debug)]
pub struct PostView {
    /// Who speaks.
    pub role: Role,
    /// Its first stretch.
    pub span: Span,
}

/// A value that a later post says otherwise.
#[derive(Clone, Debug)]
pub struct EarlierView {
    /// What it is ("ASID").
    pub title: String,
    /// The value that no longer counts.
    pub value: String,
    /// Where it stands.
    pub span: Span,
    /// The value that counts.
    pub now: String,
    /// Where that stands.
    pub now_span: Span,
}

/// What somebody who answers a ticket suspects. It is no evidence.
#[derive(Clone, Debug)]
pub struct SuspicionView {
    /// The words.
    pub words: String,
    /// Where they stand.
    pub span: Span,
    /// The causes that they are about, with what the facts say of each: id, title and verdict.
    pub causes: Vec<(String, String, Verdict)>,
}

/// The answer to one exchange.
#[derive(Clone, Debug)]
pub struct ExchangeDiagnosis {
    /// The stretch of the paste that it takes up.
    pub at: Span,
    /// The form it was read from.
    pub format: Format,
    /// How it ended.
    pub outcome: Outcome,
    /// The exchange of a later post (an index of [`Diagnosis::exchanges`]) that counts instead. Then nothing more is
    /// said of this one.
    pub superseded_by: Option<usize>,
    /// What was sent.
    pub request: RequestView,
    /// What came back.
    pub response: Option<ResponseView>,
    /// What the text says beside it.
    pub mentions: Vec<MentionView>,
    /// Where the request went.
    pub endpoint: EndpointView,
    /// The title of the pathway ("the e-RS gateway") and its checkpoints in order.
    pub pathway: Option<PathwayView>,
    /// The known answer that was recognised.
    pub answer: Option<AnswerView>,
    /// Causes, best first: confirmed, likely, possible.
    pub causes: Vec<CauseView>,
    /// Defects at checkpoints that this request has not reached, in the order in which they would be met.
    pub next: Vec<CauseView>,
    /// Causes that are ruled out, and by what.
    pub ruled_out: Vec<RuledOut>,
    /// Causes about which a named fact would decide.
    pub undecided: Vec<Undecided>,
    /// The facts to find out next, the most telling first.
    pub questions: Vec<Question>,
    /// The request as it should have been.
    pub correction: Option<Correction>,
    /// What support will ask for.
    pub support: Support,
    /// What the product set of the ASID says, or how to get one where it is in question.
    pub product_set: Option<ProductSetView>,
    /// The mail to those who keep the product sets, where one was asked for.
    pub draft: Option<Draft>,
}

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A status of 400 or more.
    Refused,
    /// A status below 400.
    Accepted,
    /// The capture shows no answer: the request is checked as it stands.
    NoAnswer,
    /// An answer is shown without its status.
    Unclear,
}

/// What was sent, as it may be shown.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// The method as written.
    pub method: Option<String>,
    /// The URL; put together from target and Host where the capture has them apart.
    pub url: Option<String>,
    /// The header fields in wire order.
    pub fields: Vec<FieldView>,
    /// How much of the head is shown.
    pub extent: Extent,
}

/// A header field, as it may be shown.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// The name as written.
    pub name: String,
    /// The value, credentials covered.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct ResponseView {
    /// The status code.
    pub status: Option<u16>,
    /// The reason phrase as written.
    pub reason: Option<String>,
    /// The words in which it says what is wrong.
    pub message: Option<String>,
    /// Where the status stands.
    pub span: Option<Span>,
}

/// Something that the text says beside the exchange.
#[derive(Clone, Debug)]
pub struct MentionView {
    /// Its kind by the packs' names (`app-id`).
    pub kind: String,
    /// Its title ("Application ID").
    pub title: String,
    /// Its value.
    pub value: String,
    /// Its place.
    pub span: Span,
}

/// Where the request went. All parts are the packs' own names.
#[derive(Clone, Debug, Default)]
pub struct EndpointView {
    /// The API (`e-referral-service`).
    pub api: Option<String>,
    /// Its title.
    pub api_title: Option<String>,
    /// The endpoint (`A042`).
    pub id: Option<String>,
    /// Its name ("Retrieve attachment").
    pub name: Option<String>,
    /// Its FHIR version.
    pub fhir: Option<String>,
    /// The environment (`int`).
    pub environment: Option<String>,
    /// Its title ("Integration").
    pub environment_title: Option<String>,
}

/// The checkpoints of the gateway and how far the request came.
#[derive(Clone, Debug)]
pub struct PathwayView {
    /// "the e-RS gateway".
    pub title: String,
    /// Its checkpoints in order.
    pub checkpoints: Vec<CheckpointView>,
}

/// One checkpoint.
#[derive(Clone, Debug)]
pub struct CheckpointView {
    /// Its id (`access-token`).
    pub id: String,
    /// Its title.
    pub title: String,
    /// What happened there.
    pub state: CheckpointState,
}

/// What happened at a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointState {
    /// The request came past it.
    Passed,
    /// It gave the answer.
    Stopped,
    /// It may have given the answer: its kind of status fits.
    Possible,
    /// The request did not come so far, or it does not answer with this status.
    NotReached,
    /// Nothing is known.
    Unknown,
}

/// A known answer that was recognised.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// Its id.
    pub id: String,
    /// The checkpoint that gives it.
    pub checkpoint: String,
    /// What it means.
    pub says: String,
    /// How sure that is.
    pub certainty: Certainty,
    /// By what it was recognised.
    pub spans: Vec<Span>,
}

/// How sure a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The gateway named it, or the request cannot work as it stands.
    Confirmed,
    /// Strong signs.
    Likely,
    /// Some signs.
    Possible,
    /// A defect at a checkpoint that was not reached.
    Next,
    /// A named fact would decide.
    Undecided,
    /// Excluded, with a reason.
    RuledOut,
    /// Nothing speaks for it and nothing is missing.
    Silent,
}

impl Verdict {
    /// Its name in JSON, rule files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::Next => "next",
            Self::Undecided => "undecided",
            Self::RuledOut => "ruled-out",
            Self::Silent => "silent",
        }
    }

    /// All of them, best first.
    pub const ALL: [Self; 7] =
        [Self::Confirmed, Self::Likely, Self::Possible, Self::Next, Self::Undecided, Self::RuledOut, Self::Silent];
}

/// A cause and what speaks for it.
#[derive(Clone, Debug)]
pub struct CauseView {
    /// Its id.
    pub id: String,
    /// How sure it is.
    pub verdict: Verdict,
    /// From 0 to 1; orders causes of the same verdict.
    pub score: f64,
    /// What is wrong.
    pub title: String,
    /// The checkpoint that refuses it.
    pub checkpoint: String,
    /// What speaks for it; the first item is the one to underline.
    pub evidence: Vec<Evidence>,
    /// What the server does with it, and how sure that is.
    pub about: String,
    /// What to do.
    pub fix: String,
    /// Where the knowledge comes from.
    pub references: Vec<String>,
    /// How sure the knowledge is.
    pub certainty: Certainty,
}

/// A reason, with the characters that show it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The reason.
    pub says: String,
    /// The characters; none where the reason is that something is not there.
    pub span: Option<Span>,
    /// Further characters that it rests on.
    pub also: Vec<Span>,
}

/// A cause that is ruled out.
#[derive(Clone, Debug)]
pub struct RuledOut {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it cannot be.
    pub because: String,
    /// The characters that show it.
    pub span: Option<Span>,
}

/// A cause about which a fact is missing.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The facts that would decide.
    pub needs: Vec<Need>,
}

/// A missing fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its name.
    pub fact: String,
    /// What it is.
    pub says: String,
    /// How to get it.
    pub how: String,
}

/// A question to ask next.
#[derive(Clone, Debug)]
pub struct Question {
    /// How to answer it (an instruction).
    pub how: String,
    /// The facts that it gives.
    pub facts: Vec<String>,
    /// The causes that it would decide: id and title.
    pub decides: Vec<(String, String)>,
}

/// The request as it should have been, line by line.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Its lines.
    pub lines: Vec<CorrectionLine>,
}

/// A line of the corrected request.
#[derive(Clone, Debug)]
pub struct CorrectionLine {
    /// What happens to it.
    pub mark: CorrectionMark,
    /// The line.
    pub text: String,
}

/// What happens to a line of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionMark {
    /// It stays.
    Keep,
    /// It goes.
    Remove,
    /// It is new.
    Add,
}

/// What support will ask for: what the ticket has of it and what it lacks.
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// Title and value.
    pub has: Vec<(String, String)>,
    /// Title and how to get it.
    pub lacks: Vec<(String, String)>,
}

/// What the product set of the ASID says of the endpoint.
#[derive(Clone, Debug)]
pub struct ProductSetView {
    /// One of [`VERDICTS`](crate::product_set::model::VERDICTS).
    pub verdict: &'static str,
    /// Why it cannot tell: one of [`REASONS`](crate::product_set::model::REASONS).
    pub reason: Option<&'static str>,
    /// The form of the file: one of [`FORMS`](crate::product_set::model::FORMS); none without a file.
    pub form: Option<&'static str>,
    /// The same in words.
    pub form_words: Option<&'static str>,
    /// The endpoint that was looked for.
    pub endpoint: Option<String>,
    /// What it says, in a sentence; empty without a file.
    pub says: String,
    /// Whose product set it is.
    pub of: SetOf,
    /// The endpoints listed, with their names.
    pub listed: Vec<String>,
    /// The API's interactions.
    pub interactions: Vec<String>,
    /// What comes out for each endpoint that was called or is named.
    pub endpoints: Vec<EndpointListing>,
    /// The ASIDs of the file, where none was picked, and what each would say.
    pub others: Vec<(String, &'static str)>,
    /// What is odd about it.
    pub notes: Vec<String>,
    /// Whom to ask for what.
    pub ask: Vec<Advice>,
    /// How to get a product set.
    pub get: Vec<Advice>,
    /// What to bear in mind.
    pub cautions: Vec<Advice>,
}

/// A sentence, and the command that goes with it.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The sentence.
    pub says: String,
    /// The command, in one line.
    pub command: Option<String>,
}

/// Whose product set it is.
#[derive(Clone, Debug, Default)]
pub struct SetOf {
    /// The ASID.
    pub asid: Option<String>,
    /// The party key.
    pub party_key: Option<String>,
    /// The organisation's ODS code.
    pub ods: Option<String>,
    /// The environment, as the file names it.
    pub environment: Option<String>,
    /// The manufacturer's ODS code.
    pub manufacturer: Option<String>,
    /// The product's name.
    pub product: Option<String>,
    /// The product's version.
    pub version: Option<String>,
    /// The access mode, as the file names it.
    pub access_mode: Option<String>,
}

/// What comes out for an endpoint.
#[derive(Clone, Debug)]
pub struct EndpointListing {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// One of [`VERDICTS`](crate::product_set::model::VERDICTS).
    pub verdict: &'static str,
}

/// A mail, for the sender to complete.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its first paragraph.
    pub opening: String,
    /// Title and value; a gap in brackets where the ticket has none.
    pub lines: Vec<(String, String)>,
    /// Its last paragraph.
    pub closing: String,
}

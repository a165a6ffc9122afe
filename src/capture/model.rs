//! What a paste contains, before its meaning is considered.

use std::collections::HashSet;

use crate::facts::{CredentialsSource, SetupFault};
use crate::text::{Span, Text};

/// All that was read from a paste.
#[derive(Clone, Debug, Default)]
pub struct Capture {
    /// Requests with their answers, in the order of the paste.
    pub exchanges: Vec<Exchange>,
    /// Labelled values in the text around the exchanges: ids, times.
    pub mentions: Vec<Mention>,
    /// The topics that the text touches on.
    pub topics: Vec<Topic>,
    /// Trouble met while reading: what could not be understood, and where.
    pub notes: Vec<Note>,
    /// What the client's own code, configuration and shell show about the credentials.
    pub(crate) setup: Setup,
    /// Who says what, where the paste is a thread of several posts. The exchanges are then in the order of the posts.
    pub thread: Option<Thread>,
}

/// Several posts in one paste.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// The posts, oldest first.
    pub posts: Vec<Post>,
    /// Whether the times of the posts say which is the oldest; else the form of the paste does.
    pub order_is_known: bool,
    /// Exchanges that a later post corrects or shows again, each with the one that counts instead.
    pub superseded: Vec<(usize, usize)>,
    /// What earlier posts mention and a later one says otherwise.
    pub earlier: Vec<Mention>,
    /// The topics that only people other than the asker bring up: they show what those people suspect.
    pub suspected: Vec<Topic>,
    /// The stretches of the paste in order, each with its post.
    pub(crate) parts: Vec<(Span, usize)>,
    /// The heads of all posts but the oldest: a subject is repeated from post to post and adds nothing.
    pub(crate) heads: Vec<Span>,
}

/// A post of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Who speaks.
    pub role: Role,
    /// Whether it quotes words in a sentence, as people do with an answer.
    pub(crate) quotes_words: bool,
    /// Whether another person reports a problem of their own.
    pub is_own_story: bool,
    /// The stretches of the paste that it takes up: replies may be between the lines of a quoted one.
    pub parts: Vec<Span>,
}

/// Who speaks in a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who wrote the oldest post, or no one is known to be another person.
    Asker,
    /// One of a team that answers tickets.
    Staff,
    /// Somebody else.
    Other,
}

impl Role {
    /// Its name in reports and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asker => "asker",
            Self::Staff => "support",
            Self::Other => "other",
        }
    }
}

/// A request and, where it was captured, its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The form it was read from.
    pub format: Format,
    /// What was sent. Every part of it may be unseen.
    pub request: Request,
    /// What came back, if the capture shows anything of it.
    pub response: Option<Response>,
    /// When it was sent, as written.
    pub sent_at: Option<Text>,
    /// Parts of the request that a shell or a program replaced with other text before it was sent: `$TOKEN`.
    pub expanded: Vec<Text>,
    /// Credentials that are in no message: the password of a key file, of a proxy, of a cookie jar. They are only masked.
    pub secrets: Vec<Text>,
    /// The decoded token of the request, where the text shows that instead of the token.
    pub decoded_jwt: DecodedJwt,
    /// What the client's own print of the request shows beside code that makes it.
    pub(crate) print: Print,
    /// The stretch of the paste that it takes up.
    pub at: Span,
}

/// What a client's own print of a request tells besides the fields in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Print {
    /// Whether its end is marked, so that it lists all fields that the client had at that moment. Others may be added
    /// later: it is not the whole head.
    pub(crate) is_listed: bool,
    /// The names of the fields that code sets and that the print does not have.
    pub(crate) only_in_code: Vec<Span>,
}

impl Exchange {
    /// An exchange of which nothing is known but where it is.
    pub(crate) fn unseen(format: Format, at: Span) -> Self {
        Self {
            format,
            request: Request::default(),
            response: None,
            sent_at: None,
            expanded: Vec::new(),
            secrets: Vec::new(),
            decoded_jwt: DecodedJwt::default(),
            print: Print::default(),
            at,
        }
    }
}

/// The parts of a JWT that the text shows decoded, as JSON.
#[derive(Clone, Debug, Default)]
pub struct DecodedJwt {
    /// Its header, `{"alg": …}`.
    pub header: Option<Text>,
    /// Its claims.
    pub payload: Option<Text>,
}

impl DecodedJwt {
    /// Whether the text shows neither part.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_none() && self.payload.is_none()
    }
}

/// The form in which an exchange was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Lines of a ticket: labels, header lines, prose.
    Ticket,
    /// A raw HTTP message.
    Raw,
    /// A command line (curl and its like).
    Command,
    /// What `curl -v` prints.
    Verbose,
    /// An HTTP Archive.
    Har,
    /// A JSON document of another tool (Postman, axios, a log).
    Json,
    /// Source code.
    Code,
}

impl Format {
    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Raw => "raw HTTP",
            Self::Command => "command line",
            Self::Verbose => "curl -v",
            Self::Har => "HAR",
            Self::Json => "JSON",
            Self::Code => "source code",
        }
    }
}

/// How much of a message the capture shows. Only a whole message makes a field *absent*; otherwise it is *unseen*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The whole head.
    Whole,
    /// Some lines of it.
    Part,
    /// The whole head but for these fields (names in lower case), which the tool leaves out or adds by itself.
    Withheld(Vec<String>),
}

/// What was sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method as written.
    pub method: Option<Text>,
    /// The URL or request target as written.
    pub url: Option<Text>,
    /// The header fields in wire order, names and values as written.
    pub fields: Vec<Field>,
    /// The body.
    pub body: Body,
    /// How much of the head is shown.
    pub extent: Extent,
}

impl Default for Request {
    fn default() -> Self {
        Self { method: None, url: None, fields: Vec::new(), body: Body::Unseen, extent: Extent::Part }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code, with its place.
    pub status: Option<Status>,
    /// The reason phrase.
    pub reason: Option<Text>,
    /// The header fields in wire order.
    pub fields: Vec<Field>,
    /// The body.
    pub body: Body,
    /// How much of the head is shown.
    pub extent: Extent,
}

impl Default for Response {
    fn default() -> Self {
        Self { status: None, reason: None, fields: Vec::new(), body: Body::Unseen, extent: Extent::Part }
    }
}

/// A status code and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The number.
    pub code: u16,
    /// Its place.
    pub span: Span,
}

/// A header field as written.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub name: Text,
    /// The value, without white space at its ends. May be blank.
    pub value: Text,
}

impl Field {
    /// Whether it is the field of this name (names compare without regard to case: RFC 9110, section 5.1).
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.as_str().eq_ignore_ascii_case(name)
    }
}

/// The names of those fields whose name none of the others has. A head may have thousands.
pub(crate) fn not_among<'f>(
    fields: impl IntoIterator<Item = &'f Field>,
    others: impl IntoIterator<Item = &'f Field>,
) -> Vec<Span> {
    let folded = |f: &Field| f.name.as_str().to_ascii_lowercase();
    let others: HashSet<String> = others.into_iter().map(folded).collect();
    fields.into_iter().filter(|f| !others.contains(&folded(f))).map(|f| f.name.span()).collect()
}

/// The content of a message, as far as it is captured.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing is known of it.
    Unseen,
    /// Known to be empty; the span shows by what.
    Empty(Span),
    /// Its text.
    Text(Text),
    /// Form parameters that a tool or a program shows one by one, in order.
    Form(Vec<(Text, Text)>),
    /// Members of an error document, quoted without the document: `error_description="…"`. What else the document holds
    /// is unknown. Each has its name in the document (`error`, `error_description`, `faultstring`, `errorcode` or
    /// `diagnostics`) and its value; the one that says most comes first, and no name comes twice.
    ErrorMembers(Vec<(&'static str, Text)>),
}

impl Body {
    /// The text of the body, if that is how it was captured.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_unseen(&self) -> bool {
        matches!(self, Self::Unseen)
    }
}

/// A labelled value in the text beside the exchange: an ASID, an application id, a time.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it is, by the name that the packs give it (`asid`, `app-id`, …).
    pub kind: String,
    /// Its value as written.
    pub value: Text,
}

/// What code, configuration and shell show about the credentials that a client sends. Places are those of the paste.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    /// What is wrong with them.
    pub(crate) faults: Vec<(SetupFault, Span)>,
    /// Which kinds of them are set.
    pub(crate) kinds: Vec<(CredentialsSource, Span)>,
}

/// A topic that the text touches on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The name that the packs give it.
    pub id: String,
    /// The words of the paste that name it.
    pub span: Span,
}

/// Trouble met while reading.
#[derive(Clone, Debug)]
pub struct Note {
    /// What could not be read, and what was done instead. Holds no text of the paste.
    pub says: String,
    /// Where.
    pub span: Span,
}

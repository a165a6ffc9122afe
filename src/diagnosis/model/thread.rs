//! A thread of several posts, and which parts of it no longer count.

use crate::capture::model::Role;
use crate::pack::model::Verdict;
use crate::text::Span;

/// A thread of several posts.
#[derive(Clone, Debug, Default)]
pub struct ThreadView {
    /// The posts, oldest first.
    pub posts: Vec<PostView>,
    /// Whether the posts carry times that give their order. If false, the order is that of the text format.
    pub order_is_known: bool,
    /// Where the asker's last post says that the request works now.
    pub solved: Option<Span>,
    /// Values that a later post corrects.
    pub earlier: Vec<EarlierView>,
    /// What other authors suspect.
    pub suspected: Vec<SuspicionView>,
}

/// A post of a thread. It holds no name: reports are made to be posted.
#[derive(Clone, Debug)]
pub struct PostView {
    /// The author's role.
    pub role: Role,
    /// The first part of the input that belongs to the post.
    pub span: Span,
}

/// A value that a later post corrects.
#[derive(Clone, Debug)]
pub struct EarlierView {
    /// What the value is ("ASID").
    pub title: String,
    /// The value that no longer counts.
    pub value: String,
    /// Where the old value is written.
    pub span: Span,
    /// The value that counts.
    pub now: String,
    /// Where the new value is written.
    pub now_span: Span,
}

/// What another author suspects. It is listed, but it is not evidence.
#[derive(Clone, Debug)]
pub struct SuspicionView {
    /// The author's words.
    pub words: String,
    /// Where they are written.
    pub span: Span,
    /// The causes they refer to (id and title), with the verdict that the evidence supports.
    pub causes: Vec<(String, String, Verdict)>,
}

//! A post while the paste is read.

use super::head::PostHead;
use crate::text::Span;

/// A post while the paste is read.
pub(super) struct PostDraft {
    pub(super) head: Option<PostHead>,
    /// The post that quotes it, or goes on after it.
    pub(super) parent: Option<usize>,
    /// How many marks of quoting its lines have.
    pub(super) depth: usize,
    pub(super) parts: Vec<Span>,
    /// The lines of its head.
    pub(super) head_span: Option<Span>,
    /// Whether it reports a similar problem of another person.
    pub(super) is_own_story: bool,
    /// Whether it quotes a person or a program.
    pub(super) quotes_words: bool,
    /// Who asks, where the head of a ticket says so: `Reporter: Jane Doe`.
    pub(super) asker: Option<Vec<String>>,
    /// Who answers: `Assignee: …`.
    pub(super) assignee: Option<Vec<String>>,
    pub(super) last_lines: Vec<String>,
}

impl PostDraft {
    pub(super) fn new(head: Option<PostHead>, parent: Option<usize>, depth: usize) -> Self {
        let (parts, last_lines) = (Vec::new(), Vec::new());
        Self {
            head,
            parent,
            depth,
            parts,
            head_span: None,
            is_own_story: false,
            quotes_words: false,
            asker: None,
            assignee: None,
            last_lines,
        }
    }
}

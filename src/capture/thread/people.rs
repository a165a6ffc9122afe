//! Who wrote a post: the names in heads and signatures.

use super::draft::PostDraft;
use super::head::{HeadKind, PostHead};
use crate::pack::model::Vocabulary;

/// The words of the author's name, sorted: from the head, the post that is gone on with, or the signature.
pub(super) fn author(drafts: &[PostDraft], at: usize) -> Vec<String> {
    let draft = &drafts[at];
    match (&draft.head, draft.parent) {
        (Some(head), Some(parent)) if head.kind == HeadKind::Edit && parent != at => author(drafts, parent),
        (Some(head), _) => name_words(&head.author),
        (None, _) => draft.last_lines.last().filter(|l| is_signature(l)).map_or(Vec::new(), |l| name_words(l)),
    }
}

/// Whether a line is a name and nothing else.
fn is_signature(line: &str) -> bool {
    let is_name =
        |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c));
    line.split_whitespace().count() <= 4 && line.split_whitespace().all(is_name)
}

pub(super) fn name_words(name: &str) -> Vec<String> {
    let bare = name.split(['<', '(', '[']).next().unwrap_or(name);
    let words = bare.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 1);
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether two names are of one person: one may be the shorter form of the other.
pub(super) fn same_person(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() { long.is_empty() } else { short.iter().all(|w| long.contains(w)) }
}

/// Whether the head or the signature names one of the teams that answer tickets.
pub(super) fn is_staff(drafts: &[PostDraft], at: usize, vocabulary: &Vocabulary) -> bool {
    let draft = &drafts[at];
    if let (Some(PostHead { kind: HeadKind::Edit, .. }), Some(parent)) = (&draft.head, draft.parent) {
        return is_staff(drafts, parent, vocabulary);
    }
    let names = |line: &str| {
        let words =
            line.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect::<Vec<_>>();
        let line = format!(" {} ", words.join(" ").to_lowercase());
        vocabulary.staff.iter().any(|s| line.contains(&format!(" {s} ")))
    };
    let signature = draft.last_lines.iter().filter(|l| l.chars().count() <= 60 && !l.ends_with(['.', '?', ':', ',']));
    draft.head.as_ref().is_some_and(|h| names(&h.author)) || signature.map(String::as_str).any(names)
}

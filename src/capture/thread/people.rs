//! Who wrote a post: the names in heads and signatures.

use super::draft::PostDraft;
use super::head::HeadKind;
use crate::pack::model::Vocabulary;

/// The post that this one continues, by the same author: `Edit:`.
pub(super) fn gone_on_with(draft: &PostDraft) -> Option<usize> {
    draft.parent.filter(|_| draft.head.as_ref().is_some_and(|head| head.kind == HeadKind::Edit))
}

/// The words of the author's name, sorted: from the head, or the signature.
pub(super) fn author(draft: &PostDraft) -> Vec<String> {
    match &draft.head {
        Some(head) => name_words(&head.author),
        None => draft.last_lines.last().filter(|l| is_signature(l)).map_or(Vec::new(), |l| name_words(l)),
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
pub(super) fn is_staff(draft: &PostDraft, vocabulary: &Vocabulary) -> bool {
    let names = |line: &str| {
        let words =
            line.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect::<Vec<_>>();
        let line = format!(" {} ", words.join(" ").to_lowercase());
        vocabulary.staff.iter().any(|s| line.contains(&format!(" {s} ")))
    };
    let signature = draft.last_lines.iter().filter(|l| l.chars().count() <= 60 && !l.ends_with(['.', '?', ':', ',']));
    draft.head.as_ref().is_some_and(|h| names(&h.author)) || signature.map(String::as_str).any(names)
}

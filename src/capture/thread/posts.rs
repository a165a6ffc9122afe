//! Gives each line of a paste to a post, and says of each post who wrote it.

use super::draft::PostDraft;
use super::head::{HeadKind, PostHead};
use super::line::QuotedLine;
use super::people::{author, gone_on_with, is_staff, name_words, same_person};
use crate::capture::model::{Post, Role};
use crate::pack::model::Vocabulary;
use crate::text::Span;

/// How people begin who have the same problem, or think so.
const OWN_STORY: [&str; 10] = [
    "same here",
    "same issue",
    "same problem",
    "same error",
    "me too",
    "us too",
    "we too",
    "also seeing",
    "we also get",
    "in our case",
];

/// Gives each line to a post.
pub(super) fn drafts(lines: &[QuotedLine<'_>], heads: Vec<(usize, PostHead)>) -> Vec<PostDraft> {
    let mut drafts: Vec<PostDraft> = Vec::new();
    // The posts that are open, each with the depth of its lines: a quoted one, and who quotes it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut heads = heads.into_iter().peekable();
    let mut head_until = 0;
    for (i, line) in lines.iter().enumerate() {
        let is_blank = line.content.trim().is_empty();
        while !is_blank && open.len() > 1 && open.last().is_some_and(|(_, depth)| line.depth < *depth) {
            open.pop();
        }
        if !is_blank && let Some(again) = quoted_again(&drafts, open.last(), line.depth) {
            open.push((again, line.depth));
        }
        if let Some((_, head)) = heads.next_if(|(at, _)| *at == i) {
            head_until = i + head.lines;
            let behind = lines[i + head.lines.max(1).min(lines.len() - i)..].iter();
            let next = behind.clone().find(|l| !l.content.trim().is_empty());
            let parent = open.last().map(|(post, _)| *post);
            let depth = match (head.kind, next) {
                (HeadKind::Quote, Some(next)) if next.depth > line.depth => next.depth,
                _ => line.depth,
            };
            if head.kind != HeadKind::Quote || depth == line.depth {
                while open.last().is_some_and(|(_, d)| *d >= depth) {
                    open.pop();
                }
            }
            open.push((drafts.len(), depth));
            let end = lines[(i + head.lines).clamp(i + 1, lines.len()) - 1].at.end;
            let head_span = (head.lines > 0).then(|| Span::new(line.at.start, end));
            drafts.push(PostDraft { head_span, ..PostDraft::new(Some(head), parent, depth) });
        } else if open.is_empty() && !is_blank {
            open.push((drafts.len(), line.depth));
            drafts.push(PostDraft::new(None, None, line.depth));
        }
        let Some(draft) = open.last().and_then(|(post, _)| drafts.get_mut(*post)) else { continue };
        match draft.parts.last_mut() {
            // Consecutive lines make one part.
            Some(part) if lines.get(i.wrapping_sub(1)).is_some_and(|l| l.at.end == part.end) => part.end = line.at.end,
            _ => draft.parts.push(Span::new(line.at.start, line.at.end)),
        }
        if !is_blank && i >= head_until {
            let lower = line.content.to_lowercase();
            draft.is_own_story |= OWN_STORY.iter().any(|words| lower.contains(words));
            draft.quotes_words |= quotes_words(line.content);
            draft.asker = draft.asker.take().or_else(|| named_in(line.content, &ASKERS));
            draft.assignee = draft.assignee.take().or_else(|| named_in(line.content, &ASSIGNEES));
            draft.last_lines.push(line.content.trim().to_owned());
            if draft.last_lines.len() > 5 {
                draft.last_lines.remove(0);
            }
        }
    }
    // A head with nothing below it: the signature of a mail that was cut, a heading.
    keep(drafts)
}

const ASKERS: [&str; 8] =
    ["reporter", "requester", "requested by", "caller", "opened by", "raised by", "submitted by", "customer"];

const ASSIGNEES: [&str; 4] = ["assignee", "assigned to", "agent", "handled by"];

/// The name after one of these labels, in a line of the head of a ticket.
fn named_in(line: &str, labels: &[&str]) -> Option<Vec<String>> {
    let lower = line.to_ascii_lowercase();
    // One of several on a line: `Type: Bug   Reporter: Jane Doe`.
    let name = labels.iter().find_map(|label| {
        let at = lower.find(&format!("{label}:"))?;
        let begins = !lower[..at].ends_with(|c: char| c.is_alphanumeric());
        line.get(at + label.len() + 1..).filter(|_| begins)
    })?;
    let words = name_words(name.split(['|', '\t']).next()?.split("  ").find(|n| !n.trim().is_empty())?);
    (1..=4).contains(&words.len()).then_some(words)
}

/// Whether a line of prose has several words in quotation marks: `401 with "Access Token expired"`.
fn quotes_words(line: &str) -> bool {
    let inner = line.split(['"', '“', '”']).skip(1).step_by(2);
    !line.trim_start().starts_with(['{', '[', '"', '}']) && inner.into_iter().any(|q| q.len() >= 12 && q.contains(' '))
}

/// The quoted post that continues after an inline answer.
fn quoted_again(drafts: &[PostDraft], open: Option<&(usize, usize)>, depth: usize) -> Option<usize> {
    let (current, _) = open.filter(|(_, own)| depth > *own)?;
    // It is one of the last: a paste of many quotes must not be searched from its beginning for each line.
    let from = drafts.len().saturating_sub(64);
    drafts[from..].iter().rposition(|d| d.parent == Some(*current) && d.depth == depth).map(|at| from + at)
}

/// Drops empty posts; the posts that referred to them then refer to their parents.
fn keep(drafts: Vec<PostDraft>) -> Vec<PostDraft> {
    let mut kept: Vec<PostDraft> = Vec::new();
    let mut new_index: Vec<Option<usize>> = Vec::new();
    for mut draft in drafts {
        draft.parent = draft.parent.and_then(|p| new_index.get(p).copied().flatten());
        if draft.last_lines.is_empty() {
            new_index.push(draft.parent);
            continue;
        }
        new_index.push(Some(kept.len()));
        kept.push(draft);
    }
    kept
}

/// Puts the posts in the order in which they were written, and says who wrote each.
pub(super) fn posts(drafts: Vec<PostDraft>, order: Vec<usize>, vocabulary: &Vocabulary) -> Vec<Post> {
    let (mut names, mut staff): (Vec<Vec<String>>, Vec<bool>) = (Vec::new(), Vec::new());
    for draft in &drafts {
        // A post that continues another comes after it.
        let parent = gone_on_with(draft).filter(|parent| *parent < names.len());
        names.push(parent.map_or_else(|| author(draft), |parent| names[parent].clone()));
        staff.push(parent.map_or_else(|| is_staff(draft, vocabulary), |parent| staff[parent]));
    }
    // The text above the first comment is the head of a page, or the ticket itself, whose writer may write again.
    let named = drafts.first().filter(|d| d.head.is_none()).and_then(|d| d.asker.clone());
    let assignee = drafts.first().filter(|d| d.head.is_none()).and_then(|d| d.assignee.clone());
    let mut known = order.iter().filter(|at| !names[**at].is_empty());
    let only_one = known.clone().count() == order.len();
    let first = known.clone().next().filter(|_| only_one);
    let asker = known.find(|at| !staff[**at]).or(first);
    let asker = named.or_else(|| asker.map(|at| names[*at].clone())).unwrap_or_default();
    let mut posts = Vec::with_capacity(drafts.len());
    for at in order {
        let draft = &drafts[at];
        let role = if same_person(&names[at], &asker) || at_first_word(draft) {
            Role::Asker
        } else if staff[at] || assignee.as_ref().is_some_and(|a| same_person(&names[at], a)) {
            Role::Staff
        } else {
            Role::Other
        };
        let quotes_words = draft.quotes_words;
        posts.push(Post {
            quotes_words,
            role,
            parts: draft.parts.clone(),
            is_own_story: role == Role::Other && draft.is_own_story,
        });
    }
    posts
}

/// A post without head or name is not known to be by another person.
fn at_first_word(draft: &PostDraft) -> bool {
    draft.head.as_ref().is_none_or(|h| h.author.is_empty() && h.kind != HeadKind::Edit)
}

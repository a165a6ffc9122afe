//! A support thread in one paste: several posts, of several people, in which later posts correct earlier ones.
//!
//! The asker is the author of the oldest post. What others suspect is not evidence, and an example that they give is not
//! a request; an answer that they quote from a log is one. Of two statements about the same thing the later one counts.
//!
//! `head` finds where posts begin, `posts` gives each line to a post, `people` and `order` say who wrote it and when, and
//! `merge` puts the exchanges of all posts together.

mod draft;
mod head;
mod line;
mod merge;
mod order;
mod people;
mod posts;

use std::collections::HashSet;

use line::QuotedLine;
use merge::MergedExchanges;

use super::assemble;
use super::lines::clue::Placed;
use super::model::{Exchange, Mention, Role, Thread, Topic};
use super::view::View;
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text, telling_line_ranges};

/// Reads the posts of a paste, oldest first; `None` where there is only one.
pub(super) fn read(paste: &Text, vocabulary: &Vocabulary) -> Option<Thread> {
    let value = paste.as_str();
    let lines: Vec<QuotedLine<'_>> = telling_line_ranges(value).map(|at| line::unquoted(value, at)).collect();
    let heads = head::all(&lines);
    if heads.is_empty() {
        return None;
    }
    let drafts = posts::drafts(&lines, heads);
    if drafts.len() < 2 {
        return None;
    }
    let order = order::order(&drafts);
    let oldest = order.first().copied();
    let heads =
        drafts.iter().enumerate().filter(|(i, _)| Some(*i) != oldest).filter_map(|(_, d)| d.head_span).collect();
    let order_is_known = order::times_decide(&drafts);
    let posts = posts::posts(drafts, order, vocabulary);
    let mut parts: Vec<(Span, usize)> =
        posts.iter().enumerate().flat_map(|(i, post)| post.parts.iter().map(move |part| (*part, i))).collect();
    parts.sort_unstable();
    Some(Thread { posts, parts, heads, order_is_known, ..Thread::default() })
}

impl Thread {
    /// The post that contains an offset of the paste.
    pub(crate) fn post_of(&self, offset: usize) -> Option<usize> {
        let behind = self.parts.partition_point(|(part, _)| part.start <= offset);
        behind.checked_sub(1).map(|at| self.parts[at].1)
    }

    /// Whether another person than the asker wrote it.
    pub(crate) fn is_of_others(&self, offset: usize) -> bool {
        self.post_of(offset).is_some_and(|post| self.posts[post].role != Role::Asker)
    }

    /// The exchanges of each post, oldest first, with what later posts correct.
    pub(super) fn exchanges(&mut self, items: Vec<Placed>, view: &View, vocabulary: &Vocabulary) -> Vec<Exchange> {
        let mut by_post: Vec<Vec<Placed>> = self.posts.iter().map(|_| Vec::new()).collect();
        let mut last = 0;
        for placed in items {
            // An item without a place in the paste belongs to the post of the item before it.
            let start = view.text.span_of(placed.at.clone()).start;
            if self.is_in_head(start) {
                continue;
            }
            last = self.post_of(start).unwrap_or(last);
            by_post[last].push(placed);
        }
        let mut merged = MergedExchanges::default();
        for (post, items) in by_post.into_iter().enumerate() {
            if items.is_empty() {
                continue;
            }
            for exchange in assemble::assemble(items, view, vocabulary) {
                merged.add(exchange, post, &self.posts[post]);
            }
        }
        self.superseded = merged.superseded;
        merged.exchanges
    }

    /// Adds the places where a post repeats a value without its name: "200000012345 it is".
    fn with_repeated(&self, mut found: Vec<Mention>, paste: &Text) -> Vec<Mention> {
        let values: Vec<Mention> = found.iter().filter(|m| m.value.len() >= 8).cloned().collect();
        let post_of = |m: &Mention| self.post_of(m.value.span().start);
        let named: HashSet<(&str, usize)> =
            values.iter().filter_map(|m| Some((m.kind.as_str(), post_of(m)?))).collect();
        for mention in values.iter().take(64) {
            let own = self.post_of(mention.value.span().start);
            let value = mention.value.as_str();
            for (at, _) in paste.as_str().match_indices(value) {
                let later = self.post_of(at).filter(|post| Some(*post) > own && self.posts[*post].role != Role::Staff);
                // Where the post names another value of this kind, this one may be the wrong one.
                if later.is_some_and(|post| !named.contains(&(mention.kind.as_str(), post))) {
                    found.push(Mention { kind: mention.kind.clone(), value: paste.slice(at..at + value.len()) });
                }
            }
        }
        found.sort_by(|a, b| a.kind.cmp(&b.kind).then(a.value.span().start.cmp(&b.value.span().start)));
        found
    }

    fn is_in_head(&self, offset: usize) -> bool {
        let head = self.heads.partition_point(|head| head.start <= offset).checked_sub(1);
        head.is_some_and(|at| offset < self.heads[at].end)
    }

    /// Of the values that the posts mention, the asker's latest counts. Earlier ones are kept as superseded.
    pub(super) fn mentions(&mut self, found: Vec<Mention>, paste: &Text) -> Vec<Mention> {
        let found = self.with_repeated(found, paste);
        let (mut current, mut past): (Vec<Mention>, Vec<Mention>) = Default::default();
        let mut kinds: Vec<String> = found.iter().map(|m| m.kind.clone()).collect();
        kinds.dedup();
        for kind in kinds {
            let of_kind: Vec<(usize, &Mention)> = found
                .iter()
                .filter(|m| m.kind == kind)
                .map(|m| (self.post_of(m.value.span().start).unwrap_or(0), m))
                .filter(|(post, m)| !self.posts[*post].is_own_story && !self.is_in_head(m.value.span().start))
                .collect();
            if current.iter().any(|m| m.kind == kind) || of_kind.is_empty() {
                continue;
            }
            // Support may look up another value than the one in question.
            let rank = |post: usize| (self.posts[post].role != Role::Staff, post);
            let newest = of_kind.iter().map(|(post, _)| rank(*post)).max();
            let mut known: HashSet<&str> = HashSet::new();
            let of_newest = of_kind.iter().filter(|(post, _)| Some(rank(*post)) == newest);
            current.extend(of_newest.filter(|(_, m)| known.insert(m.value.as_str())).map(|(_, m)| (*m).clone()));
            let of_askers_side = |post: usize| self.posts[post].role != Role::Staff;
            let older = of_kind.iter().rev().filter(|(post, _)| of_askers_side(*post) && Some(rank(*post)) < newest);
            past.extend(older.filter(|(_, m)| known.insert(m.value.as_str())).map(|(_, m)| (*m).clone()));
        }
        self.earlier = past;
        current
    }

    /// The asker's topics. Those of other people are kept as suspicions.
    pub(super) fn topics(&mut self, mut found: Vec<Topic>) -> Vec<Topic> {
        found.sort_by_key(|topic| topic.span.start);
        found.retain(|topic| !self.is_in_head(topic.span.start));
        let mut current: Vec<Topic> = Vec::new();
        for topic in found {
            let post = &self.posts[self.post_of(topic.span.start).unwrap_or(0)];
            if post.is_own_story {
                continue;
            }
            let list = if post.role == Role::Asker { &mut current } else { &mut self.suspected };
            if !list.iter().any(|t| t.id == topic.id) {
                list.push(topic);
            }
        }
        current
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn thread(paste: &str) -> Option<Thread> {
        let vocabulary = Vocabulary { staff: vec!["nhs england".into()], ..Vocabulary::default() };
        read(&Text::paste(paste), &vocabulary)
    }

    /// The posts oldest first: who speaks and the first words below the head.
    fn posts(paste: &str) -> Vec<(Role, usize)> {
        let line = |at: usize| paste[..at].matches('\n').count() + 1;
        thread(paste).map_or(Vec::new(), |t| t.posts.iter().map(|p| (p.role, line(p.parts[0].start))).collect())
    }

    #[test]
    fn mails_are_newest_first() {
        let paste = "It works with Bearer.\n\nFrom: API team, NHS England\nSent: 5 March 2026 09:00\nTo: Jane\n\nSend headers.\n\n\
                     From: Jane Doe\nSent: 4 March 2026 09:00\nTo: API team\n\nWe get 401.\n";
        assert_eq!(posts(paste), [(Role::Asker, 9), (Role::Staff, 3), (Role::Asker, 1)]);
    }

    #[test]
    fn quotes_are_older_and_answers_may_stand_between_their_lines() {
        let paste = "Hi,\n\nOn 5 March 2026 at 09:00, Support, NHS England <a@b.example> wrote:\n> Which header?\nThis one:\n\
                     > And which app?\nThat one.\n> On 4 March 2026 at 09:00, Jane wrote:\n>> We get 401.\n";
        let found = thread(paste).expect("a thread");
        assert_eq!(posts(paste), [(Role::Asker, 8), (Role::Staff, 3), (Role::Asker, 1)]);
        let at = |text: &str| found.post_of(paste.find(text).expect("it stands there"));
        assert_eq!(at("This one"), Some(2));
        assert_eq!(at("And which"), Some(1));
        assert_eq!(at("That one"), Some(2));
        assert_eq!(at("We get"), Some(0));
    }

    #[test]
    fn comments_are_oldest_first_unless_their_times_say_otherwise() {
        let head = |name: &str, day: u8| format!("{name} commented on {day} March 2026\nText.\n");
        let up = head("Jane Doe", 4) + &head("NHS England", 5) + &head("Sam Poe", 6);
        assert_eq!(posts(&up), [(Role::Asker, 1), (Role::Staff, 3), (Role::Other, 5)]);
        let down = head("Jane Doe", 6) + &head("NHS England", 5) + &head("Jane Doe", 4);
        assert_eq!(posts(&down), [(Role::Asker, 5), (Role::Staff, 3), (Role::Asker, 1)]);
    }

    #[test]
    fn who_edits_is_who_wrote() {
        assert_eq!(posts("We get 401.\n\nEDIT: it was 403.\n"), [(Role::Asker, 1), (Role::Asker, 3)]);
    }

    #[test]
    fn one_post_is_no_thread() {
        for paste in
            ["", "We get 401.\n> GET /x\n", "From: Jane\nTo: Support\nSubject: 401\n\nWe get 401.\n", "EDIT:\nx"]
        {
            assert!(thread(paste).is_none(), "{paste}");
        }
    }

    proptest! {
        #[test]
        fn every_stretch_belongs_to_one_post(lines in prop::collection::vec(prop_oneof![
            Just("Jane Doe commented on 4 March 2026"), Just("On 5 March, Sam wrote:"), Just("> GET /x"), Just(">> ä"),
            Just("From: Jane\nSent: 4 March 2026 10:11\nTo: x"), Just("EDIT: y"), Just(""), Just("words"), Just("[10:11] Jané:"),
            Just("NHS England · 2 days ago"), Just("> On 3 March, Kim wrote:"),
        ], 0..30)) {
            let paste = lines.join("\n");
            let Some(found) = thread(&paste) else { return Ok(()) };
            for pair in found.parts.windows(2) {
                prop_assert!(pair[0].0.end <= pair[1].0.start, "{paste:?}");
            }
            for (part, post) in &found.parts {
                prop_assert!(paste.get(part.start..part.end).is_some() && *post < found.posts.len());
                prop_assert!(found.posts[*post].parts.contains(part));
            }
        }
    }
}

//! A support thread in one paste: several posts, of several people, in which later posts correct earlier ones.
//!
//! Who asks is whoever wrote the oldest post. What others suspect is no evidence, and what they show as an example is no
//! request; an answer that they quote from a log is one. Of what was said twice the latest counts.

mod head;

use std::ops::Range;

use super::Format;
use super::assemble;
use super::lines::clue::Placed;
use super::model::{Body, Exchange, Mention, Post, Response, Role, Thread, Topic};
use super::view::View;
use super::when::Order;
use crate::pack::model::Vocabulary;
use crate::text::{Span, Text};
use head::{Head, Kind};

/// A line of the paste without the marks of quoting.
pub(super) struct Line<'p> {
    /// Where it stands in the paste, line end not included.
    at: Range<usize>,
    /// How many marks stood before it.
    depth: usize,
    content: &'p str,
}

/// A post while the paste is read.
struct Draft {
    head: Option<Head>,
    /// The post that quotes it, or goes on after it.
    parent: Option<usize>,
    /// How many marks of quoting its lines have.
    depth: usize,
    parts: Vec<Span>,
    /// The lines of its head.
    head_span: Option<Span>,
    /// Whether somebody tells of a trouble of their own that is like it.
    is_own_story: bool,
    /// Whether it quotes words of somebody or something.
    quotes_words: bool,
    /// Who asks, where the head of a ticket says so: `Reporter: Jane Doe`.
    asker: Option<Vec<String>>,
    /// Who answers: `Assignee: …`.
    assignee: Option<Vec<String>>,
    last_lines: Vec<String>,
}

impl Draft {
    fn new(head: Option<Head>, parent: Option<usize>, depth: usize) -> Self {
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

/// How people begin who have the same trouble, or think so.
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

/// Reads the posts of a paste, oldest first; `None` where there is no more than one.
pub(super) fn read(paste: &Text, vocabulary: &Vocabulary) -> Option<Thread> {
    let value = paste.as_str();
    let lines: Vec<Line<'_>> = crate::text::line_ranges(value).into_iter().map(|at| line(value, at)).collect();
    let heads = head::all(&lines);
    if heads.is_empty() {
        return None;
    }
    let drafts = drafts(&lines, heads);
    if drafts.len() < 2 {
        return None;
    }
    let order = order(&drafts);
    let oldest = order.first().copied();
    let heads =
        drafts.iter().enumerate().filter(|(i, _)| Some(*i) != oldest).filter_map(|(_, d)| d.head_span).collect();
    let order_is_known = times_decide(&drafts);
    let posts = posts(drafts, order, vocabulary);
    let mut parts: Vec<(Span, usize)> =
        posts.iter().enumerate().flat_map(|(i, post)| post.parts.iter().map(move |part| (*part, i))).collect();
    parts.sort_unstable();
    Some(Thread { posts, parts, heads, order_is_known, ..Thread::default() })
}

fn line(value: &str, at: Range<usize>) -> Line<'_> {
    let (mut depth, mut content) = (0, &value[at.clone()]);
    while let Some(rest) = content.strip_prefix('>').or_else(|| content.strip_prefix("&gt;")) {
        depth += 1;
        content = rest.strip_prefix(' ').unwrap_or(rest);
    }
    Line { at, depth, content }
}

/// Gives each line to a post.
fn drafts(lines: &[Line<'_>], heads: Vec<(usize, Head)>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
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
                (Kind::Quote, Some(next)) if next.depth > line.depth => next.depth,
                _ => line.depth,
            };
            if head.kind != Kind::Quote || depth == line.depth {
                while open.last().is_some_and(|(_, d)| *d >= depth) {
                    open.pop();
                }
            }
            open.push((drafts.len(), depth));
            let end = lines[(i + head.lines).clamp(i + 1, lines.len()) - 1].at.end;
            let head_span = (head.lines > 0).then(|| Span::new(line.at.start, end));
            drafts.push(Draft { head_span, ..Draft::new(Some(head), parent, depth) });
        } else if open.is_empty() && !is_blank {
            open.push((drafts.len(), line.depth));
            drafts.push(Draft::new(None, None, line.depth));
        }
        let Some(draft) = open.last().and_then(|(post, _)| drafts.get_mut(*post)) else { continue };
        match draft.parts.last_mut() {
            // Lines that follow each other make one part.
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

/// The name behind one of these labels, in a line of the head of a ticket.
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

/// The quoted post that goes on after an answer between its lines.
fn quoted_again(drafts: &[Draft], open: Option<&(usize, usize)>, depth: usize) -> Option<usize> {
    let (current, _) = open.filter(|(_, own)| depth > *own)?;
    // It is one of the last: a paste of many quotes must not be searched from its beginning for each line.
    let from = drafts.len().saturating_sub(64);
    drafts[from..].iter().rposition(|d| d.parent == Some(*current) && d.depth == depth).map(|at| from + at)
}

/// Drops posts that say nothing, and gives their parents to those who pointed at them.
fn keep(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
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

/// Puts the posts in the order in which they were written, and says of each who speaks.
fn posts(drafts: Vec<Draft>, order: Vec<usize>, vocabulary: &Vocabulary) -> Vec<Post> {
    let names: Vec<Vec<String>> = (0..drafts.len()).map(|i| author(&drafts, i)).collect();
    // Above the first comment stands the head of a page, or the ticket itself: who wrote it, writes again.
    let named = drafts.first().filter(|d| d.head.is_none()).and_then(|d| d.asker.clone());
    let assignee = drafts.first().filter(|d| d.head.is_none()).and_then(|d| d.assignee.clone());
    let mut known = order.iter().filter(|at| !names[**at].is_empty());
    let only_one = known.clone().count() == order.len();
    let first = known.clone().next().filter(|_| only_one);
    let asker = known.find(|at| !is_staff(&drafts, **at, vocabulary)).or(first);
    let asker = named.or_else(|| asker.map(|at| names[*at].clone())).unwrap_or_default();
    let mut posts = Vec::with_capacity(drafts.len());
    for at in order {
        let draft = &drafts[at];
        let role = if same_person(&names[at], &asker) || at_first_word(draft) {
            Role::Asker
        } else if is_staff(&drafts, at, vocabulary) || assignee.as_ref().is_some_and(|a| same_person(&names[at], a)) {
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

/// A post without head or name is not known to be somebody else's.
fn at_first_word(draft: &Draft) -> bool {
    draft.head.as_ref().is_none_or(|h| h.author.is_empty() && h.kind != Kind::Edit)
}

/// The words of the author's name, sorted: from the head, the post that is gone on with, or the signature.
fn author(drafts: &[Draft], at: usize) -> Vec<String> {
    let draft = &drafts[at];
    match (&draft.head, draft.parent) {
        (Some(head), Some(parent)) if head.kind == Kind::Edit && parent != at => author(drafts, parent),
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

fn name_words(name: &str) -> Vec<String> {
    let bare = name.split(['<', '(', '[']).next().unwrap_or(name);
    let words = bare.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 1);
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether two names are of one person: one may be the shorter form of the other.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() { long.is_empty() } else { short.iter().all(|w| long.contains(w)) }
}

/// Whether the head or the signature names one of the teams that answer tickets.
fn is_staff(drafts: &[Draft], at: usize, vocabulary: &Vocabulary) -> bool {
    let draft = &drafts[at];
    if let (Some(Head { kind: Kind::Edit, .. }), Some(parent)) = (&draft.head, draft.parent) {
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

/// When each post was written, as far as its head says.
fn times(drafts: &[Draft]) -> Vec<Option<(u8, i64)>> {
    drafts.iter().map(|d| d.head.as_ref().and_then(|h| h.when?.order()).map(Order::key)).collect()
}

/// Whether times say which posts are the newer ones.
fn times_decide(drafts: &[Draft]) -> bool {
    let known: Vec<(u8, i64)> = times(drafts).into_iter().flatten().collect();
    known.len() + 1 >= drafts.len()
        && known.windows(2).all(|w| w[0].0 == w[1].0)
        && known.windows(2).any(|w| w[0] != w[1])
        || drafts.iter().all(|d| d.head.as_ref().is_none_or(|h| h.kind == Kind::Edit))
}

/// The posts in the order in which they were written.
fn order(drafts: &[Draft]) -> Vec<usize> {
    let times = times(drafts);
    let known: Vec<(u8, i64)> = times.iter().flatten().copied().collect();
    let one_kind = known.windows(2).all(|w| w[0].0 == w[1].0);
    let (up, down) =
        known.windows(2).fold((0, 0), |(up, down), w| (up + usize::from(w[0] < w[1]), down + usize::from(w[0] > w[1])));
    let is_mail = drafts.iter().any(|d| d.head.as_ref().is_some_and(|h| matches!(h.kind, Kind::Mail | Kind::Quote)));
    // People answer above a mail and below a comment.
    let newest_first = if one_kind && up != down { down > up } else { is_mail };
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    let is_edit = |at: usize| drafts[at].head.as_ref().is_some_and(|h| h.kind == Kind::Edit);
    let is_quote = |at: usize| drafts[at].head.as_ref().is_some_and(|h| h.kind == Kind::Quote);
    if newest_first {
        order.reverse();
    }
    // What is quoted is older than what quotes it, and what is added later is newer, wherever they stand.
    for (at, draft) in drafts.iter().enumerate() {
        let Some(parent) = draft.parent.filter(|_| is_edit(at) || is_quote(at)) else { continue };
        let place = |of: usize| order.iter().position(|o| *o == of);
        let (Some(own), Some(other)) = (place(at), place(parent)) else { continue };
        if (own < other) == is_edit(at) {
            // Taken out before its new place, it leaves that one free behind the other; after it, before the other.
            order.remove(own);
            order.insert(other, at);
        }
    }
    // Where every time is known, times decide; a post without a head keeps its place at the end of the row.
    let rest = |at: &usize| times[*at].is_none() && !is_edit(*at);
    if one_kind && known.len() >= 2 && order.iter().filter(|at| rest(at)).count() <= 1 {
        let unknown_last = order.last().is_some_and(rest);
        order.sort_by_key(|at| {
            let own = times[*at].or_else(|| drafts[*at].parent.filter(|_| is_edit(*at)).and_then(|p| times[p]));
            (own.is_none() == unknown_last, own)
        });
    }
    order
}

impl Thread {
    /// The post in which an offset of the paste stands.
    pub(crate) fn post_of(&self, offset: usize) -> Option<usize> {
        let behind = self.parts.partition_point(|(part, _)| part.start <= offset);
        behind.checked_sub(1).map(|at| self.parts[at].1)
    }

    /// Whether somebody else than the asker speaks there.
    pub(crate) fn is_of_others(&self, offset: usize) -> bool {
        self.post_of(offset).is_some_and(|post| self.posts[post].role != Role::Asker)
    }

    /// The exchanges of each post, oldest first, with what later posts correct.
    pub(super) fn exchanges(&mut self, items: Vec<Placed>, view: &View, vocabulary: &Vocabulary) -> Vec<Exchange> {
        let mut by_post: Vec<Vec<Placed>> = self.posts.iter().map(|_| Vec::new()).collect();
        let mut last = 0;
        for placed in items {
            // An item that the view made of nothing stays with the one before it.
            let start = view.text.span_of(placed.at.clone()).start;
            if self.is_in_head(start) {
                continue;
            }
            last = self.post_of(start).unwrap_or(last);
            by_post[last].push(placed);
        }
        let mut told = Told::default();
        for (post, items) in by_post.into_iter().enumerate() {
            if items.is_empty() {
                continue;
            }
            for exchange in assemble::assemble(items, view, vocabulary) {
                told.take(exchange, post, &self.posts[post]);
            }
        }
        self.superseded = told.superseded;
        told.exchanges
    }

    /// Adds where somebody takes up a value without its name: "200000012345 it is".
    fn with_repeated(&self, mut found: Vec<Mention>, paste: &Text) -> Vec<Mention> {
        let values: Vec<Mention> = found.iter().filter(|m| m.value.len() >= 8).cloned().collect();
        for mention in values.iter().take(64) {
            let own = self.post_of(mention.value.span().start);
            let value = mention.value.as_str();
            for (at, _) in paste.as_str().match_indices(value) {
                let later = self.post_of(at).filter(|post| Some(*post) > own && self.posts[*post].role != Role::Staff);
                let named = |post: usize| {
                    values.iter().any(|m| m.kind == mention.kind && self.post_of(m.value.span().start) == Some(post))
                };
                // Where the post names one of this kind, the other is the one that it is not.
                if later.is_some_and(|post| !named(post)) {
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

    /// Of what the posts mention the latest word of the asker counts; the rest is kept as what was said before.
    pub(super) fn mentions(&mut self, found: Vec<Mention>, paste: &Text) -> Vec<Mention> {
        let found = self.with_repeated(found, paste);
        let mut current: Vec<Mention> = Vec::new();
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
            // Those who answer may look up another value than the one that is asked about.
            let rank = |post: usize| (self.posts[post].role != Role::Staff, post);
            let newest = of_kind.iter().map(|(post, _)| rank(*post)).max();
            for (_, mention) in of_kind.iter().filter(|(post, _)| Some(rank(*post)) == newest) {
                push_new(&mut current, mention);
            }
            let of_askers_side = |post: usize| self.posts[post].role != Role::Staff;
            let older = of_kind.iter().rev().filter(|(post, _)| of_askers_side(*post) && Some(rank(*post)) < newest);
            for (_, mention) in older {
                let is_current = current.iter().any(|m| m.kind == kind && m.value.as_str() == mention.value.as_str());
                if !is_current {
                    push_new(&mut self.earlier, mention);
                }
            }
        }
        current
    }

    /// The topics of the asker; those of others are kept as what they suspect.
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

fn push_new(list: &mut Vec<Mention>, mention: &Mention) {
    if !list.iter().any(|m| m.kind == mention.kind && m.value.as_str() == mention.value.as_str()) {
        list.push(mention.clone());
    }
}

/// What the posts so far tell of requests and answers.
#[derive(Default)]
struct Told {
    exchanges: Vec<Exchange>,
    posts: Vec<usize>,
    superseded: Vec<(usize, usize)>,
}

impl Told {
    fn take(&mut self, exchange: Exchange, post: usize, by: &Post) {
        if self.exchanges.iter().any(|e| is_same(e, &exchange)) {
            return;
        }
        if by.is_own_story {
            // Another trouble: it is told beside this one, where it shows a request.
            if exchange.request.url.is_some() {
                self.push(exchange, post);
            }
            return;
        }
        if by.role != Role::Asker {
            self.take_of_others(exchange, post, by.role);
            return;
        }
        let has_target = exchange.request.url.is_some();
        if has_target {
            self.take_again(exchange, post);
            return;
        }
        match self.before(post, |_| true) {
            Some(at) => self.correct(at, exchange, post, by.quotes_words),
            None => self.push(exchange, post),
        }
    }

    /// An example that somebody gives is no request; what they quote as the answer is one.
    fn take_of_others(&mut self, exchange: Exchange, post: usize, role: Role) {
        let is_answered = exchange
            .response
            .as_ref()
            .is_some_and(|r| r.status.is_some() || !r.body.is_unseen() || !r.fields.is_empty());
        let has_url = exchange.request.url.is_some();
        let is_shown = has_url && !exchange.request.fields.is_empty();
        let is_recorded = matches!(exchange.format, Format::Verbose | Format::Har | Format::Raw);
        let shows_credentials = exchange.request.fields.iter().any(|f| f.is("authorization"));
        let target = exchange.request.url.as_ref().map(|u| u.as_str().to_owned());
        let fits = |e: &Exchange| target.as_ref().is_none_or(|t| same_url(e, t));
        // A line of their log about a request that is told of already: it says how that one ended.
        let completes = !shows_credentials && self.before(post, fits).is_some();
        if has_url && is_answered && !completes && (is_shown || is_recorded) {
            self.take_again(exchange, post);
        } else if is_answered {
            // The log of the other side: what it adds to the answer.
            match (self.before(post, fits), exchange.response) {
                (Some(at), Some(response)) => complete(&mut self.exchanges[at], response),
                (None, Some(response)) if has_url || self.exchanges.is_empty() => {
                    self.push(Exchange { response: Some(response), ..exchange }, post);
                }
                _ => {}
            }
        } else if role == Role::Other
            && is_shown
            && !exchange.request.fields.iter().any(|f| is_template(f.value.as_str()))
        {
            self.take_again(exchange, post);
        }
    }

    /// What an earlier post told without its target is of this request: the answer alone, or a line of the head.
    fn take_whole_of_part(&mut self, exchange: &Exchange, post: usize) -> bool {
        let is_part = |at: &usize| {
            self.posts[*at] < post
                && self.exchanges[*at].request.url.is_none()
                && !self.superseded.iter().any(|(old, _)| old == at)
        };
        let Some(at) = (0..self.exchanges.len()).rev().find(is_part) else { return false };
        let part = &self.exchanges[at];
        let response = match &exchange.response {
            None => part.response.clone(),
            Some(new) if status(part).is_none_or(|s| Some(s) == code(new)) => Some(new.clone()),
            // What failed in one way then fails in another now.
            Some(new) if code(new).is_some_and(|c| c >= 400) => {
                self.replace(at, exchange.clone(), post);
                return true;
            }
            Some(_) => return false,
        };
        let whole = Exchange { response, ..exchange.clone() };
        if part.request.fields.is_empty() {
            // It said no more than that the call fails.
            self.exchanges[at] = whole;
            self.posts[at] = post;
        } else {
            self.replace(at, whole, post);
        }
        true
    }

    /// A request with its target: the same as one before makes that one a thing of the past.
    fn take_again(&mut self, exchange: Exchange, post: usize) {
        let url = exchange.request.url.as_ref().map(|u| u.as_str().to_owned()).unwrap_or_default();
        let method = exchange.request.method.as_ref().map(|m| m.as_str().to_ascii_uppercase());
        let same_method = |e: &Exchange| {
            let other = e.request.method.as_ref().map(|m| m.as_str().to_ascii_uppercase());
            method.is_none() || other.is_none() || method == other
        };
        let before = self.before(post, |e| same_url(e, &url) && same_method(e) && !was_accepted(e));
        let Some(at) = before else {
            if !self.take_whole_of_part(&exchange, post) {
                self.push(exchange, post);
            }
            return;
        };
        if exchange.request.fields.is_empty() && exchange.request.body.is_unseen() && exchange.response.is_none() {
            // The same call at another host, with the fields of before: where it went is corrected.
            if self.exchanges[at]
                .request
                .url
                .as_ref()
                .is_some_and(|u| is_whole(u.as_str()) && is_whole(&url) && u.as_str() != url)
            {
                let mut corrected = self.exchanges[at].clone();
                corrected.at = exchange.at;
                corrected.request.url = exchange.request.url;
                corrected.request.fields.retain(|f| !f.is("host"));
                self.replace(at, corrected, post);
            }
            return;
        }
        let says_nothing_new = exchange.request.fields.is_empty()
            && exchange.request.body.is_unseen()
            && exchange.response.as_ref().is_none_or(|r| r.body.is_unseen() && code(r) == status(&self.exchanges[at]));
        if says_nothing_new {
            return;
        }
        if exchange.response.is_none() {
            // The request in full, or as it really is: the answer is the one that is known.
            let response = self.exchanges[at].response.clone();
            self.replace(at, Exchange { response, ..exchange }, post);
            return;
        }
        if was_accepted(&exchange) {
            // The retry that worked tells about the one that did not, and does not replace it.
            self.push(exchange, post);
            return;
        }
        let mut exchange = exchange;
        // The same credentials and the same status: the same answer, of which the earlier post may tell more.
        let (old, now) = (&self.exchanges[at], status(&exchange));
        let same_credentials = credentials(old).is_none_or(|c| Some(c) == credentials(&exchange));
        if let Some(response) = old.response.clone().filter(|r| same_credentials && code(r) == now) {
            complete(&mut exchange, response);
        }
        self.replace(at, exchange, post);
    }

    /// What a post says of a request that it does not name: the one before it is meant.
    fn correct(&mut self, at: usize, new: Exchange, post: usize, quotes_words: bool) {
        let before = &self.exchanges[at];
        let Some(response) = new.response else {
            if new.request.fields.is_empty() && new.request.body.is_unseen() {
                return;
            }
            let mut corrected = before.clone();
            corrected.at = new.at;
            set_fields(&mut corrected, new.request.fields);
            if !new.request.body.is_unseen() {
                corrected.request.body = new.request.body;
            }
            self.replace(at, corrected, post);
            return;
        };
        let known = status(before);
        let adds = code(&response).is_none_or(|c| known.is_none_or(|k| k == c))
            && before.response.as_ref().is_none_or(|r| r.body.is_unseen() || response.body.is_unseen());
        let knows_words = before.response.as_ref().is_some_and(|r| !r.body.is_unseen());
        let tells_other_words = quotes_words && knows_words && response.body.is_unseen();
        if new.request.fields.is_empty() && adds && !tells_other_words {
            complete(&mut self.exchanges[at], response);
            return;
        }
        if code(&response).is_some_and(|c| c < 400) {
            return;
        }
        let mut again = before.clone();
        again.at = new.at;
        again.sent_at = new.sent_at;
        again.response = Some(response);
        if new.request.fields.is_empty() {
            // Something was changed, or else the answer were the same: the fields of before prove nothing.
            again.request.fields.clear();
            again.request.extent = super::model::Extent::Part;
            again.request.body = Body::Unseen;
        }
        set_fields(&mut again, new.request.fields);
        again.expanded = new.expanded;
        again.secrets = new.secrets;
        again.decoded_jwt = new.decoded_jwt;
        self.replace(at, again, post);
    }

    /// The latest request of an earlier post that still counts: one that was refused before any other.
    fn before(&self, post: usize, fits: impl Fn(&Exchange) -> bool) -> Option<usize> {
        let counts = |at: &usize| {
            self.posts[*at] < post
                && self.exchanges[*at].request.url.is_some()
                && !self.superseded.iter().any(|(old, _)| old == at)
                && fits(&self.exchanges[*at])
        };
        let all = || (0..self.exchanges.len()).rev().filter(counts);
        let failed = all().find(|at| !was_accepted(&self.exchanges[*at]));
        failed.or_else(|| all().next())
    }

    fn push(&mut self, exchange: Exchange, post: usize) {
        self.exchanges.push(exchange);
        self.posts.push(post);
    }

    fn replace(&mut self, at: usize, exchange: Exchange, post: usize) {
        self.superseded.push((at, self.exchanges.len()));
        self.push(exchange, post);
    }
}

fn is_whole(url: &str) -> bool {
    url.contains("://")
}

/// Puts fields in the place of those of the same name.
fn set_fields(exchange: &mut Exchange, fields: Vec<super::model::Field>) {
    let own = &mut exchange.request.fields;
    own.retain(|f| !fields.iter().any(|n| n.is(f.name.as_str())));
    own.extend(fields);
}

/// Adds to an answer what was not known of it.
fn complete(exchange: &mut Exchange, more: Response) {
    let response = exchange.response.get_or_insert_with(Response::default);
    if response.status.is_none() {
        (response.status, response.reason) = (more.status, more.reason);
    } else if more.status.is_some() && code(response) != more.status.map(|s| s.code) {
        // Another answer: what it says is not of this one.
        return;
    }
    // Where nothing was sent back, a log may still say why.
    if response.body.is_unseen() || matches!(response.body, Body::Empty(_)) && !more.body.is_unseen() {
        response.body = more.body;
    }
    let known = response.fields.iter().map(|f| f.name.as_str().to_ascii_lowercase()).collect::<Vec<_>>();
    response.fields.extend(more.fields.into_iter().filter(|f| !known.contains(&f.name.as_str().to_ascii_lowercase())));
}

fn credentials(exchange: &Exchange) -> Option<&str> {
    exchange.request.fields.iter().find(|f| f.is("authorization")).map(|f| f.value.as_str())
}

fn code(response: &Response) -> Option<u16> {
    response.status.map(|s| s.code)
}

fn status(exchange: &Exchange) -> Option<u16> {
    exchange.response.as_ref().and_then(code)
}

fn was_accepted(exchange: &Exchange) -> bool {
    status(exchange).is_some_and(|c| c < 400)
}

/// Whether an exchange goes to this URL, of which the host may be left out.
fn same_url(exchange: &Exchange, url: &str) -> bool {
    let path = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |i| &rest[i..]));
        rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned()
    };
    exchange.request.url.as_ref().is_some_and(|own| path(own.as_str()) == path(url))
}

/// Whether a value is one that the reader is to fill in.
fn is_template(value: &str) -> bool {
    value.contains(['<', '{', '[', '$', '…']) || value.contains("...") || value.to_ascii_lowercase().ends_with("token")
}

/// Whether two exchanges show the same: one was quoted from the other.
fn is_same(a: &Exchange, b: &Exchange) -> bool {
    fn text(text: Option<&Text>) -> Option<&str> {
        text.map(Text::as_str)
    }
    // A quote may have broken the lines of a body in other places.
    let letters = |body: &Body| body.text().map(|t| t.as_str().split_whitespace().collect::<String>());
    let body = |e: &Exchange| e.response.as_ref().map(|r| letters(&r.body));
    let (x, y) = (&a.request, &b.request);
    status(a) == status(b)
        && text(x.method.as_ref()) == text(y.method.as_ref())
        && text(x.url.as_ref()) == text(y.url.as_ref())
        && x.fields.len() == y.fields.len()
        && x.fields.iter().zip(&y.fields).all(|(f, g)| f.is(g.name.as_str()) && f.value.as_str() == g.value.as_str())
        && body(a) == body(b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn thread(paste: &str) -> Option<Thread> {
        let vocabulary = Vocabulary { staff: vec!["nhs england".to_owned()], ..Vocabulary::default() };
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

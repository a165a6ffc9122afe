//! Merges the exchanges of all posts. Where two posts show the same exchange, the later one counts.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::capture::model::{Body, Exchange, Extent, Field, Format, Post, Response, Role};
use crate::text::Text;

/// How many requests with the same target are looked at, from the latest one.
const MOST_LOOKED_AT: usize = 200;

/// The exchanges of the posts so far. A later post may correct, complete or repeat an earlier one.
#[derive(Default)]
pub(super) struct MergedExchanges {
    pub(super) exchanges: Vec<Exchange>,
    posts: Vec<usize>,
    pub(super) superseded: Vec<(usize, usize)>,
    /// The post that is read, and how many exchanges there were before it.
    post: (usize, usize),
    /// Exchanges by a hash of what they show.
    shown: HashMap<u64, Vec<usize>>,
    /// The exchanges that are not superseded, in order: those with a target, also by its path, and those without.
    with_target: Vec<usize>,
    by_path: HashMap<String, Vec<usize>>,
    without_target: Vec<usize>,
}

impl MergedExchanges {
    pub(super) fn add(&mut self, exchange: Exchange, post: usize, by: &Post) {
        if self.post.0 != post {
            self.post = (post, self.exchanges.len());
        }
        let alike = self.shown.get(&hash(&exchange));
        if alike.is_some_and(|all| all.iter().any(|at| is_same(&self.exchanges[*at], &exchange))) {
            return;
        }
        if by.is_own_story {
            // A different problem. It is reported separately if it shows a request.
            if exchange.request.url.is_some() {
                self.push(exchange, post);
            }
            return;
        }
        if by.role != Role::Asker {
            self.add_of_others(exchange, post, by.role);
            return;
        }
        let has_target = exchange.request.url.is_some();
        if has_target {
            self.add_again(exchange, post);
            return;
        }
        match self.before(post, None, |_| true) {
            Some(at) => self.correct(at, exchange, post, by.quotes_words),
            None => self.push(exchange, post),
        }
    }

    /// An example that a person gives is not a request that was sent; a response that they quote was received.
    fn add_of_others(&mut self, exchange: Exchange, post: usize, role: Role) {
        let is_answered = exchange
            .response
            .as_ref()
            .is_some_and(|r| r.status.is_some() || !r.body.is_unseen() || !r.fields.is_empty());
        let has_url = exchange.request.url.is_some();
        let is_shown = has_url && !exchange.request.fields.is_empty();
        let is_recorded = matches!(exchange.format, Format::Verbose | Format::Har | Format::Raw);
        let shows_credentials = exchange.request.fields.iter().any(|f| f.is("authorization"));
        let target = exchange.request.url.as_ref().map(|u| path(u.as_str()).to_owned());
        let target = target.as_deref();
        // A line of their log about a request that is known already: it says how that request ended.
        let completes = !shows_credentials && self.before(post, target, |_| true).is_some();
        if has_url && is_answered && !completes && (is_shown || is_recorded) {
            self.add_again(exchange, post);
        } else if is_answered {
            // The server's log may add to the response.
            match (self.before(post, target, |_| true), exchange.response) {
                (Some(at), Some(response)) => self.change(at, |e| complete(e, response)),
                (None, Some(response)) if has_url || self.exchanges.is_empty() => {
                    self.push(Exchange { response: Some(response), ..exchange }, post);
                }
                _ => {}
            }
        } else if role == Role::Other
            && is_shown
            && !exchange.request.fields.iter().any(|f| is_template(f.value.as_str()))
        {
            self.add_again(exchange, post);
        }
    }

    /// An earlier post may have shown part of this request without its target: only the response, or one header line.
    fn complete_part(&mut self, exchange: &Exchange, post: usize) -> bool {
        let Some(at) = self.earlier(&self.without_target, post).next() else { return false };
        let part = &self.exchanges[at];
        let response = match &exchange.response {
            None => part.response.clone(),
            Some(new) if status(part).is_none_or(|s| Some(s) == code(new)) => Some(new.clone()),
            // The request fails differently now.
            Some(new) if code(new).is_some_and(|c| c >= 400) => {
                self.replace(at, exchange.clone(), post);
                return true;
            }
            Some(_) => return false,
        };
        let whole = Exchange { response, ..exchange.clone() };
        if part.request.fields.is_empty() {
            // The earlier post only said that the call fails.
            self.leave(at);
            self.posts[at] = post;
            self.change(at, |e| *e = whole);
            self.enter(at);
        } else {
            self.replace(at, whole, post);
        }
        true
    }

    /// A request with its target. It supersedes an earlier one with the same target.
    fn add_again(&mut self, exchange: Exchange, post: usize) {
        let url = exchange.request.url.as_ref().map(|u| u.as_str().to_owned()).unwrap_or_default();
        let method = exchange.request.method.as_ref().map(|m| m.as_str().to_ascii_uppercase());
        let same_method = |e: &Exchange| {
            let other = e.request.method.as_ref().map(|m| m.as_str().to_ascii_uppercase());
            method.is_none() || other.is_none() || method == other
        };
        let before = self.before(post, Some(path(&url)), |e| same_method(e) && !was_accepted(e));
        let Some(at) = before else {
            if !self.complete_part(&exchange, post) {
                self.push(exchange, post);
            }
            return;
        };
        if exchange.request.fields.is_empty() && exchange.request.body.is_unseen() && exchange.response.is_none() {
            // The same call to another host, with the same fields: the host is corrected.
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
            // The request in full, or corrected. The response is the one that is known already.
            let response = self.exchanges[at].response.clone();
            self.replace(at, Exchange { response, ..exchange }, post);
            return;
        }
        if was_accepted(&exchange) {
            // A retry that worked is evidence about the one that failed, and does not replace it.
            self.push(exchange, post);
            return;
        }
        let mut exchange = exchange;
        // The same credentials and status: the same response. The earlier post may show more of it.
        let (old, now) = (&self.exchanges[at], status(&exchange));
        let same_credentials = credentials(old).is_none_or(|c| Some(c) == credentials(&exchange));
        if let Some(response) = old.response.clone().filter(|r| same_credentials && code(r) == now) {
            complete(&mut exchange, response);
        }
        self.replace(at, exchange, post);
    }

    /// A post that does not name its request is about the one before it.
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
            self.change(at, |e| complete(e, response));
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
            // The response differs, so something was changed: the earlier fields prove nothing.
            again.request.fields.clear();
            again.request.extent = Extent::Part;
            again.request.body = Body::Unseen;
        }
        set_fields(&mut again, new.request.fields);
        again.expanded = new.expanded;
        again.secrets = new.secrets;
        again.decoded_jwt = new.decoded_jwt;
        self.replace(at, again, post);
    }

    /// The latest request of an earlier post that still counts, to any target or to one with this path: one that was refused
    /// before any other.
    fn before(&self, post: usize, path: Option<&str>, fits: impl Fn(&Exchange) -> bool) -> Option<usize> {
        let list = match path {
            Some(path) => self.by_path.get(path)?,
            None => &self.with_target,
        };
        let all = || self.earlier(list, post).filter(|at| fits(&self.exchanges[*at]));
        let failed = all().find(|at| !was_accepted(&self.exchanges[*at]));
        failed.or_else(|| all().next())
    }

    /// The exchanges of earlier posts in a list, latest first.
    fn earlier(&self, list: &[usize], post: usize) -> impl Iterator<Item = usize> {
        let till = list.partition_point(|at| *at < self.post.1);
        list[..till].iter().rev().copied().take(MOST_LOOKED_AT).filter(move |at| self.posts[*at] < post)
    }

    fn push(&mut self, exchange: Exchange, post: usize) {
        let at = self.exchanges.len();
        self.shown.entry(hash(&exchange)).or_default().push(at);
        self.exchanges.push(exchange);
        self.posts.push(post);
        self.enter(at);
    }

    fn replace(&mut self, at: usize, exchange: Exchange, post: usize) {
        self.superseded.push((at, self.exchanges.len()));
        self.leave(at);
        self.push(exchange, post);
    }

    fn change(&mut self, at: usize, change: impl FnOnce(&mut Exchange)) {
        change(&mut self.exchanges[at]);
        self.shown.entry(hash(&self.exchanges[at])).or_default().push(at);
    }

    /// Adds an exchange to the current ones.
    fn enter(&mut self, at: usize) {
        let add = |list: &mut Vec<usize>| {
            let place = list.partition_point(|other| *other < at);
            list.insert(place, at);
        };
        match &self.exchanges[at].request.url {
            Some(url) => {
                add(&mut self.with_target);
                add(self.by_path.entry(path(url.as_str()).to_owned()).or_default());
            }
            None => add(&mut self.without_target),
        }
    }

    /// Removes it from the current ones.
    fn leave(&mut self, at: usize) {
        let remove = |list: &mut Vec<usize>| {
            if let Ok(place) = list.binary_search(&at) {
                list.remove(place);
            }
        };
        match &self.exchanges[at].request.url {
            Some(url) => {
                remove(&mut self.with_target);
                self.by_path.get_mut(path(url.as_str())).map(remove);
            }
            None => remove(&mut self.without_target),
        }
    }
}

fn is_whole(url: &str) -> bool {
    url.contains("://")
}

/// Replaces fields by those with the same name.
fn set_fields(exchange: &mut Exchange, fields: Vec<Field>) {
    let own = &mut exchange.request.fields;
    own.retain(|f| !fields.iter().any(|n| n.is(f.name.as_str())));
    own.extend(fields);
}

/// Completes a response with what another post shows of it.
fn complete(exchange: &mut Exchange, more: Response) {
    let response = exchange.response.get_or_insert_with(Response::default);
    if response.status.is_none() {
        (response.status, response.reason) = (more.status, more.reason);
    } else if more.status.is_some() && code(response) != more.status.map(|s| s.code) {
        // A different response.
        return;
    }
    // A log may give a reason that the response does not.
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

/// The path of a URL, by which exchanges are compared. The host may be missing.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |i| &rest[i..]));
    rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}

/// Whether a value is a placeholder.
fn is_template(value: &str) -> bool {
    value.contains(['<', '{', '[', '$', '…']) || value.contains("...") || value.to_ascii_lowercase().ends_with("token")
}

/// Whether two exchanges show the same, because one quotes the other.
fn is_same(a: &Exchange, b: &Exchange) -> bool {
    let (x, y) = (&a.request, &b.request);
    status(a) == status(b)
        && x.method.as_ref().map(Text::as_str) == y.method.as_ref().map(Text::as_str)
        && x.url.as_ref().map(Text::as_str) == y.url.as_ref().map(Text::as_str)
        && x.fields.len() == y.fields.len()
        && x.fields.iter().zip(&y.fields).all(|(f, g)| f.is(g.name.as_str()) && f.value.as_str() == g.value.as_str())
        && letters(a) == letters(b)
}

/// The same for two exchanges that show the same.
fn hash(exchange: &Exchange) -> u64 {
    let request = &exchange.request;
    let fields = request.fields.iter().map(|f| (f.name.as_str().to_ascii_lowercase(), f.value.as_str()));
    let mut hasher = DefaultHasher::new();
    (status(exchange), request.method.as_ref().map(Text::as_str), request.url.as_ref().map(Text::as_str))
        .hash(&mut hasher);
    fields.for_each(|field| field.hash(&mut hasher));
    letters(exchange).hash(&mut hasher);
    hasher.finish()
}

/// The letters of the body of a response. A quote may have other line breaks.
fn letters(exchange: &Exchange) -> Option<Option<String>> {
    exchange.response.as_ref().map(|response| match &response.body {
        Body::Text(text) => Some(text.as_str().split_whitespace().collect()),
        Body::ErrorMembers(members) => Some(members.iter().flat_map(|(_, v)| v.as_str().split_whitespace()).collect()),
        _ => None,
    })
}

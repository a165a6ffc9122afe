//! What people say in sentences: the endpoints that they name, and the words of an answer that they repeat instead of
//! quoting it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::model::ExchangeFacts;
use super::places::ExchangePlaces;
use super::system;
use super::told::{self, LineScope, ToldRefusal};
use crate::capture::model::{Capture, Exchange, Format, Response, Role, Status, Thread};
use crate::facts::authorization::TokenClaim;
use crate::facts::response::{RefusalFacts, StatusFacts};
use crate::facts::told::ToldFacts;
use crate::facts::{Fact, ListItem, Observed, ToldCredentials, ToldEvent, ToldPlace, Word};
use crate::pack::model::{Numbering, Pack};
use crate::pack::rule_text::RuleText;
use crate::text::{BytePairs, Span, Text};
use crate::words::told::{self as told_words, ToldWord};

/// The endpoints that the text names by their ids.
pub(super) fn endpoints(paste: &Text, pack: &Pack) -> Vec<ListItem> {
    let mut named: Vec<ListItem> = Vec::new();
    for api in &pack.apis {
        let Some(numbering) = &api.numbering else { continue };
        let mut ids: Vec<&str> = pack.operations.iter().filter(|o| o.api == api.id).map(|o| o.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for (id, span) in numbered(paste.as_str(), numbering) {
            if ids.binary_search(&id.as_str()).is_ok() && !named.iter().any(|(n, _)| *n == id) {
                named.push((id.into(), vec![span]));
            }
        }
    }
    named
}

/// The endpoints that the text names by their whole names, where it names none by its id: "retrieve attachment".
pub(super) fn endpoints_by_name(paste: &Text, pack: &Pack) -> Vec<ListItem> {
    let lower = paste.as_str().to_ascii_lowercase();
    let mut named: Vec<ListItem> = Vec::new();
    let numbered = |api: &str| pack.apis.iter().any(|a| a.id == api && a.numbering.is_some());
    for operation in pack.operations.iter().filter(|o| numbered(&o.api) && o.name.contains(' ')) {
        let name = operation.name.to_ascii_lowercase();
        if let Some(at) = lower.find(&name)
            && !named.iter().any(|(id, _)| id.as_ref() == operation.id.as_str())
        {
            named.push((operation.id.as_str().to_owned().into(), vec![Span::new(at, at + name.len())]));
        }
    }
    named
}

/// The ids of a numbering in a text. A42, A042 and A0042 are the same endpoint to those who write tickets.
fn numbered<'t>(text: &'t str, numbering: &'t Numbering) -> impl Iterator<Item = (String, Span)> {
    let bytes = text.as_bytes();
    let (prefix, digits) = (numbering.prefix.as_bytes(), numbering.digits);
    let first = numbering.prefix.chars().next().unwrap_or(' ');
    text.match_indices([first.to_ascii_uppercase(), first.to_ascii_lowercase()]).filter_map(move |(at, _)| {
        let from = at + prefix.len();
        let is_inside = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'-' | b'_'));
        if is_inside || !bytes.get(at..from)?.eq_ignore_ascii_case(prefix) {
            return None;
        }
        let count = bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let till = from + count;
        let goes_on = bytes.get(till).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        if !(2..=digits + 2).contains(&count) || goes_on {
            return None;
        }
        let number: u32 = text[from..till].parse().ok()?;
        Some((format!("{}{number:0digits$}", numbering.prefix), Span::new(at, till)))
    })
}

/// Adds the answer that a text only tells of: "the log says that the token has expired", or the words of a known system
/// where nothing of an exchange is shown. Where an answer is shown, that one counts. `has_sentences`: whether the text may
/// be one that people wrote.
pub(super) fn add_told(capture: &mut Capture, paste: &Text, pack: &Pack, has_sentences: bool) {
    if capture.exchanges.iter().any(|e| e.response.is_some()) {
        return;
    }
    let (text, table) = (paste.as_str(), pack.words.table());
    let prose = has_sentences.then(|| (ExchangePlaces::of(capture), lines(text)));
    let told = prose.as_ref().and_then(|(places, lines)| {
        let told = told::refusals(text, lines, table, |line| line_scope(capture, places, line));
        Some(told.first()?.at.to(told.last()?.at))
    });
    let is_empty = capture.exchanges.is_empty();
    let of_system = || is_empty.then(|| system::refusal_in(paste, pack)).flatten();
    let bare = || {
        let (places, lines) = prose.as_ref()?;
        told::bare_refusal(text, lines, table, |line| line_scope(capture, places, line)).map(|told| told.at)
    };
    let Some(at) = told.or_else(of_system).or_else(bare) else { return };
    let answer = Some(Response { status: proxy_status(paste, at), ..Response::default() });
    match capture.exchanges.last_mut() {
        Some(exchange) => exchange.response = answer,
        None => capture.exchanges.push(Exchange { response: answer, ..Exchange::unseen(Format::Ticket, at) }),
    }
}

/// The status that a proxy refused with, where it is in the lines of the words: whose credentials a refusal is about
/// depends on it.
fn proxy_status(paste: &Text, words: Span) -> Option<Status> {
    const CODE: &str = "407";
    let text = paste.as_str();
    let start = text[..words.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[words.end..].find('\n').map_or(text.len(), |at| words.end + at);
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '/'));
    let mut found = text[start..end].match_indices(CODE).map(|(at, _)| start + at);
    let at =
        found.find(|at| is_edge(text[..*at].chars().next_back()) && is_edge(text[at + CODE.len()..].chars().next()))?;
    Some(Status { code: 407, span: Span::new(at, at + CODE.len()) })
}

/// The most text that is searched for what people tell, in bytes.
const MOST_PROSE: usize = 65_536;

/// The most lines that are searched for lists of scopes, and the most scopes of a list.
const MOST_LINES: usize = 2000;
const MOST_SCOPES: usize = 100;

/// The most issuers that are read, and the longest filler.
const MOST_CLAIMS: usize = 100;
const LONGEST_FILLER: usize = 40;

/// What the asker tells: where the request works, where it fails, what has happened.
pub(super) fn tell(
    all: &mut [ExchangeFacts<'_>],
    capture: &Capture,
    places: &ExchangePlaces,
    paste: &Text,
    pack: &Pack,
) {
    let mut told = Told::default();
    let text = paste.as_str();
    let mut at = 0;
    // A run of lines that one sentence may go over.
    let mut run = 0..0;
    let read = |run: &Range<usize>, told: &mut Told| {
        told.add(told_words::read(pack.words.table(), &text[run.clone()]), run.start, places);
    };
    // A browser wrote it: the member `cookies` does not say that cookies are used.
    let is_of_archive = |place: usize| {
        let mut around = places.exchanges.containing(Span::new(place, place));
        around.any(|exchange| capture.exchanges[exchange].format == Format::Har)
    };
    for line in text[..text.floor_char_boundary(MOST_PROSE)].split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let is_of_asker = capture.thread.as_ref().is_none_or(|t| !t.is_of_others(range.start));
        let indent = line.len() - line.trim_start().len();
        let is_of_request = places.is_of_request(range.clone(), AT_BEGINNING + indent);
        let counts = is_of_asker && !told::is_code(line) && !is_of_request && !is_of_archive(range.start + indent);
        if counts && run.end == range.start && goes_on(&text[run.clone()], line) {
            run.end = range.end;
            continue;
        }
        read(&run, &mut told);
        // The target of a request is not a word of the asker.
        let from = target_end(places, &range).unwrap_or(range.start);
        run = if counts { from..range.end } else { at..at };
    }
    read(&run, &mut told);
    if let Some(span) = dropped_scopes(text) {
        told.events.push((ToldEvent::ScopesDropped, vec![span]));
    }
    if let Some(span) = filler_issuer(text) {
        told.events.push((ToldEvent::FillerIssuer, vec![span]));
    }
    for evidence in all {
        let own = (TokenClaim::value(), "iss");
        let is_own_filler = evidence.facts.text(own).is_some_and(is_filler);
        let mut facts = told.facts();
        if is_own_filler && !told.events.iter().any(|(event, _)| *event == ToldEvent::FillerIssuer) {
            let events =
                [told.events.clone(), vec![(ToldEvent::FillerIssuer, evidence.facts.spans(own).to_vec())]].concat();
            let places = events.iter().flat_map(|(_, at)| at.iter().copied()).collect();
            facts.events = Observed::Known(events, places);
        }
        facts.put(&mut evidence.facts);
    }
}

/// An `iss` of claims in a text that was never filled in: `"iss": "issuer"`.
fn filler_issuer(text: &str) -> Option<Span> {
    text.match_indices("\"iss\"").take(MOST_CLAIMS).find_map(|(at, name)| {
        let rest = &text[at + name.len()..];
        let open = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':').len();
        let value = rest[open..].strip_prefix('"')?;
        let length = value.bytes().take(LONGEST_FILLER).position(|b| b == b'"')?;
        let from = at + name.len() + open + 1;
        is_filler(&value[..length]).then(|| Span::new(from, from + length))
    })
}

/// Whether a word is in the place of an issuer.
fn is_filler(value: &str) -> bool {
    const FILLERS: [&str; 11] =
        ["issuer", "iss", "audience", "aud", "string", "undefined", "null", "none", "todo", "changeme", "example"];
    let value = value.to_ascii_lowercase();
    FILLERS.contains(&value.as_str())
        || ["your-", "your_", "your ", "<", "${"].iter().any(|begin| value.starts_with(begin))
}

/// Where the target of a request ends that begins a line.
fn target_end(places: &ExchangePlaces, line: &Range<usize>) -> Option<usize> {
    /// The longest method and what may be in front of it.
    const BEFORE: usize = 12;
    let beginning = line.start..line.end.min(line.start + BEFORE);
    places.targets.starting_in(beginning).map(|url| url.end.min(line.end)).max()
}

/// Whether a line goes on with the sentence of the lines before it, as in a text that was wrapped.
fn goes_on(before: &str, line: &str) -> bool {
    /// The shortest line that is wrapped.
    const WRAPPED: usize = 60;
    let last = before.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default().trim_end();
    let is_open = !last.is_empty() && !last.ends_with(['.', '!', '?', ':', ';']);
    let goes_on = line.starts_with(|c: char| c.is_lowercase())
        || last.len() >= WRAPPED && line.starts_with(char::is_alphanumeric);
    is_open && goes_on && before.len() + line.len() < crate::words::tokens::LONGEST
}

/// The scopes that a text says were granted, where it shows others that were requested and are not among them.
fn dropped_scopes(text: &str) -> Option<Span> {
    let list = |labels: &[&str]| {
        let mut at = 0;
        text.split_inclusive('\n').take(MOST_LINES).find_map(|line| {
            let from = at;
            at += line.len();
            let (label, scopes) = line.split_once(':')?;
            let label = label.trim().to_ascii_lowercase();
            let begin = from + line.len() - scopes.len();
            labels.contains(&label.as_str()).then(|| (scopes.trim(), Span::new(begin, begin + scopes.trim_end().len())))
        })
    };
    let (requested, _) = list(&["requested scope", "requested scopes", "scope requested", "scopes requested"])?;
    let (granted, at) = list(&["granted scope", "granted scopes", "scope granted", "scopes granted"])?;
    let names = |list: &str| -> Vec<String> {
        list.split(|c: char| c.is_whitespace() || ",\"'[]".contains(c))
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let granted = names(granted);
    let is_dropped = |scope: &String| !granted.contains(scope);
    (!granted.is_empty() && names(requested).iter().take(MOST_SCOPES).any(is_dropped)).then_some(at)
}

/// What all lines tell, each thing with its first place.
#[derive(Default)]
struct Told {
    works: Vec<(ToldPlace, Vec<Span>)>,
    fails: Vec<(ToldPlace, Vec<Span>)>,
    events: Vec<(ToldEvent, Vec<Span>)>,
    uses: Vec<(ToldCredentials, Vec<Span>)>,
}

impl Told {
    /// Adds the words of a line that begins at `line`, but not what a request shows: that is not told.
    fn add(&mut self, words: told_words::ToldWords<'_>, line: usize, places: &ExchangePlaces) {
        fn into<W: PartialEq>(
            list: &mut Vec<(W, Vec<Span>)>,
            words: Vec<ToldWord<'_>>,
            place: impl Fn(Range<usize>) -> Option<Span>,
            of: fn(&str) -> Option<W>,
        ) {
            for (id, at) in words {
                let Some(place) = place(at) else { continue };
                if let Some(word) = of(id).filter(|word| !list.iter().any(|(known, _)| known == word)) {
                    list.push((word, vec![place]));
                }
            }
        }
        let place = |at: Range<usize>| {
            let at = line + at.start..line + at.end;
            (!places.is_in_value(at.clone())).then(|| Span::new(at.start, at.end))
        };
        into(&mut self.works, words.works, place, ToldPlace::of);
        into(&mut self.fails, words.fails, place, ToldPlace::of);
        into(&mut self.events, words.events, place, ToldEvent::of);
        into(&mut self.uses, words.uses, place, ToldCredentials::of);
    }

    fn facts(&self) -> ToldFacts {
        fn list<W: Word + Copy>(items: &[(W, Vec<Span>)]) -> Observed<Vec<W>> {
            Observed::Known(items.to_vec(), items.iter().flat_map(|(_, at)| at.iter().copied()).collect())
        }
        ToldFacts {
            events: list(&self.events),
            fails: list(&self.fails),
            uses: list(&self.uses),
            works: list(&self.works),
        }
    }
}

/// A field further to the right in a line is in the middle of something else, such as a line of a log.
const AT_MOST_AT: usize = 40;

/// The same for the words of people: a label begins its line.
const AT_BEGINNING: usize = 4;

/// What of a line counts as words of a refusal.
fn line_scope(capture: &Capture, places: &ExchangePlaces, line: Range<usize>) -> LineScope {
    let is_of_others = capture.thread.as_ref().is_some_and(|t| t.is_of_others(line.start));
    match places.is_of_request(line, AT_MOST_AT) {
        true => LineScope::None,
        false if is_of_others => LineScope::Machines,
        false => LineScope::All,
    }
}

/// The lines of a text, with their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let ranges = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        start..at
    });
    ranges.collect()
}

/// Gives words that only one known answer uses to the last exchange without words of its own, where the text repeats
/// them and does not quote the answer. In a thread they belong to the exchange of the same post.
pub(super) fn answers(
    all: &mut [ExchangeFacts<'_>],
    capture: &Capture,
    places: &ExchangePlaces,
    paste: &Text,
    pack: &Pack,
) {
    let is_refused = |e: &ExchangeFacts<'_>| e.facts.number(StatusFacts::status()).is_none_or(|s| s >= 400);
    let is_silent = |e: &ExchangeFacts<'_>| is_refused(e) && *e.facts.get(RefusalFacts::message()) == Fact::Unseen;
    let mut silent: Vec<usize> = (0..all.len()).rev().filter(|at| is_silent(&all[*at])).collect();
    match &capture.thread {
        Some(thread) => {
            let past: HashSet<usize> = thread.superseded.iter().map(|(old, _)| *old).collect();
            silent.retain(|at| !past.contains(at));
        }
        None => silent.truncate(1),
    }
    if silent.is_empty() {
        return;
    }
    let text = paste.as_str();
    let thread = capture.thread.as_ref();
    let post = |place: usize| thread.and_then(|t| t.post_of(place));
    let said = Said::of(text, pack, thread);
    // The lines of each post, and what they tell: exchanges of one post share both.
    let mut lines_of: BTreeMap<Option<usize>, Vec<Range<usize>>> = BTreeMap::new();
    let mut told_in: BTreeMap<Option<usize>, Vec<ToldRefusal>> = BTreeMap::new();
    for at in silent {
        let own = post(capture.exchanges[at].at.start);
        let status = all[at].facts.number(StatusFacts::status());
        let mut words = match thread {
            None => said.words(),
            Some(_) => said.words_of(own, status),
        };
        if words.is_empty() {
            if own.is_some() && lines_of.is_empty() {
                lines(text).into_iter().for_each(|line| lines_of.entry(post(line.start)).or_default().push(line));
            }
            let told = told_in.entry(own).or_insert_with(|| {
                let whole = if own.is_none() { lines(text) } else { Vec::new() };
                let lines = own.map_or(Some(&whole), |_| lines_of.get(&own)).map_or(&[][..], Vec::as_slice);
                let scope = |line| line_scope(capture, places, line);
                let told = told::refusals(text, lines, pack.words.table(), scope);
                // In the same order as where an answer is added because a text tells of one.
                if !told.is_empty() || status.is_some() || system::refusal_in(paste, pack).is_some() {
                    return told;
                }
                told::bare_refusal(text, lines, pack.words.table(), scope).into_iter().collect()
            });
            all[at].is_told_in_sentence = told.iter().any(|t| t.is_sentence);
            words = told::items(text, told);
        }
        // Words inside another exchange are of that one's answer.
        words.retain(|(_, spans)| {
            !spans.iter().any(|span| places.exchanges.containing(*span).any(|exchange| exchange != at))
        });
        if !words.is_empty() {
            all[at].in_other_case = said.in_other_case(&words);
            all[at].facts.set(RefusalFacts::message(), Observed::list(words));
        }
    }
}

/// Every place of the text at which it has the words of a known answer, in the order of the answers.
struct Said<'t> {
    text: &'t str,
    /// The texts that answers are recognised by, and whether letter case counts.
    words: &'t [(RuleText, bool)],
    /// For each text that an answer is recognised by: its places, all of one length.
    places: Vec<SaidPlaces>,
}

/// The places of one text.
#[derive(Default)]
struct SaidPlaces {
    all: Vec<Span>,
    /// In a thread: the first one of each post, as an index into `all`.
    of_posts: HashMap<Option<usize>, usize>,
    /// In a thread: those in lines of support that have this number, each with its post, which is later than those of the
    /// places before it.
    beside: HashMap<i64, Vec<(usize, Option<usize>)>>,
}

impl SaidPlaces {
    fn of(text: &str, all: Vec<Span>, thread: Option<&Thread>) -> Self {
        let mut places = Self { all, ..Self::default() };
        let Some(thread) = thread else { return places };
        let mut line = 0..0;
        let mut numbers: Vec<i64> = Vec::new();
        for (index, span) in places.all.iter().enumerate() {
            let post = thread.post_of(span.start);
            places.of_posts.entry(post).or_insert(index);
            if post.is_none_or(|post| thread.posts[post].role != Role::Staff) {
                continue;
            }
            // A line of the other side's log says the status beside the words.
            if span.start >= line.end {
                let from = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
                let length = text[from..].find('\n').unwrap_or(text.len() - from);
                line = from..from + length;
                let words = text[line.clone()].split(|c: char| c.is_whitespace() || "=\"',;".contains(c));
                numbers = words.filter_map(status_word).collect();
                numbers.sort_unstable();
                numbers.dedup();
            }
            for number in &numbers {
                let list = places.beside.entry(*number).or_default();
                if list.last().is_none_or(|(_, last)| post > *last) {
                    list.push((index, post));
                }
            }
        }
        places
    }

    /// The first place in a post, or in a line of a later one of support that has the status.
    fn first_of(&self, post: Option<usize>, status: Option<i64>) -> Option<Span> {
        let own = self.of_posts.get(&post).copied();
        let beside = status.and_then(|status| self.beside.get(&status));
        let logged = beside.and_then(|list| {
            let later = list.partition_point(|(_, of)| *of <= post);
            list.get(later).map(|(index, _)| *index)
        });
        let first = own.into_iter().chain(logged).min()?;
        self.all.get(first).copied()
    }
}

/// A word that is a status, written as one.
fn status_word(word: &str) -> Option<i64> {
    let is_number = word.len() == 3 && !word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|_| is_number)
}

impl<'t> Said<'t> {
    fn of(text: &'t str, pack: &'t Pack, thread: Option<&Thread>) -> Self {
        let lower = text.to_ascii_lowercase();
        let pairs = BytePairs::of(&lower);
        let may_have = |(words, _): &&(RuleText, bool)| pairs.may_have(words.bytes().map(|b| b.to_ascii_lowercase()));
        let places = pack.telling_words.iter().filter(may_have).map(|(literal, as_written)| {
            let searched = if *as_written { text } else { &lower };
            let found = searched.match_indices(literal.as_str()).map(|(at, _)| Span::new(at, at + literal.len()));
            SaidPlaces::of(text, found.collect(), thread)
        });
        Self { text, words: &pack.telling_words, places: places.collect() }
    }

    /// The words as the text has them, each where it is first said.
    fn words(&self) -> Vec<ListItem> {
        self.items(self.places.iter().filter_map(|places| places.all.first().copied()))
    }

    /// The same for an exchange of a post of a thread.
    fn words_of(&self, post: Option<usize>, status: Option<i64>) -> Vec<ListItem> {
        self.items(self.places.iter().filter_map(|places| places.first_of(post, status)))
    }

    fn items(&self, spans: impl Iterator<Item = Span>) -> Vec<ListItem> {
        let mut found: Vec<ListItem> = Vec::new();
        for span in spans {
            if !found.iter().any(|(_, spans)| spans.contains(&span)) {
                found.push((self.text[span.start..span.end].to_owned().into(), vec![span]));
            }
        }
        found
    }

    /// The words that differ from these in letter case alone and tell of another answer, where nothing shows that these were
    /// copied: who writes words again in a sentence may change their case.
    fn in_other_case(&self, said: &[ListItem]) -> Vec<ListItem> {
        let Some((words, spans)) = said.first() else { return Vec::new() };
        let Some(at) = spans.first().filter(|at| !is_copied(&self.text[..at.start])) else { return Vec::new() };
        let is_other = |(other, is_as_written): &&(RuleText, bool)| {
            *is_as_written && other.as_str() != words.as_ref() && other.as_str().eq_ignore_ascii_case(words)
        };
        self.words.iter().filter(is_other).map(|(other, _)| (other.as_str().to_owned().into(), vec![*at])).collect()
    }
}

/// Whether what stands before words shows that they were copied: a quotation mark, a label, the beginning of a line.
fn is_copied(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim_end_matches([' ', '\t']);
    line.is_empty() || line.ends_with(['"', '\'', '`', '“', '‘', '«', '„', '*', '>', ':', '='])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts_of, shown};
    use super::*;

    #[test]
    fn the_members_of_an_archive_tell_nothing() {
        let entry = "{\"request\": {\"method\": \"GET\", \"url\": \"https://a.example/x\",\n\"headers\": [],\n\"cookies\": []},\n\
                     \"response\": {\"status\": 401, \"headers\": [],\n\"cookies\": []}}";
        let archive = format!("{{\"log\": {{\"entries\": [\n{entry}\n]}}}}\n");
        assert_eq!(shown(&facts_of(&archive), ToldFacts::uses()), "");
        assert_ne!(shown(&facts_of(&format!("We use cookies.\n{archive}")), ToldFacts::uses()), "");
    }

    #[test]
    fn spellings_of_endpoints() {
        let numbering = Numbering { prefix: "A".into(), digits: 3 };
        let text = "A42, a042 and A0042, but not BA042, A4, A042x, x-A042 or A000042";
        let ids: Vec<String> = numbered(text, &numbering).map(|(id, _)| id).collect();
        assert_eq!(ids, ["A042", "A042", "A042"]);
    }
}

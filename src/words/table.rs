//! The lexicon and its readings as one table of bytes, which is searched as it is: nothing is decoded when the program
//! starts.
//!
//! `build.rs` includes this file and writes the table of the built-in packs. The same code makes a table when packs of
//! the user add words of their own.

#![allow(dead_code, reason = "the build writes the table, the program reads it")]

use std::collections::BTreeMap;

use super::tokens::{Unit, units};

/// What a form means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Class {
    /// What a refusal is about.
    About,
    /// The same, and the rest of the message is about one of its parts: a client assertion has an audience of its own.
    Context,
    /// What is wrong with it.
    Complaint,
    /// A good word. Its denial, or a demand for it, is a complaint.
    Good,
    /// "not": turns a good word into a complaint and takes a complaint away.
    Not,
    /// "no", "without": the same, and a complaint of its own.
    No,
    /// "must": what follows is demanded.
    Demand,
    /// "or", "either": the message leaves something open.
    Hedge,
    /// "please": what follows says what to do, not what is wrong.
    Advice,
    /// "in", "of": what follows says where.
    Place,
    /// "expected": a value that the server wants follows.
    Expected,
    /// "but got": a value that the server found follows.
    Got,
    /// Means nothing, although parts of it would.
    Nothing,
    /// Of what people tell: it works.
    Works,
    /// It fails.
    Fails,
    /// Where, with whom or when it does so.
    Where,
    /// What has happened, or how long it takes.
    Event,
    /// Which credentials are used.
    Uses,
    /// "but": another thing is said of another place.
    Turn,
}

/// Forms of what people tell begin with this unit, so that none of them is found in a refusal.
const TOLD: &str = "<told>";

impl Class {
    const ALL: [Self; 19] = [
        Self::About,
        Self::Context,
        Self::Complaint,
        Self::Good,
        Self::Not,
        Self::No,
        Self::Demand,
        Self::Hedge,
        Self::Advice,
        Self::Place,
        Self::Expected,
        Self::Got,
        Self::Nothing,
        Self::Works,
        Self::Fails,
        Self::Where,
        Self::Event,
        Self::Uses,
        Self::Turn,
    ];
}

/// A form of the lexicon: a run of words.
#[derive(Clone, Debug)]
pub(crate) struct WordForm {
    /// Its words; a final `*` makes the last one the beginning of a word.
    pub(crate) text: String,
    pub(crate) class: Class,
    /// The id of what it is about or complains of; else empty.
    pub(crate) concept: String,
    /// How the concept is called in a sentence; empty where another form of it says so.
    pub(crate) title: String,
    /// How much naming it tells, in tenths: the most telling of several is what a message is about.
    pub(crate) level: u8,
    /// Whether it is a word of people who tell of a refusal, not of the refusal itself.
    pub(crate) is_told: bool,
}

/// What a message means that is about something and complains of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadingRule {
    /// The concept that must be named as well; empty: none.
    pub(crate) context: String,
    /// Ids; `*` is any, `-` is none.
    pub(crate) about: Vec<String>,
    /// Ids; `*` is any, `-` is none.
    pub(crate) complaint: Vec<String>,
    /// In hundredths.
    pub(crate) weight: u8,
    pub(crate) family: String,
    /// Causes, the most likely one first.
    pub(crate) causes: Vec<String>,
}

/// The lexicon and the readings of several packs.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSource {
    /// Of two equal forms the first one counts.
    pub(crate) forms: Vec<WordForm>,
    /// The first one that fits counts.
    pub(crate) rules: Vec<ReadingRule>,
}

/// A form in words: the last one may be a stem.
fn words(form: &str) -> (Vec<String>, bool) {
    let (text, is_stem) = form.strip_suffix('*').map_or((form, false), |stem| (stem, true));
    let words = text.split_whitespace().flat_map(|part| match part {
        "<number>" | "<time>" | "<url>" | "<id>" => vec![part.to_owned()],
        part => units(part).into_iter().map(|u| u.word).collect(),
    });
    (words.collect(), is_stem)
}

/// The most entries of a section: they are numbered in two bytes.
const MOST: usize = u16::MAX as usize;

/// The sections of a table, in the order of their offsets in its head.
#[derive(Clone, Copy)]
enum Section {
    Names,
    Titles,
    Words,
    Stems,
    Nodes,
    Edges,
    Values,
    Rules,
    Lists,
}

const SECTIONS: usize = 9;
const NODE: usize = 10;
const EDGE: usize = 4;
const VALUE: usize = 4;
const RULE: usize = 18;
/// In place of a number: any, or none.
const ANY: u16 = u16::MAX;
const NONE: u16 = u16::MAX - 1;

#[derive(Default)]
struct Growing {
    edges: BTreeMap<u16, usize>,
    stems: BTreeMap<u16, usize>,
    value: u16,
}

/// Writes the table. `None` if there are too many entries.
pub(crate) fn write(source: &WordSource) -> Option<Vec<u8>> {
    let cut: Vec<(Vec<String>, bool)> = source
        .forms
        .iter()
        .map(|form| {
            let (mut words, is_stem) = words(&form.text);
            if form.is_told && !words.is_empty() {
                words.insert(0, TOLD.to_owned());
            }
            (words, is_stem)
        })
        .collect();
    let ends = |stem: bool| {
        let mut all: Vec<&str> = Vec::new();
        for (words, is_stem) in &cut {
            let (last, others) = words.split_last().map_or((None, &[][..]), |(last, others)| (Some(last), others));
            match stem {
                true => all.extend(last.filter(|_| *is_stem).map(String::as_str)),
                false => all.extend(others.iter().chain(last.filter(|_| !is_stem)).map(String::as_str)),
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    };
    let (vocabulary, stems) = (ends(false), ends(true));
    let mut names: Vec<String> = Vec::new();
    let mut named = |name: &str| match name {
        "*" => ANY,
        "-" | "" => NONE,
        name => names.iter().position(|n| n == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        }) as u16,
    };
    let mut nodes: Vec<Growing> = vec![Growing::default()];
    let mut values: Vec<u8> = Vec::new();
    for (form, (words, is_stem)) in source.forms.iter().zip(&cut) {
        let mut at = 0;
        for (i, word) in words.iter().enumerate() {
            let is_stem = *is_stem && i + 1 == words.len();
            let list = if is_stem { &stems } else { &vocabulary };
            let number = list.binary_search(&word.as_str()).ok()? as u16;
            let next = nodes.len();
            let edges = if is_stem { &mut nodes[at].stems } else { &mut nodes[at].edges };
            at = *edges.entry(number).or_insert(next);
            if at == next {
                nodes.push(Growing::default());
            }
        }
        if at > 0 && nodes[at].value == 0 {
            nodes[at].value = (values.len() / VALUE + 1) as u16;
            values.extend([form.class as u8, form.level]);
            values.extend(named(&form.concept).to_le_bytes());
        }
    }
    let mut titles: BTreeMap<u16, &str> = BTreeMap::new();
    for form in source.forms.iter().filter(|f| !f.title.is_empty()) {
        titles.entry(named(&form.concept)).or_insert(&form.title);
    }
    let mut rules: Vec<u8> = Vec::new();
    let mut lists: Vec<u8> = Vec::new();
    for rule in &source.rules {
        let mut list = |ids: &[String], named: &mut dyn FnMut(&str) -> u16| {
            let start = (lists.len() / 2) as u16;
            ids.iter().for_each(|id| lists.extend(named(id).to_le_bytes()));
            [start, ids.len() as u16]
        };
        let numbers = [
            &[named(&rule.context)][..],
            &list(&rule.about, &mut named),
            &list(&rule.complaint, &mut named),
            &list(&rule.causes, &mut named),
            &[named(&rule.family), u16::from(rule.weight)],
        ]
        .concat();
        rules.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    }
    let (mut node_bytes, mut edge_bytes) = (Vec::new(), Vec::new());
    for node in &nodes {
        let mut edges = |of: &BTreeMap<u16, usize>| {
            let start = (edge_bytes.len() / EDGE) as u16;
            for (word, to) in of {
                edge_bytes.extend(word.to_le_bytes());
                edge_bytes.extend((*to as u16).to_le_bytes());
            }
            [start, of.len() as u16]
        };
        let (exact, stem) = (edges(&node.edges), edges(&node.stems));
        node_bytes.extend([exact[0], exact[1], stem[0], stem[1], node.value].iter().flat_map(|n| n.to_le_bytes()));
    }
    let counts = [nodes.len(), edge_bytes.len() / EDGE, values.len() / VALUE, lists.len() / 2, names.len()];
    if counts.iter().any(|count| *count >= MOST - 1) {
        return None;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let titles: Vec<&str> = (0..names.len()).map(|n| titles.get(&(n as u16)).copied().unwrap_or_default()).collect();
    let sections = [
        texts(&names),
        texts(&titles),
        texts(&vocabulary),
        texts(&stems),
        node_bytes,
        edge_bytes,
        values,
        rules,
        lists,
    ];
    let mut table = Vec::new();
    let mut at = SECTIONS * 4;
    for section in &sections {
        table.extend((at as u32).to_le_bytes());
        at += section.len();
    }
    sections.iter().for_each(|section| table.extend(section));
    Some(table)
}

/// Texts by number: how many, where each one ends, and then all of them.
fn texts(all: &[&str]) -> Vec<u8> {
    let mut bytes = (all.len() as u32).to_le_bytes().to_vec();
    let mut end = 0;
    for text in all {
        end += text.len() as u32;
        bytes.extend(end.to_le_bytes());
    }
    all.iter().for_each(|text| bytes.extend(text.as_bytes()));
    bytes
}

/// A written table.
#[derive(Clone, Copy)]
pub(crate) struct WordTable<'t>(&'t [u8]);

/// A form that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FoundForm {
    /// The number of units that it covers.
    pub(crate) length: usize,
    pub(crate) class: Class,
    pub(crate) level: u8,
    /// The number of its concept; [`WordTable::name`] gives its id.
    pub(crate) concept: u16,
}

/// A reading as the table has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit<'t> {
    /// Whether it is the reading of a part of its context.
    pub(crate) has_context: bool,
    /// In hundredths.
    pub(crate) weight: u8,
    pub(crate) family: &'t str,
    causes: (u16, u16),
    /// Its place in the order of the readings.
    pub(crate) place: usize,
}

/// A reading with its ids.
#[derive(Debug)]
pub(crate) struct ListedReading<'t> {
    pub(crate) context: Option<&'t str>,
    /// `*` is anything, `-` is nothing.
    pub(crate) about: Vec<&'t str>,
    /// `*` is anything, `-` is nothing.
    pub(crate) complaint: Vec<&'t str>,
    /// In hundredths.
    pub(crate) weight: u8,
    pub(crate) family: &'t str,
    pub(crate) causes: Vec<&'t str>,
}

/// Where the forms of what people tell begin in a table.
#[derive(Clone, Copy)]
pub(crate) struct ToldForms(u16);

impl<'t> WordTable<'t> {
    pub(crate) const fn of(bytes: &'t [u8]) -> Self {
        Self(bytes)
    }

    fn short(self, at: usize) -> u16 {
        self.0.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
    }

    fn long(self, at: usize) -> usize {
        self.0.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
    }

    fn section(self, section: Section) -> usize {
        self.long(section as usize * 4)
    }

    fn text(self, section: Section, number: usize) -> &'t str {
        std::str::from_utf8(self.bytes(section, number)).unwrap_or_default()
    }

    fn bytes(self, section: Section, number: usize) -> &'t [u8] {
        let at = self.section(section);
        let count = self.long(at);
        if number >= count {
            return &[];
        }
        let start = if number == 0 { 0 } else { self.long(at + 4 * number) };
        let end = self.long(at + 4 + 4 * number);
        let from = at + 4 + 4 * count;
        self.0.get(from + start..from + end).unwrap_or_default()
    }

    /// The number of a text in a sorted section.
    fn find(self, section: Section, text: &str) -> Option<u16> {
        let (mut low, mut high) = (0, self.long(self.section(section)));
        while low < high {
            let middle = low.midpoint(high);
            match self.bytes(section, middle).cmp(text.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(middle as u16),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The id of a concept.
    pub(crate) fn name(self, concept: u16) -> &'t str {
        self.text(Section::Names, usize::from(concept))
    }

    /// How a concept is called in a sentence: "the audience", "is not valid".
    pub(crate) fn title(self, concept: u16) -> &'t str {
        self.text(Section::Titles, usize::from(concept))
    }

    /// The number of a concept.
    pub(crate) fn concept(self, id: &str) -> Option<u16> {
        let count = self.long(self.section(Section::Names));
        (0..count).find(|n| self.text(Section::Names, *n) == id).map(|n| n as u16)
    }

    /// The longest form at the beginning of some units.
    pub(crate) fn longest(self, units: &[Unit]) -> Option<FoundForm> {
        self.walk(0, units, 0)
    }

    /// Where the forms of what people tell begin.
    pub(crate) fn told(self) -> Option<ToldForms> {
        let word = self.find(Section::Words, TOLD)?;
        self.edge(self.section(Section::Nodes), word).map(ToldForms)
    }

    /// The longest of these forms at the beginning of some units.
    pub(crate) fn longest_told(self, forms: ToldForms, units: &[Unit]) -> Option<FoundForm> {
        self.walk(forms.0, units, 0)
    }

    /// The stems that a word begins with, the shortest first.
    fn stems(self, word: &str) -> Vec<u16> {
        /// No stem has more characters.
        const LONGEST_STEM: usize = 24;
        let count = self.long(self.section(Section::Stems));
        let (mut from, mut found) = (0, Vec::new());
        for end in word.char_indices().map(|(i, c)| i + c.len_utf8()).take(LONGEST_STEM) {
            let part = &word.as_bytes()[..end];
            let mut high = count;
            while from < high {
                let middle = from.midpoint(high);
                if self.bytes(Section::Stems, middle) < part {
                    from = middle + 1;
                } else {
                    high = middle;
                }
            }
            // Those that begin with the part come first of what is left.
            let first = if from < count { self.bytes(Section::Stems, from) } else { break };
            if !first.starts_with(part) {
                break;
            }
            if first == part {
                found.push(from as u16);
            }
        }
        found
    }

    fn walk(self, node: u16, units: &[Unit], length: usize) -> Option<FoundForm> {
        /// No form has more words.
        const LONGEST: usize = 16;
        let at = self.section(Section::Nodes) + usize::from(node) * NODE;
        let here = || {
            let value = self.short(at + 8).checked_sub(1)?;
            let value_at = self.section(Section::Values) + usize::from(value) * VALUE;
            let class = Class::ALL[usize::from(*self.0.get(value_at)?).min(Class::ALL.len() - 1)];
            Some(FoundForm { length, class, level: *self.0.get(value_at + 1)?, concept: self.short(value_at + 2) })
        };
        let Some(unit) = units.get(length).filter(|_| length < LONGEST) else { return here() };
        // A form does not go on over the end of a clause.
        if length > 0 && unit.gap >= super::tokens::Gap::Clause {
            return here();
        }
        let mut best: Option<FoundForm> = None;
        let mut longer = |found: Option<FoundForm>| {
            if found.is_some_and(|f| best.is_none_or(|b| f.length > b.length)) {
                best = found;
            }
        };
        if self.short(at + 2) > 0
            && let Some(word) = self.find(Section::Words, &unit.word)
            && let Some(next) = self.edge(at, word)
        {
            longer(self.walk(next, units, length + 1));
        }
        if self.short(at + 6) > 0 {
            // The longest stem counts.
            let stems = self.stems(&unit.word);
            if let Some(next) = stems.iter().rev().find_map(|stem| self.edge(at + 4, *stem)) {
                longer(self.walk(next, units, length + 1));
            }
        }
        best.or_else(here)
    }

    /// Where an edge leads, of those that are listed at a place of a node.
    fn edge(self, listed_at: usize, word: u16) -> Option<u16> {
        let (start, mut high) = (usize::from(self.short(listed_at)), usize::from(self.short(listed_at + 2)));
        let mut low = 0;
        while low < high {
            let middle = low.midpoint(high);
            let at = self.section(Section::Edges) + (start + middle) * EDGE;
            match self.short(at).cmp(&word) {
                std::cmp::Ordering::Equal => return Some(self.short(at + 2)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The reading of a complaint about something: the first one that fits, those of a context first.
    pub(crate) fn fit(self, contexts: &[u16], about: Option<u16>, complaint: Option<u16>) -> Option<Fit<'t>> {
        let rules = self.section(Section::Rules);
        let count = self.section(Section::Lists).saturating_sub(rules) / RULE;
        let holds = |at: usize, wanted: Option<u16>| {
            let (start, length) = (usize::from(self.short(at)), usize::from(self.short(at + 2)));
            let lists = self.section(Section::Lists);
            (start..start + length).any(|i| match self.short(lists + 2 * i) {
                ANY => wanted.is_some(),
                NONE => wanted.is_none(),
                number => wanted == Some(number),
            })
        };
        let fits = |has_context: bool| {
            (0..count).find_map(|place| {
                let at = rules + place * RULE;
                let context = self.short(at);
                let is_here = if has_context { contexts.contains(&context) } else { context == NONE };
                (is_here && holds(at + 2, about) && holds(at + 6, complaint)).then(|| Fit {
                    has_context,
                    causes: (self.short(at + 10), self.short(at + 12)),
                    family: self.name(self.short(at + 14)),
                    weight: self.short(at + 16).min(100) as u8,
                    place,
                })
            })
        };
        if contexts.is_empty() { None } else { fits(true) }.or_else(|| fits(false))
    }

    /// How many readings there are.
    pub(crate) fn rule_count(self) -> usize {
        let rules = self.section(Section::Rules);
        self.section(Section::Lists).saturating_sub(rules) / RULE
    }

    /// A reading with its ids, by its place.
    pub(crate) fn rule(self, place: usize) -> ListedReading<'t> {
        let at = self.section(Section::Rules) + place * RULE;
        let id = |number: u16| match number {
            ANY => "*",
            NONE => "-",
            number => self.name(number),
        };
        let ids = |at: usize| {
            let (start, length) = (usize::from(self.short(at)), usize::from(self.short(at + 2)));
            let lists = self.section(Section::Lists);
            (start..start + length).map(|i| id(self.short(lists + 2 * i))).collect::<Vec<&str>>()
        };
        ListedReading {
            context: Some(id(self.short(at))).filter(|id| *id != "-"),
            about: ids(at + 2),
            complaint: ids(at + 6),
            causes: ids(at + 10),
            family: self.name(self.short(at + 14)),
            weight: self.short(at + 16).min(100) as u8,
        }
    }

    /// The causes of a reading, the most likely one first.
    pub(crate) fn causes(self, fit: Fit<'t>) -> impl Iterator<Item = &'t str> {
        let lists = self.section(Section::Lists);
        let (start, length) = (usize::from(fit.causes.0), usize::from(fit.causes.1));
        (start..start + length).map(move |i| self.name(self.short(lists + 2 * i)))
    }
}

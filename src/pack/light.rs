//! A matcher for expressions that search a few short texts: it is made in a hundredth of the time that `regex` needs.
//!
//! It reads the common part of the syntax, tries alternatives from left to right as `regex` does, and gives up after a
//! number of steps. Whatever it cannot read or finish is left to `regex`.

use std::cell::Cell;

/// The steps of one search.
const MOST_STEPS: u32 = 20_000;

/// The deepest nesting of groups.
const DEEPEST: usize = 16;

/// An expression.
pub(super) struct LightPattern(PatternNode);

/// A part of an expression.
enum PatternNode {
    /// One character of ASCII, a bit for each.
    One(u128),
    Start,
    End,
    All(Vec<PatternNode>),
    Any(Vec<PatternNode>),
    /// At least and at most so many times, as many as possible.
    Times(Box<PatternNode>, usize, usize),
}

/// What came of a search.
pub(super) enum LightMatch {
    Found(usize, usize),
    None,
    /// It took too many steps.
    GivenUp,
}

impl LightPattern {
    /// Reads an expression; `None` if it has anything beyond the common part of the syntax.
    pub(super) fn new(source: &str) -> Option<Self> {
        let mut reader = PatternReader { rest: source.as_bytes(), depth: 0 };
        let node = reader.any(false)?;
        reader.rest.is_empty().then_some(Self(node))
    }

    /// The first match in a text that begins at the start, or anywhere.
    pub(super) fn find(&self, text: &str, only_at_start: bool) -> LightMatch {
        let steps = Cell::new(MOST_STEPS);
        let last = if only_at_start || self.0.begins_at_start() { 0 } else { text.len() };
        for at in 0..=last {
            let found = self.0.matches(text.as_bytes(), at, &steps, &|end| Some(end));
            if steps.get() == 0 {
                return LightMatch::GivenUp;
            }
            if let Some(end) = found {
                return LightMatch::Found(at, end);
            }
        }
        LightMatch::None
    }
}

impl PatternNode {
    fn begins_at_start(&self) -> bool {
        match self {
            Self::Start => true,
            Self::All(nodes) => nodes.first().is_some_and(Self::begins_at_start),
            _ => false,
        }
    }

    /// The end of the match that begins at a place and after which the rest matches.
    fn matches(
        &self,
        text: &[u8],
        at: usize,
        steps: &Cell<u32>,
        rest: &dyn Fn(usize) -> Option<usize>,
    ) -> Option<usize> {
        steps.set(steps.get().checked_sub(1)?);
        let is_one = |set: u128, at: usize| text.get(at).is_some_and(|b| *b < 128 && set & (1 << *b) != 0);
        match self {
            Self::One(set) => is_one(*set, at).then(|| rest(at + 1))?,
            Self::Start => (at == 0).then(|| rest(at))?,
            Self::End => (at == text.len()).then(|| rest(at))?,
            Self::All(nodes) => in_order(nodes, text, at, steps, rest),
            Self::Any(nodes) => nodes.iter().find_map(|node| node.matches(text, at, steps, rest)),
            Self::Times(node, least, most) => match **node {
                Self::One(set) => {
                    let count = (at..text.len()).take(*most).take_while(|at| is_one(set, *at)).count();
                    (*least..=count).rev().find_map(|count| {
                        steps.set(steps.get().checked_sub(1)?);
                        rest(at + count)
                    })
                }
                _ => again(node, (*least, *most), text, at, steps, rest),
            },
        }
    }
}

fn in_order(
    nodes: &[PatternNode],
    text: &[u8],
    at: usize,
    steps: &Cell<u32>,
    rest: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    match nodes {
        [] => rest(at),
        [node] => node.matches(text, at, steps, rest),
        [node, others @ ..] => node.matches(text, at, steps, &|end| in_order(others, text, end, steps, rest)),
    }
}

fn again(
    node: &PatternNode,
    (least, most): (usize, usize),
    text: &[u8],
    at: usize,
    steps: &Cell<u32>,
    rest: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let once_more = || {
        let left = (least.saturating_sub(1), most - 1);
        // A part that matches nothing would match it for ever.
        node.matches(text, at, steps, &|end| (end > at).then(|| again(node, left, text, end, steps, rest))?)
    };
    let more = if most > 0 { once_more() } else { None };
    more.or_else(|| (least == 0).then(|| rest(at))?)
}

/// Reads an expression.
struct PatternReader<'s> {
    rest: &'s [u8],
    depth: usize,
}

impl PatternReader<'_> {
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.rest.first() == Some(&byte);
        self.rest = &self.rest[usize::from(is_next)..];
        is_next
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        first.is_ascii().then_some(*first)
    }

    /// Alternatives, up to the end of their group.
    fn any(&mut self, folds: bool) -> Option<PatternNode> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut folds = folds;
        let mut all = vec![self.all(&mut folds)?];
        while self.take(b'|') {
            all.push(self.all(&mut folds)?);
        }
        self.depth -= 1;
        Some(if all.len() == 1 { all.pop()? } else { PatternNode::Any(all) })
    }

    /// Parts that follow each other. A flag holds up to the end of its group.
    fn all(&mut self, folds: &mut bool) -> Option<PatternNode> {
        let mut nodes = Vec::new();
        while let Some(first) = self.rest.first().filter(|b| !matches!(b, b'|' | b')')) {
            if self.rest.starts_with(b"(?i)") {
                self.rest = &self.rest[4..];
                *folds = true;
                continue;
            }
            let node = match first {
                b'(' => self.group(*folds)?,
                _ => self.one(*folds)?,
            };
            nodes.push(self.times(node)?);
        }
        Some(PatternNode::All(nodes))
    }

    fn group(&mut self, folds: bool) -> Option<PatternNode> {
        self.take(b'(');
        let folds = if self.rest.starts_with(b"?:") {
            self.rest = &self.rest[2..];
            folds
        } else if self.rest.starts_with(b"?i:") {
            self.rest = &self.rest[3..];
            true
        } else {
            folds
        };
        if self.rest.first() == Some(&b'?') {
            return None;
        }
        let node = self.any(folds)?;
        self.take(b')').then_some(node)
    }

    fn one(&mut self, folds: bool) -> Option<PatternNode> {
        Some(match self.next()? {
            b'^' => PatternNode::Start,
            b'$' => PatternNode::End,
            b'.' => PatternNode::One(!(1 << b'\n')),
            b'[' => PatternNode::One(self.class(folds)?),
            b'\\' => PatternNode::One(folded(escaped(self.next()?)?, folds)),
            b'*' | b'+' | b'?' | b'{' | b'}' | b']' => return None,
            byte => PatternNode::One(folded(1 << byte, folds)),
        })
    }

    fn class(&mut self, folds: bool) -> Option<u128> {
        let is_negated = self.take(b'^');
        let (mut set, mut is_first) = (0, true);
        loop {
            let byte = self.next()?;
            let low = match byte {
                b']' if !is_first => break,
                // A bracket, and the signs that join classes, are left to `regex`.
                b'[' | b'&' | b'~' | b']' => return None,
                b'-' if !is_first && self.rest.first() != Some(&b']') => return None,
                b'\\' => {
                    set |= escaped(self.next()?)?;
                    is_first = false;
                    continue;
                }
                byte => byte,
            };
            is_first = false;
            let is_range = self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(|b| *b != b']');
            if !is_range {
                set |= 1 << low;
                continue;
            }
            self.take(b'-');
            let high = self.next().filter(|high| *high >= low && !matches!(high, b'\\' | b'['))?;
            (low..=high).for_each(|byte| set |= 1 << byte);
        }
        let set = folded(set, folds);
        Some(if is_negated { !set } else { set })
    }

    /// How often a part comes.
    fn times(&mut self, node: PatternNode) -> Option<PatternNode> {
        /// `regex` has a limit of its own.
        const MOST: usize = 1000;
        let (least, most) = match self.rest.first() {
            Some(b'?') => (0, 1),
            Some(b'*') => (0, usize::MAX),
            Some(b'+') => (1, usize::MAX),
            Some(b'{') => {
                let end = self.rest.iter().position(|b| *b == b'}')?;
                let inner = std::str::from_utf8(&self.rest[1..end]).ok()?;
                let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
                let most = if most.is_empty() { usize::MAX } else { most.parse().ok().filter(|m| *m <= MOST)? };
                self.rest = &self.rest[end..];
                (least.parse().ok().filter(|least| *least <= most.min(MOST))?, most)
            }
            _ => return Some(node),
        };
        self.rest = &self.rest[1..];
        // As few times as possible, and a number of times of a number of times, are left to `regex`.
        if matches!(self.rest.first(), Some(b'?' | b'*' | b'+' | b'{')) {
            return None;
        }
        Some(PatternNode::Times(Box::new(node), least, most))
    }
}

/// The letters of a set in both cases.
fn folded(set: u128, folds: bool) -> u128 {
    if !folds {
        return set;
    }
    let letters = (b'a'..=b'z').filter(|b| set & (1 << b | 1 << b.to_ascii_uppercase()) != 0);
    letters.fold(set, |set, b| set | 1 << b | 1 << b.to_ascii_uppercase())
}

/// The characters that an escape means.
fn escaped(byte: u8) -> Option<u128> {
    let of = |is: fn(&u8) -> bool| (0..128_u8).filter(is).fold(0, |set: u128, b| set | 1 << b);
    match byte {
        b'd' => Some(of(u8::is_ascii_digit)),
        b'n' => Some(1 << b'\n'),
        b't' => Some(1 << b'\t'),
        b'r' => Some(1 << b'\r'),
        byte if byte.is_ascii_punctuation() => Some(1 << byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(light: &LightPattern, text: &str) -> Option<Option<(usize, usize)>> {
        match light.find(text, false) {
            LightMatch::Found(from, till) => Some(Some((from, till))),
            LightMatch::None => Some(None),
            LightMatch::GivenUp => None,
        }
    }

    #[test]
    fn expressions_that_take_too_long_are_given_up() {
        let light = LightPattern::new("(a|ab|b)*(a|ab|b)*(a|ab|b)*(a|ab|b)*c").expect("it is read");
        assert!(found(&light, &"ab".repeat(40)).is_none());
    }

    #[test]
    fn what_is_left_to_the_other_engine() {
        for source in
            ["a+?", "\\bword", "[é]", "a{2}{3}", "(?<name>a)", "[[:alpha:]]", "[a&&b]", "x{5000}", "(a", "a)", "*"]
        {
            assert!(LightPattern::new(source).is_none(), "{source}");
        }
    }

    /// Expressions of the kinds that rules have.
    const SOURCES: [&str; 16] = [
        "(^|[.])api[.]shop[.]example$",
        "^Invalid .?iss.?/.?sub.? claims in client_assertion JWT",
        "(?i)(credentials were not provided|no (token|credentials) (were |was )?(provided|supplied|found))",
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "[A-Z0-9]{3,9}|[a-z]{1,3}[0-9][a-z0-9]{1,6}",
        "[A-Za-z]{3}-[0-9]{6,24}-[a-z]-[a-z0-9]{2,8}(-[0-9]+){2,4}",
        "([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}(st|nd|rd|th)?[ /.-](of )?[A-Z][a-z]+)([T ,]+[0-9]{1,2}[:.][0-9]{2})?",
        "^(?i:prod|live)",
        "^https://([a-z0-9-]+[.])?api",
        "[^0-9.]",
        "(a|ab)(c|bcd)?d*",
        "(?i)invalid[ -]token$",
        "a.*b.+c",
        "(a|b)+c{0,2}",
        "x{2,}|\\.\\d",
        "^$|a$",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn it_finds_what_regex_finds(
            which in 0..SOURCES.len(), picks in prop::collection::vec(0usize..400, 0..40),
        ) {
            let source = SOURCES[which];
            // Texts of the letters of the expression are the ones that nearly match.
            let letters: Vec<char> = source.chars().chain("aAbBcdxX019 -.:/\n".chars()).collect();
            let text: String = picks.iter().map(|pick| letters[pick % letters.len()]).collect();
            let light = LightPattern::new(source).expect(source);
            let regex = regex::Regex::new(source).expect(source);
            let expected = regex.find(&text).map(|found| (found.start(), found.end()));
            if let Some(found) = found(&light, &text) {
                prop_assert_eq!(found, expected, "{} in {:?}", source, text);
            }
        }
    }
}

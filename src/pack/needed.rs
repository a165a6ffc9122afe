//! What a text must have for a regular expression to match it.
//!
//! Nearly every message has none of the words that an expression asks for. Seeing that costs a hundredth of a search, and saves
//! compiling most expressions. In doubt nothing is needed, and the expression decides.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

/// The pairs of neighbouring bytes in a text, in lower case; several pairs share a bit.
type Pairs = [u64; 4];

fn pairs(bytes: &[u8]) -> Pairs {
    let mut found = Pairs::default();
    let mut last = 0_u8;
    for (at, byte) in bytes.iter().enumerate() {
        let byte = byte.to_ascii_lowercase();
        if at > 0 {
            let bit = (u32::from(last) << 8 | u32::from(byte)).wrapping_mul(0x9E37_79B1) >> 24;
            found[bit as usize / 64] |= 1 << (bit % 64);
        }
        last = byte;
    }
    found
}

/// What a text must have: all pairs of one of these sets, which are bytes that the build writes and nothing needs to read.
#[derive(Serialize)]
pub(super) struct NeededWords(Cow<'static, [u8]>);

/// How many bytes a set takes.
const SET: usize = size_of::<Pairs>();

impl NeededWords {
    /// What this expression needs; nothing if that is not known. It holds for texts of ASCII characters only: in others a letter of
    /// another alphabet may count as one of these.
    pub(super) fn of(source: &str) -> Self {
        let mut parser = NeedReader { rest: source.chars(), depth: 0 };
        let words = parser.alternatives().flatten();
        let words = words.filter(|_| parser.rest.as_str().is_empty()).unwrap_or_default();
        Self(words.iter().flatten().flat_map(|bits| bits.to_le_bytes()).collect())
    }

    /// Whether a text may have what is needed.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        if self.0.is_empty() || !text.is_ascii() {
            return true;
        }
        let there = pairs(text.as_bytes()).map(u64::to_le_bytes);
        let there = there.as_flattened();
        self.0.chunks_exact(SET).any(|word| word.iter().zip(there).all(|(word, there)| word & !there == 0))
    }
}

impl<'de: 'static> Deserialize<'de> for NeededWords {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&'static [u8]>::deserialize(from).map(|bytes| Self(Cow::Borrowed(bytes)))
    }
}

/// The sets of which one is in whatever a part of an expression matches. `None`: it may match without any.
type NeededSets = Option<Vec<Pairs>>;

/// So many sets are as good as none, and a deeper expression is not read.
const MOST: usize = 64;
const DEEPEST: usize = 20;

/// How many pairs are in the smallest set.
fn least(words: &[Pairs]) -> u32 {
    words.iter().map(|word| word.iter().map(|bits| bits.count_ones()).sum()).min().unwrap_or(0)
}

fn both(a: Pairs, b: Pairs) -> Pairs {
    std::array::from_fn(|at| a[at] | b[at])
}

/// Reads an expression. Each function gives `None` where it meets something that it does not know.
struct NeedReader<'s> {
    rest: std::str::Chars<'s>,
    depth: usize,
}

/// What one atom matches.
enum Atom {
    /// This character, in either case.
    Char(char),
    /// No character: a border of a word, the start of a line.
    Border,
    /// Something that has one of these words.
    Other(NeededSets),
}

impl NeedReader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        if is_next {
            self.rest.next();
        }
        is_next
    }

    fn alternatives(&mut self) -> Option<NeededSets> {
        let mut all: NeededSets = Some(Vec::new());
        loop {
            let words = self.sequence()?;
            all = match (all, words) {
                (Some(mut all), Some(words)) => {
                    all.extend(words);
                    Some(all).filter(|all| all.len() <= MOST)
                }
                _ => None,
            };
            if !self.take('|') {
                return Some(all);
            }
        }
    }

    fn sequence(&mut self) -> Option<NeededSets> {
        let (mut own, mut run) = (Pairs::default(), String::new());
        // Of several parts with alternatives the one that tells most.
        let mut best: NeededSets = None;
        let end = |run: &mut String, own: Pairs| both(own, pairs(std::mem::take(run).as_bytes()));
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let atom = self.atom()?;
            let (fewest, most) = self.repeats()?;
            match atom {
                Atom::Char(c) => {
                    if fewest > 0 {
                        run.push(c);
                    }
                    // More of them may follow.
                    if (fewest, most) != (1, 1) {
                        own = end(&mut run, own);
                    }
                }
                Atom::Border => own = end(&mut run, own),
                Atom::Other(words) => {
                    own = end(&mut run, own);
                    let tells_more = |words: &Vec<Pairs>| least(words) > best.as_deref().map_or(0, least);
                    best = words.filter(|words| fewest > 0 && tells_more(words)).or(best);
                }
            }
        }
        own = end(&mut run, own);
        let of_own = (own != Pairs::default()).then(|| vec![own]);
        Some(best.map(|words| words.into_iter().map(|word| both(word, own)).collect()).or(of_own))
    }

    fn atom(&mut self) -> Option<Atom> {
        match self.rest.next()? {
            '(' => self.group(),
            '[' => self.class(),
            '.' => Some(Atom::Other(None)),
            '^' | '$' => Some(Atom::Border),
            '\\' => match self.rest.next()? {
                'b' => Some(Atom::Border),
                'd' | 's' | 'w' | 'n' | 'r' | 't' => Some(Atom::Other(None)),
                c if c.is_ascii_punctuation() => Some(Atom::Char(c)),
                _ => None,
            },
            '*' | '+' | '?' | '{' => None,
            c if c.is_ascii() => Some(Atom::Char(c)),
            _ => Some(Atom::Other(None)),
        }
    }

    /// `(…)`, `(?:…)`, `(?i)`, `(?i:…)`. Case makes no difference here.
    fn group(&mut self) -> Option<Atom> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        if self.take('?') {
            self.take('i');
            if self.take(')') {
                return Some(Atom::Border);
            }
            if !self.take(':') {
                return None;
            }
        }
        let words = self.alternatives()?;
        self.depth -= 1;
        self.take(')').then_some(Atom::Other(words))
    }

    /// `[…]`: one of several characters, or one in either case.
    fn class(&mut self) -> Option<Atom> {
        let is_negated = self.take('^');
        let (mut only, mut is_one, mut is_first) = (None, !is_negated, true);
        loop {
            let c = match self.rest.next()? {
                ']' if !is_first => break,
                '[' => return None,
                '\\' => match self.rest.next()? {
                    c if c.is_ascii_punctuation() => c,
                    'd' | 's' | 'w' | 'n' | 'r' | 't' => {
                        is_one = false;
                        ' '
                    }
                    _ => return None,
                },
                c => c,
            };
            // A range, or two sets that are combined.
            if self.peek() == Some('-') || matches!((c, self.peek()), ('&', Some('&')) | ('~', Some('~'))) {
                is_one = false;
            }
            is_one &= c.is_ascii() && only.is_none_or(|only: char| only.eq_ignore_ascii_case(&c));
            only = Some(c);
            is_first = false;
        }
        Some(only.filter(|_| is_one).map_or(Atom::Other(None), Atom::Char))
    }

    /// How often an atom is there, at least and at most.
    fn repeats(&mut self) -> Option<(u32, u32)> {
        let count = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('{') => {
                let bounds = self.rest.as_str().get(1..)?.split_once('}')?.0;
                let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
                let most = if most.is_empty() { u32::MAX } else { most.parse().ok()? };
                let count = (least.parse().ok()?, most);
                self.rest.nth(bounds.chars().count() + 1);
                let _ = self.take('?');
                return Some(count);
            }
            _ => return Some((1, 1)),
        };
        self.rest.next();
        let _ = self.take('?');
        Some(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::pack::model::{Cause, Condition, Matcher, Pack};

    #[test]
    fn what_an_expression_needs() {
        for (source, with, without) in [
            ("(?i)(token|jwt)", "the Token", "a cookie"),
            ("^Invalid .?exp.? claim", "invalid exp claim", "invalid aud claim"),
            ("(?i)no api.?key (was )?(found|provided)", "no api key found", "no api key"),
            ("(^|[.])nhs[.](uk|net)$", "nhs.uk", "nhs.org"),
            ("colou?rs?", "color", "cooler"),
            ("(?i)[Bb]earer+ x{2,3}y", "bearerr xxy", "bearer"),
            ("x-+y", "x-", "xy"),
        ] {
            let needed = NeededWords::of(source);
            assert!(needed.may_be_in(with) && !needed.may_be_in(without), "{source}");
        }
        for source in
            ["(a|)b", "(abc)?d", "(?x) a b", "[^0-9.]", "[a-z]+", r"\x41bc", r"a\.|c\d", "(ab|", "a{", "[[:alpha:]]b"]
        {
            assert!(NeededWords::of(source).may_be_in(""), "{source}");
        }
    }

    /// The expressions of a condition.
    fn of_condition(condition: &Condition, found: &mut Vec<String>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| of_condition(part, found)),
            Condition::Not(part) => of_condition(part, found),
            Condition::Test(_, Matcher::Matches(pattern)) => found.push(pattern.source().to_owned()),
            Condition::Test(..) => {}
        }
    }

    /// The expressions of all signs and answers.
    fn of_rules() -> Vec<String> {
        let pack = Pack::builtin().expect("the packs");
        let mut found = Vec::new();
        let signs = pack.causes.iter().flat_map(Cause::all_signs).map(|(_, sign)| &sign.when);
        signs.chain(pack.answers.iter().map(|answer| &*answer.when)).for_each(|when| of_condition(when, &mut found));
        found
    }

    #[test]
    fn what_an_expression_matches_has_what_it_needs() {
        let sources = of_rules();
        let mut runner = TestRunner::deterministic();
        let mut filtered = 0;
        for source in &sources {
            let needed = NeededWords::of(source);
            filtered += usize::from(!needed.may_be_in(""));
            // The generator knows no borders; what it makes without them is checked with the expression itself.
            let without = source.replace(['^', '$'], "").replace("\\b", "");
            let Ok(strategy) = proptest::string::string_regex(&without) else { continue };
            let regex = regex::Regex::new(source).expect("it is checked");
            for _ in 0..32 {
                let text = strategy.new_tree(&mut runner).expect("a text").current();
                if text.is_ascii() && regex.is_match(&text) {
                    assert!(needed.may_be_in(&text), "{source}: {text}");
                    assert!(needed.may_be_in(&format!("it says {} here", text.to_uppercase())), "{source}: {text}");
                }
            }
        }
        assert!(sources.len() > 80 && filtered * 10 > sources.len() * 7, "{filtered} of {}", sources.len());
    }
}

//! A small matcher for the regular expressions of rules.
//!
//! Most of them are asked about one short text in a run, and compiling one costs a hundred times as much as this reading of
//! it. Alternatives are tried in their order, as `regex` prefers them, in a bounded number of steps. What is not read here, or
//! not decided in that many steps, is left to `regex`.
//!
//! Only characters of ASCII match. Where an expression could match others, the text must have none.

use std::ops::Range;

/// The most steps of one search.
const MOST_STEPS: usize = 20_000;

/// The longest program, in instructions: counted repetitions are written out.
const LONGEST: usize = 4_000;

/// The most times that something is repeated.
const MOST_TIMES: u32 = 1_000;

/// Some characters of ASCII, a bit for each.
type Chars = u128;

/// A step of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// One of these characters.
    One(Chars),
    /// So many of these characters, as many as possible or as few.
    Run {
        chars: Chars,
        least: u32,
        most: u32,
        is_lazy: bool,
    },
    /// Goes on at the first place, or else at the second one.
    Either(usize, usize),
    GoTo(usize),
    /// The text begins here.
    Begin,
    /// The text ends here.
    End,
    /// A word begins or ends here, or does not.
    Edge(bool),
}

/// An expression as a program.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
    /// The characters that a match begins with; `None` if it may be empty or is bound to a place.
    first: Option<Chars>,
    is_at_start: bool,
}

/// A place to return to: the step, the place in the text, and for a run the other end of the places that are left.
struct MatchChoice {
    step: usize,
    at: usize,
    last: usize,
}

impl Program {
    /// Reads an expression. `None` if it has something that this matcher does not know.
    pub(super) fn of(source: &str, is_at_start: bool) -> Option<Self> {
        let mut reader = ExpressionReader { rest: source.as_bytes(), ignores_case: false, steps: Vec::new() };
        reader.alternatives(0)?;
        let steps = reader.steps;
        (reader.rest.is_empty() && steps.len() <= LONGEST).then(|| {
            let first = first(&steps, 0, &mut 200);
            Self { steps, first, is_at_start }
        })
    }

    /// The first match in a text. The outer `None`: it took too many steps.
    pub(super) fn find(&self, text: &[u8]) -> Option<Option<Range<usize>>> {
        let mut steps = 0;
        let mut choices = Vec::new();
        let last = if self.is_at_start { 0 } else { text.len() };
        for from in 0..=last {
            if self.first.is_some_and(|first| !text.get(from).is_some_and(|b| has(first, *b))) {
                continue;
            }
            if let Some(end) = self.run(text, from, &mut choices, &mut steps)? {
                return Some(Some(from..end));
            }
        }
        Some(None)
    }

    /// Where a match ends that begins here.
    fn run(
        &self,
        text: &[u8],
        from: usize,
        choices: &mut Vec<MatchChoice>,
        steps: &mut usize,
    ) -> Option<Option<usize>> {
        choices.clear();
        let (mut step, mut at) = (0, from);
        loop {
            *steps += 1;
            if *steps > MOST_STEPS {
                return None;
            }
            let fits = match self.steps.get(step) {
                None => return Some(Some(at)),
                Some(Step::One(chars)) => {
                    let fits = text.get(at).is_some_and(|b| has(*chars, *b));
                    at += usize::from(fits);
                    fits
                }
                Some(Step::Run { chars, least, most, is_lazy }) => {
                    let count = text[at..].iter().take(*most as usize).take_while(|b| has(*chars, **b)).count();
                    let fits = count >= *least as usize;
                    if fits {
                        let (nearest, farthest) = (at + *least as usize, at + count);
                        let (next, last) = if *is_lazy { (nearest, farthest) } else { (farthest, nearest) };
                        if next != last {
                            choices.push(MatchChoice { step: step + 1, at: next, last });
                        }
                        at = next;
                    }
                    fits
                }
                Some(Step::Either(first, second)) => {
                    choices.push(MatchChoice { step: *second, at, last: at });
                    step = *first;
                    continue;
                }
                Some(Step::GoTo(next)) => {
                    step = *next;
                    continue;
                }
                Some(Step::Begin) => at == 0,
                Some(Step::End) => at == text.len(),
                Some(Step::Edge(wanted)) => {
                    let is_word = |b: Option<&u8>| b.is_some_and(|b| has(WORD, *b));
                    let before = at.checked_sub(1).and_then(|before| text.get(before));
                    (is_word(before) != is_word(text.get(at))) == *wanted
                }
            };
            if fits {
                step += 1;
                continue;
            }
            let Some(choice) = choices.last_mut() else { return Some(None) };
            step = choice.step;
            match choice.at.cmp(&choice.last) {
                std::cmp::Ordering::Equal => {
                    at = choice.at;
                    choices.pop();
                }
                // The next place of a run. Its own place was tried when it was pushed.
                order => {
                    choice.at = if order.is_lt() { choice.at + 1 } else { choice.at - 1 };
                    at = choice.at;
                    if choice.at == choice.last {
                        choices.pop();
                    }
                }
            }
        }
    }
}

const fn has(chars: Chars, byte: u8) -> bool {
    byte < 128 && chars & 1 << byte != 0
}

/// The characters with which the program can go on at a step. `looks`: how many more steps are looked at.
fn first(steps: &[Step], step: usize, looks: &mut u32) -> Option<Chars> {
    *looks = looks.checked_sub(1)?;
    match steps.get(step)? {
        Step::One(chars) => Some(*chars),
        Step::Run { chars, least: 1.., .. } => Some(*chars),
        Step::Run { chars, .. } => first(steps, step + 1, looks).map(|next| next | chars),
        Step::Either(a, b) => Some(first(steps, *a, looks)? | first(steps, *b, looks)?),
        Step::GoTo(next) => first(steps, *next, looks),
        Step::Edge(_) => first(steps, step + 1, looks),
        Step::Begin | Step::End => None,
    }
}

const DIGIT: Chars = chars(b'0', b'9');
const WORD: Chars = DIGIT | chars(b'a', b'z') | chars(b'A', b'Z') | chars(b'_', b'_');
const SPACE: Chars = chars(b'\t', b'\r') | chars(b' ', b' ');

/// The characters from one to another.
const fn chars(from: u8, to: u8) -> Chars {
    (Chars::MAX >> (127 - to)) & (Chars::MAX << from)
}

/// Reads an expression into steps.
struct ExpressionReader<'e> {
    rest: &'e [u8],
    ignores_case: bool,
    steps: Vec<Step>,
}

impl ExpressionReader<'_> {
    fn take(&mut self, prefix: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Alternatives up to the end of the group.
    fn alternatives(&mut self, depth: usize) -> Option<()> {
        const DEEPEST: usize = 20;
        if depth > DEEPEST {
            return None;
        }
        let ignores_case = self.ignores_case;
        let mut from = self.steps.len();
        let mut ends = Vec::new();
        loop {
            while !self.rest.is_empty() && !self.rest.starts_with(b"|") && !self.rest.starts_with(b")") {
                self.repeated(depth)?;
            }
            if !self.take(b"|") {
                break;
            }
            self.insert(from, &[Step::Either(from + 1, self.steps.len() + 2)]);
            ends.push(self.steps.len());
            self.steps.push(Step::GoTo(0));
            from = self.steps.len();
        }
        let end = self.steps.len();
        ends.into_iter().for_each(|at| self.steps[at] = Step::GoTo(end));
        self.ignores_case = ignores_case;
        Some(())
    }

    /// Puts steps in front of those from a place on.
    fn insert(&mut self, at: usize, new: &[Step]) {
        let moved: Vec<Step> = self.steps.drain(at..).collect();
        self.steps.extend_from_slice(new);
        self.steps.extend(moved.into_iter().map(|step| shifted(step, new.len())));
    }

    /// Something, and how often it may follow itself.
    fn repeated(&mut self, depth: usize) -> Option<()> {
        let from = self.steps.len();
        self.single(depth)?;
        let (least, most) = match self.rest.first() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => return self.counted(from),
            _ => return Some(()),
        };
        self.next();
        self.repeat(from, least, most)
    }

    /// `{2}`, `{2,}`, `{2,5}`.
    fn counted(&mut self, from: usize) -> Option<()> {
        self.next();
        let end = self.rest.iter().position(|b| *b == b'}')?;
        let (counts, rest) = (std::str::from_utf8(&self.rest[..end]).ok()?, &self.rest[end + 1..]);
        self.rest = rest;
        let (least, most) = match counts.split_once(',') {
            Some((least, "")) => (least.parse().ok()?, None),
            Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
            None => (counts.parse().ok()?, Some(counts.parse().ok()?)),
        };
        (most.unwrap_or(least) <= MOST_TIMES && least <= most.unwrap_or(least)).then_some(())?;
        self.repeat(from, least, most)
    }

    /// Repeats the steps from a place on.
    fn repeat(&mut self, from: usize, least: u32, most: Option<u32>) -> Option<()> {
        let is_lazy = self.take(b"?");
        if matches!(self.rest, [b'*' | b'+' | b'?' | b'{', ..]) {
            return None;
        }
        if let [Step::One(chars)] = self.steps[from..] {
            self.steps[from] = Step::Run { chars, least, most: most.unwrap_or(u32::MAX), is_lazy };
            return Some(());
        }
        let body: Vec<Step> = self.steps.drain(from..).collect();
        let copies = most.map_or(least + 1, |most| most) as usize;
        if (body.len() + 2) * copies > LONGEST {
            return None;
        }
        let add = |steps: &mut Vec<Step>| {
            let by = steps.len();
            steps.extend(body.iter().map(|step| shifted(*step, by - from)));
        };
        (0..least).for_each(|_| add(&mut self.steps));
        let either = |go: usize, leave: usize| if is_lazy { Step::Either(leave, go) } else { Step::Either(go, leave) };
        match most {
            None => {
                let loop_at = self.steps.len();
                self.steps.push(either(loop_at + 1, loop_at + body.len() + 2));
                add(&mut self.steps);
                self.steps.push(Step::GoTo(loop_at));
            }
            Some(most) => {
                let end = self.steps.len() + (most - least) as usize * (body.len() + 1);
                for _ in least..most {
                    self.steps.push(either(self.steps.len() + 1, end));
                    add(&mut self.steps);
                }
            }
        }
        Some(())
    }

    /// A character, a class, a group or a place.
    fn single(&mut self, depth: usize) -> Option<()> {
        let step = match self.next()? {
            b'(' => return self.group(depth),
            b'[' => Step::One(self.class()?),
            b'.' => Step::One(!chars(b'\n', b'\n')),
            b'^' => Step::Begin,
            b'$' => Step::End,
            b'\\' => match self.next()? {
                b'b' => Step::Edge(true),
                b'B' => Step::Edge(false),
                escaped => Step::One(self.folded(escape(escaped)?)),
            },
            b'*' | b'+' | b'?' | b'{' => return None,
            byte => Step::One(self.folded(one(byte)?)),
        };
        self.steps.push(step);
        Some(())
    }

    fn group(&mut self, depth: usize) -> Option<()> {
        let before = self.ignores_case;
        if self.take(b"?i)") {
            self.ignores_case = true;
            return Some(());
        }
        if self.take(b"?i:") {
            self.ignores_case = true;
        } else if !self.take(b"?:") && self.rest.starts_with(b"?") {
            return None;
        }
        self.alternatives(depth + 1)?;
        self.ignores_case = before;
        self.take(b")").then_some(())
    }

    /// The characters between brackets.
    fn class(&mut self) -> Option<Chars> {
        let is_negated = self.take(b"^");
        let mut found = 0;
        let mut is_empty = true;
        loop {
            let from = match self.next()? {
                b']' if !is_empty => break,
                // A class in a class.
                b'[' => return None,
                b'\\' => {
                    let escaped = escape(self.next()?)?;
                    if escaped.count_ones() != 1 {
                        found |= escaped;
                        is_empty = false;
                        continue;
                    }
                    u8::try_from(escaped.trailing_zeros()).ok()?
                }
                byte => byte,
            };
            is_empty = false;
            // Two of these marks join classes.
            if matches!(from, b'&' | b'-' | b'~') && self.rest.first() == Some(&from) {
                return None;
            }
            let to = match self.rest {
                [b'-', to, ..] if *to != b']' => {
                    self.rest = &self.rest[2..];
                    match *to {
                        b'\\' | b'[' => return None,
                        to => to,
                    }
                }
                _ => from,
            };
            (from <= to && to < 128).then_some(())?;
            found |= chars(from, to);
        }
        let found = self.folded(found);
        Some(if is_negated { !found } else { found })
    }

    /// With the letters of the other case, where case does not count.
    const fn folded(&self, found: Chars) -> Chars {
        const SMALL: Chars = chars(b'a', b'z');
        const LARGE: Chars = chars(b'A', b'Z');
        if self.ignores_case { found | (found & SMALL) >> 32 | (found & LARGE) << 32 } else { found }
    }
}

/// A step of a program that is moved.
const fn shifted(step: Step, by: usize) -> Step {
    match step {
        Step::Either(a, b) => Step::Either(a + by, b + by),
        Step::GoTo(a) => Step::GoTo(a + by),
        other => other,
    }
}

const fn one(byte: u8) -> Option<Chars> {
    if byte < 128 { Some(chars(byte, byte)) } else { None }
}

/// What an escaped character means.
const fn escape(byte: u8) -> Option<Chars> {
    match byte {
        b'd' => Some(DIGIT),
        b'D' => Some(!DIGIT),
        b'w' => Some(WORD),
        b'W' => Some(!WORD),
        b's' => Some(SPACE),
        b'S' => Some(!SPACE),
        b'n' => one(b'\n'),
        b'r' => one(b'\r'),
        b't' => one(b'\t'),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'<' | b'>' => None,
        other => one(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    /// Compares with `regex`; whether this matcher decided.
    fn compare(source: &str, text: &str) -> bool {
        let Some(program) = Program::of(source, false) else { return false };
        let Some(found) = program.find(text.as_bytes()) else { return false };
        let regex = Regex::new(source).unwrap_or_else(|e| panic!("{source}: {e}"));
        assert_eq!(found, regex.find(text).map(|m| m.range()), "{source} in {text:?}");
        let at_start = Program::of(source, true).and_then(|p| p.find(text.as_bytes())).expect("the same program");
        let anchored = Regex::new(&format!("^(?:{source})")).expect("the same expression");
        assert_eq!(at_start, anchored.find(text).map(|m| m.range()), "{source} at the start of {text:?}");
        true
    }

    #[test]
    fn what_regex_finds() {
        for (source, text) in [
            ("a|ab", "xabb"),
            ("(ab|a)(bc|c)?", "abc"),
            ("(?i)bearer +[^ ]{2,4}", "x BEARER  abcdef"),
            ("(a|b)*?c", "ababc"),
            ("(ab){2,3}", "abababab"),
            ("(ab){2,}?", "abababab"),
            (r"\bid\b|\d{3}$", "ids id 401"),
            (r"^\w+[.-]?\w*$", "api-x"),
            ("(?i:JWT)s", "jwts JWTS"),
            ("x(?i)y|z", "XY xY Z"),
            ("[]a]+|[^]a]", "b]a"),
            ("", "abc"),
            ("(^|[^a-z])b(|x)$", "ab b"),
            ("a.{0,3}c", "a\nc abbc"),
        ] {
            assert!(compare(source, text), "{source}");
        }
    }

    #[test]
    fn what_is_left_to_regex() {
        for source in [r"\pL", "(?m)^a", "(?P<n>a)", "[[:alpha:]]", "[a&&b]", "é", "a**", r"\x41", "(abc){1000}"] {
            assert!(Program::of(source, false).is_none(), "{source}");
        }
        // Too many steps.
        let program = Program::of("(a|aa|aaa)*b", false).expect("it is read");
        assert_eq!(program.find("a".repeat(60).as_bytes()), None);
    }

    proptest! {
        #[test]
        fn as_regex_does(
            source in prop::collection::vec(prop::sample::select(vec![
                "a", "b", "A", "-", "(", ")", "(?:", "|", "*", "+", "?", "??", "{1,2}", "{2}", "[ab]", "[^a]", ".", "^", "$", r"\b", r"\w", r"\d", "(?i)",
            ]), 0..12),
            text in "[abAB1 -]{0,12}",
        ) {
            let source = source.concat();
            if Regex::new(&source).is_ok() {
                compare(&source, &text);
            } else {
                // What is not an expression may be anything, but no panic.
                let _ = Program::of(&source, false).map(|p| p.find(text.as_bytes()));
            }
        }
    }
}

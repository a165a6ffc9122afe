//! A message that is nearly a known answer: other quotation marks, another case, an id put in or left out, a word more or
//! less. It counts as that answer, and the report says which one, and what differs.
//!
//! The wording of the known answer is added to the messages of the refusal, and the answers are asked again.

use std::collections::BTreeSet;

use crate::facts::response::RefusalFacts;
use crate::facts::{Facts, Observed};
use crate::pack::model::{Answer, Condition, Matcher, Pack, RuleValue};

/// A wording with fewer words than this is too common to be recognised by most of it.
const FEWEST_WORDS: usize = 3;

/// The same where a word may be more or less.
const FEWEST_WORDS_BUT_ONE: usize = 4;

/// The most words of a message that are compared, and the most messages.
const MOST_WORDS: usize = 60;
const MOST_MESSAGES: usize = 6;

/// Words that turn the meaning round or leave it open, so that they may not be put in or left out.
const DECISIVE: [&str; 16] = [
    "not", "no", "never", "without", "non", "or", "and", "unless", "neither", "cannot", "missing", "invalid",
    "expired", "unknown", "blank", "wrong",
];

/// A known answer that a message nearly is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NearAnswer {
    /// The known wording.
    pub(super) wording: String,
    /// What differs: "a word more: `the`".
    pub(super) differs: String,
    /// Whether the words are the same, but for quotation marks, case and ids.
    pub(super) is_same: bool,
}

/// The wordings of all known answers of a pack, in the order of the answers.
pub(super) struct KnownWordings<'p>(Vec<(&'p Answer, Wording)>);

impl<'p> KnownWordings<'p> {
    pub(super) fn of(pack: &'p Pack) -> Self {
        let of_one = |answer: &'p Answer| wordings(&answer.when).into_iter().map(move |wording| (answer, wording));
        let is_long = |(_, wording): &(&Answer, Wording)| wording.words.len() >= FEWEST_WORDS;
        Self(pack.answers.iter().flat_map(of_one).filter(is_long).collect())
    }

    /// Adds the wording that a message of the refusal nearly is to its messages. `None`, and nothing changed, where no message is
    /// near to exactly one of the answers that are asked for.
    pub(super) fn add(&self, is_asked: impl Fn(&Answer) -> bool, facts: &mut Facts) -> Option<NearAnswer> {
        let messages = facts.items(RefusalFacts::message());
        let heard: Vec<Vec<String>> = messages.iter().take(MOST_MESSAGES).map(|(message, _)| words(message)).collect();
        // A wording that has no word of any message cannot be near.
        let vocabulary: BTreeSet<&str> = heard.iter().flatten().map(String::as_str).collect();
        let mut nearest: Option<(usize, usize, &Wording, Change)> = None;
        let mut is_tie = false;
        for (answer, wording) in &self.0 {
            // Most lack more than two of the words.
            let lacking = wording.words.iter().filter(|word| !vocabulary.contains(word.as_str())).nth(2);
            if lacking.is_some() || !is_asked(answer) {
                continue;
            }
            for (at, message) in heard.iter().enumerate() {
                let Some(change) = wording.near(message) else { continue };
                let weight = change.weight();
                match &nearest {
                    Some((best, _, other, _)) if weight == *best && other.text != wording.text => is_tie = true,
                    Some((best, ..)) if weight >= *best => {}
                    _ => {
                        is_tie = false;
                        nearest = Some((weight, at, wording, change));
                    }
                }
            }
        }
        let (_, at, wording, change) = nearest.filter(|_| !is_tie)?;
        let (message, spans) = messages.get(at)?.clone();
        let items = [messages, &[(wording.text.clone().into(), spans)]].concat();
        facts.set(RefusalFacts::message(), Observed::list(items));
        let is_same = change == Change::None && articles(&wording.text) == articles(&message);
        Some(NearAnswer { wording: wording.text.clone(), differs: change.says(), is_same })
    }
}

/// A text with which the messages of a refusal are compared.
struct Wording {
    text: String,
    words: Vec<String>,
    /// The words in front of which there may be anything.
    gaps: Vec<usize>,
    /// Whether a message may go on after it.
    is_open: bool,
}

/// How a message differs from a wording.
#[derive(Clone, PartialEq, Eq)]
enum Change {
    None,
    /// The message has a word more.
    More(String),
    /// The message lacks a word.
    Less(String),
    /// Another form of a word: the message's, and the wording's.
    Other(String, String),
}

impl Change {
    fn weight(&self) -> usize {
        usize::from(*self != Self::None)
    }

    fn says(&self) -> String {
        match self {
            Self::None => "in quotation marks, case, articles or ids only".to_owned(),
            Self::More(word) => format!("by one word more, `{word}`"),
            Self::Less(word) => format!("by one word less, `{word}`"),
            Self::Other(heard, known) => format!("by one word, `{heard}` for `{known}`"),
        }
    }
}

impl Wording {
    /// `parts`: between them there may be anything.
    fn of(parts: &[&str], is_open: bool) -> Self {
        let (mut known, mut gaps) = (Vec::new(), Vec::new());
        for part in parts {
            if !known.is_empty() {
                gaps.push(known.len());
            }
            known.extend(words(part));
        }
        // Blanks at the border of two parts are one.
        let text = parts.join(" ").replace("  ", " ");
        Self { text, words: known, gaps, is_open }
    }

    /// How a message differs, if it is near.
    fn near(&self, message: &[String]) -> Option<Change> {
        WordPair { wording: self, message }.rest(0, 0, self.words.len() < FEWEST_WORDS_BUT_ONE)
    }
}

/// A known wording and a message, word by word.
struct WordPair<'a> {
    wording: &'a Wording,
    message: &'a [String],
}

impl WordPair<'_> {
    /// What differs from these places on. `is_spent`: nothing may differ any more. At most one word differs, so each place
    /// is looked at a few times at most.
    fn rest(&self, known: usize, message: usize, is_spent: bool) -> Option<Change> {
        let (mut i, mut j) = (known, message);
        loop {
            if self.wording.gaps.contains(&i) && (i, j) != (known, message) {
                return (j..=self.message.len()).find_map(|next| self.rest(i, next, is_spent));
            }
            match (self.wording.words.get(i), self.message.get(j)) {
                (None, None) => return Some(Change::None),
                (None, Some(_)) if self.wording.is_open => return Some(Change::None),
                (Some(a), Some(b)) if a == b => (i, j) = (i + 1, j + 1),
                (a, b) => return if is_spent { None } else { self.change(i, j, a, b) },
            }
        }
    }

    /// The word that differs, if all others are the same.
    fn change(&self, i: usize, j: usize, known: Option<&String>, heard: Option<&String>) -> Option<Change> {
        let free = |word: &str| !DECISIVE.contains(&word);
        if let (Some(known), Some(heard)) = (known, heard)
            && is_same_stem(known, heard)
            && self.rest(i + 1, j + 1, true).is_some()
        {
            return Some(Change::Other(heard.clone(), known.clone()));
        }
        if let Some(heard) = heard.filter(|word| free(word))
            && self.rest(i, j + 1, true).is_some()
        {
            return Some(Change::More(heard.clone()));
        }
        let known = known.filter(|word| free(word))?;
        // At the end of a wording it may be what tells it from another.
        let is_inside = i > 0 && i + 1 < self.wording.words.len();
        (is_inside && self.rest(i + 1, j, true).is_some()).then(|| Change::Less(known.clone()))
    }
}

/// Whether two words are forms of one: `claim` and `claims`, `expire` and `expires`.
fn is_same_stem(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 4 && long.strip_prefix(short).is_some_and(|end| matches!(end, "s" | "d" | "es" | "ed" | "n"))
}

/// The words of a message in lower case, without quotation marks, articles and ids.
fn words(message: &str) -> Vec<String> {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    message
        .split(|c: char| !is_of_word(c) && !matches!(c, '\'' | '’'))
        .map(|word| word.trim_matches(['\'', '’', '_']).replace('’', "'").to_lowercase())
        .filter(|word| !word.is_empty() && !is_id(word) && !is_article(word))
        .take(MOST_WORDS)
        .collect()
}

fn is_article(word: &str) -> bool {
    ["a", "an", "the"].iter().any(|article| word.eq_ignore_ascii_case(article))
}

/// How many articles a text has.
fn articles(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| is_article(word)).count()
}

/// Whether a word is an id or a number: it has digits, and is not a name such as `oauth2` or `client_id_1`.
fn is_id(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits == word.len() || digits >= 4
}

/// The texts that a condition takes for the message of a refusal.
fn wordings(condition: &Condition) -> Vec<Wording> {
    let of_one = |matcher: &Matcher| match matcher {
        Matcher::Is(values) => values
            .iter()
            .filter_map(|value| match value {
                RuleValue::Text(text) => Some(Wording::of(&[text], false)),
                _ => None,
            })
            .collect(),
        Matcher::StartsWith(texts) => texts.iter().map(|text| Wording::of(&[text], true)).collect(),
        Matcher::Matches(pattern) => {
            simplest(pattern.source()).filter(|wording| pattern.is_match(&wording.text)).into_iter().collect()
        }
        _ => Vec::new(),
    };
    condition.matchers("refusal.message").into_iter().flat_map(of_one).collect()
}

/// The plainest text that an expression matches, if it is little more than a text: `^Invalid .?kid.? header`.
fn simplest(expression: &str) -> Option<Wording> {
    let rest = expression.strip_prefix("(?i)").unwrap_or(expression).strip_prefix('^')?;
    let (rest, is_open) = match rest.strip_suffix('$') {
        Some(rest) => (rest, false),
        None => (rest, true),
    };
    let mut parts = vec![String::new()];
    let mut left = rest.chars().peekable();
    while let Some(c) = left.next() {
        let part = parts.last_mut()?;
        match c {
            '.' => match left.next() {
                Some('?') => {}
                Some('*') => parts.push(String::new()),
                _ => return None,
            },
            '[' => {
                let only = left.next()?;
                if left.next() != Some(']') {
                    return None;
                }
                match left.peek() {
                    Some('?') => drop(left.next()),
                    _ => part.push(only),
                }
            }
            '(' | ')' | '|' | '*' | '+' | '{' | '}' | '\\' | '^' | '$' => return None,
            '?' => drop(part.pop()),
            _ => part.push(c),
        }
    }
    Some(Wording::of(&parts.iter().map(String::as_str).collect::<Vec<_>>(), is_open))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(wording: &Wording, message: &str) -> Option<String> {
        wording.near(&words(message)).map(|change| change.says())
    }

    #[test]
    fn only_marks_case_and_ids_differ() {
        let same = Some("in quotation marks, case, articles or ids only".to_owned());
        let closed = Wording::of(&["client_id is missing"], false);
        assert_eq!(near(&closed, "\"Client_ID\" is  missing."), same);
        let open = Wording::of(&["Invalid API call as no apiproduct match found"], true);
        assert_eq!(near(&open, "invalid api call as no apiproduct match found (4f31c2a9): x"), same);
    }

    #[test]
    fn a_word_more_or_less() {
        let wording = Wording::of(&["This client id is missing"], false);
        assert_eq!(near(&wording, "this client id is now missing").as_deref(), Some("by one word more, `now`"));
        assert_eq!(near(&wording, "This id is missing").as_deref(), Some("by one word less, `client`"));
        assert_eq!(near(&wording, "this client ids is missing"), None, "`id` is too short to have forms");
        assert_eq!(
            near(&wording, "this clients id is missing").as_deref(),
            Some("by one word, `clients` for `client`")
        );
    }

    #[test]
    fn what_turns_the_meaning_is_not_near() {
        let wording = Wording::of(&["The client id is missing"], false);
        for message in
            ["The client id is not missing", "The client id is", "The client id is invalid", "The key id was missing"]
        {
            assert_eq!(near(&wording, message), None, "{message}");
        }
    }

    #[test]
    fn short_wordings_must_be_whole() {
        assert_eq!(near(&Wording::of(&["Token is missing"], false), "Your token is missing"), None);
    }

    #[test]
    fn expressions_that_are_texts() {
        let wording = simplest("^Invalid .?exp.? claim in a JWT.* more than 5 minutes").expect("a text");
        assert_eq!(wording.text, "Invalid exp claim in a JWT more than 5 minutes");
        assert!(wording.is_open);
        let more = "invalid ‘exp’ claim in a JWT - it is more than 5 minutes in future";
        assert!(near(&wording, more).is_some());
        assert!(near(&wording, "invalid exp claim in a JWT").is_none());
        for other in ["Invalid", "^(a|b) c", "^Invalid [A-Z]", "^In\\b", "^In.+x"] {
            assert!(simplest(other).is_none(), "{other}");
        }
    }
}

//! What the text around the exchanges says: ids after their labels, and topics.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use super::model::{Mention, Topic};
use super::view::View;
use crate::pack::model::Vocabulary;
use crate::text::{BytePairs, Text};

/// Finds the labelled values of a paste, each time they occur. `records`, in order, were written by
/// a tool and are not searched.
pub(crate) fn read(view: &View, vocabulary: &Vocabulary, records: &[Range<usize>]) -> Vec<Mention> {
    let text = &view.text;
    let lower = text.as_str().to_ascii_lowercase();
    let pairs = BytePairs::of(&lower);
    let mut found: Vec<Mention> = Vec::new();
    for kind in &vocabulary.mentions {
        let mut places: Vec<(usize, Text)> = Vec::new();
        for label in kind.labels.iter().filter(|label| pairs.may_have(label.bytes().map(|b| b.to_ascii_lowercase()))) {
            let label = label.to_ascii_lowercase();
            for at in memmem::find_iter(lower.as_bytes(), &label) {
                let end = at + label.len();
                // The last word of a field's name (`…-Organisation-ODS`) is not a label.
                if !stands_alone(&lower, at, end)
                    || lower[..at].ends_with('-')
                        && !lower[..at].ends_with([' ', '\n', '\t'])
                        && !label.starts_with('-')
                        && !lower[..at].ends_with(" -")
                {
                    continue;
                }
                let record = records.partition_point(|r| r.start <= at).checked_sub(1);
                if record.is_some_and(|i| records[i].contains(&at)) {
                    continue;
                }
                if let Some(value) = value_behind(text, end, kind) {
                    places.push((at, value));
                }
            }
        }
        places.sort_by_key(|(at, _)| *at);
        found.extend(places.into_iter().map(|(_, value)| Mention { kind: kind.kind.to_string(), value }));
    }
    found
}

/// Without those that say nothing new: the same value again.
pub(crate) fn first_of_each(mut mentions: Vec<Mention>) -> Vec<Mention> {
    let mut known = BTreeSet::new();
    mentions.retain(|m| known.insert((m.kind.clone(), m.value.as_str().to_owned())));
    mentions
}

/// The first place where each topic is named.
pub(crate) fn first_of_each_topic(mut topics: Vec<Topic>) -> Vec<Topic> {
    let mut known = BTreeSet::new();
    topics.retain(|t| known.insert(t.id.clone()));
    topics
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    !word(before) && !word(after)
}

/// The value after a label: after `:`, `=`, the bar of a table, `is`, or only blanks.
fn value_behind(text: &Text, end: usize, kind: &crate::pack::model::MentionKind) -> Option<Text> {
    let whole = &text.as_str()[end..];
    // A value follows its label directly; nothing further away is read.
    let rest = &whole[..whole.floor_char_boundary(400)];
    let filler = |c: char| c.is_whitespace() && c != '\n' || ":=|\"'“”‘’`*(_#".contains(c);
    let mut at = rest.len() - rest.trim_start_matches(filler).len();
    // `ASID is 2000…`, `app ID (INT) 6f0d…`, a value on the next line.
    for _ in 0..3 {
        let Some(value) = kind.value.find(&rest[at..]).filter(|m| !m.is_empty()) else {
            let word_end = rest[at..].find([' ', ')']).map(|i| at + i + 1);
            let next = match word_end {
                Some(next)
                    if next - at <= 14
                        && !rest[at..next].contains('\n')
                        && !rest[at..next].contains(|c: char| c.is_ascii_digit()) =>
                {
                    next
                }
                _ if rest[at..].starts_with('\n') && at < 4 => at + 1,
                _ => return None,
            };
            at = next + (rest[next..].len() - rest[next..].trim_start_matches(filler).len());
            continue;
        };
        let behind = &rest[at + value.len()..];
        let last = behind.chars().next();
        // The beginning of the name of a field: `NHSD-End-User-…`.
        if behind.strip_prefix('-').is_some_and(|b| b.starts_with(|c: char| c.is_ascii_alphabetic())) {
            return None;
        }
        // Part of a longer number or word is another thing.
        if last.is_some_and(|c| c.is_ascii_alphanumeric()) && value.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let trimmed = value.trim_end_matches(['.', ',', ';', ' ']).len();
        return Some(text.slice(end + at..end + at + trimmed));
    }
    None
}

/// Finds the topics that a text touches on, every time that it does.
pub(crate) fn topics(text: &Text, vocabulary: &Vocabulary) -> Vec<Topic> {
    let mut found = Vec::new();
    // White space folded: a phrase may be broken over two lines.
    let mut folded = String::with_capacity(text.len());
    // Where a stretch of the folded text begins, there and in the text. A new one begins where something was left out.
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    let (mut blank, mut last_shift) = (true, usize::MAX);
    for (i, c) in text.as_str().char_indices() {
        let is_blank = c.is_whitespace() || matches!(c, '\u{A0}' | '-' | '‑');
        if is_blank && blank {
            continue;
        }
        blank = is_blank;
        let c = match c {
            _ if is_blank => ' ',
            '’' | '‘' => '\'',
            c => c.to_ascii_lowercase(),
        };
        // Where the last stretch goes on, offsets there and here differ by the same number.
        let shift = i - folded.len();
        if shift != last_shift {
            stretches.push((folded.len(), i));
            last_shift = shift;
        }
        folded.push(c);
    }
    let place = |at: usize| {
        let behind = stretches.partition_point(|(there, _)| *there <= at);
        let (there, here) = stretches[behind.saturating_sub(1)];
        text.as_str().floor_char_boundary(here + (at - there))
    };
    let pairs = BytePairs::of(&folded);
    let with_blanks = |byte: u8| if byte == b'-' { b' ' } else { byte };
    for topic in &vocabulary.topics {
        let mut all: Vec<(usize, usize)> = Vec::new();
        for phrase in topic.phrases.iter().filter(|phrase| pairs.may_have(phrase.bytes().map(with_blanks))) {
            let phrase = phrase.replace('-', " ");
            all.extend(
                memmem::find_iter(folded.as_bytes(), &phrase)
                    .filter(|i| stands_alone(&folded, *i, i + phrase.len()))
                    .map(|at| (place(at), place(at + phrase.len() - 1))),
            );
        }
        all.sort_unstable();
        for (from, till) in all {
            let end = till + text.as_str()[till..].chars().next().map_or(0, char::len_utf8);
            found.push(Topic { id: topic.id.to_string(), span: text.span_of(from..end) });
        }
    }
    found
}

//! The names that a product set may use and that are data: how endpoints are numbered, what environments are called.

use std::ops::Range;

use crate::pack::model::Pack;

/// The longest range (`A005-A012`) that is read as one.
const LONGEST_RANGE: u32 = 400;

/// How the endpoints of the API are numbered, and the names of environments.
#[derive(Clone, Debug)]
pub(crate) struct SetNames {
    prefix: String,
    digits: usize,
    /// Each word for an environment in lower case, with the name of the environment.
    environments: Vec<(String, String)>,
}

impl SetNames {
    /// The names that the rules give. Without a numbering, no text is taken for the id of an endpoint.
    pub(crate) fn of(pack: &Pack) -> Self {
        let api = pack.apis.iter().find(|a| a.id == pack.product_set.api);
        let numbering = api.and_then(|a| a.numbering.as_ref());
        let environments = pack.environments.iter().flat_map(|e| {
            let words = [&e.name, &e.title].into_iter().chain(&e.hosts).chain(&e.words);
            words.map(|w| (w.to_ascii_lowercase(), e.name.to_string()))
        });
        Self {
            prefix: numbering.map(|n| n.prefix.to_string()).unwrap_or_default(),
            digits: numbering.map_or(0, |n| n.digits),
            environments: environments.collect(),
        }
    }

    /// The name of the environment that a text names (`INT`, `Integration`, a host).
    pub(crate) fn environment(&self, text: &str) -> Option<&str> {
        let text = text.trim().to_ascii_lowercase();
        let short = text.strip_suffix(" environment").unwrap_or(&text);
        // A column is headed `LIVE` where a sentence would say "the live environment".
        let full = format!("{short} environment");
        let is = |word: &str| word == text || word == short || word == full;
        self.environments.iter().find(|(word, _)| is(word)).map(|(_, name)| name.as_str())
    }

    /// An endpoint id in its usual spelling; `A42`, `A042` and `A0042` are the same.
    pub(super) fn endpoint(&self, word: &str) -> Option<String> {
        self.number(word.trim()).map(|n| self.id(n))
    }

    fn id(&self, number: u32) -> String {
        format!("{}{number:0width$}", self.prefix, width = self.digits)
    }

    fn number(&self, word: &str) -> Option<u32> {
        if self.prefix.is_empty() {
            return None;
        }
        let head = word.get(..self.prefix.len()).filter(|h| h.eq_ignore_ascii_case(&self.prefix))?;
        let digits = &word[head.len()..];
        if !(2..=self.digits + 3).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            // `A4` is paper; `A20047001` is an organisation.
            return None;
        }
        let number: u32 = digits.parse().ok()?;
        (number > 0 && number < 10_u32.pow(u32::try_from(self.digits).unwrap_or(0).min(9))).then_some(number)
    }

    /// The endpoint ids in a text with their spans, except in the given ranges.
    pub(super) fn endpoints(&self, text: &str, covered: &[Range<usize>]) -> Vec<(String, Range<usize>)> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut covered = covered.iter().peekable();
        let mut at = 0;
        while at < bytes.len() {
            while covered.next_if(|r| r.end <= at).is_some() {}
            if let Some(range) = covered.peek().filter(|r| r.contains(&at)) {
                at = range.end;
                continue;
            }
            let start = at;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
                at += 1;
            }
            if at == start {
                at += 1;
                continue;
            }
            if !is_in_uuid(bytes, start, at) {
                found.extend(self.endpoint(&text[start..at]).map(|id| (id, start..at)));
            }
        }
        found
    }

    /// The ids that a range (`A004-A008`, `A004 to A008`) includes without naming them.
    pub(super) fn between(&self, text: &str, ids: &[(String, Range<usize>)]) -> Vec<String> {
        let mut found = Vec::new();
        for pair in ids.windows(2) {
            let [(first, a), (last, b)] = pair else { continue };
            let joint = text[a.end..b.start].trim().to_ascii_lowercase();
            let joint = joint.trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | '*'));
            if !matches!(joint.trim(), "-" | "–" | "—" | "to" | "thru" | "through" | "until" | ".." | "..." | "…")
            {
                continue;
            }
            if let (Some(first), Some(last)) = (self.number(first), self.number(last))
                && last > first
                && last - first <= LONGEST_RANGE
            {
                found.extend((first + 1..last).map(|n| self.id(n)));
            }
        }
        found
    }
}

/// Whether a word of four characters is part of a UUID.
fn is_in_uuid(bytes: &[u8], start: usize, end: usize) -> bool {
    let hex = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_hexdigit);
    end - start == 4
        && start >= 2
        && bytes[start - 1] == b'-'
        && hex(start - 2)
        && bytes.get(end) == Some(&b'-')
        && hex(end + 1)
        && (start..end).all(hex)
        && bytes[..start - 1].iter().rev().take_while(|b| b.is_ascii_hexdigit()).take(8).count() >= 4
}

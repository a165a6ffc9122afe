//! The audience, the issuer and the key id of a token, compared with those that the text names elsewhere: settings of the
//! server or the client, parameters of a challenge, a key set (JWKS).

use std::ops::Range;

use crate::facts::authorization::{TokenClaim, TokenHeader};
use crate::facts::claims::ClaimFacts;
use crate::facts::token_request::AssertionHeader;
use crate::facts::{Facts, Observed};
use crate::text::{Span, Text};

/// How much of a text is read, in bytes, and how long a line and a key set may be.
const MOST_TEXT: usize = 262_144;
const LONGEST_LINE: usize = 2000;
const LONGEST_SET: usize = 32_768;

/// The most values that are kept of a kind.
const MOST: usize = 50;

/// The names of settings that end in these hold what a server expects; in lower case without marks.
const OF_AUDIENCES: [&str; 3] = ["audience", "audiences", "resourceid"];
const OF_ISSUERS: [&str; 4] = ["issuer", "issuers", "issueruri", "issuerurl"];

/// A value and its place in the text.
type NamedValue = (String, Span);

/// What a text names.
#[derive(Debug, Default)]
pub(super) struct NamedValues {
    audiences: Vec<NamedValue>,
    issuers: Vec<NamedValue>,
    /// The key ids of the key sets, and whether there is a set at all.
    keys: Vec<NamedValue>,
    /// What the text says to be in the token, where no token is shown.
    own_audiences: Vec<NamedValue>,
    own_issuers: Vec<NamedValue>,
    own_keys: Vec<NamedValue>,
}

impl NamedValues {
    pub(super) fn of(paste: &Text) -> Self {
        let text = paste.as_str();
        let text = &text[..text.floor_char_boundary(MOST_TEXT)];
        let mut named = Self::default();
        // Every FHIR resource has a `resourceType`, which is not worth a look at each line.
        let has_resource_id = || {
            text.match_indices("esource").any(|(at, word)| {
                let rest = text[at + word.len()..].trim_start_matches(['_', '-']);
                rest.get(..2).is_some_and(|id| id.eq_ignore_ascii_case("id"))
            })
        };
        let may_have = ["udience", "UDIENCE", "ssuer", "SSUER", "ESOURCE", "\"keys\"", "'keys'"];
        if !may_have.iter().any(|word| text.contains(word)) && !has_resource_id() {
            return named;
        }
        let sets = key_sets(text);
        for set in &sets {
            let found = members(text, set.clone(), "kid");
            named.keys.extend(found.into_iter().map(|at| value(paste, at)).take(MOST));
        }
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let from = at;
            at += line.len();
            if line.len() <= LONGEST_LINE && !sets.iter().any(|set| set.contains(&from)) {
                named.line(paste, from, line);
            }
        }
        named
    }

    fn line(&mut self, paste: &Text, from: usize, line: &str) {
        for (mark, _) in line.char_indices().filter(|(_, c)| matches!(c, '=' | ':')).take(40) {
            let name = name_before(&line[..mark]);
            let plain: String =
                name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
            let list = match plain.as_str() {
                "aud" => &mut self.own_audiences,
                "iss" => &mut self.own_issuers,
                "kid" => &mut self.own_keys,
                _ if OF_AUDIENCES.iter().any(|end| plain.ends_with(end)) => &mut self.audiences,
                _ if OF_ISSUERS.iter().any(|end| plain.ends_with(end)) => &mut self.issuers,
                _ => continue,
            };
            // In a sentence the words around the name say whose it is.
            let is_setting =
                line[..mark].trim_end().ends_with(|c: char| c.is_ascii_alphanumeric() || "\"'_`]".contains(c));
            let room = if is_setting { MOST.saturating_sub(list.len()) } else { 0 };
            for at in values(line, mark + 1).into_iter().take(room) {
                list.push(value(paste, from + at.start..from + at.end));
            }
        }
        for (word, list) in
            [("aud", &mut self.own_audiences), ("iss", &mut self.own_issuers), ("kid", &mut self.own_keys)]
        {
            for at in told(line, word).into_iter().take(MOST) {
                list.push(value(paste, from + at.start..from + at.end));
            }
        }
    }
}

/// Sets what the values say of the token of an exchange. `is_only`: whether the text has no other exchange, so that what it
/// says of a token is about this one.
pub(super) fn read(facts: &mut Facts, named: &NamedValues, is_only: bool) {
    let own = |known: Option<&str>, spans: &[Span], told: &[NamedValue]| -> Vec<NamedValue> {
        match known.filter(|value| !value.is_empty()) {
            Some(known) => {
                let at = spans.first().copied().unwrap_or(Span::new(0, 0));
                // Several audiences are one text with blanks between them.
                known.split(' ').map(|value| (value.to_owned(), at)).collect()
            }
            // A token endpoint is the audience of a client assertion, which is another token.
            None if is_only => told.iter().filter(|(value, _)| !value.ends_with("/token")).cloned().collect(),
            None => Vec::new(),
        }
    };
    let claim = |name: &'static str, told: &[NamedValue]| {
        let fact = (TokenClaim::value(), name);
        own(facts.text(fact), facts.spans(fact), told)
    };
    let header = (TokenHeader::value(), "kid");
    let assertion = (AssertionHeader::value(), "kid");
    let found = ClaimFacts {
        assertion_key: compared(&own(facts.text(assertion), facts.spans(assertion), &[]), &named.keys),
        audience: compared(&claim("aud", &named.own_audiences), &named.audiences),
        issuer: compared(&claim("iss", &named.own_issuers), &named.issuers),
        key: compared(&own(facts.text(header), facts.spans(header), &named.own_keys), &named.keys),
    };
    found.put(facts);
}

/// Whether one of the values is among those that are expected.
fn compared(own: &[NamedValue], expected: &[NamedValue]) -> Observed<bool> {
    // Most texts name nothing to compare with, which is not worth a question.
    let (Some((_, own_at)), Some((_, expected_at))) = (own.first(), expected.first()) else {
        return Observed::Absent(Vec::new());
    };
    let is_same = own.iter().any(|(value, _)| expected.iter().any(|(known, _)| known == value));
    Observed::Known(is_same, vec![*own_at, *expected_at])
}

fn value(paste: &Text, at: Range<usize>) -> NamedValue {
    (paste.as_str()[at.clone()].to_owned(), paste.span_of(at))
}

/// The name in front of a mark, with or without quotes.
fn name_before(before: &str) -> &str {
    let head = before.trim_end().trim_end_matches(['"', '\'', '`', ']']);
    let from = head
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8));
    head[from..].rsplit('.').next().unwrap_or_default()
}

/// The literal values after a mark: in quotes, a URL or an URI, or the rest of a line of settings. None where the program
/// computes it, or where a list goes on.
fn values(line: &str, from: usize) -> Vec<Range<usize>> {
    let rest = &line[from..];
    let lead = rest.len() - rest.trim_start_matches(['>', ' ', '\t']).len();
    let rest = &rest[lead..];
    let at = from + lead;
    // A list must be whole: what is not shown of it may be the value.
    let is_made = rest.starts_with("new");
    if is_made || rest.starts_with(['[', '{']) {
        // `new[] { … }`
        let open = if is_made { rest.find('{').unwrap_or(rest.len()) } else { 0 };
        return match rest[open..].find([']', '}']) {
            Some(length) => quoted(&rest[..open + length]).into_iter().map(|r| at + r.start..at + r.end).collect(),
            None => Vec::new(),
        };
    }
    if rest.starts_with(['"', '\'', '`']) {
        return quoted(rest).first().map(|r| at + r.start..at + r.end).into_iter().collect();
    }
    let length =
        rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '"' | '\'')).unwrap_or(rest.len());
    let value = rest[..length].trim_end_matches('.');
    let is_alone = rest[length..].trim().is_empty() && line[..from].split_whitespace().count() == 1;
    let is_value = value.contains("://") || is_alone && !value.contains(['(', '{', '<', '$', '[']) && value.len() > 2;
    let found = (is_value && !value.contains("${")).then(|| at..at + value.len());
    found.into_iter().collect()
}

/// The contents of the quotes of a text that are values.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['"', '\'', '`']).map(|i| at + i) {
        let quote = text[open..].chars().next().unwrap_or('"');
        let Some(length) = text[open + 1..].find(quote) else { break };
        let content = &text[open + 1..open + 1 + length];
        let is_value =
            content.len() > 1 && !content.contains([' ', '{', '<', '$', '*', '%']) && !content.contains("...");
        if is_value {
            found.push(open + 1..open + 1 + length);
        }
        at = open + length + 2;
    }
    found
}

/// The values of a claim in a sentence: `aud is https://a.example`, `the aud claim of the token was "a"`.
fn told(line: &str, word: &str) -> Vec<Range<usize>> {
    const BETWEEN: [&str; 9] =
        [" claim", " value", " of the token", " in the token", " in it", " there", " is", " was", " has"];
    let mut found = Vec::new();
    for (start, _) in line.match_indices(word).take(MOST) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
        let end = start + word.len();
        if line[..start].ends_with(is_part) || line[end..].starts_with(is_part) {
            continue;
        }
        let mut at = end + usize::from(line[end..].starts_with(['"', '\'', '`']));
        let mut says = false;
        while let Some(next) = BETWEEN.iter().find(|words| line[at..].starts_with(**words)) {
            says |= matches!(*next, " is" | " was" | " has");
            at += next.len();
        }
        let rest = &line[at..];
        let Some(rest) = rest.strip_prefix(' ').filter(|_| says) else { continue };
        let at = at + 1;
        if rest.starts_with(['"', '\'', '`']) {
            found.extend(quoted(rest).first().map(|r| at + r.start..at + r.end));
            continue;
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).unwrap_or(rest.len());
        let value = rest[..length].trim_end_matches(['.', ',', '!', '?']);
        // A word is rather a part of the sentence: "the aud is wrong".
        if value.contains(['/', ':', '_']) || value.bytes().any(|b| b.is_ascii_digit()) && value.len() > 3 {
            found.push(at..at + value.len());
        }
    }
    found
}

/// The key sets of a text that are shown whole: from the bracket after `"keys"` to the one that closes it.
fn key_sets(text: &str) -> Vec<Range<usize>> {
    let starts =
        ["\"keys\"", "'keys'"].iter().flat_map(|name| text.match_indices(*name).map(|(at, name)| at + name.len()));
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts.take(MOST) {
        let rest = &text[start..text.floor_char_boundary((start + LONGEST_SET).min(text.len()))];
        let open = rest.len() - rest.trim_start_matches([' ', ':', '\n', '\r', '\t']).len();
        if !rest[open..].starts_with('[') || found.last().is_some_and(|set| set.contains(&start)) {
            continue;
        }
        let mut depth = 0_usize;
        let close = rest[open..].char_indices().find(|(_, c)| {
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        let Some((length, _)) = close else { continue };
        let set = &rest[open..open + length];
        // Where something is left out, it may be the key.
        let is_cut = ["...", "…", "snip", "omitted"].iter().any(|mark| outside_values(set, mark));
        if set.contains("kid") && !is_cut {
            found.push(start + open..start + open + length);
        }
    }
    found
}

/// Whether a mark is between the members of a set and not at the end of a value that was shortened.
fn outside_values(set: &str, mark: &str) -> bool {
    set.match_indices(mark).any(|(at, _)| {
        let after = set[at + mark.len()..].chars().next();
        !matches!(after, Some('"' | '\'')) && set[..at].matches('"').count().is_multiple_of(2)
    })
}

/// The places of the values of a member in a stretch of JSON.
fn members(text: &str, within: Range<usize>, name: &str) -> Vec<Range<usize>> {
    let part = &text[within.clone()];
    let mut found = Vec::new();
    for (at, _) in part.match_indices(name) {
        let rest = &part[at + name.len()..];
        let Some(rest) = rest.strip_prefix(['"', '\'']) else { continue };
        let open = rest.len() - rest.trim_start_matches([' ', ':', '\n', '\t']).len();
        let from = at + name.len() + 1 + open;
        found.extend(quoted(&part[from..]).first().map(|r| within.start + from + r.start..within.start + from + r.end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_facts;

    /// A request with a token whose claims and header are those of `{"alg":"RS256","kid":"k-2"}` and
    /// `{"iss":"https://login.shop.example/","aud":"orders"}`.
    const REQUEST: &str = "GET /v1/orders HTTP/1.1\nHost: api.shop.example\nAuthorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImstMiJ9.eyJpc3MiOiJodHRwczovL2xvZ2luLnNob3AuZXhhbXBsZS8iLCJhdWQiOiJvcmRlcnMifQ.k2v9Qm4XrT7LsWzB1nYcD8fGhJ0pAeRu5tKi3oVx6Zs\n\nHTTP/1.1 401 Unauthorized\n\n";

    #[test]
    fn settings_of_the_server() {
        for (setting, fact, value) in [
            ("audience: 'https://api.shop.example',", "token.audience-as-set-up", "no"),
            ("ORDERS_AUDIENCE=orders", "token.audience-as-set-up", "yes"),
            ("ValidAudiences = new[] { \"bills\", \"orders\" },", "token.audience-as-set-up", "yes"),
            ("ValidAudiences = new[] { \"bills\",", "token.audience-as-set-up", "absent"),
            ("audience: config.audience,", "token.audience-as-set-up", "absent"),
            (
                "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://login.shop.example",
                "token.issuer-as-set-up",
                "no",
            ),
            ("ValidIssuer = \"https://login.shop.example/\",", "token.issuer-as-set-up", "yes"),
        ] {
            assert_facts(&format!("{setting}\n\n{REQUEST}"), &[(fact, value)]);
        }
    }

    #[test]
    fn a_key_set() {
        let set = |kid: &str| {
            format!(
                "{REQUEST}The keys are\n\n{{\"keys\": [{{\"kty\": \"RSA\", \"kid\": \"{kid}\", \"n\": \"abc...\"}}]}}\n"
            )
        };
        assert_facts(&set("k-1"), &[("token.key-listed", "no")]);
        assert_facts(&set("k-2"), &[("token.key-listed", "yes")]);
        assert_facts(REQUEST, &[("token.key-listed", "absent")]);
    }

    #[test]
    fn claims_that_the_text_tells() {
        let challenge = "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"a\", resource_id=\"https://ws.shop.example\"\n\n";
        for (told, value) in [
            ("The token aud is https://bills.shop.example/ here.", "no"),
            ("The aud claim is \"https://ws.shop.example\".", "yes"),
            ("The aud is wrong, they say.", "absent"),
        ] {
            assert_facts(&format!("{challenge}{told}\n"), &[("token.audience-as-set-up", value)]);
        }
    }
}

//! WWW-Authenticate and Proxy-Authenticate (RFC 9110, section 11.6.1; RFC 6750, section 3), read with recovery: the challenges that servers
//! and tickets show have smart quotes, missing commas and quotes that never close.

use super::judge::Judge;
use super::refusal::{Refusal, status_span};
use crate::capture::model::{Extent, Field, Response};
use crate::facts::challenge::ChallengeFacts;
use crate::facts::{Facts, Observed, Presence};
use crate::text::{Span, Text};

/// Sets the facts of the challenges, and adds what they say is wrong to the refusal.
pub(super) fn read(facts: &mut Facts, response: &Response, refusal: &mut Refusal) {
    let fields: Vec<&Field> = response.fields.iter().filter(|f| f.is(Judge::of(Some(response)).challenges())).collect();
    match fields.first() {
        Some(first) => shown(first, &fields, refusal).put(facts),
        None if response.extent == Extent::Whole => {
            let spans = status_span(response);
            let at = spans.first().copied().unwrap_or(Span::new(0, 0));
            let state = Observed::at(Presence::Absent, at);
            ChallengeFacts { state, ..ChallengeFacts::absent(&spans) }.put(facts);
        }
        None => ChallengeFacts::unseen().put(facts),
    }
}

fn shown(first: &Field, fields: &[&Field], refusal: &mut Refusal) -> ChallengeFacts {
    let is_blank = fields.iter().all(|f| f.value.is_empty());
    let state = if is_blank { Presence::Blank } else { Presence::Present };
    let challenges: Vec<Challenge> = fields.iter().flat_map(|f| parse(&f.value)).collect();
    let schemes =
        challenges.iter().map(|c| (c.scheme.as_str().to_ascii_lowercase().into(), vec![c.scheme.span()])).collect();
    let parameter = |name: &str| challenges.iter().find_map(|c| c.get(name));
    let fact = |name: &str| parameter(name).map_or_else(|| Observed::absent(first.value.span()), Observed::text);
    ChallengeFacts {
        // Without a description it cannot hold an error code either.
        code: parameter("error_description")
            .map_or_else(|| Observed::absent(first.value.span()), |description| code(description, refusal)),
        description: fact("error_description"),
        error: fact("error"),
        realm: fact("realm"),
        schemes: Observed::list(schemes),
        scope: fact("scope"),
        stale: match parameter("stale") {
            Some(stale) => Observed::at(stale.as_str().eq_ignore_ascii_case("true"), stale.span()),
            None => Observed::at(false, first.value.span()),
        },
        state: Observed::at(state, first.name.span()),
    }
}

/// The error code of a description. Apigee writes `<error code>: <fault string>`.
fn code(description: &Text, refusal: &mut Refusal) -> Observed<String> {
    let value = description.as_str();
    match value.split_once(": ") {
        Some((code, message)) if !code.contains(' ') && code.contains('.') => {
            let at = value.len() - message.len();
            let (code, message) = (description.slice(0..code.len()), description.slice(at..value.len()));
            refusal.code(&code);
            refusal.message(&message);
            Observed::text(&code)
        }
        _ => {
            refusal.message(description);
            Observed::absent(description.span())
        }
    }
}

/// One challenge.
#[derive(Clone, Debug)]
pub(super) struct Challenge {
    pub(super) scheme: Text,
    parameters: Vec<(Text, Text)>,
}

impl Challenge {
    pub(super) fn get(&self, name: &str) -> Option<&Text> {
        self.parameters.iter().find(|(n, _)| n.as_str().eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }
}

const fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '.' | '_' | '~' | '+' | '/' | '!' | '#' | '$' | '%' | '&' | '*' | '^' | '|')
}

/// Reads the challenges of a field value. Credentials with parameters have the form of one challenge.
pub(super) fn parse(text: &Text) -> Vec<Challenge> {
    let value = text.as_str();
    let mut challenges: Vec<Challenge> = Vec::new();
    let mut at = 0;
    while at < value.len() {
        let rest = &value[at..];
        let skipped = rest.len() - rest.trim_start_matches([' ', ',', '\t', ';']).len();
        at += skipped;
        let rest = &value[at..];
        let len = rest.find(|c| !is_token_char(c)).unwrap_or(rest.len());
        if len == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let word = at..at + len;
        let after = &value[word.end..];
        let blanks = after.len() - after.trim_start_matches(' ').len();
        let next = &after[blanks..];
        if let Some(raw) = next.strip_prefix('=')
            && !challenges.is_empty()
            && !raw.starts_with('=')
        {
            let from = word.end + blanks + 1;
            let from = from + (value[from..].len() - value[from..].trim_start_matches(' ').len());
            let (range, end) = parameter_value(value, from);
            if let Some(challenge) = challenges.last_mut() {
                challenge.parameters.push((text.slice(word), text.slice(range)));
            }
            at = end;
            continue;
        }
        challenges.push(Challenge { scheme: text.slice(word.clone()), parameters: Vec::new() });
        at = word.end;
        // token68 credentials (Negotiate) follow the scheme and have no parameters.
        let after = value[at..].trim_start_matches(' ');
        let len68 = after.find([' ', ',']).unwrap_or(after.len());
        let is_token68 = len68 > 8 && after[..len68].trim_end_matches('=').find(['=', '"']).is_none();
        if is_token68 {
            at = value.len() - after.len() + len68;
        }
    }
    challenges
}

/// The value of a parameter: its range without quotes, and where it ends.
fn parameter_value(value: &str, from: usize) -> (std::ops::Range<usize>, usize) {
    let rest = &value[from..];
    let Some(open) = rest.chars().next().filter(|c| matches!(c, '"' | '“' | '”' | '\'')) else {
        let len = rest.find([',', ' ']).unwrap_or(rest.len());
        return (from..from + len, from + len);
    };
    let start = from + open.len_utf8();
    let mut escaped = false;
    for (i, c) in value[start..].char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' => escaped = true,
            '"' | '”' | '“' if open != '\'' => return (start..start + i, start + i + c.len_utf8()),
            '\'' if open == '\'' => return (start..start + i, start + i + 1),
            _ => {}
        }
    }
    (start..value.len(), value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(value: &str) -> String {
        parse(&Text::paste(value))
            .iter()
            .map(|c| {
                let parameters: Vec<String> =
                    c.parameters.iter().map(|(n, v)| format!("{}={}", n.as_str(), v.as_str())).collect();
                format!("{}[{}]", c.scheme.as_str(), parameters.join("|"))
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn challenges_are_read_with_recovery() {
        for (value, expected) in [
            ("Bearer", "Bearer[]"),
            (
                r#"Bearer realm="null",error="invalid_token",error_description="a.b: Invalid access token""#,
                "Bearer[realm=null|error=invalid_token|error_description=a.b: Invalid access token]",
            ),
            (r#"Basic realm="a, b=c", Bearer realm="y", scope="r w""#, "Basic[realm=a, b=c] Bearer[realm=y|scope=r w]"),
            ("Negotiate YIIBhQYGKwYBBQUC==, Basic realm=\"z\"", "Negotiate[] Basic[realm=z]"),
            (r#"Bearer error="x" error_description="no comma""#, "Bearer[error=x|error_description=no comma]"),
            (r#"Bearer error="unterminated"#, "Bearer[error=unterminated]"),
            (", ,Basic realm=\"x\",,", "Basic[realm=x]"),
            ("Bearer realm=“null”,error=“invalid_token”", "Bearer[realm=null|error=invalid_token]"),
        ] {
            assert_eq!(summary(value), expected, "{value}");
        }
    }

    #[test]
    fn what_a_challenge_lacks_is_absent() {
        use super::super::tests::assert_facts;
        let answer =
            |head: &str| format!("GET /things HTTP/1.1\nHost: api.example.org\n\nHTTP/1.1 401 Unauthorized\n{head}\n");
        assert_facts(
            &answer("WWW-Authenticate: Bearer error=\"invalid_token\"\n"),
            &[
                ("challenge.state", "present"),
                ("challenge.schemes", "bearer"),
                ("challenge.error", "invalid_token"),
                ("challenge.description", "absent"),
                ("challenge.code", "absent"),
                ("challenge.realm", "absent"),
            ],
        );
        assert_facts(
            &answer(
                "WWW-Authenticate: Bearer error_description=\"oauth.v2.InvalidAccessToken: Invalid access token\"\n",
            ),
            &[
                ("challenge.code", "oauth.v2.InvalidAccessToken"),
                ("refusal.code", "oauth.v2.InvalidAccessToken"),
                ("refusal.message", "Invalid access token"),
            ],
        );
        assert_facts(&answer("Server: gateway\n"), &[("challenge.state", "absent"), ("challenge.error", "absent")]);
        assert_facts(
            "GET https://api.example.org/things\n401 Unauthorized\n",
            &[("challenge.state", "unseen"), ("challenge.error", "unseen")],
        );
    }
}

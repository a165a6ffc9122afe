//! Header fields that code hands to a function in the wrong place, so that they are not sent: as the body of a call whose
//! second argument is the body, as the query, or as an argument that the function does not have.

use std::ops::Range;

/// The farthest that a call is read, in bytes.
const LONGEST: usize = 1500;

/// The most calls that are read.
const MOST: usize = 50;

/// The place of the argument with the fields, in the first call that loses them.
pub(super) fn in_wrong_place(text: &str) -> Option<Range<usize>> {
    if !text.contains("eaders") && !text.contains("uthorization") {
        return None;
    }
    let calls = text.match_indices('(').filter_map(|(at, _)| Some((Callee::before(&text[..at])?, at + 1)));
    calls.take(MOST).find_map(|(callee, from)| {
        let arguments = arguments(text, from);
        let place = callee.lost(&arguments.iter().map(|at| text[at.clone()].trim()).collect::<Vec<_>>())?;
        let at = arguments.get(place)?.clone();
        let lead = text[at.clone()].len() - text[at.clone()].trim_start().len();
        Some(at.start + lead..at.start + lead + text[at.clone()].trim().len())
    })
}

/// Functions that send a request, by what their arguments are.
enum Callee {
    /// `(url, body, options)`
    BodySecond,
    /// `(url, options)`
    OptionsSecond,
    /// `(url, query, …)`, of which fields are named arguments
    NamedAfterQuery,
    /// `(url, data, json, …)`, of which fields are named arguments
    NamedAfterBody,
    /// `(url, options)`, where an option of another name is passed over
    Options,
}

impl Callee {
    /// The function whose name a text ends with.
    fn before(text: &str) -> Option<Self> {
        const WITH_BODY: [&str; 3] = ["post", "put", "patch"];
        const WITHOUT: [&str; 3] = ["get", "delete", "head"];
        let from =
            text.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$'))).map_or(0, |i| i + 1);
        let name = text.get(from..)?;
        if matches!(name, "fetch" | "window.fetch" | "axios" | "axios.request" | "$.ajax" | "jQuery.ajax") {
            return Some(Self::Options);
        }
        let (holder, method) = name.rsplit_once('.')?;
        let holder = holder.rsplit('.').next()?.to_ascii_lowercase();
        let is_of_axios = holder.contains("axios") || matches!(holder.as_str(), "$http" | "http" | "httpclient");
        let is_of_python = matches!(holder.as_str(), "requests" | "session" | "httpx");
        match method {
            _ if WITH_BODY.contains(&method) && is_of_axios => Some(Self::BodySecond),
            _ if WITHOUT.contains(&method) && is_of_axios => Some(Self::OptionsSecond),
            _ if WITH_BODY.contains(&method) && is_of_python => Some(Self::NamedAfterBody),
            _ if WITHOUT.contains(&method) && is_of_python => Some(Self::NamedAfterQuery),
            _ => None,
        }
    }

    /// Which of the arguments has fields that are not sent.
    fn lost(&self, arguments: &[&str]) -> Option<usize> {
        let is_fields = |at: usize| arguments.get(at).is_some_and(|a| is_fields(a));
        let is_options = |at: usize| arguments.get(at).is_some_and(|a| has_fields(a));
        match self {
            Self::BodySecond if arguments.len() == 2 && is_options(1) => Some(1),
            Self::OptionsSecond if arguments.len() == 3 && (is_options(2) || is_fields(2)) => Some(2),
            Self::OptionsSecond if arguments.len() == 2 && is_literal_fields(arguments[1]) => Some(1),
            Self::BodySecond if arguments.len() == 3 && is_literal_fields(arguments[2]) => Some(2),
            Self::Options => (0..arguments.len().min(2)).find(|at| has_misspelt_fields(arguments[*at])),
            Self::NamedAfterQuery if is_fields(1) => Some(1),
            Self::NamedAfterBody if is_fields(2) => Some(2),
            Self::NamedAfterBody if arguments.len() == 2 && is_fields(1) => Some(1),
            _ => None,
        }
    }
}

/// Options with fields among them: `{ headers: … }`, `{ headers }`.
fn has_fields(argument: &str) -> bool {
    let Some(inner) = argument.strip_prefix('{') else { return false };
    let first = inner.trim_start().trim_start_matches(['"', '\'']);
    first
        .strip_prefix("headers")
        .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with([':', '}', ',']))
}

/// Options that have the fields under a name that is not that of the option: `{ Headers: { Authorization: … } }`, `{ header: … }`.
fn has_misspelt_fields(argument: &str) -> bool {
    if !argument.starts_with('{') {
        return false;
    }
    arguments(argument, 1).into_iter().any(|at| {
        let Some((name, value)) = argument[at].split_once(':') else { return false };
        let name = name.trim().trim_matches(['"', '\'']);
        matches!(name, "Headers" | "header" | "Header" | "HEADERS")
            && (is_literal_fields(value.trim()) || value.to_ascii_lowercase().contains("authorization"))
    })
}

/// Fields themselves: a variable that is named after them, or an object of them.
fn is_fields(argument: &str) -> bool {
    matches!(argument, "headers" | "header" | "HEADERS" | "auth_headers" | "authHeaders") || is_literal_fields(argument)
}

/// `{ Authorization: … }`
fn is_literal_fields(argument: &str) -> bool {
    let first = argument.strip_prefix('{').map(|inner| inner.trim_start().trim_start_matches(['"', '\'']));
    first.is_some_and(|first| first.get(..13).is_some_and(|name| name.eq_ignore_ascii_case("authorization")))
}

/// The arguments of a call, up to its closing bracket. Empty where it is not shown.
fn arguments(text: &str, from: usize) -> Vec<Range<usize>> {
    let rest = &text[from..text.floor_char_boundary((from + LONGEST).min(text.len()))];
    let mut found = Vec::new();
    let (mut depth, mut start, mut quote, mut is_escaped) = (0_usize, from, None, false);
    for (at, c) in rest.char_indices() {
        if let Some(open) = quote {
            if c == open && !is_escaped {
                quote = None;
            }
            is_escaped = c == '\\' && !is_escaped;
            continue;
        }
        match c {
            '"' | '\'' | '`' => quote = Some(c),
            '(' | '[' | '{' => depth += 1,
            ')' | '}' if depth == 0 => {
                if !text[start..from + at].trim().is_empty() {
                    found.push(start..from + at);
                }
                return found;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(start..from + at);
                start = from + at + 1;
            }
            _ => {}
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_are_not_sent() {
        for (code, lost) in [
            (
                "axios.post(url, { headers: { Authorization: `Bearer ${t}` } })",
                "{ headers: { Authorization: `Bearer ${t}` } }",
            ),
            ("await axios.put('/a',\n  {\n headers\n })", "{\n headers\n }"),
            ("this.http.post(url, { headers: h })", "{ headers: h }"),
            ("axios.get(url, {}, { headers: h })", "{ headers: h }"),
            ("axios.get(url, { Authorization: t })", "{ Authorization: t }"),
            ("requests.get(url, headers)", "headers"),
            (
                "fetch(url, { method: 'GET', Headers: { 'Authorization': t } })",
                "{ method: 'GET', Headers: { 'Authorization': t } }",
            ),
            ("$.ajax({ url: u, header: { Authorization: t } })", "{ url: u, header: { Authorization: t } }"),
            ("requests.post(url, data, headers)", "headers"),
        ] {
            assert_eq!(in_wrong_place(code).map(|at| &code[at]), Some(lost), "{code}");
        }
    }

    #[test]
    fn fields_that_are_sent() {
        for code in [
            "axios.post(url, body, { headers: h })",
            "axios.post(url, {}, { headers: h })",
            "axios.get(url, { headers: h })",
            "ky.post(url, { headers: h })",
            "fetch(url, { headers: h })",
            "fetch(url, { headers: { Authorization: t }, body: { header: 'x' } })",
            "fetch(url, { header: 'x' })",
            "requests.get(url, headers=headers)",
            "requests.post(url, data, headers=headers)",
            "axios.post(url, { headers: h }",
        ] {
            assert_eq!(in_wrong_place(code), None, "{code}");
        }
    }
}

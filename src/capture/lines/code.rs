//! Source code: calls, pairs of literals, constants, and what a program puts into a string.

use std::ops::Range;

use super::clue::Clue;
use super::literals::{LONGEST, Literal, concatenated, decode_literal, interpolated, literal_within};
use super::page::{Clues, Page};
use crate::capture::model::Field;
use crate::capture::words::{self, FORM_PARAMETERS, METHODS};
use crate::text::{Text, TextBuilder};

/// `.GET()` of a builder.
pub(super) fn builder_method(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = page.str()[at..end].strip_prefix('.')?;
    let method = METHODS.iter().find(|m| rest.strip_prefix(**m).is_some_and(|r| r.starts_with('(')))?;
    let method = at + 1..at + 1 + method.len();
    out.push(method.clone(), Clue::Method(page.text.slice(method.clone())));
    Some(method.end)
}

/// A line that begins with a pair of literals: `"Name": "value",`.
pub(super) fn quoted_pair_line(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let line = &page.str()[range.clone()];
    let at = range.start + (line.len() - line.trim_start().len());
    if !page.str()[at..].starts_with(['"', '\'', '“', '‘']) {
        return None;
    }
    let end = quoted_pair(page, at, range.end, out)?;
    Some(end.min(range.end)..range.end)
}

/// `open("GET", "https://…")`, `request("GET", "/path")`: a method and a target as arguments.
pub(super) fn called_with(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let method = literal_within(rest, 12)?;
    if !METHODS.contains(&&rest[method.content.clone()]) {
        return None;
    }
    let after = rest[method.end..].trim_start().strip_prefix(',')?.trim_start();
    let target_at = rest.len() - after.len();
    let Some(target) = literal_within(after, 4096) else {
        if !page.str()[..at].ends_with('(') {
            return None;
        }
        let method = page.text.slice(at + method.content.start..at + method.content.end);
        let stop = at + target_at;
        out.push(at..stop, Clue::CodeMethod(method));
        return Some(stop);
    };
    let value = &after[target.content.clone()];
    if !(value.starts_with('/') || value.starts_with("http://") || value.starts_with("https://")) {
        return None;
    }
    let from = at + target_at + target.content.start;
    let item = Clue::RequestLine {
        method: page.text.slice(at + method.content.start..at + method.content.end),
        url: page.text.slice(from..from + value.len()),
        versioned: false,
    };
    let stop = at + target_at + target.end;
    out.push(at..stop, item);
    Some(stop)
}

/// `HTTPSConnection("host")`, `new RestRequest("/path")`: a part of the URL as the argument of a call.
pub(super) fn base_literal(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let before = &page.str()[..at];
    if !before.ends_with(['(', ' ', '@']) {
        return None;
    }
    let rest = &page.str()[at..end];
    // A short literal is a method or a word.
    if literal_within(rest, 12).is_some() {
        return None;
    }
    let literal = literal_within(rest, 2048)?;
    let content = &rest[literal.content.clone()];
    let plain = !content.is_empty() && !content.contains([' ', '<', '(', ',']);
    let text = page.text.slice(at + literal.content.start..at + literal.content.end);
    let connects = ["Connection(", "HTTP.new(", "HttpHost(", "Host("].iter().any(|c| before.ends_with(c));
    if plain && connects && content.contains('.') && !content.contains('/') {
        out.push(at..at + literal.end, Clue::Host(text));
        return Some(at + literal.end);
    }
    if plain && content.starts_with('/') && content[1..].contains('/') {
        out.push(at..at + literal.end, Clue::BasePath(text));
        return Some(at + literal.end);
    }
    None
}

/// `addValue("value", forHTTPHeaderField: "Name")`: the value comes before the name.
pub(super) fn value_for_field(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let value = literal_within(rest, LONGEST)?;
    let after = rest[value.end..]
        .trim_start()
        .strip_prefix(',')?
        .trim_start()
        .strip_prefix("forHTTPHeaderField:")?
        .trim_start();
    let name = literal_within(after, 128)?;
    let name_at = at + (rest.len() - after.len()) + name.content.start;
    let text = decode_literal(page, at + value.content.start..at + value.content.end).trim();
    interpolated(&text, "\\(", ")", out);
    let name = page.text.slice(name_at..name_at + name.content.len());
    let stop = name_at + name.len() + 1;
    out.push(at..stop, Clue::Field { field: Field { name, value: text }, is_code: true });
    Some(stop)
}

/// `setBearerAuth(token)`, `new AuthenticationHeaderValue("Bearer", token)`: a call that makes the field.
pub(super) fn bearer_call(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    const CALLS: [&str; 7] = [
        "setBearerAuth(",
        "bearerAuth(",
        "bearer_auth(",
        "AuthenticationHeaderValue(",
        "withBearerToken(",
        "SetAuthToken(",
        "setBearerToken(",
    ];
    let rest = &page.str()[at..end];
    let call = CALLS.iter().find(|c| rest.starts_with(**c))?;
    let mut from = at + call.len();
    let mut builder = TextBuilder::new(page.text.span_of(at..at));
    if *call == "AuthenticationHeaderValue(" {
        let scheme = literal_within(&page.str()[from..end], 40)?;
        builder.copy(page.text, from + scheme.content.start..from + scheme.content.end);
        let after = &page.str()[from + scheme.end..end];
        let tail = after.trim_start().strip_prefix(',').map_or("", str::trim_start);
        builder.replace(page.text, from + scheme.end..end - tail.len(), if tail.is_empty() { "" } else { " " });
        from = end - tail.len();
    } else {
        builder.replace(page.text, at..at + call.len() - 1, "Bearer ");
    }
    let argument = &page.str()[from..end];
    let stop = if let Some(token) = literal_within(argument, LONGEST) {
        builder.copy(page.text, from + token.content.start..from + token.content.end);
        from + token.end
    } else {
        let len = argument.find([')', ',', ';', ' ']).unwrap_or(argument.len());
        if len > 0 {
            let expression = page.text.slice(from..from + len);
            builder.replace(page.text, from..from, "${");
            builder.copy(&expression, 0..len);
            builder.replace(page.text, from + len..from + len, "}");
            out.push(from..from + len, Clue::Expanded(expression));
        }
        from + len
    };
    let name = Text::implied("Authorization", page.text.span_of(at..at + call.len() - 1));
    out.push(at..stop, Clue::Field { field: Field { name, value: builder.finish().trim() }, is_code: true });
    Some(stop)
}

/// `HttpMethod.GET`, `Method = "GET"`, `.method("GET"`, `CURLOPT_CUSTOMREQUEST => 'GET'`, `HTTP::Get.new`.
pub(super) fn method_call(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|l| *l <= 24)?;
    let word = rest[..len].to_ascii_lowercase();
    let names_method = word.ends_with("method") || word.ends_with("customrequest") || word == "verb";
    if !names_method && rest[..len] != *"HTTP" {
        return None;
    }
    let after = &rest[len..];
    let mark = after.len() - after.trim_start_matches([' ', '(', '=', ':', '>', '.', ',', '"', '\'', '-']).len();
    let marks = &after[..mark];
    if mark == 0
        || mark > 8
        || !(marks.contains(['(', '=', '.', ',', '\'', '"']) || marks == "::")
        || (rest[..len] == *"HTTP" && marks != "::")
    {
        return None;
    }
    let value = &after[mark..];
    let value_len = value.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(value.len());
    if !METHODS.iter().any(|m| m.eq_ignore_ascii_case(&value[..value_len])) {
        return None;
    }
    let from = at + len + mark;
    let method = page.text.slice(from..from + value_len);
    out.push(at..from + value_len, Clue::CodeMethod(method));
    Some(from + value_len)
}

/// `HttpHeaders.AUTHORIZATION, "Bearer …"`: a constant that stands for a field name.
pub(super) fn named_constant(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    const HOLDERS: [&str; 5] = ["HttpHeaders.", "HeaderNames.", "HttpHeader.", "HttpRequestHeader.", "header::"];
    let rest = &page.str()[at..end];
    let holder = HOLDERS.iter().find(|h| rest.starts_with(**h))?;
    let name = &rest[holder.len()..];
    let len = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    let field = match name[..len].to_ascii_lowercase().replace('_', "").as_str() {
        "authorization" => "Authorization",
        "contenttype" => "Content-Type",
        "accept" => "Accept",
        "cookie" => "Cookie",
        "host" => "Host",
        "useragent" => "User-Agent",
        _ => return None,
    };
    let from = at + holder.len() + len;
    let after = &page.str()[from..end];
    let skip = after.len() - after.trim_start_matches([' ', ',', '(', ')', '=', ']', ':']).len();
    if skip == 0 {
        return None;
    }
    let argument = &after[skip..];
    let value = literal_within(argument, LONGEST)?;
    let value_at = from + skip;
    let text = decode_literal(page, value_at + value.content.start..value_at + value.content.end);
    let (text, stop) = concatenated(page, text, value_at + value.end, end, out);
    interpolated(&text, "${", "}", out);
    let name = Text::implied(field, page.text.span_of(at..from));
    out.push(at..stop, Clue::Field { field: Field { name, value: text.trim() }, is_code: true });
    Some(stop)
}

/// `"Name": "value"`, `"Name", "value"`, `"Name" = "value"`, `'Name' => 'value'` in code.
pub(super) fn quoted_pair(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let name = literal_within(rest, 128)?;
    let content = &rest[name.content.clone()];
    let is_parameter = FORM_PARAMETERS.contains(&content);
    let is_name = || {
        words::may_be_field_name(content, page.vocabulary) || is_token(content) && is_among_headers(&page.str()[..at])
    };
    if !is_parameter && !is_name() {
        return None;
    }
    if !is_parameter
        && let Some(tail) = rest[name.end..].strip_prefix('>')
        && let Some(len) = tail.bytes().take(LONGEST).position(|b| b == b'<')
    {
        // `<header name="Accept">a/b</header>`
        let from = at + name.end + 1;
        let value = page.text.slice(from..from + len).trim();
        let name = page.text.slice(at + name.content.start..at + name.content.end);
        out.push(at..from + len, Clue::Field { field: Field { name, value }, is_code: false });
        return Some(from + len);
    }
    let mut after = name.end;
    let mut separators = 0;
    for c in rest[after..].chars() {
        match c {
            ' ' | '\t' => {}
            ':' | ',' | '=' | '>' | ']' | ')' | '(' => separators += 1,
            _ => break,
        }
        after += c.len_utf8();
    }
    if separators == 0 || separators > 4 {
        return None;
    }
    let prefix = rest[after..].len() - rest[after..].trim_start_matches(['f', 'F', '$', '@', 'b', 'u', 'r']).len();
    let interpolates = rest[after..after + prefix].contains(['f', 'F', '$']) || rest[after + prefix..].starts_with('`');
    let shift = after + prefix;
    let Some(value) = literal_within(&rest[shift..], LONGEST) else {
        return expression_value(page, at, end, &name, after, is_parameter, out);
    };
    // `"token_type": "Bearer", "issued_at": …`: the next member of an object, and no argument.
    if rest[name.end..after].contains(',') && rest[shift + value.end..].trim_start().starts_with(':') {
        return None;
    }
    let content_at = at + shift + value.content.start..at + shift + value.content.end;
    let mut text = decode_literal(page, content_at);
    let joined = concatenated(page, text.clone(), at + shift + value.end, end, out);
    let stop = joined.1;
    if stop > at + shift + value.end {
        text = joined.0;
    } else if let Some(pattern) = format_pattern(page, at, stop, end, text.as_str()) {
        let pattern = text.slice(pattern);
        out.push(at..at + 1, Clue::Expanded(pattern));
    } else if text.as_str().contains("#{") && !rest[shift..].starts_with('\'') {
        interpolated(&text, "#{", "}", out);
    } else if text.as_str().contains("\\(") {
        interpolated(&text, "\\(", ")", out);
    } else if rest[shift..].starts_with('"') && text.as_str().contains('$') {
        let from = text.as_str().find('$').unwrap_or(0);
        let till = text.as_str()[from..].find(' ').map_or(text.len(), |i| from + i);
        let variable = text.slice(from..till);
        out.push(at..at + 1, Clue::Expanded(variable));
    } else if interpolates && text.as_str().contains('{') {
        let value = text.as_str();
        if let (Some(from), Some(till)) = (value.find('{'), value.rfind('}'))
            && from < till
        {
            let from = if value[..from].ends_with('$') { from - 1 } else { from };
            let expanded = text.slice(from..(till + 1).max(from));
            out.push(at..at + 1, Clue::Expanded(expanded));
        }
    }
    let name_at = at + name.content.start..at + name.content.end;
    let name = page.text.slice(name_at);
    let item = if is_parameter {
        Clue::Parameter { name, value: text }
    } else {
        Clue::Field { field: Field { name, value: text.trim() }, is_code: true }
    };
    out.push(at..stop, item);
    Some(stop)
}

/// Whether a word has only characters of a field name.
fn is_token(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether what comes before is inside `headers={`, where any name is that of a field.
fn is_among_headers(before: &str) -> bool {
    /// How far back the bracket may be, in bytes.
    const FARTHEST: usize = 200;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(FARTHEST))..];
    let Some(open) = near.rfind(['{', '}']).filter(|at| near[*at..].starts_with('{')) else { return false };
    words::is_argument_of_fields(&near[..open])
}

/// The part of a literal that a call puts in: `"Bearer %s" % token`, `"Bearer {}".format(token)`, `Sprintf("Bearer %s", token)`.
fn format_pattern(page: Page<'_>, at: usize, literal_end: usize, end: usize, value: &str) -> Option<Range<usize>> {
    if let Some(from) = ["%s", "%v", "%@"].iter().find_map(|pattern| value.find(pattern)) {
        return Some(from..from + 2);
    }
    let from = value.find('{')?;
    let till = from + value[from..].find('}')? + 1;
    let tail = page.str()[literal_end..end].trim_start();
    let before = &page.str()[at..literal_end];
    let is_filled = tail.starts_with(".format(")
        || tail.starts_with(".formatted(")
        || ["format!(", "string.Format(", "String.format("].iter().any(|call| before.contains(call));
    is_filled.then_some(from..till)
}

/// `"client_assertion": assertion`: sent, with a value that only the running program knows.
fn expression_value(
    page: Page<'_>,
    at: usize,
    end: usize,
    name: &Literal,
    after: usize,
    is_parameter: bool,
    out: &mut Clues,
) -> Option<usize> {
    let from = at + after;
    let rest = &page.str()[from..end];
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$') {
        return None;
    }
    let len = rest.find([',', ';', ')', '}', ' ']).unwrap_or(rest.len());
    let value = page.text.slice(from..from + len);
    let name = page.text.slice(at + name.content.start..at + name.content.end);
    out.push(from..from + len, Clue::Expanded(value.clone()));
    let item = if is_parameter {
        Clue::Parameter { name, value }
    } else {
        Clue::Field { field: Field { name, value }, is_code: true }
    };
    out.push(at..from + len, item);
    Some(from + len)
}

/// `'Name: value'`: a whole field in one string literal, which ends where the literal ends.
pub(super) fn field_in_literal(
    page: Page<'_>,
    name: Range<usize>,
    value: usize,
    end: usize,
    quote: char,
    out: &mut Clues,
) -> Option<usize> {
    let close = if quote == '“' { '”' } else { quote };
    let rest = &page.str()[value..end];
    let mut escaped = false;
    let len = rest.find(|c: char| {
        let ends = c == close && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    let tail = rest[len + close.len_utf8()..].trim_start();
    // A backtick ends a piece of code in a sentence; another quote ends a literal in code.
    if !(quote == '`'
        || tail.is_empty()
        || tail.starts_with([',', ')', ']', '}', ';', '.', '+', '\\', '^', '`', '-', '&', '|', 'h']))
    {
        return None;
    }
    let range = value..value + len;
    let text = decode_literal(page, range.clone());
    // "the `Authorization: Basic` value": a sentence about the field, which does not show the credentials.
    if quote == '`' && crate::shape::is_scheme(text.as_str().trim()) && tail.starts_with(|c: char| c.is_alphabetic()) {
        return Some(range.end + 1);
    }
    let behind = range.end + close.len_utf8();
    let (text, stop) = concatenated(page, text, behind, end, out);
    if stop == behind && quote == '"' {
        interpolated(&text, "$", " ", out);
    }
    let at = name.start;
    let field = Field { name: page.text.slice(name), value: text.trim() };
    out.push(at..stop, Clue::Field { field, is_code: quote != '`' });
    Some(stop)
}

#[cfg(test)]
mod tests {
    use super::super::page::trial::{leaves, line, reads, reads_line};
    use super::*;

    #[test]
    fn pairs_of_literals() {
        reads(quoted_pair, "\"Accept\": \"a/b\", x", &["field Accept: a/b code"], ", x");
        reads(quoted_pair, "'Accept' => 'a/b'", &["field Accept: a/b code"], "");
        reads(quoted_pair, "\"grant_type\", \"x\")", &["parameter grant_type=x"], ")");
        reads(quoted_pair, "\"Accept\">a/b</header>", &["field Accept: a/b"], "</header>");
        reads_line(quoted_pair_line, "  \"Accept\": \"a/b\",", &["field Accept: a/b code"], ",");
        reads(quoted_pair, "headers={¦\"api_token\": \"x\"}", &["field api_token: x code"], "}");
        leaves(quoted_pair, &["\"word\": \"x\"", "\"Accept\" \"x\"", "\"Accept"]);
        assert_eq!(line(quoted_pair_line, "Accept: \"a\""), None);
    }

    #[test]
    fn values_that_the_program_fills_in() {
        let added = ["expanded token", "field Authorization: Bearer ${token} code"];
        reads(quoted_pair, "\"Authorization\": \"Bearer \" + token,", &added, ",");
        let template = ["expanded ${token}", "field Authorization: Bearer ${token} code"];
        reads(quoted_pair, "'Authorization': `Bearer ${token}`", &template, "");
        reads(quoted_pair, "\"client_assertion\": jwt)", &["expanded jwt", "parameter client_assertion=jwt"], ")");
    }

    #[test]
    fn calls() {
        reads(called_with, "open(¦\"GET\", \"https://a.example/b\")", &["request GET https://a.example/b"], ")");
        reads(called_with, "request(¦\"GET\", url)", &["code method GET"], "url)");
        reads(base_literal, "HTTPSConnection(¦\"host.a.example\")", &["host host.a.example"], ")");
        reads(base_literal, "new RestRequest(¦\"/base/path/of\")", &["base path /base/path/of"], ")");
        reads(value_for_field, "¦\"a/b\", forHTTPHeaderField: \"Accept\")", &["field Accept: a/b code"], ")");
        reads(bearer_call, "setBearerAuth(\"abc\")", &["field Authorization: Bearer abc code"], ")");
        let expanded = ["expanded token", "field Authorization: Bearer ${token} code"];
        reads(bearer_call, "bearer_auth(token)", &expanded, ")");
        reads(method_call, "HttpMethod.Post, x", &["code method Post"], ", x");
        reads(builder_method, "¦.GET()", &["method GET"], "()");
        reads(named_constant, "HttpHeaders.ACCEPT, \"a/b\")", &["field Accept: a/b code"], ")");
        leaves(called_with, &["\"word\", \"x\""]);
        leaves(method_call, &["method of", "Methods.all"]);
    }

    #[test]
    fn a_field_in_one_literal_ends_with_the_literal() {
        let read = |text: &str| {
            let found = line(
                |page, range, out| field_in_literal(page, 0..6, 8, range.end, '"', out).map(|end| end..range.end),
                text,
            );
            found.map(|(clues, rest)| format!("{}|{rest}", clues.join(", ")))
        };
        assert_eq!(read("Accept: a/b\", x").as_deref(), Some("field Accept: a/b code|, x"));
        assert_eq!(read("Accept: a/b\" is said"), None);
    }
}

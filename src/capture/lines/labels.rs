//! Labels and what they label: `Name: value`, rows of tables, headings, fields in the middle of a line.

use std::ops::Range;

use super::clue::{Clue, Sureness};
use super::code::field_in_literal;
use super::form_body::is_form;
use super::literals::{LONGEST, decode_literal, interpolated, literal_within};
use super::page::{Clues, Page};
use super::pairs::{is_pair, split_pair};
use super::urls::url_in;
use super::values::{
    clause_length, credentials_length, goes_on_as_sentence, is_talk, line_length, quoted_length, reason_in, unquoted,
    unwrapped, value_end, value_from, without_tail,
};
use super::wire::leading_status;
use crate::capture::model::Field;
use crate::capture::words::{self, FORM_PARAMETERS, Label, METHODS, REASONS, is_said_empty};
use crate::text::Text;

/// `Label: value`, `Name<tab>value`, `| Name | value |`, `Name = value`, `- **Name**: value`.
pub(super) fn pair(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let line = &page.str()[range.clone()];
    if line.trim_start().starts_with(['"', '\'', '“', '‘']) {
        let at = range.start + (line.len() - line.trim_start().len());
        // `'Name: value',` is one literal.
        if literal_within(&page.str()[at..range.end], LONGEST)
            .is_some_and(|l| page.str()[at..][l.content].contains(": "))
        {
            return None;
        }
    }
    if let Some(code) = line.trim_start().strip_prefix('`')
        && let Some(close) = code.find('`')
        && goes_on_as_sentence(&code[close..])
    {
        // A line of a sentence that begins with a piece of code.
        return None;
    }
    let pair = split_pair(line)?;
    let shift = |r: &Range<usize>| range.start + r.start..range.start + r.end;
    let name = line[pair.name.clone()].to_owned();
    let (name_at, value_at) = (shift(&pair.name), shift(&pair.value));
    let is_cell = pair.is_cell;
    let parameter = FORM_PARAMETERS.contains(&name.as_str())
        || name.starts_with("client_assertion")
        || name.starts_with("subject_token");
    let is_field = words::is_field_name(&name, page.vocabulary)
        // An unknown name with a hyphen may begin a sentence; a field value is seldom one.
        || words::may_be_field_name(&name, page.vocabulary) && line[pair.value.clone()].split_whitespace().count() < 5;
    if is_field && !(words::label(&name).is_some() && pair.is_assignment) {
        return Some(field_line(page, name_at, value_at, range.start, is_cell, out));
    }
    if parameter {
        let known = FORM_PARAMETERS.iter().filter(|p| name.starts_with(**p)).max_by_key(|p| p.len());
        let len = known.map_or(name.len(), |p| p.len());
        let value = value_from(page, value_at, true);
        let name = page.text.slice(name_at.start..name_at.start + len);
        let rest = range.end..range.end;
        out.push(range, Clue::Parameter { name, value });
        return Some(rest);
    }
    let label = words::label(&name)?;
    labelled(page, label, name_at, value_at, range, out)
}

/// A line that is a field; gives the rest after its value.
fn field_line(
    page: Page<'_>,
    name: Range<usize>,
    value: Range<usize>,
    start: usize,
    is_cell: bool,
    out: &mut Clues,
) -> Range<usize> {
    let rest = &page.str()[value.clone()];
    if let Some((content, end)) = listed(page, rest).filter(|_| !is_cell) {
        let end = value.start + end;
        let text = decode_literal(page, value.start + content.start..value.start + content.end).trim();
        let field = Field { name: page.text.slice(name), value: text };
        out.push(start..end, Clue::Field { field, is_code: false });
        return end..value.end;
    }
    // A squashed line goes on with other fields after the value.
    let end = if is_cell || page.view.direction(name.start).is_some() {
        value.end
    } else {
        let end = value_end(page, rest, false);
        let is_credentials = page.str()[name.clone()].eq_ignore_ascii_case("authorization");
        value.start + if is_credentials { line_length(&rest[..end]) } else { end }
    };
    if let Some(value) = after_its_name(page, &page.str()[name.clone()], value.start..end) {
        // In a line of code, so what the value was made of may be seen.
        let field = Field { name: page.text.slice(name), value };
        out.push(start..end, Clue::Field { field, is_code: true });
        return end..end;
    }
    let mut text = value_from(page, value.start..end, end == value.end);
    if is_cell {
        text = without_quotes(&text);
    }
    if is_in_yaml(page, name.start) {
        text = yaml_scalar(&text);
    }
    let name = page.text.slice(name);
    out.push(start..end, Clue::Field { field: Field { name, value: text }, is_code: false });
    end..value.end
}

/// The content of a string that a value begins with, if the next field of a list follows it: `"Bearer …", X-Other: "…"`.
/// Also where the string ends.
fn listed(page: Page<'_>, value: &str) -> Option<(Range<usize>, usize)> {
    let lead = value.len() - value.trim_start().len();
    let literal = literal_within(&value[lead..], LONGEST)?;
    let next = value[lead + literal.end..].trim_start().strip_prefix([',', ';'])?.trim_start();
    let next = next.strip_prefix(['"', '\'']).unwrap_or(next);
    let name = next.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    let after = next[name..].trim_start_matches(['"', '\'']).trim_start();
    let is_list = words::may_be_field_name(&next[..name], page.vocabulary) && after.starts_with([':', '=']);
    is_list.then(|| (lead + literal.content.start..lead + literal.content.end, lead + literal.end))
}

/// The value in a line of the fields that Node keeps with their names: `host: [ 'Host', 'a.example' ],`.
fn after_its_name(page: Page<'_>, name: &str, range: Range<usize>) -> Option<Text> {
    let value = &page.str()[range.clone()];
    let at = |rest: &str| range.start + value.len() - rest.len();
    let rest = value.trim_start().strip_prefix('[')?.trim_start();
    let as_set = literal_within(rest, LONGEST)?;
    let is_name = rest[as_set.content.clone()].eq_ignore_ascii_case(name);
    let rest = rest[as_set.end..].trim_start().strip_prefix(',').filter(|_| is_name)?.trim_start();
    let content = literal_within(rest, LONGEST)?.content;
    Some(decode_literal(page, at(rest) + content.start..at(rest) + content.end).trim())
}

/// A line that begins with a label of people: `Request URL: …`, `Status: 401`.
fn labelled(
    page: Page<'_>,
    label: Label,
    name: Range<usize>,
    value: Range<usize>,
    range: Range<usize>,
    out: &mut Clues,
) -> Option<Range<usize>> {
    let nothing_left = Some(range.end..range.end);
    let text = unquoted(&page.text.slice(value.clone()).trim());
    match label {
        Label::Url => {
            if text.is_empty() {
                let next = value_from(page, value, true);
                if let Some(url) = url_in(&next) {
                    out.push(range, Clue::Url { url, method: None, is_code: false });
                    return nothing_left;
                }
                return None;
            }
            let first = text.as_str().split_whitespace().next().unwrap_or_default();
            if METHODS.contains(&first) {
                return Some(value);
            }
            if let Some(url) = url_in(&text) {
                out.push(range, Clue::Url { url, method: None, is_code: false });
                return nothing_left;
            }
            None
        }
        Label::Host if text.as_str().contains('.') && !text.as_str().contains(' ') => {
            let item = if text.as_str().contains("://") {
                Clue::Url { url: text, method: None, is_code: false }
            } else {
                Clue::Host(text)
            };
            out.push(range, item);
            nothing_left
        }
        Label::Path if !text.is_empty() && !text.as_str().contains(' ') => {
            out.push(range, Clue::Path(text));
            nothing_left
        }
        Label::Method if METHODS.iter().any(|m| m.eq_ignore_ascii_case(text.as_str())) => {
            out.push(range, Clue::Method(text));
            nothing_left
        }
        Label::Status => {
            if let Some((code, at)) = leading_status(text.as_str()) {
                let span = text.span_of(at..at + 3);
                let reason = reason_in(&text, at + 3);
                out.push(range.clone(), Clue::Status { code, span, reason, sure: Sureness::Label });
                let rest = range.end - (range.end - value.start).min(text.len().saturating_sub(at + 3));
                if text.as_str()[at + 3..].contains([':', '{', '=']) && text.is_verbatim() {
                    return Some(rest..range.end);
                }
                return nothing_left;
            }
            None
        }
        Label::ResponseBody if REASONS.contains(&text.as_str().to_ascii_lowercase().as_str()) => nothing_left,
        Label::ResponseBody | Label::RequestBody => {
            let of_request = label == Label::RequestBody;
            if is_said_empty(text.as_str()) && !text.is_empty() {
                if !of_request {
                    out.push(range, Clue::EmptyBody(text.span()));
                }
            } else if text.is_empty() {
                out.push(range, Clue::Heading(label));
            } else if of_request && is_form(text.as_str()) {
                out.push(range, Clue::Form(text));
            } else if url_in(&text).is_none() {
                out.push(range, Clue::Body { text, of_request });
            } else {
                return None;
            }
            nothing_left
        }
        Label::ResponseHead | Label::RequestHead => {
            out.push(name, Clue::Heading(label));
            if let Some((code, at)) = leading_status(text.as_str())
                && label == Label::ResponseHead
            {
                let span = text.span_of(at..at + 3);
                let reason = reason_in(&text, at + 3);
                out.push(range, Clue::Status { code, span, reason, sure: Sureness::Label });
            } else if is_said_empty(text.as_str()) && !text.is_empty() {
                out.push(range, Clue::EmptyBody(text.span()));
            } else {
                return Some(value);
            }
            nothing_left
        }
        Label::Host | Label::Path | Label::Method => None,
    }
}

/// `Request Headers` on a line of its own, without a colon.
pub(super) fn bare_heading(page: Page<'_>, range: Range<usize>, out: &mut Clues) -> Option<Range<usize>> {
    let line = page.str()[range.clone()].trim().trim_start_matches(['#', '-', '=', '*', '>', ' ']);
    let heading = words::label(line.trim_end_matches(['-', '=', ' ']));
    match heading {
        Some(label @ (Label::RequestHead | Label::ResponseHead)) if line.len() <= 24 => {
            let rest = range.end..range.end;
            out.push(range, Clue::Heading(label));
            Some(rest)
        }
        _ => None,
    }
}

/// `method=GET` or `status=401` in the middle of a log line.
pub(super) fn assignment(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let len = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '_')?;
    // `statusCode() = 400`, `status = 401`, `http_method="POST"`.
    let after = rest[len..].trim_start_matches("()");
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let value = after[blanks..].strip_prefix('=').or_else(|| after.strip_prefix(':'))?;
    let value = value.trim_start_matches([' ', '"', '\'']);
    let from = at + rest.len() - value.len();
    let word = value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len());
    // Looked for only where it is needed: the line may be long, and full of assignments.
    let quoted = || value.find(['"', '\'', ' ', ',', ';']).unwrap_or(value.len());
    let text = |len: usize| page.text.slice(from..from + len);
    let name = rest[..len].replace('_', " ");
    let is_assigned = after[blanks..].starts_with('=');
    let item = match words::label(&name).or_else(|| words::label(name.strip_suffix("Code")?))? {
        Label::Method if METHODS.iter().any(|m| m.eq_ignore_ascii_case(&value[..word])) => Clue::Method(text(word)),
        Label::Status if word == 3 && rest.len() > len + 1 => {
            let code: u16 = value[..3].parse().ok().filter(|c| (100..600).contains(c))?;
            Clue::Status { code, span: page.text.span_of(from..from + 3), reason: None, sure: Sureness::Label }
        }
        Label::Host if is_assigned && !value.starts_with("http") && value[..quoted()].contains('.') => {
            out.push(at..from + quoted(), Clue::Host(text(quoted())));
            return Some(from + quoted());
        }
        Label::Path if is_assigned && value.starts_with('/') => {
            out.push(at..from + quoted(), Clue::Path(text(quoted())));
            return Some(from + quoted());
        }
        _ => return None,
    };
    out.push(at..from + word, item);
    Some(from + word)
}

/// Whether a field has nothing but the name of a scheme.
fn is_scheme_alone(name: &str, value: &str) -> bool {
    const SCHEMES: [&str; 5] = ["bearer", "basic", "digest", "negotiate", "token"];
    name.eq_ignore_ascii_case("authorization") && SCHEMES.iter().any(|s| value.trim().eq_ignore_ascii_case(s))
}

/// `Name: value` or `Name|value` in the middle of a line.
pub(super) fn field(page: Page<'_>, at: usize, end: usize, out: &mut Clues) -> Option<usize> {
    let rest = &page.str()[at..end];
    let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    let name = &rest[..len];
    if !words::is_field_name(name, page.vocabulary) {
        return None;
    }
    let opened = page.str()[..at].ends_with(['|', '{']);
    let after = &rest[len..];
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let separator = after[blanks..].chars().next()?;
    let in_cells = opened && matches!(separator, '|' | ':');
    let quote = page.str()[..at].chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`' | '“'));
    let assigned = separator == '='
        && (name.contains('-')
            || after[blanks + 1..].starts_with(['"', '\'', '['])
            || name.eq_ignore_ascii_case("authorization") && {
                let value = &after[blanks + 1..];
                let word = value.trim_start().split([' ', '\t']).next().unwrap_or_default();
                !value.starts_with(' ') || word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic")
            });
    if !(separator == ':' || in_cells || assigned) {
        return None;
    }
    // `Authorization:Bearer` is fine, `host:443` and `from:` in a sentence are not.
    let value_at = len + blanks + separator.len_utf8();
    let value = &rest[value_at..];
    if separator == ':' && value.starts_with("//") {
        return None;
    }
    if quote == Some('`')
        && let Some(close) = value.find('`')
        && is_scheme_alone(name, &value[..close])
    {
        // A sentence that names the field and the scheme does not show a field that was sent.
        return Some(at + value_at + close);
    }
    if let Some(found) = quote.and_then(|q| field_in_literal(page, at..at + len, at + value_at, end, q, out)) {
        return Some(found);
    }
    if separator == '='
        && let Some(literal) = literal_within(value.trim_start(), LONGEST)
    {
        let lead = value.len() - value.trim_start().len();
        let from = at + value_at + lead;
        let content = decode_literal(page, from + literal.content.start..from + literal.content.end);
        let field = Field { name: page.text.slice(at..at + len), value: content.trim() };
        out.push(at..from + literal.end, Clue::Field { field, is_code: false });
        return Some(from + literal.end);
    }
    if separator == ':'
        && value.trim_start().starts_with('`')
        && value.contains("${")
        && let Some(literal) = literal_within(value.trim_start(), LONGEST)
    {
        // A template string of JavaScript under a name without quotes.
        let from = at + value_at + (value.len() - value.trim_start().len());
        let content = page.text.slice(from + literal.content.start..from + literal.content.end).trim();
        interpolated(&content, "${", "}", out);
        let field = Field { name: page.text.slice(at..at + len), value: content };
        out.push(at..from + literal.end, Clue::Field { field, is_code: true });
        return Some(from + literal.end);
    }
    if separator == ':'
        && let Some((content, end)) = listed(page, value)
    {
        let text = decode_literal(page, at + value_at + content.start..at + value_at + content.end).trim();
        let stop = at + value_at + end;
        let field = Field { name: page.text.slice(at..at + len), value: text };
        out.push(at..stop, Clue::Field { field, is_code: false });
        return Some(stop);
    }
    // A map printed by Go (`Accept:[a/b] Host:[c]`) or by Java (`accept=[a/b], host=[c]`).
    if value.starts_with('[')
        && let Some(close) = value.bytes().take(LONGEST).position(|b| b == b']')
    {
        let content = page.text.slice(at + value_at + 1..at + value_at + close).trim();
        let stop = at + value_at + close + 1;
        out.push(
            at..stop,
            Clue::Field { field: Field { name: page.text.slice(at..at + len), value: content }, is_code: false },
        );
        return Some(stop);
    }
    let value_len = value_end(page, value, in_cells);
    // `X-Correlation-ID=6f0d… fault="…"`: the next pair of a log line.
    let next_pair = value[..value_len].match_indices(' ').map(|(i, _)| i).find(|i| is_pair(&value[i + 1..]));
    let value_len = next_pair.filter(|i| separator == '=' && *i > 0).unwrap_or(value_len);
    let before = page.before(at);
    if name.eq_ignore_ascii_case("authorization") && is_instruction(before) {
        return None;
    }
    let value_len = quoted_length(before, &value[..value_len]).unwrap_or(value_len);
    // `[name: "value"]`: a list that a program printed.
    let closed = if before.ends_with('[') { value[..value_len].find(']') } else { None };
    let value_len = closed.unwrap_or(value_len);
    // One word before it is enough where the name is also a noun: `Decoded token:`.
    let is_noun = !name.contains('_') && !name.eq_ignore_ascii_case("authorization");
    let in_sentence = before.trim_end().ends_with(|c: char| c.is_alphabetic())
        && before.ends_with(' ')
        && (before.trim().contains(' ') || is_noun);
    if in_sentence && !name.contains('-') && value[..value_len].trim().is_empty() {
        // `With a new token:` announces what follows.
        return None;
    }
    if in_sentence && is_talk(&value[..value_len]) {
        return None;
    }
    let first = value.split_whitespace().next().unwrap_or_default();
    if in_sentence
        && separator == ':'
        && !name.contains('-')
        && !name.eq_ignore_ascii_case("authorization")
        && first.bytes().all(|b| b.is_ascii_alphabetic() || b == b':')
    {
        // `identity token: Invalid issuer` is what a logger says about it.
        return None;
    }
    let value_len = if in_sentence { clause_length(&value[..value_len]) } else { value_len };
    let text = unwrapped(&page.text.slice(at + value_at..at + value_at + value_len).trim());
    let value_len = if in_sentence || name.eq_ignore_ascii_case("authorization") {
        credentials_length(&value[..value_len])
    } else {
        value_len
    };
    let text = if value_len < text.len() {
        unwrapped(&page.text.slice(at + value_at..at + value_at + value_len).trim())
    } else {
        text
    };
    let to_line_end = at + value_at + value_len == end;
    let text = if to_line_end && text.is_empty() { value_from(page, at + value_at..end, true) } else { text };
    let text = without_tail(&text);
    let text = if closed.is_some() { without_quotes(&text) } else { text };
    let text = if is_in_yaml(page, at) { yaml_scalar(&text) } else { text };
    let field = Field { name: page.text.slice(at..at + len), value: text };
    out.push(at..at + value_at + value_len, Clue::Field { field, is_code: false });
    Some(at + value_at + value_len)
}

/// Whether a text tells what is to be sent, and not what was: `Docs: Authorization: Bearer user secret`.
fn is_instruction(before: &str) -> bool {
    const WORDS: [&str; 16] = [
        "docs",
        "docs say",
        "doc says",
        "docs want",
        "documentation",
        "documentation says",
        "manual says",
        "readme says",
        "expected",
        "should be",
        "must be",
        "doku",
        "doku sagt",
        "dokumentation",
        "documentation dit",
        "documentación dice",
    ];
    const LONGEST_WORDS: usize = 60;
    let before = before.trim_end_matches([' ', ':', '`', '"', '\'']);
    let last = before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_WORDS))..].to_lowercase();
    WORDS.iter().any(|words| last.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// A value that a program printed in quotation marks; there may be nothing between them.
fn without_quotes(text: &Text) -> Text {
    let value = text.as_str();
    let is_quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
    if is_quoted { text.slice(1..value.len() - 1) } else { text.clone() }
}

/// Whether a line is a member of a mapping in YAML: indented deeper than a line above that ends with a colon.
fn is_in_yaml(page: Page<'_>, at: usize) -> bool {
    /// The most lines above that are looked at, and their most characters.
    const LINES: usize = 6;
    const CHARACTERS: usize = 600;
    let indent = page.before(at);
    if indent.is_empty() || !indent.bytes().all(|b| b == b' ') {
        return false;
    }
    let above = &page.str()[..at - indent.len()];
    let above = &above[above.floor_char_boundary(above.len().saturating_sub(CHARACTERS))..];
    above.lines().rev().take(LINES).any(|line| {
        let depth = line.len() - line.trim_start_matches([' ', '-']).len();
        depth < indent.len() && line.trim_end().ends_with(':') && !line.contains(": ")
    })
}

/// A value in YAML without the quotation marks that are no part of it.
fn yaml_scalar(text: &Text) -> Text {
    let value = text.as_str();
    let is_quoted = |mark: char| {
        value.len() > 2 && value.starts_with(mark) && value.ends_with(mark) && value.matches(mark).count() == 2
    };
    if is_quoted('"') || is_quoted('\'') { text.slice(1..value.len() - 1) } else { text.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::page::trial::{leaves, line, reads, reads_line};
    use super::*;

    #[test]
    fn fields() {
        reads_line(pair, "Authorization: Bearer a", &["field Authorization: Bearer a"], "");
        reads_line(pair, "| Authorization | Bearer a |", &["field Authorization: Bearer a"], "");
        reads_line(pair, "Accept: a/b Host: c", &["field Accept: a/b"], "Host: c");
        reads_line(
            pair,
            "Authorization: Bearer AbCdEfGhIjKlMnOp1234 returns 401 here",
            &["field Authorization: Bearer AbCdEfGhIjKlMnOp1234"],
            " returns 401 here",
        );
        assert_eq!(line(pair, "`Authorization: AbCdEfGhIjKlMnOp1234` returns 401"), None);
        assert!(is_instruction("Docs: ") && is_instruction("the header must be `") && is_instruction("expected: "));
        assert!(!is_instruction("we send ") && !is_instruction("unexpected ") && !is_instruction(""));
        reads_line(
            pair,
            "Authorization:\"Bearer \", X-Other:\"a\"",
            &["field Authorization: Bearer"],
            ", X-Other:\"a\"",
        );
        reads_line(pair, "X-One:\n  1", &["field X-One: 1"], "");
        reads_line(pair, "host: [ 'Host', 'a.example' ],", &["field host: a.example code"], "");
        reads_line(
            pair,
            "Authorization: Bearer\nAbCdEfGhIjKlMnOp1234",
            &["field Authorization: Bearer AbCdEfGhIjKlMnOp1234"],
            "",
        );
    }

    #[test]
    fn labels_of_people() {
        reads_line(pair, "Request URL: https://a.example/b", &["url https://a.example/b"], "");
        reads_line(pair, "URL: GET https://a.example/b", &[], " GET https://a.example/b");
        reads_line(pair, "Hostname: a.example", &["host a.example"], "");
        reads_line(pair, "Path: /b/c", &["path /b/c"], "");
        reads_line(pair, "Method: post", &["method post"], "");
        reads_line(pair, "Status: 401 Unauthorized", &["status 401 Unauthorized Label"], "");
        reads_line(pair, "Response body: (empty)", &["empty body"], "");
        reads_line(pair, "Response body: Invalid token", &["answer body Invalid token"], "");
        reads_line(pair, "Request body: a=1&b=2", &["form a=1&b=2"], "");
        reads_line(pair, "Response body:", &["heading ResponseBody"], "");
        reads_line(pair, "Response: 401", &["heading ResponseHead", "status 401 Label"], "");
        reads_line(pair, "grant_type: client_credentials", &["parameter grant_type=client_credentials"], "");
        assert_eq!(line(pair, "We think: it is the token"), None);
    }

    #[test]
    fn headings() {
        reads_line(bare_heading, "## Request Headers", &["heading RequestHead"], "");
        reads_line(bare_heading, "--- Response ---", &["heading ResponseHead"], "");
        assert_eq!(line(bare_heading, "Status"), None);
    }

    #[test]
    fn assignments_of_log_lines() {
        reads(assignment, "method=GET x", &["method GET"], " x");
        reads(assignment, "statusCode() = 401", &["status 401 Label"], "");
        reads(assignment, "host=a.example x", &["host a.example"], " x");
        leaves(assignment, &["count=3", "status", "status=4011"]);
    }

    #[test]
    fn fields_in_the_middle_of_a_line() {
        reads(field, "sent ¦Accept: a/b", &["field Accept: a/b"], "");
        reads(field, "sent '¦Accept: a/b')", &["field Accept: a/b code"], ")");
        reads(field, "map[¦Accept:[a/b] Host:[c]]", &["field Accept: a/b"], " Host:[c]]");
        reads(field, "¦X-Request-ID=1 fault=2", &["field X-Request-ID: 1"], " fault=2");
        leaves(field, &["with ¦Host x", "a ¦word: x", "¦Host://x"]);
    }
}

//! Conditions, matchers and sentences of a rule file, checked against the table of facts.

use std::ops::Range;

use super::lower::{File, Table, tables, texts};
use super::model::{Condition, Matcher, Part, RuleValue, Template};
use super::rule_text::RuleText;
use super::tree::{Node, TomlValue};
use crate::facts::{FACTS, FactRef, Type, is_prefix};
use crate::nearest::nearest;

/// Reads a `when` table.
pub(super) fn condition<'s>(file: &mut File<'s>, table: Table<'s>) -> Condition {
    let span = table.span.clone();
    let mut parts = Vec::new();
    let mistakes = file.mistakes.len();
    entries(file, table, "", &mut parts);
    match parts.len() {
        // The table was not empty; its keys are already reported as mistakes.
        0 if file.mistakes.len() > mistakes => Condition::All(parts),
        0 => {
            file.mistake(span, "this condition is empty", "Name at least one fact.");
            Condition::All(parts)
        }
        1 => parts.remove(0),
        _ => Condition::All(parts),
    }
}

fn entries<'s>(file: &mut File<'s>, table: Table<'s>, prefix: &str, parts: &mut Vec<Condition>) {
    for entry in table.into_entries() {
        let name = match prefix {
            "" => entry.key.to_string(),
            _ => [prefix, ".", &entry.key].concat(),
        };
        if prefix.is_empty() && name == "any" {
            let options = tables(file, "any", entry.node);
            parts.push(Condition::Any(options.into_iter().map(|t| condition(file, t)).collect()));
            continue;
        }
        if let Some(fact) = FactRef::named(&name) {
            let matcher = matcher(file, &fact, entry.node);
            parts.extend(matcher.map(|m| Condition::Test(fact, m)));
            continue;
        }
        let Node { value, span } = entry.node;
        match value {
            TomlValue::Table(inner) if prefix.is_empty() && name == "not" => {
                let inner = condition(file, Table::new(inner, span));
                parts.push(Condition::Not(Box::new(inner)));
            }
            TomlValue::Table(inner) if is_prefix(&name) => {
                entries(file, Table::new(inner, span), &name, parts);
            }
            // `authorisation.scheme`: the whole name shows better than its first part what was meant.
            TomlValue::Table(inner) if !prefix.is_empty() || name != "not" => {
                let first = inner.first().map(|e| e.key.to_string());
                let whole = first.map_or_else(|| name.clone(), |key| [&name, ".", &key].concat());
                unknown_fact(file, &whole, entry.key_span);
            }
            _ => unknown_fact(file, &name, entry.key_span),
        }
    }
}

fn unknown_fact(file: &mut File<'_>, name: &str, span: Range<usize>) {
    let near = nearest(name, FACTS.iter().map(|f| f.name));
    let expected = near.map_or_else(
        || "`why401 facts` lists the facts that there are.".to_owned(),
        |near| format!("Did you mean `{near}`?"),
    );
    file.mistake(span, format!("there is no fact `{name}`"), expected);
}

/// Looks a fact up by name.
pub(super) fn fact_ref(file: &mut File<'_>, name: &str, span: Range<usize>) -> Option<FactRef> {
    let fact = FactRef::named(name);
    if fact.is_none() {
        unknown_fact(file, name, span);
    }
    fact
}

const MATCHERS: [&str; 8] = ["matches", "starts-with", "ends-with", "contains", "below", "above", "present", "same-as"];

fn matcher<'s>(file: &mut File<'s>, fact: &FactRef, node: Node<'s>) -> Option<Matcher> {
    let Node { value, span } = node;
    match value {
        TomlValue::Table(table) => matcher_table(file, fact, Table::new(table, span)),
        TomlValue::List(items) => {
            let literals: Vec<RuleValue> = items.into_iter().filter_map(|item| literal(file, fact, &item)).collect();
            if literals.is_empty() {
                file.mistake(span, "this list is empty", "Give at least one value.");
                return None;
            }
            Some(Matcher::Is(literals))
        }
        value => literal(file, fact, &Node { value, span }).map(|l| Matcher::Is(vec![l])),
    }
}

fn matcher_table<'s>(file: &mut File<'s>, fact: &FactRef, table: Table<'s>) -> Option<Matcher> {
    let span = table.span.clone();
    let (mut below, mut above, mut found) = (None, None, None);
    let mut count = 0;
    for entry in table.into_entries() {
        let at = entry.node.span.clone();
        count += 1;
        match entry.key.as_ref() {
            "matches" => {
                let pattern = texts(file, "matches", entry.node).into_iter().next()?;
                found = Some(Matcher::Matches(Box::new(file.pattern(pattern))));
            }
            "starts-with" => {
                found = Some(Matcher::StartsWith(
                    texts(file, "starts-with", entry.node).into_iter().map(|t| t.0).collect(),
                ));
            }
            "ends-with" => {
                found =
                    Some(Matcher::EndsWith(texts(file, "ends-with", entry.node).into_iter().map(|t| t.0).collect()));
            }
            "contains" => {
                let words = texts(file, "contains", entry.node);
                found = Some(Matcher::Contains(words.into_iter().map(|t| t.0.to_lowercase().into()).collect()));
            }
            "below" | "above" => match &entry.node.value {
                TomlValue::Whole(Some(n)) if fact.info.kind == Type::Number => {
                    *(if entry.key == "below" { &mut below } else { &mut above }) = Some(*n);
                    count = 1;
                }
                other => {
                    let found = format!("`{}` of `{}` is {}", entry.key, fact.name, other.kind());
                    file.mistake(at, found, "It takes a whole number, on a fact that is a number.");
                    return None;
                }
            },
            "present" => match &entry.node.value {
                TomlValue::Flag(flag) => found = Some(Matcher::Present(*flag)),
                other => {
                    file.mistake(at, format!("`present` is {}", other.kind()), "It takes true or false.");
                    return None;
                }
            },
            "same-as" => {
                let (name, at) = texts(file, "same-as", entry.node).into_iter().next()?;
                found = Some(Matcher::SameAs(fact_ref(file, &name, at)?));
            }
            key => {
                let near = nearest(key, MATCHERS).map_or_else(
                    || format!("The matchers are {}.", MATCHERS.join(", ")),
                    |near| format!("Did you mean `{near}`?"),
                );
                let full = format!("{}.{key}", fact.name);
                file.mistake(entry.key_span, format!("there is no fact `{full}`, and no matcher `{key}`"), near);
                return None;
            }
        }
    }
    if below.is_some() || above.is_some() {
        return Some(Matcher::Between(above, below));
    }
    if count != 1 {
        file.mistake(
            span,
            format!("`{}` has {count} matchers", fact.name),
            "Give one (`below` and `above` may stand together).",
        );
        return None;
    }
    found
}

fn literal(file: &mut File<'_>, fact: &FactRef, node: &Node<'_>) -> Option<RuleValue> {
    let span = node.span.clone();
    let literal = match &node.value {
        TomlValue::Text(text) => RuleValue::Text(text.to_string().into()),
        TomlValue::Whole(number) => RuleValue::Number((*number)?),
        TomlValue::Flag(flag) => RuleValue::Flag(*flag),
        other => {
            let found = format!("`{}` is compared with {}", fact.name, other.kind());
            file.mistake(span, found, format!("It takes {}, a list of them, or a matcher.", wanted(fact.info.kind)));
            return None;
        }
    };
    let fits = match (&literal, fact.info.kind) {
        (RuleValue::Text(text), Type::OneOf(words) | Type::ListOf(words)) => {
            if !words.contains(&text.as_str()) {
                let near = nearest(text, words.iter().copied()).map_or_else(
                    || format!("It is one of {}.", words.join(", ")),
                    |near| format!("Did you mean \"{near}\"?"),
                );
                file.mistake(span, format!("`{}` is never \"{text}\"", fact.name), near);
                return None;
            }
            true
        }
        (RuleValue::Text(_), Type::Text | Type::List)
        | (RuleValue::Number(_), Type::Number)
        | (RuleValue::Flag(_), Type::Flag) => true,
        _ => false,
    };
    if !fits {
        let found = format!("`{}` is compared with {}", fact.name, node.value.kind());
        file.mistake(span, found, format!("It takes {}, a list of them, or a matcher.", wanted(fact.info.kind)));
        return None;
    }
    Some(literal)
}

const fn wanted(kind: Type) -> &'static str {
    match kind {
        Type::Number => "a whole number",
        Type::Flag => "true or false",
        _ => "a string",
    }
}

/// Reads a sentence with facts in braces; `{{` is a literal brace.
pub(super) fn template(file: &mut File<'_>, (text, span): (RuleText, Range<usize>)) -> Template {
    let mut parts = Vec::new();
    let (mut words, mut rest) = (String::new(), text.as_str());
    while let Some(at) = rest.find('{') {
        words.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            words.push('{');
            rest = after;
            continue;
        }
        let Some(end) = rest.find('}') else {
            file.mistake(span.clone(), "a brace is never closed in this text", "Write {fact.name}, or {{ for a brace.");
            break;
        };
        if let Some(fact) = fact_ref(file, &rest[..end], span.clone()) {
            if !words.is_empty() {
                parts.push(Part::Words(std::mem::take(&mut words).into()));
            }
            parts.push(Part::Fact(fact));
        }
        rest = &rest[end + 1..];
    }
    words.push_str(rest);
    if !words.is_empty() {
        parts.push(Part::Words(words.into()));
    }
    Template { parts }
}

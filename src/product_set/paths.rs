//! Data that was made flat, with one value a line behind its path: gron's `json[0].name[1] = "x";`, jq's `0.name.1 = x`
//! and its stream `[[0,"name",1],"x"]`.

use super::node::{Datum, Group, Leaf, Member};
use super::source::SetSource;

const FEWEST: usize = 3;

/// Deeper paths are not read.
const DEEPEST: usize = 50;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PathStep {
    Key(String),
    Index(usize),
}

/// Reads a text whose lines are paths with their values; `None` if any line is something else, or no path has a list.
pub(super) fn read(source: &SetSource) -> Option<Datum> {
    let mut builder = Builder::default();
    let mut count = 0;
    // A stream says where the outermost list ends.
    let mut is_open = false;
    for line in source.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        let streamed = of_stream(line.text.trim());
        is_open = streamed.as_ref().is_some_and(|(path, value)| value.is_some() || path.len() > 1);
        let (path, value) = streamed.or_else(|| of_assignment(line.text.trim()))?;
        if path.len() > DEEPEST {
            return None;
        }
        count += 1;
        builder.add(path, value, line.number);
    }
    (count >= FEWEST && builder.has_lists).then(|| builder.finish(!is_open))
}

/// `[["dn"],"x"]`; the line that ends a list has a path alone.
fn of_stream(line: &str) -> Option<(Vec<PathStep>, Option<String>)> {
    use serde_json::Value;
    if !line.starts_with("[[") {
        return None;
    }
    let Ok(Value::Array(parts)) = serde_json::from_str(line) else { return None };
    let Some(Value::Array(steps)) = parts.first() else { return None };
    let step = |step: &Value| match step {
        Value::String(key) => Some(PathStep::Key(key.to_ascii_lowercase())),
        Value::Number(index) => usize::try_from(index.as_u64()?).ok().map(PathStep::Index),
        _ => None,
    };
    let path = steps.iter().map(step).collect::<Option<_>>()?;
    let value = match parts.get(1..)? {
        [Value::String(text)] => Some(text.clone()),
        [Value::Number(number)] => Some(number.to_string()),
        [] | [_] => None,
        _ => return None,
    };
    Some((path, value))
}

/// `json[0].dn = "x";`, `0.dn = x`. What opens a list or a map in gron's output has no value.
fn of_assignment(line: &str) -> Option<(Vec<PathStep>, Option<String>)> {
    let (path, value) = line.split_once(" = ")?;
    let value = value.trim().trim_end_matches(';').trim_end();
    let value = match value {
        "[]" | "{}" => None,
        quoted if quoted.starts_with('"') => Some(serde_json::from_str(quoted).ok()?),
        plain => Some(plain.to_owned()),
    };
    Some((steps(path)?, value))
}

fn steps(path: &str) -> Option<Vec<PathStep>> {
    let mut steps = Vec::new();
    let mut rest = path.trim();
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']')?;
            steps.push(step(inner[..end].trim_matches('"'))?);
            rest = &inner[end + 1..];
        } else {
            let name = rest.trim_start_matches('.');
            let end = name.find(['.', '[']).unwrap_or(name.len());
            steps.push(step(&name[..end])?);
            rest = &name[end..];
        }
    }
    (!steps.is_empty()).then_some(steps)
}

fn step(word: &str) -> Option<PathStep> {
    if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() && word.len() < 10 {
        return word.parse().ok().map(PathStep::Index);
    }
    let is_key = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | ';'));
    is_key.then(|| PathStep::Key(word.to_ascii_lowercase()))
}

/// Builds the groups of the paths, which come in order: only the last group of each depth is open.
#[derive(Default)]
struct Builder {
    root: Group,
    open: Vec<OpenGroup>,
    has_lists: bool,
}

struct OpenGroup {
    step: PathStep,
    group: Group,
    /// The index that the next element of this list must have.
    next: usize,
}

impl Builder {
    fn add(&mut self, mut path: Vec<PathStep>, value: Option<String>, line: usize) {
        let Some(last) = path.pop() else { return };
        self.has_lists |= matches!(last, PathStep::Index(_));
        let Some(text) = value else { return };
        let common = path.iter().zip(&self.open).take_while(|(step, open)| **step == open.step).count();
        while self.open.len() > common {
            self.close();
        }
        for step in path.drain(..).skip(common) {
            self.expect(&step, line);
            let group = Group { open: b'[', is_closed: true, line, ..Group::default() };
            self.open.push(OpenGroup { step, group, next: 0 });
        }
        self.expect(&last, line);
        self.push(last, Datum::Text(Leaf { text, line, is_quoted: true }));
    }

    /// Notes where elements of a list are not there: lines were taken out.
    fn expect(&mut self, step: &PathStep, line: usize) {
        let (PathStep::Index(index), Some(list)) = (step, self.open.last_mut()) else { return };
        let is_next = *index == list.next;
        list.next = index.saturating_add(1);
        if !is_next {
            list.group.items.push(Member { key: None, values: vec![Datum::Elided(line)] });
        }
    }

    fn push(&mut self, step: PathStep, node: Datum) {
        let parent = self.open.last_mut().map_or(&mut self.root, |o| &mut o.group);
        let key = if let PathStep::Key(key) = step { Some(key) } else { None };
        parent.items.push(Member { key, values: vec![node] });
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.push(open.step, Datum::Group(open.group));
        }
    }

    fn finish(mut self, is_closed: bool) -> Datum {
        while let Some(last) = self.open.last_mut() {
            last.group.is_closed = is_closed;
            self.close();
        }
        self.root.is_closed = is_closed;
        self.root.open = b'[';
        Datum::Group(self.root)
    }
}

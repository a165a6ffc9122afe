//! What many exchanges have in common: their causes, endpoints and hours.

use std::collections::BTreeMap;
use std::io;

use super::row::BulkRow;

/// The most endpoints and hours that are counted; what comes later is counted as others.
const MOST_KEYS: usize = 2_000;

/// The most lines of a table.
const MOST_LINES: usize = 20;

/// The examples of a cause.
const MOST_EXAMPLES: usize = 3;

/// The longest bar of an hour.
const LONGEST_BAR: usize = 40;

/// Counts of what was found. Its size does not grow with the input.
#[derive(Debug, Default)]
pub(crate) struct BulkSummary {
    pub(crate) exchanges: usize,
    refused: usize,
    accepted: usize,
    pub(crate) explained: usize,
    first: Option<(i64, String)>,
    last: Option<(i64, String)>,
    causes: BTreeMap<(String, &'static str), CauseCount>,
    /// Refused and all, for each endpoint.
    endpoints: BTreeMap<String, (usize, usize)>,
    /// Refused, for each hour since 1970.
    hours: BTreeMap<i64, usize>,
    /// The exchanges of endpoints and hours that are not in the tables.
    others: usize,
    /// Records that were too long.
    pub(crate) cut: usize,
    pub(crate) files: usize,
}

/// The exchanges of a cause that is equally sure in them.
#[derive(Debug, Default)]
struct CauseCount {
    title: String,
    count: usize,
    examples: Vec<String>,
}

impl BulkSummary {
    /// Counts an exchange of a file.
    pub(crate) fn add(&mut self, file: &str, row: &BulkRow) {
        self.exchanges += 1;
        self.refused += usize::from(row.is_refused());
        self.accepted += usize::from(row.is_accepted());
        self.explained += usize::from(row.is_explained());
        if let (Some(seconds), Some(time)) = (row.seconds, &row.time) {
            if self.first.as_ref().is_none_or(|(first, _)| seconds < *first) {
                self.first = Some((seconds, time.clone()));
            }
            if self.last.as_ref().is_none_or(|(last, _)| seconds >= *last) {
                self.last = Some((seconds, time.clone()));
            }
        }
        if let Some(endpoint) = endpoint(row) {
            let is_refused = usize::from(row.is_refused());
            match room(&mut self.endpoints, endpoint) {
                Some(counts) => *counts = (counts.0 + is_refused, counts.1 + 1),
                None => self.others += 1,
            }
        }
        if row.is_accepted() {
            return;
        }
        if let Some(seconds) = row.seconds.filter(|_| row.is_refused()) {
            match room(&mut self.hours, seconds.div_euclid(3600)) {
                Some(count) => *count += 1,
                None => self.others += 1,
            }
        }
        let cause = row.causes.first();
        let key = cause.map_or_else(Default::default, |cause| (cause.id.clone(), cause.verdict));
        let count = self.causes.entry(key).or_default();
        count.count += 1;
        if let Some(cause) = cause.filter(|_| count.title.is_empty()) {
            count.title.clone_from(&cause.title);
        }
        if count.examples.len() < MOST_EXAMPLES {
            count.examples.push(format!("{file}:{}", row.line));
        }
    }

    /// Writes the summary for people.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub(crate) fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let of = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        writeln!(
            out,
            "{} in {}: {} refused, {} accepted, {} without a status.",
            of(self.exchanges, "request", "requests"),
            of(self.files, "file", "files"),
            self.refused,
            self.accepted,
            self.exchanges - self.refused - self.accepted,
        )?;
        if let (Some((_, first)), Some((_, last))) = (&self.first, &self.last) {
            writeln!(out, "First {first}, last {last}.")?;
        }
        self.write_causes(out)?;
        self.write_endpoints(out)?;
        self.write_hours(out)?;
        if self.others > 0 {
            writeln!(out, "\n{} of further endpoints and hours are not in these tables.", self.others)?;
        }
        if self.cut > 0 {
            let are = if self.cut == 1 { "is" } else { "are" };
            writeln!(out, "\n{} {are} longer than 1 MiB and not read to the end.", of(self.cut, "record", "records"))?;
        }
        Ok(())
    }

    fn write_causes(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by_key(|(key, count)| (std::cmp::Reverse(count.count), *key));
        if !causes.is_empty() {
            writeln!(out, "\nCauses")?;
        }
        for ((id, verdict), count) in causes {
            match id.as_str() {
                "" => writeln!(out, "{:8}  no cause found", count.count)?,
                id => writeln!(out, "{:8}  {}: {} [{id}]", count.count, verdict, count.title)?,
            }
            writeln!(out, "          {}", count.examples.join(", "))?;
        }
        Ok(())
    }

    fn write_endpoints(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut endpoints: Vec<(&String, &(usize, usize))> = self.endpoints.iter().collect();
        endpoints.sort_by_key(|(name, (refused, all))| (std::cmp::Reverse((*refused, *all)), *name));
        if !endpoints.is_empty() {
            writeln!(out, "\nEndpoints")?;
        }
        for (name, (refused, all)) in endpoints.iter().take(MOST_LINES) {
            writeln!(out, "{all:8}  {refused} refused  {name}")?;
        }
        more(out, endpoints.len())
    }

    fn write_hours(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let Some(most) = self.hours.values().max() else { return Ok(()) };
        writeln!(out, "\nRefused by hour")?;
        // The last hours, where there are too many.
        let skipped = self.hours.len().saturating_sub(MOST_LINES * 2);
        for (hour, count) in self.hours.iter().skip(skipped) {
            let bar = "█".repeat((count * LONGEST_BAR).div_ceil(*most));
            let begin = jiff::Timestamp::from_second(hour * 3600).map_err(io::Error::other)?;
            writeln!(out, "{count:8}  {}  {bar}", begin.strftime("%Y-%m-%d %H:00"))?;
        }
        Ok(())
    }
}

fn more(out: &mut dyn io::Write, count: usize) -> io::Result<()> {
    match count.saturating_sub(MOST_LINES) {
        0 => Ok(()),
        more => writeln!(out, "          and {more} more"),
    }
}

/// The entry of a table, where it is there or has room.
fn room<K: Ord, V: Default>(table: &mut BTreeMap<K, V>, key: K) -> Option<&mut V> {
    if table.len() >= MOST_KEYS && !table.contains_key(&key) {
        return None;
    }
    Some(table.entry(key).or_default())
}

/// What was called: the endpoint that a pack knows, or the method, the host and the path without its ids.
fn endpoint(row: &BulkRow) -> Option<String> {
    let environment = row.environment.as_ref().map(|e| format!(" ({e})")).unwrap_or_default();
    if let Some(id) = &row.endpoint {
        return Some(format!("{id}{environment}"));
    }
    Some(request_shape(row.method.as_deref(), row.url.as_deref()?))
}

/// The method, the host and the path of a request without its ids and its query: `GET api.example/orders/{}`.
pub(crate) fn request_shape(method: Option<&str>, url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let rest = path.split_once("://").map_or(path, |(_, rest)| rest);
    let is_id = |segment: &str| {
        segment.len() > 30
            || segment.contains('‹')
            || segment.bytes().any(|b| b.is_ascii_digit()) && !is_version(segment)
    };
    let mut segments = rest.split('/');
    let mut shown = segments.next().unwrap_or_default().to_owned();
    for segment in segments.take(12) {
        shown.push('/');
        shown.push_str(if is_id(segment) { "{}" } else { segment });
    }
    format!("{} {shown}", method.unwrap_or("?"))
}

/// `v1`, `R4`, `STU3`: a letter or some, and a digit.
fn is_version(segment: &str) -> bool {
    let letters = segment.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    !letters.is_empty()
        && letters.len() <= 4
        && segment.len() <= letters.len() + 3
        && letters.bytes().all(|b| b.is_ascii_alphabetic())
}

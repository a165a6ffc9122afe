//! What a cell, or a few words, say about an endpoint: granted, not granted, or not yet.

/// The meaning of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellAnswer {
    /// Granted.
    Yes,
    /// Not granted.
    No,
    /// Not granted yet: requested, to be confirmed.
    Pending,
    /// Nothing.
    Blank,
    /// A mark that says yes in one table and no in another (`x`).
    Cross,
    /// Words with another meaning.
    Other,
}

const YES: &[&str] = &[
    "y",
    "yes",
    "true",
    "t",
    "1",
    "✓",
    "✔",
    "✔️",
    "☑",
    "☑️",
    "✅",
    "√",
    "ok",
    "active",
    "approved",
    "live",
    "enabled",
    "included",
    "granted",
    "assigned",
    "available",
    "registered",
    "listed",
    "present",
    "complete",
    "completed",
    "done",
    "in place",
    "on",
    "allowed",
    "in use",
    "added",
    "configured",
    "confirmed",
    "accepted",
    "go",
    "green",
];

const NO: &[&str] = &[
    "n",
    "no",
    "false",
    "f",
    "0",
    "✗",
    "✘",
    "✖",
    "❌",
    "☒",
    "☐",
    "-",
    "–",
    "—",
    "inactive",
    "disabled",
    "rejected",
    "removed",
    "withdrawn",
    "excluded",
    "declined",
    "none",
    "n/a",
    "na",
    "missing",
    "absent",
    "unavailable",
    "off",
    "denied",
    "revoked",
    "refused",
    "nil",
    "red",
    "not required",
    "not approved",
    "out of scope",
    "decommissioned",
    "retired",
];

const PENDING: &[&str] = &[
    "pending",
    "requested",
    "tbc",
    "tbd",
    "tba",
    "?",
    "??",
    "awaiting",
    "awaiting approval",
    "in progress",
    "planned",
    "to do",
    "todo",
    "on hold",
    "submitted",
    "under review",
    "draft",
    "proposed",
    "to be added",
    "to be confirmed",
    "future",
    "amber",
    "wip",
    "raised",
    "not yet",
];

/// Reads a cell.
pub(super) fn of(cell: &str) -> CellAnswer {
    match cell.trim() {
        "(/)"
        | "(y)"
        | "(+)"
        | "(on)"
        | ":white_check_mark:"
        | ":heavy_check_mark:"
        | ":ballot_box_with_check:"
        | "\u{1F7E2}" => return CellAnswer::Yes,
        "(n)"
        | "(-)"
        | "(off)"
        | ":x:"
        | ":negative_squared_cross_mark:"
        | ":no_entry:"
        | ":no_entry_sign:"
        | "\u{1F534}"
        | "\u{26D4}"
        | "\u{1F6AB}" => return CellAnswer::No,
        "(?)" | "(!)" | ":question:" | ":hourglass:" | ":warning:" | "\u{1F7E1}" | "\u{1F7E0}" | "\u{23F3}" => {
            return CellAnswer::Pending;
        }
        _ => {}
    }
    let text = cell
        .trim()
        .trim_matches(|c: char| matches!(c, '"' | '\'' | '*' | '_' | '`' | '.' | '!' | '(' | ')' | '[' | ']'))
        .trim();
    if text.is_empty() {
        // `[ ]` of Markdown is a box without its tick.
        return match cell.trim() {
            "" => CellAnswer::Blank,
            box_ if box_.starts_with('[') && box_.ends_with(']') => CellAnswer::No,
            _ => CellAnswer::Other,
        };
    }
    let lower = text.to_lowercase();
    // What databases print for nothing.
    if matches!(lower.as_str(), "null" | "nan") {
        return CellAnswer::Blank;
    }
    let is = |list: &[&str]| list.contains(&lower.as_str());
    if is(YES) {
        CellAnswer::Yes
    } else if is(NO) {
        CellAnswer::No
    } else if is(PENDING) {
        CellAnswer::Pending
    } else if matches!(lower.as_str(), "x" | "×") {
        CellAnswer::Cross
    } else {
        of_words(&lower)
    }
}

/// Reads a cell of several words by the first that decides: `Yes (since May)`, `No - deprecated`, `Not yet approved`.
fn of_words(lower: &str) -> CellAnswer {
    const LONGEST: usize = 60;
    if lower.chars().count() > LONGEST {
        return CellAnswer::Other;
    }
    let mut words = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '-' | '–' | '/' | '.'))
        .filter(|w| !w.is_empty());
    let Some(first) = words.next() else { return CellAnswer::Other };
    let has = |list: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|w| w.len() > 2 && list.contains(&w));
    match first {
        "not" | "no" | "never" | "non" | "n" | "✗" | "✘" | "❌" => CellAnswer::No,
        "awaiting" | "pending" | "requested" | "tbc" | "planned" | "to" => CellAnswer::Pending,
        "yes" | "y" | "✓" | "✔" | "✅" if !has(NO) && !has(PENDING) => CellAnswer::Yes,
        _ if has(PENDING) => CellAnswer::Pending,
        _ if has(NO) => CellAnswer::No,
        "approved" | "active" | "live" | "enabled" | "granted" | "included" => CellAnswer::Yes,
        _ => CellAnswer::Other,
    }
}

/// Whether a word of a line says no or pending, or may do.
pub(super) fn is_said(line: &str) -> bool {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '\'' | '"' | '(' | ')' | '[' | ']'));
    words
        .filter(|w| w.chars().any(char::is_alphabetic))
        .any(|w| matches!(of(w), CellAnswer::No | CellAnswer::Pending | CellAnswer::Cross))
}

/// What the heading of a column says about the answers in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// Whether the endpoint is granted.
    Granted,
    /// Whether it was asked for.
    Wanted,
    /// Something else about the endpoint.
    Aside,
    /// A name that does not say.
    Unknown,
}

/// Reads the heading of a column.
pub(super) fn column(heading: &str) -> ColumnKind {
    const GRANTED: &[&str] = &[
        "status",
        "state",
        "approved",
        "approval",
        "included",
        "include",
        "enabled",
        "listed",
        "present",
        "active",
        "granted",
        "assigned",
        "registered",
        "available",
        "availability",
        "accredited",
        "authorised",
        "authorized",
        "set",
        "product",
        "asid",
        "live",
        "access",
        "configured",
        "added",
        "allowed",
        "permitted",
        "in",
    ];
    const WANTED: &[&str] =
        &["required", "requested", "request", "needed", "wanted", "requirement", "planned", "proposed", "need"];
    const ASIDE: &[&str] = &[
        "deprecated",
        "mandatory",
        "optional",
        "tested",
        "fhir",
        "version",
        "method",
        "path",
        "url",
        "write",
        "read",
        "restricted",
        "user",
        "application",
        "patient",
        "notes",
        "note",
        "comment",
        "comments",
        "owner",
        "date",
        "name",
        "title",
        "description",
        "resource",
        "superseded",
        "replaced",
        "sandbox",
        "documented",
        "public",
        "beta",
        "test",
        "used",
        "uses",
        "use",
        "priority",
        "#",
        "no",
        "id",
        "ref",
        "reference",
    ];
    let lower = heading.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '#').filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    if has(&["not", "missing", "excluded", "removed", "lacking", "outstanding"]) {
        // `Missing: Yes` says the opposite.
        ColumnKind::Unknown
    } else if has(WANTED) {
        ColumnKind::Wanted
    } else if has(ASIDE) {
        ColumnKind::Aside
    } else if has(GRANTED) {
        ColumnKind::Granted
    } else {
        ColumnKind::Unknown
    }
}

/// Whether a heading can only be that of a column with answers, even if no cell in it is understood.
pub(super) fn is_certain(heading: &str) -> bool {
    const WORDS: [&str; 10] = [
        "status",
        "approved",
        "approval",
        "included",
        "enabled",
        "listed",
        "granted",
        "assigned",
        "registered",
        "authorised",
    ];
    let lower = heading.trim().to_lowercase();
    lower.ends_with('?') || lower.split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w))
}

/// Whether `Yes` in a column means that the endpoint is not granted.
pub(super) fn is_reversed(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "not" | "missing" | "excluded" | "removed" | "lacking" | "outstanding"))
}

/// Whether a column names another endpoint than that of its row: `Replaced by`.
pub(super) fn is_of_other(heading: &str) -> bool {
    const WORDS: [&str; 8] =
        ["superseded", "supersedes", "replaced", "replaces", "previous", "notes", "comment", "comments"];
    heading.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (cell, answer) in [
            ("Yes", CellAnswer::Yes),
            ("✓", CellAnswer::Yes),
            (" x ", CellAnswer::Cross),
            ("No - deprecated", CellAnswer::No),
            ("Not yet", CellAnswer::Pending),
            ("not approved", CellAnswer::No),
            ("Yes (pending)", CellAnswer::Pending),
            ("TBC", CellAnswer::Pending),
            ("", CellAnswer::Blank),
            ("[ ]", CellAnswer::No),
            ("see note 3", CellAnswer::Other),
        ] {
            assert_eq!(of(cell), answer, "{cell}");
        }
    }

    #[test]
    fn headings() {
        assert_eq!(column("Included?"), ColumnKind::Granted);
        assert_eq!(column("Required"), ColumnKind::Wanted);
        assert_eq!(column("Deprecated"), ColumnKind::Aside);
        assert_eq!(column("Wave 2"), ColumnKind::Unknown);
        assert!(is_reversed("Missing?"));
    }
}

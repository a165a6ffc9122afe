//! How old the rules are: services change what they answer, and an old program does not know.

use jiff::Timestamp;

/// The day of the last change of the built-in rules, as YYYY-MM-DD; empty in a build for development.
const RULES_DATE: &str = env!("WHY401_RULES_DATE");

/// From this age on rules are called old, in seconds.
const OLD: i64 = 365 * 24 * 60 * 60;

/// What to say about the age of the built-in rules; `None` while they are not old, or where their date is not known.
pub(super) fn remark() -> Option<String> {
    of(RULES_DATE, Timestamp::now())
}

fn of(date: &str, now: Timestamp) -> Option<String> {
    let changed: Timestamp = format!("{date}T00:00:00Z").parse().ok()?;
    (now.as_second() - changed.as_second() >= OLD).then(|| {
        format!(
            "The rules of this program are of {date}, more than a year old. A newer version may know more;\n\
             `--rules DIR` adds newer rules.\n"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_old_after_a_year() {
        let now: Timestamp = "2027-11-30T10:00:00Z".parse().expect("a time");
        assert_eq!(of("2026-12-01", now), None);
        assert!(of("2026-11-30", now).is_some_and(|said| said.contains("are of 2026-11-30, more than a year old")));
        assert_eq!(of("", now), None);
        assert_eq!(of("2028-01-01", now), None, "a clock that is wrong");
    }
}

//! Times as people, servers and logs write them, in seconds since 1970.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;

use crate::capture::when::When;

/// A moment, and whether its time zone was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) seconds: i64,
    /// Without a zone two moments of one log can be compared, but not with a clock elsewhere.
    pub(crate) has_zone: bool,
}

/// Reads RFC 3339, HTTP dates, the log form `2026-03-18 10:00:01,110`, and dates as people write them.
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(Moment { seconds: moment.as_second(), has_zone: true });
    }
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(Moment { seconds: zoned.timestamp().as_second(), has_zone: true });
    }
    let plain = text.replacen(' ', "T", 1).replace(',', ".");
    if let Some(zone) = plain.find(['Z', '+'])
        && let Ok(moment) = format!("{}{}", &plain[..zone], &plain[zone..]).parse::<Timestamp>()
    {
        return Some(Moment { seconds: moment.as_second(), has_zone: true });
    }
    if let Ok(civil) = plain.parse::<DateTime>() {
        let moment = jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?;
        // A date alone is no moment.
        return text.contains(':').then(|| Moment { seconds: moment.as_second(), has_zone: false });
    }
    let (seconds, has_zone) = When::read(text)?.moment()?;
    Some(Moment { seconds, has_zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms() {
        let at = |text: &str| parse(text).map(|m| (m.seconds, m.has_zone));
        assert_eq!(at("2026-03-04T10:11:12Z"), Some((1_772_619_072, true)));
        assert_eq!(at("Wed, 04 Mar 2026 10:11:12 GMT"), Some((1_772_619_072, true)));
        assert_eq!(at("2026-03-04 10:11:12,500"), Some((1_772_619_072, false)));
        assert_eq!(at("2026-03-04 11:11:12+01:00"), Some((1_772_619_072, true)));
        assert_eq!(at("4 March 2026 10:11"), Some((1_772_619_060, false)));
        assert_eq!(at("11:14 on 15 December"), None);
        assert_eq!(at("2026-03-04"), None);
    }
}

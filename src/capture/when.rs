//! Dates and times as programs and people write them: `2026-03-04T10:11:12Z`, `4 March 2026, 10:11`, `Wed 04/03/2026 at
//! 10.11 am`, `2 days ago`.
//!
//! A [`Moment`] is a point in time. A [`When`] is what the words of a heading say of one, perhaps only a part. It is read
//! word by word, so that a reader of other words can ask which of them belong to a date. The day comes before the month,
//! as in the United Kingdom.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::tz::Offset;

/// A moment, and whether its time zone was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) seconds: i64,
    /// Without a zone two moments of one log can be compared, but not with a clock elsewhere.
    pub(crate) has_zone: bool,
}

impl Moment {
    /// Reads RFC 3339, HTTP dates, the log form `2026-03-18 10:00:01,110`, and dates as people write them. `None` where
    /// the text has no time of day, or the date has no year.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Some(Self { seconds: moment.as_second(), has_zone: true });
        }
        if let Ok(zoned) = rfc2822::parse(text) {
            return Some(Self { seconds: zoned.timestamp().as_second(), has_zone: true });
        }
        let plain = text.replacen(' ', "T", 1).replace(',', ".");
        if let Some(zone) = plain.find(['Z', '+'])
            && let Ok(moment) = format!("{}{}", &plain[..zone], &plain[zone..]).parse::<Timestamp>()
        {
            return Some(Self { seconds: moment.as_second(), has_zone: true });
        }
        if let Ok(civil) = plain.parse::<DateTime>() {
            let moment = jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?;
            // A date alone is not a moment.
            return text.contains(':').then(|| Self { seconds: moment.as_second(), has_zone: false });
        }
        When::read(text)?.moment()
    }
}

/// What the words so far say of a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct When {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<(i8, i8, i8)>,
    afternoon: Option<bool>,
    offset: Option<Offset>,
    /// Seconds before now, for `2 days ago`.
    ago: Option<i64>,
    /// A number that may be a day, a year or a count.
    number: Option<i64>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTHS_IN_FULL: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const UNITS: [(&str, i64); 7] = [
    ("second", 1),
    ("minute", 60),
    ("hour", 3_600),
    ("day", 86_400),
    ("week", 604_800),
    ("month", 2_592_000),
    ("year", 31_536_000),
];

impl When {
    /// Reads a whole text; `None` where a word of it belongs to no date.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut when = Self::default();
        for word in text.split([' ', ',', '\t', '\u{A0}']).filter(|w| !w.is_empty()) {
            if !when.take(word) && !matches!(word, "at" | "on" | "of" | "the" | "-" | "–") {
                return None;
            }
        }
        Some(when)
    }

    /// Takes a word in, if it can be part of a date.
    pub(crate) fn take(&mut self, word: &str) -> bool {
        let lower = word.trim_matches(['.', ',', ';']).to_ascii_lowercase();
        self.month_or_day(&lower)
            || self.clock(&lower)
            || self.date(&lower)
            || self.zone(&lower)
            || self.relative(&lower)
            || self.number(&lower)
    }

    /// Whether the words name a day of the calendar.
    pub(crate) fn has_day(&self) -> bool {
        self.month.is_some() && self.day.is_some() || self.ago.is_some()
    }

    /// Whether a time of day is given to the second, as programs do.
    pub(crate) fn has_seconds(&self) -> bool {
        self.time.is_some_and(|(_, _, second)| second != 0)
    }

    /// Whether the words name a day, a time of day or a distance from now.
    pub(crate) fn says_when(&self) -> bool {
        self.month.is_some() && self.day.is_some() || self.time.is_some() || self.ago.is_some()
    }

    /// The moment, if the date with its year and the time are written. Without a zone it is taken to be UTC.
    fn moment(&self) -> Option<Moment> {
        let (date, time) = (self.civil(self.year?)?, self.time?);
        let civil = date.at(time.0, time.1, time.2, 0);
        let seconds = seconds(civil, self.offset.unwrap_or(Offset::UTC))?;
        Some(Moment { seconds, has_zone: self.offset.is_some() })
    }

    /// A number by which moments of one text can be put in order: what is not written is taken to be the same.
    pub(crate) fn order(&self) -> Option<Order> {
        if let Some(ago) = self.ago {
            return Some(Order::Ago(ago));
        }
        let (hour, minute, second) = self.time.unwrap_or_default();
        if self.month.is_none() || self.day.is_none() {
            let day_seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
            return self.time.is_some().then_some(Order::OfDay(day_seconds));
        }
        let date = self.civil(self.year.unwrap_or(2000))?;
        let at = seconds(date.at(hour, minute, second, 0), self.offset.unwrap_or(Offset::UTC))?;
        Some(if self.year.is_some() { Order::At(at) } else { Order::OfYear(at) })
    }

    fn civil(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month?, self.day?).ok()
    }

    fn month_or_day(&mut self, word: &str) -> bool {
        let month = MONTHS.iter().position(|m| *m == word).or_else(|| MONTHS_IN_FULL.iter().position(|m| *m == word));
        let month = month.or_else(|| (word == "sept").then_some(8));
        if let Some(month) = month.filter(|_| self.month.is_none()) {
            self.month = i8::try_from(month + 1).ok();
            if let Some(day) = self.number.take().and_then(|n| i8::try_from(n).ok()).filter(|n| (1..=31).contains(n)) {
                self.day = Some(day);
            }
            return true;
        }
        DAYS.iter().any(|day| *day == word || word.len() >= 3 && word.len() <= 5 && day.starts_with(word))
    }

    /// `10:11`, `10:11:12,345`, `10.11am`, `10am`, `am`.
    fn clock(&mut self, word: &str) -> bool {
        let (digits, half) =
            match word.strip_suffix("am").map(|d| (d, false)).or(word.strip_suffix("pm").map(|d| (d, true))) {
                Some((digits, half)) => (digits, Some(half)),
                None => (word, None),
            };
        if digits.is_empty() {
            if let (Some(half), Some(time)) = (half, self.time) {
                self.time = Some(to_24(time, half));
                return true;
            }
            return false;
        }
        let digits = digits.strip_suffix('z').unwrap_or(digits);
        let digits = digits.split([',']).next().unwrap_or(digits);
        let mark = if digits.contains(':') { ':' } else { '.' };
        let mut parts = digits.split(mark).map(|p| p.split('.').next().unwrap_or(p)).map(|p| p.parse::<i8>().ok());
        let (Some(Some(hour)), minute, second) = (parts.next(), parts.next(), parts.next()) else { return false };
        let minute = match (minute, half) {
            (None, Some(_)) => 0,
            (Some(Some(minute)), _) if mark == ':' || half.is_some() => minute,
            _ => return false,
        };
        let second = second.flatten().unwrap_or(0);
        if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..61).contains(&second) || self.time.is_some() {
            return false;
        }
        if word.ends_with('z') {
            self.offset = Some(Offset::UTC);
        }
        let time = (hour, minute, second.min(59));
        self.time = Some(half.map_or(time, |half| to_24(time, half)));
        true
    }

    /// `2026-03-04`, `2026-03-04T10:11:12Z`, `04/03/2026`, `4.3.26`, `04/Mar/26`.
    fn date(&mut self, word: &str) -> bool {
        if self.day.is_some() {
            return false;
        }
        if let Ok(at) = word.to_ascii_uppercase().parse::<Timestamp>() {
            let civil = Offset::UTC.to_datetime(at);
            self.set(civil.date());
            self.time = Some((civil.hour(), civil.minute(), civil.second()));
            self.offset = Some(Offset::UTC);
            return true;
        }
        if word.len() > 10
            && let Ok(civil) = word.to_ascii_uppercase().parse::<DateTime>()
        {
            self.set(civil.date());
            self.time = Some((civil.hour(), civil.minute(), civil.second()));
            return true;
        }
        // `14/05`: a day and a month.
        if let Some((day, month)) = word.split_once('/')
            && let (Ok(day @ 1..=31), Ok(month @ 1..=12)) = (day.parse::<i8>(), month.parse::<i8>())
        {
            (self.day, self.month) = (Some(day), Some(month));
            return true;
        }
        let Some(mark) = ['-', '/', '.'].into_iter().find(|mark| word.matches(*mark).count() == 2) else {
            return false;
        };
        let parts: Vec<&str> = word.split(mark).collect();
        let numbers: Vec<Option<i16>> = parts.iter().map(|p| p.parse().ok()).collect();
        let named = MONTHS.iter().position(|m| *m == parts[1]).and_then(|at| i16::try_from(at + 1).ok());
        let (year, month, day) = match (numbers.as_slice(), named) {
            ([Some(year), Some(month), Some(day)], _) if *year > 1000 => (*year, *month, *day),
            ([Some(day), _, Some(year)], Some(month)) => (*year, month, *day),
            // A month there is not: the date is written as in America.
            ([Some(day), Some(month), Some(year)], _) if *month > 12 => (*year, *day, *month),
            ([Some(day), Some(month), Some(year)], _) => (*year, *month, *day),
            _ => return false,
        };
        let year = if year < 100 { year + 2000 } else { year };
        let date = i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d).ok());
        date.map(|date| self.set(date)).is_some()
    }

    fn set(&mut self, date: Date) {
        (self.year, self.month, self.day) = (Some(date.year()), Some(date.month()), Some(date.day()));
    }

    fn zone(&mut self, word: &str) -> bool {
        let hours = match word {
            "utc" | "gmt" | "z" | "+0000" | "+00:00" => 0,
            "bst" | "+0100" | "+01:00" => 1,
            _ => return false,
        };
        self.offset = Some(Offset::constant(hours));
        true
    }

    fn relative(&mut self, word: &str) -> bool {
        if let Some(days) = ["today", "yesterday"].iter().position(|w| *w == word) {
            self.ago = i64::try_from(days).ok().map(|days| days * 86_400);
            return true;
        }
        if word == "ago" {
            return self.ago.is_some();
        }
        let unit = UNITS.iter().find(|(unit, _)| word.strip_suffix('s').unwrap_or(word) == *unit);
        let Some((_, seconds)) = unit else { return false };
        let Some(count) = self.number.take() else { return false };
        self.ago = Some(count.saturating_mul(*seconds));
        true
    }

    /// `4`, `4th`, `2026`: a day where a month is known or may follow, a year after both.
    fn number(&mut self, word: &str) -> bool {
        let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        let number = match word {
            "a" | "an" => return false,
            _ => bare.parse::<i64>().ok(),
        };
        let Some(number) = number.filter(|_| bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit())) else {
            return false;
        };
        if self.month.is_some() && self.day.is_none() && (1..=31).contains(&number) {
            self.day = i8::try_from(number).ok();
            return true;
        }
        if (1990..2100).contains(&number) && self.year.is_none() {
            self.year = i16::try_from(number).ok();
            return true;
        }
        let is_first = self.number.is_none();
        self.number = Some(number);
        is_first && self.day.is_none()
    }
}

fn to_24((hour, minute, second): (i8, i8, i8), afternoon: bool) -> (i8, i8, i8) {
    let hour = match (hour, afternoon) {
        (12, false) => 0,
        (1..12, true) => hour + 12,
        _ => hour,
    };
    (hour, minute, second)
}

fn seconds(civil: DateTime, offset: Offset) -> Option<i64> {
    offset.to_timestamp(civil).ok().map(|at| at.as_second())
}

/// Moments of one kind can be compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// A date with its year: seconds since 1970.
    At(i64),
    /// A date without a year.
    OfYear(i64),
    /// A time of day: seconds.
    OfDay(i64),
    /// So many seconds before now.
    Ago(i64),
}

impl Order {
    /// Earlier is less, among moments of one kind.
    pub(crate) const fn key(self) -> (u8, i64) {
        match self {
            Self::At(at) => (0, at),
            Self::OfYear(at) => (1, at),
            Self::OfDay(at) => (2, at),
            Self::Ago(ago) => (3, -ago),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "4 March 2026, 10:11",
            "Wed, 4th Mar 2026 at 10:11",
            "March 4, 2026 10:11 AM",
            "04/03/2026 10:11",
            "04/Mar/26 10:11 am",
            "Wednesday 4 March 2026 10.11am",
            "2026-03-04 10:11",
        ] {
            let when = When::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(when.moment(), Some(Moment { seconds: 1_772_619_060, has_zone: false }), "{text}");
        }
        let with_zone = Some(Moment { seconds: 1_772_619_060, has_zone: true });
        assert_eq!(When::read("4 March 2026 11:11 BST").and_then(|w| w.moment()), with_zone);
        assert_eq!(When::read("2026-03-04T10:11:00Z").and_then(|w| w.moment()), with_zone);
    }

    #[test]
    fn times_as_programs_write_them() {
        let at = |text: &str| Moment::read(text).map(|m| (m.seconds, m.has_zone));
        assert_eq!(at("2026-03-04T10:11:12Z"), Some((1_772_619_072, true)));
        assert_eq!(at("Wed, 04 Mar 2026 10:11:12 GMT"), Some((1_772_619_072, true)));
        assert_eq!(at("2026-03-04 10:11:12,500"), Some((1_772_619_072, false)));
        assert_eq!(at("2026-03-04 11:11:12+01:00"), Some((1_772_619_072, true)));
        assert_eq!(at("4 March 2026 10:11"), Some((1_772_619_060, false)));
        assert_eq!(at("11:14 on 15 December"), None);
        assert_eq!(at("2026-03-04"), None);
    }

    #[test]
    fn other_words_are_no_date() {
        for text in ["version 4", "10.0.0.1.2", "April showers", "12345678", "a day"] {
            assert_eq!(When::read(text), None, "{text}");
        }
        for text in ["4", "2026", "March"] {
            assert!(!When::read(text).is_some_and(|w| w.says_when()), "{text}");
        }
    }

    #[test]
    fn what_is_missing_does_not_hinder_order() {
        let order = |text: &str| When::read(text).and_then(|w| w.order()).map(Order::key);
        assert!(order("4 March, 10:11") < order("6 March"));
        assert!(order("3 days ago") < order("2 hours ago"));
        assert!(order("10:11 AM") < order("1:05 PM"));
        assert!(order("31 December 2025") < order("1 January 2026"));
    }
}

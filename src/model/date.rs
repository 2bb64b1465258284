//! Dates of the format: the years, months, days, qualifiers and intervals of EDTF (ISO
//! 8601-2:2019), each covering its earliest to its latest day. No clock, no time zones, no times of
//! day.

mod meant;

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::model::Str;
use crate::syntax::{Lost, Read, Reader};

/// A day, counted from 1970-01-01 (day 0) in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// Before every day.
    pub const FIRST: Day = Day(i32::MIN);
    /// After every day.
    pub const LAST: Day = Day(i32::MAX);

    /// Returns the day of a calendar date; the month counts from 1 to 12, the day from 1.
    #[inline]
    pub fn of(year: i32, month: u32, day: u32) -> Day {
        // Days since 0000-03-01 in 400-year eras, with years starting in March so that the leap day
        // comes last (H. Hinnant, "chrono-compatible low-level date algorithms").
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month as i32 + 9) % 12) + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Day(era * 146_097 + day_of_era - 719_468)
    }

    /// Returns the year, the month (1 to 12) and the day (from 1).
    pub fn calendar(self) -> (i32, u32, u32) {
        let days = self.0 as i64 + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let (month, carry) = if month < 10 {
            (month + 3, 0)
        } else {
            (month - 9, 1)
        };
        (
            (era * 400 + year_of_era + carry) as i32,
            month as u32,
            day as u32,
        )
    }
}

impl Day {
    /// Returns the period of this day alone.
    pub fn period(self) -> Period {
        Period {
            from: self,
            to: self,
        }
    }

    /// Returns the day as a [`Date`], or `None` if its year does not have four digits.
    pub fn date(self) -> Option<Date> {
        self.to_string().parse().ok()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.calendar();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The days that a date covers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The earliest day; [`Day::FIRST`] for an open start.
    pub from: Day,
    /// The latest day; [`Day::LAST`] for an open end.
    pub to: Day,
}

impl Period {
    /// Returns whether the two periods have a day in common.
    pub fn touch(self, other: Period) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// The EDTF qualifier of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// No qualifier.
    #[default]
    Certain,
    /// `?`
    Uncertain,
    /// `~`
    Approximate,
    /// `%`
    Both,
}

/// A year, a month of a year or a day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12, or 0 if not given.
    pub month: u8,
    /// 1 to 31, or 0 if not given.
    pub day: u8,
    /// The qualifier.
    pub qualifier: Qualifier,
}

/// A date of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// A year, a month or a day.
    Single(Moment),
    /// The start and the end; `None` for an end written `..`.
    Interval(Option<Moment>, Option<Moment>),
}

/// The reason why a text is not a date, in words that fit after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateError {
    /// It has none of the forms of a date.
    Form,
    /// There is no such month.
    Month(u8),
    /// There is no such day in the month.
    Day(Moment),
    /// It is an interval that ends before it starts.
    Backwards,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::Form => write!(f, "not a date"),
            DateError::Month(month) => write!(f, "there is no month {month}"),
            DateError::Day(m) => write!(
                f,
                "{:04}-{:02} has {} days",
                m.year,
                m.month,
                days_in(m.year, m.month)
            ),
            DateError::Backwards => write!(f, "it ends before it starts"),
        }
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Moment {
    #[inline]
    fn parse(text: &[u8]) -> Result<Moment, DateError> {
        let (digits, qualifier) = match text.split_last() {
            Some((b'?', digits)) => (digits, Qualifier::Uncertain),
            Some((b'~', digits)) => (digits, Qualifier::Approximate),
            Some((b'%', digits)) => (digits, Qualifier::Both),
            _ => (text, Qualifier::Certain),
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u16, |n, d| {
                d.is_ascii_digit().then(|| n * 10 + u16::from(d - b'0'))
            })
        };
        let (year, month, day) = match *digits {
            [a, b, c, d] => (number(&[a, b, c, d]), None, None),
            [a, b, c, d, b'-', e, f] => (number(&[a, b, c, d]), Some(number(&[e, f])), None),
            [a, b, c, d, b'-', e, f, b'-', g, h] => (
                number(&[a, b, c, d]),
                Some(number(&[e, f])),
                Some(number(&[g, h])),
            ),
            _ => return Err(DateError::Form),
        };
        let year = year.ok_or(DateError::Form)?;
        let month = month.map_or(Ok(0), |month| month.ok_or(DateError::Form))? as u8;
        let moment = Moment {
            year,
            month,
            day: day.map_or(Ok(0), |day| day.ok_or(DateError::Form))? as u8,
            qualifier,
        };
        if digits.len() > 4 && !(1..=12).contains(&month) {
            return Err(DateError::Month(month));
        }
        if digits.len() > 7 && !(1..=days_in(year, month)).contains(&moment.day) {
            return Err(DateError::Day(moment));
        }
        Ok(moment)
    }

    /// Returns the days it covers.
    #[inline]
    pub fn period(self) -> Period {
        let year = i32::from(self.year);
        let (month, day) = (u32::from(self.month), u32::from(self.day));
        match (self.month, self.day) {
            (0, _) => Period {
                from: Day::of(year, 1, 1),
                to: Day::of(year, 12, 31),
            },
            (_, 0) => Period {
                from: Day::of(year, month, 1),
                to: Day::of(year, month, u32::from(days_in(self.year, self.month))),
            },
            _ => {
                let day = Day::of(year, month, day);
                day.period()
            }
        }
    }
}

impl Date {
    /// Returns the days it covers, from its earliest to its latest.
    #[inline]
    pub fn period(self) -> Period {
        match self {
            Date::Single(moment) => moment.period(),
            Date::Interval(from, to) => Period {
                from: from.map_or(Day::FIRST, |from| from.period().from),
                to: to.map_or(Day::LAST, |to| to.period().to),
            },
        }
    }

    /// Returns whether it is an interval without a start or an end.
    pub fn is_open(self) -> bool {
        matches!(self, Date::Interval(None, _) | Date::Interval(_, None))
    }

    /// Returns whether it is uncertain, approximate or both.
    pub fn is_qualified(self) -> bool {
        let qualified = |moment: Moment| moment.qualifier != Qualifier::Certain;
        match self {
            Date::Single(moment) => qualified(moment),
            Date::Interval(from, to) => from.is_some_and(qualified) || to.is_some_and(qualified),
        }
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Parses a date.
    ///
    /// ```
    /// use demarche::model::Date;
    ///
    /// let june: Date = "2023-06~".parse()?;
    /// assert_eq!(june.period().to.to_string(), "2023-06-30");
    /// assert_eq!(
    ///     "2023-02-30".parse::<Date>().unwrap_err().to_string(),
    ///     "`2023-02-30` is not a date: 2023-02 has 28 days"
    /// );
    /// # Ok::<(), demarche::Error>(())
    /// ```
    fn from_str(text: &str) -> Result<Date, Error> {
        Date::of_text(text).map_err(|error| {
            Error::Value(match error {
                DateError::Form => format!("`{text}` is not a date"),
                error => format!("`{text}` is not a date: {error}"),
            })
        })
    }
}

impl Date {
    #[inline]
    pub(crate) fn of_text(text: &str) -> Result<Date, DateError> {
        // Nearly all dates are single ones.
        let single = Moment::parse(text.as_bytes());
        let Some((from, to)) = single.is_err().then(|| text.split_once('/')).flatten() else {
            return single.map(Date::Single);
        };
        let end = |text: &str| match text {
            ".." => Ok(None),
            text => Moment::parse(text.as_bytes()).map(Some),
        };
        let (from, to) = (end(from)?, end(to)?);
        if from.is_none() && to.is_none() {
            return Err(DateError::Form);
        }
        if let (Some(from), Some(to)) = (from, to)
            && to.period().to < from.period().from
        {
            return Err(DateError::Backwards);
        }
        Ok(Date::Interval(from, to))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day] {
            if part > 0 {
                write!(f, "-{part:02}")?;
            }
        }
        f.write_str(["", "?", "~", "%"][self.qualifier as usize])
    }
}

impl Date {
    /// Formats a date for people, such as `2023-06-01 to 2023-06-30`; a single date is formatted as
    /// in a file.
    pub fn words(self) -> String {
        match self {
            Date::Interval(Some(from), Some(to)) => format!("{from} to {to}"),
            Date::Interval(Some(from), None) => format!("from {from}"),
            Date::Interval(None, Some(to)) => format!("by {to}"),
            date => date.to_string(),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |moment: &Option<Moment>| {
            moment.map_or_else(|| "..".to_owned(), |moment| moment.to_string())
        };
        match self {
            Date::Single(moment) => moment.fmt(f),
            Date::Interval(from, to) => write!(f, "{}/{}", end(from), end(to)),
        }
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::of_text(&text)
            .map_err(|error| serde::de::Error::custom(format_args!("`{text}`: {error}")))
    }
}

impl<'a> Read<'a> for Date {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        let start = reader.at();
        let text = Str::read(reader)?;
        Date::of_text(&text).map_err(|error| reader.bad_date(&text, error, start))
    }
}

impl Reader<'_> {
    fn bad_date(&mut self, text: &str, error: DateError, start: usize) -> Lost {
        let code = if error == DateError::Backwards {
            "bad-interval"
        } else {
            "bad-date"
        };
        let message = format!("`{text}` is not a date");
        let message = if error == DateError::Backwards {
            format!("the interval `{text}` ends before it starts")
        } else {
            message
        };
        let place = self.place(start, self.at());
        let mut diagnostic =
            crate::diagnostic::Diagnostic::error(code, message, place, error.to_string());
        diagnostic = match (error, text.split_once('/'), Date::way_out(text)) {
            (DateError::Backwards, Some((from, to)), _) => {
                let turned = format!("{to}/{from}");
                // It may also be that one of the two dates is wrong: propose, don't fix.
                diagnostic
                    .help(format!("did you mean `{turned}`? or correct one of the two dates"))
                    .propose(place, format!("\"{turned}\""))
            }
            (_, _, Some(way_out)) => {
                let diagnostic = diagnostic.help(way_out);
                match Date::readings(text)[..] {
                    [date] => diagnostic.fix(place, format!("\"{date}\"")),
                    ref dates => dates.iter().fold(diagnostic, |diagnostic, date| {
                        diagnostic.propose(place, format!("\"{date}\""))
                    }),
                }
            }
            _ => diagnostic.help("a date is `2023`, `2023-06` or `2023-06-18`, with `?`, `~` or `%` after it if it is not certain, or an interval `2023-06-18/2023-06-19`"),
        };
        self.report(diagnostic);
        Lost::Value
    }
}

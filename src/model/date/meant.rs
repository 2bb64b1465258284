//! Interprets texts that are not dates of the format: dates as people write them elsewhere.

use crate::model::{Date, Moment, Qualifier};

/// Prefixes of an approximate date.
const ABOUT: [&str; 6] = ["c.", "ca.", "ca ", "circa ", "about ", "around "];
/// The marks of the format for a date that is not certain.
const MARKS: [(char, Qualifier); 3] = [
    ('?', Qualifier::Uncertain),
    ('~', Qualifier::Approximate),
    ('%', Qualifier::Both),
];
/// Words inside a date that carry no meaning.
const NOISE: [&str; 5] = ["of", "the", "on", "in", "to"];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const MONTHS: [&str; 12] = [
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

impl Date {
    /// Returns the dates that a text which is not a date of the format may mean: one if that is
    /// clear, several if it is ambiguous (such as the day before or after the month), and none if
    /// nobody can know.
    ///
    /// ```
    /// use demarche::model::Date;
    ///
    /// let readings = |text| Date::readings(text).iter().map(Date::to_string).collect::<Vec<_>>();
    /// assert_eq!(readings("5 March 2024"), ["2024-03-05"]);
    /// assert_eq!(readings("05/03/2024"), ["2024-03-05", "2024-05-03"]);
    /// assert!(readings("some day").is_empty());
    /// ```
    pub fn readings(text: &str) -> Vec<Date> {
        let text = text.trim().to_lowercase();
        // Half an interval, with a start or an end missing.
        if text.ends_with(['/', '-', '–']) || text.starts_with(['/', '-', '–']) {
            return Vec::new();
        }
        let is_mark = |c: char| MARKS.iter().any(|(mark, _)| *mark == c);
        let bare = text.trim_matches(is_mark);
        if bare.len() < text.len() {
            let written = MARKS.iter().filter(|(mark, _)| text.contains(*mark));
            let qualifier = match written.collect::<Vec<_>>()[..] {
                [(_, only)] => *only,
                _ => Qualifier::Both,
            };
            return qualified(Date::readings(bare), qualifier);
        }
        // A mark inside is of a part only, which no date of the format can say.
        if text.contains(is_mark) {
            return Vec::new();
        }
        if let Some(readings) = month_and_number(&text) {
            return readings;
        }
        if let Some(rest) = ABOUT.iter().find_map(|about| text.strip_prefix(about)) {
            return qualified(plain(rest.trim()), Qualifier::Approximate);
        }
        let day = text.get(..10).and_then(|day| day.parse().ok());
        let time = text
            .get(10..)
            .is_some_and(|rest| rest.starts_with(['t', ' ']) && rest.contains(':'));
        if let Some(day) = day.filter(|_| time) {
            return vec![day];
        }
        let halves = [" to ", " - ", " – ", " — ", "..", "–", "—"]
            .iter()
            .find_map(|between| text.split_once(between));
        if let Some([Date::Single(from), Date::Single(to)]) =
            halves.map(|(from, to)| [from, to].map(one)).and_then(both)
            && let Ok(interval) = format!("{from}/{to}").parse()
        {
            return vec![interval];
        }
        plain(&text)
    }

    /// Returns advice, in words, on how to write what such a text may mean, or `None` if nobody
    /// can know.
    pub fn way_out(text: &str) -> Option<String> {
        let readings = Date::readings(text);
        let written = |date: &Date| match (date, readings.len()) {
            (
                Date::Single(Moment {
                    month: month @ 1..,
                    day: day @ 1..,
                    ..
                }),
                2..,
            ) => {
                format!(
                    "`{date}` for {day} {}",
                    capital(MONTHS[usize::from(*month) - 1])
                )
            }
            _ => format!("`{date}`"),
        };
        let ways: Vec<String> = readings.iter().map(written).collect();
        (!ways.is_empty()).then(|| format!("write {}", ways.join(", or ")))
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

fn both([from, to]: [Option<Date>; 2]) -> Option<[Date; 2]> {
    Some([from?, to?])
}

/// Returns the only date that a text can mean, in the format or not, or `None` if it is ambiguous
/// or not a date.
fn one(text: &str) -> Option<Date> {
    let text = text.trim();
    match (text.parse(), &plain(text)[..]) {
        (Ok(date), _) | (_, &[date]) => Some(date),
        _ => None,
    }
}

/// Returns the same dates with a qualifier; intervals, which take none, are left out.
fn qualified(dates: Vec<Date>, qualifier: Qualifier) -> Vec<Date> {
    let marked = dates.into_iter().filter_map(|date| match date {
        Date::Single(moment) => Some(Date::Single(Moment {
            qualifier,
            ..moment
        })),
        Date::Interval(..) => None,
    });
    marked.collect()
}

/// Returns the readings of a month and a number with a slash between, as in `2024-02/03`: a day, or
/// the months from one to the other. `None` if the text is something else.
fn month_and_number(text: &str) -> Option<Vec<Date>> {
    let (month, number) = text.split_once('/')?;
    let (year, _) = month.split_once('-')?;
    if year.len() != 4 || !matches!(month.parse(), Ok(Date::Single(Moment { day: 0, .. }))) {
        return None;
    }
    let number: u32 = number.parse().ok().filter(|number| *number < 100)?;
    let both = [
        format!("{month}-{number:02}"),
        format!("{month}/{year}-{number:02}"),
    ];
    Some(both.iter().filter_map(|text| text.parse().ok()).collect())
}

/// The parts of a date, each kind in the order of the text.
#[derive(Default)]
struct Parts {
    years: Vec<u32>,
    months: Vec<u32>,
    /// Numbers of at most two digits: days, or months if no month is named.
    numbers: Vec<u32>,
    quarter: Option<u32>,
    /// Whether the year comes first.
    year_first: bool,
}

impl Parts {
    /// Parses the parts of a text, or returns `None` if it contains anything else.
    fn of(text: &str) -> Option<Parts> {
        let mut parts = Parts::default();
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
            let number = digits
                .parse::<u32>()
                .ok()
                .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
            match (number, digits.len(), &word[digits.len()..]) {
                (Some(year), 4, "") => {
                    parts.year_first |= parts.months.is_empty() && parts.numbers.is_empty();
                    parts.years.push(year);
                }
                (Some(number), 1 | 2, "" | "st" | "nd" | "rd" | "th") => parts.numbers.push(number),
                (Some(whole), 8, "") => {
                    parts.years.push(whole / 10_000);
                    parts.numbers.extend([whole / 100 % 100, whole % 100]);
                    parts.year_first = true;
                }
                (None, 0, _) if NOISE.contains(&word) => {}
                (None, 0, _)
                    if word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word)) => {}
                (None, 0, _) => {
                    let is_it = |month: &&str| word.len() >= 3 && month.starts_with(word);
                    parts.months.push(MONTHS.iter().position(is_it)? as u32 + 1);
                }
                (None, 2, "") if word.starts_with('q') => {
                    parts.quarter = Some(
                        word[1..]
                            .parse()
                            .ok()
                            .filter(|quarter| (1..=4).contains(quarter))?,
                    );
                }
                _ => return None,
            }
        }
        Some(parts)
    }
}

/// Returns the dates that the numbers and words of a text can mean.
fn plain(text: &str) -> Vec<Date> {
    let Some(Parts {
        years,
        months,
        numbers,
        quarter,
        year_first,
    }) = Parts::of(text)
    else {
        return Vec::new();
    };
    let day = |year: u32, month: u32, day: u32| format!("{year:04}-{month:02}-{day:02}");
    let month = |year: u32, month: u32| format!("{year:04}-{month:02}");
    // `2023/24`, or `2023/4`.
    let is_next = |year: u32, next: u32| {
        next == (year + 1) % 100 || text.contains('/') && next == (year + 1) % 10
    };
    let written: Vec<String> = match (&years[..], &months[..], &numbers[..], quarter) {
        (&[y], &[], &[], Some(q)) => vec![format!("{}/{}", month(y, 3 * q - 2), month(y, 3 * q))],
        (_, _, _, Some(_)) => Vec::new(),
        (&[y], &[], &[], _) => vec![format!("{y:04}")],
        (&[y, z], &[], &[], _) => vec![format!("{y:04}/{z:04}")],
        (&[y], &[m], &[], _) => vec![month(y, m)],
        (&[y], &[m], &[d], _) => vec![day(y, m, d)],
        (&[y], &[m], &[d, e], _) => vec![format!("{}/{}", day(y, m, d), day(y, m, e))],
        (&[y], &[m, n], &[], _) => vec![format!("{}/{}", month(y, m), month(y, n))],
        (&[y], &[m, n], &[d, e], _) => vec![format!("{}/{}", day(y, m, d), day(y, n, e))],
        // Either a year and the next, or a year and a month.
        (&[y], &[], &[m], _) if year_first && is_next(y, m) => {
            vec![month(y, m), format!("{y:04}/{:04}", y + 1)]
        }
        (&[y], &[], &[m], _) => vec![month(y, m)],
        (&[y], &[], &[a, b], _) if year_first => vec![day(y, a, b)],
        // With points the day comes first; with slashes it may be either.
        (&[y], &[], &[a, b], _) if text.contains('.') => vec![day(y, b, a)],
        (&[y], &[], &[a, b], _) => vec![day(y, b, a), day(y, a, b)],
        _ => Vec::new(),
    };
    let mut readings: Vec<Date> = written
        .iter()
        .filter_map(|written| written.parse().ok())
        .collect();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let cases = [
            ("2024-3-5", "write `2024-03-05`"),
            ("2024-02-3?", "write `2024-02-03?`"),
            ("3 Feb 2024~", "write `2024-02-03~`"),
            ("?2024", "write `2024?`"),
            (
                "2024-02/03",
                "write `2024-02-03` for 3 February, or `2024-02/2024-03`",
            ),
            ("March 2024", "write `2024-03`"),
            ("5 March 2024", "write `2024-03-05`"),
            ("Mar 5th, 2024", "write `2024-03-05`"),
            ("Tuesday, 5 Mar. 2024", "write `2024-03-05`"),
            ("2024/03/05", "write `2024-03-05`"),
            ("2024.03.05", "write `2024-03-05`"),
            ("20240305", "write `2024-03-05`"),
            ("05.03.2024", "write `2024-03-05`"),
            (
                "05/03/2024",
                "write `2024-03-05` for 5 March, or `2024-05-03` for 3 May",
            ),
            (
                "05-03-2024",
                "write `2024-03-05` for 5 March, or `2024-05-03` for 3 May",
            ),
            ("25/03/2024", "write `2024-03-25`"),
            ("03/25/2024", "write `2024-03-25`"),
            ("03/03/2024", "write `2024-03-03`"),
            ("03/2024", "write `2024-03`"),
            ("2024/3", "write `2024-03`"),
            ("2004/05", "write `2004-05`, or `2004/2005`"),
            ("2024/25", "write `2024/2025`"),
            ("2024-2025", "write `2024/2025`"),
            ("2024-03-05T14:30:00Z", "write `2024-03-05`"),
            ("2024-03-05 14:30", "write `2024-03-05`"),
            ("2024-03-05 to 2024-03-07", "write `2024-03-05/2024-03-07`"),
            ("2024-03-05..2024-03-07", "write `2024-03-05/2024-03-07`"),
            (
                "5 March 2024 – 7 April 2024",
                "write `2024-03-05/2024-04-07`",
            ),
            ("5–7 March 2024", "write `2024-03-05/2024-03-07`"),
            ("5 to 7 March 2024", "write `2024-03-05/2024-03-07`"),
            ("30 March - 2 April 2024", "write `2024-03-30/2024-04-02`"),
            ("March-May 2024", "write `2024-03/2024-05`"),
            ("Q2 2024", "write `2024-04/2024-06`"),
            ("2024-Q4", "write `2024-10/2024-12`"),
            ("c. 2024", "write `2024~`"),
            ("about March 2024", "write `2024-03~`"),
            (" 2024 ", "write `2024`"),
        ];
        for (text, expected) in cases {
            assert_eq!(Date::way_out(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_nobody_can_say_is_not_guessed() {
        let none = [
            "",
            "last week",
            "March",
            "5 March",
            "05/03/24",
            "30 February 2024",
            "2024-13",
            "12345",
            "é",
            "Q5 2024",
            "7 to 5 March 2024",
            "2024-03-05/",
        ];
        for text in none {
            assert_eq!(Date::way_out(text), None, "{text}");
        }
    }
}

//! Dates of tables, written in the ways that a map states. Nothing is guessed: a date that two of them
//! read differently is an error.

use crate::model::{Date, Day};

/// A way of writing dates: `DD.MM.YYYY`, or `DD-MM-YY@1950`, which says which century is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    parts: Vec<Part>,
    /// The first year that two digits may mean.
    from: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Year,
    /// A year of two digits.
    Short,
    Month,
    Day,
    Text(char),
}

impl Form {
    /// Parses it.
    ///
    /// # Errors
    /// Returns what is wrong with it, in words.
    pub fn parse(form: &str) -> Result<Form, String> {
        let (mut rest, from) = match form.split_once('@') {
            Some((form, from)) => {
                let from = from.parse().map_err(|_| format!("`{from}` is no year"))?;
                (form, Some(from))
            }
            None => (form, None),
        };
        let mut parts = Vec::new();
        const WORDS: [(&str, Part); 6] = [
            ("YYYY", Part::Year),
            ("YY", Part::Short),
            ("MM", Part::Month),
            ("DD", Part::Day),
            ("M", Part::Month),
            ("D", Part::Day),
        ];
        while let Some(c) = rest.chars().next() {
            let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
            let (length, part) = match word {
                Some((word, part)) => (word.len(), part.clone()),
                None => (c.len_utf8(), Part::Text(c)),
            };
            parts.push(part);
            rest = &rest[length..];
        }
        let is_strange = |part: &&Part| matches!(part, Part::Text(c) if c.is_alphabetic());
        if let Some(Part::Text(c)) = parts.iter().find(is_strange) {
            return Err(format!(
                "`{c}` in `{form}` is none of `YYYY`, `YY`, `MM` and `DD`"
            ));
        }
        let count = |wanted: &Part| parts.iter().filter(|part| *part == wanted).count();
        if count(&Part::Month) > 1 || count(&Part::Day) > 1 {
            return Err(format!(
                "`{form}` has a month or a day twice; months are numbers, `MM`"
            ));
        }
        if !parts.contains(&Part::Year) && !parts.contains(&Part::Short) {
            return Err(format!(
                "`{form}` has no year: `YYYY`, or `YY` and a century"
            ));
        }
        if parts.contains(&Part::Day) && !parts.contains(&Part::Month) {
            return Err(format!("`{form}` has a day and no month"));
        }
        if parts.contains(&Part::Short) && from.is_none() {
            let way = format!("`{form}@1950` takes years from 1950 to 2049");
            return Err(format!(
                "`{form}` does not say which century `YY` is in: {way}"
            ));
        }
        Ok(Form { parts, from })
    }

    /// Reads a date written so, or returns `None` if it is not.
    fn read(&self, text: &str) -> Option<Date> {
        let (mut year, mut month, mut day) = (None, None, None);
        let mut rest = text;
        for (nth, part) in self.parts.iter().enumerate() {
            // Without anything between them, numbers have all their digits.
            let is_number =
                |part: Option<&Part>| part.is_some_and(|part| !matches!(part, Part::Text(_)));
            let is_beside =
                is_number(self.parts.get(nth + 1)) || nth > 0 && is_number(self.parts.get(nth - 1));
            let least = if is_beside { 2 } else { 1 };
            let (number, length) = match part {
                Part::Text(c) => {
                    rest = rest.strip_prefix(*c)?;
                    continue;
                }
                Part::Year => digits(rest, 4, 4)?,
                Part::Short => digits(rest, 2, 2)?,
                Part::Month | Part::Day => digits(rest, least, 2)?,
            };
            match part {
                Part::Year => year = Some(number),
                Part::Short => {
                    let from = self.from?;
                    let century = from - from % 100 + number;
                    year = Some(if century < from {
                        century + 100
                    } else {
                        century
                    });
                }
                Part::Month => month = Some(number),
                _ => day = Some(number),
            }
            rest = &rest[length..];
        }
        if !rest.is_empty() {
            return None;
        }
        let date = match (year?, month, day) {
            (year, Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (year, Some(month), None) => format!("{year:04}-{month:02}"),
            (year, ..) => format!("{year:04}"),
        };
        date.parse().ok()
    }
}

/// Returns the number at the start of a text, and how many digits it has.
fn digits(text: &str, least: usize, most: usize) -> Option<(u16, usize)> {
    let length = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let number = text.get(..length)?.parse().ok()?;
    (length >= least).then_some((number, length))
}

/// The ways in which the dates of a table are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forms {
    /// Each of them; none for the dates of the format itself.
    pub forms: Vec<Form>,
    /// How far ahead of Greenwich the days of timestamps are counted, in minutes.
    pub zone: Option<i32>,
}

/// Reads an offset from Greenwich: `UTC`, `+02:00`.
pub fn zone(text: &str) -> Option<i32> {
    if ["UTC", "Z", "GMT"].contains(&text) {
        return Some(0);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':').unwrap_or((&text[1..], "00"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

impl Forms {
    /// Reads dates of the format as well.
    pub fn also_of_format(&mut self) {
        if !self.forms.is_empty() {
            self.forms.extend(Form::parse("YYYY-MM-DD"));
        }
    }

    /// Reads a date.
    ///
    /// # Errors
    /// Returns what is wrong with it, and what to do about it, if anything.
    pub fn read(&self, text: &str) -> Result<Date, (String, Option<String>)> {
        if self.forms.is_empty() {
            return self.of_format(text);
        }
        let mut dates: Vec<Date> = self
            .forms
            .iter()
            .filter_map(|form| form.read(text))
            .collect();
        dates.sort_unstable();
        dates.dedup();
        match dates[..] {
            [date] => Ok(date),
            [] if text.contains('/') && !self.has_slash() => self.interval(text),
            [] if time_of(text).is_some() => {
                // The day of a timestamp is written in one of the forms.
                let (day, offset) = time_of(text).unwrap_or_default();
                if offset && self.zone.is_none() {
                    let help = "state in the map where it is which day: `zone: \"UTC\"` or `zone: \"+02:00\"`";
                    let message = format!("`{text}` is another day elsewhere");
                    return Err((message, Some(help.to_owned())));
                }
                match offset {
                    true => self.of_format(text),
                    false => self.read(day),
                }
            }
            [] => {
                let help = "write it in one of the forms that `dates` in the map names";
                Err((format!("`{text}` is not a date"), Some(help.to_owned())))
            }
            [one, other, ..] => Err((
                format!("`{text}` may be {one} or {other}"),
                Some("correct the cell, or state fewer forms in `dates`".to_owned()),
            )),
        }
    }

    fn has_slash(&self) -> bool {
        let slash = Part::Text('/');
        self.forms.iter().any(|form| form.parts.contains(&slash))
    }

    /// Reads an interval whose ends are written in these forms.
    fn interval(&self, text: &str) -> Result<Date, (String, Option<String>)> {
        let (from, to) = text.split_once('/').unwrap_or((text, ""));
        let end = |end: &str| match end.trim() {
            ".." => Ok("..".to_owned()),
            end => self.read(end).map(|date| date.to_string()),
        };
        let whole = format!("{}/{}", end(from)?, end(to)?);
        let not_one = || (format!("`{text}` is not an interval"), None);
        whole.parse().map_err(|_| not_one())
    }

    /// Reads a date of the format, or a timestamp.
    fn of_format(&self, text: &str) -> Result<Date, (String, Option<String>)> {
        let date: Result<Date, _> = text.parse();
        let error = match date {
            Ok(date) => return Ok(date),
            Err(error) => error,
        };
        match timestamp(text) {
            Some((day, _, None)) => Ok(day),
            Some((day, minutes, Some(offset))) => match (self.zone, day) {
                (None, _) => {
                    let help = "state in the map where it is which day: `zone: \"UTC\"` or `zone: \"+02:00\"`";
                    let message = format!("`{text}` is another day elsewhere");
                    Err((message, Some(help.to_owned())))
                }
                (Some(zone), day) => {
                    let there = minutes - offset + zone;
                    let day = Day(day.period().from.0 + there.div_euclid(24 * 60));
                    day.date().ok_or((error.to_string(), None))
                }
            },
            None => {
                let help =
                    "state in the map how dates are written, such as `dates: \"DD.MM.YYYY\"`";
                Err((error.to_string(), Some(help.to_owned())))
            }
        }
    }
}

/// Returns the day of a timestamp, `26.01.2005 10:00`, and whether an offset from Greenwich follows the time;
/// `None` if there is no time.
fn time_of(text: &str) -> Option<(&str, bool)> {
    let at = text.find(':')?;
    let start = text[..at].rfind([' ', 'T'])?;
    let (hours, rest) = (&text[start + 1..at], &text[at..]);
    let is_hours = digits(hours, 1, 2)?.1 == hours.len() && digits(hours, 1, 2)?.0 < 24;
    let is_minutes = digits(&rest[1..], 2, 2)?.0 < 60;
    let is_of_time = |c: char| c.is_ascii_digit() || c == ':' || c == '.';
    let offset = rest.trim_start_matches(is_of_time);
    let is_time = is_hours && is_minutes && (offset.is_empty() || zone(offset).is_some());
    is_time.then(|| (text[..start].trim(), !offset.is_empty()))
}

/// Reads a timestamp, `2005-01-26T00:00:00Z`: its day, the minutes since that began, and the offset
/// from Greenwich, if it has any.
fn timestamp(text: &str) -> Option<(Date, i32, Option<i32>)> {
    let day: Date = text.get(..10)?.parse().ok()?;
    let rest = text.get(10..)?.strip_prefix(['T', ' '])?;
    let (hours, minutes) = (digits(rest, 2, 2)?.0, digits(rest.get(3..)?, 2, 2)?.0);
    if rest.as_bytes().get(2) != Some(&b':') || hours > 23 || minutes > 59 {
        return None;
    }
    let is_of_time = |c: char| c.is_ascii_digit() || c == ':' || c == '.';
    let offset = rest.trim_start_matches(is_of_time);
    let offset = match offset {
        "" => None,
        offset => Some(zone(offset)?),
    };
    Some((day, i32::from(hours) * 60 + i32::from(minutes), offset))
}

#[cfg(test)]
mod tests {
    use super::{Form, Forms, zone};

    fn forms(all: &[&str]) -> Forms {
        Forms {
            forms: all.iter().map(|form| Form::parse(form).unwrap()).collect(),
            zone: None,
        }
    }

    #[test]
    fn the_dates_of_deu() {
        let deu = forms(&[
            "DD-MM-YY@1950",
            "DD-MM-YYYY",
            "19DD-MM-YY@1950",
            "20DD-MM-YY@1950",
        ]);
        for (written, meant) in [
            ("26-01-00", "2000-01-26"),
            ("1930-05-01", "2001-05-30"),
            ("2029-09-04", "2004-09-29"),
            ("20-07-2016", "2016-07-20"),
            ("26-01-99", "1999-01-26"),
        ] {
            assert_eq!(deu.read(written).unwrap().to_string(), meant, "{written}");
        }
        assert!(deu.read("31-02-00").is_err() && deu.read("1900-00-00").is_err());
    }

    #[test]
    fn nothing_is_guessed() {
        let both = forms(&["DD/MM/YYYY", "MM/DD/YYYY"]);
        assert_eq!(both.read("13/01/2020").unwrap().to_string(), "2020-01-13");
        let (message, _) = both.read("02/01/2020").unwrap_err();
        assert_eq!(message, "`02/01/2020` may be 2020-01-02 or 2020-02-01");
        assert!(
            Form::parse("DD.MM.YY")
                .unwrap_err()
                .contains("which century")
        );
        let compact = forms(&["YYYYMMDD"]);
        assert_eq!(compact.read("20230611").unwrap().to_string(), "2023-06-11");
        assert!(compact.read("2023061").is_err());
        let short = forms(&["D.M.YYYY"]);
        assert_eq!(short.read("7.6.2023").unwrap().to_string(), "2023-06-07");
        let german = forms(&["DD.MM.YYYY"]);
        for (written, meant) in [
            ("07.06.2023 12:30", "2023-06-07"),
            ("07.06.2023T9:30:15", "2023-06-07"),
            ("07.06.2023/09.06.2023", "2023-06-07/2023-06-09"),
            ("07.06.2023/..", "2023-06-07/.."),
        ] {
            assert_eq!(
                german.read(written).unwrap().to_string(),
                meant,
                "{written}"
            );
        }
        assert!(german.read("07.06.2023/").is_err() && german.read("12:30").is_err());
        for no_time in ["07.06.2023 12:30Z", "07.06.2023 24:00", "07.06.2023 12:60"] {
            assert!(german.read(no_time).is_err(), "{no_time}");
        }
        assert!(Form::parse("DD MMM YYYY").is_err() && Form::parse("DDth MM YYYY").is_err());
        assert!(Form::parse("DD.MM").is_err() && Form::parse("DD YYYY").is_err());
    }

    #[test]
    fn a_timestamp_is_a_day_somewhere() {
        let mut forms = forms(&[]);
        let read = |forms: &Forms, text| forms.read(text).map(|date| date.to_string());
        assert_eq!(read(&forms, "2023-06").unwrap(), "2023-06");
        assert_eq!(read(&forms, "2005-01-26T23:30:00").unwrap(), "2005-01-26");
        assert!(read(&forms, "2005-01-26T23:30:00Z").is_err());
        forms.zone = zone("+02:00");
        assert_eq!(read(&forms, "2005-01-26T23:30:00Z").unwrap(), "2005-01-27");
        assert_eq!(
            read(&forms, "2005-01-26 00:30:00+05:00").unwrap(),
            "2005-01-25"
        );
        assert!(read(&forms, "2005-01-26T99").is_err());
        assert_eq!(
            [zone("UTC"), zone("-03:30"), zone("Berlin")],
            [Some(0), Some(-210), None]
        );
    }
}

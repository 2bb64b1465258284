//! Dates on the command line. Only the file format's dates are accepted; for others, the error says
//! how to write them.

use crate::cli::session;
use crate::model::{Date, Day};

/// Parses a date of the format.
pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::of_text(text).map_err(|error| match way_out(text) {
        Some(way_out) => format!("{error}\nhelp: {way_out}"),
        None => format!("{error}\nhelp: a date is `2023`, `2023-06` or `2023-06-18`, or an interval `2023-06-18/2023-06-19`"),
    })
}

/// Parses a date with a last day, for flags such as `--as-of`.
pub(super) fn ending(text: &str) -> Result<Date, String> {
    let date = date(text)?;
    if date.is_open() {
        Err("an open interval is not a day: give a day, a month or a year".to_owned())
    } else {
        Ok(date)
    }
}

/// Suggests how to write a date that the format doesn't have, or `None` if nothing is recognized.
pub(super) fn way_out(text: &str) -> Option<String> {
    relative(text, session::today()).or_else(|| Date::way_out(text))
}

/// Suggests how to write a date relative to today: `yesterday`, `last month`, `3 weeks ago`.
fn relative(text: &str, today: Day) -> Option<String> {
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text
        .split([' ', '-', '_'])
        .filter(|word| !word.is_empty())
        .collect();
    let written = match words[..] {
        ["today" | "now"] => today.to_string(),
        ["yesterday"] => Day(today.0 - 1).to_string(),
        ["tomorrow"] => Day(today.0 + 1).to_string(),
        [which @ ("last" | "this" | "next"), unit] => {
            let by = ["last", "this", "next"]
                .iter()
                .position(|word| *word == which)? as i32
                - 1;
            whole(unit, by, today)?
        }
        [count, unit, "ago"] => {
            let back = -count
                .parse::<i32>()
                .ok()
                .filter(|count| (0..=10_000).contains(count))?;
            match unit.trim_end_matches('s') {
                "day" => Day(today.0 + back).to_string(),
                "week" => Day(today.0 + 7 * back).to_string(),
                unit => whole(unit, back, today)?,
            }
        }
        _ => return None,
    };
    Some(format!("write `{written}`"))
}

/// Returns the week (from Monday), month or year `by` units after the current one, as a date.
fn whole(unit: &str, by: i32, today: Day) -> Option<String> {
    let (year, month, _) = today.calendar();
    Some(match unit {
        "week" => {
            // Day 0 was a Thursday.
            let monday = today.0 - (today.0 + 3).rem_euclid(7) + 7 * by;
            format!("{}/{}", Day(monday), Day(monday + 6))
        }
        "month" => {
            let months = year * 12 + month as i32 - 1 + by;
            format!(
                "{:04}-{:02}",
                months.div_euclid(12),
                months.rem_euclid(12) + 1
            )
        }
        "year" => format!("{:04}", year + by),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_from_today_on() {
        // A Tuesday.
        let today = Day::of(2024, 3, 5);
        let cases = [
            ("today", "2024-03-05"),
            ("Yesterday", "2024-03-04"),
            ("last week", "2024-02-26/2024-03-03"),
            ("this-week", "2024-03-04/2024-03-10"),
            ("last month", "2024-02"),
            ("3 months ago", "2023-12"),
            ("next year", "2025"),
            ("10 days ago", "2024-02-24"),
            ("2 weeks ago", "2024-02-20"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                relative(text, today),
                Some(format!("write `{expected}`")),
                "{text}"
            );
        }
        for text in [
            "last",
            "last Tuesday",
            "ago",
            "x days ago",
            "99999 years ago",
            "5 March 2024",
        ] {
            assert_eq!(relative(text, today), None, "{text}");
        }
    }
}

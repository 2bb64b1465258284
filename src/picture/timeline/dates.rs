//! Dates as people read them, with the month in words.

use crate::model::{Date, Day, Moment, Qualifier};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Returns a date in words: `5 Mar 2024`, `10 Mar to 2 Apr 2024`, `about 2024`.
pub(super) fn words(date: Date) -> String {
    match date {
        Date::Single(moment) => of_moment(moment),
        Date::Interval(Some(from), Some(to)) => {
            let (from_words, to_words) = (of_moment(from), of_moment(to));
            // The year of both is said once.
            let year = format!(" {}", from.year);
            let is_plain = from.month > 0 && from.year == to.year;
            let from_words = match from_words.strip_suffix(&year) {
                Some(short) if is_plain => short.to_owned(),
                _ => from_words,
            };
            format!("{from_words} to {to_words}")
        }
        Date::Interval(Some(from), None) => format!("from {}", of_moment(from)),
        Date::Interval(None, Some(to)) => format!("until {}", of_moment(to)),
        Date::Interval(None, None) => date.words(),
    }
}

/// Returns a day in words.
pub(super) fn of_day(day: Day) -> String {
    let (year, month, day) = day.calendar();
    format!("{day} {}", of_month(year, month))
}

/// Returns a month in words.
pub(super) fn of_month(year: i32, month: u32) -> String {
    let month = (month as usize)
        .checked_sub(1)
        .and_then(|nth| MONTHS.get(nth));
    match month {
        Some(month) => format!("{month} {year:04}"),
        None => format!("{year:04}"),
    }
}

fn of_moment(moment: Moment) -> String {
    let month = of_month(i32::from(moment.year), u32::from(moment.month));
    let day = match moment.day {
        0 => month,
        day => format!("{day} {month}"),
    };
    match moment.qualifier {
        Qualifier::Certain => day,
        Qualifier::Uncertain => format!("perhaps {day}"),
        Qualifier::Approximate => format!("about {day}"),
        Qualifier::Both => format!("perhaps about {day}"),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn dates_have_their_months_in_words() {
        for (date, said) in [
            ("2024-03-05", "5 Mar 2024"),
            ("2024-12", "Dec 2024"),
            ("2024", "2024"),
            ("2024~", "about 2024"),
            ("2024-03?", "perhaps Mar 2024"),
            ("2024-03-05/2024-04-01", "5 Mar to 1 Apr 2024"),
            ("2023-12-30/2024-01-02", "30 Dec 2023 to 2 Jan 2024"),
            ("2023/2024", "2023 to 2024"),
            ("2024-03/..", "from Mar 2024"),
            ("../2024-03", "until Mar 2024"),
        ] {
            assert_eq!(words(date.parse().unwrap()), said);
        }
    }
}

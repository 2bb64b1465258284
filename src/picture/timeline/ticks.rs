//! Round dates along a time axis: days, months, quarters, years or decades, whichever are few
//! enough.

use crate::model::{Day, Period};
use crate::picture::timeline::dates;

/// Returns about `at_most` round dates within a span, or fewer, each with its label.
pub(super) fn ticks(span: Period, at_most: usize) -> Vec<(Day, String)> {
    let (year, month, _) = span.from.calendar();
    let days = i64::from(span.to.0) - i64::from(span.from.0) + 1;
    let most = at_most.max(1) as i64;
    if let Some(step) = [1, 2, 7, 14]
        .into_iter()
        .find(|step| days / step < most && days < 62)
    {
        let first = span.from.0;
        return (first..=span.to.0)
            .step_by(step as usize)
            .map(|day| (Day(day), dates::of_day(Day(day))))
            .collect();
    }
    let months = days / 30;
    if let Some(step) = [1, 3, 6].into_iter().find(|step| months / step < most) {
        let start = (month as i64 - 1) / step * step;
        let all = (0..)
            .map(|nth| start + nth * step)
            .map(|m| (year + (m / 12) as i32, (m % 12) as u32 + 1));
        return all
            .map(|(year, month)| (Day::of(year, month, 1), dates::of_month(year, month)))
            .skip_while(|(day, _)| *day < span.from)
            .take_while(|(day, _)| *day <= span.to)
            .collect();
    }
    let years = days / 365;
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .find(|step| years / step < most)
        .unwrap_or(1000) as i32;
    let first = year.div_euclid(step) * step;
    let all = (0..)
        .map(|nth| first + nth * step)
        .map(|year| (Day::of(year, 1, 1), format!("{year:04}")));
    all.skip_while(|(day, _)| *day < span.from)
        .take_while(|(day, _)| *day <= span.to)
        .collect()
}

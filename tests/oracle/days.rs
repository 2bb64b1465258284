//! Sets of days, written out as spans that neither touch nor overlap, in order.

use demarche::model::{Date, Day, Period};

/// A set of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Days(Vec<(i64, i64)>);

impl Days {
    /// Every day there is.
    pub(crate) fn all() -> Days {
        Days::span(i64::MIN / 2, i64::MAX / 2)
    }

    /// From one day to another, both included; nothing where they are the wrong way round.
    pub(crate) fn span(from: i64, to: i64) -> Days {
        Days(if from <= to {
            vec![(from, to)]
        } else {
            Vec::new()
        })
    }

    /// The days of a period.
    pub(crate) fn of(period: Period) -> Days {
        Days::span(first(period), last(period))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The days in both.
    pub(crate) fn and(&self, other: &Days) -> Days {
        let mut both = Vec::new();
        for (from, to) in &self.0 {
            for (start, end) in &other.0 {
                both.push((*from.max(start), *to.min(end)));
            }
        }
        joined(both)
    }

    /// The days in either.
    pub(crate) fn or(&self, other: &Days) -> Days {
        joined(self.0.iter().chain(&other.0).copied().collect())
    }

    /// Whether every day of the other is here too.
    pub(crate) fn has_all_of(&self, other: &Days) -> bool {
        self.and(other) == *other
    }
}

fn joined(mut spans: Vec<(i64, i64)>) -> Days {
    spans.retain(|(from, to)| from <= to);
    spans.sort_unstable();
    let mut days: Vec<(i64, i64)> = Vec::new();
    for (from, to) in spans {
        match days.last_mut() {
            Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
            _ => days.push((from, to)),
        }
    }
    Days(days)
}

/// The first day of a period.
pub(crate) fn first(period: Period) -> i64 {
    if period.from == Day::FIRST {
        i64::MIN / 2
    } else {
        i64::from(period.from.0)
    }
}

/// The last day of a period.
pub(crate) fn last(period: Period) -> i64 {
    if period.to == Day::LAST {
        i64::MAX / 2
    } else {
        i64::from(period.to.0)
    }
}

/// The earliest day of a date.
pub(crate) fn earliest(date: Date) -> i64 {
    first(date.period())
}

/// The latest day of a date.
pub(crate) fn latest(date: Date) -> i64 {
    last(date.period())
}

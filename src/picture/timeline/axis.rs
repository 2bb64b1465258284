//! The axis of time. Where most happened within a small part of it, that part is opened, and the
//! rest is drawn shorter.

use std::collections::{BTreeSet, BinaryHeap};

use crate::model::{Day, Period};
use crate::picture::timeline::{Timeline, dates, ticks};

/// The number of events from which on an axis may be opened.
const LEAST: usize = 6;
/// The share of events that are within the busy time.
const BUSY: f64 = 0.75;
/// How many times as long as the busy time everything is where that is opened.
const LONGER: f64 = 2.5;
/// The most that the time before the busy time takes of the axis, and the same of that after it.
const SHORTER: f64 = 0.12;

/// The places of days along an axis, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    /// Days and their places; between two of them, time runs evenly.
    knots: Vec<(Day, f64)>,
    busy: Period,
    /// The periods in which something happened, each once.
    dates: BTreeSet<(Day, Day)>,
}

/// A part of an axis on which time runs evenly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The first and the last day.
    pub(super) days: Period,
    /// Their places.
    pub(super) ends: (f64, f64),
    /// Whether it is drawn shorter than the busy time.
    pub(super) is_shorter: bool,
}

impl Axis {
    /// Returns the axis of a timeline, or `None` if nothing has a date.
    pub(super) fn of(timeline: &Timeline) -> Option<Axis> {
        let span = timeline.span()?;
        let known = |period: Period| match (period.from, period.to) {
            // Of what is open at one end, only the other is known.
            (Day::FIRST, to) => Period { from: to, to },
            (from, Day::LAST) => Period { from, to: from },
            _ => period,
        };
        let periods = timeline.events.iter().map(|event| known(event.period()));
        Some(Axis::opened(span, periods.collect()))
    }

    /// Returns an axis of a time in which something happened in each of these periods.
    fn opened(span: Period, periods: Vec<Period>) -> Axis {
        let count = periods.len();
        let all = periods.iter().map(|period| (period.from, period.to));
        let dates: BTreeSet<(Day, Day)> = all.collect();
        let busy = busy(span, periods);
        let whole = long(span);
        let within = |(from, to): &&(Day, Day)| *from >= busy.from && *to <= busy.to;
        let is_one = dates.iter().filter(within).count() < 2;
        if is_one || count < LEAST || whole < LONGER * long(busy).max(7.0) {
            return Axis {
                knots: vec![(span.from, 0.0), (span.to, 1.0)],
                busy: span,
                dates,
            };
        }
        let share = |from: Day, to: Day| (f64::from(to.0 - from.0) / whole).min(SHORTER);
        let before = share(span.from, busy.from);
        let after = share(busy.to, span.to);
        let mut knots = vec![
            (span.from, 0.0),
            (busy.from, before),
            (busy.to, 1.0 - after),
            (span.to, 1.0),
        ];
        knots.dedup_by_key(|(day, _)| *day);
        Axis { knots, busy, dates }
    }

    /// Returns the number of different dates on it.
    #[cfg(feature = "pictures")]
    pub(super) fn dates(&self) -> usize {
        self.dates.len()
    }

    /// Returns the place of a day, from 0 to 1.
    pub(super) fn along(&self, day: Day) -> f64 {
        let mut stretches = self.stretches();
        let on = stretches.find(|stretch| day <= stretch.days.to);
        match on {
            None => 1.0,
            Some(Stretch { days, .. }) if days.to == days.from => 0.0,
            Some(Stretch { days, ends, .. }) => {
                let part = f64::from(day.0.max(days.from.0) - days.from.0) / long(days);
                ends.0 + part * (ends.1 - ends.0)
            }
        }
    }

    /// Returns its parts, in order.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch> {
        self.knots.windows(2).map(|two| {
            let [(from, start), (to, end)] = [two[0], two[1]];
            Stretch {
                days: Period { from, to },
                ends: (start, end),
                is_shorter: from < self.busy.from || to > self.busy.to,
            }
        })
    }

    /// Returns the parts that are drawn shorter.
    pub(super) fn shorter(&self) -> impl Iterator<Item = Stretch> {
        self.stretches().filter(|stretch| stretch.is_shorter)
    }

    /// Returns the first and the last date on which something happened before the busy time and after
    /// it, about this many round dates in it or, if there are no more than that, all there are.
    pub(super) fn ticks(&self, at_most: usize) -> Vec<(Day, String)> {
        let label = |(from, to): &(Day, Day)| {
            let (year, month, _) = from.calendar();
            let label = match to.0 - from.0 {
                0 => dates::of_day(*from),
                1..31 => dates::of_month(year, month),
                _ => format!("{year:04}"),
            };
            (*from, label)
        };
        let days = self.dates.iter().all(|(from, to)| from == to);
        let ticks = |stretch: Stretch| {
            let here = self.dates.iter().filter(|(from, _)| {
                let is_edge = *from == self.busy.from || *from == self.busy.to;
                *from >= stretch.days.from && *from <= stretch.days.to && !is_edge
            });
            let here: Vec<(Day, String)> = here.map(label).collect();
            match (stretch.is_shorter, &here[..]) {
                (true, [first, .., last]) => vec![first.clone(), last.clone()],
                (true, [_]) => here,
                _ => ticks::ticks(stretch.days, at_most),
            }
        };
        if days && self.dates.len() <= at_most && self.shorter().next().is_none() {
            return self.dates.iter().map(label).collect();
        }
        let mut all: Vec<(Day, String)> = self.stretches().flat_map(ticks).collect();
        all.sort_by_key(|(day, _)| *day);
        all.dedup_by_key(|(day, _)| *day);
        all
    }
}

/// The number of days of a period, without the last.
fn long(period: Period) -> f64 {
    f64::from(period.to.0 - period.from.0).max(1.0)
}

/// Returns the shortest time in which most of these periods are, from their first day to their last,
/// and some time around it. What is dated to a year is not busy in the middle of that year.
fn busy(span: Period, mut periods: Vec<Period>) -> Period {
    periods.sort_unstable_by_key(|period| (period.from, period.to));
    let Some((mut from, mut to)) = shortest(&periods) else {
        return span;
    };
    // What is near belongs to it.
    let near = ((to.0 - from.0) / 4).max(7);
    for period in periods.iter().rev() {
        if period.from < from && from.0 - period.from.0 <= near && period.to <= to {
            from = period.from;
        }
    }
    periods.sort_unstable_by_key(|period| period.to);
    for period in &periods {
        if period.to > to && period.to.0 - to.0 <= near && period.from >= from {
            to = period.to;
        }
    }
    let around = ((to.0 - from.0) / 20).max(3);
    Period {
        from: Day((from.0 - around).max(span.from.0)),
        to: Day((to.0 + around).min(span.to.0)),
    }
}

/// Returns the ends of the shortest time that wholly contains most of these periods, which are in
/// order of their first days; `None` if there are none.
fn shortest(periods: &[Period]) -> Option<(Day, Day)> {
    let most = ((periods.len() as f64 * BUSY).ceil() as usize).max(1);
    // The earliest last days of the periods that begin no sooner than the one looked at.
    let mut last = BinaryHeap::new();
    let mut best: Option<(Day, Day)> = None;
    for period in periods.iter().rev() {
        last.push(period.to);
        if last.len() > most {
            last.pop();
        }
        let to = last.peek().filter(|_| last.len() == most);
        let Some(to) = to.copied() else { continue };
        let is_shorter = |(from, until): (Day, Day)| to.0 - period.from.0 <= until.0 - from.0;
        if best.is_none_or(is_shorter) {
            best = Some((period.from, to));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::Axis;
    use crate::model::{Day, Period};

    fn opened(days: &[i32]) -> Axis {
        let periods: Vec<(i32, i32)> = days.iter().map(|day| (*day, *day)).collect();
        of_periods(&periods)
    }

    fn of_periods(periods: &[(i32, i32)]) -> Axis {
        let ends = || periods.iter().flat_map(|(from, to)| [*from, *to]);
        let span = Period {
            from: Day(ends().min().unwrap()),
            to: Day(ends().max().unwrap()),
        };
        let period = |(from, to): &(i32, i32)| Period {
            from: Day(*from),
            to: Day(*to),
        };
        Axis::opened(span, periods.iter().map(period).collect())
    }

    /// Eight events of a year, of which nobody knows more, are not busy in July.
    #[test]
    fn the_axis_does_not_open_on_the_middle_of_what_is_vague() {
        let mut years = vec![(3_650, 4_014); 8];
        years.extend([(0, 0), (9_000, 9_000)]);
        let axis = of_periods(&years);
        assert!(axis.along(Day(3_650)) < 0.2 && axis.along(Day(4_014)) > 0.8);
        let days = [3_650, 3_741, 3_832, 3_923, 4_014].map(|day| axis.along(Day(day)));
        let steps: Vec<f64> = days.windows(2).map(|two| two[1] - two[0]).collect();
        let is_even = |step: &f64| (step - steps[0]).abs() < 1e-9;
        assert!(steps.iter().all(is_even), "{steps:?}");
        // Only vague years: nothing is opened.
        let even = of_periods(&[
            (0, 364),
            (365, 729),
            (730, 1_094),
            (1_095, 1_459),
            (0, 364),
            (365, 729),
        ]);
        assert_eq!(even.shorter().count(), 0);
    }

    #[test]
    fn most_of_the_axis_is_for_the_busy_time() {
        let axis = opened(&[0, 9_000, 9_010, 9_020, 9_030, 9_040, 9_050, 12_000]);
        assert!(axis.along(Day(9_000)) < 0.2 && axis.along(Day(9_050)) > 0.8);
        assert_eq!(axis.shorter().count(), 2);
        let days = [
            -5, 0, 4_000, 8_996, 9_000, 9_030, 9_053, 10_000, 12_000, 13_000,
        ];
        let places: Vec<f64> = days.iter().map(|day| axis.along(Day(*day))).collect();
        assert!(
            places.is_sorted() && places[0] == 0.0 && places[9] == 1.0,
            "{places:?}"
        );
    }

    #[test]
    fn an_axis_is_even_where_nothing_is_busy() {
        for days in [&[0, 10, 20, 30, 40, 50, 60, 70][..], &[0, 1, 9_000], &[5]] {
            let axis = opened(days);
            assert_eq!(axis.shorter().count(), 0, "{days:?}");
        }
        assert!((opened(&[0, 10, 20, 30, 40, 50, 60, 100]).along(Day(50)) - 0.5).abs() < 1e-9);
    }
}

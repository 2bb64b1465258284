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
const LONGER: f64 = 2.0;
/// The most that the time before the busy time takes of the axis, and the same of that after it.
const SHORTER: f64 = 0.12;
/// The least part of the busy time that is drawn shorter if nothing happened in it, and how much of the
/// axis it takes then.
const EMPTY: f64 = 0.2;
const GAP: f64 = 0.06;

/// The places of days along an axis, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    /// Its parts, in order.
    stretches: Vec<Stretch>,
    /// The periods in which something happened, each once.
    dates: BTreeSet<(Day, Day)>,
}

/// A part of an axis on which time runs evenly.
#[derive(Clone, Copy, Debug, PartialEq)]
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
        let all = periods.iter().map(|period| (period.from, period.to));
        let dates: BTreeSet<(Day, Day)> = all.collect();
        let shorter = match periods.len() < LEAST {
            true => Vec::new(),
            false => shorter(span, periods, &dates),
        };
        let taken: f64 = shorter.iter().map(|(_, share)| share).sum();
        let cut: f64 = shorter.iter().map(|(days, _)| long(*days)).sum();
        let a_day = (1.0 - taken) / (long(span) - cut).max(1.0);
        let mut stretches = Vec::new();
        let (mut day, mut place) = (span.from, 0.0);
        let mut add = |to: Day, share: f64, is_shorter: bool| {
            if to > day {
                let days = Period { from: day, to };
                let ends = (place, place + share);
                stretches.push(Stretch {
                    days,
                    ends,
                    is_shorter,
                });
                (day, place) = (to, ends.1);
            }
        };
        let mut from = span.from;
        for (days, share) in shorter {
            add(days.from, f64::from(days.from.0 - from.0) * a_day, false);
            add(days.to, share, true);
            from = days.to;
        }
        add(span.to, f64::from(span.to.0 - from.0) * a_day, false);
        Axis { stretches, dates }
    }

    /// Returns the number of different dates on it.
    #[cfg(feature = "pictures")]
    pub(super) fn dates(&self) -> usize {
        self.dates.len()
    }

    /// Returns the place of a day, from 0 to 1.
    pub(super) fn along(&self, day: Day) -> f64 {
        let mut stretches = self.stretches.iter();
        match stretches.find(|stretch| day <= stretch.days.to) {
            None if self.stretches.is_empty() => 0.0,
            None => 1.0,
            Some(Stretch { days, ends, .. }) => {
                let part = f64::from(day.0.max(days.from.0) - days.from.0) / long(*days);
                ends.0 + part * (ends.1 - ends.0)
            }
        }
    }

    /// Returns the parts that are drawn shorter.
    pub(super) fn shorter(&self) -> impl Iterator<Item = &Stretch> {
        let stretches = self.stretches.iter();
        stretches.filter(|stretch| stretch.is_shorter)
    }

    /// Returns about this many round dates or, if there are no more than that, all there are. A part that
    /// is drawn shorter has its first and its last date, and another at least its first.
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
        if days && self.dates.len() <= at_most && self.shorter().next().is_none() {
            return self.dates.iter().map(label).collect();
        }
        let is_within = |day: Day, days: Period| (days.from..=days.to).contains(&day);
        let open = self.stretches.iter().filter(|other| !other.is_shorter);
        let open: Vec<Period> = open.map(|stretch| stretch.days).collect();
        let is_open = |day: Day| open.iter().any(|days| is_within(day, *days));
        let ticks = |stretch: &Stretch| {
            let here = self.dates.iter();
            let mut here = here.filter(|(from, _)| is_within(*from, stretch.days));
            if stretch.is_shorter {
                let here: Vec<&(Day, Day)> = here.filter(|(from, _)| !is_open(*from)).collect();
                let ends = [here.first(), here.last()].into_iter().flatten();
                return ends.map(|date| label(date)).collect();
            }
            let share = (stretch.ends.1 - stretch.ends.0) * at_most as f64;
            let round = ticks::ticks(stretch.days, share.ceil() as usize);
            match round.is_empty() {
                true => here.next().map(label).into_iter().collect(),
                false => round,
            }
        };
        let mut all: Vec<(Day, String)> = self.stretches.iter().flat_map(ticks).collect();
        all.sort_by_key(|(day, _)| *day);
        all.dedup_by_key(|(day, _)| *day);
        all
    }
}

/// Returns what is drawn shorter, in order, and the part of the axis that it takes: what is not busy, and
/// the long times within the busy time in which nothing happened.
fn shorter(span: Period, periods: Vec<Period>, dates: &BTreeSet<(Day, Day)>) -> Vec<(Period, f64)> {
    let busy = busy(span, periods);
    let within = |(from, to): &&(Day, Day)| *from >= busy.from && *to <= busy.to;
    let is_one = dates.iter().filter(within).count() < 2;
    let is_opened = !is_one && long(span) >= LONGER * long(busy).max(7.0);
    let open = if is_opened { busy } else { span };
    let outer = |from: Day, to: Day| {
        let days = Period { from, to };
        (days, (long(days) / long(span)).min(SHORTER))
    };
    let gaps = gaps(open, dates).into_iter().map(|days| (days, GAP));
    let all = [outer(span.from, open.from)].into_iter().chain(gaps);
    let all = all.chain([outer(open.to, span.to)]);
    all.filter(|(days, _)| days.from < days.to).collect()
}

/// Returns the long times within this one in which nothing happened.
fn gaps(open: Period, dates: &BTreeSet<(Day, Day)>) -> Vec<Period> {
    let around = (long(open) / 100.0).max(1.0) as i32;
    let mut gaps = Vec::new();
    let mut last = Day::LAST;
    for (from, to) in dates {
        let gap = Period {
            from: open.from.max(Day(last.0.saturating_add(around))),
            to: open.to.min(Day(from.0.saturating_sub(around))),
        };
        if gap.from < gap.to && long(gap) > EMPTY * long(open) {
            gaps.push(gap);
        }
        last = if last == Day::LAST {
            *to
        } else {
            last.max(*to)
        };
    }
    gaps
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
    let around = ((to.0 - from.0) / 20).max(1);
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
        assert!(axis.along(Day(3_650)) < 0.3 && axis.along(Day(4_014)) > 0.7);
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
        assert!((opened(&[0, 10, 20, 30, 40, 50, 60, 74]).along(Day(37)) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_long_time_in_which_nothing_happened_is_drawn_shorter() {
        let axis = opened(&[0, 10, 20, 80, 90, 100]);
        let shorter: Vec<Period> = axis.shorter().map(|stretch| stretch.days).collect();
        let (from, to) = (Day(21), Day(79));
        assert_eq!(shorter, [Period { from, to }]);
        assert!((axis.along(to) - axis.along(from) - 0.06).abs() < 1e-9);
        // Something may have happened on any of the days between.
        let vague = of_periods(&[(0, 0), (10, 10), (20, 80), (80, 80), (90, 90), (100, 100)]);
        assert_eq!(vague.shorter().count(), 0);
    }
}

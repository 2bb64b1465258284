//! The signs in a lane, and their positions.

use crate::diagram::Color;
use crate::graph::Graph;
use crate::model::{Day, MeetingStatus, Period};
use crate::picture::rows::Rows;
use crate::picture::scene::Word;
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::{Event, Happening, Timeline, day};
use crate::query::Part;

/// The width of the picture, and the part of it that lane names take.
pub(super) const WIDTH: f64 = 940.0;
pub(super) const NAMES: f64 = 170.0;
pub(super) const LEFT: f64 = NAMES + 16.0;
pub(super) const RIGHT: f64 = WIDTH - 14.0;
/// The radius of a statement's disc.
pub(super) const DISC: f64 = 7.0;
/// Half the size of a numbered sign.
pub(super) const HALF: f64 = 7.5;

/// The style of a number of statements, and of a title.
pub(super) const COUNT: Word = Word::bold(8.5, Color::Ink);
pub(super) const TITLE: Word = Word::regular(10.0, Color::Muted);
/// The space between a sign and what is written beside it.
const BESIDE: f64 = 5.0;
/// How far the arrows of what is postponed reach beyond its sign.
pub(super) const ARROWS: f64 = 9.0;

/// A sign in a lane, which may stand for several statements of one date that say the same.
pub(super) struct Placed<'t> {
    pub(super) event: &'t Event,
    /// The actor's part in the event.
    pub(super) part: Part,
    /// The number of statements it stands for.
    pub(super) count: usize,
    /// The letters under which it is described below the lanes; empty for statements.
    pub(super) key: &'t str,
    /// What is written beside it, and whether that stands to its left.
    pub(super) title: Option<(String, bool)>,
    /// The centre of the sign, and the days around it, where these are wider.
    pub(super) x: f64,
    pub(super) days: Option<(f64, f64)>,
    /// The number in the lane of the sign on whose bar it stands: its own, if it shares none.
    bar: usize,
    pub(super) row: usize,
}

/// Returns the horizontal coordinate of a day.
pub(super) fn x_of(axis: &Axis, day: Day) -> f64 {
    x_at(axis.along(day))
}

/// Returns the coordinate of a place on the axis.
pub(super) fn x_at(along: f64) -> f64 {
    LEFT + 10.0 + along * (RIGHT - LEFT - 20.0)
}

/// Returns the days that an event covers, where they are wider than its sign.
fn days(axis: &Axis, event: &Event) -> Option<(f64, f64)> {
    let Period { from, to } = event.period();
    let ends = (x_of(axis, from), x_of(axis, to));
    (ends.1 - ends.0 > 2.0 * HALF + 3.0).then_some(ends)
}

/// Returns the coordinate of an event's sign: that of its first day or, if that is not known, of its
/// last. In the middle of its days, it would seem to have happened there.
fn place(axis: &Axis, event: &Event) -> f64 {
    let Period { from, to } = event.period();
    x_of(axis, if from == Day::FIRST { to } else { from })
}

/// What is written of an event, and where its sign stands.
pub(super) struct Mark {
    /// The letters under which it is described below the lanes; empty for statements.
    pub(super) key: String,
    /// What is written beside it in its first lane.
    pub(super) title: Option<String>,
    /// The horizontal coordinate of its sign, the same in all its lanes.
    pub(super) x: f64,
}

/// The distance between two signs that stand side by side on one bar.
const STEP: f64 = 2.0 * HALF + 3.0;

/// Returns where the sign of each event stands. Meetings of the same days share a bar, on which they
/// stand side by side from its first day on, so that the line that joins a meeting meets no other.
pub(super) fn places(timeline: &Timeline, axis: &Axis) -> Vec<f64> {
    if axis.is_one_day() {
        return day::places(timeline, x_at(0.0));
    }
    let mut places: Vec<f64> = Vec::new();
    for (nth, event) in timeline.events.iter().enumerate() {
        let first = place(axis, event);
        let meets = |other: &Event| other.lanes.iter().any(|lane| event.lanes.contains(lane));
        let earlier = timeline.events[..nth].iter().zip(&places);
        let taken = earlier.filter(|(other, _)| shares(other, event) && meets(other));
        let taken: Vec<f64> = taken.map(|(_, x)| *x).collect();
        let free = (0..=taken.len()).map(|slot| first + slot as f64 * STEP);
        let free = free.into_iter().find(|x| !taken.contains(x));
        let end = days(axis, event).map_or(first, |(_, end)| end - HALF);
        places.push(free.filter(|x| *x <= end).unwrap_or(first));
    }
    places
}

/// Returns whether any two signs stand side by side on one bar.
pub(super) fn share_bars(timeline: &Timeline, axis: &Axis, places: &[f64]) -> bool {
    let mut events = timeline.events.iter().zip(places);
    events.any(|(event, x)| place(axis, event) != *x)
}

/// Returns whether two meetings have the same days, on whose bar both can stand.
fn shares(one: &Event, other: &Event) -> bool {
    let can = |event: &Event| {
        let is_open = event.period().from == Day::FIRST;
        let Happening::Met(stage) = event.what else {
            return false;
        };
        !is_open && stage.status != Some(MeetingStatus::Postponed)
    };
    one.date == other.date && can(one) && can(other)
}

/// Returns the signs of a lane, each in the first row that has room for it.
pub(super) fn placed<'t>(
    graph: &Graph,
    timeline: &'t Timeline,
    axis: &Axis,
    lane: usize,
    marks: &'t [Mark],
) -> Vec<Placed<'t>> {
    let mut all: Vec<Placed<'t>> = Vec::new();
    let mut rows = Rows::new(3.0);
    let here = timeline.events.iter().zip(marks);
    for (event, mark) in here.filter(|(event, _)| event.lanes.contains(&lane)) {
        if let Some(same) = all
            .iter_mut()
            .find(|other| says_the_same(other.event, event))
        {
            same.count += 1;
            continue;
        }
        let is_first = event.lanes.first() == Some(&lane);
        let on_bar = |other: &&Placed<'_>| other.days.is_some() && shares(other.event, event);
        let bar = all.iter().find(on_bar).filter(|other| other.x != mark.x);
        let bar = bar.map(|other| other.bar);
        let mut placed = Placed {
            event,
            part: timeline.part(graph, event, lane),
            count: 1,
            key: &mark.key,
            title: None,
            x: mark.x,
            days: days(axis, event).filter(|_| bar.is_none()),
            bar: bar.unwrap_or(all.len()),
            row: 0,
        };
        placed.title = mark.title.clone().filter(|_| is_first).map(|title| {
            let is_left = placed.right() + BESIDE + TITLE.width(&title) > RIGHT;
            (title, is_left)
        });
        all.push(placed);
    }
    // Statements are counted before there is room for their number.
    for nth in 0..all.len() {
        let bar = all[nth].bar;
        all[nth].row = match bar == nth {
            true => rows.put(all[nth].extent(), 0.0),
            false => all[bar].row,
        };
    }
    all
}

/// Returns whether two statements of one lane have the same date and say the same, so that one sign
/// stands for both.
fn says_the_same(one: &Event, other: &Event) -> bool {
    let said = |event: &Event| match &event.what {
        Happening::Said {
            sign, by, is_offer, ..
        } => Some((sign.symbol(), by.is_some(), *is_offer)),
        _ => None,
    };
    one.date == other.date && said(one).is_some() && said(one) == said(other)
}

impl Placed<'_> {
    /// Returns the left end of its sign and its days.
    fn left(&self) -> f64 {
        let left = self.x - if self.key.is_empty() { DISC } else { HALF };
        self.days.map_or(left, |(from, _)| left.min(from))
    }

    /// Returns the right end of its sign, its arrows if it is postponed, and its days.
    fn right(&self) -> f64 {
        let arrows = match self.event.what {
            Happening::Met(stage) if stage.status == Some(MeetingStatus::Postponed) => ARROWS,
            _ => 0.0,
        };
        let half = if self.key.is_empty() { DISC } else { HALF };
        let right = self.x + half + arrows;
        self.days.map_or(right, |(_, to)| right.max(to))
    }

    /// Returns the range that it covers, with its days and what is written beside it.
    pub(super) fn extent(&self) -> (f64, f64) {
        let (left, mut right) = (self.left(), self.right());
        if self.count > 1 {
            right = right.max(self.counted() + COUNT.width(&self.count.to_string()));
        }
        match &self.title {
            Some((title, true)) => (left - BESIDE - TITLE.width(title), right),
            Some((title, false)) => (left, right + BESIDE + TITLE.width(title)),
            None => (left, right),
        }
    }

    /// Returns where its title begins, or ends if it stands to its left: its days are not written on.
    pub(super) fn beside(&self) -> f64 {
        match &self.title {
            Some((_, true)) => self.left() - BESIDE,
            _ => self.right() + BESIDE,
        }
    }

    /// Returns where the number of statements begins.
    pub(super) fn counted(&self) -> f64 {
        self.x + DISC + 1.5
    }
}

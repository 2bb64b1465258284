//! The signs in a lane, and their positions.

use crate::diagram::Color;
use crate::graph::Graph;
use crate::model::{Day, Period};
use crate::picture::rows::Rows;
use crate::picture::scene::Word;
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::{Event, Happening, Timeline};
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
const BESIDE: f64 = 3.0;

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

/// Returns the coordinate of an event's sign: the day, or the end of its days that is known, so that
/// it doesn't seem to have happened in their middle.
pub(super) fn place(axis: &Axis, event: &Event) -> f64 {
    let Period { from, to } = event.period();
    match days(axis, event) {
        Some((_, end)) if from == Day::FIRST => end - HALF,
        Some((start, _)) => start + HALF,
        None if from == Day::FIRST => x_of(axis, to),
        None => (x_of(axis, from) + x_of(axis, to)) / 2.0,
    }
}

/// Returns the signs of a lane, each in the first row that has room for it.
pub(super) fn placed<'t>(
    graph: &Graph,
    timeline: &'t Timeline,
    axis: &Axis,
    lane: usize,
    keys: &'t [String],
    titles: &[Option<String>],
) -> Vec<Placed<'t>> {
    let mut all: Vec<Placed<'t>> = Vec::new();
    for (nth, event) in timeline.events.iter().enumerate() {
        if !event.lanes.contains(&lane) {
            continue;
        }
        if let Some(same) = all
            .iter_mut()
            .find(|other| says_the_same(other.event, event))
        {
            same.count += 1;
            continue;
        }
        let is_first = event.lanes.first() == Some(&lane);
        let x = place(axis, event);
        let title = titles[nth].clone().filter(|_| is_first);
        all.push(Placed {
            event,
            part: timeline.part(graph, event, lane),
            count: 1,
            key: &keys[nth],
            title: title.map(|title| {
                let is_left = x + HALF + BESIDE + TITLE.width(&title) > RIGHT;
                (title, is_left)
            }),
            x,
            days: days(axis, event),
            row: 0,
        });
    }
    let mut rows = Rows::new(3.0);
    for placed in &mut all {
        placed.row = rows.put(placed.extent(), 0.0);
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
    /// Returns the range that it covers, with its days and what is written beside it.
    fn extent(&self) -> (f64, f64) {
        let half = if self.key.is_empty() { DISC } else { HALF };
        let (mut left, mut right) = (self.x - half, self.x + half);
        if self.count > 1 {
            right += BESIDE + COUNT.width(&self.count.to_string());
        }
        match &self.title {
            Some((title, true)) => left -= BESIDE + 2.0 + TITLE.width(title),
            Some((title, false)) => right += BESIDE + 2.0 + TITLE.width(title),
            None => {}
        }
        let (from, to) = self.days.unwrap_or((left, right));
        (left.min(from), right.max(to))
    }

    /// Returns where what is written beside it begins, or ends if it stands to its left.
    pub(super) fn beside(&self) -> f64 {
        match &self.title {
            Some((_, true)) => self.x - HALF - BESIDE - 2.0,
            Some((_, false)) => self.x + HALF + BESIDE + 2.0,
            None => self.x + DISC + 1.5,
        }
    }
}

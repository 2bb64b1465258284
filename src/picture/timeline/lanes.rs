//! The signs in a lane, and their positions.

use crate::graph::Graph;
use crate::model::{Day, Period};
use crate::picture::rows::Rows;
use crate::picture::timeline::{Event, Timeline};
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

/// A sign in a lane, which may stand for several events.
pub(super) struct Placed<'t> {
    pub(super) event: &'t Event,
    /// The actor's part in the event.
    pub(super) part: Part,
    /// The number of statements it stands for.
    pub(super) count: usize,
    /// The number under which it is described below the lanes, or `None` for statements.
    pub(super) number: Option<usize>,
    /// The centre of the sign, and the range that the sign and its days cover.
    pub(super) x: f64,
    extent: (f64, f64),
    pub(super) row: usize,
}

/// Returns the horizontal coordinate of a day.
pub(super) fn x_of(span: Period, day: Day) -> f64 {
    let days = f64::from(span.to.0 - span.from.0).max(1.0);
    let along = f64::from(day.0.clamp(span.from.0, span.to.0) - span.from.0) / days;
    LEFT + 10.0 + along * (RIGHT - LEFT - 20.0)
}

/// Returns the coordinate of an event's sign: the middle of its days, or the only end that is
/// known.
pub(super) fn middle(span: Period, event: &Event) -> f64 {
    let Period { from, to } = event.period();
    match (from, to) {
        (Day::FIRST, _) => x_of(span, to),
        (_, Day::LAST) => x_of(span, from),
        _ => (x_of(span, from) + x_of(span, to)) / 2.0,
    }
}

/// Returns the signs of a lane, each in the first row that has room for it.
pub(super) fn placed<'t>(
    graph: &Graph,
    timeline: &'t Timeline,
    span: Period,
    lane: usize,
    numbers: &[Option<usize>],
) -> Vec<Placed<'t>> {
    let mut all: Vec<Placed<'t>> = Vec::new();
    for (event, number) in timeline
        .events
        .iter()
        .zip(numbers)
        .filter(|(event, _)| event.lanes.contains(&lane))
    {
        let same = all.iter_mut().find(|other| {
            number.is_none() && other.number.is_none() && other.event.date == event.date
        });
        if let Some(same) = same {
            same.count += 1;
            continue;
        }
        let period = event.period();
        let (x, half) = (
            middle(span, event),
            if number.is_some() { HALF } else { DISC },
        );
        let extent = (
            x_of(span, period.from).min(x - half),
            x_of(span, period.to).max(x + half),
        );
        let part = timeline.part(graph, event, lane);
        all.push(Placed {
            event,
            part,
            count: 1,
            number: *number,
            x,
            extent,
            row: 0,
        });
    }
    let mut rows = Rows::new(3.0);
    for placed in &mut all {
        placed.row = rows.put(placed.extent, 0.0);
    }
    all
}

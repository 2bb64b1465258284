//! A timeline of one day, on which time tells nothing apart: statements that say the same stand in one
//! column, and each meeting or change has a column of its own.

use std::collections::BTreeSet;

use crate::picture::timeline::lanes::{COUNT, DISC, LEFT, Placed, RIGHT, WIDTH};
use crate::picture::timeline::{Event, Happening, Timeline};

/// The space between two columns, in which a number of two digits stands.
const BETWEEN: f64 = 4.0;
/// The least width of a timeline.
const LEAST: f64 = 380.0;

/// Returns where the sign of each event stands, in columns from this coordinate on. After the last
/// column that has room, the first is used again.
pub(super) fn places(timeline: &Timeline, first: f64) -> Vec<f64> {
    let columns = timeline.events.iter().enumerate().map(column);
    let columns: Vec<Column> = columns.collect();
    let all: BTreeSet<&Column> = columns.iter().collect();
    let all: Vec<&Column> = all.into_iter().collect();
    let pitch = 2.0 * DISC + COUNT.width("88") + BETWEEN;
    let most = ((RIGHT - first) / pitch).max(1.0) as usize;
    let place = |column: &Column| {
        let nth = all.binary_search(&column).unwrap_or_default() % most;
        first + nth as f64 * pitch
    };
    columns.iter().map(place).collect()
}

/// Returns how wide lanes are with all that is in them.
pub(super) fn width(lanes: &[Vec<Placed<'_>>]) -> f64 {
    let ends = lanes.iter().flatten().map(|placed| placed.extent().1);
    let end = ends.fold(LEFT, f64::max) + WIDTH - RIGHT;
    end.clamp(LEAST, WIDTH)
}

/// A column. Statements come first, those most in favour before others, and those without a place on
/// the scale last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Said {
        against: i64,
        symbol: String,
        by_another: bool,
        is_offer: bool,
    },
    Other(usize),
}

fn column((nth, event): (usize, &Event)) -> Column {
    match &event.what {
        Happening::Said {
            sign, by, is_offer, ..
        } => Column::Said {
            against: sign.score.map_or(i64::MAX, |score| (score * -1e6) as i64),
            symbol: sign.symbol(),
            by_another: by.is_some(),
            is_offer: *is_offer,
        },
        Happening::Moved { .. } | Happening::Met(_) => Column::Other(nth),
    }
}

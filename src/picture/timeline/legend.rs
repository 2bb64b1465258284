//! The legend of a timeline: a sample of each sign in it, drawn as the lanes draw it.

use crate::diagram::Color;
use crate::graph::Graph;
use crate::picture::frame::Entry;
use crate::picture::matrix::sample;
use crate::picture::scene::{Bounds, Form, Item, Point, Stroke};
use crate::picture::sign::{self, OFFERED, Sign};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::lanes::Placed;
use crate::picture::timeline::signs::{Counts, bar, cut, mark, number, said};
use crate::picture::timeline::text::{ALL_DAYS, ATTRIBUTED, MEANINGS, SHORTER, SOME_DAY, symbols};
use crate::picture::timeline::{Event, Happening, Timeline};
use crate::query::Part;

/// The middle of a sample, and of a sign beside which there is something else.
const MIDDLE: Point = Point::new(18.0, 8.0);
const ASIDE: Point = Point::new(9.0, 8.0);

/// Returns an entry for every sign that is shown.
pub(super) fn legend(
    graph: &Graph,
    timeline: &Timeline,
    axis: &Axis,
    lanes: &[Vec<Placed<'_>>],
) -> Vec<Entry> {
    let mut legend = statements(timeline);
    let placed = || lanes.iter().flatten();
    legend.extend(placed().find(|placed| placed.count > 1).map(counted));
    legend.extend(others(graph, timeline));
    for (is_unsure, words) in [(true, SOME_DAY), (false, ALL_DAYS)] {
        let wide = |placed: &&Placed<'_>| placed.days.map_or(0.0, |(from, to)| to - from);
        let shown = placed().filter(|placed| placed.event.is_unsure() == is_unsure);
        let widest = shown.max_by(|one, other| wide(one).total_cmp(&wide(other)));
        let widest = widest.filter(|placed| placed.days.is_some());
        legend.extend(widest.map(|placed| days(placed, words)));
    }
    legend.extend(axis.shorter().next().map(|_| shorter()));
    legend
}

/// Returns an entry for each kind of statement: what it says, and whether it counts.
fn statements(timeline: &Timeline) -> Vec<Entry> {
    let shown = |wanted: Counts| {
        let events = timeline.events.iter();
        events.filter_map(move |event| match &event.what {
            Happening::Said {
                sign, by, is_offer, ..
            } if Counts::of(*by, *is_offer) == wanted => Some(sign),
            _ => None,
        })
    };
    let says = |(sign, words): (Sign, &str)| {
        let words = if words == sign::MIXED {
            "says both"
        } else {
            words
        };
        let words = format!("statement: {words}");
        sample(&sign, &words, || said(&sign, Counts::Fully, MIDDLE))
    };
    let full = sign::samples(shown(Counts::Fully)).into_iter().map(says);
    let hollow = [(Counts::Offered, OFFERED), (Counts::Not, ATTRIBUTED)];
    let hollow = hollow.into_iter().filter_map(|(counts, words)| {
        let sign = shown(counts).next()?;
        Some(entry(said(sign, counts, MIDDLE), words))
    });
    full.chain(hollow).collect()
}

/// Returns an entry for each kind of meeting and of change.
fn others(graph: &Graph, timeline: &Timeline) -> Vec<Entry> {
    let keyed = symbols(graph, timeline);
    let keyed = keyed.filter(|(_, event, _)| !matches!(event.what, Happening::Said { .. }));
    let keyed: Vec<(char, &Event, Part)> = keyed.collect();
    let meant = MEANINGS.iter().filter_map(|(symbol, words)| {
        let (_, event, part) = keyed.iter().find(|(other, ..)| other == symbol)?;
        Some(entry(mark(&event.what, *part, MIDDLE, "A"), words))
    });
    meant.collect()
}

/// Returns the entry for a number of statements.
fn counted(placed: &Placed<'_>) -> Entry {
    let mut items = mark(&placed.event.what, placed.part, ASIDE, placed.key);
    items.push(number(placed.count, Point::new(ASIDE.x + 8.5, ASIDE.y)));
    entry(items, "so many statements of one date that say the same")
}

/// Returns the entry for the days of a sign.
fn days(placed: &Placed<'_>, words: &str) -> Entry {
    let mut items = bar(placed.event, (ASIDE.x, 35.0), ASIDE.y);
    let key = if placed.key.is_empty() { "" } else { "A" };
    items.extend(mark(&placed.event.what, placed.part, ASIDE, key));
    entry(items, words)
}

/// Returns the entry for time that is drawn shorter: its ground, and the cut axis above.
fn shorter() -> Entry {
    let ground = Bounds::new(0.0, 5.0, 36.0, 11.0);
    let axis = Item::line(
        Point::new(0.0, 5.0),
        Point::new(36.0, 5.0),
        Stroke::solid(Color::Muted, 1.0),
    );
    let mut items = vec![
        Item::shape(Form::Rect(ground, 0.0), Some(Color::Panel), None),
        axis,
    ];
    items.extend(cut(Point::new(MIDDLE.x, 5.0)));
    entry(items, SHORTER)
}

fn entry(sample: Vec<Item>, words: &str) -> Entry {
    Entry {
        sample,
        words: words.to_owned(),
    }
}

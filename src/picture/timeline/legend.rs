//! The legend of a timeline: a sample of each sign in it, drawn as the lanes draw it.

use std::collections::BTreeMap;

use crate::diagram::{Color, Look};
use crate::graph::Graph;
use crate::picture::frame::Entry;
use crate::picture::matrix::sample;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Stroke, Text};
use crate::picture::sign::{self, OFFERED, Sign};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::joined;
use crate::picture::timeline::lanes::{self, Issues, Placed};
use crate::picture::timeline::signs::{Counts, Limit, bar, cut, mark, number, said};
use crate::picture::timeline::text::{
    ABOUT, ALL_DAYS, ATTRIBUTED, JOINED, MEANINGS, OPEN, SHORTER, SOME_DAY, symbols,
};
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
    issues: &Issues,
) -> Vec<Entry> {
    let mut legend = about(graph, timeline, issues);
    legend.extend(statements(timeline));
    let placed = || lanes.iter().flatten();
    legend.extend(placed().find(|placed| placed.is_several()).map(counted));
    legend.extend(others(graph, timeline));
    legend.extend(ties(timeline));
    let is_joined = |event: &Event| event.what.is_told() && event.lanes.len() > 1;
    legend.extend(timeline.events.iter().any(is_joined).then(joint));
    legend.extend(bars(lanes));
    legend.extend(axis.shorter().next().map(|_| shorter()));
    legend
}

/// Returns an entry for each issue that has a letter.
fn about(graph: &Graph, timeline: &Timeline, issues: &Issues) -> Vec<Entry> {
    let named = timeline.issues(graph).into_iter().filter_map(|id| {
        let letters = Text::around(
            MIDDLE,
            Anchor::Middle,
            lanes::ASIDE,
            issues.get(&id)?.as_str(),
        );
        Some(entry(vec![Item::Text(letters)], &graph[id].name))
    });
    named.collect()
}

/// Returns an entry for each kind of bar: what its length says, and its ends.
fn bars(lanes: &[Vec<Placed<'_>>]) -> Vec<Entry> {
    let placed = || lanes.iter().flatten();
    let with = |limit: Limit, side: usize| {
        let mut shown = placed().filter(|placed| placed.days.is_some());
        shown.find(|placed| placed.event.is_unsure() && Limit::of(placed.event)[side] == limit)
    };
    let mut entries = Vec::new();
    let about = with(Limit::About, 0).or_else(|| with(Limit::About, 1));
    let open = with(Limit::Open, 0).or_else(|| with(Limit::Open, 1));
    let known = placed().find(|placed| {
        let [before, after] = Limit::of(placed.event);
        let is_known = before == Limit::Known && after == Limit::Known;
        placed.days.is_some() && placed.event.is_unsure() && is_known
    });
    let lasted = placed().find(|placed| placed.days.is_some() && !placed.event.is_unsure());
    let kinds = [
        (known, SOME_DAY),
        (about, ABOUT),
        (open, OPEN),
        (lasted, ALL_DAYS),
    ];
    for (placed, words) in kinds {
        entries.extend(placed.map(|placed| days(placed, words)));
    }
    entries
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
    let is_other = |what: &Happening| matches!(what, Happening::Met(_) | Happening::Moved { .. });
    let keyed = keyed.filter(|(_, event, _)| is_other(&event.what));
    let keyed: Vec<(char, &Event, Part)> = keyed.collect();
    let meant = MEANINGS.iter().filter_map(|(symbol, words)| {
        let (_, event, part) = keyed.iter().find(|(other, ..)| other == symbol)?;
        if let Happening::Moved { .. } = event.what {
            let words = format!("{words}: before → after");
            return Some(entry(mark(&event.what, *part, MIDDLE, ""), &words));
        }
        Some(entry(mark(&event.what, *part, MIDDLE, "A"), words))
    });
    meant.collect()
}

/// Returns an entry for each kind of tie.
fn ties(timeline: &Timeline) -> Vec<Entry> {
    let events = timeline.events.iter();
    let kinds = events.filter_map(|event| match event.what {
        Happening::Tied { look, is_end, .. } => Some(((look, is_end), &event.what)),
        _ => None,
    });
    let kinds: BTreeMap<(Look, bool), &Happening> = kinds.collect();
    let named = kinds.into_iter().map(|((look, is_end), what)| {
        let when = if is_end { "until then" } else { "from then on" };
        let sample = mark(what, Part::Participant, MIDDLE, "A");
        entry(sample, &format!("{}: {when}", look.style().name))
    });
    named.collect()
}

/// Returns the entry for a line that joins those who have a part in something.
fn joint() -> Entry {
    let down = [2.0, 14.0].map(|y| Point::new(ASIDE.x, y));
    entry(
        [joined::line(down[0], down[1])]
            .into_iter()
            .chain(joined::dot(ASIDE, MIDDLE))
            .collect(),
        JOINED,
    )
}

/// Returns the entry for a number of statements.
fn counted(placed: &Placed<'_>) -> Entry {
    let mut items = mark(&placed.event.what, placed.part, ASIDE, placed.key);
    let at = Point::new(ASIDE.x + lanes::DISC + 2.0, ASIDE.y);
    items.push(match placed.is_counted() {
        true => number(placed.count, at),
        false => Item::Text(Text::around(at, Anchor::Start, lanes::ASIDE, "a²")),
    });
    entry(items, "so many statements of one date that say the same")
}

/// Returns the entry for the days of a sign.
fn days(placed: &Placed<'_>, words: &str) -> Entry {
    entry(bar(placed.event, (5.0, 31.0), MIDDLE.y), words)
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

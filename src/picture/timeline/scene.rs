//! A timeline as a picture: one lane per actor, with time running from left to right. Changes of
//! position and meetings have letters and are described below; statements of one date that say the
//! same share a disc.

use crate::diagram::Color;
use crate::graph::{ActorId, Entity, Graph};
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Text, Word};
use crate::picture::scene::{Bounds, Form};
use crate::picture::short::{shortened, wrapped};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::lanes::{
    DISC, Mark, NAMES, Placed, TITLE, WIDTH, placed, places, share_bars, x_at, x_of,
};
use crate::picture::timeline::legend::legend;
use crate::picture::timeline::signs::{cut, sign};
use crate::picture::timeline::told::told;
use crate::picture::timeline::{Event, Happening, Timeline, dates, day, text::sentence};
use crate::words::{counted, joined};

const NAME: Word = Word::regular(12.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The height of a row of signs in a lane.
const ROW: f64 = 18.0;

/// Draws a timeline.
pub fn scene(graph: &Graph, timeline: &Timeline) -> Scene {
    let mut body = Body {
        width: WIDTH,
        height: 20.0,
        items: Vec::new(),
    };
    let mut entries = Vec::new();
    match Axis::of(timeline) {
        Some(axis) => {
            entries = draw(graph, timeline, &axis, &mut body);
        }
        None => {
            body.items = Item::lines(
                &["Nothing dated is recorded.".to_owned()],
                0.0,
                0.0,
                Anchor::Start,
                NAME,
            )
        }
    }
    let caption = Caption {
        title: graph
            .title
            .clone()
            .unwrap_or_else(|| "What happened".to_owned()),
        subtitle: subtitle(timeline),
        description: description(graph, timeline),
        legend: entries,
        notes: timeline.notes(graph),
        source: timeline.rests_on(graph),
    };
    framed(body, caption)
}

/// Says what is shown, and nothing that is not.
fn subtitle(timeline: &Timeline) -> String {
    let has =
        |wanted: fn(&Happening) -> bool| timeline.events.iter().any(|event| wanted(&event.what));
    let kinds = [
        (
            has(|what| matches!(what, Happening::Said { .. })),
            "statements",
        ),
        (
            has(|what| matches!(what, Happening::Moved { .. })),
            "changes of position",
        ),
        (has(|what| matches!(what, Happening::Met(..))), "meetings"),
    ];
    let kinds = kinds.iter().filter(|(is_shown, _)| *is_shown);
    let kinds: Vec<&str> = kinds.map(|(_, words)| *words).collect();
    format!("Along time: {}", joined(&kinds))
}

/// The most events listed in the description for people who can't see the picture.
const DESCRIBED: usize = 100;

fn description(graph: &Graph, timeline: &Timeline) -> String {
    let lanes = counted(timeline.lanes.len(), "actor");
    let told = timeline.events.iter().map(|event| {
        format!(
            "{}: {}",
            dates::words(event.date),
            sentence(graph, timeline, event)
        )
    });
    let told: Vec<String> = told.take(DESCRIBED).collect();
    let more = timeline.events.len() - told.len();
    let more = if more > 0 {
        format!("; and {}", counted(more, "more event"))
    } else {
        String::new()
    };
    format!("A timeline of {lanes}. {}{more}.", told.join("; "))
}

/// The height above the lanes, of the dates.
const HEAD: f64 = 18.0;

/// The lanes of a timeline, with all that is in them.
struct Lanes<'t> {
    graph: &'t Graph,
    timeline: &'t Timeline,
    names: Vec<Vec<String>>,
    placed: Vec<Vec<Placed<'t>>>,
    /// The upper edge of each lane, and the lower edge of the last.
    tops: Vec<f64>,
    width: f64,
}

impl<'t> Lanes<'t> {
    fn new(graph: &'t Graph, timeline: &'t Timeline, axis: &'t Axis, marks: &'t [Mark]) -> Self {
        let lanes = 0..timeline.lanes.len();
        let placed = lanes.map(|lane| placed(graph, timeline, axis, lane, marks));
        let placed: Vec<Vec<Placed<'_>>> = placed.collect();
        let names = timeline.lanes.iter();
        let names: Vec<&str> = names
            .map(|lane| graph.name(Entity::Actor(lane.actor)))
            .collect();
        let names = wrapped(&names, NAME, NAMES - 12.0);
        let mut tops = vec![HEAD];
        let mut top = HEAD;
        for (placed, name) in placed.iter().zip(&names) {
            let rows = placed.iter().map(|placed| placed.row + 1).max();
            let high = rows.unwrap_or(1) as f64 * ROW;
            top += high.max(name.len() as f64 * NAME.line_height()) + 6.0;
            tops.push(top);
        }
        let width = match axis.is_one_day() {
            true => day::width(&placed),
            false => WIDTH,
        };
        Lanes {
            graph,
            timeline,
            names,
            placed,
            tops,
            width,
        }
    }

    fn bottom(&self) -> f64 {
        self.tops.last().copied().unwrap_or(HEAD)
    }

    fn center(&self, lane: usize, placed: &Placed<'_>) -> Point {
        let y = self.tops[lane] + 4.0 + (placed.row as f64 + 0.5) * ROW;
        Point::new(placed.x, y)
    }

    /// Draws the names, with a line below each lane. Those who speak for another stand further in.
    fn named(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (nth, lines) in self.names.iter().enumerate() {
            let home = self.timeline.lanes[nth].home;
            let is_here = |home: ActorId| self.timeline.lanes.iter().any(|lane| lane.actor == home);
            let left = if home.is_some_and(is_here) { 12.0 } else { 0.0 };
            let top = self.tops[nth] + 5.0;
            items.extend(Item::lines(lines, left, top, Anchor::Start, NAME));
            let bottom = self.tops[nth + 1];
            items.push(Item::line(
                Point::new(0.0, bottom),
                Point::new(self.width, bottom),
                Stroke::solid(Color::Faint, 0.5),
            ));
        }
        items
    }

    /// Draws a line for each meeting, which joins those who have a part in it.
    fn joined(&self, marks: &[Mark]) -> Vec<Item> {
        let events = self.timeline.events.iter().zip(marks);
        let met = events.filter(|(event, _)| matches!(event.what, Happening::Met(..)));
        let line = |(event, mark): (&Event, &Mark)| {
            let ends = event.lanes.iter().filter_map(|lane| {
                let here = self.placed[*lane]
                    .iter()
                    .find(|placed| placed.key == mark.key);
                here.map(|placed| self.center(*lane, placed).y)
            });
            let (from, to) = ends.fold((f64::INFINITY, 0.0), |(from, to): (f64, f64), y| {
                (from.min(y), to.max(y))
            });
            let stroke = Stroke::solid(Color::Neutral, 0.8);
            let at = |y: f64| Point::new(mark.x, y);
            (from < to).then(|| Item::line(at(from), at(to), stroke))
        };
        met.filter_map(line).collect()
    }

    /// Draws what is in the lanes.
    fn signs(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (lane, placed) in self.placed.iter().enumerate() {
            let actor = self
                .graph
                .id(Entity::Actor(self.timeline.lanes[lane].actor));
            items.extend(placed.iter().map(|placed| {
                let date = dates::words(placed.event.date);
                let sentence = sentence(self.graph, self.timeline, placed.event);
                Item::Group(Group {
                    class: "event",
                    data: vec![("actor", actor.to_owned()), about(self.graph, placed.event)],
                    tooltip: vec![format!("{date}: {sentence}")],
                    items: sign(placed, self.center(lane, placed)),
                    ..Group::default()
                })
            }));
        }
        items
    }
}

/// Returns the id of the issue or meeting that an event is about, for the page.
fn about(graph: &Graph, event: &Event) -> (&'static str, String) {
    let issue = |id| ("issue", graph.id(Entity::Issue(id)).to_owned());
    match &event.what {
        Happening::Said { id, .. } => issue(graph[*id].issue),
        Happening::Moved { issue: id, .. } => issue(*id),
        Happening::Met(stage) => ("meeting", graph.id(Entity::Meeting(stage.id)).to_owned()),
    }
}

/// Draws the lanes, and lists what has a key. Returns the legend.
fn draw(graph: &Graph, timeline: &Timeline, axis: &Axis, body: &mut Body) -> Vec<Entry> {
    let marks = marks(graph, timeline, axis);
    let lanes = Lanes::new(graph, timeline, axis, &marks);
    rule(axis, (lanes.width, lanes.bottom()), HEAD, &mut body.items);
    body.width = lanes.width;
    body.items.extend(lanes.named());
    body.items.extend(lanes.joined(&marks));
    body.items.extend(lanes.signs());
    body.height = lanes.bottom() + 10.0;
    told(graph, timeline, &marks, body);
    legend(graph, timeline, axis, &lanes.placed)
}

/// Returns the letters of the events described below the lanes: all but statements. Letters are
/// not taken for numbers of statements.
fn keys(timeline: &Timeline) -> Vec<String> {
    let mut next = 0;
    let key = |event: &Event| match event.what {
        Happening::Said { .. } => String::new(),
        _ => {
            next += 1;
            letters(next)
        }
    };
    timeline.events.iter().map(key).collect()
}

/// Returns a number, counted from 1, in letters: A to Z, AA, AB and so on.
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters.into_iter().rev().collect()
}

/// The most events that have their titles beside them, and how wide these may be.
const TITLED: usize = 10;
const TITLE_WIDTH: f64 = 170.0;

/// Returns what is written of each event, and where its sign stands. Titles are written where few
/// events have a key and none share a bar.
fn marks(graph: &Graph, timeline: &Timeline, axis: &Axis) -> Vec<Mark> {
    let (keys, places) = (keys(timeline), places(timeline, axis));
    let title = |event: &Event| match &event.what {
        Happening::Said { .. } => None,
        Happening::Met(stage) => Some(graph[stage.id].title.to_string()),
        Happening::Moved { issue, .. } => Some(graph[*issue].name.to_string()),
    };
    let titled: Vec<Option<String>> = timeline.events.iter().map(title).collect();
    let count = titled.iter().flatten().count();
    let has_room = count <= TITLED && !share_bars(timeline, axis, &places);
    let names: Vec<String> = titled.iter().flatten().cloned().collect();
    let mut short = shortened(&names, TITLE, TITLE_WIDTH).into_iter();
    let mark = |((key, x), title): ((String, f64), Option<String>)| Mark {
        key,
        x,
        title: title.and_then(|_| short.next()).filter(|_| has_room),
    };
    keys.into_iter().zip(places).zip(titled).map(mark).collect()
}

/// Draws the axis, and the ground of what is drawn shorter.
fn rule(axis: &Axis, (width, bottom): (f64, f64), head: f64, items: &mut Vec<Item>) {
    for stretch in axis.shorter() {
        let (from, to) = (x_at(stretch.ends.0), x_at(stretch.ends.1));
        let ground = Bounds::new(from, head, to - from, bottom - head);
        items.push(Item::shape(
            Form::Rect(ground, 0.0),
            Some(Color::Panel),
            None,
        ));
    }
    let mut end = 0.0;
    for (day, label) in axis.ticks(9) {
        let x = x_of(axis, day);
        let line = Item::line(
            Point::new(x, head - 3.0),
            Point::new(x, bottom),
            Stroke::solid(Color::Faint, 0.5),
        );
        // All columns are of the one day there is.
        items.extend((!axis.is_one_day()).then_some(line));
        let half = SMALL.width(&label) / 2.0;
        let middle = match axis.is_one_day() {
            true => x - DISC + half,
            false => x,
        };
        let (left, right) = (middle - half, middle + half);
        if left > end && right <= width {
            items.push(Item::Text(Text::new(
                Point::new(middle, head - 6.0),
                Anchor::Middle,
                SMALL,
                label,
            )));
            end = right + 8.0;
        }
    }
    items.push(Item::line(
        Point::new(0.0, head),
        Point::new(width, head),
        Stroke::solid(Color::Muted, 1.0),
    ));
    for stretch in axis.shorter() {
        let middle = x_at((stretch.ends.0 + stretch.ends.1) / 2.0);
        items.extend(cut(Point::new(middle, head)));
    }
}

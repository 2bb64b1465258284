//! A timeline as a picture: one lane per actor, with time running from left to right. Changes of
//! position and meetings have letters and are described below; statements of one date that say the
//! same share a disc.

use crate::diagram::Color;
use crate::graph::{Entity, Graph};
use crate::picture::frame::{Body, Caption, framed};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Text, Word};
use crate::picture::scene::{Bounds, Form};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::lanes::{NAMES, Placed, TITLE, WIDTH, place, placed, x_at, x_of};
use crate::picture::timeline::signs::{cut, legend, sign};
use crate::picture::timeline::{Event, Happening, Timeline, dates, text::sentence};
use crate::words::counted;

const NAME: Word = Word::regular(11.5, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
const TOLD: Word = Word::regular(11.0, Color::Ink);
/// The height of a row of signs in a lane.
const ROW: f64 = 19.0;
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
            let has_counts = draw(graph, timeline, &axis, &mut body);
            entries = legend(graph, timeline, &axis, has_counts);
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
        subtitle: "Statements, changes of position and meetings along time".to_owned(),
        description: description(graph, timeline),
        legend: entries,
        notes: timeline.notes(graph),
        source: timeline.rests_on(graph),
    };
    framed(body, caption)
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

/// Draws the lanes, and lists what has a key. Returns whether any sign stands for several
/// statements.
fn draw(graph: &Graph, timeline: &Timeline, axis: &Axis, body: &mut Body) -> bool {
    let keys = keys(timeline);
    let titles = titles(graph, timeline, &keys);
    let lanes: Vec<Vec<Placed<'_>>> = (0..timeline.lanes.len())
        .map(|lane| placed(graph, timeline, axis, lane, &keys, &titles))
        .collect();
    let head = 18.0;
    let mut tops = vec![head];
    let names: Vec<Vec<String>> = timeline
        .lanes
        .iter()
        .map(|lane| NAME.wrap(graph.name(Entity::Actor(lane.actor)), NAMES - 12.0))
        .collect();
    for (placed, name) in lanes.iter().zip(&names) {
        let rows = placed
            .iter()
            .map(|placed| placed.row + 1)
            .max()
            .unwrap_or(1);
        let top = tops.last().copied().unwrap_or(head);
        tops.push(top + (rows as f64 * ROW).max(name.len() as f64 * NAME.line_height()) + 7.0);
    }
    let bottom = tops.last().copied().unwrap_or(head);
    rule(axis, bottom, head, &mut body.items);
    for (nth, lines) in names.iter().enumerate() {
        let lane = timeline.lanes[nth];
        let indent = if lane
            .home
            .is_some_and(|home| timeline.lanes.iter().any(|other| other.actor == home))
        {
            12.0
        } else {
            0.0
        };
        body.items.extend(Item::lines(
            lines,
            indent,
            tops[nth] + 5.0,
            Anchor::Start,
            NAME,
        ));
        body.items.push(Item::line(
            Point::new(0.0, tops[nth + 1]),
            Point::new(WIDTH, tops[nth + 1]),
            Stroke::solid(Color::Faint, 0.5),
        ));
    }
    let center = |lane: usize, placed: &Placed<'_>| {
        Point::new(placed.x, tops[lane] + 4.0 + (placed.row as f64 + 0.5) * ROW)
    };
    for (nth, event) in timeline
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| matches!(event.what, Happening::Met(..)))
    {
        let mut ends: Vec<f64> = Vec::new();
        for lane in &event.lanes {
            let here = lanes[*lane].iter().find(|placed| placed.key == keys[nth]);
            ends.extend(here.map(|placed| center(*lane, placed).y));
        }
        let (from, to) = (
            ends.iter().copied().fold(f64::INFINITY, f64::min),
            ends.iter().copied().fold(0.0, f64::max),
        );
        if from < to {
            let x = place(axis, event);
            body.items.push(Item::line(
                Point::new(x, from),
                Point::new(x, to),
                Stroke::solid(Color::Neutral, 0.8),
            ));
        }
    }
    for (lane, placed) in lanes.iter().enumerate() {
        for placed in placed {
            let items = sign(placed, center(lane, placed));
            let data = vec![(
                "actor",
                graph
                    .id(Entity::Actor(timeline.lanes[lane].actor))
                    .to_owned(),
            )];
            let tooltip = vec![format!(
                "{}: {}",
                dates::words(placed.event.date),
                sentence(graph, timeline, placed.event)
            )];
            body.items.push(Item::Group(Group {
                class: "event",
                data,
                tooltip,
                items,
                ..Group::default()
            }));
        }
    }
    body.height = bottom + 10.0;
    told(graph, timeline, &keys, body);
    lanes.iter().flatten().any(|placed| placed.count > 1)
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

/// Returns what is written beside each event, where few have a key.
fn titles(graph: &Graph, timeline: &Timeline, keys: &[String]) -> Vec<Option<String>> {
    let few = keys.iter().filter(|key| !key.is_empty()).count() <= TITLED;
    let title = |event: &Event| match &event.what {
        Happening::Said { .. } => None,
        Happening::Met(stage) => Some(graph[stage.id].title.to_string()),
        Happening::Moved { issue, .. } => Some(graph[*issue].name.to_string()),
    };
    let cut = |title: String| {
        let lines = TITLE.wrap(&title, TITLE_WIDTH);
        match lines.as_slice() {
            [first, _, ..] => format!("{first} …"),
            _ => title,
        }
    };
    let events = timeline.events.iter();
    events
        .map(|event| title(event).filter(|_| few).map(cut))
        .collect()
}

/// Draws the axis, and the ground of what is drawn shorter.
fn rule(axis: &Axis, bottom: f64, head: f64, items: &mut Vec<Item>) {
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
        items.push(Item::line(
            Point::new(x, head - 3.0),
            Point::new(x, bottom),
            Stroke::solid(Color::Faint, 0.5),
        ));
        let left = x - SMALL.width(&label) / 2.0;
        let right = x + SMALL.width(&label) / 2.0;
        if left > end && right <= WIDTH {
            items.push(Item::Text(Text::new(
                Point::new(x, head - 6.0),
                Anchor::Middle,
                SMALL,
                label,
            )));
            end = right + 8.0;
        }
    }
    items.push(Item::line(
        Point::new(0.0, head),
        Point::new(WIDTH, head),
        Stroke::solid(Color::Muted, 1.0),
    ));
    for stretch in axis.shorter() {
        let middle = x_at((stretch.ends.0 + stretch.ends.1) / 2.0);
        items.extend(cut(Point::new(middle, head)));
    }
}

/// Lists changes of position and meetings by letter, in two columns.
fn told(graph: &Graph, timeline: &Timeline, keys: &[String], body: &mut Body) {
    let column = (WIDTH - 24.0) / 2.0;
    let all: Vec<(&String, Vec<String>)> = timeline
        .events
        .iter()
        .zip(keys)
        .filter(|(_, key)| !key.is_empty())
        .map(|(event, key)| {
            let text = format!(
                "{}, {}",
                dates::words(event.date),
                sentence(graph, timeline, event)
            );
            (key, TOLD.wrap(&text, column - 26.0))
        })
        .collect();
    let height = |lines: &Vec<String>| lines.len() as f64 * TOLD.line_height() + 3.0;
    let whole: f64 = all.iter().map(|(_, lines)| height(lines)).sum();
    let top = body.height;
    let (mut x, mut y, mut lowest) = (0.0, top, top);
    for (key, lines) in &all {
        body.items.push(Item::Text(Text::new(
            Point::new(x + 18.0, y + TOLD.size * 1.02),
            Anchor::End,
            Word::bold(11.0, Color::Ink),
            key.as_str(),
        )));
        body.items
            .extend(Item::lines(lines, x + 26.0, y, Anchor::Start, TOLD));
        y += height(lines);
        lowest = f64::max(lowest, y);
        if x == 0.0 && y - top >= whole / 2.0 {
            (x, y) = (column + 24.0, top);
        }
    }
    body.height = lowest + 4.0;
}

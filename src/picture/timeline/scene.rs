//! A timeline as a picture: one lane per actor, with time running from left to right. Changes of
//! position and meetings are numbered and described below; several statements of one date share a
//! dot.

use crate::diagram::Color;
use crate::graph::{Entity, Graph};
use crate::model::Period;
use crate::picture::frame::{Body, Caption, framed};
use crate::picture::scene::{Anchor, Group, Item, Point, Scene, Stroke, Text, Word};
use crate::picture::timeline::lanes::{NAMES, Placed, WIDTH, middle, placed, x_of};
use crate::picture::timeline::signs::{legend, sign};
use crate::picture::timeline::{Event, Happening, Timeline, text::sentence, ticks};
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
    match timeline.span() {
        Some(span) => draw(graph, timeline, span, &mut body),
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
        legend: legend(graph, timeline),
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
            event.date.words(),
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

fn draw(graph: &Graph, timeline: &Timeline, span: Period, body: &mut Body) {
    let numbers = numbers(timeline);
    let lanes: Vec<Vec<Placed<'_>>> = (0..timeline.lanes.len())
        .map(|lane| placed(graph, timeline, span, lane, &numbers))
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
    axis(span, bottom, head, &mut body.items);
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
    for (number, event) in timeline
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| matches!(event.what, Happening::Met(..)))
    {
        let mut ends: Vec<f64> = Vec::new();
        for lane in &event.lanes {
            let here = lanes[*lane]
                .iter()
                .find(|placed| placed.number.is_some() && placed.number == numbers[number]);
            ends.extend(here.map(|placed| center(*lane, placed).y));
        }
        let (from, to) = (
            ends.iter().copied().fold(f64::INFINITY, f64::min),
            ends.iter().copied().fold(0.0, f64::max),
        );
        if from < to {
            let x = middle(span, event);
            body.items.push(Item::line(
                Point::new(x, from),
                Point::new(x, to),
                Stroke::solid(Color::Neutral, 0.8),
            ));
        }
    }
    for (lane, placed) in lanes.iter().enumerate() {
        for placed in placed {
            let items = sign(span, placed, center(lane, placed));
            let data = vec![(
                "actor",
                graph
                    .id(Entity::Actor(timeline.lanes[lane].actor))
                    .to_owned(),
            )];
            let tooltip = vec![format!(
                "{}: {}",
                placed.event.date.words(),
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
    told(graph, timeline, &numbers, body);
}

/// Numbers the events described below the lanes: all but statements.
fn numbers(timeline: &Timeline) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |event: &Event| {
        (!matches!(event.what, Happening::Said { .. })).then(|| {
            next += 1;
            next
        })
    };
    timeline.events.iter().map(number).collect()
}

fn axis(span: Period, bottom: f64, head: f64, items: &mut Vec<Item>) {
    let mut end = 0.0;
    for (day, label) in ticks::ticks(span, 10) {
        let x = x_of(span, day);
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
}

/// Lists changes of position and meetings by number, in two columns.
fn told(graph: &Graph, timeline: &Timeline, numbers: &[Option<usize>], body: &mut Body) {
    let column = (WIDTH - 24.0) / 2.0;
    let all: Vec<(usize, Vec<String>)> = timeline
        .events
        .iter()
        .zip(numbers)
        .filter_map(|(event, number)| {
            let text = format!(
                "{}, {}",
                event.date.words(),
                sentence(graph, timeline, event)
            );
            Some(((*number)?, TOLD.wrap(&text, column - 26.0)))
        })
        .collect();
    let height = |lines: &Vec<String>| lines.len() as f64 * TOLD.line_height() + 3.0;
    let whole: f64 = all.iter().map(|(_, lines)| height(lines)).sum();
    let top = body.height;
    let (mut x, mut y, mut lowest) = (0.0, top, top);
    for (number, lines) in &all {
        body.items.push(Item::Text(Text::new(
            Point::new(x + 18.0, y + TOLD.size * 1.02),
            Anchor::End,
            Word::bold(11.0, Color::Ink),
            number.to_string(),
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

//! A timeline as a picture: a lane an actor, time from left to right. What moved and who met is numbered and told below;
//! statements of one day are one dot.

use crate::graph::{Entity, Graph};
use crate::model::{Date, Day, MeetingStatus, Period};
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point, Scene, Step, Stroke, Text, Word};
use crate::picture::theme::{Color, Dash};
use crate::picture::timeline::{Event, Happening, Timeline, is_unsure, text::sentence, ticks};
use crate::render::date_words;

const NAME: Word = Word::regular(11.5, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
const TOLD: Word = Word::regular(11.0, Color::Ink);
/// The picture is so wide; names of lanes take so much of it.
const WIDTH: f64 = 940.0;
const NAMES: f64 = 170.0;
const LEFT: f64 = NAMES + 16.0;
const RIGHT: f64 = WIDTH - 14.0;
/// A row of signs in a lane.
const ROW: f64 = 19.0;
/// Half of a sign with a number.
const HALF: f64 = 7.5;

/// Draws a timeline that rests on what is said there.
pub fn scene(graph: &Graph, timeline: &Timeline, rests_on: String) -> Scene {
    let mut body = Body { width: WIDTH, height: 20.0, items: Vec::new() };
    match timeline.span() {
        Some(span) => draw(graph, timeline, span, &mut body),
        None => body.items = Item::lines(&["Nothing dated is recorded.".to_owned()], 0.0, 0.0, Anchor::Start, NAME),
    }
    let told = timeline.events.iter().map(|event| format!("{}: {}", date_words(event.date), sentence(graph, timeline, event)));
    let caption = Caption {
        title: graph.title.clone().unwrap_or_else(|| "What happened".to_owned()),
        subtitle: "Statements, changes of position and meetings along time".to_owned(),
        description: told.take(100).collect::<Vec<_>>().join("; "),
        legend: legend(timeline),
        notes: timeline.notes(),
        source: rests_on,
    };
    framed(body, caption)
}

/// A sign in a lane: what is drawn as one.
struct Placed<'t> {
    event: &'t Event,
    /// How many statements it stands for.
    count: usize,
    /// The number that it is told by below.
    number: Option<usize>,
    /// Its sign, from its left to its right edge, and the days around it.
    x: f64,
    extent: (f64, f64),
    row: usize,
}

/// Where a day is.
fn x_of(span: Period, day: Day) -> f64 {
    let days = f64::from(span.to.0 - span.from.0).max(1.0);
    let along = f64::from(day.0.clamp(span.from.0, span.to.0) - span.from.0) / days;
    LEFT + 10.0 + along * (RIGHT - LEFT - 20.0)
}

fn draw(graph: &Graph, timeline: &Timeline, span: Period, body: &mut Body) {
    let numbers = numbers(timeline);
    let lanes: Vec<Vec<Placed<'_>>> = (0..timeline.lanes.len()).map(|lane| placed(timeline, span, lane, &numbers)).collect();
    let head = 18.0;
    let mut tops = vec![head];
    let names: Vec<Vec<String>> =
        timeline.lanes.iter().map(|lane| NAME.wrap(graph.name(Entity::Actor(lane.actor)), NAMES - 12.0)).collect();
    for (placed, name) in lanes.iter().zip(&names) {
        let rows = placed.iter().map(|placed| placed.row + 1).max().unwrap_or(1);
        let top = tops.last().copied().unwrap_or(head);
        tops.push(top + (rows as f64 * ROW).max(name.len() as f64 * NAME.line_height()) + 7.0);
    }
    let bottom = tops.last().copied().unwrap_or(head);
    axis(span, bottom, head, &mut body.items);
    for (nth, lines) in names.iter().enumerate() {
        let lane = timeline.lanes[nth];
        let indent =
            if lane.home.is_some_and(|home| timeline.lanes.iter().any(|other| other.actor == home)) { 12.0 } else { 0.0 };
        body.items.extend(Item::lines(lines, indent, tops[nth] + 5.0, Anchor::Start, NAME));
        body.items.push(Item::line(
            Point::new(0.0, tops[nth + 1]),
            Point::new(WIDTH, tops[nth + 1]),
            Stroke::solid(Color::Faint, 0.5),
        ));
    }
    let center = |lane: usize, placed: &Placed<'_>| Point::new(placed.x, tops[lane] + 4.0 + (placed.row as f64 + 0.5) * ROW);
    for (number, event) in timeline.events.iter().enumerate().filter(|(_, event)| matches!(event.what, Happening::Met(..))) {
        let mut ends: Vec<f64> = Vec::new();
        for lane in &event.lanes {
            let here = lanes[*lane].iter().find(|placed| placed.number.is_some() && placed.number == numbers[number]);
            ends.extend(here.map(|placed| center(*lane, placed).y));
        }
        let (from, to) = (ends.iter().copied().fold(f64::INFINITY, f64::min), ends.iter().copied().fold(0.0, f64::max));
        if from < to {
            let x = middle(span, event);
            body.items.push(Item::line(Point::new(x, from), Point::new(x, to), Stroke::solid(Color::Faint, 1.25)));
        }
    }
    for (lane, placed) in lanes.iter().enumerate() {
        for placed in placed {
            let items = sign(span, placed, center(lane, placed));
            let data = vec![("actor", graph.id(Entity::Actor(timeline.lanes[lane].actor)).to_owned())];
            let tooltip = vec![format!("{}: {}", date_words(placed.event.date), sentence(graph, timeline, placed.event))];
            body.items.push(Item::Group(Group { class: "event", data, tooltip, items, ..Group::default() }));
        }
    }
    body.height = bottom + 10.0;
    told(graph, timeline, &numbers, body);
}

/// The numbers of what is told below: all but statements.
fn numbers(timeline: &Timeline) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |event: &Event| {
        (!matches!(event.what, Happening::Said(_))).then(|| {
            next += 1;
            next
        })
    };
    timeline.events.iter().map(number).collect()
}

/// Where the sign of an event is: in the middle of its days, or at the only end that is known.
fn middle(span: Period, event: &Event) -> f64 {
    let Period { from, to } = event.period();
    match (from, to) {
        (Day::FIRST, _) => x_of(span, to),
        (_, Day::LAST) => x_of(span, from),
        _ => (x_of(span, from) + x_of(span, to)) / 2.0,
    }
}

/// The signs of a lane, each in the first row in which there is room for it.
fn placed<'t>(timeline: &'t Timeline, span: Period, lane: usize, numbers: &[Option<usize>]) -> Vec<Placed<'t>> {
    let mut all: Vec<Placed<'t>> = Vec::new();
    for (event, number) in timeline.events.iter().zip(numbers).filter(|(event, _)| event.lanes.contains(&lane)) {
        let same = all.iter_mut().find(|other| number.is_none() && other.number.is_none() && other.event.date == event.date);
        if let Some(same) = same {
            same.count += 1;
            continue;
        }
        let period = event.period();
        let (x, half) = (middle(span, event), if number.is_some() { HALF } else { 6.5 });
        let extent = (x_of(span, period.from).min(x - half), x_of(span, period.to).max(x + half));
        all.push(Placed { event, count: 1, number: *number, x, extent, row: 0 });
    }
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    for placed in &mut all {
        let (left, right) = placed.extent;
        let free = rows.iter().position(|taken| taken.iter().all(|(from, to)| right + 3.0 < *from || to + 3.0 < left));
        placed.row = free.unwrap_or(rows.len());
        if placed.row == rows.len() {
            rows.push(Vec::new());
        }
        rows[placed.row].push(placed.extent);
    }
    all
}

fn axis(span: Period, bottom: f64, head: f64, items: &mut Vec<Item>) {
    let mut end = 0.0;
    for (day, label) in ticks::ticks(span, 10) {
        let x = x_of(span, day);
        items.push(Item::line(Point::new(x, head - 3.0), Point::new(x, bottom), Stroke::solid(Color::Faint, 0.5)));
        let left = x - SMALL.width(&label) / 2.0;
        let right = x + SMALL.width(&label) / 2.0;
        if left > end && right <= WIDTH {
            items.push(Item::Text(Text::new(Point::new(x, head - 6.0), Anchor::Middle, SMALL, label)));
            end = right + 8.0;
        }
    }
    items.push(Item::line(Point::new(0.0, head), Point::new(WIDTH, head), Stroke::solid(Color::Muted, 1.0)));
}

fn sign(span: Period, placed: &Placed<'_>, center: Point) -> Vec<Item> {
    let mut items = days(span, placed.event.date, center.y, color(placed.event));
    match placed.number {
        None => {
            let (radius, color) = if placed.count > 1 { (6.5, Color::Muted) } else { (4.0, Color::Muted) };
            items.push(Item::shape(Form::Circle(center, radius), Some(color), None));
            if placed.count > 1 {
                let (size, text) =
                    if placed.count > 9 { (7.0, placed.count.min(99).to_string()) } else { (8.5, placed.count.to_string()) };
                let at = Point::new(center.x, center.y + size * 0.36);
                items.push(Item::Text(Text::new(at, Anchor::Middle, Word::bold(size, Color::Page), text)));
            }
        }
        Some(number) => items.extend(numbered(&placed.event.what, center, &number.to_string())),
    }
    items
}

fn color(event: &Event) -> Color {
    match event.what {
        Happening::Said(_) => Color::Muted,
        Happening::Moved { .. } => Color::Mixed,
        Happening::Met(..) => Color::Meeting,
    }
}

/// The days that something lasted, as a bar; those among which it was, as dashes between two ends.
fn days(span: Period, date: Date, y: f64, color: Color) -> Vec<Item> {
    let period = date.period();
    let (from, to) = (x_of(span, period.from), x_of(span, period.to));
    if to - from < 1.0 {
        return Vec::new();
    }
    let line = |width: f64, dash: Dash| Item::line(Point::new(from, y), Point::new(to, y), Stroke { color, width, dash });
    if !is_unsure(date) {
        return vec![line(4.0, Dash::Solid)];
    }
    let end = |x: f64| Item::line(Point::new(x, y - 3.0), Point::new(x, y + 3.0), Stroke::solid(color, 1.0));
    let ends = [(period.from != Day::FIRST).then(|| end(from)), (period.to != Day::LAST).then(|| end(to))];
    [Some(line(1.0, Dash::Dashed))].into_iter().chain(ends).flatten().collect()
}

/// A sign with its number: each kind has its own form.
fn numbered(what: &Happening, center: Point, number: &str) -> Vec<Item> {
    let Point { x, y } = center;
    let square = Bounds::new(x - HALF, y - HALF, 2.0 * HALF, 2.0 * HALF);
    let color = Color::Meeting;
    let edged = |dash: Dash| Item::shape(Form::Rect(square, 2.0), Some(Color::Page), Some(Stroke { color, width: 1.25, dash }));
    let (mut items, ink) = match what {
        Happening::Said(_) => (Vec::new(), Color::Ink),
        Happening::Moved { .. } => {
            let diamond = [(x, y - 9.0), (x + 9.0, y), (x, y + 9.0), (x - 9.0, y)];
            let mut steps: Vec<Step> = vec![Step::Move(Point::new(diamond[0].0, diamond[0].1))];
            steps.extend(diamond[1..].iter().map(|(x, y)| Step::Line(Point::new(*x, *y))));
            steps.push(Step::Close);
            (vec![Item::shape(Form::Path(steps), Some(Color::SoftMixed), Some(Stroke::solid(Color::Mixed, 1.25)))], Color::Ink)
        }
        Happening::Met(_, MeetingStatus::Held) => (vec![Item::shape(Form::Rect(square, 2.0), Some(color), None)], Color::Page),
        Happening::Met(_, MeetingStatus::Planned | MeetingStatus::Invited) => (vec![edged(Dash::Dashed)], Color::Ink),
        Happening::Met(_, MeetingStatus::Postponed) => {
            // Two arrowheads to the right: put off.
            let head = |left: f64| {
                let steps = vec![
                    Step::Move(Point::new(left, y - 3.5)),
                    Step::Line(Point::new(left + 3.5, y)),
                    Step::Line(Point::new(left, y + 3.5)),
                ];
                Item::path(steps, Stroke::solid(color, 1.5))
            };
            (vec![edged(Dash::Solid), head(x + HALF + 2.0), head(x + HALF + 5.5)], Color::Ink)
        }
        Happening::Met(_, MeetingStatus::Cancelled | MeetingStatus::Refused) => {
            let corner = |from: (f64, f64), to: (f64, f64)| {
                Item::line(Point::new(from.0, from.1), Point::new(to.0, to.1), Stroke::solid(Color::Opposes, 1.5))
            };
            let (left, top, right, bottom) = (x - HALF - 1.5, y - HALF - 1.5, x + HALF + 1.5, y + HALF + 1.5);
            // Struck at its corners, so that its number can be read.
            let strokes = [
                corner((left, top), (left + 5.0, top + 5.0)),
                corner((right, bottom), (right - 5.0, bottom - 5.0)),
                corner((right, top), (right - 5.0, top + 5.0)),
                corner((left, bottom), (left + 5.0, bottom - 5.0)),
            ];
            ([edged(Dash::Dotted)].into_iter().chain(strokes).collect(), Color::Ink)
        }
    };
    let size = if number.len() > 2 { 7.0 } else { 8.5 };
    items.push(Item::Text(Text::new(Point::new(x, y + size * 0.36), Anchor::Middle, Word::bold(size, ink), number)));
    items
}

/// What moved and who met, by number, in two columns.
fn told(graph: &Graph, timeline: &Timeline, numbers: &[Option<usize>], body: &mut Body) {
    let column = (WIDTH - 24.0) / 2.0;
    let all: Vec<(usize, Vec<String>)> = timeline
        .events
        .iter()
        .zip(numbers)
        .filter_map(|(event, number)| {
            let text = format!("{}, {}", date_words(event.date), sentence(graph, timeline, event));
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
        body.items.extend(Item::lines(lines, x + 26.0, y, Anchor::Start, TOLD));
        y += height(lines);
        lowest = f64::max(lowest, y);
        if x == 0.0 && y - top >= whole / 2.0 {
            (x, y) = (column + 24.0, top);
        }
    }
    body.height = lowest + 4.0;
}

fn legend(timeline: &Timeline) -> Vec<Entry> {
    use MeetingStatus::{Cancelled, Held, Invited, Planned, Postponed, Refused};
    let middle = Point::new(18.0, 8.0);
    let mut legend: Vec<Entry> = Vec::new();
    let any =
        |wanted: &dyn Fn(&Happening) -> bool| timeline.events.iter().find(|event| wanted(&event.what)).map(|event| &event.what);
    if any(&|what| matches!(what, Happening::Said(_))).is_some() {
        let dots = vec![
            Item::shape(Form::Circle(Point::new(9.0, 8.0), 4.0), Some(Color::Muted), None),
            Item::shape(Form::Circle(Point::new(25.0, 8.0), 6.5), Some(Color::Muted), None),
            Item::Text(Text::new(Point::new(25.0, 11.0), Anchor::Middle, Word::bold(8.5, Color::Page), "3")),
        ];
        legend.push(Entry { sample: dots, words: "statement; several of one date".to_owned() });
    }
    let mut signs = |statuses: &dyn Fn(&Happening) -> bool, words: &str| {
        if let Some(what) = any(statuses) {
            legend.push(Entry { sample: numbered(what, middle, "1"), words: words.to_owned() });
        }
    };
    signs(&|what| matches!(what, Happening::Moved { .. }), "change of position");
    signs(&|what| matches!(what, Happening::Met(_, Held)), "meeting held");
    signs(&|what| matches!(what, Happening::Met(_, Planned | Invited)), "meeting planned, or asked for");
    signs(&|what| matches!(what, Happening::Met(_, Postponed)), "meeting postponed");
    signs(&|what| matches!(what, Happening::Met(_, Cancelled | Refused)), "meeting cancelled or refused");
    let line = |from: f64, to: f64, y: f64, stroke: Stroke| Item::line(Point::new(from, y), Point::new(to, y), stroke);
    if timeline.events.iter().any(Event::is_unsure) {
        let end = |x: f64| Item::line(Point::new(x, 5.0), Point::new(x, 11.0), Stroke::solid(Color::Meeting, 1.0));
        let dashes = line(2.0, 34.0, 8.0, Stroke { color: Color::Meeting, width: 1.0, dash: Dash::Dashed });
        legend.push(Entry { sample: vec![dashes, end(2.0), end(34.0)], words: "some day in that time".to_owned() });
    }
    if timeline.events.iter().any(|event| !event.is_unsure() && event.period().from != event.period().to) {
        legend.push(Entry {
            sample: vec![line(2.0, 34.0, 8.0, Stroke::solid(Color::Meeting, 4.0))],
            words: "all that time".to_owned(),
        });
    }
    legend
}

//! The shapes of signs, in lanes and in the legend. Each kind has its own shape.

use std::collections::BTreeMap;

use crate::diagram::{Color, Dash};
use crate::graph::{ActorId, Graph, Verdict};
use crate::model::{Date, Day, MeetingStatus, Period, Position};
use crate::picture::frame::Entry;
use crate::picture::matrix::{edge, minus, paint, sample};
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Step, Stroke, Text, Word};
use crate::picture::sign::{self, OFFERED, Sign};
use crate::picture::timeline::lanes::{DISC, HALF, Placed, x_of};
use crate::picture::timeline::text::{ALL_DAYS, ATTRIBUTED, MEANINGS, SOME_DAY, symbols};
use crate::picture::timeline::{Event, Happening, Stage, Timeline, is_unsure};
use crate::query::Part;

/// Draws a sign and the days around it.
pub(super) fn sign(span: Period, placed: &Placed<'_>, center: Point) -> Vec<Item> {
    let mut items = days(span, placed.event.date, center.y, color(placed.event));
    match placed.number {
        None => match &placed.event.what {
            Happening::Said {
                sign, by, is_offer, ..
            } if placed.count == 1 => {
                items.extend(said(sign, Counts::of(*by, *is_offer), center));
            }
            _ => items.extend(several(placed.count, center)),
        },
        Some(number) => items.extend(numbered(
            &placed.event.what,
            placed.part,
            center,
            &number.to_string(),
        )),
    }
    items
}

/// Whether a statement makes a position.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Fully,
    /// It is an offer, and holds on a condition only.
    Offered,
    /// Another actor said it.
    Not,
}

impl Counts {
    fn of(by: Option<ActorId>, is_offer: bool) -> Counts {
        match (by, is_offer) {
            (Some(_), _) => Counts::Not,
            (None, true) => Counts::Offered,
            (None, false) => Counts::Fully,
        }
    }
}

/// Draws a statement as a disc with its symbol; the disc is empty if it makes no position, because
/// it is an offer or another actor said it.
fn said(sign: &Sign, counts: Counts, center: Point) -> Vec<Item> {
    let Verdict::Stands(position) = sign.verdict else {
        return several(1, center);
    };
    let (fill, ink) = match counts {
        Counts::Fully => paint(position, sign.score),
        Counts::Offered => (Color::Page, Color::Ink),
        Counts::Not => (Color::Page, Color::Muted),
    };
    let (color, dash) = match position {
        _ if counts == Counts::Not => (Color::Unknown, Dash::Dotted),
        _ if counts == Counts::Offered => (edge(position), Dash::Dotted),
        Position::Mixed => (edge(position), Dash::Dashed),
        position => (edge(position), Dash::Solid),
    };
    let disc = Item::shape(
        Form::Circle(center, DISC),
        Some(fill),
        Some(Stroke {
            color,
            width: match counts {
                Counts::Offered => 1.75,
                Counts::Fully | Counts::Not => 1.0,
            },
            dash,
        }),
    );
    let symbol = minus(&sign.symbol());
    let size = match symbol.chars().count() {
        1 => 9.5,
        2 => 8.0,
        _ => 6.0,
    };
    let text = Text::new(
        Point::new(center.x, center.y + size * 0.36),
        Anchor::Middle,
        Word::bold(size, ink),
        symbol,
    );
    vec![disc, Item::Text(text)]
}

/// Draws several statements of one date as a disc with their number.
fn several(count: usize, center: Point) -> Vec<Item> {
    let size = if count > 9 { 7.0 } else { 8.5 };
    let (at, word) = (
        Point::new(center.x, center.y + size * 0.36),
        Word::bold(size, Color::Page),
    );
    let text = Text::new(at, Anchor::Middle, word, count.min(99).to_string());
    vec![
        Item::shape(Form::Circle(center, DISC), Some(Color::Muted), None),
        Item::Text(text),
    ]
}

fn color(event: &Event) -> Color {
    match event.what {
        Happening::Said { .. } => Color::Muted,
        Happening::Moved { .. } => Color::Mixed,
        Happening::Met(..) => Color::Meeting,
    }
}

/// Draws the days that something lasted as a bar, and the days on one of which it happened as
/// dashes between two ends.
fn days(span: Period, date: Date, y: f64, color: Color) -> Vec<Item> {
    let period = date.period();
    let (from, to) = (x_of(span, period.from), x_of(span, period.to));
    if to - from < 1.0 {
        return Vec::new();
    }
    let line = |width: f64, dash: Dash| {
        Item::line(
            Point::new(from, y),
            Point::new(to, y),
            Stroke { color, width, dash },
        )
    };
    if !is_unsure(date) {
        return vec![line(4.0, Dash::Solid)];
    }
    let end = |x: f64| {
        Item::line(
            Point::new(x, y - 3.0),
            Point::new(x, y + 3.0),
            Stroke::solid(color, 1.0),
        )
    };
    let ends = [
        (period.from != Day::FIRST).then(|| end(from)),
        (period.to != Day::LAST).then(|| end(to)),
    ];
    [Some(line(1.0, Dash::Dashed))]
        .into_iter()
        .chain(ends)
        .flatten()
        .collect()
}

/// Draws a numbered sign; each kind has its own shape.
fn numbered(what: &Happening, part: Part, center: Point, number: &str) -> Vec<Item> {
    let Point { x, y } = center;
    let square = Bounds::new(x - HALF, y - HALF, 2.0 * HALF, 2.0 * HALF);
    let color = Color::Meeting;
    let edged = |dash: Dash| {
        Item::shape(
            Form::Rect(square, 2.0),
            Some(Color::Page),
            Some(Stroke {
                color,
                width: 1.25,
                dash,
            }),
        )
    };
    let round = |dash: Dash| {
        Item::shape(
            Form::Circle(center, HALF),
            Some(Color::Page),
            Some(Stroke {
                color,
                width: 1.25,
                dash,
            }),
        )
    };
    let (mut items, ink) = match what {
        // An actor who was only invited isn't among those who met, whatever became of the meeting.
        Happening::Met(..) if part == Part::Invited => (vec![round(Dash::Dashed)], Color::Ink),
        Happening::Met(..) if part == Part::Declined => {
            let (from, to) = (
                Point::new(x - HALF - 2.0, y + HALF + 2.0),
                Point::new(x - 4.5, y + 4.5),
            );
            (
                vec![
                    round(Dash::Dotted),
                    Item::line(from, to, Stroke::solid(Color::Opposes, 1.5)),
                ],
                Color::Ink,
            )
        }
        Happening::Said { .. } => (Vec::new(), Color::Ink),
        Happening::Moved { .. } => {
            let diamond = [(x, y - 9.0), (x + 9.0, y), (x, y + 9.0), (x - 9.0, y)];
            let mut steps: Vec<Step> = vec![Step::Move(Point::new(diamond[0].0, diamond[0].1))];
            steps.extend(
                diamond[1..]
                    .iter()
                    .map(|(x, y)| Step::Line(Point::new(*x, *y))),
            );
            steps.push(Step::Close);
            (
                vec![Item::shape(
                    Form::Path(steps),
                    Some(Color::SoftMixed),
                    Some(Stroke::solid(Color::Mixed, 1.25)),
                )],
                Color::Ink,
            )
        }
        // An open envelope.
        Happening::Met(stage) if stage.is_letter => {
            let flap = vec![
                Step::Move(Point::new(x - HALF, y - HALF)),
                Step::Line(Point::new(x, y - HALF - 5.0)),
                Step::Line(Point::new(x + HALF, y - HALF)),
            ];
            let flap = Item::path(flap, Stroke::solid(color, 1.25));
            (vec![edged(Dash::Solid), flap], Color::Ink)
        }
        Happening::Met(stage) if stage.is_over => (vec![edged(Dash::Dotted)], Color::Muted),
        Happening::Met(Stage {
            status: Some(MeetingStatus::Held),
            ..
        }) => (
            vec![Item::shape(Form::Rect(square, 2.0), Some(color), None)],
            Color::Page,
        ),
        Happening::Met(Stage {
            status: None | Some(MeetingStatus::Planned | MeetingStatus::Invited),
            ..
        }) => (vec![edged(Dash::Dashed)], Color::Ink),
        Happening::Met(Stage {
            status: Some(MeetingStatus::Postponed),
            ..
        }) => {
            // Two arrowheads to the right mean postponed.
            let head = |left: f64| {
                let steps = vec![
                    Step::Move(Point::new(left, y - 3.5)),
                    Step::Line(Point::new(left + 3.5, y)),
                    Step::Line(Point::new(left, y + 3.5)),
                ];
                Item::path(steps, Stroke::solid(color, 1.5))
            };
            (
                vec![
                    edged(Dash::Solid),
                    head(x + HALF + 2.0),
                    head(x + HALF + 5.5),
                ],
                Color::Ink,
            )
        }
        Happening::Met(Stage {
            status: Some(MeetingStatus::Cancelled | MeetingStatus::Refused),
            ..
        }) => {
            let corner = |from: (f64, f64), to: (f64, f64)| {
                Item::line(
                    Point::new(from.0, from.1),
                    Point::new(to.0, to.1),
                    Stroke::solid(Color::Opposes, 1.5),
                )
            };
            let (left, top, right, bottom) = (
                x - HALF - 1.5,
                y - HALF - 1.5,
                x + HALF + 1.5,
                y + HALF + 1.5,
            );
            // The corners are struck, so that the number stays legible.
            let strokes = [
                corner((left, top), (left + 5.0, top + 5.0)),
                corner((right, bottom), (right - 5.0, bottom - 5.0)),
                corner((right, top), (right - 5.0, top + 5.0)),
                corner((left, bottom), (left + 5.0, bottom - 5.0)),
            ];
            (
                [edged(Dash::Dotted)].into_iter().chain(strokes).collect(),
                Color::Ink,
            )
        }
    };
    let size = if number.len() > 2 { 7.0 } else { 8.5 };
    items.push(Item::Text(Text::new(
        Point::new(x, y + size * 0.36),
        Anchor::Middle,
        Word::bold(size, ink),
        number,
    )));
    items
}

/// Returns the wording of a statement for the legend.
fn says(words: &str) -> String {
    format!(
        "statement: {}",
        match words {
            sign::MIXED => "says both",
            words => words,
        }
    )
}

/// Returns an entry for every sign that is shown.
pub(super) fn legend(graph: &Graph, timeline: &Timeline) -> Vec<Entry> {
    let middle = Point::new(18.0, 8.0);
    let mut legend: Vec<Entry> = Vec::new();
    // Statements of one date in one lane are drawn as one.
    let mut together: BTreeMap<(usize, Period), usize> = BTreeMap::new();
    let statements = || {
        timeline
            .events
            .iter()
            .filter(|event| matches!(event.what, Happening::Said { .. }))
    };
    for event in statements() {
        for lane in &event.lanes {
            *together.entry((*lane, event.period())).or_default() += 1;
        }
    }
    let by_itself = |event: &&Event| {
        event
            .lanes
            .iter()
            .any(|lane| together.get(&(*lane, event.period())) == Some(&1))
    };
    let shown = |wanted: Counts| {
        statements()
            .filter(by_itself)
            .filter_map(move |event| match &event.what {
                Happening::Said {
                    sign, by, is_offer, ..
                } if Counts::of(*by, *is_offer) == wanted => Some(sign),
                _ => None,
            })
    };
    let samples = sign::samples(shown(Counts::Fully)).into_iter();
    legend.extend(
        samples.map(|(sign, words)| {
            sample(&sign, &says(words), || said(&sign, Counts::Fully, middle))
        }),
    );
    for (counts, words) in [(Counts::Offered, OFFERED), (Counts::Not, ATTRIBUTED)] {
        legend.extend(shown(counts).next().map(|sign| Entry {
            sample: said(sign, counts, middle),
            words: words.to_owned(),
        }));
    }
    if together.values().any(|count| *count > 1) {
        legend.push(Entry {
            sample: several(3, middle),
            words: "number of statements of one date".to_owned(),
        });
    }
    let others: Vec<(char, &Event, Part)> = symbols(graph, timeline)
        .filter(|(_, event, _)| !matches!(event.what, Happening::Said { .. }))
        .collect();
    legend.extend(MEANINGS.iter().filter_map(|(symbol, words)| {
        let (_, event, part) = others.iter().find(|(other, ..)| other == symbol)?;
        Some(Entry {
            sample: numbered(&event.what, *part, middle, "1"),
            words: (*words).to_owned(),
        })
    }));
    let line = |from: f64, to: f64, y: f64, stroke: Stroke| {
        Item::line(Point::new(from, y), Point::new(to, y), stroke)
    };
    if timeline.events.iter().any(Event::is_unsure) {
        let end = |x: f64| {
            Item::line(
                Point::new(x, 5.0),
                Point::new(x, 11.0),
                Stroke::solid(Color::Meeting, 1.0),
            )
        };
        let dashes = line(
            2.0,
            34.0,
            8.0,
            Stroke {
                color: Color::Meeting,
                width: 1.0,
                dash: Dash::Dashed,
            },
        );
        legend.push(Entry {
            sample: vec![dashes, end(2.0), end(34.0)],
            words: SOME_DAY.to_owned(),
        });
    }
    if timeline
        .events
        .iter()
        .any(|event| !event.is_unsure() && event.period().from != event.period().to)
    {
        legend.push(Entry {
            sample: vec![line(2.0, 34.0, 8.0, Stroke::solid(Color::Meeting, 4.0))],
            words: ALL_DAYS.to_owned(),
        });
    }
    legend
}

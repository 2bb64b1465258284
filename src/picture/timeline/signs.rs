//! The shapes of signs, in lanes and in the legend. Each kind has its own shape.

use crate::diagram::{Color, Dash};
use crate::graph::{ActorId, Graph, Verdict};
use crate::model::{Day, MeetingStatus, Position};
use crate::picture::frame::Entry;
use crate::picture::matrix::{edge, minus, paint, sample};
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Step, Stroke, Text, Word};
use crate::picture::sign::{self, OFFERED, Sign};
use crate::picture::timeline::axis::Axis;
use crate::picture::timeline::lanes::{COUNT, DISC, HALF, Placed, TITLE};
use crate::picture::timeline::text::{ALL_DAYS, ATTRIBUTED, MEANINGS, SHORTER, SOME_DAY, symbols};
use crate::picture::timeline::{Event, Happening, Stage, Timeline};
use crate::query::Part;

/// Half the height of a bar of days.
const BAR: f64 = 5.0;

/// Draws a sign, the days around it and what is written beside it.
pub(super) fn sign(placed: &Placed<'_>, center: Point) -> Vec<Item> {
    let mut items = days(placed, center.y);
    match &placed.event.what {
        Happening::Said {
            sign, by, is_offer, ..
        } => items.extend(said(sign, Counts::of(*by, *is_offer), center)),
        what => items.extend(keyed(what, placed.part, center, placed.key)),
    }
    let written = |text: &str, up: f64, anchor: Anchor, word: Word| {
        let at = Point::new(placed.beside(), center.y + word.size * 0.36 - up);
        Item::Text(Text::new(at, anchor, word, text))
    };
    if placed.count > 1 {
        items.push(written(
            &placed.count.to_string(),
            3.0,
            Anchor::Start,
            COUNT,
        ));
    }
    items.extend(placed.title.as_ref().map(|(title, is_left)| {
        let anchor = if *is_left { Anchor::End } else { Anchor::Start };
        written(title, 0.0, anchor, TITLE)
    }));
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
        return Vec::new();
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

/// Returns the colours of the days of an event: of their outline, and pale.
fn colors(event: &Event) -> (Color, Color) {
    match &event.what {
        Happening::Said {
            sign,
            by: None,
            is_offer: false,
            ..
        } => match sign.verdict {
            Verdict::Stands(position) => (edge(position), soft(position)),
            _ => (Color::Muted, Color::Panel),
        },
        Happening::Said { .. } => (Color::Muted, Color::Page),
        Happening::Moved { .. } => (Color::Mixed, Color::SoftMixed),
        Happening::Met(..) => (Color::Meeting, Color::Note),
    }
}

/// Returns the pale colour of a side.
fn soft(position: Position) -> Color {
    match position {
        Position::StronglySupports | Position::Supports => Color::SoftSupports,
        Position::StronglyOpposes | Position::Opposes => Color::SoftOpposes,
        Position::Mixed => Color::SoftMixed,
        _ => Color::SoftNeutral,
    }
}

/// Draws the days that something lasted as a full bar, and those on one of which it happened as a
/// pale one that is open where its end is not known.
fn days(placed: &Placed<'_>, y: f64) -> Vec<Item> {
    let Some((from, to)) = placed.days else {
        return Vec::new();
    };
    let (color, pale) = colors(placed.event);
    if !placed.event.is_unsure() {
        let stroke = Stroke::solid(color, 4.0);
        return vec![Item::line(Point::new(from, y), Point::new(to, y), stroke)];
    }
    let bounds = Bounds::new(from, y - BAR, to - from, 2.0 * BAR);
    let edge = |x: f64| {
        let (top, bottom) = (Point::new(x, y - BAR), Point::new(x, y + BAR));
        Item::line(top, bottom, Stroke::solid(color, 1.0))
    };
    let along = |y: f64| {
        let stroke = Stroke {
            color,
            width: 0.8,
            dash: Dash::Dotted,
        };
        Item::line(Point::new(from, y), Point::new(to, y), stroke)
    };
    let period = placed.event.period();
    let ends = [
        (period.from != Day::FIRST).then(|| edge(from)),
        (period.to != Day::LAST).then(|| edge(to)),
    ];
    let mut items = vec![
        Item::shape(Form::Rect(bounds, 0.0), Some(pale), None),
        along(y - BAR),
        along(y + BAR),
    ];
    items.extend(ends.into_iter().flatten());
    items
}

/// Draws a sign with its key; each kind has its own shape.
fn keyed(what: &Happening, part: Part, center: Point, key: &str) -> Vec<Item> {
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
            // The corners are struck, so that the key stays legible.
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
    let size = if key.len() > 2 { 7.0 } else { 8.5 };
    items.push(Item::Text(Text::new(
        Point::new(x, y + size * 0.36),
        Anchor::Middle,
        Word::bold(size, ink),
        key,
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
pub(super) fn legend(
    graph: &Graph,
    timeline: &Timeline,
    axis: &Axis,
    has_counts: bool,
) -> Vec<Entry> {
    let middle = Point::new(18.0, 8.0);
    let mut legend: Vec<Entry> = Vec::new();
    let shown = |wanted: Counts| {
        timeline
            .events
            .iter()
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
    legend.extend(has_counts.then(|| Entry {
        sample: vec![Item::Text(Text::new(
            Point::new(middle.x, middle.y + COUNT.size * 0.36),
            Anchor::Middle,
            COUNT,
            "3",
        ))],
        words: "as many statements of one date that say the same".to_owned(),
    }));
    let others: Vec<(char, &Event, Part)> = symbols(graph, timeline)
        .filter(|(_, event, _)| !matches!(event.what, Happening::Said { .. }))
        .collect();
    legend.extend(MEANINGS.iter().filter_map(|(symbol, words)| {
        let (_, event, part) = others.iter().find(|(other, ..)| other == symbol)?;
        Some(Entry {
            sample: keyed(&event.what, *part, middle, "A"),
            words: (*words).to_owned(),
        })
    }));
    let line = |from: f64, to: f64, y: f64, stroke: Stroke| {
        Item::line(Point::new(from, y), Point::new(to, y), stroke)
    };
    let bar = |pale: Color, color: Color| {
        let bounds = Bounds::new(2.0, 8.0 - BAR, 32.0, 2.0 * BAR);
        Item::shape(
            Form::Rect(bounds, 0.0),
            Some(pale),
            Some(Stroke::solid(color, 0.8)),
        )
    };
    legend.extend(timeline.events.iter().any(Event::is_unsure).then(|| Entry {
        sample: vec![bar(Color::Panel, Color::Muted)],
        words: SOME_DAY.to_owned(),
    }));
    let lasts = |event: &Event| !event.is_unsure() && event.period().from != event.period().to;
    legend.extend(timeline.events.iter().any(lasts).then(|| Entry {
        sample: vec![line(2.0, 34.0, 8.0, Stroke::solid(Color::Meeting, 4.0))],
        words: ALL_DAYS.to_owned(),
    }));
    legend.extend(axis.shorter().next().map(|_| {
        let mut sample = vec![bar(Color::Panel, Color::Panel)];
        sample.extend(cut(Point::new(18.0, 8.0)));
        Entry {
            sample,
            words: SHORTER.to_owned(),
        }
    }));
    legend
}

/// Draws the mark of a cut axis around a point.
pub(super) fn cut(at: Point) -> [Item; 2] {
    [-2.0, 2.0].map(|aside| {
        Item::line(
            Point::new(at.x + aside - 2.0, at.y + 5.0),
            Point::new(at.x + aside + 2.0, at.y - 5.0),
            Stroke::solid(Color::Muted, 1.2),
        )
    })
}

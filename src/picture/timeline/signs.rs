//! The shapes of signs, in lanes and in the legend. Each kind has its own.

use crate::diagram::{Color, Dash, Look};
use crate::graph::{ActorId, Verdict};
use crate::model::{Date, MeetingStatus, Moment, Position, Qualifier};
use crate::picture::matrix::{edge, minus, paint};
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Step, Stroke, Text, Word};
use crate::picture::sign::Sign;
use crate::picture::timeline::lanes::{ARROWS, COUNT, DISC, HALF, Placed};
use crate::picture::timeline::{Event, Happening, Stage};
use crate::query::Part;

/// Half the height of a bar of days.
const BAR: f64 = 5.0;

/// Draws a sign, the days around it and what is written beside it.
pub(super) fn sign(placed: &Placed<'_>, center: Point) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(ends) = placed.days {
        items.extend(bar(placed.event, ends, center.y));
    }
    items.extend(mark(&placed.event.what, placed.part, center, placed.key));
    if placed.is_counted() {
        items.push(number(placed.count, Point::new(placed.counted(), center.y)));
    }
    items.extend(placed.beside.as_ref().map(|(text, is_left)| {
        let anchor = if *is_left { Anchor::End } else { Anchor::Start };
        let at = Point::new(placed.written(), center.y);
        Item::Text(Text::around(at, anchor, placed.word(), text.as_str()))
    }));
    items
}

/// Writes a number of statements, a little above the middle of their disc.
pub(super) fn number(count: usize, at: Point) -> Item {
    let at = Point::new(at.x, at.y - 3.0);
    Item::Text(Text::around(at, Anchor::Start, COUNT, count.to_string()))
}

/// Draws what happened, with its key.
pub(super) fn mark(what: &Happening, part: Part, center: Point, key: &str) -> Vec<Item> {
    match what {
        Happening::Said {
            sign, by, is_offer, ..
        } => said(sign, Counts::of(*by, *is_offer), center),
        what => keyed(what, part, center, key),
    }
}

/// Whether a statement makes a position.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    Fully,
    /// It is an offer, and holds on a condition only.
    Offered,
    /// Another actor said it.
    Not,
}

impl Counts {
    pub(super) fn of(by: Option<ActorId>, is_offer: bool) -> Counts {
        match (by, is_offer) {
            (Some(_), _) => Counts::Not,
            (None, true) => Counts::Offered,
            (None, false) => Counts::Fully,
        }
    }
}

/// Draws a statement as a disc with its symbol; the disc is empty if it makes no position, because
/// it is an offer or another actor said it.
pub(super) fn said(sign: &Sign, counts: Counts, center: Point) -> Vec<Item> {
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
        1 => 12.0,
        2 => 9.5,
        _ => 7.5,
    };
    let text = Text::around(center, Anchor::Middle, Word::bold(size, ink), symbol);
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
        Happening::Tied { look, .. } => tie(*look),
    }
}

/// Returns the colour of a tie and its pale one.
fn tie(look: Look) -> (Color, Color) {
    let color = look.style().color;
    let pale = match color {
        Color::Supports => Color::SoftSupports,
        Color::Opposes => Color::SoftOpposes,
        _ => Color::SoftNeutral,
    };
    (color, pale)
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
pub(super) fn bar(event: &Event, (from, to): (f64, f64), y: f64) -> Vec<Item> {
    let (color, pale) = colors(event);
    if !event.is_unsure() {
        let stroke = Stroke::solid(color, 4.0);
        return vec![Item::line(Point::new(from, y), Point::new(to, y), stroke)];
    }
    let bounds = Bounds::new(from, y - BAR, to - from, 2.0 * BAR);
    let along = |y: f64| {
        let stroke = Stroke {
            color,
            width: 0.8,
            dash: Dash::Dotted,
        };
        Item::line(Point::new(from, y), Point::new(to, y), stroke)
    };
    let [before, after] = Limit::of(event);
    let mut items = vec![
        Item::shape(Form::Rect(bounds, 0.0), Some(pale), None),
        along(y - BAR),
        along(y + BAR),
    ];
    items.push(before.drawn(Point::new(from, y), -1.0, color));
    items.push(after.drawn(Point::new(to, y), 1.0, color));
    items
}

/// What is known of an end of the days of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// It did not happen beyond this day.
    Known,
    /// It perhaps happened about then.
    About,
    /// It happened then or any time beyond.
    Open,
}

impl Limit {
    /// Returns what is known of both ends of an event.
    pub(super) fn of(event: &Event) -> [Limit; 2] {
        let limit = |moment: Option<Moment>| match moment.map(|moment| moment.qualifier) {
            None => Limit::Open,
            Some(Qualifier::Certain) => Limit::Known,
            Some(_) => Limit::About,
        };
        let (from, to) = match event.date {
            Date::Single(moment) => (Some(moment), Some(moment)),
            Date::Interval(from, to) => (from, to),
        };
        // What ends with the day of the picture did happen by then.
        let is_cut = event.period().to < event.date.period().to;
        [limit(from), if is_cut { Limit::Known } else { limit(to) }]
    }

    /// Draws the end of a bar: a line, a torn edge or, where it is open, an arrowhead; `side` is -1
    /// at its left and 1 at its right.
    fn drawn(self, at: Point, side: f64, color: Color) -> Item {
        let corner = |x: f64, y: f64| at.plus(Point::new(side * x, y));
        let corners = match self {
            Limit::Known => vec![corner(0.0, -BAR), corner(0.0, BAR)],
            Limit::About => vec![
                corner(0.0, -BAR),
                corner(2.5, -BAR / 2.0),
                corner(0.0, 0.0),
                corner(2.5, BAR / 2.0),
                corner(0.0, BAR),
            ],
            Limit::Open => vec![corner(-1.0, -BAR), corner(4.0, 0.0), corner(-1.0, BAR)],
        };
        let mut steps = corners.into_iter();
        let first = steps.next().map(Step::Move);
        let steps = first.into_iter().chain(steps.map(Step::Line));
        Item::path(steps.collect(), Stroke::solid(color, 1.0))
    }
}

/// Draws a sign with its key; each kind has its own shape.
fn keyed(what: &Happening, part: Part, center: Point, key: &str) -> Vec<Item> {
    let (mut items, ink) = match what {
        Happening::Said { .. } => (Vec::new(), Color::Ink),
        Happening::Moved { .. } => (vec![diamond(center)], Color::Ink),
        // An actor who was only invited isn't among those who met, whatever became of the meeting.
        Happening::Met(..) if part == Part::Invited => {
            (vec![round(center, Dash::Dashed)], Color::Ink)
        }
        Happening::Met(..) if part == Part::Declined => (declined(center), Color::Ink),
        Happening::Met(stage) => met(stage, center),
        Happening::Tied { look, is_end, .. } => {
            (vec![six_sided(center, *look, *is_end)], Color::Ink)
        }
    };
    let size = match key.len() {
        1 => 12.0,
        2 => 10.0,
        _ => 8.0,
    };
    let word = Word::bold(size, ink);
    items.push(Item::Text(Text::around(center, Anchor::Middle, word, key)));
    items
}

/// Draws the sign of a meeting, by its status; returns the colour of the key on it.
fn met(stage: &Stage, center: Point) -> (Vec<Item>, Color) {
    let edged = |dash: Dash| {
        let stroke = Stroke {
            color: Color::Meeting,
            width: 1.25,
            dash,
        };
        Item::shape(
            Form::Rect(square(center), 2.0),
            Some(Color::Page),
            Some(stroke),
        )
    };
    let with = |dash: Dash, more: Vec<Item>| [edged(dash)].into_iter().chain(more).collect();
    match stage.status {
        _ if stage.is_letter => (with(Dash::Solid, vec![flap(center)]), Color::Ink),
        _ if stage.is_over => (with(Dash::Dotted, Vec::new()), Color::Muted),
        Some(MeetingStatus::Held) => {
            let full = Item::shape(Form::Rect(square(center), 2.0), Some(Color::Meeting), None);
            (vec![full], Color::Page)
        }
        None | Some(MeetingStatus::Planned | MeetingStatus::Invited) => {
            (with(Dash::Dashed, Vec::new()), Color::Ink)
        }
        Some(MeetingStatus::Postponed) => (with(Dash::Solid, arrows(center)), Color::Ink),
        Some(MeetingStatus::Cancelled | MeetingStatus::Refused) => {
            (with(Dash::Dotted, strokes(center)), Color::Ink)
        }
    }
}

/// Returns the square of a sign around its centre.
fn square(center: Point) -> Bounds {
    Bounds::new(center.x, center.y, 0.0, 0.0).grown(HALF)
}

/// Draws the disc of an actor who was only invited.
fn round(center: Point, dash: Dash) -> Item {
    let stroke = Stroke {
        color: Color::Meeting,
        width: 1.25,
        dash,
    };
    Item::shape(Form::Circle(center, HALF), Some(Color::Page), Some(stroke))
}

/// Draws the disc of an actor who declined: it is struck at its edge, so that the key stays legible.
fn declined(center: Point) -> Vec<Item> {
    let aside = |by: f64| Point::new(center.x - by, center.y + by);
    let stroke = Stroke::solid(Color::Opposes, 1.5);
    vec![
        round(center, Dash::Dotted),
        Item::line(aside(HALF + 2.0), aside(4.5), stroke),
    ]
}

/// Draws the diamond of a change of position.
fn diamond(center: Point) -> Item {
    let corner = |x: f64, y: f64| center.plus(Point::new(x, y));
    let steps = vec![
        Step::Move(corner(0.0, -9.5)),
        Step::Line(corner(9.5, 0.0)),
        Step::Line(corner(0.0, 9.5)),
        Step::Line(corner(-9.5, 0.0)),
        Step::Close,
    ];
    let stroke = Stroke::solid(Color::Mixed, 1.25);
    Item::shape(Form::Path(steps), Some(Color::SoftMixed), Some(stroke))
}

/// Half the height of the sign of a tie.
const SIDES: f64 = 7.75;

/// Draws the sign of a tie, with six sides in the look of its line in a network; that of the end of
/// one is dotted.
fn six_sided(center: Point, look: Look, is_end: bool) -> Item {
    let style = look.style();
    let corner = |x: f64, y: f64| center.plus(Point::new(x * SIDES, y * SIDES));
    let steps = vec![
        Step::Move(corner(-1.15, 0.0)),
        Step::Line(corner(-0.6, -1.0)),
        Step::Line(corner(0.6, -1.0)),
        Step::Line(corner(1.15, 0.0)),
        Step::Line(corner(0.6, 1.0)),
        Step::Line(corner(-0.6, 1.0)),
        Step::Close,
    ];
    let stroke = Stroke {
        color: style.color,
        width: if style.second.is_some() { 2.25 } else { 1.25 },
        dash: if is_end { Dash::Dotted } else { style.dash },
    };
    Item::shape(Form::Path(steps), Some(Color::Page), Some(stroke))
}

/// Draws the flap of an open envelope, above a square.
fn flap(center: Point) -> Item {
    let corner = |x: f64, y: f64| center.plus(Point::new(x, y));
    let steps = vec![
        Step::Move(corner(-HALF, -HALF)),
        Step::Line(corner(0.0, -HALF - 5.0)),
        Step::Line(corner(HALF, -HALF)),
    ];
    Item::path(steps, Stroke::solid(Color::Meeting, 1.25))
}

/// Draws two arrowheads to the right of a square: postponed.
fn arrows(center: Point) -> Vec<Item> {
    let head = |left: f64| {
        let corner = |x: f64, y: f64| center.plus(Point::new(left + x, y));
        let steps = vec![
            Step::Move(corner(0.0, -3.5)),
            Step::Line(corner(3.5, 0.0)),
            Step::Line(corner(0.0, 3.5)),
        ];
        Item::path(steps, Stroke::solid(Color::Meeting, 1.5))
    };
    vec![head(HALF + ARROWS - 7.0), head(HALF + ARROWS - 3.5)]
}

/// Strikes the corners of a square, so that its key stays legible.
fn strokes(center: Point) -> Vec<Item> {
    let stroke = |x: f64, y: f64| {
        let corner = |by: f64| center.plus(Point::new(x * by, y * by));
        let stroke = Stroke::solid(Color::Opposes, 1.5);
        Item::line(corner(HALF + 1.5), corner(HALF - 3.5), stroke)
    };
    vec![
        stroke(-1.0, -1.0),
        stroke(1.0, 1.0),
        stroke(1.0, -1.0),
        stroke(-1.0, 1.0),
    ]
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

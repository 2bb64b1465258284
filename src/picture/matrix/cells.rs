//! The cells of a matrix: the colour shows the side and is full for a strong position, with a
//! symbol beside it. Numbers on a scale are on no side; they have a colour of their own, fuller the
//! higher they are.

use crate::diagram::{Color, Dash};
use crate::graph::Verdict;
use crate::model::Position;
use crate::picture::frame::Entry;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Step, Stroke, Text, Word};
use crate::picture::sign::{self, Offered, Sign};

/// Returns the fill of a cell, and the colour of the symbol on it.
pub(crate) fn paint(position: Position, score: Option<f64>) -> (Color, Color) {
    match position {
        Position::Mixed => (Color::SoftMixed, Color::Ink),
        // A full colour means a strong position. These two aren't strong, even where an issue has
        // no degrees of strength.
        Position::Supports => (Color::SoftSupports, Color::Ink),
        Position::Opposes => (Color::SoftOpposes, Color::Ink),
        Position::At(_) => score.map_or((Color::SoftNeutral, Color::Ink), scale),
        _ => tone(score.unwrap_or(0.0)),
    }
}

/// Returns the colours of a number on a scale, from −1 (low) to 1 (high).
fn scale(score: f64) -> (Color, Color) {
    let step = sign::step(score);
    (
        Color::Scale(step),
        if step < 3 { Color::Ink } else { Color::Page },
    )
}

/// Returns the colours of a share from −1 to 1: full near the ends.
pub(super) fn tone(score: f64) -> (Color, Color) {
    match score {
        score if score >= 0.75 => (Color::Supports, Color::Page),
        score if score > 0.0 => (Color::SoftSupports, Color::Ink),
        score if score <= -0.75 => (Color::Opposes, Color::Page),
        score if score < 0.0 => (Color::SoftOpposes, Color::Ink),
        _ => (Color::SoftNeutral, Color::Ink),
    }
}

/// Draws a filled cell with a symbol in its middle.
pub(super) fn filled(
    bounds: Bounds,
    (fill, ink): (Color, Color),
    edge: Option<Stroke>,
    symbol: &str,
) -> Vec<Item> {
    let word = Word::bold(SYMBOL, ink);
    let text = Text::around(bounds.center(), Anchor::Middle, word, minus(symbol));
    vec![
        Item::shape(Form::Rect(bounds, 3.0), Some(fill), edge),
        Item::Text(text),
    ]
}

/// Draws the corner of a cell that is against: it is told from one that is for without colours.
pub(super) fn corner(bounds: Bounds, fill: Color) -> Item {
    let (right, top) = (bounds.right - INSET, bounds.top + INSET);
    let steps = vec![
        Step::Move(Point::new(right, top)),
        Step::Line(Point::new(right, top + CORNER)),
        Step::Line(Point::new(right - CORNER, top)),
        Step::Close,
    ];
    let color = if fill == Color::Opposes {
        Color::Page
    } else {
        Color::Opposes
    };
    Item::shape(Form::Path(steps), Some(color), None)
}

/// The size of that corner, and its distance from the edge of the cell.
const CORNER: f64 = 5.5;
const INSET: f64 = 1.5;

/// Returns the legend entry of a sign: a given sample, or for numbers the ramp of their colours.
pub(crate) fn sample(sign: &Sign, words: &str, drawn: impl FnOnce() -> Vec<Item>) -> Entry {
    match sign.verdict {
        Verdict::Stands(Position::At(_)) if sign.doubtful.is_empty() => Entry {
            sample: ramp(SAMPLE),
            words: format!("{words}: low to high"),
        },
        _ => Entry {
            sample: drawn(),
            words: words.to_owned(),
        },
    }
}

fn ramp(bounds: Bounds) -> Vec<Item> {
    let Bounds {
        left,
        top,
        right,
        bottom,
    } = bounds;
    let width = (right - left) / 5.0;
    let step = |nth: u8| Bounds::new(left + width * f64::from(nth), top, width, bottom - top);
    (0..5)
        .map(|nth| Item::shape(Form::Rect(step(nth), 0.0), Some(Color::Scale(nth)), None))
        .collect()
}

/// The cell in a legend sample.
pub(super) const SAMPLE: Bounds = Bounds {
    left: 0.0,
    top: 0.25,
    right: 36.0,
    bottom: 15.75,
};
pub(super) const SYMBOL: f64 = 12.0;
const HALF: f64 = 10.0;

/// The room between a sign and the offers beside it, with the corner of one that is against.
const BESIDE: f64 = 7.0;

/// Returns the width that a sign and the offers beside it need.
pub(super) fn least_width(sign: Option<&Sign>, offers: &[Offered]) -> f64 {
    let beside = match offers.is_empty() {
        true => 0.0,
        false => BESIDE,
    };
    sign.map_or(0.0, |sign| sign_width(sign) + beside) + offer_width(offers)
}

/// Returns the width of offers; 0 if there are none.
fn offer_width(offers: &[Offered]) -> f64 {
    match offers.is_empty() {
        true => 0.0,
        false => Word::bold(HALF, Color::Ink).width(&Offered::symbols(offers)) + 8.0,
    }
}

fn sign_width(sign: &Sign) -> f64 {
    match sign.verdict {
        Verdict::Contested => {
            ends(sign)
                .iter()
                .map(|(symbol, _)| Word::bold(HALF, Color::Ink).width(symbol))
                .fold(0.0, f64::max)
                + 14.0
        }
        _ => Word::bold(SYMBOL, Color::Ink).width(&sign.symbol()) + 10.0,
    }
}

/// Replaces hyphens by minus signs; a hyphen is too short for a sign.
pub(crate) fn minus(symbol: &str) -> String {
    symbol.replace('-', "\u{2212}")
}

/// Returns the two extremes of a contested position, the more favourable first, each as a symbol
/// with its colours.
fn ends(sign: &Sign) -> Vec<(String, (Color, Color))> {
    let one = |nth: usize| {
        let position = sign.said.get(nth).copied().unwrap_or(Position::Mixed);
        (
            minus(&sign.symbol_of(position)),
            paint(position, sign.scores.get(nth).copied().flatten()),
        )
    };
    vec![one(0), one(sign.said.len().saturating_sub(1))]
}

/// Draws a cell: the sign of a position and, beside it, a hollow one of offers.
pub(super) fn cell(sign: Option<&Sign>, offers: &[Offered], bounds: Bounds) -> Vec<Item> {
    let Some(first) = offers.first() else {
        return sign.map_or(Vec::new(), |sign| position(sign, bounds));
    };
    let middle = match sign {
        Some(_) => bounds.right - offer_width(offers),
        None => bounds.left,
    };
    let mut items = sign.map_or(Vec::new(), |sign| {
        let left = Bounds {
            right: middle - 1.5,
            ..bounds
        };
        position(sign, left)
    });
    let hollow = Bounds {
        left: middle,
        ..bounds
    };
    items.push(Item::shape(
        Form::Rect(hollow.grown(-0.75), 3.0),
        Some(Color::Page),
        Some(Stroke {
            color: edge(first.position),
            width: 1.5,
            dash: Dash::Dotted,
        }),
    ));
    let (word, symbols) = (Word::bold(HALF, Color::Ink), Offered::symbols(offers));
    let text = Text::around(hollow.center(), Anchor::Middle, word, minus(&symbols));
    items.push(Item::Text(text));
    items
}

/// Returns the colour of a position where it is drawn as a line, such as the edge of what is
/// hollow. A number is on no side, whichever half of the scale it lies in.
pub(crate) fn edge(position: Position) -> Color {
    match position {
        Position::StronglySupports | Position::Supports => Color::Supports,
        Position::Opposes | Position::StronglyOpposes => Color::Opposes,
        Position::Neutral => Color::Neutral,
        Position::At(_) => Color::Number,
        Position::Mixed => Color::Mixed,
    }
}

/// Draws the sign of a position.
fn position(sign: &Sign, bounds: Bounds) -> Vec<Item> {
    match sign.verdict {
        Verdict::Unknown => Vec::new(),
        Verdict::Stands(position) => {
            let edge = (position == Position::Mixed).then_some(Stroke {
                color: Color::Mixed,
                width: 1.5,
                dash: Dash::Dashed,
            });
            let paint = paint(position, sign.score);
            let mut items = filled(bounds, paint, edge, &sign.symbol());
            let is_against = matches!(position, Position::Opposes | Position::StronglyOpposes);
            items.extend(is_against.then(|| corner(bounds, paint.0)));
            items
        }
        Verdict::Contested => contested(sign, bounds),
    }
}

/// Draws the two ends of what is said, each in its half of a cell: the split is seen without colours.
fn contested(sign: &Sign, bounds: Bounds) -> Vec<Item> {
    let Bounds {
        left,
        top,
        right,
        bottom,
    } = bounds;
    let ends = ends(sign);
    let (first, last) = (&ends[0], &ends[1]);
    let corner = |x: f64, y: f64| Point::new(x, y);
    let half = |tip: Point, fill: Color| {
        let steps = vec![
            Step::Move(tip),
            Step::Line(corner(right, if tip.x == left { top } else { bottom })),
            Step::Line(corner(left, bottom)),
            Step::Close,
        ];
        Item::shape(Form::Path(steps), Some(fill), None)
    };
    let word = |ink: Color| Word::bold(HALF, ink);
    let one = Text::new(
        Point::new(left + 4.0, top + 10.0),
        Anchor::Start,
        word(first.1.1),
        first.0.as_str(),
    );
    let other = Text::new(
        Point::new(right - 4.0, bottom - 3.0),
        Anchor::End,
        word(last.1.1),
        last.0.as_str(),
    );
    let edge = Stroke::solid(Color::Contested, 1.25);
    vec![
        half(corner(left, top), first.1.0),
        half(corner(right, top), last.1.0),
        Item::shape(Form::Rect(bounds, 0.0), None, Some(edge)),
        Item::line(
            corner(right, top),
            corner(left, bottom),
            Stroke::solid(Color::Contested, 1.0),
        ),
        Item::Text(one),
        Item::Text(other),
    ]
}

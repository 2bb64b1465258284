//! Geometry of the marks at the ends of lines and of the dashes, in pixels.

use crate::diagram::{Color, Dash, Mark};
use crate::picture::scene::{Form, Item, Point, Step, Stroke};

impl Dash {
    /// Returns the lengths of strokes and gaps for a line of this width, in pixels; empty for a
    /// solid line.
    pub fn lengths(self, width: f64) -> &'static [f64] {
        match (self, width > 2.0) {
            (Dash::Solid, _) => &[],
            (Dash::Dashed, false) => &[6.0, 3.5],
            (Dash::Dashed, true) => &[9.0, 5.0],
            (Dash::Dotted, false) => &[1.5, 3.0],
            (Dash::Dotted, true) => &[2.5, 4.5],
            (Dash::DashDot, _) => &[7.0, 3.0, 1.5, 3.0],
        }
    }
}

impl Mark {
    /// Returns the length of line the mark takes up, in pixels.
    pub fn length(self) -> f64 {
        match self {
            Mark::None => 0.0,
            Mark::Bar => 3.0,
            Mark::HollowBar => 5.0,
            Mark::Bars => 6.0,
            Mark::Arrow
            | Mark::HollowArrow
            | Mark::Vee
            | Mark::Ring
            | Mark::Dot
            | Mark::Square
            | Mark::Halves => 8.0,
            Mark::Diamond | Mark::HollowDiamond | Mark::Question => 10.0,
            Mark::Plus | Mark::Minus => 12.0,
            Mark::Arrows => 13.0,
        }
    }

    /// Returns the extent of the mark across the line, in pixels.
    pub fn height(self) -> f64 {
        match self {
            Mark::None => 0.0,
            Mark::Arrow | Mark::Arrows | Mark::Vee | Mark::HollowArrow => 7.2,
            Mark::Bar | Mark::Bars | Mark::HollowBar => 7.4,
            Mark::Ring | Mark::Dot | Mark::Diamond | Mark::HollowDiamond => 8.1,
            Mark::Square | Mark::Halves => 8.9,
            Mark::Question => 10.2,
            Mark::Plus | Mark::Minus => 11.9,
        }
    }
}

/// Draws a mark with its tip at a point, on a line that arrives in the direction `along` (of length
/// 1).
pub fn mark(mark: Mark, tip: Point, along: Point, color: Color) -> Vec<Item> {
    // Returns the point this far back from the tip and this far to the side.
    let at = |back: f64, side: f64| {
        Point::new(
            tip.x - along.x * back - along.y * side,
            tip.y - along.y * back + along.x * side,
        )
    };
    let edge = Stroke::solid(color, 1.3);
    let triangle = |tip: f64| {
        vec![
            Step::Move(at(tip, 0.0)),
            Step::Line(at(tip + 8.0, 3.6)),
            Step::Line(at(tip + 8.0, -3.6)),
            Step::Close,
        ]
    };
    let hollow = |steps: Vec<Step>| Item::shape(Form::Path(steps), Some(Color::Page), Some(edge));
    let filled = |steps: Vec<Step>| Item::shape(Form::Path(steps), Some(color), None);
    let bar = |back: f64| Item::line(at(back, 3.7), at(back, -3.7), Stroke::solid(color, 2.0));
    let ring = |radius: f64, fill: Color| {
        Item::shape(
            Form::Circle(at(radius + 0.6, 0.0), radius),
            Some(fill),
            Some(edge),
        )
    };
    let quad = |a: Point, b: Point, c: Point, d: Point| {
        vec![
            Step::Move(a),
            Step::Line(b),
            Step::Line(c),
            Step::Line(d),
            Step::Close,
        ]
    };
    let square = |from: f64, to: f64| quad(at(0.6, from), at(7.6, from), at(7.6, to), at(0.6, to));
    let empty = hollow(square(-3.8, 3.8));
    let diamond = || quad(at(0.0, 0.0), at(5.0, 4.0), at(10.0, 0.0), at(5.0, -4.0));
    match mark {
        Mark::None => Vec::new(),
        Mark::Arrow => vec![filled(triangle(0.0))],
        Mark::Arrows => vec![filled(triangle(5.0)), filled(triangle(0.0))],
        Mark::Vee => [3.6, -3.6]
            .map(|side| Item::line(at(8.0, side), at(0.0, 0.0), edge))
            .into(),
        Mark::Bar => vec![bar(1.5)],
        Mark::Bars => vec![bar(1.5), bar(5.5)],
        Mark::Ring => vec![ring(3.4, Color::Page)],
        Mark::Dot => vec![ring(3.4, color)],
        Mark::Diamond => vec![filled(diamond())],
        Mark::HollowArrow => vec![hollow(triangle(0.0))],
        Mark::HollowBar => {
            vec![hollow(quad(
                at(0.6, -3.7),
                at(4.4, -3.7),
                at(4.4, 3.7),
                at(0.6, 3.7),
            ))]
        }
        Mark::HollowDiamond => vec![hollow(diamond())],
        Mark::Square => vec![empty],
        Mark::Halves => vec![empty, filled(square(-3.8, 0.0))],
        Mark::Plus | Mark::Minus => {
            let center = at(6.0, 0.0);
            let by = |x: f64, y: f64| Point::new(center.x + x, center.y + y);
            let stroke = Stroke::solid(color, 1.6);
            let mut items = vec![
                Item::shape(
                    Form::Circle(center, 5.4),
                    Some(Color::Page),
                    Some(Stroke::solid(color, 1.1)),
                ),
                Item::line(by(-3.0, 0.0), by(3.0, 0.0), stroke),
            ];
            items.extend(
                (mark == Mark::Plus).then(|| Item::line(by(0.0, -3.0), by(0.0, 3.0), stroke)),
            );
            items
        }
        Mark::Question => {
            // A small open hook and a dot, upright whichever way the line runs.
            let center = at(5.0, 0.0);
            let by = |x: f64, y: f64| Point::new(center.x + x, center.y + y);
            vec![
                Item::shape(
                    Form::Circle(center, 4.6),
                    Some(Color::Page),
                    Some(Stroke::solid(color, 1.0)),
                ),
                Item::path(
                    vec![
                        Step::Move(by(-1.5, -1.2)),
                        Step::Curve(by(-1.4, -3.2), by(1.7, -3.1), by(1.5, -1.1)),
                        Step::Curve(by(1.4, 0.0), by(0.0, -0.1), by(0.0, 1.0)),
                    ],
                    Stroke::solid(color, 1.0),
                ),
                Item::shape(Form::Circle(by(0.0, 2.5), 0.65), Some(color), None),
            ]
        }
    }
}

//! The marks of a spectrum: rings for actors, squares for contested positions, wedges for rules,
//! and lines for the status quo and the outcome.

use crate::diagram::{Color, Dash};
use crate::model::Position;
use crate::picture::matrix::edge;
use crate::picture::scene::{Bounds, Form, Item, Point, Step, Stroke};
use crate::picture::sign::short_number;
use crate::picture::spectrum::Placed;
use crate::picture::spectrum::across::Across;

/// The radius of the ring of the most powerful actor, also where many stand at one place; of the least
/// powerful; and of all where power is unknown.
pub(super) const LARGEST: f64 = 13.0;
pub(super) const LARGEST_OF_MANY: f64 = 9.0;
const SMALLEST: f64 = 4.0;
pub(super) const USUAL: f64 = 6.5;
/// The distance between a ring and the dots around it.
const HALO: f64 = 2.8;
/// Half the width of a rule's wedge.
pub(super) const WEDGE: f64 = 4.5;
/// Half the side of a contested position's square.
pub(super) const SQUARE: f64 = 4.5;

/// What is known about any of the actors shown.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The greatest power, or `None` if none is known.
    pub(super) power: Option<f64>,
    /// The radius of the ring of greatest power.
    pub(super) largest: f64,
    /// Whether any actor's salience is known.
    pub(super) salience: bool,
}

impl Known {
    /// Returns how far a ring reaches, including the dots around it.
    pub(super) fn reach(self, power: Option<f64>) -> f64 {
        let is_unknown = self.power.is_some() && power.is_none();
        self.radius(power) + if is_unknown { HALO } else { 0.0 }
    }

    /// Returns the radius of a ring, whose area is proportional to power.
    fn radius(self, power: Option<f64>) -> f64 {
        match (power, self.power) {
            (Some(power), Some(most)) if most > 0.0 => {
                (self.largest * (power / most).sqrt()).max(SMALLEST)
            }
            _ => USUAL,
        }
    }
}

/// Returns the number of a position, to follow the name, or an empty string.
pub(super) fn mark_number(position: Position) -> String {
    match position {
        Position::At(number) => format!(" {}", short_number(number)),
        _ => String::new(),
    }
}

/// Draws the ring of an actor: its size shows the power, and its fill the salience. A ring of
/// unknown power has dots around it.
pub(super) fn ring(placed: &Placed, center: Point, known: Known) -> Vec<Item> {
    let (color, radius) = (edge(placed.position), known.radius(placed.power));
    let stroke = Stroke::solid(color, 1.5);
    let is_unknown = known.power.is_some() && placed.power.is_none();
    let inner = match (known.salience, placed.salience) {
        (false, _) => Some((radius, color)),
        (true, Some(salience)) => {
            (salience > 0.0).then_some((radius * salience.clamp(0.0, 1.0).sqrt(), color))
        }
        (true, None) => Some((radius, Color::SoftNeutral)),
    };
    let ground = Item::shape(Form::Circle(center, radius), Some(Color::Page), None);
    let filled =
        inner.map(|(radius, color)| Item::shape(Form::Circle(center, radius), Some(color), None));
    let ring = Item::shape(Form::Circle(center, radius), None, Some(stroke));
    let around = is_unknown.then(|| halo(center, radius));
    [Some(ground), filled, Some(ring), around]
        .into_iter()
        .flatten()
        .collect()
}

/// Draws the hollow ring of an offer.
pub(super) fn hollow(position: Position, center: Point, radius: f64) -> Item {
    let stroke = Stroke {
        color: edge(position),
        width: 1.75,
        dash: Dash::Dotted,
    };
    Item::shape(
        Form::Circle(center, radius),
        Some(Color::Page),
        Some(stroke),
    )
}

/// Draws the dots around a ring whose size has no meaning.
pub(super) fn halo(center: Point, radius: f64) -> Item {
    let edge = Stroke {
        color: Color::Muted,
        width: 1.2,
        dash: Dash::Dotted,
    };
    Item::shape(Form::Circle(center, radius + HALO), None, Some(edge))
}

/// Returns the lowest and the highest of several places.
pub(super) fn ends(places: &[f64]) -> (f64, f64) {
    places
        .iter()
        .copied()
        .fold((1.0, 0.0), |(low, high): (f64, f64), at| {
            (low.min(at), high.max(at))
        })
}

/// The line that joins what one actor says.
pub(super) const JOIN: Stroke = Stroke {
    color: Color::Contested,
    width: 1.2,
    dash: Dash::Dotted,
};

/// Draws squares at the places of the positions stated, joined by a line.
pub(super) fn squares(said: &[Position], places: &[f64], axis: Across, y: f64) -> Vec<Item> {
    let ends = ends(places);
    let (start, end) = (Point::new(axis.x(ends.0), y), Point::new(axis.x(ends.1), y));
    let line = Item::line(start, end, JOIN);
    let squares = places
        .iter()
        .zip(said)
        .map(|(at, said)| square(Point::new(axis.x(*at), y), edge(*said)));
    [line].into_iter().chain(squares).collect()
}

pub(super) fn square(center: Point, fill: Color) -> Item {
    let bounds = Bounds::new(center.x, center.y, 0.0, 0.0).grown(SQUARE);
    Item::shape(
        Form::Rect(bounds, 0.0),
        Some(fill),
        Some(Stroke::solid(Color::Contested, 1.3)),
    )
}

/// Returns a wedge that points up to a place.
pub(super) fn wedge(tip: Point) -> Vec<Step> {
    let foot = |x: f64| Point::new(tip.x + x, tip.y + 8.5);
    vec![
        Step::Move(tip),
        Step::Line(foot(WEDGE)),
        Step::Line(foot(-WEDGE)),
        Step::Close,
    ]
}

/// Returns the stroke of a point's line.
pub(super) fn stroke(letter: char) -> Stroke {
    let (color, width, dash) = match letter {
        'O' => (Color::Meeting, 2.0, Dash::Solid),
        _ => (Color::Meeting, 1.5, Dash::Dotted),
    };
    Stroke { color, width, dash }
}

//! The dots at one place on the axis, when several issues are drawn. Dots with names stand below each
//! other on the line of the place or, of many, on both sides of it. Where there is no room for names,
//! dots are piled up, with a count.

use crate::diagram::Color;
use crate::graph::ActorId;
use crate::picture::scene::{Anchor, Form, Item, Point, Stroke, Text, Word};
use crate::picture::spectrum::across::Across;
use crate::picture::spectrum::marks::USUAL;

pub(super) const NAME: Word = Word::regular(10.5, Color::Ink);
/// The most columns of a pile of dots without names.
const PILE: f64 = 6.0;
/// The space between a dot and its name, and between two things in a row.
pub(super) const BESIDE: f64 = 3.0;
pub(super) const APART: f64 = 8.0;
/// The space beyond a name, so that two that face each other are not read as one.
const BEYOND_NAME: f64 = 8.0;
/// The length of the arrow to an offer.
const ARROW: f64 = 12.0;

/// A side of the line of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

impl Side {
    /// Returns the direction from the line.
    fn sign(self) -> f64 {
        match self {
            Side::Left => -1.0,
            Side::Right => 1.0,
        }
    }

    pub(super) fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// Something at a place: an actor, or its offer.
pub(super) struct Dot {
    pub(super) actor: ActorId,
    pub(super) name: String,
    pub(super) reach: f64,
    /// The side on which an arrow leads to it.
    pub(super) arrow: Option<Side>,
    /// Its marks, drawn around (0, 0).
    pub(super) items: Vec<Item>,
}

impl Dot {
    /// Returns the length of the arrow on a side.
    fn arrow_on(&self, side: Side) -> f64 {
        match self.arrow == Some(side) {
            true => ARROW,
            false => 0.0,
        }
    }
}

/// All dots of one place: actors or offers.
pub(super) struct Block {
    pub(super) at: f64,
    pub(super) dots: Vec<Dot>,
}

impl Block {
    fn widest(&self) -> f64 {
        self.dots.iter().map(|dot| dot.reach).fold(0.0, f64::max)
    }

    pub(super) fn has_arrow(&self) -> bool {
        self.dots.iter().any(|dot| dot.arrow.is_some())
    }
}

/// How the dots of a block are arranged.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// Where each dot stands, below the upper edge.
    pub(super) spots: Vec<Spot>,
    /// Whether the dots have names; if not, their number stands beside the pile.
    pub(super) is_named: bool,
    /// The range that it covers, with what is written.
    pub(super) extent: (f64, f64),
    pub(super) height: f64,
}

/// Where a dot stands, and its name: where that begins or, left of the dot, ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) at: Point,
    pub(super) name: (f64, Anchor),
}

impl Shape {
    /// Returns whether it is neither on the names of issues nor on the words at the end of the row.
    pub(super) fn is_within(&self, axis: Across) -> bool {
        self.extent.0 >= axis.low && self.extent.1 <= axis.end
    }

    /// Returns whether it lies on none of these lines.
    pub(super) fn is_clear_of(&self, lines: &[f64]) -> bool {
        let is_on = |x: &f64| (self.extent.0..=self.extent.1).contains(x);
        !lines.iter().any(is_on)
    }
}

/// Arranges dots with their names on these sides: on one side, dots stand on the line of their place;
/// on both, they touch it.
pub(super) fn named(block: &Block, axis: Across, sides: &[Side]) -> Shape {
    let (x, reach) = (axis.x(block.at), block.widest());
    let is_double = sides.len() > 1;
    // The outer edge of the dots.
    let edge = if is_double { 2.0 * reach + 0.5 } else { reach };
    let mut shape = Shape {
        is_named: true,
        extent: (x - edge, x + edge),
        ..Shape::default()
    };
    for line in block.dots.chunks(sides.len().max(1)) {
        let high = line.iter().map(|dot| 2.0 * dot.reach + 2.0);
        let high = high.fold(NAME.line_height(), f64::max);
        for (dot, side) in line.iter().zip(sides) {
            let sign = side.sign();
            let away = if is_double { dot.reach + 0.5 } else { 0.0 };
            let name = x + sign * (edge + BESIDE + dot.arrow_on(*side));
            let far = name + sign * (NAME.width(&dot.name) + BEYOND_NAME);
            let arrow = x - sign * (edge + dot.arrow_on(side.other()));
            shape.extent.0 = shape.extent.0.min(far).min(arrow);
            shape.extent.1 = shape.extent.1.max(far).max(arrow);
            let anchor = match side {
                Side::Left => Anchor::End,
                Side::Right => Anchor::Start,
            };
            shape.spots.push(Spot {
                at: Point::new(x + sign * away, shape.height + high / 2.0),
                name: (name, anchor),
            });
        }
        shape.height += high;
    }
    shape
}

/// Piles dots up without names around the line of their place, their number to the left.
pub(super) fn pile(block: &Block, axis: Across) -> Shape {
    let (x, count) = (axis.x(block.at), block.dots.len());
    let wide = 2.0 * block.widest() + 1.0;
    // It lies on nothing beside the axis.
    let free = 2.0 * (axis.end - APART - x).min(x - axis.low);
    let columns = (free / wide).floor().clamp(1.0, PILE);
    let lines = (count as f64 / columns).ceil().max(1.0) as usize;
    let half = count.div_ceil(lines) as f64 * wide / 2.0;
    let left = x - half;
    let name = (left - BESIDE, Anchor::End);
    let spot = |nth: usize| {
        let (column, line) = ((nth / lines) as f64, (nth % lines) as f64);
        let at = Point::new(left + (column + 0.5) * wide, (line + 0.5) * wide);
        Spot { at, name }
    };
    let number = NAME.width(&pile_words(count));
    Shape {
        spots: (0..count).map(spot).collect(),
        extent: (left - BESIDE - number, x + half),
        height: lines as f64 * wide,
        ..Shape::default()
    }
}

/// Returns the words beside a pile of dots.
pub(super) fn pile_words(count: usize) -> String {
    format!("{count}:")
}

/// Draws an arrow that ends at an offer, from the side on which its actor stands.
pub(super) fn arrow(side: Side) -> Vec<Item> {
    let sign = side.sign();
    let tip = Point::new(sign * USUAL, 0.0);
    let start = Point::new(sign * (USUAL + ARROW), 0.0);
    let head = |y: f64| Point::new(sign * (USUAL + 4.0), y);
    let stroke = Stroke::solid(Color::Muted, 1.1);
    vec![
        Item::line(start, tip, stroke),
        Item::line(head(-3.0), tip, stroke),
        Item::line(head(3.0), tip, stroke),
    ]
}

/// Draws a text on a ground of its own, so that the lines of the axis stop short of it.
pub(super) fn grounded(text: Text) -> [Item; 2] {
    let ground = Form::Rect(text.bounds().grown(1.0), 0.0);
    [
        Item::shape(ground, Some(Color::Page), None),
        Item::Text(text),
    ]
}

#[cfg(test)]
mod tests {
    use super::{ARROW, Block, Dot, Side, named};
    use crate::graph::ActorId;
    use crate::picture::spectrum::across::Across;
    use crate::picture::spectrum::marks::USUAL;

    fn block(many: usize, arrow: Option<Side>) -> Block {
        let dot = |nth: usize| Dot {
            actor: ActorId(nth as u32),
            name: format!("Actor {nth}"),
            reach: 4.0 + nth as f64,
            arrow,
            items: Vec::new(),
        };
        Block {
            at: 0.5,
            dots: (0..many).map(dot).collect(),
        }
    }

    #[test]
    fn dots_stand_at_their_place() {
        let axis = Across::over(600.0, 50.0);
        for sides in [
            &[Side::Left][..],
            &[Side::Right],
            &[Side::Left, Side::Right],
        ] {
            let block = block(7, None);
            let shape = named(&block, axis, sides);
            for (dot, spot) in block.dots.iter().zip(&shape.spots) {
                assert!(
                    (spot.at.x - axis.x(0.5)).abs() <= dot.reach + 0.5,
                    "{shape:?}"
                );
            }
            let last = shape.spots.last().unwrap();
            assert!(last.at.y + block.dots[6].reach <= shape.height);
        }
    }

    #[test]
    fn arrows_are_not_drawn_through_names() {
        let axis = Across::over(600.0, 50.0);
        let shape = named(&block(1, Some(Side::Left)), axis, &[Side::Left]);
        assert!(shape.spots[0].name.0 < axis.x(0.5) - 4.0 - ARROW);
        let shape = named(&block(1, Some(Side::Left)), axis, &[Side::Right]);
        assert!(shape.extent.0 <= axis.x(0.5) - 4.0 - ARROW && USUAL > 4.0);
    }
}

//! The dots at one place on the axis, when several issues are drawn. Dots with names stand in one
//! column on the line, or in two, left and right of it. If there are too many to name, they are piled
//! up, with a count.

use crate::diagram::Color;
use crate::graph::ActorId;
use crate::picture::scene::{Anchor, Form, Item, Point, Stroke, Text, Word};
use crate::picture::spectrum::marks::USUAL;

/// The ends of the axis.
pub(super) const LEFT: f64 = 216.0;
pub(super) const RIGHT: f64 = 726.0;
/// Where the words at the end of a row begin.
pub(super) const END: f64 = 760.0;
pub(super) const NAME: Word = Word::regular(10.5, Color::Ink);
/// The most lines of names at one place; of more, no name is written.
const LINES: usize = 12;
/// The most actors at a place that stand in one column, where there is room for two.
const COLUMN: usize = 4;
/// The columns of a pile of dots without names.
const PILE: usize = 4;
/// The space between a dot and its name, and between two columns.
pub(super) const BESIDE: f64 = 3.0;
pub(super) const APART: f64 = 8.0;
/// How far names may reach to the left of the axis.
const BEYOND: f64 = 22.0;
/// The length of the arrow to an offer.
const ARROW: f64 = 12.0;

/// Returns the horizontal coordinate of a place on the axis, from 0 to 1.
pub(super) fn x_of(at: f64) -> f64 {
    LEFT + at * (RIGHT - LEFT)
}

/// Something at a place: an actor, or its offer.
pub(super) struct Dot {
    pub(super) actor: ActorId,
    pub(super) name: String,
    pub(super) reach: f64,
    /// Its marks, drawn around (0, 0).
    pub(super) items: Vec<Item>,
}

/// All dots of one place.
pub(super) struct Block {
    pub(super) at: f64,
    pub(super) dots: Vec<Dot>,
}

/// How the dots of a block are arranged.
pub(super) struct Shape {
    pub(super) columns: usize,
    pub(super) lines: usize,
    /// The distance from one column to the next, and the height of a line.
    pub(super) wide: f64,
    pub(super) high: f64,
    /// How far it is moved to the side, so that it does not lie on the words at the end of the row.
    aside: f64,
    /// The side of the first column on which its names stand; those of a second stand on the other.
    /// `None` if there is no room for names.
    pub(super) names: Option<Anchor>,
    /// The range that it covers, with what is written.
    pub(super) extent: (f64, f64),
}

impl Shape {
    /// Returns the horizontal coordinate of a dot of this reach in a column: of two columns, both
    /// touch the line of the place.
    pub(super) fn column(&self, nth: usize, at: f64, reach: f64) -> f64 {
        x_of(at)
            + self.aside
            + match (self.columns, nth) {
                (2, 0) => -reach - 0.5,
                (2, _) => reach + 0.5,
                (columns, nth) => (nth as f64 - (columns - 1) as f64 / 2.0) * self.wide,
            }
    }
}

/// Returns the greatest reach of the dots of a place.
pub(super) fn widest(block: &Block) -> f64 {
    block.dots.iter().map(|dot| dot.reach).fold(0.0, f64::max)
}

/// Arranges the dots of a place, with their names where there is room.
pub(super) fn shape(block: &Block) -> Shape {
    let (count, reach, x) = (block.dots.len(), widest(block), x_of(block.at));
    let names = block.dots.iter().map(|dot| NAME.width(&dot.name));
    let name = BESIDE + names.fold(0.0, f64::max);
    let wide = 2.0 * reach + 1.0;
    let fits_after = |reach: f64| x + reach + name <= END - APART;
    let fits_before = |reach: f64| x - reach - name >= LEFT - BEYOND;
    let has_both = fits_after(wide) && fits_before(wide);
    let columns = if has_both && count > COLUMN { 2 } else { 1 };
    let lines = count.div_ceil(columns);
    let high = (2.0 * reach + 2.0).max(NAME.line_height());
    let shape = |columns: usize, lines: usize, high: f64| {
        let half = columns as f64 * wide / 2.0;
        Shape {
            columns,
            lines,
            wide,
            high,
            aside: 0.0,
            names: None,
            extent: (x - half, x + half),
        }
    };
    if lines > LINES {
        let pile = shape(PILE, count.div_ceil(PILE), wide);
        let number = BESIDE + NAME.width(&pile_words(count));
        let (left, right) = pile.extent;
        let aside = (END - APART - right).min(0.0);
        return Shape {
            aside,
            extent: (left + aside - number, right + aside),
            ..pile
        };
    }
    let shape = shape(columns, lines, high);
    let (left, right) = shape.extent;
    let (anchor, extent) = match (columns, fits_after(reach)) {
        (2, _) => (Anchor::End, (left - name, right + name)),
        (_, true) => (Anchor::Start, (left, right + name)),
        (_, false) => (Anchor::End, (left - name, right)),
    };
    Shape {
        names: Some(anchor),
        extent,
        ..shape
    }
}

/// Returns the words beside a pile of dots.
pub(super) fn pile_words(count: usize) -> String {
    format!("{count}:")
}

/// Draws an arrow that ends at an offer, from the side on which its actor stands.
pub(super) fn arrow(is_from_left: bool) -> Vec<Item> {
    let sign = if is_from_left { -1.0 } else { 1.0 };
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

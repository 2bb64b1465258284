//! The dots of one place on the axis of several issues, with their names in columns where there is
//! room.

use crate::diagram::Color;
use crate::graph::ActorId;
use crate::picture::scene::{Form, Item, Point, Stroke, Text, Word};
use crate::picture::spectrum::marks::USUAL;

/// The ends of the axis.
pub(super) const LEFT: f64 = 216.0;
pub(super) const RIGHT: f64 = 726.0;
/// Where the words at the end of a row begin.
pub(super) const END: f64 = 760.0;
pub(super) const NAME: Word = Word::regular(10.5, Color::Ink);
/// The most lines of names at one place; of more, no name is written.
const LINES: usize = 8;
/// The most actors at a place that stand in one column, where there is room for two.
const COLUMN: usize = 4;
/// The space between a dot and its name, and between two columns.
pub(super) const BESIDE: f64 = 3.0;
pub(super) const APART: f64 = 8.0;
/// How far what stands at an end of the axis may reach beyond it.
const BEYOND: f64 = 18.0;
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
    /// The width of a column, and the height of a line.
    pub(super) wide: f64,
    pub(super) high: f64,
    pub(super) is_named: bool,
}

/// Returns the greatest reach of the dots of a place.
pub(super) fn widest(block: &Block) -> f64 {
    block.dots.iter().map(|dot| dot.reach).fold(0.0, f64::max)
}

/// Returns the width that is free around a place: half way to the next on either side, or to the end
/// of the axis.
pub(super) fn room(places: &[f64], nth: usize) -> f64 {
    let before = nth
        .checked_sub(1)
        .map(|before| places[nth] - places[before]);
    let after = places.get(nth + 1).map(|after| after - places[nth]);
    let before = before.map_or(places[nth], |gap| gap / 2.0);
    let after = after.map_or(1.0 - places[nth], |gap| gap / 2.0);
    (before + after) * (RIGHT - LEFT) + BEYOND - APART
}

/// Arranges the dots of a place in this width: with names in a column or more, else close together.
pub(super) fn shape(block: &Block, room: f64) -> Shape {
    let count = block.dots.len();
    let names = block.dots.iter().map(|dot| NAME.width(&dot.name));
    let reach = widest(block);
    let wide = 2.0 * reach + BESIDE + names.fold(0.0, f64::max) + APART;
    let high = (2.0 * reach + 2.0).max(NAME.line_height());
    let fit = |wide: f64| ((room / wide).floor() as usize).max(1);
    let columns = fit(wide).min(count.div_ceil(COLUMN));
    let lines = count.div_ceil(columns);
    if lines <= LINES {
        return Shape {
            columns: count.div_ceil(lines),
            lines,
            wide,
            high,
            is_named: true,
        };
    }
    let wide = 2.0 * reach + 2.0;
    let lines = count.div_ceil(fit(wide).max(2));
    Shape {
        columns: count.div_ceil(lines),
        lines,
        wide,
        high: 2.0 * reach + 2.0,
        is_named: false,
    }
}

/// Returns the left edge of the dots of a place and their names.
pub(super) fn left(block: &Block, shape: &Shape) -> f64 {
    let (x, reach) = (x_of(block.at), widest(block));
    let width = shape.columns as f64 * shape.wide;
    if shape.columns > 1 {
        let most = (RIGHT + BEYOND - width).max(LEFT - BEYOND);
        return (x - width / 2.0).clamp(LEFT - BEYOND, most);
    }
    // One column of names stands to the left of its dots where there is no room to their right.
    match x - reach + width <= END - APART {
        true => x - reach,
        false => x + reach - width,
    }
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

/// Cuts a text to a width.
pub(super) fn cut(text: &str, word: Word, most: f64) -> String {
    if word.width(text) <= most {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    let shown = |kept: &[char]| format!("{}…", kept.iter().collect::<String>().trim_end());
    while kept.len() > 1 && word.width(&shown(&kept)) > most {
        kept.pop();
    }
    shown(&kept)
}

/// Draws a text on a ground of its own, so that the lines of the axis stop short of it.
pub(super) fn grounded(text: Text) -> [Item; 2] {
    let ground = Form::Rect(text.bounds().grown(1.0), 0.0);
    [
        Item::shape(ground, Some(Color::Page), None),
        Item::Text(text),
    ]
}

//! The dots at one place on the axis, when several issues are drawn. Dots with names stand in columns,
//! on the line of the place or on both sides of it. Where there is no room for names, dots are piled
//! up, with a count.

use std::ops::Range;

use crate::diagram::Color;
use crate::graph::ActorId;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Stroke, Text, Word};
use crate::picture::spectrum::marks::USUAL;

/// The ends of the axis.
pub(super) const LEFT: f64 = 216.0;
pub(super) const RIGHT: f64 = 726.0;
/// Where the words at the end of a row begin.
pub(super) const END: f64 = 760.0;
pub(super) const NAME: Word = Word::regular(10.5, Color::Ink);
/// The columns of a pile of dots without names.
const PILE: usize = 4;
/// The space between a dot and its name, and between two columns.
pub(super) const BESIDE: f64 = 3.0;
pub(super) const APART: f64 = 8.0;
/// How far names may reach to the left of the axis.
pub(super) const BEYOND: f64 = 22.0;
/// How far a panel reaches beyond what is on it.
const PANEL: f64 = 3.0;
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
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// Where each dot stands, below the upper edge.
    pub(super) spots: Vec<Spot>,
    /// Whether the dots have names; if not, their number stands beside the pile.
    pub(super) is_named: bool,
    /// Whether some of the dots are away from the line of their place, so that a panel joins them.
    pub(super) has_panel: bool,
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
    pub(super) fn is_within(&self) -> bool {
        self.extent.0 >= LEFT - BEYOND && self.extent.1 <= END - APART
    }

    /// Draws the ground of dots that are away from the line of their place, and that line.
    pub(super) fn panel(&self, at: f64) -> Vec<Item> {
        if !self.has_panel {
            return Vec::new();
        }
        let (left, right) = self.extent;
        let ground = Bounds::new(left, 0.0, right - left, self.height);
        let end = |y: f64| Point::new(x_of(at), y);
        let line = Stroke::solid(Color::Muted, 1.0);
        vec![
            Item::shape(Form::Rect(ground, 3.0), Some(Color::Panel), None),
            Item::line(end(0.0), end(self.height), line),
        ]
    }

    /// Returns the colour on which names are written.
    pub(super) fn ground(&self) -> Color {
        match self.has_panel {
            true => Color::Panel,
            false => Color::Page,
        }
    }
}

/// Arranges dots with their names in so many columns left and right of the line of their place. Names
/// are on the outer side of their dots. If all columns are on one side, the first is on the line.
pub(super) fn named(block: &Block, left: usize, right: usize) -> Shape {
    let columns = evenly(block.dots.len(), left + right);
    let has_panel = left.max(right) > 1;
    let inset = if has_panel { PANEL } else { 0.0 };
    let middles = middles(&block.dots, &columns, inset);
    let mut shape = Shape {
        is_named: true,
        has_panel,
        height: middles.1 + 2.0 * inset,
        ..Shape::default()
    };
    let (before, after) = columns.split_at(left);
    let is_split = left > 0 && right > 0;
    let x = x_of(block.at);
    let mut put = |columns: &mut dyn Iterator<Item = &Range<usize>>, anchor: Anchor| {
        let sign = if anchor == Anchor::End { -1.0 } else { 1.0 };
        let mut edge = 0.5;
        for (nth, column) in columns.enumerate() {
            let dots = &block.dots[column.clone()];
            let reach = widest(dots);
            if nth == 0 && !is_split {
                edge = -reach;
            }
            let name = edge + 2.0 * reach + BESIDE;
            for (dot, middle) in dots.iter().zip(&middles.0) {
                // The nearest dots of both sides touch the line.
                let away = match nth == 0 && is_split {
                    true => dot.reach,
                    false => reach,
                };
                let at = Point::new(x + sign * (edge + away), *middle);
                let name = (x + sign * name, anchor);
                shape.spots.push(Spot { at, name });
            }
            let widths = dots.iter().map(|dot| NAME.width(&dot.name));
            edge = name + widths.fold(0.0, f64::max) + APART;
        }
        x + sign * (edge - APART + inset)
    };
    // Columns are read from left to right, and laid out from the line on.
    let low = put(&mut before.iter().rev(), Anchor::End);
    let high = put(&mut after.iter(), Anchor::Start);
    let inner = |columns: Option<&Range<usize>>| {
        columns.map_or(0.0, |column| widest(&block.dots[column.clone()])) + inset
    };
    shape.extent = match (left, right) {
        (0, _) => (x - inner(after.first()), high),
        (_, 0) => (low, x + inner(before.last())),
        _ => (low, high),
    };
    in_order(&mut shape.spots, before);
    shape
}

/// Puts the spots of the columns left of the line, which were laid out from the last on, in the order of
/// their dots.
fn in_order(spots: &mut Vec<Spot>, before: &[Range<usize>]) {
    let mut rest = spots.split_off(before.last().map_or(0, |column| column.end));
    let mut ordered: Vec<Spot> = Vec::new();
    for column in before {
        let end = spots.len();
        ordered.extend(spots.split_off(end - column.len()));
    }
    ordered.append(&mut rest);
    *spots = ordered;
}

/// Returns the middle of each line, below a space, and the height of all lines.
fn middles(dots: &[Dot], columns: &[Range<usize>], top: f64) -> (Vec<f64>, f64) {
    let lines = columns.iter().map(|column| column.len()).max();
    let mut y = 0.0;
    let middle = |line: usize| {
        let here = columns
            .iter()
            .filter_map(|column| dots[column.clone()].get(line));
        let high = here
            .map(|dot| 2.0 * dot.reach + 2.0)
            .fold(NAME.line_height(), f64::max);
        y += high;
        top + y - high / 2.0
    };
    let middles = (0..lines.unwrap_or(0)).map(middle).collect();
    (middles, y)
}

/// Distributes so many dots among so many columns.
fn evenly(dots: usize, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut start = 0;
    let column = |nth: usize| {
        let end = start + dots / columns + usize::from(nth < dots % columns);
        std::mem::replace(&mut start, end)..end
    };
    (0..columns).map(column).collect()
}

/// Returns the greatest reach of some dots.
fn widest(dots: &[Dot]) -> f64 {
    dots.iter().map(|dot| dot.reach).fold(0.0, f64::max)
}

/// Piles dots up without names, their number to the left.
pub(super) fn pile(block: &Block) -> Shape {
    let (count, reach) = (block.dots.len(), widest(&block.dots));
    let wide = 2.0 * reach + 1.0;
    let half = PILE as f64 * wide / 2.0;
    // It does not lie on the words at the end of the row.
    let middle = x_of(block.at).min(END - APART - half);
    let left = middle - half;
    let name = (left - BESIDE, Anchor::End);
    let lines = count.div_ceil(PILE);
    let spot = |nth: usize| {
        let (column, line) = ((nth / lines) as f64, (nth % lines) as f64);
        let at = Point::new(left + (column + 0.5) * wide, (line + 0.5) * wide);
        Spot { at, name }
    };
    Shape {
        spots: (0..count).map(spot).collect(),
        extent: (
            left - BESIDE - NAME.width(&pile_words(count)),
            middle + half,
        ),
        height: lines as f64 * wide,
        ..Shape::default()
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
    on(text, Color::Page)
}

/// Draws a text on a ground of this colour.
pub(super) fn on(text: Text, color: Color) -> [Item; 2] {
    let ground = Form::Rect(text.bounds().grown(1.0), 0.0);
    [Item::shape(ground, Some(color), None), Item::Text(text)]
}

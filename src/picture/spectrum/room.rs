//! How the places of a row share its room: each has its names in as many columns as make the row low.

use crate::picture::spectrum::Tick;
use crate::picture::spectrum::block::{APART, Block, Shape, named, pile, x_of};

/// The most lines of names at one place and, of those that are tried, the fewest.
const LINES: usize = 12;
const FEWEST: usize = 4;
/// How high a row may be before dots are piled up without names.
const HIGHEST: f64 = 340.0;
/// How much lower a row must become to have its names in more columns.
const SAVED: f64 = 10.0;

/// What stands in a row, without overlaps.
#[derive(Clone, Default)]
pub(super) struct Room {
    /// What is taken: from left to right, from top to bottom.
    taken: Vec<((f64, f64), (f64, f64))>,
}

impl Room {
    /// Returns the height at which there is room for something.
    fn top(&self, (left, right): (f64, f64), height: f64) -> f64 {
        let beside = |(from, to): (f64, f64)| right + APART < from || to + APART < left;
        let taken = self.taken.iter().filter(|(across, _)| !beside(*across));
        let taken: Vec<(f64, f64)> = taken.map(|(_, down)| *down).collect();
        let is_free = |top: f64| {
            let clear = |(from, to): &(f64, f64)| top + height <= *from || top >= *to;
            taken.iter().all(clear)
        };
        let below = taken.iter().map(|(_, bottom)| *bottom);
        let tops = std::iter::once(0.0).chain(below);
        tops.filter(|top| is_free(*top))
            .fold(f64::INFINITY, f64::min)
    }

    /// Puts something as high as there is room for it; returns its upper edge.
    pub(super) fn put(&mut self, across: (f64, f64), height: f64) -> f64 {
        let top = self.top(across, height);
        self.taken.push((across, (top, top + height)));
        top
    }

    /// Returns the height of all that is in it.
    pub(super) fn height(&self) -> f64 {
        let bottoms = self.taken.iter().map(|(_, (_, bottom))| *bottom);
        bottoms.fold(0.0, f64::max)
    }
}

/// The blocks of a row, each with its upper edge.
pub(super) struct Arranged {
    pub(super) shapes: Vec<(Shape, f64)>,
    pub(super) room: Room,
}

/// Arranges the blocks of a row with their names. As long as that is too high, the largest is piled up
/// without names, if it has more dots than a column.
pub(super) fn arranged(blocks: &[Block], ticks: &[Tick]) -> Arranged {
    let places = blocks.iter().map(|block| block.at);
    let places: Vec<f64> = places.chain(ticks.iter().map(|tick| tick.at)).collect();
    let mut named: Vec<bool> = vec![true; blocks.len()];
    loop {
        let best = lowest(blocks, &places, &named);
        let large = |nth: &usize| named[*nth] && blocks[*nth].dots.len() > LINES;
        let largest = (0..blocks.len())
            .filter(large)
            .max_by_key(|nth| blocks[*nth].dots.len());
        match largest {
            Some(nth) if best.room.height() > HIGHEST => named[nth] = false,
            _ => return best,
        }
    }
}

/// Returns the arrangement with the fewest columns of those that are about as low as can be.
fn lowest(blocks: &[Block], places: &[f64], named: &[bool]) -> Arranged {
    let ways = (FEWEST..=LINES)
        .rev()
        .flat_map(|lines| [(lines, Side::Right), (lines, Side::Left)]);
    let mut best = tried(blocks, places, named, (LINES, Side::Right));
    for way in ways {
        let other = tried(blocks, places, named, way);
        if other.room.height() + SAVED < best.room.height() {
            best = other;
        }
    }
    best
}

/// The side of its line on which a single column of names is, where both are free.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// Arranges blocks in columns of at most so many lines, where their names are not too long for that.
fn tried(
    blocks: &[Block],
    places: &[f64],
    named: &[bool],
    (lines, side): (usize, Side),
) -> Arranged {
    let mut room = Room::default();
    let mut shapes = Vec::new();
    for (block, is_named) in blocks.iter().zip(named) {
        let shape = match is_named {
            true => best_of(options(block, places, lines, side), &room),
            false => None,
        };
        let shape = shape.unwrap_or_else(|| pile(block));
        let top = room.put(shape.extent, shape.height);
        shapes.push((shape, top));
    }
    Arranged { shapes, room }
}

/// Returns the shape that ends highest in a row; of those alike, the first.
fn best_of(shapes: Vec<Shape>, room: &Room) -> Option<Shape> {
    let bottom = |shape: &Shape| room.top(shape.extent, shape.height) + shape.height;
    let shapes = shapes.into_iter();
    shapes.min_by(|one, other| bottom(one).total_cmp(&bottom(other)))
}

/// Returns the shapes of a block in the fewest columns of at most so many lines, or in fewer where so
/// many have no room; those with as much on one side as on the other come first.
fn options(block: &Block, places: &[f64], lines: usize, side: Side) -> Vec<Shape> {
    let most = block.dots.len().div_ceil(lines);
    let of = |columns: usize| -> Vec<Shape> {
        let mut splits: Vec<(usize, usize)> =
            (0..=columns).map(|left| (left, columns - left)).collect();
        if let Side::Left = side {
            splits.reverse();
        }
        splits.sort_by_key(|(left, right)| left.abs_diff(*right));
        let shapes = splits
            .into_iter()
            .map(|(left, right)| named(block, left, right));
        let has_room = |shape: &Shape| shape.is_within() && is_near(shape, block.at, places);
        shapes.filter(has_room).collect()
    };
    let columns = (1..=most).rev().map(of);
    columns
        .into_iter()
        .find(|shapes| !shapes.is_empty())
        .unwrap_or_default()
}

/// Returns whether all dots of a shape are nearer to their own place than to any other on the axis.
fn is_near(shape: &Shape, at: f64, places: &[f64]) -> bool {
    let others = || places.iter().filter(|place| **place != at);
    shape.spots.iter().all(|spot| {
        let away = |place: f64| (spot.at.x - x_of(place)).abs();
        others().all(|other| away(at) < away(*other))
    })
}

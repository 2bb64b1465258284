//! How the places of a row share its room: each has its names on the side, or the sides, that make the
//! row low.

use crate::picture::spectrum::across::Across;
use crate::picture::spectrum::block::{APART, Block, Shape, Side, named, pile};

/// The most lines of names at one place and, of those that are tried, the fewest.
pub(super) const LINES: usize = 12;
const FEWEST: usize = 4;
/// How high a row may be before dots are piled up without names.
const HIGHEST: f64 = 440.0;
/// How much lower a row must become to have its names on both sides.
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

/// Where the blocks of a row may stand.
pub(super) struct Row {
    pub(super) axis: Across,
    /// The horizontal coordinates of all places of the row.
    pub(super) places: Vec<f64>,
    /// Those of the status quo and the outcome, on whose lines no name is to lie.
    pub(super) points: Vec<f64>,
}

impl Row {
    /// Arranges blocks with their names. As long as that is too high, the largest is piled up without
    /// names, if it has more dots than a column.
    pub(super) fn arranged(&self, blocks: &[Block]) -> Arranged {
        let mut is_named: Vec<bool> = vec![true; blocks.len()];
        loop {
            let best = self.lowest(blocks, &is_named);
            let large = |nth: &usize| is_named[*nth] && blocks[*nth].dots.len() > LINES;
            let largest = (0..blocks.len())
                .filter(large)
                .max_by_key(|nth| blocks[*nth].dots.len());
            match largest {
                Some(nth) if best.room.height() > HIGHEST => is_named[nth] = false,
                _ => return best,
            }
        }
    }

    /// Returns the arrangement with the fewest names on both sides of those that are about as low as
    /// can be.
    fn lowest(&self, blocks: &[Block], is_named: &[bool]) -> Arranged {
        let ways = (FEWEST..=LINES)
            .rev()
            .flat_map(|lines| [(lines, Side::Right), (lines, Side::Left)]);
        let mut best = self.tried(blocks, is_named, (LINES, Side::Right));
        for way in ways {
            let other = self.tried(blocks, is_named, way);
            if other.room.height() + SAVED < best.room.height() {
                best = other;
            }
        }
        best
    }

    /// Arranges blocks, those with more than so many dots on both sides of their line, others by
    /// preference on one.
    fn tried(&self, blocks: &[Block], is_named: &[bool], way: (usize, Side)) -> Arranged {
        let mut room = Room::default();
        let mut shapes = Vec::new();
        for (block, is_named) in blocks.iter().zip(is_named) {
            let shape = match is_named {
                true => best_of(self.options(block, way), &room),
                false => None,
            };
            let shape = shape.unwrap_or_else(|| pile(block, self.axis));
            let top = room.put(shape.extent, shape.height);
            shapes.push((shape, top));
        }
        Arranged { shapes, room }
    }

    /// Returns the shapes of a block for which there is room, by preference those that lie on no line
    /// of the status quo or the outcome.
    fn options(&self, block: &Block, (lines, side): (usize, Side)) -> Vec<Shape> {
        let shape = |sides: &[Side]| named(block, self.axis, sides);
        let x = self.axis.x(block.at);
        let fits = |shape: &Shape| shape.is_within(self.axis) && self.is_near(shape, x);
        let is_many = block.dots.len() > lines && !block.has_arrow();
        let double = is_many.then(|| shape(&[Side::Left, Side::Right]));
        let mut shapes = match double.filter(fits) {
            Some(double) => vec![double],
            None => {
                let single = [side, side.other()].map(|side| shape(&[side]));
                single.into_iter().filter(fits).collect()
            }
        };
        let others: Vec<f64> = self.points.iter().copied().filter(|at| *at != x).collect();
        if shapes.iter().any(|shape| shape.is_clear_of(&others)) {
            shapes.retain(|shape| shape.is_clear_of(&others));
        }
        shapes
    }

    /// Returns whether all dots of a shape are nearer to their own place than to any other.
    fn is_near(&self, shape: &Shape, x: f64) -> bool {
        let others = || self.places.iter().filter(|place| **place != x);
        shape.spots.iter().all(|spot| {
            let away = |place: f64| (spot.at.x - place).abs();
            others().all(|other| away(x) < away(*other))
        })
    }
}

/// Returns the shape that ends highest in a row; of those alike, the first.
fn best_of(shapes: Vec<Shape>, room: &Room) -> Option<Shape> {
    let bottom = |shape: &Shape| room.top(shape.extent, shape.height) + shape.height;
    let shapes = shapes.into_iter();
    shapes.min_by(|one, other| bottom(one).total_cmp(&bottom(other)))
}

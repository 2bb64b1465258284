//! What is where on the page, so that words and signs on lines cover nothing.

use std::collections::BTreeMap;

use crate::picture::geometry::meets;
use crate::picture::scene::{Bounds, Point};

/// The side of a square in the index of the page.
const SQUARE: f64 = 64.0;

/// The occupied areas of the page, indexed by square.
#[derive(Clone, Default)]
pub(super) struct Taken {
    squares: BTreeMap<(i64, i64), Vec<Bounds>>,
}

impl Taken {
    /// Returns the squares that a box touches.
    fn squares(bounds: &Bounds) -> impl Iterator<Item = (i64, i64)> {
        let square = |at: f64| (at / SQUARE).floor() as i64;
        let (left, right) = (square(bounds.left), square(bounds.right));
        let rows = square(bounds.top)..=square(bounds.bottom);
        rows.flat_map(move |row| (left..=right).map(move |column| (row, column)))
    }

    pub(super) fn take(&mut self, bounds: Bounds) {
        for square in Taken::squares(&bounds) {
            self.squares.entry(square).or_default().push(bounds);
        }
    }

    pub(super) fn is_free(&self, bounds: &Bounds) -> bool {
        Taken::squares(bounds).all(|square| {
            self.squares
                .get(&square)
                .is_none_or(|taken| !taken.iter().any(|taken| taken.overlaps(bounds)))
        })
    }
}

/// A straight piece of a line, with the number of its bond.
type Piece = (usize, Point, Point);

/// The lines on the page, each with the number of its bond, indexed by square.
#[derive(Default)]
pub(super) struct Lines {
    squares: BTreeMap<(i64, i64), Vec<Piece>>,
}

impl Lines {
    /// Indexes lines, each given by the number of its bond and the points on it.
    pub(super) fn of<'p>(courses: impl Iterator<Item = (usize, &'p [Point])>) -> Lines {
        let mut lines = Lines::default();
        for (bond, points) in courses {
            for two in points.windows(2) {
                let around = |point: Point| Bounds::new(point.x, point.y, 0.0, 0.0);
                for (row, column) in Taken::squares(&around(two[0]).with(&around(two[1]))) {
                    let corner = (column as f64 * SQUARE, row as f64 * SQUARE);
                    let square = Bounds::new(corner.0, corner.1, SQUARE, SQUARE);
                    if meets(two[0], two[1], &square.grown(1.0)) {
                        let lines = lines.squares.entry((row, column)).or_default();
                        lines.push((bond, two[0], two[1]));
                    }
                }
            }
        }
        lines
    }

    /// Returns whether no line runs through a box; those of this bond may.
    pub(super) fn is_free(&self, bounds: &Bounds, bond: Option<usize>) -> bool {
        Taken::squares(bounds).all(|square| {
            let lines = self.squares.get(&square).into_iter().flatten();
            let mut others = lines.filter(|(of, ..)| Some(*of) != bond);
            !others.any(|(_, from, to)| meets(*from, *to, bounds))
        })
    }
}

//! The course of a line: straight, or round corners that are cut by a curve.

use crate::picture::geometry::{ahead, between, distance, toward};
use crate::picture::scene::{Point, Step};

/// The straight pieces by which a curve is measured.
const PIECES: usize = 12;

/// The corners of a line, from its start to its end.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    corners: Vec<Point>,
    /// How far from a corner its curve may pass.
    clear: f64,
}

impl Course {
    /// Makes a course that passes no corner, but for the first and the last, at more than this
    /// distance.
    pub(crate) fn new(corners: Vec<Point>, clear: f64) -> Course {
        Course { corners, clear }
    }

    pub(crate) fn straight(start: Point, end: Point) -> Course {
        Course::new(vec![start, end], 0.0)
    }

    pub(crate) fn start(&self) -> Point {
        self.corners.first().copied().unwrap_or_default()
    }

    pub(crate) fn end(&self) -> Point {
        self.corners.last().copied().unwrap_or_default()
    }

    /// Returns the directions in which it leaves and arrives, of length 1.
    pub(crate) fn directions(&self) -> (Point, Point) {
        match self.corners[..] {
            [start, second, .., before, end] => (toward(start, second), toward(before, end)),
            [start, middle, end] => (toward(start, middle), toward(middle, end)),
            _ => {
                let along = toward(self.start(), self.end());
                (along, along)
            }
        }
    }

    /// Returns the same course elsewhere.
    pub(crate) fn moved(&self, by: Point) -> Course {
        let corners = self.corners.iter().map(|corner| corner.plus(by));
        Course::new(corners.collect(), self.clear)
    }

    /// Returns the same course in the other direction.
    pub(crate) fn reversed(mut self) -> Course {
        self.corners.reverse();
        self
    }

    /// Returns the same course with other ends.
    pub(crate) fn between(mut self, start: Point, end: Point) -> Course {
        if let [first, .., last] = &mut self.corners[..] {
            (*first, *last) = (start, end);
        }
        self
    }

    /// Returns the course that runs beside this one, at this distance to its right.
    pub(crate) fn beside(&self, by: f64) -> Course {
        let corners = &self.corners;
        let right = |from: Point, to: Point| {
            let along = toward(from, to);
            Point::new(-along.y, along.x)
        };
        let moved = |nth: usize| {
            let before = nth
                .checked_sub(1)
                .map(|before| right(corners[before], corners[nth]));
            let after = corners
                .get(nth + 1)
                .map(|after| right(corners[nth], *after));
            let (one, other) = match (before, after) {
                (Some(before), Some(after)) => (before, after),
                (one, other) => {
                    let only = one.or(other).unwrap_or_default();
                    (only, only)
                }
            };
            let sum = one.plus(other);
            // At a corner, both pieces stay at the distance, unless it is very sharp.
            let length = (sum.x * sum.x + sum.y * sum.y).max(1.0);
            corners[nth].plus(Point::new(
                sum.x * 2.0 * by / length,
                sum.y * 2.0 * by / length,
            ))
        };
        Course::new((0..corners.len()).map(moved).collect(), self.clear)
    }

    /// Returns where it turns: the start of each curve, its corner and its end.
    fn turns(&self) -> impl Iterator<Item = (Point, Point, Point)> {
        let last = self.corners.len().saturating_sub(2);
        self.corners
            .windows(3)
            .enumerate()
            .map(move |(nth, three)| {
                let [before, corner, after] = [three[0], three[1], three[2]];
                // Two curves share the piece between them.
                let room = |other: Point, is_shared: bool| {
                    distance(corner, other) * if is_shared { 0.5 } else { 1.0 }
                };
                let (one, other) = (toward(corner, before), toward(corner, after));
                let sum = one.plus(other);
                // The curve passes at a quarter of this from its corner.
                let bent = (sum.x * sum.x + sum.y * sum.y).sqrt().max(1e-6);
                let most = 4.0 * self.clear / bent;
                let from = room(before, nth > 0).min(most);
                let to = room(after, nth + 1 < last).min(most);
                (ahead(corner, one, from), corner, ahead(corner, other, to))
            })
    }

    /// Returns its path.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Move(self.start())];
        for (from, corner, to) in self.turns() {
            steps.push(Step::Line(from));
            let toward = |end: Point| between(end, corner, 2.0 / 3.0);
            steps.push(Step::Curve(toward(from), toward(to), to));
        }
        steps.push(Step::Line(self.end()));
        steps
    }

    /// Returns points on it, so close that it is straight between each two.
    pub(crate) fn points(&self) -> Vec<Point> {
        let mut points = vec![self.start()];
        for (from, corner, to) in self.turns() {
            points.push(from);
            points.extend((1..=PIECES).map(|nth| {
                let part = nth as f64 / PIECES as f64;
                let (one, other) = (between(from, corner, part), between(corner, to, part));
                between(one, other, part)
            }));
        }
        points.push(self.end());
        points
    }
}

#[cfg(test)]
mod tests {
    use super::Course;
    use crate::picture::geometry::{distance, length};
    use crate::picture::scene::Point;

    fn bent(clear: f64) -> Course {
        let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)];
        Course::new(corners.map(|(x, y)| Point::new(x, y)).into(), clear)
    }

    #[test]
    fn a_curve_passes_its_corner_as_near_as_asked() {
        for clear in [1.0, 5.0, 20.0] {
            let corner = Point::new(100.0, 0.0);
            let points = bent(clear).points();
            let near = points.iter().map(|point| distance(*point, corner));
            let near = near.fold(f64::INFINITY, f64::min);
            assert!((near - clear).abs() < 0.1, "{clear}: {near}");
        }
        assert!(length(&bent(1e9).points()) < 180.0);
    }

    #[test]
    fn strands_stay_side_by_side() {
        let beside = bent(0.0).beside(5.0);
        let corners = [(0.0, 5.0), (95.0, 5.0), (95.0, 100.0)];
        for (found, (x, y)) in beside.points().iter().zip([corners[0], corners[1]]) {
            assert!(distance(*found, Point::new(x, y)) < 1e-6, "{found:?}");
        }
        assert_eq!(bent(0.0).reversed().start(), Point::new(100.0, 100.0));
    }
}

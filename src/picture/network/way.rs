//! The way of each line round the boxes that are not at its ends: straight where it can be, else in
//! an arc, else from corner to corner of the boxes in between.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::picture::course::Course;
use crate::picture::geometry::{ahead, between, cross, distance, meets, toward};
use crate::picture::scene::{Bounds, Point};

/// The most lines whose ways are looked for; of more, no reader could follow one.
pub(super) const MOST: usize = 1_000;
/// How far arcs reach to the side, as tried in turn.
const ARCS: [f64; 8] = [22.0, 36.0, 54.0, 78.0, 110.0, 150.0, 200.0, 260.0];
/// The most that an arc reaches to the side, by its length.
const HIGH: f64 = 0.55;
/// What crossing a line costs, in pixels of reach to the side.
const CROSSING: f64 = 14.0;
/// How far arcs may reach beyond all boxes.
const BEYOND: f64 = 16.0;
/// The distance that a line keeps from boxes, where it is free to.
const KEPT: f64 = 4.0;
/// The distance below which a straight line would seem to touch a box.
const TOUCHES: f64 = 2.5;
/// What a corner costs, in pixels of detour.
const CORNER: f64 = 12.0;
/// How far to the sides of a line boxes are gone round, in its lengths and in pixels.
const ASIDE: (f64, f64) = (0.6, 160.0);

/// Boxes, and the lines between their middles.
pub(super) struct Ways<'b> {
    boxes: &'b [Bounds],
    lines: Vec<(Point, Point)>,
    /// The space that is free around every box.
    clear: f64,
    /// Where arcs may run.
    page: Bounds,
}

impl<'b> Ways<'b> {
    /// `gap` is the least space between two boxes.
    pub(super) fn new(boxes: &'b [Bounds], ends: &[(usize, usize)], gap: f64) -> Ways<'b> {
        let middle = |node: usize| boxes[node].center();
        Ways {
            boxes,
            lines: ends.iter().map(|&(a, b)| (middle(a), middle(b))).collect(),
            clear: (gap / 2.0 - 0.2).max(0.5),
            page: boxes
                .iter()
                .copied()
                .reduce(|all, one| all.with(&one))
                .unwrap_or_default()
                .grown(BEYOND),
        }
    }

    /// Returns the course between the middles of two boxes of a line this wide.
    pub(super) fn way(&self, ends: (usize, usize), wide: f64) -> Course {
        let (from, to) = (self.boxes[ends.0].center(), self.boxes[ends.1].center());
        let straight = Course::straight(from, to);
        if self.lines.len() > MOST {
            return straight;
        }
        let others = self.around(ends, (from, to));
        let grown =
            |by: f64| -> Vec<Bounds> { others.iter().map(|other| other.grown(by)).collect() };
        if self.is_free(&straight, ends, &grown(TOUCHES + wide / 2.0)) {
            return straight;
        }
        if let Some(arc) = self.best_arc(ends, &grown(KEPT + wide / 2.0)) {
            return arc;
        }
        let clear = (self.clear - wide / 2.0).max(self.clear / 2.0);
        match round(from, to, &others, self.clear) {
            // A curve cuts the corner, and strands lie beside each other.
            Some(corners) => Course::new(corners, clear * 0.8),
            None => straight,
        }
    }

    /// Returns the arc between two boxes, free of these others, that reaches least to the side and
    /// crosses the fewest lines; `None` if none is free.
    fn best_arc(&self, ends: (usize, usize), others: &[Bounds]) -> Option<Course> {
        let (from, to) = (self.boxes[ends.0].center(), self.boxes[ends.1].center());
        let mut best: Option<(f64, Course)> = None;
        for (arc, reach) in arcs(from, to) {
            let most = best.as_ref().map_or(f64::INFINITY, |(cost, _)| *cost);
            if reach >= most || !self.stays(&arc) || !self.is_free(&arc, ends, others) {
                continue;
            }
            let cost = reach + CROSSING * self.crossed(&arc, (most - reach) / CROSSING);
            if cost < most {
                best = Some((cost, arc));
            }
        }
        best.map(|(_, arc)| arc)
    }

    /// Returns whether a course meets none of these boxes on its way between two others.
    fn is_free(&self, course: &Course, ends: (usize, usize), others: &[Bounds]) -> bool {
        let points = self.outside(course.clone(), ends).points();
        let around = around(&points);
        let mut near = others.iter().filter(|other| other.overlaps(&around));
        near.all(|other| !points.windows(2).any(|two| meets(two[0], two[1], other)))
    }

    /// Returns whether a course stays where arcs may run.
    fn stays(&self, course: &Course) -> bool {
        let around = around(&course.points());
        around.with(&self.page) == self.page
    }

    /// Returns the part of a course that is outside the boxes at its ends.
    pub(super) fn outside(&self, course: Course, ends: (usize, usize)) -> Course {
        let (leaves, arrives) = course.directions();
        let back = Point::new(-arrives.x, -arrives.y);
        let start = edge_of(&self.boxes[ends.0], course.start(), leaves);
        let end = edge_of(&self.boxes[ends.1], course.end(), back);
        course.between(start, end)
    }

    /// Returns the boxes that may be in the way between two others.
    fn around(&self, ends: (usize, usize), (from, to): (Point, Point)) -> Vec<Bounds> {
        let aside = distance(from, to) * ASIDE.0 + ASIDE.1;
        let both = Bounds::new(from.x, from.y, 0.0, 0.0);
        let near = both.with(&Bounds::new(to.x, to.y, 0.0, 0.0)).grown(aside);
        let others = self.boxes.iter().enumerate();
        others
            .filter(|(nth, other)| ![ends.0, ends.1].contains(nth) && other.overlaps(&near))
            .map(|(_, other)| *other)
            .collect()
    }

    /// Counts the lines that a course would cross, if they were straight; of more than `most`, not
    /// all.
    fn crossed(&self, course: &Course, most: f64) -> f64 {
        let points = course.points();
        let whole = around(&points);
        let mut count = 0.0;
        for (from, to) in &self.lines {
            let may = around(&[*from, *to]).overlaps(&whole);
            let mut pieces = points.windows(2);
            if may && pieces.any(|two| cross((two[0], two[1]), (*from, *to))) {
                count += 1.0;
                if count > most {
                    break;
                }
            }
        }
        count
    }
}

/// Returns the box around points, a little larger, so that that of an upright line is not empty.
fn around(points: &[Point]) -> Bounds {
    let at = |point: &Point| Bounds::new(point.x, point.y, 0.0, 0.0);
    let all = points.iter().map(at).reduce(|all, one| all.with(&one));
    all.unwrap_or_default().grown(0.01)
}

/// Returns the point where a line that starts in a box leaves it.
fn edge_of(bounds: &Bounds, from: Point, along: Point) -> Point {
    let reach = |at: f64, along: f64, low: f64, high: f64| {
        if along > 1e-9 {
            (high - at) / along
        } else if along < -1e-9 {
            (low - at) / along
        } else {
            f64::INFINITY
        }
    };
    let far = reach(from.x, along.x, bounds.left, bounds.right)
        .min(reach(from.y, along.y, bounds.top, bounds.bottom))
        .max(0.0);
    Point::new(from.x + along.x * far, from.y + along.y * far)
}

/// Returns arcs between two points, each with its reach to the side.
fn arcs(from: Point, to: Point) -> impl Iterator<Item = (Course, f64)> {
    let (along, long) = (toward(from, to), distance(from, to));
    let arc = move |reach: f64, side: f64, part: f64| {
        // A curve of one corner reaches half as far to the side as its corner.
        let aside = Point::new(-along.y * side, along.x * side);
        let corner = ahead(between(from, to, part), aside, 2.0 * reach);
        let course = Course::new(vec![from, corner, to], f64::INFINITY);
        (course, reach + (part - 0.5).abs() * 20.0)
    };
    let reaches = ARCS.into_iter().filter(move |reach| *reach <= HIGH * long);
    reaches.flat_map(move |reach| {
        [0.5, 0.3, 0.7]
            .into_iter()
            .flat_map(move |part| [-1.0, 1.0].map(|side| arc(reach, side, part)))
    })
}

/// Returns the shortest way between two points round these boxes, over their corners, by A*; `None`
/// if there is none.
fn round(from: Point, to: Point, others: &[Bounds], clear: f64) -> Option<Vec<Point>> {
    let walls: Vec<Bounds> = others
        .iter()
        .map(|other| other.grown(clear - 0.1))
        .collect();
    let mut points = vec![from, to];
    for other in others {
        let Bounds {
            left,
            top,
            right,
            bottom,
        } = other.grown(clear);
        points.extend(
            [(left, top), (right, top), (right, bottom), (left, bottom)]
                .map(|(x, y)| Point::new(x, y)),
        );
    }
    let sees = |one: usize, other: usize| {
        !walls
            .iter()
            .any(|wall| meets(points[one], points[other], wall))
    };
    let mut far = vec![f64::INFINITY; points.len()];
    let mut before = vec![usize::MAX; points.len()];
    let mut done = vec![false; points.len()];
    far[0] = 0.0;
    // Costs are compared in hundredths of a pixel.
    let whole = |cost: f64| Reverse((cost * 100.0) as u64);
    let mut queue = BinaryHeap::from([(whole(distance(from, to)), 0_usize)]);
    while let Some((_, node)) = queue.pop() {
        if node == 1 {
            return Some(back(&points, &before));
        }
        if std::mem::replace(&mut done[node], true) {
            continue;
        }
        for next in 1..points.len() {
            let cost = far[node] + distance(points[node], points[next]) + CORNER;
            if !done[next] && cost < far[next] && sees(node, next) {
                (far[next], before[next]) = (cost, node);
                queue.push((whole(cost + distance(points[next], to)), next));
            }
        }
    }
    None
}

/// Follows a way back from its end.
fn back(points: &[Point], before: &[usize]) -> Vec<Point> {
    let mut way = vec![points[1]];
    let mut at = before[1];
    while let Some(point) = points.get(at) {
        way.push(*point);
        at = before[at];
    }
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::Ways;
    use crate::picture::geometry::meets;
    use crate::picture::scene::Bounds;

    /// A row of boxes, and a wall of boxes between the first and the last.
    #[test]
    fn a_line_goes_round_what_is_between_its_ends() {
        let wall = (0..9).map(|nth| Bounds::new(200.0, -160.0 + 35.0 * f64::from(nth), 60.0, 30.0));
        let ends = [
            Bounds::new(0.0, 0.0, 60.0, 20.0),
            Bounds::new(400.0, 0.0, 60.0, 20.0),
        ];
        for between in [1, 9] {
            let mut boxes: Vec<Bounds> = ends.into();
            boxes.extend(wall.clone().skip(4).take(if between == 1 { 1 } else { 0 }));
            boxes.extend(wall.clone().take(if between == 1 { 0 } else { 9 }));
            let ways = Ways::new(&boxes, &[(0, 1)], 5.0);
            for wide in [1.0, 4.0] {
                let points = ways.way((0, 1), wide).points();
                assert!(points.len() > 3, "{between}");
                let mut pieces = points.windows(2);
                assert!(pieces.all(|two| !boxes[2..].iter().any(|one| meets(two[0], two[1], one))));
            }
        }
    }
}

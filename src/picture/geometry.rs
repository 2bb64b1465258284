//! Points, and the lines between them.

use crate::picture::scene::{Bounds, Point};

/// The length of a line through these points.
pub(crate) fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|two| distance(two[0], two[1])).sum()
}

/// Returns the point at a part of the way along these points, and the direction there.
pub(crate) fn at(points: &[Point], part: f64) -> (Point, Point) {
    let mut left = length(points) * part;
    for two in points.windows(2) {
        let long = distance(two[0], two[1]);
        if left <= long {
            return (
                between(two[0], two[1], left / long.max(1e-9)),
                toward(two[0], two[1]),
            );
        }
        left -= long;
    }
    (
        points.last().copied().unwrap_or_default(),
        Point::new(1.0, 0.0),
    )
}

/// Returns the point at a part of the way from one to another.
pub(crate) fn between(start: Point, end: Point, part: f64) -> Point {
    Point::new(
        start.x + (end.x - start.x) * part,
        start.y + (end.y - start.y) * part,
    )
}

pub(crate) fn distance(from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    (dx * dx + dy * dy).sqrt()
}

/// Returns the direction from one point to another, of length 1.
pub(crate) fn toward(from: Point, to: Point) -> Point {
    let long = distance(from, to);
    if long < 1e-9 {
        return Point::new(1.0, 0.0);
    }
    Point::new((to.x - from.x) / long, (to.y - from.y) / long)
}

/// Returns the point at this distance in a direction.
pub(crate) fn ahead(from: Point, along: Point, by: f64) -> Point {
    Point::new(from.x + along.x * by, from.y + along.y * by)
}

/// Returns whether two lines cross; a shared end is no crossing.
pub(crate) fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Returns the side of a line on which a point is, as the sign of the result.
fn side(from: Point, to: Point, point: Point) -> f64 {
    (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
}

/// Returns whether a line runs through a box.
pub(crate) fn meets(from: Point, to: Point, bounds: &Bounds) -> bool {
    let center = bounds.center();
    let (x, y) = (
        center.x - (from.x + to.x) / 2.0,
        center.y - (from.y + to.y) / 2.0,
    );
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (wide, high) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
    2.0 * x.abs() < dx.abs() + wide
        && 2.0 * y.abs() < dy.abs() + high
        && 2.0 * (dx * y - dy * x).abs() < dx.abs() * high + dy.abs() * wide
}

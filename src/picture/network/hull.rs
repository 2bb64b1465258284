//! What lies behind boxes that belong together: the smallest round shape around them; or where that would hold others as
//! well, a band from one to the next.

use crate::picture::layout::meets;
use crate::picture::scene::{Bounds, Form, Item, Point, Step};
use crate::picture::theme::Color;

/// From the boxes to the edge of the hull.
pub(super) const AROUND: f64 = 6.0;
/// Half the width of a band.
const BAND: f64 = 7.0;

/// Draws it behind these boxes; `others` are not to be in it.
pub(super) fn hull(boxes: &[Bounds], others: &[Bounds], color: Color) -> Vec<Item> {
    let corners: Vec<Point> = boxes.iter().flat_map(|bounds| corners(&bounds.grown(AROUND))).collect();
    let around = convex(corners);
    let filled = |form: Form| Item::shape(form, Some(color), None);
    if !others.iter().any(|other| touches(&around, other)) {
        return vec![filled(Form::Path(rounded(&around)))];
    }
    let mut items: Vec<Item> = boxes.iter().map(|bounds| filled(Form::Rect(bounds.grown(AROUND), AROUND))).collect();
    items.extend(shortest_tree(boxes).into_iter().map(|(a, b)| filled(Form::Path(band(boxes[a].center(), boxes[b].center())))));
    items
}

fn corners(bounds: &Bounds) -> [Point; 4] {
    [
        Point::new(bounds.left, bounds.top),
        Point::new(bounds.right, bounds.top),
        Point::new(bounds.right, bounds.bottom),
        Point::new(bounds.left, bounds.bottom),
    ]
}

fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// The convex hull, by its chains from left to right and back (Andrew 1979).
fn convex(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., before, last] = chain[..] {
                if turn(before, last, point) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut points.iter().copied());
    hull.extend(chain(&mut points.iter().rev().copied()));
    hull
}

/// Whether a box is in a hull, or partly.
fn touches(hull: &[Point], bounds: &Bounds) -> bool {
    let sides = || hull.iter().zip(hull.iter().cycle().skip(1));
    let inside = |point: Point| sides().all(|(a, b)| turn(*a, *b, point) >= 0.0);
    inside(bounds.center()) || sides().any(|(a, b)| meets(*a, *b, bounds))
}

/// A path around these corners that cuts them off round.
fn rounded(corners: &[Point]) -> Vec<Step> {
    let count = corners.len();
    let mut steps = Vec::new();
    for nth in 0..count {
        let (before, corner, after) = (corners[(nth + count - 1) % count], corners[nth], corners[(nth + 1) % count]);
        let (from, to) = (toward(corner, before), toward(corner, after));
        steps.push(if nth == 0 { Step::Move(from) } else { Step::Line(from) });
        steps.push(Step::Curve(between(from, corner), between(to, corner), to));
    }
    steps.push(Step::Close);
    steps
}

/// A little way from a corner, at most half of the side.
fn toward(corner: Point, other: Point) -> Point {
    let (dx, dy) = (other.x - corner.x, other.y - corner.y);
    let length = (dx * dx + dy * dy).sqrt().max(1e-6);
    let part = (8.0 / length).min(0.5);
    Point::new(corner.x + dx * part, corner.y + dy * part)
}

fn between(from: Point, corner: Point) -> Point {
    Point::new(from.x + (corner.x - from.x) * 0.55, from.y + (corner.y - from.y) * 0.55)
}

/// The tree of least length that joins all boxes (Prim 1957).
fn shortest_tree(boxes: &[Bounds]) -> Vec<(usize, usize)> {
    let distance = |a: usize, b: usize| {
        let (a, b) = (boxes[a].center(), boxes[b].center());
        (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
    };
    let mut joined = vec![0];
    let mut tree = Vec::new();
    while joined.len() < boxes.len() {
        let pairs = joined.iter().flat_map(|&a| (0..boxes.len()).filter(|b| !joined.contains(b)).map(move |b| (a, b)));
        let Some((a, b)) = pairs.min_by(|x, y| distance(x.0, x.1).total_cmp(&distance(y.0, y.1))) else { break };
        tree.push((a, b));
        joined.push(b);
    }
    tree
}

fn band(from: Point, to: Point) -> Vec<Step> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = (dx * dx + dy * dy).sqrt().max(1e-6);
    let (x, y) = (-dy / length * BAND, dx / length * BAND);
    let at = |point: Point, side: f64| Point::new(point.x + x * side, point.y + y * side);
    vec![Step::Move(at(from, 1.0)), Step::Line(at(to, 1.0)), Step::Line(at(to, -1.0)), Step::Line(at(from, -1.0)), Step::Close]
}

#[cfg(test)]
mod tests {
    use super::{convex, hull, touches};
    use crate::picture::scene::{Bounds, Point};
    use crate::picture::theme::Color;

    #[test]
    fn a_hull_holds_its_own_and_no_others() {
        let corners = [(0.0, 0.0), (10.0, 0.0), (5.0, 5.0), (10.0, 10.0), (0.0, 10.0)].map(|(x, y)| Point::new(x, y));
        let around = convex(corners.to_vec());
        assert_eq!(around.len(), 4);
        assert!(touches(&around, &Bounds::new(4.0, 4.0, 1.0, 1.0)) && !touches(&around, &Bounds::new(20.0, 4.0, 1.0, 1.0)));
        let (left, right) = (Bounds::new(0.0, 0.0, 10.0, 10.0), Bounds::new(100.0, 0.0, 10.0, 10.0));
        let between = Bounds::new(50.0, 0.0, 10.0, 10.0);
        assert_eq!(hull(&[left, right], &[], Color::Panel).len(), 1);
        // A box for each, and the band between.
        assert_eq!(hull(&[left, right], &[between], Color::Panel).len(), 3);
    }
}

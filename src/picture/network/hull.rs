//! Hulls behind boxes that belong together: the smallest rounded shape around them.

use crate::diagram::Color;
use crate::picture::geometry::{between, distance, meets};
use crate::picture::scene::{Bounds, Form, Item, Point, Step, Stroke};

/// The maximum distance between the boxes and the edge of the hull.
pub(super) const AROUND: f64 = 7.5;
/// The widest gap between boxes that a hull bridges; across a wider one, it is a mere wedge.
const BRIDGED: f64 = 56.0;

/// Draws a hull with an edge at distance `around` from these boxes.
pub(super) fn hull(boxes: &[Bounds], around: f64, edge: Stroke) -> Vec<Item> {
    filled(vec![Form::Path(rounded(&outline(boxes, around)))], edge)
}

/// Returns whether these boxes stand close together, with none of the others between them.
pub(super) fn holds(boxes: &[Bounds], others: &[Bounds], around: f64) -> bool {
    let outline = outline(boxes, around);
    let mut tree = shortest_tree(boxes).into_iter();
    tree.all(|(a, b)| gap(&boxes[a], &boxes[b]) <= BRIDGED)
        && !others.iter().any(|other| touches(&outline, other))
}

/// Returns the corners of the smallest shape around these boxes.
fn outline(boxes: &[Bounds], around: f64) -> Vec<Point> {
    let boxes = boxes.iter().map(|bounds| bounds.grown(around));
    convex(boxes.flat_map(|bounds| corners(&bounds)).collect())
}

/// Returns the distance between the edges of two boxes.
fn gap(one: &Bounds, other: &Bounds) -> f64 {
    let wide = (one.left - other.right)
        .max(other.left - one.right)
        .max(0.0);
    let high = (one.top - other.bottom)
        .max(other.top - one.bottom)
        .max(0.0);
    wide.hypot(high)
}

/// Draws forms as one: all edges first, so that a fill covers those inside another form.
pub(super) fn filled(forms: Vec<Form>, edge: Stroke) -> Vec<Item> {
    let outer = Stroke {
        width: edge.width * 2.0,
        ..edge
    };
    let edges = forms
        .iter()
        .map(|form| Item::shape(form.clone(), None, Some(outer)));
    edges
        .chain(
            forms
                .iter()
                .map(|form| Item::shape(form.clone(), Some(Color::Panel), None)),
        )
        .collect()
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

/// Returns the convex hull, by its chains from left to right and back (Andrew 1979).
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

/// Returns whether a box lies in a hull, at least partly.
fn touches(hull: &[Point], bounds: &Bounds) -> bool {
    let sides = || hull.iter().zip(hull.iter().cycle().skip(1));
    let inside = |point: Point| sides().all(|(a, b)| turn(*a, *b, point) >= 0.0);
    inside(bounds.center()) || sides().any(|(a, b)| meets(*a, *b, bounds))
}

/// Returns a path around these corners that rounds them off.
fn rounded(corners: &[Point]) -> Vec<Step> {
    let count = corners.len();
    let mut steps = Vec::new();
    for nth in 0..count {
        let (before, corner, after) = (
            corners[(nth + count - 1) % count],
            corners[nth],
            corners[(nth + 1) % count],
        );
        let (from, to) = (near(corner, before), near(corner, after));
        steps.push(if nth == 0 {
            Step::Move(from)
        } else {
            Step::Line(from)
        });
        steps.push(Step::Curve(
            between(from, corner, 0.55),
            between(to, corner, 0.55),
            to,
        ));
    }
    steps.push(Step::Close);
    steps
}

/// Returns a point a little way from a corner, at most half way along the side.
fn near(corner: Point, other: Point) -> Point {
    let part = (8.0 / distance(corner, other).max(1e-6)).min(0.5);
    between(corner, other, part)
}

/// Returns the minimum spanning tree of all boxes (Prim 1957).
fn shortest_tree(boxes: &[Bounds]) -> Vec<(usize, usize)> {
    let distance = |a: usize, b: usize| gap(&boxes[a], &boxes[b]);
    let mut joined = vec![0];
    let mut tree = Vec::new();
    while joined.len() < boxes.len() {
        let pairs = joined.iter().flat_map(|&a| {
            (0..boxes.len())
                .filter(|b| !joined.contains(b))
                .map(move |b| (a, b))
        });
        let Some((a, b)) = pairs.min_by(|x, y| distance(x.0, x.1).total_cmp(&distance(y.0, y.1)))
        else {
            break;
        };
        tree.push((a, b));
        joined.push(b);
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::{AROUND, convex, holds, touches};
    use crate::picture::scene::{Bounds, Point};

    #[test]
    fn a_hull_holds_its_own_and_no_others() {
        let corners = [
            (0.0, 0.0),
            (10.0, 0.0),
            (5.0, 5.0),
            (10.0, 10.0),
            (0.0, 10.0),
        ]
        .map(|(x, y)| Point::new(x, y));
        let around = convex(corners.to_vec());
        assert_eq!(around.len(), 4);
        assert!(
            touches(&around, &Bounds::new(4.0, 4.0, 1.0, 1.0))
                && !touches(&around, &Bounds::new(20.0, 4.0, 1.0, 1.0))
        );
        let (left, right) = (
            Bounds::new(0.0, 0.0, 10.0, 10.0),
            Bounds::new(50.0, 0.0, 10.0, 10.0),
        );
        let between = Bounds::new(25.0, 0.0, 10.0, 10.0);
        let far = Bounds::new(300.0, 0.0, 10.0, 10.0);
        assert!(holds(&[left, right], &[far], AROUND));
        assert!(!holds(&[left, right], &[between], AROUND));
        assert!(!holds(&[left, far], &[], AROUND));
    }
}

//! The lines that join those who have a part in a meeting or a tie. Each runs beside the signs of its day,
//! with a dot in the lanes it joins and a gap at what stands in others.

use crate::diagram::Color;
use crate::picture::scene::{Form, Item, Point, Stroke};
use crate::picture::timeline::lanes::{HALF, Mark};
use crate::picture::timeline::scene::Lanes;

/// The distance of the first line from the signs it joins, and of two lines from each other.
const ASIDE: f64 = 4.0;
const APART: f64 = 3.5;
/// The most lines that run side by side.
const MOST: usize = 5;
/// The radius of a dot, and the space above and below what stands in the way.
const DOT: f64 = 1.7;
const GAP: f64 = 2.5;

/// A line that joins the signs of an event, from the topmost to the lowest.
struct Joint<'m> {
    mark: &'m Mark<'m>,
    x: f64,
    /// Where it is joined to them, and whether it lies within the days of one.
    signs: Vec<(Point, bool)>,
}

impl Joint<'_> {
    /// Returns its upper and its lower end.
    fn ends(&self) -> (f64, f64) {
        let ys = || self.signs.iter().map(|(sign, _)| sign.y);
        (ys().fold(f64::INFINITY, f64::min), ys().fold(0.0, f64::max))
    }

    /// Returns whether it would run over another.
    fn meets(&self, other: &Joint<'_>) -> bool {
        let ((top, bottom), (upper, lower)) = (self.ends(), other.ends());
        (self.x - other.x).abs() < APART - 0.1 && top <= lower && upper <= bottom
    }
}

/// Draws a line for each meeting and tie, which joins those who have a part in it. Returns also the
/// dots that lie above the bars of their days.
pub(super) fn joined(lanes: &Lanes<'_>, marks: &[Mark<'_>]) -> (Vec<Item>, Vec<Item>) {
    let mut joints: Vec<Joint<'_>> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.event.what.is_told()) {
        let signs = mark.event.lanes.iter().filter_map(|lane| {
            let mut here = lanes.placed[*lane].iter();
            let placed = here.find(|placed| std::ptr::eq(placed.event, mark.event))?;
            let joint = placed.joint();
            let is_within = placed.days.is_some_and(|(from, _)| from < joint);
            Some((Point::new(joint, lanes.center(*lane, placed).y), is_within))
        });
        let signs: Vec<(Point, bool)> = signs.collect();
        let Some((first, _)) = signs.first().filter(|_| signs.len() > 1) else {
            continue;
        };
        let near = first.x - ASIDE;
        let mut joint = Joint {
            mark,
            x: near,
            signs,
        };
        for nth in 0..MOST {
            joint.x = near - nth as f64 * APART;
            if !joints.iter().any(|other| joint.meets(other)) {
                break;
            }
        }
        joints.push(joint);
    }
    let lines = joints.iter().flat_map(|joint| pieces(lanes, joint));
    let mut below: Vec<Item> = lines.collect();
    let mut above = Vec::new();
    for joint in &joints {
        for (sign, is_within) in &joint.signs {
            let items = if *is_within { &mut above } else { &mut below };
            items.extend(dot(Point::new(joint.x, sign.y), *sign));
        }
    }
    (below, above)
}

/// Draws the pieces of a line.
fn pieces(lanes: &Lanes<'_>, joint: &Joint<'_>) -> Vec<Item> {
    let (mut from, bottom) = joint.ends();
    let mut items = Vec::new();
    let mut piece = |from: f64, to: f64| {
        let at = |y: f64| Point::new(joint.x, y);
        items.extend((from < to).then(|| line(at(from), at(to))));
    };
    for (above, below) in in_the_way(lanes, joint) {
        piece(from, above.min(bottom));
        from = from.max(below);
    }
    piece(from, bottom);
    items
}

/// Draws a piece of a line.
pub(super) fn line(from: Point, to: Point) -> Item {
    Item::line(from, to, Stroke::solid(Color::Neutral, 0.8))
}

/// Draws the dot on a line from which a sign is reached.
pub(super) fn dot(at: Point, sign: Point) -> [Item; 2] {
    let dot = Item::shape(Form::Circle(at, DOT), Some(Color::Neutral), None);
    [line(at, sign), dot]
}

/// Returns the upper and lower edges of what a line would run over, from the top down.
fn in_the_way(lanes: &Lanes<'_>, joint: &Joint<'_>) -> Vec<(f64, f64)> {
    let mut edges = Vec::new();
    for (lane, placed) in lanes.placed.iter().enumerate() {
        let others = placed
            .iter()
            .filter(|placed| !std::ptr::eq(placed.event, joint.mark.event));
        for other in others {
            let (left, right) = other.extent();
            if left - 1.5 < joint.x && joint.x < right + 1.5 {
                let y = lanes.center(lane, other).y;
                edges.push((y - HALF - GAP, y + HALF + GAP));
            }
        }
    }
    edges.sort_by(|one, other| one.0.total_cmp(&other.0));
    edges
}

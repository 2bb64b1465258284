//! Boxes that overlap are pushed apart, the shorter way.

use crate::picture::layout::box_at;
use crate::picture::scene::{Bounds, Point};

/// After so many rounds without an end there is too little room, and everything moves out.
const ROUNDS: usize = 40;
/// More boxes than this are gone through from top to bottom: being low, fewer of them share a height than a width.
const MANY: usize = 250;

/// Moves boxes until there is a gap between any two. Says nothing of how far.
pub(super) fn separate(places: &mut [Point], sizes: &[(f64, f64)], gap: f64) {
    let sizes: Vec<(f64, f64)> = sizes.iter().map(|(width, height)| (width + gap, height + gap)).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    for round in 1.. {
        if !push(places, &sizes, &mut order) {
            return;
        }
        if round % ROUNDS == 0 {
            places.iter_mut().for_each(|place| *place = Point::new(place.x * 1.06, place.y * 1.06));
        }
    }
}

/// One round; whether any two boxes overlapped.
fn push(places: &mut [Point], sizes: &[(f64, f64)], order: &mut [usize]) -> bool {
    let down = places.len() > MANY;
    let (at, size) = (|place: Point| if down { place.y } else { place.x }, |size: (f64, f64)| if down { size.1 } else { size.0 });
    let start = |places: &[Point], node: usize| at(places[node]) - size(sizes[node]) / 2.0;
    order.sort_by(|&a, &b| start(places, a).total_cmp(&start(places, b)));
    let mut overlapped = false;
    for (nth, &one) in order.iter().enumerate() {
        for &other in &order[nth + 1..] {
            // Boxes that were pushed since may stand a little out of order: the next round sees them.
            if start(places, other) > at(places[one]) + size(sizes[one]) / 2.0 {
                break;
            }
            overlapped |= push_two(places, sizes, one, other);
        }
    }
    overlapped
}

fn push_two(places: &mut [Point], sizes: &[(f64, f64)], one: usize, other: usize) -> bool {
    let (a, b) = (box_at(places[one], sizes[one]), box_at(places[other], sizes[other]));
    let shared =
        Bounds { left: a.left.max(b.left), top: a.top.max(b.top), right: a.right.min(b.right), bottom: a.bottom.min(b.bottom) };
    let (wide, high) = (shared.right - shared.left, shared.bottom - shared.top);
    if wide <= 1e-6 || high <= 1e-6 {
        return false;
    }
    let (from, to) = (places[one], places[other]);
    // A little more than needed, so that rounding leaves no overlap.
    let (x, y) = if wide < high { (wide / 2.0 + 0.01, 0.0) } else { (0.0, high / 2.0 + 0.01) };
    // Where both stand in one place, the later one gives way to the right and down.
    let sign = |from: f64, to: f64| if to < from { -1.0 } else { 1.0 };
    let by = Point::new(x * sign(from.x, to.x), y * sign(from.y, to.y));
    places[one] = Point::new(from.x - by.x, from.y - by.y);
    places[other] = Point::new(to.x + by.x, to.y + by.y);
    true
}

//! Pushes overlapping boxes apart: along the shorter way at first; if that doesn't end soon, the
//! rest up and down.

use crate::picture::layout::box_at;
use crate::picture::scene::{Bounds, Point};

/// The maximum number of rounds that push boxes apart along the shorter way.
const ROUNDS: usize = 12;
/// The number of boxes above which they are scanned from top to bottom: boxes are low, so fewer
/// overlap vertically than horizontally.
const MANY: usize = 250;

/// Moves boxes until there is a gap between any two. How far they move is not bounded.
pub(super) fn separate(places: &mut [Point], sizes: &[(f64, f64)], gap: f64) {
    let sizes: Vec<(f64, f64)> = sizes
        .iter()
        .map(|(width, height)| (width + gap, height + gap))
        .collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    for _ in 0..ROUNDS {
        if !push(places, &sizes, &mut order) {
            return;
        }
    }
    part(places, &sizes, &mut order);
}

/// Runs one round; returns whether any two boxes overlapped.
fn push(places: &mut [Point], sizes: &[(f64, f64)], order: &mut [usize]) -> bool {
    let down = places.len() > MANY;
    let (at, size) = (
        |place: Point| if down { place.y } else { place.x },
        |size: (f64, f64)| if down { size.1 } else { size.0 },
    );
    let start = |places: &[Point], node: usize| at(places[node]) - size(sizes[node]) / 2.0;
    order.sort_by(|&a, &b| start(places, a).total_cmp(&start(places, b)));
    let mut overlapped = false;
    for (nth, &one) in order.iter().enumerate() {
        for &other in &order[nth + 1..] {
            // Boxes pushed in this round may be slightly out of order; the next round finds them.
            if start(places, other) > at(places[one]) + size(sizes[one]) / 2.0 {
                break;
            }
            overlapped |= push_two(places, sizes, one, other);
        }
    }
    overlapped
}

fn push_two(places: &mut [Point], sizes: &[(f64, f64)], one: usize, other: usize) -> bool {
    let (a, b) = (
        box_at(places[one], sizes[one]),
        box_at(places[other], sizes[other]),
    );
    let shared = Bounds {
        left: a.left.max(b.left),
        top: a.top.max(b.top),
        right: a.right.min(b.right),
        bottom: a.bottom.min(b.bottom),
    };
    let (wide, high) = (shared.right - shared.left, shared.bottom - shared.top);
    if wide <= 1e-6 || high <= 1e-6 {
        return false;
    }
    let (from, to) = (places[one], places[other]);
    // Push a little more than needed, so that rounding leaves no overlap.
    let (x, y) = if wide < high {
        (wide / 2.0 + 0.01, 0.0)
    } else {
        (0.0, high / 2.0 + 0.01)
    };
    // If both are at the same point, the later one moves right and down.
    let sign = |from: f64, to: f64| if to < from { -1.0 } else { 1.0 };
    let by = Point::new(x * sign(from.x, to.x), y * sign(from.y, to.y));
    places[one] = Point::new(from.x - by.x, from.y - by.y);
    places[other] = Point::new(to.x + by.x, to.y + by.y);
    true
}

/// Moves boxes up and down only, none past another, until none overlap. Each ends half way between
/// its position with all overlaps resolved downwards and with all resolved upwards; both keep the
/// necessary distances.
fn part(places: &mut [Point], sizes: &[(f64, f64)], order: &mut [usize]) {
    order.sort_by(|&a, &b| places[a].y.total_cmp(&places[b].y));
    let mut edges: Vec<f64> = places
        .iter()
        .zip(sizes)
        .flat_map(|(place, (width, _))| [place.x - width / 2.0, place.x + width / 2.0])
        .collect();
    edges.sort_unstable_by(f64::total_cmp);
    let strips = |node: usize| {
        let (x, half) = (places[node].x, sizes[node].0 / 2.0);
        let at = |edge: f64| edges.partition_point(|&other| other < edge);
        at(x - half)..at(x + half)
    };
    // `taken` holds how far each vertical strip of the page is occupied.
    let settle = |order: &mut dyn Iterator<Item = usize>, sign: f64| {
        let mut taken = vec![f64::NEG_INFINITY; edges.len()];
        let mut settled = vec![0.0; sizes.len()];
        for node in order {
            let strips = strips(node);
            let free = taken[strips.clone()]
                .iter()
                .copied()
                .fold(f64::NEG_INFINITY, f64::max);
            let top = (sign * places[node].y - sizes[node].1 / 2.0).max(free);
            taken[strips].fill(top + sizes[node].1 + 0.01);
            settled[node] = sign * (top + sizes[node].1 / 2.0);
        }
        settled
    };
    let sunk = settle(&mut order.iter().copied(), 1.0);
    let risen = settle(&mut order.iter().rev().copied(), -1.0);
    for (place, (sunk, risen)) in places.iter_mut().zip(sunk.into_iter().zip(risen)) {
        place.y = (sunk + risen) / 2.0;
    }
}

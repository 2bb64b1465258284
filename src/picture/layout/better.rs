//! Moves boxes to where fewer lines cross one another or run behind boxes.

use crate::picture::layout::drawn::Drawn;
use crate::picture::layout::{Network, around};
use crate::picture::random::Random;
use crate::picture::scene::{Bounds, Point};

/// The maximum number of rounds over all boxes.
const ROUNDS: usize = 12;
/// The number of ways to find a position to try; see [`candidate`].
const KINDS: usize = 14;
/// The positions tried for each box in a round, and the same in small networks.
const TRIED: usize = 21;
const TRIED_IN_FEW: usize = 42;

/// Moves one box after another for as long as that helps. The page does not grow.
pub(super) fn improve(
    drawn: &mut Drawn<'_>,
    network: &Network,
    beside: &[Vec<usize>],
    random: &mut Random,
) {
    let sizes = &network.sizes;
    let count = sizes.len();
    let page = around(drawn.places(), sizes);
    let tries = if count <= 40 { TRIED_IN_FEW } else { TRIED };
    for round in 0..ROUNDS {
        let mut moved = false;
        for (node, size) in sizes.iter().enumerate() {
            let from = drawn.places()[node];
            let (mut best, mut to) = (drawn.price(node, f64::INFINITY), from);
            if best.0 == 0.0 && round > 0 {
                continue;
            }
            for nth in 0..tries {
                let tried = candidate(
                    nth % KINDS,
                    node,
                    beside,
                    drawn.places(),
                    &page,
                    *size,
                    random,
                );
                if !drawn.is_free(node, tried, network.gap) {
                    continue;
                }
                drawn.put(node, tried);
                let there = drawn.price(node, best.0);
                if there.0 < best.0 || there.0 == best.0 && there.1 < best.1 * 0.98 {
                    (best, to) = (there, tried);
                }
                drawn.put(node, from);
            }
            if to != from {
                drawn.put(node, to);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

/// Returns a position to try: among the node's neighbours, near its own position, or anywhere.
fn candidate(
    nth: usize,
    node: usize,
    beside: &[Vec<usize>],
    places: &[Point],
    page: &Bounds,
    size: (f64, f64),
    random: &mut Random,
) -> Point {
    let others = &beside[node];
    let shift = |random: &mut Random, by: f64| (random.unit() - 0.5) * 2.0 * by;
    let tried = match nth {
        0..=6 if !others.is_empty() => {
            let sum = others
                .iter()
                .fold(Point::default(), |sum, &other| sum.plus(places[other]));
            let middle = Point::new(sum.x / others.len() as f64, sum.y / others.len() as f64);
            let reach = 0.3 + nth as f64 * 0.35;
            middle.plus(Point::new(
                shift(random, size.0 * reach),
                shift(random, size.1 * 2.5 * reach),
            ))
        }
        7..=9 => places[node].plus(Point::new(
            shift(random, size.0 * 1.5),
            shift(random, size.1 * 4.0),
        )),
        _ => {
            let (wide, high) = (page.right - page.left, page.bottom - page.top);
            Point::new(
                page.left + random.unit() * wide,
                page.top + random.unit() * high,
            )
        }
    };
    Point::new(
        tried
            .x
            .min(page.right - size.0 / 2.0)
            .max(page.left + size.0 / 2.0),
        tried
            .y
            .min(page.bottom - size.1 / 2.0)
            .max(page.top + size.1 / 2.0),
    )
}

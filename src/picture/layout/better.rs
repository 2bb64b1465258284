//! Boxes move where fewer lines cross one another or run behind boxes.

use crate::picture::layout::{GAP, Network, box_at};
use crate::picture::random::Random;
use crate::picture::scene::{Bounds, Point};

/// Rounds over all boxes.
const ROUNDS: usize = 16;
/// Places tried for each box in a round, and in small networks.
const TRIED: usize = 14;
const TRIED_IN_FEW: usize = 40;
/// What a line behind a box costs, in crossings.
const BEHIND: f64 = 0.9;
/// What a line costs that crosses the bond between two that belong together, or a box between them.
const DIVIDED: f64 = 0.5;
/// Two that belong together may be so far apart, in pixels; as much again costs as much as half a crossing.
const NEAR: f64 = 110.0;
/// How much dearer it is to stand far from those one belongs to than from those one is joined to.
const CLOSE: f64 = 3.0;

/// What is wrong with a layout: crossings, and lines behind boxes.
pub(super) fn cost(network: &Network, places: &[Point]) -> f64 {
    let boxes: Vec<Bounds> = places.iter().zip(&network.sizes).map(|(place, size)| box_at(*place, *size)).collect();
    let behind: usize = network.lines.iter().map(|&line| behind(line, places, &boxes)).sum();
    let apart: f64 = network.close.iter().map(|&pair| apart(network, pair, places, &boxes)).sum();
    crossings(&network.lines, places) as f64 + BEHIND * behind as f64 + apart
}

/// What it costs that two that belong together are far apart, or that others are between them.
fn apart(network: &Network, pair: (usize, usize), places: &[Point], boxes: &[Bounds]) -> f64 {
    let crossed = network.lines.iter().filter(|line| cross(**line, pair, places)).count();
    let between = behind(pair, places, boxes);
    let far = (distance(places[pair.0], places[pair.1]) / NEAR - 1.0).max(0.0);
    DIVIDED * ((crossed + between) as f64 + far)
}

/// How many straight lines cross. Lines that share an end do not.
pub(crate) fn crossings(lines: &[(usize, usize)], places: &[Point]) -> usize {
    let crossed =
        |(nth, line): (usize, &(usize, usize))| lines[..nth].iter().filter(|other| cross(*line, **other, places)).count();
    lines.iter().enumerate().map(crossed).sum()
}

fn cross((a, b): (usize, usize), (c, d): (usize, usize), places: &[Point]) -> bool {
    if a == c || a == d || b == c || b == d {
        return false;
    }
    let (a, b, c, d) = (places[a], places[b], places[c], places[d]);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// On which side of a line a point is.
fn side(from: Point, to: Point, point: Point) -> f64 {
    let side = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
    if side > 0.0 {
        1.0
    } else if side < 0.0 {
        -1.0
    } else {
        0.0
    }
}

/// How many boxes, other than at its ends, a line runs behind.
fn behind((a, b): (usize, usize), places: &[Point], boxes: &[Bounds]) -> usize {
    let (from, to) = (places[a], places[b]);
    boxes.iter().enumerate().filter(|(node, bounds)| *node != a && *node != b && meets(from, to, bounds)).count()
}

/// Whether a line runs through a box.
pub(crate) fn meets(from: Point, to: Point, bounds: &Bounds) -> bool {
    if from.x.max(to.x) <= bounds.left
        || from.x.min(to.x) >= bounds.right
        || from.y.max(to.y) <= bounds.top
        || from.y.min(to.y) >= bounds.bottom
    {
        return false;
    }
    let corners = [
        Point::new(bounds.left, bounds.top),
        Point::new(bounds.right, bounds.top),
        Point::new(bounds.right, bounds.bottom),
        Point::new(bounds.left, bounds.bottom),
    ];
    let sides: f64 = corners.iter().map(|&corner| side(from, to, corner)).sum();
    sides.abs() < 4.0
}

/// Moves one box after the other, as long as that helps.
pub(super) fn improve(network: &Network, beside: &[Vec<usize>], places: &mut [Point], random: &mut Random) {
    let count = places.len();
    let mut boxes: Vec<Bounds> = places.iter().zip(&network.sizes).map(|(place, size)| box_at(*place, *size)).collect();
    let around = boxes.iter().copied().reduce(|all, one| all.with(&one)).unwrap_or_default();
    let own: Vec<Vec<(usize, usize)>> =
        (0..count).map(|node| network.lines.iter().filter(|(a, b)| *a == node || *b == node).copied().collect()).collect();
    let tries = if count <= 40 { TRIED_IN_FEW } else { TRIED };
    for round in 0..ROUNDS {
        let mut moved = false;
        for node in 0..count {
            let here = price(network, &own[node], node, places, &boxes);
            if here.0 == 0.0 && round > 0 && network.close.is_empty() {
                continue;
            }
            let (mut best, mut to) = (here, places[node]);
            let from = places[node];
            for nth in 0..tries {
                let tried = candidate(nth % TRIED, node, beside, places, &around, network.sizes[node], random);
                let bounds = box_at(tried, network.sizes[node]).grown(GAP / 2.0);
                let free =
                    boxes.iter().enumerate().all(|(other, taken)| other == node || !bounds.overlaps(&taken.grown(GAP / 2.0)));
                if !free {
                    continue;
                }
                places[node] = tried;
                boxes[node] = box_at(tried, network.sizes[node]);
                let there = price(network, &own[node], node, places, &boxes);
                if there.0 < best.0 || there.0 == best.0 && there.1 < best.1 * 0.98 {
                    (best, to) = (there, tried);
                }
            }
            moved |= to != from;
            places[node] = to;
            boxes[node] = box_at(to, network.sizes[node]);
        }
        if !moved {
            break;
        }
    }
}

/// Somewhere to try: among those it is joined to, near where it is, or anywhere.
fn candidate(
    nth: usize,
    node: usize,
    beside: &[Vec<usize>],
    places: &[Point],
    around: &Bounds,
    size: (f64, f64),
    random: &mut Random,
) -> Point {
    let others = &beside[node];
    let shift = |random: &mut Random, by: f64| (random.unit() - 0.5) * 2.0 * by;
    let tried = match nth {
        0..=6 if !others.is_empty() => {
            let sum = others.iter().fold(Point::default(), |sum, &other| sum.plus(places[other]));
            let middle = Point::new(sum.x / others.len() as f64, sum.y / others.len() as f64);
            let reach = 0.3 + nth as f64 * 0.35;
            middle.plus(Point::new(shift(random, size.0 * reach), shift(random, size.1 * 2.5 * reach)))
        }
        7..=9 => places[node].plus(Point::new(shift(random, size.0 * 1.5), shift(random, size.1 * 4.0))),
        _ => {
            let (wide, high) = (around.right - around.left, around.bottom - around.top);
            Point::new(around.left + random.unit() * wide, around.top + random.unit() * high)
        }
    };
    // The page does not grow.
    Point::new(
        tried.x.min(around.right - size.0 / 2.0).max(around.left + size.0 / 2.0),
        tried.y.min(around.bottom - size.1 / 2.0).max(around.top + size.1 / 2.0),
    )
}

fn distance(from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    (dx * dx + dy * dy).sqrt()
}

/// What the lines of a node and its box cost, and how long its lines are.
fn price(network: &Network, own: &[(usize, usize)], node: usize, places: &[Point], boxes: &[Bounds]) -> (f64, f64) {
    let mut cost = 0.0;
    let mut length = 0.0;
    for &line in own {
        cost += network.lines.iter().filter(|other| cross(line, **other, places)).count() as f64;
        cost += BEHIND * behind(line, places, boxes) as f64;
        length += distance(places[line.0], places[line.1]);
    }
    let over = network.lines.iter().filter(|(a, b)| *a != node && *b != node && meets(places[*a], places[*b], &boxes[node]));
    for &(a, b) in network.close.iter().filter(|(a, b)| *a == node || *b == node) {
        length += CLOSE * distance(places[a], places[b]);
        cost += apart(network, (a, b), places, boxes);
    }
    for &line in own {
        cost += DIVIDED * network.close.iter().filter(|pair| cross(line, **pair, places)).count() as f64;
    }
    (cost + BEHIND * over.count() as f64, length)
}

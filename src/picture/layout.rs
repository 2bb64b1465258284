//! Positions the boxes of a network near those they are joined to, apart from all others, and with
//! few line crossings. Works on plain numbers, without knowing what the boxes stand for.
//!
//! Distances between boxes follow distances in the network: stress is minimised by stochastic
//! gradient descent (Zheng, Pawar and Goodman 2018), over pivots if there are many boxes (Ortmann,
//! Klimenta and Brandes 2017). Overlapping boxes are pushed apart. For small networks several
//! layouts are tried, and in the best one boxes are moved to reduce crossings.

mod alone;
mod apart;
mod better;
mod drawn;
mod pack;
mod stress;

use std::collections::HashSet;

use crate::picture::layout::drawn::Drawn;
use crate::picture::random::Random;
use crate::picture::scene::{Bounds, Point};

/// The sizes of boxes in pixels, the lines that join them, and the pairs that belong close
/// together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    pub(crate) sizes: Vec<(f64, f64)>,
    pub(crate) lines: Vec<(usize, usize)>,
    pub(crate) close: Vec<(usize, usize)>,
    /// The lines whose ends belong far apart.
    pub(crate) far: Vec<(usize, usize)>,
    /// The width and the height that each line needs between its boxes, one of the two at least, for
    /// what is written on it; empty if no line needs any.
    pub(crate) room: Vec<Option<(f64, f64)>>,
    /// The camp of each box; empty if there are none.
    pub(crate) camps: Vec<Option<u32>>,
    /// The minimum space between two boxes.
    pub(crate) gap: f64,
}

/// The largest network for which crossings are counted.
const COUNTED: usize = 250;
/// The share of the page that boxes should fill.
const FILLED: f64 = 0.41;
/// The ratio of a network's width to its height.
const WIDE: f64 = 1.35;
/// The width that boxes fill that no line joins to others, if there are as many.
const WIDTH_ALONE: f64 = 520.0;
/// The maximum number of rounds that tighten a layout.
const TIGHTENED: usize = 12;

/// Returns the centre of every box, with the leftmost and topmost edges at 0, and the size of the
/// whole.
pub(crate) fn lay_out(network: &Network) -> (Vec<Point>, (f64, f64)) {
    let mut places = vec![Point::default(); network.sizes.len()];
    let (alone, joined): (Vec<_>, Vec<_>) = parts_of(network)
        .into_iter()
        .partition(|members| members.len() == 1);
    let mut parts = Vec::new();
    for members in joined {
        let part = part(network, &members);
        let laid_out = lay_out_part(&part);
        let around = around(&laid_out, &part.sizes);
        parts.push((members, laid_out, around));
    }
    let sizes: Vec<(f64, f64)> = parts
        .iter()
        .map(|(_, _, around)| (around.right - around.left, around.bottom - around.top))
        .collect();
    let gap = 10.0 + network.gap;
    let (corners, mut size) = pack::pack(&sizes, gap);
    for ((members, laid_out, around), corner) in parts.iter().zip(corners) {
        for (&member, place) in members.iter().zip(laid_out) {
            places[member] = Point::new(
                place.x - around.left + corner.x,
                place.y - around.top + corner.y,
            );
        }
    }
    let alone: Vec<usize> = alone.into_iter().flatten().collect();
    if !alone.is_empty() {
        let camp = |node: usize| network.camps.get(node).copied().flatten();
        let boxes = alone.iter().map(|&node| (network.sizes[node], camp(node)));
        let boxes: Vec<_> = boxes.collect();
        let gap_alone = network.gap.clamp(8.0, 12.0);
        let least = size.0.max(WIDTH_ALONE);
        let (corners, (width, height)) = alone::columns(&boxes, least, gap_alone);
        let below = if parts.is_empty() {
            0.0
        } else {
            size.1 + 2.0 * gap
        };
        for (&node, corner) in alone.iter().zip(corners) {
            let (wide, high) = network.sizes[node];
            places[node] = corner.plus(Point::new(wide / 2.0, below + high / 2.0));
        }
        size = (size.0.max(width), below + height);
    }
    (places, size)
}

/// Returns the connected components, the largest first.
fn parts_of(network: &Network) -> Vec<Vec<usize>> {
    let beside = beside(
        network.sizes.len(),
        network.lines.iter().chain(&network.close),
    );
    let mut seen = vec![false; network.sizes.len()];
    let mut parts = Vec::new();
    for start in 0..seen.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut part = vec![start];
        let mut next = 0;
        while let Some(&node) = part.get(next) {
            next += 1;
            for &other in &beside[node] {
                if !std::mem::replace(&mut seen[other], true) {
                    part.push(other);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

fn part(network: &Network, members: &[usize]) -> Network {
    if members.len() == network.sizes.len() {
        return network.clone();
    }
    let place = |node: usize| members.binary_search(&node).ok();
    let within = |pairs: &[(usize, usize)]| {
        pairs
            .iter()
            .filter_map(|&(a, b)| Some((place(a)?, place(b)?)))
            .collect()
    };
    Network {
        sizes: members.iter().map(|&node| network.sizes[node]).collect(),
        lines: within(&network.lines),
        close: within(&network.close),
        far: within(&network.far),
        room: rooms(network, place),
        camps: members
            .iter()
            .filter_map(|&node| network.camps.get(node).copied())
            .collect(),
        gap: network.gap,
    }
}

/// Returns the room that the lines of a part need.
fn rooms(network: &Network, place: impl Fn(usize) -> Option<usize>) -> Vec<Option<(f64, f64)>> {
    let lines = network.lines.iter().zip(&network.room);
    lines
        .filter(|((a, b), _)| place(*a).is_some() && place(*b).is_some())
        .map(|(_, room)| *room)
        .collect()
}

/// How far apart the ends of a line are that belong far apart, in steps.
const FAR: f32 = 2.0;
/// How much closer those of one camp stand, and how much further apart those of two.
const TOGETHER: f32 = 0.85;
const DIVIDED: f32 = 1.2;

/// Returns by how much the distance of two boxes is stretched.
fn stretch(network: &Network) -> impl Fn(usize, usize) -> f32 + '_ {
    let camp = |node: usize| network.camps.get(node).copied().flatten();
    let far: HashSet<(usize, usize)> = network.far.iter().copied().collect();
    move |a, b| match (camp(a), camp(b)) {
        _ if far.contains(&(a, b)) || far.contains(&(b, a)) => FAR,
        (Some(one), Some(other)) if one == other => TOGETHER,
        (Some(_), Some(_)) => DIVIDED,
        _ => 1.0,
    }
}

/// Returns the neighbours of each node, without duplicates.
fn beside<'l>(count: usize, lines: impl Iterator<Item = &'l (usize, usize)>) -> Vec<Vec<usize>> {
    let mut beside = vec![Vec::new(); count];
    for &(a, b) in lines.filter(|(a, b)| a != b) {
        beside[a].push(b);
        beside[b].push(a);
    }
    for others in &mut beside {
        others.sort_unstable();
        others.dedup();
    }
    beside
}

fn lay_out_part(network: &Network) -> Vec<Point> {
    let count = network.sizes.len();
    if count == 1 {
        return vec![Point::default()];
    }
    let beside = beside(count, network.lines.iter().chain(&network.close));
    let distances = stress::Distances::of(&beside, &network.close, stretch(network));
    let starts = if count > COUNTED {
        1
    } else {
        (8000 / (count * count)).clamp(1, 12)
    };
    let mut random = Random::new(7);
    let mut best: Option<(f64, Vec<Point>)> = None;
    for _ in 0..starts {
        let mut places = stress::minimise(&distances, &mut random);
        fit(&mut places, &network.sizes, network.gap);
        apart::separate(&mut places, &network.sizes, network.gap);
        if count > COUNTED {
            return places;
        }
        let cost = Drawn::new(network, places.clone()).cost();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, places));
        }
    }
    let mut drawn = Drawn::new(network, best.map(|(_, places)| places).unwrap_or_default());
    better::improve(&mut drawn, network, &beside, &mut random);
    let mut drawn = tighten(network, drawn);
    better::improve(&mut drawn, network, &beside, &mut random);
    drawn.into_places()
}

/// Tightens a layout as far as boxes and crossings allow.
fn tighten<'n>(network: &'n Network, mut drawn: Drawn<'n>) -> Drawn<'n> {
    let size = |places: &[Point]| {
        let around = around(places, &network.sizes);
        (around.right - around.left) * (around.bottom - around.top)
    };
    let mut cost = drawn.cost();
    for _ in 0..TIGHTENED {
        let before = size(drawn.places());
        for (x, y) in [(0.9, 1.0), (1.0, 0.9), (0.94, 0.94)] {
            let mut places: Vec<Point> = drawn
                .places()
                .iter()
                .map(|place| Point::new(place.x * x, place.y * y))
                .collect();
            apart::separate(&mut places, &network.sizes, network.gap);
            let tried = Drawn::new(network, places);
            let found = tried.cost();
            if size(tried.places()) < size(drawn.places()) * 0.985 && found <= cost * 1.05 + 1.0 {
                drawn = tried;
                cost = found.min(cost);
            }
        }
        if size(drawn.places()) == before {
            break;
        }
    }
    drawn
}

/// Turns the layout so that its longer side is level, and spreads out the crowded middle, so that
/// boxes fill their share of the page about evenly: each box moves to the distance from the middle
/// at which the boxes up to it would just have room.
fn fit(places: &mut [Point], sizes: &[(f64, f64)], gap: f64) {
    turn_level(places);
    let count = places.len() as f64;
    let middle = places.iter().fold(Point::default(), |sum, place| {
        sum.plus(Point::new(place.x / count, place.y / count))
    });
    // A page has corners, so points at the same distance lie on a rounded square.
    let far = |place: Point| {
        let (x, y) = (place.x - middle.x, place.y - middle.y);
        (x * x * x * x + y * y * y * y).sqrt().sqrt().max(1e-6)
    };
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| far(places[a]).total_cmp(&far(places[b])));
    let room = |node: usize| (sizes[node].0 + gap) * (sizes[node].1 + gap) / FILLED / 4.0;
    let mut within = 0.0;
    for node in order {
        within += room(node);
        let scale = within.sqrt() / far(places[node]);
        let (x, y) = (places[node].x - middle.x, places[node].y - middle.y);
        places[node] = Point::new(x * scale * WIDE.sqrt(), y * scale / WIDE.sqrt());
    }
}

/// Turns a layout so that it spreads most from left to right.
fn turn_level(places: &mut [Point]) {
    let count = places.len() as f64;
    let (x, y) = places.iter().fold((0.0, 0.0), |(x, y), place| {
        (x + place.x / count, y + place.y / count)
    });
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places.iter() {
        let (dx, dy) = (place.x - x, place.y - y);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    // The direction of greatest spread, by the half-angle formula.
    let (a, b) = ((xx - yy) / 2.0, xy);
    let length = (a * a + b * b).sqrt();
    if length < 1e-9 {
        return;
    }
    let cos = ((1.0 + a / length) / 2.0).max(0.0).sqrt();
    let sin = ((1.0 - a / length) / 2.0).max(0.0).sqrt() * if b < 0.0 { -1.0 } else { 1.0 };
    for place in places.iter_mut() {
        let (dx, dy) = (place.x - x, place.y - y);
        *place = Point::new(cos * dx + sin * dy, cos * dy - sin * dx);
    }
}

/// Returns the bounding box of all boxes.
fn around(places: &[Point], sizes: &[(f64, f64)]) -> Bounds {
    let boxes = places
        .iter()
        .zip(sizes)
        .map(|(place, size)| box_at(*place, *size));
    boxes.reduce(|all, one| all.with(&one)).unwrap_or_default()
}

/// Returns a box from its centre and size.
pub(crate) fn box_at(middle: Point, (width, height): (f64, f64)) -> Bounds {
    Bounds::new(
        middle.x - width / 2.0,
        middle.y - height / 2.0,
        width,
        height,
    )
}

#[cfg(test)]
mod tests {
    use super::{Network, box_at, lay_out};

    fn ring(count: usize) -> Network {
        Network {
            sizes: vec![(80.0, 20.0); count],
            lines: (0..count).map(|nth| (nth, (nth + 1) % count)).collect(),
            gap: 5.0,
            ..Network::default()
        }
    }

    #[test]
    fn boxes_do_not_overlap_and_stay_on_the_page() {
        for network in [
            ring(5),
            ring(60),
            Network {
                sizes: vec![(50.0, 12.0); 30],
                lines: vec![(0, 1), (2, 3)],
                gap: 5.0,
                ..Network::default()
            },
        ] {
            let (places, (width, height)) = lay_out(&network);
            let boxes: Vec<_> = places
                .iter()
                .zip(&network.sizes)
                .map(|(place, size)| box_at(*place, *size))
                .collect();
            for (nth, one) in boxes.iter().enumerate() {
                assert!(boxes[..nth].iter().all(|other| !one.overlaps(other)));
                assert!(
                    one.left > -0.01
                        && one.top > -0.01
                        && one.right < width + 0.01
                        && one.bottom < height + 0.01
                );
            }
        }
    }

    #[test]
    fn a_tree_is_drawn_without_crossings() {
        let lines: Vec<(usize, usize)> = (1..40).map(|node| (node, (node - 1) / 3)).collect();
        let network = Network {
            sizes: vec![(60.0, 16.0); 40],
            lines,
            gap: 5.0,
            ..Network::default()
        };
        let (places, _) = lay_out(&network);
        let mut bare = network.clone();
        bare.sizes.fill((0.0, 0.0));
        assert!(super::Drawn::new(&bare, places).cost() < 0.5);
    }
}

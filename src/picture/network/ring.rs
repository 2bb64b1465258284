//! A network of lines so dense that no arrangement keeps them apart: actors stand in a ring, camp by
//! camp. Lines cross it straight or, where they are many, those between the same two camps run together
//! (hierarchical edge bundling, Holten 2006).

use crate::picture::course::Course;
use crate::picture::geometry::{between, meets};
use crate::picture::layout::Network;
use crate::picture::scene::{Bounds, Point};

/// The most lines of a network that are not bundled.
const MANY: usize = 150;
/// The number of lines by boxes from which on few lines are without a crossing wherever boxes stand.
const DENSE: usize = 3;
/// The most boxes of a ring.
const MOST: usize = 250;
/// The space between two boxes, where they are many and where they are few, and the additional space
/// between two camps.
const GAPS: (f64, f64) = (4.0, 9.0);
const FEW: usize = 50;
const CAMPS_APART: f64 = 10.0;
/// The half width of the ring by the height of its sides.
const ROUND: f64 = 0.42;
/// The same of a ring of straight lines, and its least height.
const WIDE: f64 = 0.75;
const LEAST: f64 = 360.0;
/// How much of its half height a side takes up, where a circle has 1.
const FLAT: f64 = 0.97;
/// How far lines are drawn into their bundles, from 0 for straight ones to 1.
const BUNDLED: f64 = 0.85;
/// The same of straight lines, as tried in turn, and the distance that they keep from boxes.
const BENT: [f64; 9] = [0.0, 0.08, 0.16, 0.24, 0.32, 0.4, 0.5, 0.6, 0.7];
const KEPT: f64 = 3.0;
/// Where the bundle of a camp begins, on the way from the camp to the middle of the ring.
const INWARD: f64 = 0.55;
/// How often neighbours are sought anew.
const ROUNDS: usize = 24;
/// The parts of a ring whose actors are in no camps.
const PARTS: usize = 6;

/// How lines run inside a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Straight,
    Bundled,
}

/// Boxes in a ring.
pub(super) struct Ring {
    inside: Inside,
    pub(super) boxes: Vec<Bounds>,
    pub(super) size: (f64, f64),
    /// Where lines leave each box.
    anchors: Vec<Point>,
    /// The bundle of each box, and where each bundle begins.
    parts: Vec<usize>,
    starts: Vec<Point>,
}

impl Ring {
    /// Returns how the lines of a network run that is drawn as a ring: one with many lines, but not too
    /// many boxes, and no hulls. `None` for any other.
    pub(super) fn is_for(lines: usize, boxes: usize, hulls: usize) -> Option<Inside> {
        match lines {
            _ if hulls > 0 || boxes > MOST => None,
            lines if lines > MANY => Some(Inside::Bundled),
            lines => (lines > DENSE * boxes).then_some(Inside::Straight),
        }
    }

    /// Puts boxes in a ring.
    pub(super) fn new(network: &Network, inside: Inside) -> Ring {
        let order = ordered(network);
        let parts = parts(network, &order);
        let (boxes, anchors, size) = placed(network, &order, &parts, inside);
        let middle = Point::new(size.0 / 2.0, size.1 / 2.0);
        let count = parts.iter().max().map_or(0, |last| last + 1);
        let start = |part: usize| {
            let own = parts.iter().zip(&anchors).filter(|(of, _)| **of == part);
            let own: Vec<&Point> = own.map(|(_, anchor)| anchor).collect();
            let mean = |of: fn(&Point) -> f64| {
                own.iter().map(|point| of(point)).sum::<f64>() / own.len() as f64
            };
            between(
                Point::new(mean(|point| point.x), mean(|point| point.y)),
                middle,
                INWARD,
            )
        };
        Ring {
            inside,
            starts: (0..count).map(start).collect(),
            boxes,
            size,
            anchors,
            parts,
        }
    }

    /// Returns the course of the line between two boxes.
    pub(super) fn course(&self, ends: (usize, usize)) -> Course {
        if self.inside == Inside::Bundled {
            return self.bent(ends, BUNDLED);
        }
        let others = self.boxes.iter().enumerate();
        let others = others.filter(|(nth, _)| ![ends.0, ends.1].contains(nth));
        let others: Vec<Bounds> = others.map(|(_, other)| other.grown(KEPT)).collect();
        let is_free = |course: &Course| {
            let points = course.points();
            let mut pieces = points.windows(2);
            !pieces.any(|two| others.iter().any(|other| meets(two[0], two[1], other)))
        };
        let mut tried = BENT.into_iter().map(|by| self.bent(ends, by));
        let course = tried.find(is_free);
        course.unwrap_or_else(|| self.bent(ends, BUNDLED))
    }

    /// Returns the course between two boxes of a line that is drawn this far into its bundle.
    fn bent(&self, (one, other): (usize, usize), by: f64) -> Course {
        let (start, end) = (self.anchors[one], self.anchors[other]);
        let (from, to) = (self.parts[one], self.parts[other]);
        let mut corners = vec![start, self.starts[from]];
        if from != to {
            corners.push(self.starts[to]);
        }
        corners.push(end);
        let last = (corners.len() - 1) as f64;
        for (nth, corner) in corners.iter_mut().enumerate() {
            let straight = between(start, end, nth as f64 / last);
            *corner = between(straight, *corner, by);
        }
        // The ends stay where they are: there, a line and its bundle are the same.
        Course::new(corners, f64::MAX)
    }
}

/// Returns the boxes around the ring, camp by camp, within a camp near those they are joined to.
fn ordered(network: &Network) -> Vec<usize> {
    let count = network.sizes.len();
    let camp = |node: usize| {
        let camp = network.camps.get(node).copied().flatten();
        camp.unwrap_or(u32::MAX)
    };
    let mut beside = vec![Vec::new(); count];
    for &(a, b) in &network.lines {
        beside[a].push(b);
        beside[b].push(a);
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&node| camp(node));
    for _ in 0..ROUNDS {
        let mut places = vec![0.0; count];
        for (place, &node) in order.iter().enumerate() {
            places[node] = place as f64;
        }
        let all = count as f64;
        // The mean way to the others, the shorter way round.
        let wish = |node: usize| {
            let ways = beside[node].iter().map(|&other| {
                let way = places[other] - places[node];
                way - all * (way / all).round()
            });
            places[node] + ways.sum::<f64>() / beside[node].len().max(1) as f64
        };
        let wishes: Vec<f64> = (0..count).map(wish).collect();
        order.sort_by(|&one, &other| {
            let by_wish = wishes[one].total_cmp(&wishes[other]);
            camp(one).cmp(&camp(other)).then(by_wish)
        });
    }
    order
}

/// Returns the bundle of each box: that of its camp or, without camps, of its part of the ring.
fn parts(network: &Network, order: &[usize]) -> Vec<usize> {
    let camp = |node: usize| network.camps.get(node).copied().flatten();
    let mut parts = vec![0; order.len()];
    let has_camps = order.windows(2).any(|two| camp(two[0]) != camp(two[1]));
    let mut part = 0;
    for (place, &node) in order.iter().enumerate() {
        if has_camps {
            let before = place.checked_sub(1).map(|before| order[before]);
            part += usize::from(before.is_some_and(|before| camp(before) != camp(node)));
            parts[node] = part;
        } else {
            parts[node] = place * PARTS / order.len();
        }
    }
    parts
}

/// Puts boxes around the ring: down its right side, then up its left one. Returns them with the points
/// where lines leave, and the size of the whole.
fn placed(
    network: &Network,
    order: &[usize],
    parts: &[usize],
    inside: Inside,
) -> (Vec<Bounds>, Vec<Point>, (f64, f64)) {
    let (round, gap) = match inside {
        Inside::Bundled if order.len() > FEW => (ROUND, GAPS.0),
        Inside::Bundled => (ROUND, GAPS.1),
        Inside::Straight => {
            let high: f64 = network.sizes.iter().map(|size| size.1).sum();
            let spare = (2.0 * LEAST - high) / order.len().max(1) as f64;
            (WIDE, spare.max(GAPS.1))
        }
    };
    let room = |place: usize| {
        let node = order[place];
        let is_last = order
            .get(place + 1)
            .is_none_or(|&next| parts[next] != parts[node]);
        network.sizes[node].1 + gap + if is_last { CAMPS_APART } else { 0.0 }
    };
    let whole: f64 = (0..order.len()).map(room).sum();
    let mut sides = [Vec::new(), Vec::new()];
    let mut high = [0.0, 0.0];
    for (place, &node) in order.iter().enumerate() {
        let side = usize::from(high[0] + room(place) / 2.0 > whole / 2.0);
        sides[side].push((node, high[side]));
        high[side] += room(place);
    }
    let height = high[0].max(high[1]);
    let half = height * round;
    let widest = network.sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let middle = widest + half;
    let mut boxes = vec![Bounds::default(); order.len()];
    let mut anchors = vec![Point::default(); order.len()];
    for (side, nodes) in sides.iter().enumerate() {
        let above = (height - high[side]) / 2.0;
        for &(node, from) in nodes {
            let (wide, tall) = network.sizes[node];
            let top = above + from + gap / 2.0;
            // The left side runs upwards.
            let top = if side == 0 { top } else { height - top - tall };
            let y = top + tall / 2.0;
            let off = (2.0 * y / height - 1.0) * FLAT;
            let x = half * (1.0 - off * off).max(0.0).sqrt();
            let (left, anchor) = match side {
                0 => (middle + x, middle + x),
                _ => (middle - x - wide, middle - x),
            };
            boxes[node] = Bounds::new(left, top, wide, tall);
            anchors[node] = Point::new(anchor, y);
        }
    }
    (boxes, anchors, (2.0 * middle, height))
}

#[cfg(test)]
mod tests {
    use super::Ring;
    use crate::picture::geometry::meets;
    use crate::picture::layout::Network;

    #[test]
    fn no_line_of_a_ring_passes_behind_a_box() {
        for (count, each) in [(12, 4), (16, 5), (20, 16), (41, 16), (120, 16)] {
            let lines =
                (0..count).flat_map(|a| (1..=each).map(move |by| (a, (a + by * 7) % count)));
            let lines: Vec<(usize, usize)> = lines.filter(|(a, b)| a != b).collect();
            for camps in [1, 3, 5] {
                let network = Network {
                    sizes: (0..count)
                        .map(|nth| (60.0 + (nth % 5) as f64 * 20.0, 16.0))
                        .collect(),
                    lines: lines.clone(),
                    camps: (0..count).map(|nth| Some((nth % camps) as u32)).collect(),
                    ..Network::default()
                };
                let inside = Ring::is_for(network.lines.len(), count, 0);
                let ring = Ring::new(&network, inside.expect("it is dense"));
                for &(a, b) in &network.lines {
                    let points = ring.course((a, b)).points();
                    for (other, bounds) in ring.boxes.iter().enumerate() {
                        let is_end = other == a || other == b;
                        let inner = bounds.grown(-2.0);
                        let hits = points.windows(2).any(|two| meets(two[0], two[1], &inner));
                        assert!(is_end || !hits, "{count} {camps}: {a}-{b} behind {other}");
                    }
                }
                for (nth, one) in ring.boxes.iter().enumerate() {
                    let mut others = ring.boxes.iter().skip(nth + 1);
                    assert!(!others.any(|other| one.overlaps(other)));
                }
            }
        }
    }
}

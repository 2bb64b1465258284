//! The cost of a layout, and of moving one box: crossing lines, lines behind boxes, and distance
//! between boxes that belong together. Thousands of positions are evaluated, so coordinates are
//! kept in arrays that the processor can go through several at a time.

use crate::picture::geometry::{cross, distance};
use crate::picture::layout::{Network, box_at};
use crate::picture::scene::{Bounds, Point};

/// The cost of a line behind a box, in crossings.
const BEHIND: f64 = 0.9;
/// How near to a box a line seems to touch it, in pixels.
const TOUCHES: f64 = 3.5;
/// The cost of a line too short to be seen, and the length below which it is, in pixels.
const SHORT: f64 = 0.3;
const SEEN: f64 = 10.0;
/// The cost of a line too short for what is written on it.
const CRAMPED: f64 = 1.3;
/// The cost of a line or box that comes between two boxes that belong together.
const DIVIDED: f64 = 0.5;
/// The distance in pixels up to which two boxes that belong together cost nothing; each further
/// `NEAR` pixels cost half a crossing.
const NEAR: f64 = 110.0;
/// The weight of the distance to boxes a box belongs to, relative to boxes it is joined to.
const CLOSE: f64 = 3.0;

/// A network with a position for every box.
pub(super) struct Drawn<'n> {
    network: &'n Network,
    places: Vec<Point>,
    /// The lines of each node, and the nodes it belongs close to.
    lines_of: Vec<Vec<usize>>,
    close_to: Vec<Vec<usize>>,
    rows: Rows,
}

/// The ends of all lines, and the centres and half sizes of all boxes.
#[derive(Default)]
struct Rows {
    from: Row,
    to: Row,
    middle: Row,
    half: Row,
}

#[derive(Default)]
struct Row {
    x: Vec<f32>,
    y: Vec<f32>,
}

impl Row {
    fn push(&mut self, x: f64, y: f64) {
        self.x.push(x as f32);
        self.y.push(y as f32);
    }

    fn set(&mut self, nth: usize, at: Point) {
        self.x[nth] = at.x as f32;
        self.y[nth] = at.y as f32;
    }
}

impl<'n> Drawn<'n> {
    pub(super) fn new(network: &'n Network, places: Vec<Point>) -> Drawn<'n> {
        let mut rows = Rows::default();
        let mut lines_of = vec![Vec::new(); places.len()];
        let mut close_to = vec![Vec::new(); places.len()];
        for (nth, &(a, b)) in network.lines.iter().enumerate() {
            rows.from.push(places[a].x, places[a].y);
            rows.to.push(places[b].x, places[b].y);
            lines_of[a].push(nth);
            lines_of[b].push(nth);
        }
        for (place, (width, height)) in places.iter().zip(&network.sizes) {
            rows.middle.push(place.x, place.y);
            rows.half.push(width / 2.0, height / 2.0);
        }
        for &(a, b) in &network.close {
            close_to[a].push(b);
            close_to[b].push(a);
        }
        Drawn {
            network,
            places,
            lines_of,
            close_to,
            rows,
        }
    }

    pub(super) fn places(&self) -> &[Point] {
        &self.places
    }

    pub(super) fn into_places(self) -> Vec<Point> {
        self.places
    }

    /// Moves a box together with its lines.
    pub(super) fn put(&mut self, node: usize, at: Point) {
        self.places[node] = at;
        self.rows.middle.set(node, at);
        for &line in &self.lines_of[node] {
            let end = if self.network.lines[line].0 == node {
                &mut self.rows.from
            } else {
                &mut self.rows.to
            };
            end.set(line, at);
        }
    }

    /// Returns the cost of the whole layout.
    pub(super) fn cost(&self) -> f64 {
        let lines = self
            .network
            .lines
            .iter()
            .enumerate()
            .map(|(line, _)| self.of_line(line))
            .sum::<f64>();
        // Every crossing has been counted from both sides.
        let crossed: f64 = self
            .network
            .lines
            .iter()
            .map(|&(a, b)| self.crossed(a, b))
            .sum();
        lines - crossed / 2.0
            + self
                .network
                .close
                .iter()
                .map(|&(a, b)| self.apart(a, b))
                .sum::<f64>()
    }

    /// Returns the cost of a node's box and lines, and the length of its lines. Stops once the cost
    /// exceeds `most`.
    pub(super) fn price(&self, node: usize, most: f64) -> (f64, f64) {
        let own = &self.lines_of[node];
        let (mut cost, mut length) = (0.0, 0.0);
        for &line in own {
            let (a, b) = self.network.lines[line];
            length += distance(self.places[a], self.places[b]);
            cost += self.of_line(line);
            if cost > most {
                return (cost, length);
            }
        }
        let bounds = box_at(self.places[node], self.network.sizes[node]).grown(TOUCHES);
        cost += BEHIND * (self.over(&bounds) - own.len() as f64);
        for &other in &self.close_to[node] {
            length += CLOSE * distance(self.places[node], self.places[other]);
            cost += self.apart(node, other);
        }
        if !self.network.close.is_empty() {
            for &line in own {
                let (a, b) = self.network.lines[line];
                cost += DIVIDED
                    * self
                        .network
                        .close
                        .iter()
                        .filter(|&&(c, d)| self.cross((a, b), (c, d)))
                        .count() as f64;
            }
        }
        (cost, length)
    }

    /// Returns whether the box, moved to `at`, would keep this gap to all others.
    pub(super) fn is_free(&self, node: usize, at: Point, gap: f64) -> bool {
        let (x, y) = (at.x as f32, at.y as f32);
        let (width, height) = self.network.sizes[node];
        let (wide, high) = ((width / 2.0 + gap) as f32, (height / 2.0 + gap) as f32);
        let Rows { middle, half, .. } = &self.rows;
        let mut taken = 0_u32;
        for (nth, _) in half.x.iter().enumerate() {
            let over = ((middle.x[nth] - x).abs() < half.x[nth] + wide)
                & ((middle.y[nth] - y).abs() < half.y[nth] + high);
            taken += u32::from(over);
        }
        let own = &self.places[node];
        let itself = (own.x - at.x).abs() < width + gap && (own.y - at.y).abs() < height + gap;
        taken <= u32::from(itself)
    }

    /// Returns the cost of a line: the lines it crosses, the boxes it runs behind, and whether it
    /// is long enough to be seen.
    fn of_line(&self, line: usize) -> f64 {
        let (a, b) = self.network.lines[line];
        let (from, to) = (self.places[a], self.places[b]);
        let (one, other) = (self.network.sizes[a], self.network.sizes[b]);
        let wide = (from.x - to.x).abs() - (one.0 + other.0) / 2.0;
        let high = (from.y - to.y).abs() - (one.1 + other.1) / 2.0;
        let room = self.network.room.get(line).copied().flatten();
        let short = match room {
            Some(room) if wide < room.0 && high < room.1 => CRAMPED,
            None if wide.max(high) < SEEN => SHORT,
            _ => 0.0,
        };
        self.crossed(a, b) + BEHIND * (self.covered(a, b) - 2.0) + short
    }

    /// Counts the lines that cross the line between two nodes. Lines that share an end don't cross.
    fn crossed(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (self.places[a], self.places[b]);
        let (ax, ay, bx, by) = (a.x as f32, a.y as f32, b.x as f32, b.y as f32);
        let (dx, dy) = (bx - ax, by - ay);
        let Rows { from, to, .. } = &self.rows;
        let mut count = 0_u32;
        for (((&cx, &cy), &ex), &ey) in from.x.iter().zip(&from.y).zip(&to.x).zip(&to.y) {
            // The sides of each line on which the ends of the other are. A shared end is on neither
            // side, exactly.
            let one = (dx * (cy - ay) - dy * (cx - ax)) * (dx * (ey - ay) - dy * (ex - ax));
            let (fx, fy) = (ex - cx, ey - cy);
            let other = (fx * (ay - cy) - fy * (ax - cx)) * (fx * (by - cy) - fy * (bx - cx));
            count += u32::from((one < 0.0) & (other < 0.0));
        }
        f64::from(count)
    }

    fn cross(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let [a, b, c, d] = [one.0, one.1, other.0, other.1].map(|node| self.places[node]);
        let shared = one.0 == other.0 || one.0 == other.1 || one.1 == other.0 || one.1 == other.1;
        !shared && cross((a, b), (c, d))
    }

    /// Counts the boxes a line meets, including those at its ends.
    fn covered(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (self.places[a], self.places[b]);
        let (ax, ay, bx, by) = (a.x as f32, a.y as f32, b.x as f32, b.y as f32);
        let (mx, my, along) = ((ax + bx) / 2.0, (ay + by) / 2.0, (bx - ax, by - ay));
        let Rows { middle, half, .. } = &self.rows;
        let mut count = 0_u32;
        for (((&x, &y), &w), &h) in middle.x.iter().zip(&middle.y).zip(&half.x).zip(&half.y) {
            let grown = (w + TOUCHES as f32, h + TOUCHES as f32);
            count += u32::from(meets((x - mx, y - my), along, grown));
        }
        f64::from(count)
    }

    /// Counts the lines that meet a box.
    fn over(&self, bounds: &Bounds) -> f64 {
        let center = bounds.center();
        let (x, y) = (center.x as f32, center.y as f32);
        let (w, h) = (
            ((bounds.right - bounds.left) / 2.0) as f32,
            ((bounds.bottom - bounds.top) / 2.0) as f32,
        );
        let Rows { from, to, .. } = &self.rows;
        let mut count = 0_u32;
        for (((&ax, &ay), &bx), &by) in from.x.iter().zip(&from.y).zip(&to.x).zip(&to.y) {
            count += u32::from(meets(
                (x - (ax + bx) / 2.0, y - (ay + by) / 2.0),
                (bx - ax, by - ay),
                (w, h),
            ));
        }
        f64::from(count)
    }

    /// Returns the cost of two boxes that belong together being far apart, or having others between
    /// them.
    fn apart(&self, a: usize, b: usize) -> f64 {
        let far = (distance(self.places[a], self.places[b]) / NEAR - 1.0).max(0.0);
        DIVIDED * (self.crossed(a, b) + self.covered(a, b) - 2.0 + far)
    }
}

/// Returns whether a line meets a box, given the offset of the box's centre from the line's
/// midpoint, the line's vector and half the box's size.
#[inline]
fn meets((x, y): (f32, f32), (dx, dy): (f32, f32), (w, h): (f32, f32)) -> bool {
    let (wide, high) = (dx.abs(), dy.abs());
    let near = (x.abs() < wide / 2.0 + w) & (y.abs() < high / 2.0 + h);
    near & ((dx * y - dy * x).abs() < wide * h + high * w)
}

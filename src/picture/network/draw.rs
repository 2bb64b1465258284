//! Positions everything in a network and draws it.

use std::collections::BTreeMap;

use crate::diagram::{Behind, Color, Edge, Mark, Words};
use crate::graph::Graph;
use crate::picture::frame::Body;
use crate::picture::layout::{self, Network, box_at};
use crate::picture::marks::mark;
use crate::picture::network::hull::{AROUND, hull};
use crate::picture::network::looks::{LABEL, edge, kind, strand};
use crate::picture::network::plan::{Bond, Plan};
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point};
use crate::picture::strands::Strand;

/// The distance between the middles of two neighbouring strands.
const BESIDE: f64 = 5.0;
/// The side of a square in the index of the page.
const SQUARE: f64 = 64.0;
/// The most strands drawn between two actors.
const STRANDS: usize = 4;

pub(super) fn body(graph: &Graph, plan: &Plan<'_>) -> Body {
    let sizes: Vec<(f64, f64)> = plan
        .cells
        .iter()
        .map(|cell| (cell.width, cell.height))
        .collect();
    // With few boxes, leave room for lines and the signs on them. Hulls reach beyond their boxes
    // and must stay apart as well.
    let gap = match (sizes.len(), plan.hulls.is_empty()) {
        (..=20, true) => 20.0,
        (..=40, true) => 14.0,
        (..=40, false) => 2.0 * AROUND + 4.0,
        _ => 5.0,
    };
    let network = Network {
        sizes: sizes.clone(),
        lines: plan.lines(),
        close: plan.close(),
        gap,
    };
    let (places, (width, height)) = layout::lay_out(&network);
    // Hulls reach beyond the boxes.
    let edge = if plan.hulls.is_empty() {
        2.0
    } else {
        AROUND + 2.0
    };
    let middle = |place: &Point| place.plus(Point::new(edge, edge));
    let boxes: Vec<Bounds> = places
        .iter()
        .zip(&sizes)
        .map(|(place, size)| box_at(middle(place), *size))
        .collect();
    let mut items = hulls(plan, &boxes);
    let mut taken = Taken::default();
    for bounds in &boxes {
        taken.take(*bounds);
    }
    let bounds = Bounds::new(0.0, 0.0, width + 2.0 * edge, height + 2.0 * edge);
    let mut page = Page {
        boxes: taken.clone(),
        taken,
        bounds,
    };
    let runs: Vec<Vec<Run<'_>>> = plan.bonds.iter().map(|bond| runs(bond, &boxes)).collect();
    let each = |draw: &mut dyn FnMut(&Run<'_>) -> Vec<Item>| -> Drawn {
        runs.iter()
            .map(|runs| runs.iter().map(&mut *draw).collect())
            .collect()
    };
    // Signs are placed first, then words, which give way to them; both lie above all lines.
    let signs = each(&mut |run| page.sign(run));
    let known = Words::new(graph);
    let words = each(&mut |run| page.label(run, &known));
    for drawn in [each(&mut |run| run.line()), signs, words] {
        items.extend(layer(graph, plan, &runs, drawn));
    }
    items.extend(
        plan.cells
            .iter()
            .zip(&boxes)
            .map(|(cell, bounds)| cell.draw(graph, *bounds)),
    );
    items.extend(layer(graph, plan, &runs, each(&mut link)));
    Body {
        width: page.bounds.right,
        height: page.bounds.bottom,
        items,
    }
}

/// The items drawn for each strand of each bond.
type Drawn = Vec<Vec<Vec<Item>>>;

/// Groups what is drawn by bond and strand; leaves out those without items.
fn layer(graph: &Graph, plan: &Plan<'_>, runs: &[Vec<Run<'_>>], drawn: Drawn) -> Vec<Item> {
    let mut items = Vec::new();
    for ((bond, runs), drawn) in plan.bonds.iter().zip(runs).zip(drawn) {
        let strands = runs
            .iter()
            .zip(drawn)
            .filter(|(_, items)| !items.is_empty());
        let joints: Vec<Item> = strands
            .map(|(run, items)| {
                let data = vec![("kind", kind(graph, run.edge))];
                Item::Group(Group {
                    class: "joint",
                    data,
                    items,
                    ..Group::default()
                })
            })
            .collect();
        if !joints.is_empty() {
            let id = |node: usize| graph[plan.actors[node]].id.to_string();
            let data = vec![("from", id(bond.ends.0)), ("to", id(bond.ends.1))];
            let tooltip = bond.tooltip.clone();
            items.push(Item::Group(Group {
                class: "bond",
                data,
                tooltip,
                items: joints,
                ..Group::default()
            }));
        }
    }
    items
}

/// The distance below which two boxes are linked by the sign of their tie, which then lies on both.
const LINKED: f64 = 13.0;

/// Returns the sign of a tie between two boxes that are this close.
fn link(run: &Run<'_>) -> Vec<Item> {
    match run.strand().badge {
        Some(badge) if run.length() < LINKED => run.badge(badge, between(run.start, run.end, 0.5)),
        _ => Vec::new(),
    }
}

/// Draws the hulls behind boxes that belong together.
fn hulls(plan: &Plan<'_>, boxes: &[Bounds]) -> Vec<Item> {
    let mut items = Vec::new();
    for lying in &plan.hulls {
        let own: Vec<Bounds> = lying.nodes.iter().map(|&node| boxes[node]).collect();
        // In a large network, looking for others in each hull would take long and show little.
        let others: Vec<Bounds> = (0..boxes.len())
            .filter(|node| !lying.nodes.contains(node))
            .map(|node| boxes[node])
            .collect();
        // The hull of a group is wider, so that it shows around those of actors in it.
        let around = if lying.is_group { AROUND } else { AROUND / 2.0 };
        let drawn = hull(&own, &others, around, edge(lying.is_group));
        items.push(Item::Group(Group {
            class: "hull",
            items: drawn,
            ..Group::default()
        }));
    }
    items
}

struct Page {
    boxes: Taken,
    /// The areas occupied by boxes and by signs and words on lines.
    taken: Taken,
    bounds: Bounds,
}

/// The occupied areas of the page, indexed by square.
#[derive(Clone, Default)]
struct Taken {
    squares: BTreeMap<(i64, i64), Vec<Bounds>>,
}

impl Taken {
    /// Returns the squares that a box touches.
    fn squares(bounds: &Bounds) -> impl Iterator<Item = (i64, i64)> {
        let square = |at: f64| (at / SQUARE).floor() as i64;
        let (left, right) = (square(bounds.left), square(bounds.right));
        let rows = square(bounds.top)..=square(bounds.bottom);
        rows.flat_map(move |row| (left..=right).map(move |column| (row, column)))
    }

    fn take(&mut self, bounds: Bounds) {
        for square in Taken::squares(&bounds) {
            self.squares.entry(square).or_default().push(bounds);
        }
    }

    fn is_free(&self, bounds: &Bounds) -> bool {
        Taken::squares(bounds).all(|square| {
            self.squares
                .get(&square)
                .is_none_or(|taken| !taken.iter().any(|taken| taken.overlaps(bounds)))
        })
    }
}

/// The course of a strand of a bond.
struct Run<'p> {
    edge: &'p Edge<'p>,
    start: Point,
    end: Point,
    /// The direction, of length 1.
    along: Point,
}

/// Returns the strands of a bond side by side, from the edge of one box to that of the other.
fn runs<'p>(bond: &Bond<'p>, boxes: &[Bounds]) -> Vec<Run<'p>> {
    let (from, to) = (&boxes[bond.ends.0], &boxes[bond.ends.1]);
    let (a, b) = (from.center(), to.center());
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = (dx * dx + dy * dy).sqrt().max(1e-6);
    let along = Point::new(dx / length, dy / length);
    let back = Point::new(-along.x, -along.y);
    let shown = bond.edges.len().min(STRANDS);
    let run = |(nth, edge): (usize, &&'p Edge<'p>)| {
        let aside = (nth as f64 - (shown - 1) as f64 / 2.0) * BESIDE;
        let by = Point::new(-along.y * aside, along.x * aside);
        let (start, end) = (
            edge_of(from, a.plus(by), along),
            edge_of(to, b.plus(by), back),
        );
        let run = Run {
            edge,
            start,
            end,
            along,
        };
        // The bond runs from the smaller id; this line may run the other way.
        if edge.from > edge.to {
            Run {
                start: end,
                end: start,
                along: back,
                ..run
            }
        } else {
            run
        }
    };
    bond.edges.iter().take(shown).enumerate().map(run).collect()
}

impl Run<'_> {
    fn strand(&self) -> Strand {
        strand(self.edge.look, self.edge.count())
    }

    /// Draws the mark of a tie around a point.
    fn badge(&self, badge: Mark, place: Point) -> Vec<Item> {
        let color = self.strand().stroke.color;
        let tip = Point::new(place.x + 6.0, place.y);
        mark(badge, tip, Point::new(1.0, 0.0), color)
    }

    fn length(&self) -> f64 {
        let (dx, dy) = (self.end.x - self.start.x, self.end.y - self.start.y);
        (dx * dx + dy * dy).sqrt()
    }

    fn line(&self) -> Vec<Item> {
        self.strand().straight(self.start, self.end, self.along)
    }
}

impl Page {
    /// Draws the sign of a tie: where it covers nothing, else where no box hides it, else in the
    /// middle.
    fn sign(&mut self, run: &Run<'_>) -> Vec<Item> {
        let Some(badge) = run.strand().badge.filter(|_| run.length() >= LINKED) else {
            return Vec::new();
        };
        let size = (12.0, 12.0);
        let seen = |place: &Point| self.boxes.is_free(&box_at(*place, size));
        let somewhere = along(run)
            .find(seen)
            .unwrap_or_else(|| between(run.start, run.end, 0.5));
        let place = self.free(run, size).unwrap_or(somewhere);
        run.badge(badge, place)
    }

    /// Writes how often two actors met, or the words of a tie, if there is room.
    fn label(&mut self, run: &Run<'_>, words: &Words<'_>) -> Vec<Item> {
        let words = words.edge_words(run.edge);
        if words.is_empty() {
            return Vec::new();
        }
        let lines = LABEL.wrap(&words, 90.0);
        let wide = lines
            .iter()
            .map(|line| LABEL.width(line))
            .fold(0.0, f64::max);
        let tall = lines.len() as f64 * LABEL.line_height();
        let Some(place) = self.free(run, (wide + 4.0, tall + 2.0)) else {
            return Vec::new();
        };
        let around = box_at(place, (wide + 4.0, tall));
        let mut items = vec![Item::shape(
            Form::Rect(around, 2.0),
            Some(Color::Page),
            None,
        )];
        items.extend(Item::lines(
            &lines,
            place.x,
            place.y - tall / 2.0,
            Anchor::Middle,
            LABEL,
        ));
        if matches!(run.edge.behind, Behind::Ties(_)) {
            return items;
        }
        let data = vec![("count", run.edge.count().to_string())];
        vec![Item::Group(Group {
            class: "often",
            data,
            items,
            ..Group::default()
        })]
    }

    /// Finds a point on a line where something of this size covers nothing, and occupies that area.
    fn free(&mut self, run: &Run<'_>, size: (f64, f64)) -> Option<Point> {
        for place in along(run) {
            let bounds = box_at(place, size);
            let inside = bounds.left >= 0.0
                && bounds.top >= 0.0
                && bounds.right <= self.bounds.right
                && bounds.bottom <= self.bounds.bottom;
            if inside && self.taken.is_free(&bounds) {
                self.taken.take(bounds);
                return Some(place);
            }
        }
        None
    }
}

/// Returns points along a line, from its middle outwards.
fn along(run: &Run<'_>) -> impl Iterator<Item = Point> {
    let parts = [
        0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9,
    ];
    parts
        .into_iter()
        .map(|part| between(run.start, run.end, part))
}

fn between(start: Point, end: Point, part: f64) -> Point {
    Point::new(
        start.x + (end.x - start.x) * part,
        start.y + (end.y - start.y) * part,
    )
}

/// Returns the point where a line that starts in a box leaves it.
fn edge_of(bounds: &Bounds, from: Point, along: Point) -> Point {
    let reach = |at: f64, along: f64, low: f64, high: f64| {
        if along > 1e-9 {
            (high - at) / along
        } else if along < -1e-9 {
            (low - at) / along
        } else {
            f64::INFINITY
        }
    };
    let far = reach(from.x, along.x, bounds.left, bounds.right)
        .min(reach(from.y, along.y, bounds.top, bounds.bottom))
        .max(0.0);
    Point::new(from.x + along.x * far, from.y + along.y * far)
}

//! Where everything of a network stands, and what it is drawn with.

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

/// From the middle of one strand to that of the next.
const BESIDE: f64 = 5.0;
/// The side of a square of the page.
const SQUARE: f64 = 64.0;
/// Of lines with more strands than this only so many are drawn.
const STRANDS: usize = 4;

pub(super) fn body(graph: &Graph, plan: &Plan<'_>) -> Body {
    let sizes: Vec<(f64, f64)> = plan
        .cells
        .iter()
        .map(|cell| (cell.width, cell.height))
        .collect();
    // Where there are few, there is room for lines to be seen and for signs on them; hulls reach beyond their boxes and are to stand apart as well.
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
    // Signs first, then words, so that these give way; all of them lie on all lines.
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

/// What is drawn of each strand of each bond.
type Drawn = Vec<Vec<Vec<Item>>>;

/// What is drawn of bonds, bond by bond and strand by strand, where there is any.
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

/// Boxes closer together than this are linked by the sign of their tie, which lies on both.
const LINKED: f64 = 13.0;

/// The sign of a tie between two that are so close.
fn link(run: &Run<'_>) -> Vec<Item> {
    match run.strand().badge {
        Some(badge) if run.length() < LINKED => run.badge(badge, between(run.start, run.end, 0.5)),
        _ => Vec::new(),
    }
}

/// What lies behind those that belong together.
fn hulls(plan: &Plan<'_>, boxes: &[Bounds]) -> Vec<Item> {
    let mut items = Vec::new();
    for lying in &plan.hulls {
        let own: Vec<Bounds> = lying.nodes.iter().map(|&node| boxes[node]).collect();
        // Of a large network, looking for others in each hull would take long and show little.
        let others: Vec<Bounds> = (0..boxes.len())
            .filter(|node| !lying.nodes.contains(node))
            .map(|node| boxes[node])
            .collect();
        // A group's is wider, so that it shows around the houses in it.
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
    /// By boxes, and by what is written on lines.
    taken: Taken,
    bounds: Bounds,
}

/// What is already taken on the page, by squares of it.
#[derive(Clone, Default)]
struct Taken {
    squares: BTreeMap<(i64, i64), Vec<Bounds>>,
}

impl Taken {
    /// The squares that a box lies in.
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

/// Where a strand of a bond runs.
struct Run<'p> {
    edge: &'p Edge<'p>,
    start: Point,
    end: Point,
    /// Its direction, of length 1.
    along: Point,
}

/// The strands of a bond side by side, from the edge of one box to that of the other.
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
        // A line between two is laid from the smaller id on; it may lead the other way.
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

    /// The mark of a tie around a place.
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
    /// The sign of a tie: where nothing else is, else where no box would hide it, else in the middle.
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

    /// How often two met, or the words of a tie, where there is room for it.
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

    /// A place on a line where something of this size covers nothing; it is taken then.
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

/// Places along a line, from its middle outwards.
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

/// Where a line that starts in a box leaves it.
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

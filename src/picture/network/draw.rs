//! Where everything of a network stands, and what it is drawn with.

use std::collections::BTreeMap;

use crate::graph::Graph;
use crate::picture::cell;
use crate::picture::frame::Body;
use crate::picture::layout::{self, Network, box_at};
use crate::picture::marks::{Mark, mark};
use crate::picture::network::hull::{AROUND, filled, hull};
use crate::picture::network::plan::{Bond, Joint, Plan};
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point, Step, Stroke, Text, Word};
use crate::picture::strands::Strand;
use crate::picture::theme::{Color, Dash};
use crate::render::dot::look::Look;

/// From the middle of one strand to that of the next.
const BESIDE: f64 = 5.0;
/// What stands at a line.
const LABEL: Word = Word::regular(9.5, Color::Muted);
/// The side of a square of the page.
const SQUARE: f64 = 64.0;
/// Of lines with more strands than this only so many are drawn.
const STRANDS: usize = 4;

pub(super) fn body(graph: &Graph, plan: &Plan) -> Body {
    let sizes: Vec<(f64, f64)> = plan.cells.iter().map(|cell| (cell.width, cell.height)).collect();
    let (places, (width, height)) = layout::lay_out(&Network { sizes: sizes.clone(), lines: plan.lines(), close: plan.close() });
    // Hulls reach beyond the boxes.
    let edge = if plan.hulls.is_empty() { 2.0 } else { AROUND + 2.0 };
    let middle = |place: &Point| place.plus(Point::new(edge, edge));
    let boxes: Vec<Bounds> = places.iter().zip(&sizes).map(|(place, size)| box_at(middle(place), *size)).collect();
    let mut items = hulls(plan, &boxes);
    let mut page = Page { taken: Taken::default(), bounds: Bounds::new(0.0, 0.0, width + 2.0 * edge, height + 2.0 * edge) };
    boxes.iter().for_each(|bounds| page.taken.take(*bounds));
    for bond in &plan.bonds {
        let (from, to) = (&boxes[bond.ends.0], &boxes[bond.ends.1]);
        let ids = [bond.ends.0, bond.ends.1].map(|node| graph.actors[plan.actors[node].index()].id.to_string());
        let [first, second] = ids;
        items.push(Item::Group(Group {
            class: "bond",
            data: vec![("from", first), ("to", second)],
            tooltip: bond.tooltip.clone(),
            items: page.bond(bond, from, to),
            ..Group::default()
        }));
    }
    items.extend(plan.cells.iter().zip(&boxes).map(|(cell, bounds)| cell.draw(graph, *bounds)));
    Body { width: page.bounds.right, height: page.bounds.bottom, items }
}

/// What lies behind those that belong together.
fn hulls(plan: &Plan, boxes: &[Bounds]) -> Vec<Item> {
    let mut items = Vec::new();
    for lying in &plan.hulls {
        let own: Vec<Bounds> = lying.nodes.iter().map(|&node| boxes[node]).collect();
        // Of a large network, looking for others in each hull would take long and show little.
        let others: Vec<Bounds> = (0..boxes.len()).filter(|node| !lying.nodes.contains(node)).map(|node| boxes[node]).collect();
        // A group's is wider, so that it shows around the houses in it.
        let around = if lying.is_group { AROUND } else { AROUND / 2.0 };
        let drawn = hull(&own, &others, around, edge(lying.is_group));
        items.push(Item::Group(Group { class: "hull", items: drawn, ..Group::default() }));
    }
    items
}

/// The edge of a hull: groups are told from houses.
fn edge(is_group: bool) -> Stroke {
    let dash = if is_group { Dash::Dashed } else { Dash::Solid };
    Stroke { color: Color::Neutral, width: 0.9, dash }
}

/// The strand of a joint: how it is drawn, and the badge on it.
pub(super) fn strand(joint: &Joint, count: usize) -> Strand {
    match joint {
        Joint::Met => {
            let strand = Strand::of(Look::TakesPart);
            let width = 1.4 + 0.7 * (count.min(6) - 1) as f64;
            Strand { name: "met", mark: Mark::None, stroke: Stroke { width, ..strand.stroke }, ..strand }
        }
        Joint::ToMeet => Strand { name: "are to meet", mark: Mark::None, ..Strand::of(Look::IsToTakePart) },
        Joint::WereToMeet => {
            Strand { name: "were to meet: put off, called off or refused", mark: Mark::None, ..Strand::of(Look::WasToTakePart) }
        }
        Joint::Tie(look, _) => Strand::of(*look),
    }
}

/// What a page calls it; ties as it calls their records.
fn kind(joint: &Joint) -> String {
    let word = match joint {
        Joint::Met => "met",
        Joint::ToMeet => "to meet",
        Joint::WereToMeet => "were to meet",
        Joint::Tie(_, Some((words, _))) => return crate::query::words(words),
        Joint::Tie(Look::Ally, None) => "ally",
        Joint::Tie(Look::Partner, None) => "partner",
        Joint::Tie(Look::Agreement, None) => "agreement",
        Joint::Tie(Look::Rival, None) => "rival",
        Joint::Tie(_, None) => "hostile",
    };
    word.to_owned()
}

/// The sign of a tie.
pub(super) fn sign(joint: &Joint) -> Option<Mark> {
    match joint {
        Joint::Tie(Look::Ally | Look::Partner | Look::Agreement, _) => Some(Mark::Plus),
        Joint::Tie(Look::Rival | Look::Hostile, _) => Some(Mark::Minus),
        _ => None,
    }
}

struct Page {
    taken: Taken,
    bounds: Bounds,
}

/// What is already taken on the page, by squares of it.
#[derive(Default)]
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
        Taken::squares(&bounds).for_each(|square| self.squares.entry(square).or_default().push(bounds));
    }

    fn is_free(&self, bounds: &Bounds) -> bool {
        Taken::squares(bounds)
            .all(|square| self.squares.get(&square).is_none_or(|taken| !taken.iter().any(|taken| taken.overlaps(bounds))))
    }
}

impl Page {
    fn bond(&mut self, bond: &Bond, from: &Bounds, to: &Bounds) -> Vec<Item> {
        let (a, b) = (from.center(), to.center());
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        let along = Point::new(dx / length, dy / length);
        let shown = bond.strands.len().min(STRANDS);
        let mut items = Vec::new();
        for (nth, (joint, count)) in bond.strands.iter().take(shown).enumerate() {
            let aside = (nth as f64 - (shown - 1) as f64 / 2.0) * BESIDE;
            let by = Point::new(-along.y * aside, along.x * aside);
            // Both ends are at the edges of the boxes.
            let (start, end) = (edge_of(from, a.plus(by), along), edge_of(to, b.plus(by), Point::new(-along.x, -along.y)));
            items.extend(self.strand(joint, *count, start, end, along));
        }
        items
    }

    fn strand(&mut self, joint: &Joint, count: usize, start: Point, end: Point, along: Point) -> Vec<Item> {
        let strand = strand(joint, count);
        let turned = matches!(joint, Joint::Tie(_, Some((_, true))));
        let (start, end, along) = if turned { (end, start, Point::new(-along.x, -along.y)) } else { (start, end, along) };
        let tip = Point::new(end.x - along.x * strand.mark.length(), end.y - along.y * strand.mark.length());
        let shifted = |by: f64, stroke: Stroke| {
            let by = Point::new(-along.y * by, along.x * by);
            Item::path(vec![Step::Move(start.plus(by)), Step::Line(tip.plus(by))], stroke)
        };
        let mut items = match strand.second {
            None => vec![shifted(0.0, strand.stroke)],
            Some(second) => vec![shifted(-1.5, strand.stroke), shifted(1.5, second)],
        };
        items.extend(mark(strand.mark, end, along, strand.stroke.color));
        if let Some(sign) = sign(joint) {
            let place = self.free(start, end, (12.0, 12.0)).unwrap_or_else(|| between(start, end, 0.5));
            items.extend(mark(sign, Point::new(place.x + 6.0, place.y), Point::new(1.0, 0.0), strand.stroke.color));
        }
        items.extend(self.label(joint, count, start, end));
        let data = vec![("kind", kind(joint))];
        vec![Item::Group(Group { class: "joint", data, items, ..Group::default() })]
    }

    /// How often two met, or the words of a tie, where there is room for it.
    fn label(&mut self, joint: &Joint, count: usize, start: Point, end: Point) -> Vec<Item> {
        let words = match joint {
            Joint::Tie(_, Some((words, _))) => words.clone(),
            _ if count > 1 => format!("{count}×"),
            _ => return Vec::new(),
        };
        let lines = LABEL.wrap(&words, 90.0);
        let wide = lines.iter().map(|line| LABEL.width(line)).fold(0.0, f64::max);
        let tall = lines.len() as f64 * LABEL.line_height();
        let Some(place) = self.free(start, end, (wide + 4.0, tall + 2.0)) else { return Vec::new() };
        let around = box_at(place, (wide + 4.0, tall));
        let mut items = vec![Item::shape(Form::Rect(around, 2.0), Some(Color::Page), None)];
        items.extend(Item::lines(&lines, place.x, place.y - tall / 2.0, Anchor::Middle, LABEL));
        match joint {
            Joint::Tie(..) => items,
            _ => {
                let data = vec![("count", count.to_string())];
                vec![Item::Group(Group { class: "often", data, items, ..Group::default() })]
            }
        }
    }

    /// A place on a line where something of this size covers nothing; it is taken then.
    fn free(&mut self, start: Point, end: Point, size: (f64, f64)) -> Option<Point> {
        for part in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
            let place = between(start, end, part);
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

fn between(start: Point, end: Point, part: f64) -> Point {
    Point::new(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
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
    let far = reach(from.x, along.x, bounds.left, bounds.right).min(reach(from.y, along.y, bounds.top, bounds.bottom)).max(0.0);
    Point::new(from.x + along.x * far, from.y + along.y * far)
}

/// A sample of a strand for the legend.
pub(super) fn sample(joint: &Joint) -> Vec<Item> {
    let strand = strand(joint, 1);
    let line = |y: f64, stroke: Stroke| {
        Item::line(
            Point::new(1.0, y),
            Point::new(35.0 - strand.mark.length(), y),
            Stroke { width: stroke.width.min(1.8), ..stroke },
        )
    };
    let mut items = match strand.second {
        None => vec![line(8.0, strand.stroke)],
        Some(second) => vec![line(6.5, strand.stroke), line(9.5, second)],
    };
    items.extend(mark(strand.mark, Point::new(35.0, 8.0), Point::new(1.0, 0.0), strand.stroke.color));
    if let Some(sign) = sign(joint) {
        items.extend(mark(sign, Point::new(24.0, 8.0), Point::new(1.0, 0.0), strand.stroke.color));
    }
    items
}

/// A sample of a hull for the legend.
pub(super) fn hull_sample(is_group: bool) -> Vec<Item> {
    let muted = Stroke::solid(Color::Muted, 1.0);
    let small = |x: f64| Item::shape(Form::Rect(Bounds::new(x, 5.0, 9.0, 6.0), 2.0), Some(Color::Actor), Some(muted));
    let mut items = filled(vec![Form::Rect(Bounds::new(2.0, 1.0, 32.0, 14.0), 5.0)], edge(is_group));
    items.extend([small(6.0), small(20.0)]);
    items
}

/// A sample of a camp for the legend.
pub(super) fn camp_sample(camp: u32) -> Vec<Item> {
    let muted = Stroke::solid(Color::Muted, 1.0);
    let ground =
        Item::shape(Form::Rect(Bounds::new(4.0, 0.5, 28.0, 15.0), 2.0), Some(Color::Camp(cell::shade(camp))), Some(muted));
    vec![ground, cell::camp_mark(camp, Point::new(18.0, 8.0))]
}

/// A sample of how often two met.
pub(super) fn count_sample() -> Vec<Item> {
    let line = Item::line(Point::new(1.0, 8.0), Point::new(35.0, 8.0), Stroke::solid(Color::Meeting, 2.8));
    let text = Text::new(Point::new(18.0, 11.4), Anchor::Middle, LABEL, "3×");
    let around = Bounds::new(18.0 - text.width / 2.0 - 2.0, 2.0, text.width + 4.0, 12.0);
    vec![line, Item::shape(Form::Rect(around, 2.0), Some(Color::Page), None), Item::Text(text)]
}

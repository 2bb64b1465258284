//! Positions everything in a network and draws it.

use crate::diagram::labels::both;
use crate::diagram::{Behind, Color, Edge, Look, Mark, Words};
use crate::graph::Graph;
use crate::picture::cell::Cell;
use crate::picture::course::Course;
use crate::picture::frame::Body;
use crate::picture::geometry::{self, ahead};
use crate::picture::layout::{self, Network, box_at};
use crate::picture::marks::mark;
use crate::picture::network::hull::{AROUND, hull};
use crate::picture::network::looks::{LABEL, Weigh, edge, kind};
use crate::picture::network::plan::{Bond, LABELLED, Plan};
use crate::picture::network::ring::Ring;
use crate::picture::network::taken::{Lines, Taken};
use crate::picture::network::way::{MOST, Ways};
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point};
use crate::picture::strands::Strand;

/// The distance between the middles of two neighbouring strands.
const BESIDE: f64 = 5.0;
/// The space around a sign or words, where there is enough.
const AIR: f64 = 2.0;
/// How many times the boxes of a crowded network are moved apart, and by which factor each time.
const WIDER: usize = 3;
const SPREAD: f64 = 1.15;
/// The most strands drawn between two actors.
const STRANDS: usize = 4;

/// Draws a network. Where the words of a tie would hide another line or have no room, its boxes are
/// moved apart and it is drawn again.
pub(super) fn body(graph: &Graph, plan: &Plan<'_>, mut placed: Placed) -> Body {
    let (mut body, mut is_crowded) = body_at(graph, plan, &placed);
    for _ in 0..WIDER {
        // A ring keeps its size.
        if !is_crowded || placed.ring.is_some() {
            break;
        }
        placed.spread();
        (body, is_crowded) = body_at(graph, plan, &placed);
    }
    body
}

/// Draws a network with its boxes in these places, and returns whether it is too crowded for
/// the words that must be written.
fn body_at(graph: &Graph, plan: &Plan<'_>, placed: &Placed) -> (Body, bool) {
    let (boxes, runs, bounds) = drawn(plan, placed);
    let mut items = hulls(plan, &boxes);
    let mut taken = Taken::default();
    for bounds in &boxes {
        taken.take(*bounds);
    }
    let free_of_words = taken.clone();
    for run in runs.iter().flatten() {
        run.strand
            .end(&run.course)
            .into_iter()
            .for_each(|end| taken.take(end));
    }
    let followed = runs.iter().take(MOST).flatten();
    let courses = followed.map(|run| (run.bond, run.points.as_slice()));
    let mut page = Page {
        boxes: free_of_words,
        taken,
        lines: Lines::of(courses),
        bounds,
        weigh: plan.weigh,
        is_crowded: false,
    };
    let each = |draw: &mut dyn FnMut(&Run<'_>) -> Vec<Item>| -> Drawn {
        runs.iter()
            .map(|runs| runs.iter().map(&mut *draw).collect())
            .collect()
    };
    // Signs are placed first, then words, which give way to them; both lie above all lines.
    let signs = each(&mut |run| page.sign(run));
    let known = Words::new(graph);
    let mut label = |run: &Run<'_>, is_named: bool| match (run.edge.look == Look::Other) == is_named
    {
        true => page.label(run, &known),
        false => Vec::new(),
    };
    // The names of ties come first: no legend tells them.
    let named = each(&mut |run| label(run, true));
    let words = each(&mut |run| label(run, false));
    for drawn in [each(&mut |run| run.line()), signs, named, words] {
        items.extend(layer(graph, plan, &runs, drawn));
    }
    let cells = plan.cells.iter().zip(&boxes);
    items.extend(cells.map(|(cell, bounds)| cell.draw(graph, *bounds)));
    items.extend(layer(graph, plan, &runs, each(&mut link)));
    let body = Body {
        width: bounds.right,
        height: bounds.bottom,
        items,
    };
    (body, page.is_crowded)
}

/// Where the boxes stand.
pub(super) struct Placed {
    pub(super) boxes: Vec<Bounds>,
    size: (f64, f64),
    ring: Option<Ring>,
    /// The least space between two boxes.
    gap: f64,
}

impl Placed {
    pub(super) fn of(graph: &Graph, plan: &Plan<'_>) -> Placed {
        let size = |cell: &Cell| (cell.width, cell.height);
        let sizes: Vec<(f64, f64)> = plan.cells.iter().map(size).collect();
        // With few boxes, leave room for lines and the signs on them. Hulls reach beyond their boxes
        // and must stay apart as well.
        let gap = match (sizes.len(), plan.hulls.is_empty()) {
            (..=20, true) => 20.0,
            (..=40, true) => 14.0,
            (..=40, false) => 2.0 * AROUND + 4.0,
            (..=80, false) => 10.0,
            _ => 5.0,
        };
        let network = Network {
            sizes,
            lines: plan.lines(),
            close: plan.close(),
            far: plan.far(),
            room: plan.room(graph),
            camps: plan.cells.iter().map(|cell| cell.camp).collect(),
            gap,
        };
        let ring = plan.ring.map(|inside| Ring::new(&network, inside));
        let (boxes, size) = match &ring {
            Some(ring) => (ring.boxes.clone(), ring.size),
            None => {
                let (places, size) = layout::lay_out(&network);
                let boxes = places.iter().zip(&network.sizes);
                let boxes = boxes.map(|(place, size)| box_at(*place, *size));
                (boxes.collect(), size)
            }
        };
        Placed {
            boxes,
            size,
            ring,
            gap,
        }
    }

    /// Moves all boxes apart: each away from the upper left corner, by the same factor.
    fn spread(&mut self) {
        for bounds in &mut self.boxes {
            let middle = bounds.center();
            let by = Point::new(middle.x * (SPREAD - 1.0), middle.y * (SPREAD - 1.0));
            *bounds = bounds.moved(by);
        }
        self.size = (self.size.0 * SPREAD, self.size.1 * SPREAD);
    }
}

/// Returns the boxes, the lines of each bond, and the page around them.
fn drawn<'p>(plan: &'p Plan<'p>, placed: &Placed) -> (Vec<Bounds>, Vec<Vec<Run<'p>>>, Bounds) {
    let (boxes, (width, height)) = (&placed.boxes, placed.size);
    let courses = match &placed.ring {
        Some(ring) => Courses::Inside(ring),
        None => Courses::Round(Ways::new(boxes, &plan.lines(), placed.gap)),
    };
    let bonds = plan.bonds.iter().enumerate();
    let mut runs: Vec<Vec<Run<'_>>> = bonds.map(|bond| runs_of(plan, &courses, bond)).collect();
    // Hulls reach beyond the boxes, and so may lines that go round them.
    let edge = if plan.hulls.is_empty() {
        2.0
    } else {
        AROUND + 2.0
    };
    let edge = edge.max(beyond(&runs, (width, height)));
    let by = Point::new(edge, edge);
    for run in runs.iter_mut().flatten() {
        run.shift(by);
    }
    let boxes = boxes.iter().map(|bounds| bounds.moved(by)).collect();
    let page = Bounds::new(0.0, 0.0, width + 2.0 * edge, height + 2.0 * edge);
    (boxes, runs, page)
}

/// Returns how far lines reach beyond a page of this size.
fn beyond(runs: &[Vec<Run<'_>>], (width, height): (f64, f64)) -> f64 {
    let points = runs.iter().flatten().flat_map(|run| {
        let reach = run.strand.reach() + 1.0;
        run.points.iter().map(move |point| (*point, reach))
    });
    let beyond = |(point, reach): (Point, f64)| {
        let out = [-point.x, -point.y, point.x - width, point.y - height];
        out.into_iter().fold(f64::NEG_INFINITY, f64::max) + reach
    };
    points.map(beyond).fold(0.0, f64::max)
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
                    opacity: plan.weigh.opacity(run.edge),
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
    match run.strand.badge {
        Some(badge) if run.length() < LINKED => run.badge(badge, run.at(0.5).0),
        _ => Vec::new(),
    }
}

/// Draws the hulls behind boxes that belong together.
fn hulls(plan: &Plan<'_>, boxes: &[Bounds]) -> Vec<Item> {
    let mut items = Vec::new();
    for lying in &plan.hulls {
        let own: Vec<Bounds> = lying.nodes.iter().map(|&node| boxes[node]).collect();
        let drawn = hull(&own, lying.around(), edge(lying.is_group));
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
    lines: Lines,
    bounds: Bounds,
    /// Among many lines, meetings are not counted beside them; in bundles, no line has words.
    weigh: Weigh,
    /// Whether words that must be written may hide another line, or have no room at all.
    is_crowded: bool,
}

/// A strand of a bond on its course.
struct Run<'p> {
    /// The number of the bond.
    bond: usize,
    edge: &'p Edge<'p>,
    strand: Strand,
    /// Whether it is the only one of its bond.
    is_only: bool,
    course: Course,
    /// The points on its course.
    points: Vec<Point>,
}

/// The courses of lines between boxes.
enum Courses<'b> {
    /// Inside a ring.
    Inside(&'b Ring),
    /// Round the boxes in between.
    Round(Ways<'b>),
}

impl Courses<'_> {
    /// Returns the course between two boxes of a line this wide.
    fn course(&self, ends: (usize, usize), wide: f64) -> Course {
        match self {
            Courses::Inside(ring) => ring.course(ends),
            Courses::Round(ways) => ways.way(ends, wide),
        }
    }

    /// Returns the part of a course that is outside the boxes at its ends.
    fn outside(&self, course: Course, ends: (usize, usize)) -> Course {
        match self {
            Courses::Inside(_) => course,
            Courses::Round(ways) => ways.outside(course, ends),
        }
    }
}

/// Returns the strands of a bond side by side, from the edge of one box to that of the other.
fn runs_of<'p>(
    plan: &Plan<'p>,
    courses: &Courses<'_>,
    (bond, it): (usize, &Bond<'p>),
) -> Vec<Run<'p>> {
    let shown = it.edges.len().min(STRANDS);
    let edges = || it.edges.iter().take(shown);
    let strands: Vec<Strand> = edges().map(|edge| plan.weigh.strand(edge)).collect();
    let widest = strands.iter().map(|strand| 2.0 * strand.reach());
    let across = (shown - 1) as f64 * BESIDE;
    let middle = courses.course(it.ends, across + widest.fold(0.0, f64::max));
    let run = |(nth, (edge, strand)): (usize, (&&'p Edge<'p>, Strand))| {
        let beside = middle.beside(nth as f64 * BESIDE - across / 2.0);
        let course = courses.outside(beside, it.ends);
        // The bond runs from the smaller id; this line may run the other way.
        let course = if edge.from > edge.to {
            course.reversed()
        } else {
            course
        };
        Run {
            bond,
            edge,
            strand,
            is_only: shown == 1,
            points: course.points(),
            course,
        }
    };
    edges().zip(strands).enumerate().map(run).collect()
}

impl Run<'_> {
    /// Draws the mark of a tie around a point.
    fn badge(&self, badge: Mark, place: Point) -> Vec<Item> {
        let tip = Point::new(place.x + 6.0, place.y);
        mark(badge, tip, Point::new(1.0, 0.0), self.strand.stroke.color)
    }

    /// Moves it.
    fn shift(&mut self, by: Point) {
        self.course = self.course.moved(by);
        for point in &mut self.points {
            *point = point.plus(by);
        }
    }

    fn length(&self) -> f64 {
        geometry::length(&self.points)
    }

    /// Returns whether words of this size in its middle would hide more than half of it.
    fn is_hidden_by(&self, wide: f64, tall: f64) -> bool {
        let (_, along) = self.at(0.5);
        let across = |size: f64, along: f64| size / along.abs().max(1e-6);
        let hidden = across(wide, along.x).min(across(tall, along.y));
        hidden > self.length() / 2.0
    }

    /// Returns the points beside a part of its way where something of this size touches it barely.
    fn beside(&self, part: f64, size: (f64, f64)) -> [Point; 2] {
        let (point, along) = self.at(part);
        let reach = (size.0 * along.y.abs() + size.1 * along.x.abs()) / 2.0 + 3.0;
        let right = Point::new(-along.y, along.x);
        [reach, -reach].map(|reach| ahead(point, right, reach))
    }

    /// Returns the point at a part of its way, and its direction there.
    fn at(&self, part: f64) -> (Point, Point) {
        geometry::at(&self.points, part)
    }

    fn line(&self) -> Vec<Item> {
        self.strand.along(&self.course)
    }
}

impl Page {
    /// Draws the sign of a tie: where it covers nothing, else where no box hides it, else in the
    /// middle.
    fn sign(&mut self, run: &Run<'_>) -> Vec<Item> {
        let Some(badge) = run.strand.badge.filter(|_| run.length() >= LINKED) else {
            return Vec::new();
        };
        let size = (12.0, 12.0);
        if let Some(place) = self.free(run, size, On::Line, AIR) {
            return run.badge(badge, place);
        }
        let mut along = parts().map(|part| run.at(part).0);
        let seen = |place: &Point| self.boxes.is_free(&box_at(*place, size));
        let place = along.find(seen).unwrap_or_else(|| run.at(0.5).0);
        self.taken.take(box_at(place, size));
        run.badge(badge, place)
    }

    /// Writes how often two actors met, or the words of a tie, if there is room.
    fn label(&mut self, run: &Run<'_>, words: &Words<'_>) -> Vec<Item> {
        let over = match self.weigh.is_dense {
            false => words.over(run.edge),
            true => String::new(),
        };
        let words = both(words.edge_words(run.edge), over);
        if words.is_empty() || !self.weigh.is_labelled(run.edge) {
            return Vec::new();
        }
        let is_tie = matches!(run.edge.behind, Behind::Ties(_));
        // No legend can tell what a tie of another kind is, so among few lines its words are always written.
        let found = match run.edge.look == Look::Other && !self.weigh.is_dense {
            true => self.always(run, &words),
            false => self.placed(run, &words, LABELLED, AIR),
        };
        let Some((place, Written { lines, wide, tall })) = found else {
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
        if is_tie {
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

    /// Finds room for words that must be written: if there is too little, with no space around them,
    /// then on shorter lines, then where they hide another line.
    fn always(&mut self, run: &Run<'_>, words: &str) -> Option<(Point, Written)> {
        let tries = [(LABELLED, AIR), (LABELLED, 0.0), (LABELLED / 2.0, 0.0)];
        let found = tries
            .into_iter()
            .find_map(|(width, air)| self.placed(run, words, width, air));
        found.or_else(|| {
            self.is_crowded = true;
            let label = Written::of(words, LABELLED);
            Some((self.cleared(run, label.size())?, label))
        })
    }

    /// Finds room for words in lines at most `width` wide, with `air` around them.
    fn placed(
        &mut self,
        run: &Run<'_>,
        words: &str,
        width: f64,
        air: f64,
    ) -> Option<(Point, Written)> {
        let label = Written::of(words, width);
        let is_hiding = label.lines.len() > 1 || run.is_hidden_by(label.wide, label.tall);
        let places: &[On] = match (run.is_only, is_hiding) {
            (false, _) => &[On::Side],
            (true, true) => &[On::Side, On::Line],
            (true, false) => &[On::Line, On::Side],
        };
        let mut places = places.iter();
        let place = places.find_map(|on| self.free(run, label.size(), *on, air))?;
        Some((place, label))
    }

    /// Finds a point on or beside a line where something of this size covers nothing, no other line
    /// either, and occupies that area. `air` is the space that stays free around it.
    fn free(&mut self, run: &Run<'_>, size: (f64, f64), on: On, air: f64) -> Option<Point> {
        let on_line = parts().map(|part| run.at(part).0);
        let beside = parts().flat_map(|part| run.beside(part, size));
        let own = (on == On::Line).then_some(run.bond);
        let is_free = |place: &Point| {
            let bounds = box_at(*place, size);
            let inside = bounds.left >= 0.0
                && bounds.top >= 0.0
                && bounds.right <= self.bounds.right
                && bounds.bottom <= self.bounds.bottom;
            inside && self.taken.is_free(&bounds.grown(air)) && self.lines.is_free(&bounds, own)
        };
        let place = match on {
            On::Line => on_line.into_iter().find(is_free),
            On::Side => beside.into_iter().find(is_free),
        }?;
        self.taken.take(box_at(place, size));
        Some(place)
    }

    /// Finds a point on or beside a line where something of this size hides at most other lines.
    fn cleared(&mut self, run: &Run<'_>, size: (f64, f64)) -> Option<Point> {
        let on_line = parts().map(|part| run.at(part).0);
        let beside = parts().flat_map(|part| run.beside(part, size));
        let is_free = |place: &Point| {
            let bounds = box_at(*place, size);
            bounds.with(&self.bounds) == self.bounds && self.taken.is_free(&bounds)
        };
        let place = on_line.chain(beside).find(is_free)?;
        self.taken.take(box_at(place, size));
        Some(place)
    }
}

/// The words beside a line.
struct Written {
    lines: Vec<String>,
    wide: f64,
    tall: f64,
}

impl Written {
    fn of(words: &str, width: f64) -> Written {
        let lines = LABEL.wrap(words, width);
        let wide = LABEL.widest(&lines);
        let tall = lines.len() as f64 * LABEL.line_height();
        Written { lines, wide, tall }
    }

    /// Returns its size with some space around it.
    fn size(&self) -> (f64, f64) {
        (self.wide + 4.0, self.tall + 2.0)
    }
}

/// Where something stands: on its line, which it interrupts, or beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Line,
    Side,
}

/// Returns the parts of a line at which its signs and words may stand, from its middle outwards.
fn parts() -> impl Iterator<Item = f64> {
    let aside = (1..=PARTS).flat_map(|nth| [-1.0, 1.0].map(|side| 0.5 + side * STEP * nth as f64));
    std::iter::once(0.5).chain(aside)
}

/// How many parts there are to either side of the middle, and how far they are apart.
const PARTS: usize = 11;
const STEP: f64 = 0.04;

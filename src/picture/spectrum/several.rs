//! Several issues on one axis: an issue a row, with its actors as dots in their places and their
//! names where there is room. Whoever has no place stands at the end of the row.

use std::collections::BTreeMap;

use crate::diagram::{Color, Dash, Mark, Words};
use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::picture::marks::mark;
use crate::picture::matrix::edge;
use crate::picture::rows::Rows;
use crate::picture::scene::{Anchor, Group, Item, Point, Stroke, Text, Word};
use crate::picture::spectrum::block::{
    APART, BESIDE, Block, Dot, END, LEFT, NAME, RIGHT, Shape, arrow, cut, grounded, left, room,
    shape, widest, x_of,
};
use crate::picture::spectrum::marks::{
    Known, SQUARE, USUAL, ends, hollow, mark_number, ring, square, stroke,
};
use crate::picture::spectrum::{Beside, Spectrum};
use crate::query::Line;

pub(super) const WIDTH: f64 = 900.0;
/// The width of the names of issues.
const ISSUES: f64 = 190.0;
const ISSUE: Word = Word::bold(12.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The maximum width of a name; a longer one is cut, and whole in its tooltip.
const NAMED: f64 = 135.0;

type Lines<'s> = BTreeMap<(ActorId, IssueId), &'s Line>;

/// Draws issues below each other; returns the items and their height.
pub(super) fn rows(
    graph: &Graph,
    lines: &Lines<'_>,
    spectra: &[Spectrum],
    known: Known,
    words: &mut Words<'_>,
) -> (Vec<Item>, f64) {
    let mut items = Vec::new();
    let mut y = header(spectra, &mut items);
    for spectrum in spectra {
        let mut row = Row {
            graph,
            spectrum,
            y: y + 7.0,
            items: Vec::new(),
        };
        let bottom = row.draw(known, |actor| {
            let line = lines.get(&(actor, spectrum.issue));
            line.map_or_else(Vec::new, |line| words.line_tooltip(line))
        });
        items.extend(ground(spectrum, y, bottom));
        items.extend(row.items);
        y = bottom;
    }
    (items, y)
}

/// Writes what the places mean, where issues share them; returns its height.
fn header(spectra: &[Spectrum], items: &mut Vec<Item>) -> f64 {
    let shared = spectra
        .iter()
        .filter(|spectrum| spectrum.question.is_some());
    let plain = shared.filter(|spectrum| has_words(spectrum));
    let Some(widest) = plain.max_by_key(|spectrum| spectrum.ticks.len()) else {
        return 0.0;
    };
    for tick in &widest.ticks {
        let at = Point::new(x_of(tick.at), SMALL.size * 1.02);
        let text = Text::new(at, Anchor::Middle, SMALL, tick.label.as_str());
        items.push(Item::Text(text));
    }
    SMALL.line_height() + 4.0
}

/// Returns whether the places of an issue mean words, not numbers.
fn has_words(spectrum: &Spectrum) -> bool {
    let is_number =
        |label: &str| label.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '−');
    !spectrum.ticks.is_empty() && !spectrum.ticks.iter().any(|tick| is_number(&tick.label))
}

/// Draws the axis of a row, its places, and the line above it.
fn ground(spectrum: &Spectrum, top: f64, bottom: f64) -> Vec<Item> {
    let faint = Stroke::solid(Color::Faint, 0.75);
    let rule = Item::line(Point::new(0.0, top), Point::new(WIDTH, top), faint);
    let down = |at: f64, stroke: Stroke| {
        let (from, to) = (Point::new(x_of(at), top), Point::new(x_of(at), bottom));
        Item::line(from, to, stroke)
    };
    let ticks = spectrum.ticks.iter().map(|tick| down(tick.at, faint));
    let points = spectrum.points.iter();
    let points = points.map(|point| down(point.at, stroke(point.letter)));
    [rule].into_iter().chain(ticks).chain(points).collect()
}

/// A row.
struct Row<'s> {
    graph: &'s Graph,
    spectrum: &'s Spectrum,
    y: f64,
    items: Vec<Item>,
}

impl Row<'_> {
    /// Draws it; returns its lower edge.
    fn draw(&mut self, known: Known, mut told: impl FnMut(ActorId) -> Vec<String>) -> f64 {
        let issue = ISSUE.wrap(&self.graph[self.spectrum.issue].name, ISSUES);
        self.items
            .extend(Item::lines(&issue, 0.0, self.y, Anchor::Start, ISSUE));
        let end = self.end();
        let mut rows = Rows::new(APART);
        let mut drawn: Vec<(usize, Vec<Item>)> = Vec::new();
        let blocks = self.blocks(known);
        let places: Vec<f64> = blocks.iter().map(|block| block.at).collect();
        for (nth, block) in blocks.iter().enumerate() {
            let shape = shape(block, room(&places, nth));
            let (left, width) = (left(block, &shape), shape.columns as f64 * shape.wide);
            let height = shape.lines as f64 * shape.high;
            let row = rows.put((left, left + width), height);
            drawn.push((row, self.block(block, &shape, left, &mut told)));
        }
        drawn.extend(self.contested(&mut rows, &mut told));
        for (row, items) in drawn {
            let at = Point::new(0.0, self.y + rows.top(row));
            self.items.push(Item::Group(Group {
                at,
                items,
                ..Group::default()
            }));
        }
        let mut bottom = self.y + rows.height();
        bottom = self.scale(bottom);
        let named = self.y + issue.len() as f64 * ISSUE.line_height();
        bottom.max(named).max(end) + 7.0
    }

    /// Writes the numbers at the ends of a scale below what stands on it; returns its lower edge.
    fn scale(&mut self, bottom: f64) -> f64 {
        let ticks = &self.spectrum.ticks;
        let (Some(first), Some(last)) = (ticks.first(), ticks.last()) else {
            return bottom;
        };
        if has_words(self.spectrum) {
            return bottom;
        }
        for (tick, anchor) in [(first, Anchor::Start), (last, Anchor::End)] {
            let at = Point::new(x_of(tick.at), bottom + SMALL.size * 1.02);
            let label = cut(&tick.label, SMALL, (RIGHT - LEFT) / 2.0 - APART);
            self.items
                .extend(grounded(Text::new(at, anchor, SMALL, label)));
        }
        bottom + SMALL.line_height()
    }

    /// Writes at the end of the row who has no place on the axis; returns its lower edge.
    fn end(&mut self) -> f64 {
        let mut y = self.y;
        for (beside, who) in self.spectrum.beside(self.graph) {
            let (sign, color) = match beside {
                Beside::Mixed => (Mark::Diamond, Color::Mixed),
                Beside::Unknown => (Mark::Question, Color::Unknown),
                Beside::WithoutPlace => (Mark::None, Color::Muted),
                // They stand in their places.
                Beside::Contested | Beside::Offers if !self.spectrum.ticks.is_empty() => continue,
                Beside::Contested => (Mark::Halves, Color::Contested),
                Beside::Offers => (Mark::None, Color::Muted),
            };
            let what = beside.word(self.graph, self.spectrum.issue);
            let many = match beside {
                Beside::Unknown => {
                    let unknown = self.spectrum.aside.iter();
                    let unknown = unknown.filter(|aside| aside.sign.is_none()).count();
                    (unknown + self.spectrum.more_unknown).to_string()
                }
                _ if who.len() > 3 => who.len().to_string(),
                _ => who.join(", "),
            };
            let tip = Point::new(END + sign.length(), y + 7.0);
            self.items
                .extend(mark(sign, tip, Point::new(1.0, 0.0), color));
            let left = END + 15.0;
            let lines = SMALL.wrap(&format!("{what}: {many}"), WIDTH - left);
            self.items
                .extend(Item::lines(&lines, left, y, Anchor::Start, SMALL));
            y += lines.len() as f64 * SMALL.line_height() + 1.5;
        }
        y
    }

    /// Returns the dots of each place, from the low end on; offers come after actors.
    fn blocks(&self, known: Known) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut put = |at: f64, dot: Dot| match blocks.iter_mut().find(|block| block.at == at) {
            Some(block) => block.dots.push(dot),
            None => blocks.push(Block {
                at,
                dots: vec![dot],
            }),
        };
        let name = |actor: ActorId, number: String| {
            let name = self.graph.name(Entity::Actor(actor));
            format!("{}{number}", cut(name, NAME, NAMED - NAME.width(&number)))
        };
        for placed in &self.spectrum.placed {
            let dot = Dot {
                actor: placed.actor,
                name: name(placed.actor, mark_number(placed.position)),
                reach: known.reach(placed.power),
                items: ring(placed, Point::default(), known),
            };
            put(placed.at, dot);
        }
        for (actor, offer, at) in self.spectrum.offers_placed() {
            let mut items = vec![hollow(offer.position, Point::default(), USUAL)];
            let from = self
                .spectrum
                .placed
                .iter()
                .find(|placed| placed.actor == actor);
            items.extend(from.into_iter().flat_map(|from| arrow(at > from.at)));
            let dot = Dot {
                actor,
                name: name(actor, mark_number(offer.position)),
                reach: USUAL,
                items,
            };
            put(at, dot);
        }
        blocks.sort_by(|a, b| a.at.total_cmp(&b.at));
        blocks
    }

    /// Draws the dots of a place, with their names if there is room, from its upper edge.
    fn block(
        &self,
        block: &Block,
        shape: &Shape,
        left: f64,
        told: &mut impl FnMut(ActorId) -> Vec<String>,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let widest = widest(block);
        // In one column, names stand on the side that has room.
        let is_after = shape.columns > 1 || left + widest > x_of(block.at) - 1.0;
        for (nth, dot) in block.dots.iter().enumerate() {
            let (column, line) = (nth / shape.lines, nth % shape.lines);
            let y = (line as f64 + 0.5) * shape.high;
            let x = match shape.columns {
                1 => x_of(block.at),
                _ => left + column as f64 * shape.wide + widest,
            };
            let mut own = Vec::new();
            if shape.is_named {
                let baseline = y + NAME.size * 0.36;
                let (x, anchor) = match is_after {
                    true => (x + widest + BESIDE, Anchor::Start),
                    false => (x - widest - BESIDE, Anchor::End),
                };
                own.extend(grounded(Text::new(
                    Point::new(x, baseline),
                    anchor,
                    NAME,
                    dot.name.as_str(),
                )));
            }
            own.push(Item::Group(Group {
                at: Point::new(x, y),
                items: dot.items.clone(),
                ..Group::default()
            }));
            items.push(self.placed(dot.actor, own, told(dot.actor)));
        }
        items
    }

    /// Draws those whose statements differ, each with squares in all its places.
    fn contested(
        &self,
        rows: &mut Rows,
        told: &mut impl FnMut(ActorId) -> Vec<String>,
    ) -> Vec<(usize, Vec<Item>)> {
        let contested = self.spectrum.contested().map(|(aside, sign, places)| {
            let (from, to) = ends(&places);
            let name = cut(self.graph.name(Entity::Actor(aside.actor)), NAME, NAMED);
            let wide = BESIDE + NAME.width(&name);
            let (left, right) = (x_of(from) - SQUARE, x_of(to) + SQUARE);
            let is_after = right + wide < END - APART;
            let (x, anchor, extent) = match is_after {
                true => (right + BESIDE, Anchor::Start, (left, right + wide)),
                false => (left - BESIDE, Anchor::End, (left - wide, right)),
            };
            let high = 2.0 * SQUARE + 6.0;
            let row = rows.put(extent, high);
            let y = high / 2.0;
            let join = Stroke {
                color: Color::Contested,
                width: 1.2,
                dash: Dash::Dotted,
            };
            let (start, end) = (Point::new(x_of(from), y), Point::new(x_of(to), y));
            let mut items = vec![Item::line(start, end, join)];
            let squares = places.iter().zip(&sign.said);
            items.extend(squares.map(|(at, said)| square(Point::new(x_of(*at), y), edge(*said))));
            let at = Point::new(x, y + NAME.size * 0.36);
            items.extend(grounded(Text::new(at, anchor, NAME, name)));
            let group = self.placed(aside.actor, items, told(aside.actor));
            (row, vec![group])
        });
        contested.collect()
    }

    fn placed(&self, actor: ActorId, items: Vec<Item>, tooltip: Vec<String>) -> Item {
        let actor = self.graph.id(Entity::Actor(actor)).to_owned();
        let issue = self.graph.id(Entity::Issue(self.spectrum.issue)).to_owned();
        Item::Group(Group {
            class: "placed",
            data: vec![("actor", actor), ("issue", issue)],
            tooltip,
            items,
            ..Group::default()
        })
    }
}

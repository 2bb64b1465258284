//! Several issues on one axis: an issue a row, with its actors as dots in their places and their
//! names where there is room. Whoever has no place stands at the end of the row.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Color, Mark, Words};
use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::picture::marks::mark;
use crate::picture::scene::{Anchor, Group, Item, Point, Stroke, Text, Word};
use crate::picture::short::{at_end, shortened};
use crate::picture::spectrum::block::{
    APART, BESIDE, BEYOND, Block, Dot, END, LEFT, NAME, RIGHT, Shape, arrow, grounded, on,
    pile_words, x_of,
};
use crate::picture::spectrum::marks::{
    Known, SQUARE, USUAL, ends, hollow, mark_number, ring, squares, stroke,
};
use crate::picture::spectrum::room::{Arranged, Room, arranged};
use crate::picture::spectrum::{Beside, Spectrum, Tick};
use crate::query::Line;

pub(super) const WIDTH: f64 = 900.0;
/// The width of the names of issues.
const ISSUES: f64 = 190.0;
const ISSUE: Word = Word::bold(12.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The maximum width of a name; a longer one is cut, and whole in its tooltip.
const NAMED: f64 = 165.0;

type Lines<'s> = BTreeMap<(ActorId, IssueId), &'s Line>;

/// Several issues as they are drawn.
pub(super) struct Drawn {
    pub(super) items: Vec<Item>,
    pub(super) height: f64,
    /// The number of dots without names.
    pub(super) unnamed: usize,
}

/// Draws issues below each other.
pub(super) fn rows(
    graph: &Graph,
    lines: &Lines<'_>,
    spectra: &[Spectrum],
    known: Known,
    words: &mut Words<'_>,
) -> Drawn {
    let shared = shared(spectra);
    let mut items = header(shared);
    let mut y = match shared.is_empty() {
        true => 0.0,
        false => SMALL.line_height() + 4.0,
    };
    let mut unnamed = 0;
    for spectrum in spectra {
        let mut row = Row {
            graph,
            spectrum,
            y: y + 7.0,
            shared,
            items: Vec::new(),
            unnamed: 0,
        };
        let bottom = row.draw(known, |actor| {
            let line = lines.get(&(actor, spectrum.issue));
            line.map_or_else(Vec::new, |line| words.line_tooltip(line))
        });
        items.extend(ground(spectrum, y, bottom));
        items.extend(row.items);
        unnamed += row.unnamed;
        y = bottom;
    }
    Drawn {
        items,
        height: y,
        unnamed,
    }
}

/// Returns the places in words that most issues share; the other issues have labels of their own.
fn shared(spectra: &[Spectrum]) -> &[Tick] {
    let worded = || spectra.iter().filter(|spectrum| has_words(spectrum));
    let many = |ticks: &[Tick]| worded().filter(|other| other.ticks == ticks).count();
    // Of several that as many share, the first counts.
    let most = worded().rev().max_by_key(|spectrum| many(&spectrum.ticks));
    most.map_or(&[], |spectrum| &spectrum.ticks)
}

/// Writes what the places mean that issues share.
fn header(shared: &[Tick]) -> Vec<Item> {
    let text = |tick: &Tick| {
        let at = Point::new(x_of(tick.at), SMALL.size * 1.02);
        Item::Text(Text::new(at, Anchor::Middle, SMALL, tick.label.as_str()))
    };
    shared.iter().map(text).collect()
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
    /// The places whose meaning is written above all rows.
    shared: &'s [Tick],
    items: Vec<Item>,
    unnamed: usize,
}

impl Row<'_> {
    /// Draws it; returns its lower edge.
    fn draw(&mut self, known: Known, mut told: impl FnMut(ActorId) -> Vec<String>) -> f64 {
        let issue = ISSUE.wrap_name(&self.graph[self.spectrum.issue].name, ISSUES);
        self.items
            .extend(Item::lines(&issue, 0.0, self.y, Anchor::Start, ISSUE));
        let end = self.end();
        let blocks = self.blocks(known);
        let Arranged { shapes, mut room } = arranged(&blocks, &self.spectrum.ticks);
        let mut drawn: Vec<(f64, Vec<Item>)> = Vec::new();
        for (block, (shape, top)) in blocks.iter().zip(&shapes) {
            drawn.push((*top, self.block(block, shape, &mut told)));
            if !shape.is_named {
                self.unnamed += block.dots.len();
            }
        }
        drawn.extend(self.contested(&mut room, &mut told));
        for (top, items) in drawn {
            let at = Point::new(0.0, self.y + top);
            self.items.push(Item::Group(Group {
                at,
                items,
                ..Group::default()
            }));
        }
        let mut bottom = self.y + room.height();
        bottom = self.scale(bottom);
        let named = self.y + issue.len() as f64 * ISSUE.line_height();
        bottom.max(named).max(end) + 7.0
    }

    /// Writes below what stands on it what the places of its own scale mean, the ends and what has
    /// room between them; returns its lower edge.
    fn scale(&mut self, bottom: f64) -> f64 {
        let ticks = &self.spectrum.ticks;
        if ticks.is_empty() || ticks == self.shared {
            return bottom;
        }
        let y = bottom + SMALL.size * 1.02;
        let most = (RIGHT - LEFT) / 2.0 - APART;
        let label = |tick: &Tick, anchor: Anchor| {
            let words = at_end(&tick.label, SMALL, most);
            Text::new(Point::new(x_of(tick.at), y), anchor, SMALL, words)
        };
        // The ends stand below their places, unless they would reach too far beyond the axis.
        let end = |tick: &Tick, anchor: Anchor| {
            let middle = label(tick, Anchor::Middle);
            match middle.width / 2.0 <= BEYOND {
                true => middle,
                false => label(tick, anchor),
            }
        };
        let last = ticks.len() - 1;
        let mut texts = vec![
            end(&ticks[0], Anchor::Start),
            end(&ticks[last], Anchor::End),
        ];
        for tick in &ticks[1..last.max(1)] {
            let text = label(tick, Anchor::Middle);
            let around = text.bounds().grown(APART / 2.0);
            if !texts
                .iter()
                .any(|other| other.bounds().grown(APART / 2.0).overlaps(&around))
            {
                texts.push(text);
            }
        }
        self.items.extend(texts.into_iter().flat_map(grounded));
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

    /// Returns the names of all in the row, shortened to what has room.
    fn short_names(&self) -> BTreeMap<ActorId, String> {
        let placed = self.spectrum.placed.iter().map(|placed| placed.actor);
        let offers = self.spectrum.offers.iter().map(|(actor, _)| *actor);
        let aside = self.spectrum.aside.iter().map(|aside| aside.actor);
        let actors: BTreeSet<ActorId> = placed.chain(offers).chain(aside).collect();
        let name = |actor: &ActorId| self.graph.name(Entity::Actor(*actor)).to_owned();
        let names: Vec<String> = actors.iter().map(name).collect();
        actors
            .into_iter()
            .zip(shortened(&names, NAME, NAMED))
            .collect()
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
        let short = self.short_names();
        let name = |actor: ActorId, number: String| format!("{}{number}", short[&actor]);
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

    /// Draws the dots of a place, with their names if there is room, else with their number.
    fn block(
        &self,
        block: &Block,
        shape: &Shape,
        told: &mut impl FnMut(ActorId) -> Vec<String>,
    ) -> Vec<Item> {
        let mut items = shape.panel(block.at);
        if let Some(spot) = shape.spots.first().filter(|_| !shape.is_named) {
            let at = Point::new(spot.name.0, spot.at.y);
            let words = pile_words(block.dots.len());
            items.extend(grounded(Text::around(at, spot.name.1, NAME, words)));
        }
        for (dot, spot) in block.dots.iter().zip(&shape.spots) {
            let mut own = Vec::new();
            if shape.is_named {
                let at = Point::new(spot.name.0, spot.at.y);
                let name = Text::around(at, spot.name.1, NAME, dot.name.as_str());
                own.extend(on(name, shape.ground()));
            }
            own.push(Item::Group(Group {
                at: spot.at,
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
        room: &mut Room,
        told: &mut impl FnMut(ActorId) -> Vec<String>,
    ) -> Vec<(f64, Vec<Item>)> {
        let short = self.short_names();
        let contested = self.spectrum.contested().into_iter();
        let contested = contested.map(|(aside, sign, places)| {
            let (from, to) = ends(&places);
            let name = short[&aside.actor].as_str();
            let wide = BESIDE + NAME.width(name);
            let (left, right) = (x_of(from) - SQUARE, x_of(to) + SQUARE);
            let is_after = right + wide < END - APART;
            let (x, anchor, extent) = match is_after {
                true => (right + BESIDE, Anchor::Start, (left, right + wide)),
                false => (left - BESIDE, Anchor::End, (left - wide, right)),
            };
            let high = 2.0 * SQUARE + 6.0;
            let top = room.put(extent, high);
            let y = high / 2.0;
            let mut items = squares(&sign.said, &places, x_of, y);
            let at = Point::new(x, y);
            items.extend(grounded(Text::around(at, anchor, NAME, name)));
            let group = self.placed(aside.actor, items, told(aside.actor));
            (top, vec![group])
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

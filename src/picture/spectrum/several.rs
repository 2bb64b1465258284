//! Several issues on one axis: an issue a row, with its actors as dots in their places and their
//! names where there is room. Whoever has no place stands at the end of the row.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Color, Mark, Words};
use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::picture::marks::mark;
use crate::picture::scene::{Anchor, Group, Item, Point, Stroke, Text, Word};
use crate::picture::short::{at_end, shortened};
use crate::picture::spectrum::across::Across;
use crate::picture::spectrum::block::{
    APART, BESIDE, Block, Dot, NAME, Shape, Side, arrow, grounded, pile_words,
};
use crate::picture::spectrum::marks::{
    Known, SQUARE, USUAL, ends, hollow, mark_number, ring, squares, stroke,
};
use crate::picture::spectrum::room::{self, Arranged, LINES, Room};
use crate::picture::spectrum::{Beside, Spectrum, Tick, in_a_row};
use crate::query::Line;

/// The width of the names of issues, and of the words at the end of a row.
const ISSUES: f64 = 190.0;
const WORDS: f64 = 132.0;
const ISSUE: Word = Word::bold(12.0, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The widths of names that are tried; a longer one is cut, and whole in its tooltip.
const NAMED: [f64; 3] = [330.0, 240.0, 165.0];
/// How much higher a row may become to have longer names.
const HIGHER: f64 = 18.0;
/// The space beyond the ends of an axis; less before the words at the ends of its rows.
const BEYOND: f64 = 50.0;
const BEFORE_WORDS: f64 = 22.0;
/// The most names in the words at the end of a row.
const MOST_NAMES: usize = 6;

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
    width: f64,
) -> Drawn {
    let shared = shared(spectra);
    let axis = across(graph, spectra, known, width);
    let mut items = header(shared, axis);
    let mut y = match shared.is_empty() {
        true => 0.0,
        false => SMALL.line_height() + 4.0,
    };
    let mut unnamed = 0;
    for spectrum in spectra {
        let mut row = Row {
            graph,
            spectrum,
            axis,
            y: y + 7.0,
            shared,
            items: Vec::new(),
            unnamed: 0,
        };
        let bottom = row.draw(known, |actor| {
            let line = lines.get(&(actor, spectrum.issue));
            line.map_or_else(Vec::new, |line| words.line_tooltip(line))
        });
        items.extend(ground(spectrum, axis, y, bottom));
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

/// Returns whether so many stand at a place that their names are on both sides of its line.
pub(super) fn is_crowded(spectrum: &Spectrum) -> bool {
    let many = |at: f64| {
        spectrum
            .placed
            .iter()
            .filter(|placed| placed.at == at)
            .count()
            > LINES
    };
    spectrum.placed.iter().any(|placed| many(placed.at))
}

/// Lays an axis between the names of issues and the words at the end of their rows. There is room for
/// names beyond an end at which many stand.
fn across(graph: &Graph, spectra: &[Spectrum], known: Known, width: f64) -> Across {
    let has_words = spectra.iter().any(|spectrum| {
        let mut beside = spectrum.beside(graph).into_iter();
        beside.any(|(beside, _)| !matches!(beside, Beside::Contested | Beside::Offers))
            || !spectrum.contested_beside(graph).is_empty()
    });
    let (end, usual) = match has_words {
        true => (width - WORDS - APART, BEFORE_WORDS),
        false => (width, BEYOND),
    };
    let [.., named] = NAMED;
    let beyond = |end: f64, usual: f64| {
        let at_end = |at: f64| (at - end).abs() < 0.12;
        let crowded = spectra.iter().filter(|spectrum| is_crowded(spectrum));
        let placed = crowded.flat_map(|spectrum| &spectrum.placed);
        let names = placed
            .filter(|placed| at_end(placed.at))
            .map(|placed| {
                NAME.width(graph.name(Entity::Actor(placed.actor)))
                    .min(named)
            })
            .fold(0.0, f64::max);
        match names > 0.0 {
            true => usual.max(names + 2.0 * known.largest + 2.0 * APART),
            false => usual,
        }
    };
    let issues = spectra.iter().map(|spectrum| &graph[spectrum.issue].name);
    let lines = issues.flat_map(|name| ISSUE.wrap_name(name, ISSUES));
    let widths = lines.map(|line| ISSUE.width(&line));
    let low = widths.fold(0.0, f64::max) + APART;
    Across {
        low,
        left: low + beyond(0.0, BEYOND),
        right: end - beyond(1.0, usual),
        end,
        width,
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
fn header(shared: &[Tick], axis: Across) -> Vec<Item> {
    let text = |tick: &Tick| {
        let at = Point::new(axis.x(tick.at), SMALL.size * 1.02);
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
fn ground(spectrum: &Spectrum, axis: Across, top: f64, bottom: f64) -> Vec<Item> {
    let faint = Stroke::solid(Color::Faint, 0.75);
    let rule = Item::line(Point::new(0.0, top), Point::new(axis.width, top), faint);
    let down = |at: f64, stroke: Stroke| {
        let x = axis.x(at);
        let (from, to) = (Point::new(x, top), Point::new(x, bottom));
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
    axis: Across,
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
        let (short, blocks, Arranged { shapes, mut room }) = self.arranged(known);
        let mut drawn: Vec<(f64, Vec<Item>)> = Vec::new();
        for (block, (shape, top)) in blocks.iter().zip(&shapes) {
            drawn.push((*top, self.block(block, shape, &mut told)));
            if !shape.is_named {
                self.unnamed += block.dots.len();
            }
        }
        drawn.extend(self.contested(&short, &mut room, &mut told));
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
        let most = (self.axis.right - self.axis.left) / 2.0 - APART;
        let label = |tick: &Tick, anchor: Anchor| {
            let words = at_end(&tick.label, SMALL, most);
            Text::new(Point::new(self.axis.x(tick.at), y), anchor, SMALL, words)
        };
        // The ends stand below their places, unless they would reach too far beyond the axis.
        let end = |tick: &Tick, anchor: Anchor| {
            let middle = label(tick, Anchor::Middle);
            match middle.width / 2.0 <= BEFORE_WORDS {
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
        let has_axis = !self.spectrum.ticks.is_empty();
        for (beside, mut who) in self.spectrum.beside(self.graph) {
            let (sign, color) = match beside {
                Beside::Mixed => (Mark::Diamond, Color::Mixed),
                Beside::Unknown => (Mark::Question, Color::Unknown),
                // They stand in their places.
                Beside::Offers if has_axis => continue,
                Beside::WithoutPlace | Beside::NotShown(_) | Beside::Offers => {
                    (Mark::None, Color::Muted)
                }
                Beside::Contested => (Mark::Halves, Color::Contested),
            };
            if beside == Beside::Contested && has_axis {
                who = self.spectrum.contested_beside(self.graph);
            }
            if who.is_empty() {
                continue;
            }
            // Words are left out in the middle of a name that is long.
            let left = self.axis.end + APART + 15.0;
            let room = self.axis.width - left;
            for name in who.iter_mut().filter(|name| SMALL.width(name) > 3.0 * room) {
                *name = SMALL.wrap_name(name, room).join(" ");
            }
            let what = beside.word(self.graph, self.spectrum.issue);
            let many = match beside {
                Beside::Unknown => self.spectrum.unknown().to_string(),
                Beside::NotShown(_) => in_a_row(&who),
                _ if who.len() > MOST_NAMES => who.len().to_string(),
                _ => in_a_row(&who),
            };
            let tip = Point::new(self.axis.end + APART + sign.length(), y + 7.0);
            self.items
                .extend(mark(sign, tip, Point::new(1.0, 0.0), color));
            let lines = SMALL.wrap(&format!("{what}: {many}"), room);
            self.items
                .extend(Item::lines(&lines, left, y, Anchor::Start, SMALL));
            y += lines.len() as f64 * SMALL.line_height() + 1.5;
        }
        y
    }

    /// Arranges the blocks of the row with names as long as have room and make it hardly higher;
    /// returns also all names.
    fn arranged(&self, known: Known) -> (BTreeMap<ActorId, String>, Vec<Block>, Arranged) {
        let x = |at: f64| self.axis.x(at);
        let spectrum = self.spectrum;
        let ticks = spectrum.ticks.iter().map(|tick| x(tick.at));
        let placed = spectrum.placed.iter().map(|placed| x(placed.at));
        let row = room::Row {
            axis: self.axis,
            places: ticks.chain(placed).collect(),
            points: spectrum.points.iter().map(|point| x(point.at)).collect(),
        };
        let of = |most: f64| {
            let short = self.short_names(most);
            let blocks = self.blocks(known, &short);
            let arranged = row.arranged(&blocks);
            (short, blocks, arranged)
        };
        let [longer @ .., shortest] = NAMED;
        let short = of(shortest);
        let high = short.2.room.height() + HIGHER;
        let unnamed = |arranged: &Arranged| {
            let piles = arranged.shapes.iter().filter(|(shape, _)| !shape.is_named);
            piles.count()
        };
        let is_fine = |(.., arranged): &(_, _, Arranged)| {
            arranged.room.height() <= high && unnamed(arranged) <= unnamed(&short.2)
        };
        longer.map(of).into_iter().find(is_fine).unwrap_or(short)
    }

    /// Returns the names of all in the row, shortened to this width.
    fn short_names(&self, most: f64) -> BTreeMap<ActorId, String> {
        let placed = self.spectrum.placed.iter().map(|placed| placed.actor);
        let offers = self.spectrum.offers.iter().map(|(actor, _)| *actor);
        let aside = self.spectrum.aside.iter().map(|aside| aside.actor);
        let actors: BTreeSet<ActorId> = placed.chain(offers).chain(aside).collect();
        let name = |actor: &ActorId| self.graph.name(Entity::Actor(*actor)).to_owned();
        let names: Vec<String> = actors.iter().map(name).collect();
        let short = shortened(&names, NAME, most);
        actors.into_iter().zip(short).collect()
    }

    /// Returns the dots of each place, from the low end on, the most powerful first; offers are by
    /// themselves, below the actors.
    fn blocks(&self, known: Known, short: &BTreeMap<ActorId, String>) -> Vec<Block> {
        let mut actors: Vec<Block> = Vec::new();
        let mut offers: Vec<Block> = Vec::new();
        let put = |blocks: &mut Vec<Block>, at: f64, dot: Dot| match blocks
            .iter_mut()
            .find(|block| block.at == at)
        {
            Some(block) => block.dots.push(dot),
            None => blocks.push(Block {
                at,
                dots: vec![dot],
            }),
        };
        let name = |actor: ActorId, number: String| format!("{}{number}", short[&actor]);
        for placed in self.spectrum.by_power(self.graph) {
            let dot = Dot {
                actor: placed.actor,
                name: name(placed.actor, mark_number(placed.position)),
                reach: known.reach(placed.power),
                arrow: None,
                items: ring(placed, Point::default(), known),
            };
            put(&mut actors, placed.at, dot);
        }
        for (actor, offer, at) in self.spectrum.offers_placed() {
            let mut items = vec![hollow(offer.position, Point::default(), USUAL)];
            let mut placed = self.spectrum.placed.iter();
            let from = placed.find(|placed| placed.actor == actor);
            let side = from.map(|from| match at > from.at {
                true => Side::Left,
                false => Side::Right,
            });
            items.extend(side.into_iter().flat_map(arrow));
            let dot = Dot {
                actor,
                name: name(actor, mark_number(offer.position)),
                reach: USUAL,
                arrow: side,
                items,
            };
            put(&mut offers, at, dot);
        }
        actors.sort_by(|a, b| a.at.total_cmp(&b.at));
        offers.sort_by(|a, b| a.at.total_cmp(&b.at));
        actors.append(&mut offers);
        actors
    }

    /// Draws the dots of a place, with their names if there is room, else with their number.
    fn block(
        &self,
        block: &Block,
        shape: &Shape,
        told: &mut impl FnMut(ActorId) -> Vec<String>,
    ) -> Vec<Item> {
        let mut items = Vec::new();
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
                own.extend(grounded(name));
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
        short: &BTreeMap<ActorId, String>,
        room: &mut Room,
        told: &mut impl FnMut(ActorId) -> Vec<String>,
    ) -> Vec<(f64, Vec<Item>)> {
        let contested = self.spectrum.contested().into_iter();
        let contested = contested.map(|(aside, sign, places)| {
            let name = short[&aside.actor].as_str();
            let (x, anchor, extent) = self.beside_squares(&places, NAME.width(name));
            let high = 2.0 * SQUARE + 6.0;
            let top = room.put(extent, high);
            let y = high / 2.0;
            let mut items = squares(&sign.said, &places, self.axis, y);
            let at = Point::new(x, y);
            items.extend(grounded(Text::around(at, anchor, NAME, name)));
            let group = self.placed(aside.actor, items, told(aside.actor));
            (top, vec![group])
        });
        contested.collect()
    }

    /// Finds the place of a name of this width beside squares or, if it has no room there, on the line
    /// between them; returns also what squares and name cover.
    fn beside_squares(&self, places: &[f64], name: f64) -> (f64, Anchor, (f64, f64)) {
        let (from, to) = ends(places);
        let (left, right) = (self.axis.x(from) - SQUARE, self.axis.x(to) + SQUARE);
        let wide = BESIDE + name;
        if right + wide + APART <= self.axis.end {
            return (right + BESIDE, Anchor::Start, (left, right + wide));
        }
        if left - wide >= self.axis.low {
            return (left - BESIDE, Anchor::End, (left - wide, right));
        }
        let mut sorted = places.to_vec();
        sorted.sort_by(f64::total_cmp);
        let gaps = sorted.iter().zip(sorted.iter().skip(1));
        let widest = gaps.max_by(|one, other| (one.1 - one.0).total_cmp(&(other.1 - other.0)));
        let middle = widest.map_or(from, |(from, to)| f64::midpoint(*from, *to));
        (self.axis.x(middle), Anchor::Middle, (left, right))
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

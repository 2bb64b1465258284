//! One issue of a spectrum: its question, the actors along the axis, the axis, the outcomes by
//! rules, and the actors beside it.

use std::collections::BTreeMap;

use crate::diagram::Words;
use crate::diagram::{Color, Dash, Mark};
use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::picture::marks::mark;
use crate::picture::rows::Rows;
use crate::picture::scene::{Anchor, Form, Group, Item, Point, Stroke, Word};
use crate::picture::spectrum::across::Across;
use crate::picture::spectrum::label::Label;
use crate::picture::spectrum::marks::{
    Known, SQUARE, USUAL, WEDGE, ends, hollow, mark_number, ring, squares, stroke, wedge,
};
use crate::picture::spectrum::{Beside, Spectrum, Tick, in_a_row, without_question};
use crate::query::Line;

const ISSUE: Word = Word::bold(13.5, Color::Ink);
const QUESTION: Word = Word::regular(11.5, Color::Muted);
pub(super) const NAME: Word = Word::regular(11.5, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The space between two things in a row.
const APART: f64 = 10.0;
/// The maximum width of names.
const NAMES: f64 = 122.0;
/// The height of a row of rules.
const RULES: f64 = 15.0;
/// The distance from the mark of a group beside the axis to its text.
const INDENT: f64 = 17.0;

/// The positions of actors, with their basis.
pub(super) type Lines<'s> = BTreeMap<(ActorId, IssueId), &'s Line>;

pub(super) struct Panel {
    pub(super) items: Vec<Item>,
    pub(super) y: f64,
    pub(super) known: Known,
    pub(super) axis: Across,
}

/// The width of a panel; of few marks, smaller, so that these are larger on a page; and the space
/// beyond the ends of its axis.
const WIDTH: f64 = 860.0;
const SMALL_WIDTH: f64 = 520.0;
const FEW: usize = 5;
const BEYOND: f64 = 96.0;
const SMALL_BEYOND: f64 = 48.0;

impl Panel {
    /// Makes an empty panel for a spectrum.
    pub(super) fn of(spectrum: &Spectrum, known: Known) -> Panel {
        let marks = spectrum.placed.len() + spectrum.contested().len() + spectrum.offers.len();
        let axis = match marks <= FEW && spectrum.rules.is_empty() {
            true => Across::over(SMALL_WIDTH, SMALL_BEYOND),
            false => Across::over(WIDTH, BEYOND),
        };
        Panel {
            items: Vec::new(),
            y: 0.0,
            known,
            axis,
        }
    }

    pub(super) fn draw(
        &mut self,
        graph: &Graph,
        lines: &Lines<'_>,
        spectrum: &Spectrum,
        words: &mut Words<'_>,
    ) {
        self.text(&graph[spectrum.issue].name, ISSUE);
        self.text(
            spectrum
                .question
                .as_deref()
                .unwrap_or_else(|| without_question(graph, spectrum.issue)),
            QUESTION,
        );
        self.y += 6.0;
        // The names of points are above the rows, and their lines run down to the axis.
        let points: Vec<Tick> = spectrum
            .points
            .iter()
            .map(|point| Tick {
                at: point.at,
                label: point.label.clone(),
            })
            .collect();
        self.ticks(&points, SMALL);
        let top = self.y + if points.is_empty() { 0.0 } else { 4.0 };
        self.y = top;
        let ground = self.items.len();
        self.rows(graph, lines, spectrum, words);
        let axis = self.y + 4.0;
        self.y = axis + 5.0;
        self.rules(spectrum);
        // The grid lies behind rings and names.
        let behind = grid(spectrum, self.axis, top, axis, self.y);
        self.items.splice(ground..ground, behind);
        self.y += 1.0;
        self.ticks(&spectrum.ticks, SMALL);
        let beside = spectrum.beside(graph);
        if !spectrum.notes.is_empty() || !beside.is_empty() {
            self.y += 6.0;
        }
        if !spectrum.notes.is_empty() {
            let wedge = wedge(Point::new(WEDGE + 1.0, self.y + 2.5));
            self.items
                .push(Item::shape(Form::Path(wedge), Some(Color::Mixed), None));
            self.indented(&format!("rules: {}", spectrum.notes.join(" ")));
        }
        for (beside, who) in beside {
            self.beside(graph, spectrum, beside, &who);
        }
    }

    /// Writes who has no place on the axis, for one reason.
    fn beside(&mut self, graph: &Graph, spectrum: &Spectrum, beside: Beside, who: &[String]) {
        if beside == Beside::Offers {
            let first = spectrum
                .offers
                .iter()
                .map(|(_, offer)| offer.position)
                .next();
            let center = Point::new(WEDGE + 1.0, self.y + 7.0);
            let ring = first.map(|position| hollow(position, center, WEDGE));
            self.items.extend(ring);
        }
        let (sign, color) = match beside {
            Beside::Mixed => (Mark::Diamond, Color::Mixed),
            Beside::Contested => (Mark::Halves, Color::Contested),
            Beside::Unknown => (Mark::Question, Color::Unknown),
            Beside::WithoutPlace | Beside::Offers | Beside::NotShown(_) => {
                (Mark::None, Color::Muted)
            }
        };
        let tip = Point::new(sign.length(), self.y + 7.0);
        self.items
            .extend(mark(sign, tip, Point::new(1.0, 0.0), color));
        let what = beside.word(graph, spectrum.issue);
        self.indented(&format!("{what}: {}", in_a_row(who)));
    }

    fn text(&mut self, text: &str, word: Word) {
        let lines = word.wrap(text, self.axis.width);
        self.items
            .extend(Item::lines(&lines, 0.0, self.y, Anchor::Start, word));
        self.y += lines.len() as f64 * word.line_height();
    }

    fn indented(&mut self, text: &str) {
        let lines = SMALL.wrap(text, self.axis.width - INDENT);
        self.items
            .extend(Item::lines(&lines, INDENT, self.y, Anchor::Start, SMALL));
        self.y += lines.len() as f64 * SMALL.line_height() + 1.5;
    }

    /// Draws labels along the axis, in as many rows as needed.
    fn ticks(&mut self, ticks: &[Tick], word: Word) {
        let mut rows = Rows::new(APART);
        let mut drawn: Vec<(usize, f64, Vec<String>)> = Vec::new();
        for tick in ticks {
            let lines = word.wrap(&tick.label, 170.0);
            let width = word.widest(&lines);
            let left =
                (self.axis.x(tick.at) - width / 2.0).clamp(0.0, (self.axis.width - width).max(0.0));
            let row = rows.put(
                (left, left + width),
                lines.len() as f64 * word.line_height(),
            );
            drawn.push((row, left + width / 2.0, lines));
        }
        for (row, middle, lines) in drawn {
            self.items.extend(Item::lines(
                &lines,
                middle,
                self.y + rows.top(row),
                Anchor::Middle,
                word,
            ));
        }
        self.y += rows.height();
    }

    /// Draws the actors, as rings or, where statements differ, as squares, in as many rows as
    /// needed.
    fn rows(
        &mut self,
        graph: &Graph,
        lines: &Lines<'_>,
        spectrum: &Spectrum,
        words: &mut Words<'_>,
    ) {
        let mut rows = Rows::new(APART);
        let axis = self.axis;
        // Each actor's row, with its mark and words drawn around a height of 0.
        let mut drawn: Vec<(ActorId, usize, Vec<Item>)> = Vec::new();
        let mut put =
            |actor: ActorId, places: (f64, f64), reach: f64, number: &str, mark: Vec<Item>| {
                let text = format!("{}{number}", graph.name(Entity::Actor(actor)));
                let label = Label::new(axis, places, reach, &text, NAME, NAMES);
                let row = rows.put(label.extent, (2.0 * reach).max(label.height()) + 5.0);
                drawn.push((
                    actor,
                    row,
                    mark.into_iter().chain(label.draw(0.0)).collect(),
                ));
            };
        let known = self.known;
        for placed in spectrum.by_power(graph) {
            let (at, reach) = (placed.at, known.reach(placed.power));
            let ring = ring(placed, Point::new(axis.x(at), 0.0), known);
            put(
                placed.actor,
                (at, at),
                reach,
                &mark_number(placed.position),
                ring,
            );
        }
        for (aside, sign, places) in spectrum.contested() {
            let squares = squares(&sign.said, &places, axis, 0.0);
            put(aside.actor, ends(&places), SQUARE, "", squares);
        }
        for (actor, offer, at) in spectrum.offers_placed() {
            let ring = hollow(offer.position, Point::new(axis.x(at), 0.0), USUAL);
            put(
                actor,
                (at, at),
                USUAL,
                &mark_number(offer.position),
                vec![ring],
            );
        }
        for (actor, row, items) in drawn {
            let at = Point::new(0.0, self.y + rows.middle(row));
            let tooltip = lines
                .get(&(actor, spectrum.issue))
                .map_or_else(Vec::new, |line| words.line_tooltip(line));
            let (actor, issue) = (
                graph.id(Entity::Actor(actor)),
                graph.id(Entity::Issue(spectrum.issue)),
            );
            let data = vec![("actor", actor.to_owned()), ("issue", issue.to_owned())];
            self.items.push(Item::Group(Group {
                at,
                class: "placed",
                data,
                tooltip,
                items,
                ..Group::default()
            }));
        }
        self.y += rows.height();
    }

    /// Draws the outcomes by rules, as wedges below the axis, in as many rows as needed.
    fn rules(&mut self, spectrum: &Spectrum) {
        let mut rows = Rows::new(APART);
        for (at, words) in spectrum.ruled() {
            let label = Label::new(self.axis, (at, at), WEDGE, &words, SMALL, f64::INFINITY);
            let top = self.y + RULES * rows.put(label.extent, RULES) as f64;
            let wedge = Item::shape(
                Form::Path(wedge(Point::new(self.axis.x(at), top + 2.5))),
                Some(Color::Mixed),
                None,
            );
            let items = [wedge]
                .into_iter()
                .chain(label.draw(top + RULES / 2.0))
                .collect();
            self.items.push(Item::Group(Group {
                class: "rule",
                items,
                ..Group::default()
            }));
        }
        self.y += rows.height();
    }
}

/// Draws the axis, its named places, the status quo and the outcome, from `top` to `foot`, which is
/// below the axis.
fn grid(spectrum: &Spectrum, across: Across, top: f64, axis: f64, foot: f64) -> Vec<Item> {
    let down = |at: f64, from: f64, to: f64, stroke: Stroke| {
        let x = across.x(at);
        Item::line(Point::new(x, from), Point::new(x, to), stroke)
    };
    let faint = Stroke {
        color: Color::Faint,
        width: 0.75,
        dash: Dash::Solid,
    };
    let bottom = if spectrum.rules.is_empty() {
        axis
    } else {
        foot
    };
    let ticks = spectrum
        .ticks
        .iter()
        .map(|tick| down(tick.at, top, foot, faint));
    let points = spectrum
        .points
        .iter()
        .map(|point| down(point.at, top - 2.0, bottom, stroke(point.letter)));
    let line = Item::line(
        Point::new(across.left, axis),
        Point::new(across.right, axis),
        Stroke::solid(Color::Muted, 1.25),
    );
    ticks.chain(points).chain([line]).collect()
}

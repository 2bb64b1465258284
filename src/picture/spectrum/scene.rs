//! Spectra as a picture: an axis an issue, actors along it as rings, as large as their power, filled as far as the issue
//! matters to them; as many rows as it takes for no name to run into another.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::picture::frame::{Body, Caption, Entry, framed, rests_on};
use crate::picture::scene::{Anchor, Form, Group, Item, Point, Scene, Stroke, Word};
use crate::picture::scope::Scope;
use crate::picture::sign::short_number;
use crate::picture::spectrum::{Placed, Spectrum, TOPIC, Tick};
use crate::picture::theme::{Color, Dash};
use crate::query::Line;
use crate::render::dot::words::Words;

const ISSUE: Word = Word::bold(13.5, Color::Ink);
const QUESTION: Word = Word::regular(11.5, Color::Muted);
const NAME: Word = Word::regular(11.5, Color::Ink);
const SMALL: Word = Word::regular(10.5, Color::Muted);
/// The picture is so wide, the axis from here to there.
const WIDTH: f64 = 860.0;
const LEFT: f64 = 140.0;
const RIGHT: f64 = 720.0;
/// Names are at most so wide.
const NAMES: f64 = 122.0;
/// The radius of the ring of the most powerful, of the least, and of all where power is unknown.
const LARGEST: f64 = 13.0;
const SMALLEST: f64 = 4.0;
const USUAL: f64 = 6.5;
/// Between one issue and the next.
const BETWEEN: f64 = 34.0;

/// Draws spectra, one below the other.
pub fn scene(graph: &Graph, scope: &Scope, spectra: &[Spectrum]) -> Scene {
    let mut words = Words::new(graph);
    let lines = scope.by_pair();
    let mut items = Vec::new();
    let mut y = 0.0;
    let placed = || spectra.iter().flat_map(|spectrum| &spectrum.placed);
    let known = Known {
        power: placed().filter_map(|placed| placed.power).reduce(f64::max),
        salience: placed().any(|placed| placed.salience.is_some()),
    };
    for (nth, spectrum) in spectra.iter().enumerate() {
        if nth > 0 {
            items.push(Item::line(
                Point::new(0.0, y + BETWEEN / 2.0),
                Point::new(WIDTH, y + BETWEEN / 2.0),
                Stroke::solid(Color::Faint, 1.0),
            ));
            y += BETWEEN;
        }
        let mut panel = Panel { items: Vec::new(), y, known };
        panel.draw(graph, &lines, spectrum, &mut words);
        y = panel.y;
        items.extend(panel.items);
    }
    if spectra.is_empty() {
        items.extend(Item::lines(&["Nobody is known to stand anywhere.".to_owned()], 0.0, 0.0, Anchor::Start, NAME));
        y = 20.0;
    }
    let caption = Caption {
        title: graph.title.clone().unwrap_or_else(|| "Who stands where".to_owned()),
        subtitle: "Where actors stand".to_owned(),
        description: description(graph, spectra),
        legend: legend(spectra, known),
        notes: scope.notes(graph),
        source: rests_on(graph, &scope.extract),
    };
    framed(Body { width: WIDTH, height: y, items }, caption)
}

/// Where actors stand, with what that rests on.
type Lines<'s> = BTreeMap<(ActorId, IssueId), &'s Line>;

/// What is known of any actor shown.
#[derive(Clone, Copy)]
struct Known {
    /// The greatest power.
    power: Option<f64>,
    /// Whether it is known to whom an issue matters how much.
    salience: bool,
}

impl Known {
    /// Areas are as power is.
    fn radius(self, power: Option<f64>) -> f64 {
        match (power, self.power) {
            (Some(power), Some(most)) if most > 0.0 => (LARGEST * (power / most).sqrt()).max(SMALLEST),
            _ => USUAL,
        }
    }
}

struct Panel {
    items: Vec<Item>,
    y: f64,
    known: Known,
}

/// A ring and its name, before it has a row.
struct Label {
    x: f64,
    radius: f64,
    lines: Vec<String>,
    anchor: Anchor,
    extent: (f64, f64),
}

fn x_of(at: f64) -> f64 {
    LEFT + at * (RIGHT - LEFT)
}

impl Panel {
    fn draw(&mut self, graph: &Graph, lines: &Lines<'_>, spectrum: &Spectrum, words: &mut Words<'_>) {
        self.text(&graph.issues[spectrum.issue.index()].name, ISSUE);
        self.text(spectrum.question.as_deref().unwrap_or(TOPIC), QUESTION);
        self.y += 6.0;
        let top = self.y;
        // The names of points stand above the rows, their lines run down to the axis.
        let points: Vec<Tick> = spectrum.points.iter().map(|point| Tick { at: point.at, label: point.label.clone() }).collect();
        self.ticks(&points, SMALL);
        let rows_top = self.y + if points.is_empty() { 0.0 } else { 4.0 };
        self.y = rows_top;
        let ground = self.items.len();
        self.rows(graph, lines, spectrum, words);
        let axis = self.y + 4.0;
        let mut lines: Vec<Item> = Vec::new();
        for tick in &spectrum.ticks {
            let x = x_of(tick.at);
            let rule = Stroke { color: Color::Faint, width: 0.75, dash: Dash::Solid };
            lines.push(Item::line(Point::new(x, rows_top), Point::new(x, axis + 5.0), rule));
        }
        for point in &spectrum.points {
            let x = x_of(point.at);
            let rule = stroke(point.letter);
            lines.push(Item::line(Point::new(x, rows_top.max(top) - 2.0), Point::new(x, axis), rule));
        }
        lines.push(Item::line(Point::new(LEFT, axis), Point::new(RIGHT, axis), Stroke::solid(Color::Muted, 1.25)));
        // Rules lie behind rings and names.
        self.items.splice(ground..ground, lines);
        self.y = axis + 6.0;
        self.ticks(&spectrum.ticks, SMALL);
        let beside = spectrum.beside(graph);
        if !beside.is_empty() {
            self.y += 6.0;
        }
        for (what, who) in beside {
            self.text(&format!("{what}: {}", who.join(", ")), SMALL);
        }
    }

    fn text(&mut self, text: &str, word: Word) {
        let lines = word.wrap(text, WIDTH);
        self.items.extend(Item::lines(&lines, 0.0, self.y, Anchor::Start, word));
        self.y += lines.len() as f64 * word.line_height();
    }

    /// Labels along the axis, in as many rows as it takes.
    fn ticks(&mut self, ticks: &[Tick], word: Word) {
        let mut rows: Vec<(f64, Vec<(f64, f64)>)> = Vec::new();
        let mut drawn: Vec<(usize, f64, Vec<String>)> = Vec::new();
        for tick in ticks {
            let lines = word.wrap(&tick.label, 170.0);
            let width = lines.iter().map(|line| word.width(line)).fold(0.0, f64::max);
            let left = (x_of(tick.at) - width / 2.0).clamp(0.0, WIDTH - width);
            let row = free_row(rows.iter().map(|(_, taken)| taken), left, left + width);
            if row == rows.len() {
                rows.push((0.0, Vec::new()));
            }
            rows[row].0 = rows[row].0.max(lines.len() as f64 * word.line_height());
            rows[row].1.push((left, left + width));
            drawn.push((row, left + width / 2.0, lines));
        }
        for (row, middle, lines) in drawn {
            let top = self.y + rows[..row].iter().map(|(height, _)| height).sum::<f64>();
            self.items.extend(Item::lines(&lines, middle, top, Anchor::Middle, word));
        }
        self.y += rows.iter().map(|(height, _)| height).sum::<f64>();
    }

    fn rows(&mut self, graph: &Graph, lines: &Lines<'_>, spectrum: &Spectrum, words: &mut Words<'_>) {
        let labels: Vec<Label> = spectrum.placed.iter().map(|placed| self.label(graph, placed)).collect();
        let mut rows: Vec<(f64, Vec<(f64, f64)>)> = Vec::new();
        let mut chosen = Vec::new();
        for label in &labels {
            let row = free_row(rows.iter().map(|(_, taken)| taken), label.extent.0, label.extent.1);
            if row == rows.len() {
                rows.push((0.0, Vec::new()));
            }
            let height = (2.0 * label.radius).max(label.lines.len() as f64 * NAME.line_height()) + 5.0;
            rows[row].0 = rows[row].0.max(height);
            rows[row].1.push(label.extent);
            chosen.push(row);
        }
        for ((placed, label), row) in spectrum.placed.iter().zip(&labels).zip(chosen) {
            let top = self.y + rows[..row].iter().map(|(height, _)| height).sum::<f64>();
            let center = Point::new(label.x, top + rows[row].0 / 2.0);
            let line = lines.get(&(placed.actor, spectrum.issue));
            let mut items = ring(placed, center, self.known);
            let shift = label.radius + 4.0;
            let x = if label.anchor == Anchor::Start { label.x + shift } else { label.x - shift };
            let height = label.lines.len() as f64 * NAME.line_height();
            let lines = Item::lines(&label.lines, x, center.y - height / 2.0, label.anchor, NAME);
            // Rules of the axis stop short of a name.
            items.extend(lines.iter().filter_map(|line| match line {
                Item::Text(text) => Some(Item::shape(Form::Rect(text.bounds().grown(1.5), 0.0), Some(Color::Page), None)),
                _ => None,
            }));
            items.extend(lines);
            let data = vec![
                ("actor", graph.id(Entity::Actor(placed.actor)).to_owned()),
                ("issue", graph.id(Entity::Issue(spectrum.issue)).to_owned()),
            ];
            let tooltip = line.map_or_else(Vec::new, |line| words.line_tooltip(line));
            self.items.push(Item::Group(Group { class: "placed", data, tooltip, items, ..Group::default() }));
        }
        self.y += rows.iter().map(|(height, _)| height).sum::<f64>();
    }

    fn label(&self, graph: &Graph, placed: &Placed) -> Label {
        let (x, radius) = (x_of(placed.at), self.known.radius(placed.power));
        let name = graph.name(Entity::Actor(placed.actor));
        let number = placed.mark_number();
        let lines = NAME.wrap(&format!("{name}{number}"), NAMES);
        let width = lines.iter().map(|line| NAME.width(line)).fold(0.0, f64::max) + radius + 4.0;
        // Names stand on the outer side where the axis ends.
        let anchor = if x + width <= WIDTH && placed.at > 0.2 || x - width < 0.0 { Anchor::Start } else { Anchor::End };
        let extent = if anchor == Anchor::Start { (x - radius, x + width) } else { (x - width, x + radius) };
        Label { x, radius, lines, anchor, extent }
    }
}

/// How the line of a point is drawn.
fn stroke(letter: char) -> Stroke {
    let (color, width, dash) = match letter {
        'Q' => (Color::Meeting, 1.5, Dash::Dotted),
        'O' => (Color::Meeting, 2.0, Dash::Solid),
        'C' => (Color::Mixed, 1.5, Dash::Dashed),
        _ => (Color::Mixed, 1.5, Dash::DashDot),
    };
    Stroke { color, width, dash }
}

/// The first row in which nothing is at this place, with some room around; a new one where there is none.
fn free_row<'t>(mut rows: impl ExactSizeIterator<Item = &'t Vec<(f64, f64)>>, left: f64, right: f64) -> usize {
    let count = rows.len();
    let is_free = |taken: &Vec<(f64, f64)>| taken.iter().all(|(from, to)| right + 10.0 < *from || to + 10.0 < left);
    rows.position(is_free).unwrap_or(count)
}

impl Placed {
    /// The number that was said, behind the name.
    fn mark_number(&self) -> String {
        match self.sign.verdict {
            crate::graph::Verdict::Stands(crate::model::Position::At(number)) => format!(" {}", short_number(number)),
            _ => String::new(),
        }
    }

    fn color(&self) -> Color {
        match self.at {
            at if at > 0.5 => Color::Supports,
            at if at < 0.5 => Color::Opposes,
            _ => Color::Neutral,
        }
    }
}

/// The ring of an actor: as large as its power, filled as far as the issue matters to it. What is unknown is dashed.
fn ring(placed: &Placed, center: Point, known: Known) -> Vec<Item> {
    let (color, radius) = (placed.color(), known.radius(placed.power));
    let dash = if known.power.is_some() && placed.power.is_none() { Dash::Dotted } else { Dash::Solid };
    let edge = Stroke { color, width: 1.5, dash };
    let inner = match (known.salience, placed.salience) {
        (false, _) => Some((radius, color)),
        (true, Some(salience)) => (salience > 0.0).then_some((radius * salience.clamp(0.0, 1.0).sqrt(), color)),
        (true, None) => Some((radius, Color::SoftNeutral)),
    };
    let ground = Item::shape(Form::Circle(center, radius), Some(Color::Page), None);
    let filled = inner.map(|(radius, color)| Item::shape(Form::Circle(center, radius), Some(color), None));
    let ring = Item::shape(Form::Circle(center, radius), None, Some(edge));
    [Some(ground), filled, Some(ring)].into_iter().flatten().collect()
}

fn legend(spectra: &[Spectrum], known: Known) -> Vec<Entry> {
    let middle = Point::new(18.0, 8.0);
    let circle = |at: Point, radius: f64, fill: Option<Color>, dash: Dash| {
        Item::shape(Form::Circle(at, radius), fill, Some(Stroke { color: Color::Muted, width: 1.5, dash }))
    };
    let mut legend = Vec::new();
    let mut entry = |sample: Vec<Item>, words: &str| legend.push(Entry { sample, words: words.to_owned() });
    let placed = || spectra.iter().flat_map(|spectrum| &spectrum.placed);
    if let Some(most) = known.power {
        entry(
            vec![circle(Point::new(8.0, 8.0), 4.0, None, Dash::Solid), circle(Point::new(25.0, 8.0), 9.0, None, Dash::Solid)],
            &format!("area: power, at most {}", short_number(most)),
        );
        if placed().any(|placed| placed.power.is_none()) {
            entry(vec![circle(middle, USUAL, None, Dash::Dotted)], "power unknown");
        }
    }
    if known.salience {
        let inner = Item::shape(Form::Circle(middle, 4.5), Some(Color::Muted), None);
        entry(vec![circle(middle, 7.5, None, Dash::Solid), inner], "filled: as far as the issue matters to the actor");
        if placed().any(|placed| placed.salience.is_none()) {
            entry(vec![circle(middle, 7.5, Some(Color::SoftNeutral), Dash::Solid)], "how much it matters is unknown");
        }
    }
    let points = [('Q', "status quo"), ('O', "outcome"), ('C', "forecast: compromise"), ('M', "forecast: weighted median")];
    for (letter, words) in points {
        if spectra.iter().flat_map(|spectrum| &spectrum.points).any(|point| point.letter == letter) {
            entry(vec![Item::line(Point::new(18.0, -1.0), Point::new(18.0, 16.0), stroke(letter))], words);
        }
    }
    legend
}

fn description(graph: &Graph, spectra: &[Spectrum]) -> String {
    let mut text = String::new();
    for spectrum in spectra {
        let placed =
            spectrum.placed.iter().map(|placed| format!("{} {}", graph.name(Entity::Actor(placed.actor)), placed.sign.words()));
        let beside = spectrum.beside(graph).into_iter().map(|(what, who)| format!("{what}: {}", who.join(", ")));
        let points = spectrum.points.iter().map(|point| point.label.clone());
        let all: Vec<String> = placed.chain(points).chain(beside).collect();
        text.push_str(&format!(
            "{}, from opponents to supporters: {}. ",
            graph.issues[spectrum.issue.index()].name,
            all.join("; ")
        ));
    }
    text.trim_end().to_owned()
}

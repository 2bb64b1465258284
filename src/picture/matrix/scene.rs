//! A matrix as a picture: a cell a position, its colour the side, full where it is strong, its symbol beside it. What is
//! contested is split, what is unknown stays empty.

use crate::graph::{Entity, Graph, Verdict};
use crate::model::Position;
use crate::picture::frame::{Body, Caption, Entry, framed, rests_on};
use crate::picture::matrix::{Agreement, Matrix, Pair};
use crate::picture::scene::{Anchor, Bounds, Form, Group, Item, Point, Run, Scene, Step, Stroke, Text, Word};
use crate::picture::scope::Scope;
use crate::picture::sign::{self, Sign};
use crate::picture::theme::{Color, Dash};
use crate::render::dot::words::Words;

const NAME: Word = Word::regular(12.0, Color::Ink);
const HEAD: Word = Word::regular(11.0, Color::Ink);
/// Row names are at most so wide.
const NAMES: f64 = 230.0;
/// A row is at least so high.
const ROW: f64 = 28.0;
/// With at most so many columns, their names are written across; else upright.
const ACROSS: usize = 9;
/// How wide a column is whose name is written across.
const WIDE: f64 = 88.0;
/// How wide a column is at least.
const NARROW: f64 = 32.0;
/// From a name to the grid.
const GAP: f64 = 8.0;

/// Draws a matrix.
pub fn scene(graph: &Graph, scope: &Scope, matrix: &Matrix) -> Scene {
    let actors: Vec<Entity> = matrix.actors.iter().map(|id| Entity::Actor(*id)).collect();
    let issues: Vec<Entity> = matrix.issues.iter().map(|id| Entity::Issue(*id)).collect();
    // Names are easier to read beside rows than above columns: the longer side goes down.
    let turned = issues.len() > actors.len();
    let (rows, columns) = if turned { (&issues, &actors) } else { (&actors, &issues) };
    let sign = |row: usize, column: usize| {
        let (actor, issue) = if turned { (column, row) } else { (row, column) };
        matrix.cells[actor][issue].as_ref()
    };
    let mut words = Words::new(graph);
    let lines = scope.by_pair();
    let mut told = |row: usize, column: usize| {
        let (actor, issue) = if turned { (column, row) } else { (row, column) };
        let (actor, issue) = (matrix.actors[actor], matrix.issues[issue]);
        let line = lines.get(&(actor, issue));
        line.map_or_else(Vec::new, |line| words.line_tooltip(line))
    };
    let names = |entities: &[Entity]| entities.iter().map(|entity| graph.name(*entity)).collect::<Vec<_>>();
    let grid = Grid::new(&names(rows), &names(columns), |row, column| sign(row, column).map_or(0.0, least_width));
    let mut items = grid.lines();
    items.extend(grid.names());
    for (row, across) in rows.iter().enumerate() {
        for (column, down) in columns.iter().enumerate() {
            let Some(sign) = sign(row, column) else { continue };
            let (actor, issue) = if turned { (*down, *across) } else { (*across, *down) };
            let data = vec![("actor", graph.id(actor).to_owned()), ("issue", graph.id(issue).to_owned())];
            let items_of_cell = cell(sign, grid.cell(row, column).grown(-1.5));
            items.push(Item::Group(Group {
                class: "cell",
                data,
                tooltip: told(row, column),
                items: items_of_cell,
                ..Group::default()
            }));
        }
    }
    let caption = Caption {
        title: graph.title.clone().unwrap_or_else(|| "Who stands where".to_owned()),
        subtitle: if turned { "Issues by actors" } else { "Actors by issues" }.to_owned(),
        description: description(graph, matrix),
        legend: legend(matrix),
        notes: scope.notes(graph),
        source: rests_on(graph, &scope.extract),
    };
    framed(Body { width: grid.width(), height: grid.height(), items }, caption)
}

/// Draws how far every two actors agree.
pub fn agreement_scene(graph: &Graph, scope: &Scope, agreement: &Agreement) -> Scene {
    let names: Vec<&str> = agreement.actors.iter().map(|id| graph.name(Entity::Actor(*id))).collect();
    let wide = |pair: Pair| Word::bold(SYMBOL, Color::Ink).width(&pair.symbol()) + 10.0;
    let grid = Grid::new(&names, &names, |row, column| agreement.cells[row][column].map_or(0.0, wide));
    let mut items = grid.lines();
    items.extend(grid.names());
    let mut told: Vec<String> = Vec::new();
    for (row, cells) in agreement.cells.iter().enumerate() {
        let own = grid.cell(row, row).grown(-1.5);
        items.push(Item::shape(Form::Rect(own, 0.0), Some(Color::Panel), None));
        for (column, pair) in cells.iter().enumerate() {
            let Some(pair) = *pair else { continue };
            let bounds = grid.cell(row, column).grown(-1.5);
            let words = format!("{} and {}: {}", names[row], names[column], pair.words());
            told.extend((row < column).then(|| words.clone()));
            let items_of_cell = filled(bounds, tone(pair.share()), None, &pair.symbol());
            items.push(Item::Group(Group { class: "cell", tooltip: vec![words], items: items_of_cell, ..Group::default() }));
        }
    }
    let sample = |net: i32| filled(SAMPLE, tone(f64::from(net) / 4.0), None, &Pair { net, shared: 4 }.symbol());
    let empty = Item::shape(Form::Rect(Bounds::new(0.5, 0.75, 35.0, 14.5), 0.0), None, Some(Stroke::solid(Color::Faint, 0.75)));
    let entry = |sample: Vec<Item>, words: &str| Entry { sample, words: words.to_owned() };
    let caption = Caption {
        title: graph.title.clone().unwrap_or_else(|| "Who agrees with whom".to_owned()),
        subtitle: "How far every two actors agree".to_owned(),
        description: format!("A matrix of {} actors. {}.", names.len(), told[..told.len().min(TOLD)].join("; ")),
        legend: vec![
            entry(sample(3), "of 4 issues on which both are known, 3 more on the same side than on opposite ones"),
            entry(sample(0), "as many on the same side as on opposite ones"),
            entry(sample(-2), "2 more on opposite sides"),
            entry(vec![empty], "they share no issue: that is no disagreement"),
        ],
        notes: scope.notes(graph),
        source: rests_on(graph, &scope.extract),
    };
    framed(Body { width: grid.width(), height: grid.height(), items }, caption)
}

/// Where the rows and columns are.
struct Grid {
    rows: Vec<Vec<String>>,
    columns: Vec<Vec<String>>,
    /// The upper edge of each row, and the lower one of the last.
    tops: Vec<f64>,
    left: f64,
    column: f64,
    run: Run,
}

impl Grid {
    fn new(rows: &[&str], columns: &[&str], least: impl Fn(usize, usize) -> f64) -> Grid {
        let rows: Vec<Vec<String>> = rows.iter().map(|name| NAME.wrap(name, NAMES)).collect();
        let left = rows.iter().flatten().map(|line| NAME.width(line)).fold(60.0, f64::max) + GAP;
        let run = if columns.len() <= ACROSS { Run::Across } else { Run::Up };
        let cells = (0..rows.len()).flat_map(|row| (0..columns.len()).map(move |column| (row, column)));
        let widest = cells.map(|(row, column)| least(row, column)).fold(0.0, f64::max);
        let column = widest.max(if run == Run::Across { WIDE } else { NARROW });
        let columns: Vec<Vec<String>> = match run {
            Run::Across => columns.iter().map(|name| HEAD.wrap(name, column - 8.0)).collect(),
            Run::Up => {
                // As long as it takes for no name to have more lines than fit beside one another.
                let most = (column / HEAD.line_height()).floor().max(1.0) as usize;
                let wrapped = |length: f64| columns.iter().map(|name| HEAD.wrap(name, length)).collect::<Vec<_>>();
                let fits = |names: &Vec<Vec<String>>| names.iter().all(|lines| lines.len() <= most);
                (6..40).map(|nth| wrapped(f64::from(nth) * 20.0)).find(fits).unwrap_or_else(|| wrapped(f64::INFINITY))
            }
        };
        let head = match run {
            Run::Across => columns.iter().map(Vec::len).max().unwrap_or(0) as f64 * HEAD.line_height(),
            Run::Up => columns.iter().flatten().map(|line| HEAD.width(line)).fold(0.0, f64::max),
        };
        let mut tops = vec![head + GAP];
        for lines in &rows {
            let top = tops.last().copied().unwrap_or(0.0);
            tops.push(top + ROW.max(lines.len() as f64 * NAME.line_height() + 6.0));
        }
        Grid { rows, columns, tops, left, column, run }
    }

    fn width(&self) -> f64 {
        self.left + self.columns.len() as f64 * self.column + 1.0
    }

    fn height(&self) -> f64 {
        self.bottom() + 1.0
    }

    fn bottom(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    fn cell(&self, row: usize, column: usize) -> Bounds {
        let left = self.left + column as f64 * self.column;
        Bounds::new(left, self.tops[row], self.column, self.tops[row + 1] - self.tops[row])
    }

    fn lines(&self) -> Vec<Item> {
        let faint = Stroke::solid(Color::Faint, 0.75);
        let right = self.left + self.columns.len() as f64 * self.column;
        let rows = self.tops.iter().map(|top| Item::line(Point::new(self.left, *top), Point::new(right, *top), faint));
        let columns = (0..=self.columns.len()).map(|column| {
            let x = self.left + column as f64 * self.column;
            Item::line(Point::new(x, self.tops[0]), Point::new(x, self.bottom()), faint)
        });
        rows.chain(columns).collect()
    }

    fn names(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (row, lines) in self.rows.iter().enumerate() {
            let cell = self.cell(row, 0);
            let top = cell.center().y - lines.len() as f64 * NAME.line_height() / 2.0;
            items.extend(Item::lines(lines, self.left - GAP, top, Anchor::End, NAME));
        }
        for (column, lines) in self.columns.iter().enumerate() {
            let middle = self.left + (column as f64 + 0.5) * self.column;
            let height = lines.len() as f64 * HEAD.line_height();
            match self.run {
                Run::Across => items.extend(Item::lines(lines, middle, self.tops[0] - GAP - height, Anchor::Middle, HEAD)),
                Run::Up => {
                    let baseline = |nth: usize| middle - height / 2.0 + nth as f64 * HEAD.line_height() + HEAD.size * 1.02;
                    let at = |nth: usize| Point::new(baseline(nth), self.tops[0] - GAP);
                    let upright =
                        |(nth, line): (usize, &String)| Item::Text(Text::new(at(nth), Anchor::Start, HEAD, line.as_str()).up());
                    items.extend(lines.iter().enumerate().map(upright));
                }
            }
        }
        items
    }
}

/// The fill of a cell, and the colour of the symbol on it.
fn paint(position: Position, score: Option<f64>) -> (Color, Color) {
    match score {
        _ if position == Position::Mixed => (Color::SoftMixed, Color::Ink),
        score => tone(score.unwrap_or(0.0)),
    }
}

/// The same of a number from −1 to 1: full near its ends.
fn tone(score: f64) -> (Color, Color) {
    match score {
        score if score >= 0.75 => (Color::Supports, Color::Page),
        score if score > 0.0 => (Color::SoftSupports, Color::Ink),
        score if score <= -0.75 => (Color::Opposes, Color::Page),
        score if score < 0.0 => (Color::SoftOpposes, Color::Ink),
        _ => (Color::SoftNeutral, Color::Ink),
    }
}

/// A filled cell with a symbol in its middle.
fn filled(bounds: Bounds, (fill, ink): (Color, Color), edge: Option<Stroke>, symbol: &str) -> Vec<Item> {
    let middle = Point::new(bounds.center().x, bounds.center().y + SYMBOL * 0.36);
    let text = Text::new(middle, Anchor::Middle, Word::bold(SYMBOL, ink), minus(symbol));
    vec![Item::shape(Form::Rect(bounds, 3.0), Some(fill), edge), Item::Text(text)]
}

/// The cell of a legend.
const SAMPLE: Bounds = Bounds { left: 0.0, top: 0.25, right: 36.0, bottom: 15.75 };
const SYMBOL: f64 = 12.0;
const HALF: f64 = 10.0;

fn least_width(sign: &Sign) -> f64 {
    match sign.verdict {
        Verdict::Contested => {
            ends(sign).iter().map(|(symbol, _)| Word::bold(HALF, Color::Ink).width(symbol)).fold(0.0, f64::max) + 14.0
        }
        _ => Word::bold(SYMBOL, Color::Ink).width(&sign.symbol()) + 10.0,
    }
}

/// A hyphen is too short for a sign.
fn minus(symbol: &str) -> String {
    symbol.replace('-', "\u{2212}")
}

/// What is said at the two ends of what is contested, most in favour first, each with its score.
fn ends(sign: &Sign) -> Vec<(String, (Color, Color))> {
    let one = |nth: usize| {
        let position = sign.said.get(nth).copied().unwrap_or(Position::Mixed);
        (minus(&sign::symbol(position)), paint(position, sign.scores.get(nth).copied().flatten()))
    };
    vec![one(0), one(sign.said.len().saturating_sub(1))]
}

/// A cell with its sign.
fn cell(sign: &Sign, bounds: Bounds) -> Vec<Item> {
    let Bounds { left, top, right, bottom } = bounds;
    match sign.verdict {
        Verdict::Unknown => Vec::new(),
        Verdict::Stands(position) => {
            let edge = (position == Position::Mixed).then_some(Stroke { color: Color::Mixed, width: 1.5, dash: Dash::Dashed });
            filled(bounds, paint(position, sign.score), edge, &sign.symbol())
        }
        Verdict::Contested => {
            let ends = ends(sign);
            let (first, last) = (&ends[0], &ends[1]);
            let corner = |x: f64, y: f64| Point::new(x, y);
            let upper = vec![
                Step::Move(corner(left, top)),
                Step::Line(corner(right, top)),
                Step::Line(corner(left, bottom)),
                Step::Close,
            ];
            let lower = vec![
                Step::Move(corner(right, top)),
                Step::Line(corner(right, bottom)),
                Step::Line(corner(left, bottom)),
                Step::Close,
            ];
            let word = |ink: Color| Word::bold(HALF, ink);
            let one = Text::new(Point::new(left + 4.0, top + 10.0), Anchor::Start, word(first.1.1), first.0.as_str());
            let other = Text::new(Point::new(right - 4.0, bottom - 3.0), Anchor::End, word(last.1.1), last.0.as_str());
            vec![
                Item::shape(Form::Path(upper), Some(first.1.0), None),
                Item::shape(Form::Path(lower), Some(last.1.0), None),
                Item::shape(Form::Rect(bounds, 0.0), None, Some(Stroke::solid(Color::Contested, 1.25))),
                // Where it is split is seen without colours.
                Item::line(corner(right, top), corner(left, bottom), Stroke::solid(Color::Contested, 1.0)),
                Item::Text(one),
                Item::Text(other),
            ]
        }
    }
}

fn legend(matrix: &Matrix) -> Vec<Entry> {
    let samples = sign::samples(matrix.cells.iter().flatten().flatten());
    let mut legend: Vec<Entry> =
        samples.into_iter().map(|(sign, words)| Entry { sample: cell(&sign, SAMPLE), words: words.to_owned() }).collect();
    let empty = Item::shape(Form::Rect(Bounds::new(0.5, 0.75, 35.0, 14.5), 0.0), None, Some(Stroke::solid(Color::Faint, 0.75)));
    legend.push(Entry { sample: vec![empty], words: "unknown: neither neutral nor consent".to_owned() });
    legend
}

/// So many positions are told in words for those who can't see them.
const TOLD: usize = 60;

fn description(graph: &Graph, matrix: &Matrix) -> String {
    let known: Vec<String> = matrix
        .actors
        .iter()
        .zip(&matrix.cells)
        .flat_map(|(actor, row)| row.iter().zip(&matrix.issues).map(move |(cell, issue)| (actor, issue, cell)))
        .filter_map(|(actor, issue, cell)| {
            let sign = cell.as_ref()?;
            Some(format!("{} on {}: {}", graph.name(Entity::Actor(*actor)), graph.name(Entity::Issue(*issue)), sign.words()))
        })
        .collect();
    let mut text = format!("A matrix of {} actors by {} issues. ", matrix.actors.len(), matrix.issues.len());
    text.push_str(&known[..known.len().min(TOLD)].join("; "));
    if known.len() > TOLD {
        text.push_str(&format!("; and {} more positions", known.len() - TOLD));
    }
    text.push_str(". All else is unknown.");
    text
}

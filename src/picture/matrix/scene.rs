//! A matrix as a picture: each cell is a position, whose colour shows the side and is full for a
//! strong one, with its symbol. A contested cell is split; an unknown one stays empty.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagram::Color;
use crate::diagram::Words;
use crate::diagram::labels::question_beside;
use crate::graph::{Entity, Graph, IssueId, Verdict};
use crate::model::Position;
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::matrix::cells::{SAMPLE, cell, least_width, sample};
use crate::picture::matrix::grid::{Grid, Side};
use crate::picture::matrix::pairs::marks;
use crate::picture::matrix::{Matrix, NO_KNOWN};
use crate::picture::paper::SLIDE;
use crate::picture::roster::Roster;
use crate::picture::scene::{Bounds, Form, Group, Item, Point, Scene, Stroke};
use crate::picture::sign::{self, OFFERED, Offered, Sign};

/// Draws a matrix.
pub fn scene(graph: &Graph, roster: &Roster, matrix: &Matrix) -> Scene {
    let table = Table::of(graph, matrix);
    let (width, height, items) = table.draw(graph, roster);
    let title = graph.title.clone();
    let topics = roster.topics(graph).into_iter();
    let caption = Caption {
        title: title.unwrap_or_else(|| "Who stands where".to_owned()),
        subtitle: subtitle(matrix).to_owned(),
        description: description(graph, matrix),
        legend: legend(matrix),
        notes: roster.notes(graph).into_iter().chain(topics).collect(),
        source: roster.rests_on(graph),
    };
    let body = Body {
        width,
        height,
        items,
    };
    framed(body, caption)
}

/// Says what the cells tell: numbers on a scale are neither for nor against.
fn subtitle(matrix: &Matrix) -> &'static str {
    let mut signs = matrix.cells.iter().flatten().flatten();
    let is_number = |sign: &Sign| matches!(sign.verdict, Verdict::Stands(Position::At(_)));
    match matrix.offers.is_empty() && signs.all(is_number) {
        true => "Who stands where on what",
        false => "Who is for and against what",
    }
}

/// A matrix as it is drawn: which side of it becomes the rows.
struct Table<'m> {
    matrix: &'m Matrix,
    /// Whether the issues are the rows. Names are easier to read beside rows than above columns, so the
    /// longer side becomes the rows.
    turned: bool,
    rows: Vec<&'m str>,
    columns: Vec<&'m str>,
    /// What each issue asks, where that says more than its name; else empty.
    asked: Vec<String>,
    /// Whether that stands at the end of a row rather than below its name.
    asks_after: bool,
}

impl<'m> Table<'m> {
    fn of(graph: &'m Graph, matrix: &'m Matrix) -> Table<'m> {
        let actors = matrix
            .actors
            .iter()
            .map(|id| graph.name(Entity::Actor(*id)));
        let issues = matrix
            .issues
            .iter()
            .map(|id| graph.name(Entity::Issue(*id)));
        let (actors, issues): (Vec<&str>, Vec<&str>) = (actors.collect(), issues.collect());
        let turned = issues.len() > actors.len();
        let (rows, columns) = if turned {
            (issues, actors)
        } else {
            (actors, issues)
        };
        let mut table = Table {
            matrix,
            turned,
            rows,
            columns,
            asked: asked(graph, matrix),
            asks_after: false,
        };
        // Names are read first: what issues ask is told where that makes the picture no smaller.
        let whole = |table: &Table<'_>| table.grid(0..table.rows.len());
        if whole(&table).height() + AROUND > SLIDE.1 {
            table.asks_after = turned && Grid::can_ask(&table.asked);
            if !table.asks_after || whole(&table).width() > SLIDE.0 {
                table.asked.clear();
            }
        }
        table
    }

    /// Returns which actor and which issue meet in a cell.
    fn pair(&self, row: usize, column: usize) -> (usize, usize) {
        if self.turned {
            (column, row)
        } else {
            (row, column)
        }
    }

    /// Returns what is in a cell.
    fn cell(&self, row: usize, column: usize) -> (Option<&'m Sign>, &'m [Offered]) {
        let (actor, issue) = self.pair(row, column);
        let sign = self.matrix.cells[actor][issue].as_ref();
        (sign, self.matrix.offers(actor, issue))
    }

    /// Returns the grid of some of the rows.
    fn grid(&self, rows: Range<usize>) -> Grid {
        let all = 0..self.rows.len();
        let cells = all.flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)));
        let widths = cells.map(|(row, column)| {
            let (sign, offers) = self.cell(row, column);
            least_width(sign, offers)
        });
        let groups: Vec<Option<u32>> = match self.turned {
            true => vec![None; rows.len()],
            false => self.matrix.members[rows.clone()].to_vec(),
        };
        let least = widths.fold(0.0, f64::max);
        let (of_rows, of_columns) = match self.turned {
            true => (&self.asked[rows.start.min(self.asked.len())..], &[][..]),
            false => (&[][..], &self.asked[..]),
        };
        let after = match self.asks_after {
            true => &of_rows[..rows.len().min(of_rows.len())],
            false => &[],
        };
        let rows = Side {
            names: &self.rows[rows],
            asked: if self.asks_after { &[] } else { of_rows },
        };
        let columns = Side {
            names: &self.columns,
            asked: of_columns,
        };
        Grid::new(rows, &groups, columns, least).asking(after)
    }

    /// Draws the matrix: blocks of rows side by side if there are many. Returns its width and height.
    fn draw(&self, graph: &Graph, roster: &Roster) -> (f64, f64, Vec<Item>) {
        let count = self.rows.len();
        let blocks = side_by_side(&self.grid(0..count), count);
        let fit = count.div_ceil(blocks);
        let (mut words, lines) = (Words::new(graph), roster.by_pair());
        let (mut right, mut bottom, mut items) = (0.0, 0.0_f64, Vec::new());
        for start in (0..count).step_by(fit.max(1)) {
            let rows = start..count.min(start + fit);
            let grid = self.grid(rows.clone());
            let mut block = grid.lines();
            block.extend(grid.names());
            for (row, column) in
                rows.flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)))
            {
                let (actor, issue) = self.pair(row, column);
                let pair = (self.matrix.actors[actor], self.matrix.issues[issue]);
                let told = lines.get(&pair).map(|line| words.line_tooltip(line));
                let bounds = grid.cell(row - start, column).grown(-1.5);
                block.extend(self.drawn(graph, (row, column), bounds, told.unwrap_or_default()));
            }
            let at = Point::new(if start > 0 { right + BETWEEN } else { 0.0 }, 0.0);
            (right, bottom) = (at.x + grid.width(), bottom.max(grid.height()));
            items.push(Item::Group(Group {
                at,
                items: block,
                ..Group::default()
            }));
        }
        (right, bottom, items)
    }

    /// Draws what is in a cell, if anything is.
    fn drawn(
        &self,
        graph: &Graph,
        (row, column): (usize, usize),
        bounds: Bounds,
        tooltip: Vec<String>,
    ) -> Option<Item> {
        let (sign, offers) = self.cell(row, column);
        if sign.is_none() && offers.is_empty() {
            return None;
        }
        let (actor, issue) = self.pair(row, column);
        let actor = Entity::Actor(self.matrix.actors[actor]);
        let issue = Entity::Issue(self.matrix.issues[issue]);
        Some(Item::Group(Group {
            class: "cell",
            data: vec![
                ("actor", graph.id(actor).to_owned()),
                ("issue", graph.id(issue).to_owned()),
            ],
            tooltip,
            items: cell(sign, offers, bounds),
            ..Group::default()
        }))
    }
}

/// Returns what each issue asks; nothing if that is no more than the names.
fn asked(graph: &Graph, matrix: &Matrix) -> Vec<String> {
    let asks = |id: &IssueId| question_beside(graph, *id).map_or(String::new(), Cow::into_owned);
    let asked: Vec<String> = matrix.issues.iter().map(asks).collect();
    match asked.iter().all(String::is_empty) {
        true => Vec::new(),
        false => asked,
    }
}

/// The space between two blocks of rows.
const BETWEEN: f64 = 28.0;
/// The height that title and legend take, about.
const AROUND: f64 = 150.0;
/// The most blocks, the least rows that are broken up, and how much larger that must make a picture.
const MOST_BLOCKS: usize = 4;
const MANY: usize = 24;
const WORTH: f64 = 1.25;

/// Returns in how many blocks side by side the rows of a grid are largest on a slide.
fn side_by_side(whole: &Grid, rows: usize) -> usize {
    let size = |blocks: usize| {
        let part = rows.div_ceil(blocks) as f64 / rows.max(1) as f64;
        let high = whole.head() + (whole.height() - whole.head()) * part + AROUND;
        let wide = (whole.width() + BETWEEN) * blocks as f64;
        (SLIDE.0 / wide).min(SLIDE.1 / high)
    };
    let best = (1..=MOST_BLOCKS).max_by(|one, other| size(*one).total_cmp(&size(*other)));
    best.filter(|best| rows >= MANY && size(*best) > WORTH * size(1))
        .unwrap_or(1)
}

/// Draws the sample of an empty cell.
pub(super) fn empty() -> Item {
    Item::shape(
        Form::Rect(Bounds::new(0.5, 0.75, 35.0, 14.5), 0.0),
        None,
        Some(Stroke::solid(Color::Faint, 0.75)),
    )
}

fn legend(matrix: &Matrix) -> Vec<Entry> {
    let samples = sign::samples(matrix.cells.iter().flatten().flatten());
    let mut legend: Vec<Entry> = samples
        .into_iter()
        .map(|(sign, words)| sample(&sign, words, || cell(Some(&sign), &[], SAMPLE)))
        .collect();
    legend.extend(matrix.offers.values().next().map(|offers| Entry {
        sample: cell(None, offers, SAMPLE),
        words: OFFERED.to_owned(),
    }));
    legend.extend(matrix.has_empty().then(|| Entry {
        sample: vec![empty()],
        words: format!("{NO_KNOWN}{}", matrix.or_voiced()),
    }));
    legend.extend(marks(&matrix.members, &matrix.groups));
    legend
}

/// The most positions listed in the description for people who can't see the picture.
pub(super) const TOLD: usize = 60;

fn description(graph: &Graph, matrix: &Matrix) -> String {
    let known: Vec<String> = matrix
        .actors
        .iter()
        .zip(&matrix.cells)
        .flat_map(|(actor, row)| {
            row.iter()
                .zip(&matrix.issues)
                .map(move |(cell, issue)| (actor, issue, cell))
        })
        .filter_map(|(actor, issue, cell)| {
            let offers = matrix.offers.get(&(*actor, *issue)).into_iter().flatten();
            let sign = cell.as_ref().map(Sign::words);
            let said = sign
                .into_iter()
                .chain(offers.map(|offer| offer.words.clone()));
            let said: Vec<String> = said.collect();
            (!said.is_empty()).then(|| {
                format!(
                    "{} on {}: {}",
                    graph.name(Entity::Actor(*actor)),
                    graph.name(Entity::Issue(*issue)),
                    said.join(", ")
                )
            })
        })
        .collect();
    let mut text = format!(
        "A matrix of {} actors by {} issues. ",
        matrix.actors.len(),
        matrix.issues.len()
    );
    text.push_str(&known[..known.len().min(TOLD)].join("; "));
    if known.len() > TOLD {
        text.push_str(&format!("; and {} more positions", known.len() - TOLD));
    }
    text.push_str(". No other position is known.");
    text
}

//! The rows and columns of a matrix: their sizes, positions and names.

use crate::diagram::Color;
use crate::picture::matrix::names::{ASKED, GAP, Line, Names, height, stacked, with_asked};
use crate::picture::scene::{Anchor, Bounds, Item, Point, Run, Stroke, Text, Word};
use crate::picture::short;

const HEAD: Word = Word::regular(11.0, Color::Ink);
/// The most columns whose names are written across; with more, they are upright.
const ACROSS: usize = 9;
/// The minimum width of a column whose name is written across, the most for the sake of a long name, and
/// the most lines it has if the column can be wider.
const WIDE: f64 = 88.0;
const WIDER: f64 = 150.0;
const LINES: usize = 3;
/// The space between two names above columns.
const BETWEEN: f64 = 8.0;
/// The minimum width of a column whose name is upright.
const NARROW: f64 = 32.0;

/// The geometry of the rows and columns.
pub(super) struct Grid {
    rows: Names,
    columns: Vec<Vec<Line>>,
    column: f64,
    run: Run,
    /// The groups of the rows.
    camps: Vec<Option<u32>>,
    /// What each row asks, at the end of its cells; empty where that is told below its name, or not.
    after: Vec<Vec<String>>,
}

/// The names on a side of a matrix, and what each asks: of issues only, and only where there is room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'n> {
    pub(super) names: &'n [&'n str],
    pub(super) asked: &'n [String],
}

/// The width and the most lines of what an issue asks at the end of a row.
const AFTER: f64 = 250.0;
const AFTER_LINES: usize = 2;
/// The most lines of what an issue asks above a column.
const ASKED_LINES: usize = 4;

impl Grid {
    pub(super) fn new(
        rows: Side<'_>,
        camps: &[Option<u32>],
        columns: Side<'_>,
        least: f64,
    ) -> Grid {
        let run = if columns.names.len() <= ACROSS {
            Run::Across
        } else {
            Run::Up
        };
        let column = least.max(match run {
            Run::Across => across(columns.names),
            Run::Up => NARROW,
        });
        let is_long = |text: &String| ASKED.wrap(text, column - BETWEEN).len() > ASKED_LINES;
        let asked = match run == Run::Up || columns.asked.iter().any(is_long) {
            true => &[],
            false => columns.asked,
        };
        let columns = heads(columns.names, column, run);
        let columns = with_asked(columns, HEAD, asked, column - BETWEEN);
        let head = match run {
            Run::Across => columns
                .iter()
                .map(|lines| height(lines))
                .fold(0.0, f64::max),
            Run::Up => {
                let widths = columns.iter().flatten().map(|(line, _)| HEAD.width(line));
                widths.fold(0.0, f64::max)
            }
        };
        Grid {
            rows: Names::new(rows.names, rows.asked, camps).below(head + GAP),
            columns,
            column,
            run,
            camps: camps.to_vec(),
            after: Vec::new(),
        }
    }

    /// Puts what each row asks at the end of its cells.
    pub(super) fn asking(self, asked: &[String]) -> Grid {
        let after = asked.iter().map(|text| ASKED.wrap(text, AFTER));
        Grid {
            after: after.collect(),
            ..self
        }
    }

    /// Returns whether these questions are short enough to stand at the end of the cells.
    pub(super) fn can_ask(asked: &[String]) -> bool {
        let mut lines = asked.iter().map(|text| ASKED.wrap(text, AFTER).len());
        lines.all(|lines| lines <= AFTER_LINES)
    }

    pub(super) fn width(&self) -> f64 {
        let widest = ASKED.widest(self.after.iter().flatten());
        let after = if widest > 0.0 { GAP + widest } else { 0.0 };
        self.x(self.columns.len()) + after + 1.0
    }

    /// Returns the height of the names above the columns.
    pub(super) fn head(&self) -> f64 {
        self.rows.tops[0]
    }

    pub(super) fn height(&self) -> f64 {
        self.rows.bottom() + 1.0
    }

    fn x(&self, column: usize) -> f64 {
        self.rows.left + column as f64 * self.column
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Bounds {
        self.rows.cell(row, self.x(column), self.column)
    }

    pub(super) fn lines(&self) -> Vec<Item> {
        let faint = Stroke::solid(Color::Faint, 0.75);
        let line = |from: (f64, f64), to: (f64, f64)| {
            Item::line(Point::new(from.0, from.1), Point::new(to.0, to.1), faint)
        };
        let (tops, count) = (&self.rows.tops, self.columns.len());
        let rows = tops.iter();
        let rows = rows.map(|top| line((self.x(0), *top), (self.x(count), *top)));
        let columns = (0..=count).map(|column| {
            let x = self.x(column);
            line((x, tops[0]), (x, self.rows.bottom()))
        });
        rows.chain(columns).collect()
    }

    pub(super) fn names(&self) -> Vec<Item> {
        let rows = self.camps.iter().enumerate();
        let rows = rows.map(|(row, camp)| self.rows.draw(row, *camp));
        let mut items: Vec<Item> = rows.flatten().collect();
        let beside = self.x(self.columns.len()) + GAP;
        for (row, asked) in self.after.iter().enumerate() {
            let high = asked.len() as f64 * ASKED.line_height();
            let top = self.rows.middle(row) - high / 2.0;
            items.extend(Item::lines(asked, beside, top, Anchor::Start, ASKED));
        }
        let top = self.rows.tops[0] - GAP;
        for (column, lines) in self.columns.iter().enumerate() {
            let middle = self.x(column) + self.column / 2.0;
            let height = height(lines);
            match self.run {
                Run::Across => {
                    items.extend(stacked(lines, middle, top - height, Anchor::Middle));
                }
                Run::Up => {
                    let baseline = |nth: usize| {
                        middle - height / 2.0 + nth as f64 * HEAD.line_height() + HEAD.size * 1.02
                    };
                    let at = |nth: usize| Point::new(baseline(nth), top);
                    let upright = |(nth, (line, _)): (usize, &Line)| {
                        Item::Text(Text::new(at(nth), Anchor::Start, HEAD, line.as_str()).up())
                    };
                    items.extend(lines.iter().enumerate().map(upright));
                }
            }
        }
        items
    }
}

/// Returns the width of columns whose names are written across: as much as lets these have few lines and
/// whole words.
fn across(names: &[&str]) -> f64 {
    let words = names.iter().flat_map(|name| name.split_whitespace());
    let widest = HEAD.widest(words);
    let mut width = (widest + BETWEEN).clamp(WIDE, WIDER);
    let is_high = |width: f64| {
        let mut lines = names.iter().map(|name| HEAD.wrap(name, width - BETWEEN));
        lines.any(|lines| lines.len() > LINES)
    };
    while width < WIDER && is_high(width) {
        width += 4.0;
    }
    width
}

/// Breaks the names above columns into lines, across or upright.
fn heads(names: &[&str], column: f64, run: Run) -> Vec<Vec<String>> {
    let wrapped = |length: f64| -> Vec<Vec<String>> {
        match run {
            Run::Across => short::wrapped(names, HEAD, length),
            Run::Up => names.iter().map(|name| HEAD.wrap(name, length)).collect(),
        }
    };
    if run == Run::Across {
        return wrapped(column - BETWEEN);
    }
    // Use the shortest length at which no name has more lines than fit side by side.
    let most = (column / HEAD.line_height()).floor().max(1.0) as usize;
    let fits = |names: &Vec<Vec<String>>| names.iter().all(|lines| lines.len() <= most);
    let lengths = (6..40).map(|nth| f64::from(nth) * 20.0);
    let found = lengths.map(wrapped).find(fits);
    found.unwrap_or_else(|| wrapped(f64::INFINITY))
}

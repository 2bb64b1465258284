//! The rows and columns of a matrix: their sizes, positions and names.

use crate::diagram::Color;
use crate::picture::scene::{Anchor, Bounds, Item, Point, Run, Stroke, Text, Word};

const NAME: Word = Word::regular(12.0, Color::Ink);
const HEAD: Word = Word::regular(11.0, Color::Ink);
/// The maximum width of row names.
const NAMES: f64 = 230.0;
/// The minimum height of a row.
const ROW: f64 = 28.0;
/// The most columns whose names are written across; with more, they are upright.
const ACROSS: usize = 9;
/// The minimum width of a column whose name is written across.
const WIDE: f64 = 88.0;
/// The minimum width of a column whose name is upright.
const NARROW: f64 = 32.0;
/// The space between a name and the grid.
const GAP: f64 = 8.0;

/// The geometry of the rows and columns.
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    columns: Vec<Vec<String>>,
    /// The upper edge of each row, and the lower edge of the last.
    tops: Vec<f64>,
    left: f64,
    column: f64,
    run: Run,
}

impl Grid {
    pub(super) fn new(
        rows: &[&str],
        columns: &[&str],
        least: impl Fn(usize, usize) -> f64,
    ) -> Grid {
        let rows: Vec<Vec<String>> = rows.iter().map(|name| NAME.wrap(name, NAMES)).collect();
        let left = rows
            .iter()
            .flatten()
            .map(|line| NAME.width(line))
            .fold(60.0, f64::max)
            + GAP;
        let run = if columns.len() <= ACROSS {
            Run::Across
        } else {
            Run::Up
        };
        let cells =
            (0..rows.len()).flat_map(|row| (0..columns.len()).map(move |column| (row, column)));
        let widest = cells
            .map(|(row, column)| least(row, column))
            .fold(0.0, f64::max);
        let column = widest.max(if run == Run::Across { WIDE } else { NARROW });
        let columns: Vec<Vec<String>> = match run {
            Run::Across => columns
                .iter()
                .map(|name| HEAD.wrap(name, column - 8.0))
                .collect(),
            Run::Up => {
                // Use the shortest length at which no name has more lines than fit side by side.
                let most = (column / HEAD.line_height()).floor().max(1.0) as usize;
                let wrapped = |length: f64| {
                    columns
                        .iter()
                        .map(|name| HEAD.wrap(name, length))
                        .collect::<Vec<_>>()
                };
                let fits = |names: &Vec<Vec<String>>| names.iter().all(|lines| lines.len() <= most);
                (6..40)
                    .map(|nth| wrapped(f64::from(nth) * 20.0))
                    .find(fits)
                    .unwrap_or_else(|| wrapped(f64::INFINITY))
            }
        };
        let head = match run {
            Run::Across => {
                columns.iter().map(Vec::len).max().unwrap_or(0) as f64 * HEAD.line_height()
            }
            Run::Up => columns
                .iter()
                .flatten()
                .map(|line| HEAD.width(line))
                .fold(0.0, f64::max),
        };
        let mut tops = vec![head + GAP];
        for lines in &rows {
            let top = tops.last().copied().unwrap_or(0.0);
            tops.push(top + ROW.max(lines.len() as f64 * NAME.line_height() + 6.0));
        }
        Grid {
            rows,
            columns,
            tops,
            left,
            column,
            run,
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.left + self.columns.len() as f64 * self.column + 1.0
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom() + 1.0
    }

    fn bottom(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Bounds {
        let left = self.left + column as f64 * self.column;
        Bounds::new(
            left,
            self.tops[row],
            self.column,
            self.tops[row + 1] - self.tops[row],
        )
    }

    pub(super) fn lines(&self) -> Vec<Item> {
        let faint = Stroke::solid(Color::Faint, 0.75);
        let right = self.left + self.columns.len() as f64 * self.column;
        let rows = self
            .tops
            .iter()
            .map(|top| Item::line(Point::new(self.left, *top), Point::new(right, *top), faint));
        let columns = (0..=self.columns.len()).map(|column| {
            let x = self.left + column as f64 * self.column;
            Item::line(
                Point::new(x, self.tops[0]),
                Point::new(x, self.bottom()),
                faint,
            )
        });
        rows.chain(columns).collect()
    }

    pub(super) fn names(&self) -> Vec<Item> {
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
                Run::Across => items.extend(Item::lines(
                    lines,
                    middle,
                    self.tops[0] - GAP - height,
                    Anchor::Middle,
                    HEAD,
                )),
                Run::Up => {
                    let baseline = |nth: usize| {
                        middle - height / 2.0 + nth as f64 * HEAD.line_height() + HEAD.size * 1.02
                    };
                    let at = |nth: usize| Point::new(baseline(nth), self.tops[0] - GAP);
                    let upright = |(nth, line): (usize, &String)| {
                        Item::Text(Text::new(at(nth), Anchor::Start, HEAD, line.as_str()).up())
                    };
                    items.extend(lines.iter().enumerate().map(upright));
                }
            }
        }
        items
    }
}

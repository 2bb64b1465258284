//! A matrix in an answer: how each row relates to each column, and how much that rests on.

use std::borrow::Cow;
use std::ops::Range;

use crate::graph::Entity;
use crate::measure::agreement::{Half, Pair, Pairs};
use crate::query::{Behind, Body, Cell, Column, Evidence, Form, Rows, Section};
use crate::words::{verdict_word, vocabulary};

/// A matrix: how rows relate to columns.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Matrix {
    /// The things in the rows.
    pub rows: Vec<Entity>,
    /// The things in the columns; for pairs, the same as the rows.
    pub columns: Vec<Entity>,
    /// The cells.
    pub figures: Figures,
    /// The least number of issues or statements; a cell that rests on fewer is left empty.
    pub least: u32,
    /// The unit a cell rests on: `issue` or `statement`.
    pub unit: &'static str,
    /// The statements behind all cells.
    pub(crate) evidence: Vec<Evidence>,
}

/// The cells of a matrix.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Figures {
    /// A measure of every two rows, the same both ways.
    Pairs(Pairs),
    /// For each row, the cells that are not empty, by column.
    Rows(Vec<Vec<(usize, Figure)>>),
}

/// A cell of a matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Figure {
    /// The value.
    pub value: Value,
    /// The number of issues or statements it rests on.
    pub on: u32,
    /// For a measure that counts sides, the number of issues on which both are on the same side,
    /// and on opposite sides.
    pub sides: Option<(u32, u32)>,
}

/// The value of a cell of a matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A measure.
    Number(f64),
    /// What all statements of an actor on an issue come to.
    Word(Combined),
}

vocabulary! {
    /// What all statements of an actor on an issue come to.
    pub enum Combined {
        /// There is none.
        None = "none", "none";
        /// All are for it.
        Agree = "agree", "agree";
        /// All are against it.
        Disagree = "disagree", "disagree";
        /// All are neutral.
        Neutral = "neutral", verdict_word!(neutral);
        /// It names a number on the scale.
        Number = "number", "number";
        /// The actor itself says both.
        Mixed = "mixed", verdict_word!(mixed);
        /// They disagree.
        Contested = "contested", verdict_word!(contested);
    }
}

/// The number of rows or columns up to which people are shown a matrix; larger ones are for
/// programs.
pub const MOST_SHOWN: usize = 60;

impl Matrix {
    /// Returns whether the matrix is the same both ways, so that half of it says everything.
    pub fn is_symmetric(&self) -> bool {
        matches!(self.figures, Figures::Pairs(_))
    }

    /// Returns whether the cells count sides: issues on which two are on the same side, and on
    /// opposite sides.
    pub fn is_net(&self) -> bool {
        matches!(&self.figures, Figures::Pairs(pairs) if pairs.is_net())
    }

    /// Returns whether the cells are words, not numbers.
    pub fn is_in_words(&self) -> bool {
        match &self.figures {
            Figures::Pairs(_) => false,
            Figures::Rows(rows) => !rows
                .iter()
                .flatten()
                .any(|(_, figure)| matches!(figure.value, Value::Number(_))),
        }
    }

    /// Returns whether the matrix is small enough to show to people.
    pub fn is_small(&self) -> bool {
        self.rows.len().max(self.columns.len()) <= MOST_SHOWN
    }

    /// Returns a cell, or `None` if nothing is known. For many cells, [`Matrix::fold`] is faster.
    pub fn figure(&self, row: usize, column: usize) -> Option<Figure> {
        let figure = match &self.figures {
            Figures::Pairs(pairs) => Some(of_pair(&pairs.of_two(row, column), pairs.is_net())),
            Figures::Rows(rows) => listed(&rows[row], column),
        };
        figure.filter(|figure| figure.on >= self.least.max(1))
    }

    /// Returns all cells that are not empty, row by row. A symmetric matrix gives each pair once,
    /// the lesser first, in the order of the greater.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, Figure)> {
        let half = self.is_symmetric();
        let row = move |row: usize| {
            let end = if half { row } else { self.columns.len() };
            let place = move |column: usize| if half { (column, row) } else { (row, column) };
            (0..end).filter_map(move |column| {
                Some((place(column).0, place(column).1, self.figure(row, column)?))
            })
        };
        (0..self.rows.len()).flat_map(row)
    }

    /// Goes through the rows on all cores. Each run of consecutive rows updates one value made by
    /// `make`; the values are returned in order.
    pub fn fold<T: Send>(
        &self,
        half: Half,
        make: impl Fn() -> T + Sync,
        step: impl Fn(&mut T, MatrixRow<'_>) + Sync,
    ) -> Vec<T> {
        let (least, net) = (self.least.max(1), self.is_net());
        match &self.figures {
            Figures::Pairs(pairs) => pairs.fold(half, make, |value, row, pairs| {
                step(
                    value,
                    MatrixRow {
                        row,
                        least,
                        cells: Cells::Dense(pairs, net),
                    },
                );
            }),
            Figures::Rows(rows) => {
                let mut value = make();
                let lines = rows.iter().enumerate();
                for (row, cells) in lines {
                    step(
                        &mut value,
                        MatrixRow {
                            row,
                            least,
                            cells: Cells::Listed(cells),
                        },
                    )
                }
                vec![value]
            }
        }
    }

    /// Maps each row on all cores, and returns the results in order.
    pub fn lines<T: Send>(&self, make: impl Fn(MatrixRow<'_>) -> T + Sync) -> Vec<T> {
        self.fold(Half::Both, Vec::new, |made, line| made.push(make(line)))
            .into_iter()
            .flatten()
            .collect()
    }
}

fn of_pair(pair: &Pair, net: bool) -> Figure {
    Figure {
        value: Value::Number(pair.value),
        on: pair.shared as u32,
        sides: net.then(|| pair.sides()),
    }
}

fn listed(cells: &[(usize, Figure)], column: usize) -> Option<Figure> {
    cells
        .binary_search_by_key(&column, |(column, _)| *column)
        .ok()
        .map(|nth| cells[nth].1)
}

/// The cells of one row.
#[derive(Clone, Copy, Debug)]
pub struct MatrixRow<'m> {
    /// The index of the row.
    pub row: usize,
    least: u32,
    cells: Cells<'m>,
}

#[derive(Clone, Copy, Debug)]
enum Cells<'m> {
    /// One pair per column, and whether they count sides.
    Dense(&'m [Pair], bool),
    Listed(&'m [(usize, Figure)]),
}

/// The number of cells that are tested together, as most are skipped.
const TOGETHER: usize = 16;

impl MatrixRow<'_> {
    /// Returns a cell, or `None` if nothing is known.
    #[inline]
    pub fn figure(&self, column: usize) -> Option<Figure> {
        let figure = match self.cells {
            Cells::Dense(pairs, net) => Some(of_pair(pairs.get(column)?, net)),
            Cells::Listed(cells) => listed(cells, column),
        };
        figure.filter(|figure| figure.on >= self.least)
    }

    /// Calls `act` with each cell that is not empty and whose number is not between two limits.
    /// `act` returns the new limits.
    #[inline]
    pub fn each_beyond(&self, limits: [f64; 2], mut act: impl FnMut(usize, Figure) -> [f64; 2]) {
        let (mut limits, least) = (limits, self.least as f32);
        let is_beyond = |number: f64, [low, high]: [f64; 2]| (number <= low) | (number >= high);
        match self.cells {
            Cells::Dense(pairs, net) => {
                for (nth, few) in pairs.chunks(TOGETHER).enumerate() {
                    if !few
                        .iter()
                        .fold(false, |any, pair| any | is_beyond(pair.value, limits))
                    {
                        continue;
                    }
                    for (at, pair) in few
                        .iter()
                        .enumerate()
                        .filter(|(_, pair)| pair.shared >= least)
                    {
                        if is_beyond(pair.value, limits) {
                            limits = act(nth * TOGETHER + at, of_pair(pair, net));
                        }
                    }
                }
            }
            Cells::Listed(_) => self.each(|column, figure| {
                if matches!(figure.value, Value::Number(number) if is_beyond(number, limits)) {
                    limits = act(column, figure);
                }
            }),
        }
    }

    /// Calls `act` with each cell that is not empty, by column. For half of a symmetric matrix
    /// these are the cells before the row's own.
    #[inline]
    pub fn each(&self, mut act: impl FnMut(usize, Figure)) {
        match self.cells {
            Cells::Dense(pairs, net) => {
                let least = self.least as f32;
                let all = pairs
                    .iter()
                    .enumerate()
                    .filter(|(_, pair)| pair.shared >= least);
                for (column, pair) in all {
                    act(column, of_pair(pair, net));
                }
            }
            Cells::Listed(cells) => {
                for (column, figure) in cells.iter().filter(|(_, figure)| figure.on >= self.least) {
                    act(*column, *figure);
                }
            }
        }
    }
}

/// The matrix of an answer, and what to say if it is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The matrix; it has no rows if nobody says anything that counts.
    pub matrix: Box<Matrix>,
    /// What to say if it has no rows.
    pub empty: &'static str,
}

impl Body for Grid {
    const COLUMNS: Option<&'static [Column]> = None;
    fn section(&self, key: &'static str) -> Section<'_> {
        Section {
            key,
            heading: "",
            empty: self.empty,
            form: Form::Matrix,
            hidden: &[],
            first: "",
            noun: "",
            once: false,
            all: None,
            rows: &NoRows,
            matrix: Some(&self.matrix),
        }
    }
}

/// The rows of a section that has a matrix instead.
struct NoRows;

impl Rows for NoRows {
    fn columns(&self) -> &[Column] {
        &[]
    }
    fn count(&self) -> usize {
        0
    }
    fn each(&self, _: Range<usize>, _: &mut dyn FnMut(Vec<Cell>, Cow<'_, Behind>)) {}
}

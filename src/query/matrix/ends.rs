//! The highest and the lowest cells of a matrix that is too large to read.

use std::cmp::Reverse;

use crate::measure::agreement::{Half, Measure, Normalise};
use crate::query::{Figure, Mode, Note, Notes, Table, Value};

use super::{CellRow, Context};

/// The number of cells listed at either end.
const EXTREMES: usize = 20;

/// Lists the highest and the lowest cells of a matrix that is too large to read.
pub(super) fn ends(context: &Context<'_>, notes: &mut Notes) -> [Table<CellRow>; 2] {
    let is_share = matches!(
        context.asked.of,
        Mode::Actors(measure, normalise)
            if measure == Measure::Identical || normalise != Normalise::None
    );
    // A share of one issue says little. It is ranked as if the pair differed on one more.
    let rank = |figure: &Figure| match figure.value {
        Value::Number(number) if is_share => {
            number * f64::from(figure.on) / (f64::from(figure.on) + 1.0)
        }
        Value::Number(number) => number,
        Value::Word(_) => 0.0,
    };
    let is_pair = context.matrix.is_symmetric();
    let ends = context.matrix.fold(
        Half::Before,
        <[First; 2]>::default,
        |[highest, lowest], line| {
            line.each_beyond([lowest.limit, -highest.limit], |column, figure| {
                let cell = || {
                    if is_pair {
                        (column, line.row, figure)
                    } else {
                        (line.row, column, figure)
                    }
                };
                highest.add(-rank(&figure), cell);
                lowest.add(rank(&figure), cell);
                [lowest.limit, -highest.limit]
            });
        },
    );
    let [highest, lowest] = ends
        .into_iter()
        .fold(<[First; 2]>::default(), |[high, low], [higher, lower]| {
            [high.and(higher), low.and(lower)]
        });
    let table = |first: First, heading: &str| {
        let is_cut = first.cells.len() == EXTREMES;
        let heading = match is_cut {
            true => format!("{heading}: the first {EXTREMES}"),
            false => heading.to_owned(),
        };
        let rows = first
            .cells
            .into_iter()
            .map(|(_, (row, column, figure))| context.cell_row(row, column, figure));
        Table::new(heading, rows)
    };
    let (rows, columns) = (context.matrix.rows.len(), context.matrix.columns.len());
    let text = format!(
        "The whole matrix, {rows} × {columns}, is too large to read: `--format csv` or `json` prints it."
    );
    notes.push(Note::new("too_large", text));
    if is_share {
        let text = "Ranked as if each pair differed on one more issue, so values that rest on few issues come later.";
        notes.push(Note::new("ranked", text));
    }
    [table(highest, "Highest"), table(lowest, "Lowest, below 0")]
}

/// The first [`EXTREMES`] cells in ascending order of a number below 0; of equal ones, those that
/// rest on more come first, then by row and column.
struct First {
    cells: Vec<(f64, (usize, usize, Figure))>,
    /// The greatest number that can still be among them.
    limit: f64,
}

impl Default for First {
    fn default() -> First {
        First {
            cells: Vec::new(),
            limit: -f64::MIN_POSITIVE,
        }
    }
}

impl First {
    fn add(&mut self, number: f64, cell: impl FnOnce() -> (usize, usize, Figure)) {
        if number <= self.limit {
            self.insert(number, cell());
        }
    }

    fn insert(&mut self, number: f64, cell: (usize, usize, Figure)) {
        let place = |number: f64, (row, column, figure): (usize, usize, Figure)| {
            (number, Reverse(figure.on), row, column)
        };
        let before =
            |other: &(f64, (usize, usize, Figure))| place(other.0, other.1) <= place(number, cell);
        // If many cells tie with the last one, most come after it.
        if self.cells.get(EXTREMES - 1).is_some_and(before) {
            return;
        }
        let at = self.cells.partition_point(before);
        self.cells.insert(at, (number, cell));
        if self.cells.len() >= EXTREMES {
            self.cells.truncate(EXTREMES);
            self.limit = self.cells[EXTREMES - 1].0;
        }
    }

    fn and(mut self, others: First) -> First {
        for (number, cell) in others.cells {
            self.add(number, || cell);
        }
        self
    }
}

//! The highest and the lowest cells of a matrix that is too large to read.

use crate::measure::agreement::Half;
use crate::query::{Figure, Note, Notes, Table, Value};

use super::{CellRow, Told};

/// The number of cells listed at either end.
const EXTREMES: usize = 20;

/// Lists the highest and the lowest cells of a matrix that is too large to read.
pub(super) fn ends(told: &Told<'_>, notes: &mut Notes) -> [Table<CellRow>; 2] {
    let number = |figure: &Figure| {
        if let Value::Number(number) = figure.value {
            number
        } else {
            0.0
        }
    };
    let is_pair = told.matrix.is_symmetric();
    let ends = told.matrix.fold(
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
                highest.add(-number(&figure), cell);
                lowest.add(number(&figure), cell);
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
        let rows = first
            .cells
            .into_iter()
            .map(|(_, (row, column, figure))| told.cell_row(row, column, figure));
        Table::new(heading, rows)
    };
    let (rows, columns) = (told.matrix.rows.len(), told.matrix.columns.len());
    let text = format!(
        "The whole matrix, {rows} × {columns}, is too large to read: `--format csv` or `json` prints it."
    );
    notes.push(Note::new("too_large", text));
    [table(highest, "Highest"), table(lowest, "Lowest, below 0")]
}

/// The first [`EXTREMES`] cells in ascending order of a number below 0, then by row and column.
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
        let before = |other: &(f64, (usize, usize, Figure))| {
            (other.0, other.1.0, other.1.1) <= (number, cell.0, cell.1)
        };
        // Of many cells that tie with the last one, most come after it.
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

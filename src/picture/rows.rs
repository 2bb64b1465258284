//! Rows along an axis, without overlaps: each thing goes into the first row that has room for it.

/// A set of rows.
pub(crate) struct Rows {
    /// The minimum space between two things in a row.
    apart: f64,
    /// The rows, each with its height and the ranges taken in it.
    rows: Vec<(f64, Vec<(f64, f64)>)>,
}

impl Rows {
    /// Makes an empty set of rows whose things are at least this far apart.
    pub(crate) fn new(apart: f64) -> Rows {
        Rows {
            apart,
            rows: Vec::new(),
        }
    }

    /// Puts something into the first row that has room for it, or into a new one; returns the index
    /// of the row.
    pub(crate) fn put(&mut self, (left, right): (f64, f64), height: f64) -> usize {
        let apart = self.apart;
        let is_free = |(_, taken): &(f64, Vec<(f64, f64)>)| {
            taken
                .iter()
                .all(|(from, to)| right + apart < *from || to + apart < left)
        };
        let row = self.rows.iter().position(is_free).unwrap_or_else(|| {
            self.rows.push((0.0, Vec::new()));
            self.rows.len() - 1
        });
        self.rows[row].0 = self.rows[row].0.max(height);
        self.rows[row].1.push((left, right));
        row
    }

    /// Returns the upper edge of a row.
    pub(crate) fn top(&self, row: usize) -> f64 {
        self.rows[..row].iter().map(|(height, _)| height).sum()
    }

    /// Returns the vertical middle of a row.
    pub(crate) fn middle(&self, row: usize) -> f64 {
        self.top(row) + self.rows[row].0 / 2.0
    }

    /// Returns the height of all rows.
    pub(crate) fn height(&self) -> f64 {
        self.top(self.rows.len())
    }
}

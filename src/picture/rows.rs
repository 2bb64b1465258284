//! Rows along an axis, in which nothing runs into anything else: each thing goes into the first that has room for it.

/// Rows of things.
pub(crate) struct Rows {
    /// Between two things in a row.
    apart: f64,
    /// Each with its height and what is taken of it.
    rows: Vec<(f64, Vec<(f64, f64)>)>,
}

impl Rows {
    /// None, of things that are so far apart.
    pub(crate) fn new(apart: f64) -> Rows {
        Rows {
            apart,
            rows: Vec::new(),
        }
    }

    /// Puts something into the first row that has room for it, or a new one; says which.
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

    /// How far down a row starts.
    pub(crate) fn top(&self, row: usize) -> f64 {
        self.rows[..row].iter().map(|(height, _)| height).sum()
    }

    /// The middle of a row.
    pub(crate) fn middle(&self, row: usize) -> f64 {
        self.top(row) + self.rows[row].0 / 2.0
    }

    /// All of them.
    pub(crate) fn height(&self) -> f64 {
        self.top(self.rows.len())
    }
}

//! Half a matrix of actors by actors: each row ends at its own actor, whose name stands there too,
//! as the head of its column.

use crate::diagram::Color;
use crate::picture::cell::shade;
use crate::picture::matrix::names::{GAP, Names};
use crate::picture::scene::{Bounds, Item, Point, Step, Stroke};

/// The minimum width of a column.
const COLUMN: f64 = 34.0;
/// The geometry of the rows and columns.
pub(super) struct Stairs {
    rows: Names,
    column: f64,
    camps: Vec<Option<u32>>,
}

impl Stairs {
    pub(super) fn new(
        names: &[&str],
        camps: &[Option<u32>],
        least: impl Fn(usize, usize) -> f64,
    ) -> Stairs {
        let all = (0..names.len()).flat_map(|row| (0..row).map(move |column| (row, column)));
        let widths = all.map(|(row, column)| least(row, column));
        Stairs {
            rows: Names::new(names, &[], camps).below(0.5),
            column: widths.fold(COLUMN, f64::max),
            camps: camps.to_vec(),
        }
    }

    /// Returns the width, with the names at the ends of rows.
    pub(super) fn width(&self) -> f64 {
        self.steps()
            .into_iter()
            .fold(0.0, |width: f64, (_, right)| width.max(right))
            + 1.0
    }

    /// Returns the top of each row, and how far it and those above it reach.
    pub(super) fn steps(&self) -> Vec<(f64, f64)> {
        let rows = 0..self.rows.count();
        rows.map(|row| (self.rows.tops[row], self.end(row) + self.rows.width(row)))
            .collect()
    }

    pub(super) fn height(&self) -> f64 {
        self.rows.bottom() + 1.0
    }

    fn x(&self, column: usize) -> f64 {
        self.rows.left + column as f64 * self.column
    }

    /// Returns where the name at the end of a row begins.
    fn end(&self, row: usize) -> f64 {
        self.x(row) + GAP
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Bounds {
        self.rows.cell(row, self.x(column), self.column)
    }

    pub(super) fn lines(&self) -> Vec<Item> {
        let faint = Stroke::solid(Color::Faint, 0.75);
        let line = |from: (f64, f64), to: (f64, f64)| {
            Item::line(Point::new(from.0, from.1), Point::new(to.0, to.1), faint)
        };
        let (count, tops) = (self.rows.count(), &self.rows.tops);
        let rows = tops.iter().enumerate().skip(1);
        let rows =
            rows.map(|(row, top)| line((self.x(0), *top), (self.x(row.min(count - 1)), *top)));
        let columns = (0..count).map(|column| {
            let x = self.x(column);
            line((x, tops[column.max(1).min(count)]), (x, self.rows.bottom()))
        });
        rows.chain(columns).collect()
    }

    /// Writes the names before their rows, with the marks of camps, and at the ends of these.
    pub(super) fn names(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (row, camp) in self.camps.iter().enumerate() {
            items.extend(self.rows.draw(row, *camp));
            items.extend(self.rows.draw_after(row, self.end(row)));
        }
        items
    }

    /// Returns the path around the cells of these rows with each other.
    fn stair(&self, first: usize, last: usize) -> Vec<Step> {
        let mut steps = vec![Step::Move(Point::new(
            self.x(first),
            self.rows.tops[first + 1],
        ))];
        for row in first + 1..=last {
            let x = self.x(row);
            steps.push(Step::Line(Point::new(x, self.rows.tops[row])));
            steps.push(Step::Line(Point::new(x, self.rows.tops[row + 1])));
        }
        steps.push(Step::Line(Point::new(
            self.x(first),
            self.rows.tops[last + 1],
        )));
        steps.push(Step::Close);
        steps
    }

    /// Draws an edge around the cells of each camp.
    pub(super) fn camps(&self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut first = 0;
        while let Some(camp) = self.camps.get(first) {
            let many = self.camps[first..]
                .iter()
                .take_while(|other| *other == camp);
            let last = first + many.count() - 1;
            if let Some(camp) = camp.filter(|_| last > first) {
                let stroke = Stroke::solid(Color::CampMark(shade(camp)), 1.75);
                items.push(Item::path(self.stair(first, last), stroke));
            }
            first = last + 1;
        }
        items
    }
}

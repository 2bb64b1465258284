//! Half a matrix of actors by actors: each row ends at its own actor, whose name stands there too,
//! as the head of its column.

use crate::diagram::Color;
use crate::picture::cell::{camp_mark, shade};
use crate::picture::scene::{Anchor, Bounds, Item, Point, Step, Stroke, Word};

const NAME: Word = Word::regular(12.0, Color::Ink);
/// The maximum width of names beside rows.
const NAMES: f64 = 230.0;
/// The minimum height of a row, and the minimum width of a column.
const ROW: f64 = 28.0;
const COLUMN: f64 = 34.0;
/// The space between a name and the cells.
const GAP: f64 = 8.0;
/// The space that the mark of a camp takes.
const CAMP: f64 = 18.0;

/// The geometry of the rows and columns.
pub(super) struct Stairs {
    rows: Vec<Vec<String>>,
    /// The upper edge of each row, and the lower edge of the last.
    tops: Vec<f64>,
    left: f64,
    column: f64,
    camps: Vec<Option<u32>>,
}

impl Stairs {
    pub(super) fn new(
        names: &[&str],
        camps: &[Option<u32>],
        least: impl Fn(usize, usize) -> f64,
    ) -> Stairs {
        let rows: Vec<Vec<String>> = names.iter().map(|name| NAME.wrap(name, NAMES)).collect();
        let widest = rows.iter().flatten().map(|line| NAME.width(line));
        let marks = if camps.iter().any(Option::is_some) {
            CAMP
        } else {
            0.0
        };
        let all = (0..rows.len()).flat_map(|row| (0..row).map(move |column| (row, column)));
        let column = all
            .map(|(row, column)| least(row, column))
            .fold(COLUMN, f64::max);
        let mut tops = vec![0.5];
        for lines in &rows {
            let top = tops.last().copied().unwrap_or(0.0);
            tops.push(top + ROW.max(lines.len() as f64 * NAME.line_height() + 6.0));
        }
        Stairs {
            left: widest.fold(60.0, f64::max) + marks + GAP,
            rows,
            tops,
            column,
            camps: camps.to_vec(),
        }
    }

    /// Returns the width, with the names of these actors at the ends of their rows.
    pub(super) fn width(&self, names: &[&str]) -> f64 {
        let ends = names
            .iter()
            .enumerate()
            .map(|(row, name)| self.end(row) + NAME.width(name));
        ends.fold(0.0, f64::max) + 1.0
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom() + 1.0
    }

    fn bottom(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    fn x(&self, column: usize) -> f64 {
        self.left + column as f64 * self.column
    }

    /// Returns where the name at the end of a row begins.
    fn end(&self, row: usize) -> f64 {
        self.x(row) + GAP
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Bounds {
        let height = self.tops[row + 1] - self.tops[row];
        Bounds::new(self.x(column), self.tops[row], self.column, height)
    }

    pub(super) fn lines(&self) -> Vec<Item> {
        let faint = Stroke::solid(Color::Faint, 0.75);
        let line = |from: (f64, f64), to: (f64, f64)| {
            Item::line(Point::new(from.0, from.1), Point::new(to.0, to.1), faint)
        };
        let count = self.rows.len();
        let rows = self.tops.iter().enumerate().skip(1);
        let rows =
            rows.map(|(row, top)| line((self.left, *top), (self.x(row.min(count - 1)), *top)));
        let columns = (0..count).map(|column| {
            let x = self.x(column);
            line((x, self.tops[column.max(1).min(count)]), (x, self.bottom()))
        });
        rows.chain(columns).collect()
    }

    /// Writes the names before their rows, with the marks of camps, and at the ends of these.
    pub(super) fn names(&self, names: &[&str]) -> Vec<Item> {
        let mut items = Vec::new();
        for (row, lines) in self.rows.iter().enumerate() {
            let middle = self.cell(row, 0).center().y;
            let mut right = self.left - GAP;
            if let Some(camp) = self.camps[row] {
                items.push(camp_mark(camp, Point::new(right - 6.0, middle)));
            }
            if self.camps.iter().any(Option::is_some) {
                right -= CAMP;
            }
            let top = |count: usize| middle - count as f64 * NAME.line_height() / 2.0;
            items.extend(Item::lines(
                lines,
                right,
                top(lines.len()),
                Anchor::End,
                NAME,
            ));
            let muted = Word::regular(NAME.size, Color::Muted);
            let whole = [names[row].to_owned()];
            items.extend(Item::lines(
                &whole,
                self.end(row),
                top(1),
                Anchor::Start,
                muted,
            ));
        }
        items
    }

    /// Returns the path around the cells of these rows with each other.
    fn stair(&self, first: usize, last: usize) -> Vec<Step> {
        let mut steps = vec![Step::Move(Point::new(self.x(first), self.tops[first + 1]))];
        for row in first + 1..=last {
            let x = self.x(row);
            steps.push(Step::Line(Point::new(x, self.tops[row])));
            steps.push(Step::Line(Point::new(x, self.tops[row + 1])));
        }
        steps.push(Step::Line(Point::new(self.x(first), self.tops[last + 1])));
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

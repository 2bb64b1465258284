//! The names of the rows of a matrix, and the heights of these.

use crate::diagram::Color;
use crate::picture::cell::camp_mark;
use crate::picture::scene::{Anchor, Bounds, Item, Point, Word};
use crate::picture::short::wrapped;

pub(super) const NAME: Word = Word::regular(12.0, Color::Ink);
/// The maximum width of names beside rows, and the minimum.
const WIDEST: f64 = 230.0;
const LEAST: f64 = 60.0;
/// The minimum height of a row.
const ROW: f64 = 28.0;
/// The space that the mark of a camp or a group takes.
const CAMP: f64 = 18.0;
/// The space between a name and the cells.
pub(super) const GAP: f64 = 8.0;

/// The rows of a matrix, from their names on the left.
pub(super) struct Names {
    lines: Vec<Vec<String>>,
    /// The upper edge of each row, and the lower edge of the last.
    pub(super) tops: Vec<f64>,
    /// The left edge of the cells.
    pub(super) left: f64,
    /// The space between names and cells for what else stands there.
    marks: f64,
}

impl Names {
    /// Puts names below each other, with space after them for the marks of camps or groups, if there
    /// are any.
    pub(super) fn new(names: &[&str], camps: &[Option<u32>]) -> Names {
        let marks = if camps.iter().any(Option::is_some) {
            CAMP
        } else {
            0.0
        };
        let lines = wrapped(names, NAME, WIDEST);
        let widths = lines.iter().flatten().map(|line| NAME.width(line));
        let widest = widths.fold(LEAST, f64::max);
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for lines in &lines {
            top += ROW.max(lines.len() as f64 * NAME.line_height() + 6.0);
            tops.push(top);
        }
        Names {
            left: widest + marks + GAP,
            lines,
            tops,
            marks,
        }
    }

    /// Moves all rows down.
    pub(super) fn below(mut self, head: f64) -> Names {
        for top in &mut self.tops {
            *top += head;
        }
        self
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn bottom(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Returns the cell of a row from `left` on.
    pub(super) fn cell(&self, row: usize, left: f64, width: f64) -> Bounds {
        let (top, bottom) = (self.tops[row], self.tops[row + 1]);
        Bounds::new(left, top, width, bottom - top)
    }

    /// Writes the name of a row, and the mark of its camp or group.
    pub(super) fn draw(&self, row: usize, camp: Option<u32>) -> Vec<Item> {
        let end = self.left - GAP;
        let mut items = self.lines_at(row, end - self.marks, Anchor::End, NAME);
        let middle = (self.tops[row] + self.tops[row + 1]) / 2.0;
        items.extend(camp.map(|camp| camp_mark(camp, Point::new(end - 6.0, middle))));
        items
    }

    /// Writes the name of a row at this place.
    pub(super) fn lines_at(&self, row: usize, x: f64, anchor: Anchor, word: Word) -> Vec<Item> {
        let lines = &self.lines[row];
        let middle = (self.tops[row] + self.tops[row + 1]) / 2.0;
        let top = middle - lines.len() as f64 * NAME.line_height() / 2.0;
        Item::lines(lines, x, top, anchor, word)
    }

    /// Returns the width of the name of a row.
    pub(super) fn width(&self, row: usize) -> f64 {
        let widths = self.lines[row].iter().map(|line| NAME.width(line));
        widths.fold(0.0, f64::max)
    }
}

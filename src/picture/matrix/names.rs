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
    lines: Vec<Vec<Line>>,
    /// The upper edge of each row, and the lower edge of the last.
    pub(super) tops: Vec<f64>,
    /// The left edge of the cells.
    pub(super) left: f64,
    /// The space between names and cells for what else stands there.
    marks: f64,
}

impl Names {
    /// Puts names below each other, each with what it asks in small type, if that is told, and with
    /// space after them for the marks of camps or groups, if there are any.
    pub(super) fn new(names: &[&str], asked: &[String], camps: &[Option<u32>]) -> Names {
        let marks = if camps.iter().any(Option::is_some) {
            CAMP
        } else {
            0.0
        };
        let named = wrapped(names, NAME, WIDEST);
        let lines = with_asked(named, NAME, asked, WIDEST);
        let widths = lines.iter().flatten().map(|(line, word)| word.width(line));
        let widest = widths.fold(LEAST, f64::max);
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for lines in &lines {
            top += ROW.max(height(lines) + 6.0);
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
        let mut items = self.lines_at(row, end - self.marks, Anchor::End);
        items.extend(camp.map(|camp| camp_mark(camp, Point::new(end - 6.0, self.middle(row)))));
        items
    }

    /// Writes the name of a row in a lesser colour at the end of its cells.
    pub(super) fn draw_after(&self, row: usize, x: f64) -> Vec<Item> {
        let mut items = self.lines_at(row, x, Anchor::Start);
        for item in &mut items {
            if let Item::Text(text) = item {
                text.word.color = Color::Muted;
            }
        }
        items
    }

    pub(super) fn middle(&self, row: usize) -> f64 {
        (self.tops[row] + self.tops[row + 1]) / 2.0
    }

    fn lines_at(&self, row: usize, x: f64, anchor: Anchor) -> Vec<Item> {
        let lines = &self.lines[row];
        stacked(lines, x, self.middle(row) - height(lines) / 2.0, anchor)
    }

    /// Returns the width of the name of a row.
    pub(super) fn width(&self, row: usize) -> f64 {
        let widths = self.lines[row].iter().map(|(line, word)| word.width(line));
        widths.fold(0.0, f64::max)
    }
}

/// A line of a name, or of what it asks.
pub(super) type Line = (String, Word);

/// What an issue asks, below its name.
pub(super) const ASKED: Word = Word::regular(9.5, Color::Muted);

/// Adds what each asks below its name, if that is told.
pub(super) fn with_asked(
    names: Vec<Vec<String>>,
    name: Word,
    asked: &[String],
    width: f64,
) -> Vec<Vec<Line>> {
    let with = |(nth, lines): (usize, Vec<String>)| {
        let asked = asked
            .get(nth)
            .map_or(Vec::new(), |text| ASKED.wrap(text, width));
        let lines = lines.into_iter().map(|line| (line, name));
        lines
            .chain(asked.into_iter().map(|line| (line, ASKED)))
            .collect()
    };
    names.into_iter().enumerate().map(with).collect()
}

/// Returns the height of lines below each other.
pub(super) fn height(lines: &[Line]) -> f64 {
    lines.iter().map(|(_, word)| word.line_height()).sum()
}

/// Writes lines below each other.
pub(super) fn stacked(lines: &[Line], x: f64, top: f64, anchor: Anchor) -> Vec<Item> {
    let mut y = top;
    let mut items = Vec::new();
    for (line, word) in lines {
        items.extend(Item::lines(std::slice::from_ref(line), x, y, anchor, *word));
        y += word.line_height();
    }
    items
}

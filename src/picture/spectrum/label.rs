//! Words beside marks along an axis.

use crate::diagram::Color;
use crate::picture::scene::{Anchor, Form, Item, Word};

/// The picture is so wide, the axis from here to there.
pub(super) const WIDTH: f64 = 860.0;
pub(super) const LEFT: f64 = 140.0;
pub(super) const RIGHT: f64 = 720.0;
/// From a mark to its words.
const BESIDE: f64 = 4.0;

/// Where a part of the axis is, 0 to 1.
pub(super) fn x_of(at: f64) -> f64 {
    LEFT + at * (RIGHT - LEFT)
}

/// Words beside a mark.
pub(super) struct Label {
    lines: Vec<String>,
    word: Word,
    anchor: Anchor,
    /// Where its words start, or end.
    x: f64,
    /// What it takes of a row, its mark included.
    pub(super) extent: (f64, f64),
}

impl Label {
    /// Beside a mark that reaches so far around what is between two places on the axis; words are broken at a width.
    pub(super) fn new(
        (from, to): (f64, f64),
        around: f64,
        text: &str,
        word: Word,
        most: f64,
    ) -> Label {
        let (left, right) = (x_of(from) - around, x_of(to) + around);
        let lines = word.wrap(text, most);
        let width = lines
            .iter()
            .map(|line| word.width(line))
            .fold(0.0, f64::max)
            + BESIDE;
        // Words stand on the outer side where the axis ends.
        let is_after = right + width <= WIDTH && from > 0.2 || left - width < 0.0;
        let (anchor, x, extent) = if is_after {
            (Anchor::Start, right + BESIDE, (left, right + width))
        } else {
            (Anchor::End, left - BESIDE, (left - width, right))
        };
        Label {
            lines,
            word,
            anchor,
            x,
            extent,
        }
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.word.line_height()
    }

    /// Its words around this height, on a ground of their own: lines of the axis stop short of them.
    pub(super) fn draw(&self, middle: f64) -> Vec<Item> {
        let lines = Item::lines(
            &self.lines,
            self.x,
            middle - self.height() / 2.0,
            self.anchor,
            self.word,
        );
        let ground = |line: &Item| match line {
            Item::Text(text) => Some(Item::shape(
                Form::Rect(text.bounds().grown(1.5), 0.0),
                Some(Color::Page),
                None,
            )),
            _ => None,
        };
        lines
            .iter()
            .filter_map(ground)
            .chain(lines.iter().cloned())
            .collect()
    }
}

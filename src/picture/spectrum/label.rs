//! Words beside marks along an axis.

use crate::diagram::Color;
use crate::picture::scene::{Anchor, Form, Item, Word};
use crate::picture::spectrum::across::Across;

/// The space between a mark and its words.
const BESIDE: f64 = 4.0;

/// Words beside a mark.
pub(super) struct Label {
    lines: Vec<String>,
    word: Word,
    anchor: Anchor,
    /// The coordinate at which the words start or end, depending on `anchor`.
    x: f64,
    /// The range it takes up in a row, including its mark.
    pub(super) extent: (f64, f64),
}

impl Label {
    /// Makes a label beside a mark that covers two places on the axis and extends `around` beyond
    /// them; words wrap at `most` pixels.
    pub(super) fn new(
        axis: Across,
        (from, to): (f64, f64),
        around: f64,
        text: &str,
        word: Word,
        most: f64,
    ) -> Label {
        let (left, right) = (axis.x(from) - around, axis.x(to) + around);
        let lines = word.wrap(text, most);
        let width = word.widest(&lines) + BESIDE;
        // At the ends of the axis, words go on the outer side.
        let is_after = right + width <= axis.end && from > 0.2 || left - width < 0.0;
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

    /// Draws the words around this height on a background of their own, so that the lines of the
    /// axis stop short of them.
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

//! The piece of a line that a finding shows: cut around what it underlines, and nothing in it that a terminal obeys.

use std::borrow::Cow;
use std::ops::Range;

use crate::words::{BYTE_ORDER_MARK, shown, stand_in};
use unicode_width::UnicodeWidthChar;

const CUT: &str = "...";
const TAB: &str = "    ";

/// A character that is in no text made [`plain`]: it stands for the place of an excerpt.
pub(super) const STAND_IN: char = '\u{FFFE}';

/// A line, or the part of it around some bytes.
#[derive(Debug)]
pub(super) struct Excerpt<'t> {
    line: &'t str,
    /// The bytes of the line that are shown.
    window: Range<usize>,
    /// What is shown.
    pub(super) text: String,
}

impl<'t> Excerpt<'t> {
    /// A line cut to a width, around the bytes `wanted` where it is too long, with room for so many columns behind these.
    pub(super) fn new(
        line: &'t str,
        wanted: Range<usize>,
        room: usize,
        width: usize,
    ) -> Excerpt<'t> {
        let window = window(line, wanted, room, width);
        let (before, after) = (mark(window.start > 0), mark(window.end < line.len()));
        let text = format!("{before}{}{after}", plain(&line[window.clone()]));
        Excerpt { line, window, text }
    }

    /// Where a byte of the line is shown; at the edge where it is cut away.
    pub(super) fn position(&self, at: usize) -> usize {
        let at = at.clamp(self.window.start, self.window.end);
        mark(self.window.start > 0).len() + plain(&self.line[self.window.start..at]).len()
    }
}

fn mark(cut: bool) -> &'static str {
    if cut { CUT } else { "" }
}

/// The bytes of a line to show: all where they fit, else what is wanted with as much before and behind it as fits.
fn window(line: &str, wanted: Range<usize>, room: usize, width: usize) -> Range<usize> {
    let whole = advance(line, 0, width);
    if whole == line.len() {
        return 0..line.len();
    }
    let width = width.saturating_sub(2 * CUT.len());
    let before = width / 3;
    // Near its end the line leaves columns unused, which go to what stands before.
    let behind = columns(&line[wanted.start..advance(line, wanted.start, width)]);
    let underlined =
        columns(&line[wanted.start..advance(line, wanted.start, width).min(wanted.end)]);
    let start = retreat(
        line,
        wanted.start,
        before.max(width.saturating_sub(behind.max(underlined + room))),
    );
    start..advance(line, start, width)
}

fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// The end of the part that starts at a byte and takes at most so many columns.
fn advance(line: &str, start: usize, columns: usize) -> usize {
    let mut used = 0;
    let over = line[start..].char_indices().find(|(_, c)| {
        used += width_of(*c);
        used > columns
    });
    over.map_or(line.len(), |(at, _)| start + at)
}

/// The start of the part that ends at a byte and takes at most so many columns.
fn retreat(line: &str, end: usize, columns: usize) -> usize {
    let mut used = 0;
    let over = line[..end].char_indices().rev().find(|(_, c)| {
        used += width_of(*c);
        used > columns
    });
    over.map_or(0, |(at, c)| at + c.len_utf8())
}

fn width_of(c: char) -> usize {
    if c == '\t' {
        TAB.len()
    } else {
        c.width().unwrap_or(1)
    }
}

/// A text as it is [`shown`], on one line, with blanks for tabs and without a byte order mark.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['\t', '\n', BYTE_ORDER_MARK]) {
        return shown(text);
    }
    let line = text.replace('\t', TAB).replace(BYTE_ORDER_MARK, "");
    Cow::Owned(shown(&line).replace('\n', &stand_in('\n').to_string()))
}

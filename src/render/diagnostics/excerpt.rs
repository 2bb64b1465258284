//! The part of a line that a finding shows: cut around what it underlines, with control characters
//! made harmless.

use std::borrow::Cow;
use std::ops::Range;

use crate::words::{BYTE_ORDER_MARK, shown, stand_in};
use unicode_width::UnicodeWidthChar;

const CUT: &str = "...";
const TAB: &str = "    ";

/// A character that never occurs in [`plain`] text; it stands in for the path of an excerpt.
pub(super) const STAND_IN: char = '\u{FFFE}';

/// A line, or the part of it around a byte range.
#[derive(Debug)]
pub(super) struct Excerpt<'t> {
    line: &'t str,
    /// The byte range of the line that is shown.
    window: Range<usize>,
    /// The text shown, with marks where the line is cut.
    pub(super) text: String,
}

impl<'t> Excerpt<'t> {
    /// Cuts a line to `width` columns. A line that is too long is cut around the bytes `wanted`,
    /// keeping `room` columns free after these.
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

    /// Returns the offset in `text` of a byte of the line, clamped to the part shown.
    pub(super) fn position(&self, at: usize) -> usize {
        let at = at.clamp(self.window.start, self.window.end);
        mark(self.window.start > 0).len() + plain(&self.line[self.window.start..at]).len()
    }
}

fn mark(cut: bool) -> &'static str {
    if cut { CUT } else { "" }
}

/// Returns the byte range to show: the whole line if it fits, else the wanted bytes with as much
/// around them as fits.
fn window(line: &str, wanted: Range<usize>, room: usize, width: usize) -> Range<usize> {
    let whole = advance(line, 0, width);
    if whole == line.len() {
        return 0..line.len();
    }
    let width = width.saturating_sub(2 * CUT.len());
    let before = width / 3;
    // Near its end the line may leave columns unused; they go to the part before.
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

/// Returns the end of the part that starts at a byte and is at most `columns` wide.
fn advance(line: &str, start: usize, columns: usize) -> usize {
    let mut used = 0;
    let over = line[start..].char_indices().find(|(_, c)| {
        used += width_of(*c);
        used > columns
    });
    over.map_or(line.len(), |(at, _)| start + at)
}

/// Returns the start of the part that ends at a byte and is at most `columns` wide.
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

/// Returns a text as [`shown`] does, on one line, with tabs expanded to spaces and without byte
/// order marks.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['\t', '\n', BYTE_ORDER_MARK]) {
        return shown(text);
    }
    let line = text.replace('\t', TAB).replace(BYTE_ORDER_MARK, "");
    Cow::Owned(shown(&line).replace('\n', &stand_in('\n').to_string()))
}

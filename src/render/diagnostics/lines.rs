//! Lines and columns of many places of one text: one pass over the text, then each place costs next to nothing, however
//! long the text or its lines are.

use std::cell::OnceCell;
use std::ops::Range;

use super::excerpt::BYTE_ORDER_MARK;
use crate::text::{FileId, LineColumn, Place, Span, Text};

/// Characters are counted afresh from the last multiple of this many bytes.
const BLOCK: usize = 4096;

/// How many characters, and UTF-16 code units, stand before a byte.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    chars: usize,
    units: usize,
}

impl Count {
    fn of(bytes: &[u8]) -> Count {
        let chars = bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        // A character of four bytes takes two units.
        Count {
            chars,
            units: chars + bytes.iter().filter(|&&b| b >= 0xF0).count(),
        }
    }
}

/// Where the lines of a text start.
#[derive(Debug)]
pub(in crate::render) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    blocks: Vec<Count>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut sum = Count::default();
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(sum);
            let count = Count::of(block);
            sum = Count {
                chars: sum.chars + count.chars,
                units: sum.units + count.units,
            };
        }
        blocks.push(sum);
        Lines {
            text,
            starts,
            blocks,
        }
    }

    /// The nearest character boundary at or before a byte of the text.
    pub(super) fn boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }

    /// The line of a byte, from 0.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The bytes of a line, without its line break.
    pub(super) fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = self
            .starts
            .get(line + 1)
            .map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') {
            end - 1
        } else {
            end
        };
        start..end
    }

    /// The bytes of this text.
    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    fn count(&self, offset: usize) -> Count {
        let offset = offset.min(self.text.len());
        let block = self.blocks.get(offset / BLOCK).copied().unwrap_or_default();
        let rest = Count::of(&self.text.as_bytes()[offset / BLOCK * BLOCK..offset]);
        Count {
            chars: block.chars + rest.chars,
            units: block.units + rest.units,
        }
    }

    /// Line and column of a byte, in characters from 1. A byte order mark is no character.
    pub(in crate::render) fn position(&self, offset: usize) -> LineColumn {
        self.line_column(offset, |count| count.chars)
    }

    /// Line and column of a byte, in UTF-16 code units from 1.
    pub(super) fn position_utf16(&self, offset: usize) -> LineColumn {
        self.line_column(offset, |count| count.units)
    }

    fn line_column(&self, offset: usize, unit: fn(Count) -> usize) -> LineColumn {
        let line = self.line(offset);
        let mark = if line == 0 && self.text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        };
        let start = self.starts[line] + mark;
        LineColumn {
            line: line + 1,
            column: unit(self.count(offset.max(start))) - unit(self.count(start)) + 1,
        }
    }
}

/// Texts, whose lines are counted when one of them is first asked about.
#[derive(Debug)]
pub(in crate::render) struct Sources<'t> {
    texts: &'t [Text],
    lines: Vec<OnceCell<Lines<'t>>>,
}

impl<'t> Sources<'t> {
    pub(in crate::render) fn new(texts: &'t [Text]) -> Sources<'t> {
        Sources {
            texts,
            lines: texts.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// What messages call a text.
    pub(in crate::render) fn name(&self, file: FileId) -> &'t str {
        self.texts
            .get(file.0 as usize)
            .map_or("", |text| &text.name)
    }

    /// The lines of a text.
    pub(super) fn lines(&self, file: FileId) -> Option<&Lines<'t>> {
        let text = self.texts.get(file.0 as usize)?;
        Some(
            self.lines
                .get(file.0 as usize)?
                .get_or_init(|| Lines::new(&text.text)),
        )
    }

    /// Where a place starts and ends, in characters.
    pub(super) fn positions(&self, place: Place) -> (LineColumn, LineColumn) {
        self.ends(place, Lines::position)
    }

    /// Where a place starts and ends, in UTF-16 code units.
    pub(super) fn positions_utf16(&self, place: Place) -> (LineColumn, LineColumn) {
        self.ends(place, Lines::position_utf16)
    }

    /// Where a place starts.
    pub(in crate::render) fn start(
        &self,
        place: Place,
        position: fn(&Lines<'t>, usize) -> LineColumn,
    ) -> LineColumn {
        let first = LineColumn { line: 1, column: 1 };
        self.lines(place.file)
            .map_or(first, |lines| position(lines, place.span.start as usize))
    }

    fn ends(
        &self,
        place: Place,
        position: fn(&Lines<'t>, usize) -> LineColumn,
    ) -> (LineColumn, LineColumn) {
        let end = Place {
            span: Span {
                start: place.span.end,
                ..place.span
            },
            ..place
        };
        (self.start(place, position), self.start(end, position))
    }
}

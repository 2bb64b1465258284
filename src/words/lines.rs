//! Lines and columns of a text. After one pass over the text, each lookup is cheap, however long
//! the text or its lines are.

use std::ops::Range;

/// The byte order mark that some programs put before a text. It is not part of the first line.
pub const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Characters are counted from the last multiple of this many bytes.
const BLOCK: usize = 256;

/// The line and column of a byte, as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// The unit in which columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes.
    Bytes,
    /// Characters.
    Characters,
    /// UTF-16 code units; an emoji has two.
    #[default]
    Utf16,
}

impl Unit {
    /// Returns the number of units in a character.
    pub fn length(self, c: char) -> usize {
        match self {
            Unit::Bytes => c.len_utf8(),
            Unit::Characters => 1,
            Unit::Utf16 => c.len_utf16(),
        }
    }
}

/// The number of characters and UTF-16 code units before a byte.
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

/// The line starts of a text. A line ends with `\n`, optionally preceded by `\r`.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    blocks: Vec<Count>,
}

impl<'t> Lines<'t> {
    /// Indexes a text in one pass.
    pub fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
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

    /// Returns the nearest character boundary at or before a byte offset.
    pub fn boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }

    /// Returns the line of a byte, from 0.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Returns the range of a line (counted from 0) without its line break, or an empty range after
    /// the last line.
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let next = self.starts.get(line + 1);
        let end = next.map_or(self.text.len(), |next| next - 1);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }

    /// Returns the text of a range, or an empty string if the range is not in the text.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the line and column of a byte, both from 1. A byte order mark is not counted.
    pub fn position(&self, offset: usize, unit: Unit) -> LineColumn {
        let line = self.line(offset);
        let mark = match line {
            0 => after_mark(self.text),
            _ => 0,
        };
        let start = self.starts[line] + mark;
        LineColumn {
            line: line + 1,
            column: self.between(start, offset.max(start), unit) + 1,
        }
    }

    /// Returns the number of units before a byte on its line.
    pub fn column(&self, offset: usize, unit: Unit) -> usize {
        self.between(self.starts[self.line(offset)], offset, unit)
    }

    fn between(&self, start: usize, end: usize, unit: Unit) -> usize {
        let [before, all] = [start, end].map(|offset| self.count(offset));
        match unit {
            Unit::Bytes => end - start,
            Unit::Characters => all.chars - before.chars,
            Unit::Utf16 => all.units - before.units,
        }
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
}

/// Returns the offset at which a text starts: behind its byte order mark, if it has one.
pub fn after_mark(text: &str) -> usize {
    match text.starts_with(BYTE_ORDER_MARK) {
        true => BYTE_ORDER_MARK.len_utf8(),
        false => 0,
    }
}

/// Returns the line of a byte, from 1. It scans the text up to that byte: use [`Lines`] for many
/// lookups in one text.
pub fn line_of(text: &[u8], offset: usize) -> usize {
    memchr::memchr_iter(b'\n', &text[..offset.min(text.len())]).count() + 1
}

/// Returns the start of the line that contains an offset.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_kind_of_text() {
        let lines = Lines::new("\u{FEFF}aé\r\n👍b\n");
        assert_eq!(
            [0, 1, 2, 3].map(|line| lines.slice(lines.range(line))),
            ["\u{FEFF}aé", "👍b", "", ""]
        );
        let at = |offset, unit| {
            let LineColumn { line, column } = lines.position(offset, unit);
            (line, column)
        };
        assert_eq!(at(3, Unit::Characters), (1, 1));
        assert_eq!(at(6, Unit::Characters), (1, 3));
        assert_eq!(at(12, Unit::Characters), (2, 2));
        assert_eq!(at(12, Unit::Utf16), (2, 3));
        assert_eq!(at(12, Unit::Bytes), (2, 5));
        assert_eq!(line_of("a\nb".as_bytes(), 2), 2);
    }
}

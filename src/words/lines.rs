//! Lines and columns of a text. After one pass over the text, each lookup is cheap, however long
//! the text or its lines are.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::{memchr_iter, memrchr};

/// The byte order mark that some programs put before a text. It is not part of the first line.
pub const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Lines and characters are counted from the last multiple of this many bytes.
const BLOCK: usize = 1024;

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

    fn plus(self, other: Count) -> Count {
        Count {
            chars: self.chars + other.chars,
            units: self.units + other.units,
        }
    }

    fn minus(self, other: Count) -> Count {
        Count {
            chars: self.chars - other.chars,
            units: self.units - other.units,
        }
    }
}

/// The line that a block begins in.
#[derive(Clone, Copy, Debug)]
struct Begin {
    /// The line, from 0.
    line: usize,
    /// Where this line starts.
    start: usize,
}

impl Begin {
    /// Returns the line at the end of these bytes, which start at an offset on this line.
    fn after(self, at: usize, bytes: &[u8]) -> Begin {
        match memrchr(b'\n', bytes) {
            None => self,
            Some(last) => Begin {
                line: self.line + memchr_iter(b'\n', &bytes[..=last]).count(),
                start: at + last + 1,
            },
        }
    }
}

/// The lines of a text. A line ends with `\n`, optionally preceded by `\r`.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// The line that each block begins in, and the last line.
    begins: Vec<Begin>,
    /// The characters before each block, counted once a column lies far into a line.
    counts: OnceLock<Vec<Count>>,
}

impl<'t> Lines<'t> {
    /// Indexes a text in one pass.
    pub fn new(text: &'t str) -> Lines<'t> {
        let mut begin = Begin { line: 0, start: 0 };
        let mut begins = Vec::with_capacity(text.len() / BLOCK + 1);
        for (nth, block) in text.as_bytes().chunks(BLOCK).enumerate() {
            begins.push(begin);
            begin = begin.after(nth * BLOCK, block);
        }
        begins.push(begin);
        Lines {
            text,
            begins,
            counts: OnceLock::new(),
        }
    }

    /// Returns the number of the block that a byte is in, and the bytes before it there.
    fn block(&self, offset: usize) -> (usize, &'t [u8]) {
        let offset = offset.min(self.text.len());
        let block = offset / BLOCK;
        (block, &self.text.as_bytes()[block * BLOCK..offset])
    }

    /// Returns the line that a byte is on.
    fn at(&self, offset: usize) -> Begin {
        let (block, rest) = self.block(offset);
        self.begins[block].after(block * BLOCK, rest)
    }

    /// Returns where a line (counted from 0) starts, or `None` after the last line.
    fn start(&self, line: usize) -> Option<usize> {
        // The line break before it lies in the last block that begins on an earlier line.
        let block = self.begins.partition_point(|begin| begin.line < line);
        let Some(block) = block.checked_sub(1) else {
            return Some(0);
        };
        let rest = self.text.as_bytes().get(block * BLOCK..)?;
        let mut breaks = memchr_iter(b'\n', &rest[..rest.len().min(BLOCK)]);
        let at = breaks.nth(line - self.begins[block].line - 1)?;
        Some(block * BLOCK + at + 1)
    }

    /// Returns the nearest character boundary at or before a byte offset.
    pub fn boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }

    /// Returns the line of a byte, from 0.
    pub fn line(&self, offset: usize) -> usize {
        let (block, rest) = self.block(offset);
        self.begins[block].line + memchr_iter(b'\n', rest).count()
    }

    /// Returns the range of a line (counted from 0) without its line break, or an empty range after
    /// the last line.
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = self.start(line).unwrap_or(self.text.len());
        let next = self.start(line + 1);
        let end = next.map_or(self.text.len(), |next| next - 1);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }

    /// Returns the text of a range, or an empty string if the range is not in the text.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the line and column of a byte, both from 1. A byte order mark is not counted.
    pub fn position(&self, offset: usize, unit: Unit) -> LineColumn {
        let Begin { line, start } = self.at(offset);
        let start = match line {
            0 => after_mark(self.text),
            _ => start,
        };
        LineColumn {
            line: line + 1,
            column: self.between(start, offset.max(start), unit) + 1,
        }
    }

    /// Returns the number of units before a byte on its line.
    pub fn column(&self, offset: usize, unit: Unit) -> usize {
        self.between(self.at(offset).start, offset, unit)
    }

    fn between(&self, start: usize, end: usize, unit: Unit) -> usize {
        let count = match self.text.as_bytes().get(start..end) {
            Some(near) if near.len() <= BLOCK => Count::of(near),
            _ => self.count(end).minus(self.count(start)),
        };
        match unit {
            Unit::Bytes => end - start,
            Unit::Characters => count.chars,
            Unit::Utf16 => count.units,
        }
    }

    fn count(&self, offset: usize) -> Count {
        let offset = offset.min(self.text.len());
        let counts = self.counts.get_or_init(|| counts(self.text.as_bytes()));
        let before = counts.get(offset / BLOCK).copied().unwrap_or_default();
        before.plus(Count::of(
            &self.text.as_bytes()[offset / BLOCK * BLOCK..offset],
        ))
    }
}

/// Counts the characters before each block of a text.
fn counts(text: &[u8]) -> Vec<Count> {
    let mut sum = Count::default();
    let mut counts = vec![sum];
    for block in text.chunks(BLOCK) {
        sum = sum.plus(Count::of(block));
        counts.push(sum);
    }
    counts
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
    memchr_iter(b'\n', &text[..offset.min(text.len())]).count() + 1
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

    #[test]
    fn lines_of_any_length() {
        for break_every in [1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            for length in [0, BLOCK, 3 * BLOCK + 5] {
                let text: String = (1..=length)
                    .map(|nth| if nth % break_every == 0 { '\n' } else { 'é' })
                    .collect();
                let lines = Lines::new(&text);
                let mut all: Vec<&str> = text.split('\n').collect();
                all.push("");
                for (nth, line) in all.iter().enumerate() {
                    assert_eq!(lines.slice(lines.range(nth)), *line);
                }
                let (mut line, mut column) = (1, 1);
                for (at, c) in text.char_indices() {
                    let found = lines.position(at, Unit::Characters);
                    assert_eq!(found, LineColumn { line, column });
                    (line, column) = match c {
                        '\n' => (line + 1, 1),
                        _ => (line, column + 1),
                    };
                }
                assert_eq!(lines.line(text.len()), line - 1);
            }
        }
    }
}

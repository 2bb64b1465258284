//! The tables of an import, row by row, whatever they are written in.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Read};

use crate::exchange::delimited::{Broken, Delimited, Dialect};
use crate::exchange::finding::{Finding, Findings, Spot};

/// A row of a table.
#[derive(Debug, Default)]
pub struct Line {
    /// Its cells.
    pub cells: Vec<String>,
    /// The line on which it starts, or its row in a sheet, from 1.
    pub line: usize,
    /// The line on which each cell starts, where that is another one.
    pub lines: Vec<usize>,
    /// Whether it can't be read.
    pub is_broken: bool,
    /// Whether a quote in it is never closed, so that the rest of the table is in one cell.
    pub is_endless: bool,
}

/// A table that is read row by row.
pub trait Rows {
    /// Reads the next row into `line`, and reports what is wrong with its cells. Returns `false` at the
    /// end.
    ///
    /// # Errors
    /// If the file can't be read.
    fn next(&mut self, line: &mut Line, found: &mut Findings) -> io::Result<bool>;

    /// Returns the table as a place.
    fn spot(&self) -> Spot;

    /// Returns whether some of its cells are dates, not texts; they are written as in the format.
    fn has_dates(&self) -> bool {
        false
    }
}

/// A table that is in memory.
#[derive(Debug, Default)]
pub struct Listed {
    /// The table as a place.
    pub spot: Spot,
    /// The rows, each with its line or number.
    pub rows: VecDeque<(usize, Vec<String>)>,
    /// What is wrong with cells, by line; a row with such a cell is left out.
    pub wrong: HashMap<usize, Vec<Finding>>,
    /// Whether dates are written as in the format, whatever a map says of others.
    pub has_dates: bool,
}

#[cfg(any(feature = "sheets", feature = "dna"))]
impl Listed {
    /// Notes that a cell is wrong.
    pub(crate) fn report(
        &mut self,
        line: usize,
        column: usize,
        message: String,
        help: Option<&str>,
    ) {
        let spot = Spot {
            line,
            column,
            ..self.spot.clone()
        };
        self.wrong.entry(line).or_default().push(Finding {
            spot,
            message,
            help: help.map(str::to_owned),
        });
    }
}

impl Rows for Listed {
    fn next(&mut self, line: &mut Line, found: &mut Findings) -> io::Result<bool> {
        let Some((number, cells)) = self.rows.pop_front() else {
            return Ok(false);
        };
        line.line = number;
        line.lines.clear();
        line.cells = cells;
        let wrong = self.wrong.remove(&number).unwrap_or_default();
        line.is_broken = !wrong.is_empty();
        for finding in wrong {
            found.add(finding);
        }
        Ok(true)
    }

    fn spot(&self) -> Spot {
        self.spot.clone()
    }

    fn has_dates(&self) -> bool {
        self.has_dates
    }
}

/// A table in which a character separates columns.
pub struct CsvRows<R> {
    table: Delimited<R>,
    name: String,
    encoding: Encoding,
}

impl<R: Read> CsvRows<R> {
    /// Starts reading.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn new(
        from: R,
        dialect: Dialect,
        encoding: Encoding,
        name: String,
    ) -> io::Result<CsvRows<R>> {
        let table = Delimited::new(from, dialect)?;
        Ok(CsvRows {
            table,
            name,
            encoding,
        })
    }

    fn report(&self, found: &mut Findings, nth: usize, message: String, help: Option<&str>) {
        found.add(Finding {
            spot: Spot {
                line: self.table.line_of(nth),
                column: nth + 1,
                ..self.spot()
            },
            message,
            help: help.map(str::to_owned),
        });
    }
}

impl<R: Read> Rows for CsvRows<R> {
    fn next(&mut self, line: &mut Line, found: &mut Findings) -> io::Result<bool> {
        loop {
            if !self.table.advance()? {
                return Ok(false);
            }
            if !self.table.is_empty() {
                break;
            }
        }
        line.line = self.table.line();
        line.is_broken = false;
        line.lines.clear();
        line.cells.iter_mut().for_each(String::clear);
        line.cells.resize(self.table.len(), String::new());
        if let Some((nth, broken)) = self.table.broken() {
            line.is_broken = true;
            line.is_endless = broken == Broken::Unclosed;
            let help = "a quote within a quoted field is written twice";
            self.report(found, nth, broken.words().to_owned(), Some(help));
            return Ok(true);
        }
        for (nth, cell) in line.cells.iter_mut().enumerate() {
            match self.table.text(nth) {
                Ok(text) => cell.push_str(&text),
                Err(byte) => {
                    line.is_broken = true;
                    let (message, help) = self.encoding.refusal(byte);
                    self.report(found, nth, message, Some(help));
                }
            }
        }
        if self.table.line_of(line.cells.len().saturating_sub(1)) != line.line {
            line.lines
                .extend((0..line.cells.len()).map(|nth| self.table.line_of(nth)));
        }
        Ok(true)
    }

    fn spot(&self) -> Spot {
        Spot::table(&self.name)
    }
}

/// The encodings that a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16; the byte-order mark says which end comes first, else the little one.
    Utf16,
    /// The encoding of Windows in Western Europe.
    Windows1252,
    /// ISO 8859-1.
    Latin1,
}

impl Encoding {
    /// The names that a map may give, and what they mean.
    pub const NAMES: &[(&str, Encoding)] = &[
        ("utf-8", Encoding::Utf8),
        ("utf-16", Encoding::Utf16),
        ("windows-1252", Encoding::Windows1252),
        ("latin-1", Encoding::Latin1),
    ];

    /// Says what is wrong with a byte that is no character, and what to do about it.
    fn refusal(self, byte: u8) -> (String, &'static str) {
        let other = "state another encoding in the map";
        match self {
            Encoding::Utf16 => ("half of a character of UTF-16".to_owned(), other),
            Encoding::Windows1252 => {
                let message = format!("the byte {byte:#04X} is not windows-1252");
                (message, other)
            }
            Encoding::Utf8 | Encoding::Latin1 => (
                format!("the byte {byte:#04X} is not UTF-8"),
                "state the encoding in the map, such as `encoding: \"windows-1252\"`",
            ),
        }
    }
}

/// What is written for half a character of UTF-16: no byte of UTF-8.
const HALF: u8 = 0xff;

/// The characters of windows-1252 where it differs from Latin-1, from 0x80. A few bytes are none: they
/// stand for themselves.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Turns bytes of another encoding into UTF-8 while they are read.
pub struct Decoded<R> {
    from: R,
    encoding: Encoding,
    /// What is decoded and not yet taken.
    ready: Vec<u8>,
    taken: usize,
    /// What is read and not yet decoded: half a character.
    rest: Vec<u8>,
    /// Whether UTF-16 is big-endian; `None` until the first bytes are read.
    is_big: Option<bool>,
}

impl<R: Read> Decoded<R> {
    /// Decodes what `from` returns.
    pub fn new(from: R, encoding: Encoding) -> Decoded<R> {
        Decoded {
            from,
            encoding,
            ready: Vec::new(),
            taken: 0,
            rest: Vec::new(),
            is_big: None,
        }
    }

    /// Decodes what was read. What is no character becomes a byte that is not UTF-8, so that whoever
    /// reads the cell finds it.
    fn decode(&mut self, is_last: bool) {
        let mut used = self.rest.len();
        let mut utf8 = [0; 4];
        match self.encoding {
            Encoding::Utf8 => self.ready.extend_from_slice(&self.rest),
            Encoding::Latin1 | Encoding::Windows1252 => {
                let is_windows = self.encoding == Encoding::Windows1252;
                for byte in &self.rest {
                    let own = match byte {
                        0x80..=0x9f if is_windows => WINDOWS[usize::from(byte - 0x80)],
                        byte => char::from(*byte),
                    };
                    let is_none = (0x80..=0x9f).contains(byte) && own == char::from(*byte);
                    match is_windows && is_none {
                        true => self.ready.push(*byte),
                        false => {
                            let character = own.encode_utf8(&mut utf8);
                            self.ready.extend_from_slice(character.as_bytes());
                        }
                    }
                }
            }
            Encoding::Utf16 => {
                let is_big = *self
                    .is_big
                    .get_or_insert_with(|| self.rest.starts_with(&[0xfe, 0xff]));
                let unit = |pair: &[u8]| match is_big {
                    true => u16::from_be_bytes([pair[0], pair[1]]),
                    false => u16::from_le_bytes([pair[0], pair[1]]),
                };
                let mut units: Vec<u16> = self.rest.chunks_exact(2).map(unit).collect();
                let is_first_half = |unit: &u16| (0xd800..0xdc00).contains(unit);
                // The first half of a pair waits for the second.
                if !is_last && units.last().is_some_and(is_first_half) {
                    units.pop();
                }
                used = if is_last { used } else { units.len() * 2 };
                let is_odd = is_last && !self.rest.len().is_multiple_of(2);
                for read in char::decode_utf16(units) {
                    match read {
                        Ok(read) => {
                            let character = read.encode_utf8(&mut utf8);
                            self.ready.extend_from_slice(character.as_bytes());
                        }
                        Err(_) => self.ready.push(HALF),
                    }
                }
                self.ready.extend(is_odd.then_some(HALF));
            }
        }
        self.rest.drain(..used);
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 {
            return self.from.read(into);
        }
        while self.taken == self.ready.len() {
            self.ready.clear();
            self.taken = 0;
            let mut block = [0; 1 << 14];
            let read = self.from.read(&mut block)?;
            self.rest.extend_from_slice(&block[..read]);
            if read == 0 && self.rest.is_empty() {
                return Ok(0);
            }
            self.decode(read == 0);
            if read == 0 {
                break;
            }
        }
        let many = into.len().min(self.ready.len() - self.taken);
        into[..many].copy_from_slice(&self.ready[self.taken..self.taken + many]);
        self.taken += many;
        Ok(many)
    }
}

//! Reads tables in which a character separates columns: CSV (RFC 4180), TSV and their kin. Rows are
//! read one by one, however long the table is.
//!
//! The crate `csv` does not say whether a field was quoted, which is how an empty text differs from
//! none, nor on which line it starts.

use std::borrow::Cow;
use std::io::{self, Read};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What separates columns.
    pub delimiter: u8,
    /// What encloses fields that contain it, or `None` if nothing does.
    pub quote: Option<u8>,
}

/// What is wrong with a row, so that nothing behind it can be trusted or this field can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A quoted field is never closed.
    Unclosed,
    /// Something follows a closing quote.
    AfterQuote,
}

impl Broken {
    /// Returns what is wrong, in words.
    pub fn words(self) -> &'static str {
        match self {
            Broken::Unclosed => "this quote is never closed",
            Broken::AfterQuote => "text follows the closing quote",
        }
    }
}

/// A field of a row: a range of the buffer.
#[derive(Clone, Copy, Debug, Default)]
struct Field {
    start: usize,
    end: usize,
    quoted: bool,
    /// Whether it contains quotes, written twice.
    doubled: bool,
    /// The number of line breaks before it in its row.
    lines: usize,
}

/// Reads the rows of a table.
#[derive(Debug)]
pub struct Delimited<R> {
    from: R,
    dialect: Dialect,
    buffer: Vec<u8>,
    /// Where the next row starts in the buffer.
    next: usize,
    /// Whether everything was read into the buffer.
    is_at_end: bool,
    fields: Vec<Field>,
    /// The line on which the present row starts, from 1.
    line: usize,
    /// The line on which the next row starts.
    next_line: usize,
    broken: Option<(usize, Broken)>,
}

/// How much is read at once.
const BLOCK: usize = 1 << 16;

impl<R: Read> Delimited<R> {
    /// Starts reading. A byte-order mark is not part of the first field.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn new(from: R, dialect: Dialect) -> io::Result<Delimited<R>> {
        let mut table = Delimited {
            from,
            dialect,
            buffer: Vec::new(),
            next: 0,
            is_at_end: false,
            fields: Vec::new(),
            line: 0,
            next_line: 1,
            broken: None,
        };
        table.fill()?;
        if table.buffer.starts_with("\u{feff}".as_bytes()) {
            table.next = 3;
        }
        Ok(table)
    }

    /// Reads more into the buffer. Returns whether there was more.
    fn fill(&mut self) -> io::Result<bool> {
        if self.next > 0 && self.next >= self.buffer.len() / 2 {
            self.buffer.drain(..self.next);
            self.next = 0;
        }
        let before = self.buffer.len();
        let block = BLOCK.max(before - self.next);
        let read = (&mut self.from)
            .take(block as u64)
            .read_to_end(&mut self.buffer)?;
        self.is_at_end = read == 0;
        Ok(read > 0)
    }

    /// Goes to the next row. Returns `false` at the end.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn advance(&mut self) -> io::Result<bool> {
        loop {
            if let Some((next, lines)) = self.parse() {
                self.line = self.next_line;
                self.next_line += lines;
                self.next = next;
                return Ok(true);
            }
            if self.is_at_end {
                return Ok(false);
            }
            self.fill()?;
        }
    }

    /// Parses the row at `next`. Returns where the one after it starts, and the number of lines that it
    /// has; `None` if there is none, or its end is not in the buffer.
    fn parse(&mut self) -> Option<(usize, usize)> {
        self.fields.clear();
        self.broken = None;
        let Dialect { delimiter, quote } = self.dialect;
        let bytes = &self.buffer[..];
        let mut at = self.next;
        let mut lines = 0;
        if at >= bytes.len() {
            return None;
        }
        loop {
            let mut field = Field {
                start: at,
                end: at,
                lines,
                ..Field::default()
            };
            if quote.is_some() && bytes.get(at).copied() == quote {
                (at, lines) = quoted(bytes, at, quote.unwrap_or_default(), lines, &mut field);
                if at > bytes.len() {
                    if !self.is_at_end {
                        return None;
                    }
                    self.broken = Some((self.fields.len(), Broken::Unclosed));
                    self.fields.push(Field {
                        end: bytes.len(),
                        ..field
                    });
                    return Some((bytes.len(), lines + 1));
                }
            }
            let rest = at;
            while let Some(byte) = bytes.get(at) {
                if *byte == delimiter || *byte == b'\n' || *byte == b'\r' {
                    break;
                }
                at += 1;
            }
            if field.quoted && at > rest {
                self.broken = self
                    .broken
                    .or(Some((self.fields.len(), Broken::AfterQuote)));
            }
            if !field.quoted {
                field.end = at;
            }
            self.fields.push(field);
            // A line break of two bytes may be cut by the end of the buffer.
            let is_cut = at >= bytes.len() || bytes[at] == b'\r' && at + 1 == bytes.len();
            if is_cut && !self.is_at_end {
                return None;
            }
            match bytes.get(at) {
                Some(byte) if *byte == delimiter => at += 1,
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => {
                    return Some((at + 2, lines + 1));
                }
                Some(_) => return Some((at + 1, lines + 1)),
                None => return Some((at, lines + 1)),
            }
        }
    }

    /// Returns the number of fields of the row.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Returns whether the row is an empty line.
    pub fn is_empty(&self) -> bool {
        matches!(self.fields[..], [Field { start, end, quoted: false, .. }] if start == end)
    }

    /// Returns the line on which the row starts, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the line on which a field starts.
    pub fn line_of(&self, nth: usize) -> usize {
        self.line + self.fields.get(nth).map_or(0, |field| field.lines)
    }

    /// Returns the first field that is broken, and how.
    pub fn broken(&self) -> Option<(usize, Broken)> {
        self.broken
    }

    /// Returns whether a field is quoted.
    pub fn is_quoted(&self, nth: usize) -> bool {
        self.fields.get(nth).is_some_and(|field| field.quoted)
    }

    /// Returns the text of a field; empty if the row has no such field.
    ///
    /// # Errors
    /// Returns the first byte that is not UTF-8.
    pub fn text(&self, nth: usize) -> Result<Cow<'_, str>, u8> {
        let Some(field) = self.fields.get(nth) else {
            return Ok(Cow::Borrowed(""));
        };
        let bytes = &self.buffer[field.start..field.end];
        let text = std::str::from_utf8(bytes)
            .map_err(|error| bytes.get(error.valid_up_to()).copied().unwrap_or_default())?;
        Ok(match self.dialect.quote.filter(|_| field.doubled) {
            Some(quote) => {
                let quote = char::from(quote).to_string();
                Cow::Owned(text.replace(&quote.repeat(2), &quote))
            }
            None => Cow::Borrowed(text),
        })
    }
}

/// Parses a quoted field at an offset. Returns the offset behind it, past the end of the text if it is
/// never closed, and the number of line breaks of the row up to there.
fn quoted(
    bytes: &[u8],
    start: usize,
    quote: u8,
    mut lines: usize,
    field: &mut Field,
) -> (usize, usize) {
    field.quoted = true;
    field.start = start + 1;
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        if *byte == quote {
            if bytes.get(at + 1) != Some(&quote) {
                field.end = at;
                return (at + 1, lines);
            }
            field.doubled = true;
            at += 1;
        } else if *byte == b'\n' || *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            lines += 1;
        }
        at += 1;
    }
    (bytes.len() + 1, lines)
}

#[cfg(test)]
mod tests {
    use super::{Broken, Delimited, Dialect};
    use proptest::prelude::*;

    const CSV: Dialect = Dialect {
        delimiter: b',',
        quote: Some(b'"'),
    };

    /// A reader that returns a byte at a time, to cut everything anywhere.
    struct Drops<'b>(&'b [u8]);

    impl std::io::Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let many = self.0.len().min(into.len()).min(1);
            into[..many].copy_from_slice(&self.0[..many]);
            self.0 = &self.0[many..];
            Ok(many)
        }
    }

    fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
        let mut table = Delimited::new(Drops(bytes), CSV).unwrap();
        let mut rows = Vec::new();
        while table.advance().unwrap() {
            let fields = (0..table.len()).map(|nth| table.text(nth).unwrap().into_owned());
            rows.push((table.line(), fields.collect()));
        }
        rows
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let text = b"\xef\xbb\xbfa,b\r\n\"1\n2\",\"say \"\"hi\"\"\"\rlast,";
        let all = rows(text);
        let fields = |row: &[&str]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            all,
            [
                (1, fields(&["a", "b"])),
                (2, fields(&["1\n2", "say \"hi\""])),
                (4, fields(&["last", ""]))
            ]
        );
    }

    #[test]
    fn what_is_broken_is_told() {
        for (text, broken) in [
            ("a,\"b", Some((1, Broken::Unclosed))),
            ("\"a\"x,b", Some((0, Broken::AfterQuote))),
            ("a\"x,b", None),
        ] {
            let mut table = Delimited::new(text.as_bytes(), CSV).unwrap();
            table.advance().unwrap();
            assert_eq!(table.broken(), broken, "{text}");
        }
    }

    proptest! {
        /// The crate `csv` reads the same.
        #[test]
        fn what_csv_reads(text in "[ab,\"\n\r]{0,40}") {
            let mut other = csv::ReaderBuilder::new().has_headers(false).flexible(true)
                .from_reader(text.as_bytes());
            let other: Vec<Vec<String>> = other.records().map(|row| {
                row.unwrap().iter().map(ToOwned::to_owned).collect()
            }).collect();
            let mut table = Delimited::new(text.as_bytes(), CSV).unwrap();
            let mut own = Vec::new();
            while table.advance().unwrap() {
                // What is broken is refused here.
                prop_assume!(table.broken().is_none());
                if !table.is_empty() {
                    own.push((0..table.len()).map(|nth| table.text(nth).unwrap().into_owned()).collect::<Vec<_>>());
                }
            }
            prop_assert_eq!(own, other);
        }
    }
}

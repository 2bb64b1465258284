//! The tables as CSV (RFC 4180): a file for each, with a header. Nothing is an empty field; an empty
//! text is a quoted one, `""`.
//!
//! For a spreadsheet, a byte-order mark comes first, semicolons come with decimal commas, and text
//! that it would run as a formula gets an apostrophe.

use std::io::{self, Write};

use crate::exchange::tables::{Cell, Sink, Table};
use crate::render::Spreadsheet;

/// Writes tables as CSV, each to a writer of its own.
#[derive(Debug)]
pub struct Csv<W> {
    style: Option<Spreadsheet>,
    files: Vec<W>,
    line: Vec<u8>,
    /// The number of rows written.
    pub rows: usize,
}

impl<W: Write> Csv<W> {
    /// Opens a file for each table, and writes the headers. `open` is given the name of the file.
    ///
    /// # Errors
    /// If one can't be opened or written.
    pub fn new(
        style: Option<Spreadsheet>,
        mut open: impl FnMut(&str) -> io::Result<W>,
    ) -> io::Result<Csv<W>> {
        let mut csv = Csv {
            style,
            files: Vec::new(),
            line: Vec::new(),
            rows: 0,
        };
        for table in Table::ALL {
            let mut file = open(&file_name(*table))?;
            if style.is_some() {
                file.write_all("\u{feff}".as_bytes())?;
            }
            let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
            let delimiter = char::from(csv.delimiter()).to_string();
            writeln!(file, "{}", names.join(&delimiter))?;
            csv.files.push(file);
        }
        Ok(csv)
    }

    /// Writes out what is left.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn finish(mut self) -> io::Result<Vec<W>> {
        for file in &mut self.files {
            file.flush()?;
        }
        Ok(self.files)
    }

    fn delimiter(&self) -> u8 {
        match self.style {
            Some(Spreadsheet::Semicolon) => b';',
            Some(Spreadsheet::Comma) | None => b',',
        }
    }

    fn field(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        match cell {
            Cell::Nothing => Ok(()),
            Cell::Text(text) => {
                self.text(text);
                Ok(())
            }
            Cell::Whole(number) => write!(self.line, "{number}"),
            Cell::Number(number) => {
                // The shortest text that reads back as the same number.
                let text = format!("{number:?}");
                let text = text.strip_suffix(".0").unwrap_or(&text);
                let text = match self.style {
                    Some(Spreadsheet::Semicolon) => text.replace('.', ","),
                    Some(Spreadsheet::Comma) | None => text.to_owned(),
                };
                self.text_as_is(&text);
                Ok(())
            }
            Cell::Day(day) => write!(self.line, "{day}"),
            Cell::Flag(flag) => write!(self.line, "{flag}"),
        }
    }

    fn text(&mut self, text: &str) {
        match self.style {
            Some(_) if is_run(text) => self.text_as_is(&format!("'{text}")),
            _ => self.text_as_is(text),
        }
    }

    fn text_as_is(&mut self, text: &str) {
        let is_plain = !text.is_empty()
            && !text
                .bytes()
                .any(|b| matches!(b, b',' | b';' | b'"' | b'\n' | b'\r'))
            && text.trim() == text;
        if is_plain {
            self.line.extend_from_slice(text.as_bytes());
            return;
        }
        self.line.push(b'"');
        self.line
            .extend_from_slice(text.replace('"', "\"\"").as_bytes());
        self.line.push(b'"');
    }
}

impl<W: Write> Sink for Csv<W> {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        self.line.clear();
        for (nth, cell) in cells.iter().enumerate() {
            if nth > 0 {
                self.line.push(self.delimiter());
            }
            self.field(cell)?;
        }
        self.line.push(b'\n');
        self.rows += 1;
        match self.files.get_mut(table as usize) {
            Some(file) => file.write_all(&self.line),
            None => Ok(()),
        }
    }
}

/// Returns the name of the file of a table.
pub fn file_name(table: Table) -> String {
    format!("{}.csv", table.name())
}

/// Returns whether a spreadsheet would run a text as a formula. One that starts with apostrophes
/// before such a character gets one more, so that taking one off restores it.
fn is_run(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

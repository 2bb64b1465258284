//! The tables as CSV (RFC 4180): a file for each, with a header. Nothing is an empty field; an empty
//! text is a quoted one, `""`.
//!
//! For a spreadsheet, a byte-order mark comes first, semicolons come with decimal commas, and text
//! that it would run as a formula gets an apostrophe.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::exchange::back::Tables;
use crate::exchange::delimited::{Delimited, Dialect};
use crate::exchange::finding::{Finding, Findings, Spot};
use crate::exchange::tables::{Cell, Column, Row, Sink, Table, Type};
use crate::model::Date;
use crate::render::Spreadsheet;
use crate::words::{counted, either, equally_near};

/// How a table is written.
#[derive(Clone, Copy, Debug)]
struct Style {
    delimiter: u8,
    /// Whether text that a spreadsheet would run has an apostrophe before it.
    is_of_spreadsheet: bool,
}

/// The byte-order mark, by which a spreadsheet knows that a table is in UTF-8.
const MARK: &str = "\u{feff}";

impl Style {
    fn new(spreadsheet: Option<Spreadsheet>) -> Style {
        Style {
            delimiter: match spreadsheet {
                Some(Spreadsheet::Semicolon) => b';',
                Some(Spreadsheet::Comma) | None => b',',
            },
            is_of_spreadsheet: spreadsheet.is_some(),
        }
    }

    /// Recognises the style of a table by its mark and its header.
    fn of(bytes: &[u8]) -> Style {
        let header = bytes.split(|byte| *byte == b'\n').next();
        let has_semicolon = header.is_some_and(|header| header.contains(&b';'));
        Style {
            delimiter: if has_semicolon { b';' } else { b',' },
            is_of_spreadsheet: bytes.starts_with(MARK.as_bytes()),
        }
    }

    /// Returns what separates the decimals of a number.
    fn decimal(self) -> &'static str {
        if self.delimiter == b';' { "," } else { "." }
    }
}

/// Writes tables as CSV, each to a writer of its own.
#[derive(Debug)]
pub struct Csv<W> {
    style: Style,
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
        spreadsheet: Option<Spreadsheet>,
        mut open: impl FnMut(&str) -> io::Result<W>,
    ) -> io::Result<Csv<W>> {
        let style = Style::new(spreadsheet);
        let mut csv = Csv {
            style,
            files: Vec::new(),
            line: Vec::new(),
            rows: 0,
        };
        for table in Table::ALL {
            let mut file = open(&table.file_name("csv"))?;
            if style.is_of_spreadsheet {
                file.write_all(MARK.as_bytes())?;
            }
            let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
            let delimiter = char::from(style.delimiter).to_string();
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
                self.text_as_is(&text.replace('.', self.style.decimal()));
                Ok(())
            }
            Cell::Day(day) => write!(self.line, "{day}"),
            Cell::Flag(flag) => write!(self.line, "{flag}"),
        }
    }

    fn text(&mut self, text: &str) {
        match self.style.is_of_spreadsheet && is_run(text) {
            true => self.text_as_is(&format!("'{text}")),
            false => self.text_as_is(text),
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
                self.line.push(self.style.delimiter);
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

/// Returns whether a spreadsheet would run a text as a formula. One that starts with apostrophes
/// before such a character gets one more, so that taking one off restores it.
fn is_run(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Reads tables that [`Csv`] wrote.
pub struct CsvTables<'f> {
    /// The bytes of each file that there is.
    files: Vec<(Table, Vec<u8>)>,
    /// Returns the name of a table's file in messages.
    name: &'f dyn Fn(Table) -> String,
}

impl<'f> CsvTables<'f> {
    /// Takes the bytes of each file.
    pub fn new(files: Vec<(Table, Vec<u8>)>, name: &'f dyn Fn(Table) -> String) -> CsvTables<'f> {
        CsvTables { files, name }
    }
}

impl Tables for CsvTables<'_> {
    fn rows<R: Row<'static>>(&mut self, found: &mut Findings) -> Vec<(R, usize)> {
        let file = self.files.iter().find(|(table, _)| *table == R::TABLE);
        let Some((table, bytes)) = file else {
            return Vec::new();
        };
        let reading = Reading {
            table: *table,
            name: (self.name)(*table),
            bytes,
            style: Style::of(bytes),
        };
        reading.rows(found)
    }

    fn name(&self, table: Table) -> String {
        (self.name)(table)
    }
}

/// Reads one file.
struct Reading<'b> {
    table: Table,
    name: String,
    bytes: &'b [u8],
    style: Style,
}

impl Reading<'_> {
    fn spot(&self, line: usize, column: usize, heading: Option<&str>) -> Spot {
        Spot {
            table: self.name.clone(),
            line,
            column,
            heading: heading.map(ToOwned::to_owned),
            ..Spot::default()
        }
    }

    fn report(&self, found: &mut Findings, spot: Spot, message: impl Into<String>) {
        found.add(Finding {
            spot,
            message: message.into(),
            help: None,
        });
    }

    fn rows<R: Row<'static>>(&self, found: &mut Findings) -> Vec<(R, usize)> {
        let mut rows = Vec::new();
        let dialect = Dialect {
            delimiter: self.style.delimiter,
            quote: Some(b'"'),
        };
        let Ok(mut fields) = Delimited::new(self.bytes, dialect) else {
            return rows;
        };
        if !matches!(fields.advance(), Ok(true)) {
            self.report(found, self.spot(1, 0, None), "the table has no header");
            return rows;
        }
        let Some(order) = self.columns(&fields, found) else {
            return rows;
        };
        let width = fields.len();
        while let Ok(true) = fields.advance() {
            let line = fields.line();
            if fields.is_empty() {
                continue;
            }
            if let Some((nth, broken)) = fields.broken() {
                let spot = self.spot(fields.line_of(nth), nth + 1, None);
                self.report(found, spot, broken.words());
            } else if fields.len() != width {
                let spot = self.spot(line, fields.len().min(width), None);
                let message = format!("a row of {}, not {width}", counted(fields.len(), "column"));
                self.report(found, spot, message);
            } else if let Some(row) = self.row::<R>(&fields, &order, found) {
                rows.push((row, line));
            }
        }
        rows
    }

    /// Returns for each column of the table the number of its field.
    fn columns(
        &self,
        header: &Delimited<&[u8]>,
        found: &mut Findings,
    ) -> Option<Vec<Option<usize>>> {
        let known = self.table.columns();
        let mut order = vec![None; known.len()];
        for nth in 0..header.len() {
            let name = header.text(nth).unwrap_or_default();
            let name = name.trim();
            match known.iter().position(|column| column.name == name) {
                Some(column) if order[column].is_none() => order[column] = Some(nth),
                Some(_) => {
                    let spot = self.spot(1, nth + 1, Some(name));
                    self.report(found, spot, format!("a second column `{name}`"));
                }
                None => {
                    let near = equally_near(name, known.iter().map(|column| column.name));
                    let help = (!near.is_empty())
                        .then(|| format!("did you mean {}?", either(near.iter())));
                    found.add(Finding {
                        spot: self.spot(1, nth + 1, None),
                        message: format!("the table has no column `{name}`"),
                        help,
                    });
                }
            }
        }
        let is_missing = |(column, field): &(&Column, &Option<usize>)| {
            field.is_none() && !column.is_optional && !column.is_derived()
        };
        let missing = known.iter().zip(&order).find(is_missing);
        if let Some((column, _)) = missing {
            let message = format!("the column `{}` is missing", column.name);
            self.report(found, self.spot(1, 0, None), message);
            return None;
        }
        Some(order)
    }

    fn row<R: Row<'static>>(
        &self,
        fields: &Delimited<&[u8]>,
        order: &[Option<usize>],
        found: &mut Findings,
    ) -> Option<R> {
        let columns = self.table.columns();
        let mut cells = Vec::with_capacity(columns.len());
        let before = found.count;
        for (column, field) in columns.iter().zip(order) {
            if column.is_derived() {
                cells.push(match column.holds {
                    Type::Flag => Cell::Flag(false),
                    _ => Cell::Nothing,
                });
                continue;
            }
            let cell = field.map_or(Ok(Cell::Nothing), |nth| {
                self.cell(fields, nth, column.holds)
            });
            let cell = match cell {
                Ok(Cell::Nothing) if !column.is_optional => Err("it is empty".to_owned()),
                cell => cell,
            };
            cells.push(cell.unwrap_or_else(|message| {
                let nth = field.unwrap_or_default();
                let spot = self.spot(fields.line_of(nth), nth + 1, Some(column.name));
                self.report(found, spot, message);
                Cell::Nothing
            }));
        }
        (found.count == before)
            .then(|| R::of_cells(cells).ok())
            .flatten()
    }

    fn cell(
        &self,
        fields: &Delimited<&[u8]>,
        nth: usize,
        holds: Type,
    ) -> Result<Cell<'static>, String> {
        let text = fields
            .text(nth)
            .map_err(|byte| format!("the byte {byte:#04X} is not UTF-8"))?;
        if text.is_empty() && !(holds == Type::Text && fields.is_quoted(nth)) {
            return Ok(Cell::Nothing);
        }
        let of = |cell: Option<Cell<'static>>| {
            cell.ok_or_else(|| format!("`{text}` is no {}", holds.word()))
        };
        match holds {
            Type::Text => Ok(Cell::Text(Cow::Owned(self.unguarded(&text).to_owned()))),
            Type::Whole => of(text.parse().ok().map(Cell::Whole)),
            Type::Number => {
                let text = text.replace(self.style.decimal(), ".");
                let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
                of(number.map(Cell::Number))
            }
            Type::Day => {
                let date: Option<Date> = text.parse().ok();
                let period = date.map(Date::period);
                let day = period.filter(|period| period.from == period.to);
                of(day.map(|period| Cell::Day(period.from)))
            }
            Type::Flag => of(match text.to_ascii_lowercase().as_str() {
                "true" => Some(Cell::Flag(true)),
                "false" => Some(Cell::Flag(false)),
                _ => None,
            }),
        }
    }

    /// Takes off the apostrophe before text that a spreadsheet would run.
    fn unguarded<'t>(&self, text: &'t str) -> &'t str {
        let guarded = text.strip_prefix('\'').filter(|text| is_run(text));
        match guarded {
            Some(text) if self.style.is_of_spreadsheet => text,
            _ => text,
        }
    }
}

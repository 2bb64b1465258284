//! A table of an answer as CSV (RFC 4180, with a header): ids and names, in columns that don't
//! depend on what the rows hold.

use std::io::{self, Write};

use crate::graph::{Entity, Graph};
use crate::measure::agreement::Half;
use crate::query::{Column, Figure, Matrix, Section, Value};
use crate::render::Why;
use crate::render::fields::{Field, headings, in_parts, matrix_headings};
use crate::render::lined::collected;

/// The kind of spreadsheet program the CSV is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spreadsheet {
    /// Separates columns by commas.
    Comma,
    /// Separates columns by semicolons, and writes numbers with a decimal comma.
    Semicolon,
}

/// Writes a table as CSV; with [`Why::Shown`], one line per record behind each row. For a
/// spreadsheet, adds a byte order mark, and an apostrophe before text that it would run as a
/// formula.
pub fn csv(
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
    spreadsheet: Option<Spreadsheet>,
) -> String {
    collected(|out| write_csv(out, graph, section, why, spreadsheet))
}

/// Like [`csv`], but writes the table row by row.
pub(crate) fn write_csv(
    out: &mut dyn Write,
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
    spreadsheet: Option<Spreadsheet>,
) -> io::Result<()> {
    let style = Style(spreadsheet);
    if spreadsheet.is_some() {
        out.write_all("\u{feff}".as_bytes())?;
    }
    match section.matrix {
        Some(matrix) => matrix_table(out, graph, matrix, style),
        None => table(out, graph, section, why, style),
    }
}

/// Writes numbers and text for the chosen spreadsheet, if any.
#[derive(Clone, Copy)]
struct Style(Option<Spreadsheet>);

impl Style {
    fn delimiter(self) -> u8 {
        match self.0 {
            Some(Spreadsheet::Semicolon) => b';',
            Some(Spreadsheet::Comma) | None => b',',
        }
    }

    fn number(self, number: f64) -> String {
        match self.0 {
            Some(Spreadsheet::Semicolon) => number.to_string().replace('.', ","),
            Some(Spreadsheet::Comma) | None => number.to_string(),
        }
    }

    /// Escapes text that a spreadsheet would run with an apostrophe. Text that already starts with
    /// apostrophes before such a character gets one more, so that removing one restores the
    /// original.
    fn text(self, text: &str) -> String {
        let is_run = text
            .trim_start_matches('\'')
            .starts_with(['=', '+', '-', '@', '\t', '\r']);
        match self.0 {
            Some(_) if is_run => format!("'{text}"),
            _ => text.to_owned(),
        }
    }

    fn field(self, field: &Field<'_>) -> String {
        match field {
            Field::Text(text) => self.text(text),
            field => field.written(&|number| self.number(number)).into_owned(),
        }
    }

    fn writer<W: Write>(self, to: W) -> csv::Writer<W> {
        csv::WriterBuilder::new()
            .delimiter(self.delimiter())
            .from_writer(to)
    }
}

/// Returns whether a line is the header of a table with these columns or, if `of` is `None`, of a
/// matrix, for any spreadsheet.
pub fn is_header(line: &str, of: Option<&[Column]>) -> bool {
    let keys = line.trim_start_matches('\u{feff}').trim_end();
    let keys: Vec<&str> = keys.split([',', ';']).collect();
    match of {
        Some(of) => {
            let headings = headings(of, Why::Brief);
            let mut pairs = headings.iter().zip(&keys);
            keys.len() >= headings.len() && pairs.all(|(heading, key)| heading.name == *key)
        }
        None => keys.first() == Some(&"actor"),
    }
}

fn table(
    out: &mut dyn Write,
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
    style: Style,
) -> io::Result<()> {
    let headings = headings(section.rows.columns(), why);
    let header = headings.iter().map(|heading| &heading.name);
    let mut first = style.writer(Vec::new());
    first.write_record(header).map_err(unwrapped)?;
    let mut pass_on = |part: csv::Writer<Vec<u8>>| match part.into_inner() {
        Ok(bytes) => out.write_all(&bytes),
        Err(error) => Err(io::Error::other(error.to_string())),
    };
    pass_on(first)?;
    let new = || style.writer(Vec::new());
    let put = |part: &mut csv::Writer<Vec<u8>>, fields: &[Field<'_>]| {
        // Writing to memory can't fail.
        let _ = part.write_record(fields.iter().map(|field| style.field(field)));
    };
    in_parts(graph, section.rows, why, new, put, pass_on)?;
    out.flush()
}

/// Returns the error of whatever is written to, so that a closed pipe is known as one.
fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// Writes the columns of one cell: of a net count both sides, else the number or the word, and the
/// number of records it rests on.
fn push_figure(lines: &mut Vec<u8>, figure: Figure, style: Style) {
    let delimiter = style.delimiter();
    match (figure.sides, figure.value) {
        (Some((same, opposite)), _) => {
            push_whole(lines, same as i32 - opposite as i32);
            lines.push(delimiter);
            push_whole(lines, same as i32);
            lines.push(delimiter);
            push_whole(lines, opposite as i32);
        }
        (None, Value::Number(number)) => {
            // Most numbers are small and whole. Writing to memory can't fail.
            if f64::from(number as i32) == number {
                push_whole(lines, number as i32);
            } else {
                let _ = write!(lines, "{}", style.number(number));
            }
            lines.extend([delimiter, delimiter]);
            push_whole(lines, figure.on as i32);
        }
        (None, Value::Word(word)) => {
            lines.push(delimiter);
            lines.extend_from_slice(word.key().as_bytes());
            lines.push(delimiter);
            push_whole(lines, figure.on as i32);
        }
    }
}

/// Writes a matrix, one line per non-empty cell; a symmetric one lists each pair once. Names would
/// make the table four times as long, so only a spreadsheet gets them beside the ids.
fn matrix_table(
    out: &mut dyn Write,
    graph: &Graph,
    matrix: &Matrix,
    style: Style,
) -> io::Result<()> {
    let mut header = style.writer(&mut *out);
    let keys = matrix_headings(matrix).map(|heading| heading.name);
    header.write_record(keys).map_err(unwrapped)?;
    header.flush()?;
    drop(header);
    let half = if matrix.is_symmetric() {
        Half::Before
    } else {
        Half::Both
    };
    let delimiter = style.delimiter();
    // Quote each name once, not again in each of its cells.
    let named = |things: &[Entity]| -> Vec<Vec<u8>> {
        let quoted = |entity: &Entity| {
            let mut writer = style.writer(Vec::new());
            let _ = writer.write_record(
                [graph.id(*entity), graph.name(*entity)].map(|text| style.text(text)),
            );
            let mut quoted = writer.into_inner().unwrap_or_default();
            quoted.pop();
            quoted.push(delimiter);
            quoted
        };
        things.iter().map(quoted).collect()
    };
    let (rows, columns) = (named(&matrix.rows), named(&matrix.columns));
    let lines = matrix.fold(half, Vec::new, |lines: &mut Vec<u8>, line| {
        line.each(|column, figure| {
            // List the lesser of a pair first.
            let (first, second) = match half {
                Half::Before => (&rows[column], &rows[line.row]),
                Half::Both => (&rows[line.row], &columns[column]),
            };
            lines.extend_from_slice(first);
            lines.extend_from_slice(second);
            push_figure(lines, figure, style);
            lines.push(b'\n');
        });
    });
    lines.iter().try_for_each(|lines| out.write_all(lines))
}

fn push_whole(out: &mut Vec<u8>, number: i32) {
    if number < 0 {
        out.push(b'-');
    }
    let (mut digits, mut left) = ([b'0'; 10], number.unsigned_abs());
    if left < 10 {
        return out.push(b'0' + left as u8);
    }
    let mut at = digits.len() - 1;
    while left >= 10 {
        digits[at] += (left % 10) as u8;
        (at, left) = (at - 1, left / 10);
    }
    digits[at] += left as u8;
    out.extend_from_slice(&digits[at..]);
}

//! The tables as Parquet: a file for each, in row groups. Only the group that is being filled is in
//! memory. Days are dates, and what is nothing is null.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriterImpl;
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{ColumnPath, Type as Schema, TypePtr};

use crate::exchange::tables::{Cell, Column, Sink, Table, Type, VERSION};

/// The most rows of a group, and about the most bytes of text.
const MOST_ROWS: usize = 122_880;
const MOST_BYTES: usize = 32 << 20;

/// What the files say they were made by. Readers expect the word `version`.
const MADE_BY: &str = concat!("demarche version ", env!("CARGO_PKG_VERSION"));

/// Writes tables as Parquet, each to a writer of its own.
pub struct Parquet<W: Write + Send> {
    files: Vec<Filling<W>>,
    /// The number of rows written.
    pub rows: usize,
}

impl<W: Write + Send> Parquet<W> {
    /// Opens a file for each table. `open` is given the name of the file.
    ///
    /// # Errors
    /// If one can't be opened or written.
    pub fn new(mut open: impl FnMut(&str) -> io::Result<W>) -> io::Result<Parquet<W>> {
        let mut files = Vec::new();
        for table in Table::ALL {
            files.push(Filling::new(*table, open(&table.file_name("parquet"))?)?);
        }
        Ok(Parquet { files, rows: 0 })
    }

    /// Writes out what is left.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn finish(self) -> io::Result<Vec<W>> {
        self.files.into_iter().map(Filling::finish).collect()
    }
}

impl<W: Write + Send> Sink for Parquet<W> {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        self.rows += 1;
        match self.files.get_mut(table as usize) {
            Some(file) => file.row(cells),
            None => Ok(()),
        }
    }
}

/// Returns whether a file was written here.
pub fn is_ours(file: impl ChunkReader + 'static) -> bool {
    let reader = SerializedFileReader::new(file).ok();
    let by = reader.as_ref().map(|reader| reader.metadata());
    by.and_then(|by| by.file_metadata().created_by())
        .is_some_and(|by| by.starts_with("demarche "))
}

/// A file, and the group of rows that is not written yet.
struct Filling<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Values>,
    rows: usize,
    bytes: usize,
}

impl<W: Write + Send> Filling<W> {
    fn new(table: Table, out: W) -> io::Result<Filling<W>> {
        let schema = schema(table).map_err(other)?;
        let properties = Arc::new(properties(table));
        Ok(Filling {
            writer: SerializedFileWriter::new(out, schema, properties).map_err(other)?,
            columns: table.columns().iter().map(Values::of).collect(),
            rows: 0,
            bytes: 0,
        })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.push(cell);
        }
        self.rows += 1;
        match self.rows == MOST_ROWS || self.bytes >= MOST_BYTES {
            true => self.write_group().map_err(other),
            false => Ok(()),
        }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut out) = group.next_column()? else {
                break;
            };
            column.write(&mut out)?;
            out.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.write_group().map_err(other)?;
        }
        self.writer.into_inner().map_err(other)
    }
}

/// The values of a column in a group of rows.
struct Values {
    /// One number a row: 1, or 0 where there is no value; empty if every row has one.
    there: Vec<i16>,
    is_optional: bool,
    held: Held,
}

/// Values of one type, one after the other.
enum Held {
    /// Texts in one piece, and the end of each.
    Texts(Vec<u8>, Vec<usize>),
    Wholes(Vec<i64>),
    Numbers(Vec<f64>),
    Days(Vec<i32>),
    Flags(Vec<bool>),
}

impl Values {
    fn of(column: &Column) -> Values {
        Values {
            there: Vec::new(),
            is_optional: column.is_optional,
            held: match column.holds {
                Type::Text => Held::Texts(Vec::new(), Vec::new()),
                Type::Whole => Held::Wholes(Vec::new()),
                Type::Number => Held::Numbers(Vec::new()),
                Type::Day => Held::Days(Vec::new()),
                Type::Flag => Held::Flags(Vec::new()),
            },
        }
    }

    /// Takes a cell, which is of the column's type or nothing. Returns the number of bytes of its text.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        if self.is_optional {
            self.there.push(i16::from(*cell != Cell::Nothing));
        }
        match (&mut self.held, cell) {
            (Held::Texts(texts, ends), Cell::Text(text)) => {
                texts.extend_from_slice(text.as_bytes());
                ends.push(texts.len());
                return text.len();
            }
            (Held::Wholes(all), Cell::Whole(number)) => all.push(*number),
            (Held::Numbers(all), Cell::Number(number)) => all.push(*number),
            (Held::Days(all), Cell::Day(day)) => all.push(day.0),
            (Held::Flags(all), Cell::Flag(flag)) => all.push(*flag),
            _ => {}
        }
        0
    }

    /// Writes the values of a group, and forgets them.
    fn write(&mut self, out: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let there = self.is_optional.then_some(&self.there[..]);
        match &mut self.held {
            Held::Texts(texts, ends) => {
                let texts = ByteArray::from(std::mem::take(texts));
                let mut from = 0;
                let slice = |to: usize| {
                    let start = std::mem::replace(&mut from, to);
                    texts.slice(start, to - start)
                };
                let mut all: Vec<ByteArray> = ends.drain(..).map(slice).collect();
                put(out.typed::<ByteArrayType>(), &mut all, there)?;
            }
            Held::Wholes(all) => put(out.typed::<Int64Type>(), all, there)?,
            Held::Numbers(all) => put(out.typed::<DoubleType>(), all, there)?,
            Held::Days(all) => put(out.typed::<Int32Type>(), all, there)?,
            Held::Flags(all) => put(out.typed::<BoolType>(), all, there)?,
        }
        self.there.clear();
        Ok(())
    }
}

fn put<T: DataType>(
    out: &mut ColumnWriterImpl<'_, T>,
    all: &mut Vec<T::T>,
    there: Option<&[i16]>,
) -> Result<(), ParquetError> {
    out.write_batch(all, there, None)?;
    all.clear();
    Ok(())
}

fn schema(table: Table) -> Result<TypePtr, ParquetError> {
    let columns: Result<Vec<TypePtr>, ParquetError> = table.columns().iter().map(field).collect();
    let schema = Schema::group_type_builder(table.name()).with_fields(columns?);
    schema.build().map(Arc::new)
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.holds {
        Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Type::Whole => (Physical::INT64, None),
        Type::Number => (Physical::DOUBLE, None),
        Type::Day => (Physical::INT32, Some(LogicalType::Date)),
        Type::Flag => (Physical::BOOLEAN, None),
    };
    let repetition = match column.is_optional {
        true => Repetition::OPTIONAL,
        false => Repetition::REQUIRED,
    };
    let field = Schema::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical);
    field.build().map(Arc::new)
}

fn properties(table: Table) -> WriterProperties {
    let version = KeyValue::new("demarche.schema".to_owned(), VERSION.to_string());
    let mut properties = WriterProperties::builder()
        .set_created_by(MADE_BY.to_owned())
        .set_key_value_metadata(Some(vec![version]))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk);
    for (nth, column) in table.columns().iter().enumerate() {
        let path = ColumnPath::from(column.name);
        // What a record is called, and where it stands, runs on from row to row: what differs is short.
        let runs_on = nth == 0 || matches!(column.name, "record" | "line");
        let encoding = match column.holds {
            Type::Text if runs_on => Encoding::DELTA_BYTE_ARRAY,
            Type::Whole if runs_on => Encoding::DELTA_BINARY_PACKED,
            Type::Text => Encoding::DELTA_LENGTH_BYTE_ARRAY,
            _ => continue,
        };
        properties = properties
            .set_column_dictionary_enabled(path.clone(), !runs_on)
            .set_column_encoding(path, encoding);
    }
    properties.build()
}

/// Says what went wrong: what the file said, if it was the file.
fn other(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}

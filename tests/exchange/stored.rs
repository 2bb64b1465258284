//! The cells of the tables: as they are written, and as they are read from Parquet and from SQLite.

use std::collections::BTreeMap;
use std::io;

use demarche::exchange::tables::{Cell, Sink, Table};
use demarche::exchange::{self, Left};
use demarche::query::View;

/// The rows of each table that has any.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Cells(pub(crate) BTreeMap<Table, Vec<Vec<Cell<'static>>>>);

impl Sink for Cells {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        let owned = |cell: &Cell<'_>| match cell {
            Cell::Nothing => Cell::Nothing,
            Cell::Text(text) => Cell::Text(text.clone().into_owned().into()),
            Cell::Whole(number) => Cell::Whole(*number),
            Cell::Number(number) => Cell::Number(*number),
            Cell::Day(day) => Cell::Day(*day),
            Cell::Flag(flag) => Cell::Flag(*flag),
        };
        let rows = self.0.entry(table).or_default();
        rows.push(cells.iter().map(owned).collect());
        Ok(())
    }
}

impl Cells {
    pub(crate) fn of(view: &View) -> Cells {
        let mut cells = Cells::default();
        exchange::rows(view, Left::default(), &mut cells).unwrap();
        cells
    }
}

/// Each format has every cell, and the same bytes again.
pub(crate) fn is_whole(name: &str, view: &View) {
    let cells = Cells::of(view);
    assert!(!cells.0.is_empty());
    #[cfg(feature = "parquet")]
    assert!(cells == parquet::read(view), "{name}: Parquet");
    #[cfg(feature = "sqlite")]
    assert!(cells == sqlite::read(view), "{name}: SQLite");
    let _ = name;
}

#[cfg(feature = "parquet")]
mod parquet {
    use super::Cells;
    use std::io::Write;

    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;
    use demarche::exchange::parquet::Parquet;
    use demarche::exchange::tables::{Cell, Sink, Table};
    use demarche::exchange::{self, Left};
    use demarche::model::Day;
    use demarche::query::View;

    fn written(view: &View) -> Vec<Vec<u8>> {
        let mut parquet = Parquet::new(|_| Ok(Vec::new())).unwrap();
        exchange::rows(view, Left::default(), &mut parquet).unwrap();
        parquet.finish().unwrap()
    }

    fn cell(field: &Field) -> Cell<'static> {
        match field {
            Field::Null => Cell::Nothing,
            Field::Str(text) => Cell::Text(text.clone().into()),
            Field::Long(number) => Cell::Whole(*number),
            Field::Double(number) => Cell::Number(*number),
            Field::Date(day) => Cell::Day(Day(*day)),
            Field::Bool(flag) => Cell::Flag(*flag),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn read(view: &View) -> Cells {
        let (files, again) = (written(view), written(view));
        assert!(files == again, "other bytes");
        let mut cells = Cells::default();
        for (table, bytes) in Table::ALL.iter().zip(files) {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            let reader = SerializedFileReader::new(file).unwrap();
            for row in reader.get_row_iter(None).unwrap() {
                let row = row.unwrap();
                let row: Vec<Cell<'_>> = row
                    .get_column_iter()
                    .map(|(_, field)| cell(field))
                    .collect();
                cells.row(*table, &row).unwrap();
            }
        }
        cells
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::Cells;
    use std::fs;

    use demarche::exchange::sqlite::Sqlite;
    use demarche::exchange::tables::{Cell, Sink, Table, Type};
    use demarche::exchange::{self, Left};
    use demarche::model::{Date, Day};
    use demarche::query::View;
    use rusqlite::Connection;
    use rusqlite::types::ValueRef;

    fn written(view: &View) -> Vec<u8> {
        let mut sqlite = Sqlite::new().unwrap();
        exchange::rows(view, Left::default(), &mut sqlite).unwrap();
        let mut bytes = Vec::new();
        sqlite.finish(Day::of(2024, 1, 1), &mut bytes).unwrap();
        bytes
    }

    fn cell(value: ValueRef<'_>, holds: Type) -> Cell<'static> {
        match (value, holds) {
            (ValueRef::Null, _) => Cell::Nothing,
            (ValueRef::Text(text), Type::Text) => {
                Cell::Text(String::from_utf8(text.to_vec()).unwrap().into())
            }
            (ValueRef::Text(text), Type::Day) => {
                let date: Date = std::str::from_utf8(text).unwrap().parse().unwrap();
                Cell::Day(date.period().from)
            }
            (ValueRef::Integer(number), Type::Flag) => Cell::Flag(number == 1),
            (ValueRef::Integer(number), Type::Whole) => Cell::Whole(number),
            (ValueRef::Real(number), Type::Number) => Cell::Number(number),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn read(view: &View) -> Cells {
        let bytes = written(view);
        assert!(bytes == written(view), "other bytes");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.sqlite");
        fs::write(&path, bytes).unwrap();
        let connection = Connection::open(path).unwrap();
        let mut cells = Cells::default();
        for table in Table::ALL {
            let select = format!("SELECT * FROM {} ORDER BY rowid", table.name());
            let mut select = connection.prepare(&select).unwrap();
            let mut rows = select.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let columns = table.columns().iter().enumerate();
                let row: Vec<Cell<'_>> = columns
                    .map(|(nth, column)| cell(row.get_ref(nth).unwrap(), column.holds))
                    .collect();
                cells.row(*table, &row).unwrap();
            }
        }
        cells
    }
}

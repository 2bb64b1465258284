//! The tables as a file of SQLite, with the views of `sql` to ask them by. The file is made in memory:
//! SQLite writes only files of its own, and what is written must be whole or not at all.

use std::io::{self, Write};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, MAIN_DB, ToSql, params_from_iter};

use crate::exchange::sql::{Engine, sqlite_tables, views};
use crate::exchange::tables::{Cell, Sink, Table, VERSION};
use crate::model::Day;

/// Writes tables to a file of SQLite.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    /// The number of rows written.
    pub rows: usize,
}

impl Sqlite {
    /// Makes the tables.
    ///
    /// # Errors
    /// If SQLite can't.
    pub fn new() -> io::Result<Sqlite> {
        let connection = Connection::open_in_memory().map_err(other)?;
        connection.set_prepared_statement_cache_capacity(Table::ALL.len());
        let version = format!(
            "PRAGMA user_version = {VERSION}; BEGIN; {}",
            sqlite_tables()
        );
        connection.execute_batch(&version).map_err(other)?;
        Ok(Sqlite {
            connection,
            rows: 0,
        })
    }

    /// Adds the views, asked as of a day, and writes the file.
    ///
    /// # Errors
    /// If SQLite can't, or it can't be written.
    pub fn finish(mut self, day: Day, out: &mut dyn Write) -> io::Result<()> {
        let ask = format!(
            "CREATE TABLE ask (asked INTEGER, day TEXT, without_source TEXT); INSERT INTO ask VALUES (1, '{day}', ''); {} COMMIT;",
            views(Engine::Sqlite)
        );
        self.connection.execute_batch(&ask).map_err(other)?;
        let file = self.connection.serialize(MAIN_DB).map_err(other)?;
        out.write_all(&file)
    }
}

fn other(error: rusqlite::Error) -> io::Error {
    io::Error::other(format!("SQLite: {error}"))
}

impl Sink for Sqlite {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        let places = vec!["?"; cells.len()].join(", ");
        let insert = format!("INSERT INTO {} VALUES ({places})", table.name());
        let mut insert = self.connection.prepare_cached(&insert).map_err(other)?;
        insert
            .execute(params_from_iter(cells.iter().map(Bound)))
            .map_err(other)?;
        self.rows += 1;
        Ok(())
    }
}

/// A cell as SQLite takes it: days as text, flags as 0 and 1.
struct Bound<'c>(&'c Cell<'c>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self.0 {
            Cell::Nothing => ValueRef::Null,
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Whole(number) => ValueRef::Integer(*number),
            Cell::Number(number) => ValueRef::Real(*number),
            Cell::Day(day) => return Ok(ToSqlOutput::from(day.to_string())),
            Cell::Flag(flag) => ValueRef::Integer(i64::from(*flag)),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

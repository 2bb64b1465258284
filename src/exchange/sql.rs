//! The questions of the tables in SQL, for engines that answer them where one machine can't: each view
//! is one SELECT in `sql`, the same for every engine. What differs is here: how tables are read, and
//! what wraps a view.
//!
//! The views ask as of the days in the table `ask`, mostly one: `asked` is the number of the
//! question, and `without_source` names a source that is left out, or is empty.

use std::fmt::Write;

use crate::exchange::tables::{Column, Table, Type};
use crate::model::Day;

/// A program that runs SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// DuckDB.
    DuckDb,
    /// DataFusion, of Apache Arrow.
    DataFusion,
    /// Apache Spark.
    Spark,
    /// SQLite, on the file that an export makes.
    Sqlite,
    /// PostgreSQL, by `psql`.
    Postgres,
}

/// What the tables that an engine reads are stored as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stored {
    /// A folder of CSV.
    #[default]
    Csv,
    /// A folder of Parquet.
    Parquet,
}

macro_rules! views {
    ($($name:literal,)*) => {
        /// The views, in the order in which they use one another: the name and the SELECT of each.
        pub const VIEWS: &[(&str, &str)] = &[$(($name, include_str!(concat!("sql/", $name, ".sql")))),*];
    };
}

views! {
    "rooted",
    "left_out",
    "counted",
    "live",
    "newest",
    "in_force",
    "offered",
    "sourced",
    "sides",
    "folded",
    "standing",
    "said",
    "congruence",
    "held",
    "net",
    "camps_input",
    "met",
    "moved",
    "falls",
}

/// Returns all that an engine has to run in a folder of tables: it reads them, and makes `ask` and the
/// views. Without a day, the graph's own is asked as of, else today.
pub fn script(engine: Engine, stored: Stored, day: Option<Day>) -> String {
    let mut sql = format!("-- {}\n", engine.how(stored));
    if engine != Engine::Sqlite {
        for table in Table::ALL {
            sql += &match stored {
                Stored::Csv => engine.table(*table),
                Stored::Parquet => engine.parquet(*table),
            };
        }
        let day = day.map_or_else(
            || "coalesce(max(as_of), current_date)".to_owned(),
            |day| format!("CAST('{day}' AS DATE)"),
        );
        // Writing to a string can't fail.
        let _ = writeln!(
            sql,
            "{} ask AS SELECT 1 AS asked, {day} AS day, '' AS without_source FROM graph;",
            engine.makes("TABLE")
        );
    }
    sql + &views(engine)
}

/// Returns the statements that make the views.
pub fn views(engine: Engine) -> String {
    let mut sql = String::new();
    for (name, select) in VIEWS {
        let makes = engine.makes("VIEW");
        // Writing to a string can't fail.
        let _ = writeln!(sql, "\n{makes} {name} AS\n{};", select.trim_end());
    }
    sql
}

impl Engine {
    /// All engines.
    pub const ALL: &[Engine] = &[
        Engine::DuckDb,
        Engine::DataFusion,
        Engine::Spark,
        Engine::Sqlite,
        Engine::Postgres,
    ];

    fn how(self, stored: Stored) -> String {
        let name = match self {
            Engine::DuckDb => "DuckDB",
            Engine::DataFusion => "DataFusion",
            Engine::Spark => "Spark",
            Engine::Postgres => "psql",
            Engine::Sqlite => {
                return "For SQLite. The file that `demarche export -o graph.sqlite` writes has these views already.".to_owned();
            }
        };
        let folder = match stored {
            Stored::Csv => "tables.csv",
            Stored::Parquet => "tables.parquet",
        };
        format!("For {name}, in the folder that `demarche export -o {folder}` wrote.")
    }

    /// Returns whether it reads Parquet.
    pub fn reads_parquet(self) -> bool {
        matches!(self, Engine::DuckDb | Engine::DataFusion | Engine::Spark)
    }

    /// What makes a table or a view.
    fn makes(self, what: &str) -> String {
        match self {
            Engine::Spark => "CREATE OR REPLACE TEMPORARY VIEW".to_owned(),
            _ => format!("CREATE {what}"),
        }
    }

    /// Returns the statement that reads a table.
    fn table(self, table: Table) -> String {
        let (name, file) = (table.name(), table.file_name("csv"));
        let typed = |column: &Column, quote: &str| {
            let holds = self.type_of(column.holds);
            match quote {
                "" => format!("{} {holds}", column.name),
                _ => format!("{quote}{}{quote}: {quote}{holds}{quote}", column.name),
            }
        };
        let columns = |quote: &str| {
            let all = table.columns().iter().map(|column| typed(column, quote));
            all.collect::<Vec<_>>().join(", ")
        };
        match self {
            Engine::DuckDb => format!(
                "CREATE TABLE {name} AS SELECT * FROM read_csv('{file}', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false, columns = {{{}}});\n",
                columns("'")
            ),
            Engine::DataFusion => format!(
                "CREATE EXTERNAL TABLE {name} ({}) STORED AS CSV LOCATION '{file}' OPTIONS ('format.has_header' 'true', 'format.newlines_in_values' 'true');\n",
                columns("")
            ),
            Engine::Spark => format!(
                "{} {name} ({}) USING csv OPTIONS (path '{file}', header 'true', multiLine 'true', escape '\"');\n",
                self.makes("TABLE"),
                columns("")
            ),
            Engine::Postgres => format!(
                "CREATE TABLE {name} ({});\n\\copy {name} FROM '{file}' WITH (FORMAT csv, HEADER true)\n",
                columns("")
            ),
            Engine::Sqlite => format!("CREATE TABLE {name} ({});\n", columns("")),
        }
    }

    /// Returns the statement that reads a table of Parquet, which has its types in it.
    fn parquet(self, table: Table) -> String {
        let name = table.name();
        let file = table.file_name("parquet");
        match self {
            Engine::DataFusion => {
                format!("CREATE EXTERNAL TABLE {name} STORED AS PARQUET LOCATION '{file}';\n")
            }
            Engine::Spark => format!(
                "{} {name} USING parquet OPTIONS (path '{file}');\n",
                self.makes("TABLE")
            ),
            _ => format!("CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}');\n"),
        }
    }

    fn type_of(self, holds: Type) -> &'static str {
        match (self, holds) {
            (Engine::Spark, Type::Text) => "STRING",
            (Engine::Sqlite | Engine::Postgres, Type::Text) | (Engine::Sqlite, Type::Day) => "TEXT",
            (_, Type::Text) => "VARCHAR",
            (Engine::Sqlite, Type::Whole | Type::Flag) => "INTEGER",
            (_, Type::Whole) => "BIGINT",
            (Engine::Sqlite, Type::Number) => "REAL",
            (Engine::Postgres, Type::Number) => "DOUBLE PRECISION",
            (_, Type::Number) => "DOUBLE",
            (_, Type::Day) => "DATE",
            (_, Type::Flag) => "BOOLEAN",
        }
    }
}

/// Returns the statements that make the tables of SQLite, which has no other way to know types.
#[cfg(feature = "sqlite")]
pub(super) fn sqlite_tables() -> String {
    Table::ALL
        .iter()
        .map(|table| Engine::Sqlite.table(*table))
        .collect()
}

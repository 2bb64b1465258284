//! `demarche export`: the graph, or a part of it, in another format.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::question::typed;
use crate::cli::select::{self, Select};
use crate::cli::session::Session;
use crate::cli::without::Field;
use crate::cli::{file, out};
use crate::disk;
use crate::exchange;
use crate::exchange::csv::Csv;
use crate::exchange::gexf::Gexf;
use crate::exchange::graphml::GraphMl;
use crate::exchange::network::{self, Meetings};
#[cfg(feature = "parquet")]
use crate::exchange::parquet::{self, Parquet};
use crate::exchange::sql::{self, Engine, Stored};
#[cfg(feature = "sqlite")]
use crate::exchange::sqlite::Sqlite;
use crate::exchange::tables::Table;
use crate::exchange::turtle::{Rdf, Turtle};
use crate::graph::{CROWD, Over, Withdrawn};
use crate::query::View;
use crate::render::Spreadsheet;
use crate::words::{counted, joined};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "How to choose whom and what, time and evidence: `demarche help selection`. `import` reads the tables again."
)]
pub(super) struct Export {
    /// Where to write, in the format of its ending: DIR.csv or DIR.parquet for a folder of tables,
    /// G.graphml or G.gexf for the network as of a day, G.ttl for Turtle, G.sqlite for a database. What
    /// an earlier export wrote there is replaced
    #[arg(short, long, value_name = "OUTPUT", required_unless_present = "sql")]
    output: Option<PathBuf>,
    /// Print the SQL by which an engine reads a folder of tables and answers questions: who stands
    /// where, who agrees with whom, who met whom
    #[arg(long, value_enum, ignore_case = true, value_name = "ENGINE", conflicts_with_all = ["output", "spreadsheet", "meetings", "rdf", "without"])]
    sql: Option<Engine>,
    /// What the tables that this SQL reads are written as
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        value_name = "FORMAT",
        requires = "sql"
    )]
    tables: Option<Stored>,
    /// Tables for a spreadsheet: columns separated by this, a byte-order mark, and an apostrophe
    /// before text that it would execute; semicolons come with decimal commas
    #[arg(long, value_enum, ignore_case = true, value_name = "SEPARATOR")]
    spreadsheet: Option<Spreadsheet>,
    /// Make meetings nodes of a network, joined to those who have a part in them and to their topics;
    /// else those who met are joined, two by two
    #[arg(long)]
    meetings: bool,
    /// The version of RDF in Turtle: 1.2 also says of each statement which triple it states
    #[arg(long, value_enum, value_name = "VERSION")]
    rdf: Option<Rdf>,
    /// Leave out these fields of all records: note, quote, text (the path of a source's local copy),
    /// place (of meetings)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FIELD,…")]
    without: Vec<Field>,
    #[command(flatten)]
    pub(super) select: Select,
}

typed!(Spreadsheet {
    Comma = "comma", "Columns separated by commas";
    Semicolon = "semicolon", "Columns separated by semicolons, numbers with a decimal comma";
});

typed!(Engine {
    DuckDb = "duckdb", "DuckDB";
    DataFusion = "datafusion", "DataFusion";
    Spark = "spark", "Spark";
    Sqlite = "sqlite", "SQLite, on the file that `-o graph.sqlite` writes";
    Postgres = "postgres", "PostgreSQL, by psql";
});

typed!(Stored {
    Csv = "csv", "CSV, the folder that `-o tables.csv` writes";
    Parquet = "parquet", "Parquet, the folder that `-o tables.parquet` writes";
});

typed!(Rdf {
    V1_1 = "1.1", "What every program reads";
    V1_2 = "1.2", "With a reifier for each statement";
});

/// A format that a graph is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Parquet,
    GraphMl,
    Gexf,
    Turtle,
    Sqlite,
}

impl Format {
    fn of_ending(ending: &str) -> Option<Format> {
        match ending {
            "csv" => Some(Format::Csv),
            "parquet" => Some(Format::Parquet),
            "graphml" => Some(Format::GraphMl),
            "gexf" => Some(Format::Gexf),
            "ttl" => Some(Format::Turtle),
            "sqlite" | "db" => Some(Format::Sqlite),
            _ => None,
        }
    }

    fn is_network(self) -> bool {
        matches!(self, Format::GraphMl | Format::Gexf)
    }
}

impl Export {
    pub(super) fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let Some(output) = &self.output else {
            return self.print_sql(session);
        };
        let format = format_of(output)?;
        self.refuse_idle(format)?;
        let said = match format {
            Format::Csv => self.csv(session, output)?,
            Format::Parquet => self.parquet(session, output)?,
            Format::GraphMl | Format::Gexf => self.network(session, output, format)?,
            Format::Turtle => self.turtle(session, output)?,
            Format::Sqlite => self.sqlite(session, output)?,
        };
        session.complain(&format!("note: {said}"));
        Ok(())
    }

    /// Prints the views of an engine.
    fn print_sql(&self, session: &Session<'_>) -> Result<(), Failure> {
        let all = [select::ACTORS, select::ISSUES, select::MEETINGS, &["--tag"]];
        for flags in all {
            self.select
                .refuse(flags, "the views are the same for every graph")?;
        }
        let Some(engine) = self.sql else {
            return Ok(());
        };
        let stored = self.tables.unwrap_or_default();
        if stored == Stored::Parquet && !engine.reads_parquet() {
            let message = "`--tables parquet` has no effect here: this engine reads no Parquet";
            return Err(Failure::new(message).help("leave it out"));
        }
        let script = sql::script(engine, stored, session.as_of());
        out::stream_data(session.paint(), |out| out.write_all(script.as_bytes()))
    }

    /// Refuses flags that could change nothing in this format.
    fn refuse_idle(&self, format: Format) -> Result<(), Failure> {
        let flags = [
            (
                "--spreadsheet",
                self.spreadsheet.is_some(),
                format == Format::Csv,
                "tables, `-o tables.csv`",
            ),
            (
                "--meetings",
                self.meetings,
                format.is_network(),
                "networks, `.graphml` and `.gexf`",
            ),
            (
                "--rdf",
                self.rdf.is_some(),
                format == Format::Turtle,
                "Turtle, `.ttl`",
            ),
        ];
        let mut idle = flags.iter().filter(|(_, given, works, _)| *given && !works);
        match idle.next() {
            Some((flag, _, _, of)) => {
                let message = format!("`{flag}` has no effect here: it is for {of}");
                Err(Failure::new(message).help("leave it out"))
            }
            None => Ok(()),
        }
    }

    /// Says which of these fields are carried, which may not be meant for everybody.
    fn carried(&self, fields: &[Field]) -> String {
        let is_carried =
            |(field, _): &&(Field, &str)| fields.contains(field) && !self.without.contains(field);
        let carried = Field::ALL.iter().filter(is_carried);
        let carried: Vec<&str> = carried.map(|(_, word)| *word).collect();
        match carried.is_empty() {
            true => {
                let left = Field::ALL
                    .iter()
                    .filter(|(field, _)| fields.contains(field));
                format!("without {}", joined(left.map(|(_, word)| *word)))
            }
            false => format!("with {}", joined(carried)),
        }
    }

    /// Writes the folder of tables. Returns what to say about it, as all of these do.
    fn csv(&self, session: &Session<'_>, output: &Path) -> Result<String, Failure> {
        let view = session.view_to_export()?;
        self.folder(output, &is_csv, &mut |make| {
            let mut csv = Csv::new(self.spreadsheet, |name| make(name).map(BufWriter::new))?;
            exchange::rows(&view, Field::left(&self.without), &mut csv)?;
            let rows = csv.rows;
            csv.finish().map(|_| rows)
        })
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, session: &Session<'_>, output: &Path) -> Result<String, Failure> {
        let view = session.view_to_export()?;
        self.folder(output, &is_parquet, &mut |make| {
            let mut parquet = Parquet::new(make)?;
            exchange::rows(&view, Field::left(&self.without), &mut parquet)?;
            let rows = parquet.rows;
            parquet.finish().map(|_| rows)
        })
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(&self, _: &Session<'_>, output: &Path) -> Result<String, Failure> {
        Err(not_built(output, "parquet"))
    }

    /// Writes a folder of tables, whole or not at all. `fill` returns the number of rows.
    fn folder(
        &self,
        output: &Path,
        is_ours: &dyn Fn(&Path) -> bool,
        fill: &mut dyn FnMut(&mut disk::MakeFile<'_>) -> io::Result<usize>,
    ) -> Result<String, Failure> {
        let mut rows = 0;
        file::write_folder(output, is_ours, &[file::OTHER_FOLDER], &mut |make| {
            rows = fill(make)?;
            Ok(())
        })?;
        Ok(self.whole(output, &counted(rows, "row")))
    }

    fn turtle(&self, session: &Session<'_>, output: &Path) -> Result<String, Failure> {
        let view = session.view_to_export()?;
        let records = Cell::new(0);
        self.write(session, (&view, output), &|out| {
            let mut turtle = Turtle::new(out, self.rdf.unwrap_or_default())?;
            exchange::rows(&view, Field::left(&self.without), &mut turtle)?;
            records.set(turtle.records);
            turtle.finish().map(drop)
        })?;
        Ok(self.whole(output, &counted(records.get(), "record")))
    }

    #[cfg(feature = "sqlite")]
    fn sqlite(&self, session: &Session<'_>, output: &Path) -> Result<String, Failure> {
        let view = session.view_to_export()?;
        let rows = Cell::new(0);
        self.write(session, (&view, output), &|out| {
            let mut sqlite = Sqlite::new()?;
            exchange::rows(&view, Field::left(&self.without), &mut sqlite)?;
            rows.set(sqlite.rows);
            sqlite.finish(view.lens.day, out)
        })?;
        Ok(self.whole(output, &counted(rows.get(), "row")))
    }

    #[cfg(not(feature = "sqlite"))]
    fn sqlite(&self, _: &Session<'_>, output: &Path) -> Result<String, Failure> {
        Err(not_built(output, "sqlite"))
    }

    /// Says what a format keeps that keeps every record.
    fn whole(&self, output: &Path, written: &str) -> String {
        format!(
            "{written} in {}; {}; comments, layout and the split into files are not kept",
            output.display(),
            self.carried(Field::EACH)
        )
    }

    /// Returns what a network is made of: what holds on the day.
    fn network_view(&self, session: &Session<'_>) -> Result<View, Failure> {
        session.view(Over::LeftOut, Withdrawn::LeftOut)
    }

    fn meetings(&self) -> Meetings {
        match self.meetings {
            true => Meetings::Nodes,
            false => Meetings::Pairs,
        }
    }

    /// Passes the network to a format, in place of writing it to a file.
    pub(super) fn hand_network(
        &self,
        session: &Session<'_>,
        format: &mut dyn network::Format,
    ) -> Result<(), Failure> {
        self.refuse_idle(Format::GraphMl)?;
        let view = self.network_view(session)?;
        let handed = network::network(&view, Field::left(&self.without), self.meetings(), format);
        handed.map_err(|error| Failure::new(error.to_string()))?;
        Ok(())
    }

    fn network(
        &self,
        session: &Session<'_>,
        output: &Path,
        format: Format,
    ) -> Result<String, Failure> {
        let view = self.network_view(session)?;
        let sum = Cell::new(network::Sum::default());
        self.write(session, (&view, output), &|out| {
            let mut writer: Box<dyn network::Format> = match format {
                Format::Gexf => Box::new(Gexf::new(out)),
                _ => Box::new(GraphMl::new(out)),
            };
            let written = network::network(
                &view,
                Field::left(&self.without),
                self.meetings(),
                &mut *writer,
            )?;
            sum.set(written);
            Ok(())
        })?;
        let sum = sum.get();
        let crowds = match sum.crowds {
            0 => String::new(),
            _ => format!(
                "; {} of more than {CROWD} participants join nobody",
                counted(sum.crowds, "meeting")
            ),
        };
        Ok(format!(
            "{} and {} in {}, as of {}; {}; statements that are not in force, offers, sources and facts are not kept{crowds}",
            counted(sum.nodes, "node"),
            counted(sum.edges, "edge"),
            output.display(),
            view.lens.day,
            self.carried(Field::OF_NETWORKS)
        ))
    }

    /// Writes a file, whole or not at all.
    fn write(
        &self,
        session: &Session<'_>,
        (view, output): (&View, &Path),
        write: &dyn Fn(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let say = &mut |said: &str| session.complain(said);
        file::write_beside(&view.graph, output, say, &|out| {
            let mut out = BufWriter::new(out);
            write(&mut out)?;
            out.flush()
        })
    }
}

/// Returns the format of an output, by its ending.
fn format_of(output: &Path) -> Result<Format, Failure> {
    let ending = output.extension();
    let ending = ending.map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let format = ending.as_deref().and_then(Format::of_ending);
    format.ok_or_else(|| {
        file::formatless(output).help(
            "`-o tables.csv` and `.parquet` write a folder of tables, `.sqlite` a database, `.graphml` and `.gexf` a network, `.ttl` Turtle",
        )
    })
}

/// Builds the error for a format that this program can't write.
#[cfg(not(all(feature = "sqlite", feature = "parquet")))]
fn not_built(output: &Path, feature: &str) -> Failure {
    let message = format!(
        "can't write `{}`: this program was built without the feature `{feature}`",
        output.display()
    );
    Failure::new(message).help("released programs write it")
}

/// Returns the table whose file has this name, with this ending.
fn named(path: &Path, ending: &str) -> Option<Table> {
    let of = path.file_name()?.to_str()?;
    Table::ALL
        .iter()
        .copied()
        .find(|table| table.file_name(ending) == of)
}

/// Returns whether a file is a table of an export, judging by its name and header.
fn is_csv(path: &Path) -> bool {
    let Some(table) = named(path, "csv") else {
        return false;
    };
    let mut header = String::new();
    let read = File::open(path)
        .and_then(|file| BufReader::new(file.take(LONGEST_HEADER)).read_line(&mut header));
    let first = table.columns().first().map(|column| column.name);
    let header = header.trim_start_matches('\u{feff}').trim_end();
    read.is_ok() && header.split([',', ';']).next() == first
}

/// Returns whether a file is a table of an export, judging by its name and by what it says itself.
#[cfg(feature = "parquet")]
fn is_parquet(path: &Path) -> bool {
    named(path, "parquet").is_some() && File::open(path).is_ok_and(parquet::is_ours)
}

/// The most bytes read of a header; every table's header is shorter.
const LONGEST_HEADER: u64 = 10_000;

//! `demarche export`: the graph, or a part of it, in another format.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::file;
use crate::cli::question::typed;
use crate::cli::select::Select;
use crate::cli::session::Session;
use crate::exchange::csv::{Csv, file_name};
use crate::exchange::tables::Table;
use crate::exchange::{self, Left};
use crate::query::View;
use crate::render::Spreadsheet;
use crate::words::{counted, joined};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "How to choose whom and what, time and evidence: `demarche help selection`. `import` reads the tables again."
)]
pub(super) struct Export {
    /// Where to write: DIR.csv for a folder of tables. What an earlier export wrote there is
    /// replaced
    #[arg(short, long, value_name = "DIR.csv")]
    output: PathBuf,
    /// Tables for a spreadsheet: columns separated by this, a byte-order mark, and an apostrophe
    /// before text that it would execute; semicolons come with decimal commas
    #[arg(long, value_enum, ignore_case = true, value_name = "SEPARATOR")]
    spreadsheet: Option<Spreadsheet>,
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

/// A field that can be left out.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Note,
    Quote,
    Text,
    Place,
}

impl Field {
    const ALL: [(Field, &'static str); 4] = [
        (Field::Note, "notes"),
        (Field::Quote, "quotes"),
        (Field::Text, "the paths of texts"),
        (Field::Place, "places"),
    ];
}

/// A format that a graph is exported as.
enum Format {
    Csv,
}

impl Export {
    pub(super) fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let format = self.format()?;
        let view = session.view_to_export()?;
        let rows = match format {
            Format::Csv => self.csv(&view)?,
        };
        session.complain(&format!(
            "note: {} in {}; {}; comments, layout and the split into files are not kept",
            counted(rows, "row"),
            self.output.display(),
            self.carried()
        ));
        Ok(())
    }

    fn format(&self) -> Result<Format, Failure> {
        let ending = self
            .output
            .extension()
            .map(|ending| ending.to_ascii_lowercase());
        match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("csv") => Ok(Format::Csv),
            _ => {
                Err(file::formatless(&self.output)
                    .help("`-o tables.csv` writes a folder of tables"))
            }
        }
    }

    /// Says which fields are carried that may not be meant for everybody.
    fn carried(&self) -> String {
        let is_carried = |(field, _): &&(Field, &str)| !self.without.contains(field);
        let carried = Field::ALL.iter().filter(is_carried);
        let carried: Vec<&str> = carried.map(|(_, word)| *word).collect();
        match carried.is_empty() {
            true => "without notes, quotes, paths of texts and places".to_owned(),
            false => format!("with {}", joined(carried)),
        }
    }

    fn left(&self) -> Left {
        let is_left = |field| self.without.contains(&field);
        Left {
            note: is_left(Field::Note),
            quote: is_left(Field::Quote),
            text: is_left(Field::Text),
            place: is_left(Field::Place),
        }
    }

    /// Writes the folder of tables, and returns the number of rows.
    fn csv(&self, view: &View) -> Result<usize, Failure> {
        let mut rows = 0;
        let written = file::write_folder(&self.output, &is_table, &mut |make| {
            let mut csv = Csv::new(self.spreadsheet, |name| make(name).map(BufWriter::new))?;
            exchange::rows(view, self.left(), &mut csv)?;
            rows = csv.rows;
            csv.finish().map(drop)
        });
        written.map_err(|failure| {
            failure.help("name a folder that does not exist yet, or one that an export wrote")
        })?;
        Ok(rows)
    }
}

/// Returns whether a file is a table of an export, judging by its name and header.
fn is_table(path: &Path) -> bool {
    let is_named = |table: &&Table| {
        path.file_name()
            .is_some_and(|name| name == &*file_name(**table))
    };
    let Some(table) = Table::ALL.iter().find(is_named) else {
        return false;
    };
    let mut header = String::new();
    let read = File::open(path)
        .and_then(|file| BufReader::new(file.take(LONGEST_HEADER)).read_line(&mut header));
    let first = table.columns().first().map(|column| column.name);
    let header = header.trim_start_matches('\u{feff}').trim_end();
    read.is_ok() && header.split([',', ';']).next() == first
}

/// The most bytes read of a header; every table's header is shorter.
const LONGEST_HEADER: u64 = 10_000;

//! `demarche import`: a graph file made of tables.

use std::path::{Path, PathBuf};

use crate::cli::session::Session;
use crate::cli::{Failure, out};
use crate::disk;
use crate::exchange;
use crate::exchange::csv::{CsvTables, file_name};
use crate::exchange::finding::Findings;
use crate::exchange::made::{Ingredient, There, judged, sha256, with_head};
use crate::exchange::tables::Table;
use crate::model::Document;
use crate::words::counted;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "docs/import.md describes the map, with examples of what people come along with."
)]
pub(super) struct Import {
    /// The tables: a folder that `export` wrote
    #[arg(required = true, value_name = "FILE|DIR.csv")]
    files: Vec<PathBuf>,
    /// The graph file to make; without it, it is printed
    #[arg(short, long, value_name = "FILE.ron")]
    output: Option<PathBuf>,
    /// Say what would be made, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Replace the file even if it was edited since it was made, or not made by `import` at all
    #[arg(long)]
    force: bool,
}

/// What was made, and what is to be said of it.
struct Made {
    text: String,
    /// The findings in the tables.
    found: Findings,
    /// What was read and made, a line each.
    summary: Vec<String>,
}

impl Import {
    /// Makes the file; returns the exit code.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<u8, Failure> {
        self.check_output()?;
        let made = match &self.files[..] {
            [folder] if folder.is_dir() => tables_of(folder)?,
            _ => return Err(Failure::new("name a folder that `export` wrote")),
        };
        if !made.found.is_empty() {
            out::complain(made.found.text().trim_end(), session.paint());
            let said = counted(made.found.count, "error");
            out::complain(&format!("{said}; nothing was written"), session.paint());
            return Ok(1);
        }
        self.give(session, &made)?;
        Ok(0)
    }

    /// Refuses an output that is an input, or that somebody has edited.
    fn check_output(&self) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        if self.files.iter().any(|file| disk::is_same_file(file, path)) {
            let message = format!("`{}` is one of the tables", path.display());
            return Err(Failure::new(message).help("name another file with `-o`"));
        }
        if self.force || self.dry_run || !path.exists() {
            return Ok(());
        }
        let bytes = disk::read_bytes(&disk::name(path));
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        let path = path.display();
        match judged(&bytes) {
            There::AsMade => Ok(()),
            There::Edited => Err(
                Failure::new(format!("`{path}` was edited since it was made"))
                    .help("put what you changed into a file of your own that includes this one")
                    .help("`--force` replaces it all the same; what was changed is then lost"),
            ),
            There::Other => Err(Failure::new(format!("`{path}` was not made by `import`"))
                .help(
                    "name a new file, and include it: nothing is added to a file that people edit",
                )
                .help("`--force` replaces it all the same")),
        }
    }

    /// Writes the file, or prints it.
    fn give(&self, session: &Session<'_>, made: &Made) -> Result<(), Failure> {
        let say = |line: &String| out::complain(line, session.paint());
        match &self.output {
            _ if self.dry_run => {
                made.summary.iter().for_each(say);
                out::complain("nothing was written: `--dry-run`", session.paint());
                Ok(())
            }
            Some(path) => {
                let mut note = |said: &str| session.complain(&format!("note: {said}"));
                disk::write_whole(path, &mut note, |file| file.write_all(made.text.as_bytes()))
                    .map_err(|error| {
                        let why = disk::in_words(&error);
                        Failure::new(format!("can't write `{}`: {why}", path.display()))
                    })?;
                made.summary.iter().for_each(say);
                let path = path.display();
                out::print_done(&format!(
                    "{path}\ncheck it with `demarche -g {path} check`, or include it in a graph of yours\n"
                ))
            }
            None => {
                made.summary.iter().for_each(say);
                out::print_data(&made.text, session.paint())
            }
        }
    }
}

/// Reads the tables that an export wrote.
fn tables_of(folder: &Path) -> Result<Made, Failure> {
    let (mut files, mut all) = (Vec::new(), Vec::new());
    for table in Table::ALL {
        let path = folder.join(file_name(*table));
        if !path.exists() {
            continue;
        }
        let bytes = disk::read_bytes(&disk::name(&path));
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        if !table.is_closed() {
            all.extend(sha256(&bytes).into_bytes());
            files.push((*table, bytes));
        }
    }
    if files.is_empty() {
        let message = format!("there is no table of an export in `{}`", folder.display());
        return Err(Failure::new(message)
            .help("`demarche export -o DIR.csv` writes such a folder; tables of your own need a map: `--map`"));
    }
    let name = |table| disk::name(&folder.join(file_name(table)));
    let mut found = Findings::default();
    let document = exchange::document(&mut CsvTables::new(files, &name), &mut found);
    let ingredient = Ingredient {
        what: "tables",
        name: disk::name(Path::new(folder.file_name().unwrap_or_default())),
        sum: sha256(&all),
    };
    let text = exchange::text(&document).map_err(|error| Failure::new(error.to_string()))?;
    Ok(Made {
        text: with_head(&[ingredient], &text),
        found,
        summary: vec![format!("made {}", contents(&document))],
    })
}

/// Says how many records of which kind a document holds.
fn contents(document: &Document<'_>) -> String {
    let counts = [
        (document.sources.0.len(), "source"),
        (document.actors.0.len(), "actor"),
        (document.issues.0.len(), "issue"),
        (document.stances.len(), "statement"),
        (document.meetings.0.len(), "meeting"),
        (document.ties.len(), "tie"),
        (document.facts.0.len(), "fact"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
    match counts.is_empty() {
        true => "no records".to_owned(),
        false => crate::words::joined(counts),
    }
}

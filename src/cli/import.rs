//! `demarche import`: a graph file made of tables.

mod faults;
mod files;
mod formats;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::import::files::Tables;
use crate::cli::import::formats::tables_of;
use crate::cli::session::Session;
use crate::cli::{Failure, out};
use crate::disk;
use crate::exchange;
use crate::exchange::finding::Findings;
use crate::exchange::import::{Import as Importing, Known, Unmade};
use crate::exchange::made::{Ingredient, head, sha256, sum_of_texts};
use crate::exchange::map::{self, Map};
use crate::exchange::names::{NameLine, Others, read_names};
use crate::graph::Graph;
use crate::model::RecordKind;
use crate::render::diagnostics;
use crate::text::{FileId, Text};
use crate::words::{counted, listed};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "`-g` names the graph whose names are looked up; without it, none is. docs/import.md describes the map,\nwith examples of what people come along with."
)]
pub(super) struct Import {
    /// A table, CSV or TSV, in place of that of the map; or a folder that `export` wrote
    #[arg(value_name = "FILE|DIR.csv")]
    files: Vec<PathBuf>,
    /// What the columns mean: a file in RON
    #[arg(long, value_name = "MAP.ron")]
    map: Option<PathBuf>,
    /// Print a map for a table, to fill in. Some data sets are recognised; the map of others holds the
    /// headings and the values of the table
    #[arg(long, conflicts_with_all = ["map", "output", "from"])]
    propose: bool,
    /// The format of a file that needs no map
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "map")]
    from: Option<From>,
    /// Which type of statement to read from a file of Discourse Network Analyzer; default: the one in
    /// use
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// The variable of that file that says whose position it is
    #[arg(long, value_name = "VARIABLE", default_value = "organization")]
    actor: String,
    /// The variable that says who voiced it: that person speaks for the actor. Empty: nobody
    #[arg(long, value_name = "VARIABLE", default_value = "person")]
    voice: String,
    /// The variable that says on which issue
    #[arg(long, value_name = "VARIABLE", default_value = "concept")]
    issue: String,
    /// The variable that says for or against, or holds a number
    #[arg(long, value_name = "VARIABLE", default_value = "agreement")]
    position: String,
    /// The graph file to make; without it, it is printed
    #[arg(short, long, value_name = "FILE.ron")]
    output: Option<PathBuf>,
    /// A table that says which names mean the same. New names that resemble others are added, for
    /// you to decide
    #[arg(
        long,
        value_name = "NAMES.csv",
        requires = "map",
        conflicts_with = "from"
    )]
    names: Option<PathBuf>,
    /// Say what would be made, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write nothing if anything is wrong. Without it, rows with mistakes are left out
    #[arg(long)]
    strict: bool,
    /// New names of this kind are mistakes; may be repeated
    #[arg(
        long,
        value_enum,
        value_name = "KIND",
        requires = "map",
        conflicts_with = "from"
    )]
    no_new: Vec<Kind>,
    /// Replace the file, even if somebody edited it or `import` did not make it
    #[arg(long)]
    force: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Actor,
    Issue,
    Source,
}

/// A format whose records say themselves what they are.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// CSL-JSON, as Zotero exports it: sources
    Csl,
    /// FollowTheMoney or Popolo: actors, offices, memberships, meetings
    Ftm,
    /// Discourse Network Analyzer: statements, and documents with their texts
    Dna,
}

/// What the head of a file calls the texts of its sources.
const TEXTS: &str = "texts";

/// What was made, and what is to be said of it.
struct Made {
    /// The file, in parts: its head comes first.
    text: Vec<String>,
    /// The texts of sources, by the names of their files.
    texts: BTreeMap<String, Vec<u8>>,
    /// The findings in the tables.
    found: Findings,
    /// What was read and made, a line each.
    summary: Vec<String>,
    /// The names for a person to decide.
    near: Vec<NameLine>,
    /// Whether it holds no record but sources that a map declares.
    is_nothing: bool,
}

impl Import {
    /// Makes the file; returns the exit code.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<u8, Failure> {
        if self.propose {
            return self.print_proposal(session).map(|()| 0);
        }
        self.check_output()?;
        let mut made = match (&self.map, &self.files[..]) {
            (None, [file]) if self.is_dna(file) => self.of_dna(session, file)?,
            (None, files) if self.from.is_some() => self.of_format(files)?,
            (Some(map), files) => self.of_map(session, map, files)?,
            (None, [folder]) if self.is_export() => tables_of(folder)?,
            (None, []) => return Err(Failure::new("there is nothing to import")
                .help("`--map MAP.ron` makes a graph of tables, `import DIR.csv` of a folder that `export` wrote")),
            (None, _) => return Err(Failure::new("a table needs a map, which says what its columns mean")
                .help("`--map MAP.ron` names it; docs/import.md describes it")),
        };
        if made.is_nothing && !self.force {
            return Err(Failure {
                shown: made.found.text(),
                ..Failure::new("no row makes a record: nothing was made")
            }
            .help(made.summary.join("; "))
            .help("`--force` makes the empty graph all the same"));
        }
        // Half of the tables of a graph may say the opposite of the whole.
        let is_export = self.is_export();
        let faults = match is_export && !made.found.is_empty() {
            true => 0,
            false => self.faults(session, &made)?,
        };
        let is_whole = made.found.is_empty() && faults == 0;
        if !made.found.is_empty() {
            out::complain(made.found.text().trim_end(), session.paint());
        }
        if !is_whole && (self.strict || is_export) {
            let said = counted(made.found.count + faults, "error");
            out::complain(&format!("{said}; nothing was written"), session.paint());
            return Ok(2);
        }
        if faults > 0 {
            made.summary.push(format!(
                "{} of what was made {} `check` shows, too",
                counted(faults, "mistake"),
                crate::words::by_number(faults, "is above, which", "are above, which")
            ));
        }
        self.give(session, &made)?;
        Ok(u8::from(!is_whole))
    }

    /// Returns whether a folder of tables is read that `export` wrote.
    fn is_export(&self) -> bool {
        let needs_none = self.map.is_none() && self.from.is_none();
        needs_none && matches!(&self.files[..], [folder] if folder.is_dir())
    }

    fn is_dna(&self, file: &Path) -> bool {
        let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
        self.from == Some(From::Dna)
            || self.from.is_none() && ending.is_some_and(|one| one == "dna")
    }

    fn print_proposal(&self, session: &Session<'_>) -> Result<(), Failure> {
        let [file] = &self.files[..] else {
            return Err(Failure::new("`--propose` takes one table"));
        };
        let name = disk::name(file);
        let bytes = read(file)?;
        let file = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        let map = exchange::propose::propose(&bytes, file).map_err(Failure::new)?;
        out::print_data(&map, session.paint())
    }

    /// Makes a graph of tables as a map says.
    fn of_map(
        &self,
        session: &Session<'_>,
        path: &Path,
        files: &[PathBuf],
    ) -> Result<Made, Failure> {
        let name = disk::name(path);
        let text = disk::read_text(path);
        let text = text.map_err(|(message, help)| Failure::new(message).help(help))?;
        let (mut maps, mistakes) = map::read(&text, FileId::default());
        let texts = [Text {
            name: name.clone(),
            text: text.clone(),
        }];
        let mistaken = |mistakes: &[_]| Failure {
            shown: diagnostics::text(mistakes, &texts, session.diagnostic_style()),
            ..Failure::new("the map has mistakes: nothing was made")
        };
        if !mistakes.is_empty() {
            return Err(mistaken(&mistakes));
        }
        let graph = self.graph_of_names(session)?;
        let names_file = self.names.as_deref().map(disk::name).unwrap_or_default();
        let (names, names_sum) = self.read_names()?.unzip();
        let mut import = Importing::new(Known {
            others: graph.as_ref().map(|graph| self.others(graph)),
            names: names.unwrap_or_default(),
            names_file: names_file.clone(),
            has_several: maps.len() == 1 && files.len() > 1,
            no_new: self.no_new.iter().map(|kind| kind.of_record()).collect(),
            texts: self.texts_name(),
            most: None,
        });
        let mut tables = Tables::new(path);
        for (nth, table) in named(&maps, files)? {
            let table = table.map(|table| tables.name(table));
            let read = import.read(&mut maps[nth], table.as_deref(), &mut tables);
            read.map_err(|message| {
                Failure::new(message).help("correct the path in the map or on the command line")
            })?;
        }
        self.check_inputs(&tables.opened)?;
        import.ingredient("map", &name, sha256(text.as_bytes()));
        if let Some(sum) = names_sum {
            import.ingredient("names", &names_file, sum);
        }
        for (name, sum) in std::mem::take(&mut tables.books) {
            import.ingredient("table", &name, sum);
        }
        made_of(import, mistaken)
    }

    /// Returns the graph whose names are looked up, but for the file that is made anew.
    fn others<'g>(&self, graph: &'g Graph) -> Others<'g> {
        let is_output = |text: &Text| {
            let own = disk::path(&text.name);
            let output = self.output.as_ref();
            output.is_some_and(|output| disk::is_same_file(&own, output))
        };
        let replaced = graph.texts.iter().position(is_output);
        Others {
            graph,
            replaced: replaced.map(|nth| FileId(nth as u32)),
        }
    }

    /// Reads the table of names, if there is one, with its sum.
    fn read_names(&self) -> Result<Option<(Vec<NameLine>, String)>, Failure> {
        let Some(path) = self.names.as_ref().filter(|path| path.exists()) else {
            return Ok(None);
        };
        let bytes = read(path)?;
        let mut found = Findings::default();
        let names = read_names(&bytes, &disk::name(path), &mut found);
        match found.is_empty() {
            true => Ok(Some((names, sha256(&bytes)))),
            false => Err(Failure {
                shown: found.text(),
                ..Failure::new("the table of names has mistakes: nothing was made")
            }),
        }
    }
}

impl Kind {
    fn of_record(self) -> RecordKind {
        match self {
            Kind::Actor => RecordKind::Actor,
            Kind::Issue => RecordKind::Issue,
            Kind::Source => RecordKind::Source,
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = disk::read_bytes(&disk::name(path));
    bytes.map_err(|error| Failure::new(error.to_string()))
}

/// Ends an import; `mistaken` makes an error of the mistakes in its map.
fn made_of(
    import: Importing<'_>,
    mistaken: impl FnOnce(&[crate::diagnostic::Diagnostic]) -> Failure,
) -> Result<Made, Failure> {
    let made = import.finish();
    let made = made.map_err(|error| Failure::new(error.to_string()))?;
    if !made.mistakes.is_empty() {
        let mut failure = mistaken(&made.mistakes);
        // A heading that can't be read may be one that the map names.
        failure.shown.insert_str(0, &made.found.text());
        return Err(failure);
    }
    if let Some(unmade) = made.unmade {
        let failure = match unmade {
            Unmade::Unread => Failure::new("a table can't be read: nothing was made"),
            Unmade::Names => Failure::new("the table of names has mistakes: nothing was made"),
            Unmade::TooLarge => Failure::new(
                "a graph file has less than 4 GiB, and this one would have more: nothing was made",
            )
            .help(
                "make several files, each of a part of the rows: `where` in the map says of which",
            ),
        };
        return Err(Failure {
            shown: made.found.text(),
            ..failure
        });
    }
    let summary = made.summary();
    let is_nothing = made.is_nothing();
    let texts = made.texts.into_iter();
    let texts: BTreeMap<String, Vec<u8>> = texts
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let mut ingredients = made.ingredients;
    if !texts.is_empty() {
        ingredients.push(Ingredient {
            what: TEXTS,
            name: "of the sources".to_owned(),
            sum: sum_of_texts(&texts),
        });
    }
    let head = head(&ingredients, &made.text);
    Ok(Made {
        text: std::iter::once(head).chain(made.text).collect(),
        texts,
        found: made.found,
        summary,
        near: made.near,
        is_nothing,
    })
}

/// Returns which map reads which table: each its own, unless the command line names others.
fn named<'f>(
    maps: &[Map],
    files: &'f [PathBuf],
) -> Result<Vec<(usize, Option<&'f PathBuf>)>, Failure> {
    if files.is_empty() {
        return Ok((0..maps.len()).map(|nth| (nth, None)).collect());
    }
    if maps.len() == 1 {
        return Ok(files.iter().map(|file| (0, Some(file))).collect());
    }
    let mut all: Vec<(usize, Option<&PathBuf>)> = (0..maps.len()).map(|nth| (nth, None)).collect();
    for file in files {
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let is_its = |map: &Map| map.table_name().map(str::to_owned) == name;
        let mut its = (0..maps.len()).filter(|nth| is_its(&maps[*nth])).peekable();
        if its.peek().is_none() {
            let names = listed(maps.iter().filter_map(Map::table_name));
            let message = format!("the map does not read `{}`", file.display());
            return Err(Failure::new(message).help(format!("it reads {names}")));
        }
        for nth in its {
            all[nth].1 = Some(file);
        }
    }
    Ok(all)
}

//! `demarche import`: a graph file made of tables.

mod files;

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::import::files::Tables;
use crate::cli::session::Session;
use crate::cli::{Failure, file, out};
use crate::disk;
use crate::exchange;
use crate::exchange::csv::{CsvTables, file_name};
use crate::exchange::finding::Findings;
use crate::exchange::import::{Import as Importing, Known};
use crate::exchange::made::{Ingredient, There, judged, sha256, with_head};
use crate::exchange::map::{self, Map};
use crate::exchange::names::{NameLine, read_names, write_names};
use crate::exchange::tables::Table;
use crate::model::{Document, RecordKind};
use crate::render::diagnostics;
use crate::text::{FileId, Text};
use crate::words::{counted, listed};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "docs/import.md describes the map, with examples of what people come along with."
)]
pub(super) struct Import {
    /// The tables: CSV or TSV, in place of the `table` of the map; or a folder that `export` wrote
    #[arg(value_name = "FILE|DIR.csv")]
    files: Vec<PathBuf>,
    /// What the columns mean: a file in RON
    #[arg(long, value_name = "MAP.ron")]
    map: Option<PathBuf>,
    /// Print a map for a table, to fill in: that of a data set which is recognised, or one with the
    /// headings and the values of the table
    #[arg(long, conflicts_with_all = ["map", "output", "from"])]
    propose: bool,
    /// The format, of what needs no map: references, people
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "map")]
    from: Option<From>,
    /// Of a file of Discourse Network Analyzer: the type of statement; default: the one in use
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Its variable that says whose position it is
    #[arg(long, value_name = "VARIABLE", default_value = "organization")]
    actor: String,
    /// Its variable that says who voiced it, for whom that person then speaks; empty for none
    #[arg(long, value_name = "VARIABLE", default_value = "person")]
    voice: String,
    /// Its variable that says on which issue
    #[arg(long, value_name = "VARIABLE", default_value = "concept")]
    issue: String,
    /// Its variable that says for or against, or a number
    #[arg(long, value_name = "VARIABLE", default_value = "agreement")]
    position: String,
    /// The graph file to make; without it, it is printed
    #[arg(short, long, value_name = "FILE.ron")]
    output: Option<PathBuf>,
    /// Which names mean the same: a table that is read, and to which new names that resemble others
    /// are added, for you to decide
    #[arg(long, value_name = "NAMES.csv", requires = "map")]
    names: Option<PathBuf>,
    /// Say what would be made, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write nothing if anything is wrong in the tables; else rows with mistakes are left out
    #[arg(long)]
    strict: bool,
    /// Take names that nobody knows yet for mistakes: of actors, issues or sources; may be repeated
    #[arg(long, value_enum, value_name = "KIND", requires = "map")]
    no_new: Vec<Kind>,
    /// Replace the file even if it was edited since it was made, or not made by `import` at all
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

/// What was made, and what is to be said of it.
struct Made {
    text: String,
    /// The texts of sources, by the names of their files.
    texts: Vec<(String, String)>,
    /// The findings in the tables.
    found: Findings,
    /// What was read and made, a line each.
    summary: Vec<String>,
    /// The names for a person to decide.
    near: Vec<NameLine>,
}

impl Import {
    /// Makes the file; returns the exit code.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<u8, Failure> {
        if self.propose {
            return self.print_proposal(session).map(|()| 0);
        }
        self.check_output()?;
        let made = match (&self.map, &self.files[..]) {
            (None, [file]) if self.is_dna(file) => self.of_dna(session, file)?,
            (None, files) if self.from.is_some() => self.of_format(files)?,
            (Some(map), files) => self.of_map(session, map, files)?,
            (None, [folder]) if folder.is_dir() => tables_of(folder)?,
            (None, []) => return Err(Failure::new("there is nothing to import")
                .help("`--map MAP.ron` makes a graph of tables, `import DIR.csv` of a folder that `export` wrote")),
            (None, _) => return Err(Failure::new("a table needs a map, which says what its columns mean")
                .help("`--map MAP.ron` names it; docs/import.md describes it")),
        };
        let is_whole = made.found.is_empty();
        if !is_whole {
            out::complain(made.found.text().trim_end(), session.paint());
        }
        // Half of the tables of a graph may say the opposite of the whole.
        let is_export = self.map.is_none() && self.from.is_none();
        if !is_whole && (self.strict || is_export) {
            let said = counted(made.found.count, "error");
            out::complain(&format!("{said}; nothing was written"), session.paint());
            return Ok(1);
        }
        self.give(session, &made)?;
        Ok(u8::from(!is_whole))
    }

    fn is_dna(&self, file: &Path) -> bool {
        let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
        self.from == Some(From::Dna)
            || self.from.is_none() && ending.is_some_and(|one| one == "dna")
    }

    /// Refuses an output that is an input, or that somebody has edited.
    fn check_output(&self) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            return Ok(());
        };
        self.check_input(path, &self.files)?;
        self.check_input(path, self.map.as_slice())?;
        self.check_input(path, self.names.as_slice())?;
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

    fn check_input(&self, path: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
        match inputs.iter().any(|input| disk::is_same_file(input, path)) {
            true => {
                let message = format!("`{}` is one of the files to import", path.display());
                Err(Failure::new(message).help("name another file with `-o`"))
            }
            false => Ok(()),
        }
    }

    fn print_proposal(&self, session: &Session<'_>) -> Result<(), Failure> {
        let [file] = &self.files[..] else {
            return Err(Failure::new("`--propose` takes one table"));
        };
        let name = disk::name(file);
        let bytes = disk::read_bytes(&name);
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        let file = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        let map = exchange::propose::propose(&bytes, file).map_err(Failure::new)?;
        out::print_data(&map, session.paint())
    }

    /// Makes a graph of files whose format says what their records are.
    fn of_format(&self, files: &[PathBuf]) -> Result<Made, Failure> {
        let [file] = files else {
            return Err(Failure::new("`--from` takes one file"));
        };
        let name = disk::name(file);
        let bytes = disk::read_bytes(&name);
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        let mut found = Findings::default();
        let (document, left_out) = match self.from {
            Some(From::Ftm) => exchange::ftm::document(&bytes, &name, &mut found),
            _ => (
                exchange::csl::document(&bytes, &name, &mut found),
                Vec::new(),
            ),
        };
        let mut summary = vec![format!("made {}", contents(&document))];
        summary.extend(left_out);
        if !found.is_empty() {
            let count = counted(found.count, "record");
            summary.push(format!("left out {count}: mistakes, shown above"));
        }
        let ingredient = Ingredient {
            what: "file",
            name: name.rsplit(['/', '\\']).next().unwrap_or(&name).to_owned(),
            sum: sha256(&bytes),
        };
        let text = exchange::text(&document).map_err(|error| Failure::new(error.to_string()))?;
        Ok(Made {
            text: with_head(&[ingredient], &text),
            texts: Vec::new(),
            found,
            summary,
            near: Vec::new(),
        })
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
        let graph = match session.names_graph() {
            true => Some(session.graph()?),
            false => None,
        };
        let mut found = Findings::default();
        let mut import = Importing::new(Known {
            graph: graph.as_ref(),
            names: self.read_names(&mut found)?,
            names_file: self.names.as_deref().map(disk::name).unwrap_or_default(),
            no_new: self.no_new.iter().map(|kind| kind.of_record()).collect(),
            texts: self.texts_name(),
        });
        if !found.is_empty() {
            out::complain(found.text().trim_end(), session.paint());
            return Err(Failure::new(
                "the table of names has mistakes: nothing was made",
            ));
        }
        let mut tables = Tables::new(path);
        for (nth, table) in named(&maps, files)? {
            let table = table.map(|table| tables.name(table));
            let read = import.read(&mut maps[nth], table.as_deref(), &mut tables);
            read.map_err(|message| {
                Failure::new(message).help("correct the path in the map or on the command line")
            })?;
        }
        if let Some(path) = self.output.as_deref() {
            self.check_input(path, &tables.opened)?;
        }
        import.ingredient("map", &name, sha256(text.as_bytes()));
        if let Some(path) = self.names.as_ref().filter(|path| path.exists()) {
            let bytes = disk::read_bytes(&disk::name(path)).unwrap_or_default();
            import.ingredient("names", &disk::name(path), sha256(&bytes));
        }
        for (name, sum) in std::mem::take(&mut tables.books) {
            import.ingredient("table", &name, sum);
        }
        made_of(import, mistaken)
    }

    /// Makes a graph of a file of Discourse Network Analyzer.
    #[cfg(feature = "dna")]
    fn of_dna(&self, session: &Session<'_>, path: &Path) -> Result<Made, Failure> {
        use crate::exchange::dna;
        let name = disk::name(path);
        let bytes = disk::read_bytes(&name);
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        let choice = dna::Choice {
            kind: self.kind.clone(),
            actor: self.actor.clone(),
            voice: Some(self.voice.clone()).filter(|voice| !voice.is_empty()),
            issue: self.issue.clone(),
            position: self.position.clone(),
        };
        let mut file = dna::read(&bytes, &name, &choice).map_err(Failure::new)?;
        let (mut maps, mut mistakes) = map::read(&file.map, FileId::default());
        let texts = [Text {
            name: format!("{name} (its map)"),
            text: file.map.clone(),
        }];
        let graph = match session.names_graph() {
            true => Some(session.graph()?),
            false => None,
        };
        let mut import = Importing::new(Known {
            graph: graph.as_ref(),
            texts: self.texts_name(),
            ..Known::default()
        });
        for map in &mut maps {
            import.read(map, None, &mut file).map_err(Failure::new)?;
        }
        import.ingredient("file", &name, sha256(&bytes));
        made_of(import, |found| {
            mistakes.extend_from_slice(found);
            Failure {
                shown: diagnostics::text(&mistakes, &texts, session.diagnostic_style()),
                ..Failure::new("the file can't be read as it is: nothing was made")
            }
        })
    }

    #[cfg(not(feature = "dna"))]
    fn of_dna(&self, _: &Session<'_>, path: &Path) -> Result<Made, Failure> {
        let message = format!(
            "can't read `{}`: this program was built without files of Discourse Network Analyzer",
            path.display()
        );
        Err(Failure::new(message).help("released programs read them"))
    }

    /// Returns the name of the folder for the texts of sources, beside the file.
    fn texts_name(&self) -> String {
        let stem = self.output.as_deref().and_then(Path::file_stem);
        let stem = stem.map_or("import".into(), |stem| stem.to_string_lossy());
        format!("{stem}-texts")
    }

    fn read_names(&self, found: &mut Findings) -> Result<Vec<NameLine>, Failure> {
        let Some(path) = self.names.as_ref().filter(|path| path.exists()) else {
            return Ok(Vec::new());
        };
        let name = disk::name(path);
        let bytes = disk::read_bytes(&name);
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        Ok(read_names(&bytes, &name, found))
    }

    /// Writes what was made, or prints it.
    fn give(&self, session: &Session<'_>, made: &Made) -> Result<(), Failure> {
        let say = |line: &String| out::complain(line, session.paint());
        let Some(path) = self.output.as_ref().filter(|_| !self.dry_run) else {
            made.summary.iter().for_each(say);
            if self.dry_run {
                out::complain("nothing was written: `--dry-run`", session.paint());
                return Ok(());
            }
            if !made.texts.is_empty() {
                let what = "the texts of the sources are not written without `-o`";
                session.complain(&format!("note: {what}"));
            }
            return out::print_data(&made.text, session.paint());
        };
        self.write(session, path, made)?;
        made.summary.iter().for_each(say);
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let path = path.display();
        out::print_done(&format!(
            "{path}\ncheck it with `demarche -g {path} check`, or include it in a graph of yours: include: [\"{file}\"]\n"
        ))
    }

    /// Writes the graph, the texts of its sources, and the names to decide about. No file is replaced
    /// before there was room for the graph and the texts.
    fn write(&self, session: &Session<'_>, path: &Path, made: &Made) -> Result<(), Failure> {
        let mut note = |said: &str| session.complain(&format!("note: {said}"));
        let mut failed = None;
        let written = file::write_file(path, &mut note, |file| {
            file.write_all(made.text.as_bytes())?;
            self.write_texts(path, made).map_err(|failure| {
                failed = Some(failure);
                io::ErrorKind::Other.into()
            })
        });
        written.map_err(|failure| failed.unwrap_or(failure))?;
        match self.names.as_ref().filter(|_| !made.near.is_empty()) {
            Some(names) => {
                let text = write_names(&made.near);
                file::write_file(names, &mut note, |file| file.write_all(text.as_bytes()))
            }
            None => Ok(()),
        }
    }

    /// Writes the texts of sources into a folder of their own.
    fn write_texts(&self, path: &Path, made: &Made) -> Result<(), Failure> {
        if made.texts.is_empty() {
            return Ok(());
        }
        let folder = disk::folder_of(path).join(self.texts_name());
        let is_ours = |path: &Path| path.extension().is_some_and(|ending| ending == "txt");
        let written = file::write_folder(&folder, &is_ours, &mut |make| {
            use std::io::Write;
            let mut texts = made.texts.iter();
            texts.try_for_each(|(name, text)| make(name)?.write_all(text.as_bytes()))
        });
        written.map_err(|failure| {
            failure.help("the texts of the sources go into this folder: move what is in it away")
        })
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
    if made.is_unread {
        return Err(Failure {
            shown: made.found.text(),
            ..Failure::new("a table can't be read: nothing was made")
        });
    }
    let summary = made.summary();
    Ok(Made {
        text: with_head(&made.ingredients, &made.text),
        texts: made.texts,
        found: made.found,
        summary,
        near: made.near,
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
        texts: Vec::new(),
        found,
        summary: vec![format!("made {}", contents(&document))],
        near: Vec::new(),
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

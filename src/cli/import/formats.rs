//! Imports of what needs no map: its format says what the records are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::import::{From, Import, Made, read};
use crate::cli::session::Session;
use crate::disk;
use crate::exchange;
use crate::exchange::csv::CsvTables;
use crate::exchange::finding::Findings;
use crate::exchange::made::{Ingredient, head, sha256};
use crate::exchange::tables::Table;
use crate::model::Document;
use crate::words::counted;

impl Import {
    /// Makes a graph of files whose format says what their records are.
    pub(super) fn of_format(&self, files: &[PathBuf]) -> Result<Made, Failure> {
        let [file] = files else {
            return Err(Failure::new("`--from` takes one file"));
        };
        let name = disk::name(file);
        let bytes = read(file)?;
        let mut found = Findings::default();
        let (document, left_out) = match self.from {
            Some(From::Ftm) => exchange::ftm::document(&bytes, &name, &mut found),
            _ => (
                exchange::csl::document(&bytes, &name, &mut found),
                Vec::new(),
            ),
        };
        // The file itself is a source of people.
        let of_itself = usize::from(self.from == Some(From::Ftm));
        let is_bare = document.sources.0.len() == of_itself
            && document.actors.0.is_empty()
            && document.meetings.0.is_empty();
        if !found.is_empty() && is_bare {
            return Err(Failure {
                shown: found.text(),
                ..Failure::new(format!("nothing of `{name}` can be read: nothing was made"))
            });
        }
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
        let is_nothing = is_bare;
        Ok(Made {
            text: vec![head(&[ingredient], std::slice::from_ref(&text)), text],
            texts: BTreeMap::new(),
            found,
            summary,
            near: Vec::new(),
            is_nothing,
        })
    }

    /// Makes a graph of a file of Discourse Network Analyzer.
    #[cfg(feature = "dna")]
    pub(super) fn of_dna(&self, session: &Session<'_>, path: &Path) -> Result<Made, Failure> {
        use crate::cli::import::made_of;
        use crate::exchange::import::{Import as Importing, Known};
        use crate::exchange::{dna, map};
        use crate::render::diagnostics;
        use crate::text::{FileId, Text};
        let name = disk::name(path);
        let bytes = read(path)?;
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
        let graph = self.graph_of_names(session)?;
        let mut import = Importing::new(Known {
            others: graph.as_ref().map(|graph| self.others(graph)),
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
    pub(super) fn of_dna(&self, _: &Session<'_>, path: &Path) -> Result<Made, Failure> {
        let message = format!(
            "can't read `{}`: this program was built without files of Discourse Network Analyzer",
            path.display()
        );
        Err(Failure::new(message).help("released programs read them"))
    }
}

/// Reads the tables that an export wrote.
pub(super) fn tables_of(folder: &Path) -> Result<Made, Failure> {
    let (mut files, mut all) = (Vec::new(), Vec::new());
    // What follows from the others is not read.
    for table in Table::ALL.iter().filter(|table| !table.is_closed()) {
        let path = folder.join(table.file_name("csv"));
        if path.exists() {
            let bytes = read(&path)?;
            all.extend(sha256(&bytes).into_bytes());
            files.push((*table, bytes));
        }
    }
    if files.is_empty() {
        let message = format!("there is no table of an export in `{}`", folder.display());
        return Err(Failure::new(message)
            .help("`demarche export -o DIR.csv` writes such a folder; tables of your own need a map: `--map`"));
    }
    let name = |table: Table| disk::name(&folder.join(table.file_name("csv")));
    let mut found = Findings::default();
    let document = exchange::document(&mut CsvTables::new(files, &name), &mut found);
    let ingredient = Ingredient {
        what: "tables",
        name: disk::name(Path::new(folder.file_name().unwrap_or_default())),
        sum: sha256(&all),
    };
    let text = exchange::text(&document).map_err(|error| Failure::new(error.to_string()))?;
    Ok(Made {
        text: vec![head(&[ingredient], std::slice::from_ref(&text)), text],
        texts: BTreeMap::new(),
        found,
        summary: vec![format!("made {}", contents(&document))],
        near: Vec::new(),
        is_nothing: false,
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

//! `demarche draft`: proposals from a text, for a person to decide on.

use std::path::{Path, PathBuf};

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::dates;
use crate::cli::session::Session;
use crate::disk::{self, copy_of};
use crate::edit::draft::{self, SourceOf};
use crate::graph::{Graph, Source};
use crate::model::Date;
use crate::words::counted;

#[derive(Debug, clap::Args)]
pub(crate) struct Draft {
    /// The text, plain or Markdown; `-` for standard input
    text: PathBuf,
    /// The id of the source that the text is: one of the graph, or a new one; default: the one that
    /// has this file as its `text`
    #[arg(long, value_name = "ID", add = ArgValueCompleter::new(complete::sources))]
    source: Option<String>,
    /// The date of the text, whose year is used for dates without one; default: that of the source
    #[arg(long, value_name = "DATE", value_parser = dates::date)]
    date: Option<Date>,
}

impl Draft {
    /// Returns the draft as RON; what was found is summed up on standard error.
    pub(super) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        let text = disk::read_text(&self.text)
            .map_err(|(message, help)| Failure::new(message).help(help))?;
        if text.len() > draft::LARGEST {
            let [of, most] = [text.len(), draft::LARGEST].map(|bytes| bytes.div_ceil(1_000_000));
            let message = format!("the text has {of} MB, and the limit for a draft is {most} MB");
            return Err(
                Failure::new(message).help("split it, by chapter or by year, and draft each part")
            );
        }
        let graph = match session.paths() {
            Ok(_) => session.graph()?,
            Err(_) => {
                session.complain(
                    "note: there is no graph, so only countries are known; name a graph with `-g`",
                );
                Graph::default()
            }
        };
        let id = (self.source.clone()).unwrap_or_else(|| source_of(&graph, &self.text));
        let known = graph.sources.iter().find(|source| *source.id == *id);
        let date = self.date.or_else(|| known.and_then(|source| source.date));
        let year = date.and_then(draft::year_of);
        let found = draft::draft(&text, &graph, year);
        let unnamed = found
            .meetings
            .iter()
            .filter(|meeting| meeting.unnamed.is_some())
            .count();
        let named = found.meetings.len() - unnamed;
        let noted = match unnamed {
            0 => String::new(),
            1 => "; 1 meeting whose participants are not named is noted".to_owned(),
            _ => format!("; {unnamed} meetings whose participants are not named are noted"),
        };
        let open = match found
            .statements
            .iter()
            .filter(|statement| statement.position.is_none())
            .count()
        {
            0 => String::new(),
            open => format!(" ({open} without a side)"),
        };
        session.complain(&format!(
            "note: {}{open} and {} proposed{noted}",
            counted(found.statements.len(), "statement"),
            counted(named, "meeting")
        ));
        let text = known.is_none().then(|| disk::name(&self.text));
        Ok(draft::ron(&found, &graph, &SourceOf { id, text }))
    }
}

/// Returns the id of the source whose text is this file, or a new id from the file's name.
fn source_of(graph: &Graph, text: &Path) -> String {
    let is_its_text = |source: &&Source| {
        copy_of(graph, source).is_some_and(|copy| disk::is_same_file(&copy, text))
    };
    let source = graph.sources.iter().find(is_its_text);
    source.map_or_else(|| id_of(text), |source| source.id.to_string())
}

/// Makes an id from a file name.
fn id_of(path: &Path) -> String {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let id: String = stem
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect();
    if id.trim_matches('-').is_empty() {
        "text".to_owned()
    } else {
        id
    }
}

//! Finds the record that is meant: by its id, or by file and line as answers print it.

use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::disk;
use crate::edit::{self, Written};
use crate::graph::Graph;
use crate::query::{self, Kind, Named};
use crate::text::{FileId, Text};
use crate::words::{self, Lines};

/// Finds a record by id, by `file:line` or by name.
pub(super) fn record(graph: &Graph, typed: &str) -> Result<Written, Failure> {
    if let Some(found) = by_id(graph, typed) {
        return Ok(found);
    }
    if let Some((file, line)) = typed.rsplit_once(':')
        && let Ok(line) = line.parse::<usize>()
    {
        return at_line(graph, file, line);
    }
    let named = query::lookup(graph, Kind::Any, typed);
    if let Ok(Named::Exactly(entity)) = named
        && let Some(found) = by_id(graph, graph.id(entity))
    {
        return Ok(found);
    }
    let failure = Failure::new(format!("there is no record `{typed}`"));
    Err(match named {
        Ok(named) => failure.help(format!("the record with this name is `{}`", graph.id(named.entity()))),
        Err(_) => match words::meant(typed, graph.ids()) {
            Some(meant) => failure.help(meant),
            None => failure.help("a record is named by its id; a stance or a tie by `file:line`, as answers print it"),
        },
    })
}

/// Finds the record declared under an id, even if it has errors.
fn by_id(graph: &Graph, id: &str) -> Option<Written> {
    graph.texts.iter().enumerate().find_map(|(nth, text)| {
        // If an id needs no escapes, it appears in the text verbatim.
        text.text
            .contains(id)
            .then(|| edit::records(&text.text, FileId(nth as u32)))?
            .into_iter()
            .find(|record| record.id.as_deref() == Some(id))
    })
}

fn at_line(graph: &Graph, name: &str, line: usize) -> Result<Written, Failure> {
    let file = file(graph, name)?;
    let text = &graph.texts[file.0 as usize];
    let lines = Lines::new(&text.text);
    let line_of = |offset: u32| lines.line(offset as usize) + 1;
    let records = edit::records(&text.text, file);
    let there: Vec<&Written> = records
        .iter()
        .filter(|record| {
            (line_of(record.place.span.start)..=line_of(record.place.span.end)).contains(&line)
        })
        .collect();
    // Of several on one line, prefers the one that starts there.
    let starting: Vec<&&Written> = there
        .iter()
        .filter(|record| line_of(record.place.span.start) == line)
        .collect();
    match (&there[..], &starting[..]) {
        ([one], _) => Ok((*one).clone()),
        (_, [one]) => Ok((**one).clone()),
        ([], _) => {
            let failure = Failure::new(format!(
                "there is no record at line {line} of `{}`",
                text.name
            ));
            let near = records
                .iter()
                .min_by_key(|record| line_of(record.place.span.start).abs_diff(line));
            Err(match near {
                Some(near) => {
                    let (start, noun) = (line_of(near.place.span.start), near.kind.noun());
                    failure.help(format!("the nearest is the {noun} at line {start}"))
                }
                None => failure.help("the file holds no records"),
            })
        }
        _ => Err(Failure::new(format!(
            "there are several records at line {line} of `{}`",
            text.name
        ))
        .help("`demarche fmt` gives each a line of its own; those with ids can be named by id")),
    }
}

/// Finds a file of the graph by its whole name or the end of it.
pub(super) fn file(graph: &Graph, name: &str) -> Result<FileId, Failure> {
    let name = name.trim_start_matches("./");
    let plain = |text: &Text| text.name.trim_start_matches("./").to_owned();
    let whole = graph.texts.iter().position(|text| plain(text) == name);
    let ends: Vec<usize> = (0..graph.texts.len())
        .filter(|nth| plain(&graph.texts[*nth]).ends_with(&format!("/{name}")))
        .collect();
    match (whole, &ends[..]) {
        (Some(nth), _) => Ok(FileId(nth as u32)),
        (None, [nth]) => Ok(FileId(*nth as u32)),
        (None, several) => {
            let known = graph.texts.iter().map(|text| text.name.as_str());
            let what = if several.is_empty() {
                "is not a file"
            } else {
                "may be several files"
            };
            Err(Failure::new(format!("`{name}` {what} of the graph"))
                .help(format!("its files are {}", words::listed(known))))
        }
    }
}

/// Where a record is to go.
pub(super) enum Target {
    /// A file of the graph.
    File(FileId),
    /// A file that doesn't exist yet.
    New(PathBuf),
}

/// Finds the target file: one of the graph, or a new one that would be read from `paths`.
pub(super) fn target(graph: &Graph, paths: &[PathBuf], path: &Path) -> Result<Target, Failure> {
    match file(graph, &disk::name(path)) {
        Ok(file) => Ok(Target::File(file)),
        Err(failure) if path.exists() => Err(failure),
        Err(failure) => match disk::would_be_read(paths, &graph.texts, path) {
            true => Ok(Target::New(path.to_owned())),
            false => Err(failure.help("a new file must be one that the graph includes, or in the folder that is the graph")),
        },
    }
}

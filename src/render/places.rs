//! Lines and columns of many records, scanning each text once.

use std::collections::HashMap;

use crate::graph::Graph;
use crate::render::diagnostics::lines::Sources;
use crate::text::Place;
use crate::words::{LineColumn, Unit};

/// Finds files and lines in a graph's texts.
#[derive(Debug)]
pub struct Places<'g> {
    sources: Sources<'g>,
    /// The length of the path of the folder that holds all texts.
    folder: usize,
    /// The number of texts with each file name.
    alike: HashMap<&'g str, usize>,
}

impl<'g> Places<'g> {
    /// Makes a lookup for the texts of a graph, without scanning any yet.
    pub fn new(graph: &'g Graph) -> Places<'g> {
        let mut alike = HashMap::new();
        for text in &graph.texts {
            *alike.entry(last(&text.name)).or_default() += 1;
        }
        Places {
            sources: Sources::new(&graph.texts),
            folder: graph.folder().len(),
            alike,
        }
    }

    /// Returns the file's path relative to the graph's folder.
    pub fn file(&self, place: Place) -> &'g str {
        let name = self.sources.name(place.file);
        name.get(self.folder..).unwrap_or(name)
    }

    /// Returns the line and column, in characters, at which a record starts.
    pub fn start(&self, place: Place) -> LineColumn {
        self.sources.start(place, Unit::Characters)
    }

    /// Returns `file:line`, with the bare file name if no other text has the same one.
    pub fn short(&self, place: Place) -> String {
        let file = self.file(place);
        let unique = self.alike.get(last(file)) == Some(&1);
        let name = if unique { last(file) } else { file };
        format!("{name}:{}", self.start(place).line)
    }

    /// Returns `file:line`, with the path from the working directory, from which a changed file can
    /// be opened.
    pub fn as_named(&self, place: Place) -> String {
        let name = self.sources.name(place.file);
        format!("{name}:{}", self.start(place).line)
    }

    /// Returns `file:line`, with the path relative to the graph's folder.
    pub fn full(&self, place: Place) -> String {
        format!("{}:{}", self.file(place), self.start(place).line)
    }
}

fn last(name: &str) -> &str {
    let ends = |c: char| c == ':' || std::path::is_separator(c);
    name.rsplit(ends).next().unwrap_or(name)
}
